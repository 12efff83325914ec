//! Decides from the last keys whether a person is typing a sentence where keys are commands.
//!
//! Whoever forgets `f` types commands: `not implemented` would record three verdicts. A *run* is a series of characters typed outside any text, each
//! within [`RUN_PAUSE`] of the one before. A character in it is *meaningless* where nothing answers it. The rule, from a trial with 120,000 timed plays of
//! the program's own keys: **two different meaningless characters in a run of three keys or more** are a sentence. Keys that people press on purpose
//! contain none, at any speed; nearly every English sentence soon contains a Space and one more. Rules on speed alone, or on which letters follow each
//! other, stopped people at work or let most sentences pass.
//!
//! Some sentences look like commands for longer, so these count, too:
//!
//! - A verdict that contradicts the one before it within [`CONTRADICTION_PAUSE`] is meaningless, and so is a key with an effect outside of the record that
//!   other letters follow at once ([`must_stand_alone`]).
//! - A text that a run opens is a part of the sentence if it begins with a Space, or a writing line within [`FIRST_CHARACTER_PAUSE`] with a sign; a field, also if
//!   it gets a small letter behind a meaningless key.
//! - The first word of such a text may be the rest of a word: `A` opens the line for an action item, `dvance` stands in it. Whether `Advance` is a word
//!   and `dvance` is none, the caller knows ([`Outcome::FirstWord`]); behind a meaningless key it is enough that `dvance` is none.
//! - Enter behind a record and a meaningless key ends a sentence.
//!
//! Pure: the times come with the keys; what is on the screen decides what a character means, and is not known here. What is done about a sentence is in
//! `app/mistyped.rs`.

use std::collections::BTreeSet;
use std::time::Duration;

/// The longest time between two characters of one run.
pub const RUN_PAUSE: Duration = Duration::from_millis(700);
/// The time within which a different verdict contradicts the one before.
const CONTRADICTION_PAUSE: Duration = Duration::from_millis(250);
/// The time within which the first character of a line belongs to the word whose letter opened it.
const FIRST_CHARACTER_PAUSE: Duration = Duration::from_millis(500);
/// The time without another character after which a key that must stand alone acts.
pub const LONE_KEY_PAUSE: Duration = Duration::from_millis(400);
/// The fewest characters of a sentence.
const MIN_CHARACTERS: usize = 3;

/// What a character means where it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyMeaning {
    /// A command, a choice or a name on a board.
    Meaningful,
    /// A verdict on the implementation.
    Verdict,
    /// Nothing: no command or choice has this key, or its command has nothing to act on.
    Meaningless,
    /// Nobody on the board has a name that goes on so.
    NamesNobody,
    /// Neither sense nor nonsense: a digit; a verdict key on a screen that takes no verdicts.
    Neutral,
    /// A part of what stands in the writing line.
    Line,
    /// A part of what stands in a field of a box, or in a filter.
    Field,
}

/// What a character makes of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to stop at.
    Undecided,
    /// The run is a sentence.
    Sentence,
    /// The first word of a text that the run opened ends here. It is a sentence if the rest that stands in the text is no word, and the whole is one or
    /// a key of the run was meaningless.
    FirstWord {
        /// The word with the keys before the text that may belong to it.
        whole: String,
        /// The part of it that stands in the text.
        rest: String,
        /// Whether a key of the run was meaningless.
        meaningless: bool,
    },
}

/// A meaningless key. On a board all that names nobody is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaningless {
    Key(char),
    Name,
}

/// The characters typed last outside any text, and what they meant.
#[derive(Debug, Clone, Default)]
pub struct KeyRun {
    typed: Vec<char>,
    began_at: Duration,
    last_at: Duration,
    meaningless: BTreeSet<Meaningless>,
    verdict: Option<(char, Duration)>,
    /// Whether the newest character went into the writing line or a field.
    in_text: bool,
    /// Where the first word of the text begins that the run opened, while that word is typed.
    first_word: Option<usize>,
}

/// Whether a key has an effect outside of the record, so that it acts only when no other character follows it at once: quit, copy, `$EDITOR`.
pub fn must_stand_alone(key: char) -> bool {
    matches!(key, 'q' | 'y' | 'E')
}

