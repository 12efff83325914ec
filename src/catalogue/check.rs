//! What a catalogue must hold besides the right shape: names that are there once, references that lead somewhere, lines that exist.
//!
//! The rules are tables over the paths of values (`briefing.covers.document`), looked up in the parsed files, where every value
//! still knows its place.

use super::fault::{At, Faults, place};
use super::read::{File, Record};
use crate::model::citation::Citation;
use crate::model::ids::QuestionNumber;
use std::collections::HashMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The tables whose records have a name that must be theirs alone: the table and the key of the name.
const NAMED: &[(&str, &str)] = &[
    ("review", "name"),
    ("document", "number"),
    ("recommendation", "number"),
    ("briefing", "name"),
    ("question", "number"),
    ("meeting", "id"),
    ("member", "name"),
    ("topic", "number"),
    ("workstream", "number"),
    ("new_recommendation", "id"),
    ("bylaw", "section"),
    ("objective", "number"),
    ("goal", "number"),
    ("portfolio", "number"),
    ("budget", "id"),
];

/// The values that name a record of another table.
const REFERENCES: &[(&str, &str)] = &[
    ("catalogue.review", "review"),
    (
        "recommendation.cross_references.recommendation",
        "recommendation",
    ),
    ("briefing.covers.document", "document"),
    ("briefing.covers.recommendations", "recommendation"),
    ("briefing.covers.meeting", "meeting"),
    ("question.recommendation", "recommendation"),
    ("question.briefing", "briefing"),
    ("topic.volunteers.name", "member"),
    ("workstream.bylaws", "bylaw"),
    ("new_recommendation.workstream", "workstream"),
    ("new_recommendation.expands", "recommendation"),
    ("goal.objective", "objective"),
    ("portfolio.goal", "goal"),
    ("budget.goal", "goal"),
    ("slide.document", "document"),
];

/// What a remark may concern: the word it begins with and the table it means. `deliverable` and `slide` are no tables with a name
/// of their own: `25.3` is the third row of recommendation 25, `002:183` the slide of document 002 whose lines begin at 183.
const CONCERNS: &[(&str, &str)] = &[
    ("rec", "recommendation"),
    ("question", "question"),
    ("deliverable", "deliverable"),
    ("briefing", "briefing"),
    ("meeting", "meeting"),
    ("topic", "topic"),
    ("member", "member"),
    ("new recommendation", "new_recommendation"),
    ("objective", "objective"),
    ("goal", "goal"),
    ("portfolio", "portfolio"),
    ("budget", "budget"),
    ("document", "document"),
    ("slide", "slide"),
];

/// The values that must lie within bounds.
const BOUNDS: &[(&str, i64, i64)] = &[
    ("recommendation.number", 1, 9_999),
    ("recommendation.project_status.level", 1, 2),
    ("meeting.days.day", 1, 99),
    ("topic.number", 1, 9_999),
    ("workstream.number", 1, 9_999),
    ("objective.number", 1, 9_999),
    ("new_recommendation.points.level", 1, 3),
];

