//! Private notes of one person and the windows, imports and commands of another.

use crate::desk::Desk;
use crate::stage::{fresh, now, workspace};
use penholder::error::Kind;
use penholder::model::call::planning;
use penholder::model::call::running;
use penholder::model::edit::{self, Note};
use penholder::model::ids::{Id, RecommendationNumber};
use penholder::model::journal::change::{Change, Edit};
use penholder::model::record::finding::{About, Finding};
use penholder::model::record::kinds::Record;
use penholder::model::vocabulary::{FindingKind, MeetingKind};
use penholder::workspace::Workspace;
use penholder::workspace::report::CallForm;

fn id() -> Id {
    "finding-0001".parse().unwrap()
}

fn note(window: &mut Workspace, text: &str) {
    let about = About::Recommendation(RecommendationNumber(11));
    let by = window.author().to_owned();
    let note = Note {
        about,
        kind: FindingKind::Finding,
        text: text.to_owned(),
        by,
        said_by: None,
        at: now(),
        private: false,
        during: None,
    };
    let edit = edit::note(window.review(), id(), note).unwrap();
    window.commit(edit).unwrap();
}

fn do_edit(
    window: &mut Workspace,
    make: impl FnOnce(&Workspace) -> penholder::error::Result<Edit>,
) {
    let edit = make(window).unwrap();
    assert!(window.commit(edit).unwrap());
}

#[test]
fn a_stale_window_neither_changes_nor_quotes_what_was_made_private() {
    let (_folder, path) = fresh();
    let (mut denise, mut emily) = (workspace(&path, "Denise"), workspace(&path, "Emily"));
    note(&mut denise, "open words");
    emily.refresh().unwrap();
    let stale = edit::reword(emily.review(), &id(), "others").unwrap();
    do_edit(&mut denise, |window| {
        edit::set_private(window.review(), &id(), true, "Denise")
    });
    let refused = emily.commit(stale.clone()).unwrap_err();
    assert_eq!(
        refused.message,
        "Refused: only the author of finding finding-0001 can make it private, or change it while it is private."
    );
    do_edit(&mut denise, |window| {
        edit::reword(window.review(), &id(), "hush")
    });
    let refused = emily.commit(stale).unwrap_err();
    assert_eq!(refused.kind, Kind::Conflict);
    assert_eq!(
        refused.message,
        "Refused: finding finding-0001 was changed, made private or taken back in the meantime."
    );
}

#[test]
fn a_stale_window_does_not_quote_words_that_were_private_even_if_the_note_is_public_again() {
    let (_folder, path) = fresh();
    let (mut denise, mut emily) = (workspace(&path, "Denise"), workspace(&path, "Emily"));
    note(&mut denise, "regretted words");
    emily.refresh().unwrap();
    let stale = edit::reword(emily.review(), &id(), "others").unwrap();
    do_edit(&mut denise, |window| {
        edit::set_private(window.review(), &id(), true, "Denise")
    });
    do_edit(&mut denise, |window| {
        edit::reword(window.review(), &id(), "better words")
    });
    do_edit(&mut denise, |window| {
        edit::set_private(window.review(), &id(), false, "Denise")
    });
    let refused = emily.commit(stale).unwrap_err();
    assert_eq!(refused.kind, Kind::Conflict);
    assert_eq!(
        refused.message,
        "Refused: finding finding-0001 was changed, made private or taken back in the meantime."
    );
}

#[test]
fn making_a_note_public_or_private_after_the_report_went_out_is_a_correction_that_does_not_quote_private_words()
 {
    let (_folder, path) = fresh();
    let mut denise = workspace(&path, "Denise");
    let (meeting, plan) =
        planning::plan(denise.review(), &MeetingKind::PLENARY_CALL, Some(43), None).unwrap();
    denise.commit(plan).unwrap();
    do_edit(&mut denise, |window| {
        running::start(window.review(), &meeting, now(), now().date_naive())
    });
    let during = denise.review().during(now());
    let about = About::Recommendation(RecommendationNumber(12));
    let (by, said_by) = ("Denise".to_owned(), Some("Emily".to_owned()));
    let note = Note {
        about,
        kind: FindingKind::Note,
        text: "hush".to_owned(),
        by,
        said_by,
        at: now(),
        private: true,
        during,
    };
    do_edit(&mut denise, |window| {
        edit::note(window.review(), id(), note)
    });
    do_edit(&mut denise, |window| running::end(window.review(), now()));
    let send = |window: &mut Workspace| {
        let given = window.outgoing(&meeting, CallForm::Markdown).unwrap();
        window.record_sent(&given).unwrap();
        given.text
    };
    assert!(!send(&mut denise).contains("hush"));
    do_edit(&mut denise, |window| {
        edit::set_private(window.review(), &id(), false, "Denise")
    });
    let second = send(&mut denise);
    assert!(
        second.contains("- **Version**: 2\n")
            && second.contains("(Denise): Note on Rec 12 made public\n"),
        "{second}"
    );
    assert!(second.contains("- **text**: **hush**\n"), "{second}");
    do_edit(&mut denise, |window| {
        edit::set_private(window.review(), &id(), true, "Denise")
    });
    let third = send(&mut denise);
    assert!(
        third.contains("- **Version**: 3\n")
            && third.contains("(Denise): A note was made private\n"),
        "{third}"
    );
    assert!(
        !third.contains("hush") && !third.contains("Emily"),
        "{third}"
    );
    assert!(
        denise.report_version(&meeting, 2).unwrap().contains("hush"),
        "what went out is kept"
    );
}

