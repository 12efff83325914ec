//! The ladder of schemas: a file of any earlier schema is brought to the newest in one transaction, a newer file is refused.
//!
//! A rung never changes once it has been released, and none ever leaves the list.

use super::from_sqlite;
use super::header::{APPLICATION_ID, Header};
use crate::error::{Error, Result};
use crate::model::catalogue::Catalogue;
use rusqlite::{Connection, Transaction, TransactionBehavior};

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

/// Runs the migrations that an existing file lacks, in one transaction.
pub(super) fn run(conn: &mut Connection) -> Result<()> {
    let tx = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(from_sqlite)?;
    // Read again under the lock: another process may have migrated the file in the meantime.
    let version = Header::of(&tx)?.version;
    migrate_from(&tx, version)?;
    tx.commit().map_err(from_sqlite)
}

/// Writes the newest schema and a catalogue to an empty file, in one transaction.
pub(super) fn create(conn: &mut Connection, catalogue: &Catalogue) -> Result<()> {
    let tx = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(from_sqlite)?;
    migrate_from(&tx, 0)?;
    super::catalogue::fill(&tx, catalogue).map_err(from_sqlite)?;
    tx.commit().map_err(from_sqlite)
}

fn migrate_from(tx: &Transaction<'_>, version: i32) -> Result<()> {
    for (rung, sql) in (1..).zip(RUNGS) {
        if rung > version {
            tx.execute_batch(sql).map_err(|e| {
                Error::bug(format!("rung {rung} of the schema fails: {e}")).caused_by(e)
            })?;
        }
    }
    tx.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {LATEST_SCHEMA};"
    ))
    .map_err(from_sqlite)
}
