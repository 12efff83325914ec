//! How every rule makes an edit: the changes that lead to a record, and a label that says so where nothing changes.
//!
//! A rule says what a record is to be; the values before are always those of the review.

use crate::error::{Error, Result};
pub use crate::model::journal::change::changes;
use crate::model::journal::change::{Change, Edit};
use crate::model::record::describe::{Described, Field, Fields};
use crate::model::record::kinds::Record;
use crate::model::record::member::Member;
use crate::model::record::value::FieldType;
use crate::model::review::Review;

impl Review {
    /// The changes that make a record what it should be, or write it if it is new.
    pub(in crate::model) fn changes_to(
        &self,
        record: &Record,
        after: &impl Described,
    ) -> Vec<Change> {
        changes(record, &self.fields(record), &after.to_fields())
    }

    /// The changes that set a field of a record, or unset it.
    pub(in crate::model) fn changes_of(
        &self,
        record: &Record,
        field: Field,
        value: &impl FieldType,
    ) -> Vec<Change> {
        let before = self.fields(record);
        let mut after = before.clone();
        set(&mut after, field, value.print());
        changes(record, &before, &after)
    }

    /// The changes that remove a record.
    pub(in crate::model) fn removal(&self, record: &Record) -> Vec<Change> {
        changes(record, &self.fields(record), &Fields::new())
    }
}

/// Sets a field, or unsets it.
pub(super) fn set(fields: &mut Fields, field: Field, value: Option<String>) {
    match value {
        Some(value) => fields.insert(field, value),
        None => fields.remove(&field),
    };
}

impl Edit {
    /// An edit that makes these changes.
    pub(in crate::model) fn new(label: impl Into<String>, changes: Vec<Change>) -> Edit {
        let label = label.into();
        Edit { label, changes }
    }

    /// An edit that changes nothing, and says why.
    pub(in crate::model) fn nothing(why: impl Into<String>) -> Edit {
        Edit::new(why, Vec::new())
    }

    /// Adds these words to the label if nothing changes.
    #[must_use]
    pub(in crate::model) fn or_says(mut self, unchanged: &str) -> Edit {
        if self.is_nothing() {
            self.label += unchanged;
        }
        self
    }

    /// Adds a member with only a name, if the edit names someone who is not known yet.
    #[must_use]
    pub(in crate::model) fn with_member(mut self, review: &Review, name: Option<&str>) -> Edit {
        if let Some(name) = name.filter(|name| !review.names().contains(name)) {
            let member = Record::Member(name.to_owned());
            let made = review.changes_of(&member, Member::NAME, &name.to_owned());
            self.changes.splice(0..0, made);
        }
        self
    }
}

/// Refuses with this message if the condition holds.
pub(in crate::model) fn refuse_if(condition: bool, message: impl FnOnce() -> String) -> Result<()> {
    match condition {
        true => Err(Error::slip(message())),
        false => Ok(()),
    }
}

/// The value that was found, or the error that it no longer exists.
pub(in crate::model) fn existing<T>(found: Option<T>, what: &str) -> Result<T> {
    found.ok_or_else(|| Error::slip(format!("There is no such {what} any more.")))
}
