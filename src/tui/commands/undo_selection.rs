//! Selects what an undo or redo changed, so that the user sees it on the current screen.

use super::go;
use crate::model::ids::{MeetingId, QuestionNumber};
use crate::model::journal::change::Operation;
use crate::model::record::kinds::Record;
use crate::model::review::Review;
use crate::tui::app::App;
use crate::tui::home::{Pane, Target};
use crate::tui::room::{Side, Tab};

/// Selects what an operation changed, if the current screen shows it.
pub(super) fn select_changed(app: &mut App, operation: &Operation) {
    let review = app.workspace.review();
    let records = || operation.changes.iter().map(|change| &change.record);
    let question = records().find_map(|record| question_of(review, record));
    let recommendation =
        records().find_map(|record| review.recommendation_behind(record, operation.changes.iter()));
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

/// The question that a record is, or that it answers.
fn question_of(review: &Review, record: &Record) -> Option<QuestionNumber> {
    let id = if let Record::Answer(id) = record {
        &review.records.answers.get(id)?.question
    } else {
        record.question()?
    };
    Some(review.questions.by_id(id)?.number)
}
