//! The record as a call left it, replayed from the journal, so that nothing that comes later changes what its report says.
//!
//! ```text
//!        start          end       version 1 (or the next call)
//! ─────────┼─────────────┼─────────────┼──────────────────▶
//!    everything        of what the report says,  only of what
//!    counts            also who owns the action  the report says
//!                      items, and by when
//! ```
//!
//! A report that was copied is recorded as sent once somebody says that it arrived. Its version counts from the moment at which it was copied, so
//! what was changed in between is a correction to it.
//!
//! An undo or redo belongs to the call in which the operation was made that it takes back or repeats. Nothing here knows the review in memory
//! but its quoted records.

use super::earlier;
use crate::error::Result;
use crate::model::call::meeting::called;
use crate::model::call::sent;
use crate::model::catalogue::Catalogue;
use crate::model::change::{Change, Operation, Record, Role};
use crate::model::fields::{Fields, parse_moment};
use crate::model::ids::{Id, MeetingId};
use crate::model::private_notes::PrivateNotes;
use crate::model::review::Review;
use crate::model::vocabulary::Field;
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A call, replayed.
pub(super) struct Call {
    /// The record as the report tells it.
    pub review: Review,
    /// What was changed in the call of records that belong to no meeting, in order.
    pub deeds: Vec<Deed>,
    /// Where in the journal each record was first written.
    pub written: BTreeMap<Record, usize>,
    /// The versions that went out.
    pub sent: BTreeMap<u16, Sent>,
    /// What was changed of what the report says, after a version went out.
    pub later: Vec<Later>,
    /// The positions that the report tells.
    pub taken: BTreeSet<Id>,
    /// The findings that are private or ever were.
    pub private_notes: PrivateNotes,
    /// Whether the call ended and nothing in the journal was made in it: it came by a file, without what was done in it.
    pub is_bare: bool,
    /// The version that came with it by that file.
    pub came_with: Option<u16>,
}

/// A change made in the call.
pub(super) struct Deed {
    /// The agenda item that was open.
    pub item: Option<u16>,
    /// When.
    pub at: DateTime<Utc>,
    /// Where in the journal.
    pub place: usize,
    /// Whether it takes an earlier one back.
    pub is_back: bool,
    /// The change.
    pub change: Change,
}

/// A version that went out.
pub(super) struct Sent {
    /// Its place in the journal.
    pub place: usize,
    /// When.
    pub at: DateTime<Utc>,
}

/// What an operation changed of what a report says that had gone out.
pub(super) struct Later {
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

/// In which part of the drawing above an operation lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Call,
    Between,
    After,
}

