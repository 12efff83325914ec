//! Laws of the call: whatever two people do in and around meetings, memory is what the file holds, and the journal leads to it.

use crate::laws::{cases, said};
use crate::stage::{fresh, now, workspace};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use penholder::catalogue::builtin;
use penholder::error::{Kind, Result};
use penholder::model::call::planning;
use penholder::model::call::position::{self, Taking, Word};
use penholder::model::call::register::{self, ACTION_FIELDS, Entry};
use penholder::model::call::{agenda, roll, running, sent};
use penholder::model::edit::{self, Note};
use penholder::model::ids::{AgendaItemId, Id, MeetingId, RecommendationNumber};
use penholder::model::journal::change::Edit;
use penholder::model::record::action::Due;
use penholder::model::record::assessment::Assessment;
use penholder::model::record::describe::Field;
use penholder::model::record::finding::About;
use penholder::model::record::kinds::Record;
use penholder::model::record::meeting::{During, Meeting};
use penholder::model::record::position::Matter;
use penholder::model::review::Review;
use penholder::model::vocabulary::{
    Consensus, FindingKind, Implementation, MeetingKind, Outcome, Presence, Stance, Standing,
};
use penholder::store::{Missing, Store};
use penholder::workspace::Workspace;
use proptest::prelude::*;

/// What a person does in or around a call. Meetings, items, decisions and action items are named by their place among those that there are.
#[derive(Debug, Clone)]
pub enum Deed {
    Plan(usize, Option<u32>, bool),
    SetMeeting(usize, Field, String),
    AddItem(usize, String, Option<u16>),
    Item(usize, usize, usize),
    Queue(usize, Vec<u16>),
    Settle(usize, u16, Option<Outcome>, Option<String>),
    MoveQueued(usize, u16, bool),
    Start(usize),
    Next,
    OpenItem(u16),
    Pause,
    Resume,
    End(i64),
    Mark(usize, String, Option<Presence>),
    Interest(usize, String, String),
    NoUpdates(usize),
    Decide(Option<u16>, String, Option<String>),
    AskFor(Option<u16>, String, Option<String>, Option<Due>),
    SetAction(usize, Field, String),
    Withdraw(usize, bool),
    Reword(usize, String),
    Take(usize, String, Stance, Option<String>),
    AllAgree(usize),
    OpenRound(usize),
    Designate(usize, Option<Consensus>),
    Propose(usize, Option<i64>),
    Rate(u16, usize),
    Stand(u16, Option<Standing>),
    AgreeIn(u16, String),
    Note(u16, String, Option<String>, bool),
    OnMeeting(usize, String),
    Send(usize, String),
    Lock(usize, bool),
    Undo,
    Redo,
}

/// Few recommendations, so that people meet.
fn number() -> impl Strategy<Value = u16> {
    prop_oneof![Just(9), Just(11), Just(12)]
}

/// Members of the team, somebody of ICANN org, and people whom no source names.
fn name() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        "Denise",
        "Emily",
        "Žarko",
        "Ann Other",
        "J. \"Doe\" \\",
        "Zoe",
    ])
    .prop_map(str::to_owned)
}

/// Text with everything that TOML could trip over, and what is no text at all.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z ]{1,12}",
        1 => "[ -~\n\t\"\\\\']{1,20}",
        1 => any::<String>(),
        1 => Just("\"\"\"\"\n\"\"\"\\".to_owned()),
        1 => Just("unset".to_owned()),
        1 => Just("\x1b[31mred\u{202e}\n\u{301}".to_owned())
    ]
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn meeting_field() -> impl Strategy<Value = (Field, String)> {
    let day = prop_oneof![
        Just("2018-09-20".to_owned()),
        Just("0018-01-01".to_owned()),
        Just(String::new())
    ];
    prop_oneof![
        day.prop_map(|day| (Meeting::DATE, day)),
        (
            prop_oneof![Just(Meeting::TITLE), Just(Meeting::PLACE)],
            words()
        ),
        name().prop_map(|name| (Meeting::FACILITATOR, name)),
    ]
}

fn due() -> impl Strategy<Value = Option<Due>> {
    let day: NaiveDate = "2018-09-20".parse().unwrap();
    prop_oneof![
        Just(None),
        Just(Some(Due::NextCall)),
        Just(Some(Due::Day(day)))
    ]
}

