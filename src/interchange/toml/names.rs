//! Which record a file means by a number or a name.
//!
//! Files name a question or an agenda item by its number and a meeting by its name. Each stands for the record in the file, or else the one listed under
//! `[[refers_to]]`, or else the one in the workspace. A record without an id is looked up in the same way; if there is none, it is new.
//! Two that were made separately may have the same number: until they can be renumbered, such a file is refused.

use super::entry::Entry;
use super::keys::Placed;
use super::read::{Reading, line_of};
use crate::model::ids::{MeetingId, MeetingName, QuestionId, QuestionNumber};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::{Described, Field, FieldDescription, Fields};
use crate::model::record::finding::Finding;
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::meeting::Meeting;
use crate::model::record::reference::{KnownBy, known_by};
use crate::model::record::value::Form;
use crate::model::review::Review;
use std::collections::BTreeMap;

/// What a file says of the records that it names.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The records of the workspace.
    here: BTreeMap<KnownBy, Record>,
    /// The records that the file contains or refers to.
    pub records: BTreeMap<KnownBy, Record>,
    /// Where the file gives out each number or name first.
    places: BTreeMap<KnownBy, usize>,
    /// Those that neither the file nor the workspace has, of which only this is known.
    pub bare: Vec<(Record, Fields)>,
}

impl Names {
    /// The names of what is in the workspace. What was withdrawn has given its number away.
    pub fn of(review: &Review) -> Names {
        let mut here = BTreeMap::new();
        let printed = review.catalogue.questions.iter().map(|q| q.number);
        here.extend(printed.map(|number| {
            (
                (Kind::Question, String::new(), number.to_string()),
                Record::Question(QuestionId::Printed(number)),
            )
        }));
        let quoted = review.catalogue.meetings.iter().map(|meeting| &meeting.id);
        here.extend(quoted.map(|id| {
            (
                (Kind::Meeting, String::new(), id.to_string()),
                Record::Meeting(id.clone()),
            )
        }));
        for record in review.records.names() {
            let fields = review.fields(&record);
            let known = record.kind().and_then(|kind| known_by(kind, &fields));
            if let Some(known) = known.filter(|_| !fields.contains_key(&Finding::WITHDRAWN)) {
                here.insert(known, record);
            }
        }
        Names {
            here,
            ..Names::default()
        }
    }

    /// The number or name under which the file contains a record.
    pub fn called(&self, record: &Record) -> Option<&str> {
        let mut records = self.records.iter();
        let found = records.find(|(_, held)| *held == record);
        found.map(|((_, _, number), _)| number.as_str())
    }
}

