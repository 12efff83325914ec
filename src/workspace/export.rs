//! Exporting: the record as a file in one of its forms, written whole or not at all. Screens and command line share it.

use super::Workspace;
use crate::error::{Error, Result};
use crate::interchange::document::Document;
use crate::interchange::import::counted;
use crate::interchange::records::Scope;
use crate::interchange::{csv, json, markdown, toml};
use crate::store::shown;
use crate::{catalogue, model};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// How every SQLite database begins.
const DATABASE: &[u8; 16] = b"SQLite format 3\0";

/// What SQLite adds to the name of a database for the files beside it, and nothing for the database.
const ENDINGS: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The assessments with their findings.
    Assessments,
    /// The questions.
    Questions,
    /// All findings and notes.
    Findings,
    /// The meetings with decisions, action items and positions.
    Meetings,
    /// The journal.
    Changes,
    /// The quoted records.
    Catalogue,
    /// All of the team's record.
    Everything,
}

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// What `import` reads back.
    Toml,
    /// For other programs.
    Json,
    /// For people.
    Markdown,
    /// For spreadsheets.
    Csv,
}

impl Kind {
    /// All kinds, with their words.
    pub const ALL: [(&'static str, Kind); 7] = [
        ("assessments", Kind::Assessments),
        ("questions", Kind::Questions),
        ("findings", Kind::Findings),
        ("meetings", Kind::Meetings),
        ("changes", Kind::Changes),
        ("catalogue", Kind::Catalogue),
        ("everything", Kind::Everything),
    ];

    /// Whether there is such a form of it.
    pub fn has(self, format: Format) -> bool {
        match format {
            Format::Toml | Format::Json => true,
            Format::Markdown => {
                matches!(self, Kind::Assessments | Kind::Questions | Kind::Findings)
            }
            Format::Csv => matches!(self, Kind::Questions | Kind::Meetings),
        }
    }

    /// Sees whether it can be exported in a form, so that nothing has to be opened for what cannot.
    ///
    /// # Errors
    /// A form that this kind does not have, private notes in what is sent to others.
    pub fn check(self, format: Format, include_private: bool) -> Result<()> {
        if !self.has(format) {
            return Err(Error::usage(match format {
                Format::Csv if self.has(Format::Markdown) => {
                    "Only questions, and the action items of the meetings, are exported as CSV; expected toml, json or md."
                }
                Format::Csv => {
                    "Only questions, and the action items of the meetings, are exported as CSV; expected toml or json."
                }
                Format::Toml | Format::Json | Format::Markdown if self.has(Format::Csv) => {
                    "Only assessments, questions and findings are exported as Markdown; expected toml, json or csv."
                }
                Format::Toml | Format::Json | Format::Markdown => {
                    "Only assessments, questions and findings are exported as Markdown; expected toml or json."
                }
            }));
        }
        if matches!(format, Format::Markdown | Format::Csv) && include_private {
            return Err(Error::usage(
                "Markdown and CSV are sent to others and never have private notes; expected toml or json.",
            ));
        }
        Ok(())
    }
}

impl Format {
    /// All forms, with the endings of their files.
    pub const ALL: [(&'static str, Format); 4] = [
        ("toml", Format::Toml),
        ("json", Format::Json),
        ("md", Format::Markdown),
        ("csv", Format::Csv),
    ];
}

impl Workspace {
    /// The text of an export, and what it holds in words.
    ///
    /// # Errors
    /// A form that this kind does not have, private notes in what is sent to others, a journal that cannot be read.
    pub fn export(
        &self,
        kind: Kind,
        format: Format,
        include_private: bool,
    ) -> Result<(String, String)> {
        kind.check(format, include_private)?;
        let journal = self.store().operations()?;
        let review = self.review();
        let scope = Scope {
            review,
            journal: &journal,
            reader: self.author(),
            include_private,
        };
        let document = match kind {
            Kind::Catalogue => {
                return Ok((
                    catalogue_text(&review.catalogue, format)?,
                    "the catalogue".to_owned(),
                ));
            }
            Kind::Assessments => scope.assessments(),
            Kind::Questions => scope.questions(),
            Kind::Findings => scope.findings(),
            Kind::Meetings => scope.meetings(),
            Kind::Changes => scope.changes(),
            Kind::Everything => scope.everything(),
        };
        let text = match (format, kind) {
            (Format::Toml, _) => toml::write(&document),
            (Format::Json, _) => json::document(&document)?,
            (Format::Csv, Kind::Meetings) => {
                return Ok((
                    csv::actions(scope)?,
                    counted(review.records.actions().len(), "action item"),
                ));
            }
            (Format::Csv, _) => csv::questions(scope)?,
            (Format::Markdown, Kind::Questions) => markdown::questions(scope),
            (Format::Markdown, Kind::Findings) => markdown::findings(scope),
            (Format::Markdown, _) => markdown::assessments(scope),
        };
        Ok((text, held(&document)))
    }

