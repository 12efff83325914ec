//! `penholder report KIND`: what is sent to people who do not have the program.

use super::export::words;
use super::{Common, output};
use crate::error::{Error, Result};
use crate::interchange::report::questions::Wanted;
use crate::model::ids::RecommendationNumber;
use crate::store::shown;
use crate::workspace::report::Form;
use clap::{Args, ValueEnum};
use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

const EXAMPLES: &str = "\
The report has the order and shape of the slides on which the team reads its questions out: briefing, recommendation with its \
text, numbered questions, and under them their answers. A flag that is given several times wants any of its values.

Examples:
  penholder report questions -o questions.md
  penholder report questions --format html -o questions.html
  penholder report questions --briefing GDD --state asked --state follow-up
  penholder report questions --recommendation 11 --recommendation 12";

/// Write a report for people who do not have the program
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to report
    #[arg(value_name = "KIND", value_enum)]
    kind: Kind,
    /// In which form
    #[arg(long, value_parser = words(&Form::ALL), default_value = "md")]
    format: Form,
    /// Where to; - is standard output, an existing file is replaced unless it is a database
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    output: PathBuf,
    /// Only questions of this briefing: CTO, operations-and-finance, compliance, risk-management, GDD, policy, comms
    #[arg(long, value_name = "NAME")]
    briefing: Vec<String>,
    /// Only questions in this state: asked, answered, follow-up, closed, ...
    #[arg(long, value_name = "STATE")]
    state: Vec<String>,
    /// Only questions on this recommendation
    #[arg(long, value_name = "NUMBER")]
    recommendation: Vec<String>,
}

/// What can be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Questions,
}

impl Arguments {
    /// Writes the report.
    ///
    /// # Errors
    /// A word outside the vocabulary, a recommendation that is not there; a file that cannot be written, which is then left as it was.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let wanted = Wanted {
            briefings: read(&self.briefing)?,
            states: read(&self.state)?,
            recommendations: read::<RecommendationNumber>(&self.recommendation)?,
        };
        let workspace = common.open()?;
        for number in &wanted.recommendations {
            workspace.review().recommendation(*number)?;
        }
        let (text, what) = match self.kind {
            Kind::Questions => workspace.report_questions(&wanted, self.format),
        };
        if self.output.as_os_str() == "-" {
            return output::print(&text);
        }
        workspace.write_file(&self.output, &text)?;
        output::tell(&format!("Wrote {what} to {}.", shown(&self.output)));
        Ok(())
    }
}

/// Reads the values of a flag.
fn read<T: FromStr<Err: Display>>(typed: &[String]) -> Result<Vec<T>> {
    typed.iter().map(|word| word.parse().map_err(|e: T::Err| Error::usage(format!("{e}.")))).collect()
}
