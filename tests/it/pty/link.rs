//! A terminal at the far end of a slow link, as over ssh: what the program writes arrives late and byte by byte, and keys and the terminal's answers
//! arrive late, too.
//!
//! The time at which a byte arrives is computed from the speed of the link and does not depend on when a thread wakes up. Pressing a key returns the
//! screen that all bytes that have arrived by then make. While too many bytes wait for the link, it reads nothing more from the program, so that the
//! program's writes wait as well.

use super::display::{Answering, Display};
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use vt100::Screen;

/// How long anything may take over a slow link on a busy machine before the test fails.
const PATIENCE: Duration = Duration::from_secs(90);
/// How late bytes that have arrived may be drawn. Whoever reads the screen draws all of them first.
const DRAWING_PAUSE: Duration = Duration::from_millis(5);

/// How fast a link is.
#[derive(Debug, Clone, Copy)]
pub struct Speed {
    /// How long the link needs for each byte to the terminal. For keys this is left out, because they are few.
    pub per_byte: Duration,
    /// How much later everything arrives, in each direction.
    pub delay: Duration,
    /// How many bytes may wait for the link before the program has to wait.
    pub buffer: u32,
}

/// 2,000 bytes per second, and 150 ms in each direction.
pub const SLOW: Speed = Speed {
    per_byte: Duration::from_micros(500),
    delay: Duration::from_millis(150),
    buffer: 64 << 10,
};
/// No delay.
pub const FAST: Speed = Speed {
    per_byte: Duration::ZERO,
    delay: Duration::ZERO,
    buffer: u32::MAX,
};

/// The program to test: the one that `PENHOLDER_PROGRAM` names, such as an older version to compare with, or else the one that was just built.
pub fn program() -> String {
    std::env::var("PENHOLDER_PROGRAM")
        .unwrap_or_else(|_| env!("CARGO_BIN_EXE_penholder").to_owned())
}

/// A terminal at the far end of a link, with a program at the near end.
pub struct FarTerminal {
    child: Box<dyn Child + Send + Sync>,
    link: Arc<(Mutex<Link>, Condvar)>,
    /// When the program was started.
    pub started_at: Instant,
}

/// What is on its way, and what has arrived.
struct Link {
    speed: Speed,
    display: Display,
    /// When the link will have sent all that it has read from the program.
    sent_at: Instant,
    /// Bytes on their way to the terminal, each with the time of its arrival.
    output: VecDeque<(Instant, u8)>,
    /// Keys and answers on their way to the program, each with the time of its arrival.
    input: VecDeque<(Instant, Vec<u8>)>,
    /// When the last byte arrived at the terminal.
    drawn_at: Instant,
    /// When the program was last given a key or an answer.
    delivered_at: Instant,
    is_closed: bool,
}

impl Link {
    /// Puts bytes that the program wrote on their way.
    fn send(&mut self, bytes: &[u8]) {
        self.sent_at = self.sent_at.max(Instant::now());
        for byte in bytes {
            self.sent_at += self.speed.per_byte;
            self.output
                .push_back((self.sent_at + self.speed.delay, *byte));
        }
    }

    /// How long the link must not read from the program, because too many bytes are waiting.
    fn pause(&self) -> Duration {
        self.sent_at
            .saturating_duration_since(Instant::now())
            .saturating_sub(self.speed.per_byte * self.speed.buffer)
    }

    /// Draws all bytes that have arrived by now. The terminal answers each query when the query arrives.
    fn draw_arrived(&mut self) {
        let now = Instant::now();
        while let Some((at, byte)) = self.output.front().copied().filter(|(at, _)| *at <= now) {
            self.output.pop_front();
            let answer = self.display.draw(&[byte]);
            self.drawn_at = at;
            if !answer.is_empty() {
                self.input.push_back((at + self.speed.delay, answer));
            }
        }
    }

    /// Takes the input that has arrived at the program by now.
    fn take_arrived_input(&mut self) -> Vec<u8> {
        let now = Instant::now();
        let mut arrived = Vec::new();
        while self.input.front().is_some_and(|(at, _)| *at <= now) {
            arrived.extend(
                self.input
                    .pop_front()
                    .map(|(_, bytes)| bytes)
                    .unwrap_or_default(),
            );
            self.delivered_at = now;
        }
        arrived
    }

