//! What is told of a file that is no TOML: the parser's faults, and where a text begins that never ends.
//!
//! The parser names the place where it lost its way, and of a text without an end that is the end of the line or of the file, where nobody
//! looks. So the tokens are looked through for the first broken text. What stands after it was read inside out, and is not told.

use super::fault::Faults;
use toml::de::Error;
use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

/// Notes the faults of a text that the parser refuses.
pub(super) fn tell(text: &str, broken: &[Error], faults: &Faults) {
    if broken.is_empty() {
        return;
    }
    let at = |fault: &Error| fault.span().map_or(0, |span| span.start);
    let unended = unended(text);
    let is_before = |fault: &&Error| unended.is_none_or(|(begin, _)| at(fault) < begin);
    for fault in broken.iter().filter(is_before) {
        faults.add(at(fault), told(text, fault));
    }
    if let Some((begin, end)) = unended {
        let fault = format!("the text that begins here never ends; expected {end}");
        faults.add(begin, fault);
    }
}

/// The first text without an end: the byte at which it begins, and the quotes that are missing.
fn unended(text: &str) -> Option<(usize, &'static str)> {
    Source::new(text).lex().find_map(|token| {
        let quotes = quotes(token)?;
        let begin = token.span().start();
        let written = text.get(begin..token.span().end()).unwrap_or_default();
        let inside = written
            .strip_prefix(quotes)
            .and_then(|rest| rest.strip_suffix(quotes));
        let ends =
            inside.is_some_and(|inside| !opens_another(inside) && !escapes_its_end(inside, quotes));
        (!ends).then_some((begin, quotes))
    })
}

/// The quotes of a token that is a text.
fn quotes(token: Token) -> Option<&'static str> {
    let texts = [
        (TokenKind::BasicString, "\""),
        (TokenKind::LiteralString, "'"),
        (TokenKind::MlBasicString, "\"\"\""),
        (TokenKind::MlLiteralString, "'''"),
    ];
    let known = texts.iter().find(|(kind, _)| *kind == token.kind());
    known.map(|(_, quotes)| *quotes)
}

/// Whether a text ends with `key = ` on a line of its own: then the quotes that seem to end it are those that open the next one.
fn opens_another(inside: &str) -> bool {
    let last = inside.rsplit_once('\n').map(|(_, last)| last.trim());
    let key = last.and_then(|last| last.strip_suffix('='));
    let key = key.map_or("", str::trim_end);
    let is_in_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !key.is_empty() && key.chars().all(is_in_key)
}

/// Whether the last quotes are escaped, and so belong to the text.
fn escapes_its_end(inside: &str, quotes: &str) -> bool {
    quotes.starts_with('"') && inside.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1
}

/// What the parser says of one fault, in our form. The parser tells its faults apart by their words alone; only the form of the sentence
/// hangs on them, and words that are not known here are passed on.
fn told(text: &str, fault: &Error) -> String {
    let message = fault.message();
    if message == "duplicate key" {
        let key = fault.span().and_then(|span| text.get(span));
        let key = key.unwrap_or_default();
        return format!("the key “{key}” stands here again; expected it once");
    }
    if message.contains("expected") {
        message.replacen(", expected", "; expected", 1)
    } else {
        format!("{message}; expected TOML")
    }
}