fn planned() -> impl Strategy<Value = Deed> {
    let which = 0..4_usize;
    prop_oneof![
        4 => (0..4_usize, prop::option::of(1..45_u32), any::<bool>()).prop_map(|(k, n, d)| Deed::Plan(k, n, d)),
        1 => (which.clone(), meeting_field()).prop_map(|(m, (f, v))| Deed::SetMeeting(m, f, v)),
        1 => (which.clone(), words(), prop::option::of(1..10_u16)).prop_map(|(m, w, b)| Deed::AddItem(m, w, b)),
        2 => (which.clone(), 0..10_usize, 0..4_usize).prop_map(|(m, i, how)| Deed::Item(m, i, how)),
        4 => (which.clone(), prop::collection::vec(number(), 0..4)).prop_map(|(m, r)| Deed::Queue(m, r)),
        2 => (which.clone(), number(), prop::option::of(one_of(Outcome::ALL)), prop::option::of(words()))
            .prop_map(|(m, r, o, why)| Deed::Settle(m, r, o, why)),
        1 => (which, number(), any::<bool>()).prop_map(|(m, r, d)| Deed::MoveQueued(m, r, d)),
    ]
}

fn run() -> impl Strategy<Value = Deed> {
    let which = 0..4_usize;
    prop_oneof![
        5 => which.clone().prop_map(Deed::Start),
        3 => Just(Deed::Next),
        1 => (1..10_u16).prop_map(Deed::OpenItem),
        1 => Just(Deed::Pause),
        1 => Just(Deed::Resume),
        2 => (-30..1_i64).prop_map(Deed::End),
        3 => (which.clone(), name(), prop::option::of(one_of(Presence::ALL))).prop_map(|(m, n, p)| Deed::Mark(m, n, p)),
        1 => (which.clone(), name(), words()).prop_map(|(m, n, w)| Deed::Interest(m, n, w)),
        1 => which.clone().prop_map(Deed::NoUpdates),
        1 => (which.clone(), words()).prop_map(|(m, w)| Deed::Send(m, w)),
        1 => (which, any::<bool>()).prop_map(|(m, l)| Deed::Lock(m, l)),
    ]
}

fn recorded() -> impl Strategy<Value = Deed> {
    let (which, matter) = (0..3_usize, 0..4_usize);
    let on = || prop::option::of(number());
    prop_oneof![
        2 => (on(), words(), prop::option::of(name())).prop_map(|(r, w, n)| Deed::Decide(r, w, n)),
        2 => (on(), words(), prop::option::of(name()), due()).prop_map(|(r, w, n, d)| Deed::AskFor(r, w, n, d)),
        2 => (which.clone(), one_of(ACTION_FIELDS), prop_oneof![words(), name(), Just("+3".to_owned()), Just(String::new())])
            .prop_map(|(a, f, v)| Deed::SetAction(a, f, v)),
        1 => (which.clone(), any::<bool>()).prop_map(|(a, d)| Deed::Withdraw(a, d)),
        1 => (which, words()).prop_map(|(d, w)| Deed::Reword(d, w)),
        3 => (matter.clone(), name(), one_of(Stance::ALL), prop::option::of(words())).prop_map(|(m, n, s, w)| Deed::Take(m, n, s, w)),
        1 => matter.clone().prop_map(Deed::AllAgree),
        2 => matter.clone().prop_map(Deed::OpenRound),
        2 => (matter.clone(), prop::option::of(one_of(Consensus::ALL))).prop_map(|(m, c)| Deed::Designate(m, c)),
        1 => (matter, prop::option::of(0..9_i64)).prop_map(|(m, d)| Deed::Propose(m, d)),
        2 => (number(), 0..4_usize).prop_map(|(r, v)| Deed::Rate(r, v)),
        1 => (number(), prop::option::of(one_of(Standing::ALL))).prop_map(|(r, s)| Deed::Stand(r, s)),
        1 => (number(), "(plenary|call)-4[1-4]").prop_map(|(r, m)| Deed::AgreeIn(r, m)),
        2 => (number(), words(), prop::option::of(name()), any::<bool>()).prop_map(|(r, w, n, p)| Deed::Note(r, w, n, p)),
        1 => (0..4_usize, words()).prop_map(|(m, w)| Deed::OnMeeting(m, w)),
    ]
}

pub fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![5 => planned(), 6 => run(), 8 => recorded(), 4 => Just(Deed::Undo), 2 => Just(Deed::Redo)]
}

