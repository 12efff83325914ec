//! What a call's report that went out forbids: what it says is from then on changed by corrections only, which no undo takes back, and not
//! at all once a version is locked.

use super::meeting::{Version, called};
use crate::error::{Error, Result};
use crate::model::change::{Change, Edit, Record};
use crate::model::edit::changes;
use crate::model::fields::Fields;
use crate::model::ids::MeetingId;
use crate::model::private_notes::is_shown_to_all;
use crate::model::review::Review;
use crate::model::text;
use crate::model::vocabulary::Field;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// The meeting whose report says what a change to a record that is there would change.
///
/// What an action item comes to after the call, and what later calls say on a recommendation, is not what the report of this one says.
fn meeting_of(review: &Review, change: &Change) -> Option<MeetingId> {
    let calls = &review.calls;
    match &change.record {
        Record::Meeting(id) => {
            let told = [
                Field::Started,
                Field::Ended,
                Field::Date,
                Field::Facilitator,
                Field::Title,
                Field::Place,
            ];
            told.contains(&change.field).then(|| id.clone())
        }
        Record::Agenda(id, _) | Record::Attendance(id, _) => Some(id.clone()),
        Record::Queued(id, _) => (change.field != Field::Rank).then(|| id.clone()),
        Record::Decision(id) => calls.decisions.get(id)?.meeting.clone(),
        Record::Action(id)
            if matches!(
                change.field,
                Field::Text | Field::Withdrawn | Field::Number | Field::About
            ) =>
        {
            calls.actions.get(id)?.meeting.clone()
        }
        Record::Position(id) => calls.positions.get(id)?.meeting.clone(),
        _ => None,
    }
}

/// The meeting that a record which is made or goes as a whole names by its changes.
fn named(changes: &[&Change]) -> Option<MeetingId> {
    let value = |field: Field| {
        let change = changes.iter().find(|change| change.field == field)?;
        change.after.as_deref().or(change.before.as_deref())
    };
    let carries_its_meeting = |record: &Record| {
        matches!(
            record,
            Record::Decision(_) | Record::Action(_) | Record::Position(_)
        )
    };
    changes
        .iter()
        .find(|change| carries_its_meeting(&change.record))?;
    value(Field::Meeting)?.parse().ok()
}

/// The meeting whose report contains a finding with these fields.
pub fn reporting_meeting(finding: &Fields) -> Option<MeetingId> {
    finding
        .get(&Field::Meeting)
        .filter(|_| is_shown_to_all(finding))?
        .parse()
        .ok()
}

/// The meeting whose report these changes to a finding concern; none if it is in no report before or after them.
fn meeting_affected(review: &Review, record: &Record, changes: &[&Change]) -> Option<MeetingId> {
    let before = review.fields(record);
    let mut after = before.clone();
    for change in changes {
        match &change.after {
            Some(value) => after.insert(change.field, value.clone()),
            None => after.remove(&change.field),
        };
    }
    reporting_meeting(&before).or_else(|| reporting_meeting(&after))
}

/// The changes that change what the report of a meeting says, each with that meeting, in their order; those to private notes never do.
pub fn reported<'a>(review: &Review, changes: &'a [Change]) -> Vec<(&'a Change, MeetingId)> {
    let mut by_record: BTreeMap<&Record, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        by_record.entry(&change.record).or_default().push(change);
    }
    let is_whole = |of: &[&Change]| {
        of.iter().all(|c| c.before.is_none()) || of.iter().all(|c| c.after.is_none())
    };
    let of_all = |(record, of): (&'a Record, Vec<&'a Change>)| match record {
        Record::Finding(_) => Some((record, meeting_affected(review, record, &of)?)),
        _ => Some((record, named(&of).filter(|_| is_whole(&of))?)),
    };
    let wholes: BTreeMap<&Record, MeetingId> = by_record.into_iter().filter_map(of_all).collect();
    let found = changes.iter().map(|change| {
        let meeting = wholes
            .get(&change.record)
            .cloned()
            .or_else(|| meeting_of(review, change))?;
        Some((change, meeting))
    });
    found.flatten().collect()
}

/// The meetings whose reports went out and that say what these changes would change, each with the version that went out last.
fn touched<'a>(review: &'a Review, changes: &[Change]) -> Vec<(MeetingId, u16, &'a Version)> {
    let mut found: Vec<(MeetingId, u16, &Version)> = Vec::new();
    for (_, id) in reported(review, changes) {
        if found.iter().any(|(known, ..)| *known == id) {
            continue;
        }
        let last = review.calls.reports_of(&id).next_back();
        found.extend(last.map(|(number, version)| (id, number, version)));
    }
    found
}

