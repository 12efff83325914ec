//! Questions: writing one, sending it, its answers, and every other move it can make.

use super::{capture, editor, record, write};
use crate::error::{Error, Result};
use crate::model::asking::{self, Asking};
use crate::model::capture as line;
use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::model::journal::change::Edit;
use crate::model::moves::{self, Answering, Move};
use crate::model::vocabulary::{BriefingName, Satisfies};
use crate::tui::app::App;
use crate::tui::dialogs::Choice;
use crate::tui::home::{Pane, Section, Target};
use crate::tui::writer::Purpose;

/// Goes to the screen of questions, to the one in focus.
pub fn questions(app: &mut App) -> Result<()> {
    let focused = match app.focused() {
        Target::Question(number) => Some(number),
        _ => None,
    };
    app.home.pane = Pane::Questions;
    app.home.came_from = Pane::List;
    app.follow_ledger();
    if let Some(number) = focused {
        app.show_question(number);
    }
    Ok(())
}

/// Opens the line for a new question on the recommendation in focus.
pub fn question(app: &mut App) -> Result<()> {
    let on = recommendation(app);
    write::open(app, Purpose::Question(on))
}

/// The recommendation that a new question is on.
fn recommendation(app: &App) -> RecommendationNumber {
    match app.focused() {
        Target::Question(number) => app
            .workspace
            .review()
            .questions
            .get(number)
            .map_or(app.home.selected, |q| q.recommendation),
        Target::Queued(number) => number,
        _ => app.home.selected,
    }
}

/// The question in focus.
fn focused(app: &App) -> Result<QuestionNumber> {
    match app.focused() {
        Target::Question(number) => Ok(number),
        _ => Err(Error::no_target(
            "No question is selected. g q shows them all.",
        )),
    }
}

/// Opens the line for an answer to the question in focus.
pub fn answer(app: &mut App) -> Result<()> {
    let number = answerable(app)?;
    write::open(app, Purpose::Answer(number))
}

/// Opens `$EDITOR` for an answer to the question in focus.
pub fn answer_in_editor(app: &mut App) -> Result<()> {
    let number = answerable(app)?;
    editor::write_in_editor(app, Purpose::Answer(number))
}

/// The question in focus, if it takes an answer where it stands.
fn answerable(app: &App) -> Result<QuestionNumber> {
    let number = focused(app)?;
    let review = app.workspace.review();
    let state = review.question_state(review.question(number)?);
    if !moves::takes_answers(state) {
        return Err(Error::slip(format!(
            "Question {number} stands at {state} and takes no answer."
        ))
        .hint("o shows what can be done with it."));
    }
    Ok(number)
}

/// Opens the line for a question that follows up the one in focus.
pub fn follow_up(app: &mut App) -> Result<()> {
    let number = focused(app)?;
    write::open(app, Purpose::FollowUp(number))
}

/// Sends the question in focus.
pub fn send(app: &mut App) -> Result<()> {
    let step = Move::Send(app.workspace.today());
    advance(app, &step)
}

/// Notes that clarification is wanted from the team.
pub fn clarify(app: &mut App) -> Result<()> {
    advance(app, &Move::WantClarification)
}

/// Closes the question in focus.
pub fn close(app: &mut App) -> Result<()> {
    advance(app, &Move::Close)
}

/// Takes the question in focus up again.
pub fn reopen(app: &mut App) -> Result<()> {
    let step = Move::Reopen(app.workspace.today());
    advance(app, &step)
}

/// Drops the question in focus, with a reason.
pub fn drop_question(app: &mut App) -> Result<()> {
    let number = focused(app)?;
    // Refused before anything is typed, if it makes no sense there.
    let author = app.workspace.author().to_owned();
    moves::advance(
        app.workspace.review(),
        number,
        &Move::Drop("…".to_owned()),
        &author,
    )?;
    let Some(reason) = app.ask(&format!("Why is question {number} no longer needed?"), "")? else {
        return Ok(());
    };
    advance(app, &Move::Drop(reason))
}

fn advance(app: &mut App, step: &Move) -> Result<()> {
    let number = focused(app)?;
    let edit = moves::advance(app.workspace.review(), number, step, app.workspace.author())?;
    commit(app, number, edit)
}

/// Writes an edit to a question, and says which recommendations wait for nothing any more.
fn commit(app: &mut App, number: QuestionNumber, edit: Edit) -> Result<()> {
    let waiting = waiting_for(app, number)?;
    app.commit(edit)?;
    tell_freed(app, &waiting);
    Ok(())
}

