//! The records of an export of meetings, and their keys.
//!
//! Decisions, action items, positions and rounds are things of their own: they are numbered through across all meetings and outlive them, so
//! they stand beside the meetings, each naming its own, and one recorded outside any meeting is no exception. Below a meeting stands
//! what is nothing without it: agenda, queue, roll call, the reports that went out, and the findings about it. A meeting that a source tells of
//! is quoted, and here only to bear the findings of the team.
//!
//! Agenda and queue are in their order, which the place in the list says; what was withdrawn is here and says so, since its number is taken
//! and positions may be on it. Findings are here as in all exports: none that was withdrawn, and private ones of the asker's own if asked for.
//! A report version that contains a finding which has been made private since is exported without its text.
//! What makes no sense where a record stands now, such as the open item of a call that does not run, is left out, since no file may say it.

use super::{Contents, Scope};
use crate::interchange::document::{Document, Node, Section, Table};
use crate::model::ids::{Id, MeetingId, MeetingName};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::{Described, Field, Fields};
use crate::model::record::finding::About;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::position::Matter;
use crate::model::record::queued::Queued;
use crate::model::record::report_version::{ReportVersion, TEXT_NOT_IN_FILE};
use crate::model::review::Review;
use std::collections::BTreeSet;

impl Scope<'_> {
    /// `export meetings`: the team's own meetings, the findings on all meetings, and all decisions, action items, positions and rounds.
    pub fn meetings(self) -> Document {
        let (review, records) = (self.review, &self.review.records);
        let mut contents = Contents::default();
        let on_meetings = self.shown(|found| matches!(found.about, About::Meeting(_)));
        let noted = on_meetings.iter().filter_map(|found| match &found.about {
            About::Meeting(id) => Some(id),
            _ => None,
        });
        let ids: BTreeSet<&MeetingId> = records.meetings.keys().chain(noted).collect();
        let mut ids: Vec<&MeetingId> = ids.into_iter().collect();
        ids.sort_by_key(|id| place(&review.meeting_name(id)));
        let meetings = ids.into_iter().map(|id| {
            let about = About::Meeting(id.clone());
            let table = self.meeting(id, &mut contents);
            let findings = on_meetings.iter().filter(|found| found.about == about);
            let findings = findings.map(|found| self.finding(found, Some(&about), &mut contents));
            table.with("findings", Node::Tables(findings.collect()))
        });
        let meetings = meetings.collect();
        let numbered = |numbers: Vec<(u32, &Id)>, record: fn(Id) -> Record| {
            let mut numbers = numbers;
            numbers.sort_unstable();
            numbers
                .into_iter()
                .map(|(_, id)| record(id.clone()))
                .collect::<Vec<_>>()
        };
        let decisions = records
            .decisions
            .iter()
            .map(|(id, held)| (held.number, id))
            .collect();
        let actions = records
            .actions
            .iter()
            .map(|(id, held)| (held.number, id))
            .collect();
        let mut positions: Vec<_> = records.positions.iter().collect();
        positions
            .sort_by_key(|(id, held)| (matter(review, &held.matter), held.round, held.at, *id));
        let mut rounds: Vec<_> = records.rounds.iter().collect();
        rounds.sort_by_key(|(_, held)| (matter(review, &held.matter), held.round));
        let sections: [(&'static str, Vec<Record>); 4] = [
            ("decision", numbered(decisions, Record::Decision)),
            ("action", numbered(actions, Record::Action)),
            (
                "position",
                positions
                    .into_iter()
                    .map(|(id, _)| Record::Position(id.clone()))
                    .collect(),
            ),
            (
                "round",
                rounds
                    .into_iter()
                    .map(|(id, _)| Record::Round(id.clone()))
                    .collect(),
            ),
        ];
        let sections = sections.map(|(key, records)| Section {
            key,
            records: records
                .into_iter()
                .map(|record| contents.add(review, record.clone(), &review.fields(&record), &[]))
                .collect(),
        });
        let meetings = Section {
            key: "meeting",
            records: meetings,
        };
        self.document(
            "meetings",
            contents,
            [meetings].into_iter().chain(sections).collect(),
        )
    }

    /// A meeting with what belongs to it; only the name of one that a source tells of.
    fn meeting(self, id: &MeetingId, contents: &mut Contents) -> Table {
        let (review, records) = (self.review, &self.review.records);
        let Some(meeting) = records.meetings.get(id) else {
            return Table::default().with("id", id.as_str());
        };
        let mut fields = meeting.to_fields();
        if !meeting.is_running() {
            fields.retain(|field, _| {
                ![Meeting::PAUSED, Meeting::ITEM, Meeting::SINCE].contains(field)
            });
        }
        let table = contents.add(review, Record::Meeting(id.clone()), &fields, &[]);
        let mut below = |records: Vec<(Record, Fields)>, without: &[Field]| {
            let tables = records
                .into_iter()
                .map(|(record, fields)| contents.add(review, record, &fields, without));
            Node::Tables(tables.collect())
        };
        let agenda = records
            .agenda_of(id)
            .into_iter()
            .map(|(item, held)| (Record::Agenda(item.clone()), held.to_fields()));
        let queue = records.queue_of(id).into_iter().map(|(number, held)| {
            let mut fields = held.to_fields();
            if held.outcome.is_none() {
                fields.remove(&Queued::REASON);
            }
            (Record::Queued((id.clone(), number)), fields)
        });
        let roll = records.roll_of(id).map(|(name, held)| {
            (
                Record::Attendance((id.clone(), name.to_owned())),
                held.to_fields(),
            )
        });
        let private_notes = self.private_notes();
        let reports = records.reports_of(id).map(|(report, held)| {
            let record = Record::Report(report.clone());
            let mut fields = held.to_fields();
            if held.text == TEXT_NOT_IN_FILE
                || !private_notes.may_read_report(&record, self.asker())
            {
                fields.remove(&ReportVersion::TEXT);
            }
            (record, fields)
        });
        table
            .with(
                "agenda",
                below(agenda.collect(), &[AgendaItem::MEETING, AgendaItem::RANK]),
            )
            .with("queue", below(queue.collect(), &[Queued::RANK]))
            .with("roll", below(roll.collect(), &[]))
            .with(
                "reports",
                below(reports.collect(), &[ReportVersion::MEETING]),
            )
    }
}

/// What orders meetings: the kind that the name begins with, then its number as a number.
fn place(name: &MeetingName) -> (String, u64, String) {
    let whole = name.as_str();
    let kind = whole.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = whole
        .get(kind.len()..)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0);
    (kind.to_owned(), number, whole.to_owned())
}

/// What orders matters: recommendations first, then decisions by number.
fn matter<'a>(review: &Review, on: &'a Matter) -> (u32, &'a Matter) {
    match on {
        Matter::Assessment(_) => (0, on),
        Matter::Decision(id) => (
            review
                .records
                .decisions
                .get(id)
                .map_or(u32::MAX, |held| held.number),
            on,
        ),
    }
}
