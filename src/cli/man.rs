//! `penholder man`: the manual page, all commands on one page.
//!
//! It is the command tree, printed: what `--help` says of a command stands here too, in the same words. The page is laid out here, since
//! what clap_mangen makes of a tree is a page for each command, each naming the others as pages of their own.

use super::{output, tree};
use crate::error::Result;
use clap::{Arg, Args, Command};
use roff::{Inline, Roff, bold, italic, roman};

const EXAMPLES: &str = "\
Example:
  penholder man > ~/.local/share/man/man1/penholder.1";

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

impl Arguments {
    /// Prints the page.
    ///
    /// # Errors
    /// An output that cannot be written.
    pub(super) fn run(&self) -> Result<()> {
        let mut tree = tree();
        tree.build();
        output::print(&page(&tree).render())
    }
}

fn page(tree: &Command) -> Roff {
    let mut page = Roff::new();
    let version = tree.get_version().unwrap_or_default();
    page.control(
        "TH",
        [
            tree.get_name(),
            "1",
            "",
            &format!("{} {version}", tree.get_name()),
            "User Commands",
        ],
    );
    // Options and words of the vocabulary are typed as they stand here, so that no line may end within one.
    page.control("nh", []).control("ad", ["l"]);
    page.control("SH", ["NAME"]);
    page.text([roman(format!(
        "{} - {}",
        tree.get_name(),
        styled(tree.get_about())
    ))]);
    page.control("SH", ["SYNOPSIS"]);
    let commands: Vec<&Command> = tree
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
        .collect();
    page.control("PD", ["0"]);
    for command in [tree].iter().chain(&commands) {
        synopsis(&mut page, command);
    }
    page.control("PD", []);
    page.control("SH", ["DESCRIPTION"]);
    text(&mut page, &styled(tree.get_long_about()));
    page.control("SH", ["OPTIONS"]);
    page.text([roman("Every command takes --db, --as and --help.")]);
    arguments(&mut page, tree.get_arguments());
    page.control("SH", ["COMMANDS"]);
    for command in &commands {
        page.control(
            "SS",
            [format!("{} {}", tree.get_name(), command.get_name()).as_str()],
        );
        page.text([roman(format!("{}.", styled(command.get_about())))]);
        arguments(&mut page, own(command));
        page.control("PP", []);
        text(&mut page, &styled(command.get_after_help()));
    }
    page.control("SH", ["NOTES"]);
    text(&mut page, &styled(tree.get_after_help()));
    page.control("SH", ["VERSION"]);
    page.text([roman(version)]);
    page
}

fn styled(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

/// The arguments of a command that not every command takes.
fn own(command: &Command) -> impl Iterator<Item = &Arg> {
    command
        .get_arguments()
        .filter(|argument| !argument.is_global_set() && argument.get_id() != "help")
}

/// How a command is typed; what every command takes is shown with the program only.
fn synopsis(page: &mut Roff, command: &Command) {
    let mut line = vec![bold(
        command.get_bin_name().unwrap_or_else(|| command.get_name()),
    )];
    let whole = command.has_subcommands();
    let shown = command.get_arguments().filter(|argument| {
        argument.is_global_set() == whole && typed_with_a_value(argument, whole)
    });
    let (placed, flags): (Vec<&Arg>, Vec<&Arg>) =
        shown.partition(|argument| argument.is_positional());
    for argument in placed.into_iter().chain(flags) {
        let (open, close) = if argument.is_required_set() {
            (" ", "")
        } else {
            (" [", "]")
        };
        line.push(roman(open));
        line.extend(flag(argument));
        line.push(roman(close));
    }
    if whole {
        line.extend([roman(" ["), italic("COMMAND"), roman(" ...]")]);
    }
    page.control("HP", ["4"]).text(line);
}

/// Whether an argument is shown in the synopsis: not the help; of the program only what has a value.
fn typed_with_a_value(argument: &Arg, whole: bool) -> bool {
    argument.get_id() != "help" && (!whole || argument.get_action().takes_values())
}

/// An argument as it is typed: `-o, --output FILE`.
fn flag(argument: &Arg) -> Vec<Inline> {
    let short = argument.get_short().map(|short| format!("-{short}"));
    let long = argument.get_long().map(|long| format!("--{long}"));
    let names: Vec<String> = short.into_iter().chain(long).collect();
    let mut line: Vec<Inline> = Vec::new();
    if !names.is_empty() {
        line.push(bold(names.join(", ")));
    }
    if argument.get_action().takes_values() {
        let value = argument
            .get_value_names()
            .map_or_else(String::new, |names| names.join(" "));
        line.push(italic(if names.is_empty() {
            value
        } else {
            format!(" {value}")
        }));
    }
    line
}

fn arguments<'a>(page: &mut Roff, arguments: impl Iterator<Item = &'a Arg>) {
    for argument in arguments {
        page.control("TP", []);
        page.text(flag(argument));
        let mut about = vec![roman(styled(argument.get_help()))];
        let values: Vec<String> = argument
            .get_possible_values()
            .iter()
            .map(|value| value.get_name().to_owned())
            .collect();
        if argument.get_action().takes_values() && !values.is_empty() {
            about.push(roman(format!(": {}", values.join(", "))));
        }
        let usual: Vec<_> = argument
            .get_default_values()
            .iter()
            .map(|value| value.to_string_lossy())
            .collect();
        if argument.get_action().takes_values()
            && !usual.is_empty()
            && !argument.is_hide_default_value_set()
        {
            about.push(roman(format!(" (unless given: {})", usual.join(", "))));
        }
        page.text(about);
    }
}

/// A text of the help: paragraphs, each line of which stays a line, and examples, which are indented.
fn text(page: &mut Roff, text: &str) {
    let mut before = "";
    for line in text.lines() {
        match (line.strip_prefix("  "), before.starts_with("  ")) {
            (Some(example), inside) => {
                if !inside {
                    page.control("RS", ["4"]).control("nf", []);
                }
                page.text([roman(example)]);
            }
            (None, inside) => {
                if inside {
                    page.control("fi", []).control("RE", []);
                }
                if line.is_empty() {
                    page.control("PP", []);
                } else {
                    if !before.is_empty() && !inside {
                        page.control("br", []);
                    }
                    page.text([roman(line)]);
                }
            }
        }
        before = line;
    }
    if before.starts_with("  ") {
        page.control("fi", []).control("RE", []);
    }
}
