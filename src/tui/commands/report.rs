//! The report of a call: read here, written to a file, which is how it goes out, copied, and locked.
//!
//! What goes out is recorded as a version: from then on changes to what it says are corrections. Reading it, and a draft in a file, are not. Nor is
//! copying it: see [`copied_report`].

use super::{call, copied_report, give};
use crate::error::Result;
use crate::model::ids::MeetingId;
use crate::store::shown;
use crate::tui::app::App;
use crate::tui::dialogs::{Choice, Pick};
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use crate::workspace::report::CallForm;

/// What can be done with the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Copy,
    Arrived,
    File(CallForm),
    CopyMail,
    Read,
    Draft,
    Lock(bool),
}

/// Offers everything that can be done with the report of the meeting shown.
pub fn report(app: &mut App) -> Result<()> {
    let id = call::shown(app)?;
    offer(app, &id)
}

/// Offers everything that can be done with the report of a call.
pub(super) fn offer(app: &mut App, id: &MeetingId) -> Result<()> {
    // Refused before anything is offered, where there is nothing to report.
    let (text, what) = app.workspace.report_call(id, CallForm::Markdown)?;
    let review = app.workspace.review();
    let running = review
        .records
        .meetings
        .get(id)
        .is_some_and(|held| held.is_running());
    let sent = review
        .records
        .reports_of(id)
        .next_back()
        .map(|(_, report)| (report.version, report.locked));
    let mut steps: Vec<(String, char, Step)> = Vec::new();
    if !running {
        steps.extend(copied_report::unanswered(app, id).map(|copied| {
            let label = format!(
                "the copied report arrived: version {} went out",
                copied.version
            );
            (label, 'a', Step::Arrived)
        }));
        steps.extend([
            ("copy the report".to_owned(), 'c', Step::Copy),
            (
                "the report to a file (Markdown): it goes out".to_owned(),
                'm',
                Step::File(CallForm::Markdown),
            ),
            (
                "the report to a file (HTML): it goes out".to_owned(),
                'h',
                Step::File(CallForm::Html),
            ),
        ]);
    }
    steps.extend([
        (
            "copy the mail of decisions and action items".to_owned(),
            'e',
            Step::CopyMail,
        ),
        ("read on".to_owned(), 'v', Step::Read),
        (
            "a draft of the report to a file (Markdown)".to_owned(),
            'd',
            Step::Draft,
        ),
    ]);
    steps.extend(sent.map(|(number, locked)| match locked {
        false => (
            format!("lock version {number}: no more corrections"),
            'l',
            Step::Lock(true),
        ),
        true => (format!("unlock version {number}"), 'l', Step::Lock(false)),
    }));
    let choices: Vec<Choice> = steps
        .iter()
        .map(|(label, key, _)| Choice::keyed(label, *key))
        .collect();
    let lines = |theme: &Theme, width: usize| prose::block(1, &text, theme.text, width);
    let Some(chosen) = app.pick_from(
        Pick::new(&capital(&what), &choices)
            .with_text(&lines)
            .enter_picks()
            .with_no_selection(),
    )?
    else {
        return Ok(());
    };
    let Some((_, _, step)) = steps.into_iter().find(|(label, ..)| *label == chosen) else {
        return Ok(());
    };
    match step {
        Step::Copy => copied_report::copy(app, id),
        Step::Arrived => copied_report::record(app),
        Step::CopyMail => {
            let (text, what) = app.workspace.report_call(id, CallForm::Mail)?;
            app.console.copy(&text)?;
            app.tell(format!("Offered to the terminal's clipboard: {what}."));
            Ok(())
        }
        Step::File(form) => send_to_file(app, id, form),
        Step::Draft => give::write(
            app,
            &format!("a draft of {what}"),
            &file_name(app, id, "draft.md"),
            &text,
        )
        .map(drop),
        Step::Read => app.read(&capital(&what), &|theme, width| {
            prose::block(0, &text, theme.text, width)
        }),
        Step::Lock(locked) => {
            app.require_refusal_seen()?;
            let done = app.workspace.lock_report(id, locked)?;
            app.tell_recorded(format!("{done}."));
            Ok(())
        }
    }
}

/// Writes the report to a file and records that it went out: the name first, since others go on recording while it is asked for.
fn send_to_file(app: &mut App, id: &MeetingId, form: CallForm) -> Result<()> {
    let ending = if form == CallForm::Html { "html" } else { "md" };
    let Some(path) = give::target(
        app,
        &format!("the report of {}", app.workspace.review().meeting_label(id)),
        &file_name(app, id, ending),
    )?
    else {
        return Ok(());
    };
    let mut written = String::new();
    let done = app
        .workspace
        .send_report(id, form, &mut |workspace, given| {
            workspace.write_file(&path, &given.text)?;
            written = format!("Wrote {} to {}.", given.what, shown(&path));
            Ok(())
        })?;
    app.tell_recorded(format!("{written} {done}."));
    Ok(())
}

fn file_name(app: &App, id: &MeetingId, ending: &str) -> String {
    let review = app.workspace.review();
    let (name, meeting) = (&review.catalogue.header.review, review.meeting_name(id));
    format!("{}-{meeting}-report.{ending}", name.to_lowercase())
}

pub(super) fn capital(what: &str) -> String {
    let mut chars = what.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Offers the report of the call that has just ended.
pub(super) fn after_end(app: &mut App, id: &MeetingId) -> Result<()> {
    app.tell_recorded(format!(
        "Recorded: {} ended. R offers its report again.",
        app.workspace.review().meeting_label(id)
    ));
    offer(app, id)
}
