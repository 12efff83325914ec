//! How the members stand to an assessment or a decision: positions, taken in rounds, and the designation that the chair chooses.
//!
//! Positions are added, never overwritten: of several that a member took in one round the newest counts and the others stay readable. In the
//! GNSO's rules it is the chair who estimates; the group discusses, and the chair estimates again. Each estimate belongs to a round.

use crate::error::{Error, Result};
use crate::model::edit::{self, changes, prose};
use crate::model::ids::{Id, MeetingId};
use crate::model::journal::change::{Change, Edit};
use crate::model::record::assessment::Assessment;
use crate::model::record::describe::{Described, Field, Fields};
use crate::model::record::kinds::Record;
use crate::model::record::meeting::During;
use crate::model::record::position::{Matter, Position};
use crate::model::record::round::Round;
use crate::model::review::Review;
use crate::model::text;
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
    let opened = review
        .records
        .rounds
        .values()
        .filter(|held| held.matter == *matter)
        .map(|held| held.round);
    let taken = review
        .records
        .positions
        .values()
        .filter(|held| held.matter == *matter)
        .map(|held| held.round);
    let rounds: BTreeSet<u16> = opened.chain(taken).collect();
    rounds.into_iter().rev().collect()
}

/// The position of each member in a round that counts: the newest.
pub fn standing<'a>(
    review: &'a Review,
    matter: &Matter,
    round: u16,
) -> BTreeMap<&'a str, (&'a Id, &'a Position)> {
    let mut newest: BTreeMap<&str, (&Id, &Position)> = BTreeMap::new();
    for (id, held) in review
        .records
        .positions
        .iter()
        .filter(|(_, held)| held.matter == *matter && held.round == round)
    {
        let entry = newest.entry(held.member.as_str()).or_insert((id, held));
        if (entry.1.at, entry.0) < (held.at, id) {
            *entry = (id, held);
        }
    }
    newest
}

/// The positions of a member in a round that a later one of the same round took the place of, newest first.
pub fn superseded<'a>(review: &'a Review, counted: (&Id, &Position)) -> Vec<&'a Position> {
    let (counts, now) = counted;
    let of_member = |held: &&Position| {
        (&held.matter, held.round, &held.member) == (&now.matter, now.round, &now.member)
    };
    let others = review
        .records
        .positions
        .iter()
        .filter(|(id, held)| *id != counts && of_member(held));
    let mut found: Vec<(&Id, &Position)> = others.collect();
    found.sort_by_key(|(id, held)| std::cmp::Reverse((held.at, *id)));
    found.into_iter().map(|(_, held)| held).collect()
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
    for (_, held) in standing.values() {
        match held.position {
            Stance::Agree => counts.agree += 1,
            Stance::Object => counts.object += 1,
            Stance::Abstain => counts.abstain += 1,
            Stance::Absent | Stance::NotHeard => counts.silent += 1,
        }
    }
    counts.silent += review
        .team()
        .iter()
        .filter(|name| !standing.contains_key(*name))
        .count();
    counts
}

/// The members of the team who have yet to say how they stand, in the order of the team.
pub fn yet_to_answer<'a>(review: &'a Review, matter: &Matter) -> Vec<&'a str> {
    let standing = standing(review, matter, round(review, matter));
    let has_answered = |name: &str| {
        standing.get(name).is_some_and(|(_, held)| {
            matches!(
                held.position,
                Stance::Agree | Stance::Object | Stance::Abstain
            )
        })
    };
    review
        .team()
        .into_iter()
        .filter(|name| !has_answered(name))
        .collect()
}

/// A matter as a notice names it: `Rec 11`, `decision 4`.
pub fn matter_label(review: &Review, matter: &Matter) -> String {
    match matter {
        Matter::Assessment(number) => format!("Rec {number}"),
        Matter::Decision(id) => review.records.decisions.get(id).map_or_else(
            || "a decision".to_owned(),
            |held| format!("decision {}", held.number),
        ),
    }
}

