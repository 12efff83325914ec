//! Styles and signs by name: what a thing looks like is decided here and nowhere else.
//!
//! The terminal's own foreground and background and its sixteen colours; with `NO_COLOR` only bold, reverse, underline, sign and word remain.
//! No meaning is carried by colour alone: every verdict has a sign and a word.

use super::signs::{self, Signs};
use super::spelling;
use crate::model::vocabulary::{
    Effect, Grade, Implementation, QuestionState, Relevance, Stance, Standing,
};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// The styles, by what they are for.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// Text.
    pub text: Style,
    /// Titles, headings, numbers that matter.
    pub strong: Style,
    /// The title of the pane with the keys: bold, in the terminal's own colour over the colour of its frame.
    pub title: Style,
    /// Citations, times, hints: there, but not first.
    pub quiet: Style,
    /// Quoted from a source.
    pub quote: Style,
    /// The frame of a pane.
    pub frame: Style,
    /// The frame of the pane that has the keys.
    pub frame_focus: Style,
    /// The selected row where the keys go.
    pub selected: Style,
    /// The selected row of a pane that does not have the keys.
    pub selected_quiet: Style,
    /// Well: implemented, achieved, agreed.
    pub good: Style,
    /// In part.
    pub partly: Style,
    /// Badly: not implemented, not achieved, errors.
    pub bad: Style,
    /// Cannot be determined.
    pub unsure: Style,
    /// The flag: claim and text, or claim and verdict, differ.
    pub flag: Style,
    /// A key in a hint.
    pub key: Style,
    /// What just happened.
    pub notice: Style,
    /// What went wrong.
    pub error: Style,
    /// Where a filter matched.
    pub matched: Style,
    /// Words that are no longer in a text.
    pub removed: Style,
    /// Words that are new in a text.
    pub added: Style,
    /// The signs.
    pub signs: Signs,
}

impl Theme {
    /// The theme for this terminal, without colours if `NO_COLOR` is set; and whether ASCII was chosen because the locale is not UTF-8.
    pub fn from_environment() -> (Theme, bool) {
        let variable =
            |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        let theme = if variable("NO_COLOR").is_some_and(|value| !value.is_empty()) {
            Theme::plain()
        } else {
            Theme::colours()
        };
        let (signs, because_of_locale) = Signs::for_environment(variable);
        (Theme { signs, ..theme }, because_of_locale)
    }

    /// The same styles with signs and frames of plain ASCII.
    #[must_use]
    pub fn in_ascii(self) -> Theme {
        Theme {
            signs: signs::ASCII,
            ..self
        }
    }

    /// Whether everything is drawn in ASCII.
    pub fn is_ascii(&self) -> bool {
        self.signs.here == signs::ASCII.here
    }

    /// Replaces what this terminal may not be able to show in the cells that it was drawn in.
    pub fn make_portable(&self, buffer: &mut Buffer) {
        spelling::simplify_clusters(buffer);
        if self.is_ascii() {
            spelling::replace_non_ascii(buffer);
        }
    }

    /// Bold, reverse and underline only.
    pub fn plain() -> Theme {
        let text = Style::new();
        let strong = text.add_modifier(Modifier::BOLD);
        Theme {
            text,
            strong,
            title: strong.fg(Color::Reset),
            quiet: text.add_modifier(Modifier::DIM),
            quote: text,
            frame: text.add_modifier(Modifier::DIM),
            frame_focus: strong,
            selected: text.add_modifier(Modifier::REVERSED),
            selected_quiet: strong,
            good: text,
            partly: text,
            bad: strong,
            unsure: text,
            flag: strong,
            key: strong,
            notice: strong,
            error: strong.add_modifier(Modifier::REVERSED),
            matched: strong.add_modifier(Modifier::UNDERLINED),
            removed: text.add_modifier(Modifier::CROSSED_OUT),
            added: text.add_modifier(Modifier::UNDERLINED),
            signs: signs::USUAL,
        }
    }

