//! How the members stood to an assessment or a decision: round by round, with the designation that the chair chose and the statements of those who
//! object.
//!
//! The designation is the chair's. Where the positions would suggest another one by the rule of [`consensus`], that is said with its source, so that
//! a reader can judge.

use super::journal::Call;
use super::{Line, Words};
use crate::model::call::consensus;
use crate::model::call::position::{counts, standing};
use crate::model::ids::MeetingId;
use crate::model::record::position::{Matter, Position};
use crate::model::review::Review;
use crate::model::vocabulary::Stance;
use std::collections::BTreeSet;

/// The rounds in which positions on a matter were taken in the call, or outside any since the one before; and those of which it chose the
/// designation.
pub(super) fn positions(call: &Call, id: &MeetingId, matter: &Matter) -> Vec<Line> {
    let review = &call.review;
    let taken = call
        .taken
        .iter()
        .filter_map(|key| review.records.positions.get(key))
        .filter(|held| held.matter == *matter);
    let chosen = review
        .records
        .rounds
        .values()
        .filter(|held| held.matter == *matter && held.meeting.as_ref() == Some(id));
    let rounds: BTreeSet<u16> = taken
        .map(|held| held.round)
        .chain(chosen.map(|held| held.round))
        .collect();
    rounds
        .into_iter()
        .map(|number| round(review, matter, number))
        .collect()
}

fn round(review: &Review, matter: &Matter, number: u16) -> Line {
    let standing = standing(review, matter, number);
    let mut said: Vec<(&str, Option<&Position>)> = standing
        .iter()
        .map(|(name, (_, held))| (*name, Some(*held)))
        .collect();
    said.extend(
        review
            .team()
            .into_iter()
            .filter(|name| !standing.contains_key(name))
            .map(|name| (name, None)),
    );
    let order = review.team();
    said.sort_by_key(|(name, _)| {
        (
            order
                .iter()
                .position(|known| known == name)
                .unwrap_or(order.len()),
            *name,
        )
    });
    let stance = |held: Option<&Position>| held.map_or(Stance::NotHeard, |held| held.position);
    let told = Stance::ALL.iter().filter_map(|word| {
        let names: Vec<&str> = said
            .iter()
            .filter(|(_, held)| stance(*held) == *word)
            .map(|(name, _)| *name)
            .collect();
        (!names.is_empty()).then(|| format!("{word}: {}", names.join(", ")))
    });
    let mut line = Line::said(
        format!("Positions, round {number}"),
        told.collect::<Vec<_>>().join("; "),
    );
    for (name, held) in &said {
        let Some(held) = held else { continue };
        if let Some(text) = &held.text {
            line.below.push(Line::new(
                *name,
                vec![held.position.to_string()],
                Words::Prose(text.clone()),
            ));
        }
        if let Some(statement) = &held.statement {
            line.below.push(Line::new(
                format!("Minority statement of {name}"),
                Vec::new(),
                Words::Quote(statement.clone()),
            ));
        }
    }
    line.below.extend(designation(review, matter, number));
    line
}

fn designation(review: &Review, matter: &Matter, number: u16) -> Option<Line> {
    let chosen = review.records.round(matter, number)?.1.consensus?;
    let suggested = consensus::suggest(counts(review, matter, number))
        .filter(|suggestion| suggestion.designation != chosen);
    let other = suggested.map(|other| {
        let told = format!("{}; {}", other.designation, other.rule);
        Line::new(
            "The positions would suggest",
            vec![consensus::SOURCE.to_owned()],
            Words::Prose(told),
        )
    });
    Some(Line {
        below: other.into_iter().collect(),
        ..Line::said("Designation", chosen.to_string())
    })
}
