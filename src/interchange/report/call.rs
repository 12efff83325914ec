//! The report of a call, in the order of the team's plenary pages: who was there, what was decided, who does what, then the agenda with what was
//! said under each item, and each recommendation's verdict before and after.
//!
//! A plain structure; Markdown, HTML and the mail are printings of it. It is made of the journal alone, and says the same whenever it is made:
//!
//! - What later calls say, and what becomes of an action item later, is not in it. An action item has the words that it has now, and the owner
//!   and day that it had when the report first went out or the next call began. Those of other calls stand as they stood when this one ended.
//! - Positions taken outside any call are told by the next one, on whatever they are, so that no objection is lost.
//! - Verdicts are taken from the operations of this call: what a field was before the first that changed it, and after the last.
//! - A report that went out has a number, and what is changed of it since is listed in the next version. With no such change it is still that
//!   version, to the byte.
//!
//! A private note never gets in here: not its words, not that it exists.

mod agenda;
mod corrected;
mod correction;
mod earlier;
mod journal;
mod matter;
pub mod moment;
mod people;
mod recommendation;
mod register;
mod standing;

use crate::error::{Error, Result};
use crate::model::ids::MeetingId;
use crate::model::journal::change::Operation;
use crate::model::record::meeting::Meeting;
use crate::model::review::Review;
use crate::model::vocabulary::ReviewRole;
use chrono::NaiveDate;
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
    /// What is told before everything else: that it still runs, or what is not known of it.
    pub notices: Vec<String>,
    /// Day, place, time, version.
    pub facts: Vec<Line>,
    /// What was changed since the version before.
    pub corrections: Option<Corrections>,
    /// Who was there, by what they were there.
    pub people: Vec<Line>,
    /// Statements of interest.
    pub interests: Vec<Line>,
    /// Decisions reached.
    pub decisions: Vec<Line>,
    /// Action items of this call.
    pub actions: Vec<Line>,
    /// Action items of others that were open when it ended.
    pub carried: Vec<Line>,
    /// The agenda.
    pub agenda: Vec<Topic>,
    /// The recommendations that the call dealt with.
    pub recommendations: Vec<Topic>,
    /// Positions on decisions of earlier calls, and on recommendations that this one did not deal with.
    pub earlier: Vec<Line>,
    /// What was put off, and what was not come to.
    pub left: Vec<Line>,
    /// Until when objections are waited for.
    pub deadlines: Vec<Line>,
}

/// What was changed since a version went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrections {
    /// `Corrections since version 1 of 2018-09-14`.
    pub heading: String,
    /// The corrections, oldest first.
    pub lines: Vec<Line>,
}

/// A heading with lines below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The heading.
    pub heading: String,
    /// The lines.
    pub lines: Vec<Line>,
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

/// A part of a report as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<'a> {
    /// 2, or 3 below one of those.
    pub level: u8,
    /// The heading.
    pub heading: &'a str,
    /// The lines; where there are none, [`NOTHING`] is printed unless sections of level 3 follow.
    pub lines: &'a [Line],
    /// Whether sections of level 3 follow.
    pub has_parts: bool,
}

impl Line {
    /// A line of these words.
    fn new(lead: impl Into<String>, head: Vec<String>, words: Words) -> Line {
        Line {
            lead: lead.into(),
            head,
            words,
            below: Vec::new(),
        }
    }

    /// A line that says a plain thing.
    fn said(lead: impl Into<String>, words: impl Into<String>) -> Line {
        Line::new(lead, Vec::new(), Words::Prose(words.into()))
    }
}

