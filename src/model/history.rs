//! Undo and redo: which operation an author's next `u` or `U` means.
//!
//! The journal only grows: an undo is an operation of its own that names the one it takes back. So the two stacks are not kept anywhere; they are
//! read off the author's own entries, oldest first:
//!
//! ```text
//! do A      undo: A         redo: -
//! do B      undo: A B       redo: -
//! undo B    undo: A         redo: B
//! redo B    undo: A B       redo: -
//! do C      undo: A B C     redo: -      (a new operation forgets what could be redone)
//! ```

use super::call::position::Matter;
use super::change::{Change, Edit, Operation, Record, Role};
use super::fields::Fields;
use super::ids::{Id, QuestionNumber};
use super::review::Review;
use super::vocabulary::{Field, Outcome, QuestionState};
use std::collections::{BTreeMap, BTreeSet};

/// What can be undone and redone by one author, the next one last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stacks {
    /// Operations that can be taken back.
    pub undo: Vec<Id>,
    /// Operations that can be repeated.
    pub redo: Vec<Id>,
}

/// Reads the stacks off one author's entries, oldest first.
pub fn stacks<'a>(entries: impl IntoIterator<Item = (&'a Id, &'a Role)>) -> Stacks {
    let mut stacks = Stacks::default();
    for (id, role) in entries {
        match role {
            Role::Do => {
                stacks.undo.push(id.clone());
                stacks.redo.clear();
            }
            Role::Undo(target) => {
                stacks.undo.retain(|known| known != target);
                stacks.redo.push(target.clone());
            }
            Role::Redo(target) => {
                stacks.redo.retain(|known| known != target);
                stacks.undo.push(target.clone());
            }
        }
    }
    stacks
}

/// The operations that stand: done and not undone, or undone and done again. An undo or redo of one stands in no list of its own.
pub fn standing(journal: &[Operation]) -> BTreeSet<&Id> {
    let mut standing: BTreeSet<&Id> = BTreeSet::new();
    for operation in journal {
        match &operation.role {
            Role::Do => {
                standing.insert(&operation.id);
            }
            Role::Undo(target) => {
                standing.remove(target);
            }
            Role::Redo(target) => {
                standing.extend(journal.iter().map(|held| &held.id).find(|id| *id == target))
            }
        }
    }
    standing
}

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
    let by_record = by_record(&edit.changes);
    let spared = |change: &Change| match (&change.before, &change.after) {
        _ if matches!(change.record, Record::Question(_)) && change.field == Field::State => {
            keeps_its_answer(review, &edit.changes, change)
        }
        // What a call came to, it came to, as long as anything else that was recorded then stands.
        (before, after)
            if matches!(change.record, Record::Queued(..)) && change.field == Field::Outcome =>
        {
            let reached =
                |value: &Option<String>| value.as_deref() == Some(Outcome::Reached.word());
            let now = review.fields(&change.record).remove(&Field::Outcome);
            let by_the_way = edit
                .changes
                .iter()
                .any(|other| other.record != change.record);
            // An import brings it queued and reached at once, and takes both away.
            let whole = edit
                .changes
                .iter()
                .any(|other| other.record == change.record && other.field == Field::Rank);
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
            if matches!(change.record, Record::Queued(..)) && change.field == Field::Rank =>
        {
            let now = review.fields(&change.record);
            let reached =
                now.get(&Field::Outcome).map(String::as_str) == Some(Outcome::Reached.word());
            let decided = edit
                .changes
                .iter()
                .any(|other| other.record == change.record && other.field == Field::Outcome);
            let same = if after.is_none() { before } else { after };
            reached
                && !decided
                && before.is_some() != after.is_some()
                && now.get(&Field::Rank) == same.as_ref()
        }
        _ if change.field != Field::Name => false,
        (Some(_), None) => is_named(review, &by_record, &change.record),
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
    let Record::Question(number) = state.record else {
        return false;
    };
    let moved = |id: &Id| {
        changes
            .iter()
            .any(|c| c.record == Record::Answer(id.clone()))
    };
    let others = review
        .answers_to(number)
        .iter()
        .any(|answer| !moved(&answer.id));
    let with_answer = changes
        .iter()
        .any(|c| matches!(c.record, Record::Answer(_)));
    let now = review.fields(&state.record).remove(&Field::State);
    with_answer && others && now.as_deref() == Some(QuestionState::Answered.word())
}

/// The question that the changes would make a draft again, though it has answers that stay.
pub fn unsent_with_answers(review: &Review, changes: &[Change]) -> Option<QuestionNumber> {
    changes.iter().find_map(|change| {
        match (&change.record, change.field, change.after.as_deref()) {
            (Record::Question(number), Field::State, Some(after))
                if after == QuestionState::Draft.word() =>
            {
                Some(*number).filter(|number| !review.answers_to(*number).is_empty())
            }
            _ => None,
        }
    })
}

/// Whether a record names this member or meeting once the changes are made.
fn is_named(review: &Review, changes: &ByRecord<'_>, named: &Record) -> bool {
    let names = |field: Field, value: &str| match (named, field) {
        (
            Record::Member(name),
            Field::Penholder
            | Field::SaidBy
            | Field::AskedBy
            | Field::Owner
            | Field::Member
            | Field::Facilitator,
        ) => value == name,
        (Record::Meeting(id), Field::AgreedIn | Field::Meeting) => value == id.as_str(),
        (Record::Meeting(_), Field::About) => value == named.to_string(),
        _ => false,
    };
    let assessments = review
        .assessments
        .keys()
        .map(|number| Record::Assessment(*number));
    let findings = review.findings.keys().map(|id| Record::Finding(id.clone()));
    let questions = review
        .entries
        .keys()
        .map(|number| Record::Question(*number));
    let key_names = |record: &Record| match (named, record) {
        (Record::Member(name), Record::Attendance(_, held)) => held == name,
        (
            Record::Meeting(id),
            Record::Agenda(held, _)
            | Record::Queued(held, _)
            | Record::Attendance(held, _)
            | Record::Report(held, _),
        ) => held == id,
        _ => false,
    };
    let of_calls = || review.calls.records();
    if of_calls()
        .any(|record| key_names(&record) && !fields_after(review, changes, &record).is_empty())
    {
        return true;
    }
    assessments
        .chain(findings)
        .chain(questions)
        .chain(of_calls())
        .any(|record| {
            let fields = fields_after(review, changes, &record);
            // Only its author may know whom a private note names, so such a name is no reason to keep a member in the team.
            let is_private =
                matches!(record, Record::Finding(_)) && fields.contains_key(&Field::Private);
            fields.iter().any(|(field, value)| {
                names(*field, value) && !(is_private && *field == Field::SaidBy)
            })
        })
}

/// Changes, record by record: an import makes tens of thousands, which are not searched for every record anew.
type ByRecord<'a> = BTreeMap<&'a Record, Vec<&'a Change>>;

fn by_record(changes: &[Change]) -> ByRecord<'_> {
    let mut by_record = ByRecord::new();
    for change in changes {
        by_record.entry(&change.record).or_default().push(change);
    }
    by_record
}

