//! A citation: which lines of which source document show something. `000:702-707,719; 001:323`.

use super::ids::as_text;
use super::vocabulary::UnknownWord;
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
        let passages: Vec<String> = self.passages.iter().map(Passage::to_string).collect();
        f.write_str(&passages.join("; "))
    }
}

impl fmt::Display for Passage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ranges = self.ranges.iter().map(|range| (range.start(), range.end()));
        let ranges = ranges.map(|(from, to)| {
            if from == to {
                from.to_string()
            } else {
                format!("{from}-{to}")
            }
        });
        write!(
            f,
            "{}:{}",
            self.document,
            ranges.collect::<Vec<_>>().join(",")
        )
    }
}

impl FromStr for Citation {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let bad = || UnknownWord {
            of: "citation",
            found: text.to_owned(),
            expected: vec!["document and lines, such as 000:702-707,719".to_owned()],
        };
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

as_text!(Citation);
