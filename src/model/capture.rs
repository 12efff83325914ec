//! The line in which a finding is written while people speak: `@Emily` says who said it, `#11` or `#11.4` what it is about, `@-3` that
//! it was said three minutes ago.
//!
//! Markers stand before the first word, and who and when may stand behind the last one; there they act and are taken off. Anywhere else
//! a name or a number belongs to the sentence: it stays as it was typed and does nothing, since no word that was said may be lost.
//! A name may be shortened as far as it stays clear, typed without its accents, and have several words if the team knows it so.
//!
//! A marker ends at a space or at the end of the text. Where markers stand, two without a space between them, as in `@private@Emily`, are refused.

mod answering;
pub mod entry;
mod malformed;

pub use answering::{answer, with_day};

use super::edit;
use super::ids::{QuestionNumber, RecommendationNumber};
use super::review::Review;
use super::text::fold;
use crate::error::Error;
use crate::model::record::action::Due;
use crate::model::record::finding::About;
use chrono::NaiveDate;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Captured {
    /// The words without the markers.
    pub text: String,
    /// Who said it.
    pub said_by: Speaker,
    /// What it is about, if the line says so.
    pub about: Option<About>,
    /// How many minutes ago it was said.
    pub minutes_ago: u32,
    /// By when an action item is to be done.
    pub due: Option<Due>,
    /// The day on which a question was asked or an answer given.
    pub on: Option<NaiveDate>,
    /// Where an answer can be read.
    pub link: Option<String>,
    /// A marker that names nothing: what was typed.
    pub unknown: Option<String>,
}

/// Who said it, as far as the line tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Speaker {
    /// The line names nobody.
    #[default]
    Nobody,
    /// A known name.
    Known(String),
    /// A name that is not known yet; it will be added.
    New(String),
    /// The names that what was typed may mean; or, as the only item, a malformed marker, which the line is refused for.
    Several(Vec<String>),
}

/// Finds the person whom a word names: the whole name, one of its words, or the beginning of only one.
pub fn speaker(review: &Review, typed: &str) -> Speaker {
    let wanted = fold(typed);
    let is_exact = |name: &str| {
        name == wanted
            || name.replace(' ', "") == wanted
            || name.split(' ').next() == Some(wanted.as_str())
    };
    // The first name goes before the others, as in a roll call.
    let begins = |name: &str| name.starts_with(&wanted);
    let has_word = |name: &str| name.split(' ').any(|word| word.starts_with(&wanted));
    let rules: [&dyn Fn(&str) -> bool; 3] = [&is_exact, &begins, &has_word];
    for rule in rules {
        let names = review.names().into_iter().filter(|name| rule(&fold(name)));
        let found: Vec<String> = names.map(str::to_owned).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Speaker::Known(one.clone()),
            _ => return Speaker::Several(found),
        }
    }
    Speaker::New(typed.to_owned())
}

/// What a marker says.
enum Marker {
    Said(Speaker),
    About(String),
    Ago(u32),
}

impl Marker {
    /// Whether it acts behind the words, too. A number there may be what the sentence speaks of, and a name that nobody has may be a word of it.
    fn acts_behind(&self) -> bool {
        match self {
            Marker::Ago(_) | Marker::Said(Speaker::Known(_) | Speaker::Several(_)) => true,
            Marker::About(_) | Marker::Said(Speaker::Nobody | Speaker::New(_)) => false,
        }
    }
}

/// The marker with which these words begin, if they do, and of how many words it is.
fn marker(review: &Review, words: &[&str]) -> Option<(usize, Marker)> {
    let word = words.first()?.trim_end();
    if malformed::is_malformed(review, word) {
        return None;
    }
    let bare = unpointed(word);
    if let Some(minutes) = bare.strip_prefix("@-") {
        let minutes = minutes.parse().ok().filter(|minutes| *minutes <= 24 * 60)?;
        return Some((1, Marker::Ago(minutes)));
    }
    if let Some(name) = bare.strip_prefix('@') {
        return is_name(name).then(|| said(review, name, words));
    }
    // The number of the question without sub-number ends in a point: #19.
    let number = without_comma(word).strip_prefix('#')?;
    let is_number = number.starts_with(|c: char| c.is_ascii_digit() || c == 'q');
    is_number.then(|| (1, Marker::About(number.to_owned())))
}

/// Whether this can be a name: what follows its letters, as in `@Emily's` or `@Emily)`, makes it a word of the sentence.
fn is_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '\u{0300}'..='\u{036f}'))
}

/// A word without what separates it from the next.
fn unpointed(word: &str) -> &str {
    word.trim_end().trim_end_matches([',', '.', ':', ';'])
}

/// A word without the comma, colon or semicolon behind it; a full stop stays.
fn without_comma(word: &str) -> &str {
    word.trim_end().trim_end_matches([',', ':', ';'])
}

fn ends_sentence(word: &str) -> bool {
    word.trim_end().ends_with(['.', '!', '?'])
}

/// The speaker named by the first of these words, and by those behind it as far as they spell out a known name.
fn said(review: &Review, name: &str, words: &[&str]) -> (usize, Marker) {
    let known = review.names();
    let mut spelled = name.to_owned();
    let mut whole = None;
    for (count, (word, next)) in (2..).zip(words.iter().zip(&words[1..])).take(4) {
        // A comma or colon behind a word ends the name.
        if unpointed(word) != word.trim_end() {
            break;
        }
        spelled = format!("{spelled} {}", unpointed(next));
        let found = known.iter().find(|known| fold(known) == fold(&spelled));
        let found = found.map(|name| (count, Speaker::Known((*name).to_owned())));
        whole = found.or(whole);
    }
    let (count, speaker) = whole.unwrap_or_else(|| (1, speaker(review, name)));
    (count, Marker::Said(speaker))
}

