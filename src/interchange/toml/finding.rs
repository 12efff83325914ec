//! Reading a finding, which stands in the file below what it is about, or below the recommendation of the question that it is about.

use super::fault::Faults;
use super::keys::{Keys, Placed};
use super::read::{Reading, check_question, line_of};
use crate::model::finding::{About, Finding};
use crate::model::ids::Id;
use crate::model::review::Review;
use toml::de::DeTable;

const FINDING: &[&str] = &[
    "id",
    "about",
    "at",
    "by",
    "said_by",
    "kind",
    "meeting",
    "minute",
    "agenda_item",
    "private",
    "text",
];

impl Reading<'_> {
    /// Reads a finding that stands below a recommendation or a meeting.
    pub(super) fn finding(&mut self, on: &About, table: Placed<&DeTable<'_>>) -> Option<Finding> {
        let faults = &mut self.faults;
        let keys = Keys::new(table.value, table.at, FINDING, faults);
        let id = keys.word::<Id>("id", faults);
        if let Some(id) = &id
            && let Some(first) = self.findings.insert(id.value.clone(), id.at)
        {
            let line = line_of(self.text, first);
            faults.add(
                id.at,
                format!(
                    "finding {} stands here again, first in line {line}; expected every id once",
                    id.value
                ),
            );
        }
        let about = match keys.word::<About>("about", faults) {
            None => on.clone(),
            Some(about) => {
                check_about(self.review, on, &about, faults);
                about.value
            }
        };
        let (at, by) = (keys.moment("at", faults), keys.line("by", faults));
        let (kind, text) = (keys.word("kind", faults), keys.prose("text", faults));
        let expected = [
            ("id", "the finding's id, made when it was written"),
            (
                "at",
                "when it was said or written, such as 2018-09-13T14:41:07Z",
            ),
            ("by", "who wrote it"),
            ("kind", "finding or note"),
            ("text", "what was found"),
        ];
        for (key, expected) in expected {
            keys.missing(key, expected, faults);
        }
        let said_by = keys.line("said_by", faults).map(|l| l.value);
        let meeting = keys.word("meeting", faults).map(|w| w.value);
        let minute = keys.number("minute", faults).map(|n| n.value);
        let agenda_item = keys.line("agenda_item", faults).map(|l| l.value);
        let private = keys.flag("private", faults).unwrap_or(false);
        let (id, at, by, kind, text) = (id?.value, at?, by?.value, kind?.value, text?.value);
        Some(Finding {
            id,
            about,
            kind,
            text,
            at,
            by,
            said_by,
            meeting,
            minute,
            agenda_item,
            private,
            withdrawn: false,
        })
    }
}

/// A finding below a recommendation is on the recommendation or on one of its questions, one below a meeting on the meeting.
fn check_about(review: &Review, on: &About, about: &Placed<About>, faults: &mut Faults) {
    let under = match &about.value {
        About::Question(number) => match review.questions.get(*number) {
            None => return check_question(review, *number, about.at, faults),
            Some(question) => *on == About::Recommendation(question.recommendation),
        },
        about => about == on,
    };
    let (below, expected) = match on {
        About::Recommendation(number) => {
            (format!("recommendation {number}"), "one of its questions")
        }
        _ => (on.to_string(), "no about"),
    };
    if !under {
        faults.add(
            about.at,
            format!(
                "“{}” does not belong below {below}; expected {expected}",
                about.value
            ),
        );
    }
}
