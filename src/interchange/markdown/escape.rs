//! Stored text as Markdown: rendered it reads as it was written and cannot become markup, and pasted into a mail it reads well, too.
//!
//! So a sign gets a backslash only where CommonMark, or the tables, strike-outs, footnotes and formulas that many add to it, could take it as
//! markup. Where that depends on text that is not seen here, what stands before and behind, the sign is escaped. Web addresses are never
//! changed: one that holds such signs is put between `<` and `>`.

use crate::model::text::visible;
use std::fmt::Write;

/// A text on one line, which stands behind other text.
pub fn line(text: &str) -> String {
    escape(text, false)
}

/// A text on one line of its own.
pub fn paragraph(text: &str) -> String {
    escape(text, true)
}

/// Prose: empty lines separate paragraphs, other line breaks are kept.
pub fn prose(text: &str) -> String {
    lines(text, true)
}

/// Prose whose first line stands behind other text.
pub fn prose_behind(text: &str) -> String {
    lines(text, false)
}

fn lines(text: &str, begins: bool) -> String {
    let mut out = String::new();
    let mut before: Option<String> = None;
    for text in text.lines() {
        let line = escape(text, begins || before.is_some());
        out.push_str(match &before {
            None => "",
            // Two spaces keep a line break within a paragraph, and nobody sees them in a mail.
            Some(before) if !before.is_empty() && !line.is_empty() => "  \n",
            Some(_) => "\n",
        });
        out.push_str(&line);
        before = Some(line);
    }
    out
}

/// Escapes a text on one line; `begins` says that it stands at the beginning of the line.
fn escape(text: &str, begins: bool) -> String {
    let line = visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let opening = opening(&line).filter(|_| begins);
    let signs = signs(&line);
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        if let Some((written, end)) = written(&line, at) {
            out.push_str(&written);
            at = end;
            continue;
        }
        if opening == Some(at) || signs.binary_search(&at).is_ok() {
            out.push('\\');
        }
        out.push(c);
        at += c.len_utf8();
    }
    out
}

/// An address that begins here as it is written, and where it ends: plain where it holds no sign of markup, else between `<` and `>`, which it
/// may have had already. One with `&lt;` in it would be read as another address in either form; only that is escaped.
fn written(line: &str, at: usize) -> Option<(String, usize)> {
    let tail = line.get(at..)?;
    if let Some(address) = tail.strip_prefix('<').and_then(|_| address(line, at + 1))
        && tail[1 + address.len()..].starts_with('>')
        && !has_entity(address)
    {
        return Some((format!("<{address}>"), at + address.len() + 2));
    }
    let address = address(line, at)?;
    let signs = signs(address);
    let written = if signs.is_empty() {
        address.to_owned()
    } else if has_entity(address) {
        let escaped = |(at, c)| [signs.binary_search(&at).ok().map(|_| '\\'), Some(c)];
        address.char_indices().flat_map(escaped).flatten().collect()
    } else {
        format!("<{address}>")
    };
    Some((written, at + address.len()))
}

/// The web address that begins here, without the punctuation of the sentence around it.
fn address(line: &str, at: usize) -> Option<&str> {
    let scheme = scheme(line, at)?;
    let before = char_before(line, at);
    let mut address = line
        .get(at..)?
        .split(|c: char| c == ' ' || "<>\"`\\[]“”«»".contains(c))
        .next()?;
    let mut unopened = address
        .matches(')')
        .count()
        .saturating_sub(address.matches('(').count());
    while let Some(last) = address.chars().next_back() {
        let rest = address.strip_suffix(last)?;
        let is_outside = match last {
            ')' => unopened > 0,
            '*' | '_' | '~' => before == Some(last),
            ';' if rest.ends_with(|c: char| c.is_ascii_alphanumeric()) => {
                !rest.rfind('&').is_some_and(|at| is_entity(&address[at..]))
            }
            _ => ".,;:!?'’}".contains(last),
        };
        if !is_outside {
            break;
        }
        unopened -= usize::from(last == ')');
        address = rest;
    }
    (address.len() > scheme.len()).then_some(address)
}

/// What an address begins with, if one begins here.
fn scheme(line: &str, at: usize) -> Option<&'static str> {
    let begins = |scheme: &&str| {
        line.get(at..at + scheme.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    };
    let scheme = ["https://", "http://", "ftp://"].into_iter().find(begins)?;
    (!char_before(line, at).is_some_and(char::is_alphanumeric)).then_some(scheme)
}

