//! The presenter view: what the shared screen shows, what it never shows, and that leaving it leads back.

use crate::screens::{show, show_plain};
use crate::stage::{Stage, now};
use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use penholder::model::edit::{self, Note};
use penholder::model::ids::{Id, RecommendationNumber};
use penholder::model::journal::change::Edit;
use penholder::model::record::assessment::Assessment;
use penholder::model::record::describe::Field;
use penholder::model::record::finding::About;
use penholder::model::vocabulary::{FindingKind, Implementation};
use penholder::tui::home::{Pane, Section};
use penholder::tui::presenter::Part;
use penholder::tui::theme::Theme;

fn played(keys: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(keys);
    stage
}

fn commit(stage: &mut Stage, make: impl Fn(&Stage) -> Edit) {
    let edit = make(stage);
    stage.app.workspace.commit(edit).unwrap();
}

/// A note of Denise's on Rec 11.
fn note(stage: &mut Stage, text: &str, private: bool) -> Id {
    let id = stage.app.workspace.new_id();
    let note = Note {
        about: About::Recommendation(RecommendationNumber(11)),
        kind: FindingKind::Note,
        text: text.to_owned(),
        by: "Denise".to_owned(),
        said_by: None,
        at: now(),
        private,
        during: None,
    };
    commit(stage, |stage| {
        edit::note(stage.app.workspace.review(), id.clone(), note.clone()).unwrap()
    });
    id
}

fn assess(stage: &mut Stage, number: u16, fields: &[(Field, &str)]) {
    let values: Vec<(Field, Option<String>)> = fields
        .iter()
        .map(|(field, value)| (*field, Some((*value).to_owned())))
        .collect();
    commit(stage, |stage| {
        edit::assess(
            stage.app.workspace.review(),
            RecommendationNumber(number),
            &values,
        )
        .unwrap()
    });
}

/// Rec 11 with everything that the view can show.
fn full() -> Stage {
    let mut stage = Stage::new();
    fill(&mut stage);
    stage
}

fn fill(stage: &mut Stage) {
    let fields = [
        (Assessment::IMPLEMENTATION, "partially implemented"),
        (Assessment::RELEVANCE, "still relevant"),
        (Assessment::EFFECT, "not achieved"),
        (
            Assessment::WHAT_WAS_DONE,
            "ICANN published a draft of ideas for measuring abuse and asked the community for comments on it.",
        ),
        (
            Assessment::FINDING,
            "The report says complete; the published document is a draft of ideas by a consultant.",
        ),
        (
            Assessment::FURTHER_WORK,
            "Measure abuse before and after, and publish the figures every year.",
        ),
        (Assessment::BLOCKED_BY, "11.4"),
        (Assessment::STANDING, "agreed"),
        (
            Assessment::CONSENSUS,
            "strong support but significant opposition",
        ),
    ];
    assess(stage, 11, &fields);
    stage.play("gq11.1R@Steve The advice of the GNSO and the ALAC names them. @2018-09-12<Ctrl-J>https://icann.org/advice<Enter>pno figures<Enter>");
    stage.play("gr11f@Emily @-3 Nobody on the call could name a figure.<Enter>");
}

const PARTS: [(&str, &str); 4] = [
    ("text", ""),
    ("questions", "<Tab>"),
    ("assessment", "<Tab><Tab>"),
    ("findings", "<Shift-Tab>"),
];

#[test]
fn every_part_is_a_page_of_its_own() {
    for (name, keys) in PARTS {
        let mut stage = full();
        show(
            &format!("presenter_{name}"),
            stage.play(&format!("z{keys}")),
        );
    }
}

#[test]
fn it_uses_the_room_it_gets() {
    for (width, height) in [(160, 50), (200, 60), (40, 12), (1, 1)] {
        let mut all = String::new();
        for (_, keys) in PARTS {
            all += &full()
                .play(&format!("z{keys}<{width}x{height}>"))
                .plain_picture();
            all += "\n\n";
        }
        show_plain(&format!("presenter_{width}x{height}"), &all);
    }
}

#[test]
fn what_was_not_recorded_is_not_shown_and_not_assessed_is_said() {
    show("presenter_not_assessed", &played("1z"));
    let mut stage = Stage::new();
    assess(
        &mut stage,
        5,
        &[
            (Assessment::IMPLEMENTATION, "cannot be determined"),
            (Assessment::EFFECT, "cannot be determined"),
        ],
    );
    stage.play("5z");
    assert!(
        stage
            .text()
            .contains("implementation cannot be determined\n        effect cannot be determined"),
        "{}",
        stage.text()
    );
    assert!(
        stage.text().contains("1 of 2 · Text · below: Assessment"),
        "no questions, no findings: {}",
        stage.text()
    );
}

