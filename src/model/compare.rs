//! Compares two texts word by word, to show what was edited.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// Up to so many words that may differ are compared one by one; more are one text replaced by another, so that nothing can make it slow.
const MOST_WORDS: usize = 8_000;

/// A run of words of two texts that were compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// In both.
    Same(Vec<String>),
    /// Only in the text before.
    Gone(Vec<String>),
    /// Only in the text after.
    New(Vec<String>),
}

/// The words of a text, and each of its line breaks as a word of its own.
fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        words.extend((at > 0).then_some("\n"));
        words.extend(line.split_whitespace());
    }
    words
}

/// Compares two texts word by word; spaces do not count.
pub fn words(before: &str, after: &str) -> Vec<Words> {
    let (old, new) = (split(before), split(after));
    let first = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let ends = old[first..].iter().rev().zip(new[first..].iter().rev());
    let last = ends.take_while(|(a, b)| a == b).count();
    let (gone, come) = (&old[first..old.len() - last], &new[first..new.len() - last]);
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let mut runs = vec![Words::Same(owned(&old[..first]))];
    if gone.len() + come.len() > MOST_WORDS {
        runs.extend([Words::Gone(owned(gone)), Words::New(owned(come))]);
    } else {
        let differences = capture_diff_slices(Algorithm::Myers, gone, come);
        let slices = differences.iter().flat_map(|op| op.iter_slices(gone, come));
        runs.extend(slices.map(|(tag, words)| match tag {
            ChangeTag::Equal => Words::Same(owned(words)),
            ChangeTag::Delete => Words::Gone(owned(words)),
            ChangeTag::Insert => Words::New(owned(words)),
        }));
    }
    runs.push(Words::Same(owned(&old[old.len() - last..])));
    runs.retain(|run| !run.words().is_empty());
    runs
}

impl Words {
    /// The words of the run.
    pub fn words(&self) -> &[String] {
        match self {
            Words::Same(words) | Words::Gone(words) | Words::New(words) => words,
        }
    }

    /// What stands before and behind the run, so that it reads without any style: `[-gone-]`, `{+new+}`.
    pub fn marks(&self) -> (&'static str, &'static str) {
        match self {
            Words::Same(_) => ("", ""),
            Words::Gone(_) => ("[-", "-]"),
            Words::New(_) => ("{+", "+}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(before: &str, after: &str) -> String {
        let marked = |run: &Words| {
            let (open, close) = run.marks();
            format!("{open}{}{close}", run.words().join(" "))
        };
        let runs: Vec<String> = words(before, after).iter().map(marked).collect();
        runs.join(" ")
    }

    #[test]
    fn texts_are_compared_word_by_word() {
        assert_eq!(
            marked("It is a draft of ideas.", "It is a plan of ideas."),
            "It is a [-draft-] {+plan+} of ideas."
        );
        assert_eq!(marked("", "new words"), "{+new words+}");
        let spaced = marked("old  words", "old words");
        assert_eq!(spaced, "old words", "spaces do not count");
        assert_eq!(marked("one two", "two"), "[-one-] two");
        assert_eq!(marked("", ""), "");
        assert_eq!(marked("a\nb", "a b"), "a [-\n-] b");
    }

    #[test]
    fn what_two_texts_have_makes_them_again_however_long_they_are() {
        let long = |salt: usize| {
            let words: Vec<String> = (0..6_000).map(|n| (n * salt).to_string()).collect();
            words.join(" ")
        };
        let (threes, sevens) = (&*long(3), &*long(7));
        for (before, after) in [("a b c", "b c d"), (threes, sevens), ("x y x", "y x y x y")] {
            let runs = words(before, after);
            let side = |gone: bool| {
                let is_on = |run: &&Words| {
                    matches!(run, Words::Same(_)) || matches!(run, Words::Gone(_)) == gone
                };
                let runs = runs.iter().filter(is_on).map(Words::words);
                runs.collect::<Vec<_>>().concat().join(" ")
            };
            assert_eq!((side(true).as_str(), side(false).as_str()), (before, after));
        }
    }
}
