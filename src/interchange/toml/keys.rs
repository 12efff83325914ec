//! Taking a table of a parsed file apart, key by key: a wrong type, a missing key and an unknown key are noted with their places.

use super::fault::Faults;
use crate::model::record::value::parse_moment;
use crate::model::text;
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

    /// A text, as written.
    fn string(&self, key: &str, faults: &mut Faults) -> Option<Placed<&'a str>> {
        let found = self.raw(key)?;
        let at = found.span().start;
        match found.get_ref().as_str() {
            Some(value) => Some(Placed { value, at }),
            None => {
                faults.add(at, wrong_type(key, found.get_ref(), "a string"));
                None
            }
        }
    }

    /// A text that is one line, cleaned; an empty one is as good as none.
    pub fn line(&self, key: &str, faults: &mut Faults) -> Option<Placed<String>> {
        let found = self.string(key, faults)?;
        let cleaned = text::clean_line(found.value);
        faults.removed += cleaned.removed;
        Some(Placed {
            value: cleaned.text,
            at: found.at,
        })
        .filter(|line| !line.value.is_empty())
    }

    /// A text of several lines, cleaned: the one line break before the closing quotes is taken off; an empty one is as good as none.
    pub fn prose(&self, key: &str, faults: &mut Faults) -> Option<Placed<String>> {
        let found = self.string(key, faults)?;
        let cleaned = text::clean_prose(found.value.strip_suffix('\n').unwrap_or(found.value));
        faults.removed += cleaned.removed;
        let longest = crate::model::edit::LONGEST_TEXT;
        if cleaned.text.len() > longest {
            faults.add(
                found.at,
                format!(
                    "{key} has {} bytes; expected at most {longest}",
                    cleaned.text.len()
                ),
            );
        }
        Some(Placed {
            value: cleaned.text,
            at: found.at,
        })
        .filter(|prose| !prose.value.trim().is_empty())
    }

    /// A text that went out as it is: nothing but the one line break before the closing quotes, and what no text may have, is taken off.
    pub fn verbatim(&self, key: &str, faults: &mut Faults) -> Option<String> {
        let found = self.string(key, faults)?;
        let cleaned = text::clean(found.value.strip_suffix('\n').unwrap_or(found.value));
        faults.removed += cleaned.removed;
        Some(cleaned.text).filter(|text| !text.is_empty())
    }

    /// A word of a vocabulary, a number of a question, an id: whatever parses itself and says what was expected.
    pub fn word<T: FromStr<Err: Display>>(
        &self,
        key: &str,
        faults: &mut Faults,
    ) -> Option<Placed<T>> {
        let found = self.string(key, faults)?;
        parsed(found, faults)
    }

    /// Several of them in a list.
    pub fn words<T: FromStr<Err: Display>>(
        &self,
        key: &str,
        faults: &mut Faults,
    ) -> Vec<Placed<T>> {
        let Some(found) = self.raw(key) else {
            return Vec::new();
        };
        let DeValue::Array(values) = found.get_ref() else {
            faults.add(
                found.span().start,
                wrong_type(key, found.get_ref(), "a list of strings"),
            );
            return Vec::new();
        };
        let mut words = Vec::new();
        for value in values {
            let at = value.span().start;
            match value.get_ref().as_str() {
                Some(text) => words.extend(parsed(Placed { value: text, at }, faults)),
                None => faults.add(at, wrong_type(key, value.get_ref(), "a list of strings")),
            }
        }
        words
    }

    /// A whole number that is not negative.
    pub fn number<T: TryFrom<i64>>(&self, key: &str, faults: &mut Faults) -> Option<Placed<T>> {
        let found = self.raw(key)?;
        let at = found.span().start;
        let value = match found.get_ref() {
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
                .ok()
                .filter(|n| *n >= 0),
            other => {
                faults.add(at, wrong_type(key, other, "an integer"));
                return None;
            }
        };
        match value.and_then(|n| T::try_from(n).ok()) {
            Some(value) => Some(Placed { value, at }),
            None => {
                faults.add(
                    at,
                    format!("{key} is out of range; expected a whole number, not negative"),
                );
                None
            }
        }
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
        self.raw(key)
            .is_some_and(|value| value.get_ref().as_str().is_some())
    }

    /// Yes or no.
    pub fn flag(&self, key: &str, faults: &mut Faults) -> Option<bool> {
        let found = self.raw(key)?;
        match found.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => {
                faults.add(found.span().start, wrong_type(key, other, "true or false"));
                None
            }
        }
    }

    /// A moment: a TOML date with time and offset.
    pub fn moment(&self, key: &str, faults: &mut Faults) -> Option<DateTime<Utc>> {
        let found = self.raw(key)?;
        let at = found.span().start;
        let DeValue::Datetime(moment) = found.get_ref() else {
            faults.add(
                at,
                wrong_type(
                    key,
                    found.get_ref(),
                    "a moment without quotes, such as 2018-09-13T14:41:07Z",
                ),
            );
            return None;
        };
        parse_moment(&moment.to_string())
            .map_err(|fault| faults.add(at, format!("{key}: {fault}")))
            .ok()
    }

    /// A day: a TOML date without time.
    pub fn day(&self, key: &str, faults: &mut Faults) -> Option<Placed<NaiveDate>> {
        let found = self.raw(key)?;
        let at = found.span().start;
        let day = match found.get_ref() {
            DeValue::Datetime(day) if day.time.is_none() => day.to_string().parse().ok(),
            _ => None,
        };
        if day.is_none() {
            let what = wrong_type(
                key,
                found.get_ref(),
                "a day without quotes and time, such as 2018-09-13",
            );
            faults.add(at, what);
        }
        day.map(|value| Placed { value, at })
    }

    /// The tables of a list of tables, each with its place.
    pub fn tables(&self, key: &str, faults: &mut Faults) -> Vec<Placed<&'a DeTable<'t>>> {
        let Some(found) = self.raw(key) else {
            return Vec::new();
        };
        let DeValue::Array(values) = found.get_ref() else {
            faults.add(
                found.span().start,
                wrong_type(key, found.get_ref(), "a list of tables"),
            );
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in values {
            match value.get_ref().as_table() {
                Some(table) => tables.push(Placed {
                    value: table,
                    at: value.span().start,
                }),
                None => faults.add(
                    value.span().start,
                    wrong_type(key, value.get_ref(), "a list of tables"),
                ),
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

fn parsed<T: FromStr<Err: Display>>(found: Placed<&str>, faults: &mut Faults) -> Option<Placed<T>> {
    match text::clean_line(found.value).text.parse() {
        Ok(value) => Some(Placed {
            value,
            at: found.at,
        }),
        Err(fault) => {
            faults.add(found.at, fault.to_string());
            None
        }
    }
}

fn wrong_type(key: &str, found: &DeValue<'_>, expected: &str) -> String {
    format!("{key} is of type {}; expected {expected}", found.type_str())
}
