//! Reading one record whose keys are the fields in which it is kept.
//!
//! Every reader puts its value under the field of the same word; what is wrong is noted and left out. A record is only handed on when
//! everything that must be there is.

use super::fault::Faults;
use super::keys::{Keys, Placed};
use crate::model::change::Record;
use crate::model::fields::{Fields, print_moment};
use crate::model::ids::{Id, MeetingId};
use crate::model::vocabulary::Field;
use std::fmt::Display;
use std::str::FromStr;
use toml::de::DeTable;

/// One record that is being read: each key is a field of the same word.
pub(super) struct Entry<'a, 't, 'f> {
    pub keys: Keys<'a, 't>,
    /// What was read so far.
    pub fields: Fields,
    pub faults: &'f mut Faults,
    whole: bool,
}

impl<'a, 't, 'f> Entry<'a, 't, 'f> {
    pub fn new(
        table: &Placed<&'a DeTable<'t>>,
        known: &[&str],
        faults: &'f mut Faults,
    ) -> Entry<'a, 't, 'f> {
        Entry {
            keys: Keys::new(table.value, table.at, known, faults),
            fields: Fields::new(),
            faults,
            whole: true,
        }
    }

    pub fn set(&mut self, field: Field, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.fields.insert(field, value.to_string());
        }
    }

    pub fn lines(&mut self, fields: &[Field]) {
        for field in fields {
            let line = self
                .keys
                .line(field.word(), self.faults)
                .map(|line| line.value);
            self.set(*field, line);
        }
    }

    pub fn prose(&mut self, fields: &[Field]) {
        for field in fields {
            let prose = self
                .keys
                .prose(field.word(), self.faults)
                .map(|prose| prose.value);
            self.set(*field, prose);
        }
    }

    pub fn days(&mut self, fields: &[Field]) {
        for field in fields {
            let day = self
                .keys
                .day(field.word(), self.faults)
                .map(|day| day.value);
            self.set(*field, day);
        }
    }

    pub fn moments(&mut self, fields: &[Field]) {
        for field in fields {
            let at = self
                .keys
                .moment(field.word(), self.faults)
                .map(print_moment);
            self.set(*field, at);
        }
    }

    pub fn flags(&mut self, fields: &[Field]) {
        for field in fields {
            let flag = self
                .keys
                .flag(field.word(), self.faults)
                .filter(|flag| *flag)
                .map(|_| "yes");
            self.set(*field, flag);
        }
    }

    pub fn word<T: FromStr<Err: Display> + ToString + Clone>(
        &mut self,
        field: Field,
    ) -> Option<Placed<T>> {
        let word = self.keys.word::<T>(field.word(), self.faults);
        self.set(field, word.as_ref().map(|word| word.value.clone()));
        word
    }

    pub fn number<T: TryFrom<i64> + ToString + Copy>(&mut self, field: Field) -> Option<T> {
        let number = self
            .keys
            .number::<T>(field.word(), self.faults)
            .map(|number| number.value);
        self.set(field, number);
        number
    }

    /// A number that counts from 1, below a key that is no field.
    pub fn counting<T: TryFrom<i64> + PartialEq + Default>(&mut self, key: &str) -> Option<T> {
        let number = self.keys.number::<T>(key, self.faults)?;
        if number.value == T::default() {
            self.faults
                .add(number.at, format!("{key} is 0; expected a number from 1"));
        }
        Some(number.value)
    }

    /// A number that counts from 1.
    pub fn counted<T: TryFrom<i64> + ToString + Copy + PartialEq + Default>(
        &mut self,
        field: Field,
    ) -> Option<T> {
        let number = self.counting(field.word());
        self.set(field, number);
        number
    }

    /// Notes which of the keys that must be there are missing.
    pub fn needs(&mut self, needed: &[(Field, &str)]) {
        for (field, expected) in needed {
            self.keys.missing(field.word(), expected, self.faults);
            self.whole &= self.fields.contains_key(field);
        }
    }

    /// The record of this id with its fields, if nothing that must be there is missing.
    pub fn done(self, record: Option<Record>) -> Option<(Record, Fields)> {
        record
            .filter(|_| self.whole)
            .map(|record| (record, self.fields))
    }
}

pub(super) const AT: (Field, &str) = (
    Field::At,
    "when it was written, such as 2018-09-13T14:41:07Z",
);
pub(super) const BY: (Field, &str) = (Field::By, "who wrote it");

/// The id of a record, which must be there.
pub(super) fn id_of(entry: &mut Entry<'_, '_, '_>) -> Option<Id> {
    let id = entry.keys.word::<Id>("id", entry.faults).map(|id| id.value);
    entry
        .keys
        .missing("id", "its id, made when it was written", entry.faults);
    id
}

/// Where in a call something was recorded.
pub(super) fn during(entry: &mut Entry<'_, '_, '_>) {
    entry.word::<MeetingId>(Field::Meeting);
    entry.number::<u32>(Field::Minute);
    entry.counted::<u16>(Field::AgendaItem);
}
