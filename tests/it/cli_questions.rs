//! The ledger of questions on the command line, as processes: asking, answering, moving on, listing and showing.

use crate::desk::{Desk, Run, ended};
use std::fs::File;

fn keys(value: &serde_json::Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

/// The numbers that a list of questions names.
fn numbers(run: Run) -> Vec<String> {
    run.json()
        .as_array()
        .unwrap()
        .iter()
        .map(|q| q["number"].as_str().unwrap().to_owned())
        .collect()
}

fn piped(desk: &Desk, arguments: &[&str], text: &str) -> Run {
    desk.write("piped.txt", text);
    ended(
        desk.command(arguments)
            .stdin(File::open(desk.path("piped.txt")).unwrap())
            .output()
            .unwrap(),
    )
}

fn operations(desk: &Desk) -> usize {
    let changes = desk.run(&["list", "changes", "--json"]).json();
    changes
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["operation"].to_string())
        .collect::<std::collections::BTreeSet<_>>()
        .len()
}

#[test]
fn a_question_lives_on_the_command_line_from_draft_to_closed() {
    let desk = Desk::new();
    let said = |arguments: &[&str]| desk.run(arguments).ok();
    assert_eq!(
        said(&["ask", "11", "Who measures the success?"]),
        "Recorded: Question 11.17 written\n"
    );
    assert_eq!(
        said(&["question", "11.17", "asked", "--due", "2018-09-20"]),
        "Recorded: Question 11.17 asked, due 2018-09-20\n"
    );
    let answer = [
        "answer",
        "11.17",
        "The registries do.",
        "--by",
        "ICANN org",
        "--satisfies",
        "partly",
        "--why",
        "no figures",
    ];
    assert_eq!(said(&answer), "Recorded: Answer to question 11.17\n");
    let follow_up = [
        "ask",
        "11",
        "Since when?",
        "--follows",
        "11.17",
        "--on",
        "2018-09-13",
    ];
    assert_eq!(
        said(&follow_up),
        "Recorded: Question 11.18 asked, follow-up of 11.17\n"
    );
    assert_eq!(
        numbers(desk.run(&["list", "questions", "--state", "follow-up", "--json"])),
        ["11.17"]
    );
    let message = desk.run(&["question", "11.17", "closed"]).refused(1);
    assert!(message.contains("Question 11.17 stands at follow-up: 11.18 has no answer yet; to close makes no sense there."), "{message}");
    assert_eq!(
        said(&["answer", "11.18", "Since 2014.", "--on", "2018-09-14"]),
        "Recorded: Answer to question 11.18\n"
    );
    assert_eq!(
        said(&["question", "11.17", "closed"]),
        "Recorded: Question 11.17 closed\n"
    );
    let export = said(&["export", "questions"]);
    let own = export
        .split("[[question]]")
        .find(|record| record.contains("number = \"11.17\""))
        .unwrap();
    let mut ids = own.lines().filter(|line| line.starts_with("id = "));
    let (question, answer) = (ids.next().unwrap(), ids.next().unwrap());
    let expected = format!(
        r#"
{question}
number = "11.17"
recommendation = 11
briefing = "GDD"
text = "Who measures the success?"
state = "closed"
asked_by = "Denise"
addressee = "ICANN org"
asked_on = 2018-09-13
due = 2018-09-20

[[question.answers]]
{answer}
at = 2018-09-13T14:41:07Z
on = 2018-09-13
by = "ICANN org"
satisfies = "partly"
why = "no figures"
text = "The registries do."

"#
    );
    assert_eq!(own, expected);
    assert!(export.contains("parent = \"11.17\""), "{export}");
    desk.check();
}

