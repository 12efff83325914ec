//! The program in real terminals: what a person at a terminal can rely on, whatever happens to program or terminal.
#![allow(
    clippy::print_stdout,
    reason = "measured figures are printed; nextest shows them on request"
)]

mod call;
mod display;
mod editor;
mod ends;
mod input;
mod link;
mod measured;
mod plays;
mod quiet;
mod record;
pub mod terminal;
