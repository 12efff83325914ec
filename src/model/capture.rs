//! The line in which a finding is written while people speak: `@Emily` says who said it, `#11` or `#11.4` what it is about, `@-3` that
//! it was said three minutes ago.
//!
//! A marker begins a word. At the ends of the line it is taken off; inside a sentence a name or number stays as a word, since the sentence
//! needs it. A name may be shortened as far as it stays clear, and typed without its accents.

use super::edit;
use super::finding::About;
use super::review::Review;
use super::text::fold;

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
    /// The beginning of several names.
    Several(Vec<String>),
}

/// Finds the person whom a word names: the whole name, one of its words, or the beginning of only one.
pub fn speaker(review: &Review, typed: &str) -> Speaker {
    let names = review.names();
    let wanted = fold(typed);
    let pick = |holds: &dyn Fn(&str) -> bool| -> Vec<String> {
        names.iter().filter(|name| holds(&fold(name))).map(|name| (*name).to_owned()).collect()
    };
    let exact = |name: &str| name == wanted || name.replace(' ', "") == wanted || name.split(' ').next() == Some(wanted.as_str());
    let begins = |name: &str| name.starts_with(&wanted) || name.split(' ').any(|word| word.starts_with(&wanted));
    for found in [pick(&exact), pick(&begins)] {
        match found.as_slice() {
            [] => {}
            [one] => return Speaker::Known(one.clone()),
            several => return Speaker::Several(several.to_vec()),
        }
    }
    Speaker::New(typed.to_owned())
}

/// One marker, as it stands in a word.
enum Marker<'a> {
    Said(&'a str),
    About(&'a str),
    Ago(u32),
}

fn marker(word: &str) -> Option<Marker<'_>> {
    let bare = word.trim_end_matches([',', '.', ':', ';']);
    if let Some(minutes) = bare.strip_prefix("@-") {
        return minutes.parse().ok().filter(|m| *m <= 24 * 60).map(Marker::Ago);
    }
    if let Some(name) = bare.strip_prefix('@') {
        return name.starts_with(char::is_alphabetic).then_some(Marker::Said(name));
    }
    // The number of the question without sub-number ends in a point: #19.
    let number = word.trim_end_matches([',', ':', ';']).strip_prefix('#')?;
    number.starts_with(|c: char| c.is_ascii_digit() || c == 'q').then_some(Marker::About(number))
}

/// Reads a line.
pub fn read(review: &Review, line: &str) -> Captured {
    let mut captured = Captured { text: String::new(), said_by: Speaker::Nobody, about: None, minutes_ago: 0, unknown: None };
    let words: Vec<&str> = line.split_inclusive(char::is_whitespace).collect();
    let marked: Vec<Option<Marker<'_>>> = words.iter().map(|word| marker(word.trim_end())).collect();
    let first = marked.iter().position(Option::is_none).unwrap_or(words.len());
    // A marker with a full stop behind it ends a sentence, and belongs to it.
    let ends = |word: &str| word.trim_end().ends_with(['.', '!', '?']);
    let last = words.iter().zip(&marked).rposition(|(word, marker)| marker.is_none() || ends(word)).unwrap_or(0);
    for (i, (word, marker)) in words.iter().zip(&marked).enumerate() {
        let inside = i > first && i <= last;
        match marker {
            None => captured.text.push_str(word),
            Some(Marker::Ago(minutes)) => captured.minutes_ago = *minutes,
            Some(Marker::Said(name)) => {
                captured.said_by = speaker(review, name);
                if inside {
                    captured.text.push_str(&word[1..]);
                }
            }
            Some(Marker::About(number)) => {
                let read =
                    edit::read_about(review, number).or_else(|e| number.strip_suffix('.').map_or(Err(e), |n| edit::read_about(review, n)));
                match read {
                    Ok(about) => captured.about = Some(about),
                    Err(_) => captured.unknown = Some(format!("#{number}")),
                }
                if inside {
                    captured.text.push_str(word);
                }
            }
        }
    }
    captured.text = captured.text.trim().to_owned();
    captured
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalogue::{Catalogue, Member};

    fn review(names: &[&str]) -> Review {
        let member = |name: &&str| Member { name: (*name).to_owned(), source: "002:147".parse().unwrap() };
        Review::new(Catalogue { members: names.iter().map(member).collect(), ..Catalogue::default() })
    }

    #[test]
    fn markers_at_the_ends_are_taken_off() {
        let captured = read(&review(&["Emily", "Eric"]), "@Emily @-3 The report is a draft.");
        assert_eq!((captured.text.as_str(), captured.minutes_ago), ("The report is a draft.", 3));
        assert_eq!(captured.said_by, Speaker::Known("Emily".into()));
    }

    #[test]
    fn a_name_inside_the_sentence_stays_a_word() {
        let captured = read(&review(&["Emily"]), "As @Emily said, it is a draft.");
        assert_eq!(captured.text, "As Emily said, it is a draft.");
    }

    #[test]
    fn a_name_may_be_short_and_without_accents_but_not_unclear() {
        let review = review(&["Emily", "Eric", "Žarko", "Ram Krishna"]);
        assert_eq!(speaker(&review, "zar"), Speaker::Known("Žarko".into()));
        assert_eq!(speaker(&review, "ram"), Speaker::Known("Ram Krishna".into()));
        assert_eq!(speaker(&review, "e"), Speaker::Several(vec!["Emily".into(), "Eric".into()]));
        assert_eq!(speaker(&review, "Bob"), Speaker::New("Bob".into()));
    }

    #[test]
    fn a_marker_that_ends_the_sentence_stays_a_word() {
        let review = review(&["Emily"]);
        assert_eq!(read(&review, "This was asked by @Emily.").text, "This was asked by Emily.");
        assert_eq!(read(&review, "This was asked by @Emily").text, "This was asked by");
        assert_eq!(read(&review, "@Emily, it is a draft").text, "it is a draft");
    }

    #[test]
    fn an_address_is_no_marker_and_an_unknown_number_is_told() {
        let captured = read(&review(&[]), "mail input@icann.org about #99");
        assert_eq!(captured.said_by, Speaker::Nobody);
        assert_eq!(captured.unknown.as_deref(), Some("#99"));
    }
}
