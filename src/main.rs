//! Parses, runs, prints the error, picks the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    penholder::cli::main(std::env::args_os())
}
