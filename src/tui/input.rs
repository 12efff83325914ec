//! Turns the bytes that the terminal sends into events (keys, clicks, pastes), and keeps its answers to queries from being read as keys.
//!
//! The bytes are read here and not by crossterm, whose reader (0.29) waits for the end of a sequence that never ends, leaves what lies beyond the
//! first kilobyte unread until the next key, takes an escape at the end of a read for the Esc key, and never returns once the terminal is closed
//! (crossterm#793, #993, #1057, #1060). A read happens only after a poll has reported input, so nothing in this module ever waits. `sequence`
//! decides where a sequence ends, and terminput which key it is.

mod sequence;

use crossterm::event::{Event, KeyCode, KeyModifiers};
use sequence::{Partial, Token};
use std::time::{Duration, Instant};

/// How long a lone escape byte may wait for the rest of a sequence; after that it is the Esc key.
const ESCAPE_TIMEOUT: Duration = Duration::from_millis(40);
/// The same while an answer to a query of ours is due, which begins with an escape byte, too.
const ANSWER_ESCAPE_TIMEOUT: Duration = Duration::from_millis(400);
/// How long after an escape byte was taken for the Esc key the rest of its sequence is still recognized.
const LATE_SEQUENCE_TIMEOUT: Duration = Duration::from_secs(1);
/// How long an incomplete sequence may take from its first byte; after that it is dropped.
const SEQUENCE_TIMEOUT: Duration = Duration::from_secs(1);
/// How long an incomplete control string may wait for its next byte; after that it is dropped.
const CONTROL_STRING_TIMEOUT: Duration = Duration::from_secs(2);
/// How long an incomplete paste may wait for its next byte; after that it ends there. Long, because the rest would be read as keys.
const PASTE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long after its last byte an unmarked paste ends. Shorter than the time between two typed keys.
const UNMARKED_PASTE_TIMEOUT: Duration = Duration::from_millis(50);
/// The shortest time between two keys that a person types.
const MIN_KEY_INTERVAL: Duration = Duration::from_millis(20);

/// Bytes that were read and not yet turned into events.
#[derive(Debug)]
pub struct Input {
    bytes: Vec<u8>,
    /// How many of the first bytes are known to contain no end of a paste or control string.
    searched: usize,
    /// The text so far of a paste that the terminal did not mark as one, and when its first byte was read.
    unmarked_paste: Option<(Vec<u8>, Instant)>,
    /// When the first of the bytes was read.
    first_read_at: Instant,
    /// When the last of the bytes was read.
    last_read_at: Instant,
    /// Whether the terminal is about to answer a query of ours, so that an escape byte is likely to be the beginning of the answer.
    is_answer_due: bool,
    /// How many reads the bytes came in.
    read_count: u32,
    /// When an escape byte was taken for the Esc key, if no key was read since.
    escape_at: Option<Instant>,
}

/// What the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// A key, a click or a paste, and when its first byte was read.
    Event(Event, Instant),
    /// An answer to a query that this program sent.
    Answer(Query),
}

/// A query that is sent to the terminal only to learn when it answers. What it answers does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Query {
    /// Which features the terminal has (primary device attributes, DA1). Almost every terminal answers, and no key looks like the answer.
    Attributes,
    /// Where the cursor is (cursor position report, DSR 6).
    Cursor,
}

impl Query {
    /// The other kind.
    pub fn other(self) -> Query {
        match self {
            Query::Attributes => Query::Cursor,
            Query::Cursor => Query::Attributes,
        }
    }

    /// The bytes to send to the terminal.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Query::Attributes => b"\x1b[c",
            Query::Cursor => b"\x1b[6n",
        }
    }
}

impl Input {
    /// No bytes read yet.
    pub fn new(now: Instant) -> Input {
        Input {
            bytes: Vec::new(),
            searched: 0,
            unmarked_paste: None,
            first_read_at: now,
            last_read_at: now,
            read_count: 0,
            is_answer_due: false,
            escape_at: None,
        }
    }

    /// Reads what the terminal has sent. Call it only after a poll has reported input, or it waits. Returns whether the terminal is still open.
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

