//! What an undo or redo must leave alone, and why it is refused: others may have named or answered since what it would remove.
//!
//! Which operation is undone or redone is read from the journal, in [`super::journal::stacks`].

use super::ids::QuestionId;
use super::journal::change::{Change, Edit};
use super::journal::replay::Replay;
use super::review::Review;
use super::vocabulary::{Outcome, QuestionState};
use crate::model::record::answer::Answer;
use crate::model::record::describe::Field;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::question::RecordedQuestion;
use crate::model::record::queued::Queued;
use std::collections::BTreeSet;

/// Leaves the members and meetings alone that a step back or forth would take from under other records.
///
/// They are created bare by the first edit that names them, in its operation. When somebody else has named them since, an undo of that
/// operation must not remove them, and a redo finds them there already. Nor does taking back one of two answers leave a question unanswered.
#[must_use]
pub fn sparing_what_is_named(
    review: &Review,
    mut edit: Edit,
    still_reached: &BTreeSet<Record>,
) -> Edit {
    let changes = edit.changes.clone();
    let after = review.after(&changes);
    edit.changes
        .retain(|change| !is_left_out(review, &changes, &after, change, still_reached));
    edit
}

/// Whether a change of a step is left out; `after` has the records as the step would leave them.
fn is_left_out(
    review: &Review,
    changes: &[Change],
    after: &Replay,
    change: &Change,
    still_reached: &BTreeSet<Record>,
) -> bool {
    let record = &change.record;
    let now = review.fields(record);
    let (was, becomes) = (change.before.as_ref(), change.after.as_ref());
    let also_changes = |field: Field| {
        let mut changes = changes.iter();
        changes.any(|other| other.record == *record && other.field == field)
    };
    let is_reached =
        |value: Option<&String>| value.is_some_and(|value| value == Outcome::Reached.word());
    match change.field {
        RecordedQuestion::STATE => keeps_its_answer(review, changes, record),
        // An import can queue a recommendation and mark it as reached in one operation; undoing the import removes both.
        Queued::OUTCOME if also_changes(Queued::RANK) => false,
        Queued::OUTCOME if is_reached(becomes) => is_reached(now.get(&Queued::OUTCOME)),
        // What a call came to, it came to, as long as anything else that was recorded then stands.
        Queued::OUTCOME => {
            is_reached(was)
                && becomes.is_none()
                && still_reached.contains(record)
                && changes.iter().any(|other| other.record != *record)
        }
        // And so it stays on the queue.
        Queued::RANK if matches!(record, Record::Queued(_)) => {
            is_reached(now.get(&Queued::OUTCOME))
                && !also_changes(Queued::OUTCOME)
                && was.is_some() != becomes.is_some()
                && now.get(&Queued::RANK) == was.or(becomes)
        }
        Meeting::NAME if becomes.is_none() => naming(review, after, record).is_some(),
        Meeting::NAME => was.is_none() && now.get(&Meeting::NAME) == becomes,
        _ => false,
    }
}

/// Whether a question stays where it is, since somebody else's answer to it stands whether or not this one does.
fn keeps_its_answer(review: &Review, changes: &[Change], record: &Record) -> bool {
    let Record::Question(id) = record else {
        return false;
    };
    let recorded = review.records.questions.get(id);
    let is_answered = recorded.is_some_and(|q| q.state == Some(QuestionState::Answered));
    let is_of_answer = |change: &Change| matches!(change.record, Record::Answer(_));
    let stays = |answer: &&Answer| {
        let record = Record::Answer(answer.id.clone());
        !changes.iter().any(|change| change.record == record)
    };
    is_answered && changes.iter().any(is_of_answer) && review.answers_to(id).iter().any(stays)
}

/// The question that the changes would make a draft again, though it has answers that stay.
pub fn unsent_with_answers(review: &Review, changes: &[Change]) -> Option<Record> {
    let is_unsent = |change: &&Change| {
        let Record::Question(id) = &change.record else {
            return false;
        };
        change.field == RecordedQuestion::STATE
            && change.after.as_deref() == Some(QuestionState::Draft.word())
            && !review.answers_to(id).is_empty()
    };
    let unsent = changes.iter().find(is_unsent);
    unsent.map(|change| change.record.clone())
}

/// A record that still names `named` after a step; `after` has the records that the step changes.
pub(super) fn naming(review: &Review, after: &Replay, named: &Record) -> Option<Record> {
    review.records.names().find(|record| {
        let changed = after.changed(record).cloned();
        let mut fields = changed.unwrap_or_else(|| review.fields(record));
        // Only its author may know whom a private note names, so such a name is no reason to keep a member in the team.
        if matches!(record, Record::Finding(_)) && fields.contains_key(&Finding::PRIVATE) {
            fields.remove(&Finding::SAID_BY);
        }
        record != named && !fields.is_empty() && record.names(&fields).contains(named)
    })
}

/// A record that the changes remove, with one that would still name it. One operation can remove many.
pub fn left_named(review: &Review, changes: &[Change]) -> Option<(Record, Record)> {
    let after = review.after(changes);
    let is_removed = |record: &&Record| {
        let is_quoted = matches!(
            record,
            Record::Assessment(_) | Record::Question(QuestionId::Printed(_))
        );
        !is_quoted && !review.fields(record).is_empty() && after.fields(record).is_empty()
    };
    let mut removed = after.records().map(|(record, _)| record).filter(is_removed);
    removed.find_map(|removed| Some((removed.clone(), naming(review, &after, removed)?)))
}
