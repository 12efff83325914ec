//! Every rule of the table of keys, by what it does to the record and to where one is.

use crate::stage::Stage;
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use penholder::model::ids::QuestionNumber;
use penholder::model::record::assessment::Assessment;
use penholder::model::record::finding::About;
use penholder::model::vocabulary::{Effect, Implementation, Relevance, Standing};
use penholder::tui::home::{Pane, Section, Target};

/// A fresh workspace on which these keys were played.
fn played(keys: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(keys);
    stage
}

fn question(text: &str) -> Target {
    Target::Question(text.parse::<QuestionNumber>().unwrap())
}

#[test]
fn the_selection_follows_every_digit() {
    assert_eq!(played("1").selected(), 1);
    assert_eq!(played("11").selected(), 11);
    assert_eq!(played("2").selected(), 2);
    assert_eq!(played("28").selected(), 28);
}

#[test]
fn a_point_or_comma_goes_on_to_a_question() {
    for keys in ["11.4", "11,4"] {
        let stage = played(keys);
        assert_eq!(
            (
                stage.selected(),
                stage.app.home.section,
                stage.app.home.pane
            ),
            (11, Section::Questions, Pane::Dossier)
        );
        assert_eq!(stage.app.focused(), question("11.4"));
    }
    assert_eq!(played("11.14").app.focused(), question("11.14"));
}

#[test]
fn nineteen_is_the_recommendation_and_nineteen_point_the_question() {
    let stage = played("19");
    assert_eq!((stage.selected(), stage.app.home.pane), (19, Pane::List));
    let stage = played("19.");
    assert_eq!(
        (stage.selected(), stage.app.focused()),
        (19, question("19"))
    );
}

#[test]
fn backspace_takes_one_digit_back_and_the_last_one_goes_back() {
    assert_eq!(played("11<Backspace>").selected(), 1);
    assert_eq!(played("7j12<Backspace><Backspace>").selected(), 8);
    assert_eq!(played("5<Esc>11.4<Backspace>").selected(), 11);
}

#[test]
fn any_other_key_ends_the_number_and_then_acts() {
    let stage = played("11p");
    assert_eq!(
        stage.assessment(11).implementation,
        Some(Implementation::PartiallyImplemented)
    );
    assert_eq!(stage.assessment(1).implementation, None);
    assert_eq!(played("11j1").selected(), 1);
    assert_eq!(played("11<Enter>").app.home.pane, Pane::Dossier);
}

#[test]
fn a_digit_that_cannot_extend_the_number_starts_a_new_one() {
    for (keys, selected) in [
        ("1211", 11),
        ("112", 2),
        ("35", 5),
        ("72", 2),
        ("729", 9),
        ("2811", 11),
    ] {
        let mut stage = played(keys);
        assert_eq!(stage.selected(), selected, "{keys}");
        stage.play("p");
        assert_eq!(
            stage.assessment(selected).implementation,
            Some(Implementation::PartiallyImplemented),
            "{keys}p"
        );
        assert_eq!(stage.entries(), 1, "{keys}p");
        assert_eq!(played(&format!("z{keys}")).selected(), selected, "z{keys}");
    }
    assert_eq!(played("11.999").selected(), 9);
}

#[test]
fn a_number_that_names_nothing_gives_a_notice_and_the_selection_stays() {
    for (keys, selected) in [
        ("5<Esc>0", 5),
        ("30", 3),
        ("9<Esc>18.", 18),
        ("5<Esc>11.40", 11),
        ("11.4.", 11),
    ] {
        let stage = played(keys);
        assert_eq!(stage.selected(), selected, "{keys}");
    }
    for keys in ["0", "30", "18."] {
        assert!(
            played(keys).notice().starts_with("There is no "),
            "{keys}: {}",
            played(keys).notice()
        );
    }
    let mut stage = played("30");
    stage.play("p");
    assert_eq!(
        stage.assessment(3).implementation,
        Some(Implementation::PartiallyImplemented),
        "the next key acts on the record in view"
    );
}

