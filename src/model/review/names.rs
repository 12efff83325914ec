//! What people are called, and what people call records: the numbers and names that screens, messages and files show instead of ids.

use super::Review;
use crate::model::ids::{MeetingId, MeetingName, RecommendationNumber};
use crate::model::journal::change::Change;
use crate::model::record::attendance::Attendance;
use crate::model::record::describe::{FieldDescription, Fields};
use crate::model::record::kinds::Record;
use crate::model::record::question::RecordedQuestion;
use crate::model::record::reference::known_by;
use crate::model::record::value::Form;
use crate::model::vocabulary::Presence;
use std::collections::BTreeSet;

/// The names in their order, each only once.
fn once_each<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

impl Review {
    /// All names a person may be known by: members as printed, members the team added, presenters.
    pub fn names(&self) -> Vec<&str> {
        let printed = self.catalogue.members.iter().map(|m| m.name.as_str());
        let added = self.records.members.keys().map(String::as_str);
        let presenters = self.catalogue.presenters.iter().map(|p| p.name.as_str());
        once_each(printed.chain(added).chain(presenters))
    }

    /// The members of the team: those that a source prints, and those that came to a meeting as members.
    pub fn team(&self) -> Vec<&str> {
        let printed = self.catalogue.members.iter().map(|m| m.name.as_str());
        let is_of_team = |at: &Attendance| at.presence.is_some_and(Presence::is_of_team);
        let came = self.records.roll.iter().filter(|(_, at)| is_of_team(at));
        let came = came.map(|((_, name), _)| name.as_str());
        let added = came.filter(|name| self.records.members.contains_key(*name));
        once_each(printed.chain(added))
    }

    /// What people call a meeting, `plenary-43`; its id if it is not there any more.
    pub fn meeting_name(&self, id: &MeetingId) -> MeetingName {
        let own = self.records.meetings.get(id);
        own.map_or_else(|| MeetingName::from(id), |meeting| meeting.name.clone())
    }

    /// A meeting as a sentence names it: `Plenary 43`.
    pub fn meeting_label(&self, id: &MeetingId) -> String {
        self.meeting_name(id).label()
    }

    /// The meeting that people call so.
    pub fn meeting_named(&self, name: &MeetingName) -> Option<MeetingId> {
        let mut own = self.records.meetings.iter();
        let own = own.find(|(_, meeting)| meeting.name == *name);
        let mut printed = self.catalogue.meetings.iter().map(|meeting| &meeting.id);
        let printed = || printed.find(|id| id.as_str() == name.as_str());
        own.map(|(id, _)| id).or_else(printed).cloned()
    }

    /// What files name a record by: the number of a question or an agenda item, the name of a meeting. A quoted one is named by its key.
    fn name_in_files(&self, record: &Record) -> Option<String> {
        let kind = record.kind()?;
        let name = known_by(kind, &self.fields(record)).map(|(_, _, name)| name);
        let is_named = kind.description().named_in_files;
        is_named.then(|| name.unwrap_or_else(|| record.key()))
    }

    /// The recommendation that a record belongs to. What no longer exists is read off the changes that made and removed it.
    pub fn recommendation_behind<'c>(
        &self,
        record: &Record,
        changes: impl Iterator<Item = &'c Change> + Clone,
    ) -> Option<RecommendationNumber> {
        if let Some(number) = record.recommendation() {
            return Some(number);
        }
        let mut fields = self.fields(record);
        if fields.is_empty() {
            let values = changes.clone().filter(|change| change.record == *record);
            fields = values
                .filter_map(|c| Some((c.field, c.after.clone().or_else(|| c.before.clone())?)))
                .collect();
        }
        if let Some(id) = record.question() {
            let here = self.questions.by_id(id).map(|q| q.recommendation);
            let recorded = || fields.get(&RecordedQuestion::RECOMMENDATION)?.parse().ok();
            return here.or_else(recorded);
        }
        let mut named = record.names(&fields).into_iter();
        named.find_map(|named| {
            let is_behind = named.recommendation().is_some() || named.question().is_some();
            is_behind.then(|| self.recommendation_behind(&named, changes.clone()))?
        })
    }

    /// A value as people write it: the records that it names by what they are known by.
    pub fn written(&self, field: &FieldDescription, value: &str) -> String {
        let written = |part: &str| {
            let named = field.names(part).into_iter().next();
            let name = named.and_then(|record| self.name_in_files(&record));
            match (name, part.split_once(' ')) {
                (Some(name), Some((kind, _))) => format!("{kind} {name}"),
                (Some(name), None) => name,
                (None, _) => part.to_owned(),
            }
        };
        if field.form != Form::Words {
            return written(value);
        }
        let parts: Vec<String> = value.split(", ").map(written).collect();
        parts.join(", ")
    }

    /// A record as a message names it: `Rec 11`, `question 11.17`, `meeting plenary-43`, `the position of Emily`.
    pub fn label(&self, record: &Record) -> String {
        let records = &self.records;
        if let Some(finding) = record.finding().and_then(|id| records.findings.get(id)) {
            let about = self.label(&finding.about.record());
            return format!("the {} on {about}", finding.kind);
        }
        if let Record::Answer(id) = record
            && let Some(answer) = records.answers.get(id)
        {
            let question = self.question_label(&answer.question);
            return format!("the answer to question {question}");
        }
        if let Record::Position(id) = record
            && let Some(position) = records.positions.get(id)
        {
            return format!("the position of {}", position.member);
        }
        if let Some(id) = record.meeting() {
            return format!("meeting {}", self.meeting_name(id));
        }
        let label = record.label(&self.fields(record));
        // What belongs to a meeting is named after it.
        let named = record.names(&Fields::new());
        if let Some(id) = named.first().and_then(Record::meeting) {
            return label.replacen(id.as_str(), self.meeting_name(id).as_str(), 1);
        }
        label
    }
}
