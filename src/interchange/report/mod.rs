//! Reports: what is sent to people who do not have the program. Each is built once as a plain structure, of which Markdown and HTML are two
//! printings.
//!
//! ```text
//! review --questions--> Report --markdown--> text
//!                              --html-----> text
//!
//! review and journal --call--> Report --markdown--> text
//!                                     --html------> text
//!                                     --mail------> text
//! ```

pub mod call;
pub mod html;
pub mod mail;
pub mod markdown;
pub mod questions;

/// What is to be known of something, as it stands behind it: ` (asked, follow-up of 11.4)`. Nothing where there is nothing to know.
fn in_parentheses(parts: &[String]) -> String {
    if parts.is_empty() {
        String::new()
    } else {
        format!(" ({})", parts.join(", "))
    }
}
