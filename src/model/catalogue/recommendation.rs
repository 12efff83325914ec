//! A recommendation of the earlier review and its parts: deliverables, project status, links, mentions of others.

use super::Quote;
use crate::model::citation::Citation;
use crate::model::date;
use crate::model::ids::{DeliverableNumber, RecommendationNumber};
use crate::model::vocabulary::{Claim, DeliverableStatus, Phase};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
/// A recommendation of the earlier review, with what was reported about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// Its number.
    pub number: RecommendationNumber,
    /// The short label beside its table, quoted.
    pub label: String,
    /// The section heading, quoted.
    pub section: String,
    /// The date its report is as of.
    #[serde(with = "date")]
    pub as_of: NaiveDate,
    /// The text as the implementation report prints it.
    pub text: String,
    /// Where the text stands.
    pub source: Citation,
    /// What the implementation notes claim.
    pub claim: Claim,
    /// The implementation notes, quoted.
    pub implementation_notes: String,
    /// Where label, section, date and notes stand.
    pub sources: RecommendationSources,
    /// Other wordings of the text, each with the document it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<Quote>,
    /// The rows of its table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deliverables: Vec<Deliverable>,
    /// The project status, paragraph by paragraph.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub project_status: Vec<StatusParagraph>,
    /// Links, with the address where it is printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Mentions of other recommendations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cross_references: Vec<CrossReference>,
}

impl Recommendation {
    /// The deliverables with the numbers they are named by, `25.3`.
    pub fn numbered_deliverables(&self) -> impl Iterator<Item = (DeliverableNumber, &Deliverable)> {
        (1..).zip(&self.deliverables).map(|(row, deliverable)| {
            (
                DeliverableNumber {
                    recommendation: self.number,
                    row,
                },
                deliverable,
            )
        })
    }
}

/// Where the parts of a recommendation stand that are not its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationSources {
    /// Of the label.
    pub label: Citation,
    /// Of the section heading.
    pub section: Citation,
    /// Of the date.
    pub as_of: Citation,
    /// Of the implementation notes.
    pub implementation_notes: Citation,
}

/// A row of the status table with its own entry under Responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deliverable {
    /// Its text; a row that is only a list of items has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its bulleted items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_items: Vec<String>,
    /// The phase it is printed under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Who is responsible, quoted.
    pub responsible: String,
    /// Due date; none is filled in by the source we know.
    #[serde(
        default,
        with = "date::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub due: Option<NaiveDate>,
    /// Its status mark.
    pub status: DeliverableStatus,
    /// Where the row stands.
    pub source: Citation,
    /// Where the status mark stands, if a mark belongs to this row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_source: Option<Citation>,
}

/// A paragraph or list item of the project status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusParagraph {
    /// Its text.
    pub text: String,
    /// 1, or 2 for an item below an item.
    #[serde(default = "first_level", skip_serializing_if = "is_first_level")]
    pub level: u8,
    /// Its lines.
    pub source: Citation,
}

fn first_level() -> u8 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_first_level(level: &u8) -> bool {
    *level == 1
}

/// Words that carry a link, and its address where the source prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The words, or the address.
    pub text: String,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its lines.
    pub source: Citation,
}

/// A mention of another recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossReference {
    /// The recommendation mentioned.
    pub recommendation: RecommendationNumber,
    /// The words that mention it.
    pub text: String,
    /// Their lines.
    pub source: Citation,
}