impl Report {
    /// The sections in the order in which they are printed.
    pub fn sections(&self) -> Vec<Section<'_>> {
        fn section<'a>(heading: &'a str, lines: &'a [Line]) -> Section<'a> {
            Section {
                level: 2,
                heading,
                lines,
                has_parts: false,
            }
        }
        let mut sections: Vec<Section<'_>> = self
            .corrections
            .iter()
            .map(|c| section(&c.heading, &c.lines))
            .collect();
        sections.push(section("Attendance", &self.people));
        sections.push(section("Statements of interest", &self.interests));
        sections.push(section("Decisions reached", &self.decisions));
        sections.push(section("Action items", &self.actions));
        if !self.carried.is_empty() {
            sections.push(section("Action items carried over", &self.carried));
        }
        for (heading, topics) in [
            ("Agenda", &self.agenda),
            ("Recommendations", &self.recommendations),
        ] {
            if topics.is_empty() {
                continue;
            }
            sections.push(Section {
                has_parts: true,
                ..section(heading, &[])
            });
            sections.extend(topics.iter().map(|topic| Section {
                level: 3,
                has_parts: true,
                ..section(&topic.heading, &topic.lines)
            }));
        }
        if !self.earlier.is_empty() {
            sections.push(section("Positions on earlier matters", &self.earlier));
        }
        if !self.left.is_empty() {
            sections.push(section("Deferred and not reached", &self.left));
        }
        sections
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
    if review
        .catalogue
        .meetings
        .iter()
        .any(|meeting| meeting.id == *id)
    {
        return Err(Error::slip(format!(
            "{} is quoted from a source; reports are made of the team's own calls.",
            review.meeting_label(id)
        )));
    }
    let call = journal::read(&review.catalogue, journal, id)?;
    let review = &call.review;
    let Some(meeting) = review.records.meetings.get(id) else {
        return Err(Error::slip(format!(
            "There is no meeting {}.",
            review.meeting_name(id)
        )));
    };
    let Some(started) = meeting.started else {
        return Err(Error::slip(format!(
            "{} has not started yet, so there is nothing to report.",
            review.meeting_label(id)
        )));
    };
    let date = meeting.date.unwrap_or_else(|| moment::day(local, started));
    let (version, corrections) = correction::version(&call, local);
    let dealt = recommendation::dealt_with(&call, id);
    Ok(Report {
        title: format!("{}: {}", reviewing(review), titled(review, id)),
        date,
        version,
        running: meeting.is_running(),
        notices: notices(&call, meeting),
        facts: facts(meeting, date, version, local),
        corrections,
        people: people::people(review, id, meeting),
        interests: people::interests(review, id),
        decisions: register::decisions(&call, id),
        actions: register::actions(review, id),
        carried: register::carried(review, id, date),
        agenda: agenda::agenda(&call, id, meeting),
        recommendations: dealt.topics,
        earlier: dealt.earlier,
        left: recommendation::left(review, id, meeting),
        deadlines: register::deadlines(review, id)
            .into_iter()
            .chain(dealt.deadlines)
            .collect(),
    })
}

/// What is told before everything else.
fn notices(call: &journal::Call, meeting: &Meeting) -> Vec<String> {
    let runs = meeting
        .is_running()
        .then(|| "The call is still running; this is how it stands.".to_owned());
    let bare = call.is_bare.then(|| {
        "The journal of this call is not in this workspace; verdicts before and after, questions and answers are missing.".to_owned()
    });
    let whole = call.came_with.map(|version| {
        format!("Version {version} of its report, which went out, came with it: penholder report call --meeting {} --version {version} prints it.", meeting.name)
    });
    runs.into_iter().chain(bare).chain(whole).collect()
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

fn facts(meeting: &Meeting, date: NaiveDate, version: u16, local: Local<'_>) -> Vec<Line> {
    let mut facts = vec![Line::said("Date", date.to_string())];
    facts.extend(
        meeting
            .place
            .as_ref()
            .map(|place| Line::said("Place", place)),
    );
    facts.extend(
        meeting
            .started
            .map(|started| Line::said("Started", clock(local, started))),
    );
    if let Some((started, ended)) = meeting.started.zip(meeting.ended) {
        let took = duration((ended - started).num_seconds());
        facts.push(Line::said(
            "Ended",
            format!("{}, after {took}", clock(local, ended)),
        ));
    }
    facts.push(Line::said("Version", version.to_string()));
    facts
}

/// A meeting with its title, if it has one: `Plenary 43: Terms of reference`.
fn titled(review: &Review, id: &MeetingId) -> String {
    let title = review
        .records
        .meetings
        .get(id)
        .and_then(|meeting| meeting.title.as_ref());
    let title = title.map_or_else(String::new, |title| format!(": {title}"));
    format!("{}{title}", review.meeting_label(id))
}
