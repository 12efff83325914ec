//! What was noted on a recommendation and its questions, oldest first.

use super::{Context, Item, MASKED};
use crate::model::record::finding::{About, Finding};
use crate::model::vocabulary::FindingKind;
use crate::tui::home::Target;
use crate::tui::widgets::prose;
use chrono::{DateTime, Local, Utc};
use ratatui::text::{Line, Span};

/// The items of the section.
pub fn items(context: &Context<'_>) -> Vec<Item> {
    let found = context.review.findings_on(context.number, context.reader);
    if found.is_empty() {
        return vec![context.plain(
            "Nothing noted yet. f writes a finding.",
            context.theme.quiet,
        )];
    }
    found
        .into_iter()
        .map(|finding| item(context, finding))
        .collect()
}

fn item(context: &Context<'_>, finding: &Finding) -> Item {
    let theme = context.theme;
    let mut head = vec![
        Span::styled(local(finding.at), theme.quiet),
        Span::raw(" "),
        Span::styled(finding.by.clone(), theme.strong),
    ];
    let masked = finding.private && context.masked;
    if let Some(name) = finding.said_by.as_ref().filter(|_| !masked) {
        head.extend([
            Span::raw(", said by "),
            Span::styled(name.clone(), theme.strong),
        ]);
    }
    if let About::Question(id) = &finding.about {
        let number = context.review.question_label(id);
        head.push(Span::styled(format!(", on {number}"), theme.quiet));
    }
    if finding.kind == FindingKind::Note {
        head.push(Span::styled(", note", theme.quiet));
    }
    if finding.private {
        head.push(Span::styled(", private", theme.partly));
    }
    let mut lines = vec![Line::from(head)];
    lines.extend(prose::block(
        2,
        if masked { MASKED } else { &finding.text },
        theme.text,
        context.width,
    ));
    lines.push(Line::default());
    Item {
        target: Target::Finding(finding.id.clone()),
        lines,
    }
}

/// A moment in local time, as lists show it.
pub fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local)
        .format("%Y-%m-%d %H:%M")
        .to_string()
}
