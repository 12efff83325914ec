//! Reading one record of a file by the description of its kind: which keys it may have, and the type of each value.
//!
//! Values are checked one by one here; what is wrong is noted and left out. A record that a value names stands in the file by what people know it by, and is
//! looked up in `names.rs` when the whole file is read.

use super::fault::Faults;
use super::keys::{Keys, Placed};
use crate::model::record::describe::{Field, FieldDescription, Fields};
use crate::model::record::kinds::Kind;
use crate::model::record::meeting::Meeting;
use crate::model::record::value::{Form, print_moment};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// One record of a file.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub kind: Kind,
    /// Where it stands.
    pub at: usize,
    /// Its key as the file gives it, with its place: an id, the number of a recommendation or of a deliverable's row, a name.
    pub key: Option<Placed<String>>,
    /// The fields that are set. Until they are looked up, records are named as in the file.
    pub fields: Fields,
    /// Where the value of each key stands.
    pub places: BTreeMap<Field, usize>,
    /// The record above it in the file, by its place in the list of entries.
    pub above: Option<usize>,
}

impl Entry {
    /// Where a field stands; the record, if it is not set.
    pub fn place(&self, field: Field) -> usize {
        self.places.get(&field).copied().unwrap_or(self.at)
    }
}

/// The keys that a record of a kind may have in a file, without those that its place says, and with those of the records below it.
fn keys_of(
    kind: Kind,
    without: &[Field],
    [below, beside]: [&[&'static str]; 2],
) -> Vec<&'static str> {
    let description = kind.description();
    let fields = description.fields.iter().map(|known| known.field);
    let own =
        fields.filter(|field| !without.contains(field) && !description.key.contains(&field.word()));
    let key = description.key.last().copied().into_iter();
    key.chain(beside.iter().copied())
        .chain(own.map(Field::word))
        .chain(below.iter().copied())
        .collect()
}

/// Reads a record without some fields, which its place says or nobody writes, and without noting that others are missing, which its place says, too.
pub(super) fn read(
    kind: Kind,
    table: &Placed<&DeTable<'_>>,
    [without, implied]: [&[Field]; 2],
    others: [&[&'static str]; 2],
    faults: &mut Faults,
) -> Entry {
    let keys = Keys::new(
        table.value,
        table.at,
        &keys_of(kind, without, others),
        faults,
    );
    let mut entry = Entry {
        kind,
        at: table.at,
        key: key(kind, &keys, faults),
        fields: Fields::new(),
        places: BTreeMap::new(),
        above: None,
    };
    // Files of earlier versions name a meeting by its id alone, and an agenda item by the number under which it was made.
    if kind == Kind::Meeting && keys.raw("name").is_none() {
        let name = entry.key.take();
        entry
            .places
            .extend(name.as_ref().map(|name| (Meeting::NAME, name.at)));
        entry
            .fields
            .extend(name.map(|name| (Meeting::NAME, name.value)));
    }
    let description = kind.description();
    let is_own = |known: &&FieldDescription| {
        !without.contains(&known.field) && !description.key.contains(&known.field.word())
    };
    for known in description.fields.iter().filter(is_own) {
        let word = known.field.word();
        if let Some(at) = keys.raw(word).map(|value| value.span().start) {
            entry.places.insert(known.field, at);
        }
        match value(known, &keys, faults) {
            Some(value) => drop(entry.fields.insert(known.field, value)),
            None if entry.fields.contains_key(&known.field) => {}
            None if kind == Kind::Agenda && word == "number" && keys.raw("item").is_some() => {
                let number = keys.number::<u16>("item", faults);
                entry
                    .fields
                    .extend(number.map(|number| (known.field, number.value.to_string())));
            }
            None if known.is_required && !implied.contains(&known.field) => {
                keys.missing(word, &expected(known), faults)
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

/// The key of a record. Ids may be missing where a record is also known by a number or a name.
fn key(kind: Kind, keys: &Keys<'_, '_>, faults: &mut Faults) -> Option<Placed<String>> {
    let expected = match kind {
        Kind::Assessment | Kind::Queued => "the number of a recommendation",
        Kind::Deliverable => "the number of a deliverable's row",
        Kind::Attendance | Kind::Member => "the name of who was there",
        Kind::Finding | Kind::Answer | Kind::Decision | Kind::Action | Kind::Position => {
            "its id, made when it was written"
        }
        Kind::Question | Kind::Meeting | Kind::Agenda | Kind::Round | Kind::Report => "",
    };
    let word = kind.description().key.last()?;
    let found = match kind {
        Kind::Assessment | Kind::Queued | Kind::Deliverable => {
            keys.number::<u16>(word, faults).map(|number| Placed {
                value: number.value.to_string(),
                at: number.at,
            })
        }
        _ => keys.line(word, faults),
    };
    if !expected.is_empty() {
        keys.missing(word, expected, faults);
    }
    found
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
    let is_text = keys
        .raw(word)
        .is_some_and(|value| value.get_ref().as_str().is_some());
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
        Form::Day | Form::DayOrWord => keys.day(word, faults).map(|day| day.value.to_string()),
        Form::Moment => keys.moment(word, faults).map(print_moment),
        Form::Flag => keys
            .flag(word, faults)
            .filter(|flag| *flag)
            .map(|_| "yes".to_owned()),
        Form::Word => normal(keys.line(word, faults)?, faults),
        Form::Line | Form::Person => keys.line(word, faults).map(|line| line.value),
        Form::Text | Form::Prose => keys.prose(word, faults).map(|prose| prose.value),
        Form::Verbatim => keys.verbatim(word, faults),
        Form::Words => {
            let words: Vec<String> = keys
                .words::<String>(word, faults)
                .into_iter()
                .map(|w| w.value)
                .collect();
            (!words.is_empty()).then(|| words.join(", "))
        }
    }
}

/// Whether a table has a key, whatever its value.
pub(super) fn has(table: &Placed<&DeTable<'_>>, key: &str) -> bool {
    table
        .value
        .get(key)
        .map(toml::Spanned::get_ref)
        .is_some_and(|value| !matches!(value, DeValue::Array(rows) if rows.is_empty()))
}
