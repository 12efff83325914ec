//! Which designation the positions of a round suggest. The program suggests and says why; it is the chair who chooses.
//!
//! The five designations and what they mean are those of the *GNSO Working Group Guidelines*, section 3.6, "Standard Methodology for Making
//! Decisions" (Annex 1 of the GNSO Operating Procedures). The guidelines give words and no figures ("a small minority", "a significant
//! number") and warn against votes; the figures at which one word passes into the next are this program's own, and are said with the
//! suggestion.

use super::position::Counts;
use crate::model::vocabulary::Consensus;

/// Where the rule is written.
pub const SOURCE: &str = "GNSO Working Group Guidelines, section 3.6";

/// Up to this share of those who spoke for or against is a small minority: one in five.
const SMALL_MINORITY: usize = 5;

/// A suggested designation, and the rule by which it is suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The designation.
    pub designation: Consensus,
    /// The rule, as a sentence with the figures that led to it.
    pub rule: String,
}

/// What the positions suggest; nothing while nobody spoke for or against.
pub fn suggest(counts: Counts) -> Option<Suggestion> {
    let (agree, object) = (counts.agree, counts.object);
    let spoke = agree + object;
    if spoke == 0 {
        return None;
    }
    let is_small = |few: usize| few * SMALL_MINORITY <= spoke;
    let designation = if object == 0 {
        Consensus::FullConsensus
    } else if agree > object && is_small(object) {
        Consensus::Consensus
    } else if agree > object {
        Consensus::StrongSupport
    } else if agree > 0 && is_small(agree) {
        Consensus::MinorityView
    } else {
        Consensus::Divergence
    };
    let small = format!("at most one in {SMALL_MINORITY}");
    let because = match designation {
        Consensus::FullConsensus => "no one speaks against it".to_owned(),
        Consensus::Consensus => {
            format!("only a small minority disagrees ({small} is counted as small)")
        }
        Consensus::StrongSupport => "most support it and a significant number do not".to_owned(),
        Consensus::MinorityView => format!("a small number of people support it ({small})"),
        Consensus::Divergence => {
            "there is no strong support for any particular position".to_owned()
        }
    };
    let mut figures = format!("{agree} agree, {object} object");
    for (count, what) in [(counts.abstain, "abstain"), (counts.silent, "not heard")] {
        if count > 0 {
            figures += &format!(", {count} {what}");
        }
    }
    Some(Suggestion {
        designation,
        rule: format!("{figures}: {because}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_designation_is_suggested_by_its_rule() {
        let of = |agree, object| {
            let mut counts = Counts::default();
            (counts.agree, counts.object) = (agree, object);
            suggest(counts).map(|suggestion| suggestion.designation)
        };
        assert_eq!(of(0, 0), None);
        assert_eq!(of(9, 0), Some(Consensus::FullConsensus));
        assert_eq!(of(8, 2), Some(Consensus::Consensus));
        assert_eq!(of(7, 3), Some(Consensus::StrongSupport));
        assert_eq!(of(5, 5), Some(Consensus::Divergence));
        assert_eq!(of(3, 7), Some(Consensus::Divergence));
        assert_eq!(of(2, 8), Some(Consensus::MinorityView));
        assert_eq!(of(0, 4), Some(Consensus::Divergence));
    }
}
