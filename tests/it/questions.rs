//! The screen of questions, and every move of a question by key.

use crate::screens::{show, show_plain};
use crate::stage::Stage;
use penholder::model::ids::QuestionNumber;
use penholder::model::vocabulary::QuestionState;

fn played(keys: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(keys);
    stage
}

fn state(stage: &Stage, number: &str) -> QuestionState {
    let review = stage.app.workspace.review();
    review.question_state(
        review
            .question(number.parse::<QuestionNumber>().unwrap())
            .unwrap(),
    )
}

/// Rec 11's question 11.17, written, sent, and the screen of questions on it.
const ASKED: &str = "11QWho measures it?<Enter>gq11.17S";

#[test]
fn a_question_is_asked_answered_followed_up_closed_and_the_close_undone() {
    let mut stage = played(ASKED);
    assert_eq!(state(&stage, "11.17"), QuestionState::Asked);
    stage.play("R@Steve The registries do.<Enter>pno figures<Enter>");
    assert_eq!(stage.notice(), "Recorded: Answer to question 11.17");
    let review = stage.app.workspace.review();
    let question = review.question("11.17".parse().unwrap()).unwrap();
    let answer = review.answers_to(&question.id)[0].clone();
    assert_eq!(
        (answer.by.as_deref(), answer.why.as_deref()),
        (Some("Steve Conte"), Some("no figures"))
    );
    stage.play("FWhich ones?<Enter>");
    assert_eq!(state(&stage, "11.17"), QuestionState::FollowUp);
    stage.play("X");
    assert!(
        stage
            .notice()
            .starts_with("Question 11.17 stands at follow-up: 11.18 has no answer yet"),
        "{}",
        stage.notice()
    );
    stage.play("11.18SRAll of them.<Enter>y11.17X");
    assert_eq!(state(&stage, "11.17"), QuestionState::Closed);
    stage.play("u");
    assert_eq!(state(&stage, "11.17"), QuestionState::Answered);
    stage.check();
}

#[test]
fn the_screen_of_questions_in_every_grouping() {
    let mut stage = Stage::sized(100, 30);
    stage.play("gq");
    show("ledger_by_briefing", &stage);
    stage.play("tgg");
    show("ledger_by_recommendation", &stage);
    stage.play("<Esc>11QWho measures it?<Enter>gqtt11.17S");
    show("ledger_by_age", &stage);
    for (width, height) in [(1, 1), (40, 12), (80, 24), (200, 60)] {
        let mut stage = Stage::sized(width, height);
        stage.play("gqjj");
        show_plain(&format!("ledger_{width}x{height}"), &stage.plain_picture());
    }
}

#[test]
fn the_nearest_questions_are_shown_while_one_is_written() {
    let mut stage = played("17QAre there any statistics available for the processes");
    let text = stage.text();
    assert!(
        text.contains("near 15.2, asked: Are there any statistics") && text.contains("near 17.2"),
        "{text}"
    );
    stage.play("<Ctrl-U>Quite another matter altogether");
    assert!(!stage.text().contains("near "), "{}", stage.text());
}

#[test]
fn the_number_is_offered_and_may_be_typed() {
    let mut stage = played("11Q");
    assert!(
        stage.text().contains("Question 11.17 on Rec 11"),
        "{}",
        stage.text()
    );
    stage.play("#11.30 Why so late?<Enter>");
    assert_eq!(stage.notice(), "Recorded: Question 11.30 written");
    stage.play("Q#12 Elsewhere?<Enter>");
    assert_eq!(stage.notice(), "Recorded: Question 12.9 written");
    stage.play("Q#11.4 Again?<Enter>");
    assert!(
        stage
            .notice()
            .starts_with("There is a question 11.4 already; the next free number is 11.31."),
        "{}",
        stage.notice()
    );
    assert_eq!(stage.app.writer.as_ref().unwrap().text(), "#11.4 Again?");
}

