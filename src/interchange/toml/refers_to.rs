//! Reads `[[refers_to]]`: which record a file means by a number or a name when it does not contain that record.
//!
//! A meeting or an agenda item that the workspace does not have is created with only its number or name. A question must be there: nothing is known of its text.

use super::keys::{Keys, Placed};
use super::read::Reading;
use crate::model::ids::Id;
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::Described;
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::meeting::Meeting;
use toml::de::DeTable;

const REFERENCE: &[&str] = &["kind", "number", "meeting", "id"];

impl Reading<'_> {
    /// Reads what a file refers to without containing it.
    pub(super) fn references(&mut self, tables: Vec<Placed<&DeTable<'_>>>) {
        for table in tables {
            let keys = Keys::new(table.value, table.at, REFERENCE, &mut self.faults);
            let faults = &mut self.faults;
            let (kind, meeting) = (keys.line("kind", faults), keys.line("meeting", faults));
            let id = keys.word::<Id>("id", faults);
            for (key, expected) in [
                ("kind", "question, meeting or agenda item"),
                ("number", "the number or name by which the file calls it"),
                ("id", "its id, made when it was written"),
            ] {
                keys.missing(key, expected, faults);
            }
            let is_text = keys
                .raw("number")
                .is_some_and(|number| number.get_ref().as_str().is_some());
            let number = if is_text {
                keys.line("number", faults)
            } else {
                keys.number::<u16>("number", faults).map(|number| Placed {
                    value: number.value.to_string(),
                    at: number.at,
                })
            };
            let Some(((kind, number), id)) = kind.zip(number).zip(id) else {
                continue;
            };
            let (kind_of, of) = match (kind.value.as_str(), meeting) {
                ("question", _) => (Kind::Question, String::new()),
                ("meeting", _) => (Kind::Meeting, String::new()),
                ("agenda item", Some(name)) => {
                    let Some(meeting) = self.meeting_called(&name) else {
                        continue;
                    };
                    (Kind::Agenda, meeting.to_string())
                }
                ("agenda item", None) => {
                    keys.missing("meeting", "the name of its meeting", &mut self.faults);
                    continue;
                }
                (other, _) => {
                    let fault =
                        format!("kind is “{other}”; expected question, meeting or agenda item");
                    self.faults.add(kind.at, fault);
                    continue;
                }
            };
            match kind_of.record(id.value.as_str()) {
                Ok(record) => self.refer(record, of, &number),
                Err(fault) => self.faults.add(id.at, fault.to_string()),
            }
        }
    }

    /// Notes which record a file means by a number.
    fn refer(&mut self, record: Record, of: String, number: &Placed<String>) {
        let Some(kind) = record.kind() else { return };
        let known = (kind, of, number.value.clone());
        if !self.check_number(&record, &known, number.at, None) {
            return;
        }
        if let Some(other) = self.names.records.get(&known)
            && *other != record
        {
            let fault = format!(
                "the file means two records by {} {}; expected one id",
                kind.description().label(),
                number.value
            );
            return self.faults.add(number.at, fault);
        }
        let is_known = self.ids_in_file.contains(&record.to_string())
            || matches!(&record, Record::Meeting(id) if self.review.is_quoted_meeting(id))
            || !self.review.fields(&record).is_empty();
        if !is_known {
            let bare = match &record {
                Record::Meeting(_) => number
                    .value
                    .parse()
                    .map(|name| Meeting::named(name).to_fields())
                    .ok(),
                Record::Agenda(_) => {
                    known
                        .1
                        .parse()
                        .ok()
                        .zip(number.value.parse().ok())
                        .map(|(meeting, number)| {
                            AgendaItem {
                                rank: u32::from(number),
                                ..AgendaItem::new(meeting, number, None)
                            }
                            .to_fields()
                        })
                }
                _ => {
                    let fault = format!(
                        "question {} is not in this workspace; expected one that is: import the questions first",
                        number.value
                    );
                    self.faults.add(number.at, fault);
                    None
                }
            };
            self.names
                .bare
                .extend(bare.map(|fields| (record.clone(), fields)));
        }
        self.names.records.insert(known, record);
    }
}
