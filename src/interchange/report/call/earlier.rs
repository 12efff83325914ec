//! Which positions a report tells, and those on matters that it tells nowhere else: what was decided in an earlier call, and what came by mail.
//!
//! ```text
//!    call 43 ends          call 44 starts      call 44 ends
//! ───────┼───────────────────────┼──────────────────┼────────▶
//!   43   │  outside a call: 44   │  in the call: 44 │  outside: 45
//! ```
//!
//! What was taken in a call is that call's. What was taken outside any is told by the next call of each series that ends after it, so that a
//! position recorded after a report does not change that report, and is not lost either.

use super::journal::{Call, parts};
use super::matter::positions;
use super::recommendation::heading;
use super::{Line, Words, titled};
use crate::model::ids::{Id, MeetingId, RecommendationNumber};
use crate::model::journal::change::Operation;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::{Meeting, series};
use crate::model::record::position::Matter;
use crate::model::review::Review;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Where a call ended: in the journal, and by the clock; nothing by the clock while it runs.
type End = (usize, Option<DateTime<Utc>>);

/// The positions that the report of a meeting tells.
pub(super) fn taken(
    review: &Review,
    written: &BTreeMap<Record, usize>,
    journal: &[Operation],
    id: &MeetingId,
) -> BTreeSet<Id> {
    let Some(meeting) = review.records.meetings.get(id) else {
        return BTreeSet::new();
    };
    let end = (parts(journal, id).0, meeting.ended);
    let until = journal.get(..=end.0).unwrap_or(journal);
    let before = before(review, meeting, id).map(|(id, held)| (parts(until, id).0, held.ended));
    // By both, since a file brings calls and what was said between them all at one place of the journal, and may come late.
    let is_by = |place: usize, at: DateTime<Utc>, (end, ended): End| {
        place <= end && ended.is_none_or(|ended| at <= ended)
    };
    let is_told = |key: &Id, of: Option<&MeetingId>, at: DateTime<Utc>| match of {
        Some(of) => of == id,
        None => {
            let place = written
                .get(&Record::Position(key.clone()))
                .copied()
                .unwrap_or(0);
            is_by(place, at, end) && !before.is_some_and(|before| is_by(place, at, before))
        }
    };
    let told = review
        .records
        .positions
        .iter()
        .filter(|(key, held)| is_told(key, held.meeting.as_ref(), held.at));
    told.map(|(key, _)| key.clone()).collect()
}

/// The call of the same series that was held before.
fn before<'a>(
    review: &'a Review,
    meeting: &Meeting,
    id: &MeetingId,
) -> Option<(&'a MeetingId, &'a Meeting)> {
    let is_before = |(other, held): &(&MeetingId, &Meeting)| {
        *other != id
            && held.kind.as_ref().map(series) == meeting.kind.as_ref().map(series)
            && held.ended.is_some()
            && held.started < meeting.started
    };
    review
        .records
        .meetings
        .iter()
        .filter(is_before)
        .max_by_key(|(_, held)| held.started)
}

/// The positions on decisions of other calls, and on recommendations that are not among `recommendations`, which the call dealt with.
pub(super) fn earlier(
    call: &Call,
    id: &MeetingId,
    recommendations: &BTreeSet<RecommendationNumber>,
) -> Vec<Line> {
    let review = &call.review;
    let told = |matter: &Matter, line: Line| {
        let below = positions(call, id, matter);
        (!below.is_empty()).then_some(Line { below, ..line })
    };
    let decisions = review
        .records
        .decisions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() != Some(id))
        .filter_map(|(key, held)| {
            let of = held.meeting.as_ref().map(|of| titled(review, of));
            let head = [of, held.consensus.map(|word| word.to_string())]
                .into_iter()
                .flatten()
                .collect();
            told(
                &Matter::Decision(key.clone()),
                Line::new(
                    format!("Decision {}", held.number),
                    head,
                    Words::Prose(held.text.clone()),
                ),
            )
        });
    let others = review
        .catalogue
        .recommendations
        .iter()
        .filter(|held| !recommendations.contains(&held.number));
    let others = others.filter_map(|held| {
        let consensus = review
            .assessment(held.number)
            .consensus
            .map(|word| word.to_string());
        told(
            &Matter::Assessment(held.number),
            Line::new(
                heading(review, held.number),
                consensus.into_iter().collect(),
                Words::None,
            ),
        )
    });
    decisions.chain(others).collect()
}
