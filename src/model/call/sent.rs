//! What a call's report that went out forbids: what it says is from then on changed by corrections only, which no undo takes back, and not
//! at all once a version is locked.

use crate::error::{Error, Result};
use crate::model::ids::MeetingId;
use crate::model::journal::change::{Change, Edit};
use crate::model::private_notes::reporting_meeting;
use crate::model::record::action::Action;
use crate::model::record::describe::{Described, Fields};
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::queued::Queued;
use crate::model::record::report_version::ReportVersion;
use crate::model::review::Review;
use crate::model::text;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Whether a change to a record of a meeting alters what the meeting's report says.
///
/// The report does not cover what becomes of an action item after the call, or what later calls say about a recommendation.
fn is_said(change: &Change) -> bool {
    match (&change.record, change.field) {
        (Record::Meeting(_), field) => [
            Meeting::STARTED,
            Meeting::ENDED,
            Meeting::DATE,
            Meeting::FACILITATOR,
            Meeting::TITLE,
            Meeting::PLACE,
        ]
        .contains(&field),
        (Record::Queued(_), field) => field != Queued::RANK,
        (Record::Action(_), field) => [
            Action::TEXT,
            Action::WITHDRAWN,
            Action::NUMBER,
            Action::ABOUT,
        ]
        .contains(&field),
        (
            Record::Agenda(_) | Record::Attendance(_) | Record::Decision(_) | Record::Position(_),
            _,
        ) => true,
        (
            Record::Assessment(_)
            | Record::Deliverable(_)
            | Record::Finding(_)
            | Record::Question(_)
            | Record::Answer(_)
            | Record::Member(_)
            | Record::Round(_)
            | Record::Report(_)
            | Record::Quoted(_),
            _,
        ) => false,
    }
}

/// The meeting that a record belongs to, by its key or by its field.
fn meeting_of(review: &Review, record: &Record) -> Option<MeetingId> {
    let named = record.names(&Fields::new());
    let in_key = record.meeting().or_else(|| named.first()?.meeting());
    let in_field = || review.fields(record).get(&Finding::MEETING)?.parse().ok();
    in_key.cloned().or_else(in_field)
}

/// The meeting that a record names, if these changes create or remove the whole record.
fn meeting_of_whole(changes: &[&Change]) -> Option<MeetingId> {
    let is_made = changes.iter().all(|change| change.before.is_none());
    if !is_made && changes.iter().any(|change| change.after.is_some()) {
        return None;
    }
    let names_meeting = |change: &&&Change| {
        change.field == Finding::MEETING
            && matches!(
                change.record,
                Record::Decision(_) | Record::Action(_) | Record::Position(_)
            )
    };
    let change = changes.iter().find(names_meeting)?;
    let meeting = change.after.as_ref().or(change.before.as_ref());
    meeting?.parse().ok()
}

/// The changes that change what the report of a meeting says, each with that meeting, in their order; those to private notes never do.
pub fn reported<'a>(review: &Review, changes: &'a [Change]) -> Vec<(&'a Change, MeetingId)> {
    let after = review.after(changes);
    let mut by_record: BTreeMap<&Record, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        by_record.entry(&change.record).or_default().push(change);
    }
    let whole = |(record, changes): (&'a Record, Vec<&Change>)| {
        let meeting = if matches!(record, Record::Finding(_)) {
            reporting_meeting(&review.fields(record))
                .or_else(|| reporting_meeting(after.fields(record)))
        } else {
            meeting_of_whole(&changes)
        };
        Some((record, meeting?))
    };
    let wholes: BTreeMap<&Record, MeetingId> = by_record.into_iter().filter_map(whole).collect();
    let with_meeting = |change: &'a Change| {
        let part = || meeting_of(review, &change.record).filter(|_| is_said(change));
        let meeting = wholes.get(&change.record).cloned().or_else(part)?;
        Some((change, meeting))
    };
    changes.iter().filter_map(with_meeting).collect()
}

/// The latest sent version of each report whose contents these changes would alter.
fn affected_versions<'a>(review: &'a Review, changes: &[Change]) -> Vec<&'a ReportVersion> {
    let mut found: Vec<&ReportVersion> = Vec::new();
    for (_, id) in reported(review, changes) {
        if found.iter().all(|known| known.meeting != id) {
            found.extend(last_version(review, &id));
        }
    }
    found
}

