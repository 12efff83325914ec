//! `-` in place of a text: it is read from standard input, at most once in a command, and must not be empty.

use crate::desk::{Desk, Run, ended};
use crate::meeting_files::imported_at;
use std::fs::File;
use std::io::Read;
use std::process::Stdio;

fn piped(desk: &Desk, arguments: &[&str], input: &[u8]) -> Run {
    std::fs::write(desk.path("piped.txt"), input).unwrap();
    ended(
        desk.command(arguments)
            .stdin(File::open(desk.path("piped.txt")).unwrap())
            .output()
            .unwrap(),
    )
}

/// A desk with an action item and an assessment, and everything that is recorded there.
fn desk() -> (Desk, String) {
    let desk = imported_at("2018-10-13T14:41:07Z");
    desk.run(&[
        "assess",
        "11",
        "--what-was-done",
        "Much.",
        "--finding",
        "Little.",
    ])
    .ok();
    let everything = desk.run(&["export", "everything"]).ok();
    (desk, everything)
}

/// Commands with `-` for each argument that is a text.
const TEXTS: [&[&str]; 15] = [
    &["assess", "11", "--what-was-done", "-"],
    &["assess", "11", "--finding", "-"],
    &["assess", "11", "--how-assessed", "-"],
    &["assess", "11", "--further-work", "-"],
    &["assess", "11", "--penholder", "-"],
    &["note", "11", "-"],
    &["ask", "11", "-"],
    &["answer", "11.4", "-"],
    &["answer", "11.4", "--file", "-"],
    &["answer", "11.4", "text", "--why", "-"],
    &["question", "11.5", "no-longer-needed", "--reason", "-"],
    &["action", "1", "--text", "-"],
    &["action", "1", "--progress", "-"],
    &["action", "1", "--response", "-"],
    &["action", "1", "--category", "-"],
];

#[test]
fn every_text_can_come_from_standard_input() {
    let (desk, _) = desk();
    for arguments in TEXTS {
        let words = format!("Words for {}", arguments.join(" "));
        piped(&desk, arguments, format!("{words}\n\n").as_bytes()).ok();
        let changes = desk.run(&["list", "changes", "--json"]).json();
        let found = changes
            .as_array()
            .unwrap()
            .iter()
            .any(|change| change["after"].as_str().is_some_and(|after| after == words));
        assert!(found, "{words}: {changes:#}");
    }
    desk.check();
}

#[test]
fn an_empty_standard_input_is_wrong_usage_and_records_nothing() {
    let (desk, before) = desk();
    for arguments in TEXTS {
        for input in ["", "\n", " \t\r\n\n", "\u{feff}\u{200b}\n"] {
            let message = piped(&desk, arguments, input.as_bytes()).refused(2);
            let expected = "penholder: Standard input is empty; expected the text that is given as -.\n  hint: Nothing was recorded. Check whether \
                            the command before the pipe failed or the file is empty.\n";
            assert_eq!(message, expected, "{arguments:?}");
        }
    }
    assert_eq!(desk.run(&["export", "everything"]).ok(), before);
}

#[test]
fn a_second_text_from_standard_input_is_wrong_usage_before_anything_is_read() {
    let (desk, before) = desk();
    let twice: [&[&str]; 5] = [
        &["assess", "11", "--what-was-done", "-", "--finding", "-"],
        &["assess", "11", "--finding", "-", "--penholder", "-"],
        &["answer", "11.4", "-", "--why", "-"],
        &["answer", "11.4", "--file", "-", "--why", "-"],
        &["action", "1", "--progress", "-", "--response", "-"],
    ];
    for arguments in twice {
        let input = desk.path("input.txt");
        std::fs::write(&input, "Words").unwrap();
        // The command and this test share the position in the file: if the command read nothing, the test reads everything.
        let mut file = File::open(&input).unwrap();
        let message = ended(
            desk.command(arguments)
                .stdin(Stdio::from(file.try_clone().unwrap()))
                .output()
                .unwrap(),
        )
        .refused(2);
        let expected = "penholder: Standard input can be read only once; expected only one text given as -.\n  hint: Nothing was \
                        recorded. Give the other text as an argument, or record it with a second command.\n";
        assert_eq!(message, expected, "{arguments:?}");
        let mut left = String::new();
        file.read_to_string(&mut left).unwrap();
        assert_eq!(left, "Words", "{arguments:?}");
    }
    assert_eq!(desk.run(&["export", "everything"]).ok(), before);
}

#[test]
fn a_standard_input_that_is_not_utf_8_is_refused_with_its_place() {
    let (desk, before) = desk();
    for arguments in TEXTS {
        let message = piped(&desk, arguments, b"one\ntwo \xff\n").refused(1);
        assert_eq!(
            message, "penholder: standard input:2:1: a byte that is no text; expected UTF-8\n",
            "{arguments:?}"
        );
    }
    assert_eq!(desk.run(&["export", "everything"]).ok(), before);
}

#[test]
fn a_file_that_contains_a_hyphen_does_not_read_standard_input() {
    let desk = Desk::new();
    desk.write("answer.txt", "-\n");
    piped(
        &desk,
        &["answer", "11.4", "--file", "answer.txt", "--why", "-"],
        b"too short",
    )
    .ok();
    let answer = desk.run(&["show", "11.4", "--json"]).json()["answers"][0].clone();
    assert_eq!(
        (answer["text"].as_str(), answer["why"].as_str()),
        (Some("-"), Some("too short"))
    );
}