#[test]
fn a_number_ends_one_and_a_half_seconds_after_its_last_digit() {
    let pressed_after = |milliseconds: u64| {
        let mut stage = played("1");
        stage.at_pace(milliseconds).play("1");
        stage.selected()
    };
    assert_eq!(pressed_after(1_499), 11);
    assert_eq!(pressed_after(1_500), 1);
    let mut stage = played("11");
    assert!(stage.text().contains(" Rec 11_"), "{}", stage.text());
    stage.at_pace(1_600).play("2");
    assert_eq!(stage.selected(), 2, "after a pause to read");
    stage.at_pace(800).play("<PgUp>");
    assert!(
        !stage.text().contains("Rec 2_"),
        "the footer shows the number only while it is open: {}",
        stage.text()
    );
    // A new size, as any other event of the surroundings, does not end it.
    assert_eq!(played("1<90x30>1").selected(), 11);
}

#[test]
fn a_number_outside_the_filter_clears_it() {
    let stage = played("/abuse<Enter>20");
    assert_eq!((stage.selected(), stage.app.home.filter.as_str()), (20, ""));
}

#[test]
fn a_verdict_is_recorded_at_once() {
    for (key, verdict) in [
        ("i", Implementation::Implemented),
        ("p", Implementation::PartiallyImplemented),
        ("n", Implementation::NotImplemented),
        ("d", Implementation::CannotBeDetermined),
    ] {
        let stage = played(&format!("11{key}"));
        assert_eq!(stage.assessment(11).implementation, Some(verdict));
        assert_eq!(stage.assessment(11).standing, Some(Standing::Draft));
        assert!(
            stage
                .notice()
                .starts_with(&format!("Recorded: Rec 11 {verdict}")),
            "{}",
            stage.notice()
        );
        stage.check();
    }
}

#[test]
fn the_same_key_twice_writes_nothing() {
    let stage = played("11pp");
    assert_eq!(stage.entries(), 1);
    assert_eq!(
        stage.notice(),
        "Rec 11 already partially implemented. Nothing was written."
    );
}

#[test]
fn relevance_turns_round() {
    let mut stage = played("11");
    for relevance in [
        Relevance::StillRelevant,
        Relevance::NoLongerRelevant,
        Relevance::StillRelevant,
    ] {
        stage.play("r");
        assert_eq!(stage.assessment(11).relevance, Some(relevance));
    }
}

#[test]
fn an_effect_is_chosen_in_a_box_as_one_change() {
    let choices = [
        ("a", Effect::Achieved),
        ("p", Effect::PartiallyAchieved),
        ("n", Effect::NotAchieved),
        ("d", Effect::CannotBeDetermined),
    ];
    let mut stage = played("11");
    for (entries, (key, effect)) in (1..).zip(choices) {
        stage.play(&format!("v{key}"));
        assert_eq!(
            (stage.assessment(11).effect, stage.entries()),
            (Some(effect), entries)
        );
    }
    assert_eq!(
        stage.play("u").assessment(11).effect,
        Some(Effect::NotAchieved)
    );
    assert_eq!(
        played("11vx<Enter>").entries(),
        0,
        "Enter picks nothing behind a letter that the box does not know"
    );
    assert_eq!(
        played("11vx<Down><Enter>").entries(),
        1,
        "but what an arrow selects"
    );
    assert_eq!(
        played("11vxa").entries(),
        0,
        "no letter picks behind one that the box does not know"
    );
}

#[test]
fn minus_unsets() {
    let mut stage = played("11irva");
    stage.play("-i");
    assert_eq!(stage.assessment(11).implementation, None);
    stage.play("-r-v");
    assert!(
        stage.assessment(11).is_empty(),
        "{:?}",
        stage.assessment(11)
    );
    let entries = stage.entries();
    stage.play("-i");
    assert_eq!(stage.entries(), entries);
    assert_eq!(
        stage.notice(),
        "Rec 11: implementation already unset. Nothing was written."
    );
    stage.check();
}

