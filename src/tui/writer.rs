//! The line at the bottom in which something is written while the screen above stays alive.
//!
//! Enter records, Ctrl-J or Alt-Enter makes a new line, Esc keeps the draft. What was typed is on disk within a second. It is a
//! pane and not a dialog: one can look something up above while it is open.

mod purpose;

pub use purpose::Purpose;

use super::theme::Theme;
use super::widgets::prose;
use crate::model::alike::Alike;
use crate::model::capture::{self, Speaker, entry};
use crate::model::edit::about_label;
use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::model::record::finding::About;
use crate::model::review::Review;
use crate::model::vocabulary::FindingKind;
use crate::model::{asking, text};
use chrono::NaiveDate;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

/// The keys of the line, for the footer while it is open.
pub const HINTS: &str =
    " Enter records · Esc keeps the draft · Ctrl-J new line · PgUp PgDn scroll above";

/// The hints while the line contains a sentence that was typed as commands.
pub fn mistyped_hints(has_changes: bool) -> &'static str {
    match has_changes {
        true => " Enter records it · Esc discards it · Tab discards it, keeps what its keys did",
        false => " Enter records it · Esc discards it",
    }
}

/// How many near questions are shown at most.
const NEAR: usize = 3;

/// What the frame says of a new question: its number and recommendation, as the line gives them.
fn question_title(review: &Review, on: RecommendationNumber, text: &str) -> String {
    let captured = capture::with_day(review, text);
    let asked_on = captured
        .on
        .map_or_else(String::new, |day| format!(", asked on {day}"));
    let title = match capture::question_number(review, &captured, on) {
        Ok((on, number)) => format!(
            "Question {} on Rec {on}",
            number.unwrap_or_else(|| asking::next_number(review, on))
        ),
        Err(_) => format!(
            "Question on Rec {on}, {}?",
            captured.unknown.unwrap_or_default()
        ),
    };
    let title = title + &asked_on;
    match captured.said_by {
        Speaker::Nobody => title,
        Speaker::Known(name) => format!("{title}, asked by {name}"),
        Speaker::New(name) => format!("{title}, asked by {name} (new)"),
        Speaker::Several(names) => format!("{title}, asked by {}?", names.join(" or ")),
    }
}

/// What the frame says of an answer: who gave it, when, and where it can be read, as the line says.
fn answer_title(review: &Review, number: QuestionNumber, text: &str) -> String {
    let mut title = format!("Answer to question {number}");
    let Ok(answer) = capture::answer(review, text) else {
        return title;
    };
    match answer.said_by {
        Speaker::Nobody => {}
        Speaker::Known(name) => title += &format!(" by {name}"),
        Speaker::New(name) => title += &format!(" by {name} (new)"),
        Speaker::Several(names) => title += &format!(" by {}?", names.join(" or ")),
    }
    title += &answer.on.map_or_else(String::new, |on| format!(" on {on}"));
    title
        + if answer.link.is_some() {
            ", with a link"
        } else {
            ""
        }
}

/// What the frame says of what is written: what it is about, and what its markers say.
fn marked(
    review: &Review,
    what: &str,
    about: Option<&About>,
    captured: &capture::Captured,
    who: &str,
    more: &str,
) -> String {
    let (mut title, label) = match captured.about.as_ref().or(about) {
        None => (what.to_owned(), String::new()),
        Some(about) => {
            let label = match review
                .recommendation_of(about)
                .and_then(|number| review.recommendation(number).ok())
            {
                // Another record than the one in focus is named in full, so that nobody records on the wrong one.
                Some(r) if captured.about.is_some() => format!(" · {}", r.label),
                _ => String::new(),
            };
            let on = if what.ends_with(" on") { "" } else { " on" };
            (format!("{what}{on} {}", about_label(review, about)), label)
        }
    };
    match &captured.said_by {
        Speaker::Nobody => {}
        Speaker::Known(name) => title += &format!(", {who} {name}"),
        Speaker::New(name) => title += &format!(", {who} {name} (new)"),
        Speaker::Several(names) => title += &format!(", {who} {}?", names.join(" or ")),
    }
    if captured.minutes_ago > 0 {
        title += &format!(", {} min ago", captured.minutes_ago);
    }
    title += more;
    if let Some(unknown) = &captured.unknown {
        title += &format!(", {unknown}?");
    }
    // Where there is no room for all, who and by when matter more than the words of the label.
    title + &label
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// It was typed.
    Text,
    /// The text is to be recorded.
    Record,
    /// The line is to be closed, the draft kept.
    Leave,
    /// It is not for the line.
    NotMine,
}

