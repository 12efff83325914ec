//! The report of a call as Markdown, which reads well in a mail before anybody renders it, and is what a version is kept as. Stored text is
//! escaped, as in [`crate::interchange::markdown`].

use super::call::{Fate, Line, NOTHING, Piece, Report, Words};
use super::markdown::indented;
use crate::interchange::markdown::escape::{line, prose, prose_behind};
use std::fmt::Write;

/// Prints the report of a call.
pub fn call(report: &Report) -> String {
    let mut out = format!("# {}\n\n", line(&report.title));
    for notice in &report.notices {
        let _ = writeln!(out, "{}\n", line(notice));
    }
    for fact in &report.facts {
        item(&mut out, fact, 0);
    }
    for section in report.sections() {
        let _ = writeln!(
            out,
            "\n{} {}",
            "#".repeat(usize::from(section.level)),
            line(section.heading)
        );
        if section.lines.is_empty() && !section.has_parts {
            let _ = writeln!(out, "\n{NOTHING}");
        } else if !section.lines.is_empty() {
            out.push('\n');
        }
        for held in section.lines {
            item(&mut out, held, 0);
        }
    }
    out
}

fn item(out: &mut String, held: &Line, depth: usize) {
    let indent = "  ".repeat(depth);
    let head: Vec<String> = held.head.iter().map(|part| line(part)).collect();
    let head = if head.is_empty() {
        String::new()
    } else {
        format!(" ({})", head.join(", "))
    };
    let _ = write!(out, "{indent}- **{}**{head}", line(&held.lead));
    let below = format!("{indent}  ");
    match &held.words {
        Words::None => out.push('\n'),
        Words::Prose(text) => {
            out.push_str(": ");
            indented(out, &prose_behind(text), &below);
        }
        Words::Quote(text) => {
            out.push_str(":\n\n");
            for text in prose(text).split('\n') {
                let _ = writeln!(
                    out,
                    "{below}>{}{text}",
                    if text.is_empty() { "" } else { " " }
                );
            }
            out.push('\n');
        }
        Words::Marked(pieces) => {
            let pieces: Vec<String> = pieces.iter().map(marked).collect();
            let _ = writeln!(out, ": {}", pieces.join(" "));
        }
    }
    for held in &held.below {
        item(out, held, depth + 1);
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
