//! `penholder question 11.17 STATE`: moves a question on, sets when it is due, or puts it under another briefing.

use super::{Common, output, typed};
use crate::error::{Error, Result};
use crate::model::moves::{self, Move, Step};
use crate::model::record::question::Question;
use crate::model::review::Review;
use crate::model::text::clean;
use crate::model::vocabulary::QuestionState;
use chrono::NaiveDate;
use clap::{ArgGroup, Args};

const USAGE: &str = "penholder question [OPTIONS] <NUMBER> <STATE|--due <DATE>|--briefing <NAME>>";

const EXAMPLES: &str = "\
A question goes draft, asked, answered, closed; aside of that way lie `clarification wanted from the team` (`clarification \
wanted` will do) and `no longer needed`, which takes --reason. `asked` sends a draft, sends once more what was clarified, \
and takes up again what was answered, closed or no longer needed. `answered` is the way back from closed; otherwise \
`penholder answer` does it. What is given in one call is one change, and taken back as one.

Examples:
  penholder question 11.17 asked --due 2018-09-27
  penholder question 11.4 clarification-wanted
  penholder question 11.17 closed
  penholder question 11.5 no-longer-needed --reason \"Answered in the CTO briefing\"
  penholder question 11.17 --due unset --briefing comms";

/// Move a question on: asked, clarification wanted, closed, no longer needed
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, group = moves_given(), override_usage = USAGE)]
pub(super) struct Arguments {
    /// The question: 11.4, or q19 for the one without a sub-number
    #[arg(value_name = "NUMBER")]
    number: String,
    /// asked, clarification-wanted, answered, closed, no-longer-needed
    #[arg(value_name = "STATE")]
    state: Option<String>,
    /// Why it is no longer needed
    #[arg(
        long,
        value_name = "TEXT",
        requires = "state",
        allow_hyphen_values = true
    )]
    reason: Option<String>,
    /// The day on which it was asked; today unless given
    #[arg(long, value_name = "DATE", requires = "state")]
    on: Option<String>,
    /// The day by which an answer is expected; unset clears it
    #[arg(long, value_name = "DATE")]
    due: Option<String>,
    /// Who is to answer
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// The briefing to which it moves, one of those that `list briefings` names
    #[arg(long, value_name = "NAME")]
    briefing: Option<String>,
}

impl Arguments {
    /// Records what was given.
    ///
    /// # Errors
    /// A word outside the vocabulary; a flag that does not go with the state; a move that makes no sense where the question stands; a
    /// conflict.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let number = typed::question(&self.number)?;
        let wanted = self.state.as_deref().map(typed::state).transpose()?;
        let on = self
            .on
            .as_deref()
            .map(|day| typed::day("--on", day))
            .transpose()?;
        let due = self.due.as_deref().map(due).transpose()?;
        self.check(wanted)?;
        let [reason] = typed::texts([self.reason.clone()])?;
        let removed = reason.as_deref().map_or(0, |reason| clean(reason).removed);
        let mut workspace = common.open()?;
        let review = workspace.review();
        let briefing = (self.briefing.as_deref())
            .map(|name| typed::briefing(review, name))
            .transpose()?;
        let question = review.question(number)?;
        // The day by which it is due comes first, so that a new one stands when the day of asking is held against it.
        let mut steps: Vec<Step> = due
            .map(Step::Due)
            .into_iter()
            .chain(briefing.map(Step::Brief))
            .chain(self.to.clone().map(Step::To))
            .collect();
        if let Some(wanted) = wanted {
            if let Some(on) = on {
                typed::not_to_come("--on", on, workspace.today())?;
                may_be_asked_on(question, on)?;
            }
            let moves = moves(
                review,
                question,
                wanted,
                on.unwrap_or_else(|| workspace.today()),
                reason.as_deref(),
            )?;
            steps.extend(moves.into_iter().map(Step::Move));
        }
        let edit = moves::in_turn(review, number, &steps, workspace.author())?;
        let label = match wanted {
            Some(wanted) if steps.is_empty() => format!("Question {number} already {wanted}"),
            _ => edit.label.clone(),
        };
        let waited = review.waiting_for(&question.id);
        let said = if workspace.commit(edit)? {
            format!("Recorded: {label}")
        } else {
            format!("Nothing to record: {label}")
        };
        output::tell_removed(removed);
        output::tell_freed(workspace.review(), &waited);
        output::print(&format!("{}\n", output::flat(&said)))
    }

    /// Sees whether the flags go with the state.
    fn check(&self, wanted: Option<QuestionState>) -> Result<()> {
        let Some(wanted) = wanted else { return Ok(()) };
        if self.on.is_some() && wanted != QuestionState::Asked {
            return Err(Error::usage(format!(
                "--on makes no sense for {wanted}; expected it for asked."
            )));
        }
        match (wanted, &self.reason) {
            (QuestionState::NoLongerNeeded, None) => Err(Error::usage(
                "A question is no longer needed for a reason; expected --reason TEXT.",
            )),
            (QuestionState::NoLongerNeeded, Some(_)) | (_, None) => Ok(()),
            (_, Some(_)) => Err(Error::usage(format!(
                "--reason makes no sense for {wanted}; expected it for no longer needed."
            ))),
        }
    }
}

