//! Strategic objectives and goals, portfolios and budget tables.

use super::column::{numbered, put, rows, rows_by};
use super::review::quote;
use crate::error::Result;
use crate::model::catalogue::{Budget, BudgetRow, Catalogue, Goal, Objective, PlanItem, Portfolio};
use rusqlite::{Connection, Transaction};

/// The kinds of plan items, as the column `kind` spells them.
const ACTIVITY: &str = "activity";
const INDICATOR: &str = "indicator";
const SUCCESS_FACTOR: &str = "success factor";

pub(super) fn write(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    write_objectives(tx, catalogue)?;
    write_goals(tx, catalogue)?;
    let mut insert = tx.prepare(
        "INSERT INTO portfolio (number, position, goal, title, description, points, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (number) DO UPDATE SET position = excluded.position, goal = excluded.goal, title = excluded.title,
            description = excluded.description, points = excluded.points, source = excluded.source",
    )?;
    for (
        position,
        Portfolio {
            number,
            goal,
            title,
            description,
            points,
            source,
        },
    ) in numbered(&catalogue.portfolios)
    {
        put(
            &mut insert,
            &[number, &position, goal, title, description, points, source],
        )?;
    }
    write_budgets(tx, catalogue)
}

fn write_objectives(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO objective (number, position, text, source) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (number) DO UPDATE SET position = excluded.position, text = excluded.text, source = excluded.source",
    )?;
    let mut clear = tx.prepare("DELETE FROM plan_wording WHERE objective = ?1")?;
    let mut insert_wording = tx.prepare(
        "INSERT INTO plan_wording (objective, position, text, source) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (
        position,
        Objective {
            number,
            text,
            source,
            wordings,
        },
    ) in numbered(&catalogue.objectives)
    {
        put(&mut insert, &[number, &position, text, source])?;
        put(&mut clear, &[number])?;
        for (position, wording) in numbered(wordings) {
            put(
                &mut insert_wording,
                &[number, &position, &wording.text, &wording.source],
            )?;
        }
    }
    Ok(())
}

fn write_goals(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO goal (number, position, objective, text, source) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (number) DO UPDATE SET position = excluded.position, objective = excluded.objective, text = excluded.text,
            source = excluded.source",
    )?;
    let mut clear_wordings = tx.prepare("DELETE FROM plan_wording WHERE goal = ?1")?;
    let mut insert_wording = tx.prepare(
        "INSERT INTO plan_wording (goal, position, text, source) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let mut clear_items = tx.prepare("DELETE FROM plan_item WHERE goal = ?1")?;
    let mut insert_item =
        tx.prepare("INSERT INTO plan_item (goal, kind, position, number, heading, text, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (position, goal) in numbered(&catalogue.goals) {
        let Goal {
            number: own,
            objective,
            text,
            source,
            wordings,
            activities,
            kpis,
            success_factors,
        } = goal;
        put(&mut insert, &[own, &position, objective, text, source])?;
        put(&mut clear_wordings, &[own])?;
        for (position, wording) in numbered(wordings) {
            put(
                &mut insert_wording,
                &[own, &position, &wording.text, &wording.source],
            )?;
        }
        put(&mut clear_items, &[own])?;
        for (kind, items) in [
            (ACTIVITY, activities),
            (INDICATOR, kpis),
            (SUCCESS_FACTOR, success_factors),
        ] {
            for (
                position,
                PlanItem {
                    number,
                    heading,
                    text,
                    source,
                },
            ) in numbered(items)
            {
                put(
                    &mut insert_item,
                    &[own, &kind, &position, number, heading, text, source],
                )?;
            }
        }
    }
    Ok(())
}

