//! The frame of the screen: header, panes side by side as the room allows, the writing line, and the line of hints or of what just happened.

mod header;
pub mod live;
mod meeting;

use super::app::{Hits, Notice};
use super::command;
use super::home::{Home, Pane, Section};
use super::ledger::Ledger;
use super::room::Room;
use super::screens::dossier::{self, Sections};
use super::screens::{Context, ledger, list, presenter};
use super::theme::Theme;
use super::widgets::{prose, window};
use super::writer::Writer;
use crate::model::journal::change::Operation;
use crate::model::review::Review;
use chrono::{DateTime, NaiveDate, Utc};
use live::Live;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::{Line, Span};
use ratatui::widgets::Block;
use unicode_width::UnicodeWidthStr;

/// Below this width one pane is shown at a time.
pub const TWO_PANES: u16 = 72;
/// From this width the assessment stands beside the dossier.
pub const THREE_PANES: u16 = 140;
/// The rows of the question below the list at most: more are seldom filled.
const MOST_BELOW: u16 = 16;
/// Below this size only one line is shown that says what is needed.
pub const SMALLEST: (u16, u16) = (40, 12);

/// What a frame is drawn from. Only scroll offsets may move.
#[derive(Debug)]
pub struct View<'a> {
    /// The review.
    pub review: &'a Review,
    /// Its revision.
    pub revision: u64,
    /// Who reads and writes.
    pub author: &'a str,
    /// Where one is.
    pub home: &'a mut Home,
    /// Where one is among the questions.
    pub ledger: &'a mut Ledger,
    /// Where one is on the screen of the meeting.
    pub room: &'a mut Room,
    /// What was recorded in the meeting that its screen shows.
    pub call: &'a [Operation],
    /// What is said of the call that runs.
    pub live: Option<&'a Live>,
    /// Now.
    pub now: DateTime<Utc>,
    /// The day it is here.
    pub today: NaiveDate,
    /// The sections made so far.
    pub sections: &'a mut Sections,
    /// The history of the selected recommendation.
    pub history: &'a [Operation],
    /// How many rows the open line takes.
    pub writing: u16,
    /// The open line.
    pub writer: Option<&'a Writer>,
    /// Set if the open line contains a sentence that was typed as commands: whether its keys recorded something, which Tab can restore.
    pub mistyped: Option<bool>,
    /// Whether private notes are masked.
    pub masked: bool,
    /// Whether the filter is being typed.
    pub filtering: bool,
    /// The number typed so far, or the keys of a sequence begun.
    pub pending: &'a str,
    /// What just happened.
    pub notice: Option<&'a Notice>,
    /// Whether a dialog lies over the screen, which then has the cursor.
    pub covered: bool,
    /// The styles.
    pub theme: &'a Theme,
    /// Where the mouse can click.
    pub hits: &'a mut Hits,
    /// Where the terminal's cursor belongs: on what is typed, else on what is selected.
    pub cursor: Option<Position>,
}

/// Cuts so many lines off the top of an area; answers them and what is left below. The layouts here are too plain for a constraint solver,
/// which costs a tenth of the first frame.
fn cut(area: Rect, lines: u16) -> (Rect, Rect) {
    let height = lines.min(area.height);
    (
        Rect { height, ..area },
        Rect {
            y: area.y + height,
            height: area.height - height,
            ..area
        },
    )
}

/// Draws everything but dialogs. Answers whether there is room for them too.
pub fn draw(frame: &mut Frame<'_>, view: &mut View<'_>) -> bool {
    let area = frame.area();
    *view.hits = Hits::default();
    if area.is_empty() {
        return false;
    }
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        // A size that is cut short would be another size.
        let size = format!("{}x{}", SMALLEST.0, SMALLEST.1);
        let texts = [
            format!("penholder needs {size}"),
            format!("needs {size}"),
            size,
        ];
        let text = texts
            .into_iter()
            .find(|text| text.len() <= usize::from(area.width))
            .unwrap_or_else(|| "+".to_owned());
        frame.render_widget(
            Line::styled(text, view.theme.strong),
            Rect { height: 1, ..area },
        );
        return false;
    }
    let most = area.height / 2;
    let last = u16::try_from(notice_lines(view, area.width).len())
        .unwrap_or(1)
        .max(1);
    let writing = view
        .writer
        .map_or(0, |writer| writer.height(area.width, most));
    // The shared screen shows the record and the call, and nothing of who writes.
    let (top, below) = cut(
        area,
        u16::from(view.home.pane != Pane::Presenter || view.live.is_some()),
    );
    let (middle, below) = cut(below, below.height.saturating_sub(writing + last));
    let (line, bottom) = cut(below, writing);
    view.writing = writing;
    if !top.is_empty() {
        header::draw(frame, top, view);
    }
    panes(frame, middle, view);
    footer(frame, bottom, view);
    if let Some(writer) = view.writer {
        // Others may see the screen during a call and in the presenter view. I shows only notes that are recorded, never the open line.
        let masked = view.live.is_some() || view.home.pane == Pane::Presenter;
        view.cursor = writer.draw(frame, line, view.review, view.today, masked, view.theme);
    }
    if let Some(at) = view.cursor.filter(|_| !view.covered) {
        frame.set_cursor_position(at);
    }
    true
}

