//! The journal of earlier schemas: what it calls records that had no id then, and how it is read since.
//!
//! Until schema 6 a question, a meeting, an agenda item, a round and a report version were named by their numbers. Each got an id that is derived from the operation
//! that made it, so that all copies of a workspace have the same. The journal keeps its words, since each entry's hash covers them; they are read through
//! table alias, and what was in the name then is read as fields of the record.

use super::digest::digest;
use super::journal::collect;
use super::{from_sqlite, record};
use crate::error::{Error, Result};
use crate::model::ids::Id;
use crate::model::journal::replay::Replay;
use crate::model::record::describe::{FieldDescription, Fields};
use crate::model::record::kinds::{Kind, Record};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// A change as the journal spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub record: String,
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What the journal calls records, up to an operation, and what they are called since.
#[derive(Debug, Clone, Default)]
pub(super) struct Aliases {
    names: BTreeMap<String, String>,
    last_operation: i64,
}

/// The kinds that were named by numbers: the word, the field that every record of the kind has from its making, and the fields that were the
/// parts of its name.
const NAMED_BY_NUMBERS: [(&str, &str, &[&str]); 4] = [
    ("question", "text", &["number"]),
    ("agenda", "text", &["meeting", "number"]),
    ("round", "at", &["matter", "round"]),
    ("report", "at", &["meeting", "version"]),
];

/// The tables of schemas 2 to 5: the word of the kind, the table, the columns of the key, and which rows are the team's.
const EARLIER_TABLES: [(&str, &str, &[&str], &str); 16] = [
    ("rec", "assessment", &["recommendation"], "1"),
    (
        "deliverable",
        "deliverable_verdict",
        &["recommendation", "row"],
        "1",
    ),
    ("finding", "finding", &["id"], "1"),
    ("question", "question", &["number"], "from_catalogue = 0"),
    ("question", "ledger", &["number"], "1"),
    ("answer", "answer", &["id"], "1"),
    ("member", "member", &["name"], "from_catalogue = 0"),
    ("meeting", "meeting", &["id"], "from_catalogue = 0"),
    ("agenda", "agenda", &["meeting", "item"], "1"),
    ("queued", "queued", &["meeting", "recommendation"], "1"),
    ("attendance", "attendance", &["meeting", "name"], "1"),
    ("decision", "decision", &["id"], "1"),
    ("action", "action", &["id"], "1"),
    ("position", "position", &["id"], "1"),
    ("round", "round", &["matter", "round"], "1"),
    ("report", "call_report", &["meeting", "version"], "1"),
];

