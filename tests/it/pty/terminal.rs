//! A real terminal with a program in it, and the desk it stands on: a home, a workspace, an environment.
//!
//! Nothing here sleeps to be right: what is waited for either shows, or the test fails with the screen as it was.

use super::display::{Answering, Display};
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long anything may take on a busy machine before the test fails.
const PATIENCE: Duration = Duration::from_secs(15);

/// A home of its own with a workspace in it.
pub struct Desk {
    home: Arc<TempDir>,
    env: Vec<(String, String)>,
}

impl Desk {
    /// An empty home.
    pub fn new() -> Desk {
        Desk {
            home: Arc::new(tempfile::tempdir().unwrap()),
            env: Vec::new(),
        }
    }

    /// The same with one more variable in the environment.
    pub fn with(mut self, name: &str, value: &str) -> Desk {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A folder that is the desk's own.
    pub fn folder(&self) -> &Path {
        self.home.path()
    }

    /// Where the workspace is.
    pub fn db(&self) -> PathBuf {
        self.home.path().join("kept").join("penholder.db")
    }

    /// A connection of somebody else to the workspace.
    pub fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.db()).unwrap()
    }

    /// Puts a shell script here that stands for an editor, and names it in the environment.
    pub fn with_editor(self, script: &str) -> Desk {
        use std::os::unix::fs::PermissionsExt;
        let path = self.home.path().join("editor.sh");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        let name = path.display().to_string();
        self.with("EDITOR", &name)
    }

    /// Opens a terminal of 100x30 with penholder in it, and waits for its screen.
    pub fn penholder(&self) -> Terminal {
        self.penholder_as("Denise")
    }

    /// The same for another author.
    pub fn penholder_as(&self, name: &str) -> Terminal {
        let mut command = self.command(env!("CARGO_BIN_EXE_penholder"));
        command.env("PENHOLDER_NAME", name);
        let mut terminal = Terminal::open(command);
        terminal.home = Some(Arc::clone(&self.home));
        terminal.wait_for("Rec 1 ·");
        terminal
    }

    /// A program with the desk's environment.
    pub fn command(&self, program: &str) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("TZ", "UTC"),
            ("LANG", "C.UTF-8"),
            ("PENHOLDER_NAME", "Denise"),
        ] {
            command.env(name, value);
        }
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.home.path());
        command.env("PENHOLDER_DB", self.db());
        command.env("PENHOLDER_NOW", "2018-09-13T14:41:07Z");
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command.cwd(self.home.path());
        command
    }
}

/// Tells the thread that reads from the program to stop or to pause.
#[derive(Default)]
struct ReaderControl {
    stop: AtomicBool,
    pause: AtomicBool,
}

/// Bytes for the program, and whom to notify when they are written.
type Input = (Vec<u8>, Option<mpsc::Sender<()>>);

/// A terminal with a program in it.
pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    /// Keys and answers for the program, in order. Empty input ends the thread that writes them.
    input: mpsc::Sender<Input>,
    child: Box<dyn Child + Send + Sync>,
    display: Arc<(Mutex<Display>, Condvar)>,
    reader_control: Arc<ReaderControl>,
    writer: Option<JoinHandle<()>>,
    reader: Option<JoinHandle<()>>,
    modes: String,
    /// A home lasts as long as the program that lives in it.
    home: Option<Arc<TempDir>>,
}

/// How a program ended after its terminal was closed.
#[derive(Debug)]
pub struct HungUp {
    /// How long it took.
    pub after: Duration,
    /// How much of a processor it used meanwhile.
    pub cpu: Duration,
    /// Its exit code.
    pub code: u32,
}

impl Terminal {
    /// Opens a terminal of 100x30 with a program in it.
    pub fn open(command: CommandBuilder) -> Terminal {
        Terminal::open_answering(command, Answering::Everything)
    }

    /// The same, but the terminal answers no queries.
    pub fn open_silent(command: CommandBuilder) -> Terminal {
        Terminal::open_answering(command, Answering::Nothing)
    }

    /// The same, but the terminal answers only these queries.
    pub fn open_answering(command: CommandBuilder, answering: Answering) -> Terminal {
        let pty = native_pty_system()
            .openpty(PtySize {
                rows: 30,
                cols: 100,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let modes = modes(&*pty.master);
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut from = pty.master.try_clone_reader().unwrap();
        let mut to = pty.master.take_writer().unwrap();
        let display = Arc::new((Mutex::new(Display::new(100, 30, answering)), Condvar::new()));
        let reader_control = Arc::new(ReaderControl::default());
        let (input, queue) = mpsc::channel::<Input>();
        let writer = std::thread::spawn(move || {
            while let Ok((bytes, written)) = queue.recv() {
                if bytes.is_empty() || to.write_all(&bytes).and_then(|()| to.flush()).is_err() {
                    break;
                }
                written.map(|written| written.send(()));
            }
        });
        let (control, shared_display, answers) = (
            Arc::clone(&reader_control),
            Arc::clone(&display),
            input.clone(),
        );
        let reader = std::thread::spawn(move || {
            let mut chunk = [0; 8192];
            while let Ok(read @ 1..) = from.read(&mut chunk) {
                let mut display = shared_display.0.lock().unwrap();
                let answer = display.draw(&chunk[..read]);
                // Sent before a test can see the frame, so that every key it then sends arrives after the answer.
                if !answer.is_empty() {
                    let _ = answers.send((answer, None));
                }
                drop(display);
                shared_display.1.notify_all();
                while control.pause.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(1));
                }
                if control.stop.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        let (writer, reader) = (Some(writer), Some(reader));
        Terminal {
            master: Some(pty.master),
            input,
            child,
            display,
            reader_control,
            writer,
            reader,
            modes,
            home: None,
        }
    }

    fn display(&self) -> MutexGuard<'_, Display> {
        self.display.0.lock().unwrap()
    }

    fn master(&self) -> &dyn MasterPty {
        &**self.master.as_ref().unwrap()
    }

    /// Types.
    pub fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    /// Types a key after a pause, because it acts only if no other key came just before it.
    pub fn send_alone(&mut self, key: &str) {
        std::thread::sleep(penholder::tui::sentence::RUN_PAUSE + Duration::from_millis(100));
        self.send(key);
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            let (written, done) = mpsc::channel();
            self.input.send((bytes.to_vec(), Some(written))).unwrap();
            done.recv().unwrap();
        }
    }

    /// Waits until a whole frame is as wanted.
    pub fn wait_until(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let until = Instant::now() + PATIENCE;
        let mut display = self.display();
        while !display.frame().is_some_and(&wanted) {
            let left = until.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "waited for {what}, and saw\n{}",
                display.screen().contents()
            );
            display = self.display.1.wait_timeout(display, left).unwrap().0;
        }
    }

