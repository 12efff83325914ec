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

pub use answering::{AnswerLine, answer, day_of};

use super::edit;
use super::ids::{QuestionNumber, RecommendationNumber};
use super::review::Review;
use super::text::fold;
use crate::error::Error;
use crate::model::record::finding::About;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// The words without the markers.
    pub text: String,
    /// Who said it.
    pub said_by: Speaker,
    /// What it is about, if the line says so.
    pub about: Option<About>,
    /// How many minutes ago it was said.
    pub minutes_ago: u32,
    /// A marker that names nothing: what was typed.
    pub unknown: Option<String>,
}

/// Who said it, as far as the line tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speaker {
    /// The line names nobody.
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
    let names = review.names();
    let wanted = fold(typed);
    let pick = |holds: &dyn Fn(&str) -> bool| -> Vec<String> {
        names
            .iter()
            .filter(|name| holds(&fold(name)))
            .map(|name| (*name).to_owned())
            .collect()
    };
    let exact = |name: &str| {
        name == wanted
            || name.replace(' ', "") == wanted
            || name.split(' ').next() == Some(wanted.as_str())
    };
    // The first name goes before the others, as in a roll call.
    let begins = |name: &str| name.starts_with(&wanted);
    let within = |name: &str| name.split(' ').any(|word| word.starts_with(&wanted));
    for found in [pick(&exact), pick(&begins), pick(&within)] {
        match found.as_slice() {
            [] => {}
            [one] => return Speaker::Known(one.clone()),
            several => return Speaker::Several(several.to_vec()),
        }
    }
    Speaker::New(typed.to_owned())
}

/// One marker, and how many words it takes.
enum Marker {
    Said(Speaker, usize),
    About(String),
    Ago(u32),
}

impl Marker {
    fn words(&self) -> usize {
        match self {
            Marker::Said(_, words) => *words,
            Marker::About(_) | Marker::Ago(_) => 1,
        }
    }
}

