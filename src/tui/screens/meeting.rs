//! The screen of the meeting, part by part: the agenda with the recommendations of the day, the log, the roll, and the list of all meetings.
//! Decisions and action items are in [`registers`].

pub mod log;
pub mod registers;

use super::Item;
use crate::model::call::{planning, roll};
use crate::model::catalogue;
use crate::model::ids::{AgendaItemId, MeetingId, RecommendationNumber};
use crate::model::journal::change::Operation;
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::attendance::NO_UPDATE;
use crate::model::record::meeting::Meeting;
use crate::model::record::queued::Queued;
use crate::model::review::Review;
use crate::model::vocabulary::{Outcome, Presence};
use crate::tui::home::Target;
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use chrono::{DateTime, Local, NaiveDate, Utc};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// What the lists are made from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The review.
    pub review: &'a Review,
    /// The meeting.
    pub id: &'a MeetingId,
    /// What was recorded in it.
    pub journal: &'a [Operation],
    /// Who reads: others' private notes are not shown.
    pub reader: &'a str,
    /// The styles.
    pub theme: &'a Theme,
    /// The room, in cells.
    pub width: usize,
    /// Now.
    pub now: DateTime<Utc>,
    /// The day it is here.
    pub today: NaiveDate,
    /// Whether private notes are masked.
    pub masked: bool,
}

impl<'a> Scene<'a> {
    fn own(&self) -> Option<&'a Meeting> {
        self.review.records.meetings.get(self.id)
    }

    fn quoted(&self) -> Option<&'a catalogue::Meeting> {
        self.review
            .catalogue
            .meetings
            .iter()
            .find(|meeting| meeting.id == *self.id)
    }

    fn plain(&self, text: &str, style: Style) -> Item {
        Item {
            target: Target::Nothing,
            lines: prose::block(0, text, style, self.width),
        }
    }

    fn heading(&self, text: &str) -> Item {
        let line = Line::styled(
            prose::clip(text, self.width, self.theme.signs.more),
            self.theme.strong,
        );
        Item {
            target: Target::Nothing,
            lines: vec![line],
        }
    }

    /// A line whose end stands at the right edge of the pane.
    fn line(
        &self,
        head: Vec<Span<'static>>,
        text: &str,
        style: Style,
        end: Vec<Span<'static>>,
    ) -> Line<'static> {
        let width = self.width.min(prose::MEASURE);
        let (before, after): (usize, usize) = (
            head.iter().map(Span::width).sum(),
            end.iter().map(Span::width).sum(),
        );
        let room = width.saturating_sub(before + after + usize::from(after > 0));
        let text = prose::clip(text, room, self.theme.signs.more);
        let gap = width.saturating_sub(before + text.width() + after);
        let mut spans = head;
        spans.push(Span::styled(text, style));
        if after > 0 {
            spans.push(Span::raw(" ".repeat(gap)));
            spans.extend(end);
        }
        Line::from(spans)
    }
}

/// What stands in the frame above the agenda: what the meeting is called, its day, and whether it runs.
pub fn title(review: &Review, id: &MeetingId, now: DateTime<Utc>) -> String {
    let Some(own) = review.records.meetings.get(id) else {
        let day = review
            .catalogue
            .meetings
            .iter()
            .find(|m| m.id == *id)
            .and_then(|m| m.days.first()?.date);
        let day = day.map_or_else(String::new, |day| format!(" · {day}"));
        return format!(" {}{day} · quoted ", review.meeting_label(id));
    };
    let day = own
        .date
        .map_or_else(String::new, |date| format!(" · {date}"));
    // The minute stands in the header.
    let state = if own.is_running() && own.paused.is_none() {
        "runs".to_owned()
    } else {
        state(own, now)
    };
    let title = own.title.as_ref();
    let title = title.map_or_else(String::new, |title| format!(": {title}"));
    format!(" {}{title}{day} · {state} ", review.meeting_label(id))
}

/// How far a meeting has come: `planned`, `runs, minute 42`, `rests`, `over`.
pub fn state(meeting: &Meeting, now: DateTime<Utc>) -> String {
    match (meeting.started, meeting.ended, meeting.paused) {
        (None, ..) if meeting.number.is_none() => "named only".to_owned(),
        (None, ..) => "planned".to_owned(),
        (Some(_), Some(_), _) => "over".to_owned(),
        (_, _, Some(_)) => "rests".to_owned(),
        _ => format!("minute {}", meeting.minute(now)),
    }
}

/// Minutes used of those planned, and by how many they are over: `7/10 min`, `12/10 min, 2 over`.
pub fn spent(item: &AgendaItem, counting: u64) -> (String, bool) {
    let used = item.used(counting) / 60;
    match (item.planned, item.overrun(counting)) {
        (None, _) if item.opened.is_none() => (String::new(), false),
        (None, _) => (format!("{used} min"), false),
        (Some(planned), None) if item.opened.is_none() => (format!("{planned} min"), false),
        (Some(planned), None) => (format!("{used}/{planned} min"), false),
        (Some(planned), Some(over)) => (
            format!("{used}/{planned} min, {} OVER", over.div_ceil(60)),
            true,
        ),
    }
}

