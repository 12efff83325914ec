//! The board: everybody in a list, named one after the other by a letter or two, as in a roll call or when a chair asks who agrees.
//!
//! As soon as only one name begins with what was typed, the board returns it, if letters mark on this board ([`Naming`]). The caller records it at
//! once and asks again with the same board, which keeps the mode (the word that the next names get), the row in focus and the scroll offset.
//! Naming somebody twice in one mode must therefore change nothing. The rows are made from the review at every draw, so that what another window
//! records appears while the board waits.
//! How keys name people is in [`Aim`]; nothing is recorded here, and no word has a meaning here.

mod aim;
mod draw;

use crate::error::Result;
use crate::model::review::Review;
use crate::tui::app::App;
use crate::tui::key::Key;
use crate::tui::sentence::KeyMeaning;
use crate::tui::theme::Theme;
use crossterm::event::{Event, KeyCode};
use ratatui::style::Style;
use ratatui::text::Line;
use std::time::Duration;

pub use aim::Aim;

/// A row of the board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The name, and what is answered.
    pub name: String,
    /// The sign of the state, one or two cells wide.
    pub sign: String,
    /// The word of the state: `present`; nothing while nothing is recorded.
    pub word: String,
    /// How sign and word look.
    pub style: Style,
    /// What else is known, cut where the room ends.
    pub detail: String,
}

/// A word that the next names get, and the digit that chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    /// The digit.
    pub key: char,
    /// The word.
    pub word: &'static str,
}

/// What happens when letters name somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// The person is marked with the mode of the board.
    Marks,
    /// The focus moves to the person; Enter marks them.
    Moves,
    /// The focus moves to the person; the key of a mode marks them with that mode, and Enter marks nobody.
    ModeKeyMarks,
}

/// What a person did on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Named this person, in the mode of the board.
    Person(String),
    /// Pressed a key of the caller's, with the name of the row in focus, if one is.
    Key(char, Option<String>),
    /// Is done with the board.
    Leave,
}

/// Makes the rows.
type People<'a> = dyn Fn(&Review) -> Vec<Person> + 'a;
/// Makes the lines above the list for a width.
type Head<'a> = dyn Fn(&Review, usize, &Theme) -> Vec<Line<'static>> + 'a;

/// The board, kept by the caller from one answer to the next.
pub struct Board<'a> {
    title: &'a str,
    modes: &'a [Mode],
    keys: &'a [(char, &'static str)],
    people: &'a People<'a>,
    head: Option<&'a Head<'a>>,
    naming: Naming,
    /// When the key that opened the board came, as the time since the console was opened.
    opened_at: Option<Duration>,
    aim: Aim,
    /// The first row of the list that is shown.
    first: usize,
}

impl std::fmt::Debug for Board<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Board")
            .field("title", &self.title)
            .field("aim", &self.aim)
            .finish_non_exhaustive()
    }
}

impl<'a> Board<'a> {
    /// A board of the people that `people` makes of the review, in the first mode. The names should differ.
    pub fn new(title: &'a str, modes: &'a [Mode], people: &'a People<'a>) -> Board<'a> {
        Board {
            title,
            modes,
            keys: &[],
            people,
            head: None,
            naming: Naming::Marks,
            opened_at: None,
            aim: Aim::default(),
            first: 0,
        }
    }

    /// With keys of the caller's and the words for them in the hint. No letters: those name people.
    #[must_use]
    pub fn with_keys(self, keys: &'a [(char, &'static str)]) -> Board<'a> {
        Board { keys, ..self }
    }

    /// With lines above the list, as wide as `head` is told.
    #[must_use]
    pub fn with_head(self, head: &'a Head<'a>) -> Board<'a> {
        Board {
            head: Some(head),
            ..self
        }
    }

    /// With letters that only move to a name; the key of a mode marks the person in focus.
    #[must_use]
    pub fn marked_by_mode_keys(self) -> Board<'a> {
        Board {
            naming: Naming::ModeKeyMarks,
            ..self
        }
    }

    /// With the mode at this place chosen.
    #[must_use]
    pub fn with_mode(mut self, mode: usize) -> Board<'a> {
        self.aim.mode = mode.min(self.modes.len().saturating_sub(1));
        self
    }

    /// With the row of this person in focus.
    #[must_use]
    pub fn with_focus(mut self, name: Option<&str>) -> Board<'a> {
        self.aim.focus_on(name);
        self
    }

    /// The place of the mode that names get now.
    pub fn mode(&self) -> usize {
        self.aim.mode
    }

    /// Takes the name before as over: after a dialog, what comes now is no part of it.
    pub fn end_name(&mut self) {
        self.aim.forget();
    }

    /// Whether a Space is a part of the name that is being typed, as in `Ram Krishna`.
    fn continues_name(&self, review: &Review) -> bool {
        self.aim.continues_with_space()
            || (self.people)(review)
                .iter()
                .any(|person| self.aim.begins_with_space(&person.name))
    }

    /// Takes a key; returns what it does beyond the board. With `in_opening_run`, the key was typed without a pause after the key that opened the
    /// board, and may belong to a sentence: then letters only move to a name.
    pub fn take(&mut self, key: Key, review: &Review, in_opening_run: bool) -> Option<Act> {
        let naming = if in_opening_run && self.naming == Naming::Marks {
            Naming::Moves
        } else {
            self.naming
        };
        let people = (self.people)(review);
        let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        self.aim.take(key, &names, self.modes, self.keys, naming)
    }
}

impl App {
    /// Waits until somebody is named on the board, a key of the caller's is pressed, or the person is done with it.
    ///
    /// # Errors
    /// The end of the terminal or of the script.
    pub fn board(&mut self, board: &mut Board<'_>) -> Result<Act> {
        let opened_at = *board.opened_at.get_or_insert(self.event_at);
        loop {
            let event = self.next(&mut |frame, theme, review| board.draw(frame, theme, review))?;
            if let Event::Paste(_) = event {
                self.refuse_paste();
            }
            let Event::Key(key) = event else { continue };
            let Some(key) = Key::of(key) else { continue };
            // Nobody is recorded on a screen that shows nobody.
            let leaves = key.code == KeyCode::Esc || (key.ctrl && key.code == KeyCode::Char('c'));
            if self.is_hidden() && !leaves {
                continue;
            }
            let in_opening_run = self.is_run_begun_before(opened_at);
            let Some(c) = key.character() else {
                match board.take(key, self.workspace.review(), in_opening_run) {
                    Some(act) => return Ok(act),
                    None => continue,
                }
            };
            // A Space so soon after a letter separates words and marks nobody, unless it is part of a name.
            let is_in_name = c == ' ' && board.continues_name(self.workspace.review());
            let separates_words = c == ' ' && self.follows_letter() && !is_in_name;
            let act = match separates_words {
                true => board.aim.refuse_space(),
                false => board.take(key, self.workspace.review(), in_opening_run),
            };
            self.note_character(
                c,
                match c {
                    _ if board.aim.names_nobody && !separates_words => KeyMeaning::NamesNobody,
                    '0'..='9' => KeyMeaning::Neutral,
                    _ if is_in_name => KeyMeaning::Neutral,
                    _ => KeyMeaning::Meaningful,
                },
            )?;
            if let Some(act) = act {
                return Ok(act);
            }
        }
    }
}
