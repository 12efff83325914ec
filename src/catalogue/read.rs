//! From files to a catalogue: cleaned, parsed record by record, checked as a whole, refused whole.
//!
//! Records are read one at a time from the parsed file, not the file as one struct, so that each bad record is named and not only
//! the first.

use super::fault::{At, Faults};
use super::{FORMAT, KIND, check};
use crate::error::{Error, Result};
use crate::model::catalogue::{Catalogue, Header, KINDS};
use crate::model::text::{clean, visible};
use serde::Deserialize;
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// A file of a catalogue: the name by which faults call it, and its cleaned text.
#[derive(Debug)]
pub(super) struct File {
    pub name: String,
    pub text: String,
    removed: usize,
}

impl File {
    pub fn new(name: impl Into<String>, text: &str) -> File {
        let cleaned = clean(text);
        File {
            name: name.into(),
            text: cleaned.text,
            removed: cleaned.removed,
        }
    }
}

/// A catalogue as read, and how many characters were taken out of its texts because they could act on a terminal.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The catalogue.
    pub catalogue: Catalogue,
    /// How many characters were removed.
    pub removed: usize,
}

/// A record as it stands in a file, with the places of its values.
#[derive(Debug)]
pub(super) struct Record<'t> {
    pub table: &'static str,
    pub file: usize,
    pub value: Spanned<DeValue<'t>>,
}

/// Reads a catalogue from a folder of `*.toml` files, sorted by name, or from one file.
///
/// # Errors
/// What the system refuses, or bad data with every fault on a line of its own.
pub fn from_path(path: &Path) -> Result<Catalogue> {
    read(path).map(|reading| reading.catalogue)
}

/// Reads a catalogue as [`from_path`] does, and says how many characters were removed from its texts.
///
/// # Errors
/// As [`from_path`].
pub fn read(path: &Path) -> Result<Reading> {
    let names = if path.is_dir() {
        folder(path)?
    } else {
        vec![path.to_owned()]
    };
    let files = names
        .iter()
        .map(|name| file(name))
        .collect::<Result<Vec<_>>>()?;
    assemble(&files)
}

fn folder(path: &Path) -> Result<Vec<PathBuf>> {
    let attempt = || format!("Reading the folder {}", visible(&path.to_string_lossy()));
    let entries = fs::read_dir(path)
        .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
        .map_err(|cause| Error::io(attempt(), cause))?;
    let mut names: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    names.retain(|name| name.extension().is_some_and(|end| end == "toml") && name.is_file());
    names.sort();
    if names.is_empty() {
        return Err(Error::bad_data(format!(
            "{}: no file ends in .toml; expected the files of a catalogue",
            visible(&path.to_string_lossy())
        )));
    }
    Ok(names)
}

fn file(path: &Path) -> Result<File> {
    let name = path.to_string_lossy();
    let bytes =
        fs::read(path).map_err(|cause| Error::io(format!("Reading {}", visible(&name)), cause))?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(File::new(name.as_ref(), text)),
        Err(cause) => {
            let line = bytes
                .iter()
                .take(cause.valid_up_to())
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            Err(Error::bad_data(format!(
                "{}:{line}:1: a byte that is no text; expected UTF-8",
                visible(&name)
            ))
            .caused_by(cause))
        }
    }
}

/// Makes one catalogue of all files, or one error of all their faults.
pub(super) fn assemble(files: &[File]) -> Result<Reading> {
    let mut faults = Faults::default();
    let mut catalogue = Catalogue::default();
    let mut heads = Vec::new();
    let mut records = Vec::new();
    let mut counts = Vec::new();
    let mut unread = false;
    let mut removed = files.iter().map(|file| file.removed).sum();
    for (file, text) in (0..).zip(files) {
        match DeTable::parse(&text.text) {
            Err(fault) => {
                faults.add_toml(file, 0, &fault);
                unread = true;
            }
            Ok(table) => {
                let table = table.into_inner();
                if !is_catalogue(&table, file, &mut faults) {
                    continue;
                }
                for (key, value) in table {
                    let at = At {
                        file,
                        byte: key.span().start,
                    };
                    match key.get_ref().as_ref() {
                        "format" | "kind" => {}
                        "counts" => counts.extend(said(value, at, &mut faults)),
                        "catalogue" => heads.push(Record {
                            table: "catalogue",
                            file,
                            value,
                        }),
                        key => split(key, value, at, &mut records, &mut faults),
                    }
                }
            }
        }
    }
    // What is missing from a file that does not parse is no fault of its own.
    if unread {
        faults.into_result(files)?;
        return Err(Error::bug("a file that does not parse has no fault"));
    }
    compare(&counts, &records, &mut faults);
    catalogue.header = header(&mut heads, &mut faults);
    for record in &mut records {
        removed += tidy(record.value.get_mut());
        if let Err(fault) =
            catalogue.add(record.table, ValueDeserializer::from(record.value.clone()))
        {
            faults.add_toml(record.file, record.value.span().start, &fault);
        }
    }
    catalogue
        .recommendations
        .sort_by_key(|recommendation| recommendation.number);
    records.extend(heads);
    check::check(&records, files, &mut faults);
    faults.into_result(files)?;
    Ok(Reading { catalogue, removed })
}