    /// Adds the bytes of one read. Before that, [`Input::next`] must have returned everything that was complete.
    pub fn push(&mut self, read: &[u8], now: Instant) {
        if self.bytes.is_empty() {
            (self.first_read_at, self.read_count) = (now, 0);
            let is_late = self
                .escape_at
                .is_some_and(|at| now - at <= LATE_SEQUENCE_TIMEOUT);
            if is_late && sequence::continues_escape(read) {
                self.bytes.push(0x1b);
            } else if self.unmarked_paste.is_none() && sequence::is_unmarked_paste(read) {
                self.unmarked_paste = Some((Vec::new(), now));
            }
        }
        self.last_read_at = now;
        self.read_count += 1;
        // Ctrl-C alone in a read ends a paste whose end does not come. In a paste it would hardly come alone.
        if read == [sequence::INTERRUPT] && self.bytes.starts_with(sequence::PASTE_START) {
            self.bytes.extend_from_slice(sequence::PASTE_END);
        }
        self.bytes.extend_from_slice(read);
    }

    /// Notes whether the terminal is about to answer a query of ours.
    pub fn note_answer_due(&mut self, is_due: bool) {
        self.is_answer_due = is_due;
    }

    /// Drops everything that was sent so far, but not the beginning of a sequence: its end would be read as keys.
    pub fn discard_waiting(&mut self, now: Instant) {
        self.by_ref().for_each(drop);
        self.unmarked_paste = None;
        if self.bytes == b"\x1b" {
            self.bytes.clear();
            self.escape_at = Some(now);
        }
    }

    /// Drops the first bytes, which are no event.
    fn discard(&mut self, length: usize) -> Option<Event> {
        self.bytes.drain(..length);
        None
    }

    /// Prepares to parse the bytes that are left. They are treated as if all of them had come in the last read.
    fn start_next_token(&mut self) {
        (self.searched, self.first_read_at, self.read_count) = (0, self.last_read_at, 1);
    }

    /// How long to wait for the rest of what is incomplete before calling [`Input::next_overdue`]; `None` if there are no bytes.
    pub fn time_left_at(&self, now: Instant) -> Option<Duration> {
        if self.unmarked_paste.is_some() {
            return Some(UNMARKED_PASTE_TIMEOUT.saturating_sub(now - self.last_read_at));
        }
        let (timeout, since) = match sequence::first_token(&self.bytes, self.searched)? {
            Token::Incomplete(Partial::Escape) if self.is_answer_due => {
                (ANSWER_ESCAPE_TIMEOUT, self.first_read_at)
            }
            Token::Incomplete(Partial::Escape) => (ESCAPE_TIMEOUT, self.first_read_at),
            Token::Incomplete(Partial::Sequence) => (SEQUENCE_TIMEOUT, self.first_read_at),
            Token::Incomplete(Partial::ControlString) => {
                (CONTROL_STRING_TIMEOUT, self.last_read_at)
            }
            Token::Incomplete(Partial::Paste) => (PASTE_TIMEOUT, self.last_read_at),
            _ => return Some(Duration::ZERO),
        };
        Some(timeout.saturating_sub(now - since))
    }

    /// Stops waiting for the rest of what is incomplete, if its time is over. Call it only when there is nothing to read. Returns what the bytes
    /// count as without the rest; [`Input::next`] returns what follows.
    pub fn next_overdue(&mut self, now: Instant) -> Option<Received> {
        if self.time_left_at(now)? > Duration::ZERO {
            return None;
        }
        if let Some((text, read_at)) = self.unmarked_paste.take() {
            return Some(Received::Event(paste_event(&text), read_at));
        }
        let first_read_at = self.first_read_at;
        let event = match sequence::first_token(&self.bytes, self.searched)? {
            Token::Incomplete(Partial::Escape) => {
                self.bytes.clear();
                self.escape_at = Some(now);
                parse_event(b"\x1b")
            }
            Token::Incomplete(Partial::Paste) => Some(paste_event(
                &std::mem::take(&mut self.bytes)[sequence::PASTE_START.len()..],
            )),
            // Alt and a letter look like the beginning of a control string. Only these two bytes are dropped, not what was typed after them.
            Token::Incomplete(Partial::ControlString) if self.was_typed() => self.discard(2),
            // Of an incomplete character only the first byte is dropped.
            Token::Incomplete(Partial::Sequence) if self.bytes[0] != 0x1b => self.discard(1),
            Token::Incomplete(_) => self.discard(self.bytes.len()),
            Token::Sequence(_)
            | Token::ControlString(_)
            | Token::InvalidByte
            | Token::Paste { .. } => None,
        };
        self.start_next_token();
        event.map_or_else(
            || self.next(),
            |event| Some(Received::Event(event, first_read_at)),
        )
    }

