//! Dates and times of day in quoted records: TOML's own in catalogue files, plain text in JSON, `chrono` values here.
//!
//! Written `#[serde(with = "date")]`, `#[serde(with = "date::optional")]` and `#[serde(with = "date::time")]` on a field.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::fmt;
use toml::value::{Date, Datetime, Time};

fn day(value: &Datetime) -> Option<NaiveDate> {
    let date = value.date.filter(|_| value.time.is_none())?;
    NaiveDate::from_ymd_opt(
        i32::from(date.year),
        u32::from(date.month),
        u32::from(date.day),
    )
}

fn clock(value: &Datetime) -> Option<NaiveTime> {
    let time = value.time.filter(|_| value.date.is_none())?;
    NaiveTime::from_hms_opt(
        u32::from(time.hour),
        u32::from(time.minute),
        u32::from(time.second.unwrap_or(0)),
    )
}

fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(0)
}

fn from_day(date: NaiveDate) -> Datetime {
    Datetime {
        date: Some(Date {
            year: u16::try_from(date.year()).unwrap_or(0),
            month: small(date.month()),
            day: small(date.day()),
        }),
        time: None,
        offset: None,
    }
}

fn from_clock(time: NaiveTime) -> Datetime {
    let time = Time {
        hour: small(time.hour()),
        minute: small(time.minute()),
        second: Some(small(time.second())),
        nanosecond: None,
    };
    Datetime {
        date: None,
        time: Some(time),
        offset: None,
    }
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

/// Turns TOML's dates, which come through serde as an object with one private key, into plain text.
pub fn make_plain(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(make_plain),
        Value::Object(map) => {
            if map.len() == 1
                && let Some((key, Value::String(date))) = map.iter().next()
                && key.starts_with("$__toml_private")
            {
                *value = Value::String(date.clone());
                return;
            }
            map.values_mut().for_each(make_plain);
        }
        _ => {}
    }
}

/// Writes a date as a TOML date.
///
/// # Errors
/// What the serializer refuses.
pub fn serialize<S: Serializer>(date: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
    from_day(*date).serialize(to)
}

/// Reads a TOML date.
///
/// # Errors
/// Anything but a date without a time.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    day(&Written::deserialize(from)?.0)
        .ok_or_else(|| D::Error::custom("expected a date such as 2015-06-30"))
}

/// A date that may be missing.
pub mod optional {
    use super::{
        Deserialize, Deserializer, Error, NaiveDate, Serialize, Serializer, Written, day, from_day,
    };

    /// Writes the date, if there is one.
    ///
    /// # Errors
    /// What the serializer refuses.
    pub fn serialize<S: Serializer>(date: &Option<NaiveDate>, to: S) -> Result<S::Ok, S::Error> {
        date.map(from_day).serialize(to)
    }

    /// Reads the date, if there is one.
    ///
    /// # Errors
    /// Anything but a date without a time.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
        let Some(value) = Option::<Written>::deserialize(from)? else {
            return Ok(None);
        };
        day(&value.0)
            .map(Some)
            .ok_or_else(|| D::Error::custom("expected a date such as 2015-06-30"))
    }
}

/// A time of day that may be missing.
pub mod time {
    use super::{
        Deserialize, Deserializer, Error, NaiveTime, Serialize, Serializer, Written, clock,
        from_clock,
    };

    /// Writes the time, if there is one.
    ///
    /// # Errors
    /// What the serializer refuses.
    pub fn serialize<S: Serializer>(time: &Option<NaiveTime>, to: S) -> Result<S::Ok, S::Error> {
        time.map(from_clock).serialize(to)
    }

    /// Reads the time, if there is one.
    ///
    /// # Errors
    /// Anything but a time without a date.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveTime>, D::Error> {
        let Some(value) = Option::<Written>::deserialize(from)? else {
            return Ok(None);
        };
        clock(&value.0)
            .map(Some)
            .ok_or_else(|| D::Error::custom("expected a time such as 09:15:00"))
    }
}
