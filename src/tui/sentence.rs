//! Detects that a person is typing a sentence where keys are commands.
//!
//! If you forget to press `f` first, the letters of a sentence are commands: `not implemented` would record three verdicts. A *run* is a series of
//! characters typed outside a text field, each within [`RUN_PAUSE`] of the one before. A character is *meaningless* if nothing on the screen responds
//! to it. The rule: **two different meaningless characters in a run of three or more characters** make it a sentence. It was chosen in a trial with
//! 120,000 timed plays of the program's own keys: keys that people press on purpose contain no meaningless character at any speed, and nearly every
//! English sentence soon contains a Space and another one. Rules based only on speed, or on which letters follow each other, either
//! interrupted normal work or missed most sentences.
//!
//! Some sentences look like commands for longer, so these rules are added:
//!
//! - A verdict that contradicts the one before it on the same recommendation within a quarter of a second is meaningless. So is a key such as `q` that
//!   other letters follow at once ([`must_stand_alone`]).
//! - A run may open a text: the writing line or a field. The run is a sentence if the first character in an empty field is a Space, if the first one in
//!   an empty writing line is a Space or a punctuation mark and comes within half a second, or if a lower-case letter comes in a field after a
//!   meaningless key.
//! - The first word of such a text may be the rest of a word: `A` opens the line for an action item, and `dvance` goes into it. The caller checks that
//!   `Advance` is a word and `dvance` is not ([`Outcome::FirstWord`]). After a meaningless key it is enough that `dvance` is not a word. After a
//!   capital, as in `Don`, it is enough that the whole is a word; so it is where a letter, or a Space, is added to a text that was not empty.
//! - The run is a sentence if Enter ends it, it has a meaningless character, and its keys recorded something.
//!
//! Nothing here reads a clock or the screen: the caller passes the time of each character and what it means there. `app/mistyped.rs` does what is to be
//! done about a sentence.

use std::collections::BTreeSet;
use std::time::Duration;

/// The longest time between two characters of one run.
pub const RUN_PAUSE: Duration = Duration::from_millis(700);
/// The longest time after which a different verdict contradicts the one before.
const CONTRADICTION_PAUSE: Duration = Duration::from_millis(250);
/// The longest time between the letter that opens a line and a first character of the line that belongs to the same sentence.
const FIRST_CHARACTER_PAUSE: Duration = Duration::from_millis(500);
/// How long no other character may follow before a key that must stand alone acts.
pub const LONE_KEY_PAUSE: Duration = Duration::from_millis(400);
/// The least number of characters in a sentence.
const MIN_CHARACTERS: usize = 3;

/// What a character means where it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyMeaning {
    /// It runs a command, picks a choice or names somebody on a board.
    Meaningful,
    /// It records a verdict on the implementation of the recommendation with this number.
    Verdict(u16),
    /// It does nothing: no command or choice has this key, or its command has nothing to act on.
    Meaningless,
    /// No name on the board continues with it.
    NamesNobody,
    /// It tells nothing either way: a digit, or a verdict key on a screen that records no verdicts.
    Neutral,
    /// It goes into the writing line.
    Line {
        /// Whether the line was empty when it was opened.
        was_empty: bool,
    },
    /// It goes into a field of a box, or into a filter.
    Field {
        /// Whether the field was empty when it was opened.
        was_empty: bool,
    },
}

/// Whether the run is a sentence, as far as is known after a character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Not so far.
    Undecided,
    /// The run is a sentence.
    Sentence,
    /// The first word of a text that the run opened has ended. The run is a sentence if `whole` is a word or `meaningless` is set, and `rest` is not a word
    /// or `is_joined` is set.
    FirstWord {
        /// The word with the keys just before the text that may belong to it.
        whole: String,
        /// The part of the word that is in the text.
        rest: String,
        /// Whether the run has a meaningless character.
        meaningless: bool,
        /// Whether nobody begins a text so, even if `rest` is a word: after a capital, or right behind the last letter of a text.
        is_joined: bool,
    },
}

/// A meaningless character. All characters on a board that name nobody count as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaningless {
    Key(char),
    Name,
}

/// The newest run of characters, and what is known of them.
#[derive(Debug, Clone, Default)]
pub struct KeyRun {
    typed: Vec<char>,
    /// Whether any character came, even if all were taken back.
    has_begun: bool,
    began_at: Duration,
    last_at: Duration,
    meaningless: BTreeSet<Meaningless>,
    /// The last verdict, the number of its recommendation, and when it came.
    verdict: Option<(char, u16, Duration)>,
    /// Whether the last character went into the writing line or a field.
    in_text: bool,
    /// Where the first word of a text that the run opened begins, while that word is being typed.
    first_word: Option<usize>,
    /// Whether that text was empty.
    was_empty: bool,
}