#[test]
fn every_recommendation_and_its_verdict_fit_on_one_screen() {
    for number in 1..=28 {
        let mut stage = Stage::new();
        let fields = [
            (Assessment::IMPLEMENTATION, "partially implemented"),
            (Assessment::RELEVANCE, "still relevant"),
            (Assessment::STANDING, "draft"),
        ];
        assess(&mut stage, number, &fields);
        stage.play(&format!("{number}z"));
        let text = stage.text();
        let recommendation = stage
            .app
            .workspace
            .review()
            .recommendation(RecommendationNumber(number))
            .unwrap();
        assert!(
            text.contains("partially implemented") && text.contains(&recommendation.label),
            "{text}"
        );
        assert!(text.contains(&recommendation.source.to_string()), "{text}");
        let asked = stage
            .app
            .workspace
            .review()
            .questions_on(recommendation.number)
            .count();
        assert!(
            asked == 0 || text.contains(&format!("below: {asked} question")),
            "{text}"
        );
    }
}

#[test]
fn a_private_note_is_never_shown_nor_counted_nor_a_withdrawn_one() {
    let mut stage = Stage::sized(100, 40);
    note(&mut stage, "hush", true);
    let gone = note(&mut stage, "taken back", false);
    commit(&mut stage, |stage| {
        edit::withdraw(stage.app.workspace.review(), &gone).unwrap()
    });
    stage.play("11z");
    assert!(
        stage.text().contains("1 of 3 ·"),
        "a part of its own would tell of it: {}",
        stage.text()
    );
    note(&mut stage, "for everybody", false);
    for keys in [
        "", "<Tab>", "<Tab>", "<Tab>", "<Tab>", "11.4", "l", "h", "?", ":", "f", "<Esc>", "p", "u",
    ] {
        stage.play(keys);
        let text = stage.text();
        assert!(
            !text.contains("hush") && !text.contains("taken back"),
            "{text}"
        );
        assert!(!text.contains("Denise"), "who writes is not shown: {text}");
    }
    stage.play("11<Shift-Tab>");
    assert!(stage.text().contains("for everybody"), "{}", stage.text());
    stage.play("z<Enter><Tab><Tab><Tab>");
    assert!(
        stage.text().contains("hush"),
        "the reader's own screen shows it: {}",
        stage.text()
    );
    stage.check();
}

#[test]
fn drafts_are_not_offered_on_the_shared_screen() {
    let mut stage = played("11fhalf a thought<Esc>").restart("Denise");
    assert!(
        stage.notice().starts_with("Draft not recorded"),
        "{}",
        stage.notice()
    );
    stage.play("z");
    assert!(
        !stage.text().contains("Draft") && !stage.text().contains("half a thought"),
        "{}",
        stage.text()
    );
    stage.play(":");
    assert!(
        !stage.text().contains("drafts") && !stage.text().contains("export"),
        "{}",
        stage.text()
    );
}

#[test]
fn verdict_keys_work_and_are_undone() {
    let mut stage = played("11z");
    for (keys, entries, verdict) in [
        ("n", 1, Some(Implementation::NotImplemented)),
        ("u", 2, None),
        ("U", 3, Some(Implementation::NotImplemented)),
        ("i", 4, Some(Implementation::Implemented)),
        ("-i", 5, None),
        ("d", 6, Some(Implementation::CannotBeDetermined)),
    ] {
        stage.play(keys);
        assert_eq!(
            (stage.entries(), stage.assessment(11).implementation),
            (entries, verdict),
            "{keys}"
        );
        assert_eq!(stage.app.home.pane, Pane::Presenter);
    }
    stage.play("rvapsa<Enter>");
    show("presenter_verdict", &stage);
    stage.play("n");
    assert!(
        stage.text().contains("Rec 11 is agreed"),
        "{}",
        stage.text()
    );
    stage.play("lp");
    assert!(
        stage.assessment(12).implementation.is_some(),
        "the verdict is on what is shown"
    );
    stage.check();
}

