//! The law of private notes: whatever two people write, mark, reword, withdraw, undo and send, no output contains what is private when it is made,
//! unless the author asked for it; and what is public is in every output where it belongs.
//!
//! Every text and every new name contains a unique token, such as `zq17z`, by which the test finds it in an output of any format.

use crate::desk::Desk;
use crate::laws::cases;
use crate::stage::{fresh, now, workspace};
use penholder::error::{Error, Result};
use penholder::interchange::json;
use penholder::model::call::planning;
use penholder::model::call::running;
use penholder::model::capture::{Speaker, entry};
use penholder::model::edit::{self, Note};
use penholder::model::ids::{Id, MeetingId, RecommendationNumber};
use penholder::model::journal::change::Edit;
use penholder::model::record::finding::About;
use penholder::model::review::Review;
use penholder::model::vocabulary::{FindingKind, MeetingKind};
use penholder::workspace::Workspace;
use penholder::workspace::export::{Format, Kind};
use penholder::workspace::report::CallForm;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Two people who write, and one who only reads.
const PEOPLE: [&str; 3] = ["Denise", "Emily", "Cathy"];

/// Lines as people type them, with whether the writer means them to be private. TEXT stands for a unique text, Name for somebody new.
const LINES: [(&str, bool); 20] = [
    ("TEXT", false),
    ("@Emily TEXT", false),
    ("#12 @Name TEXT @-3", false),
    ("@note TEXT #11 is what it is about", false),
    ("as they say, @private TEXT is not", false),
    ("@private TEXT", true),
    ("@Emily @Private: TEXT", true),
    ("@private @Name TEXT", true),
    ("TEXT @private", true),
    ("TEXT @private @Name", true),
    ("TEXT @private.", true),
    ("@note @Private TEXT", true),
    ("                  @Private TEXT", true),
    ("@private@Emily TEXT", true),
    ("@Emily@private TEXT", true),
    ("@Private, @Name: TEXT", true),
    ("@Private/Name TEXT", true),
    ("@Privately TEXT", true),
    ("TEXT @private@Name", true),
    ("@private @name TEXT", true),
];

/// What a person does; a finding is named by its place in the list of findings.
#[derive(Debug, Clone)]
enum Step {
    Write(usize, usize),
    Reword(usize),
    SetPrivate(usize, bool),
    /// Makes it private, rewords it twice, and makes it public again.
    RewordInPrivate(usize),
    Withdraw(usize),
    Undo,
    Redo,
    Start(usize),
    End,
    Send(usize),
    CheckOutputs,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..LINES.len(), 0..4_usize).prop_map(|(line, on)| Step::Write(line, on)),
        4 => (0..6_usize).prop_map(Step::Reword),
        5 => (0..6_usize, prop::bool::weighted(0.6)).prop_map(|(which, private)| Step::SetPrivate(which, private)),
        3 => (0..6_usize).prop_map(Step::RewordInPrivate),
        2 => (0..6_usize).prop_map(Step::Withdraw),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        2 => (0..2_usize).prop_map(Step::Start),
        1 => Just(Step::End),
        3 => (0..2_usize).prop_map(Step::Send),
        1 => Just(Step::CheckOutputs),
    ]
}

/// The unique tokens in a text.
fn tokens(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let found = lower.match_indices("zq").filter_map(|(at, _)| {
        let digits: String = lower[at + 2..]
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        (!digits.is_empty() && lower[at + 2 + digits.len()..].starts_with('z'))
            .then(|| format!("zq{digits}z"))
    });
    found.collect()
}

/// What the test has seen of a finding so far.
#[derive(Debug, Clone, Default)]
struct SeenFinding {
    author: String,
    /// Its tokens, each with whether the finding was private when it last contained the token.
    words: BTreeMap<String, bool>,
    was_private: bool,
    /// Whether it is private now.
    private: bool,
    there: bool,
    withdrawn: bool,
}

/// All tokens that are meant to be private or public.
#[derive(Debug, Default)]
struct Known {
    findings: BTreeMap<Id, SeenFinding>,
    /// The tokens of lines that were meant to be private, each with the writer.
    meant: BTreeMap<String, String>,
    /// The tokens of findings that their authors made public on purpose.
    opened: BTreeSet<String>,
    /// The tokens that were in a public finding at some time.
    was_public: BTreeSet<String>,
}

