//! Reads `[[refers_to]]`: which record a file means by a number or a name when it does not contain that record.
//!
//! A meeting or an agenda item that the workspace does not have is created with only its number or name. A question must be there: nothing is known of its text.

use super::keys::{Keys, Placed};
use super::reading::Reading;
use crate::model::ids::Id;
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::Fields;
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::reference::KnownBy;
use crate::model::review::Review;
use toml::de::DeTable;

const REFERENCE: &[&str] = &["kind", "number", "meeting", "id"];

/// Reads what a file refers to without containing it.
pub(super) fn references(reading: &mut Reading<'_>, tables: Vec<Placed<&DeTable<'_>>>) {
    for table in tables {
        if let Some((record, known, at)) = reference(reading, table) {
            add_reference(reading, record, known, at);
        }
    }
}

/// The record that a table lists, what the file calls it, and where that stands.
fn reference(
    reading: &mut Reading<'_>,
    table: Placed<&DeTable<'_>>,
) -> Option<(Record, KnownBy, usize)> {
    let faults = reading.faults;
    let keys = Keys::new(table, REFERENCE, faults);
    let (kind, meeting) = (keys.line("kind"), keys.line("meeting"));
    let (number, id) = (keys.line_or_number("number"), keys.word::<Id>("id"));
    let label = |kind: &Kind| kind.description().label();
    let mut kinds = Kind::ALL.to_vec();
    kinds.retain(|kind| kind.description().named_in_files);
    let labels: Vec<String> = kinds.iter().map(label).collect();
    let (last, others) = labels.split_last()?;
    let labels = format!("{} or {last}", others.join(", "));
    keys.missing("kind", &labels);
    keys.missing("number", "the number or name by which the file calls it");
    keys.missing("id", "its id, made when it was written");
    let (written, number, id) = (kind?, number?, id?);
    let kind = kinds.into_iter().find(|kind| label(kind) == written.value);
    let fault = || format!("kind is “{}”; expected {labels}", written.value);
    let kind = faults.ok(written.at, kind.ok_or_else(fault))?;
    let of = match kind.description().known_by {
        [of, _] => {
            keys.missing(of.word(), "the name of its meeting");
            let meeting = meeting?;
            let named = reading.names.meeting(&meeting.value, meeting.at, faults);
            named?.key()
        }
        _ => String::new(),
    };
    let record = faults.ok(id.at, kind.record(id.value.as_str()))?;
    Some((record, (kind, of, number.value), number.at))
}

/// Records which record the file means by a number or name; a second meaning is a fault.
fn add_reference(reading: &mut Reading<'_>, record: Record, known: KnownBy, at: usize) {
    let (review, names) = (reading.review, &mut reading.names);
    let record = names.meant(review, record, &known);
    if let Some(fault) = names.collision(review, &record, &known, &Fields::new()) {
        return reading.faults.add(at, fault);
    }
    let (what, number) = (known.0.description().label(), &known.2);
    let other = names.find_in_file(&known);
    if other.is_some_and(|other| *other != record) {
        let fault = format!("the file means two records by {what} {number}; expected one id");
        return reading.faults.add(at, fault);
    }
    let is_known = names.with_id.contains(&record)
        || matches!(&record, Record::Meeting(id) if review.is_quoted_meeting(id))
        || !review.fields(&record).is_empty();
    if !is_known {
        match bare(&record, &known) {
            Some(fields) => names.bare.push((record.clone(), fields)),
            None => {
                let fault = format!(
                    "{what} {number} is not in this workspace; expected one that is: import the {what}s first"
                );
                reading.faults.add(at, fault);
            }
        }
    }
    reading.names.set(known, record);
}

/// The fields of a record of which only the number or name is known, if that is enough for a record of its kind.
fn bare(record: &Record, (kind, of, number): &KnownBy) -> Option<Fields> {
    let description = kind.description();
    let mut fields: Fields = match description.known_by {
        [field] => [(*field, number.clone())].into(),
        [field, last] => [(*field, of.clone()), (*last, number.clone())].into(),
        _ => return None,
    };
    // Nothing else is known of its place in a list, either.
    let rank = description.field(AgendaItem::RANK.word());
    fields.extend(rank.map(|known| (known.field, number.clone())));
    let is_enough = Review::default().put(record, fields.clone()).is_ok();
    is_enough.then_some(fields)
}
