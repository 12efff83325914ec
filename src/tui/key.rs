//! Keys, brought to one form: what the registry spells, what a terminal sends, and what a script of keys writes.
//!
//! Shift is folded into the character once, here, so that `U` is one key everywhere.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::fmt;

/// One key with its modifiers; Shift counts only where the character does not show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key itself.
    pub code: KeyCode,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
}

/// The names of keys that have no character of their own.
const NAMES: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Space", KeyCode::Char(' ')),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Key {
        Key {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// The key that a terminal reports; `None` for releases and bare modifiers.
    pub fn of(event: KeyEvent) -> Option<Key> {
        if event.kind == KeyEventKind::Release
            || matches!(event.code, KeyCode::Modifier(_) | KeyCode::Null)
        {
            return None;
        }
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Char(c)
                if event.modifiers.contains(KeyModifiers::SHIFT) && c.is_lowercase() =>
            {
                KeyCode::Char(c.to_uppercase().next().unwrap_or(c))
            }
            code => code,
        };
        Some(Key {
            code,
            ctrl,
            alt: event.modifiers.contains(KeyModifiers::ALT),
        })
    }

    /// Reads `Ctrl-R`, `Alt-Enter`, `PgUp`, `x`.
    pub fn parse(name: &str) -> Option<Key> {
        let (ctrl, rest) = name
            .strip_prefix("Ctrl-")
            .map_or((false, name), |rest| (true, rest));
        let (alt, rest) = rest
            .strip_prefix("Alt-")
            .map_or((false, rest), |rest| (true, rest));
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) => KeyCode::Char(if ctrl { c.to_ascii_lowercase() } else { c }),
            _ => NAMES.iter().find(|(known, _)| *known == rest)?.1,
        };
        Some(Key { code, ctrl, alt })
    }

    /// Reads a sequence of keys, separated by spaces: `g g`, `- i`.
    pub fn sequence(names: &str) -> Option<Vec<Key>> {
        names.split(' ').map(Key::parse).collect()
    }

    /// The character this key types, if it is one.
    pub fn character(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The event that a terminal would send for it.
    pub fn event(self) -> Event {
        let mut modifiers = KeyModifiers::NONE;
        modifiers.set(KeyModifiers::CONTROL, self.ctrl);
        modifiers.set(KeyModifiers::ALT, self.alt);
        Event::Key(KeyEvent::new(self.code, modifiers))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, code) => write!(f, "{code}"),
        }
    }
}

/// Reads a script of keys as events: characters as typed, named keys in angle brackets, `<paste:TEXT>`, `<80x24>` for a new size.
///
/// `<lt>` is a `<`. What is not understood is answered with `None`.
pub fn script(keys: &str) -> Option<Vec<Event>> {
    let mut events = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        if c != '<' {
            events.push(Key::plain(KeyCode::Char(c)).event());
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (name, after) = rest[1..].split_once('>')?;
        rest = after;
        events.push(match name.strip_prefix("paste:") {
            Some(text) => Event::Paste(text.to_owned()),
            None if name == "lt" => Key::plain(KeyCode::Char('<')).event(),
            None => match Key::parse(name) {
                Some(key) => key.event(),
                None => {
                    let (width, height) = name.split_once('x')?;
                    Event::Resize(width.parse().ok()?, height.parse().ok()?)
                }
            },
        });
    }
    Some(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_parses_what_it_prints() {
        for name in [
            "Ctrl-R",
            "Alt-Enter",
            "PgUp",
            "x",
            "U",
            "Shift-Tab",
            "Space",
            "?",
            "-",
        ] {
            assert_eq!(Key::parse(name).unwrap().to_string(), name);
        }
        assert_eq!(Key::parse("Hyper"), None);
    }

    #[test]
    fn shift_is_folded_into_the_character() {
        let shifted = KeyEvent::new(KeyCode::Char('u'), KeyModifiers::SHIFT);
        assert_eq!(Key::of(shifted), Key::parse("U"));
    }

    #[test]
    fn a_script_reads_as_events() {
        let events = script("1<Enter><lt><80x24><paste:two words>").unwrap();
        assert_eq!(events.len(), 5);
        assert_eq!(events[3], Event::Resize(80, 24));
        assert_eq!(script("<what>"), None);
    }
}
