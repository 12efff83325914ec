//! SQLite, and nothing else here: the workspace file, created, opened, migrated, read and written.
//!
//! One file holds the quoted records, what the team recorded, and the journal. Every write is one short `BEGIN IMMEDIATE`
//! transaction, durable on disk when it returns; no transaction lives across a key press. Only SQLite ever opens the file: a second handle
//! opened and closed by this process would drop SQLite's locks, so SQLite writes the copies too (`VACUUM INTO`). The one exception is
//! `header`, which reads the first bytes before SQLite opens the file.

// No match over one of our enums has a wildcard, so that the compiler names every match that a new case must extend.
#![warn(clippy::wildcard_enum_match_arm)]

mod alias;
pub mod catalogue;
pub mod check;
mod connection;
mod creation;
mod digest;
pub mod draft;
mod entry;
mod header;
mod ids;
pub mod journal;
mod migrate;
mod private_notes;
mod query;
mod record;
mod references;
mod running;

use crate::error::{Error, Kind, Result};
use crate::model::catalogue::Catalogue;
use crate::model::review::Review;
use rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY;
use rusqlite::{Connection, ErrorCode};
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

pub use creation::create;
pub use migrate::LATEST_SCHEMA;

/// What may happen when the file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A missing file is created.
    Create,
    /// A missing file is an error.
    Refuse,
}

/// An open workspace file.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    /// Dropped after the connection.
    _open_file: connection::OpenFileEntry,
    path: PathBuf,
    data_version: i64,
    /// How the journal of earlier schemas is read.
    aliases: alias::Aliases,
    /// Why only one window may be open, if so.
    pub warning: Option<String>,
}

impl Store {
    /// Opens a workspace and migrates it to the newest schema; a missing one is created and filled from `catalogue`, or refused.
    ///
    /// # Errors
    /// A missing file where that is refused; a file that is no workspace, or was written by a newer penholder, which stays unchanged; whatever SQLite
    /// or the file system refuse.
    pub fn open(
        path: &Path,
        missing: Missing,
        catalogue: impl FnOnce() -> Result<Catalogue>,
    ) -> Result<Store> {
        let attempt = || format!("Opening the workspace {}", shown(path));
        let unreadable = |e: io::Error| {
            if e.kind() == ErrorKind::NotFound {
                return Error::slip(format!("There is no workspace at {}.", shown(path)))
                    .hint("Name one with --db FILE, or start penholder once to create it.");
            }
            Error::io(attempt(), e)
        };
        if missing == Missing::Create && !path.try_exists().map_err(unreadable)? {
            create(path, catalogue)?;
        }
        let file = fs::metadata(path).map_err(unreadable)?;
        Store::open_existing(path, &file).map_err(|e| e.while_trying(attempt()))
    }

    fn open_existing(path: &Path, file: &Metadata) -> Result<Store> {
        if file.is_dir() {
            return Err(Error::slip("that is a folder; expected a file")
                .hint("Name the workspace file in it."));
        }
        // Reading a pipe would wait until another process writes to it.
        if !file.is_file() {
            return Err(Error::slip("that is a pipe or a device; expected a file")
                .hint("Name another file with --db FILE."));
        }
        let (mut conn, open_file) = connection::open(path, file)?;
        let header = header::Header::of(&conn)?;
        header.check()?;
        let is_remote = connection::on_network_drive(creation::folder_of(path));
        let warning = connection::set_up(&conn, is_remote)?;
        if header.version < LATEST_SCHEMA {
            migrate::run(&mut conn)?;
        }
        Ok(Store {
            data_version: data_version(&conn)?,
            aliases: alias::Aliases::load(&conn)?,
            conn,
            _open_file: open_file,
            path: path.to_owned(),
            warning,
        })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads everything the screens need: quoted records and the team's.
    ///
    /// # Errors
    /// A row that makes no record, with its table.
    pub fn load(&self) -> Result<Review> {
        self.read(catalogue::load, record::load_all)
    }

    /// Reads what the first screen is drawn from: the recommendations, and the team's verdicts and assessments.
    ///
    /// # Errors
    /// As [`Store::load`].
    pub fn load_first(&self) -> Result<Review> {
        self.read(catalogue::load_first, record::load_first)
    }

    fn read(
        &self,
        quoted: fn(&Connection) -> Result<Catalogue>,
        recorded: fn(&Connection, &mut Review) -> Result<()>,
    ) -> Result<Review> {
        // One read transaction, so that another window's write cannot fall between two tables.
        let read = self.conn.unchecked_transaction()?;
        let mut review = Review::new(quoted(&read)?);
        recorded(&read, &mut review)?;
        self.newest_id()?.iter().for_each(|id| review.ids.pass(id));
        Ok(review)
    }

    /// Whether another connection has committed since the last call.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn changed_elsewhere(&mut self) -> Result<bool> {
        let now = data_version(&self.conn)?;
        let changed = now != self.data_version;
        self.data_version = now;
        Ok(changed)
    }

