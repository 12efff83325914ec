//! The report of the questions, and their table: in the order of the slides, whole, and harmless whatever was written.

use crate::desk::Desk;
use crate::stage::Stage;
use pulldown_cmark::{Event, Options, Parser, Tag};

const HEAD: &str = "format = \"penholder/1\"\nkind = \"questions\"\nreview = \"SSR1\"\n";

/// What the team did with a handful of questions.
const LEDGER: &str = r#"
[[question]]
number = "11.4"
state = "answered"

[[question.answers]]
id = "answer-0002"
at = 2018-10-02T10:00:00Z
on = 2018-10-02
by = "ICANN org"
satisfies = "partly"
why = "no figures"
link = "https://www.icann.org/a_b_c"
text = """
There is a first report.

- one
- two
"""

[[question.answers]]
id = "answer-0001"
at = 2018-10-03T10:00:00Z
on = 2018-10-01
text = "We are looking."

[[question]]
number = "11.17"
recommendation = 11
briefing = "Compliance"
text = "Who measures?"
state = "asked"
asked_by = "Denise"
asked_on = 2018-09-13
due = 2018-10-13
parent = "11.4"

[[question]]
number = "28.1"
recommendation = 28
text = "Is this\none still wanted?"
state = "draft"

[[question]]
number = "19"
state = "no longer needed"
reason = "Told on the call"

[[question]]
number = "3.1"
briefing = "GDD"
"#;

fn ledger_of(records: &str) -> Desk {
    let desk = Desk::new();
    desk.write(
        "q.toml",
        &format!(
            "{HEAD}count = {}\n{records}",
            records.matches("[[question]]").count()
        ),
    );
    desk.run(&["import", "q.toml"]).ok();
    desk
}

fn report(desk: &Desk, more: &[&str]) -> String {
    desk.run(&[&["report", "questions"], more].concat()).ok()
}

/// The headings of Markdown, and the numbers of the questions.
fn outline(text: &str) -> Vec<String> {
    let number = |line: &str| Some(line.strip_prefix("- **")?.split_once("**")?.0.to_owned());
    text.lines()
        .filter_map(|line| {
            line.starts_with("## ")
                .then(|| line[3..].to_owned())
                .or_else(|| number(line))
        })
        .collect()
}

#[test]
fn the_report_has_the_order_of_the_slides_it_was_made_from() {
    let source = include_str!("../../seeds/001-ssr2-plenary-41-questions.txt");
    let mut expected: Vec<String> = Vec::new();
    for line in source.lines().map(str::trim) {
        let number = line.split_once(" Q: ").map(|(number, _)| number.to_owned());
        let heading =
            (line.starts_with("SSR1 ") && line.ends_with(" Briefing")).then(|| line.to_owned());
        expected.extend(
            heading
                .filter(|heading| !expected.contains(heading))
                .or(number),
        );
    }
    assert_eq!(expected.len(), 82 + 7);
    let text = report(&Desk::new(), &[]);
    let found = outline(&text);
    assert_eq!(found[..expected.len()], expected);
    assert_eq!(
        found[expected.len()..],
        ["Recommendations without any question"]
    );
    assert!(
        text.contains("\n82 questions on 22 recommendations: 82 asked.\n"),
        "{text}"
    );
    assert!(text.ends_with("\n- Rec 28: Publish remit\n"), "{text}");
    assert_eq!(
        text.lines()
            .filter(|line| line.starts_with("- Rec "))
            .count(),
        6
    );
}

#[test]
fn a_ledger_is_reported_with_its_states_and_answers() {
    let text = report(
        &ledger_of(LEDGER),
        &[
            "--recommendation",
            "11",
            "--recommendation",
            "19",
            "--recommendation",
            "28",
            "--recommendation",
            "3",
        ],
    );
    let text: String = text
        .split_inclusive('\n')
        .filter(|line| {
            !line.starts_with("- **11.") || line.contains("11.4*") || line.contains("11.17")
        })
        .collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("report_questions", text));
}

