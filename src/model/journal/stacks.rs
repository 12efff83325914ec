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

    fn id(name: &str) -> Id {
        format!("op-{name}").parse().unwrap()
    }

    #[test]
    fn the_drawing_above_holds() {
        let (a, b, c, u, r) = (id("a"), id("b"), id("c"), id("u"), id("r"));
        let roles = [
            (a.clone(), Role::Do),
            (b.clone(), Role::Do),
            (u, Role::Undo(b.clone())),
            (r, Role::Redo(b.clone())),
            (c.clone(), Role::Do),
        ];
        let upto = |n: usize| stacks(roles[..n].iter().map(|(i, r)| (i, r)));
        assert_eq!(
            upto(2),
            Stacks {
                undo: vec![a.clone(), b.clone()],
                redo: vec![]
            }
        );
        assert_eq!(
            upto(3),
            Stacks {
                undo: vec![a.clone()],
                redo: vec![b.clone()]
            }
        );
        assert_eq!(
            upto(4),
            Stacks {
                undo: vec![a.clone(), b.clone()],
                redo: vec![]
            }
        );
        assert_eq!(
            upto(5),
            Stacks {
                undo: vec![a, b, c],
                redo: vec![]
            }
        );
    }
}
