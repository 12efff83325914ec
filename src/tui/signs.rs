//! The signs of the screen, in three sets: for most terminals, for fonts that lack some of them, and in ASCII.

use ratatui::symbols::border;

/// The signs of the screen: frames and marks, each one cell wide.
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
    /// In part.
    pub half: &'static str,
    /// Not.
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
    /// More than fits.
    pub more: &'static str,
    /// From before to after.
    pub arrow: &'static str,
}

/// For most terminals.
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

/// For bitmap fonts: those of xterm, rxvt and the Linux console have neither flag nor pencil.
pub const BITMAP: Signs = Signs { flag: "≠", pen: "»", ..USUAL };

/// For terminals that do not read UTF-8.
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

/// Why signs are in ASCII where nobody asked for that.
pub const NOT_UTF_8: &str =
    "The locale is not UTF-8: signs are in ASCII, and other letters show as ? and cannot be typed. PENHOLDER_ASCII=0 overrules this.";

impl Signs {
    /// The signs for the terminal that these variables of the environment describe, and whether ASCII was chosen because of the locale.
    pub fn for_environment(variable: impl Fn(&str) -> Option<String>) -> (Signs, bool) {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        match set("PENHOLDER_ASCII").as_deref() {
            Some("0") => return (USUAL, false),
            Some(_) => return (ASCII, false),
            None if locale_is_not_utf_8(&set) => return (ASCII, true),
            None => {}
        }
        let has_bitmap_font = set("XTERM_VERSION").is_some()
            || set("TERM").is_some_and(|term| term == "linux" || term == "xterm" || term.starts_with("rxvt"));
        (if has_bitmap_font { BITMAP } else { USUAL }, false)
    }
}

/// Whether the locale names another character set than UTF-8. One that is not set says nothing of the terminal.
fn locale_is_not_utf_8(set: &impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| set(name));
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        !locale.contains("utf-8") && !locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(variables: &[(&str, &str)]) -> (&'static str, bool) {
        let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let (signs, because_of_locale) = Signs::for_environment(variable);
        (signs.flag, because_of_locale)
    }

    #[test]
    fn signs_are_ascii_where_the_locale_is_not_utf_8() {
        assert_eq!(flag(&[("LANG", "C")]), ("F", true));
        assert_eq!(flag(&[("LC_ALL", "de_DE.ISO-8859-1"), ("LANG", "de_DE.UTF-8")]), ("F", true));
        assert_eq!(flag(&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8"), ("LANG", "C")]), ("⚑", false));
        assert_eq!(flag(&[]), ("⚑", false));
        assert_eq!(flag(&[("LANG", "C"), ("PENHOLDER_ASCII", "0")]), ("⚑", false));
        assert_eq!(flag(&[("LANG", "C.UTF-8"), ("PENHOLDER_ASCII", "1")]), ("F", false));
    }

    #[test]
    fn signs_that_bitmap_fonts_lack_have_a_substitute() {
        assert_eq!(flag(&[("XTERM_VERSION", "XTerm(379)"), ("TERM", "xterm-256color")]), ("≠", false));
        assert_eq!(flag(&[("TERM", "rxvt-unicode-256color")]), ("≠", false));
        assert_eq!(flag(&[("TERM", "xterm-256color")]), ("⚑", false));
        assert_eq!(flag(&[("XTERM_VERSION", "XTerm(379)"), ("PENHOLDER_ASCII", "0")]), ("⚑", false));
    }
}
