//! A folder with a workspace in it, and the program run there as a process, with clock and author held.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What a run of the program left behind.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The result, of a run that must have gone well.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    /// The message, of a run that must have failed with this code and printed no result.
    pub fn refused(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        self.err
    }

    /// The result as JSON.
    pub fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.ok()).unwrap()
    }
}

/// A folder to work in.
pub struct Desk {
    folder: TempDir,
    now: &'static str,
}

impl Desk {
    pub fn new() -> Desk {
        Desk::at("2018-09-13T14:41:07Z")
    }

    /// A desk at which it is always this moment.
    pub fn at(now: &'static str) -> Desk {
        Desk {
            folder: tempfile::tempdir().unwrap(),
            now,
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// The program, ready to run at this desk.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_penholder"));
        let home = self.folder.path();
        command
            .current_dir(home)
            .args(arguments)
            .stdin(Stdio::null())
            .env_clear();
        command
            .env("HOME", home)
            .env("TZ", "UTC")
            .env("PENHOLDER_DB", home.join("review.db"));
        command
            .env("PENHOLDER_NOW", self.now)
            .env("PENHOLDER_NAME", "Denise");
        command
    }

    /// Runs the program with the usual umask: the one of this process is set aside for a moment whenever a test opens a workspace itself.
    pub fn run_with_the_usual_umask(&self, arguments: &[&str]) -> Run {
        let program = self.command(arguments);
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "umask 022; exec \"$0\" \"$@\""])
            .arg(program.get_program())
            .args(program.get_args());
        shell
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .env_clear();
        shell.envs(
            program
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        ended(shell.output().unwrap())
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        ended(self.command(arguments).output().unwrap())
    }

    /// The workspace must be sound.
    pub fn check(&self) {
        let run = self.run(&["check"]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    }
}

pub fn ended(output: Output) -> Run {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}
