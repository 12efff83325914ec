//! Writing in the line: findings, the texts of an assessment, drafts.

use super::{ask, call, capture, consensus, meeting, present, record};
use crate::error::{Error, Kind, Result};
use crate::model::call::register;
use crate::model::draft::Draft;
use crate::model::record::action::Action;
use crate::model::record::decision::Decision;
use crate::model::record::describe::Described;
use crate::model::record::kinds::Record;
use crate::model::{asking, edit};
use crate::tui::app::{App, Left, ScrollState};
use crate::tui::dialogs::{Choice, Pick};
use crate::tui::home::{Pane, Section, Target};
use crate::tui::screens::MASKED;
use crate::tui::screens::assessment::is_prose;
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use crate::tui::writer::{Purpose, Typed, Writer};
use crossterm::event::{KeyCode, KeyEvent};

/// Opens the line with the draft that is kept for this, else with the text that stands there.
pub(super) fn open(app: &mut App, purpose: Purpose) -> Result<()> {
    let opened = writer(app, purpose)?;
    app.scrolled = Some(ScrollState::of(app));
    app.writer = Some(opened);
    Ok(())
}

/// Opens the line for a finding on what is in focus, containing a sentence that was typed as commands. If there is a draft of such a finding, it is
/// kept, and the sentence becomes a draft of its own.
pub(in crate::tui) fn open_mistyped(app: &mut App, text: &str) -> Result<()> {
    let purpose = Purpose::Finding(capture::about_in_focus(app));
    let mut writer = Writer::new(purpose, None, "", false);
    for place in writer.purpose.places() {
        if app.workspace.draft(&place)?.is_none() {
            writer.place = place;
            break;
        }
    }
    writer.paste(text);
    writer.mistyped = true;
    app.scrolled = Some(ScrollState::of(app));
    app.writer = Some(writer);
    app.keep_draft()
}

/// The line for this: this window's draft of it, else the usual one, else the text that stands there.
pub(super) fn writer(app: &App, purpose: Purpose) -> Result<Writer> {
    let usual = purpose.place();
    let place = match app.places.get(&usual) {
        Some(own) if app.workspace.draft(own)?.is_some() => own.clone(),
        _ => usual,
    };
    writer_at(app, purpose, place)
}

fn writer_at(app: &App, purpose: Purpose, place: String) -> Result<Writer> {
    let draft = app.workspace.draft(&place)?;
    let from_draft = draft.is_some();
    let Draft { text, found } = draft.unwrap_or_else(|| {
        let found = recorded(app, &purpose);
        Draft {
            text: found.clone().unwrap_or_default(),
            found,
        }
    });
    let mut writer = Writer::new(purpose, found, &text, from_draft);
    writer.place = place;
    writer.compare(app.workspace.review());
    Ok(writer)
}

/// The text that is recorded where this is written.
fn recorded(app: &App, purpose: &Purpose) -> Option<String> {
    let review = app.workspace.review();
    match purpose {
        Purpose::Finding(_)
        | Purpose::Question(_)
        | Purpose::FollowUp(_)
        | Purpose::Answer(_)
        | Purpose::Action(_)
        | Purpose::Decision(_) => None,
        Purpose::Words(record, field) => review.records.fields(record).remove(field),
        Purpose::Objection(..) | Purpose::Statement(..) => consensus::recorded(review, purpose),
        Purpose::Interest(id, name) => review
            .records
            .roll
            .get(&(id.clone(), name.clone()))
            .and_then(|held| held.interest.clone()),
        Purpose::Field(number, field) => review.assessment(*number).to_fields().remove(field),
        Purpose::Reword(id) => review
            .records
            .findings
            .get(id)
            .filter(|finding| !finding.withdrawn)
            .map(|finding| finding.text.clone()),
        Purpose::RewordQuestion(number) => review
            .questions
            .get(*number)
            .map(|question| question.text.clone()),
    }
}

/// Sees whether somebody recorded other words at this place since the typing began, shows them, and asks whose are to stand. Answers whether
/// the line may be recorded.
fn may_replace(app: &mut App) -> Result<bool> {
    loop {
        app.workspace.refresh()?;
        let Some(writer) = &app.writer else {
            return Ok(false);
        };
        let theirs = recorded(app, &writer.purpose);
        if theirs == writer.found || theirs.as_deref() == Some(writer.text().as_str()) {
            return Ok(true);
        }
        // Whoever says yes says it to what was shown; what came meanwhile is shown next.
        if !chose_mine(app, theirs)? {
            return Ok(false);
        }
    }
}

