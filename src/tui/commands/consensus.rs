//! Consensus in the room: the positions of those present on a board, the designation that the chair chooses, rounds, minority statements.
//!
//! Every mark is one operation of its own, so that a slip of a key is one undo. The program suggests a designation and says by which rule; it never
//! chooses one.

use super::{standing, write};
use crate::error::{Error, Result};
use crate::model::call::position::{self, Taking, Word};
use crate::model::call::{consensus as rule, roll};
use crate::model::ids::Id;
use crate::model::journal::change::Edit;
use crate::model::record::assessment::Assessment;
use crate::model::record::position::{Matter, Position};
use crate::model::review::Review;
use crate::model::vocabulary::{Consensus, Presence, Stance};
use crate::tui::app::{App, Left};
use crate::tui::dialogs::board::{Act, Board, Mode, Person};
use crate::tui::dialogs::{Choice, Pick};
use crate::tui::home::Target;
use crate::tui::screens::positions;
use crate::tui::theme::Theme;
use crate::tui::widgets::prose;
use crate::tui::writer::Purpose;
use std::collections::BTreeMap;

/// What the names of the board get, by the place of the mode.
const STANCES: [Stance; 5] = [
    Stance::Agree,
    Stance::Object,
    Stance::Abstain,
    Stance::NotHeard,
    Stance::Absent,
];
const MODES: [Mode; 5] = [
    Mode {
        key: '1',
        word: STANCES[0].word(),
    },
    Mode {
        key: '2',
        word: STANCES[1].word(),
    },
    Mode {
        key: '3',
        word: STANCES[2].word(),
    },
    Mode {
        key: '4',
        word: STANCES[3].word(),
    },
    Mode {
        key: '5',
        word: STANCES[4].word(),
    },
];
/// The keys beside the modes; those of the head are named there where there is room.
const KEYS: [(char, &str); 5] = [
    ('*', "all agree"),
    ('=', "statement"),
    ('!', "designation"),
    ('/', "day"),
    ('+', "round"),
];

/// Opens the board for the selected recommendation.
pub fn consensus(app: &mut App) -> Result<()> {
    room(app, Matter::Assessment(app.home.selected))
}

/// The board on which positions on an assessment or a decision are taken, until the person is done with it.
pub(in crate::tui) fn room(app: &mut App, matter: Matter) -> Result<()> {
    board(app, matter, 0, None)
}

/// The board, in a mode, with somebody in focus.
pub(super) fn board(app: &mut App, matter: Matter, mode: usize, focus: Option<&str>) -> Result<()> {
    let (theme, today) = (app.theme, app.workspace.today());
    let title = title(app.workspace.review(), &matter);
    let people = |review: &Review| people(review, &matter, &theme);
    let head = |review: &Review, width: usize, theme: &Theme| {
        positions::head(review, &matter, theme, width, today, true)
    };
    let mut board = Board::new(&title, &MODES, &people)
        .with_keys(&KEYS)
        .with_head(&head)
        .marked_by_mode_keys()
        .with_mode(mode)
        .with_focus(focus);
    loop {
        let done = match app.board(&mut board)? {
            Act::Leave => return Ok(()),
            Act::Person(name) => mark(
                app,
                &matter,
                &name,
                STANCES[board.mode().min(STANCES.len() - 1)],
            ),
            Act::Key(key, on) => {
                board.end_name();
                act(app, &matter, key, on)
            }
        };
        // A text is written in the line below, which keeps it; the board comes back when it is recorded.
        if app.writer.is_some() {
            app.left = Some(Left::Consensus(matter.clone(), board.mode()));
            return done;
        }
        match done {
            Err(e) if e.kind.closes_dialogs() => return Err(e),
            Err(e) => app.fail(&e),
            Ok(()) => {}
        }
    }
}

fn title(review: &Review, matter: &Matter) -> String {
    match matter {
        Matter::Assessment(number) => {
            let label = review
                .recommendation(*number)
                .map(|known| known.label.as_str())
                .unwrap_or_default();
            format!("Rec {number} · {label}")
        }
        Matter::Decision(id) => review
            .records
            .decisions
            .get(id)
            .map_or_else(String::new, |held| {
                format!("Decision {} · {}", held.number, held.text)
            }),
    }
}

/// The running call's roll, if it was called: those of the team who are here.
fn here(review: &Review) -> Option<Vec<String>> {
    let (id, _) = review.records.running()?;
    Some(roll::here(review, id)).filter(|here| !here.is_empty())
}

