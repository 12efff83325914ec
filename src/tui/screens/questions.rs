//! The questions the team put on a recommendation, each with where it stands, its answers, and what is odd about it.

use super::{Context, Item};
use crate::model::record::answer::Answer;
use crate::model::record::question::Question;
use crate::model::vocabulary::{QuestionState, Satisfies};
use crate::tui::home::Target;
use crate::tui::widgets::prose;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The items of the section.
pub fn items(context: &Context<'_>, selected: usize) -> Vec<Item> {
    let theme = context.theme;
    let mut items = Vec::new();
    if let Some((text, style)) = waiting(context) {
        items.push(context.plain(&text, style));
    }
    let mut briefing = None;
    let mut questions: Vec<&Question> = context.review.questions_on(context.number).collect();
    questions.sort_by_key(|q| {
        let name = q.recorded.briefing.as_ref();
        let place = name.map(|name| (context.review.catalogue.briefing_place(name), name.word()));
        (place.is_none(), place, q.number)
    });
    for question in questions {
        if briefing != Some(&question.recorded.briefing) {
            briefing = Some(&question.recorded.briefing);
            let heading = question.recorded.briefing.as_ref().map_or_else(
                || "no briefing".to_owned(),
                |name| format!("{name} briefing"),
            );
            items.push(context.plain(&heading, theme.strong));
        }
        let state = context.review.question_state(question);
        let head = vec![Span::styled(
            format!("{:<6}", question.number),
            theme.strong,
        )];
        let lines = prose::hanging(head, 6, &question.text, theme.quote, context.width);
        let mut lines = context.cited(lines, &format!("{state} · {}", question.origin()));
        lines.extend(below(context, question, 6));
        items.push(Item {
            target: Target::Question(question.number),
            lines,
        });
        for place in context.review.remarks.on_question(question.number) {
            if let Some(remark) = context.review.catalogue.remarks.get(*place) {
                let item = context.remark(*place, remark, items.len() == selected);
                items.push(item);
            }
        }
    }
    if items.is_empty() {
        items.push(context.plain(
            "No question was put on this recommendation. Q writes one.",
            theme.quiet,
        ));
    }
    items
}

/// What the recommendation waits for, or that it waits for nothing any more.
fn waiting(context: &Context<'_>) -> Option<(String, Style)> {
    let review = context.review;
    if review.assessment(context.number).blocked_by.is_empty() {
        return None;
    }
    let waits: Vec<String> = review
        .waits_for(context.number)
        .iter()
        .map(|question| question.number.to_string())
        .collect();
    Some(if waits.is_empty() {
        (
            "It waits for no question any more.".to_owned(),
            context.theme.good,
        )
    } else {
        (
            format!("It waits for {}.", waits.join(", ")),
            context.theme.partly,
        )
    })
}

/// What stands below the words of a question: who asked when, what it hangs together with, and the answers.
pub fn below(context: &Context<'_>, question: &Question, indent: usize) -> Vec<Line<'static>> {
    let theme = context.theme;
    let mut lines = Vec::new();
    let facts = facts(context, question);
    if !facts.is_empty() {
        lines.extend(prose::block(
            indent,
            &facts.join(" · "),
            theme.quiet,
            context.width,
        ));
    }
    for answer in context.review.answers_to(&question.id) {
        lines.extend(answer_lines(context, answer, indent));
    }
    lines
}

fn facts(context: &Context<'_>, question: &Question) -> Vec<String> {
    let mut facts = Vec::new();
    let state = context.review.question_state(question);
    match (&question.recorded.asked_by, question.recorded.asked_on) {
        (Some(by), Some(on)) => facts.push(format!("asked by {by} on {on}")),
        (Some(by), None) if state == QuestionState::Draft => facts.push(format!("drafted by {by}")),
        (Some(by), None) => facts.push(format!("asked by {by}")),
        (None, Some(on)) => facts.push(format!("asked on {on}")),
        (None, None) => {}
    }
    facts.extend(
        question
            .recorded
            .addressee
            .as_ref()
            .map(|to| format!("to {to}")),
    );
    facts.extend(
        question
            .age(context.today)
            .filter(|days| *days > 0)
            .map(|days| match days {
                1 => "1 day old".to_owned(),
                days => format!("{days} days old"),
            }),
    );
    if let Some(due) = question.recorded.due {
        let late = (context.today - due).num_days();
        let overdue = if state.is_open() && late > 0 {
            format!(", overdue by {late} days")
        } else {
            String::new()
        };
        facts.push(format!("due {due}{overdue}"));
    }
    let parent = question.recorded.parent.as_ref();
    facts.extend(parent.map(|id| format!("follows up {}", context.review.question_label(id))));
    for child in context.review.questions.children(&question.id) {
        facts.push(format!(
            "followed up by {}, {}",
            child.number,
            context.review.question_state(child)
        ));
    }
    let waiting = context.review.waiting_for(&question.id);
    facts.extend(waiting.iter().map(|on| format!("Rec {on} waits for it")));
    facts.extend(
        question
            .recorded
            .reason
            .as_ref()
            .map(|reason| format!("because: {reason}")),
    );
    facts
}

fn answer_lines(context: &Context<'_>, answer: &Answer, indent: usize) -> Vec<Line<'static>> {
    let theme = context.theme;
    let mut head = format!("{} Answer of {}", theme.signs.arrow, answer.on);
    if let Some(by) = &answer.by {
        head += &format!(" by {by}");
    }
    let style = match answer.satisfies {
        None => theme.text,
        Some(Satisfies::Yes) => theme.good,
        Some(Satisfies::Partly) => theme.partly,
        Some(Satisfies::No) => theme.bad,
    };
    if let Some(satisfies) = answer.satisfies {
        head += match satisfies {
            Satisfies::Yes => ", satisfies",
            Satisfies::Partly => ", satisfies partly",
            Satisfies::No => ", does not satisfy",
        };
    }
    if let Some(why) = &answer.why {
        head += &format!(": {why}");
    }
    let mut lines = prose::block(indent, &head, style, context.width);
    lines.extend(prose::block(
        indent + 2,
        &answer.text,
        theme.text,
        context.width,
    ));
    if let Some(link) = &answer.link {
        lines.extend(prose::block(indent + 2, link, theme.quiet, context.width));
    }
    lines
}
