//! Decisions and action items: things of their own, numbered through across all meetings and kept until they are done.
//!
//! The columns of an action item are those of the tracker that the team keeps on its wiki.

use super::Calls;
use super::meeting::During;
use super::planning::is_of_series;
use crate::error::{Error, Result};
use crate::model::change::{Change, Edit, Record};
use crate::model::day;
use crate::model::edit::{changes, normal, with_member};
use crate::model::fields::Fields;
use crate::model::finding::About;
use crate::model::ids::{Id, MeetingId};
use crate::model::review::Review;
use crate::model::text;
use crate::model::vocabulary::{Consensus, Field};
use chrono::{DateTime, NaiveDate, Utc};
use std::fmt;
use std::str::FromStr;

/// A decision that a meeting reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its number in the register, across all meetings.
    pub number: u32,
    /// What was decided.
    pub text: String,
    /// What it is about.
    pub about: Option<About>,
    /// Who moved it.
    pub said_by: Option<String>,
    /// The chair's estimate of agreement.
    pub consensus: Option<Consensus>,
    /// The day until the end of which objections are waited for.
    pub objections_by: Option<NaiveDate>,
    /// When it was reached (UTC, whole seconds).
    pub at: DateTime<Utc>,
    /// Who wrote it down.
    pub by: String,
    /// The meeting that reached it.
    pub meeting: Option<MeetingId>,
    /// The minute of the meeting, counted from its start.
    pub minute: Option<u32>,
    /// The agenda item that was open, by the number it was made under.
    pub item: Option<u16>,
    /// Taken back: kept, and shown only in the history.
    pub withdrawn: bool,
}

/// An action item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its number in the tracker, across all meetings.
    pub number: u32,
    /// What is to be done.
    pub text: String,
    /// Its category, in the team's own words.
    pub category: Option<String>,
    /// Who does it.
    pub owner: Option<String>,
    /// The day on which it was asked for.
    pub requested: NaiveDate,
    /// By when it is to be done.
    pub due: Option<Due>,
    /// How it goes.
    pub progress: Option<String>,
    /// What came of it.
    pub response: Option<String>,
    /// The day on which it was done.
    pub done: Option<NaiveDate>,
    /// What it is about.
    pub about: Option<About>,
    /// When it was written down (UTC, whole seconds).
    pub at: DateTime<Utc>,
    /// Who wrote it down.
    pub by: String,
    /// The meeting it comes from.
    pub meeting: Option<MeetingId>,
    /// The minute of that meeting, counted from its start.
    pub minute: Option<u32>,
    /// The agenda item that was open, by the number it was made under.
    pub item: Option<u16>,
    /// Taken back: kept, and shown only in the history.
    pub withdrawn: bool,
}

/// By when an action item is to be done. Printed `2018-09-20` or `next call`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// By this day.
    Day(NaiveDate),
    /// By the next meeting after the one it comes from, whenever that will be.
    NextCall,
}

const NEXT_CALL: &str = "next call";

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Due::Day(day) => day.fmt(f),
            Due::NextCall => f.write_str(NEXT_CALL),
        }
    }
}

impl FromStr for Due {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == NEXT_CALL {
            return Ok(Due::NextCall);
        }
        day::written(text).map(Due::Day).ok_or_else(|| {
            format!(
                "“{}” is no day; expected one such as 2018-09-20, or next call",
                text::visible(text)
            )
        })
    }
}

impl Due {
    /// Reads what a person types: `2018-09-20`, `+7`, `friday`, `next call`.
    ///
    /// # Errors
    /// What is no day, with what would be one.
    pub fn typed(typed: &str, today: NaiveDate) -> Result<Due, String> {
        let words = typed
            .split([' ', '-'])
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        if words == NEXT_CALL {
            return Ok(Due::NextCall);
        }
        day::parse(typed, today)
            .map(Due::Day)
            .map_err(|e| format!("{e}, or next call"))
    }
}

/// An action item or a decision that is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The words, not cleaned yet.
    pub text: String,
    /// What it is about.
    pub about: Option<About>,
    /// Who owns the action item; who moved the decision.
    pub who: Option<String>,
    /// By when the action item is to be done.
    pub due: Option<Due>,
    /// When.
    pub at: DateTime<Utc>,
    /// The day that it is where it is written.
    pub today: NaiveDate,
    /// Who writes it down.
    pub by: String,
    /// Where in a call.
    pub during: Option<During>,
}

