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
use super::positions::reported_positions;
use crate::error::{Error, Result};
use crate::model::call::sent;
use crate::model::catalogue::Catalogue;
use crate::model::edit::about_label;
use crate::model::ids::{AgendaItemId, Id, MeetingId};
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::journal::end_of_call;
use crate::model::journal::replay::Replay;
use crate::model::private_notes::PrivateNotes;
use crate::model::record::action::Action;
use crate::model::record::decision::Decision;
use crate::model::record::finding::{About, Finding};
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
    /// The meeting.
    pub id: MeetingId,
    /// The meeting as the report shows it.
    pub meeting: Meeting,
    /// The review as the call left it, with what was corrected later.
    pub review: Review,
    /// What was changed in the call of records that belong to no meeting, in order.
    pub changes: Vec<ChangeInCall>,
    /// Where in the journal each record was first written.
    pub written: BTreeMap<Record, usize>,
    /// The versions that went out.
    pub sent: BTreeMap<u16, Sent>,
    /// What was changed of what the report says, after the call or a version of the report.
    pub corrections: Vec<Correction>,
    /// The positions that the report contains.
    pub positions: BTreeSet<Id>,
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

/// The operations that belong to a call, each with the agenda item that was open and the time.
pub(super) type Made<'a> = BTreeMap<&'a Id, (Option<AgendaItemId>, DateTime<Utc>)>;

/// The versions of a meeting's report that the journal names, each with its number.
pub(super) type Versions = BTreeMap<Record, u16>;

impl Call {
    /// Whether the meeting that a record names is this one.
    pub(super) fn is_of_call(&self, meeting: &Option<MeetingId>) -> bool {
        meeting.as_ref() == Some(&self.id)
    }

    /// The findings and notes that the report contains.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.review.records.findings.values();
        findings
            .filter(|found| self.is_of_call(&found.meeting) && !found.private && !found.withdrawn)
    }

    /// The decisions of the call, by number.
    pub(super) fn decisions(&self) -> impl Iterator<Item = (&Id, &Decision)> {
        let decisions = self.review.records.decisions().into_iter();
        decisions.filter(|(_, decision)| self.is_of_call(&decision.meeting))
    }

    /// The action items of the call, by number.
    pub(super) fn actions(&self) -> impl Iterator<Item = (&Id, &Action)> {
        let actions = self.review.records.actions().into_iter();
        actions.filter(|(_, action)| self.is_of_call(&action.meeting))
    }

    /// What something is about, if that is not a call.
    pub(super) fn subject(&self, about: Option<&About>) -> Option<String> {
        let about = about.filter(|about| !matches!(about, About::Meeting(_)))?;
        Some(about_label(&self.review, about))
    }

    /// The minute of the call that is recorded, or else that of a moment.
    pub(super) fn minute(&self, recorded: Option<u32>, at: DateTime<Utc>) -> u32 {
        recorded.unwrap_or_else(|| self.meeting.minute(at))
    }

    /// Where in the journal a record was first written.
    pub(super) fn place(&self, record: Record) -> Option<usize> {
        self.written.get(&record).copied()
    }
}

/// Reads the journal for the report of a meeting.
///
/// # Errors
/// A meeting that is not there; a journal that makes no record.
pub(super) fn read(catalogue: &Catalogue, journal: &[Operation], id: &MeetingId) -> Result<Call> {
    let versions = versions_of(journal, id);
    let journal = &*with_versions_where_copied(journal, id, &versions);
    let (made, changes) = made(journal, id);
    let (review, corrections) = corrected(catalogue, journal, id, &versions, &made)?;
    let Some(meeting) = review.records.meetings.get(id).cloned() else {
        let name = review.meeting_name(id);
        return Err(Error::slip(format!("There is no meeting {name}.")));
    };
    let sent = sent(journal, &versions);
    // From the end, so that the first place of each record is the one that stays.
    let mut written = BTreeMap::new();
    for (place, operation) in journal.iter().enumerate().rev() {
        let records = operation.changes.iter().map(|change| &change.record);
        written.extend(records.map(|record| (record.clone(), place)));
    }
    let is_bare = made.is_empty() && meeting.ended.is_some();
    let end = end(journal, id);
    let came_with = sent.iter().filter(|(_, sent)| is_bare && sent.place <= end);
    Ok(Call {
        came_with: came_with.map(|(version, _)| *version).next_back(),
        positions: reported_positions(&review, &written, journal, (id, &meeting)),
        private_notes: PrivateNotes::of(journal),
        id: id.clone(),
        meeting,
        review,
        changes,
        written,
        sent,
        corrections,
        is_bare,
    })
}

