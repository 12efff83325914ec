//! What changed on the screen, in as few bytes as it takes: over a slow link every byte is time.
//!
//! A frame is kept here until the terminal is ready for it, so that frames that nobody could have seen are never sent. Only sequences that terminals
//! have known for decades are used: moves of the cursor, erasing, and styles.

use super::glyph::Glyph;
use super::pen::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use std::io::Write;

/// How many blanks on a line are erased and not written.
const ERASED: usize = 8;

/// The screen as it is to be and as the terminal shows it.
#[derive(Debug)]
pub struct Painter {
    size: Size,
    wanted: Vec<Glyph>,
    shown: Vec<Glyph>,
    /// Whether a row may differ.
    changed: Vec<bool>,
    /// Whether the terminal shows nothing that is known.
    is_unknown: bool,
    /// Where the cursor is to be seen, if anywhere.
    cursor: Option<Position>,
    is_cursor_visible: bool,
    out: Out,
}

/// The bytes to be sent, and where and how the terminal writes behind them.
#[derive(Debug)]
struct Out {
    bytes: Vec<u8>,
    pen: Pen,
    /// Where the terminal's cursor is, if that is known.
    at: Option<(u16, u16)>,
}

impl Painter {
    /// A screen with nothing on it, of which it is not known what the terminal shows.
    pub fn new(size: Size) -> Painter {
        let out = Out {
            bytes: Vec::new(),
            pen: Pen::PLAIN,
            at: None,
        };
        let (wanted, shown, changed) = (Vec::new(), Vec::new(), Vec::new());
        let mut painter = Painter {
            size,
            wanted,
            shown,
            changed,
            is_unknown: true,
            cursor: None,
            is_cursor_visible: false,
            out,
        };
        painter.erase(size);
        painter
    }

    /// Paints the whole screen again with the next frame, on one of this size.
    pub fn erase(&mut self, size: Size) {
        let cells = usize::from(size.width) * usize::from(size.height);
        if size != self.size {
            (self.size, self.wanted) = (size, Vec::new());
        }
        self.wanted.resize(cells, Glyph::EMPTY);
        self.shown = vec![Glyph::EMPTY; cells];
        self.changed = vec![true; usize::from(size.height)];
        self.is_unknown = true;
    }

    /// The size of the screen.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Takes the screen as it is to be; of another size, everything is painted again.
    pub fn set(&mut self, frame: &Buffer) {
        if frame.area.as_size() != self.size {
            self.erase(frame.area.as_size());
        }
        let width = usize::from(self.size.width);
        if width == 0 {
            return;
        }
        let rows = frame
            .content
            .chunks(width)
            .zip(self.wanted.chunks_mut(width))
            .zip(&mut self.changed);
        for ((row, wanted), changed) in rows {
            let mut is_second = false;
            for (x, (cell, wanted)) in row.iter().zip(wanted).enumerate() {
                let is_half = std::mem::take(&mut is_second);
                let is_same = if is_half {
                    *wanted == Glyph::SECOND
                } else {
                    wanted.is_of(cell)
                };
                if !is_same {
                    *wanted = if is_half {
                        Glyph::SECOND
                    } else {
                        Glyph::of(cell)
                    };
                    *changed = true;
                }
                is_second = x + 1 < width && wanted.is_wide();
            }
        }
    }

    /// Takes where the cursor is to be seen, if anywhere.
    pub fn set_cursor(&mut self, cursor: Option<Position>) {
        self.cursor = cursor.filter(|at| at.x < self.size.width && at.y < self.size.height);
    }

    /// Adds bytes that go out in front of the next frame and move nothing.
    pub fn add(&mut self, bytes: &[u8]) {
        self.out.bytes.extend_from_slice(bytes);
    }

    /// Takes the bytes that lead to the screen as it is to be; none if the terminal shows it.
    pub fn paint(&mut self) -> Vec<u8> {
        if std::mem::take(&mut self.is_unknown) {
            self.add(b"\x1b[m\x1b[?25l\x1b[2J");
            (self.out.pen, self.out.at, self.is_cursor_visible) = (Pen::PLAIN, None, false);
        }
        if self.cursor.is_none() && std::mem::take(&mut self.is_cursor_visible) {
            self.add(b"\x1b[?25l");
        }
        let width = usize::from(self.size.width).max(1);
        let rows = self
            .wanted
            .chunks(width)
            .zip(self.shown.chunks_mut(width))
            .zip(&mut self.changed);
        for (((wanted, shown), changed), y) in rows.zip(0..) {
            if std::mem::take(changed) {
                self.out.paint_row(wanted, shown, y);
            }
        }
        if let Some(Position { x, y }) = self.cursor {
            self.out.move_to(x, y);
            if !std::mem::replace(&mut self.is_cursor_visible, true) {
                self.add(b"\x1b[?25h");
            }
        }
        std::mem::take(&mut self.out.bytes)
    }
}

