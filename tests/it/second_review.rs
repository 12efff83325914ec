//! Another review's catalogue through the whole program: the screens, a call, the reports and every export show its own words, and nothing of
//! the review that the program ships with.
//!
//! Briefings, members, sections, kinds of meetings and of documents are all invented (tests/fixtures/second-review).

use crate::desk::Desk;
use crate::stage::{Stage, meeting_called, now, painted};
use penholder::catalogue::{builtin, read};
use penholder::model::catalogue::Catalogue;
use penholder::model::ids::MeetingId;
use penholder::model::review::Review;
use penholder::workspace::export::{Format, Kind};
use penholder::workspace::report::{CallForm, Form};
use penholder::workspace::{Clock, Workspace};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const AUTHOR: &str = "Imani";

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/second-review")
}

fn catalogue() -> Catalogue {
    read(&fixture()).unwrap().catalogue
}

fn stage(width: u16, height: u16) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let author = AUTHOR.to_owned();
    let workspace = Workspace::create(&path, catalogue(), author, Clock::held_at(now())).unwrap();
    Stage::on(folder, workspace, (width, height), painted())
}

/// The words that only SSR1 and SSR2 have.
fn foreign() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let c = builtin().unwrap();
        let mut words: Vec<String> = [
            "Johannesburg",
            "plenary-17",
            "plenary-41",
            "Plenary 17",
            "Plenary 41",
        ]
        .map(str::to_owned)
        .to_vec();
        words.extend(c.members.iter().map(|member| member.name.clone()));
        words.extend(
            c.presenters
                .iter()
                .flat_map(|p| p.name.split(' ').map(str::to_owned)),
        );
        words.extend(c.briefings.iter().map(|briefing| briefing.name.to_string()));
        words.extend(
            c.recommendations
                .iter()
                .flat_map(|r| [r.section.clone(), r.label.clone()]),
        );
        words.sort();
        words.dedup();
        words
    })
}

/// Whether a word stands in a text with no letter, digit, apostrophe or hyphen at either side.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "'’-".contains(c);
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (
            text[..at].chars().next_back(),
            text[at + word.len()..].chars().next(),
        );
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// Nothing of SSR1 or SSR2 stands in a text.
fn is_its_own(what: &str, text: &str) {
    assert!(
        !text.contains("SSR") && !text.contains("ssr"),
        "{what}:\n{text}"
    );
    for word in foreign() {
        assert!(!has_word(text, word), "{what} shows “{word}”:\n{text}");
    }
}

/// Plays scripts one after another; the screen is looked at after each of them.
fn tour(stage: &mut Stage, scripts: &[&str]) {
    is_its_own("the first screen", &stage.play("").text());
    for script in scripts {
        is_its_own(script, &stage.play(script).text());
    }
}

/// A call of the series of webinars, planned, held and ended, with a verdict and a finding; then positions and an answer.
const CALL: &[&str] = &[
    "gm",
    "N<Down><Down><Down><Down>",
    "N<Down><Down><Down><Down><Enter>",
    "N<Down><Down><Down><Down><Enter><Enter>",
    "N<Down><Down><Down><Down><Enter><Enter><paste:2018-09-13><Enter>",
    "L",
    "L<Enter>",
    "gmc",
    "gmcim<Esc>",
    "cto<Esc>",
    "c*<Esc>",
    ">",
    "gr1p",
    "r",
    "f@Tomasz Closed sessions have no minutes.<Enter>",
    "f@private A note of my own.<Enter>",
    "A@Imani @friday Ask for the minutes.<Enter>",
    "DWe come back to it.<Enter>",
    "m",
    "c",
    "cim1<Esc>",
    "QWho writes the minutes?<Enter>",
    "gq1.3S",
    "RThe secretary.<Enter>y",
    "FWhich secretary?<Enter>",
    "M",
    "M<Down><Enter>",
    "gm<Tab>",
    "<Tab>",
    "<Tab>",
    "<Tab>",
    "R",
    "L",
    "L<Enter>",
    "gm",
    "R",
];

fn held(width: u16, height: u16) -> Stage {
    let mut stage = stage(width, height);
    for script in CALL {
        stage.play(script);
    }
    stage
}

fn webinar(review: &Review) -> MeetingId {
    meeting_called(review, "webinar-4")
}

