//! `penholder note 11 "TEXT"`: writes a note or finding on a recommendation or question.

use super::{Common, output, typed};
use crate::error::{Error, Result};
use crate::model::edit::{self, Note};
use crate::model::text::{clean, visible};
use crate::model::vocabulary::FindingKind;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  penholder note 11 \"The published document is a draft\" --said-by Emily
  penholder note 11.4 \"Answered in the CTO briefing\" --kind finding
  penholder note q19 \"Ask again\" --private
  penholder note 11 - < note.txt";

/// Note something on a recommendation or question
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// 11 is a recommendation, 11.4 or q19 a question
    #[arg(value_name = "NUMBER")]
    number: String,
    /// The words; - reads them from standard input
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
    /// Who said it
    #[arg(long, value_name = "NAME")]
    said_by: Option<String>,
    /// note, or finding for what the team finds
    #[arg(long, value_name = "KIND", default_value = "note")]
    kind: String,
    /// For yourself only: in no list of others, and in no export unless you ask for it
    #[arg(long)]
    private: bool,
}

impl Arguments {
    /// Records the note.
    ///
    /// # Errors
    /// An empty text; a number that names nothing; whatever the store refuses.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let kind: FindingKind = self
            .kind
            .parse()
            .map_err(|e| Error::usage(format!("{e}.")))?;
        if is_like_a_flag(&self.text) {
            return Err(Error::usage(format!("There is no flag {}.", visible(&self.text)))
                .hint("If it is the whole text, put it behind --, or read it from standard input with -."));
        }
        let text = typed::text(&self.text)?;
        let removed = [Some(text.as_str()), self.said_by.as_deref()]
            .into_iter()
            .flatten()
            .map(|given| clean(given).removed)
            .sum();
        let mut workspace = common.open()?;
        let note = Note {
            about: edit::read_about(workspace.review(), &self.number)?,
            kind,
            text,
            by: workspace.author().to_owned(),
            said_by: self.said_by.clone(),
            at: workspace.now(),
            private: self.private,
            during: workspace.review().during(workspace.now()),
        };
        let edit = edit::note(workspace.review(), workspace.new_id(), note)?;
        let label = edit.label.clone();
        workspace.commit(edit)?;
        output::tell_removed(removed);
        output::print(&format!(
            "{}\n",
            output::flat(&format!("Recorded: {label}"))
        ))
    }
}

/// Whether a text is one word such as `--privat` or `-p`, which is a slip more often than a note.
fn is_like_a_flag(text: &str) -> bool {
    let name = text.strip_prefix("--").or_else(|| text.strip_prefix('-'));
    name.is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains(char::is_whitespace)
    })
}
