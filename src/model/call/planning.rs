//! Planning a meeting: a new one with the agenda of the last, the agenda edited and reordered, recommendations queued and put off.

use super::Calls;
use super::meeting::{AgendaItem, Meeting, Queued, called, series};
use crate::error::{Error, Result};
use crate::model::change::{Change, Edit, Record};
use crate::model::day;
use crate::model::edit::{changes, normal, with_member};
use crate::model::fields::Fields;
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::review::Review;
use crate::model::text;
use crate::model::vocabulary::{Field, MeetingKind, Outcome};
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
pub fn next_number(review: &Review, kind: MeetingKind) -> u32 {
    let series = series(kind);
    let number = |id: &MeetingId| {
        id.as_str()
            .strip_prefix(series)?
            .strip_prefix('-')?
            .parse::<u32>()
            .ok()
    };
    let printed = review
        .catalogue
        .meetings
        .iter()
        .filter(|m| self::series(m.kind) == series)
        .map(|m| m.number);
    let own = review.calls.meetings.keys().filter_map(number);
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
fn agenda(review: &Review, kind: MeetingKind) -> Vec<(String, Option<u32>)> {
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

fn last_agenda(review: &Review, kind: MeetingKind) -> Vec<(String, Option<u32>)> {
    let series = series(kind);
    let own = review
        .calls
        .meetings
        .iter()
        .filter(|(id, held)| id.as_str().starts_with(series) && held.number.is_some());
    let own = own.max_by_key(|(_, held)| held.number);
    let printed = review
        .catalogue
        .meetings
        .iter()
        .filter(|m| self::series(m.kind) == series)
        .max_by_key(|m| m.number);
    match (own, printed) {
        (Some((id, held)), printed)
            if printed.is_none_or(|printed| held.number > Some(printed.number)) =>
        {
            review
                .calls
                .agenda_of(id)
                .into_iter()
                .map(|(_, item)| (item.text.clone(), item.planned))
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
    let number = number.unwrap_or_else(|| next_number(review, *kind));
    let id: MeetingId = format!("{}-{number}", series(*kind))
        .parse()
        .map_err(|e| Error::bug(format!("{e}")))?;
    let known = review.calls.meetings.get(&id);
    let is_bare = known.is_some_and(|held| held.number.is_none() && held.started.is_none());
    if review.knows_meeting(&id) && !is_bare {
        let next = next_number(review, *kind);
        return Err(Error::slip(format!(
            "There is a {} already; the next free number is {next}.",
            called(&id, None)
        )));
    }
    let record = Record::Meeting(id.clone());
    let before = review.fields(&record);
    let meeting = Meeting {
        name: id.to_string(),
        number: Some(number),
        kind: Some(*kind),
        date: *date,
        ..Meeting::default()
    };
    let mut made = changes(&record, &before, &meeting.to_fields());
    for (item, (text, planned)) in (1_u16..).zip(agenda(review, *kind)) {
        let held = AgendaItem {
            rank: u32::from(item),
            text,
            planned,
            ..AgendaItem::default()
        };
        made.extend(changes(
            &Record::Agenda(id.clone(), item),
            &Fields::new(),
            &held.to_fields(),
        ));
    }
    for (rank, number) in (1_u32..).zip(left_over(review, &id)) {
        made.extend(queued(&id, number, rank));
    }
    Ok((
        id.clone(),
        Edit {
            label: format!("{} planned", called(&id, None)),
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
        &Record::Queued(id.clone(), number),
        &Fields::new(),
        &held.to_fields(),
    )
}

/// Whether two meetings are of one series, as the plenaries are.
pub(super) fn is_of_series(one: &MeetingId, other: &MeetingId) -> bool {
    let series = |id: &MeetingId| {
        id.as_str()
            .rsplit_once('-')
            .map(|(series, _)| series.to_owned())
    };
    series(one) == series(other)
}

/// What was put off or not come to in the meeting of the series that ended last, and is queued for no meeting to come.
pub fn left_over(review: &Review, like: &MeetingId) -> Vec<RecommendationNumber> {
    let ended = review
        .calls
        .meetings
        .iter()
        .filter(|(id, held)| held.ended.is_some() && is_of_series(id, like));
    let ended = ended.max_by_key(|(_, held)| held.ended);
    let waits = |number: &RecommendationNumber| {
        let open = review
            .calls
            .meetings
            .iter()
            .filter(|(_, held)| held.ended.is_none() && held.number.is_some());
        !open
            .into_iter()
            .any(|(id, _)| review.calls.queue.contains_key(&(id.clone(), *number)))
    };
    ended.map_or_else(Vec::new, |(id, _)| {
        not_reached(&review.calls, id)
            .into_iter()
            .filter(waits)
            .collect()
    })
}

/// What a meeting put off or has not come to, in the order of its queue.
pub fn not_reached(calls: &Calls, id: &MeetingId) -> Vec<RecommendationNumber> {
    calls
        .queue_of(id)
        .into_iter()
        .filter(|(_, held)| held.outcome != Some(Outcome::Reached))
        .map(|(number, _)| number)
        .collect()
}

/// The planned meeting of the series that comes next after one; one whose day is over will not be held.
pub fn next_planned<'a>(review: &'a Review, after: &MeetingId) -> Option<&'a MeetingId> {
    let day = review.calls.meetings.get(after).and_then(|held| held.date);
    let to_come = |held: &Meeting| {
        held.date
            .is_none_or(|date| day.is_none_or(|day| date >= day))
    };
    let planned = review.calls.meetings.iter().filter(|(id, held)| {
        *id != after
            && is_of_series(id, after)
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
    let queue = review.calls.queue_of(next);
    let last = queue.iter().map(|(_, held)| held.rank).max().unwrap_or(0);
    let missing = not_reached(&review.calls, id)
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
            called(id, None)
        ))
        .hint("N plans a new meeting."));
    }
    review
        .calls
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
        (Field::Date, Some(line)) => Some(
            day::written(&line)
                .ok_or_else(|| Error::slip("A meeting's day is written 2018-09-20."))?
                .to_string(),
        ),
        (_, line) => line,
    };
    match field {
        Field::Date | Field::Title | Field::Place | Field::Facilitator => {}
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
    let leads = line.as_deref().filter(|_| field == Field::Facilitator);
    let made = with_member(
        review,
        leads,
        changes(&Record::Meeting(id.clone()), &before, &after),
    );
    done(id, &format!("{} {told}", field.label()), made)
}

fn done(id: &MeetingId, what: &str, changes: Vec<Change>) -> Result<Edit> {
    let label = format!("{}: {what}", called(id, None));
    Ok(Edit {
        label: if changes.is_empty() {
            format!("{label}, nothing changed")
        } else {
            label
        },
        changes,
    })
}

/// Reads a line as an agenda item: `Finalize ToR (20 min)`, the time at the end.
pub fn read_item(typed: &str) -> (String, Option<u32>) {
    let line = text::clean_line(typed).text;
    let timed = line
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .and_then(|(text, time)| {
            // A number alone may belong to the words: a draft (2).
            let minutes = time.trim().strip_suffix("min")?.trim().parse().ok()?;
            Some((text.trim_end().to_owned(), Some(minutes)))
        });
    timed.unwrap_or((line, None))
}

/// Prints an item as [`read_item`] reads it.
pub fn print_item(item: &AgendaItem) -> String {
    item.planned.map_or_else(
        || item.text.clone(),
        |minutes| format!("{} ({minutes} min)", item.text),
    )
}

/// Adds an item to the agenda, behind another or at the end.
///
/// # Errors
/// A meeting of a source; no words.
pub fn add_item(review: &Review, id: &MeetingId, typed: &str, behind: Option<u16>) -> Result<Edit> {
    own(review, id)?;
    let (words, planned) = read_item(typed);
    let text = normal(review, Field::Text, &words)?
        .ok_or_else(|| Error::slip("An agenda item needs words; nothing was recorded."))?;
    let items = review.calls.agenda_of(id);
    let fresh = items
        .iter()
        .map(|(item, _)| *item)
        .max()
        .unwrap_or(0)
        .saturating_add(1);
    let at = behind
        .and_then(|behind| items.iter().position(|(item, _)| *item == behind))
        .map_or(items.len(), |at| at + 1);
    let mut order: Vec<u16> = items.iter().map(|(item, _)| *item).collect();
    order.insert(at, fresh);
    let mut made = ranked(review, id, &order);
    let rank = u32::try_from(at + 1).unwrap_or(u32::MAX);
    let held = AgendaItem {
        rank,
        text,
        planned,
        ..AgendaItem::default()
    };
    made.extend(changes(
        &Record::Agenda(id.clone(), fresh),
        &Fields::new(),
        &held.to_fields(),
    ));
    done(id, &format!("agenda item {} added", at + 1), made)
}

/// The changes that bring the items that are there into an order.
fn ranked(review: &Review, id: &MeetingId, order: &[u16]) -> Vec<Change> {
    let mut made = Vec::new();
    for (rank, item) in (1_u32..).zip(order) {
        if let Some(held) = review.calls.agenda.get(&(id.clone(), *item)) {
            let after = AgendaItem {
                rank,
                ..held.clone()
            };
            made.extend(changes(
                &Record::Agenda(id.clone(), *item),
                &held.to_fields(),
                &after.to_fields(),
            ));
        }
    }
    made
}

/// Changes the words and the planned time of an item.
///
/// # Errors
/// A meeting of a source; an item that is not there; no words.
pub fn reword_item(review: &Review, id: &MeetingId, item: u16, typed: &str) -> Result<Edit> {
    let held = agenda_item(review, id, item)?;
    let (words, planned) = read_item(typed);
    let text = normal(review, Field::Text, &words)?
        .ok_or_else(|| Error::slip("An agenda item needs words; nothing was recorded."))?;
    let after = AgendaItem {
        text,
        planned,
        ..held.clone()
    };
    done(
        id,
        "agenda item changed",
        changes(
            &Record::Agenda(id.clone(), item),
            &held.to_fields(),
            &after.to_fields(),
        ),
    )
}

fn agenda_item<'a>(review: &'a Review, id: &MeetingId, item: u16) -> Result<&'a AgendaItem> {
    own(review, id)?;
    review
        .calls
        .agenda
        .get(&(id.clone(), item))
        .ok_or_else(|| Error::slip("There is no such agenda item any more."))
}

