//! A version of a call's report as it went out.

use super::describe::record;
use crate::model::ids::{Id, MeetingId};
use chrono::{DateTime, Utc};

record! {
    /// A version of a call's report as it went out.
    ReportVersion: "report" in "report_version" by ["id"] Id, known by [meeting, version];

    /// The meeting.
    meeting: MeetingId,
    /// The number of the version, counted from 1.
    version: u16,
    /// When it went out.
    at: DateTime<Utc>,
    /// Who sent it.
    by: String,
    /// Whether nothing that it says may be corrected any more.
    locked: bool,
    /// Its text, Markdown, byte for byte.
    text: String as Verbatim,
}

/// Stands for the text of a report version that was imported without its text.
pub const TEXT_NOT_IN_FILE: &str = "The imported file did not contain the text of this version.\n";
