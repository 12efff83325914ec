//! The workspace file: what is refused, what is found damaged, what is private, what old files need.

use crate::released::small;
use crate::stage::{assert_same, now, workspace};
use penholder::catalogue::builtin;
use penholder::error::{Error, Kind};
use penholder::model::draft::Draft;
use penholder::model::edit::{self, Note};
use penholder::model::ids::RecommendationNumber;
use penholder::model::journal::change::{Change, Operation, Role};
use penholder::model::record::assessment::Assessment;
use penholder::model::record::finding::About;
use penholder::model::record::kinds::Record;
use penholder::model::vocabulary::{FindingKind, Implementation};
use penholder::store::{LATEST_SCHEMA, Missing, Store};
use penholder::workspace::{Clock, Workspace};
use rusqlite::Connection;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const REC: RecommendationNumber = RecommendationNumber(11);

pub fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    (folder, path)
}

/// A workspace with a verdict, a finding and a text on Rec 11, closed.
fn filled() -> (TempDir, PathBuf) {
    let (folder, path) = folder();
    let mut window = workspace(&path, "Denise");
    rate(&mut window, Implementation::PartiallyImplemented);
    let text = Some("Marked words of an assessment.".to_owned());
    let edit = edit::assess(window.review(), REC, &[(Assessment::FURTHER_WORK, text)]).unwrap();
    window.commit(edit).unwrap();
    let edit = edit::note(
        window.review(),
        "finding-0001".parse().unwrap(),
        finding("Marked words of a finding."),
    )
    .unwrap();
    window.commit(edit).unwrap();
    (folder, path)
}

pub fn finding(text: &str) -> Note {
    Note {
        about: About::Recommendation(REC),
        kind: FindingKind::Finding,
        text: text.to_owned(),
        by: "Denise".to_owned(),
        said_by: Some("Zoe".to_owned()),
        at: now(),
        private: false,
        during: None,
    }
}

fn rate(window: &mut Workspace, verdict: Implementation) {
    let edit = edit::rate(window.review(), REC, verdict).unwrap();
    window.commit(edit).unwrap();
}

pub fn open(path: &Path) -> Result<Store, Error> {
    Store::open(path, Missing::Refuse, builtin)
}

pub fn open_or_create(path: &Path) -> Result<Store, Error> {
    Store::open(path, Missing::Create, builtin)
}

