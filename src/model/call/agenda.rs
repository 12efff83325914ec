//! The agenda of a meeting: items added, reworded, moved and taken off.

use super::planning::{done, own, shift};
use crate::error::{Error, Result};
use crate::model::edit::{changes, prose};
use crate::model::ids::{AgendaItemId, MeetingId};
use crate::model::journal::change::{Change, Edit};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::{Described, Fields};
use crate::model::record::kinds::Record;
use crate::model::review::Review;
use crate::model::text;

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
        || item.title(),
        |minutes| format!("{} ({minutes} min)", item.title()),
    )
}

/// Adds an item to the agenda, behind another or at the end.
///
/// # Errors
/// A meeting of a source; no words.
pub fn add_item(
    review: &Review,
    id: &MeetingId,
    typed: &str,
    behind: Option<&AgendaItemId>,
) -> Result<Edit> {
    own(review, id)?;
    let (words, planned) = read_item(typed);
    let text = item_text(&words)?;
    let items = review.records.agenda_of(id);
    let number = items.iter().map(|(_, item)| item.number).max().unwrap_or(0);
    let at = behind
        .and_then(|behind| items.iter().position(|(item, _)| *item == behind))
        .map_or(items.len(), |at| at + 1);
    let added = AgendaItemId(review.ids.clone().make());
    let mut order: Vec<&AgendaItemId> = items.iter().map(|(item, _)| *item).collect();
    order.insert(at, &added);
    let mut made = ranked(review, &order);
    let item = AgendaItem {
        rank: u32::try_from(at + 1).unwrap_or(u32::MAX),
        planned,
        ..AgendaItem::new(id.clone(), number.saturating_add(1), Some(text))
    };
    made.extend(changes(
        &Record::Agenda(added.clone()),
        &Fields::new(),
        &item.to_fields(),
    ));
    done(review, id, &format!("agenda item {} added", at + 1), made)
}

fn item_text(words: &str) -> Result<String> {
    prose(AgendaItem::TEXT, words)?
        .ok_or_else(|| Error::slip("An agenda item needs words; nothing was recorded."))
}

/// The changes that bring the items that are there into an order.
fn ranked(review: &Review, order: &[&AgendaItemId]) -> Vec<Change> {
    let mut made = Vec::new();
    for (rank, id) in (1_u32..).zip(order) {
        if let Some(item) = review.records.agenda.get(*id) {
            made.extend(changed(
                id,
                item,
                &AgendaItem {
                    rank,
                    ..item.clone()
                },
            ));
        }
    }
    made
}

fn changed(id: &AgendaItemId, before: &AgendaItem, after: &AgendaItem) -> Vec<Change> {
    changes(
        &Record::Agenda(id.clone()),
        &before.to_fields(),
        &after.to_fields(),
    )
}

/// Changes the words and the planned time of an item.
///
/// # Errors
/// A meeting of a source; an item that is not there; no words.
pub fn reword_item(review: &Review, id: &AgendaItemId, typed: &str) -> Result<Edit> {
    let item = agenda_item(review, id)?;
    let (words, planned) = read_item(typed);
    let after = AgendaItem {
        text: Some(item_text(&words)?),
        planned,
        ..item.clone()
    };
    done(
        review,
        &item.meeting,
        "agenda item changed",
        changed(id, item, &after),
    )
}

fn agenda_item<'a>(review: &'a Review, id: &AgendaItemId) -> Result<&'a AgendaItem> {
    let item = review.records.agenda.get(id);
    item.ok_or_else(|| Error::slip("There is no such agenda item any more."))
}

/// Takes an item off the agenda; one that was open in the call stays.
///
/// # Errors
/// A meeting of a source; an item that is not there, or was opened.
pub fn drop_item(review: &Review, id: &AgendaItemId) -> Result<Edit> {
    let item = agenda_item(review, id)?;
    if item.opened.is_some() {
        return Err(Error::slip("What the call came to stays on its agenda."));
    }
    let record = Record::Agenda(id.clone());
    let is_named = |other: &Record| other.names(&review.fields(other)).contains(&record);
    if review.records.names().any(|other| is_named(&other)) {
        return Err(Error::slip(
            "Something was recorded under this item; it stays on the agenda.",
        ));
    }
    let made = changes(&record, &item.to_fields(), &Fields::new());
    done(review, &item.meeting, "agenda item taken off", made)
}

/// Moves an item up or down by one place.
///
/// # Errors
/// A meeting of a source; an item that is not there.
pub fn move_item(review: &Review, id: &AgendaItemId, down: bool) -> Result<Edit> {
    let meeting = &agenda_item(review, id)?.meeting;
    let items = review.records.agenda_of(meeting);
    let mut order: Vec<&AgendaItemId> = items.into_iter().map(|(item, _)| item).collect();
    shift(&mut order, &id, down);
    let place = order
        .iter()
        .position(|item| *item == id)
        .map_or(0, |at| at + 1);
    done(
        review,
        meeting,
        &format!("agenda item moved to {place}"),
        ranked(review, &order),
    )
}
