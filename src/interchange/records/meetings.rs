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
use crate::model::private_notes::PrivateNotes;
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::describe::{Field, Fields};
use crate::model::record::finding::About;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::position::Matter;
use crate::model::record::queued::Queued;
use crate::model::record::report_version::{ReportVersion, TEXT_NOT_IN_FILE};
use crate::model::review::Review;
use std::collections::{BTreeMap, BTreeSet};

impl Scope<'_> {
    /// `export meetings`: the team's own meetings, the findings on all meetings, and all decisions, action items, positions and rounds.
    pub fn meetings(self) -> Document {
        let (review, records) = (self.review, &self.review.records);
        let private_notes = self.private_notes();
        let mut contents = Contents::default();
        let on_meetings = self.shown(|found| matches!(found.about, About::Meeting(_)));
        let noted = on_meetings.iter().filter_map(|found| match &found.about {
            About::Meeting(id) => Some(id),
            About::Recommendation(_) | About::Question(_) => None,
        });
        let ids: BTreeSet<&MeetingId> = records.meetings.keys().chain(noted).collect();
        let mut ids: Vec<&MeetingId> = ids.into_iter().collect();
        ids.sort_by_key(|id| place(&review.meeting_name(id)));
        let mut meetings = Vec::new();
        for id in ids {
            let about = About::Meeting(id.clone());
            let table = self.meeting(id, &private_notes, &mut contents);
            let findings = on_meetings.iter().filter(|found| found.about == about);
            let findings = findings.map(|found| self.finding(found, Some(&about), &mut contents));
            meetings.push(table.with("findings", Node::Tables(findings.collect())));
        }
        let mut sections = vec![Section {
            key: "meeting",
            records: meetings,
        }];
        let decisions = sorted(&records.decisions, Record::Decision, |decision| {
            decision.number
        });
        let actions = sorted(&records.actions, Record::Action, |action| action.number);
        let positions = sorted(&records.positions, Record::Position, |position| {
            let matter = matter(review, &position.matter);
            (matter, position.round, position.at)
        });
        let rounds = sorted(&records.rounds, Record::Round, |round| {
            (matter(review, &round.matter), round.round)
        });
        for (key, names) in [
            ("decision", decisions),
            ("action", actions),
            ("position", positions),
            ("round", rounds),
        ] {
            let records = names.into_iter().map(|record| {
                let fields = review.fields(&record);
                contents.add(review, record, &fields, &[])
            });
            let records = records.collect();
            sections.push(Section { key, records });
        }
        self.document("meetings", contents, sections)
    }

    /// A meeting with what belongs to it; only the name of one that a source tells of.
    fn meeting(
        self,
        id: &MeetingId,
        private_notes: &PrivateNotes,
        contents: &mut Contents,
    ) -> Table {
        let records = &self.review.records;
        if !records.meetings.contains_key(id) {
            return Table::default().with("id", id.as_str());
        }
        let agenda = records.agenda_of(id).into_iter();
        let agenda = agenda.map(|(item, _)| Record::Agenda(item.clone()));
        let queue = records.queue_of(id).into_iter();
        let queue = queue.map(|(number, _)| Record::Queued((id.clone(), number)));
        let roll = records.roll_of(id);
        let roll = roll.map(|(name, _)| Record::Attendance((id.clone(), name.to_owned())));
        let reports = records.reports_of(id);
        let reports = reports.map(|(report, _)| Record::Report(report.clone()));
        let below: [(&'static str, Vec<Record>, &[Field]); 4] = [
            (
                "agenda",
                agenda.collect(),
                &[AgendaItem::MEETING, AgendaItem::RANK],
            ),
            ("queue", queue.collect(), &[Queued::RANK]),
            ("roll", roll.collect(), &[]),
            ("reports", reports.collect(), &[ReportVersion::MEETING]),
        ];
        let mut add = |record: Record, without: &[Field]| {
            let fields = self.fields_in_file(&record, private_notes);
            contents.add(self.review, record, &fields, without)
        };
        let mut table = add(Record::Meeting(id.clone()), &[]);
        for (key, records, without) in below {
            let tables = records.into_iter().map(|record| add(record, without));
            table = table.with(key, Node::Tables(tables.collect()));
        }
        table
    }

    /// The fields of a record of a meeting without those that no file may give it as it stands.
    fn fields_in_file(self, record: &Record, private_notes: &PrivateNotes) -> Fields {
        let mut fields = self.review.fields(record);
        let is_set = |field: Field| fields.contains_key(&field);
        let mut left_out: Vec<Field> = Vec::new();
        if matches!(record, Record::Meeting(_))
            && (!is_set(Meeting::STARTED) || is_set(Meeting::ENDED))
        {
            left_out.extend([Meeting::PAUSED, Meeting::ITEM, Meeting::SINCE]);
        }
        if matches!(record, Record::Queued(_)) && !is_set(Queued::OUTCOME) {
            left_out.push(Queued::REASON);
        }
        let text = fields.get(&ReportVersion::TEXT).map(String::as_str);
        if matches!(record, Record::Report(_))
            && (text == Some(TEXT_NOT_IN_FILE)
                || !private_notes.may_read_report(record, self.asker()))
        {
            left_out.push(ReportVersion::TEXT);
        }
        fields.retain(|field, _| !left_out.contains(field));
        fields
    }
}

/// The names of records in an order, and by id where that is the same.
fn sorted<'a, T, K: Ord>(
    records: &'a BTreeMap<Id, T>,
    name: fn(Id) -> Record,
    order: impl Fn(&'a T) -> K,
) -> Vec<Record> {
    let mut sorted: Vec<(&Id, &T)> = records.iter().collect();
    sorted.sort_by_key(|(_, record)| order(record));
    sorted.into_iter().map(|(id, _)| name(id.clone())).collect()
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
    let number = match on {
        Matter::Assessment(_) => 0,
        Matter::Decision(id) => {
            let decision = review.records.decisions.get(id);
            decision.map_or(u32::MAX, |decision| decision.number)
        }
    };
    (number, on)
}
