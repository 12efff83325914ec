//! Laws: what holds whatever people do.

use crate::stage::{assert_same, fresh, meeting_called, now, workspace};
use penholder::catalogue::builtin;
use penholder::error::Kind;
use penholder::model::citation::{Citation, Passage};
use penholder::model::edit::{self, Note};
use penholder::model::ids::{
    AgendaItemId, DeliverableNumber, Id, MeetingId, MeetingName, NextIds, QuestionId,
    QuestionNumber, RecommendationNumber,
};
use penholder::model::journal::change::Edit;
use penholder::model::record::answer::Answer;
use penholder::model::record::assessment::Assessment;
use penholder::model::record::describe::{Field, Fields};
use penholder::model::record::finding::About;
use penholder::model::record::kinds::Record;
use penholder::model::record::question::Question;
use penholder::model::record::value::{parse_moment, print_moment};
use penholder::model::review::Review;
use penholder::model::text::{clean, clean_line, clean_prose, fold, visible};
use penholder::model::vocabulary::{Consensus, Effect, FindingKind, Implementation, Standing};
use penholder::store::{Missing, Store};
use penholder::tui::key::Key;
use penholder::workspace::Workspace;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;
use std::path::Path;

/// So many cases, kept few so that the suite stays quick, and always the same ones, so that a run fails because of a change and not by chance.
/// `PROPTEST_CASES=1000` tries that many new ones.
pub fn cases(few: u32) -> ProptestConfig {
    let asked_for = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok());
    let rng_seed = if asked_for.is_some() {
        RngSeed::Random
    } else {
        RngSeed::Fixed(20_180_913)
    };
    ProptestConfig {
        cases: asked_for.unwrap_or(few),
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 500,
        ..ProptestConfig::default()
    }
}

/// What a person does.
#[derive(Debug, Clone)]
pub enum Deed {
    Rate(u16, usize),
    TurnRelevance(u16),
    Effect(u16, usize),
    TakeBack(usize),
    Unset(u16, Field),
    Write(u16, Field, String),
    Stand(u16, usize),
    Agree(u16, usize, String),
    RateDeliverable(u16, u16, Option<usize>),
    Note(u16, String, Option<String>, bool),
    Reword(usize, String),
    Withdraw(usize),
    Undo,
    Redo,
}

/// Few recommendations, so that people meet.
fn number() -> impl Strategy<Value = u16> {
    prop_oneof![Just(1), Just(11), Just(25)]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{1,20}",
        any::<String>(),
        Just("\x1b[31mred\u{202e}\n\u{301}".to_owned()),
        Just(String::new())
    ]
}

fn prose() -> impl Strategy<Value = Field> {
    prop_oneof![
        Just(Assessment::WHAT_WAS_DONE),
        Just(Assessment::FINDING),
        Just(Assessment::HOW_ASSESSED),
        Just(Assessment::FURTHER_WORK),
        Just(Assessment::PENHOLDER)
    ]
}

pub fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (number(), 0..4usize).prop_map(|(n, v)| Deed::Rate(n, v)),
        2 => number().prop_map(Deed::TurnRelevance),
        2 => (number(), 0..4usize).prop_map(|(n, e)| Deed::Effect(n, e)),
        2 => (1..5usize).prop_map(Deed::TakeBack),
        1 => (number(), prop_oneof![Just(Assessment::IMPLEMENTATION), Just(Assessment::RELEVANCE), Just(Assessment::STANDING)]).prop_map(|(n, f)| Deed::Unset(n, f)),
        2 => (number(), prose(), words()).prop_map(|(n, f, w)| Deed::Write(n, f, w)),
        1 => (number(), 0..4usize).prop_map(|(n, s)| Deed::Stand(n, s)),
        1 => (number(), 0..5usize, "(plenary|call)-[0-9]{1,2}").prop_map(|(n, c, m)| Deed::Agree(n, c, m)),
        2 => (number(), 1..4u16, prop::option::of(0..4usize)).prop_map(|(n, r, v)| Deed::RateDeliverable(n, r, v)),
        3 => (number(), words(), prop::option::of("[A-Z][a-z]{2,5}"), any::<bool>()).prop_map(|(n, w, s, p)| Deed::Note(n, w, s, p)),
        1 => (0..4usize, words()).prop_map(|(i, w)| Deed::Reword(i, w)),
        1 => (0..4usize).prop_map(Deed::Withdraw),
        4 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
    ]
}

