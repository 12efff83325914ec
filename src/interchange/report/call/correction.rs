//! Which version a report is, and what was corrected since the one before.
//!
//! ```text
//! v1 out                      Version 1
//! decision 4 reworded         Version 2, corrections since version 1: decision 4
//! v2 out                      Version 2, corrections since version 1: decision 4
//! Emily marked late           Version 3, corrections since version 2: Emily
//! Emily marked present again  Version 2, corrections since version 1: decision 4
//! ```
//!
//! So the text of a version is the same before and after it goes out, and stays the same until something that it says is changed.

use super::moment::{Local, day, moment};
use super::replay::{Call, Later, net};
use super::{Corrections, Fate, Line, Piece, Words};
use crate::model::call::edits;
use crate::model::change::{Change, Record};
use crate::model::fields::parse_moment;
use crate::model::vocabulary::Field;
use std::collections::BTreeSet;

/// The number of the version that the report is, and what was corrected since the one before it.
pub(super) fn version(call: &Call, local: Local<'_>) -> (u16, Option<Corrections>) {
    let Some((number, last)) = call.sent.last_key_value() else { return (1, None) };
    let since = |from: u16, after: usize, until: usize| {
        let window: Vec<&Later> = call.later.iter().filter(|later| later.place > after && later.place <= until).collect();
        let lines = lines(&window, local);
        let at = call.sent.get(&from).map(|sent| day(local, sent.at).to_string())?;
        (!lines.is_empty()).then(|| Corrections { heading: format!("Corrections since version {from} of {at}"), lines })
    };
    if let Some(corrections) = since(*number, last.place, usize::MAX) {
        return (number.saturating_add(1), Some(corrections));
    }
    let before = call.sent.range(..number).next_back();
    (*number, before.and_then(|(from, sent)| since(*from, sent.place, last.place)))
}

/// What was changed and not changed back, operation by operation.
fn lines(window: &[&Later], local: Local<'_>) -> Vec<Line> {
    let telling = |change: &&Change| !matches!(change.field, Field::At | Field::By | Field::Opened);
    let all = net(window.iter().flat_map(|later| &later.changes).filter(telling));
    let stands: BTreeSet<(&Record, Field)> = all.iter().map(|change| (&change.record, change.field)).collect();
    let lines = window.iter().filter_map(|later| {
        let changes: Vec<&Change> = later.changes.iter().filter(|change| stands.contains(&(&change.record, change.field))).collect();
        if changes.is_empty() {
            return None;
        }
        let gone = later.withdrawn.iter().map(|text| Line::new("text", Vec::new(), diff(text, "")));
        Some(Line {
            below: changes.iter().filter_map(|change| value(change, local)).chain(gone).collect(),
            ..Line::new(moment(local, later.at), vec![later.by.clone()], Words::Prose(later.label.clone()))
        })
    });
    lines.collect()
}

/// One value before and after; nothing for what the report does not print as such.
fn value(change: &Change, local: Local<'_>) -> Option<Line> {
    use Field::{
        About, AgendaItem, At, By, Item, Locked, Matter, Meeting, Member, Minute, Name, Number, Opened, Private, Rank, Round, Since, Used,
        Withdrawn,
    };
    let name = match &change.record {
        Record::Attendance(_, name) => format!("{name}, {}", change.field.label()),
        _ => change.field.label(),
    };
    match change.field {
        Field::Text | Field::Statement | Field::Interest | Field::Reason => {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            Some(Line::new(name, Vec::new(), diff(&text(&change.before), &text(&change.after))))
        }
        At | By | Meeting | Minute | AgendaItem | Number | Name | Matter | Round | Member | Rank | Opened | Private | Withdrawn | Used
        | Item | Since | Locked => None,
        About if change.before.is_none() => None,
        _ => {
            let shown = |value: &Option<String>| match value {
                None => "unset".to_owned(),
                Some(value) => parse_moment(value).map_or_else(|_| value.clone(), |at| moment(local, at)),
            };
            Some(Line::said(name, format!("{} → {}", shown(&change.before), shown(&change.after))))
        }
    }
}

/// A text with the words marked that were removed and added; a report has no use for where its lines were broken.
pub(super) fn diff(before: &str, after: &str) -> Words {
    if before.split_whitespace().eq(after.split_whitespace()) {
        return Words::Prose("only its line breaks".to_owned());
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for run in edits::words(before, after) {
        let fate = match run {
            edits::Words::Same(_) => Fate::Kept,
            edits::Words::Gone(_) => Fate::Removed,
            edits::Words::New(_) => Fate::Added,
        };
        let words: Vec<&str> = run.words().iter().map(String::as_str).filter(|word| *word != "\n").collect();
        match pieces.last_mut() {
            _ if words.is_empty() => {}
            Some(last) if last.fate == fate => last.words = format!("{} {}", last.words, words.join(" ")),
            _ => pieces.push(Piece { fate, words: words.join(" ") }),
        }
    }
    Words::Marked(pieces)
}