/// Shows what somebody else recorded, and asks whether the line is to stand in its place.
fn chose_mine(app: &mut App, theirs: Option<String>) -> Result<bool> {
    let Some(writer) = &app.writer else {
        return Ok(false);
    };
    let title = format!(
        "{} was changed while you wrote",
        writer.purpose.label(app.workspace.review())
    );
    let masked = app.masks_private() && writer.private_from(app.workspace.review()).is_some();
    let body = if masked {
        MASKED
    } else {
        theirs.as_deref().unwrap_or("(unset)")
    }
    .to_owned();
    let (mine, both) = (
        "record mine; theirs stays in the history",
        "put theirs before mine in the line",
    );
    let choices = [Choice::keyed(mine, 'm'), Choice::keyed(both, 'b')];
    let lines = |theme: &Theme, width: usize| prose::block(1, &body, theme.text, width);
    // Enter was pressed to record the line, perhaps twice. A second Enter must not choose between the texts of two people.
    let chosen = app.pick_from(
        Pick::new(&title, &choices)
            .with_text(&lines)
            .with_no_selection()
            .enter_picks(),
    )?;
    let Some(writer) = &mut app.writer else {
        return Ok(false);
    };
    match chosen {
        Some(chosen) => {
            let is_mine = chosen == mine;
            if !is_mine {
                writer.put_before(theirs.as_deref().unwrap_or_default());
            }
            writer.found = theirs;
            Ok(is_mine)
        }
        None => {
            app.tell("Nothing was recorded; the line holds your text.");
            Ok(false)
        }
    }
}

/// What can be written at the cursor.
pub(super) fn at_cursor(app: &App) -> Result<Purpose> {
    let number = app.home.selected;
    match app.focused() {
        Target::Field(field) => Ok(Purpose::Field(number, field)),
        Target::Finding(id) => Ok(Purpose::Reword(id)),
        Target::Question(number) => {
            let review = app.workspace.review();
            asking::may_reword(review, review.question(number)?).map_err(|mut e| {
                e.kind = Kind::NoTarget;
                e
            })?;
            Ok(Purpose::RewordQuestion(number))
        }
        Target::Quoted | Target::Deliverable(_) => Err(Error::no_target(
            "This text is quoted from a source and is not edited. f writes a finding on it.",
        )),
        Target::Remark(_) => Err(Error::no_target(
            "A remark belongs to the catalogue and is not edited. f writes a finding on it.",
        )),
        Target::Position(_) => Err(Error::no_target(
            "A position that was taken stays as it is. o adds a minority statement, or records another position.",
        )),
        Target::Change(_) => Err(Error::no_target(
            "History is not edited. u takes back your newest change.",
        )),
        Target::Decision(id) => Ok(Purpose::Words(Record::Decision(id), Decision::TEXT)),
        Target::Action(id) => Ok(Purpose::Words(Record::Action(id), Action::TEXT)),
        Target::Agenda(_) | Target::Queued(_) | Target::Person(_) | Target::Meeting(_) => Err(
            Error::no_target("This is not edited in $EDITOR. e edits it here."),
        ),
        Target::Nothing => Err(Error::no_target(
            "There is nothing to edit here. a opens the assessment.",
        )),
    }
}

/// Edits what the cursor is on: a text in the line, a word by choosing.
pub fn edit(app: &mut App) -> Result<()> {
    if let Target::Agenda(_) | Target::Queued(_) | Target::Person(_) | Target::Meeting(_) =
        app.focused()
    {
        return meeting::edit(app);
    }
    if let Target::Field(field) = app.focused()
        && !is_prose(field)
    {
        return record::choose(app, field);
    }
    let purpose = at_cursor(app)?;
    open(app, purpose)
}

