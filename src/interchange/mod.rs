//! Text in, text out: what penholder sends to other people and programs, and reads back.
//!
//! Everything here is pure: it takes the review and the journal and answers text, or takes text and answers what it says. The store, the
//! clock and the terminal are not known here; what an import would change is planned here and written by the workspace.
//!
//! ```text
//! review + journal --records--> Document --toml--> text      text --toml::read--> File --import::plan--> Edit or clashes
//!                                        --json--> text
//! review --csv, markdown, report--> text
//! ```

// No match over one of our enums has a wildcard, so that the compiler names every match that a new case must extend.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod csv;
pub mod document;
pub mod import;
pub mod json;
mod layout;
pub mod markdown;
pub mod record;
pub mod records;
pub mod report;
pub mod toml;
