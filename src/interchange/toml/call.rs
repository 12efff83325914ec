//! Reading the meetings of a file, with decisions, action items, positions and rounds.
//!
//! Every record becomes the fields in which it is kept; what a meeting itself may say is in `meeting.rs`. What a position is on must be
//! here or in the file, which is looked at when all are read. People call a decision or an action item by its number, so that no two may have
//! the same, unless one of them was withdrawn. Whether the workspace says something else is not looked at here.

use super::entry::{AT, BY, Entry, during, id_of};
use super::keys::Placed;
use super::read::{Reading, check_question, line_of};
use crate::model::call::position::Matter;
use crate::model::call::register::Due;
use crate::model::change::Record;
use crate::model::fields::Fields;
use crate::model::finding::About;
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::vocabulary::{Consensus, Field, Stance};
use toml::de::DeTable;

/// The sections of such a file.
pub(super) const SECTIONS: &[&str] = &["meeting", "decision", "action", "position", "round"];

const DECISION: &[&str] = &[
    "id",
    "number",
    "about",
    "at",
    "by",
    "said_by",
    "meeting",
    "minute",
    "agenda_item",
    "consensus",
    "objections_by",
    "withdrawn",
    "text",
];
const ACTION: &[&str] = &[
    "id",
    "number",
    "category",
    "owner",
    "requested",
    "due",
    "done",
    "about",
    "at",
    "by",
    "meeting",
    "minute",
    "agenda_item",
    "withdrawn",
    "text",
    "progress",
    "response",
];
const POSITION: &[&str] = &[
    "id",
    "matter",
    "round",
    "member",
    "position",
    "at",
    "by",
    "meeting",
    "minute",
    "text",
    "statement",
];
const ROUND: &[&str] = &["matter", "round", "at", "by", "meeting", "consensus"];

/// What a file says on meetings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calls {
    /// Every record with the fields that are set, but for the rank; findings about meetings as well.
    pub records: Vec<(Record, Fields)>,
    /// Agendas and queues, each the records of one meeting in their order.
    pub orders: Vec<Vec<Record>>,
}

/// Where the value of a key stands; the table, if it has no such key.
pub(super) fn place(table: &Placed<&DeTable<'_>>, key: &str) -> usize {
    table
        .value
        .get(key)
        .map_or(table.at, |value| value.span().start)
}

