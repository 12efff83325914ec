//! Faults of a file: each with line and column, what is wrong, and what was expected; a file is refused with all of them at once, and
//! of very many the rest are counted.

use crate::error::{Error, Result};
use crate::model::text::visible;

/// How many faults one error shows; the rest are only counted.
const SHOWN: usize = 50;

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// Each with the byte at which it begins.
    found: Vec<(usize, String)>,
    /// How many characters were cleaned away; that is no fault.
    pub removed: usize,
}

impl Faults {
    /// Notes a fault at a byte of the file.
    pub fn add(&mut self, at: usize, fault: impl Into<String>) {
        self.found.push((at, fault.into()));
    }

    /// Ends the search: nothing, or one error that names the first [`SHOWN`] faults, each on a line of its own.
    pub fn into_result(mut self, name: &str, text: &str) -> Result<()> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort();
        self.found.dedup();
        let mut lines: Vec<String> = self
            .found
            .iter()
            .take(SHOWN)
            .map(|(at, fault)| told(name, text, *at, fault))
            .collect();
        if let Some(more) = self.found.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            lines.push(format!("and {more} more"));
        }
        Err(Error::bad_data(lines.join("\n"))
            .hint("Nothing was imported. Correct the file and import it again."))
    }
}

fn told(name: &str, text: &str, at: usize, fault: &str) -> String {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    format!("{}:{line}:{column}: {}", visible(name), visible(fault))
}
