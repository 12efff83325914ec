//! Reports as HTML: each one file that needs nothing else: no script, no font, no picture, nothing from the network.
//!
//! Everything that was stored goes through maud, which escapes it. Only what begins with `http://` or `https://` becomes a link. The file also
//! tells the browser to load and run nothing, so that even a hole in the above would do no harm.

use super::call::{self, Fate, Line, NOTHING, Piece, Section, Words};
use super::questions::{Question, Report};
use crate::model::record::answer::Answer;
use crate::model::text::visible;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// How it looks: in the reader's own fonts and colours, lines that are not too long, and on paper no question torn in two.
const STYLE: &str = "
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
h1, h2, h3 { line-height: 1.25; text-wrap: balance }
h2 { margin-top: 3rem; border-bottom: 1px solid; padding-bottom: .25rem }
h3 { margin-top: 2rem }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: .25rem solid #8888 }
ol { list-style: none; padding: 0 }
ol.questions > li { margin: 1rem 0 }
ol.answers { margin: .5rem 0 0 2rem; padding-left: 1rem; border-left: 1px solid #8888 }
p { margin: .5rem 0 }
.number { font-weight: bold }
.mark { font-style: italic }
.head { font-size: .875rem }
@media print {
  body { font-size: 10.5pt; max-width: none; margin: 0 }
  h1, h2, h3, blockquote { break-after: avoid }
  li { break-inside: avoid }
}
";

/// Before what begins a line of the file: browsers do not show it, and a change makes a small diff.
const BREAK: char = '\n';

/// Prints a report of questions.
pub fn questions(report: &Report<'_>) -> String {
    let body = html! {
        (BREAK) h1 { (line(&report.title)) }
        @for sentence in &report.summary { (BREAK) p { (line(sentence)) } }
        @for briefing in &report.briefings {
            (BREAK) section {
                (BREAK) h2 { (line(&briefing.heading)) }
                @for (r, questions) in &briefing.recommendations {
                    (BREAK) section {
                        (BREAK) h3 { "Rec " (r.number) ": " (line(&r.label)) }
                        (BREAK) blockquote { (prose(None, &r.text)) }
                        (BREAK) ol.questions { @for q in questions { (BREAK) li { (question(q)) } } }
                    }
                }
            }
        }
        @if !report.without.is_empty() {
            (BREAK) section {
                (BREAK) h2 { "Recommendations without any question" }
                (BREAK) ul { @for r in &report.without { (BREAK) li { "Rec " (r.number) ": " (line(&r.label)) } } }
            }
        }
    };
    page(&report.title, &body)
}

fn question(question: &Question<'_>) -> Markup {
    let (q, marks) = (question.question, &question.marks);
    let head = html! {
        span.number { (q.number) }
        @if !marks.is_empty() { " " span.mark { "(" (line(&marks.join(", "))) ")" } }
        " Q: "
    };
    html! {
        (prose(Some(&head), &q.text))
        @if let Some(reason) = &q.recorded.reason { (prose(Some(&html! { span.mark { "Reason:" } " " }), reason)) }
        @if !question.answers.is_empty() { (BREAK) ol.answers { @for (a, head) in &question.answers { (BREAK) li { (answer(a, head)) } } } }
    }
}

fn answer(answer: &Answer, head: &[String]) -> Markup {
    let head = html! { "A " span.head { "(" (line(&head.join(", "))) ")" } ": " };
    html! {
        (prose(Some(&head), &answer.text))
        @if let Some(address) = &answer.link {
            p.head {
                @if is_web(address) { a href=(address) rel="noopener noreferrer" { (line(address)) } } @else { (line(address)) }
            }
        }
    }
}

/// Prints the report of a call.
pub fn call(report: &call::Report) -> String {
    let body = html! {
        (BREAK) h1 { (line(&report.title)) }
        @for notice in &report.notices { (BREAK) p { (line(notice)) } }
        (list(&report.facts))
        @for part in &report.sections {
            (BREAK) h2 { (line(&part.heading)) }
            @if part.is_empty() { (BREAK) p { (NOTHING) } }
            (section(part))
        }
    };
    page(&report.title, &body)
}

fn section(section: &Section) -> Markup {
    html! {
        @if !section.lines.is_empty() { (list(&section.lines)) }
        @for part in &section.parts { (BREAK) h3 { (line(&part.heading)) } (self::section(part)) }
    }
}

fn list(lines: &[Line]) -> Markup {
    html! { (BREAK) ul { @for line in lines { (BREAK) li { (item(line)) } } } }
}

fn item(item: &Line) -> Markup {
    let head = html! {
        strong { (line(&item.lead)) }
        @if !item.head.is_empty() { " " span.head { "(" (line(&item.head.join(", "))) ")" } }
        @if item.words != Words::None { ": " }
    };
    html! {
        @match &item.words {
            Words::None => p { (head) },
            Words::Prose(text) => (prose(Some(&head), text)),
            Words::Quote(text) => { p { (head) } blockquote { (prose(None, text)) } },
            Words::Marked(pieces) => p { (head) @for (at, piece) in pieces.iter().enumerate() { @if at > 0 { " " } (marked(piece)) } },
        }
        @if !item.below.is_empty() { (list(&item.below)) }
    }
}

fn marked(piece: &Piece) -> Markup {
    let words = line(&piece.words);
    match piece.fate {
        Fate::Kept => html! { (words) },
        Fate::Removed => html! { del { (words) } },
        Fate::Added => html! { ins { (words) } },
    }
}

/// A whole file with this title and body.
fn page(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (line(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    page.into_string() + "\n"
}

/// Whether an address may become a link: a `javascript:` or `data:` would run what somebody else wrote.
fn is_web(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    let is = |wanted: &str| scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(wanted));
    is("http") || is("https")
}

/// Paragraphs, which empty lines separate; other line breaks are kept. What is `before` stands in the first.
fn prose(before: Option<&Markup>, text: &str) -> Markup {
    let lines: Vec<&str> = text.lines().collect();
    let paragraphs = lines
        .split(|line| line.trim().is_empty())
        .filter(|paragraph| !paragraph.is_empty());
    html! {
        @for (at, paragraph) in paragraphs.enumerate() {
            p {
                @if let (0, Some(before)) = (at, before) { (before) }
                @for (at, text) in paragraph.iter().enumerate() {
                    @if at > 0 { br; }
                    (line(text))
                }
            }
        }
    }
}

/// A text on one line, without anything that hides or acts.
fn line(text: &str) -> String {
    visible(&text.replace('\t', " "))
}
