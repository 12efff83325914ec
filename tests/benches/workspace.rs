//! How long the work between a key and the answer takes, on the real catalogue: opening, loading, a durable verdict, a frame, a filter key.
//!
//! `cargo bench`. Times are held against the floors of the design: a key is answered within a few milliseconds, a verdict costs one sync.

#![allow(clippy::expect_used, reason = "a bench that cannot begin ends")]

use chrono::{DateTime, Utc};
use crossterm::event::Event;
use divan::Bencher;
use penholder::model::asking::{Asking, ask};
use penholder::model::call::position::{self, Taking};
use penholder::model::edit::{self, Note};
use penholder::model::ids::{QuestionNumber, RecommendationNumber};
use penholder::model::journal::change::Edit;
use penholder::model::record::finding::About;
use penholder::model::record::position::Matter;
use penholder::model::vocabulary::{FindingKind, Implementation};
use penholder::store::Missing;
use penholder::tui::app::App;
use penholder::tui::console::Console;
use penholder::tui::key::script;
use penholder::tui::theme::Theme;
use penholder::workspace::report::CallForm;
use penholder::workspace::{Clock, Workspace};
use std::path::Path;
use tempfile::TempDir;

fn main() {
    divan::main();
}

fn workspace(path: &Path) -> Workspace {
    let at: DateTime<Utc> = DateTime::from_timestamp(1_536_849_667, 0).unwrap_or_default();
    Workspace::open(
        path,
        Missing::Create,
        "Denise".to_owned(),
        Clock::held_at(at),
    )
    .expect("a workspace in a temporary folder")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// The screens at 160x50 with everything drawn once, and what keeps their file.
fn app() -> (TempDir, App) {
    let folder = folder();
    let app = App::new(
        workspace(&folder.path().join("a.db")),
        Console::script(160, 50, []),
        Theme::colours(),
    );
    (folder, app)
}

/// Plays events to their end, each followed by its frame.
fn play(app: &mut App, events: Vec<Event>) {
    app.console = Console::script(
        160,
        50,
        std::iter::once(Event::Resize(160, 50)).chain(events),
    );
    // A script that is played out ends like a terminal that is closed.
    let _ = app.run();
}

#[divan::bench]
fn create_and_fill(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(folder)
        .bench_refs(|folder| workspace(&folder.path().join("a.db")));
}

#[divan::bench]
fn open(bencher: Bencher<'_, '_>) {
    let folder = folder();
    let path = folder.path().join("a.db");
    drop(workspace(&path));
    bencher.bench_local(|| workspace(&path));
}

#[divan::bench]
fn load(bencher: Bencher<'_, '_>) {
    let folder = folder();
    let window = workspace(&folder.path().join("a.db"));
    bencher.bench_local(|| window.store().load());
}

#[divan::bench]
fn load_what_the_first_screen_shows(bencher: Bencher<'_, '_>) {
    let folder = folder();
    let window = workspace(&folder.path().join("a.db"));
    bencher.bench_local(|| window.store().load_first());
}

#[divan::bench]
fn notice_that_nothing_changed(bencher: Bencher<'_, '_>) {
    let folder = folder();
    let mut window = workspace(&folder.path().join("a.db"));
    bencher.bench_local(|| window.refresh());
}

#[divan::bench]
fn commit_a_verdict_durably(bencher: Bencher<'_, '_>) {
    let folder = folder();
    let mut window = workspace(&folder.path().join("a.db"));
    let mut verdicts = Implementation::ALL.iter().cycle();
    bencher.bench_local(|| {
        let verdict = verdicts
            .next()
            .copied()
            .unwrap_or(Implementation::Implemented);
        let edit = edit::rate(window.review(), RecommendationNumber(11), verdict)?;
        window.commit(edit)
    });
}

/// Two frames: one for the size, one for the key.
#[divan::bench(args = ["j", "<Tab>", "11.4", "p"])]
fn draw_home_after_keys(bencher: Bencher<'_, '_>, keys: &str) {
    let (_folder, mut app) = app();
    let events = script(keys).unwrap_or_default();
    bencher.bench_local(|| play(&mut app, events.clone()));
}

#[divan::bench(args = ["/", "/r", "/ri", "/risk", "/risk m"])]
fn filter_as_typed(bencher: Bencher<'_, '_>, keys: &str) {
    let (_folder, mut app) = app();
    let mut events = script(keys).unwrap_or_default();
    events.extend(script("<Esc>").unwrap_or_default());
    bencher.bench_local(|| play(&mut app, events.clone()));
}

/// A ledger of 5,000 questions: the printed ones and the team's own, under all recommendations, and what keeps its file.
fn ledger() -> (TempDir, Workspace) {
    let folder = folder();
    let mut workspace = workspace(&folder.path().join("a.db"));
    let mut all = Edit {
        label: "Many questions".to_owned(),
        changes: Vec::new(),
    };
    for n in 0..5_000 - 82_u16 {
        let (on, minor) = (1 + n % 28, 100 + n / 28);
        let words = [
            "statistics",
            "metrics",
            "registries",
            "framework",
            "mission",
            "evidence",
            "budget",
            "staff",
        ];
        let pick = |k: u16| words[usize::from((n / k) % 8)];
        let asking = Asking {
            recommendation: RecommendationNumber(on),
            number: Some(QuestionNumber {
                major: on,
                minor: Some(minor),
            }),
            text: format!(
                "Which {} and {} on {} does the report of {n} give, and who measured the {}?",
                pick(1),
                pick(3),
                pick(7),
                pick(13)
            ),
            asked_by: Some("Denise".to_owned()),
            addressee: None,
            briefing: None,
            due: None,
            asked_on: DateTime::from_timestamp(1_530_000_000 + i64::from(n) * 1_300, 0)
                .map(|at: DateTime<Utc>| at.date_naive()),
            parent: None,
        };
        all.changes
            .extend(ask(workspace.review(), asking).expect("a question").changes);
    }
    workspace.commit(all).expect("one operation");
    (folder, workspace)
}

/// The screen of 5,000 questions at 160x50, drawn once.
fn ledger_app() -> (TempDir, App) {
    let (folder, workspace) = ledger();
    let mut app = App::new(workspace, Console::script(160, 50, []), Theme::colours());
    play(&mut app, script("gq").expect("keys"));
    (folder, app)
}

#[divan::bench]
fn ledger_of_5000_opens(bencher: Bencher<'_, '_>) {
    let (folder, kept) = ledger();
    drop(kept);
    let path = folder.path().join("a.db");
    bencher.bench_local(|| workspace(&path));
}

/// A key on the screen of 5,000 questions, each with the frame before and after it.
#[divan::bench(args = ["j", "G", "t", "/", "/s", "/statistics", "Q", "11QWhich statistics does the report"])]
fn ledger_of_5000_keys(bencher: Bencher<'_, '_>, keys: &str) {
    let (_folder, mut app) = ledger_app();
    bencher
        .with_inputs(|| script(&format!("{keys}<Esc>")).expect("keys"))
        .bench_local_values(|events| play(&mut app, events));
}

#[divan::bench]
fn ledger_of_5000_after_a_commit(bencher: Bencher<'_, '_>) {
    let (_folder, mut app) = ledger_app();
    bencher
        .with_inputs(|| script("11.4Cu").expect("keys"))
        .bench_local_values(|events| play(&mut app, events));
}

/// A long call: 400 findings, a verdict and the positions of fifteen members on each recommendation, on its screen at 160x50.
fn call_app() -> (TempDir, App) {
    let (folder, mut app) = app();
    play(&mut app, script("L<Enter>>>").expect("keys"));
    let agree = |app: &mut App, on: u16| {
        let review = app.workspace.review();
        let team: Vec<String> = review.team().into_iter().map(str::to_owned).collect();
        let at = app.workspace.now();
        let taking = Taking {
            at,
            by: "Denise".to_owned(),
            during: review.during(at),
        };
        let matter = Matter::Assessment(RecommendationNumber(on));
        let edit = position::all_agree(review, &matter, &team, &taking).expect("positions");
        app.workspace.commit(edit).expect("one operation");
    };
    for on in 1..=28 {
        let edit = edit::rate(
            app.workspace.review(),
            RecommendationNumber(on),
            Implementation::Implemented,
        )
        .expect("a verdict");
        app.workspace.commit(edit).expect("one operation");
        agree(&mut app, on);
    }
    for n in 0..400_u16 {
        let at = app.workspace.now();
        let note = Note {
            about: About::Recommendation(RecommendationNumber(1 + n % 28)),
            kind: FindingKind::Finding,
            text: format!(
                "Finding {n}: the published document is a draft of ideas by a consultant, and nothing in it is measured."
            ),
            by: "Denise".to_owned(),
            said_by: Some("Emily".to_owned()),
            at,
            private: false,
            during: app.workspace.review().during(at),
        };
        let edit =
            edit::note(app.workspace.review(), app.workspace.new_id(), note).expect("a finding");
        app.workspace.commit(edit).expect("one operation");
    }
    play(&mut app, script("gm").expect("keys"));
    (folder, app)
}

/// A key on the screen of a long call, each with the frame before and after it.
#[divan::bench(args = ["j", "<Tab>j", "11", "f@em", "A@em @fri"])]
fn call_of_400_keys(bencher: Bencher<'_, '_>, keys: &str) {
    let (_folder, mut app) = call_app();
    bencher
        .with_inputs(|| script(&format!("{keys}<Esc>gm")).expect("keys"))
        .bench_local_values(|events| play(&mut app, events));
}

/// A finding written, recorded and shown in the log, and taken back.
#[divan::bench]
fn call_of_400_records_a_finding(bencher: Bencher<'_, '_>) {
    let (_folder, mut app) = call_app();
    bencher
        .with_inputs(|| script("fx<Enter>u").expect("keys"))
        .bench_local_values(|events| play(&mut app, events));
}

#[divan::bench]
fn call_of_400_reports(bencher: Bencher<'_, '_>) {
    let (_folder, app) = call_app();
    let id = app.workspace.last_call().expect("the call");
    bencher.bench_local(|| app.workspace.report_call(&id, CallForm::Markdown));
}
