//! The screen of questions: all of them in a list, and the selected one whole below it. Only the rows in view are made.

use super::{Context, questions};
use crate::model::ids::QuestionNumber;
use crate::model::review::Review;
use crate::model::vocabulary::QuestionState;
use crate::tui::ledger::{Ledger, Row};
use crate::tui::theme::Theme;
use crate::tui::widgets::{prose, window};
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// From this width age, asker and due date have columns of their own.
const ALL_COLUMNS: usize = 76;

/// The title of the list: how many, how grouped, and why not all.
pub fn title(ledger: &Ledger, all: usize) -> String {
    let how = ledger.grouping.label();
    if ledger.filter.is_empty() {
        format!(" {all} · {how} ")
    } else {
        format!(" {} of {all} · {how} · /{} ", ledger.shown().count(), ledger.filter)
    }
}

/// Draws the rows into the inside of the pane and answers where the selected one is.
pub fn draw(frame: &mut Frame<'_>, inner: Rect, ledger: &mut Ledger, review: &Review, theme: &Theme, today: NaiveDate) -> Option<Position> {
    let height = usize::from(inner.height);
    if inner.is_empty() {
        return None;
    }
    let at = ledger.selected_row().unwrap_or(0);
    let from = if at > 0 && matches!(ledger.rows.get(at - 1), Some(Row::Heading(_))) { at - 1 } else { at };
    ledger.first_row = window::follow(ledger.first_row.min(ledger.rows.len().saturating_sub(height)), height, from, at + 1);
    // What stands below the last question has no selection of its own to bring it into view.
    let is_last = ledger.rows[(at + 1).min(ledger.rows.len())..].iter().all(|row| matches!(row, Row::Heading(_)));
    if is_last && at + height > ledger.rows.len() {
        ledger.first_row = ledger.rows.len().saturating_sub(height);
    }
    let width = usize::from(inner.width);
    for (y, row) in (inner.y..inner.bottom()).zip(ledger.rows.iter().skip(ledger.first_row)) {
        let area = Rect { y, height: 1, ..inner };
        match row {
            Row::Heading(text) => {
                frame.render_widget(
                    Line::styled(format!(" {}", prose::clip(text, width.saturating_sub(1), theme.signs.more)), theme.quiet),
                    area,
                );
            }
            Row::Question(number) => {
                let selected = ledger.selected == Some(*number);
                let again = ledger.repeats.get(number).copied();
                frame.render_widget(row_line(review, *number, again, theme, width, selected, today), area);
                if selected {
                    frame.buffer_mut().set_style(area, theme.selected);
                }
            }
        }
    }
    if ledger.shown().next().is_none() {
        let text = if ledger.filter.is_empty() { " There is no question yet. Q writes one." } else { " Nothing matches. Esc clears it." };
        frame.render_widget(Line::styled(text, theme.quiet), Rect { height: 1, ..inner });
        return None;
    }
    let row = u16::try_from(at.saturating_sub(ledger.first_row)).unwrap_or(0).min(inner.height - 1);
    Some(Position::new(inner.x, inner.y + row))
}

/// Where a question stands, in a word that fits a column.
fn short(state: QuestionState) -> &'static str {
    match state {
        QuestionState::Draft => "draft",
        QuestionState::Asked => "asked",
        QuestionState::ClarificationWanted => "clarification",
        QuestionState::Answered => "answered",
        QuestionState::FollowUp => "follow-up",
        QuestionState::Closed => "closed",
        QuestionState::NoLongerNeeded => "not needed",
    }
}

fn row_line(
    review: &Review,
    number: QuestionNumber,
    again: Option<QuestionNumber>,
    theme: &Theme,
    width: usize,
    selected: bool,
    today: NaiveDate,
) -> Line<'static> {
    let Some(question) = review.questions.get(number) else { return Line::default() };
    let state = review.question_state(question);
    let quiet = |style: Style| if selected { Style::new() } else { style };
    let here = if selected { theme.signs.here } else { " " };
    let mut spans = vec![
        Span::raw(format!("{here}{:<6}", number.to_string())),
        Span::styled(format!("{:<14}", short(state)), quiet(theme.question(state))),
    ];
    if width >= ALL_COLUMNS {
        let age = question.age(today).map_or_else(|| theme.signs.unset.to_owned(), |days| format!("{days} d"));
        let asker = question.asked_by.as_deref().unwrap_or(theme.signs.unset);
        let overdue = state.is_open() && question.due.is_some_and(|due| due < today);
        let due = question.due.map_or_else(|| theme.signs.unset.to_owned(), |due| due.to_string());
        spans.push(Span::styled(format!("{age:>6} "), quiet(theme.quiet)));
        spans.push(Span::styled(padded(asker, 9, theme), quiet(theme.quiet)));
        spans.push(Span::styled(format!("{due:<10}"), quiet(if overdue { theme.bad } else { theme.quiet })));
        spans.push(Span::styled(if overdue { theme.signs.remark } else { " " }, quiet(theme.bad)));
        spans.push(Span::raw(" "));
    }
    if let Some(again) = again {
        spans.push(Span::styled(format!("= {again}  "), quiet(theme.partly)));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    let line = question.text.replace('\n', " ");
    spans.push(Span::styled(prose::clip(&line, width.saturating_sub(used + 1), theme.signs.more), quiet(theme.text)));
    Line::from(spans)
}

/// A text cut and filled to so many cells and one more.
fn padded(text: &str, width: usize, theme: &Theme) -> String {
    let text = prose::clip(text, width, theme.signs.more);
    let rest = " ".repeat((width + 1).saturating_sub(text.width()));
    format!("{text}{rest}")
}

/// The selected question whole: words, recommendation, where it stands, answers, what is odd about it.
pub fn detail(context: &Context<'_>, number: QuestionNumber, again: Option<QuestionNumber>) -> Vec<Line<'static>> {
    let (review, theme) = (context.review, context.theme);
    let Some(question) = review.questions.get(number) else { return Vec::new() };
    let label = review.recommendation(question.recommendation).map(|r| r.label.clone()).unwrap_or_default();
    let mut lines = context.cited(prose::block(0, &question.text, theme.quote, context.width), &question.origin());
    let place = format!("Rec {} {label} · {}", question.recommendation, question.briefing_label());
    lines.extend(prose::block(0, &place, theme.quiet, context.width));
    if let Some(again) = again {
        lines.extend(prose::block(0, &format!("The same words as question {again}."), theme.partly, context.width));
    }
    lines.extend(questions::below(context, question, 0));
    for remark in review.remarks_on_question(number) {
        let head = vec![Span::styled(format!("{} {} ", theme.signs.remark, remark.grade), theme.grade(remark.grade))];
        let indent = head.iter().map(Span::width).sum();
        lines.extend(context.cited(prose::hanging(head, indent, &remark.text, theme.text, context.width), &remark.source.to_string()));
    }
    lines
}
