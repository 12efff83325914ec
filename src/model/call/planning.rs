//! Planning a meeting: a new one with the agenda of the last, the agenda edited and reordered, recommendations queued and put off.

use crate::error::{Error, Result};
use crate::model::edit::{changes, prose, with_member};
use crate::model::ids::{AgendaItemId, MeetingId, MeetingName, RecommendationNumber};
use crate::model::journal::change::{Change, Edit};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::{Described, Field, Fields};
use crate::model::record::kinds::{Record, Records};
use crate::model::record::meeting::{Meeting, series};
use crate::model::record::question::RecordedQuestion;
use crate::model::record::queued::Queued;
use crate::model::review::Review;
use crate::model::vocabulary::{MeetingKind, Outcome};
use crate::model::{day, text};
use chrono::{NaiveDate, Timelike};

/// What the team's agendas open and close with, and words by which an item is known to be that one.
const OPENING: [(&str, &[&str]); 2] = [
    (
        "Welcome and roll call",
        &["roll call", "rollcall", "welcome"],
    ),
    (
        "Statement of interest updates",
        &["soi", "statement of interest"],
    ),
];
const CLOSING: [(&str, &[&str]); 2] = [
    ("AOB", &["aob", "a.o.b", "any other business"]),
    ("Confirm action items and decisions", &["action items"]),
];

/// The next free number of a kind of meeting, in the series of its kind.
pub fn next_number(review: &Review, kind: &MeetingKind) -> u32 {
    let series = series(kind);
    let number = |meeting: &Meeting| {
        let name = meeting.name.as_str();
        name.strip_prefix(series.as_str())?
            .strip_prefix('-')?
            .parse::<u32>()
            .ok()
    };
    let printed = review
        .catalogue
        .meetings
        .iter()
        .filter(|m| self::series(&m.kind) == series)
        .map(|m| m.number);
    let own = review.records.meetings.values().filter_map(number);
    printed.chain(own).max().unwrap_or(0).saturating_add(1)
}

/// A meeting that is to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planning {
    /// Its kind.
    pub kind: MeetingKind,
    /// Its number; the next free one if none is given.
    pub number: Option<u32>,
    /// Its day.
    pub date: Option<NaiveDate>,
}

/// The texts and planned minutes of an agenda copied from the last meeting of the kind, framed as the team's agendas are.
fn agenda(review: &Review, kind: &MeetingKind) -> Vec<(String, Option<u32>)> {
    let mut items = last_agenda(review, kind);
    let has = |items: &[(String, Option<u32>)], words: &[&str]| {
        items
            .iter()
            .any(|(text, _)| words.iter().any(|word| text::fold(text).contains(word)))
    };
    for (at, (text, words)) in OPENING.iter().enumerate() {
        if !has(&items, words) {
            items.insert(at.min(items.len()), ((*text).to_owned(), None));
        }
    }
    for (text, words) in CLOSING {
        if !has(&items, words) {
            items.push((text.to_owned(), None));
        }
    }
    items
}

