//! What screens and command line share: the open workspace, the review in memory, and the only ways to change them.
//!
//! [`Workspace::commit`] writes an edit to disk and only then lets memory follow. Undo and redo are commits too. Another window's commits
//! are noticed by [`Workspace::refresh`].

// No match over one of our enums has a wildcard, so that the compiler names every match that a new case must extend.
#![warn(clippy::wildcard_enum_match_arm)]

mod environment;
pub mod export;
mod history;
pub mod report;
mod steps;

pub use environment::{Clock, author, location};

use crate::catalogue;
use crate::error::{Error, Kind, Result};
use crate::model::call::{running, sent};
use crate::model::draft::Draft;
use crate::model::ids::{Id, NextIds};
use crate::model::journal::change::{Edit, Operation, Role};
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
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
        let mut review = store.load_first()?;
        go_on(&mut review.ids, clock);
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

    /// The id of the record that is made next.
    pub fn new_id(&self) -> Id {
        self.review.ids.clone().make()
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
        let (known, operation) = self.deed(edit)?;
        self.write(operation, known.as_ref(), None)?;
        Ok(true)
    }

    /// The operation that an edit becomes: in the call that runs, which has come to what it is about, and a correction of what went out. Before it the newest id
    /// that was known when the edit was made.
    fn deed(&mut self, edit: Edit) -> Result<(Option<Id>, Operation)> {
        let known = self.review.ids.newest().cloned();
        // What another window wrote in the last moment is known before it is said what the call has come to.
        self.refresh()?;
        let edit = sent::as_correction(&self.review, running::reaching(&self.review, edit))?;
        Ok((known, self.operation(edit, Role::Do)))
    }

    /// Writes an edit that was typed at a place, and drops the draft there with it, also when there was nothing to write.
    ///
    /// # Errors
    /// As [`Workspace::commit`].
    pub fn commit_typed(&mut self, edit: Edit, place: &str) -> Result<bool> {
        if edit.is_nothing() {
            return self.keep_draft(place, &Draft::default()).map(|()| false);
        }
        let (known, operation) = self.deed(edit)?;
        self.write(operation, known.as_ref(), Some(place))?;
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
        let known = self.review.ids.newest().cloned();
        self.write(operation, known.as_ref(), None)?;
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
        let mut fresh = self.store.load()?;
        // This window goes on with its own ids, so that what they are next makes no difference below.
        let mut ids = std::mem::take(&mut self.review.ids);
        if let Some(newest) = fresh.ids.newest() {
            ids.pass(newest);
        }
        (fresh.ids, self.review.ids) = (ids.clone(), ids);
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
        self.next_operation(&mut self.review.ids.clone(), edit, role)
    }

    /// The operation that an edit becomes, with an id after those of the records that the edit makes.
    fn next_operation(&self, ids: &mut NextIds, edit: Edit, role: Role) -> Operation {
        for change in &edit.changes {
            if let Ok(id) = change.record.key().parse() {
                ids.pass(&id);
            }
        }
        let meeting = self.review.records.running().map(|(id, _)| id.clone());
        Operation {
            id: ids.make(),
            at: self.now(),
            by: self.author.clone(),
            meeting,
            role,
            label: edit.label,
            changes: edit.changes,
        }
    }

    fn write(
        &mut self,
        operation: Operation,
        known: Option<&Id>,
        typed_at: Option<&str>,
    ) -> Result<()> {
        self.write_all(vec![operation], known, typed_at).map(drop)
    }

    /// Writes operations in one transaction, and applies them to the review in memory once they are on disk. `known` is as for [`Store::commit_all`].
    fn write_all(
        &mut self,
        operations: Vec<Operation>,
        known: Option<&Id>,
        typed_at: Option<&str>,
    ) -> Result<Vec<Operation>> {
        let operations = match self.store.commit_all(operations, known, typed_at) {
            Ok(written) => written,
            Err(e) if e.kind == Kind::Conflict => {
                self.reload()?;
                return Err(e);
            }
            Err(e) => return Err(e.while_trying("Recording")),
        };
        for operation in &operations {
            self.review.apply(&operation.changes)?;
            self.review.ids.pass(&operation.id);
            self.written.clone_from(&operation.label);
            self.recorded_entries.push(operation.id.clone());
        }
        go_on(&mut self.review.ids, self.clock);
        self.revision += 1;
        Ok(operations)
    }
}

/// A value of a field of a record as people write it: what it names by the number or name that people know that by.
pub fn written(review: &Review, record: &Record, field: Field, value: &str) -> String {
    let known = record.fields().iter().find(|known| known.field == field);
    known.map_or_else(|| value.to_owned(), |known| review.written(known, value))
}

/// Lets the ids that come next be those of this moment.
fn go_on(ids: &mut NextIds, clock: Clock) {
    let milliseconds = u64::try_from(clock.now().timestamp_millis()).unwrap_or(0);
    ids.at(milliseconds, uuid::Uuid::new_v4().as_u64_pair().1);
}
