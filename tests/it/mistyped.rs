//! Sentences typed where keys are commands: a hundred of them on five screens, at three speeds.
//!
//! After Enter, the record has one more finding, which contains the whole sentence; everything else in it, and the place on the screens, is as it was
//! before the first key. After `u`, the screen is, too.

use crate::stage::Stage;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use penholder::model::record::kinds::Records;
use penholder::tui::home::{Pane, Target};
use penholder::tui::key::script;
use std::fmt::Write;

/// The sentences of the fixture.
pub fn sentences() -> Vec<&'static str> {
    let lines = include_str!("../fixtures/sentences.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').unwrap().1).collect()
}

/// The events of typing this text, one for each character.
fn typed(text: &str) -> Vec<Event> {
    text.chars()
        .map(|c| Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)))
        .collect()
}

/// The screens, each with the keys that lead there from a fresh start.
const SCREENS: [(&str, &str); 5] = [
    ("list", "9n12r"),
    ("dossier", "9n12r<Enter>"),
    ("presenter", "9n12rz"),
    ("questions", "9n12rgq11.4"),
    ("meeting", "9n12rL<Enter>>>gm"),
];

/// What is selected and shown, as far as keys can move it.
fn place(
    stage: &Stage,
) -> (
    Pane,
    u16,
    String,
    Vec<usize>,
    Option<String>,
    Target,
    String,
) {
    let app = &stage.app;
    (
        app.home.pane,
        app.home.selected.0,
        format!(
            "{:?} {:?} {:?}",
            app.home.section, app.home.grouping, app.home.presenter.part
        ),
        app.home.spots.iter().map(|spot| spot.item).collect(),
        app.ledger.selected.map(|number| number.to_string()),
        app.room.target(),
        format!(
            "{} {} {:?} {:?}",
            app.home.filter, app.ledger.filter, app.room.side, app.room.tab
        ),
    )
}

/// The records without its findings, and the texts of the findings.
fn parted(stage: &Stage) -> (Records, Vec<String>) {
    let mut records = stage.app.workspace.review().records.clone();
    let findings = std::mem::take(&mut records.findings);
    (
        records,
        findings
            .values()
            .map(|finding| finding.text.clone())
            .collect(),
    )
}

/// The screen without its last line, which shows the notice.
fn above(stage: &Stage) -> String {
    let text = stage.text();
    text.rsplit_once('\n')
        .map_or(text.clone(), |(above, _)| above.to_owned())
}

/// Types a sentence and Enter; returns what is wrong afterwards, if anything.
fn fault(stage: &mut Stage, sentence: &str, pace: u64) -> Option<String> {
    let (before, findings) = parted(stage);
    let (was_at, screen) = (place(stage), above(stage));
    // Sentence and Enter are one script, because the end of a script closes what is open.
    stage
        .pause(2_000)
        .at_pace(pace)
        .events([typed(sentence), script("<Enter>").unwrap()].concat())
        .at_pace(800);
    if stage.app.done {
        return Some("it quits".to_owned());
    }
    let (after, mut found) = parted(stage);
    let mut faults = String::new();
    if before.running().is_some() != after.running().is_some() || after.reports != before.reports {
        faults += "the call ends or its report goes out; ";
    }
    if stage.script().copied.is_some() {
        faults += "it copies; ";
    }
    let new = found.split_off(findings.len().min(found.len()));
    if new != [sentence] {
        write!(faults, "findings {new:?}; ").unwrap();
    }
    if before != after {
        let journal = stage.app.workspace.store().operations().unwrap();
        let labels: Vec<&str> = journal
            .iter()
            .rev()
            .take(4)
            .map(|operation| operation.label.as_str())
            .collect();
        write!(faults, "the record differs, newest first: {labels:?}; ").unwrap();
    }
    if place(stage) != was_at {
        write!(faults, "at {:?} and not {was_at:?}; ", place(stage)).unwrap();
    }
    if !faults.is_empty() {
        return Some(faults);
    }
    stage.pause(3_000).play("u");
    if parted(stage) != (before, findings) || above(stage) != screen {
        return Some(format!(
            "the screen differs after u:\n{screen}\n---\n{}",
            above(stage)
        ));
    }
    None
}

