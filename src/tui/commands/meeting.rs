//! The screen of the meeting: planning one, its agenda, the recommendations of the day, and the registers of decisions and action items.

use super::{call, consensus, give, go, record, stale, write};
use crate::error::{Error, Result};
use crate::model::call::planning;
use crate::model::call::{agenda, register, running};
use crate::model::ids::{Id, RecommendationNumber};
use crate::model::journal::change::Change;
use crate::model::record::action::Action;
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::decision::Decision;
use crate::model::record::describe::{Described, Field};
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::position::Matter;
use crate::model::review::Review;
use crate::model::vocabulary::{MeetingKind, Outcome};
use crate::tui::app::App;
use crate::tui::dialogs::{Choice, Tick};
use crate::tui::home::{Pane, Target};
use crate::tui::room::{Side, Tab};
use crate::tui::writer::Purpose;

/// Plans a meeting: kind, number, day.
pub fn plan(app: &mut App) -> Result<()> {
    let kinds = app.workspace.review().catalogue.meeting_kinds();
    // The kinds that every team has come first, each with a letter; those of the catalogue alone are picked from the list.
    let keys = ['p', 'f', 's', 'l'].map(Some).into_iter();
    let choices: Vec<Choice> = (kinds.iter().zip(keys.chain(std::iter::repeat(None))))
        .map(|(kind, key)| Choice {
            key,
            ..Choice::plain(kind.word())
        })
        .collect();
    let Some(chosen) = app.pick("Plan a meeting", &choices, None, false)? else {
        return Ok(());
    };
    let kind = MeetingKind::among(&chosen, &kinds).map_err(Error::bug_from)?;
    let offered = planning::next_number(app.workspace.review(), &kind).to_string();
    let Some(number) = ask_number(app, &kind, &offered)? else {
        return Ok(());
    };
    let title = format!("Day of the {kind}: 2018-09-20, +7, friday; empty for none yet");
    let Some(date) = record::ask_day(app, &title, "")? else {
        return Ok(());
    };
    let (id, edit) = planning::plan(app.workspace.review(), &kind, Some(number), date)?;
    app.commit(edit)?;
    app.room.chosen = Some(id);
    app.room.side = Side::Agenda;
    call::meeting(app)
}

/// Asks for the number of a meeting, again until it is one.
fn ask_number(app: &mut App, kind: &MeetingKind, offered: &str) -> Result<Option<u32>> {
    let mut typed = offered.to_owned();
    loop {
        let Some(number) = app.ask(&format!("Number of the {kind}"), &typed)? else {
            return Ok(None);
        };
        match number.trim().parse() {
            Ok(number) => return Ok(Some(number)),
            Err(_) => app.fail(&Error::slip(format!(
                "A meeting has a number such as {offered}."
            ))),
        }
        typed = number;
    }
}

/// Sets the day, the title, the place or the facilitator of the meeting shown.
pub fn details(app: &mut App) -> Result<()> {
    let id = call::shown(app)?;
    let fields = [
        (Meeting::DATE, 'd'),
        (Meeting::FACILITATOR, 'f'),
        (Meeting::PLACE, 'p'),
        (Meeting::TITLE, 't'),
    ];
    let held = app
        .workspace
        .review()
        .records
        .meetings
        .get(&id)
        .map(|held| held.to_fields())
        .unwrap_or_default();
    let choice = |(field, key): &(Field, char)| Choice {
        label: field.label(),
        detail: held.get(field).cloned().unwrap_or_default(),
        key: Some(*key),
    };
    let choices: Vec<Choice> = fields.iter().map(choice).collect();
    let Some(chosen) = app.pick(
        &app.workspace.review().meeting_label(&id),
        &choices,
        None,
        false,
    )?
    else {
        return Ok(());
    };
    let Some((field, _)) = fields
        .into_iter()
        .find(|(field, _)| field.label() == chosen)
    else {
        return Ok(());
    };
    let now = held.get(&field).cloned().unwrap_or_default();
    let value = match field {
        Meeting::DATE => {
            let Some(day) = record::ask_day(
                app,
                "Day of the meeting: 2018-09-20, +7, friday; empty for none",
                &now,
            )?
            else {
                return Ok(());
            };
            day.map(|day| day.to_string())
        }
        Meeting::FACILITATOR => {
            let names: Vec<Choice> = app
                .workspace
                .review()
                .names()
                .into_iter()
                .map(Choice::plain)
                .collect();
            let Some(name) = app.pick("Who facilitates?", &names, Some(&now), true)? else {
                return Ok(());
            };
            Some(name)
        }
        _ => {
            let Some(typed) = app.ask(
                &format!("{} of the meeting; empty for none", field.label()),
                &now,
            )?
            else {
                return Ok(());
            };
            Some(typed)
        }
    };
    let what = format!(
        "{} of {}",
        field.label(),
        app.workspace.review().meeting_label(&id)
    );
    stale::refuse(
        app,
        &what,
        (&now, value.as_deref().unwrap_or_default()),
        |review| {
            review
                .records
                .meetings
                .get(&id)
                .and_then(|held| held.to_fields().remove(&field))
                .unwrap_or_default()
        },
    )?;
    let edit = planning::set(app.workspace.review(), &id, field, value.as_deref())?;
    app.commit(edit).map(drop)
}