/// Whether the file says that it is a catalogue in the format we know.
fn is_catalogue(table: &DeTable<'_>, file: usize, faults: &mut Faults) -> bool {
    let before = [("format", FORMAT), ("kind", KIND)].map(|(key, expected)| {
        let found = table.get(key);
        if found.and_then(|value| value.get_ref().as_str()) == Some(expected) {
            return true;
        }
        let wrong = found.map_or_else(|| format!("no {key}"), |_| format!("another {key}"));
        faults.add(
            At {
                file,
                byte: found.map_or(0, |value| value.span().start),
            },
            format!("{wrong}; expected {key} = \"{expected}\""),
        );
        false
    });
    before == [true, true]
}

/// Splits a table of a file into its records.
fn split<'t>(
    key: &str,
    value: Spanned<DeValue<'t>>,
    at: At,
    records: &mut Vec<Record<'t>>,
    faults: &mut Faults,
) {
    let Some(table) = KINDS.iter().find(|table| **table == key) else {
        return faults.add(
            at,
            format!(
                "unknown key `{key}`; expected one of catalogue, {}",
                KINDS.join(", ")
            ),
        );
    };
    match value.into_inner() {
        DeValue::Array(rows) => {
            for value in rows {
                if value.get_ref().is_table() {
                    records.push(Record {
                        table,
                        file: at.file,
                        value,
                    });
                } else {
                    faults.add(
                        At {
                            byte: value.span().start,
                            ..at
                        },
                        format!("found {}; expected [[{table}]]", value.get_ref().type_str()),
                    );
                }
            }
        }
        other => faults.add(
            at,
            format!("found {}; expected [[{table}]]", other.type_str()),
        ),
    }
}

/// What `[counts]` of a file says: the table, how many records, and where it says so.
fn said(value: Spanned<DeValue<'_>>, at: At, faults: &mut Faults) -> Vec<(String, usize, At)> {
    let DeValue::Table(table) = value.into_inner() else {
        faults.add(at, "counts is no table; expected [counts]");
        return Vec::new();
    };
    let mut counts = Vec::new();
    for (key, value) in table {
        let at = At {
            byte: key.span().start,
            ..at
        };
        match value
            .get_ref()
            .as_integer()
            .and_then(|number| number.as_str().parse().ok())
        {
            Some(count) if KINDS.contains(&key.get_ref().as_ref()) => {
                counts.push((key.get_ref().to_string(), count, at))
            }
            Some(_) => faults.add(
                at,
                format!(
                    "unknown key `{}`; expected one of {}",
                    key.get_ref(),
                    KINDS.join(", ")
                ),
            ),
            None => faults.add(
                at,
                format!(
                    "found {}; expected how many [[{}]] there are",
                    value.get_ref().type_str(),
                    key.get_ref()
                ),
            ),
        }
    }
    counts
}

/// Holds the counts of all files together against the records that were read.
fn compare(counts: &[(String, usize, At)], records: &[Record<'_>], faults: &mut Faults) {
    for table in KINDS {
        let said: Vec<&(String, usize, At)> =
            counts.iter().filter(|(name, ..)| name == table).collect();
        let Some((_, _, at)) = said.last() else {
            continue;
        };
        let expected = said
            .iter()
            .fold(0_usize, |sum, (_, count, _)| sum.saturating_add(*count));
        let found = records
            .iter()
            .filter(|record| record.table == *table)
            .count();
        if found != expected {
            faults.add(
                *at,
                format!("{found} [[{table}]] are there; expected {expected} as counted"),
            );
        }
    }
}

/// Reads the one `[catalogue]`.
fn header(heads: &mut [Record<'_>], faults: &mut Faults) -> Header {
    for head in heads.iter().skip(1) {
        faults.add(
            At {
                file: head.file,
                byte: head.value.span().start,
            },
            "another [catalogue]; expected one in all files together",
        );
    }
    let Some(head) = heads.first_mut() else {
        faults.add(
            At { file: 0, byte: 0 },
            "no [catalogue]; expected one, with review and edition",
        );
        return Header::default();
    };
    tidy(head.value.get_mut());
    Header::deserialize(ValueDeserializer::from(head.value.clone())).unwrap_or_else(|fault| {
        faults.add_toml(head.file, head.value.span().start, &fault);
        Header::default()
    })
}

/// Cleans what escapes such as `\u001b` brought in, and takes the line break off the end of prose; says how many characters were removed.
fn tidy(value: &mut DeValue<'_>) -> usize {
    match value {
        DeValue::String(text) => {
            let cleaned = clean(text);
            let kept = cleaned.text.trim_end_matches('\n');
            if kept != text.as_ref() {
                *text = Cow::Owned(kept.to_owned());
            }
            cleaned.removed
        }
        DeValue::Array(values) => values.iter_mut().map(|value| tidy(value.get_mut())).sum(),
        DeValue::Table(table) => table
            .iter_mut()
            .map(|(_, value)| tidy(value.get_mut()))
            .sum(),
        _ => 0,
    }
}
