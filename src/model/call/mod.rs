//! The call: meetings with their agendas, queues and roll calls, what was decided and who does what, and how the team stands to it.
//!
//! Records first ([`meeting`], [`register`], [`position`]), all of them held together in [`Calls`]; then what a person may do with them
//! ([`planning`], [`running`], [`roll`], [`register`], [`position`]), pure as [`super::edit`] is; [`consensus`] holds the rule by which a
//! designation is suggested, [`edits`] what was changed since something was put to the team, [`sent`] what a report that went out forbids.

pub mod agreement;
pub mod consensus;
pub mod edits;
pub mod meeting;
pub mod planning;
pub mod position;
pub mod register;
pub mod roll;
pub mod running;
pub mod sent;

use super::change::Record;
use super::fields::{BadField, Fields};
use super::ids::{Id, MeetingId, RecommendationNumber};
use super::vocabulary::Presence;
use meeting::{AgendaItem, Attendance, Meeting, Queued, Version};
use position::{Matter, Position, Round};
use register::{Action, Decision};
use std::collections::BTreeMap;

/// Everything the team recorded on its meetings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calls {
    /// The meetings that no source tells of.
    pub meetings: BTreeMap<MeetingId, Meeting>,
    /// The items of their agendas.
    pub agenda: BTreeMap<(MeetingId, u16), AgendaItem>,
    /// The recommendations queued for them.
    pub queue: BTreeMap<(MeetingId, RecommendationNumber), Queued>,
    /// Who was there.
    pub roll: BTreeMap<(MeetingId, String), Attendance>,
    /// All decisions, also withdrawn ones.
    pub decisions: BTreeMap<Id, Decision>,
    /// All action items, also withdrawn ones.
    pub actions: BTreeMap<Id, Action>,
    /// Every position ever taken.
    pub positions: BTreeMap<Id, Position>,
    /// The rounds of which more is known than their positions.
    pub rounds: BTreeMap<(Matter, u16), Round>,
    /// The reports that went out.
    pub reports: BTreeMap<(MeetingId, u16), Version>,
}

/// Sets or removes a record.
fn set<K: Ord, V>(
    map: &mut BTreeMap<K, V>,
    key: K,
    fields: Fields,
    read: fn(Fields) -> Result<V, BadField>,
) -> Result<(), BadField> {
    if fields.is_empty() {
        map.remove(&key);
    } else {
        map.insert(key, read(fields)?);
    }
    Ok(())
}

impl Calls {
    /// The fields of a record of a meeting; nothing for any other record.
    pub fn fields(&self, record: &Record) -> Fields {
        match record {
            Record::Meeting(id) => self.meetings.get(id).map(Meeting::to_fields),
            Record::Agenda(id, item) => self
                .agenda
                .get(&(id.clone(), *item))
                .map(AgendaItem::to_fields),
            Record::Queued(id, number) => self
                .queue
                .get(&(id.clone(), *number))
                .map(Queued::to_fields),
            Record::Attendance(id, name) => self
                .roll
                .get(&(id.clone(), name.clone()))
                .map(Attendance::to_fields),
            Record::Decision(id) => self.decisions.get(id).map(Decision::to_fields),
            Record::Action(id) => self.actions.get(id).map(Action::to_fields),
            Record::Position(id) => self.positions.get(id).map(Position::to_fields),
            Record::Round(matter, round) => self
                .rounds
                .get(&(matter.clone(), *round))
                .map(Round::to_fields),
            Record::Report(id, version) => self
                .reports
                .get(&(id.clone(), *version))
                .map(Version::to_fields),
            _ => None,
        }
        .unwrap_or_default()
    }

    /// Sets a record of a meeting to these fields; none means that it is gone. Does nothing with any other record.
    ///
    /// # Errors
    /// Fields that make no such record.
    pub fn put(&mut self, record: &Record, fields: Fields) -> Result<(), BadField> {
        match record.clone() {
            Record::Meeting(id) => set(&mut self.meetings, id, fields, Meeting::from_fields),
            Record::Agenda(id, item) => set(
                &mut self.agenda,
                (id, item),
                fields,
                AgendaItem::from_fields,
            ),
            Record::Queued(id, number) => {
                set(&mut self.queue, (id, number), fields, Queued::from_fields)
            }
            Record::Attendance(id, name) => {
                set(&mut self.roll, (id, name), fields, Attendance::from_fields)
            }
            Record::Decision(id) => set(&mut self.decisions, id, fields, Decision::from_fields),
            Record::Action(id) => set(&mut self.actions, id, fields, Action::from_fields),
            Record::Position(id) => set(&mut self.positions, id, fields, Position::from_fields),
            Record::Round(matter, round) => set(
                &mut self.rounds,
                (matter, round),
                fields,
                Round::from_fields,
            ),
            Record::Report(id, version) => set(
                &mut self.reports,
                (id, version),
                fields,
                Version::from_fields,
            ),
            _ => Ok(()),
        }
    }

