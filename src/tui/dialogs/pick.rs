//! Picking one of several: by key, by moving, or by typing a part of it.

use super::boxed;
use crate::error::Result;
use crate::find::Query;
use crate::model::text::{clean, fold};
use crate::tui::app::App;
use crate::tui::key::Key;
use crate::tui::theme::Theme;
use crate::tui::widgets::{prose, window};
use crossterm::event::{Event, KeyCode};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span, Text};
use unicode_width::UnicodeWidthStr;

/// How wide a box with a text in it is.
const BODY: u16 = 76;

/// Something that can be picked.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What it is called, and what is answered.
    pub label: String,
    /// What it does.
    pub detail: String,
    /// The key that picks it at once.
    pub key: Option<char>,
}

impl Choice {
    /// A choice without key or detail.
    pub fn plain(label: &str) -> Choice {
        Choice { label: label.to_owned(), detail: String::new(), key: None }
    }

    /// A choice with a key.
    pub fn keyed(label: &str, key: char) -> Choice {
        Choice { label: label.to_owned(), detail: String::new(), key: Some(key) }
    }
}

/// Makes the text above the choices for a width; no lines where there is none.
type Body<'a> = dyn Fn(&Theme, usize) -> Vec<Line<'static>> + 'a;

struct Picker<'a> {
    title: &'a str,
    /// What is shown above the choices.
    body: Option<&'a Body<'a>>,
    /// The first line of it that is shown.
    read: usize,
    choices: &'a [Choice],
    folded: Vec<String>,
    typed: Option<String>,
    shown: Vec<usize>,
    at: usize,
    first: usize,
}

impl<'a> Picker<'a> {
    fn new(title: &'a str, choices: &'a [Choice], now: Option<&str>, typing: bool) -> Picker<'a> {
        let folded = choices.iter().map(|c| fold(&format!("{} {}", c.label, c.detail))).collect();
        let typed = typing.then(String::new);
        let mut picker = Picker { title, body: None, read: 0, choices, folded, typed, shown: Vec::new(), at: 0, first: 0 };
        picker.narrow();
        picker.at = choices.iter().position(|c| Some(c.label.as_str()) == now).unwrap_or(0);
        picker
    }

    fn narrow(&mut self) {
        let query = Query::new(self.typed.as_deref().unwrap_or_default());
        let mut scored: Vec<(i64, usize)> = (0..self.choices.len())
            .filter_map(|i| if query.is_empty() { Some((0, i)) } else { query.score(&self.folded[i]).map(|s| (-s, i)) })
            .collect();
        scored.sort_unstable();
        self.shown = scored.into_iter().map(|(_, i)| i).collect();
        self.at = 0;
    }

    fn draw(&mut self, frame: &mut Frame<'_>, theme: &Theme) {
        let typing = u16::from(self.typed.is_some());
        let widest =
            self.choices.iter().map(|c| c.label.width() + if c.detail.is_empty() { 6 } else { c.detail.width() + 26 }).max().unwrap_or(0);
        let width = u16::try_from(widest + 4).unwrap_or(u16::MAX).clamp(40, 100);
        // All of the screen but the last line at most: a frame just above another one's edge looks like a mistake.
        let rows = u16::try_from(self.choices.len()).unwrap_or(u16::MAX).min(frame.area().height.saturating_sub(3 + typing));
        let width = if self.body.is_some() { BODY } else { width };
        let mut body = self.body.map(|make| make(theme, usize::from(width.min(frame.area().width)).saturating_sub(4))).unwrap_or_default();
        let room = usize::from(frame.area().height.saturating_sub(rows + 4)).max(1);
        self.read = self.read.min((body.len() + 1).saturating_sub(room));
        if body.len() > room {
            body.drain(..self.read);
            let left = (body.len() + 1).saturating_sub(room);
            if left > 1 {
                body.truncate(room.saturating_sub(1));
                body.push(Line::styled(format!(" {} {left} more lines (PgDn)", theme.signs.more), theme.quiet));
            }
        }
        let told = u16::try_from(body.len()).unwrap_or(0);
        let above = if told > 0 { told + 1 } else { 0 };
        let inner = boxed(frame, theme, self.title, width, rows + 2 + typing + above, "Enter picks · Esc cancels");
        frame.render_widget(Text::from(body), Rect { height: told.min(inner.height), ..inner });
        let above = above.min(inner.height);
        let inner = Rect { y: inner.y + above, height: inner.height - above, ..inner };
        let mut list = inner;
        if let Some(typed) = &self.typed
            && inner.height > 0
        {
            frame.render_widget(Line::from(vec![Span::styled(" : ", theme.key), Span::raw(typed.clone())]), Rect { height: 1, ..inner });
            let x = inner.x + u16::try_from(3 + typed.width()).unwrap_or(0).min(inner.width.saturating_sub(1));
            frame.set_cursor_position(Position::new(x, inner.y));
            list = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
        }
        self.first = window::follow(self.first.min(self.shown.len()), usize::from(list.height), self.at, self.at + 1);
        for (y, (place, i)) in (list.y..list.bottom()).zip(self.shown.iter().enumerate().skip(self.first)) {
            let choice = &self.choices[*i];
            let key = choice.key.map_or_else(|| "  ".to_owned(), |key| format!("{key} "));
            let mut line = vec![Span::styled(format!(" {key}"), theme.key)];
            if choice.detail.is_empty() {
                line.push(Span::raw(choice.label.clone()));
            } else {
                line.push(Span::raw(format!("{:<21} ", choice.label)));
                line.push(Span::styled(
                    prose::clip(&choice.detail, usize::from(list.width).saturating_sub(26), theme.signs.more),
                    theme.quiet,
                ));
            }
            let row = Rect { y, height: 1, ..list };
            frame.render_widget(Line::from(line), row);
            if place == self.at {
                frame.buffer_mut().set_style(row, theme.selected);
                if self.typed.is_none() {
                    frame.set_cursor_position(Position::new(row.x, row.y));
                }
            }
        }
    }
}

