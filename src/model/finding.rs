//! A finding or note: what was noted, by whom, said by whom, when, and about what.

use super::ids::{BadId, Id, MeetingId, QuestionNumber, RecommendationNumber};
use super::vocabulary::FindingKind;
use chrono::{DateTime, Utc};
use std::fmt;
use std::str::FromStr;

/// What a finding is about. Printed `rec 11`, `question 11.4`, `meeting plenary-43`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A recommendation.
    Recommendation(RecommendationNumber),
    /// A question.
    Question(QuestionNumber),
    /// A meeting as a whole.
    Meeting(MeetingId),
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            About::Recommendation(number) => write!(f, "rec {number}"),
            About::Question(number) => write!(f, "question {number}"),
            About::Meeting(id) => write!(f, "meeting {id}"),
        }
    }
}

impl FromStr for About {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.split_once(' ') {
            Some(("rec", number)) => number.parse().map(About::Recommendation),
            Some(("question", number)) => number.parse().map(About::Question),
            Some(("meeting", id)) => id.parse().map(About::Meeting),
            _ => Err(BadId {
                of: "record",
                found: text.to_owned(),
                expected: "rec 11, question 11.4 or meeting plenary-43",
            }),
        }
    }
}

/// A finding of the team, or a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Made when it was written, kept for ever.
    pub id: Id,
    /// What it is about.
    pub about: About,
    /// Finding or note.
    pub kind: FindingKind,
    /// The words.
    pub text: String,
    /// When it was said, or else written (UTC, whole seconds).
    pub at: DateTime<Utc>,
    /// Who wrote it down.
    pub by: String,
    /// Who said it.
    pub said_by: Option<String>,
    /// The meeting in which it was said.
    pub meeting: Option<MeetingId>,
    /// The minute of the meeting, counted from its start.
    pub minute: Option<u32>,
    /// The number of the agenda item that was open.
    pub agenda_item: Option<String>,
    /// Shown to its author only, and left out of exports unless asked for.
    pub private: bool,
    /// Taken back: kept, and shown only in the history.
    pub withdrawn: bool,
}

impl Finding {
    /// Whether `reader` may see it in a list.
    pub fn is_shown_to(&self, reader: &str) -> bool {
        !self.withdrawn && (!self.private || self.by == reader)
    }
}
