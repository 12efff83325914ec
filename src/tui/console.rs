//! The console: a real terminal, or a script of keys and a picture to draw on.
//!
//! On a real terminal every mode that is set here is taken back by [`restore`], which is called on every way out: the end of the loop, an error, a
//! panic, a signal, a closed terminal. It never complains, since there may be nobody to complain to.

use super::input::Input;
use super::watch::Watch;
use crate::error::{Error, Kind, Result};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, Event};
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute, queue, terminal};
use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::collections::VecDeque;
use std::io::{BufWriter, IsTerminal, Stdout, Write, stdout};
use std::mem::ManuallyDrop;
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Whether the terminal is in raw mode.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Whether anything may have been written to it since, its other modes first.
static WRITTEN: AtomicBool = AtomicBool::new(false);
/// How long the terminal may take to read what it was sent before it is told to go back. A stopped one takes nothing and must not hold us.
const LAST_WORDS: Timespec = Timespec { tv_sec: 0, tv_nsec: 80_000_000 };

/// Clicks and the wheel, with coordinates beyond column 223. Crossterm would ask for every movement too, and the program would wake for each.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";

/// Sees whether there is a terminal to take over.
///
/// # Errors
/// Standard input or output that is none.
pub fn require_terminal() -> Result<()> {
    if std::io::stdin().is_terminal() && stdout().is_terminal() {
        return Ok(());
    }
    Err(Error::slip("The screens need a terminal for standard input and output.")
        .hint("For scripts there are `penholder list`, `show`, `assess` and `export`."))
}

/// Where the screens are drawn and keys come from.
#[derive(Debug)]
pub enum Console {
    /// A real terminal.
    Live(Live),
    /// A script of events and a buffer.
    Script(Script),
}

/// A real terminal.
#[derive(Debug)]
pub struct Live {
    // Never dropped: its drop writes to the terminal and complains on standard error, which panics when the terminal is gone.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<Output>>>,
    input: Input,
    watch: Watch,
    opened_at: Instant,
    ticked_at: Instant,
    mouse: bool,
}

/// An event and when it was read, as real time since the console was opened; `PENHOLDER_NOW` does not change it.
pub type TimedEvent = (Event, Duration);

/// The pause before each event of a [`Console::script`]: longer than between two letters of a typed word.
pub const SCRIPT_PAUSE: Duration = Duration::from_millis(800);
/// How long a script continues after its last event, so that a key that waits for what follows it still acts.
const SCRIPT_END_PAUSE: Duration = Duration::from_millis(500);

/// A script of events and the buffer they are drawn on.
#[derive(Debug)]
pub struct Script {
    /// What is drawn on.
    pub terminal: Terminal<TestBackend>,
    events: VecDeque<TimedEvent>,
    clock: Duration,
    end: Duration,
    /// What was sent to the clipboard last.
    pub copied: Option<String>,
}

