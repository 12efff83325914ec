//! The law of the file: whatever was recorded, export, import into an empty workspace and export again give the same bytes.

use penholder::interchange::records::Scope;
use penholder::interchange::{import, toml};
use penholder::model::edit::{self, Note};
use penholder::model::ids::{DeliverableNumber, RecommendationNumber};
use penholder::model::journal::change::Edit;
use penholder::model::record::assessment::Assessment;
use penholder::model::record::describe::{Described, Field};
use penholder::model::record::finding::About;
use penholder::model::vocabulary::{
    Consensus, Effect, FindingKind, Implementation, Relevance, Standing,
};
use penholder::store::Missing;
use penholder::workspace::{Clock, Workspace};
use proptest::prelude::*;
use std::path::Path;

fn open(folder: &Path, name: &str, now: &str) -> Workspace {
    Workspace::open(
        &folder.join(name),
        Missing::Create,
        "Denise".to_owned(),
        Clock::held_at(now.parse().unwrap()),
    )
    .unwrap()
}

fn export(workspace: &Workspace) -> String {
    let journal = workspace.store().operations().unwrap();
    let (review, reader) = (workspace.review(), workspace.author());
    toml::write(
        &Scope {
            review,
            journal: &journal,
            reader,
            include_private: true,
        }
        .assessments(),
    )
}

/// One thing that a person does.
#[derive(Debug, Clone)]
enum Step {
    Assess(u16, Field, Option<String>),
    Rate(u16, Option<usize>),
    Note(u16, String, bool),
    Withdraw(usize),
    Undo,
    Redo,
}

/// Text with everything that TOML could trip over.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~\n\t\"\\\\']{1,40}",
        "\\PC{1,20}",
        Just("\"\"\"\"\n\"\"\"\\".to_owned()),
        Just("unset?".to_owned())
    ]
}

fn word<T: Copy + ToString + std::fmt::Debug + 'static>(
    all: &'static [T],
) -> impl Strategy<Value = String> {
    proptest::sample::select(all).prop_map(|word| word.to_string())
}

fn value() -> impl Strategy<Value = (Field, Option<String>)> {
    let fields = Assessment::DESCRIPTION.fields.iter();
    let fields: Vec<Field> = fields.map(|known| known.field).collect();
    proptest::sample::select(fields).prop_flat_map(|field| {
        let set = match field {
            Assessment::IMPLEMENTATION => word(Implementation::ALL).boxed(),
            Assessment::RELEVANCE => word(Relevance::ALL).boxed(),
            Assessment::EFFECT => word(Effect::ALL).boxed(),
            Assessment::STANDING => word(Standing::ALL).boxed(),
            Assessment::CONSENSUS => word(Consensus::ALL).boxed(),
            Assessment::AGREED_IN => "plenary-[1-9]".boxed(),
            Assessment::BLOCKED_BY => Just("11.4, 11.2".to_owned()).boxed(),
            _ => text().boxed(),
        };
        proptest::option::weighted(0.8, set).prop_map(move |value| (field, value))
    })
}

