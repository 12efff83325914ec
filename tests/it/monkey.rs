//! A monkey at the keys: whatever is typed, pasted, clicked and resized, nothing panics and memory is what the file holds.

use crate::stage::Stage;
use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use penholder::tui::key::{Key, script};
use proptest::prelude::*;

/// Keys that a monkey may hit alone. Not `E` (an editor outside) and not `x` (files); the palette is opened and left again.
const KEYS: &[&str] = &[
    "i",
    "p",
    "n",
    "d",
    "r",
    "v",
    "- i",
    "- r",
    "- v",
    "a",
    "s",
    "c",
    "b",
    "m",
    "*",
    "!",
    "=",
    "+",
    "f",
    "e",
    "w",
    "o",
    "u",
    "U",
    "Ctrl-R",
    "j",
    "k",
    "J",
    "K",
    "h",
    "l",
    "g",
    "g g",
    "G",
    "g r",
    "/",
    "t",
    "z",
    "y",
    "?",
    "q",
    "y",
    "n",
    "-",
    ".",
    ",",
    "0",
    "1",
    "2",
    "5",
    "9",
    "@",
    "#",
    "Enter",
    "Enter",
    "Enter",
    "Esc",
    "Esc",
    "Tab",
    "Shift-Tab",
    "Backspace",
    "Delete",
    "Space",
    "Up",
    "Down",
    "Left",
    "Right",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "Ctrl-A",
    "Ctrl-C",
    "Ctrl-E",
    "Ctrl-U",
    "Ctrl-W",
    "Ctrl-K",
    "Ctrl-J",
    "Ctrl-Z",
    "Ctrl-H",
    "Ctrl-Y",
    "Alt-Enter",
    "Alt-f",
    "Alt-b",
    "Alt-d",
    "ž",
    "一",
];

/// Runs of keys that lead somewhere.
const RUNS: &[&str] = &[
    "11.4",
    "19.",
    "25<Enter>",
    "11a<Enter>",
    "fIt is a draft.<Enter>",
    "f@Emily @-3 #12 Said.<Enter>",
    "f@e who<Enter><Esc>",
    "psa",
    "ny",
    "<Tab><Tab><Tab>",
    "/risk<Enter>",
    "/zzz<Enter>",
    ":und<Esc>",
    ":<Down><Down><PgDn><Esc>",
    "?G<Esc>",
    "72p",
    "b<Enter>",
    "a<End>e<Enter>",
    "G<Enter><PgDn><PgDn>",
    "z<Tab>jj<PgDn>",
    "gq11.4zf",
    "c*er2No.<Enter>!<Enter>",
    "cde1=Against it.<Enter>+em3<Esc>",
    "c/+7<Enter><Esc>",
    "mo<Enter>",
    "psp+7<Enter>",
    "n<Enter><Tab><Tab><Tab><Tab>o",
    "sa<Enter>",
    "The report says ",
    "no, unclear ",
];

#[derive(Clone)]
enum Act {
    Key(&'static str),
    Run(&'static str),
    Char(char),
    Paste(String),
    Mouse(MouseEventKind, u16, u16),
    Size(u16, u16),
}

/// Printed so that it can be played again.
impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Act::Key(name) => write!(f, "<{name}>"),
            Act::Run(run) => f.write_str(run),
            Act::Char(c) => write!(f, "{c:?}"),
            Act::Paste(text) => write!(f, "<paste:{text:?}>"),
            Act::Mouse(kind, x, y) => write!(f, "<{kind:?} {x} {y}>"),
            Act::Size(width, height) => write!(f, "<{width}x{height}>"),
        }
    }
}

impl Act {
    fn events(&self) -> Vec<Event> {
        match self {
            Act::Key(name) => Key::sequence(name)
                .unwrap()
                .into_iter()
                .map(Key::event)
                .collect(),
            Act::Run(run) => script(run).unwrap(),
            Act::Char(c) => vec![Key::plain(crossterm::event::KeyCode::Char(*c)).event()],
            Act::Paste(text) => vec![Event::Paste(text.clone())],
            Act::Mouse(kind, column, row) => {
                vec![Event::Mouse(MouseEvent {
                    kind: *kind,
                    column: *column,
                    row: *row,
                    modifiers: KeyModifiers::NONE,
                })]
            }
            Act::Size(width, height) => vec![Event::Resize(*width, *height)],
        }
    }
}

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        Just(
            "\x1b[2J\x1b]0;title\x07\u{9b}31m\u{202e}\u{2066}\u{200b}\u{feff}\u{e0041}\0"
                .to_owned()
        ),
        Just("一二三👩\u{200d}💻e\u{301}\u{301}\u{301}\t\r\n\u{2028}x".to_owned()),
        Just("x".repeat(3_000)),
        Just("wide 一 words and lines\n".repeat(60)),
        Just("\u{301}\u{200d}\u{fe0f}".to_owned()),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let mouse = prop_oneof![
        Just(MouseEventKind::Down(MouseButton::Left)),
        Just(MouseEventKind::Down(MouseButton::Right)),
        Just(MouseEventKind::Drag(MouseButton::Left)),
        Just(MouseEventKind::ScrollUp),
        Just(MouseEventKind::ScrollDown),
    ];
    prop_oneof![
        24 => prop::sample::select(KEYS).prop_map(Act::Key),
        8 => prop::sample::select(RUNS).prop_map(Act::Run),
        2 => any::<char>().prop_filter("no editor, no file, no palette", |c| !matches!(c, 'E' | 'x' | ':')).prop_map(Act::Char),
        3 => hostile().prop_map(Act::Paste),
        4 => (mouse, 0..220u16, 0..70u16).prop_map(|(kind, x, y)| Act::Mouse(kind, x, y)),
        3 => (0..=200u16, 0..=60u16).prop_map(|(width, height)| Act::Size(width, height)),
        1 => prop::sample::select(&[(0, 0), (1, 1), (40, 12), (39, 12), (72, 12), (140, 13), (0, 24), (80, 0)][..]).prop_map(|(w, h)| Act::Size(w, h)),
    ]
}

proptest! {
    #![proptest_config(crate::laws::cases(20))]

    #[test]
    fn whatever_is_typed_nothing_panics_and_memory_equals_the_store(
        acts in prop::collection::vec(act(), 1..70),
        pace in prop::sample::select(&[10_u64, 90, 400, 800][..]),
        width in 40..160u16,
        height in 12..50u16,
    ) {
        let mut stage = Stage::sized(width, height);
        stage.at_pace(pace).events(acts.iter().flat_map(Act::events).collect());
        stage.check();
    }
}