/// An open line.
#[derive(Debug)]
pub struct Writer {
    /// What is being written.
    pub purpose: Purpose,
    area: TextArea<'static>,
    /// What was recorded there when the line was opened; what another window records meanwhile must not be overwritten unseen.
    pub found: Option<String>,
    /// The name under which its draft is kept.
    pub place: String,
    /// The text that needs no keeping: what was found, or what is on disk.
    kept: String,
    /// What this line put on disk, or took from there.
    pub on_disk: Option<String>,
    from_draft: bool,
    /// Whether it was empty when it was opened.
    pub was_empty: bool,
    /// Whether it contains a sentence that was typed as commands.
    pub mistyped: bool,
    /// The text of the draft that it was opened with, if there was one.
    pub opened_with: Option<String>,
    /// How many characters were taken out of what was pasted.
    removed: usize,
    /// The words of all questions, while one is being written.
    alike: Alike,
    /// The questions nearest to what stands in the line.
    near: Vec<QuestionNumber>,
}

/// A text area with this text, wrapped, and the cursor at its end.
fn text_area(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_cursor_line_style(ratatui::style::Style::new());
    area.set_cursor_style(ratatui::style::Style::new());
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

impl Writer {
    /// Opens the line with a text in it: what stands there now, or a draft.
    pub fn new(purpose: Purpose, found: Option<String>, text: &str, from_draft: bool) -> Writer {
        Writer {
            place: purpose.place(),
            purpose,
            area: text_area(text),
            found,
            kept: text.to_owned(),
            on_disk: from_draft.then(|| text.to_owned()),
            from_draft,
            mistyped: false,
            was_empty: text.is_empty(),
            opened_with: from_draft.then(|| text.to_owned()),
            removed: 0,
            alike: Alike::default(),
            near: Vec::new(),
        }
    }

    /// Compares what is typed with these questions, if it is one itself.
    pub fn compare(&mut self, review: &Review) {
        if self.purpose.asks() {
            self.alike = Alike::of(&review.questions);
            self.look_near();
        }
    }

    fn look_near(&mut self) {
        let own = match self.purpose {
            Purpose::RewordQuestion(number) => Some(number),
            _ => None,
        };
        let near = self
            .alike
            .nearest(&self.text(), NEAR + 1)
            .into_iter()
            .map(|(number, _)| number);
        self.near = near
            .filter(|number| Some(*number) != own)
            .take(NEAR)
            .collect();
    }

    /// The byte from which the text is private and must be masked, if any of it is.
    pub fn private_from(&self, review: &Review) -> Option<usize> {
        match &self.purpose {
            Purpose::Finding(_)
            | Purpose::Action(_)
            | Purpose::Decision(_)
            | Purpose::Question(_)
            | Purpose::FollowUp(_)
            | Purpose::Answer(_) => entry::private_from(review, &self.text()),
            Purpose::Reword(id) => review
                .records
                .findings
                .get(id)
                .is_none_or(|finding| finding.private)
                .then_some(0),
            _ => None,
        }
    }

    /// The text as it stands.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The text, if it is not on disk as it stands.
    pub fn unkept(&self) -> Option<String> {
        Some(self.text()).filter(|text| *text != self.kept)
    }

    /// Notes what is on disk.
    pub fn is_kept(&mut self, text: String) {
        self.on_disk = Some(text::clean(&text).text).filter(|text| !text.is_empty());
        self.kept = text;
    }

    /// Takes a key.
    pub fn key(&mut self, event: KeyEvent) -> Typed {
        let typed = self.type_key(event);
        if typed == Typed::Text && self.purpose.asks() {
            self.look_near();
        }
        typed
    }

    fn type_key(&mut self, event: KeyEvent) -> Typed {
        let (ctrl, alt) = (
            event.modifiers.contains(KeyModifiers::CONTROL),
            event.modifiers.contains(KeyModifiers::ALT),
        );
        match event.code {
            KeyCode::Esc => return Typed::Leave,
            KeyCode::Enter if alt => self.area.insert_newline(),
            KeyCode::Enter => return Typed::Record,
            KeyCode::Char('j') if ctrl => self.area.insert_newline(),
            // Readline's: from the cursor to the beginning. The widget would undo.
            KeyCode::Char('u') if ctrl => {
                self.area.delete_line_by_head();
            }
            // Readline's: to the end of the word. The widget would go on to the next one.
            KeyCode::Char('f') if alt => {
                self.area.move_cursor(CursorMove::WordEnd);
                self.area.move_cursor(CursorMove::Forward);
            }
            KeyCode::PageUp | KeyCode::PageDown | KeyCode::Tab | KeyCode::BackTab => {
                return Typed::NotMine;
            }
            KeyCode::Char(c) if !ctrl && !alt => {
                for c in text::clean(c.encode_utf8(&mut [0; 4])).text.chars() {
                    self.area.insert_char(c);
                }
            }
            _ => {
                self.area.input(event);
            }
        }
        Typed::Text
    }

    /// Takes a paste, cleaned.
    pub fn paste(&mut self, raw: &str) {
        let cleaned = text::clean(raw);
        self.removed += cleaned.removed;
        self.area.insert_str(cleaned.text);
        if self.purpose.asks() {
            self.look_near();
        }
    }

    /// Puts another text in the line's place, as the editor gave it back.
    pub fn replace(&mut self, text: &str) {
        (self.area, self.removed) = (text_area(text), 0);
        if self.purpose.asks() {
            self.look_near();
        }
    }

    /// Puts a text before the one in the line, a blank line between them.
    pub fn put_before(&mut self, text: &str) {
        let both = [text, &self.text()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n");
        self.replace(&both);
    }

    /// What the frame says: what is written, and what the markers in it say.
    fn title(&self, review: &Review, today: NaiveDate) -> String {
        let mut title = self.purpose.label(review);
        match self.purpose {
            Purpose::Question(on) => title = question_title(review, on, &self.text()),
            Purpose::FollowUp(parent) => {
                if let Some(parent) = review.questions.get(parent) {
                    title = format!(
                        "{}, follow-up of {}",
                        question_title(review, parent.recommendation, &self.text()),
                        parent.number
                    );
                }
            }
            Purpose::Answer(number) => title = answer_title(review, number, &self.text()),
            _ => {}
        }
        match &self.purpose {
            Purpose::Finding(about) => {
                let (captured, kind, private) = entry::finding(review, &self.text());
                let what = match (kind, private) {
                    (FindingKind::Finding, _) => "Finding",
                    (FindingKind::Note, false) => "Note",
                    (FindingKind::Note, true) => "Private note",
                };
                title = marked(
                    review,
                    &format!("{what} on"),
                    Some(about),
                    &captured,
                    "said by",
                    "",
                );
            }
            Purpose::Action(about) => {
                let line = entry::action(review, &self.text(), today);
                let due = line
                    .due
                    .as_ref()
                    .map_or_else(String::new, |due| format!(", due {due}"));
                title = marked(review, "Action item", about.as_ref(), &line, "owner", &due);
            }
            Purpose::Decision(about) => {
                title = marked(
                    review,
                    "Decision",
                    about.as_ref(),
                    &capture::read(review, &self.text()),
                    "moved by",
                    "",
                );
            }
            _ => {}
        }
        if self.mistyped {
            title = format!("Typed without f: {title}");
        }
        if self.from_draft {
            title += " (a draft)";
        }
        if self.removed > 0 {
            title += &format!(" ({} characters of the paste removed)", self.removed);
        }
        title
    }

    /// The text area with a dot for each character from this byte on, and the cursor at the same place.
    fn masked_from(&self, from: usize) -> TextArea<'static> {
        let text = self.text();
        let (clear, hidden) = text.split_at_checked(from).unwrap_or(("", &text));
        let dots: String = hidden
            .chars()
            .map(|c| if c == '\n' { c } else { '•' })
            .collect();
        let mut area = text_area(&format!("{clear}{dots}"));
        let ratatui_textarea::DataCursor(row, column) = self.area.cursor();
        area.move_cursor(CursorMove::Jump(
            u16::try_from(row).unwrap_or(u16::MAX),
            u16::try_from(column).unwrap_or(u16::MAX),
        ));
        area
    }

    /// How many rows it wants, frame included, where `most` can be had.
    pub fn height(&self, width: u16, most: u16) -> u16 {
        let inner = usize::from(width.saturating_sub(3)).max(1);
        let lines: usize = self
            .area
            .lines()
            .iter()
            .map(|line| textwrap::wrap(line, inner).len().max(1))
            .sum();
        u16::try_from(lines + 2 + self.near.len())
            .unwrap_or(u16::MAX)
            .clamp(3, most.max(3))
    }

    /// Draws it, and answers where the terminal's cursor belongs.
    pub fn draw(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        review: &Review,
        today: NaiveDate,
        masked: bool,
        theme: &Theme,
    ) -> Option<Position> {
        let hidden = self.private_from(review).filter(|_| masked);
        // The title would show who said it, which belongs to the private note.
        let title = if hidden.is_some() {
            "Private note".to_owned()
        } else {
            self.title(review, today)
        };
        let title = prose::clip(
            &format!(" {title} "),
            usize::from(area.width.saturating_sub(2)),
            theme.signs.more,
        );
        let block = Block::bordered()
            .border_set(theme.signs.border)
            .border_style(theme.frame_focus)
            .title(Span::styled(title, theme.strong));
        let inner = block.inner(area);
        block.render(area, frame.buffer_mut());
        // What was asked before stands above what is being typed, as far as there is room for both.
        let shown = u16::try_from(self.near.len())
            .unwrap_or(0)
            .min(inner.height.saturating_sub(1));
        for (y, number) in (inner.y..inner.y + shown).zip(&self.near) {
            let Some(near) = review.questions.get(*number) else {
                continue;
            };
            let head = format!("near {number}, {}: ", review.question_state(near));
            let room = usize::from(inner.width).saturating_sub(head.len() + 1);
            let text = prose::clip(&near.text.replace('\n', " "), room, theme.signs.more);
            let line = Line::from(vec![
                Span::styled(head, theme.partly),
                Span::styled(text, theme.quiet),
            ]);
            frame.render_widget(
                line,
                Rect {
                    y,
                    height: 1,
                    ..inner
                },
            );
        }
        let inner = Rect {
            y: inner.y + shown,
            height: inner.height - shown,
            ..inner
        };
        if inner.is_empty() {
            return None;
        }
        let masked = hidden.map(|from| self.masked_from(from));
        let shown = masked.as_ref().unwrap_or(&self.area);
        shown.render(inner, frame.buffer_mut());
        let (cursor, (top, left)) = (shown.screen_cursor(), shown.scroll_offset());
        let offset = |at: usize, start: u16, room: u16| {
            u16::try_from(at.saturating_sub(usize::from(start)))
                .unwrap_or(0)
                .min(room.saturating_sub(1))
        };
        Some(Position::new(
            inner.x + offset(cursor.col, left, inner.width),
            inner.y + offset(cursor.row, top, inner.height),
        ))
    }
}
