//! Reports: what is sent to people who do not have the program. Screens and command line share it.

use super::Workspace;
use crate::interchange::import::counted;
use crate::interchange::report::questions::{Wanted, report};
use crate::interchange::report::{html, markdown};

/// In which form a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For mails and wikis.
    Markdown,
    /// For browsers and paper.
    Html,
}

impl Form {
    /// All forms, with the endings of their files.
    pub const ALL: [(&'static str, Form); 2] = [("md", Form::Markdown), ("html", Form::Html)];
}

impl Workspace {
    /// The report of the questions that are wanted, and what it holds in words.
    pub fn report_questions(&self, wanted: &Wanted, form: Form) -> (String, String) {
        let report = report(self.review(), wanted);
        let groups = report.briefings.iter().flat_map(|briefing| &briefing.recommendations);
        let held = counted(groups.map(|r| r.questions.len()).sum(), "question");
        let text = match form {
            Form::Markdown => markdown::questions(&report),
            Form::Html => html::questions(&report),
        };
        (text, format!("the report of {held}"))
    }
}