/// Takes an item off the agenda; one that was open in the call stays.
///
/// # Errors
/// A meeting of a source; an item that is not there, or was opened.
pub fn drop_item(review: &Review, id: &MeetingId, item: u16) -> Result<Edit> {
    let held = agenda_item(review, id, item)?;
    if held.opened.is_some() {
        return Err(Error::slip("What the call came to stays on its agenda."));
    }
    if is_named(review, id, item) {
        return Err(Error::slip(
            "Something was recorded under this item; it stays on the agenda.",
        ));
    }
    done(
        id,
        "agenda item taken off",
        changes(
            &Record::Agenda(id.clone(), item),
            &held.to_fields(),
            &Fields::new(),
        ),
    )
}

/// Whether a finding, a decision or an action item names an item: its number is then given to no other.
fn is_named(review: &Review, id: &MeetingId, item: u16) -> bool {
    let word = item.to_string();
    let finding = review
        .findings
        .values()
        .any(|held| held.meeting.as_ref() == Some(id) && held.agenda_item.as_ref() == Some(&word));
    let decision = review
        .calls
        .decisions
        .values()
        .any(|held| held.meeting.as_ref() == Some(id) && held.item == Some(item));
    finding
        || decision
        || review
            .calls
            .actions
            .values()
            .any(|held| held.meeting.as_ref() == Some(id) && held.item == Some(item))
}

