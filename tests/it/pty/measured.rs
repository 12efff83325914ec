//! What keys cost over a link: bytes, frames, writes, and the time until the screen shows them.
//!
//! The test asserts nothing. It is run by hand, with a release build, and prints a table:
//!
//! ```sh
//! PENHOLDER_PROGRAM=target/release/penholder cargo test --locked --test it what_keys_cost -- --ignored --nocapture
//! ```

use super::link::{FAST, FarTerminal, SLOW, Speed, program};
use super::terminal::Desk;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What a series of keys cost, for one row of the table.
#[derive(Default)]
struct Cost {
    keys: usize,
    bytes: Vec<usize>,
    frames: usize,
    delays: Vec<Duration>,
    writes: u64,
    written: u64,
}

/// A program that is running and has finished drawing its first screen.
struct Measured {
    far: FarTerminal,
    silence: Duration,
    _desk: Desk,
}

impl Measured {
    /// Starts the program on an existing workspace, and prints how long its first screen took.
    fn start(speed: Speed, link: &str) -> Measured {
        let desk = Desk::new();
        drop(Measured::first_screen(desk.command(&program()), FAST));
        let far = Measured::first_screen(desk.command(&program()), speed);
        let silence = Duration::from_millis(300) + 2 * speed.delay;
        let last = far.settle(silence);
        let took = last - far.started_at;
        println!(
            "| {link} | first screen | {} | {} | | {:.2} s |",
            far.bytes(),
            far.frames(),
            took.as_secs_f64()
        );
        Measured {
            far,
            silence,
            _desk: desk,
        }
    }

    fn first_screen(command: portable_pty::CommandBuilder, speed: Speed) -> FarTerminal {
        let far = FarTerminal::open(command, speed);
        far.wait_for("28 · all sections");
        far
    }

    /// How many writes the process has made and how many bytes it has written, including those to files, as far as the system reports them.
    fn writes(&self) -> (u64, u64) {
        let io =
            std::fs::read_to_string(format!("/proc/{}/io", self.far.pid())).unwrap_or_default();
        let count = |name: &str| {
            io.lines()
                .find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
                .unwrap_or_default()
        };
        (count("syscw:"), count("wchar:"))
    }

    /// Presses keys, each after the screen has shown what the one before did.
    fn one_by_one<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Cost {
        let (frames, writes) = (self.far.frames(), self.writes());
        let mut cost = Cost::default();
        for key in keys {
            let (bytes, pressed) = (self.far.bytes(), Instant::now());
            self.far.press(key);
            let shown = self.far.settle(self.silence);
            cost.keys += 1;
            cost.bytes.push(self.far.bytes() - bytes);
            cost.delays.push(shown.saturating_duration_since(pressed));
        }
        cost.frames = self.far.frames() - frames;
        let now = self.writes();
        (cost.writes, cost.written) = (now.0 - writes.0, now.1 - writes.1);
        cost
    }
}

impl Cost {
    fn print(mut self, link: &str, what: &str) {
        let bytes: usize = self.bytes.iter().sum();
        // Writes to files cannot be distinguished from writes to the terminal.
        let writes = if self.written == bytes as u64 {
            format!("{:.1}", self.writes as f64 / self.keys as f64)
        } else {
            String::new()
        };
        self.delays.sort_unstable();
        let (median, most) = (
            self.delays[self.keys / 2].as_secs_f64(),
            self.delays[self.keys - 1].as_secs_f64(),
        );
        let most_bytes = self.bytes.iter().max().unwrap();
        let (bytes, frames) = (bytes / self.keys, self.frames as f64 / self.keys as f64);
        println!(
            "| {link} | {what} | {bytes} (at most {most_bytes}) | {frames:.1} | {writes} | {median:.2} s (at most {most:.2} s) |"
        );
    }
}

#[test]
#[ignore = "measures, and asserts nothing"]
fn what_keys_cost_over_a_slow_link_and_a_fast_one() {
    println!("{}", program());
    println!("| link | keys | bytes each | frames each | writes each | until shown |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for (speed, link) in [(SLOW, "slow"), (FAST, "fast")] {
        let measured = Measured::start(speed, link);
        measured
            .one_by_one(["j"; 15])
            .print(link, "j, 15 times, slowly");
        measured
            .one_by_one(["p", "j", "n", "j", "i"])
            .print(link, "p j n j i, slowly");
        measured.one_by_one(["f"]).print(link, "f");
        measured
            .one_by_one("measure it".split("").filter(|key| !key.is_empty()))
            .print(link, "a letter in the line f, 10 times");
        let measured = Measured::start(speed, link);
        let (bytes, frames) = (measured.far.bytes(), measured.far.frames());
        let mut last = Instant::now();
        for _ in 0..90 {
            last = Instant::now();
            measured.far.press("j");
            sleep(Duration::from_secs(1) / 30);
        }
        let behind = measured
            .far
            .settle(measured.silence)
            .saturating_duration_since(last);
        let (bytes, frames) = (measured.far.bytes() - bytes, measured.far.frames() - frames);
        println!(
            "| {link} | j held for 3 s | {bytes} in all | {frames} in all | | {:.2} s after the last |",
            behind.as_secs_f64()
        );
    }
}
