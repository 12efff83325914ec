//! Which parts of the journal tell of private notes, and who may read them.
//!
//! A finding that is private, or ever was, is told of by the journal to its author only: not its words, not that it was reworded or withdrawn.
//! What it says while it is public is told by the lists and reports, which look at the finding itself. A version of a report that went out
//! is kept as it is, and its text is not handed on once something that it tells of was made private.
//!
//! Read off the journal and not off the review, which no longer knows a private note that was taken back.

use super::change::{Change, Operation, Record};
use super::fields::Fields;
use super::ids::{Id, MeetingId};
use super::vocabulary::Field;
use std::collections::{BTreeMap, BTreeSet};

/// The fields of a finding that hold words.
const WORDS: [Field; 2] = [Field::Text, Field::SaidBy];

/// The findings that are private or ever were, and the report_versions that tell of them.
#[derive(Debug, Clone, Default)]
pub struct PrivateNotes {
    notes: BTreeMap<Id, PrivateNote>,
    report_versions: BTreeMap<Record, BTreeSet<Id>>,
}

/// A finding that is private or ever was.
#[derive(Debug, Clone, Default)]
struct PrivateNote {
    /// What it is now; nothing if it was taken back.
    fields: Fields,
    author: String,
    /// What it said while it was private and has not said in public since.
    private_words: BTreeSet<String>,
}

impl PrivateNote {
    fn apply(&mut self, change: &Change) {
        match &change.after {
            Some(value) => self.fields.insert(change.field, value.clone()),
            None => self.fields.remove(&change.field),
        };
        if let Some(author) = Some(change).filter(|change| change.field == Field::By).and_then(|change| change.after.as_ref()) {
            self.author.clone_from(author);
        }
    }

    /// Notes what it says as it now stands.
    fn record_words(&mut self) {
        let said: Vec<String> = WORDS.iter().filter_map(|field| self.fields.get(field).cloned()).collect();
        if self.fields.contains_key(&Field::Private) {
            self.private_words.extend(said);
        } else {
            self.private_words.retain(|words| !said.contains(words));
        }
    }

    /// Whether all that it ever said in private it has said in public since, and says so now.
    fn is_fully_public(&self) -> bool {
        is_shown_to_all(&self.fields) && self.private_words.is_empty()
    }
}

/// Whether everybody may read the finding with these fields.
pub fn is_shown_to_all(fields: &Fields) -> bool {
    fields.contains_key(&Field::Text) && !fields.contains_key(&Field::Private) && !fields.contains_key(&Field::Withdrawn)
}

impl PrivateNotes {
    /// Reads them off a journal, or off those of its operations that touch private notes and report_versions of reports.
    pub fn of(journal: &[Operation]) -> PrivateNotes {
        let mut found = PrivateNotes::default();
        let privacies = journal.iter().flat_map(|operation| &operation.changes).filter(|change| change.field == Field::Private);
        for change in privacies {
            if let Record::Finding(id) = &change.record {
                found.notes.entry(id.clone()).or_default();
            }
        }
        if found.notes.is_empty() {
            return found;
        }
        // What the report of a meeting ever told.
        let mut told: BTreeMap<MeetingId, BTreeSet<Id>> = BTreeMap::new();
        for operation in journal {
            let mut touched = BTreeSet::new();
            for change in &operation.changes {
                match &change.record {
                    Record::Finding(id) if let Some(note) = found.notes.get_mut(id) => {
                        note.apply(change);
                        touched.insert(id);
                    }
                    Record::Report(meeting, _) if change.field == Field::Text && change.after.is_some() => {
                        found.report_versions.insert(change.record.clone(), told.get(meeting).cloned().unwrap_or_default());
                    }
                    _ => {}
                }
            }
            for id in touched {
                let Some(note) = found.notes.get_mut(id) else { continue };
                note.record_words();
                let meeting =
                    note.fields.get(&Field::Meeting).filter(|_| is_shown_to_all(&note.fields)).and_then(|meeting| meeting.parse().ok());
                if let Some(meeting) = meeting {
                    told.entry(meeting).or_default().insert(id.clone());
                }
            }
        }
        found
    }

    /// Whether a finding is private or ever was.
    pub fn contains(&self, id: &Id) -> bool {
        self.notes.contains_key(id)
    }

    /// Whether a finding said this in private, and has not said it in public since.
    pub fn was_private_text(&self, id: &Id, words: &str) -> bool {
        self.notes.get(id).is_some_and(|note| note.private_words.contains(words))
    }

