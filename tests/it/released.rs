//! Files of every schema that was released: they always open, keep what they hold, and lead to the schema of a new file.

use crate::catalogue::SMALL;
use crate::stage::{meeting_called, now, workspace};
use crate::store::{behind, finding, folder, open_or_create, typed};
use penholder::catalogue::from_path;
use penholder::model::asking::{Asking, ask};
use penholder::model::call::planning;
use penholder::model::call::position::{self, Taking, Word};
use penholder::model::call::register::{self, Entry};
use penholder::model::call::{roll, running, sent};
use penholder::model::catalogue::Catalogue;
use penholder::model::edit::{self, Note};
use penholder::model::ids::{Id, RecommendationNumber};
use penholder::model::journal::change::Edit;
use penholder::model::moves::{Answering, answer};
use penholder::model::record::action::Due;
use penholder::model::record::assessment::Assessment;
use penholder::model::record::finding::About;
use penholder::model::record::position::Matter;
use penholder::model::vocabulary::{
    Consensus, FindingKind, Implementation, MeetingKind, Presence, QuestionState, Stance,
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
        (Assessment::IMPLEMENTATION, "partially implemented"),
        (Assessment::RELEVANCE, "still relevant"),
        (Assessment::EFFECT, "not achieved"),
        (Assessment::STANDING, "agreed"),
        (Assessment::CONSENSUS, "full consensus"),
        (Assessment::PENHOLDER, "Denise"),
        (Assessment::AGREED_IN, "plenary-43"),
        (Assessment::FURTHER_WORK, "Do it.\nAll of it: Žarko's 一."),
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
    let (id, edit) = planning::plan(
        window.review(),
        &MeetingKind::PLENARY_CALL,
        Some(44),
        Some(now().date_naive()),
    )
    .unwrap();
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
    let records = &window.review().records;
    let id = meeting_called(window.review(), "plenary-44");
    assert!(records.meetings[&id].ended.is_some());
    assert_eq!(records.presence(&id, "Zoe"), Some(Presence::Present));
    assert_eq!(
        (
            records.decisions().len(),
            records.actions().len(),
            records.positions.len(),
            records.rounds.len()
        ),
        (1, 1, 1, 1)
    );
    assert_eq!(
        records
            .reports_of(&id)
            .next()
            .map(|(_, version)| (version.version, version.text.as_str())),
        Some((1, "# The report"))
    );
    assert!(!records.agenda_of(&id).is_empty() && !records.queue_of(&id).is_empty());
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
        assessment.agreed_in,
        Some(meeting_called(review, "plenary-43"))
    );
    assert_eq!(
        assessment.further_work.as_deref(),
        Some("Do it.\nAll of it: Žarko's 一.")
    );
    assert_eq!(
        (review.records.findings.len(), review.records.verdicts.len()),
        (2, 0)
    );
    assert!(review.records.members.contains_key("Zoe"));
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
            "a migration was changed; add another one instead"
        );
    }
}