fn last_version<'a>(review: &'a Review, id: &MeetingId) -> Option<&'a ReportVersion> {
    let last = review.records.reports_of(id).next_back();
    last.map(|(_, report)| report)
}

/// A version as a message names it: `Version 2 of the report of Plenary 43`.
fn version_label(review: &Review, report: &ReportVersion) -> String {
    let call = review.meeting_label(&report.meeting);
    format!("Version {} of the report of {call}", report.version)
}

/// Says in its label that an edit corrects a report that went out.
///
/// # Errors
/// A report that is locked.
pub fn as_correction(review: &Review, mut edit: Edit) -> Result<Edit> {
    let affected = affected_versions(review, &edit.changes);
    if let Some(report) = affected.iter().find(|report| report.locked) {
        let version = version_label(review, report);
        let message = format!("{version} is locked; nothing was written.");
        let hint = "Unlock it first, on the screen of the meeting.";
        return Err(Error::slip(message).hint(hint));
    }
    if let Some(report) = affected.first() {
        let call = review.meeting_label(&report.meeting);
        edit.label = format!("Correction to {call}: {}", edit.label);
    }
    Ok(edit)
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
    let is_in_report = |report: &ReportVersion| {
        let call = review.meeting_label(&report.meeting);
        let version = report.version;
        Error::slip(format!(
            "“{label}” is in the report of {call}, version {version}, which went out; it is not taken back."
        ))
    };
    // Also what a file brought: whoever has it, has it.
    let after = review.after(changes);
    let version_of = |change: &Change| {
        let Record::Report(id) = &change.record else {
            return None;
        };
        let known = review.records.reports.get(id).cloned();
        let fields = after.fields(&change.record).clone();
        known.or_else(|| ReportVersion::from_fields(id, fields).ok())
    };
    let mut changed = changes.iter().filter(|c| c.field != ReportVersion::LOCKED);
    if let Some(report) = changed.find_map(version_of) {
        let version = version_label(review, &report);
        return Err(
            Error::slip(format!("{version} went out; it is not taken back."))
                .hint("Change what is wrong: that is a correction, and the next version says so."),
        );
    }
    if let Some(report) = affected_versions(review, changes).first() {
        return Err(is_in_report(report)
            .hint("Change it instead: that is a correction, and the next version says so."));
    }
    match made_in.and_then(|id| last_version(review, id)) {
        Some(report) if changes.iter().any(|change| is_said_in_a_call(&change.record)) => {
            Err(is_in_report(report)
                .hint("Record what holds now: the report keeps what was recorded in the call, the record says what came after."))
        }
        _ => Ok(()),
    }
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
        let call = review.meeting_label(id);
        return Edit::nothing(format!("There is no report of {call} to send"));
    }
    let last = last_version(review, id);
    if let Some(report) = last.filter(|report| report.text == text) {
        return Edit::nothing(version_label(review, report));
    }
    let report = ReportVersion {
        meeting: id.clone(),
        version: last.map_or(1, |report| report.version.saturating_add(1)),
        at: now,
        by: by.to_owned(),
        text,
        locked: false,
    };
    let record = Record::Report(review.ids.clone().make());
    let label = format!("{} went out", version_label(review, &report));
    Edit::new(label, review.changes_to(&record, &report))
}

/// Locks or unlocks the version that went out last.
///
/// # Errors
/// No version that went out.
pub fn lock(review: &Review, id: &MeetingId, locked: bool) -> Result<Edit> {
    let last = review.records.reports_of(id).next_back();
    let (report, version) = last.ok_or_else(|| {
        let call = review.meeting_label(id);
        Error::slip(format!(
            "No report of {call} went out yet, so there is nothing to lock."
        ))
    })?;
    let word = if locked { "locked" } else { "unlocked" };
    let label = format!("{} {word}", version_label(review, version));
    let record = Record::Report(report.clone());
    let made = review.changes_of(&record, ReportVersion::LOCKED, &locked);
    Ok(Edit::new(label, made).or_says(" already"))
}
