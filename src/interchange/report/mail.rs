//! The short mail that goes out after a call: what was decided, who does what, and until when objections are waited for.
//!
//! Plain text, for people who read nothing else. It is sent as it is, so that nothing in it is escaped but what could act or hide.

use super::call::{Line, NOTHING, Report, Words};
use super::in_parentheses;
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
    let (title, date) = (visible(&report.title), report.date);
    let subject = format!("Subject: {title} of {date}: decisions and action items{version}");
    let mut out = vec![subject, String::new()];
    for notice in &report.notices {
        out.extend(wrapped(notice, "", ""));
        out.push(String::new());
    }
    for section in report.sections.iter().filter(|section| section.is_in_mail) {
        list(&mut out, &section.heading, &section.lines);
    }
    if !report.deadlines.is_empty() {
        list(&mut out, "Objections", &report.deadlines);
    }
    let sender = visible(sender);
    out.push(format!("Please send corrections to {sender} within a day."));
    out.join("\n") + "\n"
}

/// The lines themselves, without what is below them.
fn list(out: &mut Vec<String>, heading: &str, lines: &[Line]) {
    out.push(heading.to_owned());
    if lines.is_empty() {
        out.push(NOTHING.to_owned());
    }
    for line in lines {
        let text = match &line.words {
            Words::Prose(text) | Words::Quote(text) if !text.is_empty() => format!(": {text}"),
            Words::Prose(_) | Words::Quote(_) | Words::None | Words::Marked(_) => String::new(),
        };
        let whole = format!("{}{}{text}", line.lead, in_parentheses(&line.head));
        for (at, text) in whole.lines().enumerate() {
            let first = if at == 0 { "- " } else { "  " };
            let lines = wrapped(&text.replace('\t', " "), first, "  ");
            out.extend(lines.iter().map(|line| line.trim_end().to_owned()));
        }
    }
    out.push(String::new());
}

/// A text as lines of the mail. A web address is never split.
fn wrapped(text: &str, first_indent: &str, indent: &str) -> Vec<String> {
    let options = Options::new(WIDTH)
        .initial_indent(first_indent)
        .subsequent_indent(indent)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    let text = visible(text);
    let lines = textwrap::wrap(&text, options).into_iter();
    lines.map(|line| line.into_owned()).collect()
}