#[test]
fn what_was_agreed_asks_once() {
    let mut stage = played("11psa<Enter>");
    assert_eq!(stage.assessment(11).standing, Some(Standing::Agreed));
    stage.play("nn");
    assert_eq!(
        stage.assessment(11).implementation,
        Some(Implementation::PartiallyImplemented)
    );
    assert_eq!(stage.notice(), "Nothing was written.");
    for no in ["<Esc>", "q", "<Ctrl-C>"] {
        stage.play(&format!("n{no}"));
        assert_eq!(
            stage.assessment(11).standing,
            Some(Standing::Agreed),
            "{no}"
        );
    }
    stage.play("ny");
    assert_eq!(
        (
            stage.assessment(11).implementation,
            stage.assessment(11).standing
        ),
        (
            Some(Implementation::NotImplemented),
            Some(Standing::Reopened)
        )
    );
    stage.play("i");
    assert_eq!(
        stage.assessment(11).implementation,
        Some(Implementation::Implemented),
        "a second change asks no more"
    );
    stage.play("sa<Enter>ii");
    assert_eq!(
        stage.assessment(11).standing,
        Some(Standing::Agreed),
        "the same verdict asks nothing"
    );
    stage.check();
}

#[test]
fn undo_and_redo_across_a_restart() {
    let mut stage = played("11pr");
    stage.play("u");
    assert_eq!(
        (
            stage.assessment(11).relevance,
            stage.notice().starts_with("Undone: Rec 11 still relevant")
        ),
        (None, true)
    );
    stage.play("U");
    assert_eq!(
        stage.assessment(11).relevance,
        Some(Relevance::StillRelevant)
    );
    stage.play("u<Ctrl-R>");
    assert_eq!(
        stage.assessment(11).relevance,
        Some(Relevance::StillRelevant)
    );
    let mut stage = stage.restart("Denise");
    stage.play("uu");
    assert!(stage.assessment(11).is_empty());
    stage.play("u");
    assert_eq!(stage.notice(), "Denise has nothing to undo.");
    stage.play("UUU");
    assert_eq!(stage.notice(), "Denise has nothing to redo.");
    assert_eq!(
        stage.assessment(11).implementation,
        Some(Implementation::PartiallyImplemented)
    );
    stage.check();
}

#[test]
fn undo_takes_only_ones_own_and_refuses_what_was_changed_later() {
    let mut stage = played("11p").restart("Emily");
    stage.play("u");
    assert_eq!(stage.notice(), "Emily has nothing to undo.");
    stage.play("11n");
    let mut stage = stage.restart("Denise");
    let entries = stage.entries();
    stage.play("u");
    assert_eq!(
        stage.notice(),
        "Undoing “Rec 11 partially implemented” is refused: Emily changed implementation of Rec 11 later."
    );
    assert_eq!(
        (stage.entries(), stage.assessment(11).implementation),
        (entries, Some(Implementation::NotImplemented))
    );
}

#[test]
fn a_filter_narrows_as_it_is_typed_and_esc_clears_it() {
    let mut stage = Stage::new();
    stage.play("/risk");
    let shown: Vec<u16> = stage.app.home.shown().map(|n| n.0).collect();
    assert!(!shown.is_empty() && shown.len() < 28, "{shown:?}");
    stage.play("<Esc>");
    assert_eq!(
        (stage.app.home.shown().count(), stage.app.filtering),
        (28, false)
    );
    stage.play("/abuse<Enter>");
    assert_eq!((stage.selected(), stage.app.filtering), (11, false));
    assert!(
        stage.app.home.shown().count() < 8,
        "{:?}",
        stage.app.home.shown().collect::<Vec<_>>()
    );
    stage.play("p<Esc>");
    assert_eq!((stage.app.home.shown().count(), stage.selected()), (28, 11));
    stage.play("/ABUSE<Ctrl-U>");
    assert_eq!(stage.app.home.shown().count(), 28);
    stage.play("risk management<Ctrl-W>");
    assert_eq!(stage.app.home.filter, "risk ");
}

#[test]
fn keys_typed_into_a_filter_record_nothing() {
    assert_eq!(played("/inpd<Enter>").entries(), 0);
}

