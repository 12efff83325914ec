//! The watcher: one thread that knows only signals and hang-up, and sees that the program ends when its terminal does.
//!
//! After the other end of a terminal is gone, crossterm's poll never returns and burns a core; so the end is noticed here, by a watch on
//! standard input that no signal need announce. The watcher tells the loop, gives it a moment to write drafts, then restores the terminal
//! itself and ends the process with 128 and the number of the signal. It never touches the review or the store.

use super::console;
use crate::error::{Error, Result};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::low_level::pipe;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

/// How long the loop has to come to its own end. With the loop's reaction this stays under half a second.
const GRACE: Duration = Duration::from_millis(350);

/// What the watcher has seen, and the pipe that wakes the loop.
#[derive(Debug)]
pub struct Watch {
    seen: Arc<AtomicI32>,
    wake: UnixStream,
}

impl Watch {
    /// Starts the watcher.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn start() -> Result<Watch> {
        let start = || -> std::io::Result<Watch> {
            let seen = Arc::new(AtomicI32::new(0));
            let (wake, wake_end) = UnixStream::pair()?;
            wake.set_nonblocking(true)?;
            // A new size is crossterm's to report; the loop only has to wake up for it.
            pipe::register(SIGWINCH, wake_end.try_clone()?)?;
            let mut ends = Vec::new();
            for signal in [SIGHUP, SIGINT, SIGTERM] {
                let (read, write) = UnixStream::pair()?;
                pipe::register(signal, write)?;
                ends.push((signal, read));
            }
            let told = Arc::clone(&seen);
            std::thread::Builder::new().name("watch".to_owned()).spawn(move || wait_and_end(&ends, &told, &wake_end))?;
            Ok(Watch { seen, wake })
        };
        start().map_err(|e| Error::io("Watching for signals", &e))
    }

    /// The signal that asks the program to end; a closed terminal counts as SIGHUP.
    pub fn ended_by(&self) -> Option<i32> {
        Some(self.seen.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
    }

    /// Waits until the terminal has something to read, the watcher has something to say, or the time is over.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn wait(&mut self, timeout: Duration) -> Result<()> {
        let stdin = std::io::stdin();
        let mut fds = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.wake, PollFlags::IN)];
        let limit =
            rustix::event::Timespec { tv_sec: i64::try_from(timeout.as_secs()).unwrap_or(0), tv_nsec: timeout.subsec_nanos().into() };
        match poll(&mut fds, Some(&limit)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(e) => return Err(Error::io("Waiting for a key", &e.into())),
        }
        if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            self.seen.compare_exchange(0, SIGHUP, Ordering::SeqCst, Ordering::SeqCst).ok();
        }
        let mut bytes = [0; 64];
        while matches!(self.wake.read(&mut bytes), Ok(n) if n > 0) {}
        Ok(())
    }
}

fn wait_and_end(ends: &[(i32, UnixStream)], seen: &AtomicI32, wake: &UnixStream) {
    let signal = wait_for_end(ends);
    seen.compare_exchange(0, signal, Ordering::SeqCst, Ordering::SeqCst).ok();
    let _ = std::io::Write::write(&mut &*wake, b"!");
    std::thread::sleep(GRACE);
    console::restore();
    std::process::exit(128 + signal);
}

/// Returns the signal that came, SIGHUP for a terminal that is gone.
fn wait_for_end(ends: &[(i32, UnixStream)]) -> i32 {
    let stdin = std::io::stdin();
    loop {
        // No event is asked of standard input: a poll reports a hang-up all the same, and keys stay the loop's.
        let mut fds = vec![PollFd::new(&stdin, PollFlags::empty())];
        fds.extend(ends.iter().map(|(_, end)| PollFd::new(end, PollFlags::IN)));
        if poll(&mut fds, None).is_err() {
            continue;
        }
        if !fds[0].revents().is_empty() {
            return SIGHUP;
        }
        if let Some((_, (signal, _))) = fds[1..].iter().zip(ends).find(|(fd, _)| !fd.revents().is_empty()) {
            return *signal;
        }
    }
}