/// The sentences that are not recognized on a screen at this speed, each with what is wrong.
fn missed(screen: &str, keys: &str, pace: u64) -> Vec<String> {
    let fresh = || {
        let mut stage = Stage::new();
        stage.play(keys);
        stage
    };
    let mut stage = fresh();
    let mut missed = Vec::new();
    for sentence in sentences() {
        if let Some(fault) = fault(&mut stage, sentence, pace) {
            missed.push(format!("{screen} at {pace} ms: “{sentence}”: {fault}"));
            stage = fresh();
        }
    }
    missed
}

/// The faults on a screen at all three speeds, except for sentences that are known not to be recognized there.
fn faults_on(name: &str, known: &[&str]) -> Vec<String> {
    let (screen, keys) = SCREENS
        .into_iter()
        .find(|(screen, _)| *screen == name)
        .unwrap();
    let all = [40, 90, 150]
        .into_iter()
        .flat_map(|pace| missed(screen, keys, pace));
    let is_serious = |fault: &str| {
        ["it quits", "the call ends", "it copies"]
            .iter()
            .any(|serious| fault.contains(serious))
    };
    all.filter(|fault| is_serious(fault) || !known.iter().any(|sentence| fault.contains(sentence)))
        .collect()
}

#[test]
fn a_sentence_typed_on_the_list_becomes_a_finding_and_nothing_else() {
    assert_eq!(faults_on("list", &[]), [""; 0]);
}

#[test]
fn a_sentence_typed_on_the_dossier_becomes_a_finding_and_nothing_else() {
    assert_eq!(faults_on("dossier", &[]), [""; 0]);
}

#[test]
fn a_sentence_typed_in_the_presenter_view_becomes_a_finding_and_nothing_else() {
    assert_eq!(faults_on("presenter", &[]), [""; 0]);
}

/// `R` opens the line for an answer, and neither `RrSG` nor `rSG` is a word of the record.
#[test]
fn a_sentence_typed_on_the_questions_becomes_a_finding_and_nothing_else() {
    assert_eq!(
        faults_on("questions", &["RrSG did not respond to the survey"]),
        [""; 0]
    );
}

/// `a` opens the field for an agenda item, and neither `unanimous` nor `nimous` is a word of the record.
#[test]
fn a_sentence_typed_on_the_meeting_becomes_a_finding_and_nothing_else() {
    assert_eq!(
        faults_on("meeting", &["unanimous support for the second wording"]),
        [""; 0]
    );
}

/// What people type on purpose, each from the list of recommendations.
const ON_PURPOSE: [&str; 33] = [
    "13f- the report is late<Enter>",
    "12f+1 from Emily<Enter>",
    "14f> quote<Enter>",
    "15f$2.5M in the plan<Enter>",
    "16f?? which draft<Enter>",
    "cnoorul ameen1<Esc>",
    "pjnji",
    "9ajjje It is a plan.<Enter>",
    "11b<Space>j<Space>j<Space><Enter>",
    "11prfThe published document is a draft.<Enter>",
    "11p",
    "prf",
    "guuu",
    "uuu",
    "UUU",
    "gqgrgm",
    "jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjkkkkkkkkkkkkkkkk",
    "JJJKKKjJkK",
    "12irva",
    "12vpvnvd",
    "-i-r-v",
    "9nr11pr25dr",
    "11.4<Enter>",
    "q",
    "11f@Emily @-3 The published document is a draft of ideas by a consultant.<Enter>",
    "A@Emily @friday Send the list of measures<Enter>",
    "DWe adopt the work plan<Enter>",
    "11a<Esc>s<Esc>b<Esc>z",
    "11sp+7<Enter>",
    "11c*er2No figures.<Enter>!<Enter><Esc>",
    "/abuse<Enter>p",
    ":help<Enter>q",
    "tttztttz",
];

