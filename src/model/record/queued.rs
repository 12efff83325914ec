//! A recommendation that is queued for a meeting.

use super::describe::record;
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::vocabulary::Outcome;

record! {
    /// A recommendation that is queued for a meeting.
    #[derive(Default)]
    Queued: "queued" in "queued" by ["meeting", "recommendation"] (MeetingId, RecommendationNumber);

    /// Its place among the others; the smallest comes first.
    rank: u32,
    /// What became of it; nothing while it waits.
    outcome: Option<Outcome>,
    /// Why it was deferred.
    reason: Option<String> as Text,
}
