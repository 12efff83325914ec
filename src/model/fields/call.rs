//! The records of meetings as fields and back: one row of a list says which field of the journal holds which part of a record.

use super::{BadField, Fields, none_left, parse_moment, print_moment};
use crate::model::call::meeting::{AgendaItem, Attendance, Meeting, Queued, Version};
use crate::model::call::position::{Matter, Position, Round};
use crate::model::call::register::{Action, Decision, Due};
use crate::model::finding::About;
use crate::model::ids::MeetingId;
use crate::model::vocabulary::{Consensus, Field, MeetingKind, Outcome, Presence, Stance};
use chrono::{DateTime, NaiveDate, Utc};
use std::fmt::Display;
use std::str::FromStr;

/// A value that prints and reads itself.
trait Spelled: Sized {
    fn spell(&self) -> String;
    fn read(text: String) -> Result<Self, String>;
}

macro_rules! spelled {
    ($($name:ty),+ $(,)?) => { $(
        impl Spelled for $name {
            fn spell(&self) -> String {
                self.to_string()
            }
            fn read(text: String) -> Result<Self, String> {
                parsed(&text)
            }
        }
    )+ };
}
spelled!(
    String,
    u16,
    u32,
    u64,
    NaiveDate,
    MeetingId,
    MeetingKind,
    Presence,
    Outcome,
    Stance,
    Consensus,
    About,
    Matter,
    Due
);

fn parsed<T: FromStr>(text: &str) -> Result<T, String>
where
    T::Err: Display,
{
    text.parse().map_err(|e: T::Err| e.to_string())
}

impl Spelled for DateTime<Utc> {
    fn spell(&self) -> String {
        print_moment(*self)
    }
    fn read(text: String) -> Result<Self, String> {
        parse_moment(&text)
    }
}

/// A part of a record: what it is kept as, if it is set.
trait Kept: Sized {
    fn keep(&self) -> Option<String>;
    fn take(text: Option<String>) -> Result<Self, String>;
}

impl<T: Spelled> Kept for T {
    fn keep(&self) -> Option<String> {
        Some(self.spell())
    }
    fn take(text: Option<String>) -> Result<Self, String> {
        T::read(text.ok_or_else(|| "missing".to_owned())?)
    }
}

impl<T: Spelled> Kept for Option<T> {
    fn keep(&self) -> Option<String> {
        self.as_ref().map(T::spell)
    }
    fn take(text: Option<String>) -> Result<Self, String> {
        text.map(T::read).transpose()
    }
}

impl Kept for bool {
    fn keep(&self) -> Option<String> {
        self.then(|| "yes".to_owned())
    }
    fn take(text: Option<String>) -> Result<Self, String> {
        match text.as_deref() {
            None => Ok(false),
            Some("yes") => Ok(true),
            Some(other) => Err(format!(
                "“{}” is neither yes nor unset",
                crate::model::text::visible(other)
            )),
        }
    }
}

macro_rules! records {
    ($( $record:ident { $($part:ident: $field:ident),+ $(,)? } )+) => { $(
        impl $record {
            /// Its fields, in the order in which they are kept.
            pub const FIELDS: &'static [Field] = &[$(Field::$field),+];

            /// The fields that are set.
            pub fn to_fields(&self) -> Fields {
                let parts = [$((Field::$field, self.$part.keep())),+];
                parts.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
            }

            /// The record with these fields.
            ///
            /// # Errors
            /// A field that does not read, is missing, or does not belong to the record.
            pub fn from_fields(mut fields: Fields) -> Result<Self, BadField> {
                let record = $record {
                    $($part: Kept::take(fields.remove(&Field::$field)).map_err(|fault| BadField { field: Field::$field, fault })?),+
                };
                none_left(&fields)?;
                Ok(record)
            }
        }
    )+ };
}

records! {
    Meeting {
        name: Name, number: Number, kind: Kind, title: Title, place: Place, date: Date, facilitator: Facilitator,
        started: Started, ended: Ended, paused: Paused, item: Item, since: Since,
    }
    AgendaItem { rank: Rank, text: Text, planned: Planned, used: Used, opened: Opened }
    Queued { rank: Rank, outcome: Outcome, reason: Reason }
    Attendance { presence: Presence, at: At, interest: Interest }
    Decision {
        number: Number, text: Text, about: About, said_by: SaidBy, consensus: Consensus, objections_by: ObjectionsBy,
        at: At, by: By, meeting: Meeting, minute: Minute, item: AgendaItem, withdrawn: Withdrawn,
    }
    Action {
        number: Number, text: Text, category: Category, owner: Owner, requested: Requested, due: Due, progress: Progress, response: Response,
        done: Done, about: About, at: At, by: By, meeting: Meeting, minute: Minute, item: AgendaItem, withdrawn: Withdrawn,
    }
    Position {
        matter: Matter, round: Round, member: Member, stance: Position, text: Text, statement: Statement,
        at: At, by: By, meeting: Meeting, minute: Minute,
    }
    Round { at: At, by: By, meeting: Meeting, consensus: Consensus }
    Version { at: At, by: By, text: Text, locked: Locked }
}
