//! Editing a text in `$VISUAL` or `$EDITOR`: it gets the terminal, and what it leaves in the file is recorded as if it had been typed.

use super::record;
use super::write::{at_cursor, record_writer, writer};
use crate::error::{Error, Kind, Result};
use crate::model::text;
use crate::tui::app::App;
use crate::tui::screens::assessment::is_prose;
use crate::tui::writer::Purpose;
use std::io::{Read, Seek, Write};

/// Edits what the cursor is on in `$VISUAL` or `$EDITOR`. An editor that fails leaves the old text.
pub fn edit_in_editor(app: &mut App) -> Result<()> {
    let purpose = at_cursor(app)?;
    if let Purpose::Field(_, field) = purpose
        && !is_prose(field)
    {
        return record::choose(app, field);
    }
    write_in_editor(app, purpose)
}

/// Writes something in `$VISUAL` or `$EDITOR` and records it as if it had been typed in the line.
pub(super) fn write_in_editor(app: &mut App, purpose: Purpose) -> Result<()> {
    let mut writer = writer(app, purpose)?;
    if app.masks_private() && writer.private_from(app.workspace.review()).is_some() {
        return Err(
            Error::slip("While a call runs, a private note is not shown in the editor.")
                .hint("e edits it here, masked."),
        );
    }
    let edited = in_editor(app, &writer.text())?;
    writer.replace(&edited.text);
    app.writer = Some(writer);
    app.keep_draft()?;
    if edited.interrupted {
        return Err(Error::new(
            Kind::HungUp,
            "The program was asked to end while the editor ran.",
        ));
    }
    if let Err(refused) = record_writer(app) {
        app.tell("The text is kept as a draft.");
        return Err(refused);
    }
    if let Some(told) = text::told_removed(edited.removed) {
        app.append_to_notice(&format!(" · {told}"));
    }
    Ok(())
}

/// What came back from an editor.
struct Edited {
    /// The text, cleaned.
    text: String,
    /// How many characters were taken out or could not be read.
    removed: usize,
    /// Whether this program was asked to end meanwhile.
    interrupted: bool,
}

fn in_editor(app: &mut App, text: &str) -> Result<Edited> {
    let spelled = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.trim().is_empty()));
    let Some(spelled) = spelled else {
        return Err(Error::slip(
            "No editor is set. Set $EDITOR, or write here with e.",
        ));
    };
    let words = shell_words::split(&spelled)
        .map_err(|e| Error::slip(format!("$EDITOR does not read: {e}.")).caused_by(e))?;
    let Some((program, arguments)) = words.split_first() else {
        return Err(Error::slip("$EDITOR is empty."));
    };
    let attempt = |e: std::io::Error| Error::io("Writing the text for the editor", e);
    // A named temporary file is readable by its owner only.
    let mut file = tempfile::Builder::new()
        .prefix("penholder-")
        .suffix(".md")
        .tempfile()
        .map_err(attempt)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.write_all(b"\n"))
        .and_then(|()| file.flush())
        .map_err(attempt)?;
    let status = app.console.lend_to(
        std::process::Command::new(program)
            .args(arguments)
            .arg(file.path()),
    )?;
    let interrupted = app.console.ended_by().is_some();
    match status {
        _ if interrupted => {}
        Ok(status) if status.success() => {}
        Ok(status) => {
            return Err(Error::slip(format!(
                "The editor ended with {status}; the text is as it was."
            )));
        }
        Err(e) => {
            return Err(Error::io(
                format!("Starting the editor {}", text::visible(program)),
                e,
            ));
        }
    }
    // The editor may have put another file in its place.
    let read = std::fs::read(file.path()).or_else(|_| {
        let mut bytes = Vec::new();
        file.rewind()
            .and_then(|()| file.read_to_end(&mut bytes))
            .map(|_| bytes)
    });
    let bytes = read.map_err(|e| Error::io("Reading the text back from the editor", e))?;
    let raw = String::from_utf8_lossy(&bytes);
    let broken = raw
        .chars()
        .filter(|c| *c == char::REPLACEMENT_CHARACTER)
        .count();
    let cleaned = text::clean_prose(&raw);
    Ok(Edited {
        text: cleaned.text,
        removed: cleaned.removed + broken,
        interrupted,
    })
}