fn waiting_for(app: &App, number: QuestionNumber) -> Result<Vec<RecommendationNumber>> {
    let review = app.workspace.review();
    Ok(review.waiting_for(&review.question(number)?.id))
}

/// Adds to the notice which of these recommendations wait for nothing any more.
pub(super) fn tell_freed(app: &mut App, waiting: &[RecommendationNumber]) {
    if let Some(freed) = app.workspace.review().freed(waiting) {
        app.append_to_notice(&format!(" · {freed}"));
    }
}

/// Asks for the day by which an answer is expected.
pub fn due(app: &mut App) -> Result<()> {
    let number = focused(app)?;
    let now = app
        .workspace
        .review()
        .question(number)?
        .recorded
        .due
        .map(|due| due.to_string())
        .unwrap_or_default();
    let title = format!("Question {number} due: 2018-09-20, +7, friday; empty for no day");
    let Some(day) = record::ask_day(app, &title, &now)? else {
        return Ok(());
    };
    let edit = moves::set_due(app.workspace.review(), number, day)?;
    commit(app, number, edit)
}

/// Asks for who is to answer.
pub fn address(app: &mut App) -> Result<()> {
    let number = focused(app)?;
    let now = app
        .workspace
        .review()
        .question(number)?
        .recorded
        .addressee
        .clone()
        .unwrap_or_default();
    let Some(name) = app.ask(&format!("Who is to answer question {number}?"), &now)? else {
        return Ok(());
    };
    let edit = moves::address(app.workspace.review(), number, &name)?;
    commit(app, number, edit)
}

/// Asks for the briefing to which the question in focus moves.
pub fn move_briefing(app: &mut App) -> Result<()> {
    let number = focused(app)?;
    let question = app.workspace.review().question(number)?;
    let now = question.recorded.briefing.clone();
    let known = &app.workspace.review().catalogue.briefings;
    if known.is_empty() {
        return Err(Error::slip(
            "This review has no briefings to move a question to.",
        ));
    }
    let choices: Vec<Choice> = known
        .iter()
        .map(|briefing| Choice::plain(briefing.name.word()))
        .collect();
    let Some(chosen) = app.pick(
        &format!("Question {number} belongs to the briefing"),
        &choices,
        now.as_ref().map(BriefingName::word),
        false,
    )?
    else {
        return Ok(());
    };
    let review = app.workspace.review();
    let briefing = (review.catalogue.briefing_named(&chosen)).map_err(Error::bug_from)?;
    let edit = moves::brief(review, number, &briefing)?;
    commit(app, number, edit)
}

/// Shows the briefings: what they cover, whether they were held, and what they leave out.
pub fn briefings(app: &mut App) -> Result<()> {
    let review = app.workspace.review().clone();
    app.read("Briefings", &|theme, width| {
        crate::tui::screens::briefings::lines(&review, theme, width)
    })
}