#[test]
fn a_recommendation_says_when_the_last_question_it_waits_for_is_answered() {
    let mut stage = Stage::sized(120, 40);
    stage.play("11b <Enter>");
    assert_eq!(stage.notice(), "Recorded: Rec 11 blocked by 11.1");
    assert!(
        stage.text().contains("?16b") && stage.text().contains("· 1 blocked"),
        "{}",
        stage.text()
    );
    stage.play("11.1RHere it is @Steve @2018-09-12<Ctrl-J>https://icann.org/a_b<Enter>y");
    assert_eq!(
        stage.notice(),
        "Recorded: Answer to question 11.1 · Rec 11 waits for no question any more"
    );
    let answer = stage
        .app
        .workspace
        .review()
        .answers_to(&"11.1".parse().unwrap())[0]
        .clone();
    assert_eq!(
        (answer.on.to_string().as_str(), answer.link.as_deref()),
        ("2018-09-12", Some("https://icann.org/a_b"))
    );
    stage.play("a");
    assert!(
        stage.text().contains("nothing any more (11.1"),
        "{}",
        stage.text()
    );
    stage.check();
}

#[test]
fn no_verdict_is_recorded_where_its_recommendation_is_not_seen() {
    let stage = played("11gqipndrv");
    assert_eq!(stage.entries(), 0);
}

#[test]
fn q_goes_back_from_screen_to_screen_and_esc_stays_on_one() {
    let mut stage = played("gq11.4<Enter>");
    assert!(
        stage.text().contains("Rec 11 · Effectiveness"),
        "{}",
        stage.text()
    );
    stage.play("q");
    assert!(stage.text().contains("SSR1 questions"), "{}", stage.text());
    stage.play("<Esc><Esc>");
    assert!(
        stage.text().contains("SSR1 questions") && stage.notice().starts_with("Esc does not leave"),
        "{}",
        stage.text()
    );
    stage.play("q");
    assert!(
        stage.text().contains("SSR1 recommendations"),
        "{}",
        stage.text()
    );
    stage.play("gq<Enter><Esc>");
    assert_eq!(
        (
            stage.app.home.pane,
            stage.notice().contains("g q goes back")
        ),
        (penholder::tui::home::Pane::List, true),
        "{}",
        stage.notice()
    );
    stage.play("q");
    assert!(stage.app.done, "on the home screen q quits");
}

#[test]
fn the_filter_of_questions_finds_words_states_and_askers() {
    let mut stage = played("gq/statistics");
    assert!(stage.text().contains("of 82"), "{}", stage.text());
    let shown: Vec<String> = stage.app.ledger.shown().map(|n| n.to_string()).collect();
    assert!(
        shown.contains(&"15.2".to_owned()) && !shown.contains(&"1.1".to_owned()),
        "{shown:?}"
    );
    stage.play("<Esc>");
    assert_eq!(stage.app.ledger.shown().count(), 82);
}

#[test]
fn a_reason_a_due_date_and_a_briefing_are_asked_for() {
    let mut stage = played(&format!("{ASKED}odsoon<Enter><Ctrl-U>+7<Enter>"));
    assert_eq!(stage.notice(), "Recorded: Question 11.17 due 2018-09-20");
    stage.play("Mj<Enter>");
    assert!(
        stage
            .notice()
            .starts_with("Recorded: Question 11.17 moved to "),
        "{}",
        stage.notice()
    );
    stage.play("wAnswered elsewhere<Enter>");
    assert_eq!(state(&stage, "11.17"), QuestionState::NoLongerNeeded);
    assert!(
        stage.text().contains("Answered elsewhere"),
        "{}",
        stage.text()
    );
    stage.play("eS");
    assert!(
        stage.notice().contains("to send makes no sense there"),
        "{}",
        stage.notice()
    );
    stage.check();
}

#[test]
fn taking_back_one_of_two_answers_leaves_the_question_answered() {
    let mut stage = played(&format!("{ASKED}ROne.<Enter>y")).restart("Zed");
    stage.play("gq11.17RTwo.<Enter>y");
    let mut stage = stage.restart("Denise");
    stage.play("u");
    assert_eq!(stage.app.workspace.review().records.answers.len(), 1);
    assert_eq!(state(&stage, "11.17"), QuestionState::Answered);
    stage.play("U");
    assert_eq!(stage.app.workspace.review().records.answers.len(), 2);
    stage.check();
}