/// Everybody who may have a position: who is here, the others of the team, and whoever else has one in this round.
fn people(review: &Review, matter: &Matter, theme: &Theme) -> Vec<Person> {
    let standing = position::standing(review, matter, position::round(review, matter));
    let (team, here) = (review.team(), here(review));
    let is_here = |name: &str| {
        here.as_ref()
            .is_none_or(|here| here.iter().any(|known| known == name))
    };
    let mut names: Vec<&str> = team.iter().copied().filter(|name| is_here(name)).collect();
    names.extend(team.iter().copied().filter(|name| !is_here(name)));
    names.extend(standing.keys().filter(|name| !team.contains(*name)));
    names
        .into_iter()
        .map(|name| {
            person(
                review,
                name,
                &standing,
                is_here(name) || !team.contains(&name),
                theme,
            )
        })
        .collect()
}

fn person(
    review: &Review,
    name: &str,
    standing: &BTreeMap<&str, (&Id, &Position)>,
    is_here: bool,
    theme: &Theme,
) -> Person {
    let held = standing.get(name).map(|(_, held)| *held);
    let (sign, style) = held.map_or((theme.signs.unset, theme.quiet), |held| {
        theme.stance(held.position)
    });
    let mut detail = Vec::new();
    if !is_here {
        let presence = review
            .records
            .running()
            .and_then(|(id, _)| review.records.presence(id, name));
        detail.push(presence.map_or("not here", Presence::word).to_owned());
    }
    if let Some(held) = held {
        detail.extend(held.statement.is_some().then(|| "statement".to_owned()));
        detail.extend(
            (held.position == Stance::Object && held.text.is_none()).then(|| "no text".to_owned()),
        );
        detail.extend(held.text.clone());
    }
    let word = held.map_or("", |held| held.position.word()).to_owned();
    Person {
        name: name.to_owned(),
        sign: sign.to_owned(),
        word,
        style,
        detail: detail.join(" · "),
    }
}

fn act(app: &mut App, matter: &Matter, key: char, on: Option<String>) -> Result<()> {
    match (key, on) {
        ('*', _) => all_agree(app, matter),
        ('!', _) => designate(app, matter),
        ('/', _) => standing::set_deadline(app, matter),
        ('+', _) => {
            app.workspace.refresh()?;
            let edit = position::open_round(app.workspace.review(), matter, &taking(app))?;
            app.commit(edit).map(drop)
        }
        ('=', Some(name)) => state(app, matter, &name),
        ('=', None) => Err(Error::no_target(
            "Whose minority statement? Go to the member first, with the arrows or by the name.",
        )),
        _ => Ok(()),
    }
}

fn taking(app: &App) -> Taking {
    let at = app.workspace.now();
    Taking {
        at,
        by: app.workspace.author().to_owned(),
        during: app.workspace.review().during(at),
    }
}

/// The position of a member in the round under way.
fn held(review: &Review, matter: &Matter, member: &str) -> Option<Position> {
    position::standing(review, matter, position::round(review, matter))
        .get(member)
        .map(|(_, held)| (*held).clone())
}

/// The words with which a member objected last in the round under way, to be offered when this is recorded again.
fn objection(review: &Review, matter: &Matter, member: &str) -> String {
    let round = position::round(review, matter);
    let of_member = |held: &&Position| {
        held.matter == *matter
            && held.round == round
            && held.member == member
            && held.position == Stance::Object
    };
    review
        .records
        .positions
        .values()
        .filter(of_member)
        .max_by_key(|held| held.at)
        .and_then(|held| held.text.clone())
        .unwrap_or_default()
}

/// Records a position; opens the line for the reason where it is an objection.
fn mark(app: &mut App, matter: &Matter, member: &str, stance: Stance) -> Result<()> {
    if stance == Stance::Object {
        return write::open(app, Purpose::Objection(matter.clone(), member.to_owned()));
    }
    app.workspace.refresh()?;
    let word = word(app.workspace.review(), matter, member, stance, None);
    take(app, matter, word)
}

/// The words of a member with a stance. A minority statement stays with whoever does not come to agree.
fn word(
    review: &Review,
    matter: &Matter,
    member: &str,
    stance: Stance,
    why: Option<String>,
) -> Word {
    let before = held(review, matter, member);
    let same = before
        .as_ref()
        .is_some_and(|before| before.position == stance);
    let (text, statement) = before.map_or((None, None), |before| (before.text, before.statement));
    Word {
        member: member.to_owned(),
        stance,
        text: why.or(text.filter(|_| same)),
        statement: statement.filter(|_| same || stance != Stance::Agree),
    }
}