#[test]
fn leaving_leads_back_to_where_one_was() {
    for leave in ["z", "q", "<Esc>"] {
        let mut stage = Stage::sized(100, 24);
        stage.play("25<Enter>jjj");
        let (before, spots) = (stage.text(), stage.app.home.spots);
        stage.play(&format!("z<Tab>jj<PgDn>{leave}"));
        assert_eq!(
            (stage.text(), stage.app.home.spots),
            (before, spots),
            "{leave}"
        );
        assert!(!stage.app.done);
    }
    let mut stage = played("/abuse<Enter>gq11.4");
    let before = stage.text();
    stage.play("7.1zz");
    assert_eq!(
        stage.app.home.filter, "abuse",
        "the filter that hid it is back too"
    );
    stage.play("11.4");
    assert_eq!(stage.text().lines().nth(3), before.lines().nth(3));
    stage.play("<Esc><Esc>");
    assert_eq!(
        stage.app.home.pane,
        Pane::Questions,
        "Esc does not leave a screen"
    );
    stage.play("q");
    assert_eq!((stage.selected(), stage.app.home.pane), (11, Pane::List));
}

#[test]
fn who_went_on_in_the_view_stays_with_the_record_shown() {
    let mut stage = played("11<Enter><Tab>z12z");
    assert_eq!(
        (
            stage.selected(),
            stage.app.home.pane,
            stage.app.home.section
        ),
        (12, Pane::Dossier, Section::Questions)
    );
    stage.play("gq11.4z12.2z");
    assert_eq!(
        stage.app.ledger.selected.map(|n| n.to_string()).as_deref(),
        Some("11.4")
    );
    assert_eq!(stage.app.home.pane, Pane::Questions);
}

#[test]
fn digits_and_arrows_go_from_record_to_record() {
    let mut stage = played("z11");
    assert!(
        stage.text().contains("Effectiveness of mechanisms"),
        "{}",
        stage.text()
    );
    assert!(
        stage.text().ends_with("Rec 11_"),
        "what is typed is shown: {}",
        stage.text()
    );
    stage.play(".4");
    assert_eq!(stage.app.home.presenter.part, Part::Questions);
    assert!(
        stage.text().lines().nth(5).unwrap().contains("11.4  asked"),
        "{}",
        stage.text()
    );
    stage.play("f");
    assert!(
        stage.text().contains("Finding on question 11.4"),
        "{}",
        stage.text()
    );
    stage.play("<Esc><Right>");
    assert_eq!(
        (stage.selected(), stage.app.home.presenter.part),
        (12, Part::Text)
    );
    stage.play("hh");
    assert_eq!(stage.selected(), 10);
    stage.play("<Tab>j11<Backspace><Backspace>");
    let presenter = &stage.app.home.presenter;
    assert_eq!(
        (stage.selected(), presenter.part, presenter.item),
        (10, Part::Questions, 1),
        "the number was taken back"
    );
    stage.play("72");
    assert_eq!(
        (stage.selected(), stage.app.home.pane),
        (2, Pane::Presenter),
        "72 is no number: 7, then 2"
    );
    let stage = played("/risk<Enter>ggzl");
    let shown: Vec<u16> = stage.app.home.shown().map(|n| n.0).collect();
    assert_eq!(
        stage.selected(),
        shown[1],
        "the order of the list, as it is filtered"
    );
    stage.check();
}

#[test]
fn a_question_in_focus_is_presented() {
    for keys in ["gq11.4z", "11.4z"] {
        let stage = played(keys);
        assert!(
            stage.text().lines().nth(5).unwrap().contains("11.4  asked"),
            "{keys}: {}",
            stage.text()
        );
    }
}

#[test]
fn down_goes_through_everything_and_up_comes_back() {
    for (down, up) in [("j", "k"), ("<PgDn>", "<PgUp>")] {
        let mut stage = full();
        stage.play("z");
        let mut seen = vec![stage.app.home.presenter.part];
        for _ in 0..60 {
            stage.play(down);
            seen.push(stage.app.home.presenter.part);
        }
        seen.dedup();
        assert_eq!(
            seen,
            [
                Part::Text,
                Part::Questions,
                Part::Assessment,
                Part::Findings
            ],
            "{down}"
        );
        for _ in 0..60 {
            stage.play(up);
        }
        assert_eq!(stage.app.home.presenter.part, Part::Text);
    }
    let mut stage = full();
    stage.play("z<Tab>G");
    assert!(stage.text().contains("11.16  asked"), "{}", stage.text());
    stage.play("gg");
    assert!(stage.text().contains("11.1  answered"), "{}", stage.text());
}

