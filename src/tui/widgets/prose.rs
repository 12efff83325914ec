//! Prose wrapped by words with the widths of a terminal, as lines of one style behind an indent.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use textwrap::{Options, WordSeparator, WordSplitter};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Longest text that is wrapped, in bytes; what is longer is cut with a note, so that no text can make the screen slow.
const LONGEST: usize = 60_000;

/// Prose is not wrapped wider than this, in cells, however wide the pane is.
pub const MEASURE: usize = 84;

/// Wraps a text to a width in cells; line breaks of the text stay.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.clamp(1, MEASURE);
    let (text, cut) = if text.len() > LONGEST {
        (&text[..floor(text, LONGEST)], true)
    } else {
        (text, false)
    };
    // A terminal drops a tab and joins the words around it.
    let text = text.replace('\t', "    ");
    let options = Options::new(width).word_splitter(WordSplitter::NoHyphenation);
    // Between spaces an address stays whole; scripts without spaces need Unicode's own places to break.
    let spaced = text
        .chars()
        .all(|c| c.is_ascii() || c.width().unwrap_or(0) < 2);
    let options = if spaced {
        options.word_separator(WordSeparator::AsciiSpace)
    } else {
        options
    };
    let mut lines: Vec<String> = text
        .split('\n')
        .flat_map(|paragraph| {
            textwrap::wrap(paragraph, &options)
                .into_iter()
                .map(|line| line.into_owned())
        })
        .collect();
    if cut {
        lines.push("… (longer than the screen shows; copy or export it to read on)".to_owned());
    }
    lines
}

/// Wraps a text behind a first span and an indent for the lines after it.
pub fn hanging(
    first: Vec<Span<'static>>,
    indent: usize,
    text: &str,
    style: Style,
    width: usize,
) -> Vec<Line<'static>> {
    let mut head = Some(first);
    wrap(text, width.saturating_sub(indent))
        .into_iter()
        .map(|line| {
            let mut spans = head
                .take()
                .unwrap_or_else(|| vec![Span::raw(" ".repeat(indent))]);
            spans.push(Span::styled(line, style));
            Line::from(spans)
        })
        .collect()
}

/// Wraps a text behind an indent.
pub fn block(indent: usize, text: &str, style: Style, width: usize) -> Vec<Line<'static>> {
    hanging(
        vec![Span::raw(" ".repeat(indent))],
        indent,
        text,
        style,
        width,
    )
}

/// A text cut to so many cells, with a sign where something is missing. Graphemes stay whole.
pub fn clip(text: &str, width: usize, more: &str) -> String {
    let text = text.replace(['\n', '\t'], " ");
    if text.width() <= width {
        return text;
    }
    let room = width.saturating_sub(more.width());
    let mut clipped = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        clipped.push_str(grapheme);
    }
    if width >= more.width() {
        clipped.trim_end().to_owned() + more
    } else {
        clipped
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_combining_characters_count_as_the_terminal_counts_them() {
        assert_eq!(
            wrap("一一 一一 Žarko e\u{301}e\u{301}", 5),
            ["一一", "一一", "Žarko", "e\u{301}e\u{301}"]
        );
        assert_eq!(clip("一一一", 5, "…"), "一一…");
        assert_eq!(clip("abc", 0, "…"), "");
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_and_a_huge_text_is_cut() {
        assert_eq!(wrap("abcdef", 3), ["abc", "def"]);
        let lines = wrap(&"x".repeat(100_000), 80);
        assert!(lines.len() < 1_000 && lines.last().unwrap().starts_with('…'));
    }

    #[test]
    fn empty_lines_stay_and_width_zero_survives() {
        assert_eq!(wrap("a\n\nb", 10), ["a", "", "b"]);
        assert_eq!(wrap("a\tb", 10), ["a    b"]);
        assert_eq!(clip("a\tb\nc", 10, "…"), "a b c");
        assert_eq!(wrap("ab", 0), ["a", "b"]);
    }
}
