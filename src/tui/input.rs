//! What the terminal sends, as events.
//!
//! The bytes are read here and not by crossterm, whose reader (0.29) waits inside a sequence that never ends, forgets what lies beyond the first
//! kilobyte until the next key, takes an escape at the end of a read for the key, and never returns once the terminal is gone
//! (crossterm#793, #993, #1057, #1060). One read follows one poll that promised bytes, so nothing here ever waits. What the bytes mean is
//! terminput's to say; here is only where a sequence ends.

use crossterm::event::Event;
use std::time::{Duration, Instant};

/// How long a lone escape may be the beginning of a sequence; then it is the key.
const ESCAPE: Duration = Duration::from_millis(40);
/// How long the rest of a sequence may take to come; then it is dropped.
const SEQUENCE: Duration = Duration::from_secs(1);
/// How long a paste may fall silent; then what came is the paste. Long, since the rest would be taken for keys.
const SILENCE: Duration = Duration::from_secs(5);

const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Bytes that were read and are no events yet.
#[derive(Debug)]
pub struct Input {
    bytes: Vec<u8>,
    /// Up to where the end of a paste was looked for.
    searched: usize,
    /// When the bytes came that stand first.
    begun_at: Instant,
    read_at: Instant,
    /// When the first bytes of the last event were read.
    event_at: Instant,
}

/// The beginning of the bytes: so many make an event or nothing, or they wait for more.
enum Head {
    Sequence(usize),
    Paste { text: std::ops::Range<usize>, whole: usize },
    Waits(Duration),
}

impl Input {
    /// Nothing read yet.
    pub fn new() -> Input {
        let now = Instant::now();
        Input { bytes: Vec::new(), searched: 0, begun_at: now, read_at: now, event_at: now }
    }

    /// Reads what the terminal has; to be called when a poll says that it has something. Answers whether the terminal is still there.
    pub fn read(&mut self) -> bool {
        let mut chunk = [0; 4096];
        match rustix::io::read(rustix::stdio::stdin(), &mut chunk) {
            Ok(0) => false,
            Ok(read) => {
                self.take(&chunk[..read]);
                true
            }
            Err(e) => matches!(e, rustix::io::Errno::INTR | rustix::io::Errno::AGAIN),
        }
    }

    /// When the first bytes of the last event were read.
    pub fn event_at(&self) -> Instant {
        self.event_at
    }

    fn take(&mut self, bytes: &[u8]) {
        self.read_at = Instant::now();
        if self.bytes.is_empty() {
            self.begun_at = self.read_at;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The next event, if one is complete.
    pub fn next(&mut self) -> Option<Event> {
        loop {
            let (length, event) = match self.head()? {
                Head::Sequence(length) => (length, event(&self.bytes[..length])),
                Head::Paste { text, whole } => (whole, Some(paste(&self.bytes[text]))),
                Head::Waits(_) => return None,
            };
            self.forget(length);
            if event.is_some() {
                return event;
            }
        }
    }

    /// Whether something stands first that waits for no more bytes.
    pub fn is_complete(&mut self) -> bool {
        matches!(self.head(), Some(Head::Sequence(_) | Head::Paste { .. }))
    }

    /// What the bytes that wait for more are after all, once they waited long enough; to be called when the terminal has nothing to read.
    pub fn overdue(&mut self) -> Option<Event> {
        if self.patience()? > Duration::ZERO { None } else { self.give_up() }
    }

    /// How long the bytes that wait for more may still wait.
    pub fn patience(&mut self) -> Option<Duration> {
        match self.head()? {
            Head::Waits(SILENCE) => Some(SILENCE.saturating_sub(self.read_at.elapsed())),
            Head::Waits(limit) => Some(limit.saturating_sub(self.begun_at.elapsed())),
            Head::Sequence(_) | Head::Paste { .. } => Some(Duration::ZERO),
        }
    }

    fn give_up(&mut self) -> Option<Event> {
        let event = match self.bytes.as_slice() {
            [0x1b] => event(b"\x1b"),
            bytes if bytes.starts_with(PASTE) => Some(paste(&bytes[PASTE.len()..])),
            _ => None,
        };
        self.forget(self.bytes.len());
        event
    }

    fn forget(&mut self, length: usize) {
        self.event_at = self.begun_at;
        self.bytes.drain(..length);
        self.searched = 0;
        self.begun_at = self.read_at;
    }

    fn head(&mut self) -> Option<Head> {
        let bytes = self.bytes.as_slice();
        if bytes.starts_with(PASTE) {
            let from = self.searched.max(PASTE.len());
            let end = bytes[from..].windows(PASTE_END.len()).position(|window| window == PASTE_END).map(|at| from + at);
            self.searched = bytes.len().saturating_sub(PASTE_END.len()).max(PASTE.len());
            return Some(match end {
                Some(end) => Head::Paste { text: PASTE.len()..end, whole: end + PASTE_END.len() },
                None => Head::Waits(SILENCE),
            });
        }
        let length = match bytes {
            [] => return None,
            [0x1b] => return Some(Head::Waits(ESCAPE)),
            [0x1b, 0x1b, ..] => Some(1),
            [0x1b, b'[', rest @ ..] => control(rest).map(|length| 2 + length),
            [0x1b, b'O', ..] => Some(3),
            [0x1b, rest @ ..] => Some(1 + character(rest[0])),
            [first, ..] => Some(character(*first)),
        };
        Some(length.filter(|length| *length <= bytes.len()).map_or(Head::Waits(SEQUENCE), Head::Sequence))
    }
}

/// How long a control sequence is after its `ESC [`; `None` while its end has not come.
fn control(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'M', ..] => Some(4),
        [b'[', ..] => Some(2),
        _ => rest.iter().position(|b| !(0x20..0x40).contains(b)).map(|at| if (0x40..0x7f).contains(&rest[at]) { at + 1 } else { at }),
    }
}

