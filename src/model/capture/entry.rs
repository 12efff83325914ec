//! The line in which an action item or a decision is written, and the words that make a finding a note.
//!
//! To the markers of a finding an action item adds by when it is to be done: `@friday`, `@+7`, `@2018-09-20`, `@next call`. A finding is a note
//! with `@note`, and a note for its writer alone with `@private`. They stand where the other markers stand, before the first word or behind
//! the last one; anywhere else they are words of the sentence.

use super::{Captured, Speaker, malformed, place, read, speaker, words};
use crate::model::record::action::Due;
use crate::model::review::Review;
use crate::model::vocabulary::FindingKind;
use chrono::NaiveDate;

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
    let due = |words: &[&str], behind: bool| {
        let bare = |word: &str| word.trim_end().trim_end_matches([',', ':', ';']).to_owned();
        let first = bare(words.first()?.strip_prefix('@')?);
        if first.eq_ignore_ascii_case("next")
            && words.get(1).is_some_and(|word| {
                bare(word)
                    .trim_end_matches('.')
                    .eq_ignore_ascii_case("call")
            })
        {
            return Some((2, Due::NextCall)).filter(|_| !(behind && ends_sentence(words[1])));
        }
        // `@-3` says how long ago it was said, and `@mon` may be Monika before it is Monday.
        let is_name = || !matches!(speaker(review, &first), Speaker::New(_) | Speaker::Nobody);
        let is_short = first.len() <= 3 && first.chars().all(char::is_alphabetic);
        let is_other = first.starts_with('-')
            || (is_short && is_name())
            || (behind && ends_sentence(words[0]));
        Some(first)
            .filter(|_| !is_other)
            .and_then(|word| Due::typed(&word, today).ok())
            .map(|due| (1, due))
    };
    match taken(review, line, due) {
        Some((due, rest)) => ActionLine {
            captured: read(review, &rest),
            due: Some(due),
        },
        None => {
            let mut captured = read(review, line);
            // What begins like a day and is none was meant as one.
            let is_day = |word: &&str| {
                word.strip_prefix('@')
                    .is_some_and(|day| day.starts_with(|c: char| c == '+' || c.is_ascii_digit()))
            };
            let words: Vec<&str> = captured.text.split_whitespace().collect();
            let bad = words
                .first()
                .filter(|word| is_day(word))
                .or(words.last().filter(|word| is_day(word)))
                .map(|word| (*word).to_owned());
            let has_day = |word: &&&str| {
                word.split('@').any(|day| Due::typed(day, today).is_ok()) && !ends_sentence(word)
            };
            if let Some(joined) = words
                .last()
                .filter(|word| malformed::are_joined_markers(word))
                .filter(has_day)
            {
                captured.said_by = Speaker::Several(vec![(*joined).to_owned()]);
            }
            if !matches!(&captured.said_by, Speaker::Several(words) if words.len() == 1) {
                captured.unknown = captured.unknown.or(bad);
            }
            ActionLine {
                captured,
                due: None,
            }
        }
    }
}

