//! What an import would do: the edit that takes over what is unset here, or the clashes that keep it from being taken over.
//!
//! Records are matched by number or id, then compared field by field. What is unset here is taken, what the file leaves out stays, and what is set
//! differently on both sides is a clash; one clash refuses the whole file until merging is built. Importing a file twice plans nothing.
//!
//! **When an imported change was made.** A file says when its content last changed, and not when it was sent; the next export of the same
//! record must say the same. So the operation that takes a file over bears the file's `last_change` as its time: it is when the content
//! came to be. When it came *here* is told by its place in the journal, which is in order of writing. A file that says nothing was written by
//! hand, and its content came to be now. Two teams that import each other's files end with the same bytes.
//!
//! **Standing** is a field like the others, with the two rules that every edit follows: what has content and no standing is a draft, and
//! content added to what had been agreed reopens it, unless the file says how it stands.
//!
//! **Where a question stands** is a field, too, with two rules of its own. What a source prints is asked, under the briefing that is printed,
//! and a file says so of every question on which nothing happened: that is as good as unset, on both sides. And an answer that is added
//! answers the question, unless the file says where it stands. A question that is farther on its way from draft to closed in the file goes on here;
//! one that is less far in an older file, which lacks our answers, stays; everything else is a clash. Follow-up is never kept: it stands for answered where there is an answer, else for
//! asked.
//!
//! A note that is private here stays private: a file that leaves out `private` does not make it public.
//!
//! Meetings have rules of their own, which are in `import/call.rs`.

mod call;

use super::toml::File;
use super::toml::question::Question;
use super::toml::read::Assessment;
use crate::model::change::{Change, Edit, Record};
use crate::model::fields::{ANSWER, ASSESSMENT, FINDING, Fields, QUESTION};
use crate::model::ids::MeetingId;
use crate::model::review::Review;
use crate::model::text;
use crate::model::vocabulary::{Field, QuestionState, Standing};
use std::collections::BTreeSet;

/// A field that is set differently in the workspace and in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The record.
    pub record: Record,
    /// The field.
    pub field: Field,
    /// What the workspace has.
    pub here: String,
    /// What the file has.
    pub file: String,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What would be written; nothing if there is a clash, or if everything is here already.
    pub edit: Edit,
    /// What is set differently on both sides.
    pub clashes: Vec<Clash>,
}

/// Plans the import of a file; `name` is how the journal calls it.
pub fn plan(review: &Review, file: &File, name: &str) -> Plan {
    let mut taking = Taking {
        review,
        changes: Vec::new(),
        clashes: Vec::new(),
    };
    let (mut assessments, mut findings, mut questions, mut answers) = (0, 0, 0, 0);
    for assessment in &file.assessments {
        let before = taking.changes.len();
        taking.assessment(assessment);
        let between = taking.changes.len();
        for finding in &assessment.findings {
            let before = taking.changes.len();
            taking.record(
                &Record::Finding(finding.id.clone()),
                FINDING,
                &finding.to_fields(),
            );
            findings += usize::from(taking.changes.len() > before);
        }
        assessments += usize::from(between > before);
    }
    for question in &file.questions {
        let before = taking.changes.len();
        taking.question(question);
        questions += usize::from(taking.changes.len() > before);
        for answer in &question.answers {
            let before = taking.changes.len();
            taking.record(
                &Record::Answer(answer.id.clone()),
                ANSWER,
                &answer.to_fields(),
            );
            answers += usize::from(taking.changes.len() > before);
        }
    }
    let of_calls = taking.calls(&file.calls);
    let name = text::visible(&text::clean_line(name).text);
    if !taking.clashes.is_empty() {
        return Plan {
            edit: Edit {
                label: format!("Import of {name} refused"),
                changes: Vec::new(),
            },
            clashes: taking.clashes,
        };
    }
    if taking.changes.is_empty() {
        return Plan {
            edit: Edit {
                label: format!("Everything in {name} is here already"),
                changes: Vec::new(),
            },
            clashes: Vec::new(),
        };
    }
    let taken = if !of_calls.is_empty() {
        of_calls
            .into_iter()
            .map(|(of, number)| counted(number, of))
            .collect()
    } else if file.questions.is_empty() {
        vec![
            counted(assessments, "assessment"),
            counted(findings, "finding"),
        ]
    } else {
        vec![counted(questions, "question"), counted(answers, "answer")]
    };
    let label = format!("Imported {name}: {}", taken.join(", "));
    Plan {
        edit: Edit {
            label,
            changes: with_unknown(review, taking.changes),
        },
        clashes: Vec::new(),
    }
}

