//! The one test binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that unwraps fails with the line it failed on")]

mod catalogue;
mod furniture;
mod parts;
mod pty;
mod seeds;
mod sources;
mod stored_catalogue;
mod whole;