/// Replays the journal for the report of a meeting.
///
/// # Errors
/// A journal that makes no record.
pub(super) fn replay(catalogue: &Catalogue, journal: &[Operation], id: &MeetingId) -> Result<Call> {
    let journal = &*with_versions_where_copied(journal, id);
    let (end, out) = parts(journal, id);
    let mut call = Call {
        review: Review::new(catalogue.clone()),
        deeds: Vec::new(),
        written: BTreeMap::new(),
        sent: BTreeMap::new(),
        later: Vec::new(),
        taken: BTreeSet::new(),
        private_notes: PrivateNotes::of(journal),
        is_bare: false,
        came_with: None,
    };
    let mut open: Option<u16> = None;
    // Where in the call each of its operations was made.
    let mut own: BTreeMap<&Id, (Option<u16>, DateTime<Utc>)> = BTreeMap::new();
    for (place, operation) in journal.iter().enumerate() {
        let part = if place <= end {
            Part::Call
        } else if place < out {
            Part::Between
        } else {
            Part::After
        };
        let made = match &operation.role {
            Role::Undo(target) | Role::Redo(target) => own.get(target).copied(),
            Role::Do => (operation.meeting.as_ref() == Some(id)).then_some((open, operation.at)),
        };
        if let Some((item, at)) = made {
            own.insert(&operation.id, (item, at));
            let is_back = matches!(operation.role, Role::Undo(_));
            let told = operation
                .changes
                .iter()
                .filter(|change| sent::is_said_in_a_call(&change.record) || is_done(change));
            call.deeds.extend(told.map(|change| Deed {
                item,
                at,
                place,
                is_back,
                change: change.clone(),
            }));
        }
        let is_out = !call.sent.is_empty();
        let said = if is_out || part != Part::Call {
            said(&call.review, id, operation, made.is_some(), part)
        } else {
            Vec::new()
        };
        let mut later = is_out.then(|| later(&call.review, id, place, operation, &said));
        let before = later
            .as_ref()
            .map(|_| reported_findings(&call.review, id, operation))
            .unwrap_or_default();
        if part == Part::Call {
            call.review.apply(&operation.changes)?;
        } else {
            let mut said = said.into_iter().peekable();
            let is_kept = |change: &&Change| {
                said.next_if(|next| std::ptr::eq(*next, *change)).is_some()
                    || matches!(change.record, Record::Finding(_) | Record::Member(_))
            };
            let mut kept: BTreeMap<&Record, Vec<Change>> = BTreeMap::new();
            for change in operation.changes.iter().filter(is_kept) {
                kept.entry(&change.record).or_default().push(change.clone());
            }
            for changes in kept.values() {
                // A record of which a part came later cannot go as a whole: then it alone is told as the call left it.
                let _ = call.review.apply(changes);
            }
        }
        if let Some(later) = &mut later {
            later.changes.extend(finding_changes(
                &before,
                &reported_findings(&call.review, id, operation),
            ));
        }
        call.later
            .extend(later.filter(|later| !later.changes.is_empty()));
        for change in &operation.changes {
            if !call.written.contains_key(&change.record) {
                call.written.insert(change.record.clone(), place);
            }
            match (&change.record, change.field) {
                (Record::Meeting(of), Field::Item) if of == id => {
                    open = change.after.as_deref().and_then(|item| item.parse().ok())
                }
                (Record::Report(of, version), Field::Text) if of == id => note(
                    &mut call.sent,
                    *version,
                    place,
                    operation,
                    change.after.is_some(),
                ),
                _ => {}
            }
        }
    }
    call.taken = earlier::taken(&call.review, &call.written, journal, id);
    let has_ended = call
        .review
        .calls
        .meetings
        .get(id)
        .is_some_and(|meeting| meeting.ended.is_some());
    call.is_bare = own.is_empty() && has_ended;
    call.came_with = call
        .sent
        .iter()
        .rev()
        .find(|(_, sent)| call.is_bare && sent.place <= end)
        .map(|(version, _)| *version);
    Ok(call)
}

/// The journal with each version that was recorded later than its text was copied before the operations that came after the copy.
fn with_versions_where_copied<'a>(
    journal: &'a [Operation],
    id: &MeetingId,
) -> Cow<'a, [Operation]> {
    let mut ordered = Cow::Borrowed(journal);
    for (place, operation) in journal.iter().enumerate() {
        let Some(copied_at) = copied_at(operation, id) else {
            continue;
        };
        let since_end = ordered
            .get(parts(journal, id).0 + 1..place)
            .unwrap_or_default();
        let is_after = |other: &&Operation| {
            other.at > copied_at && !other.changes.iter().any(|change| is_version(change, id))
        };
        let moved = since_end.iter().rev().take_while(is_after).count();
        if moved > 0 {
            ordered.to_mut()[place - moved..=place].rotate_right(1);
        }
    }
    ordered
}

/// When the text was copied of a version that an operation records, if it only does that, and does it later.
fn copied_at(operation: &Operation, id: &MeetingId) -> Option<DateTime<Utc>> {
    let at = operation
        .changes
        .iter()
        .find(|change| is_version(change, id) && change.field == Field::At)?
        .after
        .as_deref()?;
    let at = parse_moment(at).ok().filter(|at| *at < operation.at)?;
    operation
        .changes
        .iter()
        .all(|change| is_version(change, id))
        .then_some(at)
}

