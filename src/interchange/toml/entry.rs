//! Reading one record of a file by the description of its kind: which keys it may have, and the type of each value.
//!
//! Values are checked one by one here; a wrong value is reported and left out. In the file a value names a record by its number or name, which is
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
use std::fmt::Display;
use std::str::FromStr;
use toml::de::DeTable;

/// One record of a file.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a, 't> {
    /// The list in which it stands.
    pub list: &'static List,
    pub kind: Kind,
    /// All its keys, also those that are no fields.
    pub keys: Keys<'a, 't>,
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
        self.places.get(&field).copied().unwrap_or(self.keys.at)
    }

    /// The value of a field, if it is set and can be parsed.
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
    faults: &'a Faults,
) {
    let place = entries.len();
    let keys = Keys::new(table, &keys_of(list), faults);
    entries.push(read_one(list, keys, above, faults));
    for below in list.below {
        for table in keys.tables(below.key) {
            read(below, table, Some(place), entries, faults);
        }
    }
}

/// The fields of a record that a list shows: without its key, and without those that its place implies.
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
    keys: Keys<'a, 't>,
    above: Option<usize>,
    faults: &Faults,
) -> Entry<'a, 't> {
    let kind = list.kind;
    let mut entry = Entry {
        list,
        kind,
        keys,
        key: key(kind, &keys),
        fields: Fields::new(),
        places: BTreeMap::new(),
        above,
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
        let place = keys.raw(word).map(|value| (field, value.span().start));
        entry.places.extend(place);
        let is_item = kind == Kind::Agenda && field == AgendaItem::NUMBER;
        let is_item = is_item && keys.raw("item").is_some();
        let mut found = value(known, &keys, faults);
        if found.is_none() && is_item {
            let number = keys.number::<u16>("item");
            found = number.map(|number| number.value.to_string());
        }
        entry.fields.extend(found.map(|value| (field, value)));
        let is_missing = known.is_required && !entry.fields.contains_key(&field);
        if is_missing && !is_item && !list.implied.contains(&field) {
            keys.missing(word, &expected(known));
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

/// The key of a record. It may be missing where files of earlier versions have only a number or a name.
fn key(kind: Kind, keys: &Keys<'_, '_>) -> Option<Placed<String>> {
    let description = kind.description();
    let word = description.key.last()?;
    let may_be_missing = description.named_in_files || description.known_by.len() > 1;
    if !may_be_missing {
        keys.missing(word, description.key_expected);
    }
    if description.key_is_number {
        keys.number::<u16>(word).map(printed)
    } else {
        keys.line(word)
    }
}

/// A value as text.
fn printed<T: Display>(found: Placed<T>) -> Placed<String> {
    let (value, at) = (found.value.to_string(), found.at);
    Placed { value, at }
}

/// The value of a field as the file gives it; of what names no record, in the form in which it is kept.
fn value(known: &FieldDescription, keys: &Keys<'_, '_>, faults: &Faults) -> Option<String> {
    let word = known.field.word();
    let names_record = !known.refers.is_empty();
    let normal = |found: Placed<String>| {
        if names_record {
            return Some(found.value);
        }
        faults.ok(found.at, (known.normal)(&found.value))
    };
    let is_text = keys.is_text(word);
    match known.form {
        // An agenda item was once named by a text.
        Form::Count if is_text && names_record => {
            let Placed { value, at } = keys.line(word)?;
            let fault = || format!("{word} is “{value}”; expected a number");
            let number = value.parse::<u16>().map_err(|_| fault());
            faults.ok(at, number).map(|_| value)
        }
        Form::Number | Form::Count => {
            let number = keys.number::<u64>(word)?;
            if known.form == Form::Count && number.value == 0 {
                faults.add(number.at, format!("{word} is 0; expected a number from 1"));
                return None;
            }
            normal(printed(number))
        }
        Form::DayOrWord if is_text => normal(keys.line(word)?),
        Form::Day | Form::DayOrWord => keys.day(word).map(|day| day.to_string()),
        Form::Moment => keys.moment(word).map(print_moment),
        Form::Flag => keys.flag(word)?.then(|| "yes".to_owned()),
        Form::Word => normal(keys.line(word)?),
        Form::Line | Form::Person => keys.line(word).map(|line| line.value),
        Form::Text | Form::Prose => keys.prose(word).map(|prose| prose.value),
        Form::Verbatim => keys.verbatim(word).map(|text| text.value),
        Form::Words => {
            let words = keys.lines(word);
            (!words.is_empty()).then(|| words.join(", "))
        }
    }
}
