//! The program while its screens are up: one place to be, one event function, one draw per event.
//!
//! Everything that waits for a key, the main loop and every dialog, waits in [`App::next`]; so the clock, other windows' changes, drafts and
//! the terminal's size stay alive wherever one is.

mod cancel;
mod cursor;
mod drafts;
mod draw;
mod in_view;
mod keys;
mod mistyped;
mod mouse;
mod notice;
mod scrolled;

use in_view::InView;
use mistyped::{MistypedSentence, ScreenState};
pub use notice::Notice;
pub use scrolled::ScrollState;

use super::console::{Console, TimedEvent};
use super::frame::live::{self, Live};
use super::home::{Home, Pane, Section};
use super::key::Key;
use super::ledger::Ledger;
use super::presenter::Presenter;
use super::room::Room;
use super::screens::dossier::Sections;
use super::sentence::KeyRun;
use super::theme::Theme;
use super::writer::Writer;
use crate::error::Result;
use crate::model::ids::{MeetingId, QuestionNumber, RecommendationNumber};
use crate::model::journal::change::Operation;
use crate::model::record::position::Matter;
use crate::model::review::Review;
use crate::workspace::Workspace;
use crate::workspace::report::Outgoing;
use chrono::NaiveDate;
use crossterm::event::{Event, KeyCode, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime};

/// How often the program looks whether another window has written, and keeps what is typed: within half a second of either.
const TICK: Duration = Duration::from_millis(450);
/// How long a number that is being typed waits for its next digit.
pub const NUMBER_TIMEOUT: Duration = Duration::from_millis(1500);
/// How long drawing may wait while keys are coming.
const PATIENCE: Duration = Duration::from_millis(40);

/// Where the mouse can click, as drawn last.
#[derive(Debug, Default)]
pub struct Hits {
    /// The rows of the list.
    pub list: Rect,
    /// The dossier.
    pub dossier: Rect,
    /// The assessment beside it.
    pub assessment: Rect,
    /// The tabs.
    pub tabs: Vec<(Section, Rect)>,
    /// Whether the assessment has a pane of its own.
    pub wide: bool,
    /// Whether the terminal is too small to show anything.
    pub hidden: bool,
}

/// A number that is being typed, and where the selection was before it.
#[derive(Debug, Clone)]
pub struct Number {
    /// What was typed.
    pub typed: String,
    /// When its last digit came, as the time since the console was opened.
    pub at: Duration,
    /// Where to go back to.
    pub before: (RecommendationNumber, Pane, Section, Option<QuestionNumber>),
    /// What the presenter view showed.
    pub presenter: Presenter,
}

/// A board that was left to write a line, with the mode in which it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// The positions on something.
    Consensus(Matter, usize),
    /// The roll call of a meeting.
    Roll(MeetingId, usize),
}

/// What a dialog draws over the screen, from the review as it is at that moment: another window may have written meanwhile.
pub type Over<'a> = dyn FnMut(&mut Frame<'_>, &Theme, &Review) + 'a;

/// What is drawn while the program waits.
enum Drawing<'d, 'o> {
    /// The screen, with a dialog over it if there is one.
    Screen(Option<&'d mut Over<'o>>),
    /// Nothing, because the screen is up to date and the wait is short.
    Nothing,
}

