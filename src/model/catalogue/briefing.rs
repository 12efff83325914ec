//! The briefings under which a catalogue groups questions, and how one of them is found.

use super::Catalogue;
use crate::model::citation::Citation;
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::vocabulary::{BriefingName, UnknownWord};
use serde::{Deserialize, Serialize};

/// A briefing and what it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Briefing {
    /// Its name.
    pub name: BriefingName,
    /// What it covers, document by document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<BriefingCover>,
}

impl Briefing {
    /// What its questions stand under in a report: the heading of the first document that shows it, else its name.
    pub fn heading(&self) -> String {
        self.covers.first().map_or_else(
            || format!("{} briefing", self.name),
            |cover| cover.heading.clone(),
        )
    }
}

/// Which recommendations a document shows under a briefing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BriefingCover {
    /// The document.
    pub document: String,
    /// The heading, quoted.
    pub heading: String,
    /// The recommendations below it.
    pub recommendations: Vec<RecommendationNumber>,
    /// The meeting at which it was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    /// In our words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where the heading stands.
    pub source: Citation,
}

impl Catalogue {
    /// The briefing that a person means.
    ///
    /// # Errors
    /// The catalogue has no such briefing; the error lists those that it has.
    pub fn briefing_named(&self, typed: &str) -> Result<BriefingName, UnknownWord> {
        BriefingName::among(typed, self.briefings.iter().map(|briefing| &briefing.name))
    }

    /// The place of a briefing in the order of the catalogue; one that the catalogue does not have comes after all others.
    pub fn briefing_place(&self, name: &BriefingName) -> usize {
        let place = self.briefings.iter().position(|b| b.name == *name);
        place.unwrap_or(self.briefings.len())
    }
}
