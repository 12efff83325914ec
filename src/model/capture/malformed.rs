//! Malformed markers: words that stand where markers do and were meant as markers, but cannot be read as such. They are two markers without a
//! space between them (`@private@Emily`), and words that look like `@private` but are not (`@privat`).
//!
//! A line with one is refused. If the word were recorded as a part of the sentence, the finding would be public, although its writer may have
//! meant it to be private. An address such as `input@icann.org` does not begin like a marker and is left as it is.

use super::{Speaker, ends_sentence, marker, speaker, unpointed, without_comma};
use crate::error::Error;
use crate::model::review::Review;
use crate::model::text::fold;

/// The marker of a note that only its writer may read.
pub(super) const PRIVATE: &str = "@private";

/// How many words at either end of a line are searched for markers; names have up to five words.
pub(super) const SEARCHED_WORDS: usize = 12;

/// Stands for an unclear marker in a private note, so that no message quotes it.
pub(super) const HIDDEN_MARK: &str = "@…";

/// From how many characters on the beginning of `@private` (`@priv`) counts as a mistyped `@private`, unless it is the beginning of a name.
const MIN_PARTIAL: usize = 5;

/// Whether a word is the marker `@private`, with or without punctuation behind it.
pub(super) fn is_private(word: &str) -> bool {
    fold(word.trim().trim_end_matches([',', '.', ':', ';', '!', '?'])) == PRIVATE
}

/// The byte at which `@private` begins in a word that begins like a marker, whatever follows it in the word.
pub(super) fn find_private(word: &str) -> Option<usize> {
    let is_sign = |c: char| fold(c.encode_utf8(&mut [0; 4])) == "@";
    let begins_private = |at: &usize| {
        let begin: String = word[*at..].chars().take(2 * PRIVATE.len()).collect();
        fold(&begin).starts_with(PRIVATE)
    };
    if !word.starts_with(|c| c == '#' || is_sign(c)) {
        return None;
    }
    let signs = word.char_indices().filter(|(_, c)| is_sign(*c));
    signs.map(|(at, _)| at).find(begins_private)
}

/// The malformed marker with which these words begin, if they begin with one: one word, or `@ private`.
pub(super) fn in_front(review: &Review, words: &[&str]) -> Option<String> {
    let word = words.first()?.trim_end();
    if word == "@"
        && words
            .get(1)
            .is_some_and(|next| fold(next).starts_with("private"))
    {
        return Some("@ private".to_owned());
    }
    is_malformed(review, word).then(|| without_private_words(word))
}

/// The malformed marker with which these words end, if they end with one. Behind the sentence, joined markers count only if one of them would
/// be a marker on its own.
pub(super) fn behind(review: &Review, words: &[&str]) -> Option<String> {
    if let Some(word) = last_private(review, words) {
        return Some(without_private_words(word.trim_end()));
    }
    let word = words.last()?.trim_end();
    let acts = |piece: &&str| {
        makes_note(piece)
            || marker(review, &[*piece]).is_some_and(|(_, marker)| marker.acts_behind())
    };
    let is_meant = find_private(word).is_some()
        || is_partial_private(review, word)
        || (!ends_sentence(word) && are_joined_markers(word) && pieces(word).iter().any(acts));
    is_meant.then(|| word.to_owned())
}

/// How many words the marker has with which these words begin, malformed ones included; 0 if the sentence begins here.
pub(super) fn marker_length(review: &Review, words: &[&str]) -> usize {
    match words.first() {
        Some(word) if makes_note(word) || is_malformed(review, word.trim_end()) => 1,
        _ => marker(review, words).map_or(0, |(count, _)| count),
    }
}

/// Whether all of these words belong to markers, malformed ones included.
pub(super) fn only_markers(review: &Review, mut words: &[&str]) -> bool {
    while !words.is_empty() {
        match marker_length(review, words) {
            0 => return false,
            marked => words = words.get(marked..).unwrap_or_default(),
        }
    }
    true
}

/// The last word that contains `@private`, if only markers follow it.
pub(super) fn last_private<'a>(review: &Review, words: &[&'a str]) -> Option<&'a str> {
    let ends = words.len().saturating_sub(SEARCHED_WORDS)..words.len();
    let is_it =
        |at: &usize| find_private(words[*at]).is_some() && only_markers(review, &words[at + 1..]);
    ends.rev().find(is_it).map(|at| words[at])
}

/// The word without what follows `@private` in it, which may belong to the private note: notices appear on the shared screen, too.
fn without_private_words(word: &str) -> String {
    let Some(at) = find_private(word) else {
        return word.to_owned();
    };
    let is_end = |end: &usize| word.get(at..*end).is_some_and(|mark| fold(mark) == PRIVATE);
    let end = (at..word.len()).find(is_end).unwrap_or(word.len());
    let (head, rest) = word.split_at(end);
    match rest.chars().next() {
        None => head.to_owned(),
        Some(sign @ ('@' | '#')) => format!("{head}{sign}…"),
        Some(_) => format!("{head}…"),
    }
}

/// Whether a word is a malformed marker.
pub(super) fn is_malformed(review: &Review, word: &str) -> bool {
    are_joined_markers(word) || find_private(word).is_some() || is_partial_private(review, word)
}

/// Whether a word is a marker that makes the finding a note: `@private` or `@note`.
pub(super) fn makes_note(word: &str) -> bool {
    is_private(word) || fold(without_comma(word)) == "@note"
}

/// Whether a word consists of two or more markers without a space between them.
pub(super) fn are_joined_markers(word: &str) -> bool {
    let is_mark = |piece: &str| match piece.strip_prefix('#') {
        Some(number) => number.starts_with(|c: char| c.is_ascii_digit() || c == 'q' || c == '…'),
        None => piece.starts_with('@'),
    };
    let pieces = pieces(word);
    pieces.len() > 1 && pieces.iter().all(|piece| is_mark(piece))
}

/// The word split before each `@` and `#`.
fn pieces(word: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), word);
    let is_start = |(at, c): &(usize, char)| *at > 0 && matches!(c, '@' | '#');
    while let Some((at, _)) = rest.char_indices().find(is_start) {
        let (piece, behind) = rest.split_at(at);
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    pieces
}

/// Whether a word is the beginning of `@private` and not the beginning of a name.
fn is_partial_private(review: &Review, word: &str) -> bool {
    let typed = fold(unpointed(word));
    let is_beginning =
        typed.len() >= MIN_PARTIAL && typed.len() < PRIVATE.len() && PRIVATE.starts_with(&typed);
    is_beginning
        && typed
            .strip_prefix('@')
            .is_some_and(|name| matches!(speaker(review, name), Speaker::New(_)))
}

/// The error that says what is wrong with a malformed marker.
pub(super) fn refusal(word: &str) -> Error {
    let shown = crate::model::text::visible(word);
    if word == HIDDEN_MARK {
        return Error::slip("A mark in the private note is not clear; nothing was recorded.")
            .hint("It matches no name or number, or several. It is not quoted here, because others may see this screen.");
    }
    if is_private(word) {
        return Error::slip(format!(
            "Only a finding can be {PRIVATE}; nothing was recorded."
        ))
        .hint("Press f to write a finding.");
    }
    if are_joined_markers(word) {
        return Error::slip(format!(
            "{shown} joins two marks; put a space between them. Nothing was recorded."
        ));
    }
    Error::slip(format!("{shown} looks like {PRIVATE} but is not; nothing was recorded."))
        .hint(format!("A private note begins with {PRIVATE} and a space. If you mean a person, write the name in full."))
}
