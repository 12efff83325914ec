//! Reports: what is sent to people who do not have the program. Each is built once as a plain structure, of which Markdown and HTML are two
//! printings.
//!
//! ```text
//! review --questions--> Report --markdown--> text
//!                              --html-----> text
//!
//! review and journal --call--> Report --call_markdown--> text
//!                                     --call_html------> text
//!                                     --mail-----------> text
//! ```

pub mod call;
pub mod call_html;
pub mod call_markdown;
pub mod html;
pub mod mail;
pub mod markdown;
pub mod questions;
