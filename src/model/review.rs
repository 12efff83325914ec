//! The review in memory: the quoted records and what the team recorded, with the one way to change it.
//!
//! Only [`Review::apply`] changes it, and only with changes that the store has already written. It holds what lists,
//! numbers and edits need; the journal stays on disk.

mod apply;
mod names;

use super::catalogue::{self, Catalogue, Recommendation};
use super::ids::{Id, MeetingId, NextIds, QuestionId, QuestionNumber, RecommendationNumber};
use super::record::answer::Answer;
use super::record::assessment::Assessment;
use super::record::describe::{BadField, Fields};
use super::record::finding::{About, Finding};
use super::record::kinds::{Record, Records};
use super::record::question::{Question, Questions};
use super::remark::{Remark, RemarkIndex};
use super::vocabulary::{Claim, Implementation, QuestionState};
use crate::error::{Error, Result};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Everything known about one review.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Review {
    /// The quoted records.
    pub catalogue: Catalogue,
    /// Which remarks concern which of them.
    pub remarks: RemarkIndex,
    /// What the team recorded.
    pub records: Records,
    /// All questions: what is printed and what the team recorded, joined.
    pub questions: Questions,
    /// The ids that records made next will have.
    pub ids: NextIds,
    /// Which answers belong to which question.
    answers_of: BTreeMap<QuestionId, BTreeSet<Id>>,
}

/// An assessment on which nothing is recorded.
static UNASSESSED: LazyLock<Assessment> = LazyLock::new(Assessment::default);

impl Review {
    /// The review with these quoted records and nothing recorded.
    pub fn new(catalogue: Catalogue) -> Review {
        let mut review = Review {
            catalogue,
            ..Review::default()
        };
        review.index();
        for printed in &review.catalogue.questions {
            let id = QuestionId::Printed(printed.number);
            review
                .questions
                .set(&id, Question::join(&id, Some(printed), None));
        }
        review
    }

    /// Reads anew which remarks concern which records, after remarks were added.
    pub fn index(&mut self) {
        self.remarks = RemarkIndex::of(&self.catalogue.remarks);
    }

    /// The recommendation with this number.
    ///
    /// # Errors
    /// A slip that says which numbers there are.
    pub fn recommendation(&self, number: RecommendationNumber) -> Result<&Recommendation> {
        let mut known = self.catalogue.recommendations.iter();
        let found = known.find(|known| known.number == number);
        found.ok_or_else(|| {
            let range = self.recommendation_numbers();
            Error::slip(format!("There is no recommendation {number}{range}."))
        })
    }

    /// Which recommendations there are, as the end of a message: `; expected 1 to 28`.
    pub fn recommendation_numbers(&self) -> String {
        let known = &self.catalogue.recommendations;
        let ends = known.first().zip(known.last());
        ends.map_or_else(String::new, |(first, last)| {
            format!("; expected {} to {}", first.number, last.number)
        })
    }

    /// The question with this number.
    ///
    /// # Errors
    /// A slip that says which numbers there are under that recommendation.
    pub fn question(&self, number: QuestionNumber) -> Result<&Question> {
        self.questions.get(number).ok_or_else(|| {
            let numbers = self.questions.iter().map(|q| q.number);
            let near: Vec<_> = numbers.filter(|n| n.major == number.major).collect();
            let expected = match (near.first(), near.last()) {
                (Some(first), Some(last)) if first != last => {
                    format!("; under {} there are {first} to {last}", number.major)
                }
                (Some(only), _) => format!("; under {} there is only {only}", number.major),
                _ => self.nearest_questions(number),
            };
            Error::slip(format!("There is no question {number}{expected}."))
        })
    }

    /// The questions before and after a number under which there is none, as the end of a sentence.
    fn nearest_questions(&self, number: QuestionNumber) -> String {
        let numbers = || self.questions.iter().map(|q| q.number);
        let before = numbers().filter(|n| *n < number).max();
        let after = numbers().filter(|n| *n > number).min();
        match (before, after) {
            (Some(before), Some(after)) => format!("; the nearest are {before} and {after}"),
            (Some(only), None) | (None, Some(only)) => format!("; the nearest is {only}"),
            (None, None) => String::new(),
        }
    }

