//! `penholder show 11 | 11.4 | q19`: one recommendation or question with everything that is known about it.

use super::page::{Page, local};
use super::{Common, calls, ledger, output};
use crate::error::Result;
use crate::interchange::json;
use crate::model::catalogue::Recommendation;
use crate::model::ids::RecommendationNumber;
use crate::model::journal::change::Operation;
use crate::model::record::answer::Answer;
use crate::model::record::finding::{About, Finding};
use crate::model::record::question::Question;
use crate::model::remark::Remark;
use crate::model::review::Review;
use crate::model::{edit, tally};
use crate::workspace::Workspace;
use chrono::NaiveDate;
use clap::Args;

const EXAMPLES: &str = "\
Examples:
  penholder show 11          recommendation 11
  penholder show 11.4        question 11.4
  penholder show q19         question 19, which has no sub-number
  penholder show 11 --json";

/// Show one recommendation or question with everything that is known about it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// 11 is a recommendation, 11.4 or q19 a question
    #[arg(value_name = "NUMBER")]
    number: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Arguments {
    /// Prints the record.
    ///
    /// # Errors
    /// A number that names nothing; a workspace that cannot be read.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let workspace = common.open()?;
        let review = workspace.review();
        match edit::read_about(review, &self.number)? {
            About::Question(id) => self.question(&workspace, review.question_by_id(&id)?),
            About::Recommendation(number) => {
                self.recommendation(&workspace, review.recommendation(number)?)
            }
            About::Meeting(_) => Ok(()),
        }
    }

    fn recommendation(&self, workspace: &Workspace, r: &Recommendation) -> Result<()> {
        let history = workspace.history_of(r.number)?;
        let review = workspace.review();
        if self.json {
            return output::print(&json::print(&json::recommendation_whole(
                review,
                r,
                workspace.author(),
                &history,
                workspace.today(),
            ))?);
        }
        let mut page = Page::new(output::prose_width());
        page.heading(&format!("Rec {}: {}", r.number, r.label));
        page.prose(&r.text);
        page.prose(&format!("({}, {}, as of {})", r.source, r.section, r.as_of));
        for wording in &r.wordings {
            page.heading(&format!("As {} words it", wording.source));
            page.prose(&wording.text);
        }
        assessment(&mut page, review, r);
        calls::show(&mut page, review, r.number, workspace.today());
        findings(
            &mut page,
            review,
            &review.findings_on(r.number, workspace.author()),
        );
        report(&mut page, review, r);
        page.heading(&format!(
            "Questions ({} open)",
            tally::open_questions(review, r.number)
        ));
        for q in review.questions_on(r.number) {
            page.item(
                &q.number.to_string(),
                &format!(
                    "{} ({}, {})",
                    q.text,
                    q.briefing_label(),
                    review.question_state(q)
                ),
            );
        }
        remarks(&mut page, &review.remarks_on(r.number));
        operations(&mut page, &history);
        output::print(&page.into_text())
    }

    fn question(&self, workspace: &Workspace, q: &Question) -> Result<()> {
        let review = workspace.review();
        let here = |f: &&Finding| f.about == About::Question(q.id.clone());
        let found: Vec<&Finding> = review
            .findings_on(q.recommendation, workspace.author())
            .into_iter()
            .filter(here)
            .collect();
        if self.json {
            return output::print(&json::print(&json::question_whole(review, q, &found))?);
        }
        let mut page = Page::new(output::prose_width());
        page.heading(&format!("Question {}", q.number));
        page.prose(&q.text);
        page.prose(&format!(
            "({}, {}, Rec {}, {})",
            q.origin(),
            q.briefing_label(),
            q.recommendation,
            review.question_state(q)
        ));
        life(&mut page, review, q, workspace.today());
        answers(&mut page, &review.answers_to(&q.id));
        findings(&mut page, review, &found);
        remarks(&mut page, &review.remarks_on_question(q.number));
        output::print(&page.into_text())
    }
}

/// Who asked whom, when, and what hangs on it.
fn life(page: &mut Page, review: &Review, q: &Question, today: NaiveDate) {
    let follow_ups: Vec<String> = review
        .questions
        .children(&q.id)
        .map(|child| format!("{} ({})", child.number, review.question_state(child)))
        .collect();
    let waiting = review.waiting_for(&q.id);
    let blocks: Vec<String> = waiting.iter().map(|r| format!("Rec {r}")).collect();
    page.fact("Asked by", q.recorded.asked_by.as_deref());
    page.fact(
        "Asked on",
        Some(
            q.recorded
                .asked_on
                .map_or_else(|| "-".to_owned(), |on| on.to_string()),
        )
        .as_deref(),
    );
    page.fact("Age", Some(&ledger::age(q, today)));
    page.fact("Addressee", q.recorded.addressee.as_deref());
    page.fact("Due", ledger::due(review, q, today).as_deref());
    page.fact(
        "Follows up",
        q.recorded
            .parent
            .as_ref()
            .map(|parent| review.question_label(parent))
            .as_deref(),
    );
    page.fact(
        "Followed up by",
        (!follow_ups.is_empty())
            .then(|| follow_ups.join(", "))
            .as_deref(),
    );
    page.fact(
        "Waited for by",
        (!blocks.is_empty()).then(|| blocks.join(", ")).as_deref(),
    );
    page.fact("Reason", q.recorded.reason.as_deref());
}

