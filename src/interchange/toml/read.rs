//! Reading a file of assessments, of questions or of meetings: every fault is collected, and a file with any fault is refused whole.
//!
//! First every record is read by its description (`entry.rs`), then it is found which records are meant by numbers and names (`names.rs`), then what is peculiar
//! to questions and meetings is checked (`question.rs`, `meeting.rs`). Whether what the file says fits what the workspace has recorded is not looked at here
//! but planned in [`crate::interchange::import`].

use super::broken;
use super::entry::{self, Entry};
use super::fault::Faults;
use super::head::{HEAD, check_count, check_counts};
use super::keys::{Keys, Placed};
use super::layout::{FILES, List};
use super::names::Names;
use super::write::body;
use crate::error::Result;
use crate::interchange::document::digest;
use crate::model::catalogue::Recommendation;
use crate::model::ids::{MeetingId, NextIds};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::answer::Answer;
use crate::model::record::describe::Fields;
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::report_version::ReportVersion;
use crate::model::review::Review;
use crate::model::text;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
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

/// Reads a file of assessments, of questions or of meetings; `name` is how faults call it.
///
/// # Errors
/// All faults of the file, each with line, column, what is wrong and what was expected.
pub fn read(name: &str, text: &str, review: &Review) -> Result<File> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut faults = Faults::default();
    let (parsed, broken) = DeTable::parse_recoverable(text);
    broken::tell(text, &broken, &mut faults);
    // What could be recovered from broken TOML would be full of faults that are none.
    faults.into_result(name, text)?;
    let mut reading = Reading {
        review,
        faults: Faults::default(),
        names: Names::of(review),
        ids: review.ids.clone(),
        ids_in_file: BTreeSet::new(),
        meetings: BTreeMap::new(),
        running: None,
        notes: Vec::new(),
        text,
    };
    let mut file = reading.file(parsed.get_ref());
    file.bare = reading.names.bare;
    file.notes.extend(reading.notes);
    file.notes
        .extend(text::told_removed(reading.faults.removed));
    reading.faults.into_result(name, text)?;
    Ok(file)
}

/// A file that is being read.
pub(super) struct Reading<'c> {
    pub review: &'c Review,
    pub faults: Faults,
    /// The records that the file means by numbers and names.
    pub names: Names,
    /// The ids of records that have none in the file.
    pub ids: NextIds,
    /// The records to which the file gives an id.
    pub ids_in_file: BTreeSet<String>,
    /// The meetings of the file, by the places where they stand.
    pub meetings: BTreeMap<usize, MeetingId>,
    /// The call of the file that would run.
    pub running: Option<String>,
    pub notes: Vec<String>,
    pub text: &'c str,
}

/// A record of the file with its table, which still has the keys that are no fields.
pub(super) struct Found<'a, 't> {
    pub entry: Entry,
    pub table: Placed<&'a DeTable<'t>>,
    pub record: Option<Record>,
}

impl<'c> Reading<'c> {
    fn file(&mut self, table: &DeTable<'_>) -> File {
        let faults = &mut self.faults;
        let kind = table
            .get("kind")
            .and_then(|kind| kind.get_ref().as_str())
            .map(|kind| text::clean_line(kind).text);
        let known = FILES
            .iter()
            .find(|(known, _)| kind.as_deref() == Some(*known));
        // What is of no known kind is read as the usual one, so that its other faults are told as well.
        let (name, lists) = known.unwrap_or(&FILES[0]);
        let sections: Vec<&str> = lists.iter().map(|list| list.key).collect();
        let count = if sections.len() == 1 {
            "count"
        } else {
            "counts"
        };
        let keys = Keys::new(
            table,
            0,
            &[HEAD, &[count], &sections, &["refers_to"]].concat(),
            faults,
        );
        self.head(&keys, known.is_some());
        let faults = &mut self.faults;
        let mut file = File {
            kind: name,
            last_change: keys.moment("last_change", faults),
            ..File::default()
        };
        let wanted = keys.line("digest", faults);
        let tables: Vec<Vec<_>> = sections
            .iter()
            .map(|key| keys.tables(key, faults))
            .collect();
        match (sections.as_slice(), tables.as_slice()) {
            ([key], [tables]) => check_count(&keys, "count", key, tables.len(), faults),
            _ => check_counts(&keys, &sections, &tables, faults),
        }
        let refers_to = keys.tables("refers_to", faults);
        let mut found = Vec::new();
        for (list, tables) in lists.iter().zip(tables) {
            for table in tables {
                self.entries(list, table, None, &mut found);
            }
        }
        self.records(&mut found, refers_to);
        self.checks(&mut found);
        file.orders = orders(&found);
        file.records = found
            .into_iter()
            .filter_map(|found| Some((found.record?, found.entry.fields)))
            .filter(|(record, _)| !matches!(record, Record::Meeting(id) if self.review.is_quoted_meeting(id)))
            .collect();
        if wanted
            .is_some_and(|wanted| wanted.value != digest(body(&self.text.replace("\r\n", "\n"))))
        {
            let note = "The digest does not fit: the file was edited after it was exported.";
            file.notes.push(note.to_owned());
        }
        file
    }

