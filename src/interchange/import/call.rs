//! What an import of meetings would do, beyond taking what is unset and calling the rest a clash.
//!
//! **Order.** Agenda and queue stand in the file in their order. As long as what both sides have is in the same order, what is new comes
//! behind what it follows in the file; another order is a clash.
//!
//! **A call that went on.** Which item is open, since when it is counted and since when the call rests is true only while the call runs. Where one
//! side knows that it ended, the other is older and tells nothing of that any more, nor of how long the items took.

use super::{Clash, Taking};
use crate::interchange::layout::{agenda, queue};
use crate::model::ids::MeetingId;
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::{Field, Fields};
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::report_version::{ReportVersion, TEXT_NOT_IN_FILE};
use std::collections::BTreeMap;

/// What is true of a call only while it runs, and what it counts meanwhile.
const OF_RUNNING: [Field; 3] = [Meeting::ITEM, Meeting::SINCE, Meeting::PAUSED];
const COUNTED: [Field; 2] = [AgendaItem::USED, AgendaItem::OPENED];

/// Which side of a call is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Older {
    Here,
    File,
}

impl Taking<'_> {
    /// Takes all records of the file.
    pub(super) fn all(&mut self) {
        let file = self.file;
        let mut ranks: BTreeMap<Record, u32> = BTreeMap::new();
        for (meeting, order) in &file.orders {
            self.order(meeting, order, &mut ranks);
        }
        for (record, fields) in &file.records {
            if matches!(record, Record::Assessment(_)) {
                self.assessment(record, fields);
            } else if let Some(id) = record.question() {
                self.question(record, id, fields);
            } else {
                let rank = ranks.get(record).map(ToString::to_string);
                let rank = rank.map(|rank| (AgendaItem::RANK, rank));
                let fields = fields.clone().into_iter().chain(rank).collect();
                self.of_call(record, fields);
            }
        }
    }

    /// Takes a record that a running call may have changed on one side only.
    fn of_call(&mut self, record: &Record, mut fields: Fields) {
        let of_item = || fields.get(&AgendaItem::MEETING)?.parse().ok();
        let is_item = matches!(record, Record::Agenda(_));
        let meeting = record.meeting().cloned();
        let meeting = meeting.or_else(|| of_item().filter(|_| is_item));
        match meeting.and_then(|id| self.older(id)) {
            Some(Older::File) => {
                fields.retain(|field, _| !OF_RUNNING.contains(field) && !COUNTED.contains(field));
            }
            Some(Older::Here) => self.ended(record, &mut fields),
            None => {}
        }
        if matches!(record, Record::Report(_)) && self.review.fields(record).is_empty() {
            let missing = || TEXT_NOT_IN_FILE.to_owned();
            fields.entry(ReportVersion::TEXT).or_insert_with(missing);
        }
        self.record(record, &fields);
    }

    /// The ranks of what is new in an agenda or queue, and the changes of those that make room for it.
    fn order(&mut self, meeting: &MeetingId, file: &[Record], ranks: &mut BTreeMap<Record, u32>) {
        let list = match file.first() {
            Some(Record::Agenda(_)) => agenda,
            _ => queue,
        };
        let here = list(&self.review.records, meeting);
        let theirs: Vec<&Record> = file.iter().filter(|record| here.contains(record)).collect();
        let ours: Vec<&Record> = here.iter().filter(|record| file.contains(record)).collect();
        let mut places = ours.iter().zip(&theirs);
        if let Some(at) = places.position(|(ours, theirs)| ours != theirs) {
            let there = theirs.iter().position(|record| *record == ours[at]);
            return self.clashes.push(Clash {
                record: ours[at].clone(),
                field: AgendaItem::RANK,
                here: format!("in place {}", at + 1),
                file: format!("in place {}", there.unwrap_or_default() + 1),
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
            if here.contains(record) {
                self.set(record, AgendaItem::RANK, Some(rank.to_string()));
            } else {
                ranks.insert(record.clone(), rank);
            }
        }
    }

    /// Which side is older, of a meeting that ended on one side only.
    fn older(&self, id: MeetingId) -> Option<Older> {
        let here = self.review.records.meetings.get(&id)?;
        let meeting = Record::Meeting(id);
        let mut records = self.file.records.iter();
        let (_, fields) = records.find(|(record, _)| *record == meeting)?;
        match (here.ended.is_some(), fields.contains_key(&Meeting::ENDED)) {
            (true, false) => Some(Older::File),
            (false, true) => Some(Older::Here),
            _ => None,
        }
    }

    /// Takes what the file says of a call that ended there and runs here.
    fn ended(&mut self, record: &Record, fields: &mut Fields) {
        let is_meeting = record.meeting().is_some();
        let settled: &[Field] = if is_meeting { &OF_RUNNING } else { &COUNTED };
        for field in settled {
            let theirs = fields.remove(field);
            // What was opened or counted here alone stays.
            if theirs.is_some() || is_meeting {
                self.set(record, *field, theirs);
            }
        }
    }
}
