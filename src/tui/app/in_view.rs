//! Whether the terminal was showing the selected record when a key was pressed that records something on it.
//!
//! A verdict must apply to the record that the user sees. Over a slow link the selection can be seconds ahead of the screen, so a key that records
//! something acts only if the terminal had shown the selected record when the key was pressed. Otherwise it is refused, with a notice. If the user
//! selected the record by typing its number, the key waits for the frame instead: `1 1 p` can only mean Rec 11.

use super::App;
use crate::error::{Error, Result};
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::tui::home::{Pane, Target};
use crossterm::event::{Event, KeyCode};
use std::time::Duration;

/// How long a key waits for the frame that shows the record whose number was typed.
const TYPED_NUMBER_WAIT: Duration = Duration::from_secs(5);

/// What is selected: what a key that records something acts on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Selection {
    place: Place,
    /// The question, finding, person or the like under the cursor.
    item: Option<Target>,
}

/// The record that a screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    screen: Pane,
    recommendation: RecommendationNumber,
    /// The meeting, on its screen.
    meeting: Option<MeetingId>,
}

/// What was selected, and which frames have shown it.
#[derive(Debug, Default)]
pub struct InView {
    /// The newest frame that the terminal had shown when the current key was pressed.
    pub(super) shown_at_press: u64,
    /// What was selected before the current key was handled.
    selected: Option<Selection>,
    /// Whether the current key acts on the item and not only on the place.
    pub(super) acts_on_item: bool,
    /// What was selected in the last frame.
    drawn: Option<Selection>,
    /// The screen of the last frame.
    drawn_screen: Option<(Pane, Option<RecommendationNumber>)>,
    /// The first frames since when the last one shows the same place, and the same item.
    place_frame: u64,
    item_frame: u64,
    /// What the user selected by typing its number, unless something else was selected since.
    selected_by_number: Option<Selection>,
    /// Whether the key before the current one ended or continued a number.
    is_number_new: bool,
    /// Whether a key moved to another row of a dialog and no frame with it was drawn yet.
    is_row_undrawn: bool,
    /// The first frame with that row.
    row_frame: u64,
    /// Whether a key was refused and no frame with the notice was drawn yet.
    is_refusal_undrawn: bool,
    /// The first frame with the notice of the last refusal.
    refusal_frame: u64,
}

impl App {
    fn selection(&self) -> Selection {
        // The list, the dossier and the presenter view show the same recommendation.
        let screen = match self.home.pane {
            Pane::List | Pane::Dossier | Pane::Presenter => Pane::List,
            Pane::Questions => Pane::Questions,
            Pane::Meeting => Pane::Meeting,
        };
        let item = match self.focused() {
            // These are parts of the recommendation itself.
            Target::Nothing
            | Target::Quoted
            | Target::Field(_)
            | Target::Remark(_)
            | Target::Change(_) => None,
            item => Some(item),
        };
        let meeting = if screen == Pane::Meeting {
            self.room.meeting(self.workspace.review())
        } else {
            None
        };
        Selection {
            place: Place {
                screen,
                recommendation: self.home.selected,
                meeting,
            },
            item,
        }
    }

    /// The screen, and the record that the presenter view shows.
    fn screen(&self) -> (Pane, Option<RecommendationNumber>) {
        match self.home.pane {
            Pane::Dossier => (Pane::List, None),
            Pane::Presenter => (Pane::Presenter, Some(self.home.selected)),
            other => (other, None),
        }
    }

    /// Remembers what is selected before a key is handled on a screen or in the open line.
    pub(super) fn note_selected(&mut self) {
        let selected = self.selection();
        let view = &mut self.in_view;
        if std::mem::take(&mut view.is_number_new) {
            view.selected_by_number = Some(selected.clone());
        }
        // A record that is left and selected again by moving back to it does not count as selected by its number.
        view.selected_by_number = view
            .selected_by_number
            .take()
            .filter(|by_number| by_number.place == selected.place);
        view.selected = Some(selected);
        // What the open line is about was decided when it was opened.
        view.acts_on_item = self.writer.is_none();
        (view.is_row_undrawn, view.row_frame) = (false, 0);
    }

    /// Remembers that the user selects a record by typing its number.
    pub fn note_selected_by_number(&mut self) {
        self.in_view.is_number_new = true;
    }

    /// Remembers that a key moves to another row of the open dialog.
    pub fn note_row_moved(&mut self) {
        self.in_view.is_row_undrawn = true;
    }

