//! The call while it runs: started, item after item, resting, ended.
//!
//! One meeting runs at a time. Everything is kept as moments on the disk, so that a crash, a closed lid or a restart lose nothing: the time
//! of the open item is what was counted before and what has passed since it was opened.

use super::planning::{carried, own};
use crate::error::{Error, Result};
use crate::model::edit::changes;
use crate::model::ids::{AgendaItemId, MeetingId, RecommendationNumber};
use crate::model::journal::change::{Change, Edit};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::assessment::{Assessment, is_content};
use crate::model::record::describe::Described;
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
        return Err(Error::slip(format!(
            "{} runs; only one meeting can.",
            review.meeting_label(running)
        ))
        .hint("L ends it."));
    }
    if meeting.ended.is_some() {
        return Err(
            Error::slip(format!("{} is over.", review.meeting_label(id)))
                .hint("N plans the next one."),
        );
    }
    let after = Meeting {
        started: Some(now),
        date: Some(today),
        paused: None,
        item: None,
        since: None,
        ..meeting.clone()
    };
    let first = review.records.agenda_of(id).first().map(|(item, _)| *item);
    let mut edit = Edit {
        label: format!("{} started", review.meeting_label(id)),
        changes: on(id, meeting, &after),
    };
    if let Some(first) = first {
        edit.changes = open(review, id, &after, Some(first), now, edit.changes);
    }
    Ok(edit)
}

fn on(id: &MeetingId, before: &Meeting, after: &Meeting) -> Vec<Change> {
    changes(
        &Record::Meeting(id.clone()),
        &before.to_fields(),
        &after.to_fields(),
    )
}

/// Closes the open item, opens another, and adds the changes to those made so far; `meeting` is as it stands after those.
fn open(
    review: &Review,
    id: &MeetingId,
    meeting: &Meeting,
    item: Option<&AgendaItemId>,
    now: DateTime<Utc>,
    made: Vec<Change>,
) -> Vec<Change> {
    let after = Meeting {
        item: item.cloned(),
        since: item.filter(|_| meeting.paused.is_none()).map(|_| now),
        ..meeting.clone()
    };
    let mut made = Edit {
        label: String::new(),
        changes: made,
    }
    .then(Edit {
        label: String::new(),
        changes: on(id, meeting, &after),
    })
    .changes;
    let before = meeting.item.as_ref();
    if before == item {
        return made;
    }
    made.extend(counted(review, meeting, now));
    if let Some((id, held)) = item.and_then(|id| Some((id, review.records.agenda.get(id)?))) {
        let after = AgendaItem {
            opened: Some(now),
            ..held.clone()
        };
        let record = Record::Agenda(id.clone());
        made.extend(changes(&record, &held.to_fields(), &after.to_fields()));
    }
    made
}

fn running(review: &Review) -> Result<(&MeetingId, &Meeting)> {
    review
        .records
        .running()
        .ok_or_else(|| Error::slip("No call runs.").hint("L starts one."))
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
    let known = review
        .records
        .agenda
        .get(item)
        .filter(|held| held.meeting == *id);
    let (held, place) = known
        .zip(review.records.place_of(item))
        .ok_or_else(|| Error::slip("There is no such agenda item any more."))?;
    let label = format!("Item {place}: {}", held.title());
    if meeting.item.as_ref() == Some(item) {
        return Ok(Edit {
            label: format!("{label} is open"),
            changes: Vec::new(),
        });
    }
    Ok(Edit {
        label,
        changes: open(review, id, meeting, Some(item), now, Vec::new()),
    })
}

/// Lets the call rest: the time of the open item is not counted until it goes on.
///
/// # Errors
/// No call that runs.
pub fn pause(review: &Review, now: DateTime<Utc>) -> Result<Edit> {
    let (id, meeting) = running(review)?;
    let label = format!("{} rests", review.meeting_label(id));
    if meeting.paused.is_some() {
        return Ok(Edit {
            label: format!("{label} already"),
            changes: Vec::new(),
        });
    }
    let after = Meeting {
        paused: Some(now),
        since: None,
        ..meeting.clone()
    };
    let mut made = on(id, meeting, &after);
    made.extend(counted(review, meeting, now));
    Ok(Edit {
        label,
        changes: made,
    })
}

/// Writes what was counted for the open item into it.
fn counted(review: &Review, meeting: &Meeting, now: DateTime<Utc>) -> Vec<Change> {
    let item = meeting.item.as_ref();
    let Some((id, held)) = item.and_then(|id| Some((id, review.records.agenda.get(id)?))) else {
        return Vec::new();
    };
    let after = AgendaItem {
        used: Some(held.used(meeting.counting(now))).filter(|used| *used > 0),
        ..held.clone()
    };
    let record = Record::Agenda(id.clone());
    changes(&record, &held.to_fields(), &after.to_fields())
}

