//! The numbers and names by which people know records: those of the workspace, and those that a file gives out.
//!
//! A number or name in a file stands for the record in the file, or else the one listed under `[[refers_to]]`, or else the one in the workspace.

use super::fault::Faults;
use crate::model::ids::{MeetingId, MeetingName, NextIds, QuestionId};
use crate::model::record::describe::Fields;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::meeting::Meeting;
use crate::model::record::reference::{KnownBy, known_by};
use crate::model::review::Review;
use std::collections::{BTreeMap, BTreeSet};

/// The records that numbers and names stand for.
#[derive(Debug)]
pub(super) struct Names {
    /// The records of the workspace.
    here: BTreeMap<KnownBy, Record>,
    /// The records that the file contains or refers to.
    in_file: BTreeMap<KnownBy, Record>,
    /// The records to which the file gives an id.
    pub with_id: BTreeSet<Record>,
    /// Records that neither the file nor the workspace has, of which only the number or name is known.
    pub bare: Vec<(Record, Fields)>,
    /// The ids of records that have none in the file.
    ids: NextIds,
}

impl Names {
    /// The names of what is in the workspace. A withdrawn record is not found by its number.
    pub fn of(review: &Review) -> Names {
        let mut here = BTreeMap::new();
        let mut add = |kind: Kind, name: String, record: Record| {
            here.insert((kind, String::new(), name), record);
        };
        for question in &review.catalogue.questions {
            let id = QuestionId::Printed(question.number);
            add(Kind::Question, id.to_string(), Record::Question(id));
        }
        for meeting in &review.catalogue.meetings {
            let id = meeting.id.clone();
            add(Kind::Meeting, id.to_string(), Record::Meeting(id));
        }
        for record in review.records.names() {
            let fields = review.fields(&record);
            let known = record.kind().and_then(|kind| known_by(kind, &fields));
            if let Some(known) = known.filter(|_| !fields.contains_key(&Finding::WITHDRAWN)) {
                here.insert(known, record);
            }
        }
        Names {
            here,
            in_file: BTreeMap::new(),
            with_id: BTreeSet::new(),
            bare: Vec::new(),
            ids: review.ids.clone(),
        }
    }

    /// The record that people know by this.
    pub fn find(&self, known: &KnownBy) -> Option<Record> {
        let found = self.in_file.get(known).or_else(|| self.here.get(known));
        found.cloned()
    }

    /// The record that the file itself means by this.
    pub fn find_in_file(&self, known: &KnownBy) -> Option<&Record> {
        self.in_file.get(known)
    }

    /// The number or name that the file gives a record.
    pub fn called(&self, record: &Record) -> Option<&str> {
        let mut records = self.in_file.iter();
        let found = records.find(|(_, other)| *other == record);
        found.map(|((_, _, number), _)| number.as_str())
    }

    /// Assigns a number or name to a record; returns the other record to which the file had assigned it, if any.
    pub fn set(&mut self, known: KnownBy, record: Record) -> Option<Record> {
        let before = self.in_file.insert(known, record.clone());
        before.filter(|before| *before != record)
    }

    /// A record of a kind with an id of its own.
    pub fn new_record(&mut self, kind: Kind) -> Option<Record> {
        kind.record(self.ids.make().as_str()).ok()
    }

    /// The meeting of a name: of the file, of the workspace, or one that is created bare.
    pub fn meeting(&mut self, name: &str, at: usize, faults: &Faults) -> Option<Record> {
        let read = faults.ok(at, name.parse::<MeetingName>())?;
        let known = (Kind::Meeting, String::new(), name.to_owned());
        if let Some(record) = self.find(&known) {
            return Some(record);
        }
        let record = Record::Meeting(MeetingId::of_name(&read));
        let fields = [(Meeting::NAME, read.to_string())].into();
        self.bare.push((record.clone(), fields));
        self.in_file.insert(known, record.clone());
        Some(record)
    }

    /// The record that a file means: of a meeting of which one side knows only the name, the one that has that name here.
    pub fn meant(&self, review: &Review, record: Record, known: &KnownBy) -> Record {
        let Some((here, name)) = self.here.get(known).zip(known.2.parse().ok()) else {
            return record;
        };
        let by_name = Record::Meeting(MeetingId::of_name(&name));
        let is_bare = here.meeting().is_some() && review.fields(here).len() == 1;
        let is_same =
            record.meeting().is_some() && (is_bare || *here == by_name || record == by_name);
        if is_same { here.clone() } else { record }
    }

    /// Says that a record with these fields has the number of another record of the workspace. Two that were made separately may have the same number: until they
    /// can be renumbered, such a file is refused. The file may give the other one another number.
    pub fn collision(
        &self,
        review: &Review,
        record: &Record,
        known: &KnownBy,
        fields: &Fields,
    ) -> Option<String> {
        let other = self.here.get(known);
        let other = other.filter(|other| *other != record && !self.with_id.contains(other))?;
        let text = |fields: &Fields| {
            let title = fields.get(&Meeting::TITLE);
            let begin = fields.get(&Finding::TEXT).or(title)?.chars().take(60);
            Some(format!(" (“{}”)", begin.collect::<String>()))
        };
        let description = known.0.description();
        let (word, number) = (description.label(), &known.2);
        let field = description.known_by.last()?.label();
        let here = text(&review.fields(other)).unwrap_or_default();
        let file = text(fields).unwrap_or_default();
        Some(format!(
            "{word} {number} of the file{file} and {word} {number} of the workspace{here} were made separately and have the same {field}; \
             expected different ones: change the {field} in the file, then import it again"
        ))
    }
}
