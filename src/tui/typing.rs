//! Decides from the last keys whether a person is typing a sentence where keys are commands.
//!
//! Whoever forgets `f` types commands: `not implemented` would record three verdicts. A *run* is a series of characters typed outside any text, each
//! within [`RUN`] of the one before. A character in it is *senseless* where nothing answers it. The rule, from a trial with 120,000 timed plays of
//! the program's own keys: **two different senseless characters in a run of three keys or more** are a sentence. Keys that people press on purpose
//! contain none, at any speed; nearly every English sentence soon contains a Space and one more. Rules on speed alone, or on which letters follow each
//! other, stopped people at work or let most sentences pass.
//!
//! Some sentences look like commands for longer, so these count, too:
//!
//! - A verdict that contradicts the one before it within a quarter of a second is senseless, and so is a key with an effect outside of the record that
//!   other letters follow at once ([`acts_alone`]).
//! - A text that a run opens is a part of the sentence if it begins with a Space, or a writing line within half a second with a sign; a field, also if
//!   it gets a small letter behind a senseless key.
//! - The first word of such a text may be the rest of a word: `A` opens the line for an action item, `dvance` stands in it. Whether `Advance` is a word
//!   and `dvance` is none, the caller knows ([`Step::Word`]); behind a senseless key it is enough that `dvance` is none.
//! - Enter behind a record and a senseless key ends a sentence.
//!
//! Pure: the times come with the keys; what is on the screen decides what a character means, and is not known here. What is done about a sentence is in
//! `app/mistyped.rs`.

use std::collections::BTreeSet;
use std::time::Duration;

/// The longest time between two characters of one run.
pub const RUN: Duration = Duration::from_millis(700);
/// The time within which a different verdict contradicts the one before.
const CONTRADICTION: Duration = Duration::from_millis(250);
/// The time within which the first character of a line belongs to the word whose letter opened it.
const FIRST_LETTER: Duration = Duration::from_millis(500);
/// The time without another character after which a key that must stand alone acts.
pub const ALONE: Duration = Duration::from_millis(400);
/// The fewest characters of a sentence.
const SHORTEST: usize = 3;

/// What a character means where it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A command, a choice or a name on a board.
    Answered,
    /// A verdict on the implementation of the recommendation with this number.
    Verdict(u16),
    /// Nothing: no command or choice has this key, or its command has nothing to act on.
    Senseless,
    /// Nobody on the board has a name that goes on so.
    NamesNobody,
    /// Neither sense nor nonsense: a digit; a verdict key on a screen that takes no verdicts.
    Neutral,
    /// A part of what stands in the writing line, which was empty when it was opened or not.
    Line {
        /// Whether nothing stood in it.
        was_empty: bool,
    },
    /// A part of what stands in a field of a box or in a filter, which was empty when it was opened or not.
    Field {
        /// Whether nothing stood in it.
        was_empty: bool,
    },
}

/// What a character makes of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing to stop at.
    GoesOn,
    /// The run is a sentence.
    Sentence,
    /// The first word of a text that the run opened ends here. It is a sentence if the rest that stands in the text is no word, and the whole is one or
    /// a key of the run was senseless.
    Word {
        /// The word with the keys before the text that may belong to it.
        whole: String,
        /// The part of it that stands in the text.
        rest: String,
        /// Whether a key of the run was senseless.
        senseless: bool,
    },
}

/// A senseless key. On a board all that names nobody is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Senseless {
    Key(char),
    Name,
}

/// The characters typed last outside any text, and what they meant.
#[derive(Debug, Clone, Default)]
pub struct Run {
    typed: Vec<char>,
    /// Whether any character came, even if all were taken back.
    has_begun: bool,
    began_at: Duration,
    last_at: Duration,
    senseless: BTreeSet<Senseless>,
    /// The newest verdict, the number of its recommendation, and when it came.
    verdict: Option<(char, u16, Duration)>,
    /// Whether the newest character went into the writing line or a field.
    in_text: bool,
    /// Where the first word of the text begins that the run opened, while that word is typed.
    first_word: Option<usize>,
}

/// Whether a key has an effect outside of the record, so that it acts only when no other character follows it at once: quit, copy, `$EDITOR`.
pub fn acts_alone(key: char) -> bool {
    matches!(key, 'q' | 'y' | 'E')
}

impl Run {
    /// Whether a character typed at this moment belongs to the run.
    pub fn goes_on(&self, at: Duration) -> bool {
        self.has_begun && at.saturating_sub(self.last_at) <= RUN
    }

    /// Ends the run: what is typed from now on has nothing to do with it.
    pub fn end(&mut self) {
        *self = Run::default();
    }

    /// Takes back the newest character, as a person does who corrects what they believe to be text.
    pub fn backspace(&mut self, at: Duration) {
        if self.goes_on(at) {
            self.typed.pop();
            self.last_at = at;
            self.first_word = self.first_word.filter(|begin| *begin < self.typed.len());
        } else {
            self.end();
        }
    }

