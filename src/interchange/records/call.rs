//! The records of an export of meetings, and their keys.
//!
//! Decisions, action items, positions and rounds are things of their own: they are numbered through across all meetings and outlive them, so
//! they stand beside the meetings, each naming its own, and one recorded outside any meeting is no exception. Below a meeting stands
//! what is nothing without it: agenda, queue, roll call, the reports that went out, and the findings about it. A meeting that a source tells of
//! is quoted, and here only to bear the findings of the team.
//!
//! Agenda and queue are in their order, which the place in the list says; what was withdrawn is here and says so, since its number is taken
//! and positions may be on it. Findings are here as in all exports: none that was withdrawn, and private ones of the asker's own if asked for.
//! A report version that contains a finding which has been made private since is exported without its text.
//! What makes no sense where a record stands now, such as the open item of a call that does not run, is left out, since no file may say it.

use super::{Scope, finding};
use crate::interchange::document::{Document, Node, Section, Table};
use crate::model::call::meeting::{Attendance, Meeting, Queued, TEXT_NOT_IN_FILE, Version};
use crate::model::call::position::{Matter, Position, Round};
use crate::model::call::register::{Action, Decision, Due};
use crate::model::change::Record;
use crate::model::finding::About;
use crate::model::ids::{Id, MeetingId};
use crate::model::review::Review;
use crate::model::vocabulary::{Consensus, MeetingKind, Outcome, Presence};
use std::collections::{BTreeMap, BTreeSet};

impl Scope<'_> {
    /// `export meetings`: the team's own meetings, the findings on all meetings, and all decisions, action items, positions and rounds.
    pub fn meetings(self) -> Document {
        let (review, calls) = (self.review, &self.review.calls);
        let mut held: BTreeSet<Record> = calls.records().collect();
        let mut on: BTreeMap<&MeetingId, Vec<Table>> =
            calls.meetings.keys().map(|id| (id, Vec::new())).collect();
        for found in self.shown(|f| matches!(f.about, About::Meeting(_))) {
            if let About::Meeting(id) = &found.about {
                held.insert(Record::Finding(found.id.clone()));
                on.entry(id).or_default().push(finding(found, None));
            }
        }
        let mut meetings: Vec<(&MeetingId, Vec<Table>)> = on.into_iter().collect();
        meetings.sort_by_key(|(id, _)| place(id));
        let private_notes = self.private_notes();
        let may_read = |id: &MeetingId, version: u16| {
            private_notes.may_read_report(&Record::Report(id.clone(), version), self.asker())
        };
        let meetings = meetings.into_iter().map(|(id, findings)| {
            let own = |held: &Meeting| meeting(review, id, held, &|version| may_read(id, version));
            let table = calls
                .meetings
                .get(id)
                .map_or_else(|| Table::default().with("id", id.as_str()), own);
            table.with("findings", findings)
        });
        let mut decisions: Vec<(&Id, &Decision)> = calls.decisions.iter().collect();
        decisions.sort_by_key(|(id, held)| (held.number, held.at, (*id).clone()));
        let mut actions: Vec<(&Id, &Action)> = calls.actions.iter().collect();
        actions.sort_by_key(|(id, held)| (held.number, held.at, (*id).clone()));
        let mut positions: Vec<(&Id, &Position)> = calls.positions.iter().collect();
        positions.sort_by_key(|(id, held)| {
            (
                matter(review, &held.matter),
                held.round,
                held.at,
                (*id).clone(),
            )
        });
        let mut rounds: Vec<(&(Matter, u16), &Round)> = calls.rounds.iter().collect();
        rounds.sort_by_key(|((on, number), _)| (matter(review, on), *number));
        let sections = vec![
            Section {
                key: "meeting",
                records: meetings.collect(),
            },
            Section {
                key: "decision",
                records: decisions
                    .into_iter()
                    .map(|(id, held)| decision(id, held))
                    .collect(),
            },
            Section {
                key: "action",
                records: actions
                    .into_iter()
                    .map(|(id, held)| action(id, held))
                    .collect(),
            },
            Section {
                key: "position",
                records: positions
                    .into_iter()
                    .map(|(id, held)| position(id, held))
                    .collect(),
            },
            Section {
                key: "round",
                records: rounds
                    .into_iter()
                    .map(|((on, number), held)| round(on, *number, held))
                    .collect(),
            },
        ];
        self.document("meetings", self.newest(&held), sections)
    }
}

/// What orders meetings: the kind that the id names, then its number as a number.
pub fn place(id: &MeetingId) -> (String, u64, String) {
    let whole = id.as_str();
    let kind = whole.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = whole
        .get(kind.len()..)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0);
    (kind.to_owned(), number, whole.to_owned())
}

/// What orders matters: recommendations first, then decisions by number.
fn matter<'a>(review: &Review, on: &'a Matter) -> (u32, &'a Matter) {
    match on {
        Matter::Assessment(_) => (0, on),
        Matter::Decision(id) => (
            review
                .calls
                .decisions
                .get(id)
                .map_or(u32::MAX, |held| held.number),
            on,
        ),
    }
}

