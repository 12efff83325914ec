//! Where one is on the screen of questions: which question, how the list is grouped, and what it is filtered by.
//!
//! State only: it moves, it never draws and never changes the review.

use super::screens::briefings::left_out;
use crate::find::Query;
use crate::model::alike;
use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::model::record::question::Question;
use crate::model::review::Review;
use crate::model::text::fold;
use crate::model::vocabulary::QuestionState;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How the list is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Under the briefings, as plenary 41 puts them.
    Briefing,
    /// Under the recommendations, also those without any question.
    Recommendation,
    /// By where they stand: what waits first.
    State,
    /// By age, the oldest first, unknown last.
    Age,
}

impl Grouping {
    /// The next one, round and round.
    pub fn next(self) -> Grouping {
        match self {
            Grouping::Briefing => Grouping::Recommendation,
            Grouping::Recommendation => Grouping::State,
            Grouping::State => Grouping::Age,
            Grouping::Age => Grouping::Briefing,
        }
    }

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Grouping::Briefing => "by briefing",
            Grouping::Recommendation => "by recommendation",
            Grouping::State => "by state",
            Grouping::Age => "by age",
        }
    }
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A heading.
    Heading(String),
    /// A question.
    Question(QuestionNumber),
}

/// The whole state of the screen.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// The selected question.
    pub selected: Option<QuestionNumber>,
    /// The rows as they stand now.
    pub rows: Vec<Row>,
    /// The first row shown.
    pub first_row: usize,
    /// The first line shown of the question below the list.
    pub first_line: usize,
    /// How the list is grouped.
    pub grouping: Grouping,
    /// What the list is filtered by.
    pub filter: String,
    /// What was selected before the filter, to go back to when it is cleared.
    pub before_filter: Option<QuestionNumber>,
    /// Which of age, asker and due date any question has: columns without a value are left out.
    pub columns: Columns,
    /// The questions that repeat the words of an earlier one.
    pub repeats: BTreeMap<QuestionNumber, QuestionNumber>,
    /// What a filter runs over, made when the first one is typed, and of which revision.
    searched: (Option<u64>, Vec<Searched>),
    /// The revision of the review that the rows were made from.
    made: Option<u64>,
    /// The words that the repeats were read from.
    worded: Option<u64>,
}

/// The columns that not every question has a value for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Columns {
    /// Days since it was asked.
    pub age: bool,
    /// Who asked.
    pub asker: bool,
    /// When an answer is due.
    pub due: bool,
}

/// What is found of one question, folded.
#[derive(Debug, Clone)]
struct Searched {
    number: QuestionNumber,
    /// Number, recommendation, briefing, state and who asked, matched fuzzily.
    name: String,
    /// The words, in which a query must stand word for word.
    text: String,
}

impl Searched {
    fn of(review: &Review, q: &Question) -> Searched {
        let asker = q.recorded.asked_by.as_deref().unwrap_or_default();
        let name = format!(
            "{} rec {} {} {} {asker}",
            q.number,
            q.recommendation,
            q.briefing_label(),
            review.question_state(q)
        );
        Searched {
            number: q.number,
            name: fold(&name),
            text: fold(&q.text),
        }
    }
}

impl Default for Ledger {
    fn default() -> Ledger {
        Ledger {
            selected: None,
            rows: Vec::new(),
            first_row: 0,
            first_line: 0,
            grouping: Grouping::Briefing,
            filter: String::new(),
            before_filter: None,
            columns: Columns::default(),
            repeats: BTreeMap::new(),
            searched: (None, Vec::new()),
            made: None,
            worded: None,
        }
    }
}

impl Ledger {
    /// Makes the rows anew if the review has changed since.
    pub fn follow(&mut self, review: &Review, revision: u64, today: NaiveDate) {
        if self.made == Some(revision) {
            return;
        }
        self.made = Some(revision);
        let any = |holds: &dyn Fn(&Question) -> bool| review.questions.iter().any(holds);
        self.columns = Columns {
            age: any(&|q| q.recorded.asked_on.is_some()),
            asker: any(&|q| q.recorded.asked_by.is_some()),
            due: any(&|q| q.recorded.due.is_some()),
        };
        if self.worded != Some(review.questions.worded()) {
            self.worded = Some(review.questions.worded());
            self.repeats = alike::repeats(&review.questions);
        }
        self.regroup(review, today);
    }

