//! The recommendations that a call dealt with: each verdict before and after, how the members stood to it, and what was put off.

use super::journal::Call;
use super::positions::{earlier, positions};
use super::{Line, Section, Words, standing};
use crate::model::ids::RecommendationNumber;
use crate::model::journal::change::{Change, net};
use crate::model::record::assessment::Assessment;
use crate::model::record::deliverable_verdict::DeliverableVerdict;
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
use crate::model::record::position::Matter;
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
    let positions = positions.filter(|position| call.is_meeting(&position.meeting));
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
    let mut steps = standing::steps(call, number);
    for (field, name) in VERDICTS {
        let is_field = |change: &&&Change| {
            change.field == field && matches!(change.record, Record::Assessment(_))
        };
        if field == Assessment::STANDING && steps.is_some() {
            lines.extend(steps.take());
        } else if let Some(change) = changed.iter().find(is_field) {
            lines.push(Line::plain(name, step(change)));
        } else if field == Assessment::IMPLEMENTATION {
            // Without its journal nobody knows whether the call changed it.
            let unchanged = if call.is_bare { "" } else { ", unchanged" };
            let word = assessment
                .implementation
                .map_or("not assessed".to_owned(), |word| {
                    format!("{word}{unchanged}")
                });
            lines.push(Line::plain(name, word));
        }
    }
    for change in changed {
        if let Record::Deliverable(row) = &change.record {
            lines.push(Line::plain(format!("Deliverable {row}"), step(change)));
        }
    }
    let is_proposed = proposed(&call.review, number, changed).is_some();
    let deadline = assessment.objections_by.filter(|_| is_proposed);
    lines.extend(deadline.map(|day| Line::plain("Objections", format!("until {day}"))));
    lines.extend(standing::edits(call, number));
    lines.extend(positions(call, &Matter::Assessment(number)));
    lines
}

/// `not assessed → partially implemented`.
pub(super) fn step(change: &Change) -> String {
    let unset = if matches!(
        change.field,
        Assessment::IMPLEMENTATION | DeliverableVerdict::VERDICT
    ) {
        "not assessed"
    } else {
        "unset"
    };
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
    let verdict = assessment
        .implementation
        .map_or_else(String::new, |word| format!(" as {word}"));
    Some(format!("proposed{verdict}, objections until {day}"))
}

/// What the call put off, with the reason, and what it did not come to.
pub(super) fn left(call: &Call) -> Vec<Line> {
    let not_reached = if call.meeting.is_running() {
        "not reached yet"
    } else {
        "not reached, carried over"
    };
    let (mut deferred, mut waiting) = (Vec::new(), Vec::new());
    for (number, queued) in call.review.records.queue_of(&call.id) {
        let line = |head: &str, words: Words| {
            Line::new(
                heading(&call.review, number),
                [Some(head.to_owned())],
                words,
            )
        };
        match queued.outcome {
            Some(Outcome::Deferred) => {
                let reason = queued.reason.clone().map_or(Words::None, Words::Prose);
                deferred.push(line("deferred", reason));
            }
            Some(Outcome::Reached) => {}
            None => waiting.push(line(not_reached, Words::None)),
        }
    }
    deferred.append(&mut waiting);
    deferred
}
