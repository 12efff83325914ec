//! Runs of keys, and what they are taken for.

use super::*;
use KeyMeaning::{Meaningful, Meaningless, NamesNobody, Neutral};

#[allow(non_upper_case_globals, reason = "they read like the other meanings")]
const Line: KeyMeaning = KeyMeaning::Line { was_empty: true };
#[allow(non_upper_case_globals, reason = "they read like the other meanings")]
const Field: KeyMeaning = KeyMeaning::Field { was_empty: true };
#[allow(non_upper_case_globals, reason = "they read like the other meanings")]
const Verdict: KeyMeaning = KeyMeaning::Verdict(11);

/// How many characters of this run are taken until it is a sentence, at so many milliseconds a key.
fn caught_at(pace: u64, keys: &[(char, KeyMeaning)]) -> Option<usize> {
    let mut run = KeyRun::default();
    let mut sentence = |(n, (key, meaning)): (usize, &(char, KeyMeaning))| {
        run.take(*key, Duration::from_millis(pace * n as u64), *meaning) == Outcome::Sentence
    };
    keys.iter()
        .enumerate()
        .position(&mut sentence)
        .map(|at| at + 1)
}

#[test]
fn two_different_senseless_keys_in_a_run_of_three_are_a_sentence() {
    assert_eq!(
        caught_at(
            90,
            &[('r', Meaningful), ('o', Meaningless), (' ', Meaningless)]
        ),
        Some(3)
    );
    assert_eq!(
        caught_at(
            90,
            &[('o', Meaningless), (' ', Meaningless), ('p', Verdict)]
        ),
        Some(3)
    );
    assert_eq!(
        caught_at(
            90,
            &[
                ('o', Meaningless),
                ('o', Meaningless),
                ('o', Meaningless),
                ('p', Verdict)
            ]
        ),
        None
    );
    assert_eq!(
        caught_at(
            701,
            &[('r', Meaningful), ('o', Meaningless), (' ', Meaningless)]
        ),
        None
    );
}

#[test]
fn commands_are_never_a_sentence_at_any_speed_unless_verdicts_contradict_each_other() {
    let commands = [
        ('1', Neutral),
        ('1', Neutral),
        ('p', Verdict),
        ('r', Meaningful),
        ('v', Meaningful),
        ('a', Meaningful),
        ('j', Meaningful),
    ];
    assert_eq!(caught_at(0, &commands), None);
    assert_eq!(
        caught_at(
            0,
            &[
                ('n', Verdict),
                ('j', Meaningful),
                ('p', KeyMeaning::Verdict(12)),
                ('o', Meaningless)
            ]
        ),
        None
    );
    assert_eq!(
        caught_at(300, &[('p', Verdict), ('n', Verdict), ('i', Verdict)]),
        None
    );
    assert_eq!(
        caught_at(100, &[('n', Verdict), ('i', Verdict), ('d', Verdict)]),
        Some(3)
    );
}

#[test]
fn a_space_behind_a_letter_is_senseless_even_where_it_pages() {
    assert_eq!(
        caught_at(
            90,
            &[('j', Meaningful), (' ', Meaningful), ('w', Meaningless)]
        ),
        Some(3)
    );
    assert_eq!(
        caught_at(
            90,
            &[(' ', Meaningful), (' ', Meaningful), ('w', Meaningless)]
        ),
        None
    );
}

#[test]
fn all_that_names_nobody_counts_once() {
    assert_eq!(
        caught_at(
            90,
            &[
                ('c', Meaningful),
                ('x', NamesNobody),
                ('y', NamesNobody),
                ('z', NamesNobody)
            ]
        ),
        None
    );
    assert_eq!(
        caught_at(
            90,
            &[
                ('c', Meaningful),
                ('x', NamesNobody),
                ('y', NamesNobody),
                ('s', Meaningful),
                (' ', Meaningful)
            ]
        ),
        Some(5)
    );
}

#[test]
fn a_line_or_field_that_a_sentence_opened_is_told_by_how_it_begins() {
    assert_eq!(
        caught_at(90, &[('o', Meaningless), ('f', Meaningful), (' ', Line)]),
        Some(3)
    );
    assert_eq!(
        caught_at(
            90,
            &[('p', Verdict), ('f', Meaningful), ('@', Line), ('e', Line)]
        ),
        None
    );
    assert_eq!(
        caught_at(
            90,
            &[
                ('p', Verdict),
                ('f', Meaningful),
                ('T', Line),
                (' ', Line),
                (' ', Line)
            ]
        ),
        None
    );
    assert_eq!(
        caught_at(90, &[('w', Meaningless), ('a', Meaningful), ('s', Field)]),
        Some(3)
    );
    assert_eq!(
        caught_at(
            90,
            &[
                ('w', Meaningless),
                ('a', Meaningful),
                ('T', Field),
                ('o', Field)
            ]
        ),
        Some(4)
    );
    assert_eq!(
        caught_at(
            90,
            &[('a', Meaningful), ('F', Field), ('i', Field), (' ', Field)]
        ),
        None
    );
}