#[test]
fn every_screen_shows_only_its_own_review() {
    let scripts = [
        "j",
        "t",
        "t",
        "5",
        "1",
        "1<Enter>",
        "<Tab>",
        "<Tab>",
        "<Tab>",
        "<Tab>",
        "<Tab>",
        "<Esc>",
        "a",
        "<Esc>",
        "o",
        "?",
        "?<PgDn>",
        "?<PgDn><PgDn>",
        "?G",
        ":",
        ":brief",
        "/board",
        "<Esc>",
        "/closed",
        "<Esc>",
        "b",
        "v",
        "s",
        "Q",
        "f",
        "A",
        "D",
        "@",
        "z",
        "<Tab>",
        "<Tab>",
        "<Tab>",
        "<Tab>",
        "<Esc>",
        "gq",
        "1.1",
        "t",
        "t",
        "t",
        "t",
        "M",
        "B",
        "o",
        "/ombuds",
        "<Esc>",
        "y",
        "x",
        "gm",
        "<Tab>",
        "<Tab>",
        "<Tab>",
        "<Tab>",
        "<Enter>",
        "N",
        "L",
        "o",
    ];
    for (width, height) in [(80, 24), (200, 60), (40, 12)] {
        let mut stage = stage(width, height);
        tour(&mut stage, &scripts);
        stage.check();
    }
    let mut stage = stage(120, 40);
    let questions = stage.play("gq").text();
    let place = |text: &str| {
        questions
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {questions}"))
    };
    assert!(
        place("Ombuds Office") < place("Board"),
        "the briefings stand in the order of the catalogue: {questions}"
    );
}

#[test]
fn a_call_of_another_kind_goes_from_plan_to_report() {
    for (width, height) in [(80, 24), (200, 60)] {
        let mut stage = stage(width, height);
        tour(&mut stage, CALL);
        stage.check();
        let review = stage.app.workspace.review();
        let meeting = &review.records.meetings[&webinar(review)];
        assert_eq!(meeting.kind.as_ref().unwrap().word(), "webinar");
        assert!(meeting.started.is_some() && meeting.ended.is_some());
        let agenda = review.records.agenda_of(&webinar(review));
        assert!(
            agenda
                .iter()
                .any(|(_, item)| item.title() == "What the closing report leaves open"),
            "the agenda is that of the last webinar"
        );
        let moved = review.question("1.3".parse().unwrap()).unwrap();
        assert_eq!(moved.recorded.briefing.as_ref().unwrap().word(), "Board");
    }
}

#[test]
fn every_report_is_of_its_own_review() {
    let stage = held(80, 24);
    let workspace = &stage.app.workspace;
    for (name, form) in CallForm::ALL {
        let (text, _) = workspace
            .report_call(&webinar(workspace.review()), form)
            .unwrap();
        assert!(
            text.contains("Closed sessions have no minutes.") || name == "mail",
            "{text}"
        );
        is_its_own(name, &text);
    }
    for form in [Form::Markdown, Form::Html] {
        let (text, _) = workspace.report_questions(&Default::default(), form);
        is_its_own("the report of the questions", &text);
        let place = |heading: &str| {
            text.find(heading)
                .unwrap_or_else(|| panic!("{heading}: {text}"))
        };
        assert!(
            place("ATRT2 Ombuds Office Briefing") < place("ATRT2 Board Briefing"),
            "{text}"
        );
    }
}

#[test]
fn every_export_is_of_its_own_review() {
    let stage = held(80, 24);
    let mut written = 0;
    for (kind, what) in Kind::ALL {
        for (form, format) in Format::ALL {
            if what.has(format) {
                let (text, _) = stage.app.workspace.export(what, format, false).unwrap();
                is_its_own(&format!("{kind} as {form}"), &text);
                written += 1;
            }
        }
    }
    assert!(written >= 14, "{written}");
}

