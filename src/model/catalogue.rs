//! What the program ships with: the quoted records, as `data/README.md` describes them, in the shape of the files.
//!
//! These records are never edited by a person; a newer catalogue renews them whole. What the team makes of them lives in its
//! own records beside them.

use super::citation::Citation;
use super::date;
use super::ids::{DeliverableNumber, MeetingId, QuestionNumber, RecommendationNumber};
use super::remark::Remark;
use super::vocabulary::{BriefingName, Claim, DeliverableStatus, DocumentKind, MeetingKind, Phase, ReviewRole};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

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
    /// Report or slides.
    pub kind: DocumentKind,
    /// Title, quoted.
    pub title: String,
    /// Subtitle, quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Its date, where it states one.
    #[serde(default, with = "date::optional", skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// What it is, in our words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where the title stands.
    pub source: Citation,
    /// How many lines it has.
    pub lines: u32,
}

/// A recommendation of the earlier review, with what was reported about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// Its number.
    pub number: RecommendationNumber,
    /// The short label beside its table, quoted.
    pub label: String,
    /// The section heading, quoted.
    pub section: String,
    /// The date its report is as of.
    #[serde(with = "date")]
    pub as_of: NaiveDate,
    /// The text as the implementation report prints it.
    pub text: String,
    /// Where the text stands.
    pub source: Citation,
    /// What the implementation notes claim.
    pub claim: Claim,
    /// The implementation notes, quoted.
    pub implementation_notes: String,
    /// Where label, section, date and notes stand.
    pub sources: RecommendationSources,
    /// Other wordings of the text, each with the document it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<Quote>,
    /// The rows of its table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deliverables: Vec<Deliverable>,
    /// The project status, paragraph by paragraph.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub project_status: Vec<StatusParagraph>,
    /// Links, with the address where it is printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Mentions of other recommendations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cross_references: Vec<CrossReference>,
}

impl Recommendation {
    /// The deliverables with the numbers they are named by, `25.3`.
    pub fn numbered_deliverables(&self) -> impl Iterator<Item = (DeliverableNumber, &Deliverable)> {
        (1..).zip(&self.deliverables).map(|(row, deliverable)| (DeliverableNumber { recommendation: self.number, row }, deliverable))
    }
}

/// Where the parts of a recommendation stand that are not its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationSources {
    /// Of the label.
    pub label: Citation,
    /// Of the section heading.
    pub section: Citation,
    /// Of the date.
    pub as_of: Citation,
    /// Of the implementation notes.
    pub implementation_notes: Citation,
}

/// A row of the status table with its own entry under Responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deliverable {
    /// Its text; a row that is only a list of items has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its bulleted items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_items: Vec<String>,
    /// The phase it is printed under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Who is responsible, quoted.
    pub responsible: String,
    /// Due date; none is filled in by the source we know.
    #[serde(default, with = "date::optional", skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Its status mark.
    pub status: DeliverableStatus,
    /// Where the row stands.
    pub source: Citation,
    /// Where the status mark stands, if a mark belongs to this row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_source: Option<Citation>,
}

/// A paragraph or list item of the project status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusParagraph {
    /// Its text.
    pub text: String,
    /// 1, or 2 for an item below an item.
    #[serde(default = "first_level", skip_serializing_if = "is_first_level")]
    pub level: u8,
    /// Its lines.
    pub source: Citation,
}

fn first_level() -> u8 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_first_level(level: &u8) -> bool {
    *level == 1
}

/// Words that carry a link, and its address where the source prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The words, or the address.
    pub text: String,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its lines.
    pub source: Citation,
}

/// A mention of another recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossReference {
    /// The recommendation mentioned.
    pub recommendation: RecommendationNumber,
    /// The words that mention it.
    pub text: String,
    /// Their lines.
    pub source: Citation,
}

/// A briefing and what it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Briefing {
    /// Its name.
    pub name: BriefingName,
    /// What it covers, document by document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<BriefingCover>,
}

/// Which recommendations a document shows under a briefing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BriefingCover {
    /// The document.
    pub document: String,
    /// The heading, quoted.
    pub heading: String,
    /// The recommendations below it.
    pub recommendations: Vec<RecommendationNumber>,
    /// The meeting at which it was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    /// In our words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where the heading stands.
    pub source: Citation,
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
    #[serde(default, with = "date::optional", skip_serializing_if = "Option::is_none")]
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

/// A strategic objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its number.
    pub number: u16,
    /// Its text.
    pub text: String,
    /// Lines.
    pub source: Citation,
    /// Other wordings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<Quote>,
}

/// A strategic goal below an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Its number, `2.1`.
    pub number: String,
    /// The objective it belongs to.
    pub objective: u16,
    /// Its text.
    pub text: String,
    /// Lines.
    pub source: Citation,
    /// Other wordings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wordings: Vec<Quote>,
    /// Activities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<PlanItem>,
    /// Key performance indicators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<PlanItem>,
    /// Key success factors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub success_factors: Vec<PlanItem>,
}

/// An activity, indicator or success factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanItem {
    /// Its number, where one is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The heading it stands under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Its text.
    pub text: String,
    /// Lines.
    pub source: Citation,
}

/// A portfolio of the operating plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portfolio {
    /// Its number, `2.1.1`.
    pub number: String,
    /// The goal it belongs to.
    pub goal: String,
    /// Its title.
    pub title: String,
    /// Its description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The points of the description.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
    /// Lines.
    pub source: Citation,
}

/// A budget table. Amounts are as printed; the unit is not stated by the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// A short word for it.
    pub id: String,
    /// The goal it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// Its title.
    pub title: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Lines.
    pub source: Citation,
    /// Its rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<BudgetRow>,
}

/// A row of a budget table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetRow {
    /// What stands in the first column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The other columns, as printed; empty where nothing is printed.
    pub cells: Vec<String>,
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
