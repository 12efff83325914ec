//! The quoted records in the workspace, one row of table `quoted` each: written whole, renewed whole, read at every start.
//!
//! The content of a row is the record as JSON, under the keys of its TOML, so that a person can read it with sqlite3. Only a newer catalogue
//! changes these rows. A row more, of the kind `contents`, lists the names of all others, so that `check` misses none.

pub(in crate::store) mod check;
mod renewal;

use super::digest::digest;
use super::query::collect;
use crate::error::{Error, Result};
use crate::model::catalogue::{Catalogue, label};
use crate::model::text::{clean, visible};
use rusqlite::{Connection, Transaction, params};
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

pub use renewal::replace;

/// The kind of the row that names the review and the edition.
const HEADER: &str = "catalogue";

/// The kind of the row that lists the others.
const CONTENTS: &str = "contents";

/// The names of all rows by kind, each kind in its order.
type Contents = BTreeMap<String, Vec<String>>;

/// A row of the table.
struct Row {
    kind: String,
    name: String,
    position: i64,
    content: String,
    digest: String,
}

impl Row {
    fn digest(&self) -> String {
        let position = self.position.to_string();
        digest([&self.kind, &self.name, &position, &self.content].map(|part| Some(part.as_str())))
    }
}

/// Writes every record of a catalogue into a table that has none.
///
/// # Errors
/// Whatever SQLite refuses.
pub fn fill(tx: &Transaction<'_>, catalogue: &Catalogue) -> Result<()> {
    let mut contents = Contents::new();
    for record in catalogue.records()? {
        let names = contents.entry(record.kind.to_owned()).or_default();
        names.push(record.name.clone());
        let row = Row {
            kind: record.kind.to_owned(),
            name: record.name,
            position: i64::try_from(names.len()).unwrap_or(i64::MAX),
            content: record.content,
            digest: String::new(),
        };
        insert(tx, &row)?;
    }
    insert_contents(tx, &contents)
}

/// Gives the rows that a migration wrote their digests, and lists them.
///
/// # Errors
/// Whatever SQLite refuses.
pub(in crate::store) fn complete(tx: &Transaction<'_>) -> Result<()> {
    let rows = rows(tx)?;
    tx.execute("DELETE FROM quoted", [])?;
    let mut contents = Contents::new();
    for row in &rows {
        let names = contents.entry(row.kind.clone()).or_default();
        names.push(row.name.clone());
        insert(tx, row)?;
    }
    if rows.is_empty() {
        return Ok(());
    }
    insert_contents(tx, &contents)
}

fn insert(tx: &Transaction<'_>, row: &Row) -> Result<()> {
    let sql =
        "INSERT INTO quoted (kind, name, position, content, digest) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut statement = tx.prepare_cached(sql)?;
    statement.execute(params![
        row.kind,
        row.name,
        row.position,
        row.content,
        row.digest()
    ])?;
    Ok(())
}

fn insert_contents(tx: &Transaction<'_>, contents: &Contents) -> Result<()> {
    let row = Row {
        kind: CONTENTS.to_owned(),
        name: "catalogue".to_owned(),
        position: 1,
        content: serde_json::to_string(contents).map_err(Error::bug_from)?,
        digest: String::new(),
    };
    insert(tx, &row)
}

/// Reads all quoted records.
///
/// # Errors
/// Bad data that names the record, if the file has what no catalogue can have.
pub fn load(conn: &Connection) -> Result<Catalogue> {
    read(conn, "WHERE kind <> 'contents'")
}

/// Reads what the first screen is drawn from: the header and the recommendations.
///
/// # Errors
/// As [`load`].
pub fn load_first(conn: &Connection) -> Result<Catalogue> {
    read(conn, "WHERE kind IN ('catalogue', 'recommendation')")
}

fn read(conn: &Connection, filter: &str) -> Result<Catalogue> {
    let sql = format!("SELECT kind, name, content FROM quoted {filter} ORDER BY kind, position");
    let mut catalogue = Catalogue::default();
    let mut has_header = false;
    let refused = |e| Error::from(e).while_trying("Reading the quoted records");
    let mut statement = conn.prepare_cached(&sql).map_err(refused)?;
    let mut rows = statement.query([]).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        let column = |number| Ok(row.get_ref(number)?.as_str()?);
        let (kind, name) = (column(0).map_err(refused)?, column(1).map_err(refused)?);
        has_header |= kind == HEADER;
        add(&mut catalogue, kind, column(2).map_err(refused)?).map_err(|fault| {
            Error::bad_data(format!(
                "The quoted {} does not read: {}.",
                visible(&label(kind, name)),
                visible(&fault.to_string())
            ))
            .hint("Run `penholder check`.")
        })?;
    }
    if has_header {
        return Ok(catalogue);
    }
    Err(Error::bad_data(
        "The quoted records have no header, which names the review and the edition.",
    )
    .hint("Run `penholder check`."))
}

fn rows(conn: &Connection) -> Result<Vec<Row>> {
    let sql = "SELECT kind, name, position, content, digest FROM quoted ORDER BY kind, position";
    let rows = collect(conn, sql, [], |row| {
        Ok(Row {
            kind: row.get(0)?,
            name: row.get(1)?,
            position: row.get(2)?,
            content: row.get(3)?,
            digest: row.get(4)?,
        })
    });
    rows.map_err(|e| e.while_trying("Reading the quoted records"))
}

/// Reads a record. Nothing in the file is trusted, so its texts are cleaned first.
fn add(catalogue: &mut Catalogue, kind: &str, content: &str) -> serde_json::Result<()> {
    let mut content = Cow::from(content);
    // Almost every record is clean; finding that out costs less than reading each one twice.
    if may_hide_characters(&content) || clean(&content).text != content {
        let mut value = serde_json::from_str(&content)?;
        clean_texts(&mut value);
        content = Cow::from(value.to_string());
    }
    let mut json = serde_json::Deserializer::from_str(&content);
    match kind {
        HEADER => catalogue.header = Deserialize::deserialize(&mut json)?,
        _ => catalogue.add(kind, &mut json)?,
    }
    json.end()
}

/// Whether JSON has an escape other than that of a quote, a line end or a tab: it may stand for any character.
fn may_hide_characters(json: &str) -> bool {
    let mut pairs = json.as_bytes().windows(2);
    pairs.any(|pair| matches!(pair, [b'\\', b'u' | b'b' | b'f' | b'r']))
}

fn clean_texts(value: &mut Value) {
    match value {
        Value::String(text) => *text = clean(text).text,
        Value::Array(values) => values.iter_mut().for_each(clean_texts),
        Value::Object(map) => map.values_mut().for_each(clean_texts),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
