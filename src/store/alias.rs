//! The journal of earlier schemas: what it calls records that had no id then, and how it is read since.
//!
//! Until schema 6 a question, a meeting, an agenda item, a round and a report version were named by their numbers. Each got an id that is derived from the operation
//! that made it, so that all copies of a workspace have the same. The journal keeps its words, since each entry's hash covers them; they are read through
//! table alias, and what was in the name then is read as fields of the record.

use super::digest::digest;
use super::query::collect;
use super::{entry, record};
use crate::error::{Error, Result};
use crate::model::ids::Id;
use crate::model::journal::replay::Replay;
use crate::model::record::describe::{FieldDescription, Fields};
use crate::model::record::kinds::{Kind, Record};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;

/// A change as the journal spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub record: String,
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Written {
    /// Reads a change whose first column is `first`.
    pub fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Written> {
        Ok(Written {
            record: row.get(first)?,
            field: row.get(first + 1)?,
            before: row.get(first + 2)?,
            after: row.get(first + 3)?,
        })
    }
}

/// What the journal calls records, up to an operation, and what they are called since.
#[derive(Debug, Clone, Default)]
pub(super) struct Aliases {
    names: BTreeMap<String, String>,
    last_operation: i64,
}

/// The team's rows of schema 5, with what the journal called them.
const EARLIER_ROWS: [&str; 16] = [
    "SELECT 'rec ' || recommendation AS record, * FROM assessment",
    "SELECT 'deliverable ' || recommendation || '.' || row AS record, * FROM deliverable_verdict",
    "SELECT 'finding ' || id AS record, * FROM finding",
    "SELECT 'question ' || number AS record, * FROM question WHERE from_catalogue = 0",
    "SELECT 'question ' || number AS record, * FROM ledger",
    "SELECT 'answer ' || id AS record, * FROM answer",
    "SELECT 'member ' || name AS record, * FROM member WHERE from_catalogue = 0",
    "SELECT 'meeting ' || id AS record, * FROM meeting WHERE from_catalogue = 0",
    "SELECT 'agenda ' || meeting || '.' || item AS record, * FROM agenda",
    "SELECT 'queued ' || meeting || '.' || recommendation AS record, * FROM queued",
    "SELECT 'attendance ' || meeting || '.' || name AS record, * FROM attendance",
    "SELECT 'decision ' || id AS record, * FROM decision",
    "SELECT 'action ' || id AS record, * FROM action",
    "SELECT 'position ' || id AS record, * FROM position",
    "SELECT 'round ' || matter || '.' || round AS record, * FROM round",
    "SELECT 'report ' || meeting || '.' || version AS record, * FROM call_report",
];

impl Aliases {
    /// Reads the table of aliases.
    pub fn load(conn: &Connection) -> Result<Aliases> {
        let mut aliases = Aliases::default();
        let sql = "SELECT old, new, last_operation FROM alias";
        let rows = collect(conn, sql, [], |row| <(String, String, i64)>::try_from(row))?;
        for (old, new, last_operation) in rows {
            aliases.names.insert(old, new);
            aliases.last_operation = aliases.last_operation.max(last_operation);
        }
        Ok(aliases)
    }

