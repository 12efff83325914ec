//! The report of a call: in the order of the plenary pages, whole, the same whenever it is made, and numbered once it goes out.

use crate::desk::Desk;
use crate::laws::cases;
use crate::markdown::hostile;
use crate::report::tags;
use crate::stage::{assert_same, fresh, item_numbered, now};
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use penholder::interchange::report::call::{self, Fate, Line, Piece, Words};
use penholder::interchange::report::{html, mail, markdown};
use penholder::interchange::{import, toml};
use penholder::model::asking::{self, Asking};
use penholder::model::call::planning;
use penholder::model::call::position::{self, Taking, Word};
use penholder::model::call::register::{self, Entry};
use penholder::model::call::{agenda, roll, running, sent};
use penholder::model::edit::{self, Note};
use penholder::model::ids::{Id, MeetingId, RecommendationNumber};
use penholder::model::journal::change::{Change, Edit, Operation};
use penholder::model::record::action::{Action, Due};
use penholder::model::record::assessment::Assessment;
use penholder::model::record::attendance::Attendance;
use penholder::model::record::describe::Field;
use penholder::model::record::finding::{About, Finding};
use penholder::model::record::kinds::Record;
use penholder::model::record::meeting::{During, Meeting};
use penholder::model::record::position::Matter;
use penholder::model::review::Review;
use penholder::model::text::visible;
use penholder::model::vocabulary::{
    Consensus, FindingKind, Implementation, MeetingKind, Outcome, Presence, Relevance, Stance,
};
use penholder::store::Missing;
use penholder::workspace::export::{Format, Kind};
use penholder::workspace::report::CallForm;
use penholder::workspace::{Clock, Workspace};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::path::Path;

const fn rec(number: u16) -> RecommendationNumber {
    RecommendationNumber(number)
}

/// A workspace whose clock is set on by hand.
struct Hall {
    workspace: Option<Workspace>,
    folder: tempfile::TempDir,
    at: DateTime<Utc>,
}

impl Hall {
    fn new() -> Hall {
        let (folder, path) = fresh();
        let mut hall = Hall {
            workspace: None,
            folder,
            at: now(),
        };
        hall.open(&path);
        hall
    }

    fn open(&mut self, path: &Path) {
        self.workspace = None;
        self.workspace = Some(
            Workspace::open(
                path,
                Missing::Create,
                "Denise".to_owned(),
                Clock::held_at(self.at),
            )
            .unwrap(),
        );
    }

    /// Lets minutes pass.
    fn wait(&mut self, minutes: i64) -> &mut Hall {
        self.at += TimeDelta::minutes(minutes);
        let path = self.folder.path().join("a.db");
        self.open(&path);
        self
    }

    fn workspace(&mut self) -> &mut Workspace {
        self.workspace.as_mut().unwrap()
    }

    fn review(&self) -> &Review {
        self.workspace.as_ref().unwrap().review()
    }

    fn edit(&mut self, make: impl FnOnce(&Review) -> penholder::error::Result<Edit>) -> &mut Hall {
        let edit = make(self.review()).unwrap();
        self.workspace().commit(edit).unwrap();
        self
    }

    fn plan(&mut self, number: Option<u32>) -> MeetingId {
        let date = Some(self.workspace().today());
        let (id, edit) =
            planning::plan(self.review(), &MeetingKind::PLENARY_CALL, number, date).unwrap();
        self.workspace().commit(edit).unwrap();
        id
    }

    fn start(&mut self, id: &MeetingId) -> &mut Hall {
        let (now, today) = (self.at, self.workspace().today());
        self.edit(|review| running::start(review, id, now, today))
    }

    fn next(&mut self) -> &mut Hall {
        let now = self.at;
        self.edit(|review| running::next_item(review, now))
    }

    fn end(&mut self) -> &mut Hall {
        let now = self.at;
        self.edit(|review| running::end(review, now))
    }

    fn mark(&mut self, id: &MeetingId, name: &str, presence: Presence) -> &mut Hall {
        let now = self.at;
        self.edit(|review| roll::mark(review, id, name, Some(presence), now))
    }

    fn note(&mut self, on: u16, text: &str, said_by: &str, private: bool) -> &mut Hall {
        let at = self.at;
        self.edit(|review| {
            let note = Note {
                about: About::Recommendation(rec(on)),
                kind: if private {
                    FindingKind::Note
                } else {
                    FindingKind::Finding
                },
                text: text.to_owned(),
                by: "Denise".to_owned(),
                said_by: Some(said_by.to_owned()).filter(|name| !name.is_empty()),
                at,
                private,
                during: review.during(at),
            };
            edit::note(review, review.ids.clone().make(), note)
        })
    }

    fn entry(&self, text: &str, about: Option<u16>, who: &str, due: Option<Due>) -> Entry {
        Entry {
            text: text.to_owned(),
            about: about.map(|number| About::Recommendation(rec(number))),
            who: Some(who.to_owned()),
            due,
            at: self.at,
            today: self.workspace.as_ref().unwrap().today(),
            by: "Denise".to_owned(),
            during: self.review().during(self.at),
        }
    }

    fn decide(&mut self, text: &str, about: Option<u16>, who: &str) -> Id {
        let (id, entry) = (
            self.workspace().new_id(),
            self.entry(text, about, who, None),
        );
        self.edit(|review| register::decide(review, id.clone(), entry));
        id
    }

    fn ask_for(&mut self, text: &str, about: Option<u16>, who: &str, due: Option<&str>) -> Id {
        let today = self.workspace().today();
        let due = due.map(|typed| Due::typed(typed, today).unwrap());
        let (id, entry) = (self.workspace().new_id(), self.entry(text, about, who, due));
        self.edit(|review| register::ask_for(review, id.clone(), entry));
        id
    }

    fn set_action(&mut self, id: &Id, field: Field, value: &str) -> &mut Hall {
        let today = self.workspace().today();
        self.edit(|review| register::set_action(review, id, field, value, today))
    }

    fn assess(&mut self, on: u16, field: Field, value: &str) -> &mut Hall {
        self.edit(|review| edit::assess(review, rec(on), &[(field, Some(value.to_owned()))]))
    }

    fn taking(&self) -> Taking {
        Taking {
            at: self.at,
            by: "Denise".to_owned(),
            during: self.review().during(self.at),
        }
    }

