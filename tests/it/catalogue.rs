//! The catalogue: read, all its faults named, and written back.

use penholder::catalogue::{builtin, from_path, read, to_toml};
use penholder::error::Kind;
use penholder::model::vocabulary::{Claim, DeliverableStatus};
use std::path::{Path, PathBuf};

/// A catalogue without a fault, as small as can be.
pub const SMALL: &str = r#"format = "penholder/1"
kind = "catalogue"

[catalogue]
review = "R"
edition = 3

[[review]]
name = "R"
role = "reviewed"
full_name = "The review"
source = "000:1"

[[document]]
number = "000"
file = "000-report.txt"
kind = "report"
title = "Report"
source = "000:1"
lines = 100

[[recommendation]]
number = 1
label = "Do it"
section = "Doing"
as_of = 2015-06-30
text = "It should be done."
source = "000:2"
claim = "complete"
implementation_notes = "Done."

[recommendation.sources]
label = "000:3"
section = "000:4"
as_of = "000:5"
implementation_notes = "000:6"

[[recommendation.deliverables]]
text = "Do"
responsible = "Staff"
status = "complete"
source = "000:7"
"#;

const HEAD: &str = "format = \"penholder/1\"\nkind = \"catalogue\"\n";

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// What is said of the small catalogue with another file beside it, without the folder's name.
fn said_of(other: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), SMALL).unwrap();
    std::fs::write(folder.path().join("b.toml"), other).unwrap();
    std::fs::write(folder.path().join("README.md"), "not of the catalogue").unwrap();
    match from_path(folder.path()) {
        Ok(_) => String::new(),
        Err(error) => {
            assert_eq!(error.kind, Kind::BadData);
            error
                .message
                .replace(&format!("{}/", folder.path().display()), "")
        }
    }
}

/// What is said of these records beside the small catalogue; their first line is line 3.
fn said_of_records(records: &str) -> String {
    said_of(&format!("{HEAD}{records}"))
}

#[test]
fn a_small_catalogue_is_read() {
    assert_eq!(said_of(HEAD), "");
}

#[test]
fn the_real_catalogue_holds_what_the_sources_print() {
    let catalogue = builtin().unwrap();
    let deliverables: Vec<usize> = catalogue
        .recommendations
        .iter()
        .map(|r| r.deliverables.len())
        .collect();
    assert_eq!(
        deliverables,
        [
            3, 4, 2, 4, 2, 3, 4, 2, 2, 2, 4, 7, 3, 1, 2, 3, 1, 4, 1, 3, 3, 3, 3, 1, 6, 1, 1, 3
        ]
    );
    assert_eq!(deliverables.iter().sum::<usize>(), 78);
    let numbers: Vec<u16> = catalogue
        .recommendations
        .iter()
        .map(|r| r.number.0)
        .collect();
    assert_eq!(numbers, (1..=28).collect::<Vec<_>>());
    assert_eq!(catalogue.questions.len(), 82);
    assert_eq!(catalogue.members.len(), 15);
    assert_eq!(catalogue.presenters.len(), 7);
    assert_eq!(catalogue.documents.len(), 5);
    assert_eq!(catalogue.briefings.len(), 7);
    assert_eq!(catalogue.topics.len(), 6);
    assert!(
        catalogue
            .recommendations
            .iter()
            .all(|r| r.claim == Claim::Complete)
    );
    let marked: Vec<String> = catalogue
        .recommendations
        .iter()
        .flat_map(|r| r.numbered_deliverables())
        .filter(|(_, deliverable)| deliverable.status != DeliverableStatus::NotLegible)
        .map(|(number, _)| number.to_string())
        .collect();
    assert_eq!(marked.len(), 5, "{marked:?}");
    assert!(
        marked.iter().all(|number| number.starts_with("25.")),
        "{marked:?}"
    );
}

#[test]
fn the_folder_reads_as_what_is_compiled_in() {
    assert_eq!(from_path(&data()).unwrap(), builtin().unwrap());
}

#[test]
fn a_catalogue_written_as_one_file_reads_back_equal_and_writes_the_same_bytes() {
    let catalogue = builtin().unwrap();
    let written = to_toml(&catalogue).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("one.toml");
    std::fs::write(&file, &written).unwrap();
    let again = from_path(&file).unwrap();
    assert_eq!(again, catalogue);
    assert_eq!(to_toml(&again).unwrap(), written);
    assert!(written.starts_with("format = \"penholder/1\"\nkind = \"catalogue\"\n\n[catalogue]\n"));
}

