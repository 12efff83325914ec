//! The registry: every command is a row, and everything that tells of commands reads this table.
//!
//! Key map, footer hints, `?`, the `:` palette and the README's table of keys are made from it; a test refuses clashing keys and a stale README.

use super::app::App;
use super::commands::{editor, give, go, program, record, write};
use super::home::Pane;
use super::key::Key;
use super::theme::Theme;
use crate::error::Result;
use ratatui::text::{Line, Span};

/// Where a command can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere on the screen.
    Anywhere,
    /// With the keys in the list.
    List,
    /// With the keys in the dossier.
    Dossier,
}

impl Scope {
    fn holds(self, pane: Pane) -> bool {
        match self {
            Scope::Anywhere => true,
            Scope::List => pane == Pane::List,
            Scope::Dossier => pane == Pane::Dossier,
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
        f.debug_struct("Command").field("name", &self.name).field("keys", &self.keys).finish_non_exhaustive()
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

const fn row(
    name: &'static str,
    keys: &'static [&'static str],
    doc: &'static str,
    scope: Scope,
    hint: Option<(u8, &'static str)>,
    run: fn(&mut App) -> Result<()>,
) -> Command {
    Command { name, keys, doc, scope, hint, run }
}

/// All commands.
pub const GROUPS: &[Group] = &[
    Group {
        title: "Assess",
        commands: &[
            row(
                "implemented",
                &["i"],
                "Record that the recommendation is implemented",
                Scope::Anywhere,
                Some((3, "implemented")),
                record::implemented,
            ),
            row(
                "partially-implemented",
                &["p"],
                "Record that it is partially implemented",
                Scope::Anywhere,
                Some((3, "partially")),
                record::partially,
            ),
            row("not-implemented", &["n"], "Record that it is not implemented", Scope::Anywhere, Some((3, "not")), record::not),
            row(
                "cannot-be-determined",
                &["d"],
                "Record that its implementation cannot be determined",
                Scope::Anywhere,
                Some((5, "cannot determine")),
                record::cannot_tell,
            ),
            row(
                "relevance",
                &["r"],
                "Turn relevance: unset, still relevant, no longer relevant",
                Scope::Anywhere,
                Some((4, "relevance")),
                record::relevance,
            ),
            row(
                "effect",
                &["v"],
                "Turn the intended effect: unset, achieved, partially, not, cannot be determined",
                Scope::Anywhere,
                Some((7, "effect")),
                record::effect,
            ),
            row("unset-implementation", &["- i"], "Unset the implementation verdict", Scope::Anywhere, None, record::unset_implementation),
            row("unset-relevance", &["- r"], "Unset relevance", Scope::Anywhere, None, record::unset_relevance),
            row("unset-effect", &["- v"], "Unset the intended effect", Scope::Anywhere, None, record::unset_effect),
            row(
                "assessment",
                &["a"],
                "Open the assessment as a form, at the step the decision tree asks for",
                Scope::Anywhere,
                Some((4, "form")),
                record::form,
            ),
            row("standing", &["s"], "Choose the standing: draft, proposed, agreed, reopened", Scope::Anywhere, None, record::standing),
            row("consensus", &["c"], "Choose the consensus designation", Scope::Anywhere, None, record::consensus),
            row("blocked-by", &["b"], "Choose the questions it waits for", Scope::Anywhere, None, record::blocked_by),
        ],
    },
    Group {
        title: "Write",
        commands: &[
            row(
                "finding",
                &["f"],
                "Write a finding: @Emily who said it, #11 what it is about, @-3 three minutes ago",
                Scope::Anywhere,
                Some((2, "finding")),
                write::finding,
            ),
            row("edit", &["e"], "Edit the focused text here", Scope::Anywhere, Some((7, "edit")), write::edit),
            row("edit-in-editor", &["E"], "Edit the focused text in $EDITOR", Scope::Anywhere, None, editor::edit_in_editor),
            row("withdraw", &["w"], "Withdraw the focused finding", Scope::Dossier, None, write::withdraw),
            row("other-commands", &["o"], "Show what else can be done with the focused record", Scope::Dossier, None, write::other),
            row("drafts", &[], "List texts that were typed and not recorded", Scope::Anywhere, None, write::drafts),
            row("undo", &["u"], "Take back your newest change", Scope::Anywhere, Some((3, "undo")), record::undo),
            row("redo", &["U", "Ctrl-R"], "Repeat the change you took back", Scope::Anywhere, None, record::redo),
        ],
    },
    Group {
        title: "Move",
        commands: &[
            row("down", &["j", "Down"], "Move down", Scope::Anywhere, None, go::down),
            row("up", &["k", "Up"], "Move up", Scope::Anywhere, None, go::up),
            row("page-down", &["PgDn"], "Move a page down", Scope::Anywhere, None, go::page_down),
            row("page-up", &["PgUp"], "Move a page up", Scope::Anywhere, None, go::page_up),
            row("first", &["g g", "Home"], "Move to the first", Scope::Anywhere, None, go::first),
            row("last", &["G", "End"], "Move to the last", Scope::Anywhere, None, go::last),
            row("left", &["h", "Left"], "Go to the pane at the left", Scope::Anywhere, None, go::left),
            row("right", &["l", "Right"], "Go to the pane at the right", Scope::Anywhere, None, go::right),
            row("open", &["Enter"], "Open: the dossier, or the focused field", Scope::Anywhere, Some((6, "open")), go::open),
            row("back", &["Esc"], "Go one step back: clear the filter, return to the list", Scope::Anywhere, None, go::back),
            row("next-section", &["Tab"], "Show the next section of the dossier", Scope::Anywhere, Some((6, "section")), go::next_section),
            row(
                "previous-section",
                &["Shift-Tab"],
                "Show the previous section of the dossier",
                Scope::Anywhere,
                None,
                go::previous_section,
            ),
            row("scroll-down", &["J"], "Scroll the dossier down from the list", Scope::List, None, go::scroll_down),
            row("scroll-up", &["K"], "Scroll the dossier up from the list", Scope::List, None, go::scroll_up),
            row("recommendations", &["g r"], "Go to the list of recommendations", Scope::Anywhere, None, go::recommendations),
            row(
                "go-to-number",
                &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
                "Go to the recommendation with this number at once; . goes on to a question",
                Scope::Anywhere,
                None,
                go::number,
            ),
            row("filter", &["/"], "Filter the list as you type", Scope::Anywhere, Some((5, "filter")), go::filter),
            row("regroup", &["t"], "Regroup the list: by section, by number", Scope::Anywhere, None, go::regroup),
        ],
    },
    Group {
        title: "Give",
        commands: &[
            row("copy", &["y"], "Copy the focused record as text to the terminal's clipboard", Scope::Anywhere, None, give::copy),
            row("export", &["x"], "Export to a file", Scope::Anywhere, Some((8, "export")), give::export),
        ],
    },
    Group {
        title: "Program",
        commands: &[
            row("help", &["?"], "Show all keys", Scope::Anywhere, Some((1, "help")), program::help),
            row("palette", &[":", "Ctrl-P"], "Find a command by its name", Scope::Anywhere, None, program::palette),
            row("mouse", &[], "Turn mouse capture off or on (Shift-drag selects text in any case)", Scope::Anywhere, None, program::mouse),
            row("suspend", &["Ctrl-Z"], "Suspend the program", Scope::Anywhere, None, program::suspend),
            row("quit", &["q"], "Close what is open, else quit", Scope::Anywhere, Some((9, "quit")), program::quit),
        ],
    },
];

/// All commands in the order of the table.
pub fn all() -> impl Iterator<Item = &'static Command> {
    GROUPS.iter().flat_map(|group| group.commands)
}

/// Whether a command acts on the selected recommendation.
pub fn is_on_record(command: &Command) -> bool {
    let free = ["drafts", "undo", "redo"];
    GROUPS[..2].iter().any(|group| group.commands.iter().any(|c| c.name == command.name)) && !free.contains(&command.name)
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
pub fn resolve(keys: &[Key], pane: Pane) -> Meaning {
    let mut begun = false;
    for command in all().filter(|c| c.scope.holds(pane)) {
        for spelled in command.keys {
            let Some(sequence) = Key::sequence(spelled) else { continue };
            if sequence == keys {
                return Meaning::Command(command);
            }
            begun |= sequence.starts_with(keys);
        }
    }
    if begun { Meaning::Begun } else { Meaning::Nothing }
}

/// The commands that a sequence begun can end in: the keys left, and the command.
pub fn continuations(keys: &[Key], pane: Pane) -> Vec<(String, &'static Command)> {
    let mut found = Vec::new();
    for command in all().filter(|c| c.scope.holds(pane)) {
        for sequence in command.keys.iter().filter_map(|spelled| Key::sequence(spelled)) {
            if sequence.len() > keys.len() && sequence.starts_with(keys) {
                let rest: Vec<String> = sequence[keys.len()..].iter().map(ToString::to_string).collect();
                found.push((rest.join(" "), command));
            }
        }
    }
    found
}

/// The keys of a command as a person reads them; a run of digits is `0-9`.
pub fn keys_of(command: &Command) -> String {
    if command.keys.len() == 10 { "0-9".to_owned() } else { command.keys.join("  ") }
}

/// The hints of the footer: the most important that fit, in the order of the table.
pub fn hints(pane: Pane, theme: &Theme, width: usize) -> Line<'static> {
    let mut hints: Vec<(usize, u8, Vec<Span<'static>>)> = all()
        .filter(|command| command.scope.holds(pane))
        .enumerate()
        .filter_map(|(place, command)| {
            let (rank, word) = command.hint?;
            let key = command.keys.first()?;
            Some((
                place,
                rank,
                vec![Span::raw(" "), Span::styled(*key, theme.key), Span::raw(" "), Span::styled(word, theme.text), Span::raw(" ")],
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
        out += &format!("**{}**\n\n| keys | command | does |\n| --- | --- | --- |\n", group.title);
        for command in group.commands {
            let keys: Vec<String> =
                if command.keys.len() == 10 { vec!["`0-9`".to_owned()] } else { command.keys.iter().map(|k| format!("`{k}`")).collect() };
            out += &format!("| {} | {} | {} |\n", keys.join(" "), command.name, command.doc);
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
        for pane in [Pane::List, Pane::Dossier] {
            let spelled: Vec<(&str, Vec<Key>)> = all()
                .filter(|c| c.scope.holds(pane))
                .flat_map(|c| c.keys.iter().filter_map(|k| Key::sequence(k)).map(move |keys| (c.name, keys)))
                .collect();
            for (i, (name, keys)) in spelled.iter().enumerate() {
                for (other, longer) in &spelled[i + 1..] {
                    assert!(!longer.starts_with(keys) && !keys.starts_with(longer), "{name} and {other} clash");
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
        for command in all().filter(|c| c.keys.iter().any(|k| k.contains("Ctrl-")) && c.name != "suspend") {
            assert!(command.keys.iter().any(|k| !k.contains("Ctrl-")), "{}", command.name);
        }
    }
}
