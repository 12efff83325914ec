//! `penholder man`: the manual page, all commands on one page.

use super::{output, tree};
use crate::error::{Error, Result};
use clap::Args;
use clap_mangen::Man;

const EXAMPLES: &str = "\
Example:
  penholder man > ~/.local/share/man/man1/penholder.1";

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

impl Arguments {
    /// Prints the page.
    ///
    /// # Errors
    /// An output that cannot be written.
    pub(super) fn run(&self) -> Result<()> {
        let failed = |e: std::io::Error| Error::io("Writing the manual page", &e);
        let mut tree = tree();
        tree.build();
        let mut page = Vec::new();
        Man::new(tree.clone()).render(&mut page).map_err(failed)?;
        for command in tree.get_subcommands() {
            let man = Man::new(command.clone());
            let mut section = Vec::new();
            man.render_synopsis_section(&mut section).map_err(failed)?;
            man.render_description_section(&mut section).map_err(failed)?;
            man.render_options_section(&mut section).map_err(failed)?;
            // A command is a section of the one page, and its parts are below it.
            let section = String::from_utf8_lossy(&section).replace(".SH ", ".SS ");
            page.extend_from_slice(format!(".SH \"PENHOLDER {}\"\n", command.get_name().to_uppercase()).as_bytes());
            page.extend_from_slice(section.as_bytes());
        }
        output::print(&String::from_utf8_lossy(&page))
    }
}
