//! Files of every schema that was released: they always open, keep what they hold, and lead to the schema of a new file.

use crate::catalogue::SMALL;
use crate::stage::{now, workspace};
use crate::store::{behind, finding, folder, open_or_create, typed};
use penholder::catalogue::from_path;
use penholder::model::asking::{Asking, ask};
use penholder::model::call::planning::{self, Planning};
use penholder::model::call::position::{self, Matter, Taking, Word};
use penholder::model::call::register::{self, Due, Entry};
use penholder::model::call::{roll, running, sent};
use penholder::model::catalogue::Catalogue;
use penholder::model::change::Edit;
use penholder::model::edit::{self, Note};
use penholder::model::finding::About;
use penholder::model::ids::{Id, MeetingId, RecommendationNumber};
use penholder::model::moves::{Answering, answer};
use penholder::model::vocabulary::{
    Consensus, Field, FindingKind, Implementation, MeetingKind, Presence, QuestionState, Stance,
};
use penholder::store::LATEST_SCHEMA;
use penholder::workspace::{Clock, Workspace};
use rusqlite::Connection;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub fn small() -> Catalogue {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), SMALL).unwrap();
    from_path(folder.path()).unwrap()
}

pub fn fixture(schema: i32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/workspace-{schema}.db.sql"))
}

