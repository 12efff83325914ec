//! Handles keys: finds out what a key means on this screen and whether it is part of a sentence, and runs its command.

use super::cancel::CTRL_C;
use super::{App, Drawing};
use crate::error::{Error, Kind, Result};
use crate::model::known_words;
use crate::tui::command::{self, Command, Meaning, Scope};
use crate::tui::commands::{go, program, write};
use crate::tui::home::Pane;
use crate::tui::key::Key;
use crate::tui::sentence::{self, KeyMeaning, LONE_KEY_PAUSE, Outcome};
use crossterm::event::{Event, KeyCode, KeyEvent};

impl App {
    /// Takes an event: to the open line, the filter, the number being typed, or the registry.
    ///
    /// # Errors
    /// Only what ends the program; every other error becomes a notice.
    pub fn take(&mut self, event: Event) -> Result<()> {
        let taken = self.take_event(event);
        self.show_failure(taken)
    }

    /// Shows an error as a notice; where the error is a sentence typed by mistake, opens the sentence as text.
    ///
    /// # Errors
    /// Only what ends the program.
    pub(super) fn show_failure(&mut self, taken: Result<()>) -> Result<()> {
        let taken = match taken {
            Err(e) if e.kind == Kind::Mistyped => self.open_mistyped(),
            other => other,
        };
        match taken {
            Err(e) if e.kind == Kind::HungUp => Err(e),
            Err(e) if e.kind == Kind::Quit => Ok(()),
            Err(e) => {
                self.fail(&e);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    pub(super) fn take_event(&mut self, event: Event) -> Result<()> {
        // What a key on a record or a click means depends on what is on the screen.
        if self.behind
            && (matches!(self.home.pane, Pane::Dossier | Pane::Presenter)
                || matches!(event, Event::Mouse(_)))
        {
            self.draw(None)?;
        }
        self.behind = true;
        self.note_selected();
        match event {
            Event::Key(key) => Key::of(key).map_or(Ok(()), |pressed| self.take_key(key, pressed)),
            Event::Paste(text) => self.take_paste(&text),
            Event::Mouse(mouse) => self.take_mouse(mouse),
            _ => Ok(()),
        }
    }

    fn take_key(&mut self, event: KeyEvent, key: Key) -> Result<()> {
        self.key = key;
        self.clear_notice();
        self.shows_private = false;
        if key == CTRL_C {
            return program::cancel(self);
        }
        // Nothing is recorded on a screen that shows nothing.
        if self.is_hidden() && key.code == KeyCode::Enter {
            return Ok(());
        }
        if let Some(writer) = &self.writer {
            let was_empty = writer.was_empty;
            self.note_text_key(key, KeyMeaning::Line { was_empty })?;
            return write::key(self, event);
        }
        if self.is_hidden() && key.code != KeyCode::Char('q') {
            return Ok(());
        }
        if self.filtering {
            self.note_text_key(key, KeyMeaning::Field { was_empty: true })?;
            return go::filter_key(self, key);
        }
        if go::continues_number(self, key) {
            self.note_command_key(key, KeyMeaning::Neutral)?;
            return go::number_key(self, key);
        }
        self.number = None;
        self.begun.push(key);
        match command::resolve(&self.begun, self.focus_of_keys()) {
            Meaning::Command(command) => self.run_command(command, key),
            Meaning::Begun => self.note_command_key(key, KeyMeaning::Meaningful),
            Meaning::Nothing => {
                let is_first = self.begun.len() == 1;
                self.begun.clear();
                self.note_command_key(
                    key,
                    if is_first {
                        meaning_of_unbound_key(key)
                    } else {
                        KeyMeaning::Meaningless
                    },
                )
            }
        }
    }

    fn run_command(&mut self, command: &'static Command, key: Key) -> Result<()> {
        let is_alone = self.begun.len() == 1;
        self.begun.clear();
        let Some(c) = key.character() else {
            return self.carry_out(command);
        };
        let meaning = match c {
            '0'..='9' => KeyMeaning::Neutral,
            'i' | 'p' | 'n' | 'd' if command.scope == Scope::Home => {
                KeyMeaning::Verdict(self.home.selected.0)
            }
            _ => KeyMeaning::Meaningful,
        };
        self.note_character(c, meaning)?;
        if is_alone && sentence::must_stand_alone(c) && !self.stands_alone(c)? {
            return Ok(());
        }
        match self.carry_out(command) {
            Err(e) if e.kind == Kind::NoTarget && self.key_run.count_meaningless(c) => {
                Err(mistyped())
            }
            other => other,
        }
    }

    fn carry_out(&mut self, command: &Command) -> Result<()> {
        self.refuse_unseen(command)?;
        // A verdict is about the recommendation, whatever the cursor is on.
        self.in_view.acts_on_item = command.scope != Scope::Home;
        (command.run)(self)
    }

    fn note_command_key(&mut self, key: Key, meaning: KeyMeaning) -> Result<()> {
        key.character()
            .map_or(Ok(()), |c| self.note_character(c, meaning))
    }

    /// Adds a character to the run of characters, with what it means here, before it acts.
    ///
    /// # Errors
    /// [`Kind::Mistyped`] if the run is now a sentence: then the character must not act.
    pub fn note_character(&mut self, c: char, meaning: KeyMeaning) -> Result<()> {
        if !self.key_run.continues_at(self.event_at) && self.writer.is_some() {
            // This answers a box about the open line; the line is not a mistake.
            self.key_run.end();
            return Ok(());
        }
        if !self.key_run.continues_at(self.event_at) {
            (self.before_key_run, self.after_number) = (Some(Box::new(self.screen_state())), None);
        } else if self.key_run.is_number() && !c.is_ascii_digit() {
            self.after_number = Some(Box::new(self.screen_state()));
        }
        let outcome = self.key_run.take(c, self.event_at, meaning);
        self.stop_at_sentence(&outcome)
    }

    /// Fails if the run is a sentence.
    ///
    /// # Errors
    /// As [`App::note_character`].
    pub(super) fn stop_at_sentence(&mut self, outcome: &Outcome) -> Result<()> {
        let review = self.workspace.review();
        match outcome {
            Outcome::Undecided => Ok(()),
            Outcome::FirstWord {
                whole,
                rest,
                meaningless,
                is_joined,
            } => {
                let is_word = || known_words::contains(review, whole);
                let begins_text = || known_words::can_begin_text(review, rest);
                if (*is_joined && is_word()) || ((*meaningless || is_word()) && !begins_text()) {
                    return Err(mistyped());
                }
                self.key_run.rule_out_sentence();
                Ok(())
            }
            Outcome::Sentence => Err(mistyped()),
        }
    }

    /// Adds a key that goes into a text to the run, if the run opened that text.
    ///
    /// # Errors
    /// As [`App::note_character`].
    pub fn note_text_key(&mut self, key: Key, meaning: KeyMeaning) -> Result<()> {
        match key.character() {
            Some(c) if self.key_run.continues_at(self.event_at) => self.note_character(c, meaning),
            _ => Ok(()),
        }
    }

    /// Whether this character follows a letter as fast as in a word. Then a Space separates words and ticks nothing.
    pub fn follows_letter(&self) -> bool {
        self.key_run.ends_in_letter(self.event_at)
    }

    /// Whether no other character came just before this one.
    pub fn is_first_in_run(&self) -> bool {
        self.key_run.is_single() || !self.key_run.continues_at(self.event_at)
    }

    /// Whether this character belongs to the run that opened a box at this moment, and may be the rest of a word.
    pub fn is_run_begun_before(&self, opened_at: std::time::Duration) -> bool {
        self.key_run.continues_at(self.event_at)
            && self
                .key_run
                .began_at()
                .is_some_and(|began| began <= opened_at)
    }

    /// Waits for [`LONE_KEY_PAUSE`], and returns whether the key stands alone: no character follows it, or Enter does. Otherwise the key must do
    /// nothing.
    ///
    /// # Errors
    /// As [`App::note_character`]; the end of the terminal or of the script.
    pub fn stands_alone(&mut self, c: char) -> Result<bool> {
        // In a word that has a meaningless letter already, the key is one more letter.
        if self.key_run.has_meaningless() {
            return Ok(false);
        }
        let until = self.event_at + LONE_KEY_PAUSE;
        let Some(next) = self.wait_until(Drawing::Nothing, Some(until))? else {
            return Ok(true);
        };
        let Event::Key(key) = next.event else {
            self.unread_event = Some(next);
            return Ok(true);
        };
        let ends_word = key.code == KeyCode::Enter && self.key_run.ends_in_word();
        if key.code == KeyCode::Enter && !ends_word {
            self.key_run.end();
            return Ok(true);
        }
        let is_alone = !ends_word && Key::of(key).is_none_or(|key| key.character().is_none());
        self.unread_event = Some(next);
        if !is_alone && self.key_run.count_meaningless(c) {
            return Err(mistyped());
        }
        Ok(is_alone)
    }

    fn take_paste(&mut self, text: &str) -> Result<()> {
        (self.notice, self.shows_private) = (None, false);
        self.number = None;
        self.key_run.end();
        self.clear_begun();
        match &mut self.writer {
            Some(writer) => {
                writer.paste(text);
                Ok(())
            }
            None if self.filtering => {
                let line = crate::model::text::clean_line(text).text;
                self.filter_mut().push_str(&line);
                self.refilter();
                Ok(())
            }
            None => {
                self.refuse_paste();
                Ok(())
            }
        }
    }
}

/// What a key without a command means: nothing, unless the person may have expected it to act.
fn meaning_of_unbound_key(key: Key) -> KeyMeaning {
    match key.character() {
        Some('0'..='9' | 'i' | 'p' | 'n' | 'd' | 'r' | 'v' | 'J' | 'K' | '[' | ']') => {
            KeyMeaning::Neutral
        }
        _ => KeyMeaning::Meaningless,
    }
}

pub(super) fn mistyped() -> Error {
    Error::new(Kind::Mistyped, "This is a sentence, not commands.")
}
