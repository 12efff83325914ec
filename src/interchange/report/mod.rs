//! Reports: what is sent to people who do not have the program. Each is built once as a plain structure, of which Markdown and HTML are two
//! printings.
//!
//! ```text
//! review --questions--> Report --markdown--> text
//!                              --html-----> text
//! ```

pub mod html;
pub mod markdown;
pub mod questions;
