//! The one test binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that unwraps fails with the line it failed on")]

mod asking;
mod board;
mod call_laws;
mod calls;
mod catalogue;
mod cli;
mod cli_calls;
mod cli_questions;
mod desk;
mod furniture;
mod house;
mod interchange;
mod interchange_laws;
mod keys;
mod laws;
mod ledger_files;
mod ledger_laws;
mod markdown;
mod meeting_files;
mod monkey;
mod parts;
mod pty;
mod questions;
mod reading;
mod readme;
mod report;
mod screens;
mod seeds;
mod sources;
mod stage;
mod store;
mod stored_catalogue;
mod whole;
