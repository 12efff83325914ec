//! A finding or note: what was noted, by whom, said by whom, when, and about what.

use super::describe::record;
use super::value::values;
use crate::model::ids::{AgendaItemId, BadId, Id, MeetingId, QuestionId, RecommendationNumber};
use crate::model::record::kinds::Record;
use crate::model::vocabulary::FindingKind;
use chrono::{DateTime, Utc};
use std::fmt;
use std::str::FromStr;

/// What a finding is about. Printed `rec 11`, `question 11.4`, `meeting plenary-43`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A recommendation.
    Recommendation(RecommendationNumber),
    /// A question.
    Question(QuestionId),
    /// A meeting as a whole.
    Meeting(MeetingId),
}

impl About {
    /// The record itself.
    pub fn record(&self) -> Record {
        match self {
            About::Recommendation(number) => Record::Assessment(*number),
            About::Question(id) => Record::Question(id.clone()),
            About::Meeting(id) => Record::Meeting(id.clone()),
        }
    }

    /// The meeting, if it is one.
    pub fn meeting(&self) -> Option<&MeetingId> {
        match self {
            About::Meeting(id) => Some(id),
            About::Recommendation(_) | About::Question(_) => None,
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record().fmt(f)
    }
}

impl FromStr for About {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.split_once(' ') {
            Some(("rec", number)) => number.parse().map(About::Recommendation),
            Some(("question", number)) => number.parse().map(About::Question),
            Some(("meeting", id)) => id.parse().map(About::Meeting),
            _ => {
                let expected = "rec 11, question 11.4 or meeting plenary-43";
                Err(BadId::new("record", text, expected))
            }
        }
    }
}

record! {
    /// A finding of the team, or a note.
    Finding: "finding" in "finding" by ["id"] Id, keeps id: Id;

    /// What it is about.
    about: About,
    /// When it was said or written, such as 2018-09-13T14:41:07Z.
    at: DateTime<Utc>,
    /// Who wrote it.
    by: String,
    /// Who said it.
    said_by: Option<String> as Person,
    /// Finding or note.
    kind: FindingKind,
    /// The meeting in which it was said.
    meeting: Option<MeetingId>,
    /// The minute of the meeting, counted from its start.
    minute: Option<u32>,
    /// The agenda item that was open.
    agenda_item: Option<AgendaItemId>,
    /// What was found.
    text: String as Text,
    /// Shown to its author only, and left out of exports unless asked for.
    private: bool,
    /// Taken back: kept, and shown only in the history.
    withdrawn: bool,
}

impl Finding {
    /// Whether `reader` may see it in a list.
    pub fn is_shown_to(&self, reader: &str) -> bool {
        !self.withdrawn && (!self.private || self.by == reader)
    }
}

values! {
    About: Word, names [Assessment, Question, Meeting] by |about| Some(about.record());
}
