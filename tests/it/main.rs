//! The one test binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that unwraps fails with the line it failed on"
)]

mod answers;
mod asking;
mod board;
mod call_laws;
mod call_report;
mod calls;
mod catalogue;
mod cli;
mod cli_calls;
mod cli_questions;
mod copied_report;
mod creation;
mod desk;
mod furniture;
mod house;
mod interchange;
mod interchange_laws;
mod keys;
mod kind_laws;
mod laws;
mod ledger_files;
mod ledger_laws;
mod markdown;
mod meeting;
mod meeting_files;
mod meeting_findings;
mod mistyped;
mod monkey;
mod parts;
mod positions;
mod presenter;
mod privacy_laws;
mod private_notes;
mod private_screens;
mod pty;
mod questions;
mod random_records;
mod reading;
mod readme;
mod released;
mod replay_laws;
mod report;
mod screens;
mod second_review;
mod seeds;
mod sources;
mod stage;
mod standard_input;
mod store;
mod stored_catalogue;
mod undo_steps;
mod whole;
