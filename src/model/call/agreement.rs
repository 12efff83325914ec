//! What a team agrees to when it agrees on an assessment, and what speaks against agreeing. All of it is shown before it is recorded, since nobody
//! can agree to what they were not shown.

use super::edits::{self, Edited, Known};
use super::position::{self, Matter};
use crate::model::assessment::Assessment;
use crate::model::change::Operation;
use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::model::review::Review;
use crate::model::vocabulary::{QuestionState, Stance};

/// An assessment as it is put to the team. If two values are equal, the team was shown the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its verdicts, texts, designation, and the last day for objections.
    pub assessment: Assessment,
    /// Who agrees, by name.
    pub agree: Vec<String>,
    /// Who objects, by name, and why.
    pub object: Vec<(String, Option<String>)>,
    /// Who abstains, by name.
    pub abstain: Vec<String>,
    /// The members who were not heard, in the order of the team.
    pub not_heard: Vec<String>,
    /// The open questions that it waits for, with their states.
    pub waits_for: Vec<(QuestionNumber, QuestionState)>,
    /// What was edited since the team last saw it, if it ever did.
    pub edits: Option<(Known, Vec<Edited>)>,
}

impl Agreement {
    /// What the team would agree to on a recommendation now; `journal` has the operations on it, oldest first.
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
