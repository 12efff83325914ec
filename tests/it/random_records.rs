//! Random records of every kind, made from the descriptions alone, so that a kind that is added is tested the day it is described.
//!
//! [`every_kind`] gives records with valid fields that name each other. [`settle`] is the one place that knows kinds: it makes true what the rules say of
//! several fields or records together, which no description tells.

use chrono::{Days, NaiveDate, TimeDelta};
use penholder::model::ids::QuestionId;
use penholder::model::record::assessment::Assessment;
use penholder::model::record::attendance::{Attendance, NO_UPDATE};
use penholder::model::record::describe::{Field, FieldDescription, Fields};
use penholder::model::record::finding::Finding;
use penholder::model::record::kinds::{Kind, Record};
use penholder::model::record::meeting::Meeting;
use penholder::model::record::question::RecordedQuestion;
use penholder::model::record::queued::Queued;
use penholder::model::record::value::{Form, print_moment};
use penholder::model::text::{clean, clean_line, clean_prose};
use penholder::model::vocabulary::*;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;

/// Records with their fields.
pub type Records = BTreeMap<Record, Fields>;

/// So many records of each kind are named by the others.
const PLACES: usize = 3;

/// Recommendations of the built-in catalogue with several deliverables.
const RECOMMENDATIONS: [&str; PLACES] = ["11", "25", "1"];

/// What decides one value.
#[derive(Debug, Clone)]
pub struct Dice {
    is_set: bool,
    number: u32,
    picks: [Index; 2],
    text: String,
}

fn dice() -> impl Strategy<Value = Dice> {
    let text = prop_oneof![
        "[ -~\n\t\"\\\\']{1,40}",
        "\\PC{1,20}",
        Just("\"\"\"\"\n\"\"\"\\".to_owned()),
        Just("e\u{301}\x1b[31m\u{202e}\r\n\n two".to_owned()),
    ];
    (
        prop::bool::weighted(0.6),
        any::<u32>(),
        any::<[Index; 2]>(),
        text,
    )
        .prop_map(|(is_set, number, picks, text)| Dice {
            is_set,
            number,
            picks,
            text,
        })
}

/// Enough for the fields of any kind.
fn all_dice() -> impl Strategy<Value = Vec<Dice>> {
    let most = Kind::ALL.iter().map(|kind| kind.description().fields.len());
    prop::collection::vec(dice(), most.max().unwrap())
}

/// The record of a kind at a place: a key that the kind accepts, made from the names of the columns.
pub fn record_at(kind: Kind, place: usize) -> Record {
    let columns = kind.description().key;
    let is_of = |column: &str, other: &Kind| {
        let description = other.description();
        columns.len() > 1 && (description.key == [column] || description.word == column)
    };
    let candidates = |column: &str| -> Vec<String> {
        if let Some(named) = Kind::ALL.iter().find(|other| is_of(column, other)) {
            return vec![record_at(*named, place).key()];
        }
        let mut found = vec![
            format!("n{:012x}-{place:04x}-00000000beef", kind as usize + 1),
            RECOMMENDATIONS[place].to_owned(),
            (place + 1).to_string(),
        ];
        match (column, place) {
            ("name", _) => found.insert(
                0,
                ["J. R. Zoë", "O'Neil, \"Ann\"", "Ann 3"][place].to_owned(),
            ),
            ("row", _) => found = vec![(place % 2 + 1).to_string()],
            // A hand-written id, and the number of a question that a source prints.
            (_, 1) => found.insert(0, format!("by-hand-{}", kind as usize)),
            (_, 2) => found.insert(0, "11.4".to_owned()),
            _ => {}
        }
        found
    };
    let keys = columns.iter().fold(vec![String::new()], |keys, column| {
        let joined = |key: &String, part: &String| match key.as_str() {
            "" => part.clone(),
            _ => format!("{key}.{part}"),
        };
        let parts = candidates(column);
        keys.iter()
            .flat_map(|key| parts.iter().map(move |part| joined(key, part)))
            .collect()
    });
    let record = keys.iter().find_map(|key| kind.record(key).ok());
    record.unwrap_or_else(|| panic!("no key for {kind:?}; tried {keys:?}"))
}

