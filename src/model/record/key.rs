//! What names a record of one kind: an id, a printed number, a name, or a meeting and what is named within it.

use super::kinds::Record;
use crate::model::ids::{
    AgendaItemId, BadId, DeliverableNumber, Id, MeetingId, QuestionId, RecommendationNumber,
};

/// The type of the key of a kind, or of a part of it.
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

    /// The records that the key names; the record with this key may be one of them.
    fn names(&self) -> Vec<Record> {
        Vec::new()
    }
}

/// Keys that print and parse themselves.
macro_rules! keys {
    ($($key:ty $(: number, $expected:literal)? $(, names |$name:ident| $record:expr)?;)+) => { $(
        impl Key for $key {
            $(const IS_NUMBER: bool = true;
            const EXPECTED: &'static str = $expected;)?
            fn print(&self) -> String {
                self.to_string()
            }
            fn parse(text: &str) -> Result<Self, BadId> {
                text.parse()
            }
            $(fn names(&self) -> Vec<Record> {
                let $name = self;
                vec![$record]
            })?
        }
    )+ };
}

keys! {
    Id;
    QuestionId;
    AgendaItemId;
    MeetingId;
    RecommendationNumber: number, "the number of a recommendation", names |number| Record::Assessment(*number);
    DeliverableNumber: number, "the number of a deliverable's row", names |place| Record::Assessment(place.recommendation);
}

impl Key for String {
    const EXPECTED: &'static str = "the name of who was there";

    fn print(&self) -> String {
        self.clone()
    }
    fn parse(text: &str) -> Result<Self, BadId> {
        Ok(text.to_owned())
    }
    fn names(&self) -> Vec<Record> {
        vec![Record::Member(self.clone())]
    }
}

/// What belongs to a meeting is named after it, with a point.
impl<Part: Key> Key for (MeetingId, Part) {
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
        let mut named = vec![Record::Meeting(self.0.clone())];
        named.extend(self.1.names());
        named
    }
}

/// A text that names no record.
pub(super) fn bad(text: &str) -> BadId {
    BadId::new("record", text, "a kind and a name, such as rec 11")
}
