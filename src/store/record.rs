//! The rows of the team's records: read as fields, written as fields.
//!
//! One row of [`TABLES`] says how a family of records is stored; the SQL is spelled out there.

mod call;

use super::from_sqlite;
use crate::error::{Error, Result};
use crate::model::change::Record;
use crate::model::fields::{ANSWER, ASSESSMENT, FINDING, Fields, QUESTION};
use crate::model::review::Review;
use crate::model::text;
use crate::model::vocabulary::Field;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params_from_iter};

/// How one family of records is stored.
struct Table {
    /// All rows: the key columns, then the fields.
    all: &'static str,
    /// One row by its key: the fields.
    one: &'static str,
    /// Writes a row: the key, then the fields.
    put: &'static str,
    /// Removes a row by its key.
    remove: &'static str,
    /// How many columns the key has.
    key: usize,
    /// The fields, in the order of the columns.
    fields: &'static [Field],
}

const ASSESSMENTS: Table = Table {
    all: "SELECT recommendation, implementation, relevance, effect, standing, consensus, penholder, agreed_in, objections_by, blocked_by, what_was_done, finding,
            how_assessed, further_work FROM assessment ORDER BY recommendation",
    one: "SELECT implementation, relevance, effect, standing, consensus, penholder, agreed_in, objections_by, blocked_by, what_was_done, finding, how_assessed,
            further_work FROM assessment WHERE recommendation = ?1",
    put: "INSERT OR REPLACE INTO assessment (recommendation, implementation, relevance, effect, standing, consensus, penholder, agreed_in,
            objections_by, blocked_by, what_was_done, finding, how_assessed, further_work) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    remove: "DELETE FROM assessment WHERE recommendation = ?1",
    key: 1,
    fields: ASSESSMENT,
};

const VERDICTS: Table = Table {
    all: "SELECT recommendation, row, verdict FROM deliverable_verdict ORDER BY recommendation, row",
    one: "SELECT verdict FROM deliverable_verdict WHERE recommendation = ?1 AND row = ?2",
    put: "INSERT OR REPLACE INTO deliverable_verdict (recommendation, row, verdict) VALUES (?1, ?2, ?3)",
    remove: "DELETE FROM deliverable_verdict WHERE recommendation = ?1 AND row = ?2",
    key: 2,
    fields: &[Field::Verdict],
};

const FINDINGS: Table = Table {
    all: "SELECT id, about, at, by, said_by, kind, meeting, minute, agenda_item, text, private, withdrawn FROM finding ORDER BY at, id",
    one: "SELECT about, at, by, said_by, kind, meeting, minute, agenda_item, text, private, withdrawn FROM finding WHERE id = ?1",
    put: "INSERT OR REPLACE INTO finding (id, about, at, by, said_by, kind, meeting, minute, agenda_item, text, private, withdrawn)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    remove: "DELETE FROM finding WHERE id = ?1",
    key: 1,
    fields: FINDING,
};

const LEDGER: Table = Table {
    all: "SELECT number, recommendation, text, briefing, asked_by, addressee, asked_on, due, parent, state, reason FROM ledger ORDER BY number",
    one: "SELECT recommendation, text, briefing, asked_by, addressee, asked_on, due, parent, state, reason FROM ledger WHERE number = ?1",
    put: "INSERT OR REPLACE INTO ledger (number, recommendation, text, briefing, asked_by, addressee, asked_on, due, parent, state, reason)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    remove: "DELETE FROM ledger WHERE number = ?1",
    key: 1,
    fields: QUESTION,
};

const ANSWERS: Table = Table {
    all: "SELECT id, question, text, by, on_day, link, satisfies, why, at FROM answer ORDER BY at, id",
    one: "SELECT question, text, by, on_day, link, satisfies, why, at FROM answer WHERE id = ?1",
    put: "INSERT OR REPLACE INTO answer (id, question, text, by, on_day, link, satisfies, why, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    remove: "DELETE FROM answer WHERE id = ?1",
    key: 1,
    fields: ANSWER,
};

const MEMBERS: Table = Table {
    all: "SELECT name, name FROM member WHERE from_catalogue = 0 ORDER BY name",
    one: "SELECT name FROM member WHERE name = ?1 AND from_catalogue = 0",
    put: "INSERT INTO member (name, from_catalogue) SELECT ?1, 0 WHERE ?2 IS NOT NULL ON CONFLICT DO NOTHING",
    remove: "DELETE FROM member WHERE name = ?1 AND from_catalogue = 0",
    key: 1,
    fields: &[Field::Name],
};

/// Every family, with the word its records are named by; what the first screen shows comes first.
const TABLES: &[(&str, &Table)] = &[
    ("rec", &ASSESSMENTS),
    ("deliverable", &VERDICTS),
    ("finding", &FINDINGS),
    ("question", &LEDGER),
    ("answer", &ANSWERS),
    ("member", &MEMBERS),
    ("meeting", &call::MEETINGS),
    ("agenda", &call::AGENDA),
    ("queued", &call::QUEUED),
    ("attendance", &call::ATTENDANCE),
    ("decision", &call::DECISIONS),
    ("action", &call::ACTIONS),
    ("position", &call::POSITIONS),
    ("round", &call::ROUNDS),
    ("report", &call::REPORTS),
];