/// Adds an item to the agenda, behind the one in focus.
pub fn add_item(app: &mut App) -> Result<()> {
    let id = call::shown(app)?;
    agenda::add_item(app.workspace.review(), &id, "…", None)?;
    let behind = app.room.item();
    let Some(typed) = app.ask("Agenda item, its time behind it: Finalize ToR (20 min)", "")? else {
        return Ok(());
    };
    let edit = agenda::add_item(app.workspace.review(), &id, &typed, behind.as_ref())?;
    let is_new = |change: &&Change| change.before.is_none() && change.field == AgendaItem::TEXT;
    let item = edit
        .changes
        .iter()
        .find(is_new)
        .map(|change| &change.record);
    let fresh = item.and_then(Record::agenda_item).cloned();
    app.commit(edit)?;
    app.room.side = Side::Agenda;
    app.room.agenda.wanted = fresh.map(Target::Agenda);
    Ok(())
}

/// Changes what is in focus: an agenda item, a decision, an action item.
pub fn edit(app: &mut App) -> Result<()> {
    match app.focused() {
        Target::Agenda(item) => {
            let held = app
                .workspace
                .review()
                .records
                .agenda
                .get(&item)
                .map(agenda::print_item)
                .unwrap_or_default();
            let Some(typed) = app.ask(
                "Agenda item, its time behind it: Finalize ToR (20 min)",
                &held,
            )?
            else {
                return Ok(());
            };
            stale::refuse(app, "The agenda item", (&held, &typed), |review| {
                review
                    .records
                    .agenda
                    .get(&item)
                    .map(agenda::print_item)
                    .unwrap_or_default()
            })?;
            let edit = agenda::reword_item(app.workspace.review(), &item, &typed)?;
            app.commit(edit).map(drop)
        }
        Target::Decision(id) => {
            write::open(app, Purpose::Words(Record::Decision(id), Decision::TEXT))
        }
        Target::Action(id) => write::open(app, Purpose::Words(Record::Action(id), Action::TEXT)),
        Target::Queued(number) => settle(app, number),
        Target::Meeting(_) | Target::Nothing => details(app),
        Target::Person(_) => call::call_roll(app),
        _ => write::edit(app),
    }
}

/// Opens what is in focus.
pub fn open(app: &mut App) -> Result<()> {
    match app.focused() {
        Target::Agenda(item) => {
            let review = app.workspace.review();
            if review.records.running().map(|(id, _)| id.clone()) == Some(call::shown(app)?) {
                let edit = running::open_item(review, &item, app.workspace.now())?;
                return app.commit(edit).map(drop);
            }
            edit(app)
        }
        Target::Queued(number) => {
            go::show(app, number);
            app.home.pane = Pane::Dossier;
            app.home.came_from = Pane::Meeting;
            Ok(())
        }
        Target::Meeting(id) => {
            app.room.chosen = Some(id);
            app.room.side = Side::Agenda;
            Ok(())
        }
        Target::Person(_) => call::call_roll(app),
        Target::Question(number) => super::ask::open_dossier(app, number),
        Target::Change(Record::Assessment(number)) => {
            go::show(app, number);
            app.home.pane = Pane::Dossier;
            app.home.came_from = Pane::Meeting;
            Ok(())
        }
        Target::Nothing | Target::Quoted | Target::Change(_) => Ok(()),
        _ => write::other(app),
    }
}

