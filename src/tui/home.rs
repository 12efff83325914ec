//! Where one is on the home screen: which recommendation, which section of its dossier, which item, and what the list is filtered by.
//!
//! State only: it moves, it never draws and never changes the review.

use super::presenter::{Part, Presenter};
use crate::find::Query;
use crate::model::catalogue::Recommendation;
use crate::model::ids::{
    AgendaItemId, DeliverableNumber, Id, MeetingId, QuestionNumber, RecommendationNumber,
};
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
use crate::model::review::Review;
use crate::model::text::fold;

/// The pane that has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The list of recommendations.
    List,
    /// The dossier of the selected one.
    Dossier,
    /// The questions, a screen of their own.
    Questions,
    /// One record, large, for the screen that others see too.
    Presenter,
    /// The meeting, a screen of its own.
    Meeting,
}

/// A section of the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// What ICANN org reports.
    Report,
    /// What the team asked.
    Questions,
    /// What the team says.
    Assessment,
    /// What was noted.
    Findings,
    /// How the members stand to it.
    Positions,
    /// What was changed.
    History,
}

impl Section {
    /// All sections, in the order of the tabs.
    pub const ALL: [Section; 6] = [
        Section::Report,
        Section::Questions,
        Section::Assessment,
        Section::Findings,
        Section::Positions,
        Section::History,
    ];

    /// Its place among the tabs.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether what it shows is read off the journal.
    pub fn reads_journal(self) -> bool {
        matches!(self, Section::Positions | Section::History)
    }
}

/// What an item of the dossier stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A heading or empty line: the cursor passes over it.
    Nothing,
    /// Quoted text that has no command of its own.
    Quoted,
    /// A deliverable.
    Deliverable(DeliverableNumber),
    /// A question.
    Question(QuestionNumber),
    /// A field of the assessment.
    Field(Field),
    /// A finding.
    Finding(Id),
    /// A member's position.
    Position(Id),
    /// A remark, by its place in the catalogue.
    Remark(usize),
    /// A change of a record.
    Change(Record),
    /// An item of the agenda of the meeting shown, by its id.
    Agenda(AgendaItemId),
    /// A recommendation queued for the meeting shown.
    Queued(RecommendationNumber),
    /// Somebody at the meeting shown.
    Person(String),
    /// A decision.
    Decision(Id),
    /// An action item.
    Action(Id),
    /// A meeting.
    Meeting(MeetingId),
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A heading: a section of the report.
    Heading(String),
    /// A recommendation.
    Recommendation(RecommendationNumber),
}

/// How the list is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Under the report's sections.
    Section,
    /// By number alone.
    Number,
}

/// Cursor and scroll of one section of the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spot {
    /// The selected item.
    pub item: usize,
    /// The first line shown.
    pub line: usize,
}

/// Cursor and scroll of every section.
pub type Spots = [Spot; Section::ALL.len()];

/// The whole state of the home screen.
#[derive(Debug, Clone)]
pub struct Home {
    /// The selected recommendation.
    pub selected: RecommendationNumber,
    /// The pane with the keys.
    pub pane: Pane,
    /// Where one step back from the dossier leads.
    pub came_from: Pane,
    /// The open section of the dossier.
    pub section: Section,
    /// Cursor and scroll of each section.
    pub spots: Spots,
    /// Where one is in the presenter view.
    pub presenter: Presenter,
    /// The rows of the list as they stand now.
    pub rows: Vec<Row>,
    /// The first row shown.
    pub first_row: usize,
    /// How the list is grouped.
    pub grouping: Grouping,
    /// What the list is filtered by.
    pub filter: String,
    /// What was selected before the filter, to go back to when it is cleared.
    pub before_filter: Option<RecommendationNumber>,
    /// What the filter runs over, made when the first one is typed.
    haystack: Vec<Searched>,
}

/// What is found of one recommendation, folded.
#[derive(Debug, Clone)]
struct Searched {
    number: RecommendationNumber,
    /// Number and label, matched fuzzily.
    name: String,
    /// Section and text, in which a query must stand word for word: fuzzily, almost every query is found in a long text.
    text: String,
}

impl Searched {
    fn of(r: &Recommendation) -> Searched {
        let name = format!("{} {}", r.number, r.label);
        let text = fold(&format!("{name} {} {}", r.section, r.text));
        Searched {
            number: r.number,
            name: fold(&name),
            text,
        }
    }