    /// Every record there is.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        let meetings = self.meetings.keys().map(|id| Record::Meeting(id.clone()));
        let agenda = self
            .agenda
            .keys()
            .map(|(id, item)| Record::Agenda(id.clone(), *item));
        let queue = self
            .queue
            .keys()
            .map(|(id, number)| Record::Queued(id.clone(), *number));
        let roll = self
            .roll
            .keys()
            .map(|(id, name)| Record::Attendance(id.clone(), name.clone()));
        let decisions = self.decisions.keys().map(|id| Record::Decision(id.clone()));
        let actions = self.actions.keys().map(|id| Record::Action(id.clone()));
        let positions = self.positions.keys().map(|id| Record::Position(id.clone()));
        let rounds = self
            .rounds
            .keys()
            .map(|(matter, round)| Record::Round(matter.clone(), *round));
        let reports = self
            .reports
            .keys()
            .map(|(id, version)| Record::Report(id.clone(), *version));
        meetings
            .chain(agenda)
            .chain(queue)
            .chain(roll)
            .chain(decisions)
            .chain(actions)
            .chain(positions)
            .chain(rounds)
            .chain(reports)
    }

    /// The meeting that runs.
    pub fn running(&self) -> Option<(&MeetingId, &Meeting)> {
        self.meetings
            .iter()
            .find(|(_, meeting)| meeting.is_running())
    }

    /// The agenda of a meeting, in its order, each item with the number it was made under.
    pub fn agenda_of(&self, id: &MeetingId) -> Vec<(u16, &AgendaItem)> {
        let mut items: Vec<_> = of(&self.agenda, id, 0)
            .map(|((_, item), held)| (*item, held))
            .collect();
        items.sort_by_key(|(item, held)| (held.rank, *item));
        items
    }

    /// The place of an item on the agenda, counted from 1, which is the number that people see.
    pub fn place_of(&self, id: &MeetingId, item: u16) -> Option<usize> {
        self.agenda_of(id)
            .iter()
            .position(|(held, _)| *held == item)
            .map(|at| at + 1)
    }

    /// The recommendations queued for a meeting, in their order.
    pub fn queue_of(&self, id: &MeetingId) -> Vec<(RecommendationNumber, &Queued)> {
        let mut queued: Vec<_> = of(&self.queue, id, RecommendationNumber(0))
            .map(|((_, number), held)| (*number, held))
            .collect();
        queued.sort_by_key(|(number, held)| (held.rank, *number));
        queued
    }

    /// Who was at a meeting, by name.
    pub fn roll_of(&self, id: &MeetingId) -> impl Iterator<Item = (&str, &Attendance)> {
        of(&self.roll, id, String::new()).map(|((_, name), held)| (name.as_str(), held))
    }

    /// What somebody is marked as at a meeting.
    pub fn presence(&self, id: &MeetingId, name: &str) -> Option<Presence> {
        self.roll.get(&(id.clone(), name.to_owned()))?.presence
    }

    /// The versions of a call's report that went out.
    pub fn reports_of(&self, id: &MeetingId) -> impl DoubleEndedIterator<Item = (u16, &Version)> {
        of(&self.reports, id, 0).map(|((_, version), held)| (*version, held))
    }

    /// The decisions that were not withdrawn, by number.
    pub fn decisions(&self) -> Vec<(&Id, &Decision)> {
        let mut found: Vec<_> = self
            .decisions
            .iter()
            .filter(|(_, decision)| !decision.withdrawn)
            .collect();
        found.sort_by_key(|(id, decision)| (decision.number, decision.at, (*id).clone()));
        found
    }

    /// The action items that were not withdrawn, by number.
    pub fn actions(&self) -> Vec<(&Id, &Action)> {
        let mut found: Vec<_> = self
            .actions
            .iter()
            .filter(|(_, action)| !action.withdrawn)
            .collect();
        found.sort_by_key(|(id, action)| (action.number, action.at, (*id).clone()));
        found
    }
}

/// The records of one meeting in a map that is ordered by meeting; `first` comes before every other key.
fn of<'a, K: Ord + Clone + 'a, V>(
    map: &'a BTreeMap<(MeetingId, K), V>,
    id: &MeetingId,
    first: K,
) -> impl DoubleEndedIterator<Item = (&'a (MeetingId, K), &'a V)> {
    let id = id.clone();
    // The maps are small; what lies behind the last record of this meeting is left by the filter.
    map.range((id.clone(), first)..)
        .filter(move |((meeting, _), _)| *meeting == id)
}
