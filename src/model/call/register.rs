//! Decisions and action items: things of their own, numbered through across all meetings and kept until they are done.
//!
//! The columns of an action item are those of the tracker that the team keeps on its wiki.

use crate::error::{Error, Result};
use crate::model::edit::{changes, prose, with_member};
use crate::model::ids::{AgendaItemId, Id, MeetingId, MeetingName};
use crate::model::journal::change::{Change, Edit};
use crate::model::record::action::{Action, Due};
use crate::model::record::decision::Decision;
use crate::model::record::describe::{Described, Field, Fields};
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::{Record, Records};
use crate::model::record::meeting::{During, Meeting};
use crate::model::review::Review;
use crate::model::{day, text};
use chrono::{DateTime, NaiveDate, Utc};

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
    fn words(&self, _review: &Review, what: &str) -> Result<String> {
        prose(Finding::TEXT, &self.text)?
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
        .records
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
        agenda_item: item,
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
        .records
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
        agenda_item: item,
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

fn parts(during: Option<During>) -> (Option<MeetingId>, Option<u32>, Option<AgendaItemId>) {
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
    Finding::TEXT,
    Action::CATEGORY,
    Action::OWNER,
    Action::DUE,
    Action::PROGRESS,
    Action::RESPONSE,
    Action::DONE,
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
        .records
        .actions
        .get(id)
        .filter(|action| !action.withdrawn)
        .ok_or_else(|| no_such("action item"))?;
    let slip = |fault: String| Error::slip(format!("{fault}."));
    let line = Some(text::clean_line(value).text).filter(|line| !line.is_empty());
    let kept = match field {
        Action::DUE => line
            .map(|typed| Due::typed(&typed, today))
            .transpose()
            .map_err(slip)?
            .map(|due| due.to_string()),
        Action::DONE => line
            .map(|typed| day::parse(&typed, today))
            .transpose()
            .map_err(slip)?
            .map(|day| day.to_string()),
        Action::OWNER | Action::CATEGORY => line,
        Finding::TEXT | Action::PROGRESS | Action::RESPONSE => prose(Finding::TEXT, value)?,
        other => {
            return Err(Error::bug(format!(
                "{} is no field of an action item",
                other.label()
            )));
        }
    };
    if kept.is_none() && field == Finding::TEXT {
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
        (Action::DONE, Some(day)) => format!("Action item {number} done on {day}"),
        (Action::DONE, None) => format!("Action item {number} open again"),
        (Action::OWNER | Action::DUE | Action::CATEGORY, Some(value)) => {
            format!("Action item {number} {} {value}", field.label())
        }
        (Finding::TEXT, _) => format!("Action item {number} reworded"),
        (_, Some(_)) => format!("Action item {number} {}", field.label()),
        (_, None) => format!("Action item {number} {} unset", field.label()),
    };
    let owner = kept.as_deref().filter(|_| field == Action::OWNER);
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
        .records
        .decisions
        .get(id)
        .filter(|decision| !decision.withdrawn)
        .ok_or_else(|| no_such("decision"))?;
    let words = prose(Finding::TEXT, words)?
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
            review.records.decisions.get(id).map(|held| held.number),
        ),
        Record::Action(id) => (
            "Action item",
            review.records.actions.get(id).map(|held| held.number),
        ),
        _ => {
            return Err(Error::bug(
                "only decisions and action items are withdrawn here",
            ));
        }
    };
    let number = number.ok_or_else(|| no_such(&what.to_lowercase()))?;
    let before = review.records.fields(record);
    let mut after = before.clone();
    after.insert(Finding::WITHDRAWN, "yes".to_owned());
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

impl Records {
    /// The day by which an action item is to be done: for `next call` the day of the first meeting of its series after its own that has one.
    pub fn due_on(&self, action: &Action) -> Option<NaiveDate> {
        match action.due? {
            Due::Day(day) => Some(day),
            Due::NextCall => self.next_call(action).and_then(|meeting| meeting.date),
        }
    }

    fn next_call(&self, action: &Action) -> Option<&Meeting> {
        let own = action.meeting.as_ref();
        let name = |id: &MeetingId| {
            let meeting = self.meetings.get(id);
            meeting.map_or_else(|| MeetingName::from(id), |meeting| meeting.name.clone())
        };
        let like = |id: &MeetingId| {
            own.is_none_or(|own| id != own && name(id).series() == name(own).series())
        };
        let later = |meeting: &&Meeting| meeting.date.is_some_and(|date| date > action.requested);
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
