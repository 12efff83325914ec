//! The house rules that a compiler does not know: which way the arrows point, who may use which crate, how long a file is.
//!
//! Reads the sources as text, comments and quoted text taken out, and looks at every path in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The layers from the top down; those of one row do not know each other.
const LAYERS: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["tui"],
    &["workspace"],
    &["interchange", "store", "catalogue", "find"],
    &["model"],
    &["error"],
];

/// Crates that only one layer may use.
const OWNED: &[(&str, &str)] = &[
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("roff", "cli"),
    ("ratatui", "tui"),
    ("ratatui_textarea", "tui"),
    ("crossterm", "tui"),
    ("rusqlite", "store"),
    ("maud", "interchange"),
];

/// The files that are longer than four hundred lines, with the most lines that they may have. They were made longer by rustfmt's default width, and are split
/// when their screens are redone; then they leave this list. None of them may grow.
const LONG: &[(&str, usize)] = &[
    ("catalogue/check.rs", 430),
    ("cli/calls.rs", 408),
    ("cli/rows.rs", 407),
    ("tui/app.rs", 417),
    ("tui/command/table.rs", 800),
    ("tui/commands/ask.rs", 444),
    ("tui/commands/call.rs", 518),
    ("tui/commands/consensus.rs", 541),
    ("tui/commands/meeting.rs", 660),
    ("tui/commands/write.rs", 500),
    ("tui/dialogs/pick.rs", 473),
    ("tui/frame.rs", 588),
    ("tui/screens/meeting.rs", 438),
    ("tui/screens/positions.rs", 425),
    ("tui/screens/presenter.rs", 469),
    ("tui/writer.rs", 511),
];

/// Macros that stand at the root of the crate, each with the layer in which it is written.
const MACROS: &[(&str, &str)] = &[("record", "model")];

/// What the pure layer must not touch: files, processes, clocks, chance, the environment.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::io",
    "std::env",
    "std::process",
    "std::time",
    "Utc::now",
    "Local",
    "uuid",
    "tempfile",
    "rustix",
];

struct Source {
    /// The path below `src`.
    name: String,
    /// The module path: `tui/app.rs` is `tui`, `app`.
    modules: Vec<String>,
    raw: String,
    /// Without comments and quoted texts; line breaks stay.
    code: String,
}

impl Source {
    fn layer(&self) -> &str {
        &self.modules[0]
    }

