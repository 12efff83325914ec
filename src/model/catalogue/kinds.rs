//! The kinds of quoted records, listed once. Reading, writing, storing, renewing and exporting a catalogue all go by this list.

use super::{
    Briefing, Budget, Bylaw, Document, Goal, Header, Meeting, Member, NewRecommendation, Objective,
    Portfolio, Presenter, Question, Recommendation, Review, Slide, Topic, Workstream,
};
use crate::error::{Error, Result};
use crate::model::date;
use crate::model::remark::Remark;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeSet;

/// The keys under which a record may say what it is called, the one to be used first; a source may be that of several records.
const NAMES: [&str; 5] = ["id", "number", "name", "section", "source"];

macro_rules! kinds {
    ($($(#[$doc:meta])+ $key:ident: $record:ident in $field:ident,)+) => {
        /// All quoted records of one review.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Catalogue {
            /// The name of the review whose recommendations these are, and the edition of this transcription.
            pub header: Header,
            $($(#[$doc])+ pub $field: Vec<$record>,)+
        }

        /// The keys of all kinds but the header, in the order in which they are written.
        pub const KINDS: &[&str] = &[$(stringify!($key)),+];

        /// All records of one kind.
        #[derive(Debug, Clone, Copy)]
        pub enum Records<'c> {
            $($(#[$doc])+ $record(&'c [$record]),)+
        }

        impl Records<'_> {
            /// How many there are.
            pub fn count(self) -> usize {
                match self {
                    $(Records::$record(records) => records.len(),)+
                }
            }
        }

        impl Serialize for Records<'_> {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Records::$record(records) => records.serialize(to),)+
                }
            }
        }

        impl Catalogue {
            /// The records of every kind, with its key.
            pub fn kinds(&self) -> impl Iterator<Item = (&'static str, Records<'_>)> {
                [$((stringify!($key), Records::$record(&self.$field)),)+].into_iter()
            }

            /// Reads one record of a kind and puts it behind the others.
            ///
            /// # Errors
            /// A record of another shape, or a kind that there is not.
            pub fn add<'de, D: Deserializer<'de>>(&mut self, kind: &str, record: D) -> Result<(), D::Error> {
                match kind {
                    $(stringify!($key) => self.$field.push($record::deserialize(record)?),)+
                    _ => return Err(D::Error::unknown_variant(kind, KINDS)),
                }
                Ok(())
            }
        }
    };
}

kinds! {
    /// The reviews.
    review: Review in reviews,
    /// The source documents.
    document: Document in documents,
    /// The recommendations, by number.
    recommendation: Recommendation in recommendations,
    /// The briefings, in the order of the source.
    briefing: Briefing in briefings,
    /// The questions, in the order of the source.
    question: Question in questions,
    /// The meetings.
    meeting: Meeting in meetings,
    /// The members, as printed.
    member: Member in members,
    /// Who presented for ICANN org.
    presenter: Presenter in presenters,
    /// The topics with their volunteers.
    topic: Topic in topics,
    /// The reviewing team's workstreams.
    workstream: Workstream in workstreams,
    /// The reviewing team's own draft recommendations.
    new_recommendation: NewRecommendation in new_recommendations,
    /// The sections of the bylaws that the sources name.
    bylaw: Bylaw in bylaws,
    /// Strategic objectives.
    objective: Objective in objectives,
    /// Strategic goals.
    goal: Goal in goals,
    /// Portfolios of the operating plan.
    portfolio: Portfolio in portfolios,
    /// Budget tables.
    budget: Budget in budgets,
    /// Text that no other record contains.
    slide: Slide in slides,
    /// What is odd in the sources.
    remark: Remark in remarks,
}

/// A quoted record of any kind, as JSON with plain dates.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotedRecord {
    /// The key of its kind; `catalogue` for the header.
    pub kind: &'static str,
    /// What it is called among its kind.
    pub name: String,
    /// What it says, under the keys of the TOML.
    pub content: String,
}

impl QuotedRecord {
    /// What remarks, findings and the journal call the record: `rec 11`, `new recommendation mitigation`.
    pub fn label(&self) -> String {
        label(self.kind, &self.name)
    }
}

/// What remarks, findings and the journal call a record of this kind and name.
pub fn label(kind: &str, name: &str) -> String {
    match kind {
        "recommendation" => format!("rec {name}"),
        _ => format!("{} {name}", kind.replace('_', " ")),
    }
}

impl Catalogue {
    /// Every record, the header first, then kind by kind in the order of each. No two of one kind have the same name.
    ///
    /// # Errors
    /// A defect of ours: a record that cannot be written as JSON.
    pub fn records(&self) -> Result<Vec<QuotedRecord>> {
        let mut all = vec![QuotedRecord {
            kind: "catalogue",
            name: "header".to_owned(),
            content: to_json(&self.header)?.to_string(),
        }];
        for (kind, records) in self.kinds() {
            let mut names = BTreeSet::new();
            let Value::Array(records) = to_json(&records)? else {
                continue;
            };
            for content in records {
                let name = free_name(&content, &names);
                names.insert(name.clone());
                all.push(QuotedRecord {
                    kind,
                    name,
                    content: content.to_string(),
                });
            }
        }
        Ok(all)
    }
}

/// Writes a record as JSON with plain dates.
///
/// # Errors
/// A defect of ours.
pub fn to_json(record: &impl Serialize) -> Result<Value> {
    let mut value = serde_json::to_value(record).map_err(Error::bug_from)?;
    date::make_plain(&mut value);
    Ok(value)
}

/// The name of a record, with a number behind it if another record has that name: two remarks may be shown by the same lines.
fn free_name(content: &Value, taken: &BTreeSet<String>) -> String {
    let name = match NAMES.iter().find_map(|key| content.get(key)) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let numbered = (2..).map(|n| format!("{name} ({n})"));
    std::iter::once(name.clone())
        .chain(numbered)
        .find(|name| !taken.contains(name))
        .unwrap_or(name)
}
