//! The call by keys: started, the roll called, items opened, things said written down, ended, and found again after a crash.

use crate::screens::show;
use crate::stage::{Stage, item_numbered, meeting_called};
use penholder::model::ids::{AgendaItemId, MeetingId, RecommendationNumber};
use penholder::model::record::agenda_item::AgendaItem;
use penholder::model::record::assessment::Assessment;
use penholder::model::record::meeting::Meeting;
use penholder::model::vocabulary::{FindingKind, Outcome, Presence};
use penholder::tui::home::Pane;

fn id(stage: &Stage) -> MeetingId {
    meeting_called(stage.app.workspace.review(), "plenary-42")
}

/// The item of its agenda with this number.
fn item(stage: &Stage, number: u16) -> AgendaItemId {
    item_numbered(stage.app.workspace.review(), &id(stage), number)
}

/// A call that runs, on its screen.
fn live() -> Stage {
    let mut stage = Stage::new();
    stage.play("L<Enter>");
    stage
}

fn meeting(stage: &Stage) -> &Meeting {
    &stage.app.workspace.review().records.meetings[&id(stage)]
}

fn agenda(stage: &Stage) -> Vec<(AgendaItemId, AgendaItem)> {
    stage
        .app
        .workspace
        .review()
        .records
        .agenda_of(&id(stage))
        .into_iter()
        .map(|(item, held)| (item.clone(), held.clone()))
        .collect()
}

fn queue(stage: &Stage) -> Vec<u16> {
    stage
        .app
        .workspace
        .review()
        .records
        .queue_of(&id(stage))
        .into_iter()
        .map(|(number, _)| number.0)
        .collect()
}

/// The shortest beginnings of the fifteen names that the sources print; no presenter's name begins so.
const FIFTEEN: [(&str, &str); 15] = [
    ("de", "Denise"),
    ("al", "Alain"),
    ("er", "Eric"),
    ("ra", "Ram Krishna"),
    ("ja", "James"),
    ("b", "Boban"),
    ("z", "Žarko"),
    ("no", "Noorul Ameen"),
    ("ke", "Kerry-Ann"),
    ("em", "Emily"),
    ("c", "Cathy"),
    ("do", "Don"),
    ("m", "Matogoro"),
    ("g", "Geoff"),
    ("am", "Amin Hasbini"),
];

#[test]
fn a_meeting_of_the_sources_is_shown_with_its_agenda_and_times() {
    show("meeting_quoted", Stage::new().play("gm"));
    show(
        "meeting_quoted_times",
        Stage::new().play("gm<Tab><Tab><Tab><Tab>j<Enter>"),
    );
    let mut stage = Stage::new();
    stage.play("gma");
    assert!(
        stage.notice().contains("quoted from a source"),
        "{}",
        stage.notice()
    );
}

#[test]
fn l_names_the_meeting_and_enter_starts_it() {
    let mut stage = Stage::new();
    show("call_offered", stage.play("L"));
    assert_eq!(stage.entries(), 0, "nothing happens before Enter");
    stage.play("L<Enter>");
    assert!(meeting(&stage).is_running());
    show("meeting_live", &stage);
    stage.play(">>");
    assert_eq!(meeting(&stage).item, Some(item(&stage, 3)));
    stage.play("u");
    assert_eq!(
        meeting(&stage).item,
        Some(item(&stage, 2)),
        "the next item is taken back like anything else"
    );
}

#[test]
fn the_roll_of_fifteen_is_called_with_at_most_two_keys_a_person() {
    let mut stage = live();
    let keys: String = FIFTEEN.iter().map(|(keys, _)| *keys).collect();
    assert_eq!(keys.len(), 25, "for fifteen people");
    stage.play(&format!("c{keys}*<Esc>"));
    let records = &stage.app.workspace.review().records;
    for (_, name) in FIFTEEN {
        assert_eq!(
            records.presence(&id(&stage), name),
            Some(Presence::Present),
            "{name}"
        );
        assert_eq!(
            records.roll[&(id(&stage), name.to_owned())]
                .interest
                .as_deref(),
            Some("no update"),
            "{name}"
        );
    }
    show(
        "meeting_roll",
        stage.play("c4em2er=<paste:New employer.><Enter>"),
    );
    assert_eq!(
        stage
            .app
            .workspace
            .review()
            .records
            .presence(&id(&stage), "Emily"),
        Some(Presence::Apologies)
    );
    stage.play("cst+<paste:Ann Other><Enter>g@<Esc>");
    let records = &stage.app.workspace.review().records;
    assert_eq!(
        records.presence(&id(&stage), "Steve Conte"),
        Some(Presence::Staff),
        "whoever presented for ICANN org"
    );
    assert_eq!(
        records.presence(&id(&stage), "Ann Other"),
        Some(Presence::Guest)
    );
    stage.check();
}

