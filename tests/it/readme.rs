//! The README tells the truth: its table of keys is the registry's, and what it names is there.

use crate::stage::Stage;
use penholder::tui::command;
use std::fs;
use std::path::Path;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// With `INSTA_UPDATE=always` the table is written anew, as snapshots are.
#[test]
fn the_table_of_keys_is_the_registrys() {
    let text = readme();
    let (before, rest) = text.split_once("<!-- keys -->\n").unwrap();
    let (shown, after) = rest.split_once("<!-- /keys -->").unwrap();
    let table = format!("\n{}", command::markdown());
    if shown != table && std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"),
            format!("{before}<!-- keys -->\n{table}<!-- /keys -->{after}"),
        )
        .unwrap();
        return;
    }
    assert_eq!(
        shown, table,
        "the README is stale; run the tests with INSTA_UPDATE=always"
    );
}

#[test]
fn files_and_folders_that_it_names_are_there() {
    let text = readme();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (_, rest) in text
        .match_indices("](")
        .map(|(at, _)| text.split_at(at + 2))
    {
        let target = rest.split(')').next().unwrap();
        assert!(root.join(target).exists(), "{target}");
    }
    for part in text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|part| part.starts_with("src/") || part.starts_with("tests/"))
    {
        assert!(root.join(part).exists(), "{part}");
    }
}

#[test]
fn it_and_the_help_say_what_a_terminal_needs() {
    let text = readme();
    let (_, section) = text.split_once("\n## Terminals\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let mut stage = Stage::new();
    stage.play("?G");
    let help = stage.text();
    let (_, help) = help.split_once("If the terminal ...").unwrap();
    for setting in [
        "set -s escape-time 20",
        "set -s set-clipboard on",
        "XTerm*allowWindowOps: true",
        "paste-buffer -p",
        "screen",
    ] {
        assert!(section.contains(setting), "{setting}: {section}");
        assert!(help.contains(setting), "{setting}: {help}");
    }
}
