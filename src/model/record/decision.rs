//! A decision that a meeting reached.

use super::describe::record;
use super::finding::About;
use crate::model::ids::{AgendaItemId, Id, MeetingId};
use crate::model::vocabulary::Consensus;
use chrono::{DateTime, NaiveDate, Utc};

record! {
    /// A decision that a meeting reached.
    Decision: "decision" in "decision" by ["id"] Id, known by [number];

    /// Its number in the register, across all meetings.
    number: u32 as Count,
    /// What it is about.
    about: Option<About>,
    /// When it was written, such as 2018-09-13T14:41:07Z.
    at: DateTime<Utc>,
    /// Who wrote it.
    by: String,
    /// Who moved it.
    said_by: Option<String> as Person,
    /// The meeting that reached it.
    meeting: Option<MeetingId>,
    /// The minute of the meeting, counted from its start.
    minute: Option<u32>,
    /// The agenda item that was open.
    agenda_item: Option<AgendaItemId>,
    /// The chair's estimate of agreement.
    consensus: Option<Consensus>,
    /// The day until the end of which objections are waited for.
    objections_by: Option<NaiveDate>,
    /// Taken back: kept, and shown only in the history.
    withdrawn: bool,
    /// What was decided.
    text: String as Text,
}