    /// Whether the bytes came one character at a time and as slowly as a person types.
    fn was_typed(&self) -> bool {
        let later_reads = self.read_count.saturating_sub(1);
        let characters = String::from_utf8_lossy(self.bytes.get(2..).unwrap_or_default())
            .chars()
            .count();
        u32::try_from(characters).is_ok_and(|characters| characters <= later_reads)
            && self.last_read_at - self.first_read_at >= MIN_KEY_INTERVAL * later_reads
    }
}

impl Iterator for Input {
    type Item = Received;

    /// The next complete event or answer; `None` if there is none yet.
    fn next(&mut self) -> Option<Received> {
        loop {
            let first_read_at = self.first_read_at;
            let event = match sequence::first_token(&self.bytes, self.searched)? {
                Token::Sequence(length) => {
                    let sequence: Vec<u8> = self.bytes.drain(..length).collect();
                    if let Some(query) = sequence::answered_query(&sequence) {
                        self.start_next_token();
                        return Some(Received::Answer(query));
                    }
                    match &mut self.unmarked_paste {
                        Some((text, _)) if sequence[0] != 0x1b => {
                            text.extend(sequence);
                            None
                        }
                        Some(_) => None,
                        None => parse_event(&sequence),
                    }
                }
                Token::ControlString(length) => self.discard(length),
                Token::InvalidByte => self.discard(1),
                Token::Paste { text, length } => {
                    let event = paste_event(&self.bytes[text]);
                    self.bytes.drain(..length);
                    Some(event)
                }
                Token::Incomplete(_) => {
                    self.searched = sequence::searched_length(&self.bytes);
                    return None;
                }
            };
            self.start_next_token();
            if let Some(event) = event {
                self.escape_at = None;
                return Some(Received::Event(event, first_read_at));
            }
        }
    }
}

/// The key or click that a sequence stands for; `None` for an answer of the terminal and for an unknown sequence.
fn parse_event(sequence: &[u8]) -> Option<Event> {
    let csi_u = csi_u_form(sequence);
    let event = terminput::Event::parse_from(csi_u.as_deref().unwrap_or(sequence))
        .ok()
        .flatten()?;
    let mut event = terminput_crossterm::to_crossterm(event).ok()?;
    if let Event::Key(key) = &mut event {
        match key.code {
            // Many terminals send Ctrl-H for Backspace.
            KeyCode::Char('h') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                key.code = KeyCode::Backspace;
                key.modifiers.remove(KeyModifiers::CONTROL);
            }
            // Shift-Enter does what Ctrl-J does: it inserts a line break.
            KeyCode::Enter if key.modifiers == KeyModifiers::SHIFT => {
                (key.code, key.modifiers) = (KeyCode::Char('j'), KeyModifiers::CONTROL);
            }
            _ => {}
        }
    }
    Some(event)
}

/// The `ESC [ code ; modifier u` form, which terminput can parse, of a key that xterm sends as `ESC [ 27 ; modifier ; code ~` (`modifyOtherKeys`).
fn csi_u_form(sequence: &[u8]) -> Option<Vec<u8>> {
    let inner = sequence.strip_prefix(b"\x1b[27;")?.strip_suffix(b"~")?;
    let (modifier, code) = std::str::from_utf8(inner).ok()?.split_once(';')?;
    Some(format!("\x1b[{code};{modifier}u").into_bytes())
}

fn paste_event(bytes: &[u8]) -> Event {
    Event::Paste(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests;
