//! A remark: what is odd in a source, how much it matters, which records it concerns, and the lines that show it.

use super::catalogue::quoted::quoted;
use super::citation::Citation;
use super::ids::{DeliverableNumber, QuestionNumber, RecommendationNumber};
use super::vocabulary::Grade;
use std::collections::{BTreeMap, BTreeSet};

quoted! {
    /// What is odd in a source, in our words.
    Remark {
        /// How much it matters.
        grade: Grade,
        /// What is odd.
        text: String,
        /// The records it concerns: `rec 26`, `question 27.1`, `portfolio 2.1.1`, ...
        concerns: Vec<String>,
        /// Whether it says that the text beside a claim of completion contradicts that claim.
        contradicts_claim: bool = default,
        /// The lines that show it.
        source: Citation,
    }
}

/// Which remarks concern which record, by their places in the catalogue, so that no list has to search them all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RemarkIndex {
    recommendations: BTreeMap<RecommendationNumber, Vec<usize>>,
    questions: BTreeMap<QuestionNumber, Vec<usize>>,
    contradicted: BTreeSet<RecommendationNumber>,
}

impl RemarkIndex {
    /// Reads what the remarks concern. A remark on a deliverable concerns its recommendation.
    pub fn of(remarks: &[Remark]) -> RemarkIndex {
        let mut index = RemarkIndex::default();
        for (place, remark) in remarks.iter().enumerate() {
            for concern in &remark.concerns {
                let Some((kind, name)) = concern.split_once(' ') else {
                    continue;
                };
                if let ("question", Ok(number)) = (kind, name.parse()) {
                    index.questions.entry(number).or_default().push(place);
                }
                let of_row = |row: DeliverableNumber| row.recommendation;
                let recommendation = match kind {
                    "rec" => name.parse().ok(),
                    "deliverable" => name.parse().ok().map(of_row),
                    _ => None,
                };
                let Some(number) = recommendation else {
                    continue;
                };
                let places = index.recommendations.entry(number).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
                if remark.contradicts_claim {
                    index.contradicted.insert(number);
                }
            }
        }
        index
    }

    /// The places of the remarks on a recommendation itself or one of its deliverables.
    pub fn on_recommendation(&self, number: RecommendationNumber) -> &[usize] {
        self.recommendations.get(&number).map_or(&[], Vec::as_slice)
    }

    /// The places of the remarks on a question.
    pub fn on_question(&self, number: QuestionNumber) -> &[usize] {
        self.questions.get(&number).map_or(&[], Vec::as_slice)
    }

    /// Whether a remark says that the text beside the claim on a recommendation contradicts it.
    pub fn contradicts_claim(&self, number: RecommendationNumber) -> bool {
        self.contradicted.contains(&number)
    }
}
