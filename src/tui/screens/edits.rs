//! What was edited since the team had it before it, as a word diff: with brackets, so that it reads without colours and in a copy.
//!
//! Long stretches that did not change are left out; the whole text stands in the assessment.

use crate::model::call::edits::{Known, runs};
use crate::model::compare::Words;
use crate::model::journal::change::Change;
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// So many unchanged words stand beside a change.
const AROUND: usize = 8;

/// The heading: since when.
pub fn heading(known: &Known) -> &'static str {
    if known.agreed {
        "Edits since it was agreed"
    } else {
        "Edits since it was proposed"
    }
}

/// A field and how its text was changed, wrapped to a width.
pub fn lines(edited: &Change, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut flow = Flow {
        lines: Vec::new(),
        line: Line::default(),
        used: 0,
        indent: 4,
        width: width.clamp(6, prose::MEASURE),
        gap: false,
    };
    flow.lines.push(Line::styled(
        format!("  {}", edited.field.label()),
        theme.quiet,
    ));
    let runs = runs(edited);
    for (at, run) in runs.iter().enumerate() {
        let style = match run {
            Words::Same(_) => theme.text,
            Words::Gone(_) => theme.removed,
            Words::New(_) => theme.added,
        };
        let (before, behind) = run.marks();
        let words = shortened(run, at > 0, at + 1 < runs.len(), theme.signs.more);
        let last = words.len().saturating_sub(1);
        for (place, word) in words.into_iter().enumerate() {
            let (open, close) = (
                if place == 0 { before } else { "" },
                if place == last { behind } else { "" },
            );
            // A line break that came or went is to be seen; one that stayed breaks the line.
            match (word.as_str(), run) {
                ("\n", Words::Same(_)) => flow.break_line(),
                ("\n", _) => flow.word(&format!("{open}(line break){close}"), style),
                (word, _) => flow.word(&format!("{open}{word}{close}"), style),
            }
        }
    }
    flow.break_line();
    flow.lines
}

/// The words of a run; of a long one that did not change only those beside a change.
fn shortened(run: &Words, follows: bool, leads: bool, more: &str) -> Vec<String> {
    let words = run.words();
    let (first, last) = (
        if follows { AROUND } else { 0 },
        if leads { AROUND } else { 0 },
    );
    if !matches!(run, Words::Same(_)) || words.len() <= first + last + 1 {
        return words.to_vec();
    }
    let mut short = words[..first].to_vec();
    short.push(more.to_owned());
    short.extend_from_slice(&words[words.len() - last..]);
    short
}

/// Words set one after the other into lines.
struct Flow {
    lines: Vec<Line<'static>>,
    line: Line<'static>,
    used: usize,
    indent: usize,
    width: usize,
    /// Whether a space belongs before the next word.
    gap: bool,
}

impl Flow {
    fn word(&mut self, word: &str, style: Style) {
        let room = self.width.saturating_sub(self.indent).max(1);
        // A word longer than a line is broken.
        for part in prose::wrap(word, room) {
            let width = part.width();
            if self.used > 0 && self.used + usize::from(self.gap) + width > room {
                self.break_line();
            }
            if self.line.spans.is_empty() {
                self.line.push_span(" ".repeat(self.indent));
            }
            if self.gap {
                // Within a run the space is of its style, so that a line through it is one line.
                let same = self
                    .line
                    .spans
                    .last()
                    .is_some_and(|span| span.style == style);
                self.line
                    .push_span(Span::styled(" ", if same { style } else { Style::new() }));
                self.used += 1;
            }
            self.used += width;
            self.line.push_span(Span::styled(part, style));
            self.gap = true;
        }
    }

    fn break_line(&mut self) {
        if !self.line.spans.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        (self.used, self.gap) = (0, false);
    }
}
