//! The journal: what was changed, who changed it and when, and the ways to read it.
//!
//! It only grows. [`change`] describes what it consists of, [`replay`] gives the records as they stood after any operation, and [`stacks`] says
//! which operations can be undone and redone. Nothing here knows the review in memory, which is built from this and not the other way round.

pub mod change;
pub mod replay;
pub mod stacks;

use crate::model::ids::MeetingId;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use change::Operation;

/// The place in the journal of the operation that ended a call; none if the call has not ended, or if its end was undone.
pub fn end_of_call(journal: &[Operation], id: &MeetingId) -> Option<usize> {
    let call = Record::Meeting(id.clone());
    // An end that is only moved to another time is not a new end.
    let ended = |operation: &Operation| {
        let change = operation.changes.iter().find(|change| {
            change.record == call
                && change.field == Meeting::ENDED
                && change.before.is_none() != change.after.is_none()
        })?;
        Some(change.after.is_some())
    };
    let mut newest_first = journal.iter().enumerate().rev();
    let last = newest_first.find_map(|(place, operation)| Some((place, ended(operation)?)));
    last.and_then(|(place, has_ended)| has_ended.then_some(place))
}
