//! How far an assessment has come: draft, proposed with a day for objections, agreed with or without edits, reopened.
//!
//! Agreement is recorded only after a box has shown what is agreed: verdicts, texts, what was edited since the team last saw it, and what speaks
//! against agreeing.

use super::record::{UNSET, ask_day, record, set, words};
use super::stale;
use crate::error::{Error, Result};
use crate::model::call::agreement::Agreement;
use crate::model::call::position;
use crate::model::edit;
use crate::model::ids::RecommendationNumber;
use crate::model::record::assessment::Assessment;
use crate::model::record::position::Matter;
use crate::model::review::Review;
use crate::model::vocabulary::Standing;
use crate::tui::app::App;
use crate::tui::dialogs::{Choice, Pick};
use crate::tui::screens;
use crate::tui::theme::Theme;
use chrono::NaiveDate;

/// How a day is typed.
const DAYS: &str = "2018-09-20, +7, friday; empty for no day";

/// Chooses the standing of the selected assessment.
pub fn standing(app: &mut App) -> Result<()> {
    let number = app.home.selected;
    let now = app
        .workspace
        .review()
        .assessment(number)
        .standing
        .map(Standing::word);
    let mut choices = words(Assessment::STANDING);
    choices.push(Choice::keyed(UNSET, '-'));
    let Some(chosen) = app.pick(&format!("Rec {number}: standing"), &choices, now, false)? else {
        return Ok(());
    };
    match chosen.parse() {
        Ok(Standing::Proposed) => propose(app, number),
        Ok(Standing::Agreed) => agree(app, number),
        Ok(_) => set(app, Assessment::STANDING, Some(chosen)),
        Err(_) => set(app, Assessment::STANDING, None),
    }
}

/// Proposes an assessment; asks until when objections are waited for, which may be no day.
fn propose(app: &mut App, number: RecommendationNumber) -> Result<()> {
    if app
        .workspace
        .review()
        .assessment(number)
        .implementation
        .is_none()
    {
        return Err(Error::slip(format!(
            "Rec {number} is not assessed yet, so there is nothing to propose."
        )));
    }
    let now = offered(app, &Matter::Assessment(number));
    let Some(day) = ask_day(
        app,
        &format!("Rec {number} proposed, objections until: {DAYS}"),
        &now,
    )?
    else {
        return Ok(());
    };
    refuse_stale(app, &Matter::Assessment(number), &now, day)?;
    let review = app.workspace.review();
    let proposed = (
        Assessment::STANDING,
        Some(Standing::Proposed.word().to_owned()),
    );
    let edit = match day {
        Some(_) => edit::propose(review, number, day)?,
        None => edit::assess(
            review,
            number,
            &[proposed, (Assessment::OBJECTIONS_BY, None)],
        )?,
    };
    record(app, edit).map(drop)
}

fn offered(app: &App, matter: &Matter) -> String {
    deadline(app.workspace.review(), matter)
}

fn deadline(review: &Review, matter: &Matter) -> String {
    position::deadline(review, matter)
        .map(|day| day.to_string())
        .unwrap_or_default()
}

fn refuse_stale(app: &mut App, matter: &Matter, saw: &str, mine: Option<NaiveDate>) -> Result<()> {
    let mine = &mine.map(|day| day.to_string()).unwrap_or_default();
    let what = format!(
        "The day for objections to {}",
        position::matter_label(app.workspace.review(), matter)
    );
    stale::refuse(app, &what, (saw, mine), |review| deadline(review, matter))
}

/// Asks for the day until which objections to something are waited for; an assessment is proposed by it, and an empty day takes it away.
pub(super) fn set_deadline(app: &mut App, matter: &Matter) -> Result<()> {
    let (what, now) = (
        position::matter_label(app.workspace.review(), matter),
        offered(app, matter),
    );
    if let Matter::Assessment(number) = matter
        && app.workspace.review().assessment(*number).standing == Some(Standing::Agreed)
        && !app.confirm(&format!(
            "{what} is agreed. Propose it again, with a day for objections?"
        ))?
    {
        app.tell("Nothing was written.");
        return Ok(());
    }
    let Some(day) = ask_day(app, &format!("Objections to {what} until: {DAYS}"), &now)? else {
        return Ok(());
    };
    refuse_stale(app, matter, &now, day)?;
    let edit = position::set_deadline(app.workspace.review(), matter, day)?;
    record(app, edit).map(drop)
}

/// Records that the team agrees, after a box has shown what it agrees to. Letters alone never record it.
fn agree(app: &mut App, number: RecommendationNumber) -> Result<()> {
    if app
        .workspace
        .review()
        .assessment(number)
        .implementation
        .is_none()
    {
        return Err(Error::slip(format!(
            "Rec {number} is not assessed yet, so there is nothing to agree on."
        )));
    }
    let mut shown = None;
    // The team agrees only to what it was shown. If another window has changed something meanwhile, the box is shown again.
    let edited = loop {
        app.workspace.refresh()?;
        if app.workspace.review().assessment(number).standing == Some(Standing::Agreed) {
            break false;
        }
        let agreement = Agreement::of(
            app.workspace.review(),
            number,
            &app.workspace.history_of(number)?,
        );
        if shown.as_ref() == Some(&agreement) {
            break agreement.edits.is_some();
        }
        if !may_agree(app, number, &agreement)? {
            app.tell("Nothing was written.");
            return Ok(());
        }
        shown = Some(agreement);
    };
    let agreed = (
        Assessment::STANDING,
        Some(Standing::Agreed.word().to_owned()),
    );
    let mut edit = edit::assess(app.workspace.review(), number, &[agreed])?;
    if edited && !edit.is_nothing() {
        edit.label = format!("Rec {number} agreed with edits");
    }
    record(app, edit).map(drop)
}

fn may_agree(app: &mut App, number: RecommendationNumber, agreement: &Agreement) -> Result<bool> {
    let agree = if agreement.edits.is_some() {
        "agree with these edits"
    } else {
        "agree"
    };
    let choices = [Choice::plain(agree), Choice::plain("not yet")];
    let today = app.workspace.today();
    let lines =
        |theme: &Theme, width: usize| screens::agreement::lines(agreement, theme, width, today);
    let picked = app.pick_from(
        Pick::new(&format!("Agree on Rec {number}"), &choices)
            .with_text(&lines)
            .enter_picks(),
    )?;
    Ok(picked.as_deref() == Some(agree))
}
