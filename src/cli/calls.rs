//! The rows of meetings, decisions, action items and positions, and what `show` tells of them on a recommendation.

use super::list::Wanted;
use super::page::{Page, local};
use super::rows::{Form, List};
use crate::error::Result;
use crate::interchange::json::call as json;
use crate::model::call::position;
use crate::model::edit::about_label;
use crate::model::ids::{Id, MeetingId, MeetingName, RecommendationNumber};
use crate::model::record::action::Action;
use crate::model::record::decision::Decision;
use crate::model::record::finding::About;
use crate::model::record::position::{Matter, Position};
use crate::model::review::Review;
use crate::model::text::fold;
use crate::model::vocabulary::Consensus;
use chrono::NaiveDate;

fn some(value: Option<&impl ToString>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}

/// A fact with the word before it; nothing where it is unset.
fn told(word: &str, value: Option<&impl ToString>) -> String {
    value.map_or_else(String::new, |value| format!("{word} {}", value.to_string()))
}

/// The meetings of the sources, then the team's own.
pub(super) fn meetings(review: &Review) -> Result<List> {
    let mut rows = Vec::new();
    let counted = |id: &MeetingId| {
        let (decisions, actions) = json::come_from(review, id);
        [decisions.to_string(), actions.to_string()]
    };
    for m in &review.catalogue.meetings {
        let [decisions, actions] = counted(&m.id);
        let date = some(m.days.first().and_then(|day| day.date).as_ref());
        let (kind, items) = (m.kind.to_string(), m.agenda.len().to_string());
        let cells = vec![
            m.id.to_string(),
            kind,
            date,
            "quoted".into(),
            items,
            "0".into(),
            decisions,
            actions,
            m.title.clone(),
        ];
        rows.push((cells, json::quoted_meeting(review, m)?));
    }
    let mut own: Vec<_> = review.records.meetings.iter().collect();
    own.sort_by_key(|(_, held)| place(&held.name));
    for (id, held) in own {
        let [decisions, actions] = counted(id);
        let state = json::state(held).unwrap_or_default().to_owned();
        let (items, queued) = (
            review.records.agenda_of(id).len().to_string(),
            review.records.queue_of(id).len().to_string(),
        );
        let title = held.title.clone().unwrap_or_default();
        let cells = vec![
            held.name.to_string(),
            some(held.kind.as_ref()),
            some(held.date.as_ref()),
            state,
            items,
            queued,
            decisions,
            actions,
            title,
        ];
        rows.push((cells, json::meeting(review, id, held)));
    }
    Ok(List {
        form: Form::Table(&[
            "Id",
            "Kind",
            "Date",
            "State",
            "Items",
            "Queued",
            "Decisions",
            "Actions",
            "Title",
        ]),
        rows,
    })
}

/// Whether something about this and of this meeting is wanted.
fn fits(wanted: &Wanted, on: Option<RecommendationNumber>, meeting: Option<&MeetingId>) -> bool {
    wanted
        .recommendation
        .is_none_or(|number| on == Some(number))
        && wanted.meeting.as_ref().is_none_or(|id| meeting == Some(id))
}

fn on(review: &Review, about: Option<&About>) -> Option<RecommendationNumber> {
    about.and_then(|about| review.recommendation_of(about))
}

/// What orders meetings: the kind that the name begins with, then its number as a number.
fn place(name: &MeetingName) -> (String, u64, String) {
    let whole = name.as_str();
    let kind = whole.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = whole
        .get(kind.len()..)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0);
    (kind.to_owned(), number, whole.to_owned())
}

/// What something is about: `rec 11`, `question 11.4`.
pub(super) fn told_about(review: &Review, about: &About) -> String {
    match about {
        About::Recommendation(number) => format!("rec {number}"),
        About::Question(_) | About::Meeting(_) => about_label(review, about),
    }
}

