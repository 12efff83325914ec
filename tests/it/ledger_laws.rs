//! The law of the file of questions: whatever the team did with them, export, import into an empty workspace and export again give the same bytes.

use chrono::{NaiveDate, TimeDelta};
use penholder::interchange::records::Scope;
use penholder::interchange::{import, toml};
use penholder::model::asking::{self, Asking};
use penholder::model::edit;
use penholder::model::ids::{QuestionNumber, RecommendationNumber};
use penholder::model::journal::change::Edit;
use penholder::model::moves::{self, Answering, Move};
use penholder::model::record::assessment::Assessment;
use penholder::model::vocabulary::Satisfies;
use penholder::workspace::{Clock, Workspace};
use proptest::prelude::*;
use std::path::Path;

/// A fresh workspace, written to by a clock that a test moves on.
struct Ledger {
    folder: tempfile::TempDir,
}

impl Ledger {
    fn new() -> Ledger {
        let (folder, _) = crate::stage::fresh();
        Ledger { folder }
    }

    fn open(&self, hours: i64) -> Workspace {
        at(&self.folder.path().join("a.db"), hours)
    }
}

fn at(path: &Path, hours: i64) -> Workspace {
    let clock = Clock::held_at(crate::stage::now() + TimeDelta::hours(hours));
    Workspace::open(
        path,
        penholder::store::Missing::Refuse,
        "Denise".to_owned(),
        clock,
    )
    .unwrap()
}

fn export(workspace: &Workspace) -> String {
    let journal = workspace.store().operations().unwrap();
    toml::write(
        &Scope {
            review: workspace.review(),
            journal: &journal,
            reader: "Denise",
            include_private: false,
        }
        .questions(),
    )
}

