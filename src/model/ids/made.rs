//! The ids of what people make, and those of questions and meetings, which a source may print.

use super::{BadId, QuestionNumber};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// The id of a record that a person made: opaque, assigned when the record is made, and never changed.
///
/// Ids that penholder makes sort in the order of making, after all other ids: the random ids of its first releases, ids derived from an operation, and ids that
/// people wrote by hand.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Id(String);

/// The first letter of an id that penholder makes. After it: milliseconds (12 hexadecimal digits), a counter (4) and random bits (12), separated by hyphens.
const MADE: char = 'n';

/// The end of the year 9999 in milliseconds: nothing was made later, whatever a file says.
const LATEST: u64 = 253_402_300_799_999;

/// The ids that come next in a workspace, each after every id that it has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NextIds {
    newest: Option<Id>,
    milliseconds: u64,
    random: u64,
}

impl NextIds {
    /// Goes on at another moment, with other random bits.
    pub fn at(&mut self, milliseconds: u64, random: u64) {
        (self.milliseconds, self.random) = (milliseconds, random);
    }

    /// Makes all later ids sort after this one.
    pub fn pass(&mut self, there: &Id) {
        if there.made_at().is_some() && self.newest.as_ref().is_none_or(|newest| newest < there) {
            self.newest = Some(there.clone());
        }
    }

    /// The newest id that is there, of those that penholder made.
    pub fn newest(&self) -> Option<&Id> {
        self.newest.as_ref()
    }

    /// The next id.
    pub fn make(&mut self) -> Id {
        // The steps of splitmix64: every id gets random bits of its own.
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ (mixed >> 31);
        let id = Id::after(self.newest.as_ref(), self.milliseconds, mixed);
        self.newest = Some(id.clone());
        id
    }
}

impl Id {
    /// The first id made at a moment, or the next one after `newest` if that was made then or later.
    fn after(newest: Option<&Id>, milliseconds: u64, random: u64) -> Id {
        let (time, count) = match newest.and_then(Id::made_at) {
            Some((time, count)) if time >= milliseconds && count < 0xffff => (time, count + 1),
            Some((time, _)) if time >= milliseconds => (time + 1, 0),
            _ => (milliseconds, 0),
        };
        Id(format!(
            "{MADE}{:012x}-{count:04x}-{:012x}",
            time & 0xffff_ffff_ffff,
            random & 0xffff_ffff_ffff
        ))
    }

    /// The id of a record that was made before ids existed, from the SHA-256 (in hexadecimal) of what made it, shortened to 31 digits.
    pub fn derived(hash: &str) -> Id {
        Id(format!("d{}", hash.get(..31).unwrap_or(hash)))
    }

    /// The time in milliseconds and the counter of an id that [`Id::after`] made.
    fn made_at(&self) -> Option<(u64, u16)> {
        let mut parts = self.0.strip_prefix(MADE)?.split('-');
        let (time, count, random) = (parts.next()?, parts.next()?, parts.next()?);
        let is_made = (time.len(), count.len(), random.len()) == (12, 4, 12)
            && parts.next().is_none()
            && self.0.bytes().all(|b| !b.is_ascii_uppercase());
        let time = u64::from_str_radix(time, 16).ok()?;
        let count = u16::from_str_radix(count, 16).ok()?;
        (is_made && time <= LATEST).then_some((time, count))
    }

    /// Whether penholder made it, so that it sorts by time.
    pub fn is_made(&self) -> bool {
        self.made_at().is_some()
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Id) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Id) -> Ordering {
        (self.is_made(), &self.0).cmp(&(other.is_made(), &other.0))
    }
}