#[test]
fn esc_keeps_the_draft_and_the_same_key_opens_it_again() {
    let mut stage = played("11fHalf a thought<Esc>");
    assert_eq!(
        (stage.notice(), stage.findings().len()),
        ("Draft kept. The same key opens it again.".to_owned(), 0)
    );
    stage.play("12f");
    assert_eq!(
        stage.app.writer.as_ref().unwrap().text(),
        "",
        "a draft belongs to its record"
    );
    stage.play("Another<Esc>11f");
    assert_eq!(stage.app.writer.as_ref().unwrap().text(), "Half a thought");
    assert!(stage.text().contains("(a draft)"));
    let mut stage = stage.restart("Denise");
    assert!(
        stage
            .notice()
            .starts_with("Draft not recorded: Finding on Rec 1"),
        "{}",
        stage.notice()
    );
    stage.play("11f, whole<Enter>");
    assert_eq!(stage.findings(), ["Half a thought, whole"]);
    stage.play("f");
    assert_eq!(
        stage.app.writer.as_ref().unwrap().text(),
        "",
        "what was recorded is no draft"
    );
    stage.check();
}

#[test]
fn a_draft_belongs_to_its_author() {
    let mut stage = played("11fMine<Esc>").restart("Emily");
    assert_eq!(stage.notice(), "");
    stage.play("11f");
    assert_eq!(stage.app.writer.as_ref().unwrap().text(), "");
}

#[test]
fn an_open_line_is_on_disk_when_the_program_ends_without_a_word() {
    let mut stage = played("11fHalf").restart("Denise");
    stage.play("11f");
    assert_eq!(stage.app.writer.as_ref().unwrap().text(), "Half");
}

#[test]
fn ctrl_j_and_alt_enter_make_a_new_line() {
    assert_eq!(
        played("11fone<Ctrl-J>two<Alt-Enter>three<Enter>").findings(),
        ["one\ntwo\nthree"]
    );
}

#[test]
fn readlines_keys_win_in_a_text() {
    for (keys, expected) in [
        ("one two<Ctrl-U>x", "x"),
        ("one two<Ctrl-A>x", "xone two"),
        ("one two<Ctrl-A><Ctrl-E>x", "one twox"),
        ("one two<Ctrl-A><Right><Right><Right><Ctrl-K>", "one"),
        ("one two<Ctrl-W>x", "one x"),
        ("one two<Alt-b>x", "one xtwo"),
        ("one two<Ctrl-A><Alt-f>x", "onex two"),
        ("one two<Ctrl-H>", "one tw"),
        ("one<Ctrl-J>two<Ctrl-U><Backspace>!", "one!"),
        ("one two<Ctrl-A><Alt-f><Alt-f>x", "one twox"),
    ] {
        let stage = played(&format!("11f{keys}"));
        assert_eq!(
            stage.app.writer.as_ref().unwrap().text(),
            expected,
            "{keys}"
        );
    }
}

#[test]
fn markers_say_who_said_it_what_it_is_about_and_when() {
    let stage = played("11f@emily @-3 #11.4 No answer came.<Enter>");
    let review = stage.app.workspace.review();
    let finding = review.records.findings.values().next().unwrap();
    assert_eq!(
        (
            finding.text.as_str(),
            finding.said_by.as_deref(),
            finding.by.as_str()
        ),
        ("No answer came.", Some("Emily"), "Denise")
    );
    assert_eq!(finding.about, About::Question("11.4".parse().unwrap()));
    assert_eq!(finding.at.to_rfc3339(), "2018-09-13T14:38:07+00:00");

    let stage = played("11f#12 Belongs there.<Enter>");
    let finding = stage
        .app
        .workspace
        .review()
        .records
        .findings
        .values()
        .next()
        .unwrap()
        .clone();
    assert_eq!(finding.about.to_string(), "rec 12");
    let stage = played("11f@Zoe Somebody new.<Enter>");
    assert!(
        stage
            .app
            .workspace
            .review()
            .records
            .members
            .contains_key("Zoe")
    );
    stage.check();
}

