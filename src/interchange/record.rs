//! One record as the keys of a file or of JSON, by the description of its kind.
//!
//! A record that is named by its id in the workspace is named in files by what people know it by: a question by its number, a meeting by its name, an agenda
//! item by its number.

use super::document::{Node, Table};
use crate::model::day;
use crate::model::ids::QuestionId;
use crate::model::record::describe::{Field, FieldDescription, Fields};
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::value::{Form, parse_moment};
use crate::model::review::Review;

/// The keys of a record that is in the review.
pub fn table(review: &Review, record: &Record) -> Table {
    with_fields(review, record, &review.fields(record), &[])
}

/// The keys of a record with these fields, without some of them.
pub fn with_fields(review: &Review, record: &Record, fields: &Fields, without: &[Field]) -> Table {
    let mut table = Table::default();
    if let Some((word, node)) = key(record) {
        table = table.with(word, node);
    }
    let keys = record
        .kind()
        .map_or(&[] as &[&str], |kind| kind.description().key);
    for known in record.fields() {
        if !without.contains(&known.field) && !keys.contains(&known.field.word()) {
            let value = fields.get(&known.field).map(String::as_str);
            table = table.with(known.field.word(), node(review, known, value));
        }
    }
    table
}

/// The key of a record; below another record, without what names that one.
fn key(record: &Record) -> Option<(&'static str, Node)> {
    let kind = record.kind()?;
    let word = kind.description().key.last()?;
    let key = record.key();
    let own = match kind.description().key.len() {
        1 => key.as_str(),
        _ => key.split_once('.').map_or(key.as_str(), |(_, own)| own),
    };
    let node = match own.parse::<i64>() {
        Ok(number) if *word != "id" && *word != "name" => Node::Number(number),
        _ if matches!(record, Record::Question(QuestionId::Printed(_))) => Node::Unset,
        _ => Node::Text(own.to_owned()),
    };
    Some((word, node))
}

/// The value of a field.
fn node(review: &Review, known: &FieldDescription, value: Option<&str>) -> Node {
    let Some(value) = value else {
        return match known.form {
            Form::Flag => Node::Flag(false),
            Form::Words => Node::Texts(Vec::new()),
            _ => Node::Unset,
        };
    };
    let text = || review.written(known, value);
    match known.form {
        Form::Number | Form::Count => text().parse().map_or_else(|_| Node::Unset, Node::Number),
        Form::Day | Form::DayOrWord => {
            day::written(value).map_or_else(|| Node::Text(value.to_owned()), Node::Day)
        }
        Form::Moment => {
            parse_moment(value).map_or_else(|_| Node::Text(value.to_owned()), Node::Moment)
        }
        Form::Flag => Node::Flag(true),
        Form::Word | Form::Line | Form::Person | Form::Text => Node::Text(text()),
        Form::Prose | Form::Verbatim => Node::Prose(value.to_owned()),
        Form::Words => {
            let mut words: Vec<String> = text().split(", ").map(str::to_owned).collect();
            // Questions are listed by number, however their ids are sorted.
            words.sort_by_key(|word| {
                (
                    word.parse::<crate::model::ids::QuestionNumber>().ok(),
                    word.clone(),
                )
            });
            Node::Texts(words)
        }
    }
}

/// The team's own questions, meetings and agenda items that these fields name. A file that does not contain them lists them under `[[refers_to]]`.
pub fn named(review: &Review, record: &Record, fields: &Fields) -> Vec<Record> {
    let is_own = |named: &Record| match named {
        Record::Question(QuestionId::Own(_)) | Record::Agenda(_) => true,
        Record::Meeting(id) => review.records.meetings.contains_key(id),
        _ => false,
    };
    record.names(fields).into_iter().filter(is_own).collect()
}

/// The `[[refers_to]]` entry of a record: its kind, its number or name, and its id.
pub fn reference(review: &Review, record: &Record) -> Table {
    let known_by = review.known_by(record).unwrap_or_default();
    let (kind, number, meeting) = match record {
        Record::Agenda(id) => (
            "agenda item",
            known_by.parse().map_or(Node::Unset, Node::Number),
            review
                .records
                .agenda
                .get(id)
                .map(|item| review.meeting_name(&item.meeting).to_string()),
        ),
        _ => (
            record
                .kind()
                .map_or("", |kind: Kind| kind.description().word),
            Node::Text(known_by),
            None,
        ),
    };
    Table::default()
        .with("kind", kind)
        .with("number", number)
        .with("meeting", meeting)
        .with("id", record.key())
}
