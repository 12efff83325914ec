//! Selects what an undo or redo changed, so that the user sees it on the current screen.

use super::go;
use crate::model::change::{Change, Operation, Record};
use crate::model::finding::About;
use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::model::vocabulary::Field;
use crate::tui::app::App;
use crate::tui::home::{Pane, Target};
use crate::tui::room::{Side, Tab};

/// Selects what an operation changed, if the current screen shows it.
pub(super) fn select_changed(app: &mut App, operation: &Operation) {
    let question = operation.changes.iter().find_map(|change| question_of(app, change));
    let recommendation = operation.changes.iter().find_map(|change| recommendation_of(app, operation, change));
    match app.home.pane {
        Pane::Meeting => select_in_meeting(app, operation),
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

/// Selects what an operation changed, on the meeting screen.
fn select_in_meeting(app: &mut App, operation: &Operation) {
    let shown = app.room.meeting(app.workspace.review());
    for change in &operation.changes {
        let here = |meeting| Some(meeting) == shown.as_ref();
        let (side, target) = match &change.record {
            Record::Agenda(meeting, item) if here(meeting) => (Side::Agenda, Target::Agenda(*item)),
            Record::Queued(meeting, number) if here(meeting) => (Side::Agenda, Target::Queued(*number)),
            Record::Decision(id) => (Side::Tab, Target::Decision(id.clone())),
            Record::Action(id) => (Side::Tab, Target::Action(id.clone())),
            _ => continue,
        };
        if side == Side::Agenda {
            app.room.agenda.wanted = Some(target);
        } else {
            let tab = if matches!(target, Target::Decision(_)) { Tab::Decisions } else { Tab::Actions };
            app.room.tabs[tab.index()].wanted = Some(target);
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

/// The recommendation that a change is about. If the record no longer exists, the other changes to it tell which it was.
fn recommendation_of(app: &App, operation: &Operation, change: &Change) -> Option<RecommendationNumber> {
    let review = app.workspace.review();
    let from_changes = |field: Field| {
        let mut of_record = operation.changes.iter().filter(|other| other.record == change.record && other.field == field);
        of_record.find_map(|other| other.after.clone().or(other.before.clone()))
    };
    match &change.record {
        Record::Finding(id) => {
            let about = review.findings.get(id).map(|finding| finding.about.clone());
            about.or_else(|| from_changes(Field::About)?.parse().ok()).and_then(|about: About| review.recommendation_of(&about))
        }
        Record::Question(number) => review.questions.get(*number).map(|question| question.recommendation),
        Record::Position(_) => from_changes(Field::Matter)?.strip_prefix("rec ")?.parse().ok(),
        Record::Queued(_, number) => Some(*number),
        record => record.recommendation(),
    }
}
