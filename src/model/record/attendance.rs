//! Somebody at a meeting.

use super::describe::record;
use crate::model::ids::MeetingId;
use crate::model::vocabulary::Presence;
use chrono::{DateTime, Utc};

record! {
    /// Somebody at a meeting.
    #[derive(Default)]
    Attendance: "attendance" in "attendance" by ["meeting", "name"] (MeetingId, String);

    /// What this person is there.
    presence: Option<Presence>,
    /// Since when: the moment of the mark.
    at: Option<DateTime<Utc>>,
    /// The statement of interest: `no update`, or what changed.
    interest: Option<String> as Text,
}

/// What is recorded of whoever has nothing new to state.
pub const NO_UPDATE: &str = "no update";