    /// The code that is not a test.
    fn shipped(&self) -> &str {
        if self.modules.last().is_some_and(|last| last == "tests") {
            return "";
        }
        self.code.split("#[cfg(test)]").next().unwrap_or_default()
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(source(&root, &path));
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(found.len() > 40, "the sources were not found");
    found
}

fn source(root: &Path, path: &PathBuf) -> Source {
    let raw = std::fs::read_to_string(path).unwrap();
    let below = path.strip_prefix(root).unwrap();
    let mut modules: Vec<String> = below
        .with_extension("")
        .iter()
        .map(|part| part.to_str().unwrap().to_owned())
        .collect();
    if modules.len() > 1 && modules.last().is_some_and(|last| last == "mod") {
        modules.pop();
    }
    Source {
        name: below.to_str().unwrap().to_owned(),
        modules,
        code: strip(&raw),
        raw,
    }
}

/// Takes comments and quoted texts out, and keeps line breaks.
fn strip(raw: &str) -> String {
    let chars: Vec<char> = raw.chars().collect();
    let starts = |at: usize, text: &str| {
        text.chars()
            .enumerate()
            .all(|(i, c)| chars.get(at + i) == Some(&c))
    };
    let mut code = String::new();
    let mut at = 0;
    while at < chars.len() {
        let from = at;
        if starts(at, "//") {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if starts(at, "/*") {
            at += 2;
            while at < chars.len() && !starts(at, "*/") {
                at += 1;
            }
            at += 2;
        } else if chars[at] == 'r'
            && (starts(at, "r\"") || starts(at, "r#"))
            && !is_word(chars.get(at.wrapping_sub(1)))
        {
            let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            if chars.get(at + 1 + hashes) == Some(&'"') {
                let end = format!("\"{}", "#".repeat(hashes));
                at += hashes + 2;
                while at < chars.len() && !starts(at, &end) {
                    at += 1;
                }
                at += end.len();
            } else {
                code.push('r');
                at += 1;
                continue;
            }
        } else if chars[at] == '"' {
            at += 1;
            while at < chars.len() && chars[at] != '"' {
                at += if chars[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if chars[at] == '\''
            && (chars.get(at + 2) == Some(&'\'') || chars.get(at + 1) == Some(&'\\'))
        {
            at += 2;
            while at < chars.len() && chars[at] != '\'' {
                at += 1;
            }
            at += 1;
        } else {
            code.push(chars[at]);
            at += 1;
            continue;
        }
        code.push(' ');
        code.extend(
            chars[from..at.min(chars.len())]
                .iter()
                .filter(|c| **c == '\n'),
        );
    }
    code
}

fn is_word(c: Option<&char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || *c == '_')
}

/// The places at which a whole word begins, with the text behind it.
fn behind<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    code.match_indices(word)
        .filter(move |(at, _)| !is_word(code[..*at].chars().next_back().as_ref()))
        .map(move |(at, _)| (at, &code[at + word.len()..]))
        .filter(|(_, rest)| !is_word(rest.chars().next().as_ref()))
}

/// The first names of a path's tail: one, or those of a group in braces.
fn heads(tail: &str) -> Vec<String> {
    let name = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| is_word(Some(c)))
            .collect::<String>()
    };
    let Some(group) = tail.trim_start().strip_prefix('{') else {
        return vec![name(tail)];
    };
    let (mut depth, mut names, mut piece) = (0, Vec::new(), String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(&std::mem::take(&mut piece))),
            _ => {}
        }
        if depth == 0 && c != ',' {
            piece.push(c);
        }
    }
    names.push(name(&piece));
    names.retain(|name| !name.is_empty());
    names
}

/// The layers that a source names, with the line.
fn arrows(source: &Source) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for root in ["crate", "penholder"] {
        for (at, rest) in behind(&source.code, root) {
            if let Some(tail) = rest.strip_prefix("::") {
                found.extend(
                    heads(tail)
                        .into_iter()
                        .map(|head| (head, line(&source.code, at))),
                );
            }
        }
    }
    // A run of `super` that climbs to the root names a layer too. A test module lies one deeper.
    for (at, rest) in behind(&source.code, "super") {
        if source.code[..at].ends_with("super::") {
            continue;
        }
        let mut tail = rest;
        let mut climbed = 1;
        while let Some(next) = tail.strip_prefix("::super") {
            tail = next;
            climbed += 1;
        }
        let depth = source.modules.len() + usize::from(at > source.shipped().len());
        if climbed >= depth
            && let Some(tail) = tail.strip_prefix("::")
        {
            found.extend(
                heads(tail)
                    .into_iter()
                    .map(|head| (head, line(&source.code, at))),
            );
        }
    }
    found
}

fn line(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&layer))
}

#[test]
fn arrows_point_down_only() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| s.name != "lib.rs") {
        let Some(own) = rank(source.layer()) else {
            wrong.push(format!("{} is in no layer", source.name));
            continue;
        };
        for (target, line) in arrows(source) {
            let layer = MACROS.iter().find(|(name, _)| *name == target);
            let target = layer.map_or(target, |(_, layer)| (*layer).to_owned());
            match rank(&target) {
                _ if target == source.layer() => {}
                Some(other) if other > own => {}
                Some(_) => wrong.push(format!(
                    "{}:{line} {} → {target}",
                    source.name,
                    source.layer()
                )),
                None => wrong.push(format!(
                    "{}:{line} names {target}, which is no layer",
                    source.name
                )),
            }
        }
    }
    assert!(wrong.is_empty(), "wrong arrows:\n{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_arrows_sees_them() {
    let read = |name: &str, text: &str| {
        let modules = name.split('/').map(str::to_owned).collect();
        let source = Source {
            name: name.to_owned(),
            modules,
            raw: text.to_owned(),
            code: strip(text),
        };
        arrows(&source)
            .into_iter()
            .map(|(target, _)| target)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        read(
            "model/edit",
            "use crate::{error::{Error, Result}, store};\nfn f() { crate::tui::run() }"
        ),
        ["error", "store", "tui"]
    );
    assert_eq!(
        read(
            "model/edit",
            "use super::super::store::Store; use super::text;"
        ),
        ["store"]
    );
    assert_eq!(
        read(
            "find",
            "#[cfg(test)]\nmod tests { use super::*; use super::super::tui; }"
        ),
        ["tui"]
    );
    assert_eq!(
        read(
            "model/edit",
            "// crate::tui\nconst A: &str = \"crate::tui \\\" crate::cli\"; const B: char = '\"'; /* crate::cli */"
        ),
        [""; 0]
    );
    assert_eq!(
        read("main", "use penholder::{store, tui};"),
        ["store", "tui"]
    );
}

