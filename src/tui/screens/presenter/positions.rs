//! How the members stand, for the shared screen: the round under way, who says what, objections and minority statements in full.

use super::super::{Context, Item};
use crate::model::call::position;
use crate::model::record::position::{Matter, Position};
use crate::model::vocabulary::Stance;
use crate::tui::home::Target;
use crate::tui::widgets::prose;
use ratatui::text::Line;

/// The stances in the order in which a chair reads them out, with the word that heads their names.
const ORDER: [(Stance, &str); 5] = [
    (Stance::Agree, "Agree"),
    (Stance::Object, "Object"),
    (Stance::Abstain, "Abstain"),
    (Stance::NotHeard, "Not heard"),
    (Stance::Absent, "Absent"),
];

pub(super) fn items(context: &Context<'_>) -> Vec<Item> {
    let (theme, review) = (context.theme, context.review);
    let matter = Matter::Assessment(context.number);
    let round = position::round(review, &matter);
    let standing = position::standing(review, &matter, round);
    let said: Vec<(&str, &Position)> = standing
        .into_iter()
        .map(|(name, (_, held))| (name, held))
        .collect();
    let mut items = Vec::new();
    let item = |lines| Item {
        target: Target::Nothing,
        lines,
    };
    let mut head = format!("Positions, round {round}");
    if let Some(day) = position::deadline(review, &matter) {
        head += &format!(" · objections until {day}");
    }
    items.push(item(prose::block(0, &head, theme.strong, context.width)));
    for (stance, word) in ORDER {
        let names: Vec<&str> = said
            .iter()
            .filter(|(_, held)| held.position == stance)
            .map(|(name, _)| *name)
            .collect();
        if names.is_empty() {
            continue;
        }
        let (sign, _) = theme.stance(stance);
        let mut lines = vec![Line::styled(
            format!("{sign} {word} {}", names.len()),
            theme.strong,
        )];
        lines.extend(prose::block(
            2,
            &names.join(", "),
            theme.text,
            context.width,
        ));
        items.push(item(lines));
    }
    for (name, held) in said {
        let texts = [
            (held.position == Stance::Object, "objects", &held.text),
            (true, "states, as a minority", &held.statement),
        ];
        for (_, verb, text) in texts.into_iter().filter(|(wanted, ..)| *wanted) {
            let Some(text) = text else { continue };
            let mut lines = vec![Line::styled(format!("{name} {verb}:"), theme.strong)];
            lines.extend(prose::block(2, text, theme.text, context.width));
            items.push(item(lines));
        }
    }
    items
}
