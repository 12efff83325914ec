//! The quoted records in the workspace: written whole, renewed whole, read at every start.
//!
//! One file a family of records, each with its SQL beside its functions; `0001-catalogue.sql` is the schema. Only a newer catalogue
//! changes these rows. What the team adds to question, meeting and member (`from_catalogue = 0`) is neither read nor touched here.
//!
//! A record with a name of its own is updated in place when the catalogue is renewed, so that what the team wrote about it keeps
//! pointing to it; rows that belong to such a record are written afresh.

pub(in crate::store) mod column;
mod gone;
mod meeting;
mod new_recommendation;
mod plan;
mod question;
mod recommendation;
mod review;
pub(in crate::store) mod seal;
mod slide;
mod team;

use crate::error::Result;
use crate::model::catalogue::Catalogue;
use rusqlite::{Connection, Transaction};

/// Writes every record of a catalogue into tables that hold none yet.
///
/// # Errors
/// Whatever SQLite refuses; a catalogue that was read by `catalogue` breaks no rule of the schema.
pub fn fill(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    write(tx, catalogue)?;
    seal::write(tx)
}

/// Brings the quoted records to another catalogue: what is in it is written; what is no longer in it goes, unless a foreign key
/// of another row still points to it, and then stays and is loaded like the rest. A mention in words, such as `rec 11`, holds nothing.
/// Where the team has a question, meeting or member of its own by a name that the catalogue now knows too, the team's row stays.
///
/// # Errors
/// Whatever SQLite refuses.
pub fn replace(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    write(tx, catalogue)?;
    gone::delete(tx, catalogue)?;
    seal::write(tx)
}

/// Reads all quoted records.
///
/// # Errors
/// Bad data that names table, row and column, if the file holds what no catalogue can hold.
pub fn load(conn: &Connection) -> Result<Catalogue> {
    let mut catalogue = Catalogue::default();
    review::load(conn, &mut catalogue)?;
    recommendation::load(conn, &mut catalogue)?;
    question::load(conn, &mut catalogue)?;
    team::load(conn, &mut catalogue)?;
    meeting::load(conn, &mut catalogue)?;
    new_recommendation::load(conn, &mut catalogue)?;
    plan::load(conn, &mut catalogue)?;
    slide::load(conn, &mut catalogue)?;
    Ok(catalogue)
}

/// Reads what the first screen is drawn from: the list of recommendations, and the first of them whole.
///
/// # Errors
/// As [`load`].
pub fn load_first(conn: &Connection) -> Result<Catalogue> {
    let mut catalogue = Catalogue::default();
    review::load_header(conn, &mut catalogue)?;
    recommendation::load_first(conn, &mut catalogue)?;
    Ok(catalogue)
}

/// Writes all records, each after those that it refers to.
fn write(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    review::write(tx, catalogue)?;
    recommendation::write(tx, catalogue)?;
    team::write(tx, catalogue)?;
    meeting::write(tx, catalogue)?;
    question::write(tx, catalogue)?;
    new_recommendation::write(tx, catalogue)?;
    plan::write(tx, catalogue)?;
    slide::write(tx, catalogue)
}
