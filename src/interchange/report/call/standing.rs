//! How far an assessment came in a call, step by step, and with which edits the team agreed to it.
//!
//! Before and after alone would hide that something agreed was reopened in the same call, and what was edited between proposal and agreement.

use super::correction::diff;
use super::journal::{Call, ChangeInCall};
use super::recommendation::step;
use super::{Line, Words};
use crate::model::ids::RecommendationNumber;
use crate::model::journal::change::{Change, net};
use crate::model::record::assessment::{Assessment, is_content};
use crate::model::record::describe::{Described, Field};
use crate::model::record::kinds::Record;
use crate::model::record::value::Form;
use crate::model::vocabulary::Standing;

/// The steps, where there are several: `unset → proposed (minute 8) → agreed (minute 11) → reopened (minute 14)`.
pub(super) fn steps(call: &Call, number: RecommendationNumber) -> Option<Line> {
    let mut first = None;
    let mut path: Vec<&ChangeInCall> = Vec::new();
    for made in changes(call, number).filter(|made| made.change.field == Assessment::STANDING) {
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
    let steps = path.iter().map(|made| {
        let word = made.change.after.as_deref().unwrap_or("unset");
        format!("{word} (minute {})", call.meeting.minute(made.at))
    });
    let steps: Vec<String> = first.map(str::to_owned).into_iter().chain(steps).collect();
    Some(Line::plain("Standing", steps.join(" → ")))
}

/// What was edited in the call after it was proposed and before it was agreed, and which texts were changed after that, word by word.
pub(super) fn edits(call: &Call, number: RecommendationNumber) -> Vec<Line> {
    let word = |value: &Option<String>| value.as_deref()?.parse::<Standing>().ok();
    let (mut since, mut agreed, mut later) = (Vec::new(), Vec::new(), Vec::new());
    let mut stands = changes(call, number)
        .find(|made| made.change.field == Assessment::STANDING)
        .and_then(|made| word(&made.change.before));
    for ChangeInCall { change, .. } in changes(call, number) {
        if change.field == Assessment::STANDING {
            let before = std::mem::replace(&mut stands, word(&change.after));
            match (before, stands) {
                (_, Some(Standing::Proposed)) => since.clear(),
                (Some(Standing::Proposed), Some(Standing::Agreed)) => {
                    agreed.clone_from(&since);
                    later.clear();
                }
                (_, Some(Standing::Agreed)) => later.clear(),
                _ => {}
            }
        } else if is_content(change.field) && stands == Some(Standing::Proposed) {
            since.push(change);
        } else if is_text(change.field)
            && matches!(stands, Some(Standing::Agreed | Standing::Reopened))
        {
            later.push(change);
        }
    }
    let line = |lead: &str, change: &Change| {
        let words = if is_text(change.field) {
            diff(change.before.as_deref(), change.after.as_deref())
        } else {
            Words::Prose(step(change))
        };
        Line::new(format!("{lead}, {}", change.field.label()), [], words)
    };
    let (agreed, later) = (net(agreed), net(later));
    let agreed = agreed
        .iter()
        .map(|change| line("Agreed with edits", change));
    let later = later
        .iter()
        .map(|change| line("Changed after it was agreed", change));
    agreed.chain(later).collect()
}

/// Whether a field of an assessment is one of its texts, whose edits are shown word by word.
fn is_text(field: Field) -> bool {
    let known = Assessment::DESCRIPTION.field(field.word());
    known.is_some_and(|known| known.form == Form::Prose)
}

fn changes(call: &Call, number: RecommendationNumber) -> impl Iterator<Item = &ChangeInCall> {
    let made = call.changes.iter();
    made.filter(move |made| made.change.record == Record::Assessment(number))
}
