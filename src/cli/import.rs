//! `penholder import FILE`: takes over a file of assessments, whole or not at all.

use super::{Common, output};
use crate::error::{Error, Result};
use crate::interchange::import::{self, Clash, counted};
use crate::interchange::toml;
use crate::model::change::{Change, Record};
use crate::store::shown;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest file that is read. All 28 assessments of a long review, with every text at its limit, stay below it.
const LONGEST_FILE: u64 = 64 * 1024 * 1024;

const EXAMPLES: &str = "\
What is unset here is taken, what the file leaves out stays. A file with an error, or one that says something else than the \
workspace, is refused whole. Importing a file twice changes nothing.

Examples:
  penholder import assessments.toml --dry-run
  penholder import assessments.toml";

/// Take over the assessments of a file
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A file as `penholder export assessments` writes it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only say what would be taken over
    #[arg(long)]
    dry_run: bool,
}

impl Arguments {
    /// Imports the file.
    ///
    /// # Errors
    /// A file that cannot be read; every fault in it with its place; every clash with the workspace. Nothing is taken over then.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let text = read(&self.file)?;
        let mut workspace = common.open()?;
        let name = self.file.to_string_lossy();
        let file = toml::read(&name, &text, &workspace.review().catalogue)?;
        for note in &file.notes {
            output::tell(&format!("{}: {note}", shown(&self.file)));
        }
        let base = self.file.file_name().map_or_else(|| name.clone(), |base| base.to_string_lossy());
        let plan = import::plan(workspace.review(), &file, &base);
        if !plan.clashes.is_empty() {
            return Err(clash(&self.file, &plan.clashes));
        }
        let label = output::flat(&plan.edit.label);
        if self.dry_run {
            return output::print(&dry_run(&label, &plan.edit.changes));
        }
        let at = file.last_change.unwrap_or_else(|| workspace.now());
        workspace.commit_at(plan.edit, at)?;
        output::print(&format!("{label}\n"))
    }
}

fn read(path: &Path) -> Result<String> {
    let attempt = || format!("Reading {}", shown(path));
    let size = fs::metadata(path).map_err(|e| Error::io(attempt(), &e))?.len();
    if size > LONGEST_FILE {
        return Err(Error::bad_data(format!("{}: the file has {size} bytes; expected at most {LONGEST_FILE}.", attempt())));
    }
    let bytes = fs::read(path).map_err(|e| Error::io(attempt(), &e))?;
    String::from_utf8(bytes).map_err(|e| {
        let before = e.as_bytes().iter().take(e.utf8_error().valid_up_to());
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        Error::bad_data(format!("{}:{line}:1: a byte that is no text; expected UTF-8", shown(path)))
    })
}

fn clash(path: &Path, clashes: &[Clash]) -> Error {
    let mut message = format!("{} says something else than the workspace; nothing was imported:", shown(path));
    for clash in clashes {
        message.push_str(&format!("\n{} {}", clash.record, clash.field.label()));
        message.push_str(&format!("\n  here: {}", indented(&clash.here)));
        message.push_str(&format!("\n  file: {}", indented(&clash.file)));
    }
    let clashes = counted(clashes.len(), "clash").replace("clashs", "clashes");
    Error::conflict(message).hint(format!("{clashes}: make both sides say the same, here or in the file, then import again."))
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n        ")
}

fn dry_run(label: &str, changes: &[Change]) -> String {
    let mut out = format!("Not imported, only looked at: {label}\n");
    for change in changes {
        let value = change.after.as_deref().map_or_else(|| "unset".to_owned(), output::flat);
        let line = match &change.record {
            Record::Member(_) | Record::Meeting(_) => format!("  new {}", change.record),
            record => format!("  {record} {}: {value}", change.field.label()),
        };
        out.push_str(&output::flat(&line).replacen("", "  ", 1));
        out.push('\n');
    }
    out
}
