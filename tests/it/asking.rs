//! The life of a question: what may be done with it where, and what is refused.

use chrono::NaiveDate;
use penholder::error::Result;
use penholder::model::asking::{Asking, ask, next_number, reword};
use penholder::model::ids::{QuestionId, QuestionNumber, RecommendationNumber};
use penholder::model::journal::change::{Change, Edit};
use penholder::model::moves::{Answering, Move, Step, advance, answer, in_turn};
use penholder::model::record::action::Action;
use penholder::model::review::Review;
use penholder::model::vocabulary::{QuestionState, Satisfies};

const REC: RecommendationNumber = RecommendationNumber(11);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The real catalogue: questions 11.1 to 11.16, 19 without a sub-number, none on Rec 28.
fn review() -> Review {
    Review::new(penholder::catalogue::builtin().unwrap())
}

fn asking(text: &str) -> Asking {
    Asking {
        recommendation: REC,
        number: None,
        text: text.to_owned(),
        asked_by: Some("Denise".to_owned()),
        addressee: None,
        briefing: None,
        due: None,
        asked_on: None,
        parent: None,
    }
}

fn apply(review: &mut Review, edit: Result<Edit>) -> String {
    let Edit { label, changes } = edit.unwrap();
    assert!(
        changes
            .iter()
            .all(|Change { before, after, .. }| before != after)
    );
    review.apply(&changes).unwrap();
    label
}

fn number(text: &str) -> QuestionNumber {
    text.parse().unwrap()
}

fn state(review: &Review, text: &str) -> QuestionState {
    review.question_state(review.question(number(text)).unwrap())
}

fn answering(text: &str) -> Answering {
    Answering {
        text: text.to_owned(),
        by: Some("ICANN org".to_owned()),
        on: day("2018-10-01"),
        link: None,
        satisfies: Some(Satisfies::Partly),
        why: None,
        at: "2018-10-01T10:00:00Z".parse().unwrap(),
    }
}

#[test]
fn the_next_number_follows_the_printed_ones() {
    let review = review();
    let next = |rec: u16| next_number(&review, RecommendationNumber(rec)).to_string();
    assert_eq!([next(11), next(19), next(28)], ["11.17", "19.1", "28.1"]);
}

#[test]
fn a_question_lives_from_draft_to_closed_and_back() {
    let mut review = review();
    let denise = "Denise";
    let (edit, today) = (ask(&review, asking("Who measures?")), day("2018-09-13"));
    assert_eq!(apply(&mut review, edit), "Question 11.17 written");
    assert_eq!(state(&review, "11.17"), QuestionState::Draft);
    let q = number("11.17");
    let edit = advance(&review, q, &Move::Send(today), denise);
    assert_eq!(apply(&mut review, edit), "Question 11.17 asked");
    assert_eq!(review.question(q).unwrap().age(day("2018-09-20")), Some(7));
    let edit = answer(
        &review,
        q,
        "answer-1".parse().unwrap(),
        answering("Nobody yet."),
    );
    assert_eq!(apply(&mut review, edit), "Answer to question 11.17");
    let edit = ask(
        &review,
        Asking {
            parent: Some(q),
            asked_on: Some(today),
            ..asking("Then who will?")
        },
    );
    assert_eq!(
        apply(&mut review, edit),
        "Question 11.18 asked, follow-up of 11.17"
    );
    assert_eq!(state(&review, "11.17"), QuestionState::FollowUp);
    let refused = advance(&review, q, &Move::Close, denise).unwrap_err();
    assert_eq!(
        refused.message,
        "Question 11.17 stands at follow-up: 11.18 has no answer yet; to close makes no sense there."
    );
    assert_eq!(
        refused.hint.unwrap(),
        "What does: drop as no longer needed, answer."
    );
    let edit = answer(
        &review,
        number("11.18"),
        "answer-2".parse().unwrap(),
        answering("The registries."),
    );
    apply(&mut review, edit);
    assert_eq!(state(&review, "11.17"), QuestionState::Answered);
    let edit = advance(&review, q, &Move::Close, denise);
    apply(&mut review, edit);
    assert!(
        answer(&review, q, "answer-3".parse().unwrap(), answering("Late.")).is_err(),
        "closed is closed"
    );
    let edit = advance(&review, q, &Move::Reopen(today), denise);
    assert_eq!(
        apply(&mut review, edit),
        "Question 11.17 reopened, answered"
    );
}

#[test]
fn a_printed_question_starts_as_asked_on_no_known_day() {
    let mut review = review();
    let q = number("11.4");
    assert_eq!(
        (
            state(&review, "11.4"),
            review.question(q).unwrap().recorded.asked_on
        ),
        (QuestionState::Asked, None)
    );
    let edit = advance(&review, q, &Move::WantClarification, "Denise");
    apply(&mut review, edit);
    let edit = advance(&review, q, &Move::Send(day("2018-09-13")), "Denise");
    apply(&mut review, edit);
    assert_eq!(
        (
            state(&review, "11.4"),
            review.question(q).unwrap().recorded.asked_on
        ),
        (QuestionState::Asked, None),
        "age stays unknown"
    );
    assert!(reword(&review, q, "Other words").is_err());
}

