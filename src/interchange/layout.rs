//! Which lists of records a file of each kind has, and which lists stand below a record. Files are written and read by this.
//!
//! Lists are sorted by number; records without a number, by time and then by id. An agenda and a queue are in their own order, which the place in the list says.
//!
//! Decisions, action items, positions and rounds outlive their meetings, so they stand beside these and each names its own. Below a meeting stands what is
//! nothing without it: agenda, queue, roll call, the reports that went out, and the findings about it.

use super::records::Scope;
use crate::model::ids::MeetingId;
use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::answer::Answer;
use crate::model::record::describe::Field;
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::position::Matter;
use crate::model::record::queued::Queued;
use crate::model::record::report_version::ReportVersion;
use crate::model::review::Review;
use std::collections::BTreeSet;

/// A list of records in a file.
#[derive(Debug)]
pub(super) struct List {
    /// The key of the list.
    pub key: &'static str,
    /// The kind of its records.
    pub kind: Kind,
    /// The records in their order; those below another record, which is given.
    pub records: fn(Scope<'_>, Option<&Record>) -> Vec<Record>,
    /// The fields that the place in the file says, or that nobody writes.
    pub without: &'static [Field],
    /// The fields that may be missing because the place in the file says them.
    pub implied: &'static [Field],
    /// Keys that are no fields: for the reader, quoted, or of earlier versions.
    pub beside: &'static [&'static str],
    /// The lists below each record.
    pub below: &'static [List],
    /// Whether an import counts its records as the one above them.
    pub is_part: bool,
}

/// A list that has only the fields of its records.
const fn list(
    key: &'static str,
    kind: Kind,
    records: fn(Scope<'_>, Option<&Record>) -> Vec<Record>,
) -> List {
    List {
        key,
        kind,
        records,
        without: &[],
        implied: &[],
        beside: &[],
        below: &[],
        is_part: false,
    }
}

/// A list of records that are nothing without the one above them.
const fn part(
    key: &'static str,
    kind: Kind,
    records: fn(Scope<'_>, Option<&Record>) -> Vec<Record>,
    without: &'static [Field],
) -> List {
    List {
        without,
        is_part: true,
        ..list(key, kind, records)
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
        part("deliverables", Kind::Deliverable, verdicts, &[]),
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
            ..part(
                "agenda",
                Kind::Agenda,
                agenda,
                &[AgendaItem::MEETING, AgendaItem::RANK],
            )
        },
        part("queue", Kind::Queued, queue, &[Queued::RANK]),
        part("roll", Kind::Attendance, roll, &[]),
        part("reports", Kind::Report, reports, &[ReportVersion::MEETING]),
        FINDINGS_BELOW,
    ],
    ..list("meeting", Kind::Meeting, meetings)
};

/// What an import counts a record of a kind as.
pub(super) fn counted_as(kind: Kind) -> Kind {
    let mut lists = FILES.iter().flat_map(|(_, lists)| *lists);
    let is_part = |list: &List| list.kind == kind && list.is_part;
    let above = lists.find(|list| list.below.iter().any(is_part));
    above.map_or(kind, |list| list.kind)
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
    let found = scope.shown(|_| true).into_iter();
    found
        .map(|finding| Record::Finding(finding.id.clone()))
        .collect()
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
    let found = scope.shown(is_below).into_iter();
    found
        .map(|finding| Record::Finding(finding.id.clone()))
        .collect()
}

fn questions(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let questions = scope.review.questions.iter();
    questions
        .map(|question| Record::Question(question.id.clone()))
        .collect()
}

fn answers(scope: Scope<'_>, above: Option<&Record>) -> Vec<Record> {
    let answers = above
        .and_then(Record::question)
        .map(|id| scope.review.answers_to(id));
    let answers = answers.into_iter().flatten();
    answers
        .map(|answer| Record::Answer(answer.id.clone()))
        .collect()
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
    ids.into_iter().cloned().map(Record::Meeting).collect()
}

fn agenda(scope: Scope<'_>, above: Option<&Record>) -> Vec<Record> {
    let items = above
        .and_then(Record::meeting)
        .map(|id| scope.review.records.agenda_of(id));
    let items = items.into_iter().flatten();
    items.map(|(id, _)| Record::Agenda(id.clone())).collect()
}

fn queue(scope: Scope<'_>, above: Option<&Record>) -> Vec<Record> {
    let Some(meeting) = above.and_then(Record::meeting) else {
        return Vec::new();
    };
    let queue = scope.review.records.queue_of(meeting).into_iter();
    queue
        .map(|(number, _)| Record::Queued((meeting.clone(), number)))
        .collect()
}

fn roll(scope: Scope<'_>, above: Option<&Record>) -> Vec<Record> {
    let Some(meeting) = above.and_then(Record::meeting) else {
        return Vec::new();
    };
    let roll = scope.review.records.roll_of(meeting);
    roll.map(|(name, _)| Record::Attendance((meeting.clone(), name.to_owned())))
        .collect()
}

fn reports(scope: Scope<'_>, above: Option<&Record>) -> Vec<Record> {
    let reports = above
        .and_then(Record::meeting)
        .map(|id| scope.review.records.reports_of(id));
    let reports = reports.into_iter().flatten();
    reports.map(|(id, _)| Record::Report(id.clone())).collect()
}

fn decisions(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let mut decisions: Vec<_> = scope.review.records.decisions.iter().collect();
    decisions.sort_by_key(|(id, decision)| (decision.number, *id));
    decisions
        .into_iter()
        .map(|(id, _)| Record::Decision(id.clone()))
        .collect()
}

fn actions(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let mut actions: Vec<_> = scope.review.records.actions.iter().collect();
    actions.sort_by_key(|(id, action)| (action.number, *id));
    actions
        .into_iter()
        .map(|(id, _)| Record::Action(id.clone()))
        .collect()
}

fn positions(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let mut positions: Vec<_> = scope.review.records.positions.iter().collect();
    positions.sort_by_key(|(id, position)| {
        (
            place(scope.review, &position.matter),
            position.round,
            position.at,
            *id,
        )
    });
    positions
        .into_iter()
        .map(|(id, _)| Record::Position(id.clone()))
        .collect()
}

fn rounds(scope: Scope<'_>, _: Option<&Record>) -> Vec<Record> {
    let mut rounds: Vec<_> = scope.review.records.rounds.iter().collect();
    rounds.sort_by_key(|(_, round)| (place(scope.review, &round.matter), round.round));
    rounds
        .into_iter()
        .map(|(id, _)| Record::Round(id.clone()))
        .collect()
}

/// What orders positions: recommendations first, then decisions by number.
fn place<'a>(review: &Review, matter: &'a Matter) -> (u32, &'a Matter) {
    match matter {
        Matter::Assessment(_) => (0, matter),
        Matter::Decision(id) => {
            let decision = review.records.decisions.get(id);
            (
                decision.map_or(u32::MAX, |decision| decision.number),
                matter,
            )
        }
    }
}