#[test]
fn an_unclear_name_or_number_is_refused_and_the_text_kept() {
    for (text, said) in [
        (
            "@e Who was it?",
            "Who is meant: Eric or Emily? One name, typed so far that it is clear.",
        ),
        (
            "#99 About what?",
            "#99 names neither a recommendation nor a question; nothing was recorded. A number that belongs to the sentence stays as it is behind the first word.",
        ),
        ("   ", "A finding needs words; nothing was recorded."),
        ("@Emily", "A finding needs words; nothing was recorded."),
    ] {
        let stage = played(&format!("11f{text}<Enter>"));
        assert_eq!((stage.notice().as_str(), stage.entries()), (said, 0));
        assert_eq!(stage.app.writer.as_ref().unwrap().text(), text);
    }
}

#[test]
fn verdict_keys_typed_into_a_text_are_text() {
    let stage = played("11fipnd rvu 11<Enter>");
    assert_eq!(
        (stage.findings(), stage.entries()),
        (vec!["ipnd rvu 11".to_owned()], 1)
    );
}

#[test]
fn a_finding_is_on_the_question_in_focus() {
    let stage = played("11.4fNo answer.<Enter>");
    let finding = stage
        .app
        .workspace
        .review()
        .records
        .findings
        .values()
        .next()
        .unwrap()
        .clone();
    assert_eq!(finding.about.to_string(), "question 11.4");
}

#[test]
fn e_on_a_quoted_text_says_that_it_is_quoted() {
    assert!(
        played("1<Enter>e")
            .notice()
            .starts_with("This text is quoted from a source and is not edited. f writes")
    );
    assert!(played("11.4e").notice().starts_with(
        "Question 11.4 is quoted from a source and is not edited. F writes a follow-up"
    ));
    assert_eq!(
        played("e").notice(),
        "There is nothing to edit here. a opens the assessment."
    );
}

#[test]
fn e_edits_a_text_of_the_form() {
    let mut stage = played("11prvnaeMeasure it.<Enter>");
    assert_eq!(
        stage.assessment(11).further_work.as_deref(),
        Some("Measure it.")
    );
    stage.play("e<Ctrl-E> Publish it.<Enter>");
    assert_eq!(
        stage.assessment(11).further_work.as_deref(),
        Some("Measure it. Publish it.")
    );
    stage.play("e<Ctrl-U><Enter>");
    assert_eq!(stage.assessment(11).further_work, None);
    stage.check();
}

#[test]
fn the_form_leads_from_step_to_step() {
    let stage = played("11a<Enter>p<Enter>s<Enter>n");
    let assessment = stage.assessment(11);
    assert_eq!(
        (
            assessment.implementation,
            assessment.relevance,
            assessment.effect
        ),
        (
            Some(Implementation::PartiallyImplemented),
            Some(Relevance::StillRelevant),
            Some(Effect::NotAchieved)
        )
    );
    assert_eq!(stage.app.focused(), Target::Field(Assessment::FURTHER_WORK));
}

#[test]
fn y_copies_what_is_in_focus() {
    let copied = |keys: &str| played(keys).script().copied.clone().unwrap();
    assert!(copied("11y").starts_with(
        "Rec 11, Effectiveness of mechanisms to mitigate abuse: ICANN should finalize"
    ));
    assert!(copied("11.4y").starts_with("11.4: Noting IAG-CCT"));
    assert!(copied("11.4y").ends_with("(001:349-351)"));
    let stage = played("11y");
    assert_eq!(
        stage.notice(),
        "Offered to the terminal's clipboard: 1 line."
    );
    assert_eq!(
        played("11py").notice(),
        "Offered to the terminal's clipboard: 3 lines."
    );
}

#[test]
fn tab_turns_the_sections_and_h_and_l_the_panes() {
    let mut stage = Stage::new();
    let mut seen = Vec::new();
    for _ in 0..6 {
        stage.play("<Tab>");
        seen.push(stage.app.home.section);
    }
    use Section::{Assessment, Findings, History, Positions, Questions, Report};
    assert_eq!(
        seen,
        [Questions, Assessment, Findings, Positions, History, Report]
    );
    stage.play("<Shift-Tab>");
    assert_eq!(stage.app.home.section, History);
    stage.play("l");
    assert_eq!(stage.app.home.pane, Pane::Dossier);
    stage.play("h");
    assert_eq!(stage.app.home.pane, Pane::List);
    stage.play("<Right>");
    assert_eq!(stage.app.home.pane, Pane::Dossier);
    stage.play("<Esc>");
    assert_eq!(stage.app.home.pane, Pane::List);
}

