//! Members, presenters, topics and volunteers, as the sources print them.

use super::column::{numbered, put, rows, rows_by};
use crate::error::Result;
use crate::model::catalogue::{Catalogue, Member, Presenter, Topic, Volunteer};
use rusqlite::{Connection, Transaction};

pub(super) fn write(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO member (name, position, source) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET position = excluded.position, source = excluded.source WHERE from_catalogue = 1",
    )?;
    for (position, Member { name, source }) in numbered(&catalogue.members) {
        put(&mut insert, &[name, &position, source])?;
    }

    tx.execute("DELETE FROM presenter", [])?;
    let mut insert = tx
        .prepare("INSERT INTO presenter (position, name, title, source) VALUES (?1, ?2, ?3, ?4)")?;
    for (
        position,
        Presenter {
            name,
            title,
            source,
        },
    ) in numbered(&catalogue.presenters)
    {
        put(&mut insert, &[&position, name, title, source])?;
    }

    let mut insert = tx.prepare(
        "INSERT INTO topic (number, position, title, source) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (number) DO UPDATE SET position = excluded.position, title = excluded.title, source = excluded.source",
    )?;
    let mut clear = tx.prepare("DELETE FROM volunteer WHERE topic = ?1")?;
    let mut insert_volunteer = tx
        .prepare("INSERT INTO volunteer (topic, position, member, mark) VALUES (?1, ?2, ?3, ?4)")?;
    for (
        position,
        Topic {
            number,
            title,
            source,
            volunteers,
        },
    ) in numbered(&catalogue.topics)
    {
        put(&mut insert, &[number, &position, title, source])?;
        put(&mut clear, &[number])?;
        for (position, Volunteer { name, mark }) in numbered(volunteers) {
            put(&mut insert_volunteer, &[number, &position, name, mark])?;
        }
    }
    Ok(())
}

pub(super) fn load(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    let sql = "SELECT name, source FROM member WHERE from_catalogue = 1 ORDER BY position";
    catalogue.members = rows(conn, "member", sql, |row| {
        Ok(Member {
            name: row.take()?,
            source: row.take()?,
        })
    })?;

    let sql = "SELECT name, title, source FROM presenter ORDER BY position";
    catalogue.presenters = rows(conn, "presenter", sql, |row| {
        Ok(Presenter {
            name: row.take()?,
            title: row.take()?,
            source: row.take()?,
        })
    })?;

    let sql = "SELECT topic, member, mark FROM volunteer ORDER BY topic, position";
    let mut volunteers = rows_by(conn, "volunteer", sql, |row| {
        Ok((
            row.take::<u16>()?,
            Volunteer {
                name: row.take()?,
                mark: row.take()?,
            },
        ))
    })?;
    catalogue.topics = rows(
        conn,
        "topic",
        "SELECT number, title, source FROM topic ORDER BY position",
        |row| {
            let number = row.take()?;
            let volunteers = volunteers.remove(&number).unwrap_or_default();
            Ok(Topic {
                number,
                title: row.take()?,
                source: row.take()?,
                volunteers,
            })
        },
    )?;
    Ok(())
}
