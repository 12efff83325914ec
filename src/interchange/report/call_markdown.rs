//! The report of a call as Markdown, which reads well in a mail before anybody renders it, and is what a version is kept as. Stored text is
//! escaped, as in [`crate::interchange::markdown`].

use super::call::{Fate, Line, NOTHING, Piece, Report, Words};
use super::markdown::{head, indented};
use crate::interchange::markdown::escape::{line, prose, prose_behind};
use std::fmt::Write;

/// Prints the report of a call.
pub fn call(report: &Report) -> String {
    let mut out = format!("# {}\n\n", line(&report.title));
    for notice in &report.notices {
        let _ = writeln!(out, "{}\n", line(notice));
    }
    for fact in &report.facts {
        item(&mut out, fact, "");
    }
    for section in &report.sections {
        let signs = "#".repeat(usize::from(section.level));
        let _ = writeln!(out, "\n{signs} {}", line(&section.heading));
        if !section.lines.is_empty() {
            out.push('\n');
        } else if section.needs_lines {
            let _ = writeln!(out, "\n{NOTHING}");
        }
        for line in &section.lines {
            item(&mut out, line, "");
        }
    }
    out
}

fn item(out: &mut String, item_line: &Line, indent: &str) {
    let (lead, head) = (line(&item_line.lead), head(&item_line.head));
    let _ = write!(out, "{indent}- **{lead}**{head}");
    let below = format!("{indent}  ");
    match &item_line.words {
        Words::None => out.push('\n'),
        Words::Prose(text) => {
            out.push_str(": ");
            indented(out, &prose_behind(text), &below);
        }
        Words::Quote(text) => {
            out.push_str(":\n\n");
            for text in prose(text).split('\n') {
                let space = if text.is_empty() { "" } else { " " };
                let _ = writeln!(out, "{below}>{space}{text}");
            }
            out.push('\n');
        }
        Words::Marked(pieces) => {
            let pieces: Vec<String> = pieces.iter().map(marked).collect();
            let _ = writeln!(out, ": {}", pieces.join(" "));
        }
    }
    for line in &item_line.below {
        item(out, line, &below);
    }
}

/// Words that were removed struck out, words that were added emphasized.
fn marked(piece: &Piece) -> String {
    let words = without_tildes(&line(&piece.words));
    match piece.fate {
        Fate::Kept => words,
        Fate::Added => format!("**{words}**"),
        Fate::Removed => format!("~~{words}~~"),
    }
}

/// A tilde could be read with those that strike out, or with one of another piece, also behind a backslash; as an entity it is not. In an
/// address, which is written bare or between `<` and `>`, it stays.
fn without_tildes(words: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(words.len()), words);
    while let Some(c) = rest.chars().next() {
        let begins = |scheme: &str| rest.strip_prefix('<').unwrap_or(rest).starts_with(scheme);
        let is_address = begins("http://") || begins("https://");
        let end = match c {
            '<' if is_address => rest.find('>').map(|at| at + 1),
            _ if is_address => rest.find([' ', '<']),
            '\\' => rest.char_indices().nth(2).map(|(at, _)| at),
            c => Some(c.len_utf8()),
        };
        let (taken, left) = rest.split_at(end.unwrap_or(rest.len()));
        out.push_str(if matches!(taken, "~" | "\\~") {
            "&#126;"
        } else {
            taken
        });
        rest = left;
    }
    out
}
