//! What was changed since an assessment was put to the team: its fields as of that moment, and texts compared word by word.
//!
//! An item is "adopted" or "adopted with following edits". What the team had before it is read off the journal and kept nowhere: the fields just
//! after the operation that proposed them, or, once what had been agreed is changed, just before the operation that reopened it. Nothing here
//! looks at the review, which holds only how things are now.

use crate::model::change::{Operation, Record, Role};
use crate::model::fields::{ASSESSMENT, Fields};
use crate::model::ids::{Id, RecommendationNumber};
use crate::model::vocabulary::{Field, Standing};
use chrono::{DateTime, Utc};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeMap;

/// Up to so many words that may differ are compared one by one; more are one text replaced by another, so that nothing can make it slow.
const MOST_WORDS: usize = 8_000;

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

/// A field that says something else than it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The field.
    pub field: Field,
    /// What it said.
    pub before: Option<String>,
    /// What it says.
    pub after: Option<String>,
}

/// The fields of a record as these operations leave it, of which the first ones must be there. Operations of other records do nothing.
pub fn fields_after<'a>(
    operations: impl IntoIterator<Item = &'a Operation>,
    record: &Record,
) -> Fields {
    let mut fields = Fields::new();
    operations
        .into_iter()
        .for_each(|operation| step(&mut fields, operation, record));
    fields
}

fn step(fields: &mut Fields, operation: &Operation, record: &Record) {
    for change in operation
        .changes
        .iter()
        .filter(|change| change.record == *record)
    {
        match &change.after {
            Some(value) => fields.insert(change.field, value.clone()),
            None => fields.remove(&change.field),
        };
    }
}

/// What the team had before it last, of all operations on an assessment, oldest first. A step back to a standing is back at what was known then.
pub fn known(operations: &[Operation], number: RecommendationNumber) -> Option<Known> {
    let record = Record::Assessment(number);
    let mut fields = Fields::new();
    let mut known: Option<Known> = None;
    // What was known before and after each operation that moved the standing, for the undo and the redo of it.
    let mut moved: BTreeMap<&Id, (Option<Known>, Option<Known>)> = BTreeMap::new();
    let mut agreed_at = None;
    for operation in operations {
        let before = fields.clone();
        step(&mut fields, operation, &record);
        let word = |fields: &Fields| {
            fields
                .get(&Field::Standing)
                .and_then(|word| word.parse::<Standing>().ok())
        };
        let (had, has) = (word(&before), word(&fields));
        if had == has {
            continue;
        }
        let earlier = known.clone();
        match &operation.role {
            Role::Undo(target) if moved.contains_key(target) => {
                known = moved.get(target).and_then(|(before, _)| before.clone())
            }
            Role::Redo(target) if moved.contains_key(target) => {
                known = moved.get(target).and_then(|(_, after)| after.clone())
            }
            _ => match (had, has) {
                (_, Some(Standing::Proposed)) => {
                    known = Some(Known {
                        agreed: false,
                        at: operation.at,
                        fields: fields.clone(),
                    })
                }
                (Some(Standing::Agreed), Some(Standing::Reopened)) => {
                    known = Some(Known {
                        agreed: true,
                        at: agreed_at.unwrap_or(operation.at),
                        fields: before,
                    });
                }
                _ => {}
            },
        }
        if has == Some(Standing::Agreed) {
            agreed_at = Some(operation.at);
        }
        moved.insert(&operation.id, (earlier, known.clone()));
    }
    known
}

/// The texts and verdicts that differ, in the order of the assessment.
pub fn edited(before: &Fields, after: &Fields) -> Vec<Edited> {
    let differ = |field: &&Field| field.is_content() && before.get(field) != after.get(field);
    let made = |field: &Field| Edited {
        field: *field,
        before: before.get(field).cloned(),
        after: after.get(field).cloned(),
    };
    ASSESSMENT.iter().filter(differ).map(made).collect()
}

/// What the team had before it, and what was edited since; nothing where nothing was put to it, or nothing was edited.
pub fn since(
    operations: &[Operation],
    number: RecommendationNumber,
) -> Option<(Known, Vec<Edited>)> {
    let known = known(operations, number)?;
    let edited = edited(
        &known.fields,
        &fields_after(operations, &Record::Assessment(number)),
    );
    (!edited.is_empty()).then_some((known, edited))
}