#[test]
fn every_kind_of_fault_is_named_by_file_line_and_column() {
    let rec = r#"label = "x"
section = "x"
as_of = 2015-06-30
text = "x"
source = "000:2"
claim = "complete"
implementation_notes = "x"
[recommendation.sources]
label = "000:3"
section = "000:3"
as_of = "000:3"
implementation_notes = "000:3"
"#;
    let cases: &[(&str, &str)] = &[
        (
            "[[recommendation]]\nnumber = 1\n REC",
            "b.toml:4:10: recommendation 1 is there twice; expected it once, it stands at a.toml:23:10 already",
        ),
        (
            "[[recommendation]]\nnumber = 0\n REC",
            "b.toml:4:10: 0; expected a number from 1 to 9999",
        ),
        (
            "[[member]]\nname = \"A\"\nsource = \"000:8\"\n[[member]]\nname = \"A\"\nsource = \"000:8\"",
            "b.toml:7:8: member A is there twice; expected it once, it stands at b.toml:4:8 already",
        ),
        (
            "[[briefing]]\nname = \"CTO\"\n[[question]]\nnumber = \"2.1\"\nrecommendation = 2\nbriefing = \"CTO\"\ntext = \"?\"\nsource = \"000:9\"",
            "b.toml:7:18: no recommendation 2; expected the number of a [[recommendation]]",
        ),
        (
            "[[question]]\nnumber = \"1.1\"\nrecommendation = 1\nbriefing = \"GDD\"\ntext = \"?\"\nsource = \"000:9\"",
            "b.toml:6:12: no briefing GDD; expected the name of a [[briefing]]",
        ),
        (
            "[[question]]\nnumber = \"1.1\"\nrecommendation = 1\nbriefing = \"Sales\"\ntext = \"?\"\nsource = \"000:9\"",
            "b.toml:6:12: no briefing Sales; expected the name of a [[briefing]]",
        ),
        (
            "[[briefing]]\nname = \"CTO\"\n[[briefing.covers]]\ndocument = \"001\"\nheading = \"x\"\nrecommendations = [1, 7]\nmeeting = \"plenary-1\"\nsource = \"000:9\"",
            "b.toml:6:12: no document 001; expected the number of a [[document]]\n\
             b.toml:8:23: no recommendation 7; expected the number of a [[recommendation]]\n\
             b.toml:9:11: no meeting plenary-1; expected the id of a [[meeting]]",
        ),
        (
            "[[recommendation]]\nnumber = 2\n REC[[recommendation.cross_references]]\nrecommendation = 3\ntext = \"x\"\nsource = \"000:9\"",
            "b.toml:18:18: no recommendation 3; expected the number of a [[recommendation]]",
        ),
        (
            "[[topic]]\nnumber = 1\ntitle = \"x\"\nsource = \"000:9\"\n[[topic.volunteers]]\nname = \"Nobody\"",
            "b.toml:8:8: no member Nobody; expected the name of a [[member]]",
        ),
        (
            "[[workstream]]\nnumber = 1\ntitle = \"x\"\nbylaws = [\"4.6\"]\nsource = \"000:9\"",
            "b.toml:6:11: no bylaw 4.6; expected the section of a [[bylaw]]",
        ),
        (
            "[[new_recommendation]]\nid = \"doh\"\nworkstream = 4\ntopic = \"x\"\nexpands = [8]\nsource = \"000:9\"\n[[new_recommendation.points]]\nlevel = 4\ntext = \"x\"\nsource = \"000:9\"",
            "b.toml:5:14: no workstream 4; expected the number of a [[workstream]]\n\
             b.toml:7:12: no recommendation 8; expected the number of a [[recommendation]]\n\
             b.toml:10:9: 4; expected a number from 1 to 3",
        ),
        (
            "[[goal]]\nnumber = \"2.1\"\nobjective = 2\ntext = \"x\"\nsource = \"000:9\"",
            "b.toml:5:13: no objective 2; expected the number of a [[objective]]",
        ),
        (
            "[[portfolio]]\nnumber = \"2.1.1\"\ngoal = \"2.1\"\ntitle = \"x\"\nsource = \"000:9\"",
            "b.toml:5:8: no goal 2.1; expected the number of a [[goal]]",
        ),
        (
            "[[budget]]\nid = \"b\"\ngoal = \"2.1\"\ntitle = \"x\"\ncolumns = [\"x\", \"y\", \"z\"]\nsource = \"000:9\"\n[[budget.rows]]\ncells = [\"\"]\nsource = \"000:9\"",
            "b.toml:5:8: no goal 2.1; expected the number of a [[goal]]\n\
             b.toml:10:9: 1 cells; expected 2, one for each column after the first",
        ),
        (
            "[[meeting]]\nid = \"call-1\"\nnumber = 1\nkind = \"plenary call\"\ntitle = \"x\"\nsource = \"000:9\"\n[[meeting.agenda]]\nday = 2\ntext = \"x\"\nsource = \"000:9\"",
            "b.toml:10:7: no such day; expected a day of [[meeting.days]]",
        ),
        (
            "[[slide]]\ndocument = \"000\"\nsource = \"001:3\"",
            "b.toml:5:10: no document 001; expected the number of a [[document]]\nb.toml:5:10: lines of another document; expected lines of 000",
        ),
        (
            "[[slide]]\ndocument = \"000\"\nsource = \"000:3-101\"",
            "b.toml:5:10: no line 101 in document 000; expected lines from 1 to 100",
        ),
        (
            "[[slide]]\ndocument = \"000\"\nsource = \"000:3-2\"",
            "b.toml:5:10: “000:3-2” is no citation; expected document and lines, such as 000:702-707,719",
        ),
        (
            "[[slide]]\ndocument = \"000\"\ntitle = \" \"\nsource = \"000:3\"",
            "b.toml:5:9: an empty text; expected words, or no such key",
        ),
        (
            "[[slide]]\ndocument = \"000\"\ntilte = \"x\"\nsource = \"000:3\"",
            "b.toml:5:1: unknown field `tilte`; expected one of `document`, `title`, `text`, `source`",
        ),
        (
            "[[slide]]\ndocument = \"000\"",
            "b.toml:3:1: missing field `source`; expected it here",
        ),
        (
            "[[slyde]]\ndocument = \"000\"",
            "b.toml:3:3: unknown key `slyde`; expected one of catalogue, review, document, recommendation, briefing, question, meeting, member, presenter, topic, workstream, new_recommendation, bylaw, objective, goal, portfolio, budget, slide, remark",
        ),
        ("slide = 3", "b.toml:3:1: found integer; expected [[slide]]"),
        (
            "[catalogue]\nreview = \"R\"\nedition = 4",
            "b.toml:3:1: another [catalogue]; expected one in all files together",
        ),
        (
            "[[document]]\nnumber = \"01\"\nfile = \"x\"\nkind = \"slides\"\ntitle = \"x\"\nsource = \"000:1\"\nlines = 1",
            "b.toml:4:10: “01” is no number of a document; expected three digits",
        ),
        (
            "[[slide]\n",
            "b.toml:3:9: unclosed array table; expected `]`",
        ),
    ];
    for (records, expected) in cases {
        let said = said_of_records(&records.replace(" REC", rec));
        assert!(
            said == *expected,
            "of\n{records}\nis said\n{said}\nnot\n{expected}"
        );
    }
}