    /// The assessment of a recommendation; an empty one where nothing is recorded.
    pub fn assessment(&self, number: RecommendationNumber) -> &Assessment {
        self.records.assessments.get(&number).unwrap_or(&UNASSESSED)
    }

    /// The questions on a recommendation, by number.
    pub fn questions_on(&self, number: RecommendationNumber) -> impl Iterator<Item = &Question> {
        self.questions.on(number)
    }

    /// Where a question stands. The sources' questions start as asked.
    pub fn question_state(&self, question: &Question) -> QuestionState {
        self.questions.state(question)
    }

    /// Whether the day by which an answer to a question is expected is over, and the question is open.
    pub fn is_overdue(&self, question: &Question, today: NaiveDate) -> bool {
        question.recorded.due.is_some_and(|due| due < today)
            && self.question_state(question).is_open()
    }

    /// The question with this id.
    ///
    /// # Errors
    /// A slip that says that there is none any more.
    pub fn question_by_id(&self, id: &QuestionId) -> Result<&Question> {
        match id {
            QuestionId::Printed(number) => self.question(*number),
            QuestionId::Own(_) => {
                let fault = || Error::slip("There is no such question any more.");
                self.questions.by_id(id).ok_or_else(fault)
            }
        }
    }

    /// The number that people know a question by; its id if it is not there any more.
    pub fn question_label(&self, id: &QuestionId) -> String {
        let question = self.questions.by_id(id);
        question.map_or_else(|| id.to_string(), |question| question.number.to_string())
    }

    /// The answers to a question, in the order in which they were given.
    pub fn answers_to(&self, id: &QuestionId) -> Vec<&Answer> {
        let ids = self.answers_of.get(id).into_iter().flatten();
        let found = ids.filter_map(|id| self.records.answers.get(id));
        let mut found: Vec<&Answer> = found.collect();
        found.sort_by(|a, b| (a.on, a.at, &a.id).cmp(&(b.on, b.at, &b.id)));
        found
    }

    /// The questions that an assessment waits for and that have no answer yet.
    pub fn waits_for(&self, number: RecommendationNumber) -> Vec<&Question> {
        let blocked_by = self.assessment(number).blocked_by.iter();
        let found = blocked_by.filter_map(|id| self.questions.by_id(id));
        let mut found: Vec<&Question> = found
            .filter(|question| self.question_state(question).is_unanswered())
            .collect();
        found.sort_by_key(|question| question.number);
        found
    }

    /// The recommendations that wait for a question.
    pub fn waiting_for(&self, id: &QuestionId) -> Vec<RecommendationNumber> {
        let waits = |on: &RecommendationNumber| {
            let questions = self.waits_for(*on);
            questions.iter().any(|question| question.id == *id)
        };
        let assessed = self.records.assessments.keys().copied();
        assessed.filter(waits).collect()
    }

    /// Which of these recommendations wait for nothing any more, as the end of a notice.
    pub fn freed(&self, waited: &[RecommendationNumber]) -> Option<String> {
        let freed = waited.iter().filter(|on| self.waits_for(**on).is_empty());
        let freed: Vec<String> = freed.map(|on| format!("Rec {on}")).collect();
        let verb = if freed.len() == 1 { "waits" } else { "wait" };
        (!freed.is_empty()).then(|| format!("{} {verb} for no question any more", freed.join(", ")))
    }

    /// The findings on a recommendation and on its questions that `reader` may see, oldest first.
    pub fn findings_on(&self, number: RecommendationNumber, reader: &str) -> Vec<&Finding> {
        let is_on = |finding: &Finding| self.recommendation_of(&finding.about) == Some(number);
        let findings = self.records.findings.values();
        let found = findings.filter(|finding| finding.is_shown_to(reader) && is_on(finding));
        let mut found: Vec<&Finding> = found.collect();
        found.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        found
    }

    /// The recommendation that something is about, directly or through a question.
    pub fn recommendation_of(&self, about: &About) -> Option<RecommendationNumber> {
        match about {
            About::Recommendation(number) => Some(*number),
            About::Question(id) => self.questions.by_id(id).map(|q| q.recommendation),
            About::Meeting(_) => None,
        }
    }

