//! How the members stand: the designation and who has yet to answer, what was edited since it was proposed, and every round, newest first.
//!
//! The board on which positions are taken shows the same head.

use super::findings::local;
use super::{Context, Item, edits};
use crate::model::call::consensus;
use crate::model::call::edits::since;
use crate::model::call::position::{self, Counts};
use crate::model::ids::{Id, RecommendationNumber};
use crate::model::journal::change::Operation;
use crate::model::record::position::{Matter, Position};
use crate::model::review::Review;
use crate::model::vocabulary::{Stance, Standing};
use crate::tui::home::Target;
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use chrono::NaiveDate;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// From so many cells there is room for the rule in the board's head, and for words beside its counts.
const WORDS: usize = 56;
/// Cells of the widest word of a position.
const STANCE: usize = 9;
/// The widest name, in cells.
const NAME: usize = 24;
/// Below so many cells there is no room for when and where.
const FACTS: usize = 16;

/// The count of a tab, `5/1`: who agrees and who objects; nothing while nobody has a position.
pub fn told(review: &Review, number: RecommendationNumber) -> Option<String> {
    let matter = Matter::Assessment(number);
    if !review
        .records
        .positions
        .values()
        .any(|held| held.matter == matter)
    {
        return None;
    }
    let counts = position::counts(review, &matter, position::round(review, &matter));
    Some(format!("{}/{}", counts.agree, counts.object))
}

/// The items of the section.
pub fn items(context: &Context<'_>, history: &[Operation]) -> Vec<Item> {
    let (review, theme) = (context.review, context.theme);
    let matter = Matter::Assessment(context.number);
    let rounds = position::rounds(review, &matter);
    let mut lines = Vec::new();
    if rounds.is_empty() {
        lines.extend(prose::block(
            0,
            "Nobody has a position yet. c opens the board, m records yours.",
            theme.quiet,
            context.width,
        ));
    }
    if !rounds.is_empty()
        || position::designation(review, &matter).is_some()
        || position::deadline(review, &matter).is_some()
    {
        lines.extend(head(
            review,
            &matter,
            theme,
            context.width,
            context.today,
            false,
        ));
    }
    let mut items = vec![Item {
        target: Target::Nothing,
        lines,
    }];
    items.extend(edited(context, history));
    for round in rounds {
        items.extend(round_items(context, &matter, round));
    }
    items
}

/// What was edited since the team had it before it, where that still matters.
fn edited(context: &Context<'_>, history: &[Operation]) -> Vec<Item> {
    let standing = context.review.assessment(context.number).standing;
    let counts = matches!(
        standing,
        Some(Standing::Proposed | Standing::Agreed | Standing::Reopened)
    );
    let Some((known, edited)) = since(history, context.number).filter(|_| counts) else {
        return Vec::new();
    };
    let item = |edit| Item {
        target: Target::Nothing,
        lines: edits::lines(edit, context.theme, context.width),
    };
    let mut items =
        vec![context.heading(&format!("{}, {}", edits::heading(&known), local(known.at)))];
    items.extend(edited.iter().map(|edit| Item {
        target: Target::Field(edit.field),
        ..item(edit)
    }));
    items
}

