//! Refuses a second running meeting inside the write transaction.
//!
//! The rules refuse one too, but they see only what this window has read: two windows may start a meeting at once, or one may take back the end
//! of a meeting while another starts the next. A unique index of the schema holds the same rule, so that what reaches it is a defect.

use super::query::exists;
use crate::error::{Error, Result};
use crate::model::record::describe::Fields;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// The other meetings that are running.
const OTHERS: &str =
    "SELECT 1 FROM meeting WHERE started IS NOT NULL AND ended IS NULL AND id <> ?1";

/// Refuses records with which a meeting would run beside another.
pub(super) fn check(conn: &Connection, after: &BTreeMap<&Record, Fields>) -> Result<()> {
    for (record, fields) in after {
        if let Record::Meeting(id) = record
            && fields.contains_key(&Meeting::STARTED)
            && !fields.contains_key(&Meeting::ENDED)
            && exists(conn, OTHERS, [id.as_str()])?
        {
            let message = "Another call was started in the meantime; only one runs at a time";
            return Err(Error::conflict(message).hint("Nothing was written."));
        }
    }
    Ok(())
}
