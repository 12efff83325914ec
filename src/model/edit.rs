//! What a person may do: each function looks at the review and answers with an edit, or with the slip that it would be.
//!
//! Pure: who, when and fresh ids come in from outside, nothing is written here. An edit without changes says in its label why there is
//! nothing to do.

mod finding;

pub use finding::{Note, note, reword, set_private, withdraw};

use super::change::{Change, Edit, Record};
use super::day;
use super::fields::{ASSESSMENT, Fields, parse_questions, print_questions};
use super::finding::About;
use super::ids::{DeliverableNumber, MeetingId, QuestionNumber, RecommendationNumber};
use super::review::Review;
use super::text;
use super::vocabulary::{Consensus, Effect, Field, Implementation, Relevance, Standing};
use crate::error::{Error, Result};
use chrono::NaiveDate;

/// Longest text of one field, in bytes. A review team's longest findings have a few thousand.
pub const LONGEST_TEXT: usize = 200_000;

/// The changes that lead from the fields a record has to those it should have.
pub(in crate::model) fn changes(record: &Record, before: &Fields, after: &Fields) -> Vec<Change> {
    let fields = before
        .keys()
        .chain(after.keys().filter(|f| !before.contains_key(f)));
    fields
        .filter(|field| before.get(field) != after.get(field))
        .map(|field| Change {
            record: record.clone(),
            field: *field,
            before: before.get(field).cloned(),
            after: after.get(field).cloned(),
        })
        .collect()
}

/// Brings a value to the form in which it is kept, or says what is wrong with it.
///
/// # Errors
/// A word outside the vocabulary (usage), a text that is too long, a meeting or question that has no such form.
pub fn normal(review: &Review, field: Field, value: &str) -> Result<Option<String>> {
    let usage =
        |e: &dyn std::fmt::Display| Error::usage(format!("{}: {e}.", capital(&field.label())));
    // A question or an answer may say nothing but this word; the fields of an assessment are cleared by it.
    let is_words = matches!(field, Field::Text | Field::Reason);
    if !is_words && text::clean_line(value).text.eq_ignore_ascii_case("unset") {
        return Ok(None);
    }
    let word = |w: Result<&'static str, super::vocabulary::UnknownWord>| {
        w.map(|w| Some(w.to_owned())).map_err(|e| usage(&e))
    };
    let line = text::clean_line(value).text;
    match field {
        Field::Implementation | Field::Verdict => word(line.parse().map(Implementation::word)),
        Field::Relevance => word(line.parse().map(Relevance::word)),
        Field::Effect => word(line.parse().map(Effect::word)),
        Field::Standing => word(line.parse().map(Standing::word)),
        Field::Consensus => word(line.parse().map(Consensus::word)),
        Field::ObjectionsBy if line.is_empty() => Ok(None),
        Field::ObjectionsBy => match day::written(&line) {
            Some(day) => Ok(Some(day.to_string())),
            None => Err(usage(&format!(
                "“{}” is no day; expected one such as 2018-09-20",
                text::visible(&line)
            ))),
        },
        Field::AgreedIn if line.is_empty() => Ok(None),
        Field::AgreedIn => MeetingId::typed(&line)
            .map(|id| Some(id.to_string()))
            .map_err(|e| usage(&e)),
        Field::BlockedBy => {
            let numbers = parse_questions(&line).map_err(|e| usage(&e))?;
            for number in &numbers {
                review.question(*number)?;
            }
            Ok((!numbers.is_empty()).then(|| print_questions(&numbers)))
        }
        Field::Penholder | Field::SaidBy => Ok((!line.is_empty()).then_some(line)),
        _ => {
            let prose = text::clean_prose(value).text;
            if prose.len() > LONGEST_TEXT {
                return Err(Error::slip(format!(
                    "{} has {} bytes; at most {LONGEST_TEXT} are kept.",
                    capital(&field.label()),
                    prose.len()
                )));
            }
            Ok((!prose.trim().is_empty()).then_some(prose))
        }
    }
}

