//! Slides, which hold what no other record does, and remarks on what is odd in the sources.

use super::column::{numbered, put, rows, rows_by};
use crate::error::Result;
use crate::model::catalogue::{Catalogue, Slide};
use crate::model::remark::Remark;
use rusqlite::{Connection, Transaction};

pub(super) fn write(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM slide", [])?;
    let mut insert = tx.prepare(
        "INSERT INTO slide (position, document, title, text, source) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (
        position,
        Slide {
            document,
            title,
            text,
            source,
        },
    ) in numbered(&catalogue.slides)
    {
        put(&mut insert, &[&position, document, title, text, source])?;
    }

    tx.execute("DELETE FROM remark", [])?;
    let mut insert = tx.prepare("INSERT INTO remark (position, grade, text, contradicts_claim, source) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut insert_concern =
        tx.prepare("INSERT INTO remark_concern (remark, position, concern) VALUES (?1, ?2, ?3)")?;
    for (
        remark,
        Remark {
            grade,
            text,
            concerns,
            contradicts_claim,
            source,
        },
    ) in numbered(&catalogue.remarks)
    {
        put(
            &mut insert,
            &[&remark, grade, text, contradicts_claim, source],
        )?;
        for (position, concern) in numbered(concerns) {
            put(&mut insert_concern, &[&remark, &position, concern])?;
        }
    }
    Ok(())
}

pub(super) fn load(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    let sql = "SELECT position, document, title, text, source FROM slide ORDER BY position";
    catalogue.slides = rows(conn, "slide", sql, |row| {
        row.take::<u32>()?;
        Ok(Slide {
            document: row.take()?,
            title: row.take()?,
            text: row.take()?,
            source: row.take()?,
        })
    })?;

    let sql = "SELECT remark, concern FROM remark_concern ORDER BY remark, position";
    let mut concerns = rows_by(conn, "remark_concern", sql, |row| {
        Ok((row.take::<u32>()?, row.take::<String>()?))
    })?;
    let sql =
        "SELECT position, grade, text, contradicts_claim, source FROM remark ORDER BY position";
    catalogue.remarks = rows(conn, "remark", sql, |row| {
        let position: u32 = row.take()?;
        Ok(Remark {
            grade: row.take()?,
            text: row.take()?,
            concerns: concerns.remove(&position).unwrap_or_default(),
            contradicts_claim: row.take()?,
            source: row.take()?,
        })
    })?;
    Ok(())
}
