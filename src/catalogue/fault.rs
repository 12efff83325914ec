//! Faults of a catalogue: what is wrong, what was expected, and at which place of which file.

use super::read::File;
use crate::error::{Error, Result};
use crate::model::text::visible;
use std::collections::HashSet;

/// How many faults one error shows; the rest are only counted.
const SHOWN: usize = 20;

/// A place in a file, by the file's number and the byte at which something begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct At {
    pub file: usize,
    pub byte: usize,
}

/// All faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: Vec<(At, String)>,
    /// Where a value has the wrong shape: whatever else is wrong with it is the same fault again.
    shapes: HashSet<At>,
}

impl Faults {
    /// Notes a fault: what is wrong; what was expected.
    pub fn add(&mut self, at: At, fault: impl Into<String>) {
        if !self.shapes.contains(&at) {
            self.found.push((at, fault.into()));
        }
    }

    /// Notes what the TOML reader found wrong, in our form.
    pub fn add_toml(&mut self, file: usize, otherwise: usize, fault: &toml::de::Error) {
        let byte = fault.span().map_or(otherwise, |span| span.start);
        let message = fault.message().replacen(", expected ", "; expected ", 1);
        let message = if message.contains("expected") {
            message
        } else {
            format!("{message}; expected it here")
        };
        self.add(At { file, byte }, message);
        self.shapes.insert(At { file, byte });
    }

    /// Ends the search: nothing if nothing was found, else one error with the first [`SHOWN`] faults, each on a line of its own.
    pub fn into_result(mut self, files: &[File]) -> Result<()> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort_by_key(|(at, _)| *at);
        self.found.dedup();
        let more = self.found.len().saturating_sub(SHOWN);
        let mut lines: Vec<String> = self
            .found
            .iter()
            .take(SHOWN)
            .map(|(at, fault)| format!("{}: {}", place(*at, files), visible(fault)))
            .collect();
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        Err(Error::bad_data(lines.join("\n")))
    }
}

/// Prints a place as `file:line:column`, both counted from 1, the column in characters.
pub(super) fn place(at: At, files: &[File]) -> String {
    let Some(file) = files.get(at.file) else {
        return String::new();
    };
    let before = file.text.get(..at.byte).unwrap_or(&file.text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    format!("{}:{line}:{column}", visible(&file.name))
}
