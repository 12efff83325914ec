//! The call as the workspace keeps it: planned, run, rolled, decided, sent; each step undone and done again, and the file sound after it.

use crate::stage::{assert_same, fresh, item_numbered, meeting_called, now};
use chrono::{DateTime, TimeDelta, Utc};
use penholder::error::Kind;
use penholder::model::call::planning;
use penholder::model::call::position::{self, Taking, Word};
use penholder::model::call::register::{self, Entry};
use penholder::model::call::{agenda, consensus, roll, running, sent};
use penholder::model::edit::{self, Note};
use penholder::model::ids::{MeetingId, RecommendationNumber};
use penholder::model::journal::change::{Change, Edit};
use penholder::model::record::action::{Action, Due};
use penholder::model::record::assessment::Assessment;
use penholder::model::record::attendance::Attendance;
use penholder::model::record::finding::About;
use penholder::model::record::kinds::Record;
use penholder::model::record::position::Matter;
use penholder::model::vocabulary::{
    Consensus, FindingKind, Implementation, MeetingKind, Outcome, Presence, Stance, Standing,
};
use penholder::store::Missing;
use penholder::workspace::{Clock, Workspace};
use std::path::Path;

const REC: RecommendationNumber = RecommendationNumber(11);

fn open(path: &Path, at: DateTime<Utc>) -> Workspace {
    Workspace::open(
        path,
        Missing::Create,
        "Denise".to_owned(),
        Clock::held_at(at),
    )
    .unwrap()
}

