//! The agenda with what was recorded while each item was open, minute by minute.
//!
//! Findings, decisions and action items say themselves under which item they were recorded. Verdicts, questions and answers are what the
//! operations of the call changed while the item was open; what was changed and changed back there is not told.

use super::journal::{Call, ChangeInCall};
use super::recommendation::{TOLD, step};
use super::{Line, Topic, Words};
use crate::model::edit::about_label;
use crate::model::ids::{AgendaItemId, MeetingId, QuestionId};
use crate::model::journal::change::{Change, net};
use crate::model::record::action::Action;
use crate::model::record::describe::Field;
use crate::model::record::finding::About;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::question::RecordedQuestion;
use crate::model::review::Review;
use crate::model::vocabulary::{QuestionState, Standing};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Something that was recorded.
struct Entry {
    item: Option<AgendaItemId>,
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
    let items = review.records.agenda_of(id);
    let mut entries = said(call, id);
    entries.extend(decided(call, id, meeting));
    entries.extend(done(call, meeting));
    entries.sort_by_key(|entry| (entry.minute, entry.at, entry.place));
    let lines = |of: &dyn Fn(Option<&AgendaItemId>) -> bool| {
        entries
            .iter()
            .filter(|entry| of(entry.item.as_ref()))
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
            heading: format!("{place}. {}{times}", held.title()),
            lines: lines(&|of| of == Some(item)),
        });
    }
    let without = lines(&|of| !items.iter().any(|(item, _)| of == Some(item)));
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
        .records
        .findings
        .values()
        .filter(|held| held.meeting.as_ref() == Some(id) && !held.private && !held.withdrawn);
    shown
        .map(|held| {
            let who = held
                .said_by
                .clone()
                .unwrap_or_else(|| format!("noted by {}", held.by));
            let about = about(&call.review, Some(&held.about));
            Entry {
                item: held.agenda_item.clone(),
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

fn about(review: &Review, about: Option<&About>) -> Option<String> {
    about
        .filter(|about| !matches!(about, About::Meeting(_)))
        .map(|about| about_label(review, about))
}

fn decided(call: &Call, id: &MeetingId, meeting: &Meeting) -> Vec<Entry> {
    let decisions = call
        .review
        .records
        .decisions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() == Some(id))
        .map(|(key, held)| Entry {
            item: held.agenda_item.clone(),
            minute: held.minute.unwrap_or_else(|| meeting.minute(held.at)),
            at: held.at,
            place: call.written.get(&Record::Decision(key.clone())).copied(),
            head: [
                Some(format!("decision {}", held.number)),
                about(&call.review, held.about.as_ref()),
            ]
            .into_iter()
            .flatten()
            .collect(),
            words: held.text.clone(),
        });
    let actions = call
        .review
        .records
        .actions()
        .into_iter()
        .filter(|(_, held)| held.meeting.as_ref() == Some(id))
        .map(|(key, held)| Entry {
            item: held.agenda_item.clone(),
            minute: held.minute.unwrap_or_else(|| meeting.minute(held.at)),
            at: held.at,
            place: call.written.get(&Record::Action(key.clone())).copied(),
            head: [
                Some(format!("action item {}", held.number)),
                about(&call.review, held.about.as_ref()),
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
    let mut groups: BTreeMap<(Option<AgendaItemId>, Subject), Vec<&ChangeInCall>> = BTreeMap::new();
    for made in &call.changes {
        let record = &made.change.record;
        let subject = record
            .recommendation()
            .map_or_else(|| Subject::Record(record.clone()), Subject::Recommendation);
        groups
            .entry((made.item.clone(), subject))
            .or_default()
            .push(made);
    }
    let answers = call
        .changes
        .iter()
        .filter_map(|made| match &made.change.record {
            Record::Answer(id) => call
                .review
                .records
                .answers
                .get(id)
                .map(|answer| answer.question.clone()),
            _ => None,
        });
    let answered: BTreeSet<QuestionId> = answers.collect();
    let entries = groups.into_iter().filter_map(|((item, subject), group)| {
        let changes = net(group.iter().map(|made| &made.change));
        let (head, words) = match &subject {
            Subject::Recommendation(number) => (vec![format!("Rec {number}")], verdicts(&changes)?),
            Subject::Record(record) => told(&call.review, record, &changes, &answered)?,
        };
        let ChangeInCall { at, place, .. } = group.last()?;
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
    answered: &BTreeSet<QuestionId>,
) -> Option<(Vec<String>, String)> {
    let changed = |field: Field| changes.iter().find(|change| change.field == field);
    match record {
        Record::Question(id) => {
            let question = review.questions.by_id(id)?;
            let number = question.number;
            if changed(RecordedQuestion::TEXT).is_some_and(|change| change.before.is_none()) {
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
            let change = changed(RecordedQuestion::STATE)?;
            // That it is answered goes without saying where the answer stands beside it.
            if change.after.as_deref() == Some(QuestionState::Answered.word())
                && answered.contains(id)
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
                .records
                .answers
                .get(id)
                .filter(|_| changes.iter().any(|change| change.before.is_none()))?;
            let head = [
                Some(format!(
                    "answer to question {}",
                    review.question_label(&answer.question)
                )),
                answer.by.clone(),
            ];
            Some((head.into_iter().flatten().collect(), answer.text.clone()))
        }
        Record::Action(id) => {
            let held = review
                .records
                .actions
                .get(id)
                .filter(|held| !held.withdrawn && held.done.is_some())?;
            changed(Action::DONE)?;
            Some((
                vec![format!("action item {}", held.number), "done".to_owned()],
                held.text.clone(),
            ))
        }
        _ => None,
    }
}