    /// Writes a file beside its target and moves it there, so that the target is the old or the new file and never half of one.
    ///
    /// # Errors
    /// The workspace itself, any other database or a folder as target; what the file system refuses.
    pub fn write_file(&self, path: &Path, text: &str) -> Result<()> {
        let attempt = || format!("Writing {}", shown(path));
        let failed = |e: io::Error| Error::io(attempt(), e);
        // A link stays a link: what it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if is_workspace(self.store().path(), &target) {
            return Err(Error::slip(format!(
                "{}: that is the workspace itself; nothing was written.",
                attempt()
            ))
            .hint("Name another file."));
        }
        match fs::metadata(&target) {
            Ok(there) if there.is_dir() => {
                return Err(Error::slip(format!(
                    "{}: that is a folder; expected a file.",
                    attempt()
                )));
            }
            // A pipe or a device cannot be replaced, only written to.
            Ok(there) if !there.is_file() => {
                return fs::write(&target, text).map_err(failed);
            }
            Ok(_) if is_database(&target).map_err(failed)? => {
                return Err(Error::slip(format!(
                    "{}: that is a workspace, a backup or another database; nothing was written.",
                    attempt()
                ))
                .hint("Name another file. If the database is no longer needed, remove it first."));
            }
            Err(_) if is_beside_database(&target) => {
                return Err(Error::slip(format!(
                    "{}: SQLite keeps the log of a database under that name; nothing was written.",
                    attempt()
                ))
                .hint("Name another file."));
            }
            _ => {}
        }
        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or_else(|| Path::new("."));
        if !folder.is_dir() {
            return Err(Error::slip(format!(
                "{}: there is no folder {}.",
                attempt(),
                shown(folder)
            ))
            .hint("Create the folder first, or name a file elsewhere."));
        }
        // The error of a temporary file names that file, which nobody asked for; its kind says enough.
        let refused = |e: io::Error| failed(e.kind().into()).caused_by(e);
        let usual = std::os::unix::fs::PermissionsExt::from_mode(0o666);
        let mut file = tempfile::Builder::new()
            .prefix(".penholder-")
            .permissions(usual)
            .tempfile_in(folder)
            .map_err(refused)?;
        file.write_all(text.as_bytes())
            .and_then(|()| file.as_file().sync_all())
            .map_err(failed)?;
        file.persist(&target).map(drop).map_err(|e| failed(e.error))
    }
}

/// Whether a path is the workspace file or one of SQLite's files beside it, under whatever name.
fn is_workspace(store: &Path, target: &Path) -> bool {
    let store = fs::canonicalize(store).unwrap_or_else(|_| store.to_owned());
    let file = |path: &Path| {
        fs::metadata(path)
            .ok()
            .map(|there| (there.dev(), there.ino()))
    };
    let wanted = file(target);
    ENDINGS
        .iter()
        .map(|end| with_ending(&store, end))
        .any(|path| path == target || (wanted.is_some() && file(&path) == wanted))
}

/// Whether a file is a database or one of SQLite's files beside one. The workspace must not be asked for: closing it here would drop
/// SQLite's locks on it.
fn is_database(target: &Path) -> io::Result<bool> {
    // A pipe would wait for somebody to write into it.
    if !fs::metadata(target)?.is_file() {
        return Ok(false);
    }
    let mut begins = Vec::new();
    File::open(target)?
        .take(DATABASE.len() as u64)
        .read_to_end(&mut begins)?;
    Ok(begins == DATABASE || is_beside_database(target))
}

/// Whether SQLite would take a file of this name for its own, there or not.
fn is_beside_database(target: &Path) -> bool {
    let name = target.as_os_str().to_string_lossy();
    let beside = ENDINGS
        .iter()
        .filter(|end| !end.is_empty())
        .find_map(|end| name.strip_suffix(end));
    beside.is_some_and(|database| is_database(Path::new(database)).unwrap_or(false))
}

fn with_ending(path: &Path, end: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(end);
    name.into()
}

fn held(document: &Document) -> String {
    let counts: Vec<String> = document
        .sections
        .iter()
        .map(|section| counted(section.records.len(), section.key))
        .collect();
    counts.join(", ")
}

fn catalogue_text(catalogue: &model::catalogue::Catalogue, format: Format) -> Result<String> {
    if format == Format::Json {
        json::catalogue(catalogue)
    } else {
        catalogue::to_toml(catalogue)
    }
}
