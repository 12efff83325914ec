//! Asking for one line.

use super::boxed;
use crate::error::Result;
use crate::model::text::clean_line;
use crate::tui::app::App;
use crate::tui::key::Key;
use crate::tui::sentence::KeyMeaning;
use crossterm::event::{Event, KeyCode};
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea};

impl App {
    /// Asks for one line, with a first answer in it. `None` when it was cancelled.
    ///
    /// # Errors
    /// The end of the terminal or of the script.
    pub fn ask(&mut self, title: &str, offered: &str) -> Result<Option<String>> {
        let mut area = TextArea::new(vec![offered.to_owned()]);
        area.set_cursor_line_style(Style::new());
        area.set_cursor_style(Style::new());
        area.move_cursor(CursorMove::End);
        loop {
            let event = self.next(&mut |frame, theme, _| {
                let inner = boxed(frame, theme, title, 76, 3, "Enter takes it · Esc cancels");
                if !inner.is_empty() {
                    (&area).render(inner, frame.buffer_mut());
                    let at = area
                        .screen_cursor()
                        .col
                        .saturating_sub(usize::from(area.scroll_offset().1));
                    frame.set_cursor_position(Position::new(
                        inner.x + u16::try_from(at).unwrap_or(0).min(inner.width - 1),
                        inner.y,
                    ));
                }
            })?;
            match event {
                Event::Paste(text) => {
                    area.insert_str(clean_line(&text).text);
                }
                Event::Key(event) => match Key::of(event) {
                    Some(Key {
                        code: KeyCode::Enter,
                        ..
                    }) => return Ok(Some(clean_line(&area.lines().join(" ")).text)),
                    Some(
                        Key {
                            code: KeyCode::Esc, ..
                        }
                        | Key {
                            code: KeyCode::Char('c'),
                            ctrl: true,
                            ..
                        },
                    ) => return Ok(None),
                    Some(Key {
                        code: KeyCode::Char('u'),
                        ctrl: true,
                        ..
                    }) => {
                        area.delete_line_by_head();
                    }
                    Some(Key {
                        code: KeyCode::Char('j' | 'm'),
                        ctrl: true,
                        ..
                    })
                    | None => {}
                    Some(key) => {
                        self.note_text_key(
                            key,
                            KeyMeaning::Field {
                                was_empty: offered.is_empty(),
                            },
                        )?;
                        area.input(event);
                    }
                },
                _ => {}
            }
        }
    }
}
