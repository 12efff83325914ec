//! Questions as the team works with them: what a source prints and what the team recorded on it, joined, with their answers.
//!
//! A question that a source prints starts as asked, at a date that no source tells. One of the team's own starts as a draft. Nothing of what is
//! printed is ever changed; the team's [`RecordedQuestion`] lies over it.

use super::describe::{BadField, Described, Fields, record};
use super::kinds::Record;
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

/// A question: what the team recorded on it, with what is printed filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What names it for ever.
    pub id: QuestionId,
    /// Its number, as printed or as the team gave it.
    pub number: QuestionNumber,
    /// The recommendation it is on.
    pub recommendation: RecommendationNumber,
    /// Its words.
    pub text: String,
    /// Where it is printed; `None` for one of the team's own.
    pub source: Option<Citation>,
    /// Where it stands by itself, without a look at its children.
    pub stored: QuestionState,
    /// Its fields: what the team recorded, with what is printed filled in.
    pub recorded: RecordedQuestion,
}

impl Question {
    /// Joins what is printed with what the team recorded; `None` if neither tells number, recommendation and words.
    pub fn join(
        id: &QuestionId,
        printed: Option<&catalogue::Question>,
        recorded: Option<&RecordedQuestion>,
    ) -> Option<Question> {
        let mut joined = recorded.cloned().unwrap_or_default();
        let mut stands_at_first = QuestionState::Draft;
        if let Some(printed) = printed {
            stands_at_first = QuestionState::Asked;
            joined.number = Some(printed.number);
            joined.recommendation = Some(printed.recommendation);
            joined.text = Some(printed.text.clone());
            let briefing = || printed.briefing.clone();
            joined.briefing.get_or_insert_with(briefing);
        }
        Some(Question {
            id: id.clone(),
            number: joined.number?,
            recommendation: joined.recommendation?,
            text: joined.text.clone()?,
            source: printed.map(|printed| printed.source.clone()),
            stored: *joined.state.get_or_insert(stands_at_first),
            recorded: joined,
        })
    }

    /// What is printed and what the team recorded, as the fields of one record that stands so.
    pub fn to_fields(&self, state: QuestionState) -> Fields {
        let mut fields = self.recorded.to_fields();
        fields.insert(RecordedQuestion::STATE, state.to_string());
        fields
    }

    /// The records below which it stands, each with its number.
    fn above(&self) -> impl Iterator<Item = (Record, QuestionNumber)> {
        let parent = self.recorded.parent.clone().map(Record::Question);
        let records = [Some(Record::Assessment(self.recommendation)), parent];
        let number = self.number;
        records
            .into_iter()
            .flatten()
            .map(move |record| (record, number))
    }

    /// The briefing it belongs to, or that it has none.
    pub fn briefing_label(&self) -> &str {
        self.recorded
            .briefing
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
        self.recorded
            .asked_on
            .map(|on| (today - on).num_days().max(0))
    }
}

/// All questions, and how they follow each other up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Questions {
    all: BTreeMap<QuestionNumber, Question>,
    numbers: BTreeMap<QuestionId, QuestionNumber>,
    /// The questions below a recommendation, and those that follow up a question.
    below: BTreeSet<(Record, QuestionNumber)>,
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
        self.below(Record::Assessment(number))
    }

    /// The follow-ups of a question, by number.
    pub fn children(&self, id: &QuestionId) -> impl Iterator<Item = &Question> {
        self.below(Record::Question(id.clone()))
    }

    fn below(&self, above: Record) -> impl Iterator<Item = &Question> {
        let numbers = self.below.range((above.clone(), QuestionNumber::FIRST)..);
        let numbers = numbers.take_while(move |(record, _)| *record == above);
        numbers.filter_map(|(_, question)| self.all.get(question))
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
        for above in before.iter().flat_map(Question::above) {
            self.below.remove(&above);
        }
        if let Some(question) = question {
            self.below.extend(question.above());
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