/// The agenda, and below it the recommendations queued for the meeting.
pub fn agenda(scene: &Scene<'_>) -> Vec<Item> {
    let mut items = match (scene.own(), scene.quoted()) {
        (Some(own), _) => own_agenda(scene, own),
        (None, Some(quoted)) => quoted_agenda(scene, quoted),
        _ => Vec::new(),
    };
    if scene.own().is_none() {
        return items;
    }
    let queue = scene.review.records.queue_of(scene.id);
    items.push(Item {
        target: Target::Nothing,
        lines: vec![Line::default()],
    });
    let reached = queue
        .iter()
        .filter(|(_, held)| held.outcome == Some(Outcome::Reached))
        .count();
    items.push(scene.heading(&format!(
        "Recommendations of the day {reached}/{}",
        queue.len()
    )));
    if queue.is_empty() {
        items.push(scene.plain("None queued. r queues some.", scene.theme.quiet));
    }
    items.extend(
        queue
            .into_iter()
            .map(|(number, held)| queued(scene, number, held)),
    );
    items
}

fn own_agenda(scene: &Scene<'_>, own: &Meeting) -> Vec<Item> {
    let theme = scene.theme;
    let agenda = scene.review.records.agenda_of(scene.id);
    if agenda.is_empty() {
        return vec![scene.plain("No agenda yet. a adds an item.", theme.quiet)];
    }
    let item = |(place, (id, item)): (usize, (&AgendaItemId, &AgendaItem))| {
        let open = own.item.as_ref() == Some(id);
        let counting = if open { own.counting(scene.now) } else { 0 };
        let (time, over) = spent(item, counting);
        let sign = if open { theme.signs.here } else { " " };
        let style = if open { theme.strong } else { theme.text };
        let head = vec![Span::styled(format!("{sign}{place:>2} "), style)];
        let time = Span::styled(time, if over { theme.flag } else { theme.quiet });
        Item {
            target: Target::Agenda(id.clone()),
            lines: vec![scene.line(head, &item.title(), style, vec![time])],
        }
    };
    (1..).zip(agenda).map(item).collect()
}

/// An agenda as a source prints it: with its times, which are local to the meeting.
fn quoted_agenda(scene: &Scene<'_>, meeting: &catalogue::Meeting) -> Vec<Item> {
    let theme = scene.theme;
    let mut items = vec![Item {
        target: Target::Nothing,
        lines: prose::block(0, &meeting.title, theme.strong, scene.width),
    }];
    let mut day = None;
    for item in &meeting.agenda {
        if item.day.is_some() && item.day != day {
            day = item.day;
            let date = meeting
                .days
                .iter()
                .find(|held| Some(held.day) == day)
                .and_then(|held| held.date);
            let date = date.map_or_else(String::new, |date| format!(", {date}"));
            items.push(Item {
                target: Target::Nothing,
                lines: vec![Line::default()],
            });
            items.push(scene.heading(&format!("Day {}{date}", day.unwrap_or_default())));
        }
        let number = item.number.as_deref().unwrap_or(" ");
        let head = vec![Span::styled(format!("{number:>3} "), theme.quiet)];
        let mut lines = prose::hanging(head, 4, &item.text, theme.quote, scene.width);
        for sub in &item.sub_items {
            lines.extend(prose::block(6, sub, theme.quote, scene.width));
        }
        let time = item
            .from
            .zip(item.to)
            .map(|(from, to)| format!("{}–{}", from.format("%H:%M"), to.format("%H:%M")));
        let told: Vec<String> = time.into_iter().chain([item.source.to_string()]).collect();
        lines.extend(prose::block(4, &told.join(" · "), theme.quiet, scene.width));
        items.push(Item {
            target: Target::Quoted,
            lines,
        });
    }
    items
}

fn queued(scene: &Scene<'_>, number: RecommendationNumber, held: &Queued) -> Item {
    let (theme, review) = (scene.theme, scene.review);
    let assessment = review.assessment(number);
    let (sign, word, style) = theme.implementation(assessment.implementation);
    let label = review
        .recommendation(number)
        .map_or("", |r| r.label.as_str());
    let waits: Vec<String> = review
        .waits_for(number)
        .iter()
        .map(|question| question.number.to_string())
        .collect();
    let mut told = Vec::new();
    if !waits.is_empty() {
        told.push(Span::styled(
            format!("waits for {}", waits.join(", ")),
            theme.partly,
        ));
    }
    match held.outcome {
        None => {}
        Some(Outcome::Reached) => told.push(Span::styled(
            format!("{} reached", theme.signs.agreed),
            theme.good,
        )),
        Some(Outcome::Deferred) => told.push(Span::styled("deferred", theme.partly)),
    }
    let mut end: Vec<Span<'static>> = Vec::new();
    for (at, span) in told.into_iter().enumerate() {
        end.extend((at > 0).then(|| Span::raw(" · ")));
        end.push(span);
    }
    let head = vec![
        Span::styled(format!("{number:>3} "), theme.strong),
        Span::styled(format!("{sign} {word:<12} "), style),
    ];
    let mut lines = vec![scene.line(head, label, theme.quiet, end)];
    if let Some(reason) = &held.reason {
        lines.extend(prose::block(4, reason, theme.quiet, scene.width));
    }
    Item {
        target: Target::Queued(number),
        lines,
    }
}

