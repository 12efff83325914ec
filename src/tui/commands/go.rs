//! Going: up and down, from pane to pane, to a number, to what a filter leaves.

use super::{ask, meeting, present, write};
use crate::error::{Error, Result};
use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::tui::app::{App, NUMBER_TIMEOUT, Number};
use crate::tui::home::{Grouping, Pane, Section, Target};
use crate::tui::key::Key;
use crate::tui::room::{Side, Tab};
use crossterm::event::KeyCode;

pub fn down(app: &mut App) -> Result<()> {
    step(app, 1);
    Ok(())
}

pub fn up(app: &mut App) -> Result<()> {
    step(app, -1);
    Ok(())
}

pub fn page_down(app: &mut App) -> Result<()> {
    match app.home.pane {
        Pane::Presenter => present::page(app, true),
        _ => step(app, app.page()),
    }
    Ok(())
}

pub fn page_up(app: &mut App) -> Result<()> {
    match app.home.pane {
        Pane::Presenter => present::page(app, false),
        _ => step(app, -app.page()),
    }
    Ok(())
}

pub fn first(app: &mut App) -> Result<()> {
    match app.home.pane {
        Pane::Presenter => app.home.presenter.show(app.home.presenter.part),
        _ => step(app, isize::MIN / 2),
    }
    Ok(())
}

pub fn last(app: &mut App) -> Result<()> {
    match app.home.pane {
        Pane::Presenter => app.home.presenter.show_end(),
        _ => step(app, isize::MAX / 2),
    }
    Ok(())
}

/// Moves by rows in the list, by items in the dossier.
fn step(app: &mut App, by: isize) {
    match app.home.pane {
        Pane::List => return app.home.step(by),
        Pane::Questions => return app.ledger.step(by),
        Pane::Presenter => return present::step(app, by > 0),
        Pane::Meeting => {
            for _ in 0..by.unsigned_abs().min(5_000) {
                app.room.list().step(by > 0);
            }
            return;
        }
        Pane::Dossier => {}
    }
    // An item taller than the pane takes several steps, so a far move is bounded by what a section can hold.
    for _ in 0..by.unsigned_abs().min(5_000) {
        app.move_item(by > 0);
    }
}

pub fn left(app: &mut App) -> Result<()> {
    if app.home.pane == Pane::Meeting {
        // On a wide terminal the roll stands beside the tabs.
        let on_roll = app.room.side == Side::Tab && app.room.tab == Tab::Roll && app.is_wide();
        (app.room.side, app.room.tab) = if on_roll {
            (Side::Tab, Tab::Log)
        } else {
            (Side::Agenda, app.room.tab)
        };
        return Ok(());
    }
    if app.is_wide() && app.home.pane == Pane::Dossier && app.home.section == Section::Assessment {
        app.home.section = Section::Report;
    } else {
        app.home.pane = Pane::List;
    }
    Ok(())
}

pub fn right(app: &mut App) -> Result<()> {
    if app.home.pane == Pane::Meeting {
        if app.room.side == Side::Tab && app.is_wide() {
            app.room.tab = Tab::Roll;
        }
        app.room.side = Side::Tab;
        return Ok(());
    }
    if app.home.pane == Pane::List {
        app.home.pane = Pane::Dossier;
        if app.is_wide() && app.home.section == Section::Assessment {
            app.home.section = Section::Report;
        }
    } else if app.is_wide() {
        app.home.section = Section::Assessment;
    }
    Ok(())
}

pub fn open(app: &mut App) -> Result<()> {
    match (app.home.pane, app.focused()) {
        (Pane::List, _) => return right(app),
        (Pane::Questions, Target::Question(number)) => return ask::open_dossier(app, number),
        (Pane::Questions | Pane::Presenter, _) => return Ok(()),
        (Pane::Meeting, _) => return meeting::open(app),
        (Pane::Dossier, _) => {}
    }
    match app.focused() {
        Target::Field(_) => write::edit(app),
        Target::Nothing | Target::Change(_) => Ok(()),
        _ => write::other(app),
    }
}

