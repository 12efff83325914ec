//! Markdown: the assessments as they are sent after a call, the findings, and the questions.
//!
//! Neutral and complete: what was recommended, what ICANN org claims, what the team finds, and on what evidence; no private notes. Stored text
//! is escaped by [`escape`], so that it reads as it was written and cannot become markup. Moments are in UTC, so that the same record gives the same text everywhere.

pub mod escape;

use super::records::Scope;
use crate::model::catalogue::Recommendation;
use crate::model::ids::QuestionNumber;
use crate::model::record::finding::{About, Finding};
use crate::model::review::Review;
use crate::model::tally;
use crate::model::vocabulary::FindingKind;
use escape::{indented, line, paragraph, prose, prose_behind};
use std::fmt::Write;

/// `export assessments --format md`: every recommendation on which the team recorded anything.
pub fn assessments(scope: Scope<'_>) -> String {
    let review = scope.review;
    let tally = tally::tally(review);
    let title = title(review, "assessment of the recommendations");
    let counts = format!(
        "Of {} recommendations: {} assessed, {} agreed, {} still relevant.",
        tally.recommendations, tally.assessed, tally.agreed, tally.still_relevant
    );
    let mut recorded = Vec::new();
    for r in &review.catalogue.recommendations {
        let findings =
            scope.shown(|f| !f.private && review.recommendation_of(&f.about) == Some(r.number));
        let rolled = tally::roll_up(review, r.number);
        if !review.assessment(r.number).is_empty() || !findings.is_empty() || !rolled.is_empty() {
            recorded.extend(recommendation(review, r, &findings));
        }
    }
    print(vec![title, counts], recorded)
}

/// `export findings --format md`: all findings and notes, by what they are about.
pub fn findings(scope: Scope<'_>) -> String {
    let review = scope.review;
    let found = scope.shown(|f| !f.private);
    let number = |f: &Finding| review.recommendation_of(&f.about);
    let mut recorded = Vec::new();
    for group in found.chunk_by(|a, b| number(a) == number(b)) {
        let number = group.first().and_then(|first| number(first));
        let r = number.and_then(|number| review.recommendation(number).ok());
        recorded.push(r.map_or_else(|| "## Meetings".to_owned(), heading));
        recorded.push(list(review, group));
    }
    print(vec![title(review, "findings and notes")], recorded)
}

/// `export questions --format md`: the questions by recommendation, with where each stands.
pub fn questions(scope: Scope<'_>) -> String {
    let review = scope.review;
    let mut paragraphs = vec![title(review, "questions to ICANN org")];
    for r in &review.catalogue.recommendations {
        let mut questions: Vec<_> = review.questions_on(r.number).collect();
        questions.sort_by_key(|q| q.number);
        if questions.is_empty() {
            continue;
        }
        let questions = questions.into_iter().map(|q| {
            let (briefing, state) = (q.briefing_label(), review.question_state(q));
            format!("- **{}** ({briefing}, {state}) {}", q.number, line(&q.text))
        });
        paragraphs.push(heading(r));
        paragraphs.push(questions.collect::<Vec<_>>().join("\n"));
    }
    paragraphs.join("\n\n") + "\n"
}

fn title(review: &Review, what: &str) -> String {
    format!("# {}: {what}", line(&review.catalogue.header.review))
}

fn heading(r: &Recommendation) -> String {
    format!("## Rec {}: {}", r.number, line(&r.label))
}

/// Prints paragraphs, of which those that follow the first say what was recorded.
fn print(mut paragraphs: Vec<String>, recorded: Vec<String>) -> String {
    if recorded.is_empty() {
        paragraphs.push("Nothing has been recorded yet.".to_owned());
    }
    paragraphs.extend(recorded);
    paragraphs.join("\n\n") + "\n"
}

/// The paragraphs on a recommendation.
fn recommendation(review: &Review, r: &Recommendation, findings: &[&Finding]) -> Vec<String> {
    let a = review.assessment(r.number);
    let rolled = tally::roll_up(review, r.number);
    let rolled: Vec<String> = rolled
        .iter()
        .map(|(word, n)| format!("{n} {word}"))
        .collect();
    let deliverables = format!("{} (of {})", rolled.join(", "), r.deliverables.len());
    let blocked = a.blocked_by.iter();
    let mut blocked: Vec<QuestionNumber> = blocked
        .filter_map(|id| review.questions.by_id(id))
        .map(|question| question.number)
        .collect();
    blocked.sort();
    let blocked: Vec<String> = blocked.iter().map(ToString::to_string).collect();
    let verdict = a.implementation.map(|word| word.word());
    let meeting = a.agreed_in.as_ref().map(|id| review.meeting_name(id));
    let facts = [
        ("ICANN org reports", Some(r.claim.to_string())),
        (
            "The review team finds",
            Some(verdict.unwrap_or("not assessed").to_owned()),
        ),
        ("Relevance", a.relevance.map(|word| word.to_string())),
        ("Intended effect", a.effect.map(|word| word.to_string())),
        ("Deliverables", (!rolled.is_empty()).then_some(deliverables)),
        ("Standing", a.standing.map(|word| word.to_string())),
        ("Consensus", a.consensus.map(|word| word.to_string())),
        ("Agreed in", meeting.map(|name| line(name.as_str()))),
        ("Penholder", a.penholder.as_ref().map(|name| line(name))),
        (
            "Waits for the answers to questions",
            (!blocked.is_empty()).then(|| blocked.join(", ")),
        ),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(what, value)| Some(format!("- {what}: **{}**", value?)));
    let (text, source, as_of) = (paragraph(&r.text), &r.source, r.as_of);
    let mut paragraphs = vec![
        heading(r),
        format!("> {text}\n>\n> ({source}, as of {as_of})"),
        facts.collect::<Vec<_>>().join("\n"),
    ];
    let texts = [
        ("What was done", &a.what_was_done),
        ("Finding", &a.finding),
        ("How it was assessed", &a.how_assessed),
        ("Further work needed", &a.further_work),
    ];
    for (heading, text) in texts {
        if let Some(text) = text {
            paragraphs.extend([format!("### {heading}"), prose(text)]);
        }
    }
    if !findings.is_empty() {
        paragraphs.extend(["### Findings and notes".to_owned(), list(review, findings)]);
    }
    paragraphs
}

fn list(review: &Review, findings: &[&Finding]) -> String {
    let mut out = String::new();
    for f in findings {
        let said_by = f.said_by.as_ref();
        let meeting = f.meeting.as_ref().map(|id| review.meeting_name(id));
        let mut head = vec![
            format!("{} UTC", f.at.format("%Y-%m-%d %H:%M")),
            line(&f.by),
        ];
        head.extend(said_by.map(|name| format!("said by {}", line(name))));
        head.extend(meeting.map(|name| line(name.as_str())));
        head.extend(f.minute.map(|minute| format!("minute {minute}")));
        if let About::Question(id) = &f.about {
            head.push(format!("on question {}", review.question_label(id)));
        }
        let kind = match f.kind {
            FindingKind::Finding => "Finding",
            FindingKind::Note => "Note",
        };
        let _ = write!(out, "- {kind} ({}): ", head.join(", "));
        indented(&mut out, &prose_behind(&f.text), "  ");
    }
    out.pop();
    out
}