/// The fields of a record once the changes are made.
fn fields_after(review: &Review, changes: &ByRecord<'_>, record: &Record) -> Fields {
    let mut fields = review.fields(record);
    for change in changes.get(record).into_iter().flatten() {
        match &change.after {
            Some(value) => fields.insert(change.field, value.clone()),
            None => fields.remove(&change.field),
        };
    }
    fields
}

/// A record that still names a question which the changes would take away, with the question. One operation can take away many.
pub fn left_without_question(
    review: &Review,
    changes: &[Change],
) -> Option<(QuestionNumber, Record)> {
    let gone =
        changes.iter().filter_map(
            |change| match (&change.record, change.field, &change.after) {
                (Record::Question(number), Field::Text, None) => Some(*number),
                _ => None,
            },
        );
    let gone: BTreeSet<QuestionNumber> = gone.collect();
    if gone.is_empty() {
        return None;
    }
    let changes = by_record(changes);
    let is_gone = |number: &str| number.parse().ok().filter(|number| gone.contains(number));
    let named = |record: Record| {
        let found = fields_after(review, &changes, &record)
            .iter()
            .find_map(|(field, value)| match field {
                Field::BlockedBy => value.split(", ").find_map(is_gone),
                Field::Parent | Field::Question => is_gone(value),
                Field::About => value.strip_prefix("question ").and_then(is_gone),
                _ => None,
            });
        found.map(|number| (number, record))
    };
    let assessments = review
        .assessments
        .keys()
        .map(|number| Record::Assessment(*number));
    let findings = review.findings.keys().map(|id| Record::Finding(id.clone()));
    let questions = review
        .entries
        .keys()
        .map(|number| Record::Question(*number));
    let answers = review.answers.keys().map(|id| Record::Answer(id.clone()));
    assessments
        .chain(findings)
        .chain(questions)
        .chain(answers)
        .chain(review.calls.records())
        .find_map(named)
}

/// A record that still names a decision which the changes would take away.
pub fn left_without_decision(review: &Review, changes: &[Change]) -> Option<Record> {
    let gone =
        changes.iter().filter_map(
            |change| match (&change.record, change.field, &change.after) {
                (Record::Decision(id), Field::Text, None) => Some(Matter::Decision(id.clone())),
                _ => None,
            },
        );
    let gone: BTreeSet<Matter> = gone.collect();
    if gone.is_empty() {
        return None;
    }
    let changes = by_record(changes);
    let names = |record: &Record| match record {
        Record::Position(id) => review
            .calls
            .positions
            .get(id)
            .is_some_and(|held| gone.contains(&held.matter)),
        Record::Round(matter, _) => gone.contains(matter),
        _ => false,
    };
    review
        .calls
        .records()
        .filter(names)
        .find(|record| !fields_after(review, &changes, record).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> Id {
        format!("op-{name}").parse().unwrap()
    }

    #[test]
    fn the_drawing_above_holds() {
        let (a, b, c, u, r) = (id("a"), id("b"), id("c"), id("u"), id("r"));
        let roles = [
            (a.clone(), Role::Do),
            (b.clone(), Role::Do),
            (u, Role::Undo(b.clone())),
            (r, Role::Redo(b.clone())),
            (c.clone(), Role::Do),
        ];
        let upto = |n: usize| stacks(roles[..n].iter().map(|(i, r)| (i, r)));
        assert_eq!(
            upto(2),
            Stacks {
                undo: vec![a.clone(), b.clone()],
                redo: vec![]
            }
        );
        assert_eq!(
            upto(3),
            Stacks {
                undo: vec![a.clone()],
                redo: vec![b.clone()]
            }
        );
        assert_eq!(
            upto(4),
            Stacks {
                undo: vec![a.clone(), b.clone()],
                redo: vec![]
            }
        );
        assert_eq!(
            upto(5),
            Stacks {
                undo: vec![a, b, c],
                redo: vec![]
            }
        );
    }
}
