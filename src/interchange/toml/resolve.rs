//! Replaces the numbers and names by which values refer to records with ids, and sets the fields that an entry's place implies.

use super::entry::Entry;
use super::reading::Reading;
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::record::describe::{Field, FieldDescription};
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::value::Form;

impl Reading<'_> {
    /// Resolves the values of all entries.
    pub(super) fn resolve(&mut self, entries: &mut [Entry<'_, '_>]) {
        for place in 0..entries.len() {
            let above = entries[place].above_in(entries).cloned();
            let entry = &mut entries[place];
            // An agenda item is named within its meeting, so meetings come first.
            let is_agenda_item = |known: &&FieldDescription| known.refers == [Kind::Agenda];
            let fields = entry.kind.description().fields.iter();
            let (agenda_items, others): (Vec<_>, Vec<_>) = fields.partition(is_agenda_item);
            for known in others.into_iter().chain(agenda_items) {
                if !known.refers.is_empty() {
                    self.resolve_field(entry, known);
                }
            }
            if let Some(above) = above {
                self.set_fields_from_above(entry, &above);
            }
        }
    }

    fn resolve_field(&mut self, entry: &mut Entry<'_, '_>, known: &FieldDescription) {
        let Some(value) = entry.fields.remove(&known.field) else {
            return;
        };
        let at = entry.place(known.field);
        let is_list = known.form == Form::Words;
        let names: Vec<&str> = if is_list {
            value.split(", ").collect()
        } else {
            vec![&value]
        };
        let mut ids = Vec::new();
        for name in names {
            ids.extend(self.id_of(known, entry, name, at));
        }
        if ids.is_empty() {
            return;
        }
        let value = self.faults.ok(at, (known.normal)(&ids.join(", ")));
        entry.fields.extend(value.map(|value| (known.field, value)));
    }

    /// The text by which a record is named in the workspace.
    fn id_of(
        &mut self,
        known: &FieldDescription,
        entry: &Entry<'_, '_>,
        name: &str,
        at: usize,
    ) -> Option<String> {
        if let [kind] = known.refers {
            let record = self.named(*kind, entry, name, at);
            return record.map(|record| record.key());
        }
        // Several kinds: the word of the kind stands before what names the record.
        let (word, rest) = name.split_once(' ').unwrap_or((name, ""));
        let mut kinds = known.refers.iter();
        let kind = kinds.find(|kind| kind.description().word == word);
        // The type of the field says what it expects.
        let fault = || (known.normal)(name).err().unwrap_or_default();
        let kind = self.faults.ok(at, kind.ok_or_else(fault))?;
        let record = self.named(*kind, entry, rest, at);
        record.map(|record| record.to_string())
    }

    /// The record of a kind that a value names.
    fn named(
        &mut self,
        kind: Kind,
        entry: &Entry<'_, '_>,
        name: &str,
        at: usize,
    ) -> Option<Record> {
        if kind == Kind::Assessment {
            return self.assessment(name, at);
        }
        if kind == Kind::Meeting {
            return self.names.meeting(name, at, self.faults);
        }
        let description = kind.description();
        match description.known_by {
            [number] if description.named_in_files => self.by_number(kind, *number, name, at),
            [_, _] if description.named_in_files => self.within_meeting(kind, entry, name, at),
            _ => self.with_id(kind, name, at),
        }
    }

    /// The record that people know by a number; a fault if there is none.
    fn by_number(&self, kind: Kind, field: Field, name: &str, at: usize) -> Option<Record> {
        let description = kind.description();
        let normal = (description.field(field.word())?.normal)(name);
        let known = (kind, String::new(), self.faults.ok(at, normal)?);
        let fault = || {
            let (what, number) = (description.label(), &known.2);
            format!(
                "there is no {what} {number}, here or in the file; expected the number of one of the review's {what}s"
            )
        };
        let found = self.names.find(&known).ok_or_else(fault);
        self.faults.ok(at, found)
    }

    fn assessment(&self, name: &str, at: usize) -> Option<Record> {
        let fault = |_| format!("“{name}” names no recommendation; expected a number such as 11");
        let number = self.faults.ok(at, name.parse().map_err(fault))?;
        let found = self.recommendation(RecommendationNumber(number), at)?;
        Some(Record::Assessment(found.number))
    }

    /// The record that people know by a number within a meeting, which the same entry names.
    fn within_meeting(
        &mut self,
        kind: Kind,
        entry: &Entry<'_, '_>,
        name: &str,
        at: usize,
    ) -> Option<Record> {
        let own = entry.record.as_ref().and_then(Record::meeting);
        let own = own.map(ToString::to_string);
        let meeting = own.or_else(|| entry.fields.get(&Finding::MEETING).cloned());
        let fault = "an agenda item without a meeting; expected the name of the meeting, too";
        let meeting = self.faults.ok(at, meeting.ok_or(fault))?;
        let known = (kind, meeting, name.to_owned());
        let found = self.names.find(&known);
        if found.is_none() {
            // Files of earlier versions do not say which item they mean.
            let (_, meeting, number) = known;
            let named = |id: MeetingId| {
                let called = self.names.called(&Record::Meeting(id.clone()));
                called.map_or_else(|| self.review.meeting_name(&id).to_string(), str::to_owned)
            };
            let name = meeting.parse().map_or(meeting, named);
            let note =
                format!("Agenda item {number} of {name} is not known here and was left out.");
            self.notes.push(note);
        }
        found
    }

    fn with_id(&self, kind: Kind, name: &str, at: usize) -> Option<Record> {
        let record = self.faults.ok(at, kind.record(name))?;
        let is_in_file = self.names.with_id.contains(&record);
        if !is_in_file && self.review.fields(&record).is_empty() {
            let fault = format!(
                "there is no {record}, here or in the file; expected the one that the position is on"
            );
            self.faults.add(at, fault);
        }
        Some(record)
    }

    /// Sets the fields that follow from the record above an entry.
    fn set_fields_from_above(&mut self, entry: &mut Entry<'_, '_>, above: &Record) {
        let description = entry.kind.description();
        for field in entry.list.without {
            let known = description.field(field.word());
            if known.is_some_and(|known| known.refers.iter().any(|k| above.kind() == Some(*k))) {
                entry.fields.insert(*field, above.key());
            }
        }
        if entry.list.implied.contains(&Finding::ABOUT) {
            self.check_about(entry, above);
        }
    }

    /// A finding below a recommendation is on the recommendation or on one of its questions, one below a meeting on the meeting.
    fn check_about(&mut self, entry: &mut Entry<'_, '_>, above: &Record) {
        let at = entry.place(Finding::ABOUT);
        let Some(about) = entry.fields.get(&Finding::ABOUT) else {
            entry.fields.insert(Finding::ABOUT, above.to_string());
            return;
        };
        let review = self.review;
        let about: Option<About> = about.parse().ok();
        let is_below = about.as_ref().is_some_and(|about| match about {
            // That the question is not here was said where the file refers to it.
            About::Question(id) if review.questions.by_id(id).is_none() => true,
            About::Question(_) => {
                above.recommendation().is_some()
                    && review.recommendation_of(about) == above.recommendation()
            }
            About::Recommendation(_) | About::Meeting(_) => about.record() == *above,
        });
        if is_below {
            return;
        }
        let (below, expected) = if let Some(number) = above.recommendation() {
            (format!("recommendation {number}"), "one of its questions")
        } else {
            let word = above.kind().map(|kind| kind.description().label());
            let called = word.zip(self.names.called(above));
            let label = called.map(|(word, called)| format!("{word} {called}"));
            (label.unwrap_or_else(|| review.label(above)), "no about")
        };
        let about = about.map_or_else(String::new, |about| review.label(&about.record()));
        let fault = format!("“{about}” does not belong below {below}; expected {expected}");
        self.faults.add(at, fault);
    }
}
