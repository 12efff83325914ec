//! The watcher: one thread that knows only signals and hang-up, and sees that the program ends when its terminal does.
//!
//! A loop that hangs, in a write to a terminal that takes nothing or in a disk that does not answer, must not keep the program alive; so
//! the end is noticed here, by signals and by a watch on standard input that no signal need announce. The watcher tells the loop,
//! gives it a moment to write drafts, then restores the terminal itself and ends the process with 128 and the number of the signal. It never
//! touches the review or the store.

use super::console;
use crate::error::{Error, Result};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::flag;
use signal_hook::low_level::pipe;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::{Duration, Instant};

/// How long the loop has to come to its own end. With the loop's reaction this stays under half a second.
const GRACE: Duration = Duration::from_millis(350);
/// How long a program that has the terminal may take to end when this one has to.
const FAREWELL: Duration = Duration::from_millis(200);

/// What the watcher has seen, and the pipe that wakes the loop.
#[derive(Debug)]
pub struct Watch {
    seen: Arc<AtomicI32>,
    continued: Arc<AtomicBool>,
    resized: Arc<AtomicBool>,
    lent: Arc<AtomicBool>,
    wake: UnixStream,
}

impl Watch {
    /// Starts the watcher.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn start() -> Result<Watch> {
        let start = || -> std::io::Result<Watch> {
            let (wake, wake_end) = UnixStream::pair()?;
            wake.set_nonblocking(true)?;
            let watch = Watch {
                seen: Arc::default(),
                continued: Arc::default(),
                resized: Arc::default(),
                lent: Arc::default(),
                wake,
            };
            flag::register(SIGCONT, Arc::clone(&watch.continued))?;
            flag::register(SIGWINCH, Arc::clone(&watch.resized))?;
            for signal in [SIGWINCH, SIGCONT, SIGCHLD] {
                pipe::register(signal, wake_end.try_clone()?)?;
            }
            let mut ends = Vec::new();
            for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
                let (read, write) = UnixStream::pair()?;
                read.set_nonblocking(true)?;
                pipe::register(signal, write)?;
                ends.push((signal, read));
            }
            let (seen, lent) = (Arc::clone(&watch.seen), Arc::clone(&watch.lent));
            std::thread::Builder::new()
                .name("watch".to_owned())
                .spawn(move || wait_and_end(&ends, &seen, &lent, &wake_end))?;
            Ok(watch)
        };
        start().map_err(|e| Error::io("Watching for signals", e))
    }

    /// The signal that asks the program to end; a closed terminal counts as SIGHUP.
    pub fn ended_by(&self) -> Option<i32> {
        Some(self.seen.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
    }

    /// Notes that the terminal is gone.
    pub fn hung_up(&self) {
        self.seen
            .compare_exchange(0, SIGHUP, Ordering::SeqCst, Ordering::SeqCst)
            .ok();
    }

    /// Whether the program was stopped and continued since the last call: the screen may show anything now.
    pub fn was_continued(&self) -> bool {
        self.continued.swap(false, Ordering::SeqCst)
    }

    /// Whether the terminal got another size since the last call.
    pub fn was_resized(&self) -> bool {
        self.resized.swap(false, Ordering::SeqCst)
    }

    /// Says whether another program has the terminal. Then Ctrl-C and Ctrl-\ are meant for that one.
    pub fn lend(&self, lent: bool) {
        self.lent.store(lent, Ordering::SeqCst);
    }

    /// Waits until the terminal has something to read, a signal came, or the time is over. Answers whether a read will not wait.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn wait(&mut self, timeout: Duration) -> Result<bool> {
        // What woke an earlier wait, and nobody has asked for yet, must not be waited for again.
        let told = self.ended_by().is_some()
            || self.continued.load(Ordering::SeqCst)
            || self.resized.load(Ordering::SeqCst);
        let timeout = if told { Duration::ZERO } else { timeout };
        let stdin = std::io::stdin();
        let mut fds = [
            PollFd::new(&stdin, PollFlags::IN),
            PollFd::new(&self.wake, PollFlags::IN),
        ];
        match poll(&mut fds, Some(&timespec(timeout))) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(e) => return Err(Error::io("Waiting for a key", e.into())),
        }
        let by_input = !fds[0].revents().is_empty();
        if fds[0]
            .revents()
            .intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
        {
            self.hung_up();
        }
        self.drain();
        Ok(by_input)
    }

    fn drain(&mut self) {
        let mut bytes = [0; 64];
        while matches!(self.wake.read(&mut bytes), Ok(n) if n > 0) {}
    }

    /// Runs another program to its end. When this one has to end meanwhile, the other gets the same signal and a moment to write its file.
    ///
    /// # Errors
    /// A program that does not start, or does not end in time.
    pub fn attend(&mut self, command: &mut Command) -> std::io::Result<ExitStatus> {
        let mut child = command.spawn()?;
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            if let Some(signal) = self.ended_by() {
                return self.farewell(&mut child, signal);
            }
            self.news(None)?;
        }
    }

    fn farewell(&mut self, child: &mut Child, signal: i32) -> std::io::Result<ExitStatus> {
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        if let (Some(pid), Some(signal)) = (pid, Signal::from_named_raw(signal)) {
            kill_process(pid, signal)?;
        }
        let until = Instant::now() + FAREWELL;
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(std::io::ErrorKind::TimedOut.into());
            }
            self.news(Some(left))?;
        }
    }

    /// Waits for a signal only: another program has the terminal.
    fn news(&mut self, limit: Option<Duration>) -> std::io::Result<()> {
        let mut fds = [PollFd::new(&self.wake, PollFlags::IN)];
        match poll(&mut fds, limit.map(timespec).as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(e) => return Err(e.into()),
        }
        self.drain();
        Ok(())
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: duration.subsec_nanos().into(),
    }
}

fn wait_and_end(
    ends: &[(i32, UnixStream)],
    seen: &AtomicI32,
    lent: &AtomicBool,
    wake: &UnixStream,
) {
    let signal = wait_for_end(ends, lent);
    seen.compare_exchange(0, signal, Ordering::SeqCst, Ordering::SeqCst)
        .ok();
    let _ = std::io::Write::write(&mut &*wake, b"!");
    std::thread::sleep(GRACE);
    console::restore();
    std::process::exit(128 + signal);
}

/// Returns the signal that came, SIGHUP for a terminal that is gone.
fn wait_for_end(ends: &[(i32, UnixStream)], lent: &AtomicBool) -> i32 {
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
        for (fd, (signal, end)) in fds[1..].iter().zip(ends) {
            if fd.revents().is_empty() {
                continue;
            }
            if !(lent.load(Ordering::SeqCst) && matches!(*signal, SIGINT | SIGQUIT)) {
                return *signal;
            }
            let _ = Read::read(&mut &*end, &mut [0; 64]);
        }
    }
}
