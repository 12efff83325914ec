//! `penholder ask 11 "TEXT"`: writes a question on a recommendation, as a draft or as asked already.

use super::{Common, output, typed};
use crate::error::Result;
use crate::model::alike::Alike;
use crate::model::asking::{self, Asking};
use crate::model::ids::RecommendationNumber;
use crate::model::text::clean;
use clap::Args;

const EXAMPLES: &str = "\
The question gets the next free number under the recommendation and stays a draft until it is sent, which `penholder \
question NUMBER asked` does; with --on it was sent on that day. Days are written 2018-09-13.

Examples:
  penholder ask 11 \"Who measures the success of these measures?\"
  penholder ask 11 \"Since when?\" --follows 11.4 --on 2018-09-13 --due 2018-09-27
  penholder ask 28 \"Who engages with whom?\" --briefing comms --by Emily
  penholder ask 11 - < question.txt";

/// The share of its words that another question must have to be told of, in per cent.
const NEAR: usize = 75;

/// Write a question on a recommendation, as a draft or as asked on a day
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The recommendation
    #[arg(value_name = "NUMBER")]
    recommendation: String,
    /// The words; - reads them from standard input
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
    /// Its number, such as 11.17; the next free one unless given
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// Who asks; whoever writes unless given
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The day on which it was asked; without it, it is a draft
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// The day by which an answer is expected
    #[arg(long, value_name = "DATE")]
    due: Option<String>,
    /// Who is to answer, if it is not ICANN org as a whole
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// One of the briefings that `list briefings` names; that of the recommendation unless given
    #[arg(long, value_name = "NAME")]
    briefing: Option<String>,
    /// The question that it follows up, such as 11.4
    #[arg(long, value_name = "NUMBER")]
    follows: Option<String>,
}

impl Arguments {
    /// Records the question.
    ///
    /// # Errors
    /// An empty text; a recommendation or question that is not there, a number that is taken; whatever the store refuses.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let recommendation: RecommendationNumber = typed::value(&self.recommendation)?;
        let number = self.number.as_deref().map(typed::question).transpose()?;
        let asked_on = self
            .on
            .as_deref()
            .map(|day| typed::day("--on", day))
            .transpose()?;
        let due = self
            .due
            .as_deref()
            .map(|day| typed::day("--due", day))
            .transpose()?;
        let parent = self.follows.as_deref().map(typed::question).transpose()?;
        let text = typed::text(&self.text)?;
        let removed = [Some(text.as_str()), self.by.as_deref()]
            .into_iter()
            .flatten()
            .map(|given| clean(given).removed)
            .sum();
        let mut workspace = common.open()?;
        let briefing = (self.briefing.as_deref())
            .map(|name| typed::briefing(workspace.review(), name))
            .transpose()?;
        let asked_by = Some(
            self.by
                .clone()
                .unwrap_or_else(|| workspace.author().to_owned()),
        );
        let asking = Asking {
            recommendation,
            number,
            text,
            asked_by,
            addressee: self.to.clone(),
            briefing,
            due,
            asked_on,
            parent,
        };
        if let Some(on) = asked_on {
            typed::not_to_come("--on", on, workspace.today())?;
        }
        let near = Alike::of(&workspace.review().questions).nearest(&asking.text, 1);
        let edit = asking::ask(workspace.review(), asking)?;
        let label = edit.label.clone();
        workspace.commit(edit)?;
        if let Some(question) = near
            .first()
            .filter(|(_, share)| *share >= NEAR)
            .and_then(|(near, _)| workspace.review().questions.get(*near))
        {
            output::tell(&format!(
                "Question {} says nearly the same: {}",
                question.number,
                output::flat(&question.text)
            ));
        }
        output::tell_removed(removed);
        output::print(&format!(
            "{}\n",
            output::flat(&format!("Recorded: {label}"))
        ))
    }
}