#[test]
fn briefing_state_and_recommendation_choose_and_can_be_given_several_times() {
    let desk = ledger_of(LEDGER);
    let numbers = |more: &[&str]| -> Vec<String> {
        let found = outline(&report(&desk, more));
        assert!(
            !found
                .iter()
                .any(|line| line.contains("without any question")),
            "{found:?}"
        );
        found
            .into_iter()
            .filter(|line| !line.contains(' '))
            .collect()
    };
    assert_eq!(
        numbers(&["--state", "no-longer-needed", "--state", "follow up"]),
        ["19", "11.4"]
    );
    assert_eq!(
        numbers(&["--briefing", "compliance"]),
        ["10.1", "10.2", "11.17"]
    );
    assert_eq!(
        numbers(&[
            "--briefing",
            "comms",
            "--briefing",
            "RISK MANAGEMENT",
            "--recommendation",
            "3",
            "--recommendation",
            "27"
        ]),
        ["27.1", "27.2", "3.2"]
    );
    assert_eq!(numbers(&["--state", "draft", "--briefing", "CTO"]), [""; 0]);
    let nothing = report(&desk, &["--state", "draft", "--briefing", "CTO"]);
    assert_eq!(
        nothing,
        "# SSR1: questions to ICANN org\n\nThere is no such question.\n\nSelected: briefing CTO; state draft.\n"
    );
    assert_eq!(
        outline(&report(&desk, &["--state", "draft"])),
        ["Questions without a briefing", "28.1"]
    );
}

#[test]
fn what_is_no_report_is_refused() {
    let desk = Desk::new();
    for arguments in [
        &["report"][..],
        &["report", "calls"],
        &["report", "assessment"],
        &["report", "questions", "--format", "toml"],
        &["report", "questions", "--state", "open"],
        &["report", "questions", "--recommendation", "eleven"],
    ] {
        let message = desk.run(arguments).refused(2);
        assert!(message.starts_with("penholder: "), "{message}");
    }
    assert!(!desk.path("review.db").exists());
    // Only the workspace knows its briefings.
    assert!(
        desk.run(&["report", "questions", "--briefing", "legal"])
            .refused(2)
            .contains("expected CTO, Operations and Finance")
    );
    assert!(
        desk.run(&["report", "questions", "--recommendation", "29"])
            .refused(1)
            .contains("There is no recommendation 29")
    );
    assert!(
        !desk
            .run(&["report", "--help"])
            .ok()
            .contains("assessment\n")
    );
}

#[test]
fn a_report_to_a_file_is_told_and_never_replaces_the_workspace() {
    let desk = Desk::new();
    let run = desk.run(&[
        "report",
        "questions",
        "--format",
        "html",
        "--briefing",
        "GDD",
        "-o",
        "q.html",
    ]);
    assert_eq!(
        (run.code, run.out.as_str(), run.err.as_str()),
        (0, "", "Wrote the report of 24 questions to q.html.\n")
    );
    assert_eq!(
        desk.read("q.html"),
        report(&desk, &["--format", "html", "--briefing", "GDD"])
    );
    desk.run(&["report", "questions", "-o", "review.db"])
        .refused(1);
}

/// The tags of an HTML file, each of which must be closed where it should be, and its text.
pub fn tags(html: &str) -> (Vec<String>, String) {
    let (mut tags, mut open, mut text) = (Vec::new(), Vec::new(), String::new());
    let mut rest = html.strip_prefix("<!DOCTYPE html>").unwrap();
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap();
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{tag}"),
            None if ["meta", "br"].contains(&name) => tags.push(tag.to_owned()),
            None => {
                open.push(name);
                tags.push(tag.to_owned());
            }
        }
        rest = after;
    }
    assert_eq!((open, rest), (vec![], "\n"));
    (
        tags,
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&"),
    )
}

