//! The rows of each list: what a person sees in the table, and the same record as JSON.

use super::list::{Kind, Wanted};
use super::page::local;
use super::{calls, ledger};
use crate::error::Result;
use crate::interchange::records::Scope;
use crate::interchange::{json, record};
use crate::model::ids::RecommendationNumber;
use crate::model::review::Review;
use crate::model::tally;
use crate::workspace::{Workspace, written};
use Form::{Entries, Table};
use serde::Serialize;
use serde_json::{Value, json};

/// A list: its form, and its rows.
pub(super) struct List {
    pub form: Form,
    pub rows: Vec<(Vec<String>, Value)>,
}

/// How the rows are laid out for people. Which one it is depends on the kind of record and never on the records, so that a list keeps its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A line each, below the titles of the columns: for records that are short.
    Table(&'static [&'static str]),
    /// A line of facts each, which read without a title, and below it texts of any length: the last cells, under these titles, or under
    /// none where there is only one.
    Entries(&'static [&'static str]),
}

/// The records of a kind that are wanted.
pub(super) fn of(kind: Kind, workspace: &Workspace, wanted: &Wanted) -> Result<List> {
    let (review, reader) = (workspace.review(), workspace.author());
    let c = &review.catalogue;
    Ok(match kind {
        Kind::Recommendations => recommendations(review, reader, wanted),
        Kind::Questions => ledger::questions(review, wanted, workspace.today()),
        Kind::Answers => ledger::answers(review, wanted, workspace.today()),
        Kind::Findings => findings(review, reader, wanted),
        Kind::Changes => changes(workspace, wanted)?,
        Kind::Remarks => remarks(review, wanted),
        Kind::Deliverables => deliverables(review, wanted),
        Kind::Slides => quoted(
            Entries(&["Title", "Text"]),
            &c.slides,
            &["document", "title", "text", "source"],
            |s| {
                vec![
                    s.source.to_string(),
                    some(s.title.as_ref()),
                    some(s.text.as_ref()),
                ]
            },
        )?,
        Kind::NewRecommendations => quoted(
            Entries(&["Topic", "Points"]),
            &c.new_recommendations,
            &[
                "id",
                "workstream",
                "area",
                "topic",
                "title",
                "expands",
                "draft_remark",
                "source",
                "points",
            ],
            |n| {
                let expands = if n.expands.is_empty() {
                    String::new()
                } else {
                    format!("expands Rec {}", numbers(&n.expands))
                };
                let points: Vec<&str> = n.points.iter().map(|point| point.text.as_str()).collect();
                vec![
                    n.id.clone(),
                    format!("workstream {}", n.workstream),
                    expands,
                    n.topic.clone(),
                    points.join("\n"),
                ]
            },
        )?,
        Kind::Briefings => ledger::briefings(review)?,
        Kind::Meetings => calls::meetings(review)?,
        Kind::Decisions => calls::decisions(review, wanted),
        Kind::Actions => calls::actions(review, wanted, workspace.today()),
        Kind::Positions => calls::positions(review, wanted),
        Kind::Members => members(review)?,
        Kind::Topics => quoted(
            Table(&["No", "Volunteers", "Title"]),
            &c.topics,
            &["number", "title", "source", "volunteers"],
            |t| {
                vec![
                    t.number.to_string(),
                    t.volunteers.len().to_string(),
                    t.title.clone(),
                ]
            },
        )?,
        Kind::Documents => quoted(
            Table(&["No", "Kind", "Lines", "Date", "Title"]),
            &c.documents,
            &[
                "number", "file", "kind", "title", "subtitle", "date", "note", "source", "lines",
            ],
            |d| {
                vec![
                    d.number.clone(),
                    d.kind.to_string(),
                    d.lines.to_string(),
                    some(d.date.as_ref()),
                    d.title.clone(),
                ]
            },
        )?,
        Kind::Objectives => quoted(
            Entries(&["Text"]),
            &c.objectives,
            &["number", "text", "source", "wordings"],
            |o| vec![format!("objective {}", o.number), o.text.clone()],
        )?,
        Kind::Goals => quoted(
            Entries(&["Text"]),
            &c.goals,
            &[
                "number",
                "objective",
                "text",
                "source",
                "wordings",
                "activities",
                "kpis",
                "success_factors",
            ],
            |g| {
                vec![
                    format!("goal {}", g.number),
                    format!("objective {}", g.objective),
                    g.text.clone(),
                ]
            },
        )?,
        Kind::Portfolios => quoted(
            Table(&["No", "Goal", "Title"]),
            &c.portfolios,
            &["number", "goal", "title", "description", "points", "source"],
            |p| vec![p.number.clone(), p.goal.clone(), p.title.clone()],
        )?,
        Kind::Budgets => quoted(
            Table(&["Id", "Goal", "Rows", "Title"]),
            &c.budgets,
            &["id", "goal", "title", "columns", "source", "rows"],
            |b| {
                vec![
                    b.id.clone(),
                    some(b.goal.as_ref()),
                    b.rows.len().to_string(),
                    b.title.clone(),
                ]
            },
        )?,
    })
}

