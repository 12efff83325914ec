//! penholder: the program in which an ICANN review team records its assessments.
//!
//! The layers, arrows pointing down only; those in braces do not know each other:
//!
//! ```text
//!             main            parse, run, print the error, exit code
//!              │
//!             cli             one subcommand a file
//!              │
//!             tui             the screens
//!              │
//!          workspace          the open file, the review in memory, commit, undo
//!              │
//! { interchange store catalogue find }
//!              │
//!            model            the domain, pure
//!              │
//!            error
//! ```

pub mod catalogue;
pub mod cli;
pub mod error;
pub mod find;
pub mod interchange;
pub mod model;
pub mod store;
pub mod tui;
pub mod workspace;
