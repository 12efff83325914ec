//! What the commands do, by kind of verb: record, write, go, present, give, and the program itself.

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