/// Goes one step back on this screen. It never leaves the screen, because the next letter would then act on a record that the user is not looking at.
pub fn back(app: &mut App) -> Result<()> {
    if app.home.pane == Pane::Questions && !app.ledger.filter.is_empty() {
        let today = app.workspace.today();
        app.ledger.clear_filter(app.workspace.review(), today);
    } else if app.home.pane == Pane::Dossier {
        app.home.pane = Pane::List;
        match std::mem::replace(&mut app.home.came_from, Pane::List) {
            Pane::Questions => {
                app.tell("This is the list of recommendations; g q goes back to the questions.")
            }
            Pane::Meeting => {
                app.tell("This is the list of recommendations; g m goes back to the meeting.")
            }
            Pane::List | Pane::Dossier | Pane::Presenter => {}
        }
    } else if app.home.pane == Pane::Meeting && app.room.side == Side::Tab {
        app.room.side = Side::Agenda;
    } else if matches!(app.home.pane, Pane::Questions | Pane::Meeting) {
        app.tell("Esc does not leave this screen. q goes back to the recommendations; g and a letter go to another screen.");
    } else if !app.home.filter.is_empty() {
        app.home.clear_filter(app.workspace.review());
    }
    Ok(())
}

/// Goes back to the screen or pane before this one; `false` on the home screen, which has none.
pub fn leave(app: &mut App) -> bool {
    match app.home.pane {
        Pane::List => return false,
        Pane::Dossier => app.home.pane = std::mem::replace(&mut app.home.came_from, Pane::List),
        Pane::Questions | Pane::Meeting | Pane::Presenter => app.home.pane = Pane::List,
    }
    true
}

pub fn next_section(app: &mut App) -> Result<()> {
    app.home.turn_section(1);
    Ok(())
}

pub fn previous_section(app: &mut App) -> Result<()> {
    app.home.turn_section(Section::ALL.len() - 1);
    Ok(())
}

pub fn scroll_down(app: &mut App) -> Result<()> {
    app.scroll(2);
    Ok(())
}

pub fn scroll_up(app: &mut App) -> Result<()> {
    app.scroll(-2);
    Ok(())
}

pub fn recommendations(app: &mut App) -> Result<()> {
    app.home.pane = Pane::List;
    app.home.came_from = Pane::List;
    Ok(())
}

pub fn filter(app: &mut App) -> Result<()> {
    app.filtering = true;
    if app.home.pane == Pane::Questions {
        if app.ledger.filter.is_empty() {
            app.ledger.before_filter = app.ledger.selected;
        }
        return Ok(());
    }
    app.home.pane = Pane::List;
    if app.home.filter.is_empty() {
        app.home.before_filter = Some(app.home.selected);
    }
    Ok(())
}

pub fn regroup(app: &mut App) -> Result<()> {
    if app.home.pane == Pane::Questions {
        app.ledger.grouping = app.ledger.grouping.next();
        app.refilter();
        return Ok(());
    }
    app.home.grouping = match app.home.grouping {
        Grouping::Section => Grouping::Number,
        Grouping::Number => Grouping::Section,
    };
    app.home.regroup(app.workspace.review());
    Ok(())
}

/// Takes a key while the filter is typed.
pub fn filter_key(app: &mut App, key: Key) -> Result<()> {
    match key.code {
        KeyCode::Enter => {
            app.filtering = false;
            if app.home.shown().next().is_some() {
                app.home.before_filter = None;
            }
            if app.ledger.shown().next().is_some() {
                app.ledger.before_filter = None;
            }
        }
        KeyCode::Esc if app.home.pane == Pane::Questions => {
            app.filtering = false;
            let today = app.workspace.today();
            app.ledger.clear_filter(app.workspace.review(), today);
        }
        KeyCode::Esc => {
            app.filtering = false;
            app.home.clear_filter(app.workspace.review());
        }
        KeyCode::Down => step(app, 1),
        KeyCode::Up => step(app, -1),
        KeyCode::Backspace => {
            app.filter_mut().pop();
        }
        KeyCode::Char('u') if key.ctrl => app.filter_mut().clear(),
        KeyCode::Char('w') if key.ctrl => {
            let filter = app.filter_mut();
            let kept = filter.trim_end().rfind(' ').map_or(0, |at| at + 1);
            filter.truncate(kept);
        }
        _ => {
            if let Some(c) = key.character() {
                app.filter_mut()
                    .push_str(&crate::model::text::clean(c.encode_utf8(&mut [0; 4])).text);
            }
        }
    }
    app.refilter();
    Ok(())
}

