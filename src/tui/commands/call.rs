//! The call: started, item after item, resting, ended; the roll called; and picked up again after a restart.

use super::{report, write};
use crate::error::{Error, Kind, Result};
use crate::model::call::planning;
use crate::model::call::{roll, running};
use crate::model::ids::MeetingId;
use crate::model::record::attendance::NO_UPDATE;
use crate::model::record::meeting::Meeting;
use crate::model::review::Review;
use crate::model::vocabulary::Presence;
use crate::tui::app::{App, Left};
use crate::tui::dialogs::board::{Act, Board, Mode, Person};
use crate::tui::dialogs::{Choice, Pick};
use crate::tui::home::Pane;
use crate::tui::room::{Side, Tab};
use crate::tui::screens::findings::local;
use crate::tui::screens::meeting::{clock, presence};
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use crate::tui::writer::Purpose;
use chrono::{Local, TimeDelta};

/// After so long without anything recorded, a call that is found running may have ended unnoticed.
const SILENCE: TimeDelta = TimeDelta::hours(2);

/// Goes to the screen of the meeting.
pub fn meeting(app: &mut App) -> Result<()> {
    // Coming here leads to the call that runs, whatever meeting was looked at before.
    if app.home.pane != Pane::Meeting && app.workspace.review().records.running().is_some() {
        app.room.chosen = None;
    }
    app.home.pane = Pane::Meeting;
    app.home.came_from = Pane::List;
    Ok(())
}

/// Starts a call, or offers to end or rest the one that runs.
pub fn live(app: &mut App) -> Result<()> {
    if app.workspace.review().records.running().is_some() {
        offer_end(app)
    } else {
        offer_start(app)
    }
}

/// Names the meeting that would be started, and waits for Enter.
fn offer_start(app: &mut App) -> Result<()> {
    let review = app.workspace.review();
    let shown = app
        .room
        .meeting(review)
        .filter(|_| app.home.pane == Pane::Meeting);
    let can = |id: &MeetingId| {
        review
            .records
            .meetings
            .get(id)
            .is_some_and(|held| held.started.is_none() && held.number.is_some())
    };
    let mut planned: Vec<(&MeetingId, _)> = review
        .records
        .meetings
        .iter()
        .filter(|(id, _)| can(id))
        .collect();
    planned.sort_by_key(|(id, held)| {
        (
            Some(*id) != shown.as_ref(),
            held.date.is_none(),
            held.date,
            held.name.clone(),
        )
    });
    let mut choices: Vec<(Choice, Option<MeetingId>)> = planned
        .iter()
        .map(|(id, held)| {
            let day = held
                .date
                .map_or_else(|| "no day".to_owned(), |date| date.to_string());
            let queue = review.records.queue_of(id).len();
            let detail = format!("{day} · {queue} recommendations queued");
            (
                Choice {
                    label: format!("start {}", review.meeting_label(id)),
                    detail,
                    key: None,
                },
                Some((*id).clone()),
            )
        })
        .collect();
    let kind = crate::model::vocabulary::MeetingKind::PLENARY_CALL;
    let fresh = planning::next_number(review, &kind);
    let detail = "with the agenda of the last one".to_owned();
    choices.push((
        Choice {
            label: format!("plan and start Plenary {fresh}, today"),
            detail,
            key: None,
        },
        None,
    ));
    let labels: Vec<Choice> = choices.iter().map(|(choice, _)| choice.clone()).collect();
    let pick = Pick::new("Start the call: Enter", &labels).opened_by_lone_key(app);
    let Some(chosen) = app.pick_from(pick)? else {
        return Ok(());
    };
    let id = match choices
        .into_iter()
        .find(|(choice, _)| choice.label == chosen)
    {
        Some((_, Some(id))) => id,
        _ => {
            let (id, edit) = planning::plan(
                app.workspace.review(),
                &kind,
                Some(fresh),
                Some(app.workspace.today()),
            )?;
            app.commit(edit).map_err(|e| match e.kind {
                Kind::Conflict => Error::conflict(format!(
                    "Plenary {fresh} was planned in another window just now."
                ))
                .hint("L offers it.")
                .caused_by(e),
                _ => e,
            })?;
            id
        }
    };
    let edit = running::start(
        app.workspace.review(),
        &id,
        app.workspace.now(),
        app.workspace.today(),
    )?;
    app.commit(edit)?;
    app.room.chosen = Some(id.clone());
    app.room.side = Side::Agenda;
    app.room.tab = Tab::Log;
    meeting(app)?;
    app.tell_recorded(format!(
        "{} runs · c calls the roll · > opens the next item · L ends it",
        app.workspace.review().meeting_label(&id)
    ));
    Ok(())
}