#[test]
fn what_is_exported_is_imported_again() {
    let desk = Desk::new();
    let held = held(80, 24);
    let export = |kind| {
        held.app
            .workspace
            .export(kind, Format::Toml, false)
            .unwrap()
            .0
    };
    desk.write("catalogue.toml", &export(Kind::Catalogue));
    desk.run(&["--as", AUTHOR, "new", "--catalogue", "catalogue.toml"])
        .ok();
    assert_eq!(
        desk.run(&["export", "catalogue"]).ok(),
        export(Kind::Catalogue)
    );
    for (kind, what) in [
        ("questions", Kind::Questions),
        ("assessments", Kind::Assessments),
        ("meetings", Kind::Meetings),
    ] {
        desk.write("file.toml", &export(what));
        desk.run(&["--as", AUTHOR, "import", "file.toml"]).ok();
        let again = desk
            .run(&["--as", AUTHOR, "import", "--dry-run", "file.toml"])
            .ok();
        assert!(again.contains("is here already"), "{kind}: {again}");
    }
    assert_eq!(
        desk.run(&["show", "1.3", "--json"]).json()["briefing"],
        "Board"
    );
    let meetings = desk.run(&["list", "meetings", "--json"]).json();
    let own = meetings
        .as_array()
        .unwrap()
        .iter()
        .find(|meeting| meeting["name"] == "webinar-4");
    assert_eq!(own.unwrap()["kind"], "webinar");
    desk.check();
}

#[test]
fn the_command_line_knows_the_words_of_the_catalogue() {
    let desk = Desk::new();
    let folder = fixture();
    let run = |arguments: &[&str]| desk.run(&[&["--as", AUTHOR], arguments].concat());
    run(&["new", "--catalogue", folder.to_str().unwrap()]).ok();
    for kind in [
        "recommendations",
        "questions",
        "answers",
        "findings",
        "changes",
        "remarks",
        "slides",
        "new-recommendations",
        "deliverables",
        "briefings",
        "meetings",
        "decisions",
        "actions",
        "positions",
        "members",
        "topics",
        "documents",
        "objectives",
        "goals",
    ] {
        is_its_own(kind, &run(&["list", kind]).ok());
        is_its_own(kind, &run(&["list", kind, "--json"]).ok());
    }
    for record in ["1", "1.1", "q2"] {
        is_its_own(record, &run(&["show", record]).ok());
        is_its_own(record, &run(&["show", record, "--json"]).ok());
    }
    for arguments in [
        &["list", "questions", "--briefing", "CTO"][..],
        &["question", "1.1", "--briefing", "CTO"],
        &["ask", "1", "Who?", "--briefing", "CTO"],
        &["report", "questions", "--briefing", "CTO"],
    ] {
        assert_eq!(
            run(arguments).refused(2),
            "penholder: “CTO” is no briefing; expected Ombuds Office, Board.\n"
        );
    }
    run(&["question", "1.1", "--briefing", "ombuds-office"]).ok();
    let json = |number| run(&["show", number, "--json"]).json();
    assert_eq!(json("1.1")["briefing"], "Ombuds Office");
    run(&["ask", "5", "What did it cost?", "--briefing", "BOARD"]).ok();
    assert_eq!(json("5.1")["briefing"], "Board");
    let file = |kind: &str, record: &str| {
        let head =
            format!("format = \"penholder/1\"\nkind = \"{kind}\"\nreview = \"ATRT2\"\ncount = 1\n");
        desk.write("file.toml", &(head + record));
    };
    file(
        "questions",
        "[[question]]\nnumber = \"5.2\"\nrecommendation = 5\ntext = \"Who paid?\"\nbriefing = \"ombuds office\"\n",
    );
    run(&["import", "file.toml"]).ok();
    assert_eq!(json("5.2")["briefing"], "Ombuds Office");
    file(
        "questions",
        "[[question]]\nnumber = \"5.1\"\nbriefing = \"CTO\"\n",
    );
    let refused = run(&["import", "file.toml"]).refused(1);
    assert!(
        refused.contains("file.toml:7:12: “CTO” is no briefing; expected Ombuds Office, Board"),
        "{refused}"
    );
    file(
        "meetings",
        "[[meeting]]\nid = \"lunch-1\"\nnumber = 1\nkind = \"lunch\"\n",
    );
    let refused = run(&["import", "file.toml"]).refused(1);
    assert!(
        refused.contains("“lunch” is no meeting kind; expected plenary call, face-to-face plenary, subgroup call, leadership call, webinar"),
        "{refused}"
    );
}

#[test]
fn a_word_of_the_shipped_review_would_be_noticed() {
    let text = Stage::sized(120, 40).play("gq").text();
    let seen = foreign()
        .iter()
        .filter(|word| has_word(&text, word))
        .count();
    assert!(seen > 1, "{text}");
    assert!(!has_word("Content-Security-Policy: Don't", "Policy") && !has_word("Don't", "Don"));
}
