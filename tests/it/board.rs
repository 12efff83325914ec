//! The board on which people are named by a letter or two: its keys without a terminal, and how it looks.

use crate::screens::show;
use crate::stage::{Stage, painted};
use crossterm::event::Event;
use penholder::error::Kind;
use penholder::model::edit;
use penholder::model::ids::RecommendationNumber;
use penholder::model::record::assessment::Assessment;
use penholder::model::review::Review;
use penholder::tui::dialogs::board::{Act, Aim, Board, Mode, Naming, Person};
use penholder::tui::key::{Key, script};
use penholder::tui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::text::Line;
use std::cell::RefCell;
use std::collections::BTreeMap;

const TEAM: [&str; 15] = [
    "Denise",
    "Alain",
    "Eric",
    "Ram Krishna",
    "James",
    "Boban",
    "Žarko",
    "Noorul Ameen",
    "Kerry-Ann",
    "Emily",
    "Cathy",
    "Don",
    "Matogoro",
    "Geoff",
    "Amin Hasbini",
];
const MODES: [Mode; 4] = [
    Mode {
        key: '1',
        word: "present",
    },
    Mode {
        key: '2',
        word: "late",
    },
    Mode {
        key: '3',
        word: "left early",
    },
    Mode {
        key: '4',
        word: "apologies",
    },
];
const KEYS: [(char, &str); 2] = [('*', "the rest absent"), ('/', "statement")];

/// Plays keys on the names; answers everything they did, in words, and the board after it.
fn play_on(names: &[&str], keys: &str) -> (Vec<String>, Aim) {
    let mut aim = Aim::default();
    aim.rows = (names.len(), 10);
    let mut done = Vec::new();
    for event in script(keys).unwrap() {
        let Event::Key(key) = event else {
            panic!("{keys} is more than keys")
        };
        match aim.take(Key::of(key).unwrap(), names, &MODES, &KEYS, Naming::Marks) {
            Some(Act::Person(name)) => done.push(if aim.mode == 0 {
                name
            } else {
                format!("{name} {}", MODES[aim.mode].word)
            }),
            Some(Act::Key(key, on)) => {
                done.push(format!("{key} on {}", on.as_deref().unwrap_or("nobody")))
            }
            Some(Act::Leave) => done.push("left".to_owned()),
            None => {}
        }
    }
    (done, aim)
}

fn play(keys: &str) -> Vec<String> {
    play_on(&TEAM, keys).0
}

fn told(keys: &str) -> String {
    play_on(&TEAM, keys).1.told
}

#[test]
fn a_letter_or_two_name_a_member_at_once() {
    assert_eq!(play("dedoz"), ["Denise", "Don", "Žarko"]);
    assert_eq!(play("DEŽ"), ["Denise", "Žarko"]);
    let (done, aim) = play_on(&TEAM, "a");
    assert_eq!(
        (done, aim.typed.as_str(), aim.focus()),
        (vec![], "a", Some("Alain"))
    );
}

#[test]
fn a_call_in_the_printed_order_loses_no_letter() {
    assert_eq!(play("dealerrjbznkemcdomgam"), TEAM);
    assert_eq!(
        play("amgmdocemknzbjreralde"),
        TEAM.into_iter().rev().collect::<Vec<_>>(),
        "nor does the order turned round"
    );
}

#[test]
fn names_written_out_name_nobody_else() {
    let whole: String = TEAM.concat().to_lowercase();
    assert_eq!(play(&whole), TEAM);
    for one in TEAM {
        for other in TEAM.into_iter().filter(|other| *other != one) {
            assert_eq!(play(&format!("{one}{other}")), [one, other]);
            assert_eq!(play(&format!("{one}<Enter>{other}<Enter>")), [one, other]);
        }
    }
}

#[test]
fn a_name_broken_off_lets_the_next_begin() {
    assert_eq!(play("emibob"), ["Emily", "Boban"]);
    assert_eq!(play("emib"), ["Emily"], "one letter may be a slip");
    assert_eq!(told("emib"), "One letter more, or Enter, marks Boban");
    assert_eq!(play("emib<Enter>"), ["Emily", "Boban"]);
    assert_eq!(
        play("emi1b"),
        ["Emily", "Boban"],
        "another key ends the name before"
    );
    assert_eq!(play("deniseal"), ["Denise", "Alain"]);
}