/// Where the sign stands that would make a line a list item, heading, quotation, rule or the line below the head of a table.
fn opening(line: &str) -> Option<usize> {
    let stands_alone = |end: usize| {
        line.get(end..)
            .is_some_and(|tail| tail.is_empty() || tail.starts_with(' '))
    };
    let leading = |is: fn(&char) -> bool| line.chars().take_while(is).count();
    let has_only = |signs: &str| line.chars().all(|c| signs.contains(c));
    let opens = match line.chars().next()? {
        '>' => true,
        '-' | '+' if stands_alone(1) => true,
        '-' | ':' | '|' => has_only("-:| "),
        '=' => has_only("="),
        '#' => leading(|c| *c == '#') <= 6 && stands_alone(leading(|c| *c == '#')),
        _ => false,
    };
    let digits = leading(char::is_ascii_digit);
    let numbers = (1..=9).contains(&digits)
        && line[digits..].starts_with(['.', ')'])
        && stands_alone(digits + 1);
    if opens {
        Some(0)
    } else {
        numbers.then_some(digits)
    }
}

/// Where the signs stand that could be markup.
fn signs(line: &str) -> Vec<usize> {
    let mut signs = Vec::new();
    let mut run = (0, false);
    for (at, c) in line.char_indices() {
        if matches!(c, '*' | '_' | '~') {
            if at >= run.0 {
                let end = line.len() - line[at..].trim_start_matches(c).len();
                run = (end, is_emphasis(line, at, end, c));
            }
            signs.extend(run.1.then_some(at));
        } else if is_markup(line, at, c) {
            signs.push(at);
        }
    }
    signs
}

/// Whether a sign that is no emphasis could be markup where it stands.
fn is_markup(line: &str, at: usize, sign: char) -> bool {
    let (before, after) = (
        char_before(line, at),
        line[at + sign.len_utf8()..].chars().next(),
    );
    match sign {
        '\\' | '`' => true,
        '<' => after.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        // Footnotes, and what some show as a warning.
        '[' => matches!(after, Some('^' | '!')),
        ']' => after.is_none_or(|c| matches!(c, '(' | '[' | ':')),
        '&' => is_entity(&line[at..]),
        // A sum of money opens a formula and ends none.
        '$' => before.is_some_and(|c| c != ' ') && !after.is_some_and(|c| c.is_ascii_digit()),
        // At its end a heading may be closed.
        '#' => before.is_none_or(|c| c == ' ') && line[at..].chars().all(|c| c == '#'),
        _ => false,
    }
}

/// Whether a run of a sign could begin or end emphasis or a strike-out.
fn is_emphasis(line: &str, start: usize, end: usize, sign: char) -> bool {
    // At either end of the text one cannot know what the run stands beside.
    let (Some(before), Some(after)) = (char_before(line, start), line[end..].chars().next()) else {
        return sign != '~' || start > 0 || end > 1;
    };
    // An address may get a `<` before it.
    if scheme(line, end).is_some() {
        return true;
    }
    match sign {
        '_' if is_of_word(before) && is_of_word(after) => false,
        // One alone strikes nothing out unless it can end that; ~100 cannot.
        '~' if end - start == 1 => {
            before != ' ' && !(before.is_ascii_punctuation() && is_of_word(after))
        }
        '~' => true,
        _ => before != ' ' || after != ' ',
    }
}

/// Whether a character is a letter or digit to CommonMark, to which a circled letter is a symbol.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, 'Ⓐ'..='ⓩ' | '🄰'..='🆉')
}

fn has_entity(text: &str) -> bool {
    let mut signs = text.match_indices('&');
    signs.any(|(at, _)| is_entity(&text[at..]))
}

/// Whether a text begins with something like `&amp;` or `&#38;`.
fn is_entity(text: &str) -> bool {
    let name = text.strip_prefix('&').and_then(|text| text.split_once(';'));
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    name.is_some_and(|(name, _)| !name.is_empty() && name.chars().all(is_of_name))
}

fn char_before(line: &str, at: usize) -> Option<char> {
    line.get(..at)?.chars().next_back()
}

/// Text whose first line stands behind other text of a list item.
pub fn indented(out: &mut String, text: &str, indent: &str) {
    for (at, text) in text.split('\n').enumerate() {
        let indent = if at == 0 || text.is_empty() {
            ""
        } else {
            indent
        };
        let _ = writeln!(out, "{indent}{text}");
    }
}
