//! The operations on a recommendation, and those in a meeting, as this author may see them. Findings of others that are private, or ever were, are
//! left out here, so that no screen or command has to do it.

use super::Workspace;
use crate::error::Result;
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::journal::change::Operation;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::record::position::Matter;

impl Workspace {
    /// The operations that touched the assessment of a recommendation, its deliverables, findings or questions, oldest first; changes to
    /// others' findings that are private, or ever were, are left out.
    ///
    /// # Errors
    /// Whatever the store refuses.
    pub fn history_of(&self, number: RecommendationNumber) -> Result<Vec<Operation>> {
        self.history_visible_to(number, Some(self.author()))
    }

    /// [`Workspace::history_of`] as everybody may see it: without the author's own private notes, too.
    ///
    /// # Errors
    /// Whatever the store refuses.
    pub fn public_history_of(&self, number: RecommendationNumber) -> Result<Vec<Operation>> {
        self.history_visible_to(number, None)
    }

    fn history_visible_to(
        &self,
        number: RecommendationNumber,
        reader: Option<&str>,
    ) -> Result<Vec<Operation>> {
        let recommendation = self.review.recommendation(number)?;
        let mut records = vec![Record::Assessment(number)];
        records.extend(
            recommendation
                .numbered_deliverables()
                .map(|(d, _)| Record::Deliverable(d)),
        );
        let on = |finding: &&Finding| self.review.recommendation_of(&finding.about) == Some(number);
        records.extend(
            self.review
                .records
                .findings
                .values()
                .filter(on)
                .map(|finding| Record::Finding(finding.id.clone())),
        );
        for question in self.review.questions_on(number) {
            records.push(Record::Question(question.id.clone()));
            records.extend(
                self.review
                    .answers_to(&question.id)
                    .into_iter()
                    .map(|answer| Record::Answer(answer.id.clone())),
            );
        }
        let matter = Matter::Assessment(number);
        records.extend(
            self.review
                .records
                .positions
                .iter()
                .filter(|(_, held)| held.matter == matter)
                .map(|(id, _)| Record::Position(id.clone())),
        );
        let found = self.store.history(&records)?;
        Ok(self.store.private_notes()?.visible_to(reader, found))
    }

    /// The operations that were made while a meeting ran, and what took them back or repeated them later, oldest first; changes to others'
    /// findings that are private, or ever were, are left out.
    ///
    /// # Errors
    /// Whatever the store refuses.
    pub fn history_of_meeting(&self, id: &MeetingId) -> Result<Vec<Operation>> {
        let found = self.store.operations_in(id)?;
        Ok(self
            .store
            .private_notes()?
            .visible_to(Some(&self.author), found))
    }
}
