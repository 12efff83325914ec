//! The registry: every command is a row, and everything that tells of commands reads this table.
//!
//! Key map, footer hints, `?`, the `:` palette and the README's table of keys are made from it; a test refuses clashing keys and a stale README.

mod table;

use super::app::App;
use super::home::{Home, Pane, Section};
use super::key::Key;
use super::theme::Theme;
use crate::error::Result;
use ratatui::text::{Line, Span};

pub use table::GROUPS;

/// Where a command can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Anywhere,
    /// On every screen but the presenter view, which others see too.
    Screens,
    /// Where the recommendation in focus is seen: on the screen of recommendations, and in the presenter view.
    Home,
    /// Wherever a recommendation or a question is in focus: on every screen but that of the meeting.
    Records,
    /// On the screen of recommendations, which has panes and sections.
    Panes,
    /// On the screens that have a left and a right side.
    Sides,
    /// On the screens whose list can be filtered and grouped.
    Filtered,
    /// On the screen of the meeting.
    Meeting,
    /// In the presenter view.
    Presenter,
    /// With the keys in a list.
    Lists,
    /// With the keys on a record of the dossier, or on a question.
    Record,
    /// With the keys on questions: their screen, or their section of the dossier.
    Question,
}

/// What has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// The pane.
    pub pane: Pane,
    /// The section of the dossier.
    pub section: Section,
}

impl Focus {
    /// What has the keys on the screen.
    pub fn of(home: &Home) -> Focus {
        Focus {
            pane: home.pane,
            section: home.section,
        }
    }
}

impl Scope {
    fn holds(self, focus: Focus) -> bool {
        match self {
            Scope::Anywhere => true,
            Scope::Screens => focus.pane != Pane::Presenter,
            Scope::Home => matches!(focus.pane, Pane::List | Pane::Dossier | Pane::Presenter),
            Scope::Records => focus.pane != Pane::Meeting,
            Scope::Panes => matches!(focus.pane, Pane::List | Pane::Dossier),
            Scope::Sides => matches!(focus.pane, Pane::List | Pane::Dossier | Pane::Meeting),
            Scope::Filtered => matches!(focus.pane, Pane::List | Pane::Dossier | Pane::Questions),
            Scope::Meeting => focus.pane == Pane::Meeting,
            Scope::Presenter => focus.pane == Pane::Presenter,
            Scope::Lists => matches!(focus.pane, Pane::List | Pane::Questions),
            Scope::Record => matches!(focus.pane, Pane::Dossier | Pane::Questions | Pane::Meeting),
            Scope::Question => {
                focus.pane == Pane::Questions
                    || (focus.pane == Pane::Dossier && focus.section == Section::Questions)
            }
        }
    }
}

/// A command.
#[derive(Clone, Copy)]
pub struct Command {
    /// Its name, as the palette finds it.
    pub name: &'static str,
    /// The keys that give it; a sequence is separated by spaces.
    pub keys: &'static [&'static str],
    /// What it does, imperative, without a full stop.
    pub doc: &'static str,
    /// Where it can be given.
    pub scope: Scope,
    /// How important its hint is in the footer (1 is first) and its short word; none for commands that need no hint.
    pub hint: Option<(u8, &'static str)>,
    /// What it runs.
    pub run: fn(&mut App) -> Result<()>,
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Command")
            .field("name", &self.name)
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}

/// A group of commands, as help and README show them.
#[derive(Debug)]
pub struct Group {
    /// Its heading.
    pub title: &'static str,
    /// Its commands.
    pub commands: &'static [Command],
}

/// All commands in the order of the table.
pub fn all() -> impl Iterator<Item = &'static Command> {
    GROUPS.iter().flat_map(|group| group.commands)
}

/// Whether a command acts on the selected recommendation.
pub fn is_on_record(command: &Command) -> bool {
    let free = ["drafts", "undo", "redo", "action-item", "decision"];
    let recording = GROUPS[..3]
        .iter()
        .any(|group| group.commands.iter().any(|c| c.name == command.name));
    (recording && !free.contains(&command.name)) || command.name == "presenter"
}

