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
#[derive(Debug)]
pub(super) struct Keys<'a, 't> {
    table: &'a DeTable<'t>,
    /// Where the table stands.
    pub at: usize,
}

impl<'a, 't> Keys<'a, 't> {
    /// Begins with a table; every key that is not `known` is a fault.
    pub fn new(
        table: &'a DeTable<'t>,
        at: usize,
        known: &[&str],
        faults: &mut Faults,
    ) -> Keys<'a, 't> {
        for (key, _) in table {
            if !known.contains(&key.get_ref().as_ref()) {
                faults.add(
                    key.span().start,
                    format!(
                        "unknown key “{}”; expected one of {}",
                        key.get_ref(),
                        known.join(", ")
                    ),
                );
            }
        }
        Keys { table, at }
    }

    /// Begins with a table whose keys were looked at already.
    pub fn of(table: &'a DeTable<'t>, at: usize) -> Keys<'a, 't> {
        Keys { table, at }
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
        faults: &mut Faults,
        read: impl FnOnce(&'a DeValue<'t>) -> Option<T>,
    ) -> Option<Placed<T>> {
        let found = self.raw(key)?;
        let at = found.span().start;
        match read(found.get_ref()) {
            Some(value) => Some(Placed { value, at }),
            None => {
                faults.add(at, wrong_type(key, found.get_ref(), expected));
                None
            }
        }
    }

    /// A text, cleaned in one way or another; an empty one is as good as none.
    fn text(
        &self,
        key: &str,
        faults: &mut Faults,
        clean: impl FnOnce(&str) -> Cleaned,
    ) -> Option<Placed<String>> {
        let Placed { value, at } = self.value(key, "a string", faults, DeValue::as_str)?;
        let cleaned = clean(value);
        faults.removed += cleaned.removed;
        let value = cleaned.text;
        (!value.is_empty()).then_some(Placed { value, at })
    }

    /// A text that is one line.
    pub fn line(&self, key: &str, faults: &mut Faults) -> Option<Placed<String>> {
        self.text(key, faults, text::clean_line)
    }

    /// A text of several lines: the one line break before the closing quotes is taken off.
    pub fn prose(&self, key: &str, faults: &mut Faults) -> Option<Placed<String>> {
        let prose = self.text(key, faults, |text| {
            text::clean_prose(without_last_break(text))
        })?;
        let (length, longest) = (prose.value.len(), crate::model::edit::LONGEST_TEXT);
        if length > longest {
            let fault = format!("{key} has {length} bytes; expected at most {longest}");
            faults.add(prose.at, fault);
        }
        Some(prose)
    }

    /// A text that went out as it is: nothing but the one line break before the closing quotes, and what no text may have, is taken off.
    pub fn verbatim(&self, key: &str, faults: &mut Faults) -> Option<Placed<String>> {
        self.text(key, faults, |text| text::clean(without_last_break(text)))
    }

    /// A word of a vocabulary, a number of a question, an id: whatever parses itself and says what was expected.
    pub fn word<T: FromStr<Err: Display>>(
        &self,
        key: &str,
        faults: &mut Faults,
    ) -> Option<Placed<T>> {
        let Placed { value, at } = self.value(key, "a string", faults, DeValue::as_str)?;
        match text::clean_line(value).text.parse() {
            Ok(value) => Some(Placed { value, at }),
            Err(fault) => {
                faults.add(at, fault.to_string());
                None
            }
        }
    }

    /// Several lines in a list.
    pub fn lines(&self, key: &str, faults: &mut Faults) -> Vec<String> {
        const LIST: &str = "a list of strings";
        let mut lines = Vec::new();
        let list = self.value(key, LIST, faults, DeValue::as_array);
        for value in list.into_iter().flat_map(|list| list.value.iter()) {
            match value.get_ref().as_str() {
                Some(text) => lines.push(text::clean_line(text).text),
                None => faults.add(value.span().start, wrong_type(key, value.get_ref(), LIST)),
            }
        }
        lines
    }