#[test]
fn a_question_is_asked_at_once_or_in_two_steps_with_the_same_record() {
    let (once, twice) = (Desk::new(), Desk::new());
    once.run(&["ask", "11", "Who?", "--on", "2018-09-10"]).ok();
    twice.run(&["ask", "11", "Who?"]).ok();
    twice
        .run(&["question", "11.17", "asked", "--on", "2018-09-10"])
        .ok();
    // Each has an id of its own, and the digest covers it.
    let questions = |desk: &Desk| -> String {
        let text = desk.run(&["export", "questions"]).ok();
        let differs = |line: &&str| !line.starts_with("id = ") && !line.starts_with("digest = ");
        text.lines().filter(differs).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(questions(&once), questions(&twice));
}

#[test]
fn a_question_is_written_with_everything_that_belongs_to_it() {
    let desk = Desk::new();
    let arguments = [
        "ask",
        "19",
        "Who\nengages?",
        "--number",
        "19.4",
        "--by",
        "Zoe",
        "--on",
        "2018-09-10",
        "--due",
        "2018-09-12",
    ];
    desk.run(
        &[
            &arguments[..],
            &["--briefing", "risk-management", "--follows", "q19"],
        ]
        .concat(),
    )
    .ok();
    let q = desk.run(&["show", "19.4", "--json"]).json();
    let shown = |key: &str| q[key].as_str().unwrap_or("-").to_owned();
    let keys = [
        "text",
        "briefing",
        "state",
        "asked_by",
        "asked_on",
        "due",
        "addressee",
        "parent",
    ];
    let expected = [
        "Who\nengages?",
        "Risk Management",
        "asked",
        "Zoe",
        "2018-09-10",
        "2018-09-12",
        "ICANN org",
        "19",
    ];
    assert_eq!(keys.map(shown), expected);
    assert!(desk.run(&["list", "members"]).ok().contains("Zoe"));
    assert_eq!(
        desk.run(&["ask", "19", "And?"]).ok(),
        "Recorded: Question 19.5 written\n"
    );
}

#[test]
fn what_cannot_be_asked_is_refused_and_says_why() {
    let desk = Desk::new();
    let refused = [
        (
            vec!["ask", "11", "  "],
            1,
            "A question needs words; nothing was recorded.",
        ),
        (
            vec!["ask", "29", "Who?"],
            1,
            "There is no recommendation 29; expected 1 to 28.",
        ),
        (
            vec!["ask", "11", "Who?", "--number", "11.4"],
            1,
            "There is a question 11.4 already; the next free number is 11.17.",
        ),
        (
            vec!["ask", "11", "Who?", "--number", "12.40"],
            1,
            "Question 12.40 is no number under Rec 11; expected one such as 11.17.",
        ),
        (
            vec!["ask", "11", "Who?", "--follows", "11.99"],
            1,
            "There is no question 11.99",
        ),
        (
            vec![
                "ask",
                "11",
                "Who?",
                "--on",
                "2018-09-13",
                "--due",
                "2018-09-12",
            ],
            1,
            "due on 2018-09-12, before",
        ),
        (
            vec!["ask", "11.4", "Who?"],
            2,
            "“11.4” names no recommendation",
        ),
        (vec!["ask", "11"], 2, "<TEXT>"),
        (
            vec!["ask", "11", "Who?", "--briefing", "kitchen"],
            2,
            "“kitchen” is no briefing; expected CTO",
        ),
        (
            vec!["ask", "11", "Who?", "--on", "yesterday"],
            2,
            "--on: “yesterday” is no day; expected one such as 2018-09-20.",
        ),
        (
            vec!["ask", "11", "Who?", "--due", "18-09-20"],
            2,
            "--due: “18-09-20” is no day",
        ),
        (
            vec!["ask", "11", "Who?", "--follows", "11"],
            2,
            "11 is a recommendation; expected a question such as 11.4 or q19.",
        ),
    ];
    for (arguments, code, sentence) in refused {
        let message = desk.run(&arguments).refused(code);
        assert!(message.contains(sentence), "{message}");
    }
    assert_eq!(operations(&desk), 0);
}

#[test]
fn the_words_of_a_question_or_answer_may_begin_with_a_hyphen_or_come_from_standard_input() {
    let desk = Desk::new();
    desk.run(&["ask", "11", "- who?", "--due", "2018-09-20"])
        .ok();
    desk.run(&["ask", "11", "--due", "2018-09-20", "-1 what?"])
        .ok();
    piped(&desk, &["ask", "11", "-"], "how?\nand why?  \n\n").ok();
    let text = |number: &str| desk.run(&["show", number, "--json"]).json()["text"].clone();
    assert_eq!(
        [text("11.17"), text("11.18"), text("11.19")],
        ["- who?", "-1 what?", "how?\nand why?"]
    );
    desk.run(&[
        "answer",
        "11.4",
        "- they",
        "--satisfies",
        "no",
        "--why",
        "- too short",
    ])
    .ok();
    desk.run(&["answer", "11.4", "-- them"]).ok();
    piped(&desk, &["answer", "11.4", "-"], "--piped").ok();
    piped(
        &desk,
        &["answer", "11.4", "--file", "-"],
        "from standard input\n",
    )
    .ok();
    desk.write("answer.txt", "from a file\nof two lines\n");
    desk.run(&[
        "answer",
        "11.4",
        "--file",
        "answer.txt",
        "--on",
        "2018-09-14",
    ])
    .ok();
    let answers = desk.run(&["show", "11.4", "--json"]).json()["answers"].clone();
    let mut texts: Vec<&str> = answers
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["text"].as_str().unwrap())
        .collect();
    texts.sort_unstable();
    assert_eq!(
        texts,
        [
            "- they",
            "-- them",
            "--piped",
            "from a file\nof two lines",
            "from standard input"
        ]
    );
}

