//! Reading one meeting of a file: what it is, and what is nothing without it.
//!
//! The order of an agenda and of a queue is that of the lists. A meeting that a source tells of is quoted, and naming it as the team's own is
//! a fault; what the team noted on it may stand below it, and then nothing else does. So is a second call that runs, and whatever is true
//! only of one that runs, told of one that does not.

use super::call::{Calls, place};
use super::entry::{AT, BY, Entry};
use super::keys::Placed;
use super::read::Reading;
use crate::model::change::Record;
use crate::model::fields::Fields;
use crate::model::finding::About;
use crate::model::ids::MeetingId;
use crate::model::vocabulary::{Field, MeetingKind, Outcome, Presence};
use toml::de::DeTable;

const MEETING: &[&str] = &[
    "id",
    "number",
    "kind",
    "title",
    "place",
    "date",
    "facilitator",
    "started",
    "ended",
    "paused",
    "item",
    "since",
    "agenda",
    "queue",
    "roll",
    "reports",
    "findings",
];
const AGENDA: &[&str] = &["item", "text", "planned", "used", "opened"];
const QUEUED: &[&str] = &["recommendation", "outcome", "reason"];
const ROLL: &[&str] = &["name", "presence", "at", "interest"];
const REPORT: &[&str] = &["version", "at", "by", "locked", "text"];

/// What is true of a call only while it runs.
const OF_RUNNING: [Field; 3] = [Field::Item, Field::Since, Field::Paused];

/// The keys that a meeting of a source may have.
const OF_QUOTED: [&str; 2] = ["id", "findings"];

