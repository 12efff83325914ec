//! A document as TOML text. The same records give the same bytes, whoever writes them and when.

use crate::interchange::document::{Document, Node, Table};
use crate::model::record::value::print_moment;
use std::fmt::Write;

/// Writes a document as TOML.
pub fn write(document: &Document) -> String {
    let mut body = String::new();
    let sections = document.sections.iter();
    let lists = sections.map(|section| (section.key, &section.records));
    for (key, records) in lists.chain([("refers_to", &document.refers_to)]) {
        for record in records {
            if !body.is_empty() {
                body.push('\n');
            }
            body.push_str(&format!("[[{key}]]\n"));
            write_table(&mut body, &format!("{key}."), record);
        }
    }
    let mut text = String::new();
    write_table(&mut text, "", &document.head(&body));
    if !body.is_empty() {
        text.push('\n');
        text.push_str(&body);
    }
    text
}

/// Where the records of a file begin: at its first line that opens a list of tables. The digest covers the text from there on.
pub fn body(text: &str) -> &str {
    if text.starts_with("[[") {
        return text;
    }
    text.find("\n[[")
        .and_then(|at| text.get(at + 1..))
        .unwrap_or_default()
}

/// Writes the keys of a table: values first, then the tables below it, each under its full name, which begins with `prefix`.
fn write_table(out: &mut String, prefix: &str, table: &Table) {
    for (key, node) in &table.0 {
        if let Some(value) = value(node) {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{key} = {value}");
        }
    }
    for (key, node) in &table.0 {
        let below = format!("{prefix}{key}.");
        if let Node::Table(table) = node {
            let _ = writeln!(out, "\n[{prefix}{key}]");
            write_table(out, &below, table);
        } else if let Node::Tables(tables) = node {
            for table in tables {
                let _ = writeln!(out, "\n[[{prefix}{key}]]");
                write_table(out, &below, table);
            }
        }
    }
}

/// A value as it stands after `key = `; nothing for what is unset or is a table.
fn value(node: &Node) -> Option<String> {
    Some(match node {
        Node::Unset | Node::Table(_) | Node::Tables(_) => return None,
        Node::Texts(texts) if texts.is_empty() => return None,
        Node::Flag(false) => return None,
        Node::Flag(flag) => flag.to_string(),
        Node::Number(number) => number.to_string(),
        Node::Text(text) if text.contains('\n') => prose(text),
        Node::Text(text) => line(text),
        Node::Prose(text) => prose(text),
        Node::Moment(at) => print_moment(*at),
        Node::Day(day) => day.to_string(),
        Node::Texts(texts) => {
            let lines: Vec<String> = texts.iter().map(|text| line(text)).collect();
            format!("[{}]", lines.join(", "))
        }
    })
}

/// A text on one line, between quotes.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ => escape(&mut out, c),
        }
    }
    out.push('"');
    out
}

/// A text on lines of its own, with the one line break before the closing quotes that reading takes off.
fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    out.push_str("\"\"\"\n");
    let mut quotes = 0;
    for c in text.chars() {
        quotes = if c == '"' { quotes + 1 } else { 0 };
        match c {
            // A third quote in a row would close the text.
            '"' if quotes == 3 => {
                out.push_str("\\\"");
                quotes = 0;
            }
            '\n' | '\t' | '"' => out.push(c),
            _ => escape(&mut out, c),
        }
    }
    out.push_str("\n\"\"\"");
    out
}

/// A character that is neither quote, tab nor line break.
fn escape(out: &mut String, c: char) {
    if c == '\\' {
        out.push_str("\\\\");
    } else if c.is_control() {
        let _ = write!(out, "\\u{:04X}", u32::from(c));
    } else {
        out.push(c);
    }
}
