//! Giving: what leaves the program by clipboard or file.

use crate::error::Result;
use crate::model::edit::about_label;
use crate::model::finding::About;
use crate::model::review::Review;
use crate::tui::app::App;
use crate::tui::home::{Pane, Target};

/// Copies what the cursor is on: a record as text with where it stands; in the list the recommendation.
pub fn copy(app: &mut App) -> Result<()> {
    let text = text(app);
    let lines = text.lines().count();
    app.console.copy(&text)?;
    let what = match lines {
        1 => "1 line".to_owned(),
        n => format!("{n} lines"),
    };
    app.tell(format!("Sent to the terminal's clipboard: {what}."));
    Ok(())
}

fn text(app: &App) -> String {
    let review = app.workspace.review();
    let whole = || recommendation(review, app);
    match app.focused() {
        Target::Question(number) => {
            review.question(number).map_or_else(|_| whole(), |q| format!("{}: {} ({})", q.number, q.text, q.source))
        }
        Target::Finding(id) => review.findings.get(&id).map_or_else(whole, |f| {
            let said = f.said_by.as_ref().map_or_else(String::new, |name| format!(", said by {name}"));
            format!("{} ({}{said}): {}", about_label(&f.about), f.by, f.text)
        }),
        Target::Remark(place) => review.catalogue.remarks.get(place).map_or_else(whole, |r| format!("{} ({})", r.text, r.source)),
        Target::Field(field) => {
            let value = review.assessment(app.home.selected).to_fields().remove(&field);
            format!(
                "{}, {}: {}",
                about_label(&About::Recommendation(app.home.selected)),
                field.label(),
                value.unwrap_or_else(|| "unset".to_owned())
            )
        }
        Target::Nothing if app.home.pane == Pane::List => whole(),
        _ => app.focused_text().unwrap_or_else(whole),
    }
}

fn recommendation(review: &Review, app: &App) -> String {
    let Ok(recommendation) = review.recommendation(app.home.selected) else { return String::new() };
    let assessment = review.assessment(recommendation.number);
    let mut text = format!("Rec {}, {}: {} ({})", recommendation.number, recommendation.label, recommendation.text, recommendation.source);
    for (field, value) in assessment.to_fields() {
        text += &format!("\n{}: {value}", field.label());
    }
    text
}

/// Asks what to export and where to, and writes the file whole or not at all.
pub fn export(app: &mut App) -> Result<()> {
    app.tell("Exporting comes with the command line.");
    Ok(())
}
