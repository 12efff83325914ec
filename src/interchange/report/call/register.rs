//! Decisions and action items as a report lists them, under their numbers in the team's registers.

use super::journal::Call;
use super::{Line, Words, matter};
use crate::model::edit::about_label;
use crate::model::ids::{Id, MeetingId};
use crate::model::record::action::{Action, Due};
use crate::model::record::decision::Decision;
use crate::model::record::finding::About;
use crate::model::record::position::Matter;
use crate::model::review::Review;
use chrono::NaiveDate;

/// The decisions of a call, with how the members stand to them.
pub(super) fn decisions(call: &Call, id: &MeetingId) -> Vec<Line> {
    let review = &call.review;
    let own = review
        .records
        .decisions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() == Some(id));
    let line = |(key, held): (&Id, &Decision)| {
        let parts = [
            held.said_by.as_ref().map(|name| format!("moved by {name}")),
            held.consensus.map(|word| word.to_string()),
            on(review, held.about.as_ref()),
            held.objections_by
                .map(|day| format!("objections until {day}")),
        ];
        let lead = format!("Decision {}", held.number);
        let below = matter::positions(call, id, &Matter::Decision(key.clone()));
        Line {
            below,
            ..Line::new(
                lead,
                parts.into_iter().flatten().collect(),
                Words::Prose(held.text.clone()),
            )
        }
    };
    own.map(line).collect()
}

/// The action items of a call.
pub(super) fn actions(review: &Review, id: &MeetingId) -> Vec<Line> {
    let own = review
        .records
        .actions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() == Some(id));
    own.map(|(_, held)| action(review, held, None)).collect()
}

/// The action items of earlier calls that were open when this one ended; `date` is the day of the call.
pub(super) fn carried(review: &Review, id: &MeetingId, date: NaiveDate) -> Vec<Line> {
    let open = review
        .records
        .actions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() != Some(id) && held.done.is_none());
    open.map(|(_, held)| action(review, held, Some(date)))
        .collect()
}

/// An action item; `today` is given where it is told that it is overdue.
fn action(review: &Review, held: &Action, today: Option<NaiveDate>) -> Line {
    let due = held
        .due
        .map(|due| match (due, review.records.due_on(held)) {
            (Due::NextCall, Some(day)) => format!("due {due}, {day}"),
            _ => format!("due {due}"),
        });
    let overdue = today
        .filter(|today| review.records.is_overdue(held, *today))
        .map(|_| "overdue".to_owned());
    let parts = [
        held.owner.clone(),
        due,
        overdue,
        on(review, held.about.as_ref()),
    ];
    Line::new(
        format!("Action item {}", held.number),
        parts.into_iter().flatten().collect(),
        Words::Prose(held.text.clone()),
    )
}

fn on(review: &Review, about: Option<&About>) -> Option<String> {
    match about? {
        About::Meeting(_) => None,
        about => Some(format!("on {}", about_label(review, about))),
    }
}

/// The decisions of a call on which objections are waited for.
pub(super) fn deadlines(review: &Review, id: &MeetingId) -> Vec<Line> {
    let own = review
        .records
        .decisions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() == Some(id));
    own.filter_map(|(_, held)| {
        Some(Line::said(
            format!("Decision {}", held.number),
            format!("objections until {}", held.objections_by?),
        ))
    })
    .collect()
}
