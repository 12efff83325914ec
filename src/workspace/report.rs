//! Reports: what is sent to people who do not have the program. Screens and command line share it.

use super::Workspace;
use crate::error::{Error, Kind, Result};
use crate::interchange::import::counted;
use crate::interchange::report::questions::{Wanted, report};
use crate::interchange::report::{call, html, mail, markdown};
use crate::model::call::sent;
use crate::model::ids::MeetingId;
use crate::model::journal::change::{Change, Operation};
use crate::model::record::kinds::Record;
use crate::model::record::meeting::Meeting;
use crate::model::text;
use chrono::{DateTime, Local, Utc};

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
    pub const ALL: [(&'static str, CallForm); 3] = [
        ("md", CallForm::Markdown),
        ("html", CallForm::Html),
        ("mail", CallForm::Mail),
    ];
}

/// A report of a call, or its mail, to be copied or written to a file: made at one moment, and recorded as sent just as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The text to copy or write, in the form that was asked for.
    pub text: String,
    /// What it is, in words: `the report of Plenary 43, version 1`.
    pub what: String,
    /// The call that the report is about.
    pub id: MeetingId,
    /// The number of the version.
    pub version: u16,
    /// Whether this version went out already.
    pub already_sent: bool,
    /// The report in Markdown, which is recorded as the version.
    markdown: String,
    /// When it was made.
    made_at: DateTime<Utc>,
    /// The number of operations in the journal when it was made.
    journal_length: usize,
}

impl Workspace {
    /// The report of the questions that are wanted, and what it holds in words.
    pub fn report_questions(&self, wanted: &Wanted, form: Form) -> (String, String) {
        let report = report(self.review(), wanted);
        let groups = report
            .briefings
            .iter()
            .flat_map(|briefing| &briefing.recommendations);
        let held = counted(
            groups.map(|(_, questions)| questions.len()).sum(),
            "question",
        );
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
        let report = self.call(id, &self.store().operations()?)?;
        let text = match form {
            CallForm::Markdown => markdown::call(&report),
            CallForm::Html => html::call(&report),
            CallForm::Mail => mail::call(&report, self.author()),
        };
        let what = if form == CallForm::Mail {
            "mail"
        } else {
            "report"
        };
        Ok((
            text,
            format!(
                "the {what} of {}, version {}",
                self.review().meeting_label(id),
                report.version
            ),
        ))
    }

    fn call(&self, id: &MeetingId, journal: &[Operation]) -> Result<call::Report> {
        let local = |at: DateTime<Utc>| at.with_timezone(&Local).fixed_offset();
        call::report(self.review(), journal, id, &local)
    }

    /// Makes what goes out of a call's report. If nothing that it says was changed since the last version, it is that one that goes out again,
    /// in Markdown to the byte.
    ///
    /// # Errors
    /// As [`Workspace::report_call`]; a call that still runs.
    pub fn outgoing(&mut self, id: &MeetingId, form: CallForm) -> Result<Outgoing> {
        self.refresh()?;
        let journal = self.store().operations()?;
        let made_at = self.now();
        let report = self.call(id, &journal)?;
        if report.running {
            return Err(Error::slip(format!(
                "{} still runs; its report goes out once it has ended.",
                self.review().meeting_label(id)
            ))
            .hint("The report as it stands can be read and written to a file."));
        }
        // By the number and not by the text: local time looks different elsewhere, and is no correction.
        let last = self
            .review()
            .records
            .reports_of(id)
            .next_back()
            .map(|(_, held)| held)
            .filter(|held| held.version >= report.version);
        let (version, markdown, already_sent) = match last {
            Some(held) => (held.version, held.text.clone(), true),
            // Cleaned as the store cleans it, so that the file and the version are the same bytes.
            None => (
                report.version,
                text::clean(&markdown::call(&report)).text,
                false,
            ),
        };
        let (text, what) = match form {
            CallForm::Markdown => (markdown.clone(), "report"),
            CallForm::Html => (html::call(&report), "report"),
            CallForm::Mail => (mail::call(&report, self.author()), "mail"),
        };
        Ok(Outgoing {
            text,
            what: format!(
                "the {what} of {}, version {version}",
                self.review().meeting_label(id)
            ),
            id: id.clone(),
            version,
            already_sent,
            markdown,
            made_at,
            journal_length: journal.len(),
        })
    }

    /// Records that what was made by [`Workspace::outgoing`] went out: its Markdown is the version, whatever form was given. Answers what was done.
    ///
    /// # Errors
    /// A conflict, and nothing is recorded, if the report says something else by now; as [`Workspace::outgoing`].
    pub fn record_sent(&mut self, given: &Outgoing) -> Result<String> {
        let Outgoing {
            id,
            version,
            markdown,
            ..
        } = given;
        let now = self.outgoing(id, CallForm::Markdown)?;
        // Where another window sent the very same meanwhile, it went out already.
        if (now.version, &now.markdown) != (*version, markdown) {
            return Err(Error::conflict(format!(
                "The report of {} was changed elsewhere while it was given; what was given is not recorded as sent.",
                self.review().meeting_label(id)
            ))
            .hint("Send it again: it then says what holds now."));
        }
        if now.already_sent {
            return Ok(format!(
                "Version {version} of the report of {} went out already, and nothing was changed",
                self.review().meeting_label(id)
            ));
        }
        let edit = sent::send(self.review(), id, markdown, self.author(), self.now());
        let label = edit.label.clone();
        self.commit(edit)?;
        Ok(label)
    }

