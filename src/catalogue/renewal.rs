//! What a newer catalogue changes, record by record, for the journal: each quoted record that differs, whole, before and after.

use crate::error::{Error, Result};
use crate::model::catalogue::Catalogue;
use crate::model::change::{Change, Record};
use crate::model::vocabulary::Field;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The quoted records that differ between two catalogues.
///
/// # Errors
/// A defect of ours: a record that cannot be written as JSON.
pub fn changes(older: &Catalogue, newer: &Catalogue) -> Result<Vec<Change>> {
    let (before, after) = (contents(older)?, contents(newer)?);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differing = names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name));
    let change = |name: &String| Change {
        record: Record::Quoted(name.clone()),
        field: Field::Content,
        before: before.get(name).cloned(),
        after: after.get(name).cloned(),
    };
    Ok(differing.map(change).collect())
}

/// Every record under the name that remarks use for it, as JSON.
fn contents(c: &Catalogue) -> Result<BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    put(&mut all, [&c.header], |_| "catalogue header".to_owned())?;
    put(&mut all, &c.reviews, |r| format!("review {}", r.name))?;
    put(&mut all, &c.documents, |d| format!("document {}", d.number))?;
    put(&mut all, &c.recommendations, |r| {
        format!("rec {}", r.number)
    })?;
    put(&mut all, &c.briefings, |b| format!("briefing {}", b.name))?;
    put(&mut all, &c.questions, |q| format!("question {}", q.number))?;
    put(&mut all, &c.meetings, |m| format!("meeting {}", m.id))?;
    put(&mut all, &c.members, |m| format!("member {}", m.name))?;
    put(&mut all, &c.presenters, |p| format!("presenter {}", p.name))?;
    put(&mut all, &c.topics, |t| format!("topic {}", t.number))?;
    put(&mut all, &c.workstreams, |w| {
        format!("workstream {}", w.number)
    })?;
    put(&mut all, &c.new_recommendations, |n| {
        format!("new recommendation {}", n.id)
    })?;
    put(&mut all, &c.bylaws, |b| format!("bylaw {}", b.section))?;
    put(&mut all, &c.objectives, |o| {
        format!("objective {}", o.number)
    })?;
    put(&mut all, &c.goals, |g| format!("goal {}", g.number))?;
    put(&mut all, &c.portfolios, |p| {
        format!("portfolio {}", p.number)
    })?;
    put(&mut all, &c.budgets, |b| format!("budget {}", b.id))?;
    put(&mut all, &c.slides, |s| format!("slide {}", s.source))?;
    put(&mut all, &c.remarks, |r| format!("remark {}", r.source))?;
    Ok(all)
}

fn put<'a, T: Serialize + 'a>(
    all: &mut BTreeMap<String, String>,
    family: impl IntoIterator<Item = &'a T>,
    name: impl Fn(&T) -> String,
) -> Result<()> {
    for record in family {
        let content = serde_json::to_string(record).map_err(Error::bug_from)?;
        let name = name(record);
        // Two remarks may be shown by the same lines.
        let free = (2..)
            .map(|n| format!("{name} ({n})"))
            .find(|other| !all.contains_key(other));
        let name = if all.contains_key(&name) {
            free.unwrap_or(name)
        } else {
            name
        };
        all.insert(name, content);
    }
    Ok(())
}
