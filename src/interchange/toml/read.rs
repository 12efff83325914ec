//! Reads a file of assessments, questions, findings or meetings. Every fault is collected, and a file with any fault is refused as a whole.
//!
//! The file goes through one stage after the other, and never back: `entry.rs` reads every record by its description, `identify.rs` finds out which record each
//! of them is, `refers_to.rs` reads which other records are meant, `resolve.rs` brings the values that name records to ids, and `question.rs` and
//! `meeting.rs` check what is peculiar to these kinds. Whether what the file says fits what the workspace has recorded is planned in
//! [`crate::interchange::import`].

use super::broken;
use super::entry::{self, Entry};
use super::fault::Faults;
use super::head::{self, HEAD, check_count, check_counts};
use super::keys::{Keys, Placed};
use super::names::Names;
use super::reading::Reading;
use super::refers_to::references;
use super::write::body;
use crate::error::Result;
use crate::interchange::document::digest;
use crate::interchange::layout::FILES;
use crate::model::ids::MeetingId;
use crate::model::record::describe::Fields;
use crate::model::record::kinds::{Kind, Record};
use crate::model::review::Review;
use crate::model::text;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use toml::de::DeTable;

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    /// What it holds: `assessments`, `questions`, `meetings`.
    pub kind: &'static str,
    /// The newest change of what is in the file, as the file says.
    pub last_change: Option<DateTime<Utc>>,
    /// Every record with the fields that are set, as the workspace keeps them.
    pub records: Vec<(Record, Fields)>,
    /// Agendas and queues, each the records of one meeting in their order.
    pub orders: Vec<(MeetingId, Vec<Record>)>,
    /// Records that the file only names and that the workspace does not have, with what is known of them.
    pub bare: Vec<(Record, Fields)>,
    /// What is odd about the file and no reason to refuse it, a sentence each.
    pub notes: Vec<String>,
}

/// Reads a file of assessments, questions, findings or meetings; `name` is the file's name in the faults.
///
/// # Errors
/// All faults of the file, each with line, column, what is wrong and what was expected.
pub fn read(name: &str, text: &str, review: &Review) -> Result<File> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let faults = Faults::default();
    let (parsed, broken) = DeTable::parse_recoverable(text);
    broken::tell(text, &broken, &faults);
    // What could be recovered from broken TOML would be full of faults that are none.
    faults.into_result(name, text)?;
    let faults = Faults::default();
    let mut reading = Reading {
        review,
        text,
        names: Names::of(review),
        faults: &faults,
        notes: Vec::new(),
    };
    let mut file = records(&mut reading, parsed.get_ref());
    file.bare = reading.names.bare;
    file.notes.extend(reading.notes);
    file.notes.extend(text::told_removed(faults.removed.get()));
    faults.into_result(name, text)?;
    Ok(file)
}

/// Runs the stages over the records of a file, one after the other.
fn records<'a>(reading: &mut Reading<'a>, table: &'a DeTable<'_>) -> File {
    let mut entries = Vec::new();
    let (mut file, refers_to) = entries_of(reading, table, &mut entries);
    reading.identify(&mut entries);
    references(reading, refers_to);
    reading.resolve(&mut entries);
    check(reading, &mut entries);
    file.orders = orders(&entries);
    let is_quoted = |record: &Record| matches!(record, Record::Meeting(id) if reading.review.is_quoted_meeting(id));
    let records = entries
        .into_iter()
        .filter_map(|entry| Some((entry.record?, entry.fields)));
    file.records = records.filter(|(record, _)| !is_quoted(record)).collect();
    file
}

