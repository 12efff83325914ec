//! The numbers that sources print, and the ids of the records that people make.

mod made;

pub use made::{AgendaItemId, Id, MeetingId, MeetingName, NextIds, QuestionId};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A name that does not have the form it should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadId {
    /// What it should name.
    pub of: &'static str,
    /// What was found.
    pub found: String,
    /// How it looks when it is right.
    pub expected: &'static str,
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "“{}” names no {}; expected {}",
            super::text::visible(&self.found),
            self.of,
            self.expected
        )
    }
}

impl std::error::Error for BadId {}

impl BadId {
    /// A text that was to name something of a kind, and how such a name looks.
    pub fn new(of: &'static str, found: &str, expected: &'static str) -> BadId {
        let found = found.to_owned();
        BadId {
            of,
            found,
            expected,
        }
    }
}

/// Reads a number as a person writes it: digits only, no sign, no leading zero.
fn digits(text: &str) -> Option<u16> {
    if text.is_empty() || text.starts_with('0') || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// The number of a recommendation of the earlier review, as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecommendationNumber(pub u16);

impl FromStr for RecommendationNumber {
    type Err = BadId;
    /// Accepts `11`, `rec 11` and `#11`.
    fn from_str(text: &str) -> Result<Self, BadId> {
        let bare = text.trim().trim_start_matches('#');
        let bare = bare
            .strip_prefix("rec ")
            .or_else(|| bare.strip_prefix("Rec "))
            .unwrap_or(bare)
            .trim();
        let bad = || BadId::new("recommendation", text, "a number such as 11");
        digits(bare).map(RecommendationNumber).ok_or_else(bad)
    }
}

/// The number of a question as printed: `11.4`, or `19` where the source prints no sub-number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionNumber {
    /// The number before the point, which is the recommendation it was printed under.
    pub major: u16,
    /// The number after the point.
    pub minor: Option<u16>,
}

impl QuestionNumber {
    /// Before every number that there can be.
    pub const FIRST: QuestionNumber = QuestionNumber {
        major: 0,
        minor: None,
    };
}

impl fmt::Display for QuestionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.minor {
            Some(minor) => f.pad(&format!("{}.{minor}", self.major)),
            None => f.pad(&self.major.to_string()),
        }
    }
}

impl FromStr for QuestionNumber {
    type Err = BadId;
    /// Accepts `11.4`, `q11.4`, `q19`, and `19.` for the question without a sub-number.
    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId::new("question", text, "a number such as 11.4 or q19");
        let bare = text.trim();
        let bare = bare.strip_prefix("question ").unwrap_or(bare);
        let bare = bare.trim_start_matches(['q', 'Q']);
        let (major, minor) = match bare.split_once(['.', ',']) {
            None => (bare, None),
            Some((major, "")) => (major, None),
            Some((major, minor)) => (major, Some(digits(minor).ok_or_else(bad)?)),
        };
        Ok(QuestionNumber {
            major: digits(major).ok_or_else(bad)?,
            minor,
        })
    }
}

/// The place of a deliverable: its recommendation and its row, counted from 1. Printed `25.3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliverableNumber {
    /// The recommendation it belongs to.
    pub recommendation: RecommendationNumber,
    /// Its row in the table, counted from 1.
    pub row: u16,
}

impl fmt::Display for DeliverableNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.recommendation, self.row)
    }
}

impl FromStr for DeliverableNumber {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let expected = "recommendation and row, such as 25.3";
        let bad = || BadId::new("deliverable", text, expected);
        let (recommendation, row) = text.split_once('.').ok_or_else(bad)?;
        Ok(DeliverableNumber {
            recommendation: RecommendationNumber(digits(recommendation).ok_or_else(bad)?),
            row: digits(row).ok_or_else(bad)?,
        })
    }
}

macro_rules! as_text {
    ($($name:ident),+) => { $(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.collect_str(self) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )+ };
}
as_text!(QuestionNumber, DeliverableNumber);
pub(super) use as_text;

/// Prints a type that has only one field as that field.
macro_rules! printed_as_content {
    ($($name:ident),+) => { $(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    )+ };
}
printed_as_content!(RecommendationNumber);
use printed_as_content;
