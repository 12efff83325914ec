//! `penholder list KIND`: every record of a kind, as a table, as paragraphs where the records are texts, or as one JSON array.

use super::page::Page;
use super::rows::{self, Form};
use super::{Common, ledger, output, table, typed};
use crate::error::{Error, Result};
use crate::interchange::json;
use crate::model::ids::{MeetingId, MeetingName, RecommendationNumber};
use crate::model::text::{clean_line, fold};
use crate::model::vocabulary::{BriefingName, Grade, QuestionState};
use clap::{Args, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  penholder list recommendations --unassessed
  penholder list questions --briefing compliance --state asked
  penholder list questions --open --older-than 30
  penholder list questions --asked-by Denise --overdue
  penholder list answers --recommendation 11
  penholder list actions --open --owner Denise
  penholder list decisions --meeting plenary-43
  penholder list positions --recommendation 11
  penholder list remarks --grade high --json";

/// List every record of a kind, for reading or as JSON
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to list
    #[arg(value_name = "KIND", value_enum)]
    kind: Kind,
    /// Print one JSON array
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    filters: Filters,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    Recommendations,
    Questions,
    Answers,
    Findings,
    Changes,
    Remarks,
    Slides,
    NewRecommendations,
    Deliverables,
    Briefings,
    Meetings,
    Decisions,
    Actions,
    Positions,
    Members,
    Topics,
    Documents,
    Objectives,
    Goals,
    Portfolios,
    Budgets,
}

/// Which records of the kind are wanted.
#[derive(Debug, Args)]
pub(super) struct Filters {
    /// Only what concerns this recommendation
    #[arg(long, value_name = "NUMBER")]
    pub recommendation: Option<String>,
    /// Only what this briefing covers, or the questions under it; `list briefings` names them
    #[arg(long, value_name = "NAME")]
    pub briefing: Option<String>,
    /// Only questions in this state: draft, asked, clarification-wanted, answered, follow-up, closed, no-longer-needed
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// Only open questions: asked, clarification wanted from the team, follow-up; only action items that are not done
    #[arg(long)]
    pub open: bool,
    /// Only questions for whose answer somebody has to wait: the open ones and drafts
    #[arg(long)]
    pub unanswered: bool,
    /// Only open questions and action items whose due date is over
    #[arg(long)]
    pub overdue: bool,
    /// Only questions that were asked at least so many days ago; not those of which that is unknown
    #[arg(long, value_name = "DAYS")]
    pub older_than: Option<u32>,
    /// Only questions that this person asked
    #[arg(long, value_name = "NAME")]
    pub asked_by: Option<String>,
    /// Only action items that this person owns
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// Only what comes from this meeting: plenary-43
    #[arg(long, value_name = "ID")]
    pub meeting: Option<String>,
    /// Only recommendations whose section heading contains this text
    #[arg(long, value_name = "TEXT")]
    pub section: Option<String>,
    /// Only remarks of this grade: high, medium, low
    #[arg(long, value_name = "GRADE")]
    pub grade: Option<String>,
    /// Only recommendations with an implementation verdict
    #[arg(long, conflicts_with = "unassessed")]
    pub assessed: bool,
    /// Only recommendations without an implementation verdict
    #[arg(long)]
    pub unassessed: bool,
}

/// The filters, read.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub recommendation: Option<RecommendationNumber>,
    pub briefing: Option<BriefingName>,
    pub state: Option<QuestionState>,
    pub open: bool,
    pub unanswered: bool,
    pub overdue: bool,
    pub older_than: Option<u32>,
    /// Folded.
    pub asked_by: Option<String>,
    /// Folded.
    pub owner: Option<String>,
    pub meeting: Option<MeetingId>,
    pub section: Option<String>,
    pub grade: Option<Grade>,
    pub assessed: Option<bool>,
}

