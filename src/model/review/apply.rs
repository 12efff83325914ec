//! Applying changes to the review: those that the store has just written, those of the whole journal, and those that only might be written.
//!
//! All three are the one replay of [`crate::model::journal::replay`], so that the review in memory is what the journal leads to.

use super::Review;
use crate::error::{Error, Result};
use crate::model::catalogue::Catalogue;
use crate::model::journal::change::{Change, Operation};
use crate::model::journal::replay::Replay;

impl Review {
    /// The review with these quoted records as the team's records stood after `operations`, the first of which is the oldest in the journal.
    ///
    /// # Errors
    /// A journal that makes no record.
    pub fn as_of(catalogue: Catalogue, operations: &[Operation]) -> Result<Review> {
        let mut review = Review::new(catalogue);
        review.put_all(&Replay::of(operations))?;
        Ok(review)
    }

    /// The records that changes touch, as the changes would leave them.
    pub fn after(&self, changes: &[Change]) -> Replay {
        Replay::of_changes(changes, |record| self.fields(record))
    }

    /// Applies changes that are already on disk.
    ///
    /// # Errors
    /// A change that makes no record; memory is left as it was.
    pub fn apply(&mut self, changes: &[Change]) -> Result<()> {
        let after = self.after(changes);
        Review::default().put_all(&after)?;
        self.put_all(&after)
    }

    fn put_all(&mut self, replay: &Replay) -> Result<()> {
        for (record, fields) in replay.records() {
            self.put(record, fields.clone())
                .map_err(|e| Error::bug(format!("A change to {record} makes no record: {e}")))?;
        }
        Ok(())
    }
}
