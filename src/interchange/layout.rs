//! Which lists of records a file of each kind has, and which lists stand below a record. Files are written and read by this.
//!
//! Lists are sorted by number; records without a number, by time and then by id. An agenda and a queue are in their own order, which the place in the list says.
//!
//! Decisions, action items, positions and rounds outlive their meetings, so they stand beside these and each names its own. Below a meeting are the records that
//! make no sense without it: agenda, queue, roll call, the reports that went out, and the findings about it.

use super::records::Scope;
use crate::model::ids::{Id, MeetingId};
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::answer::Answer;
use crate::model::record::describe::Field;
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::{Kind, Record, Records};
use crate::model::record::position::Matter;
use crate::model::record::queued::Queued;
use crate::model::record::report_version::ReportVersion;
use crate::model::record::round::Round;
use crate::model::review::Review;
use std::collections::{BTreeMap, BTreeSet};

/// The records of a list in their order. For a list below a record, that record is given, and only its own are returned.
type Contents = fn(Scope<'_>, Option<&Record>) -> Vec<Record>;

/// A list of records in a file.
#[derive(Debug)]
pub(super) struct List {
    /// The key of the list.
    pub key: &'static str,
    /// The kind of its records.
    pub kind: Kind,
    pub records: Contents,
    /// The fields that a file does not show: its place in the file implies them, or no file contains them.
    pub without: &'static [Field],
    /// The fields that may be missing because the place in the file implies them.
    pub implied: &'static [Field],
    /// Keys that are not fields: information for the reader, quotations, and keys of earlier versions.
    pub beside: &'static [&'static str],
    /// The lists below each record.
    pub below: &'static [List],
}

/// A list that has only the fields of its records.
const fn list(key: &'static str, kind: Kind, records: Contents) -> List {
    List {
        key,
        kind,
        records,
        without: &[],
        implied: &[],
        beside: &[],
        below: &[],
    }
}

const FINDINGS_BELOW: List = List {
    without: &[Finding::WITHDRAWN],
    implied: &[Finding::ABOUT],
    ..list("findings", Kind::Finding, findings_on)
};

/// The kinds of file, each with its lists.
pub(super) const FILES: [(&str, &[List]); 4] = [
    ("assessments", &[ASSESSMENT]),
    ("questions", &[QUESTION]),
    ("findings", &[FINDING]),
    (
        "meetings",
        &[
            MEETING,
            list("decision", Kind::Decision, decisions),
            list("action", Kind::Action, actions),
            list("position", Kind::Position, positions),
            list("round", Kind::Round, rounds),
        ],
    ),
];

const ASSESSMENT: List = List {
    beside: &["title"],
    below: &[
        list("deliverables", Kind::Deliverable, verdicts),
        FINDINGS_BELOW,
    ],
    ..list("assessment", Kind::Assessment, assessments)
};

const QUESTION: List = List {
    beside: &["source"],
    below: &[List {
        without: &[Answer::QUESTION],
        ..list("answers", Kind::Answer, answers)
    }],
    ..list("question", Kind::Question, questions)
};

const FINDING: List = List {
    without: &[Finding::WITHDRAWN],
    ..list("finding", Kind::Finding, findings)
};

const MEETING: List = List {
    below: &[
        List {
            beside: &["item"],
            without: &[AgendaItem::MEETING, AgendaItem::RANK],
            ..list("agenda", Kind::Agenda, |scope, above| {
                of_meeting(scope, above, agenda)
            })
        },
        List {
            without: &[Queued::RANK],
            ..list("queue", Kind::Queued, |scope, above| {
                of_meeting(scope, above, queue)
            })
        },
        list("roll", Kind::Attendance, |scope, above| {
            of_meeting(scope, above, roll)
        }),
        List {
            without: &[ReportVersion::MEETING],
            ..list("reports", Kind::Report, |scope, above| {
                of_meeting(scope, above, reports)
            })
        },
        FINDINGS_BELOW,
    ],
    ..list("meeting", Kind::Meeting, meetings)
};

/// The kind as which an import counts a record: one that is named only within another record counts as that record.
pub(super) fn counted_as(kind: Kind) -> Kind {
    let description = kind.description();
    let is_part = description.key.len() > 1 || description.known_by.len() > 1;
    let mut lists = FILES.iter().flat_map(|(_, lists)| *lists);
    let above = lists.find(|list| list.below.iter().any(|below| below.kind == kind));
    above.filter(|_| is_part).map_or(kind, |list| list.kind)
}

fn assessments(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let recommendations = &scope.review.catalogue.recommendations;
    let mut numbers: Vec<_> = recommendations.iter().map(|r| r.number).collect();
    numbers.sort_unstable();
    numbers.into_iter().map(Record::Assessment).collect()
}

fn verdicts(scope: Scope<'_>, above: Option<&Record>) -> Vec<Record> {
    let number = above.and_then(Record::recommendation);
    let verdicts = scope.review.records.verdicts.keys();
    let own = verdicts.filter(|verdict| Some(verdict.recommendation) == number);
    own.copied().map(Record::Deliverable).collect()
}

