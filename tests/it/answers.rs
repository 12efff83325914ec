//! Answers that a terminal sends to queries, of this program or of another one, are never read as keys: wherever an answer is split, and between
//! whatever keys it comes, the record is the one that the keys alone produce.

use crate::laws::cases;
use crate::stage::Stage;
use crossterm::event::Event;
use penholder::tui::input::{Input, Received};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::time::{Duration, Instant};

/// Answers of terminals: colours, clipboard, titles, names, settings, images, modes, positions, sizes.
const ANSWERS: [&str; 34] = [
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "\x1b]11;rgb:ffff/ffff/ffff\x07",
    "\x1b]10;rgb:d4d4/d4d4/d4d4\x1b\\",
    "\x1b]12;rgba:0000/0000/0000/ffff\x07",
    "\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    "\x1b]4;0;rgb:00/00/00\x1b\\\x1b]4;7;rgb:e5/e5/e5\x1b\\",
    "\x1b]52;c;cGluIHF1aXQKcmlzaw==\x1b\\",
    "\x1b]52;p;\x07",
    "\x1b]l penholder in a shell\x1b\\",
    "\x1b]Lpin\x1b\\",
    "\x1b]99;i=1:p=?;a=focus,report\x1b\\",
    "\x1b]1337;ReportCellSize=17.0;8.0;2.0\x1b\\",
    "\x1bP>|XTerm(379)\x1b\\",
    "\x1bP>|kitty(0.26.5)\x1b\\",
    "\x1bP>|tmux 3.3a\x1b\\",
    "\x1bP1+r544e=787465726d2d6b69747479\x1b\\",
    "\x1bP0+r524742\x1b\\",
    "\x1bP1$r0;1;31m\x1b\\",
    "\x1bP0$r\x1b\\",
    "\x1bP!|464f4f54\x1b\\",
    "\x1bP1$u12;40;1;@;@;@;0;2;@;BBBB\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b_Gi=31;ENOENT:no such image\x1b\\",
    "\x1b^private message\x1b\\",
    "\x1bXstart of string\x1b\\",
    "\x1b[?62;22;52c",
    "\x1b[>41;379;0c",
    "\x1b[0n",
    "\x1b[12;40R",
    "\x1b[?12;40;1R",
    "\x1b[?2026;2$y",
    "\x1b[?0u",
    "\x1b[8;24;80t",
    "\x1b[?997;1n",
];

/// Keys as terminals send them; each arrives in a read of its own.
const KEYS: [&str; 36] = [
    "1", "1", "2", "7", "p", "p", "n", "i", "d", "r", "v", "s", "c", "b", "m", "f", "f", "Q", "o",
    "u", "U", "j", "k", "g", "q", "/", "z", "-", "\x1b", "\x1b[A", "\x1b[B", "\x1b[C", "\r", "\r",
    "\t", "\x7f",
];

const MS: Duration = Duration::from_millis(1);
/// The pause before each key.
const KEY_PAUSE: Duration = Duration::from_millis(120);

/// The events that these pieces of input make, if each arrives after its pause.
fn events(pieces: &[(Duration, &[u8])]) -> Vec<Event> {
    let mut now = Instant::now();
    let mut input = Input::new(now);
    let mut received = Vec::new();
    for (pause, piece) in pieces
        .iter()
        .copied()
        .chain([(10 * Duration::from_secs(1), b"".as_slice())])
    {
        let next = now + pause;
        while let Some(left) = input.time_left_at(now).filter(|left| now + *left < next) {
            now += left;
            received.extend(input.next_overdue(now));
            received.extend(input.by_ref());
        }
        now = next;
        if !piece.is_empty() {
            input.push(piece, now);
            received.extend(input.by_ref());
        }
    }
    let events = received.into_iter().filter_map(|received| match received {
        Received::Event(event, _) => Some(event),
        Received::Answer(_) => None,
    });
    events.collect()
}

/// The labels of the operations, the findings, and the selected recommendation after these keys.
fn outcome(keys: Vec<Event>) -> (Vec<String>, Vec<String>, u16) {
    let mut stage = Stage::new();
    stage.play("11").events(keys);
    let operations = stage.app.workspace.store().operations().unwrap();
    (
        operations
            .into_iter()
            .map(|operation| operation.label)
            .collect(),
        stage.findings(),
        stage.selected(),
    )
}

#[test]
fn no_answer_of_a_terminal_is_read_as_keys_wherever_it_is_split() {
    let keys_alone = events(&[(KEY_PAUSE, b"p"), (KEY_PAUSE, b"q")]);
    for answer in ANSWERS {
        for at in 0..answer.len() {
            let (first, second) = answer.as_bytes().split_at(at);
            let pieces = |pause| {
                [
                    (KEY_PAUSE, b"p".as_slice()),
                    (KEY_PAUSE, first),
                    (pause, second),
                    (KEY_PAUSE, b"q"),
                ]
            };
            assert_eq!(
                events(&pieces(35 * MS)),
                keys_alone,
                "{answer:?} split at {at}"
            );
            let with_key = [second, b"q"].concat();
            let pieces_with_key = |pause| {
                [
                    (KEY_PAUSE, b"p".as_slice()),
                    (KEY_PAUSE, first),
                    (pause, with_key.as_slice()),
                ]
            };
            assert_eq!(
                events(&pieces_with_key(35 * MS)),
                keys_alone,
                "{answer:?} split at {at}, a key behind it"
            );
            // An escape byte that stays alone so long is the Esc key: no terminal pauses so long within an answer.
            let is_escape_alone = first.ends_with(b"\x1b") && second[0] != b'\\';
            let late = events(&pieces_with_key(600 * MS));
            if is_escape_alone {
                assert_eq!(
                    (late.len(), late.first(), late.last()),
                    (3, keys_alone.first(), keys_alone.last()),
                    "{answer:?} split at {at}"
                );
            } else {
                assert_eq!(late, keys_alone, "{answer:?} split at {at} by a long pause");
                assert_eq!(
                    events(&pieces(600 * MS)),
                    keys_alone,
                    "{answer:?} split at {at} by a long pause"
                );
            }
        }
        let single: Vec<(Duration, &[u8])> =
            answer.as_bytes().chunks(1).map(|byte| (MS, byte)).collect();
        assert_eq!(events(&single), [], "{answer:?} byte by byte");
    }
}

/// An answer, where it is split, and how many milliseconds its second part comes after the first.
fn split_answers() -> impl Strategy<Value = (&'static str, Index, u32)> {
    (select(&ANSWERS[..]), any::<Index>(), 0..36_u32)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn the_record_is_what_the_keys_alone_produce(
        keys in prop::collection::vec((select(&KEYS[..]), prop::option::weighted(0.3, split_answers())), 1..25),
    ) {
        let mut alone: Vec<(Duration, &[u8])> = Vec::new();
        let mut mixed = Vec::new();
        for (key, answer) in &keys {
            alone.push((KEY_PAUSE, key.as_bytes()));
            mixed.push((KEY_PAUSE, key.as_bytes()));
            if let Some((answer, at, pause)) = answer {
                let (first, second) = answer.as_bytes().split_at(at.index(answer.len()));
                mixed.extend([(60 * MS, first), (MS * *pause, second)]);
            }
        }
        prop_assert_eq!(outcome(events(&mixed)), outcome(events(&alone)));
    }
}
