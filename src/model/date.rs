//! Dates and times of day in catalogue files: TOML's own, as `chrono` values.
//!
//! Written `#[serde(with = "date")]`, `#[serde(with = "date::optional")]` and `#[serde(with = "date::time")]` on a field.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
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
    day(&Datetime::deserialize(from)?)
        .ok_or_else(|| D::Error::custom("expected a date such as 2015-06-30"))
}

/// A date that may be missing.
pub mod optional {
    use super::{
        Datetime, Deserialize, Deserializer, Error, NaiveDate, Serialize, Serializer, day, from_day,
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
        let Some(value) = Option::<Datetime>::deserialize(from)? else {
            return Ok(None);
        };
        day(&value)
            .map(Some)
            .ok_or_else(|| D::Error::custom("expected a date such as 2015-06-30"))
    }
}

/// A time of day that may be missing.
pub mod time {
    use super::{
        Datetime, Deserialize, Deserializer, Error, NaiveTime, Serialize, Serializer, clock,
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
        let Some(value) = Option::<Datetime>::deserialize(from)? else {
            return Ok(None);
        };
        clock(&value)
            .map(Some)
            .ok_or_else(|| D::Error::custom("expected a time such as 09:15:00"))
    }
}
