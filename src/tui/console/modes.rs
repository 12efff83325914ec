//! The modes of the terminal: set when the screens take it over, and taken back on every way out.
//!
//! Every mode that is set in [`enter`] is taken back by [`restore`], which is called at the end of the loop, at an error, a panic, a signal and a closed
//! terminal. It never complains, since there may be nobody to complain to.

use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, queue, terminal};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is in raw mode.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Whether anything may have been written to it since, its other modes first.
static WRITTEN: AtomicBool = AtomicBool::new(false);
/// How long the terminal may take to read what it was sent before it is told to go back. A stopped one takes nothing and must not hold us.
const LAST_WORDS: Timespec = Timespec { tv_sec: 0, tv_nsec: 80_000_000 };

/// Clicks and the wheel, with coordinates beyond column 223. Crossterm would ask for every movement too, and the program would wake for each.
pub const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
/// Keeps the title of the window, and brings it back (xterm, window operations 22 and 23).
const KEEP_TITLE: &str = "\x1b[22;2t";
const BRING_TITLE_BACK: &str = "\x1b[23;2t";

/// Puts the terminal into raw mode, and returns the bytes that set every other mode; they go out in front of the first frame.
///
/// # Errors
/// What the terminal refuses.
pub fn enter(mouse: bool) -> std::io::Result<Vec<u8>> {
    ENTERED.store(true, Ordering::SeqCst);
    WRITTEN.store(false, Ordering::SeqCst);
    terminal::enable_raw_mode()?;
    let mut bytes = Vec::new();
    queue!(bytes, Print(KEEP_TITLE), EnterAlternateScreen, EnableBracketedPaste, Print(if mouse { MOUSE_ON } else { "" }))?;
    Ok(bytes)
}

/// Notes that something is about to be written to the terminal.
pub fn is_written() {
    WRITTEN.store(true, Ordering::SeqCst);
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
    let back = Print(BRING_TITLE_BACK);
    let _ = queue!(bytes, ResetColor, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show, back);
    // Written past Rust's lock on standard output, which a loop that hangs on a stopped terminal may hold; and only if the terminal takes it.
    let out = rustix::stdio::stdout();
    let mut fds = [PollFd::new(&out, PollFlags::OUT)];
    if poll(&mut fds, Some(&LAST_WORDS)).is_ok() && fds[0].revents() == PollFlags::OUT {
        let _ = rustix::io::write(out, &bytes);
    }
    let _ = terminal::disable_raw_mode();
}
