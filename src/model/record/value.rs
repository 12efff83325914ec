//! The types of fields: how the journal and the rows write their values, how files show them, and which records they name.
//!
//! Each value has one spelling. A type that prints and parses itself becomes a type of fields by one line in `values!`.

use super::describe::{BadField, Field, Fields};
use crate::model::day;
use crate::model::ids::{
    AgendaItemId, MeetingId, MeetingName, QuestionId, QuestionNumber, RecommendationNumber,
};
use crate::model::record::kinds::{Kind, Record};
use crate::model::text::visible;
use crate::model::vocabulary::{BriefingName, MeetingKind};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use std::fmt::Display;
use std::str::FromStr;

/// How files show the values of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A whole number from 0.
    Number,
    /// A whole number from 1.
    Count,
    /// A day.
    Day,
    /// A day, or else a word.
    DayOrWord,
    /// A moment, UTC.
    Moment,
    /// True, or not there.
    Flag,
    /// A word of a vocabulary, or the name of a record.
    Word,
    /// A text of one line.
    Line,
    /// The name of a person.
    Person,
    /// Prose, on one line if it has only one.
    Text,
    /// Prose, always on lines of its own.
    Prose,
    /// A text that went out: nothing in it is tidied.
    Verbatim,
    /// A list of words.
    Words,
}

/// The type of one value.
pub trait Value: Sized {
    /// How files show it.
    const FORM: Form;

    /// The value as text.
    fn print(&self) -> String;

    /// Reads what [`Value::print`] writes.
    ///
    /// # Errors
    /// What is wrong with the text, as a clause, and what was expected.
    fn parse(text: &str) -> Result<Self, String>;

    /// The words of the vocabulary, if there is one that is the same for every review.
    fn words() -> Vec<String> {
        Vec::new()
    }

    /// The kinds of record that it may name.
    const REFERS: &'static [Kind] = &[];

    /// The record that it names, if it names one.
    fn reference(&self) -> Option<Record> {
        None
    }
}

/// The type of a field: one value, one that may be unset, a flag, or a list.
pub trait FieldType: Sized {
    /// The type of each value.
    type Value: Value;

    /// How files show it.
    const FORM: Form = <Self::Value as Value>::FORM;

    /// Whether every record of the kind has it.
    const IS_REQUIRED: bool = false;

    /// The values that are set.
    fn values(&self) -> &[Self::Value];

    /// Reads what [`FieldType::print`] writes.
    ///
    /// # Errors
    /// As [`Value::parse`]; a required value that is unset.
    fn parse(text: Option<String>) -> Result<Self, String>;

    /// The values as text, separated by comma and space; `None` if none is set.
    fn print(&self) -> Option<String> {
        let values: Vec<String> = self.values().iter().map(Value::print).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// Brings a text to the form in which it is kept.
    ///
    /// # Errors
    /// As [`FieldType::parse`].
    fn normal(text: &str) -> Result<String, String> {
        Self::parse(Some(text.to_owned())).map(|field| field.print().unwrap_or_default())
    }

    /// The records that a text of this type names.
    fn references(text: &str) -> Vec<Record> {
        let field = Self::parse(Some(text.to_owned())).ok();
        let values = field.iter().flat_map(FieldType::values);
        values.filter_map(Value::reference).collect()
    }
}

impl<T: Value> FieldType for T {
    type Value = T;
    const IS_REQUIRED: bool = true;

    fn values(&self) -> &[T] {
        std::slice::from_ref(self)
    }
    fn parse(text: Option<String>) -> Result<Self, String> {
        T::parse(&text.ok_or_else(|| "missing".to_owned())?)
    }
}

impl<T: Value> FieldType for Option<T> {
    type Value = T;

    fn values(&self) -> &[T] {
        self.as_slice()
    }
    fn parse(text: Option<String>) -> Result<Self, String> {
        text.as_deref().map(T::parse).transpose()
    }
}

impl FieldType for bool {
    type Value = Yes;

    fn values(&self) -> &[Yes] {
        if *self { &[Yes] } else { &[] }
    }
    fn parse(text: Option<String>) -> Result<Self, String> {
        Option::<Yes>::parse(text).map(|flag| flag.is_some())
    }
}

/// A list is kept in order, each value once.
impl<T: Value + Ord> FieldType for Vec<T> {
    type Value = T;
    const FORM: Form = Form::Words;

