//! What the team records, described once: one file for each kind of record.
//!
//! A description gives the key of a kind and the name, type and meaning of each field; see [`describe`]. Anything peculiar to one kind is a function next to
//! its description. What a person may do with a record is decided by the rules, not here.

pub mod action;
pub mod agenda_item;
pub mod answer;
pub mod assessment;
pub mod attendance;
pub mod decision;
pub mod deliverable_verdict;
pub mod describe;
pub mod diff;
pub mod finding;
mod key;
pub mod kinds;
pub mod meeting;
pub mod member;
pub mod position;
pub mod question;
pub mod queued;
pub mod reference;
pub mod report_version;
pub mod round;
pub mod value;