    /// Reads a record and those below it.
    fn entries<'a, 't>(
        &mut self,
        list: &List,
        table: Placed<&'a DeTable<'t>>,
        above: Option<usize>,
        found: &mut Vec<Found<'a, 't>>,
    ) {
        let below: Vec<&'static str> = list.below.iter().map(|list| list.key).collect();
        let mut entry = entry::read(
            list.kind,
            &table,
            [list.without, list.implied],
            [&below, list.beside],
            &mut self.faults,
        );
        entry.above = above;
        let place = found.len();
        let keys = Keys::of(table.value, table.at);
        let lists: Vec<_> = list
            .below
            .iter()
            .map(|list| (list, keys.tables(list.key, &mut self.faults)))
            .collect();
        found.push(Found {
            entry,
            table,
            record: None,
        });
        for (list, tables) in lists {
            for table in tables {
                self.entries(list, table, Some(place), found);
            }
        }
    }

    /// Finds out which record each entry is, and which records its values name.
    fn records(&mut self, found: &mut [Found<'_, '_>], refers_to: Vec<Placed<&DeTable<'_>>>) {
        for found in found.iter() {
            let named = found
                .entry
                .key
                .as_ref()
                .and_then(|key| found.entry.kind.record(&key.value).ok());
            self.ids_in_file
                .extend(named.map(|record| record.to_string()));
        }
        let mut places: BTreeMap<Record, usize> = BTreeMap::new();
        for place in 0..found.len() {
            let above = found[place]
                .entry
                .above
                .and_then(|above| found[above].record.clone());
            if found[place].entry.above.is_some() && above.is_none() {
                continue;
            }
            let entry = &found[place].entry;
            let at = entry.key.as_ref().map_or(entry.at, |key| key.at);
            let record = self
                .record_of(entry, above.as_ref())
                .filter(|record| self.is_there(record, at, above.as_ref()));
            if let Some(record) = &record {
                if let Some(first) = places.insert(record.clone(), at) {
                    let line = line_of(self.text, first);
                    let what = match record {
                        Record::Assessment(number) => format!("recommendation {number}"),
                        _ => record.label(&entry.fields),
                    };
                    self.faults.add(
                        at,
                        format!("{what} stands here again, first in line {line}; expected it once"),
                    );
                }
                if let Record::Meeting(id) = record {
                    self.meetings.insert(entry.at, id.clone());
                }
            }
            found[place].record = record;
        }
        self.references(refers_to);
        for place in 0..found.len() {
            let above = found[place]
                .entry
                .above
                .and_then(|above| found[above].record.clone());
            self.resolve(&mut found[place].entry);
            let entry = &mut found[place].entry;
            match (entry.kind, above) {
                (Kind::Finding, Some(above)) => self.check_about(entry, &above),
                (Kind::Answer, Some(Record::Question(id))) => {
                    entry.fields.insert(Answer::QUESTION, id.to_string());
                }
                (Kind::Agenda, Some(Record::Meeting(id))) => {
                    entry.fields.insert(AgendaItem::MEETING, id.to_string());
                }
                (Kind::Report, Some(Record::Meeting(id))) => {
                    entry.fields.insert(ReportVersion::MEETING, id.to_string());
                }
                _ => {}
            }
        }
    }

