//! Brings values that name records from what people call these to their ids, and adds what the place of an entry in the file says.

use super::entry::Entry;
use super::keys::Placed;
use super::reading::Reading;
use crate::model::ids::MeetingId;
use crate::model::record::describe::{Field, FieldDescription};
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::value::Form;

/// Resolves the values of all entries.
pub(super) fn resolve(reading: &mut Reading<'_>, entries: &mut [Entry<'_, '_>]) {
    for place in 0..entries.len() {
        let above = entries[place].above_in(entries).cloned();
        let entry = &mut entries[place];
        // An agenda item is named within its meeting, so meetings come first.
        let is_agenda_item = |known: &&FieldDescription| known.refers == [Kind::Agenda];
        let fields = entry.kind.description().fields.iter();
        let (agenda_items, others): (Vec<_>, Vec<_>) = fields.partition(is_agenda_item);
        for known in others.into_iter().chain(agenda_items) {
            if !known.refers.is_empty() {
                resolve_field(reading, entry, known);
            }
        }
        if let Some(above) = above {
            add_what_the_place_says(reading, entry, &above);
        }
    }
}

fn resolve_field(reading: &mut Reading<'_>, entry: &mut Entry<'_, '_>, known: &FieldDescription) {
    let Some(value) = entry.fields.remove(&known.field) else {
        return;
    };
    let at = entry.place(known.field);
    let is_list = known.form == Form::Words;
    let names: Vec<&str> = if is_list {
        value.split(", ").collect()
    } else {
        vec![&value]
    };
    let mut ids = Vec::new();
    for name in names {
        let value = name.to_owned();
        ids.extend(id_of(reading, known, entry, Placed { value, at }));
    }
    if ids.is_empty() {
        return;
    }
    let value = reading.faults.ok(at, (known.normal)(&ids.join(", ")));
    entry.fields.extend(value.map(|value| (known.field, value)));
}

/// The text by which a record is named in the workspace.
fn id_of(
    reading: &mut Reading<'_>,
    known: &FieldDescription,
    entry: &Entry<'_, '_>,
    value: Placed<String>,
) -> Option<String> {
    if let [kind] = known.refers {
        return named(reading, *kind, entry, &value).map(|record| record.key());
    }
    // Several kinds: the word of the kind stands before what names the record.
    let (word, rest) = value.value.split_once(' ').unwrap_or((&value.value, ""));
    let mut kinds = known.refers.iter();
    let Some(kind) = kinds.find(|kind| kind.description().word == word) else {
        // The type of the field says what it expects.
        let fault = (known.normal)(&value.value).err().unwrap_or_default();
        reading.faults.add(value.at, fault);
        return None;
    };
    let (value, at) = (rest.to_owned(), value.at);
    named(reading, *kind, entry, &Placed { value, at }).map(|record| record.to_string())
}

/// The record of a kind that a value names.
fn named(
    reading: &mut Reading<'_>,
    kind: Kind,
    entry: &Entry<'_, '_>,
    value: &Placed<String>,
) -> Option<Record> {
    if kind == Kind::Assessment {
        return assessment(reading, value);
    }
    if kind == Kind::Meeting {
        return reading.names.meeting(value, reading.faults);
    }
    let description = kind.description();
    match description.known_by {
        [number] if description.named_in_files => by_number(reading, kind, *number, value),
        [_, _] if description.named_in_files => within_meeting(reading, kind, entry, value),
        _ => with_id(reading, kind, value),
    }
}

/// The record that people know by a number, which there must be.
fn by_number(
    reading: &mut Reading<'_>,
    kind: Kind,
    field: Field,
    value: &Placed<String>,
) -> Option<Record> {
    let description = kind.description();
    let normal = (description.field(field.word())?.normal)(&value.value);
    let known = (kind, String::new(), reading.faults.ok(value.at, normal)?);
    let found = reading.names.find(&known);
    if found.is_none() {
        let (what, number) = (description.label(), known.2);
        let fault = format!(
            "there is no {what} {number}, here or in the file; expected the number of one of the review's {what}s"
        );
        reading.faults.add(value.at, fault);
    }
    found
}