/// The values that a field may be given.
fn candidates(known: &FieldDescription, place: usize, is_name: bool, dice: &Dice) -> Vec<String> {
    let small = if is_name {
        place + 1
    } else {
        dice.number as usize % 900 + 1
    };
    let day =
        NaiveDate::from_ymd_opt(2017, 1, 1).unwrap() + Days::new(u64::from(dice.number % 3000));
    let named = |record: Record| match known.refers.len() {
        1 => record.key(),
        _ => record.to_string(),
    };
    if !known.refers.is_empty() {
        let places = |kind: &Kind| {
            (0..PLACES)
                .map(|place| named(record_at(*kind, place)))
                .collect::<Vec<_>>()
        };
        let all: Vec<String> = known.refers.iter().flat_map(places).collect();
        let one = |pick: &Index| pick.get(&all).clone();
        return match known.form {
            Form::Words => vec![dice.picks.iter().map(one).collect::<Vec<_>>().join(", ")],
            _ => all,
        };
    }
    let text = |cleaned: String| {
        vec![cleaned, "words".to_owned()]
            .into_iter()
            .find(|text| !text.is_empty())
            .into_iter()
            .collect()
    };
    match known.form {
        Form::Count => vec![small.to_string()],
        Form::Number if is_name => vec![small.to_string()],
        Form::Number => vec![dice.number.to_string(), "0".to_owned()],
        Form::Day => vec![day.to_string()],
        Form::DayOrWord => (known.words)()
            .into_iter()
            .chain([day.to_string()])
            .collect(),
        Form::Moment => {
            let midnight = day.and_hms_opt(0, 0, 0).unwrap().and_utc();
            vec![print_moment(
                midnight + TimeDelta::seconds(i64::from(dice.number % 86_400)),
            )]
        }
        Form::Flag => vec!["yes".to_owned()],
        Form::Word if is_name => vec![format!("11.{}", 100 + small), format!("meeting-{small}")],
        // Words that belong to a catalogue are not known here; numbers and names are printed as words, too.
        Form::Word => match (known.words)() {
            words if words.is_empty() => vec![format!("11.{small}")],
            words => words,
        },
        Form::Words => (known.words)(),
        Form::Person => (0..PLACES)
            .map(|place| record_at(Kind::Member, place).key())
            .collect(),
        Form::Line => text(clean_line(&dice.text).text),
        Form::Text | Form::Prose => text(clean_prose(&dice.text).text),
        Form::Verbatim => text(clean(&dice.text).text),
    }
}

/// Fields of a record by the description of its kind: the required ones and those by which people know it always, the others sometimes.
fn fields_of(record: &Record, place: usize, all: &[Dice]) -> Fields {
    let description = record.kind().unwrap().description();
    let mut fields = Fields::new();
    for (known, dice) in description.fields.iter().zip(all) {
        let is_name = description.known_by.last() == Some(&known.field);
        let value = if description.key.contains(&known.field.word()) {
            Some(record.key())
        } else if known.is_required || description.known_by.contains(&known.field) || dice.is_set {
            let candidates = candidates(known, place, is_name, dice).into_iter();
            let valid: Vec<String> = candidates
                .filter_map(|text| (known.normal)(&text).ok())
                .collect();
            assert!(
                !valid.is_empty(),
                "no value for {} of {record}",
                known.field
            );
            Some(dice.picks[0].get(&valid).clone())
        } else {
            None
        };
        fields.extend(value.map(|value| (known.field, value)));
    }
    fields
}

/// A record of a kind, with fields each of which is valid by itself.
pub fn record_of(kind: Kind) -> impl Strategy<Value = (Record, Fields)> {
    (0..PLACES, all_dice()).prop_map(move |(place, dice)| {
        let record = record_at(kind, place);
        let fields = fields_of(&record, place, &dice);
        (record, fields)
    })
}

/// Several records of every kind, which name each other and are settled.
pub fn every_kind() -> impl Strategy<Value = Records> {
    prop::collection::vec(all_dice(), Kind::ALL.len() * PLACES).prop_map(|dice| {
        let places = Kind::ALL
            .iter()
            .flat_map(|kind| (0..PLACES).map(move |place| (*kind, place)));
        let mut records = Records::new();
        for ((kind, place), dice) in places.zip(&dice) {
            let record = record_at(kind, place);
            let fields = fields_of(&record, place, dice);
            records.insert(record, fields);
        }
        settle(&mut records);
        records.retain(|_, fields| !fields.is_empty());
        records
    })
}

fn set(fields: &mut Fields, field: Field, value: impl ToString) {
    fields.insert(field, value.to_string());
}

