//! The quoted records in the workspace: filled, loaded, renewed; what the team added stays.

use crate::catalogue::SMALL;
use crate::store::folder;
use penholder::catalogue::{builtin, from_path};
use penholder::error::Kind;
use penholder::model::catalogue::{Catalogue, KINDS, Member};
use penholder::store::catalogue::{load, load_first, replace};
use penholder::store::create;
use rusqlite::Connection;
use tempfile::TempDir;

/// A new workspace with this catalogue, opened as another program would.
fn workspace(catalogue: &Catalogue) -> (TempDir, Connection) {
    let (folder, path) = folder();
    assert!(create(&path, || Ok(catalogue.clone())).unwrap());
    (folder, Connection::open(path).unwrap())
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
    let (_folder, conn) = workspace(&catalogue);
    assert_eq!(load(&conn).unwrap(), catalogue);
}

#[test]
fn what_the_first_screen_shows_is_loaded_alone() {
    let catalogue = builtin().unwrap();
    let (_folder, conn) = workspace(&catalogue);
    let first = load_first(&conn).unwrap();
    assert_eq!(first.header, catalogue.header);
    assert_eq!(first.recommendations, catalogue.recommendations);
    assert_eq!((first.questions, first.remarks), (vec![], vec![]));
}

#[test]
fn a_quoted_record_can_be_read_with_nothing_but_sqlite() {
    let catalogue = builtin().unwrap();
    let (_folder, conn) = workspace(&catalogue);
    let read = |sql: &str| -> String { conn.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(
        read("SELECT content->>'text' FROM quoted WHERE kind = 'recommendation' AND name = '11'"),
        catalogue.recommendations[10].text
    );
    assert_eq!(
        read("SELECT content->>'as_of' FROM quoted WHERE kind = 'recommendation' AND name = '11'"),
        catalogue.recommendations[10].as_of.to_string()
    );
    let kinds = conn
        .prepare("SELECT DISTINCT kind FROM quoted WHERE kind NOT IN ('catalogue', 'contents')")
        .unwrap()
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap()
        .count();
    assert_eq!(kinds, KINDS.len());
}

#[test]
fn a_renewal_by_the_same_catalogue_changes_nothing() {
    let catalogue = builtin().unwrap();
    let (_folder, mut conn) = workspace(&catalogue);
    let before = everything(&conn);
    assert!(before.len() > 800);
    renew(&mut conn, &catalogue);
    assert_eq!(everything(&conn), before);
}

#[test]
fn a_renewal_brings_every_kind_to_the_other_catalogue() {
    let catalogue = builtin().unwrap();
    let small = {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), SMALL).unwrap();
        from_path(folder.path()).unwrap()
    };
    let (_folder, mut conn) = workspace(&catalogue);
    renew(&mut conn, &small);
    assert_eq!(load(&conn).unwrap(), small);
    renew(&mut conn, &catalogue);
    assert_eq!(load(&conn).unwrap(), catalogue);
}

#[test]
fn a_renewal_keeps_what_the_team_refers_to_and_deletes_the_rest() {
    let mut catalogue = builtin().unwrap();
    let (_folder, mut conn) = workspace(&catalogue);
    conn.execute_batch(
        "INSERT INTO deliverable_verdict VALUES (25, 6, 'implemented');
         INSERT INTO question (id, addressee) VALUES ('11.4', 'CTO');",
    )
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
    let rows = |catalogue: &Catalogue| {
        let of = |n: &&penholder::model::catalogue::Recommendation| n.number.0 == 25;
        let found = catalogue.recommendations.iter().find(of).unwrap();
        found.deliverables.clone()
    };
    // A deliverable is called by its row, so the row before one that stays does too.
    assert_eq!(rows(&renewed), rows(&builtin().unwrap())[..6]);
    conn.execute_batch("DELETE FROM deliverable_verdict; DELETE FROM question")
        .unwrap();
    renew(&mut conn, &catalogue);
    assert_eq!(load(&conn).unwrap(), catalogue);
}

#[test]
fn a_recommendation_that_is_named_stays_in_its_place_with_what_names_it() {
    let catalogue = builtin().unwrap();
    let mut without = catalogue.clone();
    without.recommendations.retain(|r| r.number.0 != 11);
    without.questions.retain(|q| q.recommendation.0 != 11);
    without.briefings.clear();
    for sql in [
        "INSERT INTO assessment (recommendation, penholder) VALUES (11, 'Denise')",
        "INSERT INTO assessment (recommendation, blocked_by) VALUES (1, '1.1, 11.4')",
        "INSERT INTO finding (id, about, at, by, kind, text) VALUES ('abcd', 'rec 11', '2018-09-13T14:41:07Z', 'D', 'note', 'x')",
        "INSERT INTO answer (id, question, text, \"on\", at) VALUES ('abcd', '11.4', 'x', '2018-09-13', '2018-09-13T14:41:07Z')",
        "INSERT INTO queued (meeting, recommendation, rank) VALUES ('plenary-43', 11, 0)",
        "INSERT INTO round (id, matter, round, at, by) VALUES ('round-0001', 'rec 11', 1, '2018-09-13T14:41:07Z', 'D')",
    ] {
        let (_folder, mut conn) = workspace(&catalogue);
        conn.execute_batch(sql).unwrap();
        renew(&mut conn, &without);
        let renewed = load(&conn).unwrap();
        assert_eq!(renewed.recommendations, catalogue.recommendations, "{sql}");
        let by_question = sql.contains("11.4");
        assert_eq!(
            renewed
                .questions
                .iter()
                .any(|q| q.number.to_string() == "11.4"),
            by_question,
            "{sql}"
        );
        assert_eq!(!renewed.briefings.is_empty(), by_question, "{sql}");
    }
}

