//! `penholder export KIND`: the record as a file, whole or not at all.

use super::{Common, output};
use crate::error::{Error, Result};
use crate::interchange::document::Document;
use crate::interchange::import::counted;
use crate::interchange::records::Scope;
use crate::interchange::{json, markdown, toml};
use crate::store::shown;
use crate::workspace::Workspace;
use crate::{catalogue, model};
use clap::{Args, ValueEnum};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
The same record gives the same bytes, whoever exports it and when. TOML is what `penholder import` reads back
(assessments); Markdown is fit to send after a call (assessments, questions, findings).

Examples:
  penholder export assessments -o assessments.toml
  penholder export assessments --format md -o after-the-call.md
  penholder export everything --format json";

/// Write the record as TOML, JSON or Markdown
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to export
    #[arg(value_name = "KIND", value_enum)]
    kind: Kind,
    /// In which form
    #[arg(long, value_enum, default_value = "toml")]
    format: Format,
    /// Where to; - is standard output, an existing file is replaced
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    output: PathBuf,
    /// Put your own private notes in as well
    #[arg(long)]
    include_private: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Assessments,
    Questions,
    Findings,
    Changes,
    Catalogue,
    Everything,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Toml,
    Json,
    Md,
}

impl Arguments {
    /// Writes the export.
    ///
    /// # Errors
    /// A form that this kind does not have; a file that cannot be written, which is then left as it was.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        if self.format == Format::Md {
            if !matches!(self.kind, Kind::Assessments | Kind::Questions | Kind::Findings) {
                return Err(Error::usage("Only assessments, questions and findings are exported as Markdown; expected toml or json."));
            }
            if self.include_private {
                return Err(Error::usage("Markdown is sent to others and never has private notes; expected toml or json."));
            }
        }
        let workspace = common.open()?;
        let (text, what) = self.text(&workspace)?;
        if self.output.as_os_str() == "-" {
            return output::print(&text);
        }
        write(&workspace, &self.output, &text)?;
        output::tell(&format!("Wrote {what} to {}.", shown(&self.output)));
        Ok(())
    }

    /// The text of the file, and what it holds in words.
    fn text(&self, workspace: &Workspace) -> Result<(String, String)> {
        let journal = workspace.store().operations()?;
        let review = workspace.review();
        let scope = Scope { review, journal: &journal, reader: workspace.author(), include_private: self.include_private };
        let document = match self.kind {
            Kind::Catalogue => return Ok((catalogue_text(&review.catalogue, self.format)?, "the catalogue".to_owned())),
            Kind::Assessments => scope.assessments(),
            Kind::Questions => scope.questions(),
            Kind::Findings => scope.findings(),
            Kind::Changes => scope.changes(),
            Kind::Everything => scope.everything(),
        };
        let text = match (self.format, self.kind) {
            (Format::Toml, _) => toml::write(&document),
            (Format::Json, _) => json::document(&document)?,
            (Format::Md, Kind::Questions) => markdown::questions(scope),
            (Format::Md, Kind::Findings) => markdown::findings(scope),
            (Format::Md, _) => markdown::assessments(scope),
        };
        Ok((text, held(&document)))
    }
}

fn held(document: &Document) -> String {
    let counts: Vec<String> = document.sections.iter().map(|section| counted(section.records.len(), section.key)).collect();
    counts.join(", ")
}

fn catalogue_text(catalogue: &model::catalogue::Catalogue, format: Format) -> Result<String> {
    if format == Format::Json { json::catalogue(catalogue) } else { catalogue::to_toml(catalogue) }
}

/// Writes a file beside its target and moves it there, so that the target is the old or the new file and never half of one.
fn write(workspace: &Workspace, path: &Path, text: &str) -> Result<()> {
    let attempt = || format!("Writing {}", shown(path));
    let failed = |e: &std::io::Error| Error::io(attempt(), e);
    // A link stays a link: what it points to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if is_workspace(workspace.store().path(), &target) {
        return Err(Error::slip(format!("{}: that is the workspace itself; nothing was written.", attempt())).hint("Name another file."));
    }
    match fs::metadata(&target) {
        Ok(there) if there.is_dir() => {
            return Err(Error::slip(format!("{}: that is a folder; expected a file.", attempt())));
        }
        // A pipe or a device cannot be replaced, only written to.
        Ok(there) if !there.is_file() => return fs::write(&target, text).map_err(|e| failed(&e)),
        _ => {}
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let usual = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    let mut file = tempfile::Builder::new().prefix(".penholder-").permissions(usual).tempfile_in(folder).map_err(|e| failed(&e))?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(|e| failed(&e))?;
    file.persist(&target).map(drop).map_err(|e| failed(&e.error))
}

/// Whether a path is the workspace file or one of SQLite's files beside it.
fn is_workspace(store: &Path, target: &Path) -> bool {
    let store = fs::canonicalize(store).unwrap_or_else(|_| store.to_owned());
    ["", "-wal", "-shm", "-journal"].iter().any(|end| {
        let mut name = store.clone().into_os_string();
        name.push(end);
        name == target.as_os_str()
    })
}
