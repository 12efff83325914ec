//! What the journal says of a call: what was changed in it, which versions of its report went out, and the review as the report shows it.
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
//! but its quoted records, so that nothing that comes later changes what a report says.

use super::corrected::{Correction, corrected};
use super::earlier;
use crate::error::Result;
use crate::model::call::sent;
use crate::model::catalogue::Catalogue;
use crate::model::ids::{AgendaItemId, Id, MeetingId};
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::journal::end_of_call;
use crate::model::journal::replay::Replay;
use crate::model::private_notes::PrivateNotes;
use crate::model::record::action::Action;
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::report_version::ReportVersion;
use crate::model::record::value::parse_moment;
use crate::model::review::Review;
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A call, as its report shows it.
pub(super) struct Call {
    /// The review as the call left it, with what was corrected later.
    pub review: Review,
    /// What was changed in the call of records that belong to no meeting, in order.
    pub changes: Vec<ChangeInCall>,
    /// Where in the journal each record was first written.
    pub written: BTreeMap<Record, usize>,
    /// The versions that went out.
    pub sent: BTreeMap<u16, Sent>,
    /// What was changed of what the report says, after a version went out.
    pub corrections: Vec<Correction>,
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
pub(super) struct ChangeInCall {
    /// The agenda item that was open.
    pub item: Option<AgendaItemId>,
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

/// Where and when in a call an operation was made: the agenda item that was open, and the time.
pub(super) type Made = (Option<AgendaItemId>, DateTime<Utc>);

/// Reads the journal for the report of a meeting.
///
/// # Errors
/// A journal that makes no record.
pub(super) fn read(catalogue: &Catalogue, journal: &[Operation], id: &MeetingId) -> Result<Call> {
    let versions = versions_of(journal, id);
    let journal = &*with_versions_where_copied(journal, id, &versions);
    let (end, _) = parts(journal, id);
    let made = made(journal, id);
    let mut sent = BTreeMap::new();
    let mut written = BTreeMap::new();
    for (place, operation) in journal.iter().enumerate() {
        note_versions(&mut sent, &versions, place, operation);
        for Change { record, .. } in &operation.changes {
            if !written.contains_key(record) {
                written.insert(record.clone(), place);
            }
        }
    }
    let (review, corrections) = corrected(catalogue, journal, id, &made)?;
    let meeting = review.records.meetings.get(id);
    let is_bare = made.is_empty() && meeting.is_some_and(|meeting| meeting.ended.is_some());
    Ok(Call {
        changes: changes(journal, &made),
        taken: earlier::taken(&review, &written, journal, id),
        private_notes: PrivateNotes::of(journal),
        is_bare,
        came_with: sent
            .iter()
            .rev()
            .find(|(_, sent): &(&u16, &Sent)| is_bare && sent.place <= end)
            .map(|(version, _)| *version),
        review,
        written,
        sent,
        corrections,
    })
}

/// The operations that belong to a call.
fn made<'a>(journal: &'a [Operation], id: &MeetingId) -> BTreeMap<&'a Id, Made> {
    let call = Record::Meeting(id.clone());
    let mut meeting = Replay::default();
    let mut found: BTreeMap<&Id, Made> = BTreeMap::new();
    for operation in journal {
        let item = meeting.fields(&call).get(&Meeting::ITEM);
        let made = match &operation.role {
            Role::Undo(target) | Role::Redo(target) => found.get(target).cloned(),
            Role::Do => (operation.meeting.as_ref() == Some(id))
                .then(|| (item.and_then(|item| item.parse().ok()), operation.at)),
        };
        found.extend(made.map(|made| (&operation.id, made)));
        let of_call = |change: &&Change| change.record == call;
        meeting.apply(operation.changes.iter().filter(of_call));
    }
    found
}

