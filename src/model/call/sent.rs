//! What a call's report that went out forbids: what it says is from then on changed by corrections only, which no undo takes back, and not
//! at all once a version is locked.

use crate::error::{Error, Result};
use crate::model::edit::changes;
use crate::model::ids::{Id, MeetingId};
use crate::model::journal::change::{Change, Edit};
use crate::model::private_notes::reporting_meeting;
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::decision::Decision;
use crate::model::record::describe::{Described, Field, Fields};
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::report_version::ReportVersion;
use crate::model::review::Review;
use crate::model::text;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// The meeting whose report says what a change to a record that is there would change.
///
/// What an action item comes to after the call, and what later calls say on a recommendation, is not what the report of this one says.
fn meeting_of(review: &Review, change: &Change) -> Option<MeetingId> {
    let records = &review.records;
    match &change.record {
        Record::Meeting(id) => {
            let told = [
                Meeting::STARTED,
                Meeting::ENDED,
                Meeting::DATE,
                Meeting::FACILITATOR,
                Meeting::TITLE,
                Meeting::PLACE,
            ];
            told.contains(&change.field).then(|| id.clone())
        }
        Record::Agenda(id) => records.agenda.get(id).map(|item| item.meeting.clone()),
        Record::Attendance((id, _)) => Some(id.clone()),
        Record::Queued((id, _)) => (change.field != AgendaItem::RANK).then(|| id.clone()),
        Record::Decision(id) => records.decisions.get(id)?.meeting.clone(),
        Record::Action(id)
            if matches!(
                change.field,
                Finding::TEXT | Finding::WITHDRAWN | Decision::NUMBER | Finding::ABOUT
            ) =>
        {
            records.actions.get(id)?.meeting.clone()
        }
        Record::Position(id) => records.positions.get(id)?.meeting.clone(),
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
    value(Finding::MEETING)?.parse().ok()
}

/// The changes that change what the report of a meeting says, each with that meeting, in their order; those to private notes never do.
pub fn reported<'a>(review: &Review, changes: &'a [Change]) -> Vec<(&'a Change, MeetingId)> {
    let after = review.after(changes);
    let in_report = |finding: &Record| {
        reporting_meeting(&review.fields(finding))
            .or_else(|| reporting_meeting(after.fields(finding)))
    };
    let mut by_record: BTreeMap<&Record, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        by_record.entry(&change.record).or_default().push(change);
    }
    let is_whole = |of: &[&Change]| {
        of.iter().all(|c| c.before.is_none()) || of.iter().all(|c| c.after.is_none())
    };
    let of_all = |(record, of): (&'a Record, Vec<&'a Change>)| match record {
        Record::Finding(_) => Some((record, in_report(record)?)),
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
fn touched<'a>(review: &'a Review, changes: &[Change]) -> Vec<(MeetingId, u16, &'a ReportVersion)> {
    let mut found: Vec<(MeetingId, u16, &ReportVersion)> = Vec::new();
    for (_, id) in reported(review, changes) {
        if found.iter().any(|(known, ..)| *known == id) {
            continue;
        }
        let last = review.records.reports_of(&id).next_back();
        found.extend(last.map(|(_, report)| (id, report.version, report)));
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
            review.meeting_label(id)
        ))
        .hint("Unlock it first, on the screen of the meeting."));
    }
    match touched.first() {
        None => Ok(edit),
        Some((id, ..)) => Ok(Edit {
            label: format!("Correction to {}: {}", review.meeting_label(id), edit.label),
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
        let call = review.meeting_label(id);
        Error::slip(format!(
            "“{label}” is in the report of {call}, version {number}, which went out; it is not taken back."
        ))
    };
    // Also what a file brought: whoever has it, has it.
    let of_report = changes
        .iter()
        .filter(|change| change.field != ReportVersion::LOCKED)
        .find_map(|change| match &change.record {
            Record::Report(id) => reported_version(review, id, changes),
            _ => None,
        });
    if let Some((id, number)) = &of_report {
        return Err(Error::slip(format!(
            "Version {number} of the report of {} went out; it is not taken back.",
            review.meeting_label(id)
        ))
        .hint("Change what is wrong: that is a correction, and the next version says so."));
    }
    if let Some((id, number, _)) = touched(review, changes).first() {
        return Err(told(id, *number)
            .hint("Change it instead: that is a correction, and the next version says so."));
    }
    let last = |id: &MeetingId| Some(review.records.reports_of(id).next_back()?.1.version);
    let sent = made_in.and_then(|id| Some((id, last(id)?)));
    match sent.filter(|_| changes.iter().any(|change| is_said_in_a_call(&change.record))) {
        None => Ok(()),
        Some((id, number)) => Err(told(id, number)
            .hint("Record what holds now: the report keeps what was recorded in the call, the record says what came after.")),
    }
}

/// The meeting and the number of a version that changes make or remove.
fn reported_version(review: &Review, id: &Id, changes: &[Change]) -> Option<(MeetingId, u16)> {
    if let Some(report) = review.records.reports.get(id) {
        return Some((report.meeting.clone(), report.version));
    }
    let value = |field: Field| {
        let is_wanted =
            |change: &&Change| change.record == Record::Report(id.clone()) && change.field == field;
        changes.iter().find(is_wanted)?.after.clone()
    };
    let meeting = value(ReportVersion::MEETING)?.parse().ok()?;
    Some((meeting, value(ReportVersion::VERSION)?.parse().ok()?))
}

/// Whether a report tells a change to this kind of record where it was made in its call, though the record does not belong to a meeting.
pub fn is_said_in_a_call(record: &Record) -> bool {
    use Record::{Answer, Assessment, Deliverable, Question, Round};
    matches!(
        record,
        Assessment(_) | Deliverable(_) | Question(_) | Answer(_) | Round(_)
    )
}

/// Notes that a report went out, as the next version; nothing if the last one says the same, if it says nothing, or if a source tells of
/// the meeting: that one is past, and no report of it goes out from here.
pub fn send(review: &Review, id: &MeetingId, text: &str, by: &str, now: DateTime<Utc>) -> Edit {
    // The store reads cleaned text, so that only cleaned text is kept byte for byte.
    let text = text::clean(text).text;
    if text.trim().is_empty() || !review.records.meetings.contains_key(id) {
        return Edit {
            label: format!("There is no report of {} to send", review.meeting_label(id)),
            changes: Vec::new(),
        };
    }
    let last = review.records.reports_of(id).next_back();
    if let Some((_, report)) = last.filter(|(_, report)| report.text == text) {
        return Edit {
            label: format!(
                "Version {} of the report of {}",
                report.version,
                review.meeting_label(id)
            ),
            changes: Vec::new(),
        };
    }
    let number = last.map_or(1, |(_, report)| report.version.saturating_add(1));
    let version = ReportVersion {
        meeting: id.clone(),
        version: number,
        at: now,
        by: by.to_owned(),
        text,
        locked: false,
    };
    let changes = changes(
        &Record::Report(review.ids.clone().make()),
        &Fields::new(),
        &version.to_fields(),
    );
    Edit {
        label: format!(
            "Version {number} of the report of {} went out",
            review.meeting_label(id)
        ),
        changes,
    }
}

/// Locks or unlocks the version that went out last.
///
/// # Errors
/// No version that went out.
pub fn lock(review: &Review, id: &MeetingId, locked: bool) -> Result<Edit> {
    let Some((report, version)) = review.records.reports_of(id).next_back() else {
        return Err(Error::slip(format!(
            "No report of {} went out yet, so there is nothing to lock.",
            review.meeting_label(id)
        )));
    };
    let after = ReportVersion {
        locked,
        ..version.clone()
    };
    let changes = changes(
        &Record::Report(report.clone()),
        &version.to_fields(),
        &after.to_fields(),
    );
    let number = version.version;
    let word = if locked { "locked" } else { "unlocked" };
    let label = format!(
        "Version {number} of the report of {} {word}",
        review.meeting_label(id)
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
