//! One entry of the journal as it is written: its hash, and the operation that it tells of.
//!
//! Each entry carries a hash over itself and the hash before it, so that a changed byte anywhere in the journal shows. It covers the words as they were written;
//! those of earlier schemas are read through [`Aliases`].

use super::alias::{Aliases, Written};
use super::digest::digest;
use super::query::collect;
use crate::error::{Error, Result};
use crate::model::ids::Id;
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::record::kinds::Record;
use crate::model::record::value::{parse_moment, print_moment};
use crate::model::text;
use rusqlite::{Connection, OptionalExtension, Params, params, params_from_iter};

/// The hash before the first entry.
pub(super) const BEGINNING: &str =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// An entry of the journal as it is written.
pub(super) struct Entry {
    seq: i64,
    /// Everything that its hash covers, but for its changes.
    parts: [Option<String>; 7],
    changes: Vec<Written>,
    /// The hash that was written with it.
    pub hash: String,
}

/// Reads the entries that a filter names, oldest first.
pub(super) fn read<P: Params>(conn: &Connection, filter: &str, params: P) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT id, at, by, meeting, role, target, label, seq, hash FROM operation {filter} ORDER BY seq"
    );
    let mut entries = collect(conn, &sql, params, |row| {
        let (id, at, by, meeting, role, target, label, seq, hash) = row.try_into()?;
        Ok(Entry {
            seq,
            parts: [id, at, by, meeting, role, target, label],
            changes: Vec::new(),
            hash,
        })
    })?;
    let sql =
        "SELECT record, field, before, after FROM change WHERE operation = ?1 ORDER BY position";
    for entry in &mut entries {
        entry.changes = collect(conn, sql, [entry.seq], |row| Written::read(row, 0))?;
    }
    Ok(entries)
}

/// Reads the operations that a filter names, oldest first.
pub(super) fn operations<P: Params>(
    conn: &Connection,
    aliases: &Aliases,
    filter: &str,
    params: P,
) -> Result<Vec<Operation>> {
    let entries = read(conn, filter, params)?.into_iter();
    entries.map(|entry| entry.operation(aliases)).collect()
}

/// The role that is written as a word and the id of another operation.
pub(super) fn role(word: &str, target: Option<Id>) -> Option<Role> {
    match (word, target) {
        ("do", None) => Some(Role::Do),
        ("undo", Some(id)) => Some(Role::Undo(id)),
        ("redo", Some(id)) => Some(Role::Redo(id)),
        _ => None,
    }
}

impl Entry {
    /// The entry of an operation that is to be written.
    fn of(operation: &Operation) -> Entry {
        let (role, target) = match &operation.role {
            Role::Do => ("do", None),
            Role::Undo(target) => ("undo", Some(target)),
            Role::Redo(target) => ("redo", Some(target)),
        };
        let changes = operation.changes.iter().map(|change| Written {
            record: change.record.to_string(),
            field: change.field.word().to_owned(),
            before: change.before.clone(),
            after: change.after.clone(),
        });
        Entry {
            seq: 0,
            parts: [
                Some(operation.id.to_string()),
                Some(print_moment(operation.at)),
                Some(operation.by.clone()),
                operation.meeting.as_ref().map(ToString::to_string),
                Some(role.to_owned()),
                target.map(ToString::to_string),
                Some(operation.label.clone()),
            ],
            changes: changes.collect(),
            hash: String::new(),
        }
    }

    /// The hash that it should have after another: SHA-256 over the hash before it and every part.
    pub fn hash_after(&self, before: &str) -> String {
        let parts = self.parts.iter().map(Option::as_deref);
        let changes = self.changes.iter().flat_map(|change| {
            [
                Some(change.record.as_str()),
                Some(&change.field),
                change.before.as_deref(),
                change.after.as_deref(),
            ]
        });
        digest([Some(before)].into_iter().chain(parts).chain(changes))
    }

    /// The operation that it tells of.
    pub fn operation(self, aliases: &Aliases) -> Result<Operation> {
        let entry = self.seq;
        let bad = |what: &str| {
            Error::bad_data(format!(
                "The journal has an entry that does not read ({what} of entry {entry})."
            ))
            .hint("Run `penholder check`.")
        };
        let [id, at, by, mut meeting, role, target, label] = self.parts;
        let mut written = self.changes;
        if aliases.apply_to(entry) {
            meeting = meeting.map(|id| aliases.meeting(&id));
            written = aliases.changes(written);
        }
        let text = |part: Option<String>| text::clean(&part.unwrap_or_default()).text;
        let target = target.map(|id| id.parse().map_err(|_| bad("target")));
        let meeting = meeting.map(|id| id.parse().map_err(|_| bad("meeting")));
        let role = self::role(&role.unwrap_or_default(), target.transpose()?);
        let changes = written.into_iter().map(|change| {
            let record = text::clean(&change.record).text;
            let record: Record = record.parse().map_err(|_| bad("a record"))?;
            Ok(Change {
                field: record.field(&change.field).ok_or_else(|| bad("a field"))?,
                record,
                before: change.before,
                after: change.after,
            })
        });
        Ok(Operation {
            id: id.unwrap_or_default().parse().map_err(|_| bad("id"))?,
            at: parse_moment(&at.unwrap_or_default()).map_err(|_| bad("at"))?,
            by: text(by),
            meeting: meeting.transpose()?,
            role: role.ok_or_else(|| bad("role"))?,
            label: text(label),
            changes: changes.collect::<Result<_>>()?,
        })
    }
}

/// Writes an operation behind the entries that are there.
pub(super) fn append(conn: &Connection, operation: &Operation) -> Result<()> {
    let before: Option<String> = conn
        .prepare_cached("SELECT hash FROM operation ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let entry = Entry::of(operation);
    let hash = entry.hash_after(before.as_deref().unwrap_or(BEGINNING));
    let parts = entry.parts.into_iter().chain([Some(hash)]);
    conn.prepare_cached("INSERT INTO operation (id, at, by, meeting, role, target, label, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params_from_iter(parts))?;
    let seq = conn.last_insert_rowid();
    let mut insert =
        conn.prepare_cached("INSERT INTO change (operation, position, record, field, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (position, change) in (0_i64..).zip(&entry.changes) {
        let Written {
            record,
            field,
            before,
            after,
        } = change;
        insert.execute(params![seq, position, record, field, before, after])?;
    }
    Ok(())
}
