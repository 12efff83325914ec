//! Drawing: what the frame is drawn from, read before it is drawn.

use super::{App, Over};
use crate::error::Result;
use crate::model::text;
use crate::tui::frame::{self, View, live};
use crate::tui::home::Pane;
use crate::tui::{command, spelling};
use std::time::Instant;

impl App {
    /// Draws the screen, with a dialog over it if there is one. What has to be read for it is read before, never while drawing.
    pub(super) fn draw(&mut self, mut over: Option<&mut Over<'_>>) -> Result<()> {
        let masked = self.masks_private();
        let wanted = Some((self.home.selected, self.workspace.revision(), masked));
        if self.history.0 != wanted && self.home.section.reads_journal() {
            let (workspace, number) = (&self.workspace, self.home.selected);
            let history = if masked {
                workspace.public_history_of(number)?
            } else {
                workspace.history_of(number)?
            };
            self.history = (wanted, history);
        }
        match self.home.pane {
            Pane::Questions => self.follow_ledger(),
            Pane::Meeting => self.follow_room()?,
            Pane::List | Pane::Dossier | Pane::Presenter => {}
        }
        self.live = live::told(self.workspace.review(), self.workspace.now());
        // A new screen is painted whole, to remove pieces that are left where a terminal measures characters differently.
        if self.is_screen_changed() {
            self.console.redraw();
        }
        let title = self.window_title();
        self.console.set_title(&title);
        let pending = self.pending();
        let mistyped = self.is_mistyped().then(|| self.has_mistyped_changes());
        let (today, now) = (self.workspace.today(), self.workspace.now());
        let App {
            console,
            workspace,
            home,
            ledger,
            room,
            call,
            live,
            theme,
            writer,
            filtering,
            notice,
            sections,
            hits,
            history,
            begun,
            drawn_at,
            behind,
            ..
        } = self;
        let mut view = View {
            review: workspace.review(),
            // Lists are rebuilt when the revision changes, and they must be when masking begins or ends.
            revision: workspace.revision() * 2 + u64::from(masked),
            masked,
            author: workspace.author(),
            home,
            ledger,
            room,
            call: &call.1,
            live: live.as_ref(),
            today,
            now,
            sections,
            history: &history.1,
            writing: 0,
            writer: writer.as_ref(),
            mistyped,
            filtering: *filtering,
            pending: &pending,
            notice: notice.as_ref(),
            theme,
            hits,
            covered: over.is_some(),
            cursor: None,
        };
        (*drawn_at, *behind) = (Instant::now(), false);
        let has_dialog = over.is_some();
        let frame = console.draw(|frame| {
            if !frame::draw(frame, &mut view) {
                view.hits.hidden = true;
                return;
            }
            if !begun.is_empty() {
                crate::tui::dialogs::continuations(
                    frame,
                    theme,
                    begun,
                    command::Focus::of(view.home),
                );
            }
            if let Some(over) = &mut over {
                over(frame, theme, view.review);
            }
            theme.make_portable(frame.buffer_mut());
        })?;
        self.note_drawn(frame, has_dialog);
        Ok(())
    }

    /// The title of the window: the program, the review, and the meeting that is running.
    fn window_title(&self) -> String {
        let review = self.workspace.review();
        let meeting = review
            .records
            .running()
            .map_or_else(String::new, |(id, _)| {
                format!(" - {}", review.meeting_label(id))
            });
        let title = text::clean_line(&format!(
            "penholder - {}{meeting}",
            review.catalogue.header.review
        ))
        .text;
        if self.theme.is_ascii() {
            spelling::to_ascii(&title)
        } else {
            title
        }
    }

    /// Whether private notes are masked: while a call is running, any screen may be the shared one.
    pub fn masks_private(&self) -> bool {
        self.workspace.review().records.running().is_some() && !self.shows_private
    }

    /// Reads what was recorded in the meeting that its screen shows, if that may have changed.
    fn follow_room(&mut self) -> Result<()> {
        let meeting = self.room.meeting(self.workspace.review());
        let wanted = meeting.map(|id| (id, self.workspace.revision()));
        if self.call.0 != wanted {
            let journal = wanted.as_ref().map_or(Ok(Vec::new()), |(id, _)| {
                self.workspace.history_of_meeting(id)
            })?;
            self.call = (wanted, journal);
        }
        Ok(())
    }

    fn pending(&self) -> String {
        match &self.number {
            Some(number) => format!("Rec {}_", number.typed),
            None => self
                .begun
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" "),
        }
    }
}
