//! Checks by the header of a file that it is a workspace, before SQLite opens it.
//!
//! SQLite writes into an empty file, plays back the log beside a database and leaves its own files there, even if the database belongs to
//! another program. So the first 100 bytes are read here, and SQLite opens the file only if they are the header of a workspace. Nothing here
//! writes.
//!
//! [`inspect`] opens and closes the file itself. If this process already had the file open, closing it would drop SQLite's locks, so only
//! `connection` calls this function, and only for files that are not open.

use super::migrate::LATEST_SCHEMA;
use crate::error::{Error, Kind, Result};
use rusqlite::Connection;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::Path;

/// `PENH`, in the header of every workspace.
pub(super) const APPLICATION_ID: i32 = 0x5045_4E48;

/// The bytes with which every SQLite database begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The length of a database's header in bytes; the first page begins with it.
const HEADER_LENGTH: usize = 100;

/// The offsets of `user_version` and `application_id` in the header; both are big-endian numbers.
const VERSION_OFFSET: usize = 60;
const APPLICATION_OFFSET: usize = 68;

/// The lengths of a write-ahead log's header, and of the header before each page in the log.
const LOG_HEADER_LENGTH: usize = 32;
const PAGE_HEADER_LENGTH: usize = 24;

const EXPECTED: &str = "expected a penholder workspace";
const OTHER_FILE_HINT: &str = "Name another file with --db FILE. This one was left as it is.";

/// Which program a database belongs to, and the version of its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Header {
    application: i32,
    /// The version of the schema, which grows with the releases.
    pub(super) version: i32,
}

impl Header {
    /// Reads the header through a connection.
    pub(super) fn of(conn: &Connection) -> Result<Header> {
        let read = |pragma: &str| conn.query_row(pragma, [], |row| row.get(0));
        Ok(Header {
            application: read("PRAGMA application_id")?,
            version: read("PRAGMA user_version")?,
        })
    }

    fn parse(page: &[u8]) -> Option<Header> {
        let number = |at: usize| Some(i32::from_be_bytes(*page.get(at..)?.first_chunk()?));
        Some(Header {
            application: number(APPLICATION_OFFSET)?,
            version: number(VERSION_OFFSET)?,
        })
    }

    /// Refuses an empty database, a database of another program, and a workspace of a newer penholder.
    pub(super) fn check(self) -> Result<()> {
        if self.application != APPLICATION_ID || self.version < 1 {
            return Err(Error::bad_data(format!("the file is an empty database, or a database of another program; {EXPECTED}"))
                .hint(format!("{OTHER_FILE_HINT} If it is empty, you can remove it; penholder then creates a workspace there.")));
        }
        if self.version > LATEST_SCHEMA {
            return Err(Error::bad_data(format!(
                "the file was written by a newer penholder (its schema is {}, this program knows up to {LATEST_SCHEMA})",
                self.version
            ))
            .hint("Update penholder; the file was left as it is."));
        }
        Ok(())
    }
}

/// Refuses a file whose first bytes are not the header of a workspace.
///
/// # Errors
/// A file that is empty, is no database, belongs to another program or to a newer penholder, or cannot be read.
pub(super) fn inspect(path: &Path) -> Result<()> {
    let unreadable = |e: io::Error| {
        Error::new(Kind::System, format!("the file cannot be read: {e}"))
            .hint("Check the permissions of the file and of its folder.")
            .caused_by(e)
    };
    let mut first = Vec::with_capacity(HEADER_LENGTH);
    File::open(path)
        .and_then(|file| file.take(HEADER_LENGTH as u64).read_to_end(&mut first))
        .map_err(unreadable)?;
    if first.is_empty() {
        return Err(Error::bad_data(format!("the file is empty; {EXPECTED}, or no file at all"))
            .hint("Name another file with --db FILE, or remove this one: penholder creates a workspace only where there is no file."));
    }
    let header = Header::parse(&first).filter(|_| first.starts_with(MAGIC));
    let Some(header) = header else {
        let message = format!("the file is not an SQLite database; {EXPECTED}");
        return Err(Error::bad_data(message).hint(format!(
            "{OTHER_FILE_HINT} If it was your workspace, it is damaged; restore a backup."
        )));
    };
    // Earlier versions created a workspace directly at its path. If such a first session was killed, all its data is still in the log.
    let is_empty = header == Header::default();
    if is_empty && log_has_workspace(path).map_err(unreadable)? {
        return Ok(());
    }
    header.check()
}

/// Whether the write-ahead log beside a database contains the first page of a workspace. Only SQLite knows which pages of a log are valid, so the
/// header is checked again once SQLite has opened the file.
fn log_has_workspace(path: &Path) -> io::Result<bool> {
    let mut name = fs::canonicalize(path)?.into_os_string();
    name.push("-wal");
    let mut log = match File::open(name) {
        Ok(file) => BufReader::new(file),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(e),
    };
    let mut start = [0; LOG_HEADER_LENGTH];
    let Ok(()) = log.read_exact(&mut start) else {
        return Ok(false);
    };
    let number = |bytes: &[u8]| bytes.try_into().map_or(0, u32::from_be_bytes);
    let size = usize::try_from(number(&start[8..12])).unwrap_or_default();
    // SQLite's pages have 512 to 65,536 bytes.
    if !(512..=65_536).contains(&size) {
        return Ok(false);
    }
    let mut page = vec![0; PAGE_HEADER_LENGTH + size];
    while log.read_exact(&mut page).is_ok() {
        let (head, content) = page.split_at(PAGE_HEADER_LENGTH);
        if number(&head[..4]) == 1
            && Header::parse(content).is_some_and(|header| header.check().is_ok())
        {
            return Ok(true);
        }
    }
    Ok(false)
}
