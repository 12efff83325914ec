//! How a value of the model stands in a column, and how it is read back: cleaned, parsed, and refused with a sentence.
//!
//! Nothing in the file is trusted: a text passes [`clean`] like any other input, and a value that does not parse becomes
//! bad data that names table, row and column.

use crate::error::{Error, Kind, Result};
use crate::model::citation::Citation;
use crate::model::ids::{MeetingId, QuestionNumber, RecommendationNumber};
use crate::model::text::{clean, visible};
use crate::model::vocabulary::{
    BriefingName, Claim, DeliverableStatus, DocumentKind, Grade, MeetingKind, Phase, ReviewRole,
};
use chrono::{NaiveDate, NaiveTime};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, Row, Statement, params_from_iter};
use std::collections::HashMap;
use std::hash::Hash;

/// How many characters of a text a complaint quotes.
const SHOWN: usize = 60;

/// A value that can be written into a column.
pub(in crate::store) trait ToColumn {
    /// The value as SQLite takes it.
    fn stored(&self) -> ToSqlOutput<'_>;
}

/// A value that can be read from a column.
pub(in crate::store) trait FromColumn: Sized {
    /// Reads the value, or says what is wrong and what was expected.
    fn load(value: ValueRef<'_>) -> Result<Self, String>;
}

fn owned(value: impl Into<Value>) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(value.into())
}

impl ToColumn for &str {
    fn stored(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Text(self.as_bytes()))
    }
}

impl ToColumn for String {
    fn stored(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::Borrowed(ValueRef::Text(self.as_bytes()))
    }
}

impl FromColumn for String {
    fn load(value: ValueRef<'_>) -> Result<Self, String> {
        match value {
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(clean(text).text),
                Err(_) => Err("a text that is no UTF-8".to_owned()),
            },
            other => Err(format!("{}; expected a text", other.data_type())),
        }
    }
}

impl<T: ToColumn> ToColumn for Option<T> {
    fn stored(&self) -> ToSqlOutput<'_> {
        self.as_ref()
            .map_or_else(|| owned(Value::Null), ToColumn::stored)
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn load(value: ValueRef<'_>) -> Result<Self, String> {
        if value == ValueRef::Null {
            Ok(None)
        } else {
            T::load(value).map(Some)
        }
    }
}

macro_rules! as_integer {
    ($($type:ty),+) => { $(
        impl ToColumn for $type {
            fn stored(&self) -> ToSqlOutput<'_> { owned(i64::from(*self)) }
        }
        impl FromColumn for $type {
            fn load(value: ValueRef<'_>) -> Result<Self, String> {
                let found = value.as_i64().map_err(|_| format!("{}; expected a whole number", value.data_type()))?;
                found.try_into().map_err(|_| format!("{found}; expected a number from {} to {}", <$type>::MIN, <$type>::MAX))
            }
        }
    )+ };
}
as_integer!(u8, u16, u32);

impl ToColumn for RecommendationNumber {
    fn stored(&self) -> ToSqlOutput<'_> {
        owned(i64::from(self.0))
    }
}

impl FromColumn for RecommendationNumber {
    fn load(value: ValueRef<'_>) -> Result<Self, String> {
        u16::load(value).map(RecommendationNumber)
    }
}

impl ToColumn for bool {
    fn stored(&self) -> ToSqlOutput<'_> {
        owned(*self)
    }
}

impl FromColumn for bool {
    fn load(value: ValueRef<'_>) -> Result<Self, String> {
        match u8::load(value)? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(format!("{other}; expected 0 or 1")),
        }
    }
}

macro_rules! as_text {
    ($($type:ty: $expected:literal),+ $(,)?) => { $(
        impl ToColumn for $type {
            fn stored(&self) -> ToSqlOutput<'_> { owned(self.to_string()) }
        }
        impl FromColumn for $type {
            fn load(value: ValueRef<'_>) -> Result<Self, String> {
                let text = String::load(value)?;
                text.parse().map_err(|_| format!("{}; expected {}", shown(&text), $expected))
            }
        }
    )+ };
}
as_text! {
    Citation: "document and lines, such as 000:702-707",
    QuestionNumber: "the number of a question, such as 11.4",
    MeetingId: "the id of a meeting, such as plenary-43",
    NaiveDate: "a date such as 2015-06-30",
    NaiveTime: "a time such as 09:15:00",
    BriefingName: "the name of a briefing",
    Claim: "complete, in process or behind",
    DeliverableStatus: "the status of a deliverable",
    DocumentKind: "report or slides",
    Grade: "high, medium or low",
    MeetingKind: "a kind of meeting",
    Phase: "I or II",
    ReviewRole: "reviewed or reviewing",
}

impl ToColumn for Vec<String> {
    fn stored(&self) -> ToSqlOutput<'_> {
        owned(serde_json::Value::from(self.clone()).to_string())
    }
}

