//! How a kind of record is described, once: its name, its key, and its fields with their types.
//!
//! `record!` makes the struct and its [`Description`] from one text. Journal, rows, TOML, JSON, import, dangling references and labels all
//! work from descriptions: none of them may list the fields of a kind. The name of a field in Rust is also its word in the journal, its column, and its key in
//! TOML and JSON.

use super::kinds::{Kind, Record};
use super::value::Form;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// The name of a field, `what_was_done`. Each description has a constant for each of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(pub(crate) &'static str);

impl Field {
    /// A whole quoted record, as JSON, when a newer catalogue renews it.
    pub const CONTENT: Field = Field("content");

    /// The name as it is written everywhere.
    pub const fn word(self) -> &'static str {
        self.0
    }

    /// The name for a person: `what was done`.
    pub fn label(self) -> String {
        self.0.replace('_', " ")
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0)
    }
}

/// The fields of a record that are set, each as the text that its type prints. A record without any field does not exist.
pub type Fields = BTreeMap<Field, String>;

/// Why fields make no record: which field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadField {
    /// The field.
    pub field: Field,
    /// What is wrong, as a clause.
    pub fault: String,
}

impl fmt::Display for BadField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field.label(), self.fault)
    }
}

/// What is known of a field.
#[derive(Debug)]
pub struct FieldDescription {
    /// Its name.
    pub field: Field,
    /// What it says, a clause such as `What was decided.`.
    pub doc: &'static str,
    /// How files show its values.
    pub form: Form,
    /// Whether every record of the kind has it.
    pub is_required: bool,
    /// The kinds of record that its values name.
    pub refers: &'static [Kind],
    /// The words of its vocabulary, if it has one that is the same for every review.
    pub words: fn() -> Vec<String>,
    /// Brings a value to the form in which it is kept, or says what is wrong with it.
    pub normal: fn(&str) -> Result<String, String>,
    /// The records that a value names.
    pub references: fn(&str) -> Vec<Record>,
}

/// What is known of a kind of record.
#[derive(Debug)]
pub struct Description {
    /// The word before the key in the journal: `finding`.
    pub word: &'static str,
    /// Its table in the workspace.
    pub table: &'static str,
    /// The columns of its key; several are joined by a point in the journal.
    pub key: &'static [&'static str],
    /// Whether files show the last part of the key as a number.
    pub key_is_number: bool,
    /// What the last part of the key is, for a message about a missing one.
    pub key_expected: &'static str,
    /// The fields by which people know a record of the kind, if it has a number or a name; no two that stand have the same.
    pub known_by: &'static [Field],
    /// Whether files name a record of the kind by these fields, and list its id under `[[refers_to]]` if they do not contain it.
    pub named_in_files: bool,
    /// The kind of the quoted records that have the same keys, if a source may print records of this kind.
    pub quoted_as: Option<&'static str>,
    /// Its fields, in the order in which they are shown and exported.
    pub fields: &'static [FieldDescription],
}

impl Description {
    /// What people call a record of the kind: `agenda item`.
    pub fn label(&self) -> String {
        self.table.replace('_', " ")
    }

    /// What is known of one of its fields.
    pub fn field(&self, word: &str) -> Option<&'static FieldDescription> {
        self.fields.iter().find(|known| known.field.0 == word)
    }
}

/// A struct that is one kind of record.
pub trait Described: Sized {
    /// What names one record of the kind.
    type Key;

    /// What is known of the kind.
    const DESCRIPTION: &'static Description;

    /// The fields that are set.
    fn to_fields(&self) -> Fields;

    /// The record with this key and these fields.
    ///
    /// # Errors
    /// A field that does not read, is missing, or does not belong to the kind.
    fn from_fields(key: &Self::Key, fields: Fields) -> Result<Self, BadField>;
}

/// Describes a kind of record: the struct, a constant for each field, and its [`Described`].
///
/// After the struct's name come its word in the journal, its table, and the columns and type of its key; then, where they apply, `keeps` (the struct's field for
/// the key), `known by` (the fields that form the number or name people use) or `named by` (those that files use, too), `quoted as` (the kind of quoted record
/// with the same keys), and `check` (a function that validates the fields together). `as` overrides the form
/// of a field's type.
macro_rules! record {
    (
        $(#[$attribute:meta])*
        $record:ident: $word:literal in $table:literal by [$($column:literal),+] $key:ty
            $(, keeps $kept:ident: $kept_type:ty)?
            $(, known by [$($known:ident),+])?
            $(, named by [$($named:ident),+])?
            $(, quoted as $quoted:literal)?
            $(, check $check:path)?;
        $($(#[doc = $doc:literal])+ $field:ident: $type:ty $(as $form:ident)?,)+
    ) => { ::pastey::paste! {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $record {
            $(#[doc = "What names it."] pub $kept: $kept_type,)?
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl $record {
            $(#[doc = concat!("The field `", stringify!($field), "`.")]
            pub const [<$field:upper>]: $crate::model::record::describe::Field =
                $crate::model::record::describe::Field(stringify!($field));)+
        }

        impl $crate::model::record::describe::Described for $record {
            type Key = $key;

            const DESCRIPTION: &'static $crate::model::record::describe::Description =
                &$crate::model::record::describe::Description {
                    word: $word,
                    table: $table,
                    key: &[$($column),+],
                    key_is_number: <$key as $crate::model::record::key::Key>::IS_NUMBER,
                    key_expected: <$key as $crate::model::record::key::Key>::EXPECTED,
                    known_by: &[$($($record::[<$known:upper>]),+)? $($($record::[<$named:upper>]),+)?],
                    named_in_files: $crate::model::record::describe::record!(@is_there $($($named)+)?),
                    quoted_as: $crate::model::record::describe::record!(@option $($quoted)?),
                    fields: &[$($crate::model::record::describe::FieldDescription {
                        field: $record::[<$field:upper>],
                        doc: concat!($($doc),+),
                        form: $crate::model::record::describe::record!(@form $type $(, $form)?),
                        is_required: <$type as $crate::model::record::value::FieldType>::IS_REQUIRED,
                        refers: <<$type as $crate::model::record::value::FieldType>::Value as $crate::model::record::value::Value>::REFERS,
                        words: <<$type as $crate::model::record::value::FieldType>::Value as $crate::model::record::value::Value>::words,
                        normal: <$type as $crate::model::record::value::FieldType>::normal,
                        references: <$type as $crate::model::record::value::FieldType>::references,
                    }),+],
                };

            fn to_fields(&self) -> $crate::model::record::describe::Fields {
                let values = [$(($record::[<$field:upper>], $crate::model::record::value::FieldType::print(&self.$field))),+];
                values.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
            }

            fn from_fields(
                _key: &$key,
                mut fields: $crate::model::record::describe::Fields,
            ) -> Result<Self, $crate::model::record::describe::BadField> {
                let record = $record {
                    $($kept: _key.clone(),)?
                    $($field: $crate::model::record::value::read(&mut fields, $record::[<$field:upper>])?,)+
                };
                $crate::model::record::value::none_left(&fields)?;
                $($check(&record)?;)?
                Ok(record)
            }
        }
    } };
    (@is_there) => { false };
    (@is_there $($word:ident)+) => { true };
    (@option) => { None };
    (@option $word:literal) => { Some($word) };
    (@form $type:ty) => { <$type as $crate::model::record::value::FieldType>::FORM };
    (@form $type:ty, $form:ident) => { $crate::model::record::value::Form::$form };
}

pub(crate) use record;
