//! A report as Markdown, which reads well in a mail before anybody renders it. Stored text is escaped, as in [`crate::interchange::markdown`].

use super::questions::{Answer, Heading, Question, Recommendation, Report};
use crate::interchange::markdown::escape::{line, paragraph, prose, prose_behind};
use std::fmt::Write;

/// Prints a report of questions.
pub fn questions(report: &Report) -> String {
    let mut out = format!("# {}\n", line(&report.title));
    for sentence in &report.summary {
        let _ = writeln!(out, "\n{}", paragraph(sentence));
    }
    for briefing in &report.briefings {
        let _ = writeln!(out, "\n## {}", line(&briefing.heading));
        for r in &briefing.recommendations {
            recommendation(&mut out, r);
        }
    }
    if !report.without.is_empty() {
        out.push_str("\n## Recommendations without any question\n\n");
        for Heading { number, label } in &report.without {
            let _ = writeln!(out, "- Rec {number}: {}", line(label));
        }
    }
    out
}

fn recommendation(out: &mut String, r: &Recommendation) {
    let _ = writeln!(
        out,
        "\n### Rec {}: {}\n\n> {}\n",
        r.heading.number,
        line(&r.heading.label),
        paragraph(&r.text)
    );
    for q in &r.questions {
        question(out, q);
    }
}

fn question(out: &mut String, q: &Question) {
    let marks: Vec<String> = q.marks.iter().map(|mark| line(mark)).collect();
    let marks = if marks.is_empty() {
        String::new()
    } else {
        format!(" ({})", marks.join(", "))
    };
    let _ = write!(out, "- **{}**{marks} Q: ", q.number);
    indented(out, &prose_behind(&q.text), "  ");
    if let Some(reason) = &q.reason {
        out.push_str("  - Reason: ");
        indented(out, &prose_behind(reason), "    ");
    }
    for a in &q.answers {
        answer(out, a);
    }
}

fn answer(out: &mut String, a: &Answer) {
    let head: Vec<String> = a.head.iter().map(|part| line(part)).collect();
    let _ = write!(out, "  - A ({}): ", head.join(", "));
    // The link is a paragraph of its own: nothing that stands beside it can be taken for a part of it.
    let link = a
        .link
        .as_ref()
        .map_or_else(String::new, |link| format!("\n\n{}", prose(link)));
    indented(out, &format!("{}{link}", prose_behind(&a.text)), "    ");
}

/// Text whose first line stands behind other text of a list item.
pub(super) fn indented(out: &mut String, text: &str, indent: &str) {
    for (at, text) in text.split('\n').enumerate() {
        let indent = if at == 0 || text.is_empty() {
            ""
        } else {
            indent
        };
        let _ = writeln!(out, "{indent}{text}");
    }
}
