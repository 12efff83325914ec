//! Writing a question: its number, its words, the briefing it belongs to.
//!
//! Pure, as [`super::edit`] is. How a question moves on is in [`super::moves`].

use super::edit::{line, needed, refuse_if};
use super::ids::{QuestionId, QuestionNumber, RecommendationNumber};
use super::journal::change::Edit;
use super::moves::{ADDRESSEE, takes_answers};
use super::review::Review;
use super::vocabulary::{BriefingName, QuestionState};
use crate::error::{Error, Result};
use crate::model::catalogue::Briefing;
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
    let questions = review.questions.iter();
    let under = questions.filter(|q| q.number.major == recommendation.0);
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
    let count = |briefing: &&Briefing| {
        let questions = review.questions_on(recommendation);
        let name = Some(&briefing.name);
        questions
            .filter(|q| q.recorded.briefing.as_ref() == name)
            .count()
    };
    // Of several with as many questions, the first in the catalogue is the usual one.
    let most = briefings.iter().rev().max_by_key(count);
    let covers = |briefing: &&Briefing| {
        let mut covers = briefing.covers.iter();
        covers.any(|cover| cover.recommendations.contains(&recommendation))
    };
    let most = most.filter(|briefing| count(briefing) > 0);
    let usual = most.or_else(|| briefings.iter().find(covers));
    usual.map(|briefing| briefing.name.clone())
}

/// Writes a question of the team's own.
///
/// # Errors
/// No words; a recommendation or parent that is not there; a number that is taken or belongs to another recommendation; a day before the
/// question was asked.
pub fn ask(review: &Review, asking: Asking) -> Result<Edit> {
    let recommendation = asking.recommendation;
    review.recommendation(recommendation)?;
    let next = next_number(review, recommendation);
    let number = asking.number.unwrap_or(next);
    let is_under = number.major == recommendation.0 && number.minor.is_some();
    refuse_if(!is_under, || {
        format!(
            "Question {number} is no number under Rec {recommendation}; expected one such as {next}."
        )
    })?;
    refuse_if(review.questions.get(number).is_some(), || {
        format!("There is a question {number} already; the next free number is {next}.")
    })?;
    if let Some(briefing) = &asking.briefing {
        check_briefing(review, briefing)?;
    }
    let parent = asking.parent.map(|parent| review.question(parent));
    let parent = parent.transpose()?;
    if let Some(parent) = parent {
        let (number, state) = (parent.number, review.question_state(parent));
        refuse_if(!takes_answers(state), || {
            format!("Question {number} stands at {state}; only what was asked is followed up.")
        })?;
    }
    let (state, verb, asked) = match asking.asked_on {
        Some(_) => (QuestionState::Asked, "asked", Some(ADDRESSEE.to_owned())),
        None => (QuestionState::Draft, "written", None),
    };
    let question = RecordedQuestion {
        number: Some(number),
        recommendation: Some(recommendation),
        text: Some(needed("A question", &asking.text)?),
        briefing: (asking.briefing).or_else(|| usual_briefing(review, recommendation)),
        asked_by: asking.asked_by.as_deref().and_then(line),
        addressee: asking.addressee.as_deref().and_then(line).or(asked),
        asked_on: asking.asked_on,
        due: asking.due,
        parent: parent.map(|parent| parent.id.clone()),
        state: Some(state),
        reason: None,
    };
    check_days(&question)?;
    let label = match parent {
        Some(parent) => format!("Question {number} {verb}, follow-up of {}", parent.number),
        None => format!("Question {number} {verb}"),
    };
    let record = Record::Question(QuestionId::Own(review.ids.clone().make()));
    let edit = Edit::new(label, review.changes_to(&record, &question));
    Ok(edit.with_member(review, question.asked_by.as_deref()))
}

/// Checks that the catalogue has a briefing.
pub(super) fn check_briefing(review: &Review, name: &BriefingName) -> Result<()> {
    let briefings = review.catalogue.briefings.iter();
    let known: Vec<&str> = briefings.map(|briefing| briefing.name.word()).collect();
    refuse_if(known.is_empty(), || {
        "This review has no briefings.".to_owned()
    })?;
    refuse_if(!known.contains(&name.word()), || {
        let known = known.join(", ");
        format!("This review has no briefing {name}; expected {known}.")
    })
}

/// Changes the words of a draft. What was asked is not reworded: a follow-up is.
///
/// # Errors
/// A question that a source prints or that was asked; no words.
pub fn reword(review: &Review, number: QuestionNumber, words: &str) -> Result<Edit> {
    let question = review.question(number)?;
    may_reword(review, question)?;
    let words = needed("A question", words)?;
    change(review, number, " reworded", |recorded| {
        recorded.text = Some(words)
    })
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

/// Changes what is recorded on a question; `said` goes behind its number in the label.
pub(super) fn change(
    review: &Review,
    number: QuestionNumber,
    said: &str,
    set: impl FnOnce(&mut RecordedQuestion),
) -> Result<Edit> {
    let question = review.question(number)?;
    let recorded = review.records.questions.get(&question.id);
    let mut recorded = recorded.cloned().unwrap_or_default();
    set(&mut recorded);
    check_days(&recorded)?;
    let made = review.changes_to(&Record::Question(question.id.clone()), &recorded);
    let label = format!("Question {number}{said}");
    let edit = Edit::new(label, made).or_says(": nothing changed");
    Ok(edit.with_member(review, recorded.asked_by.as_deref()))
}

fn check_days(entry: &RecordedQuestion) -> Result<()> {
    match (entry.asked_on, entry.due) {
        (Some(asked_on), Some(due)) if due < asked_on => Err(Error::slip(format!(
            "The answer would be due on {due}, before the question was asked on {asked_on}."
        ))),
        _ => Ok(()),
    }
}
