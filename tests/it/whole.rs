//! Nothing that stands in a cited line is left out: its words are in a quote, or they only mark a place.

use crate::furniture::strike_off;
use crate::parts::{ELSEWHERE, Part, QUOTED, parts};
use crate::seeds::{Seeds, find};
use chrono::NaiveDate;
use penholder::model::citation::Citation;
use std::collections::BTreeMap;
use toml::Value;

/// Everything that a part prints of its source, with the lines where it stands.
fn printed(part: &Part) -> Vec<(Citation, Vec<String>)> {
    let quoted = QUOTED
        .iter()
        .find(|(path, _)| *path == part.path)
        .unwrap()
        .1;
    let elsewhere = ELSEWHERE
        .iter()
        .filter_map(|path| path.strip_prefix(&format!("{}.", part.path)));
    let mut own: Vec<String> = quoted
        .iter()
        .copied()
        .chain(elsewhere)
        .flat_map(|key| part.quotes(key))
        .collect();
    own.extend(part.table.get("date").map(date));
    own.extend(
        part.table
            .get("from")
            .zip(part.table.get("to"))
            .map(|(from, to)| format!("{} – {}", clock(from), clock(to))),
    );
    let mut all = vec![(part.source.clone(), own)];
    if let Some(sources) = part.table.get("sources").and_then(Value::as_table) {
        for (key, source) in sources {
            let quotes = if key == "as_of" {
                vec![date(&part.table[key])]
            } else {
                part.quotes(key)
            };
            all.push((source.as_str().unwrap().parse().unwrap(), quotes));
        }
    }
    all
}

fn date(value: &Value) -> String {
    value
        .to_string()
        .parse::<NaiveDate>()
        .unwrap()
        .format("%-d %B %Y")
        .to_string()
}

fn clock(value: &Value) -> String {
    value.to_string()[..5].to_owned()
}

#[test]
fn every_word_of_a_cited_line_is_quoted_or_furniture() {
    let seeds = Seeds::read();
    // For every line, its text and which of its bytes some quote holds.
    let mut lines: BTreeMap<(String, u32), (String, Vec<bool>)> = BTreeMap::new();
    for part in parts().iter().filter(|part| !part.is("remark")) {
        for (citation, quotes) in printed(part) {
            let column = part.is("recommendation.deliverables");
            for column in if column { &[false, true][..] } else { &[false] } {
                let (text, traces) = seeds.trace(&citation, *column);
                let mut held = vec![false; text.len()];
                for quote in &quotes {
                    let mut from = 0;
                    while let Some(found) = find(&text, quote, from) {
                        from = found.end;
                        held[found].fill(true);
                    }
                }
                for trace in traces {
                    let line = text[trace.bytes.clone()].to_owned();
                    let known = lines
                        .entry((trace.document, trace.line))
                        .or_insert_with(|| (String::new(), Vec::new()));
                    if line.len() > known.0.len() {
                        known.1.resize(line.len(), false);
                        known.0 = line;
                    }
                    known
                        .1
                        .iter_mut()
                        .zip(&held[trace.bytes])
                        .for_each(|(known, held)| *known |= held);
                }
            }
        }
    }
    let mut left = Vec::new();
    for ((document, line), (text, held)) in lines {
        let mut rest = String::new();
        for (at, sign) in text.char_indices() {
            rest.push(if held[at] { '\0' } else { sign });
        }
        let words = rest
            .split('\0')
            .map(str::trim)
            .filter(|words| words.chars().any(char::is_alphanumeric));
        left.extend(words.map(|words| (document.clone(), line, words.to_owned())));
    }
    strike_off("words", &left);
}
