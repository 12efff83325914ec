//! Which changes in the journal concern private notes, and who may see them.
//!
//! If a finding is private, or ever was, only its author sees its changes in the journal: others learn neither what it said nor that it was
//! reworded or withdrawn. While it is public, lists and reports show it, because they read the finding and not the journal. A report version that
//! went out is kept unchanged, but its text is no longer exported once a finding in it was made private.
//!
//! This is read from the journal and not from the review, because the review no longer contains a private note whose writing was undone.

use super::ids::{Id, MeetingId};
use super::journal::change::{Change, Operation};
use super::journal::replay::Replay;
use super::record::report_version::ReportVersion;
use crate::model::record::describe::{Field, Fields};
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use std::collections::{BTreeMap, BTreeSet};

/// The fields of a finding that nobody else may read while it is private.
const WORDS: [Field; 2] = [Finding::TEXT, Finding::SAID_BY];

/// The findings that are private or ever were, and the report versions that contain them.
#[derive(Debug, Clone, Default)]
pub struct PrivateNotes {
    notes: BTreeMap<Id, PrivateNote>,
    report_versions: BTreeMap<Record, BTreeSet<Id>>,
}

/// A finding that is private or ever was.
#[derive(Debug, Clone, Default)]
struct PrivateNote {
    author: String,
    /// Whether everybody may read it now.
    is_shown: bool,
    /// Its texts and names while it was private, without those that were public later.
    private_words: BTreeSet<String>,
}

impl PrivateNote {
    /// Brings it up to date after an operation; the finding has no fields after one that undid its writing.
    fn update(&mut self, fields: &Fields) {
        if let Some(author) = fields.get(&Finding::BY) {
            self.author.clone_from(author);
        }
        self.is_shown = is_shown_to_all(fields);
        let said: Vec<&String> = WORDS.iter().filter_map(|word| fields.get(word)).collect();
        if fields.contains_key(&Finding::PRIVATE) {
            self.private_words.extend(said.into_iter().cloned());
        } else {
            self.private_words.retain(|words| !said.contains(&words));
        }
    }

    fn is_by(&self, reader: Option<&str>) -> bool {
        reader == Some(self.author.as_str())
    }

    /// Whether it is public now, and so is everything that it said while it was private.
    fn is_fully_public(&self) -> bool {
        self.is_shown && self.private_words.is_empty()
    }
}

/// Whether everybody may read a finding with these fields: it exists, and is neither private nor withdrawn.
pub fn is_shown_to_all(fields: &Fields) -> bool {
    fields.contains_key(&Finding::TEXT)
        && !fields.contains_key(&Finding::PRIVATE)
        && !fields.contains_key(&Finding::WITHDRAWN)
}

/// The meeting whose report contains a finding with these fields.
pub fn reporting_meeting(fields: &Fields) -> Option<MeetingId> {
    fields
        .get(&Finding::MEETING)
        .filter(|_| is_shown_to_all(fields))?
        .parse()
        .ok()
}

impl PrivateNotes {
    /// Reads them from a journal; the operations that touch private notes and report versions are enough.
    pub fn of(journal: &[Operation]) -> PrivateNotes {
        let mut found = PrivateNotes::default();
        for change in journal.iter().flat_map(|operation| &operation.changes) {
            if let (Record::Finding(id), Finding::PRIVATE) = (&change.record, change.field) {
                found.notes.entry(id.clone()).or_default();
            }
        }
        if found.notes.is_empty() {
            return found;
        }
        // The findings that the report of a meeting contained at some time.
        let mut reported: BTreeMap<MeetingId, BTreeSet<Id>> = BTreeMap::new();
        let mut replay = Replay::default();
        for operation in journal {
            for change in &operation.changes {
                if let (Record::Report(_), ReportVersion::MEETING, Some(meeting)) =
                    (&change.record, change.field, &change.after)
                {
                    let meeting = meeting.parse().ok();
                    let notes = meeting.and_then(|meeting: MeetingId| reported.get(&meeting));
                    let notes = notes.cloned().unwrap_or_default();
                    found.report_versions.insert(change.record.clone(), notes);
                }
            }
            let of_notes = |change: &&Change| matches!(&change.record, Record::Finding(id) if found.notes.contains_key(id));
            let changes: Vec<&Change> = operation.changes.iter().filter(of_notes).collect();
            replay.apply(changes.iter().copied());
            let touched: BTreeSet<&Record> = changes.iter().map(|change| &change.record).collect();
            for record in touched {
                let Record::Finding(id) = record else {
                    continue;
                };
                let fields = replay.fields(record);
                found.notes.entry(id.clone()).or_default().update(fields);
                if let Some(meeting) = reporting_meeting(fields) {
                    reported.entry(meeting).or_default().insert(id.clone());
                }
            }
        }
        found
    }