    /// The colours of the terminal on its own background: red, green and magenta for words, since yellow and cyan vanish on a light one.
    pub fn colours() -> Theme {
        let plain = Theme::plain();
        Theme {
            frame_focus: plain.text.fg(Color::Cyan),
            good: plain.text.fg(Color::Green),
            partly: plain.text.fg(Color::Magenta),
            bad: plain.text.fg(Color::Red),
            flag: plain.strong.fg(Color::Red),
            error: plain.strong.fg(Color::Red),
            matched: plain.matched.fg(Color::Cyan),
            removed: plain.removed.fg(Color::Red),
            added: plain.added.fg(Color::Green),
            ..plain
        }
    }

    /// Every style with its name, for pictures of the screen in words.
    pub fn named(&self) -> [(&'static str, Style); 20] {
        [
            ("text", self.text),
            ("strong", self.strong),
            ("title", self.title),
            ("quiet", self.quiet),
            ("quote", self.quote),
            ("frame", self.frame),
            ("frame_focus", self.frame_focus),
            ("selected", self.selected),
            ("selected_quiet", self.selected_quiet),
            ("good", self.good),
            ("partly", self.partly),
            ("bad", self.bad),
            ("unsure", self.unsure),
            ("flag", self.flag),
            ("key", self.key),
            ("notice", self.notice),
            ("error", self.error),
            ("matched", self.matched),
            ("removed", self.removed),
            ("added", self.added),
        ]
    }

    /// Sign, short word and style of an implementation verdict.
    pub fn implementation(
        &self,
        verdict: Option<Implementation>,
    ) -> (&'static str, &'static str, Style) {
        match verdict {
            None => (self.signs.unset, "not assessed", self.quiet),
            Some(Implementation::Implemented) => (self.signs.full, "implemented", self.good),
            Some(Implementation::PartiallyImplemented) => {
                (self.signs.half, "partially", self.partly)
            }
            Some(Implementation::NotImplemented) => (self.signs.none, "not impl.", self.bad),
            Some(Implementation::CannotBeDetermined) => {
                (self.signs.unsure, "undetermined", self.unsure)
            }
        }
    }

    /// Short word and style of a relevance.
    pub fn relevance(&self, relevance: Option<Relevance>) -> (&'static str, Style) {
        match relevance {
            None => ("", self.quiet),
            Some(Relevance::StillRelevant) => ("relevant", self.text),
            Some(Relevance::NoLongerRelevant) => ("no longer", self.text),
        }
    }

    /// Sign and style of an intended effect.
    pub fn effect(&self, effect: Effect) -> (&'static str, Style) {
        match effect {
            Effect::Achieved => (self.signs.full, self.good),
            Effect::PartiallyAchieved => (self.signs.half, self.partly),
            Effect::NotAchieved => (self.signs.none, self.bad),
            Effect::CannotBeDetermined => (self.signs.unsure, self.unsure),
        }
    }

    /// Sign and style of a position.
    pub fn stance(&self, stance: Stance) -> (&'static str, Style) {
        match stance {
            Stance::Agree => (self.signs.full, self.good),
            Stance::Object => (self.signs.none, self.bad),
            Stance::Abstain => (self.signs.unsure, self.unsure),
            Stance::NotHeard | Stance::Absent => (self.signs.unset, self.quiet),
        }
    }

    /// Style of a standing.
    pub fn standing(&self, standing: Standing) -> Style {
        match standing {
            Standing::Draft | Standing::Proposed => self.text,
            Standing::Agreed => self.good,
            Standing::Reopened => self.partly,
        }
    }

    /// Style of a question's state.
    pub fn question(&self, state: QuestionState) -> Style {
        match state {
            QuestionState::ClarificationWanted | QuestionState::FollowUp => self.partly,
            QuestionState::Draft | QuestionState::Asked => self.text,
            QuestionState::Answered | QuestionState::Closed | QuestionState::NoLongerNeeded => {
                self.quiet
            }
        }
    }

    /// Style of a remark's grade.
    pub fn grade(&self, grade: Grade) -> Style {
        match grade {
            Grade::High => self.flag,
            Grade::Medium => self.partly,
            Grade::Low => self.quiet,
        }
    }
}
