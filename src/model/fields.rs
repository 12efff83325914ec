//! Records as fields and back: how an assessment, a verdict or a finding is spelled in the journal, the database and a change.
//!
//! A record is a map of the fields that are set, each as the text its type prints. A record without any field does not exist.

pub mod call;

use super::assessment::Assessment;
use super::finding::Finding;
use super::ids::{Id, QuestionNumber};
use super::question::{Answer, Entry};
use super::vocabulary::{Field, QuestionState};
use chrono::{DateTime, SecondsFormat, Utc};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

/// The fields of a record that are set.
pub type Fields = BTreeMap<Field, String>;

/// Why fields make no record: which field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadField {
    /// The field.
    pub field: Field,
    /// What is wrong, as a clause.
    pub fault: String,
}

impl Display for BadField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field.label(), self.fault)
    }
}

/// The fields of an assessment, in the order in which they are shown and exported.
pub const ASSESSMENT: &[Field] = &[
    Field::Implementation,
    Field::Relevance,
    Field::Effect,
    Field::Standing,
    Field::Consensus,
    Field::Penholder,
    Field::AgreedIn,
    Field::ObjectionsBy,
    Field::BlockedBy,
    Field::WhatWasDone,
    Field::Finding,
    Field::HowAssessed,
    Field::FurtherWork,
];

/// The fields of a finding.
pub const FINDING: &[Field] = &[
    Field::About,
    Field::At,
    Field::By,
    Field::SaidBy,
    Field::Kind,
    Field::Meeting,
    Field::Minute,
    Field::AgendaItem,
    Field::Text,
    Field::Private,
    Field::Withdrawn,
];

/// The fields of what the team recorded on a question.
pub const QUESTION: &[Field] = &[
    Field::Recommendation,
    Field::Text,
    Field::Briefing,
    Field::AskedBy,
    Field::Addressee,
    Field::AskedOn,
    Field::Due,
    Field::Parent,
    Field::State,
    Field::Reason,
];

/// The fields of an answer.
pub const ANSWER: &[Field] = &[
    Field::Question,
    Field::Text,
    Field::By,
    Field::On,
    Field::Link,
    Field::Satisfies,
    Field::Why,
    Field::At,
];

/// A moment as it is kept: UTC, whole seconds, `2018-09-13T14:41:07Z`.
pub fn print_moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Reads a moment; any offset is brought to UTC.
///
/// # Errors
/// What does not read as a date with a time and an offset.
pub fn parse_moment(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_| {
            format!(
                "“{}” is no moment; expected one such as 2018-09-13T14:41:07Z",
                super::text::visible(text)
            )
        })
}

