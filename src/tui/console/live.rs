//! A real terminal: what it sends, as timed events, and frames at the pace at which it shows them.
//!
//! Everything that is written to the terminal goes out here, and everything that is read comes in here, so that an answer is never mistaken for a key
//! and no frame is sent before the last one was shown. Nothing may write to standard output past this.

use super::frames::Frames;
use super::modes::{self, MOUSE_ON};
use super::painter::Painter;
use super::surface::Surface;
use super::{TimedEvent, hung_up};
use crate::error::{Error, Kind, Result};
use crate::tui::input::{Input, Received};
use crate::tui::watch::Watch;
use crossterm::event::{DisableMouseCapture, Event};
use crossterm::{Command, terminal};
use ratatui::layout::Size;
use ratatui::{Frame, Terminal};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use std::collections::VecDeque;
use std::mem::ManuallyDrop;
use std::time::{Duration, Instant};

/// How many characters of a title a terminal is sent at most.
const MAX_TITLE: usize = 120;

/// A real terminal.
#[derive(Debug)]
pub struct Live {
    // Never dropped: its drop writes to the terminal and complains on standard error, which panics when the terminal is gone.
    terminal: ManuallyDrop<Terminal<Surface>>,
    painter: Painter,
    frames: Frames,
    input: Input,
    events: VecDeque<TimedEvent>,
    pub(super) watch: Watch,
    opened_at: Instant,
    ticked_at: Instant,
    mouse: bool,
    title: String,
}

impl Live {
    pub(super) fn open(watch: Watch) -> std::io::Result<Live> {
        let (width, height) = terminal::size()?;
        let terminal = Terminal::new(Surface::default()).map(ManuallyDrop::new)?;
        let now = Instant::now();
        let mut live = Live {
            terminal,
            painter: Painter::new(Size { width, height }),
            frames: Frames::new(Duration::ZERO),
            input: Input::new(now),
            events: VecDeque::new(),
            watch,
            opened_at: now,
            ticked_at: now,
            mouse: true,
            title: String::new(),
        };
        live.enter()?;
        Ok(live)
    }

    /// Takes the terminal over. What was typed and answered before was not meant for these screens.
    fn enter(&mut self) -> std::io::Result<()> {
        let modes = modes::enter(self.mouse)?;
        self.discard_waiting_input();
        self.painter.add(&modes);
        self.painter.add(Frames::FIRST_QUERY.bytes());
        self.redraw();
        self.frames.restart(self.clock());
        self.title.clear();
        Ok(())
    }

    /// Drops what is waiting to be read, but not the beginning of an answer: its end would be taken for keys.
    fn discard_waiting_input(&mut self) {
        self.events.clear();
        while self
            .watch
            .wait(Duration::ZERO)
            .is_ok_and(|has_input| has_input)
            && self.input.read()
        {
            self.input.discard_waiting(Instant::now());
        }
    }

    pub(super) fn clock(&self) -> Duration {
        self.opened_at.elapsed()
    }

    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> Result<u64> {
        // The cursor of this frame is known only behind it.
        let drawn = self.terminal.draw(draw).map_err(hung_up)?;
        self.painter.set(drawn.buffer);
        self.painter.set_cursor(self.terminal.backend().cursor());
        let frame = self.frames.note_drawn();
        self.send_frame()?;
        Ok(frame)
    }

    /// Sends the newest frame, if there is one that was not sent and the terminal is ready for it.
    fn send_frame(&mut self) -> Result<()> {
        let now = self.clock();
        if !self.frames.may_send(now) {
            return Ok(());
        }
        if !self.frames.is_behind() {
            let query = if self.frames.needs_query() {
                self.frames.note_sent(now)
            } else {
                None
            };
            return query.map_or(Ok(()), |query| write(query.bytes()));
        }
        let mut bytes = self.painter.paint();
        if bytes.is_empty() {
            self.frames.note_unchanged();
            return Ok(());
        }
        if let Some(query) = self.frames.note_sent(now) {
            bytes.extend_from_slice(query.bytes());
        }
        write(&bytes)
    }

    pub(super) fn next(
        &mut self,
        tick: Duration,
        wake: Option<Duration>,
    ) -> Result<Option<TimedEvent>> {
        loop {
            self.require_running()?;
            let left = tick.saturating_sub(self.ticked_at.elapsed());
            if left.is_zero() {
                self.ticked_at = Instant::now();
                return Ok(None);
            }
            if let Some(event) = self.events.pop_front() {
                return Ok(Some(event));
            }
            // Input that was typed before `wake` but is not read yet is read first.
            let left = wake.map_or(left, |wake| left.min(wake.saturating_sub(self.clock())));
            self.wait_for_input(left)?;
            if let Some(event) = self.resized_or_continued()? {
                return Ok(Some(TimedEvent {
                    event,
                    at: self.clock(),
                    shown: self.frames.shown(),
                }));
            }
            if wake.is_some_and(|wake| wake <= self.clock()) && self.events.is_empty() {
                return Ok(None);
            }
        }
    }

    /// Waits until the terminal sent something, a signal came, or this time is over, and takes what came.
    fn wait_for_input(&mut self, limit: Duration) -> Result<()> {
        self.input.note_answer_due(self.frames.is_waiting());
        let mut limit = self
            .input
            .time_left_at(Instant::now())
            .map_or(limit, |patience| patience.min(limit));
        if let Some(deadline) = self.frames.deadline() {
            limit = limit.min(deadline.saturating_sub(self.clock()));
        }
        let has_input = self.watch.wait(limit)?;
        self.require_running()?;
        if has_input {
            if !self.input.read() {
                self.watch.hung_up();
            }
            self.require_running()?;
            while let Some(received) = self.input.next() {
                self.receive(received);
            }
        } else {
            while let Some(received) = self.input.next_overdue(Instant::now()) {
                self.receive(received);
            }
        }
        self.send_frame()
    }

