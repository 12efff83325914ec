//! Which records an export holds, and which keys each of them has, in their order.
//!
//! Sorted by number, then time and id; changes stand in the order in which they were made. Withdrawn findings are left out everywhere but in
//! the changes. Private notes are left out unless asked for, and then only the asker's own are put in: nobody exports what somebody
//! else noted for themselves. The changes contain nothing about a finding that ever was private, see [`PrivateNotes`].
//!
//! *Everything* is one file with the sections of all other kinds, each exactly as its own file has it: a finding on a recommendation
//! stands below its assessment and in the list of all findings, so that either can be read without the other.

pub mod call;

use super::document::{Document, Node, Section, Table};
use crate::model::change::{Operation, Record, Role};
use crate::model::fields::{ASSESSMENT, Fields};
use crate::model::finding::{About, Finding};
use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::model::private_notes::PrivateNotes;
use crate::model::question::{Answer, Entry, Question};
use crate::model::review::Review;
use crate::model::vocabulary::{BriefingName, Field, Satisfies};
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

impl<'a> Scope<'a> {
    /// `export assessments`: every recommendation on which the team recorded anything.
    pub fn assessments(self) -> Document {
        let mut held = BTreeSet::new();
        let records = self
            .numbers()
            .into_iter()
            .filter_map(|number| self.assessment(number, &mut held))
            .collect();
        self.document(
            "assessments",
            self.newest(&held),
            vec![Section {
                key: "assessment",
                records,
            }],
        )
    }

    /// `export findings`: all findings and notes, also those on questions and meetings.
    pub fn findings(self) -> Document {
        let found = self.shown(|_| true);
        let held = found
            .iter()
            .map(|f| Record::Finding(f.id.clone()))
            .collect();
        let records = found
            .into_iter()
            .map(|f| finding(f, Some(&f.about)))
            .collect();
        self.document(
            "findings",
            self.newest(&held),
            vec![Section {
                key: "finding",
                records,
            }],
        )
    }

    /// `export questions`: all questions with where they stand, and their answers.
    pub fn questions(self) -> Document {
        // What was recorded on a printed question and then says no more than what is printed is not in the file.
        let shows = |(number, entry): &(&QuestionNumber, &Entry)| {
            let printed = self
                .review
                .catalogue
                .questions
                .iter()
                .find(|q| q.number == **number);
            Question::join(**number, printed, Some(entry))
                != Question::join(**number, printed, None)
        };
        let shown = self.review.entries.iter().filter(shows);
        let mut held: BTreeSet<Record> =
            shown.map(|(number, _)| Record::Question(*number)).collect();
        held.extend(
            self.review
                .answers
                .keys()
                .map(|id| Record::Answer(id.clone())),
        );
        let records = self
            .review
            .questions
            .iter()
            .map(|q| self.question(q))
            .collect();
        self.document(
            "questions",
            self.newest(&held),
            vec![Section {
                key: "question",
                records,
            }],
        )
    }

    fn question(self, q: &Question) -> Table {
        Table::default()
            .with("number", q.number.to_string())
            .with("recommendation", q.recommendation.0)
            .with("briefing", q.briefing.map(BriefingName::word))
            .with("text", q.text.as_str())
            .with("state", self.review.question_state(q).word())
            .with("asked_by", q.asked_by.as_deref())
            .with("addressee", q.addressee.as_deref())
            .with("asked_on", q.asked_on)
            .with("due", q.due)
            .with("parent", q.parent.map(|parent| parent.to_string()))
            .with("reason", q.reason.as_deref())
            .with("source", q.source.as_ref().map(ToString::to_string))
            .with(
                "answers",
                Node::Tables(
                    self.review
                        .answers_to(q.number)
                        .into_iter()
                        .map(answer)
                        .collect(),
                ),
            )
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
        self.document(
            "changes",
            newest,
            vec![Section {
                key: "change",
                records,
            }],
        )
    }

    /// `export everything`: the sections of all other kinds.
    pub fn everything(self) -> Document {
        let parts = [
            self.assessments(),
            self.questions(),
            self.findings(),
            self.meetings(),
            self.changes(),
        ];
        let newest = parts.iter().filter_map(|part| part.last_change).max();
        self.document(
            "everything",
            newest,
            parts.into_iter().flat_map(|part| part.sections).collect(),
        )
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
        let told = |field: Field| {
            let changes = self
                .journal
                .iter()
                .rev()
                .flat_map(|operation| &operation.changes);
            changes
                .filter(|c| c.record == *record && c.field == field)
                .find_map(|c| c.after.as_deref().or(c.before.as_deref()))
        };
        // One of the team's own that was taken back is still numbered under its recommendation.
        let of_question = |number: QuestionNumber| {
            self.review
                .questions
                .get(number)
                .map_or(RecommendationNumber(number.major), |question| {
                    question.recommendation
                })
        };
        match record {
            Record::Finding(_) => self
                .review
                .recommendation_of(&told(Field::About)?.parse().ok()?),
            Record::Question(number) => Some(of_question(*number)),
            Record::Answer(_) => told(Field::Question)?.parse().ok().map(of_question),
            _ => record.recommendation(),
        }
    }