#[test]
fn only_its_author_makes_a_finding_private_or_public() {
    let (_folder, path) = fresh();
    let (mut denise, mut emily) = (workspace(&path, "Denise"), workspace(&path, "Emily"));
    note(&mut denise, "open words");
    emily.refresh().unwrap();
    let refused = edit::set_private(emily.review(), &id(), true, "Emily").unwrap_err();
    assert_eq!(
        refused.message,
        "Denise wrote the finding; nobody else can make it private."
    );
    let change = Change {
        record: Record::Finding(id()),
        field: Finding::PRIVATE,
        before: None,
        after: Some("yes".to_owned()),
    };
    let refused = emily
        .commit(Edit {
            label: "Import".to_owned(),
            changes: vec![change],
        })
        .unwrap_err();
    assert!(refused.message.contains("only the author"), "{refused}");
    do_edit(&mut denise, |window| {
        edit::set_private(window.review(), &id(), true, "Denise")
    });
    emily.refresh().unwrap();
    assert_eq!(
        edit::set_private(emily.review(), &id(), false, "Emily")
            .unwrap_err()
            .message,
        "There is no finding finding-0001."
    );
    do_edit(&mut denise, |window| {
        edit::set_private(window.review(), &id(), false, "Denise")
    });
    emily.refresh().unwrap();
    assert_eq!(
        emily
            .review()
            .findings_on(RecommendationNumber(11), "Emily")[0]
            .text,
        "open words"
    );
}

#[test]
fn a_text_that_says_private_is_not_recorded_as_public() {
    let desk = Desk::new();
    desk.run(&["list", "findings"]).ok();
    for text in [
        "@private they never did it",
        "they never did it @private",
        "@private@Emily they never did it",
    ] {
        let message = desk.run(&["note", "11", text]).refused(1);
        assert!(
            message.contains(
                "The text says @private, but the note would be public; nothing was recorded."
            ),
            "{message}"
        );
    }
    desk.run(&["note", "11", "they did it", "--said-by", "Zoe", "--private"])
        .ok();
    assert!(
        !desk.run(&["list", "members"]).ok().contains("Zoe"),
        "a person named in a private note is not added to the team"
    );
    let (_folder, path) = fresh();
    let mut denise = workspace(&path, "Denise");
    note(&mut denise, "open words");
    let message = edit::reword(denise.review(), &id(), "@private they never did it")
        .unwrap_err()
        .message;
    assert_eq!(
        message,
        "The text says @private, but the finding would be public; nothing was recorded."
    );
}

#[test]
fn an_import_does_not_make_a_private_note_public_and_a_clash_does_not_show_one() {
    let desk = Desk::new();
    desk.run(&["note", "11", "first words"]).ok();
    let public = desk.run(&["export", "assessments"]).ok();
    let private = public.replace("kind = \"note\"\n", "kind = \"note\"\nprivate = true\n");
    assert_ne!(public, private);
    desk.write("private.toml", &private);
    desk.write("public.toml", &public);
    let refused = desk
        .run(&["--as", "Emily", "import", "private.toml"])
        .refused(1);
    assert!(refused.contains("only the author"), "{refused}");
    desk.run(&["import", "private.toml"]).ok();
    desk.run(&["import", "public.toml"]).ok();
    assert!(
        !desk
            .run(&["--as", "Emily", "list", "findings"])
            .ok()
            .contains("first words")
    );
    assert!(
        desk.run(&["list", "findings"])
            .ok()
            .contains("private note")
    );
    desk.write("other.toml", &public.replace("first words", "other words"));
    let clash = desk
        .run(&["--as", "Emily", "import", "other.toml"])
        .refused(1);
    assert!(
        clash.contains("here: private to its author\n  file: other words"),
        "{clash}"
    );
    assert!(
        !desk
            .run(&["--as", "Emily", "export", "everything"])
            .ok()
            .contains("first words")
    );
}
