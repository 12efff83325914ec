//! Files of meetings: whatever was recorded goes out and comes back byte for byte; every kind of broken or clashing file is refused.

use crate::call_laws::{act, deed};
use crate::desk::Desk;
use crate::laws::cases;
use penholder::interchange::records::Scope;
use penholder::interchange::{import, toml};
use penholder::model::record::describe::Fields;
use penholder::model::record::kinds::Record;
use penholder::model::review::Review;
use penholder::workspace::Workspace;
use proptest::prelude::*;

const HEAD: &str = "format = \"penholder/1\"\nkind = \"meetings\"\nreview = \"SSR1\"\n\n[counts]\n";

/// A meeting with everything, and what was recorded in it.
const RECORDS: &str = r#"[[meeting]]
id = "meeting-0043"
name = "plenary-43"
number = 43
kind = "plenary call"
date = 2018-09-13
facilitator = "Denise"
started = 2018-09-13T13:00:00Z
ended = 2018-09-13T14:02:10Z

[[meeting.agenda]]
id = "item-0001"
number = 1
text = "Welcome and roll call"
used = 130
opened = 2018-09-13T13:00:00Z

[[meeting.agenda]]
id = "item-0003"
number = 3
text = "SSR1 recommendations"
planned = 40
used = 3600
opened = 2018-09-13T13:02:10Z

[[meeting.agenda]]
id = "item-0002"
number = 2
text = "AOB"

[[meeting.queue]]
recommendation = 12
outcome = "deferred"
reason = "no answer to 12.3"

[[meeting.queue]]
recommendation = 11
outcome = "reached"

[[meeting.roll]]
name = "Ann Other"
presence = "guest"
at = 2018-09-13T13:01:00Z

[[meeting.roll]]
name = "Denise"
presence = "present"
at = 2018-09-13T13:00:30Z
interest = "no update"

[[meeting.reports]]
id = "report-0001"
version = 1
at = 2018-09-13T14:10:00Z
by = "Denise"
text = """
# Plenary 43

Nothing else.  

"""

[[meeting]]
id = "meeting-0044"
name = "subgroup-2"

[[decision]]
id = "decision-0001"
number = 1
about = "rec 11"
at = 2018-09-13T13:20:00Z
by = "Denise"
said_by = "Emily"
meeting = "plenary-43"
minute = 20
agenda_item = 3
consensus = "consensus"
objections_by = 2018-09-20
text = "Rec 11 is partially implemented."

[[action]]
id = "action-0001"
number = 1
category = "SSR1"
owner = "Zoe"
requested = 2018-09-13
due = "next call"
about = "question 11.4"
at = 2018-09-13T13:25:00Z
by = "Denise"
meeting = "plenary-43"
minute = 25
agenda_item = 3
text = "=Ask for the figures."
progress = "Asked."

[[action]]
id = "action-0002"
number = 2
requested = 2018-09-14
due = 2018-09-20
done = 2018-09-19
at = 2018-09-14T08:00:00Z
by = "Emily"
text = "Send the list."
response = "Sent."

[[position]]
id = "position-0001"
matter = "decision decision-0001"
round = 1
member = "Eric"
position = "object"
at = 2018-09-13T13:21:00Z
by = "Denise"
meeting = "plenary-43"
minute = 21
text = "Nothing is measured."
statement = "It was not implemented."

[[round]]
id = "round-0001"
matter = "decision decision-0001"
round = 1
at = 2018-09-13T13:22:00Z
by = "Denise"
meeting = "plenary-43"
consensus = "consensus"
"#;

/// The same records as earlier versions wrote them: a meeting has its name as its id, and agenda items, reports and rounds have none.
fn old() -> String {
    let mut old = RECORDS.replace("id = \"meeting-0043\"\nname", "id");
    old = old.replace("id = \"meeting-0044\"\nname", "id");
    for item in 1..=3 {
        old = old.replace(&format!("id = \"item-000{item}\"\nnumber"), "item");
    }
    for id in ["report-0001", "round-0001"] {
        old = old.replace(&format!("id = \"{id}\"\n"), "");
    }
    old
}

/// Without the ids that the program made.
fn without_ids(text: &str) -> String {
    let is_made = |line: &&str| {
        ["n0", "meeting-", "item-", "report-", "round-"]
            .iter()
            .any(|start| line.starts_with(&format!("id = \"{start}")))
    };
    let lines = text.lines().filter(|line| !is_made(line));
    lines.map(|line| format!("{line}\n")).collect()
}

