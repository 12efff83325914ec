//! Consensus in the room, the section of positions, and how far an assessment has come: all by keys.

use crate::screens::{show, show_plain};
use crate::stage::{Stage, meeting_called, now, painted};
use penholder::model::call::planning;
use penholder::model::call::position::{self, Taking, Word};
use penholder::model::call::register::{self, Entry};
use penholder::model::call::{roll, running};
use penholder::model::edit;
use penholder::model::ids::{MeetingId, RecommendationNumber};
use penholder::model::record::assessment::Assessment;
use penholder::model::record::position::{Matter, Position};
use penholder::model::vocabulary::{
    Consensus, Implementation, MeetingKind, Presence, Stance, Standing,
};
use penholder::tui::home::Section;
use penholder::tui::theme::Theme;
use penholder::workspace::Workspace;

const REC: RecommendationNumber = RecommendationNumber(11);
const MATTER: Matter = Matter::Assessment(REC);

fn played(keys: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(keys);
    stage
}

/// A plenary that runs, with seven of the team in it.
fn call(workspace: &mut Workspace) -> MeetingId {
    let (id, edit) =
        planning::plan(workspace.review(), &MeetingKind::PLENARY_CALL, None, None).unwrap();
    workspace.commit(edit).unwrap();
    let edit = running::start(workspace.review(), &id, workspace.now(), workspace.today()).unwrap();
    workspace.commit(edit).unwrap();
    let marks = [
        ("Denise", Presence::Present),
        ("Alain", Presence::Present),
        ("Eric", Presence::Present),
        ("James", Presence::Late),
        ("Žarko", Presence::Present),
        ("Emily", Presence::Present),
        ("Geoff", Presence::Present),
        ("Boban", Presence::Apologies),
        ("Don", Presence::Left),
    ];
    for (name, presence) in marks {
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
    id
}

fn called(width: u16, height: u16) -> Stage {
    let mut stage = Stage::sized(width, height);
    call(&mut stage.app.workspace);
    stage
}

fn stances(stage: &Stage) -> Vec<(String, Stance)> {
    let review = stage.app.workspace.review();
    let standing = position::standing(review, &MATTER, position::round(review, &MATTER));
    standing
        .into_iter()
        .map(|(name, (_, held))| (name.to_owned(), held.position))
        .collect()
}

fn held(stage: &Stage, member: &str) -> Position {
    let review = stage.app.workspace.review();
    position::standing(review, &MATTER, position::round(review, &MATTER))[member]
        .1
        .clone()
}

/// From the recommendation: the board, all agree, Eric objects with a reason, the chair takes what is suggested.
const TAKEN: &str = "11pc*er2<paste:It ends in a draft that nobody uses.><Enter>!<Enter>";

#[test]
fn a_consensus_takes_few_keys() {
    let mut stage = called(80, 24);
    stage.play("11pc*");
    assert_eq!(stage.notice(), "Recorded: 7 agree on Rec 11");
    stage.play("cer2No figures.<Enter>!<Enter>");
    assert_eq!(stage.notice(), "Recorded: Rec 11 designated consensus");
    assert_eq!(
        stances(&stage)
            .iter()
            .filter(|(_, stance)| *stance == Stance::Agree)
            .count(),
        6
    );
    assert_eq!(
        (
            held(&stage, "Eric").position,
            held(&stage, "Eric").text.as_deref()
        ),
        (Stance::Object, Some("No figures."))
    );
    let review = stage.app.workspace.review();
    assert_eq!(
        held(&stage, "Eric").meeting,
        Some(meeting_called(review, "plenary-42"))
    );
    assert_eq!(stage.assessment(11).consensus, Some(Consensus::Consensus));
    assert_eq!(
        stage
            .app
            .workspace
            .review()
            .records
            .round(&MATTER, 1)
            .unwrap()
            .1
            .consensus,
        Some(Consensus::Consensus)
    );
    stage.play("<Esc>u");
    assert_eq!(
        (stage.notice().as_str(), stage.assessment(11).consensus),
        ("Undone: Rec 11 designated consensus · U repeats it", None)
    );
    stage.play("u");
    assert_eq!(
        held(&stage, "Eric").position,
        Stance::Agree,
        "each mark is one step"
    );
    stage.check();
}

#[test]
fn the_board_tells_the_counts_the_suggestion_and_who_is_waited_for() {
    let mut stage = called(80, 24);
    show("consensus_board", stage.play("11pc"));
    show(
        "consensus_taken",
        stage.play("c*er2<paste:It ends in a draft that nobody uses.><Enter>ja3bob5"),
    );
    show("consensus_designation", stage.play("c!"));
    show("consensus_objection", stage.play("cer2"));
    for (width, height) in [(160, 50), (40, 12)] {
        let mut stage = called(width, height);
        show_plain(
            &format!("consensus_board_{width}x{height}"),
            &stage.play(TAKEN).plain_picture(),
        );
        show_plain(
            &format!("consensus_designation_{width}x{height}"),
            &stage.play("c!").plain_picture(),
        );
    }
    show("consensus_alone", played("11pc").play("c"));
    let mut plain = Stage::with(80, 24, Theme::plain().in_ascii());
    show("consensus_ascii", plain.play(TAKEN));
}

#[test]
fn those_who_are_not_here_stand_apart_and_do_not_agree_with_the_rest() {
    let mut stage = called(80, 24);
    stage.play("11c*");
    let agreed: Vec<String> = stances(&stage).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        agreed,
        [
            "Alain", "Denise", "Emily", "Eric", "Geoff", "James", "Žarko"
        ]
    );
    stage.play("c*");
    assert_eq!(
        stage.notice(),
        "Everybody present has a position on Rec 11. Nothing was written."
    );
    let mut whole = played("11c*");
    assert_eq!(
        stances(&whole).len(),
        15,
        "without a call it is the whole team"
    );
    let (id, edit) = planning::plan(
        whole.app.workspace.review(),
        &MeetingKind::SUBGROUP_CALL,
        None,
        None,
    )
    .unwrap();
    whole.app.workspace.commit(edit).unwrap();
    let edit = running::start(
        whole.app.workspace.review(),
        &id,
        now(),
        whole.app.workspace.today(),
    )
    .unwrap();
    whole.app.workspace.commit(edit).unwrap();
    whole.play("12c*");
    assert!(
        whole
            .notice()
            .starts_with("Nobody is marked as present in this call."),
        "{}",
        whole.notice()
    );
}

