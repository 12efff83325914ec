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
use super::{Corrections, Fate, Line, Piece, Words};
use crate::model::compare;
use crate::model::edit::about_label;
use crate::model::journal::change::{Change, net};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::attendance::Attendance;
use crate::model::record::decision::Decision;
use crate::model::record::describe::Field;
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::position::Position;
use crate::model::record::question::RecordedQuestion;
use crate::model::record::report_version::ReportVersion;
use crate::model::record::value::parse_moment;
use crate::model::review::Review;
use std::collections::{BTreeMap, BTreeSet};

/// The number of the version that the report is, and what was corrected since the one before it.
pub(super) fn version(call: &Call, local: Local<'_>) -> (u16, Option<Corrections>) {
    let Some((number, last)) = call.sent.last_key_value() else {
        return (1, None);
    };
    let since = |from: u16, after: usize, until: usize| {
        let window: Vec<&Correction> = call
            .corrections
            .iter()
            .filter(|correction| correction.place > after && correction.place <= until)
            .collect();
        let lines = lines(call, &window, local);
        let at = call
            .sent
            .get(&from)
            .map(|sent| day(local, sent.at).to_string())?;
        (!lines.is_empty()).then(|| Corrections {
            heading: format!("Corrections since version {from} of {at}"),
            lines,
        })
    };
    if let Some(corrections) = since(*number, last.place, usize::MAX) {
        return (number.saturating_add(1), Some(corrections));
    }
    let before = call.sent.range(..number).next_back();
    (
        *number,
        before.and_then(|(from, sent)| since(*from, sent.place, last.place)),
    )
}

/// What was changed and not changed back, operation by operation.
fn lines(call: &Call, window: &[&Correction], local: Local<'_>) -> Vec<Line> {
    let telling =
        |change: &&Change| !matches!(change.field, Finding::AT | Finding::BY | AgendaItem::OPENED);
    let all = net(window
        .iter()
        .flat_map(|correction| &correction.changes)
        .filter(telling));
    let stands: BTreeSet<(&Record, Field)> = all
        .iter()
        .map(|change| (&change.record, change.field))
        .collect();
    // A finding that was removed from the report, or was private at some time, gets one line: at its last change, with the net result.
    let once = all
        .iter()
        .map(|change| &change.record)
        .filter(|record| is_reported_once(call, &all, record));
    let once: BTreeMap<&Record, usize> = once
        .filter_map(|record| Some((record, last_change(window, record, &stands)?)))
        .collect();
    let lines = window.iter().filter_map(|correction| {
        let here = |change: &&Change| {
            stands.contains(&(&change.record, change.field))
                && once
                    .get(&change.record)
                    .is_none_or(|place| *place == correction.place)
        };
        let changes: Vec<&Change> = correction.changes.iter().filter(here).collect();
        let (own, others): (Vec<&Change>, Vec<&Change>) = changes
            .into_iter()
            .partition(|change| !once.contains_key(&change.record));
        if own.is_empty() && others.is_empty() {
            return None;
        }
        let once: BTreeSet<&Record> = others.iter().map(|change| &change.record).collect();
        let removed: Vec<String> = once
            .iter()
            .filter_map(|record| removal(call, &all, record))
            .collect();
        let present = all
            .iter()
            .filter(|change| once.contains(&change.record) && !is_removed(&all, &change.record));
        let present: Vec<Change> = present
            .map(|change| without_private_words(call, change))
            .collect();
        let is_only_removal =
            own.is_empty() && present.is_empty() && correction.withdrawn.is_empty();
        let gone = correction
            .withdrawn
            .iter()
            .map(|text| Line::new("text", Vec::new(), diff(text, "")));
        let mut below: Vec<Line> = own
            .into_iter()
            .chain(&present)
            .filter_map(|change| value(&call.review, change, local))
            .chain(gone)
            .collect();
        let label = if is_only_removal {
            removed.join("; ")
        } else {
            correction.label.clone()
        };
        below.extend(
            removed
                .into_iter()
                .filter(|_| !is_only_removal)
                .map(|told| Line::new(told, Vec::new(), Words::None)),
        );
        Some(Line {
            below,
            ..Line::new(
                moment(local, correction.at),
                vec![correction.by.clone()],
                Words::Prose(label),
            )
        })
    });
    lines.collect()
}

/// Whether a record is a finding whose single changes must not be quoted, so that only the net result is reported.
fn is_reported_once(call: &Call, all: &[Change], record: &Record) -> bool {
    match record {
        Record::Finding(id) => call.private_notes.contains(id) || is_removed(all, record),
        _ => false,
    }
}

