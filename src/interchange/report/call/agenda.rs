//! The agenda with what was recorded while each item was open, minute by minute.
//!
//! Findings, decisions and action items say themselves under which item they were recorded. Verdicts, questions and answers are what the
//! operations of the call changed while the item was open; what was changed and changed back there is not told.

use super::recommendation::{TOLD, step};
use super::replay::{Call, Deed, net};
use super::{Line, Topic, Words};
use crate::model::call::meeting::Meeting;
use crate::model::change::{Change, Record};
use crate::model::edit::about_label;
use crate::model::finding::About;
use crate::model::ids::{MeetingId, QuestionNumber};
use crate::model::review::Review;
use crate::model::vocabulary::{Field, QuestionState, Standing};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Something that was recorded.
struct Entry {
    item: Option<u16>,
    minute: u32,
    at: DateTime<Utc>,
    /// Where in the journal it was written.
    place: Option<usize>,
    head: Vec<String>,
    words: String,
}

/// The items of the agenda in its order; last, what was recorded under none.
pub(super) fn agenda(call: &Call, id: &MeetingId, meeting: &Meeting) -> Vec<Topic> {
    let review = &call.review;
    let items = review.calls.agenda_of(id);
    let mut entries = said(call, id);
    entries.extend(decided(call, id, meeting));
    entries.extend(done(call, meeting));
    entries.sort_by_key(|entry| (entry.minute, entry.at, entry.place));
    let lines = |of: &dyn Fn(Option<u16>) -> bool| {
        entries
            .iter()
            .filter(|entry| of(entry.item))
            .map(line)
            .collect::<Vec<_>>()
    };
    let mut topics: Vec<Topic> = Vec::new();
    for (place, (item, held)) in (1_usize..).zip(&items) {
        let planned = held.planned.map(|minutes| format!("planned {minutes} min"));
        let used = held
            .used
            .map(|seconds| format!("took {} min", (seconds + 30) / 60));
        let times: Vec<String> = planned.into_iter().chain(used).collect();
        let times = if times.is_empty() {
            String::new()
        } else {
            format!(" ({})", times.join(", "))
        };
        topics.push(Topic {
            heading: format!("{place}. {}{times}", held.text),
            lines: lines(&|of| of == Some(*item)),
        });
    }
    let without = lines(&|of| !items.iter().any(|(item, _)| of == Some(*item)));
    if !without.is_empty() {
        topics.push(Topic {
            heading: "Under no item".to_owned(),
            lines: without,
        });
    }
    topics
}

fn line(entry: &Entry) -> Line {
    Line::new(
        format!("Minute {}", entry.minute),
        entry.head.clone(),
        Words::Prose(entry.words.clone()),
    )
}

/// The findings and notes, those that are private or withdrawn left out.
fn said(call: &Call, id: &MeetingId) -> Vec<Entry> {
    let shown = call
        .review
        .findings
        .values()
        .filter(|held| held.meeting.as_ref() == Some(id) && !held.private && !held.withdrawn);
    shown
        .map(|held| {
            let who = held
                .said_by
                .clone()
                .unwrap_or_else(|| format!("noted by {}", held.by));
            let about = about(Some(&held.about));
            Entry {
                item: held.agenda_item.as_ref().and_then(|item| item.parse().ok()),
                minute: held.minute.unwrap_or(0),
                at: held.at,
                place: call.written.get(&Record::Finding(held.id.clone())).copied(),
                head: [Some(held.kind.to_string()), about, Some(who)]
                    .into_iter()
                    .flatten()
                    .collect(),
                words: held.text.clone(),
            }
        })
        .collect()
}

fn about(about: Option<&About>) -> Option<String> {
    about
        .filter(|about| !matches!(about, About::Meeting(_)))
        .map(about_label)
}

fn decided(call: &Call, id: &MeetingId, meeting: &Meeting) -> Vec<Entry> {
    let decisions = call
        .review
        .calls
        .decisions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() == Some(id))
        .map(|(key, held)| Entry {
            item: held.item,
            minute: held.minute.unwrap_or_else(|| meeting.minute(held.at)),
            at: held.at,
            place: call.written.get(&Record::Decision(key.clone())).copied(),
            head: [
                Some(format!("decision {}", held.number)),
                about(held.about.as_ref()),
            ]
            .into_iter()
            .flatten()
            .collect(),
            words: held.text.clone(),
        });
    let actions = call
        .review
        .calls
        .actions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() == Some(id))
        .map(|(key, held)| Entry {
            item: held.item,
            minute: held.minute.unwrap_or_else(|| meeting.minute(held.at)),
            at: held.at,
            place: call.written.get(&Record::Action(key.clone())).copied(),
            head: [
                Some(format!("action item {}", held.number)),
                about(held.about.as_ref()),
                held.owner.clone(),
            ]
            .into_iter()
            .flatten()
            .collect(),
            words: held.text.clone(),
        });
    decisions.chain(actions).collect()
}

