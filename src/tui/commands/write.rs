//! Writing: findings, the texts of an assessment, drafts, and the editor outside.

use super::record;
use crate::error::{Error, Kind, Result};
use crate::model::capture::{self, Speaker};
use crate::model::edit::{self, Note};
use crate::model::finding::About;
use crate::model::text;
use crate::model::vocabulary::FindingKind;
use crate::tui::app::App;
use crate::tui::dialogs::Choice;
use crate::tui::home::{Section, Target};
use crate::tui::screens::assessment::is_prose;
use crate::tui::writer::{Purpose, Typed, Writer};
use crate::workspace::fresh_id;
use chrono::TimeDelta;
use crossterm::event::{KeyCode, KeyEvent};
use std::io::{Read, Seek, Write};

/// Opens the line for a finding on what is in focus.
pub fn finding(app: &mut App) -> Result<()> {
    let about = match app.focused() {
        Target::Question(number) => About::Question(number),
        _ => About::Recommendation(app.home.selected),
    };
    open(app, Purpose::Finding(about))
}

/// Opens the line with the draft that is kept for this, else with the text that stands there.
fn open(app: &mut App, purpose: Purpose) -> Result<()> {
    let place = purpose.place();
    open_draft(app, purpose, place)
}

fn open_draft(app: &mut App, purpose: Purpose, place: String) -> Result<()> {
    let draft = app.workspace.draft(&place)?;
    let (from_draft, found) = (draft.is_some(), recorded(app, &purpose));
    let text = draft.or_else(|| found.clone()).unwrap_or_default();
    let mut writer = Writer::new(purpose, found, &text, from_draft);
    writer.place = place;
    app.writer = Some(writer);
    Ok(())
}

/// The text that is recorded where this is written.
fn recorded(app: &App, purpose: &Purpose) -> Option<String> {
    let review = app.workspace.review();
    match purpose {
        Purpose::Finding(_) => None,
        Purpose::Field(number, field) => review.assessment(*number).to_fields().remove(field),
        Purpose::Reword(id) => review.findings.get(id).map(|finding| finding.text.clone()),
    }
}

/// Refuses to write over what another window recorded since the line was opened.
fn refuse_changed(app: &App, writer: &Writer) -> Result<()> {
    let now = recorded(app, &writer.purpose);
    if now == writer.found {
        return Ok(());
    }
    let now = now.map_or_else(|| "unset".to_owned(), |text| format!("“{}”", text::visible(&text)));
    Err(Error::conflict(format!("{} was changed while you wrote; it is {now} now, and nothing was recorded.", writer.purpose.label()))
        .hint("Esc keeps your text as a draft; e opens it again."))
}

/// What can be written at the cursor.
fn at_cursor(app: &App) -> Result<Purpose> {
    let number = app.home.selected;
    match app.focused() {
        Target::Field(field) => Ok(Purpose::Field(number, field)),
        Target::Finding(id) => Ok(Purpose::Reword(id)),
        Target::Quoted | Target::Deliverable(_) | Target::Question(_) => {
            Err(Error::slip("This text is quoted from a source and is not edited. f writes a finding on it."))
        }
        Target::Remark(_) => Err(Error::slip("A remark belongs to the catalogue and is not edited. f writes a finding on it.")),
        Target::Change(_) => Err(Error::slip("History is not edited. u takes back your newest change.")),
        Target::Nothing => Err(Error::slip("There is nothing to edit here. a opens the assessment.")),
    }
}

/// Edits what the cursor is on: a text in the line, a word by choosing.
pub fn edit(app: &mut App) -> Result<()> {
    if let Target::Field(field) = app.focused()
        && !is_prose(field)
    {
        return record::choose(app, field);
    }
    let purpose = at_cursor(app)?;
    open(app, purpose)
}

