//! What an export contains: the records of each list of `layout.rs`, and what they show.
//!
//! Findings that were withdrawn are left out everywhere but in the changes. Private notes are left out unless asked for, and then only the asker's own are put
//! in: nobody exports what somebody else noted for themselves. The changes contain nothing about a finding that ever was private, see [`PrivateNotes`].
//! A decision or action item that was withdrawn is exported and says so, since its number is taken and positions may be on it.
//! Fields that do not fit a record's state, such as the open item of a call that is not running, are left out: an import would refuse them.
//!
//! *Everything* is one file with the sections of all other kinds, each exactly as its own file has it: a finding on a recommendation
//! stands below its assessment and in the list of all findings, so that either can be read without the other.

use super::document::{Document, Node, Section, Table};
use super::layout::{FILES, List};
use super::record;
use crate::model::ids::RecommendationNumber;
use crate::model::journal::change::Operation;
use crate::model::private_notes::PrivateNotes;
use crate::model::record::describe::{Field, Fields};
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::question::Question;
use crate::model::record::queued::Queued;
use crate::model::record::report_version::{ReportVersion, TEXT_NOT_IN_FILE};
use crate::model::review::Review;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// What an export may look at, and for whom.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The review.
    pub review: &'a Review,
    /// All operations, in the order in which they were written.
    pub journal: &'a [Operation],
    /// Who exports.
    pub reader: &'a str,
    /// Whether the reader's own private notes are wanted.
    pub include_private: bool,
}

/// The records that a document contains, and those of the team that it names.
#[derive(Debug, Default)]
struct Contents {
    contained: BTreeSet<Record>,
    named: BTreeSet<Record>,
}