/// Moves the agenda item or the queued recommendation in focus by one place.
fn shift(app: &mut App, down: bool) -> Result<()> {
    let id = call::shown(app)?;
    let review = app.workspace.review();
    let edit = match app.room.agenda.target() {
        Target::Agenda(item) => agenda::move_item(review, &item, down)?,
        Target::Queued(number) => planning::move_queued(review, &id, number, down)?,
        _ => {
            return Err(Error::slip(
                "J and K move the agenda item or the recommendation in focus.",
            ));
        }
    };
    app.room.side = Side::Agenda;
    app.commit(edit).map(drop)
}

/// Moves what is in focus down by one place.
pub fn shift_down(app: &mut App) -> Result<()> {
    shift(app, true)
}

/// Moves what is in focus up by one place.
pub fn shift_up(app: &mut App) -> Result<()> {
    shift(app, false)
}

/// Ticks the recommendations that the meeting is to come to.
pub fn queue(app: &mut App) -> Result<()> {
    let id = call::shown(app)?;
    let review = app.workspace.review();
    let queued: Vec<RecommendationNumber> = review
        .records
        .queue_of(&id)
        .into_iter()
        .map(|(number, _)| number)
        .collect();
    planning::queue(review, &id, &[], &[])?;
    let tick = |number: RecommendationNumber, label: &str| {
        let verdict = review
            .assessment(number)
            .implementation
            .map_or("not assessed", |word| word.word());
        let waits: Vec<String> = review
            .waits_for(number)
            .iter()
            .map(|question| question.number.to_string())
            .collect();
        let waits = if waits.is_empty() {
            String::new()
        } else {
            format!(", waits for {}", waits.join(", "))
        };
        Tick {
            label: format!("Rec {number}"),
            detail: format!("{verdict}{waits} · {label}"),
            on: queued.contains(&number),
        }
    };
    let ticks = review
        .catalogue
        .recommendations
        .iter()
        .map(|r| tick(r.number, &r.label))
        .collect();
    let Some(ticked) = app.tick_off(
        &format!("{} comes to", app.workspace.review().meeting_label(&id)),
        ticks,
    )?
    else {
        return Ok(());
    };
    let chosen: Vec<RecommendationNumber> = ticked
        .iter()
        .filter_map(|label| label.strip_prefix("Rec ")?.parse().ok())
        .collect();
    // Only what was ticked or unticked here changes: another window may have queued something meanwhile.
    let off: Vec<RecommendationNumber> = queued
        .iter()
        .copied()
        .filter(|number| !chosen.contains(number))
        .collect();
    let on: Vec<RecommendationNumber> = chosen
        .into_iter()
        .filter(|number| !queued.contains(number))
        .collect();
    let edit = planning::queue(app.workspace.review(), &id, &on, &off)?;
    app.commit(edit).map(drop)
}

/// Says what became of a queued recommendation: put off for a reason, come to, or still to come.
fn settle(app: &mut App, number: RecommendationNumber) -> Result<()> {
    let id = call::shown(app)?;
    let now = app
        .workspace
        .review()
        .records
        .queue
        .get(&(id.clone(), number))
        .and_then(|held| held.outcome);
    let (later, reached, waits) = (
        "defer it to the next call, with a reason",
        "the call came to it",
        "it is still to come",
    );
    let choices = [
        Choice::keyed(later, 'd'),
        Choice::keyed(reached, 'r'),
        Choice::keyed(waits, 'w'),
    ];
    let shown = match now {
        Some(Outcome::Deferred) => later,
        Some(Outcome::Reached) => reached,
        None => waits,
    };
    let outcome = match app
        .pick(
            &format!(
                "Rec {number} in {}",
                app.workspace.review().meeting_label(&id)
            ),
            &choices,
            Some(shown),
            false,
        )?
        .as_deref()
    {
        None => return Ok(()),
        Some(chosen) if chosen == later => return defer(app, number),
        Some(chosen) => (chosen == reached).then_some(Outcome::Reached),
    };
    let edit = planning::settle(app.workspace.review(), &id, number, outcome, None)?;
    app.commit(edit).map(drop)
}