    /// Writes a copy of the workspace as it is now; refuses a file that exists.
    ///
    /// # Errors
    /// An existing target; whatever SQLite or the file system refuse. Nothing is left of a copy that failed.
    pub fn backup(&self, to: &Path) -> Result<()> {
        let attempt = || format!("Copying the workspace to {}", shown(to));
        let exists = || {
            Error::slip(format!("{}: the file exists already.", attempt()))
                .hint("Name another file.")
        };
        if to.try_exists().map_err(|e| Error::io(attempt(), e))? {
            return Err(exists());
        }
        // VACUUM INTO reads one consistent state and writes a plain file without side files.
        let copy = |unfinished: &Path| {
            let name = unfinished.to_string_lossy();
            self.conn.execute("VACUUM INTO ?1", [name])?;
            Ok(())
        };
        let written = creation::write_new(to, copy).map_err(|e| e.while_trying(attempt()))?;
        if written { Ok(()) } else { Err(exists()) }
    }
}

/// A number that is another one after another connection has committed.
fn data_version(conn: &Connection) -> Result<i64> {
    let mut statement = conn.prepare_cached("PRAGMA data_version")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// A path as it may be printed.
pub fn shown(path: &Path) -> String {
    crate::model::text::visible(&path.to_string_lossy())
}

impl From<rusqlite::Error> for Error {
    /// What SQLite said, as a sentence that says what to do.
    fn from(e: rusqlite::Error) -> Error {
        let system = |message: &str| Error::new(Kind::System, message);
        let is_reference = |e: &rusqlite::Error| {
            let code = e.sqlite_error().map(|e| e.extended_code);
            code == Some(SQLITE_CONSTRAINT_FOREIGNKEY)
        };
        let error = match e.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                system("another window is writing and does not come to an end")
                    .hint("Close the other window, or try again.")
            }
            Some(ErrorCode::DiskFull) => system("the disk is full")
                .hint("Make room and try again; nothing was half written."),
            Some(ErrorCode::ReadOnly) => system("the file or its folder cannot be written").hint(
                "Copy the file to a folder of your own and name the copy with --db, \
                 or ask for the right to write.",
            ),
            Some(ErrorCode::CannotOpen) => system("the file cannot be opened")
                .hint("Check the path, and the rights of file and folder."),
            Some(ErrorCode::NotADatabase) => Error::bad_data(
                "the file is not a penholder workspace (SQLite does not know its format)",
            ),
            Some(ErrorCode::DatabaseCorrupt) => Error::bad_data("the file is damaged")
                .hint("Run `penholder check`, and go back to a backup."),
            Some(ErrorCode::ConstraintViolation) if is_reference(&e) => Error::conflict(
                "Somebody else took back a record in the meantime that this one names",
            )
            .hint("Nothing was written. Look at it again, then decide."),
            Some(ErrorCode::ConstraintViolation) => {
                Error::bug(format!("the workspace refuses the change: {e}"))
            }
            _ => {
                let said = crate::model::text::visible(&e.to_string());
                system(&format!("SQLite says: {said}"))
            }
        };
        error.caused_by(e)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::config::DbConfig;
    use rusqlite::types::Value;

    #[test]
    fn a_file_that_cannot_be_written_comes_with_a_way_out() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("PRAGMA query_only = ON").unwrap();
        let refused = conn.execute_batch("CREATE TABLE a (b TEXT) STRICT");
        let error = Error::from(refused.unwrap_err());
        assert_eq!(error.message, "the file or its folder cannot be written");
        let cause = std::error::Error::source(&error);
        assert!(cause.is_some_and(|cause| cause.is::<rusqlite::Error>()));
        let hint = error.hint.unwrap_or_default();
        assert!(hint.starts_with("Copy the file to a folder of your own"));
    }

    #[test]
    fn the_connection_is_set_as_the_design_wants_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("a.db"), Missing::Create, || {
            Ok(Catalogue::default())
        })
        .unwrap();
        let conn = &store.conn;
        for (pragma, expected) in [
            // Full: a commit is on disk when it returns.
            ("synchronous", Value::Integer(2)),
            ("foreign_keys", Value::Integer(1)),
            ("busy_timeout", Value::Integer(5000)),
            ("trusted_schema", Value::Integer(0)),
            ("cell_size_check", Value::Integer(1)),
            ("journal_mode", Value::Text("wal".to_owned())),
        ] {
            let value: Value = conn
                .pragma_query_value(None, pragma, |row| row.get(0))
                .unwrap();
            assert_eq!(value, expected, "{pragma}");
        }
        assert!(conn.db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE).unwrap());
        let forbidden = conn.execute("UPDATE sqlite_schema SET sql = ''", []);
        assert!(forbidden.is_err());
    }
}
