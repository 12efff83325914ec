//! What is scrolled where while a line is open: the line takes rows from the screen above, which must be as it was once the line is closed.

use super::App;
use crate::model::ids::RecommendationNumber;
use crate::tui::home::{Pane, Spots};

/// The selected recommendation, the active pane, and how far the lists and the dossier are scrolled.
#[derive(Debug, Clone)]
pub struct ScrollState {
    /// The selected recommendation.
    pub selected: RecommendationNumber,
    /// The active pane.
    pub pane: Pane,
    spots: Spots,
    first_rows: (usize, usize),
    first_line: usize,
    lines: [usize; 6],
}

impl ScrollState {
    /// Reads it from the screens.
    pub fn of(app: &App) -> ScrollState {
        let lists = std::iter::once(&app.room.agenda).chain(&app.room.tabs);
        let mut lines = [0; 6];
        lines
            .iter_mut()
            .zip(lists)
            .for_each(|(line, list)| *line = list.spot.line);
        ScrollState {
            selected: app.home.selected,
            pane: app.home.pane,
            spots: app.home.spots,
            first_rows: (app.home.first_row, app.ledger.first_row),
            first_line: app.ledger.first_line,
            lines,
        }
    }

    /// Restores it; what was selected or opened in the dossier meanwhile stays so.
    pub fn restore(&self, app: &mut App) {
        app.home.select(self.selected);
        app.home.pane = self.pane;
        for (now, before) in app.home.spots.iter_mut().zip(self.spots) {
            now.line = before.line;
        }
        (app.home.first_row, app.ledger.first_row) = self.first_rows;
        app.ledger.first_line = self.first_line;
        let lists = std::iter::once(&mut app.room.agenda).chain(&mut app.room.tabs);
        lists
            .zip(self.lines)
            .for_each(|(list, line)| list.spot.line = line);
    }
}
