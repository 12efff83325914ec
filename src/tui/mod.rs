//! The screens: one place to be, commands as a table, dialogs as local variables on the call stack.
//!
//! ```text
//!  ┌──────────────────────────────── frame.rs: header ────────────────────────────────┐
//!  │ SSR1 recommendations   9/28 assessed · 3 agreed                        ✎ Denise   │
//!  ├─ screens/list.rs ────────────┬─ screens/dossier.rs ───────────┬─ the same, wide ─┤
//!  │ rows of recommendations      │ text, and one section of:      │ assessment        │
//!  │ state: home.rs               │ screens/{report, questions,    │                   │
//!  │                              │ assessment, findings,          │                   │
//!  │                              │ positions, history}            │                   │
//!  ├──────────────────────────────┴────────────────────────────────┴──────────────────┤
//!  │ writer.rs: the line in which a finding is written, while the screen above lives   │
//!  ├───────────────────────────────────────────────────────────────────────────────────┤
//!  │ frame.rs: hints out of command.rs, or the notice of what just happened            │
//!  └───────────────────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! On the shared screen the presenter view (`screens/presenter.rs`, state: [`presenter`]) stands instead of header and panes.
//!
//! An event comes from [`console`] (on a terminal from the bytes that `input` reads), is brought to a [`key`], found in [`command`], run on the [`app::App`], and the screen is drawn
//! once; a terminal gets a frame when it has shown the one before.

pub mod app;
pub mod command;
mod commands;
pub mod console;
pub mod dialogs;
mod frame;
pub mod home;
pub mod input;
pub mod key;
pub mod ledger;
pub mod presenter;
pub mod room;
mod screens;
pub mod sentence;
pub mod signs;
pub mod spelling;
pub mod theme;
pub mod watch;
mod widgets;
mod writer;

use crate::error::{Kind, Result};
use crate::workspace::Workspace;
use app::App;
use console::Console;

/// Runs the screens on the workspace that `open` opens until the person leaves, and answers the exit code: 0, or 128 and the number of the signal that ended it.
///
/// # Errors
/// No terminal, or one that refuses; a workspace that cannot be opened, or no longer be read.
pub fn run(open: impl FnOnce() -> Result<Workspace>) -> Result<u8> {
    console::require_terminal()?;
    let workspace = open()?;
    let (theme, is_not_utf_8) = theme::Theme::from_environment();
    let mut app = App::new(workspace, Console::live(watch::Watch::start()?)?, theme);
    app.start_notice = is_not_utf_8.then_some(signs::NOT_UTF_8);
    let ended = app.run();
    let signal = app.console.ended_by();
    drop(app);
    match (ended, signal) {
        (_, Some(signal)) => Ok(u8::try_from(128 + signal).unwrap_or(1)),
        // A terminal that no longer answers is a hang-up, whether or not a signal told of it.
        (Err(e), None) if e.kind == Kind::HungUp => Ok(129),
        (Err(e), None) => Err(e),
        (Ok(()), None) => Ok(0),
    }
}
