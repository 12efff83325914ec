//! JSON: what `list` and `show` answer to programs, and exports in JSON.
//!
//! `list` is one array, `show` one object. Keys are in snake_case and in a fixed order, `null` where unset; the words are the TOML's, dates
//! and moments ISO strings, a source is a citation. Counts in `list` are arrays in `show`.

pub mod call;

use super::document::Document;
use super::record;
use super::toml::{body, write};
use crate::error::{Error, Result};
use crate::model::catalogue::{Catalogue, Deliverable, Recommendation, to_json};
use crate::model::ids::{DeliverableNumber, RecommendationNumber};
use crate::model::journal::change::{Change, Operation, Role};
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
    let mut out = Map::new();
    let head = document.head(body(&write(document)));
    for (key, node) in &head.0 {
        out.insert((*key).to_owned(), json!(node));
    }
    for section in &document.sections {
        out.insert(section.key.to_owned(), json!(section.records));
    }
    if !document.refers_to.is_empty() {
        out.insert("refers_to".to_owned(), json!(document.refers_to));
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
    let questions: Vec<&Question> = review.questions_on(r.number).collect();
    let open = questions
        .iter()
        .filter(|q| review.question_state(q).is_open());
    let mut whole = recommendation(review, r, reader);
    whole["questions"] = questions.iter().map(|q| question(review, q)).collect();
    whole["open_questions"] = open.map(|q| question(review, q)).collect();
    whole["findings"] = review
        .findings_on(r.number, reader)
        .into_iter()
        .map(|f| finding(review, f))
        .collect();
    whole["deliverables"] = r
        .numbered_deliverables()
        .map(|(number, d)| Value::Object(parts(review, number, d)))
        .collect();
    whole["wordings"] = r
        .wordings
        .iter()
        .map(|w| json!({ "source": w.source, "text": w.text }))
        .collect();
    whole["project_status"] = r
        .project_status
        .iter()
        .map(|p| json!({ "text": p.text, "source": p.source }))
        .collect();
    whole["implementation_notes"] = json!(r.implementation_notes);
    whole["remarks"] = review
        .remarks_on(r.number)
        .into_iter()
        .map(remark)
        .collect();
    whole["assessment"] = assessment(review, r.number);
    whole["history"] = history.iter().map(operation).collect();
    whole["positions"] = call::positions(review, &Matter::Assessment(r.number));
    let on = |about: Option<&About>| {
        about.and_then(|about| review.recommendation_of(about)) == Some(r.number)
    };
    let decisions = review
        .records
        .decisions()
        .into_iter()
        .filter(|(_, held)| on(held.about.as_ref()));
    whole["decisions"] = decisions
        .map(|(id, held)| call::decision_whole(review, id, held))
        .collect();
    let actions = review
        .records
        .actions()
        .into_iter()
        .filter(|(_, held)| on(held.about.as_ref()));
    whole["actions"] = actions
        .map(|(id, held)| call::action(review, id, held, today))
        .collect();
    whole
}

/// The fields of an assessment, without its recommendation.
fn assessment(review: &Review, number: RecommendationNumber) -> Value {
    let mut keys = record::table(review, &Record::Assessment(number));
    keys.0.remove(0);
    json!(keys)
}

fn parts(review: &Review, number: DeliverableNumber, d: &Deliverable) -> Map<String, Value> {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("text", json!(d.text));
    put("sub_items", json!(d.sub_items));
    put("phase", json!(d.phase));
    put("responsible", json!(d.responsible));
    put("due", json!(d.due.map(|due| due.to_string())));
    put("status", json!(d.status));
    put(
        "verdict",
        json!(
            review
                .records
                .verdicts
                .get(&number)
                .map(|held| held.verdict)
        ),
    );
    out
}

/// A deliverable as `list` shows it: with the number it is named by, and its lines.
pub fn deliverable(review: &Review, number: DeliverableNumber, d: &Deliverable) -> Value {
    let mut out = Map::new();
    out.insert("number".to_owned(), json!(number));
    out.insert("recommendation".to_owned(), json!(number.recommendation));
    out.extend(parts(review, number, d));
    out.insert("source".to_owned(), json!(d.source));
    Value::Object(out)
}

/// A question as `list` shows it, with the keys of an export.
pub fn question(review: &Review, q: &Question) -> Value {
    let record = Record::Question(q.id.clone());
    let fields = q.to_fields(review.question_state(q));
    let answers = review.answers_to(&q.id).into_iter();
    let keys = record::with_fields(review, &record, &fields, &[])
        .with("source", q.source.as_ref().map(ToString::to_string));
    let mut value = json!(keys);
    value["answers"] = answers.map(|a| answer(review, a)).collect();
    value
}

/// An answer, with the question to which it was given.
pub fn answer(review: &Review, a: &Answer) -> Value {
    json!(record::table(review, &Record::Answer(a.id.clone())))
}

/// A question as `show` shows it: with what was found on it and what is odd about it.
pub fn question_whole(review: &Review, q: &Question, findings: &[&Finding]) -> Value {
    let mut whole = question(review, q);
    whole["follow_ups"] = review
        .questions
        .children(&q.id)
        .map(|child| json!(child.number))
        .collect();
    whole["findings"] = findings.iter().map(|f| finding(review, f)).collect();
    whole["remarks"] = review
        .remarks_on_question(q.number)
        .into_iter()
        .map(remark)
        .collect();
    whole
}

/// A finding, with the recommendation that it is about.
pub fn finding(review: &Review, f: &Finding) -> Value {
    let mut value = json!(record::table(review, &Record::Finding(f.id.clone())));
    value["recommendation"] = json!(review.recommendation_of(&f.about));
    value
}

/// A change with the operation it belongs to.
pub fn change(review: &Review, operation: &Operation, change: &Change) -> Value {
    let (undoes, redoes) = match &operation.role {
        Role::Do => (None, None),
        Role::Undo(target) => (Some(target), None),
        Role::Redo(target) => (None, Some(target)),
    };
    json!({
        "operation": operation.id,
        "at": print_moment(operation.at),
        "by": operation.by,
        "meeting": operation.meeting.as_ref().map(|id| review.meeting_name(id)),
        "label": operation.label,
        "record": change.record.to_string(),
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "undoes": undoes,
        "redoes": redoes,
    })
}

fn operation(operation: &Operation) -> Value {
    let changes =
        operation.changes.iter().map(|c| json!({ "record": c.record.to_string(), "field": c.field, "before": c.before, "after": c.after }));
    json!({
        "at": print_moment(operation.at),
        "by": operation.by,
        "label": operation.label,
        "changes": changes.collect::<Value>(),
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
    let mut found = match to_json(record)? {
        Value::Object(found) => found,
        other => return Ok(other),
    };
    let mut out: Map<String, Value> = keys
        .iter()
        .map(|key| {
            (
                (*key).to_owned(),
                found.shift_remove(*key).unwrap_or(Value::Null),
            )
        })
        .collect();
    out.extend(found);
    Ok(Value::Object(out))
}

/// The catalogue, kind by kind, under the keys of its TOML.
///
/// # Errors
/// A defect of ours.
pub fn catalogue(c: &Catalogue) -> Result<String> {
    let mut out = Map::new();
    out.insert("format".to_owned(), json!(super::document::FORMAT));
    out.insert("kind".to_owned(), json!("catalogue"));
    out.insert("catalogue".to_owned(), to_json(&c.header)?);
    for (kind, records) in c.kinds() {
        out.insert(kind.to_owned(), to_json(&records)?);
    }
    print(&out)
}
