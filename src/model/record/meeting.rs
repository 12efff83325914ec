//! A meeting of the team's own: when it runs, what it is called, and where in it something was said.
//!
//! What a source tells of a meeting is quoted and in the catalogue; such a meeting is past and is not run here.

use super::describe::record;
use crate::model::ids::{AgendaItemId, MeetingId, MeetingName};
use crate::model::vocabulary::MeetingKind;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

record! {
    /// A meeting. If somebody only named it, nothing but its name is set.
    Meeting: "meeting" in "meeting" by ["id"] MeetingId, named by [name], quoted as "meeting";

    /// What people call it, such as plenary-43.
    name: MeetingName,
    /// Its number among its kind.
    number: Option<u32>,
    /// Its kind.
    kind: Option<MeetingKind>,
    /// What it is called, if it is called otherwise than by kind and number.
    title: Option<String>,
    /// Where it takes place.
    place: Option<String>,
    /// Its day, where it takes place.
    date: Option<NaiveDate>,
    /// Who leads it.
    facilitator: Option<String> as Person,
    /// When it was started.
    started: Option<DateTime<Utc>>,
    /// When it was ended.
    ended: Option<DateTime<Utc>>,
    /// When it was paused.
    paused: Option<DateTime<Utc>>,
    /// The item of the agenda that is open.
    item: Option<AgendaItemId>,
    /// Since when the time of the open item is counted; what was counted before is in the item.
    since: Option<DateTime<Utc>>,
}

/// Where in a call something was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct During {
    /// The meeting.
    pub meeting: MeetingId,
    /// The minute, counted from its start by the clock, rests included, so that it leads to the place in a recording.
    pub minute: u32,
    /// The agenda item that was open.
    pub item: Option<AgendaItemId>,
}

impl Meeting {
    /// A meeting of which only the name is known.
    pub fn named(name: MeetingName) -> Meeting {
        Meeting {
            name,
            number: None,
            kind: None,
            title: None,
            place: None,
            date: None,
            facilitator: None,
            started: None,
            ended: None,
            paused: None,
            item: None,
            since: None,
        }
    }

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

/// How many characters of a kind stand in an id.
const SERIES: usize = 40;

/// How a kind of meeting is named in ids: its words, but for those that say how people meet. So the plenaries share one series of numbers,
/// face to face or not, as those of the sources do.
pub fn series(kind: &MeetingKind) -> String {
    let word = kind.word().to_lowercase();
    let without = word
        .replace("face-to-face", " ")
        .replace("face to face", " ");
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let mut named = words(&without);
    named.retain(|word| word != "call");
    if named.is_empty() {
        named = words(&word);
    }
    let joined = named.join("-");
    let id = joined.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    let id = id[..id.len().min(SERIES)].trim_end_matches('-');
    // An id is written in the letters a to z; a kind that has none of them is a meeting all the same.
    if id.is_empty() { "meeting" } else { id }.to_owned()
}

/// The moment that lies so many minutes back.
pub fn minutes_before(now: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
    now - TimeDelta::minutes(i64::from(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_meeting_names_ids_that_can_be_read_back() {
        let kinds = [
            ("plenary call", "plenary"),
            ("face-to-face plenary", "plenary"),
            ("Subgroup Call", "subgroup"),
            ("leadership call", "leadership"),
            ("webinar", "webinar"),
            ("call", "call"),
            ("face to face", "face-to-face"),
            ("2nd regional workshop", "nd-regional-workshop"),
            ("会议", "meeting"),
            (
                "a workshop whose name is much longer than any id may be",
                "a-workshop-whose-name-is-much-longer-tha",
            ),
        ];
        for (kind, expected) in kinds {
            let series = series(&kind.parse().unwrap());
            assert_eq!(series, expected, "{kind}");
            let name: MeetingName = format!("{series}-{}", u32::MAX).parse().unwrap();
            assert_eq!(name, MeetingName::typed(name.as_str()).unwrap());
        }
    }
}