fn is_version(change: &Change, id: &MeetingId) -> bool {
    matches!(&change.record, Record::Report(of, _) if of == id)
}

/// What an operation changed in the report, without findings.
fn later(
    review: &Review,
    id: &MeetingId,
    place: usize,
    operation: &Operation,
    said: &[&Change],
) -> Later {
    let others = || {
        said.iter()
            .filter(|change| !matches!(change.record, Record::Finding(_)))
    };
    let withdrawn =
        others().filter(|change| change.field == Field::Withdrawn && change.after.is_some());
    Later {
        place,
        at: operation.at,
        by: operation.by.clone(),
        label: label(id, operation),
        withdrawn: withdrawn
            .filter_map(|change| review.fields(&change.record).remove(&Field::Text))
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
            .filter(|fields| sent::reporting_meeting(fields).as_ref() == Some(id))
            .unwrap_or_default()
    };
    records.map(|record| (record, told(record))).collect()
}

/// The differences between the findings in the report before and after an operation.
fn finding_changes(
    before: &BTreeMap<&Record, Fields>,
    after: &BTreeMap<&Record, Fields>,
) -> Vec<Change> {
    let mut found = Vec::new();
    for (record, before) in before {
        let Some(after) = after.get(record) else {
            continue;
        };
        let fields: BTreeSet<Field> = before.keys().chain(after.keys()).copied().collect();
        for field in fields {
            let (before, after) = (before.get(&field).cloned(), after.get(&field).cloned());
            if before != after {
                found.push(Change {
                    record: (*record).clone(),
                    field,
                    before,
                    after,
                });
            }
        }
    }
    found
}

/// What an operation did, in plain words.
fn label(id: &MeetingId, operation: &Operation) -> String {
    let prefix = format!("Correction to {}: ", called(id, None));
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

fn note(
    sent: &mut BTreeMap<u16, Sent>,
    version: u16,
    place: usize,
    operation: &Operation,
    went_out: bool,
) {
    if went_out {
        sent.insert(
            version,
            Sent {
                place,
                at: operation.at,
            },
        );
    } else {
        sent.remove(&version);
    }
}

/// Where in the journal the call ended last, and where its report first went out or the next call began.
pub(super) fn parts(journal: &[Operation], id: &MeetingId) -> (usize, usize) {
    let ends = |change: &Change| {
        change.record == Record::Meeting(id.clone()) && change.field == Field::Ended
    };
    let turned = |operation: &Operation| {
        operation
            .changes
            .iter()
            .find(|c| ends(c) && c.before.is_none() != c.after.is_none())
            .map(|c| c.after.is_some())
    };
    let last = journal
        .iter()
        .enumerate()
        .rev()
        .find_map(|(place, operation)| Some((place, turned(operation)?)));
    let Some((end, true)) = last else {
        return (journal.len(), journal.len());
    };
    let goes_on = |operation: &Operation| {
        operation.meeting.as_ref().is_some_and(|other| other != id)
            || operation
                .changes
                .iter()
                .any(|change| is_version(change, id))
    };
    let out = journal
        .iter()
        .skip(end + 1)
        .position(goes_on)
        .map_or(journal.len(), |ahead| end + 1 + ahead);
    (end, out)
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
                && matches!(change.field, Field::Owner | Field::Due)
                && review
                    .calls
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

fn is_done(change: &Change) -> bool {
    matches!(change.record, Record::Action(_)) && change.field == Field::Done
}

/// What some changes come to together, in the order in which each field was first changed; what was changed back is left out.
pub(super) fn net<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<Change> {
    let mut order: Vec<Change> = Vec::new();
    let mut known: BTreeMap<(&Record, Field), usize> = BTreeMap::new();
    for change in changes {
        match known
            .get(&(&change.record, change.field))
            .and_then(|at| order.get_mut(*at))
        {
            Some(first) => first.after = change.after.clone(),
            None => {
                known.insert((&change.record, change.field), order.len());
                order.push(change.clone());
            }
        }
    }
    order.retain(|change| change.before != change.after);
    order
}
