//! The journal: writing an operation, and reading what was written.
//!
//! Writing is the only way in which a record of the team changes on disk. In one transaction every *before* must equal its row, else the
//! operation is refused as a conflict with both values; then the rows and the journal entry are written together. Each entry carries a hash over itself and
//! the hash before it, so that a changed byte anywhere in the journal shows.

use super::query::{begin, collect, exists, unreadable};
use super::{Store, draft, entry, ids, private_notes, record, references, running};
use crate::error::{Error, Result};
use crate::model::catalogue::Catalogue;
use crate::model::ids::{Id, MeetingId};
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::private_notes::PrivateNotes;
use crate::model::record::describe::Fields;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::record::value::parse_moment;
use crate::model::review::Review;
use crate::model::text;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Params};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

/// What to do about a conflict.
pub(super) const LOOK_AGAIN: &str = "Nothing was overwritten. Look at it again, then decide.";

impl Store {
    /// Writes an operation; it is durable on disk when this returns.
    ///
    /// # Errors
    /// A conflict, when a record is no longer as the operation expects it; whatever SQLite refuses. Nothing is half written.
    pub fn commit(&mut self, operation: &Operation) -> Result<()> {
        self.commit_all(vec![operation.clone()], None, None)
            .map(drop)
    }

    /// Writes operations of one author in one transaction, and drops the author's draft at a place with them: what was recorded is never offered again.
    /// `known` is the newest id that was known when they were planned. They are returned as they were written: with later ids, if another window has written since.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub fn commit_all(
        &mut self,
        mut operations: Vec<Operation>,
        known: Option<&Id>,
        place: Option<&str>,
    ) -> Result<Vec<Operation>> {
        let tx = begin(&mut self.conn)?;
        if let Some(newest) = newest_id(&tx)? {
            ids::come_after(&tx, known, &newest, &mut operations)?;
        }
        for operation in &operations {
            let after = after(&tx, operation)?;
            for (record, fields) in &after {
                record::write(&tx, record, fields)?;
            }
            references::check(&tx, &after)?;
            entry::append(&tx, operation)?;
        }
        let Some(newest) = operations.last() else {
            return Ok(operations);
        };
        if let Some(place) = place {
            draft::drop(&tx, &newest.by, place)?;
        }
        match tx.commit() {
            Ok(()) => Ok(operations),
            // The file system may have kept a commit that it reported as failed: look before telling.
            Err(e) => match is_written(&self.path, &newest.id) {
                Ok(true) => Ok(operations),
                _ => Err(e.into()),
            },
        }
    }

    /// The newest id in the journal, of those that penholder made; an operation is newer than everything in it.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn newest_id(&self) -> Result<Option<Id>> {
        newest_id(&self.conn)
    }

    /// The roles of one author's operations, oldest first.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn roles(&self, by: &str) -> Result<Vec<(Id, Role)>> {
        let sql = "SELECT id, role, target FROM operation WHERE by = ?1 ORDER BY seq";
        let rows = collect(&self.conn, sql, [by], |row| {
            <(String, String, Option<String>)>::try_from(row)
        })?;
        let read = |(id, role, target): (String, String, Option<String>)| {
            let id = id.parse().map_err(|e| unreadable(0).caused_by(e))?;
            let target = target.map(|target| target.parse()).transpose();
            let target = target.map_err(|e| unreadable(2).caused_by(e))?;
            let role = entry::role(&role, target).ok_or_else(|| unreadable(1))?;
            Ok((id, role))
        };
        rows.into_iter().map(read).collect()
    }

    /// One operation with its changes.
    ///
    /// # Errors
    /// An id that is not there.
    pub fn operation(&self, id: &Id) -> Result<Operation> {
        self.read_operations("WHERE id = ?1", [id.as_str()])?
            .pop()
            .ok_or_else(|| Error::bug(format!("the journal has no operation {id}")))
    }

    /// The operations that touched any of these records, oldest first, each with only the changes to them.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn history(&self, records: &[Record]) -> Result<Vec<Operation>> {
        let names: Vec<String> = records.iter().map(ToString::to_string).collect();
        let list = serde_json::to_string(&names).map_err(Error::bug_from)?;
        let sql = "WHERE seq IN (SELECT operation FROM change WHERE record IN
            (SELECT value FROM json_each(?1) UNION SELECT old FROM alias WHERE new IN (SELECT value FROM json_each(?1))))";
        let mut operations = self.read_operations(sql, [list])?;
        for Operation { changes, .. } in &mut operations {
            changes.retain(|change| records.contains(&change.record));
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
    pub fn renew(&mut self, operation: &Operation, catalogue: &Catalogue) -> Result<()> {
        let mut write = || -> Result<()> {
            let tx = begin(&mut self.conn)?;
            super::catalogue::replace(&tx, catalogue)?;
            entry::append(&tx, operation)?;
            Ok(tx.commit()?)
        };
        write().map_err(|e| e.while_trying("Renewing the catalogue"))
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
        let sql = "WHERE meeting IN (?1, ?2) OR target IN (SELECT id FROM operation WHERE meeting IN (?1, ?2))";
        self.read_operations(sql, self.names_of(id)?)
    }

    /// What the journal calls a meeting, now and in the words of earlier schemas.
    fn names_of(&self, id: &MeetingId) -> Result<[String; 2]> {
        let sql = "SELECT substr(old, 9) FROM alias WHERE new = ?1";
        let old = collect(&self.conn, sql, [format!("meeting {id}")], |row| row.get(0))?.pop();
        Ok([id.to_string(), old.unwrap_or_else(|| id.to_string())])
    }

    /// When something was recorded last while a meeting ran.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn newest_in(&self, id: &MeetingId) -> Result<Option<DateTime<Utc>>> {
        let sql = "SELECT at FROM operation WHERE meeting IN (?1, ?2) ORDER BY at DESC LIMIT 1";
        let newest = collect(&self.conn, sql, self.names_of(id)?, |row| row.get(0))?.pop();
        let moment = |at: String| parse_moment(&at).map_err(|_| unreadable(0));
        newest.map(moment).transpose()
    }

    /// The newest operation that touched one of these records' fields after `id`, if any.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn newest_touching(&self, change: &Change) -> Result<Option<Operation>> {
        let sql = "WHERE seq = (SELECT max(operation) FROM change WHERE field = ?2 AND (record = ?1 OR record IN (SELECT old FROM alias WHERE new = ?1)))";
        let params = (change.record.to_string(), change.field.word());
        Ok(self.read_operations(sql, params)?.pop())
    }

    fn read_operations<P: Params>(&self, filter: &str, params: P) -> Result<Vec<Operation>> {
        entry::operations(&self.conn, &self.aliases, filter, params)
    }
}

