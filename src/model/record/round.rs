//! A round of positions for which an opening or a designation was recorded.

use super::describe::record;
use super::position::Matter;
use crate::model::ids::{Id, MeetingId};
use crate::model::vocabulary::Consensus;
use chrono::{DateTime, Utc};

record! {
    /// A round of positions for which an opening or a designation was recorded.
    Round: "round" in "round" by ["id"] Id, known by [matter, round];

    /// The matter: rec 11, or decision and its id.
    matter: Matter,
    /// Its number, counted from 1.
    round: u16,
    /// When its designation was chosen, or else when it was opened, such as 2018-09-13T14:41:07Z.
    at: DateTime<Utc>,
    /// By whom, the one or the other.
    by: String,
    /// In which meeting.
    meeting: Option<MeetingId>,
    /// The designation that the chair chose.
    consensus: Option<Consensus>,
}
