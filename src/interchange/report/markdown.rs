//! A report as Markdown, which reads well in a mail before anybody renders it. Stored text is escaped, as in [`crate::interchange::markdown`].

use super::in_parentheses;
use super::questions::{Answer, Question, Report};
use crate::interchange::markdown::escape::{line, paragraph, prose, prose_behind};
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
    if let Some(reason) = &q.reason {
        out.push_str("  - Reason: ");
        indented(out, &prose_behind(reason), "    ");
    }
    for Answer {
        answer,
        head: known,
    } in &question.answers
    {
        let _ = write!(out, "  - A{}: ", head(known));
        let mut text = prose_behind(&answer.text);
        // The link is a paragraph of its own: nothing that stands beside it can be taken for a part of it.
        if let Some(link) = &answer.link {
            let _ = write!(text, "\n\n{}", prose(link));
        }
        indented(out, &text, "    ");
    }
}

/// What is to be known of something, behind it, in parentheses.
pub(super) fn head(parts: &[String]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| line(part)).collect();
    in_parentheses(&parts)
}

/// Text whose first line stands behind other text of a list item.
pub(in crate::interchange) fn indented(out: &mut String, text: &str, indent: &str) {
    for (at, text) in text.split('\n').enumerate() {
        let indent = if at == 0 || text.is_empty() {
            ""
        } else {
            indent
        };
        let _ = writeln!(out, "{indent}{text}");
    }
}