/// Records an objection with what stands in the line, which may be nothing.
pub(super) fn objected(
    app: &mut App,
    matter: &Matter,
    member: &str,
    why: &str,
    place: &str,
) -> Result<()> {
    let word = word(
        app.workspace.review(),
        matter,
        member,
        Stance::Object,
        Some(why.to_owned()),
    );
    let edit = position::take(
        app.workspace.review(),
        app.workspace.new_id(),
        matter,
        word,
        &taking(app),
    )?;
    app.commit_typed(edit, place).map(drop)
}

/// What is recorded of a member's objection or statement, for the line in which it is written again.
pub(super) fn recorded(review: &Review, purpose: &Purpose) -> Option<String> {
    match purpose {
        Purpose::Objection(matter, member) => {
            Some(objection(review, matter, member)).filter(|text| !text.is_empty())
        }
        Purpose::Statement(matter, member) => held(review, matter, member)?.statement,
        _ => None,
    }
}

fn take(app: &mut App, matter: &Matter, word: Word) -> Result<()> {
    let edit = position::take(
        app.workspace.review(),
        app.workspace.new_id(),
        matter,
        word,
        &taking(app),
    )?;
    app.commit(edit).map(drop)
}

/// Records that all who are present agree; without a call, all of the team. Whoever said something already is left alone.
fn all_agree(app: &mut App, matter: &Matter) -> Result<()> {
    app.workspace.refresh()?;
    let review = app.workspace.review();
    let members = match (review.records.running(), here(review)) {
        (Some(_), None) => {
            return Err(Error::slip(
                "Nobody is marked as present in this call. Call the roll first, or name them here.",
            ));
        }
        (_, Some(here)) => here,
        (None, None) => review.team().into_iter().map(str::to_owned).collect(),
    };
    let edit = position::all_agree(review, matter, &members, &taking(app))?;
    app.commit(edit).map(drop)
}

/// Opens the line for the minority statement of a member, which goes with the position held now.
fn state(app: &mut App, matter: &Matter, member: &str) -> Result<()> {
    has_position(app.workspace.review(), matter, member)?;
    write::open(app, Purpose::Statement(matter.clone(), member.to_owned()))
}

fn has_position(review: &Review, matter: &Matter, member: &str) -> Result<Position> {
    let round = position::round(review, matter);
    held(review, matter, member).ok_or_else(|| {
        Error::slip(format!(
            "{member} has no position in round {round} yet, which a statement could go with."
        ))
    })
}

/// Records a minority statement with what stands in the line.
pub(super) fn stated(
    app: &mut App,
    matter: &Matter,
    member: &str,
    statement: &str,
    place: &str,
) -> Result<()> {
    let review = app.workspace.review();
    let Position {
        position: stance,
        text,
        ..
    } = has_position(review, matter, member)?;
    let word = Word {
        member: member.to_owned(),
        stance,
        text,
        statement: Some(statement.to_owned()),
    };
    let edit = position::take(review, app.workspace.new_id(), matter, word, &taking(app))?;
    let label = format!(
        "Minority statement of {member} on {}",
        position::matter_label(review, matter)
    );
    let label = if edit.is_nothing() {
        format!("{label} unchanged")
    } else {
        label
    };
    app.commit_typed(Edit { label, ..edit }, place).map(drop)
}

