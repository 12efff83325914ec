//! Findings and notes: writing one, changing its words, withdrawing it, and making it private or public.
//!
//! Only its author can make a finding private or public. A person whom a private note names is not added to the team, because the list of
//! members is public.

use super::{about_label, capital, check_about, line, needed, refuse_if};
use crate::error::{Error, Result};
use crate::model::capture::entry;
use crate::model::ids::Id;
use crate::model::journal::change::Edit;
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::Record;
use crate::model::record::meeting::During;
use crate::model::review::Review;
use crate::model::vocabulary::FindingKind;
use chrono::{DateTime, Utc};

/// What a person wants noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// About what.
    pub about: About,
    /// Finding or plain note.
    pub kind: FindingKind,
    /// The words, not cleaned yet.
    pub text: String,
    /// Who writes it down.
    pub by: String,
    /// Who said it.
    pub said_by: Option<String>,
    /// When it was said.
    pub at: DateTime<Utc>,
    /// For the author only.
    pub private: bool,
    /// Where in a call it was said.
    pub during: Option<During>,
}

/// Writes a finding or note under a fresh id.
///
/// # Errors
/// An empty or overlong text; a recommendation or question that is not there; `@private` at either end of a text that is to be public.
pub fn note(review: &Review, id: Id, note: Note) -> Result<Edit> {
    check_about(review, &note.about)?;
    let (meeting, minute, agenda_item) = During::parts(note.during);
    let finding = Finding {
        id: id.clone(),
        text: normal_text(review, note.kind, &note.text, note.private)?,
        about: note.about,
        kind: note.kind,
        at: note.at,
        by: note.by,
        said_by: note.said_by.as_deref().and_then(line),
        meeting,
        minute,
        agenda_item,
        private: note.private,
        withdrawn: false,
    };
    let made = review.changes_to(&Record::Finding(id), &finding);
    let said_by = finding.said_by.as_deref().filter(|_| !finding.private);
    Ok(Edit::new(label(review, &finding), made).with_member(review, said_by))
}

/// Changes the words of a finding.
///
/// # Errors
/// An id that is not there, an empty or overlong text, `@private` at either end of a public text.
pub fn reword(review: &Review, id: &Id, text: &str) -> Result<Edit> {
    let finding = finding(review, id, None)?;
    let kind = finding.kind;
    if finding.withdrawn {
        let message = format!("The {kind} was withdrawn; nothing was recorded.");
        return Err(Error::slip(message).hint("Esc keeps your words as a draft."));
    }
    let text = normal_text(review, kind, text, finding.private)?;
    change(review, id, "reworded", |finding| finding.text = text)
}

/// Withdraws a finding: it is kept, and no list or export shows it any more.
///
/// # Errors
/// An id that is not there.
pub fn withdraw(review: &Review, id: &Id) -> Result<Edit> {
    change(review, id, "withdrawn", |finding| finding.withdrawn = true)
}

/// Makes a finding private, which makes it a note, or makes it public; `by` is who asks for it.
///
/// # Errors
/// An id that is not there or that `by` may not see; a finding that somebody else wrote.
pub fn set_private(review: &Review, id: &Id, private: bool, by: &str) -> Result<Edit> {
    let finding = finding(review, id, Some(by))?;
    let (author, kind) = (&finding.by, finding.kind);
    refuse_if(author != by, || {
        format!("{author} wrote the {kind}; nobody else can make it private.")
    })?;
    let word = if private { "private" } else { "public" };
    let edit = change(review, id, &format!("made {word}"), |finding| {
        finding.private = private;
        if private {
            finding.kind = FindingKind::Note;
        }
    })?;
    let becomes_public = !private && !edit.is_nothing();
    let said_by = finding.said_by.as_deref().filter(|_| becomes_public);
    Ok(edit.with_member(review, said_by))
}

/// The finding, if `reader` may see it; any finding without a reader.
fn finding<'a>(review: &'a Review, id: &Id, reader: Option<&str>) -> Result<&'a Finding> {
    let finding = review.records.findings.get(id);
    let is_shown = |finding: &&Finding| reader.is_none_or(|reader| finding.is_shown_to(reader));
    let finding = finding.filter(is_shown);
    finding.ok_or_else(|| Error::slip(format!("There is no finding {id}.")))
}

fn label(review: &Review, finding: &Finding) -> String {
    let about = about_label(review, &finding.about);
    format!("{} on {about}", capital(finding.kind.word()))
}

fn change(review: &Review, id: &Id, verb: &str, change: impl FnOnce(&mut Finding)) -> Result<Edit> {
    let mut finding = finding(review, id, None)?.clone();
    change(&mut finding);
    let made = review.changes_to(&Record::Finding(id.clone()), &finding);
    let label = label(review, &finding);
    Ok(match made.is_empty() {
        true => Edit::nothing(format!("{label}: nothing changed")),
        false => Edit::new(format!("{label} {verb}"), made),
    })
}

fn normal_text(review: &Review, kind: FindingKind, text: &str, private: bool) -> Result<String> {
    let words = needed(&format!("A {kind}"), text)?;
    if !private && entry::private_from(review, &words).is_some() {
        let message = format!(
            "The text says @private, but the {kind} would be public; nothing was recorded."
        );
        let hint = "Write a new private note: press f and begin with @private and a space, or use penholder note --private.";
        return Err(Error::slip(message).hint(hint));
    }
    Ok(words)
}
