//! penholder: the program in which an ICANN review team records its assessments.

pub mod catalogue;
pub mod error;
pub mod model;
pub mod store;