/// Who is marked as what, and who is not marked yet.
pub fn people(scene: &Scene<'_>) -> Vec<Item> {
    let (theme, review) = (scene.theme, scene.review);
    if scene.own().is_none() {
        return vec![scene.plain(
            "The sources print no roll call of this meeting.",
            theme.quiet,
        )];
    }
    let facilitator = scene.own().and_then(|own| own.facilitator.clone());
    let stated = review
        .records
        .roll_of(scene.id)
        .filter(|(_, held)| held.interest.is_some())
        .count();
    let mut items = vec![
        scene.plain(
            &format!("{} · c calls the roll", roll::told(review, scene.id)),
            theme.quiet,
        ),
        scene.plain(
            &format!(
                "{stated} stated interests · facilitator: {}",
                facilitator.as_deref().unwrap_or("not named")
            ),
            theme.quiet,
        ),
    ];
    for word in Presence::ALL {
        for (name, held) in roll::those(review, scene.id, &[*word]) {
            let (sign, style) = presence(theme, *word);
            let head = vec![Span::styled(format!("{sign} {:<11}", word.word()), style)];
            // That there is no update is counted above; only what changed is told by name.
            let update = held.interest.as_deref().filter(|text| *text != NO_UPDATE);
            let text = update.map_or_else(
                || name.to_owned(),
                |update| format!("{name} · interests: {update}"),
            );
            items.push(Item {
                target: Target::Person(name.to_owned()),
                lines: prose::hanging(head, 13, &text, theme.text, scene.width),
            });
        }
    }
    for name in review.team() {
        if review.records.presence(scene.id, name).is_none() {
            let head = vec![Span::styled(
                format!("{} {:<11}", theme.signs.unset, "not marked"),
                theme.quiet,
            )];
            items.push(Item {
                target: Target::Person(name.to_owned()),
                lines: prose::hanging(head, 13, name, theme.text, scene.width),
            });
        }
    }
    items
}

/// Sign and style of what somebody is at a meeting.
pub fn presence(theme: &Theme, word: Presence) -> (&'static str, Style) {
    match word {
        Presence::Present => (theme.signs.full, theme.good),
        Presence::Late => (theme.signs.half, theme.good),
        Presence::Left => (theme.signs.half, theme.partly),
        Presence::Apologies => (theme.signs.none, theme.bad),
        Presence::Observer | Presence::Guest | Presence::Staff => (theme.signs.bullet, theme.text),
    }
}

/// All meetings: those to come first, then those that were, the newest first; those of the sources at the end.
pub fn meetings(scene: &Scene<'_>) -> Vec<Item> {
    let (theme, review) = (scene.theme, scene.review);
    let mut own: Vec<(&MeetingId, &Meeting)> = review.records.meetings.iter().collect();
    own.sort_by_key(|(_, held)| {
        (
            held.ended.is_some(),
            std::cmp::Reverse((held.date, held.number)),
            held.name.clone(),
        )
    });
    let mut items = vec![scene.plain("N plans a meeting · Enter shows one", theme.quiet)];
    let row = |id: &MeetingId, told: String, day: Option<NaiveDate>| {
        let sign = if id == scene.id {
            theme.signs.here
        } else {
            " "
        };
        let day = day.map_or_else(|| " ".repeat(10), |day| day.to_string());
        let head = vec![
            Span::styled(
                format!("{sign} {:<14}", review.meeting_label(id)),
                theme.strong,
            ),
            Span::styled(format!("{day}  "), theme.quiet),
        ];
        Item {
            target: Target::Meeting(id.clone()),
            lines: vec![scene.line(head, &told, theme.text, Vec::new())],
        }
    };
    for (id, held) in own {
        let kind = held
            .kind
            .as_ref()
            .map_or_else(String::new, |kind| format!(" · {kind}"));
        let left = planning::not_reached(&review.records, id).len();
        let left = if left > 0 {
            format!(" · {left} to come to")
        } else {
            String::new()
        };
        items.push(row(
            id,
            format!("{}{left}{kind}", state(held, scene.now)),
            held.date,
        ));
    }
    for quoted in &review.catalogue.meetings {
        let place = quoted
            .place
            .as_ref()
            .map_or_else(String::new, |place| format!(" · {place}"));
        items.push(row(
            &quoted.id,
            format!("quoted · {}{place}", quoted.kind),
            quoted.days.first().and_then(|day| day.date),
        ));
    }
    items
}

/// A moment as the screen of a meeting shows it: the local time of day.
pub fn clock(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%H:%M").to_string()
}