/// The edit of a deed that is no undo or redo; a slip is no edit.
fn edit_of(review: &Review, author: &str, deed: &Deed) -> Option<Edit> {
    let finding = |i: usize| review.records.findings.keys().nth(i).cloned();
    let number = |n: &u16| RecommendationNumber(*n);
    let made = match deed {
        Deed::Rate(n, v) => edit::rate(review, number(n), Implementation::ALL[*v]),
        Deed::TurnRelevance(n) => edit::turn_relevance(review, number(n)),
        Deed::Effect(n, e) => edit::assess(
            review,
            number(n),
            &[(Assessment::EFFECT, Some(Effect::ALL[*e].to_string()))],
        ),
        Deed::Unset(n, field) => edit::assess(review, number(n), &[(*field, None)]),
        Deed::Write(n, field, words) => {
            edit::assess(review, number(n), &[(*field, Some(words.clone()))])
        }
        Deed::Stand(n, s) => edit::assess(
            review,
            number(n),
            &[(Assessment::STANDING, Some(Standing::ALL[*s].to_string()))],
        ),
        Deed::Agree(n, c, meeting) => edit::assess(
            review,
            number(n),
            &[
                (Assessment::STANDING, Some("agreed".to_owned())),
                (Assessment::CONSENSUS, Some(Consensus::ALL[*c].to_string())),
                (Assessment::AGREED_IN, Some(meeting.clone())),
                (Assessment::BLOCKED_BY, Some("11.4, 1.1".to_owned())),
            ],
        ),
        Deed::RateDeliverable(n, row, v) => {
            let deliverable = DeliverableNumber {
                recommendation: number(n),
                row: *row,
            };
            edit::rate_deliverable(review, deliverable, v.map(|v| Implementation::ALL[v]))
        }
        Deed::Note(n, words, said_by, private) => {
            let note = Note {
                about: About::Recommendation(number(n)),
                kind: if *private {
                    FindingKind::Note
                } else {
                    FindingKind::Finding
                },
                text: words.clone(),
                by: author.to_owned(),
                said_by: said_by.clone(),
                at: now(),
                private: *private,
                during: None,
            };
            edit::note(review, review.ids.clone().make(), note)
        }
        Deed::Reword(i, words) => edit::reword(review, &finding(*i)?, words),
        Deed::Withdraw(i) => edit::withdraw(review, &finding(*i)?),
        Deed::Undo | Deed::Redo | Deed::TakeBack(_) => return None,
    };
    match made {
        Ok(edit) => Some(edit),
        Err(e) => {
            assert!(
                matches!(e.kind, Kind::Slip | Kind::Usage),
                "{deed:?} is no slip but {e:?}"
            );
            None
        }
    }
}

/// The fields of every record of the team.
pub fn records_of(review: &Review) -> BTreeMap<Record, Fields> {
    review
        .records
        .names()
        .map(|record| (record.clone(), review.fields(&record)))
        .collect()
}

/// All that a review says, without the count by which the screens notice new words.
pub fn said(review: &Review) -> (BTreeMap<Record, Fields>, Vec<&Question>, Vec<Vec<&Answer>>) {
    let questions: Vec<&Question> = review.questions.iter().collect();
    let answers = questions
        .iter()
        .map(|question| review.answers_to(&question.id))
        .collect();
    (records_of(review), questions, answers)
}

