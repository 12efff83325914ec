//! Which records a record names, by the descriptions of their kinds.

use super::describe::{Field, FieldDescription, Fields};
use super::kinds::{Kind, Record};
use super::value::Form;

impl FieldDescription {
    /// The records that a value of this field names. A person is a record only where no source names them.
    pub fn names(&self, value: &str) -> Vec<Record> {
        if self.form == Form::Person {
            vec![Record::Member(value.to_owned())]
        } else {
            (self.references)(value)
        }
    }
}

/// What people know a record by: its kind, the meeting or matter that it belongs to, and its number or name.
pub type KnownBy = (Kind, String, String);

/// What people know a record of a kind by that has these fields, if the kind has a number or a name.
pub fn known_by(kind: Kind, fields: &Fields) -> Option<KnownBy> {
    let value = |field: &Field| fields.get(field).cloned();
    match kind.description().known_by {
        [number] => Some((kind, String::new(), value(number)?)),
        [of, number] => Some((kind, value(of)?, value(number)?)),
        _ => None,
    }
}

impl Record {
    /// The records that this one names, in its key or in these fields.
    pub fn names(&self, fields: &Fields) -> Vec<Record> {
        let mut named = self.named_in_key();
        named.retain(|record| record != self);
        for known in self.fields() {
            let value = fields.get(&known.field);
            named.extend(value.into_iter().flat_map(|value| known.names(value)));
        }
        named
    }
}
