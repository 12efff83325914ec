//! Whether the quoted records are what a catalogue wrote. The journal does not tell of them, so each row has a digest over all its columns,
//! and one row lists the names of the others.

use super::{CONTENTS, Contents, Row, label, rows};
use crate::model::text::visible;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Says what is wrong with the quoted records, a sentence for each fault.
pub(in crate::store) fn check(conn: &Connection) -> Vec<String> {
    let rows = match rows(conn) {
        Ok(rows) => rows,
        Err(e) => return vec![format!("{e}.")],
    };
    let (listing, rows): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.kind == CONTENTS);
    let contents: Option<Contents> = match listing.as_slice() {
        [only] if only.digest == only.digest() => serde_json::from_str(&only.content).ok(),
        _ => None,
    };
    let called = |kind: &str, name: &str| visible(&label(kind, name));
    let mut faults = Vec::new();
    if contents.is_none() {
        faults.push("The list of the quoted records is not what was written.".to_owned());
    }
    let is_listed = |row: &Row| {
        let names = contents.as_ref().map(|kinds| kinds.get(&row.kind));
        names.is_none_or(|names| names.is_some_and(|names| names.contains(&row.name)))
    };
    for row in &rows {
        let record = called(&row.kind, &row.name);
        if !is_listed(row) {
            faults.push(format!(
                "There is a quoted {record} that is in no catalogue."
            ));
        } else if row.digest != row.digest() {
            faults.push(format!("The quoted {record} is not what was written."));
        }
    }
    let there: BTreeSet<_> = rows.iter().map(|row| (&row.kind, &row.name)).collect();
    for (kind, names) in contents.iter().flatten() {
        let missing = names.iter().filter(|name| !there.contains(&(kind, *name)));
        faults.extend(missing.map(|name| format!("The quoted {} is missing.", called(kind, name))));
    }
    faults
}
