//! Which frames the terminal has shown, by its answers to a query behind each.
//!
//! Over a slow link frames and keys pass each other: a key can be pressed while the terminal still shows what was selected seconds ago. A terminal
//! answers a query only after it has dealt with everything before it, so an answer says that the frame before the query is on the screen, and
//! whatever key comes after the answer was pressed after that. Pure: times come in, and nothing is sent from here.

use crate::tui::input::Query;
use std::collections::VecDeque;
use std::time::Duration;

/// How long the first query of each kind may stay without an answer; then the other kind is tried, and then the terminal is taken for one that
/// answers none.
const FIRST_ANSWER: Duration = Duration::from_secs(1);
/// How long any other query may stay without an answer; then the answer is lost, and frames are sent again.
const ANSWER: Duration = Duration::from_secs(5);
/// How many answers in a row may be lost before the terminal is taken for one that answers none.
const LOST: u8 = 2;

/// Whether the terminal answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    /// Not known before this moment.
    Unknown(Duration),
    Yes,
    No,
}

/// Frames that were drawn, sent and shown; the first is 1.
#[derive(Debug)]
pub struct Frames {
    drawn: u64,
    sent: u64,
    shown: u64,
    /// The queries without an answer: the frame before each, and when it was sent.
    queries: VecDeque<(u64, Duration)>,
    query: Query,
    answers: Answers,
    lost: u8,
    round_trip: Duration,
}

impl Frames {
    /// What goes out in front of the first frame.
    pub const FIRST_QUERY: Query = Query::Attributes;

    /// Nothing drawn, and [`Frames::FIRST_QUERY`] about to be sent.
    pub fn new(now: Duration) -> Frames {
        Frames {
            drawn: 0,
            sent: 0,
            shown: 0,
            queries: VecDeque::from([(0, now)]),
            query: Frames::FIRST_QUERY,
            answers: Answers::Unknown(now + FIRST_ANSWER),
            lost: 0,
            round_trip: Duration::ZERO,
        }
    }

    /// Begins anew with a first query, since the terminal belonged to another program, which may have read the answers.
    pub fn restart(&mut self, now: Duration) {
        *self = Frames { drawn: self.drawn, sent: self.sent, shown: self.shown, ..Frames::new(now) };
    }

    /// Counts one more frame and returns its number.
    pub fn draw(&mut self) -> u64 {
        self.drawn += 1;
        self.drawn
    }

    /// Whether a frame may be sent now: the terminal has answered for the last one, or answers nothing.
    pub fn may_send(&mut self, now: Duration) -> bool {
        self.expire(now);
        self.answers != Answers::Yes || self.queries.is_empty()
    }

    /// Whether a frame was drawn that was not sent.
    pub fn is_behind(&self) -> bool {
        self.sent < self.drawn
    }

    /// Whether no query is under way that would say that the newest frame is shown, because its answer was lost.
    pub fn is_unconfirmed(&self) -> bool {
        self.answers != Answers::No && self.queries.is_empty() && self.shown < self.sent
    }

    /// Whether an answer is still to come.
    pub fn is_waiting(&self) -> bool {
        !self.queries.is_empty()
    }

    /// Notes that the newest frame is being sent. Returns the query that is to follow it.
    pub fn send(&mut self, now: Duration) -> Option<Query> {
        self.sent = self.drawn;
        if self.answers == Answers::No {
            return None;
        }
        self.queries.push_back((self.sent, now));
        Some(self.query)
    }

    /// Notes that the newest frame looks like the last one that was sent.
    pub fn skip(&mut self) {
        self.sent = self.drawn;
        match self.queries.back_mut() {
            Some((frame, _)) => *frame = self.drawn,
            None => self.shown = self.drawn,
        }
    }

    /// Notes an answer of the terminal.
    pub fn answer(&mut self, query: Query, now: Duration) {
        // A late answer to the other kind says nothing of what is under way.
        if query != self.query {
            return;
        }
        (self.answers, self.lost) = (Answers::Yes, 0);
        if let Some((frame, sent_at)) = self.queries.pop_front() {
            self.shown = self.shown.max(frame);
            self.round_trip = now.saturating_sub(sent_at);
        }
    }

