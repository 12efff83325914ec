//! What comes in: pastes, floods, sequences in pieces, sizes; and hostile text that must not come out again.

use super::terminal::{Desk, Terminal};
use std::time::{Duration, Instant};

#[test]
fn a_paste_into_a_finding_is_cleaned_and_counted() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("11f");
    terminal.wait_for("Finding on Rec 11");
    terminal.send("\x1b[200~A \x1b[31mred\x1b]0;title\x07 word\u{202e} end.\x1b[201~");
    terminal.wait_for("(4 characters of the paste removed)");
    terminal.wait_for("A [31mred]0;title word end.");
    terminal.send("\r");
    terminal.wait_for("Recorded: ");
    let text: String = desk
        .sql()
        .query_row("SELECT text FROM finding", [], |row| row.get(0))
        .unwrap();
    assert_eq!(text, "A [31mred]0;title word end.");
}

#[test]
fn a_paste_outside_a_text_does_nothing_but_say_so() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("\x1b[200~p q n i 1 2 3\r\x1b[201~");
    terminal.wait_for("A paste outside a text does nothing.");
    let written: i64 = desk
        .sql()
        .query_row("SELECT count(*) FROM operation", [], |row| row.get(0))
        .unwrap();
    assert_eq!(written, 0);
    terminal.wait_for("Rec 1 ·");
}

#[test]
fn a_long_paste_without_brackets_arrives_whole_and_does_not_burn_the_processor() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.resize(200, 50);
    terminal.send("f");
    terminal.wait_for("Finding on Rec 1");
    let long: String = (0..420).map(|i| format!("word{i} ")).collect();
    terminal.send(&format!("{long}END"));
    terminal.wait_for("word419 END");
    terminal.send("\r");
    terminal.wait_for("Recorded: ");
    let text: String = desk
        .sql()
        .query_row("SELECT text FROM finding", [], |row| row.get(0))
        .unwrap();
    assert_eq!(text, format!("{long}END"));
}

#[test]
fn a_long_paste_with_brackets_arrives_whole() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("f");
    terminal.wait_for("Finding on Rec 1");
    let long: String = (0..20_000).map(|i| format!("word{i} ")).collect();
    terminal.send(&format!("\x1b[200~{long}END\x1b[201~\r"));
    terminal.wait_for("Recorded: ");
    let text: String = desk
        .sql()
        .query_row("SELECT text FROM finding", [], |row| row.get(0))
        .unwrap();
    assert_eq!(text, format!("{long}END"));
}

