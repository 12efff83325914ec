//! Bringing in sight what an undo or redo changed, on the screen where one is.

use super::go;
use crate::model::change::{Change, Operation, Record};
use crate::model::finding::About;
use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::model::vocabulary::Field;
use crate::tui::app::App;
use crate::tui::home::{Pane, Target};
use crate::tui::room::{Side, Tab};

/// Selects what an operation changed, as far as this screen shows it.
pub(super) fn changed(app: &mut App, operation: &Operation) {
    let question = operation.changes.iter().find_map(|change| question_of(app, change));
    let recommendation = operation.changes.iter().find_map(|change| recommendation_of(app, operation, change));
    match app.home.pane {
        Pane::Meeting => in_meeting(app, operation),
        Pane::Questions => {
            if let Some(number) = question.filter(|number| app.workspace.review().questions.get(*number).is_some()) {
                app.show_question(number);
            }
        }
        Pane::List | Pane::Dossier | Pane::Presenter => {}
    }
    if let Some(number) = recommendation {
        go::show(app, number);
    }
}

/// Selects what was changed on the screen of the meeting.
fn in_meeting(app: &mut App, operation: &Operation) {
    let shown = app.room.meeting(app.workspace.review());
    for change in &operation.changes {
        let here = |meeting| Some(meeting) == shown.as_ref();
        let (tab, target) = match &change.record {
            Record::Agenda(meeting, item) if here(meeting) => (None, Target::Agenda(*item)),
            Record::Queued(meeting, number) if here(meeting) => (None, Target::Queued(*number)),
            Record::Attendance(meeting, name) if here(meeting) => (Some(Tab::Roll), Target::Person(name.clone())),
            Record::Decision(id) => (Some(Tab::Decisions), Target::Decision(id.clone())),
            Record::Action(id) => (Some(Tab::Actions), Target::Action(id.clone())),
            Record::Finding(id) => (Some(Tab::Log), Target::Finding(id.clone())),
            Record::Agenda(..) | Record::Queued(..) | Record::Attendance(..) | Record::Assessment(_) | Record::Deliverable(_) => continue,
            Record::Question(_) | Record::Answer(_) | Record::Member(_) | Record::Meeting(_) | Record::Position(_) => continue,
            Record::Round(..) | Record::Report(..) | Record::Quoted(_) => continue,
        };
        match tab {
            None => (app.room.side, app.room.agenda.wanted) = (Side::Agenda, Some(target)),
            Some(tab) => {
                app.room.open(tab);
                app.room.tabs[tab.index()].wanted = Some(target);
            }
        }
        return;
    }
}

fn question_of(app: &App, change: &Change) -> Option<QuestionNumber> {
    match &change.record {
        Record::Question(number) => Some(*number),
        Record::Answer(id) => app.workspace.review().answers.get(id).map(|answer| answer.question),
        _ => None,
    }
}

/// The recommendation that a change is about; that of a record which is gone stands in its changes.
fn recommendation_of(app: &App, operation: &Operation, change: &Change) -> Option<RecommendationNumber> {
    let review = app.workspace.review();
    let told = |field: Field| {
        let mut of_record = operation.changes.iter().filter(|other| other.record == change.record && other.field == field);
        of_record.find_map(|other| other.after.clone().or(other.before.clone()))
    };
    match &change.record {
        Record::Finding(id) => {
            let about = review.findings.get(id).map(|finding| finding.about.clone());
            about.or_else(|| told(Field::About)?.parse().ok()).and_then(|about: About| review.recommendation_of(&about))
        }
        Record::Question(number) => review.questions.get(*number).map(|question| question.recommendation),
        Record::Position(_) => told(Field::Matter)?.strip_prefix("rec ")?.parse().ok(),
        Record::Queued(_, number) => Some(*number),
        record => record.recommendation(),
    }
}
