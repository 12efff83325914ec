//! Giving: what leaves the program by clipboard or file.

use crate::error::{Error, Result};
use crate::interchange::report::questions::Wanted;
use crate::model::edit::about_label;
use crate::model::record::assessment::Assessment;
use crate::model::record::describe::Described;
use crate::model::record::finding::About;
use crate::model::review::Review;
use crate::store::shown;
use crate::tui::app::App;
use crate::tui::dialogs::{Choice, Pick};
use crate::tui::home::{Pane, Target};
use crate::tui::screens::{assessment, positions};
use crate::workspace::export::{Format, Kind};
use crate::workspace::report::Form;
use std::path::PathBuf;

/// Offers what the cursor is on to the terminal's clipboard: a record as text with where it stands; in the list the recommendation.
pub fn copy(app: &mut App) -> Result<()> {
    let text = text(app);
    let lines = text.lines().count();
    app.console.copy(&text)?;
    let what = match lines {
        1 => "1 line".to_owned(),
        n => format!("{n} lines"),
    };
    app.tell(format!("Offered to the terminal's clipboard: {what}."));
    Ok(())
}

fn text(app: &App) -> String {
    let review = app.workspace.review();
    let whole = || recommendation(review, app);
    match app.focused() {
        Target::Question(number) => review.question(number).map_or_else(
            |_| whole(),
            |q| format!("{}: {} ({})", q.number, q.text, q.origin()),
        ),
        Target::Finding(id) => review.records.findings.get(&id).map_or_else(whole, |f| {
            let said = f
                .said_by
                .as_ref()
                .map_or_else(String::new, |name| format!(", said by {name}"));
            format!(
                "{} ({}{said}): {}",
                about_label(review, &f.about),
                f.by,
                f.text
            )
        }),
        Target::Position(id) => review
            .records
            .positions
            .get(&id)
            .map_or_else(whole, |held| positions::as_text(review, held)),
        Target::Remark(place) => review
            .catalogue
            .remarks
            .get(place)
            .map_or_else(whole, |r| format!("{} ({})", r.text, r.source)),
        Target::Field(field) => {
            let value = assessment::value(review, app.home.selected, field);
            format!(
                "{}, {}: {}",
                about_label(review, &About::Recommendation(app.home.selected)),
                field.label(),
                value.unwrap_or_else(|| "unset".to_owned())
            )
        }
        Target::Nothing if matches!(app.home.pane, Pane::List | Pane::Presenter) => whole(),
        _ => app.focused_text().unwrap_or_else(whole),
    }
}

fn recommendation(review: &Review, app: &App) -> String {
    let Ok(recommendation) = review.recommendation(app.home.selected) else {
        return String::new();
    };
    let mut text = format!(
        "Rec {}, {}: {} ({})",
        recommendation.number, recommendation.label, recommendation.text, recommendation.source
    );
    for known in Assessment::DESCRIPTION.fields {
        if let Some(value) = assessment::value(review, recommendation.number, known.field) {
            text += &format!("\n{}: {value}", known.field.label());
        }
    }
    text
}

/// What can be written to a file.
#[derive(Debug, Clone, Copy)]
enum What {
    Record(Kind, Format),
    Questions(Form),
    Call,
}

