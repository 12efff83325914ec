//! What is peculiar to the meetings of a file.
//!
//! A meeting that a source tells of is quoted, and naming it as the team's own is a fault; what the team noted on it may stand below it, and then nothing else
//! does. A second call that runs is a fault, and so is whatever is true only of one that runs, told of one that does not.

use super::entry::Entry;
use super::reading::Reading;
use crate::model::ids::MeetingId;
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::queued::Queued;
use crate::model::vocabulary::{MeetingKind, Outcome};

/// What is true of a call only while it runs.
const OF_RUNNING: [Field; 3] = [Meeting::ITEM, Meeting::SINCE, Meeting::PAUSED];

/// The keys that a meeting of a source may have.
const OF_QUOTED: [&str; 3] = ["id", "name", "findings"];

impl Reading<'_> {
    /// Checks whether a meeting may say what it says.
    pub(super) fn check_meeting(&self, entry: &Entry<'_, '_>, running: &mut Option<String>) {
        let Some(Record::Meeting(id)) = &entry.record else {
            return;
        };
        let name_at = entry.place(Meeting::NAME);
        let at = entry.key.as_ref().map_or(name_at, |key| key.at);
        let name = entry.fields.get(&Meeting::NAME);
        let name = name.map_or(id.as_str(), String::as_str);
        if let Some(quoted) = self.review.quoted_meeting(id) {
            let says_more = entry.keys.names().any(|key| !OF_QUOTED.contains(&key));
            if says_more || entry.keys.raw("findings").is_none() {
                let fault = format!(
                    "{name} is quoted from {}; expected a meeting of the team's own, or nothing but the findings on it",
                    quoted.source
                );
                self.faults.add(at, fault);
            }
            return;
        }
        if let Some(kind) = entry.fields.get(&Meeting::KIND) {
            let kinds = self.review.catalogue.meeting_kinds();
            let found = MeetingKind::among(kind, &kinds);
            self.faults.ok(entry.place(Meeting::KIND), found);
        }
        let started = entry.fields.get(&Meeting::STARTED);
        let ended = entry.fields.get(&Meeting::ENDED);
        // Moments are all spelled alike, so that their texts compare as they do.
        if let Some(ended) = ended.filter(|ended| started.is_none_or(|started| started > *ended)) {
            let fault = format!(
                "{name} ended at {ended}, but did not start before; expected started, and no later than that"
            );
            self.fault(entry, Meeting::ENDED, fault);
        }
        if started.is_some() && ended.is_none() {
            self.check_running(id, name, entry.place(Meeting::STARTED), running);
            return;
        }
        let stands = if ended.is_some() {
            "is over"
        } else {
            "has not started"
        };
        let of_running = OF_RUNNING.into_iter();
        for field in of_running.filter(|field| entry.fields.contains_key(field)) {
            let word = field.word();
            let fault = format!(
                "{name} {stands}, and {word} is told only of a call that runs; expected none"
            );
            self.fault(entry, field, fault);
        }
    }

    /// Only one call runs.
    fn check_running(&self, id: &MeetingId, name: &str, at: usize, running: &mut Option<String>) {
        let records = &self.review.records;
        let here = records.running().filter(|(here, _)| *here != id);
        let here = here.map(|(_, meeting)| meeting.name.to_string());
        // One that is over here is not started again by an older file.
        let known = records.meetings.get(id);
        let over = known.is_some_and(|meeting| meeting.ended.is_some());
        if let Some(other) = here.filter(|_| !over).or_else(|| running.clone()) {
            let fault = format!(
                "{name} would run, and {other} runs already; only one call does: expected ended"
            );
            self.faults.add(at, fault);
        }
        if !over {
            *running = Some(name.to_owned());
        }
    }

    /// What was deferred has a reason, and a reason belongs to an outcome.
    pub(super) fn check_queued(&self, entry: &Entry<'_, '_>) {
        let has_reason = entry.fields.contains_key(&Queued::REASON);
        let outcome = entry.fields.get(&Queued::OUTCOME).map(String::as_str);
        if outcome == Some(Outcome::Deferred.word()) && !has_reason {
            let fault = "deferred, but without a reason; expected one, reason = \"...\"";
            self.fault(entry, Queued::OUTCOME, fault);
        }
        if has_reason && !entry.places.contains_key(&Queued::OUTCOME) {
            let fault = "a reason, but no outcome; expected one, outcome = \"deferred\"";
            self.fault(entry, Queued::REASON, fault);
        }
    }

    /// Somebody on the roll has a mark or a statement.
    pub(super) fn check_attendance(&self, entry: &Entry<'_, '_>) {
        let keys = entry.keys;
        if keys.raw("presence").is_none() && keys.raw("interest").is_none() {
            let fault = "it says nothing of anybody; expected presence or interest";
            self.faults.add(entry.keys.at, fault);
        }
    }
}
