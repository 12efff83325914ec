//! The recommendations of the earlier review, with everything that was reported about them.

use super::column::{numbered, put, rows, rows_by};
use super::review::quote;
use crate::error::Result;
use crate::model::catalogue::{Catalogue, CrossReference, Deliverable, Link, Recommendation, RecommendationSources, StatusParagraph};
use crate::model::ids::RecommendationNumber;
use rusqlite::{Connection, Transaction};

pub(super) fn write(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO recommendation (number, label, section, as_of, text, source, claim, implementation_notes, label_source, section_source,
            as_of_source, implementation_notes_source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (number) DO UPDATE SET label = excluded.label, section = excluded.section, as_of = excluded.as_of, text = excluded.text,
            source = excluded.source, claim = excluded.claim, implementation_notes = excluded.implementation_notes,
            label_source = excluded.label_source, section_source = excluded.section_source, as_of_source = excluded.as_of_source,
            implementation_notes_source = excluded.implementation_notes_source",
    )?;
    for recommendation in &catalogue.recommendations {
        let Recommendation { number, label, section, as_of, text, source, claim, implementation_notes, sources, .. } = recommendation;
        put(
            &mut insert,
            &[
                number,
                label,
                section,
                as_of,
                text,
                source,
                claim,
                implementation_notes,
                &sources.label,
                &sources.section,
                &sources.as_of,
                &sources.implementation_notes,
            ],
        )?;
    }
    write_wordings(tx, catalogue)?;
    write_deliverables(tx, catalogue)?;
    write_status(tx, catalogue)?;
    write_links(tx, catalogue)?;
    write_cross_references(tx, catalogue)
}

fn write_wordings(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut clear = tx.prepare("DELETE FROM wording WHERE recommendation = ?1")?;
    let mut insert = tx.prepare("INSERT INTO wording (recommendation, position, text, source) VALUES (?1, ?2, ?3, ?4)")?;
    for Recommendation { number, wordings, .. } in &catalogue.recommendations {
        put(&mut clear, &[number])?;
        for (position, wording) in numbered(wordings) {
            put(&mut insert, &[number, &position, &wording.text, &wording.source])?;
        }
    }
    Ok(())
}

/// Deliverables are named by their row, so they are updated in place.
fn write_deliverables(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO deliverable (recommendation, row, text, sub_items, phase, responsible, due, status, source, status_source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (recommendation, row) DO UPDATE SET text = excluded.text, sub_items = excluded.sub_items, phase = excluded.phase,
            responsible = excluded.responsible, due = excluded.due, status = excluded.status, source = excluded.source,
            status_source = excluded.status_source",
    )?;
    for (at, deliverable) in catalogue.recommendations.iter().flat_map(Recommendation::numbered_deliverables) {
        let Deliverable { text, sub_items, phase, responsible, due, status, source, status_source } = deliverable;
        put(&mut insert, &[&at.recommendation, &at.row, text, sub_items, phase, responsible, due, status, source, status_source])?;
    }
    Ok(())
}

fn write_status(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut clear = tx.prepare("DELETE FROM status_paragraph WHERE recommendation = ?1")?;
    let mut insert =
        tx.prepare("INSERT INTO status_paragraph (recommendation, position, text, level, source) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for Recommendation { number, project_status, .. } in &catalogue.recommendations {
        put(&mut clear, &[number])?;
        for (position, StatusParagraph { text, level, source }) in numbered(project_status) {
            put(&mut insert, &[number, &position, text, level, source])?;
        }
    }
    Ok(())
}

fn write_links(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut clear = tx.prepare("DELETE FROM link WHERE recommendation = ?1")?;
    let mut insert = tx.prepare("INSERT INTO link (recommendation, position, text, address, source) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for Recommendation { number, links, .. } in &catalogue.recommendations {
        put(&mut clear, &[number])?;
        for (position, Link { text, address, source }) in numbered(links) {
            put(&mut insert, &[number, &position, text, address, source])?;
        }
    }
    Ok(())
}

fn write_cross_references(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut clear = tx.prepare("DELETE FROM cross_reference WHERE recommendation = ?1")?;
    let mut insert =
        tx.prepare("INSERT INTO cross_reference (recommendation, position, mentioned, text, source) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for Recommendation { number, cross_references, .. } in &catalogue.recommendations {
        put(&mut clear, &[number])?;
        for (position, CrossReference { recommendation: mentioned, text, source }) in numbered(cross_references) {
            put(&mut insert, &[number, &position, mentioned, text, source])?;
        }
    }
    Ok(())
}

pub(super) fn load(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    type Number = RecommendationNumber;
    let sql = "SELECT recommendation, text, source FROM wording ORDER BY recommendation, position";
    let mut wordings = rows_by(conn, "wording", sql, |row| Ok((row.take::<Number>()?, quote(row)?)))?;

    let mut deliverables = rows_by(
        conn,
        "deliverable",
        "SELECT recommendation, text, sub_items, phase, responsible, due, status, source, status_source FROM deliverable
         ORDER BY recommendation, row",
        |row| {
            let number: Number = row.take()?;
            let deliverable = Deliverable {
                text: row.take()?,
                sub_items: row.take()?,
                phase: row.take()?,
                responsible: row.take()?,
                due: row.take()?,
                status: row.take()?,
                source: row.take()?,
                status_source: row.take()?,
            };
            Ok((number, deliverable))
        },
    )?;

    let sql = "SELECT recommendation, text, level, source FROM status_paragraph ORDER BY recommendation, position";
    let mut status = rows_by(conn, "status_paragraph", sql, |row| {
        Ok((row.take::<Number>()?, StatusParagraph { text: row.take()?, level: row.take()?, source: row.take()? }))
    })?;

    let sql = "SELECT recommendation, text, address, source FROM link ORDER BY recommendation, position";
    let mut links = rows_by(conn, "link", sql, |row| {
        Ok((row.take::<Number>()?, Link { text: row.take()?, address: row.take()?, source: row.take()? }))
    })?;

    let sql = "SELECT recommendation, mentioned, text, source FROM cross_reference ORDER BY recommendation, position";
    let mut mentions = rows_by(conn, "cross_reference", sql, |row| {
        Ok((row.take::<Number>()?, CrossReference { recommendation: row.take()?, text: row.take()?, source: row.take()? }))
    })?;

    catalogue.recommendations = rows(
        conn,
        "recommendation",
        "SELECT number, label, section, as_of, text, source, claim, implementation_notes, label_source, section_source, as_of_source,
            implementation_notes_source
         FROM recommendation ORDER BY number",
        |row| {
            let number: Number = row.take()?;
            Ok(Recommendation {
                number,
                label: row.take()?,
                section: row.take()?,
                as_of: row.take()?,
                text: row.take()?,
                source: row.take()?,
                claim: row.take()?,
                implementation_notes: row.take()?,
                sources: RecommendationSources {
                    label: row.take()?,
                    section: row.take()?,
                    as_of: row.take()?,
                    implementation_notes: row.take()?,
                },
                wordings: wordings.remove(&number).unwrap_or_default(),
                deliverables: deliverables.remove(&number).unwrap_or_default(),
                project_status: status.remove(&number).unwrap_or_default(),
                links: links.remove(&number).unwrap_or_default(),
                cross_references: mentions.remove(&number).unwrap_or_default(),
            })
        },
    )?;
    Ok(())
}
