//! What names a record of one kind: an id, a printed number, a name, or a meeting and what is named within it.

use super::kinds::Record;
use crate::model::ids::{
    AgendaItemId, BadId, DeliverableNumber, Id, MeetingId, QuestionId, RecommendationNumber,
};

/// The type of the key of a kind.
pub(super) trait Key: Sized {
    /// Whether files show the last part of the key as a number.
    const IS_NUMBER: bool = false;

    /// What the last part of the key is, as a message about a missing one says it.
    const EXPECTED: &'static str = "its id, made when it was written";

    /// The key as the journal writes it.
    fn print(&self) -> String;

    /// Reads what [`Key::print`] writes.
    ///
    /// # Errors
    /// What is no such key.
    fn parse(text: &str) -> Result<Self, BadId>;

    /// The recommendation that the record belongs to, if its key says so.
    fn recommendation(&self) -> Option<RecommendationNumber> {
        None
    }

    /// The records that the key names.
    fn names(&self) -> Vec<Record> {
        Vec::new()
    }
}

/// What may stand behind the meeting in the key of a record that belongs to a meeting.
trait PartOfMeeting: Key {
    /// The record that this part names.
    fn named(&self) -> Record;
}

macro_rules! ids {
    ($($key:ty),+) => { $(
        impl Key for $key {
            fn print(&self) -> String {
                self.to_string()
            }
            fn parse(text: &str) -> Result<Self, BadId> {
                text.parse()
            }
        }
    )+ };
}
ids!(Id, QuestionId, AgendaItemId, MeetingId);

impl Key for RecommendationNumber {
    const IS_NUMBER: bool = true;
    const EXPECTED: &'static str = "the number of a recommendation";

    fn print(&self) -> String {
        self.to_string()
    }
    fn parse(text: &str) -> Result<Self, BadId> {
        text.parse()
    }
    fn recommendation(&self) -> Option<RecommendationNumber> {
        Some(*self)
    }
}

impl PartOfMeeting for RecommendationNumber {
    fn named(&self) -> Record {
        Record::Assessment(*self)
    }
}

impl Key for DeliverableNumber {
    const IS_NUMBER: bool = true;
    const EXPECTED: &'static str = "the number of a deliverable's row";

    fn print(&self) -> String {
        self.to_string()
    }
    fn parse(text: &str) -> Result<Self, BadId> {
        text.parse()
    }
    fn recommendation(&self) -> Option<RecommendationNumber> {
        Some(self.recommendation)
    }
    fn names(&self) -> Vec<Record> {
        vec![Record::Assessment(self.recommendation)]
    }
}

impl Key for String {
    const EXPECTED: &'static str = "the name of who was there";

    fn print(&self) -> String {
        self.clone()
    }
    fn parse(text: &str) -> Result<Self, BadId> {
        Ok(text.to_owned())
    }
}

impl PartOfMeeting for String {
    fn named(&self) -> Record {
        Record::Member(self.clone())
    }
}

/// What belongs to a meeting is named after it, with a point.
impl<Part: PartOfMeeting> Key for (MeetingId, Part) {
    const IS_NUMBER: bool = Part::IS_NUMBER;
    const EXPECTED: &'static str = Part::EXPECTED;

    fn print(&self) -> String {
        format!("{}.{}", self.0, self.1.print())
    }
    fn parse(text: &str) -> Result<Self, BadId> {
        let (meeting, part) = text.split_once('.').ok_or_else(|| bad(text))?;
        Ok((meeting.parse()?, Part::parse(part)?))
    }
    fn names(&self) -> Vec<Record> {
        vec![Record::Meeting(self.0.clone()), self.1.named()]
    }
}

/// A text that names no record.
pub(super) fn bad(text: &str) -> BadId {
    BadId {
        of: "record",
        found: text.to_owned(),
        expected: "a kind and a name, such as rec 11",
    }
}
