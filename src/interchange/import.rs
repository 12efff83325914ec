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

use super::layout::counted_as;
use super::toml::File;
use crate::model::ids::QuestionId;
use crate::model::journal::change::{Change, Edit};
use crate::model::record::answer::Answer;
use crate::model::record::assessment::{Assessment, is_content};
use crate::model::record::describe::{Field, Fields};
use crate::model::record::diff::merge;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::member::Member;
use crate::model::record::question::RecordedQuestion;
use crate::model::record::value::Form;
use crate::model::review::Review;
use crate::model::text;
use crate::model::vocabulary::{QuestionState, Standing};
use std::collections::{BTreeMap, BTreeSet};

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

/// Plans the import of a file; `name` is what the journal calls it.
pub fn plan(review: &Review, file: &File, name: &str) -> Plan {
    let mut taking = Taking {
        review,
        file,
        changes: Vec::new(),
        clashes: Vec::new(),
    };
    for (record, fields) in &file.bare {
        taking.record(record, fields);
    }
    let bare = taking.changes.len();
    taking.all();
    let name = text::visible(&text::clean_line(name).text);
    let (changes, clashes) = (taking.changes, taking.clashes);
    let (label, changes) = if !clashes.is_empty() {
        (format!("Import of {name} refused"), Vec::new())
    } else if changes.len() == bare {
        (format!("Everything in {name} is here already"), Vec::new())
    } else {
        let counts = counts(file, changes.get(bare..).unwrap_or_default());
        let label = format!("Imported {name}: {counts}");
        (label, with_members(review, changes))
    };
    let edit = Edit { label, changes };
    Plan { edit, clashes }
}

/// How many records of each kind say something new: `1 assessment, 2 findings`.
fn counts(file: &File, changes: &[Change]) -> String {
    let all: BTreeMap<&Record, &Fields> = file.records.iter().map(|(r, f)| (r, f)).collect();
    let counted_record = |record: &Record| {
        let wanted = record.kind().map(counted_as);
        let named = all.get(record).map(|fields| record.names(fields));
        let whole = named.into_iter().flatten().find(|r| r.kind() == wanted);
        whole
            .filter(|_| record.kind() != wanted)
            .unwrap_or_else(|| record.clone())
    };
    let taken = changes.iter().map(|change| counted_record(&change.record));
    let taken: BTreeSet<Record> = taken.collect();
    let usual: &[Kind] = match file.kind {
        "assessments" => &[Kind::Assessment, Kind::Finding],
        "questions" => &[Kind::Question, Kind::Answer],
        _ => &[],
    };
    let mut counts = Vec::new();
    for kind in Kind::ALL {
        let number = taken.iter().filter(|r| r.kind() == Some(*kind)).count();
        if number > 0 || usual.contains(kind) {
            counts.push(counted(number, &kind.description().label()));
        }
    }
    counts.join(", ")
}

/// `1 finding`, `14 findings`.
pub fn counted(number: usize, of: &str) -> String {
    if number == 1 {
        format!("1 {of}")
    } else {
        format!("{number} {of}s")
    }
}

/// What is taken from a file, record by record.
struct Taking<'a> {
    review: &'a Review,
    file: &'a File,
    changes: Vec<Change>,
    clashes: Vec<Clash>,
}

impl<'a> Taking<'a> {
    fn assessment(&mut self, record: &Record, file: &Fields) {
        let here = self.review.fields(record);
        let first = self.changes.len();
        self.record(record, file);
        let taken = self.changes.get(first..).unwrap_or_default();
        if taken.is_empty() || file.contains_key(&Assessment::STANDING) {
            return;
        }
        let standing = here.get(&Assessment::STANDING);
        let reopened = standing.map(String::as_str) == Some(Standing::Agreed.word())
            && taken.iter().any(|change| is_content(change.field));
        let after = match standing {
            None => Some(Standing::Draft),
            Some(_) => reopened.then_some(Standing::Reopened),
        };
        if let Some(after) = after {
            self.set(record, Assessment::STANDING, Some(after.word().to_owned()));
        }
    }

