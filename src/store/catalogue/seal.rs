//! The seal of the quoted records: how many rows each table was given, and a hash over them.
//!
//! Nobody but a catalogue writes these rows and no journal tells of them, so this is how `check` knows that they are still what was written.
//! The hash does not depend on the order of the rows.

use crate::model::text::visible;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Every table of quoted records, and which of its rows are quoted where the team may add its own.
const TABLES: &[(&str, &str)] = &[
    ("catalogue", "SELECT * FROM catalogue"),
    ("review", "SELECT * FROM review"),
    ("review_date", "SELECT * FROM review_date"),
    ("document", "SELECT * FROM document"),
    ("recommendation", "SELECT * FROM recommendation"),
    ("wording", "SELECT * FROM wording"),
    ("deliverable", "SELECT * FROM deliverable"),
    ("status_paragraph", "SELECT * FROM status_paragraph"),
    ("link", "SELECT * FROM link"),
    ("cross_reference", "SELECT * FROM cross_reference"),
    ("member", "SELECT * FROM member WHERE from_catalogue = 1"),
    ("presenter", "SELECT * FROM presenter"),
    ("topic", "SELECT * FROM topic"),
    ("volunteer", "SELECT * FROM volunteer"),
    ("meeting", "SELECT * FROM meeting WHERE from_catalogue = 1"),
    (
        "meeting_day",
        "SELECT * FROM meeting_day WHERE meeting IN (SELECT id FROM meeting WHERE from_catalogue = 1)",
    ),
    (
        "agenda_item",
        "SELECT * FROM agenda_item WHERE meeting IN (SELECT id FROM meeting WHERE from_catalogue = 1)",
    ),
    ("briefing", "SELECT * FROM briefing"),
    ("briefing_cover", "SELECT * FROM briefing_cover"),
    (
        "briefing_cover_recommendation",
        "SELECT * FROM briefing_cover_recommendation",
    ),
    (
        "question",
        "SELECT * FROM question WHERE from_catalogue = 1",
    ),
    ("bylaw", "SELECT * FROM bylaw"),
    ("workstream", "SELECT * FROM workstream"),
    ("workstream_bylaw", "SELECT * FROM workstream_bylaw"),
    ("new_recommendation", "SELECT * FROM new_recommendation"),
    (
        "new_recommendation_expands",
        "SELECT * FROM new_recommendation_expands",
    ),
    (
        "new_recommendation_point",
        "SELECT * FROM new_recommendation_point",
    ),
    ("objective", "SELECT * FROM objective"),
    ("goal", "SELECT * FROM goal"),
    ("plan_wording", "SELECT * FROM plan_wording"),
    ("plan_item", "SELECT * FROM plan_item"),
    ("portfolio", "SELECT * FROM portfolio"),
    ("budget", "SELECT * FROM budget"),
    ("budget_row", "SELECT * FROM budget_row"),
    ("slide", "SELECT * FROM slide"),
    ("remark", "SELECT * FROM remark"),
    ("remark_concern", "SELECT * FROM remark_concern"),
];

/// Writes the seal over what the tables hold now.
pub(super) fn write(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut put = tx.prepare(
        "INSERT OR REPLACE INTO catalogue_seal (name, rows, digest) VALUES (?1, ?2, ?3)",
    )?;
    for (name, sql) in TABLES {
        let (rows, digest) = measure(tx, sql)?;
        put.execute(params![name, rows, digest])?;
    }
    Ok(())
}

/// Says which tables no longer hold what was written, a sentence each.
pub(in crate::store) fn check(conn: &Connection) -> Vec<String> {
    let unreadable = |name: &str, e: &rusqlite::Error| {
        Some(format!(
            "The quoted rows of {name} cannot be read: {}.",
            visible(&e.to_string())
        ))
    };
    TABLES
        .iter()
        .filter_map(|(name, sql)| compare(conn, name, sql).unwrap_or_else(|e| unreadable(name, &e)))
        .collect()
}

/// Says what is wrong with one table, if anything is.
fn compare(conn: &Connection, name: &str, sql: &str) -> rusqlite::Result<Option<String>> {
    let (rows, digest) = measure(conn, sql)?;
    let seal = "SELECT rows, digest FROM catalogue_seal WHERE name = ?1";
    let seal: Option<(i64, String)> = conn
        .query_row(seal, [name], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match seal {
        None => Some(format!("The quoted rows of {name} have no seal.")),
        Some((written, _)) if rows != written => Some(format!(
            "Table {name} should have {written} quoted rows and has {rows}."
        )),
        Some((_, seal)) if digest != seal => Some(format!(
            "The quoted rows of {name} are not what was written."
        )),
        Some(_) => None,
    })
}

/// Counts the rows of a query and hashes them, whatever their order.
fn measure(conn: &Connection, sql: &str) -> rusqlite::Result<(i64, String)> {
    let mut statement = conn.prepare(sql)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    let mut hashes: Vec<[u8; 32]> = Vec::new();
    while let Some(row) = rows.next()? {
        let mut digest = Sha256::new();
        for (column, name) in columns.iter().enumerate() {
            let (kind, bytes) = match row.get_ref(column)? {
                // A column that a later schema adds must not break the seal of rows that leave it empty.
                ValueRef::Null => continue,
                ValueRef::Integer(number) => (1, number.to_be_bytes().to_vec()),
                ValueRef::Real(number) => (2, number.to_be_bytes().to_vec()),
                ValueRef::Text(bytes) => (3, bytes.to_vec()),
                ValueRef::Blob(bytes) => (4, bytes.to_vec()),
            };
            digest.update((name.len() as u64).to_be_bytes());
            digest.update(name);
            digest.update([kind]);
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(&bytes);
        }
        hashes.push(digest.finalize().into());
    }
    hashes.sort_unstable();
    let mut whole = Sha256::new();
    hashes.iter().for_each(|hash| whole.update(hash));
    let mut hex = String::with_capacity(64);
    for byte in whole.finalize() {
        let _ = write!(hex, "{byte:02x}");
    }
    Ok((i64::try_from(hashes.len()).unwrap_or(i64::MAX), hex))
}
