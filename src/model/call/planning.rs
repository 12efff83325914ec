//! Planning a meeting: a new one with the agenda of the last, the agenda edited and reordered, recommendations queued and put off.

use super::register;
use crate::error::{Error, Result};
use crate::model::edit::{line, prose, refuse_if};
use crate::model::ids::{AgendaItemId, MeetingId, MeetingName, RecommendationNumber};
use crate::model::journal::change::{Change, Edit};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::Field;
use crate::model::record::kinds::{Record, Records};
use crate::model::record::meeting::{Meeting, series};
use crate::model::record::queued::Queued;
use crate::model::review::Review;
use crate::model::vocabulary::{MeetingKind, Outcome};
use crate::model::{catalogue, day, text};
use chrono::NaiveDate;
use std::collections::BTreeSet;

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
    let own = own_series(review, &series).filter_map(|(_, meeting)| {
        let (_, number) = meeting.name.as_str().rsplit_once('-')?;
        number.parse::<u32>().ok()
    });
    let printed = printed_series(review, &series).map(|meeting| meeting.number);
    register::next_number(printed.chain(own))
}

/// The meetings of a series that the sources mention.
fn printed_series<'a>(
    review: &'a Review,
    series: &str,
) -> impl Iterator<Item = &'a catalogue::Meeting> {
    let meetings = review.catalogue.meetings.iter();
    meetings.filter(move |meeting| self::series(&meeting.kind) == series)
}

/// The team's own meetings of a series.
fn own_series<'a>(
    review: &'a Review,
    series: &str,
) -> impl Iterator<Item = (&'a MeetingId, &'a Meeting)> {
    let meetings = review.records.meetings.iter();
    meetings.filter(move |(_, meeting)| meeting.name.series() == series)
}

