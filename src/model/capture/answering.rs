//! The line in which a question or an answer to it is written: who said it, when, and where it can be read.

use super::{Captured, read, unpointed};
use crate::error::{Error, Result};
use crate::model::review::Review;
use chrono::NaiveDate;

/// Reads a line in which `@2018-10-01`, in front or behind, says on which day it was said; it may stand behind or before a name as well.
pub fn with_day(review: &Review, line: &str) -> Captured {
    let (outside, rest) = day_of(line);
    let captured = read(review, rest);
    let (inside, text) = day_of(&captured.text);
    Captured {
        on: outside.or(inside),
        text: text.to_owned(),
        ..captured
    }
}

/// Reads a line as an answer: `@Steve` in front says who gave it, `@2018-10-01` when, a web address on a last line of its own where it can
/// be read.
///
/// # Errors
/// A marker that an answer has no use for.
pub fn answer(review: &Review, line: &str) -> Result<Captured> {
    let (line, link) = match line.trim_end().rsplit_once('\n') {
        Some((before, last)) if is_address(last.trim()) => (before, Some(last.trim().to_owned())),
        _ => (line, None),
    };
    let captured = with_day(review, line);
    if captured.about.is_some() || captured.unknown.is_some() || captured.minutes_ago > 0 {
        return Err(Error::slip(
            "An answer belongs to its question and its day; # and @-3 have no meaning in front of it.",
        ));
    }
    Ok(Captured { link, ..captured })
}

/// Reads the day off a line, as `@2018-10-01` in front or behind, and returns it with the rest.
fn day_of(line: &str) -> (Option<NaiveDate>, &str) {
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

fn is_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}
