//! `penholder check`: whether the workspace is sound, and what is still missing in it.

use super::{Common, output};
use crate::catalogue;
use crate::error::{Error, Result};
use crate::interchange::import::counted;
use crate::model::review::Review;
use crate::store::{Missing, Store, shown};
use crate::workspace::location;
use clap::Args;

/// Verify the workspace file, the journal and the counts; list verdicts without a finding
#[derive(Debug, Args)]
pub(super) struct Arguments {}

impl Arguments {
    /// Checks the workspace. Its quoted records are not renewed, and a missing workspace is not created.
    ///
    /// # Errors
    /// Anything that is wrong with the file, after it has been listed; a file that cannot be read at all.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let path = location(common.db.as_deref())?;
        let store = Store::open(&path, Missing::Refuse, catalogue::builtin)?;
        let mut faults = store.check()?;
        let review = store.load().map_err(|e| faults.push(e.message)).ok();
        let mut out: String = faults
            .iter()
            .map(|fault| format!("{}\n", output::flat(fault)))
            .collect();
        if let Some(review) = &review {
            out.push_str(&counts(&store, review)?);
            out.push_str(&advice(review));
        }
        if faults.is_empty() {
            return output::print(&format!("{} is sound.\n{out}", shown(&path)));
        }
        output::print(&out)?;
        let things = if faults.len() == 1 {
            "One thing is".to_owned()
        } else {
            format!("{} things are", faults.len())
        };
        Err(
            Error::bad_data(format!("{things} wrong with {}.", shown(&path)))
                .hint("Go back to a backup, or export what can still be read."),
        )
    }
}

fn counts(store: &Store, review: &Review) -> Result<String> {
    let c = &review.catalogue;
    Ok(format!(
        "{}, {}, {}, {}; {}, {}, {} of the team's own, {}, {} in the journal\n",
        counted(c.recommendations.len(), "recommendation"),
        counted(
            c.recommendations.iter().map(|r| r.deliverables.len()).sum(),
            "deliverable"
        ),
        counted(c.questions.len(), "question"),
        counted(c.remarks.len(), "remark"),
        counted(review.records.assessments.len(), "assessment"),
        counted(
            review
                .records
                .findings
                .values()
                .filter(|f| !f.withdrawn)
                .count(),
            "finding"
        ),
        counted(
            review
                .questions
                .iter()
                .filter(|q| q.source.is_none())
                .count(),
            "question"
        ),
        counted(review.records.answers.len(), "answer"),
        counted(store.operations()?.len(), "operation"),
    ))
}

/// Verdicts for which nobody has written down a reason: neither the finding of the assessment nor a finding beside it.
fn advice(review: &Review) -> String {
    let bare = review.records.assessments.iter().filter(|(number, a)| {
        let beside = |f: &&crate::model::record::finding::Finding| {
            !f.withdrawn && !f.private && review.recommendation_of(&f.about) == Some(**number)
        };
        a.implementation.is_some()
            && a.finding.is_none()
            && review.records.findings.values().find(beside).is_none()
    });
    let numbers: Vec<String> = bare.map(|(number, _)| number.to_string()).collect();
    if numbers.is_empty() {
        String::new()
    } else {
        format!("Verdicts without a finding: Rec {}\n", numbers.join(", "))
    }
}
