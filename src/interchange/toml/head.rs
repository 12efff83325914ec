//! Reading the head of a file: what it is, of which review, and how many records it contains.

use super::fault::Faults;
use super::keys::{Keys, Placed};
use crate::interchange::document::FORMAT;
use crate::interchange::layout::FILES;
use toml::de::DeTable;

/// The keys of the head of a file.
pub(super) const HEAD: &[&str] = &["format", "kind", "review", "last_change", "digest"];

/// Checks what the head says, but for the numbers of records.
pub(super) fn check(keys: &Keys<'_, '_>, review: &str, is_known: bool, faults: &Faults) {
    for (key, expected) in [("format", FORMAT), ("review", review)] {
        keys.missing(key, &format!("{key} = \"{expected}\""));
        if let Some(found) = keys.line(key).filter(|found| found.value != expected) {
            let fault = format!("{key} is “{}”; expected “{expected}”", found.value);
            faults.add(found.at, fault);
        }
    }
    let kinds = FILES.map(|(kind, _)| format!("“{kind}”")).join(" or ");
    keys.missing("kind", &kinds);
    if let Some(found) = keys.line("kind").filter(|_| !is_known) {
        let fault = format!("kind is “{}”; expected {kinds}", found.value);
        faults.add(found.at, fault);
    }
}

/// A file of several kinds of record counts each of them in a table; of what is not counted there must be none.
pub(super) fn check_counts<'a>(
    keys: &Keys<'a, '_>,
    sections: &[&str],
    tables: &[Vec<Placed<&DeTable<'_>>>],
    faults: &'a Faults,
) {
    let expected = "[counts] with the number of each kind of record";
    let Some(counts) = keys.raw("counts") else {
        return keys.missing("counts", expected);
    };
    let at = counts.span().start;
    let Some(value) = counts.get_ref().as_table() else {
        return faults.add(at, format!("counts is no table; expected {expected}"));
    };
    let counts = Keys::new(Placed { value, at }, sections, faults);
    for (key, tables) in sections.iter().zip(tables) {
        if !tables.is_empty() || counts.raw(key).is_some() {
            check_count(&counts, key, key, tables.len(), faults);
        }
    }
}

/// The number of records that a file says it has must be the number that it has.
pub(super) fn check_count(
    keys: &Keys<'_, '_>,
    count: &str,
    key: &str,
    in_file: usize,
    faults: &Faults,
) {
    keys.missing(count, &format!("the number of [[{key}]] in the file"));
    let found = keys.number::<usize>(count);
    if let Some(found) = found.filter(|found| found.value != in_file) {
        let fault = format!(
            "{count} is {}, but the file holds {in_file} [[{key}]]; expected them to be equal",
            found.value
        );
        faults.add(found.at, fault);
    }
}