/// What is known of a matter as a whole: counts, the suggestion with its rule and source, the designation, the day, and who is waited for. With
/// `keys`, the keys of the board beside what they change.
pub fn head(
    review: &Review,
    matter: &Matter,
    theme: &Theme,
    width: usize,
    today: NaiveDate,
    keys: bool,
) -> Vec<Line<'static>> {
    let round = position::round(review, matter);
    let counts = position::counts(review, matter, round);
    let indent = usize::from(keys);
    let hint = |key: &str, word: &str| {
        if keys {
            format!("   {key} {word}")
        } else {
            String::new()
        }
    };
    let mut first = vec![Span::raw(" ".repeat(indent))];
    first.extend(counted(counts, theme, width.saturating_sub(indent + 10)));
    first.push(Span::styled(format!("   round {round}"), theme.quiet));
    let suggestion = consensus::suggest(counts);
    if let Some(suggestion) = &suggestion
        && keys
        && width < WORDS
    {
        first.push(Span::styled(
            format!(" {} {}", theme.signs.arrow, suggestion.designation),
            theme.strong,
        ));
    } else {
        first.push(Span::styled(hint("+", "another round"), theme.quiet));
    }
    let mut lines = vec![clipped(first, width, theme)];
    let told = suggestion.map_or_else(
        || "nothing while nobody speaks for or against".to_owned(),
        |suggestion| {
            format!(
                "{}; {} ({})",
                suggestion.designation,
                suggestion.rule,
                consensus::SOURCE
            )
        },
    );
    let label = |word: &str| Span::styled(format!("{}{word:<12}", " ".repeat(indent)), theme.quiet);
    let behind = 12 + indent;
    lines.extend(prose::hanging(
        vec![label("suggested")],
        behind,
        &told,
        theme.text,
        width,
    ));
    let (chosen, style) = match position::designation(review, matter) {
        Some(word) => (word.to_string(), theme.strong),
        None => ("not yet".to_owned(), theme.quiet),
    };
    lines.push(clipped(
        vec![
            label("chosen"),
            Span::styled(chosen, style),
            Span::styled(hint("!", "chooses"), theme.quiet),
        ],
        width,
        theme,
    ));
    let day = position::deadline(review, matter)
        .map_or_else(|| "no day set".to_owned(), |day| until(day, today));
    let day = Span::styled(
        day,
        if position::deadline(review, matter).is_some() {
            theme.text
        } else {
            theme.quiet
        },
    );
    lines.push(clipped(
        vec![
            label("objections"),
            day,
            Span::styled(hint("/", "sets the day"), theme.quiet),
        ],
        width,
        theme,
    ));
    let waited = position::yet_to_answer(review, matter);
    let told = match waited.len() {
        0 => "nobody".to_owned(),
        more => format!("{more}: {}", waited.join(", ")),
    };
    lines.push(clipped(
        vec![label("to answer"), Span::styled(told, theme.text)],
        width,
        theme,
    ));
    lines
}

/// Until when objections are waited for, and how long that is.
pub(super) fn until(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => format!("until {day}, today"),
        1 => format!("until {day}, tomorrow"),
        ahead if ahead > 0 => format!("until {day}, in {ahead} days"),
        -1 => format!("until {day}, which is over since yesterday"),
        past => format!("until {day}, which is over since {} days", -past),
    }
}

/// How many stand how, each with its sign; what nobody does is left out, but for agreeing and objecting.
fn counted(counts: Counts, theme: &Theme, width: usize) -> Vec<Span<'static>> {
    let told = counted_in(counts, theme, true);
    if told.iter().map(Span::width).sum::<usize>() <= width {
        told
    } else {
        counted_in(counts, theme, false)
    }
}

fn counted_in(counts: Counts, theme: &Theme, words: bool) -> Vec<Span<'static>> {
    let parts = [
        (counts.agree, Stance::Agree, true),
        (counts.object, Stance::Object, true),
        (counts.abstain, Stance::Abstain, false),
        (counts.silent, Stance::NotHeard, false),
    ];
    let mut spans = Vec::new();
    for (count, stance, always) in parts {
        if count == 0 && !always {
            continue;
        }
        let (sign, style) = theme.stance(stance);
        let gap = if spans.is_empty() { "" } else { "  " };
        let told = if words {
            format!("{gap}{sign} {count} {stance}")
        } else {
            format!("{gap}{sign}{count}")
        };
        spans.push(Span::styled(told, style));
    }
    spans
}

