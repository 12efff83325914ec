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
use super::record::meeting::{During, Meeting};
use super::record::position::Matter;
use super::record::queued::Queued;
use super::record::report_version::ReportVersion;
use super::record::round::Round;
use super::vocabulary::Presence;

impl Records {
    /// The meeting that runs.
    pub fn running(&self) -> Option<(&MeetingId, &Meeting)> {
        let mut meetings = self.meetings.iter();
        meetings.find(|(_, meeting)| meeting.is_running())
    }

    /// The agenda of a meeting, in its order.
    pub fn agenda_of(&self, id: &MeetingId) -> Vec<(&AgendaItemId, &AgendaItem)> {
        let items = self.agenda.iter().filter(|(_, item)| item.meeting == *id);
        sorted(items, |item| (item.rank, item.number))
    }

    /// The place of an item on the agenda of its meeting, counted from 1, which is the number that people see.
    pub fn place_of(&self, item: &AgendaItemId) -> Option<usize> {
        let meeting = &self.agenda.get(item)?.meeting;
        let mut items = self.agenda_of(meeting).into_iter();
        items.position(|(id, _)| id == item).map(|at| at + 1)
    }

    /// The recommendations queued for a meeting, in their order.
    pub fn queue_of(&self, id: &MeetingId) -> Vec<(RecommendationNumber, &Queued)> {
        let queue = self.queue.iter().filter(|((of, _), _)| of == id);
        let numbered = queue.map(|((_, number), queued)| (*number, queued));
        sorted(numbered, |queued| queued.rank)
    }

    /// Who was at a meeting, by name.
    pub fn roll_of(&self, id: &MeetingId) -> impl Iterator<Item = (&str, &Attendance)> {
        let roll = self.roll.iter().filter(move |((of, _), _)| of == id);
        roll.map(|((_, name), attendance)| (name.as_str(), attendance))
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
        let versions = self.reports.iter();
        let versions = versions.filter(|(_, report)| report.meeting == *id);
        sorted(versions, |report| report.version).into_iter()
    }

    /// The round of positions with this number, if more is known of it than its positions.
    pub fn round(&self, matter: &Matter, number: u16) -> Option<(&Id, &Round)> {
        let mut rounds = self.rounds.iter();
        rounds.find(|(_, round)| round.matter == *matter && round.round == number)
    }

    /// The decisions that were not withdrawn, by number.
    pub fn decisions(&self) -> Vec<(&Id, &Decision)> {
        let decisions = self.decisions.iter();
        let decisions = decisions.filter(|(_, decision)| !decision.withdrawn);
        sorted(decisions, |decision| (decision.number, decision.at))
    }

    /// The action items that were not withdrawn, by number.
    pub fn actions(&self) -> Vec<(&Id, &Action)> {
        let actions = self.actions.iter().filter(|(_, action)| !action.withdrawn);
        sorted(actions, |action| (action.number, action.at))
    }
}

/// Records by what `place` says of them; those of one place stay in the order of their keys.
fn sorted<'a, K, T, P: Ord>(
    records: impl Iterator<Item = (K, &'a T)>,
    place: impl Fn(&T) -> P,
) -> Vec<(K, &'a T)> {
    let mut records: Vec<(K, &T)> = records.collect();
    records.sort_by_key(|(_, record)| place(record));
    records
}

impl During {
    /// The meeting, the minute and the agenda item, for the fields of a record.
    pub(in crate::model) fn parts(
        during: Option<During>,
    ) -> (Option<MeetingId>, Option<u32>, Option<AgendaItemId>) {
        during.map_or((None, None, None), |during| {
            (Some(during.meeting), Some(during.minute), during.item)
        })
    }
}
