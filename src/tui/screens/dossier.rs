//! The dossier: the text of a recommendation, the tabs of its sections, and the section that is open.

use super::{Context, Item, assessment, findings, history, positions, questions, report};
use crate::model::ids::RecommendationNumber;
use crate::model::journal::change::Operation;
use crate::model::tally;
use crate::tui::home::{Section, Spot, Target};
use crate::tui::theme::Theme;
use crate::tui::widgets::{prose, window};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use std::collections::HashMap;

/// The items of one section as they were made, and for what.
#[derive(Debug, Clone)]
pub struct Made {
    key: (u64, usize, usize, usize),
    /// Where the cursor was put, which may be another item than was asked for.
    settled: usize,
    /// The items.
    pub items: Vec<Item>,
    /// How many lines could be shown at once when they were drawn last.
    pub height: usize,
}

/// How many sections are remembered: every section of every recommendation that a call goes through.
const REMEMBERED: usize = 160;

/// The sections made so far, by recommendation; one is made again when the review, the width or its selection changed.
#[derive(Debug, Default)]
pub struct Sections {
    made: HashMap<(Section, RecommendationNumber), Made>,
    shown: Option<RecommendationNumber>,
}

impl Sections {
    /// The section as it was drawn last.
    pub fn last(&self, section: Section) -> Option<&Made> {
        self.made.get(&(section, self.shown?))
    }

    /// The section for this context, made anew where it must be.
    pub fn make(
        &mut self,
        context: &Context<'_>,
        section: Section,
        revision: u64,
        spot: &mut Spot,
        height: usize,
        history: &[Operation],
    ) -> &Made {
        self.shown = Some(context.number);
        let name = (section, context.number);
        let (asked, width, head) = (spot.item, context.width, context.head);
        if self.made.len() >= REMEMBERED && !self.made.contains_key(&name) {
            self.made.clear();
        }
        let made = match self.made.remove(&name) {
            Some(made)
                if (made.key.0, made.key.1, made.key.2) == (revision, width, head)
                    && (asked == made.key.3 || asked == made.settled) =>
            {
                made
            }
            before => {
                let build = |selected: usize| match section {
                    Section::Report => report::items(context, selected),
                    Section::Questions => questions::items(context, selected),
                    Section::Assessment => assessment::items(context),
                    Section::Findings => findings::items(context),
                    Section::Positions => positions::items(context, history),
                    Section::History => history::items(context, history),
                };
                // After a change the items may stand elsewhere; the cursor stays on what it was on.
                let held = before.filter(|made| made.key.0 != revision && made.settled == asked);
                let held = held.and_then(|made| place(&made.items, asked));
                let mut items = build(asked);
                let moved = held.and_then(|held| find(&items, &held)).unwrap_or(asked);
                let settled = settle(&items, moved);
                // Only a remark is made otherwise when the cursor is on it.
                let is_remark = |at: usize| {
                    matches!(
                        items.get(at).map(|item| &item.target),
                        Some(Target::Remark(_))
                    )
                };
                if settled != asked && (is_remark(settled) || is_remark(asked)) {
                    items = build(settled);
                }
                Made {
                    key: (revision, width, head, asked),
                    settled,
                    items,
                    height,
                }
            }
        };
        spot.item = made.settled;
        self.made.entry(name).or_insert(Made { height, ..made })
    }
}

/// What an item stands for, and how many before it stand for the same.
fn place(items: &[Item], at: usize) -> Option<(Target, usize)> {
    let target = items.get(at)?.target.clone();
    let before = items[..at]
        .iter()
        .filter(|item| item.target == target)
        .count();
    Some((target, before))
}

/// The item at that place in other items.
fn find(items: &[Item], (target, before): &(Target, usize)) -> Option<usize> {
    let same = items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.target == *target && *target != Target::Nothing);
    same.map(|(i, _)| i).nth(*before)
}

/// The nearest item at or after `wanted` on which the cursor can be, else the nearest before.
pub fn settle(items: &[Item], wanted: usize) -> usize {
    let can = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|item| item.target != Target::Nothing)
    };
    (wanted..items.len())
        .find(can)
        .or_else(|| (0..wanted.min(items.len())).rev().find(can))
        .unwrap_or(0)
}

/// The next item in a direction on which the cursor can be.
pub fn neighbour(items: &[Item], from: usize, down: bool) -> Option<usize> {
    let can = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|item| item.target != Target::Nothing)
    };
    if down {
        (from + 1..items.len()).find(can)
    } else {
        (0..from).rev().find(can)
    }
}

/// Moves the cursor to the next item, or scrolls inside one that is taller than the pane.
pub fn step(items: &[Item], height: usize, spot: &mut Spot, down: bool) {
    let (from, to) = lines_of(items, spot.item);
    let tall = to - from > height;
    let line = match (tall, down) {
        (true, true) if spot.line + height < to => Some((spot.line + 2).min(to - height)),
        (true, false) if spot.line > from => Some(spot.line.saturating_sub(2).max(from)),
        _ => None,
    };
    match (line, neighbour(items, spot.item, down)) {
        (Some(line), _) => spot.line = line,
        (None, Some(next)) => spot.item = next,
        (None, None) => {}
    }
}

/// First line and line after the last of an item.
pub fn lines_of(items: &[Item], at: usize) -> (usize, usize) {
    let from = items.iter().take(at).map(|item| item.lines.len()).sum();
    (
        from,
        from + items.get(at).map_or(0, |item| item.lines.len()),
    )
}

