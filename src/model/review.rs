//! The review in memory: the quoted records and what the team recorded, with the one way to change it.
//!
//! Only [`Review::apply`] changes it, and only with changes that the store has already written. It holds what lists,
//! numbers and edits need; the journal stays on disk.

use super::assessment::Assessment;
use super::call::Calls;
use super::catalogue::{Catalogue, Recommendation};
use super::change::{Change, Record};
use super::fields::{BadField, Fields};
use super::finding::{About, Finding};
use super::ids::{DeliverableNumber, Id, MeetingId, QuestionNumber, RecommendationNumber};
use super::question::{Answer, Entry, Question, Questions};
use super::remark::{Remark, RemarkIndex};
use super::vocabulary::{Claim, Field, Implementation, Presence, QuestionState};
use crate::error::{Error, Result};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Everything known about one review.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Review {
    /// The quoted records.
    pub catalogue: Catalogue,
    /// Which remarks concern which of them.
    pub remarks: RemarkIndex,
    /// The assessments on which something is recorded.
    pub assessments: BTreeMap<RecommendationNumber, Assessment>,
    /// The team's verdicts on deliverables.
    pub verdicts: BTreeMap<DeliverableNumber, Implementation>,
    /// All findings and notes, also private and withdrawn ones.
    pub findings: BTreeMap<Id, Finding>,
    /// What the team recorded on questions.
    pub entries: BTreeMap<QuestionNumber, Entry>,
    /// The answers, by id.
    pub answers: BTreeMap<Id, Answer>,
    /// Which answers belong to which question.
    answers_of: BTreeMap<QuestionNumber, BTreeSet<Id>>,
    /// All questions: what is printed and what the team recorded, joined.
    pub questions: Questions,
    /// Members that no source names.
    pub members: BTreeSet<String>,
    /// What the team recorded on its meetings.
    pub calls: Calls,
}

/// An assessment on which nothing is recorded.
static UNASSESSED: Assessment = Assessment {
    implementation: None,
    relevance: None,
    effect: None,
    what_was_done: None,
    finding: None,
    how_assessed: None,
    further_work: None,
    standing: None,
    consensus: None,
    penholder: None,
    agreed_in: None,
    objections_by: None,
    blocked_by: Vec::new(),
};

impl Review {
    /// The review with these quoted records and nothing recorded.
    pub fn new(catalogue: Catalogue) -> Review {
        let mut review = Review {
            catalogue,
            ..Review::default()
        };
        review.index();
        for printed in &review.catalogue.questions {
            review.questions.set(
                printed.number,
                Question::join(printed.number, Some(printed), None),
            );
        }
        review
    }

    /// Reads anew which remarks concern which records, after remarks were added.
    pub fn index(&mut self) {
        self.remarks = RemarkIndex::of(&self.catalogue.remarks);
    }

    /// The recommendation with this number.
    ///
    /// # Errors
    /// A slip that says which numbers there are.
    pub fn recommendation(&self, number: RecommendationNumber) -> Result<&Recommendation> {
        self.catalogue
            .recommendations
            .iter()
            .find(|r| r.number == number)
            .ok_or_else(|| {
                let (first, last) = (
                    self.catalogue.recommendations.first(),
                    self.catalogue.recommendations.last(),
                );
                let range = first.zip(last).map_or_else(String::new, |(a, b)| {
                    format!("; expected {} to {}", a.number, b.number)
                });
                Error::slip(format!("There is no recommendation {number}{range}."))
            })
    }

    /// The question with this number.
    ///
    /// # Errors
    /// A slip that says which numbers there are under that recommendation.
    pub fn question(&self, number: QuestionNumber) -> Result<&Question> {
        self.questions.get(number).ok_or_else(|| {
            let near: Vec<String> = self
                .questions
                .iter()
                .filter(|q| q.number.major == number.major)
                .map(|q| q.number.to_string())
                .collect();
            let expected = match (near.first(), near.last()) {
                (Some(first), Some(last)) if first != last => {
                    format!("; under {} there are {first} to {last}", number.major)
                }
                (Some(only), _) => format!("; under {} there is only {only}", number.major),
                _ => self.nearest_questions(number),
            };
            Error::slip(format!("There is no question {number}{expected}."))
        })
    }

