//! Creating a workspace: only where there is no file, completely or not at all, and once, even if other processes create it too or the program is
//! killed.

use crate::desk::Desk;
use crate::pty::terminal::{self, Terminal};
use crate::released::{fixture, small};
use crate::store::{behind, folder, open, open_or_create};
use penholder::catalogue::builtin;
use penholder::error::{Error, Kind};
use penholder::store::{self, Missing, Store};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// Everything in a folder: contents, inode, and the time of the last change in nanoseconds.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, u64, i64)> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().is_file());
    let read = |entry: fs::DirEntry| {
        let there = entry.metadata().unwrap();
        let name = entry.file_name().into_string().unwrap();
        (
            name,
            (
                fs::read(entry.path()).unwrap(),
                there.ino(),
                there.mtime() * 1_000_000_000 + there.mtime_nsec(),
            ),
        )
    };
    entries.map(read).collect()
}

/// Creates files that are no workspaces; returns their names with the messages that refuse them.
fn foreign(folder: &Path) -> Vec<(&'static str, &'static str)> {
    let path = |name: &str| folder.join(name);
    let empty = "the file is empty; expected a penholder workspace, or no file at all\n  hint: Name another file with --db FILE, or remove this \
                 one: penholder creates a workspace only where there is no file.\n";
    let no_database = "the file is not an SQLite database; expected a penholder workspace\n  hint: Name another file with --db FILE. This one was \
                       left as it is. If it was your workspace, it is damaged; restore a backup.\n";
    let other = "the file is an empty database, or a database of another program; expected a penholder workspace\n  hint: Name another file with --db \
                 FILE. This one was left as it is. If it is empty, you can remove it; penholder then creates a workspace there.\n";
    fs::write(path("empty"), "").unwrap();
    fs::write(path("text"), "Minutes of plenary 41\n".repeat(200)).unwrap();
    fs::write(path("short"), "x").unwrap();
    fs::write(path("magic"), "SQLite format 3\0").unwrap();
    fs::write(path("zeros"), [0; 8192]).unwrap();
    let databases = [
        ("bare", "VACUUM"),
        (
            "bare-log",
            "PRAGMA journal_mode = WAL; CREATE TABLE a (b); DROP TABLE a",
        ),
        ("songs", "CREATE TABLE song (title TEXT)"),
        (
            "numbered",
            "CREATE TABLE song (title TEXT); PRAGMA application_id = 7; PRAGMA user_version = 2",
        ),
        (
            "versioned",
            "CREATE TABLE song (title TEXT); PRAGMA user_version = 5",
        ),
        ("halfway", "PRAGMA application_id = 0x50454E48"),
    ];
    for (name, sql) in databases {
        behind(&path(name), sql);
    }
    // A database that its program did not close: the log beside it contains rows that SQLite would write to the database on opening.
    behind(&path("open"), "PRAGMA journal_mode = WAL");
    let writer = rusqlite::Connection::open(path("open")).unwrap();
    writer
        .execute_batch("CREATE TABLE song (title TEXT); INSERT INTO song VALUES ('one')")
        .unwrap();
    for end in ["", "-wal"] {
        fs::copy(path(&format!("open{end}")), path(&format!("killed{end}"))).unwrap();
    }
    drop(writer);
    fs::remove_file(path("open")).unwrap();
    let mut all = vec![("empty", empty)];
    all.extend(["text", "short", "magic", "zeros"].map(|name| (name, no_database)));
    all.extend(databases.map(|(name, _)| (name, other)));
    all.push(("killed", other));
    all
}

/// Every command that opens a workspace.
const COMMANDS: [&[&str]; 13] = [
    &["list", "members"],
    &["show", "11"],
    &["assess", "11", "--implementation", "implemented"],
    &["note", "11", "text"],
    &["ask", "11", "text"],
    &["answer", "11.4", "text"],
    &["question", "11.4", "closed"],
    &["action", "1", "--open"],
    &["export", "everything"],
    &["report", "questions"],
    &["import", "assessments.toml"],
    &["check"],
    &["backup", "copy.db"],
];