/// The widths of the panes: list, dossier, and the assessment beside it.
pub fn columns(area: Rect, pane: Pane) -> (Option<Rect>, Option<Rect>, Option<Rect>) {
    if area.width < TWO_PANES {
        return if pane == Pane::List {
            (Some(area), None, None)
        } else {
            (None, Some(area), None)
        };
    }
    if area.width < THREE_PANES {
        let (left, right) = beside(area, (area.width * 9 / 20).clamp(39, 56));
        return (Some(left), Some(right), None);
    }
    let list = (area.width * 7 / 20).clamp(54, 72);
    let (left, rest) = beside(area, list);
    let (middle, right) = beside(rest, (area.width - list) * 11 / 20);
    (Some(left), Some(middle), Some(right))
}

/// Cuts so many columns off the left of an area; both parts share the column in which their edges lie.
fn beside(area: Rect, columns: u16) -> (Rect, Rect) {
    let width = columns.min(area.width);
    let shared = width.saturating_sub(1);
    (
        Rect { width, ..area },
        Rect {
            x: area.x + shared,
            width: area.width - shared,
            ..area
        },
    )
}

fn panes(frame: &mut Frame<'_>, area: Rect, view: &mut View<'_>) {
    if view.home.pane == Pane::Questions {
        return questions(frame, area, view);
    }
    if view.home.pane == Pane::Meeting {
        return meeting::draw(frame, area, view);
    }
    if view.home.pane == Pane::Presenter {
        let column = presenter::column(area);
        let context = context(view, usize::from(column.width));
        presenter::draw(frame, column, view.writing, view.home, &context);
        view.hits.dossier = area;
        return;
    }
    let (left, middle, right) = columns(area, view.home.pane);
    view.hits.wide = right.is_some();
    if let Some(area) = left {
        let focused = view.home.pane == Pane::List;
        let title = list::title(view.home, view.review.catalogue.recommendations.len());
        let inner = pane(frame, area, &title, focused, view.theme);
        let cursor = list::draw(frame, inner, view.home, view.review, view.theme, focused);
        view.cursor = view.cursor.or(cursor);
        let (first, all) = (view.home.first_row, view.home.rows.len());
        window::bar(
            frame.buffer_mut(),
            area,
            first,
            usize::from(inner.height),
            all,
            view.theme.quiet,
            view.theme.signs.here == ">",
        );
        view.hits.list = inner;
    }
    let in_right = right.is_some() && view.home.section == Section::Assessment;
    if let Some(area) = middle {
        let focused = view.home.pane == Pane::Dossier && !in_right;
        dossier_pane(frame, area, view, focused, right.is_some());
    }
    if let Some(area) = right {
        let focused = view.home.pane == Pane::Dossier && in_right;
        let inner = pane(frame, area, " Assessment ", focused, view.theme);
        section(
            frame,
            area,
            inner,
            view,
            Section::Assessment,
            focused,
            usize::MAX,
        );
        view.hits.assessment = inner;
    }
}

