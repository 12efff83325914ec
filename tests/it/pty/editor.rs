//! `$EDITOR`: what it writes is taken, what it fails at is not, and it goes with the program.

use super::terminal::{Desk, Terminal};
use rustix::process::Signal;
use std::time::{Duration, Instant};

/// Opens penholder with the cursor on the field “further work” of Rec 1.
fn at_a_field(desk: &Desk) -> Terminal {
    go_to_a_field(desk.penholder())
}

fn go_to_a_field(mut terminal: Terminal) -> Terminal {
    terminal.send("p");
    terminal.wait_for("Recorded");
    terminal.send("a");
    terminal.wait_for("▌→ relevance");
    terminal.send("jjj");
    terminal.wait_for("▌  further work");
    terminal
}

fn further_work(desk: &Desk) -> Option<String> {
    desk.sql()
        .query_row(
            "SELECT further_work FROM assessment WHERE recommendation = 1",
            [],
            |row| row.get(0),
        )
        .unwrap()
}

#[test]
fn an_editor_changes_a_field() {
    let desk =
        Desk::new().with_editor("printf 'More \\033[31mwork\\342\\200\\256.\\r\\n\\n' > \"$1\"");
    let mut terminal = at_a_field(&desk);
    terminal.send("E");
    terminal.wait_for("2 characters that could");
    terminal.assert_taken();
    assert_eq!(
        further_work(&desk).as_deref(),
        Some("More [31mwork."),
        "cleaned as every text that comes in"
    );
}

#[test]
fn an_editor_goes_on_from_a_draft_and_what_it_writes_takes_the_drafts_place() {
    let desk = Desk::new().with_editor("echo 'And more.' >> \"$1\"");
    let mut terminal = at_a_field(&desk);
    terminal.send("e");
    terminal.wait_for("Rec 1: further work");
    terminal.send("Half.\x1b");
    terminal.wait_for("Draft kept.");
    terminal.send("E");
    terminal.wait_for("Recorded: Rec 1 further work");
    assert_eq!(further_work(&desk).as_deref(), Some("Half.\nAnd more."));
    let drafts: i64 = desk
        .sql()
        .query_row("SELECT count(*) FROM draft", [], |row| row.get(0))
        .unwrap();
    assert_eq!(drafts, 0, "what is recorded is never offered again");
}

#[test]
fn an_editor_that_puts_another_file_in_its_place_is_read_too() {
    let desk = Desk::new().with_editor("echo 'Another file.' > \"$1.new\" && mv \"$1.new\" \"$1\"");
    let mut terminal = at_a_field(&desk);
    terminal.send("E");
    terminal.wait_for("Recorded: Rec 1 further work");
    assert_eq!(further_work(&desk).as_deref(), Some("Another file."));
}

#[test]
fn an_editor_gets_a_plain_terminal() {
    let desk = Desk::new().with_editor(
        "stty -a > modes; printf 'In the editor> '; read line; echo \"$line\" > \"$1\"",
    );
    let mut terminal = at_a_field(&desk);
    terminal.send("E");
    terminal.wait_for("In the editor> ");
    terminal.send("Typed there.\n");
    terminal.wait_for("Recorded: Rec 1 further work");
    assert_eq!(further_work(&desk).as_deref(), Some("Typed there."));
    let modes = std::fs::read_to_string(desk.folder().join("modes")).unwrap();
    assert!(
        modes.contains(" icanon") && modes.contains(" echo "),
        "{modes}"
    );
}

#[test]
fn an_editor_that_fails_leaves_the_old_text() {
    let desk = Desk::new().with_editor("echo gone > \"$1\"; exit 3");
    let mut terminal = at_a_field(&desk);
    terminal.send("E");
    terminal.wait_for("the text is as it was");
    terminal.assert_taken();
    assert_eq!(further_work(&desk), None);
}

#[test]
fn an_editor_that_is_not_there_is_told() {
    let desk = Desk::new().with("VISUAL", "no-such-editor --wait");
    let mut terminal = at_a_field(&desk);
    terminal.send("E");
    terminal.wait_for("Starting the editor no-such-editor");
    terminal.assert_taken();
}

#[test]
fn without_an_editor_it_says_so() {
    let desk = Desk::new();
    let mut terminal = at_a_field(&desk);
    terminal.send("E");
    terminal.wait_for("No editor is set. Set $EDITOR, or write here with e.");
}

