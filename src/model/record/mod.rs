//! What the team records, described once: one file for each kind of record.
//!
//! A description gives the key of a kind and the name, type and meaning of each field; see [`describe`]. Anything peculiar to one kind is a function next to
//! its description. What a person may do with a record is decided by the rules, not here.

pub mod action;
pub mod agenda_item;
pub mod answer;
pub mod assessment;
pub mod attendance;
pub mod decision;
pub mod deliverable_verdict;
pub mod describe;
pub mod diff;
pub mod finding;
mod key;
pub mod kinds;
pub mod meeting;
pub mod member;
pub mod position;
pub mod question;
pub mod queued;
pub mod reference;
pub mod report_version;
pub mod round;
pub mod value;

use action::Action;
use agenda_item::AgendaItem;
use answer::Answer;
use assessment::Assessment;
use attendance::Attendance;
use decision::Decision;
use deliverable_verdict::DeliverableVerdict;
use finding::Finding;
use meeting::Meeting;
use member::Member;
use position::Position;
use question::RecordedQuestion;
use queued::Queued;
use report_version::ReportVersion;
use round::Round;

kinds::kinds! {
    /// The assessment of a recommendation.
    Assessment: Assessment => assessments,
    /// The team's verdict on a deliverable.
    Deliverable: DeliverableVerdict => verdicts,
    /// What the team recorded on a question.
    Question: RecordedQuestion => questions,
    /// An answer to a question.
    Answer: Answer => answers,
    /// A member whom no source names.
    Member: Member => members,
    /// A meeting that no source mentions.
    Meeting: Meeting => meetings,
    /// An item of such a meeting's agenda.
    Agenda: AgendaItem => agenda,
    /// A recommendation queued for a meeting.
    Queued: Queued => queue,
    /// Somebody at a meeting.
    Attendance: Attendance => roll,
    /// A version of a call's report that went out.
    Report: ReportVersion => reports,
    /// A finding or note, also a private or withdrawn one.
    Finding: Finding => findings,
    /// A decision, also a withdrawn one.
    Decision: Decision => decisions,
    /// An action item, also a withdrawn one.
    Action: Action => actions,
    /// What a member said to an assessment or a decision.
    Position: Position => positions,
    /// A round of positions for which an opening or a designation was recorded.
    Round: Round => rounds,
}
