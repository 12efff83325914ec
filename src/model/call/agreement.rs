//! What a team agrees to when it agrees on an assessment, and what speaks against agreeing. All of it is shown before it is recorded, since nobody
//! can agree to what they were not shown.

use super::edits::{self, Known};
use super::position;
use crate::model::ids::{Id, QuestionNumber, RecommendationNumber};
use crate::model::journal::change::{Change, Operation};
use crate::model::journal::replay::Replay;
use crate::model::record::assessment::{Assessment, is_content};
use crate::model::record::describe::Fields;
use crate::model::record::kinds::Record;
use crate::model::record::position::{Matter, Position};
use crate::model::review::Review;
use crate::model::vocabulary::{QuestionState, Stance};
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
    pub edits: Option<(Known, Vec<Change>)>,
}

impl Agreement {
    /// What the team would agree to on a recommendation now; `journal` has the operations on it, oldest first.
    pub fn of(review: &Review, number: RecommendationNumber, journal: &[Operation]) -> Agreement {
        let matter = Matter::Assessment(number);
        let (earlier_positions, designated_earlier) = earlier(journal, number);
        let waiting = review.waits_for(number).into_iter();
        let not_heard = position::yet_to_answer(review, &matter).into_iter();
        let mut agreement = Agreement {
            assessment: review.assessment(number).clone(),
            agree: Vec::new(),
            agreed_earlier: Vec::new(),
            designated_earlier,
            object: Vec::new(),
            abstain: Vec::new(),
            not_heard: not_heard.map(str::to_owned).collect(),
            waits_for: waiting
                .map(|q| (q.number, review.question_state(q)))
                .collect(),
            edits: edits::since(journal, number),
        };
        let round = position::round(review, &matter);
        for (name, (id, position)) in position::standing(review, &matter, round) {
            let name = name.to_owned();
            match position.position {
                Stance::Agree if earlier_positions.contains(id) => {
                    agreement.agreed_earlier.push(name)
                }
                Stance::Agree => agreement.agree.push(name),
                Stance::Object => agreement.object.push((name, position.text.clone())),
                Stance::Abstain => agreement.abstain.push(name),
                Stance::Absent | Stance::NotHeard => {}
            }
        }
        agreement
    }
}

/// The positions that were given to an earlier wording of an assessment than the present one, and whether the designation was chosen for one.
///
/// Compares the verdicts and texts as they were at each position, and at the designation, with those at the end of the journal.
fn earlier(journal: &[Operation], number: RecommendationNumber) -> (BTreeSet<Id>, bool) {
    let record = Record::Assessment(number);
    let is_wording = |change: &&Change| change.record == record && is_content(change.field);
    let mut replay = Replay::default();
    // A position that was taken back and given again counts as given to each wording.
    let mut wordings: Vec<(Id, Fields)> = Vec::new();
    let mut designated = Fields::new();
    for operation in journal {
        replay.apply(operation.changes.iter().filter(is_wording));
        let wording = replay.fields(&record);
        for change in &operation.changes {
            if let (Record::Position(id), Position::MEMBER) = (&change.record, change.field) {
                wordings.push((id.clone(), wording.clone()));
            } else if change.record == record && change.field == Assessment::CONSENSUS {
                designated.clone_from(wording);
            }
        }
    }
    let now = replay.fields(&record);
    let earlier = wordings.into_iter().filter(|(_, then)| then != now);
    (earlier.map(|(id, _)| id).collect(), designated != *now)
}