    fn receive(&mut self, received: Received) {
        match received {
            Received::Event(event, at) => {
                let at = at.saturating_duration_since(self.opened_at);
                self.events.push_back(TimedEvent {
                    event,
                    at,
                    shown: self.frames.shown(),
                });
            }
            Received::Answer(query) => self.frames.note_answer(query, self.clock()),
        }
    }

    fn resized_or_continued(&mut self) -> Result<Option<Event>> {
        let (continued, resized) = (self.watch.was_continued(), self.watch.was_resized());
        if continued {
            modes::restore();
            self.enter().map_err(hung_up)?;
        }
        if !continued && !resized {
            return Ok(None);
        }
        self.redraw();
        let (width, height) = terminal::size().map_err(hung_up)?;
        Ok(Some(Event::Resize(width, height)))
    }

    /// Paints everything again with the next frame, even at the old size: a terminal made small and large again has lost what did not fit.
    pub(super) fn redraw(&mut self) {
        self.painter.erase(self.painter.size());
    }

    pub(super) fn is_pending(&mut self) -> Result<bool> {
        if self.watch.ended_by().is_some() {
            return Ok(false);
        }
        if self.events.is_empty() {
            self.wait_for_input(Duration::ZERO)?;
        }
        Ok(!self.events.is_empty())
    }

    /// Waits until the terminal has shown this frame, at most so long.
    pub(super) fn wait_until_shown(&mut self, frame: u64, limit: Duration) -> Result<bool> {
        let until = self.clock() + limit;
        loop {
            // A terminal that answers nothing is known as such after a second.
            self.frames.drop_overdue(self.clock());
            if self.frames.shown() >= frame {
                return Ok(true);
            }
            let until = if self.frames.is_answering() {
                until
            } else {
                self.frames.deadline().unwrap_or(until)
            };
            let left = until.saturating_sub(self.clock());
            if left.is_zero() && self.frames.is_answering() {
                return Ok(false);
            }
            let left = self.frames.deadline().map_or(left, |deadline| {
                left.min(deadline.saturating_sub(self.clock()))
            });
            self.wait_for_input(left)?;
        }
    }

    pub(super) fn round_trip(&self) -> Duration {
        self.frames.round_trip()
    }

    fn require_running(&self) -> Result<()> {
        match self.watch.ended_by() {
            Some(_) => Err(Error::new(Kind::HungUp, "The program was asked to end.")),
            None => Ok(()),
        }
    }

    pub(super) fn lend<T>(&mut self, meanwhile: impl FnOnce(&mut Watch) -> T) -> Result<T> {
        self.wait_for_answers();
        self.watch.lend(true);
        modes::restore();
        let answer = meanwhile(&mut self.watch);
        self.watch.lend(false);
        self.watch.was_continued();
        // Whoever has to end leaves the terminal as it is, and still gets the answer.
        if self.watch.ended_by().is_none() {
            self.enter().map_err(hung_up)?;
        }
        Ok(answer)
    }

    /// Waits for the answers that are under way: whoever gets the terminal next would take them for keys.
    fn wait_for_answers(&mut self) {
        while let Some(deadline) = self.frames.deadline().filter(|_| self.frames.is_waiting()) {
            let left = deadline.saturating_sub(self.clock());
            let is_over = left.is_zero() || self.watch.ended_by().is_some();
            if is_over
                || !self.watch.wait(left).is_ok_and(|has_input| has_input)
                || !self.input.read()
            {
                break;
            }
            while let Some(received) = self.input.next() {
                self.receive(received);
            }
        }
    }

    /// Sends a command that moves nothing on the screen, at once.
    pub(super) fn execute(&self, command: &impl Command) -> Result<()> {
        let mut text = String::new();
        command
            .write_ansi(&mut text)
            .map_err(|e| Error::bug("a terminal command does not print").caused_by(e))?;
        write(text.as_bytes())
    }

    /// Names the window, with the next frame.
    pub(super) fn set_title(&mut self, title: &str) {
        if self.title != title {
            title.clone_into(&mut self.title);
            let cut: String = title.chars().take(MAX_TITLE).collect();
            self.painter.add(format!("\x1b]2;{cut}\x1b\\").as_bytes());
        }
    }

    pub(super) fn toggle_mouse(&mut self) -> Result<bool> {
        self.mouse = !self.mouse;
        if self.mouse {
            self.execute(&crossterm::style::Print(MOUSE_ON))?;
        } else {
            self.execute(&DisableMouseCapture)?;
        }
        Ok(self.mouse)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.wait_for_answers();
        }
        modes::restore();
    }
}

/// Writes everything, in one go if the terminal takes it: not through Rust's standard output, which would write line by line.
fn write(bytes: &[u8]) -> Result<()> {
    modes::note_written();
    let out = rustix::stdio::stdout();
    let mut left = bytes;
    while !left.is_empty() {
        match rustix::io::write(out, left) {
            Ok(written) => left = &left[written..],
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => drop(poll(&mut [PollFd::new(&out, PollFlags::OUT)], None)),
            Err(e) => return Err(hung_up(e.into())),
        }
    }
    Ok(())
}