impl Known {
    /// Updates this from the findings as they are now.
    fn update(&mut self, review: &Review) {
        for seen in self.findings.values_mut() {
            seen.there = false;
        }
        for (id, finding) in &review.records.findings {
            let seen = self.findings.entry(id.clone()).or_default();
            seen.author.clone_from(&finding.by);
            (seen.there, seen.private, seen.withdrawn) = (true, finding.private, finding.withdrawn);
            seen.was_private |= finding.private;
            let said = format!(
                "{} {}",
                finding.text,
                finding.said_by.as_deref().unwrap_or_default()
            );
            for word in tokens(&said) {
                if !finding.private {
                    self.was_public.insert(word.clone());
                }
                seen.words.insert(word, finding.private);
            }
        }
    }

    /// The tokens that no output for `asker` may contain, and those that lists and reports may not contain.
    fn forbidden(&self, asker: Option<&str>) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut always, mut withdrawn) = (BTreeSet::new(), BTreeSet::new());
        for (word, writer) in &self.meant {
            if asker != Some(writer) && !self.opened.contains(word) {
                always.insert(word.clone());
            }
        }
        for seen in self.findings.values() {
            let others = asker != Some(seen.author.as_str());
            for (word, in_private) in &seen.words {
                let is_private = seen.private || (!seen.there && seen.was_private) || *in_private;
                // A person whom a public finding named has been added to the team.
                let is_member = word_is_name(word) && self.was_public.contains(word);
                if is_private && others && !is_member {
                    always.insert(word.clone());
                } else if (seen.withdrawn || !seen.there) && !is_member {
                    withdrawn.insert(word.clone());
                }
            }
        }
        (always, withdrawn)
    }
}

/// Whether a token belongs to a name; these have odd numbers.
fn word_is_name(word: &str) -> bool {
    word.trim_matches(|c: char| !c.is_ascii_digit())
        .parse::<u32>()
        .is_ok_and(|number| number % 2 == 1)
}

struct World {
    windows: [Workspace; 2],
    reader: Workspace,
    meetings: Vec<MeetingId>,
    known: Known,
    path: std::path::PathBuf,
    count: u32,
    _folder: tempfile::TempDir,
}

const fn rec(number: u16) -> RecommendationNumber {
    RecommendationNumber(number)
}

impl World {
    fn new() -> World {
        let (folder, path) = fresh();
        let mut windows = [workspace(&path, PEOPLE[0]), workspace(&path, PEOPLE[1])];
        let plan = |window: &mut Workspace, number| {
            let (id, edit) = planning::plan(
                window.review(),
                &MeetingKind::PLENARY_CALL,
                Some(number),
                None,
            )
            .unwrap();
            window.commit(edit).unwrap();
            id
        };
        let meetings = vec![plan(&mut windows[0], 43), plan(&mut windows[0], 44)];
        windows[1].refresh().unwrap();
        let reader = workspace(&path, PEOPLE[2]);
        World {
            windows,
            reader,
            meetings,
            known: Known::default(),
            path,
            count: 0,
            _folder: folder,
        }
    }

    fn token(&mut self, name: bool) -> String {
        self.count += 1;
        format!(
            "{}q{}z",
            if name { "Z" } else { "z" },
            2 * self.count + u32::from(name)
        )
    }

    /// Reads a line as the screens do, and writes the finding.
    fn write(&mut self, by: usize, line: usize, on: usize) -> Result<()> {
        let (text, name) = (self.token(false), self.token(true));
        let (line, is_private) = LINES[line];
        let typed = line
            .replace("TEXT", &format!("{text} was said"))
            .replace("Name", &name)
            .replace("name", &name.to_lowercase());
        if is_private {
            for word in tokens(&typed) {
                self.known.meant.insert(word, PEOPLE[by].to_owned());
            }
        }
        let window = &mut self.windows[by];
        let review = window.review();
        let about = match on {
            0 => About::Recommendation(rec(11)),
            1 => About::Recommendation(rec(12)),
            2 => About::Question("11.4".parse().unwrap()),
            _ => About::Meeting(self.meetings[0].clone()),
        };
        let (captured, kind, private) = entry::finding(review, &typed);
        if let Some(unknown) = captured.unknown {
            return Err(Error::slip(unknown));
        }
        let note = Note {
            about: captured.about.unwrap_or(about),
            kind,
            text: captured.text,
            by: PEOPLE[by].to_owned(),
            said_by: captured.said_by.one()?,
            at: now(),
            private,
            during: review.during(now()),
        };
        let edit = edit::note(review, review.ids.clone().make(), note)?;
        window.commit(edit).map(drop)
    }