#[test]
fn findings_actions_and_decisions_are_written_on_any_screen_and_carry_the_call() {
    let mut stage = live().later(7);
    stage
        .play("11pf@em @-3 It is a draft.<Enter>gqf@er From here.<Enter>gmfOf the meeting.<Enter>");
    let mut findings: Vec<_> = stage
        .app
        .workspace
        .review()
        .records
        .findings
        .values()
        .cloned()
        .collect();
    findings.sort_by_key(|finding| finding.minute);
    let told: Vec<_> = findings
        .iter()
        .map(|f| {
            (
                f.about.to_string(),
                f.minute,
                f.meeting == Some(id(&stage)),
                f.agenda_item.clone(),
            )
        })
        .collect();
    let first = Some(item(&stage, 1));
    assert_eq!(told[0], ("rec 11".to_owned(), Some(4), true, first.clone()));
    assert!(
        told[1..].contains(&(format!("meeting {}", id(&stage)), Some(7), true, first)),
        "{told:?}"
    );
    stage.play(
        "11A@em @friday Send the list<Enter>D@er We adopt it<Enter>12AAsk again @next call<Enter>",
    );
    let records = &stage.app.workspace.review().records;
    let actions: Vec<_> = records
        .actions()
        .iter()
        .map(|(_, a)| {
            (
                a.number,
                a.owner.clone(),
                a.due.map(|due| due.to_string()),
                a.text.clone(),
            )
        })
        .collect();
    assert_eq!(
        actions,
        [
            (
                1,
                Some("Emily".to_owned()),
                Some("2018-09-14".to_owned()),
                "Send the list".to_owned()
            ),
            (
                2,
                None,
                Some("next call".to_owned()),
                "Ask again".to_owned()
            ),
        ]
    );
    let decisions: Vec<_> = records
        .decisions()
        .iter()
        .map(|(_, d)| (d.said_by.clone(), d.about.as_ref().map(ToString::to_string)))
        .collect();
    assert_eq!(
        decisions,
        [(Some("Eric".to_owned()), Some("rec 11".to_owned()))]
    );
    stage.check();
}

#[test]
fn a_number_in_front_shows_its_record_while_one_types_and_leads_back() {
    let mut stage = Stage::new();
    stage.play("11f#12 The draft");
    assert_eq!(stage.selected(), 12, "the record named is in view");
    show("writing_elsewhere", &stage);
    stage.play("<Enter>");
    assert_eq!(stage.selected(), 11);
    stage.play("f#13 Not yet<Esc>");
    assert_eq!(stage.selected(), 11);
    let about: Vec<String> = stage
        .app
        .workspace
        .review()
        .records
        .findings
        .values()
        .map(|f| f.about.to_string())
        .collect();
    assert_eq!(about, ["rec 12"]);
}

#[test]
fn a_private_note_is_its_writer_s_alone() {
    let mut stage = Stage::new();
    stage.play("11f@private Ask Emily what she meant.<Enter>");
    let finding = stage
        .app
        .workspace
        .review()
        .records
        .findings
        .values()
        .next()
        .unwrap()
        .clone();
    assert_eq!((finding.kind, finding.private), (FindingKind::Note, true));
    assert!(
        stage
            .play("11<Enter><Tab><Tab><Tab>")
            .text()
            .contains("Ask Emily")
    );
    assert!(
        !stage.play("z").text().contains("Ask Emily"),
        "not on the shared screen"
    );
    let mut other = stage.restart("Eric");
    assert!(
        !other
            .play("11<Enter><Tab><Tab><Tab>")
            .text()
            .contains("Ask Emily")
    );
}