/// Whether a finding was removed from the report.
fn is_removed(all: &[Change], record: &Record) -> bool {
    all.iter().any(|change| {
        change.record == *record && change.field == Finding::TEXT && change.after.is_none()
    })
}

/// The place in the journal at which a record was last changed in a window.
fn last_change(
    window: &[&Correction],
    record: &Record,
    stands: &BTreeSet<(&Record, Field)>,
) -> Option<usize> {
    let touches = |correction: &&&Correction| {
        correction
            .changes
            .iter()
            .any(|change| change.record == *record && stands.contains(&(record, change.field)))
    };
    window
        .iter()
        .rev()
        .find(touches)
        .map(|correction| correction.place)
}

/// Says that a finding was withdrawn or made private, without quoting it; if it ever was private, without saying what it was about.
fn removal(call: &Call, all: &[Change], record: &Record) -> Option<String> {
    let Record::Finding(id) = record else {
        return None;
    };
    let before = |field: Field| {
        all.iter()
            .find(|change| change.record == *record && change.field == field)?
            .before
            .clone()
    };
    before(Finding::TEXT).filter(|_| is_removed(all, record))?;
    let kind = before(Finding::KIND).unwrap_or_else(|| "finding".to_owned());
    if call
        .review
        .records
        .findings
        .get(id)
        .is_some_and(|finding| finding.private)
    {
        return Some(format!("A {kind} was made private"));
    }
    let about = before(Finding::ABOUT)
        .and_then(|about| about.parse::<About>().ok())
        .filter(|_| !call.private_notes.contains(id));
    let on = about.map_or_else(String::new, |about| {
        format!(" on {}", about_label(&call.review, &about))
    });
    Some(format!("A {kind}{on} was withdrawn"))
}

/// The change without its value before, if the finding had that value while it was private.
fn without_private_words(call: &Call, change: &Change) -> Change {
    let is_private = |words: &String| matches!(&change.record, Record::Finding(id) if call.private_notes.was_private_text(id, words));
    Change {
        before: change.before.clone().filter(|words| !is_private(words)),
        ..change.clone()
    }
}

/// The fields that a report does not print when they are corrected.
const UNPRINTED: [Field; 18] = [
    Finding::AT,
    Finding::BY,
    Finding::MEETING,
    Finding::MINUTE,
    Finding::AGENDA_ITEM,
    Finding::PRIVATE,
    Finding::WITHDRAWN,
    Decision::NUMBER,
    Meeting::NAME,
    Meeting::ITEM,
    Meeting::SINCE,
    Position::MATTER,
    Position::ROUND,
    Position::MEMBER,
    AgendaItem::RANK,
    AgendaItem::OPENED,
    AgendaItem::USED,
    ReportVersion::LOCKED,
];

/// One value before and after; nothing for what the report does not print as such.
fn value(review: &Review, change: &Change, local: Local<'_>) -> Option<Line> {
    let name = match &change.record {
        Record::Attendance((_, name)) => format!("{name}, {}", change.field.label()),
        _ => change.field.label(),
    };
    match change.field {
        Finding::TEXT | Position::STATEMENT | Attendance::INTEREST | RecordedQuestion::REASON => {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            Some(Line::new(
                name,
                Vec::new(),
                diff(&text(&change.before), &text(&change.after)),
            ))
        }
        field if UNPRINTED.contains(&field) => None,
        Finding::ABOUT if change.before.is_none() => None,
        _ => {
            let known = change.record.kind().map(|kind| kind.description());
            let known = known.and_then(|known| known.field(change.field.word()));
            let written = |value: &String| {
                known.map_or_else(|| value.clone(), |known| review.written(known, value))
            };
            let shown = |value: &Option<String>| match value {
                None => "unset".to_owned(),
                Some(value) => {
                    parse_moment(value).map_or_else(|_| written(value), |at| moment(local, at))
                }
            };
            Some(Line::said(
                name,
                format!("{} → {}", shown(&change.before), shown(&change.after)),
            ))
        }
    }
}

/// A text with the words marked that were removed and added; a report has no use for where its lines were broken.
pub(super) fn diff(before: &str, after: &str) -> Words {
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
        let words: Vec<&str> = run
            .words()
            .iter()
            .map(String::as_str)
            .filter(|word| *word != "\n")
            .collect();
        match pieces.last_mut() {
            _ if words.is_empty() => {}
            Some(last) if last.fate == fate => {
                last.words = format!("{} {}", last.words, words.join(" "))
            }
            _ => pieces.push(Piece {
                fate,
                words: words.join(" "),
            }),
        }
    }
    Words::Marked(pieces)
}
