//! JSON: what `list` and `show` answer to programs, and exports in JSON.
//!
//! `list` is one array, `show` one object. Keys are in snake_case and in a fixed order, `null` where unset; the words are the TOML's, dates
//! and moments ISO strings, a source is a citation. Counts in `list` are arrays in `show`.

pub mod call;

use super::document::{Document, FORMAT};
use super::record;
use super::toml::{body, write};
use crate::error::{Error, Result};
use crate::model::catalogue::{Catalogue, Deliverable, Recommendation, to_json};
use crate::model::ids::DeliverableNumber;
use crate::model::journal::change::Operation;
use crate::model::record::answer::Answer;
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::Record;
use crate::model::record::position::Matter;
use crate::model::record::question::Question;
use crate::model::record::value::print_moment;
use crate::model::remark::Remark;
use crate::model::review::Review;
use crate::model::tally;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Prints a value for people and programs, with a line break at the end.
///
/// # Errors
/// A defect of ours.
pub fn print(value: &impl Serialize) -> Result<String> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(Error::bug_from)
}

/// An exported document: the keys of its head, then the records of each kind below the key that the TOML has for one of them.
///
/// # Errors
/// A defect of ours.
pub fn document(document: &Document) -> Result<String> {
    let mut out = json!(document.head(body(&write(document))));
    for section in &document.sections {
        out[section.key] = json!(section.records);
    }
    if !document.refers_to.is_empty() {
        out["refers_to"] = json!(document.refers_to);
    }
    print(&out)
}

/// A recommendation as `list` shows it.
pub fn recommendation(review: &Review, r: &Recommendation, reader: &str) -> Value {
    let assessment = review.assessment(r.number);
    json!({
        "number": r.number,
        "label": r.label,
        "section": r.section,
        "as_of": r.as_of.to_string(),
        "text": r.text,
        "claim": r.claim,
        "implementation": assessment.implementation,
        "relevance": assessment.relevance,
        "effect": assessment.effect,
        "standing": assessment.standing,
        "questions": review.questions_on(r.number).count(),
        "open_questions": tally::open_questions(review, r.number),
        "findings": review.findings_on(r.number, reader).len(),
        "source": r.source,
    })
}

/// A recommendation as `show` shows it.
pub fn recommendation_whole(
    review: &Review,
    r: &Recommendation,
    reader: &str,
    history: &[Operation],
    today: NaiveDate,
) -> Value {
    let number = r.number;
    let matter = Matter::Assessment(number);
    let is_about = |about: &Option<About>| call::recommendation(review, about) == Some(number);
    let questions: Vec<&Question> = review.questions_on(number).collect();
    let mut open = questions.clone();
    open.retain(|q| review.question_state(q).is_open());
    let mut decisions = review.records.decisions();
    decisions.retain(|(_, decision)| is_about(&decision.about));
    let mut actions = review.records.actions();
    actions.retain(|(_, action)| is_about(&action.about));
    let mut whole = recommendation(review, r, reader);
    whole["questions"] = array(questions, |q| question(review, q));
    whole["open_questions"] = array(open, |q| question(review, q));
    whole["findings"] = array(review.findings_on(number, reader), |f| finding(review, f));
    whole["deliverables"] = array(r.numbered_deliverables(), |(number, d)| {
        let listed = deliverable(review, number, d);
        without(listed, &["number", "recommendation", "source"])
    });
    whole["wordings"] = array(
        &r.wordings,
        |w| json!({ "source": w.source, "text": w.text }),
    );
    whole["project_status"] = array(
        &r.project_status,
        |p| json!({ "text": p.text, "source": p.source }),
    );
    whole["implementation_notes"] = json!(r.implementation_notes);
    whole["remarks"] = array(review.remarks_on(number), remark);
    let assessment = call::keys(review, Record::Assessment(number));
    whole["assessment"] = without(assessment, &["recommendation"]);
    whole["history"] = array(history, operation);
    whole["positions"] = call::positions(review, &matter);
    whole["decisions"] = array(decisions, |(id, d)| call::decision_whole(review, id, d));
    whole["actions"] = array(actions, |(id, a)| call::action(review, id, a, today));
    whole
}

