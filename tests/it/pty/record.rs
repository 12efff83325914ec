//! What was recorded or typed is there afterwards, whatever ended the program, and whoever else writes.

use super::display::Answering;
use super::terminal::{Desk, Terminal};
use rustix::process::Signal;
use std::time::{Duration, Instant};

#[test]
fn it_starts_and_shows_the_28() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.assert_taken();
    terminal.wait_for("28 · all sections");
    terminal.send("28");
    terminal.wait_for("Rec 28 ·");
    // By number, so that every one is in the list, and counted while it scrolls by.
    terminal.send("t1");
    terminal.wait_for("Rec 1 ·");
    for number in 2..=28 {
        terminal.send("j");
        terminal.wait_for(&format!("Rec {number} ·"));
    }
}

#[test]
fn a_terminal_that_answers_no_queries_can_be_used() {
    let desk = Desk::new();
    let mut terminal = Terminal::open_silent(desk.command(env!("CARGO_BIN_EXE_penholder")));
    terminal.wait_for("28 · all sections");
    terminal.send("11");
    terminal.wait_for("Rec 11 ·");
    // At first the program waits for an answer, and may refuse the key.
    let until = Instant::now() + Duration::from_secs(15);
    while !terminal.contents().contains("11 ◐ partially") {
        assert!(Instant::now() < until, "{}", terminal.contents());
        terminal.send("p");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_terminal_that_answers_only_cursor_queries_is_sent_those() {
    let desk = Desk::new();
    let mut terminal = Terminal::open_answering(
        desk.command(env!("CARGO_BIN_EXE_penholder")),
        Answering::OnlyCursor,
    );
    terminal.wait_for("28 · all sections");
    terminal.wait_for_bytes("\x1b[6n", 0);
    for keys in ["2", "j", "jj"] {
        let before = terminal.count();
        terminal.send(keys);
        terminal.wait_for_bytes("\x1b[6n", before);
    }
    terminal.send("11p");
    terminal.wait_for("Recorded: Rec 11 partially implemented");
}

#[test]
fn a_verdict_is_there_after_a_restart() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("11p");
    terminal.wait_for("Recorded: Rec 11 partially implemented");
    terminal.send("q");
    assert_eq!(terminal.end().exit_code(), 0);
    let mut again = desk.penholder();
    again.send("11");
    again.wait_for("11 ◐ partially");
    again.wait_for("1/28 assessed");
}

#[test]
fn a_verdict_whose_notice_was_seen_survives_a_kill() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("11p");
    terminal.wait_for("Recorded: Rec 11 partially implemented");
    terminal.signal(Signal::KILL);
    assert_ne!(terminal.exit().exit_code(), 0);
    desk.penholder().wait_for("1/28 assessed");
}

/// Waits until the draft table holds a text, as another program sees it.
pub fn wait_for_draft(desk: &Desk, text: &str) {
    let (sql, until) = (desk.sql(), Instant::now() + Duration::from_secs(15));
    while !sql
        .query_row(
            "SELECT EXISTS (SELECT 1 FROM draft WHERE text = ?1)",
            [text],
            |row| row.get(0),
        )
        .unwrap_or(false)
    {
        assert!(Instant::now() < until, "no draft “{text}”");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_finding_half_typed_survives_a_kill_and_is_offered_again() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("11f");
    terminal.wait_for("Finding on Rec 11");
    let typed = Instant::now();
    terminal.send("The report is a dra");
    terminal.wait_for("The report is a dra");
    wait_for_draft(&desk, "The report is a dra");
    let kept = typed.elapsed();
    assert!(
        kept < Duration::from_secs(1),
        "a draft is on disk within a second, not after {kept:?}"
    );
    terminal.signal(Signal::KILL);
    terminal.exit();
    let mut again = desk.penholder();
    again.wait_for("Draft not recorded: Finding on Rec 11");
    again.send("11f");
    again.wait_for("(a draft)");
    again.wait_for("The report is a dra");
    again.send("ft.\r");
    again.wait_for("Recorded: ");
    let text: String = desk
        .sql()
        .query_row("SELECT text FROM finding", [], |row| row.get(0))
        .unwrap();
    assert_eq!(text, "The report is a draft.");
}

#[test]
fn a_finding_half_typed_survives_every_signal_that_ends_the_program() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let desk = Desk::new();
        let mut terminal = desk.penholder();
        terminal.send("2f");
        terminal.wait_for("Finding on Rec 2");
        terminal.send("Half a sen");
        terminal.wait_for("Half a sen");
        terminal.signal(signal);
        terminal.exit();
        let text: String = desk
            .sql()
            .query_row("SELECT text FROM draft", [], |row| row.get(0))
            .unwrap();
        assert_eq!(text, "Half a sen", "{signal:?}");
    }
}

