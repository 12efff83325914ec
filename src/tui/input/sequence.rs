//! Finds where the first token ends in the bytes that a terminal sent. Pure: bytes in, lengths out.
//!
//! A terminal sends keys, clicks and pastes, and it also answers the queries of this program or of one that ran before it. The answers are control
//! strings (OSC, DCS, APC, PM and SOS; ECMA-48, 5.6) or control sequences. None of them may be read as keys.

use super::Query;
use std::ops::Range;

/// What the terminal sends before a paste that it marks as one.
pub const PASTE_START: &[u8] = b"\x1b[200~";
/// What it sends after the paste.
pub const PASTE_END: &[u8] = b"\x1b[201~";

/// The byte of Ctrl-C, which ends a control string, because no answer of a terminal contains it.
pub const INTERRUPT: u8 = 0x03;
/// The two characters that cancel a control string (ECMA-48: CAN, SUB).
const CANCEL: [u8; 2] = [0x18, 0x1a];

/// What the bytes begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A character, or the sequence of a key, a click or an answer; with its length.
    Sequence(usize),
    /// A control string, which is always an answer of the terminal, or what came of it before Ctrl-C or another sequence; with its length.
    ControlString(usize),
    /// A byte that belongs to no character.
    InvalidByte,
    /// A paste that the terminal marked as one: where its text is, and how long it is with its marks.
    Paste { text: Range<usize>, length: usize },
    /// Part of a token, whose rest has not arrived.
    Incomplete(Partial),
}

/// What the rest of the bytes may complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partial {
    /// A lone escape byte: the Esc key, or the beginning of anything else.
    Escape,
    /// A character, or the sequence of a key, a click or an answer.
    Sequence,
    /// A control string.
    ControlString,
    /// A paste.
    Paste,
}

/// Finds the first token; `None` if there are no bytes. The first `searched` bytes are known to contain no end of a paste or control string.
pub fn first_token(bytes: &[u8], searched: usize) -> Option<Token> {
    if bytes.starts_with(PASTE_START) {
        return Some(paste(bytes, searched.max(PASTE_START.len())));
    }
    let length = match bytes {
        [] => return None,
        [0x1b] => return Some(Token::Incomplete(Partial::Escape)),
        [0x1b, 0x1b, ..] => Some(1),
        [0x1b, b'[', rest @ ..] | [0xc2, 0x9b, rest @ ..] => {
            control_sequence_length(rest).map(|length| 2 + length)
        }
        [0x1b, b'O', ..] => Some(3),
        // The second form of each is the 8-bit control character, encoded in UTF-8.
        [0x1b, b']', ..] | [0xc2, 0x9d, ..] => return Some(control_string(bytes, searched, true)),
        [0x1b, b'P' | b'X' | b'^' | b'_', ..] | [0xc2, 0x90 | 0x98 | 0x9e | 0x9f, ..] => {
            return Some(control_string(bytes, searched, false));
        }
        [0x1b, rest @ ..] => match first_character(rest) {
            Character::Complete(length) => Some(1 + length),
            Character::Incomplete => None,
            // An escape before an invalid byte is the Esc key.
            Character::Invalid => Some(1),
        },
        _ => match first_character(bytes) {
            Character::Complete(length) => Some(length),
            Character::Incomplete => None,
            Character::Invalid => return Some(Token::InvalidByte),
        },
    };
    let complete = length.filter(|length| *length <= bytes.len());
    Some(complete.map_or(Token::Incomplete(Partial::Sequence), Token::Sequence))
}

fn paste(bytes: &[u8], from: usize) -> Token {
    let end = bytes[from..]
        .windows(PASTE_END.len())
        .position(|window| window == PASTE_END)
        .map(|at| from + at);
    match end {
        Some(end) => Token::Paste {
            text: PASTE_START.len()..end,
            length: end + PASTE_END.len(),
        },
        None => Token::Incomplete(Partial::Paste),
    }
}

