//! The mouse: a click selects, opens a tab or goes to a pane; the wheel scrolls what is under it.

use super::App;
use crate::error::Result;
use crate::tui::home::{Pane, Row, Section};
use crate::tui::ledger;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

impl App {
    /// Takes a click or a turn of the wheel.
    pub(super) fn take_mouse(&mut self, mouse: MouseEvent) -> Result<()> {
        self.shows_private = false;
        let at = Position::new(mouse.column, mouse.row);
        let hits = &self.hits;
        let (in_list, in_assessment) = (hits.list.contains(at), hits.assessment.contains(at));
        match mouse.kind {
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                let by = if mouse.kind == MouseEventKind::ScrollDown {
                    1
                } else {
                    -1
                };
                if in_list && self.writer.is_none() && self.home.pane == Pane::Questions {
                    self.ledger.step(by);
                } else if in_list && self.writer.is_none() {
                    self.home.step(by);
                } else if hits.dossier.contains(at) || in_assessment {
                    self.scroll(by * 3);
                }
            }
            MouseEventKind::Down(MouseButton::Left) if self.writer.is_none() => {
                self.number = None;
                self.begun.clear();
                if let Some((section, _)) = hits.tabs.iter().find(|(_, tab)| tab.contains(at)) {
                    let section = *section;
                    self.home.open(section);
                } else if in_list && self.home.pane == Pane::Questions {
                    let row = self.ledger.first_row + usize::from(mouse.row - hits.list.y);
                    if let Some(ledger::Row::Question(number)) = self.ledger.rows.get(row) {
                        let number = *number;
                        self.ledger.select(Some(number));
                    }
                } else if in_list {
                    let row = self.home.first_row + usize::from(mouse.row - hits.list.y);
                    self.home.pane = Pane::List;
                    if let Some(Row::Recommendation(number)) = self.home.rows.get(row).cloned() {
                        self.home.select(number);
                    }
                } else if in_assessment {
                    self.home.open(Section::Assessment);
                } else if hits.dossier.contains(at) && self.home.pane == Pane::List {
                    self.home.pane = Pane::Dossier;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
