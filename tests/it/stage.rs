//! A stage: a fresh workspace with the built-in catalogue, and the screens played on it by a script of keys.
//!
//! The clock stands still, the author is Denise. Every style of the stage's theme has a colour of its own, so that a picture can name the
//! style of each cell. A picture also holds what must be true of every screen: no cell that a terminal could obey, the cursor inside.

use chrono::{DateTime, Local, TimeDelta, Utc};
use crossterm::event::Event;
use penholder::catalogue::builtin;
use penholder::error::Kind;
use penholder::model::ids::{AgendaItemId, MeetingId};
use penholder::model::record::assessment::Assessment;
use penholder::model::review::Review;
use penholder::model::text::clean;
use penholder::store::Missing;
use penholder::tui::app::App;
use penholder::tui::console::{Console, SCRIPT_PAUSE, Script};
use penholder::tui::key::script;
use penholder::tui::theme::Theme;
use penholder::workspace::{Clock, Workspace};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

/// The moment at which the clock stands.
pub fn now() -> DateTime<Utc> {
    "2018-09-13T14:41:07Z".parse().unwrap()
}

/// Opens or creates a workspace with the clock held.
pub fn workspace(path: &Path, author: &str) -> Workspace {
    Workspace::open(
        path,
        Missing::Create,
        author.to_owned(),
        Clock::held_at(now()),
    )
    .unwrap()
}

/// A fresh workspace: the copy of one that was created and closed, since filling it takes most of the time.
pub fn fresh() -> (TempDir, PathBuf) {
    static TEMPLATE: OnceLock<TempDir> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        drop(workspace(&folder.path().join("a.db"), "Nobody"));
        folder
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    std::fs::copy(template.path().join("a.db"), &path).unwrap();
    (folder, path)
}

/// Memory is what the file holds, the ids that come next apart.
pub fn assert_same(memory: &Review, file: &Review) {
    let why = "memory is not what the file holds";
    assert_eq!(memory.catalogue, file.catalogue, "{why}");
    assert_eq!(memory.records, file.records, "{why}");
    let questions = |review: &Review| review.questions.iter().cloned().collect::<Vec<_>>();
    assert_eq!(questions(memory), questions(file), "{why}");
}

/// The meeting that people call so.
pub fn meeting_called(review: &Review, name: &str) -> MeetingId {
    let found = review.meeting_named(&name.parse().unwrap());
    found.unwrap_or_else(|| panic!("there is no {name}"))
}

/// The item of a meeting's agenda that has this number.
pub fn item_numbered(review: &Review, meeting: &MeetingId, number: u16) -> AgendaItemId {
    let mut items = review.records.agenda_of(meeting).into_iter();
    let found = items.find(|(_, item)| item.number == number);
    found
        .map(|(id, _)| id.clone())
        .unwrap_or_else(|| panic!("there is no item {number}"))
}

/// The theme in which every style looks different from every other.
pub fn painted() -> Theme {
    let shade = |n: u8| Style::new().fg(Color::Indexed(n));
    Theme {
        strong: shade(1),
        quiet: shade(2),
        frame: shade(4),
        frame_focus: shade(5),
        selected: shade(6),
        selected_quiet: shade(7),
        good: shade(8),
        partly: shade(9),
        bad: shade(10),
        unsure: shade(11),
        flag: shade(12),
        key: shade(13),
        notice: shade(14),
        error: shade(15),
        matched: shade(16),
        ..Theme::plain()
    }
}

/// The program on a fresh workspace.
pub struct Stage {
    pub app: App,
    folder: TempDir,
    size: (u16, u16),
    played: String,
    /// When the last key came, as the time since the console was opened.
    clock: Duration,
    /// The pause before each key.
    pace: Duration,
}

impl Stage {
    /// 80x24, Denise.
    pub fn new() -> Stage {
        Stage::sized(80, 24)
    }

    /// Of this size.
    pub fn sized(width: u16, height: u16) -> Stage {
        Stage::with(width, height, painted())
    }

    /// Of this size, in this theme.
    pub fn with(width: u16, height: u16, theme: Theme) -> Stage {
        let (folder, path) = fresh();
        Stage::on(folder, workspace(&path, "Denise"), (width, height), theme)
    }

    /// On a workspace that the test made: the file `a.db` in this folder.
    pub fn on(folder: TempDir, workspace: Workspace, size: (u16, u16), theme: Theme) -> Stage {
        let (width, height) = size;
        let app = App::new(workspace, Console::script(width, height, []), theme);
        Stage {
            app,
            folder,
            size,
            played: String::new(),
            clock: Duration::ZERO,
            pace: SCRIPT_PAUSE,
        }
    }

