//! The quoted records in the workspace: filled, loaded, renewed; what the team added stays.

use crate::catalogue::SMALL;
use penholder::catalogue::{builtin, from_path};
use penholder::error::Kind;
use penholder::model::catalogue::{Catalogue, Member};
use penholder::model::vocabulary::{
    BriefingName, Claim, DeliverableStatus, DocumentKind, Grade, MeetingKind, Phase, ReviewRole,
};
use penholder::store::CATALOGUE_SQL;
use penholder::store::catalogue::{fill, load, replace};
use rusqlite::Connection;

/// A new workspace with this catalogue and tables in which a team refers to it.
fn workspace(catalogue: &Catalogue) -> Connection {
    let mut conn = Connection::open_in_memory().unwrap();
    conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    conn.execute_batch(CATALOGUE_SQL).unwrap();
    conn.execute_batch(
        "CREATE TABLE verdict (recommendation INTEGER, row INTEGER,
            FOREIGN KEY (recommendation, row) REFERENCES deliverable (recommendation, row) DEFERRABLE INITIALLY DEFERRED) STRICT;
         CREATE TABLE answer (question TEXT REFERENCES question (number)) STRICT;",
    )
    .unwrap();
    let tx = conn.transaction().unwrap();
    fill(&tx, catalogue).unwrap();
    tx.commit().unwrap();
    conn
}

fn renew(conn: &mut Connection, catalogue: &Catalogue) {
    let tx = conn.transaction().unwrap();
    replace(&tx, catalogue).unwrap();
    tx.commit().unwrap();
}

/// Every row of every table as text.
fn everything(conn: &Connection) -> Vec<String> {
    let mut names = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let names: Vec<String> = names
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut all = Vec::new();
    for name in names {
        let mut statement = conn.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut lines = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> = (0..columns)
                .map(|i| format!("{:?}", row.get_ref(i).unwrap()))
                .collect();
            lines.push(format!("{name}: {}", values.join(" ")));
        }
        lines.sort();
        all.extend(lines);
    }
    all
}

#[test]
fn what_is_filled_is_loaded() {
    let catalogue = builtin().unwrap();
    assert_eq!(load(&workspace(&catalogue)).unwrap(), catalogue);
}

#[test]
fn a_renewal_by_the_same_catalogue_changes_nothing() {
    let catalogue = builtin().unwrap();
    let mut conn = workspace(&catalogue);
    let before = everything(&conn);
    assert!(before.len() > 1000);
    renew(&mut conn, &catalogue);
    assert_eq!(everything(&conn), before);
}

#[test]
fn a_renewal_brings_every_table_to_the_other_catalogue() {
    let catalogue = builtin().unwrap();
    let small = {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), SMALL).unwrap();
        from_path(folder.path()).unwrap()
    };
    let mut conn = workspace(&catalogue);
    renew(&mut conn, &small);
    assert_eq!(load(&conn).unwrap(), small);
    renew(&mut conn, &catalogue);
    assert_eq!(load(&conn).unwrap(), catalogue);
}

#[test]
fn a_renewal_keeps_what_the_team_refers_to_and_deletes_the_rest() {
    let mut catalogue = builtin().unwrap();
    let mut conn = workspace(&catalogue);
    conn.execute_batch("INSERT INTO verdict VALUES (25, 6); INSERT INTO answer VALUES ('11.4');")
        .unwrap();
    catalogue.header.edition += 1;
    catalogue
        .questions
        .retain(|question| question.recommendation.0 != 11);
    for recommendation in &mut catalogue.recommendations {
        if recommendation.number.0 == 25 {
            recommendation.deliverables.truncate(4);
        }
    }
    renew(&mut conn, &catalogue);
    let renewed = load(&conn).unwrap();
    let kept: Vec<String> = renewed
        .questions
        .iter()
        .filter(|q| q.number.major == 11)
        .map(|q| q.number.to_string())
        .collect();
    assert_eq!(kept, ["11.4"]);
    let rows: Vec<u16> = conn
        .prepare("SELECT row FROM deliverable WHERE recommendation = 25 ORDER BY row")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows, [1, 2, 3, 4, 6]);
    conn.execute_batch("DELETE FROM verdict; DELETE FROM answer")
        .unwrap();
    renew(&mut conn, &catalogue);
    assert_eq!(load(&conn).unwrap(), catalogue);
}

#[test]
fn rows_of_the_team_are_neither_loaded_nor_touched() {
    let mut catalogue = builtin().unwrap();
    let mut conn = workspace(&catalogue);
    conn.execute_batch(
        "INSERT INTO member (name, from_catalogue) VALUES ('Laurin', 0);
         INSERT INTO meeting (id, from_catalogue) VALUES ('plenary-43', 0);
         INSERT INTO meeting_day (meeting, position, day) VALUES ('plenary-43', 1, 1);
         INSERT INTO agenda_item (meeting, position, day, text) VALUES ('plenary-43', 1, 1, 'Roll call');
         INSERT INTO question (number, from_catalogue, recommendation, text) VALUES ('11.99', 0, 11, 'Why?');",
    )
    .unwrap();
    assert_eq!(load(&conn).unwrap(), catalogue);
    let before = everything(&conn);
    renew(&mut conn, &catalogue);
    assert_eq!(everything(&conn), before);

    // A newer catalogue that knows the same names does not overwrite them.
    let own = |conn: &Connection| {
        let rows = everything(conn);
        rows.into_iter()
            .filter(|row| {
                ["Laurin", "plenary-43", "11.99"]
                    .iter()
                    .any(|name| row.contains(&format!("{:?}", name.as_bytes())))
            })
            .collect::<Vec<_>>()
    };
    let before = own(&conn);
    catalogue.members.push(Member {
        name: "Laurin".to_owned(),
        source: "002:1".parse().unwrap(),
    });
    let mut meeting = catalogue.meetings[0].clone();
    meeting.id = "plenary-43".parse().unwrap();
    catalogue.meetings.push(meeting);
    let mut question = catalogue.questions[0].clone();
    question.number = "11.99".parse().unwrap();
    catalogue.questions.push(question);
    renew(&mut conn, &catalogue);
    assert_eq!(own(&conn), before);
}

