//! The recommendations that a call dealt with: each verdict before and after, how the members stood to it, and what was put off.
//!
//! Shows each step of an assessment's standing, and the edits with which the team agreed to it: before and after alone would hide that something
//! agreed was reopened in the same call, and what was edited between proposal and agreement.

use super::correction::diff;
use super::journal::{Call, ChangeInCall};
use super::positions::{earlier, positions};
use super::{Line, Section, Words};
use crate::model::ids::RecommendationNumber;
use crate::model::journal::change::{Change, net};
use crate::model::record::assessment::{Assessment, is_content};
use crate::model::record::deliverable_verdict::DeliverableVerdict;
use crate::model::record::describe::{Described, Field};
use crate::model::record::kinds::Record;
use crate::model::record::position::Matter;
use crate::model::record::value::Form;
use crate::model::review::Review;
use crate::model::vocabulary::{Outcome, Standing};
use std::collections::BTreeSet;

/// The fields of an assessment whose steps are in a report, and what it calls them.
pub(super) const VERDICTS: [(Field, &str); 5] = [
    (Assessment::IMPLEMENTATION, "Implementation"),
    (Assessment::RELEVANCE, "Relevance"),
    (Assessment::EFFECT, "Intended effect"),
    (Assessment::STANDING, "Standing"),
    (Assessment::CONSENSUS, "Consensus"),
];

/// What a report says of recommendations.
pub(super) struct Recommendations {
    /// The recommendations that the call dealt with, by number.
    pub parts: Vec<Section>,
    /// Until when objections to the proposed ones are waited for.
    pub deadlines: Vec<Line>,
    /// Positions on what the call did not deal with otherwise.
    pub earlier: Vec<Line>,
}

/// The recommendations that a call dealt with, and the positions on everything else.
pub(super) fn dealt_with(call: &Call) -> Recommendations {
    let changes = call.changes.iter().map(|made| &made.change);
    let changed = net(changes.filter(|change| change.record.recommendation().is_some()));
    let numbers = numbers(call, &changed);
    let mut recommendations = Recommendations {
        parts: Vec::new(),
        deadlines: Vec::new(),
        earlier: earlier(call, &numbers),
    };
    for number in numbers {
        let own = |change: &&Change| change.record.recommendation() == Some(number);
        let changed: Vec<&Change> = changed.iter().filter(own).collect();
        let heading = heading(&call.review, number);
        let lines = lines(call, number, &changed);
        recommendations.parts.push(Section::new(heading, lines));
        let proposed = proposed(&call.review, number, &changed);
        let deadline = proposed.map(|proposed| Line::plain(format!("Rec {number}"), proposed));
        recommendations.deadlines.extend(deadline);
    }
    recommendations
}

fn numbers(call: &Call, changed: &[Change]) -> BTreeSet<RecommendationNumber> {
    let (review, records) = (&call.review, &call.review.records);
    let findings = call.findings().map(|finding| &finding.about);
    let decisions = call.decisions();
    let decisions = decisions.filter_map(|(_, decision)| decision.about.as_ref());
    let actions = call.actions();
    let actions = actions.filter_map(|(_, action)| action.about.as_ref());
    let about = findings.chain(decisions).chain(actions);
    let positions = records.positions.values();
    let positions = positions.filter(|position| call.is_of_call(&position.meeting));
    let queue = records.queue_of(&call.id).into_iter();
    let reached = queue.filter(|(_, queued)| queued.outcome == Some(Outcome::Reached));
    changed
        .iter()
        .filter_map(|change| change.record.recommendation())
        .chain(about.filter_map(|about| review.recommendation_of(about)))
        .chain(positions.filter_map(|position| position.matter.record().recommendation()))
        .chain(reached.map(|(number, _)| number))
        .collect()
}

/// `Rec 11: Effectiveness of mechanisms to mitigate abuse`.
pub(super) fn heading(review: &Review, number: RecommendationNumber) -> String {
    review.recommendation(number).map_or_else(
        |_| format!("Rec {number}"),
        |r| format!("Rec {number}: {}", r.label),
    )
}

