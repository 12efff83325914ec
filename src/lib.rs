//! penholder: the program in which an ICANN review team records its assessments.

pub mod error;
pub mod model;