#[test]
fn an_answer_comes_from_its_text_or_from_a_file_and_never_from_a_misspelt_flag() {
    let desk = Desk::new();
    desk.write("answer.txt", "from a file");
    let refused: [(&[&str], i32, &str); 9] = [
        (
            &["answer", "11.4"],
            2,
            "Usage: penholder answer [OPTIONS] <NUMBER> <TEXT|--file <FILE>>",
        ),
        (
            &["answer", "11.4", "text", "--file", "answer.txt"],
            2,
            "cannot be used with",
        ),
        (
            &["answer", "11.4", "--fil=answer.txt"],
            2,
            "“--fil=answer.txt” is no flag of answer; expected TEXT or --file.",
        ),
        (
            &["answer", "11.4", "text", "--satisfies", "mostly"],
            2,
            "“mostly” is no satisfaction; expected yes, partly, no.",
        ),
        (
            &["answer", "11.4", "text", "--on", "2018-02-30"],
            2,
            "“2018-02-30” is no day",
        ),
        (&["answer", "11", "text"], 2, "11 is a recommendation"),
        (
            &["answer", "11.4", "--file", "missing.txt"],
            1,
            "Reading missing.txt: ",
        ),
        (
            &["answer", "11.4", " "],
            1,
            "An answer needs words; nothing was recorded.",
        ),
        (
            &["answer", "11.99", "text"],
            1,
            "There is no question 11.99",
        ),
    ];
    for (arguments, code, sentence) in refused {
        let message = desk.run(arguments).refused(code);
        assert!(message.contains(sentence), "{message}");
    }
    std::fs::write(desk.path("answer.txt"), b"\xff").unwrap();
    assert!(
        desk.run(&["answer", "11.4", "--file", "answer.txt"])
            .refused(1)
            .contains("answer.txt:1:1: a byte that is no text")
    );
    assert_eq!(operations(&desk), 0);
}

#[test]
fn what_was_not_sent_or_is_done_with_takes_no_answer() {
    let desk = Desk::new();
    desk.run(&["ask", "11", "Who?"]).ok();
    let message = desk.run(&["answer", "11.17", "They."]).refused(1);
    assert!(
        message.contains("Question 11.17 stands at draft; it takes no answer there."),
        "{message}"
    );
    desk.run(&["question", "11.17", "asked", "--on", "2018-09-10"])
        .ok();
    let message = desk
        .run(&["answer", "11.17", "They.", "--on", "2018-09-08"])
        .refused(1);
    assert!(
        message.contains("before question 11.17 was asked on 2018-09-10"),
        "{message}"
    );
}

