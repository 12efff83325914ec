//! The help: every command with its keys, from the table of commands; then the keys of the writing line, and settings for terminals.

use super::boxed;
use crate::error::Result;
use crate::tui::app::App;
use crate::tui::command::{GROUPS, keys_of};
use crate::tui::key::Key;
use crate::tui::sentence::KeyMeaning;
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseEventKind};
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells for the keys.
const KEYS: usize = 13;

/// The sections below the commands: the keys of the writing line, and what to do about common problems with terminals (the README explains more).
const MORE_SECTIONS: [(&str, &[(&str, &str)]); 2] = [
    (
        "While you write a line",
        &[
            ("Enter", "Record it"),
            ("Ctrl-J", "New line (Alt-Enter and Shift-Enter too)"),
            ("Esc", "Close it and keep the draft"),
            ("Ctrl-A E U W K", "As in a shell"),
            ("PgUp PgDn", "Scroll the screen above"),
        ],
    ),
    (
        "If the terminal ...",
        &[
            ("delays Esc", "tmux: set -s escape-time 20"),
            (
                "does not copy",
                "tmux: set -s set-clipboard on; screen: write a file instead",
            ),
            ("", "xterm: XTerm*allowWindowOps: true"),
            (
                "is slow",
                "A key records only if its record was already on the screen",
            ),
            ("lacks signs", "PENHOLDER_ASCII=1 draws everything in ASCII"),
            (
                "pastes as keys",
                "Open a line before you paste; tmux: paste-buffer -p",
            ),
        ],
    ),
];

fn lines(theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for group in GROUPS {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(group.title, theme.strong));
        for command in group.commands {
            let keys = keys_of(command);
            let keys = if keys.is_empty() {
                format!(":{}", command.name)
            } else {
                keys
            };
            let head = vec![Span::styled(format!("{keys:<KEYS$} "), theme.key)];
            let indent = head[0].width().max(KEYS + 1);
            lines.extend(prose::hanging(head, indent, command.doc, theme.text, width));
        }
    }
    for (title, rows) in MORE_SECTIONS {
        lines.push(Line::default());
        lines.push(Line::styled(title, theme.strong));
        for (left, right) in rows {
            let head = vec![Span::styled(format!("{left:<15}"), theme.key)];
            lines.extend(prose::hanging(head, 15, right, theme.text, width));
        }
    }
    lines
}

impl App {
    /// Shows all keys until a key closes it.
    ///
    /// # Errors
    /// The end of the terminal or of the script.
    pub fn show_help(&mut self) -> Result<()> {
        self.read("Keys", &lines)
    }

    /// Shows lines to read until a key closes them; `make` makes them for a theme and a width.
    ///
    /// # Errors
    /// The end of the terminal or of the script.
    pub fn read(
        &mut self,
        title: &str,
        make: &dyn Fn(&Theme, usize) -> Vec<Line<'static>>,
    ) -> Result<()> {
        let mut first: usize = 0;
        let (mut shown, mut all) = (1, 1);
        loop {
            let event = self.next(&mut |frame, theme, _| {
                let height = frame.area().height.saturating_sub(1).max(3);
                let inner = boxed(frame, theme, title, 84, height, "j k scroll · Esc closes");
                let lines = make(theme, usize::from(inner.width.saturating_sub(2)));
                (shown, all) = (usize::from(inner.height), lines.len());
                first = first.min(all.saturating_sub(shown));
                for (y, line) in (inner.y..inner.bottom()).zip(lines.into_iter().skip(first)) {
                    frame.render_widget(
                        line,
                        Rect {
                            x: inner.x + 1,
                            y,
                            width: inner.width.saturating_sub(2),
                            height: 1,
                        },
                    );
                }
            })?;
            match event {
                Event::Paste(_) => self.refuse_paste(),
                Event::Key(key) => match self.note_help_key(key)? {
                    Some(KeyCode::Char('c')) if key.modifiers.contains(KeyModifiers::CONTROL) => {
                        return Ok(());
                    }
                    Some(KeyCode::Char('q')) if !self.stands_alone('q')? => {}
                    Some(KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q' | '?')) => return Ok(()),
                    Some(KeyCode::Down | KeyCode::Char('j')) => first += 1,
                    Some(KeyCode::Up | KeyCode::Char('k')) => first = first.saturating_sub(1),
                    Some(KeyCode::PageDown | KeyCode::Char(' ')) => first += shown,
                    Some(KeyCode::PageUp) => first = first.saturating_sub(shown),
                    Some(KeyCode::Home | KeyCode::Char('g')) => first = 0,
                    Some(KeyCode::End | KeyCode::Char('G')) => first = all,
                    _ => {}
                },
                Event::Mouse(mouse) if mouse.kind == MouseEventKind::ScrollDown => first += 3,
                Event::Mouse(mouse) if mouse.kind == MouseEventKind::ScrollUp => {
                    first = first.saturating_sub(3)
                }
                _ => {}
            }
        }
    }

    /// Adds the key to the run of characters, with what it means in the help, and returns its code.
    fn note_help_key(&mut self, key: KeyEvent) -> Result<Option<KeyCode>> {
        let Some(key) = Key::of(key) else {
            return Ok(None);
        };
        if let Some(c) = key.character() {
            let is_known = matches!(c, 'q' | '?' | 'j' | 'k' | ' ' | 'g' | 'G');
            self.note_character(
                c,
                if is_known {
                    KeyMeaning::Meaningful
                } else {
                    KeyMeaning::Meaningless
                },
            )?;
        }
        Ok(Some(key.code))
    }
}