    /// Finds the names for every record and value of the journal of an earlier schema.
    fn of(conn: &Connection) -> Result<Aliases> {
        let sql = "SELECT operation.seq, operation.id, record, field, before, after FROM change JOIN operation ON operation.seq = change.operation
            ORDER BY operation.seq, field <> 'meeting', position";
        let changes = collect(conn, sql, [], |row| {
            let operation = (row.get::<_, i64>(0)?, row.get::<_, String>(1)?);
            Ok((operation, Written::read(row, 2)?))
        })?;
        let mut aliases = Aliases::default();
        // The meeting that each record names at this place of the journal.
        let mut meetings: BTreeMap<String, String> = BTreeMap::new();
        for ((seq, operation), change) in changes {
            aliases.last_operation = seq;
            let Written { record, field, .. } = &change;
            let (word, key) = word_and_key(record);
            let derived = |name: &str| Id::derived(&digest([Some(operation.as_str()), Some(name)]));
            let is_made = match word {
                // What the team recorded on a question that a source prints has no text.
                "question" => field == "text" && change.before.is_none(),
                "meeting" | "agenda" | "round" | "report" => true,
                _ => false,
            };
            if is_made && !aliases.names.contains_key(record) {
                let new = format!("{word} {}", derived(record));
                aliases.names.insert(record.clone(), new);
            }
            if let ("meeting", Some(meeting)) = (field.as_str(), &change.after) {
                meetings.insert(record.clone(), meeting.clone());
            }
            let meeting = match (word, field.as_str()) {
                ("meeting", "item") => Some(key),
                (_, "agenda_item") => meetings.get(record).map(String::as_str),
                _ => continue,
            };
            for value in change.before.iter().chain(&change.after) {
                let name = format!("{record} {field} {value}");
                let item = meeting.and_then(|id| aliases.key("agenda", &format!("{id}.{value}")));
                // An item that no operation created: an imported file could name one.
                let id = item.map_or_else(|| derived(&name).to_string(), str::to_owned);
                aliases.names.entry(name).or_insert(id);
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
        let (word, key) = word_and_key(old);
        match (word, key.split_once('.')) {
            ("queued" | "attendance", Some((meeting, rest))) => {
                format!("{word} {}.{rest}", self.meeting(meeting))
            }
            _ => old.to_owned(),
        }
    }

    /// What a meeting is called since.
    pub fn meeting(&self, old: &str) -> String {
        self.key("meeting", old).unwrap_or(old).to_owned()
    }

    /// The present key of a record that used to be named by a number.
    fn key(&self, word: &str, old: &str) -> Option<&str> {
        let new = self.names.get(&format!("{word} {old}"))?;
        Some(word_and_key(new).1)
    }

    /// What a value is since.
    fn value(&self, record: &str, known: &FieldDescription, old: &str) -> String {
        let renamed = |name: &str| self.names.get(name).map_or(old, String::as_str).to_owned();
        match known.refers {
            [Kind::Question] => {
                let ids = old.split(", ");
                let ids = ids.map(|number| self.key("question", number).unwrap_or(number));
                ids.collect::<Vec<_>>().join(", ")
            }
            [Kind::Meeting] => self.meeting(old),
            [Kind::Agenda] => renamed(&format!("{record} {} {old}", known.field.word())),
            [] => old.to_owned(),
            _ => renamed(old),
        }
    }

    /// The fields that were the parts of a record's name, if this change is of the field that every record of its kind has from its making.
    fn parts_of_name(&self, change: &Written) -> Vec<(&'static str, String)> {
        let (word, key) = word_and_key(&change.record);
        if !self.names.contains_key(&change.record) {
            return Vec::new();
        }
        match (word, change.field.as_str(), key.rsplit_once('.')) {
            ("question", "text", _) => vec![("number", key.to_owned())],
            ("agenda", "text", Some((meeting, number))) => {
                vec![
                    ("meeting", self.meeting(meeting)),
                    ("number", number.to_owned()),
                ]
            }
            ("round", "at", Some((matter, round))) => {
                vec![("matter", self.record(matter)), ("round", round.to_owned())]
            }
            ("report", "at", Some((meeting, version))) => {
                vec![
                    ("meeting", self.meeting(meeting)),
                    ("version", version.to_owned()),
                ]
            }
            _ => Vec::new(),
        }
    }

    /// The changes as they are read since: where a record was made or removed, what was in its name changes with it.
    pub fn changes(&self, written: Vec<Written>) -> Vec<Written> {
        let mut read = Vec::with_capacity(written.len());
        for change in written {
            let record = self.record(&change.record);
            let (is_made, is_removed) = (change.before.is_none(), change.after.is_none());
            let parts = self.parts_of_name(&change).into_iter();
            read.extend(
                parts
                    .filter(|_| is_made != is_removed)
                    .map(|(field, value)| Written {
                        record: record.clone(),
                        field: field.to_owned(),
                        before: is_removed.then(|| value.clone()),
                        after: is_made.then_some(value),
                    }),
            );
            let fields = record
                .parse::<Record>()
                .map_or(&[][..], |record| record.fields());
            let known = fields
                .iter()
                .find(|known| known.field.word() == change.field);
            let value = |value: Option<String>| match known {
                Some(known) => value.map(|value| self.value(&change.record, known, &value)),
                None => value,
            };
            let (before, after) = (value(change.before), value(change.after));
            if before != after {
                read.push(Written {
                    record,
                    field: change.field,
                    before,
                    after,
                });
            }
        }
        read
    }
}

/// The word of a record's kind and its key, as in `meeting plenary-43`.
fn word_and_key(record: &str) -> (&str, &str) {
    record.split_once(' ').unwrap_or((record, ""))
}

/// What a file of an earlier schema has: its aliases, and its rows by the names that records have since.
pub(super) type Earlier = (Aliases, BTreeMap<String, Fields>);

/// Reads the team's rows of schema 5 before its tables are dropped. Files of earlier schemas are migrated to schema 5 first.
pub(super) fn read_earlier(conn: &Connection) -> Result<Earlier> {
    let aliases = Aliases::of(conn)?;
    let mut rows = BTreeMap::new();
    for sql in EARLIER_ROWS {
        let mut statement = conn.prepare(sql)?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let mut values: BTreeMap<&str, String> = BTreeMap::new();
            for (at, column) in columns.iter().enumerate() {
                let text = match row.get_ref(at)? {
                    ValueRef::Null => continue,
                    ValueRef::Integer(number) => number.to_string(),
                    ValueRef::Real(number) => number.to_string(),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                        String::from_utf8_lossy(bytes).into_owned()
                    }
                };
                values.insert(if column == "on_day" { "on" } else { column }, text);
            }
            let old = values.remove("record").unwrap_or_default();
            let record = aliases.record(&old);
            let fields = record
                .parse::<Record>()
                .map_or(&[][..], |record| record.fields());
            let fields = fields.iter().filter_map(|known| {
                let value = values.get(known.field.word())?;
                Some((known.field, aliases.value(&old, known, value)))
            });
            let fields = fields.collect();
            rows.insert(record, fields);
        }
    }
    Ok((aliases, rows))
}

