//! The signs that the screens use, in three sets: the usual ones, one for fonts that lack some of these, and one in ASCII.

use ratatui::symbols::border;

/// The signs that the screens use: frames and marks.
#[derive(Debug, Clone, Copy)]
pub struct Signs {
    /// Frames of panes.
    pub border: border::Set<'static>,
    /// The selected row.
    pub here: &'static str,
    /// The flag.
    pub flag: &'static str,
    /// Implemented, achieved.
    pub full: &'static str,
    /// Partially implemented, partially achieved.
    pub half: &'static str,
    /// Not implemented, not achieved.
    pub none: &'static str,
    /// Cannot be determined.
    pub unsure: &'static str,
    /// Nothing recorded.
    pub unset: &'static str,
    /// Agreed.
    pub agreed: &'static str,
    /// Changed after it had been agreed.
    pub reopened: &'static str,
    /// Who writes.
    pub pen: &'static str,
    /// A remark.
    pub remark: &'static str,
    /// An item of a list.
    pub bullet: &'static str,
    /// Text was cut off here.
    pub more: &'static str,
    /// Between a value before and after a change.
    pub arrow: &'static str,
}

/// The signs for most terminals.
pub const USUAL: Signs = Signs {
    border: border::PLAIN,
    here: "▶",
    flag: "⚑",
    full: "●",
    half: "◐",
    none: "○",
    unsure: "◌",
    unset: "·",
    agreed: "✓",
    reopened: "↺",
    pen: "✎",
    remark: "!",
    bullet: "•",
    more: "…",
    arrow: "→",
};

/// The signs for bitmap fonts: those of xterm, rxvt and the Linux console have neither the flag nor the pencil.
pub const BITMAP: Signs = Signs {
    flag: "≠",
    pen: "»",
    ..USUAL
};

/// The signs for terminals that do not understand UTF-8.
pub const ASCII: Signs = Signs {
    border: ASCII_BORDER,
    here: ">",
    flag: "F",
    full: "#",
    half: "/",
    none: "o",
    unsure: "?",
    unset: ".",
    agreed: "v",
    reopened: "R",
    pen: "by",
    remark: "!",
    bullet: "-",
    more: "~",
    arrow: ">",
};

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// The notice that is shown when ASCII was chosen because of the locale.
pub const NOT_UTF_8: &str = "The locale is not UTF-8, so the screen is in ASCII and only ASCII can be typed. PENHOLDER_ASCII=0 overrides this.";

impl Signs {
    /// The signs for the terminal that these environment variables describe, and whether ASCII was chosen because of the locale.
    pub fn for_environment(variable: impl Fn(&str) -> Option<String>) -> (Signs, bool) {
        let non_empty = |name: &str| variable(name).filter(|value| !value.is_empty());
        match non_empty("PENHOLDER_ASCII").as_deref() {
            Some("0") => return (USUAL, false),
            Some(_) => return (ASCII, false),
            None if locale_is_not_utf_8(&non_empty) => return (ASCII, true),
            None => {}
        }
        let has_bitmap_font = non_empty("XTERM_VERSION").is_some()
            || non_empty("TERM")
                .is_some_and(|term| term == "linux" || term == "xterm" || term.starts_with("rxvt"));
        (if has_bitmap_font { BITMAP } else { USUAL }, false)
    }
}

/// Whether the locale names a character set other than UTF-8. If no locale is set, nothing is known about the terminal, and UTF-8 is assumed.
fn locale_is_not_utf_8(variable: &impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| variable(name));
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        !locale.contains("utf-8") && !locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(variables: &[(&str, &str)]) -> (&'static str, bool) {
        let variable = |name: &str| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let (signs, because_of_locale) = Signs::for_environment(variable);
        (signs.flag, because_of_locale)
    }

    #[test]
    fn signs_are_ascii_where_the_locale_is_not_utf_8() {
        assert_eq!(flag(&[("LANG", "C")]), ("F", true));
        assert_eq!(
            flag(&[("LC_ALL", "de_DE.ISO-8859-1"), ("LANG", "de_DE.UTF-8")]),
            ("F", true)
        );
        assert_eq!(
            flag(&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8"), ("LANG", "C")]),
            ("⚑", false)
        );
        assert_eq!(flag(&[]), ("⚑", false));
        assert_eq!(
            flag(&[("LANG", "C"), ("PENHOLDER_ASCII", "0")]),
            ("⚑", false)
        );
        assert_eq!(
            flag(&[("LANG", "C.UTF-8"), ("PENHOLDER_ASCII", "1")]),
            ("F", false)
        );
    }

    #[test]
    fn signs_that_bitmap_fonts_lack_have_a_substitute() {
        assert_eq!(
            flag(&[("XTERM_VERSION", "XTerm(379)"), ("TERM", "xterm-256color")]),
            ("≠", false)
        );
        assert_eq!(flag(&[("TERM", "rxvt-unicode-256color")]), ("≠", false));
        assert_eq!(flag(&[("TERM", "xterm-256color")]), ("⚑", false));
        assert_eq!(
            flag(&[("XTERM_VERSION", "XTerm(379)"), ("PENHOLDER_ASCII", "0")]),
            ("⚑", false)
        );
    }
}
