//! Words that stand where marks stand and are no marks, though they were meant as some: two marks without a blank between them, and whatever
//! begins like `@private`.
//!
//! They are refused. Recorded as words of the sentence they would be for everybody, and a note whose `@private` does not read must never be.
//! An address such as `input@icann.org` does not begin like a mark and stays what it is.

use super::{Marker, Speaker, marker, speaker, unpointed};
use crate::error::Error;
use crate::model::review::Review;
use crate::model::text::fold;

/// The mark of a note for its writer alone.
pub(super) const PRIVATE: &str = "@private";

/// How many words at either end are looked at for marks; names have up to five.
pub(super) const SEARCHED_WORDS: usize = 12;

/// What stands for a mark of a private note that is not clear.
pub(super) const HIDDEN_MARK: &str = "@…";

/// How many letters of `@private` make a word that nobody is known by a slip of it: `@priv`.
const MIN_PARTIAL: usize = 5;

/// Whether a word is the mark `@private`, with or without the comma, colon or full stop that ends it.
pub(super) fn is_private(word: &str) -> bool {
    fold(word.trim().trim_end_matches([',', '.', ':', ';', '!', '?'])) == PRIVATE
}

/// Where in a word that begins like a mark `@private` begins, whatever follows it there.
pub(super) fn find_private(word: &str) -> Option<usize> {
    let begins_private = |rest: &str| fold(&rest.chars().take(2 * PRIVATE.len()).collect::<String>()).starts_with(PRIVATE);
    let sign = |c: char| fold(c.encode_utf8(&mut [0; 4])) == "@";
    word.starts_with(|c| c == '#' || sign(c)).then_some(())?;
    word.char_indices().filter(|(_, c)| sign(*c)).map(|(at, _)| at).find(|at| word.get(*at..).is_some_and(begins_private))
}

/// The word, or the two words, with which these begin if that cannot be read where marks stand before the sentence.
pub(super) fn in_front(review: &Review, words: &[&str]) -> Option<String> {
    let word = words.first()?.trim_end();
    if word == "@" && words.get(1).is_some_and(|next| fold(next).starts_with("private")) {
        return Some("@ private".to_owned());
    }
    is_malformed(review, word).then(|| without_private_words(word))
}

/// The last of these words if it cannot be read where marks stand behind the sentence. There only what would act as a mark alone is meant as one.
pub(super) fn behind(review: &Review, words: &[&str]) -> Option<String> {
    if let Some(word) = last_private(review, words) {
        return Some(without_private_words(word.trim_end()));
    }
    let word = words.last()?.trim_end();
    let acts = |piece: &&str| {
        let read = marker(review, std::slice::from_ref(piece));
        makes_note(piece) || matches!(read, Some(Marker::Ago(_) | Marker::Said(Speaker::Known(_) | Speaker::Several(_), _)))
    };
    let ends_sentence = word.ends_with(['.', '!', '?']);
    let is_meant = find_private(word).is_some()
        || is_partial_private(review, word)
        || (!ends_sentence && is_joined_markers(word) && pieces(word).iter().any(acts));
    is_meant.then(|| word.to_owned())
}

/// How many of these words, from the first on, are one mark of a finding, or are refused as one; 0 where the sentence begins.
pub(super) fn marker_length(review: &Review, words: &[&str]) -> usize {
    match words.first() {
        Some(word) if makes_note(word) || is_malformed(review, word.trim_end()) => 1,
        _ => marker(review, words).map_or(0, |marker| marker.words()),
    }
}

/// Whether these words are nothing but marks.
pub(super) fn only_markers(review: &Review, mut words: &[&str]) -> bool {
    while !words.is_empty() {
        match marker_length(review, words) {
            0 => return false,
            marked => words = words.get(marked..).unwrap_or_default(),
        }
    }
    true
}

/// The last of these words in which `@private` begins, if nothing but marks stands behind it.
pub(super) fn last_private<'a>(review: &Review, words: &[&'a str]) -> Option<&'a str> {
    let ends = words.len().saturating_sub(SEARCHED_WORDS)..words.len();
    let is_it = |at: &usize| find_private(words[*at]).is_some() && only_markers(review, &words[at + 1..]);
    ends.rev().find(is_it).map(|at| words[at])
}

/// A word without what follows `@private` in it, which may be of the note: a notice stands on the shared screen, too.
fn without_private_words(word: &str) -> String {
    let Some(at) = find_private(word) else { return word.to_owned() };
    let ends = word.char_indices().map(|(end, _)| end).filter(|end| *end > at).chain([word.len()]);
    let end = ends.into_iter().find(|end| word.get(at..*end).is_some_and(|mark| fold(mark) == PRIVATE)).unwrap_or(word.len());
    let (head, rest) = word.split_at(end);
    match rest.chars().next() {
        None => head.to_owned(),
        Some(sign @ ('@' | '#')) => format!("{head}{sign}…"),
        Some(_) => format!("{head}…"),
    }
}

/// Whether a word that begins like a mark cannot be read as one.
pub(super) fn is_malformed(review: &Review, word: &str) -> bool {
    is_joined_markers(word) || find_private(word).is_some() || is_partial_private(review, word)
}

/// Whether a word makes a finding a note.
pub(super) fn makes_note(word: &str) -> bool {
    is_private(word) || fold(word.trim_end().trim_end_matches([',', ':', ';'])) == "@note"
}

/// Whether two marks stand in a word without a blank between them.
pub(super) fn is_joined_markers(word: &str) -> bool {
    let is_mark = |piece: &str| match piece.strip_prefix('#') {
        Some(number) => number.starts_with(|c: char| c.is_ascii_digit() || c == 'q' || c == '…'),
        None => piece.starts_with('@'),
    };
    let pieces = pieces(word);
    pieces.len() > 1 && pieces.iter().all(|piece| is_mark(piece))
}

/// The parts of a word, each of which but the first begins with the sign of a mark.
fn pieces(word: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = word.match_indices(['@', '#']).map(|(at, _)| at).filter(|at| *at > 0).collect();
    starts.insert(0, 0);
    let ends = starts.iter().skip(1).copied().chain([word.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| word.get(*start..end)).collect()
}

/// Whether a word is the beginning of `@private`, and of nobody's name.
fn is_partial_private(review: &Review, word: &str) -> bool {
    let typed = fold(unpointed(word));
    let is_beginning = typed.len() >= MIN_PARTIAL && typed.len() < PRIVATE.len() && PRIVATE.starts_with(&typed);
    is_beginning && typed.strip_prefix('@').is_some_and(|name| matches!(speaker(review, name), Speaker::New(_)))
}

/// Says what is wrong with such a word.
pub(super) fn refusal(word: &str) -> Error {
    let shown = crate::model::text::visible(word);
    if word == HIDDEN_MARK {
        return Error::slip("A mark of the private note is not clear; nothing was recorded.")
            .hint("It names nobody or nothing that is known, or several; it is not told here, where others may read it.");
    }
    if is_private(word) {
        return Error::slip(format!("Only a finding can be {PRIVATE}; nothing was recorded.")).hint("f opens the line for one.");
    }
    if is_joined_markers(word) {
        return Error::slip(format!("{shown} runs two marks together; put a blank between them. Nothing was recorded."));
    }
    Error::slip(format!("{shown} is not the mark {PRIVATE}, but nearly; nothing was recorded."))
        .hint(format!("A note of your own begins with {PRIVATE} and a blank. Somebody's name is written in full."))
}