    fn values(&self) -> &[T] {
        self
    }
    fn parse(text: Option<String>) -> Result<Self, String> {
        let text = text.unwrap_or_default();
        let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
        let mut values = parts.map(T::parse).collect::<Result<Vec<T>, String>>()?;
        values.sort_unstable();
        values.dedup();
        Ok(values)
    }
}

/// The one value of a flag that is set.
#[derive(Debug)]
pub struct Yes;

impl Value for Yes {
    const FORM: Form = Form::Flag;

    fn print(&self) -> String {
        "yes".to_owned()
    }
    fn parse(text: &str) -> Result<Self, String> {
        let fault = || format!("“{}” is neither yes nor unset", visible(text));
        (text == "yes").then_some(Yes).ok_or_else(fault)
    }
}

/// Takes a value out of the fields that are left.
pub(crate) fn read<T: FieldType>(fields: &mut Fields, field: Field) -> Result<T, BadField> {
    T::parse(fields.remove(&field)).map_err(|fault| BadField { field, fault })
}

/// Refuses fields that are left when all that belong to the kind were taken.
pub(crate) fn none_left(fields: &Fields) -> Result<(), BadField> {
    match fields.keys().next() {
        None => Ok(()),
        Some(field) => Err(BadField {
            field: *field,
            fault: "does not belong to this record".to_owned(),
        }),
    }
}

/// Reads a text as a type reads it.
pub(in crate::model) fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|e: T::Err| e.to_string())
}

/// Makes types that print and parse themselves types of fields: each with its form, the words of its vocabulary, and the kinds of record that it names.
macro_rules! values {
    ($($type:ty: $form:ident $(of $words:expr)? $(, names [$($kind:ident),+] by |$name:ident| $reference:expr)?;)+) => { $(
        impl $crate::model::record::value::Value for $type {
            const FORM: $crate::model::record::value::Form = $crate::model::record::value::Form::$form;
            fn print(&self) -> String {
                self.to_string()
            }
            fn parse(text: &str) -> Result<Self, String> {
                $crate::model::record::value::parsed(text)
            }
            $(fn words() -> Vec<String> {
                $words.iter().map(ToString::to_string).collect()
            })?
            $(const REFERS: &'static [$crate::model::record::Kind] = &[$($crate::model::record::Kind::$kind),+];
            fn reference(&self) -> Option<$crate::model::record::Record> {
                let $name = self;
                $reference
            })?
        }
    )+ };
}
pub(in crate::model) use values;

values! {
    String: Line;
    u16: Count;
    u32: Number;
    u64: Number;
    BriefingName: Word;
    MeetingKind: Word of MeetingKind::COMMON;
    RecommendationNumber: Count;
    QuestionNumber: Word;
    QuestionId: Word, names [Question] by |id| Some(Record::Question(id.clone()));
    AgendaItemId: Count, names [Agenda] by |id| Some(Record::Agenda(id.clone()));
    MeetingName: Word;
    MeetingId: Word, names [Meeting] by |id| Some(Record::Meeting(id.clone()));
}

impl Value for NaiveDate {
    const FORM: Form = Form::Day;
    fn print(&self) -> String {
        self.to_string()
    }
    fn parse(text: &str) -> Result<Self, String> {
        day::written(text).ok_or_else(|| {
            let text = visible(text);
            format!("“{text}” is no day; expected one such as 2018-09-20")
        })
    }
}

impl Value for DateTime<Utc> {
    const FORM: Form = Form::Moment;
    fn print(&self) -> String {
        print_moment(*self)
    }
    fn parse(text: &str) -> Result<Self, String> {
        parse_moment(text)
    }
}

/// A moment as it is kept: UTC, whole seconds, `2018-09-13T14:41:07Z`.
pub fn print_moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Reads a moment; any offset is brought to UTC.
///
/// # Errors
/// What does not read as a date with a time and an offset.
pub fn parse_moment(text: &str) -> Result<DateTime<Utc>, String> {
    let read = DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc));
    read.map_err(|_| {
        let text = visible(text);
        format!("“{text}” is no moment; expected one such as 2018-09-13T14:41:07Z")
    })
}
