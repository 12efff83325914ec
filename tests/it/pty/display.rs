//! An emulated terminal: it draws bytes on a screen, and answers queries for its features (DA1) and for the position of its cursor (DSR 6) when it
//! comes to them.
//!
//! A program may send a query after each frame, so that the answer tells it that the frame has been shown. Then the last whole frame is the screen as
//! it was at the last query, because what came later may be half a frame.

use std::num::NonZero;
use vt100::{Callbacks, Parser, Screen};

/// The screen of a terminal, and every byte that was drawn on it.
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
    /// The screen at the last query that was answered, unless the program has left the alternate screen since.
    frame: Option<Screen>,
}

impl Callbacks for Queries {
    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        i1: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        c: char,
    ) {
        let ((row, column), (_, width)) = (screen.cursor_position(), screen.size());
        let (answer, is_answered) = match (i1, params, c) {
            (None, [] | [[0]], 'c') => (
                "\x1b[?62;22c".to_owned(),
                self.answering == Answering::Everything,
            ),
            // After the last column of a line was written, the cursor of a terminal is still in that column.
            (None, [[6]], 'n') => (
                format!("\x1b[{};{}R", row + 1, (column + 1).min(width.get())),
                self.answering != Answering::Nothing,
            ),
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
        let queries = Queries {
            answering,
            count: 0,
            answers: Vec::new(),
            frame: None,
        };
        Display {
            vt: Parser::new_with_callbacks(cells(height), cells(width), 0, queries),
            bytes: Vec::new(),
        }
    }

    /// Draws bytes; returns the answers to the queries among them.
    pub fn draw(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.bytes.extend_from_slice(bytes);
        // One sequence at a time, to notice that the alternate screen is left even if it is entered again at once.
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

    /// The screen as the last whole frame left it. If the program is not in the alternate screen, or sends no queries, that is the screen as it is;
    /// `None` before the end of the first frame.
    pub fn frame(&self) -> Option<&Screen> {
        let queries = self.vt.callbacks();
        let ends_frames_with_queries = queries.answering == Answering::Everything
            && queries.count > 0
            && self.screen().alternate_screen();
        if ends_frames_with_queries {
            queries.frame.as_ref()
        } else {
            Some(self.screen())
        }
    }

    /// Every byte that was drawn.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many queries the program has sent.
    pub fn query_count(&self) -> usize {
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
        assert_eq!(
            String::from_utf8(answers).unwrap(),
            "\x1b[3;7R\x1b[4;1R\x1b[?62;22c",
            "split at {at}"
        );
    }
}

#[test]
fn only_these_queries_are_answered_and_only_by_terminals_that_answer_them() {
    let mut display = Display::new(80, 24, Answering::Everything);
    assert_eq!(display.draw(b"\x1b[5n\x1b[?6n\x1b[>c\x1b[6;6n"), b"");
    assert_eq!(
        display.draw(&[b"x".repeat(80), b"\x1b[6n".to_vec()].concat()),
        b"\x1b[1;80R"
    );
    let mut silent = Display::new(80, 24, Answering::Nothing);
    assert_eq!(silent.draw(b"\x1b[6n\x1b[c"), b"");
    assert_eq!(silent.query_count(), 2);
    let mut old = Display::new(80, 24, Answering::OnlyCursor);
    assert_eq!(old.draw(b"\x1b[c\x1b[6n"), b"\x1b[1;1R");
}

#[test]
fn half_a_frame_does_not_count_as_a_frame() {
    let mut display = Display::new(80, 24, Answering::Everything);
    let frame = |display: &Display| display.frame().map(Screen::contents);
    assert_eq!(frame(&display).as_deref(), Some(""));
    display.draw(b"\x1b[6n\x1b[?1049h\x1b[Hfirst");
    assert_eq!(frame(&display), None);
    display.draw(b"\x1b[6n");
    assert_eq!(frame(&display).as_deref(), Some("first"));
    display.draw(b"\x1b[Hlater");
    assert_eq!(frame(&display).as_deref(), Some("first"));
    display.draw(b"\x1b[?1049l\x1b[?1049h");
    assert_eq!(frame(&display), None, "left and entered again");
    display.draw(b"\x1b[?1049l");
    assert_eq!(frame(&display).as_deref(), Some(""));
}
