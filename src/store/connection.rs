//! Opens connections to a workspace: checks the header of the file first, then opens it and sets SQLite's options.
//!
//! Write-ahead log with full sync; on a network drive, where the log's shared memory does not work, the rollback journal and
//! an exclusive lock instead.

use super::header;
use crate::error::{Error, Kind, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a write waits for another window's write before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The device and inode of each workspace that this process has open, once for each connection.
static OPEN_FILES: Mutex<Vec<(u64, u64)>> = Mutex::new(Vec::new());

/// An entry in the list of open files, removed when this is dropped. Must be dropped after the connection.
#[derive(Debug)]
pub(super) struct OpenFileEntry(u64, u64);

impl Drop for OpenFileEntry {
    fn drop(&mut self) {
        let mut open_files = OPEN_FILES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = open_files.iter().position(|file| *file == (self.0, self.1)) {
            open_files.swap_remove(at);
        }
    }
}

/// Opens an existing workspace; any other file is refused before SQLite opens it.
///
/// # Errors
/// A file that is no workspace, or of a newer penholder; whatever SQLite refuses.
pub(super) fn open(path: &Path, file: &Metadata) -> Result<(Connection, OpenFileEntry)> {
    // The list stays locked until the connection is in it. Otherwise another thread could inspect the file after this one has opened it, and
    // closing the inspected file would drop the locks of this connection.
    let mut open_files = OPEN_FILES.lock().unwrap_or_else(PoisonError::into_inner);
    let id = (file.dev(), file.ino());
    // A file that this process has open was inspected when it was opened.
    if !open_files.contains(&id) {
        header::inspect(path)?;
    }
    let conn = connect(path)?;
    open_files.push(id);
    Ok((conn, OpenFileEntry(id.0, id.1)))
}

/// Opens an existing file with SQLite, whatever is in it.
pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    // `:memory:` and names that begin with `file:` have a special meaning to SQLite; an absolute path never looks like that.
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    with_private_umask(|| {
        let conn = Connection::open_with_flags(
            absolute,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        // SQLite opens the file at the first read; the umask must still be ours then.
        conn.query_row("PRAGMA schema_version", [], |_| Ok(()))?;
        Ok(conn)
    })
}

/// Sets the options of a connection; returns a warning if only one window can have the file open.
pub(super) fn set_up(conn: &Connection, network: bool) -> Result<Option<String>> {
    let set = || -> rusqlite::Result<String> {
        conn.busy_timeout(BUSY_TIMEOUT)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        conn.execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL;",
        )?;
        if network {
            conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
        }
        let wanted = if network { "DELETE" } else { "WAL" };
        conn.query_row(&format!("PRAGMA journal_mode = {wanted}"), [], |row| {
            row.get(0)
        })
    };
    // SQLite does not wait by itself while another window switches a file to the write-ahead log.
    let begun = Instant::now();
    let mode = loop {
        match set() {
            Err(e) if is_busy(&e) && begun.elapsed() < BUSY_TIMEOUT => {
                std::thread::sleep(Duration::from_millis(5))
            }
            other => break other?,
        }
    };
    if network {
        return Ok(Some("The workspace is on a network drive: only one window can have it open, and writing is slower.".to_owned()));
    }
    if !mode.eq_ignore_ascii_case("wal") {
        let message = format!("the file system refuses the write-ahead log (it answers “{mode}”)");
        return Err(Error::new(Kind::System, message).hint("Keep the workspace on a local disk."));
    }
    Ok(None)
}

/// Runs `write` with a umask that lets only the owner read new files.
pub(super) fn with_private_umask<T>(write: impl FnOnce() -> T) -> T {
    use rustix::fs::Mode;
    // The umask belongs to the whole process: two threads must not restore each other's.
    static UMASK_LOCK: Mutex<()> = Mutex::new(());
    let _alone = UMASK_LOCK.lock().unwrap_or_else(PoisonError::into_inner);
    let before = rustix::process::umask(Mode::RWXG | Mode::RWXO);
    let result = write();
    rustix::process::umask(before);
    result
}

/// Whether the folder is on a network file system, where SQLite's shared memory does not work.
#[cfg(target_os = "linux")]
pub(super) fn on_network_drive(folder: &Path) -> bool {
    /// Magic numbers of statfs(2): NFS, SMB, CIFS, SMB2, 9P, AFS, Coda, Ceph.
    const NETWORK: [u32; 8] = [
        0x6969,
        0x517B,
        0xFF53_4D42,
        0xFE53_4D42,
        0x0102_1997,
        0x5346_414F,
        0x7375_7245,
        0x00C3_6400,
    ];
    rustix::fs::statfs(folder).is_ok_and(|fs| {
        u32::try_from(fs.f_type & 0xFFFF_FFFF).is_ok_and(|kind| NETWORK.contains(&kind))
    })
}

#[cfg(not(target_os = "linux"))]
pub(super) fn on_network_drive(_folder: &Path) -> bool {
    false
}

fn is_busy(e: &rusqlite::Error) -> bool {
    matches!(
        e.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}