impl Entry {
    fn words(&self, review: &Review, what: &str) -> Result<String> {
        normal(review, Field::Text, &self.text)?
            .ok_or_else(|| Error::slip(format!("{what} needs words; nothing was recorded.")))
    }

    fn name(&self) -> Option<String> {
        self.who
            .as_deref()
            .map(|name| text::clean_line(name).text)
            .filter(|name| !name.is_empty())
    }
}

/// Writes down a decision under a fresh id and the next number.
///
/// # Errors
/// No words; a recommendation or question that is not there.
pub fn decide(review: &Review, id: Id, entry: Entry) -> Result<Edit> {
    let text = entry.words(review, "A decision")?;
    check_about(review, entry.about.as_ref())?;
    let number = review
        .calls
        .decisions
        .values()
        .map(|held| held.number)
        .max()
        .unwrap_or(0)
        .saturating_add(1);
    let said_by = entry.name();
    let (meeting, minute, item) = parts(entry.during);
    let decision = Decision {
        number,
        text,
        about: entry.about,
        said_by: said_by.clone(),
        consensus: None,
        objections_by: None,
        at: entry.at,
        by: entry.by,
        meeting,
        minute,
        item,
        withdrawn: false,
    };
    let changes = changes(&Record::Decision(id), &Fields::new(), &decision.to_fields());
    Ok(Edit {
        label: format!("Decision {number}"),
        changes: with_member(review, said_by.as_deref(), changes),
    })
}

/// Writes down an action item under a fresh id and the next number.
///
/// # Errors
/// No words; a recommendation or question that is not there.
pub fn ask_for(review: &Review, id: Id, entry: Entry) -> Result<Edit> {
    let text = entry.words(review, "An action item")?;
    check_about(review, entry.about.as_ref())?;
    let number = review
        .calls
        .actions
        .values()
        .map(|held| held.number)
        .max()
        .unwrap_or(0)
        .saturating_add(1);
    let owner = entry.name();
    let (meeting, minute, item) = parts(entry.during);
    let action = Action {
        number,
        text,
        category: None,
        owner: owner.clone(),
        requested: entry.today,
        due: entry.due,
        progress: None,
        response: None,
        done: None,
        about: entry.about,
        at: entry.at,
        by: entry.by,
        meeting,
        minute,
        item,
        withdrawn: false,
    };
    let whose = owner
        .as_ref()
        .map_or_else(String::new, |name| format!(" for {name}"));
    let when = action
        .due
        .map_or_else(String::new, |due| format!(", due {due}"));
    let changes = changes(&Record::Action(id), &Fields::new(), &action.to_fields());
    Ok(Edit {
        label: format!("Action item {number}{whose}{when}"),
        changes: with_member(review, owner.as_deref(), changes),
    })
}

fn parts(during: Option<During>) -> (Option<MeetingId>, Option<u32>, Option<u16>) {
    during.map_or((None, None, None), |during| {
        (Some(during.meeting), Some(during.minute), during.item)
    })
}

fn check_about(review: &Review, about: Option<&About>) -> Result<()> {
    about.map_or(Ok(()), |about| {
        crate::model::edit::check_about(review, about)
    })
}

/// The fields of an action item that a person sets one by one.
pub const ACTION_FIELDS: &[Field] = &[
    Field::Text,
    Field::Category,
    Field::Owner,
    Field::Due,
    Field::Progress,
    Field::Response,
    Field::Done,
];

/// Sets or unsets a field of an action item; days are typed as people type them.
///
/// # Errors
/// An action item that is not there; a field that is none of [`ACTION_FIELDS`]; no words; what is no day.
pub fn set_action(
    review: &Review,
    id: &Id,
    field: Field,
    value: &str,
    today: NaiveDate,
) -> Result<Edit> {
    let action = review
        .calls
        .actions
        .get(id)
        .filter(|action| !action.withdrawn)
        .ok_or_else(|| no_such("action item"))?;
    let slip = |fault: String| Error::slip(format!("{fault}."));
    let line = Some(text::clean_line(value).text).filter(|line| !line.is_empty());
    let kept = match field {
        Field::Due => line
            .map(|typed| Due::typed(&typed, today))
            .transpose()
            .map_err(slip)?
            .map(|due| due.to_string()),
        Field::Done => line
            .map(|typed| day::parse(&typed, today))
            .transpose()
            .map_err(slip)?
            .map(|day| day.to_string()),
        Field::Owner | Field::Category => line,
        Field::Text | Field::Progress | Field::Response => normal(review, Field::Text, value)?,
        other => {
            return Err(Error::bug(format!(
                "{} is no field of an action item",
                other.label()
            )));
        }
    };
    if kept.is_none() && field == Field::Text {
        return Err(Error::slip(
            "An action item needs words; nothing was recorded.",
        ));
    }
    let before = action.to_fields();
    let mut after = before.clone();
    match &kept {
        Some(value) => after.insert(field, value.clone()),
        None => after.remove(&field),
    };
    let number = action.number;
    let label = match (field, &kept) {
        (Field::Done, Some(day)) => format!("Action item {number} done on {day}"),
        (Field::Done, None) => format!("Action item {number} open again"),
        (Field::Owner | Field::Due | Field::Category, Some(value)) => {
            format!("Action item {number} {} {value}", field.label())
        }
        (Field::Text, _) => format!("Action item {number} reworded"),
        (_, Some(_)) => format!("Action item {number} {}", field.label()),
        (_, None) => format!("Action item {number} {} unset", field.label()),
    };
    let owner = kept.as_deref().filter(|_| field == Field::Owner);
    edit(
        label,
        with_member(
            review,
            owner,
            changes(&Record::Action(id.clone()), &before, &after),
        ),
    )
}

