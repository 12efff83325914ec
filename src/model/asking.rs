//! Writing a question: its number, its words, the briefing it belongs to.
//!
//! Pure, as [`super::edit`] is. How a question moves on is in [`super::moves`].

use super::edit::{changes, prose, with_member};
use super::ids::{QuestionId, QuestionNumber, RecommendationNumber};
use super::journal::change::Edit;
use super::moves::{ADDRESSEE, takes_answers};
use super::review::Review;
use super::text;
use super::vocabulary::{BriefingName, QuestionState};
use crate::error::{Error, Result};
use crate::model::record::describe::{Described, Fields};
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::record::question::{Question, RecordedQuestion};
use chrono::NaiveDate;

/// A question that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// On which recommendation.
    pub recommendation: RecommendationNumber,
    /// Its number; the next free one if none is given.
    pub number: Option<QuestionNumber>,
    /// Its words, not cleaned yet.
    pub text: String,
    /// Who asks.
    pub asked_by: Option<String>,
    /// Who is to answer; ICANN org as a whole once it is asked, if nobody is named.
    pub addressee: Option<String>,
    /// Under which briefing; the one under which the recommendation's questions stand if none is given.
    pub briefing: Option<BriefingName>,
    /// By when an answer is expected.
    pub due: Option<NaiveDate>,
    /// The day on which it was asked; a draft if it was not yet.
    pub asked_on: Option<NaiveDate>,
    /// The question that it follows up.
    pub parent: Option<QuestionNumber>,
}

/// The next free number under a recommendation: 11.17 after 11.16, 19.1 after 19.
pub fn next_number(review: &Review, recommendation: RecommendationNumber) -> QuestionNumber {
    let under = review
        .questions
        .iter()
        .filter(|q| q.number.major == recommendation.0);
    let last = under.filter_map(|q| q.number.minor).max().unwrap_or(0);
    QuestionNumber {
        major: recommendation.0,
        minor: Some(last.saturating_add(1)),
    }
}

/// The briefing under which the questions on a recommendation stand: where most of them do, else the one that covers it.
pub fn usual_briefing(
    review: &Review,
    recommendation: RecommendationNumber,
) -> Option<BriefingName> {
    let briefings = &review.catalogue.briefings;
    let count = |name: &BriefingName| {
        review
            .questions_on(recommendation)
            .filter(|q| q.briefing.as_ref() == Some(name))
            .count()
    };
    // Of several with as many questions, the first in the catalogue is taken.
    let most = briefings
        .iter()
        .rev()
        .max_by_key(|b| count(&b.name))
        .filter(|b| count(&b.name) > 0);
    let covers = |b: &&super::catalogue::Briefing| {
        b.covers
            .iter()
            .any(|cover| cover.recommendations.contains(&recommendation))
    };
    most.or_else(|| briefings.iter().find(covers))
        .map(|b| b.name.clone())
}

/// Writes a question of the team's own.
///
/// # Errors
/// No words; a recommendation or parent that is not there; a number that is taken or belongs to another recommendation; a day before the
/// question was asked.
pub fn ask(review: &Review, asking: Asking) -> Result<Edit> {
    let Asking {
        recommendation,
        number,
        text,
        asked_by,
        addressee,
        briefing,
        due,
        asked_on,
        parent,
    } = asking;
    review.recommendation(recommendation)?;
    let number = number.unwrap_or_else(|| next_number(review, recommendation));
    if number.major != recommendation.0 || number.minor.is_none() {
        let next = next_number(review, recommendation);
        return Err(Error::slip(format!(
            "Question {number} is no number under Rec {recommendation}; expected one such as {next}."
        )));
    }
    if review.questions.get(number).is_some() {
        return Err(Error::slip(format!(
            "There is a question {number} already; the next free number is {}.",
            next_number(review, recommendation)
        )));
    }
    if let Some(briefing) = &briefing {
        check_briefing(review, briefing)?;
    }
    if let Some(parent) = parent {
        let state = review.question_state(review.question(parent)?);
        if !takes_answers(state) {
            return Err(Error::slip(format!(
                "Question {parent} stands at {state}; only what was asked is followed up."
            )));
        }
    }
    let words = prose(Finding::TEXT, &text)?
        .ok_or_else(|| Error::slip("A question needs words; nothing was recorded."))?;
    let asked_by = asked_by
        .map(|name| text::clean_line(&name).text)
        .filter(|name| !name.is_empty());
    let parent_id = parent.map(|parent| review.question(parent).map(|q| q.id.clone()));
    let entry = RecordedQuestion {
        number: Some(number),
        recommendation: Some(recommendation),
        text: Some(words),
        briefing: briefing.or_else(|| usual_briefing(review, recommendation)),
        asked_by,
        addressee: addressee
            .map(|name| text::clean_line(&name).text)
            .filter(|name| !name.is_empty())
            .or_else(|| asked_on.map(|_| ADDRESSEE.to_owned())),
        asked_on,
        due,
        parent: parent_id.transpose()?,
        state: Some(if asked_on.is_some() {
            QuestionState::Asked
        } else {
            QuestionState::Draft
        }),
        reason: None,
    };
    check_days(&entry)?;
    let verb = if asked_on.is_some() {
        "asked"
    } else {
        "written"
    };
    let label = parent.map_or_else(
        || format!("Question {number} {verb}"),
        |parent| format!("Question {number} {verb}, follow-up of {parent}"),
    );
    let changes = changes(
        &Record::Question(QuestionId::Own(review.ids.clone().make())),
        &Fields::new(),
        &entry.to_fields(),
    );
    Ok(Edit {
        label,
        changes: with_member(review, entry.asked_by.as_deref(), changes),
    })
}