impl Aliases {
    /// Reads the table of aliases.
    pub fn load(conn: &Connection) -> Result<Aliases> {
        let names = collect(conn, "SELECT old, new FROM alias", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let last = collect(
            conn,
            "SELECT coalesce(max(last_operation), 0) FROM alias",
            [],
            |row| row.get(0),
        )?;
        Ok(Aliases {
            names: names.into_iter().collect(),
            last_operation: last.first().copied().unwrap_or(0),
        })
    }

    /// Finds the names for every record and value of the journal of an earlier schema.
    fn of(conn: &Connection) -> Result<Aliases> {
        let sql = "SELECT operation.seq, operation.id, record, field, before, after FROM change JOIN operation ON operation.seq = change.operation
            ORDER BY operation.seq, field <> 'meeting', position";
        let changes = collect(conn, sql, [], |row| {
            let change = Written {
                record: row.get(2)?,
                field: row.get(3)?,
                before: row.get(4)?,
                after: row.get(5)?,
            };
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, change))
        })?;
        let mut aliases = Aliases::default();
        // The meeting that each record names at this place of the journal.
        let mut meetings: BTreeMap<String, String> = BTreeMap::new();
        for (seq, operation, change) in changes {
            aliases.last_operation = seq;
            let (word, key) = change
                .record
                .split_once(' ')
                .unwrap_or((&change.record, ""));
            let derived = |name: &str| Id::derived(&digest([Some(operation.as_str()), Some(name)]));
            let is_made = match word {
                // What the team recorded on a question that a source prints has no text.
                "question" => change.field == "text" && change.before.is_none(),
                "meeting" | "agenda" | "round" | "report" => true,
                _ => false,
            };
            if is_made && !aliases.names.contains_key(&change.record) {
                let new = format!("{word} {}", derived(&change.record));
                aliases.names.insert(change.record.clone(), new);
            }
            if change.field == "meeting" {
                meetings.extend(
                    change
                        .after
                        .clone()
                        .map(|meeting| (change.record.clone(), meeting)),
                );
            }
            if change.field == "agenda_item" || (word, change.field.as_str()) == ("meeting", "item")
            {
                let meeting = if word == "meeting" {
                    Some(key)
                } else {
                    meetings.get(&change.record).map(String::as_str)
                };
                for value in change.before.iter().chain(&change.after) {
                    let name = format!("{} {} {value}", change.record, change.field);
                    let item = meeting.and_then(|meeting| {
                        aliases.names.get(&format!("agenda {meeting}.{value}"))
                    });
                    let id = item
                        .and_then(|item| item.strip_prefix("agenda "))
                        .map(str::to_owned);
                    // An item that nobody made, as a file could name one.
                    let id = id.unwrap_or_else(|| derived(&name).to_string());
                    aliases.names.entry(name).or_insert(id);
                }
            }
        }
        Ok(aliases)
    }

    /// Whether an operation is written in the earlier words.
    pub fn apply_to(&self, seq: i64) -> bool {
        seq <= self.last_operation
    }

    /// What a record is called since.
    pub fn record(&self, old: &str) -> String {
        if let Some(new) = self.names.get(old) {
            return new.clone();
        }
        let (word, key) = old.split_once(' ').unwrap_or((old, ""));
        match (word, key.split_once('.')) {
            ("queued" | "attendance", Some((meeting, rest))) => {
                format!("{word} {}.{rest}", self.meeting(meeting))
            }
            _ => old.to_owned(),
        }
    }

    /// What a meeting is called since.
    pub fn meeting(&self, old: &str) -> String {
        let new = self.names.get(&format!("meeting {old}"));
        new.and_then(|new| new.strip_prefix("meeting "))
            .unwrap_or(old)
            .to_owned()
    }

    /// What a value is since.
    fn value(&self, record: &str, known: &FieldDescription, old: &str) -> String {
        let key_of = |name: String| {
            self.names
                .get(&name)
                .and_then(|new| new.split_once(' '))
                .map(|(_, key)| key.to_owned())
        };
        match known.refers {
            [Kind::Question] => {
                let ids = old.split(", ").map(|number| {
                    key_of(format!("question {number}")).unwrap_or_else(|| number.to_owned())
                });
                ids.collect::<Vec<_>>().join(", ")
            }
            [Kind::Meeting] => self.meeting(old),
            [Kind::Agenda] => {
                let name = format!("{record} {} {old}", known.field.word());
                self.names
                    .get(&name)
                    .cloned()
                    .unwrap_or_else(|| old.to_owned())
            }
            [] => old.to_owned(),
            _ => self
                .names
                .get(old)
                .cloned()
                .unwrap_or_else(|| old.to_owned()),
        }
    }

    /// The changes as they are read since: where a record was made or removed, what was in its name changes with it.
    pub fn changes(&self, written: Vec<Written>) -> Vec<Written> {
        let mut read = Vec::with_capacity(written.len());
        for change in written {
            let record = self.record(&change.record);
            let known = record
                .parse::<Record>()
                .ok()
                .and_then(|record| record.kind());
            let known = known.and_then(|kind| kind.description().field(&change.field));
            let value = |value: Option<String>| match known {
                Some(known) => value.map(|value| self.value(&change.record, known, &value)),
                None => value,
            };
            let (word, key) = change
                .record
                .split_once(' ')
                .unwrap_or((&change.record, ""));
            let named = NAMED_BY_NUMBERS
                .iter()
                .find(|(kind, made, _)| *kind == word && *made == change.field);
            if let Some((_, _, parts)) = named.filter(|_| self.names.contains_key(&change.record)) {
                let values: Vec<String> = match (parts, key.rsplit_once('.')) {
                    ([_, _], Some((of, number))) if word == "round" => {
                        vec![self.record(of), number.to_owned()]
                    }
                    ([_, _], Some((of, number))) => vec![self.meeting(of), number.to_owned()],
                    _ => vec![key.to_owned()],
                };
                for (field, value) in parts.iter().zip(values) {
                    let (before, after) = (change.before.is_some(), change.after.is_some());
                    if before != after {
                        read.push(Written {
                            record: record.clone(),
                            field: (*field).to_owned(),
                            before: before.then(|| value.clone()),
                            after: after.then_some(value),
                        });
                    }
                }
            }
            let (before, after) = (value(change.before.clone()), value(change.after.clone()));
            if before != after {
                read.push(Written {
                    record,
                    field: change.field.clone(),
                    before,
                    after,
                });
            }
        }
        read
    }
}

