//! The roll call: who is there and as what, and the statements of interest.

use super::planning::own;
use crate::error::{Error, Result};
use crate::model::edit::{changes, prose, with_member};
use crate::model::ids::MeetingId;
use crate::model::journal::change::{Change, Edit};
use crate::model::record::attendance::{Attendance, NO_UPDATE};
use crate::model::record::describe::{Described, Fields};
use crate::model::record::kinds::Record;
use crate::model::review::Review;
use crate::model::text;
use crate::model::vocabulary::Presence;
use chrono::{DateTime, Utc};

/// The names that a roll call goes through: members as printed, whoever was added, those who presented for ICANN org. A mark moves nobody.
pub fn names<'a>(review: &'a Review, id: &MeetingId) -> Vec<&'a str> {
    let rolled = review
        .records
        .roll
        .iter()
        .filter(|((meeting, _), _)| meeting == id)
        .map(|((_, name), _)| name.as_str());
    let mut names = review.names();
    names.extend(rolled);
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    names
}

/// Whether somebody presented for ICANN org, and so is staff unless something else is said.
pub fn is_staff(review: &Review, name: &str) -> bool {
    review
        .catalogue
        .presenters
        .iter()
        .any(|presenter| presenter.name == name)
}

/// Marks somebody as this, or takes the mark away.
///
/// # Errors
/// A meeting of a source; no name.
pub fn mark(
    review: &Review,
    id: &MeetingId,
    name: &str,
    presence: Option<Presence>,
    now: DateTime<Utc>,
) -> Result<Edit> {
    own(review, id)?;
    let name = named(name)?;
    let key = (id.clone(), name.clone());
    let before = review.records.roll.get(&key);
    let word = presence.map_or("not marked", Presence::word);
    if before.and_then(|held| held.presence) == presence {
        return Ok(Edit {
            label: format!("{name} already {word}"),
            changes: Vec::new(),
        });
    }
    let after = Attendance {
        presence,
        at: presence.map(|_| now),
        interest: before.and_then(|held| held.interest.clone()),
    };
    Ok(Edit {
        label: format!("{name} {word}"),
        changes: with_member(review, Some(&name), put(review, id, &name, &after)),
    })
}

fn named(name: &str) -> Result<String> {
    Some(text::clean_line(name).text)
        .filter(|name| !name.is_empty())
        .ok_or_else(|| Error::slip("A name is needed; nothing was recorded."))
}

fn put(review: &Review, id: &MeetingId, name: &str, after: &Attendance) -> Vec<Change> {
    let record = Record::Attendance((id.clone(), name.to_owned()));
    let before: Fields = review.records.fields(&record);
    changes(&record, &before, &after.to_fields())
}

/// Records a person's statement of interest; an empty one takes it away.
///
/// # Errors
/// A meeting of a source; no name; a text that is too long.
pub fn state_interest(
    review: &Review,
    id: &MeetingId,
    name: &str,
    statement: &str,
) -> Result<Edit> {
    own(review, id)?;
    let name = named(name)?;
    let interest = prose(Attendance::INTEREST, statement)?;
    let held = review
        .records
        .roll
        .get(&(id.clone(), name.clone()))
        .cloned()
        .unwrap_or_default();
    let changes = with_member(
        review,
        Some(&name),
        put(review, id, &name, &Attendance { interest, ..held }),
    );
    let label = format!("Statement of interest of {name}");
    Ok(Edit {
        label: if changes.is_empty() {
            format!("{label} unchanged")
        } else {
            label
        },
        changes,
    })
}

/// Records that those members of the team who are there and said nothing else have no update to their statements of interest.
///
/// # Errors
/// A meeting of a source.
pub fn no_updates(review: &Review, id: &MeetingId) -> Result<Edit> {
    own(review, id)?;
    let silent = review.records.roll_of(id).filter(|(_, held)| {
        held.presence.is_some_and(Presence::is_of_team) && held.interest.is_none()
    });
    let mut made = Vec::new();
    let mut count = 0;
    for (name, held) in silent {
        made.extend(put(
            review,
            id,
            name,
            &Attendance {
                interest: Some(NO_UPDATE.to_owned()),
                ..held.clone()
            },
        ));
        count += 1;
    }
    let label = match count {
        0 => "Everybody present has stated interests, or nobody is marked present".to_owned(),
        1 => "Statement of interest: no update of 1 member".to_owned(),
        more => format!("Statements of interest: no update of {more} members"),
    };
    Ok(Edit {
        label,
        changes: made,
    })
}

/// Those of the team who are in the room now, in the order of the team.
pub fn here(review: &Review, id: &MeetingId) -> Vec<String> {
    let is_here = |name: &&str| {
        review
            .records
            .presence(id, name)
            .is_some_and(Presence::is_here)
    };
    review
        .team()
        .into_iter()
        .filter(is_here)
        .map(str::to_owned)
        .collect()
}

/// The people of a meeting as its report lists them: those with one of these marks, by name.
pub fn those<'a>(
    review: &'a Review,
    id: &MeetingId,
    wanted: &[Presence],
) -> Vec<(&'a str, &'a Attendance)> {
    let order = names(review, id);
    let place = |name: &str| order.iter().position(|known| *known == name);
    let held = review.records.roll.iter().filter(|((meeting, _), held)| {
        meeting == id && held.presence.is_some_and(|p| wanted.contains(&p))
    });
    let mut found: Vec<(&str, &Attendance)> = held
        .map(|((_, name), held)| (name.as_str(), held))
        .collect();
    found.sort_by_key(|(name, _)| place(name));
    found
}

/// How a roll call stands, in words: `9 present · 2 apologies`.
pub fn told(review: &Review, id: &MeetingId) -> String {
    let count = |wanted: Presence| {
        review
            .records
            .roll_of(id)
            .filter(|(_, held)| held.presence == Some(wanted))
            .count()
    };
    let parts = Presence::ALL
        .iter()
        .map(|word| (word, count(*word)))
        .filter(|(_, n)| *n > 0)
        .map(|(word, n)| format!("{n} {word}"));
    let told = parts.collect::<Vec<_>>().join(" · ");
    if told.is_empty() {
        format!("Nobody is marked at {} yet", review.meeting_label(id))
    } else {
        told
    }
}
