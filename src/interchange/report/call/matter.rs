//! How the members stood to an assessment or a decision: round by round, with the designation that the chair chose and the statements of those who
//! object.
//!
//! The designation is the chair's. Where the positions would suggest another one by the rule of [`consensus`], that is said with its source, so that
//! a reader can judge.

use super::journal::Call;
use super::{Line, Words};
use crate::model::call::consensus;
use crate::model::call::position::{counts, standing};
use crate::model::record::position::Matter;
use crate::model::review::Review;
use crate::model::vocabulary::Stance;
use std::collections::BTreeSet;

/// The rounds in which positions on a matter were taken in the call, or outside any since the one before; and those of which it chose the
/// designation.
pub(super) fn positions(call: &Call, matter: &Matter) -> Vec<Line> {
    let records = &call.review.records;
    let taken = call.positions.iter();
    let taken = taken
        .filter_map(|id| records.positions.get(id))
        .filter(|position| position.matter == *matter)
        .map(|position| position.round);
    let chosen = records
        .rounds
        .values()
        .filter(|round| round.matter == *matter && call.is_meeting(&round.meeting))
        .map(|round| round.round);
    let rounds: BTreeSet<u16> = taken.chain(chosen).collect();
    rounds
        .into_iter()
        .map(|number| round(&call.review, matter, number))
        .collect()
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