fn last_agenda(review: &Review, kind: &MeetingKind) -> Vec<(String, Option<u32>)> {
    let series = series(kind);
    let own = review
        .records
        .meetings
        .iter()
        .filter(|(_, held)| held.name.series() == series && held.number.is_some());
    let own = own.max_by_key(|(_, held)| held.number);
    let printed = review
        .catalogue
        .meetings
        .iter()
        .filter(|m| self::series(&m.kind) == series)
        .max_by_key(|m| m.number);
    match (own, printed) {
        (Some((id, held)), printed)
            if printed.is_none_or(|printed| held.number > Some(printed.number)) =>
        {
            review
                .records
                .agenda_of(id)
                .into_iter()
                .map(|(_, item)| (item.title(), item.planned))
                .collect()
        }
        (_, Some(printed)) => {
            let minutes = |item: &crate::model::catalogue::AgendaItem| {
                let (from, to) = item.from.zip(item.to)?;
                (to.num_seconds_from_midnight()
                    .checked_sub(from.num_seconds_from_midnight()))
                .map(|seconds| seconds / 60)
            };
            // The first day of a meeting of several shows how such a day is opened.
            let first_day = printed
                .agenda
                .iter()
                .filter(|item| item.day.is_none_or(|day| day == 1));
            first_day
                .map(|item| (text::clean_line(&item.text).text, minutes(item)))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Plans a meeting: number, day, the agenda of the last one, and the recommendations that the last one did not come to.
///
/// # Errors
/// A number that is taken.
pub fn plan(review: &Review, planning: &Planning) -> Result<(MeetingId, Edit)> {
    let Planning { kind, number, date } = planning;
    let number = number.unwrap_or_else(|| next_number(review, kind));
    let name: MeetingName = format!("{}-{number}", series(kind))
        .parse()
        .map_err(|e| Error::bug(format!("{e}")))?;
    let mut ids = review.ids.clone();
    let known = review.meeting_named(&name);
    let is_bare = known.as_ref().is_none_or(|id| {
        let known = review.records.meetings.get(id);
        known.is_some_and(|held| held.number.is_none() && held.started.is_none())
    });
    if !is_bare {
        let next = next_number(review, kind);
        return Err(Error::slip(format!(
            "There is a {} already; the next free number is {next}.",
            name.label()
        )));
    }
    let id = known.unwrap_or_else(|| ids.make().into());
    let record = Record::Meeting(id.clone());
    let before = review.fields(&record);
    let label = format!("{} planned", name.label());
    let meeting = Meeting {
        number: Some(number),
        kind: Some(kind.clone()),
        date: *date,
        ..Meeting::named(name)
    };
    let mut made = changes(&record, &before, &meeting.to_fields());
    for (number, (text, planned)) in (1_u16..).zip(agenda(review, kind)) {
        let item = AgendaItem {
            rank: u32::from(number),
            planned,
            ..AgendaItem::new(id.clone(), number, Some(text))
        };
        let record = Record::Agenda(AgendaItemId(ids.make()));
        made.extend(changes(&record, &Fields::new(), &item.to_fields()));
    }
    for (rank, number) in (1_u32..).zip(left_over(review, &meeting.name)) {
        made.extend(queued(&id, number, rank));
    }
    Ok((
        id,
        Edit {
            label,
            changes: made,
        },
    ))
}

fn queued(id: &MeetingId, number: RecommendationNumber, rank: u32) -> Vec<Change> {
    let held = Queued {
        rank,
        ..Queued::default()
    };
    changes(
        &Record::Queued((id.clone(), number)),
        &Fields::new(),
        &held.to_fields(),
    )
}

/// What was put off or not come to in the meeting of the series that ended last, and is queued for no meeting to come.
pub fn left_over(review: &Review, like: &MeetingName) -> Vec<RecommendationNumber> {
    let ended = review
        .records
        .meetings
        .iter()
        .filter(|(_, held)| held.ended.is_some() && held.name.series() == like.series());
    let ended = ended.max_by_key(|(_, held)| held.ended);
    let waits = |number: &RecommendationNumber| {
        let open = review
            .records
            .meetings
            .iter()
            .filter(|(_, held)| held.ended.is_none() && held.number.is_some());
        !open
            .into_iter()
            .any(|(id, _)| review.records.queue.contains_key(&(id.clone(), *number)))
    };
    ended.map_or_else(Vec::new, |(id, _)| {
        not_reached(&review.records, id)
            .into_iter()
            .filter(waits)
            .collect()
    })
}

/// What a meeting put off or has not come to, in the order of its queue.
pub fn not_reached(records: &Records, id: &MeetingId) -> Vec<RecommendationNumber> {
    records
        .queue_of(id)
        .into_iter()
        .filter(|(_, held)| held.outcome != Some(Outcome::Reached))
        .map(|(number, _)| number)
        .collect()
}

/// The planned meeting of the series that comes next after one; one whose day is over will not be held.
pub fn next_planned<'a>(review: &'a Review, after: &MeetingId) -> Option<&'a MeetingId> {
    let day = review
        .records
        .meetings
        .get(after)
        .and_then(|held| held.date);
    let to_come = |held: &Meeting| {
        held.date
            .is_none_or(|date| day.is_none_or(|day| date >= day))
    };
    let planned = review.records.meetings.iter().filter(|(id, held)| {
        *id != after
            && held.name.series() == review.meeting_name(after).series()
            && held.started.is_none()
            && held.number.is_some()
            && to_come(held)
    });
    planned
        .min_by_key(|(id, held)| (held.date.is_none(), held.date, (*id).clone()))
        .map(|(id, _)| id)
}

/// The changes that carry what a meeting did not come to on to the meeting planned next; none while none is planned.
pub fn carried(review: &Review, id: &MeetingId) -> Vec<Change> {
    let Some(next) = next_planned(review, id) else {
        return Vec::new();
    };
    let queue = review.records.queue_of(next);
    let last = queue.iter().map(|(_, held)| held.rank).max().unwrap_or(0);
    let missing = not_reached(&review.records, id)
        .into_iter()
        .filter(|number| !queue.iter().any(|(held, _)| held == number));
    (last + 1..)
        .zip(missing)
        .flat_map(|(rank, number)| queued(next, number, rank))
        .collect()
}

/// A meeting that can be planned: of the team's own, and not over.
pub(super) fn own<'a>(review: &'a Review, id: &MeetingId) -> Result<&'a Meeting> {
    if review
        .catalogue
        .meetings
        .iter()
        .any(|meeting| meeting.id == *id)
    {
        return Err(Error::slip(format!(
            "{} is quoted from a source and is not changed.",
            review.meeting_label(id)
        ))
        .hint("N plans a new meeting."));
    }
    review
        .records
        .meetings
        .get(id)
        .ok_or_else(|| Error::slip(format!("There is no meeting {id}.")))
}