    /// Notes a key in a dialog that moves to another row. A letter names the row that it goes to, as a number names its record.
    pub(super) fn note_dialog_key(&mut self, event: &Event) {
        let moves = |code| {
            matches!(
                code,
                KeyCode::Up
                    | KeyCode::Down
                    | KeyCode::PageUp
                    | KeyCode::PageDown
                    | KeyCode::Home
                    | KeyCode::End
            )
        };
        let turns = |code| {
            matches!(
                code,
                KeyCode::Left | KeyCode::Right | KeyCode::Tab | KeyCode::BackTab
            )
        };
        if matches!(event, Event::Key(key) if moves(key.code) || turns(key.code)) {
            self.note_row_moved();
        }
    }

    /// Remembers what is selected in a frame that was drawn, with a dialog over it if `has_dialog`.
    pub(super) fn note_drawn(&mut self, frame: u64, has_dialog: bool) {
        let selection = self.selection();
        let view = &mut self.in_view;
        let (is_place_new, is_item_new) = view.drawn.as_ref().map_or((true, true), |drawn| {
            (drawn.place != selection.place, drawn.item != selection.item)
        });
        if is_place_new {
            view.place_frame = frame;
        }
        if is_place_new || is_item_new {
            view.item_frame = frame;
        }
        view.drawn = Some(selection);
        self.in_view.drawn_screen = Some(self.screen());
        let view = &mut self.in_view;
        if has_dialog && std::mem::take(&mut view.is_row_undrawn) {
            view.row_frame = frame;
        }
        if std::mem::take(&mut view.is_refusal_undrawn) {
            view.refusal_frame = frame;
        }
    }

    /// Whether the next frame will show a different screen than the last one, or another record on the shared screen.
    pub(super) fn is_screen_changed(&self) -> bool {
        self.in_view
            .drawn_screen
            .is_some_and(|drawn| drawn != self.screen())
    }

    /// Whether the user had not seen the notice of a refusal when the current key was pressed.
    pub(super) fn is_refusal_unseen(&self) -> bool {
        self.in_view.is_refusal_undrawn || self.in_view.shown_at_press < self.in_view.refusal_frame
    }

    /// Refuses to act for a user who did not know that the key before was refused: this key was meant for what that one would have done.
    ///
    /// # Errors
    /// The refusal, as the user's mistake.
    pub fn require_refusal_seen(&self) -> Result<()> {
        if !self.is_refusal_unseen() {
            return Ok(());
        }
        Err(
            Error::slip("The key before this one was refused, so this one did nothing either.")
                .hint("Press it again if you still want it."),
        )
    }

    /// Refuses to record anything unless the terminal had shown the selected record when the key was pressed.
    ///
    /// # Errors
    /// The refusal, as the user's mistake; a terminal that was closed.
    pub(super) fn require_shown(&mut self) -> Result<()> {
        let Some(selected) = self.in_view.selected.clone() else {
            return Ok(());
        };
        let is_drawn = |drawn: &Selection, acts_on_item: bool| {
            drawn.place == selected.place && (!acts_on_item || drawn.item == selected.item)
        };
        if self.in_view.is_refusal_undrawn
            || !self
                .in_view
                .drawn
                .as_ref()
                .is_some_and(|drawn| is_drawn(drawn, self.in_view.acts_on_item))
        {
            self.draw(None)?;
        }
        let view = &self.in_view;
        let first_frame = if view.acts_on_item {
            view.item_frame
        } else {
            view.place_frame
        };
        let needed = first_frame.max(view.row_frame).max(view.refusal_frame);
        let is_row_late = view.is_row_undrawn && !self.console.shows_frames_at_once();
        if view.shown_at_press >= needed && !is_row_late {
            return Ok(());
        }
        // A user who had not yet seen the notice of a refusal assumed that the refused key had acted, so this key must not act either.
        let by_number = view
            .selected_by_number
            .as_ref()
            .is_some_and(|by_number| is_drawn(by_number, view.acts_on_item));
        let timeout = match () {
            () if view.shown_at_press < view.refusal_frame => Some(Duration::ZERO),
            () if by_number && view.shown_at_press >= view.row_frame => Some(TYPED_NUMBER_WAIT),
            () => None,
        };
        if !is_row_late && self.console.wait_until_shown(needed, timeout)? {
            return Ok(());
        }
        let view = &mut self.in_view;
        view.is_refusal_undrawn = true;
        let what = match selected.place.screen {
            _ if is_row_late || view.shown_at_press < view.row_frame => {
                "The selected row".to_owned()
            }
            Pane::List if view.shown_at_press < view.place_frame => {
                format!("Rec {}", selected.place.recommendation)
            }
            _ => "What is selected".to_owned(),
        };
        Err(Error::slip(format!(
            "{what} was not on the screen yet when you pressed the key, so nothing was recorded."
        ))
        .hint("Press the key again once you see it."))
    }
}