#[test]
fn the_agenda_is_edited_and_reordered_in_place() {
    let mut stage = live();
    stage.play("ggja<paste:SSR1 recommendations (60 min)><Enter>");
    assert_eq!(agenda(&stage)[2].1.title(), "SSR1 recommendations");
    stage.play("J");
    assert_eq!(agenda(&stage)[3].1.planned, Some(60));
    stage.play(
        "KKe<C-u><paste:SSR1 (45 min)><Enter>"
            .replace("<C-u>", "<Ctrl-U>")
            .as_str(),
    );
    assert_eq!(
        (
            agenda(&stage)[1].1.text.clone(),
            agenda(&stage)[1].1.planned
        ),
        (Some("SSR1".to_owned()), Some(45))
    );
    stage.play("w");
    assert_eq!(agenda(&stage).len(), 9);
    stage.play("ggw");
    assert!(
        stage.notice().contains("came to stays"),
        "{}",
        stage.notice()
    );
    stage.check();
}

#[test]
fn recommendations_are_queued_reached_deferred_and_carried() {
    let mut stage = live();
    stage.play("r<Space>j<Space>j<Space><Enter>");
    assert_eq!(queue(&stage), [1, 2, 3]);
    stage.play("2p");
    let outcome = |stage: &Stage, number: u16| {
        stage.app.workspace.review().records.queue[&(id(stage), RecommendationNumber(number))]
            .outcome
    };
    assert_eq!(
        (outcome(&stage, 1), outcome(&stage, 2)),
        (None, Some(Outcome::Reached))
    );
    stage.play("gmGd");
    assert_eq!(outcome(&stage, 3), None, "deferring asks for a reason");
    stage.play("gmGdNo answer yet<Enter>");
    assert_eq!(outcome(&stage, 3), Some(Outcome::Deferred));
    show("meeting_queue", &stage);
    stage.play("L<Enter>");
    assert!(meeting(&stage).ended.is_some());
    stage.play("gmNp<Enter><Enter>");
    let next = meeting_called(stage.app.workspace.review(), "plenary-43");
    let queue: Vec<u16> = stage
        .app
        .workspace
        .review()
        .records
        .queue_of(&next)
        .into_iter()
        .map(|(number, _)| number.0)
        .collect();
    assert_eq!(queue, [1, 3], "{}", stage.notice());
    stage.check();
}

#[test]
fn enter_leads_to_the_recommendation_and_q_back_to_the_meeting() {
    let mut stage = live();
    stage.play("r<Space><Enter>gmG<Enter>");
    assert_eq!((stage.app.home.pane, stage.selected()), (Pane::Dossier, 1));
    stage.play("q");
    assert_eq!(stage.app.home.pane, Pane::Meeting);
    stage.play("G<Enter><Esc>");
    assert_eq!(stage.app.home.pane, Pane::List, "Esc stays on the screen");
    assert!(
        stage.notice().contains("g m goes back to the meeting"),
        "{}",
        stage.notice()
    );
    stage.play("11");
    assert_eq!(
        (stage.app.home.pane, stage.selected()),
        (Pane::List, 11),
        "a number leads from any screen"
    );
}

#[test]
fn overrun_is_plain_to_see_without_colour() {
    let mut stage = live();
    stage.play("gge<Ctrl-U><paste:Welcome (5 min)><Enter>");
    let mut stage = stage.later(12);
    let text = stage.play("gm").text();
    assert!(text.contains("12/5 min 7 OVER"), "{text}");
    assert!(text.contains("12/5 min, 7 OVER"), "{text}");
    show("meeting_overrun", &stage);
}

#[test]
fn a_resting_call_says_so_and_goes_on() {
    let mut stage = live().later(5);
    stage.play("Lp<Enter>");
    assert!(
        meeting(&stage).paused.is_some() && stage.text().contains("rests"),
        "{}",
        stage.text()
    );
    let mut stage = stage.later(30);
    stage.play("Lp<Enter>");
    assert!(meeting(&stage).paused.is_none());
    assert_eq!(
        agenda(&stage)[0].1.used,
        Some(5 * 60),
        "the rest does not count"
    );
}

