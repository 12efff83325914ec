//! What just happened, in words: what was recorded, what was refused, and what to do next.

use super::App;
use crate::error::{Error, Result};
use crate::model::journal::change::Edit;
use crate::tui::command::{self, Command};
use crate::tui::home::Pane;
use std::time::Duration;

/// What just happened, in the line at the bottom until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Whether something went wrong.
    pub is_error: bool,
    /// Until when other keys do not remove it.
    stays_until: Option<Duration>,
}

/// How long a notice that something was recorded stays at least.
const RECORDED_NOTICE_TIME: Duration = Duration::from_secs(2);

impl Notice {
    /// A notice that something went wrong.
    pub fn error(text: String) -> Notice {
        Notice {
            text,
            is_error: true,
            stays_until: None,
        }
    }
}

impl App {
    /// Writes an edit and says so.
    ///
    /// # Errors
    /// A record that the terminal has not shown yet; a conflict, or whatever the store refuses.
    pub fn commit(&mut self, edit: Edit) -> Result<bool> {
        self.require_shown()?;
        let label = edit.label.clone();
        let written = self.workspace.commit(edit)?;
        self.tell_written(&label, written);
        Ok(written)
    }

    /// Writes an edit that was typed in the line, which lets go of its draft, and says so.
    ///
    /// # Errors
    /// As [`App::commit`].
    pub fn commit_typed(&mut self, edit: Edit, place: &str) -> Result<bool> {
        self.require_shown()?;
        let label = edit.label.clone();
        let written = self.workspace.commit_typed(edit, place)?;
        self.tell_written(&label, written);
        Ok(written)
    }

    fn tell_written(&mut self, label: &str, written: bool) {
        if written {
            self.undo_allowed_in = None;
        }
        let label = if written {
            self.workspace.last_label()
        } else {
            label
        };
        match written {
            true => self.tell_recorded(format!("Recorded: {label}")),
            false => self.tell(format!("{label}. Nothing was written.")),
        }
    }

    /// Says what was recorded; other keys do not remove the notice for two seconds.
    pub fn tell_recorded(&mut self, text: impl Into<String>) {
        self.tell(text);
        self.keep_notice();
    }

    /// Keeps the notice for two seconds, even after another key.
    pub(super) fn keep_notice(&mut self) {
        let until = self.event_at + RECORDED_NOTICE_TIME;
        self.notice = self.notice.take().map(|notice| Notice {
            stays_until: Some(until),
            ..notice
        });
    }

    /// Adds text to the notice.
    pub fn append_to_notice(&mut self, more: &str) {
        match &mut self.notice {
            Some(notice) => notice.text += more,
            None => self.tell(more.trim_start_matches(" · ")),
        }
        self.stale = true;
    }

    /// Removes the notice at the next key, unless it must stay longer.
    pub(super) fn clear_notice(&mut self) {
        if self.is_refusal_unseen() {
            return;
        }
        self.notice = self.notice.take().filter(|notice| {
            notice
                .stays_until
                .is_some_and(|until| self.event_at < until)
        });
    }

    /// Refuses what would be recorded on a recommendation that the list does not show.
    ///
    /// # Errors
    /// A slip that says why nothing is selected.
    pub(super) fn refuse_unseen(&self, command: &Command) -> Result<()> {
        let on_questions = self.home.pane == Pane::Questions;
        let shows_nothing = if on_questions {
            self.ledger.shown().next().is_none()
        } else {
            self.home.shown().next().is_none()
        };
        let filter = if on_questions {
            &self.ledger.filter
        } else {
            &self.home.filter
        };
        if command::is_on_record(command) && shows_nothing && !filter.is_empty() {
            let filter = crate::model::text::visible(filter);
            return Err(Error::no_target(format!(
                "Nothing matches /{filter}, so nothing is selected. Esc clears the filter."
            )));
        }
        Ok(())
    }

    /// Says what happened.
    pub fn tell(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            is_error: false,
            stays_until: None,
        });
        self.stale = true;
    }

    /// Says that a paste came where there is no text to paste into.
    pub fn refuse_paste(&mut self) {
        self.fail(&Error::slip(
            "A paste outside a text does nothing. f opens a finding to paste into.",
        ));
    }

    /// Says what went wrong.
    pub fn fail(&mut self, e: &Error) {
        let hint = e
            .hint
            .as_ref()
            .map_or_else(String::new, |hint| format!(" {hint}"));
        self.notice = Some(Notice::error(format!("{e}{hint}")));
        self.stale = true;
    }

    /// What was said last.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }
}
