//! What the program ships with: the quoted records, as `data/README.md` describes them, in the shape of the files.
//!
//! These records are never edited by a person; a newer catalogue renews them whole. What the team makes of them lives in its
//! own records beside them.

mod briefing;
mod kinds;
mod plan;
mod recommendation;

use super::citation::Citation;
use super::date;
use super::ids::{MeetingId, QuestionNumber, RecommendationNumber};
use super::remark::Remark;
use super::vocabulary::{BriefingName, DocumentKind, MeetingKind, ReviewRole};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

pub use briefing::{Briefing, BriefingCover};
pub use kinds::{KINDS, QuotedRecord, Records, label, to_json};
pub use plan::{Budget, BudgetRow, Goal, Objective, PlanItem, Portfolio};
pub use recommendation::{
    CrossReference, Deliverable, Link, Recommendation, RecommendationSources, StatusParagraph,
};

/// All quoted records of one review.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalogue {
    /// The name of the review whose recommendations these are, and the edition of this transcription.
    pub header: Header,
    /// The reviews.
    pub reviews: Vec<Review>,
    /// The source documents.
    pub documents: Vec<Document>,
    /// The recommendations, by number.
    pub recommendations: Vec<Recommendation>,
    /// The briefings, in the order of the source.
    pub briefings: Vec<Briefing>,
    /// The questions, in the order of the source.
    pub questions: Vec<Question>,
    /// The meetings.
    pub meetings: Vec<Meeting>,
    /// The members, as printed.
    pub members: Vec<Member>,
    /// Who presented for ICANN org.
    pub presenters: Vec<Presenter>,
    /// The topics with their volunteers.
    pub topics: Vec<Topic>,
    /// The reviewing team's workstreams.
    pub workstreams: Vec<Workstream>,
    /// The reviewing team's own draft recommendations.
    pub new_recommendations: Vec<NewRecommendation>,
    /// The sections of the bylaws that the sources name.
    pub bylaws: Vec<Bylaw>,
    /// Strategic objectives.
    pub objectives: Vec<Objective>,
    /// Strategic goals.
    pub goals: Vec<Goal>,
    /// Portfolios of the operating plan.
    pub portfolios: Vec<Portfolio>,
    /// Budget tables.
    pub budgets: Vec<Budget>,
    /// What no other record holds.
    pub slides: Vec<Slide>,
    /// What is odd in the sources.
    pub remarks: Vec<Remark>,
}

impl Catalogue {
    /// The kinds of meetings: those that every review team has, then the others that the catalogue names.
    pub fn meeting_kinds(&self) -> Vec<MeetingKind> {
        let mut kinds = MeetingKind::COMMON.to_vec();
        for meeting in &self.meetings {
            if !kinds.contains(&meeting.kind) {
                kinds.push(meeting.kind.clone());
            }
        }
        kinds
    }
}

/// Which review a catalogue is of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The reviewed review's name, `SSR1`.
    pub review: String,
    /// Counted up whenever the transcription changes.
    pub edition: u32,
}

/// A review: the one looked at, or the one that looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Short name.
    pub name: String,
    /// Reviewed or reviewing.
    pub role: ReviewRole,
    /// Full name, quoted.
    pub full_name: String,
    /// Where it is named.
    pub source: Citation,
    /// Dates, as far as the sources give them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Quote>,
}

/// A quoted text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The text.
    pub text: String,
    /// Its lines.
    pub source: Citation,
}

/// A source document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The three digits its file name begins with.
    pub number: String,
    /// File name in `seeds/`.
    pub file: String,
    /// `report`, `slides`, or what else the catalogue says.
    pub kind: DocumentKind,
    /// Title, quoted.
    pub title: String,
    /// Subtitle, quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Its date, where it states one.
    #[serde(
        default,
        with = "date::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub date: Option<NaiveDate>,
    /// What it is, in our words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where the title stands.
    pub source: Citation,
    /// How many lines it has.
    pub lines: u32,
}

/// A question the team put to ICANN org, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its number as printed.
    pub number: QuestionNumber,
    /// The recommendation it was put on.
    pub recommendation: RecommendationNumber,
    /// The briefing it is listed under.
    pub briefing: BriefingName,
    /// Its text.
    pub text: String,
    /// Its lines.
    pub source: Citation,
}

/// A meeting that the sources tell of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// Its number among its kind.
    pub number: u32,
    /// Its kind.
    pub kind: MeetingKind,
    /// Its title, quoted.
    pub title: String,
    /// Where it took place, quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Where it is named.
    pub source: Citation,
    /// Its days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<MeetingDay>,
    /// Its agenda.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agenda: Vec<AgendaItem>,
}

/// A day of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingDay {
    /// Counted from 1.
    pub day: u8,
    /// Its date, where it is printed.
    #[serde(
        default,
        with = "date::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub date: Option<NaiveDate>,
    /// Where it is named.
    pub source: Citation,
}

/// An item of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    /// Its number as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The day of the meeting, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
    /// Its text.
    pub text: String,
    /// Its sub-items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_items: Vec<String>,
    /// When it begins, local time of the meeting.
    #[serde(default, with = "date::time", skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveTime>,
    /// When it ends, local time of the meeting.
    #[serde(default, with = "date::time", skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveTime>,
    /// A pause, lunch for instance.
    #[serde(rename = "break", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_break: bool,
    /// Its lines.
    pub source: Citation,
}

/// A member of the review team, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Name as printed.
    pub name: String,
    /// Where it is printed.
    pub source: Citation,
}

/// Somebody who presented for ICANN org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presenter {
    /// Name.
    pub name: String,
    /// Title as printed.
    pub title: String,
    /// Lines.
    pub source: Citation,
}

/// A topic of the team's work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its number.
    pub number: u16,
    /// Its title, quoted.
    pub title: String,
    /// Lines.
    pub source: Citation,
    /// Who volunteered, in the order printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volunteers: Vec<Volunteer>,
}

/// A member who volunteered for a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volunteer {
    /// The member's name.
    pub name: String,
    /// A mark printed after the name; the source does not explain it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

/// A workstream of the reviewing team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workstream {
    /// Its number.
    pub number: u16,
    /// Its title, quoted.
    pub title: String,
    /// The bylaw sections it covers, as printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bylaws: Vec<String>,
    /// Lines.
    pub source: Citation,
}

/// A draft recommendation of the reviewing team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRecommendation {
    /// A short word for it.
    pub id: String,
    /// Its workstream.
    pub workstream: u16,
    /// The heading it is listed under, quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Its topic, quoted.
    pub topic: String,
    /// Its title, quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The earlier recommendations it expands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expands: Vec<RecommendationNumber>,
    /// What the draft says of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft_remark: Option<String>,
    /// Lines.
    pub source: Citation,
    /// Its points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Point>,
}

/// A bullet of a draft recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// 1 for a bullet, 2 and 3 for those below it.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// Its lines.
    pub source: Citation,
}

/// A section of the bylaws that a source names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bylaw {
    /// Its number.
    pub section: String,
    /// Its text, where a source prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Lines.
    pub source: Citation,
}

/// What no other record holds, so that the documents are whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slide {
    /// The document.
    pub document: String,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its text, a paragraph or list item a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its lines.
    pub source: Citation,
}
