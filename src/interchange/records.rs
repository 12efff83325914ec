//! Which records an export contains, and which keys each of them has, in their order.
//!
//! Sorted by number, then time and id; changes stand in the order in which they were made. Withdrawn findings are left out everywhere but in
//! the changes. Private notes are left out unless asked for, and then only the asker's own are put in: nobody exports what somebody
//! else noted for themselves. The changes contain nothing about a finding that ever was private, see [`PrivateNotes`].
//!
//! *Everything* is one file with the sections of all other kinds, each exactly as its own file has it: a finding on a recommendation
//! stands below its assessment and in the list of all findings, so that either can be read without the other.

mod meetings;

use super::document::{Document, Node, Section, Table};
use super::record;
use crate::model::ids::{QuestionId, RecommendationNumber};
use crate::model::journal::change::{Operation, Role};
use crate::model::private_notes::PrivateNotes;
use crate::model::record::answer::Answer;
use crate::model::record::describe::{Field, Fields};
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::Record;
use crate::model::record::question::{Question, RecordedQuestion};
use crate::model::review::Review;
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

impl Contents {
    /// Adds a record with these fields, and answers its keys without some of them.
    fn add(
        &mut self,
        review: &Review,
        record: Record,
        fields: &Fields,
        without: &[Field],
    ) -> Table {
        self.named.extend(record::named(review, &record, fields));
        let table = record::with_fields(review, &record, fields, without);
        self.contained.insert(record);
        table
    }
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
        let mut contents = Contents::default();
        let mut numbers: Vec<_> = self
            .review
            .catalogue
            .recommendations
            .iter()
            .map(|r| r.number)
            .collect();
        numbers.sort_unstable();
        let records = numbers
            .into_iter()
            .filter_map(|number| self.assessment(number, &mut contents))
            .collect();
        self.document(
            "assessments",
            contents,
            vec![Section {
                key: "assessment",
                records,
            }],
        )
    }

    fn assessment(self, number: RecommendationNumber, contents: &mut Contents) -> Option<Table> {
        let review = self.review;
        let recommendation = review.recommendation(number).ok()?;
        let record = Record::Assessment(number);
        let fields = review.fields(&record);
        let verdicts: Vec<Record> = recommendation
            .numbered_deliverables()
            .map(|(number, _)| Record::Deliverable(number))
            .filter(|verdict| !review.fields(verdict).is_empty())
            .collect();
        let findings = self.shown(|f| review.recommendation_of(&f.about) == Some(number));
        if fields.is_empty() && verdicts.is_empty() && findings.is_empty() {
            return None;
        }
        let mut table = contents.add(review, record.clone(), &fields, &[]);
        if fields.is_empty() {
            contents.contained.remove(&record);
        }
        table
            .0
            .insert(1, ("title", recommendation.label.as_str().into()));
        let verdicts = verdicts.into_iter().map(|verdict| {
            let fields = review.fields(&verdict);
            contents.add(review, verdict, &fields, &[])
        });
        let verdicts = verdicts.collect();
        let findings = findings
            .into_iter()
            .map(|found| self.finding(found, Some(&About::Recommendation(number)), contents));
        let findings = findings.collect();
        Some(
            table
                .with("deliverables", Node::Tables(verdicts))
                .with("findings", Node::Tables(findings)),
        )
    }

    /// A finding's keys; what it is about only where its place in the file, `below` another record, does not say it.
    fn finding(self, found: &Finding, below: Option<&About>, contents: &mut Contents) -> Table {
        let record = Record::Finding(found.id.clone());
        let without: &[Field] = if below == Some(&found.about) {
            &[Finding::ABOUT, Finding::WITHDRAWN]
        } else {
            &[Finding::WITHDRAWN]
        };
        contents.add(
            self.review,
            record.clone(),
            &self.review.fields(&record),
            without,
        )
    }

    /// `export findings`: all findings and notes, also those on questions and meetings.
    pub fn findings(self) -> Document {
        let mut contents = Contents::default();
        let found = self.shown(|_| true).into_iter();
        let records = found
            .map(|found| self.finding(found, None, &mut contents))
            .collect();
        self.document(
            "findings",
            contents,
            vec![Section {
                key: "finding",
                records,
            }],
        )
    }

    /// `export questions`: all questions with where they stand, and their answers.
    pub fn questions(self) -> Document {
        let mut contents = Contents::default();
        let questions = self.review.questions.iter();
        let records = questions
            .map(|question| self.question(question, &mut contents))
            .collect();
        // What was recorded on a printed question and then says no more than what is printed is not in the file.
        let says_more = |id: &QuestionId| {
            let mut printed = self.review.catalogue.questions.iter();
            let printed = printed.find(|q| QuestionId::Printed(q.number) == *id);
            Question::join(id, printed, self.review.records.questions.get(id))
                != Question::join(id, printed, None)
        };
        let is_repeated =
            |record: &Record| matches!(record, Record::Question(id) if !says_more(id));
        contents.contained.retain(|record| !is_repeated(record));
        self.document(
            "questions",
            contents,
            vec![Section {
                key: "question",
                records,
            }],
        )
    }

    fn question(self, question: &Question, contents: &mut Contents) -> Table {
        let review = self.review;
        let fields = question.to_fields(review.question_state(question));
        let table = contents.add(review, Record::Question(question.id.clone()), &fields, &[]);
        let answers = review.answers_to(&question.id).into_iter().map(|answer| {
            let record = Record::Answer(answer.id.clone());
            contents.add(
                review,
                record.clone(),
                &review.fields(&record),
                &[Answer::QUESTION],
            )
        });
        let answers = answers.collect();
        table
            .with("source", question.source.as_ref().map(ToString::to_string))
            .with("answers", Node::Tables(answers))
    }

    /// `export changes`: every change ever made, in the order in which it was made.
    pub fn changes(self) -> Document {
        let operations = self.operations();
        let newest = operations.iter().map(|operation| operation.at).max();
        let changes = operations.iter().flat_map(|operation| {
            operation
                .changes
                .iter()
                .map(move |change| (operation, change))
        });
        let records = changes
            .map(|(operation, change)| {
                let (undoes, redoes) = match &operation.role {
                    Role::Do => (None, None),
                    Role::Undo(target) => (Some(target.as_str()), None),
                    Role::Redo(target) => (None, Some(target.as_str())),
                };
                Table::default()
                    .with("operation", operation.id.as_str())
                    .with("at", operation.at)
                    .with("by", operation.by.as_str())
                    .with("meeting", operation.meeting.as_ref().map(|id| id.as_str()))
                    .with("label", operation.label.as_str())
                    .with("record", change.record.to_string())
                    .with("field", change.field.word())
                    .with("before", change.before.as_deref())
                    .with("after", change.after.as_deref())
                    .with("undoes", undoes)
                    .with("redoes", redoes)
            })
            .collect();
        Document {
            kind: "changes",
            review: self.review.catalogue.header.review.clone(),
            last_change: newest,
            sections: vec![Section {
                key: "change",
                records,
            }],
            refers_to: Vec::new(),
        }
    }

    /// `export everything`: the sections of all other kinds.
    pub fn everything(self) -> Document {
        let parts = PARTS.map(|part| part(self));
        let last_change = parts.iter().filter_map(|part| part.last_change).max();
        Document {
            kind: "everything",
            review: self.review.catalogue.header.review.clone(),
            last_change,
            sections: parts.into_iter().flat_map(|part| part.sections).collect(),
            // Every record that one part names is in another.
            refers_to: Vec::new(),
        }
    }

    /// The operations that this export may contain.
    pub fn operations(self) -> Vec<Operation> {
        let mut operations = self
            .private_notes()
            .visible_to(self.asker(), self.journal.to_vec());
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

    /// The recommendation that a changed record belongs to; read off the journal for a finding or answer that was taken back.
    pub fn recommendation_of(self, record: &Record) -> Option<RecommendationNumber> {
        let last_value = |record: &Record, field: Field| {
            let changes = self
                .journal
                .iter()
                .rev()
                .flat_map(|operation| &operation.changes);
            changes
                .filter(|c| c.record == *record && c.field == field)
                .find_map(|c| c.after.as_deref().or(c.before.as_deref()))
        };
        // Of a question that was taken back, the journal still has the recommendation.
        let of_question = |id: &QuestionId| {
            let question = self
                .review
                .questions
                .by_id(id)
                .map(|question| question.recommendation);
            question.or_else(|| {
                last_value(
                    &Record::Question(id.clone()),
                    RecordedQuestion::RECOMMENDATION,
                )?
                .parse()
                .ok()
            })
        };
        match record {
            Record::Finding(_) => self
                .review
                .recommendation_of(&last_value(record, Finding::ABOUT)?.parse().ok()?),
            Record::Question(id) => of_question(id),
            Record::Answer(_) => of_question(&last_value(record, Answer::QUESTION)?.parse().ok()?),
            Record::Assessment(_) | Record::Deliverable(_) => record.recommendation(),
            Record::Member(_) | Record::Meeting(_) | Record::Agenda(_) => None,
            Record::Queued(_) | Record::Attendance(_) | Record::Report(_) => None,
            Record::Decision(_) | Record::Action(_) | Record::Position(_) => None,
            Record::Round(_) | Record::Quoted(_) => None,
        }
    }

    /// The findings that the export may contain and that `wanted` wants, by number, time and id.
    pub fn shown(self, wanted: impl Fn(&Finding) -> bool) -> Vec<&'a Finding> {
        let may_show = |f: &Finding| {
            !f.withdrawn && (!f.private || (self.include_private && f.by == self.reader))
        };
        let mut found: Vec<&Finding> = self
            .review
            .records
            .findings
            .values()
            .filter(|f| may_show(f) && wanted(f))
            .collect();
        let number = |f: &Finding| {
            self.review
                .recommendation_of(&f.about)
                .map_or(u16::MAX, |n| n.0)
        };
        found.sort_by(|a, b| (number(a), a.at, &a.id).cmp(&(number(b), b.at, &b.id)));
        found
    }

    fn document(self, kind: &'static str, contents: Contents, sections: Vec<Section>) -> Document {
        let touches = |operation: &&Operation| {
            operation
                .changes
                .iter()
                .any(|change| contents.contained.contains(&change.record))
        };
        let refers_to = contents.named.difference(&contents.contained);
        Document {
            kind,
            review: self.review.catalogue.header.review.clone(),
            last_change: self
                .journal
                .iter()
                .filter(touches)
                .map(|operation| operation.at)
                .max(),
            refers_to: refers_to
                .map(|named| record::reference(self.review, named))
                .collect(),
            sections,
        }
    }
}