/// Says in its label that an edit corrects a report that went out.
///
/// # Errors
/// A report that is locked.
pub fn as_correction(review: &Review, edit: Edit) -> Result<Edit> {
    let touched = touched(review, &edit.changes);
    if let Some((id, number, _)) = touched.iter().find(|(.., version)| version.locked) {
        return Err(Error::slip(format!(
            "Version {number} of the report of {} is locked; nothing was written.",
            called(id, None)
        ))
        .hint("Unlock it first, on the screen of the meeting."));
    }
    match touched.first() {
        None => Ok(edit),
        Some((id, ..)) => Ok(Edit {
            label: format!("Correction to {}: {}", called(id, None), edit.label),
            ..edit
        }),
    }
}

/// Refuses a step back or forth that would change what a report that went out says, or that it went out; `made_in` is the meeting in which the operation was made
/// that is taken back or repeated.
///
/// # Errors
/// Such a step, with what to do instead.
pub fn refuse_step(
    review: &Review,
    label: &str,
    changes: &[Change],
    made_in: Option<&MeetingId>,
) -> Result<()> {
    let told = |id: &MeetingId, number: u16| {
        let call = called(id, None);
        Error::slip(format!(
            "“{label}” is in the report of {call}, version {number}, which went out; it is not taken back."
        ))
    };
    // Also what a file brought: whoever has it, has it.
    let of_report = changes
        .iter()
        .filter(|change| change.field != Field::Locked)
        .find_map(|change| match &change.record {
            Record::Report(id, number) => Some((id, number)),
            _ => None,
        });
    if let Some((id, number)) = of_report {
        return Err(Error::slip(format!(
            "Version {number} of the report of {} went out; it is not taken back.",
            called(id, None)
        ))
        .hint("Change what is wrong: that is a correction, and the next version says so."));
    }
    if let Some((id, number, _)) = touched(review, changes).first() {
        return Err(told(id, *number)
            .hint("Change it instead: that is a correction, and the next version says so."));
    }
    let sent = made_in.and_then(|id| Some((id, review.calls.reports_of(id).next_back()?.0)));
    match sent.filter(|_| changes.iter().any(|change| is_said_in_a_call(&change.record))) {
        None => Ok(()),
        Some((id, number)) => Err(told(id, number)
            .hint("Record what holds now: the report keeps what was recorded in the call, the record says what came after.")),
    }
}

/// Whether a report tells a change to this kind of record where it was made in its call, though the record does not belong to a meeting.
pub fn is_said_in_a_call(record: &Record) -> bool {
    use Record::{Answer, Assessment, Deliverable, Question, Round};
    matches!(
        record,
        Assessment(_) | Deliverable(_) | Question(_) | Answer(_) | Round(..)
    )
}

/// Notes that a report went out, as the next version; nothing if the last one says the same, if it says nothing, or if a source tells of
/// the meeting: that one is past, and no report of it goes out from here.
pub fn send(review: &Review, id: &MeetingId, text: &str, by: &str, now: DateTime<Utc>) -> Edit {
    // The store reads cleaned text, so that only cleaned text is kept byte for byte.
    let text = text::clean(text).text;
    if text.trim().is_empty() || !review.calls.meetings.contains_key(id) {
        return Edit {
            label: format!("There is no report of {} to send", called(id, None)),
            changes: Vec::new(),
        };
    }
    let last = review.calls.reports_of(id).next_back();
    if let Some((number, _)) = last.filter(|(_, version)| version.text == text) {
        return Edit {
            label: format!("Version {number} of the report of {}", called(id, None)),
            changes: Vec::new(),
        };
    }
    let number = last.map_or(1, |(number, _)| number.saturating_add(1));
    let version = Version {
        at: now,
        by: by.to_owned(),
        text,
        locked: false,
    };
    let changes = changes(
        &Record::Report(id.clone(), number),
        &Fields::new(),
        &version.to_fields(),
    );
    Edit {
        label: format!(
            "Version {number} of the report of {} went out",
            called(id, None)
        ),
        changes,
    }
}

/// Locks or unlocks the version that went out last.
///
/// # Errors
/// No version that went out.
pub fn lock(review: &Review, id: &MeetingId, locked: bool) -> Result<Edit> {
    let Some((number, version)) = review.calls.reports_of(id).next_back() else {
        return Err(Error::slip(format!(
            "No report of {} went out yet, so there is nothing to lock.",
            called(id, None)
        )));
    };
    let after = Version {
        locked,
        ..version.clone()
    };
    let changes = changes(
        &Record::Report(id.clone(), number),
        &version.to_fields(),
        &after.to_fields(),
    );
    let word = if locked { "locked" } else { "unlocked" };
    let label = format!(
        "Version {number} of the report of {} {word}",
        called(id, None)
    );
    Ok(Edit {
        label: if changes.is_empty() {
            format!("{label} already")
        } else {
            label
        },
        changes,
    })
}