    /// The questions before and after a number under which there is none, as the end of a sentence.
    fn nearest_questions(&self, number: QuestionNumber) -> String {
        let numbers = || self.questions.iter().map(|q| q.number);
        match (
            numbers().filter(|n| *n < number).max(),
            numbers().filter(|n| *n > number).min(),
        ) {
            (Some(before), Some(after)) => format!("; the nearest are {before} and {after}"),
            (Some(only), None) | (None, Some(only)) => format!("; the nearest is {only}"),
            (None, None) => String::new(),
        }
    }

    /// The assessment of a recommendation; an empty one where nothing is recorded.
    pub fn assessment(&self, number: RecommendationNumber) -> &Assessment {
        self.assessments.get(&number).unwrap_or(&UNASSESSED)
    }

    /// The questions on a recommendation, by number.
    pub fn questions_on(&self, number: RecommendationNumber) -> impl Iterator<Item = &Question> {
        self.questions.on(number)
    }

    /// Where a question stands. The sources' questions start as asked.
    pub fn question_state(&self, question: &Question) -> QuestionState {
        self.questions.state(question)
    }

    /// Whether the day by which an answer to a question is expected is over, and the question is open.
    pub fn is_overdue(&self, question: &Question, today: NaiveDate) -> bool {
        question.due.is_some_and(|due| due < today) && self.question_state(question).is_open()
    }

    /// The answers to a question, in the order in which they were given.
    pub fn answers_to(&self, number: QuestionNumber) -> Vec<&Answer> {
        let mut found: Vec<&Answer> = self
            .answers_of
            .get(&number)
            .into_iter()
            .flatten()
            .filter_map(|id| self.answers.get(id))
            .collect();
        found.sort_by(|a, b| (a.on, a.at, &a.id).cmp(&(b.on, b.at, &b.id)));
        found
    }

    /// The questions that an assessment waits for and that have no answer yet.
    pub fn waits_for(&self, number: RecommendationNumber) -> Vec<QuestionNumber> {
        let waits = |q: &QuestionNumber| {
            self.questions
                .get(*q)
                .is_some_and(|q| self.question_state(q).is_unanswered())
        };
        self.assessment(number)
            .blocked_by
            .iter()
            .copied()
            .filter(waits)
            .collect()
    }

    /// The recommendations that wait for a question.
    pub fn waiting_for(&self, number: QuestionNumber) -> Vec<RecommendationNumber> {
        self.assessments
            .keys()
            .copied()
            .filter(|on| self.waits_for(*on).contains(&number))
            .collect()
    }

    /// Which of these recommendations wait for nothing any more, as the end of a notice.
    pub fn freed(&self, waited: &[RecommendationNumber]) -> Option<String> {
        let freed: Vec<String> = waited
            .iter()
            .filter(|on| self.waits_for(**on).is_empty())
            .map(|on| format!("Rec {on}"))
            .collect();
        let verb = if freed.len() == 1 { "waits" } else { "wait" };
        (!freed.is_empty()).then(|| format!("{} {verb} for no question any more", freed.join(", ")))
    }

    /// The findings on a recommendation and on its questions that `reader` may see, oldest first.
    pub fn findings_on(&self, number: RecommendationNumber, reader: &str) -> Vec<&Finding> {
        let mut found: Vec<&Finding> = self
            .findings
            .values()
            .filter(|f| f.is_shown_to(reader) && self.recommendation_of(&f.about) == Some(number))
            .collect();
        found.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        found
    }

    /// The recommendation that something is about, directly or through a question.
    pub fn recommendation_of(&self, about: &About) -> Option<RecommendationNumber> {
        match about {
            About::Recommendation(number) => Some(*number),
            About::Question(number) => self.question(*number).ok().map(|q| q.recommendation),
            About::Meeting(_) => None,
        }
    }

