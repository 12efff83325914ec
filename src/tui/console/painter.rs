//! What changed on the screen, in as few bytes as it takes: over a slow link every byte is time.
//!
//! Frames are kept here and painted when the terminal is ready for them, so that frames that nobody could have seen are never sent. Only sequences that every terminal has known for decades are used: the cursor's moves, erasing, and the first
//! eight colours as 30 to 37 (terminals with eight colours take `38;5;1` for blinking).

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::io::{Error, Result};
use unicode_width::UnicodeWidthStr;

/// The second cell of a character that takes two.
const SECOND: Cell = Cell::new("");
/// How many blanks on a line are erased and not written.
const ERASED: usize = 8;

/// In what style characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

impl Pen {
    fn of(cell: &Cell) -> Pen {
        Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Whether a blank written in this style looks like an empty cell.
    fn leaves_blanks_empty(self) -> bool {
        let invisible = Modifier::BOLD | Modifier::DIM | Modifier::ITALIC;
        self.bg == Color::Reset && invisible.contains(self.modifier)
    }

    /// The numbers that lead from one style to another (ECMA-48, SGR), the fewer of both ways.
    fn codes(self, from: Pen) -> String {
        let written = |base: &str, modifier: Modifier, fg: Option<Color>, bg: Option<Color>| {
            let mut codes = base.to_owned();
            for (_, code) in MODIFIERS.iter().filter(|(flag, _)| modifier.contains(*flag)) {
                codes += &format!(";{code}");
            }
            codes += &fg.map_or_else(String::new, |fg| colour(fg, 30));
            codes + &bg.map_or_else(String::new, |bg| colour(bg, 40))
        };
        let changed = |to: Color, from: Color| Some(to).filter(|to| *to != from);
        let anew = written("0", self.modifier, changed(self.fg, Color::Reset), changed(self.bg, Color::Reset));
        let anew = if anew == "0" { String::new() } else { anew };
        let added = self.modifier.contains(from.modifier).then(|| {
            let more = written("", self.modifier - from.modifier, changed(self.fg, from.fg), changed(self.bg, from.bg));
            more.trim_start_matches(';').to_owned()
        });
        added.filter(|added| added.len() <= anew.len()).unwrap_or(anew)
    }
}

const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The number of a colour with `;` in front; `base` is 30 for text and 40 for the ground.
fn colour(colour: Color, base: u8) -> String {
    let code = match colour {
        Color::Reset => return format!(";{}", base + 9),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(code) => code,
        Color::Rgb(r, g, b) => return format!(";{};2;{r};{g};{b}", base + 8),
    };
    match code {
        0..=7 => format!(";{}", base + code),
        8..=15 => format!(";{}", base + 60 + code - 8),
        _ => format!(";{};5;{code}", base + 8),
    }
}

/// The screen as it is to be and as the terminal shows it, and the bytes that lead from one to the other.
#[derive(Debug)]
pub struct Painter {
    size: Size,
    wanted: Vec<Cell>,
    shown: Vec<Cell>,
    /// Whether a row may differ.
    changed: Vec<bool>,
    pen: Pen,
    /// Where the terminal's cursor is, if that is known.
    at: Option<(u16, u16)>,
    /// Where the cursor is to be seen, if anywhere.
    cursor: Option<Position>,
    is_cursor_visible: bool,
    bytes: Vec<u8>,
}

impl Painter {
    /// A screen of this size with nothing on it, which the terminal does not show yet.
    pub fn new(size: Size) -> Painter {
        let mut painter = Painter {
            size,
            wanted: Vec::new(),
            shown: Vec::new(),
            changed: Vec::new(),
            pen: PLAIN,
            at: None,
            cursor: None,
            is_cursor_visible: false,
            bytes: Vec::new(),
        };
        painter.erase(size);
        painter
    }

