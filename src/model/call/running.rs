//! The call while it runs: started, item after item, resting, ended.
//!
//! One meeting runs at a time. Everything is kept as moments on the disk, so that a crash, a closed lid or a restart lose nothing: the time
//! of the open item is what was counted before and what has passed since it was opened.

use super::planning::{carried, own};
use crate::error::{Error, Result};
use crate::model::edit::{existing, refuse_if};
use crate::model::ids::{AgendaItemId, MeetingId, RecommendationNumber};
use crate::model::journal::change::{Change, Edit};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::assessment::{Assessment, is_content};
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::Record;
use crate::model::record::meeting::{During, Meeting};
use crate::model::record::position::Position;
use crate::model::record::queued::Queued;
use crate::model::review::Review;
use crate::model::vocabulary::{Outcome, Standing};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeSet;

/// Starts a meeting with the first item of its agenda; `today` is the day that it is where it takes place.
///
/// # Errors
/// A meeting of a source, one that runs or is over; another one that runs.
pub fn start(
    review: &Review,
    id: &MeetingId,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Edit> {
    let meeting = own(review, id)?;
    if let Some((running, _)) = review.records.running() {
        let message = format!(
            "{} runs; only one meeting can.",
            review.meeting_label(running)
        );
        return Err(Error::slip(message).hint("L ends it."));
    }
    let call = review.meeting_label(id);
    if meeting.ended.is_some() {
        return Err(Error::slip(format!("{call} is over.")).hint("N plans the next one."));
    }
    let agenda = review.records.agenda_of(id);
    let first = agenda.first().map(|(item, _)| (*item).clone());
    let after = Meeting {
        started: Some(now),
        date: Some(today),
        paused: None,
        since: first.as_ref().map(|_| now),
        item: first.clone(),
        ..meeting.clone()
    };
    let mut made = changes_to(review, id, &after);
    made.extend(first.iter().flat_map(|item| opened(review, item, now)));
    Ok(Edit::new(format!("{call} started"), made))
}

fn changes_to(review: &Review, id: &MeetingId, after: &Meeting) -> Vec<Change> {
    review.changes_to(&Record::Meeting(id.clone()), after)
}

fn opened(review: &Review, item: &AgendaItemId, now: DateTime<Utc>) -> Vec<Change> {
    let record = Record::Agenda(item.clone());
    review.changes_of(&record, AgendaItem::OPENED, &Some(now))
}

fn running(review: &Review) -> Result<(&MeetingId, &Meeting)> {
    let running = review.records.running();
    running.ok_or_else(|| Error::slip("No call is running.").hint("L starts one."))
}

/// Opens the next item of the agenda.
///
/// # Errors
/// No call that runs; the last item being open.
pub fn next_item(review: &Review, now: DateTime<Utc>) -> Result<Edit> {
    let (id, meeting) = running(review)?;
    let items = review.records.agenda_of(id);
    let open = meeting.item.as_ref();
    let at = open.and_then(|open| items.iter().position(|(item, _)| *item == open));
    match items.get(at.map_or(0, |at| at + 1)) {
        Some((item, _)) => open_item(review, item, now),
        None => Err(Error::slip("That was the last agenda item.").hint("L ends the call.")),
    }
}

/// Opens an item of the agenda of the call that runs.
///
/// # Errors
/// No call that runs; an item that is not there.
pub fn open_item(review: &Review, item: &AgendaItemId, now: DateTime<Utc>) -> Result<Edit> {
    let (id, meeting) = running(review)?;
    let known = review.records.agenda.get(item);
    let known = known.filter(|known| known.meeting == *id);
    let (known, place) = existing(known.zip(review.records.place_of(item)), "agenda item")?;
    let label = format!("Item {place}: {}", known.title());
    if meeting.item.as_ref() == Some(item) {
        return Ok(Edit::nothing(format!("{label} is open")));
    }
    let after = Meeting {
        item: Some(item.clone()),
        since: meeting.paused.is_none().then_some(now),
        ..meeting.clone()
    };
    let mut made = changes_to(review, id, &after);
    made.extend(counted(review, meeting, now));
    made.extend(opened(review, item, now));
    Ok(Edit::new(label, made))
}

/// Lets the call rest: the time of the open item is not counted until it goes on.
///
/// # Errors
/// No call that runs.
pub fn pause(review: &Review, now: DateTime<Utc>) -> Result<Edit> {
    let (id, meeting) = running(review)?;
    let label = format!("{} rests", review.meeting_label(id));
    if meeting.paused.is_some() {
        return Ok(Edit::nothing(format!("{label} already")));
    }
    let after = Meeting {
        paused: Some(now),
        since: None,
        ..meeting.clone()
    };
    let mut made = changes_to(review, id, &after);
    made.extend(counted(review, meeting, now));
    Ok(Edit::new(label, made))
}

/// Writes what was counted for the open item into it.
fn counted(review: &Review, meeting: &Meeting, now: DateTime<Utc>) -> Vec<Change> {
    let open = meeting.item.as_ref();
    let Some((id, item)) = open.and_then(|id| Some((id, review.records.agenda.get(id)?))) else {
        return Vec::new();
    };
    let used = Some(item.used(meeting.counting(now))).filter(|used| *used > 0);
    review.changes_of(&Record::Agenda(id.clone()), AgendaItem::USED, &used)
}

/// Lets a resting call go on.
///
/// # Errors
/// No call that runs.
pub fn resume(review: &Review, now: DateTime<Utc>) -> Result<Edit> {
    let (id, meeting) = running(review)?;
    let call = review.meeting_label(id);
    if meeting.paused.is_none() {
        return Ok(Edit::nothing(format!("{call} runs")));
    }
    let after = Meeting {
        paused: None,
        since: meeting.item.as_ref().map(|_| now),
        ..meeting.clone()
    };
    let made = changes_to(review, id, &after);
    Ok(Edit::new(format!("{call} goes on"), made))
}

/// Ends the call at a moment, and carries what it did not come to on to the meeting that is planned next.
///
/// # Errors
/// No call that runs; a moment before its start.
pub fn end(review: &Review, at: DateTime<Utc>) -> Result<Edit> {
    let (id, meeting) = running(review)?;
    let call = review.meeting_label(id);
    refuse_if(meeting.started.is_some_and(|started| at < started), || {
        format!("{call} cannot end before it started.")
    })?;
    // A rest that began after this moment does not count either.
    let counts = meeting.since.is_none_or(|since| since <= at);
    let after = Meeting {
        ended: Some(at),
        paused: None,
        since: None,
        item: None,
        ..meeting.clone()
    };
    let mut made = changes_to(review, id, &after);
    if counts {
        made.extend(counted(review, meeting, at));
    }
    made.extend(carried(review, id));
    Ok(Edit::new(format!("{call} ended"), made))
}

impl Review {
    /// Where in the running call something was said at a moment; nothing while no call runs.
    pub fn during(&self, at: DateTime<Utc>) -> Option<During> {
        let (id, meeting) = self.records.running()?;
        // What was said just before the call was started belongs to its beginning.
        let at = meeting.started.map_or(at, |started| at.max(started));
        // The item that was open then: the one opened last before that moment.
        let agenda = self.records.agenda_of(id).into_iter();
        let opened = agenda.filter(|(_, item)| item.opened.is_some_and(|opened| opened <= at));
        let open = opened.max_by_key(|(_, item)| item.opened);
        Some(During {
            meeting: id.clone(),
            minute: meeting.minute(at),
            item: open.map(|(item, _)| item.clone()),
        })
    }

    /// The recommendation that the running call comes to next: the first in its queue that waits, `but` this one.
    pub fn next_queued(&self, but: Option<RecommendationNumber>) -> Option<RecommendationNumber> {
        let (id, _) = self.records.running()?;
        let mut queue = self.records.queue_of(id).into_iter();
        let next = queue.find(|(number, queued)| queued.outcome.is_none() && Some(*number) != but);
        next.map(|(number, _)| number)
    }
}

/// The recommendations on which changes record what a call is for: findings that others may read, decisions, action items, positions, what the
/// assessment says and how far it has come. Who holds the pen, or what it waits for, is not it.
pub fn touched(review: &Review, changes: &[Change]) -> BTreeSet<RecommendationNumber> {
    let is_private = changes.iter().any(|c| c.field == Finding::PRIVATE);
    let on = |change: &Change| {
        if matches!(change.record, Record::Assessment(_)) && !says_something(change) {
            return None;
        }
        // The matter of a position is written like what a finding is about, unless it is a decision.
        if [Finding::ABOUT, Position::MATTER].contains(&change.field)
            && !matches!(change.record, Record::Round(_))
        {
            let about: About = change.after.as_deref()?.parse().ok()?;
            return review.recommendation_of(&about);
        }
        change.record.recommendation()
    };
    let public = changes.iter().filter(|_| !is_private);
    public.filter_map(on).collect()
}

/// Whether a change of an assessment is of what a call is for. A draft is what any first entry makes of it.
fn says_something(change: &Change) -> bool {
    let stands = change.field == Assessment::STANDING
        && change.after.as_deref() != Some(Standing::Draft.word());
    is_content(change.field) || change.field == Assessment::CONSENSUS || stands
}

/// Notes, in the edit itself, that the running call has come to the queued recommendations on which it records something.
#[must_use]
pub fn reaching(review: &Review, mut edit: Edit) -> Edit {
    let Some((id, _)) = review.records.running() else {
        return edit;
    };
    for number in touched(review, &edit.changes) {
        let key = (id.clone(), number);
        let queued = review.records.queue.get(&key);
        let waits = queued.is_some_and(|queued| queued.outcome.is_none());
        let record = Record::Queued(key);
        if waits && !edit.changes.iter().any(|change| change.record == record) {
            let reached = review.changes_of(&record, Queued::OUTCOME, &Some(Outcome::Reached));
            edit.changes.extend(reached);
        }
    }
    edit
}
