//! The agenda of a meeting: items added, reworded, moved and taken off.

use super::planning::{meeting_edit, moved, own, ranked};
use crate::error::Result;
use crate::model::edit::{existing, needed, refuse_if};
use crate::model::ids::{AgendaItemId, MeetingId};
use crate::model::journal::change::Edit;
use crate::model::journal::replay::Replay;
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::kinds::Record;
use crate::model::review::Review;
use crate::model::{text, undo};

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
    let text = needed("An agenda item", &words)?;
    let items = review.records.agenda_of(id);
    let last = items.iter().map(|(_, item)| item.number).max().unwrap_or(0);
    let at = behind.and_then(|behind| items.iter().position(|(item, _)| *item == behind));
    let at = at.map_or(items.len(), |at| at + 1);
    let added = Record::Agenda(AgendaItemId(review.ids.clone().make()));
    let mut order = order(review, id);
    order.insert(at, added.clone());
    let rank = u32::try_from(at + 1).unwrap_or(u32::MAX);
    let item = AgendaItem {
        rank,
        planned,
        ..AgendaItem::new(id.clone(), last.saturating_add(1), Some(text))
    };
    let mut made = ranked(review, &order);
    made.retain(|change| change.record != added);
    made.extend(review.changes_to(&added, &item));
    let what = format!("agenda item {rank} added");
    Ok(meeting_edit(review, id, &what, made))
}

/// The items of an agenda, in its order.
fn order(review: &Review, id: &MeetingId) -> Vec<Record> {
    let items = review.records.agenda_of(id).into_iter();
    items.map(|(id, _)| Record::Agenda(id.clone())).collect()
}

/// Changes the words and the planned time of an item.
///
/// # Errors
/// A meeting of a source; an item that is not there; no words.
pub fn reword_item(review: &Review, id: &AgendaItemId, typed: &str) -> Result<Edit> {
    let item = agenda_item(review, id)?;
    let meeting = &item.meeting;
    let (words, planned) = read_item(typed);
    let after = AgendaItem {
        text: Some(needed("An agenda item", &words)?),
        planned,
        ..item.clone()
    };
    let made = review.changes_to(&Record::Agenda(id.clone()), &after);
    Ok(meeting_edit(review, meeting, "agenda item changed", made))
}

fn agenda_item<'a>(review: &'a Review, id: &AgendaItemId) -> Result<&'a AgendaItem> {
    existing(review.records.agenda.get(id), "agenda item")
}

/// Takes an item off the agenda; one that was open in the call stays.
///
/// # Errors
/// A meeting of a source; an item that is not there, or was opened.
pub fn drop_item(review: &Review, id: &AgendaItemId) -> Result<Edit> {
    let item = agenda_item(review, id)?;
    refuse_if(item.opened.is_some(), || {
        "What the call came to stays on its agenda.".to_owned()
    })?;
    let record = Record::Agenda(id.clone());
    let naming = undo::naming(review, &Replay::default(), &record);
    refuse_if(naming.is_some(), || {
        "Something was recorded under this item; it stays on the agenda.".to_owned()
    })?;
    let (meeting, made) = (&item.meeting, review.removal(&record));
    Ok(meeting_edit(review, meeting, "agenda item taken off", made))
}

/// Moves an item up or down by one place.
///
/// # Errors
/// A meeting of a source; an item that is not there.
pub fn move_item(review: &Review, id: &AgendaItemId, down: bool) -> Result<Edit> {
    let meeting = &agenda_item(review, id)?.meeting;
    let item = Record::Agenda(id.clone());
    let (place, made) = moved(review, order(review, meeting), &item, down);
    let what = format!("agenda item moved to {place}");
    Ok(meeting_edit(review, meeting, &what, made))
}