/// Sets or unsets what a person says about a meeting: its day, title, place, facilitator.
///
/// # Errors
/// A meeting of a source; a field that is none of these; what is no day.
pub fn set(review: &Review, id: &MeetingId, field: Field, value: Option<&str>) -> Result<Edit> {
    let meeting = own(review, id)?;
    let line = value
        .map(|value| text::clean_line(value).text)
        .filter(|line| !line.is_empty());
    let line = match (field, line) {
        (Meeting::DATE, Some(line)) => Some(
            day::written(&line)
                .ok_or_else(|| Error::slip("A meeting's day is written 2018-09-20."))?
                .to_string(),
        ),
        (_, line) => line,
    };
    match field {
        Meeting::DATE | Meeting::TITLE | Meeting::PLACE | Meeting::FACILITATOR => {}
        other => {
            return Err(Error::bug(format!(
                "{} of a meeting is not set by hand",
                other.label()
            )));
        }
    }
    let before = meeting.to_fields();
    let mut after = before.clone();
    match &line {
        Some(value) => after.insert(field, value.clone()),
        None => after.remove(&field),
    };
    let told = line.as_deref().unwrap_or("unset");
    let leads = line.as_deref().filter(|_| field == Meeting::FACILITATOR);
    let made = with_member(
        review,
        leads,
        changes(&Record::Meeting(id.clone()), &before, &after),
    );
    done(review, id, &format!("{} {told}", field.label()), made)
}

pub(super) fn done(
    review: &Review,
    id: &MeetingId,
    what: &str,
    changes: Vec<Change>,
) -> Result<Edit> {
    let label = format!("{}: {what}", review.meeting_label(id));
    Ok(Edit {
        label: if changes.is_empty() {
            format!("{label}, nothing changed")
        } else {
            label
        },
        changes,
    })
}

pub(super) fn shift<T: PartialEq>(order: &mut [T], wanted: &T, down: bool) {
    let Some(at) = order.iter().position(|held| held == wanted) else {
        return;
    };
    let to = if down { at + 1 } else { at.wrapping_sub(1) };
    if to < order.len() {
        order.swap(at, to);
    }
}