fn check(review: &Review, matter: &Matter) -> Result<()> {
    match matter {
        Matter::Assessment(number) => review.recommendation(*number).map(drop),
        Matter::Decision(id)
            if review
                .records
                .decisions
                .get(id)
                .is_some_and(|held| !held.withdrawn) =>
        {
            Ok(())
        }
        Matter::Decision(_) => Err(Error::slip("There is no such decision any more.")),
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
    let round = round(review, matter);
    let (reason, statement) = (
        words(word.text.as_deref())?,
        words(word.statement.as_deref())?,
    );
    let member = Some(text::clean_line(&word.member).text).filter(|name| !name.is_empty());
    let member = member.ok_or_else(|| {
        Error::slip("A position needs the name of who takes it; nothing was recorded.")
    })?;
    let word = Word { member, ..word };
    let label = format!(
        "{} on {}: {}",
        word.member,
        matter_label(review, matter),
        word.stance
    );
    let before = standing(review, matter, round)
        .get(word.member.as_str())
        .map(|(_, held)| (*held).clone());
    if before.as_ref().is_some_and(|held| {
        (held.position, &held.text, &held.statement) == (word.stance, &reason, &statement)
    }) {
        return Ok(Edit {
            label: format!("{label} already"),
            changes: Vec::new(),
        });
    }
    let mut position = position(
        matter,
        round,
        Word {
            text: reason,
            statement,
            ..word
        },
        taking,
    );
    // Moments are kept in whole seconds, and the newest counts: what is said after something comes after it also within one second.
    position.at = before.map_or(position.at, |held| {
        position.at.max(held.at + TimeDelta::seconds(1))
    });
    let member = position.member.clone();
    let changes = changes(&Record::Position(id), &Fields::new(), &position.to_fields());
    Ok(Edit {
        label,
        changes: edit::with_member(review, Some(&member), changes),
    })
}

fn words(text: Option<&str>) -> Result<Option<String>> {
    text.map_or(Ok(None), |text| prose(Position::TEXT, text))
}

fn position(matter: &Matter, round: u16, word: Word, taking: &Taking) -> Position {
    let Word {
        member,
        stance,
        text,
        statement,
    } = word;
    Position {
        matter: matter.clone(),
        round,
        member,
        position: stance,
        text,
        statement,
        at: taking.at,
        by: taking.by.clone(),
        meeting: taking.during.as_ref().map(|during| during.meeting.clone()),
        minute: taking.during.as_ref().map(|during| during.minute),
    }
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
    let round = round(review, matter);
    let held: BTreeSet<&str> = standing(review, matter, round).into_keys().collect();
    let silent = members.iter().filter(|name| !held.contains(name.as_str()));
    let mut count = 0;
    let mut changes: Vec<Change> = Vec::new();
    let mut ids = review.ids.clone();
    for member in silent {
        let word = Word {
            member: member.clone(),
            stance: Stance::Agree,
            text: None,
            statement: None,
        };
        let position = position(matter, round, word, taking);
        changes.extend(edit::changes(
            &Record::Position(ids.make()),
            &Fields::new(),
            &position.to_fields(),
        ));
        count += 1;
    }
    let what = matter_label(review, matter);
    let label = match count {
        0 => format!("Everybody present has a position on {what}"),
        1 => format!("1 person agrees on {what}"),
        more => format!("{more} agree on {what}"),
    };
    Ok(Edit { label, changes })
}

/// Opens another round; the positions of the one before stay readable.
///
/// # Errors
/// A matter that is not there; a round in which nothing was said yet.
pub fn open_round(review: &Review, matter: &Matter, taking: &Taking) -> Result<Edit> {
    check(review, matter)?;
    let now = round(review, matter);
    if standing(review, matter, now).is_empty() {
        return Err(Error::slip(format!(
            "Round {now} on {} has no positions yet.",
            matter_label(review, matter)
        )));
    }
    let next = now.saturating_add(1);
    let opened = Round {
        matter: matter.clone(),
        round: next,
        at: taking.at,
        by: taking.by.clone(),
        meeting: meeting_of(taking),
        consensus: None,
    };
    let changes = changes(
        &Record::Round(review.ids.clone().make()),
        &Fields::new(),
        &opened.to_fields(),
    );
    Ok(Edit {
        label: format!("Round {next} on {}", matter_label(review, matter)),
        changes,
    })
}

fn meeting_of(taking: &Taking) -> Option<MeetingId> {
    taking.during.as_ref().map(|during| during.meeting.clone())
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
    let value = designation.map(|word| word.word().to_owned());
    let Edit {
        label,
        changes: mut made,
    } = match matter {
        Matter::Assessment(number) => {
            edit::assess(review, *number, &[(Assessment::CONSENSUS, value)])?
        }
        Matter::Decision(id) => set_on_decision(review, id, Assessment::CONSENSUS, value)?,
    };
    let now = round(review, matter);
    let known = review.records.round(matter, now);
    if known.and_then(|(_, held)| held.consensus) != designation {
        let id = known.map_or_else(|| review.ids.clone().make(), |(id, _)| id.clone());
        let record = Record::Round(id);
        let before = review.records.fields(&record);
        // Whoever opened the round is told by the journal; the round tells whose estimate it is.
        let chosen = Round {
            matter: matter.clone(),
            round: now,
            at: taking.at,
            by: taking.by.clone(),
            meeting: meeting_of(taking),
            consensus: designation,
        };
        made.extend(changes(&record, &before, &chosen.to_fields()));
    }
    let label = match (made.is_empty(), designation) {
        (true, _) => label,
        (false, Some(word)) => format!("{} designated {word}", matter_label(review, matter)),
        (false, None) => format!(
            "{} has no designation any more",
            matter_label(review, matter)
        ),
    };
    Ok(Edit {
        label,
        changes: made,
    })
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
    let record = Record::Decision(id.clone());
    let before = review.records.fields(&record);
    let mut after = before.clone();
    let number = review
        .records
        .decisions
        .get(id)
        .map_or(0, |held| held.number);
    let told = value.clone().unwrap_or_else(|| "unset".to_owned());
    match value {
        Some(value) => after.insert(field, value),
        None => after.remove(&field),
    };
    let changes = changes(&record, &before, &after);
    let label = format!("Decision {number} {} {told}", field.label());
    Ok(Edit {
        label: if changes.is_empty() {
            format!("{label} already")
        } else {
            label
        },
        changes,
    })
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
