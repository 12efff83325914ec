//! Drafts: text that was typed and not recorded yet, one per author and place. Not part of the journal.

use super::Store;
use super::digest::digest;
use super::query::{begin, collect};
use crate::error::Result;
use crate::model::draft::Draft;
use crate::model::record::value::print_moment;
use crate::model::text;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

/// Drops the draft at a place, if there is one.
pub(super) fn drop(conn: &Connection, author: &str, place: &str) -> Result<()> {
    let sql = "DELETE FROM draft WHERE author = ?1 AND place = ?2";
    conn.prepare_cached(sql)?.execute([author, place])?;
    Ok(())
}

/// The author and place of each draft, its digest, and the digest that it should have.
fn digests(conn: &Connection) -> Result<Vec<(String, String, String, String)>> {
    let sql = "SELECT author, place, text, found, at, digest FROM draft ORDER BY author, place";
    collect(conn, sql, [], |row| {
        let parts = (0..5).map(|column| row.get::<_, Option<String>>(column));
        let parts = parts.collect::<rusqlite::Result<Vec<_>>>()?;
        let due = digest(parts.iter().map(Option::as_deref));
        Ok((row.get(0)?, row.get(1)?, row.get(5)?, due))
    })
}

/// Gives the drafts that an earlier schema had their digests.
pub(super) fn complete(conn: &Connection) -> Result<()> {
    for (author, place, _, digest) in digests(conn)? {
        let sql = "UPDATE draft SET digest = ?3 WHERE author = ?1 AND place = ?2";
        conn.execute(sql, [author, place, digest])?;
    }
    Ok(())
}

/// Says which drafts are not what was typed, a sentence each.
pub(super) fn check(conn: &Connection) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (author, place, digest, due) in digests(conn)? {
        if digest != due {
            let (author, place) = (text::visible(&author), text::visible(&place));
            faults.push(format!(
                "The draft of {author} at {place} is not what was written."
            ));
        }
    }
    Ok(faults)
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
        let tx = begin(&mut self.conn)?;
        let Draft { text, found } = draft;
        if text.is_empty() {
            drop(&tx, author, place)?;
        } else {
            let sql = "INSERT OR REPLACE INTO draft (author, place, text, found, at, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let at = print_moment(at);
            let required = [author, place, text].map(Some).into_iter();
            let digest = digest(required.chain([found.as_deref(), Some(&at)]));
            tx.prepare_cached(sql)?
                .execute(params![author, place, text, found, at, digest])?;
        }
        Ok(tx.commit()?)
    }

    /// What was typed at a place and not recorded, cleaned.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn draft(&self, author: &str, place: &str) -> Result<Option<Draft>> {
        let cleaned = |raw: String| text::clean(&raw).text;
        let sql = "SELECT text, found FROM draft WHERE author = ?1 AND place = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let draft = statement.query_row([author, place], |row| {
            Ok(Draft {
                text: cleaned(row.get(0)?),
                found: row.get::<_, Option<String>>(1)?.map(cleaned),
            })
        });
        Ok(draft.optional()?)
    }

    /// The places at which an author has a draft.
    ///
    /// # Errors
    /// Whatever SQLite refuses.
    pub fn drafts(&self, author: &str) -> Result<Vec<String>> {
        let sql = "SELECT place FROM draft WHERE author = ?1 ORDER BY at DESC, place";
        collect(&self.conn, sql, [author], |row| row.get(0))
    }
}
