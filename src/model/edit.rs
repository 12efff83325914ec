//! What a person may do: each function looks at the review and returns an edit, or an error that says what is wrong.
//!
//! Pure: who, when and fresh ids come in from outside, nothing is written here. An edit without changes says in its label why there is
//! nothing to do.

mod change;
mod finding;
mod words;

pub use change::changes;
pub(in crate::model) use change::{existing, refuse_if};
pub use finding::{Note, note, reword, set_private, withdraw};
pub use words::{LONGEST_TEXT, prose};
pub(in crate::model) use words::{capital, line, needed};

use super::ids::{
    DeliverableNumber, MeetingId, MeetingName, QuestionId, QuestionNumber, RecommendationNumber,
};
use super::journal::change::{Change, Edit};
use super::record::assessment::{Assessment, is_content};
use super::record::describe::{Described, Field, FieldDescription, Fields};
use super::record::value::{FieldType, Form};
use super::review::Review;
use super::text;
use super::vocabulary::{Implementation, Relevance, Standing};
use crate::error::{Error, Result};
use crate::model::record::deliverable_verdict::DeliverableVerdict;
use crate::model::record::finding::About;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use change::set;
use chrono::NaiveDate;

/// Brings a value of an assessment, as a person types it, to the form in which it is kept; `unset` becomes `None`. A meeting that does not exist yet is
/// created bare, by the changes that are added to `made`.
///
/// # Errors
/// A word outside the vocabulary (usage), a text that is too long, a question that is not there.
fn typed(
    review: &Review,
    field: &FieldDescription,
    value: &str,
    made: &mut Vec<Change>,
) -> Result<Option<String>> {
    let line = text::clean_line(value).text;
    if line.eq_ignore_ascii_case("unset") {
        return Ok(None);
    }
    if field.form == Form::Prose {
        return prose(field.field, value);
    }
    let usage = |e: String| Error::usage(format!("{}: {e}.", capital(&field.field.label())));
    match field.field {
        Assessment::AGREED_IN | Assessment::OBJECTIONS_BY if line.is_empty() => Ok(None),
        Assessment::AGREED_IN => {
            let name = MeetingName::typed(&line).map_err(|e| usage(e.to_string()))?;
            let id = review.meeting_named(&name).unwrap_or_else(|| {
                let id = MeetingId::of_name(&name);
                let meeting = Record::Meeting(id.clone());
                made.extend(review.changes_to(&meeting, &Meeting::named(name)));
                id
            });
            Ok(Some(id.to_string()))
        }
        Assessment::BLOCKED_BY => {
            let numbers = Vec::<QuestionNumber>::parse(Some(line)).map_err(usage)?;
            let ids = numbers
                .iter()
                .map(|number| Ok(review.question(*number)?.id.clone()));
            Ok(ids.collect::<Result<Vec<QuestionId>>>()?.print())
        }
        _ => {
            let kept = (field.normal)(&line).map_err(usage)?;
            Ok((!kept.is_empty()).then_some(kept))
        }
    }
}

/// A field of an assessment, and its value as a person types it.
type Wanted = (Field, Option<String>);

/// Sets fields of an assessment. The standing follows: draft with the first entry, reopened by a change of what had been agreed, none when nothing is left.
///
/// # Errors
/// A recommendation that is not there, a field that is no assessment's, a value outside the vocabulary.
pub fn assess(review: &Review, number: RecommendationNumber, wanted: &[Wanted]) -> Result<Edit> {
    review.recommendation(number)?;
    let record = Record::Assessment(number);
    let before = review.fields(&record);
    let mut fields = before.clone();
    let mut made = Vec::new();
    for (field, value) in wanted {
        let known = Assessment::DESCRIPTION
            .field(field.word())
            .ok_or_else(|| Error::bug(format!("{} is no field of an assessment", field.label())))?;
        let value = value.as_deref();
        let value = value.map(|value| typed(review, known, value, &mut made));
        set(&mut fields, *field, value.transpose()?.flatten());
    }
    let all = Assessment::DESCRIPTION.fields.iter();
    let changed: Vec<&FieldDescription> = all
        .filter(|known| before.get(&known.field) != fields.get(&known.field))
        .collect();
    if changed.is_empty() {
        return Ok(Edit::nothing(already(number, wanted, &before)));
    }
    let is_named = |field: Field| wanted.iter().any(|(named, _)| *named == field);
    let had = review.assessment(number).standing;
    let mut after = Assessment::from_fields(&number, fields)
        .map_err(|e| Error::bug(format!("Rec {number} would have no assessment: {e}")))?;
    if !is_named(Assessment::STANDING) {
        after.standing = match had {
            None => Some(Standing::Draft),
            Some(Standing::Agreed) if changed.iter().any(|known| is_content(known.field)) => {
                Some(Standing::Reopened)
            }
            had => had,
        };
        let has_entry = after.to_fields().keys().any(|f| *f != Assessment::STANDING);
        after.standing = after.standing.filter(|_| has_entry);
    }
    if after.standing != had {
        // A proposed assessment has a deadline, and keeps it when it is agreed. What is agreed while a call runs is agreed in that call.
        let keeps_deadline = [Some(Standing::Proposed), Some(Standing::Agreed)];
        if !keeps_deadline.contains(&after.standing) && !is_named(Assessment::OBJECTIONS_BY) {
            after.objections_by = None;
        }
        if after.standing == Some(Standing::Agreed) && !is_named(Assessment::AGREED_IN) {
            match review.records.running() {
                Some((id, _)) => after.agreed_in = Some(id.clone()),
                // Agreed again outside a call, it was not agreed in the one before.
                None if had == Some(Standing::Reopened) => after.agreed_in = None,
                None => {}
            }
        }
    }
    // Whatever has an entry has a standing: unsetting it alone brings it back to the first one.
    if !after.is_empty() {
        after.standing.get_or_insert(Standing::Draft);
    }
    made.extend(review.changes_to(&record, &after));
    if made.is_empty() {
        return Ok(Edit::nothing(format!("Rec {number}: nothing changed")));
    }
    let label = label(review, number, &changed, &after.to_fields(), &made);
    let reopens = (had, after.standing) == (Some(Standing::Agreed), Some(Standing::Reopened));
    let is_said = is_named(Assessment::STANDING);
    let ending = if reopens && !is_said {
        ", reopened"
    } else {
        ""
    };
    Ok(Edit::new(label + ending, made))
}