/// The kinds of file that *everything* consists of, in their order.
pub const PARTS: [fn(Scope<'_>) -> Document; 5] = [
    |scope| scope.assessments(),
    |scope| scope.questions(),
    |scope| scope.findings(),
    |scope| scope.meetings(),
    |scope| scope.changes(),
];

impl<'a> Scope<'a> {
    /// `export assessments`: every recommendation on which the team recorded anything.
    pub fn assessments(self) -> Document {
        self.file("assessments")
    }

    /// `export findings`: all findings and notes, also those on questions and meetings.
    pub fn findings(self) -> Document {
        self.file("findings")
    }

    /// `export questions`: all questions with where they stand, and their answers.
    pub fn questions(self) -> Document {
        self.file("questions")
    }

    /// `export meetings`: the team's own meetings, the findings on all meetings, and all decisions, action items, positions and rounds.
    pub fn meetings(self) -> Document {
        self.file("meetings")
    }

    /// A file of a kind: its lists, whatever they refer to, and when anything in it last changed.
    fn file(self, kind: &'static str) -> Document {
        let lists = FILES.iter().filter(|(known, _)| *known == kind);
        let mut contents = Contents::default();
        let mut sections = Vec::new();
        for list in lists.flat_map(|(_, lists)| *lists) {
            let records = self.tables(list, None, &mut contents);
            let key = list.key;
            sections.push(Section { key, records });
        }
        let changed = |operation: &&Operation| {
            let mut changes = operation.changes.iter();
            changes.any(|change| contents.contained.contains(&change.record))
        };
        let changed = self.journal.iter().filter(changed);
        let last_change = changed.map(|operation| operation.at).max();
        let refers_to = contents.named.difference(&contents.contained);
        let refers_to = refers_to.map(|named| record::reference(self.review, named));
        Document {
            refers_to: refers_to.collect(),
            ..self.document(kind, last_change, sections)
        }
    }

    /// A document of this review that refers to nothing outside it.
    fn document(
        self,
        kind: &'static str,
        last_change: Option<DateTime<Utc>>,
        sections: Vec<Section>,
    ) -> Document {
        Document {
            kind,
            review: self.review.catalogue.header.review.clone(),
            last_change,
            sections,
            refers_to: Vec::new(),
        }
    }

    /// The records of a list. A record of which nothing is recorded is left out, unless something stands below it.
    fn tables(self, list: &List, above: Option<&Record>, contents: &mut Contents) -> Vec<Table> {
        let mut tables = Vec::new();
        for record in (list.records)(self, above) {
            let below: Vec<(&'static str, Vec<Table>)> = list
                .below
                .iter()
                .map(|list| (list.key, self.tables(list, Some(&record), contents)))
                .collect();
            let fields = self.fields(&record);
            if fields.is_empty() && below.iter().all(|(_, tables)| tables.is_empty()) {
                continue;
            }
            let mut table = self.table(list, &record, above, &fields);
            for (key, records) in below {
                table = table.with(key, Node::Tables(records));
            }
            tables.push(table);
            let named = record::named(self.review, &record, &fields);
            contents.named.extend(named);
            if self.is_recorded(&record) {
                contents.contained.insert(record);
            }
        }
        tables
    }

    /// The keys of a record in a list.
    fn table(self, list: &List, record: &Record, above: Option<&Record>, fields: &Fields) -> Table {
        // Where the place in the file says what a finding is about, its keys do not say it again.
        let says_again =
            |known: &&Field| fields.get(known) == above.map(Record::to_string).as_ref();
        let implied = list.implied.iter().filter(says_again);
        let without: Vec<Field> = list.without.iter().chain(implied).copied().collect();
        let mut table = record::with_fields(self.review, record, fields, &without);
        if let Record::Assessment(number) = record
            && let Ok(recommendation) = self.review.recommendation(*number)
        {
            let title = recommendation.label.as_str().into();
            table.0.insert(1, ("title", title));
        }
        if let Some(question) = self.question(record) {
            let source = question.source.as_ref();
            table = table.with("source", source.map(ToString::to_string));
        }
        table
    }

    fn question(self, record: &Record) -> Option<&'a Question> {
        self.review.questions.by_id(record.question()?)
    }

    /// The fields of a record that an export shows.
    fn fields(self, record: &Record) -> Fields {
        let review = self.review;
        if let Some(question) = self.question(record) {
            return question.to_fields(review.question_state(question));
        }
        let mut fields = review.fields(record);
        if record.meeting().is_some() && !is_running(&fields) {
            let of_running = [Meeting::PAUSED, Meeting::ITEM, Meeting::SINCE];
            fields.retain(|field, _| !of_running.contains(field));
        }
        if matches!(record, Record::Queued(_)) && !fields.contains_key(&Queued::OUTCOME) {
            fields.remove(&Queued::REASON);
        }
        if matches!(record, Record::Report(_)) && !self.may_show_text(record, &fields) {
            fields.remove(&ReportVersion::TEXT);
        }
        fields
    }

    /// Whether the file had the text of a report version, and no note in it has been made private since.
    fn may_show_text(self, report: &Record, fields: &Fields) -> bool {
        let text = fields.get(&ReportVersion::TEXT).map(String::as_str);
        text != Some(TEXT_NOT_IN_FILE) && self.private_notes().may_read_report(report, self.asker())
    }

    /// Whether the team recorded anything on a record. What was recorded on a printed question may say no more than what is printed.
    fn is_recorded(self, record: &Record) -> bool {
        let review = self.review;
        let Some(id) = record.question() else {
            return !review.fields(record).is_empty();
        };
        let printed = Question::join(id, review.printed_question(id), None);
        review.questions.by_id(id) != printed.as_ref()
    }

    /// `export changes`: every change ever made, in the order in which it was made.
    pub fn changes(self) -> Document {
        let operations = self.operations();
        let newest = operations.iter().map(|operation| operation.at).max();
        let changes = operations.iter().flat_map(|operation| {
            let changes = operation.changes.iter();
            changes.map(move |change| (operation, change))
        });
        let records = changes
            .map(|(operation, change)| record::change(operation, change))
            .collect();
        let key = "change";
        self.document("changes", newest, vec![Section { key, records }])
    }

    /// `export everything`: the sections of all other kinds.
    pub fn everything(self) -> Document {
        let parts = PARTS.map(|part| part(self));
        let last_change = parts.iter().filter_map(|part| part.last_change).max();
        let sections = parts.into_iter().flat_map(|part| part.sections);
        // Every record that one part names is in another.
        self.document("everything", last_change, sections.collect())
    }

    /// The operations that this export may contain.
    pub fn operations(self) -> Vec<Operation> {
        let notes = self.private_notes();
        let mut operations = notes.visible_to(self.asker(), self.journal.to_vec());
        operations.retain(|operation| !operation.changes.is_empty());
        operations
    }

    fn private_notes(self) -> PrivateNotes {
        PrivateNotes::of(self.journal)
    }

    /// Whose private notes are included.
    fn asker(self) -> Option<&'a str> {
        Some(self.reader).filter(|_| self.include_private)
    }

    /// The recommendation that a changed record belongs to, even if the record has since been removed.
    pub fn recommendation_of(self, record: &Record) -> Option<RecommendationNumber> {
        let changes = self.journal.iter().flat_map(|operation| &operation.changes);
        self.review.recommendation_behind(record, changes)
    }

    /// The findings that the export may contain and that `wanted` wants, by number, time and id.
    pub fn shown(self, wanted: impl Fn(&Finding) -> bool) -> Vec<&'a Finding> {
        let may_show = |f: &Finding| {
            !f.withdrawn && (!f.private || (self.include_private && f.by == self.reader))
        };
        let findings = self.review.records.findings.values();
        let found = findings.filter(|f| may_show(f) && wanted(f));
        let mut found: Vec<&Finding> = found.collect();
        found.sort_by_cached_key(|f| {
            let number = self.review.recommendation_of(&f.about);
            (number.map_or(u16::MAX, |n| n.0), f.at, f.id.clone())
        });
        found
    }
}

fn is_running(meeting: &Fields) -> bool {
    meeting.contains_key(&Meeting::STARTED) && !meeting.contains_key(&Meeting::ENDED)
}
