//! The decision register and the action items, across all meetings.

use super::{Item, Scene};
use crate::model::call::position::{round, standing};
use crate::model::edit::about_label;
use crate::model::ids::{Id, MeetingId};
use crate::model::record::action::Action;
use crate::model::record::decision::Decision;
use crate::model::record::finding::About;
use crate::model::record::position::Matter;
use crate::model::review::Review;
use crate::model::vocabulary::Stance;
use crate::tui::home::Target;
use crate::tui::widgets::prose;
use ratatui::text::{Line, Span};

/// The decisions of all meetings, the newest first.
pub fn decisions(scene: &Scene<'_>) -> Vec<Item> {
    let mut found = scene.review.records.decisions();
    found.reverse();
    if found.is_empty() {
        return vec![scene.plain("No decision yet. D writes one down.", scene.theme.quiet)];
    }
    found
        .into_iter()
        .map(|(id, held)| decision(scene, id, held))
        .collect()
}

fn source(review: &Review, meeting: Option<&MeetingId>, minute: Option<u32>) -> String {
    let minute = minute.map_or_else(String::new, |minute| format!(", minute {minute}"));
    meeting.map_or_else(
        || "outside a meeting".to_owned(),
        |id| format!("{}{minute}", review.meeting_label(id)),
    )
}

fn decision(scene: &Scene<'_>, id: &Id, held: &Decision) -> Item {
    let theme = scene.theme;
    let mut told = vec![source(scene.review, held.meeting.as_ref(), held.minute)];
    told.extend(
        held.about
            .as_ref()
            .filter(|about| !matches!(about, About::Meeting(_)))
            .map(|about| about_label(scene.review, about)),
    );
    told.extend(held.said_by.as_ref().map(|name| format!("moved by {name}")));
    told.extend(held.consensus.map(|word| word.to_string()));
    told.extend(
        held.objections_by
            .map(|day| format!("objections until {day}")),
    );
    let matter = Matter::Decision(id.clone());
    let objections = standing(scene.review, &matter, round(scene.review, &matter));
    let objections = objections
        .values()
        .filter(|(_, held)| held.position == Stance::Object)
        .count();
    told.extend((objections > 0).then(|| format!("{objections} object")));
    let head = vec![Span::styled(format!("{:>3} ", held.number), theme.strong)];
    let mut lines = prose::hanging(head, 4, &held.text, theme.text, scene.width);
    lines.extend(prose::block(4, &told.join(" · "), theme.quiet, scene.width));
    lines.push(Line::default());
    Item {
        target: Target::Decision(id.clone()),
        lines,
    }
}

/// The action items of all meetings: those to be done first, by when they are due, then those done.
pub fn actions(scene: &Scene<'_>) -> Vec<Item> {
    let records = &scene.review.records;
    let mut found = records.actions();
    if found.is_empty() {
        return vec![scene.plain("No action item yet. A writes one down.", scene.theme.quiet)];
    }
    found.sort_by_key(|(_, held)| {
        (
            held.done.is_some(),
            std::cmp::Reverse(held.done),
            records.due_on(held).is_none(),
            records.due_on(held),
            held.number,
        )
    });
    let (open, overdue) = (
        found.iter().filter(|(_, held)| held.done.is_none()).count(),
        records.overdue(scene.today),
    );
    let late = if overdue > 0 {
        format!(", {overdue} overdue")
    } else {
        String::new()
    };
    let mut items = vec![scene.plain(
        &format!(
            "{open} of {} to do{late} · X marks one done · o for more",
            found.len()
        ),
        scene.theme.quiet,
    )];
    items.extend(found.into_iter().map(|(id, held)| action(scene, id, held)));
    items
}

fn action(scene: &Scene<'_>, id: &Id, held: &Action) -> Item {
    let (theme, records) = (scene.theme, &scene.review.records);
    let sign = if held.done.is_some() {
        theme.signs.agreed
    } else {
        theme.signs.unset
    };
    let head = vec![
        Span::styled(format!("{:>3} ", held.number), theme.strong),
        Span::raw(format!("{sign} ")),
    ];
    let mut lines = prose::hanging(
        head,
        6,
        &held.text,
        if held.done.is_some() {
            theme.quiet
        } else {
            theme.text
        },
        scene.width,
    );
    let mut spans = vec![
        Span::raw("      "),
        Span::styled(
            held.owner.clone().unwrap_or_else(|| "no owner".to_owned()),
            theme.strong,
        ),
    ];
    match (held.done, held.due) {
        (Some(day), _) => spans.push(Span::styled(format!(" · done {day}"), theme.good)),
        (None, Some(due)) => {
            let day = records
                .due_on(held)
                .filter(|day| day.to_string() != due.to_string());
            let day = day.map_or_else(String::new, |day| format!(" ({day})"));
            spans.push(Span::styled(format!(" · due {due}{day}"), theme.text));
            if records.is_overdue(held, scene.today) {
                spans.push(Span::styled(" overdue", theme.flag));
            }
        }
        (None, None) => {}
    }
    lines.push(Line::from(spans));
    let mut told = vec![
        source(scene.review, held.meeting.as_ref(), None),
        format!("asked {}", held.requested),
    ];
    told.extend(
        held.about
            .as_ref()
            .filter(|about| !matches!(about, About::Meeting(_)))
            .map(|about| about_label(scene.review, about)),
    );
    told.extend(held.category.clone());
    lines.extend(prose::block(6, &told.join(" · "), theme.quiet, scene.width));
    for (label, text) in [("progress", &held.progress), ("response", &held.response)] {
        if let Some(text) = text {
            lines.extend(prose::block(
                6,
                &format!("{label}: {text}"),
                theme.text,
                scene.width,
            ));
        }
    }
    lines.push(Line::default());
    Item {
        target: Target::Action(id.clone()),
        lines,
    }
}
