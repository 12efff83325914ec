//! One step back or forth: undo and redo, and what they must not take from under others.

use super::Workspace;
use crate::error::{Error, Result};
use crate::model::call::{running, sent};
use crate::model::ids::{Id, MeetingId};
use crate::model::journal::change::{Change, Edit, Operation, Role};
use crate::model::journal::stacks::{self, Stacks};
use crate::model::record::decision::Decision;
use crate::model::record::describe::Field;
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::record::queued::Queued;
use crate::model::undo;
use std::collections::BTreeSet;

impl Workspace {
    /// The operation that [`Workspace::undo`] would undo, if there is one.
    ///
    /// # Errors
    /// Whatever the store refuses.
    pub fn next_undo(&self) -> Result<Option<Operation>> {
        self.stacks()?
            .undo
            .pop()
            .map(|target| self.store.operation(&target))
            .transpose()
    }

    /// The operation that [`Workspace::redo`] would redo, if there is one.
    ///
    /// # Errors
    /// Whatever the store refuses.
    pub fn next_redo(&self) -> Result<Option<Operation>> {
        self.stacks()?
            .redo
            .pop()
            .map(|target| self.store.operation(&target))
            .transpose()
    }

    /// Takes back this author's newest operation and answers its label.
    ///
    /// # Errors
    /// Nothing to undo; somebody changed the same fields later.
    pub fn undo(&mut self) -> Result<String> {
        let Some(target) = self.stacks()?.undo.pop() else {
            return Err(Error::slip(format!("{} has nothing to undo.", self.author)));
        };
        let done = self.store.operation(&target)?;
        let edit = Edit {
            label: done.label.clone(),
            changes: done.changes,
        }
        .inverse();
        self.step(edit, done.meeting.as_ref(), Role::Undo(target), "Undoing")
    }

    /// Repeats the operation that this author took back last and answers its label.
    ///
    /// # Errors
    /// Nothing to redo; somebody changed the same fields later.
    pub fn redo(&mut self) -> Result<String> {
        let Some(target) = self.stacks()?.redo.pop() else {
            return Err(Error::slip(format!("{} has nothing to redo.", self.author)));
        };
        let done = self.store.operation(&target)?;
        self.step(
            Edit {
                label: done.label,
                changes: done.changes,
            },
            done.meeting.as_ref(),
            Role::Redo(target),
            "Redoing",
        )
    }

    /// Reverses journal entries that this window wrote by mistake, newest first, in one transaction: undoes what they did, and redoes what they undid.
    /// Undo and redo pass over these entries and over those that reverse them until the window is closed. Returns the entries that it wrote.
    ///
    /// Unlike [`Workspace::undo`], this checks only for conflicts: the entries are a moment old, so no report that contains them went out.
    ///
    /// # Errors
    /// A conflict with what somebody else has changed since; then nothing is reversed.
    pub fn reverse_entries(&mut self, entries: &[Id]) -> Result<Vec<Id>> {
        let written = self.reverse(entries)?;
        self.mistaken
            .extend(entries.iter().chain(&written).cloned());
        Ok(written)
    }

    /// Restores what [`Workspace::reverse_entries`] reversed with these entries, in one transaction.
    ///
    /// # Errors
    /// A conflict with what somebody else has changed since; a locked report that contains it.
    pub fn restore_entries(&mut self, entries: &[Id]) -> Result<()> {
        self.reverse(entries)?;
        self.mistaken.clear();
        Ok(())
    }

    fn reverse(&mut self, entries: &[Id]) -> Result<Vec<Id>> {
        let mut operations = Vec::new();
        self.refresh()?;
        let mut ids = self.review.ids.clone();
        for id in entries.iter().rev() {
            let done = self.store.operation(id)?;
            let role = match done.role {
                Role::Do => Role::Undo(id.clone()),
                Role::Undo(target) => Role::Redo(target),
                Role::Redo(target) => Role::Undo(target),
            };
            let edit = Edit {
                label: done.label,
                changes: done.changes,
            }
            .inverse();
            let reached = self.still_reached(&edit, &role)?;
            let edit = undo::sparing_what_is_named(&self.review, edit, &reached);
            sent::as_correction(&self.review, edit.clone())?;
            operations.push(Operation {
                meeting: done.meeting,
                ..self.next_operation(&mut ids, edit, role)
            });
        }
        if !operations.is_empty() {
            let known = self.review.ids.newest().cloned();
            operations = self.write_all(operations, known.as_ref(), None)?;
        }
        Ok(operations
            .into_iter()
            .map(|operation| operation.id)
            .collect())
    }

