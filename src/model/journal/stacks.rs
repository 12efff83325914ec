//! Undo and redo: which operation an author's next `u` or `U` means.
//!
//! The journal only grows: an undo is an operation of its own that names the one it takes back. So the two stacks are not kept anywhere; they are
//! read off the author's own entries, oldest first:
//!
//! ```text
//! do A      undo: A         redo: -
//! do B      undo: A B       redo: -
//! undo B    undo: A         redo: B
//! redo B    undo: A B       redo: -
//! do C      undo: A B C     redo: -      (a new operation forgets what could be redone)
//! ```

use super::change::{Operation, Role};
use crate::model::ids::Id;
use std::collections::BTreeSet;

/// What can be undone and redone by one author, the next one last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stacks {
    /// Operations that can be taken back.
    pub undo: Vec<Id>,
    /// Operations that can be repeated.
    pub redo: Vec<Id>,
}

/// Reads the stacks off one author's entries, oldest first.
pub fn stacks<'a>(entries: impl IntoIterator<Item = (&'a Id, &'a Role)>) -> Stacks {
    let mut stacks = Stacks::default();
    for (id, role) in entries {
        match role {
            Role::Do => {
                stacks.undo.push(id.clone());
                stacks.redo.clear();
            }
            Role::Undo(target) => {
                stacks.undo.retain(|known| known != target);
                stacks.redo.push(target.clone());
            }
            Role::Redo(target) => {
                stacks.redo.retain(|known| known != target);
                stacks.undo.push(target.clone());
            }
        }
    }
    stacks
}

/// The operations that stand: done and not undone, or undone and done again. An undo or redo of one stands in no list of its own.
pub fn standing(journal: &[Operation]) -> BTreeSet<&Id> {
    let mut standing: BTreeSet<&Id> = BTreeSet::new();
    for operation in journal {
        match &operation.role {
            Role::Do => {
                standing.insert(&operation.id);
            }
            Role::Undo(target) => {
                standing.remove(target);
            }
            Role::Redo(target) => {
                standing.extend(journal.iter().map(|held| &held.id).find(|id| *id == target))
            }
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_above_holds() {
        let id = |name: &str| -> Id { format!("op-{name}").parse().unwrap() };
        let roles = [
            (id("a"), Role::Do),
            (id("b"), Role::Do),
            (id("u"), Role::Undo(id("b"))),
            (id("r"), Role::Redo(id("b"))),
            (id("c"), Role::Do),
        ];
        let drawing = [
            (2, vec![id("a"), id("b")], vec![]),
            (3, vec![id("a")], vec![id("b")]),
            (4, vec![id("a"), id("b")], vec![]),
            (5, vec![id("a"), id("b"), id("c")], vec![]),
        ];
        for (entries, undo, redo) in drawing {
            let entries = roles.iter().take(entries).map(|(id, role)| (id, role));
            assert_eq!(stacks(entries), Stacks { undo, redo });
        }
    }
}