/// The fixture was made by the last program of schema 5, which kept each kind in tables of its own.
#[test]
fn quoted_records_of_every_kind_survive_the_move_to_one_table() {
    let (_folder, path) = folder();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let sql = std::fs::read_to_string(fixtures.join("workspace-5-every-kind.db.sql")).unwrap();
    behind(&path, &sql);
    let catalogue = from_path(&fixtures.join("catalogue-of-every-kind.toml")).unwrap();
    assert!(catalogue.kinds().all(|(_, records)| records.count() > 0));
    let window = workspace(&path, "Denise");
    assert_eq!(window.review().catalogue, catalogue);
    assert_eq!(window.store().check().unwrap(), [""; 0]);
    let names = |path: &Path| -> Vec<String> {
        let conn = Connection::open(path).unwrap();
        conn.prepare("SELECT kind || ' ' || position || ' ' || name FROM quoted ORDER BY 1")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    let (_other, new) = folder();
    Workspace::create(&new, catalogue, "Denise".to_owned(), Clock::held_at(now())).unwrap();
    assert_eq!(names(&path), names(&new));
}

#[test]
fn rows_that_no_entry_of_the_journal_wrote_are_refused_and_left_as_they_are() {
    for (sql, record) in [
        (
            "INSERT INTO meeting (id, from_catalogue, title) VALUES ('plenary-50', 0, 'Ours')",
            "meeting plenary-50",
        ),
        (
            "INSERT INTO member (name, from_catalogue) VALUES ('Yolanda', 0)",
            "member Yolanda",
        ),
        (
            "INSERT INTO question (number, from_catalogue, recommendation, text) VALUES ('1.99', 0, 1, 'Ours?')",
            "question 1.99",
        ),
    ] {
        let (_folder, path) = released(5);
        behind(&path, sql);
        let error = open_or_create(&path).expect_err(sql);
        let expected = format!("The row of {record} is not what the journal leads to.");
        assert!(error.message.ends_with(&expected), "{error}");
        let conn = Connection::open(&path).unwrap();
        let version = conn.query_row("PRAGMA user_version", [], |row| row.get::<_, i32>(0));
        assert_eq!(version.unwrap(), 5, "{sql}");
        assert!(
            conn.execute_batch(sql).is_err(),
            "the row is still there: {sql}"
        );
    }
}

#[test]
fn a_file_in_which_a_row_points_nowhere_is_not_migrated_and_left_as_it_is() {
    let (_folder, path) = released(5);
    behind(
        &path,
        "PRAGMA foreign_keys = OFF; DELETE FROM decision WHERE id = 'decision-0001'",
    );
    let error = open_or_create(&path).unwrap_err();
    assert!(
        error
            .message
            .ends_with("The row of decision decision-0001 is not what the journal leads to."),
        "{error}"
    );
    let conn = Connection::open(&path).unwrap();
    let version = conn.query_row("PRAGMA user_version", [], |row| row.get::<_, i32>(0));
    assert_eq!(version.unwrap(), 5);
}

#[test]
fn a_file_with_a_ledger_opens_whole() {
    let (_folder, path) = released(4);
    let window = workspace(&path, "Denise");
    assert_eq!(window.store().check().unwrap(), [""; 0]);
    let review = window.review();
    let question = review.question("1.90".parse().unwrap()).unwrap();
    assert_eq!(review.question_state(question), QuestionState::Answered);
    assert_eq!(review.answers_to(&question.id)[0].text, "The registries.");
}

/// Adds an operation to the journal of an earlier schema, each change a record, a field and its values in SQL; its hash is not looked at here.
fn journalled(seq: i32, changes: &[[&str; 4]]) -> String {
    let mut sql = format!(
        "INSERT INTO operation VALUES ({seq}, 'operation-{seq}', '2018-09-13T15:00:00Z', 'Denise', NULL, 'do', NULL, 'By hand', '{}');",
        "0".repeat(64)
    );
    for (position, [record, field, before, after]) in changes.iter().enumerate() {
        let change = format!("{seq}, {position}, '{record}', '{field}', {before}, {after}");
        write!(sql, "INSERT INTO change VALUES ({change});").unwrap();
    }
    sql
}

#[test]
fn a_finding_on_an_own_question_of_an_earlier_schema_stays_on_it() {
    let (_folder, path) = released(5);
    let record = "finding finding-0003";
    let entry = journalled(
        900,
        &[
            [record, "about", "NULL", "'question 1.90'"],
            [record, "kind", "NULL", "'finding'"],
            [record, "text", "NULL", "'Nobody does.'"],
            [record, "at", "NULL", "'2018-09-13T15:00:00Z'"],
            [record, "by", "NULL", "'Denise'"],
        ],
    );
    let row = "INSERT INTO finding (id, about, at, by, kind, text)
        VALUES ('finding-0003', 'question 1.90', '2018-09-13T15:00:00Z', 'Denise', 'finding', 'Nobody does.');";
    behind(&path, &(entry + row));
    let window = workspace(&path, "Denise");
    let review = window.review();
    let question = review.question("1.90".parse().unwrap()).unwrap();
    let finding = &review.records.findings[&"finding-0003".parse().unwrap()];
    assert_eq!(finding.about, About::Question(question.id.clone()));
}

#[test]
fn what_was_taken_back_in_an_earlier_schema_is_gone_with_its_number() {
    let (_folder, path) = released(5);
    let (question, item) = ("question 1.91", "agenda plenary-44.77");
    let behind_it = "INSERT INTO operation SELECT 901, 'operation-901', at, by, meeting, role, target, label, hash FROM operation WHERE seq = 900;";
    let made = journalled(
        900,
        &[
            [question, "text", "NULL", "'By whom?'"],
            [question, "recommendation", "NULL", "'1'"],
            [item, "text", "NULL", "'Coffee'"],
            [item, "rank", "NULL", "'77'"],
        ],
    );
    let removed = "INSERT INTO change SELECT 901, position, record, field, after, before FROM change WHERE operation = 900;";
    behind(&path, &(made + behind_it + removed));
    let window = workspace(&path, "Denise");
    let review = window.review();
    assert!(review.question("1.91".parse().unwrap()).is_err());
    let meeting = meeting_called(review, "plenary-44");
    let items = review.records.agenda_of(&meeting);
    assert!(items.iter().all(|(_, item)| item.number != 77));
}