/// Whoever does a deed, when, and with which ids.
pub struct Doer {
    pub by: String,
    pub at: DateTime<Utc>,
    place: u32,
    count: u32,
}

impl Doer {
    /// The one of this place in the walk: time goes on from deed to deed, by more than a minute.
    pub fn new(by: &str, place: u32) -> Doer {
        Doer {
            by: by.to_owned(),
            at: now() + TimeDelta::seconds(97 * i64::from(place)),
            place,
            count: 0,
        }
    }

    fn id(&mut self) -> Id {
        self.count += 1;
        format!("by-{}-{}", self.place, self.count).parse().unwrap()
    }
}

fn nth<T: Clone>(all: impl Iterator<Item = T>, which: usize) -> Option<T> {
    let all: Vec<T> = all.collect();
    (!all.is_empty()).then(|| all[which % all.len()].clone())
}

/// The meetings of the team's own; the first place is one that a source tells of, which nothing is done with.
fn meeting(review: &Review, which: usize) -> Option<MeetingId> {
    if which == 3 {
        "plenary-41".parse().ok()
    } else {
        nth(review.records.meetings.keys().cloned(), which)
    }
}

/// The item of a meeting's agenda that has this number, if there is one.
fn item(review: &Review, meeting: &MeetingId, number: u16) -> Option<AgendaItemId> {
    let mut items = review.records.agenda_of(meeting).into_iter();
    let found = items.find(|(_, item)| item.number == number);
    found.map(|(id, _)| id.clone())
}

fn matter(review: &Review, which: usize) -> Option<Matter> {
    match which {
        0 | 1 => Some(Matter::Assessment(RecommendationNumber([9, 11][which]))),
        _ => nth(review.records.decisions.keys().cloned(), which).map(Matter::Decision),
    }
}

