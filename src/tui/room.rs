//! Where one is on the screen of the meeting: which meeting, which of its two sides has the keys, which tab is open, what is selected.
//!
//! State only: it moves, it never draws and never changes the review. The lists are made by `screens/meeting`, and again only when what they show
//! has changed.

use super::home::{Spot, Target};
use super::screens::{Item, dossier};
use crate::model::ids::{AgendaItemId, MeetingId};
use crate::model::review::Review;

/// The side that has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// The agenda and the recommendations of the day.
    #[default]
    Agenda,
    /// The open tab.
    Tab,
}

/// A tab at the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// What was recorded in the meeting, as it grows.
    #[default]
    Log,
    /// Who is there.
    Roll,
    /// The decisions of all meetings.
    Decisions,
    /// The action items of all meetings.
    Actions,
    /// All meetings.
    Meetings,
}

impl Tab {
    /// All tabs, in their order.
    pub const ALL: [Tab; 5] = [
        Tab::Log,
        Tab::Roll,
        Tab::Decisions,
        Tab::Actions,
        Tab::Meetings,
    ];

    /// Its place among the tabs.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its name.
    pub fn label(self) -> &'static str {
        ["Log", "Roll call", "Decisions", "Actions", "Meetings"][self.index()]
    }
}

/// What a list was made from: revision, minute, width, and what it is of.
pub type Made = (u64, i64, usize, Option<MeetingId>);

/// A list of items, with cursor and scroll.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The items.
    pub items: Vec<Item>,
    /// Cursor and scroll.
    pub spot: Spot,
    /// How many lines could be shown at once when it was drawn last.
    pub height: usize,
    made: Option<Made>,
    /// What the cursor goes to when the list is made next.
    pub wanted: Option<Target>,
}

impl Listing {
    /// Makes the items anew if anything they show has changed; the cursor stays on what it was on.
    pub fn make(&mut self, from: Made, build: impl FnOnce() -> Vec<Item>) {
        if self.made.as_ref() == Some(&from) {
            return;
        }
        // Another meeting is read from its beginning.
        if self.made.as_ref().is_some_and(|made| made.3 != from.3) {
            (self.items, self.spot) = (Vec::new(), Spot::default());
        }
        let wanted = self.wanted.take();
        let held = self
            .items
            .get(self.spot.item)
            .map(|item| item.target.clone())
            .filter(|target| *target != Target::Nothing);
        self.items = build();
        self.made = Some(from);
        let again = wanted
            .or(held)
            .and_then(|held| self.items.iter().position(|item| item.target == held));
        self.spot.item = dossier::settle(&self.items, again.unwrap_or(self.spot.item));
    }

    /// What the cursor is on.
    pub fn target(&self) -> Target {
        self.items
            .get(self.spot.item)
            .map_or(Target::Nothing, |item| item.target.clone())
    }

    /// Moves the cursor to the next item, or scrolls inside one that is taller than the list.
    pub fn step(&mut self, down: bool) {
        dossier::step(&self.items, self.height, &mut self.spot, down);
    }

    /// Puts the cursor on an item, if it is there.
    pub fn select(&mut self, wanted: &Target) {
        if let Some(at) = self.items.iter().position(|item| item.target == *wanted) {
            self.spot.item = at;
        }
    }
}

/// The whole state of the screen.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// The meeting that was chosen; none while it is the one that matters most.
    pub chosen: Option<MeetingId>,
    /// The side with the keys.
    pub side: Side,
    /// The open tab.
    pub tab: Tab,
    /// The agenda and the recommendations of the day.
    pub agenda: Listing,
    /// The list of each tab.
    pub tabs: [Listing; 5],
}

impl Room {
    /// The meeting that is shown: the chosen one, else the one that runs, the next one planned, the last one held.
    pub fn meeting(&self, review: &Review) -> Option<MeetingId> {
        let records = &review.records;
        let chosen = self.chosen.clone().filter(|id| review.knows_meeting(id));
        let planned = || {
            records
                .meetings
                .iter()
                .filter(|(_, held)| held.started.is_none() && held.number.is_some())
        };
        let next = || {
            planned()
                .min_by_key(|(_, held)| (held.date.is_none(), held.date, held.name.clone()))
                .map(|(id, _)| id.clone())
        };
        let held = || {
            records
                .meetings
                .iter()
                .filter(|(_, held)| held.ended.is_some())
                .max_by_key(|(_, held)| held.ended)
        };
        let printed = || {
            review
                .catalogue
                .meetings
                .iter()
                .max_by_key(|meeting| meeting.number)
                .map(|meeting| meeting.id.clone())
        };
        chosen
            .or_else(|| records.running().map(|(id, _)| id.clone()))
            .or_else(next)
            .or_else(|| held().map(|(id, _)| id.clone()))
            .or_else(printed)
    }

    /// The list with the keys.
    pub fn list(&mut self) -> &mut Listing {
        match self.side {
            Side::Agenda => &mut self.agenda,
            Side::Tab => &mut self.tabs[self.tab.index()],
        }
    }

    /// What the cursor is on.
    pub fn target(&self) -> Target {
        match self.side {
            Side::Agenda => self.agenda.target(),
            Side::Tab => self.tabs[self.tab.index()].target(),
        }
    }

    /// The item of the agenda that the cursor is on.
    pub fn item(&self) -> Option<AgendaItemId> {
        match self.agenda.target() {
            Target::Agenda(item) => Some(item),
            _ => None,
        }
    }

    /// Opens a tab with the keys in it.
    pub fn open(&mut self, tab: Tab) {
        (self.tab, self.side) = (tab, Side::Tab);
    }

    /// Opens the tab so many further, round and round.
    pub fn turn_tab(&mut self, by: usize) {
        self.open(Tab::ALL[(self.tab.index() + by) % Tab::ALL.len()]);
    }
}
