//! The field's words as types: each enum prints the plain word and parses it back. Words that each catalogue brings along are
//! no enums; they are in `vocabulary/catalogue_word.rs`.
//!
//! Words are accepted with spaces or hyphens in any letter case, and printed with spaces in lower case, as the TOML, the JSON and
//! the database spell them. Nothing else in the program compares such words as text, but for the SQL of the store.

mod catalogue_word;

pub use catalogue_word::{BriefingName, DocumentKind, MeetingKind, Phase};

use super::ids::as_text;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A word outside the vocabulary, with the words that are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// What the vocabulary is of: `implementation`, `standing`, ...
    pub of: &'static str,
    /// What was found instead.
    pub found: String,
    /// The words that would do.
    pub expected: Vec<String>,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = super::text::visible(&self.found);
        write!(f, "“{found}” is no {}; ", self.of)?;
        if self.expected.is_empty() {
            write!(f, "this review has none")
        } else {
            write!(f, "expected {}", self.expected.join(", "))
        }
    }
}

impl std::error::Error for UnknownWord {}

/// The one of these words that a person means by what was typed: the same, or one that differs only in letter case, hyphens and spaces.
fn among<T: Clone>(
    of: &'static str,
    typed: &str,
    words: &[T],
    word: impl Fn(&T) -> &str,
) -> Result<T, UnknownWord> {
    // What is stored is spelled as printed; only what a person types is spelled otherwise.
    let same = words.iter().find(|known| word(known) == typed);
    let alike = || {
        let wanted = plain(typed);
        words.iter().find(|known| plain(word(known)) == wanted)
    };
    same.or_else(alike).cloned().ok_or_else(|| UnknownWord {
        of,
        found: typed.to_owned(),
        expected: words.iter().map(|known| word(known).to_owned()).collect(),
    })
}

/// Brings hyphens, underscores, letter case and white space of a typed word to the printed form.
fn plain(word: &str) -> String {
    word.split(|c: char| c.is_whitespace() || c == '-' || c == '_')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

macro_rules! vocabulary {
    ($( $(#[$doc:meta])* $name:ident of $of:literal { $( $(#[$word_doc:meta])* $variant:ident = $word:literal ),+ $(,)? } )+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$word_doc])* #[doc = concat!("Printed as `", $word, "`.")] $variant ),+ }

        impl $name {
            /// All words, in the order of the field.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word as it is printed everywhere.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.word()) }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(typed: &str) -> Result<Self, UnknownWord> {
                among($of, typed, $name::ALL, |known| known.word())
            }
        }

        as_text!($name);
        crate::model::record::value::values! { $name: Word of $name::ALL; }
    )+ };
}

vocabulary! {
    /// To what extent a recommendation was implemented, in the team's view (bylaws 4.6(c)(iv): "the extent to which prior recommendations have been implemented").
    Implementation of "implementation" {
        Implemented = "implemented",
        PartiallyImplemented = "partially implemented",
        NotImplemented = "not implemented",
        /// Looked at, and not to be decided on what is known; not the same as not assessed.
        CannotBeDetermined = "cannot be determined",
    }
    /// Whether a recommendation still matters.
    Relevance of "relevance" {
        StillRelevant = "still relevant",
        NoLongerRelevant = "no longer relevant",
    }
    /// Whether implementing it had the intended effect (bylaws 4.6(c)(iv)).
    Effect of "intended effect" {
        Achieved = "achieved",
        PartiallyAchieved = "partially achieved",
        NotAchieved = "not achieved",
        CannotBeDetermined = "cannot be determined",
    }
    /// How far an assessment has come; there is none until something is recorded.
    Standing of "standing" {
        Draft = "draft",
        Proposed = "proposed",
        Agreed = "agreed",
        /// Changed after it had been agreed.
        Reopened = "reopened",
    }
    /// The chair's estimate of the team's agreement (GNSO working group rules, standard methodology for making decisions).
    Consensus of "consensus designation" {
        FullConsensus = "full consensus",
        Consensus = "consensus",
        StrongSupport = "strong support but significant opposition",
        Divergence = "divergence",
        MinorityView = "minority view",
    }
    /// What ICANN org's implementation notes claim.
    Claim of "claim" {
        Complete = "complete",
        InProcess = "in process",
        Behind = "behind",
    }
    /// The status of a deliverable, in the words of the legend that ICANN org prints below its implementation reports.
    DeliverableStatus of "deliverable status" {
        Complete = "complete",
        PlannedOrInProcess = "planned or in process",
        BehindRecovering = "behind schedule, expected to recover within original plan",
        BehindAdjusting = "behind schedule, original plan to be adjusted",
        /// The document shows no mark that belongs to this row.
        NotLegible = "not legible in the source",
    }
    /// Where a question stands.
    QuestionState of "question state" {
        Draft = "draft",
        Asked = "asked",
        ClarificationWanted = "clarification wanted from the team",
        Answered = "answered",
        /// It has an unanswered child question.
        FollowUp = "follow-up",
        Closed = "closed",
        NoLongerNeeded = "no longer needed",
    }
    /// Whether an answer satisfies the team.
    Satisfies of "satisfaction" { Yes = "yes", Partly = "partly", No = "no" }
    /// What somebody is at a meeting, as the team's plenary pages list people. Late and left are members who were there for a part of it.
    Presence of "presence" {
        Present = "present",
        Late = "late",
        Left = "left",
        Apologies = "apologies",
        Observer = "observer",
        Guest = "guest",
        /// Of ICANN organization.
        Staff = "staff",
    }
    /// What became of a recommendation that was queued for a meeting.
    Outcome of "outcome" {
        /// Something was recorded on it in the meeting.
        Reached = "reached",
        /// Put off to the next meeting, for a reason.
        Deferred = "deferred",
    }
    /// What a member says to an assessment or a decision.
    Stance of "position" {
        Agree = "agree",
        Object = "object",
        Abstain = "abstain",
        Absent = "absent",
        NotHeard = "not heard",
    }
    /// How much a remark on a source matters.
    Grade of "grade" { High = "high", Medium = "medium", Low = "low" }
    /// Whether a note is a finding of the team or a plain note.
    FindingKind of "kind" { Finding = "finding", Note = "note" }
    /// Whether a review is the one looked at or the one that looks.
    ReviewRole of "role" { Reviewed = "reviewed", Reviewing = "reviewing" }
}

impl QuestionState {
    /// Whether an answer or a clarification is still waited for.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            QuestionState::Asked | QuestionState::ClarificationWanted | QuestionState::FollowUp
        )
    }

    /// Whether whoever waits for it has to wait on: it is open, or not even sent.
    pub const fn is_unanswered(self) -> bool {
        self.is_open() || matches!(self, QuestionState::Draft)
    }
}

impl Presence {
    /// Whether whoever is marked so was in the meeting as one of the team, if only for a part of it.
    pub const fn is_of_team(self) -> bool {
        matches!(self, Presence::Present | Presence::Late | Presence::Left)
    }

    /// Whether whoever is marked so is of the team and in the room now.
    pub const fn is_here(self) -> bool {
        matches!(self, Presence::Present | Presence::Late)
    }
}
