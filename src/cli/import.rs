//! `penholder import FILE`: takes over a file of assessments, questions, findings or meetings, whole or not at all.

use super::{Common, output};
use crate::error::{Error, Result};
use crate::interchange::import::{self, Clash, counted};
use crate::interchange::toml;
use crate::model::ids::MeetingId;
use crate::model::journal::change::Change;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::review::Review;
use crate::store::shown;
use crate::workspace::written;
use clap::Args;
use std::fs::File;
use std::io::{self, Read, stdin};
use std::path::{Path, PathBuf};

/// The longest file that is read. All 28 assessments of a long review, with every text at its limit, stay below it, and so do thousands of
/// questions with their answers.
const LONGEST_FILE: u64 = 64 * 1024 * 1024;

const EXAMPLES: &str = "\
What is unset here is taken, what the file leaves out stays. A file with an error, or one that says something else than the \
workspace, is refused whole. Importing a file twice changes nothing.

Examples:
  penholder import assessments.toml --dry-run
  penholder import assessments.toml
  penholder import questions.toml
  penholder import meetings.toml
  penholder import - < assessments.toml";

/// Take over the assessments, the questions or the meetings of a file
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A file as `penholder export assessments`, `export questions` or `export meetings` writes it; - reads standard input
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
        let named = if self.file.as_os_str() == "-" {
            Path::new("standard input")
        } else {
            &self.file
        };
        let text = read(&self.file, named)?;
        let mut workspace = common.open()?;
        let name = named.to_string_lossy();
        let file = toml::read(&name, &text, workspace.review())?;
        for note in &file.notes {
            output::tell(&format!("{}: {note}", shown(named)));
        }
        let base = named
            .file_name()
            .map_or_else(|| name.clone(), |base| base.to_string_lossy());
        let plan = import::plan(workspace.review(), &file, &base);
        if !plan.clashes.is_empty() {
            let author = workspace.author();
            let findings = &workspace.review().records.findings;
            let may_read = |record: &Record| {
                let finding = record.finding().and_then(|id| findings.get(id));
                finding.is_none_or(|finding| !finding.private || finding.by == author)
            };
            return Err(clash(workspace.review(), named, &plan.clashes, may_read));
        }
        let label = output::flat(&plan.edit.label);
        if self.dry_run {
            let mut trial = workspace.review().clone();
            trial.apply(&plan.edit.changes)?;
            return output::print(&dry_run(&trial, &label, &plan.edit.changes));
        }
        let at = file.last_change.unwrap_or_else(|| workspace.now());
        let meetings: Vec<MeetingId> = plan.edit.new_meetings().cloned().collect();
        workspace.commit_at(plan.edit, at)?;
        output::tell_new_meetings(workspace.review(), &meetings);
        output::print(&format!("{label}\n"))
    }
}

/// Reads a file or standard input, whichever `path` says; faults call it `named`.
pub(super) fn read(path: &Path, named: &Path) -> Result<String> {
    let attempt = || format!("Reading {}", shown(named));
    let failed = |e: io::Error| Error::io(attempt(), e);
    let mut bytes = Vec::new();
    // A pipe does not say beforehand how long it is, so that only what is read is counted.
    let read = if path.as_os_str() == "-" {
        stdin()
            .lock()
            .take(LONGEST_FILE + 1)
            .read_to_end(&mut bytes)
    } else {
        File::open(path)
            .map_err(failed)?
            .take(LONGEST_FILE + 1)
            .read_to_end(&mut bytes)
    };
    if read.map_err(failed)? as u64 > LONGEST_FILE {
        return Err(Error::bad_data(format!(
            "{}: it is longer than {LONGEST_FILE} bytes, which is the most that is read.",
            attempt()
        )));
    }
    String::from_utf8(bytes).map_err(|e| {
        let before = e.as_bytes().iter().take(e.utf8_error().valid_up_to());
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        Error::bad_data(format!(
            "{}:{line}:1: a byte that is no text; expected UTF-8",
            shown(named)
        ))
        .caused_by(e.utf8_error())
    })
}

/// The error that lists the clashes with both values; a value of somebody else's private note is not shown.
fn clash(
    review: &Review,
    path: &Path,
    clashes: &[Clash],
    may_read: impl Fn(&Record) -> bool,
) -> Error {
    let mut message = format!(
        "{} says something else than the workspace; nothing was imported:",
        shown(path)
    );
    for clash in clashes {
        let shown = |value: &str| indented(&written(review, &clash.record, clash.field, value));
        message.push_str(&format!(
            "\n{} {}",
            review.label(&clash.record),
            clash.field.label()
        ));
        let here = if may_read(&clash.record) {
            shown(&clash.here)
        } else {
            "private to its author".to_owned()
        };
        message.push_str(&format!("\n  here: {here}"));
        message.push_str(&format!("\n  file: {}", shown(&clash.file)));
    }
    let clashes = counted(clashes.len(), "clash").replace("clashs", "clashes");
    Error::conflict(message).hint(format!(
        "{clashes}: make both sides say the same, here or in the file, then import again."
    ))
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n        ")
}

fn dry_run(review: &Review, label: &str, changes: &[Change]) -> String {
    let mut out = format!("Not imported, only looked at: {label}\n");
    for change in changes {
        let value = change.after.as_deref().map_or_else(
            || "unset".to_owned(),
            |value| output::flat(&written(review, &change.record, change.field, value)),
        );
        let label = review.label(&change.record);
        let line = if change.field == Meeting::NAME {
            format!("  new {label}")
        } else {
            format!("  {label} {}: {value}", change.field.label())
        };
        out.push_str(&output::flat(&line).replacen("", "  ", 1));
        out.push('\n');
    }
    out
}
