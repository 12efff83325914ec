//! CSV: the questions and the action items as the tables that the team keeps, for a spreadsheet. It is not read back; the TOML is.
//!
//! UTF-8 without a byte order mark, which other readers would take for a part of the first column's name; rows end with CR LF (RFC 4180).

use super::records::Scope;
use crate::error::{Error, Result};
use crate::model::record::action::Action;
use crate::model::record::answer::Answer;
use crate::model::record::question::Question;
use crate::model::review::Review;
use ::csv::{Terminator, WriterBuilder};
use unicode_normalization::UnicodeNormalization;

/// A column: its heading, and what it says of a record.
type Column<T> = (&'static str, fn(&Review, &T) -> String);

/// The columns of the table of questions that the team keeps on its wiki.
const QUESTIONS: [Column<Question>; 11] = [
    ("number", |_, q| q.number.to_string()),
    ("recommendation", |_, q| q.recommendation.to_string()),
    ("briefing", |_, q| cell(&q.recorded.briefing)),
    ("question", |_, q| q.text.clone()),
    ("asked by", |_, q| cell(&q.recorded.asked_by)),
    ("asked on", |_, q| cell(&q.recorded.asked_on)),
    ("due", |_, q| cell(&q.recorded.due)),
    ("state", |review, q| review.question_state(q).to_string()),
    ("answered on", answered_on),
    ("answer", answers),
    ("notes", notes),
];

/// The columns of the tracker of action items that the team keeps there; the source is the meeting.
const ACTIONS: [Column<Action>; 10] = [
    ("item number", |_, action| action.number.to_string()),
    ("category", |_, action| cell(&action.category)),
    ("source", meeting),
    ("date of request", |_, action| action.requested.to_string()),
    ("action item", |_, action| action.text.clone()),
    ("owner", |_, action| cell(&action.owner)),
    ("anticipated completion", |_, action| cell(&action.due)),
    ("progress notes", |_, action| cell(&action.progress)),
    ("completed response", |_, action| cell(&action.response)),
    ("completion date", |_, action| cell(&action.done)),
];

/// `export questions --format csv`: a row for every question, by number.
///
/// # Errors
/// A defect of ours.
pub fn questions(scope: Scope<'_>) -> Result<String> {
    print(scope.review, &QUESTIONS, scope.review.questions.iter())
}

/// `export meetings --format csv`: a row for every action item, by number.
///
/// # Errors
/// A defect of ours.
pub fn actions(scope: Scope<'_>) -> Result<String> {
    let actions = scope.review.records.actions().into_iter();
    print(scope.review, &ACTIONS, actions.map(|(_, action)| action))
}

fn print<'a, T: 'a>(
    review: &Review,
    columns: &[Column<T>],
    records: impl Iterator<Item = &'a T>,
) -> Result<String> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let headings = columns.iter().map(|(heading, _)| *heading);
    writer.write_record(headings).map_err(Error::bug_from)?;
    for record in records {
        let cells = columns
            .iter()
            .map(|(_, cell)| harmless(&cell(review, record)));
        writer.write_record(cells).map_err(Error::bug_from)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|e| Error::bug_from(e.into_error()))?;
    String::from_utf8(bytes).map_err(Error::bug_from)
}

/// A value as a cell; an empty one where it is unset.
fn cell<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map_or_else(String::new, ToString::to_string)
}

fn meeting(review: &Review, action: &Action) -> String {
    cell(&action.meeting.as_ref().map(|id| review.meeting_name(id)))
}

fn answered_on(review: &Review, q: &Question) -> String {
    let answers = review.answers_to(&q.id);
    cell(&answers.last().map(|answer| answer.on))
}

/// The answers, each with its day and giver before it and its link behind it.
fn answers(review: &Review, q: &Question) -> String {
    let text = |answer: &Answer| {
        let by = answer.by.as_ref();
        let by = cell(&by.map(|by| format!(", {by}")));
        let link = answer.link.as_ref();
        let link = cell(&link.map(|link| format!("\n{link}")));
        format!("{}{by}: {}{link}", answer.on, answer.text)
    };
    let answers = review.answers_to(&q.id).into_iter();
    answers.map(text).collect::<Vec<_>>().join("\n\n")
}

/// Why it is no longer needed, what it follows up, and which answer satisfies, a line each.
fn notes(review: &Review, q: &Question) -> String {
    let mut notes = Vec::new();
    notes.extend(
        q.recorded
            .reason
            .as_ref()
            .map(|reason| format!("reason: {reason}")),
    );
    let parent = q
        .recorded
        .parent
        .as_ref()
        .map(|id| review.question_label(id));
    notes.extend(parent.map(|number| format!("follow-up of {number}")));
    for answer in review.answers_to(&q.id) {
        let word = answer.satisfies.map(|word| word.word());
        let parts: Vec<&str> = word.into_iter().chain(answer.why.as_deref()).collect();
        if !parts.is_empty() {
            let parts = parts.join(", ");
            notes.push(format!("answer of {} satisfies: {parts}", answer.on));
        }
    }
    notes.join("\n")
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
        for cell in ["\rx", "\nx", "\u{3000}@x", "－1", "＠x", " ＝1", "﹦1"] {
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
