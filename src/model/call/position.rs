//! How the members stand to an assessment or a decision: positions, taken in rounds, and the designation that the chair chooses.
//!
//! Positions are added, never overwritten: of several that a member took in one round the newest counts and the others stay readable. In the
//! GNSO's rules it is the chair who estimates; the group discusses, and the chair estimates again. Each estimate belongs to a round.

use super::register;
use crate::error::{Error, Result};
use crate::model::edit::{self, line, prose, refuse_if};
use crate::model::ids::Id;
use crate::model::journal::change::Edit;
use crate::model::record::assessment::Assessment;
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::During;
use crate::model::record::position::{Matter, Position};
use crate::model::record::round::Round;
use crate::model::review::Review;
use crate::model::vocabulary::{Consensus, Stance};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Who takes a position, when and where; the same for all positions of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    /// When.
    pub at: DateTime<Utc>,
    /// Who writes it down.
    pub by: String,
    /// Where in a call.
    pub during: Option<During>,
}

/// The round that is under way, counted from 1.
pub fn round(review: &Review, matter: &Matter) -> u16 {
    rounds(review, matter).first().copied().unwrap_or(1)
}

/// The rounds of which anything is known, newest first.
pub fn rounds(review: &Review, matter: &Matter) -> Vec<u16> {
    let records = &review.records;
    let opened = records.rounds.values();
    let opened = opened.filter(|round| round.matter == *matter);
    let positions = records.positions.values();
    let positions = positions.filter(|position| position.matter == *matter);
    let mut rounds: BTreeSet<u16> = opened.map(|round| round.round).collect();
    rounds.extend(positions.map(|position| position.round));
    rounds.into_iter().rev().collect()
}

/// The position of each member in a round that counts: the newest.
pub fn standing<'a>(
    review: &'a Review,
    matter: &Matter,
    round: u16,
) -> BTreeMap<&'a str, (&'a Id, &'a Position)> {
    let positions = review.records.positions.iter();
    let of_round = positions.filter(|(_, one)| one.matter == *matter && one.round == round);
    // Of several of one member the last remains.
    super::sorted(of_round, |position| position.at)
        .into_iter()
        .map(|(id, position)| (position.member.as_str(), (id, position)))
        .collect()
}

/// The positions of a member in a round that a later one of the same round took the place of, newest first.
pub fn superseded<'a>(review: &'a Review, counted: (&Id, &Position)) -> Vec<&'a Position> {
    let (counts, now) = counted;
    let is_earlier = |(id, one): &(&Id, &Position)| {
        *id != counts
            && (&one.matter, one.round, &one.member) == (&now.matter, now.round, &now.member)
    };
    let earlier = review.records.positions.iter().filter(is_earlier);
    let earlier = super::sorted(earlier, |position| position.at);
    earlier.into_iter().rev().map(|(_, one)| one).collect()
}

/// How many stand how in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Who agrees.
    pub agree: usize,
    /// Who objects.
    pub object: usize,
    /// Who abstains.
    pub abstain: usize,
    /// Of whom nothing is known: not heard, absent, or without a position although of the team.
    pub silent: usize,
}

/// Counts a round; silence of a member of the team counts as such.
pub fn counts(review: &Review, matter: &Matter, round: u16) -> Counts {
    let standing = standing(review, matter, round);
    let mut counts = Counts::default();
    for (_, position) in standing.values() {
        match position.position {
            Stance::Agree => counts.agree += 1,
            Stance::Object => counts.object += 1,
            Stance::Abstain => counts.abstain += 1,
            Stance::Absent | Stance::NotHeard => counts.silent += 1,
        }
    }
    let team = review.team().into_iter();
    counts.silent += team.filter(|name| !standing.contains_key(name)).count();
    counts
}

/// The members of the team who have yet to say how they stand, in the order of the team.
pub fn yet_to_answer<'a>(review: &'a Review, matter: &Matter) -> Vec<&'a str> {
    let standing = standing(review, matter, round(review, matter));
    let is_silent = |name: &&str| match standing.get(name).map(|(_, one)| one.position) {
        Some(Stance::Agree | Stance::Object | Stance::Abstain) => false,
        Some(Stance::Absent | Stance::NotHeard) | None => true,
    };
    review.team().into_iter().filter(is_silent).collect()
}