    /// A finding that this window shows to its author.
    fn finding(&self, by: usize, which: usize) -> Option<Id> {
        let shown: Vec<&Id> = self.windows[by]
            .review()
            .records
            .findings
            .values()
            .filter(|f| f.is_shown_to(PEOPLE[by]))
            .map(|f| &f.id)
            .collect();
        shown
            .get(which % shown.len().max(1))
            .map(|id| (*id).clone())
    }

    fn edit(&mut self, by: usize, make: impl FnOnce(&Review) -> Result<Edit>) -> Result<()> {
        let edit = make(self.windows[by].review())?;
        self.windows[by].commit(edit).map(drop)
    }

    /// Makes a finding private or public; fails if somebody other than its author can do it.
    fn set_private(&mut self, by: usize, id: &Id, private: bool) -> Result<()> {
        self.edit(by, |review| {
            edit::set_private(review, id, private, PEOPLE[by])
        })?;
        let finding = &self.windows[by].review().records.findings[id];
        assert_eq!(finding.by, PEOPLE[by], "somebody else changed it");
        if !private {
            let said = format!(
                "{} {}",
                finding.text,
                finding.said_by.as_deref().unwrap_or_default()
            );
            self.known.opened.extend(tokens(&said));
        }
        self.update_known();
        Ok(())
    }

    fn act(&mut self, by: usize, step: &Step) -> Result<()> {
        let (at, today) = (now(), now().date_naive());
        match step {
            Step::Write(line, on) => return self.write(by, *line, *on),
            Step::Reword(which) => {
                let text = format!("{} was said", self.token(false));
                let Some(id) = self.finding(by, *which) else {
                    return Ok(());
                };
                return self.edit(by, |review| edit::reword(review, &id, &text));
            }
            Step::SetPrivate(which, private) => {
                let Some(id) = self.finding(by, *which) else {
                    return Ok(());
                };
                return self.set_private(by, &id, *private);
            }
            Step::RewordInPrivate(which) => {
                let Some(id) = self.finding(by, *which) else {
                    return Ok(());
                };
                self.set_private(by, &id, true)?;
                for _ in 0..2 {
                    let text = format!("{} was said", self.token(false));
                    self.edit(by, |review| edit::reword(review, &id, &text))?;
                    self.update_known();
                }
                return self.set_private(by, &id, false);
            }
            Step::Withdraw(which) => {
                let Some(id) = self.finding(by, *which) else {
                    return Ok(());
                };
                return self.edit(by, |review| edit::withdraw(review, &id));
            }
            Step::Undo => self.undo_or_redo(by, Workspace::undo)?,
            Step::Redo => self.undo_or_redo(by, Workspace::redo)?,
            Step::Start(which) => {
                let id = self.meetings[*which].clone();
                return self.edit(by, |review| running::start(review, &id, at, today));
            }
            Step::End => return self.edit(by, |review| running::end(review, at)),
            Step::Send(which) => {
                let given = self.windows[by]
                    .outgoing(&self.meetings[*which].clone(), CallForm::Markdown)?;
                self.windows[by].record_sent(&given)?;
            }
            Step::CheckOutputs => {
                self.refresh();
                self.check_outputs();
            }
        }
        Ok(())
    }

    /// An undo or a redo, whose label is an output.
    fn undo_or_redo(
        &mut self,
        by: usize,
        step: impl FnOnce(&mut Workspace) -> Result<String>,
    ) -> Result<()> {
        let label = step(&mut self.windows[by])?;
        self.check_output("a label", &label, None, false);
        Ok(())
    }

