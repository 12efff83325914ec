//! Recording verdicts: one key, one operation, one undo.

use super::{consensus, standing, undo_selection};
use crate::error::{Error, Result};
use crate::model::ids::DeliverableNumber;
use crate::model::journal::change::{Edit, Operation};
use crate::model::record::assessment::{Assessment, next_step};
use crate::model::record::deliverable_verdict::DeliverableVerdict;
use crate::model::record::describe::Field;
use crate::model::record::position::Matter;
use crate::model::record::question::Question;
use crate::model::text::visible;
use crate::model::vocabulary::{Consensus, Implementation, Standing};
use crate::model::{day, edit};
use crate::tui::app::App;
use crate::tui::dialogs::{Choice, Tick};
use crate::tui::home::{Section, Target};
use crate::tui::screens::assessment::{self, field_of};
use chrono::{DateTime, Local, NaiveDate, Utc};

pub fn implemented(app: &mut App) -> Result<()> {
    rate(app, Implementation::Implemented)
}

pub fn partially(app: &mut App) -> Result<()> {
    rate(app, Implementation::PartiallyImplemented)
}

pub fn not(app: &mut App) -> Result<()> {
    rate(app, Implementation::NotImplemented)
}

pub fn cannot_tell(app: &mut App) -> Result<()> {
    rate(app, Implementation::CannotBeDetermined)
}

fn rate(app: &mut App, verdict: Implementation) -> Result<()> {
    let edit = edit::rate(app.workspace.review(), app.home.selected, verdict)?;
    if record(app, edit)? {
        follow_tree(app);
        app.append_to_notice(" · f adds a finding · u takes it back");
    }
    Ok(())
}

pub fn relevance(app: &mut App) -> Result<()> {
    let edit = edit::turn_relevance(app.workspace.review(), app.home.selected)?;
    record(app, edit).map(drop)
}

pub fn effect(app: &mut App) -> Result<()> {
    choose(app, Assessment::EFFECT)
}

pub fn unset_implementation(app: &mut App) -> Result<()> {
    set(app, Assessment::IMPLEMENTATION, None)
}

pub fn unset_relevance(app: &mut App) -> Result<()> {
    set(app, Assessment::RELEVANCE, None)
}

pub fn unset_effect(app: &mut App) -> Result<()> {
    set(app, Assessment::EFFECT, None)
}

/// Sets a field of the selected assessment.
pub fn set(app: &mut App, field: Field, value: Option<String>) -> Result<()> {
    let edit = edit::assess(app.workspace.review(), app.home.selected, &[(field, value)])?;
    record(app, edit).map(drop)
}

/// Writes an edit; asks once where it reopens an assessment on which the team had agreed. Answers whether anything was written.
pub fn record(app: &mut App, edit: Edit) -> Result<bool> {
    if may_reopen(app, &edit)? {
        app.commit(edit)
    } else {
        Ok(false)
    }
}

/// Asks where an edit reopens what the team had agreed on; everything else may go on.
pub fn may_reopen(app: &mut App, edit: &Edit) -> Result<bool> {
    let reopened = edit.changes.iter().find(|c| {
        c.field == Assessment::STANDING && c.after.as_deref() == Some(Standing::Reopened.word())
    });
    let Some(number) = reopened.and_then(|c| c.record.recommendation()) else {
        return Ok(true);
    };
    let may = app.confirm(&format!("Rec {number} is agreed. Change it and reopen it?"))?;
    if !may {
        app.tell("Nothing was written.");
    }
    Ok(may)
}

/// Opens the form at the step that the decision tree asks for.
pub fn form(app: &mut App) -> Result<()> {
    app.home.open(Section::Assessment);
    let step = next_step(app.workspace.review().assessment(app.home.selected));
    app.focus(&Target::Field(
        field_of(step).unwrap_or(Assessment::IMPLEMENTATION),
    ));
    Ok(())
}

pub fn blocked_by(app: &mut App) -> Result<()> {
    // On the screen of questions it is the recommendation of the one in focus.
    if let Target::Question(number) = app.focused() {
        let on = app.workspace.review().question(number)?.recommendation;
        app.home.select(on);
    }
    choose(app, Assessment::BLOCKED_BY)
}

