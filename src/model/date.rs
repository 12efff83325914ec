//! Dates and times of day in quoted records: TOML's own in catalogue files, plain text in JSON, `chrono` values here.
//!
//! Written `#[serde(with = "date")]` on a field, or `#[serde(with = "date::optional")]` if it may be missing.

use chrono::{NaiveDate, NaiveTime};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use serde_json::Value;
use std::fmt;
use std::str::FromStr;
use toml::value::Datetime;

/// A date or a time of day in a quoted record.
pub trait DateOrTime: FromStr + ToString {
    /// What is expected where there is another value.
    const EXPECTED: &str;
}

impl DateOrTime for NaiveDate {
    const EXPECTED: &str = "expected a date such as 2015-06-30";
}

impl DateOrTime for NaiveTime {
    const EXPECTED: &str = "expected a time such as 09:15:00";
}

fn written<T: DateOrTime, E: ser::Error>(value: &T) -> Result<Datetime, E> {
    value.to_string().parse().map_err(E::custom)
}

/// A date or a time of day: TOML's own, or the same in plain text, as JSON has it.
struct Written(Datetime);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Written;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as 2015-06-30 or a time such as 09:15:00")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Written, A::Error> {
                Datetime::deserialize(MapAccessDeserializer::new(map)).map(Written)
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
                text.parse()
                    .map(Written)
                    .map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }
        from.deserialize_any(Either)
    }
}

impl Written {
    fn read<T: DateOrTime, E: Error>(self) -> Result<T, E> {
        let value = self.0.to_string().parse();
        value.map_err(|_| E::custom(T::EXPECTED))
    }
}

/// Turns TOML's dates, which come through serde as an object with one private key, into plain text.
pub fn make_plain(value: &mut Value) {
    if let Value::Array(values) = value {
        values.iter_mut().for_each(make_plain);
    } else if let Value::Object(map) = value {
        if map.len() == 1
            && let Some((key, Value::String(date))) = map.iter().next()
            && key.starts_with("$__toml_private")
        {
            *value = Value::String(date.clone());
            return;
        }
        map.values_mut().for_each(make_plain);
    }
}

/// Writes a date or a time as TOML's.
///
/// # Errors
/// What the serializer refuses.
pub fn serialize<T: DateOrTime, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    written(value)?.serialize(to)
}

/// Reads a date or a time.
///
/// # Errors
/// The other of the two, or both together.
pub fn deserialize<'de, T: DateOrTime, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    Written::deserialize(from)?.read()
}

/// A date or a time that may be missing.
pub mod optional {
    use super::{DateOrTime, Deserialize, Deserializer, Serialize, Serializer, Written, written};

    /// Writes the date or the time, if there is one.
    ///
    /// # Errors
    /// What the serializer refuses.
    pub fn serialize<T: DateOrTime, S: Serializer>(
        value: &Option<T>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(written).transpose()?.serialize(to)
    }

    /// Reads the date or the time, if there is one.
    ///
    /// # Errors
    /// As [`super::deserialize`].
    pub fn deserialize<'de, T: DateOrTime, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<T>, D::Error> {
        let found = Option::<Written>::deserialize(from)?;
        found.map(Written::read).transpose()
    }
}