/// An array of records.
fn array<T>(records: impl IntoIterator<Item = T>, shown: impl Fn(T) -> Value) -> Value {
    records.into_iter().map(shown).collect()
}

/// An object without some of its keys.
fn without(mut object: Value, keys: &[&str]) -> Value {
    if let Value::Object(object) = &mut object {
        object.retain(|key, _| !keys.contains(&key.as_str()));
    }
    object
}

/// A deliverable as `list` shows it: with the number it is named by, and its lines.
pub fn deliverable(review: &Review, number: DeliverableNumber, d: &Deliverable) -> Value {
    let verdict = review.records.verdicts.get(&number);
    json!({
        "number": number,
        "recommendation": number.recommendation,
        "text": d.text,
        "sub_items": d.sub_items,
        "phase": d.phase,
        "responsible": d.responsible,
        "due": d.due.map(|due| due.to_string()),
        "status": d.status,
        "verdict": verdict.map(|held| held.verdict),
        "source": d.source,
    })
}

/// A question as `list` shows it, with the keys of an export.
pub fn question(review: &Review, q: &Question) -> Value {
    let record = Record::Question(q.id.clone());
    let fields = q.to_fields(review.question_state(q));
    let mut value = json!(record::with_fields(review, &record, &fields, &[]));
    value["source"] = json!(q.source);
    value["answers"] = array(review.answers_to(&q.id), |a| answer(review, a));
    value
}

/// An answer, with the question to which it was given.
pub fn answer(review: &Review, a: &Answer) -> Value {
    call::keys(review, Record::Answer(a.id.clone()))
}

/// A question as `show` shows it: with what was found on it and what is odd about it.
pub fn question_whole(review: &Review, q: &Question, findings: &[&Finding]) -> Value {
    let mut whole = question(review, q);
    let follow_ups = review.questions.children(&q.id);
    whole["follow_ups"] = array(follow_ups, |child| json!(child.number));
    whole["findings"] = array(findings, |f| finding(review, f));
    whole["remarks"] = array(review.remarks_on_question(q.number), remark);
    whole
}

/// A finding, with the recommendation that it is about.
pub fn finding(review: &Review, f: &Finding) -> Value {
    let mut value = call::keys(review, Record::Finding(f.id.clone()));
    value["recommendation"] = json!(review.recommendation_of(&f.about));
    value
}

fn operation(operation: &Operation) -> Value {
    let changes = array(&operation.changes, |c| {
        json!({
            "record": c.record.to_string(),
            "field": c.field,
            "before": c.before,
            "after": c.after,
        })
    });
    json!({
        "at": print_moment(operation.at),
        "by": operation.by,
        "label": operation.label,
        "changes": changes,
    })
}

/// A remark.
pub fn remark(r: &Remark) -> Value {
    json!({ "grade": r.grade, "text": r.text, "concerns": r.concerns, "source": r.source })
}

/// A quoted record of another kind, under the keys that the catalogue has for it; `null` for those of `keys` that it does not have.
///
/// # Errors
/// A defect of ours.
pub fn quoted(record: &impl Serialize, keys: &[&str]) -> Result<Value> {
    let Value::Object(mut found) = to_json(record)? else {
        return Err(Error::bug("A quoted record is not a JSON object."));
    };
    let mut out = Map::new();
    for key in keys {
        let value = found.shift_remove(*key).unwrap_or(Value::Null);
        out.insert((*key).to_owned(), value);
    }
    out.extend(found);
    Ok(Value::Object(out))
}

/// The catalogue, kind by kind, under the keys of its TOML.
///
/// # Errors
/// A defect of ours.
pub fn catalogue(c: &Catalogue) -> Result<String> {
    let mut out = json!({
        "format": FORMAT,
        "kind": "catalogue",
        "catalogue": to_json(&c.header)?,
    });
    for (kind, records) in c.kinds() {
        out[kind] = to_json(&records)?;
    }
    print(&out)
}
