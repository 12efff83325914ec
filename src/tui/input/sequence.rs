//! Where the sequence ends that stands first in what a terminal sent. Pure: bytes in, lengths out.
//!
//! A terminal sends keys, clicks and pastes, and it also answers questions that this program, or another one before it, put to it. The answers are
//! strings (OSC, DCS, APC, PM and SOS; ECMA-48, 5.6) or control sequences; none of them is a key.

use super::Query;
use std::ops::Range;

/// What the terminal sends before and after a paste.
pub const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// The interrupt key (Ctrl-C), which ends a string: no answer of a terminal contains it.
const INTERRUPT: u8 = 0x03;
/// The two characters that cancel a string (ECMA-48: CAN, SUB).
const CANCEL: [u8; 2] = [0x18, 0x1a];

/// What stands first in the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// A key, a click or a control sequence of this length.
    Sequence(usize),
    /// A string of this length that is an answer of the terminal, or what is left of one.
    Answer(usize),
    /// A byte that belongs to no character.
    Stray,
    /// A paste: where its text is, and how long it is with its marks.
    Paste { text: Range<usize>, whole: usize },
    /// The beginning of something that is not complete.
    Incomplete(Beginning),
}

/// What the incomplete bytes may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// An escape: the key, or the beginning of anything.
    Escape,
    /// A character or a control sequence.
    Sequence,
    /// An answer of the terminal.
    Answer,
    /// A paste.
    Paste,
}

/// Finds what stands first; `searched` bytes are known to contain no end of a paste or string. `None` if there are no bytes.
pub fn head(bytes: &[u8], searched: usize) -> Option<Head> {
    if bytes.starts_with(PASTE) {
        return Some(paste(bytes, searched.max(PASTE.len())));
    }
    let length = match bytes {
        [] => return None,
        [0x1b] => return Some(Head::Incomplete(Beginning::Escape)),
        [0x1b, 0x1b, ..] => Some(1),
        [0x1b, b'[', rest @ ..] | [0xc2, 0x9b, rest @ ..] => control(rest).map(|length| 2 + length),
        [0x1b, b'O', ..] => Some(3),
        // The second form of each is the 8-bit control character, as UTF-8.
        [0x1b, b']', ..] | [0xc2, 0x9d, ..] => return Some(string(bytes, searched, true)),
        [0x1b, b'P' | b'X' | b'^' | b'_', ..] | [0xc2, 0x90 | 0x98 | 0x9e | 0x9f, ..] => return Some(string(bytes, searched, false)),
        [0x1b, rest @ ..] => match character(rest) {
            Character::Whole(length) => Some(1 + length),
            Character::Begun => None,
            // An escape before a stray byte is the key.
            Character::Stray => Some(1),
        },
        _ => match character(bytes) {
            Character::Whole(length) => Some(length),
            Character::Begun => None,
            Character::Stray => return Some(Head::Stray),
        },
    };
    let whole = length.filter(|length| *length <= bytes.len());
    Some(whole.map_or(Head::Incomplete(Beginning::Sequence), Head::Sequence))
}

fn paste(bytes: &[u8], from: usize) -> Head {
    let end = bytes[from..].windows(PASTE_END.len()).position(|window| window == PASTE_END).map(|at| from + at);
    match end {
        Some(end) => Head::Paste { text: PASTE.len()..end, whole: end + PASTE_END.len() },
        None => Head::Incomplete(Beginning::Paste),
    }
}

/// How long a control sequence is after its introducer; `None` while its end has not come.
fn control(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'M', ..] => Some(4),
        [b'[', ..] => Some(2),
        _ => rest.iter().position(|b| !(0x20..0x40).contains(b)).map(|at| if (0x40..0x7f).contains(&rest[at]) { at + 1 } else { at }),
    }
}

/// A string up to its terminator. A bell ends only an OSC; terminals send that, too.
fn string(bytes: &[u8], searched: usize, is_osc: bool) -> Head {
    let from = searched.clamp(2, bytes.len());
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (*byte, bytes.get(at + 1)) {
            (0x07, _) if is_osc => return Head::Answer(at + 1),
            (b, _) if CANCEL.contains(&b) => return Head::Answer(at + 1),
            (INTERRUPT, _) => return Head::Answer(at),
            (0x1b, Some(b'\\')) | (0xc2, Some(0x9c)) => return Head::Answer(at + 2),
            // Another sequence begins before the string has ended.
            (0x1b, Some(_)) => return Head::Answer(at),
            _ => {}
        }
    }
    Head::Incomplete(Beginning::Answer)
}

enum Character {
    Whole(usize),
    Begun,
    Stray,
}

/// What the character is that stands first.
fn character(bytes: &[u8]) -> Character {
    let first = &bytes[..bytes.len().min(4)];
    match std::str::from_utf8(first) {
        Ok(text) => Character::Whole(text.chars().next().map_or(1, char::len_utf8)),
        Err(e) if e.valid_up_to() > 0 => {
            Character::Whole(first.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next()).map_or(1, char::len_utf8))
        }
        Err(e) if e.error_len().is_none() => Character::Begun,
        Err(_) => Character::Stray,
    }
}

/// How far the bytes were searched in vain for the end of a paste or string. An end may still begin in the last ones.
pub fn searched(bytes: &[u8]) -> usize {
    bytes.len().saturating_sub(PASTE_END.len())
}