/// Puts a queued recommendation off to the next call.
fn defer(app: &mut App, number: RecommendationNumber) -> Result<()> {
    let id = call::shown(app)?;
    let read = |review: &Review| {
        review
            .records
            .queue
            .get(&(id.clone(), number))
            .and_then(|held| held.reason.clone())
            .unwrap_or_default()
    };
    let held = read(app.workspace.review());
    let Some(reason) = app.ask(
        &format!("Rec {number} goes on to the next call, because"),
        &held,
    )?
    else {
        return Ok(());
    };
    stale::refuse(
        app,
        &format!("Why Rec {number} is deferred"),
        (&held, &reason),
        read,
    )?;
    let edit = planning::settle(
        app.workspace.review(),
        &id,
        number,
        Some(Outcome::Deferred),
        Some(&reason),
    )?;
    app.commit(edit).map(drop)
}

/// Defers the recommendation in focus to the next call, with a reason.
pub fn defer_focused(app: &mut App) -> Result<()> {
    match app.room.agenda.target() {
        Target::Queued(number) => defer(app, number),
        _ => Err(Error::no_target(
            "Only a queued recommendation is deferred. Go to it below the agenda.",
        )),
    }
}

/// Takes what is in focus off the agenda or out of the queue, or withdraws it.
pub fn withdraw(app: &mut App) -> Result<()> {
    let id = call::shown(app)?;
    let review = app.workspace.review();
    let edit = match app.focused() {
        Target::Agenda(item) => agenda::drop_item(review, &item)?,
        Target::Queued(number) => {
            let edit = planning::queue(review, &id, &[], &[number])?;
            if edit.is_nothing() {
                return Err(Error::slip(format!(
                    "The call came to Rec {number}; it stays in the record."
                )));
            }
            edit
        }
        Target::Decision(decision) => return withdraw_record(app, &Record::Decision(decision)),
        Target::Action(action) => return withdraw_record(app, &Record::Action(action)),
        _ => return Err(Error::no_target("There is nothing to withdraw here.")),
    };
    app.commit(edit).map(drop)
}

fn withdraw_record(app: &mut App, record: &Record) -> Result<()> {
    let edit = register::withdraw(app.workspace.review(), record)?;
    app.commit(edit).map(drop)
}

/// Marks the action item in focus done today, or open again.
pub fn done(app: &mut App) -> Result<()> {
    let Target::Action(id) = app.focused() else {
        return Err(Error::no_target(
            "No action item is selected. Tab goes to the action items.",
        ));
    };
    let is_done = app
        .workspace
        .review()
        .records
        .actions
        .get(&id)
        .is_some_and(|held| held.done.is_some());
    mark_done(app, &id, !is_done)
}

fn mark_done(app: &mut App, id: &Id, done: bool) -> Result<()> {
    let edit = register::set_action(
        app.workspace.review(),
        id,
        Action::DONE,
        if done { "today" } else { "" },
        app.workspace.today(),
    )?;
    app.commit(edit).map(drop)
}

