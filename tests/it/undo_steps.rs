//! The undo key: it selects what it changed, and asks before it undoes something from another day or another call.

use crate::stage::Stage;
use penholder::tui::home::Target;

fn played(keys: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(keys);
    stage
}

#[test]
fn undo_and_redo_select_what_they_change() {
    let mut stage = played("11p12r20");
    stage.play("u");
    assert_eq!(
        (stage.selected(), stage.notice().as_str()),
        (12, "Undone: Rec 12 still relevant · U repeats it")
    );
    stage.play("u");
    assert_eq!(stage.selected(), 11);
    stage.play("28U");
    assert_eq!(stage.selected(), 11);
    let mut stage = played("11fIt is a draft.<Enter>25zu");
    assert_eq!(
        stage.selected(),
        11,
        "in the presenter view, too: {}",
        stage.text()
    );
    stage.play("zgq11.4f#11.4 On the question.<Enter>1.1u");
    assert_eq!(stage.app.home.selected.0, 11);
    let mut stage = played("L<Enter>gmaAn item<Enter>GG");
    stage.play("u");
    assert!(
        matches!(stage.app.room.target(), Target::Agenda(_)),
        "{}",
        stage.text()
    );
}

#[test]
fn undo_asks_before_it_changes_what_was_recorded_on_another_day() {
    let mut stage = played("11p12p13p").later(24 * 60);
    stage.play("uuuuuuuuuu");
    assert_eq!(
        stage.entries(),
        3,
        "ten times u undoes nothing without a yes"
    );
    assert!(
        stage
            .text()
            .contains("was recorded on 2018-09-13, outside a"),
        "{}",
        stage.text()
    );
    stage.play("uy");
    assert_eq!(
        stage.notice(),
        "Undone: Rec 13 partially implemented · U repeats it"
    );
    stage.play("u");
    assert_eq!(
        stage.notice(),
        "Undone: Rec 12 partially implemented · U repeats it",
        "after a yes, it does not ask again for the same day"
    );
    stage.play("20pu");
    assert_eq!(
        stage.notice(),
        "Undone: Rec 20 partially implemented · U repeats it",
        "it does not ask about what was recorded today"
    );
    let entries = stage.entries();
    stage.play("u");
    assert_eq!(
        stage.entries(),
        entries,
        "it asks again before it goes back to yesterday"
    );
    stage.check();
}

#[test]
fn undo_asks_before_it_changes_what_was_recorded_in_another_call_or_outside_one() {
    let mut stage = played("11pL<Enter>12p");
    stage.play("u");
    assert_eq!(
        stage.notice(),
        "Undone: Rec 12 partially implemented · U repeats it"
    );
    stage.play("12pL<Enter><Esc>gr");
    let entries = stage.entries();
    stage.play("u");
    assert_eq!(stage.entries(), entries, "{}", stage.text());
    assert!(stage.text().contains("in Plenary 42"), "{}", stage.text());
}

#[test]
fn a_conflict_box_opens_with_nothing_selected() {
    let mut stage = played("9ajjj<Enter>Mine.");
    let mut other = stage.beside("Boban");
    let theirs = [(
        penholder::model::record::assessment::Assessment::FINDING,
        Some("Theirs.".to_owned()),
    )];
    let edit = penholder::model::edit::assess(
        other.review(),
        penholder::model::ids::RecommendationNumber(9),
        &theirs,
    )
    .unwrap();
    other.commit(edit).unwrap();
    stage.play("<Enter><Enter><Enter>m");
    assert_eq!(
        stage.assessment(9).finding.as_deref(),
        Some("Theirs."),
        "neither Enter nor a letter alone chooses a text"
    );
    stage.play("<Enter><Down><Enter>");
    assert_eq!(stage.assessment(9).finding.as_deref(), Some("Mine."));
}
