//! Text at the borders: what comes in is cleaned, what goes out shows nothing that a terminal could obey.
//!
//! Every text from a key, a paste, a file, an argument or the database passes [`clean`] or [`clean_line`] once; what
//! is printed outside the screens passes [`visible`]. Nothing may reach the terminal another way.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A cleaned text and how many characters were taken out of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// The text, in Unicode normal form C, lines separated by `\n`.
    pub text: String,
    /// How many characters were removed.
    pub removed: usize,
}

/// Whether a character can act on a terminal or hide: controls, bidirectional controls, tags, byte order marks, zero-width spaces.
///
/// Joiners (U+200C, U+200D) stay: emoji, Persian and Indic scripts need them.
fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character is one of those that make up nearly all text: printable ASCII, line ends, tabs, and the quotes and dashes of print.
fn is_plain(c: char) -> bool {
    matches!(
        c,
        ' '..='~' | '\n' | '\t' | '–' | '—' | '‘' | '’' | '“' | '”' | '•' | '…'
    )
}

/// Cleans a text that may have several lines: normal form C, line ends as `\n`, hostile characters removed.
pub fn clean(raw: &str) -> Cleaned {
    // Almost every text is clean already; looking closer would cost much of the time that a start needs to read the workspace.
    let is_clean = || !raw.contains(is_hostile) && is_nfc_quick(raw.chars()) == IsNormalized::Yes;
    if raw.chars().all(is_plain) || is_clean() {
        return Cleaned {
            text: raw.to_owned(),
            removed: 0,
        };
    }
    let unix = raw
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    Cleaned {
        text: unix.chars().filter(|c| !is_hostile(*c)).nfc().collect(),
        removed: unix.chars().filter(|c| is_hostile(*c)).count(),
    }
}

/// Says how many characters were removed, if any were.
pub fn told_removed(removed: usize) -> Option<String> {
    match removed {
        0 => None,
        1 => Some("1 character that could act on a terminal or hide was left out.".to_owned()),
        more => Some(format!(
            "{more} characters that could act on a terminal or hide were left out."
        )),
    }
}

/// Cleans a text that must be one line: line ends and tabs become spaces, and the ends are trimmed.
pub fn clean_line(raw: &str) -> Cleaned {
    let cleaned = clean(raw);
    let words: Vec<&str> = cleaned.text.split_whitespace().collect();
    Cleaned {
        text: words.join(" "),
        ..cleaned
    }
}

/// Cleans prose as it is kept: no white space at the ends of lines, no empty lines at the ends.
pub fn clean_prose(raw: &str) -> Cleaned {
    let cleaned = clean(raw);
    let lines: Vec<&str> = cleaned.text.lines().map(str::trim_end).collect();
    Cleaned {
        text: lines.join("\n").trim_matches('\n').to_owned(),
        ..cleaned
    }
}

/// Shows what a text holds without letting it act: hostile characters, line ends and tabs are escaped.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hostile(c) || c == '\n' || c == '\t' {
            shown.extend(c.escape_default())
        } else {
            shown.push(c)
        }
    }
    shown
}

/// Folds a text for finding: compatibility forms, accents and letter case do not count, `Žarko` is found as `zarko`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
    {
        match c {
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'ł' | 'Ł' => folded.push('l'),
            'ø' | 'Ø' => folded.push('o'),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'þ' | 'Þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            'ħ' | 'Ħ' => folded.push('h'),
            '’' | '‘' => folded.push('\''),
            other => folded.extend(other.to_lowercase()),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_bidi_overrides_are_removed_and_counted() {
        let cleaned = clean("a\x1b[31mb\u{202E}c\u{200B}d\u{FEFF}");
        assert_eq!((cleaned.text.as_str(), cleaned.removed), ("a[31mbcd", 4));
    }

    #[test]
    fn joiners_accents_and_wide_characters_stay() {
        let text = "Žarko \u{0646}\u{200C}\u{0627} 一 👩\u{200D}💻";
        assert_eq!(clean(text).text, text);
        assert_eq!(clean("e\u{301}").text, "é");
    }

    #[test]
    fn line_ends_of_other_systems_become_plain() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d").text, "a\nb\nc\nd");
        assert_eq!(clean_line(" a\n\tb ").text, "a b");
        assert_eq!(clean_prose("\n\na  \nb\n\n").text, "a\nb");
    }

    #[test]
    fn letters_with_marks_are_found_without() {
        assert_eq!(
            fold("Žarko Đorđe Łódź ﬁnal STRASSE straße"),
            "zarko dorde lodz final strasse strasse"
        );
    }

    #[test]
    fn what_is_shown_cannot_act() {
        assert_eq!(visible("a\x1b]0;x\x07\n"), "a\\u{1b}]0;x\\u{7}\\n");
    }
}
