//! Refuses an operation that would leave a record naming another that does not exist. Runs inside the write transaction and works from the descriptions.
//!
//! The rules check this too, but only against what this window has read: another window may have removed a meeting that this operation names, or named one that
//! it removes.

use super::query::exists;
use super::record;
use crate::error::{Error, Result};
use crate::model::record::describe::Fields;
use crate::model::record::kinds::{Kind, Record, Records};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Looks at the records of an operation, which are written.
pub(super) fn check(conn: &Connection, written: &BTreeMap<&Record, Fields>) -> Result<()> {
    for (record, fields) in written {
        let is_dangling = if fields.is_empty() {
            is_named(conn, record)?
        } else {
            !missing(conn, record, fields)?.is_empty()
        };
        if is_dangling {
            let message = "Somebody else took back a record in the meantime that this one names, or named one that this one takes back";
            return Err(Error::conflict(message)
                .hint("Nothing was written. Look at it again, then decide."));
        }
    }
    Ok(())
}

/// Says which rows name a record that is not there, a sentence each.
pub(super) fn faults(conn: &Connection, records: &Records) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for record in records.names() {
        for named in missing(conn, &record, &records.fields(&record))? {
            let fault = format!("The row of {record} names {named}, which is not there.");
            faults.push(fault);
        }
    }
    Ok(faults)
}

/// The records that a record names and that do not exist.
fn missing(conn: &Connection, record: &Record, fields: &Fields) -> Result<Vec<Record>> {
    let mut missing = Vec::new();
    for named in record.names(fields) {
        if !record_exists(conn, &named)? {
            missing.push(named);
        }
    }
    Ok(missing)
}

/// Whether a record exists, as a quoted record or as a row of the team's. People need not be members.
fn record_exists(conn: &Connection, named: &Record) -> Result<bool> {
    Ok(matches!(named, Record::Member(_))
        || is_quoted(conn, named)?
        || !record::read(conn, named)?.is_empty())
}

/// Whether a record is quoted, so that it stays when the team's row of it is removed.
fn is_quoted(conn: &Connection, record: &Record) -> Result<bool> {
    let Some(quoted_as) = record.kind().and_then(|kind| kind.description().quoted_as) else {
        return Ok(false);
    };
    let sql = "SELECT 1 FROM quoted WHERE kind = ?1 AND name = ?2";
    exists(conn, sql, [quoted_as, &record.key()])
}

/// Whether a row still names a record that was removed.
fn is_named(conn: &Connection, removed: &Record) -> Result<bool> {
    let Some(kind) = removed.kind() else {
        return Ok(false);
    };
    if is_quoted(conn, removed)? {
        return Ok(false);
    }
    for other in Kind::ALL.iter().map(|kind| kind.description()) {
        let fields = other.fields.iter();
        let fields = fields.filter(|known| known.refers.contains(&kind));
        let fields = fields.map(|known| (known.field.word(), known.refers.len() == 1));
        let keys = other.key.iter().copied();
        let keys = keys.filter(|column| kind == Kind::Meeting && *column == "meeting");
        for (column, is_key) in fields.chain(keys.map(|column| (column, true))) {
            let name = if is_key {
                removed.key()
            } else {
                removed.to_string()
            };
            // A column may have a list.
            let sql = format!(
                "SELECT 1 FROM {} WHERE instr(', ' || \"{column}\" || ', ', ', ' || ?1 || ', ') > 0",
                other.table
            );
            if exists(conn, &sql, [name])? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