impl Out {
    fn paint_row(&mut self, wanted: &[Glyph], shown: &mut [Glyph], y: u16) {
        let width = wanted.len();
        let is_changed = |shown: &[Glyph], x: usize| wanted[x] != shown[x];
        let mut x = 0;
        while x < width {
            let glyph = &wanted[x];
            let cells = if wanted.get(x + 1) == Some(&Glyph::SECOND) {
                2
            } else {
                1
            };
            if !(x..x + cells).any(|x| is_changed(shown, x)) {
                x += cells;
                continue;
            }
            self.move_along(x, y, wanted);
            if *glyph == Glyph::EMPTY {
                let end = x + wanted[x..]
                    .iter()
                    .take_while(|glyph| **glyph == Glyph::EMPTY)
                    .count();
                let last = (x..end).rev().find(|x| is_changed(shown, *x)).unwrap_or(x);
                if end == width && end - x > 3 {
                    self.use_pen_for_erasing();
                    self.bytes.extend_from_slice(b"\x1b[K");
                    break;
                }
                if last - x >= ERASED {
                    self.use_pen_for_erasing();
                    let _ = write!(self.bytes, "\x1b[{}X", last + 1 - x);
                    x = last + 1;
                    continue;
                }
            }
            if *glyph != Glyph::EMPTY || !self.pen.leaves_blanks_empty() {
                self.use_pen(glyph.pen());
            }
            glyph.write(&mut self.bytes);
            x += cells;
            // Behind the last column a cursor may be in two places.
            self.at = u16::try_from(x).ok().filter(|_| x < width).map(|x| (x, y));
        }
        shown.clone_from_slice(wanted);
    }

    fn use_pen(&mut self, pen: Pen) {
        if pen != self.pen {
            pen.write_change(self.pen, &mut self.bytes);
            self.pen = pen;
        }
    }

    /// Erasing leaves the colour of the ground behind.
    fn use_pen_for_erasing(&mut self) {
        if !self.pen.leaves_blanks_empty() {
            self.use_pen(Pen::PLAIN);
        }
    }

    /// Moves to a column of the row, over what stands between if writing that again is as short.
    fn move_along(&mut self, x: usize, y: u16, row: &[Glyph]) {
        let to = u16::try_from(x).unwrap_or(u16::MAX);
        let Some((at, _)) = self.at.filter(|(at, on)| *on == y && *at < to) else {
            return self.move_to(to, y);
        };
        let between = &row[usize::from(at)..x];
        let length: usize = between.iter().map(Glyph::length).sum();
        let pen = self.pen;
        let is_writable = |glyph: &Glyph| {
            glyph.pen() == pen || (*glyph == Glyph::EMPTY && pen.leaves_blanks_empty())
        };
        let is_narrow = !between
            .iter()
            .any(|glyph| *glyph == Glyph::SECOND || glyph.is_wide());
        if length <= length_of_step(to - at) && is_narrow && between.iter().all(is_writable) {
            between
                .iter()
                .for_each(|glyph| glyph.write(&mut self.bytes));
            self.at = Some((to, y));
        } else {
            self.move_to(to, y);
        }
    }

    /// Moves the cursor on the shortest way.
    fn move_to(&mut self, x: u16, y: u16) {
        if self.at == Some((x, y)) {
            return;
        }
        let absolute = 3
            + if (x, y) == (0, 0) { 0 } else { digits(y + 1) }
            + if x == 0 { 0 } else { 1 + digits(x + 1) };
        // Down is one byte a row, since the terminal is in raw mode and keeps the column.
        let down = self
            .at
            .filter(|(_, on)| (*on..=*on + 3).contains(&y))
            .map(|(at, on)| (at, y - on));
        let along = |at: u16| match (x, at) {
            (0, 1..) => 1,
            _ if x == at => 0,
            _ if x > at => length_of_step(x - at),
            _ => length_of_step(at - x).min(usize::from(at - x)),
        };
        match down {
            Some((at, rows)) if usize::from(rows) + along(at) <= absolute => {
                self.bytes
                    .extend(std::iter::repeat_n(b'\n', usize::from(rows)));
                match (x, at) {
                    (0, 1..) => self.bytes.push(b'\r'),
                    _ if x == at => {}
                    _ if x > at => self.step(x - at, 'C'),
                    _ if at - x < 4 => self
                        .bytes
                        .extend(std::iter::repeat_n(0x08, usize::from(at - x))),
                    _ => self.step(at - x, 'D'),
                }
            }
            _ => {
                let _ = match (x, y) {
                    (0, 0) => write!(self.bytes, "\x1b[H"),
                    (0, _) => write!(self.bytes, "\x1b[{}H", y + 1),
                    _ => write!(self.bytes, "\x1b[{};{}H", y + 1, x + 1),
                };
            }
        }
        self.at = Some((x, y));
    }

    fn step(&mut self, columns: u16, direction: char) {
        let _ = match columns {
            1 => write!(self.bytes, "\x1b[{direction}"),
            _ => write!(self.bytes, "\x1b[{columns}{direction}"),
        };
    }
}

/// How many bytes a move by so many columns takes.
fn length_of_step(columns: u16) -> usize {
    3 + if columns == 1 { 0 } else { digits(columns) }
}

fn digits(number: u16) -> usize {
    match number {
        0..=9 => 1,
        10..=99 => 2,
        100..=999 => 3,
        _ => 4 + usize::from(number > 9999),
    }
}

#[cfg(test)]
mod tests;