#[test]
fn a_space_goes_on_with_a_text_that_stood_there() {
    assert_eq!(
        caught_at(
            90,
            &[
                ('j', Meaningful),
                ('e', Meaningful),
                (' ', KeyMeaning::Line { was_empty: false })
            ]
        ),
        None
    );
    assert_eq!(
        caught_at(
            90,
            &[
                ('j', Meaningful),
                ('a', Meaningful),
                (' ', KeyMeaning::Field { was_empty: false })
            ]
        ),
        None
    );
}

#[test]
fn backspace_may_take_more_than_the_text_has() {
    let mut run = KeyRun::default();
    for (n, (key, meaning)) in [
        ('p', Verdict),
        ('r', Meaningful),
        ('f', Meaningful),
        ('T', Line),
    ]
    .into_iter()
    .enumerate()
    {
        run.take(key, Duration::from_millis(90 * n as u64), meaning);
    }
    (4..7).for_each(|n| run.backspace(Duration::from_millis(90 * n)));
    assert_eq!(
        run.enter(Duration::from_millis(650), true),
        Outcome::Undecided
    );
}

#[test]
fn enter_behind_a_record_and_a_senseless_key_ends_a_sentence() {
    let mut run = KeyRun::default();
    run.take('r', Duration::ZERO, Meaningful);
    run.take('o', Duration::from_millis(90), Meaningless);
    assert_eq!(
        run.clone().enter(Duration::from_millis(180), false),
        Outcome::Undecided
    );
    assert_eq!(
        run.clone().enter(Duration::from_millis(900), true),
        Outcome::Undecided
    );
    assert_eq!(
        run.enter(Duration::from_millis(180), true),
        Outcome::Sentence
    );
    assert_eq!(run.text().0, "ro");
}

#[test]
fn the_first_word_of_a_text_that_a_letter_opened_may_be_the_rest_of_a_word() {
    let ends = |keys: &str, opens: usize, meaning: KeyMeaning| {
        let mut run = KeyRun::default();
        let meant = |n: usize| if n < opens { Meaningful } else { meaning };
        keys.chars()
            .enumerate()
            .map(|(n, key)| run.take(key, Duration::from_millis(90 * n as u64), meant(n)))
            .last()
            .unwrap_or(Outcome::Undecided)
    };
    let word = |whole: &str, rest: &str| Outcome::FirstWord {
        whole: whole.to_owned(),
        rest: rest.to_owned(),
        meaningless: false,
        is_joined: false,
    };
    let joined = |whole: &str, rest: &str| Outcome::FirstWord {
        whole: whole.to_owned(),
        rest: rest.to_owned(),
        meaningless: false,
        is_joined: true,
    };
    assert_eq!(ends("Advance ", 1, Line), joined("Advance", "dvance"));
    assert_eq!(ends("def", 3, Line), Outcome::Undecided);
    assert_eq!(ends("deferred,", 3, Line), word("deferred", "erred"));
    assert_eq!(ends("and ", 1, Field), word("and", "nd"));
    assert_eq!(ends(":the ", 1, Field), Outcome::Undecided);
    assert_eq!(ends("fThe report ", 1, Line), Outcome::Undecided);
    let mut run = KeyRun::default();
    for (n, key) in "draft".chars().enumerate() {
        run.take(
            key,
            Duration::from_millis(90 * n as u64),
            if n < 4 { Meaningful } else { Line },
        );
    }
    assert_eq!(
        run.enter(Duration::from_millis(500), false),
        word("draft", "t")
    );
}

#[test]
fn a_number_right_before_a_letter_went_to_a_record() {
    for (typed, text, is_jump) in [
        ("12The report", "The report", true),
        ("12 of them", "12 of them", false),
        ("2nd round", "2nd round", false),
        ("The 2nd", "The 2nd", false),
        ("12", "12", false),
    ] {
        let mut run = KeyRun::default();
        typed
            .chars()
            .for_each(|key| drop(run.take(key, Duration::ZERO, Meaningful)));
        assert_eq!(run.text(), (text.to_owned(), is_jump), "{typed}");
    }
}

#[test]
fn a_letter_that_was_corrected_is_not_in_the_text() {
    let mut run = KeyRun::default();
    run.take('T', Duration::ZERO, Meaningless);
    run.take('y', Duration::from_millis(90), Meaningful);
    run.backspace(Duration::from_millis(180));
    run.take('h', Duration::from_millis(270), Meaningful);
    assert_eq!(run.text().0, "Th");
}