#[test]
fn a_misspelt_rest_names_nobody_else() {
    for (keys, who) in [
        ("erik", "Eric"),
        ("denice", "Denise"),
        ("emilie", "Emily"),
        ("kerrie", "Kerry-Ann"),
        ("jamse", "James"),
    ] {
        assert_eq!(play(keys), [who]);
    }
    assert_eq!(play("erikdo"), ["Eric", "Don"], "and the next is heard");
}

#[test]
fn a_name_that_begins_like_the_rest_of_another_takes_a_letter_more_and_says_so() {
    assert_eq!(
        told("den"),
        "“n” is more of Denise; type on for Noorul Ameen"
    );
    for (keys, one, other) in [
        ("deno", "Denise", "Noorul Ameen"),
        ("dono", "Don", "Noorul Ameen"),
        ("rami", "Ram Krishna", "Amin Hasbini"),
        ("jami", "James", "Amin Hasbini"),
        ("keri", "Kerry-Ann", "Eric"),
    ] {
        assert_eq!(play(keys), [one, other]);
    }
    // Every other pair is two names' letters and nothing more.
    let letters = penholder::model::prefix::shortest(&TEAM);
    let pairs = TEAM
        .iter()
        .zip(&letters)
        .flat_map(|one| TEAM.iter().zip(&letters).map(move |other| (one, other)));
    let lost: Vec<String> = pairs
        .filter(|(one, other)| one != other && play(&format!("{}{}", one.1, other.1)).len() < 2)
        .map(|(a, b)| format!("{}, {}", a.0, b.0))
        .collect();
    assert_eq!(
        lost,
        [
            "Denise, Noorul Ameen",
            "Ram Krishna, Amin Hasbini",
            "James, Amin Hasbini",
            "Kerry-Ann, Eric",
            "Don, Noorul Ameen"
        ]
    );
}

#[test]
fn a_letter_that_fits_nobody_is_not_taken_and_said() {
    let (done, aim) = play_on(&TEAM, "dx");
    assert_eq!(
        (done, aim.typed.as_str(), aim.told.as_str()),
        (vec![], "d", "Nobody begins with “dx”")
    );
    assert_eq!(play("dxe"), ["Denise"]);
    assert_eq!(told("x"), "Nobody begins with “x”");
    assert_eq!(told("9"), "Nobody begins with “9”");
}

#[test]
fn a_name_that_begins_another_is_picked_by_enter() {
    let names = [
        "Donna",
        "Don",
        "Ann Lee",
        "Ann-Marie",
        "D'Arcy",
        "Guest 1",
        "Guest 2",
    ];
    assert_eq!(play_on(&names, "don<Enter>").0, ["Don"]);
    assert_eq!(play_on(&names, "donn").0, ["Donna"]);
    assert_eq!(
        play_on(&names, "ann ann-").0,
        ["Ann Lee", "Ann-Marie"],
        "a space or hyphen is a part of a name begun"
    );
    assert_eq!(play_on(&names, "d'").0, ["D'Arcy"]);
    assert_eq!(
        play_on(&names, "2guest 1").0,
        ["Guest 1 late"],
        "and so is a digit, where a name goes on with it"
    );
}

#[test]
fn digits_and_tab_choose_the_word_that_names_get() {
    assert_eq!(
        play("de2do<Tab>al<Shift-Tab><Shift-Tab><Shift-Tab>em"),
        ["Denise", "Don late", "Alain left early", "Emily apologies"]
    );
    assert_eq!(play("d2e"), ["Denise late"], "what is typed stays");
    assert_eq!(
        play("de2<Enter>"),
        ["Denise", "Denise late"],
        "the row named last is in focus"
    );
}

#[test]
fn enter_and_space_mark_the_row_that_a_key_put_in_focus() {
    assert_eq!(play("<Enter> "), [""; 0], "a board just opened has none");
    assert_eq!(
        told("<Enter>"),
        "Type the first letters of a name, or move to it"
    );
    assert_eq!(play("<Down> <Down><Enter>"), ["Denise", "Alain"]);
    assert_eq!(
        play("<End> <Up> <Home> <PgDn> <PgUp> "),
        ["Amin Hasbini", "Geoff", "Denise", "Cathy", "Denise"]
    );
    assert_eq!(play("d<Down><Enter>"), ["Don"], "among those who fit");
    assert_eq!(play("d<Backspace><Enter>"), [""; 0]);
}