/// What the report says of a recommendation, of which `changed` are the changes.
fn lines(call: &Call, number: RecommendationNumber, changed: &[&Change]) -> Vec<Line> {
    let assessment = call.review.assessment(number);
    let mut lines = Vec::new();
    let mut steps = steps(call, number);
    for (field, name) in VERDICTS {
        let is_field = |change: &&&Change| {
            change.field == field && matches!(change.record, Record::Assessment(_))
        };
        if field == Assessment::STANDING && steps.is_some() {
            lines.extend(steps.take());
        } else if let Some(change) = changed.iter().find(is_field) {
            lines.push(Line::plain(name, verdict_step(change)));
        } else if field == Assessment::IMPLEMENTATION {
            // Without its journal nobody knows whether the call changed it.
            let unchanged = if call.is_bare { "" } else { ", unchanged" };
            let word = assessment.implementation;
            let word = word.map(|word| format!("{word}{unchanged}"));
            lines.push(Line::plain(name, word.as_deref().unwrap_or("not assessed")));
        }
    }
    for change in changed {
        if let Record::Deliverable(row) = &change.record {
            lines.push(Line::plain(
                format!("Deliverable {row}"),
                verdict_step(change),
            ));
        }
    }
    let is_proposed = proposed(&call.review, number, changed).is_some();
    let deadline = assessment.objections_by.filter(|_| is_proposed);
    lines.extend(deadline.map(|day| Line::plain("Objections", format!("until {day}"))));
    lines.extend(edits(call, number));
    lines.extend(positions(call, &Matter::Assessment(number)));
    lines
}

/// `not assessed → partially implemented`.
pub(super) fn verdict_step(change: &Change) -> String {
    match change.field {
        Assessment::IMPLEMENTATION | DeliverableVerdict::VERDICT => step(change, "not assessed"),
        _ => step(change, "unset"),
    }
}

/// The value before and after; `unset` stands for one that is not there.
pub(super) fn step(change: &Change, unset: &str) -> String {
    let before = change.before.as_deref().unwrap_or(unset);
    let after = change.after.as_deref().unwrap_or(unset);
    format!("{before} → {after}")
}

/// What is proposed in the call on a recommendation and until when objections to it are waited for.
fn proposed(review: &Review, number: RecommendationNumber, changed: &[&Change]) -> Option<String> {
    let is_proposal = |change: &&&Change| {
        matches!(
            change.field,
            Assessment::STANDING | Assessment::OBJECTIONS_BY
        ) && change.after.is_some()
    };
    changed.iter().find(is_proposal)?;
    let assessment = review.assessment(number);
    let is_proposed = assessment.standing == Some(Standing::Proposed);
    let day = assessment.objections_by.filter(|_| is_proposed)?;
    let verdict = assessment.implementation;
    let verdict = verdict.map_or_else(String::new, |word| format!(" as {word}"));
    Some(format!("proposed{verdict}, objections until {day}"))
}

/// What the call put off, with the reason, and what it did not come to.
pub(super) fn left(call: &Call) -> Vec<Line> {
    let not_reached = if call.meeting.is_running() {
        "not reached yet"
    } else {
        "not reached, carried over"
    };
    let queue = call.review.records.queue_of(&call.id);
    let line = |number: RecommendationNumber, head: &str, words: Words| {
        let heading = heading(&call.review, number);
        Line::new(heading, [Some(head.to_owned())], words)
    };
    let deferred = queue
        .iter()
        .filter(|(_, queued)| queued.outcome == Some(Outcome::Deferred))
        .map(|(number, queued)| {
            let reason = queued.reason.clone();
            line(
                *number,
                "deferred",
                reason.map_or(Words::None, Words::Prose),
            )
        });
    let waiting = queue
        .iter()
        .filter(|(_, queued)| queued.outcome.is_none())
        .map(|(number, _)| line(*number, not_reached, Words::None));
    deferred.chain(waiting).collect()
}

/// The steps, where there are several: `unset → proposed (minute 8) → agreed (minute 11) → reopened (minute 14)`.
fn steps(call: &Call, number: RecommendationNumber) -> Option<Line> {
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
    // The first recorded value always sets the standing to draft, so this step is not shown.
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
fn edits(call: &Call, number: RecommendationNumber) -> Vec<Line> {
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
                (_, Some(Standing::Draft | Standing::Reopened) | None) => {}
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
            Words::Prose(verdict_step(change))
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
