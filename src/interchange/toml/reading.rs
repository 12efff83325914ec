//! What is known while a file is read: the review it is read for, and the names, faults and notes found so far.

use super::entry::Entry;
use super::fault::Faults;
use super::names::Names;
use crate::model::catalogue::Recommendation;
use crate::model::ids::RecommendationNumber;
use crate::model::record::describe::Field;
use crate::model::review::Review;

/// A file that is being read. Each stage processes all records of the file before the next stage starts.
pub(super) struct Reading<'c> {
    pub review: &'c Review,
    pub text: &'c str,
    pub names: Names,
    pub faults: &'c Faults,
    /// Oddities of the file that are no reason to refuse it, one sentence each.
    pub notes: Vec<String>,
}

impl<'c> Reading<'c> {
    /// The recommendation with a number; a fault if there is none.
    pub fn recommendation(
        &self,
        number: RecommendationNumber,
        at: usize,
    ) -> Option<&'c Recommendation> {
        let range = || self.review.recommendation_numbers();
        let fault = |_| format!("there is no recommendation {number}{}", range());
        let found = self.review.recommendation(number);
        self.faults.ok(at, found.map_err(fault))
    }

    /// Notes a fault of a field of a record.
    pub fn fault(&self, entry: &Entry<'_, '_>, field: Field, fault: impl Into<String>) {
        self.faults.add(entry.place(field), fault);
    }

    /// The line in which a byte of the file stands.
    pub fn line(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or(self.text);
        before.matches('\n').count() + 1
    }
}
