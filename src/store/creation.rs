//! Creates a file completely or not at all: it is written under another name beside the target, then moved to the target.
//!
//! At every moment the target is missing or complete, so a process that is killed never leaves half a workspace there. If several processes
//! create the same workspace at once, all of them use the file of the first. A killed process leaves only a hidden file, which a later creation
//! removes. An existing file is never replaced.

use super::connection::{connect, on_network_drive, set_up, with_private_umask};
use super::{migrate, shown};
use crate::error::{Error, Kind, Result};
use crate::model::catalogue::Catalogue;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempPath;

/// The beginning of an unfinished file's name.
const UNFINISHED: &str = ".penholder-new-";

/// The age from which an unfinished file is abandoned: writing one takes a second at most.
const ABANDONED: Duration = Duration::from_secs(3600);

/// Creates a workspace and fills it from a catalogue; `false` if another process created the file first.
///
/// # Errors
/// A faulty catalogue; a link to a file that does not exist; a log without its file; whatever SQLite or the file system refuse. Nothing is left
/// behind in these cases.
pub fn create(path: &Path, catalogue: impl FnOnce() -> Result<Catalogue>) -> Result<bool> {
    let attempt = || format!("Creating the workspace {}", shown(path));
    let catalogue = catalogue().map_err(|e| e.while_trying(attempt()))?;
    refuse_leftovers(path).map_err(|e| e.while_trying(attempt()))?;
    make_folder(path)?;
    let build = |unfinished: &Path| {
        let mut conn = connect(unfinished)?;
        // No other process uses this file, and it is removed if anything fails, so SQLite's rollback journal can stay in memory until it is filled.
        conn.execute_batch(
            "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
        )?;
        migrate::create(&mut conn, &catalogue)?;
        // A file system that does not support the write-ahead log is refused here, before a workspace exists that cannot be opened.
        set_up(&conn, on_network_drive(folder_of(path)))?;
        Ok(conn.close().map_err(|(_, e)| e)?)
    };
    write_new(path, build).map_err(|e| e.while_trying(attempt()))
}

/// Lets `write` fill an empty private file beside the target and sync it to disk, then moves it to the target; `false` if a file was there
/// first.
pub(super) fn write_new(target: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<bool> {
    let refused = |e: io::Error| {
        Error::new(Kind::System, e.to_string())
            .hint("Check the path and the permissions of the folder.")
            .caused_by(e)
    };
    let folder = folder_of(target);
    remove_abandoned(folder);
    // The error would name the temporary file, which means nothing to the user; its kind says enough.
    let unfinished = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .tempfile_in(folder)
        .map_err(|e| refused(e.kind().into()).caused_by(e))?;
    let unfinished = unfinished.into_temp_path();
    write(&unfinished)?;
    match move_to_target(unfinished, target) {
        Ok(()) => {
            // Some file systems cannot sync a folder. The file itself is complete, so this is no reason to fail.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
            Ok(true)
        }
        Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(e) => Err(refused(e)),
    }
}

/// Moves a finished file to a target that must not exist.
///
/// A plain rename would replace a file that another process has moved there meanwhile, and what was recorded in it would be lost. So the file
/// is moved by a rename that replaces nothing or, if the file system has none (NFS), by a hard link, which replaces nothing either.
fn move_to_target(finished: TempPath, target: &Path) -> io::Result<()> {
    match finished.persist_noclobber(target) {
        Ok(()) => Ok(()),
        Err(e) if e.error.kind() == ErrorKind::AlreadyExists => Err(e.error),
        Err(e) => claim_and_replace(&e.path, target),
    }
}

/// Moves a finished file on a file system that has neither: creates an empty file at the target, which only one process can do, and replaces it
/// with the finished file. Every process refuses an empty file, so nothing can have been recorded in the file that is replaced.
fn claim_and_replace(finished: &Path, target: &Path) -> io::Result<()> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(target)?;
    fs::rename(finished, target).inspect_err(|_| {
        // A file server may report a failure although it has renamed the file.
        if fs::metadata(target).is_ok_and(|there| there.len() == 0) {
            let _ = fs::remove_file(target);
        }
    })
}

/// Refuses a target that is a link to a missing file, and one whose log is there without its file.
fn refuse_leftovers(target: &Path) -> Result<()> {
    let missing = || !target.try_exists().unwrap_or(true);
    if fs::symlink_metadata(target).is_ok_and(|there| there.is_symlink()) && missing() {
        return Err(Error::slip("that is a link to a file that does not exist; expected a file, or no link")
            .hint("Connect the drive that it points to, remove the link, or name another file with --db FILE."));
    }
    for end in ["-wal", "-journal"] {
        let log = with_suffix(target, end);
        // SQLite would play such a log back into the new file. Whether the file is missing is checked last: if another process has just created
        // both, the file is there by now.
        if fs::metadata(&log).is_ok_and(|there| there.len() > 0) && missing() {
            return Err(Error::slip(format!(
                "the file is missing, but its SQLite log {} is there, with what was recorded last; expected both or neither",
                shown(&log)
            ))
            .hint("Put the file back beside its log. If neither is needed any longer, remove the log."));
        }
    }
    Ok(())
}

/// Removes the unfinished files of killed processes, as far as possible.
fn remove_abandoned(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let changed = entry.metadata().and_then(|there| there.modified());
        let age = changed.map_or(Duration::ZERO, |at| at.elapsed().unwrap_or_default());
        if is_unfinished && age > ABANDONED {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn make_folder(path: &Path) -> Result<()> {
    let folder = folder_of(path);
    with_private_umask(|| fs::create_dir_all(folder))
        .map_err(|e| Error::io(format!("Creating the folder {}", shown(folder)), e))
}

/// The folder of a file, which need not exist.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."))
}

fn with_suffix(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(folder: &Path) -> TempPath {
        let path = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(folder)
            .unwrap()
            .into_temp_path();
        fs::write(&path, "finished").unwrap();
        path
    }

    /// The functions that move a file to its target.
    const MOVES: [fn(TempPath, &Path) -> io::Result<()>; 2] =
        [move_to_target, |finished, target| {
            claim_and_replace(&finished, target)
        }];

    #[test]
    fn a_finished_file_is_moved_and_never_replaces_another() {
        for move_file in MOVES {
            let folder = tempfile::tempdir().unwrap();
            let target = folder.path().join("a.db");
            move_file(finished(folder.path()), &target).unwrap();
            assert_eq!(fs::read_to_string(&target).unwrap(), "finished");
            fs::write(&target, "the other's").unwrap();
            let refused = move_file(finished(folder.path()), &target).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
            assert_eq!(fs::read_to_string(&target).unwrap(), "the other's");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }

    #[test]
    fn a_file_that_cannot_be_moved_leaves_nothing_at_the_target() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.db");
        let vanished = finished(folder.path());
        fs::remove_file(&vanished).unwrap();
        let refused = move_to_target(vanished, &target).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::NotFound);
        assert!(!target.exists());
    }
}
