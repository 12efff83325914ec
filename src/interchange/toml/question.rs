//! What is peculiar to the questions of a file.
//!
//! A question that a source prints is quoted: its words, its recommendation and where it stands may be in the file, and must be what is
//! printed. One of the team's own is made whole by the file that brings it. That a question follows itself up is looked at when all are read.

use super::entry::Entry;
use super::keys::Placed;
use super::reading::Reading;
use crate::model::citation::Citation;
use crate::model::ids::{QuestionId, QuestionNumber, RecommendationNumber};
use crate::model::record::answer::Answer;
use crate::model::record::kinds::Kind;
use crate::model::record::question::{Question, RecordedQuestion};
use crate::model::vocabulary::QuestionState;
use crate::model::{asking, text};
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Reading<'_> {
    /// Checks the question at a place in the list of records.
    pub(super) fn check_question(&self, place: usize, entries: &mut [Entry<'_, '_>]) {
        let entry = &mut entries[place];
        if entry.key.is_none() || entry.keys.raw("number").is_some() {
            let expected = "the number of a question, such as \"11.4\"";
            entry.keys.missing("number", expected);
        }
        let here = entry.id().and_then(|id| self.review.questions.by_id(id));
        match here.filter(|question| question.source.is_some()) {
            Some(printed) => self.check_printed(entry, printed),
            None if entry.record.is_some() => self.check_own(entry, here.is_none()),
            None => {}
        }
        self.check_briefing(entry);
        let below = entries.iter().filter(|entry| entry.above == Some(place));
        let answers: Vec<&Entry<'_, '_>> =
            below.filter(|entry| entry.kind == Kind::Answer).collect();
        self.check_days(&entries[place], here, &answers);
        self.check_state(&entries[place], here, &answers);
    }

    /// Nothing is due or answered before it was asked.
    fn check_days(
        &self,
        entry: &Entry<'_, '_>,
        here: Option<&Question>,
        answers: &[&Entry<'_, '_>],
    ) {
        let asked_on: Option<NaiveDate> = entry.get(RecordedQuestion::ASKED_ON);
        let due: Option<NaiveDate> = entry.get(RecordedQuestion::DUE);
        let Some(asked) = asked_on.or(here.and_then(|q| q.recorded.asked_on)) else {
            return;
        };
        let answer_by = due.or(here
            .and_then(|q| q.recorded.due)
            .filter(|_| asked_on.is_some()));
        if let Some(answer_by) = answer_by.filter(|answer_by| *answer_by < asked) {
            let of_due = due.map(|_| RecordedQuestion::DUE);
            let field = of_due.unwrap_or(RecordedQuestion::ASKED_ON);
            let fault =
                format!("due on {answer_by}, but asked on {asked}; expected a day after that");
            self.fault(entry, field, fault);
        }
        let mut days = answers.iter().filter_map(|answer| answer.get(Answer::ON));
        let is_early = |day: &NaiveDate| day.succ_opt().is_some_and(|next| next < asked);
        if let Some(early) = days.find(is_early) {
            let number = here.map(|q| q.number);
            let number = number.or_else(|| entry.get(RecordedQuestion::NUMBER));
            let number = number.map_or_else(String::new, |number| number.to_string());
            let fault = format!(
                "question {number} is answered on {early}, before it was asked on {asked}; expected a later answer"
            );
            self.fault(entry, RecordedQuestion::ASKED_ON, fault);
        }
    }

    /// Where a question stands must fit its answers, its day and its reason.
    fn check_state(
        &self,
        entry: &Entry<'_, '_>,
        here: Option<&Question>,
        answers: &[&Entry<'_, '_>],
    ) {
        let Some(state) = entry.get(RecordedQuestion::STATE) else {
            return;
        };
        let has = |field| entry.fields.contains_key(&field);
        let has_reason = || {
            has(RecordedQuestion::REASON)
                || here.is_some_and(|question| question.recorded.reason.is_some())
        };
        let has_answer = || {
            let is_answered = |q: &Question| !self.review.answers_to(&q.id).is_empty();
            !answers.is_empty() || here.is_some_and(is_answered)
        };
        let fault = match state {
            QuestionState::Draft if has(RecordedQuestion::ASKED_ON) => {
                "a draft has no day on which it was asked; expected asked, or no asked_on"
            }
            QuestionState::Draft if !answers.is_empty() => {
                "a draft has no answers; expected answered"
            }
            QuestionState::Answered | QuestionState::Closed if !has_answer() => {
                "what is answered or closed has an answer; expected one below it, or another state"
            }
            QuestionState::NoLongerNeeded if !has_reason() => {
                "no longer needed, but without a reason; expected one, reason = \"...\""
            }
            QuestionState::Draft | QuestionState::Answered | QuestionState::Closed => return,
            QuestionState::Asked | QuestionState::ClarificationWanted => return,
            QuestionState::FollowUp | QuestionState::NoLongerNeeded => return,
        };
        self.fault(entry, RecordedQuestion::STATE, fault);
    }

    /// What is printed is only ever repeated.
    fn check_printed(&self, entry: &mut Entry<'_, '_>, printed: &Question) {
        let number = printed.number;
        entry.fields.remove(&RecordedQuestion::NUMBER);
        let text = entry.fields.remove(&RecordedQuestion::TEXT);
        if let Some(text) = text.filter(|text| *text != text::clean_prose(&printed.text).text) {
            let fault = format!(
                "“{text}” is not what is printed as question {number}; expected “{}”, or nothing",
                printed.text
            );
            self.fault(entry, RecordedQuestion::TEXT, fault);
        }
        let source = entry.keys.word::<Citation>("source");
        let is_other = |source: &Placed<Citation>| Some(&source.value) != printed.source.as_ref();
        if let Some(source) = source.filter(is_other) {
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
            self.fault(entry, RecordedQuestion::RECOMMENDATION, fault);
        }
    }

    /// The words of a question that no source prints, and the recommendation it is on.
    fn check_own(&self, entry: &Entry<'_, '_>, is_new: bool) {
        let keys = &entry.keys;
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
        let on: Option<RecommendationNumber> = entry.get(RecordedQuestion::RECOMMENDATION);
        let Some(on) = on else {
            return;
        };
        let at = entry.place(RecordedQuestion::RECOMMENDATION);
        let is_known = self.recommendation(on, at).is_some();
        let is_under = |number: &QuestionNumber| number.major == on.0 && number.minor.is_some();
        if let Some(number) = number.filter(|number| is_known && !is_under(number)) {
            let next = asking::next_number(self.review, on);
            let fault = format!(
                "question {number} is no number under recommendation {on}; expected one such as {next}"
            );
            self.faults.add(at, fault);
        }
    }

    /// The briefing must be one of this catalogue, which spells it.
    fn check_briefing(&self, entry: &mut Entry<'_, '_>) {
        let field = RecordedQuestion::BRIEFING;
        if let Some(typed) = entry.fields.get(&field) {
            let found = self.review.catalogue.briefing_named(typed);
            let name = self.faults.ok(entry.place(field), found);
            let name = name.map(|name| (field, name.to_string()));
            entry.fields.extend(name);
        }
    }

    /// No question follows itself up, not even through others.
    pub(super) fn check_parents(&self, entries: &[Entry<'_, '_>]) {
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
            None => here.by_id(child)?.recorded.parent.clone(),
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
                self.fault(entry, RecordedQuestion::PARENT, fault);
            }
        }
    }
}

impl Entry<'_, '_> {
    /// The id of the question that it is.
    fn id(&self) -> Option<&QuestionId> {
        self.record.as_ref()?.question()
    }
}
