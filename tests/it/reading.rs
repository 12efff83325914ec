//! Reading and writing where it is tight: items taller than the pane, lists that show nothing, two windows at one text.

use crate::stage::Stage;
use penholder::model::draft::Draft;
use penholder::model::edit;
use penholder::model::ids::RecommendationNumber;
use penholder::model::record::assessment::Assessment;
use std::collections::BTreeSet;

fn played(keys: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(keys);
    stage
}

/// The lines of the screen without frames and gutters.
fn lines(stage: &Stage) -> BTreeSet<String> {
    stage
        .text()
        .lines()
        .map(|line| {
            line.trim_matches(|c: char| c.is_whitespace() || "│▌┃".contains(c))
                .to_owned()
        })
        .collect()
}

#[test]
fn everything_of_a_report_is_reached_by_moving_down() {
    for number in 1..=28 {
        let mut stage = Stage::sized(60, 16);
        stage.play(&format!("{number}<Enter>G"));
        let end = lines(&stage);
        stage.play("gg");
        for _ in 0..400 {
            stage.play("j");
        }
        assert_eq!(
            lines(&stage),
            end,
            "Rec {number}: the last key down and the end show the same"
        );
    }
}

#[test]
fn the_whole_text_of_a_recommendation_is_read_on_the_smallest_screen() {
    let mut stage = Stage::sized(40, 12);
    stage.play("11<Enter>");
    let mut seen = BTreeSet::new();
    for _ in 0..12 {
        seen.extend(lines(&stage));
        stage.play("j");
    }
    for part in [
        "ICANN should finalize and implement",
        "domain name abuse.",
        "ICANN org claims complete",
    ] {
        assert!(
            seen.iter().any(|line| line.contains(part)),
            "{part}: {seen:#?}"
        );
    }
}

#[test]
fn a_long_finding_is_read_to_its_end() {
    let words: Vec<String> = (1..=300).map(|n| format!("word{n}")).collect();
    let mut stage = played(&format!(
        "1f{}<Enter><Tab><Tab><Tab><Enter>",
        words.join(" ")
    ));
    assert!(!stage.text().contains("word300"));
    stage.play("<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn>");
    assert!(stage.text().contains("word300"), "{}", stage.text());
}

#[test]
fn where_nothing_matches_nothing_is_recorded() {
    let mut stage = played("11<Esc>/zzzz<Enter>p");
    assert_eq!(
        stage.notice(),
        "Nothing matches /zzzz, so nothing is selected. Esc clears the filter."
    );
    assert_eq!(stage.entries(), 0);
    stage.play("<Esc>");
    assert_eq!(
        stage.selected(),
        11,
        "a filter that is cleared goes back to where it began"
    );
}

#[test]
fn a_filter_that_is_cancelled_goes_back_and_one_that_is_kept_stays() {
    assert_eq!(played("11<Esc>/risk<Esc>").selected(), 11);
    let kept = played("11<Esc>/abuse<Enter><Esc>").selected();
    assert_eq!(kept, 11);
    assert_ne!(played("1<Esc>/abuse<Enter><Esc>").selected(), 1);
}

/// Denise has typed other words for a text that Boban records meanwhile.
fn raced(keys: &str) -> Stage {
    let mut stage = played(keys);
    let mut other = stage.beside("Boban");
    let theirs = [(Assessment::FINDING, Some("Theirs.".to_owned()))];
    other
        .commit(edit::assess(other.review(), RecommendationNumber(9), &theirs).unwrap())
        .unwrap();
    stage.app.workspace.refresh().unwrap();
    stage
}

#[test]
fn a_text_that_another_window_recorded_meanwhile_is_shown_and_not_written_over() {
    let mut stage = raced("9ajjj<Enter>Mine.");
    stage.play("<Enter>");
    let shown = stage.text();
    assert!(
        shown.contains("Rec 9: finding was changed while you wrote")
            && shown.contains("Theirs.")
            && shown.contains("Mine."),
        "{shown}"
    );
    stage.play("<Enter><Esc>");
    assert_eq!(
        stage.notice(),
        "Nothing was recorded; the line holds your text."
    );
    assert_eq!(stage.assessment(9).finding.as_deref(), Some("Theirs."));
    stage.play("<Enter><Enter>m<Enter>");
    assert_eq!(stage.assessment(9).finding.as_deref(), Some("Mine."));
    stage.check();
}

#[test]
fn a_draft_opened_again_is_held_against_what_was_there_when_it_was_begun() {
    let mut stage = raced("9ajjj<Enter>Mine.<Esc>").restart("Denise");
    stage.play("9ajjjee<Enter>");
    assert!(
        stage.text().contains("was changed while you wrote"),
        "{}",
        stage.text()
    );
    assert_eq!(stage.assessment(9).finding.as_deref(), Some("Theirs."));
    stage.play("<Enter>b<Enter>");
    assert_eq!(
        stage.assessment(9).finding.as_deref(),
        Some("Theirs."),
        "both stand in the line first"
    );
    stage.play("<Enter>");
    assert_eq!(
        stage.assessment(9).finding.as_deref(),
        Some("Theirs.\n\nMine.e")
    );
    stage.check();
}