/// How many bytes a character has, by its first. A byte that begins none stands alone.
fn character(first: u8) -> usize {
    match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    }
}

fn event(sequence: &[u8]) -> Option<Event> {
    let event = terminput::Event::parse_from(sequence).ok().flatten()?;
    terminput_crossterm::to_crossterm(event).ok()
}

fn paste(bytes: &[u8]) -> Event {
    Event::Paste(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::key::Key;

    fn events(pieces: &[&[u8]]) -> Vec<Event> {
        let mut input = Input::new();
        let mut events = Vec::new();
        for piece in pieces {
            input.take(piece);
            events.extend(std::iter::from_fn(|| input.next()));
        }
        events.extend(input.give_up());
        events
    }

    fn keys(names: &str) -> Vec<Event> {
        names.split(' ').map(|name| Key::parse(name).unwrap().event()).collect()
    }

    #[test]
    fn keys_read_as_they_are_spelled() {
        assert_eq!(events(&[b"1p\x1b[A\x1b[5~\x1bOB\r\x03\x1b\r"]), keys("1 p Up PgUp Down Enter Ctrl-C Alt-Enter"));
        assert_eq!(events(&["ž一".as_bytes()]), keys("ž 一"));
    }

    #[test]
    fn a_sequence_may_come_in_pieces() {
        assert_eq!(events(&[b"\x1b", b"[", b"1", b";5", b"C"]), events(&[b"\x1b[1;5C"]));
        assert_eq!(events(&[b"\xe4\xb8", b"\x80"]), keys("一"));
        assert_eq!(events(&[b"\x1b[200~a\x1b[2", b"01~b"]), events(&[b"\x1b[200~a\x1b[201~b"]));
    }

    #[test]
    fn a_lone_escape_is_the_key_once_nothing_follows() {
        assert_eq!(events(&[b"\x1b"]), keys("Esc"));
        assert_eq!(events(&[b"\x1b\x1b[A"]), keys("Esc Up"));
    }

    #[test]
    fn a_sequence_that_is_unknown_or_never_ends_is_no_key() {
        assert_eq!(events(&[b"\x1b[?2026;1$yp"]), keys("p"));
        assert_eq!(events(&[b"\x1b[>1;2cp"]), keys("p"));
        assert_eq!(events(&[b"\x1b[12\x1b[Ap"]), keys("Up p"));
        assert_eq!(events(&[b"\xff\xfep"]), keys("p"));
        assert_eq!(events(&[b"\x1b[12"]), []);
    }

    #[test]
    fn a_paste_is_one_event_whatever_is_in_it_and_even_without_its_end() {
        let hostile = "a\x1b[31mb\u{202e}\r\nc";
        let whole = format!("\x1b[200~{hostile}\x1b[201~p");
        assert_eq!(events(&[whole.as_bytes()]), [vec![Event::Paste(hostile.to_owned())], keys("p")].concat());
        assert_eq!(events(&[b"\x1b[200~never ends"]), [Event::Paste("never ends".to_owned())]);
    }
}