#[test]
fn a_file_that_is_no_workspace_is_refused_by_every_command_and_left_as_it_is() {
    let desk = Desk::new();
    let assessments = desk
        .run(&["--db", "other.db", "export", "assessments"])
        .ok();
    desk.write("assessments.toml", &assessments);
    desk.write(
        "catalogue.toml",
        &desk.run(&["--db", "other.db", "export", "catalogue"]).ok(),
    );
    let all = foreign(&desk.path("."));
    let before = files(&desk.path("."));
    for (name, why) in &all {
        for command in COMMANDS {
            let message = desk.run(&[&["--db", name], command].concat()).refused(1);
            assert_eq!(
                message,
                format!("penholder: Opening the workspace {name}: {why}"),
                "{command:?}"
            );
        }
        let message = desk
            .run(&["--db", name, "new", "--catalogue", "catalogue.toml"])
            .refused(1);
        assert!(
            message.starts_with(&format!(
                "penholder: {name} exists already; nothing was changed."
            )),
            "{message}"
        );
    }
    assert_eq!(
        files(&desk.path(".")).keys().collect::<Vec<_>>(),
        before.keys().collect::<Vec<_>>()
    );
    assert!(
        files(&desk.path(".")) == before,
        "a refused file was changed"
    );
}

#[test]
fn the_screens_refuse_a_file_that_is_no_workspace_and_leave_it_as_it_is() {
    let home = terminal::Desk::new();
    let all = foreign(home.folder());
    let before = files(home.folder());
    for (name, _) in all {
        let mut command = home.command(env!("CARGO_BIN_EXE_penholder"));
        command.env("PENHOLDER_DB", home.folder().join(name));
        let mut terminal = Terminal::open(command);
        terminal.wait_for("penholder: Opening the workspace ");
        assert_eq!(terminal.end().exit_code(), 1);
    }
    assert!(files(home.folder()) == before, "a refused file was changed");
}

#[test]
fn a_folder_a_pipe_and_a_broken_link_are_refused() {
    let desk = Desk::new();
    fs::create_dir(desk.path("folder")).unwrap();
    symlink("nowhere.db", desk.path("link")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        desk.path("pipe"),
        rustix::fs::FileType::Fifo,
        0o600.into(),
        0,
    )
    .unwrap();
    for (name, why) in [
        (
            "folder",
            "Opening the workspace folder: that is a folder; expected a file\n  hint: Name the workspace file in it.\n",
        ),
        (
            "pipe",
            "Opening the workspace pipe: that is a pipe or a device; expected a file\n  hint: Name another file with --db FILE.\n",
        ),
        (
            "link",
            "Creating the workspace link: that is a link to a file that does not exist; expected a file, or no link\n  hint: Connect the \
             drive that it points to, remove the link, or name another file with --db FILE.\n",
        ),
    ] {
        let message = desk.run(&["--db", name, "note", "11", "text"]).refused(1);
        assert_eq!(message, format!("penholder: {why}"));
    }
    assert!(!desk.path("nowhere.db").exists());
    // Names with a special meaning to SQLite are ordinary files here.
    for name in [":memory:", "file:a.db?mode=memory"] {
        desk.run(&["--db", name, "note", "11", "kept"]).ok();
        assert!(
            desk.run(&["--db", name, "list", "findings"])
                .ok()
                .contains("kept")
        );
        assert!(desk.path(name).exists());
    }
}

#[test]
fn a_workspace_that_is_a_link_opens() {
    let desk = Desk::new();
    desk.run(&["note", "11", "text"]).ok();
    symlink("review.db", desk.path("link")).unwrap();
    assert!(
        desk.run(&["--db", "link", "list", "findings"])
            .ok()
            .contains("text")
    );
}

#[test]
fn a_log_without_its_file_is_not_played_back_into_a_new_one() {
    for end in ["-wal", "-journal"] {
        let desk = Desk::new();
        desk.write(&format!("review.db{end}"), "what was recorded last");
        let message = desk.run(&["note", "11", "text"]).refused(1);
        let why = format!(
            "the file is missing, but its SQLite log {}{end} is there, with what was recorded last",
            desk.path("review.db").display()
        );
        assert!(message.contains(&why), "{message}");
        assert_eq!(
            files(&desk.path(".")).into_keys().collect::<Vec<_>>(),
            [format!("review.db{end}")]
        );
    }
}

