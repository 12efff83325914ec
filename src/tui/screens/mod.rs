//! The parts of the screens, one a file: each looks at the review and makes lines, and touches nothing.

pub mod agreement;
pub mod assessment;
pub mod briefings;
pub mod dossier;
pub mod edits;
pub mod findings;
pub mod history;
pub mod ledger;
pub mod list;
pub mod meeting;
pub mod positions;
pub mod presenter;
pub mod questions;
pub mod report;

use super::home::Target;
use super::theme::Theme;
use super::widgets::prose;
use crate::model::ids::RecommendationNumber;
use crate::model::remark::Remark;
use crate::model::review::Review;
use chrono::NaiveDate;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Stands for a private note while others may see the screen.
pub const MASKED: &str = "•••••• (private; press I to show it until the next key)";

/// A part of the dossier: what it stands for, and its lines.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it stands for; the cursor passes over [`Target::Nothing`].
    pub target: Target,
    /// Its lines, wrapped to the pane.
    pub lines: Vec<Line<'static>>,
}

/// What a section is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The review.
    pub review: &'a Review,
    /// The recommendation.
    pub number: RecommendationNumber,
    /// Who reads: others' private notes are not shown.
    pub reader: &'a str,
    /// The styles.
    pub theme: &'a Theme,
    /// The room, in cells.
    pub width: usize,
    /// The day it is here.
    pub today: NaiveDate,
    /// Whether private notes are masked.
    pub masked: bool,
    /// How many lines of the recommendation's text stand at the head of the pane.
    pub head: usize,
    /// Whether the assessment has a pane of its own, where the findings stand below it.
    pub wide: bool,
}

impl Context<'_> {
    /// A heading with an empty line before it.
    fn heading(&self, text: &str) -> Item {
        Item {
            target: Target::Nothing,
            lines: vec![
                Line::default(),
                Line::styled(
                    prose::clip(text, self.width, self.theme.signs.more),
                    self.theme.strong,
                ),
            ],
        }
    }

    /// A line that nothing can be done with.
    fn plain(&self, text: &str, style: Style) -> Item {
        Item {
            target: Target::Nothing,
            lines: prose::block(0, text, style, self.width),
        }
    }

    /// A text with its citation on a line of its own below, at the right.
    fn cited(&self, mut lines: Vec<Line<'static>>, citation: &str) -> Vec<Line<'static>> {
        let room = self.width.min(prose::MEASURE);
        let citation = prose::clip(citation, room, self.theme.signs.more);
        let width = unicode_width::UnicodeWidthStr::width(citation.as_str());
        // It goes behind the last line where there is room, so that short texts stay one line.
        match lines.last_mut() {
            Some(last) if last.width() + width + 2 <= room => {
                let gap = " ".repeat(room - last.width() - width);
                last.spans
                    .extend([Span::raw(gap), Span::styled(citation, self.theme.quiet)]);
            }
            _ => lines.push(Line::from(vec![
                Span::raw(" ".repeat(room - width)),
                Span::styled(citation, self.theme.quiet),
            ])),
        }
        lines
    }

    /// A remark: in full when selected, else one line, so that what it stands beside stays in view.
    fn remark(&self, place: usize, remark: &Remark, selected: bool) -> Item {
        let theme = self.theme;
        let head = vec![Span::styled(
            format!("  {} {} ", theme.signs.remark, remark.grade),
            theme.grade(remark.grade),
        )];
        let indent = head.iter().map(Span::width).sum();
        let lines = if selected {
            self.cited(
                prose::hanging(head, indent, &remark.text, theme.text, self.width),
                &remark.source.to_string(),
            )
        } else {
            let mut line = Line::from(head);
            line.push_span(Span::styled(
                prose::clip(
                    &remark.text,
                    self.width.min(prose::MEASURE).saturating_sub(indent),
                    theme.signs.more,
                ),
                theme.quiet,
            ));
            vec![line]
        };
        Item {
            target: Target::Remark(place),
            lines,
        }
    }
}