#[test]
fn a_call_is_found_again_after_a_crash_and_asked_about_on_another_day() {
    let mut stage = live();
    stage.play("11p");
    let mut stage = stage.later(20);
    stage.play("");
    assert_eq!(stage.notice(), "Plenary 42 runs, minute 20. g m shows it.");
    let mut stage = stage.later(24 * 60);
    show("call_left_running", stage.play(""));
    assert!(meeting(&stage).is_running(), "nothing happens unasked");
    stage.play("t<Enter>");
    assert_eq!(
        meeting(&stage).ended,
        meeting(&stage).started,
        "it ended with the last thing recorded"
    );
    stage.check();
}

#[test]
fn leaving_while_a_call_runs_asks() {
    let mut stage = live();
    show("call_quit", stage.play("qq"));
    assert!(!stage.app.done);
}

#[test]
fn action_items_are_kept_until_they_are_done() {
    let mut stage = live();
    stage.play("11A@em @2018-09-10 Send the list<Enter>A@er Write to them<Enter>");
    stage.play(":actions<Enter>gg");
    show("meeting_actions", &stage);
    stage.play("X");
    let records = &stage.app.workspace.review().records;
    assert_eq!(
        records
            .actions()
            .iter()
            .filter(|(_, held)| held.done.is_some())
            .count(),
        1
    );
    stage.play("ggob+7<Enter>op<paste:Wrote\ntwice><Enter>");
    let records = &stage.app.workspace.review().records;
    let held = records
        .actions()
        .into_iter()
        .find(|(_, held)| held.due.is_some() && held.done.is_none())
        .map(|(_, held)| held.clone());
    let held = held.unwrap_or_else(|| panic!("{}", stage.notice()));
    assert_eq!(
        (
            held.due.unwrap().to_string().as_str(),
            held.progress.as_deref()
        ),
        ("2018-09-20", Some("Wrote\ntwice"))
    );
    show("action_menu", stage.play("o"));
    stage.check();
}

#[test]
fn what_another_window_starts_is_in_the_header() {
    let stage = Stage::new();
    let mut beside = Stage::beside(&stage, "Eric");
    let (other, edit) = penholder::model::call::planning::plan(
        beside.review(),
        &penholder::model::vocabulary::MeetingKind::PLENARY_CALL,
        Some(43),
        None,
    )
    .unwrap();
    beside.commit(edit).unwrap();
    let edit = penholder::model::call::running::start(
        beside.review(),
        &other,
        beside.now(),
        beside.today(),
    )
    .unwrap();
    beside.commit(edit).unwrap();
    let mut stage = stage;
    stage.app.workspace.refresh().unwrap();
    assert!(stage.play("j").text().contains("Plenary 43 0:00"));
}

#[test]
fn the_screen_of_the_meeting_uses_the_room_it_gets() {
    for (width, height) in [(1, 1), (40, 12), (120, 36), (160, 50), (200, 60)] {
        let mut stage = Stage::sized(width, height);
        stage.play("L<Enter>");
        if width > 1 {
            stage.play("cdeem4al<Esc>r<Space>j<Space><Enter>2pf@em It is a draft.<Enter>A@em @friday Send it<Enter>gm");
        }
        show(&format!("meeting_{width}x{height}"), &stage);
    }
}

#[test]
fn hostile_words_do_nothing_on_the_screen_of_the_meeting() {
    let mut stage = Stage::new();
    let hostile = "red \u{1b}[31m rtl \u{202e}evil wide 一二三 e\u{301} 👩\u{200d}💻";
    stage.play("L<Enter>");
    stage.play(&format!(
        "c+<paste:{hostile}><Enter>g<Esc>a<paste:{hostile}><Enter>"
    ));
    stage.play(&format!(
        "D<paste:{hostile}><Enter>A<paste:{hostile}><Enter>"
    ));
    stage.play("gm<Tab>");
    stage.check();
    stage.play("<Tab>").check();
    stage.play("<Tab>").check();
    stage.play("<Tab>").check();
}