fn after(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

/// A workspace with a planned plenary, which is the 42nd.
fn planned() -> (tempfile::TempDir, Workspace, MeetingId) {
    let (folder, path) = fresh();
    let mut workspace = open(&path, now());
    let (id, edit) = planning::plan(
        workspace.review(),
        &MeetingKind::PLENARY_CALL,
        None,
        Some(workspace.today()),
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    (folder, workspace, id)
}

/// The same workspace some minutes later.
fn later(workspace: Workspace, minutes: i64) -> Workspace {
    let path = workspace.store().path().to_owned();
    drop(workspace);
    open(&path, after(minutes))
}

fn started() -> (tempfile::TempDir, Workspace, MeetingId) {
    let (folder, mut workspace, id) = planned();
    let edit = planning::queue(
        workspace.review(),
        &id,
        &[RecommendationNumber(9), REC, RecommendationNumber(12)],
        &[],
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let edit = running::start(workspace.review(), &id, workspace.now(), workspace.today()).unwrap();
    workspace.commit(edit).unwrap();
    (folder, workspace, id)
}

fn sound(workspace: &Workspace) {
    assert_eq!(workspace.store().check().unwrap(), Vec::<String>::new());
    assert_same(workspace.review(), &workspace.store().load().unwrap());
}

#[test]
fn a_new_plenary_gets_the_next_number_and_the_agenda_of_the_last_one_in_its_frame() {
    let (_folder, workspace, id) = planned();
    assert_eq!(workspace.review().meeting_name(&id).as_str(), "plenary-42");
    let texts: Vec<String> = workspace
        .review()
        .records
        .agenda_of(&id)
        .into_iter()
        .map(|(_, item)| item.title())
        .collect();
    assert_eq!(
        texts,
        [
            "Welcome, rollcall",
            "Statement of interest updates",
            "Finalize ToR and scope",
            "Draft communique - team to share feedback",
            "Agree approach to work plan",
            "Outreach/comms plan - establish approach and penholder",
            "SSR1 recommendations - staff to provide update from leadership discussion 28 August (if time permits)",
            "AOB",
            "Confirm action items and decisions",
        ]
    );
    let again = planning::plan(
        workspace.review(),
        &MeetingKind::PLENARY_CALL,
        Some(42),
        None,
    );
    assert!(
        again
            .unwrap_err()
            .message
            .contains("next free number is 43")
    );
    assert_eq!(
        planning::next_number(workspace.review(), &MeetingKind::SUBGROUP_CALL),
        1
    );
    sound(&workspace);
}

#[test]
fn the_agenda_is_edited_and_reordered_and_a_source_s_is_not() {
    let (_folder, mut workspace, id) = planned();
    let edit = agenda::add_item(
        workspace.review(),
        &id,
        "SSR1 recommendations (60 min)",
        Some(&item_numbered(workspace.review(), &id, 2)),
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let added = item_numbered(workspace.review(), &id, 10);
    let at = |workspace: &Workspace| workspace.review().records.place_of(&added);
    assert_eq!(at(&workspace), Some(3));
    for (down, place) in [(true, 4), (false, 3), (false, 2)] {
        let edit = agenda::move_item(workspace.review(), &added, down).unwrap();
        workspace.commit(edit).unwrap();
        assert_eq!(at(&workspace), Some(place));
    }
    assert_eq!(workspace.review().records.agenda[&added].planned, Some(60));
    let edit = agenda::drop_item(workspace.review(), &added).unwrap();
    workspace.commit(edit).unwrap();
    assert_eq!(at(&workspace), None);
    workspace.undo().unwrap();
    assert_eq!(at(&workspace), Some(2));
    let quoted: MeetingId = "plenary-41".parse().unwrap();
    assert!(
        agenda::add_item(workspace.review(), &quoted, "x", None)
            .unwrap_err()
            .message
            .contains("quoted")
    );
    sound(&workspace);
}

#[test]
fn what_is_recorded_in_a_call_carries_meeting_minute_and_item() {
    let (_folder, workspace, id) = started();
    let mut workspace = later(workspace, 3);
    let edit = running::next_item(workspace.review(), workspace.now()).unwrap();
    workspace.commit(edit).unwrap();
    let mut workspace = later(workspace, 10);
    let note = |at: DateTime<Utc>, workspace: &Workspace| Note {
        about: About::Recommendation(REC),
        kind: FindingKind::Finding,
        text: "It is a draft.".to_owned(),
        by: "Denise".to_owned(),
        said_by: Some("Emily".to_owned()),
        at,
        private: false,
        during: workspace.review().during(at),
    };
    let mut ids = workspace.review().ids.clone();
    let (first, second) = (ids.make(), ids.make());
    for (finding, at) in [(&first, after(10)), (&second, after(2))] {
        let edit = edit::note(workspace.review(), finding.clone(), note(at, &workspace)).unwrap();
        workspace.commit(edit).unwrap();
    }
    let held = |finding| workspace.review().records.findings[finding].clone();
    assert_eq!(
        (
            held(&first).meeting,
            held(&first).minute,
            held(&first).agenda_item
        ),
        (
            Some(id.clone()),
            Some(10),
            Some(item_numbered(workspace.review(), &id, 2))
        )
    );
    assert_eq!(
        (held(&second).minute, held(&second).agenda_item),
        (Some(2), Some(item_numbered(workspace.review(), &id, 1))),
        "what was said before belongs there"
    );
    let queued = &workspace.review().records.queue[&(id.clone(), REC)];
    assert_eq!(
        queued.outcome,
        Some(Outcome::Reached),
        "the call has come to it"
    );
    let operations = workspace.store().operations().unwrap();
    assert_eq!(operations.last().unwrap().meeting, Some(id));
    sound(&workspace);
}

#[test]
fn the_time_of_an_item_runs_over_a_restart_and_stops_while_the_call_rests() {
    let (_folder, workspace, id) = started();
    let mut workspace = later(workspace, 4);
    let edit = running::pause(workspace.review(), workspace.now()).unwrap();
    workspace.commit(edit).unwrap();
    let mut workspace = later(workspace, 20);
    let edit = running::resume(workspace.review(), workspace.now()).unwrap();
    workspace.commit(edit).unwrap();
    let mut workspace = later(workspace, 23);
    let (_, meeting) = workspace.review().records.running().unwrap();
    let first = item_numbered(workspace.review(), &id, 1);
    let item = &workspace.review().records.agenda[&first];
    assert_eq!(item.used(meeting.counting(workspace.now())), 7 * 60);
    assert_eq!(meeting.minute(workspace.now()), 23);
    let edit = running::next_item(workspace.review(), workspace.now()).unwrap();
    workspace.commit(edit).unwrap();
    assert_eq!(workspace.review().records.agenda[&first].used, Some(7 * 60));
    workspace.undo().unwrap();
    assert_eq!(
        workspace.review().records.running().unwrap().1.item,
        Some(first)
    );
    sound(&workspace);
}

#[test]
fn only_one_call_runs_also_when_two_windows_start_one_at_once() {
    let (_folder, mut one, id) = planned();
    let (other, edit) =
        planning::plan(one.review(), &MeetingKind::SUBGROUP_CALL, None, None).unwrap();
    one.commit(edit).unwrap();
    let mut two = open(one.store().path(), now());
    let first = running::start(one.review(), &id, now(), one.today()).unwrap();
    let second = running::start(two.review(), &other, now(), two.today()).unwrap();
    one.commit(first).unwrap();
    let refused = two.commit(second).unwrap_err();
    assert_eq!(refused.kind, Kind::Conflict);
    assert!(
        refused.message.contains("Another call was started"),
        "{}",
        refused.message
    );
    let slip = running::start(two.review(), &other, now(), two.today()).unwrap_err();
    assert!(slip.message.contains("Plenary 42 runs"), "{}", slip.message);
    sound(&two);
}

#[test]
fn the_end_of_a_call_is_not_taken_back_while_another_window_starts_the_next() {
    let (_folder, mut one, id) = started();
    let (other, edit) =
        planning::plan(one.review(), &MeetingKind::SUBGROUP_CALL, None, None).unwrap();
    one.commit(edit).unwrap();
    let end = running::end(one.review(), one.now()).unwrap();
    one.commit(end.clone()).unwrap();
    let mut two = open(one.store().path(), now());
    let edit = running::start(two.review(), &other, now(), two.today()).unwrap();
    two.commit(edit).unwrap();
    let meeting = Record::Meeting(id);
    let again = Edit {
        label: "The end taken back".to_owned(),
        changes: end
            .changes
            .iter()
            .filter(|change| change.record == meeting)
            .map(Change::inverse)
            .collect(),
    };
    let refused = one.commit(again).unwrap_err();
    assert_eq!(refused.kind, Kind::Conflict);
    assert!(
        refused.message.contains("Another call was started"),
        "{}",
        refused.message
    );
    sound(&two);
}

#[test]
fn what_a_call_does_not_come_to_goes_on_to_the_next() {
    let (_folder, mut workspace, id) = started();
    let edit = edit::rate(
        workspace.review(),
        REC,
        Implementation::PartiallyImplemented,
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let nine = RecommendationNumber(9);
    let no_reason = planning::settle(workspace.review(), &id, nine, Some(Outcome::Deferred), None);
    assert!(no_reason.is_err());
    let edit = planning::settle(
        workspace.review(),
        &id,
        nine,
        Some(Outcome::Deferred),
        Some("no answer to 9.1"),
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let edit = running::end(workspace.review(), workspace.now()).unwrap();
    workspace.commit(edit).unwrap();
    let (next, edit) =
        planning::plan(workspace.review(), &MeetingKind::PLENARY_CALL, None, None).unwrap();
    workspace.commit(edit).unwrap();
    let queue: Vec<u16> = workspace
        .review()
        .records
        .queue_of(&next)
        .into_iter()
        .map(|(number, _)| number.0)
        .collect();
    assert_eq!(queue, [9, 12]);
    sound(&workspace);
}

#[test]
fn what_is_left_goes_to_a_meeting_that_is_planned_already() {
    let (_folder, mut workspace, _id) = started();
    let (next, edit) =
        planning::plan(workspace.review(), &MeetingKind::PLENARY_CALL, None, None).unwrap();
    workspace.commit(edit).unwrap();
    assert!(workspace.review().records.queue_of(&next).is_empty());
    let edit = running::end(workspace.review(), workspace.now()).unwrap();
    workspace.commit(edit).unwrap();
    assert_eq!(workspace.review().records.queue_of(&next).len(), 3);
    workspace.undo().unwrap();
    assert!(
        workspace.review().records.running().is_some(),
        "ending is one step"
    );
    assert!(workspace.review().records.queue_of(&next).is_empty());
    sound(&workspace);
}

#[test]
fn the_roll_is_called_and_interests_are_stated() {
    let (_folder, mut workspace, id) = started();
    for (name, presence) in [
        ("Denise", Presence::Present),
        ("Žarko", Presence::Late),
        ("Don", Presence::Apologies),
        ("Ann Other", Presence::Guest),
    ] {
        let edit = roll::mark(
            workspace.review(),
            &id,
            name,
            Some(presence),
            workspace.now(),
        )
        .unwrap();
        workspace.commit(edit).unwrap();
    }
    let edit = roll::state_interest(workspace.review(), &id, "Žarko", "New employer.").unwrap();
    workspace.commit(edit).unwrap();
    let edit = roll::no_updates(workspace.review(), &id).unwrap();
    assert_eq!(edit.label, "Statement of interest: no update of 1 member");
    workspace.commit(edit).unwrap();
    let interest = |name: &str| {
        workspace.review().records.roll[&(id.clone(), name.to_owned())]
            .interest
            .clone()
    };
    assert_eq!(
        (interest("Denise").as_deref(), interest("Žarko").as_deref()),
        (Some("no update"), Some("New employer."))
    );
    assert_eq!(interest("Ann Other"), None, "a guest states none");
    assert_eq!(roll::here(workspace.review(), &id), ["Denise", "Žarko"]);
    assert!(
        workspace.review().records.members.contains_key("Ann Other")
            && !workspace.review().team().contains(&"Ann Other")
    );
    assert_eq!(
        roll::told(workspace.review(), &id),
        "1 present · 1 late · 1 apologies · 1 guest"
    );
    sound(&workspace);
}

fn taking(workspace: &Workspace) -> Taking {
    Taking {
        at: workspace.now(),
        by: "Denise".to_owned(),
        during: workspace.review().during(workspace.now()),
    }
}

#[test]
fn positions_are_kept_in_rounds_and_lead_to_a_designation() {
    let (_folder, mut workspace, _id) = started();
    let matter = Matter::Assessment(REC);
    let edit = edit::rate(
        workspace.review(),
        REC,
        Implementation::PartiallyImplemented,
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let object = Word {
        member: "Eric".to_owned(),
        stance: Stance::Object,
        text: Some("Nothing is measured.".to_owned()),
        statement: Some("The recommendation was not implemented.".to_owned()),
    };
    let edit = position::take(
        workspace.review(),
        workspace.new_id(),
        &matter,
        object.clone(),
        &taking(&workspace),
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    assert!(
        position::take(
            workspace.review(),
            workspace.new_id(),
            &matter,
            object,
            &taking(&workspace)
        )
        .unwrap()
        .is_nothing()
    );
    let members: Vec<String> = ["Denise", "Emily", "Eric", "Don", "Geoff", "Cathy"]
        .map(str::to_owned)
        .to_vec();
    let edit =
        position::all_agree(workspace.review(), &matter, &members, &taking(&workspace)).unwrap();
    assert_eq!(edit.label, "5 agree on Rec 11");
    workspace.commit(edit).unwrap();
    let counts = position::counts(workspace.review(), &matter, 1);
    assert_eq!((counts.agree, counts.object, counts.silent), (5, 1, 9));
    assert_eq!(
        consensus::suggest(counts).unwrap().designation,
        Consensus::Consensus
    );
    assert_eq!(
        position::yet_to_answer(workspace.review(), &matter).len(),
        9
    );
    let edit = position::designate(
        workspace.review(),
        &matter,
        Some(Consensus::Consensus),
        &taking(&workspace),
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let edit = position::open_round(workspace.review(), &matter, &taking(&workspace)).unwrap();
    workspace.commit(edit).unwrap();
    assert_eq!(position::round(workspace.review(), &matter), 2);
    assert!(
        position::open_round(workspace.review(), &matter, &taking(&workspace)).is_err(),
        "a round needs positions"
    );
    assert_eq!(
        position::standing(workspace.review(), &matter, 1).len(),
        6,
        "the first round stays readable"
    );
    assert_eq!(
        workspace
            .review()
            .records
            .round(&matter, 1)
            .unwrap()
            .1
            .consensus,
        Some(Consensus::Consensus)
    );
    workspace.undo().unwrap();
    assert_eq!(position::round(workspace.review(), &matter), 1);
    sound(&workspace);
}

#[test]
fn a_round_tells_whose_estimate_its_designation_is() {
    let (_folder, mut workspace, id) = started();
    let matter = Matter::Assessment(REC);
    let taking = |by: &str, minutes| Taking {
        at: after(minutes),
        by: by.to_owned(),
        during: workspace.review().during(after(minutes)),
    };
    let (opens, estimates) = (taking("Denise", 1), taking("Emily", 7));
    let outside = Taking {
        during: None,
        ..taking("Eric", 9)
    };
    let word = Word {
        member: "Eric".to_owned(),
        stance: Stance::Agree,
        text: None,
        statement: None,
    };
    let edit = position::take(
        workspace.review(),
        workspace.new_id(),
        &matter,
        word,
        &opens,
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let edit = position::open_round(workspace.review(), &matter, &opens).unwrap();
    workspace.commit(edit).unwrap();
    let of_round = |workspace: &Workspace| {
        let held = workspace
            .review()
            .records
            .round(&matter, 2)
            .unwrap()
            .1
            .clone();
        (held.by, held.at, held.meeting, held.consensus)
    };
    let edit = position::designate(
        workspace.review(),
        &matter,
        Some(Consensus::Consensus),
        &estimates,
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let estimated = (
        "Emily".to_owned(),
        after(7),
        Some(id.clone()),
        Some(Consensus::Consensus),
    );
    assert_eq!(of_round(&workspace), estimated);
    assert!(
        position::designate(
            workspace.review(),
            &matter,
            Some(Consensus::Consensus),
            &outside
        )
        .unwrap()
        .is_nothing()
    );
    let edit = position::designate(
        workspace.review(),
        &matter,
        Some(Consensus::Divergence),
        &outside,
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    assert_eq!(
        of_round(&workspace),
        (
            "Eric".to_owned(),
            after(9),
            None,
            Some(Consensus::Divergence)
        )
    );
    workspace.undo().unwrap();
    assert_eq!(of_round(&workspace), estimated);
    workspace.undo().unwrap();
    assert_eq!(
        of_round(&workspace),
        ("Denise".to_owned(), after(1), Some(id), None),
        "the opener"
    );
    sound(&workspace);
}

#[test]
fn an_assessment_is_proposed_agreed_in_the_call_and_reopened_by_a_change() {
    let (_folder, mut workspace, id) = started();
    let until = "2018-09-20".parse().unwrap();
    assert!(
        edit::propose(workspace.review(), REC, Some(until)).is_err(),
        "nothing to propose yet"
    );
    let edit = edit::rate(
        workspace.review(),
        REC,
        Implementation::PartiallyImplemented,
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let edit = edit::propose(workspace.review(), REC, Some(until)).unwrap();
    assert_eq!(edit.label, "Rec 11 proposed, objections until 2018-09-20");
    workspace.commit(edit).unwrap();
    assert_eq!(
        workspace.review().assessment(REC).objections_by,
        Some(until)
    );
    let edit = edit::assess(
        workspace.review(),
        REC,
        &[(Assessment::STANDING, Some("agreed".to_owned()))],
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let held = workspace.review().assessment(REC);
    assert_eq!(
        (held.standing, held.agreed_in.clone(), held.objections_by),
        (Some(Standing::Agreed), Some(id), Some(until)),
        "the day stays in the record"
    );
    let edit = edit::rate(workspace.review(), REC, Implementation::Implemented).unwrap();
    workspace.commit(edit).unwrap();
    let held = workspace.review().assessment(REC);
    assert_eq!(
        (held.standing, held.objections_by),
        (Some(Standing::Reopened), None)
    );
    sound(&workspace);
}

#[test]
fn what_is_agreed_again_outside_a_call_was_not_agreed_in_the_call_before() {
    let (_folder, mut workspace, id) = started();
    let agree = |workspace: &mut Workspace| {
        let agreed = [(Assessment::STANDING, Some("agreed".to_owned()))];
        let edit = edit::assess(workspace.review(), REC, &agreed).unwrap();
        workspace.commit(edit).unwrap();
        workspace.review().assessment(REC).agreed_in.clone()
    };
    let rate = |workspace: &mut Workspace, verdict| {
        let edit = edit::rate(workspace.review(), REC, verdict).unwrap();
        workspace.commit(edit).unwrap();
    };
    rate(&mut workspace, Implementation::PartiallyImplemented);
    assert_eq!(agree(&mut workspace), Some(id));
    let edit = running::end(workspace.review(), workspace.now()).unwrap();
    workspace.commit(edit).unwrap();
    rate(&mut workspace, Implementation::Implemented);
    assert_eq!(agree(&mut workspace), None);
    sound(&workspace);
}

fn entry(workspace: &Workspace, text: &str, due: Option<Due>) -> Entry {
    Entry {
        text: text.to_owned(),
        about: Some(About::Recommendation(REC)),
        who: Some("Emily".to_owned()),
        due,
        at: workspace.now(),
        today: workspace.today(),
        by: "Denise".to_owned(),
        during: workspace.review().during(workspace.now()),
    }
}

#[test]
fn decisions_and_action_items_are_numbered_through_and_withdrawn() {
    let (_folder, mut workspace, id) = started();
    let mut ids = workspace.review().ids.clone();
    let (decision, action) = (ids.make(), ids.make());
    let edit = register::decide(
        workspace.review(),
        decision.clone(),
        entry(&workspace, "Adopt the work plan.", None),
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let edit = register::ask_for(
        workspace.review(),
        action.clone(),
        entry(&workspace, "Send the list.", Some(Due::NextCall)),
    )
    .unwrap();
    assert_eq!(edit.label, "Action item 1 for Emily, due next call");
    workspace.commit(edit).unwrap();
    let held = workspace.review().records.actions[&action].clone();
    assert_eq!(
        (held.number, held.meeting.as_ref(), held.requested),
        (1, Some(&id), workspace.today())
    );
    assert_eq!(
        workspace.review().records.due_on(&held),
        None,
        "no next call is planned"
    );
    let date = Some("2018-09-20".parse().unwrap());
    let (_, edit) =
        planning::plan(workspace.review(), &MeetingKind::PLENARY_CALL, None, date).unwrap();
    workspace.commit(edit).unwrap();
    assert_eq!(workspace.review().records.due_on(&held), date);
    let edit = register::set_action(
        workspace.review(),
        &action,
        Action::DONE,
        "today",
        workspace.today(),
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    assert_eq!(
        workspace.review().records.actions[&action].done,
        Some(workspace.today())
    );
    assert!(
        register::set_action(
            workspace.review(),
            &action,
            Action::DUE,
            "soon",
            workspace.today()
        )
        .is_err()
    );
    let edit = register::withdraw(workspace.review(), &Record::Decision(decision)).unwrap();
    workspace.commit(edit).unwrap();
    assert!(workspace.review().records.decisions().is_empty());
    sound(&workspace);
}

#[test]
fn once_the_report_went_out_changes_are_corrections_and_nothing_is_undone() {
    let (_folder, mut workspace, id) = started();
    let decision = workspace.new_id();
    let edit = register::decide(
        workspace.review(),
        decision.clone(),
        entry(&workspace, "Adopt.", None),
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let edit = running::end(workspace.review(), workspace.now()).unwrap();
    workspace.commit(edit).unwrap();
    let edit = sent::send(
        workspace.review(),
        &id,
        "# Report",
        "Denise",
        workspace.now(),
    );
    assert_eq!(edit.label, "Version 1 of the report of Plenary 42 went out");
    workspace.commit(edit).unwrap();
    assert!(
        sent::send(
            workspace.review(),
            &id,
            "# Report",
            "Denise",
            workspace.now()
        )
        .is_nothing(),
        "the same text is the same version"
    );
    let edit =
        register::reword_decision(workspace.review(), &decision, "Adopt with edits.").unwrap();
    workspace.commit(edit).unwrap();
    let newest = workspace.store().operations().unwrap().pop().unwrap();
    assert_eq!(
        newest.label,
        "Correction to Plenary 42: Decision 1 reworded"
    );
    let refused = workspace.undo().unwrap_err();
    assert!(refused.message.contains("went out"), "{}", refused.message);
    let edit = sent::lock(workspace.review(), &id, true).unwrap();
    workspace.commit(edit).unwrap();
    let edit = register::reword_decision(workspace.review(), &decision, "Adopt.").unwrap();
    assert!(
        workspace
            .commit(edit)
            .unwrap_err()
            .message
            .contains("locked")
    );
    sound(&workspace);
}

#[test]
fn that_a_report_went_out_is_not_taken_back_but_its_lock_is() {
    let (_folder, mut workspace, id) = started();
    let edit = running::end(workspace.review(), workspace.now()).unwrap();
    workspace.commit(edit).unwrap();
    let edit = sent::send(
        workspace.review(),
        &id,
        "# Report",
        "Denise",
        workspace.now(),
    );
    workspace.commit(edit).unwrap();
    workspace.lock_report(&id, true).unwrap();
    workspace.undo().unwrap();
    assert!(
        workspace
            .review()
            .records
            .reports_of(&id)
            .all(|(_, version)| !version.locked)
    );
    let refused = workspace.undo().unwrap_err();
    assert_eq!(
        refused.message,
        "Version 1 of the report of Plenary 42 went out; it is not taken back."
    );
    assert_eq!(workspace.review().records.reports_of(&id).count(), 1);
    sound(&workspace);
}

#[test]
fn a_mark_by_two_windows_at_once_is_refused_with_both_values() {
    let (_folder, mut one, id) = started();
    let mut two = open(one.store().path(), now());
    let mark = |workspace: &Workspace, presence| {
        roll::mark(
            workspace.review(),
            &id,
            "Emily",
            Some(presence),
            workspace.now(),
        )
        .unwrap()
    };
    let (late, there) = (mark(&one, Presence::Late), mark(&two, Presence::Present));
    one.commit(late).unwrap();
    let refused = two.commit(there).unwrap_err();
    assert_eq!(refused.kind, Kind::Conflict);
    assert!(
        refused.message.contains("late") && refused.message.contains("unset"),
        "{}",
        refused.message
    );
    let held: &Attendance = &two.review().records.roll[&(id, "Emily".to_owned())];
    assert_eq!(held.presence, Some(Presence::Late), "and it is read afresh");
    sound(&two);
}

#[test]
fn two_windows_at_once_give_no_number_twice() {
    let (_folder, mut one, _id) = started();
    let mut two = open(one.store().path(), now());
    let first = register::decide(one.review(), one.new_id(), entry(&one, "Adopt.", None)).unwrap();
    let second =
        register::decide(two.review(), two.new_id(), entry(&two, "Adjourn.", None)).unwrap();
    one.commit(first).unwrap();
    let refused = two.commit(second).unwrap_err();
    assert_eq!(refused.kind, Kind::Conflict);
    assert!(
        refused.message.contains("decision 1"),
        "{}",
        refused.message
    );
    let again =
        register::decide(two.review(), two.new_id(), entry(&two, "Adjourn.", None)).unwrap();
    assert_eq!(again.label, "Decision 2");
    two.commit(again).unwrap();
    sound(&two);
}

#[test]
fn a_decision_stays_while_a_position_is_on_it() {
    let (_folder, mut one, _id) = started();
    let decision = one.new_id();
    let edit =
        register::decide(one.review(), decision.clone(), entry(&one, "Adopt.", None)).unwrap();
    one.commit(edit).unwrap();
    let mut two = Workspace::open(
        one.store().path(),
        Missing::Refuse,
        "Emily".to_owned(),
        Clock::held_at(now()),
    )
    .unwrap();
    let matter = Matter::Decision(decision);
    let word = Word {
        member: "Emily".to_owned(),
        stance: Stance::Agree,
        text: None,
        statement: None,
    };
    let edit = position::take(two.review(), two.new_id(), &matter, word, &taking(&two)).unwrap();
    two.commit(edit.clone()).unwrap();
    let refused = one.undo().unwrap_err();
    assert!(
        refused.kind == Kind::Conflict
            && refused
                .message
                .ends_with("is refused: the position of Emily names decision 1."),
        "{}",
        refused.message
    );
    two.undo().unwrap();
    one.undo().unwrap();
    // A window that has not looked yet believes that it is there.
    assert_eq!(two.commit(edit).unwrap_err().kind, Kind::Conflict);
    sound(&two);
}

#[test]
fn what_one_window_plans_while_another_writes_still_belongs_together() {
    let (_folder, mut one, _id) = started();
    let mut two = open(one.store().path(), now());
    let (_, plan) = planning::plan(
        two.review(),
        &MeetingKind::PLENARY_CALL,
        None,
        Some(two.today()),
    )
    .unwrap();
    let first = register::decide(one.review(), one.new_id(), entry(&one, "Adopt.", None)).unwrap();
    one.commit(first).unwrap();
    two.commit(plan).unwrap();
    let next = meeting_called(two.review(), "plenary-43");
    let newest = one.review().records.decisions.keys().max().unwrap();
    assert!(
        next.as_str() > newest.as_str(),
        "the meeting was made after the decision"
    );
    assert!(!two.review().records.agenda_of(&next).is_empty());
    sound(&two);
}

#[test]
fn what_a_call_did_not_reach_comes_behind_what_is_queued_for_the_next() {
    let (_folder, mut workspace, _id) = started();
    let (next, plan) = planning::plan(
        workspace.review(),
        &MeetingKind::PLENARY_CALL,
        None,
        Some(workspace.today()),
    )
    .unwrap();
    workspace.commit(plan).unwrap();
    let edit = planning::queue(
        workspace.review(),
        &next,
        &[RecommendationNumber(27), RecommendationNumber(28)],
        &[],
    )
    .unwrap();
    workspace.commit(edit).unwrap();
    let edit = running::end(workspace.review(), workspace.now()).unwrap();
    workspace.commit(edit).unwrap();
    let queue: Vec<u16> = workspace
        .review()
        .records
        .queue_of(&next)
        .into_iter()
        .map(|(number, _)| number.0)
        .collect();
    assert_eq!(queue, [27, 28, 9, 11, 12]);
}
