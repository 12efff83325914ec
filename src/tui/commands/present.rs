//! Presenting: opening and leaving the view for the shared screen, and going from part to part and from record to record in it.

use super::go;
use crate::error::Result;
use crate::tui::app::App;
use crate::tui::home::{Pane, Target};
use crate::tui::presenter::{Before, Part};

/// Opens the view on the record in focus: the recommendation, or the question with its recommendation.
pub fn open(app: &mut App) -> Result<()> {
    let question = match app.focused() {
        Target::Question(number) => Some(number),
        _ => None,
    };
    let shown = match question {
        Some(number) => app.workspace.review().question(number)?.recommendation,
        None => match app.focused() {
            Target::Queued(number) => number,
            _ => app.home.selected,
        },
    };
    let home = &app.home;
    let before = Before {
        pane: home.pane,
        section: home.section,
        selected: home.selected,
        spots: home.spots,
        filter: (home.filter.clone(), home.before_filter),
        shown,
    };
    // A list that hides the record would select another one as soon as it is made anew.
    go::show(app, shown);
    app.home.presenter.before = Some(before);
    app.home.presenter.show(Part::Text);
    if let Some(number) = question {
        app.home.presenter.show_question(number);
    }
    app.home.pane = Pane::Presenter;
    Ok(())
}

/// Goes back to where one was; who went on to another recommendation stays with that one.
pub fn leave(app: &mut App) -> Result<()> {
    // By its name it can be given elsewhere too.
    if app.home.pane != Pane::Presenter {
        return Ok(());
    }
    app.home.pane = Pane::List;
    let Some(before) = app.home.presenter.before.take() else {
        return Ok(());
    };
    (app.home.pane, app.home.section) = (before.pane, before.section);
    if app.home.selected == before.shown {
        (app.home.filter, app.home.before_filter) = before.filter;
        app.home.select(before.selected);
        app.home.spots = before.spots;
        app.home.regroup(app.workspace.review());
    }
    Ok(())
}

/// Goes on by an item, and from the last one to the next part.
pub fn step(app: &mut App, down: bool) {
    if !app.home.presenter.step(down) {
        go_on(app, down);
    }
}

/// Goes on by a screen, and from the last one to the next part.
pub fn page(app: &mut App, down: bool) {
    if !app.home.presenter.page(down) {
        go_on(app, down);
    }
}

/// The next part from its beginning, or the end of the one before; none after the last and before the first.
fn go_on(app: &mut App, down: bool) {
    let parts = parts(app);
    let presenter = &mut app.home.presenter;
    let edge = if down { parts.last() } else { parts.first() };
    if edge == Some(&presenter.part) {
        return;
    }
    let next = presenter.turned(&parts, if down { 1 } else { parts.len() - 1 });
    presenter.show(next);
    if !down {
        presenter.show_end();
    }
}

fn parts(app: &App) -> Vec<Part> {
    Part::of(app.workspace.review(), app.home.selected)
}

fn turn(app: &mut App, by: impl Fn(usize) -> usize) {
    let parts = parts(app);
    let next = app.home.presenter.turned(&parts, by(parts.len()));
    app.home.presenter.show(next);
}

pub fn next_part(app: &mut App) -> Result<()> {
    turn(app, |_| 1);
    Ok(())
}

pub fn previous_part(app: &mut App) -> Result<()> {
    turn(app, |all| all - 1);
    Ok(())
}

pub fn next_recommendation(app: &mut App) -> Result<()> {
    app.home.step(1);
    Ok(())
}

pub fn previous_recommendation(app: &mut App) -> Result<()> {
    app.home.step(-1);
    Ok(())
}
