//! Taking a table of a parsed file apart, key by key: a wrong type, a missing key and an unknown key are noted with their places.

use super::fault::Faults;
use crate::model::record::value::parse_moment;
use crate::model::text::{self, Cleaned};
use chrono::{DateTime, NaiveDate, Utc};
use std::fmt::Display;
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and the byte at which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub at: usize,
}

/// A table that is being taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys<'a, 't> {
    table: &'a DeTable<'t>,
    /// Where the table stands.
    pub at: usize,
    faults: &'a Faults,
}

impl<'a, 't> Keys<'a, 't> {
    /// Begins with a table; every key that is not `known` is a fault.
    pub fn new(table: Placed<&'a DeTable<'t>>, known: &[&str], faults: &'a Faults) -> Keys<'a, 't> {
        let (at, table) = (table.at, table.value);
        for (key, _) in table {
            let word = key.get_ref();
            if !known.contains(&word.as_ref()) {
                let known = known.join(", ");
                let fault = format!("unknown key “{word}”; expected one of {known}");
                faults.add(key.span().start, fault);
            }
        }
        Keys { table, at, faults }
    }

    /// All keys that are there.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.table.iter().map(|(key, _)| key.get_ref().as_ref())
    }

    /// The value of a key as it was parsed.
    pub fn raw(&self, key: &str) -> Option<&'a Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    /// A value of one type with its place; a value of another type is a fault.
    fn value<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl FnOnce(&'a DeValue<'t>) -> Option<T>,
    ) -> Option<Placed<T>> {
        self.placed(key, expected, self.raw(key)?, read)
    }

    fn placed<T>(
        &self,
        key: &str,
        expected: &str,
        found: &'a Spanned<DeValue<'t>>,
        read: impl FnOnce(&'a DeValue<'t>) -> Option<T>,
    ) -> Option<Placed<T>> {
        let at = found.span().start;
        let value = read(found.get_ref());
        let value = value.ok_or_else(|| wrong_type(key, found.get_ref(), expected));
        let value = self.faults.ok(at, value)?;
        Some(Placed { value, at })
    }

    /// A text, cleaned by `clean`; an empty text counts as missing.
    fn text(&self, key: &str, clean: impl FnOnce(&str) -> Cleaned) -> Option<Placed<String>> {
        let Placed { value, at } = self.value(key, "a string", DeValue::as_str)?;
        let cleaned = clean(value);
        self.faults.add_removed(cleaned.removed);
        let value = cleaned.text;
        (!value.is_empty()).then_some(Placed { value, at })
    }

    /// A text that is one line.
    pub fn line(&self, key: &str) -> Option<Placed<String>> {
        self.text(key, text::clean_line)
    }

    /// A text of several lines: the one line break before the closing quotes is taken off.
    pub fn prose(&self, key: &str) -> Option<Placed<String>> {
        let prose = self.text(key, |text| text::clean_prose(without_last_break(text)))?;
        let (length, longest) = (prose.value.len(), crate::model::edit::LONGEST_TEXT);
        if length > longest {
            let fault = format!("{key} has {length} bytes; expected at most {longest}");
            self.faults.add(prose.at, fault);
        }
        Some(prose)
    }

    /// A text that went out as it is: nothing but the one line break before the closing quotes, and what no text may have, is taken off.
    pub fn verbatim(&self, key: &str) -> Option<Placed<String>> {
        self.text(key, |text| text::clean(without_last_break(text)))
    }

    /// A word of a vocabulary, a number of a question, an id: whatever parses itself and says what was expected.
    pub fn word<T: FromStr<Err: Display>>(&self, key: &str) -> Option<Placed<T>> {
        let Placed { value, at } = self.value(key, "a string", DeValue::as_str)?;
        let value = self.faults.ok(at, text::clean_line(value).text.parse())?;
        Some(Placed { value, at })
    }

    /// The values of a list that are of one type.
    fn list<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl Fn(&'a DeValue<'t>) -> Option<T>,
    ) -> Vec<Placed<T>> {
        let list = self.value(key, expected, DeValue::as_array);
        let values = list.into_iter().flat_map(|list| list.value.iter());
        values
            .filter_map(|found| self.placed(key, expected, found, &read))
            .collect()
    }

    /// Several lines in a list.
    pub fn lines(&self, key: &str) -> Vec<String> {
        let lines = self.list(key, "a list of strings", DeValue::as_str);
        let lines = lines.iter().map(|line| text::clean_line(line.value).text);
        lines.collect()
    }

    /// A whole number that is not negative.
    pub fn number<T: TryFrom<i64>>(&self, key: &str) -> Option<Placed<T>> {
        let integer = self.value(key, "an integer", DeValue::as_integer)?;
        let (at, value) = (integer.at, integer.value);
        let number = i64::from_str_radix(value.as_str(), value.radix()).ok();
        let number = number.filter(|number| *number >= 0);
        let number = number.and_then(|number| T::try_from(number).ok());
        let fault = || format!("{key} is out of range; expected a whole number, not negative");
        let value = self.faults.ok(at, number.ok_or_else(fault))?;
        Some(Placed { value, at })
    }

    /// A text that is one line, or a number.
    pub fn line_or_number(&self, key: &str) -> Option<Placed<String>> {
        if self.is_text(key) {
            return self.line(key);
        }
        let Placed { value, at } = self.number::<u16>(key)?;
        let value = value.to_string();
        Some(Placed { value, at })
    }

    /// Whether the value of a key is a text.
    pub fn is_text(&self, key: &str) -> bool {
        self.raw(key).is_some_and(|value| value.get_ref().is_str())
    }

    /// Yes or no.
    pub fn flag(&self, key: &str) -> Option<bool> {
        let flag = self.value(key, "true or false", DeValue::as_bool)?;
        Some(flag.value)
    }

    /// A moment: a TOML date with time and offset.
    pub fn moment(&self, key: &str) -> Option<DateTime<Utc>> {
        let expected = "a moment without quotes, such as 2018-09-13T14:41:07Z";
        let moment = self.value(key, expected, DeValue::as_datetime)?;
        let read = parse_moment(&moment.value.to_string());
        let read = read.map_err(|fault| format!("{key}: {fault}"));
        self.faults.ok(moment.at, read)
    }

    /// A day: a TOML date without time.
    pub fn day(&self, key: &str) -> Option<NaiveDate> {
        let expected = "a day without quotes and time, such as 2018-09-13";
        let day = self.value(key, expected, |value| {
            let day = value.as_datetime().filter(|day| day.time.is_none())?;
            day.to_string().parse().ok()
        })?;
        Some(day.value)
    }

    /// The tables of a list of tables, each with its place.
    pub fn tables(&self, key: &str) -> Vec<Placed<&'a DeTable<'t>>> {
        self.list(key, "a list of tables", DeValue::as_table)
    }

    /// Notes that a key is missing, unless it is there (and wrong, which was noted then).
    pub fn missing(&self, key: &str, expected: &str) {
        let is_empty = |text: &str| text::clean_line(text).text.is_empty();
        let (at, fault) = match self.raw(key) {
            None => (self.at, "missing"),
            Some(value) if value.get_ref().as_str().is_some_and(is_empty) => {
                (value.span().start, "empty")
            }
            Some(_) => return,
        };
        let fault = format!("{key} is {fault}; expected {expected}");
        self.faults.add(at, fault);
    }
}

/// A text of several lines without the line break before its closing quotes.
fn without_last_break(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

fn wrong_type(key: &str, found: &DeValue<'_>, expected: &str) -> String {
    format!("{key} is of type {}; expected {expected}", found.type_str())
}