#[test]
fn several_things_done_in_turn_are_one_edit() {
    let mut review = review();
    let edit = ask(
        &review,
        Asking {
            due: Some(day("2018-09-12")),
            ..asking("Who measures?")
        },
    );
    apply(&mut review, edit);
    let (q, before) = (number("11.17"), review.clone());
    let steps = [
        Step::Due(Some(day("2018-09-27"))),
        Step::Brief("Comms".parse().unwrap()),
        Step::Move(Move::Send(day("2018-09-13"))),
    ];
    let edit = in_turn(&review, q, &steps, "Emily").unwrap();
    assert_eq!(
        edit.label,
        "Question 11.17 asked, due 2018-09-27, moved to Comms"
    );
    assert_eq!(
        edit.changes
            .iter()
            .filter(|change| change.field == Action::DUE)
            .count(),
        1
    );
    let back = edit.inverse();
    apply(&mut review, Ok(edit));
    assert_eq!(
        (
            state(&review, "11.17"),
            review.question(q).unwrap().recorded.due
        ),
        (QuestionState::Asked, Some(day("2018-09-27")))
    );
    review.apply(&back.changes).unwrap();
    assert_eq!(review, before);
    let there_and_back = [Step::Due(None), Step::Due(Some(day("2018-09-12")))];
    let edit = in_turn(&review, q, &there_and_back, "Emily").unwrap();
    assert_eq!(
        (edit.label.as_str(), edit.is_nothing()),
        ("Question 11.17: nothing changed", true)
    );
    assert!(
        in_turn(
            &review,
            q,
            &[Step::Due(None), Step::Move(Move::Close)],
            "Emily"
        )
        .is_err(),
        "all or nothing"
    );
}

#[test]
fn a_question_that_was_asked_has_an_addressee_however_it_was_asked() {
    let mut review = review();
    let today = day("2018-09-13");
    let edit = ask(
        &review,
        Asking {
            asked_on: Some(today),
            ..asking("At once?")
        },
    );
    apply(&mut review, edit);
    let edit = ask(&review, asking("In two steps?"));
    apply(&mut review, edit);
    let addressee = |review: &Review, text: &str| {
        review
            .question(number(text))
            .unwrap()
            .recorded
            .addressee
            .clone()
    };
    assert_eq!(
        addressee(&review, "11.18"),
        None,
        "a draft goes to nobody yet"
    );
    let edit = advance(&review, number("11.18"), &Move::Send(today), "Denise");
    apply(&mut review, edit);
    assert_eq!(addressee(&review, "11.17"), Some("ICANN org".to_owned()));
    assert_eq!(addressee(&review, "11.18"), addressee(&review, "11.17"));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let review = review();
    assert!(
        ask(
            &review,
            Asking {
                number: Some(number("11.4")),
                ..asking("Again?")
            }
        )
        .is_err()
    );
    assert!(
        ask(
            &review,
            Asking {
                number: Some(number("12.90")),
                ..asking("Elsewhere?")
            }
        )
        .is_err()
    );
    assert!(
        ask(
            &review,
            Asking {
                asked_on: Some(day("2018-09-13")),
                due: Some(day("2018-09-12")),
                ..asking("Early?")
            }
        )
        .is_err()
    );
    assert!(ask(&review, asking("  ")).is_err());
    assert!(
        advance(
            &review,
            number("11.4"),
            &Move::Drop(" ".to_owned()),
            "Denise"
        )
        .is_err(),
        "a reason is needed"
    );
    assert!(
        advance(&review, number("11.4"), &Move::Close, "Denise").is_err(),
        "nothing was answered"
    );
}

#[test]
fn what_was_dropped_goes_back_to_where_it_was() {
    let mut review = review();
    let today = day("2018-09-13");
    let edit = ask(&review, asking("Who measures?"));
    apply(&mut review, edit);
    let edit = advance(
        &review,
        number("11.17"),
        &Move::Drop("asked elsewhere".to_owned()),
        "Denise",
    );
    apply(&mut review, edit);
    let edit = advance(&review, number("11.17"), &Move::Reopen(today), "Denise");
    assert_eq!(
        apply(&mut review, edit),
        "Question 11.17 reopened, draft",
        "it was never sent"
    );
    let edit = answer(
        &review,
        number("11.4"),
        "answer-1".parse().unwrap(),
        answering("unset"),
    );
    apply(&mut review, edit);
    assert_eq!(
        review.answers_to(&QuestionId::Printed(number("11.4")))[0].text,
        "unset",
        "a word like any other"
    );
    let edit = advance(
        &review,
        number("11.4"),
        &Move::Drop("old".to_owned()),
        "Denise",
    );
    apply(&mut review, edit);
    assert!(
        ask(
            &review,
            Asking {
                parent: Some(number("11.4")),
                ..asking("And then?")
            }
        )
        .is_err(),
        "what was dropped is not followed up"
    );
    let edit = advance(&review, number("11.4"), &Move::Reopen(today), "Denise");
    assert_eq!(apply(&mut review, edit), "Question 11.4 reopened, answered");
}