fn assessment(reading: &Reading<'_>, value: &Placed<String>) -> Option<Record> {
    let (name, at) = (&value.value, value.at);
    let fault = |_| format!("“{name}” names no recommendation; expected a number such as 11");
    let value = reading.faults.ok(at, name.parse().map_err(fault))?;
    let found = reading.recommendation(Placed { value, at })?;
    Some(Record::Assessment(found.number))
}

/// The record that people know by a number within a meeting, which the same entry names.
fn within_meeting(
    reading: &mut Reading<'_>,
    kind: Kind,
    entry: &Entry<'_, '_>,
    value: &Placed<String>,
) -> Option<Record> {
    let meeting = match &entry.record {
        Some(Record::Meeting(id)) => Some(id.to_string()),
        _ => entry.fields.get(&Finding::MEETING).cloned(),
    };
    let Some(meeting) = meeting else {
        let fault = "an agenda item without a meeting; expected the name of the meeting, too";
        reading.faults.add(value.at, fault);
        return None;
    };
    let known = (kind, meeting, value.value.clone());
    let found = reading.names.find(&known);
    if found.is_none() {
        // Files of earlier versions do not say which item they mean.
        let (_, meeting, number) = known;
        let name = meeting.parse().map_or(meeting, |id: MeetingId| {
            reading.review.meeting_name(&id).to_string()
        });
        let note = format!("Agenda item {number} of {name} is not known here and was left out.");
        reading.notes.push(note);
    }
    found
}

fn with_id(reading: &Reading<'_>, kind: Kind, value: &Placed<String>) -> Option<Record> {
    let record = reading.faults.ok(value.at, kind.record(&value.value))?;
    let is_in_file = reading.names.with_id.contains(&record);
    if !is_in_file && reading.review.fields(&record).is_empty() {
        let fault = format!(
            "there is no {record}, here or in the file; expected the one that the position is on"
        );
        reading.faults.add(value.at, fault);
    }
    Some(record)
}

/// Sets the fields that the place of an entry below another record says.
fn add_what_the_place_says(reading: &mut Reading<'_>, entry: &mut Entry<'_, '_>, above: &Record) {
    let description = entry.kind.description();
    for field in entry.list.without {
        let known = description.field(field.word());
        if known.is_some_and(|known| known.refers.iter().any(|k| above.kind() == Some(*k))) {
            entry.fields.insert(*field, above.key());
        }
    }
    if entry.kind == Kind::Finding {
        check_about(reading, entry, above);
    }
}

/// A finding below a recommendation is on the recommendation or on one of its questions, one below a meeting on the meeting.
fn check_about(reading: &mut Reading<'_>, entry: &mut Entry<'_, '_>, above: &Record) {
    let at = entry.place(Finding::ABOUT);
    let Some(about) = entry.fields.get(&Finding::ABOUT) else {
        entry.fields.insert(Finding::ABOUT, above.to_string());
        return;
    };
    let review = reading.review;
    let about: Option<About> = about.parse().ok();
    let is_below = about.as_ref().is_some_and(|about| match about {
        About::Question(_) => {
            above.recommendation().is_some()
                && review.recommendation_of(about) == above.recommendation()
        }
        About::Recommendation(_) | About::Meeting(_) => about.record() == *above,
    });
    if is_below {
        return;
    }
    let (below, expected) = if let Some(number) = above.recommendation() {
        (format!("recommendation {number}"), "one of its questions")
    } else {
        let word = above.kind().map(|kind| kind.description().label());
        let called = word.zip(reading.names.called(above));
        let label = called.map(|(word, called)| format!("{word} {called}"));
        (label.unwrap_or_else(|| review.label(above)), "no about")
    };
    let about = about.map_or_else(String::new, |about| review.label(&about.record()));
    let fault = format!("“{about}” does not belong below {below}; expected {expected}");
    reading.faults.add(at, fault);
}
