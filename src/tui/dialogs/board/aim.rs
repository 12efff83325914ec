//! How keys name people on the board, without terminal and clock.
//!
//! **Letters** narrow, and name a person as soon as only one name begins so. A letter that fits nobody is not taken, and said.
//!
//! **Letters too many.** Whoever types `denise` has named Denise at `de`; the `n` must not name Noorul, nor the `n` of `don`. A false entry in a roll is
//! worse than a missing one, and less seen. So:
//!
//! 1. After a name was named by letters, the letters that write it on are passed over, and the board says so when they begin another name.
//! 2. Once a letter comes that does not go on, those passed over count as typed after all if somebody's name begins with all of them and it:
//!    `k`, `e`, `m` are Kerry-Ann and Emily, `de`, `n`, `o` are Denise and Noorul.
//! 3. Else the name was broken off or misspelt (`erik` for Eric is no Kerry-Ann): the letter begins a name, but that one is named by its second letter
//!    or Enter, not by one letter alone. Then a letter that does not fit starts over.
//! 4. Where the whole name was written out, the next letter just begins a name. Any other key forgets the name too; Enter right behind it does
//!    nothing, being the end of it.
//!
//! With the fifteen members in `seeds/`, a call in the order in which they are printed loses no letter. Five pairs need one letter more:
//! Noorul after Denise or Don, Amin after Ram or James, Eric after Kerry-Ann.
//!
//! **What naming does** depends on the board ([`Naming`]): it marks the person, or it only moves the focus there and another key marks.
//!
//! **The row in focus** is nobody's until a key puts it somewhere: Enter and Space mark it, and on a board just opened, or when its person was taken
//! off the list, they mark nobody. What a key means to the record must not be decided here.

use super::{Act, Mode, Naming};
use crate::model::prefix::{Found, find};
use crate::model::text::{clean, fold};
use crate::tui::key::Key;
use crossterm::event::KeyCode;

/// The rest of a name that was named by its first letters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rest {
    name: String,
    /// Whether naming marked the person, or only moved there.
    marked: bool,
    /// Its letters that were passed over.
    over: String,
    /// Its letters that did not come yet.
    left: String,
}

/// Where on the board one is: mode, letters, row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aim {
    /// The place of the mode.
    pub mode: usize,
    /// The letters typed for a name that is not clear yet, folded.
    pub typed: String,
    /// What there is to say about the last key, or nothing.
    pub told: String,
    /// The place of the row in focus, or where it would be.
    pub at: usize,
    /// How many rows a column of the list has, and how many of them are shown, as drawn last.
    pub rows: (usize, usize),
    /// Whether the last key was a letter with which no name continues.
    pub names_nobody: bool,
    focus: Option<String>,
    rest: Option<Rest>,
    /// Whether a name was broken off, so that one letter does not name the next.
    wary: bool,
}

impl Aim {
    /// The name of the row in focus, if a key put it there.
    pub fn focus(&self) -> Option<&str> {
        self.focus.as_deref()
    }

    /// Says that a Space right after letters marks nobody.
    pub(super) fn refuse_space(&mut self) -> Option<Act> {
        self.told = "A Space right after letters marks nobody; Enter does".to_owned();
        None
    }

    /// Whether the name that was just completed goes on with a Space.
    pub(super) fn continues_with_space(&self) -> bool {
        self.rest
            .as_ref()
            .is_some_and(|rest| rest.left.starts_with(' '))
    }

    /// Whether a name begins with what is typed and a Space.
    pub(super) fn begins_with_space(&self, name: &str) -> bool {
        !self.typed.is_empty() && fold(name).starts_with(&format!("{} ", self.typed))
    }

    /// The person to whom letters moved the focus, if no key has marked them yet.
    pub fn moved_to(&self) -> Option<&str> {
        self.rest
            .as_ref()
            .filter(|rest| !rest.marked)
            .map(|rest| rest.name.as_str())
    }

    /// Whether a name begins with what is typed.
    pub fn fits(&self, name: &str) -> bool {
        fold(name).starts_with(&self.typed)
    }

    /// Puts somebody in focus.
    pub(super) fn focus_on(&mut self, name: Option<&str>) {
        self.focus = name.map(str::to_owned);
    }

    /// Finds the row in focus again in a list that may have changed.
    pub fn follow(&mut self, names: &[&str]) {
        let last = names.len().saturating_sub(1);
        if let Some(focus) = self.focus.as_deref()
            && names.get(self.at) != Some(&focus)
        {
            let place = names.iter().position(|name| *name == focus);
            self.at = place.unwrap_or(self.at);
            if place.is_none() {
                self.focus = None;
            }
        }
        self.at = self.at.min(last);
    }

