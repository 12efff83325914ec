//! The ladder of schemas: a file of any earlier schema is brought to the newest in one transaction, a newer file is refused.
//!
//! A rung never changes once it has been released, and none ever leaves the list.

use super::from_sqlite;
use crate::error::{Error, Result};
use crate::model::catalogue::Catalogue;
use rusqlite::{Connection, TransactionBehavior};

/// `PENH`, in the header of every workspace.
const APPLICATION_ID: i32 = 0x5045_4E48;

/// The first rung: the tables of the quoted records.
pub const CATALOGUE_SQL: &str = include_str!("migrations/0001-catalogue.sql");

/// The rungs; the number of the last is the schema of a new file.
const RUNGS: &[&str] = &[
    CATALOGUE_SQL,
    include_str!("migrations/0002-record.sql"),
    include_str!("migrations/0003-draft-base.sql"),
    include_str!("migrations/0004-ledger.sql"),
    include_str!("migrations/0005-call.sql"),
];

/// The schema that this program writes, as `user_version`.
pub const LATEST_SCHEMA: i32 = 5;

/// Refuses a file of another program, and of a newer penholder; answers whether a rung is missing.
pub fn refuse_foreign(conn: &Connection) -> Result<bool> {
    let (application, version) = header(conn)?;
    if application != APPLICATION_ID && !(application == 0 && version == 0 && is_empty(conn)?) {
        return Err(Error::bad_data("the file is a database of another program, not a penholder workspace"));
    }
    if version > LATEST_SCHEMA {
        return Err(Error::bad_data(format!(
            "the file was written by a newer penholder (its schema is {version}, this program knows up to {LATEST_SCHEMA})"
        ))
        .hint("Update penholder; the file was left as it is."));
    }
    Ok(version < LATEST_SCHEMA)
}

/// Climbs the rungs that are missing, and fills a new file, all in one transaction.
pub fn run(conn: &mut Connection, catalogue: impl FnOnce() -> Result<Catalogue>) -> Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|e| from_sqlite(&e))?;
    // Read again under the lock: another process may have climbed in the meantime.
    let (_, version) = header(&tx)?;
    for (rung, sql) in (1..).zip(RUNGS) {
        if rung > version {
            tx.execute_batch(sql).map_err(|e| Error::bug(format!("rung {rung} of the schema fails: {e}")))?;
        }
    }
    if version == 0 {
        super::catalogue::fill(&tx, &catalogue()?).map_err(|e| from_sqlite(&e))?;
    }
    tx.execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {LATEST_SCHEMA};"))
        .map_err(|e| from_sqlite(&e))?;
    tx.commit().map_err(|e| from_sqlite(&e))
}

fn header(conn: &Connection) -> Result<(i32, i32)> {
    let read = |pragma: &str| conn.query_row(pragma, [], |row| row.get(0));
    let both = || -> rusqlite::Result<(i32, i32)> { Ok((read("PRAGMA application_id")?, read("PRAGMA user_version")?)) };
    both().map_err(|e| from_sqlite(&e))
}

fn is_empty(conn: &Connection) -> Result<bool> {
    conn.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0)).map_err(|e| from_sqlite(&e))
}
