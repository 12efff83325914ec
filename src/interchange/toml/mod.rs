//! The TOML: what a penholder sends to a colleague, puts into version control and opens in an editor.
//!
//! [`write()`] prints a document by hand, since no pretty printer gives this layout: one record a paragraph, prose on lines of its own, keys
//! in the order of the form. [`read()`] walks the parsed file with the places of its values and collects every fault before it refuses the file.

mod broken;
mod entry;
mod fault;
mod head;
mod identify;
mod keys;
mod meeting;
mod names;
mod question;
pub mod read;
mod reading;
mod refers_to;
mod resolve;
pub mod write;

pub use read::{File, read};
pub use write::{body, write};