/// A cell; an empty one where there is nothing to show.
fn some(value: Option<&impl ToString>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}

/// Numbers of recommendations, as they stand behind `Rec`.
pub(super) fn numbers(numbers: &[RecommendationNumber]) -> String {
    numbers
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A list of quoted records: its form, the keys of their JSON, and the cells of their row.
fn quoted<T: Serialize>(
    form: Form,
    records: &[T],
    keys: &[&str],
    cells: impl Fn(&T) -> Vec<String>,
) -> Result<List> {
    let rows = records
        .iter()
        .map(|record| Ok((cells(record), json::quoted(record, keys)?)))
        .collect::<Result<_>>()?;
    Ok(List { form, rows })
}

fn recommendations(review: &Review, reader: &str, wanted: &Wanted) -> List {
    let covered = |number| {
        wanted.briefing.as_ref().is_none_or(|name| {
            review.catalogue.briefings.iter().any(|b| {
                b.name == *name && b.covers.iter().any(|c| c.recommendations.contains(&number))
            })
        })
    };
    let found = review.catalogue.recommendations.iter().filter(|r| {
        wanted
            .recommendation
            .is_none_or(|number| number == r.number)
            && covered(r.number)
            && wanted
                .section
                .as_ref()
                .is_none_or(|text| r.section.to_lowercase().contains(text))
            && wanted.assessed.is_none_or(|assessed| {
                assessed == review.assessment(r.number).implementation.is_some()
            })
    });
    let rows = found.map(|r| {
        let a = review.assessment(r.number);
        let cells = vec![
            r.number.to_string(),
            r.claim.to_string(),
            some(a.implementation.as_ref()),
            some(a.relevance.as_ref()),
            some(a.effect.as_ref()),
            some(a.standing.as_ref()),
            format!(
                "{}/{}",
                tally::open_questions(review, r.number),
                review.questions_on(r.number).count()
            ),
            review.findings_on(r.number, reader).len().to_string(),
            r.label.clone(),
        ];
        (cells, json::recommendation(review, r, reader))
    });
    let form = Table(&[
        "No",
        "Org claims",
        "Implementation",
        "Relevance",
        "Effect",
        "Standing",
        "Open",
        "Findings",
        "Label",
    ]);
    List {
        form,
        rows: rows.collect(),
    }
}

fn findings(review: &Review, reader: &str, wanted: &Wanted) -> List {
    let mut found: Vec<_> = review
        .records
        .findings
        .values()
        .filter(|f| f.is_shown_to(reader))
        .filter(|f| {
            wanted
                .recommendation
                .is_none_or(|number| review.recommendation_of(&f.about) == Some(number))
        })
        .collect();
    found.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    let rows = found.into_iter().map(|f| {
        let kind = if f.private {
            format!("private {}", f.kind)
        } else {
            f.kind.to_string()
        };
        let said_by = f
            .said_by
            .as_ref()
            .map_or_else(String::new, |name| format!("said by {name}"));
        let cells = vec![
            local(f.at),
            calls::told_about(review, &f.about),
            kind,
            format!("by {}", f.by),
            said_by,
            f.text.clone(),
        ];
        (cells, json::finding(review, f))
    });
    List {
        form: Entries(&["Text"]),
        rows: rows.collect(),
    }
}

fn changes(workspace: &Workspace, wanted: &Wanted) -> Result<List> {
    let journal = workspace.store().operations()?;
    let review = workspace.review();
    let scope = Scope {
        review,
        journal: &journal,
        reader: workspace.author(),
        include_private: true,
    };
    let operations = scope.operations();
    let all = operations.iter().flat_map(|operation| {
        operation
            .changes
            .iter()
            .map(move |change| (operation, change))
    });
    let found = all.filter(|(_, change)| {
        wanted
            .recommendation
            .is_none_or(|number| scope.recommendation_of(&change.record) == Some(number))
    });
    let rows = found.map(|(operation, change)| {
        let shown = |value: &Option<String>| {
            let value = value.as_deref();
            value.map_or_else(String::new, |value| {
                written(review, &change.record, change.field, value)
            })
        };
        let cells = vec![
            local(operation.at),
            format!("by {}", operation.by),
            review.label(&change.record),
            change.field.label(),
            shown(&change.before),
            shown(&change.after),
        ];
        (cells, json!(record::change(operation, change)))
    });
    Ok(List {
        form: Entries(&["Before", "After"]),
        rows: rows.collect(),
    })
}

fn remarks(review: &Review, wanted: &Wanted) -> List {
    let all = || review.catalogue.remarks.iter().collect();
    let found = wanted
        .recommendation
        .map_or_else(all, |number| review.remarks_on(number));
    let found = found
        .into_iter()
        .filter(|r| wanted.grade.is_none_or(|grade| grade == r.grade));
    let rows = found.map(|r| {
        let cells = vec![
            r.grade.to_string(),
            r.concerns.join(", "),
            r.source.to_string(),
            r.text.clone(),
        ];
        (cells, json::remark(r))
    });
    List {
        form: Entries(&["Text"]),
        rows: rows.collect(),
    }
}

fn deliverables(review: &Review, wanted: &Wanted) -> List {
    let found = review.catalogue.recommendations.iter().filter(|r| {
        wanted
            .recommendation
            .is_none_or(|number| number == r.number)
    });
    let rows = found
        .flat_map(|r| r.numbered_deliverables())
        .map(|(number, d)| {
            let text = d.text.clone().unwrap_or_else(|| d.sub_items.join("; "));
            let verdict = review
                .records
                .verdicts
                .get(&number)
                .map_or_else(String::new, |held| format!("the team: {}", held.verdict));
            let cells = vec![
                number.to_string(),
                d.responsible.clone(),
                format!("status {}", d.status),
                verdict,
                text,
            ];
            (cells, json::deliverable(review, number, d))
        });
    List {
        form: Entries(&["Text"]),
        rows: rows.collect(),
    }
}

/// The members as printed, then those that the team added.
fn members(review: &Review) -> Result<List> {
    let keys = ["name", "source"];
    let mut list = quoted(
        Table(&["Name", "Source"]),
        &review.catalogue.members,
        &keys,
        |m| vec![m.name.clone(), m.source.to_string()],
    )?;
    for name in review.records.members.keys() {
        list.rows.push((
            vec![name.clone(), String::new()],
            json::quoted(&json!({ "name": name }), &keys)?,
        ));
    }
    Ok(list)
}
