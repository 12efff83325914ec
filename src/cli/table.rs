//! A table of plain text: columns aligned by the cells that their text takes, lines clipped at the terminal's edge.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Between two columns.
const GAP: &str = "  ";

/// Lays out rows below a header; with a width, what does not fit into it is cut off.
pub(super) fn lay_out(header: &[&str], rows: &[Vec<String>], width: Option<usize>) -> String {
    let head: Vec<String> = header.iter().map(|title| (*title).to_owned()).collect();
    let all = || std::iter::once(&head).chain(rows);
    let widest = |column: usize| {
        all()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.width())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(widest).collect();
    let mut out = String::new();
    for row in all() {
        let mut line = String::new();
        for (i, (cell, width)) in row.iter().zip(&widths).enumerate() {
            if i > 0 {
                line.push_str(GAP);
            }
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width())));
        }
        let line = line.trim_end();
        out.push_str(&width.map_or_else(|| line.to_owned(), |width| clip(line, width)));
        out.push('\n');
    }
    out
}

/// Cuts a line to a width, and says so with a point of three.
fn clip(line: &str, width: usize) -> String {
    if line.width() <= width {
        return line.to_owned();
    }
    let (mut out, mut used) = (String::new(), 0);
    for grapheme in line.graphemes(true) {
        let cells = grapheme.width();
        if used + cells + 1 > width {
            break;
        }
        out.push_str(grapheme);
        used += cells;
    }
    format!("{out}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_their_text_takes() {
        let rows = vec![
            vec!["一".to_owned(), "wide".to_owned()],
            vec!["abc".to_owned(), "x".to_owned()],
        ];
        assert_eq!(
            lay_out(&["No", "Text"], &rows, None),
            "No   Text\n一   wide\nabc  x\n"
        );
        assert_eq!(
            lay_out(&["No", "Text"], &rows, Some(6)),
            "No   …\n一   …\nabc  x\n"
        );
    }
}
