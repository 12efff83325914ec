//! Capturing what is said on a call: findings and notes, action items and decisions, on any screen, in the line at its bottom.

use super::{call, write};
use crate::error::{Error, Result};
use crate::model::call::register::{self, Entry};
use crate::model::capture::{self, Captured, entry};
use crate::model::edit::{self, Note};
use crate::model::journal::change::Edit;
use crate::model::record::finding::About;
use crate::model::record::meeting::minutes_before;
use crate::tui::app::App;
use crate::tui::home::{Pane, Target};
use crate::tui::writer::Purpose;

/// What a finding without a mark is about: what is in focus, or the meeting on screen, or the selected recommendation if there is no meeting.
pub(super) fn about_in_focus(app: &App) -> About {
    let meeting = || call::shown(app).map(About::Meeting);
    in_focus(app)
        .or_else(|| meeting().ok())
        .unwrap_or(About::Recommendation(app.home.selected))
}

/// Opens the line for a finding on what is in focus.
pub fn finding(app: &mut App) -> Result<()> {
    let about = match in_focus(app) {
        Some(about) => about,
        None => About::Meeting(call::shown(app)?),
    };
    write::open(app, Purpose::Finding(about))
}

/// Opens the line for an action item.
pub fn action(app: &mut App) -> Result<()> {
    let about = in_focus(app);
    write::open(app, Purpose::Action(about))
}

/// Opens the line for a decision.
pub fn decision(app: &mut App) -> Result<()> {
    let about = in_focus(app);
    write::open(app, Purpose::Decision(about))
}

/// The record in focus that something can be about; none where the meeting as a whole is.
fn in_focus(app: &App) -> Option<About> {
    match app.focused() {
        Target::Question(number) => {
            let question = app.workspace.review().questions.get(number);
            question.map(|question| About::Question(question.id.clone()))
        }
        Target::Queued(number) => Some(About::Recommendation(number)),
        _ if app.home.pane == Pane::Meeting => None,
        _ => Some(About::Recommendation(app.home.selected)),
    }
}

/// While a number stands in front of what is typed, shows the record that it names; the one that was there before comes back with the end of
/// the line.
pub(super) fn preview(app: &mut App) {
    let Some(writer) = &app.writer else { return };
    let review = app.workspace.review();
    let about = match &writer.purpose {
        Purpose::Finding(_) => entry::finding(review, &writer.text()).0.about,
        Purpose::Action(_) => entry::action(review, &writer.text(), app.workspace.today()).about,
        Purpose::Decision(_) | Purpose::Question(_) => capture::read(review, &writer.text()).about,
        _ => return,
    };
    let wanted = about
        .as_ref()
        .and_then(|about| review.recommendation_of(about));
    let Some((selected, pane)) = app
        .scrolled
        .as_ref()
        .map(|scrolled| (scrolled.selected, scrolled.pane))
    else {
        return;
    };
    match (pane, &about) {
        (Pane::Questions, Some(About::Question(id))) => {
            let number = review.questions.by_id(id).map(|question| question.number);
            app.home.pane = pane;
            if let Some(number) = number {
                app.show_question(number);
            }
        }
        // Screens that show no recommendation make room for the one that is named.
        (Pane::Questions | Pane::Meeting, _) => {
            app.home.pane = if wanted.is_some() {
                Pane::Dossier
            } else {
                pane
            }
        }
        _ => {}
    }
    app.home.select(wanted.unwrap_or(selected));
}

/// The edit for what stands in the line as a finding or note.
pub(super) fn finding_edit(app: &App, about: &About, typed: &str) -> Result<Edit> {
    let (captured, kind, private) = entry::finding(app.workspace.review(), typed);
    refuse_unknown(&captured)?;
    let said_by = captured.said_by.one()?;
    let at = minutes_before(app.workspace.now(), captured.minutes_ago);
    let note = Note {
        about: captured.about.unwrap_or_else(|| about.clone()),
        kind,
        text: captured.text,
        by: app.workspace.author().to_owned(),
        said_by,
        at,
        private,
        during: app.workspace.review().during(at),
    };
    edit::note(app.workspace.review(), app.workspace.new_id(), note)
}

/// A marker that names nothing is told, and nothing is recorded.
fn refuse_unknown(captured: &Captured) -> Result<()> {
    let Some(unknown) = &captured.unknown else {
        return Ok(());
    };
    Err(Error::slip(match unknown.strip_prefix('#') {
        Some(_) => format!(
            "{unknown} names neither a recommendation nor a question; nothing was recorded."
        ),
        None if unknown.contains(" and ") => {
            format!("{unknown} cannot both hold; nothing was recorded.")
        }
        None => format!("{unknown} is no day; nothing was recorded."),
    })
    .hint("A number that belongs to the sentence stays as it is behind the first word."))
}

/// The edit for what stands in the line as an action item.
pub(super) fn action_edit(app: &App, about: Option<&About>, typed: &str) -> Result<Edit> {
    let line = entry::action(app.workspace.review(), typed, app.workspace.today());
    let entry = to_enter(app, about, line)?;
    register::ask_for(app.workspace.review(), app.workspace.new_id(), entry)
}

/// The edit for what stands in the line as a decision.
pub(super) fn decision_edit(app: &App, about: Option<&About>, typed: &str) -> Result<Edit> {
    let line = capture::read(app.workspace.review(), typed);
    let entry = to_enter(app, about, line)?;
    register::decide(app.workspace.review(), app.workspace.new_id(), entry)
}

fn to_enter(app: &App, about: Option<&About>, captured: Captured) -> Result<Entry> {
    refuse_unknown(&captured)?;
    let at = minutes_before(app.workspace.now(), captured.minutes_ago);
    Ok(Entry {
        text: captured.text,
        about: captured.about.or_else(|| about.cloned()),
        who: captured.said_by.one()?,
        due: captured.due,
        at,
        today: app.workspace.today(),
        by: app.workspace.author().to_owned(),
        during: app.workspace.review().during(at),
    })
}
