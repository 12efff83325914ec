//! Every change of a recommendation's assessment, verdicts, findings and questions, newest first.

use super::findings::local;
use super::{Context, Item};
use crate::model::journal::change::{Change, Operation, Role};
use crate::model::record::answer::Answer;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::record::position::Position;
use crate::model::record::question::RecordedQuestion;
use crate::model::text::visible;
use crate::tui::home::Target;
use crate::tui::widgets::prose;
use crate::workspace::written;
use ratatui::text::{Line, Span};

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
    // Of a finding its words say it all; who and when stand above.
    let telling = |change: &&Change| match change.record {
        Record::Finding(_) => {
            matches!(
                change.field,
                Finding::TEXT | Finding::SAID_BY | Finding::WITHDRAWN
            )
        }
        Record::Question(_) => matches!(
            change.field,
            RecordedQuestion::TEXT
                | RecordedQuestion::STATE
                | RecordedQuestion::DUE
                | RecordedQuestion::BRIEFING
                | RecordedQuestion::REASON
        ),
        Record::Position(_) => matches!(change.field, Position::TEXT | Position::STATEMENT),
        Record::Answer(_) => matches!(
            change.field,
            Answer::TEXT | Answer::BY | Answer::SATISFIES | Answer::WHY
        ),
        _ => true,
    };
    for change in operation.changes.iter().filter(telling) {
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