    /// Whether a finding is private or ever was.
    pub fn contains(&self, id: &Id) -> bool {
        self.notes.contains_key(id)
    }

    /// Whether a finding had this text, or named this person, while it was private, and not in public since.
    pub fn was_private_text(&self, id: &Id, words: &str) -> bool {
        let note = self.notes.get(id);
        note.is_some_and(|note| note.private_words.contains(words))
    }

    /// Whether a reader may see a change; `reader` is `None` for an output without private notes.
    pub fn may_see_change(&self, change: &Change, reader: Option<&str>) -> bool {
        match &change.record {
            Record::Finding(id) => self.notes.get(id).is_none_or(|note| note.is_by(reader)),
            record => change.field != ReportVersion::TEXT || self.may_read_report(record, reader),
        }
    }

    /// Whether a reader may read the text of a report version.
    pub fn may_read_report(&self, version: &Record, reader: Option<&str>) -> bool {
        let ids = self.report_versions.get(version).into_iter().flatten();
        let mut notes = ids.filter_map(|id| self.notes.get(id));
        notes.all(|note| note.is_fully_public() || note.is_by(reader))
    }

    /// The operations as a reader may see them: without the changes that [`PrivateNotes::may_see_change`] forbids, and without an operation of which
    /// only new members are left. An operation from which changes were left out gets a label that names a record that is left.
    pub fn visible_to(&self, reader: Option<&str>, journal: Vec<Operation>) -> Vec<Operation> {
        let known = journal.into_iter().filter_map(|mut operation| {
            let all = operation.changes.len();
            operation
                .changes
                .retain(|change| self.may_see_change(change, reader));
            if operation.changes.len() == all {
                return Some(operation);
            }
            // A member who is left alone was added because the private note names them.
            let rest = operation
                .changes
                .iter()
                .find(|change| !matches!(change.record, Record::Member(_)))?;
            operation.label = format!("Change of {}", rest.record);
            Some(operation)
        });
        known.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::journal::change::Role;
    use crate::model::record::meeting::Meeting;
    use crate::model::record::queued::Queued;

    fn operation(changes: &[(&str, Field, Option<&str>, Option<&str>)]) -> Operation {
        let change =
            |(record, field, before, after): &(&str, Field, Option<&str>, Option<&str>)| Change {
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
    fn making_a_note_public_publishes_its_text_of_now_and_no_earlier_one() {
        let made = [
            ("finding abcd", Finding::BY, None, Some("Denise")),
            ("finding abcd", Finding::TEXT, None, Some("first")),
        ];
        let hidden = operation(&[("finding abcd", Finding::PRIVATE, None, Some("yes"))]);
        let reworded = operation(&[("finding abcd", Finding::TEXT, Some("first"), Some("second"))]);
        let opened = operation(&[("finding abcd", Finding::PRIVATE, Some("yes"), None)]);
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
    fn an_operation_without_its_private_changes_is_labelled_by_the_rest() {
        let mixed = operation(&[
            ("member Zoe", Meeting::NAME, None, Some("Zoe")),
            ("finding abcd", Finding::BY, None, Some("Denise")),
            ("finding abcd", Finding::PRIVATE, None, Some("yes")),
            (
                "queued plenary-43.11",
                Queued::OUTCOME,
                None,
                Some("reached"),
            ),
        ]);
        let notes = PrivateNotes::of(std::slice::from_ref(&mixed));
        assert_eq!(
            notes.visible_to(Some("Denise"), vec![mixed.clone()]),
            std::slice::from_ref(&mixed)
        );
        let told = notes.visible_to(None, vec![mixed.clone()]);
        assert_eq!(
            (told[0].label.as_str(), told[0].changes.len()),
            ("Change of queued plenary-43.11", 2)
        );
        let alone = Operation {
            changes: mixed.changes[..3].to_vec(),
            ..mixed
        };
        assert_eq!(notes.visible_to(Some("Emily"), vec![alone]), []);
    }
}
