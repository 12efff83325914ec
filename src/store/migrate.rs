//! The migrations: a file of any earlier schema is brought to the newest in one transaction; a newer file is refused.
//!
//! A migration never changes once it has been released, and none is ever removed from the list.

use super::check::foreign_key_faults;
use super::header::{APPLICATION_ID, Header};
use super::query::begin;
use super::{alias, catalogue, draft};
use crate::error::{Error, Result};
use crate::model::catalogue::Catalogue;
use rusqlite::{Connection, Transaction};

/// The migrations, in the order of the schemas that they lead to.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001-catalogue.sql"),
    include_str!("migrations/0002-record.sql"),
    include_str!("migrations/0003-draft-base.sql"),
    include_str!("migrations/0004-ledger.sql"),
    include_str!("migrations/0005-call.sql"),
    include_str!("migrations/0006-ids.sql"),
];

/// The schema that this program writes, as `user_version`: the number of the last migration.
pub const LATEST_SCHEMA: i32 = MIGRATIONS.len() as i32;

/// The first schema with what SQL cannot compute: an id for everything that people make, and digests of quoted records and drafts.
const WITH_IDS_AND_DIGESTS: i32 = 6;

/// Runs the migrations that an existing file lacks, in one transaction.
///
/// # Errors
/// Whatever SQLite refuses; a row that points to one that is not there. The file is then as it was.
pub(super) fn run(conn: &mut Connection) -> Result<()> {
    // A table cannot be made anew while foreign keys are enforced, and SQLite does not let a transaction switch that.
    conn.pragma_update(None, "foreign_keys", false)?;
    let outcome = run_in_one_transaction(conn);
    conn.pragma_update(None, "foreign_keys", true)?;
    outcome
}

fn run_in_one_transaction(conn: &mut Connection) -> Result<()> {
    let tx = begin(conn)?;
    // Read again under the lock: another process may have migrated the file in the meantime.
    let version = Header::of(&tx)?.version;
    migrate_from(&tx, version)?;
    if let Some(orphan) = foreign_key_faults(&tx)?.first() {
        return Err(Error::bad_data(format!("The file is damaged: {orphan}"))
            .hint("It was left as it is. Go back to a backup."));
    }
    Ok(tx.commit()?)
}

/// Writes the newest schema and a catalogue to an empty file, in one transaction.
pub(super) fn create(conn: &mut Connection, contents: &Catalogue) -> Result<()> {
    let tx = begin(conn)?;
    migrate_from(&tx, 0)?;
    catalogue::fill(&tx, contents)?;
    Ok(tx.commit()?)
}

fn migrate_from(tx: &Transaction<'_>, version: i32) -> Result<()> {
    let mut earlier = None;
    for (number, sql) in (1..)
        .zip(MIGRATIONS)
        .filter(|(number, _)| *number > version)
    {
        if number == WITH_IDS_AND_DIGESTS && version > 0 {
            earlier = Some(alias::read_earlier(tx)?);
        }
        tx.execute_batch(sql)
            .map_err(|e| Error::bug(format!("migration {number} fails: {e}")).caused_by(e))?;
    }
    if let Some(earlier) = &earlier {
        alias::write_earlier(tx, earlier)?;
    }
    if version < WITH_IDS_AND_DIGESTS {
        catalogue::complete(tx)?;
        draft::complete(tx)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(tx.pragma_update(None, "user_version", LATEST_SCHEMA)?)
}