#[test]
fn a_workspace_whose_first_session_was_killed_still_opens() {
    // Earlier versions created a workspace directly at its path: the header of the file is empty, and all the data is in the log.
    let (_first, live) = folder();
    behind(&live, "PRAGMA journal_mode = WAL");
    let writer = rusqlite::Connection::open(&live).unwrap();
    writer
        .execute_batch(&fs::read_to_string(fixture(5)).unwrap())
        .unwrap();
    let (_second, old) = folder();
    for end in ["", "-wal"] {
        fs::copy(
            format!("{}{end}", live.display()),
            format!("{}{end}", old.display()),
        )
        .unwrap();
    }
    assert_eq!(
        fs::read(&old).unwrap()[60..72],
        [0; 12],
        "the header names no program yet"
    );
    let store = open(&old).unwrap();
    assert_eq!(store.check().unwrap(), [""; 0]);
    assert_eq!(store.load().unwrap().records.decisions().len(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn opening_a_file_a_second_time_does_not_drop_its_locks() {
    let (_folder, path) = folder();
    let _one = open_or_create(&path).unwrap();
    let locks = || {
        let inode = fs::metadata(&path).unwrap().ino();
        let (us, file) = (std::process::id().to_string(), format!(":{inode}"));
        let locks = fs::read_to_string("/proc/locks").unwrap();
        locks
            .lines()
            .filter(|line| {
                line.contains(&us) && line.split_whitespace().any(|word| word.ends_with(&file))
            })
            .count()
    };
    let before = locks();
    drop(open(&path).unwrap());
    assert!(before > 0);
    assert_eq!(locks(), before);
}

#[test]
fn a_faulty_catalogue_leaves_no_file() {
    let (folder, path) = folder();
    let error = Store::open(&path, Missing::Create, || {
        Err(Error::bad_data("no catalogue"))
    })
    .unwrap_err();
    assert!(
        error.message.starts_with("Creating the workspace ")
            && error.message.ends_with("a.db: no catalogue"),
        "{error}"
    );
    assert_eq!(files(folder.path()).len(), 0);
}

#[test]
fn a_folder_in_which_no_file_can_be_created_is_a_system_error() {
    let (folder, path) = folder();
    fs::write(&path, "").unwrap();
    let error = open_or_create(&path.join("deeper.db")).unwrap_err();
    assert_eq!(error.kind, Kind::System, "{error}");
    assert_eq!(files(folder.path()).len(), 1);
}

#[test]
fn the_file_of_a_killed_creation_is_removed_once_it_is_an_hour_old() {
    let (folder, path) = folder();
    let hours_ago = SystemTime::now() - Duration::from_secs(2 * 3600);
    for (name, changed) in [
        (".penholder-new-old", hours_ago),
        (".penholder-new-fresh", SystemTime::now()),
        (".penholder-other", hours_ago),
    ] {
        File::create(folder.path().join(name))
            .unwrap()
            .set_modified(changed)
            .unwrap();
    }
    assert_eq!(
        open_or_create(&path).unwrap().load().unwrap().catalogue,
        builtin().unwrap()
    );
    assert_eq!(
        files(folder.path()).into_keys().collect::<Vec<_>>(),
        [".penholder-new-fresh", ".penholder-other", "a.db"]
    );
}

#[test]
fn a_creation_that_comes_second_does_not_replace_the_first() {
    let (folder, path) = folder();
    // Another process creates the file while the catalogue is read.
    let created = store::create(&path, || {
        drop(open_or_create(&path).unwrap());
        Ok(small())
    });
    assert!(!created.unwrap());
    assert_eq!(
        open(&path).unwrap().load().unwrap().catalogue,
        builtin().unwrap()
    );
    assert_eq!(
        files(folder.path()).into_keys().collect::<Vec<_>>(),
        ["a.db"]
    );
}

#[test]
fn threads_that_create_a_workspace_at_once_share_one() {
    let (_folder, path) = folder();
    let start = std::sync::Barrier::new(4);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    open_or_create(&path)
                        .map(|store| store.load().unwrap().catalogue.recommendations.len())
                })
            })
            .collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap().unwrap(), 28);
        }
    });
}

