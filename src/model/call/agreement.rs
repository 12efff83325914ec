//! What a team would agree on with an assessment, and what stands against it: nobody agrees to what was not shown.

use super::edits::{self, Edited, Known};
use super::position::{self, Matter};
use crate::model::assessment::Assessment;
use crate::model::change::Operation;
use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::model::review::Review;
use crate::model::vocabulary::{QuestionState, Stance};

/// An assessment as it is put to the team. Two that are equal are the same agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its verdicts, texts, designation, and the day until which objections are waited for.
    pub assessment: Assessment,
    /// Who agrees, by name.
    pub agree: Vec<String>,
    /// Who objects, by name, and why.
    pub object: Vec<(String, Option<String>)>,
    /// Who abstains, by name.
    pub abstain: Vec<String>,
    /// Who of the team was not heard, in the order of the team.
    pub not_heard: Vec<String>,
    /// The open questions that it waits for, and where they stand.
    pub waits_for: Vec<(QuestionNumber, QuestionState)>,
    /// What was edited since the team had it before it, if it had.
    pub edits: Option<(Known, Vec<Edited>)>,
}

impl Agreement {
    /// The agreement on a recommendation as things are; `journal` holds the operations on it, oldest first.
    pub fn of(review: &Review, number: RecommendationNumber, journal: &[Operation]) -> Agreement {
        let matter = Matter::Assessment(number);
        let standing = position::standing(review, &matter, position::round(review, &matter));
        let of_stance = |stance: Stance| standing.iter().filter(move |(_, (_, position))| position.stance == stance);
        let names = |stance: Stance| of_stance(stance).map(|(name, _)| (*name).to_owned()).collect();
        let state = |question: QuestionNumber| Some((question, review.question_state(review.questions.get(question)?)));
        Agreement {
            assessment: review.assessment(number).clone(),
            agree: names(Stance::Agree),
            object: of_stance(Stance::Object).map(|(name, (_, position))| ((*name).to_owned(), position.text.clone())).collect(),
            abstain: names(Stance::Abstain),
            not_heard: position::yet_to_answer(review, &matter).into_iter().map(str::to_owned).collect(),
            waits_for: review.waits_for(number).into_iter().filter_map(state).collect(),
            edits: edits::since(journal, number),
        }
    }
}
