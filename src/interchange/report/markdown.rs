//! Reports as Markdown, which reads well in a mail before anybody renders it, and is what a version of a call's report is kept as. Stored text is
//! escaped, as in [`crate::interchange::markdown`].

use super::call::{self, Fate, Line, NOTHING, Piece, Section, Words};
use super::in_parentheses;
use super::questions::{Question, Report};
use crate::interchange::markdown::escape::{indented, line, paragraph, prose, prose_behind};
use std::fmt::Write;

/// Prints a report of questions.
pub fn questions(report: &Report<'_>) -> String {
    let mut out = format!("# {}\n", line(&report.title));
    for sentence in &report.summary {
        let _ = writeln!(out, "\n{}", paragraph(sentence));
    }
    for briefing in &report.briefings {
        let _ = writeln!(out, "\n## {}", line(&briefing.heading));
        for (r, questions) in &briefing.recommendations {
            let _ = writeln!(out, "\n### Rec {}: {}", r.number, line(&r.label));
            let _ = writeln!(out, "\n> {}\n", paragraph(&r.text));
            for q in questions {
                question(&mut out, q);
            }
        }
    }
    if !report.without.is_empty() {
        out.push_str("\n## Recommendations without any question\n\n");
        for r in &report.without {
            let _ = writeln!(out, "- Rec {}: {}", r.number, line(&r.label));
        }
    }
    out
}

fn question(out: &mut String, question: &Question<'_>) {
    let q = question.question;
    let _ = write!(out, "- **{}**{} Q: ", q.number, head(&question.marks));
    indented(out, &prose_behind(&q.text), "  ");
    if let Some(reason) = &q.recorded.reason {
        out.push_str("  - Reason: ");
        indented(out, &prose_behind(reason), "    ");
    }
    for (answer, known) in &question.answers {
        let _ = write!(out, "  - A{}: ", head(known));
        let mut text = prose_behind(&answer.text);
        // The link is a paragraph of its own: nothing that stands beside it can be taken for a part of it.
        if let Some(link) = &answer.link {
            let _ = write!(text, "\n\n{}", prose(link));
        }
        indented(out, &text, "    ");
    }
}

/// Prints the report of a call.
pub fn call(report: &call::Report) -> String {
    let mut out = format!("# {}\n\n", line(&report.title));
    for notice in &report.notices {
        let _ = writeln!(out, "{}\n", line(notice));
    }
    for fact in &report.facts {
        item(&mut out, fact, "");
    }
    for part in &report.sections {
        section(&mut out, part, "##");
    }
    out
}

fn section(out: &mut String, this: &Section, signs: &str) {
    let _ = writeln!(out, "\n{signs} {}", line(&this.heading));
    if !this.lines.is_empty() {
        out.push('\n');
    } else if this.is_empty() && signs == "##" {
        let _ = writeln!(out, "\n{NOTHING}");
    }
    for line in &this.lines {
        item(out, line, "");
    }
    for part in &this.parts {
        section(out, part, "###");
    }
}

fn item(out: &mut String, this: &Line, indent: &str) {
    let (lead, head) = (line(&this.lead), head(&this.head));
    let _ = write!(out, "{indent}- **{lead}**{head}");
    let below = format!("{indent}  ");
    match &this.words {
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
    for line in &this.below {
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

/// Writes each tilde as an entity: even escaped, it could be read as part of a strikethrough or join a tilde of another piece. In a web
/// address, bare or between `<` and `>`, it is kept.
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

/// The details of an item, in parentheses, to be printed after it.
fn head(parts: &[String]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| line(part)).collect();
    in_parentheses(&parts)
}