/// Puts recommendations on the queue of a meeting, behind those that stand there, and takes others off it; what was come to in it stays.
///
/// # Errors
/// A meeting of a source or one that is over; a recommendation that is not there.
pub fn queue(
    review: &Review,
    id: &MeetingId,
    on: &[RecommendationNumber],
    off: &[RecommendationNumber],
) -> Result<Edit> {
    if own(review, id)?.ended.is_some() {
        return Err(Error::slip(format!(
            "{} is over.",
            review.meeting_label(id)
        )));
    }
    let held = review.records.queue_of(id);
    let mut made = Vec::new();
    for (number, queued) in held
        .iter()
        .filter(|(number, queued)| off.contains(number) && queued.outcome.is_none())
    {
        made.extend(changes(
            &Record::Queued((id.clone(), *number)),
            &queued.to_fields(),
            &Fields::new(),
        ));
    }
    let last = held
        .iter()
        .map(|(_, queued)| queued.rank)
        .max()
        .unwrap_or(0);
    let fresh = on
        .iter()
        .filter(|number| !held.iter().any(|(known, _)| known == *number));
    for (rank, number) in (last + 1..).zip(fresh) {
        review.recommendation(*number)?;
        made.extend(queued(id, *number, rank));
    }
    done(review, id, "recommendations queued", made)
}

/// Moves a queued recommendation up or down by one place.
///
/// # Errors
/// A meeting of a source; a recommendation that is not queued.
pub fn move_queued(
    review: &Review,
    id: &MeetingId,
    number: RecommendationNumber,
    down: bool,
) -> Result<Edit> {
    queued_one(review, id, number)?;
    let mut order: Vec<RecommendationNumber> = review
        .records
        .queue_of(id)
        .into_iter()
        .map(|(number, _)| number)
        .collect();
    shift(&mut order, &number, down);
    let mut made = Vec::new();
    for (rank, number) in (1_u32..).zip(&order) {
        if let Some(held) = review.records.queue.get(&(id.clone(), *number)) {
            let after = Queued {
                rank,
                ..held.clone()
            };
            made.extend(changes(
                &Record::Queued((id.clone(), *number)),
                &held.to_fields(),
                &after.to_fields(),
            ));
        }
    }
    done(review, id, &format!("Rec {number} moved"), made)
}

fn queued_one<'a>(
    review: &'a Review,
    id: &MeetingId,
    number: RecommendationNumber,
) -> Result<&'a Queued> {
    own(review, id)?;
    review
        .records
        .queue
        .get(&(id.clone(), number))
        .ok_or_else(|| {
            Error::slip(format!(
                "Rec {number} is not queued for {}.",
                review.meeting_label(id)
            ))
        })
}

/// Says what became of a queued recommendation: reached, deferred with a reason, or nothing yet.
///
/// # Errors
/// A meeting of a source; a recommendation that is not queued; no reason where it is deferred.
pub fn settle(
    review: &Review,
    id: &MeetingId,
    number: RecommendationNumber,
    outcome: Option<Outcome>,
    reason: Option<&str>,
) -> Result<Edit> {
    let held = queued_one(review, id, number)?;
    let reason = reason.map_or(Ok(None), |reason| prose(RecordedQuestion::REASON, reason))?;
    if outcome == Some(Outcome::Deferred) && reason.is_none() {
        return Err(Error::slip(format!(
            "Rec {number} is deferred only with a reason; nothing was recorded."
        )));
    }
    let after = Queued {
        outcome,
        reason: reason.filter(|_| outcome.is_some()),
        ..held.clone()
    };
    let told = outcome.map_or("waits again", Outcome::word);
    done(
        review,
        id,
        &format!("Rec {number} {told}"),
        changes(
            &Record::Queued((id.clone(), number)),
            &held.to_fields(),
            &after.to_fields(),
        ),
    )
}