#[test]
fn processes_that_record_at_once_in_a_missing_workspace_lose_nothing() {
    for _ in 0..5 {
        let desk = Desk::new();
        let start = |number: &str| {
            let mut command = desk.command(&["note", number, "text"]);
            command
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let started: Vec<Child> = ["1", "2", "3", "4"].map(start).into_iter().collect();
        for child in started {
            let ended = child.wait_with_output().unwrap();
            assert!(
                ended.status.success(),
                "{}",
                String::from_utf8_lossy(&ended.stderr)
            );
        }
        assert_eq!(
            desk.run(&["list", "findings", "--json"])
                .json()
                .as_array()
                .unwrap()
                .len(),
            4
        );
        assert_eq!(
            files(&desk.path(".")).into_keys().collect::<Vec<_>>(),
            ["review.db"]
        );
        desk.check();
    }
}

#[test]
fn of_two_processes_that_run_new_at_once_one_is_refused() {
    let desk = Desk::new();
    let catalogue = desk.run(&["--db", "other.db", "export", "catalogue"]).ok();
    desk.write("catalogue.toml", &catalogue);
    let start = |_| {
        desk.command(&["new", "--catalogue", "catalogue.toml"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let mut codes = [0, 1]
        .map(start)
        .map(|child| child.wait_with_output().unwrap().status.code());
    codes.sort_unstable();
    assert_eq!(codes, [Some(0), Some(1)]);
    desk.check();
}

/// Starts a command that writes to an empty folder, and kills it this long after the first file appears there; `false` if it ended before.
fn killed(desk: &Desk, arguments: &[&str], folder: &Path, delay: Duration) -> bool {
    let mut child = desk
        .command(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while fs::read_dir(folder).unwrap().next().is_none() {
        assert_eq!(child.try_wait().unwrap(), None, "it ended without a file");
    }
    let until = Instant::now() + delay;
    while Instant::now() < until {
        std::hint::spin_loop();
    }
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

#[test]
fn a_killed_creation_leaves_no_workspace_or_a_complete_one() {
    const KILLS: u32 = 10;
    let whole = Desk::new();
    let begun = Instant::now();
    whole.run(&["note", "11", "text"]).ok();
    let usual = begun.elapsed();
    let mut missing = 0;
    for kill in 0..KILLS {
        let desk = Desk::new();
        let target = desk.path("review.db");
        // The kills are spread from the first file to the end of the command.
        let was_killed = killed(
            &desk,
            &["note", "11", "text"],
            &desk.path("."),
            usual * kill / KILLS,
        );
        if target.exists() {
            let bytes = fs::read(&target).unwrap();
            assert_eq!(
                &bytes[68..72],
                b"PENH",
                "the header is complete without a log"
            );
            assert_eq!(open(&target).unwrap().check().unwrap(), [""; 0]);
        } else {
            assert!(was_killed);
            missing += 1;
        }
        // Leftover files do not disturb a later command.
        desk.run(&["note", "12", "text"]).ok();
        let left: Vec<String> = files(&desk.path(".")).into_keys().collect();
        assert!(
            left.iter()
                .all(|name| name == "review.db" || name.starts_with(".penholder-new-")),
            "{left:?}"
        );
    }
    assert!(
        missing > 0,
        "the first kills, at the first sign of a file, come before it is complete"
    );
}

#[test]
fn a_killed_backup_leaves_no_file_or_a_complete_one() {
    let desk = Desk::new();
    desk.run(&["note", "11", "text"]).ok();
    for kill in 0..8 {
        let folder = desk.path(&kill.to_string());
        fs::create_dir(&folder).unwrap();
        let copy = folder.join("copy.db");
        killed(
            &desk,
            &["backup", copy.to_str().unwrap()],
            &folder,
            Duration::from_millis(kill),
        );
        if copy.exists() {
            assert_eq!(open(&copy).unwrap().check().unwrap(), [""; 0]);
        }
    }
    desk.check();
}