/// Reverses the newest entries of a window together, restores them, and reverses them again.
fn reverse_entries(window: &mut Workspace, count: usize) -> penholder::error::Result<bool> {
    window.refresh()?;
    let written = window.recorded_entries();
    let entries = written[written.len().saturating_sub(count)..].to_vec();
    let (before, recorded) = (window.review().clone(), written.len());
    let taken = window.reverse_entries(&entries)?;
    window.restore_entries(&taken)?;
    assert_eq!(
        said(window.review()),
        said(&before),
        "what is taken back and given back is as it was"
    );
    let given = window.recorded_entries()[recorded + taken.len()..].to_vec();
    window
        .reverse_entries(&given)
        .map(|entries| !entries.is_empty())
}

pub fn act(window: &mut Workspace, deed: &Deed) {
    let before = window.review().clone();
    let done = match deed {
        Deed::Undo => window.undo().map(|_| true),
        Deed::Redo => window.redo().map(|_| true),
        Deed::TakeBack(count) => reverse_entries(window, *count),
        other => {
            let Some(edit) = edit_of(window.review(), window.author(), other) else {
                return;
            };
            window.commit(edit)
        }
    };
    match done {
        Ok(_) => {}
        Err(e) if e.kind == Kind::Slip => {
            assert_eq!(window.review().records, before.records, "{deed:?}")
        }
        Err(e) => assert_eq!(e.kind, Kind::Conflict, "{deed:?}: {e}"),
    }
}

