//! penholder: the program in which an ICANN review team records its assessments.

pub mod catalogue;
pub mod cli;
pub mod error;
pub mod interchange;
pub mod model;
pub mod store;
pub mod tui;
pub mod workspace;
