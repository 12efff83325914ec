//! SQLite, and nothing else here: the workspace file, opened, migrated, read and written.
//!
//! One file holds the quoted records, what the team recorded, and the journal. Every write is one short `BEGIN IMMEDIATE`
//! transaction, durable on disk when it returns; no transaction lives across a key press. Only SQLite ever opens the file: a second handle
//! opened and closed by this process would drop SQLite's locks, so copies are made with the backup API.
//!
//! Write-ahead log with full sync; on a network drive, where the log's shared memory does not work, the rollback journal and
//! an exclusive lock instead.

pub mod catalogue;
pub mod check;
pub mod draft;
pub mod journal;
mod migrate;
mod private;
mod record;

use crate::error::{Error, Kind, Result};
use crate::model::catalogue::Catalogue;
use crate::model::review::Review;
use rusqlite::config::DbConfig;
use rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

pub use migrate::{CATALOGUE_SQL, LATEST_SCHEMA};

/// How long a write waits for another window's write before it gives up.
const BUSY: Duration = Duration::from_secs(5);

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
    path: PathBuf,
    data_version: i64,
    /// Why only one window may be open, if so.
    pub warning: Option<String>,
}

impl Store {
    /// Opens a workspace, brings it to the newest schema, and fills a new one from `catalogue`.
    ///
    /// # Errors
    /// A missing file where that is refused; a file that is no workspace, or of a newer penholder; whatever SQLite or the file system refuse.
    pub fn open(path: &Path, missing: Missing, catalogue: impl FnOnce() -> Result<Catalogue>) -> Result<Store> {
        let attempt = |e: Error| e.while_trying(format!("Opening the workspace {}", shown(path)));
        let exists = path.try_exists().map_err(|e| Error::io(format!("Opening the workspace {}", shown(path)), &e))?;
        if path.is_dir() {
            return Err(attempt(Error::slip("that is a folder; expected a file").hint("Name the workspace file in it.")));
        }
        if !exists {
            if missing == Missing::Refuse {
                return Err(Error::slip(format!("There is no workspace at {}.", shown(path)))
                    .hint("Name one with --db FILE, or start penholder once to create it."));
            }
            make_folder(path)?;
        }
        let network = path.parent().is_some_and(on_network_drive);
        let conn = connect(path, !exists).map_err(|e| attempt(from_sqlite(&e)))?;
        let mut store = Store { conn, path: path.to_owned(), data_version: 0, warning: None };
        let is_behind = migrate::refuse_foreign(&store.conn).map_err(attempt)?;
        store.set_up(network).map_err(attempt)?;
        if is_behind {
            migrate::run(&mut store.conn, catalogue).map_err(attempt)?;
        }
        store.data_version = store.read_data_version()?;
        Ok(store)
    }

    fn set_up(&mut self, network: bool) -> Result<()> {
        let conn = &self.conn;
        let set = || -> rusqlite::Result<String> {
            conn.busy_timeout(BUSY)?;
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
            conn.execute_batch("PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL;")?;
            if network {
                conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
            }
            let wanted = if network { "DELETE" } else { "WAL" };
            conn.query_row(&format!("PRAGMA journal_mode = {wanted}"), [], |row| row.get(0))
        };
        // SQLite does not wait by itself while another window turns a new file to the write-ahead log.
        let begun = Instant::now();
        let mode = loop {
            match set() {
                Err(e) if is_busy(&e) && begun.elapsed() < BUSY => std::thread::sleep(Duration::from_millis(5)),
                other => break other.map_err(|e| from_sqlite(&e))?,
            }
        };
        if network {
            self.warning = Some("The workspace is on a network drive: only one window can have it open, and writing is slower.".to_owned());
        } else if !mode.eq_ignore_ascii_case("wal") {
            return Err(Error::new(Kind::System, format!("the file system refuses the write-ahead log (it answers “{mode}”)"))
                .hint("Keep the workspace on a local disk."));
        }
        Ok(())
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
        // One read transaction, so that another window's write cannot fall between two tables.
        let read = self.conn.unchecked_transaction().map_err(|e| from_sqlite(&e))?;
        let mut review = Review::new(catalogue::load(&read)?);
        record::load_all(&read, &mut review)?;
        Ok(review)
    }

    /// Reads what the first screen is drawn from: the list of recommendations, the first of them whole, and the
    /// team's verdicts and assessments.
    ///
    /// # Errors
    /// As [`Store::load`].
    pub fn load_first(&self) -> Result<Review> {
        let read = self.conn.unchecked_transaction().map_err(|e| from_sqlite(&e))?;
        let mut review = Review::new(catalogue::load_first(&read)?);
        record::load_first(&read, &mut review)?;
        Ok(review)
    }

    /// Whether another connection has committed since the last call.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn changed_elsewhere(&mut self) -> Result<bool> {
        let now = self.read_data_version()?;
        let changed = now != self.data_version;
        self.data_version = now;
        Ok(changed)
    }

    fn read_data_version(&self) -> Result<i64> {
        self.conn.prepare_cached("PRAGMA data_version").and_then(|mut s| s.query_row([], |row| row.get(0))).map_err(|e| from_sqlite(&e))
    }

    /// Writes a copy of the workspace as it is now; refuses a file that exists.
    ///
    /// # Errors
    /// An existing target; whatever SQLite or the file system refuse. Nothing is left of a copy that failed.
    pub fn backup(&self, to: &Path) -> Result<()> {
        let attempt = format!("Copying the workspace to {}", shown(to));
        if to.try_exists().map_err(|e| Error::io(&attempt, &e))? {
            return Err(Error::slip(format!("{attempt}: the file exists already.")).hint("Name another file."));
        }
        // VACUUM INTO reads one consistent state and writes a plain file without side files.
        let written = private(|| self.conn.execute("VACUUM INTO ?1", [to.to_string_lossy()]));
        written.map(drop).map_err(|e| {
            let _ = std::fs::remove_file(to);
            from_sqlite(&e).while_trying(attempt)
        })
    }
}