#[test]
fn an_objection_wants_its_text_and_says_when_there_is_none() {
    let stage = played("11cer2No fi<Esc>");
    assert_eq!(stage.notice(), "Draft kept. The same key opens it again.");
    assert_eq!(stances(&stage), []);
    let mut stage = played("11cer2<Esc>");
    stage.play("cer2<Enter>");
    assert!(stage.text().contains("no text"), "{}", stage.text());
    stage.play("cer2No figures.<Enter>er2<Enter>");
    assert_eq!(
        stage.notice(),
        "Eric on Rec 11: object already. Nothing was written.",
        "the words given before are offered"
    );
    // What was typed into the dialog is no part of the name before it.
    stage.play("cde1er2No figures.<Enter>i");
    assert!(
        stage.text().contains("Nobody begins with “i”"),
        "{}",
        stage.text()
    );
    stage.check();
}

#[test]
fn of_two_marks_within_a_second_the_later_counts_and_the_other_stays_readable() {
    for keys in ["11cer1er2Why?<Enter>er1", "11cer2<Enter>er3er1"] {
        let mut stage = played(keys);
        assert_eq!(stances(&stage), [("Eric".to_owned(), Stance::Agree)]);
        stage.play("11<Enter><Tab><Tab><Tab><Tab>");
        assert!(stage.text().contains("earlier: object"), "{}", stage.text());
    }
}

