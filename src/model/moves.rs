//! How a question moves on: sent, answered, closed, and the ways aside.
//!
//! A question goes draft → asked → answered → closed, with ways aside: clarification wanted from the team, and no longer needed, which takes
//! a reason. Follow-up is no move: it is where a question stands while a child of it has no answer. A move that makes no sense is refused with
//! a sentence that says which ones do. Pure, as [`super::edit`] is.

use super::asking::{change, check_briefing};
use super::edit::{line, needed, prose, refuse_if};
use super::ids::{Id, QuestionNumber};
use super::journal::change::Edit;
use super::review::Review;
use super::vocabulary::{BriefingName, QuestionState, Satisfies};
use crate::error::{Error, Result};
use crate::model::record::answer::Answer;
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
        use QuestionState::{Answered, Asked, ClarificationWanted, Closed, Draft, NoLongerNeeded};
        match self {
            Move::Send(_) => matches!(state, Draft | ClarificationWanted),
            Move::WantClarification => matches!(state, Asked | Answered),
            Move::Close => matches!(state, Answered),
            Move::Drop(_) => !matches!(state, Closed | NoLongerNeeded),
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
    let possible = all.iter().filter(|step| step.makes_sense(state));
    let mut verbs: Vec<&str> = possible.map(Move::verb).collect();
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
        return Err(refused_move(review, question, state, step));
    }
    let after = match step {
        Move::Send(_) => QuestionState::Asked,
        Move::WantClarification => QuestionState::ClarificationWanted,
        Move::Close => QuestionState::Closed,
        Move::Drop(_) => QuestionState::NoLongerNeeded,
        Move::Reopen(_) => reopened(review, question, state),
    };
    let said = match step {
        Move::Send(_) | Move::Close | Move::Drop(_) => format!(" {after}"),
        Move::WantClarification => ": clarification wanted from the team".to_owned(),
        Move::Reopen(_) => format!(" reopened, {after}"),
    };
    let reason = match step {
        Move::Drop(reason) => prose(RecordedQuestion::REASON, reason)?,
        Move::Send(_) | Move::WantClarification | Move::Close | Move::Reopen(_) => None,
    };
    refuse_if(matches!(step, Move::Drop(_)) && reason.is_none(), || {
        format!("Question {number} is dropped only with a reason; nothing was recorded.")
    })?;
    change(review, number, &said, |recorded| {
        recorded.state = Some(after);
        recorded.reason = reason;
        // A question that a source prints was asked on a day that nobody knows; only its own day is ever set.
        if let (Move::Send(day) | Move::Reopen(day), QuestionState::Asked, None) =
            (step, after, &question.source)
        {
            recorded.asked_on.get_or_insert(*day);
            recorded.asked_by.get_or_insert_with(|| by.to_owned());
            (recorded.addressee).get_or_insert_with(|| ADDRESSEE.to_owned());
        }
    })
}

/// The state of a reopened question: a closed or dropped one goes back to where it was; an answered one is asked again.
fn reopened(review: &Review, question: &Question, state: QuestionState) -> QuestionState {
    let is_answered = !review.answers_to(&question.id).is_empty();
    if state != QuestionState::Answered && is_answered {
        QuestionState::Answered
    } else if question.source.is_none() && question.recorded.asked_on.is_none() {
        QuestionState::Draft
    } else {
        QuestionState::Asked
    }
}

/// To whom the team's questions go.
pub(super) const ADDRESSEE: &str = "ICANN org";