#[test]
fn rows_of_the_team_are_neither_loaded_nor_touched() {
    let mut catalogue = builtin().unwrap();
    let (_folder, mut conn) = workspace(&catalogue);
    conn.execute_batch(
        "INSERT INTO member (name) VALUES ('Laurin');
         INSERT INTO meeting (id, name) VALUES ('meeting-0043', 'plenary-43');
         INSERT INTO question (id, number, recommendation, text) VALUES ('question-0099', '11.99', 11, 'Why?');",
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
fn a_workspace_with_nonsense_in_it_is_refused_by_kind_and_name() {
    let (_folder, conn) = workspace(&builtin().unwrap());
    conn.execute_batch("PRAGMA ignore_check_constraints = ON")
        .unwrap();
    let set = |record: &str, change: &str| {
        let (kind, name) = record.split_once(' ').unwrap();
        format!(
            "UPDATE quoted SET content = json_{change} WHERE kind = '{kind}' AND name = '{name}'"
        )
    };
    let cases = [
        (
            set("recommendation 11", "set(content, '$.as_of', 'soon')"),
            "The quoted rec 11 does not read: invalid value: string \"soon\", expected a date such as 2015-06-30",
        ),
        (
            set("recommendation 11", "set(content, '$.source', 'somewhere')"),
            "The quoted rec 11 does not read: “somewhere” is no citation; expected document and lines",
        ),
        (
            set("question 11.4", "remove(content, '$.briefing')"),
            "The quoted question 11.4 does not read: missing field `briefing`",
        ),
        (
            set("question 11.4", "set(content, '$.colour', 'red')"),
            "The quoted question 11.4 does not read: unknown field `colour`",
        ),
        (
            set("budget 2.3", "set(content, '$.columns', 1)"),
            "The quoted budget 2.3 does not read: invalid type: integer `1`",
        ),
        (
            "UPDATE quoted SET content = '{' WHERE kind = 'goal' AND name = '2.1'".to_owned(),
            "The quoted goal 2.1 does not read: EOF while parsing",
        ),
        (
            "UPDATE quoted SET kind = 'new_kind' WHERE kind = 'goal' AND name = '2.1'".to_owned(),
            "The quoted new kind 2.1 does not read: unknown variant `new_kind`",
        ),
        (
            "DELETE FROM quoted WHERE kind = 'catalogue'".to_owned(),
            "The quoted records have no header",
        ),
    ];
    for (sql, expected) in cases {
        conn.execute_batch("SAVEPOINT case_").unwrap();
        conn.execute_batch(&sql).unwrap();
        let error = load(&conn).unwrap_err();
        assert_eq!(error.kind, Kind::BadData);
        assert!(error.message.starts_with(expected), "{sql}: {error}");
        assert_eq!(error.hint.as_deref(), Some("Run `penholder check`."));
        conn.execute_batch("ROLLBACK TO case_; RELEASE case_")
            .unwrap();
    }
}

#[test]
fn what_is_in_the_workspace_is_cleaned_when_loaded() {
    let (_folder, conn) = workspace(&builtin().unwrap());
    conn.execute_batch(
        r#"UPDATE quoted SET content = json_set(content, '$.text', 'a' || char(27) || '[31mb') WHERE kind = 'recommendation' AND name = '11';
         UPDATE quoted SET content = replace(content, '"title":"', '"title":"' || char(8238, 8232)) WHERE kind = 'portfolio' AND name = '2.2.1';
         UPDATE quoted SET content = json_set(content, '$.points', json('["a\u001b\u202eb"]')) WHERE kind = 'portfolio' AND name = '2.2.1';"#,
    )
    .unwrap();
    let catalogue = load(&conn).unwrap();
    assert_eq!(catalogue.recommendations[10].text, "a[31mb");
    let portfolio = |catalogue: &Catalogue| {
        let found = catalogue.portfolios.iter().find(|p| p.number == "2.2.1");
        found.unwrap().clone()
    };
    assert_eq!(portfolio(&catalogue).points, ["ab"]);
    assert_eq!(
        portfolio(&catalogue).title,
        format!("\n{}", portfolio(&builtin().unwrap()).title)
    );
}

#[test]
fn what_makes_no_record_is_refused_by_the_schema() {
    let (_folder, conn) = workspace(&builtin().unwrap());
    for sql in [
        "UPDATE quoted SET content = '{' WHERE name = '11.4'",
        "UPDATE quoted SET position = 0 WHERE name = '11.4'",
        "UPDATE quoted SET position = 1 WHERE name = '11.4'",
        "UPDATE quoted SET name = '11.3' WHERE name = '11.4'",
        "INSERT INTO question (id, number, recommendation, text) VALUES ('question-0001', '1.01', 1, 'a leading zero')",
        "INSERT INTO meeting (id, name) VALUES ('meeting-0043', 'Plenary 43')",
        "INSERT INTO meeting (id, name) VALUES ('Meeting 43', 'plenary-43')",
    ] {
        assert!(conn.execute(sql, []).is_err(), "{sql}");
    }
}