#[test]
fn a_minority_statement_goes_with_the_position_of_the_row_in_focus() {
    let mut stage = played("11c=");
    assert!(
        stage.notice().starts_with("Whose minority statement?"),
        "{}",
        stage.notice()
    );
    stage.play("c<Down><Down><Down>=");
    assert!(
        stage
            .notice()
            .starts_with("Eric has no position in round 1 yet"),
        "{}",
        stage.notice()
    );
    stage.play("cer2No figures.<Enter>=A draft measures nothing.<Enter>");
    assert_eq!(
        stage.notice(),
        "Recorded: Minority statement of Eric on Rec 11"
    );
    stage.play("cer2 and no plan<Enter>");
    let eric = held(&stage, "Eric");
    assert_eq!(
        (eric.text.as_deref(), eric.statement.as_deref()),
        (
            Some("No figures. and no plan"),
            Some("A draft measures nothing.")
        )
    );
    stage.play("cer1");
    assert_eq!(
        held(&stage, "Eric").statement,
        None,
        "who comes to agree is no minority"
    );
    stage.check();
}

#[test]
fn rounds_are_kept() {
    let mut stage = played("11c+");
    assert!(
        stage
            .notice()
            .starts_with("Round 1 on Rec 11 has no positions yet"),
        "{}",
        stage.notice()
    );
    stage.play("c*er2<Enter>!<Enter>+er1!d<Enter>");
    assert_eq!(position::round(stage.app.workspace.review(), &MATTER), 2);
    assert_eq!(
        stage
            .app
            .workspace
            .review()
            .records
            .round(&MATTER, 1)
            .unwrap()
            .1
            .consensus,
        Some(Consensus::Consensus)
    );
    assert_eq!(
        stage
            .app
            .workspace
            .review()
            .records
            .round(&MATTER, 2)
            .unwrap()
            .1
            .consensus,
        Some(Consensus::Divergence)
    );
    assert_eq!(stage.assessment(11).consensus, Some(Consensus::Divergence));
    stage.check();
}

#[test]
fn a_day_for_objections_proposes_and_lists_who_has_yet_to_answer() {
    let mut stage = played("11pcde1/+7<Enter>");
    assert_eq!(
        stage.notice(),
        "Recorded: Rec 11 proposed, objections until 2018-09-20"
    );
    assert!(
        stage.text().contains("until 2018-09-20, in 7 days")
            && stage.text().contains("14: Alain, Eric"),
        "{}",
        stage.text()
    );
    stage.play("c/<Ctrl-U><Enter>");
    assert_eq!(
        (
            stage.assessment(11).objections_by,
            stage.assessment(11).standing
        ),
        (None, Some(Standing::Proposed))
    );
    stage.play("sa<Enter>c/");
    assert!(
        stage.text().contains("Rec 11 is agreed. Propose it again"),
        "{}",
        stage.text()
    );
    stage.play("c/n");
    assert_eq!(
        stage.assessment(11).standing,
        Some(Standing::Agreed),
        "what is agreed is not proposed again in passing"
    );
    let past = played("11psp2018-09-11<Enter>c");
    assert!(
        past.text().contains("which is over since 2 days"),
        "{}",
        past.text()
    );
    past.check();
}

#[test]
fn a_decision_is_answered_by_the_same_rules() {
    let mut stage = called(80, 24);
    let workspace = &mut stage.app.workspace;
    let entry = Entry {
        text: "The work plan is adopted.".to_owned(),
        about: None,
        who: None,
        due: None,
        at: now(),
        today: workspace.today(),
        by: "Denise".to_owned(),
        during: None,
    };
    let id = workspace.new_id();
    let edit = register::decide(workspace.review(), id.clone(), entry).unwrap();
    workspace.commit(edit).unwrap();
    let matter = Matter::Decision(id);
    let taking = Taking {
        at: now(),
        by: "Denise".to_owned(),
        during: None,
    };
    let edit =
        position::all_agree(workspace.review(), &matter, &["Eric".to_owned()], &taking).unwrap();
    workspace.commit(edit).unwrap();
    let day = Some("2018-09-20".parse().unwrap());
    let edit = position::set_deadline(workspace.review(), &matter, day).unwrap();
    workspace.commit(edit).unwrap();
    assert_eq!(
        position::yet_to_answer(workspace.review(), &matter).len(),
        14
    );
    stage.check();
}

