//! What an import of meetings would do, beyond taking what is unset and calling the rest a clash.
//!
//! **Order.** Agenda and queue stand in the file in their order. As long as what both sides have is in the same order, what is new comes
//! behind what it follows in the file; another order is a clash.
//!
//! **A call that went on.** Which item is open, since when it is counted and since when the call rests is true only while the call runs. Where one
//! side knows that it ended, the other is older and tells nothing of that any more, nor of how long the items took.
//!
//! **Numbers** of decisions and action items are given out one by one. Two that were written down apart may have taken the same: that is a
//! clash, since people call them by it.

use super::{Clash, Taking};
use crate::interchange::toml::call::Calls;
use crate::model::call::meeting::{
    AgendaItem, Attendance, Meeting, Queued, TEXT_NOT_IN_FILE, Version,
};
use crate::model::call::position::{Position, Round};
use crate::model::call::register::{Action, Decision};
use crate::model::change::{Change, Record};
use crate::model::fields::{FINDING, Fields};
use crate::model::ids::MeetingId;
use crate::model::vocabulary::Field;
use std::collections::{BTreeMap, BTreeSet};

/// What is true of a call only while it runs, and what it counts meanwhile.
const OF_RUNNING: [Field; 3] = [Field::Item, Field::Since, Field::Paused];
const COUNTED: [Field; 2] = [Field::Used, Field::Opened];

/// Which side of a call is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Older {
    Here,
    File,
}

/// The kinds of record that an import of meetings tells of, in order, each by the name of one of them.
const TOLD: [&str; 6] = [
    "meeting",
    "finding",
    "decision",
    "action item",
    "position",
    "round",
];

