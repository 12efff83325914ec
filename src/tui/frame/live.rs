//! What every screen says of the call that runs: which meeting, which minute, which item of the agenda, what comes next.

use crate::model::ids::RecommendationNumber;
use crate::model::review::Review;
use crate::tui::theme::Theme;
use chrono::{DateTime, Utc};
use ratatui::text::Span;

/// What is said of the call. Two that are equal need no new drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// What the meeting is called.
    pub name: String,
    /// Hours and minutes since it started, `0:42`.
    pub clock: String,
    /// Whether it rests.
    pub rests: bool,
    /// Place of the open item, how many there are, minutes used and planned, and whether it takes longer than planned.
    pub item: Option<Item>,
    /// The recommendation of the day that comes next.
    pub next: Option<RecommendationNumber>,
}

/// The open item of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its place, counted from 1.
    pub place: usize,
    /// How many items there are.
    pub of: usize,
    /// Minutes used.
    pub used: u64,
    /// Minutes planned.
    pub planned: Option<u32>,
    /// Minutes over the plan, begun ones counted.
    pub over: Option<u64>,
}

/// What is to be said now; nothing while no call runs.
pub fn told(review: &Review, now: DateTime<Utc>) -> Option<Live> {
    let (id, meeting) = review.records.running()?;
    let agenda = review.records.agenda_of(id);
    let item = meeting.item.as_ref().and_then(|open| {
        let at = agenda.iter().position(|(item, _)| *item == open)?;
        let (held, counting) = (agenda[at].1, meeting.counting(now));
        let over = held.overrun(counting).map(|seconds| seconds.div_ceil(60));
        Some(Item {
            place: at + 1,
            of: agenda.len(),
            used: held.used(counting) / 60,
            planned: held.planned,
            over,
        })
    });
    let minute = meeting.minute(now);
    Some(Live {
        name: review.meeting_label(id),
        clock: format!("{}:{:02}", minute / 60, minute % 60),
        rests: meeting.paused.is_some(),
        item,
        next: review.next_queued(None),
    })
}

/// The spans that say it in at most so many cells: the item's time goes last, what comes next first.
pub fn spans(live: &Live, theme: &Theme, room: usize) -> Vec<Span<'static>> {
    let sign = if live.rests {
        theme.signs.none
    } else {
        theme.signs.full
    };
    let rests = if live.rests { " rests" } else { "" };
    let name = Span::styled(
        format!("{sign} {} {}{rests}", live.name, live.clock),
        theme.strong,
    );
    let short = Span::styled(format!("{sign} {}{rests}", live.clock), theme.strong);
    let mut item = Vec::new();
    if let Some(held) = &live.item {
        let planned = held
            .planned
            .map_or_else(String::new, |planned| format!("/{planned}"));
        item.push(Span::styled(
            format!(
                "  item {}/{} {}{planned} min",
                held.place, held.of, held.used
            ),
            theme.text,
        ));
        item.extend(
            held.over
                .map(|over| Span::styled(format!(" {over} OVER"), theme.flag)),
        );
    }
    let next = live
        .next
        .map(|number| Span::styled(format!("  next Rec {number}"), theme.text));
    let mut all = vec![name.clone()];
    all.extend(item.iter().cloned());
    let without = all.clone();
    all.extend(next);
    let brief: Vec<Span<'static>> = std::iter::once(short.clone()).chain(item).collect();
    let width = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    [all, without, brief, vec![name], vec![short]]
        .into_iter()
        .find(|spans| width(spans) <= room)
        .unwrap_or_default()
}
