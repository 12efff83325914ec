//! Parses, runs, prints the error, picks the exit code.

fn main() {}
