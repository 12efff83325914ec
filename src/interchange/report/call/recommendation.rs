//! The recommendations that a call dealt with: each verdict before and after, how the members stood to it, and what was put off.

use super::earlier::earlier;
use super::journal::Call;
use super::matter::positions;
use super::{Line, Topic, Words, standing};
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::journal::change::{Change, net};
use crate::model::record::assessment::Assessment;
use crate::model::record::deliverable_verdict::DeliverableVerdict;
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::position::Matter;
use crate::model::review::Review;
use crate::model::vocabulary::{Outcome, Standing};
use std::collections::BTreeSet;

/// The fields of an assessment that a report tells, and what it calls them.
pub(super) const TOLD: [(Field, &str); 5] = [
    (Assessment::IMPLEMENTATION, "Implementation"),
    (Assessment::RELEVANCE, "Relevance"),
    (Assessment::EFFECT, "Intended effect"),
    (Assessment::STANDING, "Standing"),
    (Assessment::CONSENSUS, "Consensus"),
];

/// What a report tells of recommendations.
pub(super) struct Dealt {
    /// The recommendations that the call dealt with, by number.
    pub topics: Vec<Topic>,
    /// Until when objections to the proposed ones are waited for.
    pub deadlines: Vec<Line>,
    /// Positions on what the call did not deal with otherwise.
    pub earlier: Vec<Line>,
}

/// The recommendations that a call dealt with, and the positions on everything else.
pub(super) fn dealt_with(call: &Call, id: &MeetingId) -> Dealt {
    let review = &call.review;
    let changed = net(call
        .changes
        .iter()
        .map(|made| &made.change)
        .filter(|change| change.record.recommendation().is_some()));
    let numbers = numbers(review, id, &changed);
    let topics = numbers.iter().map(|number| Topic {
        heading: heading(review, *number),
        lines: lines(call, id, *number, &changed),
    });
    let deadlines = numbers
        .iter()
        .filter_map(|number| Some((number, proposed(review, *number, &changed)?)));
    let deadlines = deadlines.map(|(number, verdict)| Line::said(format!("Rec {number}"), verdict));
    Dealt {
        topics: topics.collect(),
        deadlines: deadlines.collect(),
        earlier: earlier(call, id, &numbers),
    }
}

fn numbers(review: &Review, id: &MeetingId, changed: &[Change]) -> BTreeSet<RecommendationNumber> {
    let here = |meeting: Option<&MeetingId>| meeting == Some(id);
    let calls = &review.records;
    let findings = review
        .records
        .findings
        .values()
        .filter(|held| here(held.meeting.as_ref()) && !held.private && !held.withdrawn);
    let decisions = calls
        .decisions()
        .into_iter()
        .filter(|(_, held)| here(held.meeting.as_ref()))
        .filter_map(|(_, held)| held.about.as_ref());
    let actions = calls
        .actions()
        .into_iter()
        .filter(|(_, held)| here(held.meeting.as_ref()))
        .filter_map(|(_, held)| held.about.as_ref());
    let about = findings
        .map(|held| &held.about)
        .chain(decisions)
        .chain(actions);
    let positions = calls
        .positions
        .values()
        .filter(|held| here(held.meeting.as_ref()))
        .filter_map(|held| match held.matter {
            Matter::Assessment(number) => Some(number),
            Matter::Decision(_) => None,
        });
    let reached = calls
        .queue_of(id)
        .into_iter()
        .filter(|(_, held)| held.outcome == Some(Outcome::Reached))
        .map(|(number, _)| number);
    let changed = changed
        .iter()
        .filter_map(|change| change.record.recommendation());
    changed
        .chain(about.filter_map(|about| review.recommendation_of(about)))
        .chain(positions)
        .chain(reached)
        .collect()
}

/// `Rec 11: Effectiveness of mechanisms to mitigate abuse`.
pub(super) fn heading(review: &Review, number: RecommendationNumber) -> String {
    review.recommendation(number).map_or_else(
        |_| format!("Rec {number}"),
        |r| format!("Rec {number}: {}", r.label),
    )
}

fn lines(
    call: &Call,
    id: &MeetingId,
    number: RecommendationNumber,
    changed: &[Change],
) -> Vec<Line> {
    let review = &call.review;
    let own = || {
        changed
            .iter()
            .filter(|change| change.record.recommendation() == Some(number))
    };
    let mut lines = Vec::new();
    let steps = standing::steps(call, id, number);
    for (field, name) in TOLD {
        if field == Assessment::STANDING
            && let Some(steps) = &steps
        {
            lines.push(steps.clone());
            continue;
        }
        match own()
            .find(|change| change.record == Record::Assessment(number) && change.field == field)
        {
            Some(change) => lines.push(Line::said(name, step(change))),
            None if field == Assessment::IMPLEMENTATION => {
                // Without its journal nobody knows whether the call changed it.
                let told = if call.is_bare { "" } else { ", unchanged" };
                let word = review
                    .assessment(number)
                    .implementation
                    .map_or("not assessed".to_owned(), |word| format!("{word}{told}"));
                lines.push(Line::said(name, word));
            }
            None => {}
        }
    }
    let parts = own().filter_map(|change| match &change.record {
        Record::Deliverable(row) => Some(Line::said(format!("Deliverable {row}"), step(change))),
        _ => None,
    });
    lines.extend(parts);
    lines.extend(
        proposed(review, number, changed)
            .and(review.assessment(number).objections_by)
            .map(|day| Line::said("Objections", format!("until {day}"))),
    );
    lines.extend(standing::edits(call, number));
    lines.extend(positions(call, id, &Matter::Assessment(number)));
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
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| unset.to_owned());
    format!("{} → {}", shown(&change.before), shown(&change.after))
}

/// What is proposed in the call on a recommendation and until when objections to it are waited for.
fn proposed(review: &Review, number: RecommendationNumber, changed: &[Change]) -> Option<String> {
    let of_proposal = |change: &&Change| {
        change.record == Record::Assessment(number)
            && matches!(
                change.field,
                Assessment::STANDING | Assessment::OBJECTIONS_BY
            )
            && change.after.is_some()
    };
    changed.iter().find(of_proposal)?;
    let held = review.assessment(number);
    let day = held
        .objections_by
        .filter(|_| held.standing == Some(Standing::Proposed))?;
    let verdict = held
        .implementation
        .map_or_else(String::new, |word| format!(" as {word}"));
    Some(format!("proposed{verdict}, objections until {day}"))
}

/// What the call put off, with the reason, and what it did not come to.
pub(super) fn left(review: &Review, id: &MeetingId, meeting: &Meeting) -> Vec<Line> {
    let queue = review.records.queue_of(id);
    let deferred = queue
        .iter()
        .filter(|(_, held)| held.outcome == Some(Outcome::Deferred));
    let mut lines: Vec<Line> = deferred
        .map(|(number, held)| {
            let reason = held.reason.clone().map_or(Words::None, Words::Prose);
            Line::new(
                heading(review, *number),
                vec!["deferred".to_owned()],
                reason,
            )
        })
        .collect();
    let told = if meeting.is_running() {
        "not reached yet"
    } else {
        "not reached, carried over"
    };
    let waiting = queue.iter().filter(|(_, held)| held.outcome.is_none());
    lines.extend(waiting.map(|(number, _)| {
        Line::new(heading(review, *number), vec![told.to_owned()], Words::None)
    }));
    lines
}
