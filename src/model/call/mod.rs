//! What a person may do with meetings, and what follows from the records of calls.
//!
//! Planning and running a call ([`planning`], [`agenda`], [`running`], [`roll`]), decisions and action items ([`register`]), positions ([`position`]); [`consensus`] holds the
//! rule by which a designation is suggested, [`edits`] what was changed since something was put to the team, [`sent`] what a report that went out forbids.

pub mod agenda;
pub mod agreement;
pub mod consensus;
pub mod edits;
pub mod planning;
pub mod position;
pub mod register;
pub mod roll;
pub mod running;
pub mod sent;

use super::ids::{AgendaItemId, Id, MeetingId, RecommendationNumber};
use super::record::action::Action;
use super::record::agenda_item::AgendaItem;
use super::record::attendance::Attendance;
use super::record::decision::Decision;
use super::record::kinds::Records;
use super::record::meeting::Meeting;
use super::record::position::Matter;
use super::record::queued::Queued;
use super::record::report_version::ReportVersion;
use super::record::round::Round;
use super::vocabulary::Presence;
use std::collections::BTreeMap;

impl Records {
    /// The meeting that runs.
    pub fn running(&self) -> Option<(&MeetingId, &Meeting)> {
        self.meetings
            .iter()
            .find(|(_, meeting)| meeting.is_running())
    }

    /// The agenda of a meeting, in its order.
    pub fn agenda_of(&self, id: &MeetingId) -> Vec<(&AgendaItemId, &AgendaItem)> {
        let mut items: Vec<_> = self
            .agenda
            .iter()
            .filter(|(_, item)| item.meeting == *id)
            .collect();
        items.sort_by_key(|(_, item)| (item.rank, item.number));
        items
    }

    /// The place of an item on the agenda of its meeting, counted from 1, which is the number that people see.
    pub fn place_of(&self, item: &AgendaItemId) -> Option<usize> {
        let meeting = &self.agenda.get(item)?.meeting;
        let mut items = self.agenda_of(meeting).into_iter();
        items.position(|(id, _)| id == item).map(|at| at + 1)
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

    /// The versions of a call's report that went out, oldest first.
    pub fn reports_of(
        &self,
        id: &MeetingId,
    ) -> impl DoubleEndedIterator<Item = (&Id, &ReportVersion)> {
        let mut versions: Vec<_> = self
            .reports
            .iter()
            .filter(|(_, report)| report.meeting == *id)
            .collect();
        versions.sort_by_key(|(_, report)| report.version);
        versions.into_iter()
    }

    /// The round of positions with this number, if more is known of it than its positions.
    pub fn round(&self, matter: &Matter, number: u16) -> Option<(&Id, &Round)> {
        self.rounds
            .iter()
            .find(|(_, round)| round.matter == *matter && round.round == number)
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
