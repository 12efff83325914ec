//! The reviewing team's workstreams and draft recommendations, and the bylaws that the sources name.

use super::column::{numbered, put, rows, rows_by};
use crate::error::Result;
use crate::model::catalogue::{Bylaw, Catalogue, NewRecommendation, Point, Workstream};
use crate::model::ids::RecommendationNumber;
use rusqlite::{Connection, Transaction};

pub(super) fn write(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO bylaw (section, position, text, source) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (section) DO UPDATE SET position = excluded.position, text = excluded.text, source = excluded.source",
    )?;
    for (
        position,
        Bylaw {
            section,
            text,
            source,
        },
    ) in numbered(&catalogue.bylaws)
    {
        put(&mut insert, &[section, &position, text, source])?;
    }

    let mut insert = tx.prepare(
        "INSERT INTO workstream (number, position, title, source) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (number) DO UPDATE SET position = excluded.position, title = excluded.title, source = excluded.source",
    )?;
    let mut clear = tx.prepare("DELETE FROM workstream_bylaw WHERE workstream = ?1")?;
    let mut insert_bylaw = tx.prepare(
        "INSERT INTO workstream_bylaw (workstream, position, bylaw) VALUES (?1, ?2, ?3)",
    )?;
    for (
        position,
        Workstream {
            number,
            title,
            bylaws,
            source,
        },
    ) in numbered(&catalogue.workstreams)
    {
        put(&mut insert, &[number, &position, title, source])?;
        put(&mut clear, &[number])?;
        for (position, bylaw) in numbered(bylaws) {
            put(&mut insert_bylaw, &[number, &position, bylaw])?;
        }
    }
    write_new(tx, catalogue)
}

fn write_new(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO new_recommendation (id, position, workstream, area, topic, title, draft_remark, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, workstream = excluded.workstream, area = excluded.area,
            topic = excluded.topic, title = excluded.title, draft_remark = excluded.draft_remark, source = excluded.source",
    )?;
    let mut clear_expands =
        tx.prepare("DELETE FROM new_recommendation_expands WHERE new_recommendation = ?1")?;
    let mut insert_expands =
        tx.prepare("INSERT INTO new_recommendation_expands (new_recommendation, position, recommendation) VALUES (?1, ?2, ?3)")?;
    let mut clear_points =
        tx.prepare("DELETE FROM new_recommendation_point WHERE new_recommendation = ?1")?;
    let mut insert_point =
        tx.prepare("INSERT INTO new_recommendation_point (new_recommendation, position, level, text, source) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (position, new) in numbered(&catalogue.new_recommendations) {
        let NewRecommendation {
            id,
            workstream,
            area,
            topic,
            title,
            expands,
            draft_remark,
            source,
            points,
        } = new;
        put(
            &mut insert,
            &[
                id,
                &position,
                workstream,
                area,
                topic,
                title,
                draft_remark,
                source,
            ],
        )?;
        put(&mut clear_expands, &[id])?;
        for (position, recommendation) in numbered(expands) {
            put(&mut insert_expands, &[id, &position, recommendation])?;
        }
        put(&mut clear_points, &[id])?;
        for (
            position,
            Point {
                level,
                text,
                source,
            },
        ) in numbered(points)
        {
            put(&mut insert_point, &[id, &position, level, text, source])?;
        }
    }
    Ok(())
}

pub(super) fn load(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    catalogue.bylaws = rows(
        conn,
        "bylaw",
        "SELECT section, text, source FROM bylaw ORDER BY position",
        |row| {
            Ok(Bylaw {
                section: row.take()?,
                text: row.take()?,
                source: row.take()?,
            })
        },
    )?;

    let sql = "SELECT workstream, bylaw FROM workstream_bylaw ORDER BY workstream, position";
    let mut bylaws = rows_by(conn, "workstream_bylaw", sql, |row| {
        Ok((row.take::<u16>()?, row.take::<String>()?))
    })?;
    catalogue.workstreams = rows(
        conn,
        "workstream",
        "SELECT number, title, source FROM workstream ORDER BY position",
        |row| {
            let number = row.take()?;
            let bylaws = bylaws.remove(&number).unwrap_or_default();
            Ok(Workstream {
                number,
                title: row.take()?,
                bylaws,
                source: row.take()?,
            })
        },
    )?;

    let sql = "SELECT new_recommendation, recommendation FROM new_recommendation_expands ORDER BY new_recommendation, position";
    let mut expands = rows_by(conn, "new_recommendation_expands", sql, |row| {
        Ok((row.take::<String>()?, row.take::<RecommendationNumber>()?))
    })?;
    let sql = "SELECT new_recommendation, level, text, source FROM new_recommendation_point ORDER BY new_recommendation, position";
    let mut points = rows_by(conn, "new_recommendation_point", sql, |row| {
        Ok((
            row.take::<String>()?,
            Point {
                level: row.take()?,
                text: row.take()?,
                source: row.take()?,
            },
        ))
    })?;
    let sql = "SELECT id, workstream, area, topic, title, draft_remark, source FROM new_recommendation ORDER BY position";
    catalogue.new_recommendations = rows(conn, "new_recommendation", sql, |row| {
        let id: String = row.take()?;
        let (expands, points) = (
            expands.remove(&id).unwrap_or_default(),
            points.remove(&id).unwrap_or_default(),
        );
        Ok(NewRecommendation {
            id,
            workstream: row.take()?,
            area: row.take()?,
            topic: row.take()?,
            title: row.take()?,
            expands,
            draft_remark: row.take()?,
            source: row.take()?,
            points,
        })
    })?;
    Ok(())
}