#[test]
fn two_windows_of_one_author_keep_both_drafts_and_each_opens_its_own() {
    let mut stage = played("11f");
    let mut other = stage.beside("Denise");
    let theirs = Draft {
        text: "Theirs.".to_owned(),
        found: None,
    };
    other.keep_draft("finding on rec 11", &theirs).unwrap();
    stage.play("Mine.<Esc>");
    let drafts: Vec<String> = other
        .drafts()
        .unwrap()
        .iter()
        .map(|place| other.draft(place).unwrap().unwrap().text)
        .collect();
    assert_eq!(
        drafts.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        BTreeSet::from(["Mine.", "Theirs."])
    );
    stage.play("f<Enter>");
    assert_eq!(stage.findings(), ["Mine."]);
    assert_eq!(other.draft("finding on rec 11").unwrap(), Some(theirs));
}

#[test]
fn a_line_closed_as_it_was_opened_leaves_no_draft_and_speaks_of_none() {
    let stage = played("11f<Esc>");
    assert_eq!(stage.notice(), "");
    assert_eq!(stage.app.workspace.drafts().unwrap(), [""; 0]);
}

#[test]
fn leaving_names_what_is_not_recorded() {
    let stage = played("11fHalf a thought<Esc>q");
    assert!(
        stage
            .text()
            .contains("Typed and not recorded: Finding on Rec 11"),
        "{}",
        stage.text()
    );
}

#[test]
fn the_finding_of_somebody_else_is_withdrawn_only_when_asked_twice() {
    let mut stage = played("11fIt is a draft.<Enter>").restart("Zed");
    stage.play("11<Enter><Tab><Tab><Tab>w");
    assert!(
        stage.text().contains("Denise wrote this. Withdraw it?"),
        "{}",
        stage.text()
    );
    stage.play("wn");
    assert_eq!(stage.entries(), 1);
    stage.play("wy");
    assert_eq!(stage.entries(), 2);
}

#[test]
fn opening_the_line_moves_nothing_above_it() {
    let mut stage = played("11<Enter>");
    let above = |stage: &Stage| {
        stage
            .text()
            .lines()
            .take(16)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let before = above(&stage);
    stage.play("f");
    assert_eq!(above(&stage), before);
}

#[test]
fn a_paste_without_a_text_to_paste_into_says_so_wherever_it_comes() {
    for keys in [
        "<paste:x>",
        "5<paste:x>",
        "?<paste:x>",
        "s<paste:x>",
        "g<paste:x>",
    ] {
        assert!(
            played(keys)
                .text()
                .contains("A paste outside a text does nothing"),
            "{keys}"
        );
    }
}

#[test]
fn the_form_goes_on_to_the_step_that_the_tree_asks_for() {
    let mut stage = played("9ai");
    stage.play("<Enter>");
    assert!(
        stage.text().contains("Rec 9: relevance"),
        "{}",
        stage.text()
    );
}

#[test]
fn what_came_while_a_clash_was_shown_is_shown_next() {
    let mut stage = played("9ajjj<Enter>Mine.");
    let record = |stage: &Stage, text: &str| {
        let mut other = stage.beside("Boban");
        let theirs = [(Assessment::FINDING, Some(text.to_owned()))];
        other
            .commit(edit::assess(other.review(), RecommendationNumber(9), &theirs).unwrap())
            .unwrap();
    };
    record(&stage, "Second.");
    stage.play("<Enter>");
    assert!(
        stage.text().contains("Second."),
        "seen without a tick in between: {}",
        stage.text()
    );
    record(&stage, "Third.");
    stage.play("<Enter>");
    assert!(stage.text().contains("Third."), "{}", stage.text());
}

#[test]
fn a_finding_that_was_withdrawn_meanwhile_takes_no_other_words() {
    let mut stage = played("11fA draft.<Enter><Enter><Tab><Tab><Tab>e better");
    let mut other = stage.beside("Denise");
    let id = other
        .review()
        .records
        .findings
        .keys()
        .next()
        .unwrap()
        .clone();
    other
        .commit(edit::withdraw(other.review(), &id).unwrap())
        .unwrap();
    stage.play("<Enter>m<Enter>");
    assert!(
        stage
            .notice()
            .starts_with("The finding was withdrawn; nothing was recorded."),
        "{}",
        stage.notice()
    );
    assert_eq!(
        stage.app.workspace.drafts().unwrap().len(),
        1,
        "the words are kept"
    );
}

#[test]
fn two_drafts_of_one_kind_are_told_apart() {
    let mut stage =
        played("11fOne.<Enter>fTwo.<Enter><Enter><Tab><Tab><Tab>e a<Esc>je b<Esc>:drafts<Enter>");
    let text = stage.text();
    assert!(
        text.contains("Finding, other words: One.") && text.contains("Finding, other words: Two."),
        "{text}"
    );
    let opened = |stage: &mut Stage, keys: &str| {
        stage.play(keys);
        let text = stage.app.writer.as_ref().unwrap().text();
        stage.play("<Esc>");
        text
    };
    assert_ne!(
        opened(&mut stage, ":drafts<Enter><Enter>"),
        opened(&mut stage, ":drafts<Enter>j<Enter>")
    );
}

#[test]
fn closing_the_line_scrolls_back() {
    for size in [(80, 24), (120, 36)] {
        let mut stage = Stage::sized(size.0, size.1);
        stage.play("11<Enter><PgDn>");
        let before = stage.text();
        stage.play("f<Esc>");
        assert_eq!(stage.text(), before, "{size:?}");
    }
}