#[test]
fn a_remark_concerns_records_that_are_there() {
    let remark = |concern: &str| {
        format!(
            "[[slide]]\ndocument = \"000\"\nsource = \"000:50-60\"\n[[remark]]\ngrade = \"low\"\ntext = \"odd\"\nconcerns = [\"{concern}\"]\nsource = \"000:1\""
        )
    };
    for known in ["rec 1", "deliverable 1.1", "document 000", "slide 000:50"] {
        assert_eq!(said_of_records(&remark(known)), "", "{known}");
    }
    let cases = [
        (
            "rec 2",
            "no recommendation 2; expected the number of a [[recommendation]]",
        ),
        (
            "deliverable 1.2",
            "no deliverable 1.2; expected recommendation and row, such as 25.3",
        ),
        (
            "slide 000:51",
            "no slide 000:51; expected document and first line of a [[slide]], such as 002:183",
        ),
        (
            "question 1.1",
            "no question 1.1; expected the number of a [[question]]",
        ),
        (
            "new recommendation doh",
            "no new recommendation doh; expected the id of a [[new_recommendation]]",
        ),
        (
            "budget 2.3",
            "no budget 2.3; expected the id of a [[budget]]",
        ),
        (
            "recommendation 1",
            "“recommendation 1” names no record; expected its number or name after one of rec, question, deliverable, briefing, meeting, \
             topic, member, new recommendation, objective, goal, portfolio, budget, document, slide",
        ),
    ];
    for (concern, expected) in cases {
        assert_eq!(
            said_of_records(&remark(concern)),
            format!("b.toml:9:13: {expected}")
        );
    }
}