#[test]
fn today_is_the_day_where_the_program_runs() {
    let desk = Desk::new();
    let there = |arguments: &[&str]| {
        ended(
            desk.command(arguments)
                .env("TZ", "NZST-12")
                .output()
                .unwrap(),
        )
        .ok()
    };
    there(&["answer", "11.4", "They."]);
    there(&["ask", "11", "Who?"]);
    there(&["question", "11.17", "asked"]);
    assert_eq!(
        desk.run(&["list", "answers", "--json"]).json()[0]["on"],
        "2018-09-14"
    );
    assert_eq!(
        desk.run(&["show", "11.17", "--json"]).json()["asked_on"],
        "2018-09-14"
    );
}

#[test]
fn a_state_is_reached_from_wherever_that_makes_sense() {
    let desk = Desk::new();
    let moved = |arguments: &[&str]| desk.run(&[&["question", "11.4"], arguments].concat()).ok();
    assert_eq!(
        moved(&["clarification-wanted"]),
        "Recorded: Question 11.4: clarification wanted from the team\n"
    );
    assert_eq!(moved(&["asked"]), "Recorded: Question 11.4 asked\n");
    assert_eq!(
        moved(&["Clarification wanted from the team"]),
        "Recorded: Question 11.4: clarification wanted from the team\n"
    );
    assert_eq!(
        moved(&["no-longer-needed", "--reason", "- it is late"]),
        "Recorded: Question 11.4 no longer needed\n"
    );
    assert_eq!(
        desk.run(&["show", "11.4", "--json"]).json()["reason"],
        "- it is late"
    );
    assert_eq!(
        moved(&["asked"]),
        "Recorded: Question 11.4 reopened, asked\n"
    );
    desk.run(&["answer", "11.4", "They."]).ok();
    assert_eq!(
        moved(&["asked"]),
        "Recorded: Question 11.4 reopened, asked\n"
    );
    desk.run(&["answer", "11.4", "They and others."]).ok();
    assert_eq!(moved(&["closed"]), "Recorded: Question 11.4 closed\n");
    assert_eq!(
        moved(&["answered"]),
        "Recorded: Question 11.4 reopened, answered\n"
    );
    assert_eq!(moved(&["closed"]), "Recorded: Question 11.4 closed\n");
    let before = operations(&desk);
    assert_eq!(
        moved(&["asked"]),
        "Recorded: Question 11.4 reopened, asked\n"
    );
    assert_eq!(
        operations(&desk),
        before + 1,
        "by way of answered, and yet one change"
    );
    assert_eq!(
        desk.run(&["show", "11.4", "--json"]).json()["state"],
        "asked"
    );
    desk.check();
}

#[test]
fn the_state_in_which_a_question_is_already_writes_nothing() {
    let desk = Desk::new();
    assert_eq!(
        desk.run(&["question", "11.4", "asked"]).ok(),
        "Nothing to record: Question 11.4 already asked\n"
    );
    assert_eq!(
        desk.run(&["question", "11.4", "--briefing", "GDD"]).ok(),
        "Nothing to record: Question 11.4: nothing changed\n"
    );
    assert_eq!(
        desk.run(&["question", "11.4", "--due", "unset"]).ok(),
        "Nothing to record: Question 11.4: nothing changed\n"
    );
    assert_eq!(operations(&desk), 0);
}

#[test]
fn what_is_given_in_one_call_is_one_change() {
    let desk = Desk::new();
    desk.run(&["ask", "11", "Who?", "--due", "2018-09-01"]).ok();
    let before = operations(&desk);
    let all = [
        "question",
        "11.17",
        "asked",
        "--on",
        "2018-09-05",
        "--due",
        "2018-09-20",
        "--briefing",
        "comms",
    ];
    assert_eq!(
        desk.run(&all).ok(),
        "Recorded: Question 11.17 asked, due 2018-09-20, moved to Comms\n"
    );
    assert_eq!(operations(&desk), before + 1);
    assert_eq!(
        desk.run(&["question", "11.17", "--due", "unset"]).ok(),
        "Recorded: Question 11.17: no due date\n"
    );
    let half = desk
        .run(&["question", "11.17", "closed", "--due", "2018-10-01"])
        .refused(1);
    assert!(
        half.contains("Question 11.17 stands at asked; to close makes no sense there."),
        "{half}"
    );
    assert_eq!(
        desk.run(&["show", "11.17", "--json"]).json()["due"],
        serde_json::Value::Null,
        "all or nothing"
    );
    desk.check();
}

