//! The briefings under which a catalogue groups questions, and how one of them is found.

use super::Catalogue;
use super::quoted::quoted;
use crate::model::citation::Citation;
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::vocabulary::{BriefingName, UnknownWord};

quoted! {
    /// A briefing and what it covers.
    Briefing {
        /// Its name.
        name: BriefingName,
        /// What it covers, document by document.
        covers: Vec<BriefingCover> = default,
    }

    /// Which recommendations a document shows under a briefing.
    BriefingCover {
        /// The document.
        document: String,
        /// The heading, quoted.
        heading: String,
        /// The recommendations below it.
        recommendations: Vec<RecommendationNumber>,
        /// The meeting at which it was held.
        meeting: Option<MeetingId> = default,
        /// In our words.
        note: Option<String> = default,
        /// Where the heading stands.
        source: Citation,
    }
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