#[test]
fn html_says_what_markdown_says_in_one_file_that_needs_nothing_else() {
    let desk = ledger_of(LEDGER);
    let html = report(&desk, &["--format", "html"]);
    let (tags, text) = tags(&html);
    assert!(
        html.starts_with("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"),
        "{html}"
    );
    assert!(html.contains("<title>SSR1: questions to ICANN org</title>"));
    let count = |name: &str| {
        tags.iter()
            .filter(|tag| tag.split(' ').next() == Some(name))
            .count()
    };
    assert_eq!(
        (
            count("h1"),
            count("h2"),
            count("script"),
            count("link"),
            count("img")
        ),
        (1, 8, 0, 0, 0)
    );
    let markdown = report(&desk, &[]);
    assert_eq!(count("h3"), markdown.matches("\n### Rec ").count());
    assert_eq!(
        tags.iter()
            .filter(|tag| *tag == "ol class=\"answers\"")
            .count(),
        1
    );
    let addresses: Vec<&String> = tags
        .iter()
        .filter(|tag| tag.contains("href") || tag.contains("src="))
        .collect();
    assert_eq!(
        addresses,
        ["a href=\"https://www.icann.org/a_b_c\" rel=\"noopener noreferrer\""]
    );
    for number in outline(&markdown).iter().filter(|line| !line.contains(' ')) {
        assert!(
            html.contains(&format!("<li><p><span class=\"number\">{number}</span>")),
            "{number}"
        );
    }
    assert!(
        text.contains("11.17 (follow-up of 11.4) Q: Who measures?"),
        "{text}"
    );
    assert!(
        text.contains(
            "A (2018-10-02, ICANN org, satisfies partly: no figures): There is a first report."
        ),
        "{text}"
    );
    assert!(html.contains("<p>- one<br>- two</p>"));
}

#[test]
fn whatever_was_written_stays_text() {
    let hostile = r#"
[[question]]
number = "28.1"
recommendation = 28
text = "<script>alert(1)</script> &amp; \"quoted\" # no <b>heading</b> [a](javascript:b) `c` *d*\n# no\n> no\n\n1. no"
state = "no longer needed"
reason = "<img src=x onerror=alert(1)>"
asked_by = "=1+1"

[[question.answers]]
id = "answer-0001"
at = 2018-10-02T10:00:00Z
on = 2018-10-02
by = "</p><style>x"
link = "javascript:alert(1)"
why = "<!-- \" onclick=x"
text = "</li></ol>\n- no\n\n    no code"
"#;
    let desk = ledger_of(hostile);
    let (mut tags, text) = tags(&report(
        &desk,
        &["--format", "html", "--recommendation", "28"],
    ));
    tags.sort();
    tags.dedup();
    let known = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "section",
        "h1",
        "h2",
        "h3",
        "p",
        "blockquote",
        "ol",
        "li",
        "span",
        "br",
    ];
    assert!(
        tags.iter()
            .all(
                |tag| known.contains(&tag.split(' ').next().unwrap()) && !tag.contains(" on")
                    || tag.starts_with("meta ")
            ),
        "{tags:?}"
    );
    for said in [
        "<script>alert(1)</script> &amp; \"quoted\"",
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "</li></ol>",
        "</p><style>x",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let markdown = report(&desk, &["--recommendation", "28"]);
    let mut words = String::new();
    for event in Parser::new_ext(
        &markdown,
        Options::all() - Options::ENABLE_SMART_PUNCTUATION,
    ) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Rule => {
                panic!("{event:?}: {markdown}")
            }
            Event::Start(
                Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::List(Some(_))
                | Tag::Emphasis,
            ) => {
                panic!("{event:?}: {markdown}")
            }
            Event::Text(text) => words.push_str(&text),
            _ => {}
        }
    }
    for said in [
        "<script>alert(1)</script> &amp; \"quoted\"",
        "[a](javascript:b) `c` *d*",
        "<!-- \" onclick=x",
        "</li></ol>",
    ] {
        assert!(words.contains(said), "{said}: {markdown}");
    }
}

#[test]
fn an_address_becomes_a_link_only_if_it_leads_to_the_web() {
    let ledger = |link: &str| LEDGER.replace("https://www.icann.org/a_b_c", link);
    for (link, linked) in [
        ("HTTP://x.org/?a=1&b=2", true),
        ("data:text/html,x", false),
        (" javascript:x", false),
        ("see https://x.org", false),
        ("\\u00e9", false),
    ] {
        let html = report(
            &ledger_of(&ledger(link)),
            &["--format", "html", "--recommendation", "11"],
        );
        assert_eq!(html.contains(" href="), linked, "{link}");
    }
}

