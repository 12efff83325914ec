//! A box in which one of several choices is picked: by its letter, by moving to it, or by typing a part of it.
//!
//! A letter that no choice has was meant for something else. From then on the box takes no more letters, and nothing is selected until an arrow selects
//! it, so that a word typed into the box by mistake picks nothing, with or without Enter. Where the choice has consequences that no undo takes back, letters only move to it and Enter picks
//! ([`Pick::enter_picks`]).

use super::boxed;
use crate::error::{Error, Result};
use crate::find::Query;
use crate::model::text::{clean, fold};
use crate::tui::app::App;
use crate::tui::key::Key;
use crate::tui::sentence::{self, KeyMeaning, RUN_PAUSE};
use crate::tui::theme::Theme;
use crate::tui::widgets::{prose, window};
use crossterm::event::{Event, KeyCode};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span, Text};
use std::time::Duration;
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
        Choice {
            label: label.to_owned(),
            detail: String::new(),
            key: None,
        }
    }

    /// A choice with a key.
    pub fn keyed(label: &str, key: char) -> Choice {
        Choice {
            label: label.to_owned(),
            detail: String::new(),
            key: Some(key),
        }
    }
}

/// Makes the text above the choices for a width; no lines where there is none.
type Body<'a> = dyn Fn(&Theme, usize) -> Vec<Line<'static>> + 'a;

/// What a letter does in a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// It picks its choice.
    Pick,
    /// It moves to its choice; Enter picks it.
    Move,
    /// Nothing, because a letter came that no choice has.
    Off,
}

/// A box in which one of several choices is picked.
pub struct Pick<'a> {
    title: &'a str,
    /// What is shown above the choices.
    body: Option<&'a Body<'a>>,
    /// The first line of it that is shown.
    read: usize,
    choices: &'a [Choice],
    folded: Vec<String>,
    letters: Letters,
    typed: Option<String>,
    /// When the key that opened the box came, and whether it stands alone so far; Enter picks only if it does. `None` where that does not matter.
    lone_key: Option<(Duration, bool)>,
    shown: Vec<usize>,
    /// The row that Enter picks.
    at: Option<usize>,
    first: usize,
}

impl std::fmt::Debug for Pick<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pick")
            .field("title", &self.title)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

