//! The painter against a terminal: whatever was drawn before, the terminal shows the last frame.

use super::*;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use std::num::NonZero;
use unicode_width::UnicodeWidthStr;

const WIDTH: u16 = 30;
const HEIGHT: u16 = 6;

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

/// A screen of frames and the terminal that they are sent to.
struct Painted {
    painter: Painter,
    terminal: vt100::Parser,
    last: Buffer,
    cursor: Option<Position>,
}

impl Painted {
    fn new() -> Painted {
        let last = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        Painted {
            painter: Painter::new(Size::new(WIDTH, HEIGHT)),
            terminal: vt100::Parser::new(cells(HEIGHT), cells(WIDTH), 0),
            last,
            cursor: None,
        }
    }

    fn draw(&mut self, next: Buffer) {
        self.painter.set(&next);
        self.painter.set_cursor(self.cursor);
        self.last = next;
    }

    /// Sends what is to be sent, and returns it.
    fn send(&mut self) -> String {
        let bytes = self.painter.paint();
        self.terminal.process(&bytes);
        String::from_utf8(bytes).unwrap()
    }

    fn check(&self) {
        for y in 0..HEIGHT {
            let mut x = 0;
            while x < WIDTH {
                let (wanted, shown) = (
                    &self.last[(x, y)],
                    self.terminal.screen().cell(y, x).unwrap(),
                );
                let symbol = if shown.contents().is_empty() {
                    " "
                } else {
                    shown.contents()
                };
                assert_eq!(
                    symbol,
                    wanted.symbol(),
                    "at {x},{y} of\n{}",
                    self.terminal.screen().contents()
                );
                if wanted.symbol() != " " {
                    assert_eq!(
                        shown.bold(),
                        wanted.modifier.contains(Modifier::BOLD),
                        "at {x},{y}"
                    );
                    assert_eq!(shown.fgcolor(), colour_of(wanted.fg), "at {x},{y}");
                }
                assert_eq!(
                    shown.inverse(),
                    wanted.modifier.contains(Modifier::REVERSED),
                    "at {x},{y}"
                );
                x += u16::try_from(wanted.symbol().width().max(1)).unwrap();
            }
        }
    }
}

fn colour_of(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::Magenta => vt100::Color::Idx(5),
        _ => vt100::Color::Default,
    }
}

fn styles() -> impl Strategy<Value = Style> {
    prop::sample::select(vec![
        Style::new(),
        Style::new().fg(Color::Red),
        Style::new().fg(Color::Magenta).add_modifier(Modifier::BOLD),
        Style::new().add_modifier(Modifier::REVERSED),
    ])
}

/// A text somewhere on the screen; `None` for the text blanks the row.
fn texts() -> impl Strategy<Value = (u16, u16, Option<String>, Style)> {
    (
        0..WIDTH,
        0..HEIGHT,
        prop::option::weighted(0.9, "[a-d ─一ž]{1,30}"),
        styles(),
    )
}

proptest! {
    #[test]
    fn the_terminal_shows_the_frame_whatever_was_there_before(
        frames in prop::collection::vec((prop::collection::vec(texts(), 0..8), any::<bool>(), prop::option::of((0..WIDTH, 0..HEIGHT))), 1..12),
    ) {
        let mut painted = Painted::new();
        let mut screen = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for (texts, is_sent, cursor) in frames {
            for (x, y, text, style) in texts {
                match text {
                    Some(text) => { screen.set_stringn(x, y, text, usize::from(WIDTH - x), style); }
                    None => screen.set_style(Rect::new(0, y, WIDTH, 1), style),
                }
            }
            // A character of two cells cannot begin in the last column, nor can half of it be written over.
            for y in 0..HEIGHT {
                for x in 0..WIDTH {
                    let is_wide = screen[(x, y)].symbol().width() == 2;
                    if is_wide && (x + 1 == WIDTH || screen[(x + 1, y)].symbol() != " ") {
                        screen[(x, y)].set_symbol("?");
                    } else if is_wide {
                        screen[(x + 1, y)] = screen[(x, y)].clone();
                        screen[(x + 1, y)].set_symbol(" ");
                    }
                }
            }
            painted.cursor = cursor.map(Position::from);
            painted.draw(screen.clone());
            if is_sent {
                painted.send();
                painted.check();
                prop_assert_eq!(painted.terminal.screen().hide_cursor(), cursor.is_none());
                if let Some((x, y)) = cursor {
                    prop_assert_eq!(painted.terminal.screen().cursor_position(), (y, x));
                }
            }
        }
        painted.send();
        painted.check();
        prop_assert_eq!(painted.send(), "");
    }
}

fn line(text: &str, style: Style) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    buffer.set_string(2, 1, text, style);
    buffer
}

#[test]
fn a_change_takes_few_bytes() {
    let mut painted = Painted::new();
    painted.draw(line("Rec 11 is partially", Style::new()));
    assert_eq!(
        painted.send(),
        "\x1b[m\x1b[?25l\x1b[2J\x1b[2;3HRec 11 is partially"
    );
    painted.draw(line("Rec 12 is partially", Style::new()));
    assert_eq!(painted.send(), "\x1b[14D2");
    painted.draw(line("Rec 13 is implemented", Style::new()));
    assert_eq!(painted.send(), "\x083 is implemented");
    painted.draw(line("Rec", Style::new()));
    assert_eq!(painted.send(), "\x1b[17D\x1b[K");
}

#[test]
fn the_first_eight_colours_are_sent_as_terminals_with_eight_know_them() {
    let mut painted = Painted::new();
    painted.draw(line(
        "a",
        Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
    ));
    assert!(painted.send().ends_with("\x1b[1;31ma"));
    painted.draw(line(
        "a",
        Style::new().fg(Color::Indexed(2)).bg(Color::Cyan),
    ));
    assert!(painted.send().ends_with("\x1b[0;32;46ma"));
    painted.draw(line("a", Style::new().fg(Color::LightBlue)));
    assert!(painted.send().ends_with("\x1b[0;94ma"));
}