#[test]
fn moving_keys_move() {
    assert_eq!(played("jjj").selected(), 4);
    assert_eq!(played("jjjk").selected(), 3);
    assert_eq!(played("<Down><Down><Up>").selected(), 2);
    assert_eq!(played("G").selected(), 28);
    assert_eq!(played("Ggg").selected(), 1);
    assert_eq!(played("<End><Home>").selected(), 1);
    assert_eq!(played("k").selected(), 1);
    assert!(played("<PgDn>").selected() > 10);
    assert_eq!(played("<PgDn><PgUp>").selected(), 1);
}

fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event {
    Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    })
}

#[test]
fn the_mouse_selects_opens_and_scrolls() {
    let click = MouseEventKind::Down(MouseButton::Left);
    let mut stage = Stage::new();
    stage.events(vec![mouse(click, 5, 5)]);
    assert_eq!(stage.selected(), 3);
    stage.events(vec![mouse(click, 5, 2)]);
    assert_eq!(stage.selected(), 3, "a heading is not selected");
    stage.events(vec![mouse(click, 60, 15)]);
    assert_eq!(stage.app.home.pane, Pane::Dossier);
    stage.events(vec![
        mouse(MouseEventKind::ScrollDown, 5, 5),
        mouse(MouseEventKind::ScrollDown, 5, 5),
    ]);
    assert_eq!(stage.selected(), 5);
    stage.events(vec![mouse(MouseEventKind::ScrollUp, 5, 5)]);
    assert_eq!(stage.selected(), 4);
    // The tabs of Rec 4 stand where its text ends.
    let text = stage.text();
    let row = text.lines().position(|line| line.contains("Qs ")).unwrap();
    let column = text
        .lines()
        .nth(row)
        .unwrap()
        .chars()
        .collect::<String>()
        .find("Qs ")
        .unwrap();
    let column = text.lines().nth(row).unwrap()[..column].chars().count();
    stage.events(vec![mouse(
        click,
        u16::try_from(column).unwrap(),
        u16::try_from(row).unwrap(),
    )]);
    assert_eq!(
        (stage.app.home.section, stage.app.home.pane),
        (Section::Questions, Pane::Dossier)
    );
    let before = stage.text();
    stage.events(vec![mouse(MouseEventKind::ScrollDown, 60, 18)]);
    assert_ne!(stage.text(), before);
    assert_eq!(stage.entries(), 0);
}

#[test]
fn a_prefix_is_cancelled_by_esc_and_by_an_unknown_letter_without_effect() {
    for keys in ["g<Esc>", "gx", "gp", "gi", "gu", "-<Esc>", "-p", "-x", "g1"] {
        let stage = played(&format!("11p{keys}"));
        assert_eq!(
            (stage.entries(), stage.selected(), stage.app.home.pane),
            (1, 11, Pane::List),
            "{keys}"
        );
        assert_eq!(
            stage.assessment(11).implementation,
            Some(Implementation::PartiallyImplemented),
            "{keys}"
        );
        assert!(
            !stage.text().contains("Esc cancels"),
            "{keys}: the box is closed"
        );
    }
}

#[test]
fn a_prefix_never_times_out() {
    let mut stage = played("11g");
    assert!(stage.text().contains("Esc cancels"));
    stage.play("<100x30>");
    assert!(stage.text().contains("Esc cancels"));
    stage.play("g");
    assert_eq!(stage.selected(), 1);
}

#[test]
fn a_paste_outside_a_text_does_nothing_but_say_so() {
    for keys in ["<paste:ipnd>", "11<paste:p>", "g<paste:g>"] {
        let stage = played(keys);
        assert_eq!(stage.entries(), 0);
        assert!(
            stage
                .notice()
                .starts_with("A paste outside a text does nothing."),
            "{keys}: {}",
            stage.notice()
        );
    }
}

#[test]
fn a_paste_into_a_text_records_nothing_by_itself() {
    let mut stage = played("11f");
    stage.events(vec![Event::Paste("two\r\nlines\r".to_owned())]);
    assert_eq!(
        (stage.entries(), stage.app.writer.as_ref().unwrap().text()),
        (0, "two\nlines\n".to_owned())
    );
}