impl<'a> Pick<'a> {
    /// A box with the first choice selected.
    pub fn new(title: &'a str, choices: &'a [Choice]) -> Pick<'a> {
        let folded = choices
            .iter()
            .map(|c| fold(&format!("{} {}", c.label, c.detail)))
            .collect();
        let shown = (0..choices.len()).collect();
        Pick {
            title,
            body: None,
            read: 0,
            choices,
            folded,
            letters: Letters::Pick,
            typed: None,
            lone_key: None,
            shown,
            at: Some(0),
            first: 0,
        }
    }

    /// With the choice that has this label selected, if there is one.
    #[must_use]
    pub fn with_selected(self, label: Option<&str>) -> Pick<'a> {
        let at = self
            .choices
            .iter()
            .position(|c| Some(c.label.as_str()) == label);
        Pick {
            at: at.or(self.at),
            ..self
        }
    }

    /// With nothing selected, so that Enter picks nothing before an arrow or a letter selects a choice.
    #[must_use]
    pub fn with_no_selection(self) -> Pick<'a> {
        Pick { at: None, ..self }
    }

    /// With lines above the choices, which PgUp and PgDn scroll.
    #[must_use]
    pub fn with_text(self, body: &'a Body<'a>) -> Pick<'a> {
        Pick {
            body: Some(body),
            ..self
        }
    }

    /// With letters that only move to their choice, and Enter that picks it.
    #[must_use]
    pub fn enter_picks(self) -> Pick<'a> {
        Pick {
            letters: Letters::Move,
            ..self
        }
    }

    /// With Enter that picks nothing if another character came just before or after the key that opened the box: an `L` in a word must not end a call.
    #[must_use]
    pub fn opened_by_lone_key(self, app: &App) -> Pick<'a> {
        Pick {
            lone_key: Some((app.event_at, app.is_first_in_run())),
            ..self
        }
    }

    /// With an input line for a part of a choice, or for something that is not among the choices.
    #[must_use]
    pub fn with_input(self) -> Pick<'a> {
        Pick {
            typed: Some(String::new()),
            ..self
        }
    }

    fn narrow(&mut self) {
        let query = Query::new(self.typed.as_deref().unwrap_or_default());
        let mut scored: Vec<(i64, usize)> = (0..self.choices.len())
            .filter_map(|i| {
                if query.is_empty() {
                    Some((0, i))
                } else {
                    query.score(&self.folded[i]).map(|s| (-s, i))
                }
            })
            .collect();
        scored.sort_unstable();
        self.shown = scored.into_iter().map(|(_, i)| i).collect();
        self.at = Some(0);
    }

    /// Moves the selection; if nothing is selected, selects the first or last row.
    fn step(&mut self, by: isize) {
        let last = self.shown.len().saturating_sub(1);
        self.at = Some(match self.at {
            Some(at) => at.saturating_add_signed(by).min(last),
            None if by > 0 => 0,
            None => last,
        });
    }

    fn picked(&self) -> Option<&Choice> {
        self.shown.get(self.at?).map(|i| &self.choices[*i])
    }

    fn hint(&self) -> &'static str {
        match self.letters {
            Letters::Off => "Letters are off: arrows, Enter, Esc",
            Letters::Move if self.choices.iter().any(|choice| choice.key.is_some()) => {
                "Letters move · Enter picks · Esc"
            }
            Letters::Move => "Enter picks · Esc cancels",
            Letters::Pick => "Enter picks · Esc cancels",
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, theme: &Theme) {
        let typing = u16::from(self.typed.is_some());
        let widest = self
            .choices
            .iter()
            .map(|c| {
                c.label.width()
                    + if c.detail.is_empty() {
                        6
                    } else {
                        c.detail.width() + 26
                    }
            })
            .max()
            .unwrap_or(0);
        let width = u16::try_from(widest + 4).unwrap_or(u16::MAX).clamp(40, 100);
        // All of the screen but the last line at most: a frame just above another one's edge looks like a mistake.
        let rows = u16::try_from(self.choices.len())
            .unwrap_or(u16::MAX)
            .min(frame.area().height.saturating_sub(3 + typing));
        let width = if self.body.is_some() { BODY } else { width };
        let mut body = self
            .body
            .map(|make| {
                make(
                    theme,
                    usize::from(width.min(frame.area().width)).saturating_sub(4),
                )
            })
            .unwrap_or_default();
        let room = usize::from(frame.area().height.saturating_sub(rows + 4)).max(1);
        self.read = self.read.min((body.len() + 1).saturating_sub(room));
        if body.len() > room {
            body.drain(..self.read);
            let left = (body.len() + 1).saturating_sub(room);
            if left > 1 {
                body.truncate(room.saturating_sub(1));
                body.push(Line::styled(
                    format!(" {} {left} more lines (PgDn)", theme.signs.more),
                    theme.quiet,
                ));
            }
        }
        let told = u16::try_from(body.len()).unwrap_or(0);
        let above = if told > 0 { told + 1 } else { 0 };
        let inner = boxed(
            frame,
            theme,
            self.title,
            width,
            rows + 2 + typing + above,
            self.hint(),
        );
        frame.render_widget(
            Text::from(body),
            Rect {
                height: told.min(inner.height),
                ..inner
            },
        );
        let above = above.min(inner.height);
        let inner = Rect {
            y: inner.y + above,
            height: inner.height - above,
            ..inner
        };
        let mut list = inner;
        if let Some(typed) = &self.typed
            && inner.height > 0
        {
            frame.render_widget(
                Line::from(vec![
                    Span::styled(" : ", theme.key),
                    Span::raw(typed.clone()),
                ]),
                Rect { height: 1, ..inner },
            );
            let x = inner.x
                + u16::try_from(3 + typed.width())
                    .unwrap_or(0)
                    .min(inner.width.saturating_sub(1));
            frame.set_cursor_position(Position::new(x, inner.y));
            list = Rect {
                y: inner.y + 1,
                height: inner.height - 1,
                ..inner
            };
        }
        let at = self.at.unwrap_or(0);
        self.first = window::follow(
            self.first.min(self.shown.len()),
            usize::from(list.height),
            at,
            at + 1,
        );
        for (y, (place, i)) in
            (list.y..list.bottom()).zip(self.shown.iter().enumerate().skip(self.first))
        {
            let choice = &self.choices[*i];
            let key = choice
                .key
                .map_or_else(|| "  ".to_owned(), |key| format!("{key} "));
            let mut line = vec![Span::styled(format!(" {key}"), theme.key)];
            if choice.detail.is_empty() {
                line.push(Span::raw(choice.label.clone()));
            } else {
                line.push(Span::raw(format!("{:<21} ", choice.label)));
                line.push(Span::styled(
                    prose::clip(
                        &choice.detail,
                        usize::from(list.width).saturating_sub(26),
                        theme.signs.more,
                    ),
                    theme.quiet,
                ));
            }
            let row = Rect {
                y,
                height: 1,
                ..list
            };
            frame.render_widget(Line::from(line), row);
            if Some(place) == self.at {
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
    /// The end of the terminal or of the script; [`crate::error::Kind::Mistyped`] if a sentence is typed into the box.
    pub fn pick(
        &mut self,
        title: &str,
        choices: &[Choice],
        now: Option<&str>,
        typing: bool,
    ) -> Result<Option<String>> {
        let pick = Pick::new(title, choices).with_selected(now);
        self.pick_from(if typing { pick.with_input() } else { pick })
    }

    /// Shows the box and asks for one of its choices; `None` if nothing was picked.
    ///
    /// # Errors
    /// As [`App::pick`].
    pub fn pick_from(&mut self, mut pick: Pick<'_>) -> Result<Option<String>> {
        loop {
            let event = self.next(&mut |frame, theme, _| pick.draw(frame, theme))?;
            if let (Event::Paste(text), Some(typed)) = (&event, &mut pick.typed) {
                typed.push_str(&clean(text).text.replace(['\n', '\t'], " "));
                pick.narrow();
                continue;
            }
            if let Event::Paste(_) = event {
                self.refuse_paste();
            }
            let Event::Key(key) = event else { continue };
            let Some(key) = Key::of(key) else { continue };
            if let Some(c) = key.character() {
                match self.take_character(&mut pick, c)? {
                    Some(answer) => return Ok(answer),
                    None => continue,
                }
            }
            match (key.code, &mut pick.typed) {
                (KeyCode::Esc, _) => return Ok(None),
                (KeyCode::Char('c'), _) if key.ctrl => return Ok(None),
                (KeyCode::Enter, _) if pick.lone_key.is_some_and(|(_, is_alone)| !is_alone) => {
                    self.fail(&Error::slip(
                        "Other letters came just before or after the key that opened this box, so Enter does nothing. Press Esc, then the key again.",
                    ));
                }
                (KeyCode::Enter, _) => {
                    let picked = pick.picked().map(|choice| choice.label.clone());
                    let answer = picked
                        .or_else(|| pick.typed.clone().filter(|typed| !typed.trim().is_empty()));
                    if answer.is_some() || pick.at.is_some() {
                        return Ok(answer);
                    }
                }
                (KeyCode::Down | KeyCode::Tab, _) => pick.step(1),
                (KeyCode::Up | KeyCode::BackTab, _) => pick.step(-1),
                (KeyCode::PageDown, _) if pick.body.is_some() => pick.read += 5,
                (KeyCode::PageUp, _) if pick.body.is_some() => {
                    pick.read = pick.read.saturating_sub(5)
                }
                (KeyCode::PageDown, _) => pick.step(10),
                (KeyCode::PageUp, _) => pick.step(-10),
                (KeyCode::Backspace, Some(typed)) => {
                    typed.pop();
                    pick.narrow();
                }
                (KeyCode::Char('u'), Some(typed)) if key.ctrl => {
                    typed.clear();
                    pick.narrow();
                }
                _ => {}
            }
        }
    }

    /// Takes a character; returns `Some` if it closes the box, with the choice that it picked, if any.
    fn take_character(&mut self, pick: &mut Pick<'_>, c: char) -> Result<Option<Option<String>>> {
        if let Some((opened_at, is_alone)) = &mut pick.lone_key {
            *is_alone &= self.event_at.saturating_sub(*opened_at) > RUN_PAUSE;
        }
        if let Some(typed) = &mut pick.typed {
            self.note_text_key(
                Key::plain(KeyCode::Char(c)),
                KeyMeaning::Field { was_empty: true },
            )?;
            typed.push_str(&clean(c.encode_utf8(&mut [0; 4])).text);
            pick.narrow();
            return Ok(None);
        }
        if c.is_ascii_digit() {
            return self.note_character(c, KeyMeaning::Neutral).map(|()| None);
        }
        if pick.letters == Letters::Off {
            return self
                .note_character(c, KeyMeaning::Meaningless)
                .map(|()| None);
        }
        let choice = pick.choices.iter().position(|choice| choice.key == Some(c));
        let is_known = choice.is_some() || matches!(c, 'j' | 'k' | 'q');
        self.note_character(
            c,
            if is_known {
                KeyMeaning::Meaningful
            } else {
                KeyMeaning::Meaningless
            },
        )?;
        if is_known && sentence::must_stand_alone(c) && !self.stands_alone(c)? {
            return Ok(None);
        }
        match (choice, c) {
            (Some(choice), _) if pick.letters == Letters::Move => pick.at = Some(choice),
            (Some(choice), _) => return Ok(Some(Some(pick.choices[choice].label.clone()))),
            (None, 'j' | 'k') => {
                self.note_row_moved();
                pick.step(if c == 'j' { 1 } else { -1 });
            }
            (None, 'q') => return Ok(Some(None)),
            (None, _) => (pick.letters, pick.at) = (Letters::Off, None),
        }
        Ok(None)
    }
}
