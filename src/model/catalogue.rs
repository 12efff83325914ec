//! What the program ships with: the quoted records, as `data/README.md` describes them, in the shape of the files.
//!
//! These records are never edited by a person; a newer catalogue renews them whole. What the team makes of them lives in its
//! own records beside them.

mod briefing;
mod kinds;
mod plan;
pub(crate) mod quoted;
mod recommendation;

use super::citation::Citation;
use super::date;
use super::ids::{MeetingId, QuestionNumber, RecommendationNumber};
use super::vocabulary::{BriefingName, DocumentKind, MeetingKind, ReviewRole};
use chrono::{NaiveDate, NaiveTime};
use quoted::quoted;

pub use briefing::{Briefing, BriefingCover};
pub use kinds::{Catalogue, KINDS, QuotedRecord, Records, label, to_json};
pub use plan::{Budget, BudgetRow, Goal, Objective, PlanItem, Portfolio};
pub use recommendation::{
    CrossReference, Deliverable, Link, Recommendation, RecommendationSources, StatusParagraph,
};

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

quoted! {
    /// Which review a catalogue is of.
    #[derive(Default)]
    Header {
        /// The reviewed review's name, `SSR1`.
        review: String,
        /// Counted up whenever the transcription changes.
        edition: u32,
    }

    /// A review: the one looked at, or the one that looks.
    Review {
        /// Short name.
        name: String,
        /// Reviewed or reviewing.
        role: ReviewRole,
        /// Full name, quoted.
        full_name: String,
        /// Where it is named.
        source: Citation,
        /// Dates, as far as the sources give them.
        dates: Vec<Quote> = default,
    }

    /// A quoted text and where it stands.
    Quote {
        /// The text.
        text: String,
        /// Its lines.
        source: Citation,
    }

    /// A source document.
    Document {
        /// The three digits its file name begins with.
        number: String,
        /// File name in `seeds/`.
        file: String,
        /// `report`, `slides`, or what else the catalogue says.
        kind: DocumentKind,
        /// Title, quoted.
        title: String,
        /// Subtitle, quoted.
        subtitle: Option<String> = default,
        /// Its date, where it states one.
        #[serde(with = "date::optional")]
        date: Option<NaiveDate> = default,
        /// What it is, in our words.
        note: Option<String> = default,
        /// Where the title stands.
        source: Citation,
        /// How many lines it has.
        lines: u32,
    }

    /// A question the team put to ICANN org, as printed.
    Question {
        /// Its number as printed.
        number: QuestionNumber,
        /// The recommendation it was put on.
        recommendation: RecommendationNumber,
        /// The briefing it is listed under.
        briefing: BriefingName,
        /// Its text.
        text: String,
        /// Its lines.
        source: Citation,
    }

    /// A meeting that the sources mention.
    Meeting {
        /// Its id.
        id: MeetingId,
        /// Its number among its kind.
        number: u32,
        /// Its kind.
        kind: MeetingKind,
        /// Its title, quoted.
        title: String,
        /// Where it took place, quoted.
        place: Option<String> = default,
        /// Where it is named.
        source: Citation,
        /// Its days.
        days: Vec<MeetingDay> = default,
        /// Its agenda.
        agenda: Vec<AgendaItem> = default,
    }

    /// A day of a meeting.
    MeetingDay {
        /// Counted from 1.
        day: u8,
        /// Its date, where it is printed.
        #[serde(with = "date::optional")]
        date: Option<NaiveDate> = default,
        /// Where it is named.
        source: Citation,
    }

    /// An item of an agenda.
    AgendaItem {
        /// Its number as printed.
        number: Option<String> = default,
        /// The day of the meeting, counted from 1.
        day: Option<u8> = default,
        /// Its text.
        text: String,
        /// Its sub-items.
        sub_items: Vec<String> = default,
        /// When it begins, local time of the meeting.
        #[serde(with = "date::optional")]
        from: Option<NaiveTime> = default,
        /// When it ends, local time of the meeting.
        #[serde(with = "date::optional")]
        to: Option<NaiveTime> = default,
        /// A pause, lunch for instance.
        #[serde(rename = "break")]
        is_break: bool = default,
        /// Its lines.
        source: Citation,
    }

    /// A member of the review team, as printed.
    Member {
        /// Name as printed.
        name: String,
        /// Where it is printed.
        source: Citation,
    }

    /// Somebody who presented for ICANN org.
    Presenter {
        /// Name.
        name: String,
        /// Title as printed.
        title: String,
        /// Lines.
        source: Citation,
    }

    /// A topic of the team's work.
    Topic {
        /// Its number.
        number: u16,
        /// Its title, quoted.
        title: String,
        /// Lines.
        source: Citation,
        /// Who volunteered, in the order printed.
        volunteers: Vec<Volunteer> = default,
    }

    /// A member who volunteered for a topic.
    Volunteer {
        /// The member's name.
        name: String,
        /// A mark printed after the name; the source does not explain it.
        mark: Option<String> = default,
    }

    /// A workstream of the reviewing team.
    Workstream {
        /// Its number.
        number: u16,
        /// Its title, quoted.
        title: String,
        /// The bylaw sections it covers, as printed.
        bylaws: Vec<String> = default,
        /// Lines.
        source: Citation,
    }

    /// A draft recommendation of the reviewing team.
    NewRecommendation {
        /// A short word for it.
        id: String,
        /// Its workstream.
        workstream: u16,
        /// The heading it is listed under, quoted.
        area: Option<String> = default,
        /// Its topic, quoted.
        topic: String,
        /// Its title, quoted.
        title: Option<String> = default,
        /// The earlier recommendations it expands.
        expands: Vec<RecommendationNumber> = default,
        /// What the draft says of itself.
        draft_remark: Option<String> = default,
        /// Lines.
        source: Citation,
        /// Its points.
        points: Vec<Point> = default,
    }

    /// A bullet of a draft recommendation.
    Point {
        /// 1 for a bullet, 2 and 3 for those below it.
        level: u8,
        /// Its text.
        text: String,
        /// Its lines.
        source: Citation,
    }

    /// A section of the bylaws that a source names.
    Bylaw {
        /// Its number.
        section: String,
        /// Its text, where a source prints it.
        text: Option<String> = default,
        /// Lines.
        source: Citation,
    }

    /// Text that no other record contains, so that the documents are complete.
    Slide {
        /// The document.
        document: String,
        /// Its title.
        title: Option<String> = default,
        /// Its text, a paragraph or list item a line.
        text: Option<String> = default,
        /// Its lines.
        source: Citation,
    }
}
