//! The presenter view: one record at a time for the screen that others see too, in one column with room around it.
//!
//! A video codec keeps words that are bold or in full contrast with space around them; it smears colour, and loses thin signs and dim words.
//! So words and signs stand in the terminal's own colour, the number is drawn large, and only citations and links are quiet. Nothing may be
//! shown here that is private or ours alone: no private note, not even the reader's own, no remark, no name of whoever writes.

mod positions;

use super::{Context, Item};
use crate::model::record::answer::Answer;
use crate::model::record::assessment::Assessment;
use crate::model::record::finding::{About, Finding};
use crate::model::record::question::Question;
use crate::model::vocabulary::{Effect, FindingKind, Implementation, Satisfies};
use crate::tui::home::{Home, Target};
use crate::tui::presenter::{Part, Presenter, public_findings};
use crate::tui::widgets::{large, prose};
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

/// The column is not wider than this, in cells: fewer words a line are larger words for whoever looks at a shared screen.
const COLUMN: u16 = 64;
/// From this height there is room above the heading and between the blocks, and from the second one twice as much.
const ROOMY: (u16, u16) = (18, 34);
/// The lines of a label at most.
const LABEL: usize = 2;

/// The column in the middle of an area.
pub fn column(area: Rect) -> Rect {
    let margin = if area.width < 72 { 2 } else { 8 };
    let width = area.width.saturating_sub(2 * margin).min(COLUMN);
    Rect {
        x: area.x + (area.width - width) / 2,
        width,
        ..area
    }
}

/// Draws the part of the record that is shown. `writing` rows of the area's room are taken by the open line, and nothing moves for them.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    writing: u16,
    home: &mut Home,
    context: &Context<'_>,
) {
    let Ok(recommendation) = context.review.recommendation(context.number) else {
        return;
    };
    let parts = Part::of(context.review, context.number);
    let presenter = &mut home.presenter;
    if !parts.contains(&presenter.part) {
        presenter.show(Part::Text);
    }
    let height = area.height + writing;
    let gap = u16::from(height >= ROOMY.0) + u16::from(height >= ROOMY.1);
    let top = if gap < 2 { gap } else { height / 8 };
    let head = heading(context, &recommendation.label, gap);
    let (mut y, bottom) = (area.y + top, area.bottom());
    for line in head {
        put(frame, area, y, line);
        y += 1;
    }
    y += gap.max(1);
    // Above the line that says where one is, one stays empty.
    let body = Rect {
        y,
        height: bottom.saturating_sub(y + 1 + gap.min(1)),
        ..area
    };
    let gap = usize::from(gap.max(1));
    let items = items(context, presenter.part, gap);
    let targets: Vec<Target> = items.iter().map(|item| item.target.clone()).collect();
    presenter.settle(
        &targets,
        items.iter().map(|item| item.lines.len()).collect(),
        gap,
        usize::from(body.height),
    );
    // What would be cut at the bottom is left for the next screen, unless it is longer than a screen.
    let shown = items
        .len()
        .saturating_sub(presenter.item + presenter.below())
        .max(1);
    let lines = items
        .into_iter()
        .skip(presenter.item)
        .take(shown)
        .flat_map(|item| item.lines)
        .skip(presenter.line);
    for (y, line) in (body.y..body.bottom()).zip(lines) {
        put(frame, area, y, line);
    }
    put(
        frame,
        area,
        bottom.saturating_sub(1),
        place(context, presenter, &parts),
    );
}

/// Draws a line of the column, if it lies inside.
fn put(frame: &mut Frame<'_>, area: Rect, y: u16, line: Line<'_>) {
    frame.render_widget(
        line,
        Rect {
            y,
            height: 1,
            ..area
        }
        .intersection(area),
    );
}

