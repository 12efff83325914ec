//! JSON: what `list` and `show` answer to programs, and exports in JSON.
//!
//! `list` is one array, `show` one object. Keys are in snake_case and in a fixed order, `null` where unset; the words are the TOML's, dates
//! and moments ISO strings, a source is a citation. Counts in `list` are arrays in `show`.

pub mod call;

use super::document::Document;
use super::toml::{body, write};
use crate::error::{Error, Result};
use crate::model::assessment::Assessment;
use crate::model::call::position::Matter;
use crate::model::catalogue::{Catalogue, Deliverable, Recommendation};
use crate::model::change::{Change, Operation, Role};
use crate::model::fields::print_moment;
use crate::model::finding::{About, Finding};
use crate::model::ids::DeliverableNumber;
use crate::model::question::{Answer, Question};
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
    whole["assessment"] = assessment(review.assessment(r.number));
    whole["history"] = history.iter().map(operation).collect();
    whole["positions"] = call::positions(review, &Matter::Assessment(r.number));
    let on = |about: Option<&About>| {
        about.and_then(|about| review.recommendation_of(about)) == Some(r.number)
    };
    let decisions = review
        .calls
        .decisions()
        .into_iter()
        .filter(|(_, held)| on(held.about.as_ref()));
    whole["decisions"] = decisions
        .map(|(id, held)| call::decision_whole(review, id, held))
        .collect();
    let actions = review
        .calls
        .actions()
        .into_iter()
        .filter(|(_, held)| on(held.about.as_ref()));
    whole["actions"] = actions
        .map(|(id, held)| call::action(review, id, held, today))
        .collect();
    whole
}

fn assessment(a: &Assessment) -> Value {
    json!({
        "implementation": a.implementation,
        "relevance": a.relevance,
        "effect": a.effect,
        "standing": a.standing,
        "consensus": a.consensus,
        "penholder": a.penholder,
        "agreed_in": a.agreed_in,
        "objections_by": a.objections_by.map(|day| day.to_string()),
        "blocked_by": a.blocked_by,
        "what_was_done": a.what_was_done,
        "finding": a.finding,
        "how_assessed": a.how_assessed,
        "further_work": a.further_work,
    })
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
    put("verdict", json!(review.verdicts.get(&number)));
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

/// A question as `list` shows it.
pub fn question(review: &Review, q: &Question) -> Value {
    json!({
        "number": q.number,
        "recommendation": q.recommendation,
        "briefing": q.briefing,
        "text": q.text,
        "state": review.question_state(q),
        "asked_by": q.asked_by,
        "asked_on": q.asked_on.map(|on| on.to_string()),
        "due": q.due.map(|due| due.to_string()),
        "answers": review.answers_to(q.number).into_iter().map(answer).collect::<Vec<_>>(),
        "source": q.source,
    })
}

/// An answer, with the question to which it was given.
pub fn answer(a: &Answer) -> Value {
    json!({
        "id": a.id,
        "question": a.question,
        "on": a.on.to_string(),
        "by": a.by,
        "link": a.link,
        "satisfies": a.satisfies,
        "why": a.why,
        "text": a.text,
    })
}

/// A question as `show` shows it: with what was found on it and what is odd about it.
pub fn question_whole(review: &Review, q: &Question, findings: &[&Finding]) -> Value {
    let mut whole = question(review, q);
    whole["addressee"] = json!(q.addressee);
    whole["parent"] = json!(q.parent);
    whole["follow_ups"] = review
        .questions
        .children(q.number)
        .map(|child| json!(child.number))
        .collect();
    whole["reason"] = json!(q.reason);
    whole["findings"] = findings.iter().map(|f| finding(review, f)).collect();
    whole["remarks"] = review
        .remarks_on_question(q.number)
        .into_iter()
        .map(remark)
        .collect();
    whole
}

/// A finding.
pub fn finding(review: &Review, f: &Finding) -> Value {
    json!({
        "id": f.id,
        "about": f.about.to_string(),
        "recommendation": review.recommendation_of(&f.about),
        "at": print_moment(f.at),
        "by": f.by,
        "said_by": f.said_by,
        "kind": f.kind,
        "meeting": f.meeting,
        "minute": f.minute,
        "agenda_item": f.agenda_item,
        "private": f.private,
        "text": f.text,
    })
}

/// A change with the operation it belongs to.
pub fn change(operation: &Operation, change: &Change) -> Value {
    let (undoes, redoes) = match &operation.role {
        Role::Do => (None, None),
        Role::Undo(target) => (Some(target), None),
        Role::Redo(target) => (None, Some(target)),
    };
    json!({
        "operation": operation.id,
        "at": print_moment(operation.at),
        "by": operation.by,
        "meeting": operation.meeting,
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
    let mut value = serde_json::to_value(record).map_err(Error::bug_from)?;
    plain_dates(&mut value);
    let Value::Object(mut found) = value else {
        return Ok(value);
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

/// The catalogue, family by family, under the keys of its TOML.
///
/// # Errors
/// A defect of ours.
pub fn catalogue(c: &Catalogue) -> Result<String> {
    let mut out = Map::new();
    let mut put = |key: &str, family: serde_json::Result<Value>| -> Result<()> {
        let mut family = family.map_err(Error::bug_from)?;
        plain_dates(&mut family);
        out.insert(key.to_owned(), family);
        Ok(())
    };
    put("format", Ok(json!(super::document::FORMAT)))?;
    put("kind", Ok(json!("catalogue")))?;
    put("catalogue", serde_json::to_value(&c.header))?;
    put("review", serde_json::to_value(&c.reviews))?;
    put("document", serde_json::to_value(&c.documents))?;
    put("recommendation", serde_json::to_value(&c.recommendations))?;
    put("briefing", serde_json::to_value(&c.briefings))?;
    put("question", serde_json::to_value(&c.questions))?;
    put("meeting", serde_json::to_value(&c.meetings))?;
    put("member", serde_json::to_value(&c.members))?;
    put("presenter", serde_json::to_value(&c.presenters))?;
    put("topic", serde_json::to_value(&c.topics))?;
    put("workstream", serde_json::to_value(&c.workstreams))?;
    put(
        "new_recommendation",
        serde_json::to_value(&c.new_recommendations),
    )?;
    put("bylaw", serde_json::to_value(&c.bylaws))?;
    put("objective", serde_json::to_value(&c.objectives))?;
    put("goal", serde_json::to_value(&c.goals))?;
    put("portfolio", serde_json::to_value(&c.portfolios))?;
    put("budget", serde_json::to_value(&c.budgets))?;
    put("slide", serde_json::to_value(&c.slides))?;
    put("remark", serde_json::to_value(&c.remarks))?;
    print(&out)
}

/// TOML's dates come through serde as an object with one private key; in JSON they are strings.
fn plain_dates(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(plain_dates),
        Value::Object(map) => {
            if map.len() == 1
                && let Some((key, Value::String(date))) = map.iter().next()
                && key.starts_with("$__toml_private")
            {
                *value = Value::String(date.clone());
                return;
            }
            map.values_mut().for_each(plain_dates);
        }
        _ => {}
    }
}