/// Where it was said: `Plenary 43, minute 20`.
fn during(review: &Review, meeting: Option<&MeetingId>, minute: Option<u32>) -> String {
    let Some(id) = meeting else {
        return String::new();
    };
    format!(
        "{}{}",
        review.meeting_label(id),
        minute.map_or_else(String::new, |minute| format!(", minute {minute}"))
    )
}

fn decision_cells(review: &Review, held: &Decision) -> Vec<String> {
    vec![
        held.number.to_string(),
        local(held.at),
        held.about
            .as_ref()
            .map_or_else(String::new, |about| told_about(review, about)),
        during(review, held.meeting.as_ref(), held.minute),
        told("moved by", held.said_by.as_ref()),
        some(held.consensus.as_ref()),
        told("objections until", held.objections_by.as_ref()),
        held.text.clone(),
    ]
}

/// The decisions, by number.
pub(super) fn decisions(review: &Review, wanted: &Wanted) -> List {
    let found = review.records.decisions().into_iter();
    let found = found.filter(|(_, held)| {
        fits(
            wanted,
            on(review, held.about.as_ref()),
            held.meeting.as_ref(),
        )
    });
    let rows = found.map(|(id, held)| {
        (
            decision_cells(review, held),
            json::decision(review, id, held),
        )
    });
    List {
        form: Form::Entries(&["Text"]),
        rows: rows.collect(),
    }
}

/// By when an action item is to be done, and whether that is over: `2018-09-20 overdue`, `next call`, `next call, 2018-09-20`.
fn due(review: &Review, held: &Action, today: NaiveDate) -> String {
    let Some(due) = held.due.map(|due| due.to_string()) else {
        return String::new();
    };
    let day = review
        .records
        .due_on(held)
        .map(|day| day.to_string())
        .filter(|day| *day != due);
    let day = day.map_or_else(String::new, |day| format!(", {day}"));
    let over = if review.records.is_overdue(held, today) {
        " overdue"
    } else {
        ""
    };
    format!("due {due}{day}{over}")
}

fn action_facts(review: &Review, held: &Action, today: NaiveDate) -> Vec<String> {
    vec![
        held.number.to_string(),
        some(held.category.as_ref()),
        some(
            held.meeting
                .as_ref()
                .map(|id| review.meeting_name(id))
                .as_ref(),
        ),
        format!("asked for on {}", held.requested),
        held.owner.clone().unwrap_or_else(|| "nobody's".to_owned()),
        due(review, held, today),
        told("done on", held.done.as_ref()),
    ]
}

/// The action items, by number, with the columns of the tracker.
pub(super) fn actions(review: &Review, wanted: &Wanted, today: NaiveDate) -> List {
    let owned = |held: &Action| {
        wanted.owner.as_ref().is_none_or(|name| {
            held.owner
                .as_ref()
                .is_some_and(|owner| fold(owner) == *name)
        })
    };
    let found = review.records.actions().into_iter().filter(|(_, held)| {
        fits(
            wanted,
            on(review, held.about.as_ref()),
            held.meeting.as_ref(),
        ) && owned(held)
            && (!wanted.open || held.done.is_none())
            && (!wanted.overdue || review.records.is_overdue(held, today))
    });
    let rows = found.map(|(id, held)| {
        let texts = [
            Some(&held.text),
            held.progress.as_ref(),
            held.response.as_ref(),
        ];
        let cells = action_facts(review, held, today)
            .into_iter()
            .chain(texts.map(some))
            .collect();
        (cells, json::action(review, id, held, today))
    });
    List {
        form: Form::Entries(&["Action item", "Progress", "Response"]),
        rows: rows.collect(),
    }
}

