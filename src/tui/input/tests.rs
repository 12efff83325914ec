//! Keys in every form and in pieces, pastes, and answers, which are not keys.

use super::*;
use crate::tui::key::Key;
use proptest::prelude::*;

const MS: Duration = Duration::from_millis(1);

/// What is received if each piece arrives in a read of its own, with this pause between two reads.
fn received(pieces: &[&[u8]], pause: Duration) -> Vec<Received> {
    let mut now = Instant::now();
    let mut input = Input::new(now);
    let mut received = Vec::new();
    for piece in pieces {
        input.push(piece, now);
        received.extend(input.by_ref());
        let next = now + pause;
        while let Some(left) = input.time_left_at(now).filter(|left| now + *left < next) {
            now += left;
            received.extend(input.next_overdue(now));
            received.extend(input.by_ref());
        }
        now = next;
    }
    while let Some(left) = input.time_left_at(now) {
        now += left;
        received.extend(input.next_overdue(now));
        received.extend(input.by_ref());
    }
    received
}

/// The events among what is received.
fn events_with_pause(pieces: &[&[u8]], pause: Duration) -> Vec<Event> {
    let events = received(pieces, pause)
        .into_iter()
        .filter_map(|received| match received {
            Received::Event(event, _) => Some(event),
            Received::Answer(_) => None,
        });
    events.collect()
}

/// The events if the pieces arrive quickly.
fn events(pieces: &[&[u8]]) -> Vec<Event> {
    events_with_pause(pieces, 5 * MS)
}

fn keys(names: &str) -> Vec<Event> {
    names
        .split(' ')
        .map(|name| Key::parse(name).unwrap().event())
        .collect()
}

#[test]
fn keys_are_read_from_their_bytes() {
    assert_eq!(
        events(&[b"1p\x1b[A\x1b[5~\x1bOB\r\x03\x1b\r"]),
        keys("1 p Up PgUp Down Enter Ctrl-C Alt-Enter")
    );
    assert_eq!(events(&["ž一".as_bytes()]), keys("ž 一"));
}

#[test]
fn a_sequence_may_arrive_in_pieces() {
    assert_eq!(
        events(&[b"\x1b", b"[", b"1", b";5", b"C"]),
        events(&[b"\x1b[1;5C"])
    );
    assert_eq!(events(&[b"\xe4\xb8", b"\x80"]), keys("一"));
    assert_eq!(
        events(&[b"\x1b[200~a\x1b[2", b"01~b"]),
        events(&[b"\x1b[200~a\x1b[201~b"])
    );
}

#[test]
fn a_lone_escape_byte_is_the_esc_key_if_nothing_follows() {
    assert_eq!(events(&[b"\x1b"]), keys("Esc"));
    assert_eq!(events(&[b"\x1b\x1b[A"]), keys("Esc Up"));
}

#[test]
fn the_late_rest_of_an_escape_sequence_is_still_recognized() {
    let late = |rest: &[u8]| events_with_pause(&[b"\x1b", rest], 60 * MS);
    assert_eq!(late(b"[A"), keys("Esc Up"));
    assert_eq!(late(b"OB"), keys("Esc Down"));
    assert_eq!(
        late(b"[200~p q\ri\x1b[201~"),
        [keys("Esc"), vec![Event::Paste("p q\ri".to_owned())]].concat()
    );
    assert_eq!(late(b"]11;rgb:1e1e/1e1e/1e1e\x1b\\"), keys("Esc"));
    assert_eq!(late(b"[p"), keys("Esc [ p"));
    assert_eq!(late(b"]11;rgb:1e1e/1e1e/1e1e\x1b\\p"), keys("Esc p"));
    assert_eq!(late(b"[?62;22cp"), keys("Esc p"));
    assert_eq!(late(b"A"), keys("Esc A"));
    assert_eq!(
        events_with_pause(&[b"\x1b", b"[A"], 1100 * MS),
        keys("Esc [ A")
    );
}

#[test]
fn a_sequence_that_is_unknown_or_never_ends_is_not_a_key() {
    assert_eq!(events(&[b"\x1b[?2026;1$yp"]), keys("p"));
    assert_eq!(events(&[b"\x1b[>1;2cp"]), keys("p"));
    assert_eq!(events(&[b"\x1b[12\x1b[Ap"]), keys("Up p"));
    assert_eq!(events(&[b"\x1b[12"]), []);
}

#[test]
fn an_invalid_byte_drops_nothing_but_itself() {
    assert_eq!(events(&[b"\xff\xfep"]), keys("p"));
    assert_eq!(events(&[b"\xc3\rp"]), keys("Enter p"));
    assert_eq!(events(&[b"\xe4\xb8\r"]), keys("Enter"));
    assert_eq!(events_with_pause(&[b"\xe4", b"\r"], 60 * MS), keys("Enter"));
    assert_eq!(events_with_pause(&[b"\xe4", b"p"], 2000 * MS), keys("p"));
    assert_eq!(events(&[b"\x1b\xffp"]), keys("Esc p"));
}

#[test]
fn a_paste_is_one_event_whatever_it_contains_and_even_without_its_end() {
    let hostile = "a\x1b[31mb\u{202e}\r\nc";
    let whole = format!("\x1b[200~{hostile}\x1b[201~p");
    assert_eq!(
        events(&[whole.as_bytes()]),
        [vec![Event::Paste(hostile.to_owned())], keys("p")].concat()
    );
    assert_eq!(
        events(&[b"\x1b[200~never ends"]),
        [Event::Paste("never ends".to_owned())]
    );
}