    /// Updates what is known after a step, without refreshing the two windows.
    fn update_known(&mut self) {
        self.reader.refresh().unwrap();
        self.known.update(self.reader.review());
    }

    /// Refreshes every window.
    fn refresh(&mut self) {
        for window in self.windows.iter_mut().chain([&mut self.reader]) {
            window.refresh().unwrap();
        }
        self.known.update(self.windows[0].review());
    }

    /// Checks that an output contains only allowed tokens, and returns them; with `is_list`, it may not contain withdrawn findings either.
    fn check_output(
        &self,
        what: &str,
        text: &str,
        asker: Option<&str>,
        is_list: bool,
    ) -> BTreeSet<String> {
        let found = tokens(text);
        let (always, withdrawn) = self.known.forbidden(asker);
        let leaked: Vec<&String> = found
            .iter()
            .filter(|word| always.contains(*word) || (is_list && withdrawn.contains(*word)))
            .collect();
        assert!(
            leaked.is_empty(),
            "{what} for {asker:?} contains {leaked:?}:\n{}",
            passages(text, leaked[0])
        );
        found
    }

    fn check_present(
        &self,
        what: &str,
        found: &BTreeSet<String>,
        wanted: impl Fn(&penholder::model::record::finding::Finding) -> bool,
    ) {
        for finding in self
            .reader
            .review()
            .records
            .findings
            .values()
            .filter(|f| !f.withdrawn && wanted(f))
        {
            let missing: Vec<String> = tokens(&finding.text).difference(found).cloned().collect();
            assert!(missing.is_empty(), "{what} does not contain {missing:?}");
        }
    }

    /// Makes every output and checks it.
    fn check_outputs(&self) {
        for (reader, window) in PEOPLE.iter().zip(self.windows.iter().chain([&self.reader])) {
            for (word, kind) in Kind::ALL
                .into_iter()
                .filter(|(_, kind)| *kind != Kind::Catalogue)
            {
                for (form, format) in Format::ALL {
                    for include in [false, true] {
                        let Ok((text, _)) = window.export(kind, format, include) else {
                            continue;
                        };
                        let what = format!("export {word} --format {form}");
                        let is_list =
                            matches!(kind, Kind::Assessments | Kind::Questions | Kind::Findings);
                        let asker = include.then_some(*reader);
                        let found = self.check_output(&what, &text, asker, is_list);
                        let is_expected = |f: &penholder::model::record::finding::Finding| {
                            !f.private || asker == Some(f.by.as_str())
                        };
                        let on_meeting = |about: &About| matches!(about, About::Meeting(_));
                        match kind {
                            Kind::Findings | Kind::Everything => {
                                self.check_present(&what, &found, is_expected)
                            }
                            Kind::Assessments => self.check_present(&what, &found, |f| {
                                is_expected(f) && !on_meeting(&f.about)
                            }),
                            Kind::Meetings if format != Format::Csv => {
                                self.check_present(&what, &found, |f| {
                                    is_expected(f) && on_meeting(&f.about)
                                })
                            }
                            _ => {}
                        }
                    }
                }
            }
            for id in &self.meetings {
                for (word, form) in CallForm::ALL {
                    let Ok((text, _)) = window.report_call(id, form) else {
                        continue;
                    };
                    let what = format!("report call --format {word}");
                    let found = self.check_output(&what, &text, None, true);
                    if form != CallForm::Mail {
                        self.check_present(&what, &found, |f| {
                            !f.private && f.meeting.as_ref() == Some(id)
                        });
                    }
                }
                let history = window.history_of_meeting(id).unwrap();
                self.check_output(
                    "the history of a meeting",
                    &format!("{history:?}"),
                    Some(reader),
                    false,
                );
            }
            for number in [11, 12].map(rec) {
                let history = window.history_of(number).unwrap();
                let whole = format!("{history:?}");
                let found = self.check_output("the history", &whole, Some(reader), false);
                let was_private = |f: &penholder::model::record::finding::Finding| {
                    self.known
                        .findings
                        .get(&f.id)
                        .is_some_and(|w| w.was_private)
                };
                self.check_present("the history", &found, |f| {
                    window.review().recommendation_of(&f.about) == Some(number)
                        && (!was_private(f) || f.by == *reader)
                });
                let r = window.review().recommendation(number).unwrap();
                let shown = json::recommendation_whole(
                    window.review(),
                    r,
                    reader,
                    &history,
                    now().date_naive(),
                );
                self.check_output("show", &shown.to_string(), Some(reader), false);
            }
        }
    }