/// A file with these records, counted.
pub fn file(records: &str) -> String {
    let counts = ["meeting", "decision", "action", "position", "round"]
        .map(|key| {
            format!(
                "{key} = {}\n",
                records.matches(&format!("[[{key}]]")).count()
            )
        })
        .concat();
    format!("{HEAD}{counts}\n{records}")
}

/// A desk at which these records were imported.
fn imported() -> Desk {
    imported_at("2018-09-13T14:41:07Z")
}

/// The same at this moment.
pub fn imported_at(now: &'static str) -> Desk {
    let desk = Desk::at(now);
    desk.write("m.toml", &file(RECORDS));
    assert_eq!(
        desk.run(&["import", "m.toml"]).ok(),
        "Imported m.toml: 2 meetings, 1 decision, 2 action items, 1 position, 1 round\n"
    );
    desk
}

/// What is said of the records when this is changed in them.
fn refused(from: &str, to: &str) -> String {
    assert!(RECORDS.contains(from), "{from}");
    let desk = Desk::new();
    desk.write("m.toml", &file(&RECORDS.replacen(from, to, 1)));
    desk.run(&["import", "m.toml"]).refused(1)
}

#[test]
fn meetings_go_out_and_come_back_byte_for_byte() {
    let first = imported();
    let text = first.run(&["export", "meetings"]).ok();
    assert!(text.ends_with(&format!("\n\n{RECORDS}")), "{text}");
    assert!(
        text.contains("last_change = 2018-09-13T14:41:07Z\n"),
        "{text}"
    );
    assert!(
        text.contains("[counts]\nmeeting = 2\ndecision = 1\naction = 2\nposition = 1\nround = 1\n"),
        "{text}"
    );
    let second = Desk::at("2026-01-01T00:00:00Z");
    second.write("m.toml", &text);
    second.run(&["import", "m.toml", "--as", "Emily"]).ok();
    assert_eq!(second.run(&["export", "meetings"]).ok(), text);
    assert_eq!(
        second.run(&["import", "m.toml"]).ok(),
        "Everything in m.toml is here already\n"
    );
    let members = second.run(&["list", "members"]).ok();
    assert!(
        members.contains("Zoe") && members.contains("Ann Other"),
        "{members}"
    );
    second.check();
    let everything = second.run(&["export", "everything"]).ok();
    assert!(
        everything.contains(RECORDS),
        "the sections of everything are those of the file of meetings"
    );
}

#[test]
fn a_file_of_an_earlier_version_is_read() {
    let old = old();
    assert!(
        old.starts_with("[[meeting]]\nid = \"plenary-43\"\nnumber = 43\n")
            && old.contains("[[meeting.agenda]]\nitem = 3\ntext")
            && old.contains("[[meeting.reports]]\nversion = 1\n")
            && old.contains("[[meeting]]\nid = \"subgroup-2\"\n\n")
            && old.contains("[[round]]\nmatter"),
        "{old}"
    );
    let desk = Desk::new();
    desk.write("old.toml", &file(&old));
    assert_eq!(
        desk.run(&["import", "old.toml"]).ok(),
        "Imported old.toml: 2 meetings, 1 decision, 2 action items, 1 position, 1 round\n"
    );
    assert_eq!(
        desk.run(&["import", "old.toml"]).ok(),
        "Everything in old.toml is here already\n"
    );
    let text = without_ids(&desk.run(&["export", "meetings"]).ok());
    assert!(
        text.ends_with(&format!("\n\n{}", without_ids(RECORDS))),
        "{text}"
    );
    desk.check();
    // What is here already is the same records, whichever of the two ways names them.
    let desk = imported();
    desk.write("old.toml", &file(&old));
    assert_eq!(
        desk.run(&["import", "old.toml"]).ok(),
        "Everything in old.toml is here already\n"
    );
    assert!(desk.run(&["export", "meetings"]).ok().ends_with(RECORDS));
}

#[test]
fn the_action_items_go_out_as_the_tracker_of_the_team() {
    let csv = imported()
        .run(&["export", "meetings", "--format", "csv"])
        .ok();
    assert_eq!(
        csv,
        "item number,category,source,date of request,action item,owner,anticipated completion,progress notes,completed response,\
         completion date\r\n\
         1,SSR1,plenary-43,2018-09-13,'=Ask for the figures.,Zoe,next call,Asked.,,\r\n\
         2,,,2018-09-14,Send the list.,,2018-09-20,,Sent.,2018-09-19\r\n"
    );
}