/// What these operations changed that belongs to no meeting.
fn changes(journal: &[Operation], made: &BTreeMap<&Id, Made>) -> Vec<ChangeInCall> {
    let is_done = |change: &Change| {
        matches!(change.record, Record::Action(_)) && change.field == Action::DONE
    };
    let mut found = Vec::new();
    for (place, operation) in journal.iter().enumerate() {
        let Some((item, at)) = made.get(&operation.id) else {
            continue;
        };
        let told = operation
            .changes
            .iter()
            .filter(|change| sent::is_said_in_a_call(&change.record) || is_done(change));
        found.extend(told.map(|change| ChangeInCall {
            item: item.clone(),
            at: *at,
            place,
            is_back: matches!(operation.role, Role::Undo(_)),
            change: change.clone(),
        }));
    }
    found
}

/// Notes which versions of the report of a meeting an operation sent; one that it took back was not sent.
pub(super) fn note_versions(
    sent: &mut BTreeMap<u16, Sent>,
    versions: &Versions,
    place: usize,
    operation: &Operation,
) {
    let at = operation.at;
    let texts = operation
        .changes
        .iter()
        .filter(|change| change.field == ReportVersion::TEXT);
    for (change, version) in
        texts.filter_map(|change| Some((change, versions.get(&change.record)?)))
    {
        match change.after {
            Some(_) => sent.insert(*version, Sent { place, at }),
            None => sent.remove(version),
        };
    }
}

/// The versions of a meeting's report that the journal tells of, each with its number.
pub(super) type Versions = BTreeMap<Record, u16>;

/// Reads off the journal which versions of the report of a meeting were ever recorded.
pub(super) fn versions_of(journal: &[Operation], id: &MeetingId) -> Versions {
    let mut versions = Versions::new();
    for operation in journal {
        let value = |record: &Record, field: Field| {
            let mut changes = operation.changes.iter();
            changes
                .find(|change| change.record == *record && change.field == field)?
                .after
                .clone()
        };
        for record in operation.changes.iter().map(|change| &change.record) {
            if matches!(record, Record::Report(_))
                && value(record, ReportVersion::MEETING).as_deref() == Some(id.as_str())
                && let Some(version) =
                    value(record, ReportVersion::VERSION).and_then(|number| number.parse().ok())
            {
                versions.insert(record.clone(), version);
            }
        }
    }
    versions
}

/// The journal with each version that was recorded later than its text was copied before the operations that came after the copy.
fn with_versions_where_copied<'a>(
    journal: &'a [Operation],
    id: &MeetingId,
    versions: &Versions,
) -> Cow<'a, [Operation]> {
    let mut ordered = Cow::Borrowed(journal);
    for (place, operation) in journal.iter().enumerate() {
        let Some(copied_at) = copied_at(operation, versions) else {
            continue;
        };
        let since_end = ordered
            .get(parts(journal, id).0 + 1..place)
            .unwrap_or_default();
        let is_after = |other: &&Operation| {
            other.at > copied_at
                && !other
                    .changes
                    .iter()
                    .any(|change| versions.contains_key(&change.record))
        };
        let moved = since_end.iter().rev().take_while(is_after).count();
        if moved > 0 {
            ordered.to_mut()[place - moved..=place].rotate_right(1);
        }
    }
    ordered
}

/// When the text was copied of a version that an operation records, if it only does that, and does it later.
fn copied_at(operation: &Operation, versions: &Versions) -> Option<DateTime<Utc>> {
    let at = operation
        .changes
        .iter()
        .find(|change| versions.contains_key(&change.record) && change.field == ReportVersion::AT)?
        .after
        .as_deref()?;
    let at = parse_moment(at).ok().filter(|at| *at < operation.at)?;
    operation
        .changes
        .iter()
        .all(|change| versions.contains_key(&change.record))
        .then_some(at)
}

/// Where in the journal the call ended last, and where its report first went out or the next call began.
pub(super) fn parts(journal: &[Operation], id: &MeetingId) -> (usize, usize) {
    let Some(end) = end_of_call(journal, id) else {
        return (journal.len(), journal.len());
    };
    let versions = versions_of(journal, id);
    let goes_on = |operation: &Operation| {
        operation.meeting.as_ref().is_some_and(|other| other != id)
            || operation
                .changes
                .iter()
                .any(|change| versions.contains_key(&change.record))
    };
    let out = journal
        .iter()
        .skip(end + 1)
        .position(goes_on)
        .map_or(journal.len(), |ahead| end + 1 + ahead);
    (end, out)
}
