//! An action item, with the columns of the tracker that the team keeps on its wiki.

use super::describe::record;
use super::finding::About;
use super::value::values;
use crate::model::ids::{AgendaItemId, Id, MeetingId};
use crate::model::{day, text};
use chrono::{DateTime, NaiveDate, Utc};
use std::fmt;
use std::str::FromStr;

record! {
    /// An action item.
    Action: "action" in "action_item" by ["id"] Id, known by [number];

    /// Its number in the tracker, across all meetings.
    number: u32 as Count,
    /// Its category, in the team's own words.
    category: Option<String>,
    /// Who does it.
    owner: Option<String> as Person,
    /// The day on which it was asked for, such as 2018-09-13.
    requested: NaiveDate,
    /// By when it is to be done.
    due: Option<Due>,
    /// The day on which it was done.
    done: Option<NaiveDate>,
    /// What it is about.
    about: Option<About>,
    /// When it was written, such as 2018-09-13T14:41:07Z.
    at: DateTime<Utc>,
    /// Who wrote it.
    by: String,
    /// The meeting it comes from.
    meeting: Option<MeetingId>,
    /// The minute of that meeting, counted from its start.
    minute: Option<u32>,
    /// The agenda item that was open.
    agenda_item: Option<AgendaItemId>,
    /// Taken back: kept, and shown only in the history.
    withdrawn: bool,
    /// What is to be done.
    text: String as Text,
    /// How it goes.
    progress: Option<String> as Text,
    /// What came of it.
    response: Option<String> as Text,
}

/// By when an action item is to be done. Printed `2018-09-20` or `next call`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// By this day.
    Day(NaiveDate),
    /// By the next meeting after the one it comes from, whenever that will be.
    NextCall,
}

const NEXT_CALL: &str = "next call";

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Due::Day(day) => day.fmt(f),
            Due::NextCall => f.write_str(NEXT_CALL),
        }
    }
}

impl FromStr for Due {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == NEXT_CALL {
            return Ok(Due::NextCall);
        }
        let day = day::written(text).map(Due::Day);
        day.ok_or_else(|| {
            let text = text::visible(text);
            format!("“{text}” is no day; expected one such as 2018-09-20, or next call")
        })
    }
}

impl Due {
    /// Reads what a person types: `2018-09-20`, `+7`, `friday`, `next call`.
    ///
    /// # Errors
    /// What is no day, with what would be one.
    pub fn typed(typed: &str, today: NaiveDate) -> Result<Due, String> {
        let words = typed.split([' ', '-']).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        if words.join(" ").to_lowercase() == NEXT_CALL {
            return Ok(Due::NextCall);
        }
        let day = day::parse(typed, today).map(Due::Day);
        day.map_err(|e| format!("{e}, or next call"))
    }
}

values! {
    Due: DayOrWord of [Due::NextCall];
}