/// Reads the head of a file and its entries. Returns what the head says, and the tables of what the file refers to.
fn entries_of<'a, 't>(
    reading: &Reading<'a>,
    table: &'a DeTable<'t>,
    entries: &mut Vec<Entry<'a, 't>>,
) -> (File, Vec<Placed<&'a DeTable<'t>>>) {
    let faults = reading.faults;
    let kind = table.get("kind").and_then(|kind| kind.get_ref().as_str());
    let kind = kind.map(|kind| text::clean_line(kind).text);
    let mut files = FILES.iter();
    let known = files.find(|(known, _)| kind.as_deref() == Some(*known));
    // A file of an unknown kind is read as assessments, so that its other faults are reported too.
    let (name, lists) = known.unwrap_or(&FILES[0]);
    let sections: Vec<&str> = lists.iter().map(|list| list.key).collect();
    let count = if sections.len() == 1 {
        "count"
    } else {
        "counts"
    };
    let known_keys = [HEAD, &[count], &sections, &["refers_to"]].concat();
    let at_first = Placed {
        value: table,
        at: 0,
    };
    let keys = Keys::new(at_first, &known_keys, faults);
    let review = reading.review.catalogue.header.review.as_str();
    head::check(&keys, review, known.is_some(), faults);
    let mut file = File {
        kind: name,
        last_change: keys.moment("last_change"),
        ..File::default()
    };
    let digest_in_file = keys.line("digest");
    let tables: Vec<Vec<_>> = sections.iter().map(|key| keys.tables(key)).collect();
    match (sections.as_slice(), tables.as_slice()) {
        ([key], [tables]) => check_count(&keys, "count", key, tables.len(), faults),
        _ => check_counts(&keys, &sections, &tables, faults),
    }
    for (list, tables) in lists.iter().zip(tables) {
        for table in tables {
            entry::read(list, table, None, entries, faults);
        }
    }
    let is_edited =
        |found: Placed<String>| found.value != digest(body(&reading.text.replace("\r\n", "\n")));
    if digest_in_file.is_some_and(is_edited) {
        let note = "The digest does not fit: the file was edited after it was exported.";
        file.notes.push(note.to_owned());
    }
    (file, keys.tables("refers_to"))
}

/// Checks what is peculiar to records of one kind.
fn check(reading: &Reading<'_>, entries: &mut [Entry<'_, '_>]) {
    let mut running = None;
    for place in 0..entries.len() {
        let entry = &entries[place];
        if entry.kind == Kind::Assessment {
            check_title(reading, entry);
        } else if entry.kind == Kind::Meeting {
            reading.check_meeting(entry, &mut running);
        } else if entry.kind == Kind::Queued {
            reading.check_queued(entry);
        } else if entry.kind == Kind::Attendance {
            reading.check_attendance(entry);
        } else if entry.kind == Kind::Question {
            reading.check_question(place, entries);
        }
    }
    reading.check_parents(entries);
}

/// The title is for the reader; a wrong one shows that the number may not be the intended one.
fn check_title(reading: &Reading<'_>, entry: &Entry<'_, '_>) {
    let title = entry.keys.line("title");
    let Some((Record::Assessment(number), title)) = entry.record.as_ref().zip(title) else {
        return;
    };
    let found = reading.review.recommendation(*number);
    let label = text::clean_line(found.map_or("", |found| &found.label)).text;
    if title.value != label {
        let fault = format!(
            "the title “{}” is not that of recommendation {number}; expected “{label}”",
            title.value
        );
        reading.faults.add(title.at, fault);
    }
}

/// The agendas and queues of the file, each in its order.
fn orders(entries: &[Entry<'_, '_>]) -> Vec<(MeetingId, Vec<Record>)> {
    let mut orders: BTreeMap<(usize, Kind), (MeetingId, Vec<Record>)> = BTreeMap::new();
    for entry in entries {
        let is_in_order = matches!(entry.kind, Kind::Agenda | Kind::Queued);
        let meeting = entry.above_in(entries).and_then(Record::meeting);
        let (place, record) = (entry.above, entry.record.clone());
        if let (true, Some(place), Some(id), Some(record)) = (is_in_order, place, meeting, record) {
            let order = orders.entry((place, entry.kind));
            let (_, records) = order.or_insert_with(|| (id.clone(), Vec::new()));
            records.push(record);
        }
    }
    orders.into_values().collect()
}
