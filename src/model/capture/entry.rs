//! The line in which an action item or a decision is written, and the words that make a finding a note.
//!
//! To the markers of a finding an action item adds by when it is to be done: `@friday`, `@+7`, `@2018-09-20`, `@next call`. A finding is a note
//! with `@note`, and a note for its writer alone with `@private`. They stand where the other markers stand, before the first word or behind
//! the last one; anywhere else they are words of the sentence.

use super::{
    Captured, Speaker, ends_sentence, malformed, place, read, speaker, without_comma, words,
};
use crate::model::record::action::Due;
use crate::model::review::Review;
use crate::model::vocabulary::FindingKind;
use chrono::NaiveDate;

/// Reads a line as an action item.
pub fn action(review: &Review, line: &str, today: NaiveDate) -> Captured {
    let due = |words: &[&str], is_behind: bool| due(review, today, words, is_behind);
    if let Some((due, rest)) = without_mark(review, line, due) {
        return Captured {
            due: Some(due),
            ..read(review, &rest)
        };
    }
    let mut captured = read(review, line);
    let words: Vec<&str> = captured.text.split_whitespace().collect();
    let (first, last) = (words.first().copied(), words.last().copied());
    // What begins like a day and is none was meant as one.
    let is_meant = |word: &&str| {
        word.strip_prefix('@')
            .is_some_and(|day| day.starts_with(|c: char| c == '+' || c.is_ascii_digit()))
    };
    let bad = first.filter(is_meant).or(last.filter(is_meant));
    let bad = bad.map(str::to_owned);
    let has_day = |word: &&str| {
        word.split('@').any(|day| Due::typed(day, today).is_ok()) && !ends_sentence(word)
    };
    let joined = last.filter(|word| malformed::are_joined_markers(word));
    if let Some(joined) = joined.filter(has_day) {
        captured.said_by = Speaker::Several(vec![joined.to_owned()]);
    }
    if !matches!(&captured.said_by, Speaker::Several(words) if words.len() == 1) {
        captured.unknown = captured.unknown.or(bad);
    }
    captured
}

/// The day with which these words begin, and of how many words it is.
fn due(review: &Review, today: NaiveDate, words: &[&str], is_behind: bool) -> Option<(usize, Due)> {
    let first = without_comma(words.first()?.strip_prefix('@')?);
    let is_call = |word: &&str| {
        let word = without_comma(word).trim_end_matches('.');
        word.eq_ignore_ascii_case("call")
    };
    if first.eq_ignore_ascii_case("next")
        && let Some(call) = words.get(1).filter(|word| is_call(word))
    {
        return (!is_behind || !ends_sentence(call)).then_some((2, Due::NextCall));
    }
    // `@-3` says how long ago it was said, and `@mon` may be Monika before it is Monday.
    let is_name = || !matches!(speaker(review, first), Speaker::New(_) | Speaker::Nobody);
    let is_short = first.len() <= 3 && first.chars().all(char::is_alphabetic);
    let is_end = is_behind && ends_sentence(words[0]);
    if first.starts_with('-') || is_end || (is_short && is_name()) {
        return None;
    }
    Some((1, Due::typed(first, today).ok()?))
}

/// Reads a line as a finding: what it says, of which kind it is, and whether it is for its writer alone.
pub fn finding(review: &Review, line: &str) -> (Captured, FindingKind, bool) {
    let mark = |words: &[&str], is_behind: bool| {
        let word = words.first()?;
        // `@private.` is a marker, too: a note that was meant to be private must not become public because of a full stop.
        let is_private = malformed::is_private(word);
        let is_note = malformed::makes_note(word) && !(is_behind && ends_sentence(word));
        (is_private || is_note).then_some((1, is_private))
    };
    let (mut kind, mut private, mut rest) = (FindingKind::Finding, false, line.to_owned());
    while let Some((is_private, without)) = without_mark(review, &rest, mark) {
        (kind, private, rest) = (FindingKind::Note, private || is_private, without);
    }
    let mut captured = read(review, &rest);
    // The error about an unclear marker in a private note must not quote the note.
    let is_clear = captured.unknown.is_none() && captured.said_by.clone().one().is_ok();
    // In the middle of a sentence the marker does nothing, but whoever typed it did not mean everybody to read the sentence.
    let is_misplaced = is_clear && !private && misplaced_private(&captured.text).is_some();
    if (private && !is_clear) || is_misplaced {
        captured.unknown = None;
        captured.said_by = Speaker::Several(vec![malformed::HIDDEN_MARK.to_owned()]);
    }
    (captured, kind, private)
}

/// The byte from which a line that is being typed as a finding must be masked: where `@private` begins, as soon as it is complete, whatever
/// follows it; 0 if it stands behind the words, since it makes all of them private.
///
/// A line for which this returns a place is never recorded as public: [`finding`] reads it as private, or the line is refused.
pub fn private_from(review: &Review, line: &str) -> Option<usize> {
    let words = words(line);
    let mut first = 0;
    while let Some(word) = words.get(first) {
        if let Some(at) = malformed::find_private(word) {
            return Some(place(line, word) + at);
        }
        // `@ private` is a malformed marker and not a part of the sentence.
        if *word.trim_end() == *"@" && malformed::in_front(review, &words[first..]).is_some() {
            return Some(place(line, word));
        }
        match malformed::marker_length(review, &words[first..]) {
            0 => break,
            marked => first += marked,
        }
    }
    malformed::last_private(review, &words[first..])
        .map(|_| 0)
        .or_else(|| misplaced_private(line))
}

/// The byte at which `@private` is in a text, in any case. In an address such as `x@private.org` it is part of a word.
fn misplaced_private(text: &str) -> Option<usize> {
    let mark = "@private";
    let is_mark = |at: &usize| {
        text.get(*at..at + mark.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(mark))
    };
    let is_in_word = |at: &usize| text[..*at].ends_with(char::is_alphanumeric);
    text.char_indices()
        .map(|(at, _)| at)
        .find(|at| is_mark(at) && !is_in_word(at))
}

/// Looks for the words that `mark` knows where markers stand: with nothing but markers before them, or behind them. Returns what they say, and
/// the line without them. The second argument of `mark` is whether they stand behind the others.
fn without_mark<T>(
    review: &Review,
    line: &str,
    mark: impl Fn(&[&str], bool) -> Option<(usize, T)>,
) -> Option<(T, String)> {
    let words = words(line);
    // Markers stand at the ends; a pasted text is not searched through with every key.
    let searched = malformed::SEARCHED_WORDS;
    let is_near_end = |at: &usize| *at < searched || *at + searched >= words.len();
    for at in (0..words.len()).filter(is_near_end) {
        for is_behind in [false, true] {
            let Some((count, value)) = mark(&words[at..], is_behind) else {
                continue;
            };
            let end = (at + count).min(words.len());
            let others = if is_behind {
                &words[end..]
            } else {
                &words[..at]
            };
            if malformed::only_markers(review, others) {
                let place = |at: usize| words.get(at).map_or(line.len(), |word| place(line, word));
                return Some((value, [&line[..place(at)], &line[place(end)..]].concat()));
            }
        }
    }
    None
}
