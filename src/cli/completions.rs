//! `penholder completions SHELL`: what a shell needs to complete commands and words.

use super::{output, tree};
use crate::error::Result;
use clap::Args;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Example:
  penholder completions bash > ~/.local/share/bash-completion/completions/penholder";

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

impl Arguments {
    /// Prints the script.
    ///
    /// # Errors
    /// An output that cannot be written.
    pub(super) fn run(&self) -> Result<()> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut tree(), "penholder", &mut script);
        output::print(&String::from_utf8_lossy(&script))
    }
}
