//! Refuses an operation that would leave a record naming another that does not exist. Runs inside the write transaction and works from the descriptions.
//!
//! The rules check this too, but only against what this window has read: another window may have removed a meeting that this operation names, or named one that
//! it removes.

use super::from_sqlite;
use super::record;
use crate::error::{Error, Result};
use crate::model::record::describe::Fields;
use crate::model::record::kinds::{Kind, Record, Records};
use crate::model::record::value::Form;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Looks at the records of an operation, which are written.
pub(super) fn check(conn: &Connection, written: &BTreeMap<&Record, Fields>) -> Result<()> {
    for (record, fields) in written {
        let is_dangling = if fields.is_empty() {
            is_named(conn, record)?
        } else {
            let mut named = record.names(fields).into_iter();
            named.try_fold(false, |dangling, named| {
                Ok::<bool, Error>(dangling || !is_there(conn, &named)?)
            })?
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
        for named in record.names(&records.fields(&record)) {
            if !is_there(conn, &named)? {
                faults.push(format!(
                    "The row of {record} names {named}, which is not there."
                ));
            }
        }
    }
    Ok(faults)
}

/// Whether a record is there, quoted or as a row of the team's. People need not be members.
fn is_there(conn: &Connection, named: &Record) -> Result<bool> {
    let is_person = matches!(named, Record::Member(_));
    let has_row = || Ok(!record::read(conn, named).map_err(from_sqlite)?.is_empty());
    Ok(is_person || is_quoted(conn, named)? || has_row()?)
}

/// Whether a record is quoted, so that it stays when the team's row of it is removed.
fn is_quoted(conn: &Connection, record: &Record) -> Result<bool> {
    let Some(quoted_as) = record.kind().and_then(|kind| kind.description().quoted_as) else {
        return Ok(false);
    };
    let sql = "SELECT 1 FROM quoted WHERE kind = ?1 AND name = ?2";
    let mut statement = conn.prepare_cached(sql).map_err(from_sqlite)?;
    let key = record.key();
    statement.exists([quoted_as, &key]).map_err(from_sqlite)
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
        let fields = other
            .fields
            .iter()
            .filter(|known| known.refers.contains(&kind));
        let named = fields.map(|known| {
            let value = if known.refers.len() == 1 {
                removed.key()
            } else {
                removed.to_string()
            };
            let column = known.field.word();
            let is_it = if known.form == Form::Words {
                format!("instr(', ' || \"{column}\" || ', ', ', ' || ?1 || ', ') > 0")
            } else {
                format!("\"{column}\" = ?1")
            };
            (is_it, value)
        });
        let keys = other
            .key
            .iter()
            .filter(|column| kind == Kind::Meeting && **column == "meeting");
        let keys = keys.map(|column| (format!("\"{column}\" = ?1"), removed.key()));
        for (is_it, value) in named.chain(keys) {
            let sql = format!("SELECT 1 FROM {} WHERE {is_it}", other.table);
            let mut statement = conn.prepare_cached(&sql).map_err(from_sqlite)?;
            if statement.exists([&value]).map_err(from_sqlite)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