/// Offers to end the call, or to let it rest or go on.
fn offer_end(app: &mut App) -> Result<()> {
    let review = app.workspace.review();
    let Some((id, held)) = review.records.running() else {
        return Ok(());
    };
    let name = review.meeting_label(id);
    let left = planning::not_reached(&review.records, id).len();
    let to = planning::next_planned(review, id).map_or_else(
        || "the next call".to_owned(),
        |next| review.meeting_label(next),
    );
    let detail = if left > 0 {
        format!("{left} recommendations go on to {to}")
    } else {
        String::new()
    };
    let rests = held.paused.is_some();
    let rest = if rests {
        "go on"
    } else {
        "rest: the item's time stands still"
    };
    let end = format!("end {name}");
    let id = id.clone();
    let choices = [
        Choice {
            label: end.clone(),
            detail,
            key: Some('e'),
        },
        Choice::keyed(rest, 'p'),
    ];
    // Enter does what comes next: whoever let the call rest goes on with it.
    let (title, offered) = if rests {
        (format!("{name} rests"), rest)
    } else {
        (format!("{name} runs"), end.as_str())
    };
    let pick = Pick::new(&title, &choices)
        .with_selected(Some(offered))
        .enter_picks()
        .opened_by_lone_key(app);
    let Some(chosen) = app.pick_from(pick)? else {
        return Ok(());
    };
    let now = app.workspace.now();
    if chosen == end {
        let edit = running::end(app.workspace.review(), now)?;
        app.commit(edit)?;
        return ended(app, &id);
    }
    let review = app.workspace.review();
    let edit = if review
        .records
        .running()
        .is_some_and(|(_, held)| held.paused.is_some())
    {
        running::resume(review, now)?
    } else {
        running::pause(review, now)?
    };
    app.commit(edit).map(drop)
}

/// Shows the meeting that has ended, and offers its report.
fn ended(app: &mut App, id: &MeetingId) -> Result<()> {
    app.room.chosen = Some(id.clone());
    meeting(app)?;
    report::after_end(app, id)
}

/// Opens the next item of the agenda.
pub fn next_item(app: &mut App) -> Result<()> {
    let edit = running::next_item(app.workspace.review(), app.workspace.now())?;
    app.commit(edit).map(drop)
}

/// Asks, when the program starts, whether a call that is found running ended unnoticed: on another day, or a long time ago.
pub fn pick_up(app: &mut App) -> Result<()> {
    let review = app.workspace.review();
    let Some((id, held)) = review.records.running() else {
        return Ok(());
    };
    let (id, name, started) = (
        id.clone(),
        review.meeting_label(id),
        held.started.unwrap_or_else(|| app.workspace.now()),
    );
    let last = app
        .workspace
        .store()
        .newest_in(&id)?
        .unwrap_or(started)
        .max(started);
    let now = app.workspace.now();
    let same_day = last.with_timezone(&Local).date_naive() == app.workspace.today();
    if same_day && now - last < SILENCE {
        app.tell(format!(
            "{name} runs, minute {}. g m shows it.",
            (now - started).num_minutes()
        ));
        return Ok(());
    }
    let then = format!("it ended then, {}", local(last));
    let still = "it still runs";
    let at_now = format!("it ends now, {}", clock(now));
    let choices = [
        Choice::keyed(&then, 't'),
        Choice::keyed(still, 's'),
        Choice::keyed(&at_now, 'n'),
    ];
    let title = format!(
        "{name} was started {} and never ended; the last thing recorded is of {}",
        local(started),
        local(last)
    );
    let lines = |theme: &Theme, width: usize| prose::block(1, &title, theme.text, width);
    let chosen = app.pick_from(
        Pick::new("A call was left running", &choices)
            .with_text(&lines)
            .enter_picks(),
    )?;
    let at = match chosen.as_deref() {
        Some(chosen) if chosen == then => last,
        Some(chosen) if chosen == at_now => now,
        _ => {
            app.tell(format!("{name} still runs. L ends it."));
            return Ok(());
        }
    };
    let edit = running::end(app.workspace.review(), at)?;
    app.commit(edit)?;
    ended(app, &id)
}

