//! What a newer catalogue changes, record by record, as the journal keeps it.

use crate::error::{Error, Result};
use crate::model::catalogue::Catalogue;
use crate::model::change::{Change, Record};
use crate::model::vocabulary::Field;
use serde::Serialize;
use std::collections::BTreeMap;

/// The quoted records that differ, each with its whole content before and after, as JSON.
///
/// # Errors
/// A record that JSON cannot hold, which would be a defect.
pub fn changes(before: &Catalogue, after: &Catalogue) -> Result<Vec<Change>> {
    let (mut before, mut after) = (contents(before)?, contents(after)?);
    let keys: std::collections::BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    Ok(keys
        .into_iter()
        .map(|key| Change { field: Field::Content, before: before.remove(&key), after: after.remove(&key), record: Record::Quoted(key) })
        .filter(|change| change.before != change.after)
        .collect())
}

/// Every record by a name that stays the same from edition to edition as far as the record has one.
fn contents(catalogue: &Catalogue) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    put(&mut found, "review", &catalogue.reviews, |r| r.name.clone())?;
    put(&mut found, "document", &catalogue.documents, |d| d.number.clone())?;
    put(&mut found, "rec", &catalogue.recommendations, |r| r.number.to_string())?;
    put(&mut found, "briefing", &catalogue.briefings, |b| b.name.to_string())?;
    put(&mut found, "question", &catalogue.questions, |q| q.number.to_string())?;
    put(&mut found, "meeting", &catalogue.meetings, |m| m.id.to_string())?;
    put(&mut found, "member", &catalogue.members, |m| m.name.clone())?;
    put(&mut found, "presenter", &catalogue.presenters, |p| p.name.clone())?;
    put(&mut found, "topic", &catalogue.topics, |t| t.number.to_string())?;
    put(&mut found, "workstream", &catalogue.workstreams, |w| w.number.to_string())?;
    put(&mut found, "new recommendation", &catalogue.new_recommendations, |n| n.id.clone())?;
    put(&mut found, "bylaw", &catalogue.bylaws, |b| b.section.clone())?;
    put(&mut found, "objective", &catalogue.objectives, |o| o.number.to_string())?;
    put(&mut found, "goal", &catalogue.goals, |g| g.number.clone())?;
    put(&mut found, "portfolio", &catalogue.portfolios, |p| p.number.clone())?;
    put(&mut found, "budget", &catalogue.budgets, |b| b.id.clone())?;
    put(&mut found, "slide", &catalogue.slides, |s| s.source.to_string())?;
    put(&mut found, "remark", &catalogue.remarks, |r| format!("{} {}", r.source, r.text))?;
    Ok(found)
}

fn put<T: Serialize>(found: &mut BTreeMap<String, String>, kind: &str, records: &[T], name: impl Fn(&T) -> String) -> Result<()> {
    for record in records {
        let json = serde_json::to_string(record).map_err(|e| Error::bug(format!("a {kind} is not to be written as JSON: {e}")))?;
        found.insert(format!("{kind} {}", name(record)), json);
    }
    Ok(())
}
