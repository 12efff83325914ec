//! Protects private notes inside the write transaction: only the author of a finding can change it while it is private, or make it private or
//! public. No message quotes a private note.
//!
//! The check belongs here because another person's window may still show a finding that its author has made private in the meantime.

use super::journal::LOOK_AGAIN;
use super::query::exists;
use super::record;
use crate::error::{Error, Result};
use crate::model::journal::change::{Change, Operation};
use crate::model::private_notes::is_shown_to_all;
use crate::model::record::describe::Fields;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// The conflict for a finding that must not be quoted: it was withdrawn or deleted in the meantime, or it is private or ever was. The window that
/// shows this message still has the old text, and may be on a shared screen. `None` for all other records.
pub(super) fn conflict(conn: &Connection, change: &Change, now: &Fields) -> Result<Option<Error>> {
    if !matches!(change.record, Record::Finding(_))
        || (is_shown_to_all(now) && !was_ever_private(conn, &change.record)?)
    {
        return Ok(None);
    }
    let message = format!(
        "Refused: {} was changed, made private or taken back in the meantime.",
        change.record
    );
    Ok(Some(Error::conflict(message).hint(LOOK_AGAIN)))
}

fn was_ever_private(conn: &Connection, finding: &Record) -> Result<bool> {
    let sql = "SELECT 1 FROM change WHERE record = ?1 AND field = 'private'";
    exists(conn, sql, [finding.to_string()])
}

/// Refuses to change somebody else's private note, and to make somebody else's finding private. Undoing an import may still remove a finding
/// as a whole.
pub(super) fn check(
    conn: &Connection,
    operation: &Operation,
    after: &BTreeMap<&Record, Fields>,
) -> Result<()> {
    for (finding, after) in after
        .iter()
        .filter(|(record, after)| matches!(record, Record::Finding(_)) && !after.is_empty())
    {
        let before = record::read(conn, finding)?;
        let is_others = before
            .get(&Finding::BY)
            .is_some_and(|author| *author != operation.by);
        let is_private = |fields: &Fields| fields.contains_key(&Finding::PRIVATE);
        if is_others && (is_private(&before) || is_private(after)) {
            return Err(Error::conflict(format!(
                "Refused: only the author of {finding} can make it private, or change it while it is private."
            ))
            .hint("Nothing was written. Look at the findings again."));
        }
    }
    Ok(())
}