#[test]
fn what_is_typed_on_purpose_is_never_taken_for_a_sentence() {
    let played = |keys: &str, pace: u64| {
        let mut stage = Stage::new();
        stage
            .play("9ajjjeA draft.<Enter><Esc>1<Esc>")
            .pause(2_000)
            .at_pace(pace)
            .play(keys);
        assert!(
            !stage.app.is_mistyped(),
            "{keys} at {pace} ms: {}",
            stage.text()
        );
        let journal = stage.app.workspace.store().operations().unwrap();
        let labels: Vec<String> = journal
            .into_iter()
            .map(|operation| operation.label)
            .collect();
        (
            labels,
            stage.findings(),
            stage.app.workspace.drafts().unwrap(),
            stage.selected(),
        )
    };
    for keys in ON_PURPOSE {
        let unhurried = played(keys, 800);
        for pace in [20, 80, 150, 300, 600] {
            assert_eq!(played(keys, pace), unhurried, "{keys} at {pace} ms");
        }
    }
}

/// The keys of a plenary with five recommendations, for a penholder who never pauses.
const CALL: &str = "L<Enter>>cde<Enter>em<Enter>al<Enter>er<Enter>*<Esc>>\
    11pr<Tab><Tab>f@em @-3 The published document is a draft of ideas by a consultant.<Enter>fNobody measures it.<Enter>\
    12nrf@al No list of best practices was found.<Enter>f#9 The certification is another matter.<Enter>\
    9ivafITIL was adopted, says the report.<Enter>A@em @friday Send the list of certificates.<Enter>>\
    25dfRisk management is described in three places.<Enter>DWe ask for one description.<Enter>\
    2prc*er2No figures.<Enter>!<Enter><Esc>sp+7<Enter>sa<Enter>n<Up><Enter>gm>>";

#[test]
fn a_call_of_five_recommendations_is_never_taken_for_a_sentence_at_80_ms_a_key() {
    let record = |pace: u64| {
        let mut stage = Stage::new();
        stage
            .at_pace(pace)
            .play(CALL)
            .pause(1_000)
            .play("L<Enter>c<Enter>a<Enter>");
        assert!(
            !stage.app.is_mistyped() && stage.app.workspace.drafts().unwrap().is_empty(),
            "{}",
            stage.text()
        );
        let journal = stage.app.workspace.store().operations().unwrap();
        journal
            .into_iter()
            .map(|operation| operation.label)
            .collect::<Vec<_>>()
    };
    let unhurried = record(800);
    assert_eq!(
        unhurried.last().unwrap(),
        "Version 1 of the report of Plenary 42 went out"
    );
    assert_eq!(
        unhurried
            .iter()
            .filter(|label| label.starts_with("Finding on"))
            .count(),
        6,
        "{unhurried:?}"
    );
    assert_eq!(record(80), unhurried);
}

/// Records a verdict and a draft on Rec 12, then types this sentence without Enter.
fn begun(sentence: &str) -> Stage {
    let mut stage = Stage::new();
    stage
        .play("12ifHalf a thought<Esc>")
        .pause(2_000)
        .at_pace(90)
        .events(typed(sentence));
    stage.at_pace(800);
    stage
}

