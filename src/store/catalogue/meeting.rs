//! The meetings that the sources tell of, with their days and agendas.

use super::column::{numbered, put, rows, rows_by};
use crate::error::Result;
use crate::model::catalogue::{AgendaItem, Catalogue, Meeting, MeetingDay};
use crate::model::ids::MeetingId;
use rusqlite::{Connection, Transaction};

pub(super) fn write(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO meeting (id, position, number, kind, title, place, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, number = excluded.number, kind = excluded.kind, title = excluded.title,
            place = excluded.place, source = excluded.source WHERE from_catalogue = 1",
    )?;
    let mut clear_agenda = tx.prepare("DELETE FROM agenda_item WHERE meeting = ?1")?;
    let mut clear_days = tx.prepare("DELETE FROM meeting_day WHERE meeting = ?1")?;
    let mut insert_day = tx.prepare("INSERT INTO meeting_day (meeting, position, day, date, source) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut insert_item = tx.prepare(
        "INSERT INTO agenda_item (meeting, position, number, day, text, sub_items, starts, ends, is_break, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (position, meeting) in numbered(&catalogue.meetings) {
        let Meeting {
            id,
            number,
            kind,
            title,
            place,
            source,
            days,
            agenda,
        } = meeting;
        if put(
            &mut insert,
            &[id, &position, number, kind, title, place, source],
        )? == 0
        {
            // The team has a meeting of its own by this name: that one stays as it is, days and agenda too.
            continue;
        }
        put(&mut clear_agenda, &[id])?;
        put(&mut clear_days, &[id])?;
        for (position, MeetingDay { day, date, source }) in numbered(days) {
            put(&mut insert_day, &[id, &position, day, date, source])?;
        }
        for (position, item) in numbered(agenda) {
            let AgendaItem {
                number,
                day,
                text,
                sub_items,
                from,
                to,
                is_break,
                source,
            } = item;
            put(
                &mut insert_item,
                &[
                    id, &position, number, day, text, sub_items, from, to, is_break, source,
                ],
            )?;
        }
    }
    Ok(())
}

pub(super) fn load(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    let sql = "SELECT meeting, day, meeting_day.date, meeting_day.source FROM meeting_day JOIN meeting ON id = meeting
               WHERE from_catalogue = 1 ORDER BY meeting, meeting_day.position";
    let mut days = rows_by(conn, "meeting_day", sql, |row| {
        Ok((
            row.take::<MeetingId>()?,
            MeetingDay {
                day: row.take()?,
                date: row.take()?,
                source: row.take()?,
            },
        ))
    })?;

    let mut agendas = rows_by(
        conn,
        "agenda_item",
        "SELECT meeting, agenda_item.number, day, text, sub_items, starts, ends, is_break, agenda_item.source
         FROM agenda_item JOIN meeting ON id = meeting WHERE from_catalogue = 1 ORDER BY meeting, agenda_item.position",
        |row| {
            let meeting: MeetingId = row.take()?;
            let item = AgendaItem {
                number: row.take()?,
                day: row.take()?,
                text: row.take()?,
                sub_items: row.take()?,
                from: row.take()?,
                to: row.take()?,
                is_break: row.take()?,
                source: row.take()?,
            };
            Ok((meeting, item))
        },
    )?;

    let sql = "SELECT id, number, kind, title, place, source FROM meeting WHERE from_catalogue = 1 ORDER BY position";
    catalogue.meetings = rows(conn, "meeting", sql, |row| {
        let id: MeetingId = row.take()?;
        let (days, agenda) = (
            days.remove(&id).unwrap_or_default(),
            agendas.remove(&id).unwrap_or_default(),
        );
        Ok(Meeting {
            id,
            number: row.take()?,
            kind: row.take()?,
            title: row.take()?,
            place: row.take()?,
            source: row.take()?,
            days,
            agenda,
        })
    })?;
    Ok(())
}
