//! How the board looks: what the caller says above, the modes, what is typed, and everybody in one column or two.
//!
//! Rows keep their places while letters narrow: who does not fit goes quiet, since a list that jumps under the eye is read anew at each letter.
//! Only the scroll offset and the shape of the list change here.

use super::{Board, Naming, Person};
use crate::model::prefix::shortest;
use crate::model::review::Review;
use crate::model::text::fold;
use crate::tui::dialogs::boxed;
use crate::tui::theme::Theme;
use crate::tui::widgets::{prose, window};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The widest box, in cells.
const WIDEST: u16 = 100;
/// The narrowest of two columns, in cells.
const COLUMN: u16 = 36;
/// The rows of the list that lines above it leave, if it has so many.
const LEAST: usize = 5;
/// The widest word of a state, in cells.
const WORD: usize = 16;
/// The widest name, in cells: one long name must not carry everybody's state away from theirs.
const NAME: usize = 32;
/// Below this many cells there is no room for a detail.
const DETAIL: usize = 6;

/// The widths of the parts of a row, in cells.
struct Widths {
    row: usize,
    name: usize,
    sign: usize,
    word: usize,
}

impl Widths {
    /// As wide as what stands in them, so far as a row goes; words that may still come have their room from the start.
    fn new(people: &[Person], words: impl Iterator<Item = usize>, row: usize) -> Widths {
        let sign = people
            .iter()
            .map(|person| person.sign.width())
            .max()
            .unwrap_or(0)
            .min(2);
        let word = people
            .iter()
            .map(|person| person.word.width())
            .chain(words)
            .max()
            .unwrap_or(0)
            .min(WORD);
        let widest = people
            .iter()
            .map(|person| person.name.width())
            .max()
            .unwrap_or(0);
        Widths {
            row,
            name: widest.min(NAME).min(row.saturating_sub(sign + word + 4)),
            sign,
            word,
        }
    }
}

