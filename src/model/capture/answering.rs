//! The line in which an answer to a question is written: who gave it, when, and where it can be read.

use super::{Speaker, read, unpointed};
use crate::error::Error;
use crate::model::review::Review;
use chrono::NaiveDate;

/// Reads the day off a line, as `@2018-10-01` in front or behind, and returns it with the rest.
pub fn day_of(line: &str) -> (Option<NaiveDate>, &str) {
    let day = |word: &str| word.strip_prefix('@')?.parse::<NaiveDate>().ok();
    let (mut found, mut rest) = (None, line);
    let begun = line.trim_start();
    let (word, behind) = begun.split_at(begun.find(char::is_whitespace).unwrap_or(begun.len()));
    if let Some(first) = day(unpointed(word)) {
        (found, rest) = (Some(first), behind.trim_start());
    }
    if let Some((before, word)) = rest.trim_end().rsplit_once(char::is_whitespace)
        && let Some(last) = day(word)
    {
        (found, rest) = (found.or(Some(last)), before.trim_end());
    }
    (found, rest)
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

fn is_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}
