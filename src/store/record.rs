//! The rows of the team's records: read as fields, written as fields, by the descriptions of their kinds.
//!
//! A table has the columns of the key, then a column for each field of the same name. No SQL here knows a kind.

use crate::error::{Error, Result};
use crate::model::record::describe::{Description, Fields};
use crate::model::record::finding::Finding;
use crate::model::record::kinds::{Kind, Record};
use crate::model::review::Review;
use crate::model::text;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params_from_iter};
use std::sync::LazyLock;

/// The statements of one table, made from the description of its kind.
struct Statements {
    /// All rows: the key columns, then the fields.
    all: String,
    /// One row by its key: the fields.
    one: String,
    /// Writes a row: the key, then the fields that are not part of it.
    put: String,
    /// Removes a row by its key.
    remove: String,
    /// Whether another row has the same number or name; empty if the kind has neither.
    others: String,
}

impl Statements {
    fn of(description: &Description) -> Statements {
        let quoted = |names: &[&str]| {
            let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            quoted.join(", ")
        };
        let table = description.table;
        let fields: Vec<&str> = description
            .fields
            .iter()
            .map(|known| known.field.word())
            .collect();
        let own = || {
            fields
                .iter()
                .copied()
                .filter(|field| !description.key.contains(field))
        };
        let columns: Vec<&str> = description.key.iter().copied().chain(own()).collect();
        let places: Vec<String> = (1..=columns.len())
            .map(|place| format!("?{place}"))
            .collect();
        let matches: Vec<String> = (1..)
            .zip(description.key)
            .map(|(place, column)| format!("\"{column}\" = ?{place}"))
            .collect();
        let (key, matches) = (quoted(description.key), matches.join(" AND "));
        Statements {
            all: format!(
                "SELECT {key}, {} FROM {table} ORDER BY {key}",
                quoted(&fields)
            ),
            one: format!("SELECT {} FROM {table} WHERE {matches}", quoted(&fields)),
            put: format!(
                "INSERT OR REPLACE INTO {table} ({}) VALUES ({})",
                quoted(&columns),
                places.join(", ")
            ),
            remove: format!("DELETE FROM {table} WHERE {matches}"),
            others: others(description),
        }
    }
}

/// The query for another row with the same number or name; the key is its first parameter. What was withdrawn has given its number away.
fn others(description: &Description) -> String {
    let same: Vec<String> = (2..)
        .zip(description.known_by)
        .map(|(place, field)| format!("\"{field}\" = ?{place}"))
        .collect();
    let key = description.key.first().copied().unwrap_or_default();
    if same.is_empty() {
        return String::new();
    }
    let is_withdrawable = description
        .fields
        .iter()
        .any(|known| known.field == Finding::WITHDRAWN);
    format!(
        "SELECT 1 FROM {} WHERE \"{key}\" <> ?1 AND {}{}",
        description.table,
        same.join(" AND "),
        if is_withdrawable {
            " AND \"withdrawn\" IS NULL"
        } else {
            ""
        }
    )
}

/// The statements of every kind, in the order of [`Kind::ALL`].
static STATEMENTS: LazyLock<Vec<Statements>> = LazyLock::new(|| {
    Kind::ALL
        .iter()
        .map(|kind| Statements::of(kind.description()))
        .collect()
});

fn statements(kind: Kind) -> &'static Statements {
    &STATEMENTS[kind as usize]
}

/// The columns of a record's key.
fn key_of(record: &Record, kind: Kind) -> Vec<String> {
    let columns = kind.description().key.len();
    record
        .key()
        .splitn(columns, '.')
        .map(str::to_owned)
        .collect()
}

/// A column as text, whatever its type, cleaned for the screen.
fn text_of(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            Some(text::clean(&String::from_utf8_lossy(bytes)).text)
        }
    })
}

