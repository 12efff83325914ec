//! Files of questions, in: what is taken, what stays, what clashes, and every kind of broken file.

use crate::desk::Desk;
use penholder::catalogue::builtin;
use penholder::interchange::toml;
use penholder::model::record::question::RecordedQuestion;
use penholder::model::review::Review;

const HEAD: &str = "format = \"penholder/1\"\nkind = \"questions\"\nreview = \"SSR1\"\n";

/// A file of questions as a person writes it, with these records.
fn file(records: &[&str]) -> String {
    let records = records.join("\n");
    format!(
        "{HEAD}count = {}\n\n{records}",
        records.matches("[[question]]").count()
    )
}

/// A question of the team's own with its answer, and an answer to a printed one.
const OWN: &str = "[[question]]\nid = \"question-0017\"\nnumber = \"11.17\"\nrecommendation = 11\nbriefing = \"GDD\"\ntext = \"Who measures?\"\nstate = \"answered\"\n\
                   asked_by = \"Zoe\"\naddressee = \"ICANN org\"\nasked_on = 2018-09-13\ndue = 2018-10-13\n";
const ANSWER: &str = "\n[[question.answers]]\nid = \"answer-0001\"\nat = 2018-10-01T10:00:00Z\non = 2018-10-01\nby = \"ICANN org\"\n\
                      link = \"https://x.org/a\"\nsatisfies = \"partly\"\nwhy = \"no figures\"\ntext = \"Nobody yet.\"\n";
const PRINTED: &str = "[[question]]\nnumber = \"11.4\"\nstate = \"clarification wanted from the team\"\nbriefing = \"Compliance\"\n";

fn answer(id: &str) -> String {
    ANSWER.replace("answer-0001", id)
}

/// A desk at which such a file was imported.
fn ledger() -> Desk {
    let desk = Desk::new();
    desk.write("q.toml", &file(&[OWN, ANSWER, PRINTED]));
    assert_eq!(
        desk.run(&["import", "q.toml"]).ok(),
        "Imported q.toml: 2 questions, 1 answer\n"
    );
    desk
}