    fn stand(
        &mut self,
        matter: &Matter,
        member: &str,
        stance: Stance,
        text: Option<&str>,
        statement: Option<&str>,
    ) -> &mut Hall {
        let taking = self.taking();
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let word = Word {
            member: member.to_owned(),
            stance,
            text: owned(text),
            statement: owned(statement),
        };
        self.edit(|review| position::take(review, review.ids.clone().make(), matter, word, &taking))
    }

    /// The report as it is in Johannesburg.
    fn report(&self, id: &MeetingId) -> call::Report {
        let workspace = self.workspace.as_ref().unwrap();
        let zone = FixedOffset::east_opt(2 * 3600).unwrap();
        let local = |at: DateTime<Utc>| at.with_timezone(&zone);
        call::report(
            workspace.review(),
            &workspace.store().operations().unwrap(),
            id,
            &local,
        )
        .unwrap()
    }

    fn markdown(&self, id: &MeetingId) -> String {
        markdown::call(&self.report(id))
    }

    /// The three forms.
    fn forms(&self, id: &MeetingId) -> [String; 3] {
        let report = self.report(id);
        [
            markdown::call(&report),
            html::call(&report),
            mail::call(&report, "Denise"),
        ]
    }

    /// Records that the report goes out as it is in Johannesburg, and answers its text.
    fn send(&mut self, id: &MeetingId) -> String {
        let (text, now) = (self.markdown(id), self.at);
        let edit = sent::send(self.review(), id, &text, "Denise", now);
        self.workspace().commit(edit).unwrap();
        text
    }

    fn sound(&self) {
        let workspace = self.workspace.as_ref().unwrap();
        assert_eq!(workspace.store().check().unwrap(), Vec::<String>::new());
        assert_same(workspace.review(), &workspace.store().load().unwrap());
    }
}

const SECRET: &str = "Between us: this will not do.";

/// A call as it happens, and its decision and first action item.
fn held() -> (Hall, MeetingId, Id, Id) {
    let mut hall = Hall::new();
    // The call before: what it leaves.
    let before = hall.plan(Some(42));
    hall.start(&before);
    hall.assess(5, Assessment::IMPLEMENTATION, "implemented")
        .assess(5, Assessment::STANDING, "agreed");
    hall.ask_for(
        "Circulate the scorecard.",
        None,
        "Žarko",
        Some("2018-09-15"),
    );
    let done = hall.ask_for("Book the room.", None, "Negar Farzinnia", None);
    hall.wait(60).end();
    hall.wait(7 * 24 * 60 - 60);

    let id = hall.plan(Some(43));
    hall.edit(|review| planning::queue(review, &id, &[5, 9, 11, 12, 13, 14].map(rec), &[]));
    hall.edit(|review| planning::set(review, &id, Meeting::FACILITATOR, Some("Jennifer Bryce")));
    hall.edit(|review| planning::set(review, &id, Meeting::PLACE, Some("Zoom")));
    hall.edit(|review| {
        agenda::reword_item(
            review,
            &item_numbered(review, &id, 1),
            "Welcome and roll call (5 min)",
        )
    });
    hall.edit(|review| {
        agenda::reword_item(
            review,
            &item_numbered(review, &id, 3),
            "SSR1 recommendations (60 min)",
        )
    });
    hall.start(&id);
    let team: Vec<String> = hall
        .review()
        .team()
        .into_iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(team.len(), 15);
    for name in &team {
        let presence = match name.as_str() {
            "Kerry-Ann" => Presence::Late,
            "Don" => Presence::Apologies,
            _ => Presence::Present,
        };
        hall.mark(&id, name, presence);
    }
    hall.mark(&id, "Ann Other", Presence::Guest)
        .mark(&id, "Negar Farzinnia", Presence::Staff);
    hall.wait(6).next();
    hall.edit(|review| {
        roll::state_interest(review, &id, "Žarko", "Has joined the board of an operator.")
    })
    .edit(|review| roll::no_updates(review, &id));
    hall.wait(2).next();
    hall.note(
        11,
        "The published document is a draft of ideas by a consultant.",
        "Emily",
        false,
    );
    hall.wait(2)
        .note(11, "Nothing is measured yet.", "", false)
        .note(11, SECRET, "", true);
    hall.assess(11, Assessment::IMPLEMENTATION, "implemented")
        .assess(11, Assessment::IMPLEMENTATION, "partially implemented");
    hall.edit(|review| edit::turn_relevance(review, rec(11)));
    let matter = Matter::Assessment(rec(11));
    hall.stand(
        &matter,
        "Eric",
        Stance::Object,
        Some("Nothing is measured."),
        Some("In my view it was not implemented.\nA draft is no measure."),
    );
    let taking = hall.taking();
    let others: Vec<String> = ["Denise", "Emily", "Geoff", "Cathy", "Alain", "James"]
        .map(str::to_owned)
        .to_vec();
    hall.edit(|review| position::all_agree(review, &matter, &others, &taking));
    hall.edit(|review| {
        position::designate(review, &matter, Some(Consensus::StrongSupport), &taking)
    });
    hall.edit(|review| edit::propose(review, rec(11), Some("2018-09-27".parse().unwrap())));
    hall.wait(12);
    hall.note(12, "The program exists.", "Geoff", false).note(
        12,
        "Its effect is unknown.",
        "Cathy",
        false,
    );
    hall.edit(|review| edit::rate(review, rec(12), Implementation::Implemented));
    hall.edit(|review| {
        let asking = Asking {
            recommendation: rec(12),
            number: None,
            text: "Who measures the effect?".to_owned(),
            asked_by: Some("Cathy".to_owned()),
            addressee: None,
            briefing: None,
            due: None,
            asked_on: Some("2018-09-20".parse().unwrap()),
            parent: None,
        };
        asking::ask(review, asking)
    });
    hall.wait(3)
        .edit(|review| edit::rate(review, rec(5), Implementation::PartiallyImplemented));
    hall.edit(|review| {
        planning::settle(
            review,
            &id,
            rec(9),
            Some(Outcome::Deferred),
            Some("no answer to 9.1 yet"),
        )
    });
    // A slip of the fingers, taken back.
    hall.assess(13, Assessment::IMPLEMENTATION, "not implemented");
    hall.workspace().undo().unwrap();
    hall.wait(15).next();
    let decision = hall.decide("Adopt the work plan.", None, "Emily");
    let action = hall.ask_for(
        "Send the list of measures.",
        Some(11),
        "Emily",
        Some("next call"),
    );
    hall.ask_for(
        "Ask the office of the CTO about 9.1.",
        Some(9),
        "Denise",
        Some("+7"),
    );
    hall.ask_for("Draft the text on Rec 12.", Some(12), "Cathy", None);
    hall.set_action(&done, Action::DONE, "today");
    hall.mark(&id, "James", Presence::Left);
    hall.wait(10).end();
    (hall, id, decision, action)
}

