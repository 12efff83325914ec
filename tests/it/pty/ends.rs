//! Every way out: the terminal is restored, the exit code tells, and a terminal that is gone takes the program with it.

use super::link::{FarTerminal, SLOW};
use super::terminal::{Desk, HungUp, Terminal};
use penholder::tui::console::Console;
use penholder::tui::watch::Watch;
use rustix::process::Signal;
use std::time::{Duration, Instant};

/// The variable that turns one test of this binary into the program that panics.
const PANICS: &str = "PENHOLDER_TEST_PANICS";

fn ends_by(signal: Signal, code: u32) {
    let mut terminal = Desk::new().penholder();
    terminal.assert_taken();
    let sent = Instant::now();
    terminal.signal(signal);
    assert_eq!(terminal.end().exit_code(), code, "{signal:?}");
    assert!(
        sent.elapsed() < Duration::from_millis(500),
        "{signal:?}: {:?}",
        sent.elapsed()
    );
    terminal.assert_restored();
}

#[test]
fn the_terminal_is_restored_after_quitting() {
    let mut terminal = Desk::new().penholder();
    terminal.send("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn the_terminal_is_restored_after_ctrl_c_twice() {
    let mut terminal = Desk::new().penholder();
    terminal.send("\x03");
    terminal.wait_for("Ctrl-C again quits.");
    terminal.send("\x03");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn the_terminal_is_restored_after_a_signal_and_the_exit_code_names_it() {
    ends_by(Signal::TERM, 143);
    ends_by(Signal::HUP, 129);
    ends_by(Signal::INT, 130);
    ends_by(Signal::QUIT, 131);
}

#[test]
fn the_terminal_is_restored_after_a_signal_that_comes_again_and_again() {
    let mut terminal = Desk::new().penholder();
    for _ in 0..20 {
        terminal.signal(Signal::TERM);
    }
    assert_eq!(terminal.end().exit_code(), 143);
    terminal.assert_restored();
}

#[test]
fn the_terminal_is_restored_after_an_error_and_the_error_can_be_read() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    desk.sql()
        .execute_batch("ALTER TABLE change RENAME TO gone")
        .unwrap();
    // To the history, which can no longer be read.
    terminal.send("\x1b[Z");
    let status = terminal.end();
    assert_eq!(status.exit_code(), 1);
    terminal.assert_restored();
    assert!(
        terminal.contents().contains("penholder: "),
        "{}",
        terminal.contents()
    );
}

#[test]
fn the_terminal_is_restored_before_a_panic_speaks() {
    if std::env::var_os(PANICS).is_some() {
        let mut console = Console::live(Watch::start().unwrap()).unwrap();
        console
            .draw(|frame| frame.render_widget("standing", frame.area()))
            .unwrap();
        panic!("on purpose");
    }
    let exe = std::env::current_exe().unwrap();
    let desk = Desk::new().with(PANICS, "1");
    let mut command = desk.command(&exe.display().to_string());
    command.args([
        "--exact",
        "pty::ends::the_terminal_is_restored_before_a_panic_speaks",
        "--nocapture",
    ]);
    let mut terminal = Terminal::open(command);
    assert_ne!(terminal.end().exit_code(), 0);
    let bytes = String::from_utf8_lossy(&terminal.bytes()).into_owned();
    assert!(bytes.contains("standing"), "{bytes}");
    terminal.assert_restored();
    assert!(
        terminal.contents().contains("on purpose"),
        "{}",
        terminal.contents()
    );
}

#[test]
fn standard_output_that_is_no_terminal_is_refused_and_nothing_is_touched() {
    let desk = Desk::new();
    let mut command = desk.command("/bin/sh");
    command.args([
        "-c",
        &format!("{} | cat; echo the end", env!("CARGO_BIN_EXE_penholder")),
    ]);
    let mut terminal = Terminal::open(command);
    terminal.end();
    terminal.assert_restored();
    let shown = terminal.contents();
    assert!(
        shown.contains("penholder: The screens need a terminal") && shown.contains("the end"),
        "{shown}"
    );
    assert!(!terminal.bytes().contains(&0x1b));
}

fn assert_prompt(ended: &HungUp, where_: &str) {
    println!(
        "hang-up, {where_}: ended after {:?} with {:?} of processor, code {}",
        ended.after, ended.cpu, ended.code
    );
    assert!(
        ended.after < Duration::from_millis(500),
        "{where_}: {ended:?}"
    );
    assert!(
        ended.cpu < Duration::from_millis(150),
        "{where_}: {ended:?}"
    );
    assert_eq!(ended.code, 129, "{where_}");
}

#[test]
fn the_program_ends_with_its_terminal_wherever_one_is() {
    for (where_, keys, shows) in [
        ("the list", "", "Rec 1 ·"),
        ("a sequence begun", "g", "Go to the list"),
        ("the help", "?", "┌ Keys "),
        ("a choice", "s", "proposed"),
        ("the palette", ":", "┌ Command "),
        ("the filter", "/dns", "/dns"),
        ("the writing line", "fHalf", "Half"),
        ("inside an escape sequence", "j\x1b[1;", "Rec 2 ·"),
        ("inside a paste", "j\x1b[200~never ends", "Rec 2 ·"),
    ] {
        let mut terminal = Desk::new().penholder();
        terminal.send(keys);
        terminal.wait_for(shows);
        assert_prompt(&terminal.hang_up(), where_);
    }
}

#[test]
fn what_was_typed_survives_the_end_of_the_terminal() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("fHalf a sen");
    terminal.wait_for("Half a sen");
    terminal.hang_up();
    let text: String = desk
        .sql()
        .query_row("SELECT text FROM draft", [], |row| row.get(0))
        .unwrap();
    assert!(text.starts_with("Half a sen"), "{text}");
}