impl Taking<'_> {
    /// Takes the meetings of a file; answers how many of each kind of record say something new.
    pub(super) fn calls(&mut self, calls: &Calls) -> Vec<(&'static str, usize)> {
        let mut ranks: BTreeMap<&Record, u32> = BTreeMap::new();
        let mut told: [BTreeSet<String>; 6] = Default::default();
        for order in &calls.orders {
            self.order(order, &mut ranks);
        }
        let older: BTreeMap<&MeetingId, Older> = calls
            .records
            .iter()
            .filter_map(|(record, fields)| self.older(record, fields))
            .collect();
        let in_file: BTreeSet<&Record> = calls.records.iter().map(|(record, _)| record).collect();
        for (record, fields) in &calls.records {
            let before = self.changes.len();
            let mut fields = fields.clone();
            fields.extend(
                ranks
                    .get(record)
                    .map(|rank| (Field::Rank, rank.to_string())),
            );
            let (place, order, meeting): (usize, &[Field], Option<&MeetingId>) = match record {
                Record::Meeting(id) => (0, Meeting::FIELDS, Some(id)),
                Record::Agenda(id, _) => (0, AgendaItem::FIELDS, Some(id)),
                Record::Queued(id, _) => (0, Queued::FIELDS, Some(id)),
                Record::Attendance(id, _) => (0, Attendance::FIELDS, Some(id)),
                Record::Report(id, _) => (0, Version::FIELDS, Some(id)),
                Record::Finding(_) => (1, FINDING, None),
                Record::Decision(_) => (2, Decision::FIELDS, None),
                Record::Action(_) => (3, Action::FIELDS, None),
                Record::Position(_) => (4, Position::FIELDS, None),
                _ => (5, Round::FIELDS, None),
            };
            match meeting.and_then(|id| older.get(id)) {
                Some(Older::File) => fields
                    .retain(|field, _| !OF_RUNNING.contains(field) && !COUNTED.contains(field)),
                Some(Older::Here) => self.ended(record, &mut fields),
                None => {}
            }
            if let Record::Report(id, version) = record
                && !self
                    .review
                    .calls
                    .reports
                    .contains_key(&(id.clone(), *version))
            {
                fields
                    .entry(Field::Text)
                    .or_insert_with(|| TEXT_NOT_IN_FILE.to_owned());
            }
            self.number_taken(record, &fields, &in_file);
            self.record(record, order, &fields);
            if self.changes.len() > before {
                told[place].insert(meeting.map_or_else(|| record.to_string(), ToString::to_string));
            }
        }
        TOLD.into_iter()
            .zip(told.map(|records| records.len()))
            .filter(|(_, number)| *number > 0)
            .collect()
    }

    /// The ranks of what is new in an agenda or queue, and the changes of those that make room for it.
    fn order<'f>(&mut self, file: &'f [Record], ranks: &mut BTreeMap<&'f Record, u32>) {
        let calls = &self.review.calls;
        let here: Vec<Record> = match file.first() {
            Some(Record::Agenda(id, _)) => calls
                .agenda_of(id)
                .into_iter()
                .map(|(item, _)| Record::Agenda(id.clone(), item))
                .collect(),
            Some(Record::Queued(id, _)) => calls
                .queue_of(id)
                .into_iter()
                .map(|(number, _)| Record::Queued(id.clone(), number))
                .collect(),
            _ => return,
        };
        let theirs: Vec<&Record> = file.iter().filter(|record| here.contains(record)).collect();
        let ours: Vec<&Record> = here.iter().filter(|record| file.contains(record)).collect();
        if let Some((at, (ours, _))) = ours
            .iter()
            .zip(&theirs)
            .enumerate()
            .find(|(_, (ours, theirs))| ours != theirs)
        {
            let there = theirs
                .iter()
                .position(|record| record == ours)
                .unwrap_or_default();
            let (here, file) = (
                format!("in place {}", at + 1),
                format!("in place {}", there + 1),
            );
            return self.clashes.push(Clash {
                record: (*ours).clone(),
                field: Field::Rank,
                here,
                file,
            });
        }
        if theirs.len() == file.len() {
            return;
        }
        let mut merged: Vec<&Record> = here.iter().collect();
        let mut behind = 0;
        for record in file {
            match merged.iter().position(|known| *known == record) {
                Some(at) => behind = at + 1,
                None => {
                    merged.insert(behind, record);
                    behind += 1;
                }
            }
        }
        for (rank, record) in (1_u32..).zip(merged) {
            if let Some(new) = file
                .iter()
                .find(|new| *new == record && !here.contains(new))
            {
                ranks.insert(new, rank);
            } else {
                self.change(record, Field::Rank, Some(rank.to_string()));
            }
        }
    }

    /// Which side is older, of a meeting that ended on one side only.
    fn older<'f>(&self, record: &'f Record, fields: &Fields) -> Option<(&'f MeetingId, Older)> {
        let Record::Meeting(id) = record else {
            return None;
        };
        let here = self.review.calls.meetings.get(id)?;
        match (here.ended.is_some(), fields.contains_key(&Field::Ended)) {
            (true, false) => Some((id, Older::File)),
            (false, true) => Some((id, Older::Here)),
            _ => None,
        }
    }

    /// Takes what the file says of a call that ended there and runs here.
    fn ended(&mut self, record: &Record, fields: &mut Fields) {
        let settled: &[Field] = match record {
            Record::Meeting(_) => &OF_RUNNING,
            Record::Agenda(..) => &COUNTED,
            _ => return,
        };
        for field in settled {
            let theirs = fields.remove(field);
            // What was opened or counted here alone stays.
            if theirs.is_some() || matches!(record, Record::Meeting(_)) {
                self.change(record, *field, theirs);
            }
        }
    }

    fn change(&mut self, record: &Record, field: Field, after: Option<String>) {
        let before = self.review.fields(record).remove(&field);
        if before != after {
            self.changes.push(Change {
                record: record.clone(),
                field,
                before,
                after,
            });
        }
    }

    /// Notes a number that something else has here, and that the file does not know of.
    fn number_taken(&mut self, record: &Record, fields: &Fields, in_file: &BTreeSet<&Record>) {
        let calls = &self.review.calls;
        let Some(number) = fields.get(&Field::Number) else {
            return;
        };
        let is_other = |other: &Record| other != record && !in_file.contains(other);
        let others: Vec<(Record, u32)> = match record {
            Record::Decision(id) if !calls.decisions.contains_key(id) => calls
                .decisions
                .iter()
                .map(|(id, held)| (Record::Decision(id.clone()), held.number))
                .collect(),
            Record::Action(id) if !calls.actions.contains_key(id) => calls
                .actions
                .iter()
                .map(|(id, held)| (Record::Action(id.clone()), held.number))
                .collect(),
            _ => return,
        };
        if let Some((other, taken)) = others
            .into_iter()
            .find(|(other, taken)| taken.to_string() == *number && is_other(other))
        {
            let here = format!("{taken}, of {other}");
            self.clashes.push(Clash {
                record: record.clone(),
                field: Field::Number,
                here,
                file: number.clone(),
            });
        }
    }
}
