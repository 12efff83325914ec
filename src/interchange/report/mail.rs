//! The short mail that goes out after a call: what was decided, who does what, and until when objections are waited for.
//!
//! Plain text, for people who read nothing else. It is sent as it is, so that nothing in it is escaped but what could act or hide.

use super::call::{Line, NOTHING, Report, Words};
use crate::model::text::visible;
use textwrap::{Options, WordSplitter};

/// How wide lines are: what mail programs quote without wrapping it.
const WIDTH: usize = 72;

/// Prints the mail; corrections go to `sender`.
pub fn call(report: &Report, sender: &str) -> String {
    let version = if report.version > 1 {
        format!(" (version {})", report.version)
    } else {
        String::new()
    };
    let mut out = vec![
        format!(
            "Subject: {} of {}: decisions and action items{version}",
            visible(&report.title),
            report.date
        ),
        String::new(),
    ];
    for notice in &report.notices {
        let options = Options::new(WIDTH)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        out.extend(
            textwrap::wrap(&visible(notice), options)
                .into_iter()
                .map(|line| line.into_owned()),
        );
        out.push(String::new());
    }
    if let Some(corrections) = &report.corrections {
        let told = corrections.lines.iter().map(|held| Line {
            below: Vec::new(),
            ..held.clone()
        });
        list(&mut out, &corrections.heading, &told.collect::<Vec<_>>());
    }
    list(&mut out, "Decisions reached", &report.decisions);
    list(&mut out, "Action items", &report.actions);
    if !report.carried.is_empty() {
        list(&mut out, "Action items carried over", &report.carried);
    }
    if !report.deadlines.is_empty() {
        list(&mut out, "Objections", &report.deadlines);
    }
    out.push(format!(
        "Please send corrections to {} within a day.",
        visible(sender)
    ));
    out.join("\n") + "\n"
}

fn list(out: &mut Vec<String>, heading: &str, lines: &[Line]) {
    out.push(heading.to_owned());
    if lines.is_empty() {
        out.push(NOTHING.to_owned());
    }
    for held in lines {
        let head = if held.head.is_empty() {
            String::new()
        } else {
            format!(" ({})", held.head.join(", "))
        };
        let text = match &held.words {
            Words::Prose(text) | Words::Quote(text) => text.as_str(),
            Words::None | Words::Marked(_) => "",
        };
        let behind = if text.is_empty() { "" } else { ": " };
        let whole = format!("{}{head}{behind}{text}", held.lead);
        for (at, text) in whole.lines().enumerate() {
            let first = if at == 0 { "- " } else { "  " };
            // A web address is never torn in two.
            let options = Options::new(WIDTH)
                .initial_indent(first)
                .subsequent_indent("  ")
                .break_words(false);
            let options = options.word_splitter(WordSplitter::NoHyphenation);
            out.extend(
                textwrap::wrap(&visible(&text.replace('\t', " ")), options)
                    .into_iter()
                    .map(|line| line.trim_end().to_owned()),
            );
        }
    }
    out.push(String::new());
}
