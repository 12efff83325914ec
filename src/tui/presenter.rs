//! Where one is in the presenter view: which part of the record, which of its items stands at the top, and what there is to go back to.
//!
//! State only: it moves, it never draws and never changes the review.

use super::home::{Pane, Section, Spots, Target};
use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::model::record::finding::Finding;
use crate::model::record::position::Matter;
use crate::model::review::Review;

/// A part of a record, a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Where it stands in short, and its words.
    Text,
    /// The questions and their answers.
    Questions,
    /// What the team says of it.
    Assessment,
    /// How the members stand to it.
    Positions,
    /// What everybody may read of what was noted.
    Findings,
}

impl Part {
    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Part::Text => "Text",
            Part::Questions => "Questions",
            Part::Assessment => "Assessment",
            Part::Positions => "Positions",
            Part::Findings => "Findings",
        }
    }

    /// The parts of a recommendation in which there is anything to show, in their order. A new part is added here.
    pub fn of(review: &Review, number: RecommendationNumber) -> Vec<Part> {
        let mut parts = vec![Part::Text];
        if review.questions_on(number).next().is_some() {
            parts.push(Part::Questions);
        }
        parts.push(Part::Assessment);
        let matter = Matter::Assessment(number);
        if review
            .records
            .positions
            .values()
            .any(|held| held.matter == matter)
        {
            parts.push(Part::Positions);
        }
        if !public_findings(review, number).is_empty() {
            parts.push(Part::Findings);
        }
        parts
    }
}

/// The findings on a recommendation that a shared screen may show: no private one, not even the reader's own.
pub fn public_findings(review: &Review, number: RecommendationNumber) -> Vec<&Finding> {
    let nobody = "";
    review
        .findings_on(number, nobody)
        .into_iter()
        .filter(|finding| !finding.private)
        .collect()
}

/// Where one was when the view was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    /// The pane that had the keys.
    pub pane: Pane,
    /// The open section of the dossier.
    pub section: Section,
    /// The selected recommendation.
    pub selected: RecommendationNumber,
    /// Cursor and scroll of its sections.
    pub spots: Spots,
    /// What the list was filtered by, and what was selected before that.
    pub filter: (String, Option<RecommendationNumber>),
    /// The recommendation that the view began with.
    pub shown: RecommendationNumber,
}

/// The whole state of the view.
#[derive(Debug, Clone, PartialEq)]
pub struct Presenter {
    /// The part that is shown.
    pub part: Part,
    /// What the item at the top stands for; it stays at the top when others come before it.
    pub target: Target,
    /// The item at the top.
    pub item: usize,
    /// How many lines of it have been scrolled past.
    pub line: usize,
    /// Where to go back to.
    pub before: Option<Before>,
    /// How many lines each item took when they were drawn last.
    lengths: Vec<usize>,
    /// How many lines could be shown at once.
    height: usize,
}

impl Default for Presenter {
    fn default() -> Presenter {
        Presenter {
            part: Part::Text,
            target: Target::Nothing,
            item: 0,
            line: 0,
            before: None,
            lengths: Vec::new(),
            height: 0,
        }
    }
}

impl Presenter {
    /// Shows a part from its beginning.
    pub fn show(&mut self, part: Part) {
        self.part = part;
        self.put(0);
    }

    /// Shows a question at the top.
    pub fn show_question(&mut self, number: QuestionNumber) {
        self.show(Part::Questions);
        self.target = Target::Question(number);
    }

    /// Puts the last item at the top, or as much before it as can be shown with it.
    pub fn show_end(&mut self) {
        self.put(usize::MAX);
    }

    fn put(&mut self, item: usize) {
        (self.item, self.line, self.target) = (item, 0, Target::Nothing);
    }

    /// The part so many places further, round and round.
    pub fn turned(&self, parts: &[Part], by: usize) -> Part {
        let at = parts
            .iter()
            .position(|part| *part == self.part)
            .unwrap_or(0);
        parts
            .get((at + by) % parts.len().max(1))
            .copied()
            .unwrap_or(Part::Text)
    }

    /// Whether each item comes to the top by itself, since it can be acted on; else what can be seen together is.
    fn is_stepped(&self) -> bool {
        self.part == Part::Questions
    }

    /// Takes what was made for drawing: what each item stands for, its lines and the empty ones behind it, and the lines that can be shown.
    pub fn settle(&mut self, targets: &[Target], lengths: Vec<usize>, gap: usize, height: usize) {
        // What is empty behind the last item that fits need not fit.
        let height = height + gap;
        (self.lengths, self.height) = (lengths, height);
        if let Some(place) = targets
            .iter()
            .position(|target| *target == self.target && self.target != Target::Nothing)
        {
            self.item = place;
        }
        self.item = self.item.min(targets.len().saturating_sub(1));
        while !self.is_stepped() && self.item > 0 && self.lines_from(self.item - 1) <= height {
            (self.item, self.line) = (self.item - 1, 0);
        }
        self.line = self.line.min(self.length(self.item).saturating_sub(height));
        self.target = targets.get(self.item).cloned().unwrap_or(Target::Nothing);
    }