#[test]
fn my_own_position_takes_two_keys_and_enter() {
    let mut stage = played("11ma<Enter>");
    assert_eq!(stage.notice(), "Recorded: Denise on Rec 11: agree");
    show("my_position", stage.play("m"));
    stage.play("mo<Enter>Not yet.<Enter>");
    assert_eq!(
        (
            held(&stage, "Denise").position,
            held(&stage, "Denise").text.as_deref()
        ),
        (Stance::Object, Some("Not yet."))
    );
    let mut guest = stage.restart("Visitor");
    guest.play("11mb<Enter>");
    assert_eq!(
        held(&guest, "Visitor").position,
        Stance::Abstain,
        "who is not of the team has a position too"
    );
    guest.play("c");
    assert!(guest.text().contains("Visitor"), "{}", guest.text());
    guest.check();
}

#[test]
fn what_another_window_marked_is_kept_beside_what_this_one_marks() {
    let mut stage = played("11p");
    let mut other = stage.beside("Emily");
    let taking = Taking {
        at: now(),
        by: "Emily".to_owned(),
        during: None,
    };
    let word = |stance| Word {
        member: "Eric".to_owned(),
        stance,
        text: Some("From the list.".to_owned()),
        statement: None,
    };
    let edit = position::take(
        other.review(),
        other.new_id(),
        &MATTER,
        word(Stance::Object),
        &taking,
    )
    .unwrap();
    other.commit(edit).unwrap();
    stage.play("11c*");
    assert_eq!(
        held(&stage, "Eric").position,
        Stance::Object,
        "who said something already is left alone"
    );
    stage.play("cer1");
    assert_eq!(held(&stage, "Eric").position, Stance::Agree);
    stage.play("11<Enter><Tab><Tab><Tab><Tab>jj");
    assert!(stage.text().contains("earlier: object"), "{}", stage.text());
    // The other window has not looked yet: what it writes on the designation meets what was written here.
    stage.play("c!f<Enter>");
    let stale = position::designate(
        other.review(),
        &MATTER,
        Some(Consensus::Divergence),
        &taking,
    )
    .unwrap();
    assert_eq!(
        other.commit(stale).unwrap_err().kind,
        penholder::error::Kind::Conflict
    );
    assert_eq!(
        position::designation(other.review(), &MATTER),
        Some(Consensus::FullConsensus)
    );
    stage.check();
}

#[test]
fn what_the_store_refuses_is_told_under_the_board_and_nothing_is_lost() {
    let mut stage = played("11pcde1");
    let path = stage.path();
    // No other window comes between looking and writing in a test; a store that refuses the round takes the same way.
    let conn = rusqlite::Connection::open(path).unwrap();
    conn.execute_batch(
        "CREATE TRIGGER race BEFORE INSERT ON round BEGIN SELECT raise(ABORT, 'raced'); END",
    )
    .unwrap();
    stage.play("c+");
    assert!(
        !stage.notice().is_empty() && stage.app.notice().unwrap().is_error,
        "{}",
        stage.notice()
    );
    assert!(
        stage.text().contains("Denise") && stage.text().contains("round 1"),
        "{}",
        stage.text()
    );
    conn.execute_batch("DROP TRIGGER race").unwrap();
    stage.play("c+");
    assert_eq!(stage.notice(), "Recorded: Round 2 on Rec 11");
    stage.check();
}

const SECTION: &str = "<Tab><Tab><Tab><Tab>";

#[test]
fn the_section_tells_every_round_newest_first() {
    show("positions_none", played("11<Enter>").play(SECTION));
    let keys = "11pc*er2<paste:It ends in a draft that nobody uses.><Enter>=<paste:Without measures of success nobody can say that it was implemented.><Enter>do3!<Enter>/+7<Enter>+de1al1er1do3<Esc>";
    for (width, height) in [(80, 24), (160, 50), (40, 12)] {
        let mut stage = called(width, height);
        stage.play(keys).play("<Enter>").play(SECTION);
        assert_eq!(stage.app.home.section, Section::Positions);
        if width == 80 {
            show("positions", &stage);
            show("positions_before", stage.play("jjj"));
        } else {
            show_plain(
                &format!("positions_{width}x{height}"),
                &stage.plain_picture(),
            );
        }
    }
}

