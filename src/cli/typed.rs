//! What is typed on the command line, read: days, numbers of questions, states, texts and files.
//!
//! Whatever has not the form it should have is wrong usage, and says what was expected.

use super::import;
use crate::error::{Error, Result};
use crate::model::ids::{MeetingId, MeetingName, QuestionNumber, RecommendationNumber};
use crate::model::review::Review;
use crate::model::text::{clean, clean_line, visible};
use crate::model::vocabulary::{BriefingName, QuestionState};
use chrono::NaiveDate;
use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;

/// Stands for standard input in place of a text or a file.
pub(super) const DASH: &str = "-";

/// A word of a vocabulary, a number, a name: whatever reads itself.
pub(super) fn value<T: FromStr>(typed: &str) -> Result<T>
where
    T::Err: Display,
{
    clean_line(typed)
        .text
        .parse()
        .map_err(|e| Error::usage(format!("{e}.")))
}

/// A day as `2018-09-20`, given with this flag.
pub(super) fn day(flag: &str, typed: &str) -> Result<NaiveDate> {
    let text = clean_line(typed).text;
    // A year of two digits would be taken for one of the first century.
    let day = text
        .parse()
        .ok()
        .filter(|_| text.len() == "2018-09-20".len());
    day.ok_or_else(|| {
        Error::usage(format!(
            "{flag}: “{}” is no day; expected one such as 2018-09-20.",
            visible(&text)
        ))
    })
}

/// Refuses a day on which nothing can have happened yet.
pub(super) fn not_to_come(flag: &str, day: NaiveDate, today: NaiveDate) -> Result<()> {
    if day <= today {
        return Ok(());
    }
    Err(Error::slip(format!(
        "{flag}: {day} is still to come; expected a day up to today, {today}."
    )))
}

/// The meeting that people call so.
pub(super) fn meeting(review: &Review, name: &MeetingName) -> Result<MeetingId> {
    review
        .meeting_named(name)
        .ok_or_else(|| Error::slip(format!("There is no meeting {name}.")))
}

/// The number of a question; a number alone is that of a recommendation.
pub(super) fn question(typed: &str) -> Result<QuestionNumber> {
    match typed.parse::<RecommendationNumber>() {
        Ok(number) => Err(Error::usage(format!(
            "{number} is a recommendation; expected a question such as 11.4 or q19."
        ))),
        Err(_) => value(typed),
    }
}

/// Where a question stands; `clarification wanted` will do for the longer word.
pub(super) fn state(typed: &str) -> Result<QuestionState> {
    value(typed).or_else(|refused| {
        format!("{typed} from the team")
            .parse()
            .map_err(|_| refused)
    })
}

/// A briefing of this review.
pub(super) fn briefing(review: &Review, typed: &str) -> Result<BriefingName> {
    let found = review.catalogue.briefing_named(&clean_line(typed).text);
    found.map_err(|e| Error::usage(format!("{e}.")))
}

/// Replaces `-` among the texts of a command by standard input. All texts come at once, because standard input can be read only once.
///
/// # Errors
/// A second `-`, before anything is read; an input that is empty or is not UTF-8. An empty input is an error because an empty text would clear
/// the field, and the input is also empty if the command before the pipe failed.
pub(super) fn texts<T: AsMut<[Option<String>]>>(mut given: T) -> Result<T> {
    let mut dashes = given
        .as_mut()
        .iter_mut()
        .flatten()
        .filter(|text| *text == DASH);
    if let Some(text) = dashes.next() {
        if dashes.next().is_some() {
            return Err(Error::usage("Standard input can be read only once; expected only one text given as -.")
                .hint("Nothing was recorded. Give the other text as an argument, or record it with a second command."));
        }
        *text = file(Path::new(DASH))?;
        if clean(text).text.trim().is_empty() {
            return Err(Error::usage("Standard input is empty; expected the text that is given as -.")
                .hint("Nothing was recorded. Check whether the command before the pipe failed or the file is empty."));
        }
    }
    Ok(given)
}

/// The text of a command that has only one; see [`texts`].
pub(super) fn text(given: &str) -> Result<String> {
    let [text] = texts([Some(given.to_owned())])?;
    Ok(text.unwrap_or_default())
}

/// The text of a file; - is standard input.
pub(super) fn file(path: &Path) -> Result<String> {
    let named = if path.as_os_str() == DASH {
        Path::new("standard input")
    } else {
        path
    };
    import::read(path, named)
}
