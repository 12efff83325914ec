//! `penholder export KIND`: the record as a file, whole or not at all.

use super::{Common, output};
use crate::error::Result;
use crate::store::shown;
use crate::workspace::export::{Format, Kind};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

const EXAMPLES: &str = "\
The same record gives the same bytes, whoever exports it and when. TOML is what `penholder import` reads back \
(assessments, questions, findings, meetings); Markdown is fit to send after a call (assessments, questions, findings); CSV is a table \
for a spreadsheet, in UTF-8: of the questions, or of meetings the tracker of their action items.

Examples:
  penholder export assessments -o assessments.toml
  penholder export assessments --format md -o after-the-call.md
  penholder export questions --format csv -o questions.csv
  penholder export meetings -o meetings.toml
  penholder export meetings --format csv -o action-items.csv
  penholder export everything --format json";

/// Write the record as TOML, JSON, Markdown or CSV
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to export
    #[arg(value_name = "KIND", value_parser = words(&Kind::ALL))]
    kind: Kind,
    /// In which form
    #[arg(long, value_parser = words(&Format::ALL), default_value = "toml")]
    format: Format,
    /// Where to; - is standard output, an existing file is replaced unless it is a database
    #[arg(
        short,
        long,
        value_name = "FILE",
        default_value = "-",
        hide_default_value = true
    )]
    output: PathBuf,
    /// Put your own private notes in as well
    #[arg(long)]
    include_private: bool,
}

/// A parser of these words.
pub(super) fn words<T: Copy + Send + Sync + 'static>(
    all: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    let known = PossibleValuesParser::new(all.iter().map(|(word, _)| *word));
    known.try_map(|typed| {
        all.iter()
            .find(|(word, _)| *word == typed)
            .map(|(_, value)| *value)
            .ok_or("no such word")
    })
}

impl Arguments {
    /// Writes the export.
    ///
    /// # Errors
    /// A form that this kind does not have; a file that cannot be written, which is then left as it was.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        self.kind.check(self.format, self.include_private)?;
        let workspace = common.open()?;
        let (text, what) = workspace.export(self.kind, self.format, self.include_private)?;
        if self.output.as_os_str() == "-" {
            return output::print(&text);
        }
        workspace.write_file(&self.output, &text)?;
        output::tell(&format!("Wrote {what} to {}.", shown(&self.output)));
        Ok(())
    }
}