impl FromColumn for Vec<String> {
    fn load(value: ValueRef<'_>) -> Result<Self, String> {
        let raw = value
            .as_str()
            .map_err(|_| format!("{}; expected a JSON array of texts", value.data_type()))?;
        let texts: Vec<String> = serde_json::from_str(raw)
            .map_err(|_| format!("{}; expected a JSON array of texts", shown(raw)))?;
        Ok(texts.into_iter().map(|text| clean(&text).text).collect())
    }
}

/// The beginning of a text as a complaint quotes it.
fn shown(text: &str) -> String {
    let more = if text.chars().nth(SHOWN).is_some() {
        "…"
    } else {
        ""
    };
    format!(
        "“{}{more}”",
        visible(&text.chars().take(SHOWN).collect::<String>())
    )
}

/// The columns of one row, read from left to right.
pub(in crate::store) struct Fields<'r, 's> {
    table: &'static str,
    row: &'r Row<'s>,
    next: usize,
}

impl Fields<'_, '_> {
    /// Reads the next column.
    pub fn take<T: FromColumn>(&mut self) -> Result<T> {
        let column = self.next;
        self.next += 1;
        let value = self
            .row
            .get_ref(column)
            .map_err(|cause| unreadable(self.table, cause))?;
        T::load(value).map_err(|fault| self.fault(column, &fault))
    }

    fn fault(&self, column: usize, fault: &str) -> Error {
        let name = self.row.as_ref().column_name(column).unwrap_or("?");
        // The first columns of every query are the key, so the first value names the row well enough to find it.
        let row = match self.row.get_ref(0) {
            Ok(ValueRef::Integer(number)) => number.to_string(),
            Ok(ValueRef::Text(text)) => visible(&String::from_utf8_lossy(text)),
            _ => "without a key".to_owned(),
        };
        Error::bad_data(format!(
            "Table {}, row {row}, column {name}: {fault}.",
            self.table
        ))
        .hint("Run penholder check, and go back to a backup if it finds more.")
    }
}

/// The error for a table that SQLite could not read.
pub(in crate::store) fn unreadable(table: &str, cause: rusqlite::Error) -> Error {
    let message = format!(
        "Table {table} could not be read: {}.",
        visible(&cause.to_string())
    );
    let error = match cause.sqlite_error_code() {
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::SystemIoFailure
            | ErrorCode::OutOfMemory,
        ) => Error::new(Kind::System, message).hint("Try again."),
        _ => Error::bad_data(message)
            .hint("Run penholder check, and go back to a backup if it finds more."),
    };
    error.caused_by(cause)
}

/// Reads every row of a query.
pub(in crate::store) fn rows<T>(
    conn: &Connection,
    table: &'static str,
    sql: &str,
    read: impl FnMut(&mut Fields<'_, '_>) -> Result<T>,
) -> Result<Vec<T>> {
    rows_with(conn, table, sql, &[], read)
}

/// Reads every row of a query with these values for `?1`, `?2` and so on.
pub(in crate::store) fn rows_with<T>(
    conn: &Connection,
    table: &'static str,
    sql: &str,
    values: &[&dyn ToColumn],
    mut read: impl FnMut(&mut Fields<'_, '_>) -> Result<T>,
) -> Result<Vec<T>> {
    let failed = |cause| unreadable(table, cause);
    let mut statement = conn.prepare(sql).map_err(failed)?;
    let mut found = statement
        .query(params_from_iter(values.iter().map(|value| value.stored())))
        .map_err(failed)?;
    let mut all = Vec::new();
    while let Some(row) = found.next().map_err(failed)? {
        all.push(read(&mut Fields {
            table,
            row,
            next: 0,
        })?);
    }
    Ok(all)
}

/// Reads the rows of a table that belong to rows of another, gathered by the key of that other row.
pub(in crate::store) fn rows_by<K: Eq + Hash, T>(
    conn: &Connection,
    table: &'static str,
    sql: &str,
    read: impl FnMut(&mut Fields<'_, '_>) -> Result<(K, T)>,
) -> Result<HashMap<K, Vec<T>>> {
    let mut gathered: HashMap<K, Vec<T>> = HashMap::new();
    for (key, value) in rows(conn, table, sql, read)? {
        gathered.entry(key).or_default().push(value);
    }
    Ok(gathered)
}

/// Runs a statement with these values for `?1`, `?2` and so on; answers how many rows it changed.
pub(in crate::store) fn put(
    statement: &mut Statement<'_>,
    values: &[&dyn ToColumn],
) -> rusqlite::Result<usize> {
    statement.execute(params_from_iter(values.iter().map(|value| value.stored())))
}

/// Numbers things from 1, as positions and rows are.
pub(in crate::store) fn numbered<T>(things: &[T]) -> impl Iterator<Item = (u32, &T)> {
    (1..).zip(things)
}
