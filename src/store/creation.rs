//! How a file comes to be: written whole under another name beside the target, then moved to it.
//!
//! The target is missing or complete at every moment, so that a process killed half-way leaves nothing there that could be taken for a
//! workspace, and of several processes that create one at the same time all end up with the file of the first. What a killed process leaves
//! is a hidden file, which a later creation removes. No file that exists is ever replaced.

use super::connection::{connect, on_network_drive, set_up, with_private_umask};
use super::{from_sqlite, migrate, shown};
use crate::error::{Error, Kind, Result};
use crate::model::catalogue::Catalogue;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempPath;

/// How the name of an unfinished file begins.
const UNFINISHED: &str = ".penholder-new-";

/// How old an unfinished file is when nobody can still be writing it: it takes a second at most.
const ABANDONED: Duration = Duration::from_secs(3600);

/// Creates a workspace and fills it from a catalogue; answers whether it did, or another process was first.
///
/// # Errors
/// A catalogue with a fault; a link that leads nowhere; a log without its file; whatever SQLite or the file system refuse. Nothing is left
/// behind then.
pub fn create(path: &Path, catalogue: impl FnOnce() -> Result<Catalogue>) -> Result<bool> {
    let attempt = || format!("Creating the workspace {}", shown(path));
    let catalogue = catalogue().map_err(|e| e.while_trying(attempt()))?;
    refuse_leftovers(path).map_err(|e| e.while_trying(attempt()))?;
    make_folder(path)?;
    let build = |unfinished: &Path| {
        let mut conn = connect(unfinished).map_err(|e| from_sqlite(&e))?;
        // Nobody else knows the file, and it is removed if anything fails: until it is filled, the journal can stay in memory.
        conn.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
            .map_err(|e| from_sqlite(&e))?;
        migrate::create(&mut conn, &catalogue)?;
        // A file system without the write-ahead log is refused here, before there is a workspace that cannot be opened.
        set_up(&conn, on_network_drive(folder_of(path)))?;
        conn.close().map_err(|(_, e)| from_sqlite(&e))
    };
    write_new(path, build).map_err(|e| e.while_trying(attempt()))
}

/// Lets `write` fill an empty private file beside the target and have it on disk, then moves it there; answers whether it did, or a file was
/// there first.
pub(super) fn write_new(target: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<bool> {
    let refused = |e: &io::Error| Error::new(Kind::System, e.to_string()).hint("Check the path, and the rights of the folder.");
    let folder = folder_of(target);
    remove_abandoned(folder);
    // The error of a temporary file names that file, which nobody asked for; its kind says enough.
    let unfinished = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder).map_err(|e| refused(&e.kind().into()))?;
    let unfinished = unfinished.into_temp_path();
    write(&unfinished)?;
    match move_to_target(unfinished, target) {
        Ok(()) => {
            // Some file systems cannot sync a folder. The file is whole there all the same, so that is no reason to fail.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
            Ok(true)
        }
        Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(e) => Err(refused(&e)),
    }
}

/// Moves a finished file to a target that must not exist.
///
/// A plain rename would replace the file that another process moved there meanwhile, and with it what was recorded in it. So the file is
/// moved by a rename that replaces nothing or, where the file system has none (NFS), by a second link, which replaces nothing either.
fn move_to_target(finished: TempPath, target: &Path) -> io::Result<()> {
    match finished.persist_noclobber(target) {
        Ok(()) => Ok(()),
        Err(e) if e.error.kind() == ErrorKind::AlreadyExists => Err(e.error),
        Err(e) => claim_and_replace(&e.path, target),
    }
}

/// Moves a finished file where the file system has neither: an empty file that only one process can create comes first, and the finished
/// one replaces it. Whoever finds the empty file refuses it, so that nobody has recorded anything in what is replaced.
fn claim_and_replace(finished: &Path, target: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(target)?;
    fs::rename(finished, target).inspect_err(|_| {
        // A file server may have renamed it and still report a failure.
        if fs::metadata(target).is_ok_and(|there| there.len() == 0) {
            let _ = fs::remove_file(target);
        }
    })
}

/// Refuses what stands at or beside a target without being a file there.
fn refuse_leftovers(target: &Path) -> Result<()> {
    let missing = || !target.try_exists().unwrap_or(true);
    if fs::symlink_metadata(target).is_ok_and(|there| there.is_symlink()) && missing() {
        return Err(Error::slip("that is a link to a file that is not there; expected a file, or no link")
            .hint("Connect the drive that it leads to, remove the link, or name another file with --db FILE."));
    }
    for end in ["-wal", "-journal"] {
        let log = with_suffix(target, end);
        // SQLite would play such a log back into the new file. One that another process has just begun has its file by now.
        if fs::metadata(&log).is_ok_and(|there| there.len() > 0) && missing() {
            return Err(Error::slip(format!(
                "there is no such file, but SQLite's log of one, {}, with what was recorded last; expected both or neither",
                shown(&log)
            ))
            .hint("Put the file back beside its log. If neither is needed any longer, remove the log."));
        }
    }
    Ok(())
}

/// Removes the files that creations left unfinished when they were killed, where that is possible.
fn remove_abandoned(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(UNFINISHED)) {
        let changed = entry.metadata().and_then(|there| there.modified());
        if changed.is_ok_and(|changed| changed.elapsed().is_ok_and(|age| age > ABANDONED)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn make_folder(path: &Path) -> Result<()> {
    let folder = folder_of(path);
    with_private_umask(|| fs::create_dir_all(folder)).map_err(|e| Error::io(format!("Creating the folder {}", shown(folder)), &e))
}

/// The folder in which a file is or will be.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
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
        let path = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder).unwrap().into_temp_path();
        fs::write(&path, "finished").unwrap();
        path
    }

    /// Every way of moving a file to its target.
    const MOVES: [fn(TempPath, &Path) -> io::Result<()>; 2] = [move_to_target, |finished, target| claim_and_replace(&finished, target)];

    #[test]
    fn a_finished_file_is_moved_and_nothing_is_left_of_it() {
        for move_file in MOVES {
            let folder = tempfile::tempdir().unwrap();
            let target = folder.path().join("a.db");
            move_file(finished(folder.path()), &target).unwrap();
            assert_eq!(fs::read_to_string(&target).unwrap(), "finished");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }

    #[test]
    fn a_finished_file_never_replaces_one_that_is_there() {
        for move_file in MOVES {
            let folder = tempfile::tempdir().unwrap();
            let target = folder.path().join("a.db");
            fs::write(&target, "the other's").unwrap();
            assert_eq!(move_file(finished(folder.path()), &target).unwrap_err().kind(), ErrorKind::AlreadyExists);
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
        assert_eq!(move_to_target(vanished, &target).unwrap_err().kind(), ErrorKind::NotFound);
        assert!(!target.exists());
    }
}
