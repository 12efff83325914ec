//! The report of a call as one HTML file that needs nothing else, on the same page as the other reports.

use super::call::{Fate, Line, NOTHING, Piece, Report, Section, Words};
use super::html::{BREAK, line, page, prose};
use maud::{Markup, html};

/// Prints the report of a call.
pub fn call(report: &Report) -> String {
    let body = html! {
        (BREAK) h1 { (line(&report.title)) }
        @for notice in &report.notices { (BREAK) p { (line(notice)) } }
        (list(&report.facts))
        @for held in report.sections() { (section(&held)) }
    };
    page(&report.title, &body)
}

fn section(held: &Section<'_>) -> Markup {
    html! {
        @if held.level == 2 { (BREAK) h2 { (line(held.heading)) } } @else { (BREAK) h3 { (line(held.heading)) } }
        @if !held.lines.is_empty() { (list(held.lines)) } @else if !held.has_parts { (BREAK) p { (NOTHING) } }
    }
}

fn list(lines: &[Line]) -> Markup {
    html! { (BREAK) ul { @for held in lines { (BREAK) li { (item(held)) } } } }
}

fn item(held: &Line) -> Markup {
    let has_words = held.words != Words::None;
    let head = html! {
        strong { (line(&held.lead)) }
        @if !held.head.is_empty() { " " span.head { "(" (line(&held.head.join(", "))) ")" } }
        @if has_words { ": " }
    };
    html! {
        @match &held.words {
            Words::None => p { (head) },
            Words::Prose(text) => (prose(Some(&head), text)),
            Words::Quote(text) => { p { (head) } blockquote { (prose(None, text)) } },
            Words::Marked(pieces) => p { (head) @for (at, piece) in pieces.iter().enumerate() { @if at > 0 { " " } (marked(piece)) } },
        }
        @if !held.below.is_empty() { (list(&held.below)) }
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
