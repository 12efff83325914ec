//! Questions as the team works with them: what a source prints and what the team recorded on it, joined, with their answers.
//!
//! A question that a source prints starts as asked, at a date that no source tells. One of the team's own starts as a draft. Nothing of what is
//! printed is ever changed; the team's [`RecordedQuestion`] lies over it.

use super::describe::{BadField, Described, Fields, record};
use crate::model::catalogue;
use crate::model::citation::Citation;
use crate::model::ids::{QuestionId, QuestionNumber, RecommendationNumber};
use crate::model::vocabulary::{BriefingName, QuestionState};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

record! {
    /// What the team recorded on a question; for one of its own, everything about it.
    #[derive(Default)]
    RecordedQuestion: "question" in "question" by ["id"] QuestionId, named by [number], quoted as "question", check RecordedQuestion::check;

    /// Its number, such as 11.17; unset where a source prints the question.
    number: Option<QuestionNumber>,
    /// The number of the recommendation it is on; unset where a source prints the question.
    recommendation: Option<RecommendationNumber>,
    /// The briefing it belongs to, or was moved to.
    briefing: Option<BriefingName>,
    /// The words of the question; unset where a source prints it.
    text: Option<String> as Text,
    /// Where it stands, [`QuestionState::FollowUp`] apart, which follows from its children.
    state: Option<QuestionState>,
    /// Who asked.
    asked_by: Option<String> as Person,
    /// Who is to answer.
    addressee: Option<String>,
    /// The day on which it was sent.
    asked_on: Option<NaiveDate>,
    /// The day by which an answer is expected.
    due: Option<NaiveDate>,
    /// The question it follows up.
    parent: Option<QuestionId>,
    /// Why it is no longer needed.
    reason: Option<String> as Text,
}

impl RecordedQuestion {
    fn check(&self) -> Result<(), BadField> {
        let is_own = self.text.is_some();
        if (self.recommendation.is_some(), self.number.is_some()) != (is_own, is_own) {
            return Err(BadField {
                field: RecordedQuestion::TEXT,
                fault: "goes with number and recommendation; expected all or none".to_owned(),
            });
        }
        if self.state == Some(QuestionState::FollowUp) {
            return Err(BadField {
                field: RecordedQuestion::STATE,
                fault: "“follow-up” follows from the follow-ups and is not set".to_owned(),
            });
        }
        Ok(())
    }
}

/// A question, joined from what is printed and what the team recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What names it for ever.
    pub id: QuestionId,
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
    pub parent: Option<QuestionId>,
    /// Where it stands by itself, without a look at its children.
    pub stored: QuestionState,
    /// Why it is no longer needed.
    pub reason: Option<String>,
}

impl Question {
    /// Joins what is printed with what the team recorded; `None` if neither tells number, recommendation and words.
    pub fn join(
        id: &QuestionId,
        printed: Option<&catalogue::Question>,
        entry: Option<&RecordedQuestion>,
    ) -> Option<Question> {
        let nothing = RecordedQuestion::default();
        let e = entry.unwrap_or(&nothing);
        Some(Question {
            id: id.clone(),
            number: printed.map(|p| p.number).or(e.number)?,
            recommendation: printed.map(|p| p.recommendation).or(e.recommendation)?,
            briefing: (e.briefing.clone()).or_else(|| printed.map(|p| p.briefing.clone())),
            text: printed.map(|p| p.text.clone()).or_else(|| e.text.clone())?,
            source: printed.map(|p| p.source.clone()),
            asked_by: e.asked_by.clone(),
            addressee: e.addressee.clone(),
            asked_on: e.asked_on,
            due: e.due,
            parent: e.parent.clone(),
            stored: e.state.unwrap_or(if printed.is_some() {
                QuestionState::Asked
            } else {
                QuestionState::Draft
            }),
            reason: e.reason.clone(),
        })
    }

    /// What is printed and what the team recorded, as the fields of one record that stands so.
    pub fn to_fields(&self, state: QuestionState) -> Fields {
        let mut fields = RecordedQuestion {
            number: Some(self.number),
            recommendation: Some(self.recommendation),
            briefing: self.briefing.clone(),
            text: Some(self.text.clone()),
            state: None,
            asked_by: self.asked_by.clone(),
            addressee: self.addressee.clone(),
            asked_on: self.asked_on,
            due: self.due,
            parent: self.parent.clone(),
            reason: self.reason.clone(),
        }
        .to_fields();
        fields.insert(RecordedQuestion::STATE, state.to_string());
        fields
    }

    /// The briefing it belongs to, or that it has none.
    pub fn briefing_label(&self) -> &str {
        self.briefing
            .as_ref()
            .map_or("no briefing", BriefingName::word)
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

/// All questions, and how they follow each other up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Questions {
    all: BTreeMap<QuestionNumber, Question>,
    numbers: BTreeMap<QuestionId, QuestionNumber>,
    on: BTreeSet<(RecommendationNumber, QuestionNumber)>,
    children: BTreeSet<(QuestionId, QuestionNumber)>,
    /// How often the text of a question was added, removed or changed.
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

    /// The question with this id.
    pub fn by_id(&self, id: &QuestionId) -> Option<&Question> {
        self.all.get(self.numbers.get(id)?)
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
    pub fn children(&self, id: &QuestionId) -> impl Iterator<Item = &Question> {
        let numbers = self
            .children
            .range((id.clone(), QuestionNumber::FIRST)..)
            .take_while(move |(parent, _)| parent == id);
        numbers.filter_map(|(_, child)| self.all.get(child))
    }

    /// Another number whenever the text of any question is another.
    pub fn worded(&self) -> u64 {
        self.worded
    }

    /// Sets or removes a question.
    pub fn set(&mut self, id: &QuestionId, question: Option<Question>) {
        let before = self
            .numbers
            .remove(id)
            .and_then(|number| self.all.remove(&number));
        self.worded +=
            u64::from(before.as_ref().map(|q| &q.text) != question.as_ref().map(|q| &q.text));
        if let Some(before) = before {
            self.on.remove(&(before.recommendation, before.number));
            if let Some(parent) = before.parent {
                self.children.remove(&(parent, before.number));
            }
        }
        if let Some(question) = question {
            self.on.insert((question.recommendation, question.number));
            if let Some(parent) = &question.parent {
                self.children.insert((parent.clone(), question.number));
            }
            self.numbers.insert(id.clone(), question.number);
            self.all.insert(question.number, question);
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
        if may_follow && self.children(&question.id).any(waits) {
            QuestionState::FollowUp
        } else {
            question.stored
        }
    }
}
