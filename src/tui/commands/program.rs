//! The program itself: help, palette, mouse, leaving.

use super::{go, write};
use crate::error::Result;
use crate::tui::app::App;
use crate::tui::command;
use crate::tui::dialogs::Choice;
use crate::tui::home::Pane;
use crate::tui::writer::Purpose;

pub fn help(app: &mut App) -> Result<()> {
    app.show_help()
}

pub fn palette(app: &mut App) -> Result<()> {
    // On the shared screen nothing is offered that does not belong there.
    let presenting = app.home.pane == Pane::Presenter;
    let commands: Vec<_> = if presenting {
        command::held(app.focus_of_keys()).collect()
    } else {
        command::all().collect()
    };
    let choices: Vec<Choice> = commands
        .iter()
        .map(|c| Choice {
            label: c.name.to_owned(),
            detail: format!("{:<9} {}", command::keys_of(c), c.doc),
            key: None,
        })
        .collect();
    let Some(name) = app.pick("Command", &choices, None, true)? else {
        return Ok(());
    };
    match commands.into_iter().find(|c| c.name == name) {
        Some(command) => (command.run)(app),
        None => Err(crate::error::Error::slip(format!(
            "There is no command “{}”.",
            crate::model::text::visible(&name)
        ))),
    }
}

pub fn mouse(app: &mut App) -> Result<()> {
    let on = app.console.toggle_mouse()?;
    app.tell(if on {
        "The mouse is the program's; Shift-drag selects text."
    } else {
        "The mouse is the terminal's again."
    });
    Ok(())
}

/// Shows private notes during a call, until the next key.
pub fn show_private(app: &mut App) -> Result<()> {
    if app.workspace.review().records.running().is_none() {
        app.tell("No call is running, so private notes are shown anyway; the presenter view never shows them.");
        return Ok(());
    }
    app.shows_private = true;
    app.tell("Your private notes are shown until the next key.");
    Ok(())
}

/// Draws the whole screen again, to remove what another program wrote on it.
pub fn redraw(app: &mut App) -> Result<()> {
    app.console.redraw();
    Ok(())
}

pub fn suspend(app: &mut App) -> Result<()> {
    app.keep_draft()?;
    app.console.suspend()
}

/// Cancels what is open. `App::note_ctrl_c` handles the second Ctrl-C, which quits from dialogs too.
pub fn cancel(app: &mut App) -> Result<()> {
    let open = app.writer.is_some() || app.filtering || app.number.is_some();
    let kept = write::close(app)?;
    app.filtering = false;
    app.number = None;
    app.clear_begun();
    match (open, kept) {
        (_, true) => app.tell("Draft kept."),
        (true, false) => app.tell("Cancelled."),
        (false, false) if app.cancelled => {}
        (false, false) => app.tell("Nothing is open."),
    }
    Ok(())
}

/// Goes back to the screen or pane before this one; on the home screen, quits.
pub fn quit(app: &mut App) -> Result<()> {
    if go::leave(app) { Ok(()) } else { leave(app) }
}

/// Quits the program; asks first if a text is not recorded or a call is running.
fn leave(app: &mut App) -> Result<()> {
    let drafts: Vec<String> = app
        .workspace
        .drafts()?
        .iter()
        .filter_map(|place| Purpose::of_place(place))
        .map(|p| p.label(app.workspace.review()))
        .collect();
    if let (Some(newest), true) = (drafts.first(), app.typed_here) {
        let more = if drafts.len() > 1 {
            format!(" and {} more", drafts.len() - 1)
        } else {
            String::new()
        };
        if !app.confirm(&format!(
            "Typed and not recorded: {newest}{more}; kept as a draft. Quit?"
        ))? {
            return Ok(());
        }
    }
    let review = app.workspace.review();
    if let Some((id, _)) = review.records.running() {
        let name = review.meeting_label(id);
        if !app.confirm(&format!(
            "{name} runs, and goes on running. Quit all the same?"
        ))? {
            return Ok(());
        }
    }
    app.done = true;
    Ok(())
}
