//! What the list of kinds in `record/mod.rs` makes: what names a record of any kind, and all records in memory.
//!
//! One list makes the enum of kinds, the enum of names and the collections, so that a kind that is described and listed is stored, loaded, applied, checked
//! and tested. Nothing else may list the kinds.

use super::describe::{BadField, Described, Field, FieldDescription, Fields};
use super::key::bad;
use crate::model::ids::{AgendaItemId, BadId, Id, MeetingId, QuestionId, RecommendationNumber};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

macro_rules! kinds {
    ($($(#[$doc:meta])+ $kind:ident: $record:ty => $collection:ident,)+) => {
        /// A kind of record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])+ $kind,)+
        }

        impl Kind {
            /// All kinds, in the order in which they are loaded.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind),+];

            /// What is known of the kind.
            pub fn description(self) -> &'static $crate::model::record::describe::Description {
                match self {
                    $(Kind::$kind => <$record as $crate::model::record::describe::Described>::DESCRIPTION,)+
                }
            }

            /// Reads the key of a record of this kind, as the journal writes it.
            ///
            /// # Errors
            /// What names no record of this kind.
            pub fn record(self, key: &str) -> Result<Record, $crate::model::ids::BadId> {
                match self {
                    $(Kind::$kind => <<$record as $crate::model::record::describe::Described>::Key as $crate::model::record::key::Key>::parse(key).map(Record::$kind),)+
                }
            }
        }

        /// Names a record: `rec 11`, `deliverable 25.3`, `finding 0b9f…`, `queued plenary-43.11`.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Record {
            $($(#[$doc])+ $kind(<$record as $crate::model::record::describe::Described>::Key),)+
            /// A quoted record, changed only by a newer catalogue.
            Quoted(String),
        }

        impl Record {
            /// Its kind; `None` for a quoted record, which the catalogue describes.
            pub fn kind(&self) -> Option<Kind> {
                match self {
                    $(Record::$kind(_) => Some(Kind::$kind),)+
                    Record::Quoted(_) => None,
                }
            }

            /// Its key, as the journal writes it.
            pub fn key(&self) -> String {
                match self {
                    $(Record::$kind(key) => $crate::model::record::key::Key::print(key),)+
                    Record::Quoted(name) => name.clone(),
                }
            }

            /// The records that its key names; it may be one of them.
            pub(super) fn named_in_key(&self) -> Vec<Record> {
                match self {
                    $(Record::$kind(key) => $crate::model::record::key::Key::names(key),)+
                    Record::Quoted(_) => Vec::new(),
                }
            }
        }

        /// All records of the team, kind by kind.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Records {
            $($(#[$doc])+ pub $collection: ::std::collections::BTreeMap<<$record as $crate::model::record::describe::Described>::Key, $record>,)+
        }

        impl Records {
            /// The fields of a record that are set; none of one that is not there.
            pub fn fields(&self, record: &Record) -> $crate::model::record::describe::Fields {
                match record {
                    $(Record::$kind(key) => self.$collection.get(key).map($crate::model::record::describe::Described::to_fields),)+
                    Record::Quoted(_) => None,
                }
                .unwrap_or_default()
            }

            /// Sets a record to these fields; none means that it is no longer there. Nothing is done with a quoted record.
            ///
            /// # Errors
            /// Fields that make no such record; then it stays as it was.
            pub(in crate::model) fn put(&mut self, record: &Record, fields: $crate::model::record::describe::Fields) -> Result<(), $crate::model::record::describe::BadField> {
                match record {
                    $(Record::$kind(key) => $crate::model::record::kinds::set(&mut self.$collection, key, fields),)+
                    Record::Quoted(_) => Ok(()),
                }
            }

            /// The names of all records.
            pub fn names(&self) -> impl Iterator<Item = Record> {
                let names: Vec<Record> = std::iter::empty()
                    $(.chain(self.$collection.keys().cloned().map(Record::$kind)))+
                    .collect();
                names.into_iter()
            }
        }
    };
}

pub use super::{Kind, Record, Records};
pub(super) use kinds;

/// Sets a record of one kind, or removes it.
pub(super) fn set<T: Described<Key: Ord + Clone>>(
    collection: &mut BTreeMap<T::Key, T>,
    key: &T::Key,
    fields: Fields,
) -> Result<(), BadField> {
    if fields.is_empty() {
        collection.remove(key);
    } else {
        collection.insert(key.clone(), T::from_fields(key, fields)?);
    }
    Ok(())
}

impl Record {
    /// The recommendation whose assessment this is, or of whose deliverable.
    pub fn recommendation(&self) -> Option<RecommendationNumber> {
        if let Record::Assessment(number) = self {
            Some(*number)
        } else if let Record::Deliverable(place) = self {
            Some(place.recommendation)
        } else {
            None
        }
    }

    /// The id of the question that this is.
    pub fn question(&self) -> Option<&QuestionId> {
        if let Record::Question(id) = self {
            Some(id)
        } else {
            None
        }
    }

    /// The id of the finding that this is.
    pub fn finding(&self) -> Option<&Id> {
        if let Record::Finding(id) = self {
            Some(id)
        } else {
            None
        }
    }

    /// The id of the agenda item that this is.
    pub fn agenda_item(&self) -> Option<&AgendaItemId> {
        if let Record::Agenda(id) = self {
            Some(id)
        } else {
            None
        }
    }

    /// The id of the meeting that this is.
    pub fn meeting(&self) -> Option<&MeetingId> {
        if let Record::Meeting(id) = self {
            Some(id)
        } else {
            None
        }
    }

    /// The field with this name.
    pub fn field(&self, word: &str) -> Option<Field> {
        match self.kind() {
            Some(kind) => kind.description().field(word).map(|known| known.field),
            None => Some(Field::CONTENT).filter(|field| field.word() == word),
        }
    }

    /// The fields of its kind, in the order in which they are shown.
    pub fn fields(&self) -> &'static [FieldDescription] {
        self.kind().map_or(&[], |kind| kind.description().fields)
    }

    /// The record as a message names it, by the number or name that people know it by: `Rec 11`, `question 11.17`, `decision 4`, `meeting plenary-43`.
    pub fn label(&self, fields: &Fields) -> String {
        if let Record::Assessment(number) = self {
            return format!("Rec {number}");
        }
        let description = self.kind().map(Kind::description);
        let known_by = description.and_then(|known| fields.get(known.known_by.last()?));
        match (description, known_by) {
            (Some(description), Some(known_by)) => format!("{} {known_by}", description.label()),
            _ => self.to_string(),
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.kind().map_or("quoted", |kind| kind.description().word);
        write!(f, "{word} {}", self.key())
    }
}

impl FromStr for Record {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let (word, key) = text.split_once(' ').ok_or_else(|| bad(text))?;
        if word == "quoted" {
            return Ok(Record::Quoted(key.to_owned()));
        }
        let mut kinds = Kind::ALL.iter();
        let kind = kinds
            .find(|kind| kind.description().word == word)
            .ok_or_else(|| bad(text))?;
        kind.record(key)
    }
}
