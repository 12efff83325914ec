//! Faults of a file: each with line and column, what is wrong, and what was expected; a file is refused with all of them at once, and
//! of very many the rest are counted.

use crate::error::{Error, Result};
use crate::model::text::visible;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// How many faults one error shows; the rest are only counted.
const SHOWN: usize = 50;

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// Each with the byte at which it begins.
    found: RefCell<Vec<(usize, String)>>,
    /// How many characters were cleaned away; that is no fault.
    pub removed: Cell<usize>,
}

impl Faults {
    /// Notes a fault at a byte of the file.
    pub fn add(&self, at: usize, fault: impl Into<String>) {
        self.found.borrow_mut().push((at, fault.into()));
    }

    /// Counts characters that were cleaned away.
    pub fn add_removed(&self, removed: usize) {
        self.removed.set(self.removed.get() + removed);
    }

    /// The value, or nothing and a fault.
    pub fn ok<T, E: ToString>(&self, at: usize, found: std::result::Result<T, E>) -> Option<T> {
        let noted = found.map_err(|fault| self.add(at, fault.to_string()));
        noted.ok()
    }

    /// Ends the search: nothing, or one error that names the first [`SHOWN`] faults, each on a line of its own.
    pub fn into_result(self, name: &str, text: &str) -> Result<()> {
        let found: BTreeSet<(usize, String)> = self.found.into_inner().into_iter().collect();
        if found.is_empty() {
            return Ok(());
        }
        let shown = found.iter().take(SHOWN);
        let mut lines: Vec<String> = shown
            .map(|(at, fault)| with_place(name, text, *at, fault))
            .collect();
        if found.len() > SHOWN {
            lines.push(format!("and {} more", found.len() - SHOWN));
        }
        Err(Error::bad_data(lines.join("\n"))
            .hint("Nothing was imported. Correct the file and import it again."))
    }
}

/// A fault with the line and the column at which it begins.
fn with_place(name: &str, text: &str, at: usize, fault: &str) -> String {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let in_line = before.rsplit('\n').next().unwrap_or_default();
    let column = in_line.chars().count() + 1;
    format!("{}:{line}:{column}: {}", visible(name), visible(fault))
}