/// Draws the text at the top of the pane, at most `most` lines of it, and answers how many rows it took.
pub fn draw_text(frame: &mut Frame<'_>, inner: Rect, context: &Context<'_>, most: usize) -> u16 {
    let Ok(recommendation) = context.review.recommendation(context.number) else {
        return 0;
    };
    let theme = context.theme;
    let mut lines = prose::block(
        0,
        &recommendation.text,
        theme.text,
        usize::from(inner.width),
    );
    // What is cut here stands whole, with its citation, at the top of the report.
    if lines.len() <= most {
        lines = context.cited(lines, &recommendation.source.to_string());
    } else {
        lines.truncate(most);
        if let Some(span) = lines.last_mut().and_then(|line| line.spans.last_mut()) {
            let words = if span.width() + 2 > usize::from(inner.width) {
                span.content
                    .rsplit_once(' ')
                    .map_or("", |(before, _)| before)
            } else {
                &span.content
            };
            span.content = format!("{words} {}", theme.signs.more).into();
        }
    }
    let height = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .min(inner.height);
    frame.render_widget(ratatui::text::Text::from(lines), Rect { height, ..inner });
    height
}

/// The tabs with their counts, in words as long as fit: name, cells from and to, and the line.
pub fn tabs(
    context: &Context<'_>,
    open: Option<Section>,
    without: Option<Section>,
) -> (Line<'static>, Vec<(Section, u16, u16)>) {
    let long = [
        "Report",
        "Questions",
        "Assessment",
        "Findings",
        "Positions",
        "History",
    ];
    let medium = ["Report", "Qs", "Assess", "Findings", "Positions", "Hist"];
    let short = ["Report", "Qs", "Assess", "Findings", "Pos", "Hist"];
    let shortest = ["Rep", "Qs", "Asmt", "Find", "Pos", "Hist"];
    let questions = context.review.questions_on(context.number).count();
    let open_questions = tally::open_questions(context.review, context.number);
    let findings = context
        .review
        .findings_on(context.number, context.reader)
        .len();
    let positions = positions::told(context.review, context.number);
    let label = |section: Section, (names, counted): ([&'static str; 6], bool)| {
        let count = match section {
            _ if !counted => String::new(),
            Section::Questions if questions > 0 && questions == open_questions => {
                format!(" {questions}")
            }
            Section::Questions if questions > 0 => format!(" {open_questions}/{questions}"),
            Section::Findings if findings > 0 => format!(" {findings}"),
            Section::Positions => positions
                .as_ref()
                .map_or_else(String::new, |told| format!(" {told}")),
            _ => String::new(),
        };
        format!("{}{count}", names[section.index()])
    };
    let shown: Vec<Section> = Section::ALL
        .into_iter()
        .filter(|s| Some(*s) != without)
        .collect();
    let width = |names, gap: usize| {
        shown
            .iter()
            .map(|s| Span::raw(label(*s, names)).width() + gap)
            .sum::<usize>()
    };
    // The words go before the counts do.
    let ways = [
        ((long, true), 2),
        ((medium, true), 2),
        ((short, true), 2),
        ((short, true), 1),
        ((shortest, true), 1),
    ];
    let fits = |(names, gap): &(([&'static str; 6], bool), usize)| {
        width(*names, *gap) <= context.width + 2
    };
    let (names, gap) = ways
        .into_iter()
        .find(fits)
        .unwrap_or(((shortest, false), 1));
    let (mut line, mut places, mut at) = (Line::default(), Vec::new(), 0);
    for section in shown {
        let text = label(section, names);
        let cells = u16::try_from(Span::raw(text.as_str()).width()).unwrap_or(0);
        places.push((section, at, at + cells));
        let style = if Some(section) == open {
            context
                .theme
                .strong
                .add_modifier(ratatui::style::Modifier::UNDERLINED)
        } else {
            context.theme.quiet
        };
        line.extend([Span::styled(text, style), Span::raw(" ".repeat(gap))]);
        at += cells + u16::try_from(gap).unwrap_or(0);
    }
    (line, places)
}

/// Draws the lines of a section that are in view, with a bar in the gutter beside the selected item; answers where that is.
pub fn draw_items(
    frame: &mut Frame<'_>,
    area: Rect,
    items: &[Item],
    spot: &mut Spot,
    focused: bool,
    theme: &Theme,
) -> Option<Position> {
    let height = usize::from(area.height);
    let total: usize = items.iter().map(|item| item.lines.len()).sum();
    let (from, to) = lines_of(items, spot.item);
    if focused {
        let first = window::follow(spot.line, height, from, to);
        // At the top, what stands above the first item is shown with it.
        spot.line = if neighbour(items, spot.item, false).is_none() && to <= height {
            0
        } else {
            first
        };
    }
    spot.line = spot.line.min(total.saturating_sub(height.min(total)));
    let lines = items
        .iter()
        .enumerate()
        .flat_map(|(i, item)| item.lines.iter().map(move |line| (i, line)));
    for (y, (i, line)) in (area.y..area.bottom()).zip(lines.skip(spot.line)) {
        if area.width > 1 {
            frame.render_widget(
                line,
                Rect {
                    x: area.x + 1,
                    y,
                    width: area.width - 1,
                    height: 1,
                },
            );
        }
        if i == spot.item && focused && items[i].target != Target::Nothing && area.width > 0 {
            let sign = if theme.signs.here == ">" { "|" } else { "▌" };
            frame.buffer_mut()[(area.x, y)]
                .set_symbol(sign)
                .set_style(theme.key);
        }
    }
    (focused && !area.is_empty()).then(|| {
        let row = from.saturating_sub(spot.line).min(height - 1);
        Position::new(area.x, area.y + u16::try_from(row).unwrap_or(0))
    })
}