#[test]
fn every_fault_is_told_with_its_place() {
    let cases = [
        (
            "id = \"meeting-0043\"\nname = \"plenary-43\"",
            "id = \"plenary-41\"",
            "m.toml:13:6: plenary-41 is quoted from",
        ),
        (
            "plenary call",
            "plenary",
            "“plenary” is no meeting kind; expected plenary call",
        ),
        (
            "ended = 2018-09-13T14",
            "ended = 2018-09-12T14",
            "m.toml:20:9: plenary-43 ended at 2018-09-12T14:02:10Z, but did not start before",
        ),
        (
            "number = 2\ntext",
            "number = 3\ntext",
            "another agenda item has the number 3, in line 31; expected every number once",
        ),
        (
            "number = 2\ntext",
            "number = 0\ntext",
            "number is 0; expected a number from 1",
        ),
        (
            "recommendation = 12",
            "recommendation = 29",
            "there is no recommendation 29; expected 1 to 28",
        ),
        (
            "reason = \"no answer to 12.3\"\n",
            "",
            "deferred, but without a reason",
        ),
        (
            "outcome = \"deferred\"\n",
            "",
            "m.toml:44:10: a reason, but no outcome; expected one",
        ),
        (
            "facilitator = \"Denise\"\n",
            "item = 2\n",
            "m.toml:18:8: plenary-43 is over, and item is told only of a call that runs; expected none",
        ),
        (
            "name = \"subgroup-2\"",
            "name = \"subgroup-2\"\nsince = 2018-09-13T13:00:00Z",
            "subgroup-2 has not started, and since is told only",
        ),
        (
            "name = \"subgroup-2\"",
            "name = \"subgroup-2\"\npaused = 2018-09-13T13:00:00Z",
            "subgroup-2 has not started, and paused is told only",
        ),
        (
            "number = 2\nrequested",
            "number = 1\nrequested",
            ": another action item has the number 1, in line 94; expected every number once",
        ),
        (
            "presence = \"guest\"\n",
            "",
            "it says nothing of anybody; expected presence or interest",
        ),
        (
            "about = \"rec 11\"",
            "about = \"rec 99\"",
            "there is no recommendation 99",
        ),
        (
            "question 11.4",
            "question 11.99",
            "there is no question 11.99",
        ),
        (
            "due = \"next call\"",
            "due = \"soon\"",
            "“soon” is no day; expected one such as 2018-09-20, or next call",
        ),
        (
            "due = 2018-09-20",
            "due = 7",
            "due is of type integer; expected a day",
        ),
        (
            "matter = \"decision decision-0001\"",
            "matter = \"decision gone-0001\"",
            "there is no decision gone-0001, here or in the file",
        ),
        (
            "position = \"object\"",
            "position = \"maybe\"",
            "“maybe” is no position; expected agree, object",
        ),
        (
            "member = \"Eric\"\n",
            "",
            "member is missing; expected the member who takes it",
        ),
        (
            "id = \"action-0002\"",
            "id = \"action-0001\"",
            "m.toml:109:6: action item 2 stands here again, first in line 93; expected it once",
        ),
        (
            "facilitator",
            "chair",
            "unknown key “chair”; expected one of id, name, number, kind",
        ),
        (
            "[[round]]",
            "[[turn]]",
            "unknown key “turn”; expected one of format",
        ),
        (
            "name = \"subgroup-2\"",
            "name = \"subgroup-2\"\nstarted = 2018-09-13T14:30:00Z\n\n[[meeting]]\nname = \"b-1\"\nstarted = 2018-09-13T14:30:00Z",
            "b-1 would run, and subgroup-2 runs already; only one call does",
        ),
    ];
    let missed: Vec<_> = cases
        .iter()
        .map(|(from, to, expected)| (expected, refused(from, to)))
        .filter(|(expected, message)| !message.contains(*expected))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
    let desk = Desk::new();
    desk.write("m.toml", &file(RECORDS).replace("action = 2", "action = 3"));
    assert!(
        desk.run(&["import", "m.toml"])
            .refused(1)
            .contains("action is 3, but the file holds 2 [[action]]")
    );
    desk.write("m.toml", &file(RECORDS).replace("action = 2\n", ""));
    assert!(
        desk.run(&["import", "m.toml"])
            .refused(1)
            .contains("action is missing; expected the number of [[action]]")
    );
}