/// The operations that belong to a call, and what they changed that belongs to no meeting.
fn made<'a>(journal: &'a [Operation], id: &MeetingId) -> (Made<'a>, Vec<ChangeInCall>) {
    let call = Record::Meeting(id.clone());
    let mut meeting = Replay::default();
    let mut found = Made::new();
    let mut changes = Vec::new();
    for (place, operation) in journal.iter().enumerate() {
        let item = meeting.fields(&call).get(&Meeting::ITEM);
        let made = match &operation.role {
            Role::Undo(target) | Role::Redo(target) => found.get(target).cloned(),
            Role::Do => (operation.meeting.as_ref() == Some(id))
                .then(|| (item.and_then(|item| item.parse().ok()), operation.at)),
        };
        if let Some((item, at)) = &made {
            let reported = operation.changes.iter().filter(|change| {
                sent::is_said_in_a_call(&change.record)
                    || matches!(change.record, Record::Action(_)) && change.field == Action::DONE
            });
            changes.extend(reported.map(|change| ChangeInCall {
                item: item.clone(),
                at: *at,
                place,
                is_back: matches!(operation.role, Role::Undo(_)),
                change: change.clone(),
            }));
        }
        found.extend(made.map(|made| (&operation.id, made)));
        let of_call = |change: &&Change| change.record == call;
        meeting.apply(operation.changes.iter().filter(of_call));
    }
    (found, changes)
}

/// The versions that went out; one that was taken back did not.
fn sent(journal: &[Operation], versions: &Versions) -> BTreeMap<u16, Sent> {
    let mut sent = BTreeMap::new();
    for (place, operation) in journal.iter().enumerate() {
        let at = operation.at;
        for change in &operation.changes {
            let version = versions.get(&change.record);
            let Some(version) = version.filter(|_| change.field == ReportVersion::TEXT) else {
                continue;
            };
            match change.after {
                Some(_) => sent.insert(*version, Sent { place, at }),
                None => sent.remove(version),
            };
        }
    }
    sent
}

/// Reads off the journal which versions of the report of a meeting were ever recorded.
fn versions_of(journal: &[Operation], id: &MeetingId) -> Versions {
    let mut versions = Versions::new();
    for operation in journal {
        let is_report = |change: &&Change| matches!(change.record, Record::Report(_));
        let mut made = Replay::default();
        made.apply(operation.changes.iter().filter(is_report));
        for (record, fields) in made.records() {
            let meeting = fields.get(&ReportVersion::MEETING);
            let version = fields.get(&ReportVersion::VERSION);
            if meeting.is_some_and(|meeting| meeting == id.as_str())
                && let Some(version) = version.and_then(|number| number.parse().ok())
            {
                versions.insert(record.clone(), version);
            }
        }
    }
    versions
}

/// Whether an operation changes one of these versions.
pub(super) fn changes_version(operation: &Operation, versions: &Versions) -> bool {
    let mut changes = operation.changes.iter();
    changes.any(|change| versions.contains_key(&change.record))
}

/// The journal with each version that was recorded later than its text was copied before the operations that came after the copy.
fn with_versions_where_copied<'a>(
    journal: &'a [Operation],
    id: &MeetingId,
    versions: &Versions,
) -> Cow<'a, [Operation]> {
    let mut ordered = Cow::Borrowed(journal);
    let end = end(journal, id);
    for (place, operation) in journal.iter().enumerate() {
        let Some(copied_at) = copied_at(operation, versions) else {
            continue;
        };
        let since_end = ordered.get(end + 1..place).unwrap_or_default();
        let is_after =
            |other: &&Operation| other.at > copied_at && !changes_version(other, versions);
        let moved = since_end.iter().rev().take_while(is_after).count();
        if moved > 0 {
            ordered.to_mut()[place - moved..=place].rotate_right(1);
        }
    }
    ordered
}

/// When the text was copied of a version that an operation records, if it only does that, and does it later.
fn copied_at(operation: &Operation, versions: &Versions) -> Option<DateTime<Utc>> {
    let of_version = |change: &Change| versions.contains_key(&change.record);
    let mut changes = operation.changes.iter();
    let at = changes.find(|change| of_version(change) && change.field == ReportVersion::AT)?;
    let at = parse_moment(at.after.as_deref()?).ok()?;
    (at < operation.at && operation.changes.iter().all(of_version)).then_some(at)
}

/// Where in the journal the call ended last; behind it if the call has not ended.
pub(super) fn end(journal: &[Operation], id: &MeetingId) -> usize {
    end_of_call(journal, id).unwrap_or(journal.len())
}