/// Reads numbers of questions, separated by commas.
///
/// # Errors
/// What does not read as a number of a question.
pub fn parse_questions(text: &str) -> Result<Vec<QuestionNumber>, String> {
    let mut numbers = text
        .split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<QuestionNumber>().map_err(|e| e.to_string()))
        .collect::<Result<Vec<_>, _>>()?;
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// Prints numbers of questions, in order, separated by comma and space.
pub fn print_questions(numbers: &[QuestionNumber]) -> String {
    numbers
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

fn take<T: FromStr>(fields: &mut Fields, field: Field) -> Result<Option<T>, BadField>
where
    T::Err: Display,
{
    fields
        .remove(&field)
        .map(|text| {
            text.parse().map_err(|e: T::Err| BadField {
                field,
                fault: e.to_string(),
            })
        })
        .transpose()
}

fn take_needed<T: FromStr>(fields: &mut Fields, field: Field) -> Result<T, BadField>
where
    T::Err: Display,
{
    take(fields, field)?.ok_or_else(|| BadField {
        field,
        fault: "missing".to_owned(),
    })
}

fn take_flag(fields: &mut Fields, field: Field) -> Result<bool, BadField> {
    match fields.remove(&field).as_deref() {
        None => Ok(false),
        Some("yes") => Ok(true),
        Some(other) => Err(BadField {
            field,
            fault: format!("“{}” is neither yes nor unset", super::text::visible(other)),
        }),
    }
}

fn none_left(fields: &Fields) -> Result<(), BadField> {
    match fields.keys().next() {
        None => Ok(()),
        Some(field) => Err(BadField {
            field: *field,
            fault: "does not belong to this record".to_owned(),
        }),
    }
}

fn set(fields: &mut Fields, field: Field, value: Option<impl ToString>) {
    if let Some(value) = value {
        fields.insert(field, value.to_string());
    }
}

impl Assessment {
    /// The fields that are set.
    pub fn to_fields(&self) -> Fields {
        let mut fields = Fields::new();
        set(&mut fields, Field::Implementation, self.implementation);
        set(&mut fields, Field::Relevance, self.relevance);
        set(&mut fields, Field::Effect, self.effect);
        set(&mut fields, Field::Standing, self.standing);
        set(&mut fields, Field::Consensus, self.consensus);
        set(&mut fields, Field::Penholder, self.penholder.as_ref());
        set(&mut fields, Field::AgreedIn, self.agreed_in.as_ref());
        set(&mut fields, Field::ObjectionsBy, self.objections_by);
        set(
            &mut fields,
            Field::BlockedBy,
            (!self.blocked_by.is_empty()).then(|| print_questions(&self.blocked_by)),
        );
        set(&mut fields, Field::WhatWasDone, self.what_was_done.as_ref());
        set(&mut fields, Field::Finding, self.finding.as_ref());
        set(&mut fields, Field::HowAssessed, self.how_assessed.as_ref());
        set(&mut fields, Field::FurtherWork, self.further_work.as_ref());
        fields
    }

    /// The assessment with these fields.
    ///
    /// # Errors
    /// A field that does not read or does not belong to an assessment.
    pub fn from_fields(mut fields: Fields) -> Result<Assessment, BadField> {
        let f = &mut fields;
        let assessment = Assessment {
            implementation: take(f, Field::Implementation)?,
            relevance: take(f, Field::Relevance)?,
            effect: take(f, Field::Effect)?,
            standing: take(f, Field::Standing)?,
            consensus: take(f, Field::Consensus)?,
            penholder: f.remove(&Field::Penholder),
            agreed_in: take(f, Field::AgreedIn)?,
            objections_by: take(f, Field::ObjectionsBy)?,
            blocked_by: match f.remove(&Field::BlockedBy) {
                None => Vec::new(),
                Some(text) => parse_questions(&text).map_err(|fault| BadField {
                    field: Field::BlockedBy,
                    fault,
                })?,
            },
            what_was_done: f.remove(&Field::WhatWasDone),
            finding: f.remove(&Field::Finding),
            how_assessed: f.remove(&Field::HowAssessed),
            further_work: f.remove(&Field::FurtherWork),
        };
        none_left(&fields)?;
        Ok(assessment)
    }
}

impl Finding {
    /// The fields that are set.
    pub fn to_fields(&self) -> Fields {
        let mut fields = Fields::new();
        set(&mut fields, Field::About, Some(&self.about));
        set(&mut fields, Field::Kind, Some(self.kind));
        set(&mut fields, Field::Text, Some(&self.text));
        set(&mut fields, Field::At, Some(print_moment(self.at)));
        set(&mut fields, Field::By, Some(&self.by));
        set(&mut fields, Field::SaidBy, self.said_by.as_ref());
        set(&mut fields, Field::Meeting, self.meeting.as_ref());
        set(&mut fields, Field::Minute, self.minute);
        set(&mut fields, Field::AgendaItem, self.agenda_item.as_ref());
        set(&mut fields, Field::Private, self.private.then_some("yes"));
        set(
            &mut fields,
            Field::Withdrawn,
            self.withdrawn.then_some("yes"),
        );
        fields
    }

    /// The finding with this id and these fields.
    ///
    /// # Errors
    /// A field that does not read, is missing, or does not belong to a finding.
    pub fn from_fields(id: Id, mut fields: Fields) -> Result<Finding, BadField> {
        let f = &mut fields;
        let at: String = take_needed(f, Field::At)?;
        let finding = Finding {
            id,
            about: take_needed(f, Field::About)?,
            kind: take_needed(f, Field::Kind)?,
            text: take_needed(f, Field::Text)?,
            at: parse_moment(&at).map_err(|fault| BadField {
                field: Field::At,
                fault,
            })?,
            by: take_needed(f, Field::By)?,
            said_by: f.remove(&Field::SaidBy),
            meeting: take(f, Field::Meeting)?,
            minute: take(f, Field::Minute)?,
            agenda_item: f.remove(&Field::AgendaItem),
            private: take_flag(f, Field::Private)?,
            withdrawn: take_flag(f, Field::Withdrawn)?,
        };
        none_left(&fields)?;
        Ok(finding)
    }
}

impl Entry {
    /// The fields that are set.
    pub fn to_fields(&self) -> Fields {
        let mut fields = Fields::new();
        set(&mut fields, Field::Recommendation, self.recommendation);
        set(&mut fields, Field::Text, self.text.as_ref());
        set(&mut fields, Field::Briefing, self.briefing);
        set(&mut fields, Field::AskedBy, self.asked_by.as_ref());
        set(&mut fields, Field::Addressee, self.addressee.as_ref());
        set(&mut fields, Field::AskedOn, self.asked_on);
        set(&mut fields, Field::Due, self.due);
        set(&mut fields, Field::Parent, self.parent);
        set(&mut fields, Field::State, self.state);
        set(&mut fields, Field::Reason, self.reason.as_ref());
        fields
    }

    /// The entry with these fields.
    ///
    /// # Errors
    /// A field that does not read or does not belong to a question.
    pub fn from_fields(mut fields: Fields) -> Result<Entry, BadField> {
        let f = &mut fields;
        let entry = Entry {
            recommendation: take(f, Field::Recommendation)?,
            text: f.remove(&Field::Text),
            briefing: take(f, Field::Briefing)?,
            asked_by: f.remove(&Field::AskedBy),
            addressee: f.remove(&Field::Addressee),
            asked_on: take(f, Field::AskedOn)?,
            due: take(f, Field::Due)?,
            parent: take(f, Field::Parent)?,
            state: take(f, Field::State)?,
            reason: f.remove(&Field::Reason),
        };
        none_left(&fields)?;
        if entry.recommendation.is_some() != entry.text.is_some() {
            return Err(BadField {
                field: Field::Text,
                fault: "goes with recommendation; expected both or neither".to_owned(),
            });
        }
        if entry.state == Some(QuestionState::FollowUp) {
            return Err(BadField {
                field: Field::State,
                fault: "“follow-up” follows from the follow-ups and is not set".to_owned(),
            });
        }
        Ok(entry)
    }
}

impl Answer {
    /// The fields that are set.
    pub fn to_fields(&self) -> Fields {
        let mut fields = Fields::new();
        set(&mut fields, Field::Question, Some(self.question));
        set(&mut fields, Field::Text, Some(&self.text));
        set(&mut fields, Field::By, self.by.as_ref());
        set(&mut fields, Field::On, Some(self.on));
        set(&mut fields, Field::Link, self.link.as_ref());
        set(&mut fields, Field::Satisfies, self.satisfies);
        set(&mut fields, Field::Why, self.why.as_ref());
        set(&mut fields, Field::At, Some(print_moment(self.at)));
        fields
    }

    /// The answer with this id and these fields.
    ///
    /// # Errors
    /// A field that does not read, is missing, or does not belong to an answer.
    pub fn from_fields(id: Id, mut fields: Fields) -> Result<Answer, BadField> {
        let f = &mut fields;
        let at: String = take_needed(f, Field::At)?;
        let answer = Answer {
            id,
            question: take_needed(f, Field::Question)?,
            text: take_needed(f, Field::Text)?,
            by: f.remove(&Field::By),
            on: take_needed(f, Field::On)?,
            link: f.remove(&Field::Link),
            satisfies: take(f, Field::Satisfies)?,
            why: f.remove(&Field::Why),
            at: parse_moment(&at).map_err(|fault| BadField {
                field: Field::At,
                fault,
            })?,
        };
        none_left(&fields)?;
        Ok(answer)
    }
}
