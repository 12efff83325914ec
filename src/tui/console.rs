//! The console: a real terminal, or a script of keys and a picture to draw on.

mod frames;
mod glyph;
mod live;
mod modes;
mod painter;
mod pen;
mod surface;

use super::watch::Watch;
use crate::error::{Error, Kind, Result};
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::Event;
pub use live::Live;
pub use modes::restore;
use ratatui::backend::TestBackend;
use ratatui::{Frame, Terminal};
use std::collections::VecDeque;
use std::io::{IsTerminal, stdout};
use std::process::{Command, ExitStatus};
use std::time::Duration;

/// Checks that there is a terminal to take over.
///
/// # Errors
/// Standard input or output that is none.
pub fn require_terminal() -> Result<()> {
    if std::io::stdin().is_terminal() && stdout().is_terminal() {
        return Ok(());
    }
    Err(
        Error::slip("The screens need a terminal for standard input and output.")
            .hint("For scripts there are `penholder list`, `show`, `assess` and `export`."),
    )
}

/// Where the screens are drawn and keys come from.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one console")]
pub enum Console {
    /// A real terminal.
    Live(Live),
    /// A script of events and a buffer.
    Script(Script),
}

/// An event, and what there was to see when it was caused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimedEvent {
    /// The event.
    pub event: Event,
    /// When it was read, as real time since the console was opened; `PENHOLDER_NOW` does not change it.
    pub at: Duration,
    /// The newest frame that the terminal had shown when the key was pressed.
    pub shown: u64,
}

/// How long a key that records waits for the frame that shows its record, on a terminal that shows frames at once: less than anybody takes to see
/// something and press a key.
const UNNOTICED_WAIT: Duration = Duration::from_millis(100);

/// The pause before each event of a [`Console::script`]: longer than between two letters of a typed word.
pub const SCRIPT_PAUSE: Duration = Duration::from_millis(800);
/// How long a script continues after its last event, so that a key that waits for what follows it still acts.
const SCRIPT_END_PAUSE: Duration = Duration::from_millis(500);

/// A script of events and the buffer they are drawn on.
#[derive(Debug)]
pub struct Script {
    /// What is drawn on.
    pub terminal: Terminal<TestBackend>,
    events: VecDeque<(Event, Duration)>,
    frame: u64,
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
        let attempt = |e: std::io::Error| Error::io("Taking over the terminal", e);
        Live::open(watch)
            .inspect_err(|_| restore())
            .map(Console::Live)
            .map_err(attempt)
    }

    /// Plays a script of events on a buffer of this size, with [`SCRIPT_PAUSE`] before each.
    pub fn script(width: u16, height: u16, events: impl IntoIterator<Item = Event>) -> Console {
        Console::timed_script(
            width,
            height,
            events
                .into_iter()
                .zip(1..)
                .map(|(event, n)| (event, SCRIPT_PAUSE * n)),
        )
    }

    /// Plays a script of events on a buffer of this size, each at its own time.
    pub fn timed_script(
        width: u16,
        height: u16,
        events: impl IntoIterator<Item = (Event, Duration)>,
    ) -> Console {
        let terminal = match Terminal::new(TestBackend::new(width, height)) {
            Ok(terminal) => terminal,
            Err(never) => match never {},
        };
        let events: VecDeque<(Event, Duration)> = events.into_iter().collect();
        let clock = events.front().map_or(Duration::ZERO, |(_, at)| *at);
        let end = events.back().map_or(Duration::ZERO, |(_, at)| *at) + SCRIPT_END_PAUSE;
        Console::Script(Script {
            terminal,
            events,
            frame: 0,
            clock,
            end,
            copied: None,
        })
    }

    /// Draws one frame and returns its number. A terminal gets it as soon as it has shown the last one, or a newer one instead.
    ///
    /// # Errors
    /// A terminal that is gone.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> Result<u64> {
        match self {
            Console::Live(live) => live.draw(draw),
            Console::Script(script) => match script.terminal.draw(draw) {
                Ok(_) => {
                    script.frame += 1;
                    Ok(script.frame)
                }
                Err(never) => match never {},
            },
        }
    }

    /// Paints the whole screen again with the next frame, so that nothing is left behind.
    pub fn redraw(&mut self) {
        if let Console::Live(live) = self {
            live.redraw();
        }
    }

    /// Names the window. The terminal gets its old title back at the end.
    pub fn set_title(&mut self, title: &str) {
        if let Console::Live(live) = self {
            live.set_title(title);
        }
    }

    /// Whether the terminal has shown a frame, or shows it within a moment that nobody notices; with a limit, within that time. A terminal that
    /// answers no queries is taken to show everything at once.
    ///
    /// # Errors
    /// The end of the terminal.
    pub fn wait_until_shown(&mut self, frame: u64, limit: Option<Duration>) -> Result<bool> {
        let moment = if self.shows_frames_at_once() {
            UNNOTICED_WAIT
        } else {
            Duration::ZERO
        };
        let Console::Live(live) = self else {
            return Ok(true);
        };
        live.wait_until_shown(frame, limit.unwrap_or(moment))
    }

    /// Whether the terminal shows frames so fast that nobody notices, as far as is known.
    pub fn shows_frames_at_once(&self) -> bool {
        match self {
            Console::Live(live) => live.round_trip() <= UNNOTICED_WAIT,
            Console::Script(_) => true,
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
            Console::Live(live) => live.clock(),
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
            Console::Script(_) => Err(Error::slip(
                "There is no terminal to give to another program.",
            )),
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
            Console::Live(live) => live.execute(&CopyToClipboard::to_clipboard_from(text)),
            Console::Script(script) => {
                script.copied = Some(text.to_owned());
                Ok(())
            }
        }
    }

    /// Turns mouse capture on or off, and returns which it is now.
    ///
    /// # Errors
    /// A terminal that is gone.
    pub fn toggle_mouse(&mut self) -> Result<bool> {
        match self {
            Console::Live(live) => live.toggle_mouse(),
            Console::Script(_) => Ok(false),
        }
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
        Ok(Some(TimedEvent {
            event,
            at,
            shown: u64::MAX,
        }))
    }
}

fn hung_up(e: std::io::Error) -> Error {
    Error::new(Kind::HungUp, format!("The terminal does not answer: {e}")).caused_by(e)
}