impl KeyRun {
    /// Whether a character typed at this moment belongs to the run.
    pub fn continues_at(&self, at: Duration) -> bool {
        !self.typed.is_empty() && at.saturating_sub(self.last_at) <= RUN_PAUSE
    }

    /// Ends the run: what is typed from now on has nothing to do with it.
    pub fn end(&mut self) {
        *self = KeyRun::default();
    }

    /// Takes back the newest character, as a person does who corrects what they believe to be text.
    pub fn backspace(&mut self, at: Duration) {
        if self.continues_at(at) {
            self.typed.pop();
            self.last_at = at;
        } else {
            self.end();
        }
    }

    /// Takes a character with what it means.
    ///
    /// A text that was open before the run began is no part of it; so the caller asks [`KeyRun::continues_at`] first.
    pub fn take(&mut self, key: char, at: Duration, meaning: KeyMeaning) -> Outcome {
        if !self.continues_at(at) {
            self.end();
        }
        let since = at.saturating_sub(self.last_at);
        let after_letter = self.typed.last().is_some_and(|before| before.is_alphabetic());
        let is_text = matches!(meaning, KeyMeaning::Line | KeyMeaning::Field);
        let begins_text = is_text && !self.in_text;
        self.in_text = is_text;
        if self.typed.is_empty() {
            self.began_at = at;
        }
        self.typed.push(key);
        self.last_at = at;
        match meaning {
            // No key that pages or ticks is pressed behind a letter as fast as this.
            KeyMeaning::Meaningful | KeyMeaning::Neutral if key == ' ' && after_letter => self.count(Meaningless::Key(key)),
            KeyMeaning::Meaningful => {}
            // Behind a number a verdict is on another record and contradicts nothing.
            KeyMeaning::Neutral => self.verdict = None,
            KeyMeaning::Meaningless => self.count(Meaningless::Key(key)),
            KeyMeaning::NamesNobody => self.count(Meaningless::Name),
            KeyMeaning::Verdict => {
                if self.verdict.is_some_and(|(before, then)| before != key && at.saturating_sub(then) <= CONTRADICTION_PAUSE) {
                    self.count(Meaningless::Key(key));
                }
                self.verdict = Some((key, at));
            }
            KeyMeaning::Line if begins_text && since <= FIRST_CHARACTER_PAUSE && cannot_begin_finding(key) => return Outcome::Sentence,
            KeyMeaning::Field if begins_text && key == ' ' => return Outcome::Sentence,
            KeyMeaning::Field if key.is_lowercase() && !self.meaningless.is_empty() => return Outcome::Sentence,
            KeyMeaning::Line | KeyMeaning::Field => {
                if begins_text {
                    self.first_word = Some(self.typed.len() - 1);
                }
                return self.take_text(key, meaning);
            }
        }
        if self.is_sentence() { Outcome::Sentence } else { Outcome::Undecided }
    }

    /// Goes on in a text that the run opened. Behind its first word a writing line tells nothing more.
    fn take_text(&mut self, key: char, meaning: KeyMeaning) -> Outcome {
        if is_word_character(key) && self.first_word.is_some() {
            return Outcome::Undecided;
        }
        let word = self.first_word(self.typed.len() - 1);
        self.first_word = None;
        if meaning == KeyMeaning::Line && word.is_none() {
            self.end();
        }
        word.unwrap_or(Outcome::Undecided)
    }

    /// The word that ends before this place and that began before the text did.
    fn first_word(&self, end: usize) -> Option<Outcome> {
        let text = self.first_word?;
        let start = self.typed[..text].iter().rposition(|key| !is_word_character(*key)).map_or(0, |before| before + 1);
        let word = |from: usize| self.typed.get(from..end).map(|keys| keys.iter().collect::<String>());
        let (whole, rest) = (word(start)?, word(text)?);
        (start < text && !rest.is_empty()).then_some(Outcome::FirstWord { whole, rest, meaningless: !self.meaningless.is_empty() })
    }