/// Removes a workspace that could not be filled, with SQLite's files beside it; nobody has had anything in it yet, and it is closed.
pub fn discard(path: &Path) {
    for end in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        let _ = std::fs::remove_file(name);
    }
}

/// A path as it may be printed.
pub fn shown(path: &Path) -> String {
    crate::model::text::visible(&path.to_string_lossy())
}

fn connect(path: &Path, create: bool) -> rusqlite::Result<Connection> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    private(|| {
        let conn = Connection::open_with_flags(path, flags)?;
        // SQLite opens the file at the first read; the umask must still be ours then.
        conn.query_row("PRAGMA schema_version", [], |_| Ok(()))?;
        Ok(conn)
    })
}

/// Runs `write` with a umask that keeps new files to their owner.
fn private<T>(write: impl FnOnce() -> T) -> T {
    use rustix::fs::Mode;
    // The umask is the whole process's: two threads must not put back each other's.
    static ONE: Mutex<()> = Mutex::new(());
    let _alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let before = rustix::process::umask(Mode::RWXG | Mode::RWXO);
    let result = write();
    rustix::process::umask(before);
    result
}

fn make_folder(path: &Path) -> Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            private(|| std::fs::create_dir_all(folder)).map_err(|e| Error::io(format!("Creating the folder {}", shown(folder)), &e))
        }
        _ => Ok(()),
    }
}

/// Whether the folder is on a network file system, where SQLite's shared memory does not work.
#[cfg(target_os = "linux")]
fn on_network_drive(folder: &Path) -> bool {
    /// Magic numbers of statfs(2): NFS, SMB, CIFS, SMB2, 9P, AFS, Coda, Ceph.
    const NETWORK: [u32; 8] = [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x5346_414F, 0x7375_7245, 0x00C3_6400];
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    rustix::fs::statfs(folder).is_ok_and(|fs| u32::try_from(fs.f_type & 0xFFFF_FFFF).is_ok_and(|kind| NETWORK.contains(&kind)))
}

#[cfg(not(target_os = "linux"))]
fn on_network_drive(_folder: &Path) -> bool {
    false
}

fn is_busy(e: &rusqlite::Error) -> bool {
    matches!(e.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// What SQLite said, as a sentence that says what to do.
fn from_sqlite(e: &rusqlite::Error) -> Error {
    let system = |message: &str| Error::new(Kind::System, message);
    match e.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            system("another window is writing and does not come to an end").hint("Close the other window, or try again.")
        }
        Some(ErrorCode::DiskFull) => system("the disk is full").hint("Make room and try again; nothing was half written."),
        Some(ErrorCode::ReadOnly) => system("the file or its folder cannot be written")
            .hint("Copy the file to a folder of your own and name the copy with --db, or ask for the right to write."),
        Some(ErrorCode::CannotOpen) => system("the file cannot be opened").hint("Check the path, and the rights of file and folder."),
        Some(ErrorCode::NotADatabase) => Error::bad_data("the file is not a penholder workspace (SQLite does not know its format)"),
        Some(ErrorCode::DatabaseCorrupt) => Error::bad_data("the file is damaged").hint("Run `penholder check`, and go back to a backup."),
        Some(ErrorCode::ConstraintViolation) if e.sqlite_error().is_some_and(|e| e.extended_code == SQLITE_CONSTRAINT_FOREIGNKEY) => {
            Error::conflict("Somebody else took back a record in the meantime that this one names")
                .hint("Nothing was written. Look at it again, then decide.")
        }
        Some(ErrorCode::ConstraintViolation) if e.to_string().contains("UNIQUE constraint failed: meeting.from_catalogue") => {
            Error::conflict("Another call was started in the meantime; only one runs at a time").hint("Nothing was written.")
        }
        Some(ErrorCode::ConstraintViolation) => Error::bug(format!("the workspace refuses the change: {e}")),
        _ => system(&format!("SQLite says: {}", crate::model::text::visible(&e.to_string()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_written_comes_with_a_way_out() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("PRAGMA query_only = ON").unwrap();
        let error = from_sqlite(&conn.execute_batch("CREATE TABLE a (b TEXT) STRICT").unwrap_err());
        assert_eq!(error.message, "the file or its folder cannot be written");
        assert!(error.hint.is_some_and(|hint| hint.starts_with("Copy the file to a folder of your own")));
    }

    #[test]
    fn the_connection_is_set_as_the_design_wants_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("a.db"), Missing::Create, || Ok(Catalogue::default())).unwrap();
        let number = |pragma: &str| store.conn.query_row(pragma, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(number("PRAGMA synchronous"), 2, "full: a commit is on disk when it returns");
        assert_eq!(number("PRAGMA foreign_keys"), 1);
        assert_eq!(number("PRAGMA busy_timeout"), 5000);
        assert_eq!(number("PRAGMA trusted_schema"), 0);
        assert_eq!(number("PRAGMA cell_size_check"), 1);
        assert!(store.conn.db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE).unwrap());
        assert_eq!(store.conn.query_row("PRAGMA journal_mode", [], |row| row.get::<_, String>(0)).unwrap(), "wal");
        assert!(store.conn.execute("UPDATE sqlite_schema SET sql = ''", []).is_err());
    }
}
