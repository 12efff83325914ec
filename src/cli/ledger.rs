//! The rows of the question ledger: questions, answers, briefings, and which questions a filter wants.

use super::list::Wanted;
use super::rows::{Form, List, numbers};
use crate::error::Result;
use crate::interchange::json;
use crate::model::catalogue::{Briefing, BriefingCover};
use crate::model::record::answer::Answer;
use crate::model::record::question::Question;
use crate::model::review::Review;
use crate::model::text::fold;
use chrono::NaiveDate;
use serde_json::json;

/// Whether a question is wanted.
fn fits(review: &Review, q: &Question, wanted: &Wanted, today: NaiveDate) -> bool {
    let state = review.question_state(q);
    wanted
        .recommendation
        .is_none_or(|number| number == q.recommendation)
        && (wanted.briefing.as_ref()).is_none_or(|name| q.recorded.briefing.as_ref() == Some(name))
        && wanted.state.is_none_or(|wanted| wanted == state)
        && (!wanted.open || state.is_open())
        && (!wanted.unanswered || state.is_unanswered())
        && (!wanted.overdue || review.is_overdue(q, today))
        && wanted
            .older_than
            .is_none_or(|days| q.age(today).is_some_and(|age| age >= i64::from(days)))
        && wanted.asked_by.as_ref().is_none_or(|name| {
            q.recorded
                .asked_by
                .as_ref()
                .is_some_and(|by| fold(by) == *name)
        })
}

/// How long ago a question was asked: `7 days`, or `-` where nobody knows.
pub(super) fn age(q: &Question, today: NaiveDate) -> String {
    match q.age(today) {
        None => "-".to_owned(),
        Some(1) => "1 day".to_owned(),
        Some(days) => format!("{days} days"),
    }
}

/// When a question is due, and whether that is over: `2018-09-20 overdue`.
pub(super) fn due(review: &Review, q: &Question, today: NaiveDate) -> Option<String> {
    q.recorded.due.map(|due| {
        if review.is_overdue(q, today) {
            format!("{due} overdue")
        } else {
            due.to_string()
        }
    })
}

/// Whether an answer satisfies, and why; nothing where neither was said.
pub(super) fn satisfies(a: &Answer) -> String {
    match (a.satisfies, &a.why) {
        (Some(word), Some(why)) => format!("satisfies: {word} ({why})"),
        (Some(word), None) => format!("satisfies: {word}"),
        (None, Some(why)) => format!("({why})"),
        (None, None) => String::new(),
    }
}

/// The words of an answer, and below them where it can be read: an address on a line of its own stays whole.
pub(super) fn words(a: &Answer) -> String {
    a.link
        .as_ref()
        .map_or_else(|| a.text.clone(), |link| format!("{}\n{link}", a.text))
}

/// The questions, by number.
pub(super) fn questions(review: &Review, wanted: &Wanted, today: NaiveDate) -> List {
    let found = review
        .questions
        .iter()
        .filter(|q| fits(review, q, wanted, today));
    let rows = found.map(|q| {
        let cells = vec![
            q.number.to_string(),
            format!("Rec {}", q.recommendation),
            q.briefing_label().to_owned(),
            review.question_state(q).to_string(),
            format!("age {}", age(q, today)),
            q.recorded
                .asked_by
                .as_ref()
                .map_or_else(String::new, |name| format!("asked by {name}")),
            due(review, q, today).map_or_else(String::new, |due| format!("due {due}")),
            q.text.clone(),
        ];
        (cells, json::question(review, q))
    });
    List {
        form: Form::Entries(&["Text"]),
        rows: rows.collect(),
    }
}

/// The answers, by question, in the order in which they were given.
pub(super) fn answers(review: &Review, wanted: &Wanted, today: NaiveDate) -> List {
    let found = review
        .questions
        .iter()
        .filter(|q| fits(review, q, wanted, today))
        .flat_map(|q| review.answers_to(&q.id));
    let rows = found.map(|a| {
        let by =
            a.by.as_ref()
                .map_or_else(String::new, |name| format!("by {name}"));
        let cells = vec![
            review.question_label(&a.question),
            a.on.to_string(),
            by,
            satisfies(a),
            words(a),
        ];
        (cells, json::answer(review, a))
    });
    List {
        form: Form::Entries(&["Text"]),
        rows: rows.collect(),
    }
}

/// The briefings, in the order of the source.
pub(super) fn briefings(review: &Review) -> Result<List> {
    let row = |b: &Briefing| {
        let all = || {
            review
                .questions
                .iter()
                .filter(|q| q.recorded.briefing.as_ref() == Some(&b.name))
        };
        let open = all().filter(|q| review.question_state(q).is_open()).count();
        let held: Vec<&str> = b
            .covers
            .iter()
            .filter_map(|cover| cover.meeting.as_ref())
            .map(|id| id.as_str())
            .collect();
        let held = if held.is_empty() {
            "not known to be held".to_owned()
        } else {
            format!("held at {}", held.join(", "))
        };
        let counted = if all().count() == 1 {
            "1 question".to_owned()
        } else {
            format!("{} questions", all().count())
        };
        let covers: Vec<String> = b.covers.iter().map(covers).collect();
        let cells = vec![
            b.name.to_string(),
            counted,
            format!("{open} open"),
            held,
            covers.join("\n"),
        ];
        let mut value = json::quoted(b, &["name", "covers"])?;
        value["questions"] = json!(all().count());
        value["open_questions"] = json!(open);
        Ok((cells, value))
    };
    Ok(List {
        form: Form::Entries(&["Covers"]),
        rows: review
            .catalogue
            .briefings
            .iter()
            .map(row)
            .collect::<Result<_>>()?,
    })
}

/// What one document shows under a briefing.
fn covers(cover: &BriefingCover) -> String {
    let note = cover
        .note
        .as_ref()
        .map_or_else(String::new, |note| format!(". {note}"));
    format!(
        "{}, {}: Rec {}{note}",
        cover.document,
        cover.heading,
        numbers(&cover.recommendations)
    )
}

/// What the briefings leave out: the recommendations that none covers, and those on which there is no question.
pub(super) fn left_out(review: &Review) -> String {
    let all = || review.catalogue.recommendations.iter().map(|r| r.number);
    let covers = |number| {
        review
            .catalogue
            .briefings
            .iter()
            .flat_map(|b| &b.covers)
            .any(|c| c.recommendations.contains(&number))
    };
    let uncovered: Vec<_> = all().filter(|number| !covers(*number)).collect();
    let unasked: Vec<_> = all()
        .filter(|number| review.questions_on(*number).next().is_none())
        .collect();
    let told = |what: &str, found: &[_]| {
        format!(
            "{what}: {}.",
            if found.is_empty() {
                "none".to_owned()
            } else {
                format!("Rec {}", numbers(found))
            }
        )
    };
    format!(
        "{} {}",
        told("Covered by no briefing", &uncovered),
        told("Without any question", &unasked)
    )
}
