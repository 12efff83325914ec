//! The modes of the terminal: set when the program takes it over, and reset however the program ends.
//!
//! [`restore`] resets every mode that [`enter`] sets. It is called at the end of the main loop and after an error, a panic, a signal or the closing
//! of the terminal. It reports no errors, because there may be no terminal left to show them.

use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, queue};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is in raw mode.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Whether anything may have been written to the terminal since, beginning with its other modes.
static WRITTEN: AtomicBool = AtomicBool::new(false);
/// How long to wait until the terminal accepts output before its modes are reset. A stopped one accepts none, and the program must still end.
const RESTORE_TIMEOUT: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 80_000_000,
};

/// Requests clicks and the wheel, also beyond column 223. Crossterm would request every movement too, and each would wake the program.
pub const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
/// Saves the title of the window (xterm's window operation 22).
const SAVE_TITLE: &str = "\x1b[22;2t";
/// Restores the title that was saved (xterm's window operation 23).
const RESTORE_TITLE: &str = "\x1b[23;2t";

/// Puts the terminal into raw mode, and returns the bytes that set every other mode. They have to be sent before the first frame.
///
/// # Errors
/// What the terminal refuses.
pub fn enter(mouse: bool) -> std::io::Result<Vec<u8>> {
    ENTERED.store(true, Ordering::SeqCst);
    WRITTEN.store(false, Ordering::SeqCst);
    terminal::enable_raw_mode()?;
    let mut bytes = Vec::new();
    queue!(
        bytes,
        Print(SAVE_TITLE),
        EnterAlternateScreen,
        EnableBracketedPaste,
        Print(if mouse { MOUSE_ON } else { "" })
    )?;
    Ok(bytes)
}

/// Records that something is about to be written to the terminal.
pub fn note_written() {
    WRITTEN.store(true, Ordering::SeqCst);
}

/// Resets every mode; does nothing if none is set, and ignores errors.
pub fn restore() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    if !WRITTEN.swap(false, Ordering::SeqCst) {
        let _ = terminal::disable_raw_mode();
        return;
    }
    let mut bytes = Vec::new();
    let title = Print(RESTORE_TITLE);
    let _ = queue!(
        bytes,
        ResetColor,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show,
        title
    );
    // Rust's standard output is avoided, because a thread that waits for a stopped terminal may hold its lock.
    let out = rustix::stdio::stdout();
    let mut fds = [PollFd::new(&out, PollFlags::OUT)];
    if poll(&mut fds, Some(&RESTORE_TIMEOUT)).is_ok() && fds[0].revents() == PollFlags::OUT {
        let _ = rustix::io::write(out, &bytes);
    }
    let _ = terminal::disable_raw_mode();
}
