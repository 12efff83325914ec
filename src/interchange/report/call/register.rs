//! Decisions and action items as a report lists them, under their numbers in the team's registers.

use super::journal::Call;
use super::positions::positions;
use super::{Line, Words};
use crate::model::record::action::{Action, Due};
use crate::model::record::finding::About;
use crate::model::record::position::Matter;
use chrono::NaiveDate;

/// The decisions of a call, with how the members stand to them.
pub(super) fn decisions(call: &Call) -> Vec<Line> {
    let decisions = call.decisions().map(|(id, decision)| {
        let mover = decision.said_by.as_ref();
        let deadline = decision.objections_by;
        let head = [
            mover.map(|name| format!("moved by {name}")),
            decision.consensus.map(|word| word.to_string()),
            on(call, &decision.about),
            deadline.map(|day| format!("objections until {day}")),
        ];
        let words = Words::Prose(decision.text.clone());
        Line {
            below: positions(call, &Matter::Decision(id.clone())),
            ..Line::new(format!("Decision {}", decision.number), head, words)
        }
    });
    decisions.collect()
}

/// The action items of a call.
pub(super) fn actions(call: &Call) -> Vec<Line> {
    let actions = call.actions();
    actions
        .map(|(_, action)| line(call, action, None))
        .collect()
}

/// The action items of earlier calls that were open when this one ended; `date` is the day of the call.
pub(super) fn carried(call: &Call, date: NaiveDate) -> Vec<Line> {
    let mut actions = call.review.records.actions();
    actions.retain(|(_, action)| !call.is_of_call(&action.meeting) && action.done.is_none());
    let actions = actions.into_iter();
    actions
        .map(|(_, action)| line(call, action, Some(date)))
        .collect()
}

/// An action item; `today` is given where the line says that it is overdue.
fn line(call: &Call, action: &Action, today: Option<NaiveDate>) -> Line {
    let records = &call.review.records;
    let due_on = records.due_on(action);
    let due = action.due.map(|due| match (due, due_on) {
        (Due::NextCall, Some(day)) => format!("due {due}, {day}"),
        (Due::NextCall, None) | (Due::Day(_), _) => format!("due {due}"),
    });
    let is_overdue = today.is_some_and(|today| records.is_overdue(action, today));
    let head = [
        action.owner.clone(),
        due,
        is_overdue.then(|| "overdue".to_owned()),
        on(call, &action.about),
    ];
    let words = Words::Prose(action.text.clone());
    Line::new(format!("Action item {}", action.number), head, words)
}

fn on(call: &Call, about: &Option<About>) -> Option<String> {
    let subject = call.subject(about.as_ref());
    subject.map(|subject| format!("on {subject}"))
}

/// The decisions of a call on which objections are waited for.
pub(super) fn deadlines(call: &Call) -> Vec<Line> {
    let deadlines = call.decisions().filter_map(|(_, decision)| {
        let deadline = format!("objections until {}", decision.objections_by?);
        Some(Line::plain(
            format!("Decision {}", decision.number),
            deadline,
        ))
    });
    deadlines.collect()
}