/// Reads a line as a finding: what it says, of which kind it is, and whether it is for its writer alone.
pub fn finding(review: &Review, line: &str) -> (Captured, FindingKind, bool) {
    let mark = |words: &[&str], behind: bool| {
        let word = words.first()?;
        // `@private.` is a marker, too: a note that was meant to be private must not become public because of a full stop.
        let is_private = malformed::is_private(word);
        (is_private || malformed::makes_note(word) && !(behind && ends_sentence(word)))
            .then_some((1, is_private))
    };
    let (mut kind, mut private, mut rest) = (FindingKind::Finding, false, line.to_owned());
    while let Some((is_private, without)) = taken(review, &rest, mark) {
        (kind, private, rest) = (FindingKind::Note, private || is_private, without);
    }
    let mut captured = read(review, &rest);
    // The error about an unclear marker in a private note must not quote the note.
    let is_clear = captured.unknown.is_none() && captured.said_by.clone().one().is_ok();
    // In the middle of a sentence the marker does nothing, but whoever typed it did not mean everybody to read the sentence.
    let is_misplaced = is_clear && !private && misplaced_private(&captured.text).is_some();
    if (private && !is_clear) || is_misplaced {
        (captured.unknown, captured.said_by) = (
            None,
            Speaker::Several(vec![malformed::HIDDEN_MARK.to_owned()]),
        );
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

fn ends_sentence(word: &str) -> bool {
    word.trim_end().ends_with(['.', '!', '?'])
}

/// Takes the words that `marks` knows off the line, if they stand where markers do: with nothing but markers before them, or behind them.
/// The second argument of `marks` is whether they stand behind them.
fn taken<T>(
    review: &Review,
    line: &str,
    marks: impl Fn(&[&str], bool) -> Option<(usize, T)>,
) -> Option<(T, String)> {
    let words = words(line);
    // Markers stand at the ends; a pasted text is not searched through with every key.
    let ends = (0..words.len().min(malformed::SEARCHED_WORDS)).chain(
        words
            .len()
            .saturating_sub(malformed::SEARCHED_WORDS)
            .max(malformed::SEARCHED_WORDS)..words.len(),
    );
    for at in ends {
        for behind in [false, true] {
            let Some((count, value)) = marks(&words[at..], behind) else {
                continue;
            };
            let end = (at + count).min(words.len());
            let around = if behind { &words[end..] } else { &words[..at] };
            if malformed::only_markers(review, around) {
                let place = |at: usize| words.get(at).map_or(line.len(), |word| place(line, word));
                let parts = [line.get(..place(at)), line.get(place(end)..)];
                return Some((value, parts.into_iter().flatten().collect()));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalogue::{Catalogue, Member};

    fn review() -> Review {
        let member = |name: &&str| Member {
            name: (*name).to_owned(),
            source: "002:147".parse().unwrap(),
        };
        Review::new(Catalogue {
            members: ["Emily", "Ram Krishna"].iter().map(member).collect(),
            ..Catalogue::default()
        })
    }

    #[test]
    fn who_and_by_when_stand_before_or_behind_the_words() {
        let today = "2018-09-13".parse().unwrap();
        for (line, text, who, due) in [
            (
                "@Emily @friday Send the list",
                "Send the list",
                "Emily",
                Some("2018-09-14"),
            ),
            (
                "@friday @Emily Send the list",
                "Send the list",
                "Emily",
                Some("2018-09-14"),
            ),
            (
                "@Emily Send the list @+7",
                "Send the list",
                "Emily",
                Some("2018-09-20"),
            ),
            (
                "Send the list @Emily @next call",
                "Send the list",
                "Emily",
                Some("next call"),
            ),
            (
                "@Ram Krishna @2018-10-01 Send the list",
                "Send the list",
                "Ram Krishna",
                Some("2018-10-01"),
            ),
            (
                "@next call, @emily: Send it",
                "Send it",
                "Emily",
                Some("next call"),
            ),
            (
                "@Emily Meet on friday @ the office",
                "Meet on friday @ the office",
                "Emily",
                None,
            ),
            (
                "@Emily ask @friday whether it holds",
                "ask @friday whether it holds",
                "Emily",
                None,
            ),
        ] {
            let read = action(&review(), line, today);
            assert_eq!(read.captured.text, text, "{line}");
            assert_eq!(
                read.captured.said_by,
                Speaker::Known(who.to_owned()),
                "{line}"
            );
            assert_eq!(
                read.due.map(|due| due.to_string()).as_deref(),
                due,
                "{line}"
            );
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
        assert_eq!(
            of("@private ask Emily later"),
            ("ask Emily later".to_owned(), FindingKind::Note, true)
        );
        assert_eq!(
            of("@Emily @private said so"),
            ("said so".to_owned(), FindingKind::Note, true)
        );
        assert_eq!(
            of("@note read aloud"),
            ("read aloud".to_owned(), FindingKind::Note, false)
        );
        let (captured, ..) = finding(&review(), "see the @private part of it");
        assert!(
            captured.said_by.one().is_err(),
            "in the middle of a sentence it is refused"
        );
    }

    #[test]
    fn private_is_read_in_any_letter_case_with_punctuation_and_beside_other_marks() {
        for line in [
            "@Private x y",
            "@private. x y",
            "@PRIVATE: x y",
            "              @private x y",
            "@note @Private x y",
            "x y @private.",
            "x y @private @Nobody",
            "x y @note @private",
            "@private\nx y",
            "@private\u{a0}x y",
            "\u{ff20}private x y",
        ] {
            let (captured, kind, private) = finding(&review(), line);
            assert!(
                private && kind == FindingKind::Note && captured.text.starts_with("x y"),
                "{line}: {captured:?}"
            );
        }
    }

    #[test]
    fn a_word_that_looks_like_private_is_refused_and_never_read_as_public() {
        for (line, expected) in [
            (
                "@private@Emily blocks everything",
                "@private@… joins two marks; put a space between them. Nothing was recorded.",
            ),
            (
                "@Emily@private blocks everything",
                "@Emily@private joins two marks; put a space between them. Nothing was recorded.",
            ),
            (
                "it blocks everything @private#11",
                "@private#… joins two marks; put a space between them. Nothing was recorded.",
            ),
            (
                "@Privately, it blocks",
                "@Private… looks like @private but is not; nothing was recorded.",
            ),
            (
                "@Private/Emily it blocks",
                "@Private… looks like @private but is not; nothing was recorded.",
            ),
            (
                "@Privat it blocks",
                "@Privat looks like @private but is not; nothing was recorded.",
            ),
            (
                "it blocks @Privat",
                "@Privat looks like @private but is not; nothing was recorded.",
            ),
            (
                "@private @bob blocks everything",
                "A mark in the private note is not clear; nothing was recorded.",
            ),
            (
                "@private #99 blocks everything",
                "A mark in the private note is not clear; nothing was recorded.",
            ),
            (
                "@ private it blocks",
                "@ private looks like @private but is not; nothing was recorded.",
            ),
            (
                "@Emily @private-ish it blocks",
                "@private… looks like @private but is not; nothing was recorded.",
            ),
        ] {
            let (captured, _, _) = finding(&review(), line);
            assert_eq!(
                captured.said_by.one().unwrap_err().message,
                expected,
                "{line}"
            );
        }
        let message = action(&review(), "@Private send it", "2018-09-13".parse().unwrap())
            .captured
            .said_by
            .one()
            .unwrap_err()
            .message;
        assert_eq!(
            message,
            "Only a finding can be @private; nothing was recorded."
        );
    }

    #[test]
    fn joined_marks_are_refused_and_addresses_are_words() {
        let today = "2018-09-13".parse().unwrap();
        for line in [
            "@a@b said so",
            "#11@Emily said so",
            "@Emily#11 said so",
            "@-3@Emily said so",
            "@@Emily said so",
            "said so @Emily@-3",
            "@friday@Emily send it",
            "send it @friday@+7",
            "@Emily,@Ram said so",
            "#11#12 said so",
        ] {
            let refused = action(&review(), line, today).captured;
            assert!(
                refused
                    .said_by
                    .clone()
                    .one()
                    .is_err_and(|e| e.message.contains("joins two marks")),
                "{line}: {refused:?}"
            );
        }
        for line in [
            "a@b.org answered",
            "write to a@b.org and @icann@example.org",
            "our handle is @icann@example.org",
            "ask @a@b about it",
            "C#3@x is one",
        ] {
            let (captured, ..) = finding(&review(), line);
            assert_eq!(
                (captured.text.as_str(), captured.said_by),
                (line, Speaker::Nobody),
                "{line}"
            );
        }
    }

    #[test]
    fn a_private_line_is_masked_from_its_mark_on() {
        for (line, from) in [
            ("@private", Some(0)),
            ("@private x", Some(0)),
            ("@priv", None),
            ("@Emily @private x", Some(7)),
            ("@Ram Krishna, #11 @-3 @note @Private: x", Some(28)),
            ("x y @private", Some(0)),
            ("x y @private.", Some(0)),
            ("x y @private @Emily", Some(0)),
            ("x y @private @Nobody #11", Some(0)),
            ("x y @private@Emily", Some(0)),
            ("@private@Emily x", Some(0)),
            ("@Emily@private x", Some(6)),
            ("@privately x", Some(0)),
            ("  @ private x", Some(2)),
            ("x @private y", Some(2)),
            ("mail x@private.org", None),
            ("@Emily x", None),
            ("", None),
        ] {
            assert_eq!(private_from(&review(), line), from, "{line}");
        }
    }
}
