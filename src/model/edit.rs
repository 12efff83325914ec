//! What a person may do: each function looks at the review and answers with an edit, or with the slip that it would be.
//!
//! Pure: who, when and fresh ids come in from outside, nothing is written here. An edit without changes says in its label why there is
//! nothing to do.

mod finding;

pub use super::journal::change::changes;
pub use finding::{Note, note, reword, set_private, withdraw};

use super::ids::{
    DeliverableNumber, MeetingName, QuestionId, QuestionNumber, RecommendationNumber,
};
use super::journal::change::{Change, Edit};
use super::record::assessment::is_content;
use super::record::describe::{Described, FieldDescription, Fields};
use super::record::value::{FieldType, Form};
use super::review::Review;
use super::text;
use super::vocabulary::{Implementation, Relevance, Standing};
use crate::error::{Error, Result};
use crate::model::record::assessment::Assessment;
use crate::model::record::deliverable_verdict::DeliverableVerdict;
use crate::model::record::describe::Field;
use crate::model::record::finding::About;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use chrono::NaiveDate;

/// Longest text of one field, in bytes. A review team's longest findings have a few thousand.
pub const LONGEST_TEXT: usize = 200_000;

/// Brings prose to the form in which it is kept; nothing of what has no words.
///
/// # Errors
/// A text that is too long.
pub fn prose(field: Field, text: &str) -> Result<Option<String>> {
    let prose = text::clean_prose(text).text;
    if prose.len() > LONGEST_TEXT {
        return Err(Error::slip(format!(
            "{} has {} bytes; at most {LONGEST_TEXT} are kept.",
            capital(&field.label()),
            prose.len()
        )));
    }
    Ok((!prose.trim().is_empty()).then_some(prose))
}

/// Brings a value of an assessment, as a person types it, to the form in which it is kept; `unset` is none.
///
/// # Errors
/// A word outside the vocabulary (usage), a text that is too long, a question that is not there.
fn typed(review: &Review, field: &FieldDescription, value: &str) -> Result<Option<String>> {
    let line = text::clean_line(value).text;
    if line.eq_ignore_ascii_case("unset") {
        return Ok(None);
    }
    if field.form == Form::Prose {
        return prose(field.field, value);
    }
    let usage = |e: String| Error::usage(format!("{}: {e}.", capital(&field.field.label())));
    if line.is_empty() {
        let is_optional = matches!(field.form, Form::Line | Form::Day | Form::Words)
            || field.field == Assessment::AGREED_IN;
        if is_optional {
            return Ok(None);
        }
    }
    if field.field == Assessment::BLOCKED_BY {
        let numbers = Vec::<QuestionNumber>::parse(Some(line)).map_err(usage)?;
        let ids = numbers
            .iter()
            .map(|number| Ok(review.question(*number)?.id.clone()));
        return Ok(ids.collect::<Result<Vec<QuestionId>>>()?.print());
    }
    if field.field == Assessment::AGREED_IN {
        let name = MeetingName::typed(&line).map_err(|e| usage(e.to_string()))?;
        let known = review.meeting_named(&name);
        return Ok(Some(
            known
                .unwrap_or_else(|| review.ids.clone().make().into())
                .to_string(),
        ));
    }
    let kept = (field.normal)(&line).map_err(usage)?;
    Ok((!kept.is_empty()).then_some(kept))
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
        let known = Assessment::DESCRIPTION
            .field(field.word())
            .ok_or_else(|| Error::bug(format!("{} is no field of an assessment", field.label())))?;
        let value = value.as_deref().map(|value| typed(review, known, value));
        let value = value.transpose()?.flatten();
        match value {
            Some(value) => after.insert(*field, value),
            None => after.remove(field),
        };
    }
    let named = |fields: &[Field]| wanted.iter().any(|(f, _)| fields.contains(f));
    let told: Vec<Field> = Assessment::DESCRIPTION
        .fields
        .iter()
        .map(|known| known.field)
        .filter(|f| before.get(f) != after.get(f))
        .collect();
    if told.is_empty() {
        return Ok(Edit {
            label: already(number, wanted, &before),
            changes: Vec::new(),
        });
    }
    if !named(&[Assessment::STANDING]) {
        let standing = before.get(&Assessment::STANDING).map(String::as_str);
        let content = told.iter().any(|field| is_content(*field));
        if standing.is_none() {
            after.insert(Assessment::STANDING, Standing::Draft.word().to_owned());
        } else if standing == Some(Standing::Agreed.word()) && content {
            after.insert(Assessment::STANDING, Standing::Reopened.word().to_owned());
        }
        if after.keys().all(|f| *f == Assessment::STANDING) {
            after.remove(&Assessment::STANDING);
        }
    }
    let (had, has) = (
        before.get(&Assessment::STANDING),
        after.get(&Assessment::STANDING).cloned(),
    );
    if had != has.as_ref() {
        // A proposed assessment has a deadline, and keeps it when it is agreed. What is agreed while a call runs is agreed in that call.
        let keeps_deadline = [Standing::Proposed, Standing::Agreed]
            .map(|standing| Some(standing.word()))
            .contains(&has.as_deref());
        if !keeps_deadline && !named(&[Assessment::OBJECTIONS_BY]) {
            after.remove(&Assessment::OBJECTIONS_BY);
        }
        if has.as_deref() == Some(Standing::Agreed.word()) && !named(&[Assessment::AGREED_IN]) {
            match review.records.running() {
                Some((id, _)) => after.insert(Assessment::AGREED_IN, id.to_string()),
                // Agreed again outside a call, it was not agreed in the one before.
                None if had.map(String::as_str) == Some(Standing::Reopened.word()) => {
                    after.remove(&Assessment::AGREED_IN)
                }
                None => None,
            };
        }
    }
    // Whatever has an entry has a standing: unsetting it alone brings it back to the first one.
    if !after.is_empty() && !after.contains_key(&Assessment::STANDING) {
        after.insert(Assessment::STANDING, Standing::Draft.word().to_owned());
    }
    let changes = changes(&record, &before, &after);
    let reopens = !named(&[Assessment::STANDING])
        && had != has.as_ref()
        && has.as_deref() == Some(Standing::Reopened.word());
    let label = match changes.is_empty() {
        true => format!("Rec {number}: nothing changed"),
        false => {
            told_as(review, number, &told, wanted, &after) + if reopens { ", reopened" } else { "" }
        }
    };
    Ok(Edit {
        label,
        changes: with_meeting(review, wanted, changes),
    })
}