/// At least one of these is given.
fn moves_given() -> ArgGroup {
    ArgGroup::new("moves")
        .args(["state", "due", "briefing", "to"])
        .multiple(true)
        .required(true)
}

fn due(typed: &str) -> Result<Option<NaiveDate>> {
    if typed.trim().eq_ignore_ascii_case("unset") {
        Ok(None)
    } else {
        typed::day("--due", typed).map(Some)
    }
}

/// Refuses a day of asking that would not be kept.
fn may_be_asked_on(question: &Question, on: NaiveDate) -> Result<()> {
    let number = question.number;
    match question.recorded.asked_on {
        _ if question.source.is_some() => Err(Error::slip(format!(
            "A source prints question {number}; on which day it was asked nobody knows, and --on sets none."
        ))),
        Some(day) if day != on => Err(Error::slip(format!(
            "Question {number} was first asked on {day}, and that day stays."
        ))),
        _ => Ok(()),
    }
}

/// The moves that lead a question from where it stands to the state that is wanted; none if it stands there.
fn moves(
    review: &Review,
    question: &Question,
    wanted: QuestionState,
    day: NaiveDate,
    reason: Option<&str>,
) -> Result<Vec<Move>> {
    use QuestionState::{
        Answered, Asked, ClarificationWanted, Closed, Draft, FollowUp, NoLongerNeeded,
    };
    let (number, state) = (question.number, review.question_state(question));
    let answered = !review.answers_to(&question.id).is_empty();
    let reason = reason.unwrap_or_default();
    Ok(match (wanted, state) {
        (NoLongerNeeded, NoLongerNeeded) if question.recorded.reason.as_deref() != Some(reason) => {
            vec![Move::Drop(reason.to_owned())]
        }
        (Asked | ClarificationWanted | Answered | Closed | NoLongerNeeded, _)
            if wanted == state =>
        {
            vec![]
        }
        // What is closed goes back to answered first.
        (Asked, Closed) if answered => vec![Move::Reopen(day), Move::Reopen(day)],
        (Asked, Answered | Closed | NoLongerNeeded) => vec![Move::Reopen(day)],
        (Asked, _) => vec![Move::Send(day)],
        (ClarificationWanted, _) => vec![Move::WantClarification],
        (Closed, _) => vec![Move::Close],
        (NoLongerNeeded, _) => vec![Move::Drop(reason.to_owned())],
        (Answered, Closed) if answered => vec![Move::Reopen(day)],
        (Answered, _) => {
            return Err(Error::slip(format!(
                "Question {number} is {state}; it becomes answered by an answer: `penholder answer {} TEXT` records one.",
                typed_as(question)
            )));
        }
        (Draft, _) => {
            return Err(Error::slip(format!(
                "Question {number} is {state}; a question is a draft only until it is sent."
            ))
            .hint(format!(
                "`penholder ask {} TEXT` writes a new one.",
                question.recommendation
            )));
        }
        (FollowUp, _) => {
            return Err(Error::slip(format!(
                "Question {number} is {state}; it stands at follow-up while a question that follows it up has no answer."
            ))
            .hint(format!("`penholder ask {} TEXT --follows {}` writes one.", question.recommendation, typed_as(question))));
        }
    })
}

/// The number of a question as the command line takes it.
fn typed_as(question: &Question) -> String {
    let number = question.number;
    if number.minor.is_none() {
        format!("q{number}")
    } else {
        number.to_string()
    }
}
