//! The journal: writing an operation, and reading what was written.
//!
//! Writing is the only way in which a record of the team changes on disk. In one transaction every *before* must equal its row, else the
//! operation is refused as a conflict with both values; then the rows and the journal entry are written together. Each entry carries a hash over itself and
//! the hash before it, so that a changed byte anywhere in the journal shows.

use super::{Store, draft, from_sqlite, private_notes, record, running};
use crate::error::{Error, Result};
use crate::model::change::{Change, Operation, Record, Role};
use crate::model::fields::{Fields, print_moment};
use crate::model::ids::{Id, MeetingId};
use crate::model::private_notes::PrivateNotes;
use crate::model::review::Review;
use crate::model::text;
use crate::model::vocabulary::Field;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::error::Error as StdError;

/// The hash before the first entry.
const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl Store {
    /// Writes an operation; it is durable on disk when this returns.
    ///
    /// # Errors
    /// A conflict, when a record is no longer as the operation expects it; whatever SQLite refuses. Nothing is half written.
    pub fn commit(&mut self, operation: &Operation) -> Result<()> {
        self.commit_all(std::slice::from_ref(operation), None)
    }

    /// Writes operations of one author in one transaction, and drops the author's draft at a place with them: what was recorded is never offered again.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub fn commit_all(&mut self, operations: &[Operation], place: Option<&str>) -> Result<()> {
        let Some(newest) = operations.last() else {
            return Ok(());
        };
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(from_sqlite)?;
        for operation in operations {
            for (record, fields) in after(&tx, operation)? {
                record::write(&tx, record, &fields).map_err(from_sqlite)?;
            }
            append(&tx, operation).map_err(from_sqlite)?;
        }
        if let Some(place) = place {
            draft::drop(&tx, &newest.by, place).map_err(from_sqlite)?;
        }
        match tx.commit() {
            Ok(()) => Ok(()),
            // The file system may have kept a commit that it reported as failed: look before telling.
            Err(e) => match super::connection::connect(&self.path)
                .and_then(|fresh| has(&fresh, &newest.id))
            {
                Ok(true) => Ok(()),
                _ => Err(from_sqlite(e)),
            },
        }
    }

    /// The roles of one author's operations, oldest first.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn roles(&self, by: &str) -> Result<Vec<(Id, Role)>> {
        let sql = "SELECT id, role, target FROM operation WHERE by = ?1 ORDER BY seq";
        collect(&self.conn, sql, [by], |row| {
            Ok((id_of(row, 0)?, role_of(row, 1, 2)?))
        })
    }

    /// One operation with its changes.
    ///
    /// # Errors
    /// An id that is not there.
    pub fn operation(&self, id: &Id) -> Result<Operation> {
        let found = self.read_operations("WHERE id = ?1", [id.as_str()])?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| Error::bug(format!("the journal has no operation {id}")))
    }

    /// The operations that touched any of these records, oldest first, each with only the changes to them.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn history(&self, records: &[Record]) -> Result<Vec<Operation>> {
        let names: Vec<String> = records.iter().map(ToString::to_string).collect();
        let list = serde_json::to_string(&names).map_err(Error::bug_from)?;
        let sql = "WHERE seq IN (SELECT operation FROM change WHERE record IN (SELECT value FROM json_each(?1)))";
        let mut operations = self.read_operations(sql, [list])?;
        for operation in &mut operations {
            operation
                .changes
                .retain(|change| records.contains(&change.record));
        }
        Ok(operations)
    }

    /// The private notes in the journal, and who may see what of them.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn private_notes(&self) -> Result<PrivateNotes> {
        // The index is by record, so of a long journal only the operations on private notes and report versions are read.
        let sql = "WHERE seq IN (SELECT operation FROM change WHERE (record >= 'report ' AND record < 'report!') OR record IN
            (SELECT record FROM change WHERE record >= 'finding ' AND record < 'finding!' AND field = 'private'))";
        Ok(PrivateNotes::of(&self.read_operations(sql, [])?))
    }

    /// Writes a newer catalogue over the quoted records, with the journal entry that says so, in one transaction.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn renew(
        &mut self,
        operation: &Operation,
        catalogue: &crate::model::catalogue::Catalogue,
    ) -> Result<()> {
        let mut write = || -> rusqlite::Result<()> {
            let tx = self
                .conn
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            super::catalogue::replace(&tx, catalogue)?;
            append(&tx, operation)?;
            tx.commit()
        };
        write().map_err(|e| from_sqlite(e).while_trying("Renewing the catalogue"))
    }

    /// All operations, oldest first.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn operations(&self) -> Result<Vec<Operation>> {
        self.read_operations("", [])
    }

    /// The operations that were made while a meeting ran, and what took them back or repeated them later, oldest first.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn operations_in(&self, id: &MeetingId) -> Result<Vec<Operation>> {
        self.read_operations(
            "WHERE meeting = ?1 OR target IN (SELECT id FROM operation WHERE meeting = ?1)",
            [id.as_str()],
        )
    }

    /// When something was recorded last while a meeting ran.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn newest_in(&self, id: &MeetingId) -> Result<Option<DateTime<Utc>>> {
        let sql = "SELECT at FROM operation WHERE meeting = ?1 ORDER BY at DESC LIMIT 1";
        Ok(collect(&self.conn, sql, [id.as_str()], |row| moment_of(row, 0))?.pop())
    }

    /// The newest operation that touched one of these records' fields after `id`, if any.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn newest_touching(&self, change: &Change) -> Result<Option<Operation>> {
        let sql =
            "WHERE seq = (SELECT max(operation) FROM change WHERE record = ?1 AND field = ?2)";
        Ok(self
            .read_operations(
                sql,
                [change.record.to_string(), change.field.word().to_owned()],
            )?
            .pop())
    }

    fn read_operations<P: rusqlite::Params>(
        &self,
        filter: &str,
        params: P,
    ) -> Result<Vec<Operation>> {
        let sql = format!(
            "SELECT seq, id, at, by, meeting, role, target, label FROM operation {filter} ORDER BY seq"
        );
        let heads = collect(&self.conn, &sql, params, |row| {
            let operation = Operation {
                id: id_of(row, 1)?,
                at: moment_of(row, 2)?,
                by: cleaned(row, 3)?,
                meeting: row
                    .get::<_, Option<String>>(4)?
                    .map(|id| id.parse().map_err(|e| bad(4, e)))
                    .transpose()?,
                role: role_of(row, 5, 6)?,
                label: cleaned(row, 7)?,
                changes: Vec::new(),
            };
            Ok((row.get::<_, i64>(0)?, operation))
        })?;
        heads
            .into_iter()
            .map(|(seq, mut operation)| {
                operation.changes = collect(
                    &self.conn,
                    "SELECT record, field, before, after FROM change WHERE operation = ?1 ORDER BY position",
                    [seq],
                    change_of,
                )?;
                Ok(operation)
            })
            .collect()
    }
}