    /// Waits until the screen shows a text.
    pub fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the screen no longer shows a text.
    pub fn wait_gone(&self, text: &str) {
        self.wait_until(&format!("no {text}"), |screen| {
            !screen.contents().contains(text)
        });
    }

    /// The last whole frame as text.
    pub fn contents(&self) -> String {
        let display = self.display();
        display.frame().unwrap_or(display.screen()).contents()
    }

    /// Every byte the program wrote.
    pub fn bytes(&self) -> Vec<u8> {
        self.display().bytes().to_vec()
    }

    /// How many bytes the program wrote.
    pub fn count(&self) -> usize {
        self.display().bytes().len()
    }

    /// Waits until the program has written these bytes, after the first `from` bytes that it wrote.
    pub fn wait_for_bytes(&self, wanted: &str, from: usize) {
        let until = Instant::now() + PATIENCE;
        while !String::from_utf8_lossy(&self.bytes()[from..]).contains(wanted) {
            assert!(
                Instant::now() < until,
                "waited for the bytes {wanted}, and saw\n{}",
                self.contents()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Gives the terminal another size.
    pub fn resize(&self, width: u16, height: u16) {
        self.display().resize(width, height);
        self.master()
            .resize(PtySize {
                rows: height,
                cols: width,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
    }

    /// The program's process.
    pub fn pid(&self) -> i32 {
        self.child.process_id().unwrap().try_into().unwrap()
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_raw(self.pid()).unwrap(), signal).unwrap();
    }

    /// Lets what the program writes pile up, or takes it again.
    pub fn pause(&self, paused: bool) {
        self.reader_control.pause.store(paused, Ordering::SeqCst);
    }

    /// Waits for the end of the program and of what it wrote.
    pub fn end(&mut self) -> ExitStatus {
        let status = self.exit();
        // All that was written has been read once the other side is closed.
        self.reader.take().unwrap().join().unwrap();
        status
    }

    /// Waits for the end of the program.
    pub fn exit(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                Instant::now() < until,
                "the program does not end; its screen:\n{}",
                self.contents()
            );
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Asserts that the terminal is as it was before the program.
    pub fn assert_restored(&self) {
        let display = self.display();
        let screen = display.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "pastes are no longer bracketed");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse is the terminal's"
        );
        assert_eq!(
            modes(self.master()),
            self.modes,
            "the line discipline is as it was"
        );
    }

    /// Asserts that the program has the terminal.
    pub fn assert_taken(&self) {
        let display = self.display();
        let screen = display.screen();
        assert!(screen.alternate_screen() && screen.bracketed_paste());
        assert_ne!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        drop(display);
        assert_ne!(modes(self.master()), self.modes);
    }

    /// Closes the terminal under the program, and waits for the program's end.
    pub fn hang_up(mut self) -> HungUp {
        // The master is open three times: reader, writer, and itself. The reader lets go once it has read something more.
        self.reader_control.stop.store(true, Ordering::SeqCst);
        let _ = self.input.send((Vec::new(), None));
        self.writer.take().unwrap().join().unwrap();
        let reader = self.reader.take().unwrap();
        let mut wide = false;
        while !reader.is_finished() {
            wide = !wide;
            self.master()
                .resize(PtySize {
                    rows: 30,
                    cols: 100 + u16::from(wide),
                    pixel_width: 0,
                    pixel_height: 0,
                })
                .unwrap();
            std::thread::sleep(Duration::from_millis(2));
        }
        reader.join().unwrap();
        let before = cpu(self.pid());
        let closed = Instant::now();
        drop(self.master.take());
        let mut used = before;
        loop {
            used = used.max(cpu(self.pid()));
            if let Some(status) = self.child.try_wait().unwrap() {
                return HungUp {
                    after: closed.elapsed(),
                    cpu: used.saturating_sub(before),
                    code: status.exit_code(),
                };
            }
            assert!(closed.elapsed() < PATIENCE, "the program does not end");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.pause(false);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// The processor time that a process has used, as far as the system tells.
pub fn cpu(pid: i32) -> Duration {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else {
        return Duration::ZERO;
    };
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks: u64 = fields
        .get(11..13)
        .unwrap_or_default()
        .iter()
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

/// How often the threads of a process have gone to sleep by themselves, as far as the system tells.
pub fn sleeps(pid: i32) -> u64 {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{pid}/task")) else {
        return 0;
    };
    let count = |path: PathBuf| -> Option<u64> {
        let status = std::fs::read_to_string(path.join("status")).ok()?;
        status
            .lines()
            .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?
            .trim()
            .parse()
            .ok()
    };
    threads
        .filter_map(|thread| count(thread.ok()?.path()))
        .sum()
}
