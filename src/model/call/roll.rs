//! The roll call: who is there and as what, and the statements of interest.

use super::planning::own;
use crate::error::{Error, Result};
use crate::model::edit::{line, prose};
use crate::model::ids::MeetingId;
use crate::model::journal::change::Edit;
use crate::model::record::attendance::{Attendance, NO_UPDATE};
use crate::model::record::kinds::Record;
use crate::model::review::Review;
use crate::model::tally::count_each;
use crate::model::vocabulary::Presence;
use chrono::{DateTime, Utc};

/// The names that a roll call goes through: members as printed, whoever was added, those who presented for ICANN org. A mark moves nobody.
pub fn names<'a>(review: &'a Review, id: &MeetingId) -> Vec<&'a str> {
    let mut names = review.names();
    let known = names.clone();
    let rolled = review.records.roll_of(id).map(|(name, _)| name);
    names.extend(rolled.filter(|name| !known.contains(name)));
    names
}

/// Whether somebody presented for ICANN org, and so is staff unless something else is said.
pub fn is_staff(review: &Review, name: &str) -> bool {
    let mut presenters = review.catalogue.presenters.iter();
    presenters.any(|presenter| presenter.name == name)
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
    let before = review.records.roll.get(&key).cloned().unwrap_or_default();
    let word = presence.map_or("not marked", Presence::word);
    if before.presence == presence {
        return Ok(Edit::nothing(format!("{name} already {word}")));
    }
    let after = Attendance {
        presence,
        at: presence.map(|_| now),
        ..before
    };
    let made = review.changes_to(&Record::Attendance(key), &after);
    let edit = Edit::new(format!("{name} {word}"), made);
    Ok(edit.with_member(review, Some(&name)))
}

fn named(name: &str) -> Result<String> {
    line(name).ok_or_else(|| Error::slip("A name is needed; nothing was recorded."))
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
    let record = Record::Attendance((id.clone(), name.clone()));
    let made = review.changes_of(&record, Attendance::INTEREST, &interest);
    let edit = Edit::new(format!("Statement of interest of {name}"), made);
    Ok(edit.with_member(review, Some(&name)).or_says(" unchanged"))
}

/// Records that those members of the team who are there and said nothing else have no update to their statements of interest.
///
/// # Errors
/// A meeting of a source.
pub fn no_updates(review: &Review, id: &MeetingId) -> Result<Edit> {
    own(review, id)?;
    let is_silent = |attendance: &Attendance| {
        attendance.presence.is_some_and(Presence::is_of_team) && attendance.interest.is_none()
    };
    let roll = review.records.roll_of(id);
    let silent: Vec<Record> = roll
        .filter(|(_, attendance)| is_silent(attendance))
        .map(|(name, _)| Record::Attendance((id.clone(), name.to_owned())))
        .collect();
    let label = match silent.len() {
        0 => "Everybody present has stated interests, or nobody is marked present".to_owned(),
        1 => "Statement of interest: no update of 1 member".to_owned(),
        more => format!("Statements of interest: no update of {more} members"),
    };
    let no_update = Some(NO_UPDATE.to_owned());
    let stated = |record| review.changes_of(record, Attendance::INTEREST, &no_update);
    Ok(Edit::new(label, silent.iter().flat_map(stated).collect()))
}

/// Those of the team who are in the room now, in the order of the team.
pub fn here(review: &Review, id: &MeetingId) -> Vec<String> {
    let is_here = |name: &&str| {
        let presence = review.records.presence(id, name);
        presence.is_some_and(Presence::is_here)
    };
    let team = review.team().into_iter();
    team.filter(is_here).map(str::to_owned).collect()
}

/// The people of a meeting as its report lists them: those with one of these marks, by name.
pub fn those<'a>(
    review: &'a Review,
    id: &MeetingId,
    wanted: &[Presence],
) -> Vec<(&'a str, &'a Attendance)> {
    let order = names(review, id);
    let is_wanted = |presence| wanted.contains(&presence);
    let roll = review.records.roll_of(id);
    let mut found: Vec<(&str, &Attendance)> = roll
        .filter(|(_, attendance)| attendance.presence.is_some_and(is_wanted))
        .collect();
    found.sort_by_key(|(name, _)| order.iter().position(|known| known == name));
    found
}

/// How a roll call stands, in words: `9 present · 2 apologies`.
pub fn told(review: &Review, id: &MeetingId) -> String {
    let roll = review.records.roll_of(id);
    let counts = count_each(roll.filter_map(|(_, attendance)| attendance.presence));
    if counts.is_empty() {
        return format!("Nobody is marked at {} yet", review.meeting_label(id));
    }
    let counts = counts.iter().map(|(word, count)| format!("{count} {word}"));
    counts.collect::<Vec<_>>().join(" · ")
}