/// Whether the bytes of one read continue a sequence whose escape came so much earlier that it was taken for the key.
pub fn continues_escape(read: &[u8]) -> bool {
    let [first, second, ..] = read else { return false };
    let whole = [b"\x1b", read].concat();
    let is_exact = |length: usize| whole.len() == length || whole[length..].starts_with(b"\x1b");
    match (first, head(&whole, 0)) {
        (b'[', Some(Head::Paste { .. } | Head::Incomplete(Beginning::Paste))) => true,
        (b'[', Some(Head::Sequence(length))) => !second.is_ascii_lowercase() && length > 2 && is_exact(length),
        (b'O', Some(Head::Sequence(length))) => second.is_ascii_uppercase() && is_exact(length),
        (b']' | b'P' | b'X' | b'^' | b'_', Some(Head::Answer(length))) => is_exact(length),
        (b']', Some(_)) => second.is_ascii_digit(),
        (b'P', Some(_)) => matches!(second, b'>' | b'!' | b'$' | b'+' | b'0'..=b'9'),
        (b'_', Some(_)) => *second == b'G',
        _ => false,
    }
}

/// How many characters of one read make a paste, if a line break stands before the last of them.
const PASTED: usize = 8;

/// Whether one read is a paste that the terminal did not mark: nobody types eight characters and a line break among them at once.
pub fn is_unmarked_paste(read: &[u8]) -> bool {
    let (mut count, mut has_break, mut at) = (0, false, 0);
    while let Some(head) = head(&read[at..], 0) {
        at += match head {
            Head::Paste { .. } | Head::Incomplete(Beginning::Paste) => return false,
            Head::Sequence(length) if read[at] != 0x1b => {
                if count + 1 >= PASTED && has_break {
                    return true;
                }
                count += 1;
                has_break |= matches!(read[at], b'\r' | b'\n');
                length
            }
            Head::Sequence(length) | Head::Answer(length) => length,
            Head::Stray => 1,
            Head::Incomplete(_) => return false,
        };
    }
    false
}

/// Which of our queries a control sequence answers; `None` if it is none of them.
pub fn answered(sequence: &[u8]) -> Option<Query> {
    let is_numbers = |bytes: &[u8]| bytes.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';'));
    match sequence.strip_prefix(b"\x1b[")? {
        [b'?', numbers @ .., b'c'] if is_numbers(numbers) => Some(Query::Attributes),
        // A function key with modifiers looks the same; none is bound.
        [numbers @ .., b'R'] if is_numbers(numbers) && numbers.contains(&b';') => Some(Query::Cursor),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_ends_where_its_terminator_is() {
        for answer in
            ["\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]11;rgb:1e1e/1e1e/1e1e\x07", "\x1bP>|XTerm(379)\x1b\\", "\x1b_Gi=31;OK\x1b\\"]
        {
            assert_eq!(head(format!("{answer}p").as_bytes(), 0), Some(Head::Answer(answer.len())));
        }
        assert_eq!(head("\u{9d}11;rgb:0/0/0\u{9c}p".as_bytes(), 0), Some(Head::Answer(16)));
        assert_eq!(head(b"\x1b]52;c;cXVpdA==", 0), Some(Head::Incomplete(Beginning::Answer)));
        assert_eq!(head(b"\x1b_G1;a bell \x07 is not its end\x1b\\", 0), Some(Head::Answer(30)));
        assert_eq!(head(b"\x1b]11;rgb\x1b[Ap", 0), Some(Head::Answer(8)));
    }

    #[test]
    fn a_paste_without_marks_is_eight_characters_with_a_line_break_before_the_last() {
        assert!(is_unmarked_paste(b"one\rtwo\rq"));
        assert!(is_unmarked_paste("žžžž\nžžž".as_bytes()));
        assert!(!is_unmarked_paste(b"one two three\r"));
        assert!(!is_unmarked_paste(b"11f\rabc"));
        assert!(!is_unmarked_paste(b"\x1b[B\x1b[B\x1b[B\x1b[B\r\x1b[B\x1b[Bp"));
        assert!(!is_unmarked_paste(b"\x1b[200~one\rtwo\rthree\x1b[201~"));
    }

    #[test]
    fn what_follows_an_escape_that_came_too_early_is_known_by_its_form() {
        for read in ["[A", "OA", "[200~", "[200~text", "[1;5C", "[<0;5;5M", "]11;rgb:0/0/0\x1b\\", "]11;rg", "P>|XTerm", "_Gi=1"] {
            assert!(continues_escape(read.as_bytes()), "{read}");
        }
        for read in ["[", "A", "[Ab", "Ob", "On", "]x", "Pp", "Xy", "_x", "[[", ""] {
            assert!(!continues_escape(read.as_bytes()), "{read}");
        }
    }

    #[test]
    fn the_answers_to_our_queries_are_told_from_everything_else() {
        assert_eq!(answered(b"\x1b[?62;22c"), Some(Query::Attributes));
        assert_eq!(answered(b"\x1b[12;40R"), Some(Query::Cursor));
        for other in [b"\x1b[R".as_slice(), b"\x1b[?12;40R", b"\x1b[>1;10;0c", b"\x1b[0n", b"\x1b[A"] {
            assert_eq!(answered(other), None);
        }
    }
}
