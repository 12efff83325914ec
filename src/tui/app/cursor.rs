//! The cursor of the dossier: from item to item, through items taller than the pane, and what it is on.

use super::App;
use crate::model::ids::QuestionNumber;
use crate::tui::command::Focus;
use crate::tui::home::{Pane, Target};
use crate::tui::room::Side;
use crate::tui::screens::dossier;

impl App {
    /// Scrolls the open section by so many lines; the cursor stays.
    pub fn scroll(&mut self, by: isize) {
        match self.home.pane {
            Pane::Questions => {
                self.ledger.first_line = self.ledger.first_line.saturating_add_signed(by);
                return;
            }
            Pane::Meeting => {
                // Beside the agenda it is the open tab that is read.
                for _ in 0..by.unsigned_abs() {
                    self.room.tabs[self.room.tab.index()].step(by > 0);
                }
                return;
            }
            Pane::Presenter => {
                self.home.presenter.step(by > 0);
                return;
            }
            Pane::List | Pane::Dossier => {}
        }
        let section = self.home.section;
        let spot = self.home.spot(section);
        spot.line = spot.line.saturating_add_signed(by);
        if self.home.pane == Pane::Dossier {
            let down = by > 0;
            for _ in 0..by.unsigned_abs() {
                self.move_item(down);
            }
        }
    }

    /// Moves the cursor of the open section to the next item, or scrolls inside one that is taller than the pane.
    pub fn move_item(&mut self, down: bool) {
        let section = self.home.section;
        let Some(made) = self.sections.last(section) else {
            return;
        };
        let mut spot = self.home.spots[section.index()];
        dossier::step(&made.items, made.height, &mut spot, down);
        *self.home.spot(section) = spot;
    }

    /// Selects the item of the open section that stands for this.
    pub fn focus(&mut self, wanted: &Target) {
        let section = self.home.section;
        // The section may not have been drawn for this recommendation yet; drawing it makes its items.
        let _ = self.draw(None);
        let Some(made) = self.sections.last(section) else {
            return;
        };
        if let Some(place) = made.items.iter().position(|item| item.target == *wanted) {
            self.home.spot(section).item = place;
        }
    }

    /// What the cursor is on; nothing while the list has the keys. In the presenter view it is the question at the top.
    pub fn focused(&self) -> Target {
        match self.home.pane {
            Pane::List => return Target::Nothing,
            Pane::Questions => {
                return self
                    .ledger
                    .selected
                    .map_or(Target::Nothing, Target::Question);
            }
            Pane::Presenter => {
                return match &self.home.presenter.target {
                    Target::Question(number) => Target::Question(*number),
                    _ => Target::Nothing,
                };
            }
            Pane::Meeting => return self.room.target(),
            Pane::Dossier => {}
        }
        let section = self.home.section;
        let spot = self.home.spots[section.index()];
        self.sections
            .last(section)
            .and_then(|made| made.items.get(spot.item))
            .map_or(Target::Nothing, |item| item.target.clone())
    }

    /// The lines of the item the cursor is on, as plain text.
    pub fn focused_text(&self) -> Option<String> {
        let section = self.home.section;
        let item = match (self.home.pane, self.room.side) {
            (Pane::Meeting, Side::Agenda) => {
                self.room.agenda.items.get(self.room.agenda.spot.item)?
            }
            (Pane::Meeting, Side::Tab) => {
                let list = &self.room.tabs[self.room.tab.index()];
                list.items.get(list.spot.item)?
            }
            _ => self
                .sections
                .last(section)?
                .items
                .get(self.home.spots[section.index()].item)?,
        };
        let lines: Vec<String> = item
            .lines
            .iter()
            .map(|line| line.to_string().trim().to_owned())
            .collect();
        Some(lines.join("\n").trim().to_owned())
    }

    /// Brings the list of questions up to what the review holds now.
    pub fn follow_ledger(&mut self) {
        let today = self.workspace.today();
        self.ledger
            .follow(self.workspace.review(), self.workspace.revision(), today);
    }

    /// Selects a question on its screen; a filter that hides it is cleared.
    pub fn show_question(&mut self, number: QuestionNumber) {
        self.follow_ledger();
        if !self.ledger.shown().any(|shown| shown == number) {
            self.ledger.filter.clear();
            let today = self.workspace.today();
            self.ledger.regroup(self.workspace.review(), today);
        }
        self.ledger.select(Some(number));
    }

    /// The filter of the list that has the keys.
    pub fn filter_mut(&mut self) -> &mut String {
        if self.home.pane == Pane::Questions {
            &mut self.ledger.filter
        } else {
            &mut self.home.filter
        }
    }

    /// Makes the list that has the keys anew, after its filter changed.
    pub fn refilter(&mut self) {
        let today = self.workspace.today();
        if self.home.pane == Pane::Questions {
            self.ledger.regroup(self.workspace.review(), today);
        } else {
            self.home.regroup(self.workspace.review());
        }
    }

    /// What decides which commands the keys can give.
    pub fn focus_of_keys(&self) -> Focus {
        Focus::of(&self.home)
    }

    /// How many rows a page of the pane with the keys has.
    pub fn page(&self) -> isize {
        let rows = match (self.home.pane, self.room.side) {
            (Pane::Dossier, _) => self.hits.dossier.height / 2,
            (Pane::Meeting, Side::Tab) => self.hits.dossier.height / 3,
            _ => self.hits.list.height,
        };
        isize::try_from(rows.max(2)).unwrap_or(2) - 1
    }
}
