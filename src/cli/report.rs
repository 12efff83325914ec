//! `penholder report KIND`: what is sent to people who do not have the program.

use super::export::words;
use super::{Common, output, typed};
use crate::error::{Error, Result};
use crate::interchange::report::questions::Wanted;
use crate::model::ids::{MeetingName, RecommendationNumber};
use crate::store::shown;
use crate::workspace::Workspace;
use crate::workspace::report::{CallForm, Form};
use clap::{Args, ValueEnum};
use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

const EXAMPLES: &str = "\
The report of a call has the order of the team's plenary pages: who was there, decisions, action items, then the agenda \
with what was said under each item, and each recommendation's verdict before and after. Without --meeting it is that of \
the call that was started last. Once it went out (--went-out), what is changed of it is a correction, and the next version \
lists it; a version that went out is kept, and --version prints it again, byte for byte.

The report of the questions has the order and shape of the slides on which the team reads them out: briefing, \
recommendation with its text, numbered questions, and under them their answers. A flag that is given several times wants any \
of its values.

Examples:
  penholder report call
  penholder report call --meeting 43 --format html -o plenary-43.html
  penholder report call --meeting 43 --went-out -o plenary-43.md
  penholder report call --meeting 43 --format mail
  penholder report call --meeting 43 --version 1
  penholder report questions -o questions.md
  penholder report questions --briefing GDD --state asked --state follow-up
  penholder report questions --recommendation 11 --recommendation 12";

/// The headings in the help below which stands what only one report takes.
const OF_CALL: &str = "Report of a call";
const OF_QUESTIONS: &str = "Report of the questions";

/// Write a report for people who do not have the program
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to report
    #[arg(value_name = "KIND", value_enum)]
    kind: Kind,
    /// In which form; mail, the short one of decisions and action items in plain text, only of a call
    #[arg(long, value_parser = words(&CallForm::ALL), default_value = "md")]
    format: CallForm,
    /// Where to; - is standard output, an existing file is replaced unless it is a database
    #[arg(
        short,
        long,
        value_name = "FILE",
        default_value = "-",
        hide_default_value = true
    )]
    output: PathBuf,
    /// Of which meeting: the number of a plenary, or a name such as subgroup-1; the one started last if it is not given
    #[arg(long, value_name = "MEETING", value_parser = meeting, help_heading = OF_CALL)]
    meeting: Option<MeetingName>,
    /// Print this version as it went out, in Markdown
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["went_out", "lock", "unlock"], help_heading = OF_CALL)]
    version: Option<u16>,
    /// Record that the report goes out, as the next version
    #[arg(long, help_heading = OF_CALL)]
    went_out: bool,
    /// Lock the version that went out last: nothing that it says can be corrected
    #[arg(long, help_heading = OF_CALL)]
    lock: bool,
    /// Unlock it
    #[arg(long, conflicts_with_all = ["lock", "went_out"], help_heading = OF_CALL)]
    unlock: bool,
    /// Only questions of this briefing, one of those that `list briefings` names
    #[arg(long, value_name = "NAME", help_heading = OF_QUESTIONS)]
    briefing: Vec<String>,
    /// Only questions in this state: asked, answered, follow-up, closed, ...
    #[arg(long, value_name = "STATE", help_heading = OF_QUESTIONS)]
    state: Vec<String>,
    /// Only questions on this recommendation
    #[arg(long, value_name = "NUMBER", help_heading = OF_QUESTIONS)]
    recommendation: Vec<String>,
}

/// What can be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Call,
    Questions,
}

