//! `penholder new --catalogue PATH --db FILE`: a workspace for another review.

use super::{Common, output};
use crate::catalogue;
use crate::error::Result;
use crate::interchange::import::counted;
use crate::store::shown;
use crate::workspace::{Clock, Workspace, author, location};
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Example:
  penholder new --catalogue ./ccwg-catalogue --db ccwg.db";

/// Create a workspace from another review's catalogue
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A folder of catalogue files, or one file as `penholder export catalogue` writes it
    #[arg(long, value_name = "PATH")]
    catalogue: PathBuf,
}

impl Arguments {
    /// Creates the workspace.
    ///
    /// # Errors
    /// A catalogue with faults, each named with its place; a workspace file that exists. No file is left behind.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let path = location(common.db.as_deref())?;
        let reading = catalogue::read(&self.catalogue)?;
        let workspace = Workspace::create(
            &path,
            reading.catalogue,
            author(common.author.as_deref())?,
            Clock::from_environment()?,
        )?;
        output::tell_removed(reading.removed);
        let c = &workspace.review().catalogue;
        let held = [
            counted(c.recommendations.len(), "recommendation"),
            counted(c.questions.len(), "question"),
        ]
        .join(", ");
        output::tell(&format!(
            "Created {} for {}: {held}.",
            shown(&path),
            c.header.review
        ));
        Ok(())
    }
}
