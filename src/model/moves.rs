//! How a question moves on: sent, answered, closed, and the ways aside.
//!
//! A question goes draft → asked → answered → closed, with ways aside: clarification wanted from the team, and no longer needed, which takes
//! a reason. Follow-up is no move: it is where a question stands while a child of it has no answer. A move that makes no sense is refused with
//! a sentence that says which ones do. Pure, as [`super::edit`] is.

use super::asking::{change, check_briefing};
use super::edit::{changes, prose};
use super::ids::{Id, QuestionNumber};
use super::journal::change::Edit;
use super::review::Review;
use super::text;
use super::vocabulary::{BriefingName, QuestionState, Satisfies};
use crate::error::{Error, Result};
use crate::model::record::answer::Answer;
use crate::model::record::describe::{Described, Fields};
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::record::question::{Question, RecordedQuestion};
use chrono::{DateTime, NaiveDate, Utc};

/// A move of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// It goes out, for the first time or once more: on this day.
    Send(NaiveDate),
    /// Whoever is to answer wants to know more from the team first.
    WantClarification,
    /// The team is done with it.
    Close,
    /// Nobody has to answer it any more, for this reason.
    Drop(String),
    /// It is taken up again after it was closed or dropped: on this day, if it has to be asked.
    Reopen(NaiveDate),
}

impl Move {
    /// The move as a command: `send`, `close`.
    pub const fn verb(&self) -> &'static str {
        match self {
            Move::Send(_) => "send",
            Move::WantClarification => "note that clarification is wanted",
            Move::Close => "close",
            Move::Drop(_) => "drop as no longer needed",
            Move::Reopen(_) => "reopen",
        }
    }

    /// Whether it makes sense where a question stands so.
    pub const fn makes_sense(&self, state: QuestionState) -> bool {
        use QuestionState::{
            Answered, Asked, ClarificationWanted, Closed, Draft, FollowUp, NoLongerNeeded,
        };
        match self {
            Move::Send(_) => matches!(state, Draft | ClarificationWanted),
            Move::WantClarification => matches!(state, Asked | Answered),
            Move::Close => matches!(state, Answered),
            Move::Drop(_) => matches!(
                state,
                Draft | Asked | ClarificationWanted | Answered | FollowUp
            ),
            Move::Reopen(_) => matches!(state, Answered | Closed | NoLongerNeeded),
        }
    }
}

/// What can be done with a question where it stands so, as the end of a sentence.
fn what_can(state: QuestionState) -> String {
    let day = NaiveDate::default();
    let all = [
        Move::Send(day),
        Move::WantClarification,
        Move::Close,
        Move::Drop(String::new()),
        Move::Reopen(day),
    ];
    let mut verbs: Vec<&str> = all
        .iter()
        .filter(|step| step.makes_sense(state))
        .map(Move::verb)
        .collect();
    if takes_answers(state) {
        verbs.push("answer");
    }
    verbs.join(", ")
}

/// Whether an answer can be recorded where a question stands so.
pub const fn takes_answers(state: QuestionState) -> bool {
    !matches!(
        state,
        QuestionState::Draft | QuestionState::Closed | QuestionState::NoLongerNeeded
    )
}

