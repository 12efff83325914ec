//! Drafts: text that was typed and not recorded yet, one per author and place. Not part of the journal.

use super::{Store, from_sqlite};
use crate::error::Result;
use crate::model::draft::Draft;
use crate::model::fields::print_moment;
use crate::model::text;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

/// Drops the draft at a place, if there is one.
pub(super) fn drop(conn: &Connection, author: &str, place: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM draft WHERE author = ?1 AND place = ?2")?
        .execute(params![author, place])
        .map(|_| ())
}

impl Store {
    /// Keeps what was typed at a place; an empty text drops the draft.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn keep_draft(
        &mut self,
        author: &str,
        place: &str,
        draft: &Draft,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let mut write = || -> rusqlite::Result<()> {
            let tx = self
                .conn
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            if draft.text.is_empty() {
                drop(&tx, author, place)?;
            } else {
                let sql = "INSERT INTO draft (author, place, text, found, at) VALUES (?1, ?2, ?3, ?4, ?5)
                           ON CONFLICT (author, place) DO UPDATE SET text = excluded.text, found = excluded.found, at = excluded.at";
                tx.prepare_cached(sql)?.execute(params![
                    author,
                    place,
                    draft.text,
                    draft.found,
                    print_moment(at)
                ])?;
            }
            tx.commit()
        };
        write().map_err(from_sqlite)
    }

    /// What was typed at a place and not recorded, cleaned.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn draft(&self, author: &str, place: &str) -> Result<Option<Draft>> {
        let cleaned = |raw: String| text::clean(&raw).text;
        let sql = "SELECT text, found FROM draft WHERE author = ?1 AND place = ?2";
        let read = || {
            self.conn
                .prepare_cached(sql)?
                .query_row(params![author, place], |row| {
                    Ok(Draft {
                        text: cleaned(row.get(0)?),
                        found: row.get::<_, Option<String>>(1)?.map(cleaned),
                    })
                })
                .optional()
        };
        read().map_err(from_sqlite)
    }

    /// The places at which an author has a draft.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn drafts(&self, author: &str) -> Result<Vec<String>> {
        super::journal::collect(
            &self.conn,
            "SELECT place FROM draft WHERE author = ?1 ORDER BY at DESC, place",
            [author],
            |row| row.get(0),
        )
    }
}