/// Writes the rows of an earlier schema, as its journal leads to them, into the tables of this one, and the aliases.
///
/// # Errors
/// A row that is not what the journal leads to: nothing is taken from such a file.
pub(super) fn write_earlier(conn: &Connection, (aliases, rows): &Earlier) -> Result<()> {
    let mut insert =
        conn.prepare("INSERT INTO alias (old, new, last_operation) VALUES (?1, ?2, ?3)")?;
    for (old, new) in &aliases.names {
        insert.execute(params![old, new, aliases.last_operation])?;
        // A draft is kept under the name of the record that it is about.
        conn.execute(
            "UPDATE OR IGNORE draft SET place = substr(place, 1, length(place) - length(?1)) || ?2
                WHERE place = ?1 OR substr(place, -length(?1) - 1) = ' ' || ?1",
            [old, new],
        )?;
    }
    let replay = Replay::of(&entry::operations(conn, aliases, "", [])?);
    let refused = |record: &str| {
        Error::bad_data(format!("The row of {record} is not what the journal leads to."))
            .hint("The file was left as it is. Run `penholder check` of an earlier version, or go back to a backup.")
    };
    let is_written = |record: &String| {
        record
            .parse()
            .is_ok_and(|record| !replay.fields(&record).is_empty())
    };
    if let Some(record) = rows.keys().find(|record| !is_written(record)) {
        return Err(refused(record));
    }
    for (record, fields) in replay.records() {
        let name = record.to_string();
        // What was in the name of a record then was in no column.
        let is_same = match rows.get(&name) {
            Some(row) => row
                .iter()
                .all(|(field, value)| fields.get(field) == Some(value)),
            None => fields.is_empty(),
        };
        if !is_same {
            return Err(refused(&name));
        }
        record::write(conn, record, fields)?;
    }
    Ok(())
}