    /// Begins with an empty screen of this size: everything will be painted again.
    fn erase(&mut self, size: Size) {
        let cells = usize::from(size.width) * usize::from(size.height);
        (self.size, self.wanted, self.shown) = (size, vec![Cell::EMPTY; cells], vec![Cell::EMPTY; cells]);
        self.changed = vec![false; usize::from(size.height)];
        self.add(b"\x1b[m\x1b[?25l\x1b[2J");
        (self.pen, self.at, self.is_cursor_visible) = (PLAIN, None, false);
    }

    /// Takes the screen as it is to be.
    pub fn set(&mut self, frame: &Buffer) {
        let width = usize::from(self.size.width);
        let mut is_second = false;
        let cells = frame.content.iter().zip(&mut self.wanted).enumerate().filter(|_| frame.area.as_size() == self.size);
        for (at, (cell, wanted)) in cells {
            let is_last = (at + 1) % width == 0;
            let symbol = cell.symbol();
            let new = match () {
                () if std::mem::take(&mut is_second) => &SECOND,
                // The colour of an empty cell cannot be seen.
                () if symbol == " " && Pen::of(cell).leaves_blanks_empty() => &Cell::EMPTY,
                () => {
                    is_second = !is_last && !symbol.is_ascii() && symbol.width() == 2;
                    cell
                }
            };
            if wanted != new {
                new.clone_into(wanted);
                self.changed[at / width] = true;
            }
        }
    }

    /// Adds bytes that go out with the next frame and move nothing.
    pub fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Takes the bytes that lead to the screen as it is to be; none if the terminal shows it.
    pub fn paint(&mut self) -> Vec<u8> {
        if self.cursor.is_none() && std::mem::take(&mut self.is_cursor_visible) {
            self.add(b"\x1b[?25l");
        }
        for y in 0..self.size.height {
            if std::mem::take(&mut self.changed[usize::from(y)]) {
                self.paint_row(y);
            }
        }
        if let Some(Position { x, y }) = self.cursor {
            self.move_to(x, y);
            if !std::mem::replace(&mut self.is_cursor_visible, true) {
                self.add(b"\x1b[?25h");
            }
        }
        std::mem::take(&mut self.bytes)
    }

    fn paint_row(&mut self, y: u16) {
        let width = usize::from(self.size.width);
        let from = usize::from(y) * width;
        let row: Vec<Cell> = self.wanted[from..from + width].to_vec();
        let is_changed: Vec<bool> = row.iter().zip(&self.shown[from..]).map(|(wanted, shown)| wanted != shown).collect();
        let mut x = 0;
        while x < width {
            let cell = &row[x];
            let cells = if row.get(x + 1) == Some(&SECOND) { 2 } else { 1 };
            if !is_changed[x..x + cells].contains(&true) || *cell == SECOND {
                x += cells;
                continue;
            }
            self.move_along(x, y, &row);
            if *cell == Cell::EMPTY {
                let end = x + row[x..].iter().take_while(|cell| **cell == Cell::EMPTY).count();
                let last = (x..end).rev().find(|x| is_changed[*x]).unwrap_or(x);
                if end == width && end - x > 3 {
                    self.use_pen_for_erasing();
                    self.add(b"\x1b[K");
                    break;
                }
                if last - x >= ERASED {
                    self.use_pen_for_erasing();
                    self.add(format!("\x1b[{}X", last + 1 - x).as_bytes());
                    x = last + 1;
                    continue;
                }
            }
            self.write(cell, x, y, cells);
            x += cells;
        }
        self.shown[from..from + width].clone_from_slice(&row);
    }

    fn write(&mut self, cell: &Cell, x: usize, y: u16, cells: usize) {
        let pen = Pen::of(cell);
        if *cell != Cell::EMPTY || !self.pen.leaves_blanks_empty() {
            self.use_pen(pen);
        }
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        // Behind the last column a cursor may be in two places.
        let next = x + cells;
        self.at = u16::try_from(next).ok().filter(|next| *next < self.size.width).map(|next| (next, y));
    }