    /// The remarks on a recommendation, its deliverables and its questions, gravest first.
    pub fn remarks_on(&self, number: RecommendationNumber) -> Vec<&Remark> {
        let own = self.remarks.on_recommendation(number).iter();
        let mut places: Vec<usize> = own
            .chain(
                self.questions_on(number)
                    .flat_map(|q| self.remarks.on_question(q.number)),
            )
            .copied()
            .collect();
        places.sort_unstable();
        places.dedup();
        let mut found: Vec<&Remark> = places
            .into_iter()
            .filter_map(|place| self.catalogue.remarks.get(place))
            .collect();
        found.sort_by_key(|remark| remark.grade);
        found
    }

    /// The remarks on a question, in the order of the catalogue.
    pub fn remarks_on_question(&self, number: QuestionNumber) -> Vec<&Remark> {
        self.remarks
            .on_question(number)
            .iter()
            .filter_map(|place| self.catalogue.remarks.get(*place))
            .collect()
    }

    /// Why a recommendation carries a flag: the text beside its claim contradicts it, or the team's verdict differs from it.
    pub fn flag(&self, recommendation: &Recommendation) -> Flag {
        let verdict = self.assessment(recommendation.number).implementation;
        Flag {
            text_contradicts: self.remarks.contradicts_claim(recommendation.number),
            verdict_differs: verdict.is_some_and(|verdict| differs(recommendation.claim, verdict)),
        }
    }