/// Moves a question on. Sending names who asks and whom, where that is not known yet.
///
/// # Errors
/// A question that is not there; a move that makes no sense where it stands; no reason where one is needed.
pub fn advance(review: &Review, number: QuestionNumber, step: &Move, by: &str) -> Result<Edit> {
    let question = review.question(number)?;
    let state = review.question_state(question);
    if !step.makes_sense(state) {
        return Err(senseless(review, question, state, step));
    }
    let answered = !review.answers_to(&question.id).is_empty();
    let after = match step {
        Move::Send(_) => QuestionState::Asked,
        Move::WantClarification => QuestionState::ClarificationWanted,
        Move::Close => QuestionState::Closed,
        Move::Drop(_) => QuestionState::NoLongerNeeded,
        // What was put aside goes back to where it was; what was answered and does not satisfy is asked again.
        Move::Reopen(_) if state != QuestionState::Answered && answered => QuestionState::Answered,
        Move::Reopen(_) if question.source.is_none() && question.asked_on.is_none() => {
            QuestionState::Draft
        }
        Move::Reopen(_) => QuestionState::Asked,
    };
    let label = match step {
        Move::Send(_) => format!("Question {number} asked"),
        Move::WantClarification => format!("Question {number}: clarification wanted from the team"),
        Move::Close => format!("Question {number} closed"),
        Move::Drop(_) => format!("Question {number} no longer needed"),
        Move::Reopen(_) => format!("Question {number} reopened, {after}"),
    };
    change(review, question, label, |entry| {
        entry.state = Some(after);
        entry.reason = match step {
            Move::Drop(reason) => prose(RecordedQuestion::REASON, reason)?,
            _ => None,
        };
        if matches!(step, Move::Drop(_)) && entry.reason.is_none() {
            return Err(Error::slip(format!(
                "Question {number} is dropped only with a reason; nothing was recorded."
            )));
        }
        // A question that a source prints was asked on a day that nobody knows; only its own day is ever set.
        if let (Move::Send(day) | Move::Reopen(day), QuestionState::Asked, None) =
            (step, after, &question.source)
        {
            entry.asked_on = entry.asked_on.or(Some(*day));
            entry.asked_by.get_or_insert_with(|| by.to_owned());
            entry.addressee.get_or_insert_with(|| ADDRESSEE.to_owned());
        }
        Ok(())
    })
}

/// To whom the team's questions go.
pub(super) const ADDRESSEE: &str = "ICANN org";

fn senseless(review: &Review, question: &Question, state: QuestionState, step: &Move) -> Error {
    let number = question.number;
    let waits: Vec<String> = review
        .questions
        .children(&question.id)
        .filter(|child| review.question_state(child).is_unanswered())
        .map(|child| child.number.to_string())
        .collect();
    let stands = match waits.as_slice() {
        [] => state.to_string(),
        waits => format!("{state}: {} has no answer yet", waits.join(", ")),
    };
    Error::slip(format!(
        "Question {number} stands at {stands}; to {} makes no sense there.",
        step.verb()
    ))
    .hint(format!("What does: {}.", what_can(state)))
}

/// An answer that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answering {
    /// The words, not cleaned yet.
    pub text: String,
    /// Who gave it.
    pub by: Option<String>,
    /// On which day.
    pub on: NaiveDate,
    /// Where it can be read.
    pub link: Option<String>,
    /// Whether it satisfies.
    pub satisfies: Option<Satisfies>,
    /// Why, in a few words.
    pub why: Option<String>,
    /// When it is written down.
    pub at: DateTime<Utc>,
}

/// Adds an answer to a question, which is answered with it.
///
/// # Errors
/// A question that is not there, was not sent, or is done with; no words.
pub fn answer(
    review: &Review,
    number: QuestionNumber,
    id: Id,
    answering: Answering,
) -> Result<Edit> {
    let question = review.question(number)?;
    let state = review.question_state(question);
    if !takes_answers(state) {
        return Err(Error::slip(format!(
            "Question {number} stands at {state}; it takes no answer there."
        ))
        .hint(format!("What makes sense: {}.", what_can(state))));
    }
    let words = prose(Finding::TEXT, &answering.text)?
        .ok_or_else(|| Error::slip("An answer needs words; nothing was recorded."))?;
    // Whoever is farther west is a day behind, and may answer today what was asked tomorrow.
    if let Some(asked_on) = question
        .asked_on
        .filter(|asked_on| answering.on.succ_opt().is_some_and(|next| next < *asked_on))
    {
        return Err(Error::slip(format!(
            "The answer is of {}, before question {number} was asked on {asked_on}.",
            answering.on
        )));
    }
    if answering.on
        > answering
            .at
            .date_naive()
            .succ_opt()
            .unwrap_or(NaiveDate::MAX)
    {
        return Err(Error::slip(format!(
            "The answer is of {}, which is still to come; expected a day up to today.",
            answering.on
        )));
    }
    let line = |value: Option<String>| {
        value
            .map(|value| text::clean_line(&value).text)
            .filter(|value| !value.is_empty())
    };
    let answer = Answer {
        id: id.clone(),
        question: question.id.clone(),
        text: words,
        by: line(answering.by),
        on: answering.on,
        link: line(answering.link),
        satisfies: answering.satisfies,
        why: line(answering.why),
        at: answering.at,
    };
    let label = format!("Answer to question {number}");
    let mut edit = change(review, question, label, |entry| {
        entry.state = Some(QuestionState::Answered);
        Ok(())
    })?;
    let added = changes(&Record::Answer(id), &Fields::new(), &answer.to_fields());
    edit.changes.extend(added);
    edit.label = format!("Answer to question {number}");
    Ok(edit)
}

