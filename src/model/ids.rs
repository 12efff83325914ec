//! What names a record: numbers as printed in the sources, and ids made when a thing is written.

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

impl fmt::Display for RecommendationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

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
        digits(bare).map(RecommendationNumber).ok_or_else(|| BadId {
            of: "recommendation",
            found: text.to_owned(),
            expected: "a number such as 11",
        })
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
        let bad = || BadId {
            of: "question",
            found: text.to_owned(),
            expected: "a number such as 11.4 or q19",
        };
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
        let bad = || BadId {
            of: "deliverable",
            found: text.to_owned(),
            expected: "recommendation and row, such as 25.3",
        };
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

/// The id of a meeting: its kind and number, `plenary-43`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MeetingId(String);

impl MeetingId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads an id as a person types it: `Plenary 43` is plenary-43.
    ///
    /// # Errors
    /// What is no id in its written form either.
    pub fn typed(text: &str) -> Result<MeetingId, BadId> {
        // A file may have brought an id that is written otherwise, with two hyphens for instance; it can still be typed.
        text.parse().or_else(|bad| {
            let parts = text
                .split(|c: char| c.is_whitespace() || c == '-')
                .filter(|part| !part.is_empty());
            parts
                .collect::<Vec<_>>()
                .join("-")
                .to_lowercase()
                .parse()
                .map_err(|_| bad)
        })
    }
}

impl FromStr for MeetingId {
    type Err = BadId;
    /// A small letter, then small letters, digits and hyphens; at most 60 of them. [`MeetingId::typed`] is less strict.
    fn from_str(text: &str) -> Result<Self, BadId> {
        let well = text.len() <= 60
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if well {
            Ok(MeetingId(text.to_owned()))
        } else {
            Err(BadId {
                of: "meeting",
                found: text.to_owned(),
                expected: "a name such as plenary-43",
            })
        }
    }
}

impl TryFrom<String> for MeetingId {
    type Error = BadId;
    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}

impl From<MeetingId> for String {
    fn from(id: MeetingId) -> String {
        id.0
    }
}

impl fmt::Display for MeetingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The id of what a person wrote (a finding) and of an operation: made once, kept for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// The id made of random bits that come from outside, in the form of a UUID.
    pub fn from_random(bits: u128) -> Id {
        let hex = format!("{bits:032x}");
        Id(format!(
            "{}-{}-{}-{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..]
        ))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Id {
    type Err = BadId;
    /// Letters, digits and hyphens, 4 to 64 of them; penholder itself makes random UUIDs.
    fn from_str(text: &str) -> Result<Self, BadId> {
        let well = (4..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if well {
            Ok(Id(text.to_owned()))
        } else {
            Err(BadId {
                of: "record",
                found: text.to_owned(),
                expected: "4 to 64 letters, digits and hyphens",
            })
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
as_text!(Id);
