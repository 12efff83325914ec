//! A citation: which lines of which source document show something. `000:702-707,719; 001:323`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Lines of one document, in reading order, which need not be the order of the lines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Passage {
    /// The document's number, three digits: the beginning of its file name.
    pub document: String,
    /// Ranges of lines, counted from 1 as received, both ends included.
    pub ranges: Vec<RangeInclusive<u32>>,
}

/// One passage or several.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Citation {
    /// The passages, in reading order.
    pub passages: Vec<Passage>,
}

impl Citation {
    /// Every line cited, with its document, in reading order.
    pub fn lines(&self) -> impl Iterator<Item = (&str, u32)> {
        self.passages.iter().flat_map(|passage| {
            passage
                .ranges
                .iter()
                .flat_map(|range| range.clone().map(|line| (passage.document.as_str(), line)))
        })
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, passage) in self.passages.iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{}:", passage.document)?;
            for (j, range) in passage.ranges.iter().enumerate() {
                if j > 0 {
                    f.write_str(",")?;
                }
                if range.start() == range.end() {
                    write!(f, "{}", range.start())?
                } else {
                    write!(f, "{}-{}", range.start(), range.end())?
                }
            }
        }
        Ok(())
    }
}

/// A citation that does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCitation(pub String);

impl fmt::Display for BadCitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "“{}” is no citation; expected document and lines, such as 000:702-707,719",
            super::text::visible(&self.0)
        )
    }
}

impl std::error::Error for BadCitation {}

impl FromStr for Citation {
    type Err = BadCitation;
    fn from_str(text: &str) -> Result<Self, BadCitation> {
        let bad = || BadCitation(text.to_owned());
        let line = |digits: &str| {
            digits
                .parse::<u32>()
                .ok()
                .filter(|n| *n > 0 && digits.bytes().all(|b| b.is_ascii_digit()))
        };
        let mut passages = Vec::new();
        for part in text.split("; ") {
            let (document, ranges) = part.split_once(':').ok_or_else(bad)?;
            if document.len() != 3 || !document.bytes().all(|b| b.is_ascii_digit()) {
                return Err(bad());
            }
            let ranges = ranges
                .split(',')
                .map(|range| {
                    let (from, to) = range.split_once('-').unwrap_or((range, range));
                    let (from, to) = (line(from)?, line(to)?);
                    (from <= to).then_some(from..=to)
                })
                .collect::<Option<Vec<_>>>()
                .ok_or_else(bad)?;
            passages.push(Passage {
                document: document.to_owned(),
                ranges,
            });
        }
        Ok(Citation { passages })
    }
}

impl Serialize for Citation {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Citation {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