impl Arguments {
    /// Writes the report.
    ///
    /// # Errors
    /// An option of the other report, a word outside the vocabulary, a recommendation, meeting or version that is not there; a file that cannot be
    /// written, which is then left as it was.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        match self.kind {
            Kind::Call => self.call(common),
            Kind::Questions => self.questions(common),
        }
    }

    fn questions(&self, common: &Common) -> Result<()> {
        let of_call = [
            (self.meeting.is_some(), "--meeting"),
            (self.version.is_some(), "--version"),
            (self.went_out, "--went-out"),
            (self.lock, "--lock"),
            (self.unlock, "--unlock"),
        ];
        refuse(&of_call, "the report of a call")?;
        let form = match self.format {
            CallForm::Markdown => Form::Markdown,
            CallForm::Html => Form::Html,
            CallForm::Mail => {
                return Err(Error::usage(
                    "Only the report of a call is also a mail; expected md or html.",
                ));
            }
        };
        let states = read(&self.state)?;
        let recommendations = read::<RecommendationNumber>(&self.recommendation)?;
        let workspace = common.open()?;
        let briefings = self.briefing.iter();
        let briefings = briefings.map(|name| typed::briefing(workspace.review(), name));
        let wanted = Wanted {
            briefings: briefings.collect::<Result<_>>()?,
            states,
            recommendations,
        };
        for number in &wanted.recommendations {
            workspace.review().recommendation(*number)?;
        }
        let (text, what) = workspace.report_questions(&wanted, form);
        self.write(&workspace, &text, &what)
    }

    fn call(&self, common: &Common) -> Result<()> {
        let of_questions = [
            (!self.briefing.is_empty(), "--briefing"),
            (!self.state.is_empty(), "--state"),
            (!self.recommendation.is_empty(), "--recommendation"),
        ];
        refuse(&of_questions, "the report of the questions")?;
        if self.version.is_some() && self.format != CallForm::Markdown {
            return Err(Error::usage(
                "A version that went out is kept in Markdown; --version goes with --format md only.",
            ));
        }
        let mut workspace = common.open()?;
        let id = self
            .meeting
            .as_ref()
            .map(|name| typed::meeting(workspace.review(), name))
            .unwrap_or_else(|| workspace.last_call())?;
        if let Some(number) = self.version {
            let text = workspace.report_version(&id, number)?;
            return self.write(
                &workspace,
                &text,
                &format!(
                    "version {number} of the report of {}",
                    workspace.review().meeting_name(&id)
                ),
            );
        }
        let only_locks = (self.lock || self.unlock) && !self.went_out && self.is_printed();
        if !only_locks {
            if self.went_out {
                // Written first, and once: what nobody has did not go out, and what was printed cannot be taken back.
                let given = workspace.outgoing(&id, self.format)?;
                self.write(&workspace, &given.text, &given.what)?;
                output::tell(&format!("{}.", workspace.record_sent(&given)?));
            } else {
                let (text, what) = workspace.report_call(&id, self.format)?;
                self.write(&workspace, &text, &what)?;
            }
        }
        if self.lock || self.unlock {
            let told = workspace.lock_report(&id, self.lock)?;
            output::tell(&format!("{told}."));
        }
        Ok(())
    }

    /// Whether the report goes to standard output.
    fn is_printed(&self) -> bool {
        self.output.as_os_str() == "-"
    }

    fn write(&self, workspace: &Workspace, text: &str, what: &str) -> Result<()> {
        if self.is_printed() {
            return output::print(text);
        }
        workspace.write_file(&self.output, text)?;
        output::tell(&format!("Wrote {what} to {}.", shown(&self.output)));
        Ok(())
    }
}

/// Refuses options that belong to another report.
fn refuse(given: &[(bool, &str)], to: &str) -> Result<()> {
    match given.iter().find(|(is_given, _)| *is_given) {
        None => Ok(()),
        Some((_, option)) => Err(Error::usage(format!("{option} belongs to {to}."))),
    }
}

/// Reads a meeting as a person names it: the number of a plenary, or a name.
fn meeting(typed: &str) -> Result<MeetingName, String> {
    let is_number = !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit());
    let name = if is_number {
        format!("plenary-{typed}")
    } else {
        typed.to_owned()
    };
    MeetingName::typed(&name).map_err(|e| e.to_string())
}

/// Reads the values of a flag.
fn read<T: FromStr<Err: Display>>(typed: &[String]) -> Result<Vec<T>> {
    typed
        .iter()
        .map(|word| {
            word.parse()
                .map_err(|e: T::Err| Error::usage(format!("{e}.")))
        })
        .collect()
}
