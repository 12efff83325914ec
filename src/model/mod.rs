//! The domain, pure: no clock, no file, no terminal, no SQL and no randomness in here.
//!
//! What the team records is described in [`record`], one file for each kind. [`edit`], [`asking`], [`moves`], [`capture`] and [`call`] decide what a person may do, and
//! answer with an edit or a refusal. An edit becomes an operation of the [`journal`], which the store writes to disk before [`review::Review`] in memory follows.

// No match over one of our enums has a wildcard, so that the compiler names every match that a new case must extend.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod alike;
pub mod asking;
pub mod call;
pub mod capture;
pub mod catalogue;
pub mod citation;
pub mod compare;
pub mod date;
pub mod day;
pub mod draft;
pub mod edit;
pub mod ids;
pub mod journal;
pub mod known_words;
pub mod moves;
pub mod prefix;
pub mod private_notes;
pub mod record;
pub mod remark;
pub mod review;
pub mod tally;
pub mod text;
pub mod undo;
pub mod vocabulary;