#[test]
fn two_windows_that_start_at_once_on_a_fresh_machine_both_open() {
    for _ in 0..5 {
        let desk = Desk::new();
        let open = || Terminal::open(desk.command(env!("CARGO_BIN_EXE_penholder")));
        let (one, two) = (open(), open());
        one.wait_for("Rec 1 ·");
        two.wait_for("Rec 1 ·");
    }
}

#[test]
fn what_one_window_records_shows_in_the_other_within_half_a_second() {
    let desk = Desk::new();
    let mut one = desk.penholder();
    let two = desk.penholder_as("Emily");
    one.send("7n");
    one.wait_for("Recorded: Rec 7 not implemented");
    let recorded = Instant::now();
    two.wait_for("1/28 assessed");
    let noticed = recorded.elapsed();
    assert!(
        noticed < Duration::from_millis(650),
        "noticed after {noticed:?}, of which the test itself may take a little"
    );
}

#[test]
fn two_windows_that_change_the_same_field_lose_nothing() {
    let desk = Desk::new();
    let mut one = desk.penholder();
    let mut two = desk.penholder_as("Emily");
    // Stopped, the second window cannot see what the first one does before its own key.
    two.signal(Signal::STOP);
    one.send("7n");
    one.wait_for("Recorded: Rec 7 not implemented");
    two.send("7p");
    two.signal(Signal::CONT);
    two.wait_until(
        "a refusal with both values, or the change seen first",
        |screen| {
            let shown = screen.contents();
            let refused = shown.contains(
                "somebody set implementation of Rec 7 to “not implemented” (you saw unset)",
            );
            refused || shown.contains("Recorded: Rec 7 partially implemented")
        },
    );
    let changes: Vec<(Option<String>, Option<String>, String)> = desk
        .sql()
        .prepare("SELECT before, after, by FROM change JOIN operation ON seq = operation WHERE field = 'implementation' ORDER BY seq")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let not = Some("not implemented".to_owned());
    assert_eq!(changes[0], (None, not.clone(), "Denise".to_owned()));
    if let Some(second) = changes.get(1) {
        assert_eq!(
            (&second.0, second.2.as_str()),
            (&not, "Emily"),
            "the second change knows of the first"
        );
    }
}

#[test]
fn the_workspace_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("1p");
    terminal.wait_for("Recorded");
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = desk.db().parent().unwrap().to_owned();
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(files.len() >= 2, "the file and its log: {files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

/// A process that opens and closes one of SQLite's files beside SQLite drops SQLite's locks; so they must still be there after a session.
#[test]
#[cfg(target_os = "linux")]
fn sqlite_still_has_its_locks_after_a_session() {
    use std::os::unix::fs::MetadataExt;
    let desk = Desk::new().with_editor("echo Edited. > \"$1\"");
    let mut terminal = desk.penholder();
    terminal.send("1p");
    terminal.wait_for("Recorded");
    terminal.send("fA finding.\r");
    terminal.wait_for("Recorded: Finding");
    terminal.send("u");
    terminal.wait_for("Undone");
    terminal.send("y");
    terminal.wait_for("clipboard");
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    for suffix in ["", "-shm"] {
        let inode = std::fs::metadata(format!("{}{suffix}", desk.db().display()))
            .unwrap()
            .ino();
        let (pid, file) = (terminal.pid().to_string(), format!(":{inode}"));
        let held = locks.lines().any(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            words.contains(&pid.as_str()) && words.iter().any(|word| word.ends_with(&file))
        });
        assert!(held, "no lock on the workspace{suffix}:\n{locks}");
    }
    let open = std::fs::read_dir(format!("/proc/{}/fd", terminal.pid())).unwrap();
    let mut ours: Vec<_> = open
        .filter_map(|fd| std::fs::read_link(fd.unwrap().path()).ok())
        .filter(|path| path.starts_with(desk.folder()))
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    ours.sort();
    assert_eq!(
        ours,
        ["penholder.db", "penholder.db-shm", "penholder.db-wal"],
        "each open once"
    );
}
