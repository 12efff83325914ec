//! `penholder answer 11.17 "TEXT"`: adds an answer to a question. None is ever overwritten.

use super::{Common, output, typed};
use crate::error::{Error, Result};
use crate::model::moves::{self, Answering};
use crate::model::text::{clean, visible};
use clap::{ArgGroup, Args};
use std::path::PathBuf;

const USAGE: &str = "penholder answer [OPTIONS] <NUMBER> <TEXT|--file <FILE>>";

const EXAMPLES: &str = "\
An answer is added to those that are there; the question is answered with it. What the answer leaves open is a question of \
its own: `penholder ask 11 TEXT --follows 11.17`.

Examples:
  penholder answer 11.4 \"See the monthly statistics\" --by \"ICANN org\" --link https://example.org/stats
  penholder answer 11.17 --file answer.txt --on 2018-10-01 --satisfies partly --why \"no figures\"
  penholder answer q19 - < answer.txt";

/// Add an answer to a question
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, group = ArgGroup::new("words").required(true), override_usage = USAGE)]
pub(super) struct Arguments {
    /// The question: 11.4, or q19 for the one without a sub-number
    #[arg(value_name = "NUMBER")]
    number: String,
    /// The words; - reads them from standard input
    #[arg(value_name = "TEXT", allow_hyphen_values = true, group = "words")]
    text: Option<String>,
    /// A file that holds the words; - is standard input
    #[arg(long, value_name = "FILE", group = "words")]
    file: Option<PathBuf>,
    /// Who gave it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The day on which it was given; today unless given
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Where it can be read
    #[arg(long, value_name = "URL")]
    link: Option<String>,
    /// Whether it satisfies the team: yes, partly, no
    #[arg(long, value_name = "WORD")]
    satisfies: Option<String>,
    /// Why it does or does not, in a few words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    why: Option<String>,
}

impl Arguments {
    /// Records the answer.
    ///
    /// # Errors
    /// An empty text; a file that cannot be read; a question that is not there or takes no answer; whatever the store refuses.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let number = typed::question(&self.number)?;
        let on = self
            .on
            .as_deref()
            .map(|day| typed::day("--on", day))
            .transpose()?;
        let satisfies = self.satisfies.as_deref().map(typed::value).transpose()?;
        let [text, why] = typed::texts([self.words()?, self.why.clone()])?;
        let text = match (text, &self.file) {
            (None, Some(file)) => typed::file(file)?,
            (text, _) => text.unwrap_or_default(),
        };
        let given = [
            Some(text.as_str()),
            self.by.as_deref(),
            self.link.as_deref(),
            why.as_deref(),
        ];
        let removed = given
            .into_iter()
            .flatten()
            .map(|given| clean(given).removed)
            .sum();
        let mut workspace = common.open()?;
        let answering = Answering {
            text,
            by: self.by.clone(),
            on: on.unwrap_or_else(|| workspace.today()),
            link: self.link.clone(),
            satisfies,
            why,
            at: workspace.now(),
        };
        let edit = moves::answer(workspace.review(), number, workspace.new_id(), answering)?;
        let label = edit.label.clone();
        let review = workspace.review();
        let waited = review.waiting_for(&review.question(number)?.id);
        workspace.commit(edit)?;
        output::tell_removed(removed);
        output::tell_freed(workspace.review(), &waited);
        output::print(&format!(
            "{}\n",
            output::flat(&format!("Recorded: {label}"))
        ))
    }

    /// The text argument, or - where it or --file is -; `None` if the text is in a file.
    fn words(&self) -> Result<Option<String>> {
        match (&self.file, &self.text) {
            (Some(file), _) => {
                Ok((file.as_os_str() == typed::DASH).then(|| typed::DASH.to_owned()))
            }
            // A flag that is misspelt would be taken for the answer, and an answer stays.
            (None, Some(text)) if is_flag(text) => Err(Error::usage(format!(
                "“{}” is no flag of answer; expected TEXT or --file.",
                visible(text)
            ))
            .hint(
                "A text that begins so is read from standard input: `penholder answer NUMBER -`.",
            )),
            (None, text) => Ok(text.clone()),
        }
    }
}

/// Whether a text reads as a flag: one word that begins with two hyphens and a letter.
fn is_flag(text: &str) -> bool {
    let begins = text
        .strip_prefix("--")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    begins && (text.contains('=') || !text.contains(char::is_whitespace))
}
