//! Ctrl-C: the first one cancels what is open, a second one right after it quits, wherever it is pressed.
//!
//! What the first one cancels is up to the dialog that is open, or to [`crate::tui::commands::program::cancel`]. Only the second one is handled here,
//! because it means the same in all of them. It asks nothing: what is being written is kept as a draft, and a call goes on running.

use super::App;
use crate::error::{Error, Kind, Result};
use crate::model::call::meeting::called;
use crate::tui::key::Key;
use crossterm::event::{Event, KeyCode};

/// The key.
pub(super) const CTRL_C: Key = Key { code: KeyCode::Char('c'), ctrl: true, alt: false };

impl App {
    /// Notes whether an event is Ctrl-C, before it is handled in a dialog or on a screen.
    ///
    /// # Errors
    /// [`Kind::Quit`] if it is the second one: then every dialog closes and the program ends.
    pub(super) fn note_ctrl_c(&mut self, event: &Event, in_dialog: bool) -> Result<()> {
        let is_ctrl_c = matches!(event, Event::Key(key) if Key::of(*key) == Some(CTRL_C));
        let is_second = is_ctrl_c && self.cancelled && !self.slept;
        self.cancelled = is_ctrl_c;
        if is_second {
            self.done = true;
            return Err(Error::new(Kind::Quit, "Ctrl-C was pressed twice."));
        }
        if is_ctrl_c && in_dialog {
            self.tell("Cancelled.");
        }
        Ok(())
    }

    /// Adds to the notice what a second Ctrl-C would do, if the first one was the last key.
    pub(super) fn tell_how_to_quit(&mut self) {
        if !self.cancelled {
            return;
        }
        let running = self.workspace.review().calls.running().map(|(id, _)| called(id, None));
        let hint = running.map_or_else(|| "Ctrl-C again quits.".to_owned(), |call| format!("Ctrl-C again quits; {call} goes on running."));
        let before = self.notice.as_ref().map_or("", |notice| notice.text.as_str());
        if before.ends_with(&hint) {
            return;
        }
        match before.chars().next_back() {
            None => self.tell(hint),
            Some('.') => self.append_to_notice(&format!(" {hint}")),
            Some(_) => self.append_to_notice(&format!(" · {hint}")),
        }
    }
}
