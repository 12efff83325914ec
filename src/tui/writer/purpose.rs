//! What can be written in the line, and the name under which a draft of it is kept.

use crate::model::edit::about_label;
use crate::model::ids::{Id, MeetingId, QuestionNumber, RecommendationNumber};
use crate::model::record::action::Action;
use crate::model::record::assessment::Assessment;
use crate::model::record::describe::{Described, Field};
use crate::model::record::finding::About;
use crate::model::record::kinds::Record;
use crate::model::record::position::Matter;
use crate::model::review::Review;

/// What is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A finding, about this unless the line says otherwise.
    Finding(About),
    /// A text of an assessment.
    Field(RecommendationNumber, Field),
    /// Other words for a finding.
    Reword(Id),
    /// A question on a recommendation.
    Question(RecommendationNumber),
    /// A question that follows up this one.
    FollowUp(QuestionNumber),
    /// An answer to a question.
    Answer(QuestionNumber),
    /// Other words for a question that is a draft.
    RewordQuestion(QuestionNumber),
    /// An action item, about this unless the line says otherwise.
    Action(Option<About>),
    /// A decision, about this unless the line says otherwise.
    Decision(Option<About>),
    /// A text of a decision or an action item.
    Words(Record, Field),
    /// Why a member objects.
    Objection(Matter, String),
    /// A member's minority statement.
    Statement(Matter, String),
    /// What changed in somebody's statement of interest.
    Interest(MeetingId, String),
}

impl Purpose {
    /// The name under which its draft is kept.
    pub fn place(&self) -> String {
        match self {
            Purpose::Finding(about) => format!("finding on {about}"),
            Purpose::Field(number, field) => format!("{} of rec {number}", field.word()),
            Purpose::Reword(id) => format!("words of finding {id}"),
            Purpose::Question(number) => format!("question on rec {number}"),
            Purpose::FollowUp(number) => format!("follow-up of {number}"),
            Purpose::Answer(number) => format!("answer to {number}"),
            Purpose::RewordQuestion(number) => format!("words of question {number}"),
            Purpose::Action(about) => format!("action item{}", on(about.as_ref())),
            Purpose::Decision(about) => format!("decision{}", on(about.as_ref())),
            Purpose::Words(record, field) => format!("{} in {record}", field.word()),
            Purpose::Objection(matter, member) => format!("objection of {member} to {matter}"),
            Purpose::Statement(matter, member) => format!("statement of {member} on {matter}"),
            Purpose::Interest(meeting, name) => format!("interests of {name} at {meeting}"),
        }
    }

    /// The names under which drafts of the same thing are kept, when several windows write at once.
    pub fn places(&self) -> impl Iterator<Item = String> {
        let place = self.place();
        std::iter::once(place.clone()).chain((2..).map(move |n| format!("{place} ({n})")))
    }

    /// Reads the name of a draft back.
    pub fn of_place(place: &str) -> Option<Purpose> {
        let place = place.split_once(" (").map_or(place, |(place, _)| place);
        if let Some(about) = place.strip_prefix("finding on ") {
            return about.parse().ok().map(Purpose::Finding);
        }
        if let Some(id) = place.strip_prefix("words of finding ") {
            return id.parse().ok().map(Purpose::Reword);
        }
        if let Some(number) = place.strip_prefix("question on rec ") {
            return number.parse().ok().map(Purpose::Question);
        }
        if let Some(number) = place.strip_prefix("follow-up of ") {
            return number.parse().ok().map(Purpose::FollowUp);
        }
        if let Some(number) = place.strip_prefix("answer to ") {
            return number.parse().ok().map(Purpose::Answer);
        }
        if let Some(number) = place.strip_prefix("words of question ") {
            return number.parse().ok().map(Purpose::RewordQuestion);
        }
        for (word, purpose) in [
            (
                "action item",
                Purpose::Action as fn(Option<About>) -> Purpose,
            ),
            ("decision", Purpose::Decision),
        ] {
            if let Some(rest) = place.strip_prefix(word) {
                return if rest.is_empty() {
                    Some(purpose(None))
                } else {
                    rest.strip_prefix(" on ")?
                        .parse()
                        .ok()
                        .map(|about| purpose(Some(about)))
                };
            }
        }
        if let Some((member, matter)) = place
            .strip_prefix("objection of ")
            .and_then(|rest| rest.rsplit_once(" to "))
        {
            return Some(Purpose::Objection(matter.parse().ok()?, member.to_owned()));
        }
        if let Some((member, matter)) = place
            .strip_prefix("statement of ")
            .and_then(|rest| rest.rsplit_once(" on "))
        {
            return Some(Purpose::Statement(matter.parse().ok()?, member.to_owned()));
        }
        if let Some((name, meeting)) = place
            .strip_prefix("interests of ")
            .and_then(|rest| rest.rsplit_once(" at "))
        {
            return Some(Purpose::Interest(meeting.parse().ok()?, name.to_owned()));
        }
        if let Some((field, record)) = place.split_once(" in ") {
            let record: Record = record.parse().ok()?;
            let field = record.field(field)?;
            return Some(Purpose::Words(record, field));
        }
        let (field, number) = place.split_once(" of rec ")?;
        let known = Assessment::DESCRIPTION.field(field)?;
        Some(Purpose::Field(number.parse().ok()?, known.field))
    }

    /// What it is, for a person.
    pub fn label(&self, review: &Review) -> String {
        match self {
            Purpose::Finding(about) => format!("Finding on {}", about_label(review, about)),
            Purpose::Field(number, field) => format!("Rec {number}: {}", field.label()),
            Purpose::Reword(_) => "Finding, other words".to_owned(),
            Purpose::Question(number) => format!("Question on Rec {number}"),
            Purpose::FollowUp(number) => format!("Follow-up of question {number}"),
            Purpose::Answer(number) => format!("Answer to question {number}"),
            Purpose::RewordQuestion(number) => format!("Question {number}, other words"),
            Purpose::Action(about) => format!("Action item{}", on_label(review, about.as_ref())),
            Purpose::Decision(about) => format!("Decision{}", on_label(review, about.as_ref())),
            Purpose::Words(Record::Decision(_), _) => "Decision, other words".to_owned(),
            Purpose::Objection(Matter::Assessment(number), member) => {
                format!("{member} objects to Rec {number}, because")
            }
            Purpose::Objection(_, member) => format!("{member} objects to the decision, because"),
            Purpose::Statement(Matter::Assessment(number), member) => {
                format!("Minority statement of {member} on Rec {number}")
            }
            Purpose::Statement(_, member) => {
                format!("Minority statement of {member} on the decision")
            }
            Purpose::Interest(_, name) => format!("Statement of interest of {name}, the update"),
            Purpose::Words(_, Action::TEXT) => "Action item, other words".to_owned(),
            Purpose::Words(_, field) => format!("Action item: {}", field.label()),
        }
    }

    /// Whether it is a question that is being written, beside which the nearest ones are shown.
    pub(super) fn asks(&self) -> bool {
        matches!(
            self,
            Purpose::Question(_) | Purpose::FollowUp(_) | Purpose::RewordQuestion(_)
        )
    }
}

fn on(about: Option<&About>) -> String {
    about.map_or_else(String::new, |about| format!(" on {about}"))
}

fn on_label(review: &Review, about: Option<&About>) -> String {
    about.map_or_else(String::new, |about| {
        format!(" on {}", about_label(review, about))
    })
}