/// Spans cut where the room ends.
fn clipped(spans: Vec<Span<'static>>, width: usize, theme: &Theme) -> Line<'static> {
    let mut line = Line::default();
    for span in spans {
        let room = width.saturating_sub(line.width());
        line.push_span(Span::styled(
            prose::clip(&span.content, room, theme.signs.more),
            span.style,
        ));
    }
    line
}

fn round_items(context: &Context<'_>, matter: &Matter, round: u16) -> Vec<Item> {
    let (review, theme) = (context.review, context.theme);
    let mut spans = vec![Span::styled(format!("Round {round}  "), theme.strong)];
    spans.extend(counted(
        position::counts(review, matter, round),
        theme,
        context.width.saturating_sub(9),
    ));
    let mut lines = vec![Line::default(), clipped(spans, context.width, theme)];
    let chosen = review
        .records
        .round(matter, round)
        .and_then(|(_, held)| Some((held.consensus?, held)));
    if let Some((word, held)) = chosen {
        lines.extend(prose::block(
            2,
            &format!("chosen: {word} ({}, {})", held.by, local(held.at)),
            theme.text,
            context.width,
        ));
    }
    let standing = position::standing(review, matter, round);
    let mut order = review.team();
    order.retain(|name| standing.contains_key(name));
    order.extend(
        standing
            .keys()
            .filter(|name| !review.team().contains(*name)),
    );
    if order.is_empty() {
        lines.push(Line::styled("  nobody has spoken yet", theme.quiet));
    }
    let name = order
        .iter()
        .map(|name| name.width())
        .max()
        .unwrap_or(0)
        .min(NAME);
    let mut items = vec![Item {
        target: Target::Nothing,
        lines,
    }];
    items.extend(
        order
            .iter()
            .filter_map(|member| standing.get(member))
            .map(|held| item(context, *held, name)),
    );
    items
}

fn item(context: &Context<'_>, (id, held): (&Id, &Position), name: usize) -> Item {
    let (review, theme, width) = (context.review, context.theme, context.width);
    let (sign, style) = theme.stance(held.position);
    let member = prose::clip(&held.member, name, theme.signs.more);
    let pad = " ".repeat(name.saturating_sub(member.width()));
    let mut head = vec![
        Span::styled(format!("{sign} "), style),
        Span::raw(format!("{member}{pad}  ")),
        Span::styled(held.position.word(), style),
    ];
    let used = name + 4 + STANCE;
    if used + FACTS + 2 <= width {
        let gap = " ".repeat(STANCE + 2 - held.position.word().width());
        head.push(Span::styled(
            format!("{gap}{}", told_in(facts(review, held), width - used - 2)),
            theme.quiet,
        ));
    }
    let mut lines = vec![clipped(head, width, theme)];
    match &held.text {
        Some(text) => lines.extend(prose::block(4, text, theme.text, width)),
        None if held.position == Stance::Object => {
            lines.push(Line::styled("    no text", theme.quiet))
        }
        None => {}
    }
    if let Some(statement) = &held.statement {
        lines.push(Line::styled("    Minority statement", theme.strong));
        lines.extend(prose::block(4, statement, theme.text, width));
    }
    let says_less = |earlier: &&Position| {
        earlier.position == held.position
            && earlier.text == held.text
            && (earlier.statement.is_none() || earlier.statement == held.statement)
    };
    for earlier in position::superseded(context.review, (id, held))
        .into_iter()
        .filter(|earlier| !says_less(earlier))
    {
        let mut told = format!("earlier: {}, {}", earlier.position, local(earlier.at));
        told.extend(
            earlier
                .text
                .iter()
                .filter(|text| held.text.as_ref() != Some(text))
                .map(|text| format!(": {text}")),
        );
        let other = |statement: &&String| held.statement.as_ref() != Some(statement);
        told.extend(
            earlier
                .statement
                .iter()
                .filter(other)
                .map(|text| format!("; minority statement: {text}")),
        );
        lines.extend(prose::block(4, &told, theme.quiet, width));
    }
    Item {
        target: Target::Position(id.clone()),
        lines,
    }
}

/// When and where a position was taken, and who wrote it down.
fn facts(review: &Review, held: &Position) -> Vec<String> {
    let mut facts = vec![local(held.at)];
    facts.extend(held.meeting.as_ref().map(|id| match held.minute {
        Some(minute) => format!("{}, minute {minute}", review.meeting_label(id)),
        None => review.meeting_label(id),
    }));
    facts.extend((held.by != held.member).then(|| format!("noted by {}", held.by)));
    facts
}

/// As many facts as fit, the first always.
fn told_in(facts: Vec<String>, width: usize) -> String {
    let mut told = String::new();
    for fact in facts {
        let longer = if told.is_empty() {
            fact
        } else {
            format!("{told} · {fact}")
        };
        if !told.is_empty() && longer.width() > width {
            break;
        }
        told = longer;
    }
    told
}

/// A position as text, as it is copied.
pub fn as_text(review: &Review, held: &Position) -> String {
    let mut text = format!(
        "{}, round {}, {}: {}",
        position::matter_label(review, &held.matter),
        held.round,
        held.member,
        held.position
    );
    text.extend(held.text.iter().map(|why| format!(": {why}")));
    text += &format!(" ({})", facts(review, held).join(" · "));
    text.extend(
        held.statement
            .iter()
            .map(|statement| format!("\nMinority statement: {statement}")),
    );
    text
}
