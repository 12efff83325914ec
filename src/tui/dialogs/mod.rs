//! Dialogs: asked in direct style, answered to the caller. Each is a local variable on the call stack, drawn over the screen that stays alive.

mod ask;
pub mod board;
mod help;
mod pick;
mod tick;

use super::app::App;
use super::command::{self, Focus};
use super::key::Key;
use super::theme::Theme;
use super::widgets::prose;
use crate::error::Result;
use crate::model::review::Review;
use crossterm::event::{Event, KeyCode};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear};

pub use pick::Choice;
pub use tick::Tick;

/// A box in the middle of the screen, at most so large, and its inside.
fn boxed(frame: &mut Frame<'_>, theme: &Theme, title: &str, width: u16, height: u16, hint: &str) -> Rect {
    let screen = frame.area();
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    let area = Rect { x: screen.x + (screen.width - width) / 2, y: screen.y + (screen.height - height) / 3, width, height };
    let room = usize::from(width.saturating_sub(4));
    let mut block = Block::bordered().border_set(theme.signs.border).border_style(theme.frame_focus);
    if !title.is_empty() {
        block = block.title(Span::styled(format!(" {} ", prose::clip(title, room, theme.signs.more)), theme.strong));
    }
    if !hint.is_empty() {
        block = block.title_bottom(Line::styled(format!(" {} ", prose::clip(hint, room, theme.signs.more)), theme.quiet).right_aligned());
    }
    let inner = block.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(block, area);
    inner
}

/// The box that lists how a sequence begun can go on.
pub fn continuations(frame: &mut Frame<'_>, theme: &Theme, begun: &[Key], focus: Focus) {
    let found = command::continuations(begun, focus);
    let keys: Vec<String> = begun.iter().map(ToString::to_string).collect();
    let height = u16::try_from(found.len()).unwrap_or(20) + 2;
    let inner = boxed(frame, theme, &keys.join(" "), 64, height, "Esc cancels");
    for (y, (rest, command)) in (inner.y..inner.bottom()).zip(found) {
        let line = Line::from(vec![Span::styled(format!(" {rest:<4}"), theme.key), Span::raw(command.doc)]);
        frame.render_widget(line, Rect { y, height: 1, ..inner });
    }
}

impl App {
    /// Asks a question that is answered with yes or no; everything but `y` is no.
    ///
    /// # Errors
    /// The end of the terminal or of the script.
    pub fn confirm(&mut self, question: &str) -> Result<bool> {
        let mut over = |frame: &mut Frame<'_>, theme: &Theme, _: &Review| {
            let width = 64.min(frame.area().width);
            let lines = prose::block(1, question, theme.strong, usize::from(width.saturating_sub(4)));
            let inner = boxed(frame, theme, "", width, u16::try_from(lines.len()).unwrap_or(4) + 2, "y yes · n no");
            frame.render_widget(ratatui::text::Text::from(lines), inner);
        };
        loop {
            let event = self.next(&mut over)?;
            if let Event::Paste(_) = event {
                self.refuse_paste();
            }
            let Event::Key(key) = event else { continue };
            match Key::of(key).map(|key| (key.code, key.ctrl)) {
                Some((KeyCode::Char('y' | 'Y'), false)) => return Ok(true),
                Some((KeyCode::Char('n' | 'N' | 'q') | KeyCode::Esc, _) | (KeyCode::Char('c'), true)) => return Ok(false),
                // Any other key is neither: a verdict key held too long must not answer.
                _ => {}
            }
        }
    }
}
