//! The agenda with what was recorded while each item was open, minute by minute.
//!
//! Findings, decisions and action items say themselves under which item they were recorded. Verdicts, questions and answers are what the
//! operations of the call changed while the item was open; what was changed and changed back there is left out.

use super::journal::{Call, ChangeInCall};
use super::recommendation::{VERDICTS, step, verdict_step};
use super::{Line, Section, Words};
use crate::interchange::report::in_parentheses;
use crate::model::ids::{AgendaItemId, Id, QuestionId};
use crate::model::journal::change::{Change, net};
use crate::model::record::action::Action;
use crate::model::record::answer::Answer;
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
use crate::model::record::question::RecordedQuestion;
use crate::model::review::Review;
use crate::model::vocabulary::{QuestionState, Standing};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Something that was recorded.
struct AgendaRecord {
    item: Option<AgendaItemId>,
    minute: u32,
    at: DateTime<Utc>,
    /// Where in the journal it was written.
    place: Option<usize>,
    head: Vec<Option<String>>,
    words: String,
}

/// The items of the agenda in its order; last, what was recorded under none.
pub(super) fn agenda(call: &Call) -> Vec<Section> {
    let mut entries: Vec<AgendaRecord> = findings(call).collect();
    entries.extend(decisions(call));
    entries.extend(actions(call));
    entries.extend(changes(call));
    entries.sort_by_key(|entry| (entry.minute, entry.at, entry.place));
    let mut sections = Vec::new();
    let items = call.review.records.agenda_of(&call.id);
    for (place, (id, item)) in (1_usize..).zip(items) {
        let planned = item.planned.map(|minutes| format!("planned {minutes} min"));
        let used = item.used.map(|seconds| (seconds + 30) / 60);
        let used = used.map(|minutes| format!("took {minutes} min"));
        let times: Vec<String> = planned.into_iter().chain(used).collect();
        let heading = format!("{place}. {}{}", item.title(), in_parentheses(&times));
        let is_under_item = |entry: &AgendaRecord| entry.item.as_ref() == Some(id);
        let (under_item, others) = entries.into_iter().partition(is_under_item);
        sections.push(Section::new(heading, lines(under_item)));
        entries = others;
    }
    if !entries.is_empty() {
        sections.push(Section::new("Under no item", lines(entries)));
    }
    sections
}

fn lines(entries: Vec<AgendaRecord>) -> Vec<Line> {
    let line = |entry: AgendaRecord| {
        let lead = format!("Minute {}", entry.minute);
        Line::new(lead, entry.head, Words::Prose(entry.words))
    };
    entries.into_iter().map(line).collect()
}

/// The findings and notes, those that are private or withdrawn left out.
fn findings(call: &Call) -> impl Iterator<Item = AgendaRecord> {
    call.findings().map(|finding| {
        let noted_by = || format!("noted by {}", finding.by);
        AgendaRecord {
            item: finding.agenda_item.clone(),
            minute: finding.minute.unwrap_or(0),
            at: finding.at,
            place: call.place(Record::Finding(finding.id.clone())),
            head: vec![
                Some(finding.kind.to_string()),
                call.subject(Some(&finding.about)),
                finding.said_by.clone().or_else(|| Some(noted_by())),
            ],
            words: finding.text.clone(),
        }
    })
}

fn decisions(call: &Call) -> impl Iterator<Item = AgendaRecord> {
    call.decisions().map(|(id, decision)| AgendaRecord {
        item: decision.agenda_item.clone(),
        minute: call.minute(decision.minute, decision.at),
        at: decision.at,
        place: call.place(Record::Decision(id.clone())),
        head: vec![
            Some(format!("decision {}", decision.number)),
            call.subject(decision.about.as_ref()),
        ],
        words: decision.text.clone(),
    })
}

fn actions(call: &Call) -> impl Iterator<Item = AgendaRecord> {
    call.actions().map(|(id, action)| AgendaRecord {
        item: action.agenda_item.clone(),
        minute: call.minute(action.minute, action.at),
        at: action.at,
        place: call.place(Record::Action(id.clone())),
        head: vec![
            Some(format!("action item {}", action.number)),
            call.subject(action.about.as_ref()),
            action.owner.clone(),
        ],
        words: action.text.clone(),
    })
}