impl Filters {
    /// Reads the filters, but for the briefing, which only the workspace knows; refuses one that makes no sense for the kind.
    fn read(&self, kind: Kind) -> Result<Wanted> {
        use Kind::{
            Actions, Answers, Changes, Decisions, Deliverables, Findings, Positions, Questions,
            Recommendations, Remarks,
        };
        let of_recommendations = [
            Recommendations,
            Questions,
            Answers,
            Findings,
            Decisions,
            Actions,
            Positions,
            Changes,
            Remarks,
            Deliverables,
        ];
        let given: [(&str, bool, &[Kind]); 14] = [
            (
                "--recommendation",
                self.recommendation.is_some(),
                &of_recommendations,
            ),
            (
                "--briefing",
                self.briefing.is_some(),
                &[Recommendations, Questions, Answers],
            ),
            ("--state", self.state.is_some(), &[Questions]),
            ("--open", self.open, &[Questions, Actions]),
            ("--unanswered", self.unanswered, &[Questions]),
            ("--overdue", self.overdue, &[Questions, Actions]),
            ("--older-than", self.older_than.is_some(), &[Questions]),
            ("--asked-by", self.asked_by.is_some(), &[Questions]),
            ("--owner", self.owner.is_some(), &[Actions]),
            (
                "--meeting",
                self.meeting.is_some(),
                &[Decisions, Actions, Positions],
            ),
            ("--section", self.section.is_some(), &[Recommendations]),
            ("--grade", self.grade.is_some(), &[Remarks]),
            ("--assessed", self.assessed, &[Recommendations]),
            ("--unassessed", self.unassessed, &[Recommendations]),
        ];
        if let Some((flag, _, kinds)) = given
            .iter()
            .find(|(_, given, kinds)| *given && !kinds.contains(&kind))
        {
            let kinds: Vec<String> = kinds.iter().map(|kind| word(*kind)).collect();
            return Err(Error::usage(format!(
                "{flag} makes no sense for {}; expected it for {}.",
                word(kind),
                kinds.join(", ")
            )));
        }
        let usage = |e: &dyn std::fmt::Display| Error::usage(format!("{e}."));
        Ok(Wanted {
            recommendation: self
                .recommendation
                .as_deref()
                .map(|n| n.parse().map_err(|e| usage(&e)))
                .transpose()?,
            briefing: None,
            state: self.state.as_deref().map(typed::state).transpose()?,
            open: self.open,
            unanswered: self.unanswered,
            overdue: self.overdue,
            older_than: self.older_than,
            asked_by: self
                .asked_by
                .as_deref()
                .map(|name| fold(&clean_line(name).text)),
            owner: self
                .owner
                .as_deref()
                .map(|name| fold(&clean_line(name).text)),
            meeting: None,
            section: self.section.as_ref().map(|text| text.to_lowercase()),
            grade: self
                .grade
                .as_deref()
                .map(|g| g.parse().map_err(|e| usage(&e)))
                .transpose()?,
            assessed: (self.assessed || self.unassessed).then_some(self.assessed),
        })
    }
}

/// The word by which a kind is asked for.
fn word(kind: Kind) -> String {
    kind.to_possible_value()
        .map_or_else(String::new, |value| value.get_name().to_owned())
}

impl Arguments {
    /// Prints the list.
    ///
    /// # Errors
    /// A filter outside the vocabulary or for another kind; a workspace that cannot be read.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let mut wanted = self.filters.read(self.kind)?;
        let meeting = (self.filters.meeting.as_deref())
            .map(MeetingName::typed)
            .transpose()
            .map_err(|e| Error::usage(format!("{e}.")))?;
        let workspace = common.open()?;
        wanted.briefing = (self.filters.briefing.as_deref())
            .map(|name| typed::briefing(workspace.review(), name))
            .transpose()?;
        if let Some(number) = wanted.recommendation {
            workspace.review().recommendation(number)?;
        }
        wanted.meeting = meeting
            .map(|name| typed::meeting(workspace.review(), &name))
            .transpose()
            .map_err(|e| e.hint("`penholder list meetings` names those that there are."))?;
        let list = rows::of(self.kind, &workspace, &wanted)?;
        if self.json {
            let values: Vec<_> = list.rows.into_iter().map(|(_, value)| value).collect();
            return output::print(&json::print(&values)?);
        }
        if list.rows.is_empty() {
            output::tell(&format!(
                "There are no {} to list.",
                word(self.kind).replace('-', " ")
            ));
            return Ok(());
        }
        let rows: Vec<Vec<String>> = list.rows.into_iter().map(|(cells, _)| cells).collect();
        output::print(&match list.form {
            Form::Table(header) => table(header, &rows),
            Form::Entries(texts) => {
                let closing =
                    (self.kind == Kind::Briefings).then(|| ledger::left_out(workspace.review()));
                entries(texts, &rows, closing.as_deref())
            }
        })
    }
}

fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        if cell.is_empty() {
            "-".to_owned()
        } else {
            output::flat(cell)
        }
    };
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    table::lay_out(header, &cells, output::terminal_width())
}

/// Every row as a paragraph: its facts, and below them its texts; a closing line after the last.
fn entries(titles: &[&str], rows: &[Vec<String>], closing: Option<&str>) -> String {
    let mut page = Page::new(output::list_width());
    for row in rows {
        let (facts, texts) = row.split_at(row.len().saturating_sub(titles.len()));
        let mut facts = facts
            .iter()
            .filter(|fact| !fact.is_empty())
            .map(|fact| output::flat(fact));
        let first = facts.next().unwrap_or_default();
        page.heading(format!("{first}  {}", facts.collect::<Vec<_>>().join(" · ")).trim_end());
        for (title, text) in titles
            .iter()
            .zip(texts)
            .filter(|(_, text)| !text.is_empty())
        {
            if titles.len() == 1 {
                page.prose(text)
            } else {
                page.fact(title, Some(text))
            }
        }
    }
    if let Some(closing) = closing {
        page.heading(closing);
    }
    page.into_text()
}
