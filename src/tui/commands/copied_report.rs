//! Copies the report of a call, asks whether it arrived, and only then records that it went out.
//!
//! A copied text is offered to the terminal's clipboard. Most terminals refuse it, and none reports whether it accepted the text. So copying records
//! nothing: a box asks whether the text arrived where it was pasted. A user who closes this box without an answer, to paste the text first, can
//! answer later in the box of the report, until the program ends. A file needs no such question, because the program knows that it was written.

use super::report::capital;
use crate::error::{Kind, Result};
use crate::model::ids::MeetingId;
use crate::tui::app::App;
use crate::tui::dialogs::{Choice, Pick};
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use crate::workspace::report::{CallForm, Outgoing};

/// Offers the report of a call to the terminal's clipboard, and asks whether it arrived.
pub(super) fn copy(app: &mut App, id: &MeetingId) -> Result<()> {
    let report = app.workspace.outgoing(id, CallForm::Markdown)?;
    app.console.copy(&report.text)?;
    if report.already_sent {
        app.tell(format!(
            "Offered to the terminal's clipboard: {}, which went out already.",
            report.what
        ));
        return Ok(());
    }
    let (what, version) = (report.what.clone(), report.version);
    app.copied_report = Some(report);
    ask(app, &what, version)
}

/// The copied report of this call, if the user has not said yet whether it arrived.
pub(super) fn unanswered<'a>(app: &'a App, id: &MeetingId) -> Option<&'a Outgoing> {
    let last_version = app
        .workspace
        .review()
        .records
        .reports_of(id)
        .next_back()
        .map_or(0, |(_, held)| held.version);
    app.copied_report
        .as_ref()
        .filter(|copied| copied.id == *id && copied.version > last_version)
}

/// Asks whether the copied report arrived, and records that it went out if it did.
fn ask(app: &mut App, what: &str, version: u16) -> Result<()> {
    let arrived = format!("it arrived: record that version {version} went out");
    let choices = [
        Choice::keyed(&arrived, 'a'),
        Choice::keyed("it did not arrive: record nothing", 'n'),
    ];
    let question = format!(
        "{}, was offered to the terminal's clipboard. Many terminals refuse this, and none reports whether it accepted the text. Paste the text where you want it, then answer.",
        capital(what)
    );
    let lines = |theme: &Theme, width: usize| prose::block(1, &question, theme.text, width);
    let chosen = app.pick_from(
        Pick::new("Did it arrive?", &choices)
            .with_text(&lines)
            .enter_picks()
            .with_no_selection(),
    )?;
    if chosen.as_ref() == Some(&arrived) {
        return record(app);
    }
    if chosen.is_some() {
        app.copied_report = None;
    }
    app.tell("Not recorded as sent. Writing the report to a file always works: press m in the box of the report.");
    Ok(())
}

/// Records that the copied report went out, because it arrived.
pub(super) fn record(app: &mut App) -> Result<()> {
    let Some(copied) = app.copied_report.take() else {
        return Ok(());
    };
    match app.workspace.record_arrived(&copied) {
        Ok(done) => {
            app.tell_recorded(format!("{done}."));
            Ok(())
        }
        Err(e) => {
            app.copied_report = Some(copied).filter(|_| e.kind != Kind::Conflict);
            Err(e)
        }
    }
}