#[test]
fn a_move_that_makes_no_sense_is_refused_with_a_sentence() {
    let desk = Desk::new();
    desk.run(&["ask", "11", "Who?", "--on", "2018-09-10"]).ok();
    let refused: [(&[&str], i32, &str); 14] = [
        (
            &["11.4", "closed"],
            1,
            "Question 11.4 stands at asked; to close makes no sense there.",
        ),
        (
            &["11.4", "answered"],
            1,
            "it becomes answered by an answer: `penholder answer 11.4 TEXT` records one.",
        ),
        (&["q19", "answered"], 1, "`penholder answer q19 TEXT`"),
        (
            &["11.4", "draft"],
            1,
            "a question is a draft only until it is sent.",
        ),
        (
            &["11.4", "follow-up"],
            1,
            "`penholder ask 11 TEXT --follows 11.4`",
        ),
        (
            &["11.4", "no-longer-needed", "--reason", " "],
            1,
            "dropped only with a reason",
        ),
        (
            &["11.4", "asked", "--on", "2018-09-01"],
            1,
            "on which day it was asked nobody knows",
        ),
        (
            &["11.17", "asked", "--on", "2018-09-01"],
            1,
            "Question 11.17 was first asked on 2018-09-10, and that day stays.",
        ),
        (
            &["11.17", "--due", "2018-09-09"],
            1,
            "before the question was asked on 2018-09-10",
        ),
        (&["11.4", "no-longer-needed"], 2, "expected --reason TEXT."),
        (
            &["11.4", "closed", "--reason", "done"],
            2,
            "--reason makes no sense for closed; expected it for no longer needed.",
        ),
        (
            &["11.4", "closed", "--on", "2018-09-10"],
            2,
            "--on makes no sense for closed; expected it for asked.",
        ),
        (
            &["11.4", "clarified"],
            2,
            "“clarified” is no question state; expected draft, asked, clarification wanted from the team",
        ),
        (&["11.4"], 2, "<STATE|--due <DATE>|--briefing <NAME>>"),
    ];
    for (arguments, code, sentence) in refused {
        let message = desk.run(&[&["question"], arguments].concat()).refused(code);
        assert!(message.contains(sentence), "{message}");
    }
    assert_eq!(operations(&desk), 1);
}

#[test]
fn questions_are_listed_by_who_asked_when_and_what_is_due() {
    let desk = Desk::new();
    desk.run(&["ask", "11", "A draft?", "--due", "2018-09-01"])
        .ok();
    desk.run(&[
        "ask",
        "11",
        "An old one?",
        "--on",
        "2018-08-14",
        "--due",
        "2018-09-12",
        "--by",
        "Žarko",
    ])
    .ok();
    desk.run(&[
        "ask",
        "11",
        "One of yesterday?",
        "--on",
        "2018-09-12",
        "--due",
        "2018-09-13",
    ])
    .ok();
    desk.run(&[
        "ask",
        "11",
        "One that was answered?",
        "--on",
        "2018-08-14",
        "--due",
        "2018-09-12",
    ])
    .ok();
    desk.run(&["answer", "11.20", "Yes."]).ok();
    let list =
        |filters: &[&str]| numbers(desk.run(&[&["list", "questions", "--json"], filters].concat()));
    assert_eq!(list(&["--older-than", "30"]), ["11.18", "11.20"]);
    assert_eq!(list(&["--older-than", "31"]), [""; 0]);
    assert_eq!(list(&["--older-than", "1", "--open"]), ["11.18", "11.19"]);
    assert_eq!(list(&["--overdue"]), ["11.18"]);
    assert_eq!(list(&["--asked-by", "zarko"]), ["11.18"]);
    assert_eq!(
        list(&[
            "--asked-by",
            "Denise",
            "--briefing",
            "GDD",
            "--recommendation",
            "11"
        ]),
        ["11.17", "11.19", "11.20"]
    );
    assert_eq!(
        (list(&["--open"]).len(), list(&["--unanswered"]).len()),
        (84, 85),
        "a draft is waited for, too"
    );
    let text = desk.run(&["list", "questions", "--asked-by", "Žarko"]).ok();
    let expected = "11.18  Rec 11 · GDD · asked · age 30 days · asked by Žarko · due 2018-09-12\n    overdue\n  An old one?\n";
    assert_eq!(text, expected);
    let text = desk
        .run(&["list", "questions", "--recommendation", "11"])
        .ok();
    assert!(
        text.starts_with("11.1  Rec 11 · GDD · asked · age -\n  "),
        "{text}"
    );
    assert!(
        text.contains(
            "11.17  Rec 11 · GDD · draft · age - · asked by Denise · due 2018-09-01\n  A draft?\n"
        ),
        "{text}"
    );
    assert!(
        text.contains("age 1 day · asked by Denise · due 2018-09-13\n"),
        "{text}"
    );
    for wrong in [
        ["list", "remarks", "--open", "--json"],
        ["list", "questions", "--older-than", "-3"],
        ["list", "answers", "--asked-by", "Z"],
    ] {
        desk.run(&wrong).refused(2);
    }
}