    /// Whether the catalogue has what a record is recorded on.
    fn is_there(&mut self, record: &Record, at: usize, above: Option<&Record>) -> bool {
        match record {
            Record::Assessment(number) | Record::Queued((_, number)) => self
                .known_recommendation(Placed {
                    value: number.0,
                    at,
                })
                .is_some(),
            Record::Deliverable(deliverable) => {
                let on = deliverable.recommendation;
                let rows = self
                    .review
                    .recommendation(on)
                    .map_or(0, |r| r.deliverables.len());
                let is_there = (1..=rows).contains(&usize::from(deliverable.row));
                if !is_there && above.is_some() {
                    let row = deliverable.row;
                    self.faults.add(
                        at,
                        format!(
                            "recommendation {on} has no deliverable {row}; expected 1 to {rows}"
                        ),
                    );
                }
                is_there
            }
            _ => true,
        }
    }

    fn checks(&mut self, found: &mut [Found<'_, '_>]) {
        for place in 0..found.len() {
            match found[place].entry.kind {
                Kind::Assessment => self.check_title(&found[place]),
                Kind::Question => self.check_question(place, found),
                Kind::Meeting => self.check_meeting(&found[place]),
                Kind::Queued => self.check_queued(&found[place].entry),
                Kind::Attendance => self.check_attendance(&found[place]),
                _ => {}
            }
        }
        self.check_parents(found);
    }

    /// The title is for the reader; a wrong one shows that the number is another one than was meant.
    fn check_title(&mut self, found: &Found<'_, '_>) {
        let title = Keys::of(found.table.value, found.table.at).line("title", &mut self.faults);
        let Some((Record::Assessment(number), title)) = found.record.as_ref().zip(title) else {
            return;
        };
        let label = self
            .review
            .recommendation(*number)
            .map_or("", |r| r.label.as_str());
        let label = text::clean_line(label).text;
        if title.value != label {
            let fault = format!(
                "the title “{}” is not that of recommendation {number}; expected “{label}”",
                title.value
            );
            self.faults.add(title.at, fault);
        }
    }

    /// A finding below a recommendation is on the recommendation or on one of its questions, one below a meeting on the meeting.
    fn check_about(&mut self, entry: &mut Entry, above: &Record) {
        let at = entry.place(Finding::ABOUT);
        let Some(about) = entry.fields.get(&Finding::ABOUT) else {
            entry.fields.insert(Finding::ABOUT, above.to_string());
            return;
        };
        let about: Option<About> = about.parse().ok();
        let is_below = about.as_ref().is_some_and(|about| match (about, above) {
            (About::Question(_), Record::Assessment(number)) => {
                self.review.recommendation_of(about) == Some(*number)
            }
            (about, above) => about.record() == *above,
        });
        if !is_below {
            let (below, expected) = match above {
                Record::Assessment(number) => {
                    (format!("recommendation {number}"), "one of its questions")
                }
                other => {
                    let word = other.kind().map(|kind| kind.description().label());
                    let called = word.zip(self.names.called(other));
                    let label = called.map(|(word, called)| format!("{word} {called}"));
                    let label = label.unwrap_or_else(|| self.review.label(other));
                    (label, "no about")
                }
            };
            let about = about.map_or_else(String::new, |about| self.review.label(&about.record()));
            self.faults.add(
                at,
                format!("“{about}” does not belong below {below}; expected {expected}"),
            );
        }
    }

    /// The recommendation with a number, which there must be.
    pub fn known_recommendation(&mut self, number: Placed<u16>) -> Option<&'c Recommendation> {
        let known = &self.review.catalogue.recommendations;
        let found = known.iter().find(|r| r.number.0 == number.value);
        if found.is_none() {
            let ends = known
                .first()
                .zip(known.last())
                .map_or_else(String::new, |(a, b)| {
                    format!("; expected {} to {}", a.number, b.number)
                });
            self.faults.add(
                number.at,
                format!("there is no recommendation {}{ends}", number.value),
            );
        }
        found
    }
}

/// The agendas and queues of the file, each in its order.
fn orders(found: &[Found<'_, '_>]) -> Vec<(MeetingId, Vec<Record>)> {
    let mut orders: BTreeMap<(usize, Kind), (MeetingId, Vec<Record>)> = BTreeMap::new();
    for Found { entry, record, .. } in found {
        let above = entry
            .above
            .and_then(|above| Some((above, found[above].record.as_ref()?)));
        if let (Kind::Agenda | Kind::Queued, Some((above, Record::Meeting(id))), Some(record)) =
            (entry.kind, above, record)
        {
            let order = orders.entry((above, entry.kind));
            order
                .or_insert_with(|| (id.clone(), Vec::new()))
                .1
                .push(record.clone());
        }
    }
    orders.into_values().collect()
}

/// The line in which a byte stands.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}