/// Sees whether the catalogue has a briefing.
pub(super) fn check_briefing(review: &Review, name: &BriefingName) -> Result<()> {
    if review.catalogue.briefings.is_empty() {
        return Err(Error::slip("This review has no briefings."));
    }
    let known: Vec<&str> = review
        .catalogue
        .briefings
        .iter()
        .map(|briefing| briefing.name.word())
        .collect();
    if known.contains(&name.word()) {
        return Ok(());
    }
    Err(Error::slip(format!(
        "This review has no briefing {name}; expected {}.",
        known.join(", ")
    )))
}

/// Changes the words of a draft. What was asked is not reworded: a follow-up is.
///
/// # Errors
/// A question that a source prints or that was asked; no words.
pub fn reword(review: &Review, number: QuestionNumber, words: &str) -> Result<Edit> {
    let question = review.question(number)?;
    may_reword(review, question)?;
    let words = prose(Finding::TEXT, words)?
        .ok_or_else(|| Error::slip("A question needs words; nothing was recorded."))?;
    change(
        review,
        question,
        format!("Question {number} reworded"),
        |entry| {
            entry.text = Some(words);
            Ok(())
        },
    )
}

/// Sees whether the words of a question may be changed.
///
/// # Errors
/// A question that a source prints or that was asked.
pub fn may_reword(review: &Review, question: &Question) -> Result<()> {
    let number = question.number;
    match (&question.source, review.question_state(question)) {
        (Some(_), _) => Err(Error::slip(format!(
            "Question {number} is quoted from a source and is not edited."
        ))
        .hint("F writes a follow-up, f a finding on it.")),
        (None, QuestionState::Draft) => Ok(()),
        (None, state) => Err(Error::slip(format!(
            "Question {number} stands at {state}; only a draft is reworded."
        ))
        .hint("F writes a follow-up.")),
    }
}

pub(super) fn change(
    review: &Review,
    question: &Question,
    label: String,
    set: impl FnOnce(&mut RecordedQuestion) -> Result<()>,
) -> Result<Edit> {
    let record = Record::Question(question.id.clone());
    let mut entry = review
        .records
        .questions
        .get(&question.id)
        .cloned()
        .unwrap_or_default();
    let before = entry.to_fields();
    set(&mut entry)?;
    check_days(&entry)?;
    let changes = changes(&record, &before, &entry.to_fields());
    let label = if changes.is_empty() {
        format!("{label}: nothing changed")
    } else {
        label
    };
    let asked_by = entry.asked_by.clone();
    Ok(Edit {
        label,
        changes: with_member(review, asked_by.as_deref(), changes),
    })
}

fn check_days(entry: &RecordedQuestion) -> Result<()> {
    match (entry.asked_on, entry.due) {
        (Some(asked_on), Some(due)) if due < asked_on => Err(Error::slip(format!(
            "The answer would be due on {due}, before the question was asked on {asked_on}."
        ))),
        _ => Ok(()),
    }
}