#[test]
fn the_report_of_the_call_goes_out_in_four_keys_and_then_holds_it() {
    let mut stage = live();
    stage.play("11pf@em It is a draft.<Enter>DWe adopt it<Enter>");
    show("call_ended", stage.play("L<Enter>"));
    let mut stage = live();
    stage.play("11pf@em It is a draft.<Enter>DWe adopt it<Enter>");
    stage.play("L<Enter>c<Enter>a<Enter>");
    let copied = stage.script().copied.clone().unwrap();
    assert!(
        copied.contains("We adopt it") && copied.contains("It is a draft."),
        "{copied}"
    );
    assert!(
        stage
            .notice()
            .contains("Version 1 of the report of Plenary 42 went out"),
        "{}",
        stage.notice()
    );
    stage.play("11<Enter><Tab><Tab><Tab>w");
    let changed = stage
        .app
        .workspace
        .store()
        .operations()
        .unwrap()
        .pop()
        .unwrap();
    assert_eq!(
        changed.label,
        "Correction to Plenary 42: Finding on Rec 11 withdrawn"
    );
    stage.play("u");
    assert!(stage.notice().contains("went out"), "{}", stage.notice());
    show("report_version_2", stage.play("gmR"));
    stage.play("Rc<Enter>");
    let second = stage.script().copied.clone().unwrap();
    assert!(second.contains("Corrections since version 1"), "{second}");
    stage.play("Rl<Enter>");
    stage.play("Ne<Esc>");
    stage.play(":decisions<Enter>w");
    assert!(stage.notice().contains("locked"), "{}", stage.notice());
    stage.play("xl<Enter>");
    stage.check();
}

#[test]
fn the_file_of_a_report_is_the_version_also_when_another_window_recorded() {
    let mut stage = live();
    stage.play("11DWe adopt it<Enter>L<Enter><Esc>gm");
    let mut beside = stage.beside("Eric");
    let decision = beside.review().records.decisions()[0].0.clone();
    let edit = penholder::model::call::register::reword_decision(
        beside.review(),
        &decision,
        "We adopt it later",
    )
    .unwrap();
    beside.commit(edit).unwrap();
    let target = stage.path().with_file_name("42.md");
    stage.play(&format!(
        "Rm<Enter><Ctrl-U><paste:{}><Enter>",
        target.display()
    ));
    assert!(
        stage
            .notice()
            .contains("Version 1 of the report of Plenary 42 went out"),
        "{}",
        stage.notice()
    );
    let text = std::fs::read_to_string(&target).unwrap();
    assert!(text.contains("We adopt it later"), "{text}");
    assert_eq!(
        stage.app.workspace.report_version(&id(&stage), 1).unwrap(),
        text
    );
    stage.check();
    // A target that cannot be written: nothing went out.
    let edit = penholder::model::call::register::reword_decision(
        stage.app.workspace.review(),
        &decision,
        "We do not",
    )
    .unwrap();
    stage.app.workspace.commit(edit).unwrap();
    stage.play("Rm<Enter><Ctrl-U><paste:/no/such/folder/42.md><Enter>");
    assert!(stage.notice().contains("Writing"), "{}", stage.notice());
    assert_eq!(stage.app.workspace.review().records.reports.len(), 1);
}

#[test]
fn the_report_is_read_and_written_while_the_call_runs_without_going_out() {
    let mut stage = live();
    stage.play("11pgm");
    show("report_read", stage.play("Rv<Enter>"));
    let target = stage.path().with_file_name("draft.md");
    stage.play(&format!(
        "Rd<Enter><Ctrl-U><paste:{}><Enter>",
        target.display()
    ));
    assert!(
        std::fs::read_to_string(&target)
            .unwrap()
            .contains("still running"),
        "{}",
        stage.notice()
    );
    assert!(stage.app.workspace.review().records.reports.is_empty());
}

#[test]
fn a_slip_taken_back_leaves_the_recommendation_to_come_to() {
    let mut stage = live();
    stage.play("r<Space>j<Space><Enter>");
    let outcome = |stage: &Stage, number: u16| {
        stage.app.workspace.review().records.queue[&(id(stage), RecommendationNumber(number))]
            .outcome
    };
    stage.play("2iu");
    assert_eq!(outcome(&stage, 2), None, "nothing else was recorded on it");
    stage.play("2ifIt is read.<Enter>uu");
    assert_eq!(outcome(&stage, 2), None);
    stage.play("2ifIt is read.<Enter>1pu");
    assert_eq!(
        outcome(&stage, 2),
        Some(Outcome::Reached),
        "what was said on it stands"
    );
    stage.play("gmGew");
    assert_eq!(outcome(&stage, 2), None, "and it can be said by hand");
    stage.play("gmGer");
    assert_eq!(outcome(&stage, 2), Some(Outcome::Reached));
    assert_eq!(outcome(&stage, 1), None, "taken back");
    stage.play("1b<Space><Enter>");
    assert_eq!(
        outcome(&stage, 1),
        None,
        "what it waits for is not what a call is for"
    );
    stage.check();
}

