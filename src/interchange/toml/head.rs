//! Reading the head of a file: what it is, of which review, and how many records it contains.

use super::fault::Faults;
use super::keys::{Keys, Placed};
use crate::interchange::document::FORMAT;
use crate::interchange::layout::FILES;
use toml::de::DeTable;

/// The keys of the head of a file.
pub(super) const HEAD: &[&str] = &["format", "kind", "review", "last_change", "digest"];

/// Checks what the head says, but for the numbers of records.
pub(super) fn check(keys: &Keys<'_, '_>, review: &str, is_known: bool, faults: &mut Faults) {
    for (key, expected) in [("format", FORMAT), ("review", review)] {
        match keys.line(key, faults) {
            Some(found) if found.value != expected => {
                let fault = format!("{key} is “{}”; expected “{expected}”", found.value);
                faults.add(found.at, fault);
            }
            Some(_) => {}
            None => keys.missing(key, &format!("{key} = \"{expected}\""), faults),
        }
    }
    let kinds = FILES.map(|(kind, _)| format!("“{kind}”")).join(" or ");
    match keys.line("kind", faults) {
        Some(found) if !is_known => {
            let fault = format!("kind is “{}”; expected {kinds}", found.value);
            faults.add(found.at, fault);
        }
        Some(_) => {}
        None => keys.missing("kind", &kinds, faults),
    }
}

/// A file of several kinds of record counts each of them in a table; of what is not counted there must be none.
pub(super) fn check_counts(
    keys: &Keys<'_, '_>,
    sections: &[&str],
    tables: &[Vec<Placed<&DeTable<'_>>>],
    faults: &mut Faults,
) {
    let Some(counts) = keys.raw("counts") else {
        return keys.missing(
            "counts",
            "[counts] with the number of each kind of record",
            faults,
        );
    };
    let Some(table) = counts.get_ref().as_table() else {
        return faults.add(
            counts.span().start,
            "counts is no table; expected [counts] with the number of each kind of record",
        );
    };
    let counts = Keys::new(table, counts.span().start, sections, faults);
    for (key, tables) in sections.iter().zip(tables) {
        if !tables.is_empty() || counts.raw(key).is_some() {
            check_count(&counts, key, key, tables.len(), faults);
        }
    }
}

pub(super) fn check_count(
    keys: &Keys<'_, '_>,
    count: &str,
    key: &str,
    held: usize,
    faults: &mut Faults,
) {
    match keys.number::<usize>(count, faults) {
        Some(found) if found.value != held => {
            faults.add(
                found.at,
                format!(
                    "{count} is {}, but the file holds {held} [[{key}]]; expected them to be equal",
                    found.value
                ),
            );
        }
        Some(_) => {}
        None => keys.missing(
            count,
            &format!("the number of [[{key}]] in the file"),
            faults,
        ),
    }
}
