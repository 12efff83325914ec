//! Reading the meetings of a file, with decisions, action items, positions and rounds.
//!
//! Every record becomes the fields in which it is kept; the order of an agenda and of a queue is that of the lists. A meeting that a source
//! tells of is quoted, and naming it as the team's own is a fault; so is a second call that runs. What a position is on must be here or in
//! the file, which is looked at when all are read. Whether the workspace says something else is not looked at here.

use super::entry::{AT, BY, Entry, during, id_of};
use super::keys::Placed;
use super::read::{Reading, check_question, line_of};
use crate::model::call::position::Matter;
use crate::model::call::register::Due;
use crate::model::change::Record;
use crate::model::fields::Fields;
use crate::model::finding::About;
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::vocabulary::{Consensus, Field, MeetingKind, Outcome, Presence, Stance};
use toml::de::DeTable;

/// The sections of such a file.
pub(super) const SECTIONS: &[&str] = &["meeting", "decision", "action", "position", "round"];

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
];
const AGENDA: &[&str] = &["item", "text", "planned", "used", "opened"];
const QUEUED: &[&str] = &["recommendation", "outcome", "reason"];
const ROLL: &[&str] = &["name", "presence", "at", "interest"];
const REPORT: &[&str] = &["version", "at", "by", "locked", "text"];
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
const POSITION: &[&str] = &["id", "matter", "round", "member", "position", "at", "by", "meeting", "minute", "text", "statement"];
const ROUND: &[&str] = &["matter", "round", "at", "by", "meeting", "consensus"];