impl FromStr for Id {
    type Err = BadId;
    /// Letters, digits and hyphens, 4 to 64 of them.
    fn from_str(text: &str) -> Result<Self, BadId> {
        let is_id = (4..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let bad = || BadId::new("record", text, "4 to 64 letters, digits and hyphens");
        is_id.then(|| Id(text.to_owned())).ok_or_else(bad)
    }
}

/// The id of a question: the number under which a source prints it, or the id of one of the team's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionId {
    /// Printed in a source.
    Printed(QuestionNumber),
    /// The team's own.
    Own(Id),
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QuestionId::Printed(number) => number.fmt(f),
            QuestionId::Own(id) => id.fmt(f),
        }
    }
}

impl FromStr for QuestionId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.parse::<QuestionNumber>() {
            Ok(number) if number.to_string() == text => Ok(QuestionId::Printed(number)),
            _ => text.parse().map(QuestionId::Own),
        }
    }
}

/// The id of an agenda item of one of the team's own meetings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgendaItemId(pub Id);

impl FromStr for AgendaItemId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        text.parse().map(AgendaItemId)
    }
}

/// The id of a meeting: `plenary-41` for one that a source tells of, opaque for one of the team's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeetingId(String);

impl MeetingId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl MeetingId {
    /// The id of a meeting of which only the name is known. It follows from the name, so that workspaces which merely mention a meeting agree on it.
    pub fn of_name(name: &MeetingName) -> MeetingId {
        MeetingId(format!("m-{name}"))
    }
}

impl From<Id> for MeetingId {
    fn from(id: Id) -> MeetingId {
        MeetingId(id.0)
    }
}

impl FromStr for MeetingId {
    type Err = BadId;
    /// Small letters, digits and hyphens; at most 64 of them.
    fn from_str(text: &str) -> Result<Self, BadId> {
        let is_id = is_written_small(text) && (1..=64).contains(&text.len());
        let id = is_id.then(|| MeetingId(text.to_owned()));
        id.ok_or_else(|| no_meeting(text))
    }
}

/// What people call a meeting: its kind and number, `plenary-43`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeetingName(String);

impl MeetingName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a name as a person types it: `Plenary 43` is plenary-43.
    ///
    /// # Errors
    /// What is no name in its written form either.
    pub fn typed(text: &str) -> Result<MeetingName, BadId> {
        // A file may have brought a name that is written otherwise, with two hyphens for instance; it can still be typed.
        text.parse().or_else(|bad| {
            let parts = text.split(|c: char| c.is_whitespace() || c == '-');
            let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            parts.join("-").to_lowercase().parse().map_err(|_| bad)
        })
    }

    /// The name as a person writes it: `Plenary 43`.
    pub fn label(&self) -> String {
        let words = self.0.replace('-', " ");
        let mut chars = words.chars();
        chars.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(chars).collect()
        })
    }

    /// What comes before its number: `plenary`.
    pub fn series(&self) -> &str {
        self.0.rsplit_once('-').map_or("", |(series, _)| series)
    }
}

impl From<&MeetingId> for MeetingName {
    /// The name of a meeting that a source tells of, which is its id.
    fn from(id: &MeetingId) -> MeetingName {
        MeetingName(id.0.clone())
    }
}

impl FromStr for MeetingName {
    type Err = BadId;
    /// A small letter, then small letters, digits and hyphens; at most 60 of them. [`MeetingName::typed`] is less strict.
    fn from_str(text: &str) -> Result<Self, BadId> {
        let starts_with_letter = text.starts_with(|c: char| c.is_ascii_lowercase());
        let is_name = is_written_small(text) && starts_with_letter && text.len() <= 60;
        let name = is_name.then(|| MeetingName(text.to_owned()));
        name.ok_or_else(|| no_meeting(text))
    }
}

/// Whether a text has only small letters, digits and hyphens.
fn is_written_small(text: &str) -> bool {
    let is_small = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    text.bytes().all(is_small)
}

fn no_meeting(text: &str) -> BadId {
    BadId::new("meeting", text, "a name such as plenary-43")
}

super::printed_as_content!(Id, AgendaItemId, MeetingId, MeetingName);
super::as_text!(Id, QuestionId, AgendaItemId, MeetingId, MeetingName);
