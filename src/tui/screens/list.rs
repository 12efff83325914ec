//! The list of recommendations: number, verdict, relevance, open questions, flags; more columns where there is room. Only the rows in view are made.

use crate::model::ids::RecommendationNumber;
use crate::model::review::Review;
use crate::model::tally;
use crate::model::vocabulary::Standing;
use crate::tui::home::{Grouping, Home, Row};
use crate::tui::theme::Theme;
use crate::tui::widgets::{prose, window};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// Cells that the columns before the label take.
const FIXED: usize = 35;

/// Draws the rows into the inside of the pane and answers where the selected one is.
pub fn draw(
    frame: &mut Frame<'_>,
    inner: Rect,
    home: &mut Home,
    review: &Review,
    theme: &Theme,
    focused: bool,
) -> Option<Position> {
    let height = usize::from(inner.height);
    if inner.is_empty() {
        return None;
    }
    let at = home.selected_row().unwrap_or(0);
    // A heading directly above the selected row is shown with it.
    let from = if at > 0 && matches!(home.rows.get(at - 1), Some(Row::Heading(_))) {
        at - 1
    } else {
        at
    };
    home.first_row = window::follow(
        home.first_row.min(home.rows.len().saturating_sub(height)),
        height,
        from,
        at + 1,
    );
    for (y, row) in (inner.y..inner.bottom()).zip(home.rows.iter().skip(home.first_row)) {
        let area = Rect {
            y,
            height: 1,
            ..inner
        };
        match row {
            Row::Heading(text) => frame.render_widget(
                Line::styled(
                    format!(
                        " {}",
                        prose::clip(
                            text,
                            usize::from(inner.width).saturating_sub(1),
                            theme.signs.more
                        )
                    ),
                    theme.quiet,
                ),
                area,
            ),
            Row::Recommendation(number) => {
                let selected = *number == home.selected;
                frame.render_widget(
                    row_line(review, *number, theme, usize::from(inner.width), selected),
                    area,
                );
                if selected {
                    frame.buffer_mut().set_style(
                        area,
                        if focused {
                            theme.selected
                        } else {
                            theme.selected_quiet
                        },
                    );
                }
            }
        }
    }
    if home.rows.is_empty() {
        frame.render_widget(
            Line::styled(" Nothing matches. Esc clears it.", theme.quiet),
            Rect { height: 1, ..inner },
        );
        return None;
    }
    let row = u16::try_from(at.saturating_sub(home.first_row))
        .unwrap_or(0)
        .min(inner.height - 1);
    focused.then(|| Position::new(inner.x, inner.y + row))
}

/// The title of the pane: how many, and why not all.
pub fn title(home: &Home, all: usize) -> String {
    let shown = home.shown().count();
    match (home.filter.is_empty(), home.grouping) {
        (true, Grouping::Section) => format!(" {all} · all sections "),
        (true, Grouping::Number) => format!(" {all} · by number "),
        (false, _) => format!(" {shown} of {all} · /{} ", home.filter),
    }
}

fn row_line(
    review: &Review,
    number: RecommendationNumber,
    theme: &Theme,
    width: usize,
    selected: bool,
) -> Line<'static> {
    let Ok(recommendation) = review.recommendation(number) else {
        return Line::default();
    };
    let assessment = review.assessment(number);
    let (sign, word, style) = theme.implementation(assessment.implementation);
    let (relevance, relevance_style) = theme.relevance(assessment.relevance);
    let open = tally::open_questions(review, number);
    let blocked = if review.waits_for(number).is_empty() {
        " "
    } else {
        "b"
    };
    let flag = if review.flag(recommendation).is_up() {
        theme.signs.flag
    } else {
        " "
    };
    let (standing, standing_style) = match assessment.standing {
        Some(word @ Standing::Agreed) => (theme.signs.agreed, theme.standing(word)),
        Some(word @ Standing::Reopened) => (theme.signs.reopened, theme.standing(word)),
        _ => (" ", theme.text),
    };
    // On the selected row the reversed colours of the terminal must stay readable, so words keep no colour of their own.
    let quiet = |style: Style| if selected { Style::new() } else { style };
    let here = if selected { theme.signs.here } else { " " };
    let mut spans = vec![
        Span::raw(format!("{here}{number:>2} ")),
        Span::styled(format!("{sign} {word:<12} "), quiet(style)),
        Span::styled(format!("{relevance:<9}"), quiet(relevance_style)),
        Span::styled(
            if open > 0 {
                format!("{:>4}", format!("?{open}"))
            } else {
                "    ".to_owned()
            },
            quiet(theme.text),
        ),
        Span::styled(blocked, quiet(theme.partly)),
        Span::styled(flag, quiet(theme.flag)),
        Span::styled(standing, quiet(standing_style)),
    ];
    if width > FIXED + 12 {
        spans.push(Span::styled(
            format!(
                " {}",
                prose::clip(&recommendation.label, width - FIXED - 2, theme.signs.more)
            ),
            quiet(theme.text),
        ));
    } else if width < FIXED - 1 {
        // Too narrow for everything: the number, the verdict, and what is left over.
        spans.truncate(2);
        let rest = width.saturating_sub(spans.iter().map(|s| s.content.width()).sum());
        if rest >= 5 {
            spans.push(Span::styled(
                if open > 0 {
                    format!("?{open}")
                } else {
                    String::new()
                },
                quiet(theme.text),
            ));
            spans.push(Span::styled(flag, quiet(theme.flag)));
        }
    }
    Line::from(spans)
}