    /// The remarks on a recommendation, its deliverables and its questions, gravest first.
    pub fn remarks_on(&self, number: RecommendationNumber) -> Vec<&Remark> {
        let own = self.remarks.on_recommendation(number).iter();
        let questions = self.questions_on(number);
        let on_questions = questions.flat_map(|q| self.remarks.on_question(q.number));
        let places: BTreeSet<&usize> = own.chain(on_questions).collect();
        let found = places.into_iter();
        let found = found.filter_map(|place| self.catalogue.remarks.get(*place));
        let mut found: Vec<&Remark> = found.collect();
        found.sort_by_key(|remark| remark.grade);
        found
    }

    /// The remarks on a question, in the order of the catalogue.
    pub fn remarks_on_question(&self, number: QuestionNumber) -> Vec<&Remark> {
        let places = self.remarks.on_question(number).iter();
        let found = places.filter_map(|place| self.catalogue.remarks.get(*place));
        found.collect()
    }

    /// Why a recommendation carries a flag: the text beside its claim contradicts it, or the team's verdict differs from it.
    pub fn flag(&self, recommendation: &Recommendation) -> Flag {
        let verdict = self.assessment(recommendation.number).implementation;
        Flag {
            text_contradicts: self.remarks.contradicts_claim(recommendation.number),
            verdict_differs: verdict.is_some_and(|verdict| differs(recommendation.claim, verdict)),
        }
    }

    /// What a source prints as the question with this id.
    pub fn printed_question(&self, id: &QuestionId) -> Option<&catalogue::Question> {
        let mut questions = self.catalogue.questions.iter();
        questions.find(|printed| QuestionId::Printed(printed.number) == *id)
    }

    /// What a source prints about the meeting with this id.
    pub fn quoted_meeting(&self, id: &MeetingId) -> Option<&catalogue::Meeting> {
        let mut meetings = self.catalogue.meetings.iter();
        meetings.find(|meeting| meeting.id == *id)
    }

    /// Whether a source tells of a meeting.
    pub fn is_quoted_meeting(&self, id: &MeetingId) -> bool {
        self.quoted_meeting(id).is_some()
    }

    /// Whether a meeting is known.
    pub fn knows_meeting(&self, id: &MeetingId) -> bool {
        self.records.meetings.contains_key(id) || self.is_quoted_meeting(id)
    }

    /// The fields of a record that are set.
    pub fn fields(&self, record: &Record) -> Fields {
        self.records.fields(record)
    }

    /// Sets a record to these fields; none means that the record is gone.
    ///
    /// # Errors
    /// Fields that make no such record.
    pub fn put(&mut self, record: &Record, fields: Fields) -> Result<(), BadField> {
        if let Record::Answer(id) = record
            && let Some(before) = self.records.answers.get(id)
            && let Some(others) = self.answers_of.get_mut(&before.question)
        {
            others.remove(id);
        }
        self.records.put(record, fields)?;
        if let Ok(id) = record.key().parse() {
            self.ids.pass(&id);
        }
        if let Record::Answer(id) = record
            && let Some(answer) = self.records.answers.get(id)
        {
            let others = self.answers_of.entry(answer.question.clone()).or_default();
            others.insert(id.clone());
        }
        if let Some(id) = record.question() {
            let recorded = self.records.questions.get(id);
            let question = Question::join(id, self.printed_question(id), recorded);
            self.questions.set(id, question);
        }
        Ok(())
    }
}

/// Why a recommendation is flagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flag {
    /// The text beside the claim contradicts it.
    pub text_contradicts: bool,
    /// The team's verdict differs from the claim.
    pub verdict_differs: bool,
}

impl Flag {
    /// Whether there is any reason.
    pub fn is_up(self) -> bool {
        self.text_contradicts || self.verdict_differs
    }
}

/// Whether a verdict says something else than the claim. What cannot be determined contradicts nothing.
fn differs(claim: Claim, verdict: Implementation) -> bool {
    match verdict {
        Implementation::CannotBeDetermined => false,
        Implementation::Implemented => claim != Claim::Complete,
        Implementation::PartiallyImplemented | Implementation::NotImplemented => {
            claim == Claim::Complete
        }
    }
}
