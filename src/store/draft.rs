//! Drafts: text that was typed and not recorded yet, one per author and place. Not part of the journal.

use super::digest::digest;
use super::journal::collect;
use super::{Store, from_sqlite};
use crate::error::Result;
use crate::model::draft::Draft;
use crate::model::record::value::print_moment;
use crate::model::text;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

/// Drops the draft at a place, if there is one.
pub(super) fn drop(conn: &Connection, author: &str, place: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM draft WHERE author = ?1 AND place = ?2")?
        .execute(params![author, place])
        .map(|_| ())
}

/// The author and place of each draft, its digest, and the digest that it should have.
fn digests(conn: &Connection) -> Result<Vec<(String, String, String, String)>> {
    let sql = "SELECT author, place, digest, text, found, at FROM draft ORDER BY author, place";
    collect(conn, sql, [], |row| {
        let (author, place): (String, String) = (row.get(0)?, row.get(1)?);
        let (text, found, at): (String, Option<String>, String) =
            (row.get(3)?, row.get(4)?, row.get(5)?);
        let due = digest([
            Some(author.as_str()),
            Some(&place),
            Some(&text),
            found.as_deref(),
            Some(&at),
        ]);
        Ok((author, place, row.get(2)?, due))
    })
}

/// Gives the drafts that an earlier schema had their digests.
pub(super) fn complete(conn: &Connection) -> Result<()> {
    for (author, place, _, digest) in digests(conn)? {
        let sql = "UPDATE draft SET digest = ?3 WHERE author = ?1 AND place = ?2";
        conn.execute(sql, params![author, place, digest])
            .map_err(from_sqlite)?;
    }
    Ok(())
}

/// Says which drafts are not what was typed, a sentence each.
pub(super) fn check(conn: &Connection) -> Result<Vec<String>> {
    let altered = digests(conn)?
        .into_iter()
        .filter(|(.., digest, due)| digest != due);
    Ok(altered
        .map(|(author, place, ..)| {
            format!(
                "The draft of {} at {} is not what was written.",
                text::visible(&author),
                text::visible(&place)
            )
        })
        .collect())
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
                let sql = "INSERT OR REPLACE INTO draft (author, place, text, found, at, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                let at = print_moment(at);
                let digest = digest([
                    Some(author),
                    Some(place),
                    Some(&draft.text),
                    draft.found.as_deref(),
                    Some(&at),
                ]);
                tx.prepare_cached(sql)?.execute(params![
                    author,
                    place,
                    draft.text,
                    draft.found,
                    at,
                    digest
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
        collect(
            &self.conn,
            "SELECT place FROM draft WHERE author = ?1 ORDER BY at DESC, place",
            [author],
            |row| row.get(0),
        )
    }
}