    /// Where the workspace is.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("a.db")
    }

    /// Plays a script of keys; a dialog that is open at its end is closed unanswered, and still in the picture.
    pub fn play(&mut self, keys: &str) -> &mut Stage {
        self.played += keys;
        self.events(script(keys).unwrap_or_else(|| panic!("{keys} is no script")))
    }

    /// Sets the pause before each key that is played from now on.
    pub fn at_pace(&mut self, milliseconds: u64) -> &mut Stage {
        self.pace = Duration::from_millis(milliseconds);
        self
    }

    /// Lets time pass without a key.
    pub fn pause(&mut self, milliseconds: u64) -> &mut Stage {
        self.clock += Duration::from_millis(milliseconds);
        self
    }

    /// Plays events.
    pub fn events(&mut self, events: Vec<Event>) -> &mut Stage {
        let last = events.iter().rev().find_map(|e| {
            if let Event::Resize(w, h) = e {
                Some((*w, *h))
            } else {
                None
            }
        });
        let (width, height) = self.size;
        let all = std::iter::once(Event::Resize(width, height)).chain(events);
        let timed: Vec<(Event, Duration)> = all
            .map(|event| {
                self.clock += if matches!(event, Event::Resize(..)) {
                    Duration::ZERO
                } else {
                    self.pace
                };
                (event, self.clock)
            })
            .collect();
        self.app.console = Console::timed_script(width, height, timed);
        self.size = last.unwrap_or(self.size);
        match self.app.run() {
            Ok(()) => assert!(self.app.done, "the loop ended by itself"),
            Err(e) => assert_eq!(e.kind, Kind::HungUp, "{e}"),
        }
        self
    }

    /// Lays keys ready for a dialog that the test opens itself.
    pub fn lay(&mut self, keys: &str) {
        self.played += keys;
        self.app.console = Console::script(self.size.0, self.size.1, script(keys).unwrap());
    }

    /// Ends this program and starts another on the same file.
    pub fn restart(self, author: &str) -> Stage {
        let (width, height) = self.size;
        let Stage { app, folder, .. } = self;
        let theme = app.theme;
        drop(app);
        let app = App::new(
            workspace(&folder.path().join("a.db"), author),
            Console::script(width, height, []),
            theme,
        );
        Stage {
            app,
            folder,
            size: (width, height),
            played: format!("as {author}: "),
            clock: Duration::ZERO,
            pace: SCRIPT_PAUSE,
        }
    }

    /// Ends this program and starts another on the same file, so many minutes later.
    pub fn later(self, minutes: i64) -> Stage {
        let (width, height) = self.size;
        let Stage { app, folder, .. } = self;
        let theme = app.theme;
        drop(app);
        let clock = Clock::held_at(now() + TimeDelta::minutes(minutes));
        let workspace = Workspace::open(
            &folder.path().join("a.db"),
            Missing::Create,
            "Denise".to_owned(),
            clock,
        )
        .unwrap();
        let app = App::new(workspace, Console::script(width, height, []), theme);
        Stage {
            app,
            folder,
            size: (width, height),
            played: format!("{minutes} minutes later: "),
            clock: Duration::ZERO,
            pace: SCRIPT_PAUSE,
        }
    }

    /// Another window on the same file.
    pub fn beside(&self, author: &str) -> Workspace {
        workspace(&self.path(), author)
    }

    pub fn script(&self) -> &Script {
        match &self.app.console {
            Console::Script(script) => script,
            Console::Live(_) => panic!("the stage has no terminal"),
        }
    }

    pub fn buffer(&self) -> &Buffer {
        self.script().terminal.backend().buffer()
    }

    /// What was said last, or nothing.
    pub fn notice(&self) -> String {
        self.app
            .notice()
            .map(|notice| notice.text.clone())
            .unwrap_or_default()
    }

    /// The number of the selected recommendation.
    pub fn selected(&self) -> u16 {
        self.app.home.selected.0
    }

    /// The assessment of a recommendation as it stands in memory.
    pub fn assessment(&self, number: u16) -> &Assessment {
        self.app
            .workspace
            .review()
            .assessment(penholder::model::ids::RecommendationNumber(number))
    }

    /// The texts of all findings, oldest first.
    pub fn findings(&self) -> Vec<String> {
        self.app
            .workspace
            .review()
            .records
            .findings
            .values()
            .map(|f| f.text.clone())
            .collect()
    }

    /// How many entries the journal has.
    pub fn entries(&self) -> usize {
        self.app.workspace.store().operations().unwrap().len()
    }

    /// Holds what must be true after every script: memory is the store, the file is sound, no cell acts on a terminal, the cursor is inside.
    pub fn check(&self) {
        let fresh = penholder::store::Store::open(&self.path(), Missing::Refuse, builtin).unwrap();
        assert_same(self.app.workspace.review(), &fresh.load().unwrap());
        // A test may have changed quoted rows or drafts itself, which their digests tell.
        let faults: Vec<String> = fresh
            .check()
            .unwrap()
            .into_iter()
            .filter(|fault| {
                !fault.starts_with("The quoted ") && !fault.starts_with("The draft of ")
            })
            .collect();
        assert_eq!(faults, [""; 0]);
        let buffer = self.buffer();
        for cell in &buffer.content {
            assert_eq!(
                clean(cell.symbol()).removed,
                0,
                "{:?} reached the terminal",
                cell.symbol()
            );
            assert!(
                !cell.symbol().contains(['\n', '\t']),
                "{:?} reached the terminal",
                cell.symbol()
            );
        }
        let backend = self.script().terminal.backend();
        if backend.cursor_visible() {
            assert!(
                buffer.area.contains(backend.cursor_position()),
                "cursor at {}",
                backend.cursor_position()
            );
        }
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        let buffer = self.buffer();
        let rows = (0..buffer.area.height).map(|y| {
            let mut row = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += u16::try_from(symbol.width().max(1)).unwrap();
            }
            row.trim_end().to_owned()
        });
        in_utc(&rows.collect::<Vec<_>>().join("\n"))
    }

    /// Keys, screen and cursor.
    pub fn plain_picture(&self) -> String {
        self.check();
        let (width, height) = self.size;
        let backend = self.script().terminal.backend();
        let cursor = if backend.cursor_visible() {
            format!("cursor {}", backend.cursor_position())
        } else {
            "no cursor".to_owned()
        };
        let keys = if self.played.is_empty() {
            "none"
        } else {
            &self.played
        };
        format!("{width}x{height}  keys: {keys}  {cursor}\n{}", self.text())
    }

    /// Keys, screen, cursor, and below it every run of cells whose style is not that of text: row, columns, name.
    pub fn picture(&self) -> String {
        let buffer = self.buffer();
        let named = self.app.theme.named();
        let mut styles = String::new();
        for y in 0..buffer.area.height {
            let mut runs: Vec<(u16, u16, String)> = Vec::new();
            for x in 0..buffer.area.width {
                let cell = &buffer[(x, y)];
                let name = if is_bare(cell, y) {
                    "text".to_owned()
                } else {
                    style_name(cell, &named)
                };
                match runs.last_mut() {
                    Some((_, to, last)) if *last == name && *to + 1 == x => *to = x,
                    _ => runs.push((x, x, name)),
                }
            }
            runs.retain(|(_, _, name)| name != "text" && name != "frame");
            if !runs.is_empty() {
                let runs: Vec<String> = runs
                    .into_iter()
                    .map(|(from, to, name)| {
                        if from == to {
                            format!("{from} {name}")
                        } else {
                            format!("{from}-{to} {name}")
                        }
                    })
                    .collect();
                styles += &format!("{y:>3}: {}\n", runs.join(", "));
            }
        }
        format!("{}\n\nstyles\n{styles}", self.plain_picture())
    }
}