impl Board<'_> {
    /// Draws the board from the review.
    pub fn draw(&mut self, frame: &mut Frame<'_>, theme: &Theme, review: &Review) {
        let people = (self.people)(review);
        let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        self.aim.follow(&names);
        // The last line of the screen says what was recorded.
        let most = usize::from(frame.area().height.saturating_sub(3));
        let width = WIDEST.min(frame.area().width);
        let room = usize::from(width.saturating_sub(2));
        let modes = self.modes_in(theme, room);
        let mut head = self
            .head
            .map(|head| head(review, room, theme))
            .unwrap_or_default();
        let above = modes.len() + 1;
        let is_high = head.len() + above + people.len() > most;
        let columns = if is_high && width > 2 * COLUMN { 2 } else { 1 };
        let rows = people.len().div_ceil(columns).max(1);
        let for_head = most.saturating_sub(above + rows.min(LEAST));
        if head.len() > for_head {
            let left = head.len() - for_head + 1;
            head.truncate(for_head);
            // Where one line has room, the first says more than how many are missing.
            if let [_, .., last] = head.as_mut_slice() {
                *last = Line::styled(
                    format!(" {} {left} more lines", theme.signs.more),
                    theme.quiet,
                );
            }
        }
        let height = u16::try_from(2 + head.len() + above + rows.min(most))
            .unwrap_or(u16::MAX)
            .min(frame.area().height.saturating_sub(1));
        let hint = self.hint(theme, usize::from(width.saturating_sub(4)));
        let inner = boxed(frame, theme, self.title, width, height, &hint);
        if inner.is_empty() {
            return;
        }
        let mut list = inner;
        for line in head
            .into_iter()
            .chain(modes)
            .chain([self.status(&names, theme, room)])
            .take(usize::from(inner.height))
        {
            frame.render_widget(line, Rect { height: 1, ..list });
            (list.y, list.height) = (list.y + 1, list.height - 1);
        }
        if people.is_empty() {
            frame.render_widget(Line::styled(" Nobody is on this list.", theme.quiet), list);
        }
        self.rows(frame, theme, &people, list, columns, rows);
    }

    fn rows(
        &mut self,
        frame: &mut Frame<'_>,
        theme: &Theme,
        people: &[Person],
        list: Rect,
        columns: usize,
        rows: usize,
    ) {
        let shown = usize::from(list.height);
        let here = self.aim.at % rows;
        self.first = window::follow(
            self.first.min(rows.saturating_sub(shown)),
            shown,
            here,
            here + 1,
        );
        self.aim.rows = (rows, shown);
        let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        let starts = shortest(&names);
        let cells = list.width / u16::try_from(columns).unwrap_or(1);
        let widths = Widths::new(
            people,
            self.modes.iter().map(|mode| mode.word.width()),
            usize::from(cells.saturating_sub(1)),
        );
        for (x, column) in (list.x..)
            .step_by(usize::from(cells.max(1)))
            .zip(0..columns)
        {
            for (y, row) in (list.y..list.bottom()).zip(self.first..rows) {
                let place = column * rows + row;
                let (Some(person), Some(start)) = (people.get(place), starts.get(place)) else {
                    break;
                };
                let area = Rect {
                    x,
                    y,
                    width: cells,
                    height: 1,
                };
                let in_focus = place == self.aim.at && self.aim.focus().is_some();
                let mut row = line(person, start, self.aim.fits(&person.name), &widths, theme);
                if in_focus {
                    // On the selected row the reversed colours of the terminal must stay readable, so words keep no colour of their own.
                    row.spans.iter_mut().for_each(|span| {
                        span.style = Style::new().add_modifier(span.style.add_modifier & KEPT)
                    });
                }
                frame.render_widget(row, area);
                if place == self.aim.at {
                    if in_focus {
                        frame.buffer_mut().set_style(area, theme.selected);
                    }
                    frame.set_cursor_position(Position::new(area.x, area.y));
                }
            }
        }
        let edge = Rect {
            x: list.x - 1,
            y: list.y - 1,
            width: list.width + 2,
            height: list.height + 2,
        };
        window::bar(
            frame.buffer_mut(),
            edge,
            self.first,
            shown,
            rows,
            theme.quiet,
            theme.signs.here == ">",
        );
    }

    /// The modes with the current one marked, on as many lines as they need.
    fn modes_in(&self, theme: &Theme, room: usize) -> Vec<Line<'static>> {
        let mut lines: Vec<Line<'static>> = Vec::new();
        for (place, mode) in self.modes.iter().enumerate() {
            let is_current = place == self.aim.mode && self.naming == Naming::Marks;
            let (sign, style) = if is_current {
                (theme.signs.here, theme.strong)
            } else {
                (" ", theme.text)
            };
            let item = [
                Span::styled(format!(" {sign}"), style),
                Span::styled(format!("{} ", mode.key), theme.key),
                Span::styled(mode.word, style),
            ];
            let width: usize = item.iter().map(Span::width).sum();
            match lines.last_mut() {
                Some(line) if line.width() + 1 + width <= room => {
                    line.push_span(" ");
                    line.extend(item);
                }
                _ => lines.push(Line::from_iter(item)),
            }
        }
        lines
    }

    /// What is typed, and what there is to say about it: at best who it may be.
    fn status(&self, names: &[&str], theme: &Theme, room: usize) -> Line<'static> {
        let aim = &self.aim;
        let mut line = Line::default();
        if !aim.typed.is_empty() {
            line.extend([
                Span::styled(" : ", theme.key),
                Span::styled(
                    prose::clip(&aim.typed, room / 3, theme.signs.more),
                    theme.strong,
                ),
            ]);
        }
        let (text, style) = match (aim.told.as_str(), aim.typed.is_empty()) {
            ("", true) if self.naming == Naming::Marks && aim.moved_to().is_some() => (
                format!("Enter marks {}", aim.moved_to().unwrap_or_default()),
                theme.notice,
            ),
            ("", true) => return line,
            ("", false) => (
                names
                    .iter()
                    .filter(|name| aim.fits(name))
                    .copied()
                    .collect::<Vec<_>>()
                    .join(" · "),
                theme.quiet,
            ),
            (told, _) => (told.to_owned(), theme.notice),
        };
        let gap = if aim.typed.is_empty() { " " } else { "  " };
        let left = room.saturating_sub(line.width() + gap.len() + 1);
        line.extend([
            Span::raw(gap),
            Span::styled(prose::clip(&text, left, theme.signs.more), style),
        ]);
        line
    }

    /// What keys do now: the first of it always, the rest as the room allows.
    fn hint(&self, theme: &Theme, room: usize) -> String {
        let mut parts = match self.aim.focus().filter(|_| !self.aim.typed.is_empty()) {
            _ if self.naming == Naming::ModeKeyMarks => vec![
                "Letters move, digits record".to_owned(),
                "Esc leaves".to_owned(),
            ],
            Some(name) => vec![
                format!("Enter marks {}", prose::clip(name, 20, theme.signs.more)),
                "Esc clears".to_owned(),
            ],
            None => vec!["Letters or Enter mark".to_owned(), "Esc leaves".to_owned()],
        };
        parts.extend(self.keys.iter().map(|(key, word)| format!("{key} {word}")));
        if self.modes.len() > 1 && self.naming == Naming::Marks {
            parts.push("Tab turns the word".to_owned());
        }
        let mut hint = String::new();
        for part in parts {
            let longer = if hint.is_empty() {
                part
            } else {
                format!("{hint} · {part}")
            };
            if !hint.is_empty() && longer.width() > room {
                break;
            }
            hint = longer;
        }
        hint
    }
}