/// The length of a control sequence without its introducer; `None` if its end has not arrived.
fn control_sequence_length(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'M', ..] => Some(4),
        [b'[', ..] => Some(2),
        _ => rest
            .iter()
            .position(|b| !(0x20..0x40).contains(b))
            .map(|at| {
                if (0x40..0x7f).contains(&rest[at]) {
                    at + 1
                } else {
                    at
                }
            }),
    }
}

/// A control string up to its terminator. A bell ends an OSC, as many terminals send it, but no other control string.
fn control_string(bytes: &[u8], searched: usize, is_osc: bool) -> Token {
    let from = searched.clamp(2, bytes.len());
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (*byte, bytes.get(at + 1)) {
            (0x07, _) if is_osc => return Token::ControlString(at + 1),
            (b, _) if CANCEL.contains(&b) => return Token::ControlString(at + 1),
            (INTERRUPT, _) => return Token::ControlString(at),
            (0x1b, Some(b'\\')) | (0xc2, Some(0x9c)) => return Token::ControlString(at + 2),
            // Another sequence begins before the control string has ended.
            (0x1b, Some(_)) => return Token::ControlString(at),
            _ => {}
        }
    }
    Token::Incomplete(Partial::ControlString)
}

enum Character {
    Complete(usize),
    Incomplete,
    Invalid,
}

/// Whether the bytes begin with a complete character, and its length.
fn first_character(bytes: &[u8]) -> Character {
    let first = &bytes[..bytes.len().min(4)];
    match std::str::from_utf8(first) {
        Ok(text) => Character::Complete(text.chars().next().map_or(1, char::len_utf8)),
        Err(e) if e.valid_up_to() > 0 => Character::Complete(
            first
                .utf8_chunks()
                .next()
                .and_then(|chunk| chunk.valid().chars().next())
                .map_or(1, char::len_utf8),
        ),
        Err(e) if e.error_len().is_none() => Character::Incomplete,
        Err(_) => Character::Invalid,
    }
}

/// How many of the first bytes need not be searched again for the end of a paste or control string. That end may begin in the remaining ones.
pub fn searched_length(bytes: &[u8]) -> usize {
    bytes.len().saturating_sub(PASTE_END.len())
}

/// Whether the bytes of one read continue a sequence whose escape byte came so much earlier that it was taken for the Esc key.
pub fn continues_escape(read: &[u8]) -> bool {
    let [first, second, ..] = read else {
        return false;
    };
    let sequence = [b"\x1b", read].concat();
    let is_alone =
        |length: usize| sequence.len() == length || sequence[length..].starts_with(b"\x1b");
    let is_terminated = |length: usize| {
        sequence[..length].ends_with(b"\x1b\\") || sequence[..length].ends_with(b"\x07")
    };
    match (first, first_token(&sequence, 0)) {
        (b'[', Some(Token::Paste { .. } | Token::Incomplete(Partial::Paste))) => true,
        // Two letters may have been typed; nobody types numbers and more between two reads.
        (b'[', Some(Token::Sequence(3))) => second.is_ascii_uppercase() && is_alone(3),
        (b'[', Some(Token::Sequence(length))) => length > 3,
        (b'O', Some(Token::Sequence(length))) => second.is_ascii_uppercase() && is_alone(length),
        (b']' | b'P' | b'X' | b'^' | b'_', Some(Token::ControlString(length)))
            if is_terminated(length) =>
        {
            true
        }
        (b']', Some(_)) => second.is_ascii_digit(),
        (b'P', Some(_)) => matches!(second, b'>' | b'!' | b'$' | b'+' | b'0'..=b'9'),
        (b'_', Some(_)) => *second == b'G',
        _ => false,
    }
}

/// The fewest characters of one read that count as an unmarked paste.
const MIN_UNMARKED_PASTE: usize = 8;

