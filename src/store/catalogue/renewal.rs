//! What becomes of the quoted records when there is a newer catalogue.

use super::{add, fill, load};
use crate::error::{Error, Result};
use crate::model::catalogue::{Catalogue, label};
use crate::model::ids::DeliverableNumber;
use crate::model::record::kinds::Record;
use crate::model::record::question::RecordedQuestion;
use crate::model::review::Review;
use crate::store::record;
use rusqlite::Transaction;
use std::collections::BTreeSet;
use std::fmt::Display;

/// Brings the quoted records to another catalogue. What is no longer in it goes, unless a record of the team's names it: then it stays, behind
/// the others of its kind. Where the team has a question, meeting or member of its own by a name that the catalogue now has too, the team's
/// stays and that of the catalogue is left out.
///
/// # Errors
/// Records that do not read; whatever SQLite refuses.
pub fn replace(tx: &Transaction<'_>, catalogue: &Catalogue) -> Result<()> {
    let older = load(tx)?;
    let mut review = Review::new(older.clone());
    record::load_all(tx, &mut review)?;
    let (named, own) = (named(&review, &older), own(&review));
    let mut newer = catalogue.clone();
    let is_own = |kind: &str, name: &dyn Display| own.contains(&label(kind, &name.to_string()));
    newer.questions.retain(|q| !is_own("question", &q.number));
    newer.meetings.retain(|m| !is_own("meeting", &m.id));
    newer.members.retain(|m| !is_own("member", &m.name));
    keep_deliverables(&older, &mut newer, &named);
    let there: BTreeSet<String> = newer.records()?.iter().map(|r| r.label()).collect();
    for record in older.records()? {
        let label = record.label();
        if named.contains(&label) && !there.contains(&label) {
            add(&mut newer, record.kind, &record.content).map_err(Error::bug_from)?;
        }
    }
    newer.recommendations.sort_by_key(|r| r.number);
    tx.execute("DELETE FROM quoted", [])?;
    fill(tx, &newer)
}

/// Everything that the team's records name, also through a question, by the names that remarks use. A deliverable brings its recommendation, and a question its
/// recommendation and briefing.
fn named(review: &Review, older: &Catalogue) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for record in review.records.names() {
        let fields = review.fields(&record);
        named.extend(record.names(&fields).iter().map(ToString::to_string));
        named.insert(record.to_string());
        named.extend(
            record
                .recommendation()
                .map(|number| format!("rec {number}")),
        );
        if let (Record::Question(_), Some(briefing)) =
            (&record, fields.get(&RecordedQuestion::BRIEFING))
        {
            named.insert(format!("briefing {briefing}"));
        }
        let on = fields.get(&RecordedQuestion::RECOMMENDATION);
        named.extend(on.map(|number| format!("rec {number}")));
    }
    for question in &older.questions {
        if named.contains(&format!("question {}", question.number)) {
            named.insert(format!("rec {}", question.recommendation));
            named.insert(format!("briefing {}", question.briefing));
        }
    }
    named
}

/// The questions, meetings and members of the team's own, by what people know them by.
fn own(review: &Review) -> BTreeSet<String> {
    let records = &review.records;
    let numbers = records
        .questions
        .values()
        .filter_map(|question| question.number);
    let meetings = records.meetings.values().map(|meeting| &meeting.name);
    let mut own: BTreeSet<String> = numbers.map(|number| format!("question {number}")).collect();
    own.extend(meetings.map(|name| format!("meeting {name}")));
    own.extend(records.members.keys().map(|name| format!("member {name}")));
    own
}

/// Keeps the rows of a table up to the last on which the team has a verdict: a deliverable is called by its row.
fn keep_deliverables(older: &Catalogue, newer: &mut Catalogue, named: &BTreeSet<String>) {
    for recommendation in &mut newer.recommendations {
        let mut earlier = older.recommendations.iter();
        let Some(before) = earlier.find(|before| before.number == recommendation.number) else {
            continue;
        };
        let is_named =
            |number: &DeliverableNumber| named.contains(&format!("deliverable {number}"));
        let numbers = before.numbered_deliverables().map(|(number, _)| number);
        let last = numbers
            .filter(is_named)
            .map(|number| usize::from(number.row))
            .max();
        let rows = recommendation.deliverables.len()..last.unwrap_or(0);
        let kept = before.deliverables.get(rows).unwrap_or_default();
        recommendation.deliverables.extend_from_slice(kept);
    }
}
