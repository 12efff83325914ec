//! What a newer catalogue changes, record by record, for the journal: each quoted record that differs, whole, before and after.

use crate::error::Result;
use crate::model::catalogue::Catalogue;
use crate::model::journal::change::Change;
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
use std::collections::{BTreeMap, BTreeSet};

/// The quoted records that differ between two catalogues.
///
/// # Errors
/// A defect of ours: a record that cannot be written as JSON.
pub fn changes(older: &Catalogue, newer: &Catalogue) -> Result<Vec<Change>> {
    let (before, after) = (contents(older)?, contents(newer)?);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differing = names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name));
    let change = |name: &String| Change {
        record: Record::Quoted(name.clone()),
        field: Field::CONTENT,
        before: before.get(name).cloned(),
        after: after.get(name).cloned(),
    };
    Ok(differing.map(change).collect())
}

/// Every record under the name that remarks use for it, as JSON.
fn contents(catalogue: &Catalogue) -> Result<BTreeMap<String, String>> {
    let records = catalogue.records()?.into_iter();
    Ok(records
        .map(|record| (record.label(), record.content))
        .collect())
}