/// Takes a key while the line is open.
pub fn key(app: &mut App, event: KeyEvent) -> Result<()> {
    let Some(writer) = &mut app.writer else {
        return Ok(());
    };
    match writer.key(event) {
        Typed::Text => {
            capture::preview(app);
            Ok(())
        }
        Typed::Record => record_writer(app),
        Typed::Leave if app.is_mistyped() => app.discard_mistyped(),
        Typed::NotMine if app.is_mistyped() && event.code == KeyCode::Tab => {
            app.keep_mistyped_changes()
        }
        Typed::Leave => {
            // Esc goes one step back: to the board, if the line was opened from one.
            let (left, purpose) = (
                app.left.take(),
                app.writer.as_ref().map(|writer| writer.purpose.clone()),
            );
            if close(app)? {
                app.tell("Draft kept. The same key opens it again.");
            }
            app.left = left;
            match purpose {
                Some(
                    Purpose::Objection(_, name)
                    | Purpose::Statement(_, name)
                    | Purpose::Interest(_, name),
                ) => come_back(app, &name),
                _ => Ok(()),
            }
        }
        Typed::NotMine => {
            match event.code {
                KeyCode::PageDown => app.scroll(3),
                KeyCode::PageUp => app.scroll(-3),
                KeyCode::Tab if app.home.pane == Pane::Presenter => present::next_part(app)?,
                KeyCode::BackTab if app.home.pane == Pane::Presenter => {
                    present::previous_part(app)?
                }
                KeyCode::Tab => app.home.turn_section(1),
                _ => app.home.turn_section(Section::ALL.len() - 1),
            }
            Ok(())
        }
    }
}

/// Scrolls the dossier back to where it was before the line took its room.
pub(in crate::tui) fn scroll_back(app: &mut App) {
    if let Some(scrolled) = app.scrolled.take() {
        scrolled.restore(app);
    }
}

/// Closes the line; what was typed in it stays on disk as a draft. Answers whether there is one.
pub fn close(app: &mut App) -> Result<bool> {
    app.keep_draft()?;
    app.left = None;
    app.forget_mistyped();
    scroll_back(app);
    Ok(app
        .writer
        .take()
        .is_some_and(|writer| writer.on_disk.is_some()))
}

/// Records what stands in the line. What is refused stays in the line, word for word.
pub(super) fn record_writer(app: &mut App) -> Result<()> {
    app.keep_draft()?;
    if !may_replace(app)? {
        return Ok(());
    }
    let Some(writer) = &app.writer else {
        return Ok(());
    };
    let (purpose, place, typed) = (writer.purpose.clone(), writer.place.clone(), writer.text());
    let edit = match &purpose {
        Purpose::Finding(about) => capture::finding_edit(app, about, &typed)?,
        Purpose::Field(number, field) => {
            edit::assess(app.workspace.review(), *number, &[(*field, Some(typed))])?
        }
        Purpose::Reword(id) => edit::reword(app.workspace.review(), id, &typed)?,
        Purpose::Question(on) => ask::asked(app, *on, None, &typed)?,
        Purpose::FollowUp(parent) => {
            let on = app.workspace.review().question(*parent)?.recommendation;
            ask::asked(app, on, Some(*parent), &typed)?
        }
        Purpose::RewordQuestion(number) => asking::reword(app.workspace.review(), *number, &typed)?,
        Purpose::Action(about) => capture::action_edit(app, about.as_ref(), &typed)?,
        Purpose::Decision(about) => capture::decision_edit(app, about.as_ref(), &typed)?,
        Purpose::Words(Record::Decision(id), _) => {
            register::reword_decision(app.workspace.review(), id, &typed)?
        }
        Purpose::Words(Record::Action(id), field) => register::set_action(
            app.workspace.review(),
            id,
            *field,
            &typed,
            app.workspace.today(),
        )?,
        Purpose::Words(record, _) => {
            return Err(Error::bug(format!("{record} is not written in the line")));
        }
        Purpose::Objection(matter, member) => {
            consensus::objected(app, matter, member, &typed, &place)?;
            return come_back(app, member);
        }
        Purpose::Statement(matter, member) => {
            consensus::stated(app, matter, member, &typed, &place)?;
            return come_back(app, member);
        }
        Purpose::Interest(id, name) => {
            call::stated(app, id, name, &typed, &place)?;
            return come_back(app, name);
        }
        Purpose::Answer(number) => {
            if ask::answered(app, *number, &typed, &place)? {
                app.writer = None;
            }
            return Ok(());
        }
    };
    if record::may_reopen(app, &edit)? {
        app.commit_typed(edit, &place)?;
        app.writer = None;
        app.forget_mistyped();
        scroll_back(app);
    }
    Ok(())
}

/// Closes the line, and comes back to the board from which it was opened, to the person of whom it was written.
fn come_back(app: &mut App, name: &str) -> Result<()> {
    app.writer = None;
    scroll_back(app);
    match app.left.take() {
        Some(Left::Consensus(matter, mode)) => consensus::board(app, matter, mode, Some(name)),
        Some(Left::Roll(id, mode)) => call::board(app, id, mode, Some(name)),
        None => Ok(()),
    }
}

