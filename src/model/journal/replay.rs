//! The replay: the fields of the records as they stand after any operation of the journal.
//!
//! Everything that goes back in time uses this, so that all agree on what stood when: `penholder check`, the history of private notes, what a team
//! had before it when it agreed, reports of calls, and what an undo would leave. It cannot fail, because `penholder check` also replays damaged
//! journals. [`crate::model::review::Review::as_of`] makes a review of it.

use super::change::{Change, Operation};
use crate::model::record::describe::Fields;
use crate::model::record::kinds::Record;
use std::collections::BTreeMap;

/// The fields of every record that was changed. A record without fields was removed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replay {
    records: BTreeMap<Record, Fields>,
}

/// The fields of a record that does not exist.
static NONE: Fields = Fields::new();

impl Replay {
    /// The records after all of these operations, of which the first is the oldest in the journal.
    pub fn of<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> Replay {
        let mut replay = Replay::default();
        for operation in operations {
            replay.apply(&operation.changes);
        }
        replay
    }

    /// The records that these changes touch, after the changes; `before` gives the fields of a record before them.
    pub fn of_changes(changes: &[Change], before: impl Fn(&Record) -> Fields) -> Replay {
        let mut replay = Replay::default();
        for Change { record, .. } in changes {
            let fields = replay.records.entry(record.clone());
            fields.or_insert_with(|| before(record));
        }
        replay.apply(changes);
        replay
    }

    /// Applies changes and returns those whose value before is not the one that the field had.
    ///
    /// Quoted records are left out: the journal says that a newer catalogue replaced them, and not what they contain.
    pub fn apply<'a>(&mut self, changes: impl IntoIterator<Item = &'a Change>) -> Vec<&'a Change> {
        let mut unexpected = Vec::new();
        for change in changes {
            if matches!(change.record, Record::Quoted(_)) {
                continue;
            }
            let fields = self.records.entry(change.record.clone()).or_default();
            if fields.get(&change.field) != change.before.as_ref() {
                unexpected.push(change);
            }
            change.apply_to(fields);
        }
        unexpected
    }

    /// The fields of a record; none if it does not exist.
    pub fn fields(&self, record: &Record) -> &Fields {
        self.changed(record).unwrap_or(&NONE)
    }

    /// The fields of a record, if it was changed at all.
    pub fn changed(&self, record: &Record) -> Option<&Fields> {
        self.records.get(record)
    }

    /// The records that were changed, with their fields.
    pub fn records(&self) -> impl Iterator<Item = (&Record, &Fields)> {
        self.records.iter()
    }
}
