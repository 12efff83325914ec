//! What a member said to an assessment or a decision, and what that was about.

use super::describe::record;
use super::value::values;
use crate::model::ids::{BadId, Id, MeetingId, RecommendationNumber};
use crate::model::record::kinds::Record;
use crate::model::vocabulary::Stance;
use chrono::{DateTime, Utc};
use std::fmt;
use std::str::FromStr;

/// What positions are taken on. Printed `rec 11`, `decision 0b9f…`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// The assessment of a recommendation.
    Assessment(RecommendationNumber),
    /// A decision.
    Decision(Id),
}

impl Matter {
    /// The record itself.
    pub fn record(&self) -> Record {
        match self {
            Matter::Assessment(number) => Record::Assessment(*number),
            Matter::Decision(id) => Record::Decision(id.clone()),
        }
    }
}

impl fmt::Display for Matter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record().fmt(f)
    }
}

impl FromStr for Matter {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.split_once(' ') {
            Some(("rec", number)) => number.parse().map(Matter::Assessment),
            Some(("decision", id)) => id.parse().map(Matter::Decision),
            _ => Err(BadId::new("matter", text, "rec 11, or decision and its id")),
        }
    }
}

record! {
    /// What a member said to a matter.
    Position: "position" in "position" by ["id"] Id;

    /// The matter: rec 11, or decision and its id.
    matter: Matter,
    /// The round, counted from 1.
    round: u16,
    /// The member who takes it.
    member: String as Person,
    /// For or against.
    position: Stance,
    /// When it was taken, such as 2018-09-13T14:41:07Z.
    at: DateTime<Utc>,
    /// Who wrote it.
    by: String,
    /// The meeting in which it was taken.
    meeting: Option<MeetingId>,
    /// The minute of the meeting, counted from its start.
    minute: Option<u32>,
    /// Why.
    text: Option<String> as Text,
    /// The minority statement that goes into the report.
    statement: Option<String> as Text,
}

values! {
    Matter: Word, names [Assessment, Decision] by |matter| Some(matter.record());
}
