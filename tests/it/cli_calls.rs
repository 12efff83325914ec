//! Meetings, decisions, action items and positions on the command line: lists, filters, and what `show` tells of them.

use crate::desk::Desk;
use crate::meeting_files::imported_at;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn desk() -> Desk {
    imported_at("2018-10-13T14:41:07Z")
}

fn list(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
    let arguments = [&["list"], arguments, &["--json"]].concat();
    desk.run(&arguments).json().as_array().unwrap().clone()
}

#[test]
fn meetings_of_the_sources_and_of_the_team_are_listed_with_where_they_stand() {
    let desk = desk();
    let found = list(&desk, &["meetings"]);
    let stands: Vec<(&str, Option<&str>)> = found
        .iter()
        .map(|m| (m["name"].as_str().unwrap(), m["state"].as_str()))
        .collect();
    let expected = [
        ("plenary-17", Some("quoted")),
        ("plenary-41", Some("quoted")),
        ("plenary-43", Some("over")),
        ("subgroup-2", None),
    ];
    assert_eq!(stands, expected);
    assert!(
        found.iter().all(|m| m["id"].is_string()) && found[2]["id"] != found[2]["name"],
        "{found:?}"
    );
    let keys = |m: &Value| -> BTreeSet<String> { m.as_object().unwrap().keys().cloned().collect() };
    assert!(
        found.iter().all(|m| keys(m) == keys(&found[0])),
        "all have the same keys"
    );
    assert_eq!(
        (
            &found[2]["queued"],
            &found[2]["decisions"],
            &found[2]["actions"]
        ),
        (&json!([12, 11]), &json!(1), &json!(1))
    );
    let text = desk.run(&["list", "meetings"]).ok();
    assert!(
        text.contains(
            "plenary-43  plenary call          2018-09-13  over    3      2       1          1"
        ),
        "{text}"
    );
}

#[test]
fn decisions_action_items_and_positions_are_listed_and_filtered() {
    let desk = desk();
    assert_eq!(
        desk.run(&["list", "actions"]).ok(),
        "1  SSR1 · plenary-43 · asked for on 2018-09-13 · Zoe · due next call\n  Action item: =Ask for the figures.\n  Progress: Asked.\n\n\
         2  asked for on 2018-09-14 · nobody's · due 2018-09-20 · done on 2018-09-19\n  Action item: Send the list.\n  Response: Sent.\n"
    );
    let numbers = |arguments: &[&str]| -> Vec<Value> {
        list(&desk, arguments)
            .iter()
            .map(|a| a["number"].clone())
            .collect()
    };
    assert_eq!(numbers(&["actions", "--open"]), [1]);
    assert_eq!(numbers(&["actions", "--owner", "zoe"]), [1]);
    assert_eq!(numbers(&["actions", "--meeting", "Plenary 43"]), [1]);
    assert_eq!(numbers(&["actions", "--recommendation", "11"]), [1]);
    assert_eq!(
        numbers(&["actions", "--overdue"]),
        [0; 0],
        "the second is done"
    );
    let before = imported_at("2018-09-21T10:00:00Z");
    before.write(
        "m.toml",
        &before.read("m.toml").replace("done = 2018-09-19\n", ""),
    );
    let fresh = Desk::at("2018-09-21T10:00:00Z");
    fresh.write("m.toml", &before.read("m.toml"));
    fresh.run(&["import", "m.toml"]).ok();
    assert!(
        fresh
            .run(&["list", "actions", "--overdue"])
            .ok()
            .contains("due 2018-09-20 overdue")
    );
    assert_eq!(numbers(&["decisions", "--recommendation", "11"]), [1]);
    assert_eq!(
        list(&desk, &["decisions"])[0]["objections_by"],
        "2018-09-20"
    );
    let position = &list(&desk, &["positions", "--recommendation", "11"])[0];
    assert_eq!(
        (
            &position["member"],
            &position["position"],
            &position["decision"]
        ),
        (&json!("Eric"), &json!("object"), &json!(1))
    );
    assert_eq!(
        list(&desk, &["positions", "--recommendation", "12"]),
        [Value::Null; 0]
    );
    assert!(
        desk.run(&["list", "decisions", "--meeting", "plenary-99"])
            .refused(1)
            .contains("There is no meeting plenary-99.")
    );
    assert!(
        desk.run(&["list", "decisions", "--owner", "Zoe"])
            .refused(2)
            .contains("expected it for actions")
    );
}

