//! The workspace file: SQLite, and the only place that knows it.

pub mod catalogue;

/// The SQL that makes the tables of the quoted records.
pub const CATALOGUE_SQL: &str = include_str!("migrations/0001-catalogue.sql");