fn shown(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn headings(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect()
}

#[test]
fn a_call_is_reported_in_the_order_of_the_plenary_pages() {
    let (hall, id, ..) = held();
    let [markdown, html, mail] = hall.forms(&id);
    assert_eq!(
        headings(&markdown),
        [
            "Attendance",
            "Statements of interest",
            "Decisions reached",
            "Action items",
            "Action items carried over",
            "Agenda",
            "Recommendations",
            "Deferred and not reached"
        ]
    );
    let leads = [
        "Review team members",
        "Facilitator",
        "Observers",
        "Guests",
        "ICANN organization",
        "Apologies",
    ];
    let places = leads.map(|lead| markdown.find(&format!("- **{lead}**: ")).unwrap());
    assert!(places.is_sorted(), "{places:?}");
    for text in [&markdown, &html, &mail] {
        assert!(
            !text.contains("Between us") && !text.contains(SECRET),
            "{text}"
        );
    }
    shown("call_report_markdown", &markdown);
    shown("call_report_mail", &mail);
    let (tags, words) = tags(&html);
    let count = |name: &str| {
        tags.iter()
            .filter(|tag| tag.split(' ').next() == Some(name))
            .count()
    };
    assert_eq!(count("h2"), headings(&markdown).len());
    assert_eq!(count("h3"), markdown.matches("\n### ").count());
    assert_eq!(count("strong"), markdown.matches("- **").count());
    assert_eq!(
        (count("blockquote"), count("script"), count("a")),
        (1, 0, 0)
    );
    for line in markdown
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("- **"))
    {
        let said = line.trim_end().replacen("**", "", 1).replace('\\', "");
        assert!(words.contains(&said), "{said}\n{words}");
    }
    hall.sound();
}

#[test]
fn verdicts_are_those_of_this_call_and_action_items_as_it_left_them() {
    let (mut hall, id, _, action) = held();
    let before = hall.forms(&id);
    assert!(
        before[0].contains("- **Implementation**: implemented → partially implemented\n- **Standing**: agreed → reopened\n"),
        "{}",
        before[0]
    );
    assert!(
        !before[0].contains("Rec 13: not assessed"),
        "what was taken back is not told"
    );
    assert!(
        before[0].contains("(not reached, carried over)"),
        "{}",
        before[0]
    );
    let next = hall.wait(24 * 60).plan(None);
    hall.start(&next);
    hall.assess(11, Assessment::IMPLEMENTATION, "not implemented")
        .assess(11, Assessment::STANDING, "agreed");
    hall.stand(
        &Matter::Assessment(rec(11)),
        "Eric",
        Stance::Agree,
        None,
        None,
    );
    let taking = hall.taking();
    hall.edit(|review| {
        position::designate(
            review,
            &Matter::Assessment(rec(11)),
            Some(Consensus::FullConsensus),
            &taking,
        )
    });
    hall.note(11, "Said in another call.", "Emily", false)
        .mark(&next, "A. New", Presence::Present);
    hall.set_action(&action, Action::OWNER, "Geoff")
        .set_action(&action, Action::DUE, "2019-01-01")
        .set_action(&action, Action::DONE, "today");
    hall.wait(5).end();
    assert_eq!(hall.forms(&id), before);
    let later = hall.markdown(&next);
    assert!(
        later.contains("- **Implementation**: partially implemented → not implemented\n"),
        "{later}"
    );
    assert!(
        later.contains("(action item 3, done)")
            || later.contains("done): Send the list of measures."),
        "{later}"
    );
}

#[test]
fn what_is_put_right_after_the_call_is_in_the_report_until_it_goes_out() {
    let (mut hall, id, _, action) = held();
    hall.wait(5).set_action(&action, Action::OWNER, "Geoff");
    assert!(
        hall.markdown(&id)
            .contains("- **Action item 3** (Geoff, due next call, on Rec 11)"),
        "{}",
        hall.markdown(&id)
    );
    let sent = hall.send(&id);
    hall.set_action(&action, Action::OWNER, "Emily").set_action(
        &action,
        Action::PROGRESS,
        "half done",
    );
    assert_eq!(hall.markdown(&id), sent);
    hall.set_action(&action, Finding::TEXT, "Send the whole list of measures.");
    let text = hall.markdown(&id);
    assert!(
        text.contains("(Geoff, due next call, on Rec 11): Send the whole list of measures."),
        "{text}"
    );
}

