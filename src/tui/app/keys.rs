//! Keys: what each means where the cursor is, whether it is part of a sentence, and what it runs.

use super::{App, Drawing};
use crate::error::{Error, Kind, Result};
use crate::model::words;
use crate::tui::command::{self, Command, Meaning, Scope};
use crate::tui::commands::{go, program, write};
use crate::tui::home::Pane;
use crate::tui::key::Key;
use crate::tui::typing::{self, ALONE, Meaning as Sense, Step};
use crossterm::event::{Event, KeyCode, KeyEvent};

impl App {
    /// Takes an event: to the open line, the filter, the number being typed, or the registry.
    ///
    /// # Errors
    /// Only what ends the program; every other error becomes a notice.
    pub fn take(&mut self, event: Event) -> Result<()> {
        let taken = self.take_event(event);
        self.settle(taken)
    }

    /// Says what went wrong, and opens what was typed by mistake as text.
    ///
    /// # Errors
    /// Only what ends the program.
    pub(super) fn settle(&mut self, taken: Result<()>) -> Result<()> {
        let taken = match taken {
            Err(e) if e.kind == Kind::Mistyped => self.open_mistyped(),
            other => other,
        };
        match taken {
            Err(e) if e.kind == Kind::HungUp => Err(e),
            Err(e) => {
                self.fail(&e);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    pub(super) fn take_event(&mut self, event: Event) -> Result<()> {
        // What a key on a record or a click means depends on what is on the screen.
        if self.behind && (matches!(self.home.pane, Pane::Dossier | Pane::Presenter) || matches!(event, Event::Mouse(_))) {
            self.draw(None)?;
        }
        self.behind = true;
        match event {
            Event::Key(key) => Key::of(key).map_or(Ok(()), |pressed| self.take_key(key, pressed)),
            Event::Paste(text) => self.take_paste(&text),
            Event::Mouse(mouse) => self.take_mouse(mouse),
            _ => Ok(()),
        }
    }

    fn take_key(&mut self, event: KeyEvent, key: Key) -> Result<()> {
        self.key = key;
        self.let_notice_go();
        self.shows_private = false;
        if key == (Key { code: KeyCode::Char('c'), ctrl: true, alt: false }) {
            return program::cancel(self);
        }
        self.cancelled = false;
        if let Some(writer) = &self.writer {
            let was_empty = writer.was_empty;
            self.sense_of_text(key, Sense::Line { was_empty })?;
            return write::key(self, event);
        }
        // Nothing is recorded on a screen that shows nothing.
        if self.is_hidden() && key.code != KeyCode::Char('q') {
            return Ok(());
        }
        if self.filtering {
            self.sense_of_text(key, Sense::Field { was_empty: true })?;
            return go::filter_key(self, key);
        }
        if go::goes_on_with_number(self, key) {
            self.sense_of_command(key, Sense::Neutral)?;
            return go::number_key(self, key);
        }
        self.number = None;
        self.begun.push(key);
        match command::resolve(&self.begun, self.focus_of_keys()) {
            Meaning::Command(command) => self.run_command(command, key),
            Meaning::Begun => self.sense_of_command(key, Sense::Answered),
            Meaning::Nothing => {
                let is_first = self.begun.len() == 1;
                self.begun.clear();
                self.sense_of_command(key, if is_first { meaning_of_unbound(key) } else { Sense::Senseless })
            }
        }
    }

    fn run_command(&mut self, command: &'static Command, key: Key) -> Result<()> {
        let is_alone = self.begun.len() == 1;
        self.begun.clear();
        let Some(c) = key.character() else { return self.carry_out(command) };
        let sense = match c {
            '0'..='9' => Sense::Neutral,
            'i' | 'p' | 'n' | 'd' if command.scope == Scope::Home => Sense::Verdict(self.home.selected.0),
            _ => Sense::Answered,
        };
        self.sense(c, sense)?;
        if is_alone && typing::acts_alone(c) && !self.stands_alone(c)? {
            return Ok(());
        }
        match self.carry_out(command) {
            Err(e) if e.kind == Kind::NoTarget && self.typing.was_senseless(c) => Err(mistyped()),
            other => other,
        }
    }

    fn carry_out(&mut self, command: &Command) -> Result<()> {
        self.refuse_unseen(command)?;
        (command.run)(self)
    }

    fn sense_of_command(&mut self, key: Key, sense: Sense) -> Result<()> {
        key.character().map_or(Ok(()), |c| self.sense(c, sense))
    }

    /// Notes what a character means here, before it acts.
    ///
    /// # Errors
    /// [`Kind::Mistyped`] where the characters typed last are a sentence: then nothing acts on this one.
    pub fn sense(&mut self, c: char, sense: Sense) -> Result<()> {
        if !self.typing.goes_on(self.at) && self.writer.is_some() {
            // A box that asks about an open line is answered, and the line is nobody's mistake.
            self.typing.end();
            return Ok(());
        }
        if !self.typing.goes_on(self.at) {
            (self.before_run, self.behind_number) = (Some(Box::new(self.place())), None);
        } else if self.typing.is_number() && !c.is_ascii_digit() {
            self.behind_number = Some(Box::new(self.place()));
        }
        let step = self.typing.take(c, self.at, sense);
        self.unless_sentence(&step)
    }

    /// Stops at a sentence.
    ///
    /// # Errors
    /// As [`App::sense`].
    pub(super) fn unless_sentence(&mut self, step: &Step) -> Result<()> {
        let review = self.workspace.review();
        match step {
            Step::GoesOn => Ok(()),
            Step::Word { whole, rest, senseless } if (*senseless || words::knows(review, whole)) && !words::begins_text(review, rest) => {
                Err(mistyped())
            }
            Step::Word { .. } => {
                self.typing.was_no_sentence();
                Ok(())
            }
            Step::Sentence => Err(mistyped()),
        }
    }

    /// Notes a key that goes into a text. Only one that the run itself opened tells anything.
    ///
    /// # Errors
    /// As [`App::sense`].
    pub fn sense_of_text(&mut self, key: Key, sense: Sense) -> Result<()> {
        match key.character() {
            Some(c) if self.typing.goes_on(self.at) => self.sense(c, sense),
            _ => Ok(()),
        }
    }

    /// Whether the character that comes now follows a letter as fast as in a word, so that a Space separates words and ticks nothing.
    pub fn is_behind_word(&self) -> bool {
        self.typing.ends_in_letter(self.at)
    }

    /// Whether no other character came just before the one that is being taken.
    pub fn is_first_of_run(&self) -> bool {
        self.typing.is_single() || !self.typing.goes_on(self.at)
    }

    /// Whether letters still come in the run that opened the box: they may be the rest of a word.
    pub fn is_in_run_from_outside(&self, opened_at: std::time::Duration) -> bool {
        self.typing.goes_on(self.at) && self.typing.began_at().is_some_and(|began| began <= opened_at)
    }

    /// Whether a key stands alone: no other character follows it at once, or Enter does. Where one follows, the key does nothing.
    ///
    /// # Errors
    /// As [`App::sense`]; the end of the terminal or of the script.
    pub fn stands_alone(&mut self, c: char) -> Result<bool> {
        // In a word that has a senseless letter already, it is one more letter.
        if self.typing.has_senseless() {
            return Ok(false);
        }
        let until = self.at + ALONE;
        let Some((event, at)) = self.wait_until(Drawing::Nothing, Some(until))? else { return Ok(true) };
        let Event::Key(key) = event else {
            self.returned = Some((event, at));
            return Ok(true);
        };
        if key.code == KeyCode::Enter {
            self.at = at;
            return self.end_run_at(&event).map(|()| true);
        }
        let is_alone = Key::of(key).is_none_or(|key| key.character().is_none());
        self.returned = Some((event, at));
        if !is_alone && self.typing.was_senseless(c) {
            return Err(mistyped());
        }
        Ok(is_alone)
    }

    fn take_paste(&mut self, text: &str) -> Result<()> {
        self.notice = None;
        self.shows_private = false;
        self.number = None;
        self.typing.end();
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

/// What a key means that no command has: nothing, unless a person may have expected it to act.
fn meaning_of_unbound(key: Key) -> Sense {
    match key.character() {
        Some('0'..='9' | 'i' | 'p' | 'n' | 'd' | 'r' | 'v' | 'J' | 'K') => Sense::Neutral,
        _ => Sense::Senseless,
    }
}

pub(super) fn mistyped() -> Error {
    Error::new(Kind::Mistyped, "This is a sentence and no commands.")
}
