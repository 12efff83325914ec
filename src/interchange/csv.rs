//! CSV: the questions and the action items as the tables that the team keeps, for a spreadsheet. It is not read back; the TOML is.
//!
//! UTF-8 without a byte order mark, which other readers would take for a part of the first column's name; rows end with CR LF (RFC 4180).

use super::records::Scope;
use crate::error::{Error, Result};
use crate::model::record::action::Action;
use crate::model::record::answer::Answer;
use crate::model::record::question::Question;
use crate::model::review::Review;
use crate::model::vocabulary::BriefingName;
use ::csv::{Terminator, WriterBuilder};
use unicode_normalization::UnicodeNormalization;

/// The columns of the table that the team keeps on its wiki.
const COLUMNS: [&str; 11] = [
    "number",
    "recommendation",
    "briefing",
    "question",
    "asked by",
    "asked on",
    "due",
    "state",
    "answered on",
    "answer",
    "notes",
];

/// The columns of the tracker of action items that the team keeps there; the source is the meeting.
const TRACKER: [&str; 10] = [
    "item number",
    "category",
    "source",
    "date of request",
    "action item",
    "owner",
    "anticipated completion",
    "progress notes",
    "completed response",
    "completion date",
];

/// `export questions --format csv`: a row for every question, by number.
///
/// # Errors
/// A defect of ours.
pub fn questions(scope: Scope<'_>) -> Result<String> {
    print(
        COLUMNS,
        scope
            .review
            .questions
            .iter()
            .map(|question| row(scope.review, question)),
    )
}

/// `export meetings --format csv`: a row for every action item, by number.
///
/// # Errors
/// A defect of ours.
pub fn actions(scope: Scope<'_>) -> Result<String> {
    print(
        TRACKER,
        scope
            .review
            .records
            .actions()
            .into_iter()
            .map(|(_, action)| tracked(scope.review, action)),
    )
}

fn print<const N: usize>(
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<String> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(columns).map_err(Error::bug_from)?;
    for row in rows {
        writer
            .write_record(row.map(|cell| harmless(&cell)))
            .map_err(Error::bug_from)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|e| Error::bug_from(e.into_error()))?;
    String::from_utf8(bytes).map_err(Error::bug_from)
}

fn tracked(review: &Review, action: &Action) -> [String; 10] {
    let some = |value: Option<&String>| value.cloned().unwrap_or_default();
    [
        action.number.to_string(),
        some(action.category.as_ref()),
        action
            .meeting
            .as_ref()
            .map(|id| review.meeting_name(id).to_string())
            .unwrap_or_default(),
        action.requested.to_string(),
        action.text.clone(),
        some(action.owner.as_ref()),
        some(action.due.map(|due| due.to_string()).as_ref()),
        some(action.progress.as_ref()),
        some(action.response.as_ref()),
        some(action.done.map(|day| day.to_string()).as_ref()),
    ]
}

fn row(review: &Review, q: &Question) -> [String; 11] {
    let some = |value: Option<String>| value.unwrap_or_default();
    let answers = review.answers_to(&q.id);
    let told: Vec<String> = answers.iter().map(|answer| told(answer)).collect();
    [
        q.number.to_string(),
        q.recommendation.to_string(),
        some(q.briefing.as_ref().map(BriefingName::to_string)),
        q.text.clone(),
        some(q.asked_by.clone()),
        some(q.asked_on.map(|day| day.to_string())),
        some(q.due.map(|day| day.to_string())),
        review.question_state(q).to_string(),
        some(answers.last().map(|answer| answer.on.to_string())),
        told.join("\n\n"),
        notes(review, q, &answers),
    ]
}

/// An answer with its day and giver before it and its link behind it.
fn told(answer: &Answer) -> String {
    let by = answer
        .by
        .as_ref()
        .map_or_else(String::new, |by| format!(", {by}"));
    let link = answer
        .link
        .as_ref()
        .map_or_else(String::new, |link| format!("\n{link}"));
    format!("{}{by}: {}{link}", answer.on, answer.text)
}

/// Why it is no longer needed, what it follows up, and which answer satisfies, a line each.
fn notes(review: &Review, q: &Question, answers: &[&Answer]) -> String {
    let reason = q.reason.as_ref().map(|reason| format!("reason: {reason}"));
    let parent = q.parent.as_ref();
    let parent = parent.map(|id| format!("follow-up of {}", review.question_label(id)));
    let satisfies = answers.iter().filter_map(|answer| {
        let told: Vec<&str> = answer
            .satisfies
            .map(|word| word.word())
            .into_iter()
            .chain(answer.why.as_deref())
            .collect();
        (!told.is_empty())
            .then(|| format!("answer of {} satisfies: {}", answer.on, told.join(", ")))
    });
    reason
        .into_iter()
        .chain(parent)
        .chain(satisfies)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A cell that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it.
///
/// OWASP, "CSV Injection", names the signs: equals, plus, minus, at, tab, CR and LF, and the full-width forms. Some programs look behind white
/// space, too. What the normal form makes one of the four signs, small and raised forms among it, counts as that sign.
fn harmless(cell: &str) -> String {
    let begins = cell.trim_start().chars().take(1).nfkd().next();
    let is_formula =
        begins.is_some_and(|sign| "=+-@".contains(sign)) || cell.starts_with(['\t', '\r', '\n']);
    if is_formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_begins_like_a_formula_gets_an_apostrophe_and_nothing_else_does() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            "\nx",
            " =1",
            "\u{a0}\u{3000}@x",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            " ＝1",
            "﹦1",
            "- one\n- two",
        ] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in [
            "",
            " ",
            "11.4",
            "Who = what?",
            "'=1",
            "2018-10-01, ICANN org: =1",
            "– dash",
            "éa",
        ] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