#[test]
fn ctrl_c_cancels_what_is_open_and_twice_quits() {
    let mut stage = played("11fHalf<Ctrl-C>");
    assert!(stage.app.writer.is_none() && !stage.app.done);
    stage.play("f");
    assert_eq!(stage.app.writer.as_ref().unwrap().text(), "Half");
    let stage = played("<Ctrl-C><Ctrl-C>");
    assert!(stage.app.done);
    assert!(!played("<Ctrl-C>j<Ctrl-C>").app.done);
}

#[test]
fn ctrl_c_twice_quits_without_asking_and_keeps_the_draft() {
    for keys in [
        "11fHalf<Ctrl-C>",
        "11fHalf<Esc>1<Ctrl-C>",
        "11fHalf<Esc>q<Ctrl-C>",
        "11fHalf<Enter>u11fHalf<Ctrl-C>",
    ] {
        let mut stage = played(keys);
        assert!(
            !stage.app.done && stage.notice().ends_with("Ctrl-C again quits."),
            "{keys}: {}",
            stage.notice()
        );
        stage.play("<Ctrl-C>");
        assert!(stage.app.done, "{keys}");
        let mut again = stage.restart("Denise");
        again.play("11f");
        assert_eq!(again.app.writer.as_ref().unwrap().text(), "Half", "{keys}");
    }
}

#[test]
fn ctrl_c_twice_leaves_a_call_running_and_says_so_before() {
    let mut stage = played("L<Enter><Ctrl-C>");
    assert!(
        stage
            .notice()
            .ends_with("Ctrl-C again quits; Plenary 42 goes on running."),
        "{}",
        stage.notice()
    );
    stage.play("<Ctrl-C>");
    assert!(stage.app.done && stage.app.workspace.review().records.running().is_some());
    let mut stage = played("L<Enter>f");
    stage.play("Half<Ctrl-C>");
    assert_eq!(
        stage.notice(),
        "Draft kept. Ctrl-C again quits; Plenary 42 goes on running."
    );
    assert!(
        played("L<Enter>qq<Esc>")
            .app
            .workspace
            .review()
            .records
            .running()
            .is_some(),
        "q asks as before"
    );
}

#[test]
fn ctrl_c_closes_every_dialog_and_a_second_one_quits() {
    let dialogs = [
        "?",
        ":",
        ":imp",
        "11v",
        "11o",
        "11s",
        "11b",
        "x",
        "xa<Enter>",
        "L",
        "L<Enter>L",
        "L<Enter>gmc",
        "L<Enter>11c",
        "L<Enter>L<Enter>",
        "L<Enter>L<Enter>v<Enter>",
        "L<Enter>L<Enter>c<Enter>",
        "11fHalf<Esc>q",
        "g",
        "/ris",
        "11.",
    ];
    for keys in dialogs {
        let mut stage = played(&format!("{keys}<Ctrl-C>"));
        let entries = stage.entries();
        assert!(
            !stage.app.done && stage.notice().contains("Ctrl-C again quits"),
            "{keys}: {}",
            stage.notice()
        );
        let text = stage.text();
        assert!(
            [
                "Esc cancels",
                "Esc closes",
                "Esc leaves",
                "Enter picks",
                "Rec 11_"
            ]
            .iter()
            .all(|open| !text.contains(open)),
            "{keys}: {text}"
        );
        stage.play("<Ctrl-C>");
        assert!(stage.app.done, "{keys}");
        assert_eq!(stage.entries(), entries, "{keys}");
        assert!(
            !played(&format!("{keys}<Ctrl-C><Left><Ctrl-C>")).app.done,
            "{keys}: only right after the first one"
        );
    }
}

#[test]
fn a_second_ctrl_c_quits_from_a_board_to_which_the_first_one_led_back() {
    let mut stage = played("L<Enter>gmc+Zoe<Ctrl-C>");
    assert!(
        stage.text().contains("Roll call, Plenary 42"),
        "{}",
        stage.text()
    );
    assert!(
        stage
            .notice()
            .contains("Ctrl-C again quits; Plenary 42 goes on running."),
        "{}",
        stage.notice()
    );
    stage = played("L<Enter>gmc+Zoe<Ctrl-C><Ctrl-C>");
    assert!(stage.app.done && stage.app.workspace.review().records.roll.is_empty());
}