/// The words of a line, each with the white space behind it.
fn words(line: &str) -> Vec<&str> {
    line.split_inclusive(char::is_whitespace)
        .filter(|word| !word.trim().is_empty())
        .collect()
}

/// The byte of the line at which one of its words begins.
fn place(line: &str, word: &str) -> usize {
    word.as_ptr() as usize - line.as_ptr() as usize
}

/// Reads a line.
pub fn read(review: &Review, line: &str) -> Captured {
    let mut captured = Captured::default();
    let words = words(line);
    let mut first = 0;
    while let Some((count, marker)) = marker(review, &words[first..]) {
        first += count;
        captured.apply(review, marker);
    }
    let mut last = words.len();
    while let Some((start, marker)) = last_marker(review, &words[first..last]) {
        last = first + start;
        captured.apply(review, marker);
    }
    let malformed = malformed::in_front(review, &words[first..])
        .or_else(|| malformed::behind(review, &words[first..last]));
    if let Some(word) = malformed {
        captured.said_by = Speaker::Several(vec![word]);
    }
    // Blank lines and spaces between the words that stay are kept as typed.
    let place = |word: &&str| place(line, word);
    let begin = words.get(first).map_or(line.len(), place);
    let end = words.get(last).map_or(line.len(), place).max(begin);
    captured.text = line[begin..end].trim().to_owned();
    captured
}

/// The marker with which these words end, set off by no full stop of its own, and at which of them it begins.
fn last_marker(review: &Review, words: &[&str]) -> Option<(usize, Marker)> {
    if ends_sentence(words.last()?) {
        return None;
    }
    let ends_with = |start: usize| {
        let (count, marker) = marker(review, &words[start..])?;
        (start + count == words.len()).then_some((start, marker))
    };
    let found = (1..words.len()).rev().take(5).find_map(ends_with);
    found.filter(|(_, marker)| marker.acts_behind())
}

impl Captured {
    fn apply(&mut self, review: &Review, marker: Marker) {
        match marker {
            Marker::Ago(minutes) if self.minutes_ago > 0 => {
                self.unknown = Some(format!("@-{} and @-{minutes}", self.minutes_ago))
            }
            Marker::Ago(minutes) => self.minutes_ago = minutes,
            Marker::Said(speaker) => {
                let before = std::mem::take(&mut self.said_by);
                self.said_by = if before == Speaker::Nobody || before == speaker {
                    speaker
                } else {
                    Speaker::Several([before.names(), speaker.names()].concat())
                }
            }
            Marker::About(number) => {
                let read = edit::read_about(review, &number).or_else(|e| {
                    let without_point = number.strip_suffix('.').ok_or(e)?;
                    edit::read_about(review, without_point)
                });
                match read {
                    Ok(about) if self.about.as_ref().is_some_and(|before| *before != about) => {
                        self.unknown = Some(format!("A second number, #{number},"))
                    }
                    Ok(about) => self.about = Some(about),
                    Err(_) => self.unknown = Some(format!("#{number}")),
                }
            }
        }
    }
}

/// The recommendation and the number that a line gives a question: `#12` another recommendation, `#11.18` the number itself.
///
/// # Errors
/// A marker that is neither.
pub fn question_number(
    review: &Review,
    captured: &Captured,
    on: RecommendationNumber,
) -> Result<(RecommendationNumber, Option<QuestionNumber>), Error> {
    let number = match (&captured.unknown, &captured.about) {
        (Some(unknown), _) => {
            let number = unknown.trim_start_matches('#').parse().ok();
            let number = number.filter(|number: &QuestionNumber| number.minor.is_some());
            number.ok_or_else(|| {
                Error::slip(format!(
                    "{unknown} is no number for a question; expected one such as #11.18, or #12 for Rec 12."
                ))
            })?
        }
        (None, Some(About::Question(id))) => review.question_by_id(id)?.number,
        (None, Some(About::Recommendation(number))) => return Ok((*number, None)),
        (None, Some(About::Meeting(_)) | None) => return Ok((on, None)),
    };
    Ok((RecommendationNumber(number.major), Some(number)))
}

impl Speaker {
    /// The one name, if there is one.
    ///
    /// # Errors
    /// Several names, of which one must be chosen; a malformed marker.
    pub fn one(self) -> Result<Option<String>, Error> {
        match self {
            Speaker::Nobody => Ok(None),
            Speaker::New(name) if name.starts_with(char::is_lowercase) => Err(Error::slip(
                format!("Nobody is called “{name}”; nothing was recorded."),
            )
            .hint("Somebody new is written with a capital.")),
            Speaker::Known(name) | Speaker::New(name) => Ok(Some(name)),
            Speaker::Several(words) if words.len() == 1 => Err(malformed::refusal(&words.concat())),
            Speaker::Several(names) => Err(Error::slip(format!(
                "Who is meant: {}? One name, typed so far that it is clear.",
                names.join(" or ")
            ))),
        }
    }

    fn names(self) -> Vec<String> {
        match self {
            Speaker::Nobody => Vec::new(),
            Speaker::Known(name) | Speaker::New(name) => vec![name],
            Speaker::Several(names) => names,
        }
    }
}

#[cfg(test)]
mod tests;
