//! `penholder backup FILE`: a copy of the workspace as it is now.

use super::{Common, output};
use crate::catalogue;
use crate::error::Result;
use crate::store::{Missing, Store, shown};
use crate::workspace::location;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
The copy is one plain file, whole even while other windows write. Go back to it by naming it with --db.

Example:
  penholder backup before-plenary-43.db";

/// Copy the workspace to a new file
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The copy; a file that exists is not overwritten
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Arguments {
    /// Copies the workspace.
    ///
    /// # Errors
    /// A missing workspace; a file that exists; whatever SQLite or the file system refuse.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let path = location(common.db.as_deref())?;
        Store::open(&path, Missing::Refuse, catalogue::builtin)?.backup(&self.file)?;
        output::tell(&format!(
            "Copied {} to {}.",
            shown(&path),
            shown(&self.file)
        ));
        Ok(())
    }
}