/// Why the wanted values change nothing.
fn already(number: RecommendationNumber, wanted: &[Wanted], before: &Fields) -> String {
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
        Assessment::IMPLEMENTATION | Assessment::RELEVANCE | Assessment::STANDING
    )
}

/// What an edit makes of these fields of an assessment, in words.
fn label(
    review: &Review,
    number: RecommendationNumber,
    changed: &[&FieldDescription],
    after: &Fields,
    made: &[Change],
) -> String {
    let [known] = changed else {
        let names: Vec<String> = changed.iter().map(|known| known.field.label()).collect();
        return format!("Rec {number} {}", names.join(", "));
    };
    let field = known.field;
    let Some(value) = after.get(&field) else {
        return format!("Rec {number} {} unset", field.label());
    };
    let mut names = made.iter().filter(|change| change.field == Meeting::NAME);
    let new_meeting = names.next().and_then(|change| change.after.clone());
    let value = new_meeting.unwrap_or_else(|| review.written(known, value));
    match field {
        field if is_word(field) => format!("Rec {number} {value}"),
        Assessment::EFFECT => format!("Rec {number} intended effect {value}"),
        _ if known.form == Form::Prose => format!("Rec {number} {}", field.label()),
        _ => format!("Rec {number} {} {value}", field.label()),
    }
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
    let verdict = (Assessment::IMPLEMENTATION, Some(verdict.to_string()));
    assess(review, number, &[verdict])
}

/// Proposes an assessment to the team, with the day until the end of which objections are waited for; `None` removes the day.
///
/// # Errors
/// A recommendation that is not there, or one on which nothing is recorded that could be proposed.
pub fn propose(
    review: &Review,
    number: RecommendationNumber,
    until: Option<NaiveDate>,
) -> Result<Edit> {
    review.recommendation(number)?;
    let Some(day) = until else {
        return assess(review, number, &[(Assessment::OBJECTIONS_BY, None)]);
    };
    let is_assessed = review.assessment(number).implementation.is_some();
    refuse_if(!is_assessed, || {
        format!("Rec {number} is not assessed yet, so there is nothing to propose.")
    })?;
    let wanted = [
        (Assessment::STANDING, Some(Standing::Proposed.to_string())),
        (Assessment::OBJECTIONS_BY, Some(day.to_string())),
    ];
    let mut edit = assess(review, number, &wanted)?;
    if !edit.is_nothing() {
        edit.label = format!("Rec {number} proposed, objections until {day}");
    }
    Ok(edit)
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
    let next = (Assessment::RELEVANCE, Some(next.to_string()));
    assess(review, number, &[next])
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
    let on = number.recommendation;
    let rows = review.recommendation(on)?.deliverables.len();
    refuse_if(number.row == 0 || usize::from(number.row) > rows, || {
        format!("There is no deliverable {number}; Rec {on} has {rows}.")
    })?;
    let record = Record::Deliverable(number);
    let made = review.changes_of(&record, DeliverableVerdict::VERDICT, &verdict);
    let already = if made.is_empty() { "already " } else { "" };
    let word = verdict.map_or("verdict unset", Implementation::word);
    let label = format!("Deliverable {number} {already}{word}");
    Ok(Edit::new(label, made))
}

/// A record as a notice names it: `Rec 11`, `question 11.4`, `meeting plenary-43`.
pub fn about_label(review: &Review, about: &About) -> String {
    review.label(&about.record())
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
    let number = bare.parse::<QuestionNumber>().map_err(|_| {
        Error::usage(format!(
            "“{}” names neither a recommendation nor a question; expected 11, 11.4 or q19.",
            text::visible(&typed)
        ))
    })?;
    Ok(About::Question(review.question(number)?.id.clone()))
}