#[test]
fn enter_records_the_sentence_esc_discards_it_and_tab_restores_what_its_keys_recorded() {
    let sentence = "pr vn The report says complete";
    let was = |stage: &Stage| {
        (
            stage.assessment(12).implementation.map(|word| word.word()),
            stage.assessment(12).relevance.is_some(),
        )
    };
    let mut stage = begun(sentence);
    assert!(
        stage.app.is_mistyped() && stage.text().contains("pr vn The report says complete"),
        "{}",
        stage.text()
    );
    assert_eq!(
        was(&stage),
        (Some("implemented"), false),
        "what its keys recorded is undone as soon as the line opens"
    );
    assert_eq!(stage.play("<Enter>").findings(), [sentence]);
    assert_eq!(was(&stage), (Some("implemented"), false));
    assert_eq!(
        stage.app.workspace.drafts().unwrap(),
        ["finding on rec 12"],
        "the earlier draft is still there"
    );
    stage.check();

    let mut stage = begun(sentence);
    stage.play("<Esc>");
    assert_eq!(
        (
            stage.findings().len(),
            was(&stage),
            stage.app.writer.is_none()
        ),
        (0, (Some("implemented"), false), true)
    );
    assert_eq!(stage.app.workspace.drafts().unwrap(), ["finding on rec 12"]);
    stage.play("u");
    assert_eq!(
        was(&stage),
        (None, false),
        "u undoes what was recorded on purpose before the sentence"
    );
    stage.check();

    let mut stage = begun(sentence);
    stage.play("<Tab>");
    assert_eq!(
        (stage.findings().len(), was(&stage)),
        (0, (Some("partially implemented"), true)),
        "{}",
        stage.notice()
    );
    stage.play("uuu");
    assert_eq!(
        was(&stage),
        (Some("implemented"), false),
        "each of the three changes is one undo step again"
    );
    stage.check();
}

#[test]
fn a_number_typed_in_one_go_with_a_sentence_says_what_it_is_about() {
    let mut stage = Stage::new();
    stage
        .at_pace(90)
        .events(typed("12The report says complete"))
        .at_pace(800);
    assert!(
        stage.text().contains("Typed without f: Finding on Rec 12"),
        "{}",
        stage.text()
    );
    stage.play("<Enter>");
    assert_eq!(
        (stage.findings(), stage.selected()),
        (vec!["The report says complete".to_owned()], 12)
    );
}

#[test]
fn what_a_sentence_undid_is_done_again_and_where_it_led_is_left() {
    let mut stage = Stage::new();
    stage.play("11p12r").pause(2_000);
    let before = stage.text();
    stage
        .at_pace(90)
        .events(typed("u 9 ugq nothing was undone"));
    stage
        .at_pace(800)
        .play("<Esc>")
        .pause(3_000)
        .play("<PgUp><PgDn><PgUp>12");
    assert_eq!(
        stage.assessment(12).relevance.map(|word| word.word()),
        Some("still relevant")
    );
    assert_eq!(
        stage.assessment(11).implementation.map(|word| word.word()),
        Some("partially implemented")
    );
    let lines = |text: &str| text.lines().take(22).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&stage.text()), lines(&before));
}

#[test]
fn the_sentence_is_kept_as_a_draft_like_any_text() {
    let stage = begun("The report says complete").restart("Denise");
    let drafts = stage.app.workspace.drafts().unwrap();
    assert_eq!(drafts.len(), 2, "{drafts:?}");
    let texts: Vec<String> = drafts
        .iter()
        .map(|place| stage.app.workspace.draft(place).unwrap().unwrap().text)
        .collect();
    assert!(
        texts.contains(&"The report says complete".to_owned())
            && texts.contains(&"Half a thought".to_owned()),
        "{texts:?}"
    );
}

#[test]
fn quit_and_copy_act_only_when_no_other_letter_follows_at_once() {
    for (keys, pace, quits) in [
        ("q", 90, true),
        ("q<Enter>", 90, true),
        ("qj", 400, true),
        ("qj", 399, false),
        ("requires", 90, false),
        ("jq", 90, true),
    ] {
        let mut stage = Stage::new();
        stage.at_pace(pace).play(keys);
        assert_eq!(stage.app.done, quits, "{keys} at {pace} ms");
    }
    for (keys, copies) in [("11y", true), ("11yes", false)] {
        let mut stage = Stage::new();
        stage.at_pace(90).play(keys);
        assert_eq!(stage.script().copied.is_some(), copies, "{keys}");
    }
    let mut stage = Stage::new();
    stage
        .play("11psa<Enter>")
        .pause(1_000)
        .at_pace(90)
        .play("iyes");
    assert_eq!(
        stage.assessment(11).standing.map(|word| word.word()),
        Some("agreed"),
        "the letters of yes answer no box"
    );
}