    /// Gives up waiting for answers that should have come by now.
    pub fn expire(&mut self, now: Duration) {
        match (self.answers, self.queries.front()) {
            (Answers::Unknown(until), _) if until <= now => {
                self.queries.clear();
                if self.query == Query::Cursor {
                    self.answers = Answers::No;
                } else {
                    (self.query, self.answers) = (Query::Cursor, Answers::Unknown(now + FIRST_ANSWER));
                }
            }
            (Answers::Yes, Some((_, sent_at))) if *sent_at + ANSWER <= now => {
                self.queries.clear();
                self.lost += 1;
                if self.lost >= LOST {
                    self.answers = Answers::No;
                }
            }
            _ => {}
        }
    }

    /// The newest frame that the terminal has shown, as far as that can be known.
    pub fn shown(&self) -> u64 {
        if self.answers == Answers::No { self.drawn } else { self.shown }
    }

    /// Whether it is known that the terminal answers.
    pub fn is_answering(&self) -> bool {
        self.answers == Answers::Yes
    }

    /// How long the last answer took.
    pub fn round_trip(&self) -> Duration {
        self.round_trip
    }

    /// When waiting for an answer ends, if one is waited for.
    pub fn deadline(&self) -> Option<Duration> {
        match self.answers {
            Answers::Unknown(until) => Some(until),
            Answers::Yes => self.queries.front().map(|(_, sent_at)| *sent_at + ANSWER),
            Answers::No => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn sent(frames: &mut Frames, now: Duration) -> bool {
        frames.draw();
        frames.may_send(now) && frames.send(now).is_some()
    }

    #[test]
    fn the_next_frame_waits_for_the_answer_to_the_last_one() {
        let mut frames = Frames::new(MS);
        assert!(sent(&mut frames, 2 * MS));
        frames.answer(Query::Attributes, 300 * MS);
        assert_eq!((frames.shown(), frames.may_send(301 * MS)), (0, false));
        frames.answer(Query::Attributes, 310 * MS);
        assert_eq!((frames.shown(), frames.round_trip()), (1, 308 * MS));
        assert!(sent(&mut frames, 311 * MS));
        assert!(!sent(&mut frames, 312 * MS) && frames.is_behind());
        frames.answer(Query::Attributes, 620 * MS);
        assert!(frames.may_send(620 * MS) && frames.shown() == 2);
    }

    #[test]
    fn a_terminal_that_does_not_answer_is_never_waited_for() {
        let mut frames = Frames::new(MS);
        assert!(sent(&mut frames, 2 * MS) && sent(&mut frames, 3 * MS));
        assert_eq!(frames.shown(), 0);
        assert!(frames.may_send(1001 * MS) && frames.is_unconfirmed());
        assert_eq!(frames.send(1001 * MS), Some(Query::Cursor), "the other kind is tried");
        assert!(!sent(&mut frames, 2001 * MS), "no query is sent any more");
        assert_eq!((frames.shown(), frames.is_answering(), frames.deadline()), (3, false, None));
        frames.answer(Query::Attributes, 2500 * MS);
        assert!(!frames.is_answering(), "that was the answer to the first kind");
        frames.answer(Query::Cursor, 2600 * MS);
        assert!(frames.is_answering(), "it was only late");
        assert!(frames.is_unconfirmed(), "nobody knows what of the frames is shown");
    }

    #[test]
    fn a_terminal_that_answers_only_the_second_kind_is_asked_that_one() {
        let mut frames = Frames::new(MS);
        sent(&mut frames, 2 * MS);
        assert!(frames.may_send(1001 * MS));
        frames.send(1001 * MS);
        frames.answer(Query::Cursor, 1300 * MS);
        assert_eq!((frames.shown(), frames.is_answering()), (1, true));
        frames.draw();
        assert_eq!(frames.send(1400 * MS), Some(Query::Cursor));
    }

    #[test]
    fn lost_answers_hold_up_nothing_for_long() {
        let mut frames = Frames::new(MS);
        frames.answer(Query::Attributes, 2 * MS);
        for lost in [0, 5000, 10_000] {
            sent(&mut frames, (lost + 3) * MS);
        }
        assert!(!frames.is_answering());
        frames.restart(20_000 * MS);
        assert_eq!(frames.deadline(), Some(21_000 * MS));
    }

    #[test]
    fn a_frame_that_changes_nothing_is_shown_with_the_last_one() {
        let mut frames = Frames::new(MS);
        frames.answer(Query::Attributes, 2 * MS);
        sent(&mut frames, 3 * MS);
        frames.draw();
        frames.skip();
        assert_eq!(frames.shown(), 0);
        frames.answer(Query::Attributes, 4 * MS);
        assert_eq!(frames.shown(), 2);
        frames.draw();
        frames.skip();
        assert_eq!(frames.shown(), 3);
    }
}