#[test]
fn ctrl_c_in_the_editor_is_the_editors() {
    let desk = Desk::new()
        .with_editor("trap 'echo Ctrl-C seen' INT QUIT; printf 'In the editor> '; until read line; do :; done; echo \"$line\" > \"$1\"");
    let mut terminal = at_a_field(&desk);
    terminal.send("E");
    terminal.wait_for("In the editor> ");
    let pressed = Instant::now();
    terminal.send("\x03");
    terminal.wait_for("Ctrl-C seen");
    // A program that had taken it for itself would be gone by then.
    while pressed.elapsed() < Duration::from_millis(600) {
        std::thread::sleep(Duration::from_millis(20));
    }
    terminal.send("Still here.\n");
    terminal.wait_for("Recorded: Rec 1 further work");
    assert_eq!(further_work(&desk).as_deref(), Some("Still here."));
}

#[test]
fn an_editor_goes_with_the_program_and_what_it_saved_is_a_draft() {
    let script = "echo saved > \"$1\"; trap 'echo ended > ended; exit 1' TERM; printf 'In the editor> '; while :; do sleep 0.02; done";
    let desk = Desk::new().with_editor(script);
    let mut terminal = at_a_field(&desk);
    terminal.send("E");
    terminal.wait_for("In the editor> ");
    let sent = Instant::now();
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.end().exit_code(), 143);
    assert!(
        sent.elapsed() < Duration::from_millis(500),
        "{:?}",
        sent.elapsed()
    );
    terminal.assert_restored();
    assert!(
        desk.folder().join("ended").exists(),
        "the editor was told to end"
    );
    let draft: String = desk
        .sql()
        .query_row("SELECT text FROM draft", [], |row| row.get(0))
        .unwrap();
    assert_eq!(draft, "saved");
    assert_eq!(further_work(&desk), None);
}

#[test]
fn the_program_ends_with_its_terminal_while_an_editor_runs() {
    let desk = Desk::new()
        .with_editor("echo saved > \"$1\"; printf 'In the editor> '; while :; do sleep 0.02; done");
    let mut terminal = at_a_field(&desk);
    terminal.send("E");
    terminal.wait_for("In the editor> ");
    let ended = terminal.hang_up();
    println!(
        "hang-up, the editor: ended after {:?}, code {}",
        ended.after, ended.code
    );
    assert!(ended.after < Duration::from_millis(500), "{ended:?}");
    assert_eq!(ended.code, 129);
    let draft: String = desk
        .sql()
        .query_row("SELECT text FROM draft", [], |row| row.get(0))
        .unwrap();
    assert_eq!(draft, "saved");
}

#[test]
fn an_answer_is_written_in_the_editor() {
    let desk = Desk::new().with_editor("printf 'The registries do.\n' > \"$1\"");
    let mut terminal = desk.penholder();
    terminal.send("gq11.4oE");
    terminal.wait_for("satisfy?");
    terminal.send("y");
    terminal.wait_for("Recorded: Answer to question 11.4");
    terminal.assert_taken();
    let text: String = desk
        .sql()
        .query_row(
            "SELECT text FROM answer WHERE question = '11.4'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(text, "The registries do.");
}

#[test]
fn an_answer_to_a_query_of_the_editor_is_not_read_as_keys() {
    let desk =
        Desk::new().with_editor("stty raw -echo; printf 'asked'; head -c 4 > /dev/null; stty sane; echo 'From the editor.' > \"$1\"");
    // A terminal whose answers this test writes itself.
    let terminal = Terminal::open_silent(desk.command(env!("CARGO_BIN_EXE_penholder")));
    terminal.wait_for("Rec 1 ·");
    let mut terminal = go_to_a_field(terminal);
    terminal.send("E");
    terminal.wait_for_bytes("asked", 0);
    // The editor reads four bytes of the input and ends. The answer after them arrives in two parts, while the editor ends and afterwards.
    terminal.send("pin!\x1b]11;rgb:1e1e/");
    terminal.wait_for("Recorded: Rec 1 further work");
    terminal.send("1e1e/1e1e\x1b\\");
    terminal.send("2n");
    terminal.wait_for("Recorded: Rec 2 not implemented");
    let written: i64 = desk
        .sql()
        .query_row(
            "SELECT count(*) FROM operation WHERE by = 'Denise'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(written, 3, "a verdict, the text, and another verdict");
}
