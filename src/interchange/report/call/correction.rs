//! Which version a report is, and what was corrected since the one before.
//!
//! ```text
//! v1 out                      ReportVersion 1
//! decision 4 reworded         ReportVersion 2, corrections since version 1: decision 4
//! v2 out                      ReportVersion 2, corrections since version 1: decision 4
//! Emily marked late           ReportVersion 3, corrections since version 2: Emily
//! Emily marked present again  ReportVersion 2, corrections since version 1: decision 4
//! ```
//!
//! So the text of a version is the same before and after it goes out, and stays the same until something that it says is changed.
//!
//! If a finding was withdrawn or made private, the corrections say so without quoting it. Nor do they quote what a finding said while it was
//! private.

use super::corrected::Correction;
use super::journal::Call;
use super::moment::{Local, day, moment};
use super::{Fate, Line, Piece, Section, Words};
use crate::model::compare;
use crate::model::edit::about_label;
use crate::model::journal::change::{Change, net};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::attendance::Attendance;
use crate::model::record::decision::Decision;
use crate::model::record::describe::Field;
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::Record;
use crate::model::record::position::Position;
use crate::model::record::question::RecordedQuestion;
use crate::model::record::value::parse_moment;
use crate::model::review::Review;
use std::collections::{BTreeMap, BTreeSet};

/// The number of the version that the report is, and what was corrected since the one before it.
pub(super) fn version(call: &Call, local: Local<'_>) -> (u16, Option<Section>) {
    let Some((number, last)) = call.sent.last_key_value() else {
        return (1, None);
    };
    if let Some(corrections) = since(call, *number, usize::MAX, local) {
        return (number.saturating_add(1), Some(corrections));
    }
    let before = call.sent.range(..number).next_back();
    let corrections = before.and_then(|(from, _)| since(call, *from, last.place, local));
    (*number, corrections)
}

/// What was corrected after a version went out, up to a place in the journal.
fn since(call: &Call, version: u16, until: usize, local: Local<'_>) -> Option<Section> {
    let sent = call.sent.get(&version)?;
    let is_in_window =
        |correction: &&Correction| correction.place > sent.place && correction.place <= until;
    let window: Vec<&Correction> = call.corrections.iter().filter(is_in_window).collect();
    let lines = lines(call, &window, local);
    let day = day(local, sent.at);
    let heading = format!("Corrections since version {version} of {day}");
    (!lines.is_empty()).then(|| Section::in_mail(heading, lines))
}

/// What was changed and not changed back, operation by operation.
fn lines(call: &Call, window: &[&Correction], local: Local<'_>) -> Vec<Line> {
    let changes = window.iter().flat_map(|correction| &correction.changes);
    let net = net(changes.filter(|change| !IGNORED.contains(&change.field)));
    let fields = net.iter().map(|change| (&change.record, change.field));
    let fields: BTreeSet<(&Record, Field)> = fields.collect();
    let stands = |change: &&Change| fields.contains(&(&change.record, change.field));
    // A finding that was removed from the report, or was private at some time, gets one line: at its last change, with the net result.
    let mut once: BTreeMap<&Record, usize> = BTreeMap::new();
    for correction in window {
        for change in correction.changes.iter().filter(stands) {
            if is_reported_once(call, &net, &change.record) {
                once.insert(&change.record, correction.place);
            }
        }
    }
    let lines = window.iter().filter_map(|correction| {
        let is_here = |record: &Record| once.get(record) == Some(&correction.place);
        let own = correction.changes.iter().filter(stands);
        let mut changes: Vec<Change> = own
            .filter(|change| !once.contains_key(&change.record))
            .cloned()
            .collect();
        let present = net
            .iter()
            .filter(|change| is_here(&change.record) && !is_removed(&net, &change.record));
        changes.extend(present.map(|change| without_private_words(call, change)));
        let mut removals: Vec<String> = once
            .keys()
            .filter(|record| is_here(record))
            .filter_map(|record| removal(call, &net, record))
            .collect();
        if changes.is_empty() && removals.is_empty() {
            return None;
        }
        let mut label = correction.label.clone();
        if changes.is_empty() && correction.withdrawn.is_empty() {
            label = std::mem::take(&mut removals).join("; ");
        }
        let (at, by) = (moment(local, correction.at), correction.by.clone());
        let mut line = Line::new(at, [Some(by)], Words::Prose(label));
        let values = changes.iter();
        line.below = values
            .filter_map(|change| value(&call.review, change, local))
            .collect();
        for text in &correction.withdrawn {
            let words = diff(Some(text), None);
            line.below.push(Line::new("text", [], words));
        }
        for removal in removals {
            line.below.push(Line::new(removal, [], Words::None));
        }
        Some(line)
    });
    lines.collect()
}