    /// Notes that the word that ended was none of a sentence.
    pub fn rule_out_sentence(&mut self) {
        if self.in_text {
            self.end();
        }
    }

    /// Notes that a character of this run turned out to be meaningless after all; answers whether the run is a sentence by now.
    pub fn count_meaningless(&mut self, key: char) -> bool {
        if !self.typed.is_empty() {
            self.count(Meaningless::Key(key));
        }
        self.is_sentence()
    }

    /// Ends the run with Enter. `recorded` says whether the run changed the record.
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

    /// Whether the character typed last is a letter of this run, so that a Space behind it separates words.
    pub fn ends_in_letter(&self, at: Duration) -> bool {
        self.continues_at(at) && self.typed.last().is_some_and(|key| key.is_alphanumeric())
    }

    /// Whether the run has one character so far.
    pub fn is_single(&self) -> bool {
        self.typed.len() == 1
    }

    /// When the first character came, if any.
    pub fn began_at(&self) -> Option<Duration> {
        (!self.typed.is_empty()).then_some(self.began_at)
    }

    /// The characters as they were typed.
    pub fn text(&self) -> String {
        self.typed.iter().collect()
    }

    fn count(&mut self, key: Meaningless) {
        self.meaningless.insert(key);
    }

    fn is_sentence(&self) -> bool {
        self.meaningless.len() >= 2 && self.typed.len() >= MIN_CHARACTERS
    }
}

/// Whether a character is a part of a word.
fn is_word_character(key: char) -> bool {
    key.is_alphanumeric() || matches!(key, '\'' | '’')
}

