//! What was changed since an assessment was put to the team, compared with its fields as of that moment.
//!
//! An item is "adopted" or "adopted with following edits". What the team had before it is read off the journal and kept nowhere: the fields just
//! after the operation that proposed them, or, once what had been agreed is changed, just before the operation that reopened it. Nothing here
//! looks at the review, which holds only how things are now.

use crate::model::compare::{Words, words};
use crate::model::edit::changes;
use crate::model::ids::{Id, RecommendationNumber};
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::journal::replay::Replay;
use crate::model::record::assessment::{Assessment, is_content};
use crate::model::record::describe::Fields;
use crate::model::record::kinds::Record;
use crate::model::vocabulary::Standing;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What the team had before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Whether it had agreed on it, which a change has reopened since; else it was proposed.
    pub agreed: bool,
    /// Since when.
    pub at: DateTime<Utc>,
    /// The fields of the assessment then.
    pub fields: Fields,
}

/// What the team had before it last, of all operations on an assessment, oldest first. A step back to a standing is back at what was known then.
pub fn known(operations: &[Operation], number: RecommendationNumber) -> Option<Known> {
    let record = Record::Assessment(number);
    let mut replay = Replay::default();
    let mut known: Option<Known> = None;
    // What was known before and after each operation that moved the standing, for the undo and the redo of it.
    let mut moved: BTreeMap<&Id, (Option<Known>, Option<Known>)> = BTreeMap::new();
    let mut agreed_at = None;
    for operation in operations {
        let before = replay.fields(&record).clone();
        replay.apply(&operation.changes);
        let fields = replay.fields(&record);
        let standing =
            |fields: &Fields| fields.get(&Assessment::STANDING)?.parse::<Standing>().ok();
        let (had, has) = (standing(&before), standing(fields));
        if had == has {
            continue;
        }
        let earlier = known.clone();
        let stepped = match &operation.role {
            Role::Do => None,
            Role::Undo(target) => moved.get(target).map(|(before, _)| before.clone()),
            Role::Redo(target) => moved.get(target).map(|(_, after)| after.clone()),
        };
        if let Some(stepped) = stepped {
            known = stepped;
        } else if has == Some(Standing::Proposed) {
            known = Some(Known {
                agreed: false,
                at: operation.at,
                fields: fields.clone(),
            });
        } else if (had, has) == (Some(Standing::Agreed), Some(Standing::Reopened)) {
            known = Some(Known {
                agreed: true,
                at: agreed_at.unwrap_or(operation.at),
                fields: before,
            });
        }
        if has == Some(Standing::Agreed) {
            agreed_at = Some(operation.at);
        }
        moved.insert(&operation.id, (earlier, known.clone()));
    }
    known
}

/// What the team had before it, and the texts and verdicts that were edited since, in the order of the assessment; nothing where nothing was put to it,
/// or nothing was edited.
pub fn since(
    operations: &[Operation],
    number: RecommendationNumber,
) -> Option<(Known, Vec<Change>)> {
    let known = known(operations, number)?;
    let record = Record::Assessment(number);
    let now = Replay::of(operations);
    let mut edited = changes(&record, &known.fields, now.fields(&record));
    edited.retain(|change| is_content(change.field));
    (!edited.is_empty()).then_some((known, edited))
}

