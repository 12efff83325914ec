//! What is peculiar to the questions of a file.
//!
//! A question that a source prints is quoted: its words, its recommendation and where it stands may be in the file, and must be what is
//! printed. One of the team's own is made whole by the file that brings it. That a question follows itself up is looked at when all are read.

use super::entry::Entry;
use super::keys::Keys;
use super::reading::Reading;
use crate::model::citation::Citation;
use crate::model::ids::{QuestionId, QuestionNumber, RecommendationNumber};
use crate::model::record::answer::Answer;
use crate::model::record::kinds::{Kind, Record};
use crate::model::record::question::{Question, RecordedQuestion};
use crate::model::vocabulary::QuestionState;
use crate::model::{asking, text};
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Reading<'_> {
    /// Checks the question at a place in the list of records.
    pub(super) fn check_question(&mut self, place: usize, entries: &mut [Entry<'_, '_>]) {
        let review = self.review;
        let entry = &mut entries[place];
        let keys = entry.keys;
        if entry.key.is_none() || keys.raw("number").is_some() {
            keys.missing("number", "the number of a question, such as \"11.4\"");
        }
        let here = entry.id().and_then(|id| review.questions.by_id(id));
        match here.filter(|question| question.source.is_some()) {
            Some(printed) => self.check_printed(&keys, entry, printed),
            None if entry.record.is_some() => self.check_own(&keys, entry, here.is_none()),
            None => {}
        }
        self.check_briefing(entry);
        let asked_on: Option<NaiveDate> = entry.get(RecordedQuestion::ASKED_ON);
        let due: Option<NaiveDate> = entry.get(RecordedQuestion::DUE);
        let asked = asked_on.or(here.and_then(|q| q.asked_on));
        let answer_by = due.or(here.and_then(|q| q.due));
        if let Some((asked, answer_by)) = asked
            .zip(answer_by)
            .filter(|(asked, answer_by)| answer_by < asked)
            && (due.is_some() || asked_on.is_some())
        {
            let field = if due.is_some() {
                RecordedQuestion::DUE
            } else {
                RecordedQuestion::ASKED_ON
            };
            let fault =
                format!("due on {answer_by}, but asked on {asked}; expected a day after that");
            self.faults.add(entry.place(field), fault);
        }
        let state: Option<QuestionState> = entry.get(RecordedQuestion::STATE);
        let has_reason = entry.fields.contains_key(&RecordedQuestion::REASON)
            || here.is_some_and(|q| q.reason.is_some());
        if state == Some(QuestionState::NoLongerNeeded) && !has_reason {
            let fault = "no longer needed, but without a reason; expected one, reason = \"...\"";
            self.faults.add(entry.place(RecordedQuestion::STATE), fault);
        }
        let (state_at, asked_at) = (
            entry.place(RecordedQuestion::STATE),
            entry.place(RecordedQuestion::ASKED_ON),
        );
        let number = here.map_or_else(
            || {
                entry
                    .fields
                    .get(&RecordedQuestion::NUMBER)
                    .cloned()
                    .unwrap_or_default()
            },
            |q| q.number.to_string(),
        );
        let answers = || {
            let below = entries.iter().filter(|entry| entry.above == Some(place));
            below.filter(|entry| entry.kind == Kind::Answer)
        };
        let is_answered_here = here.is_some_and(|q| !review.answers_to(&q.id).is_empty());
        let fault = match state {
            Some(QuestionState::Draft) if asked_on.is_some() => {
                Some("a draft has no day on which it was asked; expected asked, or no asked_on")
            }
            Some(QuestionState::Draft) if answers().count() > 0 => {
                Some("a draft has no answers; expected answered")
            }
            Some(QuestionState::Answered | QuestionState::Closed)
                if answers().count() == 0 && !is_answered_here =>
            {
                Some(
                    "what is answered or closed has an answer; expected one below it, or another state",
                )
            }
            Some(QuestionState::Draft | QuestionState::Answered | QuestionState::Closed) => None,
            Some(QuestionState::Asked | QuestionState::ClarificationWanted) => None,
            Some(QuestionState::FollowUp | QuestionState::NoLongerNeeded) | None => None,
        };
        if let Some(fault) = fault {
            self.faults.add(state_at, fault);
        }
        let mut days = answers().filter_map(|entry| entry.get::<NaiveDate>(Answer::ON));
        if let Some(asked) = asked
            && let Some(early) = days.find(|day| day.succ_opt().is_some_and(|next| next < asked))
        {
            let fault = format!(
                "question {number} is answered on {early}, before it was asked on {asked}; expected a later answer"
            );
            self.faults.add(asked_at, fault);
        }
    }

    /// What is printed is only ever repeated.
    fn check_printed(
        &mut self,
        keys: &Keys<'_, '_>,
        entry: &mut Entry<'_, '_>,
        printed: &Question,
    ) {
        let number = printed.number;
        entry.fields.remove(&RecordedQuestion::NUMBER);
        let text = entry.fields.remove(&RecordedQuestion::TEXT);
        if let Some(text) = text.filter(|text| *text != text::clean_prose(&printed.text).text) {
            let fault = format!(
                "“{text}” is not what is printed as question {number}; expected “{}”, or nothing",
                printed.text
            );
            self.faults.add(entry.place(RecordedQuestion::TEXT), fault);
        }
        let source = keys.word::<Citation>("source");
        if let Some(source) = source.filter(|source| Some(&source.value) != printed.source.as_ref())
        {
            let fault = format!(
                "question {number} is not printed at {}; expected {}, or nothing",
                source.value,
                printed.origin()
            );
            self.faults.add(source.at, fault);
        }
        let on = entry.fields.remove(&RecordedQuestion::RECOMMENDATION);
        if let Some(on) = on.filter(|on| *on != printed.recommendation.to_string()) {
            let fault = format!(
                "question {number} is not printed on recommendation {on}; expected {}, or nothing",
                printed.recommendation
            );
            self.faults
                .add(entry.place(RecordedQuestion::RECOMMENDATION), fault);
        }
    }

    /// The words of a question that no source prints, and the recommendation it is on.
    fn check_own(&mut self, keys: &Keys<'_, '_>, entry: &Entry<'_, '_>, is_new: bool) {
        let number = entry.get::<QuestionNumber>(RecordedQuestion::NUMBER);
        if let Some((source, number)) = keys.raw("source").zip(number) {
            let fault = format!(
                "no source prints a question {number} here; expected a question of the team's own"
            );
            self.faults.add(source.span().start, fault);
        }
        if is_new {
            keys.missing("text", "the words of the question");
            let expected = "the number of the recommendation it is on";
            keys.missing("recommendation", expected);
        }
        let Some(on) = entry.get::<u16>(RecordedQuestion::RECOMMENDATION) else {
            return;
        };
        let at = entry.place(RecordedQuestion::RECOMMENDATION);
        let is_under = |number: QuestionNumber| number.major == on && number.minor.is_some();
        let known = self
            .recommendation(super::keys::Placed { value: on, at })
            .is_some();
        if let Some(number) = number.filter(|number| known && !is_under(*number)) {
            let next = asking::next_number(self.review, RecommendationNumber(on));
            let fault = format!(
                "question {number} is no number under recommendation {on}; expected one such as {next}"
            );
            self.faults.add(at, fault);
        }
    }

    /// The briefing must be one of this catalogue, which spells it.
    fn check_briefing(&mut self, entry: &mut Entry<'_, '_>) {
        let Some(typed) = entry.fields.get(&RecordedQuestion::BRIEFING) else {
            return;
        };
        match self.review.catalogue.briefing_named(typed) {
            Ok(name) => drop(
                entry
                    .fields
                    .insert(RecordedQuestion::BRIEFING, name.to_string()),
            ),
            Err(fault) => self
                .faults
                .add(entry.place(RecordedQuestion::BRIEFING), fault.to_string()),
        }
    }

    /// No question follows itself up, not even through others.
    pub(super) fn check_parents(&mut self, entries: &[Entry<'_, '_>]) {
        let mut parents: BTreeMap<QuestionId, (QuestionId, &Entry<'_, '_>)> = BTreeMap::new();
        for entry in entries {
            let parent: Option<QuestionId> = entry.get(RecordedQuestion::PARENT);
            if let Some((id, parent)) = entry.id().cloned().zip(parent) {
                parents.insert(id, (parent, entry));
            }
        }
        let here = &self.review.questions;
        let above = |child: &QuestionId| match parents.get(child) {
            Some((parent, _)) => Some(parent.clone()),
            None => here.by_id(child)?.parent.clone(),
        };
        for (id, (parent, entry)) in &parents {
            let mut line = std::iter::successors(Some(parent.clone()), above)
                .take(parents.len() + here.iter().len() + 1);
            if line.any(|above| above == *id) {
                let number = entry.fields.get(&RecordedQuestion::NUMBER).cloned();
                let number = number.unwrap_or_else(|| self.review.question_label(id));
                let fault = format!(
                    "question {number} would follow itself up; expected an earlier question"
                );
                self.faults
                    .add(entry.place(RecordedQuestion::PARENT), fault);
            }
        }
    }
}

impl Entry<'_, '_> {
    /// The id of the question that it is.
    fn id(&self) -> Option<&QuestionId> {
        match &self.record {
            Some(Record::Question(id)) => Some(id),
            _ => None,
        }
    }
}
