//! The report of a call, in the order of the team's plenary pages: who was there, what was decided, who does what, then the agenda with what was
//! said under each item, and each recommendation's verdict before and after.
//!
//! A plain structure, printed as Markdown, HTML or e-mail text. It is built from the journal alone, and is the same whenever it is built:
//!
//! - What later calls say, and what becomes of an action item later, is not in it. An action item has the words that it has now, and the owner
//!   and day that it had when the report first went out or the next call began. Those of other calls stand as they stood when this one ended.
//! - Positions taken outside any call are in the report of the next one, on whatever they are, so that no objection is lost.
//! - Verdicts are read off the operations of this call: what a field was before the first that changed it, and after the last.
//! - A report that went out has a number, and what is changed of it since is listed in the next version. With no such change it is still that
//!   version, to the byte.
//!
//! A private note never gets in here: not its words, not that it exists.

mod agenda;
mod corrected;
mod correction;
mod journal;
pub mod moment;
mod people;
mod positions;
mod recommendation;
mod register;

use crate::error::{Error, Result};
use crate::model::ids::MeetingId;
use crate::model::journal::change::Operation;
use crate::model::review::Review;
use crate::model::vocabulary::ReviewRole;
use chrono::NaiveDate;
use journal::Call;
use moment::{Local, clock, duration};

/// What stands where there is nothing, as on the team's plenary pages.
pub const NOTHING: &str = "/";

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// `SSR2: Plenary 43`.
    pub title: String,
    /// The day of the call.
    pub date: NaiveDate,
    /// The number of this version: of the one that went out last, or of the one that will go out next.
    pub version: u16,
    /// Whether the call still runs.
    pub running: bool,
    /// What comes before everything else: that it still runs, or what is not known of it.
    pub notices: Vec<String>,
    /// Day, place, time, version.
    pub facts: Vec<Line>,
    /// The sections, in the order in which they are printed.
    pub sections: Vec<Section>,
    /// Until when objections are waited for; only in the mail.
    pub deadlines: Vec<Line>,
}

/// A heading with lines below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// The lines; where there are neither lines nor parts, [`NOTHING`] is printed.
    pub lines: Vec<Line>,
    /// The sections below it, of which each may be empty.
    pub parts: Vec<Section>,
    /// Whether the mail has it, too.
    pub is_in_mail: bool,
}

/// A line of a report, with lines below it: `Action item 3 (Emily, due 2018-09-20): Send the list.`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What it is; emphasized.
    pub lead: String,
    /// What is to be known of it; in parentheses.
    pub head: Vec<String>,
    /// The words.
    pub words: Words,
    /// What belongs to it.
    pub below: Vec<Line>,
}

/// The words of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Words {
    /// None.
    #[default]
    None,
    /// As they were written.
    Prose(String),
    /// A statement that is attached.
    Quote(String),
    /// With what was removed and added marked.
    Marked(Vec<Piece>),
}

/// Some words of a text that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of them.
    pub fate: Fate,
    /// The words, parted by single spaces.
    pub words: String,
}

/// What became of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They were there and are.
    Kept,
    /// They are there no more.
    Removed,
    /// They were not there before.
    Added,
}

impl Section {
    fn new(heading: impl Into<String>, lines: Vec<Line>) -> Section {
        Section {
            heading: heading.into(),
            lines,
            ..Section::default()
        }
    }

    /// A section that the mail has, too.
    fn in_mail(heading: impl Into<String>, lines: Vec<Line>) -> Section {
        Section {
            is_in_mail: true,
            ..Section::new(heading, lines)
        }
    }

    /// A section that consists of others.
    fn of_parts(heading: &str, parts: Vec<Section>) -> Section {
        Section {
            parts,
            ..Section::new(heading, Vec::new())
        }
    }

    /// Whether nothing is below its heading.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.parts.is_empty()
    }
}

impl Line {
    /// A line of these words, and of those parts of its head that are there.
    fn new(
        lead: impl Into<String>,
        head: impl IntoIterator<Item = Option<String>>,
        words: Words,
    ) -> Line {
        Line {
            lead: lead.into(),
            head: head.into_iter().flatten().collect(),
            words,
            below: Vec::new(),
        }
    }

