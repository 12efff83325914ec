//! A copied report is recorded as sent only after the user says that it arrived.

use crate::screens::show;
use crate::stage::{Stage, meeting_called};
use penholder::model::call::register;
use penholder::model::ids::MeetingId;

fn id(stage: &Stage) -> MeetingId {
    meeting_called(stage.app.workspace.review(), "plenary-42")
}

/// A call that has ended, with its report copied and the question “Did it arrive?” on the screen.
fn with_copied_report() -> Stage {
    let mut stage = Stage::new();
    stage.play("L<Enter>11pDWe adopt it<Enter>L<Enter>c<Enter>");
    assert!(stage.script().copied.is_some());
    stage
}

fn version_count(stage: &Stage) -> usize {
    stage.app.workspace.review().records.reports.len()
}

/// Whether the box of the report offers to record that the copied report arrived.
fn is_arrival_offered(stage: &mut Stage) -> bool {
    stage.play("gmR");
    assert!(stage.text().contains("copy the report"), "{}", stage.text());
    stage.text().contains("the copied report arrived")
}

#[test]
fn copying_the_report_records_nothing_until_it_arrived() {
    let stage = with_copied_report();
    show("report_arrived", &stage);
    let text = stage.script().copied.clone().unwrap();
    assert!(text.contains("We adopt it"), "{text}");
    assert_eq!(version_count(&stage), 0);
    assert_eq!(
        stage
            .app
            .workspace
            .store()
            .operations()
            .unwrap()
            .pop()
            .unwrap()
            .label,
        "Plenary 42 ended"
    );

    // At first no answer is selected. The letter `a` only selects one; Enter confirms it.
    for keys in ["<Enter>", "<Enter><Enter>", "a"] {
        let mut stage = Stage::new();
        stage.play(&format!(
            "L<Enter>11pDWe adopt it<Enter>L<Enter>c<Enter>{keys}"
        ));
        assert_eq!(version_count(&stage), 0, "{keys}");
    }
    let mut stage = Stage::new();
    stage.play("L<Enter>11pDWe adopt it<Enter>L<Enter>c<Enter>a<Enter>");
    assert_eq!(
        stage.notice(),
        "Version 1 of the report of Plenary 42 went out."
    );
    assert_eq!(
        stage.app.workspace.report_version(&id(&stage), 1).unwrap(),
        stage.script().copied.clone().unwrap()
    );
    stage.check();
}

#[test]
fn a_report_that_did_not_arrive_is_not_recorded_as_sent_and_a_file_is_suggested() {
    for keys in ["n<Enter>", "<Esc>", "<Down><Down><Enter>", "q", "<Ctrl-C>"] {
        let mut stage = Stage::new();
        stage.play(&format!(
            "L<Enter>11pDWe adopt it<Enter>L<Enter>c<Enter>{keys}"
        ));
        assert_eq!(version_count(&stage), 0, "{keys}");
        assert!(
            stage
                .notice()
                .starts_with("Not recorded as sent. Writing the report to a file always works"),
            "{keys}: {}",
            stage.notice()
        );
        assert_eq!(
            is_arrival_offered(&mut stage),
            !keys.ends_with("<Enter>"),
            "{keys}"
        );
    }
}

#[test]
fn a_question_that_was_closed_can_be_answered_later_in_the_box_of_the_report() {
    let mut stage = with_copied_report();
    let text = stage.script().copied.clone().unwrap();
    assert!(is_arrival_offered(&mut stage));
    stage.play("<Esc>gr12igmR<Esc>Ra<Enter>");
    assert_eq!(
        stage.notice(),
        "Version 1 of the report of Plenary 42 went out."
    );
    assert_eq!(
        stage.app.workspace.report_version(&id(&stage), 1).unwrap(),
        text
    );
    assert!(!is_arrival_offered(&mut stage));
    stage.check();

    let mut stage = with_copied_report().restart("Denise");
    assert!(
        !is_arrival_offered(&mut stage),
        "another window does not know about the copy"
    );
}

#[test]
fn after_a_version_went_out_its_copy_is_no_longer_asked_about() {
    let mut stage = with_copied_report();
    let target = stage.path().with_file_name("42.md");
    stage.play(&format!(
        "gmRm<Enter><Ctrl-U><paste:{}><Enter>",
        target.display()
    ));
    assert!(
        stage
            .notice()
            .contains("Version 1 of the report of Plenary 42 went out"),
        "{}",
        stage.notice()
    );
    assert!(!is_arrival_offered(&mut stage));
    stage.play("Rc<Enter>");
    assert_eq!(
        stage.notice(),
        "Offered to the terminal's clipboard: the report of Plenary 42, version 1, which went out already."
    );
    assert_eq!(version_count(&stage), 1);
}

#[test]
fn a_report_that_was_changed_in_the_second_of_its_copy_is_not_recorded_as_sent() {
    let mut stage = with_copied_report();
    let mut beside = stage.beside("Eric");
    let decision = beside.review().records.decisions()[0].0.clone();
    let edit = register::reword_decision(beside.review(), &decision, "We adopt it later").unwrap();
    beside.commit(edit).unwrap();
    stage.play("gmRa<Enter>");
    assert!(
        stage.notice().starts_with(
            "The report of Plenary 42 was changed in the same second as it was copied"
        ),
        "{}",
        stage.notice()
    );
    assert!(
        stage
            .notice()
            .ends_with("Copy the report again; the new copy will be up to date."),
        "{}",
        stage.notice()
    );
    assert_eq!(version_count(&stage), 0);
    assert!(!is_arrival_offered(&mut stage));
    stage.play("Rc<Enter>a<Enter>");
    assert!(
        stage
            .app
            .workspace
            .report_version(&id(&stage), 1)
            .unwrap()
            .contains("We adopt it later")
    );
    stage.check();
}

#[test]
fn copying_the_mail_records_nothing() {
    let mut stage = Stage::new();
    stage.play("L<Enter>11pDWe adopt it<Enter>L<Enter>e<Enter>");
    assert_eq!(
        stage.notice(),
        "Offered to the terminal's clipboard: the mail of Plenary 42, version 1."
    );
    assert!(stage.script().copied.is_some() && version_count(&stage) == 0);
    assert!(!is_arrival_offered(&mut stage));
}