/// The positions, matter by matter and round by round.
pub(super) fn positions(review: &Review, wanted: &Wanted) -> List {
    let matters: std::collections::BTreeSet<&Matter> = review
        .records
        .positions
        .values()
        .map(|held| &held.matter)
        .collect();
    let found = matters
        .into_iter()
        .flat_map(|matter| json::taken(review, matter));
    let found = found.filter(|(_, held)| {
        fits(
            wanted,
            json::concerns(review, &held.matter),
            held.meeting.as_ref(),
        )
    });
    let rows = found.map(|(id, held)| {
        let cells = vec![
            position::matter_label(review, &held.matter),
            format!("round {}", held.round),
            held.member.clone(),
            held.position.to_string(),
            if counts(review, id, held) {
                String::new()
            } else {
                "said something else later".to_owned()
            },
            local(held.at),
            during(review, held.meeting.as_ref(), held.minute),
            some(held.text.as_ref()),
            some(held.statement.as_ref()),
        ];
        (cells, json::position(review, id, held))
    });
    List {
        form: Form::Entries(&["Text", "Statement"]),
        rows: rows.collect(),
    }
}

fn counts(review: &Review, id: &Id, held: &Position) -> bool {
    position::standing(review, &held.matter, held.round)
        .get(held.member.as_str())
        .is_some_and(|(newest, _)| *newest == id)
}

/// How the members stand to an assessment, and what was decided and asked for on its recommendation.
pub(super) fn show(
    page: &mut Page,
    review: &Review,
    number: RecommendationNumber,
    today: NaiveDate,
) {
    stances(page, review, &Matter::Assessment(number), "Positions");
    let decisions = review
        .records
        .decisions()
        .into_iter()
        .filter(|(_, held)| on(review, held.about.as_ref()) == Some(number));
    let decisions: Vec<(&Id, &Decision)> = decisions.collect();
    list(
        page,
        "Decisions",
        decisions
            .iter()
            .map(|(_, held)| (decision_cells(review, held), held.number))
            .collect(),
    );
    for (id, held) in decisions {
        stances(
            page,
            review,
            &Matter::Decision(id.clone()),
            &format!("Positions on decision {}", held.number),
        );
    }
    let actions = review
        .records
        .actions()
        .into_iter()
        .filter(|(_, held)| on(review, held.about.as_ref()) == Some(number));
    let cells = |held: &Action| {
        action_facts(review, held, today)
            .into_iter()
            .chain([held.text.clone()])
            .collect()
    };
    list(
        page,
        "Action items",
        actions
            .map(|(_, held)| (cells(held), held.number))
            .collect(),
    );
}

/// Items of which the first cell is the number and the last the text.
fn list(page: &mut Page, heading: &str, rows: Vec<(Vec<String>, u32)>) {
    if rows.is_empty() {
        return;
    }
    page.heading(heading);
    for (cells, number) in rows {
        let Some((text, facts)) = cells.split_last() else {
            continue;
        };
        let facts: Vec<&str> = facts
            .iter()
            .skip(1)
            .map(String::as_str)
            .filter(|fact| !fact.is_empty())
            .collect();
        page.item(
            &number.to_string(),
            &format!("{text} ({})", facts.join(", ")),
        );
    }
}

fn stances(page: &mut Page, review: &Review, matter: &Matter, heading: &str) {
    let taken = json::taken(review, matter);
    let last = position::round(review, matter);
    if taken.is_empty() && last == 1 {
        return;
    }
    page.heading(heading);
    for number in (1..=last).rev() {
        let chosen = review
            .records
            .round(matter, number)
            .and_then(|(_, round)| round.consensus);
        let now = if number == last { ", under way" } else { "" };
        page.prose(&format!(
            "Round {number}{now}{}",
            chosen.map_or_else(String::new, |word: Consensus| format!(": {word}"))
        ));
        for (id, held) in taken.iter().filter(|(_, held)| held.round == number) {
            let later = if counts(review, id, held) {
                ""
            } else {
                " (said something else later)"
            };
            let text = held
                .text
                .as_ref()
                .map_or_else(String::new, |text| format!(": {text}"));
            let statement = held
                .statement
                .as_ref()
                .map_or_else(String::new, |text| format!(" Minority statement: {text}"));
            page.item(
                "-",
                &format!("{} {}{later}{text}{statement}", held.member, held.position),
            );
        }
    }
    page.fact(
        "Yet to answer",
        Some(position::yet_to_answer(review, matter).join(", "))
            .filter(|names| !names.is_empty())
            .as_deref(),
    );
}
