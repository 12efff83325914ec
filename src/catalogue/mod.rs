//! The catalogue: the quoted records of a review, read from TOML, checked, and written back.
//!
//! The files of `data/` are compiled in; another review's catalogue is a folder of files of the same shape, or one file.
//! `data/README.md` is the description of the format. A catalogue with a fault is refused whole, with its faults named by
//! file, line and column; of very many the rest are counted. Nothing here knows the database or the screen.

mod builtin;
mod check;
mod fault;
mod read;
mod renewal;
mod wire;

pub use builtin::{builtin, builtin_header};
pub use read::{Reading, from_path, read};
pub use renewal::changes;
pub use wire::to_toml;

/// The format that a catalogue file must name in its first line.
pub const FORMAT: &str = "penholder/1";

/// The kind of file that a catalogue is.
pub const KIND: &str = "catalogue";