/// Lets a resting call go on.
///
/// # Errors
/// No call that runs.
pub fn resume(review: &Review, now: DateTime<Utc>) -> Result<Edit> {
    let (id, meeting) = running(review)?;
    let label = format!("{} goes on", review.meeting_label(id));
    if meeting.paused.is_none() {
        return Ok(Edit {
            label: format!("{} runs", review.meeting_label(id)),
            changes: Vec::new(),
        });
    }
    let after = Meeting {
        paused: None,
        since: meeting.item.as_ref().map(|_| now),
        ..meeting.clone()
    };
    Ok(Edit {
        label,
        changes: on(id, meeting, &after),
    })
}

/// Ends the call at a moment, and carries what it did not come to on to the meeting that is planned next.
///
/// # Errors
/// No call that runs; a moment before its start.
pub fn end(review: &Review, at: DateTime<Utc>) -> Result<Edit> {
    let (id, meeting) = running(review)?;
    if meeting.started.is_some_and(|started| at < started) {
        return Err(Error::slip(format!(
            "{} cannot end before it started.",
            review.meeting_label(id)
        )));
    }
    // A rest that began after this moment does not count either.
    let counts = meeting.since.is_none_or(|since| since <= at);
    let after = Meeting {
        ended: Some(at),
        paused: None,
        since: None,
        item: None,
        ..meeting.clone()
    };
    let mut made = on(id, meeting, &after);
    if counts {
        made.extend(counted(review, meeting, at));
    }
    made.extend(carried(review, id));
    Ok(Edit {
        label: format!("{} ended", review.meeting_label(id)),
        changes: made,
    })
}

impl Review {
    /// Where in the running call something was said at a moment; nothing while no call runs.
    pub fn during(&self, at: DateTime<Utc>) -> Option<During> {
        let (id, meeting) = self.records.running()?;
        // What was said just before the call was started belongs to its beginning.
        let at = meeting.started.map_or(at, |started| at.max(started));
        // The item that was open then: the one opened last before that moment.
        let opened = self
            .records
            .agenda_of(id)
            .into_iter()
            .filter(|(_, held)| held.opened.is_some_and(|opened| opened <= at));
        let item = opened
            .max_by_key(|(_, held)| held.opened)
            .map(|(item, _)| item.clone());
        Some(During {
            meeting: id.clone(),
            minute: meeting.minute(at),
            item,
        })
    }

    /// The recommendation that the running call comes to next: the first in its queue that waits, `but` this one.
    pub fn next_queued(&self, but: Option<RecommendationNumber>) -> Option<RecommendationNumber> {
        let (id, _) = self.records.running()?;
        let queue = self.records.queue_of(id);
        queue
            .into_iter()
            .find(|(number, held)| held.outcome.is_none() && Some(*number) != but)
            .map(|(number, _)| number)
    }
}

/// The recommendations on which changes record what a call is for: findings that others may read, decisions, action items, positions, what the
/// assessment says and how far it has come. Who holds the pen, or what it waits for, is not it.
pub fn touched(review: &Review, changes: &[Change]) -> BTreeSet<RecommendationNumber> {
    let is_private = changes.iter().any(|change| {
        change.field == Finding::PRIVATE && (change.after.is_some() || change.before.is_some())
    });
    let on = |change: &Change| match &change.record {
        Record::Finding(_) | Record::Decision(_) | Record::Action(_)
            if change.field == Finding::ABOUT =>
        {
            change
                .after
                .as_deref()
                .and_then(|about| about.parse::<About>().ok())
                .and_then(|about| review.recommendation_of(&about))
        }
        Record::Position(_) if change.field == Position::MATTER => change
            .after
            .as_deref()
            .and_then(|matter| matter.strip_prefix("rec ")?.parse().ok()),
        Record::Assessment(number) if says_something(change) => Some(*number),
        Record::Deliverable(number) => Some(number.recommendation),
        _ => None,
    };
    changes
        .iter()
        .filter(|_| !is_private)
        .filter_map(on)
        .collect()
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
        let record = Record::Queued((id.clone(), number));
        let waits = review
            .records
            .queue
            .get(&(id.clone(), number))
            .is_some_and(|held| held.outcome.is_none());
        if waits && !edit.changes.iter().any(|change| change.record == record) {
            edit.changes.push(Change {
                record,
                field: Queued::OUTCOME,
                before: None,
                after: Some(Outcome::Reached.word().to_owned()),
            });
        }
    }
    edit
}