    /// The findings that the export may hold and that `wanted` wants, by number, time and id.
    pub fn shown(self, wanted: impl Fn(&Finding) -> bool) -> Vec<&'a Finding> {
        let may_show = |f: &Finding| {
            !f.withdrawn && (!f.private || (self.include_private && f.by == self.reader))
        };
        let mut found: Vec<&Finding> = self
            .review
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

    fn numbers(self) -> Vec<RecommendationNumber> {
        let mut numbers: Vec<_> = self
            .review
            .catalogue
            .recommendations
            .iter()
            .map(|r| r.number)
            .collect();
        numbers.sort_unstable();
        numbers
    }

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
        }
    }

    /// The newest moment at which any of these records changed.
    fn newest(self, held: &BTreeSet<Record>) -> Option<DateTime<Utc>> {
        let touches = |operation: &&Operation| {
            operation
                .changes
                .iter()
                .any(|change| held.contains(&change.record))
        };
        self.journal
            .iter()
            .filter(touches)
            .map(|operation| operation.at)
            .max()
    }

    fn assessment(
        self,
        number: RecommendationNumber,
        held: &mut BTreeSet<Record>,
    ) -> Option<Table> {
        let recommendation = self.review.recommendation(number).ok()?;
        let fields = self.review.fields(&Record::Assessment(number));
        let verdicts: Vec<_> = self
            .review
            .verdicts
            .iter()
            .filter(|(d, _)| d.recommendation == number)
            .collect();
        let findings = self.shown(|f| self.review.recommendation_of(&f.about) == Some(number));
        if fields.is_empty() && verdicts.is_empty() && findings.is_empty() {
            return None;
        }
        if !fields.is_empty() {
            held.insert(Record::Assessment(number));
        }
        held.extend(verdicts.iter().map(|(d, _)| Record::Deliverable(**d)));
        held.extend(findings.iter().map(|f| Record::Finding(f.id.clone())));
        let mut table = Table::default()
            .with("recommendation", number.0)
            .with("title", recommendation.label.as_str());
        for field in ASSESSMENT {
            table = table.with(
                field.word(),
                assessment_field(*field, &fields, self.review, number),
            );
        }
        let verdicts = verdicts
            .into_iter()
            .map(|(d, v)| {
                Table::default()
                    .with("row", d.row)
                    .with("verdict", v.word())
            })
            .collect();
        let elsewhere = |f: &&'a Finding| {
            Some(&f.about).filter(|about| **about != About::Recommendation(number))
        };
        let findings = findings
            .into_iter()
            .map(|f| finding(f, elsewhere(&f)))
            .collect();
        Some(
            table
                .with("deliverables", Node::Tables(verdicts))
                .with("findings", Node::Tables(findings)),
        )
    }
}

fn assessment_field(
    field: Field,
    fields: &Fields,
    review: &Review,
    number: RecommendationNumber,
) -> Node {
    match field {
        Field::ObjectionsBy => review.assessment(number).objections_by.into(),
        Field::BlockedBy => Node::Texts(
            review
                .assessment(number)
                .blocked_by
                .iter()
                .map(ToString::to_string)
                .collect(),
        ),
        Field::WhatWasDone | Field::Finding | Field::HowAssessed | Field::FurtherWork => fields
            .get(&field)
            .map_or(Node::Unset, |text| Node::Prose(text.clone())),
        _ => fields.get(&field).map(String::as_str).into(),
    }
}

fn answer(answer: &Answer) -> Table {
    Table::default()
        .with("id", answer.id.as_str())
        .with("at", answer.at)
        .with("on", answer.on)
        .with("by", answer.by.as_deref())
        .with("link", answer.link.as_deref())
        .with("satisfies", answer.satisfies.map(Satisfies::word))
        .with("why", answer.why.as_deref())
        .with("text", answer.text.as_str())
}

/// A finding's keys; `about` only where its place in the file does not say it.
fn finding(finding: &Finding, about: Option<&About>) -> Table {
    Table::default()
        .with("id", finding.id.as_str())
        .with("about", about.map(ToString::to_string))
        .with("at", finding.at)
        .with("by", finding.by.as_str())
        .with("said_by", finding.said_by.as_deref())
        .with("kind", finding.kind.word())
        .with("meeting", finding.meeting.as_ref().map(|id| id.as_str()))
        .with("minute", finding.minute)
        .with("agenda_item", finding.agenda_item.as_deref())
        .with("private", finding.private.then_some(true))
        .with("text", finding.text.as_str())
}
