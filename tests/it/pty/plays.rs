//! Random plays over a slow link: a verdict is recorded only on the recommendation that the terminal showed as selected when the key was pressed, or
//! whose number had been typed before.
//!
//! `PLAYS=200` runs that many new plays; without it, a few are run, and always the same ones. `PENHOLDER_PROGRAM` may name another program to test.

use super::link::{FarTerminal, SLOW, program};
use super::terminal::Desk;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How many plays are run unless `PLAYS` says otherwise.
const DEFAULT_PLAYS: usize = 6;
/// How many plays are run at once; they mostly wait.
const AT_ONCE: usize = 12;
/// The time between two repetitions of a key that is held down.
const REPEAT: Duration = Duration::from_millis(33);
/// The least time between two verdicts, because faster keys may be taken for a sentence typed by mistake.
const VERDICT_PAUSE: Duration = Duration::from_millis(800);
/// How long the link must be silent for the effect of the last key to be complete.
const SILENCE: Duration = Duration::from_millis(800);
/// The verdict keys, in the order in which they are pressed, with the field that each sets, and the value if it is always the same.
const VERDICTS: [(&str, &str, Option<&str>); 5] = [
    ("i", "implementation", Some("implemented")),
    ("p", "implementation", Some("partially implemented")),
    ("r", "relevance", None),
    ("n", "implementation", Some("not implemented")),
    ("d", "implementation", Some("cannot be determined")),
];

/// What a person does.
#[derive(Debug, Clone)]
enum Step {
    /// Holds `j` or `k` down for this many repetitions.
    Hold(&'static str, u32),
    /// Types a number, and after this pause presses the next verdict key.
    Number(u16, Duration),
    /// Presses the next verdict key.
    Verdict,
    /// Undoes the last change.
    Undo,
}

/// The steps of a play, each after a pause.
#[derive(Debug, Clone)]
struct Play {
    /// Whether the first key is pressed before the first screen has arrived.
    starts_before_first_screen: bool,
    steps: Vec<(Duration, Step)>,
}

fn play() -> impl Strategy<Value = Play> {
    let time = |range: std::ops::Range<u64>| range.prop_map(Duration::from_millis);
    let step = prop_oneof![
        3 => (prop_oneof![2 => Just("j"), 1 => Just("k")], prop_oneof![1_u32..4, 4_u32..40]).prop_map(|(key, times)| Step::Hold(key, times)),
        2 => (1_u16..=28, time(40..600)).prop_map(|(number, pause)| Step::Number(number, pause)),
        4 => Just(Step::Verdict),
        1 => Just(Step::Undo),
    ];
    let pause = prop_oneof![3 => time(20..300), 2 => time(300..1500), 1 => time(1500..4000)];
    (
        prop::bool::weighted(0.2),
        prop::collection::vec((pause, step), 6..11),
    )
        .prop_map(|(starts_before_first_screen, steps)| Play {
            starts_before_first_screen,
            steps,
        })
}

/// A verdict key that was pressed.
#[derive(Debug)]
struct Press {
    verdict: usize,
    /// The recommendation that the terminal showed as selected.
    shown: Option<u16>,
    /// The number that was typed before, unless another key may have moved the selection since.
    typed: Option<u16>,
}

/// A verdict in the journal.
#[derive(Debug, PartialEq)]
struct Recorded {
    record: u16,
    field: String,
    value: String,
}

impl Press {
    /// Whether this press may have recorded this verdict.
    fn explains(&self, recorded: &Recorded) -> bool {
        let (_, field, value) = VERDICTS[self.verdict];
        self.typed.or(self.shown) == Some(recorded.record)
            && field == recorded.field
            && value.is_none_or(|value| value == recorded.value)
    }
}

/// The recorded verdicts that no press explains. Presses may be left over, because they were refused.
fn unexplained<'a>(recorded: &'a [Recorded], presses: &[Press]) -> Vec<&'a Recorded> {
    let mut next = 0;
    let mut wrong = Vec::new();
    for recorded in recorded {
        match presses[next..]
            .iter()
            .position(|press| press.explains(recorded))
        {
            Some(at) => next += at + 1,
            None => wrong.push(recorded),
        }
    }
    wrong
}

/// The recommendation that a screen shows as selected.
fn selected(screen: &vt100::Screen) -> Option<u16> {
    let contents = screen.contents();
    let (_, title) = contents.lines().nth(1)?.split_once(" Rec ")?;
    title.split_once(" ·")?.0.parse().ok()
}

/// The verdicts in the journal, the oldest first.
fn verdicts(desk: &Desk) -> Vec<Recorded> {
    let sql = desk.sql();
    let mut changes = sql
        .prepare(
            "SELECT substr(record, 5), field, after FROM operation JOIN change ON operation = seq
             WHERE role = 'do' AND field IN ('implementation', 'relevance') ORDER BY seq, position",
        )
        .unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        let record: String = row.get(0)?;
        Ok(Recorded {
            record: record.parse().unwrap(),
            field: row.get(1)?,
            value: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        })
    };
    changes
        .query_map([], read)
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