fn state(desk: &Desk, number: &str) -> String {
    desk.run(&["show", number, "--json"]).json()["state"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn changes(desk: &Desk) -> usize {
    desk.run(&["list", "changes", "--json"])
        .json()
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn questions_go_out_and_come_back_byte_for_byte() {
    let first = ledger();
    let text = first.run(&["export", "questions"]).ok();
    assert!(
        text.contains("last_change = 2018-09-13T14:41:07Z\n") && text.contains("count = 83\n"),
        "{text}"
    );
    assert!(text.contains(&format!("{OWN}{ANSWER}")), "{text}");
    for now in ["2026-01-01T00:00:00Z", "2001-01-01T00:00:00Z"] {
        let second = Desk::at(now);
        second.write("q.toml", &text);
        assert_eq!(
            second.run(&["import", "q.toml", "--as", "Emily"]).ok(),
            "Imported q.toml: 2 questions, 1 answer\n"
        );
        assert_eq!(second.run(&["export", "questions"]).ok(), text);
        for _ in 0..2 {
            assert_eq!(
                second.run(&["import", "q.toml"]).ok(),
                "Everything in q.toml is here already\n"
            );
        }
        let members = second.run(&["list", "members"]).ok();
        assert!(
            members.contains("Zoe") && !members.contains("ICANN org"),
            "{members}"
        );
        second.check();
    }
}

#[test]
fn what_nobody_touched_is_read_back_and_records_nothing() {
    let desk = Desk::new();
    let text = desk.run(&["export", "questions"]).ok();
    assert!(
        !text.contains("last_change") && text.contains("state = \"asked\""),
        "{text}"
    );
    desk.write("q.toml", &text);
    assert_eq!(
        desk.run(&["import", "q.toml"]).ok(),
        "Everything in q.toml is here already\n"
    );
    assert_eq!(changes(&desk), 0);
}

#[test]
fn a_file_on_which_nothing_happened_clashes_with_no_ledger() {
    let (desk, bare) = (ledger(), Desk::new());
    desk.write("bare.toml", &bare.run(&["export", "questions"]).ok());
    let before = desk.run(&["export", "questions"]).ok();
    assert_eq!(
        desk.run(&["import", "bare.toml"]).ok(),
        "Everything in bare.toml is here already\n"
    );
    assert_eq!(desk.run(&["export", "questions"]).ok(), before);
}

#[test]
fn what_is_unset_here_is_taken_and_what_the_file_leaves_out_stays() {
    let desk = ledger();
    desk.write(
        "b.toml",
        &file(&[
            "[[question]]\nnumber = \"11.4\"\ndue = 2018-12-01\n",
            &answer("answer-0002"),
        ]),
    );
    assert_eq!(
        desk.run(&["import", "b.toml"]).ok(),
        "Imported b.toml: 1 question, 1 answer\n"
    );
    let q = desk.run(&["show", "11.4", "--json"]).json();
    assert_eq!(
        (&q["due"], &q["briefing"], &q["answers"][0]["id"]),
        (
            &"2018-12-01".into(),
            &"Compliance".into(),
            &"answer-0002".into()
        )
    );
    assert_eq!(
        q["state"], "answered",
        "an answer that is added answers, unless the file says where the question stands"
    );
    desk.check();
}

#[test]
fn a_new_question_that_says_no_state_stands_where_it_must() {
    let desk = Desk::new();
    let new = |minor: u8, more: &str| {
        format!(
            "[[question]]\nnumber = \"28.{minor}\"\nrecommendation = 28\ntext = \"Why?\"\n{more}"
        )
    };
    desk.write(
        "b.toml",
        &file(&[
            &new(1, ""),
            &new(2, "asked_on = 2018-09-01\n"),
            &new(3, ""),
            ANSWER,
        ]),
    );
    desk.run(&["import", "b.toml"]).ok();
    assert_eq!(
        ["28.1", "28.2", "28.3"].map(|number| state(&desk, number)),
        ["draft", "asked", "answered"]
    );
    assert_eq!(
        desk.run(&["show", "28.1", "--json"]).json()["briefing"],
        serde_json::Value::Null
    );
    desk.write("again.toml", &desk.run(&["export", "questions"]).ok());
    assert_eq!(
        desk.run(&["import", "again.toml"]).ok(),
        "Everything in again.toml is here already\n"
    );
}

#[test]
fn follow_up_stands_for_answered_or_asked() {
    let desk = Desk::new();
    let follow =
        |number: &str| format!("[[question]]\nnumber = \"{number}\"\nstate = \"follow-up\"\n");
    let child = "[[question]]\nnumber = \"28.1\"\nrecommendation = 28\ntext = \"And then?\"\nparent = \"11.4\"\nstate = \"asked\"\n";
    desk.write(
        "b.toml",
        &file(&[
            child,
            &follow("11.4"),
            &answer("answer-0002"),
            &follow("11.5"),
            &follow("11.6"),
            ANSWER,
        ]),
    );
    desk.run(&["import", "b.toml"]).ok();
    assert_eq!(
        ["11.4", "11.5", "11.6"].map(|number| state(&desk, number)),
        ["follow-up", "asked", "answered"]
    );
    assert_eq!(
        desk.run(&["import", "b.toml"]).ok(),
        "Everything in b.toml is here already\n"
    );
    desk.check();
}

#[test]
fn what_is_set_differently_on_both_sides_is_refused_and_all_of_it_is_listed() {
    let desk = ledger();
    let before = desk.run(&["export", "everything"]).ok();
    let other = OWN
        .replace("Who measures?", "Who counts?")
        .replace("answered", "closed");
    let dropped = "state = \"no longer needed\"\nreason = \"old\"";
    let printed = PRINTED
        .replace("state = \"clarification wanted from the team\"", dropped)
        .replace("Compliance", "Comms");
    desk.write(
        "b.toml",
        &file(&[
            &other,
            &ANSWER.replace("Nobody yet.", "Somebody."),
            &printed,
        ]),
    );
    let message = desk.run(&["import", "b.toml"]).refused(1);
    for clash in [
        "question 11.17 text\n  here: Who measures?\n  file: Who counts?\n",
        "the answer to question 11.17 text\n  here: Nobody yet.\n  file: Somebody.\n",
        "question 11.4 state\n  here: clarification wanted from the team\n  file: no longer needed\n",
        "question 11.4 briefing\n  here: Compliance\n  file: Comms\n",
        "hint: 4 clashes",
    ] {
        assert!(message.contains(clash), "{clash}: {message}");
    }
    assert_eq!(desk.run(&["export", "everything"]).ok(), before);
}

#[test]
fn a_dry_run_says_what_would_be_taken_and_writes_nothing() {
    let desk = Desk::new();
    desk.write("q.toml", &file(&[OWN, ANSWER]));
    let told = desk.run(&["import", "q.toml", "--dry-run"]).ok();
    for line in [
        "  question 11.17 text: Who measures?\n",
        "  the answer to question 11.17 satisfies: partly\n",
        "  new member Zoe\n",
    ] {
        assert!(told.contains(line), "{told}");
    }
    assert_eq!(changes(&desk), 0);
}

#[test]
fn every_fault_is_told_with_its_place_and_what_was_expected() {
    let question = |lines: &str| format!("[[question]]\n{lines}\n");
    let new = |lines: &str| {
        question(&format!(
            "number = \"28.1\"\nrecommendation = 28\ntext = \"Why?\"\n{lines}"
        ))
    };
    let with_answer =
        |from: &str, to: &str| question("number = \"11.4\"") + &ANSWER.replace(from, to);
    let cases = [
        (
            question("number = \"11.4\"\nanswer = \"x\""),
            "b.toml:8:1: unknown key “answer”; expected one of id, source, number, recommendation,",
        ),
        (
            question("number = 11.4"),
            "b.toml:7:10: number is of type float; expected a string",
        ),
        (
            question("number = \"11.x\""),
            "b.toml:7:10: “11.x” names no question; expected a number such as 11.4 or q19",
        ),
        (
            question("state = \"asked\""),
            "b.toml:6:1: number is missing; expected the number of a question, such as \"11.4\"",
        ),
        (
            question("number = \"11.4\"\nstate = \"open\""),
            "b.toml:8:9: “open” is no question state; expected draft, asked,",
        ),
        (
            question("number = \"11.4\"\nbriefing = \"Legal\""),
            "b.toml:8:12: “Legal” is no briefing; expected CTO,",
        ),
        (
            question("number = \"11.4\"\nrecommendation = 29"),
            "b.toml:8:18: question 11.4 is not printed on recommendation 29; expected 11, or nothing",
        ),
        (
            question("number = \"11.4\"\nrecommendation = 12"),
            "b.toml:8:18: question 11.4 is not printed on recommendation 12; expected 11, or nothing",
        ),
        (
            question("number = \"1.1\"\ntext = \"Other words\""),
            "b.toml:8:8: “Other words” is not what is printed as question 1.1; expected “Since",
        ),
        (
            question("number = \"19\"\nsource = \"001:1-2\""),
            "b.toml:8:10: question 19 is not printed at 001:1-2; expected 001:",
        ),
        (
            new("source = \"001:1-2\""),
            "b.toml:10:10: no source prints a question 28.1 here; expected a question of the team's own",
        ),
        (
            question("number = \"28.1\"\nrecommendation = 28"),
            "b.toml:6:1: text is missing; expected the words of the question",
        ),
        (
            question("number = \"28.1\"\ntext = \"Why?\""),
            "b.toml:6:1: recommendation is missing; expected the number of",
        ),
        (
            question("number = \"28.1\"\nrecommendation = 19\ntext = \"Why?\""),
            "b.toml:8:18: question 28.1 is no number under recommendation 19; expected one such as 19.1",
        ),
        (
            question("number = \"28\"\nrecommendation = 28\ntext = \"Why?\""),
            "question 28 is no number under recommendation 28; expected one such as 28.1",
        ),
        (
            new("parent = \"11.99\""),
            "b.toml:10:10: there is no question 11.99, here or in the file; expected the number of one of the review's questions",
        ),
        (
            new("parent = \"28.1\""),
            "b.toml:10:10: question 28.1 would follow itself up; expected an earlier question",
        ),
        (
            new("parent = \"11.4\"") + &question("number = \"11.4\"\nparent = \"28.1\""),
            "b.toml:10:10: question 28.1 would follow itself up; expected an earlier question",
        ),
        (
            new("asked_on = \"2018-09-13\""),
            "b.toml:10:12: asked_on is of type string; expected a day without quotes and time, such as 2018-09-13",
        ),
        (
            new("due = 2018-09-13T14:41:07Z"),
            "b.toml:10:7: due is of type datetime; expected a day without quotes and time",
        ),
        (
            new("asked_on = 2018-09-13\ndue = 2018-09-12"),
            "b.toml:11:7: due on 2018-09-12, but asked on 2018-09-13; expected a day after that",
        ),
        (
            new("state = \"no longer needed\""),
            "b.toml:10:9: no longer needed, but without a reason; expected one",
        ),
        (
            question("number = \"11.4\"") + &question("number = \"11.4\""),
            "b.toml:8:1: question 11.4 stands here again, first in line 6; expected it once",
        ),
        (
            with_answer("on = 2018-10-01\n", ""),
            "on is missing; expected the day on which it was given",
        ),
        (
            with_answer("id = \"answer-0001\"\n", ""),
            "b.toml:9:1: id is missing; expected its id, made when it was written",
        ),
        (
            with_answer("at = 2018-10-01T10:00:00Z\n", ""),
            "at is missing; expected when it was written down",
        ),
        (
            with_answer("Nobody yet.", " "),
            "text is empty; expected the words of the answer",
        ),
        (
            with_answer("partly", "perhaps"),
            "“perhaps” is no satisfaction; expected yes, partly, no",
        ),
        (
            with_answer("why", "because"),
            "unknown key “because”; expected one of id, at, on, by, link, satisfies, why, text",
        ),
        (
            question("number = \"11.4\"") + ANSWER + &question("number = \"11.5\"") + ANSWER,
            "b.toml:22:6: answer answer-0001 stands here again, first in line 10; expected it once",
        ),
    ];
    let (desk, mut missed) = (Desk::new(), Vec::new());
    for (records, expected) in cases {
        desk.write("b.toml", &file(&[&records]));
        let message = desk.run(&["import", "b.toml"]).refused(1);
        if !message.contains(expected) {
            missed.push((expected, message.clone()));
        }
        // Each question of a ring is told.
        let faults = records.matches("parent").count().max(1);
        assert_eq!(
            message
                .lines()
                .filter(|line| line.contains("b.toml:"))
                .count(),
            faults,
            "{message}"
        );
    }
    assert!(missed.is_empty(), "{missed:#?}");
    assert_eq!(changes(&desk), 0);
}

#[test]
fn a_wrong_count_and_a_file_of_another_kind_are_refused() {
    let desk = Desk::new();
    desk.write(
        "b.toml",
        &file(&[PRINTED]).replace("count = 1", "count = 2"),
    );
    let message = desk.run(&["import", "b.toml"]).refused(1);
    assert!(
        message.contains(
            "b.toml:4:9: count is 2, but the file holds 1 [[question]]; expected them to be equal"
        ),
        "{message}"
    );
    desk.write("b.toml", &file(&[PRINTED]).replace("count = 1\n", ""));
    assert!(
        desk.run(&["import", "b.toml"])
            .refused(1)
            .contains("count is missing; expected the number of [[question]] in the file")
    );
    desk.write("b.toml", &desk.run(&["export", "everything"]).ok());
    let message = desk.run(&["import", "b.toml"]).refused(1);
    assert!(
        message.contains("kind is “everything”; expected “assessments” or “questions”"),
        "{message}"
    );
}

#[test]
fn all_faults_are_told_at_once() {
    let desk = Desk::new();
    desk.write(
        "b.toml",
        &file(&[
            "[[question]]\nnumber = \"11.4\"\nstate = \"open\"\nparent = \"40.1\"\n",
            &ANSWER.replace("partly", "perhaps"),
        ]),
    );
    let message = desk.run(&["import", "b.toml"]).refused(1);
    assert_eq!(
        message
            .lines()
            .filter(|line| line.contains("b.toml:"))
            .count(),
        3,
        "{message}"
    );
    assert!(message.contains("Nothing was imported."), "{message}");
}

#[test]
fn an_edited_file_is_noted_and_hostile_text_is_cleaned() {
    let (first, second) = (ledger(), Desk::new());
    let text = first.run(&["export", "questions"]).ok();
    second.write(
        "b.toml",
        &text.replace("Who measures?", "Who\\u202e \\u001b[31mmeasures?"),
    );
    let run = second.run(&["import", "b.toml"]);
    assert!(
        run.err.contains("The digest does not fit") && run.err.contains("2 characters"),
        "{}",
        run.err
    );
    assert_eq!(
        second.run(&["show", "11.17", "--json"]).json()["text"],
        "Who [31mmeasures?"
    );
}

#[test]
fn where_a_question_stands_goes_with_what_happened_to_it() {
    let desk = Desk::new();
    let own = |rest: &str| {
        format!("[[question]]\nnumber = \"28.1\"\nrecommendation = 28\ntext = \"Who?\"\n{rest}")
    };
    for (rest, fault) in [
        (
            "state = \"draft\"\nasked_on = 2018-09-10\n",
            "a draft has no day on which it was asked",
        ),
        (
            "state = \"closed\"\n",
            "what is answered or closed has an answer",
        ),
        (
            "state = \"answered\"\n",
            "what is answered or closed has an answer",
        ),
    ] {
        desk.write("b.toml", &file(&[&own(rest)]));
        let message = desk.run(&["import", "b.toml"]).refused(1);
        assert!(message.contains(fault), "{message}");
    }
    let early = own("asked_on = 2018-09-10\n")
        + &answer("answer-0001").replace("\non = 2018-10-01", "\non = 2017-10-01");
    desk.write("b.toml", &file(&[&early]));
    assert!(
        desk.run(&["import", "b.toml"])
            .refused(1)
            .contains("before it was asked on 2018-09-10")
    );
    desk.check();
}

#[test]
fn an_answer_that_somebody_sends_back_is_taken_over() {
    let (here, there) = (Desk::new(), Desk::new());
    here.run(&["ask", "11", "Who measures?", "--on", "2018-09-13"])
        .ok();
    there.write("out.toml", &here.run(&["export", "questions"]).ok());
    there.run(&["import", "out.toml"]).ok();
    there.run(&["answer", "11.17", "The registries."]).ok();
    here.write("back.toml", &there.run(&["export", "questions"]).ok());
    here.run(&["import", "back.toml"]).ok();
    assert_eq!(state(&here, "11.17"), "answered");
    here.check();
}

#[test]
fn two_that_each_answer_another_question_hand_over_both_ways() {
    let (a, b) = (Desk::new(), Desk::new());
    let over = |from: &Desk, to: &Desk| {
        to.write("out.toml", &from.run(&["export", "questions"]).ok());
        to.run(&["import", "out.toml"]).ok();
    };
    a.run(&["ask", "11", "Own A", "--on", "2018-09-13"]).ok();
    a.run(&["ask", "12", "Own B", "--on", "2018-09-13"]).ok();
    a.run(&["ask", "13", "A draft"]).ok();
    over(&a, &b);
    a.run(&["answer", "11.17", "a"]).ok();
    b.run(&["answer", "12.9", "b"]).ok();
    a.write("old.toml", &a.run(&["export", "questions"]).ok());
    a.run(&["question", "13.3", "asked"]).ok();
    over(&a, &b);
    over(&b, &a);
    for desk in [&a, &b] {
        assert_eq!(
            ["11.17", "12.9", "13.3"].map(|number| state(desk, number)),
            ["answered", "answered", "asked"]
        );
    }
    a.run(&["import", "old.toml"]).ok();
    assert_eq!(
        state(&a, "13.3"),
        "asked",
        "an older file takes nothing back"
    );
    a.run(&["question", "11.17", "closed"]).ok();
    over(&a, &b);
    assert_eq!(state(&b, "11.17"), "closed");
    assert_eq!(
        a.run(&["export", "questions"]).ok(),
        b.run(&["export", "questions"]).ok()
    );
}

#[test]
fn a_number_that_the_file_gives_to_another_question_means_that_one_in_the_file() {
    let mut review = Review::new(builtin().unwrap());
    let own = |id: &str, number: &str, rest: &str| {
        format!(
            "[[question]]\nid = \"{id}\"\nnumber = \"{number}\"\nrecommendation = 28\ntext = \"Who?\"\n{rest}"
        )
    };
    let here = toml::read("a.toml", &file(&[&own("question-a", "28.1", "")]), &review).unwrap();
    for (record, fields) in here.records {
        review.put(&record, fields).unwrap();
    }
    let text = file(&[
        &own("question-a", "28.2", ""),
        &own("question-b", "28.1", "state = \"asked\"\n"),
        &own("question-c", "28.3", "parent = \"28.1\"\n"),
    ]);
    let read = toml::read("b.toml", &text, &review).unwrap();
    let parents = read
        .records
        .iter()
        .filter_map(|(_, fields)| fields.get(&RecordedQuestion::PARENT))
        .collect::<Vec<_>>();
    assert_eq!(parents, ["question-b"]);
}

#[test]
fn a_file_with_the_same_answers_in_which_a_question_is_less_far_clashes() {
    let desk = Desk::new();
    let closed = OWN.replace("state = \"answered\"", "state = \"closed\"") + ANSWER;
    desk.write("q.toml", &file(&[&closed]));
    desk.run(&["import", "q.toml"]).ok();
    desk.write("b.toml", &file(&[&format!("{OWN}{ANSWER}")]));
    let message = desk.run(&["import", "b.toml"]).refused(1);
    assert!(
        message.contains("here: closed\n  file: answered"),
        "{message}"
    );
    desk.check();
}

#[test]
fn why_a_question_is_no_longer_needed_is_in_the_file() {
    let desk = Desk::new();
    desk.run(&[
        "question",
        "11.4",
        "no-longer-needed",
        "--reason",
        "Settled.",
    ])
    .ok();
    let text = desk.run(&["export", "questions"]).ok();
    assert!(text.contains("reason = \"Settled.\"\n"), "{text}");
}