/// The texts and planned minutes of an agenda copied from the last meeting of the kind, framed as the team's agendas are.
fn agenda(review: &Review, kind: &MeetingKind) -> Vec<(String, Option<u32>)> {
    let mut items = last_agenda(review, kind);
    let has = |items: &[(String, Option<u32>)], words: &[&str]| {
        let is_one = |text: &str| words.iter().any(|word| text::fold(text).contains(word));
        items.iter().any(|(text, _)| is_one(text))
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
    let own = own_series(review, &series)
        .filter(|(_, meeting)| meeting.number.is_some())
        .max_by_key(|(_, meeting)| meeting.number);
    let printed = printed_series(review, &series).max_by_key(|meeting| meeting.number);
    if let Some((id, own)) = own
        && printed.is_none_or(|printed| own.number > Some(printed.number))
    {
        let items = review.records.agenda_of(id).into_iter();
        return items
            .map(|(_, item)| (item.title(), item.planned))
            .collect();
    }
    // The first day of a meeting of several shows how such a day is opened.
    let items = printed.into_iter().flat_map(|printed| &printed.agenda);
    let first_day = items.filter(|item| item.day.is_none_or(|day| day == 1));
    let minutes = |item: &catalogue::AgendaItem| {
        let (from, to) = (item.from?, item.to?);
        u32::try_from((to - from).num_minutes()).ok()
    };
    first_day
        .map(|item| (text::clean_line(&item.text).text, minutes(item)))
        .collect()
}

/// Plans a meeting: the number, or the next free one; the day; the agenda of the last meeting, and the recommendations that the last one did not come to.
///
/// # Errors
/// A number that is taken.
pub fn plan(
    review: &Review,
    kind: &MeetingKind,
    number: Option<u32>,
    date: Option<NaiveDate>,
) -> Result<(MeetingId, Edit)> {
    let number = number.unwrap_or_else(|| next_number(review, kind));
    let name = format!("{}-{number}", series(kind));
    let name: MeetingName = name.parse().map_err(Error::bug_from)?;
    let known = review.meeting_named(&name);
    let is_bare = |id: &MeetingId| {
        let known = review.records.meetings.get(id);
        known.is_some_and(|known| known.number.is_none() && known.started.is_none())
    };
    refuse_if(known.as_ref().is_some_and(|id| !is_bare(id)), || {
        let (name, next) = (name.label(), next_number(review, kind));
        format!("There is a {name} already; the next free number is {next}.")
    })?;
    let mut ids = review.ids.clone();
    let id = known.unwrap_or_else(|| ids.make().into());
    let label = format!("{} planned", name.label());
    let meeting = Meeting {
        number: Some(number),
        kind: Some(kind.clone()),
        date,
        ..Meeting::named(name)
    };
    let mut made = review.changes_to(&Record::Meeting(id.clone()), &meeting);
    for (number, (text, planned)) in (1_u16..).zip(agenda(review, kind)) {
        let item = AgendaItem {
            rank: u32::from(number),
            planned,
            ..AgendaItem::new(id.clone(), number, Some(text))
        };
        made.extend(review.changes_to(&Record::Agenda(AgendaItemId(ids.make())), &item));
    }
    let waiting = left_over(review, &meeting.name);
    made.extend(enqueued(review, &id, &waiting));
    Ok((id, Edit::new(label, made)))
}

/// What was put off or not come to in the meeting of the series that ended last, and is queued for no meeting to come.
pub fn left_over(review: &Review, like: &MeetingName) -> Vec<RecommendationNumber> {
    let records = &review.records;
    let ended = own_series(review, like.series())
        .filter(|(_, meeting)| meeting.ended.is_some())
        .max_by_key(|(_, meeting)| meeting.ended);
    let Some((id, _)) = ended else {
        return Vec::new();
    };
    let is_to_come = |id: &MeetingId| {
        let meeting = records.meetings.get(id);
        meeting.is_some_and(|meeting| meeting.ended.is_none() && meeting.number.is_some())
    };
    let queued = records.queue.keys().filter(|(id, _)| is_to_come(id));
    let queued: BTreeSet<RecommendationNumber> = queued.map(|(_, number)| *number).collect();
    let mut waiting = not_reached(records, id);
    waiting.retain(|number| !queued.contains(number));
    waiting
}

/// What a meeting put off or has not come to, in the order of its queue.
pub fn not_reached(records: &Records, id: &MeetingId) -> Vec<RecommendationNumber> {
    let mut queue = records.queue_of(id);
    queue.retain(|(_, queued)| queued.outcome != Some(Outcome::Reached));
    queue.into_iter().map(|(number, _)| number).collect()
}

/// The planned meeting of the series that comes next after one; one whose day is over will not be held.
pub fn next_planned<'a>(review: &'a Review, after: &MeetingId) -> Option<&'a MeetingId> {
    let name = review.meeting_name(after);
    let day = review.records.meetings.get(after).and_then(|m| m.date);
    let is_over = |meeting: &Meeting| meeting.date.zip(day).is_some_and(|(date, day)| date < day);
    own_series(review, name.series())
        .filter(|(id, meeting)| {
            *id != after
                && meeting.started.is_none()
                && meeting.number.is_some()
                && !is_over(meeting)
        })
        .min_by_key(|(_, meeting)| (meeting.date.is_none(), meeting.date))
        .map(|(id, _)| id)
}

/// The changes that carry what a meeting did not come to on to the meeting planned next; none while none is planned.
pub fn carried(review: &Review, id: &MeetingId) -> Vec<Change> {
    let missing = not_reached(&review.records, id);
    next_planned(review, id).map_or_else(Vec::new, |next| enqueued(review, next, &missing))
}

/// The changes that append recommendations to the queue of a meeting.
fn enqueued(review: &Review, id: &MeetingId, numbers: &[RecommendationNumber]) -> Vec<Change> {
    let queue = review.records.queue_of(id);
    let last = queue.iter().map(|(_, queued)| queued.rank).max();
    let is_new = |number: &&RecommendationNumber| !queue.iter().any(|(known, _)| known == *number);
    let queued = |(rank, number): (u32, &RecommendationNumber)| {
        let record = Record::Queued((id.clone(), *number));
        review.changes_of(&record, Queued::RANK, &rank)
    };
    (last.unwrap_or(0) + 1..)
        .zip(numbers.iter().filter(is_new))
        .flat_map(queued)
        .collect()
}

/// A meeting that can be planned: of the team's own, and not over.
pub(super) fn own<'a>(review: &'a Review, id: &MeetingId) -> Result<&'a Meeting> {
    if review.is_quoted_meeting(id) {
        let call = review.meeting_label(id);
        let message = format!("{call} is quoted from a source and is not changed.");
        return Err(Error::slip(message).hint("N plans a new meeting."));
    }
    let meeting = review.records.meetings.get(id);
    meeting.ok_or_else(|| Error::slip(format!("There is no meeting {id}.")))
}

