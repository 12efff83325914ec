//! Questions as the team works with them: what a source prints and what the team recorded on it, joined, with their answers.
//!
//! A question that a source prints starts as asked, at a date that no source tells. One of the team's own starts as a draft. Nothing of what is
//! printed is ever changed; the team's [`Entry`] lies over it.

use super::catalogue;
use super::citation::Citation;
use super::ids::{Id, QuestionNumber, RecommendationNumber};
use super::vocabulary::{BriefingName, QuestionState, Satisfies};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// What the team recorded on a question; for one of its own, everything about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The recommendation it is on; unset where a source prints the question.
    pub recommendation: Option<RecommendationNumber>,
    /// Its words; unset where a source prints the question.
    pub text: Option<String>,
    /// The briefing it belongs to, or was moved to.
    pub briefing: Option<BriefingName>,
    /// Who asked.
    pub asked_by: Option<String>,
    /// Who is to answer.
    pub addressee: Option<String>,
    /// The day on which it was sent.
    pub asked_on: Option<NaiveDate>,
    /// The day by which an answer is expected.
    pub due: Option<NaiveDate>,
    /// The question it follows up.
    pub parent: Option<QuestionNumber>,
    /// Where it stands, [`QuestionState::FollowUp`] apart, which follows from its children.
    pub state: Option<QuestionState>,
    /// Why it is no longer needed.
    pub reason: Option<String>,
}

/// An answer that was given. Answers are added, never overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Made when it was written, kept for ever.
    pub id: Id,
    /// The question.
    pub question: QuestionNumber,
    /// The words.
    pub text: String,
    /// Who gave it.
    pub by: Option<String>,
    /// The day on which it was given.
    pub on: NaiveDate,
    /// Where it can be read.
    pub link: Option<String>,
    /// Whether it satisfies the team.
    pub satisfies: Option<Satisfies>,
    /// Why it does or does not, in a few words.
    pub why: Option<String>,
    /// When it was written down (UTC, whole seconds).
    pub at: DateTime<Utc>,
}

/// A question, joined from what is printed and what the team recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its number, as printed or as the team gave it.
    pub number: QuestionNumber,
    /// The recommendation it is on.
    pub recommendation: RecommendationNumber,
    /// The briefing it belongs to.
    pub briefing: Option<BriefingName>,
    /// Its words.
    pub text: String,
    /// Where it is printed; `None` for one of the team's own.
    pub source: Option<Citation>,
    /// Who asked.
    pub asked_by: Option<String>,
    /// Who is to answer.
    pub addressee: Option<String>,
    /// The day on which it was asked; unknown for those that a source prints.
    pub asked_on: Option<NaiveDate>,
    /// The day by which an answer is expected.
    pub due: Option<NaiveDate>,
    /// The question it follows up.
    pub parent: Option<QuestionNumber>,
    /// Where it stands by itself, without a look at its children.
    pub stored: QuestionState,
    /// Why it is no longer needed.
    pub reason: Option<String>,
}

impl Question {
    /// Joins what is printed with what the team recorded; `None` if neither tells recommendation and words.
    pub fn join(
        number: QuestionNumber,
        printed: Option<&catalogue::Question>,
        entry: Option<&Entry>,
    ) -> Option<Question> {
        let nothing = Entry::default();
        let e = entry.unwrap_or(&nothing);
        Some(Question {
            number,
            recommendation: printed.map(|p| p.recommendation).or(e.recommendation)?,
            briefing: e.briefing.or(printed.map(|p| p.briefing)),
            text: printed.map(|p| p.text.clone()).or_else(|| e.text.clone())?,
            source: printed.map(|p| p.source.clone()),
            asked_by: e.asked_by.clone(),
            addressee: e.addressee.clone(),
            asked_on: e.asked_on,
            due: e.due,
            parent: e.parent,
            stored: e.state.unwrap_or(if printed.is_some() {
                QuestionState::Asked
            } else {
                QuestionState::Draft
            }),
            reason: e.reason.clone(),
        })
    }

    /// The briefing it belongs to, or that it has none.
    pub fn briefing_label(&self) -> &'static str {
        self.briefing.map_or("no briefing", BriefingName::word)
    }

    /// Where it comes from: the citation, or that it is the team's own.
    pub fn origin(&self) -> String {
        self.source
            .as_ref()
            .map_or_else(|| "the team's own".to_owned(), ToString::to_string)
    }

    /// Days since it was asked; `None` where that is unknown or it was not asked yet.
    pub fn age(&self, today: NaiveDate) -> Option<i64> {
        // A day asked farther east may still be to come here.
        self.asked_on.map(|on| (today - on).num_days().max(0))
    }
}

/// All questions, and how they hang together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Questions {
    all: BTreeMap<QuestionNumber, Question>,
    on: BTreeSet<(RecommendationNumber, QuestionNumber)>,
    children: BTreeSet<(QuestionNumber, QuestionNumber)>,
    /// How often words came, went or changed.
    worded: u64,
}

impl Questions {
    /// All of them, by number.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Question> {
        self.all.values()
    }

    /// The question with this number.
    pub fn get(&self, number: QuestionNumber) -> Option<&Question> {
        self.all.get(&number)
    }

    /// Those on a recommendation, by number.
    pub fn on(&self, number: RecommendationNumber) -> impl Iterator<Item = &Question> {
        let numbers = self
            .on
            .range((number, QuestionNumber::FIRST)..)
            .take_while(move |(on, _)| *on == number);
        numbers.filter_map(|(_, question)| self.all.get(question))
    }

    /// The follow-ups of a question, by number.
    pub fn children(&self, number: QuestionNumber) -> impl Iterator<Item = &Question> {
        let numbers = self
            .children
            .range((number, QuestionNumber::FIRST)..)
            .take_while(move |(parent, _)| *parent == number);
        numbers.filter_map(|(_, child)| self.all.get(child))
    }

    /// Another number whenever the words of any question are others.
    pub fn worded(&self) -> u64 {
        self.worded
    }

    /// Sets or removes a question.
    pub fn set(&mut self, number: QuestionNumber, question: Option<Question>) {
        let before = self.all.remove(&number);
        self.worded +=
            u64::from(before.as_ref().map(|q| &q.text) != question.as_ref().map(|q| &q.text));
        if let Some(before) = before {
            self.on.remove(&(before.recommendation, number));
            if let Some(parent) = before.parent {
                self.children.remove(&(parent, number));
            }
        }
        if let Some(question) = question {
            self.on.insert((question.recommendation, number));
            if let Some(parent) = question.parent {
                self.children.insert((parent, number));
            }
            self.all.insert(number, question);
        }
    }

    /// Where a question stands: follow-up where a child of it has no answer yet.
    pub fn state(&self, question: &Question) -> QuestionState {
        // No line of follow-ups is longer than there are questions; one that an import closed to a ring ends here too.
        self.state_within(question, self.all.len())
    }

    fn state_within(&self, question: &Question, depth: usize) -> QuestionState {
        let may_follow = matches!(
            question.stored,
            QuestionState::Asked | QuestionState::Answered
        );
        let waits =
            |child: &Question| depth > 0 && self.state_within(child, depth - 1).is_unanswered();
        if may_follow && self.children(question.number).any(waits) {
            QuestionState::FollowUp
        } else {
            question.stored
        }
    }
}