    /// Checks what the command line prints.
    fn check_command_line(&self) {
        let desk = Desk::new();
        let path = self.path.to_str().unwrap();
        let commands: [&[&str]; 9] = [
            &["list", "findings"],
            &["list", "findings", "--json"],
            &["list", "changes"],
            &["list", "changes", "--json"],
            &["list", "members"],
            &["list", "meetings", "--json"],
            &["show", "11"],
            &["show", "12", "--json"],
            &["show", "11.4"],
        ];
        for reader in PEOPLE {
            for command in commands {
                let text = desk
                    .run(&[&["--db", path, "--as", reader], command].concat())
                    .ok();
                let found = self.check_output(
                    &command.join(" "),
                    &text,
                    Some(reader),
                    command.contains(&"findings"),
                );
                if command.contains(&"findings") {
                    self.check_present(&command.join(" "), &found, |f| f.is_shown_to(reader));
                }
            }
        }
    }
}

/// The lines that contain a word.
fn passages(text: &str, word: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.to_lowercase().contains(word))
        .map(|line| &line[..line.len().min(2000)])
        .collect();
    lines.join("\n")
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn no_output_contains_private_words_unless_their_author_asks(
        is_sent in prop::bool::weighted(0.7),
        steps in prop::collection::vec((0..2_usize, prop::bool::weighted(0.7), step()), 1..30),
    ) {
        let mut world = World::new();
        // Most runs begin after a call whose report went out with findings of both writers.
        let sent = [(0, Step::Start(0)), (0, Step::Write(0, 0)), (1, Step::Write(1, 1)), (0, Step::End), (0, Step::Send(0))];
        let sent = sent.into_iter().filter(|_| is_sent).map(|(by, step)| (by, true, step));
        for (by, looks, step) in &sent.chain(steps).collect::<Vec<_>>() {
            if *looks {
                world.windows[*by].refresh().unwrap();
            }
            let done = world.act(*by, step);
            world.update_known();
            if let Err(e) = done {
                world.check_output("a refusal", &format!("{e} {}", e.hint.clone().unwrap_or_default()), None, false);
            }
        }
        world.refresh();
        world.check_outputs();
        world.check_command_line();
        prop_assert_eq!(world.windows[0].store().check().unwrap(), Vec::<String>::new());
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_line_that_is_masked_is_private_or_refused(pieces in prop::collection::vec(
        proptest::sample::select(vec![
            "@private", "@Private", "@privat", "@note", "@Emily", "@Zoe", "@-3", "#11", "#12.1", "@friday", "@", "#", " ", " ", " ", "\n", "word",
            "Word", ".", ":", ",", "/", "private", "a@b.org", "\u{ff20}private",
        ]), 0..9)) {
        let line = pieces.concat();
        static REVIEW: OnceLock<Review> = OnceLock::new();
        let review = REVIEW.get_or_init(|| Review::new(penholder::catalogue::builtin().unwrap()));
        let (captured, kind, private) = entry::finding(review, &line);
        let is_refused = captured.unknown.is_some() || captured.said_by.clone().one().is_err() || captured.text.is_empty();
        let hidden = entry::private_from(review, &line);
        if hidden.is_some() {
            prop_assert!(private || is_refused, "{line:?}: {captured:?}");
        }
        if private {
            prop_assert!(hidden.is_some() && kind == FindingKind::Note, "{line:?}");
        } else if !is_refused {
            prop_assert_eq!(entry::private_from(review, &captured.text), None, "{:?}: {:?}", &line, &captured);
            prop_assert!(!matches!(&captured.said_by, Speaker::New(name) if name.to_lowercase().starts_with("privat")), "{line:?}");
        }
    }
}
