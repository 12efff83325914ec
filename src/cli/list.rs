//! `penholder list KIND`: every record of a kind, as a table, as paragraphs where the records are texts, or as one JSON array.

use super::page::Page;
use super::rows::{self, Form};
use super::{Common, output, table};
use crate::error::{Error, Result};
use crate::interchange::json;
use crate::model::ids::RecommendationNumber;
use crate::model::vocabulary::{BriefingName, Grade, QuestionState};
use clap::{Args, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  penholder list recommendations --unassessed
  penholder list questions --briefing compliance --state asked
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
    Findings,
    Changes,
    Remarks,
    Slides,
    NewRecommendations,
    Deliverables,
    Briefings,
    Meetings,
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
    /// Only what this briefing covers: CTO, operations-and-finance, compliance, risk-management, GDD, policy, comms
    #[arg(long, value_name = "NAME")]
    pub briefing: Option<String>,
    /// Only questions in this state: asked, answered, closed, ...
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
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
    pub section: Option<String>,
    pub grade: Option<Grade>,
    pub assessed: Option<bool>,
}

impl Filters {
    /// Reads the filters; refuses one that makes no sense for the kind.
    fn read(&self, kind: Kind) -> Result<Wanted> {
        use Kind::{Changes, Deliverables, Findings, Questions, Recommendations, Remarks};
        let given: [(&str, bool, &[Kind]); 7] = [
            ("--recommendation", self.recommendation.is_some(), &[Recommendations, Questions, Findings, Changes, Remarks, Deliverables]),
            ("--briefing", self.briefing.is_some(), &[Recommendations, Questions]),
            ("--state", self.state.is_some(), &[Questions]),
            ("--section", self.section.is_some(), &[Recommendations]),
            ("--grade", self.grade.is_some(), &[Remarks]),
            ("--assessed", self.assessed, &[Recommendations]),
            ("--unassessed", self.unassessed, &[Recommendations]),
        ];
        if let Some((flag, _, kinds)) = given.iter().find(|(_, given, kinds)| *given && !kinds.contains(&kind)) {
            let kinds: Vec<String> = kinds.iter().map(|kind| word(*kind)).collect();
            return Err(Error::usage(format!("{flag} makes no sense for {}; expected it for {}.", word(kind), kinds.join(", "))));
        }
        let usage = |e: &dyn std::fmt::Display| Error::usage(format!("{e}."));
        Ok(Wanted {
            recommendation: self.recommendation.as_deref().map(|n| n.parse().map_err(|e| usage(&e))).transpose()?,
            briefing: self.briefing.as_deref().map(|n| n.parse().map_err(|e| usage(&e))).transpose()?,
            state: self.state.as_deref().map(|s| s.parse().map_err(|e| usage(&e))).transpose()?,
            section: self.section.as_ref().map(|text| text.to_lowercase()),
            grade: self.grade.as_deref().map(|g| g.parse().map_err(|e| usage(&e))).transpose()?,
            assessed: (self.assessed || self.unassessed).then_some(self.assessed),
        })
    }
}

/// The word by which a kind is asked for.
fn word(kind: Kind) -> String {
    kind.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

impl Arguments {
    /// Prints the list.
    ///
    /// # Errors
    /// A filter outside the vocabulary or for another kind; a workspace that cannot be read.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let wanted = self.filters.read(self.kind)?;
        let workspace = common.open()?;
        if let Some(number) = wanted.recommendation {
            workspace.review().recommendation(number)?;
        }
        let list = rows::of(self.kind, &workspace, &wanted)?;
        if self.json {
            let values: Vec<_> = list.rows.into_iter().map(|(_, value)| value).collect();
            return output::print(&json::print(&values)?);
        }
        if list.rows.is_empty() {
            output::tell(&format!("There are no {} to list.", word(self.kind).replace('-', " ")));
            return Ok(());
        }
        let rows: Vec<Vec<String>> = list.rows.into_iter().map(|(cells, _)| cells).collect();
        output::print(&match list.form {
            Form::Table(header) => table(header, &rows),
            Form::Entries(texts) => entries(texts, &rows),
        })
    }
}

fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| if cell.is_empty() { "-".to_owned() } else { output::flat(cell) };
    let cells: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    table::lay_out(header, &cells, output::terminal_width())
}

/// Every row as a paragraph: its facts, and below them its texts.
fn entries(titles: &[&str], rows: &[Vec<String>]) -> String {
    let mut page = Page::new(output::list_width());
    for row in rows {
        let (facts, texts) = row.split_at(row.len().saturating_sub(titles.len()));
        let mut facts = facts.iter().filter(|fact| !fact.is_empty()).map(|fact| output::flat(fact));
        let first = facts.next().unwrap_or_default();
        page.heading(format!("{first}  {}", facts.collect::<Vec<_>>().join(" · ")).trim_end());
        for (title, text) in titles.iter().zip(texts).filter(|(_, text)| !text.is_empty()) {
            if titles.len() == 1 { page.prose(text) } else { page.fact(title, Some(text)) }
        }
    }
    page.into_text()
}
