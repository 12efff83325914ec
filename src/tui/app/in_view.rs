//! Whether the terminal was showing the selected record when a key was pressed that records something on it.
//!
//! A verdict must apply to the record that the user sees. Over a slow link the selection can be seconds ahead of the screen, so a key that records
//! something acts only if the terminal had shown the selected record when the key was pressed. Otherwise it is refused, with a notice. If the user
//! selected the record by typing its number, the key waits for the frame instead: `1 1 p` can only mean Rec 11.

use super::App;
use crate::error::{Error, Result};
use crate::model::ids::RecommendationNumber;
use crate::tui::home::{Pane, Target};
use std::time::Duration;

/// How long a key waits for the frame that shows the record whose number was typed.
const TYPED_NUMBER_WAIT: Duration = Duration::from_secs(5);

/// What is selected: what a key that records something acts on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Selection {
    screen: Pane,
    recommendation: RecommendationNumber,
    /// The question, finding, person or the like under the cursor.
    item: Option<Target>,
}

/// What was selected, and which frames have shown it.
#[derive(Debug, Default)]
pub struct InView {
    /// The newest frame that the terminal had shown when the current key was pressed.
    pub(super) seen: u64,
    /// What was selected before the current key was handled.
    selected: Option<Selection>,
    /// What was selected in the last frame, and the first of the frames that have shown it since.
    drawn: Option<(Selection, u64)>,
    /// What the user selected by typing its number, unless something else was selected since.
    selected_by_number: Option<Selection>,
    /// Whether a key was refused and no frame with the notice was drawn yet.
    is_refusal_undrawn: bool,
    /// The first frame with the notice of the last refusal.
    refusal_frame: u64,
}

impl App {
    fn selection(&self) -> Selection {
        let screen = match self.home.pane {
            Pane::Dossier => Pane::List,
            other => other,
        };
        let item = match self.focused() {
            // These are parts of the recommendation itself.
            Target::Nothing | Target::Quoted | Target::Field(_) | Target::Remark(_) | Target::Change(_) => None,
            item => Some(item),
        };
        Selection { screen, recommendation: self.home.selected, item }
    }

    /// Remembers what is selected before a key is handled.
    pub(super) fn note_selected(&mut self) {
        let selected = Some(self.selection());
        // A record that is left and selected again by moving back to it does not count as selected by its number.
        self.in_view.selected_by_number = self.in_view.selected_by_number.take().filter(|by_number| Some(by_number) == selected.as_ref());
        self.in_view.selected = selected;
    }

    /// Remembers that the user has selected a record by typing its number.
    pub fn note_named(&mut self) {
        self.in_view.selected_by_number = Some(self.selection());
    }

    /// Remembers what is selected in a frame that was drawn.
    pub(super) fn note_drawn(&mut self, frame: u64) {
        let selection = self.selection();
        if self.in_view.drawn.as_ref().is_none_or(|(drawn, _)| *drawn != selection) {
            self.in_view.drawn = Some((selection, frame));
        }
        if std::mem::take(&mut self.in_view.is_refusal_undrawn) {
            self.in_view.refusal_frame = frame;
        }
    }

    /// Whether the next frame will show a different screen than the last one.
    pub(super) fn is_screen_changed(&self) -> bool {
        let screen = self.selection().screen;
        self.in_view.drawn.as_ref().is_some_and(|(drawn, _)| drawn.screen != screen)
    }

    /// Refuses to record anything unless the terminal had shown the selected record when the key was pressed.
    ///
    /// # Errors
    /// The refusal, as the user's mistake; a terminal that was closed.
    pub(super) fn require_shown(&mut self) -> Result<()> {
        let Some(selected) = self.in_view.selected.clone() else { return Ok(()) };
        if self.in_view.is_refusal_undrawn || self.in_view.drawn.as_ref().is_none_or(|(drawn, _)| *drawn != selected) {
            self.draw(None)?;
        }
        let first_frame = self.in_view.drawn.as_ref().map_or(0, |(_, frame)| *frame);
        if self.in_view.seen >= first_frame.max(self.in_view.refusal_frame) {
            return Ok(());
        }
        // A user who had not yet seen the notice of a refusal assumed that the refused key had acted, so this key must not act either.
        let timeout = match () {
            () if self.in_view.seen < self.in_view.refusal_frame => Some(Duration::ZERO),
            () if self.in_view.selected_by_number.as_ref() == Some(&selected) => Some(TYPED_NUMBER_WAIT),
            () => None,
        };
        if self.console.wait_until_shown(first_frame.max(self.in_view.refusal_frame), timeout)? {
            return Ok(());
        }
        self.in_view.is_refusal_undrawn = true;
        let what = match selected.screen {
            Pane::Meeting => "The selected item".to_owned(),
            _ => format!("Rec {}", selected.recommendation),
        };
        Err(Error::slip(format!("{what} was not on the screen yet when you pressed the key, so nothing was recorded."))
            .hint("Press the key again once you see it."))
    }
}