/// A matter as a notice names it: `Rec 11`, `decision 4`.
pub fn matter_label(review: &Review, matter: &Matter) -> String {
    match matter {
        Matter::Decision(id) if !review.records.decisions.contains_key(id) => {
            "a decision".to_owned()
        }
        Matter::Decision(_) | Matter::Assessment(_) => review.label(&matter.record()),
    }
}

fn check(review: &Review, matter: &Matter) -> Result<()> {
    match matter {
        Matter::Assessment(number) => review.recommendation(*number).map(drop),
        Matter::Decision(id) => register::decision(review, id).map(drop),
    }
}

/// What a member is to be recorded with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The member.
    pub member: String,
    /// For or against.
    pub stance: Stance,
    /// Why.
    pub text: Option<String>,
    /// The minority statement.
    pub statement: Option<String>,
}

/// Records the position of a member in the round under way, under a fresh id. The same position again writes nothing.
///
/// # Errors
/// A matter that is not there; no name; a text that is too long.
pub fn take(review: &Review, id: Id, matter: &Matter, word: Word, taking: &Taking) -> Result<Edit> {
    check(review, matter)?;
    let mut position = position(review, matter, &word, taking)?;
    let about = matter_label(review, matter);
    let label = format!("{} on {about}: {}", position.member, position.position);
    let standing = standing(review, matter, position.round);
    if let Some((_, before)) = standing.get(position.member.as_str()) {
        let said = |one: &Position| (one.position, one.text.clone(), one.statement.clone());
        if said(before) == said(&position) {
            return Ok(Edit::nothing(format!("{label} already")));
        }
        // Moments are kept in whole seconds, and the newest counts: what is said after something comes after it also within one second.
        position.at = position.at.max(before.at + TimeDelta::seconds(1));
    }
    let made = review.changes_to(&Record::Position(id), &position);
    Ok(Edit::new(label, made).with_member(review, Some(&position.member)))
}

/// What a member says in the round under way.
fn position(review: &Review, matter: &Matter, word: &Word, taking: &Taking) -> Result<Position> {
    let words = |text: &Option<String>| prose(Position::TEXT, text.as_deref().unwrap_or_default());
    let (meeting, minute, _) = During::parts(taking.during.clone());
    Ok(Position {
        matter: matter.clone(),
        round: round(review, matter),
        text: words(&word.text)?,
        statement: words(&word.statement)?,
        member: line(&word.member).ok_or_else(|| {
            Error::slip("A position needs the name of who takes it; nothing was recorded.")
        })?,
        position: word.stance,
        at: taking.at,
        by: taking.by.clone(),
        meeting,
        minute,
    })
}

/// Records that all of these members agree who have not said anything else in this round yet.
///
/// # Errors
/// A matter that is not there.
pub fn all_agree(
    review: &Review,
    matter: &Matter,
    members: &[String],
    taking: &Taking,
) -> Result<Edit> {
    check(review, matter)?;
    let answered = standing(review, matter, round(review, matter));
    let is_silent = |name: &&String| !answered.contains_key(name.as_str());
    let agreeing: Vec<&String> = members.iter().filter(is_silent).collect();
    let mut ids = review.ids.clone();
    let mut made = Vec::new();
    for member in &agreeing {
        let word = Word {
            member: (*member).clone(),
            stance: Stance::Agree,
            text: None,
            statement: None,
        };
        let position = position(review, matter, &word, taking)?;
        made.extend(review.changes_to(&Record::Position(ids.make()), &position));
    }
    let what = matter_label(review, matter);
    let label = match agreeing.len() {
        0 => format!("Everybody present has a position on {what}"),
        1 => format!("1 person agrees on {what}"),
        more => format!("{more} agree on {what}"),
    };
    Ok(Edit::new(label, made))
}

