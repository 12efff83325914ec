//! Counting: how many recommendations are assessed, agreed and still relevant, and what is open on each.

use super::ids::RecommendationNumber;
use super::record::assessment::Assessment;
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
    let assessments = &review.records.assessments;
    let count = |is_counted: fn(&Assessment) -> bool| {
        let assessments = assessments.values();
        assessments
            .filter(|assessment| is_counted(assessment))
            .count()
    };
    let is_blocked = |number: &&RecommendationNumber| !review.waits_for(**number).is_empty();
    Tally {
        recommendations: review.catalogue.recommendations.len(),
        assessed: count(|a| a.implementation.is_some()),
        agreed: count(|a| a.standing == Some(Standing::Agreed)),
        still_relevant: count(|a| a.relevance == Some(Relevance::StillRelevant)),
        blocked: assessments.keys().filter(is_blocked).count(),
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
    let verdicts = review.records.verdicts.iter();
    let verdicts: Vec<Implementation> = verdicts
        .filter(|(deliverable, _)| deliverable.recommendation == number)
        .map(|(_, verdict)| verdict.verdict)
        .collect();
    let count = |wanted| {
        verdicts
            .iter()
            .filter(|verdict| **verdict == wanted)
            .count()
    };
    let counts = Implementation::ALL
        .iter()
        .map(|verdict| (*verdict, count(*verdict)));
    counts.filter(|(_, count)| *count > 0).collect()
}