#[test]
fn the_start_of_a_call_is_not_taken_back_once_anything_was_recorded_in_it() {
    let mut stage = live();
    stage.play("u");
    assert!(
        stage.text().contains("outside a call. Undo"),
        "{}",
        stage.text()
    );
    stage.play("uy");
    assert!(
        stage.app.workspace.review().records.running().is_none(),
        "nothing was recorded yet"
    );
    let mut stage = live();
    let mut beside = stage.beside("Eric");
    let edit = penholder::model::edit::rate(
        beside.review(),
        RecommendationNumber(1),
        penholder::model::vocabulary::Implementation::Implemented,
    );
    beside.commit(edit.unwrap()).unwrap();
    stage.play("uy");
    assert!(
        stage
            .notice()
            .contains("something was recorded in that call since"),
        "{}",
        stage.notice()
    );
    assert!(meeting(&stage).is_running());
}

#[test]
fn a_dialog_does_not_write_over_what_another_window_wrote_meanwhile() {
    let mut stage = live();
    stage.play("r<Space><Enter>");
    let mut beside = stage.beside("Eric");
    let edit = penholder::model::call::planning::queue(
        beside.review(),
        &id(&stage),
        &[RecommendationNumber(20)],
        &[],
    )
    .unwrap();
    beside.commit(edit).unwrap();
    // The list was made before the other window's change is known here; what was not touched in it stays.
    stage.play("gmrj<Space><Enter>");
    let mut queued = queue(&stage);
    queued.sort_unstable();
    assert_eq!(queued, [1, 2, 20]);
    stage.check();
}

#[test]
fn a_private_draft_is_masked_on_the_shared_screen() {
    let mut stage = Stage::new();
    stage.play("11f@private Steve stalls<Esc>zf");
    assert!(!stage.text().contains("Steve stalls"), "{}", stage.text());
    assert!(stage.app.writer.is_some(), "the line is open");
    assert!(
        stage.play("<Esc>zf").text().contains("Steve stalls"),
        "it is still there"
    );
}

#[test]
fn the_report_tells_of_edits_and_of_what_was_reopened() {
    let mut stage = live();
    stage.play("11p");
    let commit = |stage: &mut Stage, field, value: &str| {
        let wanted = [(field, Some(value.to_owned()))];
        let edit = penholder::model::edit::assess(
            stage.app.workspace.review(),
            RecommendationNumber(11),
            &wanted,
        )
        .unwrap();
        stage.app.workspace.commit(edit).unwrap();
    };
    commit(
        &mut stage,
        Assessment::FINDING,
        "The published document is a draft.",
    );
    commit(&mut stage, Assessment::STANDING, "proposed");
    commit(
        &mut stage,
        Assessment::FINDING,
        "The published document is only a draft.",
    );
    commit(&mut stage, Assessment::STANDING, "agreed");
    commit(
        &mut stage,
        Assessment::FINDING,
        "The published document is nothing.",
    );
    let (report, _) = stage
        .app
        .workspace
        .report_call(
            &id(&stage),
            penholder::workspace::report::CallForm::Markdown,
        )
        .unwrap();
    assert!(
        report.contains("- **Changed after it was agreed, finding**"),
        "{report}"
    );
    stage.play("u11iy");
    let (report, _) = stage
        .app
        .workspace
        .report_call(
            &id(&stage),
            penholder::workspace::report::CallForm::Markdown,
        )
        .unwrap();
    assert!(
        report.contains(
            "**Standing**: unset → proposed (minute 0) → agreed (minute 0) → reopened (minute 0)"
        ),
        "{report}"
    );
    assert!(
        report.contains(
            "- **Agreed with edits, finding**: The published document is **only** a draft."
        ),
        "{report}"
    );
    stage.play("u");
    let (report, _) = stage
        .app
        .workspace
        .report_call(
            &id(&stage),
            penholder::workspace::report::CallForm::Markdown,
        )
        .unwrap();
    assert!(!report.contains("reopened"), "{report}");
}