impl App {
    /// Asks for one of several; with `typing` also for what is typed and in no choice. `None` when nothing was picked.
    ///
    /// # Errors
    /// The end of the terminal or of the script.
    pub fn pick(&mut self, title: &str, choices: &[Choice], now: Option<&str>, typing: bool) -> Result<Option<String>> {
        self.pick_with(Picker::new(title, choices, now, typing))
    }

    /// Asks for one of several below a text that the choice is about. `None` when nothing was picked.
    ///
    /// # Errors
    /// The end of the terminal or of the script.
    pub fn pick_about(&mut self, title: &str, body: &str, choices: &[Choice]) -> Result<Option<String>> {
        self.pick_below(title, &|theme, width| prose::block(1, body, theme.text, width), choices, None)
    }

    /// Asks for one of several below lines that the choice is about, which PgUp and PgDn scroll. `None` when nothing was picked.
    ///
    /// # Errors
    /// The end of the terminal or of the script.
    pub fn pick_below(&mut self, title: &str, body: &Body<'_>, choices: &[Choice], now: Option<&str>) -> Result<Option<String>> {
        self.pick_with(Picker { body: Some(body), ..Picker::new(title, choices, now, false) })
    }

    fn pick_with(&mut self, mut picker: Picker<'_>) -> Result<Option<String>> {
        let choices = picker.choices;
        loop {
            let event = self.next(&mut |frame, theme, _| picker.draw(frame, theme))?;
            if let (Event::Paste(text), Some(typed)) = (&event, &mut picker.typed) {
                typed.push_str(&clean(text).text.replace(['\n', '\t'], " "));
                picker.narrow();
                continue;
            }
            if let Event::Paste(_) = event {
                self.refuse_paste();
            }
            let Event::Key(key) = event else { continue };
            let Some(key) = Key::of(key) else { continue };
            let last = picker.shown.len().saturating_sub(1);
            match (key.code, key.character(), &mut picker.typed) {
                (KeyCode::Esc, ..) => return Ok(None),
                (KeyCode::Char('c'), None, _) if key.ctrl => return Ok(None),
                (KeyCode::Enter, ..) => {
                    let picked = picker.shown.get(picker.at).map(|i| choices[*i].label.clone());
                    return Ok(picked.or(picker.typed.filter(|typed| !typed.trim().is_empty())));
                }
                (KeyCode::Down | KeyCode::Tab, ..) => picker.at = (picker.at + 1).min(last),
                (KeyCode::Up | KeyCode::BackTab, ..) => picker.at = picker.at.saturating_sub(1),
                (KeyCode::PageDown, ..) if picker.body.is_some() => picker.read += 5,
                (KeyCode::PageUp, ..) if picker.body.is_some() => picker.read = picker.read.saturating_sub(5),
                (KeyCode::PageDown, ..) => picker.at = (picker.at + 10).min(last),
                (KeyCode::PageUp, ..) => picker.at = picker.at.saturating_sub(10),
                (KeyCode::Backspace, _, Some(typed)) => {
                    typed.pop();
                    picker.narrow();
                }
                (KeyCode::Char('u'), None, Some(typed)) if key.ctrl => {
                    typed.clear();
                    picker.narrow();
                }
                (_, Some(c), Some(typed)) => {
                    typed.push_str(&clean(c.encode_utf8(&mut [0; 4])).text);
                    picker.narrow();
                }
                (_, Some(c), None) => match choices.iter().find(|choice| choice.key == Some(c)) {
                    Some(choice) => return Ok(Some(choice.label.clone())),
                    None if c == 'j' => picker.at = (picker.at + 1).min(last),
                    None if c == 'k' => picker.at = picker.at.saturating_sub(1),
                    None if c == 'q' => return Ok(None),
                    None => {}
                },
                _ => {}
            }
        }
    }
}