#[test]
fn lines_that_arrive_in_one_read_are_a_paste() {
    assert_eq!(
        events(&[b"first line\rsecond line\r"]),
        [Event::Paste("first line\rsecond line\r".to_owned())]
    );
    assert_eq!(
        events(&[b"first line\rsecond", b" line q"]),
        [Event::Paste("first line\rsecond line q".to_owned())]
    );
    assert_eq!(
        events_with_pause(&[b"first\rsecond", b"p"], 60 * MS),
        [vec![Event::Paste("first\rsecond".to_owned())], keys("p")].concat()
    );
    assert_eq!(
        events(&[b"11f words\r"]),
        keys("1 1 f Space w o r d s Enter")
    );
    let with_answer = [
        b"first line\rsecond\x1b[?62;22c line".as_slice(),
        b"\x1b]11;rgb:0/0/0\x1b\\",
    ];
    let paste = Received::Event(
        Event::Paste("first line\rsecond line".to_owned()),
        Instant::now(),
    );
    let received = received(&with_answer, MS);
    assert_eq!(received.len(), 2);
    assert_eq!(
        received[0],
        Received::Answer(Query::Attributes),
        "an answer waits for no paste"
    );
    assert!(
        matches!((&received[1], &paste), (Received::Event(got, _), Received::Event(wanted, _)) if got == wanted),
        "{received:?}"
    );
}

#[test]
fn backspace_and_line_breaks_have_several_forms() {
    assert_eq!(
        events(&[b"\x08\x7f\x1b[127u"]),
        keys("Backspace Backspace Backspace")
    );
    assert_eq!(
        events(&[b"\x1b[13;2u\x1b[27;2;13~\x1b[27;5;106~\n"]),
        keys("Ctrl-J Ctrl-J Ctrl-J Ctrl-J")
    );
}

#[test]
fn an_answer_to_our_query_is_received_as_an_answer() {
    assert_eq!(
        received(&[b"\x1b[3;4R\x1b[?6c"], MS),
        [
            Received::Answer(Query::Cursor),
            Received::Answer(Query::Attributes)
        ]
    );
}

#[test]
fn words_typed_after_alt_and_a_letter_are_not_lost() {
    let typed: Vec<&[u8]> = vec![b"\x1bP", b"r", b"i", b"s", b"k"];
    assert_eq!(events_with_pause(&typed, 80 * MS), keys("r i s k"));
    assert_eq!(events_with_pause(&[b"\x1bP>|XTerm", b"x"], 80 * MS), []);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_or_wait_for_ever(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..12), 0..6), pause in 0..1500_u64) {
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        let _ = received(&pieces, Duration::from_millis(pause));
    }
}

#[test]
fn what_waits_when_the_terminal_is_taken_over_is_dropped_and_its_end_too() {
    for (waiting, rest) in [
        ("some words\rmore", ""),
        ("\x1b", "[A"),
        ("11p\x1b]11;rgb:1e", "1e/1e1e/1e1e\x1b\\"),
        ("\x1b[20", "0~q\x1b[201~"),
    ] {
        let now = Instant::now();
        let mut input = Input::new(now);
        input.push(waiting.as_bytes(), now);
        input.discard_waiting(now);
        let later = now + 60 * MS;
        assert_eq!(input.next_overdue(later), None, "{waiting:?}");
        if !rest.is_empty() {
            input.push(rest.as_bytes(), later);
        }
        input.push(b"p", later);
        let events: Vec<Received> = input.by_ref().collect();
        let last =
            events.last().map(|received| matches!(received, Received::Event(event, _) if *event == Key::parse("p").unwrap().event()));
        assert_eq!(last, Some(true), "{waiting:?}: {events:?}");
        assert!(events.len() <= 2, "{waiting:?}: {events:?}");
    }
}

#[test]
fn an_answer_between_an_escape_and_its_rest_changes_nothing() {
    let pieces: [&[u8]; 3] = [b"\x1b", b"\x1b[?62;22c", b"]11;rgb:1e1e/1e1e/1e1e\x1b\\"];
    let now = Instant::now();
    let mut input = Input::new(now);
    input.push(pieces[0], now);
    assert!(
        matches!(input.next_overdue(now + 50 * MS), Some(Received::Event(..))),
        "the Esc key"
    );
    input.push(pieces[1], now + 60 * MS);
    assert_eq!(input.next(), Some(Received::Answer(Query::Attributes)));
    input.push(pieces[2], now + 200 * MS);
    assert_eq!(input.next(), None);
}

#[test]
fn an_escape_byte_waits_longer_while_an_answer_is_due() {
    let now = Instant::now();
    let mut input = Input::new(now);
    input.note_answer_due(true);
    input.push(b"\x1b", now);
    assert_eq!(input.next_overdue(now + 200 * MS), None);
    input.push(b"[?62;22c", now + 200 * MS);
    assert_eq!(input.next(), Some(Received::Answer(Query::Attributes)));
}

#[test]
fn ctrl_c_ends_a_paste_whose_end_does_not_come() {
    assert_eq!(
        events(&[b"\x1b[200~abc", b"j", b"\x03", b"p"]),
        [vec![Event::Paste("abcj".to_owned())], keys("Ctrl-C p")].concat()
    );
    assert_eq!(
        events(&[b"\x1b[200~a\x03bc\x1b[201~"]),
        [Event::Paste("a\x03bc".to_owned())]
    );
}
