//! Selects what an undo or redo changed, so that the user sees it on the current screen.

use super::go;
use crate::model::ids::{MeetingId, QuestionNumber, RecommendationNumber};
use crate::model::journal::change::{Change, Operation};
use crate::model::record::describe::Field;
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::Record;
use crate::model::record::position::Position;
use crate::model::review::Review;
use crate::tui::app::App;
use crate::tui::home::{Pane, Target};
use crate::tui::room::{Side, Tab};

/// Selects what an operation changed, if the current screen shows it.
pub(super) fn select_changed(app: &mut App, operation: &Operation) {
    let question = operation
        .changes
        .iter()
        .find_map(|change| question_of(app, change));
    let recommendation = operation
        .changes
        .iter()
        .find_map(|change| recommendation_of(app, operation, change));
    match app.home.pane {
        Pane::Meeting => select_in_meeting(app, operation),
        Pane::Questions => {
            if let Some(number) =
                question.filter(|number| app.workspace.review().questions.get(*number).is_some())
            {
                app.show_question(number);
            }
        }
        Pane::List | Pane::Dossier | Pane::Presenter => {}
    }
    if let Some(number) = recommendation {
        go::show(app, number);
    }
}

/// Selects what was changed on the meeting screen. What undo removed cannot be selected.
fn select_in_meeting(app: &mut App, operation: &Operation) {
    let review = app.workspace.review();
    let shown = app.room.meeting(review);
    let Some((tab, target)) = operation
        .changes
        .iter()
        .find_map(|change| place_of(review, shown.as_ref(), &change.record))
    else {
        return;
    };
    match tab {
        None => (app.room.side, app.room.agenda.wanted) = (Side::Agenda, Some(target)),
        Some(tab) => {
            app.room.open(tab);
            app.room.tabs[tab.index()].wanted = Some(target);
        }
    }
}

/// The tab of the meeting screen and the item that show a record; no tab for the agenda.
fn place_of(
    review: &Review,
    shown: Option<&MeetingId>,
    record: &Record,
) -> Option<(Option<Tab>, Target)> {
    match record {
        Record::Agenda(id)
            if (review.records.agenda.get(id)).is_some_and(|item| Some(&item.meeting) == shown) =>
        {
            Some((None, Target::Agenda(id.clone())))
        }
        Record::Queued((meeting, number)) if Some(meeting) == shown => {
            Some((None, Target::Queued(*number)))
        }
        Record::Attendance((meeting, name)) if Some(meeting) == shown => {
            Some((Some(Tab::Roll), Target::Person(name.clone())))
        }
        Record::Decision(id) if review.records.decisions.contains_key(id) => {
            Some((Some(Tab::Decisions), Target::Decision(id.clone())))
        }
        Record::Action(id) if review.records.actions.contains_key(id) => {
            Some((Some(Tab::Actions), Target::Action(id.clone())))
        }
        Record::Finding(id) if review.records.findings.contains_key(id) => {
            Some((Some(Tab::Log), Target::Finding(id.clone())))
        }
        Record::Agenda(_)
        | Record::Queued(_)
        | Record::Attendance(_)
        | Record::Decision(_)
        | Record::Action(_)
        | Record::Finding(_) => None,
        Record::Assessment(_)
        | Record::Deliverable(_)
        | Record::Question(_)
        | Record::Answer(_)
        | Record::Member(_) => None,
        Record::Meeting(_)
        | Record::Position(_)
        | Record::Round(_)
        | Record::Report(_)
        | Record::Quoted(_) => None,
    }
}

fn question_of(app: &App, change: &Change) -> Option<QuestionNumber> {
    let review = app.workspace.review();
    let number = |id| review.questions.by_id(id).map(|question| question.number);
    match &change.record {
        Record::Question(id) => number(id),
        Record::Answer(id) => number(&review.records.answers.get(id)?.question),
        Record::Assessment(_) | Record::Deliverable(_) | Record::Member(_) => None,
        Record::Meeting(_) | Record::Agenda(_) | Record::Queued(_) => None,
        Record::Attendance(_) | Record::Report(_) | Record::Finding(_) => None,
        Record::Decision(_) | Record::Action(_) | Record::Position(_) => None,
        Record::Round(_) | Record::Quoted(_) => None,
    }
}

/// The recommendation that a change is about. If the record no longer exists, the other changes to it tell which it was.
fn recommendation_of(
    app: &App,
    operation: &Operation,
    change: &Change,
) -> Option<RecommendationNumber> {
    let review = app.workspace.review();
    let from_changes = |field: Field| {
        let mut of_record = operation
            .changes
            .iter()
            .filter(|other| other.record == change.record && other.field == field);
        of_record.find_map(|other| other.after.clone().or(other.before.clone()))
    };
    match &change.record {
        Record::Finding(id) => {
            let about = review
                .records
                .findings
                .get(id)
                .map(|finding| finding.about.clone());
            about
                .or_else(|| from_changes(Finding::ABOUT)?.parse().ok())
                .and_then(|about: About| review.recommendation_of(&about))
        }
        Record::Question(id) => review
            .questions
            .by_id(id)
            .map(|question| question.recommendation),
        Record::Position(_) => from_changes(Position::MATTER)?
            .strip_prefix("rec ")?
            .parse()
            .ok(),
        Record::Queued((_, number)) => Some(*number),
        record @ (Record::Assessment(_) | Record::Deliverable(_)) => record.recommendation(),
        Record::Answer(_) | Record::Member(_) | Record::Meeting(_) | Record::Agenda(_) => None,
        Record::Attendance(_) | Record::Report(_) | Record::Decision(_) => None,
        Record::Action(_) | Record::Round(_) | Record::Quoted(_) => None,
    }
}