/// A run of words of two texts that were compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// In both.
    Same(Vec<String>),
    /// Only in the text before.
    Gone(Vec<String>),
    /// Only in the text after.
    New(Vec<String>),
}

/// The words of a text, and each of its line breaks as a word of its own.
fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        words.extend((at > 0).then_some("\n"));
        words.extend(line.split_whitespace());
    }
    words
}

/// Compares two texts word by word; spaces do not count.
pub fn words(before: &str, after: &str) -> Vec<Words> {
    let (old, new) = (split(before), split(after));
    let first = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let last = old[first..]
        .iter()
        .rev()
        .zip(new[first..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (gone, come) = (&old[first..old.len() - last], &new[first..new.len() - last]);
    let owned = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let mut runs = vec![Words::Same(owned(&old[..first]))];
    if gone.len() + come.len() > MOST_WORDS {
        runs.extend([Words::Gone(owned(gone)), Words::New(owned(come))]);
    } else {
        for op in capture_diff_slices(Algorithm::Myers, gone, come) {
            match op {
                DiffOp::Equal { old_index, len, .. } => {
                    runs.push(Words::Same(owned(&gone[old_index..old_index + len])))
                }
                DiffOp::Delete {
                    old_index, old_len, ..
                } => runs.push(Words::Gone(owned(&gone[old_index..old_index + old_len]))),
                DiffOp::Insert {
                    new_index, new_len, ..
                } => runs.push(Words::New(owned(&come[new_index..new_index + new_len]))),
                DiffOp::Replace {
                    old_index,
                    old_len,
                    new_index,
                    new_len,
                } => runs.extend([
                    Words::Gone(owned(&gone[old_index..old_index + old_len])),
                    Words::New(owned(&come[new_index..new_index + new_len])),
                ]),
            }
        }
    }
    runs.push(Words::Same(owned(&old[old.len() - last..])));
    runs.retain(|run| !run.words().is_empty());
    runs
}

impl Words {
    /// The words of the run.
    pub fn words(&self) -> &[String] {
        match self {
            Words::Same(words) | Words::Gone(words) | Words::New(words) => words,
        }
    }

    /// What stands before and behind the run, so that it reads without any style: `[-gone-]`, `{+new+}`.
    pub fn marks(&self) -> (&'static str, &'static str) {
        match self {
            Words::Same(_) => ("", ""),
            Words::Gone(_) => ("[-", "-]"),
            Words::New(_) => ("{+", "+}"),
        }
    }
}

impl Edited {
    /// What was before and what is, word by word; the words of a vocabulary are replaced whole.
    pub fn runs(&self) -> Vec<Words> {
        let whole = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
        if matches!(
            self.field,
            Field::Implementation | Field::Relevance | Field::Effect
        ) {
            let mut runs = vec![
                Words::Gone(whole(&self.before)),
                Words::New(whole(&self.after)),
            ];
            runs.retain(|run| !run.words().is_empty());
            return runs;
        }
        words(
            self.before.as_deref().unwrap_or_default(),
            self.after.as_deref().unwrap_or_default(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::change::{Change, Role};

    const REC: RecommendationNumber = RecommendationNumber(11);

    /// A journal told as lines: who takes back what, and which fields become what.
    struct Journal(Vec<Operation>);

    impl Journal {
        fn with(mut self, role: Role, fields: &[(Field, Option<&str>)]) -> Journal {
            let now = fields_after(&self.0, &Record::Assessment(REC));
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

    const DRAFT: (Field, Option<&str>) = (Field::Standing, Some("draft"));
    const PROPOSED: (Field, Option<&str>) = (Field::Standing, Some("proposed"));
    const AGREED: (Field, Option<&str>) = (Field::Standing, Some("agreed"));
    const REOPENED: (Field, Option<&str>) = (Field::Standing, Some("reopened"));

    fn proposed() -> Journal {
        Journal(Vec::new())
            .set(&[(Field::Finding, Some("It is a draft.")), DRAFT])
            .set(&[PROPOSED])
    }

    #[test]
    fn what_was_edited_since_it_was_proposed_is_read_off_the_journal() {
        assert_eq!(Journal(Vec::new()).since(), None);
        assert_eq!(proposed().since(), None, "nothing was edited yet");
        let edited = proposed()
            .set(&[(Field::Relevance, Some("still relevant"))])
            .set(&[(Field::Penholder, Some("Emily"))]);
        assert_eq!(
            edited.since(),
            Some((false, vec![Field::Relevance])),
            "the pen is no part of what it says"
        );
        let agreed = edited.set(&[AGREED]);
        assert_eq!(agreed.since(), Some((false, vec![Field::Relevance])));
        assert_eq!(
            agreed.set(&[DRAFT]).set(&[PROPOSED]).since(),
            None,
            "proposed anew as it stands"
        );
    }

    #[test]
    fn what_is_reopened_is_compared_with_what_was_agreed() {
        let agreed = proposed().set(&[AGREED]);
        let reopened = agreed.set(&[(Field::Finding, Some("It is final.")), REOPENED]);
        let (known, edited) = since(&reopened.0, REC).unwrap();
        assert!(known.agreed && known.at == reopened.0[2].at);
        let expected = Edited {
            field: Field::Finding,
            before: Some("It is a draft.".to_owned()),
            after: Some("It is final.".to_owned()),
        };
        assert_eq!(edited, [expected]);
        assert_eq!(
            reopened.set(&[AGREED]).since(),
            Some((true, vec![Field::Finding])),
            "agreed again, with an edit"
        );
    }

    #[test]
    fn a_step_back_is_back_at_what_was_known_then() {
        let edited = proposed().set(&[(Field::Finding, Some("It is final."))]);
        let agreed = edited.set(&[AGREED]);
        let back = agreed.with(Role::Undo(id(3)), &[PROPOSED]);
        assert_eq!(
            back.since(),
            Some((false, vec![Field::Finding])),
            "an undo of the agreement proposes nothing anew"
        );
        let again = back
            .with(Role::Redo(id(3)), &[AGREED])
            .with(Role::Undo(id(3)), &[PROPOSED]);
        assert_eq!(again.since(), Some((false, vec![Field::Finding])));
        let never = proposed()
            .with(Role::Undo(id(1)), &[DRAFT])
            .set(&[(Field::Finding, None)]);
        assert_eq!(never.since(), None);
    }

    fn marked(before: &str, after: &str) -> String {
        let told = |run: &Words| {
            format!(
                "{}{}{}",
                run.marks().0,
                run.words().join(" "),
                run.marks().1
            )
        };
        words(before, after)
            .iter()
            .map(told)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn texts_are_compared_word_by_word() {
        assert_eq!(
            marked("It is a draft of ideas.", "It is a plan of ideas."),
            "It is a [-draft-] {+plan+} of ideas."
        );
        assert_eq!(marked("", "new words"), "{+new words+}");
        assert_eq!(
            marked("old  words", "old words"),
            "old words",
            "spaces do not count"
        );
        assert_eq!(marked("one two", "two"), "[-one-] two");
        assert_eq!(marked("", ""), "");
        assert_eq!(
            words("a\nb", "a b"),
            [
                Words::Same(vec!["a".to_owned()]),
                Words::Gone(vec!["\n".to_owned()]),
                Words::Same(vec!["b".to_owned()])
            ]
        );
    }

    #[test]
    fn what_two_texts_have_makes_them_again_however_long_they_are() {
        let long = |salt: usize| {
            (0..6_000)
                .map(|n| format!("{}", n * salt))
                .collect::<Vec<_>>()
                .join(" ")
        };
        for (before, after) in [
            ("a b c", "b c d"),
            (&*long(3), &*long(7)),
            ("x y x y", "y x y x y"),
        ] {
            let runs = words(before, after);
            let side = |gone: bool| {
                let on = |run: &&Words| {
                    matches!(run, Words::Same(_)) || matches!(run, Words::Gone(_)) == gone
                };
                runs.iter()
                    .filter(on)
                    .flat_map(|run| run.words().to_vec())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            assert_eq!((side(true).as_str(), side(false).as_str()), (before, after));
        }
    }
}