/// Sets fields of an assessment. The standing follows: draft with the first entry, reopened by a change of what had been agreed, none when nothing is left.
///
/// # Errors
/// A recommendation that is not there, a field that is no assessment's, a value outside the vocabulary.
pub fn assess(
    review: &Review,
    number: RecommendationNumber,
    wanted: &[(Field, Option<String>)],
) -> Result<Edit> {
    review.recommendation(number)?;
    let record = Record::Assessment(number);
    let before = review.fields(&record);
    let mut after = before.clone();
    for (field, value) in wanted {
        if !ASSESSMENT.contains(field) {
            return Err(Error::bug(format!(
                "{} is no field of an assessment",
                field.label()
            )));
        }
        let value = value
            .as_deref()
            .map(|v| normal(review, *field, v))
            .transpose()?
            .flatten();
        match value {
            Some(value) => after.insert(*field, value),
            None => after.remove(field),
        };
    }
    let named = |fields: &[Field]| wanted.iter().any(|(f, _)| fields.contains(f));
    let told: Vec<Field> = ASSESSMENT
        .iter()
        .copied()
        .filter(|f| before.get(f) != after.get(f))
        .collect();
    if told.is_empty() {
        return Ok(Edit {
            label: already(number, wanted, &before),
            changes: Vec::new(),
        });
    }
    if !named(&[Field::Standing]) {
        let standing = before.get(&Field::Standing).map(String::as_str);
        let content = told.iter().any(|f| f.is_content());
        if standing.is_none() {
            after.insert(Field::Standing, Standing::Draft.word().to_owned());
        } else if standing == Some(Standing::Agreed.word()) && content {
            after.insert(Field::Standing, Standing::Reopened.word().to_owned());
        }
        if after.keys().all(|f| *f == Field::Standing) {
            after.remove(&Field::Standing);
        }
    }
    let (had, has) = (
        before.get(&Field::Standing),
        after.get(&Field::Standing).cloned(),
    );
    if had != has.as_ref() {
        // A proposed assessment has a deadline, and keeps it when it is agreed. What is agreed while a call runs is agreed in that call.
        let keeps_deadline = [Standing::Proposed, Standing::Agreed]
            .map(|standing| Some(standing.word()))
            .contains(&has.as_deref());
        if !keeps_deadline && !named(&[Field::ObjectionsBy]) {
            after.remove(&Field::ObjectionsBy);
        }
        if has.as_deref() == Some(Standing::Agreed.word()) && !named(&[Field::AgreedIn]) {
            match review.calls.running() {
                Some((id, _)) => after.insert(Field::AgreedIn, id.to_string()),
                // Agreed again outside a call, it was not agreed in the one before.
                None if had.map(String::as_str) == Some(Standing::Reopened.word()) => {
                    after.remove(&Field::AgreedIn)
                }
                None => None,
            };
        }
    }
    // Whatever has an entry has a standing: unsetting it alone brings it back to the first one.
    if !after.is_empty() && !after.contains_key(&Field::Standing) {
        after.insert(Field::Standing, Standing::Draft.word().to_owned());
    }
    let changes = changes(&record, &before, &after);
    let reopens = !named(&[Field::Standing])
        && had != has.as_ref()
        && has.as_deref() == Some(Standing::Reopened.word());
    let label = match changes.is_empty() {
        true => format!("Rec {number}: nothing changed"),
        false => told_as(number, &told, &after) + if reopens { ", reopened" } else { "" },
    };
    Ok(Edit {
        label,
        changes: with_meeting(review, changes),
    })
}

/// A meeting that an edit names and nobody knows is created bare, in the same operation.
fn with_meeting(review: &Review, mut changes: Vec<Change>) -> Vec<Change> {
    let unknown: Vec<MeetingId> = changes
        .iter()
        .filter(|c| matches!(c.field, Field::AgreedIn | Field::Meeting))
        .filter_map(|c| c.after.as_ref()?.parse().ok())
        .filter(|id| !review.knows_meeting(id))
        .collect();
    for id in unknown.into_iter().rev() {
        changes.insert(
            0,
            Change {
                record: Record::Meeting(id.clone()),
                field: Field::Name,
                before: None,
                after: Some(id.to_string()),
            },
        );
    }
    changes
}

/// A member whom an edit names and nobody knows is created bare, in the same operation.
pub(in crate::model) fn with_member(
    review: &Review,
    name: Option<&str>,
    mut changes: Vec<Change>,
) -> Vec<Change> {
    if let Some(name) = name.filter(|name| !review.names().contains(name)) {
        changes.insert(
            0,
            Change {
                record: Record::Member(name.to_owned()),
                field: Field::Name,
                before: None,
                after: Some(name.to_owned()),
            },
        );
    }
    changes
}

fn already(
    number: RecommendationNumber,
    wanted: &[(Field, Option<String>)],
    before: &Fields,
) -> String {
    match wanted {
        [(field, _)] => match before.get(field) {
            Some(value) if is_word(*field) => format!("Rec {number} already {value}"),
            Some(_) => format!("Rec {number}: {} unchanged", field.label()),
            None => format!("Rec {number}: {} already unset", field.label()),
        },
        _ => format!("Rec {number}: nothing changed"),
    }
}

/// Whether the value of a field is a word of a vocabulary that reads on its own.
fn is_word(field: Field) -> bool {
    matches!(
        field,
        Field::Implementation | Field::Relevance | Field::Standing | Field::Verdict
    )
}

fn told_as(number: RecommendationNumber, told: &[Field], after: &Fields) -> String {
    if let [field] = told {
        return match after.get(field) {
            Some(value) if is_word(*field) => format!("Rec {number} {value}"),
            Some(value) if *field == Field::Effect => {
                format!("Rec {number} intended effect {value}")
            }
            Some(value)
                if matches!(
                    field,
                    Field::Consensus
                        | Field::Penholder
                        | Field::AgreedIn
                        | Field::BlockedBy
                        | Field::ObjectionsBy
                ) =>
            {
                format!("Rec {number} {} {value}", field.label())
            }
            Some(_) => format!("Rec {number} {}", field.label()),
            None => format!("Rec {number} {} unset", field.label()),
        };
    }
    let names: Vec<String> = told.iter().map(|f| f.label()).collect();
    format!("Rec {number} {}", names.join(", "))
}

