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
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear};

pub use pick::{Choice, Pick};
pub use tick::Tick;

/// A box in the middle of the screen, at most so large, and its inside.
fn boxed(
    frame: &mut Frame<'_>,
    theme: &Theme,
    title: &str,
    width: u16,
    height: u16,
    hint: &str,
) -> Rect {
    let screen = frame.area();
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 3,
        width,
        height,
    };
    let room = usize::from(width.saturating_sub(4));
    let mut block = Block::bordered()
        .border_set(theme.signs.border)
        .border_style(theme.frame_focus);
    if !title.is_empty() {
        block = block.title(Span::styled(
            format!(" {} ", prose::clip(title, room, theme.signs.more)),
            theme.strong,
        ));
    }
    if !hint.is_empty() {
        block = block.title_bottom(
            Line::styled(
                format!(" {} ", prose::clip(hint, room, theme.signs.more)),
                theme.quiet,
            )
            .right_aligned(),
        );
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
        let line = Line::from(vec![
            Span::styled(format!(" {rest:<4}"), theme.key),
            Span::raw(command.doc),
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
}

impl App {
    /// Asks a yes-or-no question; no is selected.
    ///
    /// # Errors
    /// The end of the terminal or of the script; [`crate::error::Kind::Mistyped`] if a sentence is typed into the box.
    pub fn confirm(&mut self, question: &str) -> Result<bool> {
        let choices = [Choice::keyed("yes", 'y'), Choice::keyed("no", 'n')];
        let lines = |theme: &Theme, width: usize| prose::block(1, question, theme.strong, width);
        let picked = self.pick_from(
            Pick::new("", &choices)
                .with_selected(Some("no"))
                .with_text(&lines),
        )?;
        Ok(picked.as_deref() == Some("yes"))
    }
}
