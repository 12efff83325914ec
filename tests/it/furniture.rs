//! What the sources print and no record holds, because it only marks a place: the list in `fixtures/furniture.toml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use toml::{Table, Value};

/// What needs no record, by document, with how often each was wanted: whole `lines`, or `words` of cited lines.
fn furniture(key: &str) -> BTreeMap<(String, String), u32> {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/furniture.toml"
    ))
    .unwrap();
    let table: Table = toml::from_str(&text).unwrap();
    let mut patterns = BTreeMap::new();
    for entry in table["furniture"].as_array().unwrap() {
        assert!(entry["why"].as_str().is_some_and(|why| !why.is_empty()));
        for line in entry
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            patterns.insert(
                (
                    entry["document"].as_str().unwrap().to_owned(),
                    line.as_str().unwrap().to_owned(),
                ),
                0,
            );
        }
    }
    patterns
}

/// Strikes every finding off that is furniture; what is left is wrong, and so is furniture that nothing wanted.
pub fn strike_off(key: &str, findings: &[(String, u32, String)]) {
    let mut furniture = furniture(key);
    let mut wrong = String::new();
    for (document, line, words) in findings {
        match furniture.get_mut(&(document.clone(), pattern(words))) {
            Some(times) => *times += 1,
            None => writeln!(wrong, "{document}:{line} is in no record: {words}").unwrap(),
        }
    }
    for ((document, words), _) in furniture.into_iter().filter(|(_, times)| *times == 0) {
        writeln!(wrong, "{document}: there is no such furniture: {words}").unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A line with `#` for every number.
pub fn pattern(line: &str) -> String {
    let mut out = String::new();
    for sign in line.chars() {
        match sign {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            _ => out.push(sign),
        }
    }
    out
}
