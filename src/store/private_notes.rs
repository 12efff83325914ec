//! What the store refuses on private notes, inside the transaction: nobody but its author changes one, and nobody else makes one private
//! or public. No message quotes one.
//!
//! Somebody whose window has not looked yet may still see a finding that its author has made private in the meantime.

use super::{from_sqlite, record};
use crate::error::{Error, Result};
use crate::model::change::{Change, Operation, Record};
use crate::model::fields::Fields;
use crate::model::private_notes::is_shown_to_all;
use crate::model::vocabulary::Field;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// The conflict on a change to a finding that not everybody may read as it now stands, without a word of it.
pub(super) fn conflict(change: &Change, now: &Fields) -> Option<Error> {
    (matches!(change.record, Record::Finding(_)) && !is_shown_to_all(now)).then(|| {
        Error::conflict(format!("Refused: {} was changed, made private or taken back in the meantime.", change.record))
            .hint("Nothing was overwritten. Look at it again, then decide.")
    })
}

/// Refuses to change what is private to somebody else, and to make private what somebody else wrote. To take back as a whole what was brought
/// by a file is neither.
pub(super) fn check(conn: &Connection, operation: &Operation, after: &BTreeMap<&Record, Fields>) -> Result<()> {
    for (finding, after) in after.iter().filter(|(record, after)| matches!(record, Record::Finding(_)) && !after.is_empty()) {
        let before = record::read(conn, finding).map_err(|e| from_sqlite(&e))?;
        let is_others = before.get(&Field::By).is_some_and(|author| *author != operation.by);
        let is_private = |fields: &Fields| fields.contains_key(&Field::Private);
        if is_others && (is_private(&before) || is_private(after)) {
            return Err(Error::conflict(format!("Refused: only its author changes {finding} while it is private, or makes it private."))
                .hint("Nothing was written. Look at the findings again."));
        }
    }
    Ok(())
}