    /// How long until something arrives.
    fn until_next_arrival(&self) -> Duration {
        let now = Instant::now();
        let until = |at: &Instant| at.saturating_duration_since(now);
        let output = self
            .output
            .front()
            .map(|(at, _)| until(at).max(DRAWING_PAUSE));
        let input = self.input.front().map(|(at, _)| until(at));
        output
            .into_iter()
            .chain(input)
            .min()
            .unwrap_or(Duration::from_millis(100))
    }

    /// How long nothing has been on its way.
    fn silence(&self) -> Duration {
        let is_empty = self.output.is_empty() && self.input.is_empty();
        if is_empty {
            self.drawn_at.max(self.delivered_at).elapsed()
        } else {
            Duration::ZERO
        }
    }
}

impl FarTerminal {
    /// Opens a terminal of 80x24 with a program in it, and a link between them.
    pub fn open(command: CommandBuilder, speed: Speed) -> FarTerminal {
        let pty = native_pty_system()
            .openpty(PtySize {
                rows: 24,
                cols: 80,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let started_at = Instant::now();
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut from = pty.master.try_clone_reader().unwrap();
        let mut to = pty.master.take_writer().unwrap();
        let link = Link {
            speed,
            display: Display::new(80, 24, Answering::Everything),
            sent_at: started_at,
            output: VecDeque::new(),
            input: VecDeque::new(),
            drawn_at: started_at,
            delivered_at: started_at,
            is_closed: false,
        };
        let link = Arc::new((Mutex::new(link), Condvar::new()));
        let reader_link = Arc::clone(&link);
        std::thread::spawn(move || {
            let mut chunk = [0; 1024];
            while let Ok(read @ 1..) = from.read(&mut chunk) {
                let mut link = reader_link.0.lock().unwrap();
                link.send(&chunk[..read]);
                link.draw_arrived();
                let pause = link.pause();
                drop(link);
                reader_link.1.notify_all();
                std::thread::sleep(pause);
            }
        });
        let writer_link = Arc::clone(&link);
        std::thread::spawn(move || {
            // Keeps the terminal open until `FarTerminal` is dropped.
            let _master = pty.master;
            let mut link = writer_link.0.lock().unwrap();
            while !link.is_closed {
                link.draw_arrived();
                let arrived = link.take_arrived_input();
                writer_link.1.notify_all();
                link = if arrived.is_empty() {
                    let pause = link.until_next_arrival();
                    writer_link.1.wait_timeout(link, pause).unwrap().0
                } else {
                    drop(link);
                    let _ = to.write_all(&arrived).and_then(|()| to.flush());
                    writer_link.0.lock().unwrap()
                };
            }
        });
        FarTerminal {
            child,
            link,
            started_at,
        }
    }

    /// The link, with everything drawn that has arrived by now.
    fn link(&self) -> MutexGuard<'_, Link> {
        let mut link = self.link.0.lock().unwrap();
        link.draw_arrived();
        link
    }

    /// Presses keys at the terminal. Returns what its screen shows at this moment.
    pub fn press(&self, keys: &str) -> Screen {
        let mut link = self.link();
        let at = Instant::now() + link.speed.delay;
        link.input.push_back((at, keys.into()));
        self.link.1.notify_all();
        link.display.screen().clone()
    }

    fn wait(&self, what: &str, mut is_over: impl FnMut(&Link) -> bool) {
        let until = Instant::now() + PATIENCE;
        let mut link = self.link();
        while !is_over(&link) {
            assert!(
                Instant::now() < until,
                "waited for {what}, and saw\n{}",
                link.display.screen().contents()
            );
            link = self
                .link
                .1
                .wait_timeout(link, Duration::from_millis(20))
                .unwrap()
                .0;
            link.draw_arrived();
        }
    }

    /// Waits until a whole frame shows a text.
    pub fn wait_for(&self, text: &str) {
        self.wait(text, |link| {
            link.display
                .frame()
                .is_some_and(|frame| frame.contents().contains(text))
        });
    }

    /// Waits until the screen shows a text, after the end of the program.
    pub fn wait_for_text(&self, text: &str) {
        self.wait(text, |link| link.display.screen().contents().contains(text));
    }

    /// Waits until nothing has been on its way in either direction for this long. Returns when the last byte arrived at the terminal.
    pub fn settle(&self, silence: Duration) -> Instant {
        self.wait("silence", |link| link.silence() >= silence);
        self.link().drawn_at
    }

    /// The screen as it is, perhaps in the middle of a frame.
    pub fn screen(&self) -> Screen {
        self.link().display.screen().clone()
    }

    /// How many bytes have arrived at the terminal.
    pub fn bytes(&self) -> usize {
        self.link().display.bytes().len()
    }

    /// How many frames have arrived at the terminal. If the program sends queries, every query but the first ends a frame. If it sends none, every
    /// sequence that shows or hides the cursor does.
    pub fn frames(&self) -> usize {
        let link = self.link();
        let sets_cursor = |bytes: &&[u8]| [b"\x1b[?25h".as_slice(), b"\x1b[?25l"].contains(bytes);
        match link.display.query_count() {
            0 => link.display.bytes().windows(6).filter(sets_cursor).count(),
            queries => queries - 1,
        }
    }

    /// The program's process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }
}

impl Drop for FarTerminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.link.0.lock().unwrap().is_closed = true;
        self.link.1.notify_all();
    }
}

