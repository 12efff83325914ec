//! What the commands do, by kind of verb: record, write, go, give, and the program itself.

pub mod ask;
pub mod consensus;
pub mod editor;
pub mod give;
pub mod go;
pub mod program;
pub mod record;
pub mod standing;
pub mod write;