/// `1 finding`, `14 findings`.
pub fn counted(number: usize, of: &str) -> String {
    if number == 1 {
        format!("1 {of}")
    } else {
        format!("{number} {of}s")
    }
}

struct Taking<'a> {
    review: &'a Review,
    changes: Vec<Change>,
    clashes: Vec<Clash>,
}

impl Taking<'_> {
    fn assessment(&mut self, assessment: &Assessment) {
        let record = Record::Assessment(assessment.number);
        let here = self.review.fields(&record);
        let first = self.changes.len();
        self.record(&record, ASSESSMENT, &assessment.fields);
        let taken = self.changes.get(first..).unwrap_or_default();
        let standing = here.get(&Field::Standing);
        if !taken.is_empty() && !assessment.fields.contains_key(&Field::Standing) {
            let reopened = standing.map(String::as_str) == Some(Standing::Agreed.word())
                && taken.iter().any(|c| c.field.is_content());
            let after = match standing {
                None => Some(Standing::Draft),
                Some(_) => reopened.then_some(Standing::Reopened),
            };
            if let Some(after) = after {
                let (before, after) = (standing.cloned(), Some(after.word().to_owned()));
                self.changes.push(Change {
                    record,
                    field: Field::Standing,
                    before,
                    after,
                });
            }
        }
        for (number, verdict) in &assessment.verdicts {
            let fields = [(Field::Verdict, verdict.word().to_owned())].into();
            self.record(&Record::Deliverable(*number), &[Field::Verdict], &fields);
        }
    }

    fn question(&mut self, question: &Question) {
        let (number, review) = (question.number, self.review);
        let record = Record::Question(number);
        let here = review.questions.get(number);
        let printed = review
            .catalogue
            .questions
            .iter()
            .find(|printed| printed.number == number);
        let (asked, answered) = (QuestionState::Asked, QuestionState::Answered);
        let usual: Fields = printed
            .map(|printed| {
                [
                    (Field::State, asked.to_string()),
                    (Field::Briefing, printed.briefing.to_string()),
                ]
                .into()
            })
            .unwrap_or_default();
        let follows = here.is_some_and(|q| review.question_state(q) == QuestionState::FollowUp);
        let has_answers = !question.answers.is_empty() || !review.answers_to(number).is_empty();
        let state = match question.state {
            Some(QuestionState::FollowUp) if follows => None,
            Some(QuestionState::FollowUp) => Some(if has_answers { answered } else { asked }),
            None if here.is_none() && has_answers => Some(answered),
            None if here.is_none() && question.fields.contains_key(&Field::AskedOn) => Some(asked),
            None if here.is_none() => Some(QuestionState::Draft),
            told => told,
        };
        let is_new = question
            .answers
            .iter()
            .any(|answer| !review.answers.contains_key(&answer.id));
        let mut fields = question.fields.clone();
        let knows_more = review
            .answers_to(number)
            .iter()
            .any(|ours| !question.answers.iter().any(|theirs| theirs.id == ours.id));
        match (here.map(|q| q.stored), state) {
            // A question that went on in the file is no other view of where it stands; nor is one that went on here since the file was written.
            (Some(ours), Some(theirs)) if is_before(ours, theirs) => {
                let before = review.fields(&record).remove(&Field::State);
                self.changes.push(Change {
                    record: record.clone(),
                    field: Field::State,
                    before,
                    after: Some(theirs.to_string()),
                });
            }
            (Some(ours), Some(theirs))
                if is_before(theirs, ours) && (knows_more || theirs == QuestionState::Draft) => {}
            (_, state) => fields.extend(state.map(|state| (Field::State, state.to_string()))),
        }
        self.unusual(&record, QUESTION, &fields, &usual);
        let waits = here.is_some_and(|q| {
            !matches!(
                q.stored,
                QuestionState::Answered | QuestionState::Closed | QuestionState::NoLongerNeeded
            )
        });
        if question.state.is_none() && is_new && waits {
            let before = review.fields(&record).remove(&Field::State);
            self.changes.push(Change {
                record,
                field: Field::State,
                before,
                after: Some(answered.to_string()),
            });
        }
    }

    fn record(&mut self, record: &Record, order: &[Field], file: &Fields) {
        self.unusual(record, order, file, &Fields::new());
    }

    /// Takes the fields of a record; a value that is `usual` is as good as none, here and in the file.
    fn unusual(&mut self, record: &Record, order: &[Field], file: &Fields, usual: &Fields) {
        let here = self.review.fields(record);
        for (field, theirs) in order
            .iter()
            .filter_map(|field| Some((*field, file.get(field)?)))
        {
            let ours = here.get(&field);
            if ours == Some(theirs) || usual.get(&field) == Some(theirs) {
                continue;
            }
            match ours.filter(|ours| usual.get(&field) != Some(*ours)) {
                None => {
                    let (before, after) = (ours.cloned(), Some(theirs.clone()));
                    self.changes.push(Change {
                        record: record.clone(),
                        field,
                        before,
                        after,
                    });
                }
                Some(ours) => {
                    self.clashes.push(Clash {
                        record: record.clone(),
                        field,
                        here: ours.clone(),
                        file: theirs.clone(),
                    });
                }
            }
        }
    }
}