impl Reading<'_> {
    /// Reads all sections, in the order of [`SECTIONS`].
    pub(super) fn calls(&mut self, sections: Vec<Vec<Placed<&DeTable<'_>>>>) -> Calls {
        let mut calls = Calls::default();
        let mut matters: Vec<Placed<Matter>> = Vec::new();
        for (section, tables) in SECTIONS.iter().zip(sections) {
            for table in tables {
                let read = match *section {
                    "meeting" => {
                        self.meeting(&table, &mut calls);
                        None
                    }
                    "decision" => self.decision(&table),
                    "action" => self.action(&table),
                    "position" => self.position(&table, &mut matters),
                    _ => self.round(&table, &mut matters),
                };
                calls.records.extend(read);
            }
        }
        for matter in matters {
            self.check_matter(&matter);
        }
        calls
    }

    /// Notes a record that stands in the file twice.
    pub(super) fn once(&mut self, record: Option<Record>, at: usize) -> Option<Record> {
        let record = record?;
        if let Some(first) = self.records.insert(record.clone(), at) {
            let line = line_of(self.text, first);
            self.faults.add(
                at,
                format!("{record} stands here again, first in line {line}; expected it once"),
            );
        }
        Some(record)
    }

    fn decision(&mut self, table: &Placed<&DeTable<'_>>) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, DECISION, &mut self.faults);
        let id = id_of(&mut entry);
        let about = entry.word::<About>(Field::About);
        entry.lines(&[Field::By, Field::SaidBy]);
        entry.moments(&[Field::At]);
        entry.counted::<u32>(Field::Number);
        during(&mut entry);
        entry.word::<Consensus>(Field::Consensus);
        entry.days(&[Field::ObjectionsBy]);
        entry.flags(&[Field::Withdrawn]);
        entry.prose(&[Field::Text]);
        entry.needs(&[
            (Field::Number, "its number in the register"),
            AT,
            BY,
            (Field::Text, "what was decided"),
        ]);
        let read = entry.done(id.map(Record::Decision));
        self.numbered("decision", table, read.as_ref());
        self.checked(read, about, table.at)
    }

    fn action(&mut self, table: &Placed<&DeTable<'_>>) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, ACTION, &mut self.faults);
        let id = id_of(&mut entry);
        let about = entry.word::<About>(Field::About);
        entry.lines(&[Field::By, Field::Category, Field::Owner]);
        entry.moments(&[Field::At]);
        entry.counted::<u32>(Field::Number);
        during(&mut entry);
        entry.days(&[Field::Requested, Field::Done]);
        match entry
            .keys
            .raw("due")
            .map(|due| due.get_ref().as_str().is_some())
        {
            Some(true) => drop(entry.word::<Due>(Field::Due)),
            _ => entry.days(&[Field::Due]),
        }
        entry.flags(&[Field::Withdrawn]);
        entry.prose(&[Field::Text, Field::Progress, Field::Response]);
        let requested = (
            Field::Requested,
            "the day on which it was asked for, such as 2018-09-13",
        );
        entry.needs(&[
            (Field::Number, "its number in the tracker"),
            requested,
            AT,
            BY,
            (Field::Text, "what is to be done"),
        ]);
        let read = entry.done(id.map(Record::Action));
        self.numbered("action item", table, read.as_ref());
        self.checked(read, about, table.at)
    }

    fn position(
        &mut self,
        table: &Placed<&DeTable<'_>>,
        matters: &mut Vec<Placed<Matter>>,
    ) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, POSITION, &mut self.faults);
        let id = id_of(&mut entry);
        matters.extend(entry.word::<Matter>(Field::Matter));
        entry.counted::<u16>(Field::Round);
        entry.lines(&[Field::Member, Field::By]);
        entry.word::<Stance>(Field::Position);
        entry.moments(&[Field::At]);
        entry.word::<MeetingId>(Field::Meeting);
        entry.number::<u32>(Field::Minute);
        entry.prose(&[Field::Text, Field::Statement]);
        let (matter, round) = (
            (Field::Matter, "rec 11, or decision and its id"),
            (Field::Round, "the round, counted from 1"),
        );
        let (member, stance) = (
            (Field::Member, "who takes it"),
            (
                Field::Position,
                "agree, object, abstain, absent or not heard",
            ),
        );
        entry.needs(&[matter, round, member, stance, AT, BY]);
        let read = entry.done(id.map(Record::Position));
        self.checked(read, None, table.at)
    }

    fn round(
        &mut self,
        table: &Placed<&DeTable<'_>>,
        matters: &mut Vec<Placed<Matter>>,
    ) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, ROUND, &mut self.faults);
        let (matter, round) = (
            entry.word::<Matter>(Field::Matter),
            entry.counted::<u16>(Field::Round),
        );
        entry.moments(&[Field::At]);
        entry.lines(&[Field::By]);
        entry.word::<MeetingId>(Field::Meeting);
        entry.word::<Consensus>(Field::Consensus);
        entry.needs(&[
            (Field::Matter, "rec 11, or decision and its id"),
            (Field::Round, "the round, counted from 1"),
            AT,
            BY,
        ]);
        let key = matter
            .clone()
            .zip(round)
            .map(|(matter, round)| Record::Round(matter.value, round));
        // They are its name, and no fields of it.
        entry.fields.remove(&Field::Matter);
        entry.fields.remove(&Field::Round);
        let read = entry.done(key);
        matters.extend(matter);
        self.checked(read, None, table.at)
    }

    /// Notes a number that another decision or action item of the file has.
    fn numbered(
        &mut self,
        what: &'static str,
        table: &Placed<&DeTable<'_>>,
        read: Option<&(Record, Fields)>,
    ) {
        let Some((_, fields)) = read.filter(|(_, fields)| !fields.contains_key(&Field::Withdrawn))
        else {
            return;
        };
        let Some(number) = fields.get(&Field::Number) else {
            return;
        };
        let at = place(table, "number");
        if let Some(first) = self.numbers.get(&(what, number.clone())) {
            let line = line_of(self.text, *first);
            self.faults.add(at, format!("another {what} has the number {number}, in line {line}; expected every number once"));
        } else {
            self.numbers.insert((what, number.clone()), at);
        }
    }

    fn checked(
        &mut self,
        read: Option<(Record, Fields)>,
        about: Option<Placed<About>>,
        at: usize,
    ) -> Option<(Record, Fields)> {
        self.once(read.as_ref().map(|(record, _)| record.clone()), at);
        match about.as_ref().map(|about| &about.value) {
            Some(About::Recommendation(RecommendationNumber(number))) => {
                self.known_recommendation(Placed {
                    value: *number,
                    at: about.map_or(at, |about| about.at),
                });
            }
            Some(About::Question(number)) => {
                check_question(
                    self.review,
                    *number,
                    about.as_ref().map_or(at, |about| about.at),
                    &mut self.faults,
                );
            }
            Some(About::Meeting(_)) | None => {}
        }
        read
    }

    fn check_matter(&mut self, matter: &Placed<Matter>) {
        match &matter.value {
            Matter::Assessment(number) => drop(self.known_recommendation(Placed {
                value: number.0,
                at: matter.at,
            })),
            Matter::Decision(id) => {
                let known = self.review.calls.decisions.contains_key(id)
                    || self.records.contains_key(&Record::Decision(id.clone()));
                if !known {
                    let fault = format!(
                        "there is no decision {id}, here or in the file; expected the one that the position is on"
                    );
                    self.faults.add(matter.at, fault);
                }
            }
        }
    }
}