#[test]
fn a_terminal_that_takes_nothing_more_does_not_keep_the_program_alive() {
    let mut terminal = Desk::new().penholder();
    terminal.pause(true);
    // Drawn until nothing more fits and the loop hangs in a write.
    let mut before = 0;
    for round in 0.. {
        terminal.send("GggKJ");
        terminal.resize(80 + round % 40, 24 + round % 10);
        std::thread::sleep(Duration::from_millis(5));
        let wchan =
            std::fs::read_to_string(format!("/proc/{}/wchan", terminal.pid())).unwrap_or_default();
        let now = super::terminal::sleeps(terminal.pid());
        if round > 200 || (round > 60 && (now == before || wchan.contains("n_tty_write"))) {
            break;
        }
        before = now;
    }
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.exit().exit_code(), 143);
}

#[test]
fn ctrl_z_gives_the_shell_its_terminal_and_fg_draws_everything_again() {
    let desk = Desk::new();
    let mut command = desk.command("/bin/sh");
    command.arg("-i");
    command.env("PS1", "ready> ");
    let mut terminal = Terminal::open(command);
    terminal.wait_for("ready> ");
    for (keys, shows, key) in [
        ("", "Rec 1 ·", "Ctrl-Z in the list"),
        ("fHalf a sen", "Half a sen", "Ctrl-Z in the writing line"),
        ("?", "┌ Keys ", "Ctrl-Z in the help"),
    ] {
        terminal.send(&format!("{}\n", env!("CARGO_BIN_EXE_penholder")));
        terminal.wait_for("Rec 1 ·");
        terminal.send(keys);
        terminal.wait_for(shows);
        terminal.send("\x1a");
        terminal.wait_until(key, |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
        terminal.send("echo shell $((40 + 2))\n");
        terminal.wait_for("shell 42");
        terminal.send("clear; fg\n");
        terminal.wait_until("the screen again", |screen| {
            screen.alternate_screen() && screen.contents().contains(shows)
        });
        terminal.assert_taken();
        terminal.send(if keys == "?" { "q\rq\r" } else { "\x03\x03" });
        terminal.wait_until("the shell", |screen| !screen.alternate_screen());
        terminal.send("clear\n");
        terminal.wait_gone("fg");
    }
}

#[test]
fn ctrl_z_without_a_shell_to_go_back_to_does_not_strand_the_program() {
    // Started straight in a window of its own, nobody could continue it.
    let mut terminal = Desk::new().penholder();
    let before = terminal.count();
    terminal.send("\x1a");
    // Keys that arrive before the program has the terminal again are dropped.
    terminal.wait_for_bytes("all sections", before);
    terminal.send("11p");
    terminal.wait_for("Recorded: Rec 11 partially implemented");
    terminal.assert_taken();
}

#[test]
fn a_program_stopped_and_continued_from_outside_draws_everything_again() {
    let mut terminal = Desk::new().penholder();
    terminal.signal(Signal::STOP);
    let before = terminal.count();
    terminal.signal(Signal::CONT);
    terminal.wait_until("a whole picture", |_| true);
    terminal.wait_for_bytes("all sections", before);
    terminal.send("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.assert_restored();
}

#[test]
fn a_program_that_ends_right_behind_its_first_screen_leaves_the_terminal_as_it_was() {
    let desk = Desk::new();
    drop(desk.penholder());
    desk.sql()
        .execute_batch("UPDATE quoted SET content = json_set(content, '$.source', 'nonsense') WHERE kind = 'question' AND name = '11.4'")
        .unwrap();
    for _ in 0..5 {
        let mut terminal = Terminal::open(desk.command(env!("CARGO_BIN_EXE_penholder")));
        assert_eq!(terminal.end().exit_code(), 1);
        terminal.assert_restored();
        assert!(
            terminal.contents().contains("11.4"),
            "{}",
            terminal.contents()
        );
    }
}

#[test]
fn the_next_program_in_the_terminal_gets_no_late_answer() {
    let desk = Desk::new();
    let mut shell = desk.command("/bin/sh");
    let rest = "stty raw -echo min 0 time 8; printf 'left:'; head -c 50 | od -An -c; printf ':over'; exec sleep 9";
    shell.args([
        "-c",
        &format!("{}; {rest}", env!("CARGO_BIN_EXE_penholder")),
    ]);
    let far = FarTerminal::open(shell, SLOW);
    far.wait_for("28 · all sections");
    // The program ends while the answer to the query after its last frame is on its way.
    far.press("gq");
    far.press("\x03\x03");
    far.wait_for_text(":over");
    assert!(
        far.screen().contents().contains("left::over"),
        "{}",
        far.screen().contents()
    );
}
