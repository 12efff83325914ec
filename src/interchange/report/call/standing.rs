//! How far an assessment came in a call, step by step, and with which edits the team agreed to it.
//!
//! Before and after alone would hide that something agreed was reopened in the same call, and what was edited between proposal and agreement.

use super::correction::diff;
use super::replay::{Call, Deed, net};
use super::{Line, Words};
use crate::model::change::{Change, Record};
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::vocabulary::{Field, Standing};

/// The texts of an assessment, whose edits are shown word by word.
const TEXTS: [Field; 4] = [
    Field::WhatWasDone,
    Field::Finding,
    Field::HowAssessed,
    Field::FurtherWork,
];

/// The steps, where there are several: `unset → proposed (minute 8) → agreed (minute 11) → reopened (minute 14)`.
pub(super) fn steps(call: &Call, id: &MeetingId, number: RecommendationNumber) -> Option<Line> {
    let mut first = None;
    let mut path: Vec<&Deed> = Vec::new();
    for deed in of(call, number).filter(|deed| deed.change.field == Field::Standing) {
        first.get_or_insert(deed.change.before.as_deref().unwrap_or("unset"));
        if deed.is_back {
            path.pop();
        } else {
            path.push(deed);
        }
    }
    // A draft is what any first entry makes of it.
    path.retain(|deed| deed.change.after.as_deref() != Some(Standing::Draft.word()));
    if path.len() < 2 {
        return None;
    }
    let meeting = call.review.calls.meetings.get(id)?;
    let told = path.iter().map(|deed| {
        let word = deed.change.after.as_deref().unwrap_or("unset");
        format!("{word} (minute {})", meeting.minute(deed.at))
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
        .find(|deed| deed.change.field == Field::Standing)
        .and_then(|deed| word(&deed.change.before));
    let (mut since, mut agreed, mut later): (Vec<&Change>, Vec<&Change>, Vec<&Change>) =
        Default::default();
    let mut stands = starts;
    for deed in of(call, number) {
        if deed.change.field == Field::Standing {
            let before = std::mem::replace(&mut stands, word(&deed.change.after));
            match (before, stands) {
                (_, Some(Standing::Proposed)) => since.clear(),
                (Some(Standing::Proposed), Some(Standing::Agreed)) => {
                    agreed.clone_from(&since);
                    later.clear();
                }
                (_, Some(Standing::Agreed)) => later.clear(),
                _ => {}
            }
        } else if deed.change.field.is_content() && stands == Some(Standing::Proposed) {
            since.push(&deed.change);
        } else if TEXTS.contains(&deed.change.field)
            && matches!(stands, Some(Standing::Agreed | Standing::Reopened))
        {
            later.push(&deed.change);
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
    let with_edits = net(agreed.into_iter())
        .into_iter()
        .map(|change| line("Agreed with edits", change));
    with_edits
        .chain(
            net(later.into_iter())
                .into_iter()
                .map(|change| line("Changed after it was agreed", change)),
        )
        .collect()
}

fn of(call: &Call, number: RecommendationNumber) -> impl Iterator<Item = &Deed> {
    call.deeds
        .iter()
        .filter(move |deed| deed.change.record == Record::Assessment(number))
}
