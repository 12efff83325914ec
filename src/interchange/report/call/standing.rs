//! How far an assessment came in a call, step by step, and with which edits the team agreed to it.
//!
//! Before and after alone would hide that something agreed was reopened in the same call, and what was edited between proposal and agreement.

use super::correction::diff;
use super::journal::{Call, ChangeInCall};
use super::{Line, Words};
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::journal::change::{Change, net};
use crate::model::record::assessment::{Assessment, is_content};
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
use crate::model::vocabulary::Standing;

/// The texts of an assessment, whose edits are shown word by word.
const TEXTS: [Field; 4] = [
    Assessment::WHAT_WAS_DONE,
    Assessment::FINDING,
    Assessment::HOW_ASSESSED,
    Assessment::FURTHER_WORK,
];

/// The steps, where there are several: `unset → proposed (minute 8) → agreed (minute 11) → reopened (minute 14)`.
pub(super) fn steps(call: &Call, id: &MeetingId, number: RecommendationNumber) -> Option<Line> {
    let mut first = None;
    let mut path: Vec<&ChangeInCall> = Vec::new();
    for made in of(call, number).filter(|made| made.change.field == Assessment::STANDING) {
        first.get_or_insert(made.change.before.as_deref().unwrap_or("unset"));
        if made.is_back {
            path.pop();
        } else {
            path.push(made);
        }
    }
    // A draft is what any first entry makes of it.
    path.retain(|made| made.change.after.as_deref() != Some(Standing::Draft.word()));
    if path.len() < 2 {
        return None;
    }
    let meeting = call.review.records.meetings.get(id)?;
    let told = path.iter().map(|made| {
        let word = made.change.after.as_deref().unwrap_or("unset");
        format!("{word} (minute {})", meeting.minute(made.at))
    });
    let told: Vec<String> = first.map(str::to_owned).into_iter().chain(told).collect();
    Some(Line::said("Standing", told.join(" → ")))
}

/// What was edited in the call after it was proposed and before it was agreed, and which texts were changed after that, word by word.
pub(super) fn edits(call: &Call, number: RecommendationNumber) -> Vec<Line> {
    let word = |value: &Option<String>| {
        value
            .as_deref()
            .and_then(|word| word.parse::<Standing>().ok())
    };
    let starts = of(call, number)
        .find(|made| made.change.field == Assessment::STANDING)
        .and_then(|made| word(&made.change.before));
    let (mut since, mut agreed, mut later): (Vec<&Change>, Vec<&Change>, Vec<&Change>) =
        Default::default();
    let mut stands = starts;
    for made in of(call, number) {
        if made.change.field == Assessment::STANDING {
            let before = std::mem::replace(&mut stands, word(&made.change.after));
            match (before, stands) {
                (_, Some(Standing::Proposed)) => since.clear(),
                (Some(Standing::Proposed), Some(Standing::Agreed)) => {
                    agreed.clone_from(&since);
                    later.clear();
                }
                (_, Some(Standing::Agreed)) => later.clear(),
                _ => {}
            }
        } else if is_content(made.change.field) && stands == Some(Standing::Proposed) {
            since.push(&made.change);
        } else if TEXTS.contains(&made.change.field)
            && matches!(stands, Some(Standing::Agreed | Standing::Reopened))
        {
            later.push(&made.change);
        }
    }
    let line = |lead: &str, change: Change| {
        let words = match (&change.before, &change.after) {
            (before, after) if TEXTS.contains(&change.field) => diff(
                before.as_deref().unwrap_or(""),
                after.as_deref().unwrap_or(""),
            ),
            _ => Words::Prose(super::recommendation::step(&change)),
        };
        Line::new(
            format!("{lead}, {}", change.field.label()),
            Vec::new(),
            words,
        )
    };
    let with_edits = net(agreed)
        .into_iter()
        .map(|change| line("Agreed with edits", change));
    with_edits
        .chain(
            net(later)
                .into_iter()
                .map(|change| line("Changed after it was agreed", change)),
        )
        .collect()
}

fn of(call: &Call, number: RecommendationNumber) -> impl Iterator<Item = &ChangeInCall> {
    call.changes
        .iter()
        .filter(move |made| made.change.record == Record::Assessment(number))
}