    /// Takes a character with what it means.
    ///
    /// A text that was open before the run began is no part of it; so the caller asks [`Run::goes_on`] first.
    pub fn take(&mut self, key: char, at: Duration, meaning: Meaning) -> Step {
        if !self.goes_on(at) {
            self.end();
        }
        let since = at.saturating_sub(self.last_at);
        let after_letter = self.typed.last().is_some_and(|before| before.is_alphabetic());
        let is_text = matches!(meaning, Meaning::Line { .. } | Meaning::Field { .. });
        let begins_text = is_text && !self.in_text;
        self.in_text = is_text;
        if !self.has_begun {
            (self.has_begun, self.began_at) = (true, at);
        }
        self.typed.push(key);
        self.last_at = at;
        match meaning {
            // No key that pages or ticks is pressed behind a letter as fast as this.
            Meaning::Answered | Meaning::Neutral if key == ' ' && after_letter => self.count(Senseless::Key(key)),
            Meaning::Answered => {}
            Meaning::Neutral => {}
            Meaning::Senseless => self.count(Senseless::Key(key)),
            Meaning::NamesNobody => self.count(Senseless::Name),
            Meaning::Verdict(number) => {
                let contradicts =
                    |(before, on, then): (char, u16, Duration)| before != key && on == number && at.saturating_sub(then) <= CONTRADICTION;
                if self.verdict.is_some_and(contradicts) {
                    self.count(Senseless::Key(key));
                }
                self.verdict = Some((key, number, at));
            }
            // Behind a text that stood there already, a Space or a sign goes on with it.
            Meaning::Line { was_empty: true } if begins_text && since <= FIRST_LETTER && is_odd_beginning(key) => return Step::Sentence,
            Meaning::Field { was_empty: true } if begins_text && key == ' ' => return Step::Sentence,
            Meaning::Field { .. } if key.is_lowercase() && !self.senseless.is_empty() => return Step::Sentence,
            Meaning::Line { .. } | Meaning::Field { .. } => {
                if begins_text {
                    self.first_word = Some(self.typed.len() - 1);
                }
                return self.in_first_word(key, meaning);
            }
        }
        if self.is_sentence() { Step::Sentence } else { Step::GoesOn }
    }

    /// Goes on in a text that the run opened. Behind its first word a writing line tells nothing more.
    fn in_first_word(&mut self, key: char, meaning: Meaning) -> Step {
        if is_of_word(key) && self.first_word.is_some() {
            return Step::GoesOn;
        }
        let word = self.first_word(self.typed.len() - 1);
        self.first_word = None;
        if matches!(meaning, Meaning::Line { .. }) && word.is_none() {
            self.end();
        }
        word.unwrap_or(Step::GoesOn)
    }

    /// The word that ends before this place and that began before the text did.
    fn first_word(&self, end: usize) -> Option<Step> {
        let text = self.first_word?;
        let start = self.typed.get(..text)?.iter().rposition(|key| !is_of_word(*key)).map_or(0, |before| before + 1);
        let word = |from: usize| self.typed.get(from..end).map(|keys| keys.iter().collect::<String>());
        let (whole, rest) = (word(start)?, word(text)?);
        (start < text && !rest.is_empty()).then_some(Step::Word { whole, rest, senseless: !self.senseless.is_empty() })
    }

    /// Notes that the word that ended was none of a sentence.
    pub fn was_no_sentence(&mut self) {
        if self.in_text {
            self.end();
        }
    }

    /// Notes that a character of this run turned out to be senseless after all; answers whether the run is a sentence by now.
    pub fn was_senseless(&mut self, key: char) -> bool {
        if self.has_begun {
            self.count(Senseless::Key(key));
        }
        self.is_sentence()
    }

    /// Ends the run with Enter. `recorded` says whether the run changed the record.
    pub fn enter(&mut self, at: Duration, recorded: bool) -> Step {
        if !self.goes_on(at) {
            self.end();
            return Step::GoesOn;
        }
        match self.first_word(self.typed.len()) {
            _ if recorded && !self.senseless.is_empty() => Step::Sentence,
            Some(word) => word,
            None => {
                self.end();
                Step::GoesOn
            }
        }
    }

    /// Whether the character typed last is a letter of this run, so that a Space behind it separates words.
    pub fn ends_in_letter(&self, at: Duration) -> bool {
        self.goes_on(at) && self.typed.last().is_some_and(|key| key.is_alphanumeric())
    }

    /// Whether the run has one character so far.
    pub fn is_single(&self) -> bool {
        self.typed.len() == 1
    }

    /// When the first character came, if any.
    pub fn began_at(&self) -> Option<Duration> {
        self.has_begun.then_some(self.began_at)
    }

    /// Whether a key of the run was senseless.
    pub fn has_senseless(&self) -> bool {
        !self.senseless.is_empty()
    }

    /// Whether all characters so far are digits: they go to a record, wherever the next ones lead.
    pub fn is_number(&self) -> bool {
        !self.typed.is_empty() && self.typed.iter().all(char::is_ascii_digit)
    }

    /// The characters as they were typed, and whether a number that went to a record is left out in front: `12The report` is a sentence on Rec 12, but
    /// `12 of them` and `2nd round` begin with their number.
    pub fn text(&self) -> (String, bool) {
        let text: String = self.typed.iter().collect();
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let first_word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        let is_jump = rest.len() < text.len() && !first_word.is_empty() && !matches!(first_word.as_str(), "st" | "nd" | "rd" | "th" | "s");
        if is_jump { (rest.to_owned(), true) } else { (text, false) }
    }

    fn count(&mut self, key: Senseless) {
        self.senseless.insert(key);
    }

    fn is_sentence(&self) -> bool {
        self.senseless.len() >= 2 && self.typed.len() >= SHORTEST
    }
}

/// Whether a character is a part of a word.
fn is_of_word(key: char) -> bool {
    key.is_alphanumeric() || matches!(key, '\'' | '’')
}

/// Whether nobody begins a finding with this: marks, quotes and brackets may stand first.
fn is_odd_beginning(key: char) -> bool {
    !key.is_alphanumeric() && !matches!(key, '@' | '#' | '"' | '\'' | '“' | '‘' | '„' | '«' | '(' | '[' | '/' | '-' | '–')
}

#[cfg(test)]
mod tests;