#[test]
fn answers_are_listed_with_what_the_team_thinks_of_them() {
    let desk = Desk::new();
    assert_eq!(
        desk.run(&["list", "answers"]).err,
        "There are no answers to list.\n"
    );
    desk.run(&["answer", "11.4", "The second.", "--on", "2018-09-12"])
        .ok();
    let link = "https://example.org/statistics/of/all/months/of/the/year/as/one/long/page";
    desk.run(&[
        "answer",
        "11.4",
        "The first.",
        "--on",
        "2018-09-11",
        "--by",
        "ICANN org",
        "--link",
        link,
        "--satisfies",
        "no",
    ])
    .ok();
    desk.run(&[
        "answer",
        "3.1",
        "Another.",
        "--satisfies",
        "partly",
        "--why",
        "no figures",
    ])
    .ok();
    let list = desk.run(&["list", "answers", "--json"]).json();
    assert_eq!(
        keys(&list[0]).join(", "),
        "id, question, at, on, by, link, satisfies, why, text"
    );
    let questions: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["question"].as_str().unwrap())
        .collect();
    assert_eq!(questions, ["3.1", "11.4", "11.4"]);
    let expected = format!(
        "3.1  2018-09-13 · satisfies: partly (no figures)\n  Another.\n
11.4  2018-09-11 · by ICANN org · satisfies: no\n  The first.\n  {link}\n
11.4  2018-09-12\n  The second.\n"
    );
    assert_eq!(desk.run(&["list", "answers"]).ok(), expected);
    assert_eq!(
        desk.run(&["list", "answers", "--recommendation", "3", "--json"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        desk.run(&["list", "answers", "--briefing", "GDD", "--json"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_question_is_shown_with_its_whole_life() {
    let desk = Desk::new();
    desk.run(&[
        "ask",
        "11",
        "Who?",
        "--on",
        "2018-09-10",
        "--due",
        "2018-09-12",
        "--follows",
        "11.4",
    ])
    .ok();
    desk.run(&[
        "answer",
        "11.17",
        "They.",
        "--by",
        "ICANN org",
        "--link",
        "https://example.org",
        "--satisfies",
        "partly",
        "--why",
        "short",
    ])
    .ok();
    desk.run(&[
        "ask",
        "11",
        "Since when?",
        "--on",
        "2018-09-13",
        "--follows",
        "11.17",
    ])
    .ok();
    desk.run(&["assess", "11", "--blocked-by", "11.17"]).ok();
    let expected = "\
Question 11.17
  Who?
  (the team's own, GDD, Rec 11, follow-up)
  Asked by: Denise
  Asked on: 2018-09-10
  Age: 3 days
  Addressee: ICANN org
  Due: 2018-09-12 overdue
  Follows up: 11.4
  Followed up by: 11.18 (asked)
  Waited for by: Rec 11

Answers
  - 2018-09-13 by ICANN org, satisfies: partly (short): They.
    https://example.org
";
    assert_eq!(desk.run(&["show", "11.17"]).ok(), expected);
    desk.run(&[
        "question",
        "11.18",
        "no-longer-needed",
        "--reason",
        "the first answer says it",
    ])
    .ok();
    let shown = desk.run(&["show", "11.18"]).ok();
    assert!(
        shown.contains("no longer needed)\n")
            && shown.contains("  Reason: the first answer says it\n"),
        "{shown}"
    );
    let printed = desk.run(&["show", "11.5"]).ok();
    assert!(
        printed.contains("  Asked on: -\n  Age: -\n") && !printed.contains("Asked by"),
        "{printed}"
    );
}

#[test]
fn a_recommendation_says_what_it_waits_for_and_when_that_has_come() {
    let desk = Desk::new();
    desk.run(&["assess", "11", "--blocked-by", "11.4,11.5"])
        .ok();
    let shown = || desk.run(&["show", "11"]).ok();
    assert!(
        shown().contains("  Blocked by: 11.4, 11.5\n  Still waits for: 11.4, 11.5\n"),
        "{}",
        shown()
    );
    desk.run(&["answer", "11.4", "They."]).ok();
    assert!(
        shown().contains("  Blocked by: 11.4, 11.5\n  Still waits for: 11.5\n"),
        "{}",
        shown()
    );
    assert!(shown().contains("(GDD, answered)"), "{}", shown());
    desk.run(&["answer", "11.5", "They, too."]).ok();
    assert!(
        shown().contains("  Blocked by: 11.4, 11.5\n  It waits for no question any more\n"),
        "{}",
        shown()
    );
    let changes = desk
        .run(&["list", "changes", "--recommendation", "11"])
        .ok();
    assert!(
        changes.contains("question 11.4") && changes.contains("After: They, too."),
        "{changes}"
    );
}

#[test]
fn briefings_say_what_they_cover_and_what_is_left_out() {
    let desk = Desk::new();
    desk.run(&["question", "11.4", "--briefing", "comms"]).ok();
    desk.run(&["answer", "11.4", "They."]).ok();
    let list = desk.run(&["list", "briefings", "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), 7);
    assert_eq!(
        keys(&list[6]).join(", "),
        "name, covers, questions, open_questions"
    );
    assert_eq!(
        (&list[6]["questions"], &list[6]["open_questions"]),
        (&3.into(), &2.into())
    );
    let all: u64 = list
        .as_array()
        .unwrap()
        .iter()
        .map(|b| b["questions"].as_u64().unwrap())
        .sum();
    assert_eq!(all, 82);
    let text = desk.run(&["list", "briefings"]).ok();
    assert!(text.contains("Comms  3 questions · 2 open · not known to be held\n  001, SSR1 Comms Briefing: Rec 3\n"), "{text}");
    assert!(text.contains("open · held at plenary-17\n"), "{text}");
    assert!(
        text.ends_with(
            "\n\nCovered by no briefing: Rec 26. Without any question: Rec 5 8 18 24 26 28.\n"
        ),
        "{text}"
    );
    assert_eq!(
        text.lines()
            .filter(|line| !line.is_empty() && !line.starts_with(' '))
            .count(),
        7 + 1
    );
}

#[test]
fn hostile_text_in_a_question_or_answer_is_cleaned_and_told() {
    let desk = Desk::new();
    let told = "2 characters that could act on a terminal or hide were left out.\n";
    assert_eq!(
        desk.run(&["ask", "11", "a\u{1b}[2Jb", "--by", "Eve\u{202e}"])
            .err,
        told
    );
    assert_eq!(
        desk.run(&["answer", "11.4", "a\u{7}b", "--link", "https://\u{200b}x"])
            .err,
        told
    );
    let message = desk.run(&["question", "11.4", "\u{1b}[2J"]).refused(2);
    for text in [
        desk.run(&["show", "11.17"]).ok(),
        desk.run(&["list", "answers"]).ok(),
        message,
    ] {
        assert!(
            !text
                .chars()
                .any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'),
            "{text:?}"
        );
    }
}
