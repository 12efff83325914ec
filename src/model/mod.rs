//! The domain, pure: no clock, no file, no terminal, no SQL and no randomness in here.
//!
//! One family of records a file. What changes is described by [`change::Operation`], decided by [`edit`], and applied to the
//! [`review::Review`] in memory; the store writes the same operation to disk before memory follows.

pub mod alike;
pub mod asking;
pub mod assessment;
pub mod call;
pub mod capture;
pub mod catalogue;
pub mod change;
pub mod citation;
pub mod date;
pub mod day;
pub mod draft;
pub mod edit;
pub mod fields;
pub mod finding;
pub mod history;
pub mod ids;
pub mod known_words;
pub mod moves;
pub mod prefix;
pub mod private_notes;
pub mod question;
pub mod remark;
pub mod review;
pub mod tally;
pub mod text;
pub mod vocabulary;