/// The keys by which the words of a vocabulary are chosen, where the list has such keys.
pub(super) fn words(field: Field) -> Vec<Choice> {
    use crate::model::vocabulary::{Effect, Relevance};
    let choices = |words: Vec<&'static str>, keys: &[char]| -> Vec<Choice> {
        words
            .into_iter()
            .enumerate()
            .map(|(i, word)| Choice {
                label: word.to_owned(),
                detail: String::new(),
                key: keys.get(i).copied(),
            })
            .collect()
    };
    match field {
        Assessment::IMPLEMENTATION | DeliverableVerdict::VERDICT => choices(
            Implementation::ALL.iter().map(|w| w.word()).collect(),
            &['i', 'p', 'n', 'd'],
        ),
        Assessment::RELEVANCE => choices(
            Relevance::ALL.iter().map(|w| w.word()).collect(),
            &['s', 'n'],
        ),
        Assessment::EFFECT => choices(
            Effect::ALL.iter().map(|w| w.word()).collect(),
            &['a', 'p', 'n', 'd'],
        ),
        Assessment::STANDING => choices(
            Standing::ALL.iter().map(|w| w.word()).collect(),
            &['d', 'p', 'a', 'r'],
        ),
        Assessment::CONSENSUS => choices(
            Consensus::ALL.iter().map(|w| w.word()).collect(),
            &['f', 'c', 's', 'd', 'm'],
        ),
        _ => Vec::new(),
    }
}

pub(super) const UNSET: &str = "unset";

/// Asks for the value of a field that holds words, a name or numbers, and records it.
pub fn choose(app: &mut App, field: Field) -> Result<()> {
    let number = app.home.selected;
    let title = format!(
        "Rec {number}: {}",
        if field == Assessment::EFFECT {
            "intended effect".to_owned()
        } else {
            field.label()
        }
    );
    let now = assessment::value(app.workspace.review(), number, field);
    let mut choices = match field {
        Assessment::PENHOLDER => app
            .workspace
            .review()
            .names()
            .into_iter()
            .map(Choice::plain)
            .collect(),
        Assessment::AGREED_IN => app
            .workspace
            .review()
            .catalogue
            .meetings
            .iter()
            .map(|m| Choice::plain(m.id.as_str()))
            .collect(),
        Assessment::BLOCKED_BY => return choose_questions(app),
        Assessment::OBJECTIONS_BY => {
            return standing::set_deadline(app, &Matter::Assessment(number));
        }
        Assessment::STANDING => return standing::standing(app),
        Assessment::CONSENSUS => return consensus::designate(app, &Matter::Assessment(number)),
        _ => words(field),
    };
    choices.push(Choice {
        label: UNSET.to_owned(),
        detail: String::new(),
        key: Some('-'),
    });
    let typed = matches!(field, Assessment::PENHOLDER | Assessment::AGREED_IN);
    let Some(chosen) = app.pick(&title, &choices, now.as_deref(), typed)? else {
        return Ok(());
    };
    set(app, field, Some(chosen).filter(|word| word != UNSET))?;
    follow_tree(app);
    Ok(())
}

/// After a verdict the form's cursor goes on to what the tree asks for next.
fn follow_tree(app: &mut App) {
    if let Target::Field(Assessment::IMPLEMENTATION | Assessment::RELEVANCE | Assessment::EFFECT) =
        app.focused()
        && let Some(next) = field_of(next_step(
            app.workspace.review().assessment(app.home.selected),
        ))
    {
        app.focus(&Target::Field(next));
    }
}

/// Ticks the questions that the assessment waits for: those on the recommendation, and any other it names already.
fn choose_questions(app: &mut App) -> Result<()> {
    let number = app.home.selected;
    let review = app.workspace.review();
    let named = &review.assessment(number).blocked_by;
    let elsewhere = named
        .iter()
        .filter_map(|id| review.questions.by_id(id))
        .filter(|q| q.recommendation != number);
    let tick = |q: &Question| Tick {
        label: q.number.to_string(),
        detail: format!(
            "{} · {}",
            review.question_state(q),
            q.text.replace('\n', " ")
        ),
        on: named.contains(&q.id),
    };
    let ticks: Vec<Tick> = review
        .questions_on(number)
        .chain(elsewhere)
        .map(tick)
        .collect();
    if ticks.is_empty() {
        return Err(Error::no_target(format!(
            "There is no question on Rec {number} that it could wait for."
        ))
        .hint("Q writes one."));
    }
    let Some(ticked) = app.tick_off(&format!("Rec {number} waits for"), ticks)? else {
        return Ok(());
    };
    set(
        app,
        Assessment::BLOCKED_BY,
        Some(ticked.join(", ")).filter(|numbers| !numbers.is_empty()),
    )
}

