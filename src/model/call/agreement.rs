//! What a team agrees to when it agrees on an assessment, and what speaks against agreeing. All of it is shown before it is recorded, since nobody
//! can agree to what they were not shown.

use super::edits::{self, Edited, Known};
use super::position::{self, Matter};
use crate::model::assessment::Assessment;
use crate::model::change::{Operation, Record};
use crate::model::fields::Fields;
use crate::model::ids::{Id, QuestionNumber, RecommendationNumber};
use crate::model::review::Review;
use crate::model::vocabulary::{Field, QuestionState, Stance};
use std::collections::BTreeSet;

/// An assessment as it is put to the team. If two values are equal, the team was shown the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its verdicts, texts, designation, and the last day for objections.
    pub assessment: Assessment,
    /// Who agrees to what it says now, by name.
    pub agree: Vec<String>,
    /// Who agreed to an earlier wording of it and said nothing since, by name.
    pub agreed_earlier: Vec<String>,
    /// Whether the designation was chosen for an earlier wording.
    pub designated_earlier: bool,
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
        let of_stance = |stance: Stance| {
            standing
                .iter()
                .filter(move |(_, (_, position))| position.stance == stance)
        };
        let names = |stance: Stance| {
            of_stance(stance)
                .map(|(name, _)| (*name).to_owned())
                .collect()
        };
        let earlier = earlier(journal, number);
        let is_earlier = |id: &Id| earlier.positions.contains(id);
        let agree = |is_wanted: bool| {
            let wanted =
                of_stance(Stance::Agree).filter(move |(_, (id, _))| is_earlier(id) == is_wanted);
            wanted.map(|(name, _)| (*name).to_owned()).collect()
        };
        let state = |question: QuestionNumber| {
            Some((
                question,
                review.question_state(review.questions.get(question)?),
            ))
        };
        Agreement {
            assessment: review.assessment(number).clone(),
            agree: agree(false),
            agreed_earlier: agree(true),
            designated_earlier: earlier.designation,
            object: of_stance(Stance::Object)
                .map(|(name, (_, position))| ((*name).to_owned(), position.text.clone()))
                .collect(),
            abstain: names(Stance::Abstain),
            not_heard: position::yet_to_answer(review, &matter)
                .into_iter()
                .map(str::to_owned)
                .collect(),
            waits_for: review
                .waits_for(number)
                .into_iter()
                .filter_map(state)
                .collect(),
            edits: edits::since(journal, number),
        }
    }
}

/// What was said to an earlier wording of an assessment than the present one.
struct Earlier {
    positions: BTreeSet<Id>,
    designation: bool,
}

/// Compares the verdicts and texts as they were at each position, and at the designation, with those at the end of the journal.
fn earlier(journal: &[Operation], number: RecommendationNumber) -> Earlier {
    let record = Record::Assessment(number);
    let mut wording = Fields::new();
    let (mut positions, mut designated): (Vec<(Id, Fields)>, Fields) = (Vec::new(), Fields::new());
    for operation in journal {
        for change in operation
            .changes
            .iter()
            .filter(|change| change.record == record && change.field.is_content())
        {
            match &change.after {
                Some(value) => wording.insert(change.field, value.clone()),
                None => wording.remove(&change.field),
            };
        }
        for change in &operation.changes {
            if let (Record::Position(id), Field::Member) = (&change.record, change.field) {
                positions.push((id.clone(), wording.clone()));
            } else if change.record == record && change.field == Field::Consensus {
                designated.clone_from(&wording);
            }
        }
    }
    Earlier {
        positions: positions
            .into_iter()
            .filter(|(_, then)| *then != wording)
            .map(|(id, _)| id)
            .collect(),
        designation: designated != wording,
    }
}
