//! What screens and command line share: the open workspace, the review in memory, and the only ways to change them.
//!
//! [`Workspace::commit`] writes an edit to disk and only then lets memory follow. Undo and redo are commits too. Another window's commits
//! are noticed by [`Workspace::refresh`].

mod environment;
pub mod export;
mod history;
pub mod report;
mod steps;

pub use environment::{Clock, author, location};

use crate::catalogue;
use crate::error::{Error, Kind, Result};
use crate::model::call::{running, sent};
use crate::model::change::{Edit, Operation, Role};
use crate::model::draft::Draft;
use crate::model::ids::Id;
use crate::model::review::Review;
use crate::store::{Missing, Store};
use chrono::{DateTime, Local, NaiveDate, SubsecRound, Utc};
use std::collections::BTreeSet;
use std::path::Path;

/// An open workspace.
#[derive(Debug)]
pub struct Workspace {
    store: Store,
    review: Review,
    author: String,
    clock: Clock,
    revision: u64,
    /// Whether everything is in memory, or only what the first screen shows.
    whole: bool,
    /// What was written last, as the journal calls it.
    written: String,
    /// The journal entries that this window wrote, oldest first.
    recorded_entries: Vec<Id>,
    /// Those of them that were typed by mistake, and what reversed them: undo and redo pass over them.
    mistaken: BTreeSet<Id>,
}

impl Workspace {
    /// Opens the workspace; a missing one is created and filled from the built-in catalogue, or refused.
    ///
    /// # Errors
    /// Whatever keeps the file from being opened or read.
    pub fn open(path: &Path, missing: Missing, author: String, clock: Clock) -> Result<Workspace> {
        let mut workspace = Workspace::open_first(path, missing, author, clock)?;
        workspace.complete()?;
        Ok(workspace)
    }

    /// Opens the workspace with only what the first screen shows in memory, so that the screen is there at once; [`Workspace::complete`] reads
    /// the rest.
    ///
    /// # Errors
    /// As [`Workspace::open`].
    pub fn open_first(
        path: &Path,
        missing: Missing,
        author: String,
        clock: Clock,
    ) -> Result<Workspace> {
        let store = Store::open(path, missing, catalogue::builtin)?;
        Workspace::with(store, author, clock)
    }

    /// Reads what [`Workspace::open_first`] left on disk, and renews the quoted records if the built-in edition is newer; answers whether there
    /// was anything.
    ///
    /// # Errors
    /// A file that can no longer be read; a renewal that the store refuses.
    pub fn complete(&mut self) -> Result<bool> {
        let missing = !self.whole;
        if missing {
            self.reload()?;
            self.renew()?;
        }
        Ok(missing)
    }

    /// Creates a workspace filled from another catalogue.
    ///
    /// # Errors
    /// A catalogue that is broken (no file is left behind), a file that exists.
    pub fn create(
        path: &Path,
        catalogue: crate::model::catalogue::Catalogue,
        author: String,
        clock: Clock,
    ) -> Result<Workspace> {
        let name = crate::store::shown(path);
        let exists = path
            .try_exists()
            .map_err(|e| Error::io(format!("Creating the workspace {name}"), e))?;
        if exists || !crate::store::create(path, || Ok(catalogue))? {
            return Err(
                Error::slip(format!("{name} exists already; nothing was changed."))
                    .hint("Name another file with --db FILE."),
            );
        }
        Workspace::open(path, Missing::Refuse, author, clock)
    }

    fn with(store: Store, author: String, clock: Clock) -> Result<Workspace> {
        let review = store.load_first()?;
        Ok(Workspace {
            store,
            review,
            author,
            clock,
            revision: 0,
            whole: false,
            written: String::new(),
            recorded_entries: Vec::new(),
            mistaken: BTreeSet::new(),
        })
    }

    /// Brings the quoted records to the built-in edition, if that is newer and of the same review.
    fn renew(&mut self) -> Result<()> {
        let (built_in, here) = (catalogue::builtin_header()?, &self.review.catalogue.header);
        if built_in.review != here.review || built_in.edition <= here.edition {
            return Ok(());
        }
        let newer = catalogue::builtin()?;
        let label = format!(
            "Catalogue renewed from edition {} to {}",
            here.edition, newer.header.edition
        );
        let changes = catalogue::changes(&self.review.catalogue, &newer)?;
        let operation = self.operation(Edit { label, changes }, Role::Do);
        self.store.renew(&operation, &newer)?;
        self.reload()
    }