#[test]
fn a_recommendation_shows_who_stands_how_and_what_was_decided() {
    let desk = Desk::new();
    let records = "[[position]]\nid = \"position-0001\"\nmatter = \"rec 11\"\nround = 1\nmember = \"Eric\"\nposition = \"object\"\n\
                   at = 2018-09-13T13:21:00Z\nby = \"Denise\"\ntext = \"Nothing is measured.\"\n\n\
                   [[position]]\nid = \"position-0002\"\nmatter = \"rec 11\"\nround = 2\nmember = \"Eric\"\nposition = \"agree\"\n\
                   at = 2018-09-13T13:31:00Z\nby = \"Denise\"\n\n\
                   [[round]]\nmatter = \"rec 11\"\nround = 1\nat = 2018-09-13T13:22:00Z\nby = \"Denise\"\nconsensus = \"divergence\"\n";
    desk.write("p.toml", &crate::meeting_files::file(records));
    desk.run(&["import", "p.toml"]).ok();
    desk.run(&[
        "assess",
        "11",
        "--implementation",
        "implemented",
        "--standing",
        "proposed",
    ])
    .ok();
    let shown = desk.run(&["show", "11", "--json"]).json();
    let positions = &shown["positions"];
    assert_eq!(
        (&positions["round"], &positions["standing"][0]["position"]),
        (&json!(2), &json!("agree"))
    );
    assert_eq!(
        (
            &positions["rounds"][0]["consensus"],
            &positions["rounds"][0]["positions"][0]["text"]
        ),
        (&json!("divergence"), &json!("Nothing is measured."))
    );
    assert!(
        !positions["yet_to_answer"]
            .as_array()
            .unwrap()
            .contains(&json!("Eric"))
    );
    assert_eq!(
        (
            &shown["decisions"],
            &shown["actions"],
            &shown["assessment"]["objections_by"]
        ),
        (&json!([]), &json!([]), &Value::Null)
    );
    let text = desk.run(&["show", "11"]).ok();
    let told = "Positions\n  Round 2, under way\n  - Eric agree\n  Round 1: divergence\n  - Eric object: Nothing is measured.\n  Yet to answer: ";
    assert!(text.contains(told), "{text}");
    let nobody = desk.run(&["show", "12", "--json"]).json();
    assert_eq!(
        nobody["positions"],
        json!({ "round": null, "objections_by": null, "standing": [], "yet_to_answer": [], "rounds": [] })
    );
    let desk = self::desk();
    assert_eq!(
        desk.run(&["show", "11", "--json"]).json()["decisions"][0]["positions"]["standing"][0]["member"],
        "Eric"
    );
    let text = desk.run(&["show", "11"]).ok();
    assert!(text.contains("Positions on decision 1\n  Round 1, under way: consensus\n  - Eric object: Nothing is measured."), "{text}");
}

