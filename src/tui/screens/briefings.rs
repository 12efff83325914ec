//! The briefings: what each document puts under them, whether and where they were held, and what they leave out.

use crate::model::review::Review;
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use ratatui::text::Line;

/// Everything about the briefings, wrapped to a width.
pub fn lines(review: &Review, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for briefing in &review.catalogue.briefings {
        let here = || {
            review
                .questions
                .iter()
                .filter(|q| q.recorded.briefing.as_ref() == Some(&briefing.name))
        };
        let open = here()
            .filter(|q| review.question_state(q).is_open())
            .count();
        let held: Vec<String> = briefing
            .covers
            .iter()
            .filter_map(|cover| cover.meeting.as_ref())
            .map(|id| format!("held at {id}"))
            .collect();
        let held = if held.is_empty() {
            "no source says that it was held".to_owned()
        } else {
            held.join(", ")
        };
        lines.push(Line::styled(
            format!(
                "{} · {} questions, {open} open · {held}",
                briefing.name,
                here().count()
            ),
            theme.strong,
        ));
        for cover in &briefing.covers {
            let numbers: Vec<String> = cover
                .recommendations
                .iter()
                .map(ToString::to_string)
                .collect();
            let covered = format!(
                "{} “{}”: Rec {}",
                cover.document,
                cover.heading,
                numbers.join(", ")
            );
            lines.extend(prose::block(2, &covered, theme.text, width));
            if let Some(note) = &cover.note {
                lines.extend(prose::block(4, note, theme.quiet, width));
            }
            lines.extend(prose::block(
                4,
                &cover.source.to_string(),
                theme.quiet,
                width,
            ));
        }
        lines.push(Line::default());
    }
    for left_out in left_out(review) {
        lines.extend(prose::block(0, &left_out, theme.partly, width));
    }
    lines
}

/// What the briefings leave out: recommendations without a question, and those that no briefing covers.
pub fn left_out(review: &Review) -> Vec<String> {
    let covered = |number| {
        review.catalogue.briefings.iter().any(|b| {
            b.covers
                .iter()
                .any(|cover| cover.recommendations.contains(&number))
        })
    };
    let numbers = || review.catalogue.recommendations.iter().map(|r| r.number);
    let unasked: Vec<String> = numbers()
        .filter(|n| review.questions_on(*n).next().is_none())
        .map(|n| n.to_string())
        .collect();
    let uncovered: Vec<String> = numbers()
        .filter(|n| !covered(*n))
        .map(|n| n.to_string())
        .collect();
    let told = |what: &str, numbers: Vec<String>| {
        (!numbers.is_empty()).then(|| format!("{what}: Rec {}", numbers.join(", ")))
    };
    [
        told("Without any question", unasked),
        told("Covered by no briefing", uncovered),
    ]
    .into_iter()
    .flatten()
    .collect()
}
