//! The line in which an action item or a decision is written, and the words that make a finding a note.
//!
//! To the markers of a finding an action item adds by when it is to be done: `@friday`, `@+7`, `@2018-09-20`, `@next call`. A finding is a note
//! with `@note`, and a note for its writer alone with `@private`. They stand where the other markers stand, before the first word or behind
//! the last one; anywhere else they are words of the sentence.

use super::{Captured, Speaker, read, speaker};
use crate::model::call::register::Due;
use crate::model::review::Review;
use crate::model::vocabulary::FindingKind;
use chrono::NaiveDate;

/// How many words at either end are looked at for markers; names have up to five.
const MOST: usize = 12;

/// What a line says as an action item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionLine {
    /// The words, who owns it, what it is about, how long ago it was said.
    pub captured: Captured,
    /// By when it is to be done.
    pub due: Option<Due>,
}

/// Reads a line as an action item.
pub fn action(review: &Review, line: &str, today: NaiveDate) -> ActionLine {
    let due = |words: &[&str]| {
        let bare = |word: &str| word.trim_end().trim_end_matches([',', ':', ';']).to_owned();
        let first = bare(words.first()?.strip_prefix('@')?);
        if first.eq_ignore_ascii_case("next")
            && words.get(1).is_some_and(|word| bare(word).trim_end_matches('.').eq_ignore_ascii_case("call"))
        {
            return Some((2, Due::NextCall));
        }
        // `@-3` says how long ago it was said, and `@mon` may be Monika before it is Monday.
        let is_name = || !matches!(speaker(review, &first), Speaker::New(_) | Speaker::Nobody);
        let is_short = first.len() <= 3 && first.chars().all(char::is_alphabetic);
        let is_other = first.starts_with('-') || (is_short && is_name());
        Some(first).filter(|_| !is_other).and_then(|word| Due::typed(&word, today).ok()).map(|due| (1, due))
    };
    match taken(review, line, due) {
        Some((due, rest)) => ActionLine { captured: read(review, &rest), due: Some(due) },
        None => {
            let mut captured = read(review, line);
            // What begins like a day and is none was meant as one.
            let is_day = |word: &&str| word.strip_prefix('@').is_some_and(|day| day.starts_with(|c: char| c == '+' || c.is_ascii_digit()));
            let words: Vec<&str> = captured.text.split_whitespace().collect();
            let bad = words.first().or(None).filter(|word| is_day(word)).or(words.last().filter(|word| is_day(word)));
            captured.unknown = captured.unknown.or(bad.map(|word| (*word).to_owned()));
            ActionLine { captured, due: None }
        }
    }
}

/// Reads a line as a finding: what it says, of which kind it is, and whether it is for its writer alone.
pub fn finding(review: &Review, line: &str) -> (Captured, FindingKind, bool) {
    let kind = |words: &[&str]| {
        let word = words.first()?.trim_end().trim_end_matches([',', ':', ';']).to_lowercase();
        match word.as_str() {
            "@private" => Some((1, true)),
            "@note" => Some((1, false)),
            _ => None,
        }
    };
    match taken(review, line, kind) {
        Some((private, rest)) => (read(review, &rest), FindingKind::Note, private),
        None => (read(review, line), FindingKind::Finding, false),
    }
}

/// Takes the words that `marks` knows off the line, if they stand where markers do: with nothing but markers before them, or behind them.
fn taken<T>(review: &Review, line: &str, marks: impl Fn(&[&str]) -> Option<(usize, T)>) -> Option<(T, String)> {
    let words: Vec<&str> = line.split_inclusive(char::is_whitespace).collect();
    let only_markers = |part: &[&str]| part.iter().all(|word| word.trim().is_empty()) || read(review, &part.concat()).text.is_empty();
    // Markers stand at the ends; a pasted text is not searched through with every key.
    let ends = (0..words.len().min(MOST)).chain(words.len().saturating_sub(MOST).max(MOST)..words.len());
    for at in ends {
        let Some((count, value)) = marks(&words[at..]) else { continue };
        let end = (at + count).min(words.len());
        let ends_sentence = words[end - 1].trim_end().ends_with(['.', '!', '?']);
        if only_markers(&words[..at]) || (only_markers(&words[end..]) && !ends_sentence) {
            return Some((value, [words[..at].concat(), words[end..].concat()].concat()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalogue::{Catalogue, Member};

    fn review() -> Review {
        let member = |name: &&str| Member { name: (*name).to_owned(), source: "002:147".parse().unwrap() };
        Review::new(Catalogue { members: ["Emily", "Ram Krishna"].iter().map(member).collect(), ..Catalogue::default() })
    }

    #[test]
    fn who_and_by_when_stand_before_or_behind_the_words() {
        let today = "2018-09-13".parse().unwrap();
        for (line, text, who, due) in [
            ("@Emily @friday Send the list", "Send the list", "Emily", Some("2018-09-14")),
            ("@friday @Emily Send the list", "Send the list", "Emily", Some("2018-09-14")),
            ("@Emily Send the list @+7", "Send the list", "Emily", Some("2018-09-20")),
            ("Send the list @Emily @next call", "Send the list", "Emily", Some("next call")),
            ("@Ram Krishna @2018-10-01 Send the list", "Send the list", "Ram Krishna", Some("2018-10-01")),
            ("@next call, @emily: Send it", "Send it", "Emily", Some("next call")),
            ("@Emily Meet on friday @ the office", "Meet on friday @ the office", "Emily", None),
            ("@Emily ask @friday whether it holds", "ask @friday whether it holds", "Emily", None),
        ] {
            let read = action(&review(), line, today);
            assert_eq!(read.captured.text, text, "{line}");
            assert_eq!(read.captured.said_by, Speaker::Known(who.to_owned()), "{line}");
            assert_eq!(read.due.map(|due| due.to_string()).as_deref(), due, "{line}");
        }
        let read = action(&review(), "@-3 Send it", today);
        assert_eq!((read.due, read.captured.minutes_ago), (None, 3));
    }

    #[test]
    fn a_note_is_one_by_its_first_words_only() {
        let of = |line: &str| {
            let (captured, kind, private) = finding(&review(), line);
            (captured.text, kind, private)
        };
        assert_eq!(of("@private ask Emily later"), ("ask Emily later".to_owned(), FindingKind::Note, true));
        assert_eq!(of("@Emily @private said so"), ("said so".to_owned(), FindingKind::Note, true));
        assert_eq!(of("@note read aloud"), ("read aloud".to_owned(), FindingKind::Note, false));
        assert_eq!(of("see the @private part of it"), ("see the @private part of it".to_owned(), FindingKind::Finding, false));
    }
}
