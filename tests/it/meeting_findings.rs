//! What the team noted on its meetings, and on those that a source tells of, goes out with the meetings and comes back.

use crate::desk::Desk;
use crate::meeting_files::file;
use crate::stage::{fresh, now, workspace};
use penholder::interchange::records::Scope;
use penholder::interchange::{import, toml};
use penholder::model::edit::{self, Note};
use penholder::model::record::finding::About;
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
id = "meeting-0043"
name = "plenary-43"
number = 43

[[meeting.agenda]]
id = "item-0003"
number = 3
text = "SSR1 recommendations"

[[meeting.findings]]
id = "finding-0002"
at = 2018-09-13T13:20:00Z
by = "Denise"
said_by = "Zoe"
kind = "finding"
meeting = "plenary-43"
minute = 20
agenda_item = 3
text = """
Nobody measures
anything.
"""

[[meeting.findings]]
id = "finding-0003"
at = 2018-09-13T13:21:00Z
by = "Denise"
kind = "note"
text = "Ask Zoe alone."
private = true
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
fn a_file_of_an_earlier_version_is_read() {
    let old = RECORDS
        .replace("id = \"meeting-0043\"\nname", "id")
        .replace("id = \"item-0003\"\nnumber", "item")
        .replace("agenda_item = 3", "agenda_item = \"3\"");
    assert!(!old.contains("name = ") && old.contains("\nitem = 3\n"));
    let desk = Desk::new();
    desk.write("old.toml", &file(&old));
    desk.run(&["import", "old.toml"]).ok();
    let text = desk.run(&["export", "meetings", "--include-private"]).ok();
    let findings = |text: &str| {
        text[text
            .find("[[meeting.findings]]\nid = \"finding-0002\"")
            .unwrap()..]
            .to_owned()
    };
    assert_eq!(findings(&text), findings(RECORDS));
    desk.check();
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
            ":33:6: finding finding-0001 stands here again, first in line 16; expected it once",
        ),
        (
            "kind = \"finding\"",
            "kind = \"finding\"\nabout = \"rec 11\"",
            "“Rec 11” does not belong below meeting plenary-43; expected no about",
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
    assert!(message.contains("the note on meeting plenary-41 text\n  here: The slides came late.\n  file: The slides came early.\n"), "{message}");
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
    let edit = edit::note(first.review(), "finding-0007".parse().unwrap(), note).unwrap();
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

#[test]
fn a_file_says_which_records_it_names_without_containing_them() {
    let first = imported();
    first.write("a.toml", ON_REC_11);
    first.run(&["import", "a.toml"]).ok();
    let text = first.run(&["export", "assessments"]).ok();
    for reference in [
        "[[refers_to]]\nkind = \"meeting\"\nnumber = \"plenary-43\"\nid = \"meeting-0043\"\n",
        "[[refers_to]]\nkind = \"agenda item\"\nnumber = 3\nmeeting = \"plenary-43\"\nid = \"item-0003\"\n",
    ] {
        assert!(text.contains(reference), "{reference}: {text}");
    }
    // Neither the meeting nor its agenda is known there.
    let second = Desk::new();
    second.write("a.toml", &text);
    second.run(&["import", "a.toml"]).ok();
    assert_eq!(second.run(&["export", "assessments"]).ok(), text);
    second.check();
    // Where another meeting has the name, the file is refused.
    let third = Desk::new();
    third.write(
        "m.toml",
        &file(&RECORDS.replace("meeting-0043", "meeting-0044")),
    );
    third.run(&["import", "m.toml"]).ok();
    third.write("a.toml", &text);
    let message = third.run(&["import", "a.toml"]).refused(1);
    assert!(
        message.contains("meeting plenary-43 of the file"),
        "{message}"
    );
    // A file that means two records by one number is refused, too.
    let twice = text.clone()
        + "\n[[refers_to]]\nkind = \"meeting\"\nnumber = \"plenary-43\"\nid = \"meeting-0045\"\n";
    let fourth = Desk::new();
    fourth.write("a.toml", &twice);
    let message = fourth.run(&["import", "a.toml"]).refused(1);
    assert!(
        message.contains("the file means two records by meeting plenary-43"),
        "{message}"
    );
}

/// An assessment with a finding that was written down in the meeting of [`RECORDS`].
const ON_REC_11: &str = r#"format = "penholder/1"
kind = "assessments"
review = "SSR1"
count = 1

[[assessment]]
recommendation = 11

[[assessment.findings]]
id = "finding-0011"
at = 2018-09-13T13:21:00Z
by = "Denise"
kind = "finding"
meeting = "plenary-43"
minute = 21
agenda_item = 3
text = "Nobody measures abuse."
"#;

#[test]
fn a_file_that_names_a_question_of_the_teams_is_refused_where_nobody_asked_it() {
    let question = "[[question]]\nid = \"question-0017\"\nnumber = \"11.17\"\nrecommendation = 11\ntext = \"Who measures?\"\nstate = \"draft\"\n";
    let head = "format = \"penholder/1\"\nreview = \"SSR1\"\ncount = 1\n";
    let desk = Desk::new();
    desk.write(
        "q.toml",
        &format!("{head}kind = \"questions\"\n\n{question}"),
    );
    desk.run(&["import", "q.toml"]).ok();
    desk.write(
        "a.toml",
        &format!("{head}kind = \"assessments\"\n\n[[assessment]]\nrecommendation = 11\nblocked_by = [\"11.17\"]\n"),
    );
    desk.run(&["import", "a.toml"]).ok();
    let text = desk.run(&["export", "assessments"]).ok();
    assert!(
        text.contains(
            "[[refers_to]]\nkind = \"question\"\nnumber = \"11.17\"\nid = \"question-0017\"\n"
        ),
        "{text}"
    );
    let other = Desk::new();
    other.write("a.toml", &text);
    let message = other.run(&["import", "a.toml"]).refused(1);
    assert!(
        message.contains("question 11.17 is not in this workspace"),
        "{message}"
    );
    other.write("q.toml", &desk.run(&["export", "questions"]).ok());
    other.run(&["import", "q.toml"]).ok();
    other.run(&["import", "a.toml"]).ok();
    assert_eq!(other.run(&["export", "assessments"]).ok(), text);
}

#[test]
fn members_who_only_mention_the_same_meeting_exchange_files() {
    let mentions = |number: &str| {
        let desk = Desk::new();
        let verdict = ["assess", number, "--implementation", "implemented"];
        desk.run(&[&verdict[..], &["--agreed-in", "plenary-43"]].concat())
            .ok();
        desk
    };
    let (one, two) = (mentions("11"), mentions("12"));
    two.write("one.toml", &one.run(&["export", "assessments"]).ok());
    two.run(&["import", "one.toml"]).ok();
    one.write("two.toml", &two.run(&["export", "assessments"]).ok());
    one.run(&["import", "two.toml"]).ok();
    let texts = [&one, &two].map(|desk| desk.run(&["export", "assessments"]).ok());
    assert_eq!(texts[0], texts[1]);
    // A call that was planned by somebody else comes to the meeting that was only mentioned, and the other way round.
    let planner = Desk::new();
    let plan = "format = \"penholder/1\"\nkind = \"meetings\"\nreview = \"SSR1\"\n\n[counts]\nmeeting = 1\n\n\
        [[meeting]]\nid = \"n019812345678-0000-0123456789ab\"\nname = \"plenary-43\"\nnumber = 43\ntitle = \"Review\"\n";
    planner.write("plan.toml", plan);
    planner.run(&["import", "plan.toml"]).ok();
    one.write("plan.toml", &planner.run(&["export", "meetings"]).ok());
    one.run(&["import", "plan.toml"]).ok();
    assert!(
        one.run(&["export", "meetings"])
            .ok()
            .contains("title = \"Review\"")
    );
    planner.write("one.toml", &texts[0]);
    planner.run(&["import", "one.toml"]).ok();
    assert!(
        planner
            .run(&["export", "assessments"])
            .ok()
            .contains("agreed_in = \"plenary-43\"")
    );
    for desk in [&one, &two, &planner] {
        desk.check();
    }
}