    /// All names a person may be known by: members as printed, members the team added, presenters.
    pub fn names(&self) -> Vec<&str> {
        let printed = self.catalogue.members.iter().map(|m| m.name.as_str());
        let added = self.members.iter().map(String::as_str);
        let presenters = self.catalogue.presenters.iter().map(|p| p.name.as_str());
        let mut names: Vec<&str> = printed.chain(added).chain(presenters).collect();
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(*name));
        names
    }

    /// The members of the team: those that a source prints, and those that came to a meeting as members.
    pub fn team(&self) -> Vec<&str> {
        let printed = self.catalogue.members.iter().map(|m| m.name.as_str());
        let came = self
            .calls
            .roll
            .iter()
            .filter(|(_, held)| held.presence.is_some_and(Presence::is_of_team));
        let added = came
            .map(|((_, name), _)| name.as_str())
            .filter(|name| self.members.contains(*name));
        let mut seen = BTreeSet::new();
        printed
            .chain(added)
            .filter(|name| seen.insert(*name))
            .collect()
    }

    /// Whether a meeting is known.
    pub fn knows_meeting(&self, id: &MeetingId) -> bool {
        self.calls.meetings.contains_key(id) || self.catalogue.meetings.iter().any(|m| m.id == *id)
    }

    /// The fields of a record that are set.
    pub fn fields(&self, record: &Record) -> Fields {
        let one = |field: Field, value: Option<String>| {
            value.map(|value| (field, value)).into_iter().collect()
        };
        match record {
            Record::Assessment(number) => self
                .assessments
                .get(number)
                .map(Assessment::to_fields)
                .unwrap_or_default(),
            Record::Deliverable(number) => one(
                Field::Verdict,
                self.verdicts.get(number).map(ToString::to_string),
            ),
            Record::Finding(id) => self
                .findings
                .get(id)
                .map(Finding::to_fields)
                .unwrap_or_default(),
            Record::Question(number) => self
                .entries
                .get(number)
                .map(Entry::to_fields)
                .unwrap_or_default(),
            Record::Answer(id) => self
                .answers
                .get(id)
                .map(Answer::to_fields)
                .unwrap_or_default(),
            Record::Member(name) => one(Field::Name, self.members.get(name).cloned()),
            Record::Quoted(_) => Fields::new(),
            of_calls => self.calls.fields(of_calls),
        }
    }

    /// Applies changes that are already on disk.
    ///
    /// # Errors
    /// A change that makes no record; memory is left as it was.
    pub fn apply(&mut self, changes: &[Change]) -> Result<()> {
        let mut touched: BTreeMap<&Record, Fields> = BTreeMap::new();
        for change in changes {
            let fields = touched
                .entry(&change.record)
                .or_insert_with(|| self.fields(&change.record));
            match &change.after {
                Some(value) => fields.insert(change.field, value.clone()),
                None => fields.remove(&change.field),
            };
        }
        let touched: Vec<(Record, Fields)> = touched
            .into_iter()
            .map(|(record, fields)| (record.clone(), fields))
            .collect();
        let mut trial = Review::default();
        for (record, fields) in &touched {
            trial
                .put(record, fields.clone())
                .map_err(|e| Error::bug(format!("A change to {record} makes no record: {e}")))?;
        }
        for (record, fields) in touched {
            self.put(&record, fields)
                .map_err(|e| Error::bug(e.to_string()))?;
        }
        Ok(())
    }

    /// Sets a record to these fields; none means that the record is gone.
    ///
    /// # Errors
    /// Fields that make no such record.
    pub fn put(&mut self, record: &Record, mut fields: Fields) -> Result<(), BadField> {
        let empty = fields.is_empty();
        match record {
            Record::Assessment(number) => {
                let assessment = Assessment::from_fields(fields)?;
                if empty {
                    self.assessments.remove(number)
                } else {
                    self.assessments.insert(*number, assessment)
                };
            }
            Record::Deliverable(number) => {
                match fields.remove(&Field::Verdict) {
                    None => self.verdicts.remove(number),
                    Some(word) => {
                        let verdict =
                            word.parse()
                                .map_err(|e: super::vocabulary::UnknownWord| BadField {
                                    field: Field::Verdict,
                                    fault: e.to_string(),
                                })?;
                        self.verdicts.insert(*number, verdict)
                    }
                };
            }
            Record::Finding(id) if empty => {
                self.findings.remove(id);
            }
            Record::Finding(id) => {
                self.findings
                    .insert(id.clone(), Finding::from_fields(id.clone(), fields)?);
            }
            Record::Question(number) => {
                let entry = (!empty).then(|| Entry::from_fields(fields)).transpose()?;
                let printed = self
                    .catalogue
                    .questions
                    .iter()
                    .find(|q| q.number == *number);
                self.questions
                    .set(*number, Question::join(*number, printed, entry.as_ref()));
                match entry {
                    Some(entry) => self.entries.insert(*number, entry),
                    None => self.entries.remove(number),
                };
            }
            Record::Answer(id) => {
                let answer = (!empty)
                    .then(|| Answer::from_fields(id.clone(), fields))
                    .transpose()?;
                if let Some(before) = self.answers.remove(id)
                    && let Some(others) = self.answers_of.get_mut(&before.question)
                {
                    others.remove(id);
                }
                if let Some(answer) = answer {
                    self.answers_of
                        .entry(answer.question)
                        .or_default()
                        .insert(id.clone());
                    self.answers.insert(id.clone(), answer);
                }
            }
            Record::Member(name) => {
                if empty {
                    self.members.remove(name)
                } else {
                    self.members.insert(name.clone())
                };
            }
            Record::Quoted(_) => {}
            of_calls => self.calls.put(of_calls, fields)?,
        }
        Ok(())
    }
}

/// Why a recommendation is flagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flag {
    /// The text beside the claim contradicts it.
    pub text_contradicts: bool,
    /// The team's verdict differs from the claim.
    pub verdict_differs: bool,
}

impl Flag {
    /// Whether there is any reason.
    pub fn is_up(self) -> bool {
        self.text_contradicts || self.verdict_differs
    }
}

/// Whether a verdict says something else than the claim. What cannot be determined contradicts nothing.
fn differs(claim: Claim, verdict: Implementation) -> bool {
    match verdict {
        Implementation::CannotBeDetermined => false,
        Implementation::Implemented => claim != Claim::Complete,
        Implementation::PartiallyImplemented | Implementation::NotImplemented => {
            claim == Claim::Complete
        }
    }
}