/// Asks the chair for the designation, the suggested one offered with the rule that suggests it.
pub(super) fn designate(app: &mut App, matter: &Matter) -> Result<()> {
    let review = app.workspace.review();
    let before = position::designation(review, matter);
    let suggestion = rule::suggest(position::counts(
        review,
        matter,
        position::round(review, matter),
    ));
    let suggested = suggestion.as_ref().map(|suggestion| suggestion.designation);
    let mut choices = super::record::words(Assessment::CONSENSUS);
    for choice in &mut choices {
        let is = |word: Option<Consensus>| word.is_some_and(|word| word.word() == choice.label);
        let notes = [
            is(suggested).then_some("· suggested"),
            is(before).then_some("· chosen now"),
        ];
        choice.detail = notes.into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    choices.push(Choice::keyed(super::record::UNSET, '-'));
    let body = match suggestion {
        Some(suggestion) => format!(
            "Suggested: {}; {} ({})",
            suggestion.designation,
            suggestion.rule,
            rule::SOURCE
        ),
        None => format!(
            "Nothing is suggested while nobody speaks for or against ({})",
            rule::SOURCE
        ),
    };
    let what = position::matter_label(review, matter);
    let lines = |theme: &Theme, width: usize| prose::block(1, &body, theme.text, width);
    let offered = suggested.or(before).map(Consensus::word);
    let title = format!("{what}: the chair's designation");
    let Some(chosen) = app.pick_from(
        Pick::new(&title, &choices)
            .with_selected(offered)
            .with_text(&lines)
            .enter_picks(),
    )?
    else {
        return Ok(());
    };
    app.workspace.refresh()?;
    let review = app.workspace.review();
    let now = position::designation(review, matter);
    if now != before {
        let now = now.map_or(super::record::UNSET, Consensus::word);
        return Err(Error::conflict(format!(
            "The designation of {what} became “{now}” meanwhile; nothing was recorded."
        )));
    }
    let edit = position::designate(review, matter, chosen.parse().ok(), &taking(app))?;
    app.commit(edit).map(drop)
}

/// Asks the author for a position on the selected recommendation.
pub fn my_position(app: &mut App) -> Result<()> {
    my_position_on(app, &Matter::Assessment(app.home.selected))
}

/// Asks the author for a position on a matter.
pub(super) fn my_position_on(app: &mut App, matter: &Matter) -> Result<()> {
    let author = app.workspace.author().to_owned();
    choose(app, matter, &author)
}

/// The decision in focus on the screen of the meeting.
fn decision_in_focus(app: &App) -> Result<Matter> {
    match app.focused() {
        Target::Decision(id) => Ok(Matter::Decision(id)),
        Target::Queued(number) => Ok(Matter::Assessment(number)),
        _ => Err(Error::no_target(
            "Positions are taken on a decision or a recommendation. Go to one first.",
        )),
    }
}

/// Opens the board for the decision or the recommendation in focus on the screen of the meeting.
pub fn consensus_in_meeting(app: &mut App) -> Result<()> {
    let matter = decision_in_focus(app)?;
    room(app, matter)
}

/// Asks the author for a position on the decision or the recommendation in focus on the screen of the meeting.
pub fn my_position_in_meeting(app: &mut App) -> Result<()> {
    let matter = decision_in_focus(app)?;
    my_position_on(app, &matter)
}

/// Asks for the position of a member, and records it.
fn choose(app: &mut App, matter: &Matter, member: &str) -> Result<()> {
    let review = app.workspace.review();
    let now = held(review, matter, member).map(|held| held.position.word());
    let title = format!("{member} on {}", position::matter_label(review, matter));
    let keyed = [
        (Stance::Agree, 'a'),
        (Stance::Object, 'o'),
        (Stance::Abstain, 'b'),
        (Stance::NotHeard, 'n'),
    ];
    let choices: Vec<Choice> = keyed
        .into_iter()
        .map(|(stance, key)| Choice::keyed(stance.word(), key))
        .collect();
    let Some(chosen) =
        app.pick_from(Pick::new(&title, &choices).with_selected(now).enter_picks())?
    else {
        return Ok(());
    };
    chosen
        .parse()
        .map_or(Ok(()), |stance| mark(app, matter, member, stance))
}

/// What else can be done with a position.
pub(super) fn other(app: &mut App, id: &Id) -> Result<()> {
    let Some(taken) = app.workspace.review().records.positions.get(id).cloned() else {
        return Ok(());
    };
    let (statement, another, copy) = ("minority statement", "other position", "copy");
    let choices = [
        Choice::keyed(statement, 's'),
        Choice::keyed(another, 'p'),
        Choice::keyed(copy, 'y'),
    ];
    let title = format!(
        "{} on {}",
        taken.member,
        position::matter_label(app.workspace.review(), &taken.matter)
    );
    match app.pick(&title, &choices, None, false)?.as_deref() {
        Some(chosen) if chosen == statement => state(app, &taken.matter, &taken.member),
        Some(chosen) if chosen == another && taken.member == app.workspace.author() => {
            my_position_on(app, &taken.matter)
        }
        // Somebody else's position is recorded on the board only, by the key that says which it is.
        Some(chosen) if chosen == another => board(app, taken.matter, 0, Some(&taken.member)),
        Some(_) => super::give::copy(app),
        None => Ok(()),
    }
}