impl Console {
    /// Takes over the terminal, which `watch` gives back if the program has to end.
    ///
    /// # Errors
    /// What the terminal refuses.
    pub fn live(watch: Watch) -> Result<Console> {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            previous(panic);
        }));
        let attempt = |e: std::io::Error| Error::io("Taking over the terminal", &e);
        let mut terminal = fresh().map_err(attempt)?;
        enter(terminal.backend_mut(), true).inspect_err(|_| restore()).map_err(attempt)?;
        let now = Instant::now();
        Ok(Console::Live(Live { terminal, input: Input::new(), watch, opened_at: now, ticked_at: now, mouse: true }))
    }

    /// Plays a script of events on a buffer of this size, with [`SCRIPT_PAUSE`] before each.
    pub fn script(width: u16, height: u16, events: impl IntoIterator<Item = Event>) -> Console {
        Console::timed_script(width, height, events.into_iter().zip(1..).map(|(event, n)| (event, SCRIPT_PAUSE * n)))
    }

    /// Plays a script of events on a buffer of this size, each at its own time.
    pub fn timed_script(width: u16, height: u16, events: impl IntoIterator<Item = TimedEvent>) -> Console {
        let terminal = match Terminal::new(TestBackend::new(width, height)) {
            Ok(terminal) => terminal,
            Err(never) => match never {},
        };
        let events: VecDeque<TimedEvent> = events.into_iter().collect();
        let clock = events.front().map_or(Duration::ZERO, |(_, at)| *at);
        let end = events.back().map_or(Duration::ZERO, |(_, at)| *at) + SCRIPT_END_PAUSE;
        Console::Script(Script { terminal, events, clock, end, copied: None })
    }

    /// Draws one frame.
    ///
    /// # Errors
    /// A terminal that is gone.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> Result<()> {
        match self {
            Console::Live(live) => {
                WRITTEN.store(true, Ordering::SeqCst);
                live.terminal.draw(draw).map(drop).map_err(|e| hung_up(&e))
            }
            Console::Script(script) => match script.terminal.draw(draw) {
                Ok(_) => Ok(()),
                Err(never) => match never {},
            },
        }
    }

    /// The next event with the time at which it was read; `None` when `tick` has passed since the last tick, even if keys or clicks come without a
    /// pause, or when the time `wake` has come.
    ///
    /// # Errors
    /// The end: a signal, a closed terminal, a script that is played out.
    pub fn next(&mut self, tick: Duration, wake: Option<Duration>) -> Result<Option<TimedEvent>> {
        match self {
            Console::Live(live) => live.next(tick, wake),
            Console::Script(script) => script.next(wake),
        }
    }

    /// The time since the console was opened.
    pub fn clock(&self) -> Duration {
        match self {
            Console::Live(live) => live.opened_at.elapsed(),
            Console::Script(script) => script.clock,
        }
    }

    /// Whether the next event is there already, so that drawing can wait for it. A script is drawn key by key.
    ///
    /// # Errors
    /// The end of the terminal.
    pub fn is_pending(&mut self) -> Result<bool> {
        match self {
            Console::Live(live) => live.is_pending(),
            Console::Script(_) => Ok(false),
        }
    }

    /// Gives the terminal to another program until that ends, then takes it over again and draws everything anew.
    ///
    /// # Errors
    /// The end of this program meanwhile, once the other has ended too; what the terminal refuses; a script, which has none to give: a test
    /// must not start the editor of whoever runs it.
    pub fn lend_to(&mut self, command: &mut Command) -> Result<std::io::Result<ExitStatus>> {
        match self {
            Console::Live(live) => live.lend(|watch| watch.attend(command)),
            Console::Script(_) => Err(Error::slip("There is no terminal to give to another program.")),
        }
    }

    /// Stops the program as Ctrl-Z does in a shell; comes back when it is continued, or at once where no shell could continue it.
    ///
    /// # Errors
    /// What the terminal refuses.
    pub fn suspend(&mut self) -> Result<()> {
        if let Console::Live(live) = self {
            // SIGTSTP and not SIGSTOP: the system drops it where nobody is there to continue the program, as in a window of its own.
            let _ = live.lend(|_| signal_hook::low_level::raise(signal_hook::consts::SIGTSTP))?;
        }
        Ok(())
    }

    /// Sends a text to the terminal's clipboard (OSC 52). Nobody can know whether the terminal took it.
    ///
    /// # Errors
    /// A terminal that is gone.
    pub fn copy(&mut self, text: &str) -> Result<()> {
        match self {
            Console::Live(_) => execute!(stdout(), crossterm::clipboard::CopyToClipboard::to_clipboard_from(text)).map_err(|e| hung_up(&e)),
            Console::Script(script) => {
                script.copied = Some(text.to_owned());
                Ok(())
            }
        }
    }

    /// Turns mouse capture on or off, and answers which it is now.
    ///
    /// # Errors
    /// A terminal that is gone.
    pub fn toggle_mouse(&mut self) -> Result<bool> {
        let Console::Live(live) = self else { return Ok(false) };
        live.mouse = !live.mouse;
        let done = if live.mouse { execute!(stdout(), Print(MOUSE_ON)) } else { execute!(stdout(), DisableMouseCapture) };
        done.map_err(|e| hung_up(&e))?;
        Ok(live.mouse)
    }

    /// The signal that ended the program, if one did.
    pub fn ended_by(&self) -> Option<i32> {
        match self {
            Console::Live(live) => live.watch.ended_by(),
            Console::Script(_) => None,
        }
    }
}

impl Script {
    fn next(&mut self, wake: Option<Duration>) -> Result<Option<TimedEvent>> {
        let next = self.events.front().map_or(self.end, |(_, at)| *at);
        if let Some(wake) = wake.filter(|wake| *wake <= next) {
            self.clock = self.clock.max(wake);
            return Ok(None);
        }
        let Some((event, at)) = self.events.pop_front() else {
            return Err(Error::new(Kind::HungUp, "The script is played out."));
        };
        self.clock = at;
        if let Event::Resize(width, height) = event {
            self.terminal.backend_mut().resize(width, height);
        }
        Ok(Some((event, at)))
    }
}