/// Whether a key acts only if no other character follows it at once, because undo cannot reverse its effect: quit, copy, open `$EDITOR`.
pub fn must_stand_alone(key: char) -> bool {
    matches!(key, 'q' | 'y' | 'E')
}

impl KeyRun {
    /// Whether a character typed at this moment belongs to the run.
    pub fn continues_at(&self, at: Duration) -> bool {
        self.has_begun && at.saturating_sub(self.last_at) <= RUN_PAUSE
    }

    /// Ends the run; the next character begins a new one.
    pub fn end(&mut self) {
        *self = KeyRun::default();
    }

    /// Removes the last character: a person who believes to be typing text corrects it so.
    pub fn backspace(&mut self, at: Duration) {
        if self.continues_at(at) {
            self.typed.pop();
            self.last_at = at;
            self.first_word = self.first_word.filter(|begin| *begin < self.typed.len());
        } else {
            self.end();
        }
    }

    /// Adds a character with what it means.
    ///
    /// A character that goes into a text must be added only if the run opened that text, so the caller checks [`KeyRun::continues_at`] first.
    pub fn take(&mut self, key: char, at: Duration, meaning: KeyMeaning) -> Outcome {
        if !self.continues_at(at) {
            self.end();
        }
        let since = at.saturating_sub(self.last_at);
        let opener = self.typed.last().copied();
        let after_letter = opener.is_some_and(char::is_alphabetic);
        let is_text = matches!(meaning, KeyMeaning::Line { .. } | KeyMeaning::Field { .. });
        let begins_text = is_text && !self.in_text;
        self.in_text = is_text;
        if !self.has_begun {
            (self.has_begun, self.began_at) = (true, at);
        }
        self.typed.push(key);
        self.last_at = at;
        match meaning {
            // Nobody presses Space to page or tick so soon after a letter.
            KeyMeaning::Meaningful if key == ' ' && after_letter => {
                self.count(Meaningless::Key(key))
            }
            KeyMeaning::Meaningful | KeyMeaning::Neutral => {}
            KeyMeaning::Meaningless => self.count(Meaningless::Key(key)),
            KeyMeaning::NamesNobody => self.count(Meaningless::Name),
            KeyMeaning::Verdict(number) => {
                let contradicts = |(before, on, then): (char, u16, Duration)| {
                    before != key && on == number && at.saturating_sub(then) <= CONTRADICTION_PAUSE
                };
                if self.verdict.is_some_and(contradicts) {
                    self.count(Meaningless::Key(key));
                }
                self.verdict = Some((key, number, at));
            }
            // After a text that is already there, a Space or a punctuation mark continues it.
            KeyMeaning::Line { was_empty: true }
                if begins_text
                    && since <= FIRST_CHARACTER_PAUSE
                    && cannot_begin_finding(key, opener) =>
            {
                return Outcome::Sentence;
            }
            KeyMeaning::Field { was_empty: true } if begins_text && key == ' ' => {
                return Outcome::Sentence;
            }
            KeyMeaning::Line { was_empty: false } | KeyMeaning::Field { was_empty: false }
                if begins_text && key == ' ' =>
            {
                return self.word_before_space();
            }
            KeyMeaning::Field { .. } if key.is_lowercase() && !self.meaningless.is_empty() => {
                return Outcome::Sentence;
            }
            KeyMeaning::Line { was_empty } | KeyMeaning::Field { was_empty } => {
                if begins_text {
                    (self.first_word, self.was_empty) = (Some(self.typed.len() - 1), was_empty);
                }
                return self.take_text(key, meaning);
            }
        }
        if self.is_sentence() {
            Outcome::Sentence
        } else {
            Outcome::Undecided
        }
    }

    /// Handles a Space with which the run continues a text: a sentence, if the keys before it are a word.
    fn word_before_space(&mut self) -> Outcome {
        let letters = self
            .typed
            .iter()
            .rev()
            .skip(1)
            .take_while(|key| is_word_character(**key))
            .count();
        let whole: String = self.typed[self.typed.len() - 1 - letters..self.typed.len() - 1]
            .iter()
            .collect();
        if letters > 1 {
            return Outcome::FirstWord {
                whole,
                rest: String::new(),
                meaningless: false,
                is_joined: true,
            };
        }
        self.end();
        Outcome::Undecided
    }