/// Withdraws the finding at the cursor.
pub fn withdraw(app: &mut App) -> Result<()> {
    if app.home.pane == Pane::Meeting
        && !matches!(app.focused(), Target::Finding(_) | Target::Question(_))
    {
        return meeting::withdraw(app);
    }
    let id = match app.focused() {
        Target::Finding(id) => id,
        Target::Question(_) => return ask::drop_question(app),
        _ => {
            return Err(Error::no_target(
                "Only a finding or a question can be withdrawn. Go to it in the dossier.",
            ));
        }
    };
    let edit = edit::withdraw(app.workspace.review(), &id)?;
    let by = app
        .workspace
        .review()
        .records
        .findings
        .get(&id)
        .map(|finding| finding.by.clone())
        .filter(|by| by != app.workspace.author());
    if let Some(by) = by
        && !app.confirm(&format!("{by} wrote this. Withdraw it?"))?
    {
        return Ok(());
    }
    app.commit(edit).map(drop)
}

/// Shows what else can be done with what the cursor is on.
pub fn other(app: &mut App) -> Result<()> {
    match app.focused() {
        Target::Deliverable(number) => record::rate_deliverable(app, number),
        Target::Question(number) => ask::moves(app, number),
        Target::Finding(_) => {
            let choices = [
                Choice::keyed("other words here", 'e'),
                Choice::keyed("other words in $EDITOR", 'E'),
                Choice::keyed("withdraw", 'w'),
                Choice::keyed("copy", 'y'),
            ];
            match app.pick("This finding", &choices, None, false)?.as_deref() {
                Some("other words here") => edit(app),
                Some("other words in $EDITOR") => super::editor::edit_in_editor(app),
                Some("withdraw") => withdraw(app),
                Some("copy") => super::give::copy(app),
                _ => Ok(()),
            }
        }
        Target::Field(_) => edit(app),
        Target::Action(id) => meeting::action(app, &id),
        Target::Decision(id) => meeting::decision(app, id),
        Target::Agenda(_) | Target::Queued(_) | Target::Person(_) | Target::Meeting(_) => {
            meeting::edit(app)
        }
        Target::Position(id) => consensus::other(app, &id),
        _ => {
            let choices = [
                Choice::keyed("write a finding on it", 'f'),
                Choice::keyed("copy", 'y'),
            ];
            match app.pick("This record", &choices, None, false)?.as_deref() {
                Some("copy") => super::give::copy(app),
                Some(_) => capture::finding(app),
                None => Ok(()),
            }
        }
    }
}

/// Lists the drafts and opens the one chosen.
pub fn drafts(app: &mut App) -> Result<()> {
    let places = app.workspace.drafts()?;
    let drafts: Vec<(String, Purpose)> = places
        .into_iter()
        .filter_map(|place| Purpose::of_place(&place).map(|p| (place, p)))
        .collect();
    if drafts.is_empty() {
        return Err(Error::slip(
            "There is no draft: everything typed is recorded.",
        ));
    }
    let mut choices = Vec::new();
    let masked = app.masks_private();
    for (n, (place, purpose)) in (1..).zip(&drafts) {
        let draft = app.workspace.draft(place)?.unwrap_or_default();
        let is_private = Writer::new(purpose.clone(), None, &draft.text, true)
            .private_from(app.workspace.review())
            .is_some();
        let words = if masked && is_private {
            MASKED.to_owned()
        } else {
            draft.text.replace('\n', " ")
        };
        choices.push(Choice::plain(&format!(
            "{n} {}: {words}",
            purpose.label(app.workspace.review())
        )));
    }
    let Some(chosen) = app.pick("Typed and not recorded", &choices, None, false)? else {
        return Ok(());
    };
    let Some((_, (place, purpose))) = choices
        .iter()
        .zip(drafts)
        .find(|(choice, _)| choice.label == chosen)
    else {
        return Ok(());
    };
    if let Purpose::Field(number, field) = purpose {
        app.home.select(number);
        app.home.open(Section::Assessment);
        app.focus(&Target::Field(field));
    } else if let Purpose::Finding(about) = &purpose
        && let Some(number) = app.workspace.review().recommendation_of(about)
    {
        app.home.select(number);
    }
    app.left = match &purpose {
        Purpose::Objection(matter, _) => Some(Left::Consensus(matter.clone(), 1)),
        Purpose::Statement(matter, _) => Some(Left::Consensus(matter.clone(), 0)),
        Purpose::Interest(id, _) => Some(Left::Roll(id.clone(), 0)),
        _ => None,
    };
    app.writer = Some(writer_at(app, purpose, place)?);
    Ok(())
}