#[test]
fn q_quits_and_asks_when_a_text_is_not_recorded() {
    assert!(played("q").app.done);
    assert!(!played("11fHalf<Esc>q").app.done);
    assert!(!played("11fHalf<Esc>qn").app.done);
    assert!(played("11fHalf<Esc>qy").app.done);
    assert!(!played("?q").app.done, "it closes what is open");
}

#[test]
fn the_palette_runs_a_command_by_its_name() {
    let stage = played("11:partially<Enter>");
    assert_eq!(
        stage.assessment(11).implementation,
        Some(Implementation::PartiallyImplemented)
    );
    let stage = played("11<Ctrl-P>relevance<Esc>");
    assert_eq!(stage.entries(), 0);
}

#[test]
fn a_key_release_does_nothing() {
    let mut stage = played("11");
    let release = KeyEvent {
        kind: crossterm::event::KeyEventKind::Release,
        ..KeyEvent::new(KeyCode::Char('p'), KeyModifiers::NONE)
    };
    stage.events(vec![Event::Key(release)]);
    assert_eq!(stage.entries(), 0);
}

#[test]
fn another_windows_verdict_is_not_overwritten() {
    use penholder::model::edit;
    let mut stage = played("11p");
    let mut beside = stage.beside("Emily");
    let edit = edit::rate(
        beside.review(),
        penholder::model::ids::RecommendationNumber(11),
        Implementation::NotImplemented,
    )
    .unwrap();
    beside.commit(edit).unwrap();
    // The stage has not looked yet: its verdict starts from what it still shows.
    stage.play("i");
    assert!(
        stage
            .notice()
            .starts_with("Refused: somebody set implementation of Rec 11 to “not implemented”"),
        "{}",
        stage.notice()
    );
    assert_eq!(
        stage.assessment(11).implementation,
        Some(Implementation::NotImplemented)
    );
    stage.check();
}

#[test]
fn findings_are_reworded_and_withdrawn() {
    let mut stage = played("11fFirst words.<Enter><Enter><Tab><Tab><Tab>");
    stage.play("e<Ctrl-U>Other words.<Enter>");
    assert_eq!(stage.findings(), ["Other words."]);
    stage.play("w");
    assert!(
        stage
            .app
            .workspace
            .review()
            .records
            .findings
            .values()
            .all(|f| f.withdrawn)
    );
    assert!(stage.text().contains("Nothing noted yet."));
    stage.play("u");
    assert!(
        stage
            .app
            .workspace
            .review()
            .records
            .findings
            .values()
            .all(|f| !f.withdrawn)
    );
    stage.check();
}

#[test]
fn the_teams_verdict_on_a_deliverable_is_rolled_up() {
    let mut stage = Stage::sized(80, 60);
    stage.play("19<Enter>");
    for _ in 0..40 {
        if matches!(stage.app.focused(), Target::Deliverable(_)) {
            break;
        }
        stage.play("j");
    }
    stage.play("on");
    assert_eq!(stage.notice(), "Recorded: Deliverable 19.1 not implemented");
    let text = stage.text();
    assert!(text.contains("team: 1 not implemented"), "{text}");
    stage.check();
}

#[test]
fn the_cursor_of_the_dossier_stays_on_what_it_was_on() {
    let mut stage = played("11<Enter>");
    let before = stage.app.focused();
    stage.play("p");
    assert_eq!(stage.app.focused(), before);
    stage.play("u");
    assert_eq!(stage.app.focused(), before);
}

#[test]
fn a_verdict_is_one_key_and_any_recommendation_two() {
    for number in 1..=28 {
        let keys = number.to_string();
        assert!(keys.len() <= 2);
        let stage = played(&format!("{keys}n"));
        assert_eq!(
            stage.assessment(number).implementation,
            Some(Implementation::NotImplemented)
        );
    }
}
