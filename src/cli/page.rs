//! A page of plain text for reading: headings, facts and wrapped prose.

use super::output::lines;
use chrono::{DateTime, Local, Utc};
use textwrap::Options;

/// A page that is being written.
#[derive(Debug)]
pub(super) struct Page {
    out: String,
    width: usize,
}

impl Page {
    /// An empty page of a width.
    pub fn new(width: usize) -> Page {
        Page {
            out: String::new(),
            width: width.max(20),
        }
    }

    /// A heading, with an empty line before it.
    pub fn heading(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.wrap(text, "", "    ");
    }

    /// Prose, indented.
    pub fn prose(&mut self, text: &str) {
        self.wrap(text, "  ", "  ");
    }

    /// A fact: what it is, and the value; nothing if there is none.
    pub fn fact(&mut self, what: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.wrap(&format!("{what}: {value}"), "  ", "    ");
        }
    }

    /// An item of a list.
    pub fn item(&mut self, mark: &str, text: &str) {
        let mark = lines(mark).concat();
        let below = " "
            .repeat(unicode_width::UnicodeWidthStr::width(mark.as_str()).min(self.width / 3) + 3);
        self.wrap(text, &format!("  {mark} "), &below);
    }

    /// The text of the page.
    pub fn into_text(self) -> String {
        self.out
    }

    fn wrap(&mut self, text: &str, first: &str, next: &str) {
        let mut first = first;
        for line in lines(text) {
            let options = Options::new(self.width)
                .initial_indent(first)
                .subsequent_indent(next);
            for wrapped in textwrap::wrap(&line, options) {
                self.out.push_str(wrapped.trim_end());
                self.out.push('\n');
            }
            first = next;
        }
    }
}

/// A moment as a person here reads it: local time, to the minute.
pub(super) fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local)
        .format("%Y-%m-%d %H:%M")
        .to_string()
}
