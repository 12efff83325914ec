//! Refuses an operation that would leave a record naming another that does not exist. Runs inside the write transaction and works from the descriptions.
//!
//! The rules check this too, but only against what this window has read: another window may have removed a meeting that this operation names, or named one that
//! it removes.

use super::query::exists;
use super::record;
use crate::error::{Error, Result};
use crate::model::ids::QuestionId;
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

/// The records that a record names and that are not there.
fn missing(conn: &Connection, record: &Record, fields: &Fields) -> Result<Vec<Record>> {
    let mut missing = Vec::new();
    for named in record.names(fields) {
        if !is_there(conn, &named)? {
            missing.push(named);
        }
    }
    Ok(missing)
}

/// Whether a record is there. People need not be members, and what a source prints is quoted.
fn is_there(conn: &Connection, named: &Record) -> Result<bool> {
    let quoted = match named {
        Record::Assessment(_) | Record::Member(_) | Record::Question(QuestionId::Printed(_)) => {
            return Ok(true);
        }
        Record::Meeting(id) => {
            let sql = "SELECT 1 FROM quoted WHERE kind = 'meeting' AND name = ?1";
            exists(conn, sql, [id.as_str()])?
        }
        _ => false,
    };
    Ok(quoted || !record::read(conn, named)?.is_empty())
}

/// Whether a row still names a record that was removed.
fn is_named(conn: &Connection, removed: &Record) -> Result<bool> {
    let Some(kind) = removed.kind().filter(|_| !is_quoted(removed)) else {
        return Ok(false);
    };
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
            let is_it = match known.form {
                Form::Words => {
                    format!("instr(', ' || \"{column}\" || ', ', ', ' || ?1 || ', ') > 0")
                }
                _ => format!("\"{column}\" = ?1"),
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
            if exists(conn, &sql, [&value])? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether a record stays, as a quoted one, when the team's row of it is removed.
fn is_quoted(record: &Record) -> bool {
    matches!(
        record,
        Record::Assessment(_) | Record::Question(QuestionId::Printed(_))
    )
}