/// A terminal at the far end of a link, with a shell script in it.
fn script(script: &str, speed: Speed) -> FarTerminal {
    let mut command = super::terminal::Desk::new().command("/bin/sh");
    command.args(["-c", script]);
    command.cwd("/");
    FarTerminal::open(command, speed)
}

#[test]
fn what_a_program_writes_arrives_at_the_speed_of_the_link() {
    let far = script("printf '%01000d' 0; printf end", SLOW);
    far.wait_for("end");
    let last = far.settle(Duration::ZERO);
    assert!(
        last - far.started_at >= SLOW.per_byte * 1003 + SLOW.delay,
        "{:?}",
        last - far.started_at
    );
    assert_eq!(far.bytes(), 1003);
}

#[test]
fn a_key_is_pressed_on_the_screen_that_has_arrived_and_reaches_the_program_later() {
    let far = script(
        "stty -echo; printf first; read line; printf 'second %s' \"$line\"",
        SLOW,
    );
    far.wait_for("first");
    let pressed = Instant::now();
    assert_eq!(far.press("key\n").contents(), "first");
    assert_eq!(far.press("").contents(), "first", "nothing arrives at once");
    far.wait_for("second key");
    assert!(
        pressed.elapsed() >= 2 * SLOW.delay,
        "{:?}",
        pressed.elapsed()
    );
}

#[test]
fn an_answer_arrives_before_keys_that_are_pressed_after_the_query_arrived() {
    let far = script(
        "stty raw -echo; printf '1234\\033[6n'; head -c 7 | od -An -c; sleep 9",
        SLOW,
    );
    far.wait_for("1234");
    far.settle(Duration::ZERO);
    far.press("k");
    far.wait_for("033   [   1   ;   5   R   k");
}

#[test]
fn a_link_that_is_too_slow_makes_the_program_wait() {
    let speed = Speed {
        buffer: 500,
        ..SLOW
    };
    let far = script(
        "head -c 20000 /dev/zero | tr '\\0' x; printf done > /dev/tty; exec sleep 9",
        speed,
    );
    far.wait_for("xxx");
    let backlog = |link: &Link| link.sent_at.saturating_duration_since(Instant::now());
    let (until, mut most) = (Instant::now() + Duration::from_secs(2), Duration::ZERO);
    while Instant::now() < until {
        most = most.max(backlog(&far.link()));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(most >= speed.per_byte * speed.buffer, "{most:?}");
    assert!(
        most <= speed.per_byte * (speed.buffer + 2 * 1024),
        "no more than one read beyond the buffer: {most:?}"
    );
}