#[test]
fn a_position_is_copied_and_answered_where_it_stands() {
    let mut stage = played("11cer2<paste:No figures.><Enter><Esc><Enter>");
    stage.play(SECTION).play("y");
    assert_eq!(
        stage.notice(),
        "Offered to the terminal's clipboard: 1 line."
    );
    stage.play("e");
    assert!(
        stage
            .notice()
            .starts_with("A position that was taken stays as it is."),
        "{}",
        stage.notice()
    );
    show("positions_other", stage.play("o"));
    stage.play("osA draft measures nothing.<Enter>");
    assert_eq!(
        held(&stage, "Eric").statement.as_deref(),
        Some("A draft measures nothing.")
    );
    stage.play("<Enter>p1");
    assert_eq!(held(&stage, "Eric").position, Stance::Agree);
    stage.check();
}

#[test]
fn the_tab_counts_who_agrees_and_who_objects() {
    assert!(
        !Stage::sized(120, 36)
            .play("11<Enter>")
            .text()
            .contains("Positions 0")
    );
    let mut wide = Stage::sized(160, 50);
    wide.play("11c*er2<Enter><Esc><Enter>");
    assert!(wide.text().contains("Positions 14/1"), "{}", wide.text());
    // Where there is no room for words and counts, the names of the sections are left.
    for (width, height, tabs) in [
        (80, 24, "Pos 14/1 Hist"),
        (72, 24, "Find Pos Hist"),
        (40, 12, "Pos 14/1 Hist"),
    ] {
        let mut stage = Stage::sized(width, height);
        stage.play("11fOne.<Enter>c*er2<Enter><Esc><Enter>");
        assert!(stage.text().contains(tabs), "{}", stage.text());
    }
}

/// Proposed, and its finding changed by Emily since.
fn edited(width: u16, height: u16) -> Stage {
    let mut stage = Stage::sized(width, height);
    let write = |workspace: &mut Workspace, text: &str| {
        let edit = edit::assess(
            workspace.review(),
            REC,
            &[(Assessment::FINDING, Some(text.to_owned()))],
        )
        .unwrap();
        workspace.commit(edit).unwrap();
    };
    write(
        &mut stage.app.workspace,
        "The report says complete. The published document is a draft of ideas by a consultant, and it was never adopted by anybody.",
    );
    stage.play("11psp+7<Enter>");
    assert_eq!(
        stage.notice(),
        "Recorded: Rec 11 proposed, objections until 2018-09-20"
    );
    write(
        &mut stage.app.workspace,
        "The report says complete. The published document is a plan by a consultant, and it was never adopted by anybody.\nIt should be.",
    );
    stage
}

#[test]
fn what_is_agreed_with_edits_is_shown_first_and_called_so() {
    let mut stage = edited(80, 24);
    show("agree_with_edits", stage.play("n").play("sa"));
    stage.play("sa<Down><Enter>");
    assert_eq!(
        (stage.notice().as_str(), stage.assessment(11).standing),
        ("Nothing was written.", Some(Standing::Proposed))
    );
    stage.play("sa<Enter>");
    assert_eq!(stage.notice(), "Recorded: Rec 11 agreed with edits");
    show("positions_edits", stage.play("<Enter>").play(SECTION));
    stage.play("u");
    assert_eq!(stage.assessment(11).standing, Some(Standing::Proposed));
    show_plain(
        "agree_with_edits_40x12",
        &edited(40, 12).play("sa").plain_picture(),
    );
    show_plain(
        "agree_with_edits_read_40x12",
        &edited(40, 12).play("sa<PgDn>").plain_picture(),
    );
    let mut wide = edited(160, 50);
    show_plain(
        "positions_edits_160x50",
        &wide.play("<Enter>").play(SECTION).plain_picture(),
    );
    show(
        "positions_edits_plain",
        Stage::with(80, 24, painted())
            .play("11psp<Enter>n<Enter>")
            .play(SECTION),
    );
}

