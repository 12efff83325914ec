//! Files out and in: the round trip, what clashes, and every kind of broken file.

use crate::desk::{Desk, ended};

/// A desk on which two recommendations are assessed, with findings.
fn assessed() -> Desk {
    let desk = Desk::new();
    let texts = [
        "--finding",
        "Say \"\"\"so\"\"\" \\ and\n\n\tindent \\\\",
        "--further-work",
        "one line",
        "--agreed-in",
        "plenary-43",
    ];
    let verdicts = [
        "assess",
        "11",
        "--implementation",
        "partially-implemented",
        "--relevance",
        "still-relevant",
        "--effect",
        "not achieved",
    ];
    desk.run(&[&verdicts[..], &texts[..]].concat()).ok();
    let rest = [
        "--standing",
        "agreed",
        "--consensus",
        "full-consensus",
        "--penholder",
        "Denise",
        "--blocked-by",
        "11.4,11.2",
    ];
    desk.run(&[&["assess", "11"][..], &rest[..]].concat()).ok();
    desk.run(&["note", "11", "plain \"words\" \\", "--said-by", "Zoe"])
        .ok();
    desk.run(&["note", "11.4", "two\nlines", "--kind", "finding"])
        .ok();
    desk.run(&["assess", "3", "--implementation", "implemented"])
        .ok();
    desk.run(&["export", "assessments", "-o", "a.toml"]).ok();
    desk
}

#[test]
fn export_import_into_an_empty_workspace_and_export_again_is_byte_for_byte_the_same() {
    let first = assessed();
    let text = first.read("a.toml");
    assert!(
        text.contains("last_change = 2018-09-13T14:41:07Z\n"),
        "{text}"
    );
    for now in ["2026-01-01T00:00:00Z", "2001-01-01T00:00:00Z"] {
        let second = Desk::at(now);
        second.write("a.toml", &text);
        assert_eq!(
            second.run(&["import", "a.toml", "--as", "Emily"]).ok(),
            "Imported a.toml: 2 assessments, 2 findings\n"
        );
        assert_eq!(second.run(&["export", "assessments"]).ok(), text);
        assert_eq!(
            second.run(&["import", "a.toml"]).ok(),
            "Everything in a.toml is here already\n"
        );
        let before = second.run(&["list", "changes", "--json"]).ok();
        assert!(before.contains("Imported a.toml: 2 assessments, 2 findings"));
        second.check();
        assert!(
            second
                .run(&["list", "meetings"])
                .ok()
                .contains("plenary-43")
        );
        assert!(second.run(&["list", "members"]).ok().contains("Zoe"));
    }
}

