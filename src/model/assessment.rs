//! The team's assessment of one recommendation: two verdicts, the effect, the texts, and how far it has come.

use super::ids::{MeetingId, QuestionNumber};
use super::vocabulary::{Consensus, Effect, Implementation, Relevance, Standing};
use chrono::NaiveDate;

/// What the team recorded on one recommendation. Everything unset means that nothing was recorded.
///
/// Implementation, relevance and effect are kept apart because the bylaws ask to what extent recommendations were implemented and whether
/// that had the intended effect; each may be unset, and *not assessed* is not *cannot be determined*.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assessment {
    /// To what extent it was implemented. *Assessed* means that this is set.
    pub implementation: Option<Implementation>,
    /// Whether it still matters.
    pub relevance: Option<Relevance>,
    /// Whether it had the intended effect.
    pub effect: Option<Effect>,
    /// What was done.
    pub what_was_done: Option<String>,
    /// What the team finds.
    pub finding: Option<String>,
    /// How it was assessed.
    pub how_assessed: Option<String>,
    /// What more should be done.
    pub further_work: Option<String>,
    /// How far it has come.
    pub standing: Option<Standing>,
    /// The chair's estimate of agreement.
    pub consensus: Option<Consensus>,
    /// Who holds the pen.
    pub penholder: Option<String>,
    /// The meeting in which it was agreed.
    pub agreed_in: Option<MeetingId>,
    /// The day until the end of which objections to what is proposed are waited for; silence after it counts as agreement.
    pub objections_by: Option<NaiveDate>,
    /// The questions it waits for, by number.
    pub blocked_by: Vec<QuestionNumber>,
}

impl Assessment {
    /// Whether nothing at all is recorded.
    pub fn is_empty(&self) -> bool {
        *self == Assessment::default()
    }
}

/// The step that the chair's decision tree asks for next.
///
/// The tree is the one by which SSR2's chair led the team through the 28 recommendations: was it attempted; is it still relevant, and if not
/// a short statement; did it have the intended effect, and if so a short statement; is more work wanted, and if so
/// a recommendation, else a short statement with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Was it attempted, and how far did it come?
    Implementation,
    /// Is it still relevant?
    Relevance,
    /// Overcome by events: a short statement of why it matters no longer.
    StatementNotRelevant,
    /// Did it have the intended effect?
    Effect,
    /// It did: a short statement of what shows it.
    StatementEffect,
    /// It did not, or not wholly: is more work wanted, and which? If none, why not?
    FurtherWork,
    /// Everything the tree asks for is there.
    Done,
}

impl Step {
    /// The question as the chair would put it.
    pub fn question(self) -> &'static str {
        match self {
            Step::Implementation => "Was it attempted, and how far did it come?",
            Step::Relevance => "Is it still relevant?",
            Step::StatementNotRelevant => {
                "Overcome by events: write a short statement of why it is no longer relevant, under Finding."
            }
            Step::Effect => "Did it have the intended effect?",
            Step::StatementEffect => {
                "It had the intended effect: write a short statement of what shows it, under Finding."
            }
            Step::FurtherWork => {
                "Is more work wanted? If so, write what, for a new recommendation; if not, write why, under Further work."
            }
            Step::Done => "Everything the decision tree asks for is recorded.",
        }
    }
}

/// Says what the decision tree asks for next.
pub fn next_step(assessment: &Assessment) -> Step {
    if assessment.implementation.is_none() {
        return Step::Implementation;
    }
    match assessment.relevance {
        None => return Step::Relevance,
        Some(Relevance::NoLongerRelevant) => {
            return if assessment.finding.is_none() {
                Step::StatementNotRelevant
            } else {
                Step::Done
            };
        }
        Some(Relevance::StillRelevant) => {}
    }
    match assessment.effect {
        None => Step::Effect,
        Some(Effect::Achieved) => {
            if assessment.finding.is_none() {
                Step::StatementEffect
            } else {
                Step::Done
            }
        }
        Some(_) => {
            if assessment.further_work.is_none() {
                Step::FurtherWork
            } else {
                Step::Done
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_leads_from_verdict_to_statement() {
        let mut a = Assessment::default();
        assert_eq!(next_step(&a), Step::Implementation);
        a.implementation = Some(Implementation::PartiallyImplemented);
        assert_eq!(next_step(&a), Step::Relevance);
        a.relevance = Some(Relevance::StillRelevant);
        assert_eq!(next_step(&a), Step::Effect);
        a.effect = Some(Effect::NotAchieved);
        assert_eq!(next_step(&a), Step::FurtherWork);
        a.further_work = Some("measure it".into());
        assert_eq!(next_step(&a), Step::Done);
    }

    #[test]
    fn overcome_by_events_needs_only_a_statement() {
        let mut a = Assessment {
            implementation: Some(Implementation::NotImplemented),
            relevance: Some(Relevance::NoLongerRelevant),
            ..Assessment::default()
        };
        assert_eq!(next_step(&a), Step::StatementNotRelevant);
        a.finding = Some("superseded".into());
        assert_eq!(next_step(&a), Step::Done);
    }
}
