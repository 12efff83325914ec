//! The positions in a report: which ones it contains, and how the members stood to an assessment or a decision, round by round, with the designation
//! that the chair chose and the statements of those who object.
//!
//! ```text
//!    call 43 ends          call 44 starts      call 44 ends
//! ───────┼───────────────────────┼──────────────────┼────────▶
//!   43   │  outside a call: 44   │  in the call: 44 │  outside: 45
//! ```
//!
//! What was taken in a call is that call's. What was taken outside any is in the report of the next call of each series that ends after it, so that a
//! position recorded after a report does not change that report, and is not lost either.
//!
//! The designation is the chair's. Where the positions would suggest another one by the rule of [`consensus`], that is said with its source, so that
//! a reader can judge.

use super::journal::{Call, end};
use super::recommendation::heading;
use super::{Line, Words, titled};
use crate::model::call::consensus;
use crate::model::call::position::{counts, standing};
use crate::model::ids::{Id, MeetingId, RecommendationNumber};
use crate::model::journal::change::Operation;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::{Meeting, series};
use crate::model::record::position::{Matter, Position};
use crate::model::review::Review;
use crate::model::vocabulary::Stance;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Where a call ended: in the journal, and by the clock; nothing by the clock while it runs.
type End = (usize, Option<DateTime<Utc>>);

/// The positions that the report of a meeting contains.
pub(super) fn reported_positions(
    review: &Review,
    written: &BTreeMap<Record, usize>,
    journal: &[Operation],
    (id, meeting): (&MeetingId, &Meeting),
) -> BTreeSet<Id> {
    let this = (end(journal, id), meeting.ended);
    let until = journal.get(..=this.0).unwrap_or(journal);
    let before = before(review, meeting, id).map(|(id, before)| (end(until, id), before.ended));
    // By both, since a file brings calls and what was said between them all at one place of the journal, and may come late.
    let is_by = |place: usize, at: DateTime<Utc>, (end, ended): End| {
        place <= end && ended.is_none_or(|ended| at <= ended)
    };
    let is_reported = |(key, position): &(&Id, &Position)| match &position.meeting {
        Some(meeting) => meeting == id,
        None => {
            let record = Record::Position((*key).clone());
            let place = written.get(&record).copied().unwrap_or(0);
            let is_by = |end: End| is_by(place, position.at, end);
            is_by(this) && !before.is_some_and(is_by)
        }
    };
    let positions = review.records.positions.iter().filter(is_reported);
    positions.map(|(key, _)| key.clone()).collect()
}

/// The call of the same series that was held before.
fn before<'a>(
    review: &'a Review,
    meeting: &Meeting,
    id: &MeetingId,
) -> Option<(&'a MeetingId, &'a Meeting)> {
    let is_before = |(other, before): &(&MeetingId, &Meeting)| {
        *other != id
            && before.kind.as_ref().map(series) == meeting.kind.as_ref().map(series)
            && before.ended.is_some()
            && before.started < meeting.started
    };
    let meetings = review.records.meetings.iter();
    meetings
        .filter(is_before)
        .max_by_key(|(_, before)| before.started)
}

/// The positions on decisions of other calls, and on recommendations that are not among `recommendations`, which the call dealt with.
pub(super) fn earlier(call: &Call, recommendations: &BTreeSet<RecommendationNumber>) -> Vec<Line> {
    let review = &call.review;
    let mut lines = Vec::new();
    for (id, decision) in review.records.decisions() {
        if !call.is_of_call(&decision.meeting) {
            let meeting = decision.meeting.as_ref().map(|id| titled(review, id));
            let consensus = decision.consensus.map(|word| word.to_string());
            let words = Words::Prose(decision.text.clone());
            let lead = format!("Decision {}", decision.number);
            lines.push(Line {
                below: positions(call, &Matter::Decision(id.clone())),
                ..Line::new(lead, [meeting, consensus], words)
            });
        }
    }
    for recommendation in &review.catalogue.recommendations {
        let number = recommendation.number;
        if !recommendations.contains(&number) {
            let consensus = review.assessment(number).consensus;
            let head = [consensus.map(|word| word.to_string())];
            lines.push(Line {
                below: positions(call, &Matter::Assessment(number)),
                ..Line::new(heading(review, number), head, Words::None)
            });
        }
    }
    lines.retain(|line| !line.below.is_empty());
    lines
}

/// The rounds in which positions on a matter were taken in the call, or outside any since the one before; and those of which it chose the
/// designation.
pub(super) fn positions(call: &Call, matter: &Matter) -> Vec<Line> {
    let records = &call.review.records;
    let mut rounds = BTreeSet::new();
    for position in call
        .positions
        .iter()
        .filter_map(|id| records.positions.get(id))
    {
        if position.matter == *matter {
            rounds.insert(position.round);
        }
    }
    for round in records.rounds.values() {
        if round.matter == *matter && call.is_of_call(&round.meeting) {
            rounds.insert(round.round);
        }
    }
    let line = |number: u16| round(&call.review, matter, number);
    rounds.into_iter().map(line).collect()
}

fn round(review: &Review, matter: &Matter, number: u16) -> Line {
    let standing = standing(review, matter, number);
    let mut names = review.team();
    let mut others: Vec<&str> = standing.keys().copied().collect();
    others.retain(|name| !names.contains(name));
    names.extend(others);
    let position = |name: &str| standing.get(name).map(|(_, position)| *position);
    let stance = |name: &str| position(name).map_or(Stance::NotHeard, |position| position.position);
    let stances = Stance::ALL.iter().filter_map(|word| {
        let mut names = names.clone();
        names.retain(|name| stance(name) == *word);
        (!names.is_empty()).then(|| format!("{word}: {}", names.join(", ")))
    });
    let mut line = Line::plain(
        format!("Positions, round {number}"),
        stances.collect::<Vec<_>>().join("; "),
    );
    for (name, position) in names
        .iter()
        .filter_map(|name| Some((*name, position(name)?)))
    {
        if let Some(text) = &position.text {
            let head = [Some(position.position.to_string())];
            let words = Words::Prose(text.clone());
            line.below.push(Line::new(name, head, words));
        }
        if let Some(statement) = &position.statement {
            let lead = format!("Minority statement of {name}");
            let words = Words::Quote(statement.clone());
            line.below.push(Line::new(lead, [], words));
        }
    }
    line.below.extend(designation(review, matter, number));
    line
}

fn designation(review: &Review, matter: &Matter, number: u16) -> Option<Line> {
    let chosen = review.records.round(matter, number)?.1.consensus?;
    let mut line = Line::plain("Designation", chosen.to_string());
    let suggestion = consensus::suggest(counts(review, matter, number));
    if let Some(other) = suggestion.filter(|other| other.designation != chosen) {
        line.below.push(Line::new(
            "The positions would suggest",
            [Some(consensus::SOURCE.to_owned())],
            Words::Prose(format!("{}; {}", other.designation, other.rule)),
        ));
    }
    Some(line)
}
