//! Reports: what is sent to people who do not have the program. Screens and command line share it.

use super::Workspace;
use crate::error::{Error, Result};
use crate::interchange::import::counted;
use crate::interchange::report::questions::{Wanted, report};
use crate::interchange::report::{call, call_html, call_markdown, html, mail, markdown};
use crate::model::call::meeting::called;
use crate::model::call::sent;
use crate::model::ids::MeetingId;
use chrono::Local;

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

/// In which form the report of a call is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallForm {
    /// For wikis; what a version is kept as.
    Markdown,
    /// For browsers and paper.
    Html,
    /// The short mail of decisions and action items, plain text.
    Mail,
}

impl CallForm {
    /// All forms, by the names that the command line gives them.
    pub const ALL: [(&'static str, CallForm); 3] = [("md", CallForm::Markdown), ("html", CallForm::Html), ("mail", CallForm::Mail)];
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

    /// The report of a call as it stands, and what it is in words.
    ///
    /// # Errors
    /// A meeting that is not there, is quoted from a source, or has not started; a journal that does not read.
    pub fn report_call(&self, id: &MeetingId, form: CallForm) -> Result<(String, String)> {
        let report = self.call(id)?;
        let text = match form {
            CallForm::Markdown => call_markdown::call(&report),
            CallForm::Html => call_html::call(&report),
            CallForm::Mail => mail::call(&report, self.author()),
        };
        let what = if form == CallForm::Mail { "mail" } else { "report" };
        Ok((text, format!("the {what} of {}, version {}", called(id, None), report.version)))
    }

    fn call(&self, id: &MeetingId) -> Result<call::Report> {
        let local = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&Local).fixed_offset();
        call::report(self.review(), &self.store().operations()?, id, &local)
    }

    /// Records that the report of a call went out, as the next version; answers what was done, and the version's text in Markdown. If nothing
    /// that it says was changed since the last version, it is that one that goes out again, to the byte.
    ///
    /// # Errors
    /// As [`Workspace::report_call`]; a call that still runs.
    pub fn send_report(&mut self, id: &MeetingId) -> Result<(String, String)> {
        self.refresh()?;
        let report = self.call(id)?;
        if report.running {
            return Err(Error::slip(format!("{} still runs; its report goes out once it has ended.", called(id, None)))
                .hint("The report as it stands can be read and written to a file."));
        }
        // By the number and not by the text: local time looks different elsewhere, and is no correction.
        if let Some((number, version)) = self.review().calls.reports_of(id).next_back().filter(|(number, _)| *number >= report.version) {
            return Ok((
                format!("Version {number} of the report of {} went out already, and nothing was changed", called(id, None)),
                version.text.clone(),
            ));
        }
        let text = call_markdown::call(&report);
        let edit = sent::send(self.review(), id, &text, self.author(), self.now());
        let label = edit.label.clone();
        self.commit(edit)?;
        Ok((label, text))
    }

    /// A version of a call's report that went out, byte for byte, in Markdown.
    ///
    /// # Errors
    /// A version that did not go out.
    pub fn report_version(&self, id: &MeetingId, number: u16) -> Result<String> {
        let mut sent = self.review().calls.reports_of(id);
        if let Some((_, version)) = sent.find(|(held, _)| *held == number) {
            return Ok(version.text.clone());
        }
        let known: Vec<String> = self.review().calls.reports_of(id).map(|(number, _)| number.to_string()).collect();
        let told = if known.is_empty() { "none went out yet".to_owned() } else { format!("there is {}", known.join(", ")) };
        Err(Error::slip(format!("There is no version {number} of the report of {}; {told}.", called(id, None))))
    }

    /// Locks or unlocks the version that went out last; answers what was done.
    ///
    /// # Errors
    /// No version that went out.
    pub fn lock_report(&mut self, id: &MeetingId, locked: bool) -> Result<String> {
        let edit = sent::lock(self.review(), id, locked)?;
        let label = edit.label.clone();
        self.commit(edit)?;
        Ok(label)
    }

    /// The meeting that was started last.
    ///
    /// # Errors
    /// None that was started.
    pub fn last_call(&self) -> Result<MeetingId> {
        let started = self.review().calls.meetings.iter().filter(|(_, held)| held.started.is_some());
        let last = started.max_by_key(|(_, held)| held.started).map(|(id, _)| id.clone());
        last.ok_or_else(|| Error::slip("No call was started yet, so there is nothing to report."))
    }
}