    /// The review as this window sees it.
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// Who writes.
    pub fn author(&self) -> &str {
        &self.author
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The day that it is where the program runs: what a person here means by today.
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&Local).date_naive()
    }

    /// The file, for what only reads it.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What was written last, as the journal calls it: a correction says that it is one.
    pub fn last_label(&self) -> &str {
        &self.written
    }

    /// The journal entries that this window wrote since it was opened, oldest first.
    pub fn recorded_entries(&self) -> &[Id] {
        &self.recorded_entries
    }

    /// Counted up whenever the review in memory changes.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Writes an edit; memory follows once it is durable. Answers whether there was anything to write.
    ///
    /// # Errors
    /// A conflict, after which memory has been read afresh; whatever the store refuses.
    pub fn commit(&mut self, edit: Edit) -> Result<bool> {
        if edit.is_nothing() {
            return Ok(false);
        }
        let operation = self.deed(edit)?;
        self.write(&operation, None)?;
        Ok(true)
    }

    /// The operation that an edit becomes: in the call that runs, which has come to what it is about, and a correction of what went out.
    fn deed(&mut self, edit: Edit) -> Result<Operation> {
        // What another window wrote in the last moment is known before it is said what the call has come to.
        self.refresh()?;
        let edit = sent::as_correction(&self.review, running::reaching(&self.review, edit))?;
        Ok(self.operation(edit, Role::Do))
    }

    /// Writes an edit that was typed at a place, and drops the draft there with it, also when there was nothing to write.
    ///
    /// # Errors
    /// As [`Workspace::commit`].
    pub fn commit_typed(&mut self, edit: Edit, place: &str) -> Result<bool> {
        if edit.is_nothing() {
            return self.keep_draft(place, &Draft::default()).map(|()| false);
        }
        let operation = self.deed(edit)?;
        self.write(&operation, Some(place))?;
        Ok(true)
    }

    /// Writes an edit as [`Workspace::commit`] does, with the time at which its content came to be: that of an imported file.
    ///
    /// # Errors
    /// As [`Workspace::commit`].
    pub fn commit_at(&mut self, edit: Edit, at: DateTime<Utc>) -> Result<bool> {
        if edit.is_nothing() {
            return Ok(false);
        }
        let edit = sent::as_correction(&self.review, edit)?;
        // What a file brings was not said in the call that happens to run.
        let operation = Operation {
            at: at.trunc_subsecs(0),
            meeting: None,
            ..self.operation(edit, Role::Do)
        };
        self.write(&operation, None)?;
        Ok(true)
    }

    /// Reads what other windows committed; answers whether anything was new.
    ///
    /// # Errors
    /// A file that can no longer be read.
    pub fn refresh(&mut self) -> Result<bool> {
        let changed = self.store.changed_elsewhere()?;
        if changed {
            let before = self.revision;
            self.reload()?;
            return Ok(self.revision != before);
        }
        Ok(false)
    }

    fn reload(&mut self) -> Result<()> {
        let fresh = self.store.load()?;
        self.whole = true;
        if fresh != self.review {
            self.review = fresh;
            self.revision += 1;
        }
        Ok(())
    }

    /// Keeps what this author typed at a place; an empty text drops it.
    ///
    /// # Errors
    /// Whatever the store refuses.
    pub fn keep_draft(&mut self, place: &str, draft: &Draft) -> Result<()> {
        let (author, now) = (self.author.clone(), self.now());
        self.store.keep_draft(&author, place, draft, now)
    }

    /// What this author typed at a place and did not record.
    ///
    /// # Errors
    /// Whatever the store refuses.
    pub fn draft(&self, place: &str) -> Result<Option<Draft>> {
        self.store.draft(&self.author, place)
    }

    /// The places at which this author has a draft, newest first.
    ///
    /// # Errors
    /// Whatever the store refuses.
    pub fn drafts(&self) -> Result<Vec<String>> {
        self.store.drafts(&self.author)
    }

    fn operation(&self, edit: Edit, role: Role) -> Operation {
        let meeting = self.review.calls.running().map(|(id, _)| id.clone());
        Operation {
            id: fresh_id(),
            at: self.now(),
            by: self.author.clone(),
            meeting,
            role,
            label: edit.label,
            changes: edit.changes,
        }
    }

    fn write(&mut self, operation: &Operation, typed_at: Option<&str>) -> Result<()> {
        self.write_all(std::slice::from_ref(operation), typed_at)
    }

    /// Writes operations in one transaction, and applies them to the review in memory once they are on disk.
    fn write_all(&mut self, operations: &[Operation], typed_at: Option<&str>) -> Result<()> {
        match self.store.commit_all(operations, typed_at) {
            Ok(()) => {}
            Err(e) if e.kind == Kind::Conflict => {
                self.reload()?;
                return Err(e);
            }
            Err(e) => return Err(e.while_trying("Recording")),
        }
        for operation in operations {
            self.review.apply(&operation.changes)?;
            self.written.clone_from(&operation.label);
            self.recorded_entries.push(operation.id.clone());
        }
        self.revision += 1;
        Ok(())
    }
}

/// A new random id.
pub fn fresh_id() -> Id {
    Id::from_random(uuid::Uuid::new_v4().as_u128())
}
