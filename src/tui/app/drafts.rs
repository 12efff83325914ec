//! Drafts of what is typed: offered at the start, on disk within a second, each window's its own.

use super::App;
use crate::error::Result;
use crate::model::draft::Draft;
use crate::tui::writer::Purpose;

impl App {
    /// Says which drafts were left at the last time.
    pub(super) fn offer_drafts(&mut self) {
        let Ok(places) = self.workspace.drafts() else {
            return;
        };
        if let Some(purpose) = places.first().and_then(|place| Purpose::of_place(place)) {
            let more = if places.len() > 1 {
                format!(" and {} more", places.len() - 1)
            } else {
                String::new()
            };
            self.tell(format!(
                "Draft not recorded: {}{more}. The same key opens it again, :drafts lists them.",
                purpose.label(self.workspace.review())
            ));
        }
    }

    /// Writes to disk what was typed; a failure is told and tried again later.
    pub(super) fn keep_draft_or_tell(&mut self) {
        if let Err(e) = self.keep_draft() {
            self.fail(&e.while_trying("Keeping the draft"));
        }
    }

    /// Writes to disk what was typed since the last time.
    pub(in crate::tui) fn keep_draft(&mut self) -> Result<()> {
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        let Some(text) = writer.unkept() else {
            return Ok(());
        };
        self.typed_here = true;
        // Another window of the same author may be writing the same: its draft is not ours to replace.
        if self.workspace.draft(&writer.place)?.map(|draft| draft.text) != writer.on_disk {
            for place in writer.purpose.places() {
                if self.workspace.draft(&place)?.is_none() {
                    writer.place = place;
                    break;
                }
            }
        }
        let draft = Draft {
            text,
            found: writer.found.clone(),
        };
        self.workspace.keep_draft(&writer.place, &draft)?;
        self.places
            .insert(writer.purpose.place(), writer.place.clone());
        writer.is_kept(draft.text);
        Ok(())
    }
}
