//! The review as a report shows it: as the call left it, and of what came later only what changes what the report says.
//!
//! What an operation changes of a report that went out is a correction. The operations are taken one by one, because what a change means to the
//! report depends on the records that it meets.

use super::journal::{Made, note_versions, parts, versions_of};
use crate::error::Result;
use crate::model::call::sent;
use crate::model::catalogue::Catalogue;
use crate::model::edit;
use crate::model::ids::{Id, MeetingId};
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::private_notes::reporting_meeting;
use crate::model::record::action::Action;
use crate::model::record::describe::Fields;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::review::Review;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

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

/// When an operation was made: up to the end of the call, until the report went out or the next call began, or after that.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Call,
    Between,
    After,
}

/// The review as the report shows it, with the corrections; `made` has the operations that belong to the call.
///
/// # Errors
/// A journal that makes no record.
pub(super) fn corrected(
    catalogue: &Catalogue,
    journal: &[Operation],
    id: &MeetingId,
    made: &BTreeMap<&Id, Made>,
) -> Result<(Review, Vec<Correction>)> {
    let (end, out) = parts(journal, id);
    let versions = versions_of(journal, id);
    // A file may bring a version with the end of its call, or before it.
    let is_of_version = |operation: &Operation| {
        operation
            .changes
            .iter()
            .any(|change| versions.contains_key(&change.record))
    };
    let version = journal.iter().position(is_of_version).unwrap_or(end);
    let start = (version.min(end) + 1).min(journal.len());
    let (whole, later) = journal.split_at(start);
    let mut review = Review::as_of(catalogue.clone(), whole)?;
    let mut sent = BTreeMap::new();
    for (place, operation) in whole.iter().enumerate() {
        note_versions(&mut sent, &versions, place, operation);
    }
    let mut corrections = Vec::new();
    for (place, operation) in (start..).zip(later) {
        let part = if place <= end {
            Part::Call
        } else if place < out {
            Part::Between
        } else {
            Part::After
        };
        let said = said(
            &review,
            id,
            operation,
            made.contains_key(&operation.id),
            part,
        );
        let mut correction = correction(&review, id, place, operation, &said);
        let before = reported_findings(&review, id, operation);
        if part == Part::Call {
            review.apply(&operation.changes)?;
        } else {
            for changes in kept(operation, &said).values() {
                // A record of which a part came later cannot go as a whole: then it alone is told as the call left it.
                let _ = review.apply(changes);
            }
        }
        let after = reported_findings(&review, id, operation);
        for ((finding, before), after) in before.iter().zip(after.values()) {
            let mut changes = edit::changes(finding, before, after);
            changes.sort_by_key(|change| change.field);
            correction.changes.extend(changes);
        }
        if !sent.is_empty() && !correction.changes.is_empty() {
            corrections.push(correction);
        }
        note_versions(&mut sent, &versions, place, operation);
    }
    Ok((review, corrections))
}

/// The changes of an operation after the call that its report takes over: those that it says, and those to findings and to who is known.
fn kept<'a>(operation: &'a Operation, said: &[&Change]) -> BTreeMap<&'a Record, Vec<Change>> {
    let mut said = said.iter().peekable();
    let mut kept: BTreeMap<&Record, Vec<Change>> = BTreeMap::new();
    for change in &operation.changes {
        let is_said = said.next_if(|next| std::ptr::eq(**next, change)).is_some();
        if is_said || matches!(change.record, Record::Finding(_) | Record::Member(_)) {
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
    said: &[&Change],
) -> Correction {
    let others = || {
        said.iter()
            .filter(|change| !matches!(change.record, Record::Finding(_)))
    };
    let withdrawn =
        others().filter(|change| change.field == Finding::WITHDRAWN && change.after.is_some());
    Correction {
        place,
        at: operation.at,
        by: operation.by.clone(),
        label: label(review, id, operation),
        withdrawn: withdrawn
            .filter_map(|change| review.fields(&change.record).remove(&Finding::TEXT))
            .collect(),
        changes: others().map(|change| (*change).clone()).collect(),
    }
}

/// The findings that an operation touches, each with its fields in the report of the meeting; none if the report does not contain it.
fn reported_findings<'a>(
    review: &Review,
    id: &MeetingId,
    operation: &'a Operation,
) -> BTreeMap<&'a Record, Fields> {
    let records = operation
        .changes
        .iter()
        .map(|change| &change.record)
        .filter(|record| matches!(record, Record::Finding(_)));
    let told = |record: &Record| {
        Some(review.fields(record))
            .filter(|fields| reporting_meeting(fields).as_ref() == Some(id))
            .unwrap_or_default()
    };
    records.map(|record| (record, told(record))).collect()
}

/// What an operation did, in plain words.
fn label(review: &Review, id: &MeetingId, operation: &Operation) -> String {
    let prefix = format!("Correction to {}: ", review.meeting_label(id));
    let label = operation
        .label
        .strip_prefix(&prefix)
        .unwrap_or(&operation.label);
    match operation.role {
        Role::Do => label.to_owned(),
        Role::Undo(_) => format!("Taken back: {label}"),
        Role::Redo(_) => format!("Repeated: {label}"),
    }
}

/// The changes that change what the report says.
fn said<'a>(
    review: &Review,
    id: &MeetingId,
    operation: &'a Operation,
    in_the_call: bool,
    part: Part,
) -> Vec<&'a Change> {
    let mut reported = sent::reported(review, &operation.changes)
        .into_iter()
        .filter(|(_, of)| of == id)
        .map(|(change, _)| change)
        .peekable();
    let mut is_reported = |change: &Change| {
        reported
            .next_if(|next| std::ptr::eq(*next, change))
            .is_some()
    };
    let is_owner_or_due = |change: &Change| match &change.record {
        Record::Action(action) => {
            part == Part::Between
                && matches!(change.field, Action::OWNER | Action::DUE)
                && review
                    .records
                    .actions
                    .get(action)
                    .is_some_and(|held| held.meeting.as_ref() == Some(id))
        }
        _ => false,
    };
    let is_said = |change: &&'a Change| {
        is_reported(change)
            || is_owner_or_due(change)
            || in_the_call && sent::is_said_in_a_call(&change.record)
    };
    operation.changes.iter().filter(is_said).collect()
}
