//! The screen of questions: all of them in a list, and the selected one whole below it. Only the rows in view are made.

use super::{Context, questions};
use crate::model::ids::QuestionNumber;
use crate::model::record::question::Question;
use crate::model::review::Review;
use crate::model::vocabulary::QuestionState;
use crate::tui::ledger::{Columns, Ledger, Row};
use crate::tui::theme::Theme;
use crate::tui::widgets::{prose, window};
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// From this height the columns have headings.
const HEADED: u16 = 7;
/// From this width age, asker and due date have columns of their own.
const ALL_COLUMNS: usize = 76;

/// The title of the list: how many, how grouped, and why not all.
pub fn title(ledger: &Ledger, all: usize) -> String {
    let how = ledger.grouping.label();
    if ledger.filter.is_empty() {
        format!(" {all} · {how} ")
    } else {
        format!(
            " {} of {all} · {how} · /{} ",
            ledger.shown().count(),
            ledger.filter
        )
    }
}

/// Draws the rows into the inside of the pane; answers where the rows are, and where the selected one is.
pub fn draw(
    frame: &mut Frame<'_>,
    inner: Rect,
    ledger: &mut Ledger,
    review: &Review,
    theme: &Theme,
    today: NaiveDate,
) -> (Rect, Option<Position>) {
    if inner.is_empty() {
        return (inner, None);
    }
    let width = usize::from(inner.width);
    let headed = (inner.height >= HEADED).then_some(Rect { height: 1, ..inner });
    let inner = if headed.is_some() {
        Rect {
            y: inner.y + 1,
            height: inner.height - 1,
            ..inner
        }
    } else {
        inner
    };
    let height = usize::from(inner.height);
    let at = ledger.selected_row().unwrap_or(0);
    let from = if at > 0 && matches!(ledger.rows.get(at - 1), Some(Row::Heading(_))) {
        at - 1
    } else {
        at
    };
    ledger.first_row = window::follow(
        ledger
            .first_row
            .min(ledger.rows.len().saturating_sub(height)),
        height,
        from,
        at + 1,
    );
    // What stands below the last question has no selection of its own to bring it into view.
    let is_last = ledger.rows[(at + 1).min(ledger.rows.len())..]
        .iter()
        .all(|row| matches!(row, Row::Heading(_)));
    if is_last && at + height > ledger.rows.len() {
        ledger.first_row = ledger.rows.len().saturating_sub(height);
    }
    if ledger.shown().next().is_none() {
        let text = if ledger.filter.is_empty() {
            " There is no question yet. Q writes one."
        } else {
            " Nothing matches. Esc clears it."
        };
        frame.render_widget(Line::styled(text, theme.quiet), Rect { height: 1, ..inner });
        return (inner, None);
    }
    let rows = Rows {
        ledger,
        review,
        theme,
        width,
        today,
    };
    if let Some(area) = headed {
        frame.render_widget(rows.headings(), area);
    }
    for (y, row) in (inner.y..inner.bottom()).zip(ledger.rows.iter().skip(ledger.first_row)) {
        let area = Rect {
            y,
            height: 1,
            ..inner
        };
        match row {
            Row::Heading(text) => {
                let text = format!(
                    " {}",
                    prose::clip(text, width.saturating_sub(1), theme.signs.more)
                );
                frame.render_widget(Line::styled(text, theme.quiet), area);
            }
            Row::Question(number) => {
                frame.render_widget(rows.line(*number), area);
                if ledger.selected == Some(*number) {
                    frame.buffer_mut().set_style(area, theme.selected);
                }
            }
        }
    }
    let row = u16::try_from(at.saturating_sub(ledger.first_row))
        .unwrap_or(0)
        .min(inner.height - 1);
    (inner, Some(Position::new(inner.x, inner.y + row)))
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

/// What the rows are made from.
struct Rows<'a> {
    ledger: &'a Ledger,
    review: &'a Review,
    theme: &'a Theme,
    width: usize,
    today: NaiveDate,
}