#[test]
fn the_file_has_the_promised_layout() {
    let desk = assessed();
    let text = desk.read("a.toml");
    let (head, body) = text.split_once("\n\n").unwrap();
    let keys: Vec<&str> = head
        .lines()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(
        keys,
        ["format", "kind", "review", "last_change", "digest", "count"]
    );
    let expected = "\
[[assessment]]
recommendation = 3
title = \"Consistent terminology and descriptions\"
implementation = \"implemented\"
standing = \"draft\"

[[assessment]]
recommendation = 11
title = \"Effectiveness of mechanisms to mitigate abuse\"
implementation = \"partially implemented\"
relevance = \"still relevant\"
effect = \"not achieved\"
standing = \"agreed\"
consensus = \"full consensus\"
penholder = \"Denise\"
agreed_in = \"plenary-43\"
blocked_by = [\"11.2\", \"11.4\"]
finding = \"\"\"
Say \"\"\\\"so\"\"\\\" \\\\ and

\tindent \\\\\\\\
\"\"\"
further_work = \"\"\"
one line
\"\"\"

[[assessment.findings]]
";
    assert!(body.starts_with(expected), "{body}");
}

#[test]
fn two_teams_that_import_each_other_end_with_the_same_bytes() {
    let (one, two) = (assessed(), Desk::at("2018-10-01T00:00:00Z"));
    two.run(&["assess", "7", "--relevance", "no-longer-relevant"])
        .ok();
    two.run(&["export", "assessments", "-o", "b.toml"]).ok();
    one.write("b.toml", &two.read("b.toml"));
    two.write("a.toml", &one.read("a.toml"));
    one.run(&["import", "b.toml"]).ok();
    two.run(&["import", "a.toml"]).ok();
    assert_eq!(
        one.run(&["export", "assessments"]).ok(),
        two.run(&["export", "assessments"]).ok()
    );
}

#[test]
fn a_dry_run_writes_nothing() {
    let (first, second) = (assessed(), Desk::new());
    second.write("a.toml", &first.read("a.toml"));
    let told = second.run(&["import", "a.toml", "--dry-run"]).ok();
    assert!(
        told.contains("  Rec 11 implementation: partially implemented\n")
            && told.contains("  new member Zoe\n"),
        "{told}"
    );
    assert_eq!(second.run(&["list", "changes", "--json"]).ok(), "[]\n");
}

#[test]
fn a_file_can_come_from_standard_input() {
    let (first, second) = (assessed(), Desk::new());
    let import = |text: &[u8]| {
        std::fs::write(second.path("in"), text).unwrap();
        let from = std::fs::File::open(second.path("in")).unwrap();
        ended(
            second
                .command(&["import", "-"])
                .stdin(from)
                .output()
                .unwrap(),
        )
    };
    let text = first.read("a.toml");
    let message = import(
        text.replace("\"still relevant\"", "\"relevant\"")
            .as_bytes(),
    )
    .refused(1);
    assert!(
        message.starts_with("penholder: standard input:18:13: “relevant” is no relevance"),
        "{message}"
    );
    assert!(
        import(b"x = 1\n\xff")
            .refused(1)
            .contains("standard input:2:1: a byte that is no text")
    );
    assert_eq!(second.run(&["list", "changes", "--json"]).ok(), "[]\n");
    assert_eq!(
        import(text.as_bytes()).ok(),
        "Imported standard input: 2 assessments, 2 findings\n"
    );
    assert_eq!(second.run(&["export", "assessments"]).ok(), text);
    second.write("-", "x = 1");
    assert!(
        second
            .run(&["import", "./-"])
            .refused(1)
            .contains("./-:1:1: unknown key")
    );
    let message = second.run(&["import", "."]).refused(1);
    assert!(message.starts_with("penholder: Reading .: "), "{message}");
}

#[test]
fn what_is_set_differently_on_both_sides_is_refused_and_all_of_it_is_listed() {
    let (first, second) = (assessed(), Desk::new());
    second
        .run(&["assess", "11", "--implementation", "not-implemented"])
        .ok();
    second
        .run(&["assess", "3", "--implementation", "not-implemented"])
        .ok();
    second.write("a.toml", &first.read("a.toml"));
    let before = second.run(&["export", "everything"]).ok();
    let message = second.run(&["import", "a.toml"]).refused(1);
    assert!(
        message.contains(
            "Rec 11 implementation\n  here: not implemented\n  file: partially implemented\n"
        ),
        "{message}"
    );
    assert!(
        message.contains("Rec 11 standing\n  here: draft\n  file: agreed\n"),
        "{message}"
    );
    assert!(
        message.contains("Rec 3 implementation\n") && message.contains("hint: 3 clashes"),
        "{message}"
    );
    assert_eq!(second.run(&["export", "everything"]).ok(), before);
}

#[test]
fn what_is_unset_here_is_taken_and_what_the_file_leaves_out_stays() {
    let desk = Desk::new();
    desk.run(&[
        "assess",
        "11",
        "--relevance",
        "still-relevant",
        "--finding",
        "ours",
    ])
    .ok();
    let head = "format = \"penholder/1\"\nkind = \"assessments\"\nreview = \"SSR1\"\ncount = 1\n\n[[assessment]]\nrecommendation = 11\n";
    desk.write(
        "hand.toml",
        &format!("{head}implementation = \"Not-Implemented\"\nhow_assessed = \"asked\"\n"),
    );
    desk.run(&["import", "hand.toml"]).ok();
    let a = &desk.run(&["show", "11", "--json"]).json()["assessment"];
    let got = [
        "relevance",
        "finding",
        "implementation",
        "how_assessed",
        "standing",
    ]
    .map(|key| a[key].as_str().unwrap().to_owned());
    assert_eq!(
        got,
        [
            "still relevant",
            "ours",
            "not implemented",
            "asked",
            "draft"
        ]
    );
}

#[test]
fn a_finding_with_other_words_is_a_clash() {
    let desk = assessed();
    desk.write(
        "b.toml",
        &desk
            .read("a.toml")
            .replace("plain \\\"words\\\"", "other words"),
    );
    let run = desk.run(&["import", "b.toml"]);
    assert!(
        run.code == 1 && run.err.contains("The digest does not fit"),
        "{}",
        run.err
    );
    assert!(
        run.err
            .contains("text\n  here: plain \"words\" \\\n  file: other words \\\n"),
        "{}",
        run.err
    );
}

/// Imports a file in which `from` was replaced, and answers the message with which it was refused.
fn refused(from: &str, to: &str) -> String {
    let (first, second) = (assessed(), Desk::new());
    let text = first.read("a.toml");
    assert!(text.contains(from), "{text}");
    second.write("b.toml", &text.replacen(from, to, 1));
    let message = second.run(&["import", "b.toml"]).refused(1);
    second.check();
    assert_eq!(second.run(&["list", "changes", "--json"]).ok(), "[]\n");
    message
}

#[test]
fn an_unknown_verdict_is_refused_with_its_line() {
    let message = refused("\"partially implemented\"", "\"mostly implemented\"");
    let expected = "b.toml:17:18: “mostly implemented” is no implementation; expected implemented, partially implemented, not implemented, \
                    cannot be determined\n";
    assert!(message.contains(expected), "{message}");
}

#[test]
fn a_duplicate_recommendation_is_refused_with_its_line() {
    let message = refused(
        "recommendation = 11\ntitle = \"Effectiveness of mechanisms to mitigate abuse\"",
        "recommendation = 3",
    );
    assert!(
        message.contains(
            "b.toml:15:18: recommendation 3 stands here again, first in line 9; expected it once\n"
        ),
        "{message}"
    );
}

#[test]
fn a_recommendation_that_does_not_exist_is_refused_with_its_line() {
    let message = refused("recommendation = 11", "recommendation = 29");
    assert!(
        message.contains("b.toml:15:18: there is no recommendation 29; expected 1 to 28\n"),
        "{message}"
    );
}

#[test]
fn a_truncated_string_is_refused_with_the_line_where_it_begins() {
    let told = |line: &str, quotes: &str| {
        format!(
            "penholder: b.toml:{line}: the text that begins here never ends; expected {quotes}\n  hint"
        )
    };
    let cases = [
        ("\"still relevant\"", "\"still relevant", "18:13", "\""),
        ("\"still relevant\"", "'still relevant", "18:13", "'"),
        ("\"still relevant\"", "'''still relevant", "18:13", "'''"),
        ("\\\\\\\\\n\"\"\"", "so on", "25:11", "\"\"\""),
        ("one line\n\"\"\"", "one line", "30:16", "\"\"\""),
    ];
    for (from, to, line, quotes) in cases {
        let message = refused(from, to);
        assert!(message.starts_with(&told(line, quotes)), "{to}: {message}");
    }
}

#[test]
fn a_file_that_was_cut_off_is_refused_with_the_line_where_its_last_text_begins() {
    let (first, second) = (assessed(), Desk::new());
    let text = first.read("a.toml");
    for (key, last) in [
        ("finding", "Say"),
        ("further_work", "one l"),
        ("text", "plain"),
        ("implementation", "part"),
    ] {
        let cut = text.find(last).unwrap() + last.len();
        let line = text[..cut]
            .lines()
            .collect::<Vec<_>>()
            .iter()
            .rposition(|line| line.starts_with(&format!("{key} = \"")))
            .unwrap()
            + 1;
        second.write("b.toml", &text[..cut]);
        let message = second.run(&["import", "b.toml"]).refused(1);
        let expected = format!(
            "penholder: b.toml:{line}:{}: the text that begins here never ends",
            key.len() + 4
        );
        assert!(message.starts_with(&expected), "{last}: {message}");
    }
}

#[test]
fn a_key_that_stands_twice_is_named() {
    let message = refused("relevance =", "implementation =");
    assert!(
        message
            .contains("b.toml:18:1: the key “implementation” stands here again; expected it once"),
        "{message}"
    );
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let message = refused("relevance =", "relevence =");
    assert!(
        message.contains(
            "b.toml:18:1: unknown key “relevence”; expected one of recommendation, title,"
        ),
        "{message}"
    );
}

#[test]
fn a_wrong_count_is_refused_with_its_line() {
    let message = refused("count = 2", "count = 3");
    assert!(
        message.contains("b.toml:6:9: count is 3, but the file holds 2 [[assessment]]"),
        "{message}"
    );
}

#[test]
fn every_other_fault_is_refused_too() {
    let cases = [
        (
            "penholder/1",
            "penholder/9",
            "b.toml:1:10: format is “penholder/9”; expected “penholder/1”",
        ),
        (
            "\"assessments\"",
            "\"everything\"",
            "b.toml:2:8: kind is “everything”; expected “assessments” or “questions”",
        ),
        (
            "\"assessments\"",
            "\"questions\"",
            "unknown key “assessment”; expected one of format, kind, review, last_change, digest, count, question",
        ),
        ("\"SSR1\"", "\"SSR9\"", "b.toml:3:10: review is"),
        (
            "2018-09-13T14:41:07Z",
            "\"today\"",
            "b.toml:4:15: last_change is of type string; expected a moment",
        ),
        ("count = 2", "", "count is missing"),
        (
            "Effectiveness of",
            "Ineffectiveness of",
            "b.toml:16:9: the title",
        ),
        (
            "\"plenary-43\"",
            "\"Plenary 43\"",
            "b.toml:23:13: “Plenary 43” names no meeting",
        ),
        ("\"11.4\"]", "\"11.99\"]", "there is no question 11.99"),
        (
            "\"11.4\"]",
            "11.4]",
            "blocked_by is of type float; expected a list of strings",
        ),
        (
            "about = \"question 11.4\"",
            "about = \"question 3.1\"",
            "does not belong below recommendation 11",
        ),
        (
            "kind = \"note\"",
            "kind = \"poem\"",
            "“poem” is no kind; expected finding, note",
        ),
        (
            "by = \"Denise\"",
            "by = \" \"",
            "by is empty; expected who wrote it",
        ),
    ];
    for (from, to, expected) in cases {
        let message = refused(from, to);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let (first, second) = (assessed(), Desk::new());
    let text = first
        .read("a.toml")
        .replace("\"implemented\"", "\"done\"")
        .replace("\"not achieved\"", "7")
        .replace("count = 2", "count = 1");
    second.write("b.toml", &text);
    let message = second.run(&["import", "b.toml"]).refused(1);
    assert_eq!(
        message
            .lines()
            .filter(|line| line.contains("b.toml:"))
            .count(),
        3,
        "{message}"
    );
}

#[test]
fn hostile_text_in_a_file_is_cleaned_and_counted() {
    let desk = Desk::new();
    let head = "format = \"penholder/1\"\nkind = \"assessments\"\nreview = \"SSR1\"\ncount = 1\n\n[[assessment]]\nrecommendation = 3\n";
    desk.write(
        "b.toml",
        &format!("{head}finding = \"a\\u001b[31mb\\u202ec\"\npenholder = \"E\\nve\"\n"),
    );
    let run = desk.run(&["import", "b.toml"]);
    assert!(run.err.contains("2 characters"), "{}", run.err);
    let a = &desk.run(&["show", "3", "--json"]).json()["assessment"];
    assert_eq!(
        (&a["finding"], &a["penholder"]),
        (&"a[31mbc".into(), &"E ve".into())
    );
    desk.write("c.toml", "\u{1b}[2J = 1");
    assert!(
        !desk
            .run(&["import", "c.toml"])
            .refused(1)
            .contains('\u{1b}')
    );
    std::fs::write(desk.path("d.toml"), b"x = 1\n\xff").unwrap();
    assert!(
        desk.run(&["import", "d.toml"])
            .refused(1)
            .contains("d.toml:2:1: a byte that is no text")
    );
}

#[test]
fn verdicts_on_deliverables_are_carried() {
    let desk = Desk::new();
    let head = "format = \"penholder/1\"\nkind = \"assessments\"\nreview = \"SSR1\"\ncount = 1\n\n[[assessment]]\nrecommendation = 25\n";
    let verdict = "\n[[assessment.deliverables]]\nrow = 3\nverdict = \"not implemented\"\n";
    desk.write("b.toml", &format!("{head}{verdict}"));
    desk.run(&["import", "b.toml"]).ok();
    let text = desk.run(&["export", "assessments"]).ok();
    assert!(
        text.contains("recommendation = 25\ntitle = ") && text.ends_with(verdict),
        "{text}"
    );
    assert_eq!(
        desk.run(&["show", "25", "--json"]).json()["deliverables"][2]["verdict"],
        "not implemented"
    );
    desk.write(
        "c.toml",
        &format!("{head}{}", verdict.replace("row = 3", "row = 7")),
    );
    assert!(
        desk.run(&["import", "c.toml"])
            .refused(1)
            .contains("recommendation 25 has no deliverable 7; expected 1 to 6")
    );
    desk.write("d.toml", &format!("{head}{verdict}{verdict}"));
    assert!(
        desk.run(&["import", "d.toml"])
            .refused(1)
            .contains("deliverable 25.3 stands here again")
    );
}

#[test]
fn markdown_is_fit_to_send_and_text_cannot_become_markup() {
    let desk = Desk::new();
    desk.run(&[
        "assess",
        "11",
        "--implementation",
        "implemented",
        "--finding",
        "# no heading\n- no list\n<b>*x*</b> [a](b)\n\n1. one",
    ])
    .ok();
    desk.run(&["note", "11", "hush", "--private"]).ok();
    let text = desk.run(&["export", "assessments", "--format", "md"]).ok();
    assert!(
        text.contains("Of 28 recommendations: 1 assessed, 0 agreed, 0 still relevant."),
        "{text}"
    );
    assert!(
        text.contains("\\# no heading  \n\\- no list  \n\\<b>\\*x\\*\\</b> [a\\](b)\n\n1\\. one"),
        "{text}"
    );
    assert!(
        text.contains("## Rec 11: Effectiveness") && !text.contains("hush"),
        "{text}"
    );
    desk.run(&["export", "questions", "--format", "md"]).ok();
    desk.run(&["export", "findings", "--format", "md"]).ok();
}

#[test]
fn json_says_what_toml_says() {
    let desk = assessed();
    for kind in [
        "assessments",
        "questions",
        "findings",
        "changes",
        "everything",
    ] {
        let toml: toml::Table = desk.run(&["export", kind]).ok().parse().unwrap();
        let json = desk.run(&["export", kind, "--format", "json"]).json();
        assert_eq!(toml["digest"].as_str(), json["digest"].as_str());
        for (key, records) in toml
            .iter()
            .filter_map(|(key, value)| Some((key, value.as_array()?)))
        {
            assert_eq!(
                json[key].as_array().unwrap().len(),
                records.len(),
                "{kind} {key}"
            );
        }
    }
}

#[test]
fn findings_are_exported_by_time_and_not_by_id() {
    let finding = |id: &str, hour: u32| {
        format!(
            "\n[[assessment.findings]]\nid = \"{id}\"\nat = 2018-09-13T{hour}:00:00Z\nby = \"Zoe\"\nkind = \"finding\"\ntext = \"So.\"\n"
        )
    };
    let head = "format = \"penholder/1\"\nkind = \"assessments\"\nreview = \"SSR1\"\ncount = 1\n\n[[assessment]]\nrecommendation = 11\n";
    let records = finding("finding-a", 12) + &finding("finding-b", 10);
    let desk = Desk::new();
    desk.write("a.toml", &format!("{head}{records}"));
    desk.run(&["import", "a.toml"]).ok();
    let text = desk.run(&["export", "findings"]).ok();
    assert!(text.find("finding-b") < text.find("finding-a"), "{text}");
}

#[test]
fn a_file_of_findings_is_taken_over_and_exported_again_byte_for_byte() {
    let first = assessed();
    first.run(&["export", "findings", "-o", "f.toml"]).ok();
    let text = first.read("f.toml");
    let second = Desk::new();
    second.write("f.toml", &text);
    assert_eq!(
        second.run(&["import", "f.toml"]).ok(),
        "Imported f.toml: 2 findings\n"
    );
    second.run(&["export", "findings", "-o", "again.toml"]).ok();
    assert_eq!(second.read("again.toml"), text);
    assert_eq!(
        second.run(&["import", "f.toml"]).ok(),
        "Everything in f.toml is here already\n"
    );
}
