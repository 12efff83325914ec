//! Whether the terminal had shown the record that a key records on.
//!
//! A verdict must apply to the record that the user sees. Over a slow link the selection can be seconds ahead of the screen, so a key that records
//! acts only if the terminal had shown the selected record when the key was pressed. Otherwise it is refused, with a notice. Only where the user has
//! named the record by its number, the key waits for the frame instead: nobody who types `1 1 p` means another one.

use super::App;
use crate::error::{Error, Result};
use crate::model::ids::RecommendationNumber;
use crate::tui::home::{Pane, Target};
use std::time::Duration;

/// How long a key waits for the frame that shows the record whose number was typed.
const NUMBER_WAIT: Duration = Duration::from_secs(5);

/// What a key that records acts on: the record in view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    screen: Pane,
    recommendation: RecommendationNumber,
    /// The question, finding, person or the like under the cursor.
    item: Option<Target>,
}

/// What was in view when.
#[derive(Debug, Default)]
pub struct InView {
    /// The newest frame that the terminal had shown when the key was pressed that is being handled.
    pub(super) seen: u64,
    /// What was selected when that key was handled.
    selected: Option<Record>,
    /// What was selected in the last frame, and the first frame in which it was.
    drawn: Option<(Record, u64)>,
    /// What was selected by its number.
    named: Option<Record>,
    /// Whether a key was refused and no frame says so yet; then the frame that does.
    is_refusal_new: bool,
    refusal: u64,
}

impl App {
    fn record_in_view(&self) -> Record {
        let screen = match self.home.pane {
            Pane::Dossier => Pane::List,
            other => other,
        };
        let item = match self.focused() {
            // These are parts of the recommendation.
            Target::Nothing | Target::Quoted | Target::Field(_) | Target::Remark(_) | Target::Change(_) => None,
            item => Some(item),
        };
        Record { screen, recommendation: self.home.selected, item }
    }

    /// Notes what is selected before a key acts.
    pub(super) fn note_selected(&mut self) {
        let selected = Some(self.record_in_view());
        // Whoever moved away and came back by chance has not named it.
        self.in_view.named = self.in_view.named.take().filter(|named| Some(named) == selected.as_ref());
        self.in_view.selected = selected;
    }

    /// Notes that the user has selected a record by its number.
    pub fn note_named(&mut self) {
        self.in_view.named = Some(self.record_in_view());
    }

    /// Notes what a frame shows.
    pub(super) fn note_drawn(&mut self, frame: u64) {
        let record = self.record_in_view();
        if self.in_view.drawn.as_ref().is_none_or(|(drawn, _)| *drawn != record) {
            self.in_view.drawn = Some((record, frame));
        }
        if std::mem::take(&mut self.in_view.is_refusal_new) {
            self.in_view.refusal = frame;
        }
    }

    /// Whether the last frame showed another screen than the next one will.
    pub(super) fn is_screen_new(&self) -> bool {
        let screen = self.record_in_view().screen;
        self.in_view.drawn.as_ref().is_some_and(|(drawn, _)| drawn.screen != screen)
    }

    /// Refuses to record unless the terminal had shown the selected record when the key was pressed.
    ///
    /// # Errors
    /// A slip that says so; the end of the terminal.
    pub(super) fn require_shown(&mut self) -> Result<()> {
        let Some(selected) = self.in_view.selected.clone() else { return Ok(()) };
        if self.in_view.is_refusal_new || self.in_view.drawn.as_ref().is_none_or(|(drawn, _)| *drawn != selected) {
            self.draw(None)?;
        }
        let first = self.in_view.drawn.as_ref().map_or(0, |(_, frame)| *frame);
        if self.in_view.seen >= first.max(self.in_view.refusal) {
            return Ok(());
        }
        // Whoever had not seen that the key before was refused goes on typing to what it would have done.
        let limit = match () {
            () if self.in_view.seen < self.in_view.refusal => Some(Duration::ZERO),
            () if self.in_view.named.as_ref() == Some(&selected) => Some(NUMBER_WAIT),
            () => None,
        };
        if self.console.wait_until_shown(first.max(self.in_view.refusal), limit)? {
            return Ok(());
        }
        self.in_view.is_refusal_new = true;
        let what = match selected.screen {
            Pane::Meeting => "What is selected".to_owned(),
            _ => format!("Rec {}", selected.recommendation),
        };
        Err(Error::slip(format!("{what} was not on the screen yet, so nothing was recorded."))
            .hint("Press the key again now that you see it."))
    }
}