#[test]
fn the_call_is_neither_started_nor_ended_by_an_l_in_a_word() {
    let is_running = |stage: &Stage| stage.app.workspace.review().records.running().is_some();
    for (keys, pace, running) in [
        ("no SLA<Enter>", 90, true),
        ("L<Enter>", 90, false),
        ("SL<Enter>", 699, true),
        ("SL<Enter>", 701, false),
        ("La<Enter>", 90, true),
    ] {
        let mut stage = Stage::new();
        stage.play("L<Enter>").pause(2_000).at_pace(pace).play(keys);
        assert_eq!(
            is_running(&stage),
            running,
            "{keys} at {pace} ms: {}",
            stage.text()
        );
        let mut stage = Stage::new();
        stage.at_pace(pace).play(keys);
        assert_eq!(
            is_running(&stage),
            !running,
            "{keys} at {pace} ms before a call"
        );
    }
}

#[test]
fn no_short_word_does_anything_serious() {
    let words = [
        "risk",
        "yes",
        "closed",
        "relevant?",
        "defer",
        "agreed",
        "mad",
        "say",
        "Legal",
        "sent",
        "export",
        "quit",
        "call",
        "reply",
        "req",
        "Ry",
    ];
    for keys in ["11pgr", "11pgm", "11pgqgr", "11pz"] {
        for (word, end) in words
            .into_iter()
            .flat_map(|word| [(word, ""), (word, "<Enter>")])
        {
            let mut stage = Stage::new();
            stage
                .play(&format!("L<Enter>{keys}"))
                .pause(2_000)
                .at_pace(90)
                .events([typed(word), script(end).unwrap()].concat());
            let review = stage.app.workspace.review();
            let told = format!("{word}{end} after {keys}: {}", stage.text());
            assert!(
                !stage.app.done && review.records.running().is_some(),
                "{told}"
            );
            assert!(
                stage.script().copied.is_none()
                    && review.records.reports.is_empty()
                    && review.records.positions.is_empty(),
                "{told}"
            );
            assert!(
                review
                    .records
                    .assessments
                    .values()
                    .all(|held| held.standing.is_none_or(|word| word.word() != "agreed")),
                "{told}"
            );
        }
    }
}

#[test]
fn a_name_typed_without_a_pause_after_c_is_only_selected() {
    let mut stage = Stage::new();
    stage
        .play("L<Enter>gm")
        .pause(2_000)
        .at_pace(90)
        .play("cdenise");
    assert!(
        stage.text().contains("Enter marks Denise"),
        "{}",
        stage.text()
    );
    assert!(stage.app.workspace.review().records.roll.is_empty());
    stage.play("cde<Enter>em");
    assert_eq!(
        stage.app.workspace.review().records.roll.len(),
        2,
        "Enter marks, and names typed after it mark as usual"
    );
    stage.play("11cde<Enter>em<Space>");
    assert!(
        stage.app.workspace.review().records.positions.is_empty(),
        "a position needs the key of its mode"
    );
    stage.play("cde1");
    assert_eq!(stage.app.workspace.review().records.positions.len(), 1);
}

#[test]
fn a_box_takes_no_letters_after_one_that_it_does_not_know() {
    for keys in ["11se", "11sed", "11vsa", "11szp", "11bwx<Enter>"] {
        let mut stage = Stage::new();
        stage.play(keys);
        assert_eq!(stage.entries(), 0, "{keys}");
    }
    let mut stage = Stage::new();
    assert!(
        stage
            .play("11pse")
            .text()
            .contains("Letters are off: arrows, Enter, Esc"),
        "{}",
        stage.text()
    );
    stage.play("sed<Down><Down><Enter>");
    assert!(
        stage.text().contains("objections until"),
        "arrows and Enter still choose: {}",
        stage.text()
    );
}

