//! A member whom no source names.

use super::describe::record;
record! {
    /// A member whom no source names.
    Member: "member" in "member" by ["name"] String, quoted as "member";

    /// The name; what makes the record exist.
    name: String,
}