/// Changes the words of a decision.
///
/// # Errors
/// A decision that is not there; no words.
pub fn reword_decision(review: &Review, id: &Id, words: &str) -> Result<Edit> {
    let decision = review
        .calls
        .decisions
        .get(id)
        .filter(|decision| !decision.withdrawn)
        .ok_or_else(|| no_such("decision"))?;
    let words = normal(review, Field::Text, words)?
        .ok_or_else(|| Error::slip("A decision needs words; nothing was recorded."))?;
    let after = Decision {
        text: words,
        ..decision.clone()
    };
    let changes = changes(
        &Record::Decision(id.clone()),
        &decision.to_fields(),
        &after.to_fields(),
    );
    edit(format!("Decision {} reworded", decision.number), changes)
}

/// Withdraws a decision or an action item: it is kept, and no list or report shows it any more.
///
/// # Errors
/// One that is not there.
pub fn withdraw(review: &Review, record: &Record) -> Result<Edit> {
    let (what, number) = match record {
        Record::Decision(id) => (
            "Decision",
            review.calls.decisions.get(id).map(|held| held.number),
        ),
        Record::Action(id) => (
            "Action item",
            review.calls.actions.get(id).map(|held| held.number),
        ),
        _ => {
            return Err(Error::bug(
                "only decisions and action items are withdrawn here",
            ));
        }
    };
    let number = number.ok_or_else(|| no_such(&what.to_lowercase()))?;
    let before = review.calls.fields(record);
    let mut after = before.clone();
    after.insert(Field::Withdrawn, "yes".to_owned());
    edit(
        format!("{what} {number} withdrawn"),
        changes(record, &before, &after),
    )
}

/// An edit, whose label says so where nothing changes.
fn edit(label: String, changes: Vec<Change>) -> Result<Edit> {
    let label = if changes.is_empty() {
        format!("{label}: nothing changed")
    } else {
        label
    };
    Ok(Edit { label, changes })
}

fn no_such(what: &str) -> Error {
    Error::slip(format!("There is no such {what} any more."))
}

impl Calls {
    /// The day by which an action item is to be done: for `next call` the day of the first meeting of its series after its own that has one.
    pub fn due_on(&self, action: &Action) -> Option<NaiveDate> {
        match action.due? {
            Due::Day(day) => Some(day),
            Due::NextCall => self.next_call(action).and_then(|meeting| meeting.date),
        }
    }

    fn next_call(&self, action: &Action) -> Option<&super::meeting::Meeting> {
        let own = action.meeting.as_ref();
        let like = |id: &MeetingId| own.is_none_or(|own| id != own && is_of_series(id, own));
        let later = |meeting: &&super::meeting::Meeting| {
            meeting.date.is_some_and(|date| date > action.requested)
        };
        self.meetings
            .iter()
            .filter(|(id, _)| like(id))
            .map(|(_, meeting)| meeting)
            .filter(later)
            .min_by_key(|meeting| meeting.date)
    }

    /// Whether an action item should have been done by now.
    pub fn is_overdue(&self, action: &Action, today: NaiveDate) -> bool {
        action.done.is_none() && self.due_on(action).is_some_and(|due| due < today)
    }

    /// How many action items should have been done by now.
    pub fn overdue(&self, today: NaiveDate) -> usize {
        self.actions
            .values()
            .filter(|held| !held.withdrawn && self.is_overdue(held, today))
            .count()
    }
}