/// The names that the records of a catalogue go by, each with its table and the place where it is given.
type Known = HashMap<(&'static str, String), At>;

/// Notes every fault that the shape of the single records does not show.
pub(super) fn check(records: &[Record<'_>], files: &[File], faults: &mut Faults) {
    let known = names(records, files, faults);
    let lines: HashMap<String, i64> = records
        .iter()
        .filter(|record| record.table == "document")
        .filter_map(|record| {
            text(get(&record.value, "number")?).zip(number(get(&record.value, "lines")?))
        })
        .collect();
    if !records
        .iter()
        .any(|record| record.table == "recommendation")
    {
        faults.add(
            At { file: 0, byte: 0 },
            "no [[recommendation]]; expected one at least",
        );
    }
    for record in records {
        each_value(
            &mut record.table.to_owned(),
            &record.value,
            &mut |path, value| {
                let at = At {
                    file: record.file,
                    byte: value.span().start,
                };
                if let Some(fault) =
                    wrong_value(path, value).or_else(|| wrong_reference(path, value, &known))
                {
                    faults.add(at, fault);
                }
                for fault in wrong_lines(path, value, &lines) {
                    faults.add(at, fault);
                }
            },
        );
        match record.table {
            "budget" => check_cells(record, faults),
            "meeting" => check_days(record, faults),
            "slide" => check_document(record, faults),
            _ => {}
        }
    }
}

/// Collects the names of all records, and notes each that is given twice.
fn names(records: &[Record<'_>], files: &[File], faults: &mut Faults) -> Known {
    let mut known = Known::new();
    let mut add = |table: &'static str, name: String, at: At| {
        if let Some(first) = known.get(&(table, name.clone())) {
            let first = place(*first, files);
            faults.add(
                at,
                format!(
                    "{} {name} is there twice; expected it once, it stands at {first} already",
                    words(table)
                ),
            );
        } else {
            known.insert((table, name), at);
        }
    };
    for record in records {
        let at = |value: &Spanned<DeValue<'_>>| At {
            file: record.file,
            byte: value.span().start,
        };
        let own = NAMED
            .iter()
            .find(|(table, _)| *table == record.table)
            .and_then(|(_, key)| get(&record.value, key));
        let name = own.and_then(text);
        if let (Some(value), Some(name)) = (own, &name) {
            add(record.table, canonical(record.table, name), at(value));
        }
        if let (Some(name), Some(rows)) = (&name, array(&record.value, "deliverables")) {
            (1..).zip(rows).for_each(|(row, value): (u16, _)| {
                add("deliverable", format!("{name}.{row}"), at(value))
            });
        }
        if let Some((first, value)) = (record.table == "slide")
            .then(|| first_line(&record.value))
            .flatten()
        {
            add("slide", first, at(value));
        }
    }
    known
}

/// What is wrong with a value by itself.
fn wrong_value(path: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
    if let Some((_, from, to)) = BOUNDS.iter().find(|(bound, ..)| *bound == path) {
        let found = number(value)?;
        return (found < *from || found > *to)
            .then(|| format!("{found}; expected a number from {from} to {to}"));
    }
    let found = value.get_ref().as_str()?;
    if found.trim().is_empty() && path != "budget.rows.cells" {
        return Some("an empty text; expected words, or no such key".to_owned());
    }
    let is_number = found.len() == 3 && found.bytes().all(|b| b.is_ascii_digit());
    (path == "document.number" && !is_number)
        .then(|| format!("“{found}” is no number of a document; expected three digits"))
}

/// What is wrong with a value that names another record.
fn wrong_reference(path: &str, value: &Spanned<DeValue<'_>>, known: &Known) -> Option<String> {
    let found = text(value)?;
    if path == "remark.concerns" {
        let concern = CONCERNS
            .iter()
            .find_map(|(word, table)| Some((*table, found.strip_prefix(word)?.strip_prefix(' ')?)));
        let Some((table, name)) = concern else {
            let words: Vec<&str> = CONCERNS.iter().map(|(word, _)| *word).collect();
            return Some(format!(
                "“{found}” names no record; expected its number or name after one of {}",
                words.join(", ")
            ));
        };
        return missing(table, name, known);
    }
    let (_, table) = REFERENCES
        .iter()
        .find(|(reference, _)| *reference == path)?;
    missing(table, &canonical(table, &found), known)
}

/// Says that there is no such record, if there is none.
fn missing(table: &'static str, name: &str, known: &Known) -> Option<String> {
    if known.contains_key(&(table, name.to_owned())) {
        return None;
    }
    let expected = match NAMED.iter().find(|(named, _)| *named == table) {
        Some((_, key)) => format!("the {key} of a [[{table}]]"),
        None if table == "slide" => {
            "document and first line of a [[slide]], such as 002:183".to_owned()
        }
        None => "recommendation and row, such as 25.3".to_owned(),
    };
    Some(format!("no {} {name}; expected {expected}", words(table)))
}

/// What is wrong with the documents and lines of a citation. One that does not read at all was noted when its record was read.
fn wrong_lines(
    path: &str,
    value: &Spanned<DeValue<'_>>,
    lines: &HashMap<String, i64>,
) -> Vec<String> {
    let cites =
        path.ends_with(".source") || path.ends_with(".status_source") || path.contains(".sources.");
    let Some(citation) = value
        .get_ref()
        .as_str()
        .filter(|_| cites)
        .and_then(|text| text.parse::<Citation>().ok())
    else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    for passage in &citation.passages {
        let document = &passage.document;
        let last = passage
            .ranges
            .iter()
            .map(|range| *range.end())
            .max()
            .unwrap_or_default();
        match lines.get(document) {
            None => wrong.push(format!(
                "no document {document}; expected the number of a [[document]]"
            )),
            Some(lines) if i64::from(last) > *lines => {
                wrong.push(format!(
                    "no line {last} in document {document}; expected lines from 1 to {lines}"
                ));
            }
            Some(_) => {}
        }
    }
    wrong
}

/// Every row of a budget has a cell for each column after the first.
fn check_cells(record: &Record<'_>, faults: &mut Faults) {
    let columns = array(&record.value, "columns").map_or(0, |columns| columns.len());
    for row in array(&record.value, "rows").unwrap_or_default() {
        if let (Some(place), Some(cells)) = (get(row, "cells"), array(row, "cells"))
            && cells.len() + 1 != columns
        {
            let fault = format!(
                "{} cells; expected {}, one for each column after the first",
                cells.len(),
                columns.saturating_sub(1)
            );
            faults.add(
                At {
                    file: record.file,
                    byte: place.span().start,
                },
                fault,
            );
        }
    }
}

/// Every item of an agenda falls on a day of its meeting, and every day is there once.
fn check_days(record: &Record<'_>, faults: &mut Faults) {
    let mut days = Vec::new();
    for day in array(&record.value, "days")
        .unwrap_or_default()
        .iter()
        .filter_map(|day| get(day, "day"))
    {
        let number = number(day);
        if days.contains(&number) {
            faults.add(
                At {
                    file: record.file,
                    byte: day.span().start,
                },
                "a day of the meeting is there twice; expected it once",
            );
        }
        days.push(number);
    }
    for day in array(&record.value, "agenda")
        .unwrap_or_default()
        .iter()
        .filter_map(|item| get(item, "day"))
    {
        if !days.contains(&number(day)) {
            faults.add(
                At {
                    file: record.file,
                    byte: day.span().start,
                },
                "no such day; expected a day of [[meeting.days]]",
            );
        }
    }
}

/// The lines of a slide stand in the slide's document.
fn check_document(record: &Record<'_>, faults: &mut Faults) {
    let document = get(&record.value, "document").and_then(text);
    if let (Some(document), Some((first, source))) = (document, first_line(&record.value))
        && !first.starts_with(&format!("{document}:"))
    {
        let fault = format!("lines of another document; expected lines of {document}");
        faults.add(
            At {
                file: record.file,
                byte: source.span().start,
            },
            fault,
        );
    }
}

/// The document and line at which the source of a record begins, `002:183`, and the place of that source.
fn first_line<'v, 't>(
    record: &'v Spanned<DeValue<'t>>,
) -> Option<(String, &'v Spanned<DeValue<'t>>)> {
    let source = get(record, "source")?;
    let citation: Citation = source.get_ref().as_str()?.parse().ok()?;
    let first = citation
        .lines()
        .next()
        .map(|(document, line)| format!("{document}:{line}"))?;
    Some((first, source))
}

/// Calls `visit` for every value below `value` that is neither table nor array, with its path.
fn each_value(
    path: &mut String,
    value: &Spanned<DeValue<'_>>,
    visit: &mut dyn FnMut(&str, &Spanned<DeValue<'_>>),
) {
    match value.get_ref() {
        DeValue::Table(table) => {
            for (key, value) in table {
                let before = path.len();
                path.push('.');
                path.push_str(key.get_ref());
                each_value(path, value, visit);
                path.truncate(before);
            }
        }
        DeValue::Array(values) => values
            .iter()
            .for_each(|value| each_value(path, value, visit)),
        _ => visit(path, value),
    }
}

fn get<'v, 't>(record: &'v Spanned<DeValue<'t>>, key: &str) -> Option<&'v Spanned<DeValue<'t>>> {
    record
        .get_ref()
        .as_table()
        .and_then(|table: &DeTable<'_>| table.get(key))
}

fn array<'v, 't>(
    record: &'v Spanned<DeValue<'t>>,
    key: &str,
) -> Option<&'v [Spanned<DeValue<'t>>]> {
    get(record, key)?.get_ref().as_array().map(AsRef::as_ref)
}

fn number(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    value
        .get_ref()
        .as_integer()
        .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
}

/// A text, or a number as text.
fn text(value: &Spanned<DeValue<'_>>) -> Option<String> {
    value
        .get_ref()
        .as_str()
        .map(str::to_owned)
        .or_else(|| number(value).map(|number| number.to_string()))
}

/// A name as the record prints it, where the format lets it be written in more than one way.
fn canonical(table: &str, name: &str) -> String {
    match table {
        "question" => name.parse().map_or_else(
            |_| name.to_owned(),
            |number: QuestionNumber| number.to_string(),
        ),
        _ => name.to_owned(),
    }
}

/// The name of a table as words.
fn words(table: &str) -> String {
    table.replace('_', " ")
}