    fn use_pen(&mut self, pen: Pen) {
        if pen != self.pen {
            let codes = pen.codes(self.pen);
            self.bytes.extend_from_slice(b"\x1b[");
            self.bytes.extend_from_slice(codes.as_bytes());
            self.bytes.push(b'm');
            self.pen = pen;
        }
    }

    /// Erasing leaves the colour of the ground behind.
    fn use_pen_for_erasing(&mut self) {
        if !self.pen.leaves_blanks_empty() {
            self.use_pen(PLAIN);
        }
    }

    /// Moves to a column of the row, over what stands between if writing that again is as short.
    fn move_along(&mut self, x: usize, y: u16, row: &[Cell]) {
        let Some((at, _)) = self.at.filter(|(at, on)| *on == y && usize::from(*at) < x) else {
            return self.move_to(u16::try_from(x).unwrap_or(u16::MAX), y);
        };
        let between = &row[usize::from(at)..x];
        let move_length = forwards(between.len()).len();
        let length: usize = between.iter().map(|cell| cell.symbol().len()).sum();
        let is_writable = |cell: &Cell| {
            let is_same = Pen::of(cell) == self.pen || (*cell == Cell::EMPTY && self.pen.leaves_blanks_empty());
            is_same && *cell != SECOND && cell.symbol().width() == 1
        };
        if length <= move_length && between.iter().all(is_writable) {
            between.iter().for_each(|cell| self.bytes.extend_from_slice(cell.symbol().as_bytes()));
            self.at = u16::try_from(x).ok().map(|x| (x, y));
        } else {
            self.move_to(u16::try_from(x).unwrap_or(u16::MAX), y);
        }
    }

    /// Moves the cursor on the shortest way.
    fn move_to(&mut self, x: u16, y: u16) {
        if self.at == Some((x, y)) {
            return;
        }
        let mut ways = vec![match (x, y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, _) => format!("\x1b[{}H", y + 1),
            _ => format!("\x1b[{};{}H", y + 1, x + 1),
        }];
        if let Some((at, on)) = self.at.filter(|(_, on)| (*on..=*on + 3).contains(&y)) {
            let down = "\n".repeat(usize::from(y - on));
            ways.push(match x.cmp(&at) {
                std::cmp::Ordering::Equal => down.clone(),
                std::cmp::Ordering::Greater => down.clone() + &forwards(usize::from(x - at)),
                std::cmp::Ordering::Less if at - x < 4 => down.clone() + &"\x08".repeat(usize::from(at - x)),
                std::cmp::Ordering::Less => format!("{down}\x1b[{}D", at - x),
            });
            if x == 0 {
                ways.push(format!("\r{down}"));
            }
        }
        let shortest = ways.into_iter().min_by_key(String::len).unwrap_or_default();
        self.bytes.extend_from_slice(shortest.as_bytes());
        self.at = Some((x, y));
    }
}

/// Moves the cursor so many columns forwards.
fn forwards(columns: usize) -> String {
    if columns == 1 { "\x1b[C".to_owned() } else { format!("\x1b[{columns}C") }
}

impl Backend for Painter {
    type Error = Error;

    /// Does nothing: ratatui leaves out what it expects a terminal to do by itself, so frames are taken whole, with [`Painter::set`].
    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, _: I) -> Result<()> {
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<()> {
        self.cursor = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> Result<()> {
        self.cursor = self.cursor.or(Some(Position::ORIGIN));
        Ok(())
    }

    fn get_cursor_position(&mut self) -> Result<Position> {
        Ok(self.cursor.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<()> {
        let Position { x, y } = position.into();
        self.cursor =
            self.cursor.map(|_| Position::new(x.min(self.size.width.saturating_sub(1)), y.min(self.size.height.saturating_sub(1))));
        Ok(())
    }

    fn clear(&mut self) -> Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> Result<()> {
        match region {
            ClearType::All => {
                self.erase(self.size()?);
                Ok(())
            }
            _ => Err(Error::other("Only the whole screen is cleared.")),
        }
    }

    fn size(&self) -> Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    /// Does nothing: what is drawn goes out with [`Painter::paint`].
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