/// Asks for a day as people type them, again until it reads; `None` inside for no day.
pub(super) fn ask_day(
    app: &mut App,
    title: &str,
    offered: &str,
) -> Result<Option<Option<NaiveDate>>> {
    let mut offered = offered.to_owned();
    loop {
        let Some(typed) = app.ask(title, &offered)? else {
            return Ok(None);
        };
        if typed.trim().is_empty() {
            return Ok(Some(None));
        }
        match day::parse(&typed, app.workspace.today()) {
            Ok(day) => return Ok(Some(Some(day))),
            Err(fault) => {
                app.fail(&Error::slip(format!("{fault}.")));
                offered = typed;
            }
        }
    }
}

/// Asks for the team's verdict on a deliverable and records it.
pub fn rate_deliverable(app: &mut App, number: DeliverableNumber) -> Result<()> {
    let mut choices = words(DeliverableVerdict::VERDICT);
    choices.push(Choice {
        label: UNSET.to_owned(),
        detail: String::new(),
        key: Some('-'),
    });
    let now = app
        .workspace
        .review()
        .records
        .verdicts
        .get(&number)
        .map(|held| held.verdict.word());
    let Some(chosen) = app.pick(
        &format!("The team's verdict on deliverable {number}"),
        &choices,
        now,
        false,
    )?
    else {
        return Ok(());
    };
    let verdict = chosen.parse().ok();
    let edit = edit::rate_deliverable(app.workspace.review(), number, verdict)?;
    app.commit(edit).map(drop)
}

/// Undoes the author's newest operation; asks first if it was recorded on another day or in another call.
pub fn undo(app: &mut App) -> Result<()> {
    app.require_refusal_seen()?;
    let Some(next) = app.workspace.next_undo()? else {
        return Err(Error::slip(format!(
            "{} has nothing to undo.",
            app.workspace.author()
        )));
    };
    if !may_undo_or_redo(app, &next, "Undo")? {
        return Ok(());
    }
    ensure_same_step(app.workspace.next_undo()?, &next)?;
    let label = app.workspace.undo()?;
    undo_selection::select_changed(app, &next);
    app.tell_recorded(format!("Undone: {label} · U repeats it"));
    Ok(())
}

/// Redoes what the author undid last; asks first in the same cases as [`undo`].
pub fn redo(app: &mut App) -> Result<()> {
    app.require_refusal_seen()?;
    let Some(next) = app.workspace.next_redo()? else {
        return Err(Error::slip(format!(
            "{} has nothing to redo.",
            app.workspace.author()
        )));
    };
    if !may_undo_or_redo(app, &next, "Redo")? {
        return Ok(());
    }
    ensure_same_step(app.workspace.next_redo()?, &next)?;
    let label = app.workspace.redo()?;
    undo_selection::select_changed(app, &next);
    app.tell_recorded(format!("Redone: {label}"));
    Ok(())
}

/// Fails if the next step is not the one that was asked about, because another window of the same author recorded something meanwhile.
fn ensure_same_step(now: Option<Operation>, asked: &Operation) -> Result<()> {
    if now.is_some_and(|now| now.id == asked.id) {
        return Ok(());
    }
    Err(Error::conflict(
        "Another window recorded something meanwhile; nothing was undone or redone.",
    )
    .hint("Press the key again."))
}

/// Asks before something from another day or another call is undone or redone. After a yes, it does not ask again for the same day and call.
fn may_undo_or_redo(app: &mut App, next: &Operation, step: &str) -> Result<bool> {
    let day = |at: DateTime<Utc>| at.with_timezone(&Local).date_naive();
    let now = (
        app.workspace.today(),
        app.workspace
            .review()
            .records
            .running()
            .map(|(id, _)| id.clone()),
    );
    let recorded = (day(next.at), next.meeting.clone());
    if recorded == now || app.undo_allowed_in.as_ref() == Some(&recorded) {
        return Ok(true);
    }
    let when = if recorded.0 == now.0 {
        "earlier today".to_owned()
    } else {
        format!("on {}", recorded.0)
    };
    let call = match &recorded.1 {
        Some(id) => format!("in {}", app.workspace.review().meeting_label(id)),
        None => "outside a call".to_owned(),
    };
    if !app.confirm(&format!(
        "“{}” was recorded {when}, {call}. {step} it?",
        visible(&next.label)
    ))? {
        app.tell("Nothing was written.");
        return Ok(false);
    }
    app.undo_allowed_in = Some(recorded);
    Ok(true)
}