    fn score(&self, query: &Query) -> Option<i64> {
        query
            .score(&self.name)
            .or_else(|| query.is_within(&self.text).then_some(0))
    }
}

impl Home {
    /// The home screen on a review, with the first recommendation selected.
    pub fn new(review: &Review) -> Home {
        let first = review
            .catalogue
            .recommendations
            .first()
            .map_or(RecommendationNumber(0), |r| r.number);
        let mut home = Home {
            selected: first,
            pane: Pane::List,
            came_from: Pane::List,
            section: Section::Report,
            spots: Spots::default(),
            presenter: Presenter::default(),
            rows: Vec::new(),
            first_row: 0,
            grouping: Grouping::Section,
            filter: String::new(),
            before_filter: None,
            haystack: Vec::new(),
        };
        home.regroup(review);
        home
    }

    /// Makes the rows anew, after the filter or the grouping changed. The selection stays where it can.
    pub fn regroup(&mut self, review: &Review) {
        let query = Query::new(&self.filter);
        if !query.is_empty() && self.haystack.is_empty() {
            self.haystack = review
                .catalogue
                .recommendations
                .iter()
                .map(Searched::of)
                .collect();
        }
        let mut heading = "";
        self.rows.clear();
        for recommendation in &review.catalogue.recommendations {
            let fits = |searched: &Searched| {
                searched.number == recommendation.number && searched.score(&query).is_some()
            };
            let found = query.is_empty() || self.haystack.iter().any(fits);
            if !found {
                continue;
            }
            if self.grouping == Grouping::Section && recommendation.section != heading {
                heading = &recommendation.section;
                self.rows.push(Row::Heading(heading.to_owned()));
            }
            self.rows.push(Row::Recommendation(recommendation.number));
        }
        if !self.shown().any(|n| n == self.selected)
            && let Some(best) = self.best(&query)
        {
            self.select(best);
        }
    }

    /// The shown recommendation that the filter fits best.
    fn best(&self, query: &Query) -> Option<RecommendationNumber> {
        let score = |n: RecommendationNumber| {
            self.haystack
                .iter()
                .find(|searched| searched.number == n)
                .and_then(|searched| searched.score(query))
                .unwrap_or(0)
        };
        // The first of the best, since max_by_key would take the last.
        self.shown()
            .fold(
                None,
                |best: Option<(i64, RecommendationNumber)>, n| match best {
                    Some((most, _)) if most >= score(n) => best,
                    _ => Some((score(n), n)),
                },
            )
            .map(|(_, n)| n)
    }

    /// The recommendations in the list, in its order.
    pub fn shown(&self) -> impl Iterator<Item = RecommendationNumber> {
        self.rows.iter().filter_map(|row| match row {
            Row::Recommendation(number) => Some(*number),
            Row::Heading(_) => None,
        })
    }

    /// Clears the filter and goes back to what was selected before it.
    pub fn clear_filter(&mut self, review: &Review) {
        self.filter.clear();
        self.regroup(review);
        if let Some(before) = self.before_filter.take() {
            self.select(before);
        }
    }

    /// The row of the selected recommendation.
    pub fn selected_row(&self) -> Option<usize> {
        self.rows
            .iter()
            .position(|row| *row == Row::Recommendation(self.selected))
    }

    /// Selects a recommendation; another one opens its dossier at the top, and is presented from its beginning.
    pub fn select(&mut self, number: RecommendationNumber) {
        if number != self.selected {
            self.selected = number;
            self.spots = Spots::default();
            self.presenter.show(Part::Text);
        }
    }

    /// Moves the selection of the list by so many recommendations.
    pub fn step(&mut self, by: isize) {
        let shown: Vec<RecommendationNumber> = self.shown().collect();
        let Some(last) = shown.len().checked_sub(1) else {
            return;
        };
        let at = shown.iter().position(|n| *n == self.selected).unwrap_or(0);
        self.select(shown[at.saturating_add_signed(by).min(last)]);
    }

    /// Cursor and scroll of a section.
    pub fn spot(&mut self, section: Section) -> &mut Spot {
        &mut self.spots[section.index()]
    }

    /// Opens a section with the keys in the dossier.
    pub fn open(&mut self, section: Section) {
        self.pane = Pane::Dossier;
        self.section = section;
    }

    /// The section so many tabs further, round and round.
    pub fn turn_section(&mut self, by: usize) {
        self.section = Section::ALL[(self.section.index() + by) % Section::ALL.len()];
    }
}
