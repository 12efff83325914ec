//! What the commands do, one file for each kind of work; which keys they have is in the table of commands.

pub mod ask;
pub mod call;
pub mod capture;
pub mod consensus;
mod copied_report;
pub mod editor;
pub mod give;
pub mod go;
pub mod meeting;
pub mod present;
pub mod program;
pub mod record;
pub mod report;
mod stale;
pub mod standing;
mod undo_selection;
pub mod write;
