//! Private notes on the screens: they are masked during a call and in the presenter view, also while they are typed.

use crate::stage::Stage;

const WORDS: [&str; 3] = ["zeppelin", "marmalade", "quibble"];

fn played(keys: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(keys);
    stage
}

/// Checks that no word of the note is on the screen.
fn assert_masked(stage: &Stage) {
    let text = stage.text();
    for word in WORDS {
        assert!(!text.contains(word), "{word}:\n{text}");
    }
}

#[test]
fn in_the_presenter_view_the_line_stays_open_and_masks_what_follows_private() {
    let line = "@private zeppelin marmalade quibble";
    for end in 8..=line.len() {
        let stage = played(&format!("12zf{}", &line[..end]));
        assert!(stage.app.writer.is_some(), "{}", &line[..end]);
        assert_masked(&stage);
        assert!(!stage.text().contains("private"), "{}", stage.text());
    }
    let mut stage = played(&format!("12zf{line}"));
    assert!(stage.text().contains("Private note"), "{}", stage.text());
    stage.play("<Enter>");
    let note = stage
        .app
        .workspace
        .review()
        .records
        .findings
        .values()
        .next()
        .unwrap()
        .clone();
    assert_eq!(
        (note.text.as_str(), note.private),
        ("zeppelin marmalade quibble", true)
    );
    assert_eq!(stage.entries(), 1);
    assert_masked(&stage);
    stage.play("z12<Enter><Tab><Tab><Tab>");
    assert!(
        stage.text().contains("zeppelin marmalade quibble"),
        "without a call its author reads it: {}",
        stage.text()
    );
    stage.check();
}

#[test]
fn joined_marks_are_refused_and_never_recorded_as_public() {
    for line in [
        "@private@Emily blocks everything",
        "@a@b blocks everything",
        "@Private@Emily blocks everything",
        "@Emily@private blocks it",
    ] {
        let mut stage = played(&format!("12f{line}<Enter>"));
        assert!(stage.findings().is_empty(), "{line}");
        assert!(
            stage.notice().contains("joins two marks"),
            "{line}: {}",
            stage.notice()
        );
        assert_eq!(
            stage
                .app
                .writer
                .as_ref()
                .map(|writer| writer.text())
                .as_deref(),
            Some(line),
            "the words stay in the line"
        );
        stage.play("<Esc>");
        assert_eq!(stage.app.workspace.drafts().unwrap().len(), 1, "{line}");
    }
}

/// A running call with a recorded private note and a draft of another one.
fn in_a_call() -> Stage {
    played(
        "L<Enter>12f@private zeppelin marmalade quibble<Enter>11f@private marmalade zeppelin<Esc>",
    )
}

#[test]
fn while_a_call_runs_private_notes_and_drafts_are_masked_on_every_screen() {
    for keys in [
        "gm",
        "gm<Tab>",
        "12<Enter><Tab><Tab><Tab>",
        "12<Enter><Shift-Tab>",
        "12a",
        "11f",
        "11zf",
        "gr:drafts<Enter>",
        "gm:drafts<Enter>",
        "12z",
        "gq",
        "12<Enter><Tab><Tab><Tab>e",
    ] {
        let mut stage = in_a_call();
        stage.play(keys);
        assert_masked(&stage);
    }
    let wide = |keys: &str| {
        let mut stage = Stage::sized(160, 50);
        stage
            .play("L<Enter>12f@private zeppelin marmalade quibble<Enter>")
            .play(keys);
        assert_masked(&stage);
    };
    wide("12<Enter>");
    wide("gm");
}

#[test]
fn i_shows_private_notes_until_the_next_key() {
    for keys in ["gm", "12<Enter><Tab><Tab><Tab>"] {
        let mut stage = in_a_call();
        stage.play(keys).play("I");
        assert!(
            stage.text().contains("zeppelin marmalade"),
            "{keys}: {}",
            stage.text()
        );
        stage.play("<Home>");
        assert_masked(&stage);
        assert!(
            stage.text().contains("(private; press I"),
            "{keys}: {}",
            stage.text()
        );
    }
    let mut stage = in_a_call();
    stage.play("11fI");
    assert_masked(&stage);
}

#[test]
fn after_the_call_the_author_sees_the_note_again_and_the_report_does_not_contain_it() {
    let mut stage = in_a_call();
    stage.pause(1_000).play("L<Enter>c<Enter>");
    let report = stage.script().copied.clone().unwrap();
    assert!(WORDS.iter().all(|word| !report.contains(word)), "{report}");
    let id = stage
        .app
        .workspace
        .review()
        .records
        .meetings
        .keys()
        .next()
        .unwrap()
        .clone();
    stage.play("gm");
    assert!(
        stage
            .text()
            .contains(&stage.app.workspace.review().meeting_label(&id))
            && stage.text().contains("zeppelin marmalade"),
        "{}",
        stage.text()
    );
}

#[test]
fn an_error_about_the_line_does_not_quote_a_private_note() {
    for line in [
        "@private @zzz zeppelin",
        "@private #99 zeppelin",
        "@private @E quibble",
    ] {
        let mut stage = played(&format!("L<Enter>12f{line}<Enter>"));
        assert!(stage.findings().is_empty(), "{line}");
        assert_masked(&stage);
        assert!(
            !stage.text().contains("zzz") && !stage.text().contains("#99"),
            "{}",
            stage.text()
        );
        stage.play("<Esc>");
    }
}

#[test]
fn a_private_mark_in_another_line_is_masked_too_before_it_is_refused() {
    for key in ["A", "D", "Q"] {
        let mut stage = played(&format!("L<Enter>12{key}@private zeppelin marmalade"));
        assert_masked(&stage);
        stage.play("<Enter>");
        assert_masked(&stage);
        assert_eq!(stage.entries(), 2, "only the call was planned and started");
    }
}

#[test]
fn a_line_with_private_in_the_middle_is_masked_from_there_and_refused() {
    for line in [
        "well @private zeppelin",
        "\"@private zeppelin",
        "Emily: @private marmalade",
        "(@private) quibble",
    ] {
        let mut stage = played(&format!("12zf{line}"));
        assert_masked(&stage);
        stage.play("<Enter>");
        assert!(
            stage.findings().is_empty() && stage.app.writer.is_some(),
            "{line}"
        );
        assert_masked(&stage);
    }
    let mut stage = Stage::new();
    stage
        .play("12z")
        .pause(2_000)
        .at_pace(90)
        .play("f @private zeppelin says")
        .at_pace(800);
    assert!(stage.app.is_mistyped());
    assert_masked(&stage);
    assert_eq!(stage.play("<Enter>").findings(), [""; 0]);
    assert_masked(&stage);
}
