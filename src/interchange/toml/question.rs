//! Reading the questions of a file.
//!
//! A question that a source prints is quoted: its words, its recommendation and where it stands may be in the file, and must be what is
//! printed. One of the team's own is made whole by the file that brings it. That a question names another is looked at when all are read,
//! since the file may bring both.

use super::keys::{Keys, Placed};
use super::read::{Reading, line_of};
use crate::model::asking;
use crate::model::citation::Citation;
use crate::model::fields::Fields;
use crate::model::ids::{Id, QuestionNumber, RecommendationNumber};
use crate::model::question::{self, Answer};
use crate::model::text;
use crate::model::vocabulary::{BriefingName, Field, QuestionState};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use toml::de::DeTable;

/// The keys of a question and of an answer.
const QUESTION: &[&str] = &[
    "number",
    "recommendation",
    "briefing",
    "text",
    "state",
    "asked_by",
    "addressee",
    "asked_on",
    "due",
    "parent",
    "reason",
    "source",
    "answers",
];
const ANSWER: &[&str] = &["id", "at", "on", "by", "link", "satisfies", "why", "text"];

/// What a file says on one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its number.
    pub number: QuestionNumber,
    /// The fields that are set, but for the state; words and recommendation only where no source prints it.
    pub fields: Fields,
    /// Where it stands, as the file spells it.
    pub state: Option<QuestionState>,
    /// Its answers.
    pub answers: Vec<Answer>,
}

/// The questions that follow others up, with those that they follow.
type Parents = BTreeMap<QuestionNumber, Placed<QuestionNumber>>;

