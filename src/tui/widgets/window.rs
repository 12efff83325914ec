//! The window on a long list: which rows are shown, and the bar at the edge that says where one is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The first row to show so that `from..to` is visible, moving the window no more than it must. Of what is larger than the window, as much
/// is shown as fits, wherever in it the window stands.
pub fn follow(first: usize, height: usize, from: usize, to: usize) -> usize {
    if to.saturating_sub(from) >= height {
        return first.clamp(from, (to - height).max(from));
    }
    if from < first {
        from
    } else if to > first + height {
        to - height
    } else {
        first
    }
}

/// Draws the part of a bar that stands for the rows shown, over the right frame of a pane. Nothing when all rows are shown.
pub fn bar(
    buffer: &mut Buffer,
    pane: Rect,
    first: usize,
    shown: usize,
    all: usize,
    style: Style,
    ascii: bool,
) {
    if all <= shown || pane.width == 0 || pane.height < 4 {
        return;
    }
    let track = usize::from(pane.height - 2);
    let size = (track * shown / all).max(1);
    let top = ((track - size) * first)
        .checked_div(all - shown)
        .unwrap_or(0)
        .min(track - size);
    for row in top..top + size {
        let y = pane.y + 1 + u16::try_from(row).unwrap_or(0);
        buffer[(pane.right() - 1, y)]
            .set_symbol(if ascii { "#" } else { "┃" })
            .set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_moves_no_more_than_it_must() {
        assert_eq!(follow(0, 10, 3, 4), 0);
        assert_eq!(follow(0, 10, 10, 11), 1);
        assert_eq!(follow(5, 10, 2, 3), 2);
        assert_eq!(follow(0, 0, 5, 6), 5);
        assert_eq!(
            follow(7, 3, 5, 12),
            7,
            "inside something taller, the window stays"
        );
        assert_eq!(follow(0, 3, 5, 12), 5);
        assert_eq!(follow(20, 3, 5, 12), 9);
    }

    #[test]
    fn a_bar_is_drawn_only_where_there_is_more() {
        let area = Rect::new(0, 0, 3, 6);
        let mut buffer = Buffer::empty(area);
        bar(&mut buffer, area, 0, 4, 4, Style::new(), false);
        assert_eq!(buffer, Buffer::empty(area));
        bar(&mut buffer, area, 4, 4, 8, Style::new(), false);
        assert_eq!(buffer[(2, 4)].symbol(), "┃");
        bar(
            &mut Buffer::empty(Rect::ZERO),
            Rect::ZERO,
            0,
            0,
            8,
            Style::new(),
            false,
        );
    }
}
