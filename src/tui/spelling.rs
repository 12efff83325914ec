//! Replaces characters that terminals draw in different widths, so that every terminal shows each text in the cells that it was given.
//!
//! Terminals disagree on the width of a character that is made of several code points (a cluster), such as a family, a flag, or a heart with a
//! variation selector. If a terminal draws one wider or narrower than expected, the rest of the line is shifted, and pieces of it are left on the
//! screen later. So only clusters that all terminals measure alike are drawn.

use ratatui::buffer::Buffer;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The regional indicator A, the first of the 26 letters that flags are made of.
const REGIONAL_A: char = '\u{1f1e6}';

/// Replaces each cluster that terminals measure differently: an emoji by its first character, a flag by its two letters, and letters of other scripts
/// by themselves without the signs in dispute. Cells that become free are blank.
pub fn simplify_clusters(buffer: &mut Buffer) {
    for at in 0..buffer.content.len() {
        if is_one_character(buffer.content[at].symbol()) {
            continue;
        }
        let Some(text) = replacement(buffer.content[at].symbol()) else {
            continue;
        };
        let cells = buffer.content[at].symbol().width();
        write_cells(buffer, at, cells, &text);
    }
}

/// Whether a symbol is a single character, by its first byte: this is asked of every cell of every frame.
fn is_one_character(symbol: &str) -> bool {
    let length = match symbol.as_bytes().first() {
        Some(0..=0x7f) => 1,
        Some(0..=0xdf) => 2,
        Some(0..=0xef) => 3,
        _ => 4,
    };
    symbol.len() == length
}

/// Writes as much of a text as fits into this many cells, and leaves the rest of them blank. Marks go into the cell of the character before them.
fn write_cells(buffer: &mut Buffer, at: usize, cells: usize, text: &str) {
    let mut next = at;
    let end = (at + cells).min(buffer.content.len());
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if width == 0 {
            if next > at {
                let with_mark = format!("{}{c}", buffer.content[next - 1].symbol());
                buffer.content[next - 1].set_symbol(&with_mark);
            }
            continue;
        }
        if next + width > end {
            break;
        }
        let style = buffer.content[next].style();
        buffer.content[next].set_char(c);
        for second in &mut buffer.content[next + 1..next + width] {
            second.set_symbol(" ").set_style(style);
        }
        next += width;
    }
    for rest in buffer.content.get_mut(next..end).into_iter().flatten() {
        rest.set_symbol(" ");
    }
}

/// The text that replaces a cluster; `None` if all terminals measure it alike.
fn replacement(symbol: &str) -> Option<String> {
    // A combining mark without a letter before it would be drawn on the cell before.
    let chars = || {
        symbol
            .chars()
            .skip_while(|c| symbol.len() > 1 && c.width() == Some(0))
    };
    let first = chars().next().unwrap_or(' ');
    let is_mark = |c: char| c.width() == Some(0) && !is_emoji_part(c);
    if symbol.starts_with(first) && chars().skip(1).all(is_mark) {
        return None;
    }
    let letter = |c: char| {
        u8::try_from(u32::from(c).checked_sub(u32::from(REGIONAL_A))?)
            .ok()
            .filter(|n| *n < 26)
            .map(|n| char::from(b'A' + n))
    };
    if let Some(flag) = symbol.chars().map(letter).collect() {
        return Some(flag);
    }
    if chars()
        .skip(1)
        .any(|c| is_emoji_part(c) || c.width() == Some(2))
    {
        return Some(first.to_string());
    }
    // Vowel signs that take a cell of their own in some terminals and none in others are left out; the letters stay.
    Some(
        chars()
            .filter(|c| c.width() == Some(0) || !is_combining_mark(*c))
            .collect(),
    )
}

/// Whether a character turns the one before it into an emoji: variation selectors and the keycap.
fn is_emoji_part(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}')
}

/// Replaces everything that is not ASCII by ASCII, within the same cells.
pub fn replace_non_ascii(buffer: &mut Buffer) {
    for at in 0..buffer.content.len() {
        let symbol = buffer.content[at].symbol();
        if !symbol.is_ascii() {
            let (cells, text) = (symbol.width().max(1), to_ascii(symbol));
            write_cells(buffer, at, cells, &text);
        }
    }
}

/// A text in ASCII: without accents, with similar signs, and with `?` where nothing in ASCII is similar.
pub fn to_ascii(text: &str) -> String {
    text.chars()
        .filter(|c| c.width() != Some(0))
        .map(similar_ascii)
        .collect()
}

fn similar_ascii(c: char) -> char {
    match c {
        '·' | '–' | '—' => '-',
        '•' => '*',
        '…' => '~',
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '→' => '>',
        '√' => 'v',
        'đ' | 'ð' => 'd',
        'Đ' | 'Ð' => 'D',
        'ł' => 'l',
        'Ł' => 'L',
        'ø' => 'o',
        'Ø' => 'O',
        'ß' => 's',
        'ı' => 'i',
        c => c.nfkd().next().filter(char::is_ascii).unwrap_or('?'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn drawn(text: &str, replace: impl Fn(&mut Buffer)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, text, Style::new());
        replace(&mut buffer);
        buffer
            .content
            .iter()
            .map(|cell| cell.symbol())
            .collect::<String>()
            .trim_end()
            .to_owned()
    }

    #[test]
    fn a_cluster_that_terminals_measure_differently_is_drawn_as_its_first_character() {
        for (text, shown) in [
            ("a ❤\u{fe0f} b", "a ❤  b"),
            ("👨‍👩‍👧 b", "👨  b"),
            ("🇩🇪 b", "DE b"),
            ("1\u{fe0f}\u{20e3} b", "1  b"),
            ("👍🏽 b", "👍  b"),
            ("e\u{301}\u{328} b", "e\u{301}\u{328} b"),
            ("一 ž b", "一  ž b"),
            ("\u{301}odd", "odd"),
            ("น้ำ b", "น้ำ b"),
            ("क्षि b", "क्ष  b"),
        ] {
            assert_eq!(drawn(text, simplify_clusters), shown, "{text}");
        }
    }

    #[test]
    fn in_ascii_every_letter_keeps_its_cell() {
        assert_eq!(drawn("Žarko · 一 “ß”", replace_non_ascii), "Zarko - ?  \"");
        assert_eq!(drawn("● Ω…", replace_non_ascii), "? ?~");
    }

    #[test]
    fn every_cell_is_as_wide_as_its_code_points_together() {
        let hostile = "❤\u{fe0f}👨‍👩‍👧🇩🇪क्षि가ｶﾞ1\u{fe0f}\u{20e3}";
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
        buffer.set_string(0, 0, hostile, Style::new());
        simplify_clusters(&mut buffer);
        for cell in &buffer.content {
            let code_points: usize = cell.symbol().chars().map(|c| c.width().unwrap_or(0)).sum();
            assert_eq!(code_points, cell.symbol().width(), "{}", cell.symbol());
        }
    }
}
