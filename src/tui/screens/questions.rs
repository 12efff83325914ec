//! The questions the team put on a recommendation, with their state and what is odd about them.

use super::{Context, Item};
use crate::tui::home::Target;
use crate::tui::widgets::prose;
use ratatui::text::Span;

/// The items of the section.
pub fn items(context: &Context<'_>, selected: usize) -> Vec<Item> {
    let theme = context.theme;
    let mut items = Vec::new();
    let mut briefing = None;
    for question in context.review.questions_on(context.number) {
        if briefing != Some(question.briefing) {
            briefing = Some(question.briefing);
            items.push(context.plain(question.briefing_label(), theme.strong));
        }
        let state = context.review.question_state(question);
        let head = vec![Span::styled(format!("{:<6}", question.number), theme.strong)];
        let lines = prose::hanging(head, 6, &question.text, theme.quote, context.width);
        let lines = context.cited(lines, &format!("{state} · {}", question.origin()));
        items.push(Item { target: Target::Question(question.number), lines });
        for place in context.review.remarks.on_question(question.number) {
            if let Some(remark) = context.review.catalogue.remarks.get(*place) {
                let item = context.remark(*place, remark, items.len() == selected);
                items.push(item);
            }
        }
    }
    if items.is_empty() {
        items.push(context.plain("No question was put on this recommendation.", theme.quiet));
    }
    items
}
