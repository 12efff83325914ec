//! The log of a meeting as it grows: what was recorded in it, oldest first, each with its minute. What was taken back is not in it.

use super::{Item, Scene, clock};
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::journal::stacks;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::text::visible;
use crate::tui::home::Target;
use crate::tui::screens::MASKED;
use crate::tui::widgets::prose;
use chrono::{DateTime, Utc};
use ratatui::text::Span;

/// The items of the log.
pub fn items(scene: &Scene<'_>) -> Vec<Item> {
    let theme = scene.theme;
    let standing = stacks::standing(scene.journal);
    let told: Vec<&Operation> = scene
        .journal
        .iter()
        .filter(|operation| standing.contains(&operation.id))
        .collect();
    let of_roll = |operation: &&Operation| operation.changes.iter().all(is_of_roll);
    let runs = told.chunk_by(|a, b| of_roll(a) && of_roll(b));
    let items: Vec<Item> = runs
        .flat_map(|run| match run {
            [first, _, ..] => vec![roll_call(scene, first, run)],
            one => one
                .iter()
                .filter_map(|operation| item(scene, operation))
                .collect(),
        })
        .collect();
    if items.is_empty() {
        let text = match scene.own() {
            None => "Nothing is recorded in a meeting that is only quoted.",
            Some(own) if own.started.is_none() => "The call has not begun. L starts it.",
            Some(_) => {
                "Nothing recorded yet: f finding, A action item, D decision, verdicts on any recommendation."
            }
        };
        return vec![scene.plain(text, theme.quiet)];
    }
    items
}

fn is_of_roll(change: &Change) -> bool {
    matches!(change.record, Record::Attendance(_) | Record::Member(_))
}

/// Twenty marks one after the other are one roll call, in the words in which they were recorded.
fn roll_call(scene: &Scene<'_>, first: &Operation, run: &[&Operation]) -> Item {
    let theme = scene.theme;
    let labels: Vec<String> = run
        .iter()
        .map(|operation| visible(&operation.label))
        .collect();
    let mut lines = prose::hanging(
        vec![minute(scene, first.at)],
        5,
        "Roll call",
        theme.strong,
        scene.width,
    );
    lines.extend(prose::block(
        7,
        &labels.join(" · "),
        theme.text,
        scene.width,
    ));
    let target = first.changes.first().map_or(Target::Nothing, |change| {
        Target::Change(change.record.clone())
    });
    Item { target, lines }
}

/// The minute of the call, or the time of day where it has none.
fn minute(scene: &Scene<'_>, at: DateTime<Utc>) -> Span<'static> {
    let minute = scene
        .own()
        .and_then(|own| own.started.map(|_| own.minute(at)));
    let when = minute.map_or_else(|| clock(at), |minute| minute.to_string());
    Span::styled(format!("{when:>4} "), scene.theme.quiet)
}

fn item(scene: &Scene<'_>, operation: &Operation) -> Option<Item> {
    let (theme, review) = (scene.theme, scene.review);
    // An undo stands for nothing of its own; what it took back is gone from the log.
    if operation.role != Role::Do {
        return None;
    }
    // The record that the operation is about; people and meetings made on the way are not.
    let first = operation.changes.iter().find(|change| {
        !matches!(change.record, Record::Member(_)) && change.field != Meeting::NAME
    })?;
    let (mut text, mut target, mut at) = (None, Target::Change(first.record.clone()), operation.at);
    match &first.record {
        Record::Finding(id) => {
            let finding = review
                .records
                .findings
                .get(id)
                .filter(|finding| finding.is_shown_to(scene.reader))?;
            let private = if finding.private { "private: " } else { "" };
            let said = finding
                .said_by
                .as_ref()
                .map_or_else(String::new, |name| format!("{name}: "));
            let shown = if finding.private && scene.masked {
                MASKED.to_owned()
            } else {
                format!("{private}{said}{}", finding.text)
            };
            (text, target, at) = (Some(shown), Target::Finding(id.clone()), finding.at);
        }
        Record::Decision(id) => {
            let held = review
                .records
                .decisions
                .get(id)
                .filter(|held| !held.withdrawn)?;
            (text, target) = (Some(held.text.clone()), Target::Decision(id.clone()));
        }
        Record::Action(id) => {
            let held = review
                .records
                .actions
                .get(id)
                .filter(|held| !held.withdrawn)?;
            (text, target) = (Some(held.text.clone()), Target::Action(id.clone()));
        }
        Record::Question(id) => {
            if let Some(question) = review.questions.by_id(id) {
                (text, target) = (
                    Some(question.text.clone()),
                    Target::Question(question.number),
                );
            }
        }
        // Asked afterwards, a call may have ended earlier than it was recorded.
        Record::Meeting(_)
            if operation
                .changes
                .iter()
                .any(|change| change.field == Meeting::ENDED && change.after.is_some()) =>
        {
            at = scene.own().and_then(|own| own.ended).unwrap_or(at);
        }
        Record::Answer(id) => {
            text = review
                .records
                .answers
                .get(id)
                .map(|answer| answer.text.clone())
        }
        Record::Position(id) => {
            let held = review.records.positions.get(id);
            let statement = held
                .and_then(|held| held.statement.as_ref())
                .map(|statement| format!("Minority statement: {statement}"));
            text = statement.or_else(|| held.and_then(|held| held.text.clone()));
        }
        Record::Assessment(_) | Record::Deliverable(_) | Record::Member(_) => {}
        Record::Meeting(_) | Record::Agenda(_) | Record::Queued(_) => {}
        Record::Attendance(_) | Record::Report(_) => {}
        Record::Round(_) | Record::Quoted(_) => {}
    }
    let label = visible(&operation.label);
    let is_step = matches!(first.record, Record::Meeting(_) | Record::Agenda(_));
    let style = if is_step { theme.strong } else { theme.text };
    let mut lines = prose::hanging(vec![minute(scene, at)], 5, &label, style, scene.width);
    if let Some(text) = text {
        lines.extend(prose::block(7, &text, theme.text, scene.width));
    }
    Some(Item { target, lines })
}