    /// The questions that the filter leaves.
    fn filtered<'r>(&mut self, review: &'r Review) -> Vec<&'r Question> {
        let query = Query::new(&self.filter);
        if query.is_empty() {
            return review.questions.iter().collect();
        }
        if self.searched.0 != self.made || self.made.is_none() {
            self.searched = (
                self.made,
                review
                    .questions
                    .iter()
                    .map(|q| Searched::of(review, q))
                    .collect(),
            );
        }
        let fits = |s: &&Searched| query.is_within(&s.text) || query.score(&s.name).is_some();
        self.searched
            .1
            .iter()
            .filter(fits)
            .filter_map(|s| review.questions.get(s.number))
            .collect()
    }

    /// Makes the rows anew, after the filter or the grouping changed. The selection stays where it can.
    pub fn regroup(&mut self, review: &Review, today: NaiveDate) {
        let shown = self.filtered(review);
        let mut placed: Vec<(Place, &Question)> = shown
            .into_iter()
            .map(|q| (self.place(review, q, today), q))
            .collect();
        placed.sort_by(|(a, q), (b, r)| (a, q.number).cmp(&(b, r.number)));
        self.rows.clear();
        let whole = self.filter.trim().is_empty();
        match self.grouping {
            Grouping::Recommendation if whole => self.by_recommendation(review, &placed),
            _ => self.under_headings(review, &placed),
        }
        if self.grouping == Grouping::Briefing && whole {
            self.rows
                .extend(left_out(review).into_iter().map(Row::Heading));
        }
        if !self
            .selected
            .is_some_and(|number| self.shown().any(|shown| shown == number))
        {
            let first = self.shown().next();
            self.select(first);
        }
    }

    fn under_headings(&mut self, review: &Review, placed: &[(Place, &Question)]) {
        let mut last = None;
        for (place, question) in placed {
            if last != Some(place) {
                let group = placed
                    .iter()
                    .filter(|(other, _)| other == place)
                    .map(|(_, q)| *q);
                self.rows.push(Row::Heading(format!(
                    "{} · {}",
                    place.label(review),
                    counted(review, group)
                )));
                last = Some(place);
            }
            self.rows.push(Row::Question(question.number));
        }
    }

    fn by_recommendation(&mut self, review: &Review, placed: &[(Place, &Question)]) {
        for recommendation in &review.catalogue.recommendations {
            let here = || {
                placed
                    .iter()
                    .map(|(_, q)| *q)
                    .filter(|q| q.recommendation == recommendation.number)
            };
            let (number, label) = (recommendation.number, &recommendation.label);
            let told = if here().next().is_none() {
                "no question".to_owned()
            } else {
                counted(review, here())
            };
            self.rows
                .push(Row::Heading(format!("Rec {number} {label} · {told}")));
            self.rows.extend(here().map(|q| Row::Question(q.number)));
        }
    }

    fn place<'q>(&self, review: &Review, question: &'q Question, today: NaiveDate) -> Place<'q> {
        match self.grouping {
            Grouping::Briefing => question
                .recorded
                .briefing
                .as_ref()
                .map_or(Place::NoBriefing, |name| {
                    Place::Briefing(review.catalogue.briefing_place(name), name.word())
                }),
            Grouping::Recommendation => Place::Recommendation(question.recommendation),
            Grouping::State => {
                let state = review.question_state(question);
                Place::State(STATES.iter().position(|known| *known == state).unwrap_or(0))
            }
            Grouping::Age => Place::Age(question.age(today).map_or(AGES.len(), |days| {
                AGES.iter()
                    .position(|(least, _)| days >= *least)
                    .unwrap_or(AGES.len() - 1)
            })),
        }
    }

    /// The questions in the list, in its order.
    pub fn shown(&self) -> impl Iterator<Item = QuestionNumber> {
        self.rows.iter().filter_map(|row| match row {
            Row::Question(number) => Some(*number),
            Row::Heading(_) => None,
        })
    }

    /// The row of the selected question.
    pub fn selected_row(&self) -> Option<usize> {
        let selected = self.selected?;
        self.rows
            .iter()
            .position(|row| *row == Row::Question(selected))
    }

    /// Selects a question; another one is shown from its beginning.
    pub fn select(&mut self, number: Option<QuestionNumber>) {
        if number != self.selected {
            self.selected = number;
            self.first_line = 0;
        }
    }

    /// Moves the selection by so many questions.
    pub fn step(&mut self, by: isize) {
        let shown: Vec<QuestionNumber> = self.shown().collect();
        let Some(last) = shown.len().checked_sub(1) else {
            return;
        };
        let at = shown
            .iter()
            .position(|n| Some(*n) == self.selected)
            .unwrap_or(0);
        self.select(Some(shown[at.saturating_add_signed(by).min(last)]));
    }

    /// Clears the filter and goes back to what was selected before it.
    pub fn clear_filter(&mut self, review: &Review, today: NaiveDate) {
        self.filter.clear();
        self.regroup(review, today);
        if let Some(before) = self.before_filter.take() {
            self.select(Some(before));
        }
    }
}

/// The states in the order of what waits.
const STATES: [QuestionState; 7] = [
    QuestionState::ClarificationWanted,
    QuestionState::Draft,
    QuestionState::FollowUp,
    QuestionState::Asked,
    QuestionState::Answered,
    QuestionState::Closed,
    QuestionState::NoLongerNeeded,
];

/// The ages, each from so many days.
const AGES: [(i64, &str); 4] = [
    (90, "three months and older"),
    (30, "one to three months"),
    (7, "one week to a month"),
    (0, "up to one week"),
];

/// Under which heading a question stands; their order is that of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place<'a> {
    Briefing(usize, &'a str),
    NoBriefing,
    Recommendation(RecommendationNumber),
    State(usize),
    Age(usize),
}

impl Place<'_> {
    fn label(self, review: &Review) -> String {
        match self {
            Place::Briefing(_, name) => name.to_owned(),
            Place::NoBriefing => "no briefing".to_owned(),
            Place::Recommendation(number) => review.recommendation(number).map_or_else(
                |_| format!("Rec {number}"),
                |r| format!("Rec {number} {}", r.label),
            ),
            Place::State(at) => STATES[at].to_string(),
            Place::Age(at) => AGES
                .get(at)
                .map_or("age unknown", |(_, label)| label)
                .to_owned(),
        }
    }
}

/// `5 questions, 3 open`.
fn counted<'a>(review: &Review, questions: impl Iterator<Item = &'a Question>) -> String {
    let (mut all, mut open) = (0, 0);
    for question in questions {
        all += 1;
        open += usize::from(review.question_state(question).is_open());
    }
    let noun = if all == 1 { "question" } else { "questions" };
    if all == open {
        format!("{all} {noun}, all open")
    } else {
        format!("{all} {noun}, {open} open")
    }
}
