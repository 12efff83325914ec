//! The assessment as a form: every field, and above them the step that the chair's decision tree asks for next.

use super::{Context, Item};
use crate::model::ids::RecommendationNumber;
use crate::model::record::assessment::{Assessment, Step, next_step};
use crate::model::record::describe::{Described, Field};
use crate::model::record::kinds::Record;
use crate::model::record::question::Question;
use crate::model::record::value::Form;
use crate::model::review::Review;
use crate::tui::home::Target;
use crate::tui::widgets::prose;
use crate::workspace::written;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// The order of the form: verdicts, what the tree asks to be written, then how far it has come.
pub const ORDER: [Field; 13] = [
    Assessment::IMPLEMENTATION,
    Assessment::RELEVANCE,
    Assessment::EFFECT,
    Assessment::FINDING,
    Assessment::FURTHER_WORK,
    Assessment::WHAT_WAS_DONE,
    Assessment::HOW_ASSESSED,
    Assessment::STANDING,
    Assessment::OBJECTIONS_BY,
    Assessment::CONSENSUS,
    Assessment::PENHOLDER,
    Assessment::AGREED_IN,
    Assessment::BLOCKED_BY,
];

/// The field that a step of the tree is about.
pub fn field_of(step: Step) -> Option<Field> {
    match step {
        Step::Implementation => Some(Assessment::IMPLEMENTATION),
        Step::Relevance => Some(Assessment::RELEVANCE),
        Step::Effect => Some(Assessment::EFFECT),
        Step::StatementNotRelevant | Step::StatementEffect => Some(Assessment::FINDING),
        Step::FurtherWork => Some(Assessment::FURTHER_WORK),
        Step::Done => None,
    }
}

/// The items of the section.
pub fn items(context: &Context<'_>) -> Vec<Item> {
    debug_assert_eq!(ORDER.len(), Assessment::DESCRIPTION.fields.len());
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
        if matches!(field, Assessment::EFFECT | Assessment::HOW_ASSESSED) {
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
        Assessment::EFFECT => "intended effect".to_owned(),
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
    Assessment::DESCRIPTION
        .field(field.word())
        .is_some_and(|known| known.form == Form::Prose)
}

/// The value of a field as people write it.
pub fn value(review: &Review, number: RecommendationNumber, field: Field) -> Option<String> {
    let value = review.assessment(number).to_fields().remove(&field)?;
    Some(written(review, &Record::Assessment(number), field, &value))
}

/// The value of a field as the form shows it: sign and full word.
fn shown(context: &Context<'_>, assessment: &Assessment, field: Field) -> (Option<String>, Style) {
    let theme = context.theme;
    match field {
        Assessment::IMPLEMENTATION => {
            let (sign, _, style) = theme.implementation(assessment.implementation);
            (
                assessment.implementation.map(|v| format!("{sign} {v}")),
                style,
            )
        }
        Assessment::EFFECT => match assessment.effect {
            Some(effect) => {
                let (sign, style) = theme.effect(effect);
                (Some(format!("{sign} {effect}")), style)
            }
            None => (None, theme.quiet),
        },
        Assessment::STANDING => (
            assessment.standing.map(|s| s.to_string()),
            assessment
                .standing
                .map_or(theme.text, |s| theme.standing(s)),
        ),
        Assessment::BLOCKED_BY if !assessment.blocked_by.is_empty() => {
            let review = context.review;
            let stands = |question: &Question| {
                format!("{} {}", question.number, review.question_state(question))
            };
            let named = assessment.blocked_by.iter();
            let mut named: Vec<&Question> =
                named.filter_map(|id| review.questions.by_id(id)).collect();
            named.sort_by_key(|question| question.number);
            let told = named.into_iter().map(stands).collect::<Vec<_>>().join(", ");
            match review.waits_for(context.number).is_empty() {
                true => (Some(format!("nothing any more ({told})")), theme.good),
                false => (Some(told), theme.partly),
            }
        }
        _ => (value(context.review, context.number, field), theme.text),
    }
}