/// Verdicts, questions and answers, and action items that were done: an entry for all of one recommendation, question, answer or action item.
fn changes(call: &Call) -> Vec<AgendaRecord> {
    let mut groups: BTreeMap<_, Vec<&ChangeInCall>> = BTreeMap::new();
    for made in &call.changes {
        let record = &made.change.record;
        let recommendation = record.recommendation().map(Record::Assessment);
        let subject = recommendation.unwrap_or_else(|| record.clone());
        let group = groups.entry((made.item.clone(), subject)).or_default();
        group.push(made);
    }
    let entries = groups.into_iter().filter_map(|((item, subject), group)| {
        let changes = net(group.iter().map(|made| &made.change));
        let (head, words) = if let Record::Assessment(number) = &subject {
            (vec![Some(format!("Rec {number}"))], verdicts(&changes)?)
        } else if let Record::Question(id) = &subject {
            question(call, id, &changes)?
        } else if let Record::Answer(id) = &subject {
            answer(&call.review, id, &changes)?
        } else if let Record::Action(id) = &subject {
            action(&call.review, id, &changes)?
        } else {
            return None;
        };
        let ChangeInCall { at, place, .. } = group.last()?;
        Some(AgendaRecord {
            item,
            minute: call.meeting.minute(*at),
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
    let assessed = VERDICTS.iter().filter_map(|(field, name)| {
        let is_it = |change: &&Change| {
            change.field == *field
                && matches!(change.record, Record::Assessment(_))
                && !is_first(change)
        };
        let step = verdict_step(changes.iter().find(is_it)?);
        Some(format!("{}: {step}", name.to_lowercase()))
    });
    let mut steps: Vec<String> = assessed.collect();
    for change in changes {
        if let Record::Deliverable(row) = &change.record {
            steps.push(format!("deliverable {row}: {}", verdict_step(change)));
        }
    }
    (!steps.is_empty()).then(|| steps.join("; "))
}

/// What an entry says: its head and its words.
type Text = (Vec<Option<String>>, String);

fn changed(changes: &[Change], field: Field) -> Option<&Change> {
    changes.iter().find(|change| change.field == field)
}

/// A question that was put or moved on.
fn question(call: &Call, id: &QuestionId, changes: &[Change]) -> Option<Text> {
    let question = call.review.questions.by_id(id)?;
    let number = Some(format!("question {}", question.number));
    if changed(changes, RecordedQuestion::TEXT).is_some_and(|change| change.before.is_none()) {
        let is_draft = question.stored == QuestionState::Draft;
        let state = if is_draft { "drafted" } else { "asked" };
        return Some((vec![number, Some(state.to_owned())], question.text.clone()));
    }
    let change = changed(changes, RecordedQuestion::STATE)?;
    let is_recorded = |answer: &&Answer| {
        let record = Record::Answer(answer.id.clone());
        call.changes.iter().any(|made| made.change.record == record)
    };
    // The answer is listed too, and shows that the question is answered.
    let is_answered = change.after.as_deref() == Some(QuestionState::Answered.word());
    if is_answered && call.review.answers_to(id).iter().any(is_recorded) {
        return None;
    }
    Some((vec![number], step(change, QuestionState::Asked.word())))
}

/// An answer that came.
fn answer(review: &Review, id: &Id, changes: &[Change]) -> Option<Text> {
    let answer = review.records.answers.get(id)?;
    changes.iter().find(|change| change.before.is_none())?;
    let question = review.question_label(&answer.question);
    let head = vec![
        Some(format!("answer to question {question}")),
        answer.by.clone(),
    ];
    Some((head, answer.text.clone()))
}

/// An action item that was done.
fn action(review: &Review, id: &Id, changes: &[Change]) -> Option<Text> {
    changed(changes, Action::DONE)?;
    let action = review.records.actions.get(id)?;
    let number = format!("action item {}", action.number);
    let head = vec![Some(number), Some("done".to_owned())];
    let is_done = !action.withdrawn && action.done.is_some();
    is_done.then(|| (head, action.text.clone()))
}