/// What is offered: its label, its key.
const OFFERED: [(&str, char, What); 14] = [
    ("the report or the mail of the last call", 'l', What::Call),
    (
        "assessments for colleagues (TOML)",
        'a',
        What::Record(Kind::Assessments, Format::Toml),
    ),
    (
        "assessments to send after the call (Markdown)",
        'm',
        What::Record(Kind::Assessments, Format::Markdown),
    ),
    (
        "findings (TOML)",
        'f',
        What::Record(Kind::Findings, Format::Toml),
    ),
    (
        "questions (TOML)",
        'u',
        What::Record(Kind::Questions, Format::Toml),
    ),
    (
        "questions for a spreadsheet (CSV)",
        's',
        What::Record(Kind::Questions, Format::Csv),
    ),
    (
        "the report of the questions (Markdown)",
        'r',
        What::Questions(Form::Markdown),
    ),
    (
        "the report of the questions (HTML)",
        'h',
        What::Questions(Form::Html),
    ),
    (
        "meetings (TOML)",
        'n',
        What::Record(Kind::Meetings, Format::Toml),
    ),
    (
        "the action items for a spreadsheet (CSV)",
        'i',
        What::Record(Kind::Meetings, Format::Csv),
    ),
    (
        "changes (TOML)",
        'c',
        What::Record(Kind::Changes, Format::Toml),
    ),
    (
        "everything (TOML)",
        'e',
        What::Record(Kind::Everything, Format::Toml),
    ),
    (
        "everything for another program (JSON)",
        'o',
        What::Record(Kind::Everything, Format::Json),
    ),
    (
        "the catalogue (TOML)",
        't',
        What::Record(Kind::Catalogue, Format::Toml),
    ),
];

/// Asks what to export and where to, and writes the file whole or not at all.
pub fn export(app: &mut App) -> Result<()> {
    let choices: Vec<Choice> = OFFERED
        .iter()
        .map(|(label, key, _)| Choice::keyed(label, *key))
        .collect();
    let Some(chosen) = app.pick_from(Pick::new("Export", &choices).enter_picks())? else {
        return Ok(());
    };
    let Some((_, _, wanted)) = OFFERED.into_iter().find(|(label, ..)| *label == chosen) else {
        return Ok(());
    };
    let (text, what) = match wanted {
        What::Record(kind, format) => app.workspace.export(kind, format, false)?,
        What::Questions(form) => app.workspace.report_questions(&Wanted::default(), form),
        What::Call => {
            let id = app.workspace.last_call()?;
            return super::report::offer(app, &id);
        }
    };
    write(app, &what, &file_name(app, wanted), &text).map(drop)
}

/// Asks for the name of a file and writes it, whole or not at all; answers whether it was written.
pub(super) fn write(app: &mut App, what: &str, offered: &str, text: &str) -> Result<bool> {
    let Some(path) = target(app, what, offered)? else {
        return Ok(false);
    };
    app.workspace.write_file(&path, text)?;
    app.tell(format!("Wrote {what} to {}.", shown(&path)));
    Ok(true)
}

/// Asks for the name of a file, and whether one that is there may be replaced.
pub(super) fn target(app: &mut App, what: &str, offered: &str) -> Result<Option<PathBuf>> {
    let Some(name) = app.ask(&format!("Write {what} to"), offered)? else {
        return Ok(None);
    };
    if name.is_empty() {
        return Err(Error::slip("A file needs a name; nothing was written."));
    }
    let path = PathBuf::from(&name);
    if path.exists() && !app.confirm(&format!("{} exists. Replace it?", shown(&path)))? {
        app.tell("Nothing was written.");
        return Ok(None);
    }
    Ok(Some(path))
}

fn file_name(app: &App, what: What) -> String {
    fn word<T: PartialEq>(all: &[(&'static str, T)], wanted: &T) -> &'static str {
        all.iter()
            .find(|(_, known)| known == wanted)
            .map_or("record", |(word, _)| word)
    }
    let (word, ending) = match what {
        What::Record(Kind::Meetings, Format::Csv) => ("action-items", "csv"),
        What::Record(kind, format) => (word(&Kind::ALL, &kind), word(&Format::ALL, &format)),
        What::Questions(form) => ("questions-report", word(&Form::ALL, &form)),
        What::Call => ("call-report", "md"),
    };
    let review = &app.workspace.review().catalogue.header.review;
    format!("{}-{word}.{ending}", review.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::OFFERED;

    #[test]
    fn every_choice_of_the_export_has_a_key_of_its_own() {
        for (at, (label, key, _)) in OFFERED.iter().enumerate() {
            assert!(
                OFFERED[..at]
                    .iter()
                    .all(|(other, taken, _)| other != label && taken != key),
                "{label} {key}"
            );
            assert!(!"jkq".contains(*key), "{key} moves or closes");
        }
    }
}