    /// Records that a copied report went out, after the user has said that it arrived. The version is the text that was copied, even if the report
    /// has been changed since: every change since then is a correction to this version. Returns what was done, in words.
    ///
    /// # Errors
    /// A conflict, and nothing is recorded: if another text went out as this version in the meantime, if the call was continued, or if it cannot be
    /// known whether a change was made before or after the report was copied. Otherwise as [`Workspace::outgoing`].
    pub fn record_arrived(&mut self, copied: &Outgoing) -> Result<String> {
        let Outgoing {
            id,
            version,
            markdown,
            made_at,
            journal_length,
            ..
        } = copied;
        let now = self.outgoing(id, CallForm::Markdown)?;
        if (now.version, &now.markdown) == (*version, markdown) {
            return self.record_sent(copied);
        }
        let call = self.review().meeting_label(id);
        let conflict = |why: &str| {
            let message = format!("{why}, so the copied text is not recorded as sent.");
            Err(Error::conflict(message)
                .hint("Copy the report again; the new copy will be up to date."))
        };
        let recorded = self
            .review()
            .records
            .reports_of(id)
            .map(|(_, recorded)| recorded)
            .find(|recorded| recorded.version == *version);
        match recorded.map(|recorded| recorded.text == *markdown) {
            Some(true) => {
                return Ok(format!(
                    "Version {version} of the report of {call} went out already"
                ));
            }
            Some(false) => {
                return conflict(&format!(
                    "Another text went out as version {version} of the report of {call} in the meantime"
                ));
            }
            None => {}
        }
        // The report decides by the times of the changes, which are whole seconds, whether they were made before or after the copy.
        let journal = self.store().operations()?;
        let (before, after) = journal.split_at((*journal_length).min(journal.len()));
        let changes_end = |change: &Change| {
            change.record == Record::Meeting(id.clone()) && change.field == Meeting::ENDED
        };
        if after
            .iter()
            .flat_map(|operation| &operation.changes)
            .any(changes_end)
        {
            return conflict(&format!("{call} went on after its report was copied"));
        }
        let are_earlier = before.last().is_none_or(|last| last.at <= *made_at);
        if !are_earlier
            || self.now() <= *made_at
            || after.iter().any(|operation| operation.at <= *made_at)
        {
            return conflict(&format!(
                "The report of {call} was changed in the same second as it was copied"
            ));
        }
        let edit = sent::send(self.review(), id, markdown, self.author(), *made_at);
        let label = edit.label.clone();
        self.commit(edit)?;
        Ok(label)
    }

    /// Writes the report of a call to where `give` puts it, and then records the same as sent; what was never given has not gone out. If it
    /// is changed elsewhere meanwhile, it is given again as it then is. Answers what was done.
    ///
    /// # Errors
    /// As [`Workspace::record_sent`], also where the report is changed again and again; whatever `give` refuses. Then nothing is recorded.
    pub fn send_report(
        &mut self,
        id: &MeetingId,
        form: CallForm,
        give: &mut dyn FnMut(&mut Workspace, &Outgoing) -> Result<()>,
    ) -> Result<String> {
        let mut again = "";
        loop {
            let made = self.outgoing(id, form)?;
            give(self, &made)?;
            match self.record_sent(&made) {
                Ok(done) => return Ok(format!("{done}{again}")),
                Err(e) if e.kind == Kind::Conflict && again.is_empty() => {
                    again = "; given again, since it was changed elsewhere meanwhile"
                }
                Err(mut e) => {
                    e.message = format!("It was given, but is not recorded as sent. {}", e.message);
                    return Err(e);
                }
            }
        }
    }

    /// A version of a call's report that went out, byte for byte, in Markdown.
    ///
    /// # Errors
    /// A version that did not go out.
    pub fn report_version(&self, id: &MeetingId, number: u16) -> Result<String> {
        let mut sent = self.review().records.reports_of(id);
        if let Some((_, version)) = sent.find(|(_, held)| held.version == number) {
            return Ok(version.text.clone());
        }
        let known: Vec<String> = self
            .review()
            .records
            .reports_of(id)
            .map(|(_, held)| held.version.to_string())
            .collect();
        let told = if known.is_empty() {
            "none went out yet".to_owned()
        } else {
            format!("there is {}", known.join(", "))
        };
        Err(Error::slip(format!(
            "There is no version {number} of the report of {}; {told}.",
            self.review().meeting_label(id)
        )))
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
        let started = self
            .review()
            .records
            .meetings
            .iter()
            .filter(|(_, held)| held.started.is_some());
        let last = started
            .max_by_key(|(_, held)| held.started)
            .map(|(id, _)| id.clone());
        last.ok_or_else(|| Error::slip("No call was started yet, so there is nothing to report."))
    }
}