fn capital(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Records the implementation verdict.
///
/// # Errors
/// A recommendation that is not there.
pub fn rate(
    review: &Review,
    number: RecommendationNumber,
    verdict: Implementation,
) -> Result<Edit> {
    assess(
        review,
        number,
        &[(Field::Implementation, Some(verdict.word().to_owned()))],
    )
}

/// Proposes an assessment to the team, with the day until the end of which objections are waited for; `None` takes the day away.
///
/// # Errors
/// A recommendation that is not there, or one on which nothing is recorded that could be proposed.
pub fn propose(
    review: &Review,
    number: RecommendationNumber,
    until: Option<NaiveDate>,
) -> Result<Edit> {
    review.recommendation(number)?;
    if review.assessment(number).implementation.is_none() && until.is_some() {
        return Err(Error::slip(format!(
            "Rec {number} is not assessed yet, so there is nothing to propose."
        )));
    }
    let mut wanted = vec![(Field::ObjectionsBy, until.map(|day| day.to_string()))];
    if until.is_some() {
        wanted.insert(
            0,
            (Field::Standing, Some(Standing::Proposed.word().to_owned())),
        );
    }
    let edit = assess(review, number, &wanted)?;
    Ok(match until {
        Some(day) if !edit.is_nothing() => Edit {
            label: format!("Rec {number} proposed, objections until {day}"),
            ..edit
        },
        _ => edit,
    })
}

/// Moves relevance on: unset, still relevant, no longer relevant, still relevant, ...
///
/// # Errors
/// A recommendation that is not there.
pub fn turn_relevance(review: &Review, number: RecommendationNumber) -> Result<Edit> {
    let next = match review.assessment(number).relevance {
        None | Some(Relevance::NoLongerRelevant) => Relevance::StillRelevant,
        Some(Relevance::StillRelevant) => Relevance::NoLongerRelevant,
    };
    assess(
        review,
        number,
        &[(Field::Relevance, Some(next.word().to_owned()))],
    )
}

/// Records the team's verdict on a deliverable; `None` unsets it.
///
/// # Errors
/// A deliverable that is not there.
pub fn rate_deliverable(
    review: &Review,
    number: DeliverableNumber,
    verdict: Option<Implementation>,
) -> Result<Edit> {
    let rows = review
        .recommendation(number.recommendation)?
        .deliverables
        .len();
    if number.row == 0 || usize::from(number.row) > rows {
        return Err(Error::slip(format!(
            "There is no deliverable {number}; Rec {} has {rows}.",
            number.recommendation
        )));
    }
    let record = Record::Deliverable(number);
    let before = review.fields(&record);
    let after: Fields = verdict
        .map(|v| (Field::Verdict, v.word().to_owned()))
        .into_iter()
        .collect();
    let changes = changes(&record, &before, &after);
    let word = verdict.map_or("verdict unset", Implementation::word);
    let label = if changes.is_empty() {
        format!("Deliverable {number} already {word}")
    } else {
        format!("Deliverable {number} {word}")
    };
    Ok(Edit { label, changes })
}

/// A record as a notice names it: `Rec 11`, `question 11.4`, `meeting plenary-43`.
pub fn about_label(about: &About) -> String {
    match about {
        About::Recommendation(number) => format!("Rec {number}"),
        other => other.to_string(),
    }
}

pub(in crate::model) fn check_about(review: &Review, about: &About) -> Result<()> {
    match about {
        About::Recommendation(number) => review.recommendation(*number).map(drop),
        About::Question(number) => review.question(*number).map(drop),
        About::Meeting(id) if review.knows_meeting(id) => Ok(()),
        About::Meeting(id) => Err(Error::slip(format!("There is no meeting {id}."))),
    }
}

/// Reads `q11.4`, `11.4`, `19.` or `11` as what it is about: a number alone is the recommendation.
///
/// # Errors
/// What is neither a recommendation nor a question.
pub fn read_about(review: &Review, typed: &str) -> Result<About> {
    let typed = text::clean_line(typed).text;
    let bare = typed.trim_start_matches('#');
    if let Ok(number) = bare.parse::<RecommendationNumber>() {
        review.recommendation(number)?;
        return Ok(About::Recommendation(number));
    }
    match bare.parse::<QuestionNumber>() {
        Ok(number) => review.question(number).map(|q| About::Question(q.number)),
        Err(_) => Err(Error::usage(format!(
            "“{}” names neither a recommendation nor a question; expected 11, 11.4 or q19.",
            text::visible(&typed)
        ))),
    }
}