/// Whether one read is a paste that the terminal did not mark as one: at least eight characters, with a line break before the last of them. Nobody
/// types so much between two reads.
pub fn is_unmarked_paste(read: &[u8]) -> bool {
    let (mut count, mut has_break, mut at) = (0, false, 0);
    while let Some(token) = first_token(&read[at..], 0) {
        at += match token {
            Token::Paste { .. } | Token::Incomplete(Partial::Paste) => return false,
            Token::Sequence(length) if read[at] != 0x1b => {
                if count + 1 >= MIN_UNMARKED_PASTE && has_break {
                    return true;
                }
                count += 1;
                has_break |= matches!(read[at], b'\r' | b'\n');
                length
            }
            Token::Sequence(length) | Token::ControlString(length) => length,
            Token::InvalidByte => 1,
            Token::Incomplete(_) => return false,
        };
    }
    false
}

/// Which of our queries a control sequence answers; `None` if it is none of them.
pub fn answered_query(sequence: &[u8]) -> Option<Query> {
    let is_numbers = |bytes: &[u8]| bytes.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';'));
    match sequence.strip_prefix(b"\x1b[")? {
        [b'?', numbers @ .., b'c'] if is_numbers(numbers) => Some(Query::Attributes),
        // A function key with modifiers looks the same; none is bound.
        [numbers @ .., b'R'] if is_numbers(numbers) && numbers.contains(&b';') => {
            Some(Query::Cursor)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_string_ends_where_its_terminator_is() {
        for answer in [
            "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
            "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
            "\x1bP>|XTerm(379)\x1b\\",
            "\x1b_Gi=31;OK\x1b\\",
        ] {
            assert_eq!(
                first_token(format!("{answer}p").as_bytes(), 0),
                Some(Token::ControlString(answer.len()))
            );
        }
        assert_eq!(
            first_token("\u{9d}11;rgb:0/0/0\u{9c}p".as_bytes(), 0),
            Some(Token::ControlString(16))
        );
        assert_eq!(
            first_token(b"\x1b]52;c;cXVpdA==", 0),
            Some(Token::Incomplete(Partial::ControlString))
        );
        assert_eq!(
            first_token(b"\x1b_G1;a bell \x07 is not its end\x1b\\", 0),
            Some(Token::ControlString(30))
        );
        assert_eq!(
            first_token(b"\x1b]11;rgb\x1b[Ap", 0),
            Some(Token::ControlString(8))
        );
    }

    #[test]
    fn an_unmarked_paste_has_eight_characters_with_a_line_break_before_the_last() {
        assert!(is_unmarked_paste(b"one\rtwo\rq"));
        assert!(is_unmarked_paste("žžžž\nžžž".as_bytes()));
        assert!(!is_unmarked_paste(b"one two three\r"));
        assert!(!is_unmarked_paste(b"11f\rabc"));
        assert!(!is_unmarked_paste(
            b"\x1b[B\x1b[B\x1b[B\x1b[B\r\x1b[B\x1b[Bp"
        ));
        assert!(!is_unmarked_paste(b"\x1b[200~one\rtwo\rthree\x1b[201~"));
    }

    #[test]
    fn the_late_rest_of_an_escape_sequence_is_recognized_by_its_form() {
        for read in [
            "[A",
            "OA",
            "[200~",
            "[200~text",
            "[1;5C",
            "[<0;5;5M",
            "]11;rgb:0/0/0\x1b\\",
            "]11;rg",
            "P>|XTerm",
            "_Gi=1",
        ] {
            assert!(continues_escape(read.as_bytes()), "{read}");
        }
        for read in [
            "[", "A", "[Ab", "Ob", "On", "]x", "Pp", "Xy", "_x", "[[", "",
        ] {
            assert!(!continues_escape(read.as_bytes()), "{read}");
        }
    }

    #[test]
    fn only_answers_to_our_queries_are_recognized_as_such() {
        assert_eq!(answered_query(b"\x1b[?62;22c"), Some(Query::Attributes));
        assert_eq!(answered_query(b"\x1b[12;40R"), Some(Query::Cursor));
        for other in [
            b"\x1b[R".as_slice(),
            b"\x1b[?12;40R",
            b"\x1b[>1;10;0c",
            b"\x1b[0n",
            b"\x1b[A",
        ] {
            assert_eq!(answered_query(other), None);
        }
    }
}
