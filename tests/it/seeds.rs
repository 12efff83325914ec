//! The source documents as the catalogue quotes them: lines cleaned of the converters' markup, and joined.

use penholder::model::citation::Citation;
use penholder::model::text::clean;
use std::collections::BTreeMap;
use std::ops::Range;

/// A line that is joined to the next without a space: an address that is broken without a hyphen.
const BROKEN: &[(&str, u32)] = &[("004", 38)];

/// Ends of lines that belong to the next column of a table, not to the text.
const NEXT_COLUMN: &[(&str, u32, &str)] = &[("000", 709, " Staff")];

/// Signs that only mark the place of a list item.
const BULLETS: &[&str] = &["•", "-", "o", "⦿", "- ⦿", "▪", "–"];

/// What a converter made of a dash that marks a list item: it stands right before the first word.
const DASH: char = '一';

/// The five documents, line by line.
pub struct Seeds(BTreeMap<String, Vec<String>>);

impl Seeds {
    /// Reads `seeds/`.
    pub fn read() -> Seeds {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
        let mut documents = BTreeMap::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name.ends_with(".txt") {
                let text = std::fs::read_to_string(&path).unwrap();
                documents.insert(
                    name[..3].to_owned(),
                    text.lines().map(str::to_owned).collect(),
                );
            }
        }
        Seeds(documents)
    }

    /// Every line of every document with its number, without white space at the ends.
    pub fn lines(&self) -> impl Iterator<Item = (&str, u32, &str)> {
        self.0.iter().flat_map(|(document, lines)| {
            (1..)
                .zip(lines)
                .map(|(number, line)| (document.as_str(), number, line.trim()))
        })
    }

    /// How many lines a document has.
    pub fn count(&self, document: &str) -> usize {
        self.0[document].len()
    }

    /// A line as received.
    pub fn line(&self, document: &str, number: u32) -> &str {
        &self.0[document][number as usize - 1]
    }

    /// The cited lines as one text; `column` keeps what stands in the next column of a table, which is no part of a text.
    pub fn join(&self, citation: &Citation, column: bool) -> String {
        self.trace(citation, column).0
    }

    /// The cited lines as one text, and where each line begins and ends in it.
    pub fn trace(&self, citation: &Citation, column: bool) -> (String, Vec<Trace>) {
        let (mut joined, mut traces) = (String::new(), Vec::new());
        let mut broken = false;
        for (document, number) in citation.lines() {
            let mut raw = self.line(document, number);
            if let Some((.., end)) = NEXT_COLUMN
                .iter()
                .find(|(d, n, _)| (*d, *n) == (document, number) && !column)
            {
                raw = raw.strip_suffix(end).unwrap();
            }
            let line = plain(raw).trim_start_matches(DASH).to_owned();
            if line.is_empty() || (BULLETS.contains(&line.as_str()) && !joined.is_empty()) {
                continue;
            }
            let hyphen =
                joined.ends_with('-') && !joined.ends_with("--") && !joined.ends_with(" -");
            if !joined.is_empty() && !broken && !hyphen {
                joined.push(' ');
            }
            let start = joined.len();
            joined.push_str(&line);
            traces.push(Trace {
                document: document.to_owned(),
                line: number,
                bytes: start..joined.len(),
            });
            broken = BROKEN.contains(&(document, number));
        }
        (joined, traces)
    }
}

/// Where a line stands in the text that lines were joined to.
pub struct Trace {
    pub document: String,
    pub line: u32,
    pub bytes: Range<usize>,
}

/// A line without the converters' markup, white space counted as one space.
pub fn plain(line: &str) -> String {
    let mut text = clean(line).text;
    while let Some(end) = text.find("](#)") {
        let Some(start) = text[..end].rfind('[') else {
            break;
        };
        text = format!(
            "{}{}{}",
            &text[..start],
            &text[start + 1..end],
            &text[end + 4..]
        );
    }
    for markup in ["**", "<u>", "</u>"] {
        text = text.replace(markup, "");
    }
    for sign in ["$", "(", ")", "[", "]", "*", "#", "_", ".", "-"] {
        text = text.replace(&format!("\\{sign}"), sign);
    }
    while let Some(start) = text.find("<http") {
        let Some(length) = text[start..].find('>') else {
            break;
        };
        text = format!(
            "{}{}{}",
            &text[..start],
            &text[start + 1..start + length],
            &text[start + length + 1..]
        );
    }
    one_space(&without_stars(&text))
}

/// Takes off asterisks at the edge of a word, which mark italics.
pub fn without_stars(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let word = |at: Option<usize>| {
        at.and_then(|at| signs.get(at))
            .is_some_and(|sign| sign.is_alphanumeric())
    };
    (0..signs.len())
        .filter(|at| signs[*at] != '*' || (word(at.checked_sub(1)) && word(Some(at + 1))))
        .map(|at| signs[at])
        .collect()
}

fn one_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where `quote` stands in `text` at or after byte `from`, from the beginning of a word to the end of one.
pub fn find(text: &str, quote: &str, from: usize) -> Option<Range<usize>> {
    let word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let whole = |at: &usize| {
        let (before, after) = (
            text[..*at].chars().next_back(),
            text[at + quote.len()..].chars().next(),
        );
        let begins_inside = word(before) && word(quote.chars().next());
        let ends_inside = word(after) && word(quote.chars().next_back());
        !begins_inside && !ends_inside
    };
    text[from..]
        .match_indices(quote)
        .map(|(at, _)| from + at)
        .find(whole)
        .map(|at| at..at + quote.len())
}

#[test]
fn lines_are_joined_as_the_readme_says() {
    assert_eq!(
        plain(r"**Total** 53.5	\$8.5 [see](#) <u>here</u> <https://x.org>, *nicely*"),
        "Total 53.5 $8.5 see here https://x.org, nicely"
    );
    assert_eq!(find("a best-practice, best", "best", 0), Some(2..6));
    assert_eq!(find("bestpractice best", "best", 0), Some(13..17));
    assert_eq!(find("best", "best", 1), None);
}
