//! The review as a report shows it: as the call left it, and of what came later only what changes what the report says.
//!
//! What an operation changes of a report that went out is a correction. The operations are taken one by one, because what a change means to the
//! report depends on the records that it meets.

use super::journal::{Made, Versions, changes_version, end};
use crate::error::Result;
use crate::model::call::sent;
use crate::model::catalogue::Catalogue;
use crate::model::edit;
use crate::model::ids::MeetingId;
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::private_notes::reporting_meeting;
use crate::model::record::action::Action;
use crate::model::record::describe::{Field, Fields};
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::review::Review;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// What an operation changed of what a report says that had gone out.
pub(super) struct Correction {
    /// Its place in the journal.
    pub place: usize,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// In plain words.
    pub label: String,
    /// The changes. Those of a finding are changes to what the report contains: if it is made private or withdrawn, all its fields are removed.
    pub changes: Vec<Change>,
    /// The words of the decisions and action items that were withdrawn.
    pub withdrawn: Vec<String>,
}

/// Some fields that an operation changes.
type Changed<'a> = BTreeSet<(&'a Record, Field)>;

/// The review as the report shows it, with what was changed later; `made` has the operations that belong to the call.
///
/// # Errors
/// A journal that makes no record.
pub(super) fn corrected(
    catalogue: &Catalogue,
    journal: &[Operation],
    id: &MeetingId,
    versions: &Versions,
    made: &Made<'_>,
) -> Result<(Review, Vec<Correction>)> {
    let end = end(journal, id);
    let is_of_version = |operation: &Operation| changes_version(operation, versions);
    let is_cutoff = |operation: &Operation| {
        operation.meeting.as_ref().is_some_and(|other| other != id) || is_of_version(operation)
    };
    let since_end = journal.get(end + 1..).unwrap_or_default();
    // Owners and due dates of action items count as they were when the report first went out or the next call began.
    let until = since_end.iter().position(is_cutoff);
    let until = until.map_or(journal.len(), |ahead| end + 1 + ahead);
    // A file may bring a version with the end of its call, or before it.
    let version = journal.iter().position(is_of_version).unwrap_or(end);
    let start = (version.min(end) + 1).min(journal.len());
    let (whole, later) = journal.split_at(start);
    let mut review = Review::as_of(catalogue.clone(), whole)?;
    let mut corrections = Vec::new();
    for (place, operation) in (start..).zip(later) {
        let mut reported = reported(&review, id, operation);
        if made.contains_key(&operation.id) {
            let changes = operation.changes.iter();
            let said = changes.filter(|change| sent::is_said_in_a_call(&change.record));
            reported.extend(said.map(|change| (&change.record, change.field)));
        }
        if place > end && place < until {
            reported.extend(owners_and_days(&review, id, operation));
        }
        let mut correction = correction(&review, id, place, operation, &reported);
        let before = reported_findings(&review, id, operation);
        if place <= end {
            review.apply(&operation.changes)?;
        } else {
            for changes in kept(operation, &reported).values() {
                // Fails if an operation removes a record of which some fields were set after the call; that record alone then stays as the call left it.
                let _ = review.apply(changes);
            }
        }
        let after = reported_findings(&review, id, operation);
        for ((finding, before), after) in before.iter().zip(after.values()) {
            let mut changes = edit::changes(finding, before, after);
            changes.sort_by_key(|change| change.field);
            correction.changes.extend(changes);
        }
        if !correction.changes.is_empty() {
            corrections.push(correction);
        }
    }
    Ok((review, corrections))
}

/// The changes of an operation after the call that its report takes over: those that it says, and those to findings and to who is known.
fn kept<'a>(operation: &'a Operation, reported: &Changed<'_>) -> BTreeMap<&'a Record, Vec<Change>> {
    let mut kept: BTreeMap<&Record, Vec<Change>> = BTreeMap::new();
    for change in &operation.changes {
        if reported.contains(&(&change.record, change.field))
            || matches!(change.record, Record::Finding(_) | Record::Member(_))
        {
            kept.entry(&change.record).or_default().push(change.clone());
        }
    }
    kept
}

/// What an operation changed in the report, without findings.
fn correction(
    review: &Review,
    id: &MeetingId,
    place: usize,
    operation: &Operation,
    reported: &Changed<'_>,
) -> Correction {
    let mut changes = operation.changes.clone();
    changes.retain(|change| {
        reported.contains(&(&change.record, change.field))
            && !matches!(change.record, Record::Finding(_))
    });
    let withdrawn = changes
        .iter()
        .filter(|change| change.field == Finding::WITHDRAWN && change.after.is_some())
        .filter_map(|change| review.fields(&change.record).remove(&Finding::TEXT));
    Correction {
        place,
        at: operation.at,
        by: operation.by.clone(),
        label: label(review, id, operation),
        withdrawn: withdrawn.collect(),
        changes,
    }
}

/// The findings that an operation touches, each with its fields in the report of the meeting; none if the report does not contain it.
fn reported_findings<'a>(
    review: &Review,
    id: &MeetingId,
    operation: &'a Operation,
) -> BTreeMap<&'a Record, Fields> {
    let mut found = BTreeMap::new();
    for Change { record, .. } in &operation.changes {
        if matches!(record, Record::Finding(_)) {
            let mut fields = review.fields(record);
            if reporting_meeting(&fields).as_ref() != Some(id) {
                fields.clear();
            }
            found.insert(record, fields);
        }
    }
    found
}

/// What an operation did, in plain words.
fn label(review: &Review, id: &MeetingId, operation: &Operation) -> String {
    let prefix = format!("Correction to {}: ", review.meeting_label(id));
    let label = operation.label.as_str();
    let label = label.strip_prefix(&prefix).unwrap_or(label);
    match operation.role {
        Role::Do => label.to_owned(),
        Role::Undo(_) => format!("Taken back: {label}"),
        Role::Redo(_) => format!("Repeated: {label}"),
    }
}

/// The changes that change what the report of the meeting says.
fn reported<'a>(review: &Review, id: &MeetingId, operation: &'a Operation) -> Changed<'a> {
    let reported = sent::reported(review, &operation.changes).into_iter();
    reported
        .filter(|(_, meeting)| meeting == id)
        .map(|(change, _)| (&change.record, change.field))
        .collect()
}

/// The changes to who does the action items of the meeting, and by when.
fn owners_and_days<'a>(review: &Review, id: &MeetingId, operation: &'a Operation) -> Changed<'a> {
    let mut changed = Changed::new();
    for Change { record, field, .. } in &operation.changes {
        if let Record::Action(action) = record
            && let Some(action) = review.records.actions.get(action)
            && action.meeting.as_ref() == Some(id)
            && matches!(*field, Action::OWNER | Action::DUE)
        {
            changed.insert((record, *field));
        }
    }
    changed
}
