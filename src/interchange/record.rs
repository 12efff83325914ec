//! One record as the keys of a file or of JSON, by the description of its kind.
//!
//! A record that is named by its id in the workspace is named in files by what people know it by: a question by its number, a meeting by its name, an agenda
//! item by its number.

use super::document::{Node, Table};
use crate::model::day;
use crate::model::ids::{QuestionId, QuestionNumber};
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::record::describe::{Field, FieldDescription, Fields};
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::reference::known_by;
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
    let Some(description) = record.kind().map(Kind::description) else {
        return table;
    };
    for known in description.fields {
        let word = known.field.word();
        if !without.contains(&known.field) && !description.key.contains(&word) {
            let value = fields.get(&known.field).map(String::as_str);
            table = table.with(word, node(review, known, value));
        }
    }
    table
}

/// The key of a record; below another record, without what names that one. A question that a source prints is named by its number.
fn key(record: &Record) -> Option<(&'static str, Node)> {
    let description = record.kind()?.description();
    let key = record.key();
    let own = match description.key {
        [_] => key.as_str(),
        _ => key.split_once('.').map_or(key.as_str(), |(_, own)| own),
    };
    let node = if description.key_is_number {
        own.parse().map_or(Node::Unset, Node::Number)
    } else if matches!(record, Record::Question(QuestionId::Printed(_))) {
        Node::Unset
    } else {
        Node::Text(own.to_owned())
    };
    Some((description.key.last()?, node))
}

/// The value of a field.
fn node(review: &Review, known: &FieldDescription, value: Option<&str>) -> Node {
    let Some(value) = value else {
        return match known.form {
            Form::Flag => Node::Flag(false),
            Form::Words => Node::Texts(Vec::new()),
            Form::Number | Form::Count | Form::Day | Form::DayOrWord | Form::Moment => Node::Unset,
            Form::Word | Form::Line | Form::Person => Node::Unset,
            Form::Text | Form::Prose | Form::Verbatim => Node::Unset,
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
            words.sort_by_cached_key(|word| (word.parse::<QuestionNumber>().ok(), word.clone()));
            Node::Texts(words)
        }
    }
}

/// The team's own records that these fields name by their numbers. A file that does not contain them lists them under `[[refers_to]]`.
pub fn named(review: &Review, record: &Record, fields: &Fields) -> Vec<Record> {
    let is_own = |named: &Record| {
        let kind = named
            .kind()
            .filter(|kind| kind.description().named_in_files);
        kind.is_some_and(|kind| known_by(kind, &review.fields(named)).is_some())
    };
    record.names(fields).into_iter().filter(is_own).collect()
}

/// The `[[refers_to]]` entry of a record: its kind, its number or name, and its id.
pub fn reference(review: &Review, record: &Record) -> Table {
    let Some(description) = record.kind().map(Kind::description) else {
        return Table::default();
    };
    let fields = review.fields(record);
    let value = |field: &Field| {
        let known = description.field(field.word());
        let value = fields.get(field).map(String::as_str);
        known.map_or(Node::Unset, |known| node(review, known, value))
    };
    let (meeting, number) = match description.known_by {
        [number] => (Node::Unset, value(number)),
        [meeting, number] => (value(meeting), value(number)),
        _ => (Node::Unset, Node::Unset),
    };
    Table::default()
        .with("kind", description.label())
        .with("number", number)
        .with("meeting", meeting)
        .with("id", record.key())
}

/// A change with the operation that it belongs to. The record and its values are in the words of the journal.
pub fn change(operation: &Operation, change: &Change) -> Table {
    let (undoes, redoes) = match &operation.role {
        Role::Do => (None, None),
        Role::Undo(target) => (Some(target.as_str()), None),
        Role::Redo(target) => (None, Some(target.as_str())),
    };
    Table::default()
        .with("operation", operation.id.as_str())
        .with("at", operation.at)
        .with("by", operation.by.as_str())
        .with("meeting", operation.meeting.as_ref().map(|id| id.as_str()))
        .with("label", operation.label.as_str())
        .with("record", change.record.to_string())
        .with("field", change.field.word())
        .with("before", change.before.as_deref())
        .with("after", change.after.as_deref())
        .with("undoes", undoes)
        .with("redoes", redoes)
}
