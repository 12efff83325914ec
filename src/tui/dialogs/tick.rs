//! A box in which several of a list are ticked. After a letter that means nothing here, it takes no more letters and no Space, like a box of choices.

use super::boxed;
use crate::error::Result;
use crate::tui::app::App;
use crate::tui::key::Key;
use crate::tui::sentence::KeyMeaning;
use crate::tui::widgets::{prose, window};
use crossterm::event::{Event, KeyCode};
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Something that can be ticked.
#[derive(Debug, Clone)]
pub struct Tick {
    /// What it is called, and what is answered.
    pub label: String,
    /// What it is.
    pub detail: String,
    /// Whether it is ticked.
    pub on: bool,
}

impl App {
    /// Asks which of these; answers the labels of those ticked, in order. `None` when it was cancelled.
    ///
    /// # Errors
    /// The end of the terminal or of the script.
    pub fn tick_off(&mut self, title: &str, mut ticks: Vec<Tick>) -> Result<Option<Vec<String>>> {
        let (mut at, mut first) = (0_usize, 0_usize);
        let (mut typed, mut takes_letters) = (String::new(), true);
        loop {
            let event = self.next(&mut |frame, theme, _| {
                let rows = u16::try_from(ticks.len())
                    .unwrap_or(u16::MAX)
                    .min(frame.area().height.saturating_sub(3));
                let hint = match takes_letters {
                    true => "Space ticks · a number goes there · Enter takes it · Esc cancels",
                    false => "Letters are off: arrows, Enter, Esc",
                };
                let inner = boxed(frame, theme, title, 90, rows + 2, hint);
                first = window::follow(
                    first.min(ticks.len()),
                    usize::from(inner.height),
                    at,
                    at + 1,
                );
                for (y, (place, tick)) in
                    (inner.y..inner.bottom()).zip(ticks.iter().enumerate().skip(first))
                {
                    let row = Rect {
                        y,
                        height: 1,
                        ..inner
                    };
                    let sign = if tick.on { "x" } else { " " };
                    let head = format!(" [{sign}] {:<6} ", tick.label);
                    let room = usize::from(inner.width).saturating_sub(head.len() + 1);
                    let detail = prose::clip(&tick.detail, room, theme.signs.more);
                    frame.render_widget(
                        Line::from(vec![
                            Span::styled(head, theme.strong),
                            Span::styled(detail, theme.text),
                        ]),
                        row,
                    );
                    if place == at {
                        frame.buffer_mut().set_style(row, theme.selected);
                        frame.set_cursor_position(Position::new(row.x, row.y));
                    }
                }
            })?;
            if let Event::Paste(_) = event {
                self.refuse_paste();
            }
            let Event::Key(key) = event else { continue };
            let Some(key) = Key::of(key) else { continue };
            let last = ticks.len().saturating_sub(1);
            if let Some(c) = key.character() {
                let is_known = c.is_ascii_digit()
                    || matches!(c, 'j' | 'k' | 'q' | 'x' | ' ')
                    || (c == '.' && !typed.is_empty());
                self.note_character(
                    c,
                    match c {
                        _ if !is_known || !takes_letters => KeyMeaning::Meaningless,
                        '0'..='9' => KeyMeaning::Neutral,
                        _ => KeyMeaning::Meaningful,
                    },
                )?;
                takes_letters &= is_known;
                if !takes_letters {
                    continue;
                }
            }
            // Digits lead to the number they write, as everywhere; any other key ends it.
            if let Some(c) = key
                .character()
                .filter(|c| c.is_ascii_digit() || (*c == '.' && !typed.is_empty()))
            {
                typed.push(c);
                let named = |typed: &str| {
                    ticks.iter().position(|tick| {
                        tick.label.strip_prefix("Rec ").unwrap_or(&tick.label) == typed
                    })
                };
                let begun =
                    |typed: &str| ticks.iter().position(|tick| tick.label.starts_with(typed));
                match named(&typed).or_else(|| begun(&typed)) {
                    Some(found) => at = found,
                    None => typed = c.to_string(),
                }
                at = named(&typed).unwrap_or(at);
                continue;
            }
            typed.clear();
            match (key.code, key.character()) {
                (_, Some('q')) if !self.stands_alone('q')? => {}
                (KeyCode::Esc, _) | (_, Some('q')) => return Ok(None),
                (KeyCode::Char('c'), None) if key.ctrl => return Ok(None),
                (KeyCode::Enter, _) => {
                    return Ok(Some(
                        ticks
                            .into_iter()
                            .filter(|tick| tick.on)
                            .map(|tick| tick.label)
                            .collect(),
                    ));
                }
                (KeyCode::Down, _) | (_, Some('j')) => at = (at + 1).min(last),
                (KeyCode::Up, _) | (_, Some('k')) => at = at.saturating_sub(1),
                (KeyCode::PageDown, _) => at = (at + 10).min(last),
                (KeyCode::PageUp, _) => at = at.saturating_sub(10),
                (KeyCode::Home, _) => at = 0,
                (KeyCode::End, _) => at = last,
                (_, Some(' ' | 'x')) => {
                    if let Some(tick) = ticks.get_mut(at) {
                        tick.on = !tick.on;
                    }
                }
                _ => {}
            }
        }
    }
}