/// Makes true what the rules say of several fields or records together.
fn settle(records: &mut Records) {
    let before = records.clone();
    let meeting_of = |item: &String| {
        let record = Kind::Agenda.record(item).unwrap();
        before[&record][&Finding::MEETING].clone()
    };
    let mut runs = false;
    for (record, fields) in records {
        // Where an agenda item is named, its meeting is.
        if let Some(item) = fields.get(&Finding::AGENDA_ITEM) {
            set(fields, Finding::MEETING, meeting_of(item));
        }
        match record {
            Record::Assessment(_) => drop(
                fields
                    .entry(Assessment::STANDING)
                    .or_insert("draft".to_owned()),
            ),
            Record::Question(id) => settle_question(id, fields, &before),
            Record::Meeting(id) => {
                settle_meeting(fields, &mut runs);
                let of_another = |item: &String| meeting_of(item) != id.to_string();
                if fields.get(&Meeting::ITEM).is_some_and(of_another) {
                    fields.remove(&Meeting::ITEM);
                }
            }
            Record::Queued(_)
                if fields.contains_key(&Queued::REASON)
                    || fields.contains_key(&Queued::OUTCOME) =>
            {
                set(fields, Queued::OUTCOME, Outcome::Deferred);
                fields
                    .entry(Queued::REASON)
                    .or_insert("no answer yet".to_owned());
            }
            Record::Attendance(_) if !fields.contains_key(&Attendance::PRESENCE) => {
                fields
                    .entry(Attendance::INTEREST)
                    .or_insert(NO_UPDATE.to_owned());
            }
            _ => {}
        }
    }
}

fn settle_question(id: &QuestionId, fields: &mut Fields, records: &Records) {
    if let QuestionId::Printed(_) = id {
        let printed = [
            RecordedQuestion::NUMBER,
            RecordedQuestion::RECOMMENDATION,
            RecordedQuestion::TEXT,
        ];
        fields.retain(|field, _| !printed.contains(field));
    } else {
        set(fields, RecordedQuestion::RECOMMENDATION, 11);
        fields
            .entry(RecordedQuestion::TEXT)
            .or_insert("Which?".to_owned());
    }
    fields.remove(&RecordedQuestion::BRIEFING);
    let own = Record::Question(id.clone());
    let is_answered = records.iter().any(|(answer, fields)| {
        matches!(answer, Record::Answer(_)) && answer.names(fields).contains(&own)
    });
    if is_answered {
        set(fields, RecordedQuestion::STATE, QuestionState::Answered);
        fields.remove(&RecordedQuestion::ASKED_ON);
    } else if fields.get(&RecordedQuestion::STATE).map(String::as_str) == Some("no longer needed") {
        fields
            .entry(RecordedQuestion::REASON)
            .or_insert("settled".to_owned());
    } else {
        set(fields, RecordedQuestion::STATE, QuestionState::Asked);
    }
    // The later question follows up the earlier one, and is due later than asked.
    if fields
        .get(&RecordedQuestion::PARENT)
        .is_some_and(|parent| parent.parse::<QuestionId>().unwrap() >= *id)
    {
        fields.remove(&RecordedQuestion::PARENT);
    }
    in_order(fields, RecordedQuestion::ASKED_ON, RecordedQuestion::DUE);
}

/// A meeting that ended started before; one runs at most.
fn settle_meeting(fields: &mut Fields, runs: &mut bool) {
    if fields.contains_key(&Meeting::KIND) {
        set(fields, Meeting::KIND, &MeetingKind::COMMON[0]);
    }
    in_order(fields, Meeting::STARTED, Meeting::ENDED);
    match fields.get(&Meeting::STARTED).cloned() {
        Some(_) if !*runs && !fields.contains_key(&Meeting::ENDED) => *runs = true,
        started => {
            match started {
                Some(started) => drop(fields.entry(Meeting::ENDED).or_insert(started)),
                None => drop(fields.remove(&Meeting::ENDED)),
            }
            fields.retain(|field, _| {
                ![Meeting::ITEM, Meeting::SINCE, Meeting::PAUSED].contains(field)
            });
        }
    }
}

/// Exchanges two days or moments of which the later stands in the first field.
fn in_order(fields: &mut Fields, first: Field, second: Field) {
    if let Some((one, other)) = fields
        .get(&first)
        .cloned()
        .zip(fields.get(&second).cloned())
        && other < one
    {
        fields.insert(first, other);
        fields.insert(second, one);
    }
}