/// The program while its screens are up.
#[derive(Debug)]
pub struct App {
    /// The terminal.
    pub console: Console,
    /// The workspace.
    pub workspace: Workspace,
    /// Where one is.
    pub home: Home,
    /// Where one is among the questions.
    pub ledger: Ledger,
    /// Where one is on the screen of the meeting.
    pub room: Room,
    /// The styles.
    pub theme: Theme,
    /// The open line.
    pub writer: Option<Writer>,
    /// Whether the filter is being typed.
    pub filtering: bool,
    /// The number being typed.
    pub number: Option<Number>,
    /// The last key.
    pub key: Key,
    /// The keys of a sequence begun.
    begun: Vec<Key>,
    /// When the event that is being handled came, as the time since the console was opened.
    pub event_at: Duration,
    /// An event that was read but not handled yet.
    unread_event: Option<TimedEvent>,
    /// The characters typed last where keys are commands.
    key_run: KeyRun,
    /// What the screens showed before the first of them.
    before_key_run: Option<Box<ScreenState>>,
    /// What the screens showed after the number with which those characters begin.
    after_number: Option<Box<ScreenState>>,
    /// Set while the open line contains a sentence that was typed as commands.
    mistyped: Option<MistypedSentence>,
    notice: Option<Notice>,
    /// What the user should know about the terminal, once the screens are up.
    pub start_notice: Option<&'static str>,
    sections: Sections,
    hits: Hits,
    /// Whether private notes are shown, until the next key, although a call is running.
    pub shows_private: bool,
    /// What was recorded on the selected recommendation, with the values it was read for: recommendation, revision, whether without private notes.
    history: (Option<(RecommendationNumber, u64, bool)>, Vec<Operation>),
    /// What was recorded in the meeting that its screen shows.
    call: (Option<(MeetingId, u64)>, Vec<Operation>),
    /// What the header said of the running call when it was drawn last.
    live: Option<Live>,
    /// Whether the terminal had shown what a key records on.
    in_view: InView,
    drawn_at: Instant,
    /// Whether keys were taken that the screen does not show yet.
    behind: bool,
    stale: bool,
    /// When the program last looked around, by the clock on the wall, which goes on while the machine sleeps.
    ticked: SystemTime,
    /// Whether the machine slept since the last key.
    slept: bool,
    /// Whether the program is to end.
    pub done: bool,
    /// Whether Ctrl-C was the last key.
    pub cancelled: bool,
    /// Whether a text was typed since the program started.
    pub typed_here: bool,
    /// The report that was copied here, until it is known whether it arrived.
    pub copied_report: Option<Outgoing>,
    /// How the screen was scrolled when the line was opened, to be restored when the line is closed.
    pub scrolled: Option<ScrollState>,
    /// The day and the call in which the user agreed to undo or redo.
    pub undo_allowed_in: Option<(NaiveDate, Option<MeetingId>)>,
    /// The board that a line was opened from, to come back to when it is recorded.
    pub left: Option<Left>,
    /// Where this window keeps its draft of something, if another window took the usual place.
    pub places: BTreeMap<String, String>,
}

impl App {
    /// The program on an open workspace.
    pub fn new(workspace: Workspace, console: Console, theme: Theme) -> App {
        let home = Home::new(workspace.review());
        let mut app = App {
            console,
            home,
            ledger: Ledger::default(),
            room: Room::default(),
            call: (None, Vec::new()),
            live: None,
            theme,
            writer: None,
            filtering: false,
            number: None,
            key: Key::plain(KeyCode::Null),
            begun: Vec::new(),
            event_at: Duration::ZERO,
            unread_event: None,
            key_run: KeyRun::default(),
            before_key_run: None,
            after_number: None,
            mistyped: None,
            notice: workspace.store().warning.clone().map(Notice::error),
            start_notice: None,
            sections: Sections::default(),
            hits: Hits::default(),
            shows_private: false,
            history: (None, Vec::new()),
            in_view: InView::default(),
            drawn_at: Instant::now(),
            behind: false,
            stale: true,
            ticked: SystemTime::now(),
            slept: false,
            done: false,
            cancelled: false,
            typed_here: false,
            copied_report: None,
            scrolled: None,
            undo_allowed_in: None,
            left: None,
            places: BTreeMap::new(),
            workspace,
        };
        app.offer_drafts();
        app
    }

    /// Runs until the person leaves.
    ///
    /// # Errors
    /// The end of the terminal or of the script; a workspace that can no longer be read.
    pub fn run(&mut self) -> Result<()> {
        let ended = self.turn();
        let kept = self.keep_draft();
        ended.and(kept)
    }

    fn turn(&mut self) -> Result<()> {
        // The first screen is shown before everything is in memory.
        self.draw(None)?;
        self.stale = self.workspace.complete()?;
        self.pick_up()?;
        if let Some(notice) = self.start_notice.take() {
            self.append_to_notice(&format!(" · {notice}"));
        }
        while !self.done {
            let event = self.wait(None)?;
            // After a closed lid the call may have ended; the key that woke the program was meant for a screen nobody saw.
            if std::mem::take(&mut self.slept) {
                self.stale = true;
                self.pick_up()?;
            } else {
                let taken = event.and_then(|event| self.take_event(event));
                self.show_failure(taken)?;
            }
        }
        Ok(())
    }

    fn pick_up(&mut self) -> Result<()> {
        let done = crate::tui::commands::call::pick_up(self);
        self.show_failure(done)
    }

    /// Waits for the next key, paste or click with a dialog over the screen, while the rest of the program stays alive.
    ///
    /// # Errors
    /// The end of the terminal or of the script; [`crate::error::Kind::Mistyped`] if Enter ends a sentence; [`crate::error::Kind::Quit`] if Ctrl-C was
    /// pressed twice.
    pub fn next(&mut self, over: &mut Over<'_>) -> Result<Event> {
        self.wait(Some(over))?
    }