/// The edit of a deed that is no undo or redo; nothing where there is nothing to do it with.
fn made(review: &Review, doer: &mut Doer, deed: &Deed) -> Option<Result<Edit>> {
    let (at, today) = (doer.at, doer.at.date_naive());
    let rec = |n: &u16| RecommendationNumber(*n);
    let during: Option<During> = review.during(at);
    let taking = Taking {
        at,
        by: doer.by.clone(),
        during: during.clone(),
    };
    let entry =
        |doer: &Doer, on: &Option<u16>, text: &str, who: &Option<String>, due: Option<Due>| Entry {
            text: text.to_owned(),
            about: on.as_ref().map(|n| About::Recommendation(rec(n))),
            who: who.clone(),
            due,
            at,
            today,
            by: doer.by.clone(),
            during: during.clone(),
        };
    let note = |about: About, text: &str, said_by: &Option<String>, private: bool| Note {
        about,
        kind: if private {
            FindingKind::Note
        } else {
            FindingKind::Finding
        },
        text: text.to_owned(),
        by: taking.by.clone(),
        said_by: said_by.clone(),
        at,
        private,
        during: during.clone(),
    };
    Some(match deed {
        Deed::Plan(kind, number, day) => planning::plan(
            review,
            &MeetingKind::COMMON[*kind],
            *number,
            day.then_some(today),
        )
        .map(|(_, edit)| edit),
        Deed::SetMeeting(m, field, value) => {
            planning::set(review, &meeting(review, *m)?, *field, Some(value))
        }
        Deed::AddItem(m, words, behind) => {
            let id = meeting(review, *m)?;
            let behind = behind.and_then(|number| item(review, &id, number));
            agenda::add_item(review, &id, words, behind.as_ref())
        }
        Deed::Item(m, i, how) => {
            let id = meeting(review, *m)?;
            let item = nth(
                review
                    .records
                    .agenda_of(&id)
                    .into_iter()
                    .map(|(item, _)| item),
                *i,
            )?;
            match how {
                0 => agenda::drop_item(review, item),
                1 => agenda::reword_item(review, item, "Other words (5 min)"),
                how => agenda::move_item(review, item, *how == 2),
            }
        }
        Deed::Queue(m, numbers) => planning::queue(
            review,
            &meeting(review, *m)?,
            &numbers.iter().map(rec).collect::<Vec<_>>(),
            &[],
        ),
        Deed::Settle(m, n, outcome, why) => planning::settle(
            review,
            &meeting(review, *m)?,
            rec(n),
            *outcome,
            why.as_deref(),
        ),
        Deed::MoveQueued(m, n, down) => {
            planning::move_queued(review, &meeting(review, *m)?, rec(n), *down)
        }
        Deed::Start(m) => running::start(review, &meeting(review, *m)?, at, today),
        Deed::Next => running::next_item(review, at),
        Deed::OpenItem(number) => {
            let (running, _) = review.records.running()?;
            running::open_item(review, &item(review, running, *number)?, at)
        }
        Deed::Pause => running::pause(review, at),
        Deed::Resume => running::resume(review, at),
        Deed::End(minutes) => running::end(review, at + TimeDelta::minutes(*minutes)),
        Deed::Mark(m, name, presence) => {
            roll::mark(review, &meeting(review, *m)?, name, *presence, at)
        }
        Deed::Interest(m, name, words) => {
            roll::state_interest(review, &meeting(review, *m)?, name, words)
        }
        Deed::NoUpdates(m) => roll::no_updates(review, &meeting(review, *m)?),
        Deed::Decide(on, words, who) => {
            register::decide(review, doer.id(), entry(doer, on, words, who, None))
        }
        Deed::AskFor(on, words, who, due) => {
            register::ask_for(review, doer.id(), entry(doer, on, words, who, *due))
        }
        Deed::SetAction(a, field, value) => register::set_action(
            review,
            &nth(review.records.actions.keys().cloned(), *a)?,
            *field,
            value,
            today,
        ),
        Deed::Withdraw(which, true) => register::withdraw(
            review,
            &Record::Decision(nth(review.records.decisions.keys().cloned(), *which)?),
        ),
        Deed::Withdraw(which, false) => register::withdraw(
            review,
            &Record::Action(nth(review.records.actions.keys().cloned(), *which)?),
        ),
        Deed::Reword(d, words) => register::reword_decision(
            review,
            &nth(review.records.decisions.keys().cloned(), *d)?,
            words,
        ),
        Deed::Take(m, name, stance, words) => {
            let word = Word {
                member: name.clone(),
                stance: *stance,
                text: words.clone(),
                statement: words.clone(),
            };
            position::take(review, doer.id(), &matter(review, *m)?, word, &taking)
        }
        Deed::AllAgree(m) => {
            let members = review
                .team()
                .into_iter()
                .take(4)
                .map(str::to_owned)
                .collect::<Vec<_>>();
            position::all_agree(review, &matter(review, *m)?, &members, &taking)
        }
        Deed::OpenRound(m) => position::open_round(review, &matter(review, *m)?, &taking),
        Deed::Designate(m, word) => {
            position::designate(review, &matter(review, *m)?, *word, &taking)
        }
        Deed::Propose(m, days) => position::set_deadline(
            review,
            &matter(review, *m)?,
            days.map(|days| today + TimeDelta::days(days)),
        ),
        Deed::Rate(n, v) => edit::rate(review, rec(n), Implementation::ALL[*v]),
        Deed::Stand(n, word) => edit::assess(
            review,
            rec(n),
            &[(Assessment::STANDING, word.map(|word| word.to_string()))],
        ),
        Deed::AgreeIn(n, id) => {
            edit::assess(review, rec(n), &[(Assessment::AGREED_IN, Some(id.clone()))])
        }
        Deed::Note(n, words, who, private) => edit::note(
            review,
            doer.id(),
            note(About::Recommendation(rec(n)), words, who, *private),
        ),
        Deed::OnMeeting(m, words) => edit::note(
            review,
            doer.id(),
            note(About::Meeting(meeting(review, *m)?), words, &None, false),
        ),
        Deed::Send(m, words) => Ok(sent::send(
            review,
            &meeting(review, *m)?,
            words,
            &doer.by,
            at,
        )),
        Deed::Lock(m, locked) => sent::lock(review, &meeting(review, *m)?, *locked),
        Deed::Undo | Deed::Redo => return None,
    })
}