fn reopened(path: &Path) -> Store {
    Store::open(path, Missing::Refuse, builtin).unwrap()
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn apply_then_inverse_is_nothing(deeds in prop::collection::vec(deed(), 1..25)) {
        let mut review = Review::new(builtin().unwrap());
        for deed in &deeds {
            let Some(edit) = edit_of(&review, "Denise", deed) else { continue };
            let before = review.clone();
            review.apply(&edit.changes).unwrap();
            prop_assert_eq!(edit.is_nothing(), review.records == before.records, "{}", edit.label);
            prop_assert_eq!(edit.inverse().inverse(), edit.clone());
            let mut back = review.clone();
            back.apply(&edit.inverse().changes).unwrap();
            assert_same(&back, &before);
            // And every record is read back from its fields as it is.
            for change in &edit.changes {
                let mut other = Review::default();
                other.put(&change.record, review.fields(&change.record)).unwrap();
                prop_assert_eq!(other.fields(&change.record), review.fields(&change.record));
            }
        }
    }

    #[test]
    fn after_any_walk_of_two_authors_the_store_equals_memory(walk in prop::collection::vec((any::<bool>(), prop::bool::weighted(0.8), deed()), 1..30)) {
        let (_folder, path) = fresh();
        let mut windows = [workspace(&path, "Denise"), workspace(&path, "Emily")];
        for (second, looks, deed) in &walk {
            let window = &mut windows[usize::from(*second)];
            if *looks {
                window.refresh().unwrap();
            }
            act(window, deed);
        }
        for window in &mut windows {
            window.refresh().unwrap();
        }
        let [denise, emily] = windows;
        assert_same(denise.review(), emily.review());
        let store = reopened(&path);
        assert_same(denise.review(), &store.load().unwrap());
        // The check replays the journal and holds it against the rows.
        prop_assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_another_record_names_is_not_taken_from_under_it(meeting in "call-[0-9]", name in "[A-Z][a-z]{9}") {
        let (_folder, path) = fresh();
        let (mut denise, mut emily) = (workspace(&path, "Denise"), workspace(&path, "Emily"));
        for (window, number) in [(&mut denise, 7), (&mut emily, 8)] {
            window.refresh().unwrap();
            act(window, &Deed::Agree(number, 0, meeting.clone()));
            act(window, &Deed::Note(number, "Words".to_owned(), Some(name.clone()), false));
        }
        denise.undo().unwrap();
        denise.undo().unwrap();
        prop_assert!(denise.review().records.meetings.contains_key(&meeting_called(denise.review(), &meeting)));
        prop_assert!(denise.review().records.members.contains_key(&name));
        denise.redo().unwrap();
        denise.redo().unwrap();
        emily.refresh().unwrap();
        prop_assert_eq!(emily.review().records.assessments.len(), 2);
        // A window that has not looked yet believes that they are there.
        act(&mut denise, &Deed::Agree(7, 0, "solo-1".to_owned()));
        emily.refresh().unwrap();
        denise.undo().unwrap();
        let edit = edit_of(emily.review(), "Emily", &Deed::Agree(9, 0, "solo-1".to_owned())).unwrap();
        prop_assert_eq!(emily.commit(edit).unwrap_err().kind, Kind::Conflict);
        prop_assert_eq!(&emily.review().records, &denise.review().records);
        prop_assert_eq!(emily.store().check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn all_of_ones_operations_can_be_undone_and_redone(deeds in prop::collection::vec(deed(), 1..20)) {
        let (_folder, path) = fresh();
        let mut window = workspace(&path, "Denise");
        let empty = window.review().records.clone();
        for deed in deeds.iter().filter(|d| !matches!(d, Deed::Undo | Deed::Redo | Deed::TakeBack(_))) {
            act(&mut window, deed);
        }
        let full = window.review().records.clone();
        while window.undo().is_ok() {}
        prop_assert_eq!(&window.review().records, &empty);
        while window.redo().is_ok() {}
        prop_assert_eq!(&window.review().records, &full);
        prop_assert_eq!(window.store().check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn an_undo_is_refused_when_somebody_changed_the_same_field_later(first in 0..4usize, by in 1..4usize, mine in prop::collection::vec(deed(), 0..4)) {
        let (_folder, path) = fresh();
        let (mut denise, mut emily) = (workspace(&path, "Denise"), workspace(&path, "Emily"));
        for deed in &mine {
            act(&mut denise, deed);
        }
        let rate = |window: &mut Workspace, verdict: usize| {
            let edit = edit::rate(window.review(), RecommendationNumber(7), Implementation::ALL[verdict]).unwrap();
            window.commit(edit).unwrap()
        };
        rate(&mut denise, first);
        emily.refresh().unwrap();
        rate(&mut emily, (first + by) % 4);
        let entries = denise.store().operations().unwrap().len();
        let error = denise.undo().unwrap_err();
        prop_assert_eq!(error.kind, Kind::Conflict);
        prop_assert!(error.message.contains("Emily changed implementation of Rec 7 later"), "{}", error);
        prop_assert_eq!(denise.store().operations().unwrap().len(), entries);
        assert_same(denise.review(), emily.review());
        prop_assert_eq!(denise.store().check().unwrap(), Vec::<String>::new());
    }
}

fn printed<T: std::fmt::Display + std::str::FromStr + PartialEq + std::fmt::Debug>(
    value: T,
) -> Result<(), TestCaseError>
where
    T::Err: std::fmt::Debug,
{
    let text = value.to_string();
    prop_assert_eq!(text.parse::<T>().unwrap(), value, "{}", text);
    Ok(())
}

fn citation() -> impl Strategy<Value = Citation> {
    let range = (1..5000u32, 0..20u32).prop_map(|(from, more)| from..=from + more);
    let passage = ("[0-9]{3}", prop::collection::vec(range, 1..4))
        .prop_map(|(document, ranges)| Passage { document, ranges });
    prop::collection::vec(passage, 1..4).prop_map(|passages| Citation { passages })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn numbers_and_ids_reparse_to_themselves(major in 1..=u16::MAX, minor in prop::option::of(1..=u16::MAX), row in 1..=u16::MAX, milliseconds in 0..1_u64 << 48, random in any::<u64>(), meeting in "[a-z][a-z0-9-]{0,59}", id in "[A-Za-z0-9-]{4,64}") {
        printed(RecommendationNumber(major))?;
        printed(QuestionNumber { major, minor })?;
        printed(DeliverableNumber { recommendation: RecommendationNumber(major), row })?;
        let mut ids = NextIds::default();
        ids.at(milliseconds, random);
        printed(ids.make())?;
        printed(QuestionId::Printed(QuestionNumber { major, minor }))?;
        printed(QuestionId::Own(ids.make()))?;
        printed(AgendaItemId(ids.make()))?;
        printed(meeting.parse::<MeetingName>().unwrap())?;
        printed(id.parse::<Id>().unwrap())?;
        printed(meeting.parse::<MeetingId>().unwrap())?;
    }

    #[test]
    fn records_reparse_to_themselves(number in 1..=u16::MAX, row in 1..=u16::MAX, id in "[A-Za-z0-9-]{4,64}", name in ".{1,20}", meeting in "[a-z][a-z0-9-]{0,59}") {
        let recommendation = RecommendationNumber(number);
        let meeting: MeetingId = meeting.parse().unwrap();
        printed(Record::Assessment(recommendation))?;
        printed(Record::Deliverable(DeliverableNumber { recommendation, row }))?;
        printed(Record::Finding(id.parse().unwrap()))?;
        printed(Record::Member(name.clone()))?;
        printed(Record::Meeting(meeting.clone()))?;
        printed(Record::Quoted(name))?;
        printed(About::Recommendation(recommendation))?;
        printed(About::Question(QuestionId::Printed(QuestionNumber { major: number, minor: Some(row) })))?;
        printed(About::Question(QuestionId::Printed(QuestionNumber { major: number, minor: None })))?;
        printed(About::Meeting(meeting))?;
    }

    #[test]
    fn citations_reparse_to_themselves(citation in citation()) {
        printed(citation)?;
    }

    #[test]
    fn moments_reparse_to_themselves(seconds in 0..4_000_000_000_i64) {
        let at = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
        prop_assert_eq!(parse_moment(&print_moment(at)).unwrap(), at);
    }

    #[test]
    fn keys_reparse_to_themselves(c in any::<char>().prop_filter("a key types it", |c| !c.is_control()), ctrl in any::<bool>(), alt in any::<bool>()) {
        let code = crossterm::event::KeyCode::Char(if ctrl { c.to_ascii_lowercase() } else { c });
        let key = Key { code, ctrl, alt };
        prop_assert_eq!(Key::parse(&key.to_string()), Some(key));
    }

    #[test]
    fn nothing_reads_that_is_no_name(text in any::<String>()) {
        // Whatever is answered, it is no panic; and what reads prints something that reads.
        if let Ok(number) = text.parse::<QuestionNumber>() {
            printed(number)?;
        }
        if let Ok(record) = text.parse::<Record>() {
            printed(record)?;
        }
        if let Ok(citation) = text.parse::<Citation>() {
            printed(citation)?;
        }
    }

    #[test]
    fn cleaning_is_idempotent_and_lets_nothing_hostile_through(raw in prop_oneof![any::<String>(), "[\\x00-\\x1f\\x7f-\\x9f\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{e0001}-\u{e007f}e\u{301}一 \n\t]{0,30}"]) {
        for cleaner in [clean, clean_line, clean_prose] {
            let once = cleaner(&raw);
            let twice = cleaner(&once.text);
            prop_assert_eq!(&twice.text, &once.text);
            prop_assert_eq!(twice.removed, 0);
            for c in once.text.chars() {
                prop_assert!(!c.is_control() || c == '\n' || c == '\t', "{:?}", c);
                prop_assert!(!matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'), "{:?}", c);
            }
        }
        let line = clean_line(&raw).text;
        prop_assert!(!line.contains(['\n', '\t']) && line.trim() == line);
        prop_assert_eq!(clean(&visible(&raw)).removed, 0);
        prop_assert!(!visible(&raw).contains(['\n', '\t', '\x1b']));
    }

    #[test]
    fn folding_is_idempotent(text in prop_oneof![any::<String>(), "[A-Za-zÀ-ſİıẞßŒœÆæĐđŁłØøŽž’ﬁǅ\u{300}-\u{310}]{0,20}"]) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }
}
