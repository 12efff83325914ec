//! Counting: how many recommendations are assessed, agreed and still relevant, and what is open on each.

use super::ids::RecommendationNumber;
use super::review::Review;
use super::vocabulary::{Implementation, Relevance, Standing};
use chrono::NaiveDate;

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
    let count = |holds: &dyn Fn(&super::record::assessment::Assessment) -> bool| {
        review
            .records
            .assessments
            .values()
            .filter(|a| holds(a))
            .count()
    };
    Tally {
        recommendations: review.catalogue.recommendations.len(),
        assessed: count(&|a| a.implementation.is_some()),
        agreed: count(&|a| a.standing == Some(Standing::Agreed)),
        still_relevant: count(&|a| a.relevance == Some(Relevance::StillRelevant)),
        blocked: review
            .records
            .assessments
            .keys()
            .filter(|number| !review.waits_for(**number).is_empty())
            .count(),
    }
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
        let open = review.question_state(question).is_open();
        tally.questions += 1;
        tally.open += usize::from(open);
        tally.overdue += usize::from(open && question.due.is_some_and(|due| due < today));
    }
    tally
}

/// How many questions on a recommendation are open.
pub fn open_questions(review: &Review, number: RecommendationNumber) -> usize {
    review
        .questions_on(number)
        .filter(|q| review.question_state(q).is_open())
        .count()
}

/// The roll-up of the team's verdicts on a recommendation's deliverables: how many have each verdict, in the order of the vocabulary.
pub fn roll_up(review: &Review, number: RecommendationNumber) -> Vec<(Implementation, usize)> {
    Implementation::ALL
        .iter()
        .map(|verdict| {
            (
                *verdict,
                review
                    .records
                    .verdicts
                    .iter()
                    .filter(|(d, v)| d.recommendation == number && v.verdict == *verdict)
                    .count(),
            )
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}
