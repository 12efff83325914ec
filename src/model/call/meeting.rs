//! A meeting of the team's own: when it runs, what is on its agenda, which recommendations are queued for it, and who is there.
//!
//! What a source tells of a meeting is quoted and in the catalogue; such a meeting is past and is not run here.

use crate::model::ids::MeetingId;
use crate::model::vocabulary::{MeetingKind, Outcome, Presence};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// A meeting. One that is known by its id alone was named by somebody, and nothing more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meeting {
    /// Its id once more: what makes the record exist.
    pub name: String,
    /// Its number among its kind.
    pub number: Option<u32>,
    /// Its kind.
    pub kind: Option<MeetingKind>,
    /// What it is called, if it is called otherwise than by kind and number.
    pub title: Option<String>,
    /// Where it takes place.
    pub place: Option<String>,
    /// Its day, where it takes place.
    pub date: Option<NaiveDate>,
    /// Who leads it.
    pub facilitator: Option<String>,
    /// When it was started.
    pub started: Option<DateTime<Utc>>,
    /// When it was ended.
    pub ended: Option<DateTime<Utc>>,
    /// Since when it rests.
    pub paused: Option<DateTime<Utc>>,
    /// The item of the agenda that is open, by the number it was made under.
    pub item: Option<u16>,
    /// Since when the time of the open item is counted; what was counted before is in the item.
    pub since: Option<DateTime<Utc>>,
}

/// An item of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgendaItem {
    /// Its place among the others; the smallest comes first.
    pub rank: u32,
    /// What it is about.
    pub text: String,
    /// How long it is to take, in minutes.
    pub planned: Option<u32>,
    /// How long it was open until now, in seconds, rests left out.
    pub used: Option<u64>,
    /// When it was opened last.
    pub opened: Option<DateTime<Utc>>,
}

/// A recommendation that is queued for a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queued {
    /// Its place among the others; the smallest comes first.
    pub rank: u32,
    /// What became of it; nothing while it waits.
    pub outcome: Option<Outcome>,
    /// Why it was deferred.
    pub reason: Option<String>,
}

/// Somebody at a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attendance {
    /// What this person is there.
    pub presence: Option<Presence>,
    /// Since when: the moment of the mark.
    pub at: Option<DateTime<Utc>>,
    /// The statement of interest: `no update`, or what changed.
    pub interest: Option<String>,
}

/// What is recorded of whoever has nothing new to state.
pub const NO_UPDATE: &str = "no update";

/// A version of a call's report as it went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// When it went out.
    pub at: DateTime<Utc>,
    /// Who sent it.
    pub by: String,
    /// Its text, Markdown, byte for byte.
    pub text: String,
    /// Whether nothing that it says may be corrected any more.
    pub locked: bool,
}

/// Where in a call something was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct During {
    /// The meeting.
    pub meeting: MeetingId,
    /// The minute, counted from its start by the clock, rests included, so that it leads to the place in a recording.
    pub minute: u32,
    /// The agenda item that was open, by the number it was made under.
    pub item: Option<u16>,
}

/// Stands for the text of a report version that was imported without its text.
pub const TEXT_NOT_IN_FILE: &str = "The imported file did not contain the text of this version.\n";

impl Meeting {
    /// Whether it was started and not ended. A resting meeting runs.
    pub fn is_running(&self) -> bool {
        self.started.is_some() && self.ended.is_none()
    }

    /// The minute at a moment, counted from its start by the clock; 0 before it.
    pub fn minute(&self, at: DateTime<Utc>) -> u32 {
        let minutes = self
            .started
            .map_or(0, |started| (at - started).num_minutes());
        u32::try_from(minutes.max(0)).unwrap_or(u32::MAX)
    }

    /// How many seconds were counted for the open item since it was opened last.
    pub fn counting(&self, now: DateTime<Utc>) -> u64 {
        self.since.map_or(0, |since| {
            u64::try_from((now - since).num_seconds()).unwrap_or(0)
        })
    }
}

impl AgendaItem {
    /// The seconds used for it until now; `counting` is what runs on, for the item that is open.
    pub fn used(&self, counting: u64) -> u64 {
        self.used.unwrap_or(0) + counting
    }

    /// By how many seconds it takes longer than planned.
    pub fn overrun(&self, counting: u64) -> Option<u64> {
        let planned = u64::from(self.planned?) * 60;
        self.used(counting)
            .checked_sub(planned)
            .filter(|over| *over > 0)
    }
}

/// How a kind of meeting is named in ids: the plenaries share one series of numbers, face to face or not, as those of the sources do.
pub fn series(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::PlenaryCall | MeetingKind::FaceToFacePlenary => "plenary",
        MeetingKind::SubgroupCall => "subgroup",
        MeetingKind::LeadershipCall => "leadership",
    }
}

/// What a meeting is called: its id as a person writes it, `Plenary 43`, and behind it its title, if it has one.
pub fn called(id: &MeetingId, title: Option<&str>) -> String {
    if let Some(title) = title {
        return format!("{}: {title}", called(id, None));
    }
    let words = id.as_str().replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// The moment that lies so many minutes back.
pub fn minutes_before(now: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
    now - TimeDelta::minutes(i64::from(minutes))
}