/// Edits what the cursor is on in `$VISUAL` or `$EDITOR`. An editor that fails leaves the old text.
pub fn edit_in_editor(app: &mut App) -> Result<()> {
    let purpose = at_cursor(app)?;
    if let Purpose::Field(_, field) = purpose
        && !is_prose(field)
    {
        return record::choose(app, field);
    }
    let found = recorded(app, &purpose);
    let draft = app.workspace.draft(&purpose.place())?;
    let from_draft = draft.is_some();
    let text = draft.or_else(|| found.clone()).unwrap_or_default();
    let edited = match in_editor(app, &text)? {
        Edited::Done(edited) => edited,
        Edited::Interrupted(saved) => {
            if saved != text {
                app.workspace.keep_draft(&purpose.place(), &saved)?;
            }
            return Err(Error::new(Kind::HungUp, "The program was asked to end while the editor ran."));
        }
    };
    let mut writer = Writer::new(purpose, found, &text, from_draft);
    writer.replace(&edited);
    app.writer = Some(writer);
    app.keep_draft()?;
    let recorded = record_writer(app);
    if recorded.is_err() {
        app.tell("The text is kept as a draft.");
    }
    recorded
}

/// How an editor came to its end.
enum Edited {
    /// By its own will, with this text.
    Done(String),
    /// With the program itself; what was in the file by then.
    Interrupted(String),
}

fn in_editor(app: &mut App, text: &str) -> Result<Edited> {
    let spelled = ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.trim().is_empty()));
    let Some(spelled) = spelled else { return Err(Error::slip("No editor is set. Set $EDITOR, or write here with e.")) };
    let words = shell_words::split(&spelled).map_err(|e| Error::slip(format!("$EDITOR does not read: {e}.")))?;
    let Some((program, arguments)) = words.split_first() else { return Err(Error::slip("$EDITOR is empty.")) };
    let attempt = |e: std::io::Error| Error::io("Writing the text for the editor", &e);
    // A named temporary file is readable by its owner only.
    let mut file = tempfile::Builder::new().prefix("penholder-").suffix(".md").tempfile().map_err(attempt)?;
    file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).and_then(|()| file.flush()).map_err(attempt)?;
    let status = app.console.lend_to(std::process::Command::new(program).args(arguments).arg(file.path()))?;
    let interrupted = app.console.ended_by().is_some();
    match status {
        _ if interrupted => {}
        Ok(status) if status.success() => {}
        Ok(status) => return Err(Error::slip(format!("The editor ended with {status}; the text is as it was."))),
        Err(e) => return Err(Error::io(format!("Starting the editor {}", text::visible(program)), &e)),
    }
    // The editor may have put another file in its place.
    let read = std::fs::read(file.path()).or_else(|_| {
        let mut bytes = Vec::new();
        file.rewind().and_then(|()| file.read_to_end(&mut bytes)).map(|_| bytes)
    });
    let bytes = read.map_err(|e| Error::io("Reading the text back from the editor", &e))?;
    let edited = text::clean_prose(&String::from_utf8_lossy(&bytes)).text;
    Ok(if interrupted { Edited::Interrupted(edited) } else { Edited::Done(edited) })
}

/// Takes a key while the line is open.
pub fn key(app: &mut App, event: KeyEvent) -> Result<()> {
    let Some(writer) = &mut app.writer else { return Ok(()) };
    match writer.key(event) {
        Typed::Text => Ok(()),
        Typed::Record => record_writer(app),
        Typed::Leave => {
            let empty = writer.text().trim().is_empty();
            close(app)?;
            if !empty {
                app.tell("Draft kept. The same key opens it again.");
            }
            Ok(())
        }
        Typed::NotMine => {
            match event.code {
                KeyCode::PageDown => app.scroll(3),
                KeyCode::PageUp => app.scroll(-3),
                KeyCode::Tab => app.home.turn_section(1),
                _ => app.home.turn_section(Section::ALL.len() - 1),
            }
            Ok(())
        }
    }
}

/// Closes the line; its text stays on disk as a draft.
pub fn close(app: &mut App) -> Result<()> {
    app.keep_draft()?;
    app.writer = None;
    Ok(())
}

/// Records what stands in the line. What is refused stays in the line, word for word.
fn record_writer(app: &mut App) -> Result<()> {
    app.keep_draft()?;
    let Some(writer) = &app.writer else { return Ok(()) };
    refuse_changed(app, writer)?;
    let (purpose, place, typed) = (writer.purpose.clone(), writer.place.clone(), writer.text());
    let edit = match &purpose {
        Purpose::Finding(about) => finding_edit(app, about, &typed)?,
        Purpose::Field(number, field) => edit::assess(app.workspace.review(), *number, &[(*field, Some(typed))])?,
        Purpose::Reword(id) => edit::reword(app.workspace.review(), id, &typed)?,
    };
    if record::may_reopen(app, &edit)? {
        app.commit_typed(edit, &place)?;
        app.writer = None;
    }
    Ok(())
}

