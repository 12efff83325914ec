//! The screen of the meeting: the agenda with the recommendations of the day at the left, the open tab at the right; on a wide terminal the roll
//! stands beside both.

use super::{THREE_PANES, TWO_PANES, View, beside, cut, pane};
use crate::model::ids::MeetingId;
use crate::tui::room::{Listing, Made, Side, Tab};
use crate::tui::screens::dossier::draw_items;
use crate::tui::screens::meeting::{self as screen, Scene};
use crate::tui::theme::Theme;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

/// The roll beside the tabs is so wide, at most.
const ROLL: u16 = 46;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, view: &mut View<'_>) {
    let Some(id) = view.room.meeting(view.review) else {
        let inner = pane(frame, area, " Meeting ", true, view.theme);
        frame.render_widget(
            Line::styled(" There is no meeting yet. N plans one.", view.theme.quiet),
            Rect {
                height: inner.height.min(1),
                ..inner
            },
        );
        return;
    };
    let (left, right) = match view.room.side {
        _ if area.width >= TWO_PANES => {
            let (left, right) = beside(area, (area.width * 9 / 20).clamp(39, 84));
            (Some(left), Some(right))
        }
        Side::Agenda => (Some(area), None),
        Side::Tab => (None, Some(area)),
    };
    let wide = area.width >= THREE_PANES;
    if let Some(area) = left {
        agenda(frame, area, view, &id);
    }
    let Some(area) = right else { return };
    if !wide {
        return tabs(frame, area, view, &id, None);
    }
    let (middle, roll) = beside(area, area.width - ROLL.min(area.width / 3));
    tabs(frame, middle, view, &id, Some(Tab::Roll));
    let focused = view.room.side == Side::Tab && view.room.tab == Tab::Roll;
    let inner = pane(frame, roll, " Roll call ", focused, view.theme);
    list(frame, roll, inner, view, &id, Tab::Roll, focused);
}

fn agenda(frame: &mut Frame<'_>, area: Rect, view: &mut View<'_>, id: &MeetingId) {
    let focused = view.room.side == Side::Agenda;
    let inner = pane(
        frame,
        area,
        &screen::title(view.review, id, view.now),
        focused,
        view.theme,
    );
    let scene = scene(view, id, inner.width);
    let made = made(view, id, inner.width);
    view.room.agenda.make(made, || screen::agenda(&scene));
    let cursor = items(
        frame,
        area,
        inner,
        &mut view.room.agenda,
        focused,
        view.theme,
    );
    view.cursor = view.cursor.or(cursor);
    view.hits.list = inner;
}

fn scene<'a>(view: &View<'a>, id: &'a MeetingId, width: u16) -> Scene<'a> {
    Scene {
        review: view.review,
        id,
        journal: view.call,
        reader: view.author,
        theme: view.theme,
        width: usize::from(width.saturating_sub(2)),
        now: view.now,
        today: view.today,
        masked: view.masked,
    }
}

fn made(view: &View<'_>, id: &MeetingId, width: u16) -> Made {
    // Minutes turn over where the open item was opened, not where the clock's do.
    let since = view
        .review
        .records
        .meetings
        .get(id)
        .and_then(|held| held.since)
        .map_or(0, |since| since.timestamp());
    (
        view.revision,
        (view.now.timestamp() - since).div_euclid(60),
        usize::from(width),
        Some(id.clone()),
    )
}

/// The tabs and the open one below them; one that stands beside them is no tab.
fn tabs(
    frame: &mut Frame<'_>,
    area: Rect,
    view: &mut View<'_>,
    id: &MeetingId,
    without: Option<Tab>,
) {
    // What stands beside the tabs is open too; the log is shown here meanwhile.
    let shown = if Some(view.room.tab) == without {
        Tab::Log
    } else {
        view.room.tab
    };
    let focused = view.room.side == Side::Tab && Some(view.room.tab) != without;
    let inner = pane(frame, area, "", focused, view.theme);
    let (line, below) = cut(inner, 1);
    let (rule, body) = cut(below, 1);
    let mut spans = vec![Span::raw(" ")];
    for tab in Tab::ALL.into_iter().filter(|tab| Some(*tab) != without) {
        let style = if tab == shown {
            view.theme.strong.add_modifier(Modifier::UNDERLINED)
        } else {
            view.theme.quiet
        };
        let label = if inner.width < 46 && tab == Tab::Roll {
            "Roll"
        } else {
            tab.label()
        };
        spans.extend([Span::styled(label, style), Span::raw(" ")]);
        if inner.width >= 46 {
            spans.push(Span::raw(" "));
        }
    }
    frame.render_widget(Line::from(spans), line);
    let across = view
        .theme
        .signs
        .border
        .horizontal_top
        .repeat(usize::from(rule.width));
    frame.render_widget(Line::styled(across, view.theme.frame), rule);
    view.hits.dossier = body;
    list(frame, area, body, view, id, shown, focused);
}

fn list(
    frame: &mut Frame<'_>,
    area: Rect,
    body: Rect,
    view: &mut View<'_>,
    id: &MeetingId,
    tab: Tab,
    focused: bool,
) {
    let scene = scene(view, id, body.width);
    let made = made(view, id, body.width);
    let listing = &mut view.room.tabs[tab.index()];
    let before = listing.items.len();
    listing.make(made, || match tab {
        Tab::Log => screen::log::items(&scene),
        Tab::Roll => screen::people(&scene),
        Tab::Decisions => screen::registers::decisions(&scene),
        Tab::Actions => screen::registers::actions(&scene),
        Tab::Meetings => screen::meetings(&scene),
    });
    // The log follows what is recorded, as long as nobody reads further up.
    if tab == Tab::Log && !focused && listing.items.len() != before {
        listing.spot.item = listing.items.len().saturating_sub(1);
        listing.spot.line = usize::MAX;
    }
    let cursor = items(frame, area, body, listing, focused, view.theme);
    view.cursor = view.cursor.or(cursor);
}

fn items(
    frame: &mut Frame<'_>,
    pane: Rect,
    body: Rect,
    listing: &mut Listing,
    focused: bool,
    theme: &Theme,
) -> Option<Position> {
    listing.height = usize::from(body.height);
    let cursor = draw_items(
        frame,
        body,
        &listing.items,
        &mut listing.spot,
        focused,
        theme,
    );
    let all = listing.items.iter().map(|item| item.lines.len()).sum();
    let track = Rect {
        y: body.y.saturating_sub(1),
        height: body.height + 2,
        ..pane
    };
    window::bar(
        frame.buffer_mut(),
        track,
        listing.spot.line,
        listing.height,
        all,
        theme.quiet,
        theme.signs.here == ">",
    );
    cursor
}
