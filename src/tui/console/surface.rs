//! What ratatui draws on: it has a size and a cursor, and nothing else.
//!
//! ratatui would say which cells a frame changes, but leaves out what it expects a terminal to do by itself. So frames are taken whole and painted by
//! [`Painter`](super::painter::Painter).

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::io::{Error, Result};

/// A screen that remembers only where its cursor is.
#[derive(Debug, Default)]
pub struct Surface {
    cursor: Option<Position>,
    is_cursor_visible: bool,
}

impl Surface {
    /// Where the cursor is to be seen, if anywhere.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor.filter(|_| self.is_cursor_visible)
    }
}

impl Backend for Surface {
    type Error = Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, _: I) -> Result<()> {
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<()> {
        self.is_cursor_visible = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> Result<()> {
        self.is_cursor_visible = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> Result<Position> {
        Ok(self.cursor.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<()> {
        self.cursor = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> Result<()> {
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> Result<()> {
        Ok(())
    }

    fn size(&self) -> Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
