//! Ctrl-C: the first press cancels what is open, and a second press right after it quits, wherever it happens.
//!
//! The open dialog handles the first press, or [`crate::tui::commands::program::cancel`] if there is none. The second one is handled here, because it
//! does the same everywhere. It quits without asking: text that is being written is kept as a draft, and a running call keeps running.

use super::App;
use crate::error::{Error, Kind, Result};
use crate::tui::key::Key;
use crossterm::event::{Event, KeyCode};

/// Ctrl-C.
pub(super) const CTRL_C: Key = Key {
    code: KeyCode::Char('c'),
    ctrl: true,
    alt: false,
};

impl App {
    /// Remembers whether an event is Ctrl-C, before a dialog or a screen handles it.
    ///
    /// # Errors
    /// [`Kind::Quit`] at the second Ctrl-C in a row: every dialog closes and the program ends.
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

    /// Adds to the notice what another Ctrl-C would do, if the last key was Ctrl-C.
    pub(super) fn tell_how_to_quit(&mut self) {
        if !self.cancelled {
            return;
        }
        let review = self.workspace.review();
        let running = review
            .records
            .running()
            .map(|(id, _)| review.meeting_label(id));
        let hint = running.map_or_else(
            || "Ctrl-C again quits.".to_owned(),
            |call| format!("Ctrl-C again quits; {call} goes on running."),
        );
        let before = self
            .notice
            .as_ref()
            .map_or("", |notice| notice.text.as_str());
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
