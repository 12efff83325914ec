//! The lines that show what the team is about to agree to, before that is recorded: verdicts and what speaks against agreeing first, then the texts.

use super::edits;
use crate::model::call::agreement::Agreement;
use crate::model::record::assessment::Assessment;
use crate::model::record::describe::Described;
use crate::model::record::value::Form;
use crate::tui::screens::positions::until;
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use chrono::NaiveDate;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The width of the labels, in cells.
const LABEL: usize = 13;

/// The lines, wrapped to this width.
pub fn lines(
    agreement: &Agreement,
    theme: &Theme,
    width: usize,
    today: NaiveDate,
) -> Vec<Line<'static>> {
    let fact = |label: &str, text: &str, style: Style| {
        prose::hanging(
            vec![Span::styled(format!(" {label:<LABEL$}"), theme.quiet)],
            LABEL + 1,
            text,
            style,
            width,
        )
    };
    let assessment = &agreement.assessment;
    let verdicts: Vec<String> = [
        assessment.implementation.map(|word| word.to_string()),
        assessment.relevance.map(|word| word.to_string()),
        assessment
            .effect
            .map(|word| format!("intended effect {word}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut lines = fact("verdict", &verdicts.join(" · "), theme.strong);
    let earlier = if agreement.designated_earlier {
        ", for an earlier wording"
    } else {
        ""
    };
    let designation = assessment.consensus.map_or_else(
        || "none chosen".to_owned(),
        |word| format!("{word}{earlier}"),
    );
    lines.extend(fact("designation", &designation, theme.text));
    lines.extend(fact("agree", &counted(&agreement.agree), theme.text));
    let against = against(agreement, today);
    if against.is_empty() {
        lines.extend(fact("against it", "nothing", theme.text));
    }
    for (label, text) in against {
        lines.extend(fact(label, &text, theme.bad));
    }
    if !agreement.abstain.is_empty() {
        lines.extend(fact("abstain", &counted(&agreement.abstain), theme.text));
    }
    let fields = assessment.to_fields();
    let texts = Assessment::DESCRIPTION
        .fields
        .iter()
        .filter(|known| known.form == Form::Prose);
    for field in texts.map(|known| known.field) {
        let Some(text) = fields.get(&field) else {
            continue;
        };
        lines.push(Line::styled(format!(" {}", field.label()), theme.quiet));
        lines.extend(prose::block(3, text, theme.text, width));
    }
    if let Some((known, edited)) = &agreement.edits {
        lines.push(Line::styled(
            format!(" {}", edits::heading(known)),
            theme.strong,
        ));
        lines.extend(
            edited
                .iter()
                .flat_map(|edit| edits::lines(edit, theme, width)),
        );
    }
    lines
}

/// What speaks against agreeing, each with its label.
fn against(agreement: &Agreement, today: NaiveDate) -> Vec<(&'static str, String)> {
    let mut against = Vec::new();
    for (name, why) in &agreement.object {
        let why = why
            .as_deref()
            .unwrap_or("no reason recorded")
            .replace('\n', " ");
        against.push(("objects", format!("{name}: {why}")));
    }
    if !agreement.agreed_earlier.is_empty() {
        against.push((
            "earlier",
            format!(
                "{} agreed to an earlier wording",
                counted(&agreement.agreed_earlier)
            ),
        ));
    }
    if !agreement.not_heard.is_empty() {
        against.push(("not heard", counted(&agreement.not_heard)));
    }
    if let Some(day) = agreement
        .assessment
        .objections_by
        .filter(|day| *day >= today)
    {
        against.push(("objections", until(day, today)));
    }
    let waits: Vec<String> = agreement
        .waits_for
        .iter()
        .map(|(number, state)| format!("{number} ({state})"))
        .collect();
    if !waits.is_empty() {
        against.push(("waits for", waits.join(", ")));
    }
    against
}

fn counted(names: &[String]) -> String {
    if names.is_empty() {
        "nobody".to_owned()
    } else {
        format!("{}: {}", names.len(), names.join(", "))
    }
}
