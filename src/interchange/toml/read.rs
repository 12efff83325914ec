//! Reading a file of assessments, of questions or of meetings: every fault is collected, and a file with any fault is refused whole.
//!
//! The file is held against the catalogue it speaks of: recommendations, their titles, deliverables and questions must exist. Whether what
//! it says fits what the workspace has recorded is not looked at here but planned in [`crate::interchange::import`]. What a question may say
//! is in [`super::question`], what meetings may say in [`super::call`], what a finding may be about in `finding.rs`.

use super::broken;
use super::call::{self, Calls};
use super::fault::Faults;
use super::keys::{Keys, Placed};
use super::question::Question;
use super::write::body;
use crate::error::Result;
use crate::interchange::document::{FORMAT, digest};
use crate::model::catalogue::Recommendation;
use crate::model::change::Record;
use crate::model::fields::{Fields, print_questions};
use crate::model::finding::{About, Finding};
use crate::model::ids::{DeliverableNumber, Id, MeetingId, QuestionNumber, RecommendationNumber};
use crate::model::review::Review;
use crate::model::text;
use crate::model::vocabulary::{Consensus, Effect, Field, Implementation, Relevance, Standing};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use toml::de::DeTable;

/// The kinds of file that can be read, each with the keys of its records.
const KINDS: [(&str, &[&str]); 3] = [
    ("assessments", &["assessment"]),
    ("questions", &["question"]),
    ("meetings", call::SECTIONS),
];

/// The keys of the head of a file, of an assessment, and of a deliverable's verdict.
const HEAD: &[&str] = &["format", "kind", "review", "last_change", "digest"];
const ASSESSMENT: &[&str] = &[
    "recommendation",
    "title",
    "implementation",
    "relevance",
    "effect",
    "standing",
    "consensus",
    "penholder",
    "agreed_in",
    "objections_by",
    "blocked_by",
    "what_was_done",
    "finding",
    "how_assessed",
    "further_work",
    "deliverables",
    "findings",
];
const DELIVERABLE: &[&str] = &["row", "verdict"];

/// What a file says: it holds assessments, or questions, or meetings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    /// The newest change of what is in the file, as the file says.
    pub last_change: Option<DateTime<Utc>>,
    /// One for each recommendation.
    pub assessments: Vec<Assessment>,
    /// The questions with their answers.
    pub questions: Vec<Question>,
    /// The meetings, with decisions, action items and positions.
    pub calls: Calls,
    /// What is odd about the file and no reason to refuse it, a sentence each.
    pub notes: Vec<String>,
}

/// What a file says on one recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The recommendation.
    pub number: RecommendationNumber,
    /// The fields that are set.
    pub fields: Fields,
    /// The verdicts on its deliverables.
    pub verdicts: Vec<(DeliverableNumber, Implementation)>,
    /// The findings on it and on its questions.
    pub findings: Vec<Finding>,
}

/// Reads a file of assessments, of questions or of meetings; `name` is how faults call it.
///
/// # Errors
/// All faults of the file, each with line, column, what is wrong and what was expected.
pub fn read(name: &str, text: &str, review: &Review) -> Result<File> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut faults = Faults::default();
    let (parsed, broken) = DeTable::parse_recoverable(text);
    broken::tell(text, &broken, &mut faults);
    // What could be recovered from broken TOML would be full of faults that are none.
    faults.into_result(name, text)?;
    let (recommendations, findings, questions, answers) = Default::default();
    let (records, numbers, running) = Default::default();
    let mut reading = Reading {
        review,
        faults: Faults::default(),
        recommendations,
        findings,
        questions,
        answers,
        records,
        numbers,
        running,
        text,
    };
    let mut file = reading.file(parsed.get_ref());
    file.notes
        .extend(text::told_removed(reading.faults.removed));
    reading.faults.into_result(name, text)?;
    Ok(file)
}

/// A file that is being read. What must stand in it only once is kept with its place.
pub(super) struct Reading<'c> {
    pub review: &'c Review,
    pub faults: Faults,
    recommendations: BTreeMap<RecommendationNumber, usize>,
    pub findings: BTreeMap<Id, usize>,
    pub questions: BTreeMap<QuestionNumber, usize>,
    pub answers: BTreeMap<Id, usize>,
    /// The records of meetings.
    pub records: BTreeMap<Record, usize>,
    /// The numbers of decisions and of action items that were not withdrawn.
    pub numbers: BTreeMap<(&'static str, String), usize>,
    /// The call of the file that would run.
    pub running: Option<MeetingId>,
    pub text: &'c str,
}

