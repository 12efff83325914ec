//! What `data/` quotes stands in `seeds/` at the lines it cites, and every line of `seeds/` is in some record.

use crate::furniture::strike_off;
use crate::parts::{ELSEWHERE, OURS, Part, QUOTED, parts};
use crate::seeds::{Seeds, find, without_stars};
use chrono::NaiveDate;
use penholder::model::citation::Citation;
use std::collections::BTreeSet;
use toml::{Table, Value};

/// Fails with all complaints, a line each.
fn none(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} complaints:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Says where a quote leaves its lines.
fn missing(part: &Part, key: &str, quote: &str, lines: &str, from: usize) -> String {
    let good = (0..=quote.len())
        .rev()
        .filter(|end| quote.is_char_boundary(*end))
        .find(|end| lines[from..].contains(&quote[..*end]));
    let (found, rest) = quote.split_at(good.unwrap_or(0));
    format!(
        "{} [{}] {key}: found “{found}”, then not “{rest}”; the lines read “{lines}”",
        part.name, part.source
    )
}

#[test]
fn every_key_is_quoted_cited_or_ours() {
    let wrong: BTreeSet<String> = parts()
        .iter()
        .flat_map(|part| {
            let quoted = QUOTED
                .iter()
                .find(|(path, _)| *path == part.path)
                .map_or(&[] as &[&str], |(_, keys)| keys);
            let tables = |value: &Value| {
                value
                    .as_array()
                    .is_some_and(|rows| rows.first().is_some_and(Value::is_table))
            };
            part.table
                .iter()
                .filter(|(key, value)| {
                    let path = format!("{}.{key}", part.path);
                    let known = quoted.contains(&key.as_str())
                        || ELSEWHERE.contains(&path.as_str())
                        || OURS.contains(&path.as_str());
                    !(known || ["source", "status_source"].contains(&key.as_str()) || tables(value))
                })
                .map(|(key, _)| format!("{}.{key}", part.path))
                .collect::<Vec<_>>()
        })
        .collect();
    none(&wrong.into_iter().collect::<Vec<_>>());
}

#[test]
fn every_quoted_text_stands_at_the_lines_it_cites_in_its_order() {
    let seeds = Seeds::read();
    let mut wrong = Vec::new();
    for part in parts() {
        let lines = seeds.join(&part.source, false);
        let mut from = 0;
        for key in QUOTED
            .iter()
            .find(|(path, _)| *path == part.path)
            .unwrap()
            .1
        {
            for quote in part.quotes(key) {
                match find(&lines, &quote, from) {
                    Some(found) => from = found.end,
                    None => wrong.push(missing(&part, key, &quote, &lines, from)),
                }
            }
        }
        let lines = seeds.join(&part.source, true);
        for path in ELSEWHERE {
            let Some(key) = path.strip_prefix(&format!("{}.", part.path)) else {
                continue;
            };
            let gone = part
                .quotes(key)
                .into_iter()
                .filter(|quote| find(&lines, quote, 0).is_none());
            wrong.extend(gone.map(|quote| missing(&part, key, &quote, &lines, 0)));
        }
    }
    none(&wrong);
}

#[test]
fn label_section_and_notes_stand_where_their_own_sources_say() {
    let seeds = Seeds::read();
    let mut wrong = Vec::new();
    for part in parts().iter().filter(|part| part.is("recommendation")) {
        for (key, source) in part.table["sources"].as_table().unwrap() {
            let lines = seeds.join(&source.as_str().unwrap().parse().unwrap(), false);
            let gone = part
                .quotes(key)
                .into_iter()
                .filter(|quote| find(&lines, quote, 0).is_none());
            wrong.extend(gone.map(|quote| missing(part, key, &quote, &lines, 0)));
        }
    }
    none(&wrong);
}

#[test]
fn the_text_of_a_recommendation_and_of_a_question_is_all_of_its_lines() {
    let seeds = Seeds::read();
    let mut wrong = Vec::new();
    for part in parts()
        .iter()
        .filter(|part| part.is("recommendation") || part.is("question"))
    {
        let lines = seeds.join(&part.source, false);
        let number = part
            .text("number")
            .map(|number| format!("{number} Q: "))
            .unwrap_or_default();
        let text = without_stars(part.text("text").unwrap());
        if lines.strip_prefix(&number) != Some(&text) {
            wrong.push(format!(
                "{} [{}]: the text is “{text}”; the lines read “{lines}”",
                part.name, part.source
            ));
        }
    }
    none(&wrong);
}

