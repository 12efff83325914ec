//! The team's assessment of one recommendation: two verdicts, the effect, the texts, and how far it has come.

use super::describe::{Field, record};
use crate::model::ids::{MeetingId, QuestionId, RecommendationNumber};
use crate::model::vocabulary::{Consensus, Effect, Implementation, Relevance, Standing};
use chrono::NaiveDate;

record! {
    /// What the team recorded on one recommendation. Everything unset means that nothing was recorded.
    ///
    /// Implementation, relevance and effect are kept apart because the bylaws ask to what extent recommendations were implemented and whether
    /// that had the intended effect; each may be unset, and *not assessed* is not *cannot be determined*.
    #[derive(Default)]
    Assessment: "rec" in "assessment" by ["recommendation"] RecommendationNumber, quoted as "recommendation";

    /// To what extent it was implemented. *Assessed* means that this is set.
    implementation: Option<Implementation>,
    /// Whether it still matters.
    relevance: Option<Relevance>,
    /// Whether it had the intended effect.
    effect: Option<Effect>,
    /// How far it has come.
    standing: Option<Standing>,
    /// The chair's estimate of agreement.
    consensus: Option<Consensus>,
    /// Who holds the pen.
    penholder: Option<String> as Person,
    /// The meeting in which it was agreed.
    agreed_in: Option<MeetingId>,
    /// The day until the end of which objections to what is proposed are waited for; silence after it counts as agreement.
    objections_by: Option<NaiveDate>,
    /// The questions it waits for.
    blocked_by: Vec<QuestionId>,
    /// What was done.
    what_was_done: Option<String> as Prose,
    /// What the team finds.
    finding: Option<String> as Prose,
    /// How it was assessed.
    how_assessed: Option<String> as Prose,
    /// What more should be done.
    further_work: Option<String> as Prose,
}

/// Whether a field is part of what an assessment says, so that a change of it reopens what had been agreed. The others say how far the assessment has come, and
/// who is responsible for it.
pub fn is_content(field: Field) -> bool {
    ![
        Assessment::STANDING,
        Assessment::CONSENSUS,
        Assessment::PENHOLDER,
        Assessment::AGREED_IN,
        Assessment::OBJECTIONS_BY,
        Assessment::BLOCKED_BY,
    ]
    .contains(&field)
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
    let unless = |is_there: bool, step| if is_there { Step::Done } else { step };
    let has_statement = assessment.finding.is_some();
    let (relevance, effect) = (assessment.relevance, assessment.effect);
    match (assessment.implementation, relevance, effect) {
        (None, _, _) => Step::Implementation,
        (_, None, _) => Step::Relevance,
        (_, Some(Relevance::NoLongerRelevant), _) => {
            unless(has_statement, Step::StatementNotRelevant)
        }
        (_, Some(Relevance::StillRelevant), None) => Step::Effect,
        (_, _, Some(Effect::Achieved)) => unless(has_statement, Step::StatementEffect),
        (_, _, Some(_)) => unless(assessment.further_work.is_some(), Step::FurtherWork),
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