/// Everything that can be done with an action item.
pub(super) fn action(app: &mut App, id: &Id) -> Result<()> {
    let Some(held) = app.workspace.review().records.actions.get(id) else {
        return Ok(());
    };
    let finished = if held.done.is_some() {
        "open it again"
    } else {
        "done today"
    };
    let title = format!("Action item {}", held.number);
    let steps = [
        (finished, 'd', Action::DONE),
        ("owner", 'w', Action::OWNER),
        ("due", 'b', Action::DUE),
        ("progress notes", 'p', Action::PROGRESS),
        ("completed response", 'r', Action::RESPONSE),
        ("category", 'c', Action::CATEGORY),
        ("other words", 'e', Action::TEXT),
    ];
    let fields = held.to_fields();
    let choice = |(label, key, field): &(&str, char, Field)| Choice {
        label: (*label).to_owned(),
        detail: if *field == Action::TEXT {
            String::new()
        } else {
            fields
                .get(field)
                .cloned()
                .unwrap_or_default()
                .replace('\n', " ")
        },
        key: Some(*key),
    };
    let mut choices: Vec<Choice> = steps.iter().map(choice).collect();
    choices.push(Choice::keyed("withdraw", 'x'));
    choices.push(Choice::keyed("copy", 'y'));
    let Some(chosen) = app.pick(&title, &choices, None, false)? else {
        return Ok(());
    };
    match chosen.as_str() {
        "withdraw" => return withdraw_record(app, &Record::Action(id.clone())),
        "copy" => return give::copy(app),
        "done today" => return mark_done(app, id, true),
        "open it again" => return mark_done(app, id, false),
        _ => {}
    }
    let Some((_, _, field)) = steps.into_iter().find(|(label, ..)| *label == chosen) else {
        return Ok(());
    };
    set(
        app,
        id,
        field,
        fields.get(&field).map_or("", String::as_str),
    )
}

fn set(app: &mut App, id: &Id, field: Field, now: &str) -> Result<()> {
    let value = match field {
        Action::TEXT | Action::PROGRESS | Action::RESPONSE => {
            return write::open(app, Purpose::Words(Record::Action(id.clone()), field));
        }
        Action::OWNER => {
            let names: Vec<Choice> = app
                .workspace
                .review()
                .names()
                .into_iter()
                .map(Choice::plain)
                .collect();
            app.pick("Who does it?", &names, Some(now), true)?
        }
        Action::DUE => app.ask(
            "Due: 2018-09-20, +7, friday, next call; empty for no day",
            now,
        )?,
        _ => app.ask("Category; empty for none", now)?,
    };
    let Some(value) = value else { return Ok(()) };
    let what = format!("{} of the action item", field.label());
    stale::refuse(app, &what, (now, &value), |review| {
        review
            .records
            .actions
            .get(id)
            .and_then(|held| held.to_fields().remove(&field))
            .unwrap_or_default()
    })?;
    let edit = register::set_action(
        app.workspace.review(),
        id,
        field,
        &value,
        app.workspace.today(),
    )?;
    app.commit(edit).map(drop)
}

/// Everything that can be done with the decision in focus.
pub(super) fn decision(app: &mut App, id: Id) -> Result<()> {
    let choices = [
        Choice::keyed("positions, consensus, a day for objections", 'c'),
        Choice::keyed("my position", 'm'),
        Choice::keyed("other words", 'e'),
        Choice::keyed("withdraw", 'x'),
        Choice::keyed("copy", 'y'),
    ];
    match app.pick("This decision", &choices, None, false)?.as_deref() {
        Some("positions, consensus, a day for objections") => {
            consensus::room(app, Matter::Decision(id))
        }
        Some("my position") => consensus::my_position_on(app, &Matter::Decision(id)),
        Some("other words") => {
            write::open(app, Purpose::Words(Record::Decision(id), Decision::TEXT))
        }
        Some("withdraw") => withdraw_record(app, &Record::Decision(id)),
        Some("copy") => give::copy(app),
        _ => Ok(()),
    }
}

/// Opens a tab by its name.
fn tab(app: &mut App, tab: Tab) -> Result<()> {
    call::meeting(app)?;
    app.room.open(tab);
    Ok(())
}

/// Shows the decisions of all meetings.
pub fn decisions(app: &mut App) -> Result<()> {
    tab(app, Tab::Decisions)
}

/// Shows the action items of all meetings.
pub fn actions(app: &mut App) -> Result<()> {
    tab(app, Tab::Actions)
}

/// Shows all meetings.
pub fn meetings(app: &mut App) -> Result<()> {
    tab(app, Tab::Meetings)
}

/// Opens the next tab.
pub fn next_tab(app: &mut App) -> Result<()> {
    app.room.turn_tab(1);
    Ok(())
}

/// Opens the tab before.
pub fn previous_tab(app: &mut App) -> Result<()> {
    app.room.turn_tab(Tab::ALL.len() - 1);
    Ok(())
}