/// The table of a record and its key; a quoted record has no table of the team's.
fn place(record: &Record) -> Option<(&'static Table, Vec<String>)> {
    Some(match record {
        Record::Assessment(number) => (&ASSESSMENTS, vec![number.to_string()]),
        Record::Deliverable(number) => (
            &VERDICTS,
            vec![number.recommendation.to_string(), number.row.to_string()],
        ),
        Record::Finding(id) => (&FINDINGS, vec![id.to_string()]),
        Record::Question(number) => (&LEDGER, vec![number.to_string()]),
        Record::Answer(id) => (&ANSWERS, vec![id.to_string()]),
        Record::Member(name) => (&MEMBERS, vec![name.clone()]),
        Record::Meeting(id) => (&call::MEETINGS, vec![id.to_string()]),
        Record::Agenda(id, item) => (&call::AGENDA, vec![id.to_string(), item.to_string()]),
        Record::Queued(id, number) => (&call::QUEUED, vec![id.to_string(), number.to_string()]),
        Record::Attendance(id, name) => (&call::ATTENDANCE, vec![id.to_string(), name.clone()]),
        Record::Decision(id) => (&call::DECISIONS, vec![id.to_string()]),
        Record::Action(id) => (&call::ACTIONS, vec![id.to_string()]),
        Record::Position(id) => (&call::POSITIONS, vec![id.to_string()]),
        Record::Round(matter, round) => {
            (&call::ROUNDS, vec![matter.to_string(), round.to_string()])
        }
        Record::Report(id, version) => (&call::REPORTS, vec![id.to_string(), version.to_string()]),
        Record::Quoted(_) => return None,
    })
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

fn fields_of(row: &Row<'_>, first: usize, fields: &[Field]) -> rusqlite::Result<Fields> {
    let mut found = Fields::new();
    for (i, field) in fields.iter().enumerate() {
        if let Some(value) = text_of(row, first + i)? {
            found.insert(*field, value);
        }
    }
    Ok(found)
}

/// Reads the fields of one record as they are on disk.
pub(super) fn read(conn: &Connection, record: &Record) -> rusqlite::Result<Fields> {
    let Some((table, key)) = place(record) else {
        return Ok(Fields::new());
    };
    let mut statement = conn.prepare_cached(table.one)?;
    let mut rows = statement.query(params_from_iter(key))?;
    rows.next()?
        .map_or_else(|| Ok(Fields::new()), |row| fields_of(row, 0, table.fields))
}

/// Whether another decision or action item bears this number. They are numbered through, and two windows may give out the same at once.
pub(super) fn has_number(
    conn: &Connection,
    record: &Record,
    number: &str,
) -> rusqlite::Result<bool> {
    let (sql, id) = match record {
        Record::Decision(id) => (
            "SELECT count(*) FROM decision WHERE number = CAST(?1 AS INTEGER) AND id <> ?2",
            id,
        ),
        Record::Action(id) => (
            "SELECT count(*) FROM action WHERE number = CAST(?1 AS INTEGER) AND id <> ?2",
            id,
        ),
        _ => return Ok(false),
    };
    conn.prepare_cached(sql)?
        .query_row([number, id.as_str()], |row| row.get::<_, i64>(0))
        .map(|count| count > 0)
}

/// Writes the fields of one record; none means that its row goes.
pub(super) fn write(conn: &Connection, record: &Record, fields: &Fields) -> rusqlite::Result<()> {
    let Some((table, key)) = place(record) else {
        return Ok(());
    };
    if fields.is_empty() {
        conn.prepare_cached(table.remove)?
            .execute(params_from_iter(key))?;
    } else {
        let values = table.fields.iter().map(|field| fields.get(field));
        conn.prepare_cached(table.put)?
            .execute(params_from_iter(key.iter().map(Some).chain(values)))?;
    }
    Ok(())
}

/// Reads all records of the team into a review that has none.
pub(super) fn load_all(conn: &Connection, review: &mut Review) -> Result<()> {
    load(conn, TABLES, review)
}

/// Reads the team's verdicts and assessments alone.
pub(super) fn load_first(conn: &Connection, review: &mut Review) -> Result<()> {
    load(conn, &TABLES[..2], review)
}

fn load(conn: &Connection, tables: &[(&str, &Table)], review: &mut Review) -> Result<()> {
    for (word, table) in tables {
        let mut statement = conn.prepare_cached(table.all).map_err(from_sqlite)?;
        let mut rows = statement.query([]).map_err(from_sqlite)?;
        while let Some(row) = rows.next().map_err(from_sqlite)? {
            let read = || -> rusqlite::Result<(String, Fields)> {
                let key: Vec<String> = (0..table.key)
                    .map(|i| text_of(row, i))
                    .filter_map(Result::transpose)
                    .collect::<rusqlite::Result<_>>()?;
                Ok((
                    format!("{word} {}", key.join(".")),
                    fields_of(row, table.key, table.fields)?,
                ))
            };
            let (name, fields) = read().map_err(from_sqlite)?;
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
    }
    Ok(())
}