impl Live {
    fn next(&mut self, tick: Duration, wake: Option<Duration>) -> Result<Option<TimedEvent>> {
        self.unless_ended()?;
        let left = tick.saturating_sub(self.ticked_at.elapsed());
        if left.is_zero() {
            self.ticked_at = Instant::now();
            return Ok(None);
        }
        if let Some(event) = self.input.next() {
            return Ok(Some(self.timed(event)));
        }
        // Input that was typed before `wake` but is not read yet is read first.
        let left = wake.map_or(left, |wake| left.min(wake.saturating_sub(self.opened_at.elapsed())));
        let has_input = self.watch.wait(self.input.patience().map_or(left, |patience| patience.min(left)))?;
        self.unless_ended()?;
        let (continued, resized) = (self.watch.was_continued(), self.watch.was_resized());
        if continued {
            restore();
            self.enter()?;
        }
        if continued || resized {
            let event = self.redrawn()?;
            return Ok(Some((event, self.opened_at.elapsed())));
        }
        if !has_input {
            let overdue = self.input.overdue();
            return Ok(overdue.map(|event| self.timed(event)));
        }
        if !self.input.read() {
            self.watch.hung_up();
        }
        self.unless_ended()?;
        let event = self.input.next();
        Ok(event.map(|event| self.timed(event)))
    }

    fn timed(&self, event: Event) -> TimedEvent {
        (event, self.input.event_at().saturating_duration_since(self.opened_at))
    }

    fn is_pending(&mut self) -> Result<bool> {
        if self.watch.ended_by().is_some() {
            return Ok(false);
        }
        if !self.input.is_complete() && self.watch.wait(Duration::ZERO)? && !self.input.read() {
            self.watch.hung_up();
        }
        Ok(self.input.is_complete())
    }

    /// Lets everything be drawn anew. Even at the old size: a terminal made small and large again has lost what did not fit.
    fn redrawn(&mut self) -> Result<Event> {
        let (width, height) = terminal::size().map_err(|e| hung_up(&e))?;
        // A full screen is cleared by this; Terminal::clear would first ask the terminal for its cursor and wait for the answer.
        self.terminal.resize(Rect::new(0, 0, width, height)).map_err(|e| hung_up(&e))?;
        Ok(Event::Resize(width, height))
    }

    fn unless_ended(&self) -> Result<()> {
        match self.watch.ended_by() {
            Some(_) => Err(Error::new(Kind::HungUp, "The program was asked to end.")),
            None => Ok(()),
        }
    }

    fn lend<T>(&mut self, meanwhile: impl FnOnce(&mut Watch) -> T) -> Result<T> {
        self.watch.lend(true);
        restore();
        let answer = meanwhile(&mut self.watch);
        self.watch.lend(false);
        self.watch.was_continued();
        // Whoever has to end leaves the terminal as it is, and still gets the answer.
        if self.watch.ended_by().is_none() {
            self.enter()?;
        }
        Ok(answer)
    }

    fn enter(&mut self) -> Result<()> {
        enter(self.terminal.backend_mut(), self.mouse).map_err(|e| hung_up(&e))?;
        self.redrawn().map(drop)
    }
}

/// Standard output behind a buffer that takes a whole frame, so that a frame is one write.
type Output = BufWriter<Stdout>;

fn fresh() -> std::io::Result<ManuallyDrop<Terminal<CrosstermBackend<Output>>>> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, stdout()))).map(ManuallyDrop::new)
}

impl Drop for Live {
    fn drop(&mut self) {
        restore();
    }
}

/// Sets every mode; what the terminal is told goes out with the next frame, in one write.
fn enter(out: &mut impl Write, mouse: bool) -> std::io::Result<()> {
    ENTERED.store(true, Ordering::SeqCst);
    WRITTEN.store(false, Ordering::SeqCst);
    terminal::enable_raw_mode()?;
    queue!(out, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, Print(if mouse { MOUSE_ON } else { "" }))
}

/// Takes back every mode; does nothing when none is set, and keeps silent when the terminal is gone.
pub fn restore() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    if !WRITTEN.swap(false, Ordering::SeqCst) {
        let _ = terminal::disable_raw_mode();
        return;
    }
    let mut bytes = Vec::new();
    let _ = queue!(bytes, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    // Written past Rust's lock on standard output, which a loop that hangs on a stopped terminal may hold; and only if the terminal takes it.
    let out = rustix::stdio::stdout();
    let mut fds = [PollFd::new(&out, PollFlags::OUT)];
    if poll(&mut fds, Some(&LAST_WORDS)).is_ok() && fds[0].revents() == PollFlags::OUT {
        let _ = rustix::io::write(out, &bytes);
    }
    let _ = terminal::disable_raw_mode();
}

fn hung_up(e: &std::io::Error) -> Error {
    Error::new(Kind::HungUp, format!("The terminal does not answer: {e}"))
}