/// Whether a cell shows nothing whose style matters: a space in no selection, a frame below the titles.
fn is_bare(cell: &Cell, row: u16) -> bool {
    let is_selection =
        cell.fg == Color::Indexed(6) || cell.fg == Color::Indexed(7) || !cell.modifier.is_empty();
    let is_frame = cell
        .symbol()
        .starts_with(|c: char| ('\u{2500}'..='\u{257f}').contains(&c));
    (cell.symbol() == " " && !is_selection) || (is_frame && row > 1)
}

fn style_name(cell: &Cell, named: &[(&'static str, Style)]) -> String {
    let look = |style: &Style| {
        (
            style.fg.unwrap_or(Color::Reset),
            style.bg.unwrap_or(Color::Reset),
        )
    };
    let own = (cell.fg, cell.bg);
    let exact = named
        .iter()
        .find(|(_, style)| look(style) == own && style.add_modifier == cell.modifier);
    if let Some((name, _)) = exact {
        return (*name).to_owned();
    }
    let near = named
        .iter()
        .find(|(_, style)| look(style) == own && cell.modifier.contains(style.add_modifier));
    let (name, has) = near.map_or(("?", Modifier::empty()), |(name, style)| {
        (*name, style.add_modifier)
    });
    format!("{name}+{:?}", cell.modifier.difference(has))
}

/// Shows moments near the held clock as they look where local time is UTC, wherever the test runs.
fn in_utc(text: &str) -> String {
    const SHAPE: &str = "%Y-%m-%d %H:%M";
    let moments: Vec<DateTime<Utc>> = (0..60)
        .map(|minutes| now() - TimeDelta::minutes(minutes))
        .collect();
    // By way of a mark, so that what was brought to UTC is not read as local time again.
    let marked = moments
        .iter()
        .enumerate()
        .fold(text.to_owned(), |text, (i, at)| {
            text.replace(
                &at.with_timezone(&Local).format(SHAPE).to_string(),
                &format!("\u{0}{i}\u{0}"),
            )
        });
    moments.iter().enumerate().fold(marked, |text, (i, at)| {
        text.replace(&format!("\u{0}{i}\u{0}"), &at.format(SHAPE).to_string())
    })
}