#[test]
fn a_question_that_something_names_is_not_undone() {
    let mut stage = played("11QWho?<Enter>").restart("Zed");
    stage.play("11b<End>");
    stage.play(&format!("b{} <Enter>", "j".repeat(16)));
    let mut stage = stage.restart("Denise");
    stage.play("u");
    assert!(
        stage
            .notice()
            .contains("is refused: Rec 11 names question 11.17"),
        "{}",
        stage.notice()
    );
}

#[test]
fn esc_in_the_last_box_of_an_answer_goes_back_and_records_nothing() {
    let mut stage = played(&format!("{ASKED}RNobody knows.<Enter>p<Esc>"));
    assert_eq!(
        (
            state(&stage, "11.17"),
            stage.app.workspace.review().records.answers.len()
        ),
        (QuestionState::Asked, 0)
    );
    assert_eq!(stage.app.writer.as_ref().unwrap().text(), "Nobody knows.");
    stage.play("<Enter>y");
    let review = stage.app.workspace.review();
    let question = review.question("11.17".parse().unwrap()).unwrap();
    let answer = review.answers_to(&question.id)[0].clone();
    assert_eq!(
        (answer.by, answer.why),
        (None, None),
        "nobody is named who was not"
    );
}

#[test]
fn the_line_shows_what_it_understood_of_an_answer() {
    let stage = played(&format!(
        "{ASKED}R@Steve They do @2018-09-12<Ctrl-J>https://icann.org/x"
    ));
    assert!(
        stage
            .text()
            .contains("Answer to question 11.17 by Steve Conte on 2018-09-12, with a link"),
        "{}",
        stage.text()
    );
}

#[test]
fn space_ticks_and_unticks_where_the_cursor_is() {
    let mut stage = played("11b <Down>   <Enter>");
    assert_eq!(stage.notice(), "Recorded: Rec 11 blocked by 11.1, 11.2");
    stage.play("b <Enter>");
    assert_eq!(stage.notice(), "Recorded: Rec 11 blocked by 11.2");
}

#[test]
fn the_first_question_of_a_recommendation_is_asked_from_the_list_of_questions() {
    let mut stage = played("gq5");
    assert_eq!(
        stage.notice(),
        "There is no question on Rec 5 yet. Q writes the first."
    );
    stage.play("QWho keeps it?<Enter>");
    assert_eq!(stage.notice(), "Recorded: Question 5.1 written");
}

#[test]
fn whoever_is_to_answer_is_named() {
    let stage = played(&format!("{ASKED}ot<Ctrl-U>OCTO<Enter>"));
    assert_eq!(stage.notice(), "Recorded: Question 11.17 to OCTO");
    assert!(stage.text().contains("to OCTO"), "{}", stage.text());
    stage.check();
}

#[test]
fn a_question_that_was_asked_on_a_day_is_no_draft() {
    let mut stage = played("11Q@Emily @2018-09-10 Any statistics?");
    assert!(
        stage
            .text()
            .contains("Question 11.17 on Rec 11, asked on 2018-09-10, asked by Emily"),
        "{}",
        stage.text()
    );
    stage.play("<Enter>");
    assert_eq!(stage.notice(), "Recorded: Question 11.17 asked");
    assert_eq!(
        stage
            .app
            .workspace
            .review()
            .question("11.17".parse().unwrap())
            .unwrap()
            .text,
        "Any statistics?"
    );
    stage.play("Q@2030-01-01 Later?<Enter>");
    assert!(
        stage.notice().starts_with("2030-01-01 is still to come"),
        "{}",
        stage.notice()
    );
}

#[test]
fn on_the_screen_of_questions_b_is_about_the_recommendation_of_the_question() {
    let stage = played("gq11.4b <Enter>");
    assert_eq!(stage.notice(), "Recorded: Rec 11 blocked by 11.1");
    stage.check();
}