/// The number large, and beside it the label; on one line where there is no room.
fn heading(context: &Context<'_>, label: &str, gap: u16) -> Vec<Line<'static>> {
    let theme = context.theme;
    let name = format!("Rec {}", context.number);
    let is_ascii = theme.signs.here == ">";
    let number = match gap {
        0 => {
            return vec![Line::styled(
                prose::clip(&format!("{name}  {label}"), context.width, theme.signs.more),
                theme.strong,
            )];
        }
        1 if is_ascii => Vec::new(),
        1 => large::small(context.number.0),
        _ => large::large(context.number.0, if is_ascii { "#" } else { "█" }),
    };
    let indent = number.first().map_or(0, |row| row.width() + 3);
    let mut words = vec![name];
    words.extend(prose::wrap(label, context.width.saturating_sub(indent)));
    words.truncate(1 + LABEL);
    if number.is_empty() {
        return words
            .into_iter()
            .map(|words| Line::styled(words, theme.strong))
            .collect();
    }
    // The words stand in the middle of what is higher than they.
    let above = (number.len() - words.len()) / 2;
    let words = vec![String::new(); above]
        .into_iter()
        .chain(words)
        .chain(std::iter::repeat_n(String::new(), number.len()));
    number
        .iter()
        .zip(words)
        .map(|(number, words)| Line::styled(format!("{number:<indent$}{words}"), theme.strong))
        .collect()
}

/// In words: which part this is, and what is below.
fn place(context: &Context<'_>, presenter: &Presenter, parts: &[Part]) -> Line<'static> {
    let theme = context.theme;
    let at = parts
        .iter()
        .position(|part| *part == presenter.part)
        .unwrap_or(0);
    let head = format!("{} of {}", at + 1, parts.len());
    let below = match (presenter.below(), parts.get(at + 1)) {
        (0, Some(next)) => format!("below: {}", told(context, *next)),
        (0, None) => String::new(),
        _ if presenter.goes_on() => "below: the rest of it".to_owned(),
        (more, _) if presenter.part == Part::Questions => {
            format!("below: {more} more {}", counted(more, "question"))
        }
        (more, _) if presenter.part == Part::Findings => {
            format!("below: {more} more {}", counted(more, "finding"))
        }
        _ => "below: more".to_owned(),
    };
    let join = |parts: [&str; 3]| {
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let texts = [
        join([&head, presenter.part.label(), &below]),
        join([&head, "", &below]),
    ];
    let text = texts
        .iter()
        .find(|text| text.width() <= context.width)
        .unwrap_or(&texts[1]);
    Line::styled(
        prose::clip(text, context.width, theme.signs.more),
        theme.text,
    )
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        noun.to_owned()
    } else {
        format!("{noun}s")
    }
}

/// A part by its name; the questions with how many there are and how many are open.
fn told(context: &Context<'_>, part: Part) -> String {
    if part != Part::Questions {
        return part.label().to_owned();
    }
    let on = || context.review.questions_on(context.number);
    let (all, open) = (
        on().count(),
        on().filter(|q| context.review.question_state(q).is_open())
            .count(),
    );
    let open = if open == all && all > 1 {
        "all open".to_owned()
    } else {
        format!("{open} open")
    };
    format!("{all} {}, {open}", counted(all, "question"))
}

/// The items of a part, with so many empty lines behind each.
fn items(context: &Context<'_>, part: Part, gap: usize) -> Vec<Item> {
    let mut items = match part {
        Part::Text => text(context, gap),
        Part::Questions => context
            .review
            .questions_on(context.number)
            .map(|question| self::question(context, question))
            .collect(),
        Part::Assessment => assessment(context),
        Part::Positions => positions::items(context),
        Part::Findings => public_findings(context.review, context.number)
            .into_iter()
            .map(|f| finding(context, f))
            .collect(),
    };
    for item in &mut items {
        item.lines.extend(vec![Line::default(); gap]);
    }
    items
}

/// Where it stands, and the words of the recommendation.
fn text(context: &Context<'_>, gap: usize) -> Vec<Item> {
    let Ok(recommendation) = context.review.recommendation(context.number) else {
        return Vec::new();
    };
    let mut lines = facts(context);
    lines.extend(vec![Line::default(); gap]);
    let text = prose::block(0, &recommendation.text, context.theme.text, context.width);
    lines.extend(context.cited(text, &recommendation.source.to_string()));
    vec![Item {
        target: Target::Quoted,
        lines,
    }]
}

/// The verdict with its sign, and below it whatever else is set.
fn facts(context: &Context<'_>) -> Vec<Line<'static>> {
    let theme = context.theme;
    let assessment = context.review.assessment(context.number);
    let mut lines = Vec::new();
    if let Some(verdict) = assessment.implementation {
        let word = if verdict == Implementation::CannotBeDetermined {
            "implementation cannot be determined"
        } else {
            verdict.word()
        };
        let (sign, ..) = theme.implementation(Some(verdict));
        lines.push(Line::styled(format!("{sign} {word}"), theme.strong));
    }
    let effect = assessment.effect.map(|effect| match effect {
        Effect::CannotBeDetermined => "effect cannot be determined".to_owned(),
        effect => format!("intended effect {effect}"),
    });
    let relevance = assessment
        .relevance
        .map(|relevance| relevance.word().to_owned());
    let standing = assessment
        .standing
        .map(|standing| standing.word().to_owned());
    let consensus = assessment
        .consensus
        .map(|consensus| consensus.word().to_owned());
    for words in [[relevance, effect], [standing, consensus]] {
        let words = joined(words.into_iter().flatten(), context.width);
        lines.extend(
            words
                .into_iter()
                .map(|line| Line::styled(line, theme.strong)),
        );
    }
    if lines.is_empty() {
        lines.push(Line::styled("not assessed", theme.strong));
    }
    let waits: Vec<String> = context
        .review
        .waits_for(context.number)
        .iter()
        .map(|question| question.number.to_string())
        .collect();
    if !waits.is_empty() {
        let noun = counted(waits.len(), "question");
        lines.extend(prose::block(
            0,
            &format!("waits for {noun} {}", waits.join(", ")),
            theme.strong,
            context.width,
        ));
    }
    lines
}

/// Joins facts to lines; none is broken that fits on one.
fn joined(facts: impl Iterator<Item = String>, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        match lines.last_mut() {
            Some(line) if line.width() + 3 + fact.width() <= width => {
                *line += &format!(" · {fact}")
            }
            _ => lines.extend(prose::wrap(&fact, width)),
        }
    }
    lines
}

fn question(context: &Context<'_>, question: &Question) -> Item {
    let theme = context.theme;
    let state = context.review.question_state(question);
    let mut lines = vec![Line::styled(
        format!("{}  {state}", question.number),
        theme.strong,
    )];
    lines.extend(prose::block(0, &question.text, theme.text, context.width));
    for answer in context.review.answers_to(&question.id) {
        lines.push(Line::default());
        lines.extend(self::answer(context, answer));
    }
    Item {
        target: Target::Question(question.number),
        lines,
    }
}

fn answer(context: &Context<'_>, answer: &Answer) -> Vec<Line<'static>> {
    let theme = context.theme;
    let by = answer
        .by
        .as_ref()
        .map_or_else(String::new, |by| format!(", {by}"));
    let satisfies = match answer.satisfies {
        None => "",
        Some(Satisfies::Yes) => ": satisfies",
        Some(Satisfies::Partly) => ": satisfies partly",
        Some(Satisfies::No) => ": does not satisfy",
    };
    let why = answer
        .why
        .as_ref()
        .map_or_else(String::new, |why| format!(", {why}"));
    let head = format!("Answer, {}{by}{satisfies}{why}", day(answer.on));
    let mut lines = prose::block(2, &head, theme.strong, context.width);
    lines.extend(prose::block(2, &answer.text, theme.text, context.width));
    lines.extend(
        answer
            .link
            .iter()
            .flat_map(|link| prose::block(2, link, theme.quiet, context.width)),
    );
    lines
}

fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// What is set of the assessment: the words in a table, then each text under its heading.
fn assessment(context: &Context<'_>) -> Vec<Item> {
    let (theme, assessment) = (context.theme, context.review.assessment(context.number));
    let mut items = Vec::new();
    let table = table(context, assessment);
    if table.is_empty() {
        items.push(context.plain("Not assessed.", theme.strong));
    } else {
        items.push(Item {
            target: Target::Nothing,
            lines: table,
        });
    }
    let texts = [
        ("What was done", &assessment.what_was_done),
        ("Finding", &assessment.finding),
        ("How it was assessed", &assessment.how_assessed),
        ("Further work needed", &assessment.further_work),
    ];
    for (heading, text) in texts {
        let Some(text) = text else { continue };
        let mut lines = vec![Line::styled(heading, theme.strong)];
        lines.extend(prose::block(0, text, theme.text, context.width));
        items.push(Item {
            target: Target::Nothing,
            lines,
        });
    }
    items
}

fn table(context: &Context<'_>, assessment: &Assessment) -> Vec<Line<'static>> {
    let theme = context.theme;
    let (verdict, ..) = theme.implementation(assessment.implementation);
    let effect = assessment
        .effect
        .map(|effect| (theme.effect(effect).0, effect.word()));
    let rows = [
        (
            "Implementation",
            assessment.implementation.map(|word| (verdict, word.word())),
        ),
        (
            "Relevance",
            assessment.relevance.map(|word| (" ", word.word())),
        ),
        ("Intended effect", effect),
        (
            "Standing",
            assessment.standing.map(|word| (" ", word.word())),
        ),
        (
            "Consensus",
            assessment.consensus.map(|word| (" ", word.word())),
        ),
    ];
    let mut lines = Vec::new();
    for (label, value) in rows {
        let Some((sign, word)) = value else { continue };
        let head = vec![
            Span::styled(format!("{label:<16} "), theme.text),
            Span::styled(format!("{sign} "), theme.strong),
        ];
        lines.extend(prose::hanging(head, 19, word, theme.strong, context.width));
    }
    lines
}

fn finding(context: &Context<'_>, finding: &Finding) -> Item {
    let theme = context.theme;
    let mut head = match finding.kind {
        FindingKind::Finding => "Finding".to_owned(),
        FindingKind::Note => "Note".to_owned(),
    };
    if let About::Question(id) = &finding.about {
        let number = context.review.question_label(id);
        head += &format!(" on question {number}");
    }
    if let Some(name) = &finding.said_by {
        head += &format!(", said by {name}");
    }
    let mut lines = prose::block(0, &head, theme.strong, context.width);
    lines.extend(prose::block(0, &finding.text, theme.text, context.width));
    Item {
        target: Target::Finding(finding.id.clone()),
        lines,
    }
}