fn write_budgets(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO budget (id, position, goal, title, columns, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, goal = excluded.goal, title = excluded.title, columns = excluded.columns,
            source = excluded.source",
    )?;
    let mut clear = tx.prepare("DELETE FROM budget_row WHERE budget = ?1")?;
    let mut insert_row = tx.prepare("INSERT INTO budget_row (budget, position, name, cells, source) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (
        position,
        Budget {
            id,
            goal,
            title,
            columns,
            source,
            rows,
        },
    ) in numbered(&catalogue.budgets)
    {
        put(&mut insert, &[id, &position, goal, title, columns, source])?;
        put(&mut clear, &[id])?;
        for (
            position,
            BudgetRow {
                name,
                cells,
                source,
            },
        ) in numbered(rows)
        {
            put(&mut insert_row, &[id, &position, name, cells, source])?;
        }
    }
    Ok(())
}

pub(super) fn load(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    load_objectives(conn, catalogue)?;
    load_goals(conn, catalogue)?;

    let sql =
        "SELECT number, goal, title, description, points, source FROM portfolio ORDER BY position";
    catalogue.portfolios = rows(conn, "portfolio", sql, |row| {
        Ok(Portfolio {
            number: row.take()?,
            goal: row.take()?,
            title: row.take()?,
            description: row.take()?,
            points: row.take()?,
            source: row.take()?,
        })
    })?;

    let sql = "SELECT budget, name, cells, source FROM budget_row ORDER BY budget, position";
    let mut lines = rows_by(conn, "budget_row", sql, |row| {
        Ok((
            row.take::<String>()?,
            BudgetRow {
                name: row.take()?,
                cells: row.take()?,
                source: row.take()?,
            },
        ))
    })?;
    let sql = "SELECT id, goal, title, columns, source FROM budget ORDER BY position";
    catalogue.budgets = rows(conn, "budget", sql, |row| {
        let id: String = row.take()?;
        let rows = lines.remove(&id).unwrap_or_default();
        Ok(Budget {
            id,
            goal: row.take()?,
            title: row.take()?,
            columns: row.take()?,
            source: row.take()?,
            rows,
        })
    })?;
    Ok(())
}

fn load_objectives(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    let sql = "SELECT objective, text, source FROM plan_wording WHERE objective IS NOT NULL ORDER BY objective, position";
    let mut wordings = rows_by(conn, "plan_wording", sql, |row| {
        Ok((row.take::<u16>()?, quote(row)?))
    })?;
    catalogue.objectives = rows(
        conn,
        "objective",
        "SELECT number, text, source FROM objective ORDER BY position",
        |row| {
            let number = row.take()?;
            let wordings = wordings.remove(&number).unwrap_or_default();
            Ok(Objective {
                number,
                text: row.take()?,
                source: row.take()?,
                wordings,
            })
        },
    )?;
    Ok(())
}

fn load_goals(conn: &Connection, catalogue: &mut Catalogue) -> Result<()> {
    let sql = "SELECT goal, text, source FROM plan_wording WHERE goal IS NOT NULL ORDER BY goal, position";
    let mut wordings = rows_by(conn, "plan_wording", sql, |row| {
        Ok((row.take::<String>()?, quote(row)?))
    })?;
    let sql = "SELECT goal, kind, number, heading, text, source FROM plan_item ORDER BY goal, kind, position";
    let mut items = rows_by(conn, "plan_item", sql, |row| {
        let key = (row.take::<String>()?, row.take::<String>()?);
        Ok((
            key,
            PlanItem {
                number: row.take()?,
                heading: row.take()?,
                text: row.take()?,
                source: row.take()?,
            },
        ))
    })?;
    catalogue.goals = rows(
        conn,
        "goal",
        "SELECT number, objective, text, source FROM goal ORDER BY position",
        |row| {
            let number: String = row.take()?;
            let mut of = |kind: &str| {
                items
                    .remove(&(number.clone(), kind.to_owned()))
                    .unwrap_or_default()
            };
            let (activities, kpis, success_factors) =
                (of(ACTIVITY), of(INDICATOR), of(SUCCESS_FACTOR));
            let wordings = wordings.remove(&number).unwrap_or_default();
            Ok(Goal {
                number,
                objective: row.take()?,
                text: row.take()?,
                source: row.take()?,
                wordings,
                activities,
                kpis,
                success_factors,
            })
        },
    )?;
    Ok(())
}