impl<'c> Reading<'c> {
    fn file(&mut self, table: &DeTable<'_>) -> File {
        let faults = &mut self.faults;
        let kind = table
            .get("kind")
            .and_then(|kind| kind.get_ref().as_str())
            .map(|kind| text::clean_line(kind).text);
        let known = KINDS
            .into_iter()
            .find(|(known, _)| kind.as_deref() == Some(known));
        // What is of no known kind is read as the usual one, so that its other faults are told as well.
        let (_, sections) = known.unwrap_or(KINDS[0]);
        let count = if sections.len() == 1 {
            "count"
        } else {
            "counts"
        };
        let keys = Keys::new(table, 0, &[HEAD, &[count], sections].concat(), faults);
        let review = self.review.catalogue.header.review.as_str();
        for (key, expected) in [("format", FORMAT), ("review", review)] {
            match keys.line(key, faults) {
                Some(found) if found.value != expected => {
                    faults.add(
                        found.at,
                        format!("{key} is “{}”; expected “{expected}”", found.value),
                    );
                }
                Some(_) => {}
                None => keys.missing(key, &format!("{key} = \"{expected}\""), faults),
            }
        }
        let kinds = KINDS.map(|(kind, _)| format!("“{kind}”")).join(" or ");
        match keys.line("kind", faults) {
            Some(found) if known.is_none() => faults.add(
                found.at,
                format!("kind is “{}”; expected {kinds}", found.value),
            ),
            Some(_) => {}
            None => keys.missing("kind", &kinds, faults),
        }
        let mut file = File {
            last_change: keys.moment("last_change", faults),
            ..File::default()
        };
        let wanted = keys.line("digest", faults);
        let mut tables: Vec<Vec<_>> = sections
            .iter()
            .map(|key| keys.tables(key, faults))
            .collect();
        match (sections, tables.as_slice()) {
            ([key], [tables]) => check_count(&keys, "count", key, tables.len(), faults),
            _ => check_counts(&keys, sections, &tables, faults),
        }
        match sections {
            ["question"] => file.questions = self.questions(tables.remove(0)),
            [_] => {
                file.assessments = tables
                    .remove(0)
                    .into_iter()
                    .filter_map(|table| self.assessment(table))
                    .collect()
            }
            _ => file.calls = self.calls(tables),
        }
        if wanted
            .is_some_and(|wanted| wanted.value != digest(body(&self.text.replace("\r\n", "\n"))))
        {
            file.notes.push(
                "The digest does not fit: the file was edited after it was exported.".to_owned(),
            );
        }
        file
    }

    fn assessment(&mut self, table: Placed<&DeTable<'_>>) -> Option<Assessment> {
        let keys = Keys::new(table.value, table.at, ASSESSMENT, &mut self.faults);
        let recommendation = self.recommendation(&keys);
        let faults = &mut self.faults;
        if let (Some(recommendation), Some(title)) = (recommendation, keys.line("title", faults)) {
            let label = text::clean_line(&recommendation.label).text;
            if title.value != label {
                let number = recommendation.number;
                faults.add(
                    title.at,
                    format!(
                        "the title “{}” is not that of recommendation {number}; expected “{label}”",
                        title.value
                    ),
                );
            }
        }
        let mut fields = Fields::new();
        let mut set =
            |field: Field, value: Option<String>| value.map(|value| fields.insert(field, value));
        set(
            Field::Implementation,
            keys.word::<Implementation>("implementation", faults)
                .map(|w| w.value.to_string()),
        );
        set(
            Field::Relevance,
            keys.word::<Relevance>("relevance", faults)
                .map(|w| w.value.to_string()),
        );
        set(
            Field::Effect,
            keys.word::<Effect>("effect", faults)
                .map(|w| w.value.to_string()),
        );
        set(
            Field::Standing,
            keys.word::<Standing>("standing", faults)
                .map(|w| w.value.to_string()),
        );
        set(
            Field::Consensus,
            keys.word::<Consensus>("consensus", faults)
                .map(|w| w.value.to_string()),
        );
        set(
            Field::Penholder,
            keys.line("penholder", faults).map(|l| l.value),
        );
        set(
            Field::AgreedIn,
            keys.word::<MeetingId>("agreed_in", faults)
                .map(|w| w.value.to_string()),
        );
        set(
            Field::ObjectionsBy,
            keys.day("objections_by", faults)
                .map(|day| day.value.to_string()),
        );
        for field in [
            Field::WhatWasDone,
            Field::Finding,
            Field::HowAssessed,
            Field::FurtherWork,
        ] {
            set(field, keys.prose(field.word(), faults).map(|p| p.value));
        }
        let questions = keys.words::<QuestionNumber>("blocked_by", faults);
        set(Field::BlockedBy, blocked_by(self.review, questions, faults));
        let (rows, findings) = (
            keys.tables("deliverables", faults),
            keys.tables("findings", faults),
        );
        let recommendation = recommendation?;
        let verdicts = self.verdicts(recommendation, rows);
        let on = About::Recommendation(recommendation.number);
        let findings = findings
            .into_iter()
            .filter_map(|table| self.finding(&on, table))
            .collect();
        Some(Assessment {
            number: recommendation.number,
            fields,
            verdicts,
            findings,
        })
    }