#[test]
fn the_round_and_the_assessment_have_one_designation_whoever_chose_it() {
    let desk = Desk::new();
    let said = desk
        .run(&[
            "assess",
            "11",
            "--consensus",
            "consensus",
            "--standing",
            "agreed",
            "--effect",
            "achieved",
        ])
        .ok();
    assert!(said.starts_with("Recorded: Rec 11 "), "{said}");
    let of_round = || desk.run(&["export", "meetings", "--format", "json"]).json()["round"].clone();
    let of_assessment = || desk.run(&["show", "11", "--json"]).json()["assessment"].clone();
    assert_eq!(
        (&of_round()[0]["matter"], &of_round()[0]["consensus"]),
        (&json!("rec 11"), &json!("consensus"))
    );
    assert_eq!(
        (&of_assessment()["consensus"], &of_assessment()["standing"]),
        (&json!("consensus"), &json!("agreed"))
    );
    let changes = desk.run(&["export", "changes", "--format", "json"]).json()["change"]
        .as_array()
        .unwrap()
        .clone();
    assert!(
        changes
            .iter()
            .all(|change| change["operation"] == changes[0]["operation"]),
        "one operation"
    );
    assert!(
        desk.run(&["assess", "11", "--consensus", "consensus", "--as", "Emily"])
            .ok()
            .starts_with("Nothing to record: ")
    );
    desk.run(&["assess", "11", "--consensus", "Divergence", "--as", "Emily"])
        .ok();
    assert_eq!(
        (&of_round()[0]["by"], &of_round()[0]["consensus"]),
        (&json!("Emily"), &json!("divergence"))
    );
    desk.run(&["assess", "11", "--consensus", "unset"]).ok();
    assert_eq!(
        (&of_round()[0]["consensus"], &of_assessment()["consensus"]),
        (&Value::Null, &Value::Null)
    );
    desk.run(&["assess", "11", "--consensus", "mostly"])
        .refused(2);
    desk.check();
}

#[test]
fn an_action_item_is_changed_in_one_operation() {
    let desk = desk();
    let before = desk.run(&["export", "meetings"]).ok();
    let said = desk
        .run(&[
            "action",
            "1",
            "--owner",
            "Ann Else",
            "--due",
            "+7",
            "--progress",
            "Half.",
            "--done",
            "2018-10-12",
        ])
        .ok();
    assert_eq!(
        said,
        "Recorded: Action item 1 owner Ann Else, due 2018-10-20, progress, done on 2018-10-12\n"
    );
    let action = || list(&desk, &["actions"])[0].clone();
    assert_eq!(
        (&action()["owner"], &action()["due"], &action()["done"]),
        (
            &json!("Ann Else"),
            &json!("2018-10-20"),
            &json!("2018-10-12")
        )
    );
    assert!(desk.run(&["list", "members"]).ok().contains("Ann Else"));
    let changes = desk.run(&["export", "changes", "--format", "json"]).json()["change"]
        .as_array()
        .unwrap()
        .clone();
    let last = &changes[changes.len() - 1]["operation"];
    assert_eq!(
        changes
            .iter()
            .filter(|change| change["operation"] == *last)
            .count(),
        5,
        "the member and four fields"
    );
    assert_eq!(
        desk.run(&["action", "1", "--done", "2018-10-12"]).ok(),
        "Nothing to record: Action item 1: nothing changed\n"
    );
    let said = desk
        .run(&[
            "action",
            "1",
            "--open",
            "--due",
            "next-call",
            "--owner",
            "Zoe",
            "--progress",
            "Asked.",
            "--category",
            "unset",
        ])
        .ok();
    assert!(
        said.contains("category unset") && said.contains("open again"),
        "{said}"
    );
    desk.run(&["action", "1", "--category", "SSR1"]).ok();
    assert_eq!(
        desk.run(&["export", "meetings"])
            .ok()
            .split("[[meeting]]")
            .nth(1),
        before.split("[[meeting]]").nth(1)
    );
    assert_eq!(
        (&action()["due"], &action()["done"], &action()["category"]),
        (&json!("next call"), &Value::Null, &json!("SSR1"))
    );
    for (arguments, code, expected) in [
        (&["action", "1"][..], 2, "required"),
        (&["action", "9", "--open"], 1, "There is no action item 9."),
        (
            &["action", "1", "--done", "today", "--open"],
            2,
            "cannot be used with",
        ),
        (
            &["action", "1", "--owner", "Eric", "--due", "soon"],
            2,
            "--due: “soon” is no day; expected one such as",
        ),
        (
            &["action", "1", "--text", " "],
            1,
            "An action item needs words",
        ),
        (&["action", "one", "--open"], 2, "one"),
    ] {
        let message = desk.run(arguments).refused(code);
        assert!(message.contains(expected), "{message}");
    }
    assert_eq!(
        action()["owner"],
        "Zoe",
        "nothing of a refused change is kept"
    );
    desk.check();
}
