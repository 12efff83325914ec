//! Reports: what is sent to people who do not have the program. Each is built once as a plain structure and then printed as Markdown or
//! HTML, and the report of a call also as e-mail text.
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

/// The details of an item, to be printed after it: ` (asked, follow-up of 11.4)`. Empty if there are none.
fn in_parentheses(parts: &[String]) -> String {
    if parts.is_empty() {
        String::new()
    } else {
        format!(" ({})", parts.join(", "))
    }
}