#[test]
fn the_notice_of_a_recording_stays_for_two_seconds_whatever_is_typed() {
    let mut stage = Stage::new();
    stage.at_pace(500).play("11pjjj");
    assert!(
        stage
            .notice()
            .starts_with("Recorded: Rec 11 partially implemented"),
        "{}",
        stage.notice()
    );
    stage.play("j");
    assert_eq!(stage.notice(), "");
}

#[test]
fn a_word_typed_into_a_box_about_an_open_line_leaves_the_line() {
    for (box_keys, word) in [
        ("gq11.4RThe figures follow.<Enter>", "no"),
        ("gq11.4RThe figures follow.<Enter>", "yes"),
        ("gq11.4RThe figures follow.<Enter>", "not yet"),
    ] {
        let mut stage = Stage::new();
        let keys = [
            script(box_keys).unwrap(),
            typed(word),
            script("<Enter>").unwrap(),
        ]
        .concat();
        stage.events(vec![]).at_pace(90).events(keys);
        let kept = stage
            .app
            .writer
            .as_ref()
            .is_some_and(|writer| writer.text() == "The figures follow.");
        let recorded = stage
            .app
            .workspace
            .review()
            .records
            .answers
            .values()
            .any(|answer| answer.text == "The figures follow.");
        assert!(kept || recorded, "{word}: {}", stage.text());
        assert!(!stage.app.is_mistyped(), "{word}");
    }
}

#[test]
fn what_another_window_changed_meanwhile_is_not_taken_back_and_that_is_said() {
    use penholder::model::{edit, ids::RecommendationNumber, vocabulary::Implementation};
    let mut stage = begun("pr vn The report");
    let mut other = stage.beside("Emily");
    other
        .commit(
            edit::rate(
                other.review(),
                RecommendationNumber(12),
                Implementation::NotImplemented,
            )
            .unwrap(),
        )
        .unwrap();
    stage.play("<Tab>");
    assert!(
        stage.app.is_mistyped() && stage.notice().contains("somebody set implementation"),
        "{}",
        stage.notice()
    );
    assert_eq!(
        stage.app.writer.as_ref().unwrap().text(),
        "pr vn The report",
        "the line stays"
    );
    stage.play("<Enter>");
    assert_eq!(stage.findings(), ["pr vn The report"]);
    stage.check();
}

#[test]
fn undo_and_redo_pass_over_what_was_typed_by_mistake() {
    let mut stage = Stage::new();
    stage
        .play("12iru")
        .pause(2_000)
        .at_pace(90)
        .events(typed("pr vn The report"))
        .at_pace(800);
    stage.play("<Esc>U");
    assert_eq!(
        stage.notice(),
        "Redone: Rec 12 still relevant",
        "what was undone on purpose before can still be redone"
    );
    stage.play("uu");
    assert!(stage.assessment(12).is_empty(), "{}", stage.notice());
    stage.check();
}

#[test]
fn a_name_that_begins_with_the_key_of_a_line_is_a_word() {
    for sentence in ["Don is late", "Down there it is", "Alain is late"] {
        let mut stage = Stage::new();
        stage
            .at_pace(90)
            .events(typed(sentence))
            .at_pace(800)
            .play("<Enter>");
        assert_eq!(stage.findings(), [sentence], "{}", stage.text());
        assert_eq!(stage.entries(), 1, "{sentence}");
    }
    for words in ["any", "day", "try", "req"] {
        let mut stage = Stage::new();
        stage
            .at_pace(90)
            .events([typed(words), script("<Enter>").unwrap()].concat());
        assert!(
            stage.script().copied.is_none() && !stage.app.done,
            "{words}: Enter ends a word here, and does not confirm its last letter"
        );
    }
}
