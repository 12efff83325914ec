//! An answer that was given to a question.

use super::describe::record;
use crate::model::ids::{Id, QuestionId};
use crate::model::vocabulary::Satisfies;
use chrono::{DateTime, NaiveDate, Utc};

record! {
    /// An answer that was given. Answers are added, never overwritten.
    Answer: "answer" in "answer" by ["id"] Id, keeps id: Id;

    /// The question.
    question: QuestionId,
    /// When it was written down, such as 2018-09-13T14:41:07Z.
    at: DateTime<Utc>,
    /// The day on which it was given, such as 2018-09-13.
    on: NaiveDate,
    /// Who gave it.
    by: Option<String>,
    /// Where it can be read.
    link: Option<String>,
    /// Whether it satisfies the team.
    satisfies: Option<Satisfies>,
    /// Why it does or does not, in a few words.
    why: Option<String>,
    /// The words of the answer.
    text: String as Text,
}
