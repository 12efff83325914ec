//! The marks of a line, tried on lines. A row of a table is a line and what is read from it, separated by ` | `.

use super::entry::{action, finding, private_from};
use super::{Captured, Speaker, read, speaker};
use crate::model::catalogue::{Catalogue, Member};
use crate::model::review::Review;
use crate::model::vocabulary::FindingKind;
use chrono::NaiveDate;

fn review() -> Review {
    let names = [
        "Emily",
        "Eric",
        "Žarko",
        "Ram Krishna",
        "Noorul Ameen",
        "Zoe",
    ];
    let members = names.map(|name| Member {
        name: name.to_owned(),
        source: "002:147".parse().unwrap(),
    });
    Review::new(Catalogue {
        members: members.to_vec(),
        ..Catalogue::default()
    })
}

fn thursday() -> NaiveDate {
    "2018-09-13".parse().unwrap()
}

fn rows<const COLUMNS: usize>(table: &str) -> Vec<[&str; COLUMNS]> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    let columns = lines.map(|line| line.split(" | ").collect::<Vec<&str>>());
    columns.map(|row| row.try_into().unwrap()).collect()
}

fn known(name: &str) -> Speaker {
    Speaker::Known(name.to_owned())
}

fn refusal(captured: Captured) -> String {
    captured.said_by.one().unwrap_err().message
}

#[test]
fn who_and_when_are_taken_off_in_front_and_behind() {
    for [line, text, who, minutes] in rows(
        "@Emily @-3 The report is a draft. | The report is a draft. | Emily | 3
        The report is a draft @Emily @-3 | The report is a draft | Emily | 3
        @Ram Krishna said foo | said foo | Ram Krishna | 0
        @noorul ameen: we should | we should | Noorul Ameen | 0
        @ram said foo | said foo | Ram Krishna | 0
        It is a draft @Noorul Ameen | It is a draft | Noorul Ameen | 0
        @Emily, it is a draft | it is a draft | Emily | 0",
    ) {
        let captured = read(&review(), line);
        assert_eq!(captured.text, text);
        assert_eq!(captured.said_by, known(who), "{line}");
        assert_eq!(captured.minutes_ago.to_string(), minutes, "{line}");
    }
}

#[test]
fn what_stands_in_the_sentence_is_kept_as_typed_and_does_nothing() {
    let lines = r#"
        As @Emily said, it is a draft.
        see #11.4 and #12
        call @Emily tomorrow, issue #3 of  the tracker
        asked by @Emily.
        @Emily's point is good
        he said "ask @Emily"
        the draft (by @Emily)
        @Emily/Eric agree
        our handle is @icann
        a@b.org answered
        write to a@b.org and @icann@example.org
        our handle is @icann@example.org
        ask @a@b about it
        C#3@x is one"#;
    for [line] in rows(lines) {
        let captured = read(&review(), line);
        assert_eq!(captured.text, line);
        assert_eq!(
            (&captured.said_by, &captured.about),
            (&Speaker::Nobody, &None),
            "{line}"
        );
        assert_eq!(finding(&review(), line).0, captured, "{line}");
    }
}

#[test]
fn two_different_times_are_reported() {
    let captured = read(&review(), "@-3 @-5 x");
    assert_eq!(captured.unknown.as_deref(), Some("@-3 and @-5"));
}

#[test]
fn two_speakers_are_both_reported() {
    let captured = read(&review(), "@Zoe @Emily both");
    let both = vec!["Zoe".to_owned(), "Emily".to_owned()];
    assert_eq!(captured.said_by, Speaker::Several(both));
}

#[test]
fn a_name_may_be_short_and_without_accents_but_not_unclear() {
    let unclear = vec!["Emily".to_owned(), "Eric".to_owned()];
    assert_eq!(speaker(&review(), "zar"), known("Žarko"));
    assert_eq!(speaker(&review(), "ram"), known("Ram Krishna"));
    assert_eq!(speaker(&review(), "e"), Speaker::Several(unclear));
    assert_eq!(speaker(&review(), "Bob"), Speaker::New("Bob".to_owned()));
}

#[test]
fn an_address_is_not_a_marker_and_an_unknown_number_is_reported() {
    let captured = read(&review(), "#99 mail input@icann.org");
    assert_eq!(captured.said_by, Speaker::Nobody);
    assert_eq!(captured.unknown.as_deref(), Some("#99"));
}