/// Whether the call that runs should be asked about, after the program slept so long.
pub fn is_long(slept: std::time::Duration) -> bool {
    TimeDelta::from_std(slept).is_ok_and(|slept| slept > SILENCE)
}

/// The meeting on the screen, or the one that runs.
pub(super) fn shown(app: &App) -> Result<MeetingId> {
    let review = app.workspace.review();
    let running = || review.records.running().map(|(id, _)| id.clone());
    let shown = if app.home.pane == Pane::Meeting {
        app.room.meeting(review)
    } else {
        running().or_else(|| app.room.meeting(review))
    };
    shown.ok_or_else(|| Error::slip("There is no meeting yet.").hint("N plans one."))
}

const MODES: [(Mode, Option<Presence>); 8] = [
    (
        Mode {
            key: '1',
            word: "present",
        },
        Some(Presence::Present),
    ),
    (
        Mode {
            key: '2',
            word: "late",
        },
        Some(Presence::Late),
    ),
    (
        Mode {
            key: '3',
            word: "left",
        },
        Some(Presence::Left),
    ),
    (
        Mode {
            key: '4',
            word: "apologies",
        },
        Some(Presence::Apologies),
    ),
    (
        Mode {
            key: '5',
            word: "observer",
        },
        Some(Presence::Observer),
    ),
    (
        Mode {
            key: '6',
            word: "guest",
        },
        Some(Presence::Guest),
    ),
    (
        Mode {
            key: '7',
            word: "staff",
        },
        Some(Presence::Staff),
    ),
    (
        Mode {
            key: '0',
            word: "unmark",
        },
        None,
    ),
];

/// Calls the roll: the beginning of a name marks the person.
pub fn call_roll(app: &mut App) -> Result<()> {
    let id = shown(app)?;
    board(app, id, 0, None)
}

/// The board of the roll call, in a mode, with somebody in focus.
pub(super) fn board(app: &mut App, id: MeetingId, mode: usize, focus: Option<&str>) -> Result<()> {
    // Refused before the board opens, where nothing could be recorded.
    roll::mark(app.workspace.review(), &id, "…", None, app.workspace.now())?;
    let modes = MODES.map(|(mode, _)| mode);
    let theme = app.theme;
    let people = |review: &Review| persons(review, &id, &theme);
    let head = |review: &Review, width: usize, theme: &Theme| {
        let facilitator = review
            .records
            .meetings
            .get(&id)
            .and_then(|held| held.facilitator.clone())
            .unwrap_or_else(|| "not named, @ names one".to_owned());
        let told = format!("{} · facilitator: {facilitator}", roll::told(review, &id));
        vec![ratatui::text::Line::styled(
            prose::clip(&told, width, theme.signs.more),
            theme.text,
        )]
    };
    let title = format!("Roll call, {}", app.workspace.review().meeting_label(&id));
    let keys = [
        ('*', "no updates"),
        ('=', "update"),
        ('+', "new"),
        ('@', "facilitates"),
    ];
    let mut board = Board::new(&title, &modes, &people)
        .with_keys(&keys)
        .with_head(&head)
        .with_mode(mode)
        .with_focus(focus);
    loop {
        let done = match app.board(&mut board)? {
            Act::Leave => return Ok(()),
            Act::Person(name) => mark(app, &id, &name, MODES[board.mode()].1),
            Act::Key('*', _) => roll::no_updates(app.workspace.review(), &id)
                .and_then(|edit| app.commit(edit))
                .map(drop),
            Act::Key('=', Some(name)) => write::open(app, Purpose::Interest(id.clone(), name)),
            Act::Key('@', Some(name)) => planning::set(
                app.workspace.review(),
                &id,
                Meeting::FACILITATOR,
                Some(&name),
            )
            .and_then(|edit| app.commit(edit))
            .map(drop),
            Act::Key('+', _) => new_name(app, &id, MODES[board.mode()].1),
            Act::Key(..) => Err(Error::no_target(
                "Nobody is in focus. The beginning of a name, or the arrows, choose somebody.",
            )),
        };
        // A text is written in the line below, which keeps it; the board comes back when it is recorded.
        if app.writer.is_some() {
            app.left = Some(Left::Roll(id.clone(), board.mode()));
            return done;
        }
        match done {
            Err(e) if e.kind.closes_dialogs() => return Err(e),
            Err(e) => app.fail(&e),
            Ok(()) => {}
        }
    }
}