/// The fields each record of the operation has afterwards; refuses what does not start from the rows.
fn after<'a>(conn: &Connection, operation: &'a Operation) -> Result<BTreeMap<&'a Record, Fields>> {
    let mut after: BTreeMap<&Record, Fields> = BTreeMap::new();
    // Of several fields that clash, the moment of the clash tells least.
    let (moments, telling): (Vec<&Change>, Vec<&Change>) = operation
        .changes
        .iter()
        .partition(|change| change.field == Field::At);
    for change in telling.into_iter().chain(moments) {
        if !after.contains_key(&change.record) {
            after.insert(
                &change.record,
                record::read(conn, &change.record).map_err(from_sqlite)?,
            );
        }
        if let (Field::Number, None, Some(number)) = (change.field, &change.before, &change.after)
            && record::has_number(conn, &change.record, number).map_err(from_sqlite)?
        {
            let what = if matches!(change.record, Record::Action(_)) {
                "action item"
            } else {
                "decision"
            };
            return Err(Error::conflict(format!(
                "Refused: somebody else wrote down {what} {number} in the meantime."
            ))
            .hint("Nothing was written. Record it again: it gets the next number."));
        }
        let Some(fields) = after.get_mut(&change.record) else {
            continue;
        };
        if fields.get(&change.field) != change.before.as_ref()
            && !matches!(change.record, Record::Quoted(_))
        {
            let unquoted = private_notes::conflict(conn, change, fields)?;
            return Err(unquoted.unwrap_or_else(|| conflict(change, fields.get(&change.field))));
        }
        match &change.after {
            Some(value) => fields.insert(change.field, value.clone()),
            None => fields.remove(&change.field),
        };
    }
    // A record goes as a whole. What is left of one was written by somebody else, after it was made or after it was taken back.
    let mut trial = Review::default();
    let mut torn =
        |(record, fields): &(&&Record, &Fields)| trial.put(record, (*fields).clone()).is_err();
    private_notes::check(conn, operation, &after)?;
    running::check(conn, &after)?;
    match after.iter().find(&mut torn) {
        Some((record, _)) => Err(Error::conflict(format!(
            "Refused: somebody else changed {record}, or took it back."
        ))
        .hint("Nothing was overwritten. Look at it again, then decide.")),
        None => Ok(after),
    }
}

/// Both values, short enough that a notice of one line shows them.
fn conflict(change: &Change, now: Option<&String>) -> Error {
    let show = |value: Option<&String>| match value {
        None => "unset".to_owned(),
        Some(value) if value.chars().count() > 24 => format!(
            "“{}…”",
            text::visible(&value.chars().take(24).collect::<String>())
        ),
        Some(value) => format!("“{}”", text::visible(value)),
    };
    let (field, record, before) = (
        change.field.label(),
        &change.record,
        show(change.before.as_ref()),
    );
    Error::conflict(format!(
        "Refused: somebody set {field} of {record} to {} (you saw {before}).",
        show(now)
    ))
    .hint("Nothing was overwritten. Look at it again, then decide.")
}