/// Whether nobody begins a finding with this: marks, quotes and brackets may stand first.
fn cannot_begin_finding(key: char) -> bool {
    !key.is_alphanumeric() && !matches!(key, '@' | '#' | '"' | '\'' | '“' | '‘' | '(' | '[' | '/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use KeyMeaning::{Field, Line, Meaningful, Meaningless, NamesNobody, Neutral, Verdict};

    /// How many characters of this run are taken until it is a sentence, at so many milliseconds a key.
    fn recognized_after(pace: u64, keys: &[(char, KeyMeaning)]) -> Option<usize> {
        let mut run = KeyRun::default();
        let mut sentence = |(n, (key, meaning)): (usize, &(char, KeyMeaning))| {
            run.take(*key, Duration::from_millis(pace * n as u64), *meaning) == Outcome::Sentence
        };
        keys.iter().enumerate().position(&mut sentence).map(|at| at + 1)
    }

    #[test]
    fn two_different_senseless_keys_in_a_run_of_three_are_a_sentence() {
        assert_eq!(recognized_after(90, &[('r', Meaningful), ('o', Meaningless), (' ', Meaningless)]), Some(3));
        assert_eq!(recognized_after(90, &[('o', Meaningless), (' ', Meaningless), ('p', Verdict)]), Some(3));
        assert_eq!(recognized_after(90, &[('o', Meaningless), ('o', Meaningless), ('o', Meaningless), ('p', Verdict)]), None);
        assert_eq!(recognized_after(701, &[('r', Meaningful), ('o', Meaningless), (' ', Meaningless)]), None);
    }

    #[test]
    fn commands_are_never_a_sentence_at_any_speed_unless_verdicts_contradict_each_other() {
        let commands =
            [('1', Neutral), ('1', Neutral), ('p', Verdict), ('r', Meaningful), ('v', Meaningful), ('a', Meaningful), ('j', Meaningful)];
        assert_eq!(recognized_after(0, &commands), None);
        assert_eq!(recognized_after(0, &[('n', Verdict), ('r', Meaningful), ('9', Neutral), ('p', Verdict), ('o', Meaningless)]), None);
        assert_eq!(recognized_after(300, &[('p', Verdict), ('n', Verdict), ('i', Verdict)]), None);
        assert_eq!(recognized_after(100, &[('n', Verdict), ('i', Verdict), ('d', Verdict)]), Some(3));
    }

    #[test]
    fn a_space_behind_a_letter_is_senseless_even_where_it_pages() {
        assert_eq!(recognized_after(90, &[('j', Meaningful), (' ', Meaningful), ('w', Meaningless)]), Some(3));
        assert_eq!(recognized_after(90, &[(' ', Meaningful), (' ', Meaningful), ('w', Meaningless)]), None);
    }

    #[test]
    fn all_that_names_nobody_counts_once() {
        assert_eq!(recognized_after(90, &[('c', Meaningful), ('x', NamesNobody), ('y', NamesNobody), ('z', NamesNobody)]), None);
        assert_eq!(
            recognized_after(90, &[('c', Meaningful), ('x', NamesNobody), ('y', NamesNobody), ('s', Meaningful), (' ', Meaningful)]),
            Some(5)
        );
    }

    #[test]
    fn a_line_or_field_that_a_sentence_opened_is_told_by_how_it_begins() {
        assert_eq!(recognized_after(90, &[('o', Meaningless), ('f', Meaningful), (' ', Line)]), Some(3));
        assert_eq!(recognized_after(90, &[('p', Verdict), ('f', Meaningful), ('@', Line), ('e', Line)]), None);
        assert_eq!(recognized_after(90, &[('p', Verdict), ('f', Meaningful), ('T', Line), (' ', Line), (' ', Line)]), None);
        assert_eq!(recognized_after(90, &[('w', Meaningless), ('a', Meaningful), ('s', Field)]), Some(3));
        assert_eq!(recognized_after(90, &[('w', Meaningless), ('a', Meaningful), ('T', Field), ('o', Field)]), Some(4));
        assert_eq!(recognized_after(90, &[('a', Meaningful), ('F', Field), ('i', Field), (' ', Field)]), None);
    }

    #[test]
    fn enter_behind_a_record_and_a_senseless_key_ends_a_sentence() {
        let mut run = KeyRun::default();
        run.take('r', Duration::ZERO, Meaningful);
        run.take('o', Duration::from_millis(90), Meaningless);
        assert_eq!(run.clone().enter(Duration::from_millis(180), false), Outcome::Undecided);
        assert_eq!(run.clone().enter(Duration::from_millis(900), true), Outcome::Undecided);
        assert_eq!(run.enter(Duration::from_millis(180), true), Outcome::Sentence);
        assert_eq!(run.text(), "ro");
    }

    #[test]
    fn the_first_word_of_a_text_that_a_letter_opened_may_be_the_rest_of_a_word() {
        let ends = |keys: &str, opens: usize, meaning: KeyMeaning| {
            let mut run = KeyRun::default();
            let meant = |n: usize| if n < opens { Meaningful } else { meaning };
            keys.chars().enumerate().map(|(n, key)| run.take(key, Duration::from_millis(90 * n as u64), meant(n))).last().unwrap()
        };
        let word = |whole: &str, rest: &str| Outcome::FirstWord { whole: whole.to_owned(), rest: rest.to_owned(), meaningless: false };
        assert_eq!(ends("Advance ", 1, Line), word("Advance", "dvance"));
        assert_eq!(ends("def", 3, Line), Outcome::Undecided);
        assert_eq!(ends("deferred,", 3, Line), word("deferred", "erred"));
        assert_eq!(ends("and ", 1, Field), word("and", "nd"));
        assert_eq!(ends(":the ", 1, Field), Outcome::Undecided);
        assert_eq!(ends("fThe report ", 1, Line), Outcome::Undecided);
        let mut run = KeyRun::default();
        for (n, key) in "draft".chars().enumerate() {
            run.take(key, Duration::from_millis(90 * n as u64), if n < 4 { Meaningful } else { Line });
        }
        assert_eq!(run.enter(Duration::from_millis(500), false), word("draft", "t"));
    }

    #[test]
    fn a_letter_that_was_corrected_is_not_in_the_text() {
        let mut run = KeyRun::default();
        run.take('T', Duration::ZERO, Meaningless);
        run.take('y', Duration::from_millis(90), Meaningful);
        run.backspace(Duration::from_millis(180));
        run.take('h', Duration::from_millis(270), Meaningful);
        assert_eq!(run.text(), "Th");
    }
}
