//! The head of the catalogue, the reviews and the source documents.

use super::column::{Fields, numbered, put, rows, rows_by};
use crate::error::{Error, Result};
use crate::model::catalogue::{Catalogue, Document, Header, Quote, Review};
use rusqlite::{Connection, Transaction};

pub(super) fn write(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut head = tx.prepare(
        "INSERT INTO catalogue (only_row, review, edition) VALUES (1, ?1, ?2)
         ON CONFLICT (only_row) DO UPDATE SET review = excluded.review, edition = excluded.edition",
    )?;
    put(
        &mut head,
        &[&catalogue.header.review, &catalogue.header.edition],
    )?;

    let mut insert = tx.prepare(
        "INSERT INTO review (name, position, role, full_name, source) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (name) DO UPDATE SET position = excluded.position, role = excluded.role, full_name = excluded.full_name,
            source = excluded.source",
    )?;
    let mut clear_dates = tx.prepare("DELETE FROM review_date WHERE review = ?1")?;
    let mut insert_date = tx.prepare(
        "INSERT INTO review_date (review, position, text, source) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (
        position,
        Review {
            name,
            role,
            full_name,
            source,
            dates,
        },
    ) in numbered(&catalogue.reviews)
    {
        put(&mut insert, &[name, &position, role, full_name, source])?;
        put(&mut clear_dates, &[name])?;
        for (position, date) in numbered(dates) {
            put(
                &mut insert_date,
                &[name, &position, &date.text, &date.source],
            )?;
        }
    }

    let mut insert = tx.prepare(
        "INSERT INTO document (number, position, file, kind, title, subtitle, date, note, source, lines)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (number) DO UPDATE SET position = excluded.position, file = excluded.file, kind = excluded.kind, title = excluded.title,
            subtitle = excluded.subtitle, date = excluded.date, note = excluded.note, source = excluded.source, lines = excluded.lines",
    )?;
    for (
        position,
        Document {
            number,
            file,
            kind,
            title,
            subtitle,
            date,
            note,
            source,
            lines,
        },
    ) in numbered(&catalogue.documents)
    {
        put(
            &mut insert,
            &[
                number, &position, file, kind, title, subtitle, date, note, source, lines,
            ],
        )?;
    }
    Ok(())
}

pub(super) fn load_header(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    let heads = rows(
        conn,
        "catalogue",
        "SELECT review, edition FROM catalogue",
        |row| {
            Ok(Header {
                review: row.take()?,
                edition: row.take()?,
            })
        },
    )?;
    let none =
        || Error::bad_data("Table catalogue has no row; expected one, with review and edition.");
    catalogue.header = heads.into_iter().next().ok_or_else(none)?;
    Ok(())
}

pub(super) fn load(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    load_header(conn, catalogue)?;

    let sql = "SELECT review, text, source FROM review_date ORDER BY review, position";
    let mut dates = rows_by(conn, "review_date", sql, |row| {
        Ok((row.take::<String>()?, quote(row)?))
    })?;
    catalogue.reviews = rows(
        conn,
        "review",
        "SELECT name, role, full_name, source FROM review ORDER BY position",
        |row| {
            let name: String = row.take()?;
            let dates = dates.remove(&name).unwrap_or_default();
            Ok(Review {
                name,
                role: row.take()?,
                full_name: row.take()?,
                source: row.take()?,
                dates,
            })
        },
    )?;

    let sql = "SELECT number, file, kind, title, subtitle, date, note, source, lines FROM document ORDER BY position";
    catalogue.documents = rows(conn, "document", sql, |row| {
        Ok(Document {
            number: row.take()?,
            file: row.take()?,
            kind: row.take()?,
            title: row.take()?,
            subtitle: row.take()?,
            date: row.take()?,
            note: row.take()?,
            source: row.take()?,
            lines: row.take()?,
        })
    })?;
    Ok(())
}

/// Reads a text and its source from the next two columns.
pub(super) fn quote(row: &mut Fields<'_, '_>) -> Result<Quote> {
    Ok(Quote {
        text: row.take()?,
        source: row.take()?,
    })
}
