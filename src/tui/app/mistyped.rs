//! A sentence that was typed where keys are commands: what its keys did is taken back, and it becomes text.
//!
//! Whether the characters are a sentence is decided in `typing.rs`. Here is what happens then: everything that its keys recorded is taken back in one
//! transaction, boxes are closed, place and selection are as they were before its first key, and the writing line opens with all of it. Enter there records
//! it as a finding, Esc discards it, and Tab discards it and gives back what the keys did, for whoever was not typing a sentence.

use super::App;
use crate::error::Result;
use crate::model::draft::Draft;
use crate::model::ids::Id;
use crate::tui::commands::write;
use crate::tui::home::Home;
use crate::tui::key::Key;
use crate::tui::ledger::Ledger;
use crate::tui::room::Room;
use crossterm::event::{Event, KeyCode};

/// Where a person is: everything that keys move on the screens, and how much this window had recorded by then.
#[derive(Debug, Clone)]
pub struct Place {
    home: Home,
    ledger: Ledger,
    room: Room,
    recorded: usize,
}

/// What is known of a sentence that stands in the open line.
#[derive(Debug)]
pub struct Mistyped {
    /// The journal entries that took back what its keys recorded, oldest first.
    taken_back: Vec<Id>,
    /// Whether another window stood in the way, so that what its keys recorded stands.
    is_recorded: bool,
    /// Where its keys led.
    led_to: Box<Place>,
}

impl App {
    /// Where the person is now.
    pub(super) fn place(&self) -> Place {
        Place { home: self.home.clone(), ledger: self.ledger.clone(), room: self.room.clone(), recorded: self.workspace.recorded().len() }
    }

    fn go_to(&mut self, place: Place) {
        (self.home, self.ledger, self.room) = (place.home, place.ledger, place.room);
        self.stale = true;
    }

    /// Whether the open line holds a sentence that was typed as commands.
    pub fn is_mistyped(&self) -> bool {
        self.mistyped.is_some()
    }

    /// Whether giving back what the keys of the sentence recorded would change anything.
    pub fn can_give_back(&self) -> bool {
        self.mistyped.as_ref().is_some_and(|mistyped| !mistyped.taken_back.is_empty())
    }

    /// Ends the run of characters at an event that belongs to no sentence.
    ///
    /// # Errors
    /// [`crate::error::Kind::Mistyped`] where Enter ends a sentence.
    pub(super) fn end_run_at(&mut self, event: &Event) -> Result<()> {
        let Event::Key(key) = event else {
            self.typing.end();
            return Ok(());
        };
        match Key::of(*key).map(|key| (key.code, key.character())) {
            Some((_, Some(_))) | None => {}
            Some((KeyCode::Backspace, _)) => self.typing.backspace(self.at),
            Some((KeyCode::Enter, _)) => {
                let recorded = self.before_run.as_ref().is_some_and(|before| before.recorded < self.workspace.recorded().len());
                let step = self.typing.enter(self.at, recorded);
                self.unless_sentence(&step)?;
            }
            Some(_) => self.typing.end(),
        }
        Ok(())
    }

    /// Opens the sentence as text, with everything as it was before its first key.
    pub(super) fn open_mistyped(&mut self) -> Result<()> {
        let (text, is_behind_number) = self.typing.text();
        self.typing.end();
        let (before, behind_number) = (self.before_run.take(), self.behind_number.take());
        let Some(before) = behind_number.filter(|_| is_behind_number).or(before) else { return Ok(()) };
        let led_to = Box::new(self.place());
        self.discard_line()?;
        (self.filtering, self.number, self.left, self.scrolled) = (false, None, None, None);
        self.clear_begun();
        let entries = self.workspace.recorded()[before.recorded..].to_vec();
        let taken_back = self.workspace.take_back(&entries);
        self.go_to(*before);
        let (taken_back, refused) = match taken_back {
            Ok(taken_back) => (taken_back, None),
            Err(e) => (Vec::new(), Some(e)),
        };
        let what = if taken_back.is_empty() { "Nothing was recorded." } else { "What its keys recorded is taken back." };
        let is_recorded = refused.is_some();
        // What is in focus is known once the screen is drawn.
        self.draw(None)?;
        write::open_mistyped(self, &text)?;
        self.mistyped = Some(Mistyped { taken_back, is_recorded, led_to });
        match refused {
            Some(e) => {
                self.fail(&e.while_trying("Taking back what was typed by mistake"));
                self.keep_notice();
            }
            None => self.tell_recorded(format!("You were typing a sentence without f. {what}")),
        }
        Ok(())
    }

    /// Closes a line that the keys of a sentence opened; a draft that was in it is as it was.
    fn discard_line(&mut self) -> Result<()> {
        let Some(writer) = self.writer.take() else { return Ok(()) };
        if writer.on_disk.is_some() {
            let draft = Draft { text: writer.opened_with.clone().unwrap_or_default(), found: writer.found.clone() };
            self.workspace.keep_draft(&writer.place, &draft)?;
        }
        Ok(())
    }

    /// What is in the line is an ordinary text from now on, or recorded.
    pub fn forget_mistyped(&mut self) {
        self.mistyped = None;
    }

    /// Discards the sentence in the line; everything stays as it was before its first key.
    pub fn discard_mistyped(&mut self) -> Result<()> {
        let is_recorded = self.mistyped.take().is_some_and(|mistyped| mistyped.is_recorded);
        self.drop_line()?;
        self.tell(match is_recorded {
            true => "Discarded. What its keys recorded stands: another window changed the same. Look at the history.",
            false => "Discarded; nothing of it is recorded.",
        });
        Ok(())
    }

    /// Discards the sentence in the line, and gives back what its keys recorded and where they led.
    pub fn give_back_mistyped(&mut self) -> Result<()> {
        let Some(mistyped) = &self.mistyped else { return Ok(()) };
        // The line stays open if another window stands in the way.
        self.workspace.give_back(&mistyped.taken_back)?;
        self.drop_line()?;
        let Some(mistyped) = self.mistyped.take() else { return Ok(()) };
        self.go_to(*mistyped.led_to);
        let many = mistyped.taken_back.len();
        self.tell_recorded(match many {
            0 if mistyped.is_recorded => "Discarded. What its keys recorded stands.".to_owned(),
            0 => "Discarded. The keys had recorded nothing.".to_owned(),
            1 => format!("Kept: {}", self.workspace.last_label()),
            _ => format!("Kept: all {many} changes that the keys had recorded"),
        });
        Ok(())
    }

    /// Closes the line with its draft.
    fn drop_line(&mut self) -> Result<()> {
        if let Some(writer) = &self.writer {
            self.workspace.keep_draft(&writer.place, &Draft::default())?;
        }
        self.writer = None;
        write::scroll_back(self);
        Ok(())
    }
}
