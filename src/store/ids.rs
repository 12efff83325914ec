//! Makes sure that the ids of an operation sort after every id in the workspace.
//!
//! A window makes ids after those that it has read. If another window has written since, the records that this operation makes get new ids here, under the
//! write lock, before anybody has seen them.

use super::query::exists;
use crate::error::Result;
use crate::model::ids::{Id, NextIds};
use crate::model::journal::change::Operation;
use crate::model::record::kinds::Record;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Gives operations and the records that they make other ids, if theirs do not come after the newest one in the workspace.
///
/// `known` is the newest id that was known when the operation was planned. What it made comes after that; what a file brings with an older id keeps it.
pub(super) fn come_after(
    conn: &Connection,
    known: Option<&Id>,
    newest: &Id,
    operations: &mut [Operation],
) -> Result<()> {
    let mut made: BTreeMap<Id, Id> = BTreeMap::new();
    for operation in operations.iter() {
        for record in operation.changes.iter().map(|change| &change.record) {
            let id = record
                .key()
                .parse::<Id>()
                .ok()
                .filter(|id| id.is_made() && id <= newest)
                .filter(|id| known.is_none_or(|known| id > known));
            if let Some(id) = id.filter(|id| !made.contains_key(id))
                && !is_recorded(conn, record)?
            {
                made.insert(id.clone(), id);
            }
        }
        if operation.id <= *newest || !made.is_empty() {
            made.insert(operation.id.clone(), operation.id.clone());
        }
    }
    if made.is_empty() {
        return Ok(());
    }
    let mut ids = NextIds::default();
    ids.pass(newest);
    ids.at(0, u64::from(std::process::id()));
    made.values_mut().for_each(|id| *id = ids.make());
    let renamed = |text: &str| {
        made.iter().fold(text.to_owned(), |text, (old, new)| {
            text.replace(old.as_str(), new.as_str())
        })
    };
    for operation in operations {
        if let Some(id) = made.get(&operation.id) {
            operation.id = id.clone();
        }
        for change in &mut operation.changes {
            if let Ok(record) = renamed(&change.record.to_string()).parse() {
                change.record = record;
            }
            change.before = change.before.as_deref().map(renamed);
            change.after = change.after.as_deref().map(renamed);
        }
    }
    Ok(())
}

/// Whether the journal knows a record: what is taken back, or brought back, keeps its id.
fn is_recorded(conn: &Connection, record: &Record) -> Result<bool> {
    let sql = "SELECT 1 FROM change WHERE record = ?1";
    exists(conn, sql, [record.to_string()])
}