#[test]
fn who_and_by_when_stand_before_or_behind_the_words() {
    for [line, text, who, due] in rows(
        "@Emily @friday Send the list | Send the list | Emily | 2018-09-14
        @friday @Emily Send the list | Send the list | Emily | 2018-09-14
        @Emily Send the list @+7 | Send the list | Emily | 2018-09-20
        Send the list @Emily @next call | Send the list | Emily | next call
        @Ram Krishna @2018-10-01 Send the list | Send the list | Ram Krishna | 2018-10-01
        @next call, @emily: Send it | Send it | Emily | next call
        @Emily Meet on friday @ the office | Meet on friday @ the office | Emily | no day
        @Emily ask @friday whether it holds | ask @friday whether it holds | Emily | no day",
    ) {
        let read = action(&review(), line, thursday());
        assert_eq!(read.text, text);
        assert_eq!(read.said_by, known(who), "{line}");
        let day = read.due.map_or("no day".to_owned(), |due| due.to_string());
        assert_eq!(day, due, "{line}");
    }
    let read = action(&review(), "@-3 Send it", thursday());
    assert_eq!((read.due, read.minutes_ago), (None, 3));
}

#[test]
fn a_note_is_one_by_its_first_words_only() {
    for [line, text, kind, who_reads_it] in rows(
        "@private ask Emily later | ask Emily later | note | its writer
        @Emily @private said so | said so | note | its writer
        @note read aloud | read aloud | note | everybody",
    ) {
        let (captured, found, private) = finding(&review(), line);
        assert_eq!(captured.text, text);
        assert_eq!(
            (found.word(), private),
            (kind, who_reads_it == "its writer"),
            "{line}"
        );
    }
    let (captured, ..) = finding(&review(), "see the @private part of it");
    let refused = captured.said_by.one();
    assert!(
        refused.is_err(),
        "in the middle of a sentence it is refused"
    );
}

#[test]
fn private_is_read_in_any_letter_case_with_punctuation_and_beside_other_marks() {
    let lines = "
        @Private x y
        @private. x y
        @PRIVATE: x y
        @note @Private x y
        x y @private.
        x y @private @Nobody
        x y @note @private
        @private\u{a0}x y
        \u{ff20}private x y";
    let lines = rows(lines).into_iter().map(|[line]| line);
    for line in lines.chain(["              @private x y", "@private\nx y"]) {
        let (captured, kind, private) = finding(&review(), line);
        assert!(private && kind == FindingKind::Note, "{line}: {captured:?}");
        assert!(captured.text.starts_with("x y"), "{line}: {captured:?}");
    }
}

#[test]
fn a_word_that_looks_like_private_is_refused_and_never_read_as_public() {
    for [line, expected] in rows(
        "@private@Emily blocks everything | @private@… joins two marks; put a space between them. Nothing was recorded.
        @Emily@private blocks everything | @Emily@private joins two marks; put a space between them. Nothing was recorded.
        it blocks everything @private#11 | @private#… joins two marks; put a space between them. Nothing was recorded.
        @Privately, it blocks | @Private… looks like @private but is not; nothing was recorded.
        @Private/Emily it blocks | @Private… looks like @private but is not; nothing was recorded.
        @Privat it blocks | @Privat looks like @private but is not; nothing was recorded.
        it blocks @Privat | @Privat looks like @private but is not; nothing was recorded.
        @private @bob blocks everything | A mark in the private note is not clear; nothing was recorded.
        @private #99 blocks everything | A mark in the private note is not clear; nothing was recorded.
        @ private it blocks | @ private looks like @private but is not; nothing was recorded.
        @Emily @private-ish it blocks | @private… looks like @private but is not; nothing was recorded.",
    ) {
        assert_eq!(refusal(finding(&review(), line).0), expected, "{line}");
    }
    let refused = action(&review(), "@Private send it", thursday());
    let expected = "Only a finding can be @private; nothing was recorded.";
    assert_eq!(refusal(refused), expected);
}

#[test]
fn joined_marks_are_refused() {
    let lines = "
        @a@b said so
        #11@Emily said so
        @Emily#11 said so
        @-3@Emily said so
        @@Emily said so
        said so @Emily@-3
        @friday@Emily send it
        send it @friday@+7
        @Emily,@Ram said so
        #11#12 said so";
    for [line] in rows(lines) {
        let refused = refusal(action(&review(), line, thursday()));
        assert!(refused.contains("joins two marks"), "{line}: {refused}");
    }
}

#[test]
fn a_private_line_is_masked_from_its_mark_on() {
    for [line, from] in rows(
        "@private | 0
        @private x | 0
        @priv | shown
        @Emily @private x | 7
        @Ram Krishna, #11 @-3 @note @Private: x | 28
        x y @private | 0
        x y @private. | 0
        x y @private @Emily | 0
        x y @private @Nobody #11 | 0
        x y @private@Emily | 0
        @private@Emily x | 0
        @Emily@private x | 6
        @privately x | 0
        @ private x | 0
        x @private y | 2
        mail x@private.org | shown
        @Emily x | shown",
    ) {
        let masked = private_from(&review(), line);
        assert_eq!(
            masked.map_or("shown".to_owned(), |at| at.to_string()),
            from,
            "{line}"
        );
    }
    assert_eq!(private_from(&review(), "  @ private x"), Some(2));
    assert_eq!(private_from(&review(), ""), None);
}
