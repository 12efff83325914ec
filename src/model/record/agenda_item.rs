//! An item of a meeting's agenda.

use super::describe::record;
use crate::model::ids::{AgendaItemId, MeetingId};
use chrono::{DateTime, Utc};

record! {
    /// An item of an agenda.
    AgendaItem: "agenda" in "agenda_item" by ["id"] AgendaItemId, named by [meeting, number];

    /// The meeting.
    meeting: MeetingId,
    /// The number that it was given when it was made; it keeps it when the agenda is reordered.
    number: u16,
    /// Its place among the others; the smallest comes first.
    rank: u32,
    /// What the item is about; unset for one of which only the number is known.
    text: Option<String>,
    /// How long it is to take, in minutes.
    planned: Option<u32>,
    /// How long it was open until now, in seconds, without pauses.
    used: Option<u64>,
    /// When it was opened last.
    opened: Option<DateTime<Utc>>,
}

impl AgendaItem {
    /// An item that is not placed or timed yet.
    pub fn new(meeting: MeetingId, number: u16, text: Option<String>) -> AgendaItem {
        AgendaItem {
            meeting,
            number,
            rank: 0,
            text,
            planned: None,
            used: None,
            opened: None,
        }
    }

    /// What it is about, or its number.
    pub fn title(&self) -> String {
        let text = self.text.clone();
        text.unwrap_or_else(|| format!("agenda item {}", self.number))
    }

    /// The seconds used for it until now; `counting` is what runs on, for the item that is open.
    pub fn used(&self, counting: u64) -> u64 {
        self.used.unwrap_or(0) + counting
    }

    /// By how many seconds it takes longer than planned.
    pub fn overrun(&self, counting: u64) -> Option<u64> {
        let planned = u64::from(self.planned?) * 60;
        let over = self.used(counting).checked_sub(planned);
        over.filter(|over| *over > 0)
    }
}
