//! Counting: how many recommendations are assessed, agreed and still relevant, and what is open on each.

use super::ids::RecommendationNumber;
use super::review::Review;
use super::vocabulary::{Implementation, Relevance, Standing};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Where the review stands. *Assessed* means that implementation is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Recommendations in all.
    pub recommendations: usize,
    /// With an implementation verdict.
    pub assessed: usize,
    /// Whose standing is agreed.
    pub agreed: usize,
    /// Still relevant.
    pub still_relevant: usize,
    /// Waiting for a question that has no answer yet.
    pub blocked: usize,
}

/// Counts the whole review.
pub fn tally(review: &Review) -> Tally {
    let mut tally = Tally {
        recommendations: review.catalogue.recommendations.len(),
        ..Tally::default()
    };
    for (number, assessment) in &review.records.assessments {
        tally.assessed += usize::from(assessment.implementation.is_some());
        tally.agreed += usize::from(assessment.standing == Some(Standing::Agreed));
        tally.still_relevant += usize::from(assessment.relevance == Some(Relevance::StillRelevant));
        tally.blocked += usize::from(!review.waits_for(*number).is_empty());
    }
    tally
}

/// Where the questions stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Questions in all.
    pub questions: usize,
    /// Those open.
    pub open: usize,
    /// Those open after the day on which an answer was due.
    pub overdue: usize,
}

/// Counts the questions.
pub fn ledger(review: &Review, today: NaiveDate) -> Ledger {
    let mut tally = Ledger::default();
    for question in review.questions.iter() {
        tally.questions += 1;
        tally.open += usize::from(review.question_state(question).is_open());
        tally.overdue += usize::from(review.is_overdue(question, today));
    }
    tally
}

/// How many questions on a recommendation are open.
pub fn open_questions(review: &Review, number: RecommendationNumber) -> usize {
    let questions = review.questions_on(number);
    let open = questions.filter(|q| review.question_state(q).is_open());
    open.count()
}

/// The roll-up of the team's verdicts on a recommendation's deliverables: how many have each verdict, in the order of the vocabulary.
pub fn roll_up(review: &Review, number: RecommendationNumber) -> BTreeMap<Implementation, usize> {
    let verdicts = review.records.verdicts.iter();
    let verdicts = verdicts.filter(|(deliverable, _)| deliverable.recommendation == number);
    count_each(verdicts.map(|(_, verdict)| verdict.verdict))
}

/// How often each word of a vocabulary occurs, in the order of the vocabulary.
pub(super) fn count_each<T: Ord>(words: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}
