//! What the terminal sends, as events: keys, clicks, pastes; and its answers, which are no keys.
//!
//! The bytes are read here and not by crossterm, whose reader (0.29) waits inside a sequence that never ends, forgets what lies beyond the first
//! kilobyte until the next key, takes an escape at the end of a read for the key, and never returns once the terminal is gone
//! (crossterm#793, #993, #1057, #1060). One read follows one poll that promised bytes, so nothing here ever waits. What the bytes of a key mean is
//! terminput's to say; where a sequence ends is decided in [`sequence`].

mod sequence;

use crossterm::event::{Event, KeyCode, KeyModifiers};
use sequence::{Beginning, Head};
use std::time::{Duration, Instant};

/// How long a lone escape may be the beginning of a sequence; then it is the key.
const ESCAPE: Duration = Duration::from_millis(40);
/// How long after an escape that was taken for the key the rest of its sequence may still come.
const LATE: Duration = Duration::from_secs(1);
/// How long the rest of a sequence may take to come; then it is dropped.
const SEQUENCE: Duration = Duration::from_secs(1);
/// How long an answer of the terminal may fall silent; then what came of it is dropped.
const ANSWER: Duration = Duration::from_secs(2);
/// How long a paste may fall silent; then what came is the paste. Long, since the rest would be taken for keys.
const PASTE: Duration = Duration::from_secs(5);
/// How long a paste that the terminal did not mark may fall silent; then it has ended. Shorter than from one typed key to the next.
const UNMARKED: Duration = Duration::from_millis(50);
/// How long a person takes from one key to the next at least.
const KEYSTROKE: Duration = Duration::from_millis(20);

/// Bytes that were read and are no events yet.
#[derive(Debug)]
pub struct Input {
    bytes: Vec<u8>,
    /// How many of the bytes were searched in vain for the end of a paste or string.
    searched: usize,
    /// Whether the bytes are a paste that the terminal did not mark.
    is_unmarked_paste: bool,
    /// When the bytes came that stand first, and how many reads brought the bytes.
    begun_at: Instant,
    reads: u32,
    read_at: Instant,
    /// When an escape was taken for the key, if nothing came since.
    escape_at: Option<Instant>,
}

/// What the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// A key, a click or a paste, with the time at which its first byte was read.
    Event(Event, Instant),
    /// An answer to a query of ours.
    Answer(Query),
}

/// A question to the terminal of which only matters that it is answered, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Query {
    /// What the terminal can do (DA1). Every terminal answers, and nothing else looks like the answer.
    Attributes,
    /// Where the cursor is (DSR 6).
    Cursor,
}

impl Query {
    /// What is sent to the terminal.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Query::Attributes => b"\x1b[c",
            Query::Cursor => b"\x1b[6n",
        }
    }
}

impl Input {
    /// Nothing read yet.
    pub fn new(now: Instant) -> Input {
        Input { bytes: Vec::new(), searched: 0, is_unmarked_paste: false, begun_at: now, reads: 0, read_at: now, escape_at: None }
    }

    /// Reads what the terminal has; to be called when a poll says that it has something. Returns whether the terminal is still there.
    pub fn read(&mut self) -> bool {
        let mut chunk = [0; 4096];
        match rustix::io::read(rustix::stdio::stdin(), &mut chunk) {
            Ok(0) => false,
            Ok(read) => {
                self.push(&chunk[..read], Instant::now());
                true
            }
            Err(e) => matches!(e, rustix::io::Errno::INTR | rustix::io::Errno::AGAIN),
        }
    }

    /// Takes the bytes of one read. Everything that was complete before must have been taken out with [`Input::next`].
    pub fn push(&mut self, read: &[u8], now: Instant) {
        if self.bytes.is_empty() {
            (self.begun_at, self.reads) = (now, 0);
            let is_late = self.escape_at.is_some_and(|at| now - at <= LATE);
            if is_late && sequence::continues_escape(read) {
                self.bytes.push(0x1b);
            } else {
                self.is_unmarked_paste = sequence::is_unmarked_paste(read);
            }
        }
        self.escape_at = None;
        self.read_at = now;
        self.reads += 1;
        self.bytes.extend_from_slice(read);
    }

    fn drop_first(&mut self, length: usize) -> Option<Event> {
        self.bytes.drain(..length);
        None
    }

    fn begin_next(&mut self) {
        (self.searched, self.begun_at, self.reads) = (0, self.read_at, 1);
    }

    /// How long the bytes that wait for more may still wait; `None` if there are none.
    pub fn patience_at(&self, now: Instant) -> Option<Duration> {
        if self.is_unmarked_paste {
            return Some(UNMARKED.saturating_sub(now - self.read_at));
        }
        let (limit, since) = match sequence::head(&self.bytes, self.searched)? {
            Head::Incomplete(Beginning::Escape) => (ESCAPE, self.begun_at),
            Head::Incomplete(Beginning::Sequence) => (SEQUENCE, self.begun_at),
            Head::Incomplete(Beginning::Answer) => (ANSWER, self.read_at),
            Head::Incomplete(Beginning::Paste) => (PASTE, self.read_at),
            _ => return Some(Duration::ZERO),
        };
        Some(limit.saturating_sub(now - since))
    }

