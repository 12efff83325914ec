//! `penholder assess 11 --implementation ...`: records fields of an assessment in one operation.

use super::{Common, output, typed};
use crate::error::{Error, Result};
use crate::model::call::position::{self, Taking};
use crate::model::edit;
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::journal::change::Edit;
use crate::model::record::assessment::Assessment;
use crate::model::record::describe::Field;
use crate::model::record::position::Matter;
use crate::model::text::clean;
use crate::workspace::Workspace;
use clap::Args;

const EXAMPLES: &str = "\
Words may be typed with hyphens or spaces; `unset` clears a field. One text can be -, which reads it from standard input.

Examples:
  penholder assess 11 --implementation partially-implemented --relevance still-relevant
  penholder assess 11 --effect unset
  penholder assess 11 --finding - < finding.txt";

/// Makes a flag of each of these fields of an assessment, and tells which were given.
macro_rules! flags {
    ($($(#[$attribute:meta])+ $field:ident,)+) => { pastey::paste! {
        #[derive(Debug, Args)]
        struct Flags {
            $($(#[$attribute])+ $field: Option<String>,)+
        }

        impl Flags {
            fn given(&self) -> Vec<(Field, Option<&String>)> {
                vec![$((Assessment::[<$field:upper>], self.$field.as_ref())),+]
            }
        }
    } };
}

flags! {
    /// implemented, partially-implemented, not-implemented, cannot-be-determined
    #[arg(long, value_name = "VERDICT")]
    implementation,
    /// still-relevant, no-longer-relevant
    #[arg(long, value_name = "VERDICT")]
    relevance,
    /// Whether it had the intended effect: achieved, partially-achieved, not-achieved, cannot-be-determined
    #[arg(long, value_name = "VERDICT")]
    effect,
    /// draft, proposed, agreed, reopened
    #[arg(long, value_name = "STANDING")]
    standing,
    /// full-consensus, consensus, strong-support-but-significant-opposition, divergence, minority-view
    #[arg(long, value_name = "DESIGNATION")]
    consensus,
    /// Who holds the pen
    #[arg(long, value_name = "NAME")]
    penholder,
    /// The meeting in which it was agreed, such as plenary-43
    #[arg(long, value_name = "MEETING")]
    agreed_in,
    /// The day until the end of which objections are waited for
    #[arg(long, value_name = "DATE")]
    objections_by,
    /// The questions it waits for, such as 11.4,11.5
    #[arg(long, value_name = "QUESTIONS")]
    blocked_by,
    /// What was done
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    what_was_done,
    /// What the team finds
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    finding,
    /// How it was assessed
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    how_assessed,
    /// What more should be done
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    further_work,
}

/// Record the team's assessment of a recommendation
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The recommendation
    #[arg(value_name = "NUMBER")]
    number: String,
    #[command(flatten)]
    flags: Flags,
}

impl Arguments {
    /// Records what was given.
    ///
    /// # Errors
    /// Nothing given; a word outside the vocabulary; a recommendation, question or file that is not there; a conflict.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let number: RecommendationNumber = self
            .number
            .parse()
            .map_err(|e| Error::usage(format!("{e}.")))?;
        let (fields, given): (Vec<_>, Vec<_>) = self.flags.given().into_iter().unzip();
        let texts = typed::texts(
            given
                .into_iter()
                .map(Option::<&String>::cloned)
                .collect::<Vec<_>>(),
        )?;
        let wanted: Vec<_> = fields
            .into_iter()
            .zip(texts)
            .filter(|(_, text)| text.is_some())
            .collect();
        if wanted.is_empty() {
            return Err(Error::usage("There is nothing to record; expected at least one field, such as --implementation implemented.")
                .hint("`penholder assess --help` lists the fields."));
        }
        let removed = wanted
            .iter()
            .filter_map(|(_, value)| value.as_deref())
            .map(|given| clean(given).removed)
            .sum();
        let mut workspace = common.open()?;
        let mut edit = edit::assess(workspace.review(), number, &wanted)?;
        if self.flags.consensus.is_some() {
            edit = designated(&workspace, number, edit)?;
        }
        let label = edit.label.clone();
        let meetings: Vec<MeetingId> = edit.new_meetings().cloned().collect();
        let said = if workspace.commit(edit)? {
            format!("Recorded: {label}")
        } else {
            format!("Nothing to record: {label}")
        };
        output::tell_removed(removed);
        output::tell_new_meetings(workspace.review(), &meetings);
        output::print(&format!("{}\n", output::flat(&said)))
    }
}

/// The same edit, with the round under way designated as the assessment is after it: whoever looks at the one or the other reads the same.
fn designated(workspace: &Workspace, number: RecommendationNumber, edit: Edit) -> Result<Edit> {
    let mut trial = workspace.review().clone();
    trial.apply(&edit.changes)?;
    let now = workspace.now();
    let taking = Taking {
        at: now,
        by: workspace.author().to_owned(),
        during: trial.during(now),
    };
    let chosen = trial.assessment(number).consensus;
    let round = position::designate(&trial, &Matter::Assessment(number), chosen, &taking)?;
    Ok(if edit.is_nothing() && !round.is_nothing() {
        round
    } else {
        edit.then(round)
    })
}
