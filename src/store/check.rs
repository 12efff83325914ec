//! `penholder check`: is the file sound, does the journal lead to the rows, do the counts fit?
//!
//! SQLite's own integrity check overlooks changed text, so the journal's chain of hashes is followed as well, and the journal is
//! replayed from the beginning and compared with the rows. Quoted records and drafts, of which the journal does not tell, have digests of their
//! own.

use super::query::collect;
use super::{Store, entry, record};
use crate::error::Result;
use crate::model::journal::replay::Replay;
use crate::model::review::Review;
use crate::model::text::visible;
use rusqlite::Connection;

impl Store {
    /// Everything that is wrong with the file, a sentence each; nothing when it is sound.
    ///
    /// # Errors
    /// A file so damaged that it cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut faults = Vec::new();
        let sql = "PRAGMA integrity_check(20)";
        let integrity = collect(&self.conn, sql, [], |row| row.get::<_, String>(0))?;
        if integrity != ["ok"] {
            let shown = integrity.iter().map(|line| visible(line));
            faults.extend(shown.map(|line| format!("SQLite: {line}.")));
        }
        faults.extend(foreign_key_faults(&self.conn)?);
        faults.extend(super::catalogue::check::check(&self.conn));
        faults.extend(super::draft::check(&self.conn)?);
        self.check_journal(&mut faults)?;
        Ok(faults)
    }

    fn check_journal(&self, faults: &mut Vec<String>) -> Result<()> {
        let mut before = entry::BEGINNING.to_owned();
        let mut replay = Replay::default();
        for (number, entry) in (1..).zip(entry::read(&self.conn, "", [])?) {
            let is_altered = entry.hash_after(&before) != entry.hash;
            before.clone_from(&entry.hash);
            let operation = entry.operation(&self.aliases)?;
            if is_altered {
                faults.push(format!(
                    "Journal entry {number} ({}, {}) is not what was written: its hash does not fit.",
                    operation.at, operation.label
                ));
            }
            for change in replay.apply(&operation.changes) {
                faults.push(format!(
                    "Journal entry {number} changes {} of {} from a value it did not have.",
                    change.field.label(),
                    change.record
                ));
            }
        }
        for (record, fields) in replay.records() {
            if record::read(&self.conn, record)? != *fields {
                faults.push(format!(
                    "The row of {record} is not what the journal leads to."
                ));
            }
        }
        let mut review = Review::default();
        record::load_all(&self.conn, &mut review)?;
        faults.extend(super::references::faults(&self.conn, &review.records)?);
        let records = review.records.names();
        let unwritten = records.filter(|record| replay.fields(record).is_empty());
        faults.extend(
            unwritten
                .map(|record| format!("There is a row of {record} that no journal entry wrote.")),
        );
        Ok(())
    }
}

/// The rows that point to a row that is not there, a sentence each.
pub(super) fn foreign_key_faults(conn: &Connection) -> Result<Vec<String>> {
    collect(conn, "PRAGMA foreign_key_check", [], |row| {
        Ok(format!(
            "A row of {} points to a row of {} that is not there.",
            row.get::<_, String>(0)?,
            row.get::<_, String>(2)?
        ))
    })
}