fn step() -> impl Strategy<Value = Step> {
    let number = prop_oneof![Just(3_u16), Just(11), Just(25)];
    prop_oneof![
        6 => (number.clone(), value()).prop_map(|(number, (field, value))| Step::Assess(number, field, value)),
        1 => (1..=3_u16, proptest::option::of(0..4_usize)).prop_map(|(row, word)| Step::Rate(row, word)),
        3 => (number, text(), any::<bool>()).prop_map(|(number, text, private)| Step::Note(number, text, private)),
        1 => (0..5_usize).prop_map(Step::Withdraw),
        1 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

/// Does a step; what is refused, as an empty note is, changes nothing.
fn take(workspace: &mut Workspace, step: Step, count: u128) {
    let review = workspace.review();
    let edit: penholder::error::Result<Edit> = match step {
        Step::Assess(number, field, value) => {
            edit::assess(review, RecommendationNumber(number), &[(field, value)])
        }
        Step::Rate(row, word) => {
            let number = DeliverableNumber {
                recommendation: RecommendationNumber(25),
                row,
            };
            edit::rate_deliverable(review, number, word.map(|word| Implementation::ALL[word]))
        }
        Step::Note(number, text, private) => {
            let about = if private {
                About::Question("11.4".parse().unwrap())
            } else {
                About::Recommendation(RecommendationNumber(number))
            };
            let (by, said_by) = ("Denise".to_owned(), Some("Zoe \"Z\" \\".to_owned()));
            let note = Note {
                about,
                kind: FindingKind::Note,
                text,
                by,
                said_by,
                at: workspace.now(),
                private,
                during: None,
            };
            edit::note(review, format!("note-{count:04}").parse().unwrap(), note)
        }
        Step::Withdraw(which) => match review.records.findings.keys().nth(which) {
            Some(id) => edit::withdraw(review, id),
            None => return,
        },
        Step::Undo => return drop(workspace.undo()),
        Step::Redo => return drop(workspace.redo()),
    };
    if let Ok(edit) = edit {
        workspace.commit(edit).unwrap();
    }
}

#[test]
fn what_was_withdrawn_here_stays_withdrawn_when_an_older_file_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = open(folder.path(), "first.db", "2018-09-13T14:41:07Z");
    take(
        &mut first,
        Step::Note(11, "said too early".to_owned(), false),
        1,
    );
    let text = export(&first);
    take(&mut first, Step::Withdraw(0), 2);
    let file = toml::read("first.toml", &text, first.review()).unwrap();
    let plan = import::plan(first.review(), &file, "first.toml");
    assert!(plan.edit.is_nothing() && plan.clashes.is_empty());
    assert!(!export(&first).contains("said too early"));
}

#[test]
fn a_private_note_that_was_taken_back_stays_out_of_the_changes_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = open(folder.path(), "first.db", "2018-09-13T14:41:07Z");
    take(&mut first, Step::Note(11, "hush".to_owned(), true), 1);
    first.undo().unwrap();
    let journal = first.store().operations().unwrap();
    let scope = |reader, include_private| Scope {
        review: first.review(),
        journal: &journal,
        reader,
        include_private,
    };
    let has = |scope: Scope<'_>| toml::write(&scope.changes()).contains("hush");
    assert!(
        has(scope("Denise", true)) && !has(scope("Denise", false)) && !has(scope("Emily", true))
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_walk_of_edits_comes_back_byte_for_byte(steps in proptest::collection::vec(step(), 1..30)) {
        let folder = tempfile::tempdir().unwrap();
        let mut first = open(folder.path(), "first.db", "2018-09-13T14:41:07Z");
        for (count, step) in (1..).zip(steps) {
            take(&mut first, step, count);
        }
        let text = export(&first);
        let mut second = open(folder.path(), "second.db", "2026-01-01T00:00:00Z");
        let file = toml::read("first.toml", &text, second.review()).unwrap();
        prop_assert_eq!(&file.notes, &Vec::<String>::new());
        let plan = import::plan(second.review(), &file, "first.toml");
        prop_assert_eq!(&plan.clashes, &vec![]);
        second.commit_at(plan.edit, file.last_change.unwrap_or_else(|| second.now())).unwrap();
        prop_assert_eq!(export(&second), text);
        prop_assert!(import::plan(second.review(), &file, "first.toml").edit.is_nothing());
        prop_assert_eq!(second.store().check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn any_broken_file_is_refused_or_read_and_never_panics(at in 0..2000_usize, with in "[\\PC\n\"\\[\\]=]{0,3}") {
        let folder = tempfile::tempdir().unwrap();
        let mut first = open(folder.path(), "first.db", "2018-09-13T14:41:07Z");
        let fields = [(Assessment::IMPLEMENTATION, Some("implemented".to_owned())), (Assessment::FINDING, Some("a\nb".to_owned()))];
        let edit = edit::assess(first.review(), RecommendationNumber(11), &fields).unwrap();
        first.commit(edit).unwrap();
        let mut text = export(&first);
        let at = (0..=at % text.len()).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        text.insert_str(at, &with);
        if let Ok(file) = toml::read("broken.toml", &text, first.review()) {
            import::plan(first.review(), &file, "broken.toml");
        }
    }
}
