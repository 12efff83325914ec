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
        @for part in &report.sections { (section(part)) }
    };
    page(&report.title, &body)
}

fn section(section: &Section) -> Markup {
    html! {
        @if section.level == 2 { (BREAK) h2 { (line(&section.heading)) } } @else { (BREAK) h3 { (line(&section.heading)) } }
        @if !section.lines.is_empty() { (list(&section.lines)) } @else if section.needs_lines { (BREAK) p { (NOTHING) } }
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