fn findings(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let found = scope.shown(|_| true);
    names(found.iter().map(|finding| &finding.id), Record::Finding)
}

/// The findings on a recommendation and its questions, or on a meeting.
fn findings_on(scope: Scope<'_>, above: Option<&Record>) -> Vec<Record> {
    let number = above.and_then(Record::recommendation);
    let is_below = |finding: &Finding| match &finding.about {
        About::Recommendation(_) | About::Question(_) => {
            number.is_some() && scope.review.recommendation_of(&finding.about) == number
        }
        About::Meeting(_) => above == Some(&finding.about.record()),
    };
    let found = scope.shown(is_below);
    names(found.iter().map(|finding| &finding.id), Record::Finding)
}

fn questions(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let questions = scope.review.questions.iter();
    names(questions.map(|question| &question.id), Record::Question)
}

fn answers(scope: Scope<'_>, above: Option<&Record>) -> Vec<Record> {
    let question = above.and_then(Record::question);
    let answers = question.map_or_else(Vec::new, |id| scope.review.answers_to(id));
    names(answers.iter().map(|answer| &answer.id), Record::Answer)
}

/// The team's own meetings, and those of the sources on which there are findings.
fn meetings(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let review = scope.review;
    let found = scope.shown(|_| true).into_iter();
    let of_findings = found.filter_map(|finding| finding.about.meeting());
    let ids: BTreeSet<&MeetingId> = review.records.meetings.keys().chain(of_findings).collect();
    let mut ids: Vec<&MeetingId> = ids.into_iter().collect();
    ids.sort_by_cached_key(|id| {
        let name = review.meeting_name(id).to_string();
        let series = name
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .to_owned();
        let number = name
            .get(series.len()..)
            .and_then(|digits| digits.parse::<u64>().ok());
        (series, number.unwrap_or(0), name)
    });
    names(ids, Record::Meeting)
}

/// Those of the meeting above them; none below anything else.
fn of_meeting(
    scope: Scope<'_>,
    above: Option<&Record>,
    list: fn(&Records, &MeetingId) -> Vec<Record>,
) -> Vec<Record> {
    let meeting = above.and_then(Record::meeting);
    meeting.map_or_else(Vec::new, |id| list(&scope.review.records, id))
}

/// The agenda of a meeting, in its order.
pub(super) fn agenda(records: &Records, id: &MeetingId) -> Vec<Record> {
    let items = records.agenda_of(id).into_iter();
    names(items.map(|(item, _)| item), Record::Agenda)
}

/// The recommendations queued for a meeting, in their order.
pub(super) fn queue(records: &Records, id: &MeetingId) -> Vec<Record> {
    let queue = records.queue_of(id).into_iter();
    let named = |(number, _)| Record::Queued((id.clone(), number));
    queue.map(named).collect()
}

fn roll(records: &Records, id: &MeetingId) -> Vec<Record> {
    let named = |(name, _): (&str, _)| Record::Attendance((id.clone(), name.to_owned()));
    records.roll_of(id).map(named).collect()
}

fn reports(records: &Records, id: &MeetingId) -> Vec<Record> {
    let versions = records.reports_of(id);
    names(versions.map(|(version, _)| version), Record::Report)
}

fn decisions(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let decisions = &scope.review.records.decisions;
    sorted(decisions, Record::Decision, |decision| decision.number)
}

fn actions(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let actions = &scope.review.records.actions;
    sorted(actions, Record::Action, |action| action.number)
}

fn positions(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let review = scope.review;
    sorted(&review.records.positions, Record::Position, |position| {
        let matter = place(review, &position.matter);
        (matter, position.round, position.at)
    })
}

fn rounds(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let review = scope.review;
    let by = |round: &Round| (place(review, &round.matter), round.round);
    sorted(&review.records.rounds, Record::Round, by)
}

/// The sort key of a matter: recommendations first, then decisions by number.
fn place(review: &Review, matter: &Matter) -> (u32, Matter) {
    let number = match matter {
        Matter::Assessment(_) => 0,
        Matter::Decision(id) => {
            let decision = review.records.decisions.get(id);
            decision.map_or(u32::MAX, |decision| decision.number)
        }
    };
    (number, matter.clone())
}

/// The records with these ids.
fn names<'a, Key: Clone + 'a>(
    ids: impl IntoIterator<Item = &'a Key>,
    record: fn(Key) -> Record,
) -> Vec<Record> {
    ids.into_iter().cloned().map(record).collect()
}

/// The records of a kind, sorted by `place` and then by id.
fn sorted<T, Place: Ord>(
    records: &BTreeMap<Id, T>,
    record: fn(Id) -> Record,
    place: impl Fn(&T) -> Place,
) -> Vec<Record> {
    let mut ids: Vec<(&Id, &T)> = records.iter().collect();
    ids.sort_by_cached_key(|(_, record)| place(record));
    names(ids.into_iter().map(|(id, _)| id), record)
}
