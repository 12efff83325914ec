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
pub fn state(meeting: &Meeting) -> Option<&'static str> {
    match (meeting.started, meeting.ended) {
        (_, Some(_)) => Some("over"),
        (Some(_), None) => Some("running"),
        (None, None) => meeting.number.map(|_| "planned"),
    }
}

/// How many decisions and action items come from a meeting.
pub fn come_from(review: &Review, id: &MeetingId) -> (usize, usize) {
    let is_meeting = |meeting: &Option<MeetingId>| meeting.as_ref() == Some(id);
    let mut decisions = review.records.decisions();
    decisions.retain(|(_, decision)| is_meeting(&decision.meeting));
    let mut actions = review.records.actions();
    actions.retain(|(_, action)| is_meeting(&action.meeting));
    (decisions.len(), actions.len())
}

/// A meeting that a source tells of.
///
/// # Errors
/// A defect of ours.
pub fn quoted_meeting(review: &Review, m: &catalogue::Meeting) -> Result<Value> {
    let date = m.days.first().and_then(|day| day.date);
    let mut value = quoted(m, &MEETING)?;
    value["name"] = json!(m.id);
    value["state"] = json!("quoted");
    value["date"] = json!(date.map(|date| date.to_string()));
    value["facilitator"] = Value::Null;
    for key in ["started", "ended", "paused", "item", "since"] {
        value[key] = Value::Null;
    }
    value["queued"] = json!([]);
    count(review, &m.id, &mut value);
    Ok(value)
}

/// A meeting of the team's own: the keys of an export, and those of a meeting that a source tells of.
pub fn meeting(review: &Review, id: &MeetingId, meeting: &Meeting) -> Value {
    let agenda = review.records.agenda_of(id).into_iter();
    let agenda = agenda.map(|(item, _)| keys(review, Record::Agenda(item.clone())));
    let queue = review.records.queue_of(id).into_iter();
    let mut value = keys(review, Record::Meeting(id.clone()));
    value["source"] = Value::Null;
    value["days"] = json!([]);
    value["agenda"] = agenda.collect();
    value["state"] = json!(state(meeting));
    value["queued"] = queue.map(|(number, _)| json!(number)).collect();
    count(review, id, &mut value);
    value
}

fn count(review: &Review, id: &MeetingId, value: &mut Value) {
    let (decisions, actions) = come_from(review, id);
    value["decisions"] = json!(decisions);
    value["actions"] = json!(actions);
}

/// A record by the keys of its description.
pub(super) fn keys(review: &Review, record: Record) -> Value {
    json!(record::table(review, &record))
}

/// The recommendation that something is about.
pub(super) fn recommendation(
    review: &Review,
    about: &Option<About>,
) -> Option<RecommendationNumber> {
    review.recommendation_of(about.as_ref()?)
}

/// A decision, with the recommendation that it is about.
pub fn decision(review: &Review, id: &Id, decision: &Decision) -> Value {
    let mut value = keys(review, Record::Decision(id.clone()));
    value["recommendation"] = json!(recommendation(review, &decision.about));
    value
}

/// A decision with how the members stand to it.
pub fn decision_whole(review: &Review, id: &Id, held: &Decision) -> Value {
    let mut whole = decision(review, id, held);
    whole["positions"] = positions(review, &Matter::Decision(id.clone()));
    whole
}

/// An action item. `due` is as it was said, `due_on` the day that this is, if it is known.
pub fn action(review: &Review, id: &Id, action: &Action, today: NaiveDate) -> Value {
    let due_on = review.records.due_on(action);
    let mut value = keys(review, Record::Action(id.clone()));
    value["due_on"] = json!(due_on.map(|day| day.to_string()));
    value["overdue"] = json!(review.records.is_overdue(action, today));
    value["recommendation"] = json!(recommendation(review, &action.about));
    value
}

/// The decision on which a position was taken.
fn decided<'a>(review: &'a Review, matter: &Matter) -> Option<&'a Decision> {
    match matter {
        Matter::Decision(id) => review.records.decisions.get(id),
        Matter::Assessment(_) => None,
    }
}

/// The recommendation that a matter concerns.
pub fn concerns(review: &Review, matter: &Matter) -> Option<RecommendationNumber> {
    match matter {
        Matter::Assessment(number) => Some(*number),
        Matter::Decision(_) => recommendation(review, &decided(review, matter)?.about),
    }
}

/// A position; `counts` says whether it is the member's newest in its round.
pub fn position(review: &Review, id: &Id, position: &Position) -> Value {
    let standing = position::standing(review, &position.matter, position.round);
    let newest = standing.get(position.member.as_str());
    let decision = decided(review, &position.matter);
    let mut value = keys(review, Record::Position(id.clone()));
    value["recommendation"] = json!(concerns(review, &position.matter));
    value["decision"] = json!(decision.map(|decision| decision.number));
    value["counts"] = json!(newest.is_some_and(|(newest, _)| *newest == id));
    value
}

/// All positions on a matter, oldest first.
pub fn taken<'a>(review: &'a Review, matter: &Matter) -> Vec<(&'a Id, &'a Position)> {
    let mut found: Vec<(&Id, &Position)> = review.records.positions.iter().collect();
    found.retain(|(_, position)| position.matter == *matter);
    found.sort_by_key(|(id, position)| (position.round, position.at, *id));
    found
}

/// How the members stand to a matter: who stands how in the round under way, who has yet to answer, and every round with all that was said in
/// it. No round, and nobody to answer, where nobody was asked yet.
pub fn positions(review: &Review, matter: &Matter) -> Value {
    let taken = taken(review, matter);
    let last = position::round(review, matter);
    let asked = !taken.is_empty() || review.records.round(matter, last).is_some();
    let standing = position::standing(review, matter, last);
    let standing = standing
        .values()
        .map(|(id, held)| position(review, id, held));
    let rounds = (1..=last).filter(|_| asked).map(|number| {
        let round = review.records.round(matter, number).map(|(_, round)| round);
        let meeting = round.and_then(|round| round.meeting.as_ref());
        let positions = taken.iter().filter(|(_, held)| held.round == number);
        json!({
            "round": number,
            "consensus": round.and_then(|round| round.consensus),
            "meeting": meeting.map(|id| review.meeting_name(id)),
            "positions": positions.map(|(id, held)| position(review, id, held)).collect::<Value>(),
        })
    });
    json!({
        "round": asked.then_some(last),
        "objections_by": position::deadline(review, matter).map(|day| day.to_string()),
        "standing": standing.collect::<Value>(),
        "yet_to_answer": if asked { position::yet_to_answer(review, matter) } else { Vec::new() },
        "rounds": rounds.collect::<Value>(),
    })
}