/// The questions: the list, and where there is room the selected one below it.
fn questions(frame: &mut Frame<'_>, area: Rect, view: &mut View<'_>) {
    let room = area.height + view.writing;
    // On a wide terminal the question stands beside the list: its lines would not get wider anyway.
    let wide = area.width >= THREE_PANES;
    let below = if wide || room < 16 {
        0
    } else {
        (room * 2 / 5).min(MOST_BELOW).min(area.height / 2)
    };
    let (above, below) = if wide {
        beside(area, area.width * 3 / 5)
    } else {
        cut(area, area.height - below)
    };
    let above = if wide || below.is_empty() {
        above
    } else {
        Rect {
            height: above.height + 1,
            ..above
        }
    };
    let inner = pane(
        frame,
        above,
        &ledger::title(view.ledger, view.review.questions.iter().len()),
        true,
        view.theme,
    );
    let (inner, cursor) = ledger::draw(
        frame,
        inner,
        view.ledger,
        view.review,
        view.theme,
        view.today,
    );
    view.cursor = view.cursor.or(cursor);
    let (first, all) = (view.ledger.first_row, view.ledger.rows.len());
    window::bar(
        frame.buffer_mut(),
        above,
        first,
        usize::from(inner.height),
        all,
        view.theme.quiet,
        view.theme.signs.here == ">",
    );
    view.hits.list = inner;
    let Some(number) = view.ledger.selected.filter(|_| !below.is_empty()) else {
        return;
    };
    let state = view
        .review
        .questions
        .get(number)
        .map_or("", |q| view.review.question_state(q).word());
    let inner = pane(
        frame,
        below,
        &format!(" Question {number} · {state} "),
        false,
        view.theme,
    );
    let text = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        ..inner
    };
    let lines = ledger::detail(
        &context(view, usize::from(text.width)),
        number,
        view.ledger.repeats.get(&number).copied(),
    );
    let (shown, all) = (usize::from(text.height), lines.len());
    view.ledger.first_line = view.ledger.first_line.min(all.saturating_sub(shown));
    for (y, line) in (text.y..text.bottom()).zip(lines.into_iter().skip(view.ledger.first_line)) {
        frame.render_widget(
            line,
            Rect {
                y,
                height: 1,
                ..text
            },
        );
    }
    let (first, theme) = (view.ledger.first_line, view.theme);
    window::bar(
        frame.buffer_mut(),
        below,
        first,
        shown,
        all,
        theme.quiet,
        theme.signs.here == ">",
    );
    view.hits.dossier = inner;
}

/// Draws the frame of a pane, which shares its edges with its neighbours, and answers its inside.
fn pane(frame: &mut Frame<'_>, area: Rect, title: &str, focused: bool, theme: &Theme) -> Rect {
    let title = prose::clip(
        title,
        usize::from(area.width).saturating_sub(4),
        theme.signs.more,
    );
    let style = if focused {
        theme.frame_focus
    } else {
        theme.frame
    };
    let block = Block::bordered()
        .border_set(theme.signs.border)
        .border_style(style)
        .title(Span::styled(
            title,
            if focused { theme.title } else { theme.quiet },
        ));
    let block = if theme.signs.here == ">" {
        block
    } else {
        block.merge_borders(MergeStrategy::Exact)
    };
    let inner = block.inner(area);
    frame.render_widget(block, area);
    inner
}

fn dossier_pane(frame: &mut Frame<'_>, area: Rect, view: &mut View<'_>, focused: bool, wide: bool) {
    let Ok(recommendation) = view.review.recommendation(view.home.selected) else {
        return;
    };
    let title = format!(" Rec {} · {} ", recommendation.number, recommendation.label);
    let inner = pane(frame, area, &title, focused, view.theme);
    if inner.is_empty() {
        return;
    }
    // Beside its own pane the assessment is no tab; the dossier shows the report then.
    let shown = if wide && view.home.section == Section::Assessment {
        Section::Report
    } else {
        view.home.section
    };
    let text = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        ..inner
    };
    let context = context(view, usize::from(text.width));
    // The room that there is when nothing is written: opening the line must not move what is being read out.
    let room = usize::from(inner.height + view.writing);
    let most = if room < 14 { 1 } else { (room * 2 / 5).min(12) };
    // The form needs the room, its question and its fields are to be seen together; so do the positions with what they come to.
    let most = if matches!(shown, Section::Assessment | Section::Positions) && room < 30 {
        most.min(2)
    } else {
        most
    };
    let taken = dossier::draw_text(frame, text, &context, most);
    let (line, places) = dossier::tabs(&context, Some(shown), wide.then_some(Section::Assessment));
    let (_, below) = cut(inner, taken);
    let (tabs, below) = cut(below, 1);
    let (rule, body) = cut(below, 1);
    frame.render_widget(
        line,
        Rect {
            x: tabs.x + 1,
            width: tabs.width.saturating_sub(1),
            ..tabs
        },
    );
    frame.render_widget(
        Line::styled(
            view.theme
                .signs
                .border
                .horizontal_top
                .repeat(usize::from(rule.width)),
            view.theme.frame,
        ),
        rule,
    );
    view.hits.tabs = places
        .into_iter()
        .map(|(s, from, to)| {
            (
                s,
                Rect {
                    x: tabs.x + 1 + from,
                    width: to - from,
                    ..tabs
                }
                .intersection(inner),
            )
        })
        .collect();
    view.hits.dossier = inner;
    section(frame, area, body, view, shown, focused, most);
}