fn refused_move(review: &Review, question: &Question, state: QuestionState, step: &Move) -> Error {
    let number = question.number;
    let children = review.questions.children(&question.id);
    let unanswered: Vec<String> = children
        .filter(|child| review.question_state(child).is_unanswered())
        .map(|child| child.number.to_string())
        .collect();
    let stands = match unanswered.as_slice() {
        [] => state.to_string(),
        numbers => format!("{state}: {} has no answer yet", numbers.join(", ")),
    };
    let verb = step.verb();
    Error::slip(format!(
        "Question {number} stands at {stands}; to {verb} makes no sense there."
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
    let text = needed("An answer", &answering.text)?;
    let on = answering.on;
    let next_day = |day: NaiveDate| day.succ_opt().unwrap_or(NaiveDate::MAX);
    // Whoever is farther west is a day behind, and may answer today what was asked tomorrow.
    if let Some(asked_on) = question.recorded.asked_on {
        refuse_if(next_day(on) < asked_on, || {
            format!("The answer is of {on}, before question {number} was asked on {asked_on}.")
        })?;
    }
    refuse_if(on > next_day(answering.at.date_naive()), || {
        format!(
            "The answer is dated {on}, which is in the future; expected today or an earlier day."
        )
    })?;
    let answer = Answer {
        id: id.clone(),
        question: question.id.clone(),
        text,
        by: answering.by.as_deref().and_then(line),
        on,
        link: answering.link.as_deref().and_then(line),
        satisfies: answering.satisfies,
        why: answering.why.as_deref().and_then(line),
        at: answering.at,
    };
    let mut edit = change(review, number, " answered", |recorded| {
        recorded.state = Some(QuestionState::Answered);
    })?;
    let added = review.changes_to(&Record::Answer(id), &answer);
    edit.changes.extend(added);
    edit.label = format!("Answer to question {number}");
    Ok(edit)
}

/// Sets the day by which an answer is expected; `None` removes it.
///
/// # Errors
/// A question that is not there; a day before it was asked.
pub fn set_due(review: &Review, number: QuestionNumber, due: Option<NaiveDate>) -> Result<Edit> {
    let said = due.map_or(": no due date".to_owned(), |due| format!(" due {due}"));
    change(review, number, &said, |recorded| recorded.due = due)
}

/// Names who is to answer; an empty name removes the name.
///
/// # Errors
/// A question that is not there.
pub fn address(review: &Review, number: QuestionNumber, name: &str) -> Result<Edit> {
    let name = line(name);
    let said = name.as_ref().map(|name| format!(" to {name}"));
    let said = said.as_deref().unwrap_or(": no addressee");
    change(review, number, said, |recorded| recorded.addressee = name)
}

/// Moves a question to another briefing.
///
/// # Errors
/// A question that is not there.
pub fn brief(review: &Review, number: QuestionNumber, briefing: &BriefingName) -> Result<Edit> {
    let mut printed = review.catalogue.questions.iter();
    let printed = printed.find(|q| q.number == number).map(|q| &q.briefing);
    let own = (printed != Some(briefing)).then(|| briefing.clone());
    review.question(number)?;
    check_briefing(review, briefing)?;
    let said = format!(" moved to {briefing}");
    change(review, number, &said, |recorded| recorded.briefing = own)
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
    let mut whole = Edit::nothing("");
    let mut said: Vec<String> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let edit = match step {
            Step::Move(step) => advance(&trial, number, step, by)?,
            Step::Due(due) => set_due(&trial, number, *due)?,
            Step::Brief(briefing) => brief(&trial, number, briefing)?,
            Step::To(name) => address(&trial, number, name)?,
        };
        trial.apply(&edit.changes)?;
        // Of several moves one after the other, the label says only where the last one leads.
        let is_move = |step: Option<&Step>| matches!(step, Some(Step::Move(_)));
        let is_passing = is_move(Some(step)) && is_move(steps.get(at + 1));
        if !edit.is_nothing() && !is_passing {
            let end = edit.label.strip_prefix(&question);
            let end = end.unwrap_or(&edit.label).to_owned();
            let place = if is_move(Some(step)) { 0 } else { said.len() };
            said.insert(place, end);
        }
        whole = whole.then(edit);
    }
    whole.label = match whole.is_nothing() {
        true => format!("{question}: nothing changed"),
        false => question + &said.join(",").replace(",:", ","),
    };
    Ok(whole)
}
