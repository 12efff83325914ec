//! How the records of meetings are stored, the SQL spelled out.

use super::Table;
use crate::model::call::meeting::{AgendaItem, Attendance, Meeting, Queued, Version};
use crate::model::call::position::{Position, Round};
use crate::model::call::register::{Action, Decision};

pub(super) const MEETINGS: Table = Table {
    all: "SELECT id, id, number, kind, title, place, date, facilitator, started, ended, paused, item, since FROM meeting
            WHERE from_catalogue = 0 ORDER BY id",
    one: "SELECT id, number, kind, title, place, date, facilitator, started, ended, paused, item, since FROM meeting
            WHERE id = ?1 AND from_catalogue = 0",
    put: "INSERT INTO meeting (id, from_catalogue, number, kind, title, place, date, facilitator, started, ended, paused, item, since)
            SELECT ?1, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 WHERE ?2 IS NOT NULL
            ON CONFLICT (id) DO UPDATE SET number = excluded.number, kind = excluded.kind, title = excluded.title, place = excluded.place,
                date = excluded.date, facilitator = excluded.facilitator, started = excluded.started, ended = excluded.ended,
                paused = excluded.paused, item = excluded.item, since = excluded.since WHERE from_catalogue = 0",
    remove: "DELETE FROM meeting WHERE id = ?1 AND from_catalogue = 0",
    key: 1,
    fields: Meeting::FIELDS,
};

pub(super) const AGENDA: Table = Table {
    all: "SELECT meeting, item, rank, text, planned, used, opened FROM agenda ORDER BY meeting, rank",
    one: "SELECT rank, text, planned, used, opened FROM agenda WHERE meeting = ?1 AND item = ?2",
    put: "INSERT OR REPLACE INTO agenda (meeting, item, rank, text, planned, used, opened) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    remove: "DELETE FROM agenda WHERE meeting = ?1 AND item = ?2",
    key: 2,
    fields: AgendaItem::FIELDS,
};

pub(super) const QUEUED: Table = Table {
    all: "SELECT meeting, recommendation, rank, outcome, reason FROM queued ORDER BY meeting, rank",
    one: "SELECT rank, outcome, reason FROM queued WHERE meeting = ?1 AND recommendation = ?2",
    put: "INSERT OR REPLACE INTO queued (meeting, recommendation, rank, outcome, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
    remove: "DELETE FROM queued WHERE meeting = ?1 AND recommendation = ?2",
    key: 2,
    fields: Queued::FIELDS,
};

pub(super) const ATTENDANCE: Table = Table {
    all: "SELECT meeting, name, presence, at, interest FROM attendance ORDER BY meeting, name",
    one: "SELECT presence, at, interest FROM attendance WHERE meeting = ?1 AND name = ?2",
    put: "INSERT OR REPLACE INTO attendance (meeting, name, presence, at, interest) VALUES (?1, ?2, ?3, ?4, ?5)",
    remove: "DELETE FROM attendance WHERE meeting = ?1 AND name = ?2",
    key: 2,
    fields: Attendance::FIELDS,
};

pub(super) const DECISIONS: Table = Table {
    all: "SELECT id, number, text, about, said_by, consensus, objections_by, at, by, meeting, minute, agenda_item, withdrawn
            FROM decision ORDER BY at, id",
    one: "SELECT number, text, about, said_by, consensus, objections_by, at, by, meeting, minute, agenda_item, withdrawn FROM
            decision WHERE id = ?1",
    put: "INSERT OR REPLACE INTO decision (id, number, text, about, said_by, consensus, objections_by, at, by, meeting, minute,
            agenda_item, withdrawn) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    remove: "DELETE FROM decision WHERE id = ?1",
    key: 1,
    fields: Decision::FIELDS,
};

pub(super) const ACTIONS: Table = Table {
    all: "SELECT id, number, text, category, owner, requested, due, progress, response, done, about, at, by, meeting, minute,
            agenda_item, withdrawn FROM action ORDER BY at, id",
    one: "SELECT number, text, category, owner, requested, due, progress, response, done, about, at, by, meeting, minute,
            agenda_item, withdrawn FROM action WHERE id = ?1",
    put: "INSERT OR REPLACE INTO action (id, number, text, category, owner, requested, due, progress, response, done, about, at,
            by, meeting, minute, agenda_item, withdrawn) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
            ?16, ?17)",
    remove: "DELETE FROM action WHERE id = ?1",
    key: 1,
    fields: Action::FIELDS,
};

pub(super) const POSITIONS: Table = Table {
    all: "SELECT id, matter, round, member, position, text, statement, at, by, meeting, minute FROM position ORDER BY at, id",
    one: "SELECT matter, round, member, position, text, statement, at, by, meeting, minute FROM position WHERE id = ?1",
    put: "INSERT OR REPLACE INTO position (id, matter, round, member, position, text, statement, at, by, meeting, minute) VALUES
            (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    remove: "DELETE FROM position WHERE id = ?1",
    key: 1,
    fields: Position::FIELDS,
};

pub(super) const ROUNDS: Table = Table {
    all: "SELECT matter, round, at, by, meeting, consensus FROM round ORDER BY matter, round",
    one: "SELECT at, by, meeting, consensus FROM round WHERE matter = ?1 AND round = ?2",
    put: "INSERT OR REPLACE INTO round (matter, round, at, by, meeting, consensus) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    remove: "DELETE FROM round WHERE matter = ?1 AND round = ?2",
    key: 2,
    fields: Round::FIELDS,
};

pub(super) const REPORTS: Table = Table {
    all: "SELECT meeting, version, at, by, text, locked FROM call_report ORDER BY meeting, version",
    one: "SELECT at, by, text, locked FROM call_report WHERE meeting = ?1 AND version = ?2",
    put: "INSERT OR REPLACE INTO call_report (meeting, version, at, by, text, locked) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    remove: "DELETE FROM call_report WHERE meeting = ?1 AND version = ?2",
    key: 2,
    fields: Version::FIELDS,
};