#[test]
fn no_two_decisions_of_a_file_have_one_number_unless_one_was_withdrawn() {
    let one = |id: &str, more: &str| {
        format!(
            "[[decision]]\nid = \"decision-{id}\"\nnumber = 4\nat = 2018-09-13T13:20:00Z\nby = \"Denise\"\n{more}text = \"Yes.\"\n\n"
        )
    };
    let desk = Desk::new();
    desk.write("m.toml", &file(&(one("0001", "") + &one("0002", ""))));
    let message = desk.run(&["import", "m.toml"]).refused(1);
    assert!(message.contains("m.toml:21:10: another decision has the number 4, in line 14; expected every number once"), "{message}");
    desk.write(
        "m.toml",
        &file(&(one("0001", "withdrawn = true\n") + &one("0002", ""))),
    );
    assert_eq!(
        desk.run(&["import", "m.toml"]).ok(),
        "Imported m.toml: 2 decisions\n"
    );
    desk.check();
}

#[test]
fn what_is_set_differently_clashes_and_numbers_are_not_given_twice() {
    let desk = imported();
    desk.write(
        "b.toml",
        &file(&RECORDS.replace("action-0002", "action-0003")),
    );
    let message = desk.run(&["import", "b.toml"]).refused(1);
    assert!(
        message.contains("action item 2 of the file (“Send the list.”) and action item 2 of the workspace (“Send the list.”) were made separately and have the same number"),
        "{message}"
    );
    let other = RECORDS
        .replace("Rec 11 is partially", "Rec 11 is not")
        .replace("recommendation = 12\n", "recommendation = 9\n")
        .replace("recommendation = 11\n", "recommendation = 12\n");
    let other = other.replace("recommendation = 9\n", "recommendation = 11\n");
    desk.write("b.toml", &file(&other));
    let message = desk.run(&["import", "b.toml"]).refused(1);
    for clash in [
        "decision 1 text\n  here: Rec 11 is partially implemented.\n  file: Rec 11 is not implemented.\n",
        "queued plenary-43.12 rank\n  here: in place 1\n  file: in place 2\n",
    ] {
        assert!(message.contains(clash), "{clash}: {message}");
    }
    desk.check();
}

#[test]
fn what_is_new_in_an_agenda_comes_behind_what_it_follows() {
    let desk = imported();
    let new = "[[meeting.agenda]]\nid = \"item-0009\"\nnumber = 9\ntext = \"Coffee\"\n\n";
    let records = RECORDS.replace(
        "[[meeting.agenda]]\nid = \"item-0003\"\n",
        &format!("{new}[[meeting.agenda]]\nid = \"item-0003\"\n"),
    );
    desk.write("b.toml", &file(&records));
    desk.run(&["import", "b.toml"]).ok();
    assert!(desk.run(&["export", "meetings"]).ok().ends_with(&records));
    assert_eq!(
        desk.run(&["import", "m.toml"]).ok(),
        "Everything in m.toml is here already\n"
    );
    desk.check();
}

#[test]
fn several_new_items_of_an_agenda_keep_the_order_of_the_file() {
    let desk = imported();
    let new = |number: u32, text: &str| {
        format!(
            "[[meeting.agenda]]\nid = \"item-00{number}\"\nnumber = {number}\ntext = \"{text}\"\n\n"
        )
    };
    let records = RECORDS.replace(
        "[[meeting.agenda]]\nid = \"item-0003\"\n",
        &format!(
            "{}{}[[meeting.agenda]]\nid = \"item-0003\"\n",
            new(21, "Coffee"),
            new(20, "Tea")
        ),
    );
    desk.write("b.toml", &file(&records));
    desk.run(&["import", "b.toml"]).ok();
    assert!(desk.run(&["export", "meetings"]).ok().ends_with(&records));
    desk.check();
}

#[test]
fn a_call_that_ended_in_the_file_has_no_open_item_left_here() {
    let running = RECORDS.replace(
        "ended = 2018-09-13T14:02:10Z",
        "item = 3\nsince = 2018-09-13T13:02:10Z",
    );
    let desk = Desk::new();
    desk.write("running.toml", &file(&running));
    desk.write("m.toml", &file(RECORDS));
    desk.run(&["import", "running.toml"]).ok();
    desk.run(&["import", "m.toml"]).ok();
    let changes = desk.run(&["export", "changes"]).ok();
    for unset in ["item", "since"] {
        let unset = format!("field = \"{unset}\"\nbefore = ");
        assert!(changes.contains(&unset), "{unset}: {changes}");
    }
    desk.check();
}