/// Sets or unsets what a person says about a meeting: its day, title, place, facilitator.
///
/// # Errors
/// A meeting of a source; a field that is none of these; what is no day.
pub fn set(review: &Review, id: &MeetingId, field: Field, value: Option<&str>) -> Result<Edit> {
    own(review, id)?;
    let value = match (field, value.and_then(line)) {
        (Meeting::DATE, Some(typed)) => {
            let day = day::written(&typed);
            let day = day.ok_or_else(|| Error::slip("Write a meeting's day as 2018-09-20."))?;
            Some(day.to_string())
        }
        (Meeting::DATE | Meeting::TITLE | Meeting::PLACE | Meeting::FACILITATOR, value) => value,
        (other, _) => {
            let field = other.label();
            return Err(Error::bug(format!(
                "{field} of a meeting is not set by hand"
            )));
        }
    };
    let made = review.changes_of(&Record::Meeting(id.clone()), field, &value);
    let leads = value.as_deref().filter(|_| field == Meeting::FACILITATOR);
    let said = value.as_deref().unwrap_or("unset");
    let edit = meeting_edit(review, id, &format!("{} {said}", field.label()), made);
    Ok(edit.with_member(review, leads))
}

/// An edit of a meeting, or of what belongs to it.
pub(super) fn meeting_edit(review: &Review, id: &MeetingId, what: &str, made: Vec<Change>) -> Edit {
    let label = format!("{}: {what}", review.meeting_label(id));
    Edit::new(label, made).or_says(", nothing changed")
}

/// The changes that move one of these records up or down by one place and renumber the ranks, with the record's new place.
pub(super) fn moved(
    review: &Review,
    mut order: Vec<Record>,
    wanted: &Record,
    down: bool,
) -> (usize, Vec<Change>) {
    let at = order.iter().position(|one| one == wanted).unwrap_or(0);
    let to = if down { at + 1 } else { at.saturating_sub(1) };
    let to = to.min(order.len().saturating_sub(1));
    order.swap(at, to);
    (to + 1, ranked(review, &order))
}

/// The changes that set the ranks of these records to their order.
pub(super) fn ranked(review: &Review, order: &[Record]) -> Vec<Change> {
    (1_u32..)
        .zip(order)
        .flat_map(|(rank, record)| review.changes_of(record, Queued::RANK, &rank))
        .collect()
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
    refuse_if(own(review, id)?.ended.is_some(), || {
        format!("{} is over.", review.meeting_label(id))
    })?;
    let mut made = Vec::new();
    for (number, queued) in review.records.queue_of(id) {
        if off.contains(&number) && queued.outcome.is_none() {
            made.extend(review.removal(&Record::Queued((id.clone(), number))));
        }
    }
    for number in on {
        review.recommendation(*number)?;
    }
    made.extend(enqueued(review, id, on));
    Ok(meeting_edit(review, id, "recommendations queued", made))
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
    let (record, _) = queued_one(review, id, number)?;
    let queue = review.records.queue_of(id).into_iter();
    let order = queue.map(|(number, _)| Record::Queued((id.clone(), number)));
    let (_, made) = moved(review, order.collect(), &record, down);
    let what = format!("Rec {number} moved");
    Ok(meeting_edit(review, id, &what, made))
}

fn queued_one<'a>(
    review: &'a Review,
    id: &MeetingId,
    number: RecommendationNumber,
) -> Result<(Record, &'a Queued)> {
    own(review, id)?;
    let key = (id.clone(), number);
    let queued = review.records.queue.get(&key).ok_or_else(|| {
        let call = review.meeting_label(id);
        Error::slip(format!("Rec {number} is not queued for {call}."))
    })?;
    Ok((Record::Queued(key), queued))
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
    let (record, queued) = queued_one(review, id, number)?;
    let reason = prose(Queued::REASON, reason.unwrap_or_default())?;
    refuse_if(
        outcome == Some(Outcome::Deferred) && reason.is_none(),
        || format!("Rec {number} is deferred only with a reason; nothing was recorded."),
    )?;
    let after = Queued {
        outcome,
        reason: reason.filter(|_| outcome.is_some()),
        ..queued.clone()
    };
    let said = outcome.map_or("waits again", Outcome::word);
    let what = format!("Rec {number} {said}");
    let made = review.changes_to(&record, &after);
    Ok(meeting_edit(review, id, &what, made))
}
