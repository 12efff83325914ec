//! A call in real terminals: killed in the middle and gone on with, and watched from a second window.

use super::record::wait_for_draft;
use super::terminal::Desk;
use rustix::process::Signal;

#[test]
fn a_call_that_was_killed_in_the_middle_goes_on_where_it_was() {
    let desk = Desk::new();
    let mut terminal = desk.penholder();
    terminal.wait_for("28 · all sections");
    terminal.send("L\r");
    terminal.wait_for("Plenary 42 runs");
    terminal.send(">");
    terminal.wait_for("item 2/9");
    // A name typed without a pause after c is only selected.
    terminal.send("cde");
    terminal.wait_for("Enter marks Denise");
    terminal.send("\r");
    terminal.wait_for("1 present");
    terminal.send("em");
    terminal.wait_for("2 present");
    terminal.send("\x1b");
    terminal.wait_gone("facilitator: not named, @ names one");
    terminal.send("11p");
    terminal.wait_for("Recorded: Rec 11 partially implemented");
    terminal.send("f@em half a thou");
    terminal.wait_for("half a thou");
    wait_for_draft(&desk, "@em half a thou");
    terminal.signal(Signal::KILL);
    assert_ne!(terminal.exit().exit_code(), 0);

    let mut again = desk.penholder();
    again.wait_for("item 2/9");
    again.wait_for("Plenary 42 runs, minute 0");
    again.send("11f");
    again.wait_for("half a thou");
    again.send("ght\r");
    again.wait_for("Recorded: Finding on Rec 11");
    again.send("gm");
    again.wait_for("half a thought");
    again.send_alone("L");
    again.wait_for("Enter picks");
    again.send("\r");
    again.wait_for("ended");
    let carried: (String, i64, i64) = desk
        .sql()
        .query_row(
            "SELECT meeting.name, finding.minute, agenda_item.number FROM finding
             JOIN meeting ON meeting.id = finding.meeting JOIN agenda_item ON agenda_item.id = finding.agenda_item
             WHERE finding.text = 'half a thought'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap();
    assert_eq!(carried, ("plenary-42".to_owned(), 0, 2));
}

#[test]
fn what_the_penholder_does_in_the_call_shows_in_the_chair_s_window() {
    let desk = Desk::new();
    let mut penholder = desk.penholder();
    penholder.wait_for("28 · all sections");
    let mut chair = desk.penholder_as("Eric");
    chair.wait_for("28 · all sections");
    penholder.send("L\r");
    penholder.wait_for("Plenary 42 runs");
    chair.wait_for("Plenary 42 0:0");
    chair.send("gmjj");
    chair.wait_for("Recommendations of the day");
    let before = chair.contents();
    let selected = before.lines().position(|line| line.contains('▌')).unwrap();
    for (keys, seen) in [
        (">", "item 2/9"),
        ("cde\r\x1b", "Denise present"),
        ("fSaid aloud\r", "Said aloud"),
    ] {
        penholder.send(keys);
        chair.wait_for(seen);
        assert_eq!(
            chair.contents().lines().position(|line| line.contains('▌')),
            Some(selected),
            "the chair's cursor stays"
        );
    }
}