    /// A line that says a plain thing.
    fn plain(lead: impl Into<String>, words: impl Into<String>) -> Line {
        Line::new(lead, [], Words::Prose(words.into()))
    }
}

/// Builds the report of a meeting of the team's own.
///
/// # Errors
/// A meeting that is not there, is quoted from a source, or has not started; a journal that makes no record.
pub fn report(
    review: &Review,
    journal: &[Operation],
    id: &MeetingId,
    local: Local<'_>,
) -> Result<Report> {
    if review.is_quoted_meeting(id) {
        return Err(Error::slip(format!(
            "{} is quoted from a source; reports are made of the team's own calls.",
            review.meeting_label(id)
        )));
    }
    let call = journal::read(&review.catalogue, journal, id)?;
    let review = &call.review;
    let Some(started) = call.meeting.started else {
        return Err(Error::slip(format!(
            "{} has not started yet, so there is nothing to report.",
            review.meeting_label(id)
        )));
    };
    let date = call.meeting.date;
    let date = date.unwrap_or_else(|| moment::day(local, started));
    let (version, corrections) = correction::version(&call, local);
    let recommendations = recommendation::dealt_with(&call);
    let mut sections: Vec<Section> = corrections.into_iter().collect();
    sections.extend([
        Section::new("Attendance", people::people(&call)),
        Section::new("Statements of interest", people::interests(&call)),
        Section::in_mail("Decisions reached", register::decisions(&call)),
        Section::in_mail("Action items", register::actions(&call)),
    ]);
    let optional = [
        Section::in_mail("Action items carried over", register::carried(&call, date)),
        Section::of_parts("Agenda", agenda::agenda(&call)),
        Section::of_parts("Recommendations", recommendations.parts),
        Section::new("Positions on earlier matters", recommendations.earlier),
        Section::new("Deferred and not reached", recommendation::left(&call)),
    ];
    sections.extend(optional.into_iter().filter(|section| !section.is_empty()));
    let mut deadlines = register::deadlines(&call);
    deadlines.extend(recommendations.deadlines);
    Ok(Report {
        title: format!("{}: {}", reviewing(review), titled(review, id)),
        date,
        version,
        running: call.meeting.is_running(),
        notices: notices(&call),
        facts: facts(&call, date, version, local),
        sections,
        deadlines,
    })
}

/// What comes before everything else.
fn notices(call: &Call) -> Vec<String> {
    let mut notices = Vec::new();
    if call.meeting.is_running() {
        notices.push("The call is still running; this is how it stands.".to_owned());
    }
    if call.is_bare {
        notices.push("The journal of this call is not in this workspace; verdicts before and after, questions and answers are missing.".to_owned());
    }
    if let Some(version) = call.came_with {
        notices.push(format!("Version {version} of its report, which went out, came with it: penholder report call --meeting {} --version {version} prints it.", call.meeting.name));
    }
    notices
}

/// The name of the review that the calls are of.
fn reviewing(review: &Review) -> &str {
    let reviewing = review
        .catalogue
        .reviews
        .iter()
        .find(|review| review.role == ReviewRole::Reviewing);
    reviewing.map_or(&review.catalogue.header.review, |review| &review.name)
}

fn facts(call: &Call, date: NaiveDate, version: u16, local: Local<'_>) -> Vec<Line> {
    let meeting = &call.meeting;
    let ended = meeting.started.zip(meeting.ended).map(|(started, ended)| {
        let duration = duration((ended - started).num_seconds());
        format!("{}, after {duration}", clock(local, ended))
    });
    let facts = [
        ("Date", Some(date.to_string())),
        ("Place", meeting.place.clone()),
        ("Started", meeting.started.map(|at| clock(local, at))),
        ("Ended", ended),
        ("Version", Some(version.to_string())),
    ];
    facts
        .into_iter()
        .filter_map(|(lead, words)| Some(Line::plain(lead, words?)))
        .collect()
}

/// A meeting with its title, if it has one: `Plenary 43: Terms of reference`.
fn titled(review: &Review, id: &MeetingId) -> String {
    let meeting = review.records.meetings.get(id);
    let title = meeting.and_then(|meeting| meeting.title.as_ref());
    let title = title.map_or_else(String::new, |title| format!(": {title}"));
    format!("{}{title}", review.meeting_label(id))
}
