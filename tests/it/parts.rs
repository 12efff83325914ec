//! The catalogue's files as they are compared with the sources: plain TOML, every key with its rule.
//!
//! The files are walked as plain TOML, not as our structs, so that a key without a rule here fails.

use crate::seeds::without_stars;
use penholder::model::citation::Citation;
use penholder::model::text::clean;
use toml::{Table, Value};

/// The tables of a catalogue, and the keys of each that quote, in the order in which the source prints them.
pub const QUOTED: &[(&str, &[&str])] = &[
    ("review", &["full_name"]),
    ("review.dates", &["text"]),
    ("document", &["title", "subtitle"]),
    ("recommendation", &["text"]),
    ("recommendation.wordings", &["text"]),
    ("recommendation.deliverables", &["text", "sub_items"]),
    ("recommendation.project_status", &["text"]),
    ("recommendation.links", &["text"]),
    ("recommendation.cross_references", &["text"]),
    ("briefing", &[]),
    ("briefing.covers", &["heading"]),
    ("question", &["text"]),
    ("meeting", &["title"]),
    ("meeting.days", &[]),
    ("meeting.agenda", &["text", "sub_items"]),
    ("member", &["name"]),
    ("presenter", &["name", "title"]),
    ("topic", &["title"]),
    ("topic.volunteers", &["name", "mark"]),
    ("workstream", &["title"]),
    ("new_recommendation", &["topic", "title"]),
    ("new_recommendation.points", &["text"]),
    ("bylaw", &["text"]),
    ("objective", &["text"]),
    ("objective.wordings", &["text"]),
    ("goal", &["text"]),
    ("goal.wordings", &["text"]),
    ("goal.activities", &["heading", "number", "text"]),
    ("goal.kpis", &["heading", "number", "text"]),
    ("goal.success_factors", &["heading", "number", "text"]),
    ("portfolio", &["number", "title", "description", "points"]),
    ("budget", &["title", "columns"]),
    ("budget.rows", &["name", "cells"]),
    ("slide", &["title", "text"]),
    ("remark", &[]),
];

/// Keys whose text stands at the cited lines too, but at no fixed place among the others.
pub const ELSEWHERE: &[&str] = &[
    "recommendation.deliverables.responsible",
    "recommendation.links.address",
    "meeting.place",
    "meeting.agenda.number",
    "workstream.bylaws",
    "new_recommendation.area",
    "new_recommendation.draft_remark",
    "bylaw.section",
];

/// Keys that are ours, or held against the source by a test of their own.
pub const OURS: &[&str] = &[
    "review.name",
    "review.role",
    "document.number",
    "document.file",
    "document.kind",
    "document.date",
    "document.note",
    "document.lines",
    "recommendation.number",
    "recommendation.label",
    "recommendation.section",
    "recommendation.as_of",
    "recommendation.claim",
    "recommendation.implementation_notes",
    "recommendation.sources",
    "recommendation.deliverables.phase",
    "recommendation.deliverables.status",
    "recommendation.project_status.level",
    "recommendation.cross_references.recommendation",
    "briefing.name",
    "briefing.covers.document",
    "briefing.covers.recommendations",
    "briefing.covers.meeting",
    "briefing.covers.note",
    "question.number",
    "question.recommendation",
    "question.briefing",
    "meeting.id",
    "meeting.number",
    "meeting.kind",
    "meeting.days.day",
    "meeting.days.date",
    "meeting.agenda.day",
    "meeting.agenda.from",
    "meeting.agenda.to",
    "meeting.agenda.break",
    "topic.number",
    "workstream.number",
    "new_recommendation.id",
    "new_recommendation.workstream",
    "new_recommendation.expands",
    "new_recommendation.points.level",
    "objective.number",
    "goal.number",
    "goal.objective",
    "portfolio.goal",
    "budget.id",
    "budget.goal",
    "slide.document",
    "remark.grade",
    "remark.text",
    "remark.concerns",
    "remark.contradicts_claim",
];

/// A table of a catalogue file: a record, or a part of one.
pub struct Part {
    /// The file and the record, for the complaint.
    pub name: String,
    /// `recommendation.deliverables`.
    pub path: String,
    /// What stands in it.
    pub table: Table,
    /// Its own source, or that of the record it is a part of.
    pub source: Citation,
}

impl Part {
    pub fn text(&self, key: &str) -> Option<&str> {
        self.table.get(key).and_then(Value::as_str)
    }

    /// The quoted texts of a key, paragraph by paragraph and item by item.
    pub fn quotes(&self, key: &str) -> Vec<String> {
        let texts: Vec<String> = match self.table.get(key) {
            Some(Value::Array(items)) => items
                .iter()
                .map(|item| item.as_str().unwrap().to_owned())
                .collect(),
            Some(Value::String(text)) => text.lines().map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        texts
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| without_stars(&clean(&text).text))
            .collect()
    }

    pub fn cites(&self, key: &str) -> Option<Citation> {
        self.text(key).map(|text| text.parse().unwrap())
    }

    pub fn is(&self, path: &str) -> bool {
        self.path == path
    }
}

pub fn parts() -> Vec<Part> {
    let mut parts = Vec::new();
    let mut names: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    for path in names
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
    {
        let file = path.file_name().unwrap().to_str().unwrap();
        let top: Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for (kind, rows) in top
            .iter()
            .filter(|(kind, _)| !["format", "kind", "catalogue"].contains(&kind.as_str()))
        {
            for (row, record) in (1..).zip(rows.as_array().unwrap()) {
                let table = record.as_table().unwrap();
                let own = ["number", "id", "name", "section"]
                    .iter()
                    .find_map(|key| table.get(*key));
                let own = own.map_or_else(
                    || format!("no. {row}"),
                    |own| own.to_string().trim_matches('"').to_owned(),
                );
                split(
                    &format!("{file}: {kind} {own}"),
                    kind,
                    table,
                    &Citation::default(),
                    &mut parts,
                );
            }
        }
    }
    parts
}

fn split(name: &str, path: &str, table: &Table, outer: &Citation, parts: &mut Vec<Part>) {
    let source = table.get("source").map_or_else(
        || outer.clone(),
        |source| source.as_str().unwrap().parse().unwrap(),
    );
    for (key, value) in table {
        for (row, part) in (1..).zip(value.as_array().into_iter().flatten()) {
            if let Some(part) = part.as_table() {
                split(
                    &format!("{name}, {key} {row}"),
                    &format!("{path}.{key}"),
                    part,
                    &source,
                    parts,
                );
            }
        }
    }
    parts.push(Part {
        name: name.to_owned(),
        path: path.to_owned(),
        table: table.clone(),
        source,
    });
}
