//! Which frames the terminal has shown, known from its answers to the query that follows each frame.
//!
//! Over a slow link, a key can be pressed while the terminal still shows what was selected seconds ago. A terminal answers a query only after it has
//! processed everything before it. So an answer means that the frame before the query is on the screen, and that every key that arrives after the
//! answer was pressed while that frame or a later one was shown. Pure: the caller passes the time and sends the bytes.

use crate::tui::input::Query;
use std::collections::VecDeque;
use std::time::Duration;

/// How long to wait for the first answer to each kind of query. After that the other kind is tried, and after both the terminal is taken for one
/// that answers no queries.
const FIRST_ANSWER_TIMEOUT: Duration = Duration::from_secs(1);
/// How long to wait for any other answer. After that it counts as lost, and the next frame is sent.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);
/// How many answers in a row have to be lost for the terminal to be taken for one that answers no queries.
const MAX_LOST_ANSWERS: u8 = 2;

/// Whether the terminal answers queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    /// Not known yet; waiting for the first answer ends at this time.
    Unknown(Duration),
    Yes,
    No,
}

/// How far the terminal is behind: the numbers of the newest frames that were drawn, sent and shown. The first frame is number 1.
#[derive(Debug)]
pub struct Frames {
    drawn: u64,
    sent: u64,
    shown: u64,
    /// The queries that were not answered yet: the number of the frame before each, and when the query was sent.
    queries: VecDeque<(u64, Duration)>,
    query: Query,
    answers: Answers,
    lost_answers: u8,
    round_trip: Duration,
}

impl Frames {
    /// The query to send before the first frame.
    pub const FIRST_QUERY: Query = Query::Attributes;

    /// No frame drawn yet. The caller has to send [`Frames::FIRST_QUERY`].
    pub fn new(now: Duration) -> Frames {
        Frames {
            drawn: 0,
            sent: 0,
            shown: 0,
            queries: VecDeque::from([(0, now)]),
            query: Frames::FIRST_QUERY,
            answers: Answers::Unknown(now + FIRST_ANSWER_TIMEOUT),
            lost_answers: 0,
            round_trip: Duration::ZERO,
        }
    }

    /// Starts again with the first query, because another program had the terminal and may have read the answers. The caller has to send
    /// [`Frames::FIRST_QUERY`].
    pub fn restart(&mut self, now: Duration) {
        *self = Frames {
            drawn: self.drawn,
            sent: self.sent,
            shown: self.shown,
            ..Frames::new(now)
        };
    }

    /// Counts a frame that was drawn, and returns its number.
    pub fn note_drawn(&mut self) -> u64 {
        self.drawn += 1;
        self.drawn
    }

    /// Whether a frame may be sent now: the terminal has answered the query after the last one, or it is not known to answer queries.
    pub fn may_send(&mut self, now: Duration) -> bool {
        self.drop_overdue(now);
        self.answers != Answers::Yes || self.queries.is_empty()
    }

    /// Whether the newest frame was not sent yet.
    pub fn is_behind(&self) -> bool {
        self.sent < self.drawn
    }

    /// Whether a query has to be sent without a frame: the last frame sent is not known to be shown, and the query after it will not be answered
    /// any more.
    pub fn needs_query(&self) -> bool {
        self.answers != Answers::No && self.queries.is_empty() && self.shown < self.sent
    }

    /// Whether an answer is awaited.
    pub fn is_waiting(&self) -> bool {
        !self.queries.is_empty()
    }

    /// Records that the newest frame is being sent. Returns the query to send after it, if any.
    pub fn note_sent(&mut self, now: Duration) -> Option<Query> {
        self.sent = self.drawn;
        if self.answers == Answers::No {
            return None;
        }
        self.queries.push_back((self.sent, now));
        Some(self.query)
    }

    /// Records that the newest frame need not be sent, because it looks like the last one that was.
    pub fn note_unchanged(&mut self) {
        match self.queries.back_mut() {
            Some((frame, _)) => *frame = self.drawn,
            None if self.shown == self.sent => self.shown = self.drawn,
            None => {}
        }
        self.sent = self.drawn;
    }

    /// Records an answer of the terminal.
    pub fn note_answer(&mut self, query: Query, now: Duration) {
        // A late answer to the other kind says nothing about the queries that are not answered yet.
        if query != self.query {
            return;
        }
        (self.answers, self.lost_answers) = (Answers::Yes, 0);
        if let Some((frame, sent_at)) = self.queries.pop_front() {
            self.shown = self.shown.max(frame);
            self.round_trip = now.saturating_sub(sent_at);
        }
    }

    /// Stops waiting for answers that are overdue.
    pub fn drop_overdue(&mut self, now: Duration) {
        match (self.answers, self.queries.front()) {
            (Answers::Unknown(deadline), _) if deadline <= now => {
                self.queries.clear();
                if self.query == Query::Cursor {
                    self.answers = Answers::No;
                } else {
                    (self.query, self.answers) = (
                        self.query.other(),
                        Answers::Unknown(now + FIRST_ANSWER_TIMEOUT),
                    );
                }
            }
            (Answers::Yes, Some((_, sent_at))) if *sent_at + ANSWER_TIMEOUT <= now => {
                self.queries.clear();
                self.lost_answers += 1;
                // An answer that was only late must not count for the next frame, so that is followed by the other kind of query.
                self.query = self.query.other();
                if self.lost_answers >= MAX_LOST_ANSWERS {
                    self.answers = Answers::No;
                }
            }
            _ => {}
        }
    }

