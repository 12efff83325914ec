//! Reading one record of a file by the description of its kind: which keys it may have, and the type of each value.
//!
//! Values are checked one by one here; what is wrong is noted and left out. A record that a value names stands in the file by what people know it by, and is
//! resolved when the whole file is read.

use super::fault::Faults;
use super::keys::{Keys, Placed};
use crate::interchange::layout::List;
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::{Field, FieldDescription, Fields};
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::meeting::Meeting;
use crate::model::record::value::{Form, print_moment};
use std::collections::BTreeMap;
use std::str::FromStr;
use toml::de::DeTable;

/// One record of a file.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a, 't> {
    /// The list in which it stands.
    pub list: &'static List,
    pub kind: Kind,
    /// Its table, which also has the keys that are no fields.
    pub table: Placed<&'a DeTable<'t>>,
    /// Its key as the file gives it, with its place: an id, the number of a recommendation or of a deliverable's row, a name.
    pub key: Option<Placed<String>>,
    /// The fields that are set. Until they are resolved, records are named as in the file.
    pub fields: Fields,
    /// Where the value of each key stands.
    pub places: BTreeMap<Field, usize>,
    /// The record above it in the file, by its place in the list of entries.
    pub above: Option<usize>,
    /// The record that it is, as soon as that is known.
    pub record: Option<Record>,
}

impl<'a, 't> Entry<'a, 't> {
    /// Where a field stands; the record, if it is not set.
    pub fn place(&self, field: Field) -> usize {
        self.places.get(&field).copied().unwrap_or(self.table.at)
    }

    /// Its table with all keys.
    pub fn keys(&self) -> Keys<'a, 't> {
        Keys::of(self.table.value, self.table.at)
    }

    /// The value of a field, if it is set and reads.
    pub fn get<T: FromStr>(&self, field: Field) -> Option<T> {
        self.fields.get(&field)?.parse().ok()
    }

    /// The record of the entry above this one.
    pub fn above_in<'e>(&self, entries: &'e [Entry<'_, '_>]) -> Option<&'e Record> {
        entries.get(self.above?)?.record.as_ref()
    }
}

/// Reads a record and those below it, and adds them to the entries.
pub(super) fn read<'a, 't>(
    list: &'static List,
    table: Placed<&'a DeTable<'t>>,
    above: Option<usize>,
    entries: &mut Vec<Entry<'a, 't>>,
    faults: &mut Faults,
) {
    let place = entries.len();
    let mut entry = read_one(list, table, faults);
    entry.above = above;
    let keys = entry.keys();
    entries.push(entry);
    for below in list.below {
        for table in keys.tables(below.key, faults) {
            read(below, table, Some(place), entries, faults);
        }
    }
}

/// The fields of a record that a list shows: without its key, and without those that its place says.
fn own_fields(list: &List) -> impl Iterator<Item = &'static FieldDescription> {
    let description = list.kind.description();
    let is_shown =
        |field: Field| !list.without.contains(&field) && !description.key.contains(&field.word());
    let fields = description.fields.iter();
    fields.filter(move |known| is_shown(known.field))
}

