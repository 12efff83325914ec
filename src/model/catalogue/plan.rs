//! The strategic and operating plan: objectives, goals, portfolios and budget tables.

use super::Quote;
use crate::model::citation::Citation;
use serde::{Deserialize, Serialize};
/// A strategic objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its number.
    pub number: u16,
    /// Its text.
    pub text: String,
    /// Lines.
    pub source: Citation,
    /// Other wordings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<Quote>,
}

/// A strategic goal below an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Its number, `2.1`.
    pub number: String,
    /// The objective it belongs to.
    pub objective: u16,
    /// Its text.
    pub text: String,
    /// Lines.
    pub source: Citation,
    /// Other wordings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<Quote>,
    /// Activities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<PlanItem>,
    /// Key performance indicators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<PlanItem>,
    /// Key success factors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub success_factors: Vec<PlanItem>,
}

/// An activity, indicator or success factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanItem {
    /// Its number, where one is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The heading it stands under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Its text.
    pub text: String,
    /// Lines.
    pub source: Citation,
}

/// A portfolio of the operating plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portfolio {
    /// Its number, `2.1.1`.
    pub number: String,
    /// The goal it belongs to.
    pub goal: String,
    /// Its title.
    pub title: String,
    /// Its description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The points of the description.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
    /// Lines.
    pub source: Citation,
}

/// A budget table. Amounts are as printed; the unit is not stated by the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// A short word for it.
    pub id: String,
    /// The goal it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// Its title.
    pub title: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Lines.
    pub source: Citation,
    /// Its rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<BudgetRow>,
}

/// A row of a budget table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetRow {
    /// What stands in the first column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The other columns, as printed; empty where nothing is printed.
    pub cells: Vec<String>,
    /// Lines.
    pub source: Citation,
}
