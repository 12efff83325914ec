//! The strategic and operating plan: objectives, goals, portfolios and budget tables.

use super::Quote;
use super::quoted::quoted;
use crate::model::citation::Citation;

quoted! {
    /// A strategic objective.
    Objective {
        /// Its number.
        number: u16,
        /// Its text.
        text: String,
        /// Lines.
        source: Citation,
        /// Other wordings.
        wordings: Vec<Quote> = default,
    }

    /// A strategic goal below an objective.
    Goal {
        /// Its number, `2.1`.
        number: String,
        /// The objective it belongs to.
        objective: u16,
        /// Its text.
        text: String,
        /// Lines.
        source: Citation,
        /// Other wordings.
        wordings: Vec<Quote> = default,
        /// Activities.
        activities: Vec<PlanItem> = default,
        /// Key performance indicators.
        kpis: Vec<PlanItem> = default,
        /// Key success factors.
        success_factors: Vec<PlanItem> = default,
    }

    /// An activity, indicator or success factor.
    PlanItem {
        /// Its number, where one is printed.
        number: Option<String> = default,
        /// The heading it stands under.
        heading: Option<String> = default,
        /// Its text.
        text: String,
        /// Lines.
        source: Citation,
    }

    /// A portfolio of the operating plan.
    Portfolio {
        /// Its number, `2.1.1`.
        number: String,
        /// The goal it belongs to.
        goal: String,
        /// Its title.
        title: String,
        /// Its description.
        description: Option<String> = default,
        /// The points of the description.
        points: Vec<String> = default,
        /// Lines.
        source: Citation,
    }

    /// A budget table. Amounts are as printed; the unit is not stated by the source.
    Budget {
        /// A short word for it.
        id: String,
        /// The goal it belongs to.
        goal: Option<String> = default,
        /// Its title.
        title: String,
        /// Its columns.
        columns: Vec<String>,
        /// Lines.
        source: Citation,
        /// Its rows.
        rows: Vec<BudgetRow> = default,
    }

    /// A row of a budget table.
    BudgetRow {
        /// What stands in the first column.
        name: Option<String> = default,
        /// The other columns, as printed; empty where nothing is printed.
        cells: Vec<String>,
        /// Lines.
        source: Citation,
    }
}
