//! The style in which a terminal writes, and the shortest sequence that leads from one to another (ECMA-48, SGR).
//!
//! The first eight colours are sent as 30 to 37, since terminals that have only eight take `38;5;1` for blinking.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// In what style characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
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
/// What a blank does not show.
const INVISIBLE_ON_BLANKS: Modifier = Modifier::BOLD.union(Modifier::DIM).union(Modifier::ITALIC);

impl Pen {
    /// The style in which the terminal begins.
    pub const PLAIN: Pen = Pen {
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// The style of a cell.
    pub fn of(cell: &Cell) -> Pen {
        Pen {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        }
    }

    /// Whether a blank written in this style looks like an empty cell.
    pub fn leaves_blanks_empty(self) -> bool {
        self.bg == Color::Reset && INVISIBLE_ON_BLANKS.contains(self.modifier)
    }

    /// Appends the sequence that changes to this style from another one.
    pub fn write_change(self, from: Pen, bytes: &mut Vec<u8>) {
        let mut anew = Vec::with_capacity(16);
        self.write_codes(
            PenChange {
                modifier: self.modifier,
                from: Pen::PLAIN,
            },
            &mut anew,
        );
        let anew = if anew.is_empty() {
            anew
        } else {
            [b"0;", anew.as_slice()].concat()
        };
        let mut added = Vec::with_capacity(16);
        let can_add = self.modifier.contains(from.modifier);
        if can_add {
            self.write_codes(
                PenChange {
                    modifier: self.modifier - from.modifier,
                    from,
                },
                &mut added,
            );
        }
        bytes.extend_from_slice(b"\x1b[");
        bytes.extend_from_slice(if can_add && added.len() <= anew.len() {
            &added
        } else {
            &anew
        });
        bytes.push(b'm');
    }

    fn write_codes(self, change: PenChange, codes: &mut Vec<u8>) {
        for (_, code) in MODIFIERS
            .iter()
            .filter(|(modifier, _)| change.modifier.contains(*modifier))
        {
            push(codes, *code);
        }
        if self.fg != change.from.fg {
            push_colour(codes, self.fg, 30);
        }
        if self.bg != change.from.bg {
            push_colour(codes, self.bg, 40);
        }
    }
}

/// What is to be written: these modifiers, and the colours that differ.
struct PenChange {
    modifier: Modifier,
    from: Pen,
}

/// Appends a number, with `;` in front of all but the first.
fn push(codes: &mut Vec<u8>, code: u8) {
    if !codes.is_empty() {
        codes.push(b';');
    }
    for (place, digit) in [(100, code / 100), (10, code / 10 % 10), (1, code % 10)] {
        if code >= place || place == 1 {
            codes.push(b'0' + digit);
        }
    }
}

/// Appends a colour; `base` is 30 for text and 40 for the ground.
fn push_colour(codes: &mut Vec<u8>, colour: Color, base: u8) {
    let code = match colour {
        Color::Reset => return push(codes, base + 9),
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
        Color::Rgb(r, g, b) => {
            return [base + 8, 2, r, g, b]
                .into_iter()
                .for_each(|code| push(codes, code));
        }
    };
    match code {
        0..=7 => push(codes, base + code),
        8..=15 => push(codes, base + 60 + code - 8),
        _ => [base + 8, 5, code]
            .into_iter()
            .for_each(|code| push(codes, code)),
    }
}