/// A person at the far terminal.
struct Person {
    far: FarTerminal,
    presses: Vec<Press>,
    pressed_at: Instant,
    /// The number that was typed last, unless another key may have moved the selection since.
    typed: Option<u16>,
}

impl Person {
    fn perform(&mut self, step: &Step) {
        match step {
            Step::Hold(key, times) => {
                self.typed = None;
                for _ in 0..*times {
                    self.far.press(key);
                    sleep(REPEAT);
                }
            }
            Step::Number(number, pause) => {
                // Keys that arrive before the program has the terminal are dropped, and what is left of a number is another number.
                self.far.wait_for("28 · all sections");
                self.type_number(*number);
                self.typed = Some(*number);
                sleep(*pause);
                self.press_verdict();
            }
            Step::Verdict => {
                sleep(VERDICT_PAUSE.saturating_sub(self.pressed_at.elapsed()));
                self.press_verdict();
            }
            Step::Undo => {
                self.typed = None;
                self.far.press("u");
            }
        }
    }

    fn type_number(&self, number: u16) {
        for digit in number.to_string().chars() {
            self.far.press(&digit.to_string());
            sleep(REPEAT * 3);
        }
    }

    /// Presses the next verdict key.
    fn press_verdict(&mut self) {
        let verdict = self.presses.len() % VERDICTS.len();
        let screen = self.far.press(VERDICTS[verdict].0);
        self.presses.push(Press {
            verdict,
            shown: selected(&screen),
            typed: self.typed,
        });
        self.pressed_at = Instant::now();
    }
}

/// How a play went.
struct Outcome {
    pressed: usize,
    recorded: usize,
    faults: Vec<String>,
}

fn run(play: &Play) -> Outcome {
    let desk = Desk::new();
    let far = FarTerminal::open(desk.command(&program()), SLOW);
    let mut person = Person {
        far,
        presses: Vec::new(),
        pressed_at: Instant::now(),
        typed: None,
    };
    if !play.starts_before_first_screen {
        person.far.wait_for("28 · all sections");
    }
    for (pause, step) in &play.steps {
        sleep(*pause);
        person.perform(step);
    }
    // A verdict right after a typed number, or after the screen has shown the selection, must not be refused.
    person.far.settle(SILENCE);
    let so_far = verdicts(&desk);
    let mut unused = (1..=28)
        .rev()
        .filter(|number| so_far.iter().all(|recorded| recorded.record != *number));
    let (typed, awaited) = (unused.next().unwrap(), unused.next().unwrap());
    person.perform(&Step::Number(typed, REPEAT));
    person.far.settle(SILENCE);
    person.far.wait_for(&format!("Recorded: Rec {typed} "));
    person.type_number(awaited);
    person.typed = None;
    person.far.wait_for(&format!(" Rec {awaited} ·"));
    person.perform(&Step::Verdict);
    person.far.wait_for(&format!("Recorded: Rec {awaited} "));
    let recorded = verdicts(&desk);
    let presses = &person.presses;
    let mut faults: Vec<String> = unexplained(&recorded, presses)
        .iter()
        .map(|wrong| format!("{wrong:?} was recorded on what was not shown"))
        .collect();
    for (press, number) in presses[presses.len() - 2..].iter().zip([typed, awaited]) {
        if !recorded
            .iter()
            .any(|recorded| recorded.record == number && press.explains(recorded))
        {
            faults.push(format!("{press:?} was refused on Rec {number}"));
        }
    }
    if !faults.is_empty() {
        let lines = [
            presses.iter().map(|press| format!("{press:?}")).collect(),
            recorded
                .iter()
                .map(|r| format!("{r:?}"))
                .collect::<Vec<_>>(),
        ];
        faults.push(format!(
            "{play:?}\n{}\n{}",
            lines.concat().join("\n"),
            person.far.screen().contents()
        ));
    }
    Outcome {
        pressed: presses.len(),
        recorded: recorded.len(),
        faults,
    }
}