    fn recommendation(&mut self, keys: &Keys<'_, '_>) -> Option<&'c Recommendation> {
        let Some(number) = keys.number::<u16>("recommendation", &mut self.faults) else {
            keys.missing(
                "recommendation",
                "the number of a recommendation",
                &mut self.faults,
            );
            return None;
        };
        let found = self.known_recommendation(number)?;
        if let Some(first) = self.recommendations.insert(found.number, number.at) {
            let line = line_of(self.text, first);
            self.faults.add(
                number.at,
                format!(
                    "recommendation {} stands here again, first in line {line}; expected it once",
                    found.number
                ),
            );
        }
        Some(found)
    }

    /// The recommendation with a number, which there must be.
    pub fn known_recommendation(&mut self, number: Placed<u16>) -> Option<&'c Recommendation> {
        let known = &self.review.catalogue.recommendations;
        let found = known.iter().find(|r| r.number.0 == number.value);
        if found.is_none() {
            let ends = known
                .first()
                .zip(known.last())
                .map_or_else(String::new, |(a, b)| {
                    format!("; expected {} to {}", a.number, b.number)
                });
            self.faults.add(
                number.at,
                format!("there is no recommendation {}{ends}", number.value),
            );
        }
        found
    }

    fn verdicts(
        &mut self,
        on: &Recommendation,
        rows: Vec<Placed<&DeTable<'_>>>,
    ) -> Vec<(DeliverableNumber, Implementation)> {
        let faults = &mut self.faults;
        let mut verdicts: Vec<(DeliverableNumber, Implementation)> = Vec::new();
        for table in rows {
            let keys = Keys::new(table.value, table.at, DELIVERABLE, faults);
            let row = keys.number::<u16>("row", faults);
            let verdict = keys.word::<Implementation>("verdict", faults);
            match row {
                None => keys.missing("row", "the number of a deliverable's row", faults),
                Some(row) if row.value == 0 || usize::from(row.value) > on.deliverables.len() => {
                    let last = on.deliverables.len();
                    faults.add(
                        row.at,
                        format!(
                            "recommendation {} has no deliverable {}; expected 1 to {last}",
                            on.number, row.value
                        ),
                    );
                }
                Some(row) if verdicts.iter().any(|(known, _)| known.row == row.value) => {
                    faults.add(
                        row.at,
                        format!(
                            "deliverable {}.{} stands here again; expected it once",
                            on.number, row.value
                        ),
                    );
                }
                Some(row) => match verdict {
                    Some(verdict) => verdicts.push((
                        DeliverableNumber {
                            recommendation: on.number,
                            row: row.value,
                        },
                        verdict.value,
                    )),
                    None => {
                        keys.missing("verdict", "the team's verdict on the deliverable", faults)
                    }
                },
            }
        }
        verdicts
    }
}

/// A file of several kinds of record counts each of them in a table; of what is not counted there must be none.
fn check_counts(
    keys: &Keys<'_, '_>,
    sections: &[&str],
    tables: &[Vec<Placed<&DeTable<'_>>>],
    faults: &mut Faults,
) {
    let Some(counts) = keys.raw("counts") else {
        return keys.missing(
            "counts",
            "[counts] with the number of each kind of record",
            faults,
        );
    };
    let Some(table) = counts.get_ref().as_table() else {
        return faults.add(
            counts.span().start,
            "counts is no table; expected [counts] with the number of each kind of record",
        );
    };
    let counts = Keys::new(table, counts.span().start, sections, faults);
    for (key, tables) in sections.iter().zip(tables) {
        if !tables.is_empty() || counts.raw(key).is_some() {
            check_count(&counts, key, key, tables.len(), faults);
        }
    }
}

fn check_count(keys: &Keys<'_, '_>, count: &str, key: &str, held: usize, faults: &mut Faults) {
    match keys.number::<usize>(count, faults) {
        Some(found) if found.value != held => {
            faults.add(
                found.at,
                format!(
                    "{count} is {}, but the file holds {held} [[{key}]]; expected them to be equal",
                    found.value
                ),
            );
        }
        Some(_) => {}
        None => keys.missing(
            count,
            &format!("the number of [[{key}]] in the file"),
            faults,
        ),
    }
}

/// The questions an assessment waits for, in the form in which they are kept.
fn blocked_by(
    review: &Review,
    questions: Vec<Placed<QuestionNumber>>,
    faults: &mut Faults,
) -> Option<String> {
    for question in &questions {
        check_question(review, question.value, question.at, faults);
    }
    let mut numbers: Vec<QuestionNumber> = questions.into_iter().map(|q| q.value).collect();
    numbers.sort_unstable();
    numbers.dedup();
    (!numbers.is_empty()).then(|| print_questions(&numbers))
}

/// There must be a question of this number.
pub(super) fn check_question(
    review: &Review,
    number: QuestionNumber,
    at: usize,
    faults: &mut Faults,
) {
    if review.questions.get(number).is_none() {
        faults.add(at, format!("there is no question {number}; expected the number of one of the review's questions"));
    }
}

/// The line in which a byte stands.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}
