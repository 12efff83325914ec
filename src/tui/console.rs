//! The console: a real terminal, or a script of keys and a picture to draw on.
//!
//! On a real terminal every mode that is set here is taken back by [`restore`], which is called on every way out: the end of the loop, an error, a
//! panic, a signal, a closed terminal. It never complains, since there may be nobody to complain to.

use super::watch::Watch;
use crate::error::{Error, Kind, Result};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute, queue, terminal};
use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::{Frame, Terminal};
use rustix::event::{PollFd, PollFlags, poll};
use std::collections::VecDeque;
use std::io::{IsTerminal, Stdout, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Whether the terminal is in our modes.
static ENTERED: AtomicBool = AtomicBool::new(false);

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
    terminal: Terminal<CrosstermBackend<Stdout>>,
    watch: Watch,
    mouse: bool,
}

/// A script of events and the buffer they are drawn on.
#[derive(Debug)]
pub struct Script {
    /// What is drawn on.
    pub terminal: Terminal<TestBackend>,
    events: VecDeque<Event>,
    /// What was sent to the clipboard last.
    pub copied: Option<String>,
}

impl Console {
    /// Takes over the terminal.
    ///
    /// # Errors
    /// Standard input or output that is no terminal; what the terminal refuses.
    pub fn live() -> Result<Console> {
        if !std::io::stdin().is_terminal() || !stdout().is_terminal() {
            return Err(Error::slip("The screens need a terminal for standard input and output.")
                .hint("For scripts there are `penholder list`, `show`, `assess` and `export`."));
        }
        let watch = Watch::start()?;
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            previous(panic);
        }));
        let attempt = |e: std::io::Error| Error::io("Taking over the terminal", &e);
        enter(true).map_err(attempt)?;
        let terminal = Terminal::new(CrosstermBackend::new(stdout())).map_err(attempt)?;
        Ok(Console::Live(Live { terminal, watch, mouse: true }))
    }

    /// Plays a script of events on a buffer of this size.
    pub fn script(width: u16, height: u16, events: impl IntoIterator<Item = Event>) -> Console {
        let terminal = match Terminal::new(TestBackend::new(width, height)) {
            Ok(terminal) => terminal,
            Err(never) => match never {},
        };
        Console::Script(Script { terminal, events: events.into_iter().collect(), copied: None })
    }

    /// Draws one frame.
    ///
    /// # Errors
    /// A terminal that is gone.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> Result<()> {
        match self {
            Console::Live(live) => live.terminal.draw(draw).map(drop).map_err(|e| hung_up(&e)),
            Console::Script(script) => match script.terminal.draw(draw) {
                Ok(_) => Ok(()),
                Err(never) => match never {},
            },
        }
    }

    /// The next event, or `None` when nothing came in time.
    ///
    /// # Errors
    /// The end: a signal, a closed terminal, a script that is played out.
    pub fn next(&mut self, timeout: Duration) -> Result<Option<Event>> {
        match self {
            Console::Live(live) => live.next(timeout),
            Console::Script(script) => match script.events.pop_front() {
                Some(Event::Resize(width, height)) => {
                    script.terminal.backend_mut().resize(width, height);
                    Ok(Some(Event::Resize(width, height)))
                }
                Some(event) => Ok(Some(event)),
                None => Err(Error::new(Kind::HungUp, "The script is played out.")),
            },
        }
    }

    /// Whether the next event is there already, so that drawing can wait for it. A script is drawn key by key.
    ///
    /// # Errors
    /// The end of the terminal.
    pub fn is_pending(&self) -> Result<bool> {
        match self {
            Console::Live(live) if live.watch.ended_by().is_none() => crossterm::event::poll(Duration::ZERO).map_err(|e| hung_up(&e)),
            _ => Ok(false),
        }
    }

    /// Gives the terminal back for as long as `meanwhile` runs, then takes it over again and draws everything anew.
    ///
    /// # Errors
    /// What the terminal refuses; a script, which has none to give: a test must not start the editor of whoever runs it.
    pub fn lend<T>(&mut self, meanwhile: impl FnOnce() -> T) -> Result<T> {
        let Console::Live(live) = self else { return Err(Error::slip("There is no terminal to give to another program.")) };
        restore();
        let answer = meanwhile();
        enter(live.mouse).and_then(|()| live.terminal.clear()).map_err(|e| hung_up(&e))?;
        Ok(answer)
    }

    /// Stops the program as Ctrl-Z does in a shell; comes back when it is continued.
    ///
    /// # Errors
    /// What the terminal refuses.
    pub fn suspend(&mut self) -> Result<()> {
        if let Console::Live(_) = self {
            self.lend(|| {
                let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
            })?;
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
        let done = if live.mouse { execute!(stdout(), EnableMouseCapture) } else { execute!(stdout(), DisableMouseCapture) };
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

impl Live {
    fn next(&mut self, timeout: Duration) -> Result<Option<Event>> {
        let ready = |watch: &Watch| -> Result<Option<Event>> {
            if watch.ended_by().is_some() {
                return Err(Error::new(Kind::HungUp, "The program was asked to end."));
            }
            match crossterm::event::poll(Duration::ZERO).map_err(|e| hung_up(&e))? {
                true => crossterm::event::read().map(Some).map_err(|e| hung_up(&e)),
                false => Ok(None),
            }
        };
        // What crossterm has read already does not show on the descriptor, so it is asked first.
        if let Some(event) = ready(&self.watch)? {
            return Ok(Some(event));
        }
        self.watch.wait(timeout)?;
        ready(&self.watch)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        restore();
    }
}

fn enter(mouse: bool) -> std::io::Result<()> {
    ENTERED.store(true, Ordering::SeqCst);
    terminal::enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        execute!(stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Takes back every mode; does nothing when none is set, and keeps silent when the terminal is gone.
pub fn restore() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::new();
    let _ = queue!(bytes, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    // Written past Rust's lock on standard output, which a loop that hangs on a stopped terminal may hold; and only if the terminal takes it.
    let out = rustix::stdio::stdout();
    let mut fds = [PollFd::new(&out, PollFlags::OUT)];
    if poll(&mut fds, Some(&rustix::event::Timespec { tv_sec: 0, tv_nsec: 0 })).is_ok() && fds[0].revents() == PollFlags::OUT {
        let _ = rustix::io::write(out, &bytes);
    }
    let _ = terminal::disable_raw_mode();
}

fn hung_up(e: &std::io::Error) -> Error {
    Error::new(Kind::HungUp, format!("The terminal does not answer: {e}"))
}