fn section(
    frame: &mut Frame<'_>,
    pane: Rect,
    body: Rect,
    view: &mut View<'_>,
    section: Section,
    focused: bool,
    head: usize,
) {
    if body.width < 3 {
        return;
    }
    let mut context = context(view, usize::from(body.width.saturating_sub(2)));
    (context.wide, context.head) = (view.hits.wide, head);
    let spot = view.home.spot(section);
    let made = view.sections.make(
        &context,
        section,
        view.revision,
        spot,
        usize::from(body.height),
        view.history,
    );
    let cursor = dossier::draw_items(frame, body, &made.items, spot, focused, view.theme);
    view.cursor = view.cursor.or(cursor);
    let all = made.items.iter().map(|item| item.lines.len()).sum();
    let first = spot.line;
    let track = Rect {
        y: body.y.saturating_sub(1),
        height: body.height + 2,
        ..pane
    };
    window::bar(
        frame.buffer_mut(),
        track,
        first,
        usize::from(body.height),
        all,
        view.theme.quiet,
        view.theme.signs.here == ">",
    );
}

fn context<'a>(view: &View<'a>, width: usize) -> Context<'a> {
    Context {
        review: view.review,
        number: view.home.selected,
        reader: view.author,
        theme: view.theme,
        today: view.today,
        masked: view.masked,
        width,
        wide: false,
        head: usize::MAX,
    }
}

/// The notice, after the number that is being typed if there is one, in at most four lines.
fn notice_lines(view: &View<'_>, width: u16) -> Vec<String> {
    let Some(notice) = view.notice.filter(|_| !view.filtering) else {
        return Vec::new();
    };
    let text = if view.pending.is_empty() {
        notice.text.clone()
    } else {
        format!("{}  {}", view.pending, notice.text)
    };
    let mut lines: Vec<String> = prose::wrap(&text, usize::from(width.saturating_sub(2)))
        .into_iter()
        .map(|line| format!(" {line}"))
        .collect();
    lines.truncate(4);
    lines
}

fn footer(frame: &mut Frame<'_>, area: Rect, view: &mut View<'_>) {
    let theme = view.theme;
    let room = usize::from(area.width);
    if view.filtering {
        let filter = if view.home.pane == Pane::Questions {
            &view.ledger.filter
        } else {
            &view.home.filter
        };
        let text = prose::clip(
            &format!(" /{filter}"),
            room.saturating_sub(1),
            theme.signs.more,
        );
        let at = u16::try_from(text.width()).unwrap_or(0);
        frame.render_widget(
            Line::from(vec![
                Span::styled(text, theme.strong),
                Span::styled("   Enter keeps the filter · Esc clears it", theme.quiet),
            ]),
            area,
        );
        view.cursor = Some(Position::new(area.x + at, area.y));
        return;
    }
    if !view.pending.is_empty() && view.notice.is_none() {
        frame.render_widget(
            Line::from(vec![
                Span::raw(" "),
                Span::styled(view.pending.to_owned(), theme.key),
            ]),
            area,
        );
        return;
    }
    if let Some(notice) = view.notice {
        let style = if notice.is_error {
            theme.error
        } else {
            theme.notice
        };
        let lines = notice_lines(view, area.width)
            .into_iter()
            .map(|line| Line::styled(line, style))
            .collect::<Vec<_>>();
        frame.render_widget(ratatui::text::Text::from(lines), area);
        return;
    }
    if view.covered {
        return;
    }
    match view.writer {
        Some(_) => {
            let hints = view
                .mistyped
                .map_or(super::writer::HINTS, super::writer::mistyped_hints);
            frame.render_widget(
                Line::styled(prose::clip(hints, room, theme.signs.more), theme.quiet),
                area,
            );
        }
        None => frame.render_widget(
            command::hints(command::Focus::of(view.home), theme, room),
            area,
        ),
    }
}