impl Reading<'_> {
    /// The record of an entry: the one with its id, or the one that people know by its number, or a new one.
    pub(super) fn record_of(&mut self, entry: &Entry, above: Option<&Record>) -> Option<Record> {
        let key = entry.key.as_ref();
        let known = self.known(entry, above);
        let typed =
            |reading: &mut Self, kind: Kind, key: &Placed<String>| match kind.record(&key.value) {
                Ok(record) => Some(record),
                Err(fault) => {
                    reading.faults.add(key.at, fault.to_string());
                    None
                }
            };
        let record = match (entry.kind, above) {
            (Kind::Deliverable, Some(Record::Assessment(number))) => {
                entry.kind.record(&format!("{number}.{}", key?.value)).ok()
            }
            (Kind::Queued | Kind::Attendance, Some(Record::Meeting(meeting))) => {
                entry.kind.record(&format!("{meeting}.{}", key?.value)).ok()
            }
            (Kind::Question | Kind::Meeting | Kind::Agenda | Kind::Round | Kind::Report, _) => {
                match (key, &known) {
                    (Some(key), _) => typed(self, entry.kind, key),
                    (None, Some(known)) => self.find(known).or_else(|| self.new_record(entry.kind)),
                    (None, None) => None,
                }
            }
            (kind, _) => typed(self, kind, key?),
        }?;
        if let Some(known) = known {
            let number = entry.kind.description().known_by.last().copied();
            let at = number.map_or(entry.at, |field| entry.place(field));
            self.check_number(&record, &known, at, Some(entry));
            let first = self.names.places.entry(known.clone()).or_insert(at);
            if *first != at
                && self
                    .names
                    .records
                    .get(&known)
                    .is_some_and(|other| *other != record)
            {
                let (line, what) = (line_of(self.text, *first), known.0.description().label());
                let number = &known.2;
                let fault = format!(
                    "another {what} has the number {number}, in line {line}; expected every number once"
                );
                self.faults.add(at, fault);
            }
            self.names.records.insert(known, record.clone());
        }
        Some(record)
    }

    fn new_record(&mut self, kind: Kind) -> Option<Record> {
        kind.record(self.ids.make().as_str()).ok()
    }

    /// What people know the record of an entry by.
    fn known(&self, entry: &Entry, above: Option<&Record>) -> Option<KnownBy> {
        let mut fields = entry.fields.clone();
        if let (Kind::Agenda | Kind::Report, Some(above)) = (entry.kind, above) {
            fields.insert(AgendaItem::MEETING, above.key());
        }
        known_by(entry.kind, &fields).filter(|_| !fields.contains_key(&Finding::WITHDRAWN))
    }

    /// The record of the file or the workspace that people know by this.
    fn find(&self, known: &KnownBy) -> Option<Record> {
        let named = self
            .names
            .records
            .get(known)
            .or_else(|| self.names.here.get(known));
        named.cloned()
    }

    /// Refuses a number that another record has here, unless the file gives that one another number; says whether it is free.
    pub(super) fn check_number(
        &mut self,
        record: &Record,
        known: &KnownBy,
        at: usize,
        entry: Option<&Entry>,
    ) -> bool {
        let other = self
            .names
            .here
            .get(known)
            .filter(|other| *other != record && !self.ids_in_file.contains(&other.to_string()));
        let Some(other) = other else { return true };
        let (word, number) = (known.0.description().label(), &known.2);
        let text = |fields: &Fields| {
            let text = ["text", "title"]
                .iter()
                .find_map(|key| fields.get(&Field(key)));
            text.map_or_else(String::new, |text| {
                format!(" (“{}”)", text.chars().take(60).collect::<String>())
            })
        };
        let (here, file) = (
            text(&self.review.fields(other)),
            entry.map_or_else(String::new, |entry| text(&entry.fields)),
        );
        let fault = format!(
            "{word} {number} of the file{file} and {word} {number} of the workspace{here} were made separately and have the same number; \
             expected different ones: change the number in the file, then import it again"
        );
        self.faults.add(at, fault);
        false
    }

    /// The meeting of a name: of the file, of the workspace, or one that is created bare.
    pub(super) fn meeting_called(&mut self, name: &Placed<String>) -> Option<MeetingId> {
        let read: MeetingName = match name.value.parse() {
            Ok(read) => read,
            Err(fault) => {
                self.faults.add(name.at, format!("{fault}"));
                return None;
            }
        };
        let known = (Kind::Meeting, String::new(), name.value.clone());
        let record = match self.find(&known) {
            Some(record) => record,
            None => {
                let record = self.new_record(Kind::Meeting)?;
                self.names
                    .bare
                    .push((record.clone(), Meeting::named(read).to_fields()));
                self.names.records.insert(known, record.clone());
                record
            }
        };
        match record {
            Record::Meeting(id) => Some(id),
            _ => None,
        }
    }

    /// Brings the values of an entry that name records from what people call these to their ids.
    pub(super) fn resolve(&mut self, entry: &mut Entry) {
        // An agenda item is named within its meeting, so meetings come first.
        let description = entry.kind.description();
        let (agenda, others): (Vec<&FieldDescription>, Vec<&FieldDescription>) = description
            .fields
            .iter()
            .filter(|known| !known.refers.is_empty() && entry.fields.contains_key(&known.field))
            .partition(|known| known.refers == [Kind::Agenda]);
        for known in others.into_iter().chain(agenda) {
            let Some(value) = entry.fields.remove(&known.field) else {
                continue;
            };
            let at = entry.place(known.field);
            let parts: Vec<&str> = if known.form == Form::Words {
                value.split(", ").collect()
            } else {
                vec![&value]
            };
            let ids: Vec<String> = parts
                .into_iter()
                .filter_map(|part| {
                    self.id_of(
                        known,
                        entry,
                        Placed {
                            value: part.to_owned(),
                            at,
                        },
                    )
                })
                .collect();
            if ids.is_empty() {
                continue;
            }
            match (known.normal)(&ids.join(", ")) {
                Ok(value) => drop(entry.fields.insert(known.field, value)),
                Err(fault) => self.faults.add(at, fault),
            }
        }
    }

    /// The text by which a record is named in the workspace.
    fn id_of(
        &mut self,
        known: &FieldDescription,
        entry: &Entry,
        value: Placed<String>,
    ) -> Option<String> {
        if let [kind] = known.refers {
            return self.one(*kind, entry, value).map(|record| record.key());
        }
        // Several kinds: the word of the kind stands before what names the record.
        let (word, rest) = value.value.split_once(' ').unwrap_or((&value.value, ""));
        let kind = known
            .refers
            .iter()
            .find(|kind| kind.description().word == word);
        let Some(kind) = kind else {
            // The type of the field says what it expects.
            let fault = (known.normal)(&value.value).err().unwrap_or_default();
            self.faults.add(value.at, fault);
            return None;
        };
        let rest = Placed {
            value: rest.to_owned(),
            at: value.at,
        };
        self.one(*kind, entry, rest)
            .map(|record| record.to_string())
    }

    fn one(&mut self, kind: Kind, entry: &Entry, value: Placed<String>) -> Option<Record> {
        match kind {
            Kind::Question => self.question_called(&value),
            Kind::Meeting => self.meeting_called(&value).map(Record::Meeting),
            Kind::Agenda => self.agenda_item_called(entry, &value),
            Kind::Assessment => {
                let number = value.value.parse().map_err(|_| ()).ok();
                let Some(number) = number else {
                    self.faults.add(
                        value.at,
                        format!(
                            "“{}” names no recommendation; expected a number such as 11",
                            value.value
                        ),
                    );
                    return None;
                };
                self.known_recommendation(Placed {
                    value: number,
                    at: value.at,
                })
                .map(|r| Record::Assessment(r.number))
            }
            _ => match kind.record(&value.value) {
                Ok(record) => {
                    let is_known = self.ids_in_file.contains(&record.to_string())
                        || !self.review.fields(&record).is_empty();
                    if !is_known {
                        let fault = format!(
                            "there is no {record}, here or in the file; expected the one that the position is on"
                        );
                        self.faults.add(value.at, fault);
                    }
                    Some(record)
                }
                Err(fault) => {
                    self.faults.add(value.at, fault.to_string());
                    None
                }
            },
        }
    }

    fn question_called(&mut self, value: &Placed<String>) -> Option<Record> {
        let number = match value.value.parse::<QuestionNumber>() {
            Ok(number) => number.to_string(),
            Err(fault) => {
                self.faults.add(value.at, fault.to_string());
                return None;
            }
        };
        let found = self.find(&(Kind::Question, String::new(), number.clone()));
        if found.is_none() {
            self.faults.add(value.at, format!("there is no question {number}, here or in the file; expected the number of one of the review's questions"));
        }
        found
    }

    fn agenda_item_called(&mut self, entry: &Entry, value: &Placed<String>) -> Option<Record> {
        let meeting = match entry.kind {
            Kind::Meeting => self.meetings.get(&entry.at).map(ToString::to_string),
            _ => entry.fields.get(&Finding::MEETING).cloned(),
        };
        let Some(meeting) = meeting else {
            self.faults.add(
                value.at,
                "an agenda item without a meeting; expected the name of the meeting, too",
            );
            return None;
        };
        let found = self.find(&(Kind::Agenda, meeting.clone(), value.value.clone()));
        if found.is_none() {
            // Files of earlier versions do not say which item they mean.
            let name = meeting.parse().map_or(meeting, |id: MeetingId| {
                self.review.meeting_name(&id).to_string()
            });
            self.notes.push(format!(
                "Agenda item {} of {name} is not known here and was left out.",
                value.value
            ));
        }
        found
    }
}
