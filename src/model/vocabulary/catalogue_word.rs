//! Words that each catalogue brings along: names of briefings, kinds of meetings and documents, phases of implementation.
//!
//! Such a word is text and means what the catalogue says. What a person types is matched with the words of the catalogue at hand
//! by `among`, in any letter case, with spaces or hyphens. The words have no order of their own: they are shown in the order of the catalogue.

use super::{UnknownWord, among};
use crate::model::ids::as_text;
use crate::model::text::clean_line;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

macro_rules! catalogue_words {
    ($( $(#[$doc:meta])* $name:ident of $of:literal; )+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// The word as the catalogue spells it.
            pub fn word(&self) -> &str {
                &self.0
            }

            /// The one of these words that a person means by what was typed: the same, or one that differs only in letter case,
            /// hyphens and spaces.
            ///
            /// # Errors
            /// It is none of these words; the error lists them.
            pub fn among<'a>(
                typed: &str,
                words: impl IntoIterator<Item = &'a $name>,
            ) -> Result<$name, UnknownWord> {
                let words: Vec<&$name> = words.into_iter().collect();
                among($of, typed, &words, |known| known.word()).cloned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            /// Accepts any word; whether the catalogue has it is not looked up here.
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                let word = clean_line(text).text;
                if word.is_empty() {
                    return Err(UnknownWord {
                        of: $of,
                        found: word,
                        expected: vec!["a name".to_owned()],
                    });
                }
                Ok($name(Cow::Owned(word)))
            }
        }

        as_text!($name);
    )+ };
}

catalogue_words! {
    /// The name of a briefing under which questions are grouped.
    BriefingName of "briefing";
    /// What kind of meeting it is: one of those that every review team has, or another that the catalogue names.
    MeetingKind of "meeting kind";
    /// What sort of document a source is: `report`, `slides`.
    DocumentKind of "document kind";
    /// The phase of implementation a deliverable is printed under: `I`, `II`.
    Phase of "phase";
}

impl MeetingKind {
    /// The calls of the whole team.
    pub const PLENARY_CALL: MeetingKind = MeetingKind(Cow::Borrowed("plenary call"));
    /// The meetings of the whole team in one place.
    pub const FACE_TO_FACE_PLENARY: MeetingKind =
        MeetingKind(Cow::Borrowed("face-to-face plenary"));
    /// The calls of a subgroup.
    pub const SUBGROUP_CALL: MeetingKind = MeetingKind(Cow::Borrowed("subgroup call"));
    /// The calls of the chairs with staff.
    pub const LEADERSHIP_CALL: MeetingKind = MeetingKind(Cow::Borrowed("leadership call"));

    /// The kinds that every review team can plan, whatever its catalogue names.
    pub const COMMON: [MeetingKind; 4] = [
        MeetingKind::PLENARY_CALL,
        MeetingKind::FACE_TO_FACE_PLENARY,
        MeetingKind::SUBGROUP_CALL,
        MeetingKind::LEADERSHIP_CALL,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_word_is_found_in_any_letter_case_and_with_hyphens() {
        let names = ["Board", "Legal and Audit", "board"].map(|name| name.parse().unwrap());
        let found = |typed: &str| BriefingName::among(typed, &names).map(|name| name.to_string());
        assert_eq!(found("legal-AND-audit").unwrap(), "Legal and Audit");
        assert_eq!(found("BOARD").unwrap(), "Board");
        assert_eq!(found("board").unwrap(), "board");
        assert_eq!(
            found("Sales").unwrap_err().to_string(),
            "“Sales” is no briefing; expected Board, Legal and Audit, board"
        );
        assert_eq!(
            BriefingName::among("Sales", []).unwrap_err().to_string(),
            "“Sales” is no briefing; this review has none"
        );
    }
}
