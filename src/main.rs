//! Parses, runs, prints the error, picks the exit code.

use penholder::{store, tui, workspace};
use std::process::ExitCode;

fn main() -> ExitCode {
    let run = || -> penholder::error::Result<u8> {
        let path = workspace::location(None)?;
        let workspace =
            workspace::Workspace::open(&path, store::Missing::Create, workspace::author(None)?, workspace::Clock::from_environment()?)?;
        tui::run(workspace)
    };
    match run() {
        Ok(code) => ExitCode::from(code),
        Err(e) => {
            let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("penholder: {e}\n").as_bytes());
            ExitCode::from(e.exit_code())
        }
    }
}