    fn step(
        &mut self,
        edit: Edit,
        made_in: Option<&MeetingId>,
        role: Role,
        doing: &str,
    ) -> Result<String> {
        if edit
            .changes
            .iter()
            .any(|c| matches!(c.record, Record::Quoted(_)))
        {
            return Err(Error::slip(format!(
                "{doing} “{}” is not possible: a newer catalogue cannot be taken back.",
                edit.label
            )));
        }
        self.refresh()?;
        sent::refuse_step(&self.review, &edit.label, &edit.changes, made_in)?;
        self.refuse_to_unmake(&edit, doing)?;
        let reached = self.still_reached(&edit, &role)?;
        let planned = edit.changes.clone();
        let edit = undo::sparing_what_is_named(&self.review, edit, &reached);
        if let Some(id) = torn_meeting(&planned, &edit.changes) {
            let named = self.review.meeting_label(id);
            return Err(Error::conflict(format!(
                "{doing} “{}” is refused: something is recorded for {named}.",
                edit.label
            )));
        }
        if let Some(change) = edit
            .changes
            .iter()
            .find(|c| self.review.fields(&c.record).get(&c.field) != c.before.as_ref())
        {
            return Err(self.changed_later(change, &edit.label, doing)?);
        }
        if let Some((removed, record)) = undo::left_named(&self.review, &edit.changes) {
            let (removed, record) = (self.review.label(&removed), self.review.label(&record));
            return Err(Error::conflict(format!(
                "{doing} “{}” is refused: {record} names {removed}.",
                edit.label
            )));
        }
        if let Some(question) = undo::unsent_with_answers(&self.review, &edit.changes) {
            return Err(Error::conflict(format!(
                "{doing} “{}” is refused: {} has an answer.",
                edit.label,
                self.review.label(&question)
            )));
        }
        let operation = self.operation(edit, role);
        let label = operation.label.clone();
        let known = self.review.ids.newest().cloned();
        self.write(operation, known.as_ref(), None)?;
        Ok(label)
    }

    /// Refuses to take back the start of a call in which anything was recorded since.
    fn refuse_to_unmake(&self, edit: &Edit, doing: &str) -> Result<()> {
        let unmade = |change: &Change| match (&change.record, change.field, &change.after) {
            (Record::Meeting(id), Meeting::STARTED, None) => Some(id.clone()),
            _ => None,
        };
        let Some(id) = edit.changes.iter().find_map(unmade) else {
            return Ok(());
        };
        let journal = self.store.operations_in(&id)?;
        if stacks::standing(&journal).is_empty() {
            return Ok(());
        }
        Err(Error::conflict(format!(
            "{doing} “{}” is refused: something was recorded in that call since.",
            edit.label
        ))
        .hint("L ends the call."))
    }

    /// The queued recommendations, of those that a step would take the mark off, to which the call has come all the same.
    fn still_reached(&self, edit: &Edit, role: &Role) -> Result<BTreeSet<Record>> {
        let (Role::Undo(target) | Role::Redo(target)) = role else {
            return Ok(BTreeSet::new());
        };
        let mut reached = BTreeSet::new();
        for record in edit
            .changes
            .iter()
            .filter(|change| change.field == Queued::OUTCOME)
            .map(|change| &change.record)
        {
            let Record::Queued((id, number)) = record else {
                continue;
            };
            let journal = self.store.operations_in(id)?;
            let standing = stacks::standing(&journal);
            let others = journal
                .iter()
                .filter(|held| held.id != *target && standing.contains(&held.id));
            if others
                .flat_map(|held| running::touched(&self.review, &held.changes))
                .any(|touched| touched == *number)
            {
                reached.insert(record.clone());
            }
        }
        Ok(reached)
    }

    fn changed_later(&self, change: &Change, label: &str, doing: &str) -> Result<Error> {
        let by = self
            .store
            .newest_touching(change)?
            .map_or_else(|| "somebody".to_owned(), |op| op.by);
        Ok(Error::conflict(format!(
            "{doing} “{label}” is refused: {by} changed {} of {} later.",
            change.field.label(),
            self.review.label(&change.record)
        )))
    }

    fn stacks(&self) -> Result<Stacks> {
        let roles = self.store.roles(&self.author)?;
        Ok(stacks::stacks(
            roles
                .iter()
                .filter(|(id, _)| !self.mistaken.contains(id))
                .map(|(id, role)| (id, role)),
        ))
    }
}

/// A meeting that a step would leave with its name alone, since others have recorded something for it.
fn torn_meeting<'a>(wanted: &'a [Change], left: &[Change]) -> Option<&'a MeetingId> {
    let removes = |changes: &[Change], id: &MeetingId, field: Field| {
        changes.iter().any(|c| {
            c.record == Record::Meeting(id.clone()) && c.field == field && c.after.is_none()
        })
    };
    let is_removed = |change: &&Change| change.field == Meeting::NAME && change.after.is_none();
    let removed = wanted.iter().filter(is_removed);
    let mut ids = removed.filter_map(|change| change.record.meeting());
    ids.find(|id| !removes(left, id, Meeting::NAME) && removes(left, id, Decision::NUMBER))
}
