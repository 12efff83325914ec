//! How text is spelled so that every terminal shows it in the cells that it was given.
//!
//! Terminals disagree on how wide a character is that is made of several: families, flags, a heart with a variation selector. Where they do, the
//! rest of the line is shifted and pieces stay behind. Only what all of them measure alike is drawn.

use ratatui::buffer::Buffer;
use unicode_normalization::UnicodeNormalization;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The first of the letters of which flags are made: A.
const REGIONAL_A: char = '\u{1f1e6}';

/// Replaces what terminals measure differently by its first character, and blanks where that is narrower.
pub fn simplify_clusters(drawn: &mut Buffer) {
    for at in 0..drawn.content.len() {
        if drawn.content[at].symbol().len() == 1 {
            continue;
        }
        let Some(simple) = simplified(drawn.content[at].symbol()) else { continue };
        let cells = drawn.content[at].symbol().width();
        spread(drawn, at, cells, &simple);
    }
}

/// Puts characters of one cell each, or one of two, where a cluster of so many cells was; the rest is blank.
fn spread(drawn: &mut Buffer, at: usize, cells: usize, text: &str) {
    let mut at = at;
    let end = (at + cells).min(drawn.content.len());
    for c in text.chars() {
        let width = c.width().unwrap_or(0).max(1);
        if at + width > end {
            break;
        }
        let style = drawn.content[at].style();
        drawn.content[at].set_char(c);
        for second in &mut drawn.content[at + 1..at + width] {
            second.set_symbol(" ").set_style(style);
        }
        at += width;
    }
    for rest in drawn.content.get_mut(at..end).into_iter().flatten() {
        rest.set_symbol(" ");
    }
}

/// What a cluster is replaced by; `None` if all terminals measure it alike.
fn simplified(symbol: &str) -> Option<String> {
    // A mark without a letter before it would go to the cell before.
    let mut chars = symbol.chars().skip_while(|c| symbol.len() > 1 && c.width() == Some(0));
    let first = chars.next().unwrap_or(' ');
    let is_same_everywhere = |c: char| c.width() == Some(0) && !matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}');
    if symbol.starts_with(first) && chars.all(is_same_everywhere) {
        return None;
    }
    let letter =
        |c: char| u8::try_from(u32::from(c).checked_sub(u32::from(REGIONAL_A))?).ok().filter(|n| *n < 26).map(|n| char::from(b'A' + n));
    let flag: Option<String> = symbol.chars().map(letter).collect();
    Some(flag.unwrap_or_else(|| first.to_string()))
}

/// Spells everything that was drawn in ASCII, each in its cells.
pub fn spell_in_ascii(drawn: &mut Buffer) {
    for at in 0..drawn.content.len() {
        let symbol = drawn.content[at].symbol();
        if !symbol.is_ascii() {
            let (cells, plain) = (symbol.width().max(1), in_ascii(symbol));
            spread(drawn, at, cells, &plain);
        }
    }
}

/// A text in ASCII: accents left out, signs replaced by like ones, and `?` for what has no like one.
pub fn in_ascii(text: &str) -> String {
    text.chars().filter(|c| c.width() != Some(0)).map(ascii_like).collect()
}

fn ascii_like(c: char) -> char {
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

    fn drawn(text: &str, spell: impl Fn(&mut Buffer)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, text, Style::new());
        spell(&mut buffer);
        buffer.content.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn what_terminals_measure_differently_is_drawn_as_its_first_character() {
        for (text, shown) in [
            ("a ❤\u{fe0f} b", "a ❤  b"),
            ("👨‍👩‍👧 b", "👨  b"),
            ("🇩🇪 b", "DE b"),
            ("1\u{fe0f}\u{20e3} b", "1  b"),
            ("👍🏽 b", "👍  b"),
            ("e\u{301}\u{328} b", "e\u{301}\u{328} b"),
            ("一 ž b", "一  ž b"),
            ("\u{301}odd", "odd"),
        ] {
            assert_eq!(drawn(text, simplify_clusters), shown, "{text}");
        }
    }

    #[test]
    fn in_ascii_every_letter_keeps_its_cell() {
        assert_eq!(drawn("Žarko · 一 “ß”", spell_in_ascii), "Zarko - ?  \"");
        assert_eq!(drawn("● Ω…", spell_in_ascii), "? ?~");
    }

    #[test]
    fn every_cell_is_as_wide_as_all_terminals_say() {
        let hostile = "❤\u{fe0f}👨‍👩‍👧🇩🇪क्षि가ｶﾞ1\u{fe0f}\u{20e3}";
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
        buffer.set_string(0, 0, hostile, Style::new());
        simplify_clusters(&mut buffer);
        for cell in &buffer.content {
            let scalars: usize = cell.symbol().chars().map(|c| c.width().unwrap_or(0)).sum();
            assert_eq!(scalars, cell.symbol().width(), "{}", cell.symbol());
        }
    }
}