    /// The newest frame that the terminal is known to have shown. One that answers no queries is assumed to show every frame at once.
    pub fn shown(&self) -> u64 {
        if self.answers == Answers::No {
            self.drawn
        } else {
            self.shown
        }
    }

    /// Whether the terminal is known to answer queries.
    pub fn is_answering(&self) -> bool {
        self.answers == Answers::Yes
    }

    /// The time between the last query that was answered and its answer.
    pub fn round_trip(&self) -> Duration {
        self.round_trip
    }

    /// When to stop waiting for an answer, if one is awaited.
    pub fn deadline(&self) -> Option<Duration> {
        match self.answers {
            Answers::Unknown(deadline) => Some(deadline),
            Answers::Yes => self
                .queries
                .front()
                .map(|(_, sent_at)| *sent_at + ANSWER_TIMEOUT),
            Answers::No => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    /// Draws a frame and sends it if it may be sent. Returns whether a query was sent after it.
    fn sends_query(frames: &mut Frames, now: Duration) -> bool {
        frames.note_drawn();
        frames.may_send(now) && frames.note_sent(now).is_some()
    }

    #[test]
    fn the_next_frame_waits_for_the_answer_after_the_last_one() {
        let mut frames = Frames::new(MS);
        assert!(sends_query(&mut frames, 2 * MS));
        frames.note_answer(Query::Attributes, 300 * MS);
        assert_eq!((frames.shown(), frames.may_send(301 * MS)), (0, false));
        frames.note_answer(Query::Attributes, 310 * MS);
        assert_eq!((frames.shown(), frames.round_trip()), (1, 308 * MS));
        assert!(sends_query(&mut frames, 311 * MS));
        assert!(!sends_query(&mut frames, 312 * MS) && frames.is_behind());
        frames.note_answer(Query::Attributes, 620 * MS);
        assert!(frames.may_send(620 * MS) && frames.shown() == 2);
    }

    #[test]
    fn a_terminal_that_does_not_answer_is_never_waited_for() {
        let mut frames = Frames::new(MS);
        assert!(sends_query(&mut frames, 2 * MS) && sends_query(&mut frames, 3 * MS));
        assert_eq!(frames.shown(), 0);
        assert!(frames.may_send(1001 * MS) && frames.needs_query());
        assert_eq!(
            frames.note_sent(1001 * MS),
            Some(Query::Cursor),
            "the other kind is tried"
        );
        assert!(
            !sends_query(&mut frames, 2001 * MS),
            "no query is sent any more"
        );
        assert_eq!(
            (frames.shown(), frames.is_answering(), frames.deadline()),
            (3, false, None)
        );
        frames.note_answer(Query::Attributes, 2500 * MS);
        assert!(
            !frames.is_answering(),
            "that answered the kind that was tried first"
        );
        frames.note_answer(Query::Cursor, 2600 * MS);
        assert!(frames.is_answering(), "it does answer, only late");
        assert!(frames.needs_query(), "which frames are shown is not known");
    }

    #[test]
    fn a_terminal_that_answers_only_the_second_kind_of_query_is_sent_that_kind() {
        let mut frames = Frames::new(MS);
        sends_query(&mut frames, 2 * MS);
        assert!(frames.may_send(1001 * MS));
        frames.note_sent(1001 * MS);
        frames.note_answer(Query::Cursor, 1300 * MS);
        assert_eq!((frames.shown(), frames.is_answering()), (1, true));
        frames.note_drawn();
        assert_eq!(frames.note_sent(1400 * MS), Some(Query::Cursor));
    }

    #[test]
    fn after_lost_answers_frames_are_sent_without_queries() {
        let mut frames = Frames::new(MS);
        frames.note_answer(Query::Attributes, 2 * MS);
        for lost in [0, 5000, 10_000] {
            sends_query(&mut frames, (lost + 3) * MS);
        }
        assert!(!frames.is_answering());
        frames.restart(20_000 * MS);
        assert_eq!(frames.deadline(), Some(21_000 * MS));
    }

    #[test]
    fn a_frame_that_changes_nothing_counts_as_shown_with_the_one_before() {
        let mut frames = Frames::new(MS);
        frames.note_answer(Query::Attributes, 2 * MS);
        sends_query(&mut frames, 3 * MS);
        frames.note_drawn();
        frames.note_unchanged();
        assert_eq!(frames.shown(), 0);
        frames.note_answer(Query::Attributes, 4 * MS);
        assert_eq!(frames.shown(), 2);
        frames.note_drawn();
        frames.note_unchanged();
        assert_eq!(frames.shown(), 3);
    }
}