#[test]
fn a_workspace_that_holds_nonsense_is_named_by_table_row_and_column() {
    let conn = workspace(&builtin().unwrap());
    conn.execute_batch("PRAGMA ignore_check_constraints = ON")
        .unwrap();
    let cases = [
        (
            "UPDATE recommendation SET as_of = 'soon' WHERE number = 11",
            "Table recommendation, row 11, column as_of: “soon”; expected a date such as 2015-06-30.",
        ),
        (
            "UPDATE recommendation SET source = 'somewhere' WHERE number = 11",
            "Table recommendation, row 11, column source: “somewhere”; expected document and lines, such as 000:702-707.",
        ),
        (
            "UPDATE question SET briefing = NULL WHERE number = '11.4'",
            "Table question, row 11.4, column briefing: Null; expected a text.",
        ),
        (
            "UPDATE deliverable SET sub_items = '[1]' WHERE recommendation = 3",
            "Table deliverable, row 3, column sub_items: “[1]”; expected a JSON array of texts.",
        ),
        (
            "UPDATE budget SET position = 99999999999, columns = '{' WHERE id = '2.3'",
            "Table budget, row 2.3, column columns: “{”; expected a JSON array of texts.",
        ),
        (
            "UPDATE status_paragraph SET level = 300 WHERE recommendation = 3",
            "Table status_paragraph, row 3, column level: 300; expected a number from 0 to 255.",
        ),
        (
            "UPDATE agenda_item SET is_break = 2 WHERE meeting = 'plenary-41'",
            "Table agenda_item, row plenary-41, column is_break: 2; expected 0 or 1.",
        ),
        (
            "DELETE FROM catalogue",
            "Table catalogue has no row; expected one, with review and edition.",
        ),
        (
            "DROP TABLE remark_concern",
            "Table remark_concern could not be read: no such table: remark_concern.",
        ),
    ];
    for (sql, expected) in cases {
        conn.execute_batch("SAVEPOINT case_").unwrap();
        conn.execute_batch(sql).unwrap();
        let error = load(&conn).unwrap_err();
        assert_eq!(
            (error.kind, error.message.as_str()),
            (Kind::BadData, expected)
        );
        conn.execute_batch("ROLLBACK TO case_; RELEASE case_")
            .unwrap();
    }
}

#[test]
fn what_stands_in_the_workspace_is_cleaned_when_loaded() {
    let conn = workspace(&builtin().unwrap());
    conn.execute_batch(
        "UPDATE recommendation SET text = 'a' || char(27) || '[31mb' WHERE number = 11;
         UPDATE portfolio SET points = '[\"a\\u001b\\u202eb\"]' WHERE number = '2.2.1';",
    )
    .unwrap();
    let catalogue = load(&conn).unwrap();
    assert_eq!(catalogue.recommendations[10].text, "a[31mb");
    assert_eq!(
        catalogue
            .portfolios
            .iter()
            .find(|p| p.number == "2.2.1")
            .unwrap()
            .points,
        ["ab"]
    );
}

#[test]
fn the_schema_knows_the_words_of_the_vocabulary() {
    let sql = CATALOGUE_SQL
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let list = |words: Vec<&str>| {
        words
            .iter()
            .map(|word| format!("'{word}'"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let lists = [
        list(ReviewRole::ALL.iter().map(|word| word.word()).collect()),
        list(DocumentKind::ALL.iter().map(|word| word.word()).collect()),
        list(Claim::ALL.iter().map(|word| word.word()).collect()),
        list(Phase::ALL.iter().map(|word| word.word()).collect()),
        list(
            DeliverableStatus::ALL
                .iter()
                .map(|word| word.word())
                .collect(),
        ),
        list(MeetingKind::ALL.iter().map(|word| word.word()).collect()),
        list(BriefingName::ALL.iter().map(|word| word.word()).collect()),
        list(Grade::ALL.iter().map(|word| word.word()).collect()),
    ];
    for words in lists {
        assert!(
            sql.contains(&format!("IN ({words})")) || sql.contains(&format!("IN ( {words})")),
            "{words}"
        );
    }
}

#[test]
fn what_makes_no_record_is_refused_by_the_schema() {
    let conn = workspace(&builtin().unwrap());
    for sql in [
        "UPDATE recommendation SET claim = 'finished' WHERE number = 1",
        "UPDATE recommendation SET as_of = '2015-06-31' WHERE number = 1",
        "UPDATE recommendation SET source = 'page 3' WHERE number = 1",
        "UPDATE question SET recommendation = 99 WHERE number = '1.1'",
        "INSERT INTO question (number, recommendation, text) VALUES ('1.99', 1, 'without a briefing')",
        "INSERT INTO question (number, from_catalogue, recommendation, text) VALUES ('1.01', 0, 1, 'a leading zero')",
        "INSERT INTO meeting (id, from_catalogue) VALUES ('Plenary 43', 0)",
        "UPDATE deliverable SET sub_items = 'a, b' WHERE recommendation = 1",
        "UPDATE agenda_item SET starts = '25:00:00' WHERE meeting = 'plenary-17'",
        "INSERT INTO catalogue (only_row, review, edition) VALUES (2, 'SSR1', 1)",
    ] {
        assert!(conn.execute(sql, []).is_err(), "{sql}");
    }
}