    fn length(&self, item: usize) -> usize {
        self.lengths.get(item).copied().unwrap_or(0)
    }

    fn lines_from(&self, item: usize) -> usize {
        self.lengths.iter().skip(item).sum()
    }

    /// Whether the item at the top goes on below what is shown.
    pub fn goes_on(&self) -> bool {
        self.line + self.height < self.length(self.item)
    }

    /// How many items end below what is shown.
    pub fn below(&self) -> usize {
        let mut room = self.height + self.line;
        let shown = self.lengths.iter().skip(self.item).take_while(|lines| {
            let fits = **lines <= room;
            room = room.saturating_sub(**lines);
            fits
        });
        self.lengths.len() - self.item.min(self.lengths.len()) - shown.count()
    }

    /// Goes on to the next item or the one before, or scrolls in one that is taller than the screen. Answers whether it moved.
    pub fn step(&mut self, down: bool) -> bool {
        let hidden = self.length(self.item).saturating_sub(self.height);
        if down && self.line < hidden {
            self.line = (self.line + 2).min(hidden);
        } else if down
            && self.item + 1 < self.lengths.len()
            && (self.is_stepped() || self.below() > 0)
        {
            self.put(self.item + 1);
        } else if !down && self.line > 0 {
            self.line = self.line.saturating_sub(2);
        } else if !down && self.item > 0 {
            self.put(self.item - 1);
        } else {
            return false;
        }
        true
    }

    /// Goes on to what is below the screen, or back by as much. Answers whether it moved.
    pub fn page(&mut self, down: bool) -> bool {
        let by = self.height.saturating_sub(3).max(1);
        let hidden = self.length(self.item).saturating_sub(self.height);
        if down && self.line < hidden {
            self.line = (self.line + by).min(hidden);
        } else if !down && self.line > 0 {
            self.line = self.line.saturating_sub(by);
        } else if down {
            let below = self.below();
            if below == 0 {
                return false;
            }
            self.put((self.lengths.len() - below).max(self.item + 1));
        } else {
            let mut room = self.height;
            let fitting = self.lengths[..self.item.min(self.lengths.len())]
                .iter()
                .rev()
                .take_while(|lines| {
                    let fits = **lines <= room;
                    room = room.saturating_sub(**lines);
                    fits
                });
            let by = fitting.count().max(1);
            if self.item == 0 {
                return false;
            }
            self.put(self.item.saturating_sub(by));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(part: Part, lengths: &[usize], height: usize) -> Presenter {
        let mut presenter = Presenter {
            part,
            ..Presenter::default()
        };
        settle(&mut presenter, lengths, height);
        presenter
    }

    fn settle(presenter: &mut Presenter, lengths: &[usize], height: usize) {
        presenter.settle(
            &vec![Target::Nothing; lengths.len()],
            lengths.to_vec(),
            0,
            height,
        );
    }

    #[test]
    fn what_fits_is_not_scrolled_and_what_does_not_is_reached_to_its_last_line() {
        assert!(!settled(Part::Findings, &[3, 3, 3], 9).step(true));
        let lengths = [3, 20, 3];
        let mut presenter = settled(Part::Findings, &lengths, 9);
        let mut seen = Vec::new();
        while presenter.step(true) {
            settle(&mut presenter, &lengths, 9);
            seen.push((presenter.item, presenter.line));
        }
        assert_eq!(
            seen,
            [
                (1, 0),
                (1, 2),
                (1, 4),
                (1, 6),
                (1, 8),
                (1, 10),
                (1, 11),
                (2, 0)
            ]
        );
        while presenter.page(false) {
            settle(&mut presenter, &lengths, 9);
        }
        assert_eq!((presenter.item, presenter.line), (0, 0));
    }

    #[test]
    fn every_question_comes_to_the_top_and_a_page_passes_those_that_were_seen() {
        let mut presenter = settled(Part::Questions, &[3, 3, 3], 9);
        assert!(presenter.step(true) && presenter.step(true) && !presenter.step(true));
        let lengths = [4, 4, 4, 4];
        let mut presenter = settled(Part::Questions, &lengths, 9);
        assert_eq!(presenter.below(), 2);
        assert!(presenter.page(true));
        assert_eq!((presenter.item, presenter.below()), (2, 0));
        assert!(!presenter.page(true) && presenter.page(false));
        assert_eq!(presenter.item, 0);
    }
}
