//! A change carries its before and its after; an operation is the changes that belong together.
//!
//! Undo, redo, history, conflict detection and merging all read these two images; nothing else in the program
//! knows how to go back. Values are kept as the text that the field's type prints and parses, so that the journal can be read by
//! a person with nothing but sqlite3.

use crate::model::ids::{Id, MeetingId};
use crate::model::record::describe::{Field, Fields};
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// One field of one record, before and after. `None` is unset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The record.
    pub record: Record,
    /// The field.
    pub field: Field,
    /// Its value before.
    pub before: Option<String>,
    /// Its value after.
    pub after: Option<String>,
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Change {
        Change {
            record: self.record.clone(),
            field: self.field,
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }

    /// Makes the change to the fields of its record.
    pub fn apply_to(&self, fields: &mut Fields) {
        match &self.after {
            Some(value) => fields.insert(self.field, value.clone()),
            None => fields.remove(&self.field),
        };
    }
}

/// The changes that lead from the fields a record has to those it should have, in the order of its description.
pub fn changes(record: &Record, before: &Fields, after: &Fields) -> Vec<Change> {
    let fields = record.fields().iter().map(|known| known.field);
    fields
        .filter(|field| before.get(field) != after.get(field))
        .map(|field| Change {
            record: record.clone(),
            field,
            before: before.get(&field).cloned(),
            after: after.get(&field).cloned(),
        })
        .collect()
}

/// What changes come to together, in the order in which each field was first changed; a field that was changed back is left out.
pub fn net<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Vec<Change> {
    let mut net: Vec<Change> = Vec::new();
    let mut places: BTreeMap<(&Record, Field), usize> = BTreeMap::new();
    for change in changes {
        let place = *places
            .entry((&change.record, change.field))
            .or_insert(net.len());
        match net.get_mut(place) {
            Some(first) => first.after.clone_from(&change.after),
            None => net.push(change.clone()),
        }
    }
    net.retain(|change| change.before != change.after);
    net
}

/// What an edit wants done: its label in plain words, and its changes. No changes means that there is nothing to do, and the label says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// `Rec 11 partially implemented`.
    pub label: String,
    /// The changes, none of which leaves a field as it is.
    pub changes: Vec<Change>,
}

impl Edit {
    /// Whether there is nothing to write.
    pub fn is_nothing(&self) -> bool {
        self.changes.is_empty()
    }

    /// The meetings that are created bare because the edit names them and nobody knows them.
    pub fn new_meetings(&self) -> impl Iterator<Item = &MeetingId> {
        let says_more = |record: &Record| {
            let mut changes = self.changes.iter().filter(|other| other.record == *record);
            changes.any(|other| other.field != Meeting::NAME)
        };
        let is_named = |change: &&Change| change.field == Meeting::NAME && change.before.is_none();
        let named = self.changes.iter().filter(is_named);
        named
            .filter(move |change| !says_more(&change.record))
            .filter_map(|change| change.record.meeting())
    }

    /// This edit and another that was made where this one leaves the review, as one under this one's label.
    #[must_use]
    pub fn then(self, later: Edit) -> Edit {
        Edit {
            changes: net(self.changes.iter().chain(&later.changes)),
            label: self.label,
        }
    }

    /// The edit that takes this one back, its changes in reverse order.
    #[must_use]
    pub fn inverse(&self) -> Edit {
        Edit {
            label: self.label.clone(),
            changes: self.changes.iter().rev().map(Change::inverse).collect(),
        }
    }
}

/// Whether an operation is new, takes another back, or repeats one that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// New.
    Do,
    /// Takes back the operation with this id.
    Undo(Id),
    /// Repeats the operation with this id.
    Redo(Id),
}

/// One entry of the journal: one transaction, one undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Made when it was written, kept for ever.
    pub id: Id,
    /// When it was written, or, if a file brought it, when its content came to be (UTC).
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub by: String,
    /// The meeting that was live.
    pub meeting: Option<MeetingId>,
    /// Whether it is an undo or redo.
    pub role: Role,
    /// What it did, in plain words.
    pub label: String,
    /// Its changes.
    pub changes: Vec<Change>,
}
