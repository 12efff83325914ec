//! A draft: words that were typed and not recorded yet.

/// What was typed at one place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The words.
    pub text: String,
    /// What was recorded at that place when the typing began: the words answer this and nothing newer.
    pub found: Option<String>,
}