/// One thing that a person does; questions are named by their place among those that the walk works on.
#[derive(Debug, Clone)]
pub enum Step {
    Ask(u16, String, bool, Option<usize>, Option<i64>),
    Go(usize, usize, String),
    Answer(usize, String, i64, Option<String>, Option<usize>),
    Brief(usize, usize),
    Due(usize, Option<i64>),
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

pub fn step() -> impl Strategy<Value = Step> {
    let which = 0..6_usize;
    let some = |what: BoxedStrategy<String>| proptest::option::of(what);
    prop_oneof![
        4 => (prop_oneof![Just(11_u16), Just(19), Just(28)], text(), any::<bool>(), proptest::option::of(which.clone()), proptest::option::of(-3..9_i64))
            .prop_map(|(on, text, asked, parent, due)| Step::Ask(on, text, asked, parent, due)),
        8 => (which.clone(), 0..5_usize, text()).prop_map(|(which, step, reason)| Step::Go(which, step, reason)),
        5 => (which.clone(), text(), -2..9_i64, some(text().boxed()), proptest::option::of(0..3_usize))
            .prop_map(|(which, text, day, line, satisfies)| Step::Answer(which, text, day, line, satisfies)),
        2 => (which.clone(), 0..7_usize).prop_map(|(which, name)| Step::Brief(which, name)),
        1 => (which, proptest::option::of(-3..9_i64)).prop_map(|(which, day)| Step::Due(which, day)),
        1 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

/// Three printed questions, and all of the team's own.
fn number(workspace: &Workspace, which: usize) -> QuestionNumber {
    let all = workspace.review().questions.iter();
    let all: Vec<QuestionNumber> = all
        .filter(|q| {
            q.source.is_none() || matches!(q.number.to_string().as_str(), "11.4" | "19" | "1.1")
        })
        .map(|q| q.number)
        .collect();
    all[which % all.len()]
}

/// Does a step; what is refused changes nothing.
pub fn take(workspace: &mut Workspace, step: Step, count: u128) {
    let today = workspace.now().date_naive();
    let day = |days: i64| -> NaiveDate { today + TimeDelta::days(days) };
    let review = workspace.review();
    let edit: penholder::error::Result<Edit> = match step {
        Step::Ask(on, text, asked, parent, due) => asking::ask(
            review,
            Asking {
                recommendation: RecommendationNumber(on),
                number: None,
                text,
                asked_by: asked.then(|| "Zoe \"Z\" \\".to_owned()),
                addressee: None,
                briefing: None,
                due: due.map(day),
                asked_on: asked.then_some(today),
                parent: parent.map(|which| number(workspace, which)),
            },
        ),
        Step::Go(which, step, reason) => {
            let steps = [
                Move::Send(today),
                Move::WantClarification,
                Move::Close,
                Move::Drop(reason),
                Move::Reopen(today),
            ];
            moves::advance(review, number(workspace, which), &steps[step], "Denise")
        }
        Step::Answer(which, text, days, line, satisfies) => {
            let answering = Answering {
                text,
                by: line.clone(),
                on: day(days),
                link: line.as_ref().map(|line| format!("https://x.org/{line}")),
                satisfies: satisfies.map(|which| Satisfies::ALL[which]),
                why: line,
                at: workspace.now(),
            };
            moves::answer(
                review,
                number(workspace, which),
                format!("answer-{count:04}").parse().unwrap(),
                answering,
            )
        }
        Step::Brief(which, name) => moves::brief(
            review,
            number(workspace, which),
            &review.catalogue.briefings[name].name,
        ),
        Step::Due(which, days) => moves::set_due(review, number(workspace, which), days.map(day)),
        Step::Undo => return drop(workspace.undo()),
        Step::Redo => return drop(workspace.redo()),
    };
    if let Ok(edit) = edit {
        workspace.commit(edit).unwrap();
    }
}

/// The ledger after a walk, some steps an hour.
fn walked(steps: &[Step]) -> (Ledger, Workspace) {
    let ledger = Ledger::new();
    for (hour, steps) in (1..).zip(steps.chunks(3)) {
        let mut workspace = ledger.open(hour);
        for (count, step) in (1..).zip(steps) {
            take(
                &mut workspace,
                step.clone(),
                u128::try_from(hour * 10 + count).unwrap(),
            );
        }
    }
    let workspace = ledger.open(1_000);
    (ledger, workspace)
}

#[test]
fn what_went_back_to_where_it_is_printed_is_no_change_of_the_file() {
    let ledger = Ledger::new();
    let (which, nothing) = (0, String::new);
    take(
        &mut ledger.open(1),
        Step::Ask(28, "Why?".to_owned(), true, None, None),
        1,
    );
    let before = export(&ledger.open(2));
    for step in [Step::Go(which, 1, nothing()), Step::Go(which, 0, nothing())] {
        take(&mut ledger.open(2), step, 2);
    }
    let workspace = ledger.open(3);
    assert_eq!(
        workspace.review().records.questions.len(),
        2,
        "the printed question was sent back and asked again"
    );
    assert!(export(&workspace) == before);
}

#[test]
fn an_import_is_not_taken_back_from_under_what_names_any_of_its_questions() {
    let bring = |workspace: &mut Workspace| {
        let own = |minor: u8| {
            format!("[[question]]\nnumber = \"28.{minor}\"\nrecommendation = 28\ntext = \"Why?\"\n")
        };
        let head = "format = \"penholder/1\"\nkind = \"questions\"\nreview = \"SSR1\"\ncount = 3\n";
        let text = format!("{head}{}{}{}", own(1), own(2), own(3));
        let file = toml::read("q.toml", &text, workspace.review()).unwrap();
        let plan = import::plan(workspace.review(), &file, "q.toml");
        workspace.commit(plan.edit).unwrap();
    };
    for named in ["28.1", "28.2", "28.3"] {
        let (_folder, path) = crate::stage::fresh();
        let mut denise = crate::stage::workspace(&path, "Denise");
        bring(&mut denise);
        let mut emily = crate::stage::workspace(&path, "Emily");
        let fields = [(Assessment::BLOCKED_BY, Some(named.to_owned()))];
        let edit = edit::assess(emily.review(), RecommendationNumber(28), &fields).unwrap();
        emily.commit(edit).unwrap();
        let refused = denise.undo().unwrap_err().message;
        assert!(
            refused.ends_with(&format!("is refused: Rec 28 names question {named}.")),
            "{refused}"
        );
        emily.undo().unwrap();
        denise.undo().unwrap();
        assert!(denise.review().records.questions.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_ledger_comes_back_byte_for_byte(steps in proptest::collection::vec(step(), 1..25)) {
        let (_here, mut first) = walked(&steps);
        let text = export(&first);
        let there = Ledger::new();
        let mut second = there.open(50_000);
        let file = toml::read("first.toml", &text, second.review()).unwrap();
        prop_assert_eq!(&file.notes, &Vec::<String>::new());
        let plan = import::plan(second.review(), &file, "first.toml");
        prop_assert_eq!(&plan.clashes, &vec![]);
        prop_assert_eq!(plan.edit.is_nothing(), file.last_change.is_none());
        second.commit_at(plan.edit, file.last_change.unwrap_or_else(|| second.now())).unwrap();
        prop_assert_eq!(&export(&second), &text);
        for workspace in [&mut first, &mut second] {
            let again = import::plan(workspace.review(), &file, "first.toml");
            prop_assert!(again.edit.is_nothing() && again.clashes.is_empty(), "{:?}", again);
            prop_assert_eq!(workspace.store().check().unwrap(), Vec::<String>::new());
        }
        let states = |workspace: &Workspace| -> Vec<_> {
            workspace.review().questions.iter().map(|q| (q.number, workspace.review().question_state(q))).collect()
        };
        prop_assert_eq!(states(&first), states(&second));
        // What an import brought can be taken back whole.
        if second.undo().is_ok() {
            prop_assert!(second.review().records.questions.is_empty() && second.review().records.answers.is_empty());
        }
    }

    #[test]
    fn any_broken_file_of_questions_is_refused_or_read_and_never_panics(at in 0..60_000_usize, with in "[\\PC\n\"\\[\\]=]{0,3}") {
        let (_here, first) = walked(&[
            Step::Ask(28, "Who?".to_owned(), true, Some(0), Some(3)),
            Step::Answer(0, "a\nb".to_owned(), 1, Some("Zoe".to_owned()), Some(1)),
        ]);
        let mut text = export(&first);
        let at = (0..=at % text.len()).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        text.insert_str(at, &with);
        if let Ok(file) = toml::read("broken.toml", &text, first.review()) {
            import::plan(first.review(), &file, "broken.toml");
        }
    }
}