#[test]
fn a_sequence_that_never_ends_holds_up_neither_clock_nor_keys() {
    let desk = Desk::new();
    let mut one = desk.penholder();
    let mut two = desk.penholder_as("Emily");
    two.send("\x1b[1;");
    one.send("7n");
    one.wait_for("Recorded");
    two.wait_for("1/28 assessed");
    // The beginning is forgotten after a second; what comes later is a key again.
    let until = Instant::now() + Duration::from_secs(15);
    while !two.contents().contains("Rec 2 ·") {
        assert!(Instant::now() < until, "{}", two.contents());
        two.send("2");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_arrow_key_in_two_pieces_is_an_arrow_key() {
    let mut terminal = Desk::new().penholder();
    terminal.send("lll");
    terminal.send("\x1b");
    // Less than a person, more than a scheduler: the pieces come in two reads.
    std::thread::sleep(Duration::from_millis(8));
    terminal.send("[B");
    terminal.send("\x1b[D11");
    terminal.wait_for("Rec 11 ·");
}

#[test]
fn a_flood_of_mouse_events_is_survived_and_holds_up_neither_draft_nor_clock() {
    let desk = Desk::new();
    let mut one = desk.penholder();
    let mut two = desk.penholder_as("Emily");
    two.send("fHalf a sen");
    two.wait_for("Half a sen");
    one.send("7n");
    one.wait_for("Recorded");
    let until = Instant::now() + Duration::from_secs(15);
    while !two.contents().contains("1/28 assessed") {
        assert!(Instant::now() < until, "{}", two.contents());
        for column in 1..100 {
            two.send(&format!("\x1b[<35;{column};5M\x1b[<65;{column};9M"));
        }
    }
    two.wait_for("Half a sen");
    two.send("\x1b");
    two.wait_for("Draft kept");
}

#[test]
fn every_size_is_survived_and_the_old_one_shows_the_same_again() {
    let terminal = Desk::new().penholder();
    terminal.wait_for("28 · all sections");
    for (width, height) in [
        (40, 12),
        (1, 1),
        (200, 60),
        (2, 3),
        (80, 24),
        (9, 40),
        (160, 2),
        (39, 11),
        (300, 100),
        (1, 50),
        (100, 1),
    ] {
        terminal.resize(width, height);
        terminal.resize(100, 30);
        terminal.wait_for("28 · all sections");
        terminal.wait_for("Rec 1 ·");
    }
    // Left at a size until something is drawn for it.
    terminal.resize(40, 12);
    terminal.wait_until("the list alone", |screen| {
        screen.contents().contains("all sections") && !screen.contents().contains("Rec 1 ·")
    });
    terminal.resize(1, 1);
    terminal.resize(160, 50);
    terminal.wait_for("Assessment");
}

#[test]
fn a_storm_of_sizes_ends_in_the_right_picture() {
    let mut terminal = Desk::new().penholder();
    for round in 0..300 {
        terminal.resize(60 + round % 60, 20 + round % 20);
    }
    terminal.resize(100, 30);
    terminal.wait_until("a whole frame", |screen| {
        terminal_line(screen, 1).is_some_and(|line| {
            line.starts_with('┌') && line.ends_with('┐') && line.chars().count() == 100
        })
    });
    terminal.send("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_hundred_sizes_take_no_more_memory_than_one() {
    let terminal = Desk::new().penholder();
    let resident = || -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", terminal.pid())).unwrap();
        status
            .lines()
            .find_map(|line| {
                line.strip_prefix("VmRSS:")?
                    .strip_suffix("kB")?
                    .trim()
                    .parse()
                    .ok()
            })
            .unwrap()
    };
    let turn = |width: u16| {
        let before = terminal.count();
        terminal.resize(width, 60);
        terminal.wait_until("a picture of the new size", |screen| {
            terminal_line(screen, 1).is_some_and(|line| {
                line.ends_with('┐') && line.chars().count() == usize::from(width)
            })
        });
        assert!(terminal.count() > before);
    };
    (0..10).for_each(|round| turn(180 + round % 2));
    let before = resident();
    (0..100).for_each(|round| turn(180 + round % 2));
    let grown = resident().saturating_sub(before);
    assert!(grown < 8_000, "grown by {grown} kB");
}

fn terminal_line(screen: &vt100::Screen, row: usize) -> Option<String> {
    screen.contents().lines().nth(row).map(str::to_owned)
}

/// Whether bytes hold anything a terminal obeys that the program has no business to send.
fn hostile(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    for bad in [
        "\x1b]0;",
        "\x1b[31mEVIL",
        "\x1b[2JEVIL",
        "\u{7}",
        "\u{9b}",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{e0041}",
        "\u{2028}",
    ] {
        if text.contains(bad) {
            return Some(bad.escape_debug().to_string());
        }
    }
    None
}

#[test]
fn hostile_text_in_the_workspace_never_reaches_the_terminal() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("1p");
    terminal.wait_for("Recorded");
    terminal.send("fMARK\r");
    terminal.wait_for("Recorded: Finding");
    terminal.send("q");
    terminal.end();
    let evil = "\x1b]0;owned\x07 \x1b[31mEVIL \x1b[2JEVIL \u{9b}31m \u{202e}gnp\u{2066} \u{200b}\u{e0041}\u{2028} MARK";
    let sql = desk.sql();
    sql.execute_batch("DROP TRIGGER operation_is_final; DROP TRIGGER change_is_final;")
        .unwrap();
    sql.execute("UPDATE finding SET text = ?1", [evil]).unwrap();
    sql.execute(
        "UPDATE assessment SET finding = ?1, what_was_done = ?1 WHERE recommendation = 1",
        [evil],
    )
    .unwrap();
    sql.execute("UPDATE operation SET label = ?1", [evil])
        .unwrap();
    sql.execute("UPDATE change SET after = ?1 WHERE field = 'text'", [evil])
        .unwrap();
    sql.execute(
        "UPDATE quoted SET content = json_set(content, '$.text', ?1, '$.label', ?1) WHERE kind = 'recommendation' AND name = '1'",
        [evil],
    )
    .unwrap();
    sql.execute("INSERT INTO draft (author, place, text, at) VALUES ('Denise', 'finding on rec 1', ?1, '2018-09-13T14:41:07Z')", [evil])
        .unwrap();
    drop(sql);
    let mut terminal = desk.penholder();
    terminal.resize(180, 50);
    terminal.wait_for("Assessment");
    terminal.send("l");
    for _ in 0..6 {
        terminal.send("\t");
    }
    terminal.send("hf");
    terminal.wait_for("(a draft)");
    terminal.send("\x1b");
    terminal.wait_for("Draft kept");
    terminal.send(":");
    terminal.wait_for("┌ Command ");
    terminal.send("drafts\r");
    terminal.wait_for("Typed and not recorded");
    terminal.send("\x1b");
    terminal.wait_gone("Typed and not recorded");
    terminal.send("u");
    terminal.wait_until("an answer", |screen| screen.contents().contains("MARK"));
    terminal.send("q");
    terminal.end();
    assert_eq!(hostile(&terminal.bytes()), None);
    assert!(
        terminal.bytes().windows(4).any(|window| window == b"MARK"),
        "the text itself was shown"
    );
}

#[test]
fn a_hostile_name_or_path_never_reaches_the_terminal() {
    let desk = Desk::new().with("PENHOLDER_NAME", "De\x1b[31mEVIL\u{202e}nise");
    let mut terminal = desk.penholder_as("De\x1b[31mEVIL\u{202e}nise");
    terminal.wait_for("De[31mEVILnise");
    terminal.send("q");
    terminal.end();
    assert_eq!(hostile(&terminal.bytes()), None);
    let file = desk.folder().join("no\x1b]0;owned\x07\u{202e}.db");
    std::fs::write(&file, "not a workspace, but long enough to be looked at").unwrap();
    let mut command = desk.command(env!("CARGO_BIN_EXE_penholder"));
    command.env("PENHOLDER_DB", &file);
    let mut refused = Terminal::open(command);
    assert_eq!(refused.end().exit_code(), 1);
    assert!(refused.contents().contains("penholder: "));
    assert_eq!(hostile(&refused.bytes()), None);
}

#[test]
fn input_that_came_before_the_first_screen_is_dropped() {
    let desk = Desk::new();
    desk.penholder().send("q");
    // The shell reads one line. What comes after it is still waiting when the program starts.
    let mut shell = desk.command("sh");
    shell.arg("-c");
    shell.arg(format!(
        "read -r line; exec {}",
        env!("CARGO_BIN_EXE_penholder")
    ));
    let mut terminal = Terminal::open_silent(shell);
    terminal.send("go\n11p\x1b]11;rgb:ffff/ff");
    terminal.wait_for("28 · all sections");
    terminal.send("ff/ffff\x1b\\7n");
    terminal.wait_for("Recorded: Rec 7 not implemented");
    let written: i64 = desk
        .sql()
        .query_row(
            "SELECT count(*) FROM operation WHERE by = 'Denise'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(written, 1);
}

#[test]
fn lines_of_an_unmarked_paste_are_not_read_as_keys() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("no SLA was agreed\rpin the report, then quit\r");
    terminal.wait_for("A paste outside a text does nothing.");
    terminal.send("11f");
    terminal.wait_for("Finding on Rec 11");
    terminal.send("first line\rpin q second line");
    terminal.wait_for("pin q second line");
    terminal.send("\r");
    terminal.wait_for("Recorded: Finding on Rec 11");
    let text: String = desk
        .sql()
        .query_row("SELECT text FROM finding", [], |row| row.get(0))
        .unwrap();
    assert_eq!(text, "first line\npin q second line");
    let written: i64 = desk
        .sql()
        .query_row(
            "SELECT count(*) FROM operation WHERE by = 'Denise'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(written, 1);
}

#[test]
fn a_paste_that_is_split_after_its_escape_byte_runs_no_commands() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.send("11f");
    terminal.wait_for("Finding on Rec 11");
    terminal.send("half");
    terminal.wait_for("half");
    terminal.send("\x1b");
    // The escape byte is taken for the Esc key; the rest is still recognized as a paste.
    terminal.wait_for("Draft kept");
    terminal.send("[200~pin q\rrisk\x1b[201~");
    terminal.wait_for("A paste outside a text does nothing.");
    let written: i64 = desk
        .sql()
        .query_row(
            "SELECT count(*) FROM operation WHERE by = 'Denise'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(written, 0);
}

#[test]
fn ctrl_l_and_a_change_of_screen_draw_the_whole_screen() {
    let mut terminal = Desk::new().penholder();
    for (keys, shows) in [
        ("\x0c", "28 · all sections"),
        ("gq", "Questions"),
        ("f\x0c", "Question"),
        ("\x03gr", "all sections"),
    ] {
        let before = terminal.count();
        terminal.send(keys);
        terminal.wait_for_bytes("\x1b[2J", before);
        terminal.wait_for_bytes(shows, before);
    }
}