/// A meeting that a person names and nobody knows is created bare, in the same operation.
fn with_meeting(
    review: &Review,
    wanted: &[(Field, Option<String>)],
    mut changes: Vec<Change>,
) -> Vec<Change> {
    let typed = wanted
        .iter()
        .find(|(field, _)| *field == Assessment::AGREED_IN);
    let name = typed.and_then(|(_, value)| MeetingName::typed(value.as_deref()?).ok());
    let unknown = |change: &Change| {
        let id = change
            .after
            .as_ref()
            .filter(|_| change.field == Assessment::AGREED_IN)?;
        id.parse().ok().filter(|id| !review.knows_meeting(id))
    };
    if let Some((name, id)) = name.zip(changes.iter().find_map(unknown)) {
        changes.insert(
            0,
            Change {
                record: Record::Meeting(id),
                field: Meeting::NAME,
                before: None,
                after: Some(name.to_string()),
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
                field: Meeting::NAME,
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
        Assessment::IMPLEMENTATION
            | Assessment::RELEVANCE
            | Assessment::STANDING
            | DeliverableVerdict::VERDICT
    )
}

fn is_prose(field: Field) -> bool {
    let known = Assessment::DESCRIPTION.field(field.word());
    known.is_some_and(|known| known.form == Form::Prose)
}

fn told_as(
    review: &Review,
    number: RecommendationNumber,
    told: &[Field],
    wanted: &[(Field, Option<String>)],
    after: &Fields,
) -> String {
    if let [field] = told {
        let typed = wanted
            .iter()
            .find(|(field, _)| *field == Assessment::AGREED_IN);
        let shown = |value: &String| match (typed, Assessment::DESCRIPTION.field(field.word())) {
            (Some((_, Some(name))), _) if *field == Assessment::AGREED_IN => {
                MeetingName::typed(name).map_or_else(|_| name.clone(), |name| name.to_string())
            }
            (_, Some(known)) => review.written(known, value),
            _ => value.clone(),
        };
        return match after.get(field).map(shown) {
            Some(value) if is_word(*field) => format!("Rec {number} {value}"),
            Some(value) if *field == Assessment::EFFECT => {
                format!("Rec {number} intended effect {value}")
            }
            Some(value) if !is_prose(*field) => format!("Rec {number} {} {value}", field.label()),
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
        &[(Assessment::IMPLEMENTATION, Some(verdict.word().to_owned()))],
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
    let mut wanted = vec![(Assessment::OBJECTIONS_BY, until.map(|day| day.to_string()))];
    if until.is_some() {
        wanted.insert(
            0,
            (
                Assessment::STANDING,
                Some(Standing::Proposed.word().to_owned()),
            ),
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
        &[(Assessment::RELEVANCE, Some(next.word().to_owned()))],
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
        .map(|v| (DeliverableVerdict::VERDICT, v.word().to_owned()))
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
pub fn about_label(review: &Review, about: &About) -> String {
    match about {
        About::Recommendation(number) => format!("Rec {number}"),
        About::Question(id) => format!("question {}", review.question_label(id)),
        About::Meeting(id) => format!("meeting {}", review.meeting_name(id)),
    }
}

pub(in crate::model) fn check_about(review: &Review, about: &About) -> Result<()> {
    match about {
        About::Recommendation(number) => review.recommendation(*number).map(drop),
        About::Question(id) => review.question_by_id(id).map(drop),
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
        Ok(number) => review
            .question(number)
            .map(|q| About::Question(q.id.clone())),
        Err(_) => Err(Error::usage(format!(
            "“{}” names neither a recommendation nor a question; expected 11, 11.4 or q19.",
            text::visible(&typed)
        ))),
    }
}