/// What a file says on meetings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calls {
    /// Every record with the fields that are set, but for the rank.
    pub records: Vec<(Record, Fields)>,
    /// Agendas and queues, each the records of one meeting in their order.
    pub orders: Vec<Vec<Record>>,
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
    fn once(&mut self, record: Option<Record>, at: usize) -> Option<Record> {
        let record = record?;
        if let Some(first) = self.records.insert(record.clone(), at) {
            let line = line_of(self.text, first);
            self.faults.add(at, format!("{record} stands here again, first in line {line}; expected it once"));
        }
        Some(record)
    }

    fn meeting(&mut self, table: &Placed<&DeTable<'_>>, calls: &mut Calls) {
        let mut entry = Entry::new(table, MEETING, &mut self.faults);
        let id = entry.keys.word::<MeetingId>("id", entry.faults);
        entry.keys.missing("id", "the name of the meeting, such as \"plenary-43\"", entry.faults);
        entry.set(Field::Name, id.as_ref().map(|id| &id.value));
        entry.number::<u32>(Field::Number);
        entry.word::<MeetingKind>(Field::Kind);
        entry.lines(&[Field::Title, Field::Place, Field::Facilitator]);
        entry.days(&[Field::Date]);
        entry.moments(&[Field::Started, Field::Ended, Field::Paused, Field::Since]);
        entry.counted::<u16>(Field::Item);
        let below = ["agenda", "queue", "roll", "reports"].map(|key| entry.keys.tables(key, entry.faults));
        let fields = entry.fields;
        let Some(id) = id else { return };
        let record = self.once(Some(Record::Meeting(id.value.clone())), id.at);
        self.check_meeting(&id, table, &fields);
        calls.records.extend(record.map(|record| (record, fields)));
        let [agenda, queue, roll, reports] = below;
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
        calls.orders.extend(orders.into_iter().filter(|order| !order.is_empty()));
    }

    fn check_meeting(&mut self, id: &Placed<MeetingId>, table: &Placed<&DeTable<'_>>, fields: &Fields) {
        let faults = &mut self.faults;
        if let Some(quoted) = self.review.catalogue.meetings.iter().find(|meeting| meeting.id == id.value) {
            faults.add(id.at, format!("{} is quoted from {}; expected a meeting of the team's own", id.value, quoted.source));
        }
        let place = |key: &str| table.value.get(key).map_or(table.at, |value| value.span().start);
        let (started, ended) = (fields.get(&Field::Started), fields.get(&Field::Ended));
        // Moments are all spelled alike, so that their texts compare as they do.
        if let Some(ended) = ended.filter(|ended| started.is_none_or(|started| started > *ended)) {
            let expected = "expected started, and no later than that";
            faults.add(place("ended"), format!("{} ended at {ended}, but did not start before; {expected}", id.value));
        }
        if started.is_none() || ended.is_some() {
            return;
        }
        let here = self.review.calls.running().map(|(running, _)| running).filter(|running| **running != id.value);
        // One that is over here is not started again by an older file.
        let over = self.review.calls.meetings.get(&id.value).is_some_and(|held| held.ended.is_some());
        if let Some(other) = here.filter(|_| !over).or(self.running.as_ref()) {
            let fault = format!("{} would run, and {other} runs already; only one call does: expected ended", id.value);
            faults.add(place("started"), fault);
        }
        if !over {
            self.running = Some(id.value.clone());
        }
    }

    fn agenda(&mut self, id: &MeetingId, table: &Placed<&DeTable<'_>>) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, AGENDA, &mut self.faults);
        let item = entry.counting::<u16>("item");
        entry.keys.missing("item", "the number under which the item was made", entry.faults);
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
        entry.keys.missing("recommendation", "the number of a recommendation", entry.faults);
        let outcome = entry.word::<Outcome>(Field::Outcome);
        entry.prose(&[Field::Reason]);
        let deferred = outcome.filter(|word| word.value == Outcome::Deferred && !entry.fields.contains_key(&Field::Reason));
        if let Some(word) = deferred {
            entry.faults.add(word.at, "deferred, but without a reason; expected one, reason = \"...\"");
        }
        let fields = entry.fields;
        let known = number.and_then(|number| self.known_recommendation(number))?;
        let record = self.once(Some(Record::Queued(id.clone(), known.number)), table.at)?;
        Some((record, fields))
    }

    fn attendance(&mut self, id: &MeetingId, table: &Placed<&DeTable<'_>>) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, ROLL, &mut self.faults);
        let name = entry.keys.line("name", entry.faults).map(|name| name.value);
        entry.keys.missing("name", "the name of who was there", entry.faults);
        entry.word::<Presence>(Field::Presence);
        entry.moments(&[Field::At]);
        entry.prose(&[Field::Interest]);
        if ["presence", "interest"].iter().all(|key| entry.keys.raw(key).is_none()) {
            entry.faults.add(table.at, "it says nothing of anybody; expected presence or interest");
        }
        let read = entry.done(name.map(|name| Record::Attendance(id.clone(), name)));
        self.once(read.as_ref().map(|(record, _)| record.clone()), table.at);
        read
    }

    fn report(&mut self, id: &MeetingId, table: &Placed<&DeTable<'_>>) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, REPORT, &mut self.faults);
        let version = entry.counting::<u16>("version");
        entry.keys.missing("version", "which version it is, counted from 1", entry.faults);
        entry.moments(&[Field::At]);
        entry.lines(&[Field::By]);
        entry.flags(&[Field::Locked]);
        let text = entry.keys.verbatim("text", entry.faults);
        entry.set(Field::Text, text);
        entry.needs(&[AT, BY, (Field::Text, "the text that went out")]);
        let read = entry.done(version.map(|version| Record::Report(id.clone(), version)));
        self.once(read.as_ref().map(|(record, _)| record.clone()), table.at);
        read
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
        entry.needs(&[(Field::Number, "its number in the register"), AT, BY, (Field::Text, "what was decided")]);
        let read = entry.done(id.map(Record::Decision));
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
        match entry.keys.raw("due").map(|due| due.get_ref().as_str().is_some()) {
            Some(true) => drop(entry.word::<Due>(Field::Due)),
            _ => entry.days(&[Field::Due]),
        }
        entry.flags(&[Field::Withdrawn]);
        entry.prose(&[Field::Text, Field::Progress, Field::Response]);
        let requested = (Field::Requested, "the day on which it was asked for, such as 2018-09-13");
        entry.needs(&[(Field::Number, "its number in the tracker"), requested, AT, BY, (Field::Text, "what is to be done")]);
        let read = entry.done(id.map(Record::Action));
        self.checked(read, about, table.at)
    }

    fn position(&mut self, table: &Placed<&DeTable<'_>>, matters: &mut Vec<Placed<Matter>>) -> Option<(Record, Fields)> {
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
        let (matter, round) = ((Field::Matter, "rec 11, or decision and its id"), (Field::Round, "the round, counted from 1"));
        let (member, stance) = ((Field::Member, "who takes it"), (Field::Position, "agree, object, abstain, absent or not heard"));
        entry.needs(&[matter, round, member, stance, AT, BY]);
        let read = entry.done(id.map(Record::Position));
        self.checked(read, None, table.at)
    }

    fn round(&mut self, table: &Placed<&DeTable<'_>>, matters: &mut Vec<Placed<Matter>>) -> Option<(Record, Fields)> {
        let mut entry = Entry::new(table, ROUND, &mut self.faults);
        let (matter, round) = (entry.word::<Matter>(Field::Matter), entry.counted::<u16>(Field::Round));
        entry.moments(&[Field::At]);
        entry.lines(&[Field::By]);
        entry.word::<MeetingId>(Field::Meeting);
        entry.word::<Consensus>(Field::Consensus);
        entry.needs(&[(Field::Matter, "rec 11, or decision and its id"), (Field::Round, "the round, counted from 1"), AT, BY]);
        let key = matter.clone().zip(round).map(|(matter, round)| Record::Round(matter.value, round));
        // They are its name, and no fields of it.
        entry.fields.remove(&Field::Matter);
        entry.fields.remove(&Field::Round);
        let read = entry.done(key);
        matters.extend(matter);
        self.checked(read, None, table.at)
    }

    fn checked(&mut self, read: Option<(Record, Fields)>, about: Option<Placed<About>>, at: usize) -> Option<(Record, Fields)> {
        self.once(read.as_ref().map(|(record, _)| record.clone()), at);
        match about.as_ref().map(|about| &about.value) {
            Some(About::Recommendation(RecommendationNumber(number))) => {
                self.known_recommendation(Placed { value: *number, at: about.map_or(at, |about| about.at) });
            }
            Some(About::Question(number)) => {
                check_question(self.review, *number, about.as_ref().map_or(at, |about| about.at), &mut self.faults);
            }
            Some(About::Meeting(_)) | None => {}
        }
        read
    }

    fn check_matter(&mut self, matter: &Placed<Matter>) {
        match &matter.value {
            Matter::Assessment(number) => drop(self.known_recommendation(Placed { value: number.0, at: matter.at })),
            Matter::Decision(id) => {
                let known = self.review.calls.decisions.contains_key(id) || self.records.contains_key(&Record::Decision(id.clone()));
                if !known {
                    let fault = format!("there is no decision {id}, here or in the file; expected the one that the position is on");
                    self.faults.add(matter.at, fault);
                }
            }
        }
    }
}
