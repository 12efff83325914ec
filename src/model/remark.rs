//! A remark: what is odd in a source, how much it matters, which records it concerns, and the lines that show it.

use super::citation::Citation;
use super::ids::{QuestionNumber, RecommendationNumber};
use super::vocabulary::Grade;
use serde::{Deserialize, Serialize};

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

impl Remark {
    /// Whether it concerns a recommendation itself or one of its deliverables.
    pub fn concerns_recommendation(&self, number: RecommendationNumber) -> bool {
        let own = format!("rec {number}");
        let row = format!("deliverable {number}.");
        self.concerns.iter().any(|concern| *concern == own || concern.starts_with(&row))
    }

    /// Whether it concerns a question.
    pub fn concerns_question(&self, number: QuestionNumber) -> bool {
        let own = format!("question {number}");
        self.concerns.contains(&own)
    }
}