    /// The answers to a question that are in the file.
    fn answers_in_file(&self, id: &QuestionId) -> BTreeSet<&'a Record> {
        let id = id.to_string();
        let is_to_it = |(record, fields): &&(Record, Fields)| {
            matches!(record, Record::Answer(_)) && fields.get(&Answer::QUESTION) == Some(&id)
        };
        let answers = self.file.records.iter().filter(is_to_it);
        answers.map(|(record, _)| record).collect()
    }

    fn question(&mut self, record: &Record, id: &QuestionId, file: &Fields) {
        let review = self.review;
        let here = review.questions.by_id(id);
        let (asked, answered) = (QuestionState::Asked, QuestionState::Answered);
        let printed = review.printed_question(id);
        let usual: Fields = printed.map_or_else(Fields::new, |printed| {
            [
                (RecordedQuestion::STATE, asked.to_string()),
                (RecordedQuestion::BRIEFING, printed.briefing.to_string()),
            ]
            .into()
        });
        let mut fields = file.clone();
        let in_file = fields.remove(&RecordedQuestion::STATE);
        let in_file: Option<QuestionState> = in_file.and_then(|state| state.parse().ok());
        let follows = here.is_some_and(|q| review.question_state(q) == QuestionState::FollowUp);
        let answers = self.answers_in_file(id);
        let ours = review.answers_to(id);
        let has_answers = !answers.is_empty() || !ours.is_empty();
        let state = match in_file {
            Some(QuestionState::FollowUp) if follows => None,
            Some(QuestionState::FollowUp) => Some(if has_answers { answered } else { asked }),
            None if here.is_none() && has_answers => Some(answered),
            None if here.is_none() && file.contains_key(&RecordedQuestion::ASKED_ON) => Some(asked),
            None if here.is_none() => Some(QuestionState::Draft),
            state => state,
        };
        let is_only_here = |answer: &&Answer| !answers.contains(&Record::Answer(answer.id.clone()));
        let knows_more = ours.iter().any(is_only_here);
        match (here.map(|q| q.stored), state) {
            // A question that went on in the file is no other view of where it stands; nor is one that went on here since the file was written.
            (Some(ours), Some(theirs)) if is_before(ours, theirs) => {
                self.set(record, RecordedQuestion::STATE, Some(theirs.to_string()));
            }
            (Some(ours), Some(theirs))
                if is_before(theirs, ours) && (knows_more || theirs == QuestionState::Draft) => {}
            (_, state) => {
                fields.extend(state.map(|state| (RecordedQuestion::STATE, state.to_string())));
            }
        }
        self.record_except_usual(record, &fields, &usual);
        let waits = here.is_some_and(|q| is_before(q.stored, answered));
        let mut answers = answers.into_iter();
        let has_new = answers.any(|answer| review.fields(answer).is_empty());
        if in_file.is_none() && has_new && waits {
            self.set(record, RecordedQuestion::STATE, Some(answered.to_string()));
        }
    }

    fn record(&mut self, record: &Record, file: &Fields) {
        self.record_except_usual(record, file, &Fields::new());
    }

    /// Sets a field, whatever it says here.
    fn set(&mut self, record: &Record, field: Field, after: Option<String>) {
        let before = self.review.fields(record).remove(&field);
        if before != after {
            self.changes.push(Change {
                record: record.clone(),
                field,
                before,
                after,
            });
        }
    }

    /// Plans the fields of a record. A value that is in `usual` counts as unset, here and in the file.
    fn record_except_usual(&mut self, record: &Record, file: &Fields, usual: &Fields) {
        let said = |mut fields: Fields| {
            fields.retain(|field, value| usual.get(field) != Some(value));
            fields
        };
        let (ours, theirs) = (said(self.review.fields(record)), said(file.clone()));
        // Nothing is known of what both sides had before, so that every field that both have set must be the same.
        let merged = merge(&Fields::new(), &ours, &theirs);
        for field in record.fields().iter().map(|known| known.field) {
            let value = |fields: &Fields| fields.get(&field).cloned();
            if merged.clashes.contains(&field) {
                self.clashes.push(Clash {
                    record: record.clone(),
                    field,
                    here: value(&ours).unwrap_or_default(),
                    file: value(&theirs).unwrap_or_default(),
                });
            } else if value(&ours) != value(&merged.fields) {
                self.set(record, field, value(&merged.fields));
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

/// Members whom the file names and nobody knows are created bare, in the same operation, before what names them.
fn with_members(review: &Review, changes: Vec<Change>) -> Vec<Change> {
    // Only its author may know whom a private note names, so that person is not added to the team.
    let is_private = |record: &Record| {
        let hides = |change: &Change| change.record == *record && change.field == Finding::PRIVATE;
        changes.iter().any(hides) || review.fields(record).contains_key(&Finding::PRIVATE)
    };
    let named = |change: &Change| {
        if let Record::Attendance((_, name)) = &change.record {
            return Some(name.clone());
        }
        let kind = change.record.kind()?;
        let known = kind.description().field(change.field.word())?;
        // Who gave an answer need not be a member.
        let is_name =
            known.form == Form::Person || (change.field == Finding::BY && kind != Kind::Answer);
        let is_hidden = change.field == Finding::SAID_BY && is_private(&change.record);
        change.after.clone().filter(|_| is_name && !is_hidden)
    };
    let names: BTreeSet<String> = changes.iter().filter_map(named).collect();
    let known = review.names();
    let bare = names
        .into_iter()
        .filter(|name| !known.contains(&name.as_str()));
    let bare = bare.map(|name| Change {
        record: Record::Member(name.clone()),
        field: Member::NAME,
        before: None,
        after: Some(name),
    });
    bare.chain(changes.iter().cloned()).collect()
}
