//! The only way out to the terminal: results to standard output, messages to standard error.
//!
//! A reader that closes early (`penholder list questions | head`) has what it wanted, and that is no error. Messages
//! pass [`visible`] here, a line at a time; whoever prints a result has made it safe to show.

use crate::error::{Error, Kind, Result};
use crate::model::ids::{MeetingId, RecommendationNumber};
use crate::model::review::Review;
use crate::model::text::{clean_line, told_removed, visible};
use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};

/// How wide text is printed where no terminal says.
const USUAL_WIDTH: usize = 80;

/// Prints a result as it is; the caller has made it safe to show, or it is a file that goes to standard output.
///
/// # Errors
/// An output that cannot be written, a full disk for instance; not a reader that went away.
pub(super) fn print(text: &str) -> Result<()> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Error::io("Writing the result", e)),
        _ => Ok(()),
    }
}

/// Tells something beside the result. What cannot be told is lost: there is nowhere else to say it.
pub(super) fn tell(message: &str) {
    let mut text = lines(message).join("\n");
    text.push('\n');
    let _ = stderr().lock().write_all(text.as_bytes());
}

/// Tells how many characters were cleaned away, if any were.
pub(super) fn tell_removed(removed: usize) {
    if let Some(message) = told_removed(removed) {
        tell(&message);
    }
}

/// Tells which of the recommendations that waited wait for nothing any more.
pub(super) fn tell_freed(review: &Review, waited: &[RecommendationNumber]) {
    if let Some(freed) = review.freed(waited) {
        tell(&format!("{freed}."));
    }
}

/// Tells which meetings came into the workspace because they were named: one may be a slip of the fingers.
pub(super) fn tell_new_meetings(review: &Review, meetings: &[MeetingId]) {
    for id in meetings {
        let name = review.meeting_name(id);
        tell(&format!("{name} is new here; it was added."));
    }
}

/// Tells an error and what to do next.
pub(super) fn tell_error(error: &Error) {
    if error.kind == Kind::HungUp {
        return;
    }
    let hint = error
        .hint
        .as_ref()
        .map_or_else(String::new, |hint| format!("\n  hint: {hint}"));
    tell(&format!("penholder: {error}{hint}"));
}

/// The lines of a text, each of which can be shown.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(visible).collect()
}

/// A text from a record on one line.
pub(super) fn flat(text: &str) -> String {
    visible(&clean_line(text).text)
}

/// How many columns the terminal has; none where standard output is something else.
pub(super) fn terminal_width() -> Option<usize> {
    let out = stdout();
    if !out.is_terminal() {
        return None;
    }
    let size = rustix::termios::tcgetwinsize(&out).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

/// The width to which a list is laid out.
pub(super) fn list_width() -> usize {
    terminal_width().unwrap_or(USUAL_WIDTH)
}

/// The width to which prose is wrapped: lines that are longer are hard to read.
pub(super) fn prose_width() -> usize {
    list_width().min(USUAL_WIDTH)
}