#[test]
fn an_assessment_without_edits_is_agreed_by_enter() {
    let mut stage = played("11psp<Enter>");
    assert_eq!(stage.notice(), "Recorded: Rec 11 proposed");
    assert!(
        stage.play("sa").text().contains("not heard"),
        "{}",
        stage.text()
    );
    assert_eq!(
        stage.assessment(11).standing,
        Some(Standing::Proposed),
        "letters alone agree on nothing"
    );
    stage.play("sa<Enter>");
    assert_eq!(
        (stage.notice().as_str(), stage.assessment(11).standing),
        ("Recorded: Rec 11 agreed", Some(Standing::Agreed))
    );
    let mut nothing = played("12sp");
    assert_eq!(
        nothing.notice(),
        "Rec 12 is not assessed yet, so there is nothing to propose."
    );
    assert_eq!(
        nothing.play("12psp<Esc>").assessment(12).standing,
        Some(Standing::Draft)
    );
}

#[test]
fn a_change_of_what_was_agreed_reopens_it_visibly() {
    let mut stage = played("11psa<Enter>");
    assert!(stage.text().contains("✓"), "{}", stage.text());
    stage.play("ny");
    assert_eq!(
        stage.notice().split(" · ").next(),
        Some("Recorded: Rec 11 not implemented, reopened")
    );
    assert_eq!(stage.assessment(11).standing, Some(Standing::Reopened));
    show("list_reopened", &stage);
    stage.play("sa");
    assert!(
        stage
            .text()
            .contains("[-partially implemented-] {+not implemented+}"),
        "{}",
        stage.text()
    );
    stage.play("sa<Enter>");
    assert_eq!(
        stage.assessment(11).implementation,
        Some(Implementation::NotImplemented)
    );
    assert_eq!(stage.notice(), "Recorded: Rec 11 agreed with edits");
    let mut ascii = Stage::with(80, 24, Theme::plain().in_ascii());
    ascii.play("11psa<Enter>ny<Home>");
    assert!(
        ascii.text().contains("R│") || ascii.text().contains('R'),
        "{}",
        ascii.text()
    );
    stage.check();
}

#[test]
fn hostile_words_of_a_position_cannot_act() {
    let mut stage =
        played("11cer2<paste:red \u{1b}[31m rtl \u{202e}evil 一二三 👩\u{200d}💻><Enter>=");
    stage
        .play("c<Down><Down><Down>=<paste:\u{9b}2J zero\u{200b}width><Enter><Esc><Enter>")
        .play(SECTION);
    stage.check();
    show("hostile_positions", &stage);
}

#[test]
fn agreement_to_an_earlier_wording_is_shown_as_such_before_agreeing() {
    let mut stage = played("11pc*!<Enter><Esc>");
    assert!(
        stage.play("sa").text().contains("agree        15: "),
        "{}",
        stage.text()
    );
    stage.play("nsa");
    let text = stage.text();
    assert!(
        text.contains("agree        nobody") && text.contains("agreed to an earlier wording"),
        "{text}"
    );
    assert!(
        text.contains("full consensus, for an earlier wording"),
        "{text}"
    );
    stage.play("psa");
    assert!(
        stage.text().contains("agree        15: "),
        "back at the wording they agreed to: {}",
        stage.text()
    );
}

#[test]
fn a_position_taken_back_and_given_again_stays_with_the_wording_it_was_given_to() {
    let mut stage = played("11pc*<Esc>");
    let mut beside = stage.beside("Emily");
    let eleven = RecommendationNumber(11);
    let verdict = Implementation::NotImplemented;
    let edit = edit::rate(beside.review(), eleven, verdict).unwrap();
    beside.commit(edit).unwrap();
    // Undo and redo bring back what was said before Emily changed the verdict.
    let text = stage.play("uUsa").text();
    assert!(
        text.contains("agree        nobody") && text.contains("agreed to an earlier wording"),
        "{text}"
    );
}
