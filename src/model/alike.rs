//! Which questions say the same: the same words again, and the nearest to words that are being typed.
//!
//! Words are compared as a set: folded, without those of three letters or fewer, which every question has. That is crude, quick
//! for thousands of questions at every key, and enough to show what was asked before.

use super::ids::QuestionNumber;
use super::text::fold;
use crate::model::record::question::Questions;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

/// How many words must be typed before anything is near them.
const WORDS: usize = 3;

/// The words of all questions, for comparing.
#[derive(Debug, Clone, Default)]
pub struct Alike(Vec<(QuestionNumber, Vec<u64>)>);

impl Alike {
    /// Reads the words of these questions.
    pub fn of(questions: &Questions) -> Alike {
        Alike(
            questions
                .iter()
                .map(|q| (q.number, words(&q.text)))
                .collect(),
        )
    }

    /// The questions nearest to these words, the nearest first, each with the share of the words typed that it has, in per cent: at least
    /// half of them.
    pub fn nearest(&self, typed: &str, most: usize) -> Vec<(QuestionNumber, usize)> {
        let typed = words(typed);
        if typed.len() < WORDS {
            return Vec::new();
        }
        let mut near: Vec<(usize, usize, QuestionNumber)> = self
            .0
            .iter()
            .map(|(number, words)| (shared(&typed, words), words.len(), *number))
            .filter(|(shared, ..)| 2 * shared >= typed.len())
            .collect();
        // Of those with as many of the words, the shortest has the fewest others.
        near.sort_by_key(|(shared, words, number)| (std::cmp::Reverse(*shared), *words, *number));
        near.into_iter()
            .take(most)
            .map(|(shared, _, number)| (number, 100 * shared / typed.len()))
            .collect()
    }
}

/// The questions that repeat the words of an earlier one, each with the first that has them.
pub fn repeats(questions: &Questions) -> BTreeMap<QuestionNumber, QuestionNumber> {
    let mut first: HashMap<Vec<u64>, QuestionNumber> = HashMap::new();
    let mut again = BTreeMap::new();
    for question in questions.iter() {
        match first.get(&words(&question.text)) {
            Some(earlier) => {
                again.insert(question.number, *earlier);
            }
            None => {
                first.insert(words(&question.text), question.number);
            }
        }
    }
    again
}

fn words(text: &str) -> Vec<u64> {
    let mut words: Vec<u64> = fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().nth(3).is_some())
        .map(|word| {
            let mut hasher = DefaultHasher::new();
            word.hash(&mut hasher);
            hasher.finish()
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How many words two sorted lists share.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, both) = (i + 1, j + 1, both + 1),
        }
    }
    both
}
