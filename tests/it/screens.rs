//! Pictures of the screens: state, keys, picture, and the styles by name.

use crate::stage::Stage;
use penholder::model::edit;
use penholder::model::ids::RecommendationNumber;
use penholder::model::record::assessment::Assessment;
use penholder::tui::theme::Theme;

/// What a person may paste, or another program may have written.
const HOSTILE: &str = "red \x1b[31m title \x1b]0;x\x07 csi \u{9b}2J rtl \u{202e}evil\u{2066} zero\u{200b}width bom\u{feff} tag\u{e0041} sep\u{2028}line nul\0 bell\x08 e\u{301}e\u{301} 一二三 👩\u{200d}💻 \u{0646}\u{200c}\u{0627}\ttab";

pub fn show(name: &str, stage: &Stage) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!(name, stage.picture()));
}

pub fn show_plain(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Plays keys on a fresh workspace of 80x24 and holds the picture against the snapshot.
fn shot(name: &str, keys: &str) {
    show(name, Stage::new().play(keys));
}

#[test]
fn home_shows_the_list_and_the_report() {
    shot("home", "");
}

#[test]
fn home_shows_verdicts_with_sign_and_word() {
    shot("home_verdicts", "pr2n3ir4dr11ip7nrr<Home>");
}

#[test]
fn the_report_is_read_with_the_keys_in_the_dossier() {
    shot("report", "25<Enter>");
    shot("report_deliverables", "25<Enter>jjjjjj");
}

#[test]
fn a_verdict_that_differs_from_the_claim_is_flagged() {
    shot("report_flagged", "2n<Enter>");
}

#[test]
fn questions_stand_under_their_briefing() {
    shot("questions", "11.4");
    shot("questions_none", "1<Enter><Tab>");
}

#[test]
fn the_form_begins_at_the_step_of_the_tree() {
    shot("form_empty", "11a");
    shot("form_half", "11pra");
    shot(
        "form_written",
        "11prvnae<paste:Measure abuse before and after, and publish it.><Enter>",
    );
}

#[test]
fn a_field_of_the_form_is_picked_by_key() {
    shot("pick_implementation", "11a<Enter>");
    shot("pick_standing", "11s");
    shot("pick_consensus", "11c!");
    shot("pick_penholder", "11pra<End>kk<Enter>em");
    shot("ask_blocked_by", "11b");
    shot("pick_deliverable", "25<Enter>jjjo");
}

#[test]
fn findings_show_who_wrote_and_who_said_it() {
    shot("findings_none", "11<Enter><Tab><Tab><Tab>");
    shot(
        "findings",
        "11f@Emily @-3 The published document is a draft of ideas by a consultant, and nothing in it is measured.<Enter>f#11.4 No answer yet.<Enter><Enter><Tab><Tab><Tab>",
    );
}

#[test]
fn history_shows_every_change_newest_first() {
    shot("history_none", "11<Enter><Shift-Tab>");
    shot("history", "11pruf@Emily Said.<Enter><Enter><Shift-Tab>");
}

#[test]
fn the_line_is_open_while_the_screen_above_lives() {
    shot("writing", "11fThe document is a draft");
    shot(
        "writing_markers",
        "11f@Emily @-3 #11.4 The document is a draft",
    );
    shot("writing_unclear", "11f@e #99 who was it?");
    shot("writing_two_lines", "11fone<Ctrl-J>two<Alt-Enter>three");
    shot("writing_draft", "11fhalf a thought<Esc>f");
    shot("writing_field", "11prvnae");
}

#[test]
fn a_notice_says_what_was_recorded_and_what_was_not() {
    shot("notice_recorded", "11p");
    shot("notice_nothing", "11pp");
    shot("notice_undone", "11pu");
    shot("notice_draft", "11fa<Esc>");
    shot("notice_paste", "<paste:what>");
}

#[test]
fn an_error_is_told() {
    shot("error_no_such_number_told", "30");
    shot("error_quoted", "1<Enter>e");
}

#[test]
fn the_filter_narrows_the_list_as_it_is_typed() {
    shot("filter", "/abuse");
    shot("filter_kept", "/abuse<Enter>");
    shot("filter_nothing", "/zzzzqqq");
}

#[test]
fn a_box_lists_how_a_prefix_goes_on() {
    shot("prefix_go", "g");
    shot("prefix_unset", "-");
    shot("number_begun", "1");
}

#[test]
fn the_palette_finds_commands() {
    shot("palette", ":");
    shot("palette_typed", ":undo");
}

#[test]
fn help_lists_all_keys() {
    shot("help", "?");
    shot("help_end", "?G");
}

#[test]
fn changing_what_was_agreed_asks_first() {
    shot("confirm_agreed", "11psaa<Enter>n");
    shot("confirm_quit", "11fdraft<Esc>q");
}

#[test]
fn grouping_by_number_takes_the_headings_out() {
    shot("home_by_number", "t");
}

const SIZES: [(u16, u16); 4] = [(40, 12), (120, 36), (160, 50), (200, 60)];

#[test]
fn screens_use_the_room_they_get() {
    for (width, height) in SIZES {
        for (name, keys) in [
            ("home", "11pr"),
            ("report", "11<Enter>"),
            ("form", "11pra"),
            ("writing", "11f@Emily The document is a draft of ideas"),
        ] {
            show_plain(
                &format!("{name}_{width}x{height}"),
                &Stage::sized(width, height).play(keys).plain_picture(),
            );
        }
    }
}

#[test]
fn below_the_smallest_size_one_line_says_what_is_needed() {
    let mut all = String::new();
    for (width, height) in [(1, 1), (39, 11), (39, 24), (80, 11), (20, 1)] {
        for keys in ["", "11<Enter>", "11a", "11fa", "?", ":", "g"] {
            all += &Stage::sized(width, height).play(keys).plain_picture();
            all += "\n\n";
        }
    }
    show_plain("too_small", &all);
}

#[test]
fn hostile_text_is_shown_and_cannot_act() {
    let mut stage = Stage::new();
    stage
        .play("11f")
        .events(vec![crossterm::event::Event::Paste(HOSTILE.to_owned())]);
    show("hostile_writing", &stage);
    stage.play("<Enter><Enter><Tab><Tab><Tab>");
    show("hostile_findings", &stage);
    stage.play("<Tab><Tab>");
    show("hostile_history", &stage);
    let text = &stage.findings()[0];
    assert_eq!(penholder::model::text::clean(text).removed, 0);
}

#[test]
fn a_line_of_a_hundred_thousand_characters_is_cut_and_kept() {
    let long = "一x".repeat(50_000);
    let mut stage = Stage::new();
    stage
        .play("11f")
        .events(vec![crossterm::event::Event::Paste(long.clone())]);
    show("long_writing", &stage);
    stage.play("<Enter><Enter><Tab><Tab><Tab>");
    assert_eq!(stage.findings(), [long]);
    show("long_findings", &stage);
    stage.play("<End>G<Tab><Tab>");
    show("long_history", &stage);
}

#[test]
fn hostile_text_written_behind_our_back_is_cleaned_on_the_way_in() {
    let stage = Stage::new();
    let mut stage = {
        let conn = rusqlite::Connection::open(stage.path()).unwrap();
        conn.execute(
            "UPDATE quoted SET content = json_set(content, '$.text', ?1, '$.label', ?1, '$.section', ?1) WHERE kind = 'recommendation' AND name = '1'",
            [HOSTILE],
        )
        .unwrap();
        conn.execute(
            "INSERT INTO draft (author, place, text, at) VALUES ('Denise', 'finding on rec 1', ?1, '2018-09-13T14:41:07Z')",
            [HOSTILE],
        )
        .unwrap();
        stage.restart("Denise")
    };
    stage.play("<Enter>f");
    show("hostile_catalogue", &stage);
}

#[test]
fn a_hostile_name_is_cleaned_before_it_writes() {
    assert_eq!(
        penholder::workspace::author(Some("De\x1b[31mni\u{202e}se\n")).unwrap(),
        "De[31mnise"
    );
    let number = RecommendationNumber(1);
    let stage = Stage::new();
    let edit = edit::assess(
        stage.app.workspace.review(),
        number,
        &[(Assessment::PENHOLDER, Some("E\x1bve\u{202e}".to_owned()))],
    )
    .unwrap();
    assert!(
        edit.changes
            .iter()
            .any(|c| c.after.as_deref() == Some("Eve")),
        "{edit:?}"
    );
}

#[test]
fn without_colours_bold_reverse_sign_and_word_remain() {
    for (name, keys) in [
        ("plain_home", "pr2n3i4d<Home>"),
        ("plain_form", "11pra"),
        ("plain_error", "72"),
    ] {
        show(name, Stage::with(80, 24, Theme::plain()).play(keys));
    }
}

#[test]
fn ascii_signs_leave_no_other_sign_in_the_chrome() {
    for (name, keys) in [
        ("ascii_home", "pr2n3i4d<Home>"),
        ("ascii_form", "11pra"),
        ("ascii_help", "?"),
        ("ascii_writing", "11fA draft"),
        ("ascii_filter", "/abuse"),
    ] {
        show(
            name,
            Stage::with(80, 24, crate::stage::painted().in_ascii()).play(keys),
        );
    }
}