/// What keys typed so far mean.
#[derive(Debug, Clone, Copy)]
pub enum Meaning {
    /// A command.
    Command(&'static Command),
    /// The beginning of some.
    Begun,
    /// Nothing.
    Nothing,
}

/// Resolves keys by prefix: an exact match runs, the beginning of one waits, anything else is nothing.
pub fn resolve(keys: &[Key], focus: Focus) -> Meaning {
    let mut begun = false;
    for command in held(focus) {
        for spelled in command.keys {
            let Some(sequence) = Key::sequence(spelled) else {
                continue;
            };
            if sequence == keys {
                return Meaning::Command(command);
            }
            begun |= sequence.starts_with(keys);
        }
    }
    if begun {
        Meaning::Begun
    } else {
        Meaning::Nothing
    }
}

/// The commands that a sequence begun can end in: the keys left, and the command.
pub fn continuations(keys: &[Key], focus: Focus) -> Vec<(String, &'static Command)> {
    let mut found = Vec::new();
    for command in held(focus) {
        for sequence in command
            .keys
            .iter()
            .filter_map(|spelled| Key::sequence(spelled))
        {
            if sequence.len() > keys.len() && sequence.starts_with(keys) {
                let rest: Vec<String> = sequence[keys.len()..]
                    .iter()
                    .map(ToString::to_string)
                    .collect();
                found.push((rest.join(" "), command));
            }
        }
    }
    found
}

/// The keys of a command as a person reads them; a run of digits is `0-9`.
pub fn keys_of(command: &Command) -> String {
    if command.keys.len() == 10 {
        "0-9".to_owned()
    } else {
        command.keys.join("  ")
    }
}

/// The commands that can be given there.
pub fn held(focus: Focus) -> impl Iterator<Item = &'static Command> {
    all().filter(move |command| command.scope.holds(focus))
}

/// The hints of the footer: the most important that fit, in the order of the table. In the presenter view only its own, and quietly.
pub fn hints(focus: Focus, theme: &Theme, width: usize) -> Line<'static> {
    let presenting = focus.pane == Pane::Presenter;
    let (of_key, of_word) = if presenting {
        (theme.quiet, theme.quiet)
    } else {
        (theme.key, theme.text)
    };
    let mut hints: Vec<(usize, u8, Vec<Span<'static>>)> = held(focus)
        .filter(|command| !presenting || command.scope == Scope::Presenter)
        .enumerate()
        .filter_map(|(place, command)| {
            let (rank, word) = command.hint?;
            let key = command.keys.first()?;
            Some((
                place,
                rank,
                vec![
                    Span::raw(" "),
                    Span::styled(*key, of_key),
                    Span::raw(" "),
                    Span::styled(word, of_word),
                    Span::raw(" "),
                ],
            ))
        })
        .collect();
    let width_of = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    hints.sort_by_key(|(place, rank, _)| (*rank, *place));
    let mut room = width;
    hints.retain(|(_, _, spans)| {
        let needed = width_of(spans);
        let fits = needed <= room;
        room -= if fits { needed } else { 0 };
        fits
    });
    hints.sort_by_key(|(place, ..)| *place);
    hints.into_iter().flat_map(|(_, _, spans)| spans).collect()
}

/// The table of keys for the README.
pub fn markdown() -> String {
    let mut out = String::new();
    for group in GROUPS {
        out += &format!(
            "**{}**\n\n| keys | command | does |\n| --- | --- | --- |\n",
            group.title
        );
        for command in group.commands {
            let keys: Vec<String> = if command.keys.len() == 10 {
                vec!["`0-9`".to_owned()]
            } else {
                command.keys.iter().map(|k| format!("`{k}`")).collect()
            };
            out += &format!(
                "| {} | {} | {} |\n",
                keys.join(" "),
                command.name,
                command.doc
            );
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelled_key_reads() {
        for command in all() {
            for keys in command.keys {
                assert!(Key::sequence(keys).is_some(), "{}: {keys}", command.name);
            }
        }
    }

    #[test]
    fn no_two_commands_share_a_key_or_the_beginning_of_one() {
        let sections = Section::ALL.map(|section| Focus {
            pane: Pane::Dossier,
            section,
        });
        let others =
            [Pane::List, Pane::Questions, Pane::Presenter, Pane::Meeting].map(|pane| Focus {
                pane,
                section: Section::Report,
            });
        for focus in sections.into_iter().chain(others) {
            let spelled: Vec<(&str, Vec<Key>)> = all()
                .filter(|c| c.scope.holds(focus))
                .flat_map(|c| {
                    c.keys
                        .iter()
                        .filter_map(|k| Key::sequence(k))
                        .map(move |keys| (c.name, keys))
                })
                .collect();
            for (i, (name, keys)) in spelled.iter().enumerate() {
                for (other, longer) in &spelled[i + 1..] {
                    assert!(
                        !longer.starts_with(keys) && !keys.starts_with(longer),
                        "{name} and {other} clash"
                    );
                }
            }
        }
    }

    #[test]
    fn names_are_unique_and_every_ctrl_key_has_a_plain_twin() {
        let mut names: Vec<&str> = all().map(|c| c.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        // Ctrl-C, Ctrl-L and Ctrl-Z pass everywhere and need none.
        let needs_twin = |c: &&Command| {
            c.keys.iter().any(|k| k.contains("Ctrl-"))
                && !matches!(c.name, "suspend" | "redraw" | "cancel")
        };
        for command in all().filter(needs_twin) {
            assert!(
                command.keys.iter().any(|k| !k.contains("Ctrl-")),
                "{}",
                command.name
            );
        }
    }
}
