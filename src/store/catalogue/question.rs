//! The briefings, what they cover, and the questions that the sources print.

use super::column::{numbered, put, rows, rows_by};
use crate::error::Result;
use crate::model::catalogue::{Briefing, BriefingCover, Catalogue, Question};
use crate::model::ids::RecommendationNumber;
use crate::model::vocabulary::BriefingName;
use rusqlite::{Connection, Transaction};

pub(super) fn write(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut insert =
        tx.prepare("INSERT INTO briefing (name, position) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET position = excluded.position")?;
    let mut clear = tx.prepare("DELETE FROM briefing_cover WHERE briefing = ?1")?;
    let mut insert_cover = tx.prepare(
        "INSERT INTO briefing_cover (briefing, position, document, heading, meeting, note, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut insert_covered =
        tx.prepare("INSERT INTO briefing_cover_recommendation (briefing, cover, position, recommendation) VALUES (?1, ?2, ?3, ?4)")?;
    for (position, Briefing { name, covers }) in numbered(&catalogue.briefings) {
        put(&mut insert, &[name, &position])?;
        put(&mut clear, &[name])?;
        for (
            cover,
            BriefingCover {
                document,
                heading,
                recommendations,
                meeting,
                note,
                source,
            },
        ) in numbered(covers)
        {
            put(
                &mut insert_cover,
                &[name, &cover, document, heading, meeting, note, source],
            )?;
            for (position, recommendation) in numbered(recommendations) {
                put(
                    &mut insert_covered,
                    &[name, &cover, &position, recommendation],
                )?;
            }
        }
    }

    let mut insert = tx.prepare(
        "INSERT INTO question (number, position, recommendation, briefing, text, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (number) DO UPDATE SET position = excluded.position, recommendation = excluded.recommendation,
            briefing = excluded.briefing, text = excluded.text, source = excluded.source WHERE from_catalogue = 1",
    )?;
    for (
        position,
        Question {
            number,
            recommendation,
            briefing,
            text,
            source,
        },
    ) in numbered(&catalogue.questions)
    {
        put(
            &mut insert,
            &[number, &position, recommendation, briefing, text, source],
        )?;
    }
    Ok(())
}

pub(super) fn load(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    let sql = "SELECT briefing, cover, recommendation FROM briefing_cover_recommendation ORDER BY briefing, cover, position";
    let mut covered = rows_by(conn, "briefing_cover_recommendation", sql, |row| {
        Ok((
            (row.take::<BriefingName>()?, row.take::<u32>()?),
            row.take::<RecommendationNumber>()?,
        ))
    })?;
    let sql = "SELECT briefing, position, document, heading, meeting, note, source FROM briefing_cover ORDER BY briefing, position";
    let mut covers = rows_by(conn, "briefing_cover", sql, |row| {
        let (briefing, position) = (row.take()?, row.take()?);
        let cover = BriefingCover {
            document: row.take()?,
            heading: row.take()?,
            recommendations: covered.remove(&(briefing, position)).unwrap_or_default(),
            meeting: row.take()?,
            note: row.take()?,
            source: row.take()?,
        };
        Ok((briefing, cover))
    })?;
    catalogue.briefings = rows(
        conn,
        "briefing",
        "SELECT name FROM briefing ORDER BY position",
        |row| {
            let name = row.take()?;
            Ok(Briefing {
                name,
                covers: covers.remove(&name).unwrap_or_default(),
            })
        },
    )?;

    let sql = "SELECT number, recommendation, briefing, text, source FROM question WHERE from_catalogue = 1 ORDER BY position";
    catalogue.questions = rows(conn, "question", sql, |row| {
        Ok(Question {
            number: row.take()?,
            recommendation: row.take()?,
            briefing: row.take()?,
            text: row.take()?,
            source: row.take()?,
        })
    })?;
    Ok(())
}