fn append(conn: &Connection, operation: &Operation) -> rusqlite::Result<()> {
    let before: Option<String> = conn
        .prepare_cached("SELECT hash FROM operation ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let hash = hash(before.as_deref().unwrap_or(BEGINNING), operation);
    let (role, target) = match &operation.role {
        Role::Do => ("do", None),
        Role::Undo(target) => ("undo", Some(target.as_str())),
        Role::Redo(target) => ("redo", Some(target.as_str())),
    };
    conn.prepare_cached("INSERT INTO operation (id, at, by, meeting, role, target, label, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![
            operation.id.as_str(),
            print_moment(operation.at),
            operation.by,
            operation.meeting.as_ref().map(|id| id.as_str()),
            role,
            target,
            operation.label,
            hash
        ])?;
    let seq = conn.last_insert_rowid();
    let mut insert =
        conn.prepare_cached("INSERT INTO change (operation, position, record, field, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (position, change) in (0_i64..).zip(&operation.changes) {
        insert.execute(params![
            seq,
            position,
            change.record.to_string(),
            change.field.word(),
            change.before,
            change.after
        ])?;
    }
    Ok(())
}

/// The hash of an entry: SHA-256 over the hash before it and every part, each with its length in front.
pub(super) fn hash(before: &str, operation: &Operation) -> String {
    let mut digest = Sha256::new();
    let mut part = |text: Option<&str>| match text {
        None => digest.update([0]),
        Some(text) => {
            digest.update([1]);
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text.as_bytes());
        }
    };
    let (role, target) = match &operation.role {
        Role::Do => ("do", None),
        Role::Undo(target) => ("undo", Some(target.as_str())),
        Role::Redo(target) => ("redo", Some(target.as_str())),
    };
    part(Some(before));
    part(Some(operation.id.as_str()));
    part(Some(&print_moment(operation.at)));
    part(Some(&operation.by));
    part(operation.meeting.as_ref().map(|id| id.as_str()));
    part(Some(role));
    part(target);
    part(Some(&operation.label));
    for change in &operation.changes {
        part(Some(&change.record.to_string()));
        part(Some(change.field.word()));
        part(change.before.as_deref());
        part(change.after.as_deref());
    }
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The hash that a chain begins with.
pub(super) fn beginning() -> &'static str {
    BEGINNING
}

fn has(conn: &Connection, id: &Id) -> rusqlite::Result<bool> {
    conn.query_row(
        "SELECT count(*) FROM operation WHERE id = ?1",
        [id.as_str()],
        |row| row.get::<_, i64>(0),
    )
    .map(|n| n > 0)
}

/// Runs a query and reads every row.
pub(super) fn collect<T, P: rusqlite::Params>(
    conn: &Connection,
    sql: &str,
    params: P,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let run = || -> rusqlite::Result<Vec<T>> {
        conn.prepare_cached(sql)?.query_map(params, read)?.collect()
    };
    run().map_err(|e| match e {
        rusqlite::Error::FromSqlConversionFailure(column, ..) => Error::bad_data(format!(
            "The journal has an entry that does not read (column {column})."
        ))
        .hint("Run `penholder check`.")
        .caused_by(e),
        _ => from_sqlite(e),
    })
}

fn bad(column: usize, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, cause.into())
}

fn cleaned(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    row.get::<_, String>(column)
        .map(|raw| text::clean(&raw).text)
}

fn id_of(row: &Row<'_>, column: usize) -> rusqlite::Result<Id> {
    row.get::<_, String>(column)?
        .parse()
        .map_err(|e| bad(column, e))
}

fn moment_of(row: &Row<'_>, column: usize) -> rusqlite::Result<DateTime<Utc>> {
    crate::model::fields::parse_moment(&row.get::<_, String>(column)?).map_err(|e| bad(column, e))
}

fn role_of(row: &Row<'_>, role: usize, target: usize) -> rusqlite::Result<Role> {
    let target = row
        .get::<_, Option<String>>(target)?
        .map(|id| id.parse().map_err(|e| bad(target, e)))
        .transpose()?;
    match (row.get::<_, String>(role)?.as_str(), target) {
        ("do", None) => Ok(Role::Do),
        ("undo", Some(id)) => Ok(Role::Undo(id)),
        ("redo", Some(id)) => Ok(Role::Redo(id)),
        _ => Err(bad(role, "outside the vocabulary")),
    }
}

fn change_of(row: &Row<'_>) -> rusqlite::Result<Change> {
    Ok(Change {
        record: cleaned(row, 0)?.parse().map_err(|e| bad(0, e))?,
        field: row.get::<_, String>(1)?.parse().map_err(|e| bad(1, e))?,
        before: row.get::<_, Option<String>>(2)?,
        after: row.get::<_, Option<String>>(3)?,
    })
}