fn fields_of(row: &Row<'_>, first: usize, description: &Description) -> rusqlite::Result<Fields> {
    let mut found = Fields::new();
    for (column, known) in (first..).zip(description.fields) {
        if let Some(value) = text_of(row, column)? {
            found.insert(known.field, value);
        }
    }
    Ok(found)
}

/// Reads the fields of one record as they are on disk; none of a quoted record, which has no row of the team's.
pub(super) fn read(conn: &Connection, record: &Record) -> rusqlite::Result<Fields> {
    let Some(kind) = record.kind() else {
        return Ok(Fields::new());
    };
    let mut statement = conn.prepare_cached(&statements(kind).one)?;
    let mut rows = statement.query(params_from_iter(key_of(record, kind)))?;
    rows.next()?.map_or_else(
        || Ok(Fields::new()),
        |row| fields_of(row, 0, kind.description()),
    )
}

/// Writes the fields of one record; none means that its row is removed.
pub(super) fn write(conn: &Connection, record: &Record, fields: &Fields) -> rusqlite::Result<()> {
    let Some(kind) = record.kind() else {
        return Ok(());
    };
    let (key, description) = (key_of(record, kind), kind.description());
    if fields.is_empty() {
        conn.prepare_cached(&statements(kind).remove)?
            .execute(params_from_iter(key))?;
        return Ok(());
    }
    let own = description
        .fields
        .iter()
        .filter(|known| !description.key.contains(&known.field.word()));
    let values = own.map(|known| fields.get(&known.field));
    conn.prepare_cached(&statements(kind).put)?
        .execute(params_from_iter(key.iter().map(Some).chain(values)))?;
    Ok(())
}

/// Whether another record already has this record's number or name: two windows may assign the same one at once.
pub(super) fn is_number_taken(
    conn: &Connection,
    record: &Record,
    fields: &Fields,
) -> rusqlite::Result<bool> {
    let Some(kind) = record.kind() else {
        return Ok(false);
    };
    let known_by = kind.description().known_by;
    let values: Vec<&String> = known_by
        .iter()
        .filter_map(|field| fields.get(field))
        .collect();
    let is_withdrawn = fields.contains_key(&Finding::WITHDRAWN);
    if values.is_empty() || values.len() < known_by.len() || is_withdrawn {
        return Ok(false);
    }
    let key = record.key();
    conn.prepare_cached(&statements(kind).others)?
        .exists(params_from_iter([&key].into_iter().chain(values)))
}

/// Reads all records of the team into a review that has none.
pub(super) fn load_all(conn: &Connection, review: &mut Review) -> Result<()> {
    Kind::ALL
        .iter()
        .try_for_each(|kind| load(conn, *kind, review))
}

/// Reads only what the first screen shows: the assessments and the verdicts on deliverables.
pub(super) fn load_first(conn: &Connection, review: &mut Review) -> Result<()> {
    load(conn, Kind::Assessment, review)?;
    load(conn, Kind::Deliverable, review)
}

fn load(conn: &Connection, kind: Kind, review: &mut Review) -> Result<()> {
    let description = kind.description();
    let columns = description.key.len();
    let mut statement = conn.prepare_cached(&statements(kind).all)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let read = || -> rusqlite::Result<(String, Fields)> {
            let key = (0..columns).map(|column| Ok(text_of(row, column)?.unwrap_or_default()));
            let key = key.collect::<rusqlite::Result<Vec<String>>>()?.join(".");
            Ok((
                format!("{} {key}", description.word),
                fields_of(row, columns, description)?,
            ))
        };
        let (name, fields) = read()?;
        let bad = |fault: &dyn std::fmt::Display| {
            Error::bad_data(format!(
                "The workspace holds {}, which does not read: {fault}.",
                text::visible(&name)
            ))
            .hint("Run `penholder check`.")
        };
        let record: Record = name.parse().map_err(|e| bad(&e))?;
        review.put(&record, fields).map_err(|e| bad(&e))?;
    }
    Ok(())
}
