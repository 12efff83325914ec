//! The recommendations of the earlier review, with everything that was reported about them.

use super::column::{Fields, numbered, put, rows, rows_with};
use super::review::quote;
use crate::error::Result;
use crate::model::catalogue::{
    Catalogue, CrossReference, Deliverable, Link, Recommendation, RecommendationSources,
    StatusParagraph,
};
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
        let Recommendation {
            number,
            label,
            section,
            as_of,
            text,
            source,
            claim,
            implementation_notes,
            sources,
            ..
        } = recommendation;
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
    let mut insert = tx.prepare(
        "INSERT INTO wording (recommendation, position, text, source) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for Recommendation {
        number, wordings, ..
    } in &catalogue.recommendations
    {
        put(&mut clear, &[number])?;
        for (position, wording) in numbered(wordings) {
            put(
                &mut insert,
                &[number, &position, &wording.text, &wording.source],
            )?;
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
    for (at, deliverable) in catalogue
        .recommendations
        .iter()
        .flat_map(Recommendation::numbered_deliverables)
    {
        let Deliverable {
            text,
            sub_items,
            phase,
            responsible,
            due,
            status,
            source,
            status_source,
        } = deliverable;
        put(
            &mut insert,
            &[
                &at.recommendation,
                &at.row,
                text,
                sub_items,
                phase,
                responsible,
                due,
                status,
                source,
                status_source,
            ],
        )?;
    }
    Ok(())
}

fn write_status(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut clear = tx.prepare("DELETE FROM status_paragraph WHERE recommendation = ?1")?;
    let mut insert =
        tx.prepare("INSERT INTO status_paragraph (recommendation, position, text, level, source) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for Recommendation {
        number,
        project_status,
        ..
    } in &catalogue.recommendations
    {
        put(&mut clear, &[number])?;
        for (
            position,
            StatusParagraph {
                text,
                level,
                source,
            },
        ) in numbered(project_status)
        {
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
        for (
            position,
            Link {
                text,
                address,
                source,
            },
        ) in numbered(links)
        {
            put(&mut insert, &[number, &position, text, address, source])?;
        }
    }
    Ok(())
}

fn write_cross_references(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut clear = tx.prepare("DELETE FROM cross_reference WHERE recommendation = ?1")?;
    let mut insert =
        tx.prepare("INSERT INTO cross_reference (recommendation, position, mentioned, text, source) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for Recommendation {
        number,
        cross_references,
        ..
    } in &catalogue.recommendations
    {
        put(&mut clear, &[number])?;
        for (
            position,
            CrossReference {
                recommendation: mentioned,
                text,
                source,
            },
        ) in numbered(cross_references)
        {
            put(&mut insert, &[number, &position, mentioned, text, source])?;
        }
    }
    Ok(())
}

/// Reads all recommendations, whole.
pub(super) fn load(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    catalogue.recommendations = bare(conn)?;
    complete(conn, &mut catalogue.recommendations)
}

/// Reads all recommendations, the first one whole and the others without what belongs to them.
pub(super) fn load_first(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    catalogue.recommendations = bare(conn)?;
    complete(
        conn,
        catalogue.recommendations.get_mut(..1).unwrap_or_default(),
    )
}

/// Reads the rows of the recommendations alone, by number.
fn bare(conn: &Connection) -> Result<Vec<Recommendation>> {
    rows(
        conn,
        "recommendation",
        "SELECT number, label, section, as_of, text, source, claim, implementation_notes, label_source, section_source, as_of_source,
            implementation_notes_source
         FROM recommendation ORDER BY number",
        |row| {
            Ok(Recommendation {
                number: row.take()?,
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
                wordings: Vec::new(),
                deliverables: Vec::new(),
                project_status: Vec::new(),
                links: Vec::new(),
                cross_references: Vec::new(),
            })
        },
    )
}

/// Gives recommendations that follow each other by number what belongs to them.
fn complete(conn: &Connection, recommendations: &mut [Recommendation]) -> Result<()> {
    let (Some(first), Some(last)) = (recommendations.first(), recommendations.last()) else {
        return Ok(());
    };
    let mut belongings = Belongings {
        conn,
        range: (first.number, last.number),
        recommendations,
    };

    belongings.give(
        "wording",
        "SELECT recommendation, text, source FROM wording WHERE recommendation BETWEEN ?1 AND ?2 ORDER BY recommendation, position",
        |owner, row| {
            owner.wordings.push(quote(row)?);
            Ok(())
        },
    )?;
    belongings.give(
        "deliverable",
        "SELECT recommendation, text, sub_items, phase, responsible, due, status, source, status_source FROM deliverable
         WHERE recommendation BETWEEN ?1 AND ?2 ORDER BY recommendation, row",
        |owner, row| {
            owner.deliverables.push(Deliverable {
                text: row.take()?,
                sub_items: row.take()?,
                phase: row.take()?,
                responsible: row.take()?,
                due: row.take()?,
                status: row.take()?,
                source: row.take()?,
                status_source: row.take()?,
            });
            Ok(())
        },
    )?;
    belongings.give(
        "status_paragraph",
        "SELECT recommendation, text, level, source FROM status_paragraph
         WHERE recommendation BETWEEN ?1 AND ?2 ORDER BY recommendation, position",
        |owner, row| {
            owner.project_status.push(StatusParagraph {
                text: row.take()?,
                level: row.take()?,
                source: row.take()?,
            });
            Ok(())
        },
    )?;
    belongings.give(
        "link",
        "SELECT recommendation, text, address, source FROM link WHERE recommendation BETWEEN ?1 AND ?2 ORDER BY recommendation, position",
        |owner, row| {
            owner.links.push(Link { text: row.take()?, address: row.take()?, source: row.take()? });
            Ok(())
        },
    )?;
    belongings.give(
        "cross_reference",
        "SELECT recommendation, mentioned, text, source FROM cross_reference
         WHERE recommendation BETWEEN ?1 AND ?2 ORDER BY recommendation, position",
        |owner, row| {
            owner.cross_references.push(CrossReference {
                recommendation: row.take()?,
                text: row.take()?,
                source: row.take()?,
            });
            Ok(())
        },
    )
}

/// Recommendations that are being given what belongs to them, table by table.
struct Belongings<'c, 'r> {
    conn: &'c Connection,
    range: (RecommendationNumber, RecommendationNumber),
    recommendations: &'r mut [Recommendation],
}

impl Belongings<'_, '_> {
    /// Reads the rows of one table, whose first column is the number of the recommendation they belong to.
    fn give(
        &mut self,
        table: &'static str,
        sql: &str,
        mut take: impl FnMut(&mut Recommendation, &mut Fields<'_, '_>) -> Result<()>,
    ) -> Result<()> {
        rows_with(
            self.conn,
            table,
            sql,
            &[&self.range.0, &self.range.1],
            |row| {
                let number: RecommendationNumber = row.take()?;
                match self
                    .recommendations
                    .binary_search_by_key(&number, |owner| owner.number)
                {
                    Ok(place) => take(&mut self.recommendations[place], row),
                    Err(_) => Ok(()),
                }
            },
        )
        .map(drop)
    }
}
