//! Which lists of records a file of each kind has, and which lists stand below a record.

use crate::model::record::agenda_item::AgendaItem;
use crate::model::record::answer::Answer;
use crate::model::record::describe::Field;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Kind;
use crate::model::record::queued::Queued;
use crate::model::record::report_version::ReportVersion;

/// A list of records in a file: the key, the kind of record, the fields that its place says or that nobody writes, and the lists below each record.
#[derive(Debug)]
pub(super) struct List {
    pub key: &'static str,
    pub kind: Kind,
    pub without: &'static [Field],
    pub below: &'static [List],
    /// Keys that are no fields: for the reader, or quoted.
    pub beside: &'static [&'static str],
    /// Fields that may be missing because the place in the file says them.
    pub implied: &'static [Field],
}

const fn list(
    key: &'static str,
    kind: Kind,
    without: &'static [Field],
    below: &'static [List],
) -> List {
    List {
        key,
        kind,
        without,
        below,
        beside: &[],
        implied: &[],
    }
}

const FINDINGS: List = List {
    implied: &[Finding::ABOUT],
    ..list("findings", Kind::Finding, &[Finding::WITHDRAWN], &[])
};

/// The kinds of file that can be read, each with its lists.
pub(super) const FILES: [(&str, &[List]); 3] = [
    (
        "assessments",
        &[List {
            beside: &["title"],
            ..list(
                "assessment",
                Kind::Assessment,
                &[],
                &[list("deliverables", Kind::Deliverable, &[], &[]), FINDINGS],
            )
        }],
    ),
    (
        "questions",
        &[List {
            beside: &["source"],
            ..list(
                "question",
                Kind::Question,
                &[],
                &[list("answers", Kind::Answer, &[Answer::QUESTION], &[])],
            )
        }],
    ),
    (
        "meetings",
        &[
            list(
                "meeting",
                Kind::Meeting,
                &[],
                &[
                    List {
                        beside: &["item"],
                        ..list(
                            "agenda",
                            Kind::Agenda,
                            &[AgendaItem::MEETING, AgendaItem::RANK],
                            &[],
                        )
                    },
                    list("queue", Kind::Queued, &[Queued::RANK], &[]),
                    list("roll", Kind::Attendance, &[], &[]),
                    list("reports", Kind::Report, &[ReportVersion::MEETING], &[]),
                    FINDINGS,
                ],
            ),
            list("decision", Kind::Decision, &[], &[]),
            list("action", Kind::Action, &[], &[]),
            list("position", Kind::Position, &[], &[]),
            list("round", Kind::Round, &[], &[]),
        ],
    ),
];
