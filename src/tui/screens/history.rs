//! Every change of a recommendation's assessment, verdicts, findings and questions, newest first.

use super::findings::local;
use super::{Context, Item};
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::record::answer::Answer;
use crate::model::record::describe::Field;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Kind;
use crate::model::record::position::Position;
use crate::model::record::question::RecordedQuestion;
use crate::model::text::visible;
use crate::tui::home::Target;
use crate::tui::widgets::prose;
use crate::workspace::written;
use ratatui::text::{Line, Span};

/// The fields whose changes are shown, of kinds of which not all are: of a finding, its words say it all; who and when stand above.
const SHOWN: [(Kind, &[Field]); 4] = [
    (
        Kind::Finding,
        &[Finding::TEXT, Finding::SAID_BY, Finding::WITHDRAWN],
    ),
    (
        Kind::Question,
        &[
            RecordedQuestion::TEXT,
            RecordedQuestion::STATE,
            RecordedQuestion::DUE,
            RecordedQuestion::BRIEFING,
            RecordedQuestion::REASON,
        ],
    ),
    (Kind::Position, &[Position::TEXT, Position::STATEMENT]),
    (
        Kind::Answer,
        &[Answer::TEXT, Answer::BY, Answer::SATISFIES, Answer::WHY],
    ),
];

/// The items of the section.
pub fn items(context: &Context<'_>, operations: &[Operation]) -> Vec<Item> {
    if operations.is_empty() {
        return vec![context.plain("Nothing was recorded yet.", context.theme.quiet)];
    }
    operations
        .iter()
        .rev()
        .filter_map(|operation| item(context, operation))
        .collect()
}

fn item(context: &Context<'_>, operation: &Operation) -> Option<Item> {
    let theme = context.theme;
    let record = operation.changes.first()?.record.clone();
    let doing = match operation.role {
        Role::Do => "",
        Role::Undo(_) => "undid: ",
        Role::Redo(_) => "redid: ",
    };
    let head = vec![
        Span::styled(local(operation.at), theme.quiet),
        Span::raw(" "),
        Span::styled(operation.by.clone(), theme.strong),
    ];
    let mut lines = vec![Line::from(head)];
    lines.extend(prose::block(
        2,
        &format!("{doing}{}", operation.label),
        theme.text,
        context.width,
    ));
    let is_shown = |change: &&Change| {
        let mut kinds = SHOWN.iter();
        let kind = change.record.kind();
        let shown = kinds.find(|(other, _)| kind == Some(*other));
        shown.is_none_or(|(_, fields)| fields.contains(&change.field))
    };
    for change in operation.changes.iter().filter(is_shown) {
        lines.push(change_line(context, change));
    }
    lines.push(Line::default());
    Some(Item {
        target: Target::Change(record),
        lines,
    })
}

fn change_line(context: &Context<'_>, change: &Change) -> Line<'static> {
    let show = |value: &Option<String>| match value {
        None => "unset".to_owned(),
        Some(value) => visible(&written(
            context.review,
            &change.record,
            change.field,
            value,
        )),
    };
    let text = format!(
        "    {}: {} {} {}",
        change.field.label(),
        show(&change.before),
        context.theme.signs.arrow,
        show(&change.after)
    );
    Line::styled(
        prose::clip(
            &text,
            context.width.min(prose::MEASURE),
            context.theme.signs.more,
        ),
        context.theme.quiet,
    )
}
