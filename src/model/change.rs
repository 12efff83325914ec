//! A change carries its before and its after; an operation is the changes that belong together.
//!
//! Undo, redo, history, conflict detection and merging all read these two images; nothing else in the program
//! knows how to go back. Values are kept as the text that the field's type prints and parses, so that the journal can be read by
//! a person with nothing but sqlite3.

use super::call::position::Matter;
use super::ids::{BadId, DeliverableNumber, Id, MeetingId, QuestionNumber, RecommendationNumber};
use super::vocabulary::Field;
use chrono::{DateTime, Utc};
use std::fmt;
use std::str::FromStr;

/// The record a change is made to. Printed `rec 11`, `deliverable 25.3`, `finding 0b9f…`, `question 11.17`, `answer 0b9f…`, `member Emily`, `meeting plenary-43`, `quoted rec 11`; what belongs
/// to a meeting is named after it, with a point: `agenda plenary-43.2`, `attendance plenary-43.Emily`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Record {
    /// The assessment of a recommendation.
    Assessment(RecommendationNumber),
    /// The team's verdict on a deliverable.
    Deliverable(DeliverableNumber),
    /// A finding or note.
    Finding(Id),
    /// What the team recorded on a question.
    Question(QuestionNumber),
    /// An answer to a question.
    Answer(Id),
    /// A member that no source names.
    Member(String),
    /// A meeting that no source tells of.
    Meeting(MeetingId),
    /// An item of such a meeting's agenda, by the number it was made under.
    Agenda(MeetingId, u16),
    /// A recommendation queued for a meeting.
    Queued(MeetingId, RecommendationNumber),
    /// Somebody at a meeting.
    Attendance(MeetingId, String),
    /// A decision.
    Decision(Id),
    /// An action item.
    Action(Id),
    /// What a member said to an assessment or a decision.
    Position(Id),
    /// A round in which positions on something were taken, counted from 1.
    Round(Matter, u16),
    /// A version of a call's report that went out, counted from 1.
    Report(MeetingId, u16),
    /// A quoted record, changed only by a newer catalogue.
    Quoted(String),
}

impl Record {
    /// The recommendation whose assessment this is, or of whose deliverable.
    pub fn recommendation(&self) -> Option<RecommendationNumber> {
        match self {
            Record::Assessment(number) => Some(*number),
            Record::Deliverable(number) => Some(number.recommendation),
            _ => None,
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Record::Assessment(number) => write!(f, "rec {number}"),
            Record::Deliverable(number) => write!(f, "deliverable {number}"),
            Record::Question(number) => write!(f, "question {number}"),
            Record::Answer(id) => write!(f, "answer {id}"),
            Record::Finding(id) => write!(f, "finding {id}"),
            Record::Member(name) => write!(f, "member {name}"),
            Record::Meeting(id) => write!(f, "meeting {id}"),
            Record::Agenda(meeting, item) => write!(f, "agenda {meeting}.{item}"),
            Record::Queued(meeting, number) => write!(f, "queued {meeting}.{number}"),
            Record::Attendance(meeting, name) => write!(f, "attendance {meeting}.{name}"),
            Record::Decision(id) => write!(f, "decision {id}"),
            Record::Action(id) => write!(f, "action {id}"),
            Record::Position(id) => write!(f, "position {id}"),
            Record::Round(matter, round) => write!(f, "round {matter}.{round}"),
            Record::Report(meeting, version) => write!(f, "report {meeting}.{version}"),
            Record::Quoted(key) => write!(f, "quoted {key}"),
        }
    }
}

