//! The assessment as a form: every field, and above them the step that the chair's decision tree asks for next.

use super::{Context, Item};
use crate::model::assessment::{Assessment, Step, next_step};
use crate::model::fields::ASSESSMENT;
use crate::model::ids::QuestionNumber;
use crate::model::vocabulary::Field;
use crate::tui::home::Target;
use crate::tui::widgets::prose;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// The order of the form: verdicts, what the tree asks to be written, then how far it has come.
pub const ORDER: [Field; 13] = [
    Field::Implementation,
    Field::Relevance,
    Field::Effect,
    Field::Finding,
    Field::FurtherWork,
    Field::WhatWasDone,
    Field::HowAssessed,
    Field::Standing,
    Field::ObjectionsBy,
    Field::Consensus,
    Field::Penholder,
    Field::AgreedIn,
    Field::BlockedBy,
];

/// The field that a step of the tree is about.
pub fn field_of(step: Step) -> Option<Field> {
    match step {
        Step::Implementation => Some(Field::Implementation),
        Step::Relevance => Some(Field::Relevance),
        Step::Effect => Some(Field::Effect),
        Step::StatementNotRelevant | Step::StatementEffect => Some(Field::Finding),
        Step::FurtherWork => Some(Field::FurtherWork),
        Step::Done => None,
    }
}

/// The items of the section.
pub fn items(context: &Context<'_>) -> Vec<Item> {
    debug_assert_eq!(ORDER.len(), ASSESSMENT.len());
    let theme = context.theme;
    let assessment = context.review.assessment(context.number);
    let step = next_step(assessment);
    let mut items = Vec::new();
    let head = vec![Span::styled(format!("{} ", theme.signs.arrow), theme.key)];
    let mut lines = prose::hanging(
        head,
        2,
        step.question(),
        if step == Step::Done {
            theme.quiet
        } else {
            theme.strong
        },
        context.width,
    );
    lines.push(Line::default());
    items.push(Item {
        target: Target::Nothing,
        lines,
    });
    for field in ORDER {
        items.push(item(
            context,
            assessment,
            field,
            field_of(step) == Some(field),
        ));
        if matches!(field, Field::Effect | Field::HowAssessed) {
            items.push(Item {
                target: Target::Nothing,
                lines: vec![Line::default()],
            });
        }
    }
    if context.wide {
        items.push(context.heading("Findings"));
        items.extend(super::findings::items(context));
    }
    items
}

fn item(context: &Context<'_>, assessment: &Assessment, field: Field, wanted: bool) -> Item {
    let theme = context.theme;
    let label = match field {
        Field::Effect => "intended effect".to_owned(),
        other => other.label(),
    };
    let sign = if wanted { theme.signs.arrow } else { " " };
    let head = vec![
        Span::styled(format!("{sign} "), theme.key),
        Span::styled(format!("{label:<15} "), theme.quiet),
    ];
    let (value, style) = shown(context, assessment, field);
    let beside = value
        .as_ref()
        .is_some_and(|value| !is_prose(field) && 18 + value.width() <= context.width);
    let lines = match value {
        None => vec![with(head, Span::styled(theme.signs.unset, theme.quiet))],
        Some(value) if beside => prose::hanging(head, 18, &value, style, context.width),
        Some(value) => {
            let mut lines = vec![Line::from(head)];
            lines.extend(prose::block(4, &value, style, context.width));
            lines
        }
    };
    Item {
        target: Target::Field(field),
        lines,
    }
}

fn with(mut head: Vec<Span<'static>>, value: Span<'static>) -> Line<'static> {
    head.push(value);
    head.into()
}

/// Whether a field holds prose rather than a word or name.
pub fn is_prose(field: Field) -> bool {
    matches!(
        field,
        Field::WhatWasDone | Field::Finding | Field::HowAssessed | Field::FurtherWork
    )
}

/// The value of a field as the form shows it: sign and full word.
fn shown(context: &Context<'_>, assessment: &Assessment, field: Field) -> (Option<String>, Style) {
    let theme = context.theme;
    match field {
        Field::Implementation => {
            let (sign, _, style) = theme.implementation(assessment.implementation);
            (
                assessment.implementation.map(|v| format!("{sign} {v}")),
                style,
            )
        }
        Field::Effect => match assessment.effect {
            Some(effect) => {
                let (sign, style) = theme.effect(effect);
                (Some(format!("{sign} {effect}")), style)
            }
            None => (None, theme.quiet),
        },
        Field::Standing => (
            assessment.standing.map(|s| s.to_string()),
            assessment
                .standing
                .map_or(theme.text, |s| theme.standing(s)),
        ),
        Field::BlockedBy if !assessment.blocked_by.is_empty() => {
            let review = context.review;
            let stands = |number: &QuestionNumber| match review.questions.get(*number) {
                Some(question) => format!("{number} {}", review.question_state(question)),
                None => number.to_string(),
            };
            let told = assessment
                .blocked_by
                .iter()
                .map(stands)
                .collect::<Vec<_>>()
                .join(", ");
            match review.waits_for(context.number).is_empty() {
                true => (Some(format!("nothing any more ({told})")), theme.good),
                false => (Some(told), theme.partly),
            }
        }
        _ => (assessment.to_fields().remove(&field), theme.text),
    }
}