/// Shows everything that can be done with the question in focus, where it stands.
pub fn moves(app: &mut App, number: QuestionNumber) -> Result<()> {
    type Step = (&'static str, char, bool, fn(&mut App) -> Result<()>);
    let review = app.workspace.review();
    let question = review.question(number)?;
    let state = review.question_state(question);
    let today = app.workspace.today();
    let can = |step: Move| step.makes_sense(state);
    let steps: [Step; 14] = [
        ("record an answer", 'R', moves::takes_answers(state), answer),
        (
            "record an answer written in $EDITOR",
            'E',
            moves::takes_answers(state),
            answer_in_editor,
        ),
        ("send it", 'S', can(Move::Send(today)), send),
        ("write a follow-up", 'F', true, follow_up),
        (
            "clarification is wanted from the team",
            'C',
            can(Move::WantClarification),
            clarify,
        ),
        ("close it", 'X', can(Move::Close), close),
        (
            "no longer needed",
            'w',
            can(Move::Drop(String::new())),
            drop_question,
        ),
        ("reopen it", 'O', can(Move::Reopen(today)), reopen),
        ("set when an answer is due", 'd', true, due),
        ("name who is to answer", 't', true, address),
        ("move it to another briefing", 'M', true, move_briefing),
        ("write a finding on it", 'f', true, capture::finding),
        (
            "reword the draft",
            'e',
            asking::may_reword(review, question).is_ok(),
            write::edit,
        ),
        ("copy", 'y', true, super::give::copy),
    ];
    let choices: Vec<Choice> = steps
        .iter()
        .filter(|(.., possible, _)| *possible)
        .map(|(label, key, ..)| Choice::keyed(label, *key))
        .collect();
    let Some(chosen) = app.pick(
        &format!("Question {number}, {state}"),
        &choices,
        None,
        false,
    )?
    else {
        return Ok(());
    };
    steps
        .iter()
        .find(|(label, ..)| *label == chosen)
        .map_or(Ok(()), |(.., run)| run(app))
}

/// The edit for what stands in the line as a new question.
pub(super) fn asked(
    app: &App,
    on: RecommendationNumber,
    parent: Option<QuestionNumber>,
    typed: &str,
) -> Result<Edit> {
    let review = app.workspace.review();
    let captured = line::with_day(review, typed);
    let (recommendation, number) = line::question_number(review, &captured, on)?;
    let asked_on = captured.on;
    if let Some(day) = asked_on.filter(|day| *day > app.workspace.today()) {
        return Err(Error::slip(format!(
            "{day} is still to come; a question is asked on a day up to today."
        )));
    }
    let asking = Asking {
        recommendation,
        number,
        text: captured.text,
        asked_by: captured
            .said_by
            .one()?
            .or_else(|| Some(app.workspace.author().to_owned())),
        addressee: None,
        briefing: parent.and_then(|parent| review.questions.get(parent)?.recorded.briefing.clone()),
        due: None,
        asked_on,
        parent,
    };
    asking::ask(review, asking)
}

/// Records what stands in the line as an answer, after it was asked whether it satisfies. Answers whether it was recorded.
pub(super) fn answered(
    app: &mut App,
    number: QuestionNumber,
    typed: &str,
    place: &str,
) -> Result<bool> {
    let read = line::answer(app.workspace.review(), typed)?;
    let by = read.said_by.one()?;
    let answering = Answering {
        text: read.text,
        by,
        on: read.on.unwrap_or_else(|| app.workspace.today()),
        link: read.link,
        satisfies: None,
        why: None,
        at: app.workspace.now(),
    };
    // Refused before the question below, so that nothing is asked in vain.
    moves::answer(
        app.workspace.review(),
        number,
        app.workspace.new_id(),
        answering.clone(),
    )?;
    let choices: Vec<Choice> = [
        ("yes", 'y'),
        ("partly", 'p'),
        ("no", 'n'),
        ("not said", '-'),
    ]
    .iter()
    .map(|(label, key)| Choice::keyed(label, *key))
    .collect();
    let Some(chosen) = app.pick(
        &format!("Does the answer to {number} satisfy?"),
        &choices,
        None,
        false,
    )?
    else {
        return Ok(false);
    };
    let satisfies: Option<Satisfies> = chosen.parse().ok();
    let why = match satisfies {
        // Esc goes one step back here too: to the line, and nothing is recorded.
        Some(Satisfies::Partly | Satisfies::No) => {
            match app.ask("Why, in a few words (empty for none)", "")? {
                None => return Ok(false),
                why => why,
            }
        }
        _ => None,
    };
    let waiting = waiting_for(app, number)?;
    let edit = moves::answer(
        app.workspace.review(),
        number,
        app.workspace.new_id(),
        Answering {
            satisfies,
            why,
            ..answering
        },
    )?;
    app.commit_typed(edit, place)?;
    tell_freed(app, &waiting);
    Ok(true)
}

/// The last part of a number typed on the screen of questions: the first question of a recommendation, or the question itself.
pub(super) fn reach(
    app: &mut App,
    recommendation: RecommendationNumber,
    question: Option<QuestionNumber>,
) -> Result<()> {
    let review = app.workspace.review();
    let first = review.questions_on(recommendation).next().map(|q| q.number);
    let wanted = match question {
        Some(number) => number,
        None => match first {
            Some(number) => number,
            None => {
                app.ledger.select(None);
                app.home.select(recommendation);
                app.tell(format!(
                    "There is no question on Rec {recommendation} yet. Q writes the first."
                ));
                return Ok(());
            }
        },
    };
    if review.questions.get(wanted).is_some() {
        app.show_question(wanted);
        return Ok(());
    }
    let begins = wanted.to_string();
    if review
        .questions_on(recommendation)
        .any(|q| q.number.to_string().starts_with(&begins))
    {
        return Ok(());
    }
    review.question(wanted).map(drop)
}

/// Opens the dossier at the question in focus.
pub fn open_dossier(app: &mut App, number: QuestionNumber) -> Result<()> {
    let recommendation = app.workspace.review().question(number)?.recommendation;
    super::go::show(app, recommendation);
    app.home.open(Section::Questions);
    app.home.came_from = Pane::Questions;
    app.focus(&Target::Question(number));
    Ok(())
}
