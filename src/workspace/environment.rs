//! What a run of the program takes from its surroundings: the time, where the workspace is, and who writes.

use crate::error::{Error, Kind, Result};
use crate::model::text;
use chrono::{DateTime, SubsecRound, Utc};
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The time: the system's, or held still by `PENHOLDER_NOW`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    held: Option<DateTime<Utc>>,
}

impl Clock {
    /// The clock of this process.
    ///
    /// # Errors
    /// A `PENHOLDER_NOW` that is no moment.
    pub fn from_environment() -> Result<Clock> {
        let Some(text) = std::env::var("PENHOLDER_NOW")
            .ok()
            .filter(|t| !t.is_empty())
        else {
            return Ok(Clock::default());
        };
        crate::model::record::value::parse_moment(&text)
            .map(Clock::held_at)
            .map_err(|e| Error::usage(format!("PENHOLDER_NOW: {e}.")))
    }

    /// A clock that stands still.
    pub fn held_at(at: DateTime<Utc>) -> Clock {
        Clock { held: Some(at) }
    }

    /// Now, in whole seconds.
    pub fn now(self) -> DateTime<Utc> {
        self.held.unwrap_or_else(Utc::now).trunc_subsecs(0)
    }
}

/// Where the workspace is: `--db`, else `PENHOLDER_DB`, else the platform's data directory.
///
/// # Errors
/// No home directory to fall back on.
pub fn location(named: Option<&Path>) -> Result<PathBuf> {
    if let Some(path) = named {
        return Ok(path.to_owned());
    }
    if let Some(path) = std::env::var_os("PENHOLDER_DB").filter(|p| !p.is_empty()) {
        return Ok(path.into());
    }
    let base = etcetera::choose_base_strategy().map_err(|e| {
        Error::new(
            Kind::System,
            "There is no home directory to keep the workspace in.",
        )
        .hint("Name a file with --db FILE.")
        .caused_by(e)
    })?;
    Ok(base.data_dir().join("penholder").join("penholder.db"))
}

/// Who writes: `--as`, else `PENHOLDER_NAME`, else the login name.
///
/// # Errors
/// An empty name.
pub fn author(named: Option<&str>) -> Result<String> {
    let variable = std::env::var("PENHOLDER_NAME")
        .ok()
        .filter(|n| !n.trim().is_empty());
    let raw = named
        .map(str::to_owned)
        .or(variable)
        .unwrap_or_else(whoami::username);
    let name = text::clean_line(&raw).text;
    if name.is_empty() {
        return Err(Error::usage(
            "The name of who writes is empty; expected --as NAME.",
        ));
    }
    Ok(name)
}