impl Reading<'_> {
    /// Reads all questions.
    pub(super) fn questions(&mut self, tables: Vec<Placed<&DeTable<'_>>>) -> Vec<Question> {
        let mut parents = Parents::new();
        let questions = tables
            .into_iter()
            .filter_map(|table| self.question(table, &mut parents))
            .collect();
        for (number, parent) in &parents {
            self.check_parent(*number, parent, &parents);
        }
        questions
    }

    fn question(&mut self, table: Placed<&DeTable<'_>>, parents: &mut Parents) -> Option<Question> {
        let keys = Keys::new(table.value, table.at, QUESTION, &mut self.faults);
        let number = self.number(&keys);
        let here = number.and_then(|number| self.review.questions.get(number));
        let mut fields = Fields::new();
        match (number, here.filter(|q| q.source.is_some())) {
            (_, Some(printed)) => self.check_printed(&keys, printed),
            (Some(number), None) => self.own(&keys, number, here.is_none(), &mut fields),
            (None, None) => {}
        }
        let briefing = self.briefing(&keys);
        let faults = &mut self.faults;
        let (asked_on, due) = (keys.day("asked_on", faults), keys.day("due", faults));
        let parent = keys.word::<QuestionNumber>("parent", faults);
        let reason = keys.prose("reason", faults).map(|reason| reason.value);
        let state = keys.word::<QuestionState>("state", faults);
        if let (Some(number), Some(parent)) = (number, parent) {
            parents.insert(number, parent);
        }
        let asked = asked_on
            .map(|day| day.value)
            .or(here.and_then(|q| q.asked_on));
        let answer_by = due.map(|day| day.value).or(here.and_then(|q| q.due));
        if let (Some(asked), Some(answer_by), Some(place)) = (asked, answer_by, due.or(asked_on))
            && answer_by < asked
        {
            faults.add(
                place.at,
                format!("due on {answer_by}, but asked on {asked}; expected a day after that"),
            );
        }
        if let Some(state) = state.filter(|state| state.value == QuestionState::NoLongerNeeded)
            && reason.is_none()
            && here.is_none_or(|q| q.reason.is_none())
        {
            faults.add(
                state.at,
                "no longer needed, but without a reason; expected one, reason = \"...\"",
            );
        }
        let mut set =
            |field: Field, value: Option<String>| value.map(|value| fields.insert(field, value));
        let print = |day: Placed<NaiveDate>| day.value.to_string();
        set(Field::Briefing, briefing.map(|name| name.to_string()));
        set(
            Field::AskedBy,
            keys.line("asked_by", faults).map(|line| line.value),
        );
        set(
            Field::Addressee,
            keys.line("addressee", faults).map(|line| line.value),
        );
        set(Field::AskedOn, asked_on.map(print));
        set(Field::Due, due.map(print));
        set(Field::Parent, parent.map(|parent| parent.value.to_string()));
        set(Field::Reason, reason);
        let tables = keys.tables("answers", faults);
        let answers: Vec<Answer> = tables
            .into_iter()
            .filter_map(|table| self.answer(number, table))
            .collect();
        let known = number.is_some_and(|number| !self.review.answers_to(number).is_empty());
        if let Some(state) = &state {
            self.check_state(state, asked_on.is_some(), !answers.is_empty(), known);
        }
        if let (Some(asked), Some(number)) = (asked, number)
            && let Some(early) = answers
                .iter()
                .find(|answer| answer.on.succ_opt().is_some_and(|next| next < asked))
        {
            let place = asked_on.map_or(table.at, |day| day.at);
            self.faults.add(
                place,
                format!("question {number} is answered on {}, before it was asked on {asked}; expected a later answer", early.on),
            );
        }
        Some(Question {
            number: number?,
            fields,
            state: state.map(|state| state.value),
            answers,
        })
    }

    fn number(&mut self, keys: &Keys<'_, '_>) -> Option<QuestionNumber> {
        let faults = &mut self.faults;
        let number = keys.word::<QuestionNumber>("number", faults);
        keys.missing(
            "number",
            "the number of a question, such as \"11.4\"",
            faults,
        );
        let number = number?;
        if let Some(first) = self.questions.insert(number.value, number.at) {
            let line = line_of(self.text, first);
            faults.add(
                number.at,
                format!(
                    "question {} stands here again, first in line {line}; expected it once",
                    number.value
                ),
            );
        }
        Some(number.value)
    }

    /// What is printed is only ever repeated.
    fn check_printed(&mut self, keys: &Keys<'_, '_>, printed: &question::Question) {
        let faults = &mut self.faults;
        let number = printed.number;
        let (text, source) = (
            keys.prose("text", faults),
            keys.word::<Citation>("source", faults),
        );
        if let Some(text) = text.filter(|text| text.value != text::clean_prose(&printed.text).text)
        {
            let expected = format!("expected “{}”, or nothing", printed.text);
            faults.add(
                text.at,
                format!(
                    "“{}” is not what is printed as question {number}; {expected}",
                    text.value
                ),
            );
        }
        if let Some(source) = source.filter(|source| Some(&source.value) != printed.source.as_ref())
        {
            let expected = format!("expected {}, or nothing", printed.origin());
            faults.add(
                source.at,
                format!(
                    "question {number} is not printed at {}; {expected}",
                    source.value
                ),
            );
        }
        let recommendation = keys.number::<u16>("recommendation", faults);
        if let Some(on) = recommendation.filter(|on| on.value != printed.recommendation.0)
            && self.known_recommendation(on).is_some()
        {
            let expected = format!("expected {}, or nothing", printed.recommendation);
            self.faults.add(
                on.at,
                format!(
                    "question {number} is not printed on recommendation {}; {expected}",
                    on.value
                ),
            );
        }
    }

    /// The words of a question that no source prints, and the recommendation it is on.
    fn own(
        &mut self,
        keys: &Keys<'_, '_>,
        number: QuestionNumber,
        is_new: bool,
        fields: &mut Fields,
    ) {
        let faults = &mut self.faults;
        if let Some(source) = keys.raw("source") {
            faults.add(source.span().start, format!("no source prints a question {number} here; expected a question of the team's own"));
        }
        let text = keys.prose("text", faults);
        let on = keys.number::<u16>("recommendation", faults);
        if is_new {
            keys.missing("text", "the words of the question", faults);
            keys.missing(
                "recommendation",
                "the number of the recommendation it is on",
                faults,
            );
        }
        if let Some(on) = on
            && self.known_recommendation(on).is_some()
        {
            if number.major == on.value && number.minor.is_some() {
                fields.insert(Field::Recommendation, on.value.to_string());
            } else {
                let next = asking::next_number(self.review, RecommendationNumber(on.value));
                self.faults
                    .add(on.at, format!("question {number} is no number under recommendation {}; expected one such as {next}", on.value));
            }
        }
        if let Some(text) = text {
            fields.insert(Field::Text, text.value);
        }
    }

    fn briefing(&mut self, keys: &Keys<'_, '_>) -> Option<BriefingName> {
        let found = keys.word::<BriefingName>("briefing", &mut self.faults)?;
        let known = &self.review.catalogue.briefings;
        if !known.iter().any(|briefing| briefing.name == found.value) {
            let names: Vec<&str> = known.iter().map(|briefing| briefing.name.word()).collect();
            self.faults.add(
                found.at,
                format!(
                    "this review has no briefing “{}”; expected one of {}",
                    found.value,
                    names.join(", ")
                ),
            );
            return None;
        }
        Some(found.value)
    }

    /// Where a question stands must go with what happened to it, as it does wherever it is moved by a person.
    fn check_state(
        &mut self,
        state: &Placed<QuestionState>,
        asked: bool,
        answered: bool,
        known: bool,
    ) {
        let fault = match state.value {
            QuestionState::Draft if asked => {
                "a draft has no day on which it was asked; expected asked, or no asked_on"
            }
            QuestionState::Draft if answered => "a draft has no answers; expected answered",
            QuestionState::Answered | QuestionState::Closed if !answered && !known => {
                "what is answered or closed has an answer; expected one below it, or another state"
            }
            _ => return,
        };
        self.faults.add(state.at, fault);
    }

    fn check_parent(
        &mut self,
        number: QuestionNumber,
        parent: &Placed<QuestionNumber>,
        parents: &Parents,
    ) {
        let here = &self.review.questions;
        if here.get(parent.value).is_none() && !self.questions.contains_key(&parent.value) {
            let fault = format!(
                "there is no question {}, here or in the file; expected the one that this one follows up",
                parent.value
            );
            return self.faults.add(parent.at, fault);
        }
        let above = |child: QuestionNumber| {
            parents
                .get(&child)
                .map(|p| p.value)
                .or_else(|| here.get(child)?.parent)
        };
        let line = std::iter::successors(Some(parent.value), |child| above(*child));
        if line
            .take(parents.len() + here.iter().len() + 1)
            .any(|above| above == number)
        {
            self.faults.add(
                parent.at,
                format!("question {number} would follow itself up; expected an earlier question"),
            );
        }
    }

    fn answer(
        &mut self,
        to: Option<QuestionNumber>,
        table: Placed<&DeTable<'_>>,
    ) -> Option<Answer> {
        let faults = &mut self.faults;
        let keys = Keys::new(table.value, table.at, ANSWER, faults);
        let id = keys.word::<Id>("id", faults);
        if let Some(id) = &id
            && let Some(first) = self.answers.insert(id.value.clone(), id.at)
        {
            let line = line_of(self.text, first);
            faults.add(
                id.at,
                format!(
                    "answer {} stands here again, first in line {line}; expected every id once",
                    id.value
                ),
            );
        }
        let (at, on, text) = (
            keys.moment("at", faults),
            keys.day("on", faults),
            keys.prose("text", faults),
        );
        let expected = [
            ("id", "the answer's id, made when it was written"),
            (
                "at",
                "when it was written down, such as 2018-09-13T14:41:07Z",
            ),
            ("on", "the day on which it was given, such as 2018-09-13"),
            ("text", "the words of the answer"),
        ];
        for (key, expected) in expected {
            keys.missing(key, expected, faults);
        }
        let (by, link, why) = (
            keys.line("by", faults),
            keys.line("link", faults),
            keys.line("why", faults),
        );
        let satisfies = keys.word("satisfies", faults).map(|word| word.value);
        Some(Answer {
            id: id?.value,
            question: to?,
            text: text?.value,
            by: by.map(|line| line.value),
            on: on?.value,
            link: link.map(|line| line.value),
            satisfies,
            why: why.map(|line| line.value),
            at: at?,
        })
    }
}
