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
    let meeting = fields.get(&Finding::MEETING)?;
    meeting.parse().ok().filter(|_| is_shown_to_all(fields))
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
            let of_finding = |change: &&Change| matches!(change.record, Record::Finding(_));
            let changes = operation.changes.iter().filter(of_finding);
            replay.apply(changes.clone());
            for change in changes {
                let fields = replay.fields(&change.record);
                if let Record::Finding(id) = &change.record
                    && let Some(note) = found.notes.get_mut(id)
                {
                    note.update(fields);
                    if let Some(meeting) = reporting_meeting(fields) {
                        reported.entry(meeting).or_default().insert(id.clone());
                    }
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
        if let Some(id) = change.record.finding() {
            return self.notes.get(id).is_none_or(|note| note.is_by(reader));
        }
        change.field != ReportVersion::TEXT || self.may_read_report(&change.record, reader)
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
        let visible = |mut operation: Operation| {
            let changes = &mut operation.changes;
            let all = changes.len();
            changes.retain(|change| self.may_see_change(change, reader));
            if changes.len() < all {
                // A member who is left alone was added because the private note names them.
                let is_member = |change: &&Change| matches!(change.record, Record::Member(_));
                let rest = changes.iter().find(|change| !is_member(change))?;
                operation.label = format!("Change of {}", rest.record);
            }
            Some(operation)
        };
        journal.into_iter().filter_map(visible).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::journal::change::Role;
    use crate::model::record::meeting::Meeting;
    use crate::model::record::queued::Queued;

    /// An operation that sets or unsets these fields; what was set before does not matter to private notes.
    fn operation(changes: &[(&str, Field, Option<&str>)]) -> Operation {
        let change = |(record, field, after): &(&str, Field, Option<&str>)| Change {
            record: record.parse().unwrap(),
            field: *field,
            before: None,
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
        let made = operation(&[
            ("finding abcd", Finding::BY, Some("Denise")),
            ("finding abcd", Finding::TEXT, Some("first")),
        ]);
        let hidden = operation(&[("finding abcd", Finding::PRIVATE, Some("yes"))]);
        let reworded = operation(&[("finding abcd", Finding::TEXT, Some("second"))]);
        let opened = operation(&[("finding abcd", Finding::PRIVATE, None)]);
        let id: Id = "abcd".parse().unwrap();
        let said = |journal: &[&Operation]| {
            let journal: Vec<Operation> = journal.iter().map(|o| (*o).clone()).collect();
            let notes = PrivateNotes::of(&journal);
            ["first", "second"].map(|words| notes.was_private_text(&id, words))
        };
        assert_eq!(said(&[&made, &reworded]), [false, false]);
        assert_eq!(said(&[&made, &hidden]), [true, false]);
        assert_eq!(said(&[&made, &hidden, &opened]), [false, false]);
        assert_eq!(said(&[&made, &hidden, &reworded, &opened]), [true, false]);
    }

    #[test]
    fn an_operation_without_its_private_changes_is_labelled_by_the_rest() {
        let mixed = operation(&[
            ("member Zoe", Meeting::NAME, Some("Zoe")),
            ("finding abcd", Finding::BY, Some("Denise")),
            ("finding abcd", Finding::PRIVATE, Some("yes")),
            ("queued plenary-43.11", Queued::OUTCOME, Some("reached")),
        ]);
        let journal = vec![mixed.clone()];
        let notes = PrivateNotes::of(&journal);
        assert_eq!(notes.visible_to(Some("Denise"), journal.clone()), journal);
        let visible = notes.visible_to(None, journal);
        assert_eq!(visible[0].label, "Change of queued plenary-43.11");
        assert_eq!(visible[0].changes.len(), 2);
        let alone = Operation {
            changes: mixed.changes[..3].to_vec(),
            ..mixed
        };
        assert_eq!(notes.visible_to(Some("Emily"), vec![alone]), []);
    }
}