/// The fields each record of the operation has afterwards; refuses what does not start from the rows.
fn after<'a>(conn: &Connection, operation: &'a Operation) -> Result<BTreeMap<&'a Record, Fields>> {
    let mut after: BTreeMap<&Record, Fields> = BTreeMap::new();
    // Of several fields that clash, the moment of the clash tells least.
    let (moments, telling): (Vec<&Change>, Vec<&Change>) = operation
        .changes
        .iter()
        .partition(|change| change.field == Finding::AT);
    for change in telling.into_iter().chain(moments) {
        let fields = match after.entry(&change.record) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(record::read(conn, &change.record)?),
        };
        if fields.get(&change.field) != change.before.as_ref()
            && !matches!(change.record, Record::Quoted(_))
        {
            let unquoted = private_notes::conflict(conn, change, fields)?;
            return Err(unquoted.unwrap_or_else(|| conflict(change, fields)));
        }
        change.apply_to(fields);
    }
    private_notes::check(conn, operation, &after)?;
    for (record, fields) in &after {
        if record::is_number_taken(conn, record, fields)? {
            let what = record.label(fields);
            let message = format!("Refused: somebody else wrote down {what} in the meantime.");
            return Err(Error::conflict(message)
                .hint("Nothing was written. Record it again: it gets the next number."));
        }
    }
    running::check(conn, &after)?;
    // A record is created and removed as a whole. Fields without the rest were written by somebody else after it was created or removed.
    let mut trial = Review::default();
    for (record, fields) in &after {
        if trial.put(record, fields.clone()).is_err() {
            let what = record.label(fields);
            let message = format!("Refused: somebody else changed {what}, or took it back.");
            return Err(Error::conflict(message).hint(LOOK_AGAIN));
        }
    }
    Ok(after)
}

/// Both values, short enough that a notice of one line shows them.
fn conflict(change: &Change, fields: &Fields) -> Error {
    let show = |value: Option<&String>| match value {
        None => "unset".to_owned(),
        Some(value) => {
            let short: String = value.chars().take(24).collect();
            let dots = if short.len() < value.len() { "…" } else { "" };
            format!("“{}{dots}”", text::visible(&short))
        }
    };
    let (before, now) = (
        show(change.before.as_ref()),
        show(fields.get(&change.field)),
    );
    let (field, record) = (change.field.label(), change.record.label(fields));
    let message = format!("Refused: somebody set {field} of {record} to {now} (you saw {before}).");
    Error::conflict(message).hint(LOOK_AGAIN)
}

fn newest_id(conn: &Connection) -> Result<Option<Id>> {
    let sql = "SELECT id FROM operation WHERE id >= 'n' AND id < 'o' ORDER BY id DESC";
    let mut statement = conn.prepare_cached(sql)?;
    let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
    // Another program may have made an id that only begins like ours.
    for id in ids {
        if let Ok(id) = id?.parse::<Id>()
            && id.is_made()
        {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Looks whether an operation is in the file, with a connection that did not write it.
fn is_written(path: &Path, id: &Id) -> Result<bool> {
    let conn = super::connection::connect(path)?;
    let sql = "SELECT 1 FROM operation WHERE id = ?1";
    exists(&conn, sql, [id.as_str()])
}