/// Sets the day by which an answer is expected; `None` takes it away.
///
/// # Errors
/// A question that is not there; a day before it was asked.
pub fn set_due(review: &Review, number: QuestionNumber, due: Option<NaiveDate>) -> Result<Edit> {
    let question = review.question(number)?;
    let label = due.map_or_else(
        || format!("Question {number}: no due date"),
        |due| format!("Question {number} due {due}"),
    );
    change(review, question, label, |entry| {
        entry.due = due;
        Ok(())
    })
}

/// Names who is to answer; nobody takes the name away.
///
/// # Errors
/// A question that is not there.
pub fn address(review: &Review, number: QuestionNumber, name: &str) -> Result<Edit> {
    let question = review.question(number)?;
    let name = Some(text::clean_line(name).text).filter(|name| !name.is_empty());
    let label = name.as_ref().map_or_else(
        || format!("Question {number}: no addressee"),
        |name| format!("Question {number} to {name}"),
    );
    change(review, question, label, |entry| {
        entry.addressee = name;
        Ok(())
    })
}

/// Moves a question to another briefing.
///
/// # Errors
/// A question that is not there.
pub fn brief(review: &Review, number: QuestionNumber, briefing: &BriefingName) -> Result<Edit> {
    let question = review.question(number)?;
    check_briefing(review, briefing)?;
    let printed = review
        .catalogue
        .questions
        .iter()
        .find(|q| q.number == number)
        .map(|q| &q.briefing);
    change(
        review,
        question,
        format!("Question {number} moved to {briefing}"),
        |entry| {
            entry.briefing = Some(briefing.clone()).filter(|name| Some(name) != printed);
            Ok(())
        },
    )
}

/// One of several things that are done with a question at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// See [`advance`].
    Move(Move),
    /// See [`set_due`].
    Due(Option<NaiveDate>),
    /// See [`brief`].
    Brief(BriefingName),
    /// See [`address`].
    To(String),
}

/// Does several things with a question in one edit, each where the one before it leaves the question.
///
/// # Errors
/// What is refused of any of them; none is done then.
pub fn in_turn(review: &Review, number: QuestionNumber, steps: &[Step], by: &str) -> Result<Edit> {
    let question = format!("Question {number}");
    let mut trial = review.clone();
    let mut whole = Edit {
        label: String::new(),
        changes: Vec::new(),
    };
    let mut told: Vec<String> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let edit = match step {
            Step::Move(step) => advance(&trial, number, step, by)?,
            Step::Due(due) => set_due(&trial, number, *due)?,
            Step::Brief(briefing) => brief(&trial, number, briefing)?,
            Step::To(name) => address(&trial, number, name)?,
        };
        trial.apply(&edit.changes)?;
        // On its way through several moves a question is told to be only where it ends.
        let passing =
            matches!(step, Step::Move(_)) && matches!(steps.get(at + 1), Some(Step::Move(_)));
        if !edit.is_nothing() && !passing {
            let tail = edit
                .label
                .strip_prefix(&question)
                .unwrap_or(&edit.label)
                .to_owned();
            let first = matches!(step, Step::Move(_));
            told.insert(if first { 0 } else { told.len() }, tail);
        }
        whole = whole.then(edit);
    }
    let told = told.join(",").replace(",:", ",");
    whole.label = if whole.is_nothing() {
        format!("{question}: nothing changed")
    } else {
        question + &told
    };
    Ok(whole)
}