impl Rows<'_> {
    /// The row of a question.
    fn line(&self, number: QuestionNumber) -> Line<'static> {
        let Some(question) = self.review.questions.get(number) else {
            return Line::default();
        };
        let (theme, state) = (self.theme, self.review.question_state(question));
        let selected = self.ledger.selected == Some(number);
        // On the selected row the reversed colours of the terminal must stay readable.
        let quiet = |style: Style| if selected { Style::new() } else { style };
        let here = if selected { theme.signs.here } else { " " };
        let mut spans = vec![
            Span::raw(format!("{here}{number:<6}")),
            Span::styled(
                format!("{:<14}", short(state)),
                quiet(theme.question(state)),
            ),
        ];
        spans.extend(
            self.columns(question, state)
                .into_iter()
                .map(|(text, style)| Span::styled(text, quiet(style))),
        );
        if let Some(again) = self.ledger.repeats.get(&number) {
            spans.push(Span::styled(format!("= {again}  "), quiet(theme.partly)));
        }
        let used: usize = spans.iter().map(Span::width).sum();
        let text = question.text.replace('\n', " ");
        spans.push(Span::styled(
            prose::clip(&text, self.width.saturating_sub(used + 1), theme.signs.more),
            quiet(theme.text),
        ));
        Line::from(spans)
    }

    /// Which of age, asker and due date have a column.
    fn shown(&self) -> Columns {
        if self.width < ALL_COLUMNS {
            Columns::default()
        } else {
            self.ledger.columns
        }
    }

    fn columns(&self, question: &Question, state: QuestionState) -> Vec<(String, Style)> {
        let (theme, shown) = (self.theme, self.shown());
        let mut cells = Vec::new();
        if shown.age {
            let age = question
                .age(self.today)
                .map_or_else(|| theme.signs.unset.to_owned(), |days| format!("{days} d"));
            cells.push((format!("{age:>6}  "), theme.quiet));
        }
        if shown.asker {
            cells.push((
                padded(
                    question
                        .recorded
                        .asked_by
                        .as_deref()
                        .unwrap_or(theme.signs.unset),
                    9,
                    theme,
                ),
                theme.quiet,
            ));
        }
        if shown.due {
            let overdue =
                state.is_open() && question.recorded.due.is_some_and(|due| due < self.today);
            let due = question
                .recorded
                .due
                .map_or_else(|| theme.signs.unset.to_owned(), |due| due.to_string());
            let sign = if overdue { theme.signs.remark } else { " " };
            cells.push((
                format!("{due:<10}{sign} "),
                if overdue { theme.bad } else { theme.quiet },
            ));
        }
        cells
    }

    /// What the columns hold.
    fn headings(&self) -> Line<'static> {
        let shown = self.shown();
        let mut text = format!(" {:<6}{:<14}", "no", "state");
        for (wanted, heading) in [
            (shown.age, "   age  "),
            (shown.asker, "asked by  "),
            (shown.due, "due         "),
        ] {
            text += if wanted { heading } else { "" };
        }
        Line::styled(format!("{text}question"), self.theme.strong)
    }
}

/// A text cut and filled to so many cells and one more.
fn padded(text: &str, width: usize, theme: &Theme) -> String {
    let text = prose::clip(text, width, theme.signs.more);
    let rest = " ".repeat((width + 1).saturating_sub(text.width()));
    format!("{text}{rest}")
}

/// The selected question whole: words, recommendation, where it stands, answers, what is odd about it.
pub fn detail(
    context: &Context<'_>,
    number: QuestionNumber,
    again: Option<QuestionNumber>,
) -> Vec<Line<'static>> {
    let (review, theme) = (context.review, context.theme);
    let Some(question) = review.questions.get(number) else {
        return Vec::new();
    };
    let label = review
        .recommendation(question.recommendation)
        .map(|r| r.label.clone())
        .unwrap_or_default();
    let mut lines = context.cited(
        prose::block(0, &question.text, theme.quote, context.width),
        &question.origin(),
    );
    let place = format!(
        "Rec {} {label} · {}",
        question.recommendation,
        question.briefing_label()
    );
    lines.extend(prose::block(0, &place, theme.quiet, context.width));
    if let Some(again) = again {
        lines.extend(prose::block(
            0,
            &format!("The same words as question {again}."),
            theme.partly,
            context.width,
        ));
    }
    lines.extend(questions::below(context, question, 0));
    for remark in review.remarks_on_question(number) {
        let head = vec![Span::styled(
            format!("{} {} ", theme.signs.remark, remark.grade),
            theme.grade(remark.grade),
        )];
        let indent = head.iter().map(Span::width).sum();
        lines.extend(context.cited(
            prose::hanging(head, indent, &remark.text, theme.text, context.width),
            &remark.source.to_string(),
        ));
    }
    lines
}