/// What was before an edit and what is, word by word; the words of a vocabulary are replaced whole.
pub fn runs(edited: &Change) -> Vec<Words> {
    let (before, after) = (edited.before.clone(), edited.after.clone());
    match edited.field {
        Assessment::IMPLEMENTATION | Assessment::RELEVANCE | Assessment::EFFECT => {
            let gone = before.map(|word| Words::Gone(vec![word]));
            let new = after.map(|word| Words::New(vec![word]));
            gone.into_iter().chain(new).collect()
        }
        _ => words(&before.unwrap_or_default(), &after.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::describe::Field;

    const REC: RecommendationNumber = RecommendationNumber(11);

    /// A journal told as lines: who takes back what, and which fields become what.
    struct Journal(Vec<Operation>);

    impl Journal {
        fn with(mut self, role: Role, fields: &[(Field, Option<&str>)]) -> Journal {
            let now = Replay::of(&self.0);
            let now = now.fields(&Record::Assessment(REC));
            let change = |(field, after): &(Field, Option<&str>)| Change {
                record: Record::Assessment(REC),
                field: *field,
                before: now.get(field).cloned(),
                after: after.map(str::to_owned),
            };
            let n = self.0.len();
            self.0.push(Operation {
                id: id(n),
                at: DateTime::from_timestamp(i64::try_from(n).unwrap(), 0).unwrap(),
                by: "Denise".to_owned(),
                meeting: None,
                role,
                label: String::new(),
                changes: fields.iter().map(change).collect(),
            });
            self
        }

        fn set(self, fields: &[(Field, Option<&str>)]) -> Journal {
            self.with(Role::Do, fields)
        }

        fn since(&self) -> Option<(bool, Vec<Field>)> {
            since(&self.0, REC)
                .map(|(known, edited)| (known.agreed, edited.iter().map(|e| e.field).collect()))
        }
    }

    fn id(n: usize) -> Id {
        format!("op-{n}").parse().unwrap()
    }

    const DRAFT: (Field, Option<&str>) = (Assessment::STANDING, Some("draft"));
    const PROPOSED: (Field, Option<&str>) = (Assessment::STANDING, Some("proposed"));
    const AGREED: (Field, Option<&str>) = (Assessment::STANDING, Some("agreed"));
    const REOPENED: (Field, Option<&str>) = (Assessment::STANDING, Some("reopened"));

    fn proposed() -> Journal {
        Journal(Vec::new())
            .set(&[(Assessment::FINDING, Some("It is a draft.")), DRAFT])
            .set(&[PROPOSED])
    }

    #[test]
    fn what_was_edited_since_it_was_proposed_is_read_off_the_journal() {
        assert_eq!(Journal(Vec::new()).since(), None);
        assert_eq!(proposed().since(), None, "nothing was edited yet");
        let relevance = Some((false, vec![Assessment::RELEVANCE]));
        let edited = proposed()
            .set(&[(Assessment::RELEVANCE, Some("still relevant"))])
            .set(&[(Assessment::PENHOLDER, Some("Emily"))]);
        let since = edited.since();
        assert_eq!(since, relevance, "the pen is no part of what it says");
        let agreed = edited.set(&[AGREED]);
        assert_eq!(agreed.since(), relevance);
        let anew = agreed.set(&[DRAFT]).set(&[PROPOSED]);
        assert_eq!(anew.since(), None, "proposed anew as it stands");
    }

    #[test]
    fn what_is_reopened_is_compared_with_what_was_agreed() {
        let agreed = proposed().set(&[AGREED]);
        let reopened = agreed.set(&[(Assessment::FINDING, Some("It is final.")), REOPENED]);
        let (known, edited) = since(&reopened.0, REC).unwrap();
        assert!(known.agreed && known.at == reopened.0[2].at);
        let expected = Change {
            record: Record::Assessment(REC),
            field: Assessment::FINDING,
            before: Some("It is a draft.".to_owned()),
            after: Some("It is final.".to_owned()),
        };
        assert_eq!(edited, [expected]);
        let finding = Some((true, vec![Assessment::FINDING]));
        let again = reopened.set(&[AGREED]);
        assert_eq!(again.since(), finding, "agreed again, with an edit");
    }

    #[test]
    fn a_step_back_is_back_at_what_was_known_then() {
        let finding = Some((false, vec![Assessment::FINDING]));
        let edited = proposed().set(&[(Assessment::FINDING, Some("It is final."))]);
        let undo = || Role::Undo(id(3));
        let back = edited.set(&[AGREED]).with(undo(), &[PROPOSED]);
        let since = back.since();
        assert_eq!(since, finding, "an undo of the agreement proposes nothing");
        let redone = back.with(Role::Redo(id(3)), &[AGREED]);
        assert_eq!(redone.with(undo(), &[PROPOSED]).since(), finding);
        let never = proposed()
            .with(Role::Undo(id(1)), &[DRAFT])
            .set(&[(Assessment::FINDING, None)]);
        assert_eq!(never.since(), None);
    }
}