/// The rows of a CSV file, read as RFC 4180 says.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn the_table_has_the_columns_of_the_teams_own() {
    let desk = ledger_of(LEDGER);
    let text = desk.run(&["export", "questions", "--format", "csv"]).ok();
    assert!(text.starts_with("number,recommendation,briefing,question,asked by,asked on,due,state,answered on,answer,notes\r\n"), "{text}");
    assert!(text.ends_with("\r\n"));
    let rows = rows(&text);
    assert_eq!(rows.len(), 1 + 84);
    let row = |number: &str| rows.iter().find(|row| row[0] == number).unwrap();
    let answered = row("11.4");
    assert_eq!(answered[1..3], ["11", "GDD"]);
    assert!(answered[3].starts_with("Noting IAG-CCT"));
    let answers = "2018-10-01: We are looking.\n\n2018-10-02, ICANN org: There is a first report.\n\n- one\n- two\nhttps://www.icann.org/a_b_c";
    let notes = "answer of 2018-10-02 satisfies: partly, no figures";
    assert_eq!(
        answered[4..],
        ["", "", "", "follow-up", "2018-10-02", answers, notes]
    );
    let own = [
        "11.17",
        "11",
        "Compliance",
        "Who measures?",
        "Denise",
        "2018-09-13",
        "2018-10-13",
        "asked",
        "",
        "",
        "follow-up of 11.4",
    ];
    assert_eq!(row("11.17")[..], own);
    assert_eq!(
        row("19")[7..],
        ["no longer needed", "", "", "reason: Told on the call"]
    );
    assert_eq!(row("28.1")[2..4], ["", "Is this\none still wanted?"]);
}

#[test]
fn no_cell_is_a_formula() {
    let own = |minor: usize, text: &str| {
        format!(
            "\n[[question]]\nnumber = \"28.{minor}\"\nrecommendation = 28\nstate = \"asked\"\nasked_by = \"@x\"\ntext = \"{text}\"\n"
        )
    };
    let texts = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1+1",
        "@SUM(A1)",
        "\\t=1",
        "  =1",
        "＝1",
        "\\u00a0＋1",
        "- a list",
    ];
    let desk = ledger_of(
        &texts
            .iter()
            .zip(1..)
            .map(|(text, minor)| own(minor, text))
            .collect::<String>(),
    );
    let rows = rows(&desk.run(&["export", "questions", "--format", "csv"]).ok());
    for row in rows.iter().filter(|row| row[1] == "28") {
        assert!(row[3].starts_with('\'') && row[4] == "'@x", "{row:?}");
    }
}

#[test]
fn what_has_no_table_says_what_has() {
    let desk = Desk::new();
    for kind in [
        "assessments",
        "findings",
        "changes",
        "catalogue",
        "everything",
    ] {
        let message = desk.run(&["export", kind, "--format", "csv"]).refused(2);
        assert!(
            message.starts_with("penholder: Only questions, and the action items of the meetings, are exported as CSV; expected toml"),
            "{message}"
        );
    }
    desk.run(&[
        "export",
        "questions",
        "--format",
        "csv",
        "--include-private",
    ])
    .refused(2);
}

#[test]
fn the_reports_and_the_table_are_in_the_export_of_the_screens_too() {
    let folder = tempfile::tempdir().unwrap();
    for (key, name, begins) in [
        ('r', "ssr1-questions-report.md", "# SSR1: questions"),
        ('h', "ssr1-questions-report.html", "<!DOCTYPE html>"),
        ('s', "ssr1-questions.csv", "number,"),
    ] {
        let mut stage = Stage::new();
        let path = folder.path().join(name);
        // The name that is offered stands in the field; the folder goes before it.
        stage.play(&format!(
            "x{key}<Enter><Home>{}/<Enter>",
            folder.path().display()
        ));
        assert!(
            std::fs::read_to_string(&path).unwrap().starts_with(begins),
            "{name}"
        );
    }
}
