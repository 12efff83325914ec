//! What the team noted on its meetings, and on those that a source tells of, goes out with the meetings and comes back.

use crate::desk::Desk;
use crate::meeting_files::file;
use crate::stage::{fresh, now, workspace};
use penholder::interchange::import;
use penholder::interchange::records::Scope;
use penholder::interchange::toml;
use penholder::model::edit::{self, Note};
use penholder::model::finding::About;
use penholder::model::ids::Id;
use penholder::model::vocabulary::FindingKind;
use penholder::workspace::Workspace;

const RECORDS: &str = r#"[[meeting]]
id = "plenary-41"

[[meeting.findings]]
id = "finding-0001"
at = 2018-09-14T08:00:00Z
by = "Denise"
kind = "note"
text = "The slides came late."

[[meeting]]
id = "plenary-43"
number = 43

[[meeting.findings]]
id = "finding-0002"
at = 2018-09-13T13:20:00Z
by = "Denise"
said_by = "Zoe"
kind = "finding"
meeting = "plenary-43"
minute = 20
agenda_item = "3"
text = """
Nobody measures
anything.
"""

[[meeting.findings]]
id = "finding-0003"
at = 2018-09-13T13:21:00Z
by = "Denise"
kind = "note"
private = true
text = "Ask Zoe alone."
"#;

fn imported() -> Desk {
    let desk = Desk::new();
    desk.write("m.toml", &file(RECORDS));
    assert_eq!(
        desk.run(&["import", "m.toml"]).ok(),
        "Imported m.toml: 1 meeting, 3 findings\n"
    );
    desk
}

#[test]
fn findings_on_meetings_go_out_and_come_back_byte_for_byte() {
    let first = imported();
    let text = first.run(&["export", "meetings", "--include-private"]).ok();
    assert!(text.ends_with(&format!("\n\n{RECORDS}")), "{text}");
    let second = Desk::at("2026-01-01T00:00:00Z");
    second.write("m.toml", &text);
    second.run(&["import", "m.toml"]).ok();
    assert_eq!(
        second
            .run(&["export", "meetings", "--include-private"])
            .ok(),
        text
    );
    assert_eq!(
        second.run(&["import", "m.toml"]).ok(),
        "Everything in m.toml is here already\n"
    );
    let findings = second.run(&["export", "findings"]).ok();
    assert!(
        findings.contains("about = \"meeting plenary-41\"")
            && findings.contains("about = \"meeting plenary-43\""),
        "{findings}"
    );
    assert!(second.run(&["list", "members"]).ok().contains("Zoe"));
    second.check();
}

#[test]
fn private_findings_on_meetings_are_only_in_what_their_author_asks_for() {
    let desk = imported();
    let ends = RECORDS
        .find("\n[[meeting.findings]]\nid = \"finding-0003\"")
        .unwrap();
    for arguments in [
        &["export", "meetings"][..],
        &["export", "meetings", "--include-private", "--as", "Emily"],
    ] {
        let text = desk.run(arguments).ok();
        assert!(
            text.ends_with(&format!("\n\n{}", &RECORDS[..ends])),
            "{text}"
        );
    }
}

#[test]
fn a_finding_on_a_meeting_that_is_at_fault_or_clashes_is_told_with_its_place() {
    let cases = [
        (
            "by = \"Denise\"\nkind = \"note\"\ntext = \"The",
            "kind = \"note\"\ntext = \"The",
            ":15:1: by is missing; expected who wrote it",
        ),
        (
            "finding-0002",
            "finding-0001",
            ":27:6: finding finding-0001 stands here again, first in line 16; expected every id once",
        ),
        (
            "kind = \"finding\"",
            "kind = \"finding\"\nabout = \"rec 11\"",
            "“rec 11” does not belong below meeting plenary-43; expected no about",
        ),
        (
            "id = \"plenary-41\"\n",
            "id = \"plenary-41\"\nnumber = 41\n",
            ":13:6: plenary-41 is quoted from",
        ),
        (
            "[[meeting.findings]]",
            "[[meeting.roll]]",
            ":13:6: plenary-41 is quoted from",
        ),
    ];
    for (from, to, expected) in cases {
        assert!(RECORDS.contains(from), "{from}");
        let desk = Desk::new();
        desk.write("m.toml", &file(&RECORDS.replacen(from, to, 1)));
        let message = desk.run(&["import", "m.toml"]).refused(1);
        assert!(message.contains(expected), "{expected}: {message}");
    }
    let desk = Desk::new();
    desk.write("m.toml", &file("[[meeting]]\nid = \"plenary-41\"\n"));
    assert!(
        desk.run(&["import", "m.toml"])
            .refused(1)
            .contains("or nothing but the findings on it")
    );
    desk.write(
        "m.toml",
        &file(&RECORDS.replace(
            "kind = \"finding\"",
            "kind = \"finding\"\nabout = \"meeting plenary-43\"",
        )),
    );
    desk.run(&["import", "m.toml"]).ok();
    desk.write("m.toml", &file(&RECORDS.replace("came late", "came early")));
    let message = desk.run(&["import", "m.toml"]).refused(1);
    assert!(message.contains("finding finding-0001 text\n  here: The slides came late.\n  file: The slides came early.\n"), "{message}");
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
        .meetings(),
    )
}

#[test]
fn a_finding_that_was_noted_on_a_meeting_of_a_source_is_taken_back_in_the_export_too() {
    let (_folder, path) = fresh();
    let mut first = workspace(&path, "Denise");
    let note = Note {
        about: About::Meeting("plenary-41".parse().unwrap()),
        kind: FindingKind::Finding,
        text: "The slides came late.".to_owned(),
        by: "Denise".to_owned(),
        said_by: None,
        at: now(),
        private: false,
        during: None,
    };
    let empty = export(&first);
    let edit = edit::note(first.review(), Id::from_random(7), note).unwrap();
    first.commit(edit).unwrap();
    let text = export(&first);
    assert!(
        text.contains("[[meeting]]\nid = \"plenary-41\"\n\n[[meeting.findings]]\n")
            && text.contains("last_change"),
        "{text}"
    );
    let file = toml::read("m.toml", &text, first.review()).unwrap();
    assert!(
        import::plan(first.review(), &file, "m.toml")
            .edit
            .is_nothing()
    );
    first.undo().unwrap();
    assert_eq!(export(&first), empty);
}
