//! Findings and notes: writing one, changing its words, withdrawing it, and making it private or public.
//!
//! Only its author can make a finding private or public. A person whom a private note names is not added to the team, because the list of
//! members is public.

use super::{about_label, capital, changes, check_about, prose, with_member};
use crate::error::{Error, Result};
use crate::model::capture::entry;
use crate::model::ids::Id;
use crate::model::journal::change::Edit;
use crate::model::record::describe::{Described, Fields};
use crate::model::record::finding::{About, Finding};
use crate::model::record::kinds::Record;
use crate::model::record::meeting::During;
use crate::model::review::Review;
use crate::model::text;
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
    let text = normal_text(review, note.kind, &note.text, note.private)?;
    let said_by = note
        .said_by
        .map(|name| text::clean_line(&name).text)
        .filter(|name| !name.is_empty());
    let label = format!(
        "{} on {}",
        capital(note.kind.word()),
        about_label(review, &note.about)
    );
    let finding = Finding {
        id: id.clone(),
        about: note.about,
        kind: note.kind,
        text,
        at: note.at,
        by: note.by,
        said_by: said_by.clone(),
        minute: note.during.as_ref().map(|during| during.minute),
        agenda_item: note.during.as_ref().and_then(|during| during.item.clone()),
        meeting: note.during.map(|during| during.meeting),
        private: note.private,
        withdrawn: false,
    };
    let changes = changes(&Record::Finding(id), &Fields::new(), &finding.to_fields());
    Ok(Edit {
        label,
        changes: with_member(
            review,
            said_by.as_deref().filter(|_| !finding.private),
            changes,
        ),
    })
}

/// Changes the words of a finding.
///
/// # Errors
/// An id that is not there, an empty or overlong text, `@private` at either end of a public text.
pub fn reword(review: &Review, id: &Id, text: &str) -> Result<Edit> {
    let private = review
        .records
        .findings
        .get(id)
        .is_some_and(|finding| finding.private);
    let kind = review
        .records
        .findings
        .get(id)
        .map_or(FindingKind::Finding, |finding| finding.kind);
    if review
        .records
        .findings
        .get(id)
        .is_some_and(|finding| finding.withdrawn)
    {
        return Err(
            Error::slip(format!("The {kind} was withdrawn; nothing was recorded."))
                .hint("Esc keeps your words as a draft."),
        );
    }
    let text = normal_text(review, kind, text, private)?;
    change_finding(review, id, "reworded", |finding| finding.text = text)
}

/// Withdraws a finding: it is kept, and no list or export shows it any more.
///
/// # Errors
/// An id that is not there.
pub fn withdraw(review: &Review, id: &Id) -> Result<Edit> {
    change_finding(review, id, "withdrawn", |finding| finding.withdrawn = true)
}

/// Makes a finding private, which makes it a note, or makes it public; `by` is who asks for it.
///
/// # Errors
/// An id that is not there or that `by` may not see; a finding that somebody else wrote.
pub fn set_private(review: &Review, id: &Id, private: bool, by: &str) -> Result<Edit> {
    let known = review
        .records
        .findings
        .get(id)
        .filter(|finding| finding.is_shown_to(by));
    let finding = known.ok_or_else(|| Error::slip(format!("There is no finding {id}.")))?;
    if finding.by != by {
        return Err(Error::slip(format!(
            "{} wrote the {}; nobody else can make it private.",
            finding.by, finding.kind
        )));
    }
    let said_by = finding.said_by.clone().filter(|_| !private);
    let verb = if private {
        "made private"
    } else {
        "made public"
    };
    let edit = change_finding(review, id, verb, |finding| {
        finding.private = private;
        finding.kind = if private {
            FindingKind::Note
        } else {
            finding.kind
        };
    })?;
    Ok(Edit {
        changes: if edit.is_nothing() {
            edit.changes
        } else {
            with_member(review, said_by.as_deref(), edit.changes)
        },
        ..edit
    })
}

fn change_finding(
    review: &Review,
    id: &Id,
    verb: &str,
    change: impl FnOnce(&mut Finding),
) -> Result<Edit> {
    let finding = review
        .records
        .findings
        .get(id)
        .ok_or_else(|| Error::slip(format!("There is no finding {id}.")))?;
    let before = finding.to_fields();
    let mut finding = finding.clone();
    change(&mut finding);
    let changes = changes(&Record::Finding(id.clone()), &before, &finding.to_fields());
    let what = format!(
        "{} on {}",
        capital(finding.kind.word()),
        about_label(review, &finding.about)
    );
    let label = if changes.is_empty() {
        format!("{what}: nothing changed")
    } else {
        format!("{what} {verb}")
    };
    Ok(Edit { label, changes })
}

fn normal_text(review: &Review, kind: FindingKind, text: &str, private: bool) -> Result<String> {
    let words = prose(Finding::TEXT, text)?
        .ok_or_else(|| Error::slip(format!("A {kind} needs words; nothing was recorded.")))?;
    if !private && entry::private_from(review, &words).is_some() {
        return Err(Error::slip(format!("The text says @private, but the {kind} would be public; nothing was recorded."))
            .hint("Write a new private note: press f and begin with @private and a space, or use penholder note --private."));
    }
    Ok(words)
}