/// Begins a number with the digit just typed.
pub fn number(app: &mut App) -> Result<()> {
    let Some(digit) = app.key.character() else {
        return Ok(());
    };
    begin(app, digit)
}

fn begin(app: &mut App, digit: char) -> Result<()> {
    let before = (
        app.home.selected,
        app.home.pane,
        app.home.section,
        app.ledger.selected,
    );
    let number = Number {
        typed: String::new(),
        at: app.event_at,
        before,
        presenter: app.home.presenter.clone(),
    };
    follow(app, number, digit.to_string())
}

/// Whether a key continues the number that is being typed. After [`NUMBER_TIMEOUT`] no key does.
pub fn continues_number(app: &App, key: Key) -> bool {
    let Some(number) = &app.number else {
        return false;
    };
    let is_open = app.event_at.saturating_sub(number.at) <= NUMBER_TIMEOUT;
    let is_part = match key.character() {
        Some('.' | ',') => !number.typed.contains('.'),
        Some(c) => c.is_ascii_digit(),
        None => matches!(key.code, KeyCode::Backspace | KeyCode::Esc),
    };
    is_open && is_part
}

/// Handles a key that continues the number. A digit that cannot extend it starts a new one, Backspace removes the last digit, Esc ends it.
pub fn number_key(app: &mut App, key: Key) -> Result<()> {
    let Some(number) = app.number.take() else {
        return Ok(());
    };
    match key.character() {
        Some(digit) if digit.is_ascii_digit() => {
            let extended = format!("{}{digit}", number.typed);
            follow(app, number, extended).or_else(|_| begin(app, digit))
        }
        Some(_) => {
            let extended = format!("{}.", number.typed);
            follow(app, number, extended)
        }
        None if key.code == KeyCode::Backspace => {
            let mut shorter = number.typed.clone();
            shorter.pop();
            if shorter.is_empty() {
                go_back(app, &number);
                return Ok(());
            }
            follow(app, number, shorter)
        }
        None => Ok(()),
    }
}

fn go_back(app: &mut App, number: &Number) {
    let (selected, pane, section, question) = number.before;
    app.home.select(selected);
    app.ledger.select(question);
    (app.home.pane, app.home.section) = (pane, section);
    app.home.presenter = number.presenter.clone();
}

/// Selects what the number typed so far names. If it names nothing, the number ends and the selection stays.
fn follow(app: &mut App, number: Number, typed: String) -> Result<()> {
    reach(app, &typed)?;
    app.note_selected_by_number();
    app.number = Some(Number {
        typed,
        at: app.event_at,
        ..number
    });
    Ok(())
}

/// Selects a recommendation; a filter that hides it is cleared.
pub(super) fn show(app: &mut App, recommendation: RecommendationNumber) {
    if !app.home.shown().any(|n| n == recommendation) {
        app.home.filter.clear();
        app.home.regroup(app.workspace.review());
    }
    app.home.select(recommendation);
}

fn reach(app: &mut App, typed: &str) -> Result<()> {
    let (major, minor) = typed
        .split_once('.')
        .map_or((typed, None), |(major, minor)| (major, Some(minor)));
    let no_such = || Error::slip(format!("There is no number {typed}."));
    let recommendation: RecommendationNumber = major.parse().map_err(|_| no_such())?;
    app.workspace.review().recommendation(recommendation)?;
    if app.home.pane == Pane::Questions {
        let question = minor
            .is_some()
            .then(|| typed.parse().map_err(|_| no_such()))
            .transpose()?;
        return ask::reach(app, recommendation, question);
    }
    if app.home.pane == Pane::Meeting {
        app.home.pane = Pane::List;
    }
    show(app, recommendation);
    let Some(minor) = minor else { return Ok(()) };
    let wanted: QuestionNumber = typed.parse().map_err(|_| no_such())?;
    let begins = format!("{recommendation}.{minor}");
    let review = app.workspace.review();
    let known = review
        .questions_on(recommendation)
        .any(|q| q.number == wanted || q.number.to_string().starts_with(&begins));
    if !known {
        return review.question(wanted).map(drop);
    }
    if app.home.pane == Pane::Presenter {
        app.home.presenter.show_question(wanted);
        return Ok(());
    }
    app.home.open(Section::Questions);
    app.focus(&Target::Question(wanted));
    Ok(())
}