    /// Takes a key; answers what it does beyond the board.
    pub fn take(
        &mut self,
        key: Key,
        names: &[&str],
        modes: &[Mode],
        keys: &[(char, &'static str)],
        naming: Naming,
    ) -> Option<Act> {
        self.follow(names);
        self.told.clear();
        self.names_nobody = false;
        if let Some(c) = key.character() {
            return self.take_character(c, names, modes, keys, naming);
        }
        let ends_a_name = self.rest.as_ref().is_some_and(|rest| rest.marked);
        self.forget();
        let (page, end) = (self.rows.1.max(1), names.len());
        match (key.code, key.ctrl) {
            (KeyCode::Char('c'), true) => return Some(Act::Leave),
            (KeyCode::Esc, _) if self.typed.is_empty() => return Some(Act::Leave),
            (KeyCode::Esc, _) | (KeyCode::Char('u'), true) => {
                self.typed.clear();
                self.point(names);
            }
            (KeyCode::Backspace, _) if !self.typed.is_empty() => {
                self.typed.pop();
                self.point(names);
            }
            (KeyCode::Enter, _) if !ends_a_name => return self.mark(modes, naming),
            (KeyCode::Tab | KeyCode::BackTab, _)
                if modes.is_empty() || naming == Naming::ModeKeyMarks => {}
            (KeyCode::Tab, _) => self.mode = (self.mode + 1) % modes.len(),
            (KeyCode::BackTab, _) => self.mode = (self.mode + modes.len() - 1) % modes.len(),
            (KeyCode::Down, _) => self.step(names, |place| place + 1),
            (KeyCode::Up, _) => self.step(names, |place| place.saturating_sub(1)),
            (KeyCode::PageDown, _) => self.step(names, |place| place + page),
            (KeyCode::PageUp, _) => self.step(names, |place| place.saturating_sub(page)),
            (KeyCode::Home, _) => self.step(names, |_| 0),
            (KeyCode::End, _) => self.step(names, |_| end),
            (KeyCode::Left, _) => self.cross(names, self.at.checked_sub(self.rows.0)),
            (KeyCode::Right, _) => self.cross(names, Some(self.at + self.rows.0)),
            _ => {}
        }
        None
    }

    fn take_character(
        &mut self,
        c: char,
        names: &[&str],
        modes: &[Mode],
        keys: &[(char, &'static str)],
        naming: Naming,
    ) -> Option<Act> {
        let letter = fold(&clean(c.encode_utf8(&mut [0; 4])).text);
        if letter.is_empty() || self.passes_over(&letter, names) {
            return None;
        }
        // A digit or sign that goes on with a name begun is a part of it: `guest 2`.
        let goes_on = !self.typed.is_empty() && begins(names, &format!("{}{letter}", self.typed));
        if !goes_on {
            if let Some(mode) = modes.iter().position(|mode| mode.key == c) {
                self.forget();
                self.mode = mode;
                return if naming == Naming::ModeKeyMarks {
                    self.unambiguous_name(names)
                } else {
                    None
                };
            }
            if keys.iter().any(|(key, _)| *key == c) {
                self.forget();
                self.typed.clear();
                return Some(Act::Key(c, self.focus.clone()));
            }
            if c == ' ' && self.typed.is_empty() {
                self.forget();
                return self.mark(modes, naming);
            }
        }
        self.take_letter(&letter, names, naming)
    }

    fn take_letter(&mut self, letter: &str, names: &[&str], naming: Naming) -> Option<Act> {
        let mut whole = format!("{}{letter}", self.typed);
        if self.wary && !begins(names, &whole) {
            whole = letter.to_owned();
        }
        match find(names, &whole) {
            Found::Nobody => {
                self.told = format!("Nobody begins with “{whole}”");
                self.names_nobody = true;
            }
            Found::One(place) if !self.wary || whole != letter => {
                let name = names[place].to_owned();
                let left = fold(&name)
                    .strip_prefix(&whole)
                    .unwrap_or_default()
                    .to_owned();
                self.forget();
                self.typed.clear();
                (self.at, self.focus) = (place, Some(name.clone()));
                let marked = naming == Naming::Marks;
                self.rest = Some(Rest {
                    name: name.clone(),
                    marked,
                    over: String::new(),
                    left,
                });
                return marked.then_some(Act::Person(name));
            }
            Found::One(place) => {
                self.told = format!("One letter more, or Enter, marks {}", names[place]);
                self.typed = whole;
                self.point(names);
            }
            Found::Several(_) => {
                self.typed = whole;
                self.point(names);
            }
        }
        None
    }

    /// Whether a letter only writes on the name that was named before it. If not, that name is over.
    fn passes_over(&mut self, letter: &str, names: &[&str]) -> bool {
        let Some(mut rest) = self.rest.take() else {
            return false;
        };
        if let Some(left) = rest.left.strip_prefix(letter) {
            rest.left = left.to_owned();
            rest.over.push_str(letter);
            let other = match find(names, &rest.over) {
                Found::Nobody => "",
                Found::One(place) => names[place],
                Found::Several(_) => "another",
            };
            if !other.is_empty() && other != rest.name {
                self.told = format!(
                    "“{}” is more of {}; type on for {other}",
                    rest.over, rest.name
                );
            }
            self.rest = Some(rest);
            return true;
        }
        let written_out = rest.left.is_empty();
        if rest.over.is_empty() || (written_out && begins(names, letter)) {
            return false;
        }
        if begins(names, &format!("{}{letter}", rest.over)) {
            self.typed = rest.over;
        } else {
            self.wary = !written_out;
        }
        false
    }

    /// Forgets the name before: what comes now is no part of it.
    pub(super) fn forget(&mut self) {
        self.rest = None;
        self.wary = false;
    }

    /// Returns the person in focus to be marked, unless only the key of a mode marks on this board.
    fn mark(&mut self, modes: &[Mode], naming: Naming) -> Option<Act> {
        if let (Naming::ModeKeyMarks, [first, .., last]) = (naming, modes) {
            self.typed.clear();
            self.told = format!("Keys {} to {} record; Enter does not", first.key, last.key);
            return None;
        }
        self.name_in_focus()
    }

    /// Returns the person in focus, unless several names begin with what is typed.
    fn unambiguous_name(&mut self, names: &[&str]) -> Option<Act> {
        if let Found::Several(places) = find(names, &self.typed)
            && !self.typed.is_empty()
        {
            let meant: Vec<&str> = places.iter().take(4).map(|place| names[*place]).collect();
            self.told = format!(
                "{}? Type one more letter, or press Enter",
                meant.join(" or ")
            );
            return None;
        }
        self.name_in_focus()
    }

    fn name_in_focus(&mut self) -> Option<Act> {
        let Some(name) = self.focus.clone() else {
            self.told = "Type the first letters of a name, or move to it".to_owned();
            return None;
        };
        self.typed.clear();
        Some(Act::Person(name))
    }

    /// Brings what is typed in focus: the whole name before one that only begins so.
    fn point(&mut self, names: &[&str]) {
        self.focus = None;
        if self.typed.is_empty() {
            return;
        }
        let whole = names.iter().position(|name| fold(name) == self.typed);
        if let Some(place) = whole.or_else(|| names.iter().position(|name| self.fits(name))) {
            self.settle(names, place);
        }
    }

    fn settle(&mut self, names: &[&str], place: usize) {
        self.at = place;
        self.focus = names.get(place).map(|name| (*name).to_owned());
    }

    /// Moves the focus among those who fit. The first move on a board without one only puts it where the cursor is.
    fn step(&mut self, names: &[&str], to: impl Fn(usize) -> usize) {
        let fits: Vec<usize> = (0..names.len())
            .filter(|place| self.fits(names[*place]))
            .collect();
        let here = fits.iter().position(|place| *place >= self.at).unwrap_or(0);
        let there = to(here).min(fits.len().saturating_sub(1));
        // Home, End and the pages mean a place; one row down from nowhere is the first row.
        let place = if self.focus.is_none() && there.abs_diff(here) == 1 {
            here
        } else {
            there
        };
        if let Some(place) = fits.get(place) {
            self.settle(names, *place);
        }
    }

    /// Moves the focus to the column beside, where there is somebody.
    fn cross(&mut self, names: &[&str], place: Option<usize>) {
        if let Some(place) =
            place.filter(|place| names.get(*place).is_some_and(|name| self.fits(name)))
        {
            self.settle(names, place);
        }
    }
}

/// Whether a name begins so.
fn begins(names: &[&str], typed: &str) -> bool {
    find(names, typed) != Found::Nobody
}