/// The marker with which these words begin, if they do.
fn marker(review: &Review, words: &[&str]) -> Option<Marker> {
    let word = words.first()?.trim_end();
    if malformed::is_malformed(review, word) {
        return None;
    }
    let bare = unpointed(word);
    if let Some(minutes) = bare.strip_prefix("@-") {
        return minutes
            .parse()
            .ok()
            .filter(|m| *m <= 24 * 60)
            .map(Marker::Ago);
    }
    if let Some(name) = bare.strip_prefix('@') {
        return is_name(name).then(|| said(review, name, word, &words[1..]));
    }
    // The number of the question without sub-number ends in a point: #19.
    let number = word.trim_end_matches([',', ':', ';']).strip_prefix('#')?;
    number
        .starts_with(|c: char| c.is_ascii_digit() || c == 'q')
        .then(|| Marker::About(number.to_owned()))
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

/// The speaker named by a word, and by the words behind it as far as they spell out a known name.
fn said(review: &Review, name: &str, word: &str, behind: &[&str]) -> Marker {
    let mut spelled = name.to_owned();
    let mut whole = None;
    // A comma or colon behind the word ends the name.
    if unpointed(word).len() == word.len() {
        for (i, next) in behind.iter().enumerate().take(4) {
            spelled = format!("{spelled} {}", unpointed(next));
            whole = review
                .names()
                .into_iter()
                .find(|known| fold(known) == fold(&spelled))
                .map(|known| (known.to_owned(), i + 2))
                .or(whole);
            if unpointed(next).len() != next.trim_end().len() {
                break;
            }
        }
    }
    whole.map_or_else(
        || Marker::Said(speaker(review, name), 1),
        |(known, words)| Marker::Said(Speaker::Known(known), words),
    )
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
    let mut captured = Captured {
        text: String::new(),
        said_by: Speaker::Nobody,
        about: None,
        minutes_ago: 0,
        unknown: None,
    };
    let words = words(line);
    let mut first = 0;
    while let Some(marker) = marker(review, &words[first..]) {
        first += marker.words();
        captured.take(review, marker);
    }
    let mut last = words.len();
    while let Some((start, marker)) = last_marker(review, &words[first..last]) {
        last = first + start;
        captured.take(review, marker);
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

/// The marker with which these words end: who said it or when, set off by no full stop of its own. A number there may be what the sentence
/// speaks of.
fn last_marker(review: &Review, words: &[&str]) -> Option<(usize, Marker)> {
    if words.last()?.trim_end().ends_with(['.', '!', '?']) {
        return None;
    }
    (1..words.len())
        .rev()
        .take(5)
        .find_map(|start| {
            marker(review, &words[start..])
                .filter(|m| start + m.words() == words.len())
                .map(|m| (start, m))
        })
        .filter(|(_, marker)| {
            matches!(
                marker,
                Marker::Ago(_) | Marker::Said(Speaker::Known(_) | Speaker::Several(_), _)
            )
        })
}

impl Captured {
    fn take(&mut self, review: &Review, marker: Marker) {
        match marker {
            Marker::Ago(minutes) if self.minutes_ago > 0 => {
                self.unknown = Some(format!("@-{} and @-{minutes}", self.minutes_ago))
            }
            Marker::Ago(minutes) => self.minutes_ago = minutes,
            Marker::Said(speaker, _) => {
                self.said_by = match std::mem::replace(&mut self.said_by, Speaker::Nobody) {
                    Speaker::Nobody => speaker,
                    before if before == speaker => speaker,
                    before => Speaker::Several(
                        before.names().into_iter().chain(speaker.names()).collect(),
                    ),
                }
            }
            Marker::About(number) => {
                let read = edit::read_about(review, &number).or_else(|e| {
                    number
                        .strip_suffix('.')
                        .map_or(Err(e), |n| edit::read_about(review, n))
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
    match (&captured.unknown, &captured.about) {
        (Some(unknown), _) => match unknown.trim_start_matches('#').parse::<QuestionNumber>() {
            Ok(number) if number.minor.is_some() => {
                Ok((RecommendationNumber(number.major), Some(number)))
            }
            _ => Err(Error::slip(format!(
                "{unknown} is no number for a question; expected one such as #11.18, or #12 for Rec 12."
            ))),
        },
        (None, Some(About::Question(id))) => {
            let number = review.question_by_id(id)?.number;
            Ok((RecommendationNumber(number.major), Some(number)))
        }
        (None, Some(About::Recommendation(number))) => Ok((*number, None)),
        _ => Ok((on, None)),
    }
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
mod tests {
    use super::*;
    use crate::model::catalogue::{Catalogue, Member};

    fn review(names: &[&str]) -> Review {
        let member = |name: &&str| Member {
            name: (*name).to_owned(),
            source: "002:147".parse().unwrap(),
        };
        Review::new(Catalogue {
            members: names.iter().map(member).collect(),
            ..Catalogue::default()
        })
    }

    #[test]
    fn markers_at_the_ends_are_taken_off() {
        let captured = read(
            &review(&["Emily", "Eric"]),
            "@Emily @-3 The report is a draft.",
        );
        assert_eq!(
            (captured.text.as_str(), captured.minutes_ago),
            ("The report is a draft.", 3)
        );
        assert_eq!(captured.said_by, Speaker::Known("Emily".into()));
    }

    #[test]
    fn what_stands_in_the_sentence_is_kept_as_typed_and_does_nothing() {
        let review = review(&["Emily"]);
        for line in [
            "As @Emily said, it is a draft.",
            "see #11.4 and #12",
            "call @Emily tomorrow, issue #3 of  the tracker",
            "asked by @Emily.",
        ] {
            let captured = read(&review, line);
            assert_eq!(
                (captured.text.as_str(), captured.said_by, captured.about),
                (line, Speaker::Nobody, None)
            );
        }
    }

    #[test]
    fn who_and_when_may_stand_behind_the_last_word() {
        let captured = read(&review(&["Emily"]), "The report is a draft @Emily @-3");
        assert_eq!(
            (captured.text.as_str(), captured.minutes_ago),
            ("The report is a draft", 3)
        );
        assert_eq!(captured.said_by, Speaker::Known("Emily".into()));
    }

    #[test]
    fn a_known_name_of_several_words_is_taken_whole() {
        let review = review(&["Ram Krishna", "Noorul Ameen", "Emily"]);
        for (line, name, text) in [
            ("@Ram Krishna said foo", "Ram Krishna", "said foo"),
            ("@noorul ameen: we should", "Noorul Ameen", "we should"),
            ("@ram said foo", "Ram Krishna", "said foo"),
            (
                "It is a draft @Noorul Ameen",
                "Noorul Ameen",
                "It is a draft",
            ),
        ] {
            let captured = read(&review, line);
            assert_eq!(
                (captured.said_by, captured.text.as_str()),
                (Speaker::Known(name.into()), text),
                "{line}"
            );
        }
    }

    #[test]
    fn what_follows_a_name_makes_it_a_word_and_a_new_name_stands_in_front_only() {
        let review = review(&["Emily", "Eric"]);
        for line in [
            "@Emily's point is good",
            "he said \"ask @Emily\"",
            "the draft (by @Emily)",
            "@Emily/Eric agree",
            "our handle is @icann",
        ] {
            let captured = read(&review, line);
            assert_eq!(
                (captured.text.as_str(), captured.said_by),
                (line, Speaker::Nobody)
            );
        }
    }

    #[test]
    fn two_times_cannot_both_hold() {
        assert_eq!(
            read(&review(&[]), "@-3 @-5 x").unknown.as_deref(),
            Some("@-3 and @-5")
        );
    }

    #[test]
    fn two_speakers_are_told_and_none_is_dropped() {
        let captured = read(&review(&["Zoe", "Emily"]), "@Zoe @Emily both");
        assert_eq!(
            captured.said_by,
            Speaker::Several(vec!["Zoe".into(), "Emily".into()])
        );
    }

    #[test]
    fn a_name_may_be_short_and_without_accents_but_not_unclear() {
        let review = review(&["Emily", "Eric", "Žarko", "Ram Krishna"]);
        assert_eq!(speaker(&review, "zar"), Speaker::Known("Žarko".into()));
        assert_eq!(
            speaker(&review, "ram"),
            Speaker::Known("Ram Krishna".into())
        );
        assert_eq!(
            speaker(&review, "e"),
            Speaker::Several(vec!["Emily".into(), "Eric".into()])
        );
        assert_eq!(speaker(&review, "Bob"), Speaker::New("Bob".into()));
    }

    #[test]
    fn a_point_behind_a_marker_is_not_kept() {
        assert_eq!(
            read(&review(&["Emily"]), "@Emily, it is a draft").text,
            "it is a draft"
        );
    }

    #[test]
    fn an_address_is_no_marker_and_an_unknown_number_is_told() {
        let captured = read(&review(&[]), "#99 mail input@icann.org");
        assert_eq!(captured.said_by, Speaker::Nobody);
        assert_eq!(captured.unknown.as_deref(), Some("#99"));
    }
}
