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
//! - A verdict that contradicts the one before it within `CONTRADICTION_PAUSE` is meaningless. So is a key such as `q` that other letters follow at
//!   once ([`must_stand_alone`]).
//! - A run may open a text: the writing line or a field. The run is a sentence if the first character in a field is a Space, if the first one in
//!   the writing line is a Space or a punctuation mark and comes within `FIRST_CHARACTER_PAUSE`, or if a lower-case letter comes in a field after a
//!   meaningless key.
//! - The first word of such a text may be the rest of a word: `A` opens the line for an action item, and `dvance` goes into it. The caller checks that
//!   `Advance` is a word and `dvance` is not ([`Outcome::FirstWord`]). After a meaningless key it is enough that `dvance` is not a word.
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
    /// It records a verdict on the implementation.
    Verdict,
    /// It does nothing: no command or choice has this key, or its command has nothing to act on.
    Meaningless,
    /// No name on the board continues with it.
    NamesNobody,
    /// It tells nothing either way: a digit, or a verdict key on a screen that records no verdicts.
    Neutral,
    /// It goes into the writing line.
    Line,
    /// It goes into a field of a box, or into a filter.
    Field,
}

/// Whether the run is a sentence, as far as is known after a character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Not so far.
    Undecided,
    /// The run is a sentence.
    Sentence,
    /// The first word of a text that the run opened has ended. The run is a sentence if `rest` is not a word, and `whole` is a word or `meaningless` is
    /// set.
    FirstWord {
        /// The word with the keys just before the text that may belong to it.
        whole: String,
        /// The part of the word that is in the text.
        rest: String,
        /// Whether the run has a meaningless character.
        meaningless: bool,
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
    began_at: Duration,
    last_at: Duration,
    meaningless: BTreeSet<Meaningless>,
    verdict: Option<(char, Duration)>,
    /// Whether the last character went into the writing line or a field.
    in_text: bool,
    /// Where the first word of a text that the run opened begins, while that word is being typed.
    first_word: Option<usize>,
}

/// Whether a key acts only if no other character follows it at once, because undo cannot reverse its effect: quit, copy, open `$EDITOR`.
pub fn must_stand_alone(key: char) -> bool {
    matches!(key, 'q' | 'y' | 'E')
}

impl KeyRun {
    /// Whether a character typed at this moment belongs to the run.
    pub fn continues_at(&self, at: Duration) -> bool {
        !self.typed.is_empty() && at.saturating_sub(self.last_at) <= RUN_PAUSE
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
            // Nobody presses Space to page or tick so soon after a letter.
            KeyMeaning::Meaningful | KeyMeaning::Neutral if key == ' ' && after_letter => self.count(Meaningless::Key(key)),
            KeyMeaning::Meaningful => {}
            // After a number the next verdict is on another record and contradicts nothing.
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

    /// Handles a character that goes into a text. A writing line tells nothing more after its first word, so the run ends there.
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

    /// The word that ends before this place, if it began before the text did.
    fn first_word(&self, end: usize) -> Option<Outcome> {
        let text = self.first_word?;
        let start = self.typed[..text].iter().rposition(|key| !is_word_character(*key)).map_or(0, |before| before + 1);
        let word = |from: usize| self.typed.get(from..end).map(|keys| keys.iter().collect::<String>());
        let (whole, rest) = (word(start)?, word(text)?);
        (start < text && !rest.is_empty()).then_some(Outcome::FirstWord { whole, rest, meaningless: !self.meaningless.is_empty() })
    }

    /// Notes that the first word shows no sentence: if the person is typing in a text, they opened it on purpose.
    pub fn rule_out_sentence(&mut self) {
        if self.in_text {
            self.end();
        }
    }

    /// Counts a character of this run that turned out to be meaningless; returns whether the run is a sentence now.
    pub fn count_meaningless(&mut self, key: char) -> bool {
        if !self.typed.is_empty() {
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

    /// Whether the run has only one character so far.
    pub fn is_single(&self) -> bool {
        self.typed.len() == 1
    }

    /// When the first character came, if there is one.
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

/// Whether a character can be part of a word.
fn is_word_character(key: char) -> bool {
    key.is_alphanumeric() || matches!(key, '\'' | '’')
}

/// Whether no text in the writing line begins with this character. Marks, quotation marks and brackets may come first.
fn cannot_begin_finding(key: char) -> bool {
    !key.is_alphanumeric() && !matches!(key, '@' | '#' | '"' | '\'' | '“' | '‘' | '(' | '[' | '/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use KeyMeaning::{Field, Line, Meaningful, Meaningless, NamesNobody, Neutral, Verdict};

    /// After how many characters this run is a sentence, with so many milliseconds between them.
    fn recognized_after(pace: u64, keys: &[(char, KeyMeaning)]) -> Option<usize> {
        let mut run = KeyRun::default();
        let mut sentence = |(n, (key, meaning)): (usize, &(char, KeyMeaning))| {
            run.take(*key, Duration::from_millis(pace * n as u64), *meaning) == Outcome::Sentence
        };
        keys.iter().enumerate().position(&mut sentence).map(|at| at + 1)
    }

    #[test]
    fn two_different_meaningless_keys_in_a_run_of_three_are_a_sentence() {
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
    fn a_space_after_a_letter_is_meaningless_even_where_it_pages() {
        assert_eq!(recognized_after(90, &[('j', Meaningful), (' ', Meaningful), ('w', Meaningless)]), Some(3));
        assert_eq!(recognized_after(90, &[(' ', Meaningful), (' ', Meaningful), ('w', Meaningless)]), None);
    }

    #[test]
    fn all_keys_that_name_nobody_count_as_one() {
        assert_eq!(recognized_after(90, &[('c', Meaningful), ('x', NamesNobody), ('y', NamesNobody), ('z', NamesNobody)]), None);
        assert_eq!(
            recognized_after(90, &[('c', Meaningful), ('x', NamesNobody), ('y', NamesNobody), ('s', Meaningful), (' ', Meaningful)]),
            Some(5)
        );
    }

    #[test]
    fn a_text_that_a_sentence_opened_is_recognized_by_its_first_characters() {
        assert_eq!(recognized_after(90, &[('o', Meaningless), ('f', Meaningful), (' ', Line)]), Some(3));
        assert_eq!(recognized_after(90, &[('p', Verdict), ('f', Meaningful), ('@', Line), ('e', Line)]), None);
        assert_eq!(recognized_after(90, &[('p', Verdict), ('f', Meaningful), ('T', Line), (' ', Line), (' ', Line)]), None);
        assert_eq!(recognized_after(90, &[('w', Meaningless), ('a', Meaningful), ('s', Field)]), Some(3));
        assert_eq!(recognized_after(90, &[('w', Meaningless), ('a', Meaningful), ('T', Field), ('o', Field)]), Some(4));
        assert_eq!(recognized_after(90, &[('a', Meaningful), ('F', Field), ('i', Field), (' ', Field)]), None);
    }

    #[test]
    fn enter_ends_a_sentence_that_recorded_something_and_has_a_meaningless_key() {
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
    fn a_letter_removed_by_backspace_is_not_in_the_text() {
        let mut run = KeyRun::default();
        run.take('T', Duration::ZERO, Meaningless);
        run.take('y', Duration::from_millis(90), Meaningful);
        run.backspace(Duration::from_millis(180));
        run.take('h', Duration::from_millis(270), Meaningful);
        assert_eq!(run.text(), "Th");
    }
}