fn finding_edit(app: &App, about: &About, typed: &str) -> Result<crate::model::change::Edit> {
    let captured = capture::read(app.workspace.review(), typed);
    if let Some(unknown) = captured.unknown {
        return Err(Error::slip(format!("{unknown} names neither a recommendation nor a question; nothing was recorded.")));
    }
    let said_by = match captured.said_by {
        Speaker::Nobody => None,
        Speaker::Known(name) | Speaker::New(name) => Some(name),
        Speaker::Several(names) => return Err(Error::slip(format!("Who said it: {}? Type more of the name.", names.join(" or ")))),
    };
    let note = Note {
        about: captured.about.unwrap_or_else(|| about.clone()),
        kind: FindingKind::Finding,
        text: captured.text,
        by: app.workspace.author().to_owned(),
        said_by,
        at: app.workspace.now() - TimeDelta::minutes(i64::from(captured.minutes_ago)),
        private: false,
    };
    edit::note(app.workspace.review(), fresh_id(), note)
}

/// Withdraws the finding at the cursor.
pub fn withdraw(app: &mut App) -> Result<()> {
    let Target::Finding(id) = app.focused() else {
        return Err(Error::slip("Only a finding can be withdrawn. Go to it in the findings of the dossier."));
    };
    let edit = edit::withdraw(app.workspace.review(), &id)?;
    app.commit(edit).map(drop)
}

/// Shows what else can be done with what the cursor is on.
pub fn other(app: &mut App) -> Result<()> {
    match app.focused() {
        Target::Deliverable(number) => record::rate_deliverable(app, number),
        Target::Finding(_) => {
            let choices = [
                Choice::keyed("other words here", 'e'),
                Choice::keyed("other words in $EDITOR", 'E'),
                Choice::keyed("withdraw", 'w'),
                Choice::keyed("copy", 'y'),
            ];
            match app.pick("This finding", &choices, None, false)?.as_deref() {
                Some("other words here") => edit(app),
                Some("other words in $EDITOR") => edit_in_editor(app),
                Some("withdraw") => withdraw(app),
                Some("copy") => super::give::copy(app),
                _ => Ok(()),
            }
        }
        Target::Field(_) => edit(app),
        _ => {
            let choices = [Choice::keyed("write a finding on it", 'f'), Choice::keyed("copy", 'y')];
            match app.pick("This record", &choices, None, false)?.as_deref() {
                Some("copy") => super::give::copy(app),
                Some(_) => finding(app),
                None => Ok(()),
            }
        }
    }
}

/// Lists the drafts and opens the one chosen.
pub fn drafts(app: &mut App) -> Result<()> {
    let places = app.workspace.drafts()?;
    let drafts: Vec<(String, Purpose)> = places.into_iter().filter_map(|place| Purpose::of_place(&place).map(|p| (place, p))).collect();
    if drafts.is_empty() {
        return Err(Error::slip("There is no draft: everything typed is recorded."));
    }
    let label =
        |(place, purpose): &(String, Purpose)| format!("{}{}", purpose.label(), place.strip_prefix(&purpose.place()).unwrap_or_default());
    let choices: Vec<Choice> = drafts.iter().map(|draft| Choice::plain(&label(draft))).collect();
    let Some(chosen) = app.pick("Typed and not recorded", &choices, None, false)? else { return Ok(()) };
    let Some((place, purpose)) = drafts.into_iter().find(|draft| label(draft) == chosen) else { return Ok(()) };
    if let Purpose::Field(number, field) = purpose {
        app.home.select(number);
        app.home.open(Section::Assessment);
        app.focus(&Target::Field(field));
    } else if let Purpose::Finding(about) = &purpose
        && let Some(number) = app.workspace.review().recommendation_of(about)
    {
        app.home.select(number);
    }
    open_draft(app, purpose, place)
}