/// The keys that a record in a list may have, with those of the records below it.
fn keys_of(list: &'static List) -> Vec<&'static str> {
    let key = list.kind.description().key.last();
    let own = own_fields(list).map(|known| known.field.word());
    let below = list.below.iter().map(|list| list.key);
    let beside = list.beside.iter().copied();
    key.into_iter()
        .copied()
        .chain(beside)
        .chain(own)
        .chain(below)
        .collect()
}

fn read_one<'a, 't>(
    list: &'static List,
    table: Placed<&'a DeTable<'t>>,
    faults: &mut Faults,
) -> Entry<'a, 't> {
    let kind = list.kind;
    let keys = Keys::new(table.value, table.at, &keys_of(list), faults);
    let mut entry = Entry {
        list,
        kind,
        table,
        key: key(kind, &keys, faults),
        fields: Fields::new(),
        places: BTreeMap::new(),
        above: None,
        record: None,
    };
    // Files of earlier versions name a meeting by its id alone, and an agenda item by the number under which it was made.
    if kind == Kind::Meeting
        && keys.raw("name").is_none()
        && let Some(name) = entry.key.take()
    {
        entry.places.insert(Meeting::NAME, name.at);
        entry.fields.insert(Meeting::NAME, name.value);
    }
    for known in own_fields(list) {
        let (field, word) = (known.field, known.field.word());
        if let Some(at) = keys.raw(word).map(|value| value.span().start) {
            entry.places.insert(field, at);
        }
        match value(known, &keys, faults) {
            Some(value) => drop(entry.fields.insert(field, value)),
            None if entry.fields.contains_key(&field) => {}
            None if kind == Kind::Agenda
                && field == AgendaItem::NUMBER
                && keys.raw("item").is_some() =>
            {
                let number = keys.number::<u16>("item", faults);
                let number = number.map(|number| (field, number.value.to_string()));
                entry.fields.extend(number);
            }
            None if known.is_required && !list.implied.contains(&field) => {
                keys.missing(word, &expected(known), faults);
            }
            None => {}
        }
    }
    entry
}

/// What is expected of a missing value, from the description of its field.
fn expected(known: &FieldDescription) -> String {
    let doc = known.doc.trim().trim_end_matches('.');
    let mut chars = doc.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// The key of a record. It may be missing where people know the record by a number or a name.
fn key(kind: Kind, keys: &Keys<'_, '_>, faults: &mut Faults) -> Option<Placed<String>> {
    let description = kind.description();
    let word = description.key.last()?;
    if description.known_by.is_empty() {
        keys.missing(word, description.key_expected, faults);
    }
    if !description.key_is_number {
        return keys.line(word, faults);
    }
    let Placed { value, at } = keys.number::<u16>(word, faults)?;
    let value = value.to_string();
    Some(Placed { value, at })
}

/// The value of a field as the file gives it; of what names no record, in the form in which it is kept.
fn value(known: &FieldDescription, keys: &Keys<'_, '_>, faults: &mut Faults) -> Option<String> {
    let word = known.field.word();
    let normal = |found: Placed<String>, faults: &mut Faults| {
        if !known.refers.is_empty() {
            return Some(found.value);
        }
        (known.normal)(&found.value)
            .map_err(|fault| faults.add(found.at, fault))
            .ok()
    };
    let is_text = keys.is_text(word);
    match known.form {
        // An agenda item was once named by a text.
        Form::Count if is_text && !known.refers.is_empty() => {
            let number = keys.line(word, faults)?;
            if number.value.parse::<u16>().is_err() {
                faults.add(
                    number.at,
                    format!("{word} is “{}”; expected a number", number.value),
                );
                return None;
            }
            Some(number.value)
        }
        Form::Number | Form::Count => {
            let number = keys.number::<u64>(word, faults)?;
            if known.form == Form::Count && number.value == 0 {
                faults.add(number.at, format!("{word} is 0; expected a number from 1"));
                return None;
            }
            let (value, at) = (number.value.to_string(), number.at);
            normal(Placed { value, at }, faults)
        }
        Form::DayOrWord if is_text => normal(keys.line(word, faults)?, faults),
        Form::Day | Form::DayOrWord => keys.day(word, faults).map(|day| day.to_string()),
        Form::Moment => keys.moment(word, faults).map(print_moment),
        Form::Flag => keys
            .flag(word, faults)
            .filter(|flag| *flag)
            .map(|_| "yes".to_owned()),
        Form::Word => normal(keys.line(word, faults)?, faults),
        Form::Line | Form::Person => keys.line(word, faults).map(|line| line.value),
        Form::Text | Form::Prose => keys.prose(word, faults).map(|prose| prose.value),
        Form::Verbatim => keys.verbatim(word, faults).map(|text| text.value),
        Form::Words => {
            let words = keys.lines(word, faults);
            (!words.is_empty()).then(|| words.join(", "))
        }
    }
}