/// What a selected row keeps of how its words look.
const KEPT: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);

/// A row: the letters that name the person set off, the rest of the name, sign, word and detail, each in its column.
fn line(person: &Person, start: &str, fits: bool, widths: &Widths, theme: &Theme) -> Line<'static> {
    let name = prose::clip(&person.name, widths.name, theme.signs.more);
    let blank = |text: &str, width: usize| " ".repeat(width.saturating_sub(text.width()));
    let pad = blank(&name, widths.name);
    let (first, rest) = name.split_at(reach(&name, start));
    // Underlined and bold in the terminal's own colour: the colour of a match vanishes on a light screen.
    let (set_off, plain) = if fits {
        (theme.strong.add_modifier(Modifier::UNDERLINED), theme.text)
    } else {
        (theme.quiet, theme.quiet)
    };
    let sign = prose::clip(&person.sign, widths.sign, "");
    let word = prose::clip(&person.word, widths.word, theme.signs.more);
    let state = format!(
        "{sign}{} {word}{}",
        blank(&sign, widths.sign),
        blank(&word, widths.word)
    );
    let room = widths
        .row
        .saturating_sub(widths.name + widths.sign + widths.word + 5);
    let mut line = Line::from(vec![
        Span::raw(" "),
        Span::styled(first.to_owned(), set_off),
        Span::styled(rest.to_owned(), plain),
        Span::raw(pad + " "),
        Span::styled(state, person.style),
    ]);
    if room >= DETAIL {
        line.extend([
            Span::raw("  "),
            Span::styled(
                prose::clip(&person.detail, room, theme.signs.more),
                theme.quiet,
            ),
        ]);
    }
    line
}

/// How many bytes of a name its folded beginning takes; whole graphemes.
fn reach(name: &str, start: &str) -> usize {
    let mut folded = 0;
    for (at, grapheme) in name.grapheme_indices(true) {
        if folded >= start.len() {
            return at;
        }
        folded += fold(grapheme).len();
    }
    name.len()
}
