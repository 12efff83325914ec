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
use std::collections::{BTreeMap, BTreeSet};

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
        let standing = position::standing(review, &matter, position::round(review, &matter));
        let of_stance = |stance: Stance| {
            let standing = standing.iter();
            standing.filter(move |(_, (_, position))| position.position == stance)
        };
        let (earlier_positions, designated_earlier) = earlier(journal, number);
        let names = |stance: Stance, is_earlier: Option<bool>| {
            of_stance(stance)
                .filter(|(_, (id, _))| {
                    is_earlier.is_none_or(|wanted| earlier_positions.contains(*id) == wanted)
                })
                .map(|(name, _)| (*name).to_owned())
                .collect()
        };
        let not_heard = position::yet_to_answer(review, &matter);
        Agreement {
            assessment: review.assessment(number).clone(),
            agree: names(Stance::Agree, Some(false)),
            agreed_earlier: names(Stance::Agree, Some(true)),
            designated_earlier,
            object: of_stance(Stance::Object)
                .map(|(name, (_, position))| ((*name).to_owned(), position.text.clone()))
                .collect(),
            abstain: names(Stance::Abstain, None),
            not_heard: not_heard.into_iter().map(str::to_owned).collect(),
            waits_for: review
                .waits_for(number)
                .into_iter()
                .map(|question| (question.number, review.question_state(question)))
                .collect(),
            edits: edits::since(journal, number),
        }
    }
}

/// The positions that were given to an earlier wording of an assessment than the present one, and whether the designation was chosen for one.
///
/// Compares the verdicts and texts as they were at each position, and at the designation, with those at the end of the journal.
fn earlier(journal: &[Operation], number: RecommendationNumber) -> (BTreeSet<Id>, bool) {
    let record = Record::Assessment(number);
    let is_wording = |change: &&Change| change.record == record && is_content(change.field);
    let mut replay = Replay::default();
    let mut wordings: BTreeMap<Id, Fields> = BTreeMap::new();
    let mut designated = Fields::new();
    for operation in journal {
        replay.apply(operation.changes.iter().filter(is_wording));
        let wording = replay.fields(&record);
        for change in &operation.changes {
            if let (Record::Position(id), Position::MEMBER) = (&change.record, change.field) {
                wordings.insert(id.clone(), wording.clone());
            } else if change.record == record && change.field == Assessment::CONSENSUS {
                designated.clone_from(wording);
            }
        }
    }
    let now = replay.fields(&record);
    wordings.retain(|_, then| then != now);
    (wordings.into_keys().collect(), designated != *now)
}