/// Whether a question that stands so has yet to come to where the other stands.
fn is_before(one: QuestionState, other: QuestionState) -> bool {
    way(one)
        .zip(way(other))
        .is_some_and(|(one, other)| one < other)
}

/// How far a question is on its way from draft to closed; nothing for one that left it.
fn way(state: QuestionState) -> Option<u8> {
    match state {
        QuestionState::Draft => Some(0),
        QuestionState::Asked | QuestionState::ClarificationWanted => Some(1),
        QuestionState::Answered => Some(2),
        QuestionState::Closed => Some(3),
        QuestionState::FollowUp | QuestionState::NoLongerNeeded => None,
    }
}

/// Members and meetings that the file names and nobody knows are created bare, in the same operation, before what names them.
fn with_unknown(review: &Review, changes: Vec<Change>) -> Vec<Change> {
    let after = |fields: &[Field]| -> BTreeSet<&str> {
        changes
            .iter()
            .filter(|c| fields.contains(&c.field))
            .filter_map(|c| c.after.as_deref())
            .collect()
    };
    let about = after(&[Field::About])
        .into_iter()
        .filter_map(|about| about.strip_prefix("meeting "));
    let meetings = after(&[Field::AgreedIn, Field::Meeting])
        .into_iter()
        .chain(about)
        .filter_map(|id| id.parse::<MeetingId>().ok());
    let meetings: BTreeSet<MeetingId> = meetings.collect();
    let brought = |id: &MeetingId| {
        changes
            .iter()
            .any(|c| c.field == Field::Name && c.record == Record::Meeting(id.clone()))
    };
    let meetings = meetings
        .into_iter()
        .filter(|id| !review.knows_meeting(id) && !brought(id))
        .map(|id| (Record::Meeting(id.clone()), id.to_string()));
    let known: BTreeSet<&str> = review.names().into_iter().collect();
    // Who gave an answer need not be a member.
    let of_team = changes
        .iter()
        .filter(|c| !matches!(c.record, Record::Answer(_)));
    let names = |field: Field| {
        use Field::{AskedBy, By, Facilitator, Member, Owner, Penholder, SaidBy};
        matches!(
            field,
            Penholder | By | SaidBy | AskedBy | Owner | Member | Facilitator
        )
    };
    // Only its author may know whom a private note names, so that person is not added to the team.
    let private: BTreeSet<&Record> = changes
        .iter()
        .filter(|c| c.field == Field::Private)
        .map(|c| &c.record)
        .collect();
    let is_private = |record: &Record| {
        private.contains(record) || review.fields(record).contains_key(&Field::Private)
    };
    let is_public_name = |c: &&Change| c.field != Field::SaidBy || !is_private(&c.record);
    let members = of_team
        .filter(|c| names(c.field))
        .filter(is_public_name)
        .filter_map(|c| c.after.as_deref());
    let rolled = changes.iter().filter_map(|c| match &c.record {
        Record::Attendance(_, name) => Some(name.as_str()),
        _ => None,
    });
    let members: BTreeSet<&str> = members.chain(rolled).collect();
    let members = members.into_iter().filter(|name| !known.contains(name));
    let members = members.map(|name| (Record::Member(name.to_owned()), name.to_owned()));
    let bare = |(record, name): (Record, String)| Change {
        record,
        field: Field::Name,
        before: None,
        after: Some(name),
    };
    let bare: Vec<Change> = meetings.chain(members).map(bare).collect();
    bare.into_iter().chain(changes).collect()
}