/// Opens another round; the positions of the one before stay readable.
///
/// # Errors
/// A matter that is not there; a round in which nothing was said yet.
pub fn open_round(review: &Review, matter: &Matter, taking: &Taking) -> Result<Edit> {
    check(review, matter)?;
    let what = matter_label(review, matter);
    let now = round(review, matter);
    refuse_if(standing(review, matter, now).is_empty(), || {
        format!("Round {now} on {what} has no positions yet.")
    })?;
    let next = now.saturating_add(1);
    let record = Record::Round(review.ids.clone().make());
    let made = review.changes_to(&record, &estimate(matter, next, None, taking));
    Ok(Edit::new(format!("Round {next} on {what}"), made))
}

/// A round, with the designation that the chair chose in it.
fn estimate(matter: &Matter, round: u16, consensus: Option<Consensus>, taking: &Taking) -> Round {
    let during = taking.during.as_ref();
    Round {
        matter: matter.clone(),
        round,
        at: taking.at,
        by: taking.by.clone(),
        meeting: during.map(|during| during.meeting.clone()),
        consensus,
    }
}

/// Records the designation that the chair chose, on the matter and on its round; `None` unsets it. The round then bears the time, the name and
/// the meeting of this choice.
///
/// # Errors
/// A matter that is not there.
pub fn designate(
    review: &Review,
    matter: &Matter,
    designation: Option<Consensus>,
    taking: &Taking,
) -> Result<Edit> {
    check(review, matter)?;
    let value = designation.map(|word| word.to_string());
    let mut edit = match matter {
        Matter::Assessment(number) => {
            edit::assess(review, *number, &[(Assessment::CONSENSUS, value)])?
        }
        Matter::Decision(id) => set_on_decision(review, id, Assessment::CONSENSUS, value)?,
    };
    let now = round(review, matter);
    let known = review.records.round(matter, now);
    if known.and_then(|(_, round)| round.consensus) != designation {
        let id = known.map_or_else(|| review.ids.clone().make(), |(id, _)| id.clone());
        // Whoever opened the round is told by the journal; the round tells whose estimate it is.
        let chosen = estimate(matter, now, designation, taking);
        let made = review.changes_to(&Record::Round(id), &chosen);
        edit.changes.extend(made);
    }
    if !edit.is_nothing() {
        let what = matter_label(review, matter);
        edit.label = match designation {
            Some(word) => format!("{what} designated {word}"),
            None => format!("{what} has no designation any more"),
        };
    }
    Ok(edit)
}

/// Sets the day until which objections are waited for; `None` unsets it. An assessment is proposed by it.
///
/// # Errors
/// A matter that is not there.
pub fn set_deadline(review: &Review, matter: &Matter, day: Option<NaiveDate>) -> Result<Edit> {
    check(review, matter)?;
    let value = day.map(|day| day.to_string());
    match matter {
        Matter::Assessment(number) => edit::propose(review, *number, day),
        Matter::Decision(id) => set_on_decision(review, id, Assessment::OBJECTIONS_BY, value),
    }
}

fn set_on_decision(review: &Review, id: &Id, field: Field, value: Option<String>) -> Result<Edit> {
    let number = register::decision(review, id)?.number;
    let said = value.as_deref().unwrap_or("unset");
    let label = format!("Decision {number} {} {said}", field.label());
    let made = review.changes_of(&Record::Decision(id.clone()), field, &value);
    Ok(Edit::new(label, made).or_says(" already"))
}

/// The designation that the chair chose last for a matter.
pub fn designation(review: &Review, matter: &Matter) -> Option<Consensus> {
    match matter {
        Matter::Assessment(number) => review.assessment(*number).consensus,
        Matter::Decision(id) => review.records.decisions.get(id)?.consensus,
    }
}

/// The day until which objections to a matter are waited for.
pub fn deadline(review: &Review, matter: &Matter) -> Option<NaiveDate> {
    match matter {
        Matter::Assessment(number) => review.assessment(*number).objections_by,
        Matter::Decision(id) => review.records.decisions.get(id)?.objections_by,
    }
}