    /// Gives up waiting for the rest of the bytes, if they waited long enough; to be called when the terminal has nothing to read. What they are
    /// after all is returned, or comes from [`Input::next`].
    pub fn overdue_at(&mut self, now: Instant) -> Option<Received> {
        if self.patience_at(now)? > Duration::ZERO {
            return None;
        }
        let begun_at = self.begun_at;
        let event = match sequence::head(&self.bytes, self.searched)? {
            _ if std::mem::take(&mut self.is_unmarked_paste) => Some(paste(&std::mem::take(&mut self.bytes))),
            Head::Incomplete(Beginning::Escape) => {
                self.bytes.clear();
                self.escape_at = Some(now);
                event(b"\x1b")
            }
            Head::Incomplete(Beginning::Paste) => Some(paste(&std::mem::take(&mut self.bytes)[sequence::PASTE.len()..])),
            // Alt and a letter begin a string, too. What a person typed after that is not lost.
            Head::Incomplete(Beginning::Answer) if self.was_typed() => self.drop_first(2),
            // Of a character that was broken off only its first byte is wrong.
            Head::Incomplete(Beginning::Sequence) if self.bytes[0] != 0x1b => self.drop_first(1),
            Head::Incomplete(_) => self.drop_first(self.bytes.len()),
            Head::Sequence(_) | Head::Answer(_) | Head::Stray | Head::Paste { .. } => None,
        };
        self.begin_next();
        event.map_or_else(|| self.next(), |event| Some(Received::Event(event, begun_at)))
    }

    /// Whether the bytes came one by one and as slowly as a person types.
    fn was_typed(&self) -> bool {
        let later = self.reads.saturating_sub(1);
        let characters = String::from_utf8_lossy(self.bytes.get(2..).unwrap_or_default()).chars().count();
        u32::try_from(characters).is_ok_and(|characters| characters <= later) && self.read_at - self.begun_at >= KEYSTROKE * later
    }
}

impl Iterator for Input {
    type Item = Received;

    /// The next thing that is complete.
    fn next(&mut self) -> Option<Received> {
        while !self.is_unmarked_paste {
            let begun_at = self.begun_at;
            let event = match sequence::head(&self.bytes, self.searched)? {
                Head::Sequence(length) => {
                    let sequence: Vec<u8> = self.bytes.drain(..length).collect();
                    if let Some(query) = sequence::answered(&sequence) {
                        self.begin_next();
                        return Some(Received::Answer(query));
                    }
                    event(&sequence)
                }
                Head::Answer(length) => self.drop_first(length),
                Head::Stray => self.drop_first(1),
                Head::Paste { text, whole } => {
                    let event = paste(&self.bytes[text]);
                    self.bytes.drain(..whole);
                    Some(event)
                }
                Head::Incomplete(_) => {
                    self.searched = sequence::searched(&self.bytes);
                    return None;
                }
            };
            self.begin_next();
            if let Some(event) = event {
                return Some(Received::Event(event, begun_at));
            }
        }
        None
    }
}

/// What a key or click is; `None` for an answer of the terminal and for what nobody knows.
fn event(sequence: &[u8]) -> Option<Event> {
    let respelled = respelled(sequence);
    let event = terminput::Event::parse_from(respelled.as_deref().unwrap_or(sequence)).ok().flatten()?;
    let mut event = terminput_crossterm::to_crossterm(event).ok()?;
    if let Event::Key(key) = &mut event {
        match key.code {
            // Half of the terminals send this for Backspace.
            KeyCode::Char('h') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                key.code = KeyCode::Backspace;
                key.modifiers.remove(KeyModifiers::CONTROL);
            }
            // A line break wherever Ctrl-J is one.
            KeyCode::Enter if key.modifiers == KeyModifiers::SHIFT => {
                (key.code, key.modifiers) = (KeyCode::Char('j'), KeyModifiers::CONTROL);
            }
            _ => {}
        }
    }
    Some(event)
}

/// A key as xterm sends it with `modifyOtherKeys` (`ESC [ 27 ; modifier ; code ~`), in the form that terminput reads.
fn respelled(sequence: &[u8]) -> Option<Vec<u8>> {
    let inner = sequence.strip_prefix(b"\x1b[27;")?.strip_suffix(b"~")?;
    let (modifier, code) = std::str::from_utf8(inner).ok()?.split_once(';')?;
    Some(format!("\x1b[{code};{modifier}u").into_bytes())
}

fn paste(bytes: &[u8]) -> Event {
    Event::Paste(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests;
