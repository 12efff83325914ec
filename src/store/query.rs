//! Short ways to run a statement: every row of a query, whether it finds one, and a transaction that writes.

use crate::error::{Error, Result};
use rusqlite::{Connection, Params, Row, Transaction, TransactionBehavior};

/// Runs a query and reads every row.
pub(super) fn collect<T, P: Params>(
    conn: &Connection,
    sql: &str,
    params: P,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let rows = conn
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_map(params, read)?.collect());
    rows.map_err(|e| {
        if let rusqlite::Error::FromSqlConversionFailure(column, ..) = e {
            return unreadable(column).caused_by(e);
        }
        e.into()
    })
}

/// The error for a column whose value this program cannot have written.
pub(super) fn unreadable(column: usize) -> Error {
    let message = format!("The workspace has a row that cannot be read (column {column}).");
    Error::bad_data(message).hint("Run `penholder check`.")
}

/// Whether a query finds a row.
pub(super) fn exists<P: Params>(conn: &Connection, sql: &str, params: P) -> Result<bool> {
    Ok(conn.prepare_cached(sql)?.exists(params)?)
}

/// Begins a transaction that writes: it has the write lock from its beginning.
pub(super) fn begin(conn: &mut Connection) -> Result<Transaction<'_>> {
    Ok(conn.transaction_with_behavior(TransactionBehavior::Immediate)?)
}