#[test]
fn a_crate_is_used_where_it_lives() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (name, home) in OWNED {
            for (at, rest) in behind(&source.code, name) {
                let is_path =
                    rest.starts_with("::") || source.code[..at].trim_end().ends_with("use");
                // A module or field of ours may have the same name: `tui::crossterm` is no crate.
                if is_path && !source.code[..at].ends_with("::") && source.layer() != *home {
                    wrong.push(format!(
                        "{}:{} uses {name}, which lives in {home}",
                        source.name,
                        line(&source.code, at)
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_model_is_pure() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| s.layer() == "model") {
        for name in IMPURE {
            wrong.extend(
                behind(&source.code, name).map(|(at, _)| {
                    format!("{}:{} uses {name}", source.name, line(&source.code, at))
                }),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_ends_before_four_hundred_lines() {
    let mut wrong = Vec::new();
    for source in sources() {
        if !source.raw.starts_with("//!") {
            wrong.push(format!("{} does not begin with //!", source.name));
        }
        let lines = source.raw.lines().count();
        let long = LONG.iter().find(|(name, _)| *name == source.name);
        let most = long.map_or(400, |(_, most)| *most);
        if lines > most {
            wrong.push(format!(
                "{} has {lines} lines, not at most {most}",
                source.name
            ));
        } else if long.is_some() && lines <= 400 {
            wrong.push(format!(
                "{} has {lines} lines; take it from the list",
                source.name
            ));
        }
    }
    let is_there = |name: &str| sources().iter().any(|source| source.name == name);
    wrong.extend(
        LONG.iter()
            .filter(|(name, _)| !is_there(name))
            .map(|(name, _)| format!("{name} is in the list, but not there")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_outside_tests_panics_on_purpose() {
    let mut wrong = Vec::new();
    for source in sources() {
        let code = source.shipped();
        for call in [
            ".unwrap()",
            ".expect(",
            "panic!",
            "todo!",
            "unimplemented!",
            "unreachable!",
        ] {
            wrong.extend(
                code.match_indices(call)
                    .map(|(at, _)| format!("{}:{} {call}", source.name, line(code, at))),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_say_what_a_thing_is() {
    let mut wrong = Vec::new();
    for source in sources() {
        if source.modules.iter().any(|m| {
            [
                "util", "utils", "helper", "helpers", "prelude", "common", "misc",
            ]
            .contains(&m.as_str())
        }) {
            wrong.push(format!("{} is named after nothing", source.name));
        }
        for word in ["fn get_", "Manager ", "Manager<", "Handler "] {
            // The name of this one is ratatui's.
            let found = source
                .code
                .match_indices(word)
                .filter(|(at, _)| !source.code[*at..].starts_with("fn get_cursor_position"));
            wrong.extend(
                found.map(|(at, _)| format!("{}:{} {word}", source.name, line(&source.code, at))),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_test_file_is_in_the_one_binary() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let main = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    let mut seen = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("main.rs") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            seen.insert(name.clone(), main.contains(&format!("mod {name};")));
        }
    }
    assert!(seen.values().all(|known| *known), "{seen:?}");
}