#[test]
fn a_call_that_ended_on_one_side_is_over_whichever_file_comes_first() {
    let running = RECORDS
        .replace(
            "ended = 2018-09-13T14:02:10Z",
            "item = 3\nsince = 2018-09-13T13:02:10Z",
        )
        .replace("used = 3600\n", "");
    let (before, after) = (Desk::new(), imported());
    before.write("running.toml", &file(&running));
    before.write("m.toml", &file(RECORDS));
    before.run(&["import", "running.toml"]).ok();
    assert_eq!(
        before.run(&["import", "m.toml"]).ok(),
        "Imported m.toml: 1 meeting\n"
    );
    after.write("running.toml", &file(&running));
    assert_eq!(
        after.run(&["import", "running.toml"]).ok(),
        "Everything in running.toml is here already\n"
    );
    for desk in [before, after] {
        assert!(desk.run(&["export", "meetings"]).ok().ends_with(RECORDS));
        desk.check();
    }
    let desk = Desk::new();
    desk.write("running.toml", &file(&running));
    desk.run(&["import", "running.toml"]).ok();
    desk.write(
        "second.toml",
        &file("[[meeting]]\nid = \"plenary-44\"\nstarted = 2018-09-13T14:00:00Z\n"),
    );
    let message = desk.run(&["import", "second.toml"]).refused(1);
    assert!(
        message.contains("second.toml:14:11: plenary-44 would run, and plenary-43 runs already; only one call does: expected ended"),
        "{message}"
    );
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
fn a_decision_without_its_id_is_refused() {
    let desk = Desk::new();
    let decision = "number = 1\nat = 2018-09-13T13:00:00Z\nby = \"Denise\"\ntext = \"Adopted.\"\n";
    let text = format!("{HEAD}decision = 1\n\n[[decision]]\n{decision}");
    desk.write("d.toml", &text);
    let message = desk.run(&["import", "d.toml"]).refused(1);
    assert!(
        message.contains("d.toml:8:1: id is missing; expected its id, made when it was written"),
        "{message}"
    );
}

#[test]
fn an_export_leaves_out_what_is_true_only_of_a_running_call() {
    let meeting: Record = "meeting meeting-0043".parse().unwrap();
    let fields = |ended: Option<&str>| -> Fields {
        let started = "2018-09-13T13:00:00Z";
        let rest = [
            ("name", "plenary-43"),
            ("started", started),
            ("paused", started),
        ];
        let all = rest.into_iter().chain(ended.map(|ended| ("ended", ended)));
        all.map(|(word, value)| (meeting.field(word).unwrap(), value.to_owned()))
            .collect()
    };
    for (ended, is_shown) in [(None, true), (Some("2018-09-13T14:00:00Z"), false)] {
        let mut review = Review::new(penholder::catalogue::builtin().unwrap());
        review.put(&meeting, fields(ended)).unwrap();
        let scope = Scope {
            review: &review,
            journal: &[],
            reader: "Denise",
            include_private: false,
        };
        let text = toml::write(&scope.meetings());
        assert_eq!(text.contains("paused = "), is_shown, "{text}");
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn any_walk_through_calls_comes_back_byte_for_byte(deeds in prop::collection::vec(deed(), 1..60)) {
        let (_folder, path) = crate::stage::fresh();
        let mut first = crate::stage::workspace(&path, "Denise");
        for (place, deed) in (1..).zip(&deeds) {
            act(&mut first, place, deed);
        }
        let text = export(&first);
        let (_folder, path) = crate::stage::fresh();
        let mut second = crate::stage::workspace(&path, "Emily");
        let file = match toml::read("first.toml", &text, second.review()) {
            Ok(file) => file,
            Err(e) => return Err(TestCaseError::fail(format!("{e}\n{text}"))),
        };
        prop_assert_eq!(&file.notes, &Vec::<String>::new());
        prop_assert!(import::plan(first.review(), &file, "first.toml").edit.is_nothing());
        let plan = import::plan(second.review(), &file, "first.toml");
        prop_assert_eq!(&plan.clashes, &vec![]);
        second.commit_at(plan.edit, file.last_change.unwrap_or_else(|| second.now())).unwrap();
        prop_assert_eq!(&export(&second), &text);
        prop_assert!(import::plan(second.review(), &file, "first.toml").edit.is_nothing());
        prop_assert_eq!(second.store().check().unwrap(), Vec::<String>::new());
        // Only what went out stays.
        match second.undo() {
            Ok(_) => prop_assert!(second.review().records == Default::default()),
            Err(e) => prop_assert!(e.kind == penholder::error::Kind::Slip && (text.contains("reports]]") || deeds.is_empty() || file.records.is_empty()), "{}", e),
        }
    }
}
