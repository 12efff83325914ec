//! The command line, as processes: every subcommand, its exit codes, and what it does with hostile input.

use crate::desk::{Desk, ended};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

fn keys(value: &serde_json::Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn a_list_creates_the_workspace_and_shows_the_28_recommendations() {
    let desk = Desk::new();
    let table = desk.run(&["list", "recommendations"]).ok();
    assert_eq!(table.lines().count(), 29);
    assert!(table.starts_with("No  Org claims"), "{table}");
    assert!(desk.path("review.db").exists());
    desk.check();
}

#[test]
fn lists_as_json_have_the_keys_that_are_promised() {
    let desk = Desk::new();
    let list = desk.run(&["list", "recommendations", "--json"]).json();
    let promised = "number, label, section, as_of, text, claim, implementation, relevance, effect, standing, questions, open_questions, findings, source";
    assert_eq!(keys(&list[0]).join(", "), promised);
    assert_eq!(
        (&list[10]["number"], &list[10]["source"]),
        (&11.into(), &"000:702-707".into())
    );
    let list = desk.run(&["list", "questions", "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), 82);
    let promised = "id, number, recommendation, briefing, text, state, asked_by, asked_on, due, answers, source";
    let found = keys(&list[0]);
    for key in promised.split(", ") {
        assert!(found.contains(&key), "{key}: {found:?}");
    }
    assert_eq!(list[0]["state"], "asked");
    let list = desk.run(&["list", "remarks", "--json"]).json();
    assert_eq!(keys(&list[0]).join(", "), "grade, text, concerns, source");
    let whole = desk.run(&["show", "11", "--json"]).json();
    let more = "deliverables, wordings, project_status, implementation_notes, remarks, assessment, history, positions, decisions, actions";
    assert!(
        keys(&whole).join(", ").ends_with(more),
        "{:?}",
        keys(&whole)
    );
    assert_eq!(
        keys(&whole["deliverables"][0]).join(", "),
        "text, sub_items, phase, responsible, due, status, verdict"
    );
    assert!(
        whole["questions"].is_array()
            && whole["findings"].is_array()
            && whole["open_questions"].is_array()
    );
}

#[test]
fn every_kind_lists_for_people_and_as_an_array() {
    let desk = Desk::new();
    let tables = "recommendations meetings members topics documents portfolios budgets";
    let entries = "questions remarks slides new-recommendations deliverables objectives goals";
    for (kinds, titles) in [(tables, 1), (entries, 0)] {
        for kind in kinds.split(' ') {
            let text = desk.run(&["list", kind]).ok();
            let rows = text
                .lines()
                .filter(|line| !line.is_empty() && !line.starts_with(' '))
                .count()
                - titles;
            let list = desk.run(&["list", kind, "--json"]).json();
            assert_eq!(list.as_array().unwrap().len(), rows, "{kind}");
            assert!(!list.to_string().contains("__toml"), "{kind}");
        }
    }
}

#[test]
fn a_list_of_texts_wraps_them_below_their_facts() {
    let desk = Desk::new();
    let text = "They say that the published document is a draft, and that it stays one for good\nand nobody knows more";
    desk.run(&["note", "11.4", text, "--said-by", "Zoe"]).ok();
    let expected = "\
2018-09-13 14:41  question 11.4 · note · by Denise · said by Zoe
  They say that the published document is a draft, and that it stays one for
  good
  and nobody knows more
";
    assert_eq!(desk.run(&["list", "findings"]).ok(), expected);
    for kind in [
        "remarks",
        "questions",
        "slides",
        "new-recommendations",
        "deliverables",
        "goals",
        "changes",
    ] {
        let list = desk.run(&["list", kind]).ok();
        let wide = list
            .lines()
            .find(|line| line.chars().count() > 80 && line.trim_start().contains(' '));
        assert_eq!(wide, None, "{kind}");
    }
    let changes = desk.run(&["list", "changes"]).ok();
    assert!(changes.contains("  After: They say that"), "{changes}");
}

#[test]
fn filters_narrow_a_list_and_are_refused_where_they_make_no_sense() {
    let desk = Desk::new();
    desk.run(&["assess", "11", "--implementation", "implemented"])
        .ok();
    let count = |arguments: &[&str]| desk.run(arguments).json().as_array().unwrap().len();
    assert_eq!(
        count(&["list", "recommendations", "--assessed", "--json"]),
        1
    );
    assert_eq!(
        count(&["list", "recommendations", "--unassessed", "--json"]),
        27
    );
    assert_eq!(
        count(&[
            "list",
            "questions",
            "--recommendation",
            "11",
            "--state",
            "asked",
            "--json"
        ]),
        16
    );
    assert_eq!(
        count(&["list", "questions", "--state", "closed", "--json"]),
        0
    );
    assert!(count(&["list", "remarks", "--grade", "high", "--json"]) > 0);
    assert!(
        count(&[
            "list",
            "questions",
            "--briefing",
            "operations-and-finance",
            "--json"
        ]) > 0
    );
    assert!(count(&["list", "recommendations", "--section", "REMIT", "--json"]) > 0);
    desk.run(&["list", "remarks", "--state", "asked"])
        .refused(2);
    desk.run(&["list", "remarks", "--grade", "terrible"])
        .refused(2);
    desk.run(&["list", "questions", "--recommendation", "29"])
        .refused(1);
}

#[test]
fn what_is_not_built_yet_is_refused_with_2_and_absent_from_the_help() {
    let desk = Desk::new();
    let absent: [&[&str]; 5] = [
        &["report", "assessment"],
        &["export", "assessments", "--format", "csv"],
        &["export", "assessments", "--format", "html"],
        &["import", "x.toml", "--theirs"],
        &["frobnicate"],
    ];
    for arguments in absent {
        let message = desk.run(arguments).refused(2);
        assert!(message.starts_with("penholder: "), "{message}");
    }
    let commands: [&[&str]; 9] = [
        &[],
        &["list"],
        &["ask"],
        &["answer"],
        &["question"],
        &["action"],
        &["export"],
        &["report"],
        &["import"],
    ];
    for command in commands {
        let help = desk.run(&[command, &["--help"]].concat()).ok();
        assert!(
            !["report assessment", "theirs"]
                .iter()
                .any(|word| help.contains(word)),
            "{help}"
        );
        assert!(help.contains("penholder "), "no example in {help}");
    }
    assert!(!desk.path("review.db").exists());
}

#[test]
fn a_verdict_is_recorded_once_and_can_be_cleared() {
    let desk = Desk::new();
    let verdict = ["assess", "11", "--implementation", "partially-implemented"];
    assert_eq!(
        desk.run(&verdict).ok(),
        "Recorded: Rec 11 partially implemented\n"
    );
    assert_eq!(
        desk.run(&verdict).ok(),
        "Nothing to record: Rec 11 already partially implemented\n"
    );
    assert_eq!(
        desk.run(&["assess", "11", "--implementation", "Partially Implemented"])
            .code,
        0
    );
    assert_eq!(
        desk.run(&["list", "changes", "--json"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        desk.run(&["assess", "11", "--implementation", "unset"])
            .ok(),
        "Recorded: Rec 11 implementation unset\n"
    );
    assert_eq!(
        desk.run(&["list", "recommendations", "--assessed", "--json"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        0
    );
}

#[test]
fn a_meeting_may_be_typed_with_spaces_and_capitals_and_a_new_one_is_told() {
    let desk = Desk::new();
    let known = desk.run(&["assess", "11", "--agreed-in", " Plenary  41 "]);
    assert_eq!(
        (known.out.as_str(), known.err.as_str()),
        ("Recorded: Rec 11 agreed in plenary-41\n", "")
    );
    let new = desk.run(&["assess", "11", "--agreed-in", "plenary 99"]);
    assert_eq!(
        (new.out.as_str(), new.err.as_str()),
        (
            "Recorded: Rec 11 agreed in plenary-99\n",
            "plenary-99 is new here; it was added.\n"
        )
    );
    let again = desk.run(&["assess", "12", "--agreed-in", "PLENARY-99"]);
    assert_eq!(
        (again.out.as_str(), again.err.as_str()),
        ("Recorded: Rec 12 agreed in plenary-99\n", "")
    );
    let message = desk
        .run(&["assess", "11", "--agreed-in", "Plenary 43!"])
        .refused(2);
    assert!(
        message.contains("“Plenary 43!” names no meeting; expected a name such as plenary-43"),
        "{message}"
    );
    desk.run(&["export", "assessments", "-o", "a.toml"]).ok();
    assert_eq!(
        desk.run(&["--db", "second.db", "import", "a.toml", "--dry-run"])
            .err,
        ""
    );
    assert_eq!(
        desk.run(&["--db", "second.db", "import", "a.toml"]).err,
        "plenary-99 is new here; it was added.\n"
    );
    assert_eq!(desk.run(&["--db", "second.db", "import", "a.toml"]).err, "");
}

#[test]
fn wrong_words_are_refused_with_2_and_name_what_was_expected() {
    let desk = Desk::new();
    let message = desk
        .run(&["assess", "11", "--implementation", "mostly"])
        .refused(2);
    assert!(
        message
            .contains("“mostly” is no implementation; expected implemented, partially implemented"),
        "{message}"
    );
    desk.run(&["assess", "eleven", "--implementation", "implemented"])
        .refused(2);
    desk.run(&["assess", "29", "--implementation", "implemented"])
        .refused(1);
    desk.run(&["assess", "11"]).refused(2);
    desk.run(&["assess", "11", "--blocked-by", "11.99"])
        .refused(1);
    assert!(
        desk.run(&["note", "11", " "])
            .refused(1)
            .contains("A note needs words; nothing was recorded.")
    );
    assert!(
        desk.run(&["note", "11", "", "--kind", "finding"])
            .refused(1)
            .contains("A finding needs words")
    );
    desk.run(&["note", "11", "x", "--kind", "poem"]).refused(2);
    desk.run(&["show", "11.99"]).refused(1);
    assert!(
        desk.run(&["show", "q5"])
            .refused(1)
            .contains("There is no question 5; the nearest are 4.4 and 6.1.")
    );
    desk.run(&["show", "eleven"]).refused(2);
    assert_eq!(
        desk.run(&["export", "changes", "--format", "md"])
            .refused(2)
            .lines()
            .count(),
        1
    );
}

#[test]
fn a_text_may_begin_with_a_hyphen() {
    let desk = Desk::new();
    desk.run(&["assess", "3", "--finding", "- one\n- two"]).ok();
    let whole = desk.run(&["show", "3", "--json"]).json();
    assert_eq!(whole["assessment"]["finding"], "- one\n- two");
    let notes: [(&[&str], &str); 6] = [
        (&["--private", "--", "- three"], "- three"),
        (&["- four", "--private"], "- four"),
        (&["--private", "-five of it"], "-five of it"),
        (&["-- six", "--private", "--said-by", "Zoe"], "-- six"),
        (&["--private", "-1 seven"], "-1 seven"),
        (&["- eight"], "- eight"),
    ];
    for (arguments, text) in notes {
        desk.run(&[&["note", "4"], arguments].concat()).ok();
        let findings = desk.run(&["list", "findings", "--json"]).json();
        let found = findings
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["text"] == *text)
            .unwrap();
        assert_eq!(found["private"], arguments.len() > 1, "{text}");
    }
    desk.run(&["note", "4", "- nine", "--privat"]).refused(2);
    for slip in ["--privat", "-p", "--said_by=Zoe"] {
        desk.run(&["note", "4", slip]).refused(2);
    }
}

#[test]
fn a_text_can_come_from_standard_input() {
    let desk = Desk::new();
    desk.write("finding.txt", "first\nsecond  \n\n");
    let from = std::fs::File::open(desk.path("finding.txt")).unwrap();
    ended(
        desk.command(&["assess", "3", "--finding", "-"])
            .stdin(from)
            .output()
            .unwrap(),
    )
    .ok();
    assert_eq!(
        desk.run(&["show", "3", "--json"]).json()["assessment"]["finding"],
        "first\nsecond"
    );
}

#[test]
fn a_note_says_who_said_it_and_a_private_one_is_shown_to_its_author_only() {
    let desk = Desk::new();
    assert_eq!(
        desk.run(&["note", "11", "It is a draft", "--said-by", "Zoe"])
            .ok(),
        "Recorded: Note on Rec 11\n"
    );
    assert_eq!(
        desk.run(&["note", "q19", "asked again", "--kind", "finding"])
            .ok(),
        "Recorded: Finding on question 19\n"
    );
    desk.run(&["note", "11", "hush", "--private"]).ok();
    let whole = desk.run(&["show", "11"]).ok();
    assert!(
        whole.contains("2018-09-13 14:41 note by Denise, said by Zoe: It is a draft"),
        "{whole}"
    );
    assert!(whole.contains("private note by Denise: hush"), "{whole}");
    for arguments in [
        vec!["show", "11"],
        vec!["list", "findings"],
        vec!["list", "changes"],
        vec!["show", "11", "--json"],
    ] {
        let seen = desk.run(&[arguments, vec!["--as", "Emily"]].concat()).ok();
        assert!(
            seen.contains("It is a draft") && !seen.contains("hush"),
            "{seen}"
        );
    }
    for kind in ["assessments", "findings", "changes", "everything"] {
        assert!(!desk.run(&["export", kind]).ok().contains("hush"));
        assert!(
            desk.run(&["export", kind, "--include-private"])
                .ok()
                .contains("hush")
        );
        assert!(
            !desk
                .run(&["export", kind, "--include-private", "--as", "Emily"])
                .ok()
                .contains("hush")
        );
    }
    assert!(desk.run(&["list", "members"]).ok().contains("Zoe"));
}

#[test]
fn hostile_text_in_arguments_is_cleaned_and_never_printed_raw() {
    let desk = Desk::new();
    let run = desk.run(&[
        "note",
        "11",
        "a\u{1b}]0;x\u{7}b\u{202e}c",
        "--said-by",
        "Eve\u{1b}[31m",
    ]);
    assert_eq!(
        run.err,
        "4 characters that could act on a terminal or hide were left out.\n"
    );
    let said = run.ok();
    let run = desk.run(&["assess", "11", "--finding", "a\u{200b}b"]);
    assert_eq!(
        run.err,
        "1 character that could act on a terminal or hide was left out.\n"
    );
    let printed = said
        + &desk.run(&["show", "11"]).ok()
        + &desk.run(&["export", "assessments"]).ok()
        + &desk.run(&["list", "changes"]).ok();
    assert!(printed.contains("a]0;xbc"), "{printed}");
    let messages = [
        desk.run(&["\u{1b}[2J"]).err,
        desk.run(&["show", "\u{1b}[2J\u{202e}"]).err,
        desk.run(&["import", "\u{1b}[2J.toml"]).err,
        desk.run(&["--db", "no\u{7}ne.db", "check"]).err,
        desk.run(&["assess", "1", "--relevance", "\u{9b}2J"]).err,
    ];
    for text in [printed].iter().chain(&messages) {
        assert!(
            !text
                .chars()
                .any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'),
            "{text:?}"
        );
    }
}

#[test]
fn arguments_that_are_not_text_are_refused_clearly() {
    let desk = Desk::new();
    let mut command = desk.command(&["show"]);
    let message = ended(
        command
            .arg(std::ffi::OsStr::from_bytes(b"\xff\xfe"))
            .output()
            .unwrap(),
    )
    .refused(2);
    assert!(message.contains("UTF-8"), "{message}");
}

#[test]
fn a_reader_that_closes_early_is_no_error() {
    let desk = Desk::new();
    desk.run(&["list", "members"]).ok();
    let mut child = desk
        .command(&["export", "catalogue"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(
        (ended.status.code(), ended.stderr.as_slice()),
        (Some(0), b"".as_slice())
    );
}

#[test]
fn an_export_to_a_file_replaces_it_whole_and_never_the_workspace() {
    let desk = Desk::new();
    desk.run(&["assess", "11", "--implementation", "implemented"])
        .ok();
    desk.write("out.toml", "old");
    let run = desk.run_with_the_usual_umask(&["export", "assessments", "-o", "out.toml"]);
    assert_eq!(
        (run.out.as_str(), run.err.as_str()),
        ("", "Wrote 1 assessment to out.toml.\n")
    );
    assert_eq!(
        desk.read("out.toml"),
        desk.run(&["export", "assessments", "-o", "-"]).ok()
    );
    let mode = std::fs::metadata(desk.path("out.toml"))
        .unwrap()
        .permissions()
        .mode();
    assert_ne!(mode & 0o044, 0, "an export has the usual mode");
    let message = desk
        .run(&["export", "assessments", "-o", "review.db"])
        .refused(1);
    assert!(message.contains("the workspace itself"), "{message}");
    let message = desk
        .run(&["export", "assessments", "-o", "missing/out.toml"])
        .refused(1);
    assert!(
        message.starts_with(
            "penholder: Writing missing/out.toml: there is no folder missing.\n  hint: "
        ),
        "{message}"
    );
    desk.run(&["export", "assessments", "-o", "."]).refused(1);
    let left: Vec<_> = std::fs::read_dir(desk.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        left.iter()
            .all(|name| !name.to_string_lossy().starts_with(".penholder")),
        "{left:?}"
    );
    desk.check();
}

#[test]
fn an_export_never_replaces_another_database() {
    let desk = Desk::new();
    desk.run(&["list", "members"]).ok();
    desk.run(&["backup", "copy.db"]).ok();
    std::os::unix::fs::symlink("copy.db", desk.path("link.toml")).unwrap();
    std::fs::hard_link(desk.path("review.db"), desk.path("twin.db")).unwrap();
    desk.write("copy.db-wal", "of the copy");
    desk.write("notes-wal", "of no database");
    let names = ["copy.db", "copy.db-wal", "review.db", "twin.db"];
    let before = names.map(|name| std::fs::read(desk.path(name)).unwrap());
    for target in ["copy.db", "link.toml", "copy.db-wal"] {
        let message = desk.run(&["export", "everything", "-o", target]).refused(1);
        let told = format!(
            "penholder: Writing {target}: that is a workspace, a backup or another database; nothing was written.\n  hint: "
        );
        assert!(message.starts_with(&told), "{message}");
    }
    let message = desk
        .run(&["export", "everything", "-o", "twin.db"])
        .refused(1);
    assert!(message.contains("the workspace itself"), "{message}");
    assert!(
        names.map(|name| std::fs::read(desk.path(name)).unwrap()) == before,
        "a refused export changed a file"
    );
    desk.run(&["export", "everything", "-o", "notes-wal"]).ok();
}

#[test]
fn a_folder_is_no_workspace() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("folder")).unwrap();
    for arguments in [vec!["list", "members"], vec!["check"]] {
        let message = desk
            .run(&[vec!["--db", "folder"], arguments].concat())
            .refused(1);
        assert!(
            message.starts_with(
                "penholder: Opening the workspace folder: that is a folder; expected a file\n"
            ),
            "{message}"
        );
    }
}

#[test]
fn help_is_a_command_too() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["help"]).ok(), desk.run(&["--help"]).ok());
    assert_eq!(
        desk.run(&["help", "list"]).ok(),
        desk.run(&["list", "--help"]).ok()
    );
}

#[test]
fn check_and_backup_never_create_a_workspace() {
    let desk = Desk::new();
    assert!(
        desk.run(&["check"])
            .refused(1)
            .contains("There is no workspace")
    );
    desk.run(&["backup", "copy.db"]).refused(1);
    assert!(!desk.path("review.db").exists() && !desk.path("copy.db").exists());
}

#[test]
fn check_counts_advises_and_finds_a_row_that_was_tampered_with() {
    let desk = Desk::new();
    desk.run(&["assess", "11", "--implementation", "implemented"])
        .ok();
    desk.run(&[
        "assess",
        "12",
        "--implementation",
        "implemented",
        "--finding",
        "seen",
    ])
    .ok();
    let report = desk.run(&["check"]).ok();
    assert!(
        report.contains("28 recommendations, 78 deliverables, 82 questions"),
        "{report}"
    );
    assert!(
        report.ends_with("Verdicts without a finding: Rec 11\n"),
        "{report}"
    );
    let sqlite = rusqlite::Connection::open(desk.path("review.db")).unwrap();
    sqlite
        .execute(
            "UPDATE assessment SET implementation = 'not implemented' WHERE recommendation = 12",
            [],
        )
        .unwrap();
    drop(sqlite);
    let run = desk.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out
            .contains("The row of rec 12 is not what the journal leads to."),
        "{}",
        run.out
    );
}

#[test]
fn a_backup_is_a_workspace_and_overwrites_nothing() {
    let desk = Desk::new();
    desk.run(&["assess", "11", "--implementation", "implemented"])
        .ok();
    desk.run(&["backup", "copy.db"]).ok();
    desk.run(&["backup", "copy.db"]).refused(1);
    let here = desk.run(&["export", "everything"]).ok();
    assert_eq!(
        desk.run(&["--db", "copy.db", "export", "everything"]).ok(),
        here
    );
}

#[test]
fn a_new_workspace_comes_from_a_catalogue_and_a_broken_one_leaves_no_file() {
    let desk = Desk::new();
    let catalogue = desk.run(&["export", "catalogue"]).ok();
    desk.write("catalogue.toml", &catalogue);
    desk.run(&["new", "--catalogue", "catalogue.toml", "--db", "second.db"])
        .ok();
    assert_eq!(
        desk.run(&["--db", "second.db", "export", "catalogue"]).ok(),
        catalogue
    );
    assert!(
        desk.run(&["new", "--catalogue", "catalogue.toml", "--db", "second.db"])
            .refused(1)
            .contains("exists already")
    );
    desk.write(
        "catalogue.toml",
        &catalogue.replacen("claim = \"complete\"", "claim = \"perfect\"", 1),
    );
    let line = catalogue
        .lines()
        .position(|line| line == "claim = \"complete\"")
        .unwrap()
        + 1;
    let message = desk
        .run(&["new", "--catalogue", "catalogue.toml", "--db", "third.db"])
        .refused(1);
    assert!(
        message.starts_with(&format!("penholder: catalogue.toml:{line}:")),
        "{message}"
    );
    assert!(!desk.path("third.db").exists());
    let json: serde_json::Value = desk
        .run(&["export", "catalogue", "--format", "json"])
        .json();
    assert_eq!(json["recommendation"].as_array().unwrap().len(), 28);
}

#[test]
fn completions_and_the_manual_page_need_no_workspace() {
    let desk = Desk::new();
    assert!(
        desk.run(&["completions", "bash"])
            .ok()
            .contains("_penholder")
    );
    desk.run(&["completions", "powerhell"]).refused(2);
    let page = desk.run(&["man"]).ok();
    let synopsis = "\\fBpenholder\\fR [\\fB\\-\\-db\\fR\\fI FILE\\fR] [\\fB\\-\\-as\\fR\\fI NAME\\fR] [\\fICOMMAND\\fR ...]\n";
    assert!(page.contains(synopsis), "{page}");
    for command in "list show assess note ask answer question action export report import new check backup completions man".split(' ') {
        let help = desk.run(&[command, "--help"]).ok();
        let section = page.split(&format!(".SS \"penholder {command}\"\n")).nth(1).unwrap().split("\n.S").next().unwrap();
        let section = section.replace("\\-", "-");
        let flags = help.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.starts_with("--"));
        for flag in flags.filter(|flag| !["--db", "--as", "--help"].contains(flag)) {
            assert!(section.contains(flag), "{command} {flag}: {section}");
        }
    }
    assert!(
        !page.contains("(1)"),
        "it names no page that does not exist: {page}"
    );
    assert!(!desk.path("review.db").exists());
}

#[test]
fn a_clock_that_is_none_is_refused() {
    let desk = Desk::at("yesterday");
    assert!(
        desk.run(&["list", "members"])
            .refused(2)
            .contains("PENHOLDER_NOW")
    );
}