/// What a file of an earlier schema has, by the names that records have since.
pub(super) struct Earlier {
    aliases: Aliases,
    rows: BTreeMap<String, Fields>,
}

/// Reads the team's rows of an earlier schema, before its tables go.
pub(super) fn read_earlier(conn: &Connection) -> Result<Earlier> {
    let tables = collect(
        conn,
        "SELECT name FROM sqlite_schema WHERE type = 'table'",
        [],
        |row| row.get::<_, String>(0),
    )?;
    let has = |table: &str| tables.iter().any(|name| name == table);
    let aliases = if has("operation") {
        Aliases::of(conn)?
    } else {
        Aliases::default()
    };
    let mut rows = BTreeMap::new();
    for (word, table, key, team) in EARLIER_TABLES
        .into_iter()
        .filter(|(_, table, ..)| has(table))
    {
        let sql = format!("SELECT * FROM {table} WHERE {team}");
        let mut statement = conn.prepare(&sql).map_err(from_sqlite)?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut found = statement.query([]).map_err(from_sqlite)?;
        while let Some(row) = found.next().map_err(from_sqlite)? {
            let mut values: BTreeMap<&str, String> = BTreeMap::new();
            for (at, column) in columns.iter().enumerate() {
                let text = match row.get_ref(at).map_err(from_sqlite)? {
                    ValueRef::Null => continue,
                    ValueRef::Integer(number) => number.to_string(),
                    ValueRef::Real(number) => number.to_string(),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                        String::from_utf8_lossy(bytes).into_owned()
                    }
                };
                values.insert(if column == "on_day" { "on" } else { column }, text);
            }
            let name: Vec<String> = key
                .iter()
                .filter_map(|column| values.get(column).cloned())
                .collect();
            let old = format!("{word} {}", name.join("."));
            let record = aliases.record(&old);
            let fields = record
                .parse::<Record>()
                .map(|record| record.fields())
                .unwrap_or_default();
            let fields = fields.iter().filter_map(|known| {
                let value = values.get(known.field.word())?;
                Some((known.field, aliases.value(&old, known, value)))
            });
            rows.insert(record.clone(), fields.collect());
        }
    }
    Ok(Earlier { aliases, rows })
}

/// Writes the rows of an earlier schema, as its journal leads to them, into the tables of this one, and the aliases.
///
/// # Errors
/// A row that is not what the journal leads to: nothing is taken from such a file.
pub(super) fn write_earlier(conn: &Connection, earlier: &Earlier) -> Result<()> {
    let write = || -> rusqlite::Result<()> {
        let mut insert =
            conn.prepare("INSERT INTO alias (old, new, last_operation) VALUES (?1, ?2, ?3)")?;
        for (old, new) in &earlier.aliases.names {
            insert.execute(params![old, new, earlier.aliases.last_operation])?;
            // A draft is kept under the name of the record that it is about.
            conn.execute(
                "UPDATE OR IGNORE draft SET place = substr(place, 1, length(place) - length(?1)) || ?2
                    WHERE place = ?1 OR substr(place, -length(?1) - 1) = ' ' || ?1",
                params![old, new],
            )?;
        }
        Ok(())
    };
    write().map_err(from_sqlite)?;
    let operations = super::journal::read_all(conn, &earlier.aliases)?;
    let replay = Replay::of(&operations);
    let refused = |record: &str| {
        Error::bad_data(format!("The row of {record} is not what the journal leads to."))
            .hint("The file was left as it is. Run `penholder check` of an earlier version, or go back to a backup.")
    };
    let is_written = |record: &String| {
        record
            .parse()
            .is_ok_and(|record| !replay.fields(&record).is_empty())
    };
    if let Some(record) = earlier.rows.keys().find(|record| !is_written(record)) {
        return Err(refused(record));
    }
    for (record, fields) in replay.records() {
        // What was in the name of a record then was in no column.
        let says = |fields: &Fields, word: &str| {
            fields
                .iter()
                .find(|(field, _)| field.word() == word)
                .map(|(_, value)| value.clone())
        };
        let row = earlier.rows.get(&record.to_string());
        let is_same = fields.iter().all(|(field, value)| {
            row.is_some_and(|row| says(row, field.word()).is_none_or(|held| held == *value))
        });
        let has_more = row.is_some_and(|row| row.keys().any(|field| !fields.contains_key(field)));
        if fields.is_empty() != row.is_none() || !is_same || has_more {
            return Err(refused(&record.to_string()));
        }
        record::write(conn, record, fields).map_err(from_sqlite)?;
    }
    Ok(())
}
