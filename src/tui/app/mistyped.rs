//! Turns a sentence that was typed as commands into text.
//!
//! `sentence.rs` decides whether the characters are a sentence. Then everything that their keys recorded is reversed in one transaction, boxes are
//! closed, the screen and the selection are restored to what they were before the first key, and the writing line opens with the whole sentence.
//! Enter records it as a finding. Esc discards it. Tab discards it and restores what the keys recorded, in case they were meant as commands.

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

/// What the screens show: everything that keys can move there, and how many entries this window had recorded by then.
#[derive(Debug, Clone)]
pub struct ScreenState {
    home: Home,
    ledger: Ledger,
    room: Room,
    recorded: usize,
}

/// What to restore if the sentence in the open line was meant as commands.
#[derive(Debug)]
pub struct MistypedSentence {
    /// The journal entries that reversed what its keys recorded, oldest first.
    reversing_entries: Vec<Id>,
    /// Whether a change of another window prevented that, so that what its keys recorded is still recorded.
    is_recorded: bool,
    /// What the screens showed after its keys.
    state_after_keys: Box<ScreenState>,
}

impl App {
    /// What the screens show now.
    pub(super) fn screen_state(&self) -> ScreenState {
        ScreenState {
            home: self.home.clone(),
            ledger: self.ledger.clone(),
            room: self.room.clone(),
            recorded: self.workspace.recorded_entries().len(),
        }
    }

    fn restore_screen(&mut self, state: ScreenState) {
        (self.home, self.ledger, self.room) = (state.home, state.ledger, state.room);
        self.stale = true;
    }

    /// Whether the open line contains a sentence that was typed as commands.
    pub fn is_mistyped(&self) -> bool {
        self.mistyped.is_some()
    }

    /// Whether the keys of that sentence recorded anything that Tab could restore.
    pub fn has_mistyped_changes(&self) -> bool {
        self.mistyped
            .as_ref()
            .is_some_and(|mistyped| !mistyped.reversing_entries.is_empty())
    }

    /// Ends the run of characters at an event that is not part of a sentence.
    ///
    /// # Errors
    /// [`crate::error::Kind::Mistyped`] if Enter ends a sentence.
    pub(super) fn end_run_at(&mut self, event: &Event) -> Result<()> {
        let Event::Key(key) = event else {
            self.key_run.end();
            return Ok(());
        };
        match Key::of(*key).map(|key| (key.code, key.character())) {
            Some((_, Some(_))) | None => {}
            Some((KeyCode::Backspace, _)) => self.key_run.backspace(self.event_at),
            Some((KeyCode::Enter, _)) => {
                let recorded = self.before_key_run.as_ref().is_some_and(|before| {
                    before.recorded < self.workspace.recorded_entries().len()
                });
                let outcome = self.key_run.enter(self.event_at, recorded);
                self.stop_at_sentence(&outcome)?;
            }
            Some(_) => self.key_run.end(),
        }
        Ok(())
    }

    /// Opens the sentence as text, after restoring everything to what it was before its first key.
    pub(super) fn open_mistyped(&mut self) -> Result<()> {
        let (text, follows_number) = self.key_run.text();
        self.key_run.end();
        let (before, after_number) = (self.before_key_run.take(), self.after_number.take());
        let Some(before) = after_number.filter(|_| follows_number).or(before) else {
            return Ok(());
        };
        let state_after_keys = Box::new(self.screen_state());
        self.close_line_of_sentence()?;
        (self.filtering, self.number, self.left, self.scrolled) = (false, None, None, None);
        self.clear_begun();
        let entries = self.workspace.recorded_entries()[before.recorded..].to_vec();
        let reversing_entries = self.workspace.reverse_entries(&entries);
        self.restore_screen(*before);
        let (reversing_entries, refused) = match reversing_entries {
            Ok(reversing_entries) => (reversing_entries, None),
            Err(e) => (Vec::new(), Some(e)),
        };
        let what = if reversing_entries.is_empty() {
            "Nothing was recorded."
        } else {
            "What its keys recorded has been undone."
        };
        // Drawing sets what is in focus, which the finding will be about.
        self.draw(None)?;
        write::open_mistyped(self, &text)?;
        self.mistyped = Some(MistypedSentence {
            reversing_entries,
            is_recorded: refused.is_some(),
            state_after_keys,
        });
        match refused {
            Some(e) => {
                self.fail(&e.while_trying("Undoing what was typed by mistake"));
                self.keep_notice();
            }
            None => self.tell_recorded(format!(
                "You typed a sentence without pressing f first. {what}"
            )),
        }
        Ok(())
    }

    /// Closes a line that the keys of the sentence opened, and restores the draft that was in it.
    fn close_line_of_sentence(&mut self) -> Result<()> {
        let Some(writer) = self.writer.take() else {
            return Ok(());
        };
        if writer.on_disk.is_some() {
            let draft = Draft {
                text: writer.opened_with.clone().unwrap_or_default(),
                found: writer.found.clone(),
            };
            self.workspace.keep_draft(&writer.place, &draft)?;
        }
        Ok(())
    }

    /// Treats the text in the line as any other text from now on.
    pub fn forget_mistyped(&mut self) {
        self.mistyped = None;
    }

    /// Discards the sentence in the line; everything stays restored to what it was before its first key.
    pub fn discard_mistyped(&mut self) -> Result<()> {
        let is_recorded = self
            .mistyped
            .take()
            .is_some_and(|mistyped| mistyped.is_recorded);
        self.close_line_and_draft()?;
        self.tell(match is_recorded {
            true => "Discarded. What its keys recorded is still recorded, because another window changed the same; the history shows it.",
            false => "Discarded; none of it is recorded.",
        });
        Ok(())
    }

    /// Discards the sentence in the line, and restores what its keys recorded and showed.
    pub fn keep_mistyped_changes(&mut self) -> Result<()> {
        let Some(mistyped) = &self.mistyped else {
            return Ok(());
        };
        // If another window changed the same, the line stays open.
        self.workspace
            .restore_entries(&mistyped.reversing_entries)?;
        self.close_line_and_draft()?;
        let Some(mistyped) = self.mistyped.take() else {
            return Ok(());
        };
        self.restore_screen(*mistyped.state_after_keys);
        let many = mistyped.reversing_entries.len();
        self.tell_recorded(match many {
            0 if mistyped.is_recorded => {
                "Discarded. What its keys recorded is still recorded.".to_owned()
            }
            0 => "Discarded. The keys had recorded nothing.".to_owned(),
            1 => format!("Kept: {}", self.workspace.last_label()),
            _ => format!("Kept: all {many} changes that the keys had recorded"),
        });
        Ok(())
    }

    /// Closes the line and deletes its draft.
    fn close_line_and_draft(&mut self) -> Result<()> {
        if let Some(writer) = &self.writer {
            self.workspace
                .keep_draft(&writer.place, &Draft::default())?;
        }
        self.writer = None;
        write::scroll_back(self);
        Ok(())
    }
}
