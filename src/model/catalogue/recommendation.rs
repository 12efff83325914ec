//! A recommendation of the earlier review and its parts: deliverables, project status, links, mentions of others.

use super::Quote;
use super::quoted::quoted;
use crate::model::citation::Citation;
use crate::model::date;
use crate::model::ids::{DeliverableNumber, RecommendationNumber};
use crate::model::vocabulary::{Claim, DeliverableStatus, Phase};
use chrono::NaiveDate;

quoted! {
    /// A recommendation of the earlier review, with what was reported about it.
    Recommendation {
        /// Its number.
        number: RecommendationNumber,
        /// The short label beside its table, quoted.
        label: String,
        /// The section heading, quoted.
        section: String,
        /// The date its report is as of.
        #[serde(with = "date")]
        as_of: NaiveDate,
        /// The text as the implementation report prints it.
        text: String,
        /// Where the text stands.
        source: Citation,
        /// What the implementation notes claim.
        claim: Claim,
        /// The implementation notes, quoted.
        implementation_notes: String,
        /// Where label, section, date and notes stand.
        sources: RecommendationSources,
        /// Other wordings of the text, each with the document it comes from.
        wordings: Vec<Quote> = default,
        /// The rows of its table.
        deliverables: Vec<Deliverable> = default,
        /// The project status, paragraph by paragraph.
        project_status: Vec<StatusParagraph> = default,
        /// Links, with the address where it is printed.
        links: Vec<Link> = default,
        /// Mentions of other recommendations.
        cross_references: Vec<CrossReference> = default,
    }

    /// Where the parts of a recommendation stand that are not its text.
    RecommendationSources {
        /// Of the label.
        label: Citation,
        /// Of the section heading.
        section: Citation,
        /// Of the date.
        as_of: Citation,
        /// Of the implementation notes.
        implementation_notes: Citation,
    }

    /// A row of the status table with its own entry under Responsible.
    Deliverable {
        /// Its text; a row that is only a list of items has none.
        text: Option<String> = default,
        /// Its bulleted items.
        sub_items: Vec<String> = default,
        /// The phase it is printed under.
        phase: Option<Phase> = default,
        /// Who is responsible, quoted.
        responsible: String,
        /// Due date; none is filled in by the source we know.
        #[serde(with = "date::optional")]
        due: Option<NaiveDate> = default,
        /// Its status mark.
        status: DeliverableStatus,
        /// Where the row stands.
        source: Citation,
        /// Where the status mark stands, if a mark belongs to this row.
        status_source: Option<Citation> = default,
    }

    /// A paragraph or list item of the project status.
    StatusParagraph {
        /// Its text.
        text: String,
        /// 1, or 2 for an item below an item.
        #[serde(default = "first_level", skip_serializing_if = "is_first_level")]
        level: u8,
        /// Its lines.
        source: Citation,
    }

    /// Words that carry a link, and its address where the source prints it.
    Link {
        /// The words, or the address.
        text: String,
        /// The address.
        address: Option<String> = default,
        /// Its lines.
        source: Citation,
    }

    /// A mention of another recommendation.
    CrossReference {
        /// The recommendation mentioned.
        recommendation: RecommendationNumber,
        /// The words that mention it.
        text: String,
        /// Their lines.
        source: Citation,
    }
}

impl Recommendation {
    /// The deliverables with the numbers they are named by, `25.3`.
    pub fn numbered_deliverables(&self) -> impl Iterator<Item = (DeliverableNumber, &Deliverable)> {
        let recommendation = self.number;
        let number = move |row| DeliverableNumber {
            recommendation,
            row,
        };
        (1..).map(number).zip(&self.deliverables)
    }
}

fn first_level() -> u8 {
    1
}

fn is_first_level(level: &u8) -> bool {
    *level == 1
}
