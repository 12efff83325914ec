//! What the program sends to a terminal: nothing while idle, only colours and signs that the terminal has, and a title that it restores.

use super::terminal::{Desk, Terminal, cpu, sleeps};
use std::time::{Duration, Instant};

/// Waits until the program has written nothing for a while, since it may still be at its first picture or at a draft.
fn settle(terminal: &Terminal) {
    let mut last = (terminal.count(), Instant::now());
    while last.1.elapsed() < Duration::from_millis(1200) {
        std::thread::sleep(Duration::from_millis(10));
        let count = terminal.count();
        if count != last.0 {
            last = (count, Instant::now());
        }
    }
}

fn assert_quiet(terminal: &Terminal, where_: &str) {
    settle(terminal);
    let (bytes, wakes, used) = (
        terminal.count(),
        sleeps(terminal.pid()),
        cpu(terminal.pid()),
    );
    let watched = Duration::from_secs(2);
    // The one sleep that is the thing measured: two seconds in which nothing may happen.
    std::thread::sleep(watched);
    let (written, woken, used) = (
        terminal.count() - bytes,
        sleeps(terminal.pid()) - wakes,
        cpu(terminal.pid()) - used,
    );
    println!(
        "idle, {where_}: {written} bytes, {} wake-ups/s, {used:?} of processor in {watched:?}",
        woken / 2
    );
    assert_eq!(written, 0, "{where_}");
    assert!(woken <= 8, "{where_}: {woken} wake-ups in two seconds");
    assert!(used <= Duration::from_millis(40), "{where_}: {used:?}");
}

#[test]
fn an_idle_program_writes_no_byte_and_wakes_rarely() {
    assert_quiet(&Desk::new().penholder(), "the list");
    let mut terminal = Desk::new().penholder();
    terminal.send("fHalf");
    terminal.wait_for("Half");
    assert_quiet(&terminal, "the writing line");
    let mut terminal = Desk::new().penholder();
    terminal.send("?");
    terminal.wait_for("┌ Keys ");
    assert_quiet(&terminal, "the help");
}

/// Whether bytes select a colour: SGR parameters 30 to 49 and 90 to 107.
fn colours(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes)
        .split("\x1b[")
        .skip(1)
        .filter_map(|rest| rest.split_once('m'))
        .any(|(parameters, _)| {
            parameters.bytes().all(|b| b.is_ascii_digit() || b == b';')
                && parameters
                    .split(';')
                    .filter_map(|n| n.parse::<u16>().ok())
                    .any(|n| matches!(n, 30..=38 | 40..=48 | 90..=107))
        })
}

#[test]
fn without_colours_the_words_are_all_there() {
    let desk = Desk::new().with("NO_COLOR", "1");
    let mut plain = desk.penholder();
    plain.send("11p");
    plain.wait_for("Recorded: Rec 11 partially implemented");
    plain.wait_for("◐ partially");
    plain.send("2n");
    plain.wait_for("○ not impl.");
    plain.send("?");
    plain.wait_for("┌ Keys ");
    plain.send("q\rq\r");
    plain.end();
    assert!(!colours(&plain.bytes()));
    let mut coloured = Desk::new().penholder();
    coloured.send("11p");
    coloured.wait_for("Recorded");
    assert!(colours(&coloured.bytes()), "the check would see a colour");
}

#[test]
fn if_the_locale_is_not_utf_8_everything_is_in_ascii_and_a_notice_says_so() {
    let desk = Desk::new().with("LC_ALL", "C");
    let mut terminal = Terminal::open(desk.command(env!("CARGO_BIN_EXE_penholder")));
    terminal.wait_for("is not UTF-8, so the screen is in ASCII");
    terminal.send("11p");
    terminal.wait_for("/ partially");
    assert!(terminal.bytes().is_ascii(), "{}", terminal.contents());
}

#[test]
fn the_window_title_names_review_and_meeting_and_the_previous_title_is_restored() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.wait_for_bytes("\x1b[22;2t", 0);
    terminal.wait_for_bytes("\x1b]2;penholder - SSR1\x1b\\", 0);
    terminal.send("L");
    terminal.wait_for("Start");
    terminal.send("\r");
    terminal.wait_for_bytes("\x1b]2;penholder - SSR1 - Plenary ", 0);
    terminal.send("\x03\x03");
    terminal.end();
    assert!(String::from_utf8_lossy(&terminal.bytes()).ends_with("\x1b[23;2t"));
}
