//! What an undo or redo must leave alone, and why it is refused: others may have named or answered since what it would remove.
//!
//! Which operation is undone or redone is read from the journal, in [`super::journal::stacks`].

use super::ids::{Id, QuestionId};
use super::journal::change::{Change, Edit};
use super::journal::replay::Replay;
use super::review::Review;
use super::vocabulary::{Outcome, QuestionState};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::Fields;
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
    let after = review.after(&edit.changes);
    let spared = |change: &Change| match (&change.before, &change.after) {
        _ if matches!(change.record, Record::Question(_))
            && change.field == RecordedQuestion::STATE =>
        {
            keeps_its_answer(review, &edit.changes, change)
        }
        // What a call came to, it came to, as long as anything else that was recorded then stands.
        (before, after)
            if matches!(change.record, Record::Queued(_)) && change.field == Queued::OUTCOME =>
        {
            let reached =
                |value: &Option<String>| value.as_deref() == Some(Outcome::Reached.word());
            let now = review.fields(&change.record).remove(&Queued::OUTCOME);
            let by_the_way = edit
                .changes
                .iter()
                .any(|other| other.record != change.record);
            // An import brings it queued and reached at once, and takes both away.
            let whole = edit
                .changes
                .iter()
                .any(|other| other.record == change.record && other.field == AgendaItem::RANK);
            if whole {
                return false;
            }
            (reached(before)
                && after.is_none()
                && by_the_way
                && still_reached.contains(&change.record))
                || (reached(after) && reached(&now))
        }
        // And so it stays on the queue.
        (before, after)
            if matches!(change.record, Record::Queued(_)) && change.field == AgendaItem::RANK =>
        {
            let now = review.fields(&change.record);
            let reached =
                now.get(&Queued::OUTCOME).map(String::as_str) == Some(Outcome::Reached.word());
            let decided = edit
                .changes
                .iter()
                .any(|other| other.record == change.record && other.field == Queued::OUTCOME);
            let same = if after.is_none() { before } else { after };
            reached
                && !decided
                && before.is_some() != after.is_some()
                && now.get(&AgendaItem::RANK) == same.as_ref()
        }
        _ if change.field != Meeting::NAME => false,
        (Some(_), None) => naming(review, &after, &change.record).is_some(),
        (None, Some(_)) => {
            review.fields(&change.record).get(&change.field) == change.after.as_ref()
        }
        _ => false,
    };
    let spared: Vec<bool> = edit.changes.iter().map(spared).collect();
    let mut spared = spared.into_iter();
    edit.changes.retain(|_| !spared.next().unwrap_or(false));
    edit
}

/// Whether a question stays where it is, since somebody else's answer to it stands whether or not this one does.
fn keeps_its_answer(review: &Review, changes: &[Change], state: &Change) -> bool {
    let Record::Question(question) = &state.record else {
        return false;
    };
    let moved = |id: &Id| {
        changes
            .iter()
            .any(|c| c.record == Record::Answer(id.clone()))
    };
    let others = review
        .answers_to(question)
        .iter()
        .any(|answer| !moved(&answer.id));
    let with_answer = changes
        .iter()
        .any(|c| matches!(c.record, Record::Answer(_)));
    let now = review
        .fields(&state.record)
        .remove(&RecordedQuestion::STATE);
    with_answer && others && now.as_deref() == Some(QuestionState::Answered.word())
}

/// The question that the changes would make a draft again, though it has answers that stay.
pub fn unsent_with_answers(review: &Review, changes: &[Change]) -> Option<Record> {
    let unsent = |change: &&Change| match &change.record {
        Record::Question(question) if change.field == RecordedQuestion::STATE => {
            change.after.as_deref() == Some(QuestionState::Draft.word())
                && !review.answers_to(question).is_empty()
        }
        _ => false,
    };
    changes
        .iter()
        .find(unsent)
        .map(|change| change.record.clone())
}

/// The fields of a record as a step leaves it; `after` has the records that the step changes.
fn fields_after(review: &Review, after: &Replay, record: &Record) -> Fields {
    let changed = after.changed(record).cloned();
    changed.unwrap_or_else(|| review.fields(record))
}

/// A record that names another one as a step leaves them.
fn naming(review: &Review, after: &Replay, named: &Record) -> Option<Record> {
    review.records.names().find(|record| {
        let mut fields = fields_after(review, after, record);
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