#[test]
fn a_version_is_the_same_to_the_byte_until_something_that_it_says_is_corrected() {
    let (mut hall, id, decision, _) = held();
    let first = hall.markdown(&id);
    assert!(first.contains("\n- **Version**: 1\n"), "{first}");
    assert_eq!(hall.wait(30).send(&id), first);
    assert_eq!(hall.wait(30).markdown(&id), first);
    // What the report does not say, and what is private, changes nothing.
    hall.assess(20, Assessment::IMPLEMENTATION, "implemented")
        .note(11, "After the call.", "", false)
        .note(11, "Only mine.", "", true);
    assert_eq!(hall.markdown(&id), first);

    hall.wait(15 * 60).edit(|review| {
        register::reword_decision(review, &decision, "Adopt the work plan with edits.")
    });
    hall.mark(&id, "Emily", Presence::Late);
    let second = hall.markdown(&id);
    let from = second.find("## Corrections").unwrap();
    let until = second.find("## Attendance").unwrap();
    assert_eq!(
        second[from..until],
        *"## Corrections since version 1 of 2018-09-20\n\n\
          - **2018-09-21 09:31 (07:31 UTC)** (Denise): Decision 1 reworded\n  \
            - **text**: Adopt the work ~~plan.~~ **plan with edits.**\n\
          - **2018-09-21 09:31 (07:31 UTC)** (Denise): Emily late\n  \
            - **Emily, presence**: present → late\n\n"
    );
    assert!(
        second.contains("- **Version**: 2\n") && second.contains("Emily (joined late)"),
        "{second}"
    );
    let [_, html, mail] = hall.forms(&id);
    assert!(
        html.contains("Adopt the work <del>plan.</del> <ins>plan with edits.</ins>"),
        "{html}"
    );
    assert!(
        mail.contains("(version 2)\n")
            && mail.contains("- 2018-09-21 09:31 (07:31 UTC) (Denise): Decision 1 reworded\n"),
        "{mail}"
    );
    assert_eq!(hall.send(&id), second);
    assert_eq!(hall.wait(5).markdown(&id), second);

    // Changed and changed back: nothing is left to correct.
    hall.mark(&id, "Cathy", Presence::Left);
    assert!(
        hall.markdown(&id)
            .contains("## Corrections since version 2 of 2018-09-21")
    );
    hall.wait(1).mark(&id, "Cathy", Presence::Present);
    assert_eq!(hall.markdown(&id), second);
    hall.edit(|review| register::withdraw(review, &Record::Decision(decision.clone())));
    let third = hall.markdown(&id);
    assert!(
        third.contains("Decision 1 withdrawn\n  - **text**: ~~Adopt the work plan with edits.~~\n"),
        "{third}"
    );
    assert!(third.contains("\n## Decisions reached\n\n/\n"), "{third}");
    hall.sound();
}

#[test]
fn what_was_recorded_in_a_call_is_not_undone_once_its_report_went_out() {
    let (mut hall, id, ..) = held();
    let next = hall.plan(None);
    hall.start(&next)
        .edit(|review| edit::rate(review, rec(20), Implementation::Implemented))
        .end();
    let mut emily = Workspace::open(
        &hall.folder.path().join("a.db"),
        Missing::Refuse,
        "Emily".to_owned(),
        Clock::held_at(hall.at),
    )
    .unwrap();
    let edit = edit::rate(emily.review(), rec(21), Implementation::Implemented).unwrap();
    emily.commit(edit).unwrap();
    assert!(emily.undo().is_ok(), "this was said in no call");
    hall.wait(1).send(&next);
    let text = hall.markdown(&next);
    // The newest that can be undone is the sending; then the end of the call; it is the rating that matters here.
    let rated = hall
        .workspace()
        .store()
        .operations()
        .unwrap()
        .into_iter()
        .find(|operation| operation.label == "Rec 20 implemented")
        .unwrap();
    let refused = sent::refuse_step(
        hall.review(),
        &rated.label,
        &rated.changes,
        rated.meeting.as_ref(),
    )
    .unwrap_err();
    assert!(refused.message.contains("went out"), "{}", refused.message);
    assert!(
        sent::refuse_step(hall.review(), &rated.label, &rated.changes, Some(&id)).is_ok(),
        "that one did not go out"
    );
    assert_eq!(hall.markdown(&next), text);
}

#[test]
fn what_is_given_is_what_is_recorded_also_when_another_window_records_between() {
    let (mut hall, id, decision, _) = held();
    let path = hall.folder.path().join("a.db");
    let file = hall.folder.path().join("43.html");
    let mut beside = Workspace::open(
        &path,
        Missing::Refuse,
        "Emily".to_owned(),
        Clock::held_at(hall.at),
    )
    .unwrap();
    let mut reword = |text: &str| {
        beside.refresh().unwrap();
        let edit = register::reword_decision(beside.review(), &decision, text).unwrap();
        beside.commit(edit).unwrap();
    };
    let made = hall.workspace().outgoing(&id, CallForm::Markdown).unwrap();
    reword("Adopt another plan.");
    let refused = hall.workspace().record_sent(&made).unwrap_err();
    assert!(
        refused
            .message
            .contains("changed elsewhere while it was given"),
        "{}",
        refused.message
    );
    assert_eq!(hall.review().records.reports.len(), 0);

    let mut given: Vec<String> = Vec::new();
    let done = hall
        .workspace()
        .send_report(&id, CallForm::Html, &mut |workspace, made| {
            workspace.write_file(&file, &made.text)?;
            given.push(made.text.clone());
            if given.len() == 1 {
                reword("Adopt a third plan.");
            }
            Ok(())
        });
    assert_eq!(
        done.unwrap(),
        "Version 1 of the report of Plenary 43 went out; given again, since it was changed elsewhere meanwhile"
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), given[1]);
    let kept = hall.workspace().report_version(&id, 1).unwrap();
    for text in [&given[1], &kept] {
        assert!(
            text.contains("Adopt a third plan.") && !text.contains("another plan"),
            "{text}"
        );
    }
    assert_eq!(
        hall.workspace()
            .report_call(&id, CallForm::Markdown)
            .unwrap()
            .0,
        kept
    );

    // A file that cannot be written leaves no version that nobody has.
    reword("Adopt none.");
    let refused = hall
        .workspace()
        .send_report(&id, CallForm::Markdown, &mut |workspace, made| {
            workspace.write_file(Path::new("/no/such/folder/43.md"), &made.text)
        });
    assert!(refused.is_err() && hall.review().records.reports.len() == 1);
    // Again and again: it says so, and records nothing.
    let mut plans = 0;
    let refused = hall
        .workspace()
        .send_report(&id, CallForm::Markdown, &mut |_, _| {
            plans += 1;
            reword(&format!("Adopt plan {plans}."));
            Ok(())
        });
    assert!(
        refused
            .unwrap_err()
            .message
            .contains("not recorded as sent")
    );
    assert_eq!((plans, hall.review().records.reports.len()), (2, 1));
    hall.sound();
}