#[test]
fn esc_clears_what_is_typed_and_then_leaves() {
    assert_eq!(play("d<Esc>"), [""; 0]);
    assert_eq!(play("d<Esc><Esc>"), ["left"]);
    assert_eq!(play("de<Esc>"), ["Denise", "left"]);
    assert_eq!(
        play("den<Esc>"),
        ["Denise", "left"],
        "letters passed over are not typed"
    );
    assert_eq!(play("d<Ctrl-C>"), ["left"]);
    assert_eq!(play("d<Ctrl-U>al"), ["Alain"]);
}

#[test]
fn keys_of_the_caller_are_answered_with_the_row_in_focus() {
    assert_eq!(play("*de/"), ["* on nobody", "Denise", "/ on Denise"]);
    assert_eq!(
        play("d*al"),
        ["* on Denise", "Alain"],
        "and let go of what was typed"
    );
}

#[test]
fn the_focus_follows_its_person_through_changes_of_the_list() {
    let mut aim = Aim::default();
    let press = |aim: &mut Aim, name: &str, names: &[&str]| {
        aim.take(
            Key::parse(name).unwrap(),
            names,
            &MODES,
            &KEYS,
            Naming::Marks,
        )
    };
    assert_eq!(
        press(&mut aim, "b", &["Al", "Bo"]),
        Some(Act::Person("Bo".to_owned()))
    );
    assert_eq!(press(&mut aim, "Up", &["Zoe", "Al", "Bo"]), None);
    assert_eq!((aim.at, aim.focus()), (1, Some("Al")));
    assert_eq!(
        press(&mut aim, "Enter", &["Zoe"]),
        None,
        "who is gone is not marked, nor who took the row"
    );
    assert_eq!((aim.at, aim.focus()), (0, None));
    for key in [
        "Enter",
        "Down",
        "End",
        "Space",
        "a",
        "Backspace",
        "Left",
        "Tab",
    ] {
        assert_eq!(press(&mut aim, key, &[]), None);
    }
}

/// A roll in memory, and rows made of it.
#[derive(Default)]
struct Roll(RefCell<BTreeMap<String, &'static str>>);

impl Roll {
    fn people(&self, names: &[&str], theme: &Theme) -> Vec<Person> {
        let state = |name: &str| match self.0.borrow().get(name) {
            Some(word) if *word == "present" => (theme.signs.full, *word, theme.good),
            Some(word) => (theme.signs.half, *word, theme.partly),
            None => (theme.signs.unset, "", theme.quiet),
        };
        let row = |name: &&str| {
            let (sign, word, style) = state(name);
            let detail = if *name == "Eric" {
                "Now advises a registry operator, as told on the list"
            } else {
                ""
            };
            Person {
                name: (*name).to_owned(),
                sign: sign.to_owned(),
                word: word.to_owned(),
                style,
                detail: detail.to_owned(),
            }
        };
        names.iter().map(row).collect()
    }
}

/// Calls the roll on a stage until the keys end, and shows the last picture.
fn called(name: &str, mut stage: Stage, names: &[&str], head: usize, keys: &str) {
    let roll = Roll::default();
    let theme = stage.app.theme;
    let people = |_: &Review| roll.people(names, &theme);
    let above = |_: &Review, width: usize, theme: &Theme| {
        (0..head)
            .map(|n| Line::styled(format!(" {n} of {width}"), theme.quote))
            .collect()
    };
    let mut board = Board::new("Roll call", &MODES, &people)
        .with_keys(&KEYS)
        .with_head(&above);
    stage.lay(keys);
    let ended = loop {
        match stage.app.board(&mut board) {
            Ok(Act::Person(name)) => roll.0.borrow_mut().insert(name, MODES[board.mode()].word),
            Ok(_) => continue,
            Err(e) => break e,
        };
    };
    assert_eq!(ended.kind, Kind::HungUp);
    show(name, &stage);
}

fn many() -> Vec<&'static str> {
    const MORE: [&str; 9] = [
        "Anna",
        "Bruno",
        "Chloé",
        "Dmitri",
        "Esther",
        "Fatoumata",
        "Gül",
        "Hòa",
        "Ines",
    ];
    TEAM.into_iter().chain(MORE).collect()
}

