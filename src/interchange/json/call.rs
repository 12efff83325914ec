//! JSON of meetings, decisions, action items and positions.
//!
//! What a source tells of a meeting has the keys of its catalogue, a meeting of the team's own the same ones; both say where the meeting stands.
//! Withdrawn decisions and action items are not shown.

use super::quoted;
use crate::error::Result;
use crate::model::call::meeting::Meeting;
use crate::model::call::position::{self, Matter, Position};
use crate::model::call::register::{Action, Decision};
use crate::model::catalogue;
use crate::model::fields::print_moment;
use crate::model::finding::About;
use crate::model::ids::{Id, MeetingId, RecommendationNumber};
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
        .calls
        .decisions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() == Some(id))
        .count();
    let actions = review
        .calls
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
        ("state", json!("quoted")),
        ("date", json!(date)),
        ("facilitator", Value::Null),
        ("started", Value::Null),
        ("ended", Value::Null),
        ("queued", json!([])),
    ] {
        value[key] = part;
    }
    count(review, &m.id, &mut value);
    Ok(value)
}

/// A meeting of the team's own.
pub fn meeting(review: &Review, id: &MeetingId, held: &Meeting) -> Value {
    let agenda = review.calls.agenda_of(id).into_iter().map(|(item, held)| {
        json!({ "item": item, "text": held.text, "planned": held.planned, "used": held.used, "opened": held.opened.map(print_moment) })
    });
    let queued = review
        .calls
        .queue_of(id)
        .into_iter()
        .map(|(number, _)| number);
    let mut value = json!({
        "id": id,
        "number": held.number,
        "kind": held.kind,
        "title": held.title,
        "place": held.place,
        "source": null,
        "days": [],
        "agenda": agenda.collect::<Vec<_>>(),
        "state": state(held),
        "date": held.date.map(|date| date.to_string()),
        "facilitator": held.facilitator,
        "started": held.started.map(print_moment),
        "ended": held.ended.map(print_moment),
        "queued": queued.collect::<Vec<_>>(),
    });
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

/// A decision.
pub fn decision(review: &Review, id: &Id, held: &Decision) -> Value {
    json!({
        "id": id,
        "number": held.number,
        "text": held.text,
        "about": held.about.as_ref().map(ToString::to_string),
        "recommendation": recommendation(review, held.about.as_ref()),
        "said_by": held.said_by,
        "consensus": held.consensus,
        "objections_by": held.objections_by.map(|day| day.to_string()),
        "at": print_moment(held.at),
        "by": held.by,
        "meeting": held.meeting,
        "minute": held.minute,
        "agenda_item": held.item,
    })
}

/// A decision with how the members stand to it.
pub fn decision_whole(review: &Review, id: &Id, held: &Decision) -> Value {
    let mut whole = decision(review, id, held);
    whole["positions"] = positions(review, &Matter::Decision(id.clone()));
    whole
}

/// An action item: the columns of the tracker, then the rest. `due` is as it was said, `due_on` the day that this is, if it is known.
pub fn action(review: &Review, id: &Id, held: &Action, today: NaiveDate) -> Value {
    json!({
        "id": id,
        "number": held.number,
        "category": held.category,
        "meeting": held.meeting,
        "requested": held.requested.to_string(),
        "text": held.text,
        "owner": held.owner,
        "due": held.due.map(|due| due.to_string()),
        "progress": held.progress,
        "response": held.response,
        "done": held.done.map(|day| day.to_string()),
        "due_on": review.calls.due_on(held).map(|day| day.to_string()),
        "overdue": review.calls.is_overdue(held, today),
        "about": held.about.as_ref().map(ToString::to_string),
        "recommendation": recommendation(review, held.about.as_ref()),
        "at": print_moment(held.at),
        "by": held.by,
        "minute": held.minute,
        "agenda_item": held.item,
    })
}

/// The recommendation that a matter concerns.
pub fn concerns(review: &Review, matter: &Matter) -> Option<RecommendationNumber> {
    match matter {
        Matter::Assessment(number) => Some(*number),
        Matter::Decision(id) => {
            recommendation(review, review.calls.decisions.get(id)?.about.as_ref())
        }
    }
}

/// A position; `counts` says whether it is the member's newest in its round.
pub fn position(review: &Review, id: &Id, held: &Position) -> Value {
    let decision = match &held.matter {
        Matter::Decision(decision) => review.calls.decisions.get(decision).map(|held| held.number),
        Matter::Assessment(_) => None,
    };
    let counts = position::standing(review, &held.matter, held.round)
        .get(held.member.as_str())
        .is_some_and(|(newest, _)| *newest == id);
    json!({
        "id": id,
        "matter": held.matter.to_string(),
        "recommendation": concerns(review, &held.matter),
        "decision": decision,
        "round": held.round,
        "counts": counts,
        "member": held.member,
        "position": held.stance,
        "text": held.text,
        "statement": held.statement,
        "at": print_moment(held.at),
        "by": held.by,
        "meeting": held.meeting,
        "minute": held.minute,
    })
}

/// All positions on a matter, oldest first.
pub fn taken<'a>(review: &'a Review, matter: &Matter) -> Vec<(&'a Id, &'a Position)> {
    let mut found: Vec<(&Id, &Position)> = review
        .calls
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
    let opened = |number: u16| review.calls.rounds.get(&(matter.clone(), number));
    let taken = taken(review, matter);
    let last = position::round(review, matter);
    let asked = !taken.is_empty() || opened(last).is_some();
    let standing = position::standing(review, matter, last);
    let rounds = (1..=last).filter(|_| asked).map(|number| {
        let positions = taken.iter().filter(|(_, held)| held.round == number);
        json!({
            "round": number,
            "consensus": opened(number).and_then(|round| round.consensus),
            "meeting": opened(number).and_then(|round| round.meeting.as_ref()),
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
