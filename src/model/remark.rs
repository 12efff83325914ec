//! A remark: what is odd in a source, how much it matters, which records it concerns, and the lines that show it.

use super::citation::Citation;
use super::ids::{DeliverableNumber, QuestionNumber, RecommendationNumber};
use super::vocabulary::Grade;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is odd in a source, in our words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// How much it matters.
    pub grade: Grade,
    /// What is odd.
    pub text: String,
    /// The records it concerns: `rec 26`, `question 27.1`, `portfolio 2.1.1`, ...
    pub concerns: Vec<String>,
    /// Whether it says that the text beside a claim of completion contradicts that claim.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub contradicts_claim: bool,
    /// The lines that show it.
    pub source: Citation,
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
                let recommendation = match kind {
                    "rec" => name.parse().ok(),
                    "deliverable" => name
                        .parse::<DeliverableNumber>()
                        .ok()
                        .map(|number| number.recommendation),
                    "question" => {
                        if let Ok(number) = name.parse() {
                            index.questions.entry(number).or_default().push(place);
                        }
                        None
                    }
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
