//! What is exported, as a tree: the head of a file, and its records key by key.
//!
//! One tree is written as TOML and as JSON, so that both say the same. A key that is unset stays in the tree: TOML leaves it out, JSON
//! says `null`.

use crate::model::record::value::print_moment;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

/// The format that every file names in its first line.
pub const FORMAT: &str = "penholder/1";

/// A value below a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Node {
    /// Nothing.
    Unset,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A word or a text; on one line in TOML if it has only one.
    Text(String),
    /// Prose: in TOML always lines of their own.
    Prose(String),
    /// A moment, UTC.
    Moment(#[serde(serialize_with = "serialize_moment")] DateTime<Utc>),
    /// A day.
    Day(#[serde(serialize_with = "serialize_day")] NaiveDate),
    /// Texts.
    Texts(Vec<String>),
    /// A table of its own.
    Table(Table),
    /// Records below this one.
    Tables(Vec<Table>),
}

/// A record: its keys in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table(pub Vec<(&'static str, Node)>);

impl Table {
    /// Adds a key.
    #[must_use]
    pub fn with(mut self, key: &'static str, node: impl Into<Node>) -> Table {
        self.0.push((key, node.into()));
        self
    }
}

impl From<usize> for Node {
    fn from(number: usize) -> Node {
        Node::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Node {
        Node::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Node {
        Node::Text(text)
    }
}

impl From<DateTime<Utc>> for Node {
    fn from(at: DateTime<Utc>) -> Node {
        Node::Moment(at)
    }
}

impl<T: Into<Node>> From<Option<T>> for Node {
    fn from(value: Option<T>) -> Node {
        value.map_or(Node::Unset, Into::into)
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(key, node)| (key, node)))
    }
}

fn serialize_moment<S: Serializer>(at: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&print_moment(*at))
}

fn serialize_day<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(day)
}

/// The records of one kind, below the key that names one of them: `assessment`, `question`, ...
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The key.
    pub key: &'static str,
    /// The records, in order.
    pub records: Vec<Table>,
}

/// A whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it holds: `assessments`, `everything`, ...
    pub kind: &'static str,
    /// The review whose records these are.
    pub review: String,
    /// The newest change of what is in the file, if anything in it ever changed.
    pub last_change: Option<DateTime<Utc>>,
    /// The records, kind by kind.
    pub sections: Vec<Section>,
    /// The team's records that those in the file name by a number, and that are not in it.
    pub refers_to: Vec<Table>,
}

impl Document {
    /// The head of the file, over records that are written in TOML as `body`.
    ///
    /// A file of one kind has a `count`; a file of several has a table of `counts`, a key for each kind.
    pub fn head(&self, body: &str) -> Table {
        let head = Table::default()
            .with("format", FORMAT)
            .with("kind", self.kind)
            .with("review", self.review.as_str())
            .with("last_change", self.last_change)
            .with("digest", digest(body));
        match self.sections.as_slice() {
            [only] => head.with("count", only.records.len()),
            several => {
                let counts = several
                    .iter()
                    .map(|section| (section.key, section.records.len().into()))
                    .collect();
                head.with("counts", Node::Table(Table(counts)))
            }
        }
    }
}

/// Names a state of the records: the hash of their TOML text, everything below the head.
pub fn digest(body: &str) -> String {
    format!("sha256:{:x}", Sha256::digest(body))
}