#[test]
fn a_copied_text_that_arrived_is_the_version_and_what_was_changed_since_is_a_correction_to_it() {
    let (mut hall, id, decision, action) = held();
    let mut number = 0;
    for words in ["Adopt another plan.", "Adopt a third plan."] {
        number += 1;
        let copied = hall
            .wait(1)
            .workspace()
            .outgoing(&id, CallForm::Markdown)
            .unwrap();
        assert_eq!((copied.version, copied.already_sent), (number, false));
        hall.wait(5)
            .edit(|review| register::reword_decision(review, &decision, words))
            .set_action(&action, Action::OWNER, "Geoff");
        assert_eq!(
            hall.review().records.reports.len(),
            usize::from(number) - 1,
            "copying records nothing"
        );
        let done = hall.wait(5).workspace().record_arrived(&copied).unwrap();
        assert_eq!(
            done,
            format!("Version {number} of the report of Plenary 43 went out")
        );
        assert_eq!(
            hall.workspace().report_version(&id, number).unwrap(),
            copied.text
        );
        assert!(!copied.text.contains(words));

        let next = hall
            .workspace()
            .report_call(&id, CallForm::Markdown)
            .unwrap()
            .0;
        assert!(
            next.contains(&format!("\n- **Version**: {}\n", number + 1)),
            "{next}"
        );
        let (_, corrections) = next
            .split_once(&format!("## Corrections since version {number} of "))
            .unwrap();
        let (corrections, rest) = corrections.split_once("\n## ").unwrap();
        assert_eq!(
            corrections.matches("): Decision 1 reworded").count(),
            1,
            "{corrections}"
        );
        assert!(rest.contains(words), "{next}");
        let sent = hall
            .wait(5)
            .workspace()
            .outgoing(&id, CallForm::Markdown)
            .unwrap();
        assert_eq!(
            (sent.version, sent.already_sent, &sent.text),
            (number + 1, false, &next)
        );
    }
    assert!(
        hall.markdown(&id)
            .contains("(Emily, due next call, on Rec 11)"),
        "who has to do it is told as it was when version 1 was copied"
    );
    hall.sound();
}

#[test]
fn what_the_report_does_not_say_may_change_while_the_copied_one_arrives() {
    let (mut hall, id, ..) = held();
    let copied = hall.workspace().outgoing(&id, CallForm::Markdown).unwrap();
    hall.assess(20, Assessment::IMPLEMENTATION, "implemented");
    assert!(
        hall.workspace()
            .record_arrived(&copied)
            .unwrap()
            .ends_with("went out")
    );
    assert!(
        hall.workspace()
            .record_arrived(&copied)
            .unwrap()
            .ends_with("went out already, and nothing was changed")
    );
    let again = hall.workspace().outgoing(&id, CallForm::Markdown).unwrap();
    assert!(again.already_sent && again.text == copied.text);
    hall.sound();
}

#[test]
fn a_copied_text_that_cannot_be_the_version_is_not_recorded_as_sent() {
    let refused = |change: &dyn Fn(&mut Hall, &MeetingId, &Id)| {
        let (mut hall, id, decision, _) = held();
        let copied = hall.workspace().outgoing(&id, CallForm::Markdown).unwrap();
        change(&mut hall, &id, &decision);
        let before = hall.review().records.reports.len();
        let refused = hall.workspace().record_arrived(&copied).unwrap_err();
        assert_eq!(hall.review().records.reports.len(), before);
        hall.sound();
        refused.message
    };
    let reword = |hall: &mut Hall, decision: &Id| {
        hall.edit(|review| register::reword_decision(review, decision, "Adopt another plan."));
    };
    let same_second = refused(&|hall, _, decision| {
        reword(hall, decision);
        hall.wait(1);
    });
    assert!(
        same_second.contains("changed in the same second as it was copied"),
        "{same_second}"
    );
    let other_text = refused(&|hall, id, decision| {
        reword(hall.wait(1), decision);
        hall.workspace()
            .send_report(id, CallForm::Markdown, &mut |_, _| Ok(()))
            .unwrap();
    });
    assert!(
        other_text.contains("Another text went out as version 1"),
        "{other_text}"
    );
    let went_on = refused(&|hall, _, decision| {
        hall.wait(1).workspace().undo().unwrap();
        reword(hall, decision);
        hall.end().wait(1);
    });
    assert!(
        went_on.contains("went on after its report was copied"),
        "{went_on}"
    );
}

/// What the report says under a heading of the second level.
fn under<'a>(text: &'a str, heading: &str) -> &'a str {
    let Some((_, rest)) = text.split_once(&format!("\n## {heading}\n")) else {
        return "";
    };
    rest.split_once("\n## ")
        .map_or(rest, |(section, _)| section)
}

#[test]
fn positions_on_earlier_matters_are_told_by_the_next_call() {
    const EARLIER: &str = "Positions on earlier matters";
    let (mut hall, id, decision, _) = held();
    let first = hall.send(&id);
    assert_eq!(under(&first, EARLIER), "");
    // By mail, before the silence deadline: on a recommendation of that call and on one of none.
    hall.wait(24 * 60).stand(
        &Matter::Assessment(rec(11)),
        "Emily",
        Stance::Object,
        Some("I was too quick."),
        Some("It is not done."),
    );
    hall.stand(
        &Matter::Assessment(rec(20)),
        "Geoff",
        Stance::Object,
        Some("Nobody asked us."),
        None,
    );
    assert_eq!(hall.markdown(&id), first);

    let next = hall.wait(24 * 60).plan(None);
    hall.start(&next).wait(3).stand(
        &Matter::Decision(decision.clone()),
        "Cathy",
        Stance::Object,
        Some("Not this plan."),
        Some("Another plan."),
    );
    hall.stand(
        &Matter::Assessment(rec(11)),
        "Eric",
        Stance::Agree,
        None,
        None,
    );
    let taking = hall.taking();
    hall.edit(|review| position::open_round(review, &Matter::Decision(decision.clone()), &taking));
    hall.wait(5).end();
    assert_eq!(hall.markdown(&id), first);
    let text = hall.send(&next);
    let told = under(&text, EARLIER);
    assert!(
        told.starts_with("\n- **Decision 1** (Plenary 43): Adopt the work plan.\n  - **Positions, round 1**: object: Cathy; "),
        "{text}"
    );
    assert!(
        told.contains("    - **Cathy** (object): Not this plan.\n")
            && told.contains("**Minority statement of Cathy**"),
        "{told}"
    );
    assert!(
        told.contains("\n- **Rec 20: ")
            && told.contains("    - **Geoff** (object): Nobody asked us.\n"),
        "{told}"
    );
    // The call dealt with Rec 11: there it is told, and only there.
    assert!(!told.contains("Rec 11"), "{told}");
    assert!(
        under(&text, "Recommendations").contains("**Emily** (object): I was too quick."),
        "{text}"
    );
    for words in [
        "I was too quick.",
        "It is not done.",
        "Nobody asked us.",
        "Not this plan.",
        "Another plan.",
    ] {
        assert_eq!(text.matches(words).count(), 1, "{words}: {text}");
    }

    // What comes after the report of a call belongs to the next one, with or without more.
    hall.wait(60).stand(
        &Matter::Assessment(rec(21)),
        "Alain",
        Stance::Object,
        Some("Too late for that one."),
        None,
    );
    assert_eq!(
        [hall.markdown(&id), hall.markdown(&next)],
        [first.clone(), text.clone()]
    );
    let third = hall.wait(24 * 60).plan(None);
    hall.start(&third);
    let running = hall.markdown(&third);
    assert!(
        under(&running, EARLIER).contains("Too late for that one."),
        "{running}"
    );
    hall.end();
    let told = hall.markdown(&third);
    assert!(
        under(&told, EARLIER).contains("Rec 21") && !told.contains("Nobody asked us."),
        "{told}"
    );
    assert_eq!(
        [hall.markdown(&id), hall.markdown(&next)],
        [first.clone(), text]
    );
    // What is put down later as said in a call corrects the report of that call, and no other.
    let during = Some(During {
        meeting: next.clone(),
        minute: 4,
        item: None,
    });
    let taking = Taking {
        during,
        ..hall.taking()
    };
    let word = Word {
        member: "Boban".to_owned(),
        stance: Stance::Object,
        text: Some("Nor this.".to_owned()),
        statement: None,
    };
    hall.edit(|review| {
        position::take(
            review,
            review.ids.clone().make(),
            &Matter::Assessment(rec(22)),
            word,
            &taking,
        )
    });
    let second = hall.markdown(&next);
    assert!(
        second.contains("Corrections since version 1")
            && second.contains("**Boban** (object): Nor this."),
        "{second}"
    );
    assert_eq!([hall.markdown(&id), hall.markdown(&third)], [first, told]);
    hall.sound();
}