/// Moves an item up or down by one place.
///
/// # Errors
/// A meeting of a source; an item that is not there.
pub fn move_item(review: &Review, id: &MeetingId, item: u16, down: bool) -> Result<Edit> {
    agenda_item(review, id, item)?;
    let mut order: Vec<u16> = review
        .calls
        .agenda_of(id)
        .into_iter()
        .map(|(item, _)| item)
        .collect();
    shift(&mut order, &item, down);
    let place = order
        .iter()
        .position(|held| *held == item)
        .map_or(0, |at| at + 1);
    done(
        id,
        &format!("agenda item moved to {place}"),
        ranked(review, id, &order),
    )
}

fn shift<T: PartialEq>(order: &mut [T], wanted: &T, down: bool) {
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
        return Err(Error::slip(format!("{} is over.", called(id, None))));
    }
    let held = review.calls.queue_of(id);
    let mut made = Vec::new();
    for (number, queued) in held
        .iter()
        .filter(|(number, queued)| off.contains(number) && queued.outcome.is_none())
    {
        made.extend(changes(
            &Record::Queued(id.clone(), *number),
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
    done(id, "recommendations queued", made)
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
        .calls
        .queue_of(id)
        .into_iter()
        .map(|(number, _)| number)
        .collect();
    shift(&mut order, &number, down);
    let mut made = Vec::new();
    for (rank, number) in (1_u32..).zip(&order) {
        if let Some(held) = review.calls.queue.get(&(id.clone(), *number)) {
            let after = Queued {
                rank,
                ..held.clone()
            };
            made.extend(changes(
                &Record::Queued(id.clone(), *number),
                &held.to_fields(),
                &after.to_fields(),
            ));
        }
    }
    done(id, &format!("Rec {number} moved"), made)
}

fn queued_one<'a>(
    review: &'a Review,
    id: &MeetingId,
    number: RecommendationNumber,
) -> Result<&'a Queued> {
    own(review, id)?;
    review
        .calls
        .queue
        .get(&(id.clone(), number))
        .ok_or_else(|| {
            Error::slip(format!(
                "Rec {number} is not queued for {}.",
                called(id, None)
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
    let reason = reason.map_or(Ok(None), |reason| normal(review, Field::Reason, reason))?;
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
        id,
        &format!("Rec {number} {told}"),
        changes(
            &Record::Queued(id.clone(), number),
            &held.to_fields(),
            &after.to_fields(),
        ),
    )
}
