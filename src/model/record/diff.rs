//! What two people's versions of one record come to together.
//!
//! Works field by field on values as they are kept, so that it is the same for every kind of record. Rules that belong to one kind, such as where a question
//! stands, are applied by whoever merges. Nothing here decides a clash.

use super::describe::{Field, Fields};
use std::collections::BTreeSet;

/// What two versions of a record come to together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// The fields that are set. A field that clashes keeps the value that it had before both versions.
    pub fields: Fields,
    /// The fields that were changed differently on both sides, in alphabetical order.
    pub clashes: Vec<Field>,
}

/// Merges two versions of a record that were both made from `base`; it does not matter which of them comes first.
///
/// A field that is the same on both sides is taken, also where both changed it. One that only one side changed, set or unset is taken from that side.
/// One that both changed differently is a clash. A record that does not exist has no fields, so one that was removed on one side and changed on the other
/// clashes in each field that was changed, and merges to those fields alone.
pub fn merge(base: &Fields, ours: &Fields, theirs: &Fields) -> Merged {
    let fields: BTreeSet<Field> = [base, ours, theirs]
        .into_iter()
        .flat_map(|version| version.keys().copied())
        .collect();
    let mut merged = Merged::default();
    for field in fields {
        let [before, our, their] = [base, ours, theirs].map(|version| version.get(&field));
        let value = if our == their || their == before {
            our
        } else if our == before {
            their
        } else {
            merged.clashes.push(field);
            before
        };
        merged
            .fields
            .extend(value.map(|value| (field, value.clone())));
    }
    merged
}