#[test]
fn a_call_that_came_by_a_file_says_that_its_journal_did_not() {
    const MISSING: &str = "The journal of this call is not in this workspace; verdicts before and after, questions and answers are missing.";
    let (mut hall, id, ..) = held();
    assert!(!hall.markdown(&id).contains(MISSING));
    let imported = |hall: &Hall| {
        let (text, _) = hall
            .workspace
            .as_ref()
            .unwrap()
            .export(Kind::Meetings, Format::Toml, false)
            .unwrap();
        let mut other = Hall::new();
        other.at = hall.at;
        let file = toml::read("calls.toml", &text, other.review()).unwrap();
        let edit = import::plan(other.review(), &file, "calls.toml").edit;
        other
            .workspace()
            .commit_at(edit, file.last_change.unwrap())
            .unwrap();
        other
    };
    let other = imported(&hall);
    for text in other.forms(&id) {
        let text = text.replace('\n', " ");
        assert!(
            text.contains(MISSING) && !text.contains("--version"),
            "{text}"
        );
    }
    assert!(
        other
            .markdown(&id)
            .starts_with(&format!("# SSR2: Plenary 43\n\n{MISSING}\n\n- **Date**")),
        "{}",
        other.markdown(&id)
    );
    let sent = hall.send(&id);
    let mut other = imported(&hall);
    let text = other.markdown(&id);
    assert!(
        text.contains(
            "came with it: penholder report call --meeting plenary-43 --version 1 prints it.\n"
        ),
        "{text}"
    );
    assert!(!text.contains("unchanged"), "{text}");
    assert_eq!(other.workspace().report_version(&id, 1).unwrap(), sent);
    // A correction made here is the next version, and it stays what it is.
    other.mark(&id, "Emily", Presence::Late);
    let second = other.send(&id);
    assert!(
        second.contains("Corrections since version 1") && second.contains(MISSING),
        "{second}"
    );
    assert_eq!(other.wait(5).markdown(&id), second);
    other.sound();
}

#[test]
fn a_torn_record_takes_nothing_else_out_of_a_report() {
    let (mut hall, id, decision, _) = held();
    hall.send(&id);
    let workspace = hall.workspace();
    let mut journal = workspace.store().operations().unwrap();
    let change = |record: Record, field: Field, before: &str, after: Option<&str>| Change {
        record,
        field,
        before: Some(before.to_owned()),
        after: after.map(str::to_owned),
    };
    let torn = change(
        Record::Decision(decision),
        Finding::TEXT,
        "Adopt the work plan.",
        None,
    );
    let whole = change(
        Record::Attendance((id.clone(), "Emily".to_owned())),
        Attendance::PRESENCE,
        "present",
        Some("late"),
    );
    journal.push(Operation {
        id: workspace.new_id(),
        changes: vec![torn, whole],
        ..journal.last().unwrap().clone()
    });
    let report = call::report(workspace.review(), &journal, &id, &|at| at.fixed_offset()).unwrap();
    let text = markdown::call(&report);
    assert!(
        text.contains("Emily (joined late)") && text.contains("Adopt the work plan."),
        "{text}"
    );
}

#[test]
fn a_private_note_is_no_correction() {
    let (mut hall, id, ..) = held();
    let text = hall.send(&id);
    hall.edit(|review| sent::lock(review, &id, true));
    let during = Some(During {
        meeting: id.clone(),
        minute: 3,
        item: None,
    });
    let at = hall.at;
    let note = |private| Note {
        about: About::Recommendation(rec(11)),
        kind: FindingKind::Note,
        text: SECRET.to_owned(),
        by: "Denise".to_owned(),
        said_by: None,
        at,
        private,
        during: during.clone(),
    };
    let edit = edit::note(hall.review(), hall.review().ids.clone().make(), note(true)).unwrap();
    hall.workspace().commit(edit).unwrap();
    assert!(
        !hall
            .workspace()
            .store()
            .operations()
            .unwrap()
            .pop()
            .unwrap()
            .label
            .contains("Correction")
    );
    assert_eq!(hall.markdown(&id), text);
    let edit = edit::note(hall.review(), hall.review().ids.clone().make(), note(false)).unwrap();
    assert!(
        hall.workspace()
            .commit(edit)
            .unwrap_err()
            .message
            .contains("locked"),
        "and a public one is"
    );
}

