//! The line in which an answer to a question is written: who gave it, when, and where it can be read.

use super::{Speaker, read, unpointed};
use crate::error::Error;
use crate::model::review::Review;
use chrono::NaiveDate;

/// Takes the day off a line, as `@2018-10-01` in front or behind, and answers it with the rest.
pub fn day_of(line: &str) -> (Option<NaiveDate>, &str) {
    let (first, rest) = day_in_front(line);
    let (last, rest) = day_behind(rest);
    (first.or(last), rest)
}

/// What a line says as an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLine {
    /// The words.
    pub text: String,
    /// Who gave it.
    pub by: Speaker,
    /// The day on which it was given.
    pub on: Option<NaiveDate>,
    /// Where it can be read.
    pub link: Option<String>,
}

/// Reads a line as an answer: `@Steve` in front says who gave it, `@2018-10-01` when, a web address on a last line of its own where it can
/// be read.
///
/// # Errors
/// A marker that an answer has no use for.
pub fn answer(review: &Review, line: &str) -> Result<AnswerLine, Error> {
    let (line, link) = match line.trim_end().rsplit_once('\n') {
        Some((before, last)) if is_address(last.trim()) => (before, Some(last.trim().to_owned())),
        _ => (line, None),
    };
    let (outside, rest) = day_of(line);
    let captured = read(review, rest);
    if captured.about.is_some() || captured.unknown.is_some() || captured.minutes_ago > 0 {
        return Err(Error::slip(
            "An answer belongs to its question and its day; # and @-3 have no meaning in front of it.",
        ));
    }
    // Behind or before a name the day may stand as well.
    let (inside, text) = day_of(&captured.text);
    Ok(AnswerLine {
        text: text.to_owned(),
        by: captured.said_by,
        on: outside.or(inside),
        link,
    })
}

/// The day with which a line begins, as `@2018-10-01`, and the rest.
fn day_in_front(line: &str) -> (Option<NaiveDate>, &str) {
    let begun = line.trim_start();
    let (word, rest) = begun.split_at(begun.find(char::is_whitespace).unwrap_or(begun.len()));
    match unpointed(word)
        .strip_prefix('@')
        .and_then(|day| day.parse().ok())
    {
        Some(day) => (Some(day), rest.trim_start()),
        None => (None, line),
    }
}

/// The day with which a line ends, as `@2018-10-01`, and what stands before it.
fn day_behind(text: &str) -> (Option<NaiveDate>, &str) {
    let Some((before, word)) = text.trim_end().rsplit_once(char::is_whitespace) else {
        return (None, text);
    };
    match word.strip_prefix('@').and_then(|day| day.parse().ok()) {
        Some(day) => (Some(day), before.trim_end()),
        None => (None, text),
    }
}

fn is_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}