/// What is told together: all of one recommendation, question, answer or action item.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Recommendation(crate::model::ids::RecommendationNumber),
    Record(Record),
}

/// Verdicts, questions and answers, and action items that were done.
fn done(call: &Call, meeting: &Meeting) -> Vec<Entry> {
    let mut groups: BTreeMap<(Option<u16>, Subject), Vec<&Deed>> = BTreeMap::new();
    for deed in &call.deeds {
        let record = &deed.change.record;
        let subject = record
            .recommendation()
            .map_or_else(|| Subject::Record(record.clone()), Subject::Recommendation);
        groups.entry((deed.item, subject)).or_default().push(deed);
    }
    let answers = call
        .deeds
        .iter()
        .filter_map(|deed| match &deed.change.record {
            Record::Answer(id) => call.review.answers.get(id).map(|answer| answer.question),
            _ => None,
        });
    let answered: BTreeSet<QuestionNumber> = answers.collect();
    let entries = groups.into_iter().filter_map(|((item, subject), deeds)| {
        let changes = net(deeds.iter().map(|deed| &deed.change));
        let (head, words) = match &subject {
            Subject::Recommendation(number) => (vec![format!("Rec {number}")], verdicts(&changes)?),
            Subject::Record(record) => told(&call.review, record, &changes, &answered)?,
        };
        let Deed { at, place, .. } = deeds.last()?;
        Some(Entry {
            item,
            minute: meeting.minute(*at),
            at: *at,
            place: Some(*place),
            head,
            words,
        })
    });
    entries.collect()
}

/// `implementation: not assessed → partially implemented`; that a first entry is a draft goes without saying.
fn verdicts(changes: &[Change]) -> Option<String> {
    let is_first = |change: &Change| {
        change.before.is_none() && change.after.as_deref() == Some(Standing::Draft.word())
    };
    let assessed = TOLD.iter().filter_map(|(field, name)| {
        let is_it = |change: &&Change| {
            change.field == *field
                && matches!(change.record, Record::Assessment(_))
                && !is_first(change)
        };
        Some(format!(
            "{}: {}",
            name.to_lowercase(),
            step(changes.iter().find(is_it)?)
        ))
    });
    let parts = changes.iter().filter_map(|change| match &change.record {
        Record::Deliverable(row) => Some(format!("deliverable {row}: {}", step(change))),
        _ => None,
    });
    let told: Vec<String> = assessed.chain(parts).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// A question that was put or moved on, an answer that came, an action item that was done.
fn told(
    review: &Review,
    record: &Record,
    changes: &[Change],
    answered: &BTreeSet<QuestionNumber>,
) -> Option<(Vec<String>, String)> {
    let changed = |field: Field| changes.iter().find(|change| change.field == field);
    match record {
        Record::Question(number) => {
            let question = review.questions.get(*number)?;
            if changed(Field::Text).is_some_and(|change| change.before.is_none()) {
                let state = if question.stored == QuestionState::Draft {
                    "drafted"
                } else {
                    "asked"
                };
                return Some((
                    vec![format!("question {number}"), state.to_owned()],
                    question.text.clone(),
                ));
            }
            let change = changed(Field::State)?;
            // That it is answered goes without saying where the answer stands beside it.
            if change.after.as_deref() == Some(QuestionState::Answered.word())
                && answered.contains(number)
            {
                return None;
            }
            let state = |value: &Option<String>| {
                value
                    .clone()
                    .unwrap_or_else(|| QuestionState::Asked.to_string())
            };
            Some((
                vec![format!("question {number}")],
                format!("{} → {}", state(&change.before), state(&change.after)),
            ))
        }
        Record::Answer(id) => {
            let answer = review
                .answers
                .get(id)
                .filter(|_| changes.iter().any(|change| change.before.is_none()))?;
            let head = [
                Some(format!("answer to question {}", answer.question)),
                answer.by.clone(),
            ];
            Some((head.into_iter().flatten().collect(), answer.text.clone()))
        }
        Record::Action(id) => {
            let held = review
                .calls
                .actions
                .get(id)
                .filter(|held| !held.withdrawn && held.done.is_some())?;
            changed(Field::Done)?;
            Some((
                vec![format!("action item {}", held.number), "done".to_owned()],
                held.text.clone(),
            ))
        }
        _ => None,
    }
}