#[test]
fn an_empty_call_and_one_that_runs_say_so() {
    let mut hall = Hall::new();
    let id = hall.plan(None);
    hall.start(&id);
    let running = hall.markdown(&id);
    assert!(
        running.contains("\n\nThe call is still running; this is how it stands.\n\n"),
        "{running}"
    );
    assert!(
        hall.workspace()
            .outgoing(&id, CallForm::Markdown)
            .unwrap_err()
            .message
            .contains("still runs")
    );
    hall.end();
    let [markdown, _, mail] = hall.forms(&id);
    shown("call_report_empty", &format!("{markdown}\n---\n{mail}"));
}

#[test]
fn a_meeting_without_a_call_has_no_report() {
    let mut hall = Hall::new();
    let planned = hall.plan(None);
    let quoted: MeetingId = "plenary-41".parse().unwrap();
    let unknown: MeetingId = "plenary-99".parse().unwrap();
    let refused = |hall: &mut Hall, id: &MeetingId| {
        hall.workspace()
            .report_call(id, CallForm::Markdown)
            .unwrap_err()
            .message
    };
    assert_eq!(
        refused(&mut hall, &quoted),
        "Plenary 41 is quoted from a source; reports are made of the team's own calls."
    );
    assert_eq!(
        refused(&mut hall, &planned),
        "Plenary 42 has not started yet, so there is nothing to report."
    );
    assert_eq!(
        refused(&mut hall, &unknown),
        "There is no meeting plenary-99."
    );
    assert!(hall.workspace().last_call().is_err());
}

#[test]
fn whatever_was_written_in_a_call_stays_text() {
    let evil =
        "<script>alert(1)</script> &amp; *b* _c_ [a](javascript:b) `d`\n# no\n> no\n\n1. no\n~~~";
    let mut hall = Hall::new();
    let id = hall.plan(None);
    hall.start(&id);
    hall.edit(|review| planning::set(review, &id, Meeting::PLACE, Some("# <b>*here*</b>")));
    hall.edit(|review| {
        agenda::reword_item(
            review,
            &item_numbered(review, &id, 1),
            "<img src=x onerror=alert(1)> *x* #",
        )
    });
    hall.mark(&id, "</p><style>*", Presence::Present);
    hall.edit(|review| roll::state_interest(review, &id, "</p><style>*", evil));
    hall.note(11, evil, "_*<i>", false);
    let decision = hall.decide(evil, Some(11), "**bold**");
    hall.ask_for(evil, None, "`owner`", None);
    hall.stand(
        &Matter::Assessment(rec(11)),
        "</p><style>*",
        Stance::Object,
        Some(evil),
        Some(evil),
    );
    hall.edit(|review| {
        edit::assess(
            review,
            rec(11),
            &[(
                Assessment::RELEVANCE,
                Some(Relevance::StillRelevant.word().to_owned()),
            )],
        )
    });
    hall.wait(1).end();
    hall.send(&id);
    hall.edit(|review| {
        register::reword_decision(review, &decision, "~100 <b>new</b> *words* </ins> ~")
    });
    let [markdown, html, mail] = hall.forms(&id);
    let (tags, words) = tags(&html);
    let known =
        "html head meta title style body main h1 h2 h3 p blockquote ul li span br strong del ins";
    assert!(
        tags.iter().all(|tag| known
            .split(' ')
            .any(|name| tag.split(' ').next() == Some(name))
            && !tag.contains(" on")),
        "{tags:?}"
    );
    let mut read = String::new();
    for event in Parser::new_ext(
        &markdown,
        Options::all() - Options::ENABLE_SMART_PUNCTUATION,
    ) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Rule => {
                panic!("{event:?}: {markdown}")
            }
            Event::Start(
                Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::List(Some(_))
                | Tag::Emphasis,
            ) => {
                panic!("{event:?}: {markdown}")
            }
            Event::Text(text) => read.push_str(&text),
            Event::Start(Tag::Strikethrough) => read.push('{'),
            Event::End(TagEnd::Strikethrough) => read.push('}'),
            _ => {}
        }
    }
    for said in [
        "<script>alert(1)</script> &amp; *b* _c_ [a](javascript:b) `d`",
        "~100 <b>new</b>",
        "<img src=x onerror=alert(1)> *x* #",
    ] {
        assert!(read.contains(said), "{said}: {read}\n{markdown}");
        assert!(words.contains(said), "{said}: {words}");
    }
    assert_eq!(read.matches('{').count(), read.matches('}').count());
    assert!(read.contains('{'), "{read}");
    assert!(
        mail.contains("<script>alert(1)</script> &amp; *b*"),
        "{mail}"
    );
}

/// A desk at which a call was held, without any further process.
fn desk() -> (Desk, MeetingId) {
    let (hall, id, ..) = held();
    let desk = Desk::at("2018-09-20T16:00:00Z");
    let path = hall.folder.path().join("a.db");
    drop(hall.workspace);
    std::fs::copy(path, desk.path("review.db")).unwrap();
    (desk, id)
}