    /// A whole number that is not negative.
    pub fn number<T: TryFrom<i64>>(&self, key: &str, faults: &mut Faults) -> Option<Placed<T>> {
        let integer = self.value(key, "an integer", faults, DeValue::as_integer)?;
        let (at, value) = (integer.at, integer.value);
        let number = i64::from_str_radix(value.as_str(), value.radix()).ok();
        let number = number.filter(|number| *number >= 0);
        let number = number.and_then(|number| T::try_from(number).ok());
        if number.is_none() {
            let fault = format!("{key} is out of range; expected a whole number, not negative");
            faults.add(at, fault);
        }
        number.map(|value| Placed { value, at })
    }

    /// A text that is one line, or a number.
    pub fn line_or_number(&self, key: &str, faults: &mut Faults) -> Option<Placed<String>> {
        if self.is_text(key) {
            return self.line(key, faults);
        }
        let Placed { value, at } = self.number::<u16>(key, faults)?;
        let value = value.to_string();
        Some(Placed { value, at })
    }

    /// Whether the value of a key is a text.
    pub fn is_text(&self, key: &str) -> bool {
        self.raw(key).is_some_and(|value| value.get_ref().is_str())
    }

    /// Yes or no.
    pub fn flag(&self, key: &str, faults: &mut Faults) -> Option<bool> {
        let flag = self.value(key, "true or false", faults, DeValue::as_bool)?;
        Some(flag.value)
    }

    /// A moment: a TOML date with time and offset.
    pub fn moment(&self, key: &str, faults: &mut Faults) -> Option<DateTime<Utc>> {
        let expected = "a moment without quotes, such as 2018-09-13T14:41:07Z";
        let moment = self.value(key, expected, faults, DeValue::as_datetime)?;
        parse_moment(&moment.value.to_string())
            .map_err(|fault| faults.add(moment.at, format!("{key}: {fault}")))
            .ok()
    }

    /// A day: a TOML date without time.
    pub fn day(&self, key: &str, faults: &mut Faults) -> Option<NaiveDate> {
        let expected = "a day without quotes and time, such as 2018-09-13";
        let day = self.value(key, expected, faults, |value| {
            let day = value.as_datetime().filter(|day| day.time.is_none())?;
            day.to_string().parse().ok()
        })?;
        Some(day.value)
    }

    /// The tables of a list of tables, each with its place.
    pub fn tables(&self, key: &str, faults: &mut Faults) -> Vec<Placed<&'a DeTable<'t>>> {
        const LIST: &str = "a list of tables";
        let mut tables = Vec::new();
        let list = self.value(key, LIST, faults, DeValue::as_array);
        for value in list.into_iter().flat_map(|list| list.value.iter()) {
            let at = value.span().start;
            match value.get_ref().as_table() {
                Some(value) => tables.push(Placed { value, at }),
                None => faults.add(at, wrong_type(key, value.get_ref(), LIST)),
            }
        }
        tables
    }

    /// Notes that a key is missing, unless it is there (and wrong, which was noted then).
    pub fn missing(&self, key: &str, expected: &str, faults: &mut Faults) {
        match self.raw(key) {
            None => faults.add(self.at, format!("{key} is missing; expected {expected}")),
            Some(value)
                if value
                    .get_ref()
                    .as_str()
                    .is_some_and(|text| text::clean_line(text).text.is_empty()) =>
            {
                faults.add(
                    value.span().start,
                    format!("{key} is empty; expected {expected}"),
                );
            }
            Some(_) => {}
        }
    }
}

/// A text of several lines without the line break before its closing quotes.
fn without_last_break(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

fn wrong_type(key: &str, found: &DeValue<'_>, expected: &str) -> String {
    format!("{key} is of type {}; expected {expected}", found.type_str())
}