#[test]
fn the_board_shows_everybody_with_their_letters() {
    called("board_empty", Stage::new(), &TEAM, 0, "");
    called("board_called", Stage::new(), &TEAM, 2, "deal2er");
    called("board_typed", Stage::new(), &TEAM, 0, "ded");
    called("board_refused", Stage::new(), &TEAM, 0, "dx");
    called("board_read_on", Stage::new(), &TEAM, 0, "den");
    called("board_nobody", Stage::new(), &[], 0, "<Down>");
}

#[test]
fn more_people_than_rows_stand_in_two_columns() {
    called("board_two_columns", Stage::new(), &many(), 3, "al2em");
    called("board_across", Stage::new(), &many(), 3, "al<Right>");
}

#[test]
fn a_small_screen_scrolls_one_column() {
    called("board_small", Stage::sized(40, 12), &TEAM, 0, "dega2am");
    called("board_small_head", Stage::sized(40, 12), &TEAM, 9, "");
    called("board_wide", Stage::sized(200, 60), &many(), 1, "er");
}

#[test]
fn without_colours_and_in_ascii_the_board_says_the_same() {
    called(
        "board_plain",
        Stage::with(80, 24, Theme::plain()),
        &TEAM,
        0,
        "de2d",
    );
    called(
        "board_ascii",
        Stage::with(80, 24, painted().in_ascii()),
        &TEAM,
        0,
        "dedx",
    );
}

#[test]
fn names_of_any_width_keep_their_columns() {
    let hostile = [
        "一二三",
        "e\u{301}e\u{301}ne\u{301}",
        "👩\u{200d}💻 Ada",
        "\u{0646}\u{200c}\u{0627} Sara",
        "\u{301}odd",
        "Maximiliane-Alexandrina von und zu Hohenlohe-Langenburg",
        "",
        "Straße",
    ];
    called("board_hostile", Stage::new(), &hostile, 0, "st");
    called(
        "board_hostile_small",
        Stage::sized(40, 12),
        &hostile,
        0,
        "m",
    );
}

#[test]
fn no_size_is_too_small_and_nothing_is_recorded_on_a_screen_that_shows_nothing() {
    let stage = Stage::new();
    let review = stage.app.workspace.review();
    let roll = Roll::default();
    let people = |_: &Review| roll.people(&many(), &painted());
    let above = |_: &Review, _: usize, _: &Theme| vec![Line::raw("above"); 30];
    for (width, height) in (0..45)
        .flat_map(|width| (0..16).map(move |height| (width, height)))
        .chain([(73, 3), (200, 1), (1, 60)])
    {
        let mut board = Board::new("Roll call", &MODES, &people)
            .with_keys(&KEYS)
            .with_head(&above)
            .with_mode(9);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal
            .draw(|frame| board.draw(frame, &painted(), review))
            .unwrap();
        board.take(Key::parse("End").unwrap(), review, false);
        terminal
            .draw(|frame| board.draw(frame, &painted(), review))
            .unwrap();
    }
    let mut small = Stage::sized(30, 8);
    let mut board = Board::new("Roll call", &MODES, &people);
    small.lay("de<Esc>");
    assert_eq!(small.app.board(&mut board).unwrap(), Act::Leave);
}

#[test]
fn what_another_window_wrote_is_in_the_rows_and_a_paste_is_refused() {
    let mut stage = Stage::new();
    let number = RecommendationNumber(1);
    let people = |review: &Review| {
        let pen = review
            .assessment(number)
            .penholder
            .clone()
            .unwrap_or_default();
        vec![Person {
            name: "Boban".to_owned(),
            detail: format!("pen: {pen}"),
            ..Person::default()
        }]
    };
    let mut board = Board::new("Who", &[], &people);
    stage.lay("<paste:bob>");
    assert_eq!(stage.app.board(&mut board).unwrap_err().kind, Kind::HungUp);
    assert!(
        stage.notice().starts_with("A paste outside a text"),
        "{}",
        stage.notice()
    );
    let mut other = stage.beside("Emily");
    let written = edit::assess(
        other.review(),
        number,
        &[(Assessment::PENHOLDER, Some("Emily".to_owned()))],
    )
    .unwrap();
    other.commit(written).unwrap();
    assert!(stage.app.workspace.refresh().unwrap());
    stage.lay("<Tab>");
    assert_eq!(stage.app.board(&mut board).unwrap_err().kind, Kind::HungUp);
    assert!(stage.text().contains("pen: Emily"), "{}", stage.text());
}