#[test]
fn over_a_slow_link_a_verdict_is_recorded_only_on_the_record_that_was_shown() {
    let asked_for = std::env::var("PLAYS").ok().and_then(|n| n.parse().ok());
    let rng_seed = if asked_for.is_some() {
        RngSeed::Random
    } else {
        RngSeed::Fixed(20_180_913)
    };
    let mut runner = TestRunner::new(Config {
        rng_seed,
        ..Config::default()
    });
    let plays: Vec<Play> = (0..asked_for.unwrap_or(DEFAULT_PLAYS))
        .map(|_| play().new_tree(&mut runner).unwrap().current())
        .collect();
    let (next, begun) = (AtomicUsize::new(0), Instant::now());
    let outcomes = || {
        std::iter::from_fn(|| plays.get(next.fetch_add(1, Ordering::SeqCst)).map(run))
            .collect::<Vec<_>>()
    };
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..AT_ONCE.min(plays.len()))
            .map(|_| scope.spawn(outcomes))
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    let (pressed, recorded) = outcomes.iter().fold((0, 0), |sum, outcome| {
        (sum.0 + outcome.pressed, sum.1 + outcome.recorded)
    });
    let faulty: Vec<_> = outcomes
        .iter()
        .filter(|outcome| !outcome.faults.is_empty())
        .collect();
    let took = begun.elapsed().as_secs();
    println!(
        "{} plays in {took} s: {pressed} verdict keys, {recorded} verdicts recorded, {} plays with faults",
        outcomes.len(),
        faulty.len()
    );
    if let Some(first) = faulty.first() {
        panic!(
            "{} of {} plays, for example:\n{}",
            faulty.len(),
            outcomes.len(),
            first.faults.join("\n")
        );
    }
}

/// A person at a terminal far away who has opened Rec 5 and recorded a verdict on it.
fn person_at_rec_5() -> (Desk, FarTerminal) {
    let desk = Desk::new();
    let far = FarTerminal::open(desk.command(&program()), SLOW);
    far.wait_for("28 · all sections");
    far.press("5");
    far.wait_for(" Rec 5 ·");
    far.press("i");
    far.wait_for("Recorded: Rec 5 implemented");
    (desk, far)
}

fn operations(desk: &Desk) -> Vec<(String, String)> {
    let sql = desk.sql();
    let mut rows = sql
        .prepare("SELECT role, label FROM operation WHERE by = 'Denise' ORDER BY seq")
        .unwrap();
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn whoever_has_not_seen_a_refusal_neither_undoes_nor_misses_it() {
    let (desk, far) = person_at_rec_5();
    far.press("j");
    far.press("p");
    far.press("u");
    far.press("j");
    far.wait_for("refused");
    far.settle(SILENCE);
    assert_eq!(operations(&desk).len(), 1, "{:?}", operations(&desk));
    // Seen, it is over: the same keys act.
    far.press("u");
    far.wait_for("Undone: ");
}

#[test]
fn a_position_is_recorded_only_for_the_member_whose_row_was_shown() {
    let (desk, far) = person_at_rec_5();
    far.press("c");
    far.wait_for("1 agree");
    far.press("\x1b[B");
    far.press("\x1b[B");
    far.press("1");
    far.wait_for("was not on the screen yet");
    assert_eq!(operations(&desk).len(), 1, "{:?}", operations(&desk));
    far.press("1");
    far.wait_for("Recorded: ");
    assert_eq!(operations(&desk).len(), 2);
}

#[test]
fn a_number_is_waited_for_in_every_section() {
    let (desk, far) = person_at_rec_5();
    far.press("l\t");
    far.wait_for("No question was put on this");
    far.press("1");
    far.press("1");
    far.press("p");
    far.wait_for("Recorded: Rec 11 partially implemented");
    assert_eq!(operations(&desk).len(), 2);
}

#[test]
fn a_verdict_does_not_wait_for_the_cursor_in_the_dossier() {
    let (desk, far) = person_at_rec_5();
    far.press("l");
    far.settle(SILENCE);
    far.press("j");
    far.press("j");
    far.press("p");
    far.wait_for("Recorded: Rec 5 partially implemented");
    assert_eq!(operations(&desk).len(), 2);
}

#[test]
fn a_verdict_is_explained_only_by_its_own_key_on_the_record_shown_or_typed() {
    let press = |verdict, shown, typed| Press {
        verdict,
        shown,
        typed,
    };
    let recorded = |record, field: &str, value: &str| Recorded {
        record,
        field: field.to_owned(),
        value: value.to_owned(),
    };
    let presses = [
        press(0, Some(2), None),
        press(1, Some(2), Some(11)),
        press(2, None, None),
        press(3, Some(5), None),
    ];
    let right = [
        recorded(2, "implementation", "implemented"),
        recorded(11, "implementation", "partially implemented"),
    ];
    assert!(unexplained(&right, &presses).is_empty());
    assert!(
        unexplained(
            &[recorded(5, "implementation", "not implemented")],
            &presses
        )
        .is_empty(),
        "the other presses were refused"
    );
    for wrong in [
        recorded(3, "implementation", "implemented"),
        recorded(2, "implementation", "partially implemented"),
        recorded(2, "implementation", "cannot be determined"),
        recorded(1, "relevance", "still relevant"),
    ] {
        assert_eq!(
            unexplained(std::slice::from_ref(&wrong), &presses),
            [&wrong]
        );
    }
    let twice = [
        recorded(2, "implementation", "implemented"),
        recorded(2, "implementation", "implemented"),
    ];
    assert_eq!(
        unexplained(&twice, &presses).len(),
        1,
        "each press explains one verdict"
    );
}