#[test]
fn the_command_line_reports_sends_and_locks() {
    let (desk, _) = desk();
    let report = |more: &[&str]| desk.run(&[&["report", "call"], more].concat());
    let text = report(&["--meeting", "43"]).ok();
    assert!(text.starts_with("# SSR2: Plenary 43\n\n- **Date**: 2018-09-20\n- **Place**: Zoom\n- **Started**: 14:41 UTC\n"), "{text}");
    assert_eq!(report(&[]).ok(), text, "the call that was started last");
    assert_eq!(report(&["--meeting", "Plenary 43"]).ok(), text);
    assert!(
        report(&["--meeting", "42"])
            .ok()
            .starts_with("# SSR2: Plenary 42\n")
    );
    assert!(
        report(&["--format", "html"])
            .ok()
            .starts_with("<!DOCTYPE html>")
    );
    let mail = report(&["--format", "mail"]).ok();
    assert!(
        mail.starts_with("Subject: SSR2: Plenary 43 of 2018-09-20: decisions and action items\n"),
        "{mail}"
    );
    assert!(
        report(&["--version", "1"])
            .refused(1)
            .contains("none went out yet")
    );
    assert!(report(&["--lock"]).refused(1).contains("nothing to lock"));

    assert!(
        report(&["--went-out", "-o", "no/such/folder/43.md"])
            .refused(1)
            .contains("Writing")
    );
    assert!(
        report(&["--version", "1"])
            .refused(1)
            .contains("none went out yet"),
        "what nobody has did not go out"
    );

    let run = report(&["--went-out", "-o", "43.md"]);
    let told = "Wrote the report of Plenary 43, version 1 to 43.md.\nVersion 1 of the report of Plenary 43 went out.\n";
    assert_eq!(
        (run.code, run.out.as_str(), run.err.as_str()),
        (0, "", told)
    );
    assert_eq!(desk.read("43.md"), text);
    let again = report(&["--went-out"]);
    assert_eq!((again.code, again.out.as_str()), (0, text.as_str()));
    assert_eq!(
        again.err,
        "Version 1 of the report of Plenary 43 went out already, and nothing was changed.\n"
    );
    // Seen from elsewhere it is the same version still.
    let mut elsewhere = desk.command(&["report", "call", "--went-out"]);
    let elsewhere = crate::desk::ended(elsewhere.env("TZ", "XYZ-5").output().unwrap());
    assert_eq!(elsewhere.ok(), text);
    assert_eq!(report(&["--version", "1"]).ok(), text);
    assert!(
        report(&["--version", "2"])
            .refused(1)
            .contains("there is 1")
    );
    assert_eq!(
        report(&["--lock"]).err,
        "Version 1 of the report of Plenary 43 locked.\n"
    );
    assert_eq!(
        report(&["--unlock"]).err,
        "Version 1 of the report of Plenary 43 unlocked.\n"
    );
    desk.check();
}

#[test]
fn local_time_has_utc_beside_it() {
    let (desk, _) = desk();
    let run = crate::desk::ended(
        desk.command(&["report", "call"])
            .env("TZ", "XYZ-5")
            .output()
            .unwrap(),
    );
    let text = run.ok();
    assert!(
        text.contains(
            "- **Started**: 19:41 (14:41 UTC)\n- **Ended**: 20:31 (15:31 UTC), after 50 min\n"
        ),
        "{text}"
    );
}

#[test]
fn an_option_of_another_report_is_refused() {
    let desk = Desk::new();
    for arguments in [
        &["report", "call", "--briefing", "GDD"][..],
        &["report", "call", "--state", "asked"],
        &["report", "call", "--recommendation", "11"],
        &["report", "call", "--version", "1", "--format", "html"],
        &["report", "call", "--version", "1", "--went-out"],
        &["report", "call", "--lock", "--unlock"],
        &["report", "call", "--version", "none"],
        &["report", "call", "--meeting", "!"],
        &["report", "call", "--format", "toml"],
        &["report", "questions", "--meeting", "43"],
        &["report", "questions", "--version", "1"],
        &["report", "questions", "--went-out"],
        &["report", "questions", "--lock"],
        &["report", "questions", "--unlock"],
        &["report", "questions", "--format", "mail"],
    ] {
        let message = desk.run(arguments).refused(2);
        assert!(
            message.starts_with("penholder: "),
            "{arguments:?}: {message}"
        );
    }
    assert!(!desk.path("review.db").exists());
    assert!(
        desk.run(&["report", "call"])
            .refused(1)
            .contains("No call was started yet")
    );
    assert!(
        desk.run(&["report", "call", "--meeting", "41"])
            .refused(1)
            .contains("quoted from a source")
    );
}

/// A report that holds nothing but some marked words.
fn report_of(pieces: Vec<Piece>) -> call::Report {
    let line = Line {
        lead: "text".to_owned(),
        words: Words::Marked(pieces),
        ..Line::default()
    };
    let section = |heading: &str, lines: Vec<Line>| call::Section {
        heading: heading.to_owned(),
        lines,
        ..call::Section::default()
    };
    call::Report {
        title: "T".to_owned(),
        date: now().date_naive(),
        version: 2,
        running: false,
        notices: Vec::new(),
        facts: Vec::new(),
        sections: vec![
            section("Corrections", vec![line]),
            section("Attendance", Vec::new()),
        ],
        deadlines: Vec::new(),
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_tilde_of_one_piece_does_not_pair_with_one_of_another(_once in 0..1u8) {
        let pieces = vec![Piece { fate: Fate::Kept, words: "~`".to_owned() }, Piece { fate: Fate::Added, words: "~".to_owned() }];
        let markdown = markdown::call(&report_of(pieces));
        prop_assert!(!markdown.split_once("## Corrections").unwrap().1.contains('~'), "{}", markdown);
    }

    #[test]
    fn marked_words_are_rendered_as_they_were_written(
        pieces in proptest::collection::vec((proptest::sample::select(vec![Fate::Kept, Fate::Removed, Fate::Added]), prop_oneof![3 => hostile(), 1 => "[ -~]{0,20}"]), 1..4)
    ) {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let pieces: Vec<Piece> = pieces.iter().map(|(fate, text)| Piece { fate: *fate, words: flat(text) }).filter(|piece| !piece.words.is_empty()).collect();
        let told = pieces.iter().map(|piece| {
            let words = visible(&piece.words).replace(['<', '>'], "");
            match piece.fate {
                Fate::Kept => words,
                Fate::Removed => format!("\u{1}{words}\u{2}"),
                Fate::Added => format!("\u{3}{words}\u{4}"),
            }
        });
        let expected = told.collect::<Vec<_>>().join(" ");
        let markdown = markdown::call(&report_of(pieces));
        let section = markdown.split_once("## Corrections\n\n").unwrap().1.split_once("\n\n## Attendance").unwrap().0;
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        let mut read = String::new();
        for event in Parser::new_ext(section, options | Options::ENABLE_GFM) {
            match event {
                Event::Text(text) => read.push_str(&text),
                Event::Start(Tag::Strikethrough) => read.push('\u{1}'),
                Event::End(TagEnd::Strikethrough) => read.push('\u{2}'),
                Event::Start(Tag::Strong) => read.push('\u{3}'),
                Event::End(TagEnd::Strong) => read.push('\u{4}'),
                Event::Start(Tag::List(None) | Tag::Item | Tag::Link { .. }) | Event::End(_) => {}
                other => prop_assert!(false, "{:?}: {}", other, section),
            }
        }
        let (read, expected) = (read.replace(['<', '>'], ""), format!("\u{3}text\u{4}: {expected}"));
        prop_assert_eq!(read.trim_end(), expected.trim_end(), "{}", section);
    }
}
