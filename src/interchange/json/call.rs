//! JSON of meetings, decisions, action items and positions.
//!
//! What a source tells of a meeting has the keys of its catalogue, a meeting of the team's own the same ones; both say where the meeting stands.
//! Withdrawn decisions and action items are not shown.

use super::quoted;
use crate::error::Result;
use crate::interchange::record;
use crate::model::call::position;
use crate::model::catalogue;
use crate::model::ids::{Id, MeetingId, RecommendationNumber};
use crate::model::record::action::Action;
use crate::model::record::decision::Decision;
use crate::model::record::finding::About;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::position::{Matter, Position};
use crate::model::review::Review;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The keys that the catalogue has for a meeting, which come first.
const MEETING: [&str; 8] = [
    "id", "number", "kind", "title", "place", "source", "days", "agenda",
];

/// Where a meeting of the team's own stands; nothing for one that was only named.
pub fn state(held: &Meeting) -> Option<&'static str> {
    match (held.started, held.ended) {
        (_, Some(_)) => Some("over"),
        (Some(_), None) => Some("running"),
        (None, None) => held.number.map(|_| "planned"),
    }
}

/// How many decisions and action items come from a meeting.
pub fn come_from(review: &Review, id: &MeetingId) -> (usize, usize) {
    let decisions = review
        .records
        .decisions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() == Some(id))
        .count();
    let actions = review
        .records
        .actions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() == Some(id))
        .count();
    (decisions, actions)
}

/// A meeting that a source tells of.
///
/// # Errors
/// A defect of ours.
pub fn quoted_meeting(review: &Review, m: &catalogue::Meeting) -> Result<Value> {
    let mut value = quoted(m, &MEETING)?;
    let date = m
        .days
        .first()
        .and_then(|day| day.date)
        .map(|date| date.to_string());
    for (key, part) in [
        ("name", json!(m.id)),
        ("state", json!("quoted")),
        ("date", json!(date)),
        ("facilitator", Value::Null),
        ("started", Value::Null),
        ("ended", Value::Null),
        ("paused", Value::Null),
        ("item", Value::Null),
        ("since", Value::Null),
        ("queued", json!([])),
    ] {
        value[key] = part;
    }
    count(review, &m.id, &mut value);
    Ok(value)
}

/// A meeting of the team's own: the keys of an export, and those of a meeting that a source tells of.
pub fn meeting(review: &Review, id: &MeetingId, held: &Meeting) -> Value {
    let records = &review.records;
    let agenda = records.agenda_of(id).into_iter();
    let agenda =
        agenda.map(|(item, _)| json!(record::table(review, &Record::Agenda(item.clone()))));
    let queued = records.queue_of(id).into_iter().map(|(number, _)| number);
    let mut value = json!(record::table(review, &Record::Meeting(id.clone())));
    for (key, part) in [
        ("source", Value::Null),
        ("days", json!([])),
        ("agenda", agenda.collect()),
        ("state", json!(state(held))),
        ("queued", json!(queued.collect::<Vec<_>>())),
    ] {
        value[key] = part;
    }
    count(review, id, &mut value);
    value
}

fn count(review: &Review, id: &MeetingId, value: &mut Value) {
    let (decisions, actions) = come_from(review, id);
    value["decisions"] = json!(decisions);
    value["actions"] = json!(actions);
}

/// The recommendation that something is about.
fn recommendation(review: &Review, about: Option<&About>) -> Option<RecommendationNumber> {
    about.and_then(|about| review.recommendation_of(about))
}

/// A decision, with the recommendation that it is about.
pub fn decision(review: &Review, id: &Id, held: &Decision) -> Value {
    let mut value = json!(record::table(review, &Record::Decision(id.clone())));
    value["recommendation"] = json!(recommendation(review, held.about.as_ref()));
    value
}

/// A decision with how the members stand to it.
pub fn decision_whole(review: &Review, id: &Id, held: &Decision) -> Value {
    let mut whole = decision(review, id, held);
    whole["positions"] = positions(review, &Matter::Decision(id.clone()));
    whole
}

/// An action item. `due` is as it was said, `due_on` the day that this is, if it is known.
pub fn action(review: &Review, id: &Id, held: &Action, today: NaiveDate) -> Value {
    let mut value = json!(record::table(review, &Record::Action(id.clone())));
    value["due_on"] = json!(review.records.due_on(held).map(|day| day.to_string()));
    value["overdue"] = json!(review.records.is_overdue(held, today));
    value["recommendation"] = json!(recommendation(review, held.about.as_ref()));
    value
}

/// The recommendation that a matter concerns.
pub fn concerns(review: &Review, matter: &Matter) -> Option<RecommendationNumber> {
    match matter {
        Matter::Assessment(number) => Some(*number),
        Matter::Decision(id) => {
            recommendation(review, review.records.decisions.get(id)?.about.as_ref())
        }
    }
}

/// A position; `counts` says whether it is the member's newest in its round.
pub fn position(review: &Review, id: &Id, held: &Position) -> Value {
    let decision = match &held.matter {
        Matter::Decision(decision) => review
            .records
            .decisions
            .get(decision)
            .map(|held| held.number),
        Matter::Assessment(_) => None,
    };
    let counts = position::standing(review, &held.matter, held.round)
        .get(held.member.as_str())
        .is_some_and(|(newest, _)| *newest == id);
    let mut value = json!(record::table(review, &Record::Position(id.clone())));
    value["recommendation"] = json!(concerns(review, &held.matter));
    value["decision"] = json!(decision);
    value["counts"] = json!(counts);
    value
}

/// All positions on a matter, oldest first.
pub fn taken<'a>(review: &'a Review, matter: &Matter) -> Vec<(&'a Id, &'a Position)> {
    let mut found: Vec<(&Id, &Position)> = review
        .records
        .positions
        .iter()
        .filter(|(_, held)| held.matter == *matter)
        .collect();
    found.sort_by_key(|(id, held)| (held.round, held.at, (*id).clone()));
    found
}

/// How the members stand to a matter: who stands how in the round under way, who has yet to answer, and every round with all that was said in
/// it. No round, and nobody to answer, where nobody was asked yet.
pub fn positions(review: &Review, matter: &Matter) -> Value {
    let opened = |number: u16| review.records.round(matter, number).map(|(_, round)| round);
    let taken = taken(review, matter);
    let last = position::round(review, matter);
    let asked = !taken.is_empty() || opened(last).is_some();
    let standing = position::standing(review, matter, last);
    let rounds = (1..=last).filter(|_| asked).map(|number| {
        let positions = taken.iter().filter(|(_, held)| held.round == number);
        json!({
            "round": number,
            "consensus": opened(number).and_then(|round| round.consensus),
            "meeting": opened(number).and_then(|round| round.meeting.as_ref()).map(|id| review.meeting_name(id)),
            "positions": positions.map(|(id, held)| position(review, id, held)).collect::<Vec<_>>(),
        })
    });
    json!({
        "round": asked.then_some(last),
        "objections_by": position::deadline(review, matter).map(|day| day.to_string()),
        "standing": standing.values().map(|(id, held)| position(review, id, held)).collect::<Vec<_>>(),
        "yet_to_answer": if asked { position::yet_to_answer(review, matter) } else { Vec::new() },
        "rounds": rounds.collect::<Vec<_>>(),
    })
}