fn persons(review: &Review, id: &MeetingId, theme: &Theme) -> Vec<Person> {
    let person = |name: &str| {
        let held = review.records.roll.get(&(id.clone(), name.to_owned()));
        let word = held.and_then(|held| held.presence);
        let (sign, style) = word.map_or((theme.signs.unset, theme.quiet), |word| {
            presence(theme, word)
        });
        Person {
            name: name.to_owned(),
            sign: sign.to_owned(),
            word: word.map_or_else(String::new, |word| word.word().to_owned()),
            style,
            detail: held
                .and_then(|held| held.interest.as_deref())
                .map_or_else(String::new, interest_in_short),
        }
    };
    roll::names(review, id).into_iter().map(person).collect()
}

/// A statement of interest in the few cells that a board has for it.
fn interest_in_short(interest: &str) -> String {
    if interest == NO_UPDATE {
        "SOI same".to_owned()
    } else {
        format!("SOI: {interest}")
    }
}

/// Marks somebody; whoever presented for ICANN org is staff where a member would be present.
fn mark(app: &mut App, id: &MeetingId, name: &str, wanted: Option<Presence>) -> Result<()> {
    let staff = wanted == Some(Presence::Present) && roll::is_staff(app.workspace.review(), name);
    let wanted = if staff { Some(Presence::Staff) } else { wanted };
    let edit = roll::mark(
        app.workspace.review(),
        id,
        name,
        wanted,
        app.workspace.now(),
    )?;
    app.commit(edit).map(drop)
}

/// Records what stands in the line as the update of a statement of interest; nothing takes it away.
pub(super) fn stated(
    app: &mut App,
    id: &MeetingId,
    name: &str,
    statement: &str,
    place: &str,
) -> Result<()> {
    let edit = roll::state_interest(app.workspace.review(), id, name, statement)?;
    app.commit_typed(edit, place).map(drop)
}

/// Puts somebody on the roll whom nobody knows yet, with the word that is chosen; whoever would be present may be a guest more likely.
fn new_name(app: &mut App, id: &MeetingId, wanted: Option<Presence>) -> Result<()> {
    let mut word = wanted.unwrap_or(Presence::Guest);
    let Some(name) = app.ask(&format!("Name of somebody new, {word}"), "")? else {
        return Ok(());
    };
    if word == Presence::Present {
        let choices = [
            Choice::keyed("a guest", 'g'),
            Choice::keyed("an observer", 'o'),
            Choice::keyed("a member, present", 'm'),
        ];
        let Some(chosen) = app.pick(&name, &choices, None, false)? else {
            return Ok(());
        };
        word = match chosen.as_str() {
            "a guest" => Presence::Guest,
            "an observer" => Presence::Observer,
            _ => Presence::Present,
        };
    }
    let edit = roll::mark(
        app.workspace.review(),
        id,
        &name,
        Some(word),
        app.workspace.now(),
    )?;
    app.commit(edit).map(drop)
}