/// Whether a record is a finding whose single changes must not be quoted, so that only the net result is reported.
fn is_reported_once(call: &Call, net: &[Change], record: &Record) -> bool {
    let Record::Finding(id) = record else {
        return false;
    };
    call.private_notes.contains(id) || is_removed(net, record)
}

/// Whether a finding was removed from the report.
fn is_removed(net: &[Change], record: &Record) -> bool {
    net.iter().any(|change| {
        change.record == *record && change.field == Finding::TEXT && change.after.is_none()
    })
}

/// Says that a finding was withdrawn or made private, without quoting it; if it ever was private, without saying what it was about.
fn removal(call: &Call, net: &[Change], record: &Record) -> Option<String> {
    let Record::Finding(id) = record else {
        return None;
    };
    if !is_removed(net, record) {
        return None;
    }
    let before = |field: Field| {
        let is_wanted = |change: &&Change| change.record == *record && change.field == field;
        net.iter().find(is_wanted)?.before.clone()
    };
    let kind = before(Finding::KIND).unwrap_or_else(|| "finding".to_owned());
    let finding = call.review.records.findings.get(id);
    if finding.is_some_and(|finding| finding.private) {
        return Some(format!("A {kind} was made private"));
    }
    let about = before(Finding::ABOUT)
        .filter(|_| !call.private_notes.contains(id))
        .and_then(|about| about.parse::<About>().ok());
    let on = about.map_or_else(String::new, |about| {
        format!(" on {}", about_label(&call.review, &about))
    });
    Some(format!("A {kind}{on} was withdrawn"))
}

/// The change without its value before, if the finding had that value while it was private.
fn without_private_words(call: &Call, change: &Change) -> Change {
    let mut change = change.clone();
    if let Record::Finding(id) = &change.record {
        let is_public = |words: &String| !call.private_notes.was_private_text(id, words);
        change.before = change.before.filter(is_public);
    }
    change
}

/// The fields of which no correction makes a line.
const IGNORED: [Field; 3] = [Finding::AT, Finding::BY, AgendaItem::OPENED];

/// The fields of which a correction has a line that only says what was done.
const UNPRINTED: [Field; 11] = [
    Finding::MEETING,
    Finding::MINUTE,
    Finding::AGENDA_ITEM,
    Finding::PRIVATE,
    Finding::WITHDRAWN,
    Decision::NUMBER,
    Position::MATTER,
    Position::ROUND,
    Position::MEMBER,
    AgendaItem::RANK,
    AgendaItem::USED,
];

/// One value before and after; nothing for what the report does not print as such.
fn value(review: &Review, change: &Change, local: Local<'_>) -> Option<Line> {
    let field = change.field;
    let mut name = field.label();
    if let Record::Attendance((_, attendee)) = &change.record {
        name = format!("{attendee}, {name}");
    }
    if matches!(
        field,
        Finding::TEXT | Position::STATEMENT | Attendance::INTEREST | RecordedQuestion::REASON
    ) {
        let words = diff(change.before.as_deref(), change.after.as_deref());
        return Some(Line::new(name, [], words));
    }
    if UNPRINTED.contains(&field) || field == Finding::ABOUT && change.before.is_none() {
        return None;
    }
    let description = change.record.kind().map(|kind| kind.description());
    let known = description.and_then(|description| description.field(field.word()));
    let shown = |value: &Option<String>| match (value, known) {
        (None, _) => "unset".to_owned(),
        (Some(value), known) => match (parse_moment(value), known) {
            (Ok(at), _) => moment(local, at),
            (Err(_), Some(known)) => review.written(known, value),
            (Err(_), None) => value.clone(),
        },
    };
    let step = format!("{} → {}", shown(&change.before), shown(&change.after));
    Some(Line::plain(name, step))
}

/// A text with the words marked that were removed and added; a report has no use for where its lines were broken.
pub(super) fn diff(before: Option<&str>, after: Option<&str>) -> Words {
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    if before.split_whitespace().eq(after.split_whitespace()) {
        return Words::Prose("only its line breaks".to_owned());
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for run in compare::words(before, after) {
        let fate = match run {
            compare::Words::Same(_) => Fate::Kept,
            compare::Words::Gone(_) => Fate::Removed,
            compare::Words::New(_) => Fate::Added,
        };
        let words = run.words().iter().filter(|word| *word != "\n");
        let words = words.cloned().collect::<Vec<_>>().join(" ");
        match pieces.last_mut() {
            _ if words.is_empty() => {}
            Some(last) if last.fate == fate => last.words = format!("{} {words}", last.words),
            _ => pieces.push(Piece { fate, words }),
        }
    }
    Words::Marked(pieces)
}