    /// Whether a reader may know of a change; `reader` is nobody for what goes out without private notes.
    pub fn may_see_change(&self, change: &Change, reader: Option<&str>) -> bool {
        match &change.record {
            Record::Finding(id) => self.notes.get(id).is_none_or(|note| reader == Some(note.author.as_str())),
            Record::Report(..) if change.field == Field::Text => self.may_read_report(&change.record, reader),
            _ => true,
        }
    }

    /// Whether a reader may read the text of a version of a report.
    pub fn may_read_report(&self, version: &Record, reader: Option<&str>) -> bool {
        let notes = self.report_versions.get(version).into_iter().flatten().filter_map(|id| self.notes.get(id));
        notes.into_iter().all(|note| note.is_fully_public() || reader == Some(note.author.as_str()))
    }

    /// The operations as a reader may know them: without the changes that [`PrivateNotes::may_see_change`] does not allow, and without what came
    /// with them alone. The label of an operation of which something is left out names what is left.
    pub fn visible_to(&self, reader: Option<&str>, journal: Vec<Operation>) -> Vec<Operation> {
        let known = journal.into_iter().filter_map(|mut operation| {
            let all = operation.changes.len();
            operation.changes.retain(|change| self.may_see_change(change, reader));
            if operation.changes.len() == all {
                return Some(operation);
            }
            // Whom a private note names came into the team with it.
            let rest = operation.changes.iter().find(|change| !matches!(change.record, Record::Member(_)))?;
            operation.label = format!("Change of {}", rest.record);
            Some(operation)
        });
        known.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::change::Role;

    fn operation(changes: &[(&str, Field, Option<&str>, Option<&str>)]) -> Operation {
        let change = |(record, field, before, after): &(&str, Field, Option<&str>, Option<&str>)| Change {
            record: record.parse().unwrap(),
            field: *field,
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        Operation {
            id: "op-1".parse().unwrap(),
            at: "2018-09-13T14:41:07Z".parse().unwrap(),
            by: "Denise".to_owned(),
            meeting: None,
            role: Role::Do,
            label: "Note on Rec 11".to_owned(),
            changes: changes.iter().map(change).collect(),
        }
    }

    #[test]
    fn what_is_made_public_on_purpose_is_private_no_more_and_its_earlier_words_are() {
        let made = [("finding abcd", Field::By, None, Some("Denise")), ("finding abcd", Field::Text, None, Some("first"))];
        let hidden = operation(&[("finding abcd", Field::Private, None, Some("yes"))]);
        let reworded = operation(&[("finding abcd", Field::Text, Some("first"), Some("second"))]);
        let opened = operation(&[("finding abcd", Field::Private, Some("yes"), None)]);
        let id: Id = "abcd".parse().unwrap();
        let said = |journal: &[&Operation]| {
            let notes = PrivateNotes::of(&journal.iter().map(|o| (*o).clone()).collect::<Vec<_>>());
            ["first", "second"].map(|words| notes.was_private_text(&id, words))
        };
        let made = operation(&made);
        assert_eq!(said(&[&made, &reworded]), [false, false]);
        assert_eq!(said(&[&made, &hidden]), [true, false]);
        assert_eq!(said(&[&made, &hidden, &opened]), [false, false]);
        assert_eq!(said(&[&made, &hidden, &reworded, &opened]), [true, false]);
    }

    #[test]
    fn an_operation_of_which_something_is_left_out_is_called_by_the_rest() {
        let mixed = operation(&[
            ("member Zoe", Field::Name, None, Some("Zoe")),
            ("finding abcd", Field::By, None, Some("Denise")),
            ("finding abcd", Field::Private, None, Some("yes")),
            ("queued plenary-43.11", Field::Outcome, None, Some("reached")),
        ]);
        let notes = PrivateNotes::of(std::slice::from_ref(&mixed));
        assert_eq!(notes.visible_to(Some("Denise"), vec![mixed.clone()]), std::slice::from_ref(&mixed));
        let told = notes.visible_to(None, vec![mixed.clone()]);
        assert_eq!((told[0].label.as_str(), told[0].changes.len()), ("Change of queued plenary-43.11", 2));
        let alone = Operation { changes: mixed.changes[..3].to_vec(), ..mixed };
        assert_eq!(notes.visible_to(Some("Emily"), vec![alone]), []);
    }
}