/// A database as SQL text: schema, rows, header.
fn dump(conn: &Connection) -> String {
    let mut out = String::from("PRAGMA foreign_keys = OFF;\nBEGIN;\n");
    let column = |sql: &str| -> Vec<String> {
        conn.prepare(sql)
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    for sql in column(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    ) {
        writeln!(out, "{sql};").unwrap();
    }
    for table in column(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    ) {
        let columns = column(&format!(
            "SELECT name FROM pragma_table_info('{table}') ORDER BY cid"
        ));
        let quoted: Vec<String> = columns.iter().map(|c| format!("quote(\"{c}\")")).collect();
        for row in column(&format!(
            "SELECT {} FROM \"{table}\" ORDER BY 1",
            quoted.join(" || ', ' || ")
        )) {
            writeln!(out, "INSERT INTO \"{table}\" VALUES ({row});").unwrap();
        }
    }
    for sql in column(
        "SELECT sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid",
    ) {
        writeln!(out, "{sql};").unwrap();
    }
    let header = |pragma: &str| {
        conn.query_row(pragma, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    let (application, version) = (
        header("PRAGMA application_id"),
        header("PRAGMA user_version"),
    );
    write!(
        out,
        "COMMIT;\nPRAGMA application_id = {application};\nPRAGMA user_version = {version};\n"
    )
    .unwrap();
    out
}

/// Made once for each released schema, and never again: `cargo test -- --ignored the_fixture_of_this_schema_is_written`.
#[test]
#[ignore = "writes tests/fixtures"]
fn the_fixture_of_this_schema_is_written() {
    let (_folder, path) = folder();
    let mut window =
        Workspace::create(&path, small(), "Denise".to_owned(), Clock::held_at(now())).unwrap();
    let one = RecommendationNumber(1);
    let commit = |window: &mut Workspace, edit: Edit| assert!(window.commit(edit).unwrap());
    let values = [
        (Field::Implementation, "partially implemented"),
        (Field::Relevance, "still relevant"),
        (Field::Effect, "not achieved"),
        (Field::Standing, "agreed"),
        (Field::Consensus, "full consensus"),
        (Field::Penholder, "Denise"),
        (Field::AgreedIn, "plenary-43"),
        (Field::FurtherWork, "Do it.\nAll of it: Žarko's 一."),
    ];
    for (field, value) in values {
        let edit = edit::assess(window.review(), one, &[(field, Some(value.to_owned()))]).unwrap();
        commit(&mut window, edit);
    }
    let note = Note {
        about: About::Recommendation(one),
        ..finding("It was not done.")
    };
    let edit = edit::note(
        window.review(),
        "finding-0001".parse().unwrap(),
        note.clone(),
    )
    .unwrap();
    commit(&mut window, edit);
    let private = Note {
        private: true,
        kind: FindingKind::Note,
        said_by: None,
        ..note
    };
    let edit = edit::note(window.review(), "finding-0002".parse().unwrap(), private).unwrap();
    commit(&mut window, edit);
    let edit = edit::withdraw(window.review(), &"finding-0002".parse().unwrap()).unwrap();
    commit(&mut window, edit);
    let edit = edit::rate_deliverable(
        window.review(),
        "1.1".parse().unwrap(),
        Some(Implementation::NotImplemented),
    )
    .unwrap();
    commit(&mut window, edit);
    window.undo().unwrap();
    // Of the schema 4: a question of the team's own, with an answer.
    let asking = Asking {
        recommendation: one,
        number: Some("1.90".parse().unwrap()),
        text: "Who measures it?".to_owned(),
        asked_by: Some("Denise".to_owned()),
        addressee: None,
        briefing: None,
        due: None,
        asked_on: Some(now().date_naive()),
        parent: None,
    };
    let edit = ask(window.review(), asking).unwrap();
    commit(&mut window, edit);
    let answering = Answering {
        text: "The registries.".to_owned(),
        by: None,
        on: now().date_naive(),
        link: None,
        satisfies: None,
        why: None,
        at: now(),
    };
    let edit = answer(
        window.review(),
        "1.90".parse().unwrap(),
        "answer-0001".parse().unwrap(),
        answering,
    )
    .unwrap();
    commit(&mut window, edit);
    // Of the schema 5: a call, with one of everything that is recorded in it.
    call(&mut window, one);
    window
        .keep_draft("finding on rec 1", &typed("Half a thought"))
        .unwrap();
    drop(window);
    std::fs::write(
        fixture(LATEST_SCHEMA),
        dump(&Connection::open(&path).unwrap()),
    )
    .unwrap();
}

fn call(window: &mut Workspace, one: RecommendationNumber) {
    let commit = |window: &mut Workspace, edit: Edit| assert!(window.commit(edit).unwrap());
    let planning = Planning {
        kind: MeetingKind::PlenaryCall,
        number: Some(44),
        date: Some(now().date_naive()),
    };
    let (id, edit) = planning::plan(window.review(), &planning).unwrap();
    commit(window, edit);
    let edit = planning::queue(window.review(), &id, &[one], &[]).unwrap();
    commit(window, edit);
    let edit = running::start(window.review(), &id, now(), now().date_naive()).unwrap();
    commit(window, edit);
    let edit = roll::mark(window.review(), &id, "Zoe", Some(Presence::Present), now()).unwrap();
    commit(window, edit);
    let entry = |window: &Workspace, text: &str| Entry {
        text: text.to_owned(),
        about: Some(About::Recommendation(one)),
        who: Some("Zoe".to_owned()),
        due: Some(Due::NextCall),
        at: now(),
        today: now().date_naive(),
        by: "Denise".to_owned(),
        during: window.review().during(now()),
    };
    let decision: Id = "decision-0001".parse().unwrap();
    let edit = register::decide(
        window.review(),
        decision.clone(),
        entry(window, "Adopt it."),
    )
    .unwrap();
    commit(window, edit);
    let edit = register::ask_for(
        window.review(),
        "action-0001".parse().unwrap(),
        entry(window, "Send it."),
    )
    .unwrap();
    commit(window, edit);
    let taking = Taking {
        at: now(),
        by: "Denise".to_owned(),
        during: window.review().during(now()),
    };
    let word = Word {
        member: "Zoe".to_owned(),
        stance: Stance::Object,
        text: Some("No.".to_owned()),
        statement: Some("Never.".to_owned()),
    };
    let edit = position::take(
        window.review(),
        "position-0001".parse().unwrap(),
        &Matter::Decision(decision.clone()),
        word,
        &taking,
    )
    .unwrap();
    commit(window, edit);
    let edit = position::designate(
        window.review(),
        &Matter::Decision(decision),
        Some(Consensus::Divergence),
        &taking,
    )
    .unwrap();
    commit(window, edit);
    let edit = running::end(window.review(), now()).unwrap();
    commit(window, edit);
    let edit = sent::send(window.review(), &id, "# The report", "Denise", now());
    commit(window, edit);
}

#[test]
fn a_file_with_a_call_opens_whole() {
    let (_folder, path) = released(5);
    let window = workspace(&path, "Denise");
    assert_eq!(window.store().check().unwrap(), [""; 0]);
    let calls = &window.review().calls;
    let id: MeetingId = "plenary-44".parse().unwrap();
    assert!(calls.meetings[&id].ended.is_some());
    assert_eq!(calls.presence(&id, "Zoe"), Some(Presence::Present));
    assert_eq!(
        (
            calls.decisions().len(),
            calls.actions().len(),
            calls.positions.len(),
            calls.rounds.len()
        ),
        (1, 1, 1, 1)
    );
    assert_eq!(
        calls
            .reports_of(&id)
            .next()
            .map(|(number, version)| (number, version.text.as_str())),
        Some((1, "# The report"))
    );
    assert!(!calls.agenda_of(&id).is_empty() && !calls.queue_of(&id).is_empty());
}

/// The schemas that were released, each with a fixture; whatever climbs from them must keep what they hold.
const RELEASED: [i32; 3] = [2, 4, 5];

/// A fixture as a file.
fn released(schema: i32) -> (TempDir, PathBuf) {
    let (folder, path) = folder();
    behind(&path, &std::fs::read_to_string(fixture(schema)).unwrap());
    (folder, path)
}

#[test]
fn a_file_of_the_released_schema_opens_whole_and_goes_on() {
    let (_folder, path) = released(2);
    let mut window = workspace(&path, "Denise");
    assert_eq!(window.store().check().unwrap(), [""; 0]);
    let review = window.review();
    assert_eq!(review.catalogue, small());
    let assessment = review.assessment(RecommendationNumber(1));
    assert_eq!(
        assessment.implementation,
        Some(Implementation::PartiallyImplemented)
    );
    assert_eq!(
        assessment.agreed_in.as_ref().map(|id| id.as_str()),
        Some("plenary-43")
    );
    assert_eq!(
        assessment.further_work.as_deref(),
        Some("Do it.\nAll of it: Žarko's 一.")
    );
    assert_eq!((review.findings.len(), review.verdicts.len()), (2, 0));
    assert!(review.members.contains("Zoe"));
    assert_eq!(
        window.draft("finding on rec 1").unwrap(),
        Some(typed("Half a thought"))
    );
    assert_eq!(window.redo().unwrap(), "Deliverable 1.1 not implemented");
    assert_eq!(window.undo().unwrap(), "Deliverable 1.1 not implemented");
    assert_eq!(window.undo().unwrap(), "Note on Rec 1 withdrawn");
    assert_eq!(window.store().check().unwrap(), [""; 0]);
}

#[test]
fn a_released_schema_never_changes() {
    let schema = |path: &Path| -> Vec<String> {
        let conn = Connection::open(path).unwrap();
        let sql = "SELECT type || ' ' || name || ': ' || sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 1";
        conn.prepare(sql)
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    let (_other, new) = folder();
    drop(open_or_create(&new).unwrap());
    for released_schema in RELEASED {
        let (_folder, old) = released(released_schema);
        drop(open_or_create(&old).unwrap());
        assert_eq!(
            schema(&old),
            schema(&new),
            "a rung was changed; add another one instead"
        );
    }
}

#[test]
fn a_file_with_a_ledger_opens_whole() {
    let (_folder, path) = released(4);
    let window = workspace(&path, "Denise");
    assert_eq!(window.store().check().unwrap(), [""; 0]);
    let review = window.review();
    let question = review.question("1.90".parse().unwrap()).unwrap();
    assert_eq!(review.question_state(question), QuestionState::Answered);
    assert_eq!(
        review.answers_to(question.number)[0].text,
        "The registries."
    );
}