#[test]
fn the_line_is_open_while_the_record_stays() {
    let mut stage = full();
    stage.play("zfIt is a draft of ideas");
    show("presenter_writing", &stage);
    let stays = stage
        .text()
        .lines()
        .take(12)
        .map(str::to_owned)
        .collect::<Vec<_>>();
    stage.play("<Enter>");
    assert_eq!(stage.text().lines().take(12).collect::<Vec<_>>(), stays);
    assert_eq!(stage.notice(), "Recorded: Finding on Rec 11");
    stage.play("QWho measures it?<Tab><Enter>");
    assert_eq!(stage.notice(), "Recorded: Question 11.17 written");
    assert_eq!(
        stage.app.home.presenter.part,
        Part::Questions,
        "Tab turns the part above the line"
    );
    stage.check();
}

#[test]
fn keys_that_have_no_sense_there_do_nothing() {
    let mut stage = played("11z");
    let before = stage.text();
    for keys in [
        "t", "/", "a", "e", "w", "o", "x", "J", "R", "S", "X", "<Enter>",
    ] {
        stage.play(keys);
        assert_eq!(stage.text(), before, "{keys}");
    }
    for kind in [
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::ScrollDown,
    ] {
        stage.events(vec![Event::Mouse(MouseEvent {
            kind,
            column: 20,
            row: 8,
            modifiers: KeyModifiers::NONE,
        })]);
        assert_eq!(stage.text(), before);
    }
    assert_eq!(stage.entries(), 0);
    stage.play("gr");
    assert_eq!((stage.app.home.pane, stage.selected()), (Pane::List, 11));
    stage.play("z11.4gq");
    assert_eq!(
        stage.app.ledger.selected.map(|n| n.to_string()).as_deref(),
        Some("11.4"),
        "g q goes to the question shown"
    );
    stage.play("q/zzzz<Enter>z");
    assert!(
        stage.notice().starts_with("Nothing matches /zzzz"),
        "{}",
        stage.notice()
    );
    assert_eq!(stage.app.home.pane, Pane::List);
}

#[test]
fn what_others_record_meanwhile_leaves_the_question_in_its_place() {
    let mut stage = played("11QWho?<Enter>11.17z");
    let mut beside = stage.beside("Zed");
    let edit = edit::note(
        beside.review(),
        beside.new_id(),
        Note {
            about: About::Recommendation(RecommendationNumber(11)),
            kind: FindingKind::Note,
            text: "hush".to_owned(),
            by: "Zed".to_owned(),
            said_by: None,
            at: now(),
            private: true,
            during: None,
        },
    )
    .unwrap();
    beside.commit(edit).unwrap();
    stage.app.workspace.refresh().unwrap();
    stage.play("<Tab><Shift-Tab>G");
    assert!(
        stage.text().contains("11.17  draft") && !stage.text().contains("hush"),
        "{}",
        stage.text()
    );
    stage.play("u");
    assert!(
        stage.text().contains("11.16  asked"),
        "the question that is gone gives way: {}",
        stage.text()
    );
}

#[test]
fn hostile_text_is_shown_and_cannot_act() {
    let mut stage = Stage::new();
    let hostile = "red \x1b[31m \u{202e}evil zero\u{200b}width 一二三 👩\u{200d}💻 e\u{301}\ttab";
    stage
        .events(penholder::tui::key::script("11f").unwrap())
        .events(vec![Event::Paste(hostile.to_owned())]);
    stage.play("<Enter>z<Shift-Tab>");
    show("presenter_hostile", &stage);
    let long = "一x".repeat(50_000);
    assess(
        &mut stage,
        11,
        &[
            (Assessment::HOW_ASSESSED, &long),
            (Assessment::FINDING, &"word ".repeat(5_000)),
        ],
    );
    stage.play("11<Tab><Tab>G<PgUp>kkjj<40x12>jj<PgDn><200x60>kk<80x24>");
    stage.check();
}

#[test]
fn without_colours_and_in_ascii_it_reads_the_same() {
    for (name, theme) in [
        ("plain", Theme::plain()),
        ("ascii", crate::stage::painted().in_ascii()),
    ] {
        let mut stage = Stage::with(80, 24, theme);
        fill(&mut stage);
        show(&format!("{name}_presenter"), stage.play("z"));
        let mut stage = Stage::with(120, 40, theme);
        fill(&mut stage);
        show(&format!("{name}_presenter_120x40"), stage.play("z<Tab>"));
    }
}

#[test]
fn positions_are_shown_to_everybody_and_taken_there() {
    let mut stage = played(
        "11pc*er2<paste:Nothing is measured.><Enter>=<paste:It was not done at all.><Enter><Esc>",
    );
    show("presenter_positions", stage.play("z<Tab><Tab><Tab>"));
    stage.play("<Esc>zma<Enter>");
    assert!(
        stage.notice().contains("Denise on Rec 11: agree"),
        "{}",
        stage.notice()
    );
}