fn answers(page: &mut Page, answers: &[&Answer]) {
    if answers.is_empty() {
        return;
    }
    page.heading("Answers");
    for a in answers {
        let by =
            a.by.as_ref()
                .map_or_else(String::new, |name| format!(" by {name}"));
        let satisfies = Some(ledger::satisfies(a))
            .filter(|said| !said.is_empty())
            .map_or_else(String::new, |said| format!(", {said}"));
        page.item(
            "-",
            &format!("{}{by}{satisfies}: {}", a.on, ledger::words(a)),
        );
    }
}

/// What it waits for, and whether that has come.
fn blocked(page: &mut Page, review: &Review, number: RecommendationNumber) {
    let list = |questions: &[&Question]| {
        let numbers = questions.iter().map(|question| question.number.to_string());
        numbers.collect::<Vec<_>>().join(", ")
    };
    let blocked_by = review.assessment(number).blocked_by.iter();
    let mut blocked_by: Vec<&Question> = blocked_by
        .filter_map(|id| review.questions.by_id(id))
        .collect();
    blocked_by.sort_by_key(|question| question.number);
    if blocked_by.is_empty() {
        return;
    }
    let waits = review.waits_for(number);
    page.fact("Blocked by", Some(&list(&blocked_by)));
    if waits.is_empty() {
        page.prose("It waits for no question any more");
    } else {
        page.fact("Still waits for", Some(&list(&waits)));
    }
}

fn assessment(page: &mut Page, review: &Review, r: &Recommendation) {
    let a = review.assessment(r.number);
    page.heading("Assessment");
    page.fact("ICANN org claims", Some(r.claim.word()));
    let flag = review.flag(r);
    page.fact(
        "Flag",
        flag.text_contradicts
            .then_some("the text beside the claim contradicts it"),
    );
    page.fact(
        "Flag",
        flag.verdict_differs
            .then_some("the team's verdict differs from the claim"),
    );
    page.fact(
        "Implementation",
        Some(a.implementation.map_or(
            "not assessed",
            crate::model::vocabulary::Implementation::word,
        )),
    );
    page.fact("Relevance", a.relevance.map(|w| w.word()));
    page.fact("Intended effect", a.effect.map(|w| w.word()));
    page.fact("Standing", a.standing.map(|w| w.word()));
    page.fact("Consensus", a.consensus.map(|w| w.word()));
    page.fact("Penholder", a.penholder.as_deref());
    page.fact(
        "Agreed in",
        a.agreed_in
            .as_ref()
            .map(|id| review.meeting_name(id).to_string())
            .as_deref(),
    );
    page.fact(
        "Objections until",
        a.objections_by.map(|day| day.to_string()).as_deref(),
    );
    blocked(page, review, r.number);
    let rolled: Vec<String> = tally::roll_up(review, r.number)
        .iter()
        .map(|(word, n)| format!("{n} {word}"))
        .collect();
    page.fact(
        "Deliverables",
        (!rolled.is_empty()).then(|| rolled.join(", ")).as_deref(),
    );
    page.fact("What was done", a.what_was_done.as_deref());
    page.fact("Finding", a.finding.as_deref());
    page.fact("How it was assessed", a.how_assessed.as_deref());
    page.fact("Further work needed", a.further_work.as_deref());
}

fn findings(page: &mut Page, review: &Review, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    page.heading("Findings and notes");
    for f in findings {
        let said = f
            .said_by
            .as_ref()
            .map_or_else(String::new, |name| format!(", said by {name}"));
        let on = if let About::Question(id) = &f.about {
            format!(", on question {}", review.question_label(id))
        } else {
            String::new()
        };
        let private = if f.private { "private " } else { "" };
        page.item(
            "-",
            &format!(
                "{} {private}{} by {}{said}{on}: {}",
                local(f.at),
                f.kind,
                f.by,
                f.text
            ),
        );
    }
}

fn report(page: &mut Page, review: &Review, r: &Recommendation) {
    page.heading("Deliverables");
    for (number, d) in r.numbered_deliverables() {
        let parts = [d.text.clone().unwrap_or_default(), d.sub_items.join("; ")];
        let text = parts.join(" ");
        let text = text.trim();
        let verdict = review
            .records
            .verdicts
            .get(&number)
            .map_or_else(String::new, |held| format!("; the team: {}", held.verdict));
        page.item(
            &number.to_string(),
            &format!("{text} ({}; status {}{verdict})", d.responsible, d.status),
        );
    }
    page.heading("Project status");
    for paragraph in &r.project_status {
        page.item(
            if paragraph.level > 1 { "  -" } else { "-" },
            &paragraph.text,
        );
    }
    page.heading("Implementation notes");
    page.prose(&r.implementation_notes);
}

fn remarks(page: &mut Page, remarks: &[&Remark]) {
    if remarks.is_empty() {
        return;
    }
    page.heading("Remarks on the sources");
    for remark in remarks {
        page.item(
            remark.grade.word(),
            &format!("{} ({})", remark.text, remark.source),
        );
    }
}

fn operations(page: &mut Page, operations: &[Operation]) {
    if operations.is_empty() {
        return;
    }
    page.heading("History");
    for operation in operations {
        page.item(
            "-",
            &format!(
                "{} {}: {}",
                local(operation.at),
                operation.by,
                operation.label
            ),
        );
    }
}
