//! Decisions and action items: things of their own, numbered through across all meetings and kept until they are done.
//!
//! The columns of an action item are those of the tracker that the team keeps on its wiki.

use crate::error::{Error, Result};
use crate::model::day;
use crate::model::edit::{capital, check_about, existing, line, needed, prose};
use crate::model::ids::{Id, MeetingId, MeetingName};
use crate::model::journal::change::Edit;
use crate::model::record::action::{Action, Due};
use crate::model::record::decision::Decision;
use crate::model::record::describe::Field;
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::{Record, Records};
use crate::model::record::meeting::{During, Meeting};
use crate::model::review::Review;
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

/// Writes down a decision under a fresh id and the next number.
///
/// # Errors
/// No words; a recommendation or question that is not there.
pub fn decide(review: &Review, id: Id, entry: Entry) -> Result<Edit> {
    let text = needed("A decision", &entry.text)?;
    if let Some(about) = &entry.about {
        check_about(review, about)?;
    }
    let decisions = review.records.decisions.values();
    let number = next_number(decisions.map(|decision| decision.number));
    let (meeting, minute, agenda_item) = During::parts(entry.during);
    let decision = Decision {
        number,
        text,
        about: entry.about,
        said_by: entry.who.as_deref().and_then(line),
        consensus: None,
        objections_by: None,
        at: entry.at,
        by: entry.by,
        meeting,
        minute,
        agenda_item,
        withdrawn: false,
    };
    let made = review.changes_to(&Record::Decision(id), &decision);
    let edit = Edit::new(format!("Decision {number}"), made);
    Ok(edit.with_member(review, decision.said_by.as_deref()))
}

/// Writes down an action item under a fresh id and the next number.
///
/// # Errors
/// No words; a recommendation or question that is not there.
pub fn ask_for(review: &Review, id: Id, entry: Entry) -> Result<Edit> {
    let text = needed("An action item", &entry.text)?;
    if let Some(about) = &entry.about {
        check_about(review, about)?;
    }
    let actions = review.records.actions.values();
    let number = next_number(actions.map(|action| action.number));
    let (meeting, minute, agenda_item) = During::parts(entry.during);
    let action = Action {
        number,
        text,
        category: None,
        owner: entry.who.as_deref().and_then(line),
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
        agenda_item,
        withdrawn: false,
    };
    let mut label = format!("Action item {number}");
    if let Some(owner) = &action.owner {
        label += &format!(" for {owner}");
    }
    if let Some(due) = action.due {
        label += &format!(", due {due}");
    }
    let edit = Edit::new(label, review.changes_to(&Record::Action(id), &action));
    Ok(edit.with_member(review, action.owner.as_deref()))
}

/// The number after the highest.
pub(super) fn next_number(numbers: impl Iterator<Item = u32>) -> u32 {
    numbers.max().unwrap_or(0).saturating_add(1)
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
    let action = review.records.actions.get(id);
    let action = existing(action.filter(|action| !action.withdrawn), "action item")?;
    let slip = |fault: String| Error::slip(format!("{fault}."));
    let kept = match (field, line(value)) {
        (Action::DUE, Some(typed)) => Some(Due::typed(&typed, today).map_err(slip)?.to_string()),
        (Action::DONE, Some(typed)) => Some(day::parse(&typed, today).map_err(slip)?.to_string()),
        (Action::DUE | Action::DONE, None) => None,
        (Action::OWNER | Action::CATEGORY, line) => line,
        (Action::PROGRESS | Action::RESPONSE, _) => prose(Finding::TEXT, value)?,
        (Finding::TEXT, _) => Some(needed("An action item", value)?),
        (other, _) => {
            let field = other.label();
            return Err(Error::bug(format!(
                "{field} is not a field of an action item"
            )));
        }
    };
    let said = match (field, &kept) {
        (Action::DONE, Some(day)) => format!("done on {day}"),
        (Action::DONE, None) => "open again".to_owned(),
        (Action::OWNER | Action::DUE | Action::CATEGORY, Some(value)) => {
            format!("{} {value}", field.label())
        }
        (Finding::TEXT, _) => "reworded".to_owned(),
        (_, Some(_)) => field.label(),
        (_, None) => format!("{} unset", field.label()),
    };
    let label = format!("Action item {} {said}", action.number);
    let made = review.changes_of(&Record::Action(id.clone()), field, &kept);
    let owner = kept.as_deref().filter(|_| field == Action::OWNER);
    let edit = Edit::new(label, made).with_member(review, owner);
    Ok(edit.or_says(": nothing changed"))
}

/// Changes the words of a decision.
///
/// # Errors
/// A decision that is not there; no words.
pub fn reword_decision(review: &Review, id: &Id, words: &str) -> Result<Edit> {
    let number = decision(review, id)?.number;
    let text = needed("A decision", words)?;
    let made = review.changes_of(&Record::Decision(id.clone()), Finding::TEXT, &text);
    let edit = Edit::new(format!("Decision {number} reworded"), made);
    Ok(edit.or_says(": nothing changed"))
}

/// The decision, if it was not withdrawn.
pub(super) fn decision<'a>(review: &'a Review, id: &Id) -> Result<&'a Decision> {
    let decision = review.records.decisions.get(id);
    existing(decision.filter(|decision| !decision.withdrawn), "decision")
}

/// Withdraws a decision or an action item: it is kept, and no list or report shows it any more.
///
/// # Errors
/// One that is not there.
pub fn withdraw(review: &Review, record: &Record) -> Result<Edit> {
    if !matches!(record, Record::Decision(_) | Record::Action(_)) {
        return Err(Error::bug(format!("{record} is in no register")));
    }
    let fields = review.fields(record);
    let kind = record.kind().map(|kind| kind.description().label());
    let fields = Some(fields).filter(|fields| !fields.is_empty());
    let fields = existing(fields, &kind.unwrap_or_default())?;
    let label = format!("{} withdrawn", capital(&record.label(&fields)));
    let made = review.changes_of(record, Finding::WITHDRAWN, &true);
    Ok(Edit::new(label, made).or_says(": nothing changed"))
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
        let series = |id: &MeetingId| {
            let meeting = self.meetings.get(id);
            let name = meeting.map_or_else(|| MeetingName::from(id), |own| own.name.clone());
            name.series().to_owned()
        };
        let own = action.meeting.as_ref().map(|id| (id, series(id)));
        let is_later = |(id, meeting): &(&MeetingId, &Meeting)| {
            let mut own = own.iter();
            own.all(|(own, series)| *id != *own && meeting.name.series() == series)
                && meeting.date.is_some_and(|date| date > action.requested)
        };
        let later = self.meetings.iter().filter(is_later);
        later.map(|(_, meeting)| meeting).min_by_key(|m| m.date)
    }

    /// Whether an action item should have been done by now.
    pub fn is_overdue(&self, action: &Action, today: NaiveDate) -> bool {
        action.done.is_none() && self.due_on(action).is_some_and(|due| due < today)
    }

    /// How many action items should have been done by now.
    pub fn overdue(&self, today: NaiveDate) -> usize {
        let overdue = |action: &&Action| !action.withdrawn && self.is_overdue(action, today);
        self.actions.values().filter(overdue).count()
    }
}
