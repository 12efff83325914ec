//! The law of the replay: whatever people did, the journal gives every review that was ever in memory, at the place where it was.

use crate::laws::{self, cases, records_of, said};
use crate::stage::{fresh, meeting_called, workspace};
use crate::{call_laws, ledger_laws};
use penholder::catalogue::builtin;
use penholder::model::journal::change::{Change, Operation};
use penholder::model::journal::end_of_call;
use penholder::model::journal::replay::Replay;
use penholder::model::record::describe::Fields;
use penholder::model::record::kinds::Record;
use penholder::model::record::meeting::Meeting;
use penholder::model::review::Review;
use penholder::workspace::Workspace;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What a person does to any kind of record.
#[derive(Debug, Clone)]
enum Deed {
    Assess(laws::Deed),
    Ask(ledger_laws::Step),
    Call(call_laws::Deed),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => laws::deed().prop_map(Deed::Assess),
        2 => ledger_laws::step().prop_map(Deed::Ask),
        4 => call_laws::deed().prop_map(Deed::Call),
    ]
}

fn act(window: &mut Workspace, place: u32, deed: &Deed) {
    window.refresh().unwrap();
    match deed {
        Deed::Assess(deed) => laws::act(window, deed),
        Deed::Ask(step) => ledger_laws::take(window, step.clone(), u128::from(place) << 64),
        Deed::Call(deed) => call_laws::act(window, place, deed),
    }
}

fn records_in(replay: &Replay) -> BTreeMap<Record, Fields> {
    replay
        .records()
        .filter(|(_, fields)| !fields.is_empty())
        .map(|(record, fields)| (record.clone(), fields.clone()))
        .collect()
}

/// What two people do one after the other: every review that was in memory, with the number of operations that led to it, and the journal.
fn walked(walk: &[(bool, Deed)]) -> (Vec<(usize, Review)>, Vec<Operation>) {
    let (_folder, path) = fresh();
    let mut windows = [workspace(&path, "Denise"), workspace(&path, "Emily")];
    let mut seen = vec![(0, windows[0].review().clone())];
    for (place, (second, deed)) in (1..).zip(walk) {
        let window = &mut windows[usize::from(*second)];
        act(window, place, deed);
        window.refresh().unwrap();
        let count = window.store().operations().unwrap().len();
        seen.push((count, window.review().clone()));
    }
    let journal = windows[0].store().operations().unwrap();
    (seen, journal)
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn the_review_as_of_any_operation_is_the_one_that_was_in_memory_then(walk in prop::collection::vec((any::<bool>(), deed()), 1..50)) {
        let (seen, journal) = walked(&walk);
        let catalogue = builtin().unwrap();
        for (count, review) in &seen {
            let operations = &journal[..*count];
            prop_assert_eq!(records_in(&Replay::of(operations)), records_of(review));
            let then = Review::as_of(catalogue.clone(), operations).unwrap();
            prop_assert_eq!(said(&then), said(review));
            prop_assert_eq!(&then.records, &review.records);
        }
    }

    #[test]
    fn an_operation_leaves_what_the_review_before_it_says_that_it_would(walk in prop::collection::vec((any::<bool>(), deed()), 1..40)) {
        let (_, journal) = walked(&walk);
        let mut review = Review::new(builtin().unwrap());
        let mut replay = Replay::default();
        for operation in &journal {
            let would = review.after(&operation.changes);
            prop_assert_eq!(replay.apply(&operation.changes), Vec::<&Change>::new());
            review.apply(&operation.changes).unwrap();
            for change in &operation.changes {
                let fields = review.fields(&change.record);
                prop_assert_eq!(would.changed(&change.record), Some(&fields));
                prop_assert_eq!(replay.fields(&change.record), &fields);
            }
        }
    }

    #[test]
    fn a_change_that_starts_from_another_value_is_named(walk in prop::collection::vec((any::<bool>(), deed()), 1..20), which in any::<prop::sample::Index>()) {
        let (_, mut journal) = walked(&walk);
        prop_assume!(!journal.is_empty());
        let place = which.index(journal.len());
        let damaged = &mut journal[place].changes[0];
        damaged.before = Some("another value".to_owned());
        let damaged = damaged.clone();
        let mut replay = Replay::of(&journal[..place]);
        prop_assert_eq!(replay.apply(&journal[place].changes), [&damaged]);
    }
}

#[test]
fn the_end_of_a_call_is_the_last_one_that_was_not_undone() {
    let (_folder, path) = fresh();
    let mut window = workspace(&path, "Denise");
    let call = |window: &Workspace| meeting_called(window.review(), "plenary-43");
    let ends =
        |window: &Workspace| end_of_call(&window.store().operations().unwrap(), &call(window));
    let mut place = 0;
    let mut done = |window: &mut Workspace, deed: call_laws::Deed| {
        place += 1;
        call_laws::act(window, place, &deed);
    };
    done(&mut window, call_laws::Deed::Plan(0, Some(43), true));
    done(&mut window, call_laws::Deed::Start(0));
    assert_eq!(ends(&window), None, "it runs");
    done(&mut window, call_laws::Deed::End(0));
    assert_eq!(ends(&window), Some(2));
    done(&mut window, call_laws::Deed::Undo);
    assert_eq!(ends(&window), None, "it runs again");
    done(&mut window, call_laws::Deed::Redo);
    done(&mut window, call_laws::Deed::Rate(11, 0));
    assert_eq!(ends(&window), Some(4));
    let journal = window.store().operations().unwrap();
    let then = Review::as_of(builtin().unwrap(), &journal[..=4]).unwrap();
    assert!(then.records.assessments.is_empty() && !window.review().records.assessments.is_empty());
    let meeting = Record::Meeting(call(&window));
    assert!(then.fields(&meeting).contains_key(&Meeting::ENDED));
}