impl Reading<'_> {
    /// Reads a meeting with all that stands below it.
    pub(super) fn meeting(&mut self, table: &Placed<&DeTable<'_>>, calls: &mut Calls) {
        let mut entry = Entry::new(table, MEETING, &mut self.faults);
        let id = entry.keys.word::<MeetingId>("id", entry.faults);
        entry.keys.missing(
            "id",
            "the name of the meeting, such as \"plenary-43\"",
            entry.faults,
        );
        entry.set(Field::Name, id.as_ref().map(|id| &id.value));
        entry.number::<u32>(Field::Number);
        entry.word::<MeetingKind>(Field::Kind);
        entry.lines(&[Field::Title, Field::Place, Field::Facilitator]);
        entry.days(&[Field::Date]);
        entry.moments(&[Field::Started, Field::Ended, Field::Paused, Field::Since]);
        entry.counted::<u16>(Field::Item);
        let below = ["agenda", "queue", "roll", "reports", "findings"]
            .map(|key| entry.keys.tables(key, entry.faults));
        let fields = entry.fields;
        let Some(id) = id else { return };
        let record = self.once(Some(Record::Meeting(id.value.clone())), id.at);
        let is_quoted = self.check_meeting(&id, table, &fields);
        calls
            .records
            .extend(record.filter(|_| !is_quoted).map(|record| (record, fields)));
        let [agenda, queue, roll, reports, findings] = below;
        let mut orders: [Vec<Record>; 2] = Default::default();
        for table in agenda {
            let read = self.agenda(&id.value, &table);
            orders[0].extend(read.iter().map(|(record, _)| record.clone()));
            calls.records.extend(read);
        }
        for table in queue {
            let read = self.queued(&id.value, &table);
            orders[1].extend(read.iter().map(|(record, _)| record.clone()));
            calls.records.extend(read);
        }
        for table in roll {
            calls.records.extend(self.attendance(&id.value, &table));
        }
        for table in reports {
            calls.records.extend(self.report(&id.value, &table));
        }
        let on = About::Meeting(id.value);
        for table in findings {
            let read = self.finding(&on, table);
            calls.records.extend(
                read.map(|finding| (Record::Finding(finding.id.clone()), finding.to_fields())),
            );
        }
        calls
            .orders
            .extend(orders.into_iter().filter(|order| !order.is_empty()));
    }

    /// Sees whether a meeting may say what it says; answers whether a source tells of it.
    fn check_meeting(
        &mut self,
        id: &Placed<MeetingId>,
        table: &Placed<&DeTable<'_>>,
        fields: &Fields,
    ) -> bool {
        if let Some(quoted) = self
            .review
            .catalogue
            .meetings
            .iter()
            .find(|meeting| meeting.id == id.value)
        {
            if table
                .value
                .iter()
                .any(|(key, _)| !OF_QUOTED.contains(&key.get_ref().as_ref()))
                || !table.value.contains_key("findings")
            {
                let expected =
                    "expected a meeting of the team's own, or nothing but the findings on it";
                self.faults.add(
                    id.at,
                    format!("{} is quoted from {}; {expected}", id.value, quoted.source),
                );
            }
            return true;
        }
        let (started, ended) = (fields.get(&Field::Started), fields.get(&Field::Ended));
        // Moments are all spelled alike, so that their texts compare as they do.
        if let Some(ended) = ended.filter(|ended| started.is_none_or(|started| started > *ended)) {
            let expected = "expected started, and no later than that";
            self.faults.add(
                place(table, "ended"),
                format!(
                    "{} ended at {ended}, but did not start before; {expected}",
                    id.value
                ),
            );
        }
        if started.is_some() && ended.is_none() {
            self.check_running(id, place(table, "started"));
        } else {
            let told = if ended.is_some() {
                "is over"
            } else {
                "has not started"
            };
            for field in OF_RUNNING
                .into_iter()
                .filter(|field| fields.contains_key(field))
            {
                let fault = format!(
                    "{} {told}, and {} is told only of a call that runs; expected none",
                    id.value,
                    field.word()
                );
                self.faults.add(place(table, field.word()), fault);
            }
        }
        false
    }

    /// Only one call runs.
    fn check_running(&mut self, id: &Placed<MeetingId>, at: usize) {
        let here = self
            .review
            .calls
            .running()
            .map(|(running, _)| running)
            .filter(|running| **running != id.value);
        // One that is over here is not started again by an older file.
        let over = self
            .review
            .calls
            .meetings
            .get(&id.value)
            .is_some_and(|held| held.ended.is_some());
        if let Some(other) = here.filter(|_| !over).or(self.running.as_ref()) {
            let fault = format!(
                "{} would run, and {other} runs already; only one call does: expected ended",
                id.value
            );
            self.faults.add(at, fault);
        }
        if !over {
            self.running = Some(id.value.clone());
        }
    }

    fn agenda(&mut self, id: &MeetingId, table: &Placed<&DeTable<'_>>) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, AGENDA, &mut self.faults);
        let item = entry.counting::<u16>("item");
        entry.keys.missing(
            "item",
            "the number under which the item was made",
            entry.faults,
        );
        entry.lines(&[Field::Text]);
        entry.number::<u32>(Field::Planned);
        entry.number::<u64>(Field::Used);
        entry.moments(&[Field::Opened]);
        entry.needs(&[(Field::Text, "what the item is about")]);
        let read = entry.done(item.map(|item| Record::Agenda(id.clone(), item)));
        self.once(read.as_ref().map(|(record, _)| record.clone()), table.at);
        read
    }

    fn queued(&mut self, id: &MeetingId, table: &Placed<&DeTable<'_>>) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, QUEUED, &mut self.faults);
        let number = entry.keys.number::<u16>("recommendation", entry.faults);
        entry.keys.missing(
            "recommendation",
            "the number of a recommendation",
            entry.faults,
        );
        let outcome = entry.word::<Outcome>(Field::Outcome);
        entry.prose(&[Field::Reason]);
        let deferred = outcome.filter(|word| {
            word.value == Outcome::Deferred && !entry.fields.contains_key(&Field::Reason)
        });
        if let Some(word) = deferred {
            entry.faults.add(
                word.at,
                "deferred, but without a reason; expected one, reason = \"...\"",
            );
        }
        let has_outcome = entry.keys.raw("outcome").is_some();
        if entry.fields.contains_key(&Field::Reason) && !has_outcome {
            entry.faults.add(
                place(table, "reason"),
                "a reason, but no outcome; expected one, outcome = \"deferred\"",
            );
        }
        let fields = entry.fields;
        let known = number.and_then(|number| self.known_recommendation(number))?;
        let record = self.once(Some(Record::Queued(id.clone(), known.number)), table.at)?;
        Some((record, fields))
    }

    fn attendance(
        &mut self,
        id: &MeetingId,
        table: &Placed<&DeTable<'_>>,
    ) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, ROLL, &mut self.faults);
        let name = entry.keys.line("name", entry.faults).map(|name| name.value);
        entry
            .keys
            .missing("name", "the name of who was there", entry.faults);
        entry.word::<Presence>(Field::Presence);
        entry.moments(&[Field::At]);
        entry.prose(&[Field::Interest]);
        if ["presence", "interest"]
            .iter()
            .all(|key| entry.keys.raw(key).is_none())
        {
            entry.faults.add(
                table.at,
                "it says nothing of anybody; expected presence or interest",
            );
        }
        let read = entry.done(name.map(|name| Record::Attendance(id.clone(), name)));
        self.once(read.as_ref().map(|(record, _)| record.clone()), table.at);
        read
    }

    fn report(&mut self, id: &MeetingId, table: &Placed<&DeTable<'_>>) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, REPORT, &mut self.faults);
        let version = entry.counting::<u16>("version");
        entry.keys.missing(
            "version",
            "which version it is, counted from 1",
            entry.faults,
        );
        entry.moments(&[Field::At]);
        entry.lines(&[Field::By]);
        entry.flags(&[Field::Locked]);
        let text = entry.keys.verbatim("text", entry.faults);
        entry.set(Field::Text, text);
        entry.needs(&[AT, BY]);
        let read = entry.done(version.map(|version| Record::Report(id.clone(), version)));
        self.once(read.as_ref().map(|(record, _)| record.clone()), table.at);
        read
    }
}
