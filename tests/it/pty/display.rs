//! What a terminal shows, and what it answers: a screen that bytes are drawn on, which answers each query at its place in the stream:
//! what the terminal can do (DA1), and where the cursor is (DSR 6).
//!
//! A program may send a query behind each frame, so that the answer tells it that the frame has been shown. Then what a person could have seen is the
//! screen as it was at the last query, because what came later is part of a frame.

use std::num::NonZero;
use vt100::{Callbacks, Parser, Screen};

/// A screen and every byte that was drawn on it.
pub struct Display {
    vt: Parser<Queries>,
    bytes: Vec<u8>,
}

/// Which queries a terminal answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    Everything,
    OnlyCursor,
    Nothing,
}

/// The queries among the bytes.
struct Queries {
    answering: Answering,
    count: usize,
    answers: Vec<u8>,
    /// The screen at the last query that was answered, unless the alternate screen was left since.
    frame: Option<Screen>,
}

impl Callbacks for Queries {
    fn unhandled_csi(&mut self, screen: &mut Screen, i1: Option<u8>, _: Option<u8>, params: &[&[u16]], c: char) {
        let ((row, column), (_, width)) = (screen.cursor_position(), screen.size());
        let (answer, is_answered) = match (i1, params, c) {
            (None, [] | [[0]], 'c') => ("\x1b[?62;22c".to_owned(), self.answering == Answering::Everything),
            // Behind the last character of a full line, the cursor of a terminal is still on that character.
            (None, [[6]], 'n') => (format!("\x1b[{};{}R", row + 1, (column + 1).min(width.get())), self.answering != Answering::Nothing),
            _ => return,
        };
        self.count += 1;
        if is_answered {
            self.answers.extend(answer.bytes());
            self.frame = Some(screen.clone());
        }
    }
}

impl Display {
    /// An empty screen.
    pub fn new(width: u16, height: u16, answering: Answering) -> Display {
        let queries = Queries { answering, count: 0, answers: Vec::new(), frame: None };
        Display { vt: Parser::new_with_callbacks(cells(height), cells(width), 0, queries), bytes: Vec::new() }
    }

    /// Draws bytes; returns the answers to the queries among them.
    pub fn draw(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.bytes.extend_from_slice(bytes);
        // Sequence by sequence, so that the alternate screen is seen to be left even if it is entered again at once.
        for piece in bytes.chunk_by(|_, next| *next != 0x1b) {
            self.vt.process(piece);
            if !self.vt.screen().alternate_screen() {
                self.vt.callbacks_mut().frame = None;
            }
        }
        std::mem::take(&mut self.vt.callbacks_mut().answers)
    }

    /// The screen as it is, perhaps in the middle of a frame.
    pub fn screen(&self) -> &Screen {
        self.vt.screen()
    }

    /// The screen as the last whole frame left it; `None` while a program that marks its frames draws the first one. Outside the alternate screen, and
    /// for a program that marks no frames, it is the screen as it is.
    pub fn frame(&self) -> Option<&Screen> {
        let queries = self.vt.callbacks();
        let marks_frames = queries.answering == Answering::Everything && queries.count > 0 && self.screen().alternate_screen();
        if marks_frames { queries.frame.as_ref() } else { Some(self.screen()) }
    }

    /// Every byte that was drawn.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many queries there were.
    pub fn queries(&self) -> usize {
        self.vt.callbacks().count
    }

    /// Gives the screen another size.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.vt.screen_mut().set_size(cells(height), cells(width));
        if let Some(frame) = &mut self.vt.callbacks_mut().frame {
            frame.set_size(cells(height), cells(width));
        }
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

#[test]
fn a_query_is_answered_wherever_it_is_split() {
    let sent = b"\x1b[3;7H\x1b[6nab\r\n\x1b[6n\x1b[c";
    for at in 0..sent.len() {
        let mut display = Display::new(80, 24, Answering::Everything);
        let (first, rest) = sent.split_at(at);
        let answers = [display.draw(first), display.draw(rest)].concat();
        assert_eq!(String::from_utf8(answers).unwrap(), "\x1b[3;7R\x1b[4;1R\x1b[?62;22c", "split at {at}");
    }
}

#[test]
fn only_queries_are_answered_and_only_where_it_is_to_be() {
    let mut display = Display::new(80, 24, Answering::Everything);
    assert_eq!(display.draw(b"\x1b[5n\x1b[?6n\x1b[>c\x1b[6;6n"), b"");
    assert_eq!(display.draw(&[b"x".repeat(80), b"\x1b[6n".to_vec()].concat()), b"\x1b[1;80R");
    let mut silent = Display::new(80, 24, Answering::Nothing);
    assert_eq!(silent.draw(b"\x1b[6n\x1b[c"), b"");
    assert_eq!(silent.queries(), 2);
    let mut old = Display::new(80, 24, Answering::OnlyCursor);
    assert_eq!(old.draw(b"\x1b[c\x1b[6n"), b"\x1b[1;1R");
}

#[test]
fn half_a_frame_is_not_seen_as_one() {
    let mut display = Display::new(80, 24, Answering::Everything);
    let seen = |display: &Display| display.frame().map(Screen::contents);
    assert_eq!(seen(&display).as_deref(), Some(""));
    display.draw(b"\x1b[6n\x1b[?1049h\x1b[Hfirst");
    assert_eq!(seen(&display), None);
    display.draw(b"\x1b[6n");
    assert_eq!(seen(&display).as_deref(), Some("first"));
    display.draw(b"\x1b[Hlater");
    assert_eq!(seen(&display).as_deref(), Some("first"));
    display.draw(b"\x1b[?1049l\x1b[?1049h");
    assert_eq!(seen(&display), None, "left and entered again");
    display.draw(b"\x1b[?1049l");
    assert_eq!(seen(&display).as_deref(), Some(""));
}