impl FromStr for Record {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId {
            of: "record",
            found: text.to_owned(),
            expected: "a kind and a name, such as rec 11",
        };
        let (kind, name) = text.split_once(' ').ok_or_else(bad)?;
        let of_meeting = || -> Result<(MeetingId, &str), BadId> {
            let (meeting, key) = name.split_once('.').ok_or_else(bad)?;
            Ok((meeting.parse()?, key))
        };
        let counted = |key: &str| key.parse::<u16>().map_err(|_| bad());
        match kind {
            "rec" => name.parse().map(Record::Assessment),
            "deliverable" => name.parse().map(Record::Deliverable),
            "finding" => name.parse().map(Record::Finding),
            "question" => name.parse().map(Record::Question),
            "answer" => name.parse().map(Record::Answer),
            "member" => Ok(Record::Member(name.to_owned())),
            "meeting" => name.parse().map(Record::Meeting),
            "agenda" => {
                of_meeting().and_then(|(meeting, key)| Ok(Record::Agenda(meeting, counted(key)?)))
            }
            "queued" => {
                of_meeting().and_then(|(meeting, key)| Ok(Record::Queued(meeting, key.parse()?)))
            }
            "attendance" => {
                of_meeting().map(|(meeting, name)| Record::Attendance(meeting, name.to_owned()))
            }
            "decision" => name.parse().map(Record::Decision),
            "action" => name.parse().map(Record::Action),
            "position" => name.parse().map(Record::Position),
            "round" => {
                let (matter, round) = name.rsplit_once('.').ok_or_else(bad)?;
                Ok(Record::Round(matter.parse()?, counted(round)?))
            }
            "report" => {
                of_meeting().and_then(|(meeting, key)| Ok(Record::Report(meeting, counted(key)?)))
            }
            "quoted" => Ok(Record::Quoted(name.to_owned())),
            _ => Err(bad()),
        }
    }
}

/// One field of one record, before and after. `None` is unset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The record.
    pub record: Record,
    /// The field.
    pub field: Field,
    /// Its value before.
    pub before: Option<String>,
    /// Its value after.
    pub after: Option<String>,
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Change {
        Change {
            record: self.record.clone(),
            field: self.field,
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }
}

/// What an edit wants done: its label in plain words, and its changes. No changes means that there is nothing to do, and the label says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// `Rec 11 partially implemented`.
    pub label: String,
    /// The changes, none of which leaves a field as it is.
    pub changes: Vec<Change>,
}

impl Edit {
    /// Whether there is nothing to write.
    pub fn is_nothing(&self) -> bool {
        self.changes.is_empty()
    }

    /// The meetings that are created bare because the edit names them and nobody knows them.
    pub fn new_meetings(&self) -> impl Iterator<Item = &MeetingId> {
        let says_more = |record: &Record| {
            self.changes
                .iter()
                .any(|other| other.record == *record && other.field != Field::Name)
        };
        self.changes
            .iter()
            .filter_map(move |change| match &change.record {
                Record::Meeting(id)
                    if change.field == Field::Name
                        && change.before.is_none()
                        && !says_more(&change.record) =>
                {
                    Some(id)
                }
                _ => None,
            })
    }

    /// This edit and another that was made where this one leaves the review, as one under this one's label.
    #[must_use]
    pub fn then(mut self, later: Edit) -> Edit {
        for change in later.changes {
            match self
                .changes
                .iter_mut()
                .find(|known| known.record == change.record && known.field == change.field)
            {
                Some(known) => known.after = change.after,
                None => self.changes.push(change),
            }
        }
        self.changes.retain(|change| change.before != change.after);
        self
    }

    /// The edit that takes this one back, its changes in reverse order.
    #[must_use]
    pub fn inverse(&self) -> Edit {
        Edit {
            label: self.label.clone(),
            changes: self.changes.iter().rev().map(Change::inverse).collect(),
        }
    }
}

/// Whether an operation is new, takes another back, or repeats one that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// New.
    Do,
    /// Takes back the operation with this id.
    Undo(Id),
    /// Repeats the operation with this id.
    Redo(Id),
}

/// One entry of the journal: one transaction, one undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Made when it was written, kept for ever.
    pub id: Id,
    /// When it was written, or, if a file brought it, when its content came to be (UTC).
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub by: String,
    /// The meeting that was live.
    pub meeting: Option<MeetingId>,
    /// Whether it is an undo or redo.
    pub role: Role,
    /// What it did, in plain words.
    pub label: String,
    /// Its changes.
    pub changes: Vec<Change>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_parses_what_it_prints() {
        for text in [
            "rec 11",
            "deliverable 25.3",
            "finding abcd-1234",
            "question 11.17",
            "answer abcd-1234",
            "member Ram Krishna",
            "meeting plenary-43",
            "agenda plenary-43.2",
            "queued plenary-43.11",
            "attendance plenary-43.Ram Krishna",
            "attendance plenary-43.J. Doe",
            "decision abcd-1234",
            "action abcd-1234",
            "position abcd-1234",
            "round rec 11.2",
            "round decision abcd-1234.1",
            "report plenary-43.1",
            "quoted slide 002:12",
        ] {
            assert_eq!(text.parse::<Record>().unwrap().to_string(), text);
        }
        assert!("thing 1".parse::<Record>().is_err());
        assert!("rec eleven".parse::<Record>().is_err());
    }
}
