//! What a cell of the screen shows, small enough to be compared for every cell of every frame.

use super::pen::Pen;
use ratatui::buffer::Cell;
use unicode_width::UnicodeWidthChar;

/// A character with its marks, in its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph {
    first: char,
    /// The marks on the character, which hardly any has.
    marks: Option<Box<str>>,
    pen: Pen,
}

impl Glyph {
    /// A blank without a style.
    pub const EMPTY: Glyph = Glyph {
        first: ' ',
        marks: None,
        pen: Pen::PLAIN,
    };
    /// The second cell of a character that takes two.
    pub const SECOND: Glyph = Glyph {
        first: '\0',
        marks: None,
        pen: Pen::PLAIN,
    };

    /// Whether this is what a cell shows, which is asked of every cell of every frame.
    pub fn is_of(&self, cell: &Cell) -> bool {
        match cell.symbol().as_bytes() {
            [b' '] => *self == Glyph::of(cell),
            [byte] => {
                self.first == char::from(*byte) && self.marks.is_none() && self.pen == Pen::of(cell)
            }
            _ => *self == Glyph::of(cell),
        }
    }

    /// What a cell shows. The colour of an empty one cannot be seen, so all of them are alike.
    pub fn of(cell: &Cell) -> Glyph {
        let symbol = cell.symbol();
        let pen = Pen::of(cell);
        if symbol == " " && pen.leaves_blanks_empty() {
            return Glyph::EMPTY;
        }
        if let [byte] = symbol.as_bytes() {
            return Glyph {
                first: char::from(*byte),
                marks: None,
                pen,
            };
        }
        let first = symbol.chars().next().unwrap_or(' ');
        let marks = symbol
            .get(first.len_utf8()..)
            .filter(|marks| !marks.is_empty())
            .map(Box::from);
        Glyph { first, marks, pen }
    }

    /// Its style.
    pub fn pen(&self) -> Pen {
        self.pen
    }

    /// Whether it takes two cells.
    pub fn is_wide(&self) -> bool {
        !self.first.is_ascii() && self.first.width() == Some(2)
    }

    /// How many bytes it is written with.
    pub fn length(&self) -> usize {
        self.first.len_utf8() + self.marks.as_ref().map_or(0, |marks| marks.len())
    }

    /// Appends the bytes it is written with.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(self.first.encode_utf8(&mut [0; 4]).as_bytes());
        if let Some(marks) = &self.marks {
            bytes.extend_from_slice(marks.as_bytes());
        }
    }
}