#[test]
fn dates_and_times_are_those_printed() {
    let seeds = Seeds::read();
    let mut wrong = Vec::new();
    let mut hold = |part: &Part, printed: String, source: &Citation| {
        let lines = seeds.join(source, false);
        if find(&lines, &printed, 0).is_none() {
            wrong.push(format!(
                "{} [{source}]: not “{printed}”; the lines read “{lines}”",
                part.name
            ));
        }
    };
    for part in &parts() {
        for key in ["as_of", "date"] {
            let Some(date) = part.table.get(key).and_then(Value::as_datetime) else {
                continue;
            };
            let date: NaiveDate = date.to_string().parse().unwrap();
            let own = part
                .table
                .get("sources")
                .and_then(|sources| sources.get(key));
            let source = own.map_or_else(
                || part.source.clone(),
                |source| source.as_str().unwrap().parse().unwrap(),
            );
            hold(part, date.format("%-d %B %Y").to_string(), &source);
        }
        if let (Some(from), Some(to)) = (part.table.get("from"), part.table.get("to")) {
            let clock = |time: &Value| time.to_string()[..5].to_owned();
            hold(
                part,
                format!("{} – {}", clock(from), clock(to)),
                &part.source,
            );
        }
    }
    none(&wrong);
}

#[test]
fn numbers_and_marks_stand_in_the_cited_lines() {
    let seeds = Seeds::read();
    let mut wrong = Vec::new();
    for part in &parts() {
        let lines = seeds.join(&part.source, false);
        let mut wanted: Vec<String> = Vec::new();
        match part.path.as_str() {
            "question" => wanted.push(format!("{} Q:", part.text("number").unwrap())),
            "topic" => wanted.push(format!(
                "{}. {}",
                part.table["number"],
                part.text("title").unwrap()
            )),
            "workstream" | "meeting" => wanted.push(part.table["number"].to_string()),
            "new_recommendation" => {
                let expands = part
                    .table
                    .get("expands")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten();
                wanted.extend(expands.map(Value::to_string));
            }
            "topic.volunteers" => {
                let mark = part
                    .text("mark")
                    .map(|mark| format!(" {mark}"))
                    .unwrap_or_default();
                wanted.push(format!("{}{mark}", part.text("name").unwrap()));
            }
            _ => {}
        }
        wrong.extend(
            wanted
                .iter()
                .filter(|wanted| find(&lines, wanted, 0).is_none())
                .map(|wanted| {
                    format!(
                        "{} [{}]: not “{wanted}”; the lines read “{lines}”",
                        part.name, part.source
                    )
                }),
        );
        if part.is("recommendation.deliverables") {
            let mark = part
                .cites("status_source")
                .map(|source| seeds.join(&source, true));
            if mark.as_deref() != (part.text("status") == Some("complete")).then_some("√") {
                wrong.push(format!(
                    "{}: {} with the mark {mark:?}",
                    part.name, part.table["status"]
                ));
            }
        }
    }
    none(&wrong);
}

#[test]
fn a_row_of_a_budget_is_the_whole_line() {
    let seeds = Seeds::read();
    let mut wrong = Vec::new();
    for part in parts().iter().filter(|part| part.is("budget.rows")) {
        let mut row = vec![part.text("name").unwrap_or_default().to_owned()];
        row.extend(
            part.table["cells"]
                .as_array()
                .unwrap()
                .iter()
                .map(|cell| cell.as_str().unwrap().to_owned()),
        );
        let lines: Vec<_> = part.source.lines().collect();
        let [(document, line)] = lines[..] else {
            panic!("{}: not one line", part.name)
        };
        let printed: Vec<String> = seeds
            .line(document, line)
            .split('\t')
            .map(crate::seeds::plain)
            .collect();
        if printed != row {
            wrong.push(format!(
                "{} [{}]: the row is {row:?}; the line reads {printed:?}",
                part.name, part.source
            ));
        }
    }
    none(&wrong);
}

#[test]
fn documents_have_as_many_lines_as_the_catalogue_says() {
    let seeds = Seeds::read();
    let parts = parts();
    let documents: Vec<_> = parts.iter().filter(|part| part.is("document")).collect();
    assert_eq!(documents.len(), 5);
    for part in documents {
        let lines = usize::try_from(part.table["lines"].as_integer().unwrap()).unwrap();
        assert_eq!(
            lines,
            seeds.count(part.text("number").unwrap()),
            "{}",
            part.name
        );
        let file = format!(
            "{}/seeds/{}",
            env!("CARGO_MANIFEST_DIR"),
            part.text("file").unwrap()
        );
        assert!(std::path::Path::new(&file).is_file(), "{file}");
    }
}

#[test]
fn every_line_of_the_sources_is_in_a_record_or_furniture() {
    let seeds = Seeds::read();
    let mut cited: BTreeSet<(String, u32)> = BTreeSet::new();
    for part in parts().iter().filter(|part| !part.is("remark")) {
        let sources = part
            .table
            .get("sources")
            .and_then(Value::as_table)
            .into_iter()
            .flat_map(Table::values);
        let sources = sources
            .map(|source| source.as_str().unwrap().parse().unwrap())
            .chain(part.cites("status_source"));
        for citation in sources.chain([part.source.clone()]) {
            cited.extend(
                citation
                    .lines()
                    .map(|(document, line)| (document.to_owned(), line)),
            );
        }
    }
    let left: Vec<_> = seeds
        .lines()
        .filter(|(document, number, line)| {
            !line.is_empty() && !cited.contains(&((*document).to_owned(), *number))
        })
        .map(|(document, number, line)| (document.to_owned(), number, line.to_owned()))
        .collect();
    strike_off("lines", &left);
}
