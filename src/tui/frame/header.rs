//! The header: the screen and what counts on it, the call that runs, and who writes.

use super::{View, live};
use crate::model::tally;
use crate::tui::home::Pane;
use crate::tui::widgets::prose;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// The name of the screen and what counts on it, in full and short.
fn counts(view: &View<'_>) -> (&'static str, String, String) {
    if view.home.pane == Pane::Questions {
        let tally = tally::ledger(view.review, view.today);
        let late = if tally.overdue > 0 {
            format!(" · {} overdue", tally.overdue)
        } else {
            String::new()
        };
        let open = format!("{}/{} open", tally.open, tally.questions);
        return ("questions", format!("   {open}{late}"), open);
    }
    if view.home.pane == Pane::Meeting {
        let records = &view.review.records;
        let open = records
            .actions()
            .iter()
            .filter(|(_, held)| held.done.is_none())
            .count();
        let late = records.overdue(view.today);
        let late = if late > 0 {
            format!(" · {late} overdue")
        } else {
            String::new()
        };
        let many = |number: usize, of: &str| {
            if number == 1 {
                format!("1 {of}")
            } else {
                format!("{number} {of}s")
            }
        };
        let told = format!("{} to do", many(open, "action item"));
        return (
            "meeting",
            format!(
                "   {told}{late} · {}",
                many(records.decisions().len(), "decision")
            ),
            told,
        );
    }
    let tally = tally::tally(view.review);
    let assessed = format!("{}/{} assessed", tally.assessed, tally.recommendations);
    let blocked = if tally.blocked > 0 {
        format!(" · {} blocked", tally.blocked)
    } else {
        String::new()
    };
    (
        "recommendations",
        format!("   {assessed} · {} agreed{blocked}", tally.agreed),
        assessed,
    )
}

/// Draws the header. While a call runs, what is said of it goes before the counts; the shared screen shows nothing else.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &View<'_>) {
    let theme = view.theme;
    let room = usize::from(area.width);
    let shared = view.home.pane == Pane::Presenter;
    let (screen, counts, short) = counts(view);
    let review = &view.review.catalogue.header.review;
    let author = if shared {
        String::new()
    } else {
        format!("{} {} ", theme.signs.pen, view.author)
    };
    let mut spans = Vec::new();
    match view.live {
        Some(_) if shared => spans.push(Span::raw(" ")),
        Some(_) => {
            // What the call needs comes first; the counts stand where there is room for both.
            let whole = format!(" {review} {screen}{counts}");
            let told = if whole.width() + 70 + author.width() < room {
                whole
            } else {
                format!(" {review}")
            };
            spans.push(Span::styled(told, theme.strong));
        }
        None => {
            let name = format!(" {review} {screen}");
            if name.width() + counts.width() + author.width() < room {
                spans.extend([Span::styled(name, theme.strong), Span::raw(counts)]);
            } else {
                spans.extend([
                    Span::styled(format!(" {review} "), theme.strong),
                    Span::raw(short),
                ]);
            }
        }
    }
    let used: usize = spans.iter().map(Span::width).sum();
    // A long name of whoever writes must not push the call off the screen.
    let most = if view.live.is_some() {
        room.saturating_sub(used) / 4
    } else {
        room.saturating_sub(used + 1)
    };
    let author = prose::clip(&author, most, theme.signs.more);
    if let Some(live) = view.live {
        let left = room.saturating_sub(used + author.width() + 3);
        spans.push(Span::raw(if shared { "" } else { "  " }));
        spans.extend(live::spans(live, theme, left));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    spans.push(Span::raw(
        " ".repeat(room.saturating_sub(used + author.width())),
    ));
    spans.push(Span::raw(author));
    frame.render_widget(Line::from(spans), area);
}