/// The edit of a deed; a slip is none, and nothing but a slip keeps one from being made.
pub fn edit_of(review: &Review, doer: &mut Doer, deed: &Deed) -> Option<Edit> {
    match made(review, doer, deed)? {
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

/// Does a deed; answers what was refused. A slip and a conflict change nothing but what is read afresh.
pub fn act(window: &mut Workspace, place: u32, deed: &Deed) {
    let before = window.review().clone();
    let done = match deed {
        Deed::Undo => window.undo().map(|_| true),
        Deed::Redo => window.redo().map(|_| true),
        other => {
            let mut doer = Doer::new(window.author(), place);
            let Some(edit) = edit_of(window.review(), &mut doer, other) else {
                return;
            };
            window.commit(edit)
        }
    };
    match done {
        Ok(_) => {}
        Err(e) if e.kind == Kind::Slip && !matches!(deed, Deed::Undo | Deed::Redo) => {
            assert!(window.review().records == before.records, "{deed:?}")
        }
        Err(e) => assert!(
            matches!(e.kind, Kind::Conflict | Kind::Slip),
            "{deed:?}: {e}"
        ),
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn what_is_done_in_a_call_and_taken_back_is_nothing(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut review = Review::new(builtin().unwrap());
        for (place, deed) in (1..).zip(&deeds) {
            let Some(edit) = edit_of(&review, &mut Doer::new("Denise", place), deed) else { continue };
            let edit = running::reaching(&review, edit);
            let before = review.clone();
            review.apply(&edit.changes).unwrap();
            prop_assert_eq!(edit.is_nothing(), review.records == before.records, "{}", edit.label);
            let mut back = review.clone();
            back.apply(&edit.inverse().changes).unwrap();
            prop_assert_eq!(&back.records, &before.records);
            for change in &edit.changes {
                let mut other = Review::default();
                other.put(&change.record, review.fields(&change.record)).unwrap();
                prop_assert_eq!(other.fields(&change.record), review.fields(&change.record));
                prop_assert_eq!(change.record.to_string().parse::<Record>().unwrap(), change.record.clone());
            }
        }
    }

    #[test]
    fn after_any_walk_of_two_in_calls_the_store_equals_memory(walk in prop::collection::vec((any::<bool>(), prop::bool::weighted(0.8), deed()), 1..50)) {
        let (_folder, path) = fresh();
        let mut windows = [workspace(&path, "Denise"), workspace(&path, "Emily")];
        for (place, (second, looks, deed)) in (1..).zip(&walk) {
            let window = &mut windows[usize::from(*second)];
            if *looks {
                window.refresh().unwrap();
            }
            act(window, place, deed);
        }
        for window in &mut windows {
            window.refresh().unwrap();
        }
        let [denise, emily] = windows;
        prop_assert_eq!(&denise.review().records, &emily.review().records);
        prop_assert_eq!(said(denise.review()), said(emily.review()));
        let store = Store::open(&path, Missing::Refuse, builtin).unwrap();
        let held = store.load().unwrap();
        prop_assert_eq!(&held.records, &denise.review().records);
        prop_assert_eq!(said(&held), said(denise.review()));
        prop_assert_eq!(store.check().unwrap(), Vec::<String>::new());
        let records = &denise.review().records;
        for held in records.positions.values() {
            prop_assert!(matches!(&held.matter, Matter::Assessment(_)) || records.decisions.keys().any(|id| held.matter == Matter::Decision(id.clone())));
        }
        let numbers: Vec<u32> = records.decisions.values().map(|held| held.number).collect();
        prop_assert!(numbers.iter().collect::<std::collections::BTreeSet<_>>().len() == numbers.len(), "{numbers:?}");
        prop_assert!(records.meetings.values().filter(|meeting| meeting.is_running()).count() <= 1);
    }

    #[test]
    fn all_that_one_did_in_calls_can_be_undone_and_redone(deeds in prop::collection::vec(deed(), 1..40)) {
        let (_folder, path) = fresh();
        let mut window = workspace(&path, "Denise");
        let empty = window.review().clone();
        let sends = |deed: &&Deed| !matches!(deed, Deed::Undo | Deed::Redo | Deed::Send(..));
        for (place, deed) in (1..).zip(deeds.iter().filter(sends)) {
            act(&mut window, place, deed);
        }
        let full = window.review().clone();
        let refused = loop {
            if let Err(e) = window.undo() { break e }
        };
        prop_assert_eq!(&refused.message, "Denise has nothing to undo.");
        // What a call came to stays on its queue.
        if window.review().records.queue.is_empty() {
            prop_assert_eq!(&window.review().records, &empty.records);
            prop_assert_eq!(said(window.review()), said(&empty));
        }
        while window.redo().is_ok() {}
        prop_assert_eq!(&window.review().records, &full.records);
        prop_assert_eq!(said(window.review()), said(&full));
        prop_assert_eq!(window.store().check().unwrap(), Vec::<String>::new());
    }
}