#[test]
fn a_file_that_is_no_catalogue_of_ours_is_refused() {
    assert_eq!(
        said_of("[[slide]]\n"),
        "b.toml:1:1: no format; expected format = \"penholder/1\"\nb.toml:1:1: no kind; expected kind = \"catalogue\""
    );
    assert_eq!(
        said_of("format = \"penholder/1\"\nkind = \"assessments\"\n"),
        "b.toml:2:8: another kind; expected kind = \"catalogue\""
    );
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(from_path(folder.path()).unwrap_err().kind, Kind::BadData);
    assert_eq!(
        from_path(&folder.path().join("none.toml"))
            .unwrap_err()
            .kind,
        Kind::System
    );
    let file = folder.path().join("bytes.toml");
    std::fs::write(&file, b"format = \"penholder/1\"\n\xff").unwrap();
    assert!(
        from_path(&file)
            .unwrap_err()
            .message
            .ends_with("bytes.toml:2:1: a byte that is no text; expected UTF-8")
    );
    std::fs::write(&file, HEAD).unwrap();
    let said = from_path(&file).unwrap_err().message;
    assert!(
        said.contains("bytes.toml:1:1: no [catalogue]; expected one, with review and edition"),
        "{said}"
    );
    assert!(
        said.contains("bytes.toml:1:1: no [[recommendation]]; expected one at least"),
        "{said}"
    );
    std::fs::write(&file, SMALL.replace("review = \"R\"", "review = \"S\"")).unwrap();
    let said = from_path(&file).unwrap_err().message;
    assert!(
        said.ends_with("bytes.toml:5:10: no review S; expected the name of a [[review]]"),
        "{said}"
    );
}

#[test]
fn many_faults_are_counted_and_twenty_are_shown() {
    let slides: String = (1..=25)
        .map(|line| format!("[[slide]]\ndocument = \"007\"\nsource = \"000:{line}\"\n"))
        .collect();
    let said = said_of_records(&slides);
    // Each is two faults: no such document, and lines of another document than the slide's.
    assert_eq!(said.lines().count(), 21);
    assert!(said.ends_with("\nand 30 more"), "{said}");
}

#[test]
fn texts_are_cleaned_and_what_was_removed_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("one.toml");
    let slide = "[[slide]]\ndocument = \"000\"\ntitle = \"a\\u001b[31mb\u{202E}c\"\ntext = \"\"\"\nd\ne\n\"\"\"\nsource = \"000:9\"\n";
    std::fs::write(
        &file,
        format!("\u{FEFF}{}{slide}", SMALL.replace('\n', "\r\n")),
    )
    .unwrap();
    let reading = read(&file).unwrap();
    assert_eq!(
        reading.catalogue.slides[0].title.as_deref(),
        Some("a[31mbc")
    );
    assert_eq!(reading.catalogue.slides[0].text.as_deref(), Some("d\ne"));
    assert_eq!(reading.removed, 3);
    assert_eq!(read(&data()).unwrap().removed, 0);
}

#[test]
fn a_file_that_was_cut_between_two_records_is_refused_by_its_counts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.toml");
    let whole = to_toml(&builtin().unwrap()).unwrap();
    std::fs::write(&path, &whole).unwrap();
    assert!(from_path(&path).is_ok());
    std::fs::write(&path, &whole[..whole.rfind("[[remark]]").unwrap()]).unwrap();
    let error = from_path(&path).unwrap_err().to_string();
    assert!(
        error.lines().count() == 1 && error.contains("[[remark]] are there; expected 5"),
        "{error}"
    );
}

#[test]
fn a_file_that_does_not_parse_is_told_of_that_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.toml");
    std::fs::write(
        &path,
        "format = \"penholder/1\"\nkind = \"catalogue\"\n[catalogue]\nreview = \"never ends\n",
    )
    .unwrap();
    let error = from_path(&path).unwrap_err().to_string();
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains("broken.toml:4:"), "{error}");
}
