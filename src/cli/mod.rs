//! The command line: the tree of commands, and what they share. One subcommand a file.
//!
//! Results go to standard output, messages to standard error, and nothing reaches either but through `output`. What is
//! not built yet is not in the tree, so that clap refuses it as wrong usage.

// No match over one of our enums has a wildcard, so that the compiler names every match that a new case must extend.
#![warn(clippy::wildcard_enum_match_arm)]

mod action;
mod answer;
mod ask;
mod assess;
mod backup;
mod calls;
mod check;
mod completions;
mod export;
mod import;
mod ledger;
mod list;
mod man;
mod new;
mod note;
mod output;
mod page;
mod question;
mod report;
mod rows;
mod show;
mod table;
mod typed;

use crate::error::{Error, Result};
use crate::store::Missing;
use crate::workspace::{Clock, Workspace, author, location};
use clap::{Args, CommandFactory, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

const ABOUT: &str = "The program in which an ICANN review team records its assessments during a plenary call.

Without a command it opens the screens. Everything that the screens export or import can be done with the commands below.";

const MORE: &str = "\
Where the workspace is: --db FILE, else PENHOLDER_DB, else penholder/penholder.db in the platform's data directory.
Who writes: --as NAME, else PENHOLDER_NAME, else the login name.
PENHOLDER_NOW=2018-09-13T14:41:07Z holds the clock, for tests and repeatable examples.
Words may be typed with spaces or hyphens: `partially implemented`, partially-implemented.

Exit codes: 0 done; 1 failed; 2 wrong usage, or a word outside the vocabulary.

Examples:
  penholder list recommendations --unassessed
  penholder show 11
  penholder assess 11 --implementation partially-implemented --relevance still-relevant
  penholder note 11 \"The published document is a draft\" --said-by Emily
  penholder ask 11 \"Who measures the success of these measures?\"
  penholder question 11.17 asked --due 2018-09-27
  penholder answer 11.17 --file answer.txt --satisfies partly
  penholder list questions --open --older-than 30
  penholder action 4 --done today --response \"Sent to the list\"
  penholder export assessments -o assessments.toml
  penholder report call --meeting 43 --format html -o plenary-43.html
  penholder report questions --format html -o questions.html
  penholder import assessments.toml --dry-run";

/// The heading in the help below which stands what every command takes.
const WORKSPACE: &str = "Workspace";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "penholder", version, about = "Records an ICANN review team's assessments during a plenary call", long_about = ABOUT, after_help = MORE, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Default, Args)]
pub struct Common {
    /// The workspace file
    #[arg(long, global = true, value_name = "FILE", help_heading = WORKSPACE)]
    db: Option<PathBuf>,
    /// Who writes
    #[arg(long = "as", global = true, value_name = "NAME", help_heading = WORKSPACE)]
    author: Option<String>,
}

impl Common {
    /// Opens the workspace these arguments name, with only what the first screen shows in memory.
    fn open_first(&self) -> Result<Workspace> {
        let path = location(self.db.as_deref())?;
        Workspace::open_first(
            &path,
            Missing::Create,
            author(self.author.as_deref())?,
            Clock::from_environment()?,
        )
    }

    /// Opens the workspace these arguments name.
    fn open(&self) -> Result<Workspace> {
        let mut workspace = self.open_first()?;
        workspace.complete()?;
        if let Some(warning) = &workspace.store().warning {
            output::tell(warning);
        }
        Ok(workspace)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Arguments),
    Show(show::Arguments),
    Assess(assess::Arguments),
    Note(note::Arguments),
    Ask(ask::Arguments),
    Answer(answer::Arguments),
    Question(question::Arguments),
    Action(action::Arguments),
    Export(export::Arguments),
    Report(report::Arguments),
    Import(import::Arguments),
    New(new::Arguments),
    Check(check::Arguments),
    Backup(backup::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// Parses the arguments, runs what they ask for, prints the error if there is one, and answers the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match run(arguments) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            output::tell_error(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

/// Answers the exit code: 0, or what the screens ended with when a signal ended them.
fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<u8> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // Most starts name nothing, and building the tree of commands only to learn that takes a tenth of the way to the first screen.
    if arguments.len() < 2 {
        return crate::tui::run(|| Common::default().open_first());
    }
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(refused) if refused.use_stderr() => return Err(wrong_usage(refused)),
        Err(asked) => return output::print(&asked.render().to_string()).map(|()| 0),
    };
    let common = &arguments.common;
    match arguments.command {
        None => return crate::tui::run(|| common.open_first()),
        Some(Command::List(list)) => list.run(common),
        Some(Command::Show(show)) => show.run(common),
        Some(Command::Assess(assess)) => assess.run(common),
        Some(Command::Note(note)) => note.run(common),
        Some(Command::Ask(ask)) => ask.run(common),
        Some(Command::Answer(answer)) => answer.run(common),
        Some(Command::Question(question)) => question.run(common),
        Some(Command::Action(action)) => action.run(common),
        Some(Command::Export(export)) => export.run(common),
        Some(Command::Report(report)) => report.run(common),
        Some(Command::Import(import)) => import.run(common),
        Some(Command::New(new)) => new.run(common),
        Some(Command::Check(check)) => check.run(common),
        Some(Command::Backup(backup)) => backup.run(common),
        Some(Command::Completions(completions)) => completions.run(),
        Some(Command::Man(man)) => man.run(),
    }?;
    Ok(0)
}

/// What clap says about arguments that it refuses, in our form.
fn wrong_usage(refused: clap::Error) -> Error {
    let text = refused.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let text = text
        .split_once("\n\nFor more information")
        .map_or(text, |(before, _)| before);
    Error::usage(text.trim_end())
        .hint("`penholder --help` and `penholder COMMAND --help` say what there is.")
        .caused_by(refused)
}

/// The command tree, for completions and the manual page.
fn tree() -> clap::Command {
    Arguments::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_tree_is_sound() {
        super::tree().debug_assert();
    }
}