    /// Waits for the next event. The outer error ends the program; the inner error closes every dialog, as in [`App::next`].
    fn wait(&mut self, mut over: Option<&mut Over<'_>>) -> Result<Result<Event>> {
        self.tell_how_to_quit();
        loop {
            if let Some(TimedEvent { event, at, shown }) =
                self.wait_until(Drawing::Screen(over.as_deref_mut()), None)?
            {
                (self.event_at, self.in_view.shown_at_press) = (at, shown);
                if over.is_some() {
                    self.note_dialog_key(&event);
                }
                return Ok(self
                    .note_ctrl_c(&event, over.is_some())
                    .and_then(|()| self.end_run_at(&event))
                    .map(|()| event));
            }
        }
    }

    /// Waits for the next event, at most until this moment.
    fn wait_until(
        &mut self,
        mut drawing: Drawing<'_, '_>,
        until: Option<Duration>,
    ) -> Result<Option<TimedEvent>> {
        if let Some(unread_event) = self.unread_event.take() {
            return Ok(Some(unread_event));
        }
        loop {
            // Keys that come faster than the screen is drawn are taken first, but no longer than a person would notice.
            if let Drawing::Screen(over) = &mut drawing
                && self.stale
                && (self.drawn_at.elapsed() > PATIENCE || !self.console.is_pending()?)
            {
                self.draw(over.as_deref_mut())?;
                self.stale = false;
                continue;
            }
            let number_ends = self
                .number
                .as_ref()
                .map(|number| number.at + NUMBER_TIMEOUT);
            let wake = [until, number_ends].into_iter().flatten().min();
            let Some(received) = self.console.next(TICK, wake)? else {
                let now = self.console.clock();
                // What was typed before that moment comes first, however long the last drawing took.
                if wake.is_some_and(|wake| wake <= now) && self.console.is_pending()? {
                    continue;
                }
                if number_ends.is_some_and(|end| end <= now) {
                    self.number = None;
                    self.stale = true;
                }
                if until.is_some_and(|until| until <= now) {
                    return Ok(None);
                }
                if wake.is_none_or(|wake| now < wake) {
                    self.tick();
                }
                continue;
            };
            match received.event {
                Event::Key(key) => match Key::of(key) {
                    None => continue,
                    Some(Key {
                        code: KeyCode::Char('z'),
                        ctrl: true,
                        alt: false,
                    }) => {
                        self.keep_draft_or_tell();
                        self.console.suspend()?;
                        self.stale = true;
                        continue;
                    }
                    Some(Key {
                        code: KeyCode::Char('l'),
                        ctrl: true,
                        alt: false,
                    }) => {
                        self.console.redraw();
                        self.stale = true;
                        continue;
                    }
                    Some(_) => {}
                },
                Event::Resize(..) => {
                    self.stale = true;
                    continue;
                }
                Event::FocusGained | Event::FocusLost => continue,
                Event::Mouse(mouse)
                    if matches!(
                        mouse.kind,
                        MouseEventKind::Moved | MouseEventKind::Up(_) | MouseEventKind::Drag(_)
                    ) =>
                {
                    continue;
                }
                Event::Mouse(_) | Event::Paste(_) => {}
            }
            self.stale = true;
            return Ok(Some(received));
        }
    }

    /// Sees whether the machine slept, what other windows wrote, and keeps the draft. What fails is told and tried again: the text on the screen is the last copy of it.
    fn tick(&mut self) {
        let ticked = std::mem::replace(&mut self.ticked, SystemTime::now());
        self.slept |= ticked
            .elapsed()
            .is_ok_and(crate::tui::commands::call::is_long);
        match self.workspace.refresh() {
            Ok(true) => {
                self.home.regroup(self.workspace.review());
                self.stale = true;
            }
            Ok(false) => {}
            Err(e) => self.fail(&e),
        }
        // While a call runs its clock is on the screen; without one nothing is written.
        if live::told(self.workspace.review(), self.workspace.now()) != self.live {
            self.stale = true;
        }
        self.keep_draft_or_tell();
    }

    /// Whether the assessment has a pane of its own.
    pub fn is_wide(&self) -> bool {
        self.hits.wide
    }

    /// Whether the terminal is too small to show anything.
    pub fn is_hidden(&self) -> bool {
        self.hits.hidden
    }

    /// Forgets the keys of a sequence begun.
    pub fn clear_begun(&mut self) {
        self.begun.clear();
    }
}