fn meeting(
    review: &Review,
    id: &MeetingId,
    held: &Meeting,
    may_read: &dyn Fn(u16) -> bool,
) -> Table {
    let calls = &review.calls;
    let agenda = calls.agenda_of(id).into_iter().map(|(item, held)| {
        Table::default()
            .with("item", item)
            .with("text", held.text.as_str())
            .with("planned", held.planned)
            .with("used", held.used.map(seconds))
            .with("opened", held.opened)
    });
    let queue = calls
        .queue_of(id)
        .into_iter()
        .map(|(number, held)| queued(number.0, held));
    let roll = calls.roll_of(id).map(|(name, held)| attendance(name, held));
    let reports = calls
        .reports_of(id)
        .map(|(number, held)| report(number, held, may_read(number)));
    Table::default()
        .with("id", id.as_str())
        .with("number", held.number)
        .with("kind", held.kind.map(MeetingKind::word))
        .with("title", held.title.as_deref())
        .with("place", held.place.as_deref())
        .with("date", held.date)
        .with("facilitator", held.facilitator.as_deref())
        .with("started", held.started)
        .with("ended", held.ended)
        .with("paused", held.paused.filter(|_| held.is_running()))
        .with("item", held.item.filter(|_| held.is_running()))
        .with("since", held.since.filter(|_| held.is_running()))
        .with("agenda", Node::Tables(agenda.collect()))
        .with("queue", Node::Tables(queue.collect()))
        .with("roll", Node::Tables(roll.collect()))
        .with("reports", Node::Tables(reports.collect()))
}

fn seconds(used: u64) -> Node {
    Node::Number(i64::try_from(used).unwrap_or(i64::MAX))
}

fn queued(number: u16, held: &Queued) -> Table {
    let reason = held.reason.as_deref().filter(|_| held.outcome.is_some());
    Table::default()
        .with("recommendation", number)
        .with("outcome", held.outcome.map(Outcome::word))
        .with("reason", reason)
}

fn attendance(name: &str, held: &Attendance) -> Table {
    Table::default()
        .with("name", name)
        .with("presence", held.presence.map(Presence::word))
        .with("at", held.at)
        .with("interest", held.interest.as_deref())
}

fn report(number: u16, held: &Version, may_read: bool) -> Table {
    let text = Some(held.text.clone()).filter(|text| may_read && text != TEXT_NOT_IN_FILE);
    Table::default()
        .with("version", number)
        .with("at", held.at)
        .with("by", held.by.as_str())
        .with("locked", held.locked.then_some(true))
        .with("text", text.map_or(Node::Unset, Node::Prose))
}

/// A decision's keys.
fn decision(id: &Id, held: &Decision) -> Table {
    Table::default()
        .with("id", id.as_str())
        .with("number", held.number)
        .with("about", held.about.as_ref().map(About::to_string))
        .with("at", held.at)
        .with("by", held.by.as_str())
        .with("said_by", held.said_by.as_deref())
        .with("meeting", held.meeting.as_ref().map(MeetingId::as_str))
        .with("minute", held.minute)
        .with("agenda_item", held.item)
        .with("consensus", held.consensus.map(Consensus::word))
        .with("objections_by", held.objections_by)
        .with("withdrawn", held.withdrawn.then_some(true))
        .with("text", held.text.as_str())
}

fn action(id: &Id, held: &Action) -> Table {
    let due = held.due.map(|due| match due {
        Due::Day(day) => Node::Day(day),
        Due::NextCall => Node::Text(due.to_string()),
    });
    Table::default()
        .with("id", id.as_str())
        .with("number", held.number)
        .with("category", held.category.as_deref())
        .with("owner", held.owner.as_deref())
        .with("requested", held.requested)
        .with("due", due.unwrap_or(Node::Unset))
        .with("done", held.done)
        .with("about", held.about.as_ref().map(About::to_string))
        .with("at", held.at)
        .with("by", held.by.as_str())
        .with("meeting", held.meeting.as_ref().map(MeetingId::as_str))
        .with("minute", held.minute)
        .with("agenda_item", held.item)
        .with("withdrawn", held.withdrawn.then_some(true))
        .with("text", held.text.as_str())
        .with("progress", held.progress.as_deref())
        .with("response", held.response.as_deref())
}

fn position(id: &Id, held: &Position) -> Table {
    Table::default()
        .with("id", id.as_str())
        .with("matter", held.matter.to_string())
        .with("round", held.round)
        .with("member", held.member.as_str())
        .with("position", held.stance.word())
        .with("at", held.at)
        .with("by", held.by.as_str())
        .with("meeting", held.meeting.as_ref().map(MeetingId::as_str))
        .with("minute", held.minute)
        .with("text", held.text.as_deref())
        .with("statement", held.statement.as_deref())
}

fn round(on: &Matter, number: u16, held: &Round) -> Table {
    Table::default()
        .with("matter", on.to_string())
        .with("round", number)
        .with("at", held.at)
        .with("by", held.by.as_str())
        .with("meeting", held.meeting.as_ref().map(MeetingId::as_str))
        .with("consensus", held.consensus.map(Consensus::word))
}
