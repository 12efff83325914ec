//! Texts and names as people type them, brought to the form in which they are kept.

use super::refuse_if;
use crate::error::{Error, Result};
use crate::model::record::describe::Field;
use crate::model::record::finding::Finding;
use crate::model::text;

/// Longest text of one field, in bytes. A review team's longest findings have a few thousand.
pub const LONGEST_TEXT: usize = 200_000;

/// Brings prose to the form in which it is kept; `None` if it has no words.
///
/// # Errors
/// A text that is too long.
pub fn prose(field: Field, text: &str) -> Result<Option<String>> {
    let prose = text::clean_prose(text).text;
    let bytes = prose.len();
    refuse_if(bytes > LONGEST_TEXT, || {
        let what = capital(&field.label());
        format!("{what} has {bytes} bytes; at most {LONGEST_TEXT} are kept.")
    })?;
    Ok((!prose.trim().is_empty()).then_some(prose))
}

/// Brings the text of a record to the form in which it is kept; `what` is the record that needs it: `A decision`.
///
/// # Errors
/// A text without words, or one that is too long.
pub fn needed(what: &str, text: &str) -> Result<String> {
    prose(Finding::TEXT, text)?
        .ok_or_else(|| Error::slip(format!("{what} needs words; nothing was recorded.")))
}

/// Brings a name or another one-line text to the form in which it is kept; `None` if it is empty.
pub fn line(text: &str) -> Option<String> {
    Some(text::clean_line(text).text).filter(|line| !line.is_empty())
}

/// The words with a capital letter at the beginning.
pub fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