    /// Handles a character that goes into a text. A writing line tells nothing more after its first word, so the run ends there.
    fn take_text(&mut self, key: char, meaning: KeyMeaning) -> Outcome {
        if is_word_character(key) && self.first_word.is_some() {
            return Outcome::Undecided;
        }
        let word = self.first_word(self.typed.len() - 1);
        self.first_word = None;
        if matches!(meaning, KeyMeaning::Line { .. }) && word.is_none() {
            self.end();
        }
        word.unwrap_or(Outcome::Undecided)
    }

    /// The word that ends before this place, if it began before the text did.
    fn first_word(&self, end: usize) -> Option<Outcome> {
        let text = self.first_word?;
        let before = self.typed.get(..text)?;
        let start = before
            .iter()
            .rposition(|key| !is_word_character(*key))
            .map_or(0, |before| before + 1);
        let is_joined =
            !self.was_empty || before.last().is_some_and(|opener| opener.is_uppercase());
        let word = |from: usize| {
            self.typed
                .get(from..end)
                .map(|keys| keys.iter().collect::<String>())
        };
        let (whole, rest) = (word(start)?, word(text)?);
        (start < text && !rest.is_empty()).then_some(Outcome::FirstWord {
            whole,
            rest,
            meaningless: !self.meaningless.is_empty(),
            is_joined,
        })
    }

    /// Notes that the first word shows no sentence: if the person is typing in a text, they opened it on purpose.
    pub fn rule_out_sentence(&mut self) {
        if self.in_text {
            self.end();
        }
    }

    /// Counts a character of this run that turned out to be meaningless; returns whether the run is a sentence now.
    pub fn count_meaningless(&mut self, key: char) -> bool {
        if self.has_begun {
            self.count(Meaningless::Key(key));
        }
        self.is_sentence()
    }

    /// Handles Enter, which ends the run. `recorded` is whether the keys of the run recorded something.
    pub fn enter(&mut self, at: Duration, recorded: bool) -> Outcome {
        if !self.continues_at(at) {
            self.end();
            return Outcome::Undecided;
        }
        match self.first_word(self.typed.len()) {
            _ if recorded && !self.meaningless.is_empty() => Outcome::Sentence,
            Some(word) => word,
            None => {
                self.end();
                Outcome::Undecided
            }
        }
    }

    /// Whether the last character of this run is a letter or digit, so that a Space now separates words.
    pub fn ends_in_letter(&self, at: Duration) -> bool {
        self.continues_at(at) && self.typed.last().is_some_and(|key| key.is_alphanumeric())
    }

    /// Whether the last two characters are letters, so that the last one ends a word.
    pub fn ends_in_word(&self) -> bool {
        matches!(self.typed.as_slice(), [.., before, last] if before.is_alphabetic() && last.is_alphabetic())
    }

    /// Whether the run has only one character so far.
    pub fn is_single(&self) -> bool {
        self.typed.len() == 1
    }

    /// When the first character came, if there is one.
    pub fn began_at(&self) -> Option<Duration> {
        self.has_begun.then_some(self.began_at)
    }

    /// Whether the run has a meaningless character.
    pub fn has_meaningless(&self) -> bool {
        !self.meaningless.is_empty()
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
        let is_jump = rest.len() < text.len()
            && !first_word.is_empty()
            && !matches!(first_word.as_str(), "st" | "nd" | "rd" | "th" | "s");
        if is_jump {
            (rest.to_owned(), true)
        } else {
            (text, false)
        }
    }

    fn count(&mut self, key: Meaningless) {
        self.meaningless.insert(key);
    }

    fn is_sentence(&self) -> bool {
        self.meaningless.len() >= 2 && self.typed.len() >= MIN_CHARACTERS
    }
}

/// Whether a character can be part of a word.
fn is_word_character(key: char) -> bool {
    key.is_alphanumeric() || matches!(key, '\'' | '’')
}

/// Whether a text in the writing line never begins with this character, but a word may end there: a Space and most punctuation, and a hyphen after a
/// capital, as in `SSR-related`.
fn cannot_begin_finding(key: char, opener: Option<char>) -> bool {
    matches!(key, ' ' | ',' | ';' | ':' | '.' | '!' | ')')
        || (key == '-' && opener.is_some_and(char::is_uppercase))
}

#[cfg(test)]
mod tests;