/// Writes to the file as another program would.
pub fn behind(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

/// Sets the first bytes of each place where `text` stands in the closed file to something else, one place at a time.
fn bytes_changed(path: &Path, text: &str) -> Vec<Vec<u8>> {
    let bytes = std::fs::read(path).unwrap();
    let places: Vec<usize> = bytes
        .windows(text.len())
        .enumerate()
        .filter(|(_, w)| *w == text.as_bytes())
        .map(|(at, _)| at)
        .collect();
    places
        .into_iter()
        .map(|at| {
            let mut changed = bytes.clone();
            changed[at] = b'#';
            changed
        })
        .collect()
}

#[test]
fn a_file_of_a_newer_penholder_is_refused_with_a_sentence_and_left_as_it_is() {
    let (_folder, path) = filled();
    behind(
        &path,
        &format!("PRAGMA user_version = {}", LATEST_SCHEMA + 7),
    );
    let before = std::fs::read(&path).unwrap();
    let error = open_or_create(&path).unwrap_err();
    assert_eq!(error.kind, Kind::BadData);
    assert!(
        error.message.ends_with(&format!(
            "the file was written by a newer penholder (its schema is {}, this program knows up to {LATEST_SCHEMA})",
            LATEST_SCHEMA + 7
        )),
        "{error}"
    );
    assert_eq!(
        error.hint.as_deref(),
        Some("Update penholder; the file was left as it is.")
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_missing_file_is_refused_where_nothing_is_to_be_created() {
    let (_folder, path) = folder();
    let error = open(&path).unwrap_err();
    assert!(
        error.message.starts_with("There is no workspace at "),
        "{error}"
    );
    assert!(!path.exists());
}

#[test]
fn any_byte_changed_in_the_journal_is_found() {
    let (_folder, path) = filled();
    assert_eq!(open(&path).unwrap().check().unwrap(), [""; 0]);
    for text in [
        "Marked words of a finding.",
        "Marked words of an assessment.",
    ] {
        let files = bytes_changed(&path, text);
        assert!(files.len() >= 2, "it stands in the row and in the journal");
        for file in files {
            let (_other, other) = folder();
            std::fs::write(&other, file).unwrap();
            let store = open(&other).unwrap();
            let faults = store.check().unwrap();
            assert!(
                faults.iter().any(|f| f.contains("hash does not fit")
                    || f.contains("is not what the journal leads to")),
                "{faults:?}"
            );
        }
    }
}

#[test]
fn an_entry_changed_behind_the_journal_is_found_by_its_hash() {
    for sql in [
        "DROP TRIGGER change_is_final; UPDATE change SET after = 'implemented' WHERE field = 'implementation'",
        "DROP TRIGGER operation_is_final; UPDATE operation SET by = 'Emily' WHERE seq = 1",
        "DROP TRIGGER operation_is_final; UPDATE operation SET at = '2018-09-13T14:41:08Z' WHERE seq = 1",
        "DROP TRIGGER operation_is_final; UPDATE operation SET label = 'Rec 11 implemented' WHERE seq = 1",
        "DROP TRIGGER change_is_kept; DELETE FROM change WHERE operation = 2",
        "PRAGMA foreign_keys = OFF; DROP TRIGGER operation_is_kept; DROP TRIGGER change_is_kept; DELETE FROM change WHERE operation = 2; DELETE FROM operation WHERE seq = 2",
    ] {
        let (_folder, path) = filled();
        behind(&path, sql);
        let faults = open(&path).unwrap().check().unwrap();
        assert!(
            faults.iter().any(|f| f.contains("its hash does not fit")),
            "{sql}: {faults:?}"
        );
    }
}

#[test]
fn a_row_changed_behind_the_journal_is_found() {
    for (sql, expected) in [
        (
            "UPDATE assessment SET implementation = 'implemented'",
            "The row of rec 11 is not what the journal leads to.",
        ),
        (
            "UPDATE assessment SET relevance = 'still relevant'",
            "The row of rec 11 is not what the journal leads to.",
        ),
        (
            "UPDATE finding SET text = 'Other words.'",
            "The row of finding finding-0001 is not what the journal leads to.",
        ),
        (
            "DELETE FROM finding",
            "The row of finding finding-0001 is not what the journal leads to.",
        ),
        (
            "DELETE FROM member WHERE name = 'Zoe'",
            "The row of member Zoe is not what the journal leads to.",
        ),
        (
            "INSERT INTO assessment (recommendation, implementation) VALUES (12, 'implemented')",
            "There is a row of rec 12 that no journal entry wrote.",
        ),
        (
            "INSERT INTO deliverable_verdict VALUES (11, 1, 'implemented')",
            "There is a row of deliverable 11.1 that no journal entry wrote.",
        ),
    ] {
        let (_folder, path) = filled();
        behind(&path, sql);
        assert_eq!(open(&path).unwrap().check().unwrap(), [expected], "{sql}");
    }
}

/// What `check` says of a new workspace after this SQL.
fn faults_after(sql: &str) -> Vec<String> {
    let (_folder, path) = folder();
    let mut store = open_or_create(&path).unwrap();
    store
        .keep_draft("Denise", "finding on rec 11", &typed("Half"), now())
        .unwrap();
    assert_eq!(store.check().unwrap(), [""; 0]);
    drop(store);
    behind(
        &path,
        &format!("PRAGMA ignore_check_constraints = ON; {sql}"),
    );
    open(&path).unwrap().check().unwrap()
}

#[test]
fn quoted_records_changed_behind_the_program_are_found() {
    for (sql, expected) in [
        (
            "DELETE FROM quoted WHERE kind = 'question' AND name = '11.4'",
            "The quoted question 11.4 is missing.",
        ),
        (
            "INSERT INTO quoted SELECT kind, '99', 99, content, digest FROM quoted WHERE kind = 'recommendation' AND name = '3'",
            "There is a quoted rec 99 that is in no catalogue.",
        ),
        (
            "UPDATE quoted SET content = json_set(content, '$.text', 'tampered') WHERE kind = 'recommendation' AND name = '3'",
            "The quoted rec 3 is not what was written.",
        ),
        (
            "UPDATE quoted SET position = 999 WHERE kind = 'question' AND name = '11.4'",
            "The quoted question 11.4 is not what was written.",
        ),
        (
            "DELETE FROM quoted WHERE kind = 'contents'",
            "The list of the quoted records is not what was written.",
        ),
        (
            "UPDATE draft SET found = 'Other'",
            "The draft of Denise at finding on rec 11 is not what was written.",
        ),
    ] {
        assert_eq!(faults_after(sql), [expected], "{sql}");
    }
    let renamed = faults_after("UPDATE quoted SET name = '11.99' WHERE name = '11.4'");
    assert_eq!(
        renamed,
        [
            "There is a quoted question 11.99 that is in no catalogue.",
            "The quoted question 11.4 is missing."
        ]
    );
    assert!(faults_after("DROP TABLE quoted")[0].contains("no such table: quoted"));
}

#[test]
fn a_change_in_any_column_of_a_quoted_record_or_a_draft_is_found() {
    let (_folder, path) = folder();
    drop(open_or_create(&path).unwrap());
    let conn = Connection::open(&path).unwrap();
    let columns = |table: &str| -> Vec<(String, String)> {
        conn.prepare("SELECT name, type FROM pragma_table_info(?1)")
            .unwrap()
            .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    let rows = [
        ("quoted", "kind = 'question' AND name = '11.4'"),
        ("quoted", "kind = 'catalogue'"),
        ("quoted", "kind = 'contents'"),
        ("draft", "true"),
    ];
    for (table, row) in rows {
        let columns = columns(table);
        assert!(columns.len() >= 5);
        for (column, kind) in columns {
            let other = if kind == "INTEGER" {
                format!("{column} + 1000")
            } else {
                format!("ifnull({column}, '') || ' '")
            };
            let sql = format!("UPDATE {table} SET {column} = {other} WHERE {row}");
            assert_ne!(faults_after(&sql), [""; 0], "{sql}");
        }
    }
}

#[test]
fn a_row_that_points_nowhere_and_that_no_entry_wrote_is_found() {
    let (_folder, path) = filled();
    behind(
        &path,
        "INSERT INTO round (id, matter, round, at, by) VALUES ('round-0001', 'decision none', 1, '2018-09-13T14:41:07Z', 'D')",
    );
    let faults = open(&path).unwrap().check().unwrap();
    assert!(
        faults.contains(
            &"There is a row of round round-0001 that no journal entry wrote.".to_owned()
        ),
        "{faults:?}"
    );
}

#[test]
fn a_conflict_is_refused_with_both_values_and_nothing_is_half_written() {
    let (_folder, path) = filled();
    let mut store = open(&path).unwrap();
    let before = (store.load().unwrap().records, store.operations().unwrap());
    let change = |record: Record, field, before: Option<&str>, after: Option<&str>| Change {
        record,
        field,
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let operation = Operation {
        id: "two-changes".parse().unwrap(),
        at: now(),
        by: "Emily".to_owned(),
        meeting: None,
        role: Role::Do,
        label: "two changes".to_owned(),
        changes: vec![
            change(
                Record::Assessment(RecommendationNumber(12)),
                Assessment::IMPLEMENTATION,
                None,
                Some("implemented"),
            ),
            change(
                Record::Assessment(REC),
                Assessment::IMPLEMENTATION,
                Some("implemented"),
                Some("not implemented"),
            ),
        ],
    };
    let error = store.commit(&operation).unwrap_err();
    assert_eq!(error.kind, Kind::Conflict);
    assert_eq!(
        error.message,
        "Refused: somebody set implementation of Rec 11 to “partially implemented” (you saw “implemented”)."
    );
    assert_eq!(
        (store.load().unwrap().records, store.operations().unwrap()),
        before
    );
    assert_eq!(store.check().unwrap(), [""; 0]);
}

#[test]
fn a_second_windows_stale_verdict_is_refused_and_its_memory_renewed() {
    let (_folder, path) = filled();
    let (mut denise, mut emily) = (workspace(&path, "Denise"), workspace(&path, "Emily"));
    rate(&mut emily, Implementation::NotImplemented);
    let edit = edit::rate(denise.review(), REC, Implementation::Implemented).unwrap();
    assert_eq!(denise.commit(edit).unwrap_err().kind, Kind::Conflict);
    assert_eq!(denise.review().records, emily.review().records);
    assert!(!denise.refresh().unwrap(), "it knows already");
    rate(&mut emily, Implementation::CannotBeDetermined);
    assert!(denise.refresh().unwrap());
    assert_eq!(denise.review().records, emily.review().records);
}

#[test]
fn a_finding_is_neither_taken_from_under_its_withdrawal_nor_withdrawn_once_it_is_gone() {
    let (_folder, path) = filled();
    let id = "finding-0001".parse().unwrap();
    let (mut denise, mut emily) = (workspace(&path, "Denise"), workspace(&path, "Emily"));
    let withdrawal = edit::withdraw(emily.review(), &id).unwrap();
    emily.commit(withdrawal.clone()).unwrap();
    assert_eq!(
        denise.undo().unwrap_err().kind,
        Kind::Conflict,
        "Emily withdrew what Denise would take back"
    );
    emily.undo().unwrap();
    denise.undo().unwrap();
    assert_eq!(
        emily.commit(withdrawal).unwrap_err().kind,
        Kind::Conflict,
        "Denise took it back"
    );
    assert_eq!(emily.redo().unwrap_err().kind, Kind::Conflict);
    assert_eq!(denise.store().check().unwrap(), [""; 0]);
}

#[test]
fn an_existing_file_is_not_created_over() {
    let (_folder, path) = filled();
    let error =
        Workspace::create(&path, small(), "Denise".to_owned(), Clock::held_at(now())).unwrap_err();
    assert!(
        error
            .message
            .ends_with("exists already; nothing was changed."),
        "{error}"
    );
    assert_eq!(
        open(&path)
            .unwrap()
            .load()
            .unwrap()
            .catalogue
            .recommendations
            .len(),
        28
    );
}

#[test]
fn a_backup_opens_and_equals() {
    let (folder, path) = filled();
    let store = open(&path).unwrap();
    let copy = folder.path().join("copy.db");
    store.backup(&copy).unwrap();
    let other = open(&copy).unwrap();
    assert_same(&other.load().unwrap(), &store.load().unwrap());
    assert_eq!(other.operations().unwrap(), store.operations().unwrap());
    assert_eq!(other.check().unwrap(), [""; 0]);
    assert_eq!(mode(&copy), 0o600);
    let error = store.backup(&copy).unwrap_err();
    assert!(
        error.message.ends_with("the file exists already."),
        "{error}"
    );
    assert_eq!(other.check().unwrap(), [""; 0], "it is left as it was");
}

pub fn typed(text: &str) -> Draft {
    Draft {
        text: text.to_owned(),
        found: None,
    }
}

#[test]
fn drafts_are_kept_by_author_and_place() {
    let (_folder, path) = folder();
    let mut store = open_or_create(&path).unwrap();
    store
        .keep_draft("Denise", "finding on rec 11", &typed("Half"), now())
        .unwrap();
    store
        .keep_draft("Denise", "finding on rec 12", &typed("Other"), now())
        .unwrap();
    store
        .keep_draft(
            "Emily",
            "finding on rec 11",
            &Draft {
                found: Some("Before".into()),
                ..typed("Hers")
            },
            now(),
        )
        .unwrap();
    let store_again = open(&path).unwrap();
    assert_eq!(
        store_again.draft("Denise", "finding on rec 11").unwrap(),
        Some(typed("Half"))
    );
    assert_eq!(
        store_again
            .draft("Emily", "finding on rec 11")
            .unwrap()
            .and_then(|draft| draft.found)
            .as_deref(),
        Some("Before")
    );
    assert_eq!(
        store_again.draft("Emily", "finding on rec 12").unwrap(),
        None
    );
    assert_eq!(
        store_again.drafts("Denise").unwrap(),
        ["finding on rec 11", "finding on rec 12"]
    );
    store
        .keep_draft("Denise", "finding on rec 11", &typed(""), now())
        .unwrap();
    assert_eq!(store.drafts("Denise").unwrap(), ["finding on rec 12"]);
    assert_eq!(
        store.operations().unwrap(),
        [],
        "a draft is no entry of the journal"
    );
}

#[test]
fn the_journal_can_be_neither_updated_nor_deleted() {
    let (_folder, path) = filled();
    let conn = Connection::open(&path).unwrap();
    for sql in [
        "UPDATE operation SET label = 'x'",
        "DELETE FROM operation",
        "UPDATE change SET after = 'x'",
        "DELETE FROM change",
        "REPLACE INTO operation (seq, id, at, by, role, label, hash) SELECT seq, id, at, 'Emily', role, label, hash FROM operation WHERE seq = 1",
    ] {
        let error = conn.execute(sql, []).unwrap_err().to_string();
        assert!(
            error.contains("the journal only grows") || error.contains("constraint"),
            "{sql}: {error}"
        );
    }
    assert_eq!(open(&path).unwrap().check().unwrap(), [""; 0]);
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_file_and_what_stands_beside_it_are_private() {
    let (folder, path) = folder();
    let inner = folder.path().join("new").join("deep").join("a.db");
    for path in [path, inner] {
        let mut window = workspace(&path, "Denise");
        rate(&mut window, Implementation::Implemented);
        let side = |suffix: &str| PathBuf::from(format!("{}{suffix}", path.display()));
        for file in [path.clone(), side("-wal"), side("-shm")] {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }
    assert_eq!(mode(&folder.path().join("new")), 0o700);
}

#[test]
fn the_header_and_the_log_are_as_the_design_wants_them() {
    let (_folder, path) = filled();
    let conn = Connection::open(&path).unwrap();
    let text = |pragma: &str| {
        conn.query_row(pragma, [], |row| row.get::<_, String>(0))
            .unwrap()
    };
    let number = |pragma: &str| {
        conn.query_row(pragma, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(text("PRAGMA journal_mode"), "wal");
    assert_eq!(number("PRAGMA application_id"), 0x5045_4E48);
    assert_eq!(number("PRAGMA user_version"), i64::from(LATEST_SCHEMA));
    let loose: i64 = conn
        .query_row("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(loose, 0, "every table is STRICT");
}

#[test]
fn what_no_type_of_ours_would_write_is_refused_by_the_schema_too() {
    let (_folder, path) = filled();
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    for sql in [
        "UPDATE assessment SET implementation = 'finished'",
        "UPDATE assessment SET relevance = ''",
        "UPDATE assessment SET further_work = ''",
        "INSERT INTO assessment (recommendation) VALUES (0)",
        "INSERT INTO deliverable_verdict VALUES (11, 0, 'implemented')",
        "UPDATE finding SET at = 'yesterday'",
        "UPDATE finding SET about = 'the weather'",
        "UPDATE finding SET private = 'no'",
        "INSERT INTO change VALUES (1, 99, 'rec 11', 'effect', 'same', 'same')",
        "INSERT INTO change VALUES (99, 0, 'rec 11', 'effect', NULL, 'achieved')",
        "INSERT INTO operation (id, at, by, role, label, hash) VALUES ('abcd', '2018-09-13T14:41:07Z', 'D', 'undo', 'x', printf('%064d', 0))",
    ] {
        assert!(conn.execute(sql, []).is_err(), "{sql}");
    }
}
