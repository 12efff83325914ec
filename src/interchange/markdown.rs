//! Markdown: the assessments as they are sent after a call, the findings, and the questions.
//!
//! Neutral and complete: what was recommended, what ICANN org claims, what the team finds, and on what evidence; no private notes. Stored text
//! is escaped by [`escape`], so that it reads as it was written and cannot become markup. Moments are in UTC, so that the same record gives the same text everywhere.

pub mod escape;

use super::records::Scope;
use crate::model::catalogue::Recommendation;
use crate::model::record::finding::{About, Finding};
use crate::model::record::question::Question;
use crate::model::review::Review;
use crate::model::tally;
use escape::{line, paragraph, prose, prose_behind};
use std::fmt::Write;

/// `export assessments --format md`: every recommendation on which the team recorded anything.
pub fn assessments(scope: Scope<'_>) -> String {
    let review = scope.review;
    let mut out = format!(
        "# {}: assessment of the recommendations\n\n",
        line(&review.catalogue.header.review)
    );
    let tally = tally::tally(review);
    let counts = [
        (tally.assessed, "assessed"),
        (tally.agreed, "agreed"),
        (tally.still_relevant, "still relevant"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    push(
        &mut out,
        &format!(
            "Of {} recommendations: {}.",
            tally.recommendations,
            counts.join(", ")
        ),
    );
    let mut any = false;
    for r in &review.catalogue.recommendations {
        let findings =
            scope.shown(|f| !f.private && review.recommendation_of(&f.about) == Some(r.number));
        let rolled = tally::roll_up(review, r.number);
        if review.assessment(r.number).is_empty() && findings.is_empty() && rolled.is_empty() {
            continue;
        }
        any = true;
        recommendation(&mut out, review, r, &findings);
    }
    if !any {
        push(&mut out, "Nothing has been recorded yet.");
    }
    tidy(out)
}

/// `export findings --format md`: all findings and notes, by what they are about.
pub fn findings(scope: Scope<'_>) -> String {
    let mut out = format!(
        "# {}: findings and notes\n\n",
        line(&scope.review.catalogue.header.review)
    );
    let found = scope.shown(|f| !f.private);
    if found.is_empty() {
        push(&mut out, "Nothing has been recorded yet.");
    }
    let number = |f: &Finding| scope.review.recommendation_of(&f.about);
    for group in found.chunk_by(|a, b| number(a) == number(b)) {
        let Some(first) = group.first() else { continue };
        let heading = match number(first).and_then(|n| scope.review.recommendation(n).ok()) {
            Some(r) => format!("## Rec {}: {}", r.number, line(&r.label)),
            None => "## Meetings".to_owned(),
        };
        push(&mut out, &heading);
        list(&mut out, scope.review, group);
    }
    tidy(out)
}

/// `export questions --format md`: the questions by recommendation, with where each stands.
pub fn questions(scope: Scope<'_>) -> String {
    let review = scope.review;
    let mut out = format!(
        "# {}: questions to ICANN org\n\n",
        line(&review.catalogue.header.review)
    );
    for r in &review.catalogue.recommendations {
        let mut questions: Vec<_> = review.questions_on(r.number).collect();
        questions.sort_by_key(|q| q.number);
        if questions.is_empty() {
            continue;
        }
        push(
            &mut out,
            &format!("## Rec {}: {}", r.number, line(&r.label)),
        );
        for q in questions {
            let _ = writeln!(
                out,
                "- **{}** ({}, {}) {}",
                q.number,
                q.briefing_label(),
                review.question_state(q),
                line(&q.text)
            );
        }
        out.push('\n');
    }
    tidy(out)
}

fn recommendation(out: &mut String, review: &Review, r: &Recommendation, findings: &[&Finding]) {
    let a = review.assessment(r.number);
    push(out, &format!("## Rec {}: {}", r.number, line(&r.label)));
    push(
        out,
        &format!(
            "> {}\n>\n> ({}, as of {})",
            paragraph(&r.text),
            r.source,
            r.as_of
        ),
    );
    let verdict = a.implementation.map_or(
        "not assessed",
        crate::model::vocabulary::Implementation::word,
    );
    let mut facts = vec![
        ("ICANN org reports", r.claim.word().to_owned()),
        ("The review team finds", verdict.to_owned()),
    ];
    facts.extend(
        a.relevance
            .map(|word| ("Relevance", word.word().to_owned())),
    );
    facts.extend(
        a.effect
            .map(|word| ("Intended effect", word.word().to_owned())),
    );
    let rolled: Vec<String> = tally::roll_up(review, r.number)
        .iter()
        .map(|(word, n)| format!("{n} {word}"))
        .collect();
    if !rolled.is_empty() {
        let of = r.deliverables.len();
        facts.push(("Deliverables", format!("{} (of {of})", rolled.join(", "))));
    }
    facts.extend(a.standing.map(|word| ("Standing", word.word().to_owned())));
    facts.extend(
        a.consensus
            .map(|word| ("Consensus", word.word().to_owned())),
    );
    facts.extend(
        a.agreed_in
            .as_ref()
            .map(|id| ("Agreed in", line(review.meeting_name(id).as_str()))),
    );
    facts.extend(a.penholder.as_ref().map(|name| ("Penholder", line(name))));
    let blocked = a.blocked_by.iter();
    let mut blocked: Vec<&Question> = blocked
        .filter_map(|id| review.questions.by_id(id))
        .collect();
    blocked.sort_by_key(|question| question.number);
    let blocked: Vec<String> = blocked.iter().map(|q| q.number.to_string()).collect();
    facts.extend(
        (!blocked.is_empty()).then(|| ("Waits for the answers to questions", blocked.join(", "))),
    );
    for (what, value) in facts {
        let _ = writeln!(out, "- {what}: **{value}**");
    }
    out.push('\n');
    let texts = [
        ("What was done", &a.what_was_done),
        ("Finding", &a.finding),
        ("How it was assessed", &a.how_assessed),
        ("Further work needed", &a.further_work),
    ];
    for (heading, text) in texts {
        if let Some(text) = text {
            push(out, &format!("### {heading}"));
            push(out, &prose(text));
        }
    }
    if !findings.is_empty() {
        push(out, "### Findings and notes");
        list(out, review, findings);
    }
}

fn list(out: &mut String, review: &Review, findings: &[&Finding]) {
    for f in findings {
        let mut head = format!("{} UTC, {}", f.at.format("%Y-%m-%d %H:%M"), line(&f.by));
        if let Some(said_by) = &f.said_by {
            let _ = write!(head, ", said by {}", line(said_by));
        }
        if let Some(meeting) = &f.meeting {
            let _ = write!(head, ", {}", line(review.meeting_name(meeting).as_str()));
        }
        if let Some(minute) = f.minute {
            let _ = write!(head, ", minute {minute}");
        }
        if let About::Question(id) = &f.about {
            let _ = write!(head, ", on question {}", review.question_label(id));
        }
        let _ = write!(out, "- {} ({head}): ", capital(f.kind.word()));
        for (at, text) in prose_behind(&f.text).split('\n').enumerate() {
            let indent = if at == 0 || text.is_empty() { "" } else { "  " };
            let _ = writeln!(out, "{indent}{text}");
        }
    }
    out.push('\n');
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn push(out: &mut String, paragraph: &str) {
    out.push_str(paragraph);
    out.push_str("\n\n");
}

fn tidy(mut out: String) -> String {
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
